"""Funnels have the lines and the tails of their distributions."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from calculating import CLOSED, PROBABILITY, closely, near, usual_levels
from hypothesis import assume, example, given
from hypothesis import strategies as st
from scipy.stats import binom, chi2, nbinom, poisson
from scipy.stats import t as scipy_t

from crimecmp.errors import MethodError
from crimecmp.statistics import (
    Interval,
    Spread,
    Tails,
    funnel_limits,
    funnel_tails,
    funnels,
    overdispersed_limits,
    proportion_limits,
    proportion_tails,
    spread_among,
    unusual_among,
)

# --- Which counts are outside


@pytest.mark.parametrize(
    ("observed", "expected", "low", "high", "side"),
    [
        (2, 6.6, 0.039967612943157094, 0.989661202914636, 0),
        (7, 13.143499570060102, 0.05012134681466311, 0.9762054022697293, 0),
        (6, 13.143499570060102, 0.02379459773027076, 0.9902265724008973, -1),
        (0, 3.2, 0.04076220397836622, 1.0, 0),
        (0, 3.8, 0.022370771856165598, 1.0, -1),
        (12, 5.5, 0.99554911745575, 0.010988141058626786, 1),
        (2990, 2852.5, 0.9948636930657886, 0.005415820750034704, 1),
    ],
)
def test_worked_tails(observed: int, expected: float, low: float, high: float, side: int) -> None:
    """The tails, and what is outside at 95%, are the worked ones."""
    tails = funnel_tails(observed, expected)
    assert tails == closely((low, high), CLOSED)
    assert tails.side() == tails.side(0.95) == side


@given(st.integers(0, 10**5), st.floats(1e-3, 10**5))
@example(0, 1e-3)
@example(0, 1e5)
def test_tails_agree_with_scipy(observed: int, expected: float) -> None:
    """Both tails hold the count itself."""
    tails = funnel_tails(observed, expected)
    assert tails.low == closely(float(poisson.cdf(observed, expected)), PROBABILITY)
    assert tails.high == closely(float(poisson.sf(observed - 1, expected)), PROBABILITY)


@given(st.integers(0, 2000), st.floats(0.1, 2000), usual_levels)
def test_a_count_is_outside_where_its_exact_interval_leaves_out_what_is_expected(
    observed: int, expected: float, level: float
) -> None:
    """The tails and the exact interval of the count (Garwood, 1936) are one decision."""
    alpha = 1 - level
    low = float(chi2.ppf(alpha / 2, 2 * observed)) / 2 if observed else 0.0
    high = float(chi2.isf(alpha / 2, 2 * observed + 2)) / 2
    assume(min(abs(low - expected), abs(high - expected)) > 1e-9 * expected)
    side = 1 if expected < low else -1 if expected > high else 0
    assert funnel_tails(observed, expected).side(level) == side


PUBLISHED = (
    # count, expected counts from which it is high and low: two-sided 95%, then 99.8%
    (1, 0.025317898, 5.571644585, 0.001000547, 9.233410143),
    (2, 0.242209467, 7.224687515, 0.04540199, 11.22886836),
    (3, 0.618671905, 8.767273828, 0.190533306, 13.06224507),
    (5, 1.623486324, 11.6683331, 0.739371928, 16.45474478),
    (9, 4.11537405, 17.08479966, 2.452425215, 22.65737951),
    (20, 12.21651877, 30.88838097, 8.958211233, 38.04188668),
    (100, 81.36400699, 121.6268111, 71.92139974, 134.9243187),
    (716, 664.5083011, 770.4222128, 636.1521174, 802.60414),
)
"""From testdata_funnel_ratio_outputs.csv of PHEindicatormethods (UK Health Security Agency): at
these expected counts the published funnel passes through the count. It has six digits or seven."""


@pytest.mark.parametrize(("count", "high", "low", "highest", "lowest"), PUBLISHED)
def test_counts_go_outside_where_the_published_funnel_passes_through_them(
    count: int, high: float, low: float, highest: float, lowest: float
) -> None:
    """PHEindicatormethods has the same exact boundaries, at 95% and at 99.8%."""
    for level, above, below in ((0.95, high, low), (0.998, highest, lowest)):
        tail = (1 - level) / 2
        assert funnel_tails(count, above).high == closely(tail, 2e-4)
        assert funnel_tails(count, below).low == closely(tail, 2e-4)
        sides = [
            funnel_tails(count, expected).side(level)
            for expected in (above * 0.9999, above * 1.0001, below * 0.9999, below * 1.0001)
        ]
        assert sides == [1, 0, 0, -1]


def test_a_tail_of_exactly_what_the_level_leaves_is_outside() -> None:
    """On the boundary itself a count is outside, on either side."""
    assert Tails(0.25, 0.9).side(0.5) == -1
    assert Tails(0.9, 0.25).side(0.5) == 1
    assert Tails(math.nextafter(0.25, 1), 0.9).side(0.5) == 0


def test_worked_tails_of_proportions() -> None:
    """16 of 24 where 85% are expected is below, and 58 of 180 where 26% are is inside."""
    few = proportion_tails(16, 24, 0.85)
    assert few == closely((0.019869309381736297, 0.994126513467977), CLOSED)
    some = proportion_tails(58, 180, 0.26)
    assert some == closely((0.9746079168789239, 0.03666366262590387), CLOSED)
    assert (few.side(), some.side()) == (-1, 0)


@given(st.integers(1, 10**5), st.floats(1e-4, 0.9999), st.floats(0, 1))
def test_tails_of_proportions_agree_with_scipy(base: int, proportion: float, share: float) -> None:
    """Both tails of a part, from none of the base to all of it."""
    observed = round(share * base)
    tails = proportion_tails(observed, base, proportion)
    assert tails.low == closely(float(binom.cdf(observed, base, proportion)), PROBABILITY)
    assert tails.high == closely(float(binom.sf(observed - 1, base, proportion)), PROBABILITY)


def test_all_of_a_base_is_a_part_of_it() -> None:
    """The largest part there can be is the base itself."""
    assert proportion_tails(24, 24, 0.85) == closely((1.0, 0.85**24), CLOSED)
    assert proportion_tails(0, 24, 0.85) == closely((0.15**24, 1.0), CLOSED)


# --- The lines of counts


@pytest.mark.parametrize(
    ("expected", "level", "low", "high"),
    [
        (0.6, 0.95, 0.0, 1.9809212798930345),
        (0.6, 0.998, 0.0, 3.7956817759478585),
        (2.2, 0.95, 0.0, 4.998103462447303),
        (2.2, 0.998, 0.0, 7.648232593970837),
        (6.6, 0.95, 1.4948291887534135, 11.63347857417335),
        (6.6, 0.998, 0.0, 15.41714871048758),
        (9.7, 0.95, 3.5369966032830744, 15.783124677721643),
        (9.7, 0.998, 1.1194092294189701, 20.167479579437323),
        (37.5, 0.95, 25.455838554065892, 49.48854834907631),
        (37.5, 0.998, 19.521515652259506, 57.32258195553755),
        (412.25, 0.95, 372.4244633418602, 452.01141845417044),
        (412.25, 0.998, 350.4367407010848, 475.90199449209706),
        (2852.5, 0.95, 2747.794242047263, 2957.152281546628),
        (2852.5, 0.998, 2688.381768669845, 3018.4684543706485),
    ],
)
def test_worked_lines(expected: float, level: float, low: float, high: float) -> None:
    """The lines at the worked numbers of expected events, over a base of one."""
    assert funnel_limits(1, expected, 1, level) == near((low, high))


def interpolated(
    cdf: Callable[[float], float], pmf: Callable[[float], float], r: float, p: float
) -> float:
    """Return the interpolated quantile of Spiegelhalter (2005, appendix) from SciPy's figures."""
    assert cdf(r) >= p > cdf(r - 1)
    return max(0.0, r - (cdf(r) - p) / pmf(r))


