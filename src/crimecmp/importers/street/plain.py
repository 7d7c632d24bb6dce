"""Counts the lines of a plain street-level file, many at once.

A line is plain if it has all its cells, no quotation mark or control character, and CR LF at its
end. Where its commas are then says where each cell begins and ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from crimecmp.importers.street.categories import NAMES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Words: TypeAlias = NDArray[np.uint32]

HEADING = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location",
    "LSOA code", "LSOA name", "Crime type", "Last outcome category", "Context",
)  # fmt: skip
"""The columns of a street-level file."""

_MONTH, _CRIME_TYPE = HEADING.index("Month"), HEADING.index("Crime type")
_MARKS = b"," * (len(HEADING) - 1) + b"\r\n"
"""The bytes with a meaning in a plain line."""

_WORD = 4
"""The number of bytes that are compared at once."""

_DELETE = 0x7F
_BYTES_OF_MARKS = np.frombuffer(_MARKS, np.uint8)


def counted_lines(lines: bytes, month: str, force: bytes) -> dict[str, int] | None:
    """Return the number of lines of each category.

    Parameters
    ----------
    lines
        Whole lines of a file, without its heading.
    month, force
        The month of all lines, and the name of their force in the file.

    Returns
    -------
    dict or None
        None unless every line is plain, of this month and force, and of a known category.
    """
    marks = _marks(lines)
    if marks is None:
        return None
    # The lines as words of four bytes, one beginning at each byte.
    words: Words = np.ndarray(max(len(lines) - _WORD + 1, 0), "<u4", lines, strides=(1,))
    of_all = b",%b,%b,%b," % (month.encode(), force, force)
    starts = marks[:, _MONTH - 1]
    if (starts + len(of_all) > marks[:, -1]).any():
        return None
    if (words[starts[:, None] + _offsets(len(of_all))] != _words_of(of_all)).any():
        return None
    starts = marks[:, _CRIME_TYPE - 1] + 1
    lengths = marks[:, _CRIME_TYPE] - starts
    if (lengths < _WORD).any() or (lengths > _LONGEST).any():
        return None
    found = words[starts[:, None] + np.minimum(_offsets(_LONGEST), lengths[:, None] - _WORD)]
    nth = np.minimum(np.searchsorted(_KEYS, _keys(found)), len(_KEYS) - 1)
    if (found != _TABLE[nth]).any() or (lengths != _LENGTHS[nth]).any():
        return None
    return {name: int(n) for name, n in zip(_NAMES, np.bincount(nth), strict=False) if n}


def _marks(lines: bytes) -> NDArray[np.intp] | None:
    """Return the places of the marks of each line, one row a line; None unless all are plain."""
    octets = np.frombuffer(lines, np.uint8)
    marked = (octets == ord(",")) | (octets < ord(" ")) | (octets == ord('"')) | (octets == _DELETE)
    places = np.flatnonzero(marked)
    if places.size % len(_MARKS) or not _is_utf8(lines):
        return None
    marks = places.reshape(-1, len(_MARKS))
    plain = (octets[marks] == _BYTES_OF_MARKS).all() and (marks[:, -2] + 1 == marks[:, -1]).all()
    whole = not lines or lines.endswith(b"\n")
    return marks if plain and whole else None


def _is_utf8(text: bytes) -> bool:
    try:
        return text.isascii() or bool(text.decode())
    except UnicodeDecodeError:
        return False


# --- Texts as words


def _offsets(length: int) -> NDArray[np.intp]:
    """Return where the words that a text consists of begin; the last two may overlap."""
    return np.array([*range(0, length - _WORD, _WORD), length - _WORD])


def _words_of(text: bytes, length: int = 0) -> Words:
    """Return the words of a text, the last of them once more for each that a longer one has."""
    offsets = np.minimum(_offsets(length or len(text)), len(text) - _WORD)
    return np.array(
        [int.from_bytes(text[at : at + _WORD], "little") for at in offsets], dtype=np.uint32
    )


def _keys(words: Words) -> Words:
    """Return a number for each row of words by which the categories can be told apart."""
    return words[:, 0] + words[:, -1]


_LONGEST = max(map(len, NAMES))
_unsorted = np.stack([_words_of(name.encode(), _LONGEST) for name in NAMES])
_order = np.argsort(_keys(_unsorted))
_NAMES = [list(NAMES)[nth] for nth in _order]
_TABLE, _KEYS = _unsorted[_order], _keys(_unsorted)[_order]
_LENGTHS = np.array([len(name) for name in _NAMES])
