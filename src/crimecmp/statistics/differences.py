"""Intervals and tests: numbers in, numbers out.

Each function says its formula, where it comes from, its units and what it refuses. Only the
standard library is used, and of that only what is cheap to load: the normal, Poisson and binomial
distributions are computed here, because `statistics` alone takes longer to load than the rest of
the program takes to start.

A level is that of a two-sided interval, 0.95 being 95 %. Counts, bases and rates go up to 10^15 and
what must be above zero is at least 10^-15; within these bounds no result overflows. Whatever is
outside them, is not a number, or does not fit together raises `MethodError`.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import NamedTuple

from crimecmp.distributions import Level, gamma_quantile, split_probability, wilson_hilferty
from crimecmp.errors import MethodError

LARGEST = 10**15
"""No number may be larger: up to here a binary float holds every whole number."""

SMALLEST = 1e-15
"""No number that must be above zero may be smaller."""

LARGEST_COMPARED = 10**9
"""No count of `count_ratio` may be larger: its exact test takes time that grows with the count."""

LONGEST = 30
"""So many characters a printed figure may have."""

EXACT_BELOW = 10
"""Counts under this get the exact Poisson interval, others Byar's approximation."""


class Interval(NamedTuple):
    """Two ends.

    Parameters
    ----------
    low
        The lower end.
    high
        The upper end.
    """

    low: float
    high: float


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
        Two-sided probability of a z so far from zero, were there no difference.
    low, high
        Ends of the interval of the difference.
    """

    difference: float
    standard_error: float
    z: float
    p: float
    low: float
    high: float


class CountRatio(NamedTuple):
    """The ratio of two counts or of their rates, and the test of its being one.

    Parameters
    ----------
    ratio
        The first over the second; None where the second count is zero.
    low, high
        Ends of the interval of the ratio; None where either count is zero.
    p
        Exact two-sided probability of a split of the events so far from that of the bases.
    """

    ratio: float | None
    low: float | None
    high: float | None
    p: float


class Overdispersion(NamedTuple):
    """How much more areas differ than chance allows.

    Parameters
    ----------
    phi
        Mean square of the winsorised z; one where the areas differ by chance alone.
    tau_squared
        Variance between areas, on the scale of the root of observed over expected.
    z
        Each area's z by chance alone, not winsorised.
    adjusted_z
        Each area's z with the variance between areas taken in.
    """

    phi: float
    tau_squared: float
    z: tuple[float, ...]
    adjusted_z: tuple[float, ...]


def rounding_interval(text: str) -> Interval:
    """Return the numbers that a printed figure can stand for.

    value -+ half a unit of the last decimal printed: `5.0` is 4.95 to 5.05, `5` is 4.5 to 5.5. The
    lower end belongs to the range and the upper does not. Both are the nearest floats to the exact
    decimals.

    Parameters
    ----------
    text
        The figure as printed: digits with at most one point and a sign, and no exponent.

    Returns
    -------
    Interval
        In the unit of the figure.

    Raises
    ------
    MethodError
        The text is not such a number, or has more than 30 characters.
    """
    printed = _printed("text", text)
    return Interval(printed.low / printed.unit, printed.high / printed.unit)


def difference_range(a_text: str, b_text: str) -> Interval:
    """Return the differences, first less second, that the rounding of two figures allows.

    Lowest less highest, to highest less lowest, of the ranges of `rounding_interval`. The direction
    of the difference is certain where both ends lie on one side of zero.

    Parameters
    ----------
    a_text, b_text
        The figures as printed, in the same unit.

    Returns
    -------
    Interval
        In the unit of the figures (percentage points where that is per cent).

    Raises
    ------
    MethodError
        A text is not a number, as in `rounding_interval`.
    """
    a, b = _printed("a_text", a_text), _printed("b_text", b_text)
    unit = a.unit * b.unit
    return Interval(
        (a.low * b.unit - b.high * a.unit) / unit, (a.high * b.unit - b.low * a.unit) / unit
    )


def ratio_range(a_text: str, b_text: str) -> Interval | None:
    """Return the ratios, first over second, that the rounding of two figures allows.

    Lowest over highest, to highest over lowest, of the ranges of `rounding_interval`.

    Parameters
    ----------
    a_text, b_text
        The figures as printed, in the same unit.

    Returns
    -------
    Interval | None
        A pure number; None where the second figure's range reaches to zero or below, so that
        the ratio has no bounds.

    Raises
    ------
    MethodError
        A text is not a number, as in `rounding_interval`.
    """
    quotients = _quotients(_printed("a_text", a_text), _printed("b_text", b_text))
    return _span([above / below for above, below in quotients])


def percent_range(a_text: str, b_text: str) -> Interval | None:
    """Return the differences in per cent of the second that the rounding of two figures allows.

    100 (a / b - 1) over the range of a / b in `ratio_range`.

    Parameters
    ----------
    a_text, b_text
        The figures as printed, in the same unit.

    Returns
    -------
    Interval | None
        Per cent of the second figure; None where the second figure's range reaches to zero or
        below.

    Raises
    ------
    MethodError
        A text is not a number, as in `rounding_interval`.
    """
    quotients = _quotients(_printed("a_text", a_text), _printed("b_text", b_text))
    return _span([100 * (above - below) / below for above, below in quotients])


def relative_index_range(a_text: str, b_text: str) -> Interval | None:
    """Return the range of one printed per cent change relative to another.

    (100 + a) / (100 + b), which says how far apart two areas that began level have come, over all
    the changes a and b that `rounding_interval` allows.

    Parameters
    ----------
    a_text, b_text
        The changes in per cent as printed, such as `-11` and `-16`.

    Returns
    -------
    Interval | None
        A pure number, one where both changed alike; None where the second figure's range reaches
        to -100 % or below.

    Raises
    ------
    MethodError
        A text is not a number, as in `rounding_interval`.
    """
    a, b = (
        _Printed(change.low + 100 * change.unit, change.high + 100 * change.unit, change.unit)
        for change in (_printed("a_text", a_text), _printed("b_text", b_text))
    )
    return _span([above / below for above, below in _quotients(a, b)])


def poisson_interval(count: float, level: float = 0.95) -> Interval:
    """Return the confidence interval of a count.

    Below 10 exact (Garwood, 1936)::

        L = chi2(alpha / 2; 2x) / 2        U = chi2(1 - alpha / 2; 2x + 2) / 2

    chi2(p; d) being the quantile of chi-square with d degrees of freedom, and L = 0 where x = 0.
    From 10 on Byar's approximation (Breslow and Day, 1987)::

        L = x (1 - 1 / (9x) - z / (3 sqrt x))^3, and zero where that is below zero
        U = y (1 - 1 / (9y) + z / (3 sqrt y))^3, y = x + 1

    Parameters
    ----------
    count
        Number of events. It may have a fraction, as has the count that a rate implies.
    level
        Confidence level, above 0 and below 1.

    Returns
    -------
    Interval
        In events.

    Raises
    ------
    MethodError
        The count is negative or the level not between 0 and 1, or either is not a number.
    """
    _check("count", count, low=0)
    return _poisson_limits(count, Level.of(level))


def rate_interval(count: float, base: float, per: float = 1000, level: float = 0.95) -> Interval:
    """Return the confidence interval of a rate.

    The count's interval (`poisson_interval`) times `per` over the base, the base being taken as
    known (Breslow and Day, 1987).

    Parameters
    ----------
    count
        Number of events.
    base
        What the events are counted against: people, households.
    per
        The rate is so many events for this much of the base.
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
    _check("base", base, low=SMALLEST)
    _check("per", per, low=SMALLEST)
    low, high = poisson_interval(count, level)
    return Interval(low / base * per, high / base * per)


