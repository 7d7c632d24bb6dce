"""The newest bundled figures: control figures that the publishers printed, and what is left out."""

from __future__ import annotations

import csv
import functools
from collections import Counter
from pathlib import Path

import pytest
from bundled import METRICS, newest

import crimecmp
from crimecmp.tables.editions import MAIN, NEWEST, NEWEST_PERIOD, SUCCESSORS, newest_period
from crimecmp.tables.files import bundled_folder

CRIME, VICTIM_BASED = "crime-excluding-fraud", "victim-based-crime"
COUNTS = "recorded-crime-2026-04"
NATION = "england-and-wales"
AGAINST_SOCIETY = (
    "drug-offences",
    "possession-of-weapons-offences",
    "public-order-offences",
    "miscellaneous-crimes",
)
GROUPS = {
    "violence-against-the-person": (
        "homicide",
        "death-or-serious-injury-by-driving",
        "violence-with-injury",
        "violence-without-injury",
        "stalking-and-harassment",
    ),
    "sexual-offences": ("rape-offences", "other-sexual-offences"),
    "robbery": ("robbery-of-business-property", "robbery-of-personal-property"),
    "theft-offences": (
        "all-burglary",
        "vehicle-offences",
        "theft-from-the-person",
        "bicycle-theft",
        "shoplifting",
        "other-theft-offences",
    ),
    "all-burglary": ("residential-burglary", "non-residential-burglary"),
    "criminal-damage-and-arson": ("criminal-damage", "arson"),
    "drug-offences": ("possession-of-drugs", "trafficking-of-drugs"),
}
"""Groups and their subgroups since April 2017."""


def table(place: str) -> list[dict[str, str]]:
    """Return the rows of a bundled file by plain CSV."""
    with (bundled_folder() / place).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@functools.cache
def quarters() -> dict[tuple[str, str], tuple[str, tuple[str, ...]]]:
    """Return the first quarter and the counts of each force and metric."""
    return {
        (row["force"], row["metric"]): (row["first_quarter_end"], (*row["counts"].split(";"),))
        for row in table(f"{COUNTS}/quarters.csv")
    }


def year(force: str, metric: str, last: int) -> int:
    """Return the sum of four quarters that end with one counted from the end, 0 for the last."""
    counts = quarters()[force, metric][1]
    stop = len(counts) - last
    return sum(int(count) for count in counts[stop - 4 : stop])


@pytest.mark.parametrize(
    ("last", "count"),
    [(0, 58_668), (3, 59_355), (27, 63_793)],  # to December 2025, March 2025 and March 2019
)
def test_durhams_crimes_are_those_published(last: int, count: int) -> None:
    """The quarters add up to the published years of Durham."""
    assert year("durham", CRIME, last) == count


def test_the_forces_crimes_of_2024_25_are_those_published() -> None:
    """The 43 forces recorded 5,225,477 crimes in the year to March 2025."""
    assert sum(year(force, CRIME, 3) for force in newest().territorial()) == 5_225_477


def test_every_series_is_of_all_forces_and_quarters() -> None:
    """Each metric has 43 forces, and quarters to December 2025 or to its subgroup's end."""
    per_metric = Counter(metric for _, metric in quarters())
    assert set(per_metric.values()) == {43}
    lengths = {(metric, start, len(counts)) for (_, metric), (start, counts) in quarters().items()}
    others = {metric for metric, *span in lengths if span != ["2012-06-30", 55]}
    assert others == {
        "burglary-in-a-dwelling",
        "non-domestic-burglary",
        "residential-burglary",
        "residential-burglary-per-population",
        "non-residential-burglary",
        "violence-without-injury",
        "stalking-and-harassment",
        "death-or-serious-injury-by-driving",
    }
    assert ("burglary-in-a-dwelling", "2012-06-30", 20) in lengths
    assert ("residential-burglary", "2017-06-30", 35) in lengths
    assert ("violence-without-injury", "2013-06-30", 51) in lengths


