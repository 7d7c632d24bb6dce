"""Open data by quarter: a force's quarterly counts are added up to financial years."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from crimecmp.errors import Fault
from crimecmp.importers.figures import Negative, area_name
from crimecmp.importers.imported import Account, Known
from crimecmp.importers.long_form import LongTable, LongTables, body_reader, count, label, meanings
from crimecmp.tables.cells import YEARS
from crimecmp.text import in_words, quoted

_YEAR = re.compile(r"([0-9]{4})[/-]((?:[0-9]{2}){1,2})")
_QUARTER = re.compile(r"[Qq]?([1-4])")
_QUARTERS = 4
_UNIFORM = 0.9
"""If at least this share of the forces' quarters have the same number of rows, all of them
should."""


def financial_year(cell: str) -> str:
    """Read a financial year, such as `2017/18`, as its last day."""
    found = _YEAR.fullmatch(cell)
    end = int(found[1]) + 1 if found else 0
    if found is None or end not in YEARS or not str(end).endswith(found[2]):
        raise ValueError(f"{quoted(cell)} is not a financial year; write it as 2017/18")
    return f"{end}-03-31"


def year_name(period_end: str) -> str:
    """Return the name of the financial year that ends on a day: `2017/18`."""
    year = int(period_end[:4])
    return f"{year - 1}/{year % 100:02}"


def years_id(stem: str, ends: Collection[str]) -> str:
    """Return the id of a source that covers some financial years."""
    spans = dict.fromkeys(year_name(end).replace("/", "-") for end in (min(ends), max(ends)))
    return f"{stem}-{'-to-'.join(spans)}"


def years_title(title: str, ends: Collection[str]) -> str:
    """Return the title of a source, with the financial years it covers."""
    spans = dict.fromkeys(year_name(end) for end in (min(ends), max(ends)))
    return f"{title}, financial year{'s' * (len(spans) > 1)} {' to '.join(spans)}"


def quarter(cell: str) -> int:
    """Read a quarter of a financial year, as a number from 1 to 4."""
    found = _QUARTER.fullmatch(cell)
    if found is None:
        raise ValueError(f"{quoted(cell)} is not a quarter; write 1, 2, 3 or 4")
    return int(found[1])


Rows = Counter[tuple[str, str, int]]
"""The number of rows for each year's end, area and quarter."""

YearCell = tuple[str, str, tuple[str, ...]]
"""The key of a financial year's count: the year's end, the area and the category cells of the
row."""


class SheetCounts(NamedTuple):
    """What was read from one sheet.

    Parameters
    ----------
    left_out
        The number of rows left out, by reason.
    rows
        The number of rows kept, for each quarter of an area.
    counts
        The sums of their counts.
    negatives
        The counts below zero.
    """

    left_out: Counter[str]
    rows: Rows
    counts: Counter[YearCell]
    negatives: list[Negative]


