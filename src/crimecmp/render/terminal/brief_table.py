"""A brief table fitted to a screen: columns left out, text folded, or a short block a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from crimecmp.document.brief import BriefTable, Field, Line
from crimecmp.render.screen import Screen
from crimecmp.render.terminal.axis import Axis
from crimecmp.render.terminal.folding import aligned, folded, folded_items, widest
from crimecmp.render.terminal.inks import Bar, painted
from crimecmp.render.terminal.printing import Printed
from crimecmp.text import visible

_GAP = 2
_BAR_LEAST, _BAR_MOST = 12, 28
_READABLE = 30
_NARROW = 55
_SHORT, _SHORT_WORDS = 7, 14
_ASKED, _NOT_ASKED = ">", ""
_HUE = "cyan"
_ROUND = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500)
_INDENT = "  "


class Fitted(NamedTuple):
    """A table as it is printed, and the names of the columns that had no room."""

    parts: list[Printed]
    left_out: list[str]


class _Column(NamedTuple):
    """A field with its heading and cells as text, and the widths that it can take."""

    field: Field
    heading: list[str]
    cells: list[str]
    natural: int
    least: int


def fitted(table: BriefTable, screen: Screen) -> Fitted:
    """Return a table for a screen.

    What is long is folded first; then columns are left out, those of least use first; then text is
    folded as far as its longest word. A table that still does not fit becomes a block a row, and so
    does one that does not fit a narrow screen as it is.
    """
    bars = [line.bar for line in table.lines]
    columns = [
        _column(field, [visible(line.cells[place]) for line in table.lines])
        for place, field in enumerate(table.fields)
        if _is_drawn(field, screen, any(bars))
    ]
    if table.marking:
        marks = [_ASKED if line.asked else _NOT_ASKED for line in table.lines]
        columns.insert(0, _column(Field(""), marks))
    room = screen.width
    figures = [column for column in columns if column.field.style != "bar"]
    left_out: list[str] = []
    if room is not None and room < _NARROW and _whole(columns) > room:
        columns = figures
        if _whole(columns) > room:
            return Fitted(list(_blocks(table, columns, room)), left_out)
    if room is not None:
        while _least(columns, readable=True) > room and any(c.field.use for c in columns):
            goes = max(columns, key=lambda column: column.field.use)
            columns.remove(goes)
            left_out.append(goes.field.name)
        if _least(columns) > room:
            return Fitted(list(_blocks(table, figures, room)), [])
    widths = _widths(columns, room)
    return Fitted([_table(table, columns, widths)], left_out)


def _is_drawn(field: Field, screen: Screen, bars: bool) -> bool:
    """Return whether a field has a place: drawings have none off a screen."""
    if field.style == "bar" and not bars:
        return False
    return field.style not in ("bar", "shape") or screen.width is not None


def _column(field: Field, cells: list[str]) -> _Column:
    if field.style == "bar":
        return _Column(field, [], cells, _BAR_MOST, _BAR_LEAST)
    words = visible(field.label).split()
    if field.style == "number":
        cells = aligned(cells)
        width = max(widest(cells), widest(words), min(cell_len(field.label), _SHORT))
        return _Column(field, folded(visible(field.label), width), cells, width, width)
    natural = max(widest(cells), widest(words), 1)
    longest = max(widest(word for cell in cells for word in cell.split(" ")), widest(words), 1)
    natural = max(natural, min(cell_len(field.label), _SHORT_WORDS))
    return _Column(field, folded(visible(field.label), natural), cells, natural, longest)


def _whole(columns: Sequence[_Column]) -> int:
    """Return the width of a table in which nothing is folded."""
    return sum(column.natural for column in columns) + _GAP * (len(columns) - 1)


def _least(columns: Sequence[_Column], *, readable: bool = False) -> int:
    """Return the least width of a table; `readable` where short text is not folded."""
    sizes = [
        min(column.natural, max(column.least, _READABLE)) if readable else column.least
        for column in columns
        if column.field.style != "bar"
    ]
    sizes += [column.least for column in columns if column.field.style == "bar"]
    return sum(sizes) + _GAP * (len(columns) - 1)


def _widths(columns: Sequence[_Column], room: int | None) -> list[int]:
    """Return the width of each column: bars take what is left, the widest text is folded."""
    widths = [column.least if column.field.style == "bar" else column.natural for column in columns]
    if room is None:
        return widths
    free = room - sum(widths) - _GAP * (len(columns) - 1)
    for place, column in enumerate(columns):
        if column.field.style == "bar" and free > 0:
            widths[place] = min(column.natural, column.least + free)
    while free < 0:
        foldable = [
            (width, place)
            for place, (column, width) in enumerate(zip(columns, widths, strict=True))
            if width > column.least
        ]
        if not foldable:
            break
        widths[max(foldable)[1]] -= 1
        free += 1
    return widths


def _table(table: BriefTable, columns: Sequence[_Column], widths: Sequence[int]) -> Table:
    drawn = Table(
        box=None, show_edge=False, pad_edge=False, padding=(0, _GAP, 0, 0), header_style=""
    )
    scale = _scale(table)
    headings = []
    for column, width in zip(columns, widths, strict=True):
        number = column.field.style == "number"
        text = folded(visible(column.field.label), width) if not number else column.heading
        headings.append(_ruler(scale, width) if column.field.style == "bar" else text)
    deepest = max(map(len, headings), default=0)
    for column, width, heading in zip(columns, widths, headings, strict=True):
        lines = [""] * (deepest - len(heading)) + heading
        number = column.field.style == "number"
        drawn.add_column(Text("\n".join(lines)), justify="right" if number else "left", width=width)
    drawn.show_header = any(line.strip() for heading in headings for line in heading)
    for place, line in enumerate(table.lines):
        style = "bold" if line.asked else ""
        drawn.add_row(
            *(
                _cell(column, place, line, scale, width)
                for column, width in zip(columns, widths, strict=True)
            ),
            style=style,
        )
    return drawn


def _cell(
    column: _Column, place: int, line: Line, scale: tuple[float, float] | None, width: int
) -> Text:
    if column.field.style != "bar":
        if column.field.style == "number":
            return Text(column.cells[place], no_wrap=True)
        return Text("\n".join(folded(column.cells[place], width)), no_wrap=True)
    if line.bar is None or scale is None:
        return Text()
    strip = painted([Bar(line.bar)], Axis(*scale, width))
    return Text("".join(cell.sign for cell in strip), style=_HUE, no_wrap=True)


def _scale(table: BriefTable) -> tuple[float, float] | None:
    """Return the ends of the axis of a table's bars: about zero for per cent, else from zero."""
    sizes = [abs(line.bar) for line in table.lines if line.bar is not None]
    if not sizes or not max(sizes):
        return None
    if not table.bar_unit:
        return 0.0, max(sizes)
    end = next((float(number) for number in _ROUND if number >= max(sizes)), max(sizes))
    return -end, end


