"""Points with their intervals, one below the other, and the benchmark as a line through them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from crimecmp.document.picture import Mark, Role, Rows
from crimecmp.document.picture import Scale as Panel
from crimecmp.render.matplotlib import axes
from crimecmp.render.matplotlib.canvas import Canvas, Position, box
from crimecmp.render.matplotlib.labels import Box
from crimecmp.render.matplotlib.lettering import (
    SMALL,
    Block,
    Face,
    balanced,
    face_of,
    folded,
    measured,
)
from crimecmp.render.matplotlib.looks import BAND, GRID, LAST_ON_TOP, LOOKS, PAPER
from crimecmp.render.matplotlib.scales import Scale, bounds, in_figures, ticks, without_far_out

_SIZE = 9.0
_HEADING = Face(10, bold=True)
_BENCHMARK_FACE = SMALL._replace(ink=LOOKS["benchmark"].ink)
_LOW, _HIGH = 14.0, 17.0  # the least height of a row among many, and among few
_FEW = 8
_GAP = 8.0
_WIDEST_LABELS = 0.36  # a share of the picture's width
_WIDEST_TEXTS = 0.25  # a share of the picture's width
_NARROWEST = 170.0  # the least width of a scale beside a column of remarks
_MOST_STEPS = 8
_BENCHMARK = "benchmark"
_OFF = "off the scale"
_ARROWS = {"high": ">", "low": "<"}


class _Row(NamedTuple):
    """A mark with its label, figure and remark, each folded, and where they are.

    Parameters
    ----------
    mark
        The mark.
    label, detail, text, remark
        Its label, what is under that, its figure and its remark.
    top, middle
        The heights of its top edge and of its point.
    remark_at
        The top right corner of its remark.
    """

    mark: Mark
    label: Block
    detail: Block
    text: Block
    remark: Block
    top: float
    middle: float
    remark_at: Position

    @property
    def remark_box(self) -> Box:
        """The rectangle that the remark covers."""
        right, top = self.remark_at
        return Box(right - self.remark.width, top, right, top + self.remark.height)


class _Plot(NamedTuple):
    """The left and right ends of the rows, and the scale between their labels and figures.

    Where there is room beside few rows, their remarks are right of their figures.
    """

    left: float
    right: float
    scale: Scale
    reference: float | None
    beside: bool

    @property
    def inner(self) -> tuple[float, float]:
        """The ends of the space between the labels and the figures."""
        return self.scale.start - _GAP / 2, self.scale.end + _GAP / 2


def draw(canvas: Canvas, rows: Rows, left: float, right: float, top: float) -> float:
    """Draw the panels below a height, and return the height of their bottom edge."""
    for number, panel in enumerate(rows.scales):
        if number:
            top += 2 * _GAP
        top = canvas.write(folded(panel.title, _HEADING, right - left), left, top)
        top = _panel(canvas, panel, rows, (left, right), top, f"scale-{number + 1}")
    return top


def _panel(
    canvas: Canvas, panel: Panel, drawing: Rows, sides: tuple[float, float], top: float,
    name: str,
) -> float:  # fmt: skip
    """Draw a panel below a height, and return the height of its bottom edge."""
    width = sides[1] - sides[0]
    labels, texts = [], []
    for mark in panel.marks:
        face = face_of(mark.role, _SIZE)
        labels.append(balanced(mark.label, face, width * _WIDEST_LABELS))
        texts.append(folded(mark.text, face, width * _WIDEST_TEXTS))
    details = [balanced(mark.detail, SMALL, width * _WIDEST_LABELS) for mark in panel.marks]
    names = max((block.width for block in (*labels, *details)), default=0)
    start = sides[0] + names + 1.5 * _GAP
    wide = max((text.width for text in texts), default=0)
    remarks = max((folded(mark.remark, SMALL, math.inf).width for mark in panel.marks), default=0)
    end = sides[1] - wide - 1.5 * _GAP
    beside = len(panel.marks) <= _FEW and end - remarks - _GAP - start >= _NARROWEST
    edge = sides[1] - (remarks + _GAP) * beside
    end -= (remarks + _GAP) * beside
    ends = _bounds(panel.marks, drawing.reference, from_zero=drawing.from_zero)
    plot = _Plot(sides[0], edge, Scale(*ends, start, end), drawing.reference, beside=beside)
    top = _reference_label(canvas, panel, plot, top)
    blocks = list(zip(labels, details, texts, strict=True))
    rows, foot = _rows(panel.marks, blocks, plot, top)
    bottom = _axis(canvas, plot, panel.unit, rows, (top, foot), name)
    _bands(canvas, rows, plot, foot, name)
    _lines(canvas, rows, plot, (top, foot), name)
    for role in LAST_ON_TOP:
        _marks(canvas, [row for row in rows if row.mark.role == role], role, plot.scale, name)
    for side in _ARROWS:
        _off_the_scale(canvas, rows, plot.scale, side, name)
    _texts(canvas, rows, plot)
    return bottom


def _bounds(
    marks: Sequence[Mark], reference: float | None, *, from_zero: bool
) -> tuple[float, float]:
    """Return the ends of the scale, without areas that are far from all the others."""
    forces = [mark.value for mark in marks if mark.role != "benchmark" and mark.value is not None]
    near = without_far_out(forces)
    shown = [mark for mark in marks if mark.role == "benchmark" or mark.value in near]
    ends = [end for mark in shown for end in (mark.value, mark.low, mark.high, *(mark.band or ()))]
    return bounds([end for end in (*ends, reference) if end is not None], from_zero=from_zero)


def _reference_label(canvas: Canvas, panel: Panel, plot: _Plot, top: float) -> float:
    """Write the benchmark's name above its line, and return the height of its bottom edge."""
    if plot.reference is None:
        return top
    names = [mark.label for mark in panel.marks if mark.role == "benchmark"]
    name = names[0] if names else _BENCHMARK
    block = folded(name, _BENCHMARK_FACE, (plot.right - plot.left) / 2)
    half, x = block.width / 2, plot.scale(plot.reference)
    return canvas.write(block, min(max(x, plot.left + half), plot.right - half), top, "center") + 1


