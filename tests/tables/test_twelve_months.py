"""Rates of 12 months are calculated from quarters and bases, and what is missing is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from tabling import DATA, write

import crimecmp
from crimecmp.tables.checked import Row
from crimecmp.tables.twelve_months import HOUSEHOLDS_OF

FORCES = DATA.territorial()


def rates(
    folder: Path,
    counts: dict[str, str],
    *,
    metric: str = "robbery",
    people: str = "1000",
    start: str = "2012-06-30",
) -> dict[tuple[str, str], Row]:
    """Return the rates that the counts of forces make, by force and end of the period."""
    quarters = [
        {"force": force, "metric": metric, "source": "", "first_quarter_end": start, "counts": each}
        for force, each in counts.items()
    ]
    bases = [
        {"force": force, "base": "population", "year": str(year), "source": "", "value": people}
        for force in counts
        for year in (2012, 2013)
    ]
    write(folder / "quarters.csv", quarters)
    write(folder / "bases.csv", bases)
    data = crimecmp.load(folder)
    return {(row["force"], row["period_end"]): row for row in data.rows("rates")}


def test_a_rate_is_the_sum_of_four_quarters_over_the_residents(tmp_path: Path) -> None:
    """The base is that of the middle of the calendar year before the one in which a period ends."""
    found = rates(tmp_path, {"durham": "1;2;3;4;5"})
    first, second = found["durham", "2013-03-31"], found["durham", "2013-06-30"]
    assert (first["count"], float(first["value"]), first["base"]) == ("10", 10.0, "1000")
    assert first["locator"] == "; over population of mid-2012"
    assert second["count"] == "14"
    assert set(found) == {("durham", "2013-03-31"), ("durham", "2013-06-30")}


def test_a_missing_quarter_makes_its_years_missing(tmp_path: Path) -> None:
    """No year with a gap has a count or a rate, and the note says why; others have both."""
    found = rates(tmp_path, {"durham": "1;;3;4;5;6"})
    gap = found["durham", "2013-06-30"]
    assert (gap["value"], gap["count"]) == ("", "")
    assert gap["note"] == "There is no count of one of the quarters of these 12 months."
    assert found["durham", "2013-09-30"]["count"] == "18"


def test_england_and_wales_is_the_sum_of_the_forces(tmp_path: Path) -> None:
    """All forces together make England and Wales: counts and residents are added up."""
    found = rates(tmp_path, dict.fromkeys(FORCES, "1;1;1;1"))
    nation = found["england-and-wales", "2013-03-31"]
    assert (nation["count"], nation["base"]) == ("172", "43000")
    assert float(nation["value"]) == 4.0


def test_a_force_with_a_gap_makes_the_sum_missing(tmp_path: Path) -> None:
    """The sum of England and Wales is missing where a force's quarter is, and names the force."""
    found = rates(tmp_path, {**dict.fromkeys(FORCES, "1;1;1;1"), "kent": "1;;1;1"})
    nation = found["england-and-wales", "2013-03-31"]
    assert (nation["value"], nation["count"]) == ("", "")
    assert nation["note"] == "There is no sum of the forces: a quarter of kent is missing."


def test_without_all_forces_there_is_no_england_and_wales(tmp_path: Path) -> None:
    """A folder of some forces has no sum that would be taken for the whole."""
    found = rates(tmp_path, {"durham": "1;1;1;1", "kent": "1;1;1;1"})
    assert {force for force, _ in found} == {"durham", "kent"}


def test_a_force_without_counts_is_left_out_of_the_sum(tmp_path: Path) -> None:
    """England and Wales is then the others, over their residents alone, and says so."""
    others = [force for force in FORCES if force != "greater-manchester"]
    nation = rates(tmp_path, dict.fromkeys(others, "1;1;1;1"))["england-and-wales", "2013-03-31"]
    assert (nation["count"], nation["base"]) == ("168", "42000")
    assert "there are no counts of greater-manchester" in nation["note"]


def test_many_forces_without_counts_leave_no_sum(tmp_path: Path) -> None:
    """A sum without more than three forces would be taken for more than it is."""
    assert len(rates(tmp_path, dict.fromkeys(FORCES[4:], "1;1;1;1"))) == 39
    assert len(rates(tmp_path, dict.fromkeys(FORCES[3:], "1;1;1;1"))) == 41


def test_more_cancelled_than_recorded_makes_no_rate(tmp_path: Path) -> None:
    """A count below zero stays, without a rate."""
    row = rates(tmp_path, {"durham": "1;-5;1;1"})["durham", "2013-03-31"]
    assert (row["value"], row["count"]) == ("", "-2")
    assert "More were cancelled than recorded" in row["note"]


def test_a_period_without_an_estimate_has_a_count_alone(tmp_path: Path) -> None:
    """Where there is no estimate of the base, the count stays and the note says why."""
    row = rates(tmp_path, {"durham": "1;1;1;1"}, start="2015-06-30")["durham", "2016-03-31"]
    assert (row["value"], row["count"], row["base"]) == ("", "4", "")
    assert row["note"] == (
        "There is no estimate of population to calculate a rate with for this period."
    )


