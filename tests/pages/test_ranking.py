"""Rules of a ranking: every force in order of its figure, and the benchmark in its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from bundled import (
    BURGLARY,
    CITY,
    COUNTS,
    FORCES,
    JUNE_2014,
    LABELS,
    LAST,
    METRICS,
    NATIONAL,
    Program,
    counted,
    highest_first,
    number,
    table,
    write,
)
from picturing import expected, ordinals, places
from rows import FIRST
from scipy.stats import binomtest, rankdata

pytestmark = pytest.mark.usefixtures("whole_pages")

ALL = ("compare", "--all", "--metric", "burglary")
MARK = "England and Wales (benchmark)"


def rates_of(metric: str) -> dict[str, float]:
    """Return the rate of every force over the last 12 months."""
    figures = counted(metric, LAST[metric])
    return {force: figures[force].rate for force in FORCES}


def ranks(rates: dict[str, float]) -> Iterator[str]:
    """Return places as people see them, forces with the same rate sharing one."""
    for place in rankdata([-rate for rate in rates.values()], method="min"):
        yield f"{place:.0f} of {len(rates)}"


@pytest.mark.parametrize("metric", METRICS)
def test_all_forces_are_in_order_of_their_figures(run: Program, metric: str) -> None:
    """Each of the 43 forces has one row, highest rate first, from published counts."""
    asked = ("compare", "--all", "--metric", metric, "--format", "csv")
    rows = [row for row in run(*asked).rows if row["kind"] == "rate"]
    rates = rates_of(metric)
    assert [row["force"] for row in rows] == highest_first(rates)
    assert len(rows) == 43
    for row in rows:
        assert number(row["force_value"]) == pytest.approx(rates[row["force"]], rel=1e-12)
        assert (row["source"], row["period_end"]) == (COUNTS, LAST[metric])


def test_people_see_england_and_wales_in_its_place(run: Program) -> None:
    """The benchmark is between the forces above it and those below, and has no rank."""
    [rows] = run(*ALL, "--format", "markdown").tables
    assert rows[0][:4] == ["Rank", "Could be", "Force", "Rate"]
    rates = rates_of(BURGLARY)
    labels = [LABELS[force] for force in highest_first(rates)]
    national = counted(BURGLARY)[NATIONAL].rate
    place = sum(rate > national for rate in rates.values())
    assert 0 < place < 43  # else its place would be no test
    labels.insert(place, MARK)
    assert [row[2] for row in rows[1:]] == labels
    mark = rows[1 + place]
    assert mark[:2] == ["–", "–"]
    assert mark[3] == f"{national:.2f}"
    events, base = counted(BURGLARY)[NATIONAL]
    half = 1000 * 1.959964 * np.sqrt(events) / base  # of so many events the interval is even
    assert mark[4] == f"{national - half:.2f} to {national + half:.2f}"


def test_people_see_ranks_out_of_42_and_city_of_london_without_one(run: Program) -> None:
    """City of London is where its rate puts it, and is not counted among the others."""
    [rows] = run(*ALL, "--format", "markdown").tables
    shown = {row[2]: row[0] for row in rows[1:]}
    assert shown.pop(LABELS[CITY]) == "–"
    del shown[MARK]
    rates = {force: rate for force, rate in rates_of(BURGLARY).items() if force != CITY}
    assert shown == dict(zip((LABELS[force] for force in rates), ranks(rates), strict=True))
    assert set(ranks(rates)) == {f"{place} of 42" for place in range(1, 43)}


def test_people_see_ranks_out_of_43_on_request(run: Program) -> None:
    """With City of London counted in it has a rank, and every rank is out of 43."""
    [rows] = run(*ALL, "--with-city-of-london", "--format", "markdown").tables
    shown = {row[2]: row[0] for row in rows[1:] if row[2] != MARK}
    rates = rates_of(BURGLARY)
    assert shown == dict(zip((LABELS[force] for force in rates), ranks(rates), strict=True))


@pytest.mark.parametrize("level", [0.95, 0.998])
@pytest.mark.parametrize("metric", METRICS)
def test_every_rank_has_the_places_that_random_variation_allows(
    run: Program, metric: str, level: float
) -> None:
    """People and scripts get the same places, by intervals that hold for all forces jointly."""
    could_be = places(counted(metric, LAST[metric]), level)
    asked = ("compare", "--all", "--metric", metric, "--level", str(level), "--format")
    [rows] = run(*asked, "markdown").tables
    shown = {row[2]: row[1] for row in rows[1:] if row[2] not in (MARK, LABELS[CITY])}
    assert shown == {LABELS[force]: ordinals(ends) for force, ends in could_be.items()}
    rates = [row for row in run(*asked, "csv").rows if row["kind"] == "rate"]
    found = {row["force"]: (row["rank_low"], row["rank_high"]) for row in rates}
    assert found.pop(CITY) == ("", "")
    assert found == {force: (str(best), str(worst)) for force, (best, worst) in could_be.items()}
    out = " ".join(run(*asked, "table").out.split())
    name = f"{100 * level:g}%"
    assert (
        f"random variation alone allows; all forces' places are inside together at {name}." in out
    )


def test_places_of_printed_rates_are_not_known(run: Program, tmp_path: Path) -> None:
    """Without counts there is a rank and no column of places."""
    rows = [f"{force},burglary,{JUNE_2014},{5 + at / 10}," for at, force in enumerate(FORCES)]
    folder = write(tmp_path, rates=[f"{COLUMNS}", *(f"{row}," for row in rows)])
    [rows_shown] = run(*ALL, "--data", folder, "--format", "markdown").tables
    assert rows_shown[0][:2] == ["Rank", "Force"]


def test_coverage_and_who_is_left_out_are_said(run: Program) -> None:
    """Beneath the table it is said how many forces have the figure, and who has no rank."""
    out = " ".join(run(*ALL).out.split())
    assert "Burglary in a dwelling: 43 of 43 forces have this figure." in out
    assert "City of London has no rank and is not compared with the other forces" in out
    assert "--with-city-of-london" in run(*ALL, "--notes", "brief").out
    out = " ".join(run(*ALL, "--with-city-of-london").out.split())
    assert "43 of 43 forces have this figure." in out
    assert "has no rank" not in out
    assert "43 of 43 forces are compared." in out


def test_how_many_forces_are_flagged_is_said_with_how_many_would_be(run: Program) -> None:
    """Beneath the table: about 2 of 42 by chance, and as many as the column calls unusual."""
    for metric in METRICS:
        done = run("compare", "--all", "--metric", metric)
        found = expected(counted(metric, LAST[metric])).values()
        flags = sum(its.unusual != "not unusual" for its in found)
        were = "was" if flags == 1 else "were"
        out = " ".join(done.out.split())
        assert f"About 2 of 42 forces would be flagged by chance; {flags} {were}." in out


def test_each_force_has_its_interval_and_its_verdict(run: Program) -> None:
    """Verdicts are of the exact test against the rest of the country, intervals of the count."""
    figures = counted(BURGLARY)
    whole = figures[NATIONAL]
    [shown] = run(*ALL, "--format", "markdown").tables
    column = shown[0].index("95% interval")
    intervals = {row[2]: row[column] for row in shown[1:]}
    for row in run(*ALL, "--format", "csv").rows:
        count, base = figures[row["force"]]
        rest = whole.base - base
        p = binomtest(count, whole.events, base / whole.base).pvalue
        assert number(row["p_value"]) == pytest.approx(p, rel=1e-6, abs=1e-12)
        higher = count / base > (whole.events - count) / rest
        assert row["verdict"] == ("similar" if p >= 0.05 else "higher" if higher else "lower")
        x, z = np.array([count, count + 1]), 1.959964
        ends = x * (1 - 1 / (9 * x) + np.array([-z, z]) / (3 * np.sqrt(x))) ** 3 / base * 1000
        found = [number(row[f"force_{end}"]) for end in ("low", "high")]
        assert found == pytest.approx(ends, rel=1e-6)
        assert intervals[LABELS[row["force"]]] == f"{ends[0]:.2f} to {ends[1]:.2f}"


def test_a_stricter_level_is_in_the_headings(run: Program) -> None:
    """At 99.8% the intervals and the verdicts say so, and the intervals are wider."""
    [rows] = run(*ALL, "--level", "0.998", "--format", "markdown").tables
    assert "99.8% interval" in rows[0]
    assert "Verdict, 99.8%" in rows[0]
    usual, strict = (
        {row["force"]: number(row["force_high"]) - number(row["force_low"]) for row in found}
        for found in (
            run(*ALL, "--format", "csv").rows,
            run(*ALL, "--level", "0.998", "--format", "csv").rows,
        )
    )
    assert all(strict[force] > width for force, width in usual.items())


@pytest.mark.parametrize("options", [(), ("--group", "north-east"), ("--benchmark", "kent")])
def test_machine_output_has_no_row_for_the_benchmark(
    run: Program, options: tuple[str, ...]
) -> None:
    """A script gets the forces alone; the benchmark's figure is in each of their rows."""
    rows = run(*ALL, *options, "--format", "csv").rows
    expected = set(FORCES) - {option for option in options if option == "kent"}
    assert {row["force"] for row in rows} == expected
    assert len({row["benchmark_value"] for row in rows}) == 1


