"""Changes are calculated from counts where none was printed, and where they are worth it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from bundled import (
    BEHAVIOUR,
    BURGLARY,
    CITY,
    COUNTS,
    LAST,
    METRICS,
    NATIONAL,
    REPORT,
    Cells,
    counted,
    table,
)
from hypothesis import given
from hypothesis import strategies as st
from rows import compared
from scipy.stats import norm

import crimecmp
from crimecmp.comparison.changes import SMALLEST_BASE, changes_from_counts
from crimecmp.comparison.request import Request

CLOSED = 1e-9
"""Closed formulas: rounding errors only."""

KEY = ("force", "metric", "period_end", "base_period_end", "source")
RATES = ("force", "metric", "period_end", "source", "count", "locator")
ONE = ("durham", "crime")

Load = Callable[..., crimecmp.Dataset]


def columns(names: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    """Return rows as columns."""
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def calculated(
    series: Mapping[str, int], printed: Sequence[Sequence[str]] = (), **asked: object
) -> list[Cells]:
    """Return the changes of one force's counts, by the ends of their periods."""
    rows = [(*ONE, end, "s", str(count), f"of {end}") for end, count in series.items()]
    request = Request(("durham",))._replace(**asked)  # type: ignore[arg-type]  # any field
    found = changes_from_counts(
        columns(RATES, rows), columns(KEY, printed), request, range(len(rows)), {}
    )
    names = list(found)
    return [dict(zip(names, cells, strict=True)) for cells in zip(*found.values(), strict=True)]


def spans(rows: Sequence[Cells]) -> set[tuple[str, str]]:
    """Return from when to when each change is."""
    return {(row["base_period_end"], row["period_end"]) for row in rows}


# --- From the counts of a force


def test_a_change_is_in_per_cent_of_the_earlier_count() -> None:
    """From 80 to 100 is a quarter more; both counts, and the place of the later, go with it."""
    [row] = calculated({"2013-06-30": 80, "2014-06-30": 100})
    assert float(row.pop("percent")) == 25
    assert row == {
        "force": "durham", "metric": "crime", "period_end": "2014-06-30",
        "base_period_end": "2013-06-30", "source": "s", "count": "100",
        "base_count": "80", "locator": "of 2014-06-30", "note": "",
    }  # fmt: skip


def test_changes_are_from_the_first_period_and_from_the_year_before() -> None:
    """Of five years the last is held against the first and the fourth, and no other is shown."""
    series = {f"{year}-06-30": 100 + year for year in range(2010, 2015)}
    assert spans(calculated(series)) == {
        ("2010-06-30", "2014-06-30"),
        ("2013-06-30", "2014-06-30"),
    }


def test_a_period_that_is_asked_for_has_its_own_year_before() -> None:
    """For a month in the past the changes end there."""
    series = {f"{year}-06-30": 100 + year for year in range(2010, 2015)}
    assert spans(calculated(series, period="2012-06")) == {
        ("2010-06-30", "2012-06-30"),
        ("2011-06-30", "2012-06-30"),
    }


def test_of_two_years_there_is_one_change() -> None:
    """Where the first period is the year before, its change is there once."""
    assert len(calculated({"2013-06-30": 100, "2014-06-30": 100})) == 1


def test_the_year_before_the_end_of_february_is_its_end() -> None:
    """A change from a leap day is over a year, as one from any other end of a month."""
    assert len(calculated({"2012-02-29": 60, "2013-02-28": 60})) == 1


def test_the_first_period_has_no_change() -> None:
    """What has nothing before it has not changed."""
    assert calculated({"2014-06-30": 100}) == []
    assert calculated({"2013-06-30": 9, "2014-06-30": 9}, period="2013-06") == []


@given(
    st.lists(
        st.tuples(st.integers(2003, 2018), st.sampled_from(["03-31", "06-30", "09-30", "12-31"])),
        min_size=1,
        max_size=12,
        unique=True,
    )
)
def test_periods_that_overlap_are_never_compared(ends: list[tuple[int, str]]) -> None:
    """12 months have no crime in common with those that end a year or more before."""
    series = {f"{year}-{day}": 1000 for year, day in ends}
    rows = calculated(series, every_period=True)
    for since, until in spans(rows):
        earlier, later = date.fromisoformat(since), date.fromisoformat(until)
        assert (later.year - earlier.year) * 12 + later.month - earlier.month >= 12
    first = min(series)
    expected = {
        (since, until)
        for until in series
        for since in {first, f"{int(until[:4]) - 1}{until[4:]}"}
        if since in series and int(since[:4] + since[5:7]) + 100 <= int(until[:4] + until[5:7])
    }
    assert spans(rows) == expected


@pytest.mark.parametrize("earlier", [49, 1, 0, -3])
def test_of_fewer_than_fifty_no_change_is_calculated(earlier: int) -> None:
    """Below 50 before, the change is missing, and the reason and the counts stand with it."""
    assert SMALLEST_BASE == 50
    [row] = calculated({"2013-06-30": earlier, "2014-06-30": 100})
    assert row["percent"] == ""
    assert f"The earlier count is {earlier}. crimecmp gives no percentage change" in row["note"]
    assert (row["count"], row["base_count"]) == ("100", str(earlier))