def _rows(
    marks: Sequence[Mark], blocks: Sequence[tuple[Block, Block, Block]], plot: _Plot, top: float
) -> tuple[list[_Row], float]:
    """Return the rows below a height, and the height of their bottom edge."""
    rows = []
    few = len(marks) <= _FEW
    for mark, (label, detail, text) in zip(marks, blocks, strict=True):
        names = label.height + detail.height
        height = max(_HIGH if few else _LOW, names, text.height)
        middle = top + height / 2
        remark = folded(mark.remark, SMALL, math.inf if plot.beside else plot.right - plot.inner[0])
        right = _right_end(mark, remark, plot)
        if plot.beside:
            right = plot.right + _GAP + remark.width
        if right is None:
            below = middle + max(_SIZE, names, text.height) / 2 + 1
            remark_at = plot.right, below
            height = max(height, below + remark.height + 2 - top if remark.lines else 0)
        else:
            remark_at = right, middle - remark.height / 2
        rows.append(_Row(mark, label, detail, text, remark, top, middle, remark_at))
        top += height
    return rows, top


def _right_end(mark: Mark, remark: Block, plot: _Plot) -> float | None:
    """Return the right end of a remark in its mark's row; None if there is no room for it."""
    if len(remark.lines) != 1 or mark.value is None or _is_off(mark, plot.scale):
        return None
    ends = [plot.scale(end) for end in (mark.value, mark.low, mark.high) if end is not None]
    line = ends[0] if plot.reference is None else plot.scale(plot.reference)
    reach = remark.width + _GAP
    beside, beyond = (
        (max(ends) + reach, min(ends) - _GAP),
        (max(*ends, line) + reach, min(*ends, line) - _GAP),
    )
    inside = [
        right
        for right in (*beside, *beyond)
        if plot.inner[0] + 4 <= right - remark.width and right + 4 <= plot.inner[1]
    ]
    clear = [
        right
        for right in inside
        if plot.reference is None or not right - remark.width - _GAP < line < right + _GAP / 2
    ]
    return next(iter([*clear, *inside]), None)


def _axis(
    canvas: Canvas, plot: _Plot, unit: str, rows: list[_Row], ends: tuple[float, float], name: str
) -> float:
    """Draw the scale below the rows, and return the height of the bottom edge of its text."""
    (top, foot), (left, right), scale = ends, plot.inner, plot.scale
    figures = _figures(scale)
    xs = [scale(figure) for figure in figures]
    strokes = [stroke for x in xs for stroke in _broken(x, rows, top, foot)]
    canvas.strokes(strokes, f"{name}-grid", GRID)
    below = bottom = axes.foot(canvas, xs, left, right, foot, f"{name}-")
    for x, text in zip(xs, in_figures(figures), strict=True):
        block = folded(text, SMALL, math.inf)
        bottom = max(bottom, canvas.write(block, x, below, "center"))
    block = folded(unit, SMALL, right - left)
    return canvas.write(block, (left + right) / 2, bottom, "center")


