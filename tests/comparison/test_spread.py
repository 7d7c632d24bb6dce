"""Whether a force is unusual among forces, and what place it has among them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from bundled import (
    BURGLARY,
    CITY,
    COUNTS,
    FORCES,
    LABELS,
    LAST,
    METRICS,
    NATIONAL,
    counted,
    ends,
)
from hypothesis import assume, example, given
from hypothesis import strategies as st
from rows import compared
from scipy.optimize import brentq
from scipy.stats import binomtest, chi2, norm, poisson, rankdata
from scipy.stats import t as scipy_t

import crimecmp
from crimecmp.comparison.pairing import comparisons
from crimecmp.comparison.request import requested
from crimecmp.comparison.row import Among, Comparison, Prediction
from crimecmp.comparison.spread import Counted, Place, among
from crimecmp.comparison.verdict_words import HIGH, LOW, NOT_TESTED, NOT_UNUSUAL, SIMILAR
from crimecmp.statistics import rank_intervals, unusual_among

CLOSED = 1e-9
"""Closed formulas: rounding errors only."""

SPREAD = tuple(force for force in FORCES if force != CITY)
LEVELS = (0.95, 0.998)
NAMES = {name: name.upper() for name in "abcdefghijklz"}
SEXUAL = METRICS[2]
FEWEST = 10
"""Among fewer forces nothing is tested."""

Load = Callable[..., crimecmp.Dataset]
Floats = npt.NDArray[np.float64]


class Spread:
    """What `methods.md` says of counts and bases, by NumPy and SciPy alone.

    Whether a force is unusual is calculated on the root scale: for 20 expected events and more.
    """

    def __init__(self, areas: Mapping[str, tuple[int, float]], level: float) -> None:
        counts = np.array([count for count, _ in areas.values()], dtype=float)
        bases = np.array([base for _, base in areas.values()], dtype=float)
        alpha = 1 - level
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
        lines = [quantile(expected, p) / bases for p in (alpha / 2, 1 - alpha / 2)]
        self.limits = dict(zip(areas, 1000 * np.array(lines).T, strict=True))
        self.rank = dict(zip(areas, rankdata(-counts / bases, method="min"), strict=True))
        self.ranks = dict(zip(areas, places(counts, bases, level), strict=True))
        predicted = [
            predict(np.sqrt(counts / expected), s**2, place, level)
            for place in range(number if number >= FEWEST else 0)
        ]
        self.predicted = {
            area: (1000 * rate * low**2, 1000 * rate * high**2, p)
            for area, (low, high, p, _) in zip(areas, predicted, strict=False)
        }
        self.words = {
            area: NOT_UNUSUAL if p >= alpha else HIGH if above else LOW
            for area, (_, _, p, above) in zip(areas, predicted, strict=False)
        }


def quantile(expected: Floats, p: float) -> Floats:
    """Return Spiegelhalter's interpolated quantiles of Poisson counts."""
    r = np.asarray(poisson.ppf(p, expected))
    found = r - (poisson.cdf(r, expected) - p) / poisson.pmf(r, expected)
    return np.maximum(0, np.asarray(found))


def places(counts: Floats, bases: Floats, level: float) -> list[tuple[int, int]]:
    """Return the best and the worst rank of each area, by joint intervals of its count."""
    joint = level ** (1 / len(counts))
    z, tail = float(norm.ppf((1 + joint) / 2)), (1 - joint) / 2
    byar = [
        y * np.maximum(0, 1 - 1 / (9 * y) + sign * z / (3 * np.sqrt(y))) ** 3
        for y, sign in ((np.maximum(counts, 1), -1), (counts + 1, 1))
    ]
    exact = (
        np.where(counts > 0, chi2.ppf(tail, 2 * np.maximum(counts, 1)) / 2, 0),
        chi2.isf(tail, 2 * counts + 2) / 2,
    )
    low, high = (np.where(counts < 10, a, b) / bases for a, b in zip(exact, byar, strict=True))
    return [
        (1 + int((low > above).sum()), len(counts) - int((high < below).sum()))
        for below, above in zip(low, high, strict=True)
    ]


