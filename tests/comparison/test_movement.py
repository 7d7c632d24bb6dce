"""How much forces' counts usually move: from which years and forces it is estimated."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from bundled import BEHAVIOUR, BURGLARY, CITY, COUNTS, FORCES, METRICS, NATIONAL, REPORT, counted
from calculating import CLOSED, closely, usual_sigma
from rows import compared
from scipy.stats import chi2_contingency

import crimecmp
from crimecmp.comparison.movement import UNKNOWN, Movement, Movements
from crimecmp.comparison.row import Beyond

Load = Callable[..., crimecmp.Dataset]

SPREAD = tuple(force for force in FORCES if force != CITY)
YEARS = tuple(range(2008, 2015))
METRIC = "burglary-in-a-dwelling"

Year = Mapping[str, int]
"""The count of each force in the 12 months to one June."""


def moving(forces: Sequence[str] = SPREAD, years: Sequence[int] = YEARS) -> dict[int, Year]:
    """Return counts of forces that move by about a tenth a year, each year more than before."""
    chance = np.random.default_rng(2014)
    found: dict[int, Year] = {}
    level = chance.uniform(300, 3000, len(forces))
    for place, year in enumerate(years):
        level = level * np.exp(chance.normal(0, 0.04 * (1 + place), len(forces)))
        found[year] = {
            force: int(count) for force, count in zip(forces, level.round(), strict=True)
        }
    return found


def pairs_of(
    counts: Mapping[int, Year], *ends: int, without: str = ""
) -> list[list[tuple[int, int]]]:
    """Return the pairs of years that end in some years, of all forces or of all but one."""
    return [
        [(counts[end][name], counts[end - 1][name]) for name in counts[end] if name != without]
        for end in ends
    ]


def rows_of(counts: Mapping[int, Year], day: str = "06-30", source: str = "") -> list[str]:
    """Return rows of rates that have counts alone."""
    return [
        f"{force},{METRIC},{year}-{day},{source},,{count}"
        for year, its in counts.items()
        for force, count in its.items()
    ]


def of(
    data: crimecmp.Dataset,
    force: str = NATIONAL,
    *,
    end: str = "2014-06-30",
    source: str = "rates.csv",
    metric: str = METRIC,
    left_out: Sequence[str] = (CITY,),
) -> Movement:
    """Return the movement up to a period from all forces but one; by default of all."""
    return Movements(data, {metric}, left_out).of(metric, date.fromisoformat(end), source, force)


def holds(found: Movement, pairs: list[list[tuple[int, int]]]) -> None:
    """Hold a movement against sigma and df of some pairs of years."""
    assert found.variation is not None
    assert found.variation.sigma == closely(usual_sigma(pairs), CLOSED)
    assert found.variation.df == sum(len(pair) - 1 for pair in pairs)


# --- Which years


@pytest.mark.parametrize(
    ("end", "ends"),
    [
        ("2014-06-30", (2014, 2013, 2012, 2011)),
        ("2013-06-30", (2013, 2012, 2011, 2010)),
        ("2010-06-30", (2010, 2009)),
    ],
)
def test_up_to_four_pairs_of_years_back_are_used(
    load: Load, end: str, ends: tuple[int, ...]
) -> None:
    """The pairs end at the period and go back four at most: not later, and not earlier."""
    counts = moving()
    found = of(load(rates=rows_of(counts)), end=end)
    holds(found, pairs_of(counts, *ends))
    assert f"in {len(ends)} pairs of years up to June {end[:4]}." in found.reason


def test_pairs_end_in_the_same_month_as_the_period(load: Load) -> None:
    """Counts of years that end in another month share months with these: they are no pairs."""
    counts = moving()
    wild = {
        year: {name: 10**7 // count for name, count in its.items()} for year, its in counts.items()
    }
    data = load(rates=[*rows_of(counts), *rows_of(wild, "03-31")])
    holds(of(data), pairs_of(counts, 2014, 2013, 2012, 2011))
    holds(of(data, end="2014-03-31"), pairs_of(wild, 2014, 2013, 2012, 2011))


def test_a_pair_needs_both_of_its_years(load: Load) -> None:
    """Without the counts of June 2012 the pairs of 2012 and 2013 are left out, and no others."""
    counts = moving()
    data = load(rates=rows_of({year: its for year, its in counts.items() if year != 2012}))
    holds(of(data), pairs_of(counts, 2014, 2011))
    alternate = load(rates=rows_of({year: its for year, its in counts.items() if year % 2 == 0}))
    assert of(alternate) == Movement(reason=UNKNOWN)


@pytest.mark.parametrize(
    ("alike_from", "ends"),
    [
        ("2012-06-30", (2014, 2013, 2011)),
        ("2011-07-01", (2014, 2013, 2011)),
        ("2012-07-01", (2014, 2012, 2011)),
        ("2015-06-30", (2014, 2013, 2012, 2011)),
    ],
)
def test_no_pair_is_across_a_change_of_recording(
    load: Load, tmp_path: Path, alike_from: str, ends: tuple[int, ...]
) -> None:
    """A step on the first day of recording alike is no movement; pairs before it and after are."""
    (tmp_path / "metrics.csv").write_text(
        f'metric,label,unit,comparable_from\ncakes,Cakes,"per 1,000 population",{alike_from}\n'
    )
    counts = moving()
    data = load(rates=[row.replace(METRIC, "cakes") for row in rows_of(counts)])
    holds(of(data, metric="cakes"), pairs_of(counts, *ends))


def test_anti_social_behaviour_moves_from_march_2012_on(bundled: crimecmp.Dataset) -> None:
    """It is recorded alike from March 2012: two pairs, of 41 other forces each."""
    [row] = compared(bundled, "rates", metric=BEHAVIOUR, source=COUNTS)
    assert row.beyond.usual_df == 80
    assert "in 2 pairs of years up to March 2014." in row.beyond.usual_reason


def test_one_pair_is_allowed_and_said(load: Load) -> None:
    """One pair of years is better than none, and the reason tells that it is one alone."""
    counts = moving(years=(2013, 2014))
    found = of(load(rates=rows_of(counts)))
    holds(found, pairs_of(counts, 2014))
    assert "in only one pair of years up to June 2014." in found.reason


def test_what_moves_all_forces_alike_is_no_movement_against_each_other(load: Load) -> None:
    """Where all counts double and halve from year to year nothing is left beside their errors."""
    counts = {year: dict.fromkeys(SPREAD, 1000 * (1 + year % 2)) for year in YEARS}
    found = of(load(rates=rows_of(counts)))
    assert found.variation is not None
    assert found.variation.sigma == 0
    assert found.phi == pytest.approx(0, abs=1e-12)


# --- Which forces


def test_a_count_below_10_takes_a_force_out_of_its_pairs(load: Load) -> None:
    """Nine burglaries in one year leave a force out of both pairs of that year; ten do not."""
    counts = moving()
    kent, essex = [
        {**counts, 2012: {**counts[2012], name: count}}
        for name, count in (("kent", 9), ("essex", 10))
    ]
    found = of(load(rates=rows_of(kent)))
    holds(
        found,
        [
            *pairs_of(kent, 2014),
            *pairs_of(kent, 2013, without="kent"),
            *pairs_of(kent, 2012, without="kent"),
            *pairs_of(kent, 2011),
        ],
    )
    holds(of(load(rates=rows_of(essex))), pairs_of(essex, 2014, 2013, 2012, 2011))


@pytest.mark.parametrize("number", [19, 20])
def test_a_pair_needs_at_least_20_forces(load: Load, number: int) -> None:
    """Of fewer forces it does not show what is usual: nothing is estimated, and that is said."""
    counts = moving(SPREAD[:number])
    found = of(load(rates=rows_of(counts)))
    if number < 20:
        assert found == Movement(reason=UNKNOWN)
    else:
        holds(found, pairs_of(counts, 2014, 2013, 2012, 2011))


def test_a_pair_with_too_few_forces_is_left_out_alone(load: Load) -> None:
    """The pairs of other years, in which there are enough, are used."""
    counts = dict(moving())
    counts[2010] = {name: counts[2010][name] for name in SPREAD[:19]}
    holds(of(load(rates=rows_of(counts))), pairs_of(counts, 2014, 2013, 2012))


def test_the_force_that_is_judged_is_left_out(load: Load) -> None:
    """However much it moves itself, it is held against what the others do."""
    counts = moving()
    wild = {year: {**its, "kent": 100 + 900 * (year % 2)} for year, its in counts.items()}
    data = load(rates=rows_of(wild))
    ends = (2014, 2013, 2012, 2011)
    holds(of(data, "kent"), pairs_of(wild, *ends, without="kent"))
    holds(of(data, "essex"), pairs_of(wild, *ends, without="essex"))
    others, everyone = (usual_sigma(pairs_of(wild, *ends, without=out)) for out in ("kent", ""))
    assert everyone > 1.2 * others


def test_the_variation_of_counts_is_that_of_all_forces(load: Load) -> None:
    """The factor phi is Pearson's of the tables of years by forces, the judged one counted in."""
    counts = moving()
    tables = [np.array(pair).T for pair in pairs_of(counts, 2014, 2013, 2012, 2011)]
    factors = [
        chi2_contingency(table, correction=False).statistic / (table.shape[1] - 1)
        for table in tables
    ]
    data = load(rates=rows_of(counts))
    for force in (NATIONAL, "kent"):
        assert of(data, force).phi == closely(float(np.mean(factors)), CLOSED)


