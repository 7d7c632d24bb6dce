"""Rules of `crimecmp.comparison.groups`: a group of forces as one benchmark, its mean or all together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from statistics import fmean

import numpy as np
import pytest
from bundled import (
    COUNTS,
    LABELS,
    LAST,
    METRICS,
    Cells,
    Counted,
    Program,
    counted,
    number,
    program,
    table,
    write,
)
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from crimecmp.comparison.groups import Group, Grouped, grouped

CLOSED = 1e-9
"""Closed formulas: rounding errors only."""

NORTH_EAST = ("cleveland", "durham", "northumbria")
MEAN, TOGETHER = "unweighted mean of a group", "group together"
KEY = ("force", "metric", "period_end", "base_period_end", "source")
ABOUT = ("crime", "2014-06-30", "", "s")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Program:
    """Return a function that runs the program in this process."""
    return program(capsys)


def members(metric: str, end: str = "") -> list[Counted]:
    """Return the counts and bases of the forces of the North East."""
    return [counted(metric, end or LAST[metric])[force] for force in NORTH_EAST]


def rates_of(run: Program, *arguments: str) -> list[Cells]:
    """Return the rates of a force from published counts."""
    done = run("rates", *arguments, "--source", COUNTS, "--format", "csv")
    assert done.code == 0, done.err
    return done.rows


# The groups that come with crimecmp


def test_every_force_is_in_one_region() -> None:
    """The bundled groups are the regions: each of the 43 forces is in its own, and in no other."""
    regions = {row["force"]: row["region"] for row in table("forces") if row["region"]}
    inside = {
        force: row["label"].removesuffix(" region")
        for row in table("groups")
        for force in row["forces"].split(";")
    }
    assert inside == regions
    assert sum(len(row["forces"].split(";")) for row in table("groups")) == 43


@pytest.mark.parametrize("force", ["durham", "cleveland", "kent"])
def test_the_mean_of_a_group_is_that_of_its_rates(run: Program, force: str) -> None:
    """The benchmark is the unweighted mean of the rates of the group, a force of it counted in."""
    rows = rates_of(run, force, "--group", "north-east")
    assert [row["metric"] for row in rows] == list(METRICS)
    for row in rows:
        mean = fmean(figure.rate for figure in members(row["metric"]))
        assert number(row["benchmark_value"]) == pytest.approx(mean, rel=1e-12)
        assert (row["benchmark"], row["benchmark_basis"]) == ("north-east", MEAN)
        assert (row["benchmark_count"], row["benchmark_base"]) == ("", "")


def test_the_group_together_is_all_events_over_all_bases(run: Program) -> None:
    """The weighted figure has the counts and bases of its forces added up."""
    for row in rates_of(run, "kent", "--group", "north-east", "--weighted"):
        counts, bases = zip(*members(row["metric"]), strict=True)
        assert number(row["benchmark_value"]) == pytest.approx(
            1000 * sum(counts) / sum(bases), rel=1e-12
        )
        assert int(row["benchmark_count"]) == sum(counts)
        assert number(row["benchmark_base"]) == sum(bases)
        assert (row["benchmark_basis"], row["method"]) == (TOGETHER, "two-counts")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("durham",), "the mean of North East (3 forces, unweighted, Durham counted in)"),
        (("kent",), "the mean of North East (3 forces, unweighted)"),
        (("durham", "--weighted"), "North East (3 forces together, Durham counted in)"),
        (("kent", "--weighted"), "North East (3 forces together)"),
    ],
)
def test_the_page_says_which_mean_it_is(run: Program, arguments: Sequence[str], said: str) -> None:
    """The title says of how many forces the mean is, how made, and whether the force is in it."""
    done = run("rates", *arguments, "--group", "north-east", "--source", COUNTS, "-f", "markdown")
    title = done.out.splitlines()[0]
    assert f"against {said}: rates" in title
    heads = done.tables[0][0]
    assert ("North East together" if "--weighted" in arguments else "Mean of North East") in heads


@pytest.mark.parametrize("level", [0.95, 0.998])
@pytest.mark.parametrize("force", ["durham", "northumbria", "kent"])
def test_a_force_is_tested_against_a_mean_it_may_be_part_of(
    run: Program, force: str, level: float
) -> None:
    """The difference is a sum of rates by weights c, each with variance x / n^2: c' V c."""
    for row in rates_of(run, force, "--group", "north-east", "--level", str(level)):
        figures = counted(row["metric"], row["period_end"])
        names = list(dict.fromkeys([force, *NORTH_EAST]))
        weights = np.array([(name == force) - (name in NORTH_EAST) / 3 for name in names])
        counts = np.array([figures[name].events for name in names])
        bases = np.array([figures[name].base for name in names])
        difference = 1000 * weights @ (counts / bases)
        error = 1000 * np.sqrt(weights @ np.diag(counts / bases**2) @ weights)
        z = norm.ppf((1 + level) / 2)
        assert row["method"] == "group-mean"
        assert number(row["difference"]) == pytest.approx(difference, rel=CLOSED)
        assert number(row["z"]) == pytest.approx(difference / error, rel=1e-7)
        assert number(row["interval_low"]) == pytest.approx(difference - z * error, rel=1e-7)
        assert number(row["interval_high"]) == pytest.approx(difference + z * error, rel=1e-7)
        assert number(row["p_value"]) == pytest.approx(
            2 * norm.sf(abs(difference / error)), abs=1e-12
        )
        assert row["verdict"] == (
            "similar" if abs(difference) < z * error else "higher" if difference > 0 else "lower"
        )


