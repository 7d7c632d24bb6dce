"""A control chart's lines come from its first points, and its signals from named rules."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, cast

import numpy as np
import pytest
from calculating import CLOSED, any_float, near
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from crimecmp.errors import MethodError
from crimecmp.statistics.series import (
    NEAR,
    OUTSIDE,
    RULES,
    SEASONAL_RULES,
    SHIFT,
    TREND,
    ControlChart,
    LaneyChart,
    Names,
    independent_periods,
    individuals_chart,
    laney_chart,
    seasonal_changes,
)

Values = Sequence[float | None]
Array = NDArray[Any]

WORKED = (
    *(210, 232, 198, 225, 241, 219, 207, 236, 228, 214),
    *(222, 230, 251, 262, 258, 266, 249, 271, 263, 255),
)
"""The 20 points of methods.md, section 5 (xmr)."""

WORKED_BASES = (
    *(500_000, 500_000, 510_000, 510_000, 520_000, 520_000),
    *(530_000, 530_000, 540_000, 540_000, 550_000, 550_000),
)
"""The bases of the first 12 of them (laney_u)."""

PLOTTED = (
    *(-0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774),
    *(1.71506499, 0.46091621, -1.26506123, -0.68685285, -0.44566197),
    *(1.22408180, 0.35981383, 0.40077145, 0.11068272, -0.55584113),
    *(1.78691314, 0.49785048, -1.96661716, 0.70135590, -0.47279141),
)
"""R's `set.seed(123); rnorm(20)`, the points of the tests of NHSRplotthedots."""

FLAT = (1, -1) * 6
"""A baseline with centre 0, limits at 5.32 from it and the lines of two thirds at 3.547."""

some_values = st.integers(-6, 6)
some_points = st.lists(some_values | st.none(), max_size=12)
series = st.lists(some_values, min_size=12, max_size=40)


def by(names: Names, rule: str) -> list[int]:
    """Return a one for each point that a rule is named for, and a zero for the others."""
    return [int(rule in rules) for rules in names]


def tail(points: Values, gap: bool = True) -> ControlChart:
    """Return the names of the rules for points after the flat baseline."""
    chart = individuals_chart([*FLAT, *([None] if gap else []), *points])
    after = len(FLAT) + gap
    return chart._replace(signals=chart.signals[after:], complete=chart.complete[after:])


def test_worked_individuals_chart() -> None:
    """The worked series has the worked lines (methods.md, section 5, xmr)."""
    chart = individuals_chart(WORKED)
    assert chart[:7] == near(
        (
            221.83333333333334,
            173.46969696969697,
            270.19696969696975,
            189.5909090909091,
            254.0757575757576,
            18.181818181818183,
            12,
        )
    )


def test_worked_signals() -> None:
    """Point 18 is outside, and the first shift, from point 11 on, is complete at point 17."""
    chart = individuals_chart(WORKED)
    assert by(chart.signals, OUTSIDE) == by(chart.complete, OUTSIDE) == [0] * 17 + [1, 0, 0]
    assert by(chart.signals, SHIFT) == [0] * 10 + [1] * 10
    assert by(chart.complete, SHIFT) == [0] * 16 + [1] * 4
    assert by(chart.signals, TREND) == [0] * 20
    assert chart.rules == RULES


def test_montgomerys_viscosity() -> None:
    """Lines of 15 batches of primer paint: centre 33.52, limits 32.24 and 34.80.

    Montgomery, Introduction to Statistical Quality Control, viscosity; the figures are those that
    R's qcc prints for it (`qcc(x, type="xbar.one")`). It divides by 1.128 where Wheeler multiplies
    by 2.66, hence the tolerance.
    """
    viscosity = (
        *(33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27),
        *(33.49, 33.20, 33.62, 33.00, 33.54, 33.12, 33.84),
    )
    chart = individuals_chart(viscosity, 15)
    assert chart.centre == pytest.approx(33.52333, abs=5e-6)
    assert chart.mean_moving_range / 1.128 == pytest.approx(0.4261651, abs=5e-8)
    assert (chart.low, chart.high) == pytest.approx((32.24484, 34.80183), abs=5e-4)
    assert chart.signals == ((),) * 15