def test_households_are_used_for_the_periods_that_ons_uses_them_for() -> None:
    """Rates per household are given for those years alone; other years say what is missing."""
    rows = {
        row["period_end"]: row
        for row in crimecmp.load(latest=True).rows("rates")
        if (row["force"], row["metric"]) == ("durham", "residential-burglary")
        and row["source"] == "recorded-crime-2026-04"
    }
    assert {end for end, row in rows.items() if row["value"]} == set(HOUSEHOLDS_OF)
    [end] = HOUSEHOLDS_OF
    assert rows[end]["base"] == "283700"
    assert rows[end]["locator"].endswith("over households of mid-2021")
    assert "no estimate of households" in rows["2025-12-31"]["note"]


@pytest.mark.parametrize("counts", ["1;2;x;4", "1;2.5;3;4"])
def test_counts_are_whole_numbers(tmp_path: Path, counts: str) -> None:
    """A part of the counts that is no whole number is a fault."""
    with pytest.raises(crimecmp.DataError):
        rates(tmp_path, {"durham": counts})


def test_published_rates_come_after_those_calculated(tmp_path: Path) -> None:
    """A folder with quarters and rates has both, each with its own source."""
    write(
        tmp_path / "rates.csv",
        [{"force": "durham", "metric": "asb", "period_end": "2014-03-31", "value": "47.4"}],
    )
    rates(tmp_path, {"durham": "1;1;1;1"})
    rows = crimecmp.load(tmp_path).rows("rates")
    assert [(row["metric"], row["source"]) for row in rows] == [
        ("robbery", "quarters.csv"),
        ("anti-social-behaviour", "rates.csv"),
    ]


# --- Months


def monthly(folder: Path, counts: dict[tuple[str, str], str]) -> dict[tuple[str, str], Row]:
    """Return the rates that counts of forces and months make, by force and end of the period."""
    months = [
        {"force": force, "metric": "robbery", "month": month, "count": count}
        for (force, month), count in counts.items()
    ]
    write(folder / "months.csv", months)
    data = crimecmp.load(folder)
    return {(row["force"], row["period_end"]): row for row in data.rows("rates")}


YEAR_2013 = [f"2013-{month:02}" for month in range(1, 13)]


def test_a_rate_is_the_sum_of_twelve_months(tmp_path: Path) -> None:
    """Twelve months make a rate at the end of each later month, over the newest bundled bases."""
    counts = {("durham", month): str(nth) for nth, month in enumerate([*YEAR_2013, "2014-01"], 1)}
    found = monthly(tmp_path, counts)
    assert [end for _, end in found] == ["2013-12-31", "2014-01-31"]
    assert found["durham", "2013-12-31"]["count"] == "78"
    assert found["durham", "2014-01-31"]["count"] == "90"
    newest = crimecmp.load(latest=True).rows("bases")
    [people] = [
        row["value"]
        for row in newest
        if (row["force"], row["base"], row["year"]) == ("durham", "population", "2012")
    ]
    assert found["durham", "2013-12-31"]["base"] == people


@pytest.mark.parametrize("gap", ["a row without a count", "no row"])
def test_a_missing_month_makes_its_years_missing(gap: str, tmp_path: Path) -> None:
    """A month without a count is a gap, whether or not it has a row; it is never zero."""
    counts = {("durham", month): "1" for month in [*YEAR_2013, "2014-01", "2014-02"]}
    if gap == "no row":
        del counts["durham", "2013-02"]
    else:
        counts["durham", "2013-02"] = ""
    found = monthly(tmp_path, counts)
    row = found["durham", "2014-01-31"]
    assert (row["value"], row["count"]) == ("", "")
    assert row["note"] == "There is no count of one of the months of these 12 months."
    assert found["durham", "2014-02-28"]["count"] == "12"


def test_the_months_of_the_forces_are_the_same(tmp_path: Path) -> None:
    """A force that begins later lacks the months before: no year is made of fewer."""
    counts = {("durham", month): "1" for month in YEAR_2013}
    counts |= {("kent", month): "1" for month in YEAR_2013[1:]}
    found = monthly(tmp_path, counts)
    assert found["durham", "2013-12-31"]["count"] == "12"
    assert found["kent", "2013-12-31"]["count"] == ""
    assert {end for _, end in found} == {"2013-12-31"}


@pytest.mark.parametrize("month", ["2013", "2013-13", "2013-01-01", "Jan 2013"])
def test_a_month_is_written_as_its_year_and_number(month: str, tmp_path: Path) -> None:
    """Anything else in the column of months is a fault."""
    with pytest.raises(crimecmp.DataError, match="is not a month; write it as YYYY-MM"):
        monthly(tmp_path, {("durham", month): "1"})