def wilson_interval(count: float, base: float, level: float = 0.95) -> Interval:
    """Return the confidence interval of a proportion, x of n.

    (2x + z^2 -+ z sqrt(z^2 + 4x (1 - x/n))) / (2 (n + z^2)) (Wilson, 1927).

    Parameters
    ----------
    count
        How many of the base; a fraction is allowed, as in `poisson_interval`.
    base
        How many in all.
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
    _check("base", base, low=SMALLEST)
    _check("count", count, low=0)
    if count > base:
        raise MethodError(f"count is {count}: it must not be larger than the base, {base}")
    return _wilson_limits(count, base, Level.of(level))


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
        How many of each base.
    base_a, base_b
        How many in all.
    level
        Confidence level, above 0 and below 1.

    Returns
    -------
    Interval
        Of the first proportion less the second, -1 to 1.

    Raises
    ------
    MethodError
        As `wilson_interval` raises it.
    """
    low_a, high_a = wilson_interval(count_a, base_a, level)
    low_b, high_b = wilson_interval(count_b, base_b, level)
    a, b = count_a / base_a, count_b / base_b
    return Interval(
        a - b - math.hypot(a - low_a, high_b - b), a - b + math.hypot(high_a - a, b - low_b)
    )


def margin_interval(value: float, margin: float, level: float = 0.95) -> Interval:
    """Return the interval of an estimate that was published with a margin.

    value -+ margin z(level) / 1.959964: a margin is the half width of a 95 % interval.

    Parameters
    ----------
    value
        The estimate.
    margin
        Half width of its 95 % interval, in the estimate's unit; zero is allowed.
    level
        Confidence level, above 0 and below 1.

    Returns
    -------
    Interval
        In the unit of the estimate.

    Raises
    ------
    MethodError
        The margin is negative, the level not between 0 and 1, or one of them is not a number.
    """
    _check("value", value, low=-LARGEST)
    _check("margin", margin, low=0)
    half = margin * Level.of(level).z / Level.of(0.95).z
    return Interval(value - half, value + half)


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
        z  = (a - b) / SE          p = 2 (1 - Phi(|z|))          a - b -+ z(level) SE

    The third term under the root is the covariance of a part with its whole: where a is that
    share of b, covariance(a, b) = share se_a^2. A margin is always read as the half width of a 95 %
    interval, whatever the level of the answer.

    Parameters
    ----------
    value_a, value_b
        The estimates, in the same unit.
    margin_a, margin_b
        Half widths of their 95 % intervals, in that unit. One of them may be zero.
    share
        The part of the second that the first makes up, 0 to below 1; 0 where they are apart.
    level
        Confidence level of the answer's interval, above 0 and below 1.

    Returns
    -------
    MarginDifference
        Difference, standard error and interval in the unit of the estimates.

    Raises
    ------
    MethodError
        A margin is negative, the share is not from 0 to below 1, the level is not between 0 and 1,
        one of them is not a number, or margins and share together leave no variance.
    """
    for name, value in (("value_a", value_a), ("value_b", value_b)):
        _check(name, value, low=-LARGEST)
    for name, margin in (("margin_a", margin_a), ("margin_b", margin_b)):
        if margin != 0:
            _check(name, margin, low=SMALLEST)
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

    The ratio is (a / base_a) / (b / base_b), its interval exp(log(ratio) -+ z sqrt(1/a + 1/b))
    (Breslow and Day, 1987).

    The test is exact and conditional on the sum of the counts (Przyborowski and Wilenski, 1940):
    were the two rates equal, a would be binomial with n = a + b and p = base_a / (base_a + base_b).
    Its two-sided p is the sum of the probabilities of all outcomes that are no more likely than
    the one observed; an outcome counts as no more likely where its probability is at most 1 + 10^-7
    times as large, which is the tolerance of R's and SciPy's tests. With no events at all p is 1.

    Parameters
    ----------
    count_a, count_b
        Numbers of events: whole, and at most 10^9.
    base_a, base_b
        What they are counted against, in one unit; the same where only the counts matter.
    level
        Confidence level of the interval, above 0 and below 1.

    Returns
    -------
    CountRatio
        Pure numbers. The ratio is None where `count_b` is zero, the interval None where either
        count is.

    Raises
    ------
    MethodError
        A count is negative or not whole, a base is zero or less, the level is not between 0 and 1,
        or one of them is not a number.
    """
    for name, count in (("count_a", count_a), ("count_b", count_b)):
        _check(name, count, low=0, high=LARGEST_COMPARED)
        if count != int(count):
            raise MethodError(f"{name} is {count}: it must be a whole number")
    _check("base_a", base_a, low=SMALLEST)
    _check("base_b", base_b, low=SMALLEST)
    critical = Level.of(level).z
    p = split_probability(int(count_a), int(count_b), base_a, base_b)
    if count_b == 0:
        return CountRatio(None, None, None, p)
    ratio = (count_a / base_a) / (count_b / base_b)
    if count_a == 0:
        return CountRatio(ratio, None, None, p)
    factor = math.exp(critical * math.sqrt(1 / count_a + 1 / count_b))
    return CountRatio(ratio, ratio / factor, ratio * factor, p)


