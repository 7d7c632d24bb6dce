"""Differences and ratios of two figures, and their tests, give the values of their formulas."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

import numpy as np
import pytest
from calculating import (
    CLOSED,
    PROBABILITY,
    ULP,
    any_float,
    closely,
    finite,
    levels,
    near,
    usual_levels,
)
from hypothesis import assume, example, given
from hypothesis import strategies as st
from scipy.stats import binomtest, norm
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.rates import confint_poisson_2indep

from crimecmp.errors import MethodError
from crimecmp.statistics import (
    change_ratio,
    count_ratio,
    margin_difference,
    mean_difference,
    proportion_difference,
)

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
def test_a_margin_is_read_at_95_per_cent_whatever_the_level(
    a: float, margin_a: float, margin_b: float, one: float, other: float
) -> None:
    """The level changes the interval only: error, z and p stay."""
    assert (
        margin_difference(a, margin_a, 50, margin_b, level=one)[:4]
        == margin_difference(a, margin_a, 50, margin_b, level=other)[:4]
    )


@pytest.mark.parametrize("margins_of_two", [(1.8, 0), (0, 1.8)])
def test_one_margin_may_be_zero(margins_of_two: tuple[float, float]) -> None:
    """An estimate known exactly leaves the error of the other."""
    answer = margin_difference(88.6, margins_of_two[0], 85.0, margins_of_two[1])
    assert answer.z == near(3.6 / 1.8 * 1.959963984540054)
    assert answer[4:] == near((1.8, 5.4))


@given(st.floats(0.001, 0.9))
def test_a_part_of_the_whole_has_a_smaller_error(share: float) -> None:
    """What a part shares with its whole does not count as difference between them."""
    apart = margin_difference(88.6, 1.0, 85.0, 1.0)
    part = margin_difference(88.6, 1.0, 85.0, 1.0, share)
    assert part.standard_error < apart.standard_error


# Two proportions


def test_a_worked_difference_of_proportions() -> None:
    """1,061 of 1,198 against 104,080 of 122,447 has the worked interval."""
    found = proportion_difference(1061, 1198, 104_080, 122_447)
    assert found == near((0.01627286952973669, 0.05256404356727823))


proportions = st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(proportions, proportions, usual_levels)
def test_the_difference_of_proportions_agrees_with_statsmodels(
    one: tuple[int, int], other: tuple[int, int], level: float
) -> None:
    """The interval is statsmodels' by Newcombe, from each proportion's Wilson interval."""
    expected = confint_proportions_2indep(*one, *other, method="newcomb", alpha=1 - level)
    assert proportion_difference(*one, *other, level) == near(expected)
    assert proportion_difference(*one, *other) == proportion_difference(*one, *other, 0.95)


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
def test_the_interval_of_a_ratio_agrees_with_statsmodels(
    a: int, b: int, base_a: float, base_b: float, level: float
) -> None:
    """The interval is statsmodels' Wald interval on the log scale."""
    answer = count_ratio(a, b, base_a, base_b, level)
    expected = confint_poisson_2indep(a, base_a, b, base_b, "wald-log", alpha=1 - level)
    assert answer.ratio == near((a / base_a) / (b / base_b), ULP)
    assert (answer.low, answer.high) == near(expected, CLOSED)


@given(splits(), levels)
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


# Two changes

some_counts = st.integers(1, 10**7)

four_counts = st.tuples(some_counts, some_counts, some_counts, some_counts)


@given(four_counts, usual_levels)
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
    """Difference, error and interval are those of weights that add up to zero."""
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
def test_differences_from_the_mean_of_a_group_add_up_to_zero(
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
def test_the_interval_about_a_mean_leaves_out_zero_where_p_is_small(
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
def test_any_numbers_of_two_changes_give_finite_answers_or_the_one_error(
    a: float, before_a: float, b: float, before_b: float, level: float
) -> None:
    """Whatever the four counts, there is no other error and no infinity."""
    try:
        answer = change_ratio(a, before_a, b, before_b, level)
    except MethodError:
        return
    assert finite(answer)
