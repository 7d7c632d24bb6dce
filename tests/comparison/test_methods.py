"""What each method says of two figures, held against the same calculated apart."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from asking import (
    CLOSED,
    DURHAM,
    HALF,
    HOMES,
    MIRRORED,
    NATIONAL,
    PEOPLE,
    TEXTS,
    calculated,
    change,
    changed,
    number,
    outcome,
    printed,
    rate,
    survey,
)
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, norm

from crimecmp.comparison.judging import judge
from crimecmp.comparison.methods import (
    CHANGES,
    COUNTS,
    MARGINS,
    MEAN,
    NONE,
    PROPORTIONS,
    RANGE,
    ROUNDING,
)
from crimecmp.comparison.question import Estimate, Question
from crimecmp.comparison.request import LEVELS
from crimecmp.comparison.row import Verdict
from crimecmp.comparison.verdict_words import HIGHER, LOWER, NOT_TESTED, SIMILAR
from crimecmp.statistics import smallest_base, smallest_base_percent
from crimecmp.tables.cells import per

INDEPENDENT = "crimes are independent of each other"
"""What the reason says that a test of counts assumes."""

# --- Two estimates with their margins


def test_verdict_that_turns_within_rounding_says_so() -> None:
    """Where the ends of what was rounded would be judged otherwise, the reason tells."""
    turning = survey(printed("87", margin="2"), printed("85", margin="1"))
    assert turning.z == pytest.approx(2 / math.sqrt(5) * norm.ppf(0.975), abs=CLOSED)
    assert (turning.verdict, turning.method) == (SIMILAR, MARGINS)
    assert turning.z_high is not None
    assert turning.z_high > 1.96
    assert "The verdict depends on" in turning.reason
    assert "The verdict holds whatever" in survey(DURHAM, NATIONAL).reason


def test_overlapping_intervals_can_still_differ() -> None:
    """The test is of the difference: 50 ± 2 and 53 ± 2 overlap and are not the same."""
    judged = survey(printed("53.00", margin="2.00"), printed("50.00", margin="2.00"))
    assert judged.force_low is not None
    assert judged.benchmark_high is not None
    assert judged.force_low < judged.benchmark_high
    assert judged.verdict == HIGHER


def test_level_can_turn_a_verdict() -> None:
    """A difference of 2.5 standard errors is more than chance at 95 % and not at 99.8 %."""
    force, benchmark = printed("52.5", margin="1.96"), printed("50.0", margin="0.02")
    assert survey(force, benchmark, level=0.95).verdict == HIGHER
    assert survey(force, benchmark, level=0.998).verdict == SIMILAR


@pytest.mark.parametrize("texts", [("55", "50"), ("50", "55")])
def test_an_interval_that_ends_at_zero_excludes_no_zero(texts: tuple[str, str]) -> None:
    """Margins of 3 and 4 make one of 5: a difference of 5 is just what chance explains."""
    judged = survey(printed(texts[0], margin="3"), printed(texts[1], margin="4"))
    assert 0 in (judged.interval_low, judged.interval_high)
    assert judged.verdict == SIMILAR


def test_whole_margins_are_taken_as_rounded_to_whole_numbers() -> None:
    """A margin of 1 is one from 0.5 to 1.5: z is between those of the ends, with one of none."""
    judged = survey(printed("50", margin="1"), printed("40.0", margin="0.0"))
    z95 = float(norm.ppf(0.975))
    ends = (9.45 / math.hypot(1.5, 0.05) * z95, 10.55 / 0.5 * z95)
    assert (judged.z_low, judged.z_high) == pytest.approx(ends, rel=CLOSED)


def test_only_a_part_is_said_to_be_one() -> None:
    """Of two surveys of different people the reason is about rounding, and ends there."""
    apart = survey(DURHAM, NATIONAL).reason
    assert apart == "The verdict holds whatever the printed figures were rounded from."
    part = survey(DURHAM, NATIONAL, part=True).reason
    assert part.startswith(f"{apart} The force is part of the benchmark")


def test_one_margin_of_zero_leaves_a_test() -> None:
    """A benchmark known without error has a margin of zero: the other's margin decides."""
    judged = survey(DURHAM, printed("85.0", margin="0.0"))
    assert (judged.verdict, judged.method) == (HIGHER, MARGINS)
    assert judged.z == pytest.approx(3.6 / 1.8 * float(norm.ppf(0.975)), abs=CLOSED)
    assert (judged.benchmark_low, judged.benchmark_high) == (85.0, 85.0)


