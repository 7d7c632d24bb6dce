"""Bars about zero on one scale, one below the other, with the figures that they are between."""

from __future__ import annotations

import math
from typing import NamedTuple

from crimecmp.document.picture import Mark, Rows
from crimecmp.document.picture import Scale as Panel
from crimecmp.render.matplotlib import axes
from crimecmp.render.matplotlib.canvas import Canvas, Position, box
from crimecmp.render.matplotlib.lettering import (
    SMALL,
    Block,
    Face,
    balanced,
    face_of,
    folded,
    longest_word,
)
from crimecmp.render.matplotlib.looks import (
    FAINT_INK,
    FRAME,
    GRID,
    INK,
    LAST_ON_TOP,
    LOOKS,
    PAPER,
)
from crimecmp.render.matplotlib.scales import SMALLEST_RANGE, Scale, in_figures, ticks

_SIZE = 10.0
_HEADING = Face(_SIZE, bold=True)
_UNIT = Face(9, ink=FAINT_INK)
_FIGURE = Face(_SIZE)
_THICK = 12.0
_ARROW = 6.0
_CAP = 3.0
_ROW = 18.0
_GAP = 6.0
_BETWEEN = 8.0
_ABOVE = 3.0  # above a label that is above its bar
_WIDEST_LABELS = 0.34  # a share of the picture's width
_WIDEST_HEADINGS = 0.12  # a share of the picture's width
_NARROWEST_BARS = 170.0
_CRAMPED = 100.0
_TICK_WIDTH = 44.0


class _Columns(NamedTuple):
    """Where the parts of a row begin and end.

    Parameters
    ----------
    labels
        Where the labels begin.
    figures
        Where each column of figures ends.
    bars
        Where the room for bars and the words beside them begins.
    scale
        The scale of the bars.
    remarks
        Where the remarks begin; None if there is no room for them, and they go below the bars.
    end
        Where the row ends.
    above
        Whether the labels are above their bars, because there is no room beside them.
    """

    labels: float
    figures: tuple[float, ...]
    bars: float
    scale: Scale
    remarks: float | None
    end: float
    above: bool = False


class _Row(NamedTuple):
    """A mark with its words folded, its top edge, the middle of its bar and the height of that."""

    mark: Mark
    label: Block
    detail: Block
    text: Block
    remark: Block
    top: float
    middle: float
    height: float


def draw(canvas: Canvas, rows: Rows, left: float, right: float, top: float) -> float:
    """Draw the bars below a height, and return the height of the bottom edge of their scale."""
    width = (right - left) * _WIDEST_HEADINGS
    headings = [
        balanced(text, SMALL, max(width, min(longest_word(text, SMALL), 2 * width)))
        for text in rows.headings
    ]
    columns = _columns(rows, headings, left, right)
    if columns.scale.end - columns.scale.start < _CRAMPED:
        columns = _columns(rows, headings, left, right, above=True)
    bottom = top + max((block.height for block in headings), default=0)
    for block, end in zip(headings, columns.figures, strict=False):
        canvas.write(block, end, bottom - block.height, "right")
    top = bottom + (3 if headings else 0)
    figures = ticks(
        columns.scale.low,
        columns.scale.high,
        max(1, int((columns.scale.end - columns.scale.start) / _TICK_WIDTH)),
    )
    xs = [columns.scale(figure) for figure in figures]
    panels = []
    below = top
    for number, panel in enumerate(rows.scales):
        heading = below + (_BETWEEN if number else 0)
        begin = heading + _heading(panel, right - left)[2]
        found, below = _rows(panel.marks, columns, begin)
        panels.append((panel, heading, found))
    for _, _, found in panels:
        canvas.strokes([line for x in xs for line in _upright(x, found)], "", GRID)
    for number, (panel, heading, found) in enumerate(panels, 1):
        _write_heading(canvas, panel, left, right, heading)
        _bars(canvas, found, columns, f"scale-{number}")
        zero = _upright(columns.scale(0), found)
        canvas.strokes(zero, f"scale-{number}-zero", FRAME, 0.9)
        _whiskers(canvas, found, columns.scale, f"scale-{number}")
        for row in found:
            _write(canvas, row, columns)
    return _axis(canvas, columns, figures, rows.axis, below)


def _upright(x: float, rows: list[_Row]) -> list[list[Position]]:
    """Return an upright line along the bars, broken where words are above or below a bar."""
    strokes: list[list[Position]] = []
    for row in rows:
        top, foot = row.middle - row.height / 2, row.middle + row.height / 2
        if strokes and abs(strokes[-1][1][1] - top) < 1:
            strokes[-1][1] = (x, foot)
        else:
            strokes.append([(x, top), (x, foot)])
    return strokes


