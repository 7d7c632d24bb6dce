"""Places for labels: none on another, on a mark or outside the frame."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from crimecmp.render.matplotlib.canvas import Place

Stroke = tuple[Place, Place]


class Box(NamedTuple):
    """An upright rectangle; its top is above its bottom, and less."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two have any of the paper in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Whether the other is all within this one."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )

    def nearest(self, place: Place) -> Place:
        """Return where in it one is nearest to a place."""
        x, y = place
        return min(max(x, self.left), self.right), min(max(y, self.top), self.bottom)


class Label(NamedTuple):
    """A label to be placed by a mark: the mark's middle and half its size, the label's size."""

    mark: Place
    reach: float
    width: float
    height: float

    @property
    def mark_box(self) -> Box:
        """Where the mark itself is."""
        (x, y), own = self.mark, self.reach + 1
        return Box(x - own, y - own, x + own, y + own)


def apart(
    wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float
) -> list[float]:
    """Return the tops of labels one below the other, each as near as can be to its wanted middle.

    Labels that would overlap are moved together: as few as must be, and as little on average. They
    keep the order of what is wanted. Where they do not all fit they reach below the bottom.
    """
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    before, groups = 0.0, list[list[float]]()
    offsets = []
    for number in order:
        offsets.append(before)
        groups.append([wanted[number] - heights[number] / 2 - before, 1])
        before += heights[number]
        while len(groups) > 1 and groups[-2][0] >= groups[-1][0]:
            (one, few), (other, more) = groups[-2:]
            groups[-2:] = [[(one * few + other * more) / (few + more), few + more]]
    moved = [place for place, size in groups for _ in range(int(size))]
    lowest = max(top, bottom - before)
    tops = [
        min(max(place, top), lowest) + offset for place, offset in zip(moved, offsets, strict=True)
    ]
    return [place for _, place in sorted(zip(order, tops, strict=True))]


_NEAREST, _STEP, _WIDEST_STEP = 2.0, 3.0, 16.0
_TURNS = 16
_CROSSED = 40.0
_MISTAKEN, _NEAR = 8.0, 3.0
FAR = 36.0
"""A label farther than this from its mark is hard to follow."""


class Found(NamedTuple):
    """Where labels were placed, and how many are far from their marks or cross something."""

    spaces: list[Box]
    strained: int


def placed(labels: Sequence[Label], taken: Iterable[Box], frame: Box) -> Found | None:
    """Return a place for each label, or nothing where there is none left for one of them.

    Each label takes the place that is free and costs least: its distance from the mark, more for
    each mark, label and leader that it or its own leader crosses, and for each that is close by.

    Parameters
    ----------
    labels
        The labels, the most important first: those get the nearest places.
    taken
        Where no label may be: the marks.
    frame
        Where all labels must be.
    """
    full, leaders, found, strained = list(taken), list[Stroke](), list[Box](), 0
    for label in labels:
        cost, space = _cheapest(label, full, leaders, frame)
        if space is None:
            return None
        found.append(space)
        full.append(space)
        strained += cost > FAR
        leaders.append((label.mark, space.nearest(label.mark)))
    return Found(found, strained)


def _cheapest(
    label: Label, full: list[Box], leaders: list[Stroke], frame: Box
) -> tuple[float, Box | None]:
    """Return the place that costs least, and what it costs."""
    (x, y), least, best = label.mark, math.inf, None
    for distance in _distances(frame):
        if distance >= least:
            break
        away = label.reach + distance
        across, down = away + label.width, away + label.height
        window = Box(x - across, y - down, x + across, y + down)
        near = [space for space in full if space.meets(window)]
        passing = [leader for leader in leaders if _around_stroke(leader).meets(window)]
        for space in _around(label, distance, frame):
            if not frame.holds(space) or any(space.meets(other) for other in near):
                continue
            crossed, beside = _crossed(space, label, near, passing), _beside(space, label, near)
            cost = distance + _CROSSED * crossed + _MISTAKEN * beside
            if cost < least:
                least, best = cost, space
    return least, best


def _around_stroke(stroke: Stroke) -> Box:
    (x, y), (to_x, to_y) = stroke
    return Box(min(x, to_x) - 1, min(y, to_y) - 1, max(x, to_x) + 1, max(y, to_y) + 1)


def _crossed(space: Box, label: Label, full: list[Box], leaders: list[Stroke]) -> int:
    """Return how many leaders a place is on, and how many marks and labels its own leader is on."""
    leader = label.mark, space.nearest(label.mark)
    mark = label.mark_box
    return sum(_passes(other, space) for other in leaders) + sum(
        _passes(leader, other) for other in full if not mark.holds(other)
    )


def _beside(space: Box, label: Label, full: list[Box]) -> int:
    """Return by how many other marks and labels a place is, whose it might be taken for."""
    left, top, right, bottom = space
    around = Box(left - _NEAR, top - _NEAR, right + _NEAR, bottom + _NEAR)
    mark = label.mark_box
    return sum(around.meets(other) for other in full if not mark.holds(other))


def _distances(frame: Box) -> Iterator[float]:
    """Yield distances from a mark, up to the size of the frame."""
    distance, step = _NEAREST, _STEP
    while distance < math.dist(frame[:2], frame[2:]):
        yield distance
        distance += step
        step = min(step + 1, _WIDEST_STEP)


def _around(label: Label, distance: float, frame: Box) -> Iterator[Box]:
    """Yield places so far from a mark: beside it first, straight above and below it last.

    What would stand out at a side of the frame is moved inside.
    """
    x, y = label.mark
    away = label.reach + distance
    for part in range(_TURNS // 4 + 1):
        angle = part * 2 * math.pi / _TURNS
        for turn in (angle, -angle, math.pi - angle, math.pi + angle):
            across, down = math.cos(turn), math.sin(turn)
            left = x + away * across - label.width * (1 - across) / 2
            left = max(frame.left, min(left, frame.right - label.width))
            top = y + away * down - label.height * (1 - down) / 2
            yield Box(left, top, left + label.width, top + label.height)


def _passes(stroke: Stroke, space: Box) -> bool:
    """Whether a straight stroke runs through a rectangle (Liang and Barsky, 1984)."""
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
