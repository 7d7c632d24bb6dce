"""Intervals for one figure: a count, a rate, a proportion, an estimate with a margin."""

from __future__ import annotations

import math
from typing import NamedTuple

from crimecmp.errors import MethodError
from crimecmp.statistics.arguments import LARGEST, SMALLEST, check
from crimecmp.statistics.distributions import Level, gamma_quantile, wilson_hilferty

EXACT_BELOW = 10
"""Counts below this get the exact Poisson interval, others Byar's approximation."""


class Interval(NamedTuple):
    """An interval, or a range, by its two ends.

    Parameters
    ----------
    low, high
        The lower and the upper end.
    """

    low: float
    high: float


def poisson_interval(count: float, level: float = 0.95) -> Interval:
    """Return the confidence interval of a count.

    Below 10, the exact interval (Garwood, 1936)::

        L = chi2(alpha / 2; 2x) / 2        U = chi2(1 - alpha / 2; 2x + 2) / 2

    where chi2(p; d) is the quantile of chi-square with d degrees of freedom, and L = 0 if x = 0.
    From 10 on, Byar's approximation (Breslow and Day, 1987)::

        L = x (1 - 1 / (9x) - z / (3 sqrt x))^3
        U = y (1 - 1 / (9y) + z / (3 sqrt y))^3, y = x + 1

    Parameters
    ----------
    count
        Number of events. It need not be whole: a count implied by a rate is not.
    level
        Confidence level, above 0 and below 1.

    Returns
    -------
    Interval
        In events.

    Raises
    ------
    MethodError
        The count is negative, the level is not between 0 and 1, or either is not a number.
    """
    check("count", count, low=0)
    return poisson_limits(count, Level.of(level))


def rate_interval(count: float, base: float, per: float = 1000, level: float = 0.95) -> Interval:
    """Return the confidence interval of a rate.

    The count's interval (`poisson_interval`) times `per` over the base, which is assumed to be
    known exactly (Breslow and Day, 1987).

    Parameters
    ----------
    count
        Number of events.
    base
        What the count is divided by: people, households.
    per
        The unit of the rate: 1000 for a rate per 1,000 of the base.
    level
        Confidence level, above 0 and below 1.

    Returns
    -------
    Interval
        In events per `per` of the base.

    Raises
    ------
    MethodError
        The count is negative, the base or `per` is zero or less, the level is not between 0 and 1,
        or one of them is not a number.
    """
    check("base", base, low=SMALLEST)
    check("per", per, low=SMALLEST)
    low, high = poisson_interval(count, level)
    return Interval(low / base * per, high / base * per)


def wilson_interval(count: float, base: float, level: float = 0.95) -> Interval:
    """Return the confidence interval of a proportion, x of n.

    (2x + z^2 ± z sqrt(z^2 + 4x (1 - x/n))) / (2 (n + z^2)) (Wilson, 1927).

    Parameters
    ----------
    count
        x, the part. It need not be whole.
    base
        n, the whole.
    level
        Confidence level, above 0 and below 1.

    Returns
    -------
    Interval
        A proportion, 0 to 1.

    Raises
    ------
    MethodError
        The count is negative or larger than the base, the base is zero or less, the level is not
        between 0 and 1, or one of them is not a number.
    """
    check("base", base, low=SMALLEST)
    check("count", count, low=0)
    if count > base:
        raise MethodError(f"count is {count}: it must not be larger than the base, {base}")
    return wilson_limits(count, base, Level.of(level))


def margin_interval(value: float, margin: float, level: float = 0.95) -> Interval:
    """Return the confidence interval of an estimate published with a margin.

    value ± margin z(level) / 1.959964: a margin is half the width of a 95% interval.

    Parameters
    ----------
    value
        The estimate.
    margin
        Half the width of its 95% interval, in the unit of the estimate; zero is allowed.
    level
        Confidence level, above 0 and below 1.

    Returns
    -------
    Interval
        In the unit of the estimate.

    Raises
    ------
    MethodError
        The margin is negative, the level is not between 0 and 1, or one of them is not a number.
    """
    check("value", value, low=-LARGEST)
    check("margin", margin, low=0)
    half = margin * Level.of(level).z / Level.of(0.95).z
    return Interval(value - half, value + half)


def poisson_limits(count: float, level: Level) -> Interval:
    """Return what `poisson_interval` returns, for arguments already checked."""
    if count < EXACT_BELOW:
        return exact_poisson_limits(count, level)
    # The lower limit is above zero: no level below 1 has a deviate as large as 9.4.
    return Interval(wilson_hilferty(count, -level.z), wilson_hilferty(count + 1, level.z))


def exact_poisson_limits(count: float, level: Level) -> Interval:
    """Return the exact limits for a count of any size, already checked."""
    # Half a chi-square quantile of 2x degrees of freedom is a gamma quantile of shape x.
    low = gamma_quantile(count, level, upper=False) if count > 0 else 0.0
    return Interval(low, gamma_quantile(count + 1, level, upper=True))


def wilson_limits(count: float, base: float, level: Level) -> Interval:
    """Return what `wilson_interval` returns, for arguments already checked."""
    square = level.z**2
    half = level.z * math.sqrt(square + 4 * count * (1 - count / base))
    low = (2 * count + square - half) / (2 * (base + square))
    high = (2 * count + square + half) / (2 * (base + square))
    return Interval(max(0.0, low), min(1.0, high))