def test_two_margins_of_zero_are_no_test() -> None:
    """Without any margin there is no variance: the direction after rounding is left."""
    judged = survey(printed("88.6", margin="0.0"), printed("85.0", margin="0.0"))
    assert (judged.verdict, judged.method, judged.level) == (HIGHER, ROUNDING, None)


@pytest.mark.parametrize("whole", [0.0, 100.0])
def test_a_benchmark_of_nobody_or_everybody_implies_no_share(whole: float) -> None:
    """Where all or none of the benchmark are satisfied its margin implies no share."""
    force, benchmark = Estimate(88.6, 1, None, None, 1.8, 1), Estimate(whole, 1, None, None, 0.2, 1)
    judged = judge(Question("satisfaction", "%", force, benchmark, part=True))
    assert judged.verdict == (HIGHER if whole == 0 else LOWER)
    assert "not published" in judged.reason
    assert "imply" not in judged.reason


@given(
    st.integers(0, 1000),
    st.integers(0, 1000),
    st.integers(0, 100),
    st.integers(1, 100),
    st.sampled_from(LEVELS),
)
@settings(deadline=None)
def test_margins_are_judged_by_the_interval_of_the_difference(
    a: int, b: int, margin_a: int, margin_b: int, level: float
) -> None:
    """Higher or lower just where |d| over its standard error passes SciPy's normal quantile."""
    figures = [
        printed(f"{value / 10:.1f}", margin=f"{margin / 10:.1f}")
        for value, margin in ((a, margin_a), (b, margin_b))
    ]
    judged = survey(*figures, level=level)
    z = (a - b) / math.hypot(margin_a, margin_b) * float(norm.ppf(0.975))
    critical = float(norm.ppf((1 + level) / 2))
    assume(abs(abs(z) - critical) > 1e-9)
    expected = SIMILAR if abs(z) < critical else HIGHER if z > 0 else LOWER
    assert judged.verdict == expected
    assert judged.z == pytest.approx(z, abs=1e-9)
    assert judged.p_value == pytest.approx(2 * float(norm.sf(abs(z))), abs=1e-9)
    assert number(judged.z_low) <= number(judged.z) + 1e-9
    assert number(judged.z_high) >= number(judged.z) - 1e-9


# --- Two percentages and two rates with their counts


def newcombe(a: int, n: int, b: int, m: int, level: float) -> tuple[float, float]:
    """Return Newcombe's interval of a/n - b/m, written out by itself."""
    z = float(norm.ppf((1 + level) / 2))

    def wilson(x: int, n: int) -> tuple[float, float, float]:
        p = x / n
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return p, middle - half, middle + half

    p, l1, u1 = wilson(a, n)
    q, l2, u2 = wilson(b, m)
    return (
        p - q - math.sqrt((p - l1) ** 2 + (u2 - q) ** 2),
        p - q + math.sqrt((u1 - p) ** 2 + (q - l2) ** 2),
    )


@pytest.mark.parametrize("level", LEVELS)
def test_force_in_the_benchmark_is_tested_against_the_rest(level: float) -> None:
    """Of counts the part is taken out of the whole before the two are tested, and it is said."""
    force, whole = calculated(300, 50_000), calculated(2400, 450_000)
    judged = rate(force, whole, part=True, level=level)
    rest = binomtest(300, 2400, 50_000 / 450_000).pvalue
    apart = binomtest(300, 2700, 50_000 / 500_000).pvalue
    assert judged.p_value == pytest.approx(rest, abs=1e-9)
    assert judged.p_value != pytest.approx(apart, abs=1e-4)
    half = float(norm.ppf((1 + level) / 2)) * math.sqrt(1 / 300 + 1 / 2100)
    centre = math.log((300 / 50_000) / (2100 / 400_000))
    assert judged.interval_low == pytest.approx(math.exp(centre - half), abs=CLOSED)
    assert judged.interval_high == pytest.approx(math.exp(centre + half), abs=CLOSED)
    assert "the rest of it" in judged.reason
    alone = rate(force, whole, part=False, level=level)
    assert alone.p_value == pytest.approx(apart, abs=1e-9)
    assert "the rest of it" not in alone.reason


