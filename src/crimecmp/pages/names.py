"""Pages that list names, and a page that explains one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from crimecmp.comparison.row import Cell, Output
from crimecmp.document.brief import Brief, Offer
from crimecmp.document.report import Column as ShownColumn
from crimecmp.document.report import Note, Report, Section, Style
from crimecmp.pages.newest import newest
from crimecmp.pages.part import Shown, section
from crimecmp.tables.cells import split_list
from crimecmp.tables.checked import Row
from crimecmp.tables.dataset import Dataset
from crimecmp.tables.schema import TABLES, Column
from crimecmp.text import MISSING, visible
from crimecmp.wording.methods import explained


def names_page(data: Dataset, table: str) -> Report:
    """Return the page that lists `forces`, `metrics`, `groups` or `sources`."""
    description = TABLES[table]
    rows = data.rows(table)
    notes: tuple[Note, ...] = ()
    if table == "forces":
        with_figures = data.areas_in_words(data.areas_with_figures(), "all of these")
        notes = (Note(f"Areas with figures in {data.label}: {with_figures}."),)
    if table == "metrics":
        notes = tuple(
            Note(f"{row['label']}: {row['definition']}") for row in rows if row["definition"]
        )
    title = description.name.capitalize()
    shown = section(table, title, _COLUMNS[table], rows, notes)
    having = [_having(data, table, row) for row in rows] if table in _HAVING else []
    if having:
        shown = _with_figures_column(table, shown, having)
    kept = [column for column in description.columns if column.name not in _LEFT_OUT]
    return Report(
        title,
        (shown,),
        (
            *(
                Output(
                    column.name.replace("_", " ").capitalize(),
                    name=column.name,
                    type="flag" if column.type == "flag" else "text",
                )
                for column in kept
            ),
            *_HAVING.get(table, ()),
        ),
        [
            (*(_plain(column, row[column.name]) for column in kept), *having[place : place + 1])
            for place, row in enumerate(rows)
        ],
        brief=partial(_brief, data, table, shown),
    )


_HAVING = {
    "metrics": (Output("Has figures", name="has_figures", type="flag"),),
    "sources": (Output("Tables with its figures", name="tables"),),
}
"""The columns that say which names have figures at hand, after those of the table itself."""


def _having(data: Dataset, table: str, row: Row) -> Cell:
    if table == "metrics":
        return row["metric"] in data.metrics_with_figures()
    return "; ".join(data.tables_of_source(row["source"])) or None


def _with_figures_column(table: str, shown: Section, having: Sequence[Cell]) -> Section:
    """Return a table of names with a column that says which have figures at hand."""
    words = [
        having_words.replace("; ", ", ") if isinstance(having_words, str) else "yes"
        for having_words in (found or MISSING for found in having)
    ]
    cells = [[*cells, said] for cells, said in zip(shown.cells, words, strict=True)]
    return shown._replace(columns=(*shown.columns, ShownColumn("Figures")), cells=cells)


def _brief(data: Dataset, table: str, shown: Section) -> Brief:
    from crimecmp.pages.brief.lists import names_brief

    if table == "sources":  # one word: the names of the tables leave no room for the titles
        said = [[*row[:-1], row[-1] if row[-1] == MISSING else "yes"] for row in shown.cells]
        shown = shown._replace(cells=said)
    brief = names_brief(shown, _counted(data, table), _KEPT[table])
    offered = newest(data, "rates") if table != "groups" else ()
    return brief._replace(offers=(Offer("notes"), *offered))


_KEPT = {
    "forces": ("Force", "Name", "Region"),
    "metrics": ("Metric", "Unit", "Figures"),
    "groups": ("Group", "Name", "Forces"),
    "sources": ("Source", "Figures", "Title"),
}
"""The columns of the brief page of names, that of least use last."""


def _counted(data: Dataset, table: str) -> str:
    number = len(data.rows(table))
    if table == "forces":
        having = len(data.areas_with_figures())
        return f"{number} areas can be named; {having} have figures in {data.label}."
    if table == "metrics":
        having = len(data.metrics_with_figures())
        return f"{number} measures can be named; {having} have figures in {data.label}."
    if table == "groups":
        return f"{number} groups of forces can be compared with."
    having = len(data.sources_with_figures())
    return f"{number} publications are named; {having} have figures in {data.label}."


def _plain(column: Column, cell: str) -> Cell:
    if not cell:
        return None
    return cell == "true" if column.type == "flag" else cell


_LEFT_OUT = ("resident_base",)
"""Columns of tables that are left out of machine output."""

_BETTER = {"higher-is-better": "higher", "lower-is-better": "lower", "none": "neither"}


def _text(label: str, name: str, style: Style = "text") -> Shown[Row]:
    return Shown(label, lambda row: row[name], style)


def _names(label: str, name: str) -> Shown[Row]:
    return Shown(label, lambda row: ", ".join(map(visible, split_list(row[name]))))


_COLUMNS: dict[str, tuple[Shown[Row], ...]] = {
    "forces": (
        _text("Force", "force", "id"),
        _text("Name", "name"),
        _text("Code", "ons_code", "id"),
        _text("Region", "region"),
        _names("Also called", "aliases"),
    ),
    "metrics": (
        _text("Metric", "metric", "id"),
        _text("Unit", "unit"),
        Shown("Better", lambda row: _BETTER.get(row["polarity"], "")),
        _names("Also called", "aliases"),
    ),
    "groups": (
        _text("Group", "group", "id"),
        _text("Name", "label"),
        _names("Forces", "forces"),
    ),
    "sources": (
        _text("Source", "source", "id"),
        _text("Title", "title"),
        _text("Publisher", "publisher"),
        _text("Published", "published"),
        _text("Licence", "licence"),
    ),
}


def explanation_page(data: Dataset, name: str) -> Report:
    """Return the page that explains a metric or a statistical method.

    Parameters
    ----------
    data
        The tables that define the metrics.
    name
        Any name of a metric or a method.

    Raises
    ------
    UnknownNameError
        Where no metric and no method has the name.
    """
    title, plain, points = explained(data, name)
    shown: tuple[Shown[tuple[str, str]], ...] = (
        Shown("Point", lambda point: point[0]),
        Shown("In words", lambda point: point[1], "prose"),
    )
    return Report(
        title,
        (section("explanation", title, shown, points),),
        (Output("What is explained", name="item"), Output("In words", name="text")),
        points,
        brief=partial(_explained, title, plain, points),
    )


def _explained(title: str, plain: str, points: Sequence[tuple[str, str]]) -> Brief:
    from crimecmp.pages.brief.lists import explanation_brief

    return explanation_brief(title, plain, points)