@pytest.mark.parametrize(
    "command", [ALL, ("rates", "cleveland"), ("changes", "cleveland"), ("trend", "durham")]
)
def test_a_ranking_has_the_columns_of_every_comparison(
    run: Program, command: tuple[str, ...]
) -> None:
    """CSV and JSON have the columns that scripts of earlier versions read, and the same rows."""
    rows = run(*command, "--format", "csv").rows
    assert tuple(rows[0])[: len(FIRST)] == FIRST
    shown = run(*command, "--format", "json").object
    assert [column["name"] for column in shown["columns"]] == list(rows[0])
    assert len(shown["rows"]) == len(rows)
    assert all(list(row) == list(rows[0]) for row in shown["rows"])


def test_a_group_stands_in_its_place_too(run: Program) -> None:
    """The mean of a group is marked where it would stand, and its forces are all ranked."""
    [rows] = run(*ALL, "--group", "north-east", "--format", "markdown").tables
    mean = sum(rates_of(BURGLARY)[force] for force in ("cleveland", "durham", "northumbria")) / 3
    labels = [row[2] for row in rows[1:]]
    place = labels.index("Mean of North East (benchmark)")
    assert place == sum(rate > mean for rate in rates_of(BURGLARY).values())
    assert rows[1 + place][3] == f"{mean:.2f}"
    assert len(labels) == 44


