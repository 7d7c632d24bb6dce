"""Pages of figures: one kind of them, one measure, or all that is known of a force."""

from __future__ import annotations

from typing import NamedTuple

from crimecmp.compare import KINDS, Choice, choose, compared, records
from crimecmp.comparison.columns import COMPARISON_ROW, PAGE_ROW
from crimecmp.pages.columns import (
    WORDING,
    among_columns,
    count_columns,
    display_fields,
    figure_columns,
    head_columns,
    source_columns,
    unit_columns,
    verdict_columns,
)
from crimecmp.pages.judgments import judgments_section
from crimecmp.pages.notes import (
    MARGIN_NOTE,
    coverage,
    found_in,
    missing_forces,
    more_figures,
    reservations,
    residents_note,
    row_notes,
    spread_notes,
    verdict_notes,
)
from crimecmp.pages.page import page_of
from crimecmp.pages.ranking import ranking
from crimecmp.pages.wording import headline
from crimecmp.report import Note, Report, Section
from crimecmp.selection import Selection, no_figures
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words


def figures_page(data: Dataset, table: str, selection: Selection) -> Report:
    """Return the page of one kind of figure.

    Raises
    ------
    NoFiguresError
        Where the data hold no such figure for the selected forces.
    """
    section = _section(data, choose(data, table, selection), side_by_side=False)
    if section is None:
        raise no_figures(data, table, selection)
    title = f"{headline(data, selection)}: {section.title.lower()}"
    return page_of(data, title, [section], COMPARISON_ROW)


def comparison_page(data: Dataset, selection: Selection) -> Report:
    """Return all that the data hold on one metric (or on each), the forces side by side.

    Raises
    ------
    NoFiguresError
        Where the data hold no such figure for any of the forces.
    """
    found, notes = sections_of(data, selection, side_by_side=True)
    if not found:
        raise no_figures(data, "figures", selection)
    title = headline(data, selection)
    if selection.metric:
        title = f"{data.metrics[selection.metric].label}: {title}"
    return page_of(data, title, found, COMPARISON_ROW, notes)


def whole_page(data: Dataset, selection: Selection) -> Report:
    """Return everything that the data hold on some forces: figures of each kind, then judgments.

    Raises
    ------
    NoFiguresError
        Where the data hold nothing on them.
    """
    found, notes = sections_of(data, selection, side_by_side=len(selection.forces) > 1)
    judgments = judgments_section(data, selection)
    found += [judgments] if judgments else []
    if not found:
        raise no_figures(data, "figures", selection)
    return page_of(data, headline(data, selection), found, PAGE_ROW, notes)


class Found(NamedTuple):
    """Sections of one source, and what is to be said of those that are of another."""

    sections: list[Section]
    notes: tuple[Note, ...]


def sections_of(data: Dataset, selection: Selection, *, side_by_side: bool) -> Found:
    """Return a section of each kind of figure, all of the source that the first is of.

    A file without a source is one by itself, and each table may have its own.
    """
    described = data.by_id("sources")
    found: list[Section] = []
    elsewhere: dict[str, list[str]] = {}
    source = selection.source
    for table in KINDS:
        choice = choose(data, table, selection._replace(source=source))
        if choice.source is None and source != selection.source:
            choice = choose(data, table, selection)
            if choice.source in described:
                elsewhere.setdefault(str(choice.source), []).append(WORDING[table].title.lower())
                continue
        section = _section(data, choice, side_by_side=side_by_side)
        if section is not None:
            found.append(section)
            source = source or (choice.source if choice.source in described else None)
    notes = (
        Note(f"There are {in_words(titles)} of another source: --source {name}.")
        for name, titles in elsewhere.items()
    )
    return Found(found, tuple(notes))


def _section(data: Dataset, choice: Choice, *, side_by_side: bool) -> Section | None:
    if choice.source is None:
        return None
    selection, table = choice.selection, choice.kind.table
    rows = records(compared(data, choice))
    shown = [{**record, **display_fields(data, record)} for record in rows]
    notes = (
        *verdict_notes(data, selection, rows, side_by_side=side_by_side),
        *(spread_notes(rows) if side_by_side else []),
        *([] if selection.ranked else residents_note(data, rows)),
        *([MARGIN_NOTE] if table == "satisfaction" else []),
        *coverage(data, selection, rows),
        *missing_forces(data, selection, rows),
        *row_notes(data, rows),
        *reservations(data, table, selection, rows),
        *more_figures(data, table, selection, rows),
        *found_in(data, rows),
    )
    if selection.ranked:
        return ranking(data, table, selection, shown, notes)
    columns = (
        *head_columns(selection, side_by_side=side_by_side),
        *unit_columns(table, rows),
        *figure_columns(data, table, selection, side_by_side=side_by_side),
        *count_columns(data, selection, rows),
        *verdict_columns(rows),
        *(among_columns(shown) if side_by_side else []),
        *source_columns(rows),
    )
    return Section(WORDING[table].title, columns, shown, notes)
