"""Headline findings: the verdicts in plain sentences, each with its figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from crimecmp.comparison.methods import CHANGES
from crimecmp.comparison.row import Comparison, Judgment
from crimecmp.comparison.spread import HIGH, LOW, NOT_UNUSUAL
from crimecmp.comparison.verdict_words import NOT_TESTED, SIMILAR
from crimecmp.document.report import Item
from crimecmp.pages.judgments import judgment_labels
from crimecmp.pages.part import Part
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words, ordinal
from crimecmp.wording.labels import name_of, opponent, periods_words
from crimecmp.wording.sentences import basis_words, figures_words, level_words, verdict_words


class _Said(NamedTuple):
    """What comparisons must share to go into one sentence."""

    force: str
    opponent: str
    kind: str
    verdict: str
    basis: str
    period_end: object


def findings(data: Dataset, parts: Sequence[Part], force: str) -> tuple[Item, ...]:
    """Return what a page's tables find about a force, the judgments first.

    Comparisons of one period with the same verdict on the same footing are one finding. Of changes
    that were calculated from counts, those over the last year are told; where two sources have
    figures, the first's are. Each finding has the key of the table that it is drawn from.
    """
    judgments: list[Item] = []
    figures: list[Item] = []
    told: set[tuple[object, ...]] = set()
    for part in parts:
        key = part.section.key
        judged = [r for r in part.rows if isinstance(r, Judgment) and r.force == force]
        judgments += [item._replace(about=key) for item in _judged(data, judged)]
        rows = [r for r in part.rows if isinstance(r, Comparison) and r.force == force]
        new = [row for row in _latest(rows) if _about(row) not in told]
        told |= {_about(row) for row in new if row.tested.verdict != NOT_TESTED}
        items = [*_compared(data, new), *_among(data, rows)]
        figures += [item._replace(about=key) for item in items]
    return (*judgments, *figures)


def _about(row: Comparison) -> tuple[object, ...]:
    """Return the subject of a comparison; a second source's verdict on it is left to its table."""
    return row.kind, row.metric, row.benchmark, row.period_end, row.base_period_end


def _latest(rows: Sequence[Comparison]) -> list[Comparison]:
    """Return rows without changes that were calculated from counts over more than a year."""
    last: dict[str, date] = {}
    for row in rows:
        if row.tested.method == CHANGES and row.base_period_end:
            last[row.metric] = max(row.base_period_end, last.get(row.metric, date.min))
    return [
        row
        for row in rows
        if row.tested.method != CHANGES or row.base_period_end == last.get(row.metric)
    ]


def _judged(data: Dataset, rows: Sequence[Judgment]) -> Iterable[Item]:
    labels = judgment_labels(data)
    judgments: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: row.rank or 0):
        judgments.setdefault(labels[row.judgment].lower(), []).append(_lower(row.label))
    if judgments:
        force = data.forces[rows[0].force].label
        said = ", and ".join(f"{judgment} on {in_words(on)}" for judgment, on in judgments.items())
        yield Item(f"The inspectors judged {force} {said}.")


def _compared(data: Dataset, rows: Sequence[Comparison]) -> Iterable[Item]:
    groups: dict[_Said, list[Comparison]] = {}
    for row in rows:
        if row.difference is not None:
            said = _Said(
                data.forces[row.force].label,
                opponent(data, row),
                row.kind,
                verdict_words(row),
                basis_words(row),
                row.period_end,
            )
            groups.setdefault(said, []).append(row)
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


def _with_figures(data: Dataset, rows: Sequence[Comparison]) -> str:
    """Return measures with their figures, giving a unit where it changes."""
    parts = []
    before = ""
    for row in rows:
        figures, unit = figures_words(row), row.unit
        parts.append(
            f"{_lower(name_of(data, row, []))}, "
            f"{figures.removesuffix(f' {unit}') if unit == before else figures}"
        )
        before = unit
    return "; ".join(parts)


def _among(data: Dataset, rows: Sequence[Comparison]) -> Iterable[Item]:
    tested = [row for row in rows if row.among.adjusted_z is not None]
    said = []
    for verdict in (HIGH, LOW, NOT_UNUSUAL):
        measures = [
            f"{_lower(row.label)} ({ordinal(row.among.forces_rank or 0)})"
            for row in tested
            if row.among.among_forces == verdict
        ]
        if measures:
            said.append(f"{verdict} in {in_words(measures)}")
    if said:
        ranked = max(row.among.forces_ranked or 0 for row in tested)
        yield Item(
            f"Among {ranked} forces, in order of their rates from the highest, "
            f"{data.forces[tested[0].force].label} is at "
            f"{level_words(tested[0])} {'; '.join(said)} "
            f"({periods_words(tested)})."
        )


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