def change_ratio(
    count_a: float, before_a: float, count_b: float, before_b: float, level: float = 0.95
) -> CountRatio:
    """Return how much more one area's count has changed than another's, and its test.

    The ratio of the two changes is (a / a0) / (b / b0), called the relative index. All four counts
    being Poisson, the variance of its logarithm is the sum of their reciprocals (Breslow and Day,
    1987; Altman and Bland, 2003, for the comparison of two ratios)::

        log ratio -+ z sqrt(1/a + 1/a0 + 1/b + 1/b0)

    p is two-sided, of Z = log ratio / sqrt(1/a + 1/a0 + 1/b + 1/b0).

    Parameters
    ----------
    count_a, before_a
        The first area's numbers of events, now and before.
    count_b, before_b
        The second area's, of the same two periods.
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
        _check(name, count, low=1)
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

    Counts being Poisson, a rate r = x / n has the variance x / n^2. Where the area i is one of the
    k areas of the group, its own rate is part of their mean, and the difference r_i - mean is
    (1 - 1/k) r_i less the others' rates over k, so that::

        variance = (1 - 1/k)^2 x_i / n_i^2 + sum over the others of x_j / n_j^2 / k^2

    Where it is not, the first factor is 1 and the sum is over all k. Z = difference over the root
    of the variance, and p is two-sided, by the normal distribution.

    Parameters
    ----------
    own
        The area's number of events and its base.
    others
        Those of the other areas of the group.
    inside
        Whether the area is one of the group.
    per
        The rates are so many events for this much of the base.
    level
        Confidence level of the interval, above 0 and below 1.

    Returns
    -------
    MarginDifference
        The difference with its error and interval, in events per `per` of the base.

    Raises
    ------
    MethodError
        There are no others, a count is negative, a base zero or less, there is no event at all, the
        level is not between 0 and 1, or one of them is not a number.
    """
    if not others:
        raise MethodError("there is nobody else in the group to compare with")
    for number, (count, base) in enumerate((own, *others)):
        _check(f"count {number}", count, low=0)
        _check(f"base {number}", base, low=SMALLEST)
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


