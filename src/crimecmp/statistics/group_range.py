"""The range of rates that is usual for a group, and an area's place in it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from crimecmp.errors import MethodError
from crimecmp.statistics.arguments import SMALLEST, check
from crimecmp.statistics.distributions import Level
from crimecmp.statistics.student import critical, two_sided

FEWEST_OTHERS = 4
"""The fewest other areas that can show what is usual for a group."""


class GroupRange(NamedTuple):
    """The range of rates expected of one more area of a group, and an area's place in it.

    Parameters
    ----------
    low, high
        Ends of the range, in the unit of the rates.
    t
        How far the area's rate is from the others', in standard deviations of the prediction.
    df
        Degrees of freedom of t.
    p
        Two-sided probability of a t at least this far from zero if the area is as the others are.
    """

    low: float
    high: float
    t: float
    df: int
    p: float


def group_range(own_rate: float, other_rates: Sequence[float], level: float = 0.95) -> GroupRange:
    """Return the range of rates expected of one more area of a group, and test an area's own.

    The prediction interval for one more value of a normal sample, on the log scale (as by `lm` and
    `predict` of R). Over the k others, with y = log rate, their mean m and standard deviation s
    (divisor k - 1), and t(df) the two-sided quantile of Student's t at the level::

        exp(m ± t(k - 1) s sqrt(1 + 1/k))        t = (log own - m) / (s sqrt(1 + 1/k)), df = k - 1

    The area is left out of the group that it is compared with.

    Parameters
    ----------
    own_rate
        The area's rate.
    other_rates
        The rates of the other areas of the group, in the same unit.
    level
        Level of the range, above 0 and below 1.

    Returns
    -------
    GroupRange
        The range is in the unit of the rates.

    Raises
    ------
    MethodError
        There are fewer than 4 others, a rate is zero or less, the others are all equal, the level
        is not between 0 and 1, one of them is not a number, or the range has no upper end that a
        number can hold.
    """
    others = len(other_rates)
    if others < FEWEST_OTHERS:
        raise MethodError(
            f"other_rates has {others} areas: fewer than {FEWEST_OTHERS} are too few to say what "
            "is usual"
        )
    check("own_rate", own_rate, low=SMALLEST)
    for place, rate in enumerate(other_rates):
        check(f"other_rates[{place}]", rate, low=SMALLEST)
    Level.of(level)
    logs = [math.log(rate) for rate in other_rates]
    if min(logs) == max(logs):
        raise MethodError("other_rates are all equal: they show no range")
    df = others - 1
    mean = math.fsum(logs) / others
    variance = math.fsum((log - mean) ** 2 for log in logs) / df
    spread = math.sqrt(variance * (1 + 1 / others))
    half = critical(df, level) * spread
    try:
        high = math.exp(mean + half)
    except OverflowError:
        raise MethodError(
            f"level is {level}: at this level the other rates differ too much to give a range"
        ) from None
    t = (math.log(own_rate) - mean) / spread
    return GroupRange(math.exp(mean - half), high, t, df, two_sided(t, df))
