"""An axis: the column of a figure, and the round numbers under it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_MOST_TICKS = 8
_GAP = 3
_ROUND_STEPS = (1, 2, 5)
_DECADES = 3
_NEARLY = 1e-9
_LEAST_SPAN = 1e-100


class Tick(NamedTuple):
    """A round number under an axis.

    Parameters
    ----------
    column
        The column of the number.
    start
        The column in which its text begins.
    text
        The number as text.
    """

    column: int
    start: int
    text: str


class Axis(NamedTuple):
    """Figures from `low` to `high` over `width` columns, each end in the middle of a column."""

    low: float
    high: float
    width: int

    @classmethod
    def around(cls, values: Iterable[float], width: int, *, from_zero: bool = False) -> Axis | None:
        """Return the axis that covers some values, and zero if wanted; None without values."""
        known = list(values)
        if not known:
            return None
        if from_zero:
            known.append(0)
        return cls(min(known), max(known), width)

    @property
    def span(self) -> float:
        """The difference between its ends."""
        return self.high - self.low

    def column(self, value: float) -> int:
        """Return the column of a value, from 0; the middle column if all values are equal."""
        if not self.span:
            return (self.width - 1) // 2
        return math.floor((value - self.low) / self.span * (self.width - 1) + 0.5)

    def ticks(self) -> list[Tick]:
        """Return the round numbers under the axis, as many as there is room for."""
        if self.span < _LEAST_SPAN:
            return []
        tried = [self._ticks(step, places) for step, places in self._steps()]
        fitting = [ticks for ticks in tried if ticks and self._fit(ticks)]
        return max(fitting, key=len, default=[])

    def _steps(self) -> Iterator[tuple[float, int]]:
        """Yield round steps, the smallest first, with the decimals that each needs."""
        smallest = math.floor(math.log10(self.span / _MOST_TICKS))
        for exponent in range(smallest, smallest + _DECADES):
            for digit in _ROUND_STEPS:
                yield digit * 10.0**exponent, max(0, -exponent)

    def _ticks(self, step: float, places: int) -> list[Tick]:
        first = math.ceil(self.low / step - _NEARLY)
        last = math.floor(self.high / step + _NEARLY)
        if last - first >= _MOST_TICKS:
            return []
        return [self._tick(number * step, places) for number in range(first, last + 1)]

    def _tick(self, value: float, places: int) -> Tick:
        text = f"{value:,.{places}f}"
        column = self.column(value)
        start = min(max(column - len(text) // 2, 0), self.width - len(text))
        return Tick(column, start, text)

    def _fit(self, ticks: list[Tick]) -> bool:
        end = -_GAP
        for tick in ticks:
            if tick.start < max(end + _GAP, 0):
                return False
            end = tick.start + len(tick.text)
        return True
