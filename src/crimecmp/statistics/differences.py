"""Differences and ratios of two figures, and their tests."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from crimecmp.errors import MethodError
from crimecmp.statistics.arguments import LARGEST, SMALLEST, check
from crimecmp.statistics.counting import split_probability
from crimecmp.statistics.distributions import Level
from crimecmp.statistics.intervals import Interval, wilson_interval

LARGEST_COMPARED = 10**9
"""The largest count for `count_ratio`: the time that its exact test takes grows with the count."""


class MarginDifference(NamedTuple):
    """The difference of two estimates with margins, and its test.

    Parameters
    ----------
    difference
        The first less the second.
    standard_error
        Standard error of the difference.
    z
        Difference over standard error.
    p
        Two-sided probability of a z at least this far from zero if there is no difference.
    low, high
        Ends of the confidence interval of the difference.
    """

    difference: float
    standard_error: float
    z: float
    p: float
    low: float
    high: float


class CountRatio(NamedTuple):
    """The ratio of two counts or of their rates, and the test of whether it is one.

    Parameters
    ----------
    ratio
        The first over the second; None where the second count is zero.
    low, high
        Ends of the confidence interval of the ratio; None where either count is zero.
    p
        Two-sided probability of a ratio at least this far from one if the true ratio is one.
    """

    ratio: float | None
    low: float | None
    high: float | None
    p: float


def margin_difference(
    value_a: float,
    margin_a: float,
    value_b: float,
    margin_b: float,
    share: float = 0.0,
    level: float = 0.95,
) -> MarginDifference:
    """Return the difference of two estimates published with margins, and its test.

    The usual test of two independent estimates (Altman and Bland, 2003)::

        se = margin / 1.959964
        SE = sqrt(se_a^2 + se_b^2 - 2 share se_a^2)
        z  = (a - b) / SE          p = 2 (1 - Phi(|z|))          a - b ± z(level) SE

    The third term under the root is the covariance of a part with its whole: where a makes up that
    share of b, covariance(a, b) = share se_a^2. A margin is always half the width of a 95%
    interval, whatever the level of the result.

    Parameters
    ----------
    value_a, value_b
        The estimates, in the same unit.
    margin_a, margin_b
        Half the widths of their 95% intervals, in that unit. One of them may be zero.
    share
        The share of the second that the first makes up, from 0 to below 1; 0 if independent.
    level
        Confidence level of the interval, above 0 and below 1.

    Returns
    -------
    MarginDifference
        The difference, its error and its interval are in the unit of the estimates.

    Raises
    ------
    MethodError
        A margin is negative, the share is not from 0 to below 1, the level is not between 0 and 1,
        one of them is not a number, or margins and share together leave no variance.
    """
    for name, value in (("value_a", value_a), ("value_b", value_b)):
        check(name, value, low=-LARGEST)
    for name, margin in (("margin_a", margin_a), ("margin_b", margin_b)):
        if margin != 0:
            check(name, margin, low=SMALLEST)
    if not 0 <= share < 1:
        raise MethodError(f"share is {share}: it must be from 0 to below 1")
    critical = Level.of(level).z
    margin_level = Level.of(0.95).z
    variance = margin_a**2 + margin_b**2 - 2 * share * margin_a**2
    if variance <= 0:
        raise MethodError(
            f"margin_a is {margin_a}, margin_b {margin_b} and share {share}: "
            "together they leave no variance to test a difference by"
        )
    standard_error = math.sqrt(variance) / margin_level
    difference = value_a - value_b
    z = difference / standard_error
    return MarginDifference(
        difference,
        standard_error,
        z,
        _two_sided(z),
        difference - critical * standard_error,
        difference + critical * standard_error,
    )


def count_ratio(
    count_a: float,
    count_b: float,
    base_a: float = 1.0,
    base_b: float = 1.0,
    level: float = 0.95,
) -> CountRatio:
    """Return the ratio of two counts, or of their rates where bases are given, and its test.

    The ratio is (a / base_a) / (b / base_b). Its interval is exp(log(ratio) ± z sqrt(1/a + 1/b))
    (Breslow and Day, 1987).

    The test is exact and conditional on the sum of the counts (Przyborowski and Wilenski, 1940): if
    the two rates are equal, a is binomial with n = a + b and p = base_a / (base_a + base_b). The
    two-sided p is the sum of the probabilities of all outcomes that are no more likely than the one
    observed. No more likely means at most 1 + 10^-7 times as likely, the tolerance of the tests of
    R and SciPy. With no events at all p is 1.

    Parameters
    ----------
    count_a, count_b
        Numbers of events: whole, and at most 10^9.
    base_a, base_b
        What the counts are divided by, in one unit; equal where only the counts matter.
    level
        Confidence level of the interval, above 0 and below 1.

    Returns
    -------
    CountRatio
        Pure numbers. The ratio is None where `count_b` is zero, and the interval where either count
        is.

    Raises
    ------
    MethodError
        A count is negative or not whole, a base is zero or less, the level is not between 0 and 1,
        or one of them is not a number.
    """
    for name, count in (("count_a", count_a), ("count_b", count_b)):
        check(name, count, low=0, high=LARGEST_COMPARED)
        if count != int(count):
            raise MethodError(f"{name} is {count}: it must be a whole number")
    check("base_a", base_a, low=SMALLEST)
    check("base_b", base_b, low=SMALLEST)
    critical = Level.of(level).z
    p = split_probability(int(count_a), int(count_b), base_a, base_b)
    if count_b == 0:
        return CountRatio(None, None, None, p)
    ratio = (count_a / base_a) / (count_b / base_b)
    if count_a == 0:
        return CountRatio(ratio, None, None, p)
    factor = math.exp(critical * math.sqrt(1 / count_a + 1 / count_b))
    return CountRatio(ratio, ratio / factor, ratio * factor, p)


def proportion_difference(
    count_a: float, base_a: float, count_b: float, base_b: float, level: float = 0.95
) -> Interval:
    """Return the confidence interval of the difference of two independent proportions.

    With p = x / n and (l, u) each proportion's Wilson interval (Newcombe, 1998, method 10)::

        L = p_a - p_b - sqrt((p_a - l_a)^2 + (u_b - p_b)^2)
        U = p_a - p_b + sqrt((u_a - p_a)^2 + (p_b - l_b)^2)

    Parameters
    ----------
    count_a, count_b
        The two parts.
    base_a, base_b
        The two wholes.
    level
        Confidence level, above 0 and below 1.

    Returns
    -------
    Interval
        Of the first proportion less the second, from -1 to 1.

    Raises
    ------
    MethodError
        As in `wilson_interval`.
    """
    low_a, high_a = wilson_interval(count_a, base_a, level)
    low_b, high_b = wilson_interval(count_b, base_b, level)
    a, b = count_a / base_a, count_b / base_b
    return Interval(
        a - b - math.hypot(a - low_a, high_b - b), a - b + math.hypot(high_a - a, b - low_b)
    )


def change_ratio(
    count_a: float, before_a: float, count_b: float, before_b: float, level: float = 0.95
) -> CountRatio:
    """Return how much more one area's count has changed than another's, and its test.

    The ratio of the two changes, (a / a0) / (b / b0), is called the relative index. If all four
    counts are Poisson, the variance of its logarithm is the sum of their reciprocals (Breslow and
    Day, 1987; Altman and Bland, 2003, for the comparison of two ratios)::

        log ratio ± z sqrt(1/a + 1/a0 + 1/b + 1/b0)

    p is two-sided, for Z = log ratio / sqrt(1/a + 1/a0 + 1/b + 1/b0).

    Parameters
    ----------
    count_a, before_a
        The first area's numbers of events in the later and the earlier period.
    count_b, before_b
        The second area's, in the same two periods.
    level
        Confidence level of the interval, above 0 and below 1.

    Returns
    -------
    CountRatio
        Pure numbers.

    Raises
    ------
    MethodError
        A count is below 1, the level is not between 0 and 1, or one of them is not a number.
    """
    counts = {"count_a": count_a, "before_a": before_a, "count_b": count_b, "before_b": before_b}
    for name, count in counts.items():
        check(name, count, low=1)
    critical = Level.of(level).z
    ratio = (count_a / before_a) / (count_b / before_b)
    error = math.sqrt(math.fsum(1 / count for count in counts.values()))
    factor = math.exp(critical * error)
    return CountRatio(ratio, ratio / factor, ratio * factor, _two_sided(math.log(ratio) / error))


def mean_difference(
    own: tuple[float, float],
    others: Sequence[tuple[float, float]],
    *,
    inside: bool,
    per: float = 1000,
    level: float = 0.95,
) -> MarginDifference:
    """Return how far an area's rate is from the unweighted mean rate of a group, and its test.

    If counts are Poisson, a rate r = x / n has the variance x / n^2. Where the area i is one of the
    k areas of the group, its own rate is part of their mean: the difference r_i - mean is
    (1 - 1/k) r_i less the sum of the others' rates over k, so that::

        variance = (1 - 1/k)^2 x_i / n_i^2 + sum over the others of x_j / n_j^2 / k^2

    Where it is not, the first factor is 1 and the sum is over all k. Z is the difference over the
    root of the variance, and p is two-sided, by the normal distribution.

    Parameters
    ----------
    own
        The area's number of events and base.
    others
        Number of events and base of each other area in the group.
    inside
        Whether the area is in the group.
    per
        The unit of the rates: 1000 for rates per 1,000 of the base.
    level
        Confidence level of the interval, above 0 and below 1.

    Returns
    -------
    MarginDifference
        The difference, its error and its interval are in events per `per` of the base.

    Raises
    ------
    MethodError
        There are no others, a count is negative, a base is zero or less, there are no events at
        all, the level is not between 0 and 1, or one of them is not a number.
    """
    if not others:
        raise MethodError("there is nobody else in the group to compare with")
    for number, (count, base) in enumerate((own, *others)):
        check(f"count {number}", count, low=0)
        check(f"base {number}", base, low=SMALLEST)
    size = len(others) + inside
    weight = 1 - inside / size
    variance = (weight / own[1]) ** 2 * own[0] + math.fsum(
        count / (base * size) ** 2 for count, base in others
    )
    if not variance:
        raise MethodError("there is no event in the group to compare with")
    mean_of_others = math.fsum(count / base / size for count, base in others)
    difference = per * (weight * own[0] / own[1] - mean_of_others)
    error = per * math.sqrt(variance)
    half = Level.of(level).z * error
    z = difference / error
    return MarginDifference(
        difference, error, z, _two_sided(z), difference - half, difference + half
    )


def _two_sided(z: float) -> float:
    """Return the probability of a standard normal value at least this far from zero."""
    return math.erfc(abs(z) / math.sqrt(2))
