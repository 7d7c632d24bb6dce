"""Words and characters: text from data made safe to show, lists and dates in words.

Every message needs this module, so what it seldom needs is imported only when it is used.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date

MISSING = "–"
UNBREAKABLE = "\u00a0"
"""A space at which no line is folded; a screen shows it as any space."""

"""The sign for a missing figure."""

_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_LONGEST_QUOTED = 60
_WHOLE = 10
_DIGITS = 400  # more than a float can have
_CONTROL_PICTURES = 0x2400
_DELETE = 0x7F


def visible(text: str) -> str:
    r"""Return `text` with every control character made visible, so that none can act on a screen.

    Characters below U+0020 and U+007F become their Unicode control pictures (a tab `␉`, an escape
    `␛`, a line feed `␊`); other controls, characters without a width or that change the direction
    of writing, line and paragraph separators and lone surrogates become their number, such as
    `<U+202E>`.
    """
    if text.isprintable():
        return text
    return "".join(_visible_character(character) for character in text)


def _visible_character(character: str) -> str:
    code = ord(character)
    if code < ord(" "):
        return chr(_CONTROL_PICTURES + code)
    if code == _DELETE:
        return "\u2421"
    if unicodedata.category(character) in _INVISIBLE:
        return f"<U+{code:04X}>"
    return character


def quoted(cell: str) -> str:
    """Return a cell between quotation marks, a long one shortened."""
    return f"'{cell}'" if len(cell) <= _LONGEST_QUOTED else f"'{cell[: _LONGEST_QUOTED - 1]}…'"


def rounded(value: float, places: int, *, signed: bool = False) -> str:
    """Return a number rounded to some decimals, halves away from zero: only this function rounds.

    The decimal form of the number is rounded, so that 26.25 gives 26.3. A number that rounds to
    zero has no sign.
    """
    from decimal import ROUND_HALF_UP, Context, Decimal

    exact = Context(prec=_DIGITS)
    number = Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, exact)
    if not number:
        number = abs(number)
    return f"{number:+f}" if signed and number else f"{number:f}"


PRINTED = 4
"""Figures with more decimals were calculated, not printed, and are rounded for people."""


_SMALL = 0.05


def places_shown(value: float, printed: int) -> int:
    """Return how many decimals people see of a number that has `printed` decimals.

    A printed figure keeps its decimals. A calculated figure has two, or below 0.05 enough for two
    digits.
    """
    if printed <= PRINTED:
        return printed
    from math import floor, log10

    small = 0 < abs(value) < _SMALL
    return min(printed, 1 - floor(log10(abs(value))) if small else 2)


def exactly(value: float) -> str:
    """Return a calculated figure in full: 15 digits, without an exponent.

    Zeros at the end stay: `10.0000000000000` was calculated, `10` was rounded to a whole number.
    """
    text = f"{value:#.15g}"
    if "e" in text:
        from decimal import Decimal

        text = f"{Decimal(text):f}"
    return text.removesuffix(".")


def in_words(parts: Iterable[str], last: str = "and") -> str:
    """Return the parts as a list in words: `a`, `a and b`, `a, b and c`; empty for no parts."""
    parts = list(parts)
    *firsts, final = parts or [""]
    return f"{', '.join(firsts)} {last} {final}" if firsts else final


def plural(number: int, thing: str) -> str:
    """Return a number of things: `1 row`, `1,234 rows`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def size(number: int) -> str:
    """Return a number of bytes: `20 bytes`, `661 KB`, `3.4 MB`, `40 MB`, `1 GB`."""
    thousands, millions = number / 10**3, number / 10**6
    if thousands < 1:
        return plural(number, "byte")
    if millions < 1:
        return f"{rounded(thousands, 0)} KB"
    if number < 10**9:
        return f"{rounded(millions, 0 if millions >= _WHOLE else 1)} MB"
    return f"{rounded(number / 10**9, 1).removesuffix('.0')} GB"


def ordinal(number: int) -> str:
    """Return a place in order: `1st`, `2nd`, `11th`, `42nd`."""
    teen = number % 100 in (11, 12, 13)
    ending = "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def period_name(end: date) -> str:
    """Return the end of a period for people: `June 2014` at a month's end, else with its day."""
    from calendar import monthrange

    month_ends = end.day == monthrange(end.year, end.month)[1]
    return f"{end:%B %Y}" if month_ends else f"{end.day} {end:%B %Y}"
