"""Whether a force is unusual among forces, and what place it has among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pytest
from bundled import BURGLARY, CITY, COUNTS, FORCES, LABELS, LAST, METRICS, counted
from hypothesis import given
from hypothesis import strategies as st
from rows import compared
from scipy.stats import chi2, norm, rankdata

import crimecmp
from crimecmp.comparison.pairing import comparisons
from crimecmp.comparison.request import requested
from crimecmp.comparison.row import Among, Comparison
from crimecmp.comparison.spread import HIGH, LOW, NOT_UNUSUAL, Counted, among
from crimecmp.comparison.verdict_words import NOT_TESTED

CLOSED = 1e-9
"""Closed formulas: rounding errors only."""

SPREAD = tuple(force for force in FORCES if force != CITY)
LEVELS = (0.95, 0.998)
NAMES = {name: name.upper() for name in "abcdefghijklz"}

Load = Callable[..., crimecmp.Dataset]


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


def of_all(
    data: crimecmp.Dataset, metric: str = BURGLARY, **choices: object
) -> dict[str, Comparison]:
    """Return the rates of all forces on one metric, by force."""
    request = requested(data, FORCES, metric=metric, **choices)  # type: ignore[arg-type]  # any
    return {row.force: row for row in comparisons(data, "rates", request)}


def held_against(
    rows: Mapping[str, Comparison], forces: Sequence[str], metric: str, level: float
) -> None:
    """Hold the places of all forces against the formulas."""
    figures = counted(metric, LAST[metric])
    spread = Spread({force: figures[force] for force in forces}, level)
    assert set(rows) == set(FORCES)
    for force in forces:
        place = rows[force].among
        assert (place.forces_rank, place.forces_ranked) == (spread.rank[force], len(forces))
        assert place.among_forces == spread.words[force]
        assert place.phi == pytest.approx(spread.phi, rel=CLOSED)
        assert place.tau_squared == pytest.approx(spread.tau_squared, rel=CLOSED)
        adjusted = pytest.approx(spread.adjusted_z[force], rel=CLOSED, abs=CLOSED)
        assert place.adjusted_z == adjusted
        limits = (place.funnel_low, place.funnel_high)
        assert limits == pytest.approx(spread.limits[force], rel=CLOSED)


# --- The bundled figures


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("metric", METRICS)
def test_the_spread_of_42_forces_is_that_of_the_formulas(
    bundled: crimecmp.Dataset, metric: str, level: float
) -> None:
    """Rank, overdispersion, adjusted z and funnel limits are those of all forces but London's."""
    held_against(of_all(bundled, metric, level=level), SPREAD, metric, level)


def test_city_of_london_is_counted_in_on_request(bundled: crimecmp.Dataset) -> None:
    """With City of London the spread is of 43 forces, and all of it is calculated anew."""
    held_against(of_all(bundled, with_city_of_london=True), FORCES, BURGLARY, 0.95)


@pytest.mark.parametrize("end", ["2010-06-30", "2012-06-30"])
def test_a_spread_is_of_the_period_asked_for(bundled: crimecmp.Dataset, end: str) -> None:
    """Of another 12 months the forces are held against one another as they then were."""
    figures = counted(BURGLARY, end)
    spread = Spread({force: figures[force] for force in SPREAD}, 0.95)
    rows = of_all(bundled, period=end[:7])
    for force in SPREAD:
        assert rows[force].among.forces_rank == spread.rank[force]
        adjusted = pytest.approx(spread.adjusted_z[force], rel=CLOSED, abs=CLOSED)
        assert rows[force].among.adjusted_z == adjusted


def test_a_spread_is_of_the_source_of_the_figure(bundled: crimecmp.Dataset) -> None:
    """The report has no other force: of its figures it cannot be told what is usual."""
    assert {row.among.among_forces for row in compared(bundled, "rates")} == {NOT_TESTED}


def test_city_of_london_has_no_place_by_default(bundled: crimecmp.Dataset) -> None:
    """Residents are no base for its crime: it has a rate, but neither a rank nor a test."""
    city = of_all(bundled)[CITY]
    assert city.force_value == pytest.approx(counted(BURGLARY)[CITY].rate, rel=CLOSED)
    assert "Not in the spread" in city.among.among_reason
    assert "City of London" in city.among.among_reason
    assert city.among == Among(among_reason=city.among.among_reason)