def predict(
    y: Floats, errors: Floats, place: int, level: float
) -> tuple[float, float, float, bool]:
    """Return the range of roots expected of one area by all others, p, and if it is above them."""
    others, its = np.delete(y, place), np.delete(errors, place)
    df = len(others) - 1

    def excess(variance: float) -> float:
        w = 1 / (its + variance)
        return float(w @ (others - w @ others / w.sum()) ** 2) - df

    most = 4 * float(np.ptp(others)) ** 2  # here the squares add up to less than df
    tau_squared = brentq(excess, 0, most, xtol=1e-18, rtol=1e-14) if excess(0) > 0 else 0.0
    w = 1 / (its + tau_squared)
    centre = float(w @ others / w.sum())
    error = math.sqrt(errors[place] + tau_squared + 1 / w.sum())
    half = float(scipy_t.ppf((1 + level) / 2, df - 1)) * error
    p = 2 * float(scipy_t.sf(abs(y[place] - centre) / error, df - 1))
    return max(0.0, centre - half), centre + half, p, bool(y[place] > centre)


def of_all(data: crimecmp.Dataset, metric: str = BURGLARY, **choices: Any) -> dict[str, Comparison]:
    """Return the rates of all forces on one metric, by force."""
    request = requested(data, FORCES, metric=metric, **choices)
    return {row.force: row for row in comparisons(data, "rates", request)}


def held_against(
    rows: Mapping[str, Comparison], forces: Sequence[str], metric: str, level: float
) -> None:
    """Hold the places of all forces against the formulas."""
    figures = counted(metric, LAST[metric])
    spread = Spread({force: figures[force] for force in forces}, level)
    assert set(rows) == set(FORCES)
    unusual = sum(word != NOT_UNUSUAL for word in spread.words.values())
    for force in forces:
        place, found = rows[force].among, rows[force].prediction
        assert (place.forces_rank, place.forces_ranked) == (spread.rank[force], len(forces))
        assert (found.rank_low, found.rank_high) == spread.ranks[force]
        assert place.among_forces == spread.words[force]
        assert (found.prediction_low, found.prediction_high, found.prediction_p) == pytest.approx(
            spread.predicted[force], rel=CLOSED
        )
        assert found.unusual_forces == unusual
        assert (place.phi, place.tau_squared) == pytest.approx((spread.phi, spread.tau_squared))
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
    """Ranks, words, ranges, funnel lines and the old z are those of all forces but the City's."""
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
        assert rows[force].prediction.prediction_p == pytest.approx(spread.predicted[force][2])


WORKED = {  # unusually high, unusually low, the range for Cumbria, its p and q
    METRICS[0]: (
        {"metropolitan"}, {"dyfed-powys"},
        (37.78138613818332, 76.9330198107241, 0.40138769340771757, 0.8502814242854022),
    ),
    METRICS[1]: (
        {"metropolitan"}, {"dyfed-powys"},
        (32.53987981463951, 70.05193966718765, 0.35652937085834774, 0.9023365809589989),
    ),
    METRICS[2]: (
        {"durham", "humberside"}, {"surrey"},
        (0.762331381148159, 1.5627676627336455, 0.36471742012432234, 0.9943316500050976),
    ),
    METRICS[3]: (
        set(), {"surrey"},
        (3.4656698530148105, 8.012514993145862, 0.9618340910488495, 0.9723413701490214),
    ),
    METRICS[4]: (
        {"metropolitan"}, {"dyfed-powys"},
        (2.3339574564333767, 14.41313579528496, 0.10886885322663593, 0.8275305982511338),
    ),
    METRICS[5]: (
        {"cleveland"}, {"thames-valley"},
        (17.299564195488735, 62.25293526270909, 0.33771836077696504, 0.8866206308366975),
    ),
}  # fmt: skip
"""The table of methods.md of who is unusual, at full precision (unusual_real)."""


@pytest.mark.parametrize("metric", METRICS)
def test_worked_unusual_forces(bundled: crimecmp.Dataset, metric: str) -> None:
    """The rows of 42 forces call those unusual that the methods name, and no q is below 0.05."""
    rows = of_all(bundled, metric)
    high, low, cumbria = WORKED[metric]
    for word, forces in ((HIGH, high), (LOW, low), (NOT_TESTED, {CITY})):
        assert {name for name, row in rows.items() if row.among.among_forces == word} == forces
    found = rows["cumbria"].prediction
    assert found[:4] == pytest.approx(cumbria, rel=CLOSED)
    assert {rows[name].prediction.unusual_forces for name in SPREAD} == {len(high) + len(low)}
    assert all((rows[name].prediction.prediction_q or 0) > 0.05 for name in SPREAD)