def clear(cdf: Callable[[float], float], r: float, p: float) -> bool:
    """Say whether r is the least count to reach p beyond doubt: on the boundary floats decide."""
    return min(abs(cdf(r) - p), abs(cdf(r - 1) - p)) > 1e-9


@given(st.floats(0.01, 10**5), usual_levels)
def test_lines_agree_with_scipy(expected: float, level: float) -> None:
    """The lines are the quantiles of SciPy's Poisson distribution, interpolated as published."""
    alpha = 1 - level
    distribution = poisson(expected)
    ends = []
    for p in (alpha / 2, 1 - alpha / 2):
        r = float(distribution.ppf(p))
        assume(clear(distribution.cdf, r, p))
        ends.append(interpolated(distribution.cdf, distribution.pmf, r, p))
    assert funnel_limits(1, expected, 1, level) == near(tuple(ends), 1e-7)


@pytest.mark.parametrize("level", [0.95, 0.998])
@pytest.mark.parametrize("expected", [1e6 - 0.5, 1e6, 1_234_567.8, 3e6])
def test_the_expansion_agrees_with_the_search_where_it_begins(
    monkeypatch: pytest.MonkeyPatch, expected: float, level: float
) -> None:
    """From a million events on the expansion is within a thousandth of an event of the search."""
    monkeypatch.setattr(funnels, "_EXPANSION_FROM", math.inf)
    searched = funnel_limits(1, expected, 1, level)
    monkeypatch.setattr(funnels, "_EXPANSION_FROM", 0.0)
    assert funnel_limits(1, expected, 1, level) == pytest.approx(searched, abs=1e-3)
    monkeypatch.undo()
    again = funnel_limits(1, expected, 1, level)
    assert (again == searched) == (expected < 1e6)


