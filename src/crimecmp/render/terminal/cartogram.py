"""A map in characters: two lines a hexagon, with its key beside it or below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len, chop_cells
from rich.text import Text

from crimecmp.document.picture import FORCE_ROLES, Cartogram, Tile
from crimecmp.render.terminal.folding import folded
from crimecmp.render.terminal.signs import OUTLINE, SHADES

_CELL = 3
_STEP, _HALF = 4, 2
_GAP = 3
_NARROWEST_KEY = 28
_OUTLINED = "bold cyan"
_INDENT = "  "
_KEY_INDENT = " " * (_CELL + 2)


def map_lines(drawing: Cartogram, width: int) -> Iterator[Text]:
    """Yield a map with its key; on a screen too narrow for a map, the areas of each colour."""
    columns = [tile.column for tile in drawing.tiles] or [1]
    wide = _STEP * (max(columns) - min(columns) + 1) + _HALF + 1
    beside = width - wide - _GAP
    if wide > width:
        yield from _list(drawing, width)
    elif beside < _NARROWEST_KEY:
        yield from [*_map(drawing.tiles, wide), Text(), *_key(drawing, width)]
    else:
        blank = Text(" " * wide)
        for line, key in zip_longest(_map(drawing.tiles, wide), _key(drawing, beside)):
            yield Text.assemble(line or blank, " " * _GAP, key or "")
    yield Text()


def _map(tiles: Sequence[Tile], wide: int) -> list[Text]:
    """Return the lines of a map: for each of its rows the codes, then the signs with shades."""
    rows = [tile.row for tile in tiles] or [1]
    west = min((tile.column for tile in tiles), default=1)
    lines = [[(" ", "")] * wide for _ in range(2 * (max(rows) - min(rows) + 1))]
    for tile in tiles:
        start = 1 + _STEP * (tile.column - west) + _HALF * (tile.row % 2 == 0)
        outlined = tile.role in FORCE_ROLES
        texts = _in_cell(tile.code, " "), _in_cell(tile.sign, SHADES[tile.tone])
        for offset, text in enumerate(texts):
            line = lines[2 * (tile.row - min(rows)) + offset]
            style = _OUTLINED if outlined else ""
            line[start : start + _CELL] = [(text, style), *[("", "")] * (_CELL - 1)]
            if outlined:
                line[start - 1], line[start + _CELL] = ((end, style) for end in OUTLINE)
    return [Text.assemble(*line) for line in lines]


def _in_cell(text: str, filling: str) -> str:
    """Return as much of a text as a cell has room for, and the cell filled up."""
    shown = (chop_cells(text, _CELL) or [""])[0]
    return shown + filling * (_CELL - cell_len(shown))


def _key(drawing: Cartogram, width: int) -> Iterator[Text]:
    """Yield what is outlined, what the colours mean, and the remarks."""
    for text in drawing.outlined:
        yield from _hanging(f"{OUTLINE[0]}{' ' * _CELL}{OUTLINE[1]}", text, width)
    for shade in drawing.shades:
        sign = _in_cell(shade.sign, SHADES[shade.tone])
        yield from _hanging(f" {sign} ", f"{shade.label}: {shade.text}", width)
    for text in drawing.remarks:
        yield from _hanging(" " * (_CELL + 2), text, width)


def _hanging(sign: str, text: str, width: int) -> Iterator[Text]:
    """Yield a text in lines that begin in the same column, after a sign."""
    first, *others = folded(text, width - len(_KEY_INDENT) - 1)
    yield Text(f"{sign} {first}")
    yield from (Text(f"{_KEY_INDENT} {line}") for line in others)


def _list(drawing: Cartogram, width: int) -> Iterator[Text]:
    """Yield the areas of each colour as text, those that are outlined between the same signs."""
    for text in drawing.outlined:
        yield from (Text(line, "bold") for line in folded(text, width, _INDENT))
    for shade in drawing.shades:
        yield Text()
        heading = folded(f"{shade.sign} {shade.label}: {shade.text}", width, _INDENT)
        yield from (Text(line, "bold") for line in heading)
        names = [
            tile.label.join(OUTLINE) if tile.role in FORCE_ROLES else tile.label
            for tile in drawing.areas_of(shade)
        ]
        yield from (Text(line) for line in folded(", ".join(names), width))
    yield Text()
    for text in drawing.remarks:
        yield from (Text(line) for line in folded(text, width, _INDENT))