@pytest.mark.parametrize(
    ("metric", "force", "ranks"),
    [
        (BURGLARY, "lincolnshire", (25, 19, 29)),
        (BURGLARY, "merseyside", (7, 5, 10)),
        (BURGLARY, "cumbria", (41, 39, 41)),
        (SEXUAL, "lincolnshire", (36, 17, 41)),
        (SEXUAL, "merseyside", (28, 10, 38)),
    ],
)
def test_worked_ranks(
    bundled: crimecmp.Dataset, metric: str, force: str, ranks: tuple[int, int, int]
) -> None:
    """A row has its force's rank and the ranks that random variation allows (ranks_real)."""
    row = of_all(bundled, metric)[force]
    assert (row.among.forces_rank, row.prediction.rank_low, row.prediction.rank_high) == ranks


@pytest.mark.parametrize("metric", METRICS)
def test_no_force_is_unusual_without_a_difference(bundled: crimecmp.Dataset, metric: str) -> None:
    """Of all bundled counts none has no clear difference from the rest and is unusual at once."""
    words = set()
    for end in ends(metric):
        for row in of_all(bundled, metric, period=end).values():
            words.add((row.tested.verdict == SIMILAR, row.among.among_forces in (HIGH, LOW)))
    assert words >= {(True, False), (False, True), (False, False)}
    assert (True, True) not in words


def test_a_spread_is_of_the_source_of_the_figure(bundled: crimecmp.Dataset) -> None:
    """The report has no other force: of its figures it cannot be told what is usual."""
    assert {row.among.among_forces for row in compared(bundled, "rates")} == {NOT_TESTED}


def test_city_of_london_has_no_place_by_default(bundled: crimecmp.Dataset) -> None:
    """Residents are no base for its crime: it has a rate, but neither a rank nor a test."""
    city = of_all(bundled)[CITY]
    assert city.force_value == pytest.approx(counted(BURGLARY)[CITY].rate, rel=CLOSED)
    assert "not compared with the others" in city.among.among_reason
    assert "City of London" in city.among.among_reason
    assert city.among == Among(among_reason=city.among.among_reason)
    assert city.prediction == Prediction()


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
    """Manchester's burglary is outside the Poisson funnel, and within what is usual of forces."""
    [row] = compared(bundled, "rates", "greater-manchester", metric=BURGLARY)
    assert (row.tested.verdict, row.among.among_forces) == ("higher", NOT_UNUSUAL)
    assert row.force_value is not None
    assert row.among.funnel_high is not None
    assert row.prediction.prediction_high is not None
    assert row.among.funnel_high < row.force_value < row.prediction.prediction_high


@pytest.mark.parametrize("table", ["changes", "satisfaction", "outcomes"])
def test_only_rates_are_held_against_all_forces(bundled: crimecmp.Dataset, table: str) -> None:
    """Other kinds of figures are not tested among forces, and the row says so."""
    reason = "Only rates of forces are compared with those of all forces."
    assert {(row.among, row.prediction) for row in compared(bundled, table)} == {
        (Among(among_reason=reason), Prediction())
    }


# --- Figures of a user's own


def all_forces(*but: str) -> list[str]:
    """Return rows of rates of all forces, 500 events in 100,000 and more."""
    return [
        f"{force},burglary,{LAST[BURGLARY]},,{5 + place / 10:.1f},{500 + 10 * place},100000"
        for place, force in enumerate(FORCES)
        if force not in but
    ]


BENCHMARK = f"{NATIONAL},burglary,{LAST[BURGLARY]},,7.0"


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
        assert "41 of 43 forces are compared, without City of London and Kent." in reason


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
) -> dict[str, Place]:
    """Return where areas stand that are all there are."""
    figures = {name: Counted(*area) for name, area in areas.items()}
    return among(figures, list(areas), left_out, NAMES, per, level, list(areas))


some_areas = st.dictionaries(
    st.sampled_from("abcdefghijkl"),
    st.tuples(st.integers(1, 10**6), st.integers(1000, 10**7).map(float)),
    min_size=3,
)
enough_areas = st.dictionaries(
    st.sampled_from("abcdefghijkl"),
    st.tuples(st.integers(1, 10**6) | st.integers(1, 40), st.integers(1000, 10**5).map(float)),
    min_size=FEWEST,
)
"""So many that it is tested which of them are unusual, some of them with few events."""


