"""Bars from zero, one below the other; each panel has its own scale, so 54.0 does not dwarf 1.6."""

from __future__ import annotations

import math
from typing import NamedTuple

from crimecmp.document.picture import Mark, Role, Rows
from crimecmp.document.picture import Scale as Panel
from crimecmp.render.matplotlib.canvas import Canvas, Position, box
from crimecmp.render.matplotlib.lettering import Block, Face, balanced, face_of, folded
from crimecmp.render.matplotlib.looks import FAINT_INK, FRAME, INK, LAST_ON_TOP, LOOKS, PAPER
from crimecmp.render.matplotlib.scales import Scale, bounds

_SIZE = 10.0
_HEADING = Face(_SIZE, bold=True)
_UNIT = Face(9, ink=FAINT_INK)
_REMARK = Face(9, ink=FAINT_INK)
_THICK = 13.0
_CAP = 3.0
_ROW = 19.0
_GAP = 6.0
_BETWEEN = 12.0
_WIDEST_LABELS = 0.34  # a share of the picture's width
_WIDEST_TEXTS = 0.3  # a share of the width right of the labels
_NARROWEST_BARS = 230.0


class _Columns(NamedTuple):
    """Where the parts of a row begin and end.

    Parameters
    ----------
    labels, bars
        Where the labels and the bars begin.
    bars_end
        Where the longest bar and its figure end.
    remarks
        Where the remarks begin; None if there is no room for them, and they go below the bars.
    end
        Where the row ends.
    """

    labels: float
    bars: float
    bars_end: float
    remarks: float | None
    end: float


class _Row(NamedTuple):
    """A mark with its label, figure and remark folded, its top edge and the middle of its bar."""

    mark: Mark
    label: Block
    text: Block
    remark: Block
    top: float
    middle: float


def draw(canvas: Canvas, rows: Rows, left: float, right: float, top: float) -> float:
    """Draw the panels below a height, and return the height of their bottom edge."""
    columns = _columns(rows, left, right)
    for number, panel in enumerate(rows.scales):
        top = _heading(canvas, panel, left, right, top + (_BETWEEN if number else 0))
        top = _panel(canvas, panel, columns, top, f"scale-{number + 1}")
    return top


def _columns(rows: Rows, left: float, right: float) -> _Columns:
    """Return the columns that all panels share."""
    marks = [mark for panel in rows.scales for mark in panel.marks]
    widest = (right - left) * _WIDEST_LABELS
    labels = max((_label(mark, widest).width for mark in marks), default=0)
    remarks = max((folded(mark.remark, _REMARK, math.inf).width for mark in marks), default=0)
    bars = left + labels + _GAP
    beside = right - remarks - 2 * _GAP
    if not remarks or beside - bars < _NARROWEST_BARS:
        return _Columns(left, bars, right, None, right)
    return _Columns(left, bars, beside, right - remarks, right)


def _label(mark: Mark, width: float) -> Block:
    """Return a mark's label folded to a width."""
    return balanced(mark.label, face_of(mark.role, _SIZE), width)


def _heading(canvas: Canvas, panel: Panel, left: float, right: float, top: float) -> float:
    """Write a panel's title with its unit beside or below it; return the bottom edge."""
    title = folded(panel.title, _HEADING, right - left)
    unit = folded(panel.unit, _UNIT, right - left)
    beside = left + title.width + _GAP
    if len(title.lines) == len(unit.lines) == 1 and beside + unit.width <= right:
        canvas.write(unit, beside, top + 1)
        return canvas.write(title, left, top) + 3
    return canvas.write(unit, left, canvas.write(title, left, top)) + 3


def _panel(canvas: Canvas, panel: Panel, columns: _Columns, top: float, name: str) -> float:
    """Draw the bars of a panel, and return the height of its bottom edge."""
    rows, bottom = _rows(panel.marks, columns, top)
    scale = _range(rows, columns)
    for role in LAST_ON_TOP:
        _bars(canvas, rows, role, scale, name)
    if rows:
        canvas.strokes(_zero_line(rows, scale(0), columns, bottom), f"{name}-zero", FRAME, 0.9)
    _whiskers(canvas, rows, scale, name)
    for row in rows:
        _write(canvas, row, scale, columns)
    return bottom