@pytest.mark.parametrize("level", LEVELS)
def test_part_of_a_whole_of_percentages_is_tested_against_the_rest(level: float) -> None:
    """Of proportions too: the interval is Newcombe's of the force and of all others."""
    force, whole = calculated(90, 200, 100), calculated(380, 1000, 100)
    judged = outcome(force, whole, part=True, level=level, shares=True)
    rest = [100 * end for end in newcombe(90, 200, 290, 800, level)]
    assert [judged.interval_low, judged.interval_high] == pytest.approx(rest, abs=1e-9)
    assert (judged.verdict, judged.method) == (HIGHER if rest[0] > 0 else SIMILAR, PROPORTIONS)
    assert "the rest of it" in judged.reason
    apart = [100 * end for end in newcombe(90, 200, 380, 1000, level)]
    alone = outcome(force, whole, level=level, shares=True)
    assert [alone.interval_low, alone.interval_high] == pytest.approx(apart, abs=1e-9)


def test_worked_proportions() -> None:
    """1,061 of 1,198 against 104,080 of 122,447 gives the worked interval of Newcombe."""
    force, benchmark = calculated(1061, 1198, 100), calculated(104080, 122447, 100)
    judged = outcome(force, benchmark, shares=True)
    assert judged.interval_low == pytest.approx(100 * 0.01627286952973669, abs=1e-7)
    assert judged.interval_high == pytest.approx(100 * 0.05256404356727823, abs=1e-7)
    assert judged.force_low == pytest.approx(86.63756724402607, abs=1e-7)
    assert judged.force_high == pytest.approx(90.24445352655661, abs=1e-7)
    assert (judged.verdict, judged.level) == (HIGHER, 0.95)


@pytest.mark.parametrize("level", LEVELS)
def test_a_ratio_of_counts_in_per_cent_is_tested_as_rates_are(level: float) -> None:
    """Detections can belong to crimes of other years: they are two counts over two bases."""
    judged = outcome(calculated(360, 1000, 100), calculated(2600, 10_000, 100), level=level)
    z = float(norm.ppf((1 + level) / 2))
    ends = [36 / 26 * math.exp(sign * z * math.sqrt(1 / 360 + 1 / 2600)) for sign in (-1, 1)]
    assert (judged.verdict, judged.method) == (HIGHER, COUNTS)
    assert [judged.interval_low, judged.interval_high] == pytest.approx(ends, rel=CLOSED)
    assert judged.p_value == pytest.approx(binomtest(360, 2960, 1 / 11).pvalue, abs=1e-12)
    if level == 0.95:  # methods.md, detection_ratio
        assert ends == pytest.approx([1.2401142508782976, 1.5459541424959848], rel=CLOSED)


def test_a_percentage_over_100_is_tested_where_it_is_a_ratio() -> None:
    """46 detections of 40 crimes against 300 of 1,000 (methods.md, detection_ratio)."""
    judged = outcome(calculated(46, 40, 100), calculated(300, 1000, 100))
    assert (judged.verdict, judged.method) == (HIGHER, COUNTS)
    assert (judged.interval_low, judged.interval_high) == pytest.approx(
        (2.810573144881026, 5.228273269175662), rel=CLOSED
    )


def test_worked_counts() -> None:
    """25 v 16 is similar (p 0.211); 33,570 v 29,828 is higher, by a ratio of 1.108 to 1.143."""
    base = 100_000
    few = rate(calculated(25, base, places=3), calculated(16, base, places=3))
    assert (few.verdict, few.method) == (SIMILAR, COUNTS)
    assert few.p_value == pytest.approx(0.21102359760880063, abs=1e-9)
    many = rate(calculated(33570, base), calculated(29828, base))
    assert many.verdict == HIGHER
    assert many.interval_low == pytest.approx(1.108036802874021, abs=CLOSED)
    assert many.interval_high == pytest.approx(1.14314212310514, abs=CLOSED)