def _figures(scale: Scale) -> list[float]:
    """Return the figures along a scale: as many as have room, but no crowd of lines."""
    for steps in range(_MOST_STEPS, 2, -1):
        figures = ticks(scale.low, scale.high, steps)
        widest = max((measured(text, SMALL) for text in in_figures(figures)), default=0.0)
        if all(scale(b) - scale(a) >= widest + _GAP for a, b in pairwise(figures)):
            return figures
    return ticks(scale.low, scale.high, 2)


def _bands(canvas: Canvas, rows: list[_Row], plot: _Plot, foot: float, name: str) -> None:
    """Shade the range that is usual for each mark, from the top of its row to the next.

    A benchmark among the marks has no range of its own, and leaves no gap in theirs.
    """
    scale = plot.scale
    bands = []
    shaded = [row for row in rows if row.mark.band or row.mark.role != "benchmark"]
    for row, bottom in zip(shaded, [*(row.top for row in shaded[1:]), foot], strict=False):
        if row.mark.band:
            ends = (scale(min(max(end, scale.low), scale.high)) for end in row.mark.band)
            low, high = ends
            bands.append(box(low, row.top, high, bottom))
    canvas.areas(bands, f"{name}-bands", BAND)


def _lines(
    canvas: Canvas, rows: list[_Row], plot: _Plot, ends: tuple[float, float], name: str
) -> None:
    """Draw a guide along each row, and the benchmark's line across them."""
    left, right = plot.inner
    guides: list[list[Position]] = []
    for row in rows:
        first, above, last, below = row.remark_box
        start, y = left, row.middle
        if row.remark.lines and above < y < below:
            guides.append([(left, y), (min(max(left, first - 3), right), y)])
            start = min(right, last + 3)
        if start < right:
            guides.append([(start, y), (right, y)])
    canvas.strokes(guides, f"{name}-guides", GRID)
    if plot.reference is not None:
        x = plot.scale(plot.reference)
        look = LOOKS["benchmark"]
        canvas.strokes(_broken(x, rows, *ends), f"{name}-reference", look.colour, 1)


def _broken(x: float, rows: list[_Row], top: float, foot: float) -> list[list[Position]]:
    """Return an upright line, broken where it would cross a remark."""
    strokes: list[list[Position]] = []
    for row in rows:
        left, above, right, below = row.remark_box
        if row.remark.lines and left - 3 < x < right + 3:
            strokes.append([(x, top), (x, above)])
            top = below
    return [*strokes, [(x, top), (x, foot)]]


def _is_off(mark: Mark, scale: Scale) -> bool:
    """Return whether a mark's figure is off the scale."""
    return mark.value is not None and not scale.low <= mark.value <= scale.high


def _marks(canvas: Canvas, rows: list[_Row], role: Role, scale: Scale, name: str) -> None:
    """Draw the points of a role that are on the scale, and their intervals."""
    look = LOOKS[role]
    intervals: list[list[Position]] = []
    points: list[Position] = []
    for row in rows:
        value, low, high = row.mark.value, row.mark.low, row.mark.high
        if value is None or _is_off(row.mark, scale):
            continue
        points.append((scale(value), row.middle))
        if low is not None and high is not None:
            intervals.append([(scale(low), row.middle), (scale(high), row.middle)])
    canvas.strokes(intervals, f"{name}-{role}-intervals", look.colour, max(1.2, look.width))
    canvas.marks(points, f"{name}-{role}", look)


def _off_the_scale(canvas: Canvas, rows: list[_Row], scale: Scale, side: str, name: str) -> None:
    """Draw an arrow at the high or low end of the scale for each figure beyond it, and say so."""
    high = side == "high"
    end = scale.end if high else scale.start
    off = [
        row
        for row in rows
        if _is_off(row.mark, scale) and ((row.mark.value or 0) > scale.high) == high
    ]
    block = folded(_OFF, SMALL, scale.end - scale.start)
    for row in off:
        x = end - block.width - _GAP if high else end + _GAP
        top = row.middle - block.height / 2
        back = box(x - 3, top, x + block.width + 3, top + block.height)
        canvas.areas([back], "", PAPER)
        canvas.write(block, x, top)
    look = LOOKS["other"]._replace(marker=_ARROWS[side], size=7)
    canvas.marks([(end, row.middle) for row in off], f"{name}-off-{side}", look)


def _texts(canvas: Canvas, rows: list[_Row], plot: _Plot) -> None:
    """Write the labels, figures and remarks."""
    for row in rows:
        names = row.label.height + row.detail.height
        below = canvas.write(row.label, plot.left, row.middle - names / 2)
        canvas.write(row.detail, plot.left, below)
        canvas.write(row.text, plot.right, row.middle - row.text.height / 2, "right")
        canvas.write(row.remark, *row.remark_at, "right")
