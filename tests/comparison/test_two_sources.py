"""Counts of the same crimes from two sources: which are paired, and what is said of them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import Any

import pytest
from bundled import JUNE_2014, NATIONAL

import crimecmp
from crimecmp.comparison.request import requested
from crimecmp.comparison.row import Reproduction
from crimecmp.comparison.two_sources import REVISED, counts_of_two_sources, together
from crimecmp.comparison.verdict_words import DIFFERS, MATCHES
from crimecmp.tables.files import bundled_folder

CRIME, BURGLARY = "crime-excluding-fraud", "residential-burglary-per-population"
ONS, HOME_OFFICE = "ons-pfa-2024-12", "recorded-crime-2026-04"
YEAR = "2024-12-31"
BEFORE = "2013-06-30"
SOURCES = ["first,First", "second,Second"]

Load = Callable[..., crimecmp.Dataset]


@pytest.fixture(scope="module")
def newest() -> crimecmp.Dataset:
    """Return the newest bundled figures."""
    return crimecmp.load(latest=True)


def paired(data: crimecmp.Dataset, *forces: str, **choices: Any) -> list[Reproduction]:
    """Return the counts of some forces and of England and Wales from two sources."""
    return counts_of_two_sources(data, requested(data, forces, **choices))


def home_office(force: str, metric: str) -> int:
    """Return a force's crimes of 2024: the sum of its four quarters, by plain CSV."""
    with (bundled_folder() / HOME_OFFICE / "quarters.csv").open(encoding="utf-8") as file:
        [row] = (
            row for row in csv.DictReader(file) if (row["force"], row["metric"]) == (force, metric)
        )
    start = 4 * (2024 - int(row["first_quarter_end"][:4]))
    start += (3 - int(row["first_quarter_end"][5:7])) // 3
    return sum(map(int, row["counts"].split(";")[start : start + 4]))


def test_durham_is_as_the_two_publishers_have_it(newest: crimecmp.Dataset) -> None:
    """ONS printed 60,450 crimes; the Home Office's later edition has 60,414, which is 36 fewer."""
    row = paired(newest, "durham", metric=CRIME)[0]
    assert (row.kind, row.force, row.period_end.isoformat()) == ("count", "durham", YEAR)
    assert (row.printed, row.worked_out, row.events, row.off) == (60450, 60414, 60414, -36)
    assert row.percent_off == pytest.approx(-3600 / 60450)
    assert (row.result, row.reason) == (DIFFERS, REVISED)
    assert (row.source, row.worked_source) == (ONS, HOME_OFFICE)
    assert row.locator
    assert row.worked_locator


@pytest.mark.parametrize(
    ("force", "ons", "office"), [("cleveland", 73339, 72393), ("west-mercia", 81164, 81036)]
)
def test_other_forces_are_as_both_have_them(
    newest: crimecmp.Dataset, force: str, ons: int, office: int
) -> None:
    """The counts are those of the published files, and the quarters of the year add up to one."""
    row = paired(newest, force, metric=CRIME)[0]
    assert (row.printed, row.worked_out) == (ons, office)
    assert home_office(force, CRIME) == office


def test_england_and_wales_says_what_it_includes(newest: crimecmp.Dataset) -> None:
    """The count of ONS includes British Transport Police, and the difference is put down to it."""
    *_, row = paired(newest, "durham", metric=CRIME)
    assert (row.force, row.printed) == (NATIONAL, 5350405)
    assert row.reason == (
        "Office for National Statistics notes: Includes British Transport Police."
    )


def test_a_known_undercount_is_the_reason_for_what_it_explains(newest: crimecmp.Dataset) -> None:
    """ONS says that Leicestershire's burglary was undercounted; it says nothing of its robbery."""
    burglary, _ = paired(newest, "leicestershire", metric=BURGLARY)
    robbery, _ = paired(newest, "leicestershire", metric="robbery")
    assert "undercounted" in str(burglary.reason)
    assert burglary.off == home_office("leicestershire", BURGLARY) - 3088
    assert robbery.reason == REVISED


def test_a_note_on_a_missing_rate_is_not_a_reason(newest: crimecmp.Dataset) -> None:
    """City of London has no rate because few people live there, which changes no count."""
    row = paired(newest, "city-of-london", metric=CRIME)[0]
    assert (row.printed, row.reason) == (9270, REVISED)