@given(some_areas, st.sampled_from(LEVELS))
def test_places_are_those_of_the_formulas(
    areas: dict[str, tuple[int, float]], level: float
) -> None:
    """Of any areas the ranks, z and lines are those of an independent calculation."""
    found, expected = spread_of(areas, level=level), Spread(areas, level)
    for name, (place, prediction) in found.items():
        assert (place.forces_rank, place.forces_ranked) == (expected.rank[name], len(areas))
        assert (prediction.rank_low, prediction.rank_high) == expected.ranks[name]
        assert place.adjusted_z == pytest.approx(expected.adjusted_z[name], rel=1e-6, abs=1e-9)
        assert (place.funnel_low, place.funnel_high) == pytest.approx(
            expected.limits[name], rel=1e-6, abs=1e-9
        )


@given(enough_areas, st.sampled_from(LEVELS))
def test_what_is_expected_of_a_force_is_what_the_statistics_give(
    areas: dict[str, tuple[int, float]], level: float
) -> None:
    """Ranges, p, q, tau and ranks are those of the functions, by the forces' counts and bases."""
    counts, bases = zip(*areas.values(), strict=True)
    unusual = unusual_among(counts, bases, 1000, level)
    ranks = rank_intervals(counts, bases, level)
    found = spread_of(areas, level=level)
    called = sum(place.among.among_forces != NOT_UNUSUAL for place in found.values())
    for name, its, rank in zip(areas, unusual, ranks, strict=True):
        assert found[name].prediction == (
            its.low, its.high, its.p, its.q, its.tau, rank.best, rank.worst, called,
        )  # fmt: skip
        assert found[name].among.forces_rank == rank.rank
        assert found[name].among.among_forces in (NOT_UNUSUAL, {1: HIGH, -1: LOW}.get(its.side))


FEW = (5, 1, 12, 2, 7, 10, 7, 8, 8, 6)
FEW_BASES = (1000.0, 1000.0, 2000.0, 500.0, 1000.0, 2000.0, 1000.0, 2000.0, 1000.0, 1000.0)


@given(enough_areas, st.sampled_from(LEVELS))
@example(dict(zip("abcdefghij", zip(FEW, FEW_BASES, strict=True), strict=True)), 0.95)
def test_a_force_is_unusual_only_where_it_differs_from_the_others_together(
    areas: dict[str, tuple[int, float]], level: float
) -> None:
    """By SciPy's exact test against all others, nobody without a difference is called unusual."""
    counts, bases = zip(*areas.values(), strict=True)
    unusual = unusual_among(counts, bases, 1000, level)
    for (count, base), its, place in zip(
        areas.values(), unusual, spread_of(areas, level=level).values(), strict=True
    ):
        p = float(binomtest(count, sum(counts), base / sum(bases)).pvalue)
        assume(abs(p - (1 - level)) > CLOSED)
        word = {1: HIGH, 0: NOT_UNUSUAL, -1: LOW}[its.side if p < 1 - level else 0]
        assert place.among.among_forces == word


def test_one_of_few_that_the_others_would_call_unusual_is_not() -> None:
    """One event where others have up to twelve is below their range, and no clear difference."""
    areas = dict(zip("abcdefghij", zip(FEW, FEW_BASES, strict=True), strict=True))
    assert unusual_among(FEW, FEW_BASES)[1].side == -1
    assert binomtest(1, sum(FEW), 1000 / sum(FEW_BASES)).pvalue > 0.05
    place, prediction = spread_of(areas)["b"]
    assert (place.among_forces, prediction.unusual_forces) == (NOT_UNUSUAL, 0)


@given(some_areas.filter(lambda areas: len(areas) < FEWEST))
def test_among_fewer_than_ten_forces_nothing_is_tested(
    areas: dict[str, tuple[int, float]],
) -> None:
    """A few forces have ranks and no range: they do not show what is usual."""
    for place, prediction in spread_of(areas).values():
        assert place.among_forces == NOT_TESTED
        assert "fewer than 10 forces" in place.among_reason
        assert prediction == Prediction(
            rank_low=prediction.rank_low, rank_high=prediction.rank_high
        )
        assert prediction.rank_low is not None


