"""Headline findings: the verdicts in plain sentences, each with its figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from crimecmp.comparison.judgments import cycles
from crimecmp.comparison.methods import CHANGES, MEAN
from crimecmp.comparison.row import Comparison, Judgment
from crimecmp.comparison.verdict_words import HIGH, LOW, NOT_TESTED, NOT_UNUSUAL
from crimecmp.document.report import Item
from crimecmp.pages.part import Part
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words, ordinal
from crimecmp.wording.cycles import cycle_names
from crimecmp.wording.figure_words import figures_words, level_words
from crimecmp.wording.labels import name_of, opponent, periods_words
from crimecmp.wording.sentences import (
    WEAK,
    basis_words,
    finding,
    flagged,
    is_weak,
    places_words,
    verdict_words,
)


class _SharedWords(NamedTuple):
    """The words that comparisons must share to be put into one sentence."""

    force: str
    opponent: str
    kind: str
    verdict: str
    basis: str
    period_end: object


def findings(data: Dataset, parts: Sequence[Part], force: str) -> tuple[Item, ...]:
    """Return the findings of a page's tables about a force, the judgments first.

    Comparisons with the same period, verdict and basis make one finding. Changes that were
    calculated from counts are left out unless they are over the last year. Where two sources have
    a figure, only the first is used. Each finding has the key of the table that it comes from.
    """
    judgments: list[Item] = []
    names = cycle_names(data, cycles(_judgments_in(parts)))
    figures: list[Item] = []
    covered: set[tuple[object, ...]] = set()
    for part in parts:
        key = part.section.key
        judged = [r for r in part.rows if isinstance(r, Judgment) and r.force == force]
        for source, its in cycles(judged).items():
            items = _judgment_findings(data, its, names[source])
            judgments += [item._replace(about=key) for item in items]
        rows = [r for r in part.rows if isinstance(r, Comparison) and r.force == force]
        new = [row for row in _latest(rows) if _subject(row) not in covered]
        covered |= {_subject(row) for row in new if row.tested.verdict != NOT_TESTED}
        items = [*_comparison_findings(data, new), *_among_findings(data, rows)]
        figures += [item._replace(about=key) for item in items]
    return (*judgments, *figures)


def _judgments_in(parts: Sequence[Part]) -> Iterable[Judgment]:
    return (row for part in parts for row in part.rows if isinstance(row, Judgment))


def _subject(row: Comparison) -> tuple[object, ...]:
    """Return the subject of a comparison, which is the same whatever its source."""
    return row.kind, row.metric, row.benchmark, row.period_end, row.base_period_end


def _latest(rows: Sequence[Comparison]) -> list[Comparison]:
    """Return the rows; of changes calculated from counts, only those over the last year."""
    last: dict[str, date] = {}
    for row in rows:
        if row.tested.method == CHANGES and row.base_period_end:
            last[row.metric] = max(row.base_period_end, last.get(row.metric, date.min))
    return [
        row
        for row in rows
        if row.tested.method != CHANGES or row.base_period_end == last.get(row.metric)
    ]


def _judgment_findings(data: Dataset, rows: Sequence[Judgment], cycle: str) -> Iterable[Item]:
    """Yield what the inspectors of one cycle judged, the best first."""
    judgments: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: row.rank or 0):
        judgments.setdefault(row.grade.lower(), []).append(_lower_first(row.label))
    if judgments:
        force = data.forces[rows[0].force].label
        verdicts = ", and ".join(
            f"{judgment} on {in_words(on)}" for judgment, on in judgments.items()
        )
        named = f"{cycle}: inspectors" if cycle else "Inspectors"
        yield Item(f"{named} judged {force} {verdicts}.")


def _comparison_findings(data: Dataset, rows: Sequence[Comparison]) -> Iterable[Item]:
    groups: dict[_SharedWords, list[Comparison]] = {}
    for row in rows:
        if row.difference is not None:
            shared = _SharedWords(
                data.forces[row.force].label,
                opponent(data, row),
                row.kind,
                verdict_words(row),
                basis_words(row),
                row.period_end,
            )
            groups.setdefault(shared, []).append(row)
    for shared, group in groups.items():
        yield Item(
            f"{_lead(shared, group)}: {_with_figures(data, group)} ({periods_words(group)})."
        )


def _lead(shared: _SharedWords, rows: Sequence[Comparison]) -> str:
    """Return the beginning of a finding, up to its measures."""
    if shared.kind == "rate" and rows[0].tested.method == MEAN:
        return finding(rows, f"{shared.force}'s rate", shared.opponent)
    if shared.kind == "rate":
        return finding(rows, f"{shared.force}'s rate", f"that of {shared.opponent}")
    return finding(rows, shared.force, shared.opponent)


def _with_figures(data: Dataset, rows: Sequence[Comparison]) -> str:
    """Return measures with their figures; a unit is given only where it changes."""
    parts = []
    before = ""
    for row in rows:
        figures, unit = figures_words(row), row.unit
        parts.append(
            f"{_lower_first(name_of(data, row, []))}, "
            f"{figures.removesuffix(f' {unit}') if unit == before else figures}"
        )
        before = unit
    return "; ".join(parts)


def _among_findings(data: Dataset, rows: Sequence[Comparison]) -> Iterable[Item]:
    tested = [row for row in rows if row.among.among_forces != NOT_TESTED]
    phrases: list[str] = []
    for verdict in (HIGH, LOW, NOT_UNUSUAL):
        measures = [
            f"{_lower_first(row.label)} ({ordinal(row.among.forces_rank or 0)}; random variation "
            f"alone allows {places_words(row)}{_weak_words(row)})"
            for row in tested
            if row.among.among_forces == verdict
        ]
        if measures:
            phrases.append(f"{verdict} in {in_words(measures)}")
    if phrases:
        ranked = max(row.among.forces_ranked or 0 for row in tested)
        yield Item(
            f"Among {ranked} forces (1st is the highest rate), "
            f"{data.forces[tested[0].force].label} is at "
            f"{level_words(tested[0])} {'; '.join(phrases)} "
            f"({periods_words(tested)})."
        )


def _weak_words(row: Comparison) -> str:
    """Return why being unusual on one measure is weak evidence; empty where it is not."""
    return f"; {_lower_first(flagged(row, WEAK)).rstrip('.')}" if is_weak(row) else ""


def _lower_first(label: str) -> str:
    return label[:1].lower() + label[1:]
