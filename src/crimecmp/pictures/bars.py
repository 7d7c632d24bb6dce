"""Bars: the forces and the benchmark on every measure of a kind, each on its own scale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crimecmp.compare import choose, compared, records
from crimecmp.pages.columns import WORDING
from crimecmp.pages.wording import headline, periods_words
from crimecmp.picture import Picture, Role, Rows, Scale
from crimecmp.pictures.marks import difference_words, in_groups, intervals_words, mark, roles_of
from crimecmp.pictures.words import source_words, standing_notes
from crimecmp.report import Record
from crimecmp.selection import Selection, no_figures
from crimecmp.sentences import verdict_and_basis
from crimecmp.tables.dataset import Dataset
from crimecmp.text import period_name
from crimecmp.verdicts import RANGE, ROUNDING

OWN_SCALES = (
    "Each measure has a scale of its own from 0: bars of two measures are not to be compared."
)
BRACKETS = (
    "In brackets: the differences that rounding of the printed figures allows. Chance is not "
    "tested where a verdict is after rounding."
)


def bars(data: Dataset, table: str, selection: Selection) -> Picture:
    """Return the picture of the forces' figures of one kind beside the benchmark's.

    Parameters
    ----------
    data
        The tables.
    table
        `rates`, `changes` or `outcomes`.
    selection
        Whose figures, against whose.

    Raises
    ------
    NoFiguresError
        Where the data hold no such figure for the forces.
    RequestError
        Where there are more forces than a picture can tell apart.
    """
    roles = roles_of(selection)
    rows = records(compared(data, choose(data, table, selection)))
    if not rows:
        raise no_figures(data, table, selection)
    scales = tuple(_scale(data, table, group, roles) for group in in_groups(rows))
    title = WORDING[table].title
    if selection.metric:
        title = data.metrics[selection.metric].label
    return Picture(
        "bars",
        f"{title}: {headline(data, selection)}, {periods_words(rows)}",
        _UNITS[table],
        Rows(scales, bars=True),
        (*_reading(rows, scales), *standing_notes(data, table, selection, rows)),
        source_words(data, rows),
        " ".join(scale.in_words() for scale in scales),
        intervals_words(rows),
    )


_UNITS = {
    "rates": "Each figure, and how far the force is from the benchmark, in per cent of it",
    "changes": "Change in per cent, and how far the force is from the benchmark, in points",
    "outcomes": "Per cent, and how far the force is from the benchmark, in points",
}


def _scale(data: Dataset, table: str, group: Sequence[Record], roles: dict[str, Role]) -> Scale:
    first = group[0]
    words = [str(first["unit"])] if table != "changes" else []
    since, end = first["base_period_end"], first["period_end"]
    if isinstance(end, date):
        began = f"{period_name(since)} and to " if isinstance(since, date) else ""
        words.append(f"12 months to {began}{period_name(end)}")
    marks = [
        mark(
            data,
            record,
            "force",
            roles[str(record["force"])],
            remark=": ".join(filter(None, [difference_words(record), verdict_and_basis(record)])),
        )
        for record in group
    ]
    marks.append(mark(data, first, "benchmark", "benchmark"))
    return Scale(str(first["label"]), ", ".join(words), tuple(marks))


def _reading(rows: Sequence[Record], scales: Sequence[Scale]) -> list[str]:
    """Return how the bars are to be read."""
    lines = [OWN_SCALES] if len(scales) > 1 else []
    if any(record["method"] in (ROUNDING, RANGE) for record in rows):
        lines.append(BRACKETS)
    return lines
