"""The cells of a workbook as text."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = 15
"""The precision of a spreadsheet, in significant digits."""


def cell_text(value: object) -> str:
    """Return a workbook cell as text."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return number_text(value)
    return str(value).removesuffix(" 00:00:00")


def number_text(number: float) -> str:
    """Return a number as text with at most 15 significant digits and no exponent."""
    return _plain(Decimal(f"{number:.{_DIGITS}g}"))


def percent_text(fraction: str) -> str:
    """Return a fraction, given as text, as a percentage: `14.28%` of `0.1428`."""
    return f"{_plain(Decimal(fraction).scaleb(2))}%"


def _plain(number: Decimal) -> str:
    return f"{number:f}"
