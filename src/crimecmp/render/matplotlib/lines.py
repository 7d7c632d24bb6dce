"""Figures over time, with names and figures at the ends of the lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from crimecmp.document.picture import Caution, Line, Lines, Point, Role
from crimecmp.render.matplotlib import axes
from crimecmp.render.matplotlib.canvas import Align, Canvas, Position, box
from crimecmp.render.matplotlib.labels import Box, apart
from crimecmp.render.matplotlib.lettering import (
    SMALL,
    Block,
    balanced,
    face_of,
    folded,
    longest_word,
)
from crimecmp.render.matplotlib.looks import CAUTION, FAINT, FRAME, INK, LAST_ON_TOP, LOOKS
from crimecmp.render.matplotlib.scales import Scale, bounds, ticks
from crimecmp.text import period_name

_SIZE = 9.0
_LEAST_HEIGHT = 250.0
_GAP = 7.0
_INSET = 4.0  # between the frame and the first and last points
_WIDEST_NAMES = 0.3  # a share of the picture's width
_WIDEST_FIRSTS = 0.15  # a share of the picture's width
_STEPS_AT_MOST = 7
_DOTTED_AT_MOST = 16
_SHORTEST_LEADER = 3.0
_DAYS_OF_A_YEAR = 365
_CAUTION = SMALL._replace(ink=INK)
_THIN, _DASHES = 0.8, (5.0, 3.0)


class _Label(NamedTuple):
    """Text at an end of a line, and the position of that end; None for a line without figures."""

    block: Block
    end: Position | None


class _Plot(NamedTuple):
    """The frame and its scales."""

    left: float
    right: float
    top: float
    bottom: float
    across: Scale
    up: Scale

    def position(self, point: Point) -> Position:
        """Return the position of a point's figure."""
        return self.across(point.period_end.toordinal()), self.up(point.value or 0.0)


def draw(canvas: Canvas, drawing: Lines, left: float, right: float, top: float) -> float:
    """Draw the lines below a height, and return the height of their bottom edge."""
    named = [line for line in drawing.lines if line.role != "other"]
    firsts = [_first_text(line, right - left) for line in named]
    lasts = [_last_text(line, right - left) for line in named]
    height = max(_LEAST_HEIGHT, *(sum(b.height for b in blocks) for blocks in (firsts, lasts)))
    widths = max((b.width for b in firsts), default=0), max((b.width for b in lasts), default=0)
    plot, figures = _plot(drawing, (left, right), widths, (top, top + height))
    starts = _labels(named, firsts, plot, last=False)
    axes.grid(canvas, plot.up, figures, plot.left, plot.right, _boxes(starts, plot))
    bottom = _years(canvas, plot, drawing.lines)
    spans = [_span(caution, plot) for caution in drawing.cautions]
    canvas.areas(spans, "cautions", CAUTION)
    _curves(canvas, drawing.lines, plot)
    _write_cautions(canvas, drawing, plot)
    _write(canvas, starts, plot, "right")
    _write(canvas, _labels(named, lasts, plot, last=True), plot, "left")
    return bottom


def _first_text(line: Line, width: float) -> Block:
    """Return the first figure of a line in plain type, within its share of a width."""
    text = line.points[0].text if line.points else ""
    face = face_of(line.role, _SIZE)._replace(bold=False)
    return folded(text, face, width * _WIDEST_FIRSTS)


def _last_text(line: Line, width: float) -> Block:
    """Return the name of a line with its last figure, within its share of a width."""
    texts = [point.text for point in line.points[-1:]]
    face = face_of(line.role, _SIZE)
    return balanced(" ".join([line.label, *texts]), face, width * _WIDEST_NAMES)