def test_all_forces_together_leave_out_what_is_in_one_source_alone(
    newest: crimecmp.Dataset,
) -> None:
    """Without British Transport Police ONS has 5,267,542 crimes, as its own workbook says."""
    rows = paired(newest, *newest.territorial(), metric=CRIME, ranked=True)
    every = together(newest, rows)
    assert every is not None
    assert (every.forces, every.published) == (43, 5267542)
    assert every.other == sum(home_office(force, CRIME) for force in newest.territorial())
    assert together(newest, rows[1:]) is None


def test_ranked_forces_are_in_the_order_of_their_difference(newest: crimecmp.Dataset) -> None:
    """The force with the highest difference in per cent is first; England and Wales is last."""
    rows = paired(newest, *newest.territorial(), metric=CRIME, ranked=True)
    assert (rows[0].force, rows[-2].force, rows[-1].force) == ("derbyshire", "cleveland", NATIONAL)
    shares = [row.percent_off or 0 for row in rows[:-1]]
    assert shares == sorted(shares, reverse=True)


def test_the_main_measures_are_shown_unless_one_is_asked_for(newest: crimecmp.Dataset) -> None:
    """As every command does with the newest figures."""
    assert {row.metric for row in paired(newest, "durham")} == newest.choice.main & {
        run.metric for run in newest.runs("rates") if run.source == ONS
    }
    assert [row.metric for row in paired(newest, "durham", metric="homicide")] == ["homicide"] * 2


def test_the_source_asked_for_is_the_one_compared(newest: crimecmp.Dataset) -> None:
    """Asked for the Home Office's, its count is first and ONS's is the other."""
    row = paired(newest, "durham", metric=CRIME, source=HOME_OFFICE)[0]
    assert (row.printed, row.worked_out, row.off) == (60414, 60450, 36)


def test_only_counts_of_one_area_measure_and_year_are_paired(load: Load) -> None:
    """Another year, measure or force of the other source is no pair, nor is a rate alone."""
    data = load(
        rates=[
            f"kent,burglary,{JUNE_2014},first,5.25,21,4000",
            f"kent,burglary,{BEFORE},second,5.5,22,4000",
            f"kent,asb,{JUNE_2014},second,5.5,22,4000",
            f"durham,burglary,{JUNE_2014},second,5.5,22,4000",
            f"durham,burglary,{JUNE_2014},first,5.5,,",
        ],
        sources=SOURCES,
    )
    assert paired(data, "kent", "durham") == []


def test_of_several_years_the_latest_of_both_is_shown(load: Load) -> None:
    """A later year that one source alone has is passed over."""
    data = load(
        rates=[
            "kent,burglary,2012-06-30,first,5,20,4000",
            f"kent,burglary,{BEFORE},first,5.25,21,4000",
            f"kent,burglary,{JUNE_2014},first,5.5,22,4000",
            "kent,burglary,2012-06-30,second,5,20,4000",
            f"kent,burglary,{BEFORE},second,5.75,23,4000",
        ],
        sources=SOURCES,
    )
    [row] = paired(data, "kent")
    assert (row.period_end.isoformat(), row.printed, row.worked_out) == (BEFORE, 23, 21)


def test_the_same_count_matches_and_has_no_reason(load: Load) -> None:
    """Nothing is to be explained where two counts are one; of zero there is no percentage."""
    data = load(
        rates=[
            f"kent,burglary,{JUNE_2014},first,5.25,21,4000",
            f"kent,burglary,{JUNE_2014},second,5.25,21,4000",
            f"kent,asb,{JUNE_2014},first,0.25,1,4000",
            f"kent,asb,{JUNE_2014},second,0,0,4000",
        ],
        sources=SOURCES,
    )
    burglary, behaviour = paired(data, "kent")
    assert (burglary.result, burglary.off, burglary.reason) == (MATCHES, 0, None)
    assert (behaviour.result, behaviour.off, behaviour.percent_off) == (DIFFERS, 1, None)


def test_of_three_sources_the_two_with_most_in_common_are_shown(load: Load) -> None:
    """One page is of two sources: their names head its columns."""
    data = load(
        rates=[
            f"kent,burglary,{JUNE_2014},first,5.25,21,4000",
            f"kent,asb,{JUNE_2014},first,5.25,21,4000",
            f"kent,burglary,{JUNE_2014},second,5.5,22,4000",
            f"kent,burglary,{JUNE_2014},third,5.75,23,4000",
            f"kent,asb,{JUNE_2014},third,5.75,23,4000",
        ],
        sources=[*SOURCES, "third,Third"],
    )
    assert {(row.source, row.worked_source) for row in paired(data, "kent")} == {("third", "first")}
