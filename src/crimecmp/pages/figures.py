"""Pages of figures: one kind of them, one measure, or all that is known of a force."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from crimecmp.comparison.kinds import KINDS
from crimecmp.comparison.pairing import compared
from crimecmp.comparison.request import Selection, no_figures
from crimecmp.comparison.row import Comparison, columns, page_columns
from crimecmp.comparison.rows import Choice, choose
from crimecmp.document.report import Note, Report
from crimecmp.pages.columns import (
    WORDING,
    Columns,
    among_columns,
    count_columns,
    figure_columns,
    head_columns,
    source_columns,
    unit_columns,
    verdict_columns,
)
from crimecmp.pages.judgments import judgments_part
from crimecmp.pages.page import page_of
from crimecmp.pages.part import Part, section
from crimecmp.pages.ranking import ranking
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words
from crimecmp.wording.labels import headline
from crimecmp.wording.notes import (
    MARGIN_NOTE,
    coverage,
    figure_places,
    found_in,
    missing_forces,
    more_periods,
    more_sources,
    reservations,
    residents_note,
    row_notes,
    spread_notes,
    verdict_notes,
)


def figures_page(data: Dataset, table: str, selection: Selection) -> Report:
    """Return the page of one kind of figure.

    Raises
    ------
    NoFiguresError
        Where the data hold no such figure for the selected forces.
    """
    part = _part(data, choose(data, table, selection), side_by_side=False)
    if part is None:
        raise no_figures(data, table, selection)
    title = f"{headline(data, selection)}: {part.section.title.lower()}"
    return page_of(data, title, [part], columns(Comparison))


def comparison_page(data: Dataset, selection: Selection) -> Report:
    """Return all that the data hold on one metric (or on each), the forces side by side.

    Raises
    ------
    NoFiguresError
        Where the data hold no such figure for any of the forces.
    """
    found, notes = parts_of(data, selection, side_by_side=True)
    if not found:
        raise no_figures(data, "figures", selection)
    title = headline(data, selection)
    if selection.metric:
        title = f"{data.metrics[str(selection.metric)].label}: {title}"
    return page_of(data, title, found, columns(Comparison), notes)


def whole_page(data: Dataset, selection: Selection) -> Report:
    """Return everything that the data hold on some forces: figures of each kind, then judgments.

    Raises
    ------
    NoFiguresError
        Where the data hold nothing on them.
    """
    found, notes = parts_of(data, selection, side_by_side=len(selection.forces) > 1)
    judgments = judgments_part(data, selection)
    found += [judgments] if judgments else []
    if not found:
        raise no_figures(data, "figures", selection)
    return page_of(data, headline(data, selection), found, page_columns(), notes)


class Found(NamedTuple):
    """Tables of one source, and what is to be said of those that are of another."""

    parts: list[Part]
    notes: tuple[Note, ...]


def parts_of(data: Dataset, selection: Selection, *, side_by_side: bool) -> Found:
    """Return a table of each kind of figure, all of the source that the first is of.

    A file without a source is one by itself, and each table may have its own.
    """
    described = data.by_id("sources")
    found: list[Part] = []
    elsewhere: dict[str, list[str]] = {}
    source = selection.source
    for table in KINDS:
        choice = choose(data, table, selection._replace(source=source))
        if choice.source is None and source != selection.source:
            choice = choose(data, table, selection)
            if choice.source in described:
                elsewhere.setdefault(str(choice.source), []).append(WORDING[table].title.lower())
                continue
        part = _part(data, choice, side_by_side=side_by_side)
        if part is not None:
            found.append(part)
            source = source or (choice.source if choice.source in described else None)
    notes = (
        Note(f"There are {in_words(titles)} of another source: --source {name}.")
        for name, titles in elsewhere.items()
    )
    return Found(found, tuple(notes))


def _part(data: Dataset, choice: Choice, *, side_by_side: bool) -> Part | None:
    if choice.source is None:
        return None
    selection, table = choice.selection, choice.kind.table
    rows = compared(data, choice)
    notes = _notes(data, table, selection, rows, side_by_side=side_by_side)
    if selection.ranked:
        return ranking(data, table, selection, rows, notes)
    shown: Columns = [
        *head_columns(data, selection, side_by_side=side_by_side),
        *unit_columns(table, rows),
        *figure_columns(data, table, selection, side_by_side=side_by_side),
        *count_columns(data, selection, rows),
        *verdict_columns(rows),
        *(among_columns(rows) if side_by_side else []),
        *source_columns(rows),
    ]
    return Part(section(table, WORDING[table].title, shown, rows, notes), rows)


def _notes(
    data: Dataset,
    table: str,
    selection: Selection,
    rows: Sequence[Comparison],
    *,
    side_by_side: bool,
) -> tuple[Note, ...]:
    return (
        *verdict_notes(data, selection, rows, side_by_side=side_by_side),
        *(spread_notes(rows) if side_by_side else []),
        *([] if selection.ranked else residents_note(data, rows)),
        *([MARGIN_NOTE] if table == "satisfaction" else []),
        *coverage(data, selection, rows),
        *missing_forces(data, selection, rows),
        *row_notes(data, rows),
        *reservations(data, table, selection, {row.metric for row in rows}),
        *more_sources(data, table, selection, {row.source for row in rows}),
        *more_periods(data, table, selection, rows),
        *found_in(data, figure_places(data, rows)),
    )
