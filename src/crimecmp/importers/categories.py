"""The names that publishers give to what they count, and the metric for each.

Names that people type are not used here. People who type `burglary` mean burglary of homes, but a
table headed `Burglary` counts burglary of all buildings.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from itertools import count
from typing import NamedTuple

from crimecmp.importers.imported import Known, Metric
from crimecmp.importers.spelling import distance
from crimecmp.tables.names import normal
from crimecmp.text import quoted

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

PARTS: dict[str, tuple[str, ...]] = {
    CRIME: (
        "violence-against-the-person",
        "sexual-offences",
        "robbery",
        "theft-offences",
        "criminal-damage-and-arson",
        *sorted(NOT_VICTIM_BASED),
    ),
    VICTIM_BASED: (
        "violence-against-the-person",
        "sexual-offences",
        "robbery",
        "theft-offences",
        "criminal-damage-and-arson",
    ),
    "violence-against-the-person": (
        "homicide",
        "violence-with-injury",
        "violence-without-injury",
        "stalking-and-harassment",
        "death-or-serious-injury-by-driving",
    ),
    "theft-offences": (
        "all-burglary",
        "vehicle-offences",
        "theft-from-the-person",
        "bicycle-theft",
        "shoplifting",
        "other-theft-offences",
    ),
    "all-burglary": ("residential-burglary", "non-residential-burglary"),
}
"""The groups of offences, and what their counts are the sums of."""

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
_SHOWN_BY_UNIT = {
    ("Residential burglary", HOUSEHOLDS): "residential-burglary",
    ("Residential burglary", POPULATION): "residential-burglary-per-population",
}
_BY_UNIT = {(normal(label), unit): metric for (label, unit), metric in _SHOWN_BY_UNIT.items()}

_LETTERS_FOR_A_SLIP = 10
"""A label may differ from a known one by one letter in so many, and by one in any case. With more,
`Violence with injury` would be taken for `Violence without injury`."""


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
    respelt
        The label that this one is taken for, if it is spelt otherwise by a letter or a few.
    """

    metric: str
    added: Metric | None = None
    respelt: str = ""


def category(
    label: str, known: Known, *, unit: str = POPULATION, taken: Collection[str] = ()
) -> Category:
    """Return the metric that a publisher's label stands for.

    Parameters
    ----------
    label
        The published label, without footnote marks.
    known
        The existing metrics.
    unit
        The unit of the figures under the label; `%` for crime outcomes.
    taken
        Metrics that other labels of the table stand for exactly, so this label is for none of them.

    Returns
    -------
    Category
        An existing metric, one whose label is spelt almost alike, or a new one if the label is
        unknown. The same label and unit always give the same metric.
    """
    exact = known_category(label, known, unit)
    if exact:
        return Category(exact)
    meant = _spelt_alike(label, known, unit)
    metric = known_category(meant, known, unit)
    if metric and metric not in taken:
        return Category(metric, respelt=meant)
    added = _new(label, known, unit)
    return Category(added.metric, added)


def oddities(categories: Mapping[str, Category]) -> list[str]:
    """Return sentences on labels that are spelt otherwise or unknown."""
    return [
        f"The heading {quoted(label)} was read as {quoted(kind.respelt)}."
        if kind.respelt
        else f"The heading {quoted(label)} is not known, so it is a measure of its own: "
        f"{kind.metric}."
        for label, kind in categories.items()
        if kind.respelt or kind.added
    ]


def known_category(label: str, known: Known, unit: str) -> str:
    """Return the metric with exactly this label; empty if there is none."""
    name = normal(label)
    declared = _SHARES.get(name) if unit == SHARE else _BY_UNIT.get((name, unit), _RATES.get(name))
    if declared:
        return declared
    same = (entry.id for entry in known.metrics if normal(entry.label) == name)
    return next((metric for metric in same if known.units.get(metric) == unit), "")


def _spelt_alike(label: str, known: Known, unit: str) -> str:
    """Return the one known label that differs from this one by a letter in ten; empty if none."""
    labels = _OUTCOMES if unit == SHARE else _LABELS
    spellings = [spelling for several in labels.values() for spelling in several]
    spellings += [shown for shown, of in _SHOWN_BY_UNIT if of == unit]
    spellings += [entry.label for entry in known.metrics if known.units.get(entry.id) == unit]
    name = normal(label)
    most = max(1, len(name) // _LETTERS_FOR_A_SLIP)
    near = {
        known_category(spelling, known, unit): spelling
        for spelling in reversed(spellings)
        if 0 < distance(name, normal(spelling), most) <= most
    }
    return next(iter(near.values())) if len(near) == 1 else ""


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
