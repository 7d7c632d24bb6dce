"""Rules of `crimecmp.comparison.spread`: whether a force is unusual among forces, and what is its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from bundled import (
    BURGLARY,
    CITY,
    FORCES,
    LABELS,
    LAST,
    METRICS,
    Done,
    Program,
    counted,
    number,
    program,
    write,
)
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, norm, rankdata

from crimecmp.comparison.spread import HIGH
from crimecmp.comparison.spread import LOW
from crimecmp.comparison.spread import NOT_UNUSUAL
from crimecmp.comparison.verdict_words import NOT_TESTED as UNTESTED
from crimecmp.comparison.row import Among
from crimecmp.comparison.spread import Counted
from crimecmp.comparison.spread import among

CLOSED = 1e-9
"""Closed formulas: rounding errors only."""

SPREAD = tuple(force for force in FORCES if force != CITY)
LEVELS = (0.95, 0.998)
NAMES = {name: name.upper() for name in "abcdefghijklz"}


class Spread:
    """What `methods.md` says of counts and bases, by NumPy and SciPy alone."""

    def __init__(self, areas: Mapping[str, tuple[int, float]], level: float) -> None:
        counts = np.array([count for count, _ in areas.values()], dtype=float)
        bases = np.array([base for _, base in areas.values()], dtype=float)
        rate = counts.sum() / bases.sum()
        expected = rate * bases
        excess = np.sqrt(counts / expected) - 1
        s = 1 / (2 * np.sqrt(expected))
        z = excess / s
        winsorised = np.clip(z, *np.quantile(z, [0.1, 0.9]))
        self.phi = np.mean(winsorised**2)
        w = 1 / s**2
        number = len(counts)
        self.tau_squared = max(
            0, (number * self.phi - (number - 1)) / (w.sum() - (w**2).sum() / w.sum())
        )
        self.adjusted_z = dict(zip(areas, excess / np.sqrt(s**2 + self.tau_squared), strict=True))
        alpha = 1 - level
        low = chi2.ppf(alpha / 2, 2 * expected) / 2 / bases
        high = chi2.ppf(1 - alpha / 2, 2 * expected + 2) / 2 / bases
        self.limits = dict(zip(areas, 1000 * np.array([low, high]).T, strict=True))
        self.rank = dict(zip(areas, rankdata(-counts / bases, method="min"), strict=True))
        critical = norm.ppf(1 - alpha / 2)
        self.words = {
            area: HIGH if z > critical else LOW if z < -critical else NOT_UNUSUAL
            for area, z in self.adjusted_z.items()
        }


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Program:
    """Return a function that runs the program in this process."""
    return program(capsys)


def held_against(done: Done, forces: Sequence[str], metric: str, level: float) -> None:
    """Hold what the program wrote of all forces against the formulas."""
    figures = counted(metric, LAST[metric])
    spread = Spread({force: figures[force] for force in forces}, level)
    rows = {row["force"]: row for row in done.rows}
    assert set(rows) == set(FORCES)
    for force in forces:
        row = rows[force]
        assert int(row["forces_rank"]) == spread.rank[force]
        assert int(row["forces_ranked"]) == len(forces)
        assert row["among_forces"] == spread.words[force]
        assert number(row["phi"]) == pytest.approx(spread.phi, rel=CLOSED)
        assert number(row["tau_squared"]) == pytest.approx(spread.tau_squared, rel=CLOSED)
        assert number(row["adjusted_z"]) == pytest.approx(
            spread.adjusted_z[force], rel=CLOSED, abs=CLOSED
        )
        limits = [number(row[f"funnel_{end}"]) for end in ("low", "high")]
        assert limits == pytest.approx(spread.limits[force], rel=CLOSED)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("metric", METRICS)
def test_the_spread_of_42_forces_is_that_of_the_formulas(
    run: Program, metric: str, level: float
) -> None:
    """Rank, overdispersion, adjusted z and funnel limits are those of all forces but London's."""
    options = ("--level", str(level), "--format", "csv")
    held_against(run("compare", "--all", "--metric", metric, *options), SPREAD, metric, level)


