"""Funnel plots: the rates that areas of each size would have if all had one true rate."""

from __future__ import annotations

import math
from typing import NamedTuple

from crimecmp.errors import MethodError
from crimecmp.statistics.arguments import LARGEST, SMALLEST, check
from crimecmp.statistics.counting import Counting, binomial, negative_binomial, poisson
from crimecmp.statistics.differences import LARGEST_COMPARED
from crimecmp.statistics.distributions import Level
from crimecmp.statistics.intervals import Interval
from crimecmp.statistics.student import critical
from crimecmp.statistics.unusual import SMALL_EXPECTED, Spread

_EXPANSION_FROM = 1e6
"""From this expected count on, the expansion of the quantile is as good as the exact search."""


class Tails(NamedTuple):
    """How far a count lies in the tails of what is expected.

    Parameters
    ----------
    low
        Probability of this count or less.
    high
        Probability of this count or more.
    """

    low: float
    high: float

    def side(self, level: float = 0.95) -> int:
        """Return -1 below the funnel, 1 above it and 0 inside: a tail of (1 - level) / 2 or less.

        Raises
        ------
        MethodError
            The level is not between 0 and 1.
        """
        tail = Level.of(level).tail
        return -1 if self.low <= tail else 1 if self.high <= tail else 0


def funnel_tails(observed: int, expected: float) -> Tails:
    """Return the exact Poisson probabilities that decide whether a count is outside a funnel.

    Parameters
    ----------
    observed
        The number of events: whole, and at most 10^9.
    expected
        The number of events expected at the rate of all areas together.

    Returns
    -------
    Tails
        Both include the count itself.

    Raises
    ------
    MethodError
        The count is negative or not whole, the expected number is zero or less, or one of them is
        not a number or above 10^9.
    """
    check("expected", expected, low=SMALLEST, high=LARGEST_COMPARED)
    return _tails(observed, poisson(expected))


def proportion_tails(observed: int, base: int, proportion: float) -> Tails:
    """Return the exact binomial probabilities that decide whether a part is outside a funnel.

    Parameters
    ----------
    observed
        The part: whole, from 0 to the base.
    base
        The whole: whole, and at most 10^9.
    proportion
        The proportion of all areas together, above 0 and below 1.

    Returns
    -------
    Tails
        Both include the part itself.

    Raises
    ------
    MethodError
        The part or the base is not whole or out of bounds, or the proportion is not between 0 and
        1.
    """
    distribution = _binomial(base, proportion)
    if observed > base:
        raise MethodError(f"observed is {observed}: it must not be larger than the base, {base}")
    return _tails(observed, distribution)


def _tails(observed: int, distribution: Counting) -> Tails:
    check("observed", observed, low=0, high=LARGEST_COMPARED)
    if observed != int(observed):
        raise MethodError(f"observed is {observed}: it must be a whole number")
    return Tails(distribution.at_most(int(observed)), distribution.at_least(int(observed)))


def _binomial(base: int, proportion: float) -> Counting:
    check("base", base, low=1, high=LARGEST_COMPARED)
    if base != int(base):
        raise MethodError(f"base is {base}: it must be a whole number")
    if not 0 < proportion < 1:
        raise MethodError(f"proportion is {proportion}: it must be above 0 and below 1")
    return binomial(int(base), proportion, 1 - proportion)


def funnel_limits(base: float, rate: float, per: float = 1000, level: float = 0.95) -> Interval:
    """Return the lines of a funnel plot at the base of an area.

    E = rate base / per is the number of events expected at the rate of all areas together. With
    p = (1 - level) / 2, and 1 - p for the upper line, r is the least whole number with
    P(X <= r) >= p, for X Poisson with the mean E. The line is at the interpolated quantile
    (Spiegelhalter, 2005, appendix), times per / base::

        r - (P(X <= r) - p) / P(X = r), zero if negative

    Lines are to be looked at. Whether an area is outside is decided by its tails (`funnel_tails`).
    From a million expected events on, the quantile is Cornish and Fisher's expansion, which agrees
    to within a thousandth of an event.

    Parameters
    ----------
    base
        The area's base: people, households.
    rate
        The rate of all areas together, in events per `per` of the base.
    per
        The unit of the rate: 1000 for a rate per 1,000 of the base.
    level
        Share of areas expected between the lines, above 0 and below 1.

    Returns
    -------
    Interval
        In events per `per` of the base.

    Raises
    ------
    MethodError
        The base or `per` is zero or less, the rate is negative, they imply more than 10^15 events,
        the level is not between 0 and 1, or one of them is not a number.
    """
    expected = _expected(base, rate, per, least=0)
    checked = Level.of(level)
    if not expected:
        return Interval(0.0, 0.0)
    ends = (
        _interpolated(poisson(expected), p, z, math.sqrt(expected))
        if expected < _EXPANSION_FROM
        else _expansion(expected, z)
        for p, z in _both(checked)
    )
    return Interval(*(end / base * per for end in ends))