def test_the_lines_of_plot_the_dots() -> None:
    """NHSRplotthedots has the same centre and limits, also where it drops a large moving range.

    Figures of its tests/testthat/_snaps/ptd_spc_standard.md: 20 points, and the same with the
    fifteenth set to 10.
    """
    chart = individuals_chart(PLOTTED, 20)
    lines = (chart.centre, chart.low, chart.high)
    assert lines == pytest.approx((0.1416238, -3.01138, 3.294627), abs=5e-7)
    screened = individuals_chart([*PLOTTED[:14], 10, *PLOTTED[15:]], 20)
    lines = (screened.centre, screened.low, screened.high)
    assert lines == pytest.approx((0.6694159, -2.383666, 3.722497), abs=1e-6)


def test_large_moving_ranges_are_dropped_once() -> None:
    """Of ranges of 1, 6 and 100 only 100 is dropped, though 6 is large for those that are left."""
    steps = [1, 100, 1, 1, 6, 1, 1, 1, 1, 1, 1]
    values = [0.0]
    for number, step in enumerate(steps):
        values.append(values[-1] + (step if number % 2 else -step))
    left = sum(steps) - 100
    assert 3.267 * left / 10 < 6 < 3.267 * sum(steps) / 11
    assert individuals_chart(values).mean_moving_range == near(left / 10)


@pytest.mark.parametrize("large", [3.266, 3.268])
def test_a_moving_range_of_3267_times_the_mean_is_large(large: float) -> None:
    """Just below 3.267 times the mean of all ranges it stays, just above it is dropped."""
    size = large * 10 / (11 - large)  # with ten ranges of 1, this range is `large` times the mean
    chart = individuals_chart([*(0, 1) * 5, 0, -size], floor=None)
    assert chart.mean_moving_range == near((10 + size) / 11 if large < 3.267 else 1.0)


@pytest.mark.parametrize(
    ("points", "complete"),
    [
        ([1] * 6, [0] * 6),
        ([*[1] * 6, -1], [0] * 7),
        ([*[1] * 8, -1], [0, 0, 0, 0, 0, 0, 1, 1, 0]),
        ([*[-1] * 8, 1], [0, 0, 0, 0, 0, 0, 1, 1, 0]),
        ([1, 1, 1, 0, 1, 1, 1, 1], [0] * 8),  # a point on the centre breaks a run
    ],
)
def test_seven_points_on_one_side_are_a_shift(points: list[int], complete: list[int]) -> None:
    """The cases of NHSRplotthedots' tests of `ptd_seven_point_one_side_mean`, and one more."""
    assert by(tail(points).complete, SHIFT) == complete


def test_all_points_of_a_run_are_part_of_it() -> None:
    """All seven of a run are signals, and nothing beside it is."""
    assert by(tail([-1, *[1] * 7, -1]).signals, SHIFT) == [0, *[1] * 7, 0]
    assert by(tail([3, 1, 1, 2, 3, 4, 5, 6, 7, 2]).signals, TREND) == [0, 0, *[1] * 7, 0]


@pytest.mark.parametrize(
    ("points", "complete"),
    [
        ([1, 2, 3, 4, 5, 6], [0] * 6),
        ([1, 2, 3, 3, 4, 5, 6], [0] * 7),
        ([1, 2, 3, 4, 5, 6, 7], [0, 0, 0, 0, 0, 0, 1]),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], [0, 0, 0, 0, 0, 0, 0, 1, 0]),
        ([7, 6, 5, 4, 3, 2, 1], [0, 0, 0, 0, 0, 0, 1]),
        ([2, 7, 6, 5, 4, 3, 2, 1, 3], [0, 0, 0, 0, 0, 0, 0, 1, 0]),
    ],
)
def test_seven_points_up_or_down_are_a_trend(points: list[int], complete: list[int]) -> None:
    """The cases of NHSRplotthedots' tests of `ptd_seven_point_trend`."""
    assert by(tail(points).complete, TREND) == complete


