"""A map of equal hexagons, with its key beside it, or below it where the picture is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from crimecmp.document.picture import FORCE_ROLES, Cartogram, Tile, Tone
from crimecmp.render.matplotlib.canvas import Canvas, Position
from crimecmp.render.matplotlib.lettering import LEADING, Face, folded
from crimecmp.render.matplotlib.looks import FAINT_INK, FRAME, INK, ON_DARK, PAPER, TONES

_KEY_FACE = Face(9)
_BESIDE = 440.0  # the least width of a map with its key beside it
_KEY_PART = 0.4
_GAP = 14.0
_LARGEST = 38.0
_CODE, _SIGN = 0.29, 0.25  # sizes of type, in widths of a hexagon
_SWATCH = 20.0
_SWATCH_HEIGHT = _SWATCH * 2 / sqrt(3)
_BESIDE_SWATCH = 6.0
_BETWEEN = 4.0
_EDGE, _OUTLINE, _RIM = 0.7, 2.8, 4.8


class _Grid(NamedTuple):
    """Where the hexagons are: the middle of the first, and the width of each."""

    left: float
    top: float
    size: float
    west: int
    north: int

    def middle(self, tile: Tile) -> Position:
        """Return the middle of an area's hexagon."""
        half = 0.5 * (tile.row % 2 == 0)
        return (
            self.left + self.size * (tile.column - self.west + half),
            self.top + self.size * (tile.row - self.north) * sqrt(3) / 2,
        )


def draw(canvas: Canvas, drawing: Cartogram, left: float, right: float, top: float) -> float:
    """Draw a map with its key below a height, and return the height of the bottom edge."""
    width = right - left
    beside = width >= _BESIDE
    key = width * _KEY_PART if beside else width
    bottom = _map(canvas, drawing.tiles, left, width - (key + _GAP) * beside, top)
    start = right - key if beside else left
    return max(bottom, _key(canvas, drawing, start, right, top if beside else bottom + _GAP))


def _map(canvas: Canvas, tiles: Sequence[Tile], left: float, width: float, top: float) -> float:
    """Draw the hexagons, and return the height of their bottom edge."""
    if not tiles:
        return top
    columns, rows = [tile.column for tile in tiles], [tile.row for tile in tiles]
    across = max(columns) - min(columns) + 1.5
    size = min(width / across, _LARGEST)
    start = left + (width - across * size) / 2 + size / 2
    grid = _Grid(start, top + size / sqrt(3), size, min(columns), min(rows))
    for tone, colour in TONES.items():
        areas = [_hexagon(grid.middle(tile), size) for tile in tiles if tile.tone == tone]
        canvas.areas(areas, f"map-{tone}", colour)
    _outlines(canvas, [grid.middle(tile) for tile in tiles], size, "map-edges", FRAME, _EDGE)
    asked = [grid.middle(tile) for tile in tiles if tile.role in FORCE_ROLES]
    _outlines(canvas, asked, size, "map-asked-rim", PAPER, _RIM)
    _outlines(canvas, asked, size, "map-asked", INK, _OUTLINE)
    for tile in tiles:
        _words(canvas, tile, grid.middle(tile), size)
    return top + size * ((max(rows) - min(rows)) * sqrt(3) / 2 + 2 / sqrt(3))


def _hexagon(middle: Position, size: float) -> list[Position]:
    """Return the corners of a hexagon that stands on a corner, of a width."""
    x, y = middle
    side = size / sqrt(3)
    return [
        (x, y - side), (x + size / 2, y - side / 2), (x + size / 2, y + side / 2),
        (x, y + side), (x - size / 2, y + side / 2), (x - size / 2, y - side / 2),
    ]  # fmt: skip


def _outlines(
    canvas: Canvas, middles: Sequence[Position], size: float, name: str, colour: str, width: float
) -> None:
    """Draw the edges of hexagons."""
    loops = []
    for middle in middles:
        corners = _hexagon(middle, size)
        loops.append([*corners, *corners[:2]])
    canvas.strokes(loops, name, colour, width)


def _words(canvas: Canvas, tile: Tile, middle: Position, size: float) -> None:
    """Write an area's code in its hexagon, and its sign below."""
    bold = tile.role in FORCE_ROLES
    x, y = middle
    top = y - (_CODE + _SIGN) * size * LEADING / 2
    for text, share in ((tile.code, _CODE), (tile.sign, _SIGN)):
        block = folded(text, Face(share * size, bold, _ink(tile.tone)), size)
        top = canvas.write(block._replace(lines=block.lines[:1]), x, top, "center")


def _ink(tone: Tone) -> str:
    """Return the colour of text on a colour of the map."""
    return PAPER if tone in ON_DARK else INK


def _key(canvas: Canvas, drawing: Cartogram, left: float, right: float, top: float) -> float:
    """Write what is outlined, what the colours mean, and the remarks; return the bottom edge."""
    start = left + _SWATCH + _BESIDE_SWATCH
    for line in drawing.outlined:
        words = folded(line, _KEY_FACE, right - start)
        height = max(_SWATCH_HEIGHT, words.height)
        middle = left + _SWATCH / 2, top + height / 2
        _outlines(canvas, [middle], _SWATCH, "", INK, _OUTLINE)
        canvas.write(words, start, middle[1] - words.height / 2)
        top += height + 2 * _BETWEEN
    for shade in drawing.shades:
        label = folded(shade.label, _KEY_FACE._replace(bold=True), right - start)
        text = folded(shade.text, _KEY_FACE._replace(ink=FAINT_INK), right - start)
        height = max(_SWATCH_HEIGHT, label.height + text.height)
        middle = left + _SWATCH / 2, top + height / 2
        canvas.areas([_hexagon(middle, _SWATCH)], "", TONES[shade.tone])
        _outlines(canvas, [middle], _SWATCH, "", FRAME, _EDGE)
        sign = folded(shade.sign, _KEY_FACE._replace(ink=_ink(shade.tone)), _SWATCH)
        canvas.write(sign, middle[0], middle[1] - sign.height / 2, "center")
        below = canvas.write(label, start, middle[1] - (label.height + text.height) / 2)
        canvas.write(text, start, below)
        top += height + _BETWEEN
    for line in drawing.remarks:
        top = canvas.write(folded(line, _KEY_FACE, right - start), start, top) + _BETWEEN
    return top
