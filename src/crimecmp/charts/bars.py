"""Bars: the forces beside the benchmark, each measure on its own scale."""

from __future__ import annotations

from collections.abc import Sequence

from crimecmp.charts.marks import (
    benchmark_mark,
    difference_words,
    force_mark,
    in_groups,
    intervals_words,
    roles_of,
)
from crimecmp.comparison.methods import RANGE, ROUNDING
from crimecmp.comparison.pairing import paired
from crimecmp.comparison.request import Request, no_figures
from crimecmp.comparison.row import Comparison
from crimecmp.comparison.rows import answer_to
from crimecmp.document.picture import Picture, Role, Rows, Scale
from crimecmp.tables.dataset import Dataset
from crimecmp.wording.captions import picture_notes, source_words
from crimecmp.wording.labels import KIND_LABELS, headline, periods_words, span_words
from crimecmp.wording.sentences import verdict_and_basis

OWN_SCALES = (
    "Each measure has its own scale from 0, so bars of different measures cannot be compared."
)
BRACKETS = (
    "In brackets: the differences that rounding allows. A verdict after rounding is not a test "
    "against random variation."
)


def bars(data: Dataset, table: str, request: Request) -> Picture:
    """Return a picture of one kind of figure for the forces and the benchmark.

    Parameters
    ----------
    data
        The tables.
    table
        `rates`, `changes` or `outcomes`.
    request
        The forces and the benchmark.

    Raises
    ------
    NoFiguresError
        Where the data have no such figure for the forces.
    RequestError
        Where there are more forces than a picture can show.
    """
    roles = roles_of(request)
    rows = paired(data, answer_to(data, table, request))
    if not rows:
        raise no_figures(data, table, request)
    scales = tuple(_scale(data, table, group, roles) for group in in_groups(rows))
    title = KIND_LABELS[table].title
    if request.metric:
        title = data.metrics[str(request.metric)].label
    return Picture(
        "bars",
        f"{title}: {headline(data, request)}, {periods_words(rows)}",
        _SUBTITLES[table],
        Rows(scales, bars=True),
        (*_notes(rows, scales), *picture_notes(data, table, request, rows)),
        source_words(data, rows),
        " ".join(scale.in_words() for scale in scales),
        intervals_words(rows),
    )


_SUBTITLES = {
    "rates": "Each figure, and the force's % difference from the benchmark",
    "changes": "Percentage change, and the force's difference from the benchmark in points",
    "outcomes": "Percentage, and the force's difference from the benchmark in points",
}


def _scale(data: Dataset, table: str, group: Sequence[Comparison], roles: dict[str, Role]) -> Scale:
    first = group[0]
    words = [first.unit] if table != "changes" else []
    words.append(span_words(first.base_period_end, first.period_end))
    marks = [
        force_mark(
            data,
            row,
            roles[row.force],
            remark=": ".join(filter(None, [difference_words(row), verdict_and_basis(row)])),
        )
        for row in group
    ]
    marks.append(benchmark_mark(data, first))
    return Scale(first.label, ", ".join(words), tuple(marks))


def _notes(rows: Sequence[Comparison], scales: Sequence[Scale]) -> list[str]:
    """Return notes on how to read the bars."""
    lines = [OWN_SCALES] if len(scales) > 1 else []
    if any(row.tested.method in (ROUNDING, RANGE) for row in rows):
        lines.append(BRACKETS)
    return lines