@pytest.mark.parametrize(
    ("points", "part"),
    [
        ([4, 1, 4], [1, 0, 1]),
        ([1, 4, 4], [0, 1, 1]),
        ([4, 4, 1], [1, 1, 0]),
        ([1, 1, 4, 1, 4, 1, 1], [0, 0, 1, 0, 1, 0, 0]),
        ([1, 1, 4, 4, 1, 1, 1], [0, 0, 1, 1, 0, 0, 0]),
        ([4, 1, 1, 4], [0, 0, 0, 0]),
        ([4, 1, 1, 4, 4], [0, 0, 0, 1, 1]),
        ([4, -1, 4], [0, 0, 0]),
        ([-1, 4, 4, -1], [0, 0, 0, 0]),
        ([4, 0, 4], [0, 0, 0]),  # a point on the centre is on neither side
        ([4, 4, -4], [0, 0, 0]),
        ([-4, -1, -4], [1, 0, 1]),
    ],
)
def test_two_of_three_near_a_limit(points: list[int], part: list[int]) -> None:
    """The cases of NHSRplotthedots' tests of `ptd_part_of_two_in_three`, and three more."""
    assert by(tail(points).signals, NEAR) == part


def test_the_first_point_has_none_before_it() -> None:
    """Six rising points are five steps: the last point of a series is not before the first."""
    values = [0, 1, 2, 3, 4, 5, 5, 4, 3, 2, 3, -1]
    assert by(individuals_chart(values).complete, TREND) == [0] * len(values)


def test_a_laney_chart_has_both_kinds_of_signals() -> None:
    """A point far outside is a signal, and one that is complete at once."""
    chart = laney_chart([100, 102, 98] * 4 + [400], [1000] * 13)
    assert by(chart.signals, OUTSIDE) == by(chart.complete, OUTSIDE) == [0] * 12 + [1]


def test_two_of_three_are_complete_with_the_third() -> None:
    """All three must be known to be on one side, also where the third is not near the limit."""
    assert by(tail([4, 4, 1]).complete, NEAR) == [0, 0, 1]
    assert by(tail([4, 4, -1]).complete, NEAR) == [0, 0, 0]
    assert by(tail([4, 1, 4]).complete, NEAR) == [0, 0, 1]


def test_a_point_outside_is_not_near() -> None:
    """Of three points on one side, one outside and one near are not two near a limit."""
    chart = tail([6, 4, 1])
    assert by(chart.signals, NEAR) == [0, 0, 0]
    assert by(chart.signals, OUTSIDE) == [1, 0, 0]


def test_opposite_points_near_their_limits_are_no_signal() -> None:
    """The case of NHSRplotthedots' tests: 14 points of 1 and -1, then 5.5 and -5.5."""
    chart = individuals_chart([*(1, -1) * 7, 5.5, -5.5], 16)
    assert chart.signals[-2:] == ((), ())
    assert min(5.5 - chart.two_thirds_high, chart.high - 5.5) > 0


def test_a_point_on_a_line_is_not_beyond_it() -> None:
    """A point on the limit is not outside, and one on the line of two thirds is not near."""
    chart = individuals_chart(FLAT)
    assert by(tail([chart.high, chart.low]).signals, OUTSIDE) == [0, 0]
    above, below = math.nextafter(chart.high, 9), math.nextafter(chart.low, -9)
    assert by(tail([above, below]).signals, OUTSIDE) == [1, 1]
    line = chart.two_thirds_high
    assert by(tail([line, line, line]).signals, NEAR) == [0, 0, 0]
    assert by(tail([math.nextafter(line, 9)] * 3).signals, NEAR) == [1, 1, 1]


def alike(signs: Array, length: int) -> Array:
    """Mark the stretches of this length that are all above, or all below, zero."""
    marked = np.zeros(len(signs), dtype=bool)
    for start in range(len(signs) - length + 1):
        window = signs[start : start + length]
        if (window > 0).all() or (window < 0).all():
            marked[start : start + length] = True
    return marked