def _plot(
    drawing: Lines, sides: tuple[float, float], widths: tuple[float, float],
    height: tuple[float, float],
) -> tuple[_Plot, list[float]]:  # fmt: skip
    """Return the frame, and the figures to mark on its upright scale.

    Parameters
    ----------
    drawing
        The lines.
    sides
        The left and right ends of the picture.
    widths
        The widths of the text left of the lines and right of them.
    height
        The top and bottom of the frame.
    """
    points = [point for line in drawing.lines for point in line.points]
    ends = [end for point in points for end in (point.value, point.low, point.high)]
    low, high = bounds([end for end in ends if end is not None], from_zero=drawing.from_zero)
    figures = ticks(low, high, _STEPS_AT_MOST)
    left = sides[0] + axes.room_for(figures)
    right = sides[1] - _with_gap(widths[1])
    days = [point.period_end.toordinal() for point in points] or [0]
    first, last = min(days), max(days)
    if first == last:
        first, last = first - 1, last + 1
    across = Scale(first, last, left + _with_gap(widths[0]) + _INSET, right - _INSET)
    return _Plot(left, right, *height, across, Scale(low, high, height[1], height[0])), figures


def _with_gap(width: float) -> float:
    """Return a width with a gap beside it; no gap where there is no width."""
    return width + _GAP if width else 0.0


def _years(canvas: Canvas, plot: _Plot, lines: Sequence[Line]) -> float:
    """Draw the scale of time, and return the height of the bottom edge of its text."""
    ends = sorted({point.period_end for line in lines for point in line.points}, reverse=True)
    marked = [end for end in ends if end.month == ends[0].month and end.day >= ends[0].day - 1]
    xs = [plot.across(end.toordinal()) for end in marked]
    below = bottom = axes.foot(canvas, xs, plot.left, plot.right, plot.bottom)
    names = [folded(period_name(end), SMALL, plot.right - plot.left) for end in marked]
    step = _step(xs, [name.width for name in names])
    for x, name in zip(xs[::step], names[::step], strict=True):
        middle = min(x, canvas.width - name.width / 2 - 2)
        bottom = max(bottom, canvas.write(name, middle, below, "center"))
    return bottom


def _step(xs: Sequence[float], widths: Sequence[float]) -> int:
    """Return how many ticks apart names must be so that there is a gap between any two.

    Parameters
    ----------
    xs
        The positions of the ticks, from right to left.
    widths
        The width of the name of each tick, which is centred at it.
    """
    for step in range(1, len(xs)):
        kept = zip(xs[::step], widths[::step], strict=True)
        gaps = (later - x - (wide + width) / 2 for (later, wide), (x, width) in pairwise(kept))
        if all(gap >= _GAP for gap in gaps):
            return step
    return max(1, len(xs))


def _runs(points: Sequence[Point]) -> list[list[Point]]:
    """Return the points with a figure, divided where a figure is missing."""
    runs = groupby(points, key=lambda point: point.value is not None)
    return [list(run) for known, run in runs if known]


def _curves(canvas: Canvas, lines: Sequence[Line], plot: _Plot) -> None:
    """Draw the lines with their intervals and marks."""
    for role in LAST_ON_TOP:
        look = LOOKS[role]
        colour = FAINT if role == "other" else look.colour
        runs = [run for line in lines if line.role == role for run in _runs(line.points)]
        curves = [[plot.position(point) for point in run] for run in runs]
        bands = [band for run in runs for band in _of_one_centre(run)]
        canvas.areas([_band(band, plot) for band in bands], f"{role}-band", look.colour, alpha=0.18)
        canvas.strokes(
            [_centre(band, plot) for band in bands], f"{role}-centre", colour, _THIN, _DASHES
        )
        canvas.strokes(
            [curve for curve in curves if len(curve) > 1],
            f"{role}-line", colour, look.width, look.dashes,
        )  # fmt: skip
        charted = any(point.centre is not None for run in runs for point in run)
        signals = [plot.position(point) for run in runs for point in run if point.signal]
        marked = signals if charted else _dotted(curves, role)
        canvas.marks(marked, f"{role}-marks", look, scale=0.8)


def _dotted(curves: list[list[Position]], role: Role) -> list[Position]:
    """Return the positions that get a mark: all if they are few, else the ends of each curve."""
    if role == "other":
        return [curve[0] for curve in curves if len(curve) == 1]
    if sum(len(curve) for curve in curves) <= _DOTTED_AT_MOST:
        return [position for curve in curves for position in curve]
    return [position for curve in curves for position in dict.fromkeys((curve[0], curve[-1]))]