def smallest_base(
    value_text: str, benchmark_text: str, per: float = 1000, level: float = 0.95
) -> int | None:
    """Return the smallest base from which on two printed rates differ by more than chance.

    Let v be the end of the value's rounding range that is nearer to the benchmark, and b the end of
    the benchmark's that is nearer to the value. A base n implies the count x = v n / per. The
    answer is the smallest whole n for which the interval of that count (`poisson_interval`), times
    per / n, leaves out b: its upper limit is below b where the value is the lower of the two, its
    lower limit above b where it is the higher. The benchmark is taken as known.

    Every larger base leaves b out too. Where the change from the exact interval to Byar's at a
    count of 10 makes the answer to 'is b left out?' go from yes to no and to yes again, it is the
    last yes that counts. It is found by bisection over the base.

    Parameters
    ----------
    value_text, benchmark_text
        The rates as printed, in events per `per` of the base; neither negative.
    per
        The rates are so many events for this much of the base.
    level
        Confidence level, above 0 and below 1.

    Returns
    -------
    int | None
        Units of the base (people, households). None where the rounding ranges overlap or touch, so
        that the rates may be the same, and where no base up to 10^15 is large enough.

    Raises
    ------
    MethodError
        A text is not a number, as in `rounding_interval`, or a negative one; `per` is zero or less,
        the level is not between 0 and 1, or one of them is not a number.
    """
    _check("per", per, low=SMALLEST)
    checked = Level.of(level)
    ends = _nearest_ends(value_text, benchmark_text, LARGEST)
    if ends is None:
        return None
    value, benchmark = ends

    def excluded(base: int) -> bool:
        low, high = _poisson_limits(value * base / per, checked)
        return high / base * per < benchmark or low / base * per > benchmark

    # On either side of the change of method an interval relative to its count only narrows.
    bases = range(1, LARGEST + 1)
    change = bisect_left(bases, True, key=lambda base: value * base / per >= EXACT_BELOW)
    if change < len(bases) and not excluded(bases[change]):
        return _first(bases[change:], excluded)
    return _first(bases[: change + 1], excluded)


