"""The test of whether two rates are within a margin of each other."""

from __future__ import annotations

import math
from typing import NamedTuple

from crimecmp.errors import MethodError
from crimecmp.statistics.arguments import SMALLEST, check
from crimecmp.statistics.distributions import Level

LARGEST_SIGMA = 10
"""The largest usual variation allowed: a rate that moves 22,000-fold in a usual year."""


class Equivalence(NamedTuple):
    """The ratio of two rates, and the test of whether it is within a margin of one.

    Parameters
    ----------
    ratio
        The first rate over the second.
    low, high
        Ends of the interval of the ratio that must lie within the margin: 90% for tests at 5%.
    p
        The larger of the two one-sided probabilities.
    equivalent
        Whether the interval lies within the margin.
    """

    ratio: float
    low: float
    high: float
    p: float
    equivalent: bool


def equivalence(
    count_a: float,
    base_a: float,
    count_b: float,
    base_b: float,
    margin: float,
    sigma: float = 0.0,
    level: float = 0.95,
) -> Equivalence:
    """Return the test of whether two rates are within a margin of each other.

    Two one-sided tests of the log ratio (Schuirmann, 1987), each at 1 - level. With the ratio
    r = (a / base_a) / (b / base_b)::

        se = sqrt(1/a + 1/b + sigma^2)        bound = -log(1 - margin)
        p  = 1 - Phi((bound - |log r|) / se)
        r exp(± z se), where Phi(z) = level

    The rates are equivalent where that interval lies within 1 - margin to 1 / (1 - margin), which
    is where p <= 1 - level. There is no default margin: it is for the reader to name.

    Parameters
    ----------
    count_a, count_b
        Numbers of events.
    base_a, base_b
        What the counts are divided by, in one unit.
    margin
        The largest difference that does not matter, as a share of the larger rate: 0.05 is 5%.
    sigma
        Standard deviation of usual variation from year to year, on the log scale, from 0 to 10; 0
        for Poisson variation only.
    level
        Level of each one-sided test, above 0.5 and below 1: the interval's is 2 level - 1.

    Returns
    -------
    Equivalence
        Pure numbers.

    Raises
    ------
    MethodError
        A count is below 1, a base is zero or less, the margin is not between 0 and 1, sigma is not
        from 0 to 10, the level is not between 0.5 and 1, or one of them is not a number.
    """
    for name, count in (("count_a", count_a), ("count_b", count_b)):
        check(name, count, low=1)
    for name, base in (("base_a", base_a), ("base_b", base_b)):
        check(name, base, low=SMALLEST)
    check("margin", margin, low=SMALLEST, high=1)
    if margin == 1:
        raise MethodError(f"margin is {margin}: it must be below 1")
    check("sigma", sigma, low=0, high=LARGEST_SIGMA)
    if not 0.5 < level < 1:
        raise MethodError(f"level is {level}: it must be above 0.5 and below 1")
    ratio = (count_a / base_a) / (count_b / base_b)
    error = math.sqrt(1 / count_a + 1 / count_b + sigma**2)
    half = Level.of(2 * level - 1).z * error
    room = -math.log1p(-margin) - abs(math.log(ratio))
    return Equivalence(
        ratio,
        ratio * math.exp(-half),
        ratio * math.exp(half),
        math.erfc(room / error / math.sqrt(2)) / 2,
        half <= room,
    )
