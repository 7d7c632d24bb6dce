"""Text on paper: its width in the typeface, and its folding into lines.

Pictures on the terminal fold text too, by the columns of a screen; they do it for themselves, as
they are drawn without matplotlib.
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from matplotlib import get_data_path
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags

from crimecmp.document.picture import Role
from crimecmp.render.matplotlib.looks import FAINT_INK, INK, LOOKS
from crimecmp.text import visible

LEADING: Final = 1.28
"""The distance between two lines, in type sizes."""

ASCENT: Final = 0.93
"""The distance from the top of a line to its baseline, in type sizes."""

_NARROWER = 0.98
_MEASURED_AT = 1000  # points; there, rounding to pixels makes no difference
_FIXED_POINT = 65536  # FreeType gives widths in 65,536ths of a pixel
_UNKNOWN = 1.1  # the width of a character that the typeface lacks, in type sizes


class Face(NamedTuple):
    """A size of type in points, its weight and its colour."""

    size: float
    bold: bool = False
    ink: str = INK


SMALL: Final = Face(8.5, ink=FAINT_INK)
"""The type of notes, remarks and figures along scales."""


def face_of(role: Role, size: float) -> Face:
    """Return the type that a role's name and figures are written in."""
    look = LOOKS[role]
    return Face(size, look.bold, look.ink)


class Block(NamedTuple):
    """Text folded into lines, with the width of the widest in points."""

    lines: tuple[str, ...]
    face: Face
    width: float

    @property
    def height(self) -> float:
        """The height of all its lines, in points."""
        return len(self.lines) * self.face.size * LEADING


def folded(text: str, face: Face, width: float) -> Block:
    """Return a text folded to a width in points.

    Lines end between words; only a word that is wider than a line is broken.
    """
    lines: list[str] = []
    for word in shown(text).split(" "):
        line = f"{lines[-1]} {word}" if lines else word
        if lines and measured(line, face) <= width:
            lines[-1] = line
        else:
            lines.extend(_pieces(word, face, width))
    kept = tuple(line for line in lines if line.strip())
    return Block(kept, face, max((measured(line, face) for line in kept), default=0.0))


def longest_word(text: str, face: Face) -> float:
    """Return the width of a text's longest word, below which folding would break it."""
    return max((measured(word, face) for word in shown(text).split(" ")), default=0.0) + 0.1


def balanced(text: str, face: Face, width: float) -> Block:
    """Return a text in no more lines than `folded` makes, but of more even lengths."""
    block = folded(text, face, width)
    whole = longest_word(text, face)
    while len(block.lines) > 1 and block.width * _NARROWER >= whole:
        narrower = folded(text, face, block.width * _NARROWER)
        if len(narrower.lines) > len(block.lines) or narrower.width >= block.width:
            break
        block = narrower
    return block


def _pieces(word: str, face: Face, width: float) -> list[str]:
    """Return a word broken into pieces no wider than a width, of a character at least."""
    pieces = [""]
    for character in word:
        if pieces[-1] and measured(pieces[-1] + character, face) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def measured(text: str, face: Face) -> float:
    """Return the width of a text in one line, in points."""
    return face.size * sum(_advance(character, face.bold) for character in text)


@cache
def _advance(character: str, bold: bool) -> float:
    """Return the width of a character, in type sizes."""
    font = _measure(bold)
    code = ord(character)
    if not font.get_char_index(code):
        return _UNKNOWN
    return (
        font.load_char(code, LoadFlags.NO_HINTING).linearHoriAdvance / _FIXED_POINT / _MEASURED_AT
    )


@cache
def _measure(bold: bool) -> FT2Font:
    font = FT2Font(_file(bold))
    font.set_size(_MEASURED_AT, 72)
    return font


@cache
def typeface(face: Face) -> FontProperties:
    """Return a typeface of matplotlib's own, so that fonts installed here make no difference."""
    weight = "bold" if face.bold else "normal"
    return FontProperties(size=face.size, weight=weight, fname=_file(face.bold))


def _file(bold: bool) -> str:
    return f"{get_data_path()}/fonts/ttf/DejaVuSans{'-Bold' if bold else ''}.ttf"


def shown(text: str) -> str:
    """Return a text with the characters that no file can hold made visible.

    Those are control characters and Unicode noncharacters.
    """
    if text.isprintable():
        return text
    return "".join(
        f"<U+{ord(character):04X}>" if _is_noncharacter(ord(character)) else character
        for character in visible(text)
    )


def _is_noncharacter(code: int) -> bool:
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
