"""A control chart of counts: what is charted, where its lines start, and what is a signal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from calculating import near

from crimecmp.comparison.baseline import baseline_of
from crimecmp.comparison.charted_as import LANEY, SMALL, XMR, Length
from crimecmp.comparison.control import (
    ABOVE,
    BELOW,
    FALLING,
    NO_SIGNAL,
    RISING,
    SIGNALS,
    Chart,
    control_chart,
)
from crimecmp.comparison.verdict_words import NOT_TESTED
from crimecmp.errors import NoFiguresError, RequestError
from crimecmp.statistics.series import OUTSIDE, SHIFT, TREND
from crimecmp.tables.period_counts import AVERAGE_YEAR, PeriodCounts, period_ends

AVERAGE = AVERAGE_YEAR / 4
SEASONS = (90, 110, 100, 120)


def chart(
    counts: Sequence[int | None],
    by: Length = "quarter",
    *,
    baseline: str | None = None,
    step: date | None = None,
) -> Chart:
    """Return the chart of counts from the quarter to March 2001, or the year to December 2001."""
    rates: tuple[float | None, ...] = tuple(counts)
    if by == "quarter":
        ends = tuple(period_ends(date(2001, 3, 31), 3, len(counts)))
        bases: tuple[float, ...] = (AVERAGE,) * len(counts)
        per = AVERAGE
    elif by == "month":
        ends = tuple(period_ends(date(2001, 1, 31), 1, len(counts)))
        bases = tuple(float(end.day) for end in ends)
        per = AVERAGE / 3
    else:
        ends = tuple(date(2001 + nth, 12, 31) for nth in range(len(counts)))
        bases, per = (500_000.0,) * len(counts), 1000.0
        rates = tuple(None if count is None else count / 500 for count in counts)
    series = PeriodCounts("made-up", ends, tuple(counts), bases, per, rates)
    named = None if baseline is None else baseline_of(baseline)
    return control_chart(series, by, "per 1,000 population", named, step)


def seasonal(years: int, *changed: int | None) -> list[int | None]:
    """Return counts with seasons and small ups and downs, then some others."""
    noise = (0, 2, -1, 1, -2)
    counts = [10 * SEASONS[nth % 4] + noise[nth % 5] for nth in range(4 * years)]
    return [*counts, *changed]


def test_quarters_are_charted_as_changes_on_the_year() -> None:
    """The lines are Wheeler's for ln(count / count of a year before), calculated with arrays."""
    counts = [count or 0 for count in seasonal(5)]
    made = chart(counts)
    changes = np.log(np.array(counts[4:]) / np.array(counts[:-4]))
    first = changes[:12]
    half = 2.66 * np.abs(np.diff(first)).mean()
    last = made.points[-1]
    assert made.chart == XMR
    assert made.unit == "% change on the same quarter of the year before"
    assert [point.value for point in made.points[:4]] == [None] * 4
    assert [point.value for point in made.points[4:]] == near(list(100 * (np.exp(changes) - 1)))
    assert last.centre == near(100 * math.expm1(first.mean()))
    assert last.limit_low == near(100 * math.expm1(first.mean() - half))
    assert last.limit_high == near(100 * math.expm1(first.mean() + half))


def test_the_usual_range_is_the_limits_times_the_count_of_a_year_before() -> None:
    """A count is within the usual range exactly where its change is within the limits."""
    counts = [count or 0 for count in seasonal(5)]
    last = chart(counts).points[-1]
    assert last.limit_low is not None
    assert last.limit_high is not None
    assert last.usual_from == near(counts[-5] * (1 + last.limit_low / 100))
    assert last.usual_to == near(counts[-5] * (1 + last.limit_high / 100))


def test_months_are_charted_per_day() -> None:
    """A February of 29 days with as many a day as a year before has not changed."""
    days = [float(end.day) for end in period_ends(date(2001, 1, 31), 1, 48)]
    counts = [round(100 * each) for each in days]  # 2004, the last year, has 29 February
    made = chart(counts, "month")
    assert made.unit == "% change on the same month of the year before"
    assert [point.value for point in made.points[12:]] == near([0.0] * 36)
    february = chart([*counts[:37], counts[37] + 100, *counts[38:]], "month").points[37]
    assert february.value == near(100 / 29)
    assert february.usual_to == near(2900)


