"""Words and characters: text from data made safe to show, lists and dates in words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta

_INVISIBLE = {"Cc", "Cs", "Zl", "Zp"}
_BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_CONTROL_PICTURES = 0x2400
_DELETE = 0x7F


def visible(text: str) -> str:
    r"""Return `text` with every control character made visible, so that none can act on a screen.

    Characters below U+0020 and U+007F become their Unicode control pictures (a tab `␉`, an escape
    `␛`, a line feed `␊`); other controls, changes of writing direction, line and paragraph
    separators and lone surrogates become their number, such as `<U+202E>`.
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
    if unicodedata.category(character) in _INVISIBLE or character in _BIDI_CONTROLS:
        return f"<U+{code:04X}>"
    return character


def in_words(parts: Iterable[str], last: str = "and") -> str:
    """Return the parts as a list in words: `a`, `a and b`, `a, b and c`."""
    *firsts, final = parts
    return f"{', '.join(firsts)} {last} {final}" if firsts else final


def period_name(end: date) -> str:
    """Return the end of a period for people: `June 2014` at a month's end, else with its day."""
    month_ends = (end + timedelta(days=1)).day == 1
    return f"{end:%B %Y}" if month_ends else f"{end.day} {end:%B %Y}"
