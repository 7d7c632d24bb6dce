"""Intervals and tests give the values of their formulas, and refuse what has no answer."""

from __future__ import annotations

import ast
import math
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from scipy.special import erfinv, gammainccinv, gammaincinv
from scipy.stats import binomtest, chi2, norm
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson, confint_poisson_2indep

from crimecmp import distributions, methods
from crimecmp.errors import MethodError
from crimecmp.methods import (
    Interval,
    change_ratio,
    count_ratio,
    difference_range,
    funnel_limits,
    margin_difference,
    mean_difference,
    overdispersed_limits,
    overdispersion,
    percent_range,
    poisson_interval,
    rate_interval,
    ratio_range,
    relative_index_range,
    rounding_interval,
    smallest_base,
    smallest_base_percent,
    wilson_interval,
)

CLOSED = 1e-9
"""Closed formulas, and worked values given to ten decimals or more: rounding errors only."""

SEARCHED = 1e-6
"""Worked values that a search found, or that are given to six decimals."""

EXACT = 1e-11
"""Exact limits against SciPy's: a few digits go in its logarithms of gamma and in ours."""

PROBABILITY = 1e-9
"""Exact p against SciPy's: far out in the tails of a hundred million events the exponent is in
the thousands, and its last digit is worth 1e-12 of p; some dozens of those add up."""

SMALLEST_P = 1e-290
"""Below this a probability runs out of digits, and is compared as it stands."""

ULP = 1e-12
"""A law that holds exactly for the formula may miss by rounding errors in floats."""

levels = st.floats(0.001, 0.9999)
usual_levels = st.sampled_from([0.9, 0.95, 0.99, 0.998])
counts = st.integers(0, 10**6) | st.integers(0, 30)
any_float = st.floats() | st.integers(-(10**17), 10**17) | st.floats(0, 1) | st.integers(-1, 50)


@st.composite
def printed_figures(draw: st.DrawFn, highest: int = 10**6) -> str:
    """Draw a figure as it is printed, with no to three decimals."""
    decimals = draw(st.integers(0, 3))
    digits = draw(st.integers(0, highest) | st.integers(0, 300))
    if not decimals:
        return str(digits)
    text = str(digits).zfill(decimals + 1)
    return f"{text[:-decimals]}.{text[-decimals:]}"


def near(expected: object, tolerance: float = CLOSED) -> Any:
    """Return what equals the number or numbers within the tolerance, relative or absolute."""
    return pytest.approx(expected, rel=tolerance, abs=tolerance)


def closely(expected: float, tolerance: float) -> Any:
    """Return what equals the number within the relative tolerance, however small it is."""
    return pytest.approx(expected, rel=tolerance, abs=SMALLEST_P)


# Rounding of printed figures


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5.0", 4.95, 5.05),
        ("5", 4.5, 5.5),
        ("-11", -11.5, -10.5),
        ("+13", 12.5, 13.5),
        ("0", -0.5, 0.5),
        ("-0.0", -0.05, 0.05),
        (".5", 0.45, 0.55),
        ("007", 6.5, 7.5),
        ("60.7", 60.65, 60.75),
    ],
)
def test_a_printed_figure_stands_for_half_a_unit_either_side(
    text: str, low: float, high: float
) -> None:
    """The last decimal printed says how far the figure reaches; ends are the nearest floats."""
    assert rounding_interval(text) == Interval(low, high)


@given(st.sampled_from(["", "+", "-"]), printed_figures(10**15))
@settings(deadline=None)
def test_a_rounding_interval_holds_its_figure_and_is_exact(sign: str, digits: str) -> None:
    """The figure lies between the ends, each of which is the float nearest to its decimal."""
    text = sign + digits
    half = Fraction(1, 2 * 10 ** len(text.partition(".")[2]))
    low, high = rounding_interval(text)
    assert low < float(text) < high
    assert (low, high) == (float(Fraction(text) - half), float(Fraction(text) + half))


@pytest.mark.parametrize(
    ("value", "benchmark", "ratio", "percent"),
    [
        (
            "54.0",
            "60.7",
            (0.8880658436213992, 0.8911788953009067),
            (-11.193415637860083, -10.882110469909334),
        ),
        (
            "48.5",
            "53.9",
            (0.8980537534754404, 0.9015784586815226),
            (-10.194624652455964, -9.842154131847735),
        ),
        ("1.6", "1.2", (1.24, 1.4347826086956523), (24.0, 43.47826086956523)),
        (
            "5.2",
            "5.9",
            (0.865546218487395, 0.8974358974358974),
            (-13.4453781512605, -10.256410256410264),
        ),
        (
            "5.0",
            "8.9",
            (0.5530726256983239, 0.5706214689265536),
            (-44.692737430167604, -42.93785310734464),
        ),
        (
            "47.4",
            "36.8",
            (1.2849389416553598, 1.2911564625850338),
            (28.493894165535984, 29.115646258503382),
        ),
    ],
)
def test_worked_ranges_of_rates(
    value: str, benchmark: str, ratio: tuple[float, float], percent: tuple[float, float]
) -> None:
    """The six rates' ratios and per cent differences have the worked ranges."""
    assert ratio_range(value, benchmark) == near(ratio)
    assert percent_range(value, benchmark) == near(percent)


def test_worked_ranges_of_percentages_and_changes() -> None:
    """Detection and the two changes have the worked gaps, ratios and relative indices."""
    assert difference_range("36", "26") == Interval(9, 11)
    assert ratio_range("36", "26") == near((35.5 / 26.5, 36.5 / 25.5))
    assert ratio_range("36", "26") == pytest.approx((1.340, 1.431), abs=0.0005)
    assert difference_range("-11", "-16") == Interval(4, 6)
    assert relative_index_range("-11", "-16") == near((88.5 / 84.5, 89.5 / 83.5))
    assert relative_index_range("-11", "-16") == pytest.approx((1.047, 1.072), abs=0.0005)
    assert difference_range("+13", "-1") == Interval(13, 15)
    assert relative_index_range("+13", "-1") == near((112.5 / 99.5, 113.5 / 98.5))
    assert relative_index_range("+13", "-1") == pytest.approx((1.131, 1.152), abs=0.0005)


@given(printed_figures(), printed_figures())
@settings(deadline=None)
def test_ranges_hold_what_the_figures_as_printed_give(a: str, b: str) -> None:
    """Difference, ratio, per cent difference and index of the printed figures are in range."""
    low, high = difference_range(a, b)
    assert low <= float(Fraction(a) - Fraction(b)) <= high
    ratio, percent = ratio_range(a, b), percent_range(a, b)
    if ratio is None or percent is None:
        assert rounding_interval(b).low <= 0
        return
    exact = Fraction(a) / Fraction(b)
    assert ratio.low <= float(exact) <= ratio.high
    assert percent.low <= float(100 * (exact - 1)) <= percent.high
    index = relative_index_range(a, b)
    assert index is not None
    assert index.low <= float((100 + Fraction(a)) / (100 + Fraction(b))) <= index.high


@given(printed_figures(), printed_figures())
@settings(deadline=None)
def test_swapped_figures_have_opposite_ranges(a: str, b: str) -> None:
    """Differences change sign, ratios and indices turn over."""
    low, high = difference_range(a, b)
    assert difference_range(b, a) == Interval(-high, -low)
    one, other = relative_index_range(a, b), relative_index_range(b, a)
    assert one is not None
    assert other is not None
    assert one == near((1 / other.high, 1 / other.low), ULP)