def _band(run: list[Point], plot: _Plot) -> list[Position]:
    """Return the corners of the interval along a line; none if a figure has no interval."""
    upper, lower = list[Position](), list[Position]()
    for point in run:
        if point.low is None or point.high is None:
            return []
        x = plot.across(point.period_end.toordinal())
        upper.append((x, plot.up(point.high)))
        lower.append((x, plot.up(point.low)))
    return [*upper, *reversed(lower)] if len(run) > 1 else []


def _of_one_centre(run: list[Point]) -> list[list[Point]]:
    """Return the points of a run, divided where the centre of their usual range changes."""
    return [list(points) for _, points in groupby(run, key=lambda point: point.centre)]


def _centre(band: list[Point], plot: _Plot) -> list[Position]:
    """Return the positions of the centre of a usual range; none where there is no such range."""
    return [
        (plot.across(point.period_end.toordinal()), plot.up(point.centre))
        for point in band
        if point.centre is not None
    ]


def _span(caution: Caution, plot: _Plot) -> list[Position]:
    """Return the corners of the 12 months that a caution is about, within the frame."""
    end = caution.period_end
    first = plot.across(end.toordinal() - _DAYS_OF_A_YEAR)
    left, right = max(first, plot.left), min(plot.across(end.toordinal()) + _INSET, plot.right)
    return box(left, plot.top, right, plot.bottom)


def _write_cautions(canvas: Canvas, drawing: Lines, plot: _Plot) -> None:
    """Write each caution in its year, at the end of the frame that is farther from all lines."""
    for caution in drawing.cautions:
        (left, _), _, (right, _), _ = _span(caution, plot)
        if right <= left:
            continue
        whole = min(longest_word(caution.text, _CAUTION), plot.right - plot.left)
        block = balanced(caution.text, _CAUTION, max(right - left - 4, whole))
        half = block.width / 2
        middle = min(max((left + right) / 2, plot.left + half), plot.right - half)
        reach = min(left, middle - half), max(right, middle + half)
        points = [point for line in drawing.lines for point in line.points]
        positions = [plot.position(point) for point in points if point.value is not None]
        taken = [y for x, y in positions if reach[0] <= x <= reach[1]]
        above = min(taken, default=plot.bottom) - plot.top
        below = plot.bottom - max(taken, default=plot.top)
        top = plot.top + 2 if above >= below else plot.bottom - block.height - 2
        canvas.write(block, middle, top, "center")


def _labels(
    lines: Sequence[Line], blocks: Sequence[Block], plot: _Plot, *, last: bool
) -> list[_Label]:
    """Return text with the first or last position of the line it belongs to."""
    labels = []
    for line, block in zip(lines, blocks, strict=True):
        points = line.points[::-1] if last else line.points
        known = next((point for point in points if point.value is not None), None)
        labels.append(_Label(block, plot.position(known) if known else None))
    return labels


def _tops(labels: Sequence[_Label], plot: _Plot) -> list[float]:
    """Return the heights of the tops of text beside the ends of lines."""
    return apart(
        [label.end[1] if label.end else plot.bottom for label in labels],
        [label.block.height for label in labels], plot.top, plot.bottom,
    )  # fmt: skip


def _boxes(starts: Sequence[_Label], plot: _Plot) -> list[Box]:
    """Return the rectangles that the text left of the lines covers, with a gap at its right."""
    right = plot.across.start - _GAP
    return [
        Box(right - label.block.width, top, right + _GAP / 2, top + label.block.height)
        for label, top in zip(starts, _tops(starts, plot), strict=True)
    ]


def _write(canvas: Canvas, labels: list[_Label], plot: _Plot, align: Align) -> None:
    """Write text beside the ends of lines; a thin line leads to text that had to be moved."""
    tops = _tops(labels, plot)
    x = plot.right + _GAP if align == "left" else plot.across.start - _GAP
    leaders: list[list[Position]] = []
    for label, top in zip(labels, tops, strict=True):
        middle = top + label.block.height / 2
        if label.end and abs(middle - label.end[1]) > _SHORTEST_LEADER:
            side = -1.5 if align == "left" else 1.5
            leaders.append([label.end, (x + side, middle)])
        canvas.write(label.block, x, top, align)
    canvas.strokes(leaders, f"leaders-{align}", FRAME, 0.5)
