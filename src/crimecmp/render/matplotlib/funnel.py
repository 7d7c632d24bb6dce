"""A funnel plot: figures by the size of their base, between control limits."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import cycle, pairwise
from typing import NamedTuple

from crimecmp.document.picture import Dot, Funnel, Limits
from crimecmp.render.matplotlib import axes
from crimecmp.render.matplotlib.canvas import Canvas, Position
from crimecmp.render.matplotlib.labels import Box, Found, Label, apart, placed
from crimecmp.render.matplotlib.lettering import (
    SMALL,
    Block,
    balanced,
    face_of,
    folded,
    longest_word,
)
from crimecmp.render.matplotlib.looks import BAND, FRAME, INK, LAST_ON_TOP, LOOKS, Dashes
from crimecmp.render.matplotlib.scales import (
    Scale,
    bounds,
    in_figures,
    log_bounds,
    log_ticks,
    ticks,
)

_NAME_SIZE, _ASKED_NAME_SIZE = 8.0, 9.0
_CENTRE_FACE = SMALL._replace(ink=INK)
_LEAST_HEIGHT = 330.0
_STEPS_AT_MOST = 7
_GAP = 6.0
_WIDEST_ENDS = 0.22  # a share of the picture's width
_WIDEST_NAMES = 0.34  # a share of the frame's width
_WIDEST_WORD = 2.0  # the widest word that is not broken, in widths of a name
_ROOM = 6.0  # the least area of the frame over the area of the names
_TALLER = 1.3
_TRIES = 3
_CROWD = 45.0  # dots nearer to each other than this, in points, compete for space
_SHORTEST_LEADER = 5.0
_LIMIT = "#767676"
_DASHES: tuple[Dashes, ...] = ((), (5, 2.5))


class _Plot(NamedTuple):
    """The frame and its scales."""

    frame: Box
    across: Scale
    up: Scale

    def position(self, dot: Dot) -> Position:
        """Return the position of a dot."""
        return self.across(dot.base), self.up(dot.value)


class _Name(NamedTuple):
    """A dot that is named, with its name folded."""

    dot: Dot
    block: Block


def draw(canvas: Canvas, drawing: Funnel, left: float, right: float, top: float) -> float:
    """Draw the funnel below a height, and return the height of its bottom edge."""
    widest = (right - left) * _WIDEST_ENDS
    ends = [
        balanced(drawing.centre_label, _CENTRE_FACE, widest),
        *(balanced(limits.label, SMALL, widest) for limits in drawing.limits),
    ]
    low, high = bounds(_figures(drawing), from_zero=False)
    figures = ticks(low, high, _STEPS_AT_MOST)
    start = left + axes.room_for(figures)
    end = right - max(block.width for block in ends) - _GAP
    names = _names(drawing.dots, (end - start) * _WIDEST_NAMES)
    height = _least_height(names, end - start, sum(block.height for block in ends))
    across = Scale(*log_bounds(_bases(drawing)), start, end, logarithmic=True)
    plot, names, spaces = _roomy(drawing, names, across, (low, high), top, height)
    axes.grid(canvas, plot.up, figures, start, end)
    bottom = _axis(canvas, plot, drawing.base_label)
    _limits(canvas, drawing, plot)
    _ends(canvas, drawing, plot, ends)
    _leaders(canvas, names, spaces, plot)
    _dots(canvas, drawing.dots, plot)
    for name, space in zip(names, spaces, strict=True):
        canvas.write(name.block, space.left, space.top)
    return bottom


def _figures(drawing: Funnel) -> list[float]:
    """Return all figures of the upright scale."""
    curves = [end for limits in drawing.limits for point in limits.curve for end in point[1:]]
    return [drawing.centre, *(dot.value for dot in drawing.dots), *curves]


def _bases(drawing: Funnel) -> list[float]:
    """Return all figures of the level scale."""
    curves = [point[0] for limits in drawing.limits for point in limits.curve]
    return [*(dot.base for dot in drawing.dots), *curves]


def _is_named(dot: Dot) -> bool:
    """Return whether a dot's name is written beside it."""
    return dot.named or dot.role != "other"