def test_a_ratio_to_what_may_be_zero_has_no_range() -> None:
    """Where rounding lets the second figure be zero or negative, ratio ranges are None."""
    for text in ("0", "0.0", "-3"):
        assert ratio_range("5", text) is None
        assert percent_range("5", text) is None
    assert relative_index_range("-11", "-100") is None
    assert relative_index_range("-11", "-99") is not None


def test_a_ratio_from_below_zero_takes_the_widest_ends() -> None:
    """A first figure that may be negative is divided by the smallest second one."""
    assert ratio_range("-2", "4") == near((-2.5 / 3.5, -1.5 / 4.5))
    assert ratio_range("0", "4") == near((-0.5 / 3.5, 0.5 / 3.5))


# Counts, rates and proportions


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


def test_byars_lower_limit_is_never_negative() -> None:
    """At a level far out the formula falls below zero, and the limit is zero."""
    assert poisson_interval(10, 1 - 2.0**-53).low >= 0


@given(st.floats(0, 9.999) | st.integers(0, 9), levels)
@settings(deadline=None)
def test_small_counts_agree_with_scipy(count: float, level: float) -> None:
    """The exact interval is made of chi-square quantiles, also for a count with a fraction."""
    alpha = 1 - level
    low, high = poisson_interval(count, level)
    if count > 0.02:  # the quantiles of SciPy below that are not to be relied upon
        assert low == closely(chi2.ppf(alpha / 2, 2 * count) / 2, EXACT)
    assert high == closely(chi2.isf(alpha / 2, 2 * count + 2) / 2, EXACT)


@given(st.integers(1, 9), usual_levels)
@settings(deadline=None)
def test_small_counts_agree_with_statsmodels(count: int, level: float) -> None:
    """The exact interval is that of statsmodels' exact method."""
    assert poisson_interval(count, level) == near(
        confint_poisson(count, 1, "exact-c", alpha=1 - level), EXACT
    )


@given(st.integers(10, 10**9), levels)
@settings(deadline=None)
def test_larger_counts_have_byars_interval(count: int, level: float) -> None:
    """From ten on, Byar's formula with the normal quantile of SciPy."""
    z = norm.isf((1 - level) / 2)
    low = count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3
    after = count + 1
    high = after * (1 - 1 / (9 * after) + z / (3 * math.sqrt(after))) ** 3
    assert poisson_interval(count, level) == near((max(0, low), high), ULP)


@given(st.integers(10, 10**6), usual_levels)
@settings(deadline=None)
def test_byars_interval_is_near_the_exact_one(count: int, level: float) -> None:
    """The approximation from ten on differs from the exact limits by less than one in twenty."""
    exact = funnel_limits(1, count, 1, level)
    assert poisson_interval(count, level) == pytest.approx(exact, rel=0.05)


@given(st.integers(0, 10**6), st.integers(1, 10**6), levels)
@settings(deadline=None)
def test_proportions_agree_with_statsmodels(count: int, base: int, level: float) -> None:
    """Wilson's interval is that of statsmodels."""
    assume(count <= base)
    expected = proportion_confint(count, base, alpha=1 - level, method="wilson")
    assert wilson_interval(count, base, level) == near(expected, ULP)


@given(counts, st.floats(0.001, 10**9), levels)
@settings(deadline=None)
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
@settings(deadline=None)
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
@settings(deadline=None)
def test_a_rate_scales_its_counts_interval(count: int, level: float) -> None:
    """The interval of a rate per 1,000 is the count's over the base, times 1,000."""
    low, high = poisson_interval(count, level)
    assert rate_interval(count, 621_000, level=level) == near((low / 621, high / 621), ULP)


@given(st.floats(1e-9, 1 - 1e-9))
@settings(deadline=None)
@example(0.95)
@example(0.998)
def test_critical_values_have_full_precision(level: float) -> None:
    """An estimate of standard error one has an interval of half width z, to the last digits."""
    margin_of_one = 1.959963984540054
    z = margin_difference(0, margin_of_one, 0, 0, level=level).high
    low = math.sqrt(2) * float(erfinv(level))  # isf loses the digits of a low level
    assert z == closely(low if level < 0.5 else norm.isf((1 - level) / 2), 4e-15)


def test_critical_values_as_worked() -> None:
    """The values of z at 95 % and 99.8 % are the worked ones."""
    for level, z in ((0.95, 1.9599639845400536), (0.998, 3.090232306167813)):
        assert margin_difference(0, 1.959963984540054, 0, 0, level=level).high == closely(z, 1e-15)


# Estimates with margins


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param(
            (88.6, 1.8, 85.0, 0.2),
            (
                3.5999999999999943,
                0.9240358710226455,
                3.895952649560905,
                9.78134985706921e-05,
                1.788922972372511,
                5.411077027627478,
            ),
            id="England and Wales",
        ),
        pytest.param(
            (88.55, 1.85, 85.05, 0.25),
            (
                3.5,
                0.9524743745214963,
                3.674639542673606,
                0.00023818544026928934,
                1.6331845297405527,
                5.366815470259447,
            ),
            id="England and Wales, worst rounding",
        ),
        pytest.param(
            (88.65, 1.75, 84.95, 0.15),
            (
                3.700000000000003,
                0.8961474909128033,
                4.128784644848176,
                3.646857717531301e-05,
                1.9435831929749734,
                5.4564168070250325,
            ),
            id="England and Wales, best rounding",
        ),
        pytest.param(
            (88.6, 1.8, 89.6, 1.5),
            (
                -1.0,
                1.195468345976698,
                -0.8364922445378508,
                0.40287803793043886,
                -3.3430749027719964,
                1.3430749027719964,
            ),
            id="previous year",
        ),
        pytest.param(
            (88.55, 1.75, 89.65, 1.45),
            (
                -1.1000000000000085,
                1.159543569881479,
                -0.9486491310649442,
                0.34279909400850905,
                -3.37266363547271,
                1.1726636354726931,
            ),
            id="previous year, largest z",
        ),
        pytest.param(
            (88.65, 1.85, 89.55, 1.55),
            (
                -0.8999999999999915,
                1.2314020544595943,
                -0.7308742069583115,
                0.46485599192413785,
                -3.3135036772294257,
                1.5135036772294428,
            ),
            id="previous year, smallest z",
        ),
        pytest.param(
            (88.6, 1.8, 85.0, 0.2, 0.009780101670297749),
            (
                3.5999999999999943,
                0.9150653729908632,
                3.934145150999982,
                8.349331812156885e-05,
                1.8065048254381917,
                5.393495174561797,
            ),
            id="part of the whole",
        ),
    ],
)
def test_worked_differences_of_estimates(
    arguments: tuple[float, ...], expected: tuple[float, ...]
) -> None:
    """Satisfaction against both benchmarks has the worked difference, z, p and interval."""
    assert margin_difference(*arguments) == near(expected)


estimates = st.floats(-1000, 1000)
margins = st.floats(0.01, 100)


@given(estimates, margins, estimates, margins, levels)
@settings(deadline=None)
def test_the_difference_of_estimates_agrees_with_scipy(
    a: float, margin_a: float, b: float, margin_b: float, level: float
) -> None:
    """Standard error, p and interval are those of the normal distribution."""
    answer = margin_difference(a, margin_a, b, margin_b, level=level)
    error = math.hypot(margin_a, margin_b) / norm.isf(0.025)
    assert answer.standard_error == near(error, ULP)
    assert answer.p == closely(2 * norm.sf(abs(a - b) / error), CLOSED)
    expected = norm.interval(level, a - b, error)
    assert (answer.low, answer.high) == pytest.approx(expected, rel=CLOSED, abs=CLOSED)


