"""Intervals of counts, rates, proportions and estimates give the values of their formulas."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from calculating import (
    EXACT,
    SEARCHED,
    ULP,
    closely,
    counts,
    levels,
    near,
    usual_levels,
)
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import chi2, norm
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from crimecmp.statistics import (
    funnel_limits,
    margin_difference,
    margin_interval,
    poisson_interval,
    rate_interval,
    rounding_interval,
    wilson_interval,
)


def test_worked_intervals() -> None:
    """Byar's, the exact, Wilson's and the rate's intervals have the worked values."""
    assert poisson_interval(65) == near((50.163188, 82.849139), SEARCHED)
    assert poisson_interval(10, 0.998) == near((2.916318, 24.193725), SEARCHED)
    assert rate_interval(5, 100, 100) == near((1.623486, 11.668332), SEARCHED)
    assert poisson_interval(7) == near((2.8143630515198654, 14.422675361702382), SEARCHED)
    assert wilson_interval(65, 100) == near((0.552544, 0.736358), SEARCHED)
    assert wilson_interval(1061, 1198) == near((0.8663756724402607, 0.9024445352655661))


def test_worked_interval_of_anti_social_behaviour() -> None:
    """A count and the rate printed with it imply a base, its range, and the rate's interval."""
    base = 29439 / 47.4 * 1000
    printed = rounding_interval("47.4")
    assert base == near(621075.9493670886)
    assert 29439 / printed.high * 1000 == near(620421.4963119073)
    assert 29439 / printed.low * 1000 == near(621731.7845828932)
    assert rate_interval(29439, base) == near((46.86006832064794, 47.944601012120295))
    assert rate_interval(29439, base, level=0.998) == near((46.550879499291426, 48.259922197632214))


def test_no_events_have_a_lower_limit_of_zero() -> None:
    """The interval of zero events begins at zero and ends where zero has alpha / 2 left."""
    assert poisson_interval(0) == near((0.0, -math.log(0.025)), EXACT)


def test_the_method_changes_at_ten() -> None:
    """Nine events have the exact interval, ten have Byar's."""
    z = norm.isf(0.025)
    assert poisson_interval(9) == near((chi2.ppf(0.025, 18) / 2, chi2.isf(0.025, 20) / 2), EXACT)
    low = 10 * (1 - 1 / 90 - z / (3 * math.sqrt(10))) ** 3
    high = 11 * (1 - 1 / 99 + z / (3 * math.sqrt(11))) ** 3
    assert poisson_interval(10) == near((low, high), ULP)


def test_byars_lower_limit_is_above_zero_at_every_level() -> None:
    """At the smallest count and the highest level below 1 the formula gives a limit above zero."""
    z = float(norm.isf(2.0**-54))
    low = 10 * (1 - 1 / 90 - z / (3 * math.sqrt(10))) ** 3
    assert low > 0
    assert poisson_interval(10, 1 - 2.0**-53).low == near(low)


@given(st.floats(-1000, 1000), st.floats(0, 100), levels)
def test_an_estimate_with_a_margin_has_a_normal_interval(
    value: float, margin: float, level: float
) -> None:
    """The margin is half the width at 95%, and the interval is SciPy's for its standard error."""
    error = margin / norm.isf(0.025)
    expected = norm.interval(level, value, error) if margin else (value, value)
    assert margin_interval(value, margin, level) == near(expected)


def test_worked_interval_of_an_estimate_with_a_margin() -> None:
    """88.6 ± 1.8 is 86.8 to 90.4 unless another level is asked for, and wider at 99.8%."""
    assert margin_interval(88.6, 1.8) == near((86.8, 90.4))
    half = 1.8 * 3.090232306167813 / 1.959963984540054
    assert margin_interval(88.6, 1.8, 0.998) == near((88.6 - half, 88.6 + half))