def test_seasons_are_no_signal() -> None:
    """Counts that go up and down by a third within the year, as every year, show nothing."""
    assert {point.signal for point in chart(seasonal(6)).points[4:]} == {NO_SIGNAL}


def test_a_change_on_the_year_has_no_shift() -> None:
    """A rise that stays small for 7 quarters is none of the rules' but those for changes."""
    made = chart(seasonal(4, *(round(10.02 * SEASONS[nth % 4]) for nth in range(8))))
    assert not [point for point in made.points if SHIFT in point.rules]


@pytest.mark.parametrize(("factor", "signal"), [(1.3, ABOVE), (0.7, BELOW)])
def test_a_step_is_a_signal_on_its_side_since_its_first_quarter(factor: float, signal: str) -> None:
    """All quarters of the first year after a step are outside, since the first of them."""
    made = chart(seasonal(4, *(round(10 * factor * each) for each in SEASONS)))
    for point in made.points[-4:]:
        assert (point.signal, point.since) == (signal, date(2005, 3, 31))
        assert OUTSIDE in point.rules
    assert made.points[-5].signal == NO_SIGNAL
    assert made.points[-5].since is None


def test_a_rise_that_lasts_is_a_signal_for_a_year() -> None:
    """From the second year on, each quarter is compared with one that is as high."""
    stepped = [round(13 * each) for each in SEASONS]
    assert chart(seasonal(4, *stepped, *stepped)).points[-1].signal == NO_SIGNAL


def test_a_gap_breaks_a_run_of_signals() -> None:
    """Signals before and after a missing quarter are two: the last is since the gap."""
    high = [round(13 * each) for each in SEASONS]
    made = chart(seasonal(4, high[0], None, *high[2:]))
    assert [point.since for point in made.points[-4:]] == [
        date(2005, 3, 31), None, date(2005, 9, 30), date(2005, 9, 30),
    ]  # fmt: skip
    assert made.points[-3].reason == "There is no count of this period."


@pytest.mark.parametrize(("way", "signal"), [(1, RISING), (-1, FALLING)])
def test_a_trend_alone_says_which_way_it_goes(way: int, signal: str) -> None:
    """Each point of a trend within the limits is rising, or falling, the first one too."""
    years = [500 - 20 * way, 500 + 20 * way] * 6 + [500 + 2 * way * nth for nth in range(-3, 4)]
    made = chart(years, "year")
    assert [point.rules for point in made.points[-7:]] == [TREND] * 7
    assert {point.signal for point in made.points[-7:]} == {signal}
    assert {point.since for point in made.points[-7:]} == {date(2013, 12, 31)}


def test_small_counts_are_charted_as_they_are() -> None:
    """Below a mean of 20 the chart is Laney's, with the lines calculated with arrays."""
    counts = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 30]
    made = chart(counts)
    first = np.array(counts[:12])
    z = (first - first.mean()) / math.sqrt(first.mean())
    sigma = max(1, np.abs(np.diff(z)).mean() / 1.128)
    last = made.points[-1]
    assert (made.chart, made.unit) == (LANEY, "per quarter of average length")
    assert last.centre == near(first.mean())
    assert last.limit_high == near(first.mean() + 3 * sigma * math.sqrt(first.mean()))
    assert last.usual_to == near(first.mean() + 3 * sigma * math.sqrt(first.mean()))
    assert last.signal == ABOVE


@pytest.mark.parametrize(("mean", "name"), [(SMALL - 1, LANEY), (SMALL, XMR)])
def test_which_counts_are_small(mean: int, name: str) -> None:
    """The mean of the first 12 counts decides, not that of later ones."""
    assert chart([mean - 1, mean + 1] * 6 + [500] * 4).chart == name


def test_counts_below_10_have_no_change() -> None:
    """A quarter below 10, and the one a year later, have no point, and say why."""
    points = chart([*[30, 40] * 8, 9, 40, 30, 40, 30]).points
    assert [points[16].value, points[20].value] == [None, None]
    assert points[16].reason == points[20].reason == "Counts below 10 have no change on the year."
    assert points[17].value is not None