def test_of_fifty_a_change_is_calculated() -> None:
    """The limit itself is not below the limit; to none at all is -100 per cent."""
    [row] = calculated({"2013-06-30": 50, "2014-06-30": 0})
    assert (float(row["percent"]), row["note"]) == (-100, "")


def test_a_count_below_zero_has_no_change() -> None:
    """Corrections can take a count below zero, of which no change in per cent makes sense."""
    [row] = calculated({"2013-06-30": 80, "2014-06-30": -2})
    assert row["percent"] == ""
    assert "below zero" in row["note"]


def test_a_printed_change_is_not_calculated_beside_it() -> None:
    """A source that prints a change is taken at its word; another source's leaves it standing."""
    series = {"2010-06-30": 90, "2013-06-30": 80, "2014-06-30": 100}
    printed = (*ONE, "2014-06-30", "2013-06-30")
    assert spans(calculated(series, [(*printed, "s")])) == {("2010-06-30", "2014-06-30")}
    assert len(calculated(series, [(*printed, "another")])) == 2


@given(st.integers(SMALLEST_BASE, 10**9), st.integers(0, 10**9))
def test_a_change_is_as_exact_as_fifteen_digits(earlier: int, count: int) -> None:
    """The percentage is that of the two counts to a part in 10^14, without an exponent."""
    [row] = calculated({"2013-06-30": earlier, "2014-06-30": count})
    exact = Fraction(100 * (count - earlier), earlier)
    assert float(row["percent"]) == pytest.approx(float(exact), rel=1e-14)
    assert "e" not in row["percent"]


def test_counts_of_two_sources_make_no_change() -> None:
    """A change is between counts of one source."""
    rows = [
        (*ONE, "2013-06-30", "a", "100", ""),
        (*ONE, "2014-06-30", "b", "120", ""),
    ]
    request = Request(("durham",))
    assert (
        changes_from_counts(columns(RATES, rows), columns(KEY, ()), request, range(2), {})[
            "percent"
        ]
        == []
    )


# --- From the bundled counts


def expected_changes(force: str, metric: str) -> dict[str, float]:
    """Return by base period the changes to the last period."""
    last = LAST[metric]
    first = "2012-03-31" if metric == BEHAVIOUR else "2010-06-30"
    before = f"{int(last[:4]) - 1}{last[4:]}"
    now = counted(metric, last)[force].events
    return {end: 100 * (now / counted(metric, end)[force].events - 1) for end in (first, before)}


@pytest.mark.parametrize("force", ["cleveland", "metropolitan", "dyfed-powys"])
def test_changes_of_a_force_are_those_of_its_published_counts(
    bundled: crimecmp.Dataset, force: str
) -> None:
    """Of each metric there is the change over the whole span and over the last year."""
    rows = compared(bundled, "changes", force)
    assert {row.source for row in rows} == {COUNTS}
    found = {(row.metric, str(row.base_period_end)): row for row in rows}
    assert len(found) == len(rows) == 12
    for metric in METRICS:
        national = expected_changes(NATIONAL, metric)
        for end, change in expected_changes(force, metric).items():
            row = found[metric, end]
            assert row.force_value == pytest.approx(change, rel=CLOSED)
            assert row.benchmark_value == pytest.approx(national[end], rel=CLOSED)
            assert row.difference == pytest.approx(change - national[end], rel=CLOSED)


@pytest.mark.parametrize("level", [0.95, 0.998])
def test_a_change_has_the_interval_of_the_ratio_of_its_counts(
    bundled: crimecmp.Dataset, level: float
) -> None:
    """Durham's 33,570 after 29,828 is 12.5 % more, by exp(log ratio -+ z sqrt(1/a + 1/b))."""
    rows = compared(bundled, "changes", source=COUNTS, metric=METRICS[0], level=level)
    [row] = [row for row in rows if str(row.base_period_end) == "2013-06-30"]
    assert (row.force_count, row.force_base_count) == (33_570, 29_828)
    z = norm.ppf((1 + level) / 2)
    for side, force in ((row.own, "durham"), (row.other, NATIONAL)):
        now = counted(METRICS[0])[force].events
        before = counted(METRICS[0], "2013-06-30")[force].events
        error = math.sqrt(1 / now + 1 / before)
        ends = 100 * (np.exp(math.log(now / before) + z * error * np.array([-1, 1])) - 1)
        assert (side.low, side.high) == pytest.approx(ends, rel=1e-7)