def test_city_of_london_is_counted_in_on_request(run: Program) -> None:
    """With City of London the spread is of 43 forces, and all of it is worked out anew."""
    asked = ("compare", "--all", "--metric", BURGLARY, "--with-city-of-london", "--format", "csv")
    held_against(run(*asked), FORCES, BURGLARY, 0.95)


@pytest.mark.parametrize("end", ["2010-06-30", "2012-06-30"])
def test_a_spread_is_of_the_period_and_of_the_source_asked_for(run: Program, end: str) -> None:
    """Of another 12 months the forces are held against one another as they then were."""
    figures = counted(BURGLARY, end)
    spread = Spread({force: figures[force] for force in SPREAD}, 0.95)
    asked = ("compare", "--all", "--metric", BURGLARY, "--period", end[:7], "--format", "csv")
    rows = {row["force"]: row for row in run(*asked).rows}
    for force in SPREAD:
        assert int(rows[force]["forces_rank"]) == spread.rank[force]
        assert number(rows[force]["adjusted_z"]) == pytest.approx(
            spread.adjusted_z[force], rel=CLOSED, abs=CLOSED
        )
    report = run("rates", "durham", "--format", "csv").rows
    assert {row["among_forces"] for row in report} == {UNTESTED}


def test_city_of_london_has_no_place_by_default(run: Program) -> None:
    """Residents are no base for its crime: it has a rate, but neither a rank nor a test."""
    done = run("compare", "--all", "--metric", BURGLARY, "--format", "csv")
    [city] = [row for row in done.rows if row["force"] == CITY]
    assert number(city["force_value"]) == pytest.approx(counted(BURGLARY)[CITY].rate, rel=CLOSED)
    assert city["among_forces"] == UNTESTED
    assert "Not in the spread" in city["among_reason"]
    assert "City of London" in city["among_reason"]
    assert {city[name] for name in Among._fields if not name.startswith("among_")} == {""}


def test_a_place_does_not_depend_on_who_else_is_asked_for(run: Program) -> None:
    """A force alone, two forces and all of them get the same place among all forces."""
    options = ("--metric", BURGLARY, "--source", "published-counts", "--format", "csv")
    asked = (("durham",), ("cleveland", "durham"), ("--all",))
    found = [
        next(row for row in run("compare", *who, *options).rows if row["force"] == "durham")
        for who in asked
    ]
    assert len({tuple(row[name] for name in Among._fields) for row in found}) == 1
    assert found[0]["forces_rank"] == str(
        1
        + sum(counted(BURGLARY)[force].rate > counted(BURGLARY)["durham"].rate for force in SPREAD)
    )


def test_a_force_can_differ_from_the_whole_and_not_be_unusual(run: Program) -> None:
    """London's burglary is above England and Wales beyond chance, and within what is usual."""
    done = run("compare", "metropolitan", "--metric", BURGLARY, "--format", "csv")
    [row] = [row for row in done.rows if row["kind"] == "rate"]
    assert (row["verdict"], row["among_forces"]) == ("higher", NOT_UNUSUAL)
    assert number(row["force_value"]) > number(row["funnel_high"])


def test_a_sentence_answers_both_questions(run: Program) -> None:
    """What is more than chance and what is unusual are said together, with the place."""
    figures = counted(BURGLARY)
    place = 1 + sum(figures[force].rate > figures["durham"].rate for force in SPREAD)
    assert place % 10 == 2  # the ordinal below is right for these figures alone
    done = run("compare", "durham", "--metric", BURGLARY, "--source", "published-counts")
    said = " ".join(done.out.split())
    assert (
        "Durham is lower than England and Wales at 95 %, and not unusual among forces "
        f"({place}nd of {len(SPREAD)});" in said
    )
    assert "In the spread: 42 of 43 forces, without City of London." in said


