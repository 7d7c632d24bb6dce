"""Figures over time, with names and figures at the ends of the lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import NamedTuple

from crimecmp.document.picture import Line, Lines, Point, Role
from crimecmp.render.matplotlib.canvas import Align, Canvas, Place
from crimecmp.render.matplotlib.labels import apart
from crimecmp.render.matplotlib.lettering import Block, Face, balanced, folded, measured
from crimecmp.render.matplotlib.looks import FAINT_INK, FRAME, GRID, LAST_ON_TOP, LOOKS
from crimecmp.render.matplotlib.scales import Scale, bounds, in_figures, ticks
from crimecmp.text import period_name

_SIZE = 9.0
_SMALL = Face(8.5, ink=FAINT_INK)
_HEIGHT = 250.0
_TICK = 4.0
_GAP = 7.0
_NAMES_AT_MOST = 0.3
_FIRSTS_AT_MOST = 0.15
_STEPS_AT_MOST = 7
_DOTTED_AT_MOST = 16
_MOVED = 3.0
_OTHERS = "other areas"


class _Label(NamedTuple):
    """Words at an end of a line: where it ends, and whether it does at all."""

    words: Block
    end: Place | None
    role: Role


class _Plot(NamedTuple):
    """The frame, and its scales."""

    left: float
    right: float
    top: float
    bottom: float
    across: Scale
    up: Scale

    def place(self, point: Point) -> Place:
        """Return where a point's figure stands."""
        return self.across(point.period_end.toordinal()), self.up(point.value or 0.0)


def draw(canvas: Canvas, drawing: Lines, left: float, right: float, top: float) -> float:
    """Draw the lines below a height, and return how far down they reach."""
    named = [line for line in drawing.lines if line.role != "other"]
    others = [line for line in drawing.lines if line.role == "other" and _runs(line.points)]
    firsts = [_words(line.role, line.points[:1], "", right - left) for line in named]
    lasts = [_words(line.role, line.points[-1:], line.label, right - left) for line in named]
    if others:
        lasts.append(folded(_OTHERS, Face(_SIZE, ink=LOOKS["other"].ink), right - left))
    height = max(_HEIGHT, *(sum(b.height for b in blocks) for blocks in ([], firsts, lasts)))
    widths = max((b.width for b in firsts), default=0), max((b.width for b in lasts), default=0)
    plot, figures = _plot(drawing, (left, right), widths, (top, top + height))
    _grid(canvas, plot, figures, left)
    bottom = _years(canvas, plot, drawing.lines)
    _curves(canvas, drawing.lines, plot)
    ends = [*named, *_most_apart(others, named, plot)]
    _name(canvas, _labels(named, firsts, plot, last=False), plot, "right")
    _name(canvas, _labels(ends, lasts, plot, last=True), plot, "left")
    return bottom


def _words(role: Role, points: Sequence[Point], label: str, width: float) -> Block:
    """Return the words at an end of a line, where its figure is one of one or no points."""
    look = LOOKS[role]
    texts = [point.text for point in points]
    if not label:
        return folded(" ".join(texts), Face(_SIZE, ink=look.ink), width * _FIRSTS_AT_MOST)
    face = Face(_SIZE, look.bold, look.ink)
    return balanced(" ".join([label, *texts]), face, width * _NAMES_AT_MOST)


def _plot(
    drawing: Lines, sides: tuple[float, float], widths: tuple[float, float],
    height: tuple[float, float],
) -> tuple[_Plot, list[float]]:  # fmt: skip
    """Return the frame and the figures marked on its scale."""
    points = [point for line in drawing.lines for point in line.points]
    ends = [end for point in points for end in (point.value, point.low, point.high)]
    low, high = bounds([end for end in ends if end is not None], from_zero=drawing.from_zero)
    figures = ticks(low, high, _STEPS_AT_MOST)
    low, high = min([low, *figures]), max([high, *figures])
    left = sides[0] + max((measured(text, _SMALL) for text in in_figures(figures)), default=0) + 4
    right = sides[1] - widths[1] - (_GAP if widths[1] else 0)
    days = [point.period_end.toordinal() for point in points] or [0]
    first, last = min(days), max(days)
    if first == last:
        first, last = first - 1, last + 1
    across = Scale(first, last, left + widths[0] + (_GAP if widths[0] else 0) + 4, right - 4)
    return _Plot(left, right, *height, across, Scale(low, high, height[1], height[0])), figures


def _grid(canvas: Canvas, plot: _Plot, figures: list[float], left: float) -> None:
    strokes: list[list[Place]] = [
        [(plot.left, plot.up(figure)), (plot.right, plot.up(figure))] for figure in figures
    ]
    canvas.strokes(strokes, "grid", GRID)
    for figure, text in zip(figures, in_figures(figures), strict=True):
        block = folded(text, _SMALL, plot.left - left)
        canvas.write(block, plot.left - 4, plot.up(figure) - block.height / 2, "right")


