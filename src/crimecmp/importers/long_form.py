"""Tables in long form, with one row for each count.

These published tables have tens of thousands of rows but few distinct cells. Each distinct cell of
a column is read once, and each row then looks up its meaning.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, NoReturn, TypeVar

from crimecmp.errors import SHOWN_FAULTS, DataError, Fault
from crimecmp.importers.files import File, Sheet
from crimecmp.importers.imported import TRANSPORT_POLICE, Account, Known
from crimecmp.tables.names import normal
from crimecmp.text import in_words, quoted

PUBLISHER = "Home Office"
OPEN_DATA = "https://www.gov.uk/government/statistics/police-recorded-crime-open-data-tables"

GIVEN_TOTAL = "a total, which is calculated from its groups"

_HEADING_ROWS = 30
"""The number of rows at the top of a sheet in which to look for the heading."""

_FEWER_GROUPS = 1.5
"""A table may have a few more groups than offences if it lists only some of them; not half as many
again."""

_NO_ENTRY = frozenset({"", "NA"})
_FRAUD_BODIES = (
    "Action Fraud",
    "CIFAS",
    "Financial Fraud Action UK",
    "National Fraud Intelligence Bureau",
    "UK Finance",
)
_FRAUD_BODY_NAMES = frozenset(normal(name) for name in _FRAUD_BODIES)
_BTP = normal(TRANSPORT_POLICE)
_COUNT = re.compile(r"[+-]?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})")

Read = TypeVar("Read")
Headings = Mapping[str, tuple[str, ...]]
"""The headings that each column is known by, normalised by `crimecmp.tables.names.normal`."""


class LongTable(NamedTuple):
    """A sheet with the headings that were looked for.

    Parameters
    ----------
    name
        The name of the sheet, or of the format if the sheet has none.
    place
        The file and, in a workbook, the sheet: for messages.
    headings
        The published heading of each column.
    columns
        The cells of each column that was found.
    lines
        The line number in the file of each row.
    read
        The total number of rows in the sheet.
    left_out
        The number of rows without data, by reason.
    """

    name: str
    place: str
    headings: Mapping[str, str]
    columns: Mapping[str, Sequence[str]]
    lines: Sequence[int]
    read: int
    left_out: Counter[str]

    def account(self, more: Mapping[str, int]) -> Account:
        """Return how many rows were used or left out, given more rows left out by reason."""
        left_out = self.left_out + Counter(more)
        return Account(self.name, self.read, self.read - left_out.total(), dict(left_out))


class LongTables(NamedTuple):
    """The tables found in a file, accounts of its other sheets, and faults."""

    tables: Sequence[LongTable]
    others: Sequence[Account]
    faults: list[Fault]


def long_tables(
    file: File, format_name: str, needed: Headings, wanted: Headings | None = None
) -> LongTables | None:
    """Find the sheets that have all the needed headings, ignoring case and punctuation.

    Parameters
    ----------
    file
        The file.
    format_name
        The name of the format.
    needed
        The headings that a sheet of this format must have.
    wanted
        The headings that a sheet of this format may have.

    Returns
    -------
    LongTables or None
        None if no sheet has the needed headings.
    """
    tables: list[LongTable] = []
    others: list[Account] = []
    faults: list[Fault] = []
    for sheet in file.sheets:
        top = _heading_row(sheet, needed)
        if top is not None:
            headings = {**needed, **(wanted or {})}
            tables.append(_table(sheet, top, format_name, headings, file, faults))
        elif sheet.rows:
            rows = len(sheet.rows)
            others.append(
                Account(sheet.name or format_name, rows, 0, {"a sheet without this table": rows})
            )
    return LongTables(tables, others, faults) if tables else None


def _heading_row(sheet: Sheet, needed: Headings) -> int | None:
    for index, cells in enumerate(sheet.rows[:_HEADING_ROWS]):
        present = {normal(cell) for cell in cells}
        if all(not present.isdisjoint(headings) for headings in needed.values()):
            return index
    return None


def _table(
    sheet: Sheet, top: int, format_name: str, headings: Headings, file: File, faults: list[Fault]
) -> LongTable:
    header, below = sheet.rows[top], sheet.rows[top + 1 :]
    where = f"{file.name}:{sheet.name}" if sheet.name else file.name
    normalised = [normal(cell) for cell in header]
    places: dict[str, int] = {}
    for column, known in headings.items():
        matches = [place for place, heading in enumerate(normalised) if heading in known]
        if len(matches) > 1:  # a heading that is repeated over nothing is a stray one
            rows_below = [cells for cells in below if cells != header]
            filled = [at for at in matches if any(any(cells[at : at + 1]) for cells in rows_below)]
            matches = filled or matches[:1]
        if len(matches) > 1:
            problem = f"{len(matches)} columns have this heading; keep one"
            faults.append(Fault(where, sheet.lines[top], header[matches[0]], problem))
        if matches:
            places[column] = matches[0]
    above = sum(1 for cells in sheet.rows[:top] if any(cells))
    left_out = Counter({"above the heading": above, "blank": top - above, "heading": 1})
    rows, lines = [], []
    width, first, last = len(header), min(places.values()), max(places.values())
    for cells, line in zip(below, sheet.lines[top + 1 :], strict=True):
        if cells == header:
            left_out["heading"] += 1
        elif len(cells) == width and cells[first] not in _NO_ENTRY and cells[last]:
            rows.append(cells)
            lines.append(line)
        elif reason := _no_data(cells):
            left_out[reason] += 1
        elif len(cells) < width or any(cells[width:]):
            problem = f"the row has {len(cells)} cells, the heading {width}"
            faults.append(Fault(where, line, "", problem))
        else:
            rows.append(cells[:width])
            lines.append(line)
    cells_of = list(zip(*rows, strict=True)) or [()] * width
    return LongTable(
        sheet.name or format_name,
        where,
        {column: header[place] for column, place in places.items()},
        {column: cells_of[place] for column, place in places.items()},
        lines,
        len(sheet.rows),
        +left_out,
    )


def _no_data(cells: Sequence[str]) -> str:
    """Return why a row holds no data; empty if it should hold some."""
    if not any(cells):
        return "blank"
    if _NO_ENTRY.issuperset(cells):
        return "nothing but NA"
    # A source line or footnote: text in the first cell, and all other cells empty.
    first, *others = cells
    words = others and not any(others) and any(map(str.isalpha, first))
    return "text under the table" if words else ""


def meanings(
    table: LongTable, column: str, read: Callable[[str], Read], faults: list[Fault]
) -> dict[str, Read | None]:
    """Read each distinct cell of a column once.

    Parameters
    ----------
    table, column
        The table and the name of the column.
    read
        Returns the meaning of a cell, or raises a ValueError that says what is wrong with it.
    faults
        The list that faults are added to: one for each unreadable cell, on the first row that has
        it.

    Returns
    -------
    dict
        The meaning of each cell; None if it cannot be read.
    """
    found: dict[str, Read | None] = {}
    problems: dict[str, str] = {}
    for cell in dict.fromkeys(table.columns[column]):
        try:
            found[cell] = read(cell)
        except ValueError as error:
            found[cell] = None
            problems[cell] = str(error)
    if problems:
        times = Counter(table.columns[column])
        for cell, line in zip(table.columns[column], table.lines, strict=True):
            if cell in problems:
                more = times[cell] - 1
                others = f" (and on {more:,} more row{'s' * (more > 1)})" if more else ""
                problem = f"{problems.pop(cell)}{others}"
                faults.append(Fault(table.place, line, table.headings[column], problem))
    return found


def check_nested(table: LongTable, columns: Sequence[str], faults: list[Fault]) -> None:
    """Add a fault if a column has more different cells than the one whose cells it groups.

    Parameters
    ----------
    table
        The table.
    columns
        The names of columns, each of which groups the cells of the one before: every group has an
        offence, so there are no more groups than offences unless their headings changed places.
    faults
        The list that the fault is added to.
    """
    for parts, groups in pairwise(name for name in columns if name in table.columns):
        several, fewer = (len(set(table.columns[name])) for name in (groups, parts))
        if several > fewer * _FEWER_GROUPS + 1:
            problem = (
                f"there are {several:,} different cells under this heading and {fewer:,} under "
                f"{quoted(table.headings[parts])}, which it groups: have they changed places?"
            )
            faults.append(Fault(table.place, 0, table.headings[groups], problem))


def refuse(faults: Sequence[Fault]) -> None:
    """Raise all faults as one error, in row order; do nothing if there are none."""
    if faults:
        raise DataError(sorted(faults, key=lambda fault: fault.row))


def refuse_nothing(file: File, accounts: Iterable[Account]) -> NoReturn:
    """Raise the error for a table that gives no figure, with the reasons."""
    reasons = Counter[str]()
    for account in accounts:
        reasons.update(account.left_out)
    listing = "; ".join(f"{reason} ({number:,})" for reason, number in reasons.items())
    problem = f"none of its rows gives a figure: {listing}"
    raise DataError([Fault(file.name, 0, "", problem)])


def count(cell: str) -> int:
    """Read a whole number, which may have thousands separators and a sign."""
    plain = cell.replace("\N{MINUS SIGN}", "-")
    if not _COUNT.fullmatch(plain):
        raise ValueError(f"{quoted(cell)} is not a whole number")
    return int(plain.replace(",", ""))


def label(cell: str) -> str:
    """Read the name of a category, which may be any text."""
    if cell in _NO_ENTRY:
        raise ValueError(f"{quoted(cell)} is not a category")
    return cell


class Body(NamedTuple):
    """The area that a row is for, or the reason why the row is left out."""

    area: str
    reason: str = ""


def body_reader(known: Known) -> Callable[[str], Body]:
    """Return a function that reads the name of a police force or other recording body."""
    territorial = frozenset(known.territorial)
    # Looking for similar names is slow, so do it only for faults that the message shows.
    hints = iter(range(SHOWN_FAULTS))

    def read(cell: str) -> Body:
        name = normal(cell)
        if name == _BTP:
            return _transport_police(known)
        if name in _FRAUD_BODY_NAMES:
            return Body("", f"{cell}, not a territorial police force")
        found = known.areas.exact(cell)
        if found in territorial:
            return Body(found)
        if found is not None:
            return Body("", f"{cell}, not a territorial police force")
        near = known.areas.near(cell) if next(hints, None) is not None else []
        advice = f"; did you mean {in_words(near, 'or')}?" if near else ""
        raise ValueError(f"{quoted(cell)} is not a police force{advice}")

    return read


def _transport_police(known: Known) -> Body:
    if known.transport_police:
        return Body(TRANSPORT_POLICE)
    return Body("", "British Transport Police, included only on request")


def is_fraud(group: str) -> bool:
    """Return whether the heading of an offence group is for fraud."""
    return "fraud" in normal(group).split()