def test_a_force_that_is_the_benchmark_is_marked_and_not_ranked(run: Program) -> None:
    """Its row is where its rate puts it, and a line beneath says that it has no rank."""
    done = run(*ALL, "--benchmark", "durham", "--format", "markdown")
    rates = rates_of(BURGLARY)
    [rows] = done.tables
    labels = [row[2] for row in rows[1:]]
    assert labels.index("Durham (benchmark)") == highest_first(rates).index("durham")
    assert labels.count("Durham") == 0
    assert "Durham is the benchmark and not in the ranking." in done.out


def test_people_and_scripts_get_the_same_rank(run: Program) -> None:
    """Where a force is the benchmark, its place is in the ranks of both or of neither."""
    options = (*ALL, "--benchmark", "durham")
    [shown] = run(*options, "--format", "markdown").tables
    seen = {row[2]: row[0] for row in shown[1:]}
    for row in run(*options, "--format", "csv").rows:
        if row["force"] != CITY:
            words = f"{row['forces_rank']} of {row['forces_ranked']}"
            assert seen[LABELS[row["force"]]] == words


COLUMNS = "force,metric,period_end,value,count,base"


def test_forces_with_one_figure_share_their_place(run: Program, tmp_path: Path) -> None:
    """Two that are second leave no third; a force without a figure comes last, without a rank."""
    folder = write(
        tmp_path,
        rates=[
            COLUMNS,
            f"kent,burglary,{JUNE_2014},9.0,,",
            f"essex,burglary,{JUNE_2014},7.0,,",
            f"surrey,burglary,{JUNE_2014},,,",
            f"gwent,burglary,{JUNE_2014},7.0,,",
            f"sussex,burglary,{JUNE_2014},5.0,,",
            f"england-and-wales,burglary,{JUNE_2014},7.0,,",
        ],
    )
    done = run(*ALL, "--data", folder, "--format", "markdown")
    [rows] = done.tables
    shown = [(row[0], row[1]) for row in rows[1:]]
    assert shown == [
        ("1 of 4", "Kent"),
        ("2 of 4", "Essex"),
        ("2 of 4", "Gwent"),
        ("–", MARK),
        ("4 of 4", "Sussex"),
        ("–", "Surrey"),
    ]
    assert "4 of 43 forces have this figure" in done.out