def test_areas_that_are_no_forces_do_not_move_with_them(load: Load) -> None:
    """England and Wales is all of the forces, and none of those whose movement is usual."""
    counts = moving()
    whole = {year: {NATIONAL: 50_000 + 40_000 * (year % 2)} for year in YEARS}
    data = load(rates=[*rows_of(counts), *rows_of(whole)])
    holds(of(data, "nobody"), pairs_of(counts, 2014, 2013, 2012, 2011))


def test_city_of_london_is_left_out_unless_asked_for(bundled: crimecmp.Dataset) -> None:
    """Its handful of crimes moves as it likes: it counts among the forces only on request."""
    years = [counted(METRICS[0], f"{year}-06-30") for year in range(2010, 2015)]
    for choice, out in ((False, {CITY, "durham"}), (True, {"durham"})):
        pairs = [
            [(now[name].events, before[name].events) for name in FORCES if name not in out]
            for before, now in pairwise(years)
        ]
        [row] = compared(
            bundled, "rates", metric=METRICS[0], source=COUNTS, with_city_of_london=choice
        )
        assert row.beyond.usual_sd == closely(usual_sigma(pairs), CLOSED)
        assert row.beyond.usual_df == sum(len(pair) - 1 for pair in pairs)


# --- Which source


def test_a_printed_rate_takes_the_counts_of_another_source(bundled: crimecmp.Dataset) -> None:
    """The report prints no counts of other forces: what is usual is known from those published."""
    [printed] = compared(bundled, "rates", metric=BURGLARY, source=REPORT)
    [known] = compared(bundled, "rates", metric=BURGLARY, source=COUNTS)
    assert printed.beyond.usual_sd == known.beyond.usual_sd is not None
    for row in (printed, known):
        assert row.beyond.usual_source == COUNTS
        assert row.beyond.usual_df == 160
        assert "in 4 pairs of years up to June 2014." in row.beyond.usual_reason