def test_more_cancelled_than_recorded_is_no_count() -> None:
    """A count below zero is a gap, not an error."""
    points = chart([*[30, 40] * 8, -2]).points
    assert points[16].events is None
    assert points[16].signal == NOT_TESTED


def test_years_are_charted_as_rates() -> None:
    """A year's lines are of rates, and its usual range is of counts over its base."""
    counts = [500, 520, 490, 510, 505, 495, 515, 500, 510, 490, 505, 500, 700]
    last = chart(counts, "year").points[-1]
    rates = np.array(counts[:12]) / 500
    half = 2.66 * np.abs(np.diff(rates)).mean()
    assert last.centre == near(rates.mean())
    assert last.limit_high == near(rates.mean() + half)
    assert last.usual_to == near(500 * (rates.mean() + half))
    assert last.signal == ABOVE


def test_no_limit_of_a_rate_is_below_zero() -> None:
    """Rates that jump up and down have a lower limit of zero."""
    point = chart([900, 100] * 6, "year").points[-1]
    assert (point.limit_low, point.usual_from) == (0, 0)


def test_recording_that_changed_starts_the_lines_anew() -> None:
    """After a step in recording there is no change for a year, then a baseline of its own."""
    step = date(2004, 12, 31)
    made = chart([*seasonal(4), *(3 * (each or 0) for each in reversed(seasonal(4)))], step=step)
    before, after = made.points[:16], made.points[16:]
    assert [point.value for point in after[:4]] == [None] * 4
    assert after[0].reason == "A year before, this was recorded in another way."
    assert not [point for point in made.points if point.signal in SIGNALS]
    assert {point.centre for point in before} != {point.centre for point in after}
    assert sum(point.in_baseline for point in before) == 12
    assert sum(point.in_baseline for point in after) == 12


def test_too_few_periods_after_a_step_have_no_lines() -> None:
    """Seven changes are no chart: the reason says how many a chart needs."""
    made = chart([*seasonal(4), *seasonal(3)[:11]], step=date(2004, 12, 31))
    assert made.points[-1].centre is None
    assert made.points[-1].signal == NOT_TESTED
    assert "7 points: a chart needs 8 or more" in made.points[-1].reason


def test_a_named_baseline_gives_the_lines_from_its_first_point_on() -> None:
    """Periods before it have a point and no lines."""
    made = chart(seasonal(8), baseline="2004-01:2006-12")
    inside = [point for point in made.points if point.in_baseline]
    assert made.points[11].value is not None
    assert made.points[11].centre is None
    assert made.points[12].centre is not None
    assert len(inside) == 12
    assert made.points[-1].centre == near(
        100 * math.expm1(np.mean([math.log1p((point.value or 0) / 100) for point in inside]))
    )


def test_a_short_baseline_has_limits_and_no_signal() -> None:
    """With 8 to 11 points nothing is tested, however far out, and the reason says so."""
    made = chart(seasonal(5, 9000), baseline="2004-01:2005-12")
    assert made.points[-1].limit_high is not None
    assert made.points[-1].signal == NOT_TESTED
    assert made.points[-1].reason == (
        "A baseline of 8 points is too short for rules: they need 12."
    )


@pytest.mark.parametrize(("baseline", "number"), [("2004-01:2005-09", 7), ("1990-01:1995-12", 0)])
def test_a_baseline_of_too_few_points_is_refused(baseline: str, number: int) -> None:
    """The error says how many it has, and from when to when there are points."""
    with pytest.raises(NoFiguresError, match=f"has {number} quarters with a point") as raised:
        chart(seasonal(8), baseline=baseline)
    assert "from 2002-03 to 2008-12" in raised.value.hint


def test_a_baseline_across_a_change_of_recording_is_refused() -> None:
    """Its average would be of two kinds of counts."""
    with pytest.raises(RequestError, match="goes across a change of recording after December"):
        chart(seasonal(8), baseline="2002-01:2007-12", step=date(2004, 12, 31))
