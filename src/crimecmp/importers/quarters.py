"""Open data by quarter: a force's quarterly counts are added up to years of four quarters.

Every financial year is one. If the file ends within a financial year, its last four quarters are
another: the year to December, say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from crimecmp.errors import Fault
from crimecmp.importers.figures import Negative, area_name, in_order, some_of
from crimecmp.importers.imported import Account, Known
from crimecmp.importers.long_form import LongTable, LongTables, body_reader, count, label, meanings
from crimecmp.tables.cells import YEARS
from crimecmp.text import in_words, period_name, quoted

_YEAR = re.compile(r"([0-9]{4})[/-]((?:[0-9]{2}){1,2})")
_QUARTER = re.compile(r"[Qq]?([1-4])")
_QUARTERS = 4
_UNIFORM = 0.9
"""If at least this share of the forces' quarters have the same number of rows, all of them
should."""

_QUARTER_ENDS = {1: "06-30", 2: "09-30", 3: "12-31"}
_NO_COUNT = "n/a"


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


def is_financial(period_end: str) -> bool:
    """Return whether the 12 months to a day are a financial year."""
    return period_end.endswith("-03-31")


def any_year_name(period_end: str) -> str:
    """Return the name of a year: `2017/18`, or `year to December 2025` if not financial."""
    if is_financial(period_end):
        return year_name(period_end)
    return f"year to {period_name(date.fromisoformat(period_end))}"


def years_id(stem: str, ends: Collection[str]) -> str:
    """Return the id of a source that covers some years."""
    names = (
        year_name(end).replace("/", "-") if is_financial(end) else end[:7]
        for end in (min(ends), max(ends))
    )
    return f"{stem}-{'-to-'.join(dict.fromkeys(names))}"


def years_title(title: str, ends: Collection[str]) -> str:
    """Return the title of a source, with the years it covers."""
    several = len({end for end in ends if is_financial(end)})
    kind = "" if not several else "financial year " if several == 1 else "financial years "
    return f"{title}, {kind}{years_span(ends)}"


def years_span(ends: Collection[str]) -> str:
    """Return the names of the first and the last financial year, and of any other year."""
    financial = [end for end in ends if is_financial(end)]
    others = [any_year_name(end) for end in sorted(set(ends).difference(financial))]
    spans = dict.fromkeys(year_name(f(financial)) for f in (min, max) if financial)
    return in_words([*filter(None, [" to ".join(spans)]), *others])


def quarter(cell: str) -> int:
    """Read a quarter of a financial year, as a number from 1 to 4."""
    found = _QUARTER.fullmatch(cell)
    if found is None:
        raise ValueError(f"{quoted(cell)} is not a quarter; write 1, 2, 3 or 4")
    return int(found[1])


def is_no_count(cell: str) -> bool:
    """Return whether a cell says that there is no count."""
    return cell.casefold() == _NO_COUNT


def count_of_quarter(cell: str) -> int:
    """Read a count; `N/a` adds nothing."""
    return 0 if is_no_count(cell) else count(cell)


Rows = Counter[tuple[str, str, int]]
"""The number of rows for each financial year's end, area and quarter."""

Seen = Counter[tuple[str, int, str, tuple[str, ...]]]
"""The number of rows for each year's end, quarter, area and cells that tell the row from others."""

QuarterCell = tuple[str, int, str, tuple[str, ...]]
"""The key of a quarter's count: the financial year's end, the quarter, the area and the category
cells of the row."""

YearCell = tuple[str, str, str, tuple[str, ...]]
"""The key of a year's count: the year's end, the area, the end of the financial year that the
quarters are of, and the category cells of the row."""


class Year(NamedTuple):
    """Four quarters in a row: the last day, and the financial year's end and number of each."""

    end: str
    quarters: tuple[tuple[str, int], ...]


