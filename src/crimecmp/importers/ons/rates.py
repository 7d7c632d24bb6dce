"""Make a row of the rates table: a count, a rate and its base, checked against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from crimecmp.importers.imported import Rate
from crimecmp.importers.ons.cells import Cell, locator
from crimecmp.importers.ons.draft import Draft
from crimecmp.importers.ons.notes import (
    YEAR,
    joined,
    missing_note,
    months_of,
    notes_on,
    notes_on_headings,
)
from crimecmp.importers.ons.sums import broken
from crimecmp.tables.cells import decimals
from crimecmp.tables.schema import TABLES
from crimecmp.text import exactly

RATE, COUNT, BASE = (TABLES["rates"].column(name) for name in ("value", "count", "base"))
PERCENT = TABLES["changes"].column("percent")

_MISMATCH = "The rate is not the count over the base."
_ROUNDED_TO = re.compile(r"rounded to (?:the nearest )?([\d,]+)")
_RELATIVE = 1e-9
"""The relative error to allow when a rate is recalculated with floats."""

Key = tuple[str, str, str, str]
"""The area, metric, year end and source of a row."""


def rate_row(
    draft: Draft,
    key: Key,
    count: Cell | None,
    rate: Cell | None,
    base: Cell | None = None,
    less: Cell | None = None,
) -> Rate:
    """Return a row of the rates table.

    Parameters
    ----------
    draft
        Gets any rate that is not its count divided by its base as a break of a sum.
    key
        The area, metric, year end and source.
    count, rate, base
        The figures, where the tables have them.
    less
        The count of British Transport Police, to subtract from a national count that includes it.
        The rate is then recalculated from the base. If there is no base, the published count and
        rate are kept.
    """
    mismatch = ""
    if count and rate and base and not _adds_up(count, rate, base):
        mismatch = _MISMATCH
        expected = 1000 * float(count.number) / float(base.number)
        problem = f"{float(count.number):,.0f} over {float(base.number):,.0f} is {expected:,.6g}"
        draft.breaks_sum([broken(rate.table, rate.row, rate.column, problem)])
    places = [count, rate]
    if count and less and not mismatch:
        if not (rate and rate.number):
            places[0] = count = without(count, less)
        elif base and base.number:
            count = without(count, less)
            recalculated = exactly(1000 * int(count.number) / float(base.number))
            rate = rate._replace(number=recalculated, less=less)
            places = [count, base]
    cells = [cell for cell in (count, rate) if cell is not None]
    number, value = (cell.number if cell else "" for cell in (count, rate))
    number, value, partial = whole_year(cells, key[2], number, value)
    return Rate(
        *key,
        value=value,
        count=number,
        base=base.number if base and value else "",
        locator=locator(cell for cell in places if cell is not None),
        note=joined(
            _missing(count, rate),
            mismatch,
            partial,
            notes_on(draft.known, *cells),
            notes_on_headings(*cells),
        ),
    )


def without(count: Cell, less: Cell) -> Cell:
    """Return a national count less the count of British Transport Police."""
    return count._replace(number=str(int(count.number) - int(less.number)), less=less)


def whole_year(
    cells: Iterable[Cell], end: str, number: str, value: str = ""
) -> tuple[str, str, str]:
    """Return a count and a rate if they cover 12 months; otherwise empty ones and a note."""
    months = min(months_of(cell, end) for cell in cells)
    if months >= YEAR:
        return number, value, ""
    shown = f": {int(number):,}" if number else ""
    return "", "", f"Covers {months} of the {YEAR} months{shown}."


def _missing(count: Cell | None, rate: Cell | None) -> str:
    if count and rate and count.reason and count.reason == rate.reason:
        return f"Rate and count are missing: {rate.reason}."
    return joined(missing_note("rate", rate), missing_note("count", count))


def _adds_up(count: Cell, rate: Cell, base: Cell) -> bool:
    """Return whether a rate is count divided by base, allowing for rounding; True if unknown."""
    if not (count.number and rate.number and base.number):
        return True
    number, value, people = float(count.number), float(rate.number), float(base.number)
    rounding = _rounding(base.column.label)
    bounds = [
        number / (people + error) * 1000 for error in (-rounding, rounding) if people + error > 0
    ]
    tolerance = 10.0 ** -decimals(rate.number) / 2 + abs(value) * _RELATIVE
    return min(bounds) - tolerance <= value <= max(bounds) + tolerance


@lru_cache
def _rounding(label: str) -> float:
    """Return the largest rounding error of a base, from the rounding stated in its heading."""
    match = _ROUNDED_TO.search(label.lower())
    return int(match[1].replace(",", "")) / 2 if match else 0.0