def _rows(marks: tuple[Mark, ...], columns: _Columns, top: float) -> tuple[list[_Row], float]:
    """Return the rows below a height, and the height of their bottom edge."""
    rows = []
    for mark in marks:
        label = _label(mark, columns.bars - _GAP - columns.labels + 0.1)
        widest = (columns.end - columns.bars) * _WIDEST_TEXTS
        text = folded(mark.text, face_of(mark.role, _SIZE), widest)
        start = columns.bars if columns.remarks is None else columns.remarks
        remark = folded(mark.remark, _REMARK, columns.end - start + 0.1)
        below = columns.remarks is None and bool(remark.lines)
        height = max(_ROW, label.height, text.height, 0 if below else remark.height)
        rows.append(_Row(mark, label, text, remark, top, top + height / 2))
        top += height + (remark.height + 2 if below else 0)
    return rows, top


def _range(rows: list[_Row], columns: _Columns) -> Scale:
    """Return the scale of the bars, with room for the figures at the ends of the longest."""
    ends = [end for row in rows for end in (row.mark.value, row.mark.low, row.mark.high) if end]
    low, high = bounds(ends, from_zero=True, margin=0)
    left = max((row.text.width + _GAP for row in rows if (row.mark.value or 0) < 0), default=0)
    right = max((row.text.width + _GAP for row in rows if (row.mark.value or 0) >= 0), default=0)
    return Scale(low, high, columns.bars + left, columns.bars_end - right)


def _bars(canvas: Canvas, rows: list[_Row], role: Role, scale: Scale, name: str) -> None:
    """Draw the bars of a role."""
    look = LOOKS[role]
    areas: list[list[Position]] = []
    for row in rows:
        if row.mark.role == role and row.mark.value is not None:
            start, end = sorted((scale(0), scale(row.mark.value)))
            areas.append(box(start, row.middle - _THICK / 2, end, row.middle + _THICK / 2))
    fill = look.colour if look.filled else PAPER
    canvas.areas(areas, f"{name}-{role}", fill, look.colour)


def _zero_line(
    rows: list[_Row], x: float, columns: _Columns, bottom: float
) -> list[list[Position]]:
    """Return the line at zero, broken where it would cross a remark."""
    strokes: list[list[Position]] = []
    top = rows[0].top
    for row, after in zip(rows, [*(row.top for row in rows[1:]), bottom], strict=True):
        right = columns.bars + _GAP + row.remark.width
        if columns.remarks is None and columns.bars + _GAP / 2 < x < right + _GAP / 2:
            strokes.append([(x, top), (x, after - row.remark.height - 2)])
            top = after - 1
    return [*strokes, [(x, top), (x, bottom)]]


def _whiskers(canvas: Canvas, rows: list[_Row], scale: Scale, name: str) -> None:
    """Draw the intervals of all bars, with a white rim that shows them on a dark bar."""
    strokes: list[list[Position]] = []
    for row in rows:
        low, high, y = row.mark.low, row.mark.high, row.middle
        if row.mark.value is not None and low is not None and high is not None:
            strokes.append([(scale(low), y), (scale(high), y)])
            strokes += [[(scale(end), y - _CAP), (scale(end), y + _CAP)] for end in (low, high)]
    canvas.strokes(strokes, f"{name}-rims", PAPER, 3)
    canvas.strokes(strokes, f"{name}-intervals", INK, 1)


def _write(canvas: Canvas, row: _Row, scale: Scale, columns: _Columns) -> None:
    """Write a row's label, the figure at the end of its bar, and its remark."""
    mark = row.mark
    canvas.write(row.label, columns.labels, row.middle - row.label.height / 2)
    ends = [scale(end) for end in (mark.value, mark.low, mark.high) if end is not None]
    text_top = row.middle - row.text.height / 2
    if mark.value is not None and mark.value < 0:
        canvas.write(row.text, min(ends) - _GAP, text_top, "right")
    else:
        end = max(ends) if mark.value is not None else scale(0)
        canvas.write(row.text, end + _GAP, text_top)
    if columns.remarks is not None:
        canvas.write(row.remark, columns.remarks, row.middle - row.remark.height / 2)
    else:
        bottom = row.middle + max(_ROW, row.label.height, row.text.height) / 2
        canvas.write(row.remark, columns.bars + _GAP, bottom - 1)