def _columns(
    rows: Rows, headings: list[Block], left: float, right: float, *, above: bool = False
) -> _Columns:
    """Return the columns that all panels share, and their one scale."""
    marks = [mark for panel in rows.scales for mark in panel.marks]
    widest = (right - left) * _WIDEST_LABELS
    labels = max(
        (max(_label(mark, widest).width, _detail(mark, widest).width) for mark in marks), default=0
    )
    figures = []
    end = left if above else left + labels
    for place in range(max((len(mark.figures) for mark in marks), default=0)):
        texts = [mark.figures[place] for mark in marks if place < len(mark.figures)]
        widths = [folded(text, _FIGURE, math.inf).width for text in texts]
        end += 1.5 * _GAP + max(*widths, headings[place].width if place < len(headings) else 0)
        figures.append(end)
    start = end + 2 * _GAP
    remarks = max((folded(mark.remark, _UNIT, math.inf).width for mark in marks), default=0)
    beside = right - remarks - _GAP
    roomy = bool(remarks) and beside - start >= _NARROWEST_BARS
    stop = beside if roomy else right
    return _Columns(
        left,
        tuple(figures),
        end + _GAP,
        _scale(rows, marks, start, stop),
        right - remarks if roomy else None,
        right,
        above,
    )


def _scale(rows: Rows, marks: list[Mark], start: float, stop: float) -> Scale:
    """Return the scale of the bars, with room for the text at the ends of the longest."""
    low, high = rows.ends
    if high - low < SMALLEST_RANGE:
        low, high = 0.0, 1.0
    texts = [(mark, _text(mark).width + _GAP + _ARROW) for mark in marks]
    left = max((width for mark, width in texts if (mark.value or 0) < 0), default=0)
    right = max((width for mark, width in texts if (mark.value or 0) >= 0), default=0)
    return Scale(low, high, start + left, max(stop - right, start + left + 1))


def _label(mark: Mark, width: float) -> Block:
    """Return a mark's label folded to a width: in the face of its area where it names an area."""
    measure = len(mark.figures) > 1
    return balanced(mark.label, _FIGURE if measure else face_of(mark.role, _SIZE), width)


def _detail(mark: Mark, width: float) -> Block:
    """Return what stands under a mark's label, folded to a width."""
    return balanced(mark.detail, SMALL, width)


def _text(mark: Mark) -> Block:
    """Return the text at the end of a mark's bar."""
    return folded(mark.text, face_of(mark.role, _SIZE), math.inf)


def _heading(panel: Panel, width: float) -> tuple[Block, Block, float]:
    """Return a panel's title and unit folded, and the height that they need."""
    title, unit = folded(panel.title, _HEADING, width), folded(panel.unit, _UNIT, width)
    if _beside(title, unit, width):
        return title, unit, title.height + 3
    return title, unit, title.height + unit.height + (3 if title.lines or unit.lines else 0)


def _beside(title: Block, unit: Block, width: float) -> bool:
    """Return whether a unit fits beside its title."""
    return len(title.lines) == len(unit.lines) == 1 and title.width + _GAP + unit.width <= width


def _write_heading(canvas: Canvas, panel: Panel, left: float, right: float, top: float) -> None:
    """Write a panel's title with its unit beside or below it."""
    title, unit, _ = _heading(panel, right - left)
    bottom = canvas.write(title, left, top)
    if _beside(title, unit, right - left):
        canvas.write(unit, left + title.width + _GAP, top + 1)
    else:
        canvas.write(unit, left, bottom)


def _rows(marks: tuple[Mark, ...], columns: _Columns, top: float) -> tuple[list[_Row], float]:
    """Return the rows below a height, and the height of their bottom edge."""
    rows = []
    whole = columns.end - columns.labels
    widest = whole if columns.above else whole * _WIDEST_LABELS + 0.1
    for mark in marks:
        label, detail, text = _label(mark, widest), _detail(mark, widest), _text(mark)
        start = columns.labels if columns.remarks is None else columns.remarks
        remark = folded(mark.remark, _UNIT, columns.end - start + 0.1)
        names = _names_height(label, detail, widest, above=columns.above)
        bar = top + _ABOVE + names if columns.above else top
        beside = 0.0 if columns.above else names
        below = bool(remark.lines) and _remark_start(mark, remark, columns) is None
        height = max(_ROW, beside, text.height, 0 if below else remark.height)
        rows.append(_Row(mark, label, detail, text, remark, top, bar + height / 2, height))
        top = bar + height + (remark.height if below else 0)
    return rows, top


def _names_height(label: Block, detail: Block, width: float, *, above: bool) -> float:
    """Return the height of a label with its detail: on one line above a bar if there is room."""
    if above and _beside(label, detail, width):
        return label.height
    return label.height + detail.height + (0 if above else 3)