def smallest_base_percent(value_text: str, benchmark_text: str, level: float = 0.95) -> int | None:
    """Return the smallest base from which on two printed percentages differ by more than chance.

    As `smallest_base`, with percentages of a whole for rates and Wilson's interval
    (`wilson_interval`) for the count's: with v and b the nearer rounding ends, it is the smallest
    whole n for which the interval of v n / 100 out of n, in per cent, leaves out b.

    Parameters
    ----------
    value_text, benchmark_text
        The percentages as printed, 0 to 100.
    level
        Confidence level, above 0 and below 1.

    Returns
    -------
    int | None
        Units of the base (crimes, people asked). None where the rounding ranges overlap or touch,
        and where no base up to 10^15 is large enough.

    Raises
    ------
    MethodError
        A text is not a number, as in `rounding_interval`, or not from 0 to 100; the level is not
        between 0 and 1 or not a number.
    """
    checked = Level.of(level)
    ends = _nearest_ends(value_text, benchmark_text, 100)
    if ends is None:
        return None
    value, benchmark = ends

    def excluded(base: int) -> bool:
        low, high = _wilson_limits(value / 100 * base, base, checked)
        return 100 * high < benchmark or 100 * low > benchmark

    return _first(range(1, LARGEST + 1), excluded)


def funnel_limits(base: float, rate: float, per: float = 1000, level: float = 0.95) -> Interval:
    """Return the control limits of a funnel plot: rates that areas of one base stay between.

    With E = rate base / per the events to be expected at the rate of all areas together, the limits
    are the exact Poisson limits of E, times per / base (Spiegelhalter, 2005, for the funnel;
    Garwood, 1936, for the limits)::

        L = chi2(alpha / 2; 2E) / 2        U = chi2(1 - alpha / 2; 2E + 2) / 2

    They are exact at every E: Byar's approximation is not used.

    An area's figure outside these limits, and the area's own interval leaving out the rate, are not
    the same: 7 events are below the 95 % limits of 13.14 expected, but their own 95 % interval
    takes 13.14 in. Far from small counts the two agree.

    Parameters
    ----------
    base
        The area's base: people, households.
    rate
        The rate of all areas together, in events per `per` of the base.
    per
        The rate is so many events for this much of the base.
    level
        Share of areas to be expected between the limits, above 0 and below 1.

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
    _check("base", base, low=SMALLEST)
    _check("rate", rate, low=0)
    _check("per", per, low=SMALLEST)
    expected = rate / per * base
    _check("rate times base over per", expected, low=0)
    low, high = _exact_poisson_limits(expected, Level.of(level))
    return Interval(low / base * per, high / base * per)


def overdispersed_limits(
    base: float, rate: float, tau_squared: float, per: float = 1000, level: float = 0.95
) -> Interval:
    """Return the control limits of a funnel plot with the spread of the areas taken in.

    The rates at which an area's adjusted z of `overdispersion` is the level's deviate: with
    E = rate base / per expected events and tau^2 the variance between areas (Spiegelhalter, 2005)::

        sd = sqrt(1 / (4E) + tau^2)     L = rate max(0, 1 - z sd)^2     U = rate (1 + z sd)^2

    Parameters
    ----------
    base
        The area's base: people, households.
    rate
        The rate of all areas together, in events per `per` of the base.
    tau_squared
        The variance between areas, of the root of observed over expected events.
    per
        The rate is so many events for this much of the base.
    level
        Share of areas to be expected between the limits, above 0 and below 1.

    Returns
    -------
    Interval
        In events per `per` of the base.

    Raises
    ------
    MethodError
        The base, the rate or `per` is zero or less, the variance is negative, the level is not
        between 0 and 1, or one of them is not a number.
    """
    _check("base", base, low=SMALLEST)
    _check("rate", rate, low=SMALLEST)
    _check("tau_squared", tau_squared, low=0)
    _check("per", per, low=SMALLEST)
    expected = rate / per * base
    _check("rate times base over per", expected, low=SMALLEST)
    spread = Level.of(level).z * math.sqrt(1 / (4 * expected) + tau_squared)
    return Interval(rate * max(0.0, 1 - spread) ** 2, rate * (1 + spread) ** 2)


def overdispersion(
    observed: Sequence[float], expected: Sequence[float], trim: float = 0.1
) -> Overdispersion:
    """Return how much more areas' counts differ from the expected than chance allows.

    On the root scale, with an additive variance between areas (Spiegelhalter, 2005)::

        y = sqrt(O / E)        s = 1 / (2 sqrt E)        z = (y - 1) / s        w = 1 / s^2
        phi   = mean of the squares of the winsorised z
        tau^2 = max(0, (I phi - (I - 1)) / (sum w - sum w^2 / sum w)), I being the number of areas
        adjusted z = (y - 1) / sqrt(s^2 + tau^2)

    Winsorising: each z below the quantile `trim` is put up to it and each above the quantile
    1 - `trim` down to it. The quantile q of I values in order, counted from 0, stands at place
    (I - 1) q, between two values in proportion (Hyndman and Fan's type 7, which R and NumPy use by
    default). Only phi, and through it tau^2, is made of winsorised z.

    Parameters
    ----------
    observed
        Each area's number of events.
    expected
        Each area's expected number of events, in the same order.
    trim
        The part winsorised at each end, 0 to below 0.5.

    Returns
    -------
    Overdispersion
        Pure numbers, z in the order given.

    Raises
    ------
    MethodError
        The sequences differ in length or have fewer than two areas, an observed count is negative,
        an expected one zero or less, the trim is not from 0 to below 0.5, or one of them is not a
        number.
    """
    if len(observed) != len(expected):
        raise MethodError(
            f"observed has {len(observed)} areas and expected {len(expected)}: "
            "they must have the same"
        )
    areas = len(observed)
    if areas < 2:  # one area has nothing to differ from
        raise MethodError(f"observed and expected have {areas} areas: there must be 2 or more")
    for place in range(areas):
        _check(f"observed[{place}]", observed[place], low=0)
        _check(f"expected[{place}]", expected[place], low=SMALLEST)
    if not 0 <= trim < 0.5:
        raise MethodError(f"trim is {trim}: it must be from 0 to below 0.5")

    excess = [math.sqrt(o / e) - 1 for o, e in zip(observed, expected, strict=True)]
    weights = [4 * e for e in expected]
    z = [x * math.sqrt(w) for x, w in zip(excess, weights, strict=True)]
    in_order = sorted(z)
    low, high = _quantile(in_order, trim), _quantile(in_order, 1 - trim)
    phi = math.fsum(min(max(value, low), high) ** 2 for value in z) / areas
    total = math.fsum(weights)
    # The same as sum w - sum w^2 / sum w, but above zero also where one area outweighs the rest.
    spread = math.fsum(w * (total - w) for w in weights) / total
    tau_squared = max(0.0, (areas * phi - (areas - 1)) / spread)
    adjusted = (x / math.sqrt(1 / w + tau_squared) for x, w in zip(excess, weights, strict=True))
    return Overdispersion(phi, tau_squared, tuple(z), tuple(adjusted))


def _check(name: str, value: float, low: float, high: float = LARGEST) -> None:
    if not isinstance(value, int | float) or not low <= value <= high:  # never true of NaN
        raise MethodError(f"{name} is {value}: it must be a number from {low:g} to {high:g}")


def _two_sided(z: float) -> float:
    """Return the probability of a standard normal value so far from zero."""
    return math.erfc(abs(z) / math.sqrt(2))


class _Printed(NamedTuple):
    """The ends of a printed figure's range, exactly: whole numbers over a whole unit."""

    low: int
    high: int
    unit: int