def _names(dots: Sequence[Dot], width: float) -> list[_Name]:
    """Return the dots that are named, with their names folded to a width."""
    names = []
    for dot in filter(_is_named, dots):
        face = face_of(dot.role, _ASKED_NAME_SIZE if LOOKS[dot.role].bold else _NAME_SIZE)
        whole = min(longest_word(dot.label, face), _WIDEST_WORD * width)
        names.append(_Name(dot, balanced(dot.label, face, max(width, whole))))
    return names


def _least_height(names: Sequence[_Name], width: float, ends: float) -> float:
    """Return the least height of a frame of a width that has room for the names.

    `ends` is the height of the text at the right end of the limits.
    """
    area = sum((name.block.width + _GAP) * (name.block.height + 2) for name in names)
    return max(_LEAST_HEIGHT, ends, area * _ROOM / width)


def _roomy(
    drawing: Funnel, names: Sequence[_Name], across: Scale, ends: tuple[float, float],
    top: float, height: float,
) -> tuple[_Plot, list[_Name], list[Box]]:  # fmt: skip
    """Return a frame high enough for the names, and the names with their spaces in it.

    The frame grows until every name has a space, and then until no name is far from its dot or
    crosses anything, in three tries at most. If some name always does, the best try is returned,
    and the tallest of equals.

    Parameters
    ----------
    drawing, names
        The funnel, and the dots that are named.
    across
        The scale of bases.
    ends
        The ends of the scale of figures.
    top, height
        The top of the frame, and its least height.
    """
    best: tuple[_Plot, list[_Name], Found] | None = None
    tries = 0
    while best is None or (best[2].strained and tries < _TRIES):
        frame = Box(across.start, top, across.end, top + height)
        plot = _Plot(frame, across, Scale(*ends, frame.bottom, frame.top))
        ordered = _ordered(drawing.dots, names, plot)
        found = _found(drawing, ordered, plot)
        if found and (best is None or found.strained <= best[2].strained):
            best = plot, ordered, found
        height *= _TALLER
        tries += 1
    return best[0], best[1], best[2].spaces


def _ordered(dots: Sequence[Dot], names: Sequence[_Name], plot: _Plot) -> list[_Name]:
    """Return the names: the forces asked for first, then those of the most crowded dots."""
    positions = [plot.position(dot) for dot in dots]

    def importance(name: _Name) -> tuple[int, int]:
        own = plot.position(name.dot)
        crowd = sum(math.dist(own, position) < _CROWD for position in positions)
        return -LAST_ON_TOP.index(name.dot.role), -crowd

    return sorted(names, key=importance)


def _found(drawing: Funnel, names: Sequence[_Name], plot: _Plot) -> Found | None:
    """Return a space in the frame for each name; None if there is not enough room."""
    labels = [
        Label(plot.position(dot), _reach(dot), block.width + 1, block.height)
        for dot, block in names
    ]
    left, top, right, bottom = plot.frame
    taken = [_box_of(dot, plot) for dot in drawing.dots]
    frame = Box(left + 2, top + 2, right - 2, bottom - 2)
    return placed(labels, taken, frame, _along(drawing, plot))


def _reach(dot: Dot) -> float:
    """Return half the size of a dot with its rim, in points."""
    return LOOKS[dot.role].size / 2 + 0.5


def _box_of(dot: Dot, plot: _Plot) -> Box:
    """Return the rectangle that a dot covers."""
    (x, y), reach = plot.position(dot), _reach(dot)
    return Box(x - reach, y - reach, x + reach, y + reach)


def _axis(canvas: Canvas, plot: _Plot, base_label: str) -> float:
    """Draw the scale of bases, and return the height of the bottom edge of its text."""
    frame = plot.frame
    figures = log_ticks(plot.across.low, plot.across.high)
    xs = [plot.across(figure) for figure in figures]
    below = bottom = axes.foot(canvas, xs, frame.left, frame.right, frame.bottom)
    free = 2.0
    for x, text in zip(xs, in_figures(figures), strict=True):
        block = folded(text, SMALL, math.inf)
        if x - block.width / 2 >= free and x + block.width / 2 <= canvas.width - 4:
            bottom = max(bottom, canvas.write(block, x, below, "center"))
            free = x + block.width / 2 + _GAP
    label = folded(f"{base_label} (logarithmic scale)", SMALL, frame.right - frame.left)
    return canvas.write(label, (frame.left + frame.right) / 2, bottom + 1, "center")


