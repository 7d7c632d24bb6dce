"""The page of one measure over time: the series, its shape, and how much it changed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from bundled import (
    BEHAVIOUR,
    CITY,
    COUNTS,
    LAST,
    METRICS,
    NATIONAL,
    REPORT,
    Cells,
    Program,
    counted,
    ends,
    number,
    write,
)
from rows import FIRST
from scipy.stats import norm

pytestmark = pytest.mark.usefixtures("whole_pages")

CRIME = METRICS[0]
BLOCKS = [chr(code) for code in range(0x2581, 0x2589)]


def parts(rows: Sequence[Cells]) -> tuple[list[Cells], list[Cells]]:
    """Return the rates and the changes among the rows."""
    rates = [row for row in rows if row["kind"] == "rate"]
    changes = [row for row in rows if row["kind"] == "change"]
    assert rows == [*rates, *changes]
    return rates, changes


def shape(values: Sequence[float]) -> str:
    """Return a line of blocks, each the nearest of eight steps from the lowest to the highest."""
    low, step = min(values), (max(values) - min(values)) / 7
    return "".join(BLOCKS[math.floor((value - low) / step + 0.5)] for value in values)


def month(end: str) -> str:
    """Return the month that a period ends in, for people."""
    return f"{date.fromisoformat(end):%B %Y}"


@pytest.mark.parametrize(("force", "metric"), [("durham", CRIME), (CITY, BEHAVIOUR)])
def test_a_script_gets_all_periods_and_then_the_changes(
    run: Program, force: str, metric: str
) -> None:
    """Rows of rates by period, then of changes to the last one, all of published counts."""
    rows = run("trend", force, "--metric", metric, "--format", "csv").rows
    assert tuple(rows[0])[: len(FIRST)] == FIRST
    rates, changes = parts(rows)
    assert [row["period_end"] for row in rates] == ends(metric)
    for row in rates:
        figures = counted(metric, row["period_end"])
        assert number(row["force_value"]) == pytest.approx(figures[force].rate, rel=1e-12)
        assert number(row["benchmark_value"]) == pytest.approx(figures[NATIONAL].rate, rel=1e-12)
    assert [row["period_end"] for row in changes] == [LAST[metric]] * 2
    assert {(row["force"], row["source"]) for row in rows} == {(force, COUNTS)}


@pytest.mark.parametrize(("force", "metric"), [("durham", CRIME), ("kent", BEHAVIOUR)])
def test_people_see_the_shape_of_each_series(run: Program, force: str, metric: str) -> None:
    """A block a period, for the force and for its benchmark, each between its own extremes."""
    done = run("trend", force, "--metric", metric, "--format", "markdown")
    _, changed = done.tables
    assert changed[0][:2] == ["Area", "Lowest to highest"]
    assert [row[0] for row in changed[1:]] == [force.title(), "England and Wales"]
    for row, area in zip(changed[1:], (force, NATIONAL), strict=True):
        values = [counted(metric, end)[area].rate for end in ends(metric)]
        assert row[1] == shape(values)
        assert len(row[1]) == len(ends(metric))


@pytest.mark.parametrize("level", ["0.95", "0.998"])
def test_people_see_changes_with_their_intervals(run: Program, level: str) -> None:
    """Durham's 33,570 crimes after 37,917 and 29,828, each change with its interval and sign."""
    asked = ("trend", "durham", "--metric", "crime", "--level", level, "--format", "markdown")
    _, changed = run(*asked).tables
    heads, durham, _ = changed
    z = norm.ppf((1 + float(level)) / 2)
    expected = durham[:2]
    for end in ("2010-06-30", "2013-06-30"):
        now, earlier = (counted(CRIME, when)["durham"].events for when in (LAST[CRIME], end))
        error = z * math.sqrt(1 / now + 1 / earlier)
        ratio = now / earlier
        low, high = (100 * (ratio * math.exp(sign * error) - 1) for sign in (-1, 1))
        expected += [f"{100 * (ratio - 1):+.2f}", f"{low:+.2f} to {high:+.2f}"]
    assert durham == expected
    assert heads[2::2] == ["Since June 2010, %", "Since June 2013, %"]
    assert set(heads[3::2]) == {f"{100 * float(level):g}% interval"}


def test_people_see_the_series_in_order_of_time(run: Program) -> None:
    """The table of the series goes from the first period to the last, with both rates."""
    series, _ = run("trend", "durham", "--metric", "crime", "--format", "markdown").tables
    assert series[0][:4] == ["12 months to", "Durham", "England and Wales", "Difference"]
    assert [row[0] for row in series[1:]] == [month(end) for end in ends(CRIME)]
    for row, end in zip(series[1:], ends(CRIME), strict=True):
        assert row[1] == f"{counted(CRIME, end)['durham'].rate:.2f}"
        assert row[2] == f"{counted(CRIME, end)[NATIONAL].rate:.2f}"


def test_a_trend_is_of_crime_in_durham_by_default(run: Program) -> None:
    """Without a name and a measure it is that of the report, of all crime."""
    assert run("trend").out == run("trend", "durham", "--metric", CRIME).out


@pytest.mark.parametrize(
    ("options", "label"),
    [
        (("--group", "north-east"), "Mean of North East"),
        (("--group", "north-east", "--weighted"), "North East together"),
        (("--benchmark", "kent"), "Kent"),
    ],
)
def test_a_trend_names_what_it_is_against(
    run: Program, options: tuple[str, ...], label: str
) -> None:
    """A group's figure or another force has its own line of blocks, and its name."""
    asked = ("trend", "durham", "--metric", "burglary", *options, "--format", "markdown")
    series, changed = run(*asked).tables
    assert label in series[0]
    assert changed[2][0] == label
    assert len(changed[2][1]) == 17