@given(series)
@example([1, -1, 0, 2, 1, 1, 2, 3, 1, 2, 1, -3])
@example([*(3, -3) * 6, 1, 2, 3, 4, 5, 6, 7, 8])
@example([*(1, -1) * 6, 4, 4, 1, 4, -4, -1, -4, -4, 6])
def test_signals_agree_with_numpy(values: list[int]) -> None:
    """Every point's signals are those of the rules written out with arrays."""
    chart = individuals_chart(values)
    points, first = np.array(values, dtype=float), np.array(values[:12], dtype=float)
    ranges = np.abs(np.diff(first))
    if (kept := ranges[ranges < 3.267 * ranges.mean()]).size:
        ranges = kept
    half = 2.66 * ranges.mean()
    away = points - first.mean()
    assert (chart.low, chart.high) == near((first.mean() - half, first.mean() + half))
    outside = np.abs(away) > half * (1 + CLOSED)
    near_limit = ~outside & (np.abs(away) > half * 2 / 3 * (1 + CLOSED))
    two = np.zeros(len(values), dtype=bool)
    side = np.where(np.abs(away) < CLOSED, 0, away)
    for start in range(len(values) - 2):
        here = slice(start, start + 3)
        if alike(side[here], 3).all() and near_limit[here].sum() >= 2:
            two[here] |= near_limit[here]
    trend = np.zeros(len(values), dtype=bool)
    for start in range(len(values) - 6):
        if alike(np.diff(points[start : start + 7]), 6).all():
            trend[start : start + 7] = True
    expected = {OUTSIDE: outside, SHIFT: alike(side, 7), TREND: trend, NEAR: two}
    for rule in RULES:
        assert by(chart.signals, rule) == [int(marked) for marked in expected[rule]], rule


@given(series)
@example([0, 1, 2, 3, 4, 5, 6, 0, 0, 5, 5, 1])
def test_a_signal_reads_the_same_backwards(values: list[int]) -> None:
    """With all points in the baseline, reversing time reverses the signals and nothing else."""
    forwards = individuals_chart(values, len(values))
    backwards = individuals_chart(values[::-1], len(values))
    assert backwards.signals == forwards.signals[::-1]
    assert backwards[:7] == forwards[:7]


@given(series, st.sampled_from([-1, -8, 4, 0.25]), st.integers(-100, 100))
def test_signals_do_not_depend_on_the_unit(values: list[int], factor: float, zero: int) -> None:
    """Turned upside down, in another unit or from another zero, the same points are signals."""
    chart = individuals_chart([value * 128 for value in values])
    other = individuals_chart([value * 128 * factor for value in values])
    assert (other.signals, other.complete) == (chart.signals, chart.complete)
    assert other.centre == near(chart.centre * factor)
    assert other.mean_moving_range == near(chart.mean_moving_range * abs(factor))
    assert sorted((other.low, other.high)) == near(
        sorted((chart.low * factor, chart.high * factor))
    )
    moved = individuals_chart([value + zero for value in values])
    assert moved.mean_moving_range == near(individuals_chart(values).mean_moving_range)


@given(series, st.lists(some_values, max_size=10))
def test_the_baseline_does_not_move(values: list[int], more: list[int]) -> None:
    """Later points change no line, and no signal that is complete is taken back."""
    before, after = individuals_chart(values), individuals_chart([*values, *more])
    assert after[:8] == before[:8]
    assert after.complete[: len(values)] == before.complete
    for was, now in zip(before.signals, after.signals, strict=False):
        assert set(was) <= set(now)


def test_a_longer_baseline_uses_more_points() -> None:
    """The lines are those of as many first points as are asked for, or of all that there are."""
    assert individuals_chart(WORKED, 15)[:7] == individuals_chart(WORKED[:15], 15)[:7]
    assert individuals_chart(WORKED, 15).baseline == 15
    assert individuals_chart(WORKED, 99).baseline == 20
    assert individuals_chart(WORKED, 12) == individuals_chart(WORKED)


@pytest.mark.parametrize("points", [8, 11])
def test_a_short_series_has_lines_and_no_rules(points: int) -> None:
    """With 8 to 11 points nothing is a signal, however far out it is."""
    chart = individuals_chart([*FLAT[: points - 1], 100])
    assert chart.rules == ()
    assert chart.signals == chart.complete == ((),) * points
    assert chart.baseline == points
    assert chart.high > chart.centre
    laney = laney_chart([10, 20] * 4, [1000] * 8)
    assert (laney.rules, laney.signals, laney.baseline) == ((), ((),) * 8, 8)


@pytest.mark.parametrize(("baseline", "tried"), [(8, False), (11, False), (12, True)])
def test_a_short_baseline_has_lines_and_no_rules(baseline: int, tried: bool) -> None:
    """However many points follow, rules are tried only on a baseline of 12 or more."""
    values = [*FLAT, *[100] * 4]
    chart = individuals_chart(values, baseline)
    assert bool(chart.rules) is tried
    assert bool(by(chart.signals, OUTSIDE)[12]) is tried
    assert chart.mean_moving_range == near(2)
    laney = laney_chart([10 + value for value in values], [1] * len(values), 1, baseline)
    assert bool(laney.rules) is tried