@pytest.mark.parametrize("command", ["changes", "satisfaction", "outcomes"])
def test_only_rates_are_held_against_all_forces(run: Program, command: str) -> None:
    """Other kinds of figures are not tested among forces, and the row says so."""
    rows = run(command, "durham", "--format", "csv").rows
    assert {row["among_forces"] for row in rows} == {UNTESTED}
    assert {row["among_reason"] for row in rows} == {
        "Only rates of forces are held against those of all forces."
    }


def all_forces(*but: str) -> list[str]:
    """Return rows of rates of all forces, 500 events in 100,000 and more."""
    return [
        f"{force},burglary,{LAST[BURGLARY]},{5 + place / 10:.1f},{500 + 10 * place},100000"
        for place, force in enumerate(FORCES)
        if force not in but
    ]


COLUMNS = "force,metric,period_end,value,count,base"
BENCHMARK = f"england-and-wales,burglary,{LAST[BURGLARY]},7.0,,"


def test_without_one_force_nobody_is_tested(run: Program, tmp_path: Path) -> None:
    """Of some of the forces what is usual cannot be told, and how many there are is said."""
    folder = write(tmp_path, rates=[COLUMNS, *all_forces("kent"), BENCHMARK])
    rows = run("compare", "--all", "--metric", "burglary", "--data", folder, "-f", "csv").rows
    assert {row["among_forces"] for row in rows} == {UNTESTED}
    [reason] = {row["among_reason"] for row in rows}
    assert "41 of the 42 forces" in reason


def test_a_force_without_a_count_is_named_and_left_out(run: Program, tmp_path: Path) -> None:
    """A force with a row and no count is not in the spread; the others are, and it is named."""
    rows = [*all_forces("kent"), f"kent,burglary,{LAST[BURGLARY]},9.9,,"]
    folder = write(tmp_path, rates=[COLUMNS, *rows, BENCHMARK])
    asked = ("compare", "--all", "--metric", "burglary", "--data", folder, "-f", "csv")
    found = {row["force"]: row for row in run(*asked).rows}
    assert found["kent"]["among_forces"] == UNTESTED
    assert found["essex"]["forces_ranked"] == "41"
    for force in ("kent", "essex"):
        reason = found[force]["among_reason"]
        assert "In the spread: 41 of 43 forces, without City of London and Kent." in reason


def test_rates_of_all_forces_without_any_count_are_ranked(run: Program, tmp_path: Path) -> None:
    """Without counts there is no spread to test by, and that is no error."""
    rows = [f"{row.rsplit(',', 2)[0]},," for row in all_forces()]
    folder = write(tmp_path, rates=[COLUMNS, *rows, BENCHMARK])
    done = run("compare", "--all", "--metric", "burglary", "--data", folder, "-f", "csv")
    assert done.code == 0, done.err
    assert {row["among_forces"] for row in done.rows} == {UNTESTED}


# Laws


def spread_of(
    areas: Mapping[str, tuple[int, float]],
    left_out: Sequence[str] = (),
    level: float = 0.95,
    per: float = 1000,
) -> dict[str, Among]:
    """Return where areas stand that are all there are."""
    figures = {name: Counted(*area) for name, area in areas.items()}
    return among(figures, list(areas), left_out, NAMES, per, level, list(areas))


some_areas = st.dictionaries(
    st.sampled_from("abcdefghijkl"),
    st.tuples(st.integers(1, 10**6), st.integers(1000, 10**7).map(float)),
    min_size=3,
)


