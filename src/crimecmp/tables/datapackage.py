"""Describes a folder of tables in the Data Package standard, from the schema.

The standard (version 2, https://datapackage.org) lets other tools read and check the folder
without knowing crimecmp.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from crimecmp.tables.licence import OGL
from crimecmp.tables.schema import TABLES, CellType, Column, Table

_PROFILES = "https://datapackage.org/profiles/2.0"
_TYPES: dict[CellType, str] = {
    "text": "string",
    "id": "string",
    "list": "string",
    "counts": "string",
    "number": "number",
    "integer": "integer",
    "date": "date",
    "month": "yearmonth",
    "flag": "boolean",
}


def describe(
    name: str,
    title: str,
    tables: Collection[str],
    adding: Collection[str] = (),
    editions: Mapping[str, Collection[str]] | None = None,
) -> dict[str, Any]:
    """Return the descriptor of a folder.

    Parameters
    ----------
    name, title
        The folder's name for machines, and for people.
    tables
        The names of the tables in it.
    adding
        Those of them that add to names known elsewhere: references to them are not declared.
    editions
        The names of the tables in each of its folders, whose tables refer to one another first.

    Returns
    -------
    dict
        The content of `datapackage.json`, the tables of each folder in the order of the schema.
    """
    whole = {table: table for table in tables if table not in adding}
    resources = [_resource(TABLES[table], table, whole) for table in TABLES if table in tables]
    for folder, its in (editions or {}).items():
        known = whole | {table: _within(folder, table) for table in its}
        resources += [
            _resource(TABLES[table], _within(folder, table), known, f"{folder}/")
            for table in TABLES
            if table in its
        ]
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": name,
        "title": title,
        "licenses": [OGL._asdict()],
        "resources": resources,
    }


def _within(folder: str, table: str) -> str:
    """Return the name for machines of a table in a folder."""
    return f"{folder}.{table}"


def _resource(
    table: Table, name: str, known: Mapping[str, str], folder: str = ""
) -> dict[str, Any]:
    """Return the description of a table, given the names of those that it can refer to."""
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }
    references = [
        {
            "fields": [column.name, *filter(None, [column.within])],
            "reference": {
                "resource": known[column.refers],
                "fields": list(TABLES[column.refers].key),
            },
        }
        for column in table.columns
        if column.refers in known and column.type != "list"
    ]
    if references:
        schema["foreignKeys"] = references
    return {
        "name": name,
        "type": "table",
        "path": f"{folder}{table.name}.csv",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required and not column.nullable:
        constraints["required"] = True
    if column.low is not None:
        constraints["minimum"] = column.low
    if column.above is not None:
        constraints["exclusiveMinimum"] = column.above
    if column.high is not None:
        constraints["maximum"] = column.high
    if column.choices and column.type != "list":
        constraints["enum"] = list(column.choices)
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "description": column.description,
    }
    if column.type == "flag":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    if constraints:
        field["constraints"] = constraints
    return field


def markdown_tables(tables: Iterable[str]) -> str:
    """Return the columns of some tables in Markdown, with a heading and a list for each table."""
    blocks = []
    for table in (TABLES[name] for name in tables):
        key = ", ".join(f"`{name}`" for name in table.key)
        lines = [f"### `{table.name}.csv`", "", f"{table.description} Key: {key}.", ""]
        for column in table.columns:
            mark = " **required**" if column.required else ""
            lines.append(f"- `{column.name}` ({column.type}{mark}): {column.description}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)