def _ruler(scale: tuple[float, float] | None, width: int) -> list[str]:
    """Return the heading of bars about zero: both ends and zero."""
    if scale is None or scale[0] == 0:
        return []
    low, high = (f"{end:+.0f}%" for end in scale)
    middle = (width - 1) // 2
    beside = middle - len(low)
    if beside < 1 or middle + 1 + len(high) >= width:
        return []
    after = width - middle - 1 - len(high)
    return [f"{low}{' ' * beside}0{' ' * after}{high}"]


def _blocks(table: BriefTable, columns: Sequence[_Column], room: int) -> Iterator[Text]:
    """Yield each row as a short block: its name, then its figures with their headings."""
    shown = [column for column in columns if column.field.style != "bar"]
    labels = [column.field.label for column in shown]
    rows = named_rows(labels, zip(*(column.cells for column in shown), strict=True))
    for line, (name, items) in zip(table.lines, rows, strict=True):
        style = "bold" if line.asked or len(table.lines) > 1 else ""
        for part in folded(name, room):
            yield Text(part, style)
        for part in folded_items(items, room - len(_INDENT)):
            yield Text(_INDENT + part)


def named_rows(
    labels: Sequence[str], rows: Iterable[Sequence[str]]
) -> Iterator[tuple[str, list[str]]]:
    """Yield each row's name, and its other cells with their headings: `Durham 54.0`.

    The name ends with the first cell of text that any row has.
    """
    stripped = [[cell.strip() for cell in row] for row in rows]
    columns = zip(*stripped, strict=True)
    names = next((place for place, cells in enumerate(columns) if any(map(_is_name, cells))), 0)
    for row in stripped:
        cells = [
            f"{visible(label)} {cell}".strip() if cell else ""
            for label, cell in zip(labels, row, strict=True)
        ]
        # A figure before the name needs its heading; a place in an order has none.
        named = row[: names + 1] if not any(labels[:names]) else cells[: names + 1]
        yield " ".join(filter(None, named)), list(filter(None, cells[names + 1 :]))


def _is_name(cell: str) -> bool:
    return any(character.isalpha() for character in cell)