@given(enough_areas, st.randoms())
def test_the_order_of_the_forces_changes_nothing(
    areas: dict[str, tuple[int, float]], chance: Random
) -> None:
    """The same areas in another order have the same ranks, and the same is expected of them."""
    order = sorted(areas, key=lambda _: chance.random())
    again = spread_of({name: areas[name] for name in order})
    for name, (place, prediction) in spread_of(areas).items():
        assert again[name].among.forces_rank == place.forces_rank
        assert again[name].among.adjusted_z == pytest.approx(place.adjusted_z, rel=1e-6, abs=1e-9)
        assert again[name].prediction[:4] == pytest.approx(prediction[:4], rel=1e-6, abs=1e-9)


@given(enough_areas)
def test_a_unit_ten_times_as_large_moves_limits_and_ranges_alone(
    areas: dict[str, tuple[int, float]],
) -> None:
    """Per 10,000 in place of per 1,000 they are ten times as high, and all else is the same."""
    once, tenfold = spread_of(areas), spread_of(areas, per=10_000)
    for name, (place, prediction) in once.items():
        other, wider = tenfold[name]
        assert other._replace(funnel_low=0, funnel_high=0) == place._replace(
            funnel_low=0, funnel_high=0
        )
        assert wider[2:] == prediction[2:]
        ends = (place.funnel_low, place.funnel_high, *prediction[:2])
        assert (other.funnel_low, other.funnel_high, *wider[:2]) == pytest.approx(
            [10 * end for end in ends if end is not None], rel=1e-12
        )


@given(enough_areas, st.tuples(st.integers(0, 10**6), st.just(1000.0)))
def test_who_is_left_out_changes_nothing_for_the_others(
    areas: dict[str, tuple[int, float]], outsider: tuple[int, float]
) -> None:
    """A force that is no part of the spread moves neither the ranks nor the tests of the rest."""
    without = spread_of(areas)
    found = spread_of({**areas, "z": outsider}, left_out=["z"])
    assert found["z"].among.among_forces == NOT_TESTED
    assert found["z"].prediction == Prediction()
    for name, (place, prediction) in without.items():
        assert found[name].among._replace(among_reason="") == place._replace(among_reason="")
        assert found[name].prediction == prediction


@given(st.integers(2, 12), st.integers(1, 10**5))
def test_nobody_is_unusual_where_all_are_alike(areas: int, count: int) -> None:
    """Forces with one rate share the first place, could have any, and none is high or low."""
    names = "abcdefghijkl"[:areas]
    found = spread_of(dict.fromkeys(names, (count, 1000.0)))
    for place, prediction in found.values():
        assert place.forces_rank == 1
        assert place.among_forces == (NOT_TESTED if areas < FEWEST else NOT_UNUSUAL)
        assert (prediction.rank_low, prediction.rank_high) == (1, areas)
        assert place.adjusted_z == pytest.approx(0, abs=1e-6)
        assert place.tau_squared == 0


@given(enough_areas)
def test_what_is_unusual_at_the_stricter_level_is_so_at_the_other(
    areas: dict[str, tuple[int, float]],
) -> None:
    """Nobody is unusual at 99.8 % and not at 95 %; p is the same at both, the range is wider."""
    usual, strict = spread_of(areas), spread_of(areas, level=0.998)
    for name, (place, prediction) in strict.items():
        assert place.among_forces in (NOT_UNUSUAL, usual[name].among.among_forces)
        assert place.adjusted_z == usual[name].among.adjusted_z
        assert prediction.prediction_p == usual[name].prediction.prediction_p
        assert (prediction.prediction_low or 0) <= (usual[name].prediction.prediction_low or 0)


def test_a_force_without_events_is_in_the_spread() -> None:
    """No events are a number of events: the force is ranked last and tested like the others."""
    areas = {name: (90 + place, 1e4) for place, name in enumerate("abcdefghijk")} | {"l": (0, 1e4)}
    found, expected = spread_of(areas), Spread(areas, 0.95)
    assert found["l"].among.among_reason == "12 of 12 forces are compared."
    assert (found["l"].among.forces_rank, found["l"].among.forces_ranked) == (12, 12)
    assert (found["l"].prediction.rank_low, found["l"].prediction.rank_high) == (12, 12)
    assert found["l"].among.among_forces == LOW
    for name, (place, prediction) in found.items():
        assert place.adjusted_z == pytest.approx(expected.adjusted_z[name])
        assert prediction[:3] == pytest.approx(expected.predicted[name], rel=1e-8)