def _printed(name: str, text: str) -> _Printed:
    if not isinstance(text, str):
        raise MethodError(f"{name} is {text!r}: it must be the text of a printed figure")
    sign = text[:1] if text[:1] in ("+", "-") else ""
    whole, point, decimals = text[len(sign) :].partition(".")
    digits = whole + decimals
    if not (digits.isascii() and digits.isdigit()) or (point and not decimals):
        raise MethodError(
            f"{name} is {text[: LONGEST + 1]!r}: it must be digits with at most one decimal point"
        )
    if len(text) > LONGEST:
        raise MethodError(f"{name} is longer than {LONGEST} characters")
    twice = 2 * int(sign + digits)
    return _Printed(twice - 1, twice + 1, 2 * 10 ** len(decimals))


def _quotients(a: _Printed, b: _Printed) -> list[tuple[int, int]]:
    """Return each end of a over each end of b, as whole numbers; none where b has no bounds."""
    if b.low <= 0:
        return []
    return [(end * b.unit, other * a.unit) for end in (a.low, a.high) for other in (b.low, b.high)]


def _span(values: list[float]) -> Interval | None:
    return Interval(min(values), max(values)) if values else None


def _nearest_ends(
    value_text: str, benchmark_text: str, highest: float
) -> tuple[float, float] | None:
    """Return the ends of two rounding ranges that face each other; None where no gap is between."""
    for name, text in (("value_text", value_text), ("benchmark_text", benchmark_text)):
        _printed(name, text)
        _check(name, float(text), low=0, high=highest)
    value, benchmark = rounding_interval(value_text), rounding_interval(benchmark_text)
    if value.high < benchmark.low:
        return value.high, benchmark.low
    if value.low > benchmark.high:
        return value.low, benchmark.high
    return None