def test_a_force_is_tested_against_the_rest_of_its_group_together(run: Program) -> None:
    """Within the group together a force is held against the others' counts and bases."""
    for row in rates_of(run, "durham", "--group", "north-east", "--weighted"):
        cleveland, own, northumbria = members(row["metric"])
        others = (cleveland, northumbria)
        rest = sum(figure.events for figure in others) / sum(figure.base for figure in others)
        low, high = number(row["interval_low"]), number(row["interval_high"])
        assert np.sqrt(low * high) == pytest.approx(own.rate / 1000 / rest, rel=1e-7)
        spread = np.sqrt(1 / own.events + 1 / sum(figure.events for figure in others))
        assert np.log(high / low) == pytest.approx(2 * norm.ppf(0.975) * spread, rel=1e-7)


@pytest.mark.parametrize("weighted", [False, True])
def test_changes_of_a_group_are_made_of_its_changes(run: Program, weighted: bool) -> None:
    """The mean is of the forces' changes; together it is the change of their counts added up."""
    options = ("--weighted",) if weighted else ()
    asked = ("changes", "cleveland", "--group", "north-east", *options, "--format", "csv")
    rows = run(*asked).rows
    assert len(rows) == 12
    for row in rows:
        now = [figure.events for figure in members(row["metric"], row["period_end"])]
        before = [figure.events for figure in members(row["metric"], row["base_period_end"])]
        change = (
            100 * (sum(now) / sum(before) - 1)
            if weighted
            else fmean(100 * (a / b - 1) for a, b in zip(now, before, strict=True))
        )
        assert number(row["benchmark_value"]) == pytest.approx(change, rel=CLOSED)
        assert row["method"] == ("two-changes" if weighted else "none")
        assert (row["verdict"] == "not tested") == (not weighted)


def test_a_group_is_no_area_to_compare_with_as_well(run: Program) -> None:
    """A group and another benchmark cannot both be asked for."""
    done = run("rates", "durham", "--group", "north-east", "--benchmark", "kent")
    assert (done.code, done.out) == (2, "")
    assert "--group and --benchmark" in done.err


def test_what_is_weighted_is_a_group(run: Program) -> None:
    """Without a group there is nothing to be weighted."""
    done = run("rates", "durham", "--weighted")
    assert (done.code, done.out) == (2, "")
    assert "--group" in done.err