def test_twelve_points_are_enough_for_rules() -> None:
    """From 12 points on the rules are tried, and a gap is not a point."""
    values = [1, 2, 3, 4, 5, 6, 7, 1, 2, 1, 2, 1]
    assert by(individuals_chart(values).signals, TREND)[:7] == [1] * 7
    assert individuals_chart([*values[:11], None]).rules == ()


@pytest.mark.parametrize("values", [[], [1] * 7, [None] * 30, [*range(7), None, None]])
def test_fewer_than_eight_points_are_no_chart(values: list[float | None]) -> None:
    """A series with fewer than 8 points is refused; gaps do not count."""
    known = sum(value is not None for value in values)
    message = f"^the series has {known} points: a chart needs 8 or more$"
    with pytest.raises(MethodError, match=message):
        individuals_chart(values)
    with pytest.raises(MethodError, match=message):
        laney_chart(values, [1000] * len(values))


def test_equal_values_are_no_signal() -> None:
    """A series that never moves has its limits on its centre and no point outside them."""
    for points, value in ((12, 0.1), (19, 1.9), (24, 0.1), (12, 5)):  # most have a mean beside them
        chart = individuals_chart([value] * points, points)
        assert chart[:6] == (value, value, value, value, value, 0)
        assert chart.signals == ((),) * points
    moved = individuals_chart([*[0.1] * 12, 0.2])
    assert moved.signals[-1] == (OUTSIDE,)


@pytest.mark.parametrize(
    ("points", "rule"),
    [
        ([1, 1, 1, None, 1, 1, 1, 1], SHIFT),
        ([1, 2, 3, 4, None, 5, 6, 7, 8], TREND),
        ([4, None, 4, 1], NEAR),
        ([4, 4, None, 1], NEAR),
    ],
)
def test_a_gap_breaks_a_run(points: Values, rule: str) -> None:
    """The same points are a signal without the gap and none with it."""
    assert 1 not in by(tail(points).signals, rule)
    assert 1 in by(tail([point for point in points if point is not None]).signals, rule)


def test_a_gap_has_no_signal_and_no_moving_range() -> None:
    """The points on the two sides of a gap are not neighbours."""
    values: Values = [1, 2, 1, 2, 1, 2, None, 90, 91, 90, 91, 90, 91]
    chart = individuals_chart(values)
    assert chart.mean_moving_range == 1
    assert chart.centre == 46
    assert chart.baseline == 12
    assert chart.signals[6] == ()
    assert chart.signals[5] != ()


def test_gaps_do_not_use_up_the_baseline() -> None:
    """The baseline is the first 12 points that are there, wherever the gaps are."""
    chart = individuals_chart([None, *FLAT[:4], None, None, *FLAT[4:], 5, 5, 5])
    assert chart.centre == 0
    assert chart.baseline == 12
    with pytest.raises(MethodError, match=r"^the series has no two points without a gap"):
        individuals_chart([1, None] * 12)


def test_no_line_is_below_the_floor() -> None:
    """Counts and rates are not below zero: their lower lines stop there, the upper ones do not."""
    values = [5, 1, 6, 2, 5, 1, 6, 2, 5, 1, 6, 2]
    free, floored = individuals_chart(values), individuals_chart(values, floor=0)
    assert free.low < free.two_thirds_low < 0
    assert (floored.low, floored.two_thirds_low) == (0, 0)
    assert (floored.centre, floored.high) == (free.centre, free.high)
    assert floored.two_thirds_high == free.two_thirds_high
    assert individuals_chart(WORKED, floor=0) == individuals_chart(WORKED)
    with pytest.raises(MethodError, match=r"^values\[1\] is -1: it must be a number from 0"):
        individuals_chart([5, -1, *[5] * 10], floor=0)


def test_only_the_rules_asked_for_are_tried() -> None:
    """Changes on the year are charted without the rule of shifts, in the usual order."""
    chart = individuals_chart(WORKED, rules=SEASONAL_RULES)
    assert chart.rules == (OUTSIDE, TREND, NEAR)
    assert 1 not in by(chart.signals, SHIFT)
    assert by(chart.signals, OUTSIDE) == by(individuals_chart(WORKED).signals, OUTSIDE)
    assert individuals_chart(WORKED, rules=[NEAR, OUTSIDE]).rules == (OUTSIDE, NEAR)