def proportion_limits(base: int, proportion: float, level: float = 0.95) -> Interval:
    """Return the lines of a funnel plot of proportions at the base of an area.

    As `funnel_limits`, for a binomial part of the base, over the base.

    Parameters
    ----------
    base
        The area's base: crimes, people asked. Whole, and at most 10^9.
    proportion
        The proportion of all areas together, above 0 and below 1.
    level
        Share of areas expected between the lines, above 0 and below 1.

    Returns
    -------
    Interval
        Proportions, from 0 to 1.

    Raises
    ------
    MethodError
        The base is not a whole number from 1 to 10^9, or the proportion or the level is not between
        0 and 1.
    """
    distribution = _binomial(base, proportion)
    spread = math.sqrt(base * proportion * (1 - proportion))
    low, high = (
        _interpolated(distribution, p, z, spread) / base for p, z in _both(Level.of(level))
    )
    return Interval(low, high)


def overdispersed_limits(
    base: float, spread: Spread, per: float = 1000, level: float = 0.95
) -> Interval:
    """Return the lines of a funnel plot that allow for the spread between areas.

    The prediction interval of `unusual_among` as a function of the base, from the spread of all
    areas. With r the rate and E = r base::

        r max(0, m ± t(df) sqrt(1 / (4 E) + tau^2 + v))^2

    Below 20 expected events the lines are at the quantiles of the negative binomial distribution.
    Each area is judged by the others alone, so that an area just inside the lines can be unusual.

    Parameters
    ----------
    base
        The area's base: people, households.
    spread
        The spread of all areas, of `spread_among`.
    per
        The unit of the rate: 1000 for a rate per 1,000 of the base.
    level
        Share of areas expected between the lines, above 0 and below 1.

    Returns
    -------
    Interval
        In events per `per` of the base.

    Raises
    ------
    MethodError
        The base or `per` is zero or less, the level is not between 0 and 1, or one of them is not a
        number.
    """
    check("per", per, low=SMALLEST)
    expected = _expected(base, per * spread.rate, per, least=SMALLEST)
    checked = Level.of(level)
    mean = spread.mean_ratio * expected
    if mean < SMALL_EXPECTED:
        extra = expected**2 * (spread.between_ratios + spread.mean_variance)
        distribution = negative_binomial(mean, mean + extra)
        near = math.sqrt(mean + extra)
        low, high = (
            distribution.quantile(p, mean + z * near).value / base * per for p, z in _both(checked)
        )
        return Interval(low, high)
    half = critical(spread.df, level) * math.sqrt(
        1 / (4 * expected) + spread.tau_squared + spread.centre_variance
    )
    return Interval(
        per * spread.rate * max(0.0, spread.centre - half) ** 2,
        per * spread.rate * (spread.centre + half) ** 2,
    )


def _expected(base: float, rate: float, per: float, least: float) -> float:
    check("base", base, low=SMALLEST)
    check("rate", rate, low=least)
    check("per", per, low=SMALLEST)
    expected = rate / per * base
    check("rate times base over per", expected, low=least, high=LARGEST)
    return expected


def _both(level: Level) -> tuple[tuple[float, float], tuple[float, float]]:
    return (level.tail, -level.z), (1 - level.tail, level.z)


def _interpolated(distribution: Counting, p: float, z: float, spread: float) -> float:
    """Return the interpolated quantile at the probability p, of which z is the normal deviate."""
    # A count is about half below the normal deviate, and skewed by a sixth of its square less one.
    count, at_most = distribution.quantile(p, distribution.mean + z * spread + (z**2 - 1) / 6)
    beyond = (at_most - p) / distribution.probability(count)
    return max(0.0, count - beyond)


def _expansion(expected: float, z: float) -> float:
    """Return the interpolated Poisson quantile at the deviate z (Cornish and Fisher, 1938).

    To interpolate is to take a uniform number from 0 to 1 off a count. What the expansion leaves
    out is below a thousandth of an event here.
    """
    return expected - 0.5 + z * math.sqrt(expected) + (z**2 - 1) / 6
