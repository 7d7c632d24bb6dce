"""A row of the rates table: a count, a rate and its base, and whether they fit one another."""

from __future__ import annotations

import re
from functools import lru_cache

from crimecmp.importers.imported import Rate
from crimecmp.importers.ons.cells import Cell, locator
from crimecmp.importers.ons.draft import Draft
from crimecmp.importers.ons.notes import joined, missing_note, notes_on
from crimecmp.schema import TABLES, decimals

RATE, COUNT, BASE = (TABLES["rates"].column(name) for name in ("value", "count", "base"))

_ODD = "The rate is not the count over the base."
_ROUNDED_TO = re.compile(r"rounded to (?:the nearest )?([\d,]+)")
_RELATIVE = 1e-9
"""So much of a rate may be lost when it is worked out again with floats."""

Key = tuple[str, str, str, str]
"""Area, metric, end of the year and source of a row."""


def rate_row(
    draft: Draft, key: Key, count: Cell | None, rate: Cell | None, base: Cell | None = None
) -> Rate:
    """Return a row of the rates table.

    Parameters
    ----------
    draft
        Is told of a rate that is not count over base.
    key
        Area, metric, end of the year and source.
    count, rate, base
        The figures, those that the tables have.
    """
    cells = [cell for cell in (count, rate) if cell is not None]
    value = rate.number if rate else ""
    odd = ""
    if count and rate and base and not _adds_up(count, rate, base):
        odd = _ODD
        draft.note_odd(rate)
    return Rate(
        *key,
        value=value,
        count=count.number if count else "",
        base=base.number if base and value else "",
        locator=locator(cells),
        note=joined(_missing(count, rate), odd, notes_on(draft.known, *cells)),
    )


def _missing(count: Cell | None, rate: Cell | None) -> str:
    if count and rate and count.reason and count.reason == rate.reason:
        return f"Rate and count are missing: {rate.reason}."
    return joined(missing_note("rate", rate), missing_note("count", count))


def _adds_up(count: Cell, rate: Cell, base: Cell) -> bool:
    """Return whether a rate is count over base, as far as both are rounded; True where unknown."""
    if not (count.number and rate.number and base.number):
        return True
    number, value, people = float(count.number), float(rate.number), float(base.number)
    rounding = _rounding(base.column.label)
    ends = [number / (people + off) * 1000 for off in (-rounding, rounding) if people + off > 0]
    slack = 10.0 ** -decimals(rate.number) / 2 + abs(value) * _RELATIVE
    return min(ends) - slack <= value <= max(ends) + slack


@lru_cache
def _rounding(label: str) -> float:
    """Return how far a base can be from what its heading says that it is rounded to."""
    match = _ROUNDED_TO.search(label.lower())
    return int(match[1].replace(",", "")) / 2 if match else 0.0