def test_a_source_with_counts_of_its_own_years_is_asked_first(load: Load) -> None:
    """Another source is used only where the row's own has no pair of years."""
    counts, others = moving(), moving(years=[*YEARS, 2015, 2016])
    halved = {year: {name: n // 2 for name, n in its.items()} for year, its in others.items()}
    data = load(
        sources=["ours,Ours", "theirs,Theirs", "neither,Neither"],
        rates=[*rows_of(counts, source="ours"), *rows_of(halved, source="theirs")],
    )
    for source, used, by in (
        ("ours", "ours", counts),
        ("theirs", "theirs", halved),
        ("neither", "ours", counts),
    ):
        found = of(data, source=source)
        assert found.source == used
        holds(found, pairs_of(by, 2014, 2013, 2012, 2011))
    late = of(data, source="ours", end="2018-06-30")
    assert late.source == "theirs"
    holds(late, pairs_of(halved, 2016, 2015))


def test_sources_are_not_mixed_in_a_pair(load: Load) -> None:
    """The later year of one source and the earlier of another are no pair."""
    counts = moving(years=(2013, 2014))
    data = load(
        sources=["ours,Ours", "theirs,Theirs"],
        rates=[
            *rows_of({2014: counts[2014]}, source="ours"),
            *rows_of({2013: counts[2013]}, source="theirs"),
        ],
    )
    assert of(data, source="ours") == Movement(reason=UNKNOWN)


def test_without_earlier_years_a_row_says_that_it_is_not_known(load: Load) -> None:
    """A difference is tested all the same, and what is usual is empty, with the reason."""
    data = load(
        rates=[
            "durham,crime,2014-06-30,,5.0,500,100000",
            "england-and-wales,crime,2014-06-30,,6.0,6000,1000000",
        ]
    )
    [row] = compared(data, "rates")
    ratio = 500 / 100_000 / (5500 / 900_000)
    assert row.tested.verdict == "lower"
    assert row.beyond == Beyond(
        ratio_tested=row.beyond.ratio_tested,
        beyond="Poisson variation",
        usual_reason="How much forces' counts usually move from year to year is not known.",
        tested_against="the rest of the benchmark",
    )
    assert math.isclose(row.beyond.ratio_tested or 0, ratio, rel_tol=CLOSED)


def test_the_last_pair_there_is_is_the_one_said(load: Load) -> None:
    """Where the counts end two years before the period, so do the pairs, and the reason says so."""
    counts = moving()
    found = of(load(rates=rows_of(counts)), end="2016-06-30")
    holds(found, pairs_of(counts, 2014, 2013))
    assert found.reason.endswith("in 2 pairs of years up to June 2014.")


def test_the_force_judged_is_not_one_of_the_twenty(load: Load) -> None:
    """Twenty forces besides the one that is judged must have counts."""
    data = load(rates=rows_of(moving(SPREAD[:20])))
    assert of(data, NATIONAL).variation is not None
    assert of(data, SPREAD[0]) == Movement(reason=UNKNOWN)
