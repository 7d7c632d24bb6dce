"""Inks: what is drawn in a row. Each has values, and paints characters on a strip of columns."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from crimecmp.document.picture import Role
from crimecmp.render.terminal.axis import Axis
from crimecmp.render.terminal.signs import (
    BETWEEN,
    BEYOND,
    CROSSING,
    EIGHTHS,
    FIRST,
    FULL,
    LAST,
    REFERENCE,
    RIGHT_HALF,
    SHADE,
    ZERO,
)

_NARROWEST_INTERVAL = 2


class Cell(NamedTuple):
    """One character of a strip, and the role of the area that it marks."""

    sign: str = " "
    role: Role | None = None


Strip = list[Cell]


class Ink(Protocol):
    """Something to draw in a row."""

    @property
    def values(self) -> tuple[float, ...]:
        """The values that the axis must include."""
        ...

    def paint(self, strip: Strip, axis: Axis) -> None:
        """Draw over the strip."""
        ...


class Spot(NamedTuple):
    """A sign at a value, and the role of the area that it marks."""

    value: float
    sign: str
    role: Role | None = None

    @property
    def values(self) -> tuple[float, ...]:
        """The value."""
        return (self.value,)

    def paint(self, strip: Strip, axis: Axis) -> None:
        """Draw the sign."""
        strip[axis.column(self.value)] = Cell(self.sign, self.role)


class Span(NamedTuple):
    """An interval: a line between two ends, left out if it is too short to show both."""

    low: float
    high: float

    @property
    def values(self) -> tuple[float, ...]:
        """Its ends."""
        return (self.low, self.high)

    def paint(self, strip: Strip, axis: Axis) -> None:
        """Draw the line, crossing the reference where it meets it."""
        first, last = axis.column(self.low), axis.column(self.high)
        if last - first < _NARROWEST_INTERVAL:
            return
        for column in range(first + 1, last):
            crossed = strip[column].sign == REFERENCE
            strip[column] = Cell(CROSSING if crossed else BETWEEN)
        strip[first], strip[last] = Cell(FIRST), Cell(LAST)


class Extent(NamedTuple):
    """Nothing to see: the ends of a scale that several blocks share."""

    low: float
    high: float

    @property
    def values(self) -> tuple[float, ...]:
        """Its ends."""
        return (self.low, self.high)

    def paint(self, strip: Strip, axis: Axis) -> None:
        """Draw nothing."""


class Shade(NamedTuple):
    """A range that is shaded where nothing else is drawn."""

    low: float
    high: float

    @property
    def values(self) -> tuple[float, ...]:
        """Its ends."""
        return (self.low, self.high)

    def paint(self, strip: Strip, axis: Axis) -> None:
        """Shade the blanks between its ends."""
        for column in range(axis.column(self.low), axis.column(self.high) + 1):
            if strip[column] == Cell():
                strip[column] = Cell(SHADE)


class Stretch(NamedTuple):
    """A line of one sign between two values, without ends of its own."""

    low: float
    high: float
    sign: str

    @property
    def values(self) -> tuple[float, ...]:
        """Its ends."""
        return (self.low, self.high)

    def paint(self, strip: Strip, axis: Axis) -> None:
        """Draw the line."""
        for column in range(axis.column(self.low), axis.column(self.high) + 1):
            strip[column] = Cell(self.sign)


class Beyond(NamedTuple):
    """An arrow in the last column for a figure beyond the axis, with the figure before it."""

    text: str
    role: Role | None = None

    @property
    def values(self) -> tuple[float, ...]:
        """No values: the axis need not include the figure."""
        return ()

    def paint(self, strip: Strip, axis: Axis) -> None:
        """Draw the arrow, and the figure where the strip has room for it."""
        words = f" {self.text} {BEYOND[True]}" if self.text else BEYOND[True]
        if len(words) > axis.width:  # no figure is cut
            words = BEYOND[True]
        for column, sign in enumerate(words, axis.width - len(words)):
            strip[column] = Cell(sign, self.role)


class Bar(NamedTuple):
    """A bar from zero, in eighths of a column to the right and halves to the left.

    There are no characters for eighths to the left. The axis must include zero, and the line at
    zero takes a column.

    Parameters
    ----------
    value
        The value at its end.
    role
        The role of the area that it marks.
    cut
        Whether the figure is beyond the value, which an arrow shows.
    """

    value: float
    role: Role | None = None
    cut: bool = False

    @property
    def values(self) -> tuple[float, ...]:
        """The value."""
        return (self.value,)

    def paint(self, strip: Strip, axis: Axis) -> None:
        """Draw the line at zero and the bar beside it."""
        room = axis.width - 1 - (axis.low < 0 < axis.high)
        zero = math.ceil(-axis.low / axis.span * room) if axis.span else 0
        length = abs(self.value) / axis.span * room if axis.span else 0
        strip[zero] = Cell(ZERO)
        signs = _leftward(length) if self.value < 0 else _rightward(length)
        start = zero - len(signs) if self.value < 0 else zero + 1
        for column, sign in enumerate(signs, start):
            strip[column] = Cell(sign, self.role)
        if self.cut and signs:
            tip = start if self.value < 0 else start + len(signs) - 1
            strip[tip] = Cell(BEYOND[self.value > 0], self.role)


def _rightward(length: float) -> str:
    full, eighths = divmod(math.floor(length * 8 + 0.5), 8)
    return FULL * full + EIGHTHS[eighths]


def _leftward(length: float) -> str:
    full, half = divmod(math.floor(length * 2 + 0.5), 2)
    return RIGHT_HALF * half + FULL * full


def painted(inks: Iterable[Ink], axis: Axis) -> Strip:
    """Return a strip painted with some inks, later over earlier."""
    strip = [Cell()] * axis.width
    for ink in inks:
        ink.paint(strip, axis)
    return strip