@given(estimates, margins, estimates, margins, levels)
@settings(deadline=None)
def test_swapped_estimates_have_the_opposite_difference(
    a: float, margin_a: float, b: float, margin_b: float, level: float
) -> None:
    """Swapping the two turns every sign and leaves error and p."""
    one = margin_difference(a, margin_a, b, margin_b, level=level)
    other = margin_difference(b, margin_b, a, margin_a, level=level)
    assert (one.difference, one.z, one.low, one.high) == near(
        (-other.difference, -other.z, -other.high, -other.low), ULP
    )
    assert (one.standard_error, one.p) == (other.standard_error, other.p)


@given(estimates, margins, margins, levels, levels)
@settings(deadline=None)
def test_a_margin_is_read_at_95_per_cent_whatever_the_level(
    a: float, margin_a: float, margin_b: float, one: float, other: float
) -> None:
    """The level changes the interval only: error, z and p stay."""
    assert (
        margin_difference(a, margin_a, 50, margin_b, level=one)[:4]
        == margin_difference(a, margin_a, 50, margin_b, level=other)[:4]
    )


@given(st.floats(0.001, 0.9))
@settings(deadline=None)
def test_a_part_of_the_whole_has_a_smaller_error(share: float) -> None:
    """What a part shares with its whole does not count as difference between them."""
    apart = margin_difference(88.6, 1.0, 85.0, 1.0)
    part = margin_difference(88.6, 1.0, 85.0, 1.0, share)
    assert part.standard_error < apart.standard_error


# Two counts


def test_worked_tests_of_two_counts() -> None:
    """The exact p, the ratio and its interval have the worked values."""
    assert count_ratio(25, 16).p == near(0.21102359760880063)
    assert count_ratio(5, 12).p == near(0.143463134765625)
    assert count_ratio(5, 12).ratio == near(0.4166666666666667)
    assert count_ratio(33570, 29828)[:3] == near(
        (1.1254525948772964, 1.108036802874021, 1.14314212310514)
    )


def test_a_worked_change_of_counts() -> None:
    """29,439 after 30,517 is a fall of 3.53 %, and not by chance."""
    answer = count_ratio(29439, 30517)
    assert answer.ratio is not None
    assert 100 * (answer.ratio - 1) == pytest.approx(-3.53, abs=0.005)
    assert answer.p < 0.0001


def test_every_small_split_has_its_exact_probability() -> None:
    """Up to 30 events, the sum of all outcomes no more likely, in exact fractions."""
    for base_a, base_b in ((1, 1), (1, 3), (7, 2), (1, 1000), (10**6, 1)):
        share = Fraction(base_a, base_a + base_b)
        for n in range(1, 31):
            outcomes = [math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]
            for k in range(n + 1):
                limit = outcomes[k] * (1 + Fraction(1, 10**7))
                p = float(sum(outcome for outcome in outcomes if outcome <= limit))
                assert count_ratio(k, n - k, base_a, base_b).p == closely(p, EXACT)


@st.composite
def splits(draw: st.DrawFn) -> tuple[int, int, float, float]:
    """Draw two counts within some standard deviations of their bases' split."""
    n = int(10 ** draw(st.floats(0.1, 8.3)))
    base_a, base_b = draw(st.just((1.0, 1.0)) | st.tuples(*[st.floats(0.01, 100)] * 2))
    p = base_a / (base_a + base_b)
    spread = draw(st.sampled_from([0, 0.5, 1, 2, 4, 8]) | st.floats(-9, 9))
    k = round(n * p + spread * math.sqrt(n * p * (1 - p))) + draw(st.integers(-2, 2))
    k = min(max(k, 0), n)
    return k, n - k, base_a, base_b


@given(splits())
@settings(deadline=None)
@example((10**7, 10**7 + 1, 1.0, 1.0))
@example((10**7, 10**7 - 9000, 1.0, 1.0))
@example((25_000_000, 75_012_000, 1.0, 3.0))
@example((0, 40, 1.0, 1.0))
@example((0, 5, 1.0, 1000.0))
def test_the_exact_test_agrees_with_scipy(split: tuple[int, int, float, float]) -> None:
    """The two-sided p is that of SciPy's binomial test, for equal bases and others."""
    a, b, base_a, base_b = split
    expected = binomtest(a, a + b, base_a / (base_a + base_b)).pvalue
    assert count_ratio(*split).p == closely(float(expected), PROBABILITY)


@given(st.integers(1, 10**7), st.integers(1, 10**7), margins, margins, levels)
@settings(deadline=None)
def test_the_interval_of_a_ratio_agrees_with_statsmodels(
    a: int, b: int, base_a: float, base_b: float, level: float
) -> None:
    """The interval is statsmodels' Wald interval on the log scale."""
    answer = count_ratio(a, b, base_a, base_b, level)
    expected = confint_poisson_2indep(a, base_a, b, base_b, "wald-log", alpha=1 - level)
    assert answer.ratio == near((a / base_a) / (b / base_b), ULP)
    assert (answer.low, answer.high) == near(expected, CLOSED)


@given(splits(), levels)
@settings(deadline=None)
def test_swapped_counts_have_the_reciprocal_ratio(
    split: tuple[int, int, float, float], level: float
) -> None:
    """Swapping the two turns ratio and interval over and leaves p."""
    a, b, base_a, base_b = split
    one, other = count_ratio(*split, level), count_ratio(b, a, base_b, base_a, level)
    assert one.p == other.p
    if a and b:
        assert other.ratio is not None
        assert other.low is not None
        assert other.high is not None
        assert one[:3] == near((1 / other.ratio, 1 / other.high, 1 / other.low), ULP)


@given(splits())
@settings(deadline=None)
def test_a_p_is_a_probability(split: tuple[int, int, float, float]) -> None:
    """P is from 0 to 1."""
    assert 0 <= count_ratio(*split).p <= 1


def test_equal_rates_have_a_p_of_one() -> None:
    """Nothing is closer to no difference than no difference."""
    assert count_ratio(16, 16).p == 1
    assert count_ratio(16, 48, 1, 3).p == 1
    assert count_ratio(0, 0) == (None, None, None, 1)


def test_a_count_of_zero_has_no_interval_of_its_ratio() -> None:
    """A zero over something is a ratio of zero, something over zero none; p is there."""
    assert count_ratio(0, 5) == (0, None, None, 0.0625)
    assert count_ratio(5, 0) == (None, None, None, 0.0625)


def test_the_largest_counts_take_no_loop_over_them() -> None:
    """A thousand million events next to the mean, the slowest case, are tested in no time."""
    start = time.process_time()
    count_ratio(10**9, 10**9 - 3)
    assert time.process_time() - start < 0.5  # some 10 ms; a loop over the events takes minutes


# Smallest bases


@pytest.mark.parametrize(
    ("value", "benchmark", "at_95", "at_998"),
    [
        ("54.0", "60.7", 5355, 13011),
        ("48.5", "53.9", 7372, 17953),
        ("1.6", "1.2", 59571, 145046),
        ("5.2", "5.9", 62486, 152046),
        ("5.0", "8.9", 2349, 5326),
        ("47.4", "36.8", 1461, 3545),
    ],
)
def test_worked_smallest_bases(value: str, benchmark: str, at_95: int, at_998: int) -> None:
    """The six rates have the worked smallest bases at both levels."""
    assert smallest_base(value, benchmark) == at_95
    assert smallest_base(value, benchmark, 1000, 0.998) == at_998


