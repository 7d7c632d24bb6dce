"""Rolling-year recorded crime by police force area (Home Office).

Each row is the count for one force and one offence group in the 12 months to a quarter's end. The
file has no totals, so crime excluding fraud and victim-based crime are calculated from the groups.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from crimecmp.errors import Fault
from crimecmp.importers.categories import (
    CRIME,
    FRAUD,
    NOT_VICTIM_BASED,
    TOTALS,
    Category,
    counted,
    oddities,
)
from crimecmp.importers.figures import (
    Figures,
    Negative,
    add_national,
    add_totals,
    negative_remarks,
    rates,
    some_of,
)
from crimecmp.importers.files import File
from crimecmp.importers.imported import Imported, Known, Source
from crimecmp.importers.long_form import (
    GIVEN_TOTAL,
    PUBLISHER,
    Headings,
    LongTable,
    body_reader,
    count,
    label,
    long_tables,
    meanings,
    refuse,
    refuse_nothing,
)
from crimecmp.tables.cells import YEARS
from crimecmp.text import in_words, period_name, quoted

FORMAT = "rolling-year recorded crime"
TITLE = "Police recorded crime by police force area (rolling 12-month totals)"

_HEADINGS: Headings = {
    "period": ("12 months ending",),
    "force": ("pfa", "police force area"),
    "offence": ("offence",),
    "number": ("rolling year total number of offences",),
}

_REGION: Headings = {"region": ("region",)}

_OLD_BURGLARY = frozenset({"burglary-in-a-dwelling", "non-domestic-burglary"})
_NEW_BURGLARY = frozenset({"residential-burglary", "non-residential-burglary"})
_BURGLARY = _OLD_BURGLARY | _NEW_BURGLARY
_LAST_OLD_YEAR, _FIRST_NEW_YEAR = "2017-03-31", "2018-03-31"
"""Burglary was reclassified in April 2017. `_LAST_OLD_YEAR` is the last year that uses only the
old classes; `_FIRST_NEW_YEAR` is the first that uses only the new ones."""

_PARTS = NOT_VICTIM_BASED | {
    "homicide",
    "violence-with-injury",
    "violence-without-injury",
    "stalking-and-harassment",
    "death-or-serious-injury-by-driving",
    "sexual-offences",
    "robbery",
    "vehicle-offences",
    "theft-from-the-person",
    "bicycle-theft",
    "shoplifting",
    "other-theft-offences",
    "criminal-damage-and-arson",
}
"""The groups that make up crime excluding fraud, apart from burglary."""

_DATES = (
    re.compile(r"(?P<day>[0-9]{1,2})([-/.])(?P<month>[0-9]{1,2})\2(?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?:[ T]00:00(?::00)?)?"),
)
_DATE_PARTS = ("year", "month", "day")
_MONTHS = range(1, 13)


class _Date(NamedTuple):
    """The last day of a date's month, and whether the date is that day."""

    end: str
    is_month_end: bool


class _SheetRows(NamedTuple):
    """What was found in one sheet, other than its counts.

    Parameters
    ----------
    left_out
        The number of rows for areas that are not imported, by reason.
    unused
        The period and area of each row with a burglary class that was not in use. Such a row counts
        towards totals only.
    negatives
        The counts below zero.
    moved
        The dates that are not the end of a month, with the number of rows for each.
    """

    left_out: Counter[str]
    unused: list[tuple[str, str]]
    negatives: list[Negative]
    moved: Counter[str]