@given(st.floats(0, 9.999) | st.integers(0, 9), levels)
def test_small_counts_agree_with_scipy(count: float, level: float) -> None:
    """The exact interval is made of chi-square quantiles, also for a count with a fraction."""
    alpha = 1 - level
    low, high = poisson_interval(count, level)
    if count > 0.02:  # the quantiles of SciPy below that are not to be relied upon
        assert low == closely(chi2.ppf(alpha / 2, 2 * count) / 2, EXACT)
    assert high == closely(chi2.isf(alpha / 2, 2 * count + 2) / 2, EXACT)


@given(st.integers(1, 9), usual_levels)
def test_small_counts_agree_with_statsmodels(count: int, level: float) -> None:
    """The exact interval is that of statsmodels' exact method."""
    assert poisson_interval(count, level) == near(
        confint_poisson(count, 1, "exact-c", alpha=1 - level), EXACT
    )


@given(st.integers(10, 10**9), levels)
def test_larger_counts_have_byars_interval(count: int, level: float) -> None:
    """From ten on, Byar's formula with the normal quantile of SciPy."""
    z = norm.isf((1 - level) / 2)
    low = count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3
    after = count + 1
    high = after * (1 - 1 / (9 * after) + z / (3 * math.sqrt(after))) ** 3
    assert poisson_interval(count, level) == near((max(0, low), high), ULP)


@given(st.integers(10, 10**6), usual_levels)
def test_byars_interval_is_near_the_exact_one(count: int, level: float) -> None:
    """The approximation from ten on differs from the exact limits by less than one in twenty."""
    tail = (1 - level) / 2
    exact = (chi2.ppf(tail, 2 * count) / 2, chi2.isf(tail, 2 * count + 2) / 2)
    assert poisson_interval(count, level) == pytest.approx(exact, rel=0.05)


@given(st.integers(0, 10**6), st.integers(1, 10**6), levels)
def test_proportions_agree_with_statsmodels(count: int, base: int, level: float) -> None:
    """Wilson's interval is that of statsmodels."""
    assume(count <= base)
    expected = proportion_confint(count, base, alpha=1 - level, method="wilson")
    assert wilson_interval(count, base, level) == near(expected, ULP)


@given(counts, st.floats(0.001, 10**9), levels)
def test_intervals_hold_the_estimate(count: int, base: float, level: float) -> None:
    """A count, a rate and a proportion lie in their own intervals."""
    low, high = poisson_interval(count, level)
    assert low <= count <= high
    low, high = rate_interval(count, base, 1000, level)
    rate = count / base * 1000
    assert low * (1 - ULP) <= rate <= high * (1 + ULP)
    whole = max(base, count)
    low, high = wilson_interval(count, whole, level)
    assert 0 <= low <= count / whole + ULP
    assert count / whole - ULP <= high <= 1


@given(counts, levels, levels)
def test_intervals_widen_with_the_level(count: int, one: float, other: float) -> None:
    """An interval of a higher level holds one of a lower level."""
    lower, higher = sorted((one, other))
    intervals: tuple[Callable[[float], tuple[float, ...]], ...] = (
        lambda level: poisson_interval(count, level),
        lambda level: rate_interval(count, 1234, 1000, level),
        lambda level: wilson_interval(count, 2 * count + 1, level),
        lambda level: funnel_limits(count + 1, 2, 1, level),
        lambda level: margin_difference(count, 2, 5, 1, level=level)[4:],
    )
    for interval in intervals:
        inner, outer = interval(lower), interval(higher)
        assert outer[0] <= inner[0] + ULP * (1 + abs(inner[0]))
        assert outer[1] >= inner[1] - ULP * (1 + abs(inner[1]))


@given(counts, levels)
def test_a_rate_scales_its_counts_interval(count: int, level: float) -> None:
    """The interval of a rate per 1,000 is the count's over the base, times 1,000."""
    low, high = poisson_interval(count, level)
    assert rate_interval(count, 621_000, level=level) == near((low / 621, high / 621), ULP)
