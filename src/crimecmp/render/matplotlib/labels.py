"""Positions for labels: none on another, on a mark or outside the frame.

matplotlib has nothing that does this. The package adjustText has, by forces over many rounds: with
42 names it took ten times as long and left names on marks and on lines.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from crimecmp.render.matplotlib.canvas import Position

Stroke = tuple[Position, Position]


class Box(NamedTuple):
    """An upright rectangle; heights are measured downwards, so its top is less than its bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Return whether the two overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Return whether the other is entirely within this one."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )

    def nearest(self, position: Position) -> Position:
        """Return the position within it that is nearest to another."""
        x, y = position
        return min(max(x, self.left), self.right), min(max(y, self.top), self.bottom)


class Label(NamedTuple):
    """A label to be placed beside a mark.

    Parameters
    ----------
    mark
        The middle of the mark.
    reach
        Half the size of the mark, in points.
    width, height
        The size of the label, in points.
    """

    mark: Position
    reach: float
    width: float
    height: float

    @property
    def mark_box(self) -> Box:
        """The rectangle that the mark covers."""
        (x, y), own = self.mark, self.reach + 1
        return Box(x - own, y - own, x + own, y + own)


def apart(
    wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float
) -> list[float]:
    """Return the tops of labels in a column, so that none overlaps another.

    The labels keep the order of their wanted middles. Those that would overlap are moved together
    by the least total of squared distances (isotonic regression; Ayer and others, 1955).

    Parameters
    ----------
    wanted
        Where the middle of each label would be if it were alone.
    heights
        The height of each label.
    top, bottom
        The ends of the column; labels that do not all fit reach below its bottom.
    """
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    total = 0.0  # height of the labels so far
    groups: list[tuple[float, int]] = []  # the mean shift of labels that touch, and their number
    offsets = []
    for number in order:
        offsets.append(total)
        groups.append((wanted[number] - heights[number] / 2 - total, 1))
        total += heights[number]
        while len(groups) > 1 and groups[-2][0] >= groups[-1][0]:
            (upper, above), (lower, below) = groups[-2:]
            count = above + below
            groups[-2:] = [((upper * above + lower * below) / count, count)]
    shifts = [shift for shift, count in groups for _ in range(count)]
    lowest = max(top, bottom - total)
    tops = [
        min(max(shift, top), lowest) + offset for shift, offset in zip(shifts, offsets, strict=True)
    ]
    return [top for _, top in sorted(zip(order, tops, strict=True))]


_NEAREST, _STEP, _WIDEST_STEP = 2.0, 3.0, 16.0
_DIRECTIONS = 16
_COST_OF_CROSSING = 40.0
_COST_OF_CLOSENESS, _CLOSE = 8.0, 3.0
FAR = 36.0
"""A label farther than this from its mark, in points, is hard to follow."""


class Found(NamedTuple):
    """Where labels were placed, and how many are far from their marks or cross something."""

    spaces: list[Box]
    strained: int


def placed(
    labels: Sequence[Label], taken: Iterable[Box], frame: Box, lines: Sequence[Box] = ()
) -> Found | None:
    """Return a space for each label, or None if there is no space left for one of them.

    Each label gets the free space with the least cost. The cost is the distance from its mark, plus
    a charge for each mark, label or leader that it or its own leader crosses, and for each other
    mark or label close by. A leader is the thin line between a label and its mark.

    Parameters
    ----------
    labels
        The labels, the most important first: they are the first to choose.
    taken
        The spaces that are taken: the marks.
    frame
        The rectangle that all labels must be within.
    lines
        The spaces along drawn lines, which leaders may cross but labels may not.
    """
    full, leaders, found, strained = list(taken), list[Stroke](), list[Box](), 0
    for label in labels:
        cost, space = _cheapest(label, full, leaders, frame, lines)
        if space is None:
            return None
        found.append(space)
        full.append(space)
        strained += cost > FAR
        leaders.append((label.mark, space.nearest(label.mark)))
    return Found(found, strained)