def test_no_subgroup_has_zeros_for_what_it_no_longer_holds() -> None:
    """No force has a whole year without a crime of a group: a gap would be missing, not zero."""
    for (force, metric), (_, counts) in quarters().items():
        small = {"homicide", "death-or-serious-injury-by-driving", "robbery-of-business-property"}
        if metric in small or force == "city-of-london" or metric == "arson":
            continue
        assert all(
            sum(int(count) for count in counts[place : place + 4]) > 0
            for place in range(len(counts) - 3)
        ), (force, metric)


@pytest.mark.parametrize("group", GROUPS)
def test_subgroups_add_up_to_their_group(group: str) -> None:
    """In the year to December 2025 each force's subgroups are its group."""
    for force in newest().territorial():
        assert sum(year(force, part, 0) for part in GROUPS[group]) == year(force, group, 0)


def test_groups_add_up_to_the_totals() -> None:
    """Crime excluding fraud is all groups, and victim-based crime those with a direct victim."""
    victims = ("violence-against-the-person", "sexual-offences", "robbery", "theft-offences",
               "criminal-damage-and-arson")  # fmt: skip
    for force in newest().territorial():
        of_victims = sum(year(force, group, 0) for group in victims)
        assert year(force, VICTIM_BASED, 0) == of_victims
        others = sum(year(force, group, 0) for group in AGAINST_SOCIETY)
        assert year(force, CRIME, 0) == of_victims + others


def test_residents_are_those_published() -> None:
    """Durham's residents and those of all forces are the published estimates."""
    people = {
        (row["force"], row["year"]): int(row["value"])
        for row in table(f"{COUNTS}/bases.csv")
        if row["base"] == "population"
    }
    of_durham = {"2011": 618_578, "2018": 623_059, "2023": 642_744, "2024": 650_500}
    assert {year: people["durham", year] for year in of_durham} == of_durham
    everyone = Counter[str]()
    for (_, year_), number in people.items():
        everyone[year_] += number
    assert (everyone["2023"], everyone["2024"]) == (60_854_727, 61_806_682)
    assert sorted(everyone) == [str(number) for number in range(2011, 2025)]


def test_outcomes_are_those_published() -> None:
    """Durham charged 6,986 of 59,355 crimes of 2024/25; the 43 forces 8.65%."""
    charged = {
        row["force"]: row
        for row in table("outcomes-2026-04/outcomes.csv")
        if row["metric"] == "outcome-charged-or-summonsed"
    }
    durham, nation = charged["durham"], charged[NATION]
    assert (durham["count"], durham["base"]) == ("6986", "59355")
    assert round(float(durham["percent"]), 2) == 11.77
    assert round(float(nation["percent"]), 2) == 8.65
    assert len(charged) == 44


def test_outcomes_are_all_the_crimes_of_each_force() -> None:
    """The outcomes of a force, with those not yet assigned, are all its crimes."""
    counted, bases = Counter[str](), {}
    for row in table("outcomes-2026-04/outcomes.csv"):
        counted[row["force"]] += int(row["count"])
        bases[row["force"]] = int(row["base"])
    assert counted == bases


def test_outcomes_are_of_the_crimes_counted() -> None:
    """Each force's crimes of 2024/25 are as many in the outcomes as in the quarters."""
    bases = {row["force"]: int(row["base"]) for row in table("outcomes-2026-04/outcomes.csv")}
    for force in newest().territorial():
        assert bases[force] == year(force, CRIME, 3)


def test_the_ons_tables_are_as_printed() -> None:
    """Durham's count, rate and change of the year to December 2024 are those of P1 to P3."""
    [rate] = [
        row
        for row in table("ons-pfa-2024-12/rates.csv")
        if (row["force"], row["metric"]) == ("durham", CRIME)
    ]
    assert (rate["value"], rate["count"], rate["base"]) == ("94.0498861132893", "60450", "642700")
    [change] = [
        row
        for row in table("ons-pfa-2024-12/changes.csv")
        if (row["force"], row["metric"]) == ("durham", CRIME)
    ]
    assert round(float(change["percent"]), 2) == -9.38
    assert (change["count"], change["base_count"]) == ("60450", "66707")