def test_counts_of_zero_are_tested() -> None:
    """No events against many is a difference; no events against none is not."""
    many = rate(calculated(0, 1000), calculated(20, 1000))
    assert (many.verdict, many.method, many.interval_low) == (LOWER, COUNTS, None)
    assert many.p_value == pytest.approx(2 * 0.5**20, abs=1e-12)
    none = rate(calculated(0, 1000), calculated(0, 2000))
    assert (none.verdict, none.p_value) == (SIMILAR, 1.0)


def test_the_exact_test_decides_where_the_interval_says_otherwise() -> None:
    """11 and 3 of 1,000 each: p is .057 while the interval of the ratio leaves out 1."""
    judged = rate(calculated(11, 1000), calculated(3, 1000))
    assert judged.p_value == pytest.approx(binomtest(11, 14, 0.5).pvalue, abs=1e-9)
    assert (judged.interval_low or 0) > 1
    assert judged.verdict == SIMILAR
    assert "exact test decides" in judged.reason
    assert "exact test decides" not in rate(calculated(30, 1000), calculated(3, 1000)).reason


@given(
    st.integers(0, 400),
    st.integers(0, 400),
    st.integers(1, 2000),
    st.integers(1, 2000),
    st.sampled_from(LEVELS),
)
@example(50, 80, 1000, 1000, 0.95)  # p is .011: between the two levels' alphas
@example(50, 80, 1000, 1000, 0.998)
@settings(deadline=None)
def test_counts_are_judged_as_scipy_judges_them(
    a: int, b: int, base_a: int, base_b: int, level: float
) -> None:
    """Similar unless SciPy's exact binomial p is below alpha; then the larger rate is higher."""
    judged = rate(calculated(a, base_a), calculated(b, base_b), level=level)
    p = float(binomtest(a, a + b, base_a / (base_a + base_b)).pvalue) if a + b else 1.0
    assume(abs(p - (1 - level)) > 1e-9)
    expected = SIMILAR if p > 1 - level else HIGHER if a * base_b > b * base_a else LOWER
    assert judged.method == COUNTS
    assert judged.p_value == pytest.approx(p, abs=1e-9)
    assert judged.verdict == expected


@given(st.data(), st.integers(1, 2000), st.integers(1, 2000), st.sampled_from(LEVELS))
@settings(deadline=None)
def test_proportions_are_judged_by_newcombe(
    data: st.DataObject, n: int, m: int, level: float
) -> None:
    """Higher or lower where the hand-made interval leaves out zero, else similar."""
    a, b = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    judged = outcome(calculated(a, n, 100), calculated(b, m, 100), level=level, shares=True)
    low, high = newcombe(a, n, b, m, level)
    assume(abs(low) > 1e-9 and abs(high) > 1e-9)
    assert judged.method == PROPORTIONS
    assert judged.verdict == (HIGHER if low > 0 else LOWER if high < 0 else SIMILAR)
    assert [judged.interval_low, judged.interval_high] == pytest.approx(
        [100 * low, 100 * high], abs=1e-7
    )


# --- Two changes with their counts


def index_of(now: int, before: int, other_now: int, other_before: int, level: float) -> Any:
    """Return the low end, the relative index, the high end and p, by logarithms of the counts."""
    signs = np.array([1, -1, -1, 1])
    four = np.array([now, before, other_now, other_before], dtype=float)
    index, error = signs @ np.log(four), np.sqrt((1 / four).sum())
    ends = np.exp(index + norm.ppf((1 + level) / 2) * error * np.array([-1, 0, 1]))
    return (*ends, 2 * norm.sf(abs(index) / error))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("part", [False, True])
def test_changes_with_counts_are_tested_by_them(level: float, part: bool) -> None:
    """Durham's 33,570 after 29,828 against the country, of which it is a part or is not."""
    judged = change(changed(33_570, 29_828), changed(3_460_860, 3_477_660), part=part, level=level)
    rest = (3_460_860 - 33_570, 3_477_660 - 29_828) if part else (3_460_860, 3_477_660)
    low, _, high, p = index_of(33_570, 29_828, *rest, level)
    assert (judged.verdict, judged.method, judged.level) == (HIGHER, CHANGES, level)
    assert judged.interval_low == pytest.approx(low, rel=CLOSED)
    assert judged.interval_high == pytest.approx(high, rel=CLOSED)
    assert judged.p_value == pytest.approx(p, rel=1e-6)
    assert ("tested against the rest" in judged.reason) == part
    assert INDEPENDENT in judged.reason


