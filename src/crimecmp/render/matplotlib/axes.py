"""Axes: grid lines with their figures at the left, and a ruled line with ticks at the foot."""

from __future__ import annotations

import math
from collections.abc import Sequence

from crimecmp.render.matplotlib.canvas import Canvas, Position
from crimecmp.render.matplotlib.labels import Box
from crimecmp.render.matplotlib.lettering import SMALL, folded, measured
from crimecmp.render.matplotlib.looks import FRAME, GRID
from crimecmp.render.matplotlib.scales import Scale, in_figures

_TICK = 4.0
_GAP = 4.0


def room_for(figures: Sequence[float]) -> float:
    """Return the width that the figures of a grid need at its left, in points."""
    return max((measured(text, SMALL) for text in in_figures(figures)), default=0.0) + _GAP


def grid(
    canvas: Canvas, scale: Scale, figures: Sequence[float], left: float, right: float,
    words: Sequence[Box] = (),
) -> None:  # fmt: skip
    """Draw a level line at each figure of an upright scale, and write the figure at its left.

    A line that would cross words at the left end begins to the right of them.
    """
    strokes: list[list[Position]] = []
    for figure in figures:
        y = scale(figure)
        start = max((box.right for box in words if box.top < y < box.bottom), default=left)
        strokes.append([(start, y), (right, y)])
    canvas.strokes(strokes, "grid", GRID)
    for figure, text in zip(figures, in_figures(figures), strict=True):
        block = folded(text, SMALL, math.inf)
        canvas.write(block, left - _GAP, scale(figure) - block.height / 2, "right")


def foot(
    canvas: Canvas, xs: Sequence[float], left: float, right: float, height: float, prefix: str = ""
) -> float:
    """Draw a line at a height with a tick at each x, and return where labels below it begin."""
    canvas.strokes([[(left, height), (right, height)]], f"{prefix}axis", FRAME)
    canvas.strokes([[(x, height), (x, height + _TICK)] for x in xs], f"{prefix}ticks", FRAME)
    return height + _TICK + 1