def test_worked_smallest_base_of_percentages() -> None:
    """Detection, 36 against 26 %, differs by more than chance from 93 or 230 crimes on."""
    assert smallest_base_percent("36", "26") == 93
    assert smallest_base_percent("36", "26", 0.998) == 230


def nearest(value: str, benchmark: str) -> tuple[float, float] | None:
    """Return the rounding ends that face each other, None where there is no gap."""
    a, b = rounding_interval(value), rounding_interval(benchmark)
    if a.high < b.low:
        return a.high, b.low
    return (a.low, b.high) if b.high < a.low else None


def outside(number: float, interval: tuple[float, float]) -> bool:
    """Say whether a number lies strictly outside an interval."""
    return not interval[0] <= number <= interval[1]


@given(printed_figures(), printed_figures(), st.sampled_from([1, 1000, 100_000]), usual_levels)
@settings(deadline=None)
@example("0", "9", 1, 0.998)
@example("0.0", "0.2", 1000, 0.95)
def test_a_smallest_base_is_the_smallest(a: str, b: str, per: float, level: float) -> None:
    """At the base and beyond the benchmark's nearest end is left out, at one less it is not."""
    base = smallest_base(a, b, per, level)
    ends = nearest(a, b)
    assert (base is None) == (ends is None)
    if base is None or ends is None:
        return
    value, benchmark = ends

    def left_out(at: int) -> bool:
        low, high = poisson_interval(value * at / per, level)
        return outside(benchmark, (low / at * per, high / at * per))

    assert left_out(base)
    assert base == 1 or not left_out(base - 1)
    for beyond in (base + 1, base + 7, base + base // 3, 2 * base, 10 * base):
        assert left_out(beyond)


@given(printed_figures(100), printed_figures(100), usual_levels)
@settings(deadline=None)
def test_a_smallest_base_of_percentages_is_the_smallest(a: str, b: str, level: float) -> None:
    """As for rates; and it is the closed form that Wilson's interval implies."""
    assume(float(a) <= 100 and float(b) <= 100)
    base = smallest_base_percent(a, b, level)
    ends = nearest(a, b)
    assert (base is None) == (ends is None)
    if base is None or ends is None:
        return
    value, benchmark = ends[0] / 100, ends[1] / 100
    assert outside(benchmark, wilson_interval(value * base, base, level))
    assert base == 1 or not outside(benchmark, wilson_interval(value * (base - 1), base - 1, level))
    bound = norm.isf((1 - level) / 2) ** 2 * benchmark * (1 - benchmark) / (value - benchmark) ** 2
    assert base == math.floor(bound) + 1


@given(printed_figures(), printed_figures())
@settings(deadline=None)
def test_a_higher_level_needs_no_smaller_base(a: str, b: str) -> None:
    """What cannot be chance at 99.8 % cannot be at 95 % either."""
    at_95, at_998 = smallest_base(a, b, 1000, 0.95), smallest_base(a, b, 1000, 0.998)
    assert (at_95 is None) == (at_998 is None)
    assert at_95 is None or at_998 is None or at_95 <= at_998


@pytest.mark.parametrize(("a", "b"), [("5.0", "5.0"), ("5.0", "5"), ("5.0", "5.1"), ("0", "1")])
def test_figures_that_may_be_equal_have_no_smallest_base(a: str, b: str) -> None:
    """Ranges that overlap or touch leave no gap that any base could show."""
    assert smallest_base(a, b) is None
    assert smallest_base(b, a) is None
    assert smallest_base_percent(a, b) is None


def test_a_base_that_nothing_has_is_no_answer() -> None:
    """Where no base up to 10^15 is large enough there is no smallest base."""
    assert smallest_base("1.00000", "1.00002") == 38_415_169_709_424
    assert smallest_base("1.000000000000", "1.000000000002") is None


def test_where_the_method_changes_the_last_answer_counts() -> None:
    """Byar's wider interval from ten events on takes back what the exact one said below ten."""
    value, benchmark = rounding_interval("10.00").low, rounding_interval("2.93").high

    def left_out(base: int) -> bool:
        return outside(benchmark, rate_interval(value * base / 1000, base, 1000, 0.998))

    assert [base for base in range(900, 1100) if left_out(base) != left_out(base - 1)] == [
        990,
        1001,
        1010,
    ]
    assert smallest_base("10.00", "2.93", 1000, 0.998) == 1010


# Unusual among forces


@given(st.floats(0.05, 10**5), usual_levels)
@settings(deadline=None)
def test_funnel_limits_agree_with_scipy(expected: float, level: float) -> None:
    """The limits are the chi-square quantiles of the expected events."""
    alpha = 1 - level
    limits = (chi2.ppf(alpha / 2, 2 * expected) / 2, chi2.isf(alpha / 2, 2 * expected + 2) / 2)
    assert funnel_limits(1, expected, 1, level) == pytest.approx(limits, rel=EXACT)


@given(st.floats(1, 10**8), usual_levels)
@settings(deadline=None)
@example(9998.5, 0.998)
@example(9999.5, 0.998)
def test_funnel_limits_are_exact_for_many_events(expected: float, level: float) -> None:
    """Up to a hundred million, against the inverse gamma functions that chi-square is made of."""
    tail = (1 - level) / 2
    limits = (gammaincinv(expected, tail), gammainccinv(expected + 1, tail))
    assert funnel_limits(1, expected, 1, level) == pytest.approx(limits, rel=EXACT)


@pytest.mark.parametrize(
    ("expected", "level", "low", "high"),
    [
        (10**6, 0.95, 998040.9833402939, 1001961.9119454322),
        (10**6, 0.998, 996912.6173198152, 1003094.0839149702),
        (10**6, 0.999999, 995116.001930816, 1004900.2859283708),
        (10**7, 0.95, 9993802.996884268, 10006199.897731498),
        (10**7, 0.998, 9990230.677189464, 10009776.022989536),
        (10**7, 0.999999, 9984538.922908079, 10015477.36328288),
    ],
)
def test_funnel_limits_far_out_are_exact_too(
    expected: float, level: float, low: float, high: float
) -> None:
    """Against the gamma density added up in 40 digits; SciPy's own limits lose digits here."""
    assert funnel_limits(1, expected, 1, level) == pytest.approx((low, high), rel=ULP)


@given(st.floats(1, 10**6), st.floats(0.1, 100), usual_levels)
@settings(deadline=None)
def test_funnel_limits_narrow_with_the_base(base: float, rate: float, level: float) -> None:
    """The larger an area, the less its rate can differ by chance; the rate is always between."""
    small, large = (funnel_limits(size, rate, 1000, level) for size in (base, 1.1 * base))
    assert small.low <= large.low < rate < large.high < small.high


def test_funnel_limits_are_per_unit_of_base() -> None:
    """620,000 people at 60.7 per 1,000 are 37,634 expected events."""
    low, high = funnel_limits(620_000, 60.7, level=0.998)
    z = 3.090232306167813
    spread = z * math.sqrt(37634) / 620
    assert (low, high) == pytest.approx((60.7 - spread, 60.7 + spread), abs=0.01)


def test_no_events_expected_have_limits() -> None:
    """At a rate of zero the limits are those of a count of zero."""
    assert funnel_limits(1000, 0) == near(poisson_interval(0), ULP)


def test_a_funnel_and_an_interval_may_disagree() -> None:
    """Seven events are below the limits of 13.14 expected, though their interval holds it."""
    expected = 13.143499570060102
    assert funnel_limits(1, expected, 1).low > 7
    assert poisson_interval(7).high > expected


OBSERVED = (100, 150, 180, 80, 120, 225)
EXPECTED = (108, 112, 165, 95, 100, 220)


def test_worked_overdispersion() -> None:
    """Phi, tau squared, z and adjusted z have the worked values."""
    answer = overdispersion(OBSERVED, EXPECTED)
    assert answer.phi == near(2.327178257594)
    assert answer.tau_squared == near(0.003439780154)
    assert answer.z == near(
        (-0.7846096908, 3.3288869393, 1.1423505727, -1.6050448696, 1.9089023002, 0.3352060516)
    )
    assert answer.adjusted_z == near(
        (-0.4976275472, 2.0883095503, 0.6316966898, -1.0567017316, 1.2384216056, 0.1670400777)
    )


many_counts = st.lists(
    st.tuples(st.integers(0, 10**6), st.floats(0.5, 10**6)), min_size=2, max_size=50
)


@given(many_counts, st.floats(0, 0.499))
@settings(deadline=None)
def test_overdispersion_agrees_with_numpy(areas: list[tuple[int, float]], trim: float) -> None:
    """The same formulas over NumPy's quantiles, at any trim."""
    observed, expected = (np.array(column, dtype=float) for column in zip(*areas, strict=True))
    answer = overdispersion(observed.tolist(), expected.tolist(), trim)
    excess, weights = np.sqrt(observed / expected) - 1, 4 * expected
    z = excess * np.sqrt(weights)
    phi = np.mean(np.clip(z, *np.quantile(z, [trim, 1 - trim])) ** 2)
    size = len(areas)
    spread = weights.sum() - (weights**2).sum() / weights.sum()
    tau_squared = max(0.0, (size * phi - (size - 1)) / spread)
    assert answer.z == near(tuple(z), CLOSED)
    assert answer.phi == near(phi, CLOSED)
    assert answer.tau_squared == near(tau_squared, SEARCHED)  # spread loses digits in this form
    assert answer.adjusted_z == near(tuple(excess / np.sqrt(1 / weights + tau_squared)), SEARCHED)


@given(many_counts)
@settings(deadline=None)
def test_adjustment_brings_areas_nearer(areas: list[tuple[int, float]]) -> None:
    """No area's z is farther out with the variance between areas than without it."""
    observed, expected = zip(*areas, strict=True)
    answer = overdispersion(observed, expected)
    for plain, adjusted in zip(answer.z, answer.adjusted_z, strict=True):
        assert abs(adjusted) <= abs(plain) * (1 + ULP)


def test_areas_as_expected_are_not_overdispersed() -> None:
    """Where no area differs by more than chance, nothing is adjusted."""
    answer = overdispersion(EXPECTED, EXPECTED)
    assert (answer.phi, answer.tau_squared) == (0, 0)


between = st.floats(0, 4)
"""Variances between areas: nought, and more than any forces have."""


@given(
    st.floats(1, 10**7),
    st.floats(0.1, 100),
    between,
    usual_levels,
    st.floats(0, 10),
)
@settings(deadline=None)
@example(1000, 10, 0, 0.95, 0)
@example(1000, 10, 4, 0.95, 0)
def test_a_rate_is_outside_where_its_adjusted_z_is_beyond(
    base: float, rate: float, tau_squared: float, level: float, times: float
) -> None:
    """The limits with spread part the rates whose adjusted z is beyond the level from the rest."""
    expected = rate / 1000 * base
    observed = times * expected
    z = (math.sqrt(times) - 1) / math.sqrt(1 / (4 * expected) + tau_squared)
    deviate = float(norm.isf((1 - level) / 2))
    assume(abs(abs(z) - deviate) > 1e-9 * deviate)  # on the line itself floats decide
    low, high = overdispersed_limits(base, rate, tau_squared, 1000, level)
    value = 1000 * observed / base
    assert (value > high) == (z > deviate)
    assert (value < low) == (z < -deviate)


@given(st.floats(1, 10**7), st.floats(0.1, 100), usual_levels)
@settings(deadline=None)
def test_without_spread_the_z_of_the_limits_is_that_of_the_level(
    base: float, rate: float, level: float
) -> None:
    """Where tau squared is nought, both limits' unadjusted z is the deviate, above and below."""
    expected = rate / 1000 * base
    deviate = float(norm.isf((1 - level) / 2))
    low, high = overdispersed_limits(base, rate, 0, 1000, level)
    for end, sign in ((low, -1), (high, 1)):
        z = (math.sqrt(end * base / 1000 / expected) - 1) * 2 * math.sqrt(expected)
        if end > 0:
            assert z == pytest.approx(sign * deviate, rel=1e-6)
        else:
            assert 2 * math.sqrt(expected) <= deviate * (1 + ULP)


@given(st.floats(1, 10**7), st.floats(0.1, 100), between, usual_levels)
@settings(deadline=None)
def test_limits_with_spread_narrow_as_the_base_grows(
    base: float, rate: float, tau_squared: float, level: float
) -> None:
    """A larger base has limits no wider, the rate is between them, and spread widens both."""
    small, large = (
        overdispersed_limits(size, rate, tau_squared, 1000, level) for size in (base, 2 * base)
    )
    assert small.low <= large.low < rate < large.high
    assert large.high <= small.high
    wider = overdispersed_limits(base, rate, tau_squared + 0.1, 1000, level)
    assert wider.low <= small.low
    assert wider.high > small.high


@given(st.floats(1, 10**7), st.floats(0.1, 100), between, usual_levels, st.floats(0.01, 10**6))
@settings(deadline=None)
def test_limits_with_spread_are_per_unit_of_base(
    base: float, rate: float, tau_squared: float, level: float, per: float
) -> None:
    """In other units the limits are the same rates."""
    usual = overdispersed_limits(base, rate, tau_squared, 1000, level)
    other = overdispersed_limits(base, rate * per / 1000, tau_squared, per, level)
    assert other == near((usual.low * per / 1000, usual.high * per / 1000), CLOSED)


@pytest.mark.parametrize(
    ("observed", "expected", "z"),
    [
        (100, 108, -0.4976275472),
        (150, 112, 2.0883095503),
        (180, 165, 0.6316966898),
        (80, 95, -1.0567017316),
        (120, 100, 1.2384216056),
        (225, 220, 0.1670400777),
    ],
)
def test_limits_with_spread_touch_every_area_of_the_worked_case(
    observed: float, expected: float, z: float
) -> None:
    """At the level of its own adjusted z an area is on one of its limits.

    Six areas, tau squared 0.003439780154. The adjusted z on the square root scale (Spiegelhalter,
    2005) is 2 (sqrt(observed) - sqrt(expected)) / sqrt(1 + 4 expected tau squared).
    """
    level = 1 - 2 * float(norm.sf(abs(z)))
    low, high = overdispersed_limits(expected, 1, 0.003439780154, 1, level)
    assert (high if z > 0 else low) == pytest.approx(observed / expected, rel=1e-8)


# Bad arguments

NAN, INFINITY = math.nan, math.inf

Call = Callable[[], object]


@pytest.mark.parametrize(
    ("call", "named"),
    [
        *[
            (lambda text=text: rounding_interval(text), "text")
            for text in (
                "",
                " ",
                "5.",
                ".",
                "-",
                "1e3",
                "1,000",
                "5 ",
                "nan",
                "inf",
                "--5",
                "1.2.3",
            )
        ],
        (lambda: rounding_interval("٣"), "text"),  # an Arabic digit
        (lambda: rounding_interval("²"), "text"),
        (lambda: rounding_interval("−5"), "text"),
        (lambda: rounding_interval("1" * 31), "text"),
        (lambda: rounding_interval("1" * 10_000), "text"),
        (lambda: difference_range("x", "1"), "a_text"),
        (lambda: difference_range("1", "x"), "b_text"),
        (lambda: ratio_range("x", "1"), "a_text"),
        (lambda: ratio_range("1", "x"), "b_text"),
        (lambda: percent_range("x", "1"), "a_text"),
        (lambda: percent_range("1", "x"), "b_text"),
        (lambda: relative_index_range("x", "1"), "a_text"),
        (lambda: relative_index_range("1", "x"), "b_text"),
        *[
            (lambda count=count: poisson_interval(count), "count")
            for count in (-1, -1e-300, NAN, INFINITY, -INFINITY, 1e16)
        ],
        *[
            (lambda level=level: poisson_interval(1, level), "level")
            for level in (0, 1, -0.5, 95, NAN, INFINITY)
        ],
        (lambda: rate_interval(-1, 1), "count"),
        *[
            (lambda base=base: rate_interval(1, base), "base")
            for base in (0, -1, NAN, INFINITY, 1e-300)
        ],
        (lambda: rate_interval(1, 1, 0), "per"),
        (lambda: rate_interval(1, 1, 1, 1), "level"),
        (lambda: wilson_interval(-1, 1), "count"),
        (lambda: wilson_interval(2, 1), "count"),
        (lambda: wilson_interval(0, 0), "base"),
        (lambda: wilson_interval(NAN, 1), "count"),
        (lambda: wilson_interval(1, 1, 0), "level"),
        (lambda: margin_difference(NAN, 1, 1, 1), "value_a"),
        (lambda: margin_difference(1, 1, INFINITY, 1), "value_b"),
        (lambda: margin_difference(1, -1, 1, 1), "margin_a"),
        (lambda: margin_difference(1, 1, 1, NAN), "margin_b"),
        (lambda: margin_difference(1, 0, 1, 0), "margin_a"),
        (lambda: margin_difference(1, 1, 1, 1, -0.1), "share"),
        (lambda: margin_difference(1, 1, 1, 1, 1), "share"),
        (lambda: margin_difference(1, 1, 1, 1, NAN), "share"),
        (lambda: margin_difference(1, 2, 1, 1, 0.9), "share"),
        (lambda: margin_difference(1, 1, 1, 1, 0, 0), "level"),
        (lambda: count_ratio(-1, 1), "count_a"),
        (lambda: count_ratio(1, -1), "count_b"),
        (lambda: count_ratio(1.5, 1), "count_a"),
        (lambda: count_ratio(1, NAN), "count_b"),
        (lambda: count_ratio(10**9 + 1, 1), "count_a"),
        (lambda: count_ratio(1, 1, 0), "base_a"),
        (lambda: count_ratio(1, 1, 1, -1), "base_b"),
        (lambda: count_ratio(1, 1, 1, 1, NAN), "level"),
        (lambda: smallest_base("x", "1"), "value_text"),
        (lambda: smallest_base("1", "x"), "benchmark_text"),
        (lambda: smallest_base("-1", "5"), "value_text"),
        (lambda: smallest_base("1", "-5"), "benchmark_text"),
        (lambda: smallest_base("1", "5", 0), "per"),
        (lambda: smallest_base("1", "5", 1000, 1), "level"),
        (lambda: smallest_base("1", "1", 1000, 1), "level"),
        (lambda: smallest_base_percent("101", "5"), "value_text"),
        (lambda: smallest_base_percent("1", "100.1"), "benchmark_text"),
        (lambda: smallest_base_percent("-1", "5"), "value_text"),
        (lambda: smallest_base_percent("1", "5", 0), "level"),
        (lambda: funnel_limits(0, 1), "base"),
        (lambda: funnel_limits(1, -1), "rate"),
        (lambda: funnel_limits(1, 1, 0), "per"),
        (lambda: funnel_limits(1, 1, 1, 2), "level"),
        (lambda: funnel_limits(1e10, 1e10), "rate times base over per"),
        *[
            (lambda base=base: overdispersed_limits(base, 1, 0), "base")
            for base in (0, -1, NAN, INFINITY)
        ],
        (lambda: overdispersed_limits(1, 0, 0), "rate"),
        (lambda: overdispersed_limits(1, NAN, 0), "rate"),
        (lambda: overdispersed_limits(1, 1, -1e-9), "tau_squared"),
        (lambda: overdispersed_limits(1, 1, NAN), "tau_squared"),
        (lambda: overdispersed_limits(1, 1, INFINITY), "tau_squared"),
        (lambda: overdispersed_limits(1, 1, 0, 0), "per"),
        (lambda: overdispersed_limits(1, 1, 0, 1, 1), "level"),
        (lambda: overdispersed_limits(1e10, 1e10, 0), "rate times base over per"),
        (lambda: overdispersion([1, 2], [1, 2, 3]), "observed"),
        (lambda: overdispersion([], []), "observed"),
        (lambda: overdispersion([1], [1]), "observed"),
        (lambda: overdispersion([1, -2], [1, 2]), r"observed\[1\]"),
        (lambda: overdispersion([NAN, 2], [1, 2]), r"observed\[0\]"),
        (lambda: overdispersion([1, 2], [1, 0]), r"expected\[1\]"),
        (lambda: overdispersion([1, 2], [1, 2], 0.5), "trim"),
        (lambda: overdispersion([1, 2], [1, 2], -0.1), "trim"),
        (lambda: overdispersion([1, 2], [1, 2], NAN), "trim"),
    ],
)
def test_a_bad_argument_is_named(call: Call, named: str) -> None:
    """What has no answer raises the one error, whose message names the argument."""
    with pytest.raises(MethodError, match=rf"(^|\b){named} "):
        call()


def finite(answer: object) -> bool:
    """Say whether every number in an answer is finite."""
    if isinstance(answer, tuple):
        return all(finite(part) for part in answer)
    return answer is None or (isinstance(answer, int | float) and math.isfinite(answer))


@pytest.mark.parametrize(
    ("method", "size"),
    [
        (poisson_interval, 2),
        (rate_interval, 4),
        (wilson_interval, 3),
        (margin_difference, 6),
        (count_ratio, 5),
        (funnel_limits, 4),
        (overdispersed_limits, 5),
    ],
)
@given(data=st.data())
@settings(deadline=None)
def test_numbers_give_finite_answers_or_the_one_error(
    method: Callable[..., object], size: int, data: st.DataObject
) -> None:
    """Whatever floats come in, NaN and infinities too, there is no other error and no overflow."""
    arguments = data.draw(st.tuples(*[any_float] * size))
    try:
        answer = method(*arguments)
    except MethodError:
        return
    assert finite(answer)


extremes = st.floats(1e-15, 1e15) | st.sampled_from([1e-15, 1e15, 1, 10])
most_levels = st.floats(0, 1, exclude_min=True, exclude_max=True)


@given(extremes, extremes, extremes, extremes, most_levels)
@settings(deadline=None)
@example(9.999999999999998, 1e-15, 1e15, 1, 1 - 2.0**-53)
@example(1e-15, 1e-15, 1e15, 1, 5e-324)
def test_the_largest_and_smallest_numbers_have_finite_answers(
    a: float, b: float, c: float, d: float, level: float
) -> None:
    """Everything within the bounds that the module states has an answer."""
    assert finite(poisson_interval(a, level))
    assert finite(rate_interval(a, b, c, level))
    assert finite(wilson_interval(min(a, b), max(a, b), level))
    assert finite(margin_difference(a, b, -c, d, 0.25, level))
    whole = int(min(a, 1e9)), int(min(b, 1e9))
    assert finite(count_ratio(*whole, c, d, level))
    assert finite(overdispersion([a, b], [c, d]))
    if a / c * b <= 1e15:
        assert finite(funnel_limits(b, a, c, level))
    if 1e-15 <= a / c * b <= 1e15:
        assert finite(overdispersed_limits(b, a, d, c, level))


@given(st.lists(any_float), st.lists(any_float), any_float)
@settings(deadline=None)
def test_sequences_give_finite_answers_or_the_one_error(
    observed: list[float], expected: list[float], trim: float
) -> None:
    """Areas of any numbers, in lists of any lengths, raise no other error."""
    try:
        answer = overdispersion(observed, expected, trim)
    except MethodError:
        return
    assert finite(answer)


some_text = st.text(max_size=40) | st.from_regex(r"[+-]?[0-9]*\.?[0-9]{0,30}", fullmatch=True)


@given(some_text, some_text, any_float, any_float)
@settings(deadline=None)
def test_texts_give_finite_answers_or_the_one_error(
    a: str, b: str, per: float, level: float
) -> None:
    """Whatever text comes in, there is no other error."""
    calls: tuple[Call, ...] = (
        lambda: rounding_interval(a),
        lambda: difference_range(a, b),
        lambda: ratio_range(a, b),
        lambda: percent_range(a, b),
        lambda: relative_index_range(a, b),
        lambda: smallest_base(a, b, per, level),
        lambda: smallest_base(a, b),
        lambda: smallest_base_percent(a, b, level),
    )
    for call in calls:
        try:
            answer = call()
        except MethodError:
            continue
        assert finite(answer)


def test_only_cheap_parts_of_the_standard_library_are_loaded() -> None:
    """Nothing is imported that would add to the time it takes to start."""
    modules: set[str | None] = set()
    for module in (methods, distributions):
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        modules |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        modules |= {
            name.name
            for node in ast.walk(tree)
            if isinstance(node, ast.Import)
            for name in node.names
        }
    own = {"crimecmp.distributions", "crimecmp.errors"}
    assert modules - own == {"__future__", "bisect", "collections.abc", "math", "typing"}


# Two changes

some_counts = st.integers(1, 10**7)
four_counts = st.tuples(some_counts, some_counts, some_counts, some_counts)


@given(four_counts, usual_levels)
@settings(deadline=None)
def test_two_changes_are_the_odds_ratio_of_their_four_counts(
    four: tuple[int, int, int, int], level: float
) -> None:
    """Interval and p of the relative index are those of statsmodels for a table of two by two."""
    a, before_a, b, before_b = four
    other = Table2x2(np.array([[a, before_a], [b, before_b]], dtype=float), shift_zeros=False)
    found = change_ratio(*four, level)
    assert found.ratio == near(other.oddsratio)
    low, high = other.oddsratio_confint(1 - level, method="normal")
    assert (found.low, found.high) == (near(low), near(high))
    assert found.p == pytest.approx(other.log_oddsratio_pvalue(), rel=1e-6, abs=1e-12)


def test_durhams_change_against_that_of_the_rest_of_the_country() -> None:
    """33,570 after 29,828, and 3,460,860 after 3,477,660 less these: by logarithms of counts."""
    own, whole = np.array([33_570, 29_828]), np.array([3_460_860, 3_477_660])
    rest = whole - own
    index = np.log(own[0]) - np.log(own[1]) - np.log(rest[0]) + np.log(rest[1])
    error = np.sqrt((1 / np.concatenate([own, rest])).sum())
    found = change_ratio(33_570, 29_828, int(rest[0]), int(rest[1]), 0.998)
    assert found.ratio == near(np.exp(index))
    assert found.low == near(np.exp(index - 3.090232306 * error))
    assert found.high == near(np.exp(index + 3.090232306 * error))
    assert found.p == closely(2 * norm.sf(index / error), 1e-6)


@given(four_counts, usual_levels)
def test_which_change_is_named_first_is_a_matter_of_words(
    four: tuple[int, int, int, int], level: float
) -> None:
    """With the areas changed about, or the two periods, the ratio is turned over; p stays."""
    a, before_a, b, before_b = four
    found = change_ratio(*four, level)
    assert found.ratio
    assert found.low
    assert found.high
    for turned in (
        change_ratio(b, before_b, a, before_a, level),
        change_ratio(before_a, a, before_b, b, level),
    ):
        assert turned.ratio == near(1 / found.ratio)
        assert turned.low == near(1 / found.high)
        assert turned.high == near(1 / found.low)
        assert turned.p == pytest.approx(found.p, rel=1e-6, abs=1e-12)


@given(four_counts, usual_levels)
def test_the_interval_of_two_changes_leaves_out_one_where_p_is_small(
    four: tuple[int, int, int, int], level: float
) -> None:
    """Both say the same, being made of one standard error."""
    found = change_ratio(*four, level)
    assume(abs(found.p - (1 - level)) > ULP)
    assert found.low
    assert found.high
    assert (found.low > 1 or found.high < 1) == (found.p < 1 - level)


@given(four_counts, usual_levels)
def test_against_a_change_beyond_all_chance_a_change_is_its_own(
    four: tuple[int, int, int, int], level: float
) -> None:
    """Against countless events that did not change the interval is that of the two counts."""
    a, before_a, *_ = four
    own, against = count_ratio(a, before_a, level=level), change_ratio(a, before_a, 1e15, 1e15)
    assert against.ratio == near(own.ratio)
    assert change_ratio(a, before_a, 1e15, 1e15, level).low == near(own.low, 1e-6)


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("count", [0, -1, 0.5, math.nan, math.inf, 1e16])
def test_two_changes_take_counts_from_one_on(place: int, count: float) -> None:
    """Of no events there is no ratio: the one error says which count it is."""
    four = [100.0, 100.0, 100.0, 100.0]
    four[place] = count
    name = ("count_a", "before_a", "count_b", "before_b")[place]
    with pytest.raises(MethodError, match=name):
        change_ratio(*four)


# A rate and the mean of a group

area = st.tuples(st.integers(0, 10**6), st.floats(1, 10**7))
groups_of_areas = st.lists(area, min_size=1, max_size=8)


def contrast(
    own: tuple[float, float], others: Sequence[tuple[float, float]], inside: bool
) -> tuple[float, float]:
    """Return the difference per 1,000 and its standard error: w'r and the root of w'Vw."""
    counts, bases = np.array([own, *others], dtype=float).T
    size = len(others) + inside
    weights = np.full(len(counts), -1 / size)
    weights[0] = 1 - inside / size
    variances = np.diag(counts / bases**2)
    error = np.sqrt(weights @ variances @ weights)
    return 1000 * weights @ (counts / bases), 1000 * error


@given(area, groups_of_areas, st.booleans(), usual_levels)
def test_a_difference_from_a_mean_is_a_contrast_of_rates(
    own: tuple[int, float], others: list[tuple[int, float]], inside: bool, level: float
) -> None:
    """Difference, error and interval are those of weights that add up to nought."""
    assume(own[0] or any(count for count, _ in others))
    found = mean_difference(own, others, inside=inside, level=level)
    difference, error = contrast(own, others, inside)
    scale = 1000 * max(count / base for count, base in (own, *others))
    assert found.difference == pytest.approx(difference, rel=CLOSED, abs=1e-12 * scale)
    assert found.standard_error == near(error)
    half = norm.ppf((1 + level) / 2) * error
    assert found.low == pytest.approx(difference - half, rel=1e-7, abs=1e-9 * (scale + half))
    assert found.high == pytest.approx(difference + half, rel=1e-7, abs=1e-9 * (scale + half))
    assert found.z == pytest.approx(difference / error, rel=1e-7, abs=1e-9 * scale / error)
    assert found.p == pytest.approx(2 * norm.sf(abs(found.z)), rel=1e-9, abs=1e-290)


def test_three_forces_in_a_group() -> None:
    """Rates of 5, 8 and 7: the first is 5/3 below the mean, its own third of it taken out."""
    found = mean_difference((500, 100_000), [(1600, 200_000), (700, 100_000)], inside=True)
    variance = (4 * 500 / 1e10 + 1600 / 4e10 + 700 / 1e10) / 9
    assert found.difference == near(-5 / 3)
    assert found.standard_error == near(1000 * math.sqrt(variance))
    apart = mean_difference((500, 100_000), [(1600, 200_000), (700, 100_000)], inside=False)
    assert apart.difference == near(5 - 7.5)
    assert apart.standard_error == near(1000 * math.sqrt(500 / 1e10 + (1600 / 4e10 + 0.07e-6) / 4))


@given(area, area)
def test_of_a_group_of_two_either_is_half_their_difference_off(
    one: tuple[int, float], other: tuple[int, float]
) -> None:
    """The mean lies in the middle, so that the two are as far above as below it."""
    assume(one[0] or other[0])
    apart = mean_difference(one, [other], inside=False)
    above, below = (
        mean_difference(*pair, inside=True) for pair in ((one, [other]), (other, [one]))
    )
    scale = 1e-12 * (one[0] / one[1] + other[0] / other[1]) * 1000
    assert above.difference == pytest.approx(apart.difference / 2, rel=CLOSED, abs=scale)
    assert above.difference == pytest.approx(-below.difference, rel=CLOSED, abs=scale)
    assert (above.low, above.high) == pytest.approx((-below.high, -below.low), abs=10 * scale)
    assert above.standard_error == near(apart.standard_error / 2)


@given(area, groups_of_areas)
def test_to_be_in_the_group_changes_the_difference_and_not_the_test(
    own: tuple[int, float], others: list[tuple[int, float]]
) -> None:
    """Inside, difference and error shrink alike: z is that against the mean of the others."""
    assume(own[0] or any(count for count, _ in others))
    inside, outside = (mean_difference(own, others, inside=part) for part in (True, False))
    shrunk = len(others) / (len(others) + 1)
    assert inside.standard_error == near(shrunk * outside.standard_error)
    rates = [1000 * count / base for count, base in (own, *others)]
    tolerance = 1e-12 * max(rates) / outside.standard_error
    assert inside.z == pytest.approx(outside.z, rel=1e-9, abs=10 * tolerance)


@given(st.lists(area, min_size=2, max_size=8))
def test_differences_from_the_mean_of_a_group_add_up_to_nought(
    areas: list[tuple[int, float]],
) -> None:
    """What some of a group are above its mean, the others are below it."""
    assume(any(count for count, _ in areas))
    total = math.fsum(
        mean_difference(own, [*areas[:place], *areas[place + 1 :]], inside=True).difference
        for place, own in enumerate(areas)
    )
    assert total == pytest.approx(0, abs=1e-11 * max(1000 * x / n for x, n in areas))


@given(area, groups_of_areas, st.booleans(), st.sampled_from([1.0, 100.0, 100_000.0]))
def test_the_unit_of_rates_does_not_change_their_test(
    own: tuple[int, float], others: list[tuple[int, float]], inside: bool, per: float
) -> None:
    """Per 100,000 all is a hundred times as large as per 1,000, but for z and p."""
    assume(own[0] or any(count for count, _ in others))
    usual = mean_difference(own, others, inside=inside)
    scaled = mean_difference(own, others, inside=inside, per=per)
    assert scaled.difference == near(usual.difference * per / 1000, 1e-12)
    assert scaled.standard_error == near(usual.standard_error * per / 1000, 1e-12)
    assert scaled.z == near(usual.z, 1e-12)


@given(area, groups_of_areas, st.booleans(), usual_levels)
def test_the_interval_about_a_mean_leaves_out_nought_where_p_is_small(
    own: tuple[int, float], others: list[tuple[int, float]], inside: bool, level: float
) -> None:
    """Both say the same, being made of one standard error."""
    assume(own[0] or any(count for count, _ in others))
    found = mean_difference(own, others, inside=inside, level=level)
    assume(abs(found.p - (1 - level)) > ULP)
    assert (found.low > 0 or found.high < 0) == (found.p < 1 - level)


@pytest.mark.parametrize(
    ("own", "others", "said"),
    [
        ((5, 10), [], "nobody else"),
        ((0, 10), [(0, 10), (0, 20)], "no event"),
        ((-1, 10), [(5, 10)], "count 0 is -1"),
        ((5, 10), [(5, 10), (-2, 10)], "count 2 is -2"),
        ((5, 0), [(5, 10)], "base 0 is 0"),
        ((5, 10), [(5, -3)], "base 1 is -3"),
        ((math.nan, 10), [(5, 10)], "count 0 is nan"),
        ((5, 10), [(5, math.inf)], "base 1 is inf"),
    ],
)
@pytest.mark.parametrize("inside", [True, False])
def test_a_mean_is_refused_where_it_has_no_answer(
    own: tuple[float, float], others: list[tuple[float, float]], said: str, inside: bool
) -> None:
    """A group of nobody, without events, or with impossible numbers raises the one error."""
    with pytest.raises(MethodError, match=said):
        mean_difference(own, others, inside=inside)


@given(st.tuples(any_float, any_float), st.lists(st.tuples(any_float, any_float)), any_float)
@settings(deadline=None)
def test_any_numbers_of_a_group_give_finite_answers_or_the_one_error(
    own: tuple[float, float], others: list[tuple[float, float]], level: float
) -> None:
    """Whatever the counts and bases, there is no other error and no infinity."""
    for inside in (True, False):
        try:
            answer = mean_difference(own, others, inside=inside, level=level)
        except MethodError:
            continue
        assert finite(answer)


@given(any_float, any_float, any_float, any_float, any_float)
@settings(deadline=None)
def test_any_numbers_of_two_changes_give_finite_answers_or_the_one_error(
    a: float, before_a: float, b: float, before_b: float, level: float
) -> None:
    """Whatever the four counts, there is no other error and no infinity."""
    try:
        answer = change_ratio(a, before_a, b, before_b, level)
    except MethodError:
        return
    assert finite(answer)
