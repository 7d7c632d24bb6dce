"""Footnote marks attached to titles, headings, names and codes: remove them, and read them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from crimecmp.tables.names import normal

MARKS = r"\d{1,2}(?:\s*,\s*\d{1,2})*"
"""Matches the numbers of footnotes: `1`, `7,8,10`."""

_NOTE = re.compile(r"\s*\[\s*(?:foot)?notes?(?![a-z])([^\]]*)\]|\s*[*†‡]+(?=\s*$)", re.IGNORECASE)
_GLUED = re.compile(rf"(?<=[A-Za-z)])\s*({MARKS})(?=\s*(?:\)|$))|(?<=\))({MARKS})(?=\s)")
_FOOTNOTE = re.compile(
    r"(?:\[?(?:foot)?note\s+)?(?P<number>\d{1,2})\s*[\].:)]\s*:?\s*(?P<text>\S.*)", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"\[[^\[\]]{1,12}\]")
_BRACKETS = re.compile(r"\([^)]*\)")
_CODE = re.compile(rf"([A-Z]\d{{8}})\s*({MARKS}|\[[^\]]*\])?")


def one_line(text: str) -> str:
    """Return a text on one line, with raised numbers and similar characters as plain ones."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def without_notes(text: str) -> str:
    """Return a text on one line without `[note 1]` and `*`; attached numbers may remain."""
    return _NOTE.sub("", one_line(text))


def unmarked(text: str) -> str:
    """Return a heading or name without its footnote marks, on one line."""
    return _GLUED.sub("", without_notes(text)).strip()


def marks(text: str) -> str:
    """Return the numbers of the footnotes that a name refers to, such as `7, 8`."""
    found = [match[1] or "" for match in _NOTE.finditer(one_line(text))]
    found += [match[1] or match[2] for match in _GLUED.finditer(without_notes(text))]
    return ", ".join(number for part in found for number in re.findall(r"\d+", part))


def note_marks(text: str) -> list[str]:
    """Return the numbers of the notes that a text names in brackets: `[note 7,8]`."""
    found = (match[1] or "" for match in _NOTE.finditer(one_line(text)))
    return [number for part in found for number in re.findall(r"\d+", part)]


def bracketed(text: str) -> str:
    """Return a mark in square brackets without inner spaces, such as `[u1]`; empty if none."""
    mark = "".join(text.split()).lower()
    return mark if _IN_BRACKETS.fullmatch(mark) else ""


def footnotes(texts: Iterable[str]) -> dict[str, str]:
    """Return the text of each footnote by its number; the first one if a number is repeated."""
    found: dict[str, str] = {}
    for text in texts:
        match = _FOOTNOTE.fullmatch(" ".join(text.split()))
        if match:
            found.setdefault(match["number"], match["text"])
    return found


def normal_name(name: str) -> str:
    """Return a name normalised for comparison, without footnote marks and text in brackets."""
    return normal(unmarked(_BRACKETS.sub(" ", unmarked(name))))


def code_in(cell: str) -> re.Match[str] | None:
    """Match a cell that is an area code (group 1) with any footnote mark (group 2)."""
    return _CODE.fullmatch(unicodedata.normalize("NFKC", cell).upper())