@pytest.mark.parametrize("expected", [1e9, 1e12])
def test_lines_of_the_largest_counts_are_normal_and_a_little_skewed(expected: float) -> None:
    """Of so many events the line is E +- z sqrt E, shifted by the half and by the skewness."""
    z = 1.959963984540054
    middle, half = expected - 0.5 + (z**2 - 1) / 6, z * math.sqrt(expected)
    found = funnel_limits(1, expected, 1)
    assert found == pytest.approx((middle - half, middle + half), rel=0, abs=1e-3)


@given(st.floats(1, 10**7), st.floats(0.1, 100), usual_levels, st.floats(0.01, 10**6))
def test_lines_are_per_unit_of_base(base: float, rate: float, level: float, per: float) -> None:
    """In other units the lines are the same rates."""
    expected = rate * base / 1000
    low, high = funnel_limits(base, rate, 1000, level)
    assume(all(clear(poisson(expected).cdf, float(poisson(expected).ppf(p)), p)
               for p in ((1 - level) / 2, (1 + level) / 2)))  # fmt: skip
    other = funnel_limits(base, rate * per / 1000, per, level)
    assert other == near((low * per / 1000, high * per / 1000), 1e-7)


@given(st.floats(10, 10**6), st.floats(0.1, 100), usual_levels)
def test_lines_narrow_with_the_base(base: float, rate: float, level: float) -> None:
    """The larger an area, the less its rate can differ by chance; the rate is between the lines."""
    small, large = (funnel_limits(size, rate, 1000, level) for size in (base, 4 * base))
    assume(base * rate / 1000 > 10)
    assert small.low <= large.low < rate < large.high < small.high


@given(st.floats(0.01, 3000), usual_levels)
def test_counts_go_outside_within_one_event_of_the_lines(expected: float, level: float) -> None:
    """A whole event beyond a line a count is outside, and a whole event within it inside."""
    low, high = funnel_limits(1, expected, 1, level)
    assert funnel_tails(math.floor(low) + 1, expected).side(level) >= 0
    assert funnel_tails(math.ceil(high) + 1, expected).side(level) == 1
    if high > 0:
        assert funnel_tails(math.ceil(high) - 1, expected).side(level) <= 0
    if low >= 1:
        assert funnel_tails(math.floor(low) - 1, expected).side(level) == -1


@pytest.mark.parametrize(
    ("expected", "low", "high", "lowest", "highest"),
    [
        (15, 0.5596924, 1.649348, 0.3862650, 2.082907),
        (20, 0.6108260, 1.544419, 0.4479107, 1.902094),
        (30, 0.6746958, 1.427562, 0.5289724, 1.702771),
    ],
)
def test_lines_are_not_the_interval_of_what_is_expected(
    expected: float, low: float, high: float, lowest: float, highest: float
) -> None:
    """The interval of a count that happens to be as expected is too high at both ends.

    The figures are those of FunnelPlotR's test-poisson_limits.R, whose lines are such intervals.
    """
    for level, ends in ((0.95, (low, high)), (0.998, (lowest, highest))):
        alpha = 1 - level
        of_count = (
            float(chi2.ppf(alpha / 2, 2 * expected)) / 2 / expected,
            float(chi2.isf(alpha / 2, 2 * expected + 2)) / 2 / expected,
        )
        assert of_count == closely(ends, 1e-6)
        line = funnel_limits(1, expected, 1, level)
        assert line.low / expected < ends[0] - 0.02
        assert line.high / expected < ends[1] - 0.02


def test_no_events_expected_leave_no_room() -> None:
    """At a rate of zero both lines are at zero."""
    assert funnel_limits(1000, 0) == Interval(0, 0)


def test_lines_are_per_thousand_and_at_95_per_cent_unless_asked_otherwise() -> None:
    """All lines have the unit and the level of the rates that are compared."""
    assert funnel_limits(9000, 8.9) == funnel_limits(9000, 8.9, 1000, 0.95)
    assert proportion_limits(90, 0.3) == proportion_limits(90, 0.3, 0.95)
    spread = spread_among(COUNTS, BASES)
    assert overdispersed_limits(9000, spread) == overdispersed_limits(9000, spread, 1000, 0.95)


