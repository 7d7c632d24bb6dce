"""The sheets of a workbook that hold the footnotes of its tables, by table.

Newer editions keep the footnotes of several tables on one sheet: a line such as `Notes for tables
P1, P2` above the numbers and texts of each group of tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from crimecmp.importers.files import Sheet
from crimecmp.importers.ons.marks import one_line
from crimecmp.tables.names import normal

Footnotes = Mapping[str, str]
"""The text of each footnote, by its number."""

_FOR_TABLES = re.compile(r"notes for tables? (.*)")
_TABLE = re.compile(r"[a-z]\d+")
_NUMBER = re.compile(r"\d{1,2}")


def notes_on_sheets(sheets: Iterable[Sheet]) -> dict[str, Footnotes]:
    """Return the footnotes of each table by its name, such as `Table P1`.

    Those of a sheet that does not say which tables they are for are under an empty name.
    """
    found: dict[str, dict[str, str]] = {}
    for sheet in sheets:
        if normal(sheet.name).startswith("notes"):
            _read(sheet.rows, found)
    return dict(found)


def _read(rows: Iterable[Sequence[str]], found: dict[str, dict[str, str]]) -> None:
    tables = [""]
    for first, *others in filter(None, rows):
        if heading := _FOR_TABLES.fullmatch(normal(first)):
            tables = [f"Table {name.upper()}" for name in _TABLE.findall(heading[1])]
        elif others and others[0] and _NUMBER.fullmatch(first):
            for table in tables:
                found.setdefault(table, {}).setdefault(first, one_line(others[0]))
