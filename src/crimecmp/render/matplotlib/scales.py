"""Scales: from figures to positions on the page, and the round figures marked along them.

Pictures on the terminal choose their own round figures, as they are drawn without matplotlib.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from matplotlib.ticker import LogLocator, MaxNLocator


class Scale(NamedTuple):
    """A scale between two figures, drawn between two positions.

    Parameters
    ----------
    low, high
        The figures at its ends; low is less than high.
    start, end
        The positions of its ends, in points.
    logarithmic
        Whether equal ratios are equal distances.
    """

    low: float
    high: float
    start: float
    end: float
    logarithmic: bool = False

    def __call__(self, figure: float) -> float:
        """Return the position of a figure, in points."""
        low, high = self.low, self.high
        if self.logarithmic:
            figure = math.log10(max(figure, low))
            low, high = math.log10(low), math.log10(high)
        return self.start + (figure - low) / (high - low) * (self.end - self.start)


SMALLEST_RANGE = 1e-30


def bounds(
    figures: Iterable[float], *, from_zero: bool, margin: float = 0.04
) -> tuple[float, float]:
    """Return the ends of a scale that holds all the figures.

    Parameters
    ----------
    figures
        The figures.
    from_zero
        Whether the scale includes zero.
    margin
        The space beyond the lowest and the highest figure, as a share of their range. There is
        none beyond a zero that `from_zero` put at an end.
    """
    known = [*figures, *([0.0] if from_zero else [])]
    low, high = min(known, default=0.0), max(known, default=0.0)
    if high - low < SMALLEST_RANGE:
        reach = abs(low) / 10 if abs(low) > SMALLEST_RANGE else 1.0
        return (0.0 if from_zero and low == 0 else low - reach), high + reach
    reach = (high - low) * margin
    return (low if from_zero and low == 0 else low - reach), (
        high if from_zero and high == 0 else high + reach
    )


def log_bounds(figures: Iterable[float], margin: float = 0.05) -> tuple[float, float]:
    """Return the ends of a logarithmic scale that holds all the figures above zero."""
    known = [math.log10(figure) for figure in figures if figure > 0]
    low, high = min(known, default=0.0), max(known, default=1.0)
    reach = (high - low) * margin or 0.5
    return 10 ** (low - reach), 10 ** (high + reach)


_FEWEST_WITH_FAR_OUT = 12
_FAR_OUT = 3


def without_far_out(figures: Sequence[float]) -> list[float]:
    """Return the figures without those far out, if that at least doubles the others' room.

    A figure is far out if it lies more than three times the interquartile range beyond a quartile
    (Tukey, 1977: outside the outer fences). Fewer than twelve figures are all kept.
    """
    if len(figures) < _FEWEST_WITH_FAR_OUT:
        return list(figures)
    order = sorted(figures)
    lower, upper = order[len(order) // 4], order[-1 - len(order) // 4]
    reach = _FAR_OUT * (upper - lower)
    near = [figure for figure in order if lower - reach <= figure <= upper + reach]
    crushed = order[-1] - order[0] > 2 * (near[-1] - near[0])
    return near if crushed and near[0] < near[-1] else order


_LEADING_DIGITS = (1, 2, 5)
_ROUNDING = 1e-9


def ticks(low: float, high: float, steps: int) -> list[float]:
    """Return round figures at even steps between two figures.

    Parameters
    ----------
    low, high
        The ends of the scale.
    steps
        How many steps may fit between the ends; there are more only where that would leave fewer
        than two ticks.
    """
    located = MaxNLocator(steps, steps=[*_LEADING_DIGITS, 10]).tick_values(low, high)
    error = (high - low) * _ROUNDING
    return [float(tick) for tick in located if low - error <= tick <= high + error]


_DECADE = 10
_STEPS_WITHIN_A_DECADE = 6
_NONE_LEFT_OUT = 1000  # with fewer ticks allowed the locator leaves out decades


def log_ticks(low: float, high: float) -> list[float]:
    """Return round figures between two figures for a logarithmic scale.

    Their first digit is 1, 2 or 5; on a scale of less than a decade, where those may be fewer than
    three, they are at even steps.
    """
    if high < _DECADE * low:
        return ticks(low, high, _STEPS_WITHIN_A_DECADE)
    located = LogLocator(subs=_LEADING_DIGITS, numticks=_NONE_LEFT_OUT).tick_values(low, high)
    return [float(tick) for tick in located if low <= tick <= high]


_NAMES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_TINY = 1e-4


def in_figures(figures: Sequence[float]) -> list[str]:
    """Return the round figures of a scale as people read them: `0.5`, `200,000`, `1.5 million`.

    matplotlib's formatters write `1e6` or `1 M`, and no thousands separators.
    """
    steps = [step for one, other in pairwise(figures) if (step := abs(one - other))]
    places = _places(min(steps, default=1.0))
    return [_in_figures(figure, places) for figure in figures]


def _places(step: float) -> int:
    """Return how many decimals a round number has."""
    _, _, exponent = Decimal(f"{step:.6g}").normalize().as_tuple()
    return max(0, -int(exponent))


def _in_figures(figure: float, places: int) -> str:
    size = abs(figure)
    if not figure:
        return "0"
    if size < _TINY:
        return f"{figure:.3g}"
    for unit, name in _NAMES:
        if size >= unit:
            return f"{figure / unit:.10g} {name}"
    return f"{figure:,.{places}f}"