def test_a_ranking_is_of_the_period_asked_for(run: Program) -> None:
    """Of another 12 months the order is that of their rates."""
    rows = run(*ALL, "--period", "2012-06", "--format", "csv").rows
    figures = counted(BURGLARY, "2012-06-30")
    rates = {force: figures[force].rate for force in FORCES}
    assert [row["force"] for row in rows] == highest_first(rates)
    assert {row["period_end"] for row in rows} == {"2012-06-30"}


def test_rates_calculated_have_two_decimals_in_a_ranking(run: Program) -> None:
    """Cleveland's anti-social behaviour is 76.475 exactly, and is shown as all others are."""
    [rows] = run("compare", "--all", "--metric", "asb", "--format", "markdown").tables
    assert {len(row[3].partition(".")[2]) for row in rows[1:]} == {2}


def test_rates_printed_alike_stand_as_their_counts_have_them(run: Program, tmp_path: Path) -> None:
    """Of figures rounded to one number the forces' counts decide, as they do for the rank."""
    rows = table("rates")
    header = "force,metric,period_end,value,count,base"
    lines = [
        f"{row['force']},burglary,2014-06-30,{float(row['value']):.0f},{row['count']},{row['base']}"
        for row in rows
        if row["source"] == COUNTS
        and row["metric"] == "burglary-in-a-dwelling"
        and row["period_end"] == "2014-06-30"
    ]
    folder = write(tmp_path, rates=[header, *lines])
    ranked = run("compare", "--all", "-m", "burglary", "--data", folder, "-f", "csv").rows
    places = [int(row["forces_rank"]) for row in ranked if row["forces_rank"]]
    assert places == sorted(places)
    assert len(places) == 42


def test_city_of_london_is_ranked_where_residents_are_not_the_base(
    run: Program, tmp_path: Path
) -> None:
    """Of percentages of crimes it has a place like any other force."""
    header = "force,metric,period_end,percent"
    lines = [f"{force},detection,2014-03-31,{20 + place}" for place, force in enumerate(FORCES)]
    folder = write(tmp_path, outcomes=[header, *lines])
    out = run("compare", "--all", "-m", "detection", "--data", folder).out
    assert "43 of 43" in out
    assert "City of London has no rank" not in out


def test_a_force_without_this_years_figure_has_no_place_with_last_years(
    run: Program, tmp_path: Path
) -> None:
    """A force whose row of the latest period is empty is shown without a figure."""
    header = "force,metric,period_end,value"
    folder = write(
        tmp_path,
        rates=[
            header, "kent,crime,2014-06-30,50.0", "durham,crime,2014-06-30,",
            "durham,crime,2013-06-30,60.0", "gwent,crime,2014-06-30,55.0",
        ],
    )  # fmt: skip
    for forces in (["--all"], ["kent", "durham"]):
        rows = run("compare", *forces, "-m", "crime", "--data", folder, "-f", "csv").rows
        shown = {row["force"]: (row["period_end"], row["force_value"]) for row in rows}
        assert shown["durham"] == ("2014-06-30", "")
        assert {end for end, _ in shown.values()} == {"2014-06-30"}
    [row] = run("rates", "durham", "--data", folder, "-f", "csv").rows
    assert (row["period_end"], row["force_value"]) == ("2013-06-30", "60.0")
