"""The ranks that the counts of areas allow."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from crimecmp.errors import MethodError
from crimecmp.statistics.arguments import SMALLEST, check
from crimecmp.statistics.distributions import Level
from crimecmp.statistics.equivalence import LARGEST_SIGMA
from crimecmp.statistics.intervals import Interval, poisson_limits


class RankInterval(NamedTuple):
    """An area's rank by rate and the ranks that its figures allow; 1 is the highest rate.

    Parameters
    ----------
    rank
        1 + the number of areas with a higher rate; areas with equal rates share the better rank.
    best, worst
        The smallest and the largest rank that the intervals of the rates allow.
    """

    rank: int
    best: int
    worst: int


def rank_intervals(
    counts: Sequence[float], bases: Sequence[float], level: float = 0.95, sigma: float = 0.0
) -> tuple[RankInterval, ...]:
    """Return each area's rank by rate, with an interval of ranks that holds for all areas together.

    Of k areas, each gets the interval of its rate (`rate_interval`) at the level g = level^(1/k):
    all k intervals together then hold their true rates with the probability `level` (Klein, Wright
    and Wieczorek, 2020)::

        best  = 1 + number of areas with a lower end above this area's upper end
        worst = k - number of areas with an upper end below this area's lower end

    Ends that touch do not separate two areas. The ranks hold together as far as Byar's intervals
    hold their level.

    With `sigma`, the standard deviation of usual variation from year to year on the log scale, an
    end at a distance D from its rate on that scale moves to sqrt(D^2 + (z_g sigma)^2). A lower end
    of zero stays; the upper end of a count of zero is multiplied by exp(z_g sigma).

    Parameters
    ----------
    counts
        Each area's number of events.
    bases
        Each area's base, in the same order and in one unit.
    level
        Confidence level of all intervals together, above 0 and below 1.
    sigma
        Standard deviation of usual variation, on the log scale, from 0 to 10; 0 for Poisson
        variation only.

    Returns
    -------
    tuple[RankInterval, ...]
        In the order of the areas.

    Raises
    ------
    MethodError
        There are no areas, the sequences differ in length, a count is negative, a base is zero or
        less, sigma is not from 0 to 10, the level is not between 0 and 1 or so near 1 that g is 1,
        or one of them is not a number.
    """
    areas = len(counts)
    if len(bases) != areas:
        raise MethodError(
            f"counts has {areas} areas and bases {len(bases)}: they must have the same"
        )
    if not areas:
        raise MethodError("counts and bases have 0 areas: there must be 1 or more")
    for place in range(areas):
        check(f"counts[{place}]", counts[place], low=0)
        check(f"bases[{place}]", bases[place], low=SMALLEST)
    check("sigma", sigma, low=0, high=LARGEST_SIGMA)
    Level.of(level)
    joint = Level.of(level ** (1 / areas))

    rates = [count / base for count, base in zip(counts, bases, strict=True)]
    limits = [_limits(count, joint, sigma) for count in counts]
    lows = [low / base for (low, _), base in zip(limits, bases, strict=True)]
    highs = [high / base for (_, high), base in zip(limits, bases, strict=True)]
    rates_up, lows_up, highs_up = sorted(rates), sorted(lows), sorted(highs)
    return tuple(
        RankInterval(
            1 + areas - bisect_right(rates_up, rate),
            1 + areas - bisect_right(lows_up, high),
            areas - bisect_left(highs_up, low),
        )
        for rate, low, high in zip(rates, lows, highs, strict=True)
    )


def _limits(count: float, level: Level, sigma: float) -> Interval:
    """Return the interval of a count for Poisson variation, widened by usual variation."""
    low, high = poisson_limits(count, level)
    spread = level.z * sigma
    if not spread:
        return Interval(low, high)
    if not count:
        return Interval(low, high * math.exp(spread))
    return Interval(
        low and count * math.exp(-math.hypot(math.log(count / low), spread)),
        count * math.exp(math.hypot(math.log(high / count), spread)),
    )