@given(some_areas, st.sampled_from(LEVELS))
def test_places_are_those_of_the_formulas(
    areas: dict[str, tuple[int, float]], level: float
) -> None:
    """Of any areas the places, z and limits are those of an independent working out."""
    found, expected = spread_of(areas, level=level), Spread(areas, level)
    for name, place in found.items():
        assert place.forces_ranked == len(areas)
        assert place.adjusted_z == pytest.approx(expected.adjusted_z[name], rel=1e-6, abs=1e-9)
        assert (place.funnel_low, place.funnel_high) == pytest.approx(
            expected.limits[name], rel=1e-6
        )


@given(some_areas, st.randoms())
def test_the_order_of_the_forces_changes_nothing(
    areas: dict[str, tuple[int, float]], chance: object
) -> None:
    """The same areas in another order have the same ranks and the same words."""
    order = sorted(areas, key=lambda _: chance.random())  # type: ignore[attr-defined]  # a Random
    again = spread_of({name: areas[name] for name in order})
    for name, place in spread_of(areas).items():
        assert again[name].forces_rank == place.forces_rank
        assert again[name].adjusted_z == pytest.approx(place.adjusted_z, rel=1e-6, abs=1e-9)


@given(some_areas)
def test_a_unit_ten_times_as_large_moves_the_limits_alone(
    areas: dict[str, tuple[int, float]],
) -> None:
    """Per 10,000 in place of per 1,000 the limits are ten times as high, and all else the same."""
    once, tenfold = spread_of(areas), spread_of(areas, per=10_000)
    for name, place in once.items():
        assert place.funnel_low is not None
        assert place.funnel_high is not None
        assert tenfold[name]._replace(funnel_low=0, funnel_high=0) == place._replace(
            funnel_low=0, funnel_high=0
        )
        assert (tenfold[name].funnel_low, tenfold[name].funnel_high) == pytest.approx(
            (10 * place.funnel_low, 10 * place.funnel_high), rel=1e-12
        )


@given(some_areas, st.tuples(st.integers(0, 10**6), st.just(1000.0)))
def test_who_is_left_out_changes_nothing_for_the_others(
    areas: dict[str, tuple[int, float]], outsider: tuple[int, float]
) -> None:
    """A force that is no part of the spread moves neither the ranks nor the tests of the rest."""
    without = spread_of(areas)
    found = spread_of({**areas, "z": outsider}, left_out=["z"])
    assert found["z"].among_forces == UNTESTED
    for name, place in without.items():
        assert found[name]._replace(among_reason="") == place._replace(among_reason="")


@given(st.integers(2, 12), st.integers(1, 10**5))
def test_nobody_is_unusual_where_all_are_alike(areas: int, count: int) -> None:
    """Forces with one rate share the first place, and none of them is high or low."""
    names = "abcdefghijkl"[:areas]
    found = spread_of(dict.fromkeys(names, (count, 1000.0)))
    for place in found.values():
        assert (place.forces_rank, place.among_forces) == (1, NOT_UNUSUAL)
        assert place.adjusted_z == pytest.approx(0, abs=1e-6)
        assert place.tau_squared == 0


@given(some_areas)
def test_what_is_unusual_at_the_stricter_level_is_so_at_the_other(
    areas: dict[str, tuple[int, float]],
) -> None:
    """Nobody is unusual at 99.8 % and not at 95 %."""
    usual, strict = spread_of(areas), spread_of(areas, level=0.998)
    for name, place in strict.items():
        assert place.among_forces in (NOT_UNUSUAL, usual[name].among_forces)
        assert place.adjusted_z == usual[name].adjusted_z


def test_labels_of_who_is_missing_are_those_of_people() -> None:
    """The reason names forces by their labels and not by their ids."""
    found = among(
        {"a": Counted(5, 10.0), "b": Counted(6, 10.0), "c": Counted(None, None)},
        ["a", "b", "c"],
        [],
        {**NAMES, "c": LABELS["durham"]},
        1000,
        0.95,
        ["a", "b", "c"],
    )
    assert found["a"].among_reason.endswith("2 of 3 forces, without Durham.")