def _first(bases: range, excluded: Callable[[int], bool]) -> int | None:
    place = bisect_left(bases, True, key=excluded)
    return bases[place] if place < len(bases) else None


def _quantile(in_order: list[float], q: float) -> float:
    place = (len(in_order) - 1) * q
    below = math.floor(place)
    above = min(below + 1, len(in_order) - 1)
    return in_order[below] + (place - below) * (in_order[above] - in_order[below])


def _wilson_limits(count: float, base: float, level: Level) -> Interval:
    square = level.z**2
    half = level.z * math.sqrt(square + 4 * count * (1 - count / base))
    low = (2 * count + square - half) / (2 * (base + square))
    high = (2 * count + square + half) / (2 * (base + square))
    return Interval(max(0.0, low), min(1.0, high))


def _poisson_limits(count: float, level: Level) -> Interval:
    if count < EXACT_BELOW:
        return _exact_poisson_limits(count, level)
    low = max(0.0, wilson_hilferty(count, -level.z))
    return Interval(low, wilson_hilferty(count + 1, level.z))


def _exact_poisson_limits(count: float, level: Level) -> Interval:
    # Half a chi-square quantile of 2x degrees of freedom is a gamma quantile of shape x.
    low = gamma_quantile(count, level, upper=False) if count > 0 else 0.0
    return Interval(low, gamma_quantile(count + 1, level, upper=True))