@pytest.mark.parametrize(
    "arguments",
    [
        ("durham", "--metric", "satisfaction"),
        ("durham", "--metric", "detection"),
        ("durham", "--metric", "crime", "--source", REPORT),
    ],
)
def test_what_has_one_period_or_none_is_no_series(run: Program, arguments: Sequence[str]) -> None:
    """Of fewer than two periods of rates there is no trend: an error that says of what."""
    done = run("trend", *arguments)
    assert (done.code, done.out) == (1, "")
    for said in ("no series of", "for Durham", "two periods"):
        assert said in done.err


@pytest.mark.parametrize(
    ("finding", "code"), [("higher", 3), ("lower", 3), ("not-tested", 0), ("better", 0)]
)
def test_a_trend_ends_as_it_was_asked_to(run: Program, finding: str, code: int) -> None:
    """Durham's rate is lower, its change higher; all is tested, and crime is not good or bad."""
    asked = ("trend", "durham", "--metric", "crime", "--fail-on", finding, "--format", "csv")
    done = run(*asked)
    assert done.code == code
    assert len(done.rows) == 17 + 2


SERIES = (
    "force,metric,period_end,value,count,base",
    "kent,burglary,2012-06-30,6.0,600,100000",
    "kent,burglary,2013-06-30,5.0,500,100000",
)


def test_a_users_two_years_are_a_trend(run: Program, tmp_path: Path) -> None:
    """Two periods are enough, one change is between them, and the benchmark may be missing."""
    folder = write(tmp_path, rates=SERIES)
    asked = ("trend", "kent", "--metric", "burglary", "--data", folder)
    rates, changes = parts(run(*asked, "--format", "csv").rows)
    assert [number(row["force_value"]) for row in rates] == [6, 5]
    assert {row["benchmark_value"] for row in (*rates, *changes)} == {""}
    [change] = changes
    assert number(change["force_value"]) == pytest.approx(100 * (500 / 600 - 1), rel=1e-12)
    _, changed = run(*asked, "--format", "markdown").tables
    assert [row[1].strip() for row in changed[1:]] == ["█▁", ""]


def test_a_series_without_counts_has_no_changes(run: Program, tmp_path: Path) -> None:
    """Rates alone are shown over time, and no change is calculated from rates."""
    rows = [f"{row.rsplit(',', 2)[0]},," for row in SERIES[1:]]
    folder = write(tmp_path, rates=[SERIES[0], *rows])
    done = run("trend", "kent", "--metric", "burglary", "--data", folder, "--format", "csv")
    assert [row["kind"] for row in done.rows] == ["rate", "rate"]


def test_changes_are_said_to_be_in_the_count(run: Program) -> None:
    """The series is of rates and the changes are of counts, which a note tells apart."""
    out = " ".join(run("trend", "durham", "--metric", "crime").out.split())
    assert (
        "The changes are in the number recorded, not in the rate, up to the year to June 2014."
        in out
    )
    assert "Not all of them are drawn." not in out


def test_a_long_series_says_that_not_all_is_drawn(run: Program, tmp_path: Path) -> None:
    """Of 24 years half are drawn as blocks, and the note says so."""
    rows = [f"kent,burglary,{year}-06-30,6.0,{year},100000" for year in range(1991, 2015)]
    folder = write(tmp_path, rates=[SERIES[0], *rows])
    done = run("trend", "kent", "--metric", "burglary", "--data", folder, "-f", "markdown")
    assert len(done.tables[0]) == 1 + 24
    assert len(done.tables[1][1][1]) == 12
    assert "Not all of them are drawn." in done.out


def test_a_series_across_a_new_way_of_recording_says_so(run: Program) -> None:
    """The year to March 2011 of incidents is shown, and said to be no match for those after it."""
    out = " ".join(run("trend", "durham", "--metric", BEHAVIOUR).out.split())
    assert "Before the year to March 2012 this was recorded in another way" in out
    assert "recorded in another way" not in run("trend", "durham", "--metric", "crime").out


@pytest.mark.parametrize("metric", METRICS[:-1])
def test_overlapping_years_are_no_separate_confirmations(run: Program, metric: str) -> None:
    """Of 12 months at each quarter's end only every fourth is independent, and that is said."""
    out = " ".join(run("trend", "durham", "--metric", metric).out.split())
    assert (
        f"The {len(ends(metric))} periods are of 12 months each, and those less than a year apart "
        "share months, so their verdicts do not confirm each other. Only every fourth of them is "
        "independent of the others."
    ) in out


def test_years_that_share_months_otherwise_are_said_to(run: Program, tmp_path: Path) -> None:
    """Of 12 months at each month's end it is not every fourth that is independent."""
    rows = [f"kent,burglary,2014-0{month}-30,6.0,600,100000" for month in (4, 6, 9)]
    rows.append("kent,burglary,2014-05-31,6.0,600,100000")
    folder = write(tmp_path, rates=[SERIES[0], *rows])
    out = " ".join(run("trend", "kent", "--metric", "burglary", "--data", folder).out.split())
    assert (
        "The 4 periods are of 12 months each, and those less than a year apart share months, "
        in out
    )
    assert "every fourth" not in out


def test_years_that_do_not_overlap_need_no_warning(run: Program, tmp_path: Path) -> None:
    """Two years one after the other share no day: nothing is said of independence."""
    folder = write(tmp_path, rates=SERIES)
    assert len(ends(BEHAVIOUR)) == len({end[:4] for end in ends(BEHAVIOUR)})
    for asked in (("kent", "--metric", "burglary", "--data", folder), ("--metric", BEHAVIOUR)):
        out = run("trend", *asked).out
        assert "independent" not in out
        assert "share months" not in out