def test_rates_by_the_home_office_are_near_those_by_ons() -> None:
    """For the year to December 2024 each force's rate is within 3% of the published one.

    The two are of different editions, so they differ by revisions; a base or a quarter too few
    would make more of a difference.
    """
    counts = {
        (row["force"], row["metric"]): row
        for row in newest().rows("rates")
        if row["source"] == COUNTS and row["period_end"] == "2024-12-31"
    }
    for row in table("ons-pfa-2024-12/rates.csv"):
        if row["metric"] in (CRIME, "residential-burglary") and row["value"]:
            if row["force"] == NATION and row["metric"] == CRIME:
                continue  # that of ONS includes British Transport Police
            if (row["force"], row["metric"]) == ("leicestershire", "residential-burglary"):
                continue  # ONS says that it counted too few, and that later editions put it right
            ours = float(counts[row["force"], row["metric"]]["value"])
            tolerance = 0.03 if row["metric"] == CRIME else 0.12
            assert ours == pytest.approx(float(row["value"]), rel=tolerance), row["force"]


def test_the_declared_period_and_measures_have_figures() -> None:
    """The last period declared is the last there is; main measures and successors have figures."""
    data = newest()
    ends = data.ends_with_figures(forces=["durham"], source=COUNTS)
    assert ends[-1] == NEWEST_PERIOD
    having = data.metrics_with_figures()
    assert set(MAIN) <= having
    assert set(SUCCESSORS.values()) <= having
    assert NEWEST[0].folder == COUNTS


def test_burglary_is_what_is_recorded_now() -> None:
    """Its short names find residential burglary; the ended series is found by its own name."""
    metrics = newest().metrics
    assert metrics.find("burglary") == "residential-burglary-per-population"
    assert metrics.find("burglary in a dwelling") == "burglary-in-a-dwelling"
    assert crimecmp.load().metrics.find("burglary") == "burglary-in-a-dwelling"


def test_default_figures_stay_what_they_were() -> None:
    """Without the newest figures no edition of theirs is read."""
    shown = set(crimecmp.load().sources_with_figures())
    assert shown.isdisjoint(edition.folder for edition in NEWEST)


def test_the_newest_figures_come_beside_groups_of_ones_own(tmp_path: Path) -> None:
    """A folder of groups alone goes with the newest figures as it does with the others."""
    (tmp_path / "groups.csv").write_text("group,label,forces\npals,Pals,durham;cleveland\n")
    data = crimecmp.load(tmp_path, latest=True)
    frame = crimecmp.rates(data, "kent", group="pals", metric="robbery")
    assert frame["period_end"].dt.strftime("%Y-%m-%d").tolist() == [NEWEST_PERIOD]


@pytest.mark.parametrize("table", ["rates", "changes", "outcomes", "satisfaction"])
def test_the_newest_period_of_each_kind_is_the_last_that_there_is(table: str) -> None:
    """What a page offers is of the year that it names; the report alone has satisfaction."""
    counted = {"changes": "rates"}.get(table, table)
    ends = newest().ends_with_figures(counted, forces=["durham"])
    assert newest_period(table) == ("" if table == "satisfaction" else ends[-1])


def test_the_newest_period_of_each_measure_of_2014_is_the_last_that_there_is() -> None:
    """A measure that has ended is offered with its own last year, and one that is gone is not."""
    metrics = crimecmp.load().metrics_with_figures() - {"victim-satisfaction"}
    assert len(metrics) == len(METRICS) + 1
    for metric in metrics:
        table = "outcomes" if metric == "detection-rate" else "rates"
        now = SUCCESSORS.get(metric, metric)
        ends = newest().ends_with_figures(table, forces=["durham"], metric=now)
        assert newest_period(table, metric) == max(ends, default="")