def test_two_changes_are_tested_against_the_rest_of_the_country(bundled: crimecmp.Dataset) -> None:
    """Durham is part of England and Wales, whose change without it is what it is held against."""
    rows = compared(bundled, "changes", source=COUNTS)
    assert {row.tested.method for row in rows} == {"two-changes"}
    for row in rows:
        now, then = (counted(row.metric, str(end)) for end in (row.period_end, row.base_period_end))
        a, b = now["durham"].events, then["durham"].events
        c, d = now[NATIONAL].events - a, then[NATIONAL].events - b
        index, error = math.log(a / b / (c / d)), math.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
        low, high = np.exp(index + norm.ppf(0.975) * error * np.array([-1, 1]))
        tested = row.tested
        assert (tested.interval_low, tested.interval_high) == pytest.approx((low, high), rel=1e-7)
        assert tested.p_value == pytest.approx(2 * norm.sf(abs(index / error)), abs=1e-12)
        assert tested.verdict == ("higher" if low > 1 else "lower" if high < 1 else "similar")


def test_a_small_base_is_said_in_place_of_a_change(bundled: crimecmp.Dataset) -> None:
    """City of London's 16 burglaries after 34 and 29 give no change in per cent."""
    first, before = "2010-06-30", "2013-06-30"
    counts = [counted(BURGLARY, end)[CITY].events for end in (first, before)]
    assert max(counts) < 50  # else this is no test of the rule
    rows = compared(bundled, "changes", CITY, metric=BURGLARY)
    assert [str(row.base_period_end) for row in rows] == [first, before]
    for row, count in zip(rows, counts, strict=True):
        assert (row.force_value, row.tested.verdict) == (None, "not tested")
        assert f"The earlier count is {count}. crimecmp gives no percentage change" in str(row.note)
        assert row.force_base_count == count


def test_printed_changes_stand_alone(bundled: crimecmp.Dataset) -> None:
    """The report's own changes of Durham are shown as printed, each once."""
    rows = compared(bundled, "changes")
    printed = [
        (row["metric"], row["base_period_end"], float(row["percent"]))
        for row in table("changes")
        if row["force"] == "durham"
    ]
    found = [(row.metric, str(row.base_period_end), row.force_value) for row in rows]
    assert sorted(found) == sorted(printed)
    assert {row.source for row in rows} == {REPORT}


# --- From counts of a user's own


def test_a_printed_change_of_the_users_own_is_shown_once(load: Load) -> None:
    """Where a file prints a change that its counts give as well, the printed one is shown."""
    data = load(
        rates=[
            f"kent,crime,{year}-06-30,mine,{10 * count},{count},100"
            for year, count in ((2012, 60), (2013, 80), (2014, 100))
        ],
        changes=["kent,crime,2014-06-30,2013-06-30,mine,24"],
        sources=["mine,Mine"],
    )
    rows = compared(data, "changes", "kent")
    assert {str(row.base_period_end): row.force_value for row in rows} == {
        "2013-06-30": 24,
        "2012-06-30": pytest.approx(100 * (100 / 60 - 1)),
    }
    assert len(rows) == 2


def test_a_whole_percentage_from_counts_is_calculated_like_any_other(load: Load) -> None:
    """From 500 to 450 is -10 exactly: not a rounded figure, which could be -10.4 or -9.6."""
    data = load(
        rates=[
            "kent,crime,2013-06-30,,50,500,10000",
            "kent,crime,2014-06-30,,45,450,10000",
            "england-and-wales,crime,2013-06-30,,50,50000,1000000",
            "england-and-wales,crime,2014-06-30,,45,45000,1000000",
        ],
    )
    [row] = compared(data, "changes", "kent")
    assert row.force_value == -10
    assert row.tested.difference_low == pytest.approx(0, abs=1e-4)
    assert row.tested.difference_high == pytest.approx(0, abs=1e-4)


def test_no_change_is_calculated_across_a_new_way_of_recording() -> None:
    """Incidents before the 12 months to March 2012 are compared among themselves alone."""
    ends = [f"{year}-03-31" for year in range(2009, 2015)]
    rows = [("durham", "asb", end, "s", str(1000 + place), "") for place, end in enumerate(ends)]
    request = Request(("durham",), every_period=True)
    found = changes_from_counts(
        columns(RATES, rows), columns(KEY, ()), request, range(6), {"asb": "2012-03-31"}
    )
    pairs = set(zip(found["base_period_end"], found["period_end"], strict=True))
    early = {(ends[0], ends[1]), (ends[0], ends[2]), (ends[1], ends[2])}
    late = {(ends[3], ends[4]), (ends[3], ends[5]), (ends[4], ends[5])}
    assert pairs == early | late


def test_the_longer_change_is_over_as_many_years_as_are_asked_for() -> None:
    """With a number of years, the earlier count is that many years before, and not the first."""
    counts = {f"{year}-12-31": 100 + year - 2012 for year in range(2012, 2026)}
    found = spans(calculated(counts, years=4))
    assert found == {("2021-12-31", "2025-12-31"), ("2024-12-31", "2025-12-31")}


def test_a_series_shorter_than_the_years_asked_for_begins_with_its_first() -> None:
    """Where there is no count so many years before, the first is the earlier one."""
    counts = {f"{year}-12-31": 100 for year in range(2023, 2026)}
    found = spans(calculated(counts, years=4))
    assert found == {("2023-12-31", "2025-12-31"), ("2024-12-31", "2025-12-31")}