def test_an_unknown_group_is_an_error(run: Program) -> None:
    """A group that there is not is refused by its name."""
    done = run("rates", "durham", "--group", "north-eats")
    assert done.code != 0
    assert "north-eats" in done.err
    assert "north-east" in done.err.replace("north-eats", "")


# A user's own groups

RATES = (
    "force,metric,period_end,value,count,base",
    "durham,burglary,2014-06-30,5.0,500,100000",
    "kent,burglary,2014-06-30,8.0,1600,200000",
    "gwent,burglary,2014-06-30,7.0,700,100000",
    "surrey,burglary,2014-06-30,6.5,,",
)
SIMILAR = ("group,label,forces", "mine,Most similar,durham;kent;gwent")


def test_a_users_group_is_a_benchmark(run: Program, tmp_path: Path) -> None:
    """A group of groups.csv is found by its id, and by its label as people write it."""
    folder = write(tmp_path, rates=RATES, groups=SIMILAR)
    for name in ("mine", "most similar"):
        done = run("rates", "durham", "--group", name, "--data", folder, "--format", "csv")
        [row] = done.rows
        assert row["benchmark"] == "mine"
        assert number(row["benchmark_value"]) == pytest.approx((5 + 8 + 7) / 3, rel=1e-12)
        assert row["method"] == "group-mean"


def test_a_users_group_together_is_weighted(run: Program, tmp_path: Path) -> None:
    """500, 1,600 and 700 of 400,000 households are 7 per 1,000."""
    folder = write(tmp_path, rates=RATES, groups=SIMILAR)
    options = ("--weighted", "--data", folder, "--format", "csv")
    [row] = run("rates", "durham", "--group", "mine", *options).rows
    assert number(row["benchmark_value"]) == 7
    assert int(row["benchmark_count"]) == 2800


@pytest.mark.parametrize("options", [(), ("--weighted",)])
def test_a_group_without_one_of_its_forces_has_no_figure(
    run: Program, tmp_path: Path, options: Sequence[str]
) -> None:
    """A missing member leaves the figure missing, and the reason names it by its label."""
    groups = ("group,label,forces", "mine,Mine,durham;kent;dyfed-powys;essex")
    folder = write(tmp_path, rates=RATES, groups=groups)
    asked = ("durham", "--group", "mine", "--data", folder, *options, "--format", "csv")
    [row] = run("rates", *asked).rows
    assert (row["benchmark_value"], row["verdict"]) == ("", "not tested")
    assert f"{LABELS['dyfed-powys']} and Essex" in row["benchmark_note"]
    assert "Kent" not in row["benchmark_note"]


def test_a_rate_without_a_count_has_a_mean_and_no_test(run: Program, tmp_path: Path) -> None:
    """A force whose count is not known is in the mean; together, the figure needs its count."""
    groups = ("group,label,forces", "mine,Mine,durham;surrey")
    folder = write(tmp_path, rates=RATES, groups=groups)
    asked = ("durham", "--group", "mine", "--data", folder, "--format", "csv")
    [row] = run("rates", *asked).rows
    assert number(row["benchmark_value"]) == 5.75
    assert row["verdict"] == "not tested"
    assert "count and base of each of its forces" in row["reason"]
    [row] = run("rates", *asked, "--weighted").rows
    assert row["benchmark_value"] == ""
    assert row["benchmark_note"].startswith("Without count and base of Surrey")


@pytest.mark.parametrize("name", ["durham", "metropolitan", "england-and-wales"])
def test_a_group_cannot_be_called_as_a_force_is(run: Program, tmp_path: Path, name: str) -> None:
    """A benchmark's name would be two things: that is a fault of the table, at its line."""
    folder = write(tmp_path, rates=RATES, groups=(*SIMILAR, f"{name},Some,kent;gwent"))
    done = run("rates", "durham", "--data", folder)
    assert (done.code, done.out) == (1, "")
    assert "groups.csv:3:group" in done.err
    assert "name of a force" in done.err
    assert "groups.csv:3:group" in run("check", folder).out