# --- The lines of proportions


@pytest.mark.parametrize(
    ("base", "proportion", "level", "low", "high"),
    [
        (24, 0.85, 0.95, 0.6723945929037448, 0.9560152883650815),
        (24, 0.85, 0.998, 0.5660311715795606, 0.9979406292445941),
        (180, 0.26, 0.95, 0.19451764493026033, 0.3224882159619956),
        (180, 0.26, 0.998, 0.16037718656938987, 0.36168794973657614),
        (1450, 0.07, 0.95, 0.056797383336560286, 0.08307519570735482),
        (1450, 0.07, 0.998, 0.04981118278256334, 0.09118936696164906),
    ],
)
def test_worked_lines_of_proportions(
    base: int, proportion: float, level: float, low: float, high: float
) -> None:
    """The lines of the worked bases and proportions."""
    assert proportion_limits(base, proportion, level) == near((low, high))


@given(st.integers(1, 10**5), st.floats(0.001, 0.999), usual_levels)
@example(1, 0.999, 0.998)
@example(1, 0.001, 0.998)
def test_lines_of_proportions_agree_with_scipy(base: int, proportion: float, level: float) -> None:
    """The lines are SciPy's binomial quantiles, interpolated, and never outside 0 to 1."""
    alpha = 1 - level
    distribution = binom(base, proportion)
    ends = []
    for p in (alpha / 2, 1 - alpha / 2):
        r = float(distribution.ppf(p))
        assume(clear(distribution.cdf, r, p))
        ends.append(interpolated(distribution.cdf, distribution.pmf, r, p) / base)
    found = proportion_limits(base, proportion, level)
    assert found == near((ends[0], min(1.0, ends[1])), 1e-7)
    assert 0 <= found.low <= found.high <= 1


# --- The lines with the spread between areas

COUNTS = (412, 655, 530, 918, 300, 1500, 760, 241)
BASES = (90_000, 110_000, 120_000, 150_000, 80_000, 210_000, 140_000, 60_000)


@pytest.mark.parametrize(
    ("base", "low", "high"),
    [
        (60_000, 2.524913792169265, 8.648803007225307),
        (110_000, 2.5518097907080697, 8.59922754805289),
        (400_000, 2.5756070160801614, 8.555699191929557),
    ],
)
def test_worked_lines_with_spread(base: float, low: float, high: float) -> None:
    """The lines of the eight areas made up, with six degrees of freedom."""
    found = overdispersed_limits(base, spread_among(COUNTS, BASES))
    assert found == closely((low, high), CLOSED)


spreads = st.builds(
    Spread,
    rate=st.floats(1e-4, 0.1),
    tau_squared=st.just(0.0) | st.floats(1e-4, 0.2),
    centre=st.floats(0.7, 1.2),
    centre_variance=st.floats(1e-5, 0.01),
    between_ratios=st.just(0.0) | st.floats(1e-4, 0.5),
    mean_ratio=st.floats(0.7, 1.2),
    mean_variance=st.floats(1e-5, 0.01),
    df=st.integers(2, 41),
)


@given(spreads, st.floats(100, 10**6), usual_levels)
def test_lines_with_spread_are_the_prediction_interval_as_a_function_of_the_base(
    spread: Spread, base: float, level: float
) -> None:
    """On roots with t from 20 expected events on, and else quantiles of the negative binomial."""
    expected = spread.rate * base
    mean = spread.mean_ratio * expected
    assume(abs(mean - 20) > 1e-9)
    alpha = 1 - level
    found = overdispersed_limits(base, spread, 1000, level)
    if mean >= 20:
        half = float(scipy_t.isf(alpha / 2, spread.df)) * math.sqrt(
            1 / (4 * expected) + spread.tau_squared + spread.centre_variance
        )
        roots = (max(0.0, spread.centre - half), spread.centre + half)
        assert found == near(tuple(1000 * spread.rate * root**2 for root in roots))
        return
    variance = mean + expected**2 * (spread.between_ratios + spread.mean_variance)
    usual = nbinom(mean / (variance / mean - 1), mean / variance)
    quantiles = [float(usual.ppf(p)) for p in (alpha / 2, 1 - alpha / 2)]
    assume(all(clear(usual.cdf, r, p)
               for r, p in zip(quantiles, (alpha / 2, 1 - alpha / 2), strict=True)))  # fmt: skip
    assert found == near(tuple(1000 * r / base for r in quantiles))