def test_the_names_of_the_rules_do_not_change() -> None:
    """The names are in machine output."""
    assert RULES == ("outside the limits", "shift", "trend", "two of three near a limit")
    assert SEASONAL_RULES == ("outside the limits", "trend", "two of three near a limit")


def test_worked_laney_chart() -> None:
    """Twelve counts have the worked sigma_z and limits (methods.md, section 5, laney_u)."""
    chart = laney_chart(WORKED[:12], WORKED_BASES)
    assert chart.centre == near(0.42253968253968255)
    assert chart.sigma_z == near(1.111329959838457)
    assert chart.limits[-1] == near((0.33013016916554677, 0.5149491959138183))
    assert chart.signals == ((),) * 12


counted = st.tuples(st.integers(0, 400), st.integers(1, 10**6))


@given(st.lists(counted, min_size=12, max_size=30).filter(lambda pairs: pairs[0][0] > 0))
def test_laneys_lines_agree_with_numpy(pairs: list[tuple[int, int]]) -> None:
    """Centre, sigma_z and all limits are those of Laney's formula over the first 12 points."""
    chart = laney_chart([x for x, _ in pairs], [n for _, n in pairs], 1000)
    x, n = np.array(pairs, dtype=float).T
    u = x[:12].sum() / n[:12].sum()
    z = (x[:12] / n[:12] - u) / np.sqrt(u / n[:12])
    sigma_z = max(1, np.abs(np.diff(z)).mean() / 1.128)
    assert chart.sigma_z == near(sigma_z)
    assert chart.centre == near(u * 1000)
    assert chart.rates == near(tuple(x / n * 1000))
    half = sigma_z * np.sqrt(u / n)
    for lines, sigmas in ((chart.limits, 3), (chart.two_thirds, 2)):
        lows, highs = zip(*[line for line in lines if line is not None], strict=True)
        assert lows == near(tuple(np.maximum(0, u - sigmas * half) * 1000))
        assert highs == near(tuple((u + sigmas * half) * 1000))


def test_limits_are_never_narrower_than_for_poisson_variation() -> None:
    """A sigma_z below 1 is taken as 1: counts that hardly move have the limits of a U chart."""
    chart = laney_chart([100, 101] * 6, [1000] * 12)
    assert chart.sigma_z == 1
    low, high = 100.5 - 3 * math.sqrt(100.5), 100.5 + 3 * math.sqrt(100.5)
    assert chart.limits[0] == near((low, high))


def test_a_larger_base_has_narrower_limits() -> None:
    """Each point is held against the limits of its own base."""
    counts, bases = [*[20, 30] * 6, 60, 60], [*[1000] * 12, 1000, 3000]
    chart = laney_chart(counts, bases)
    wide, narrow = chart.limits[-2:]
    assert wide is not None
    assert narrow is not None
    assert wide.low < narrow.low < narrow.high < wide.high
    assert by(chart.signals, OUTSIDE)[-2:] == [1, 0]
    level = laney_chart([*[20, 30] * 6, 40, 4000], [*[1000] * 12, 1000, 100_000])
    assert by(level.signals, OUTSIDE)[-2:] == [0, 1]


def test_a_gap_in_count_or_base_is_a_gap() -> None:
    """A point without either has no rate and no limits, and breaks runs."""
    counts = [20, 30, 20, None, 30, *[20, 30] * 4, 26, 26, 26, 26, 26, 26, 26]
    bases = [1000, 1000, None, *[1000] * 17]
    chart = laney_chart(counts, bases)
    assert chart.baseline == 12
    assert chart.rates[1:5] == (30, None, None, 30)
    assert chart.limits[2] is chart.two_thirds[3] is None
    assert by(chart.signals, SHIFT)[-7:] == [1] * 7
    broken = laney_chart([*counts[:-3], None, *counts[-3:]], [*bases, 1000])
    assert 1 not in by(broken.signals, SHIFT)


@given(st.lists(counted, min_size=12, max_size=20).filter(lambda pairs: pairs[0][0] > 0))
def test_the_unit_of_a_laney_chart_changes_no_signal(pairs: list[tuple[int, int]]) -> None:
    """Per 1,000 or per 4,000 the same points are signals; the lines scale."""
    counts, bases = [x for x, _ in pairs], [n for _, n in pairs]
    one, other = laney_chart(counts, bases), laney_chart(counts, bases, 4000)
    assert other.signals == one.signals
    assert other.centre == near(4 * one.centre)
    assert other.sigma_z == one.sigma_z
    assert laney_chart(counts, bases, 1000) == one