def test_a_group_is_made_of_forces(run: Program, tmp_path: Path) -> None:
    """A member that is no force is a fault of the table."""
    folder = write(tmp_path, rates=RATES, groups=("group,label,forces", "mine,Mine,kent;kemt"))
    done = run("rates", "durham", "--data", folder)
    assert (done.code, done.out) == (1, "")
    assert "kemt" in done.err


@pytest.mark.parametrize("before", [0, 20])
def test_a_group_with_too_few_before_has_no_change(
    run: Program, tmp_path: Path, before: int
) -> None:
    """Forces with fewer than 50 crimes before, all together, have no change in per cent."""
    folder = write(
        tmp_path,
        changes=[
            "force,metric,period_end,base_period_end,percent,count,base_count",
            "kent,crime,2014-06-30,2013-06-30,10,110,100",
            f"gwent,crime,2014-06-30,2013-06-30,,5,{before}",
            f"surrey,crime,2014-06-30,2013-06-30,,7,{before}",
        ],
        groups=["group,label,forces", "mine,Mine,gwent;surrey"],
    )
    asked = ("changes", "kent", "--group", "mine", "--weighted", "--data", folder, "-f", "csv")
    done = run(*asked)
    assert done.code == 0, done.err
    [row] = done.rows
    assert row["benchmark_value"] == ""


# Laws

LABELLED = {name: name.upper() for name in "abcdef"}


def as_one(
    areas: Mapping[str, tuple[int, int]], *, weighted: bool, without: Sequence[str] = ()
) -> Grouped:
    """Return the one figure of some areas' counts and bases."""
    names = (*KEY, "value", "count", "base", "note")
    cells = [
        (
            name,
            *ABOUT,
            "" if name in without else repr(1000 * count / base),
            str(count),
            str(base),
            "",
        )
        for name, (count, base) in areas.items()
    ]
    columns = {name: [row[place] for row in cells] for place, name in enumerate(names)}
    group = Group("g", list(areas), weighted)
    return grouped(columns, range(len(cells)), group, "value", {"crime": 1000.0}, LABELLED)


some_areas = st.dictionaries(
    st.sampled_from("abcdef"),
    st.tuples(st.integers(1, 10**6), st.integers(1, 10**7)),
    min_size=1,
)


@given(some_areas)
def test_a_figure_of_a_group_is_within_those_of_its_forces(
    areas: dict[str, tuple[int, int]],
) -> None:
    """Neither mean is below the lowest rate of the group or above its highest."""
    rates = [1000 * count / base for count, base in areas.values()]
    for weighted in (False, True):
        [value] = as_one(areas, weighted=weighted).rows["value"]
        assert min(rates) * (1 - 1e-12) <= float(value) <= max(rates) * (1 + 1e-12)


@given(some_areas, st.integers(1, 10**7))
def test_over_equal_bases_both_means_are_the_same(
    areas: dict[str, tuple[int, int]], base: int
) -> None:
    """Where all forces have the same base, to weight by it changes nothing."""
    alike = {name: (count, base) for name, (count, _) in areas.items()}
    [mean] = as_one(alike, weighted=False).rows["value"]
    [together] = as_one(alike, weighted=True).rows["value"]
    assert float(mean) == pytest.approx(float(together), rel=1e-12)


@given(some_areas)
def test_the_group_together_is_exact(areas: dict[str, tuple[int, int]]) -> None:
    """Counts and bases are added up without an error, and their rate is that of the sums."""
    rows, known = as_one(areas, weighted=True)
    counts, bases = zip(*areas.values(), strict=True)
    assert rows["count"] == [str(sum(counts))]
    assert rows["base"] == [str(sum(bases))]
    assert float(rows["value"][0]) == pytest.approx(
        float(Fraction(1000 * sum(counts), sum(bases))), rel=1e-14
    )
    assert known == {ABOUT: areas}


@given(some_areas, st.data())
def test_one_missing_figure_leaves_the_mean_missing(
    areas: dict[str, tuple[int, int]], data: st.DataObject
) -> None:
    """Whichever force lacks its figure, there is no mean, and the note names that force alone."""
    lacking = data.draw(st.sampled_from(sorted(areas)))
    rows = as_one(areas, weighted=False, without=[lacking]).rows
    assert rows["value"] == [""]
    assert rows["note"] == [f"No figure for {LABELLED[lacking]}, so there is no mean of the group."]


