"""Headline findings: what the verdicts say, in plain sentences, each with its figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from crimecmp.among import HIGH, LOW, NOT_UNUSUAL
from crimecmp.pages.wording import name_of, opponent, periods_words
from crimecmp.report import Item, Record, Section
from crimecmp.sentences import basis_words, figures_words, level_words, verdict_words
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words, ordinal
from crimecmp.verdicts import CHANGES, NOT_TESTED, SIMILAR

JUDGMENTS, CLAIMS = "Judgments", "Claims"
"""The titles of the tables that hold no comparisons."""


class _Said(NamedTuple):
    """What comparisons must share to be told in one sentence."""

    force: str
    opponent: str
    kind: str
    verdict: str
    basis: str
    period_end: object


def findings(data: Dataset, sections: Sequence[Section], force: str) -> tuple[Item, ...]:
    """Return what a page's tables find of a force, the judgments first.

    Comparisons of one period with the same verdict on the same footing are one finding. Of changes
    that were worked out those over the last year are told, and of two sources' figures the
    first's. Each finding has the title of the section that it is drawn from.
    """
    found: list[Item] = []
    told: set[tuple[object, ...]] = set()
    for section in sections:
        records = [record for record in section.shown if record.get("force") == force]
        if section.title == JUDGMENTS:
            found = [*_judged(data, records), *found]
        elif section.title != CLAIMS:
            new = [record for record in _latest(records) if _about(record) not in told]
            told |= {_about(record) for record in new if record["verdict"] != NOT_TESTED}
            items = [*_compared(data, new), *_among(data, records)]
            found += [item._replace(about=section.title) for item in items]
    return tuple(found)


def _about(record: Record) -> tuple[object, ...]:
    """Return what a comparison is of: a second source's verdict on it is in its table alone."""
    names = ("kind", "metric", "benchmark", "period_end", "base_period_end")
    return tuple(record[name] for name in names)


def _latest(records: Sequence[Record]) -> list[Record]:
    """Return records without those of worked-out changes over more than the last year."""
    last: dict[object, str] = {}
    for record in records:
        if record["method"] == CHANGES:
            since = str(record["base_period_end"])
            last[record["metric"]] = max(since, last.get(record["metric"], ""))
    return [
        record
        for record in records
        if record["method"] != CHANGES or str(record["base_period_end"]) == last[record["metric"]]
    ]


def _judged(data: Dataset, records: Sequence[Record]) -> Iterable[Item]:
    judgments: dict[str, list[str]] = {}
    for record in sorted(records, key=lambda record: int(str(record["rank"]))):
        judgment = str(record["judgment_label"]).lower()
        judgments.setdefault(judgment, []).append(_lower(str(record["label"])))
    if judgments:
        force = data.forces[str(records[0]["force"])].label
        said = ", and ".join(f"{judgment} on {in_words(on)}" for judgment, on in judgments.items())
        yield Item(f"The inspectors judged {force} {said}.", about=JUDGMENTS)


def _compared(data: Dataset, records: Sequence[Record]) -> Iterable[Item]:
    groups: dict[_Said, list[Record]] = {}
    for record in records:
        if record["difference"] is not None:
            said = _Said(
                data.forces[str(record["force"])].label,
                opponent(data, record),
                str(record["kind"]),
                verdict_words(record),
                basis_words(record),
                record["period_end"],
            )
            groups.setdefault(said, []).append(record)
    for said, group in groups.items():
        yield Item(f"{_lead(said)}: {_with_figures(data, group)} ({periods_words(group)}).")


def _lead(said: _Said) -> str:
    """Return the beginning of a finding, up to the measures that it is on."""
    what, against = said.force, said.opponent
    if said.opponent == _YEAR_BEFORE:
        against = f"itself {said.opponent}"
    elif said.kind in _OF:
        what, against = f"{said.force}'s {_OF[said.kind]}", f"that of {said.opponent}"
    if said.verdict == NOT_TESTED:
        return f"{what} is not tested against {against}"
    if said.verdict == SIMILAR:
        return f"{what} is similar to {against}, no difference showing at {said.basis}"
    basis = said.basis if said.basis == "after rounding" else f"at {said.basis}"
    return f"{what} is {said.verdict} than {against} {basis}"


_OF = {"rate": "rate", "change": "change"}
_YEAR_BEFORE = "a year before"


def _with_figures(data: Dataset, records: Sequence[Record]) -> str:
    """Return measures with their figures, a unit said where it is not the one before."""
    parts = []
    before = ""
    for record in records:
        figures, unit = figures_words(record), str(record["unit"])
        parts.append(
            f"{_lower(name_of(data, record, []))}, "
            f"{figures.removesuffix(f' {unit}') if unit == before else figures}"
        )
        before = unit
    return "; ".join(parts)


def _among(data: Dataset, records: Sequence[Record]) -> Iterable[Item]:
    tested = [record for record in records if record["adjusted_z"] is not None]
    said = []
    for verdict in (HIGH, LOW, NOT_UNUSUAL):
        measures = [
            f"{_lower(str(record['label']))} ({ordinal(int(str(record['forces_rank'])))})"
            for record in tested
            if record["among_forces"] == verdict
        ]
        if measures:
            said.append(f"{verdict} in {in_words(measures)}")
    if said:
        ranked = max(int(str(record["forces_ranked"])) for record in tested)
        yield Item(
            f"Among {ranked} forces, in order of their rates from the highest, "
            f"{data.forces[str(tested[0]['force'])].label} is at "
            f"{level_words(tested[0])} {'; '.join(said)} "
            f"({periods_words(tested)})."
        )


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