def test_a_place_does_not_depend_on_who_else_is_asked_for(bundled: crimecmp.Dataset) -> None:
    """A force alone, two forces and all of them get the same place among all forces."""
    asked = (("durham",), ("cleveland", "durham"), FORCES)
    requests = (requested(bundled, who, metric=BURGLARY, source=COUNTS) for who in asked)
    places = [
        next(row.among for row in comparisons(bundled, "rates", request) if row.force == "durham")
        for request in requests
    ]
    figures = counted(BURGLARY)
    above = sum(figures[force].rate > figures["durham"].rate for force in SPREAD)
    assert places[0].forces_rank == 1 + above
    assert places == [places[0]] * 3


def test_a_force_can_differ_from_the_whole_and_not_be_unusual(bundled: crimecmp.Dataset) -> None:
    """London's burglary is above England and Wales beyond chance, and within what is usual."""
    [row] = compared(bundled, "rates", "metropolitan", metric=BURGLARY)
    assert (row.tested.verdict, row.among.among_forces) == ("higher", NOT_UNUSUAL)
    assert row.force_value is not None
    assert row.among.funnel_high is not None
    assert row.force_value > row.among.funnel_high


@pytest.mark.parametrize("table", ["changes", "satisfaction", "outcomes"])
def test_only_rates_are_held_against_all_forces(bundled: crimecmp.Dataset, table: str) -> None:
    """Other kinds of figures are not tested among forces, and the row says so."""
    reason = "Only rates of forces are held against those of all forces."
    assert {row.among for row in compared(bundled, table)} == {Among(among_reason=reason)}


# --- Figures of a user's own


def all_forces(*but: str) -> list[str]:
    """Return rows of rates of all forces, 500 events in 100,000 and more."""
    return [
        f"{force},burglary,{LAST[BURGLARY]},,{5 + place / 10:.1f},{500 + 10 * place},100000"
        for place, force in enumerate(FORCES)
        if force not in but
    ]


BENCHMARK = f"england-and-wales,burglary,{LAST[BURGLARY]},,7.0"


def test_without_one_force_nobody_is_tested(load: Load) -> None:
    """Of some of the forces what is usual cannot be told, and how many there are is said."""
    rows = of_all(load(rates=[*all_forces("kent"), BENCHMARK]))
    assert {row.among.among_forces for row in rows.values()} == {NOT_TESTED}
    [reason] = {row.among.among_reason for row in rows.values() if row.force != "kent"}
    assert "41 of the 42 forces" in reason


def test_a_force_without_a_count_is_named_and_left_out(load: Load) -> None:
    """A force with a row and no count is not in the spread; the others are, and it is named."""
    kent = f"kent,burglary,{LAST[BURGLARY]},,9.9"
    rows = of_all(load(rates=[*all_forces("kent"), kent, BENCHMARK]))
    assert rows["kent"].among.among_forces == NOT_TESTED
    assert rows["essex"].among.forces_ranked == 41
    for force in ("kent", "essex"):
        reason = rows[force].among.among_reason
        assert "In the spread: 41 of 43 forces, without City of London and Kent." in reason


@pytest.mark.parametrize("known", [",,", ",500,", ",,100000"])
def test_rates_of_all_forces_without_counts_and_bases_are_not_tested(
    load: Load, known: str
) -> None:
    """Without both a count and a base there is no spread to test by, and that is no error."""
    rows = of_all(
        load(rates=[*(f"{row.rsplit(',', 2)[0]}{known}" for row in all_forces()), BENCHMARK])
    )
    assert {row.among for row in rows.values()} == {
        Among(among_reason="No force has both a count and a base.")
    }


# --- Laws


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
    """Of any areas the places, z and limits are those of an independent calculation."""
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
    assert found["z"].among_forces == NOT_TESTED
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


def test_a_force_without_events_is_in_the_spread() -> None:
    """No events are a number of events: the force is ranked last and tested like the others."""
    areas = {"a": (100, 1e4), "b": (90, 1e4), "c": (0, 1e4)}
    found, expected = spread_of(areas), Spread(areas, 0.95)
    assert found["c"].among_reason == "In the spread: 3 of 3 forces."
    assert (found["c"].forces_rank, found["c"].forces_ranked) == (3, 3)
    for name, place in found.items():
        assert place.adjusted_z == pytest.approx(expected.adjusted_z[name])


def test_a_force_with_fewer_than_no_events_is_not_in_the_spread() -> None:
    """More crimes taken back than recorded are no number of crimes: the force is named instead."""
    found = spread_of({"a": (100, 1e4), "b": (90, 1e4), "c": (-1, 1e4)})
    assert found["c"].among_forces == NOT_TESTED
    for name in "ab":
        assert found[name].forces_ranked == 2
        assert found[name].among_reason == "In the spread: 2 of 3 forces, without C."


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