def read(file: File, known: Known) -> Imported | None:
    """Read 12-month counts by force and offence group.

    Parameters
    ----------
    file
        The file.
    known
        The areas and metrics, and whether to include British Transport Police.

    Returns
    -------
    Imported or None
        None if no sheet has this format.

    Raises
    ------
    DataError
        If rows cannot be read, are repeated, or give no figure; lists all faults.
    """
    found = long_tables(file, FORMAT, _HEADINGS, _REGION)
    if found is None:
        return None
    figures: Figures = {}
    categories: dict[str, Category] = {}
    sheets = [_read_counts(t, figures, categories, known, found.faults) for t in found.tables]
    refuse(found.faults)
    remarks = [
        *_moved_remarks(sheets),
        *add_totals(figures, _groups(figures), _why_no_total, known),
    ]
    burglary = _remove_unused(figures)
    remarks += add_national(figures, known)
    accounts = [
        table.account(sheet.left_out + _unused_left_out(sheet, figures))
        for table, sheet in zip(found.tables, sheets, strict=True)
    ]
    accounts += found.others
    if not figures:
        refuse_nothing(file, accounts)
    headings = {kind.metric: heading for heading, kind in categories.items()} | TOTALS
    locators = {key: headings[key[1]] for key in figures}
    source = _source(file, max(period for period, _ in figures))
    negatives = [negative for sheet in sheets for negative in sheet.negatives]
    present = {metric for _, metric in figures}
    used = {heading: kind for heading, kind in categories.items() if kind.metric in present}
    return Imported(
        FORMAT,
        [source],
        accounts,
        rates=rates(figures, source.source, locators, known, {}, _partial(figures)),
        metrics=[kind.added for kind in used.values() if kind.added],
        breaks=[fault for table in found.tables for fault in _region_breaks(table)],
        remarks=[*oddities(used), *remarks, *burglary, *negative_remarks(negatives, known)],
    )


def _region_breaks(table: LongTable) -> Iterator[Fault]:
    """Yield the rows on which a force is in another region than on its other rows."""
    if "region" not in table.columns:
        return
    forces, regions = table.columns["force"], table.columns["region"]
    times = Counter(zip(forces, regions, strict=True))
    usual: dict[str, str] = {}
    for (force, region), _ in times.most_common():
        usual.setdefault(force, region)
    if len(usual) == len(times):
        return
    for line, force, region in zip(table.lines, forces, regions, strict=True):
        if region != usual[force]:
            problem = (
                f"{quoted(force)} is in {quoted(region)} here and in {quoted(usual[force])} on its"
                " other rows; one of them is wrong"
            )
            yield Fault(table.place, line, table.headings["force"], problem)


def _source(file: File, latest: str) -> Source:
    end = period_name(date.fromisoformat(latest))
    note = (
        "Counts of 12 months. Crime excluding fraud and victim-based crime are calculated from the "
        f"groups of offences. SHA-256 {file.sha256}"
    )
    return Source(
        f"home-office-rec-crime-pfa-{latest[:7]}", f"{TITLE}, to {end}", PUBLISHER, note=note
    )


def _read_counts(
    table: LongTable,
    figures: Figures,
    categories: dict[str, Category],
    known: Known,
    faults: list[Fault],
) -> _SheetRows:
    """Add the counts of one sheet to the figures."""
    dates = meanings(table, "period", _month_end, faults)
    bodies = meanings(table, "force", body_reader(known), faults)
    kinds = meanings(table, "offence", lambda cell: counted(label(cell), known), faults)
    numbers = meanings(table, "number", count, faults)
    categories.update({heading: kind for heading, kind in kinds.items() if kind})
    columns = [table.columns[name] for name in _HEADINGS]
    rows = _SheetRows(Counter(), [], [], Counter())
    for line, date_cell, force_cell, offence_cell, number_cell in zip(
        table.lines, *columns, strict=True
    ):
        day, body = dates[date_cell], bodies[force_cell]
        kind, number = kinds[offence_cell], numbers[number_cell]
        if day is None or body is None or kind is None or number is None:
            continue
        area = body.area
        if not area or kind.metric in TOTALS:
            rows.left_out[body.reason or GIVEN_TOTAL] += 1
            continue
        key = day.end, kind.metric
        counts = figures.get(key)
        if counts is None:
            counts = figures[key] = {}
        if area in counts:
            what = f"{quoted(offence_cell)} of {quoted(force_cell)}"
            problem = f"{what} appears twice for the year to {day.end}"
            faults.append(Fault(table.place, line, "", problem))
        counts[area] = number
        if number < 0:
            rows.negatives.append(Negative(area, offence_cell, day.end))
        if kind.metric in _BURGLARY and _is_unused(*key):
            rows.unused.append((day.end, area))
    rows.moved.update(
        cell for cell in table.columns["period"] if (day := dates[cell]) and not day.is_month_end
    )
    return rows


