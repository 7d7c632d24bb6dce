"""Pages that list names, and a page that explains one."""

from __future__ import annotations

from crimecmp.comparison.row import Cell, Output
from crimecmp.document.report import Note, Report, Style
from crimecmp.pages.part import Shown, section
from crimecmp.tables.cells import split_list
from crimecmp.tables.checked import Row
from crimecmp.tables.dataset import Dataset
from crimecmp.tables.schema import TABLES, Column
from crimecmp.text import visible
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
    kept = [column for column in description.columns if column.name not in _LEFT_OUT]
    return Report(
        title,
        (section(table, title, _COLUMNS[table], rows, notes),),
        tuple(
            Output(
                column.name.replace("_", " ").capitalize(),
                name=column.name,
                type="flag" if column.type == "flag" else "text",
            )
            for column in kept
        ),
        [tuple(_plain(column, row[column.name]) for column in kept) for row in rows],
    )


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
    title, points = explained(data, name)
    shown: tuple[Shown[tuple[str, str]], ...] = (
        Shown("Point", lambda point: point[0]),
        Shown("In words", lambda point: point[1], "prose"),
    )
    return Report(
        title,
        (section("explanation", title, shown, points),),
        (Output("What is explained", name="item"), Output("In words", name="text")),
        points,
    )