@pytest.mark.parametrize("count", [0, 5])
def test_forces_without_events_but_for_one_are_not_tested(count: int) -> None:
    """Where no force has events, or one alone, nothing can be expected: no test and no error."""
    areas = dict.fromkeys("abcdefghijk", (0, 1e4)) | {"l": (count, 1e4)}
    for place, prediction in spread_of(areas).values():
        assert place.among_forces == NOT_TESTED
        assert place.among_reason
        assert prediction.prediction_p is None


def test_ranks_and_lines_do_not_need_a_test() -> None:
    """A force that alone has events is first, with its lines; what is usual is not known."""
    found = spread_of(dict.fromkeys("abcdefghijk", (0, 1e4)) | {"l": (5, 1e4)})
    place, prediction = found["l"]
    assert (place.forces_rank, place.forces_ranked, prediction.rank_low) == (1, 12, 1)
    assert place.funnel_low == 0
    assert place.funnel_high is not None
    assert place.among_reason.startswith(
        "Only one force has a count above zero, so nothing is tested."
    )


def test_counts_beyond_the_exact_test_keep_their_ranks() -> None:
    """Above 10^9 events the comparison with the others cannot be made, and that is said."""
    areas = {name: (100 + place, 1e6) for place, name in enumerate("abcdefghijk")}
    found = spread_of(areas | {"l": (2 * 10**9, 1e6)})
    assert found["l"].among.forces_rank == 1
    assert found["l"].among.among_forces == NOT_TESTED
    assert "cannot handle these counts" in found["l"].among.among_reason


def test_an_unusual_force_differs_from_the_rest_without_itself() -> None:
    """74 beside nine times 100 are too few by the exact test against 900 of 900,000."""
    figures = {name: Counted(100, 100_000.0) for name in "abcdefghi"}
    figures["j"] = Counted(74, 100_000.0)
    assert binomtest(74, 974, 1 / 10).pvalue < 0.05 < binomtest(74, 974, 1 / 11).pvalue
    place = among(figures, list(figures), (), NAMES, 1000, 0.95, ["j"])["j"]
    assert place.among.among_forces == LOW


def test_a_rate_of_a_unit_without_a_number_has_no_place(load: Load, tmp_path: Path) -> None:
    """Where it is unknown how many a rate is per, it is not held against those of others."""
    (tmp_path / "metrics.csv").write_text("metric,label,unit\nplain,Plain,per head\n")
    rates = [row.replace("burglary", "plain") for row in all_forces()]
    for row in of_all(load(rates=rates), "plain").values():
        assert row.among == Among(among_reason=row.among.among_reason)
        assert "Only rates" in row.among.among_reason


def test_a_rate_like_that_of_the_whole_is_not_unusual(load: Load) -> None:
    """The whole as printed decides too, where it is not the sum of the forces."""
    rows = [
        f"{force},burglary,{LAST[BURGLARY]},,{rate:.5f},{count},1000000"
        for force, count in zip(FORCES, [200, *([100] * (len(FORCES) - 1))], strict=True)
        for rate in [count / 1000]
    ]
    whole = f"{NATIONAL},burglary,{LAST[BURGLARY]},,0.20000,20000,100000000"
    first = FORCES[0]
    alone = of_all(load(rates=rows))[first]
    assert alone.among.among_forces == HIGH
    row = of_all(load(rates=[*rows, whole]))[first]
    assert (row.tested.verdict, row.among.among_forces) == (SIMILAR, NOT_UNUSUAL)


def test_a_force_with_fewer_than_no_events_is_not_in_the_spread() -> None:
    """More crimes taken back than recorded are no number of crimes: the force is named instead."""
    found = spread_of({"a": (100, 1e4), "b": (90, 1e4), "c": (-1, 1e4)})
    assert found["c"].among.among_forces == NOT_TESTED
    assert found["c"].prediction == Prediction()
    for name in "ab":
        place = found[name].among
        assert place.forces_ranked == 2
        assert place.among_reason.endswith("2 of 3 forces are compared, without C.")


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
    assert found["a"].among.among_reason.endswith("2 of 3 forces are compared, without Durham.")