QUARTERS = (300, 340, 360, 310, 312, 330, 371, 322, 290, 345, 380, 300)


def test_worked_seasonal_changes() -> None:
    """Twelve quarters have the worked changes on the year (methods.md, section 5, seasonal)."""
    changes = seasonal_changes(QUARTERS)
    assert changes[:4] == (None,) * 4
    percent = [100 * math.expm1(change) for change in changes if change is not None]
    assert percent == near(
        [
            *(4.0000000000000036, -2.941176470588236, 3.0555555555555447, 3.8709677419354938),
            *(-7.051282051282048, 4.545454545454541, 2.42587601078168, -6.8322981366459645),
        ]
    )


def test_small_or_missing_counts_have_no_change() -> None:
    """Ten events are enough, nine are not, in either year."""
    assert seasonal_changes([10, 9, 20, 20, None, 30], 1) == (
        *(None, None, None),
        0.0,
        *(None, None),
    )
    assert seasonal_changes([20, 10, 10, 40], 2) == (
        None,
        None,
        near(-math.log(2)),
        near(1.386294361),
    )


def test_a_series_with_a_season_is_calm_as_changes_on_the_year() -> None:
    """Months that repeat each year with 1% more show the same change, and no signal."""
    months = [1000 * 1.01**year * (1 + month / 12) for year in range(3) for month in range(12)]
    changes = seasonal_changes(months, 12)
    assert changes[12:] == near((math.log(1.01),) * 24)
    rounded = [change and round(change, 9) for change in changes]
    chart = individuals_chart(rounded, rules=SEASONAL_RULES)
    assert chart.signals == ((),) * 36
    assert any(individuals_chart(months).signals)


def test_no_events_are_a_number_of_events() -> None:
    """A count of zero is allowed, and too small for a change."""
    assert seasonal_changes([0, 20, 20], 1)[1:] == (None, 0.0)


def test_a_short_series_has_no_change_on_the_year() -> None:
    """There is no year before the first one."""
    assert seasonal_changes([20, 30, 40]) == (None, None, None)
    assert seasonal_changes([]) == ()


def quarter_ends(first: int, last: int) -> list[date]:
    """Return the last days of all quarters of some years."""
    return [
        date(year, month, day)
        for year in range(first, last + 1)
        for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))
    ]


def test_of_rolling_years_every_fourth_is_used() -> None:
    """Counted back from the last, and given in order of time, whatever order they come in."""
    ends = quarter_ends(2010, 2014)[1:-2]
    expected = tuple(date(year, 6, 30) for year in range(2010, 2015))
    assert independent_periods(ends) == expected
    assert independent_periods(ends[::-1]) == expected
    assert independent_periods([*ends, *ends]) == expected
    assert independent_periods(ends[:-1])[-1] == date(2014, 3, 31)
    assert independent_periods([]) == ()


def test_a_missing_year_is_left_out() -> None:
    """Where the period a year before is missing, the next that shares no day is used."""
    ends = [end for end in quarter_ends(2010, 2013) if end != date(2012, 12, 31)]
    kept = independent_periods(ends)
    assert kept[-3:] == (date(2011, 9, 30), date(2012, 9, 30), date(2013, 12, 31))


@pytest.mark.parametrize(
    ("before", "after", "share"),
    [
        (date(2015, 2, 28), date(2016, 2, 29), False),
        (date(2016, 2, 29), date(2017, 2, 28), False),
        (date(2016, 2, 28), date(2017, 2, 28), False),
        (date(2016, 2, 28), date(2017, 2, 27), True),
        (date(2016, 3, 1), date(2017, 2, 28), True),
        (date(2013, 6, 30), date(2014, 6, 30), False),
        (date(2013, 7, 1), date(2014, 6, 30), True),
        (date(2013, 6, 29), date(2014, 6, 30), False),
        (date(2012, 12, 31), date(2013, 12, 31), False),
        (date(2013, 1, 31), date(2013, 12, 31), True),
    ],
)
def test_periods_that_share_a_day_are_not_both_used(before: date, after: date, share: bool) -> None:
    """A year ends on the day before the next one begins, also in February."""
    assert len(independent_periods([before, after])) == (1 if share else 2)


