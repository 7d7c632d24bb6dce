"""The rates of one metric over time: all periods of one source, then the changes to the last."""

from __future__ import annotations

from collections.abc import Callable
from statistics import fmean

import pytest
from bundled import BEHAVIOUR, BURGLARY, COUNTS, LAST, METRICS, NATIONAL, REPORT, counted, ends
from rows import columns_of, compared

import crimecmp
from crimecmp.comparison.request import Request, requested
from crimecmp.comparison.series import over_time, series_of

CRIME = METRICS[0]

Load = Callable[..., crimecmp.Dataset]


def asked(data: crimecmp.Dataset, force: str, metric: str, **choices: str) -> Request:
    """Return a request for one metric of a force."""
    return requested(data, [force], metric=metric, **choices)  # type: ignore[arg-type]  # names


@pytest.mark.parametrize("force", ["durham", "city-of-london"])
@pytest.mark.parametrize("metric", METRICS)
def test_a_series_has_all_periods_and_two_changes(
    bundled: crimecmp.Dataset, force: str, metric: str
) -> None:
    """17 quarters (of anti-social behaviour 4 years), then the whole span and the last year.

    The span of anti-social behaviour begins with March 2012, when it came to be recorded anew.
    """
    periods, last = ends(metric), LAST[metric]
    assert len(periods) == (4 if metric == BEHAVIOUR else 17)
    series, changed = over_time(bundled, asked(bundled, force, metric))
    assert [(row.kind, str(row.period_end)) for row in series] == [("rate", e) for e in periods]
    for row in series:
        figures = counted(metric, str(row.period_end))
        assert row.force_value == pytest.approx(figures[force].rate, rel=1e-12)
        assert row.benchmark_value == pytest.approx(figures[NATIONAL].rate, rel=1e-12)
        assert row.force_count == figures[force].events
    first = "2012-03-31" if metric == BEHAVIOUR else periods[0]
    before = f"{int(last[:4]) - 1}{last[4:]}"
    columns = ("kind", "period_end", "base_period_end")
    assert columns_of(changed, *columns) == [("change", last, first), ("change", last, before)]
    for row in changed:
        now = counted(metric, last)[NATIONAL].events
        earlier = counted(metric, str(row.base_period_end))[NATIONAL].events
        assert row.benchmark_value == pytest.approx(100 * (now / earlier - 1), rel=1e-9)
    assert {(row.force, row.source) for row in (*series, *changed)} == {(force, COUNTS)}


def test_changes_of_a_series_are_those_of_the_changes(bundled: crimecmp.Dataset) -> None:
    """The same changes, tested alike, whether asked for one by one or beside a series."""
    _, changed = over_time(bundled, asked(bundled, "durham", CRIME))
    assert changed == compared(bundled, "changes", source=COUNTS, metric=CRIME)


def test_the_source_of_a_series_is_said(bundled: crimecmp.Dataset) -> None:
    """The source with most periods answers, whatever the source of the latest period would be."""
    assert {row.source for row in compared(bundled, "rates", metric=CRIME)} == {REPORT}
    source, series = series_of(bundled, asked(bundled, "durham", CRIME))
    assert source == COUNTS
    assert series == over_time(bundled, asked(bundled, "durham", CRIME))[0]


@pytest.mark.parametrize("weighted", [False, True])
def test_a_series_can_be_against_a_group(bundled: crimecmp.Dataset, weighted: bool) -> None:
    """Every period's benchmark is the group's figure of that period."""
    request = requested(bundled, ["durham"], metric=BURGLARY, group="north-east", weighted=weighted)
    series, changed = over_time(bundled, request)
    assert len(series) == 17
    for row in series:
        figures = counted(BURGLARY, str(row.period_end))
        group = [figures[force] for force in ("cleveland", "durham", "northumbria")]
        expected = (
            1000 * sum(one.events for one in group) / sum(one.base for one in group)
            if weighted
            else fmean(one.rate for one in group)
        )
        assert row.benchmark_value == pytest.approx(expected, rel=1e-12)
        assert row.tested.method == ("two-counts" if weighted else "group-mean")
    assert {row.tested.method for row in changed} == {"two-changes" if weighted else "none"}


def test_a_series_can_be_against_another_force(bundled: crimecmp.Dataset) -> None:
    """The benchmark can be any area, to which the force does not belong."""
    series, changed = over_time(bundled, asked(bundled, "durham", BURGLARY, benchmark="kent"))
    first = counted(BURGLARY, ends(BURGLARY)[0])["kent"].rate
    assert series[0].benchmark_value == pytest.approx(first, rel=1e-12)
    assert not any("part of the benchmark" in row.tested.reason for row in (*series, *changed))


@pytest.mark.parametrize(
    ("metric", "choices"), [("satisfaction", {}), ("detection", {}), ("crime", {"source": REPORT})]
)
def test_what_has_one_period_or_none_is_no_series(
    bundled: crimecmp.Dataset, metric: str, choices: dict[str, str]
) -> None:
    """Of fewer than two periods of rates there is no series: an error that says of what."""
    with pytest.raises(crimecmp.NoFiguresError, match=r"no series of .* for Durham") as raised:
        over_time(bundled, asked(bundled, "durham", metric, **choices))
    assert (" from " in raised.value.message) == bool(choices)
    assert "two periods" in raised.value.hint


# --- Tables of a user's own

SERIES = ["kent,burglary,2013-06-30,,5.0,500,100000", "kent,burglary,2012-06-30,,6.0,600,100000"]


def test_two_periods_are_a_series(load: Load) -> None:
    """Two periods are enough, in order of time, with one change; the benchmark may be missing."""
    data = load(rates=SERIES)
    series, [change] = over_time(data, asked(data, "kent", "burglary"))
    columns = ("period_end", "force_value", "benchmark_value")
    assert columns_of(series, *columns) == [("2012-06-30", 6.0, None), ("2013-06-30", 5.0, None)]
    assert change.force_value == pytest.approx(100 * (500 / 600 - 1), rel=1e-12)
    assert change.benchmark_value is None


def test_a_series_without_counts_has_no_changes(load: Load) -> None:
    """Rates alone are a series, and no change is calculated from rates."""
    data = load(rates=[row.rsplit(",", 2)[0] for row in SERIES])
    series, changed = over_time(data, asked(data, "kent", "burglary"))
    assert (len(series), changed) == (2, [])


def test_a_series_up_to_a_period_has_the_changes_to_it(bundled: crimecmp.Dataset) -> None:
    """The period asked for is the last one, of the series and of what changed."""
    series, changed = over_time(bundled, asked(bundled, "durham", CRIME, period="2013-06"))
    assert str(series[-1].period_end) == "2013-06-30"
    spans = [(str(row.base_period_end), str(row.period_end)) for row in changed]
    assert spans == [("2010-06-30", "2013-06-30"), ("2012-06-30", "2013-06-30")]


def test_between_two_periods_the_earlier_is_the_last(load: Load) -> None:
    """A series up to a month in which no period ends has the changes to the period before."""
    data = load(rates=[*SERIES, "kent,burglary,2014-06-30,,7.0,700,100000"])
    series, [change] = over_time(data, asked(data, "kent", "burglary", period="2013-09"))
    assert str(series[-1].period_end) == "2013-06-30"
    assert change.force_value == pytest.approx(100 * (500 / 600 - 1), rel=1e-12)