@pytest.mark.parametrize(("mean_ratio", "whole"), [(0.8, True), (1.2, False)])
def test_twenty_events_by_the_centre_of_the_ratios_decide(mean_ratio: float, whole: bool) -> None:
    """At 20 times E the lines are whole counts where the centre is below one, and else roots."""
    spread = Spread(0.01, 0.01, 0.9, 0.001, 0.04, mean_ratio, 0.004, 40)
    for expected in (18, 22):
        ends = overdispersed_limits(100 * expected, spread, per=100 * expected)
        assert all(abs(end - round(end)) < 1e-9 for end in ends) == whole


@given(spreads, usual_levels)
def test_lines_with_spread_narrow_as_the_base_grows(spread: Spread, level: float) -> None:
    """On the root scale a larger base has closer lines, and more spread has wider ones."""
    base = 50 / spread.rate / spread.mean_ratio
    small, large = (overdispersed_limits(n, spread, 1000, level) for n in (base, 3 * base))
    assert small.low <= large.low < large.high < small.high
    wider = spread._replace(tau_squared=spread.tau_squared + 0.1)
    assert overdispersed_limits(base, wider, 1000, level).high > small.high


@given(spreads, st.floats(1000, 10**7), st.floats(0.01, 10**6))
def test_lines_with_spread_are_per_unit_of_base(spread: Spread, base: float, per: float) -> None:
    """In another unit the lines are the same rates."""
    one, other = overdispersed_limits(base, spread, 1), overdispersed_limits(base, spread, per)
    assert other == near((one.low * per, one.high * per))


def test_a_new_area_without_a_vote_has_its_range_on_the_lines() -> None:
    """For one more area, its range from all the others is the lines of their funnel."""
    spread = spread_among(COUNTS, BASES)
    for base in (3000.0, 60_000.0, 400_000.0):
        count = round(base * spread.rate)
        found = unusual_among([*COUNTS, count], [*BASES, base])[-1]
        assert (found.low, found.high) == near(overdispersed_limits(base, spread))


def test_areas_that_differ_by_chance_alone_have_lines_for_any_base() -> None:
    """Without a spread, and next to no doubt about the rate, a small base has Poisson's lines."""
    spread = spread_among([10**6] * 6, [10**6] * 6)
    assert (spread.tau_squared, spread.between_ratios) == (0, 0)
    low, high = overdispersed_limits(5.0, spread, 1)
    assert (5 * low, 5 * high) == (poisson.ppf(0.025, 5), poisson.ppf(0.975, 5))


# --- Errors


@pytest.mark.parametrize(
    ("observed", "expected", "named"),
    [
        *[(observed, 1, "observed") for observed in (-1, 1.5, 10**9 + 1, math.nan)],
        *[(1, expected, "expected") for expected in (0, -1, 1e10, math.nan)],
    ],
)
def test_counts_in_funnels_are_checked(observed: Any, expected: float, named: str) -> None:
    """Counts are whole and at most 10^9, and something is expected."""
    with pytest.raises(MethodError, match=rf"^{named} is "):
        funnel_tails(observed, expected)


@pytest.mark.parametrize(
    ("observed", "base", "proportion", "message"),
    [
        (5, 4, 0.5, "observed is 5: it must not be larger than the base, 4"),
        (1.5, 4, 0.5, "observed is 1.5: it must be a whole number"),
        (-1, 4, 0.5, "observed is -1: it must be a number from 0 to 1e+09"),
        (1, 4.5, 0.5, "base is 4.5: it must be a whole number"),
        (0, 0, 0.5, "base is 0: it must be a number from 1 to 1e+09"),
        (1, 4, 0, "proportion is 0: it must be above 0 and below 1"),
        (1, 4, 1, "proportion is 1: it must be above 0 and below 1"),
        (1, 4, math.nan, "proportion is nan: it must be above 0 and below 1"),
    ],
)
def test_parts_in_funnels_are_checked(
    observed: Any, base: Any, proportion: float, message: str
) -> None:
    """A part is of a whole base, and a proportion is between nothing and everything."""
    with pytest.raises(MethodError) as raised:
        proportion_tails(observed, base, proportion)
    assert raised.value.message == message


@pytest.mark.parametrize("level", [0, 1, 95, math.nan])
def test_levels_of_funnels_are_checked(level: float) -> None:
    """The level is checked everywhere, with no events expected too."""
    for call in (
        lambda: Tails(0.5, 0.5).side(level),
        lambda: funnel_limits(1, 0, 1, level),
        lambda: proportion_limits(10, 0.5, level),
        lambda: overdispersed_limits(10, spread_among(COUNTS, BASES), 1, level),
    ):
        with pytest.raises(MethodError, match=r"^level "):
            call()