def years_in(sheets: Iterable[Rows], *, latest: bool = False) -> list[Year]:
    """Return the financial years of which any quarter is there, in order.

    Parameters
    ----------
    sheets
        The rows of each sheet.
    latest
        Whether to add the last four quarters, if they are no financial year.
    """
    quarters = {(end, nth) for rows in sheets for end, _, nth in rows}
    numbers = range(1, _QUARTERS + 1)
    years = [
        Year(end, tuple((end, nth) for nth in numbers))
        for end in sorted({end for end, _ in quarters})
    ]
    if latest and quarters:
        end, last = max(quarters)
        before = f"{int(end[:4]) - 1}{end[4:]}"
        span = [(before, nth) for nth in numbers[last:]] + [(end, nth) for nth in numbers[:last]]
        if last < _QUARTERS and quarters.issuperset(span):
            years.append(Year(f"{before[:4]}-{_QUARTER_ENDS[last]}", tuple(span)))
    return years


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
    not_given
        The counts that the sheet says it does not have, as sentences' ends.
    """

    left_out: Counter[str]
    rows: Rows
    counts: Counter[QuarterCell]
    negatives: list[Negative]
    not_given: list[str]


def read_quarters(
    table: LongTable,
    known: Known,
    faults: list[Fault],
    *,
    key: Sequence[str],
    by: Sequence[str],
    seen: Seen,
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
    numbers = meanings(table, "number", count_of_quarter, faults)
    labels = [meanings(table, name, label, faults) for name in by]
    categories = list(zip(*(table.columns[name] for name in by), strict=True))
    reasons = {
        cells: why_not(cells)
        for cells in set(categories)
        if all(read[cell] for read, cell in zip(labels, cells, strict=True))
    }
    names = zip(*(table.columns[name] for name in key if name in table.columns), strict=True)
    basic = [table.columns[name] for name in ("year", "quarter", "force", "number")]
    result = SheetCounts(Counter(), Counter(), Counter(), [], [])
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
        result.counts[end, nth, area, cells] += number
        if number < 0:
            result.negatives.append(Negative(area, cells[0], end))
        elif not number and is_no_count(number_cell):
            result.not_given.append(f"{name[1]} in {force_cell}, quarter {nth} of {year_cell}")
    return result


def repeated_breaks(seen: Seen, place: str, known: Known) -> list[Fault]:
    """Return the rows of an offence that a force has more of than nearly all forces.

    Parameters
    ----------
    seen
        The number of rows with each key, as `read_quarters` counts them.
    place
        The file, for messages.
    known
        The areas.
    """
    quarters: dict[tuple[str, int, tuple[str, ...]], Counter[int]] = {}
    for (end, nth, _, name), times in seen.items():
        quarters.setdefault((end, nth, name), Counter())[times] += 1
    usual = {}
    for key, numbers in quarters.items():
        [(most, forces)] = numbers.most_common(1)
        if len(numbers) > 1 and forces >= _UNIFORM * numbers.total():
            usual[key] = most
    return [
        Fault(
            place,
            0,
            "",
            f"{area_name(area, known)} has {times} rows of {quoted(name[0])} ({name[1]}) in quarter"
            f" {nth} of {year_name(end)}, and nearly all forces have {usual[end, nth, name]}",
        )
        for (end, nth, area, name), times in seen.items()
        if times > usual.get((end, nth, name), times)
    ]


def _times_allowed(code: str) -> int:
    """Return how many rows an offence code may have in one quarter of a force.

    The limit is one, unless the code covers several offences under one name, such as
    `1/4.1/4.10/4.2`. Such a code may have a row for each offence.
    """
    return code.count("/") + 1


def incomplete_years(
    sheets: Iterable[Rows], years: Iterable[Year] | None = None
) -> dict[tuple[str, str], str]:
    """Return the areas' years that are incomplete, each with the reason.

    A year needs all four quarters. If nearly all forces have the same number of rows in a quarter,
    as in a table that lists every offence, a quarter with fewer rows has been cut short.
    """
    rows: Rows = Counter()
    for sheet in sheets:
        rows.update(sheet)
    usual: dict[str, Counter[int]] = {}
    for (end, _, _), times in rows.items():
        usual.setdefault(end, Counter())[times] += 1
    least = {}
    for end, numbers in usual.items():
        [(most, times)] = numbers.most_common(1)
        least[end] = most if times >= _UNIFORM * numbers.total() else 1
    areas = {area for _, area, _ in rows}
    partial = {}
    for year in years_in([rows]) if years is None else years:
        for area in areas:
            present = [(end, rows[end, area, nth]) for end, nth in year.quarters]
            if not any(times for _, times in present):
                continue
            if not all(times for _, times in present):
                partial[year.end, area] = "not all four quarters of the year are in the file"
            elif any(times < least[end] for end, times in present):
                partial[year.end, area] = "a quarter of the year lacks rows"
    return partial


Partial = Mapping[tuple[str, str], str]
"""Why a year is left out, by its end and the area."""


def quarter_accounts(
    found: LongTables, sheets: Sequence[SheetCounts], years: Iterable[Year], partial: Partial
) -> list[Account]:
    """Return how many rows of each sheet were used or left out."""
    holding = _years_holding(years)
    accounts = []
    for table, sheet in zip(found.tables, sheets, strict=True):
        left_out = sheet.left_out.copy()
        for (end, area, nth), times in sheet.rows.items():
            if all((year, area) in partial for year in holding[end, nth]):
                left_out[partial[end, area]] += times
        accounts.append(table.account(left_out))
    return [*accounts, *found.others]


def year_counts(
    sheets: Sequence[SheetCounts], years: Iterable[Year], partial: Partial
) -> dict[YearCell, int]:
    """Return the sums of the counts of all sheets, without the years that are left out."""
    holding = _years_holding(years)
    counts: Counter[YearCell] = Counter()
    for sheet in sheets:
        for (end, nth, area, cells), number in sheet.counts.items():
            for year in holding[end, nth]:
                if (year, area) not in partial:
                    counts[year, area, end, cells] += number
    return counts


def _years_holding(years: Iterable[Year]) -> dict[tuple[str, int], list[str]]:
    """Return the ends of the years that each quarter is in."""
    holding: dict[tuple[str, int], list[str]] = {}
    for year in years:
        for quarter_of_year in year.quarters:
            holding.setdefault(quarter_of_year, []).append(year.end)
    return holding


def year_remarks(years: Iterable[Year], partial: Partial, known: Known) -> list[str]:
    """Return remarks on the years that are left out, and on one that is no financial year."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for (end, area), reason in sorted(partial.items()):
        grouped.setdefault((end, reason), []).append(area)
    remarks = []
    for (end, reason), areas in grouped.items():
        whom = in_words(area_name(area, known) for area in areas)
        if set(areas) >= set(known.territorial):
            whom = "all forces"
        name = any_year_name(end)
        remarks.append(f"{name[:1].upper()}{name[1:]} is left out for {whom}: {reason}.")
    remarks += [
        f"The last four quarters make the {any_year_name(year.end)}."
        for year in years
        if not is_financial(year.end)
    ]
    return remarks