@pytest.mark.parametrize(
    ("force", "benchmark"),
    [
        (changed(120, 100), changed(90, 100)._replace(events=None)),
        (changed(120, 100), changed(90, 100)._replace(events_before=None)),
        (changed(120, 100)._replace(events_before=None), changed(90, 100)),
        (changed(0, 100), changed(90, 100)),
        (changed(120, 100), changed(0, 100)),
    ],
)
def test_a_change_without_a_count_or_with_none_is_not_tested(
    force: Estimate, benchmark: Estimate
) -> None:
    """All four counts are needed, and of zero there is no logarithm; the gap is still shown."""
    judged = change(force, benchmark)
    assert (judged.verdict, judged.method, judged.level) == (NOT_TESTED, RANGE, None)
    assert judged.difference_low == pytest.approx(force.value - benchmark.value)
    assert "count" in judged.reason


def test_a_force_that_is_all_of_its_benchmark_has_no_rest() -> None:
    """Where nothing is left to hold a change against it is not tested."""
    judged = change(changed(120, 100), changed(120, 100), part=True)
    assert (judged.verdict, judged.method) == (NOT_TESTED, RANGE)


SOME_COUNTS = st.integers(1, 10**6)


@given(SOME_COUNTS, SOME_COUNTS, SOME_COUNTS, SOME_COUNTS, st.sampled_from(LEVELS))
@settings(deadline=None)
def test_a_verdict_on_changes_agrees_with_its_interval_and_p(
    now: int, before: int, other_now: int, other_before: int, level: float
) -> None:
    """Higher where the interval is above one and p is small; with the two changed about, lower."""
    force, benchmark = changed(now, before, 9), changed(other_now, other_before, 9)
    judged = change(force, benchmark, level=level)
    low, index, high, p = index_of(now, before, other_now, other_before, level)
    assume(abs(p - (1 - level)) > CLOSED)
    expected = SIMILAR if low <= 1 <= high else HIGHER if index > 1 else LOWER
    assert (judged.verdict, judged.method) == (expected, CHANGES)
    assert (number(judged.p_value) < 1 - level) == (judged.verdict != SIMILAR)
    assert change(benchmark, force, level=level).verdict == MIRRORED[judged.verdict]


# --- Against the mean of a group

GROUP = ((1600, 200_000.0), (700, 100_000.0))
OWN = calculated(500, 100_000, places=9)


def against_mean(
    force: Estimate, others: tuple[tuple[int, float], ...], *, part: bool = True, **more: Any
) -> Verdict:
    """Judge a rate against the unweighted mean of a group's."""
    rates = [1000 * count / base for count, base in others]
    if part and force.events is not None and force.base is not None:
        rates.append(1000 * force.events / force.base)
    mean = printed(f"{math.fsum(rates) / len(rates):.9f}")
    return rate(force, mean, part=part, mean=True, others=others, **more)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("part", [False, True])
def test_a_rate_is_tested_against_the_mean_of_a_group(part: bool, level: float) -> None:
    """By weights: 2/3 of the own rate less 1/3 of either other, or all of it less their halves."""
    judged = against_mean(OWN, GROUP, part=part, level=level)
    weights = np.array([2, -1, -1]) / 3 if part else np.array([1, -0.5, -0.5])
    counts, bases = np.array([500, 1600, 700]), np.array([1e5, 2e5, 1e5])
    difference = 1000 * weights @ (counts / bases)
    error = 1000 * np.sqrt(weights**2 @ (counts / bases**2))
    half = norm.ppf((1 + level) / 2) * error
    assert (judged.verdict, judged.method, judged.level) == (LOWER, MEAN, level)
    assert (judged.interval_low, judged.interval_high) == pytest.approx(
        (difference - half, difference + half)
    )
    assert judged.z == pytest.approx(difference / error)
    assert judged.p_value == pytest.approx(2 * norm.sf(abs(difference / error)))
    assert ("part of the group" in judged.reason) == part
    assert INDEPENDENT in judged.reason