def _limits(canvas: Canvas, drawing: Funnel, plot: _Plot) -> None:
    """Draw the limits and the line of the centre."""
    dashes = cycle(_DASHES)
    for number, limits in enumerate(drawing.limits, 1):
        lower, upper = _curves(limits, plot)
        if limits.overdispersed and number == 1:
            canvas.areas([[*upper, *reversed(lower)]], "usual", BAND)
        canvas.strokes([lower, upper], f"limits-{number}", _LIMIT, 0.9, next(dashes))
    y = plot.up(drawing.centre)
    centre: list[Position] = [(plot.frame.left, y), (plot.frame.right, y)]
    canvas.strokes([centre], "centre", LOOKS["benchmark"].colour, 1.2)


def _curves(limits: Limits, plot: _Plot) -> tuple[list[Position], list[Position]]:
    """Return the positions along a lower and an upper limit."""
    return (
        [(plot.across(base), plot.up(low)) for base, low, _ in limits.curve],
        [(plot.across(base), plot.up(high)) for base, _, high in limits.curve],
    )


def _along(drawing: Funnel, plot: _Plot) -> list[Box]:
    """Return the spaces along all lines, which no name may cover."""
    y = plot.up(drawing.centre)
    strokes = [((plot.frame.left, y), (plot.frame.right, y))]
    for limits in drawing.limits:
        for curve in _curves(limits, plot):
            strokes += pairwise(curve)
    return [
        Box(min(x, to_x), min(y, to_y) - 1, max(x, to_x), max(y, to_y) + 1)
        for (x, y), (to_x, to_y) in strokes
    ]


def _ends(canvas: Canvas, drawing: Funnel, plot: _Plot, blocks: Sequence[Block]) -> None:
    """Write the names of the centre and of the upper limits at their right ends."""
    ends = [(plot.frame.right, plot.up(drawing.centre))]
    ends += [_upper_end(limits, plot, drawing.centre) for limits in drawing.limits]
    tops = apart(
        [y for _, y in ends], [block.height for block in blocks], plot.frame.top, plot.frame.bottom
    )
    left = plot.frame.right + _GAP
    leaders: list[list[Position]] = []
    for end, block, top in zip(ends, blocks, tops, strict=True):
        leaders.append([end, (left - 1.5, top + block.height / 2)])
        canvas.write(block, left, top)
    canvas.strokes(leaders, "ends", FRAME, 0.5)


def _upper_end(limits: Limits, plot: _Plot, centre: float) -> Position:
    """Return the right end of an upper limit; that of the centre for a limit without a curve."""
    if not limits.curve:
        return plot.frame.right, plot.up(centre)
    base, _, high = limits.curve[-1]
    return plot.across(base), plot.up(high)


def _leaders(canvas: Canvas, names: Sequence[_Name], spaces: Sequence[Box], plot: _Plot) -> None:
    """Draw a thin line from each dot to its name where the two are far apart."""
    leaders: list[list[Position]] = []
    for (dot, _), space in zip(names, spaces, strict=True):
        mark = plot.position(dot)
        end = space.nearest(mark)
        if math.dist(mark, end) - _reach(dot) > _SHORTEST_LEADER:
            leaders.append([mark, end])
    canvas.strokes(leaders, "leaders", FRAME, 0.5)


def _dots(canvas: Canvas, dots: Sequence[Dot], plot: _Plot) -> None:
    """Draw the dots: filled if they are named, outlined if not."""
    for role in LAST_ON_TOP:
        for named in (False, True):
            positions = [
                plot.position(dot) for dot in dots if dot.role == role and _is_named(dot) == named
            ]
            name = f"{role}-dots" if named else f"{role}-dots-unnamed"
            canvas.marks(positions, name, LOOKS[role], filled=named)
