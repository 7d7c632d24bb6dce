"""The names that publishers give to what they count, and the metric for each.

Names that people type are not used here. People who type `burglary` mean burglary of homes, but a
table headed `Burglary` counts burglary of all buildings.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from crimecmp.importers.imported import Known, Metric
from crimecmp.tables.names import normal

POPULATION = "per 1,000 population"
HOUSEHOLDS = "per 1,000 households"
SHARE = "%"

CRIME = "crime-excluding-fraud"
VICTIM_BASED = "victim-based-crime"
FRAUD = "fraud-offences"
NOT_VICTIM_BASED = frozenset(
    {
        "drug-offences",
        "possession-of-weapons-offences",
        "public-order-offences",
        "miscellaneous-crimes",
    }
)
"""The groups of crimes against society. Crime excluding fraud, less these groups, is
victim-based."""

TOTALS = {
    CRIME: "All groups but fraud",
    VICTIM_BASED: "All groups but fraud, drug, weapons, public order and miscellaneous crimes",
}
"""The metrics calculated from offence groups, and how each is calculated: their locators."""

_LABELS: dict[str, tuple[str, ...]] = {
    CRIME: (
        "Total recorded crime (excluding fraud)",
        "Total recorded crime excluding fraud",
        "Total police recorded crime (excluding fraud)",
    ),
    VICTIM_BASED: ("Victim-based crime", "Total victim-based crime"),
    "violence-against-the-person": ("Violence against the person",),
    "homicide": ("Homicide",),
    "violence-with-injury": ("Violence with injury",),
    "violence-without-injury": ("Violence without injury",),
    "stalking-and-harassment": ("Stalking and harassment",),
    "death-or-serious-injury-by-driving": (
        "Death or serious injury - unlawful driving",
        "Death or serious injury caused by unlawful driving",
        "Death or serious injury caused by illegal driving",
    ),
    "sexual-offences": ("Sexual offences",),
    "rape-offences": ("Rape offences", "Rape"),
    "other-sexual-offences": ("Other sexual offences",),
    "robbery": ("Robbery",),
    "robbery-of-business-property": ("Robbery of business property",),
    "robbery-of-personal-property": ("Robbery of personal property",),
    "theft-offences": ("Theft offences",),
    "all-burglary": ("Burglary",),
    "burglary-in-a-dwelling": ("Domestic burglary", "Burglary in a dwelling"),
    "non-domestic-burglary": ("Non-domestic burglary",),
    "residential-burglary": ("Residential burglary (households)",),
    "non-residential-burglary": ("Non-residential burglary",),
    "vehicle-offences": ("Vehicle offences",),
    "theft-of-a-motor-vehicle": ("Theft of a motor vehicle",),
    "theft-from-a-vehicle": ("Theft from a vehicle",),
    "vehicle-interference": ("Vehicle interference", "Interfering with a motor vehicle"),
    "theft-from-the-person": ("Theft from the person",),
    "bicycle-theft": ("Bicycle theft",),
    "shoplifting": ("Shoplifting",),
    "other-theft-offences": ("Other theft offences", "All other theft offences"),
    "criminal-damage-and-arson": ("Criminal damage and arson",),
    "criminal-damage": ("Criminal damage",),
    "arson": ("Arson",),
    "drug-offences": ("Drug offences",),
    "possession-of-drugs": ("Possession of drugs",),
    "trafficking-of-drugs": ("Trafficking of drugs",),
    "possession-of-weapons-offences": ("Possession of weapons offences",),
    "public-order-offences": ("Public order offences",),
    "miscellaneous-crimes": ("Miscellaneous crimes", "Miscellaneous crimes against society"),
    FRAUD: ("Fraud offences",),
    "anti-social-behaviour": ("Anti-social behaviour", "Anti-social behaviour incidents"),
}

_OUTCOMES: dict[str, tuple[str, ...]] = {
    "outcome-charged-or-summonsed": ("Charged/Summonsed", "Charged or summonsed"),
    "outcome-taken-into-consideration": ("Taken into consideration",),
    "outcome-out-of-court-formal": ("Out-of-court (formal)",),
    "outcome-out-of-court-informal": ("Out-of-court (informal)",),
    "outcome-prosecution-prevented": ("Prosecution prevented or not in the public interest",),
    "outcome-suspect-identified-victim-supports": (
        "Evidential difficulties (suspect identified; victim supports action)",
    ),
    "outcome-victim-does-not-support": (
        "Evidential difficulties (victim does not support action)",
    ),
    "outcome-no-suspect-identified": ("Investigation complete – no suspect identified",),
    "outcome-formal-action-not-pursued": (
        "Further investigation to support formal action not in the public interest"
        " – police decision",
        "Further investigation to support formal action not in the public interest",
    ),
    "outcome-diversionary-activity": (
        "Diversionary, educational or intervention activity, resulting from the crime report, has "
        "been undertaken and it is not in the public interest to take any further action.",
    ),
    "outcome-transferred": (
        "Responsibility for further investigation transferred to another body",
    ),
    "outcome-not-yet-assigned": ("Not yet assigned an outcome",),
}

# This label has two rates. The unit tells them apart.
_BY_UNIT = {
    (normal("Residential burglary"), HOUSEHOLDS): "residential-burglary",
    (normal("Residential burglary"), POPULATION): "residential-burglary-per-population",
}


def _by_label(labels: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {normal(label): metric for metric, several in labels.items() for label in several}


_RATES, _SHARES = _by_label(_LABELS), _by_label(_OUTCOMES)


class _Kind(NamedTuple):
    """What metrics with one unit share: their base, and what their ids and labels have added."""

    base: str
    prefix: str = ""
    suffix: str = ""
    part_of_base: str = ""


_KINDS = {
    POPULATION: _Kind("population"),
    HOUSEHOLDS: _Kind("households", "households-", " (per 1,000 households)"),
    SHARE: _Kind("crimes", "outcome-", part_of_base="true"),
}
_DEFINITION = "Named as in the publisher's heading."


class Category(NamedTuple):
    """The metric that a published label stands for.

    Parameters
    ----------
    metric
        Its id.
    added
        Its row for the metrics table, if crimecmp has no such metric.
    """

    metric: str
    added: Metric | None = None


def category(label: str, known: Known, *, unit: str = POPULATION) -> Category:
    """Return the metric that a publisher's label stands for.

    Parameters
    ----------
    label
        The published label, without footnote marks.
    known
        The existing metrics.
    unit
        The unit of the figures under the label; `%` for crime outcomes.

    Returns
    -------
    Category
        An existing metric, or a new one if the label is unknown. The same label and unit always
        give the same metric.
    """
    name = normal(label)
    declared = _SHARES.get(name) if unit == SHARE else _BY_UNIT.get((name, unit), _RATES.get(name))
    if declared:
        return Category(declared)
    for entry in known.metrics:
        if normal(entry.label) == name and known.units.get(entry.id) == unit:
            return Category(entry.id)
    added = _new(label, known, unit)
    return Category(added.metric, added)


def counted(label: str, known: Known) -> Category:
    """Return the metric that the label of a count stands for.

    A count has no base. If the label has a rate per household, return the metric of that rate.
    """
    per_household = (normal(label), HOUSEHOLDS) in _BY_UNIT
    return category(label, known, unit=HOUSEHOLDS if per_household else POPULATION)


def _new(label: str, known: Known, unit: str) -> Metric:
    """Return a metric with an id and a label that no other metric has."""
    kind = _KINDS.get(unit, _Kind("none"))
    stem, shown = kind.prefix + _slug(label), label + kind.suffix
    metric, name = next(
        (metric, name)
        for metric, name in zip(_numbered(stem, "-"), _numbered(shown, " "), strict=True)
        if known.metrics.exact(metric) is None and known.metrics.exact(name) is None
    )
    return Metric(
        metric, name, unit, kind.base, definition=_DEFINITION, part_of_base=kind.part_of_base
    )


def _slug(label: str) -> str:
    """Return a label as an id, with a digest of it if it has characters that an id cannot hold."""
    name = normal(label)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if name.isascii():
        return slug or "unnamed"
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{slug}-{digest}".strip("-")


def _numbered(text: str, joint: str) -> Iterator[str]:
    """Yield the text, then the text followed by 2, 3 and so on."""
    yield text
    yield from (f"{text}{joint}{number}" for number in count(2))