def _remark_start(mark: Mark, remark: Block, columns: _Columns) -> float | None:
    """Return where a remark begins in its row: in a column, or across zero from the bar.

    None if there is no room for it there.
    """
    if columns.remarks is not None:
        return columns.remarks
    scale = columns.scale
    if mark.value is not None and mark.value < 0:
        start = max(scale(0), scale(min(mark.high or 0.0, scale.high))) + _GAP
        return start if start + remark.width <= columns.end else None
    first = columns.bars + _GAP
    start = min(scale(0), scale(max(mark.low or 0.0, scale.low))) - _GAP - remark.width
    return start if start >= first and mark.value is not None else None


def _bars(canvas: Canvas, rows: list[_Row], columns: _Columns, name: str) -> None:
    """Draw the bars of each role; one that reaches beyond the scale ends in an arrow."""
    scale = columns.scale
    for role in LAST_ON_TOP:
        look = LOOKS[role]
        areas = [_area(row, scale) for row in rows if row.mark.role == role]
        fill = look.colour if look.filled else PAPER
        canvas.areas(areas, f"{name}-{role}", fill, look.colour)


def _area(row: _Row, scale: Scale) -> list[Position]:
    """Return the corners of a row's bar; none for a missing figure."""
    value = row.mark.value
    if value is None:
        return []
    top, bottom, zero = row.middle - _THICK / 2, row.middle + _THICK / 2, scale(0)
    end = scale(min(max(value, scale.low), scale.high))
    if scale.low <= value <= scale.high:
        return box(min(zero, end), top, max(zero, end), bottom)
    tip = end + math.copysign(_ARROW, value)
    return [(zero, top), (end, top), (tip, row.middle), (end, bottom), (zero, bottom)]


def _whiskers(canvas: Canvas, rows: list[_Row], scale: Scale, name: str) -> None:
    """Draw the ranges of all bars, with a white rim that shows them on a dark bar."""
    strokes: list[list[Position]] = []
    for row in rows:
        low, high, y = row.mark.low, row.mark.high, row.middle
        value = row.mark.value
        if value is None or low is None or high is None or not scale.low <= value <= scale.high:
            continue
        ends = [scale(min(max(end, scale.low), scale.high)) for end in (low, high)]
        strokes.append([(ends[0], y), (ends[1], y)])
        strokes += [[(end, y - _CAP), (end, y + _CAP)] for end in ends]
    canvas.strokes(strokes, f"{name}-rims", PAPER, 3)
    canvas.strokes(strokes, f"{name}-intervals", INK, 1)


def _write(canvas: Canvas, row: _Row, columns: _Columns) -> None:
    """Write a row's label, its figures, the text at the end of its bar, and its remark."""
    mark, scale = row.mark, columns.scale
    names = row.label.height + row.detail.height
    top = row.top + _ABOVE if columns.above else row.middle - names / 2
    bottom = canvas.write(row.label, columns.labels, top)
    if columns.above and _beside(row.label, row.detail, columns.end - columns.labels):
        canvas.write(row.detail, columns.labels + row.label.width + _GAP, top + 1)
    else:
        canvas.write(row.detail, columns.labels, bottom)
    face = _FIGURE if mark.role == "benchmark" else face_of(mark.role, _SIZE)
    for place, (text, end) in enumerate(zip(mark.figures, columns.figures, strict=False)):
        block = folded(text, face if place == 0 else _FIGURE, math.inf)
        canvas.write(block, end, row.middle - block.height / 2, "right")
    ends = [end for end in (mark.value, mark.low, mark.high) if end is not None]
    known = [scale(min(max(end, scale.low), scale.high)) for end in ends] or [scale(0)]
    text_top = row.middle - row.text.height / 2
    arrow = _ARROW if mark.value is not None and not scale.low <= mark.value <= scale.high else 0
    if mark.value is not None and mark.value < 0:
        canvas.write(row.text, min(known) - _GAP - arrow, text_top, "right")
    else:
        canvas.write(row.text, max(known) + _GAP + arrow, text_top)
    start = _remark_start(mark, row.remark, columns)
    if start is not None:
        canvas.write(row.remark, start, row.middle - row.remark.height / 2)
    else:
        canvas.write(row.remark, columns.end, row.middle + row.height / 2 - 1, "right")


def _axis(
    canvas: Canvas, columns: _Columns, figures: list[float], label: str, foot: float
) -> float:
    """Draw the one scale below the bars, and return the height of the bottom edge of its text."""
    scale = columns.scale
    xs = [scale(figure) for figure in figures]
    below = bottom = axes.foot(canvas, xs, scale.start, scale.end, foot)
    for x, text in zip(xs, in_figures(figures), strict=True):
        bottom = max(bottom, canvas.write(folded(text, SMALL, math.inf), x, below, "center"))
    block = folded(label, SMALL, columns.end - columns.labels)
    middle = (scale.start + scale.end) / 2
    middle = min(max(middle, columns.labels + block.width / 2), columns.end - block.width / 2)
    return canvas.write(block, middle, bottom, "center")