def _years(canvas: Canvas, plot: _Plot, lines: Sequence[Line]) -> float:
    """Draw the scale of time, and return how far down its words reach."""
    foot = plot.bottom
    canvas.strokes([[(plot.left, foot), (plot.right, foot)]], "axis", FRAME)
    ends = sorted({point.period_end for line in lines for point in line.points}, reverse=True)
    marked = [end for end in ends if end.month == ends[0].month and end.day >= ends[0].day - 1]
    texts = {end: folded(period_name(end), _SMALL, plot.right - plot.left) for end in marked}
    step = _step(marked, texts, plot.across)
    places = [plot.across(end.toordinal()) for end in marked]
    canvas.strokes([[(x, foot), (x, foot + _TICK)] for x in places], "ticks", FRAME)
    bottom = foot + _TICK
    for end in marked[::step]:
        text, x = texts[end], plot.across(end.toordinal())
        x = min(x, canvas.width - text.width / 2 - 2)
        bottom = max(bottom, canvas.write(text, x, foot + _TICK + 1, "center"))
    return bottom


def _step(marked: Sequence[date], texts: dict[date, Block], across: Scale) -> int:
    """Return of how many years one is named, so that the names keep apart."""
    for step in range(1, len(marked)):
        kept = [(across(end.toordinal()), texts[end].width) for end in marked[::step]]
        apart = (x - other - (wide + width) / 2 for (x, wide), (other, width) in pairwise(kept))
        if all(gap >= _GAP for gap in apart):
            return step
    return max(1, len(marked))


def _runs(points: Sequence[Point]) -> list[list[Point]]:
    """Return the figures without a gap between them."""
    runs = groupby(points, key=lambda point: point.value is not None)
    return [list(run) for known, run in runs if known]


def _curves(canvas: Canvas, lines: Sequence[Line], plot: _Plot) -> None:
    for role in LAST_ON_TOP:
        look = LOOKS[role]
        runs = [run for line in lines if line.role == role for run in _runs(line.points)]
        curves = [[plot.place(point) for point in run] for run in runs]
        canvas.areas([_band(run, plot) for run in runs], f"{role}-band", look.colour, alpha=0.18)
        canvas.strokes(
            [curve for curve in curves if len(curve) > 1],
            f"{role}-line", look.colour, look.width, look.dashes,
        )  # fmt: skip
        canvas.marks(_dotted(curves, role), f"{role}-marks", look, scale=0.8)


def _dotted(curves: list[list[Place]], role: Role) -> list[Place]:
    """Return the figures that get a mark: all of a short line, the ends of a long one's parts."""
    if role == "other":
        return [curve[0] for curve in curves if len(curve) == 1]
    if sum(len(curve) for curve in curves) <= _DOTTED_AT_MOST:
        return [place for curve in curves for place in curve]
    return [place for curve in curves for place in dict.fromkeys((curve[0], curve[-1]))]


def _band(run: list[Point], plot: _Plot) -> list[Place]:
    """Return the corners of the interval along a line; none where a figure has no interval."""
    upper, lower = list[Place](), list[Place]()
    for point in run:
        if point.low is None or point.high is None:
            return []
        x = plot.across(point.period_end.toordinal())
        upper.append((x, plot.up(point.high)))
        lower.append((x, plot.up(point.low)))
    return [*upper, *reversed(lower)] if len(run) > 1 else []


def _last(line: Line, plot: _Plot) -> float | None:
    """Return how high a line's last figure stands."""
    known = [point.value for point in line.points if point.value is not None]
    return plot.up(known[-1]) if known else None


def _most_apart(others: Sequence[Line], named: Sequence[Line], plot: _Plot) -> list[Line]:
    """Return of other areas' lines the one whose end is farthest from those that have names."""
    taken = [end for line in named if (end := _last(line, plot)) is not None]

    def distance(line: Line) -> float:
        end = _last(line, plot) or 0.0
        return min((abs(end - other) for other in taken), default=0.0)

    return [max(others, key=distance)] if others else []


def _labels(
    lines: Sequence[Line], blocks: Sequence[Block], plot: _Plot, *, last: bool
) -> list[_Label]:
    labels = []
    for line, block in zip(lines, blocks, strict=False):
        points = line.points[::-1] if last else line.points
        known = next((point for point in points if point.value is not None), None)
        labels.append(_Label(block, plot.place(known) if known else None, line.role))
    return labels


def _name(canvas: Canvas, labels: list[_Label], plot: _Plot, align: Align) -> None:
    """Write words at the ends of lines, apart from each other, with a thin line to those moved."""
    tops = apart(
        [label.end[1] if label.end else plot.bottom for label in labels],
        [label.words.height for label in labels], plot.top, plot.bottom,
    )  # fmt: skip
    x = plot.right + _GAP if align == "left" else plot.across.start - _GAP
    leaders: list[list[Place]] = []
    for label, top in zip(labels, tops, strict=True):
        middle = top + label.words.height / 2
        if label.end and (abs(middle - label.end[1]) > _MOVED):
            side = -1.5 if align == "left" else 1.5
            leaders.append([label.end, (x + side, middle)])
        canvas.write(label.words, x, top, align)
    canvas.strokes(leaders, f"leaders-{align}", FRAME, 0.5)
