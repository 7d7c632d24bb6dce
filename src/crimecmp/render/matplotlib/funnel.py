"""A funnel: figures over the size of their base, between the limits of chance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from crimecmp.document.picture import Dot, Funnel, Limits
from crimecmp.render.matplotlib.canvas import Canvas, Place, box
from crimecmp.render.matplotlib.labels import Box, Found, Label, apart, placed
from crimecmp.render.matplotlib.lettering import Block, Face, balanced, folded, measured
from crimecmp.render.matplotlib.looks import (
    FAINT_INK,
    FRAME,
    GRID,
    INK,
    LAST_ON_TOP,
    LOOKS,
    PAPER,
    Dashes,
)
from crimecmp.render.matplotlib.scales import (
    Scale,
    bounds,
    in_figures,
    log_bounds,
    log_ticks,
    ticks,
)

_NAME = 8.0
_SMALL = Face(8.5, ink=FAINT_INK)
_CENTRE = Face(8.5, ink=INK)
_LEAST_HEIGHT = 330.0
_TICK = 4.0
_STEPS_AT_MOST = 7
_GAP = 6.0
_STRIP_AT_MOST = 0.22
_NAMES_AT_MOST = 0.34
_ROOM = 3.5  # paper for each name, in its own sizes
_TALLER = 1.3
_TRIES = 3
_CROWD = 45.0
_LED = 5.0

_CHANCE: tuple[Dashes, ...] = ((), (5, 2.5))
_SPREAD: tuple[Dashes, ...] = ((1, 1.6), (7, 2, 1, 2))


Names = list[tuple[int, Block]]
"""The names that stand by dots, each with the number of its dot."""


class _Plot(NamedTuple):
    """The frame, and its scales."""

    frame: Box
    across: Scale
    up: Scale

    def place(self, base: float, value: float) -> Place:
        """Return where a figure over a base stands."""
        return self.across(base), self.up(value)


def draw(canvas: Canvas, drawing: Funnel, left: float, right: float, top: float) -> float:
    """Draw the funnel below a height, and return how far down it reaches."""
    strip = (right - left) * _STRIP_AT_MOST
    ends = [
        balanced(drawing.centre_label, _CENTRE, strip),
        *(balanced(limits.label, _SMALL, strip) for limits in drawing.limits),
    ]
    low, high = bounds(_figures(drawing), from_zero=False)
    figures = ticks(low, high, _STEPS_AT_MOST)
    texts = in_figures(figures)
    start = left + max((measured(text, _SMALL) for text in texts), default=0) + 4
    end = right - max(block.width for block in ends) - _GAP
    names = _names(drawing.dots, (end - start) * _NAMES_AT_MOST)
    height = _height(names, end - start, sum(block.height for block in ends))
    plot, names, spaces = _roomy(drawing, names, (start, end), top, height, (low, high))
    _grid(canvas, plot, figures, texts)
    bottom = _axis(canvas, plot, drawing.base_label)
    _limits(canvas, drawing, plot)
    _ends(canvas, drawing, plot, ends)
    _leaders(canvas, drawing.dots, names, spaces, plot)
    canvas.areas([box(*space) for space in spaces], "backs", PAPER)
    _dots(canvas, drawing.dots, plot)
    for (_, block), space in zip(names, spaces, strict=True):
        canvas.write(block, space.left, space.top)
    return bottom


def _figures(drawing: Funnel) -> list[float]:
    curves = [end for limits in drawing.limits for point in limits.curve for end in point[1:]]
    return [drawing.centre, *(dot.value for dot in drawing.dots), *curves]


def _bases(drawing: Funnel) -> list[float]:
    curves = [point[0] for limits in drawing.limits for point in limits.curve]
    return [*(dot.base for dot in drawing.dots), *curves]


def _names(dots: Sequence[Dot], width: float) -> Names:
    """Return the numbers and the names of the dots that are named."""
    return [
        (number, balanced(dot.label, _face(dot), width))
        for number, dot in enumerate(dots)
        if dot.named or dot.role != "other"
    ]


def _face(dot: Dot) -> Face:
    look = LOOKS[dot.role]
    return Face(_NAME + look.bold, look.bold, look.ink)


def _height(names: Names, width: float, ends: float) -> float:
    """Return how high the frame is at least, so that the names have room among the dots."""
    area = sum((block.width + _GAP) * (block.height + 2) for _, block in names)
    return max(_LEAST_HEIGHT, ends, area * _ROOM / width)


def _reach(dot: Dot) -> float:
    return LOOKS[dot.role].size / 2 + 0.5


def _around(place: Place, reach: float) -> Box:
    return Box(place[0] - reach, place[1] - reach, place[0] + reach, place[1] + reach)


def _roomy(
    drawing: Funnel, names: Names, sides: tuple[float, float], top: float, height: float,
    ends: tuple[float, float],
) -> tuple[_Plot, Names, list[Box]]:  # fmt: skip
    """Return the frame that is high enough for the names, and their places in it."""
    best: tuple[_Plot, Names, Found] | None = None
    tries = 0
    while best is None or (best[2].strained and tries < _TRIES):
        frame = Box(sides[0], top, sides[1], top + height)
        across = Scale(*log_bounds(_bases(drawing)), *sides, logarithmic=True)
        plot = _Plot(frame, across, Scale(*ends, frame.bottom, frame.top))
        ordered = _ordered(drawing.dots, names, plot)
        found = _found(drawing.dots, ordered, plot)
        if found and (best is None or found.strained < best[2].strained):
            best = plot, ordered, found
        height *= _TALLER
        tries += 1
    return best[0], best[1], best[2].spaces


def _ordered(dots: Sequence[Dot], names: Names, plot: _Plot) -> Names:
    """Return the names, those asked for first, then those of dots in a crowd."""
    places = [plot.place(dot.base, dot.value) for dot in dots]

    def importance(name: tuple[int, Block]) -> tuple[int, int]:
        number, _ = name
        crowd = sum(math.dist(places[number], place) < _CROWD for place in places)
        return -LAST_ON_TOP.index(dots[number].role), -crowd

    return sorted(names, key=importance)


def _found(dots: Sequence[Dot], names: Names, plot: _Plot) -> Found | None:
    places = [plot.place(dot.base, dot.value) for dot in dots]
    taken = [_around(place, _reach(dot)) for place, dot in zip(places, dots, strict=True)]
    labels = [
        Label(places[number], _reach(dots[number]), block.width + 1, block.height)
        for number, block in names
    ]
    left, top, right, bottom = plot.frame
    return placed(labels, taken, Box(left + 2, top + 2, right - 2, bottom - 2))


def _grid(canvas: Canvas, plot: _Plot, figures: list[float], texts: list[str]) -> None:
    frame = plot.frame
    strokes: list[list[Place]] = [
        [(frame.left, plot.up(figure)), (frame.right, plot.up(figure))] for figure in figures
    ]
    canvas.strokes(strokes, "grid", GRID)
    for figure, text in zip(figures, texts, strict=True):
        block = folded(text, _SMALL, math.inf)
        canvas.write(block, frame.left - 4, plot.up(figure) - block.height / 2, "right")


def _axis(canvas: Canvas, plot: _Plot, base_label: str) -> float:
    """Draw the scale of bases, and return how far down its words reach."""
    frame, across = plot.frame, plot.across
    foot = frame.bottom
    figures = log_ticks(across.low, across.high)
    canvas.strokes([[(frame.left, foot), (frame.right, foot)]], "axis", FRAME)
    canvas.strokes(
        [[(across(figure), foot), (across(figure), foot + _TICK)] for figure in figures],
        "ticks", FRAME,
    )  # fmt: skip
    bottom, free = foot + _TICK, 2.0
    for figure, text in zip(figures, in_figures(figures), strict=True):
        block = folded(text, _SMALL, math.inf)
        x = across(figure)
        if x - block.width / 2 >= free and x + block.width / 2 <= canvas.width - 4:
            bottom = max(bottom, canvas.write(block, x, foot + _TICK + 1, "center"))
            free = x + block.width / 2 + _GAP
    label = folded(f"{base_label} (logarithmic scale)", _SMALL, frame.right - frame.left)
    return canvas.write(label, (frame.left + frame.right) / 2, bottom + 1, "center")


def _limits(canvas: Canvas, drawing: Funnel, plot: _Plot) -> None:
    counts = {True: 0, False: 0}
    for number, limits in enumerate(drawing.limits):
        dashes = (_SPREAD if limits.overdispersed else _CHANCE)[counts[limits.overdispersed] % 2]
        counts[limits.overdispersed] += 1
        curves = [
            [plot.place(base, low) for base, low, _ in limits.curve],
            [plot.place(base, high) for base, _, high in limits.curve],
        ]
        colour, width = (INK, 1.1) if limits.overdispersed else ("#767676", 0.9)
        canvas.strokes(curves, f"limits-{number + 1}", colour, width, dashes)
    y = plot.up(drawing.centre)
    centre: list[Place] = [(plot.frame.left, y), (plot.frame.right, y)]
    canvas.strokes([centre], "centre", LOOKS["benchmark"].colour, 1.2)


def _ends(canvas: Canvas, drawing: Funnel, plot: _Plot, blocks: list[Block]) -> None:
    """Write what the centre and the upper limits are called at their right ends."""
    ends = [(plot.frame.right, plot.up(drawing.centre))]
    ends += [_upper_end(limits, plot, drawing.centre) for limits in drawing.limits]
    tops = apart(
        [y for _, y in ends], [block.height for block in blocks], plot.frame.top, plot.frame.bottom
    )
    leaders: list[list[Place]] = []
    for (x, y), block, top in zip(ends, blocks, tops, strict=True):
        leaders.append([(x, y), (plot.frame.right + _GAP - 1.5, top + block.height / 2)])
        canvas.write(block, plot.frame.right + _GAP, top)
    canvas.strokes(leaders, "ends", FRAME, 0.5)


def _upper_end(limits: Limits, plot: _Plot, centre: float) -> Place:
    base, _, high = limits.curve[-1] if limits.curve else (plot.across.high, centre, centre)
    return plot.place(base, high)


def _leaders(
    canvas: Canvas, dots: Sequence[Dot], names: Names, spaces: list[Box],
    plot: _Plot,
) -> None:  # fmt: skip
    leaders: list[list[Place]] = []
    for (number, _), space in zip(names, spaces, strict=True):
        mark = plot.place(dots[number].base, dots[number].value)
        end = space.nearest(mark)
        if math.dist(mark, end) - _reach(dots[number]) > _LED:
            leaders.append([mark, end])
    canvas.strokes(leaders, "leaders", FRAME, 0.5)


def _dots(canvas: Canvas, dots: Sequence[Dot], plot: _Plot) -> None:
    for role in LAST_ON_TOP:
        for named in (False, True):
            places = [
                plot.place(dot.base, dot.value)
                for dot in dots
                if dot.role == role and (dot.named or role != "other") == named
            ]
            name = f"{role}-dots" if named else f"{role}-dots-unnamed"
            canvas.marks(places, name, LOOKS[role], filled=named)