def test_a_unit_is_that_of_the_interval_about_a_mean() -> None:
    """Per 100,000 the interval is a hundred times that per 1,000."""
    usual = against_mean(OWN, GROUP)
    scaled = judge(
        Question(
            "rate",
            "per 100,000 population",
            calculated(500, 100_000, 100_000, 9),
            printed(f"{100 * (5 + 8 + 7) / 3:.9f}"),
            part=True,
            mean=True,
            others=GROUP,
        )
    )
    assert scaled.interval_low == pytest.approx(100 * number(usual.interval_low))
    assert scaled.z == pytest.approx(number(usual.z))


@pytest.mark.parametrize(
    "judged",
    [
        rate(OWN, printed("6.7"), part=True, mean=True),
        rate(OWN._replace(events=None), printed("6.7"), part=True, mean=True, others=GROUP),
        rate(OWN._replace(base=None), printed("6.7"), mean=True, others=GROUP),
        change(changed(120, 100), printed("5.1"), part=True, mean=True),
        outcome(HALF, printed("55.1"), mean=True),
        survey(DURHAM, NATIONAL, mean=True),
    ],
)
def test_a_mean_is_tested_only_with_all_counts(judged: Verdict) -> None:
    """Without a count and base, or of what is no rate, there is a reason and no verdict."""
    assert (judged.verdict, judged.method, judged.level) == (NOT_TESTED, NONE, None)
    assert "mean of a group" in judged.reason
    assert (judged.interval_low, judged.p_value) == (None, None)


@given(
    st.tuples(st.integers(10, 10**6), st.integers(10**3, 10**7)),
    st.lists(
        st.tuples(st.integers(10, 10**6), st.integers(10**3, 10**7).map(float)),
        min_size=1,
        max_size=6,
    ),
    st.booleans(),
    st.sampled_from(LEVELS),
)
@settings(deadline=None)
def test_a_verdict_on_a_mean_agrees_with_its_interval_and_p(
    own: tuple[int, int], others: list[tuple[int, float]], part: bool, level: float
) -> None:
    """The verdict is the side of zero that the interval is on, or similar across it."""
    force = calculated(*own, places=9)
    judged = against_mean(force, tuple(others), part=part, level=level)
    low, high = number(judged.interval_low), number(judged.interval_high)
    assume(abs(number(judged.p_value) - (1 - level)) > CLOSED)
    assert judged.method == MEAN
    assert judged.verdict == (HIGHER if low > 0 else LOWER if high < 0 else SIMILAR)
    assert (number(judged.p_value) < 1 - level) == (judged.verdict != SIMILAR)


@pytest.mark.parametrize("place", ["force", "others"])
def test_a_mean_is_not_tested_where_a_count_is_small(place: str) -> None:
    """Below 10 crimes in any force of the group the normal distribution is not relied on."""
    small, large = Estimate(9.0, 9, 9, 1000.0), Estimate(12.0, 9, 12, 1000.0)
    force, others = (small, ((12, 1000.0),)) if place == "force" else (large, ((9, 1000.0),))
    judged = rate(force, printed("10.5"), mean=True, others=others)
    assert judged.verdict == NOT_TESTED
    assert "below 10" in judged.reason


def test_a_group_of_the_force_alone_is_said_to_be_one() -> None:
    """With nobody else in the group there is nothing to compare with, and the reason says so."""
    judged = rate(OWN, printed("6.7"), part=True, mean=True, others=())
    assert judged.verdict == NOT_TESTED
    assert "no other force" in judged.reason


# --- The direction after rounding


def ends(text: str) -> tuple[Fraction, Fraction]:
    """Return exactly what a printed figure can be rounded from."""
    half = Fraction(1, 2 * 10 ** len(text.partition(".")[2]))
    return Fraction(text) - half, Fraction(text) + half


@given(TEXTS, TEXTS)
@settings(deadline=None)
def test_direction_after_rounding_is_certain_or_not_given(a: str, b: str) -> None:
    """Higher or lower just where no two values that round so could be equal or the other way."""
    judged = rate(printed(a), printed(b))
    (low_a, high_a), (low_b, high_b) = ends(a), ends(b)
    expected = HIGHER if low_a >= high_b else LOWER if high_a <= low_b else NOT_TESTED
    assert judged.verdict == expected
    assert judged.method == (RANGE if expected == NOT_TESTED else ROUNDING)
    assert judged.difference_low == pytest.approx(float(low_a - high_b), abs=CLOSED)
    assert judged.difference_high == pytest.approx(float(high_a - low_b), abs=CLOSED)
    difference = float(a) - float(b)
    if judged.verdict == HIGHER:
        assert difference > 0
    elif judged.verdict == LOWER:
        assert difference < 0
    assert judged.p_value is None
    assert judged.level is None