@given(st.lists(st.dates(date(1990, 1, 1), date(2030, 12, 31)), max_size=40))
def test_independent_periods_share_no_day(ends: list[date]) -> None:
    """Those kept are a year or more apart, the last is kept, and none could be put between."""
    kept = independent_periods(ends)
    assert kept == tuple(sorted(set(kept)))
    assert set(kept) <= set(ends)
    if ends:
        assert kept[-1] == max(ends)
    year = timedelta(365)
    for one, other in pairwise(kept):
        assert other - one >= year
        between = [end for end in ends if one < end < other]
        assert all(other - end <= timedelta(366) for end in between)
        assert all(len(independent_periods([end, other])) == 1 for end in between)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: individuals_chart([math.nan] * 12), r"values\[0\] is nan"),
        (lambda: individuals_chart([*FLAT, 1e16]), r"values\[12\] is 1e\+16"),
        (lambda: individuals_chart(FLAT, 7), "baseline is 7: it must be a number from 8"),
        (
            lambda: individuals_chart(FLAT, cast("int", 12.5)),
            "baseline is 12.5: it must be a whole number",
        ),
        (lambda: individuals_chart(FLAT, floor=math.nan), "floor is nan"),
        (
            lambda: individuals_chart(FLAT, rules=["shifts"]),
            "rules has 'shifts': it must be of 'outside the limits', 'shift', 'trend', ",
        ),
        (lambda: laney_chart([1] * 12, [1] * 11), "counts has 12 periods and bases 11"),
        (lambda: laney_chart([-1] * 12, [1] * 12), r"counts\[0\] is -1"),
        (lambda: laney_chart([1] * 12, [*[1] * 11, 0]), r"bases\[11\] is 0"),
        (lambda: laney_chart([1] * 12, [1] * 12, 0), "per is 0"),
        (lambda: laney_chart([1] * 12, [1] * 12, 1, 7), "baseline is 7"),
        (lambda: laney_chart([*[0] * 12, 5], [1] * 13), "counts has no event in the baseline"),
        (lambda: laney_chart([1] * 12, [1] * 12, rules=["x"]), "rules has 'x'"),
        (lambda: laney_chart([1, None] * 12, [1] * 24), "the series has no two points"),
        (lambda: seasonal_changes([1, -1]), r"counts\[1\] is -1"),
        (lambda: seasonal_changes([1], 0), "season is 0"),
        (
            lambda: seasonal_changes([1], cast("int", 1.5)),
            "season is 1.5: it must be a whole number",
        ),
    ],
)
def test_a_bad_argument_is_named(call: Callable[[], object], message: str) -> None:
    """What has no answer raises the one error, which begins with what is wrong."""
    with pytest.raises(MethodError, match=f"^{message}"):
        call()


def all_finite(thing: Any) -> bool:
    """Say whether every number in a chart is finite; its names of rules are no numbers."""
    if isinstance(thing, tuple):
        return all(all_finite(part) for part in thing)
    return thing is None or isinstance(thing, str) or math.isfinite(thing)


many = st.lists(any_float | st.none() | st.floats(0, 1e15), max_size=30)


@given(many, many, any_float, any_float)
@example([1e15, -1e15] * 6, [1e-15, 1e15] * 6, 1e15, 12)
@example([1e15, 0] * 6, [1e-15, 1e15] * 6, 1e15, 12)
@example([1e-15, *[0] * 11], [1e15] * 12, 1e-15, 12)
@example([5e-324, *[0] * 11], [1e15] * 12, 1, 12)
def test_numbers_give_finite_answers_or_the_one_error(
    values: list[float | None], bases: list[float | None], per: float, number: Any
) -> None:
    """Whatever floats come in, there is no other error and no overflow."""
    calls: tuple[Callable[[], ControlChart | LaneyChart | tuple[float | None, ...]], ...] = (
        lambda: individuals_chart(values),
        lambda: individuals_chart(values, number, per),
        lambda: laney_chart(values[: len(bases)], bases[: len(values)], per),
        lambda: seasonal_changes(values),
        lambda: seasonal_changes(values, number),
    )
    for call in calls:
        try:
            answer = call()
        except MethodError:
            continue
        assert all_finite(answer)
