"""From figures to places: scales, and the round figures that are marked on them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple


class Scale(NamedTuple):
    """A scale between two figures, drawn between two places.

    Parameters
    ----------
    low, high
        The figures at its ends; low is less than high.
    start, end
        The places of its ends, in points.
    logarithmic
        Whether equal ratios are equal distances.
    """

    low: float
    high: float
    start: float
    end: float
    logarithmic: bool = False

    def __call__(self, figure: float) -> float:
        """Return the place of a figure."""
        low, high = self.low, self.high
        if self.logarithmic:
            figure = math.log10(max(figure, low))
            low, high = math.log10(low), math.log10(high)
        return self.start + (figure - low) / (high - low) * (self.end - self.start)


_SMALLEST = 1e-30  # figures closer to each other are drawn as one


def bounds(figures: Iterable[float], *, from_zero: bool, air: float = 0.04) -> tuple[float, float]:
    """Return the ends of a scale that holds all the figures, with some air where it may have it."""
    known = [*figures, *([0.0] if from_zero else [])]
    low, high = min(known, default=0.0), max(known, default=0.0)
    if high - low < _SMALLEST:
        reach = abs(low) / 10 if abs(low) > _SMALLEST else 1.0
        return (0.0 if from_zero and low == 0 else low - reach), high + reach
    reach = (high - low) * air
    return (low if from_zero and low == 0 else low - reach), (
        high if from_zero and high == 0 else high + reach
    )


def log_bounds(figures: Iterable[float], air: float = 0.05) -> tuple[float, float]:
    """Return the ends of a logarithmic scale that holds all the figures above nought."""
    known = [math.log10(figure) for figure in figures if figure > 0]
    low, high = min(known, default=0.0), max(known, default=1.0)
    reach = (high - low) * air or 0.5
    return 10 ** (low - reach), 10 ** (high + reach)


_ENOUGH = 12
_FAR_OUT = 3


def without_far_out(figures: Sequence[float]) -> list[float]:
    """Return the figures without those that are far out, where the others then have twice the room.

    Far out is what lies more than three times the middle half's width from the middle half (Tukey,
    1977: outside the outer fences). Of less than twelve figures none is.
    """
    if len(figures) < _ENOUGH:
        return list(figures)
    order = sorted(figures)
    lower, upper = order[len(order) // 4], order[-1 - len(order) // 4]
    reach = _FAR_OUT * (upper - lower)
    near = [figure for figure in order if lower - reach <= figure <= upper + reach]
    crushed = order[-1] - order[0] > 2 * (near[-1] - near[0])
    return near if crushed and near[0] < near[-1] else order


def ticks(low: float, high: float, most: int) -> list[float]:
    """Return round figures at even steps between two, so many at most."""
    rough = (high - low) / max(most, 1)
    power = math.floor(math.log10(rough))
    for step in (1.0, 2.0, 5.0, 10.0, 20.0):
        size = step * 10.0**power
        first, last = math.ceil(low / size - 1e-9), math.floor(high / size + 1e-9)
        if last - first < most:
            break
    return [place * size for place in range(first, last + 1)]


_LEADING_DIGITS = ((1, 2, 5), (1, 1.5, 2, 3, 5, 7), (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9))
_FEW = 3


def log_ticks(low: float, high: float) -> list[float]:
    """Return round figures between two for a logarithmic scale: three at least, where there are."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    found: list[float] = []
    for digits in _LEADING_DIGITS:
        every = [digit * 10.0**power for power in powers for digit in digits]
        found = [figure for figure in every if low <= figure <= high]
        if len(found) >= _FEW:
            break
    return found


_NAMES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_LARGE, _TINY = 1e15, 1e-4


def in_figures(figures: Sequence[float]) -> list[str]:
    """Return the round figures of a scale as people read them: `0.5`, `200,000`, `1.5 million`."""
    steps = [abs(one - other) for one, other in pairwise(figures)]
    places = _places(min((step for step in steps if step), default=0.0) or 1.0)
    return [_in_figures(figure, places) for figure in figures]


def _places(step: float) -> int:
    """Return how many decimals tell figures apart that are so far from each other."""
    places = max(0, -math.floor(math.log10(step) + 1e-9))
    return places if abs(step * 10**places - round(step * 10**places)) < _TINY else places + 1


def _in_figures(figure: float, places: int) -> str:
    size = abs(figure)
    if size >= _LARGE or 0 < size < _TINY:
        return f"{figure:.3g}"
    for unit, name in _NAMES:
        if size >= unit:
            return f"{figure / unit:.10g} {name}"
    return f"{figure + 0.0:,.{places}f}" if figure else "0"