def _cheapest(
    label: Label, full: list[Box], leaders: list[Stroke], frame: Box, lines: Sequence[Box]
) -> tuple[float, Box | None]:
    """Return the least cost, and the free space that has it; None for the space if none is free."""
    (x, y), least, best = label.mark, math.inf, None
    for distance in _distances(frame):
        if distance >= least:
            break
        away = label.reach + distance
        across, down = away + label.width + _CLOSE, away + label.height + _CLOSE
        window = Box(x - across, y - down, x + across, y + down)
        near = [space for space in full if space.meets(window)]
        under = [line for line in lines if line.meets(window)]
        passing = [leader for leader in leaders if _around_stroke(leader).meets(window)]
        for space in _spaces_around(label, distance, frame):
            if not frame.holds(space) or any(map(space.meets, (*near, *under))):
                continue
            crossed, close = _crossed(space, label, near, passing), _close(space, label, near)
            cost = distance + _COST_OF_CROSSING * crossed + _COST_OF_CLOSENESS * close
            if cost < least:
                least, best = cost, space
    return least, best


def _around_stroke(stroke: Stroke) -> Box:
    """Return the rectangle around a stroke."""
    (x, y), (to_x, to_y) = stroke
    return Box(min(x, to_x) - 1, min(y, to_y) - 1, max(x, to_x) + 1, max(y, to_y) + 1)


def _crossed(space: Box, label: Label, full: list[Box], leaders: list[Stroke]) -> int:
    """Return how many leaders cross a space, plus how many marks and labels its leader crosses."""
    leader = label.mark, space.nearest(label.mark)
    mark = label.mark_box
    return sum(_crosses(other, space) for other in leaders) + sum(
        _crosses(leader, other) for other in full if not mark.holds(other)
    )


def _close(space: Box, label: Label, full: list[Box]) -> int:
    """Return how many other marks and labels are close enough to a space to seem to own it."""
    left, top, right, bottom = space
    around = Box(left - _CLOSE, top - _CLOSE, right + _CLOSE, bottom + _CLOSE)
    mark = label.mark_box
    return sum(around.meets(other) for other in full if not mark.holds(other))


def _distances(frame: Box) -> Iterator[float]:
    """Yield increasing distances from a mark, up to the diagonal of the frame."""
    distance, step = _NEAREST, _STEP
    while distance < math.dist(frame[:2], frame[2:]):
        yield distance
        distance += step
        step = min(step + 1, _WIDEST_STEP)


def _spaces_around(label: Label, distance: float, frame: Box) -> Iterator[Box]:
    """Yield spaces at a distance from a mark: beside it first, above and below it last.

    Those that would reach beyond a side of the frame are moved inside.
    """
    x, y = label.mark
    away = label.reach + distance
    for part in range(_DIRECTIONS // 4 + 1):
        angle = part * 2 * math.pi / _DIRECTIONS
        for turn in (angle, -angle, math.pi - angle, math.pi + angle):
            across, down = math.cos(turn), math.sin(turn)
            left = x + away * across - label.width * (1 - across) / 2
            left = max(frame.left, min(left, frame.right - label.width))
            top = y + away * down - label.height * (1 - down) / 2
            yield Box(left, top, left + label.width, top + label.height)


def _crosses(stroke: Stroke, space: Box) -> bool:
    """Return whether a straight stroke crosses a rectangle (Liang and Barsky, 1984)."""
    (x, y), (to_x, to_y) = stroke
    first, last = 0.0, 1.0
    for way, room in (
        (x - to_x, x - space.left), (to_x - x, space.right - x),
        (y - to_y, y - space.top), (to_y - y, space.bottom - y),
    ):  # fmt: skip
        if way == 0:
            if room <= 0:
                return False
        elif way < 0:
            first = max(first, room / way)
        else:
            last = min(last, room / way)
    return first < last