def zero_quarters(
    sheets: Iterable[SheetCounts], years: Iterable[Year]
) -> set[tuple[str, str, int]]:
    """Return the quarters of some years in which an area with crimes in others has none at all."""
    rows: Rows = Counter()
    filled: set[tuple[str, str, int]] = set()
    for sheet in sheets:
        rows.update(sheet.rows)
        filled.update((end, area, nth) for (end, nth, area, _), n in sheet.counts.items() if n)
    areas = {area for _, area, _ in filled}
    wanted = {quarter_of_year for year in years for quarter_of_year in year.quarters}
    return {
        (end, area, nth)
        for end, area, nth in rows
        if area in areas and (end, nth) in wanted and (end, area, nth) not in filled
    }


def gaps_of(
    years: Iterable[Year], zeros: Collection[tuple[str, str, int]], known: Known
) -> dict[str, list[str]]:
    """Return the areas with a quarter of zeros in each year, by the year's end."""
    gaps = {
        year.end: in_order({a for end, a, nth in zeros if (end, nth) in year.quarters}, known)
        for year in years
    }
    return {end: areas for end, areas in gaps.items() if areas}


def zero_remarks(zeros: Iterable[tuple[str, str, int]], known: Known, *, kept: bool) -> list[str]:
    """Return remarks on the areas with nothing but zeros in a quarter."""
    grouped: dict[str, list[str]] = {}
    for end, area, nth in sorted(zeros):
        grouped.setdefault(area, []).append(f"quarter {nth} of {year_name(end)}")
    what = "counts as published" if kept else "has no total and is left out of England and Wales"
    return [
        f"{area_name(area, known)} has nothing but zeros in {in_words(when)}: its year {what}."
        for area, when in grouped.items()
    ]


def not_given_remarks(sheets: Iterable[SheetCounts]) -> list[str]:
    """Return a remark on the counts that the file says it does not have."""
    places = [place for sheet in sheets for place in sheet.not_given]
    if not places:
        return []
    are = "count is N/a and adds" if len(places) == 1 else "counts are N/a and add"
    return [f"{len(places):,} {are} nothing: {some_of(places)}."]