@pytest.mark.parametrize("texts", [("5.0", "5.0"), ("5", "5.0"), ("5.0", "5"), ("0", "0.0")])
@pytest.mark.parametrize("ask", [rate, outcome, survey])
def test_equal_figures_are_not_tested(ask: Callable[..., Verdict], texts: tuple[str, str]) -> None:
    """Figures that are equal as printed are not similar: what they were rounded from may differ."""
    judged = ask(*(printed(text) for text in texts), polarity="higher-is-better")
    assert (judged.verdict, judged.reading, judged.method, judged.level) == (
        NOT_TESTED, None, RANGE, None,
    )  # fmt: skip
    assert "too few decimals" in judged.reason


@pytest.mark.parametrize(
    ("texts", "verdict"),
    [
        (("2", "1"), HIGHER),
        (("1", "2"), LOWER),
        (("5.1", "5.0"), HIGHER),
        (("5", "5.4"), NOT_TESTED),
        (("5.4", "5"), NOT_TESTED),
        (("5.55", "5.5"), NOT_TESTED),
        (("5.56", "5.5"), HIGHER),
    ],
)
def test_ranges_that_touch_are_still_apart(texts: tuple[str, str], verdict: str) -> None:
    """The upper end of a range is not in it, so ranges that touch have no value in common."""
    judged = rate(*(printed(text) for text in texts))
    assert judged.verdict == verdict
    if verdict != NOT_TESTED:
        assert judged.method == ROUNDING


def test_figures_that_touch_have_no_smallest_base() -> None:
    """Where ends meet no base is large enough: the direction is given and no base is."""
    judged = rate(printed("2"), printed("1"))
    assert (judged.verdict, judged.method, judged.smallest_base) == (HIGHER, ROUNDING, None)


@pytest.mark.parametrize("ask", [rate, outcome, survey])
@pytest.mark.parametrize(("texts", "verdict"), [(("0.0", "5.0"), LOWER), (("5.0", "0.0"), HIGHER)])
def test_figure_of_zero_is_judged(
    ask: Callable[..., Verdict], texts: tuple[str, str], verdict: str
) -> None:
    """Zero is a figure; only the ratio to it is missing."""
    judged = ask(*(printed(text) for text in texts))
    assert (judged.verdict, judged.method) == (verdict, ROUNDING)
    assert (judged.ratio is None) == (texts[1] == "0.0")
    assert judged.percent_difference_low is None or texts[1] != "0.0"


@pytest.mark.parametrize(
    ("unit", "scale"),
    [
        (PEOPLE, 1000),
        (HOMES, 1000),
        ("per 100 crimes", 100),
        ("per 100,000 population", 100_000),
        ("per head", None),
        ("%", None),
    ],
)
def test_unit_says_what_a_rate_is_per(unit: str, scale: float | None) -> None:
    """The number in a unit is read with its thousands separators, and not made up."""
    assert per(unit) == scale


def test_smallest_base_grows_with_the_unit() -> None:
    """Ten times as many of the base are needed where the same figures are per ten times as many."""
    small = judge(Question("rate", PEOPLE, printed("54.0"), printed("60.7"))).smallest_base
    large = judge(Question("rate", "per 10,000 homes", printed("54.0"), printed("60.7")))
    assert small == 5355
    assert large.smallest_base == pytest.approx(53550, abs=10)
    unknown = judge(Question("rate", "per head", printed("54.0"), printed("60.7")))
    assert (unknown.verdict, unknown.method, unknown.smallest_base) == (LOWER, ROUNDING, None)


def test_the_smallest_base_of_a_survey_is_of_people_asked() -> None:
    """Satisfaction of 88.6% is a part of those asked, detections of 88.6% a rate per 100."""
    figures = printed("88.6"), printed("85.0")
    assert survey(*figures).smallest_base == smallest_base_percent("88.6", "85.0")
    assert outcome(*figures).smallest_base == smallest_base("88.6", "85.0", 100)
    assert survey(*figures).smallest_base != outcome(*figures).smallest_base