def test_each_metric_and_period_is_a_figure_of_its_own() -> None:
    """Rows of several periods are not put together."""
    columns = {
        "force": ["a", "b", "a", "b"],
        "metric": ["crime"] * 4,
        "period_end": ["2013-06-30"] * 2 + ["2014-06-30"] * 2,
        "source": ["s"] * 4,
        "value": ["1", "3", "5", "8"],
        "count": [""] * 4,
        "base": [""] * 4,
        "note": [""] * 4,
    }
    group = Group("g", ["a", "b"], weighted=False)
    rows, known = grouped(columns, range(4), group, "value", {"crime": 1000.0}, LABELLED)
    assert rows["period_end"] == ["2013-06-30", "2014-06-30"]
    assert [float(value) for value in rows["value"]] == [2, 6.5]
    assert list(known.values()) == [{}, {}]


def test_a_group_may_be_named_as_the_benchmark(run: Program) -> None:
    """`--benchmark north-east` is `--group north-east`; a force's own name stays the force's."""
    command = ("compare", "durham", "--metric", "burglary", "--source", COUNTS, "-f", "csv")
    by_benchmark = run(*command, "--benchmark", "North East").out
    assert by_benchmark == run(*command, "--group", "north-east").out
    assert "unweighted mean of a group" in by_benchmark
    [row, *_] = run(*command, "--benchmark", "west-midlands").rows
    assert (row["benchmark"], row["benchmark_basis"]) == ("west-midlands", "area")


def test_a_group_leaves_the_comparison_with_the_year_before_alone(run: Program) -> None:
    """Satisfaction against the force's own year before is tested whatever the benchmark is."""
    command = ("satisfaction", "durham", "--format", "csv")
    plain = [row for row in run(*command).rows if row["benchmark"] == "durham"]
    grouped = [
        row for row in run(*command, "--group", "north-east").rows if row["benchmark"] == "durham"
    ]
    assert [row["verdict"] for row in plain] == ["similar"]
    assert grouped == plain


def test_all_forces_are_ranked_against_a_group_named_as_the_benchmark(run: Program) -> None:
    """`--all --benchmark GROUP` ranks every force, those of the group too."""
    rows = run("compare", "--all", "-m", "burglary", "--benchmark", "wales", "-f", "csv").rows
    assert len({row["force"] for row in rows}) == 43
    assert {row["benchmark"] for row in rows} == {"wales"}


def test_a_reservation_about_a_force_of_the_group_is_said(run: Program) -> None:
    """What is to be known of a benchmark's figures is said of a group's as of an area's."""
    command = ("compare", "cleveland", "--metric", "burglary", "--source", COUNTS)
    said = "reservations about how accurately Durham records crime"
    assert said in " ".join(run(*command, "--group", "north-east").out.split())
    assert said not in " ".join(run(*command, "--group", "wales").out.split())


def test_a_folder_of_groups_alone_goes_with_the_bundled_figures(
    run: Program, tmp_path: Path
) -> None:
    """Whoever adds a most similar group need not copy the figures."""
    folder = write(tmp_path, groups=["group,label,forces", "ours,Ours,durham;gwent;humberside"])
    command = ("compare", "durham", "-m", "burglary", "--group", "ours", "--data", folder)
    rows = [row for row in run(*command, "-f", "csv").rows if row["kind"] == "rate"]
    [row] = rows
    members = [
        1000 * float(each["count"]) / float(each["base"])
        for each in table("rates")
        if each["force"] in ("durham", "gwent", "humberside")
        and (each["metric"], each["period_end"], each["source"])
        == ("burglary-in-a-dwelling", "2014-06-30", COUNTS)
    ]
    assert len(members) == 3
    assert float(row["benchmark_value"]) == pytest.approx(sum(members) / 3, rel=1e-12)
