"""Words on paper: how wide they are, and how they fold."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from matplotlib import get_data_path
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags

from crimecmp.render.matplotlib.looks import INK
from crimecmp.text import visible

LEADING: Final = 1.28
"""From one line to the next, in sizes of the type."""

ASCENT: Final = 0.93
"""From the top of a line to the foot of its letters, in sizes of the type."""

_NARROWER = 0.98
_MEASURED_AT = 1000
_FIXED_POINT = 65536
_UNKNOWN = 1.1  # a sign that the typeface lacks, in sizes of the type


class Face(NamedTuple):
    """A size and a weight of type, and its ink."""

    size: float
    bold: bool = False
    ink: str = INK


class Block(NamedTuple):
    """Words folded to a width."""

    lines: tuple[str, ...]
    face: Face
    width: float

    @property
    def height(self) -> float:
        """How high its lines are together."""
        return len(self.lines) * self.face.size * LEADING


def folded(text: str, face: Face, width: float) -> Block:
    """Return a text in as many lines as it takes to be no wider than a width.

    Lines end between words; a word that is wider than a line is broken anywhere.
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


def balanced(text: str, face: Face, width: float) -> Block:
    """Return a text in as few lines as `folded` makes of it, and those of even lengths."""
    block = folded(text, face, width)
    while len(block.lines) > 1:
        narrower = folded(text, face, block.width * _NARROWER)
        if len(narrower.lines) > len(block.lines) or narrower.width >= block.width:
            break
        block = narrower
    return block


def _pieces(word: str, face: Face, width: float) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and measured(pieces[-1] + character, face) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def measured(text: str, face: Face) -> float:
    """Return how wide a text is in one line, in points."""
    return face.size * sum(_advance(character, face.bold) for character in text)


@cache
def _advance(character: str, bold: bool) -> float:
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
    """Return matplotlib's typeface: its own file, whatever the machine has, and its size."""
    weight = "bold" if face.bold else "normal"
    return FontProperties(size=face.size, weight=weight, fname=_file(face.bold))


def _file(bold: bool) -> str:
    return f"{get_data_path()}/fonts/ttf/DejaVuSans{'-Bold' if bold else ''}.ttf"


def shown(text: str) -> str:
    """Return a text with whatever no file can hold made visible: controls and noncharacters."""
    if text.isprintable():
        return text
    return "".join(
        f"<U+{ord(character):04X}>" if _is_noncharacter(ord(character)) else character
        for character in visible(text)
    )


def _is_noncharacter(code: int) -> bool:
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