def read_quarters(
    table: LongTable,
    known: Known,
    faults: list[Fault],
    *,
    key: Sequence[str],
    by: Sequence[str],
    seen: Counter[Hashable],
    why_not: Callable[[tuple[str, ...]], str] = lambda _: "",
) -> SheetCounts:
    """Add up the counts of a sheet that has a row for each quarter, force and category.

    Parameters
    ----------
    table
        The sheet, with the columns `year`, `quarter`, `force` and `number`.
    known
        The areas.
    faults
        The list that any faults in the rows are added to.
    key
        The columns that identify a row within a force's quarter. The offence code comes first.
    by
        The category columns that the counts are grouped by.
    seen
        The number of rows with each key, in this sheet and earlier ones.
    why_not
        Returns why a row with these categories is left out; empty if it is not.
    """
    ends = meanings(table, "year", financial_year, faults)
    quarters = meanings(table, "quarter", quarter, faults)
    bodies = meanings(table, "force", body_reader(known), faults)
    numbers = meanings(table, "number", count, faults)
    labels = [meanings(table, name, label, faults) for name in by]
    categories = list(zip(*(table.columns[name] for name in by), strict=True))
    reasons = {
        cells: why_not(cells)
        for cells in set(categories)
        if all(read[cell] for read, cell in zip(labels, cells, strict=True))
    }
    names = zip(*(table.columns[name] for name in key if name in table.columns), strict=True)
    basic = [table.columns[name] for name in ("year", "quarter", "force", "number")]
    result = SheetCounts(Counter(), Counter(), Counter(), [])
    for line, year_cell, quarter_cell, force_cell, number_cell, name, cells in zip(
        table.lines, *basic, names, categories, strict=True
    ):
        end, nth = ends[year_cell], quarters[quarter_cell]
        body, number = bodies[force_cell], numbers[number_cell]
        reason = reasons.get(cells)
        if end is None or nth is None or body is None or number is None or reason is None:
            continue
        if body.reason or reason:
            result.left_out[body.reason or reason] += 1
            continue
        area = body.area
        row = end, nth, area, name
        seen[row] += 1
        if seen[row] > 1 and seen[row] > _times_allowed(name[0]):
            what = f"{in_words(map(quoted, name))} of {quoted(force_cell)}"
            problem = f"{what} appears twice for quarter {nth} of {year_cell}"
            faults.append(Fault(table.place, line, "", problem))
        result.rows[end, area, nth] += 1
        result.counts[end, area, cells] += number
        if number < 0:
            result.negatives.append(Negative(area, cells[0]))
    return result


def _times_allowed(code: str) -> int:
    """Return how many rows an offence code may have in one quarter of a force.

    The limit is one, unless the code covers several offences under one name, such as
    `1/4.1/4.10/4.2`. Such a code may have a row for each offence.
    """
    return code.count("/") + 1


def incomplete_years(sheets: Iterable[Rows]) -> dict[tuple[str, str], str]:
    """Return the areas' years that are incomplete, each with the reason.

    A year needs all four quarters. If nearly all forces have the same number of rows in a quarter,
    as in a table that lists every offence, a quarter with fewer rows has been cut short.
    """
    rows: Rows = Counter()
    for sheet in sheets:
        rows.update(sheet)
    quarters: dict[tuple[str, str], dict[int, int]] = {}
    usual: dict[str, Counter[int]] = {}
    for (end, area, nth), times in rows.items():
        quarters.setdefault((end, area), {})[nth] = times
        usual.setdefault(end, Counter())[times] += 1
    partial = {}
    for (end, area), present in quarters.items():
        [(most, times)] = usual[end].most_common(1)
        if len(present) < _QUARTERS:
            partial[end, area] = "not all four quarters of the year are in the file"
        elif times >= _UNIFORM * usual[end].total() and min(present.values()) < most:
            partial[end, area] = "a quarter of the year lacks rows"
    return partial


Partial = Mapping[tuple[str, str], str]
"""Why a year is left out, by its end and the area."""


def quarter_accounts(
    found: LongTables, sheets: Sequence[SheetCounts], partial: Partial
) -> list[Account]:
    """Return how many rows of each sheet were used or left out."""
    accounts = []
    for table, sheet in zip(found.tables, sheets, strict=True):
        left_out = sheet.left_out.copy()
        for (end, area, _), times in sheet.rows.items():
            if (end, area) in partial:
                left_out[partial[end, area]] += times
        accounts.append(table.account(left_out))
    return [*accounts, *found.others]


def year_counts(sheets: Sequence[SheetCounts], partial: Partial) -> dict[YearCell, int]:
    """Return the sums of the counts of all sheets, without the years that are left out."""
    counts: Counter[YearCell] = Counter()
    for sheet in sheets:
        counts.update(sheet.counts)
    return {cell: n for cell, n in counts.items() if cell[:2] not in partial}


def year_remarks(partial: Partial, known: Known) -> list[str]:
    """Return remarks on the years that are left out."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for (end, area), reason in sorted(partial.items()):
        grouped.setdefault((end, reason), []).append(area_name(area, known))
    return [
        f"{year_name(end)} is left out for {in_words(areas)}: {reason}."
        for (end, reason), areas in grouped.items()
    ]
