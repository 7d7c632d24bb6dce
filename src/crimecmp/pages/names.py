"""Pages of what there is to name, and of what a name means."""

from __future__ import annotations

from crimecmp.comparison.columns import OutputColumn
from crimecmp.explain import explained
from crimecmp.report import Column, Note, Record, Report, Section
from crimecmp.tables.dataset import Dataset
from crimecmp.tables.schema import TABLES


def names_page(data: Dataset, table: str) -> Report:
    """Return the page of what there is to name: `forces`, `metrics`, `groups` or `sources`."""
    description = TABLES[table]
    flags = {column.name for column in description.columns if column.type == "flag"}
    rows: list[Record] = [
        {
            **{
                name: (cell == "true" if name in flags else cell) if cell else None
                for name, cell in row.items()
            },
            "better": _BETTER.get(row.get("polarity", "")),
        }
        for row in data.rows(table)
    ]
    notes: tuple[Note, ...] = ()
    if table == "forces":
        having = data.areas_in_words(data.areas_with_figures())
        notes = (Note(f"Areas with figures in {data.label}: {having}."),)
    if table == "metrics":
        notes = tuple(
            Note(f"{row['label']}: {row['definition']}") for row in rows if row["definition"]
        )
    columns = tuple(column for column in description.columns if column.name not in _LEFT_OUT)
    section = Section(description.name.capitalize(), _NAME_COLUMNS[table], rows, notes)
    return Report(
        section.title,
        (section,),
        tuple(column.name for column in columns),
        outputs={
            column.name: OutputColumn(column.name, column.name.replace("_", " ").capitalize())
            for column in columns
        },
    )


_LEFT_OUT = ("resident_base",)
"""Columns of the tables that are no column of machine output."""

_BETTER = {"higher-is-better": "higher", "lower-is-better": "lower", "none": "neither way"}


_NAME_COLUMNS: dict[str, tuple[Column, ...]] = {
    "forces": (
        Column("Force", "force", "id"),
        Column("Name", "name"),
        Column("Code", "ons_code", "id"),
        Column("Region", "region"),
        Column("Also called", "aliases", "names"),
    ),
    "metrics": (
        Column("Metric", "metric", "id"),
        Column("Unit", "unit"),
        Column("Better", "better"),
        Column("Also called", "aliases", "names"),
    ),
    "groups": (
        Column("Group", "group", "id"),
        Column("Name", "label"),
        Column("Forces", "forces", "names"),
    ),
    "sources": (
        Column("Source", "source", "id"),
        Column("Title", "title"),
        Column("Publisher", "publisher"),
        Column("Published", "published"),
        Column("Licence", "licence"),
    ),
}


def explanation_page(data: Dataset, name: str) -> Report:
    """Return the page that explains a metric or a method of verdict.

    Parameters
    ----------
    data
        The tables that define the metrics.
    name
        Any name of a metric or a method.

    Raises
    ------
    UnknownNameError
        Where neither is called so.
    """
    title, points = explained(data, name)
    rows = [{"item": item, "text": text} for item, text in points]
    columns = (Column("Point", "item"), Column("In words", "text", "prose"))
    return Report(
        title,
        (Section(title, columns, rows),),
        ("item", "text"),
        outputs={
            "item": OutputColumn("item", "What is explained"),
            "text": OutputColumn("text", "In words"),
        },
    )