def _month_end(cell: str) -> _Date:
    """Read a date, written day first or year first, as the last day of its month."""
    found = next(filter(None, (form.fullmatch(cell) for form in _DATES)), None)
    year, month, day = (int(found[part]) for part in _DATE_PARTS) if found else (0, 0, 0)
    last = monthrange(year, month)[1] if year in YEARS and month in _MONTHS else 0
    if not 1 <= day <= last:
        raise ValueError(
            f"{quoted(cell)} is not a date; write it as 31-12-2018, 31/12/2018 or 2018-12-31"
        )
    return _Date(date(year, month, last).isoformat(), day == last)


def _moved_remarks(sheets: list[_SheetRows]) -> list[str]:
    moved: Counter[str] = Counter()
    for sheet in sheets:
        moved.update(sheet.moved)
    return [
        f"{cell} is not the end of a month. Its {rows:,} rows are assumed to be for "
        f"{period_name(date.fromisoformat(_month_end(cell).end))}."
        for cell, rows in moved.items()
    ]


def _is_unused(period: str, metric: str) -> bool:
    """Return whether a burglary class was not in use at any time in the 12 months."""
    if metric in _OLD_BURGLARY:
        return period >= _FIRST_NEW_YEAR
    return metric in _NEW_BURGLARY and period <= _LAST_OLD_YEAR


def _groups(figures: Figures) -> dict[str, set[str]]:
    """Return the offence groups of each period, excluding fraud."""
    groups: dict[str, set[str]] = {}
    for period, metric in figures:
        if metric != FRAUD:
            groups.setdefault(period, set()).add(metric)
    return groups


def _why_no_total(period: str, groups: set[str]) -> str:
    """Return why the groups do not add up to crime excluding fraud; empty if they do."""
    burglary = frozenset(metric for metric in _BURGLARY if not _is_unused(period, metric))
    missing = (_PARTS | burglary) - groups
    if missing:
        return f"there is no {some_of(sorted(missing), 'or')}"
    unexpected = groups - _PARTS - _BURGLARY
    return f"{in_words(sorted(unexpected))} may be part of another group" if unexpected else ""


def _remove_unused(figures: Figures) -> list[str]:
    """Remove burglary classes that were not in use; return remarks on burglary's classes."""
    unused = [key for key in figures if _is_unused(*key)]
    numbers = [n for key in unused for n in figures.pop(key).values() if n]
    remarks = []
    if any(period > _LAST_OLD_YEAR and metric in _BURGLARY for period, metric in figures):
        remarks.append(
            "Burglary has new classes from April 2017. Domestic and non-domestic burglary end with "
            "the year to March 2017. Residential and non-residential burglary begin with the year "
            "to March 2018. Between these, no count of either covers 12 months."
        )
    if numbers:
        remarks.append(
            f"{len(numbers):,} counts of burglary ({sum(numbers):,} crimes in all) are under a "
            "class that was not in use in that year. They count in the totals only."
        )
    return remarks


def _unused_left_out(rows: _SheetRows, figures: Figures) -> Counter[str]:
    none: dict[str, int] = {}
    return Counter(
        "a class of burglary not in use, and no total"
        for period, area in rows.unused
        if area not in figures.get((period, CRIME), none)
    )


def _partial(figures: Figures) -> dict[tuple[str, str], str]:
    """Return a note for each burglary count whose class was not in use for all 12 months."""
    notes = {}
    for period, metric in figures:
        if _LAST_OLD_YEAR < period < _FIRST_NEW_YEAR and metric in _BURGLARY:
            end = date.fromisoformat(period)
            months = (end.year - 2017) * 12 + end.month - 3
            notes[period, metric] = (
                f"This class began in April 2017: {{number}} in the last {months} of the 12 months."
                if metric in _NEW_BURGLARY
                else f"This class ended in March 2017: {{number}} in the first {12 - months} of "
                "the 12 months."
            )
    return notes
