"""Whether an area is unusual among areas is answered by the equations, and by all the others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

import numpy as np
import pytest
from bundled import CITY, FORCES, LAST, METRICS, counted
from calculating import CLOSED, SEARCHED, closely, near
from hypothesis import assume, example, given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import nbinom, poisson
from scipy.stats import t as scipy_t
from statsmodels.stats.multitest import multipletests

from crimecmp.errors import MethodError
from crimecmp.statistics import (
    Spread,
    Unusual,
    false_discovery,
    spread_among,
    unusual,
    unusual_among,
)

# --- Worked cases


class Worked(NamedTuple):
    """The worked figures of an area held against the others on the root scale."""

    tau_squared: float
    centre: float
    t: float
    df: int
    p: float
    q: float
    low: float
    high: float


def holds(found: Unusual, worked: Worked, rate: float) -> None:
    """Hold an area against its worked figures; `rate` is that of all areas."""
    assert found.tau == closely(math.sqrt(worked.tau_squared), CLOSED)
    assert found.centre == closely(rate * worked.centre**2, CLOSED)
    assert (found.t, found.df) == (closely(worked.t, CLOSED), worked.df)
    assert (found.p, found.q) == closely((worked.p, worked.q), CLOSED)
    assert (found.low, found.high) == closely((worked.low, worked.high), CLOSED)


ROOT_COUNTS = (412, 655, 530, 918, 300, 1500, 760, 241)
ROOT_BASES = (90_000, 110_000, 120_000, 150_000, 80_000, 210_000, 140_000, 60_000)
ON_ROOTS = (
    Worked(
        0.01298950735044191,
        0.9699235544746537,
        -0.489034309981651,
        5,
        0.6455130067408033,
        0.737729150560918,
        2.3457543018640044,
        9.200556773372698,
    ),
    Worked(
        0.012464646075664642,
        0.9517498931726662,
        0.7024945607394253,
        5,
        0.5137196062590021,
        0.7252984775575361,
        2.267450751476743,
        8.841640971077295,
    ),
    Worked(
        0.012605220813592756,
        0.9723558754705337,
        -0.650665473054428,
        5,
        0.543973858168152,
        0.7252984775575361,
        2.406010502562982,
        9.151489722693182,
    ),
    Worked(
        0.012005177144721869,
        0.949616390444379,
        0.8566264279346801,
        5,
        0.430782857575698,
        0.7252984775575361,
        2.300446471951348,
        8.717445369583912,
    ),
    Worked(
        0.0098650785839581,
        0.982347193004852,
        -1.46162440048,
        5,
        0.2036910546928769,
        0.7252984775575361,
        2.728621503835223,
        8.829478831494358,
    ),
    Worked(
        0.007679395863453351,
        0.9375948462342892,
        2.082061584016748,
        5,
        0.09182107752811933,
        0.7252984775575361,
        2.6590541501968383,
        7.73961145832456,
    ),
    Worked(
        0.01337566000202112,
        0.9583474162238685,
        0.2537612956132346,
        5,
        0.8097845083079638,
        0.8097845083079638,
        2.2436884372392623,
        9.074861937243716,
    ),
    Worked(
        0.011258687937677585,
        0.9778732811725788,
        -1.0791622845560147,
        5,
        0.32980008713907955,
        0.7252984775575361,
        2.5400733402460722,
        9.050959007063108,
    ),
)


def test_worked_areas_on_the_root_scale() -> None:
    """Eight areas made up, per 1,000, with 317 to 1,022 expected events; none is unusual."""
    rate = 1000 * sum(ROOT_COUNTS) / sum(ROOT_BASES)
    for found, worked in zip(unusual_among(ROOT_COUNTS, ROOT_BASES), ON_ROOTS, strict=True):
        holds(found, worked, rate)
        assert found.side == 0


FEW_COUNTS = (2, 9, 14, 5, 61, 7, 11, 3, 16, 8)
FEW_BASES = (
    560_000, 800_000, 1_100_000, 600_000, 3_000_000, 700_000, 900_000, 500_000, 1_300_000,
    1_000_000,
)  # fmt: skip
ON_COUNTS = (  # p, q, variance between ratios, centre, low, high
    (
        0.0848776895353662,
        0.42438844767683104,
        0.0504952113458875,
        0.9439666115301633,
        3.571428571428571,
        25.0,
    ),
    (0.9118707318810134, 0.9118707318810134, 0.08304515812923204, 0.8717302581501927, 2.5, 23.75),
    (
        0.6771328478477462,
        0.9118707318810134,
        0.08234157276646847,
        0.8574378666554024,
        2.727272727272727,
        22.727272727272727,
    ),
    (
        0.6372914844029363,
        0.9118707318810134,
        0.07684129774360342,
        0.8958506556466632,
        1.6666666666666667,
        25.0,
    ),
    (
        0.8906187594785095,
        0.9118707318810134,
        0.0813992268327916,
        0.8824232458698815,
        2.857142857142857,
        24.285714285714285,
    ),
    (
        0.7604041379298907,
        0.9118707318810134,
        0.08297357689194822,
        0.8629998049515463,
        2.222222222222222,
        23.333333333333332,
    ),
    (0.34118378002827565, 0.9118707318810134, 0.06752434059704045, 0.9132080500580871, 2.0, 26.0),
    (
        0.7347084791064171,
        0.9118707318810134,
        0.08286793390833626,
        0.860568341859241,
        3.076923076923077,
        23.076923076923077,
    ),
    (0.49141854858424083, 0.9118707318810134, 0.07275559894558707, 0.9093270075139617, 3.0, 24.0),
)


def test_worked_areas_on_counts() -> None:
    """Ten areas made up, per million: nine with 6 to 15 expected events, none of them unusual."""
    areas = unusual_among(FEW_COUNTS, FEW_BASES, 1e6)
    rate = 1e6 * sum(FEW_COUNTS) / sum(FEW_BASES)
    for found, (p, q, between, centre, low, high) in zip(
        areas[:4] + areas[5:], ON_COUNTS, strict=True
    ):
        assert (found.p, found.q) == closely((p, q), CLOSED)
        assert found.centre == closely(rate * centre, CLOSED)
        assert found.tau == closely(math.sqrt(between / centre) / 2, CLOSED)
        assert (found.low, found.high) == closely((low, high), CLOSED)
        assert (found.side, found.t, found.df) == (0, None, None)


def test_worked_large_area_among_small_ones() -> None:
    """The tenth has 29.4 expected events, so its 61 are tested on the root scale: too many."""
    found = unusual_among(FEW_COUNTS, FEW_BASES, 1e6)[4]
    worked = Worked(
        0.0, 0.8688602403869179, 4.026308631921878, 7, 0.00501924897896985, 0.0501924897896985,
        5.40404013983399, 15.53338768231378,
    )  # fmt: skip
    holds(found, worked, 1e6 * sum(FEW_COUNTS) / sum(FEW_BASES))
    assert found.side == 1


SPREAD = tuple(force for force in FORCES if force != CITY)

REAL = {
    (METRICS[0], "cumbria"): Worked(
        0.0067622881080943355,
        0.957482868376019,
        -0.848408896652522,
        39,
        0.40138769340771757,
        0.8502814242854022,
        37.78138613818332,
        76.9330198107241,
    ),
    (METRICS[0], "norfolk"): Worked(
        0.006677097536013563,
        0.9579942089685316,
        -1.113110473788193,
        39,
        0.2724748625825436,
        0.8502814242854022,
        37.93645641820418,
        76.85174193893961,
    ),
    (METRICS[0], "west-yorkshire"): Worked(
        0.006558333223020599,
        0.9530507161731891,
        1.4090256483564154,
        39,
        0.16675136440013374,
        0.8502814242854022,
        37.60956348292327,
        75.9701534599707,
    ),
    (METRICS[1], "cumbria"): Worked(
        0.007854578144887416,
        0.9586205133829377,
        -0.9330611576545135,
        39,
        0.35652937085834774,
        0.9023365809589989,
        32.53987981463951,
        70.05193966718765,
    ),
    (METRICS[1], "norfolk"): Worked(
        0.007751402717747049,
        0.9591516896826057,
        -1.1892315172613095,
        39,
        0.24153891890517795,
        0.9023365809589989,
        32.68838000268556,
        69.96487138528006,
    ),
    (METRICS[1], "west-yorkshire"): Worked(
        0.0076062279401715545,
        0.9535062332178007,
        1.484658554562919,
        39,
        0.14567271685852407,
        0.9023365809589989,
        32.36076457371965,
        69.06174049766612,
    ),
    (METRICS[2], "cumbria"): Worked(
        0.00678549878354533,
        0.9788038384065084,
        -0.9171184887133401,
        39,
        0.36471742012432234,
        0.9943316500050976,
        0.762331381148159,
        1.5627676627336455,
    ),
    (METRICS[2], "norfolk"): Worked(
        0.0069036960886936505,
        0.9761568319519077,
        0.40476618724797553,
        39,
        0.6878609561949115,
        0.9943316500050976,
        0.7586838160493438,
        1.5536537935778527,
    ),
    (METRICS[2], "west-yorkshire"): Worked(
        0.006852123172488336,
        0.9755984945824441,
        0.6756964226652178,
        39,
        0.5032205766277656,
        0.9943316500050976,
        0.7621869546215319,
        1.5456375783649734,
    ),
    (METRICS[3], "cumbria"): Worked(
        0.00949164223764839,
        0.9701042357951026,
        -0.04816053952118212,
        39,
        0.9618340910488495,
        0.9723413701490214,
        3.4656698530148105,
        8.012514993145862,
    ),
    (METRICS[3], "norfolk"): Worked(
        0.009388432224768121,
        0.9715442564794765,
        -0.6635842583815941,
        39,
        0.5108602896557711,
        0.8761371600425911,
        3.491820456265363,
        8.012259225960573,
    ),
    (METRICS[3], "west-yorkshire"): Worked(
        0.009478817643595363,
        0.9705496012743446,
        -0.23712909737319562,
        39,
        0.8137978714242388,
        0.9723413701490214,
        3.4770462084531926,
        8.0074274345675,
    ),
    (METRICS[4], "cumbria"): Worked(
        0.03504397393515499,
        0.9010009096726308,
        -1.6408567050244365,
        39,
        0.10886885322663593,
        0.8275305982511338,
        2.3339574564333767,
        14.41313579528496,
    ),
    (METRICS[4], "norfolk"): Worked(
        0.035674885052651005,
        0.8999397944009682,
        -1.3923912819320174,
        39,
        0.1716926512159116,
        0.8275305982511338,
        2.296106759307327,
        14.460008443215889,
    ),
    (METRICS[4], "west-yorkshire"): Worked(
        0.03556018581700061,
        0.8870426898604523,
        1.44006336483541,
        39,
        0.1578292300275851,
        0.8275305982511338,
        2.1895851338395165,
        14.15254264784849,
    ),
    (METRICS[5], "cumbria"): Worked(
        0.0225764746952959,
        0.9937640850255858,
        0.9706214627732898,
        39,
        0.33771836077696504,
        0.8866206308366975,
        17.299564195488735,
        62.25293526270909,
    ),
    (METRICS[5], "norfolk"): Worked(
        0.023022723628996735,
        0.9986892148977957,
        -0.3857093515181376,
        39,
        0.7018079352071228,
        0.8866206308366975,
        17.3974982165159,
        63.012057834733376,
    ),
    (METRICS[5], "west-yorkshire"): Worked(
        0.022978686622761903,
        0.9990145105997752,
        -0.4750685106279149,
        39,
        0.6373879815980189,
        0.8866206308366975,
        17.43059108389232,
        63.01172579861387,
    ),
}

CALLED = {
    METRICS[0]: {"metropolitan": 1, "dyfed-powys": -1},
    METRICS[1]: {"metropolitan": 1, "dyfed-powys": -1},
    METRICS[2]: {"durham": 1, "humberside": 1, "surrey": -1},
    METRICS[3]: {"surrey": -1},
    METRICS[4]: {"metropolitan": 1, "dyfed-powys": -1},
    METRICS[5]: {"cleveland": 1, "thames-valley": -1},
}


@pytest.mark.parametrize("metric", METRICS)
def test_worked_forces_of_the_bundled_counts(metric: str) -> None:
    """Of 42 forces three have the worked figures, and those are unusual that are worked to be."""
    figures = counted(metric, LAST[metric])
    counts = [figures[force].events for force in SPREAD]
    bases = [figures[force].base for force in SPREAD]
    found = dict(zip(SPREAD, unusual_among(counts, bases), strict=True))
    rate = 1000 * sum(counts) / sum(bases)
    for (of, force), worked in REAL.items():
        if of == metric:
            holds(found[force], worked, rate)
    assert {force: area.side for force, area in found.items() if area.side} == CALLED[metric]
    assert all(area.q > 0.07 for area in found.values())


def test_one_more_of_kackers_laboratories_has_the_interval_of_metafors_figures() -> None:
    """Roots and errors of a published example give its mean, tau^2 and error as the range.

    Kacker (Metrologia 41, 2004); `rma(y, v, method="PM")` of metafor, as the tests of statsmodels
    quote it, has 62.4076199113286, 0.705395309224248 and 0.338030602684471. Of ten laboratories
    eight fewer than the areas are left, less one: seven degrees of freedom (Higgins, Thompson and
    Spiegelhalter, 2009).
    """
    y = np.array([61.00, 61.40, 62.21, 62.30, 62.34, 62.60, 62.70, 62.84, 65.90])
    v = np.array([0.2025, 1.21, 0.09, 0.2025, 0.3844, 0.5625, 0.0676, 0.0225, 1.8225])
    expected = 1 / (4 * v)
    observed = y**2 * expected
    # A tenth, so large that it has no error of its own, whose count makes the rate of all one.
    most = 1e12
    tenth = most - float((observed - expected).sum())
    found = unusual_among([*observed, tenth], [*expected, most], per=1)[-1]
    half = float(scipy_t.ppf(0.975, 7)) * math.sqrt(0.705395309224248 + 0.338030602684471**2)
    assert math.sqrt(found.low) == closely(62.4076199113286 - half, 1e-8)
    assert math.sqrt(found.high) == closely(62.4076199113286 + half, 1e-8)
    assert found.tau == closely(math.sqrt(0.705395309224248), 1e-8)
    assert found.df == 7


# --- The equations, by NumPy and SciPy's root finder


class Solved:
    """The variance between areas and their centre, on both scales, as `methods.md` writes them."""

    def __init__(self, counts: np.ndarray, expected: np.ndarray) -> None:
        self.df = len(counts) - 1
        self.x, self.e = counts / expected, expected
        self.tau_squared = self._root(self._excess_of_roots)
        w = 1 / (1 / (4 * self.e) + self.tau_squared)
        self.root = float(np.average(np.sqrt(self.x), weights=w))
        self.root_variance = float(1 / w.sum())
        self.between = self._root(self._excess_of_ratios)
        self.mean = self._mean(self.between)
        self.mean_variance = float(1 / (1 / (self.mean / self.e + self.between)).sum())

    @staticmethod
    def _root(excess: object) -> float:
        function = excess
        assert callable(function)
        if function(0.0) <= 0:
            return 0.0
        high = 1.0
        while function(high) > 0:
            high *= 4
        return float(brentq(function, 0, high, xtol=1e-16, rtol=1e-14))

    def _excess_of_roots(self, variance: float) -> float:
        y, w = np.sqrt(self.x), 1 / (1 / (4 * self.e) + variance)
        return float((w * (y - np.average(y, weights=w)) ** 2).sum() - self.df)

    def _mean(self, between: float) -> float:
        def pull(mean: float) -> float:
            return float(((self.x - mean) / (mean / self.e + between)).sum())

        least = max(float(self.x.min()), 1e-12)
        if not self.x.max() > least:
            return least
        return float(brentq(pull, least / 2, self.x.max(), xtol=1e-16, rtol=1e-14))

    def _excess_of_ratios(self, between: float) -> float:
        mean = self._mean(between)
        return float(((self.x - mean) ** 2 / (mean / self.e + between)).sum() - self.df)


class Held(NamedTuple):
    """One area as the equations hold it against the others."""

    side: int
    p: float
    low: float
    high: float
    on_counts: bool
    clear: bool


def held(counts: Sequence[int], bases: Sequence[float], place: int, level: float) -> Held:
    """Hold one area against the others; it is not clear where rounding may decide."""
    o, n = np.array(counts, dtype=float), np.array(bases, dtype=float)
    rate = o.sum() / n.sum()
    e = rate * n
    others = np.arange(len(o)) != place
    solved = Solved(o[others], e[others])
    alpha = 1 - level
    mean = solved.mean * e[place]
    clear = abs(mean - 20) > 1e-6
    if mean >= 20:
        error = math.sqrt(1 / (4 * e[place]) + solved.tau_squared + solved.root_variance)
        df = len(o) - 3
        t = (math.sqrt(o[place] / e[place]) - solved.root) / error
        p = float(2 * scipy_t.sf(abs(t), df))
        half = float(scipy_t.isf(alpha / 2, df)) * error
        bottom, top = max(0.0, solved.root - half), solved.root + half
        side = 0 if p >= alpha else 1 if t > 0 else -1
        clear &= abs(p - alpha) > 1e-9
        return Held(side, p, 1000 * rate * bottom**2, 1000 * rate * top**2, False, bool(clear))
    variance = mean + e[place] ** 2 * (solved.between + solved.mean_variance)
    usual = nbinom(mean / (variance / mean - 1), mean / variance)
    low, high = float(usual.cdf(o[place])), float(usual.sf(o[place] - 1))
    tail = min(low, high) - float(usual.pmf(o[place])) / 2
    chance = poisson(mean)
    one_sided = float(chance.cdf(o[place]) if low < high else chance.sf(o[place] - 1))
    called = 2 * tail < alpha and one_sided <= alpha / 2
    ends = []
    for q in (alpha / 2, 1 - alpha / 2):
        at = float(usual.ppf(q))
        ends.append(1000 * at / float(n[place]))
        clear &= min(abs(usual.cdf(at) - q), abs(usual.cdf(at - 1) - q)) > 1e-6
    clear &= min(abs(2 * tail - alpha), abs(one_sided - alpha / 2), abs(low - high)) > 1e-6
    side = (-1 if low < high else 1) if called else 0
    return Held(side, min(1.0, 2 * tail), ends[0], ends[1], True, bool(clear))


some_areas = st.lists(
    st.tuples(st.integers(0, 400) | st.integers(0, 12), st.integers(1, 1000)),
    min_size=4,
    max_size=12,
).filter(lambda areas: sum(count > 0 for count, _ in areas) > 2)

some_levels = st.sampled_from([0.95, 0.998])


@given(some_areas, some_levels)
@example([(2, 56), (9, 80), (14, 110), (5, 60), (61, 300), (7, 70), (11, 90)], 0.95)
def test_areas_are_held_as_the_equations_say(areas: list[tuple[int, int]], level: float) -> None:
    """Of any areas, with few events and with many, p, side and range are those of the equations."""
    counts, bases = zip(*areas, strict=True)
    for place, found in enumerate(unusual_among(counts, bases, level=level)):
        expected = held(counts, bases, place, level)
        if expected.clear:
            assert found.p == near(expected.p, SEARCHED)
            assert found.side == expected.side
            assert (found.low, found.high) == near((expected.low, expected.high), SEARCHED)
            assert (found.t is None) == expected.on_counts


@given(some_areas)
def test_the_spread_of_all_is_as_the_equations_say(areas: list[tuple[int, int]]) -> None:
    """`spread_among` solves the same equations over all areas, with k - 2 degrees of freedom."""
    counts, bases = (np.array(column, dtype=float) for column in zip(*areas, strict=True))
    rate = counts.sum() / bases.sum()
    solved = Solved(counts, rate * bases)
    assert spread_among(counts.tolist(), bases.tolist()) == Spread(
        near(rate),
        near(solved.tau_squared, SEARCHED),
        near(solved.root, SEARCHED),
        near(solved.root_variance, SEARCHED),
        near(solved.between, SEARCHED),
        near(solved.mean, SEARCHED),
        near(solved.mean_variance, SEARCHED),
        len(areas) - 2,
    )


def test_worked_spread_of_all() -> None:
    """The spread of the eight areas made up, from which the overdispersed funnel is drawn."""
    spread = spread_among(ROOT_COUNTS, ROOT_BASES)
    assert 1000 * spread.rate == closely(5.5375, CLOSED)
    assert spread.tau_squared == closely(0.011533055428547703, CLOSED)
    assert spread.centre == closely(0.9624985154399347, CLOSED)
    assert spread.centre_variance == closely(0.0014951713889572718, CLOSED)
    assert spread.df == 6


@pytest.mark.parametrize(
    ("counts", "bases"),
    [
        ([1, 0, 0, 23, 0], [54_186, 5671, 9899, 6_808_228, 5079]),
        ([1, 0, 0, 3, 5], [146_238, 5790, 214_949, 2_513_677, 6_799_365]),
        ([15, 10, 0, 0, 3], [6_533_598, 1_508_222, 13_957, 10_649, 509_340]),
    ],
)
def test_areas_with_hardly_any_events_have_an_answer(counts: list[int], bases: list[float]) -> None:
    """Few events and bases far apart are what rare offences have; the search ends with them too."""
    for place, found in enumerate(unusual_among(counts, bases)):
        expected = held(counts, bases, place, 0.95)
        assert found.p == near(expected.p, SEARCHED)
        assert found.side == expected.side


# --- Decisions


ALIKE = [10**6] * 9
"""Nine large areas with one rate: the tenth is judged by next to chance alone."""


@pytest.mark.parametrize(
    ("base", "p", "side"),
    [
        (5.5, 0.0307, 0),  # P(X <= 1) is 0.0266: Poisson variation alone explains it
        (5.7, 0.0258, -1),  # P(X <= 1) is 0.0224
    ],
)
def test_nothing_is_unusual_that_poisson_variation_explains(
    base: float, p: float, side: int
) -> None:
    """A p below 0.05 is not enough: the exact Poisson tail must be no more than 0.025 as well."""
    found = unusual_among([*ALIKE, 1], [*map(float, ALIKE), base], per=1)[-1]
    assert round(found.p, 4) == p
    assert found.p < 0.05
    assert found.side == side


@pytest.mark.parametrize(("count", "side"), [(11, 0), (12, 1)])
def test_the_poisson_condition_is_on_the_side_of_the_count(count: int, side: int) -> None:
    """At 5.6 expected P(X >= 11) is 0.0282 and P(X >= 12) 0.0125; by mid-p both would be called."""
    base = 5.6
    found = unusual_among([*ALIKE, count], [*map(float, ALIKE), base], per=1)[-1]
    assert found.side == side
    mid = float(poisson.sf(count, base) + poisson.pmf(count, base) / 2)
    assert found.p == closely(2 * mid, 1e-4)
    assert found.p < 0.05


def test_the_middle_of_the_distribution_has_a_p_of_at_most_one() -> None:
    """Twice the smaller tail without half of the count itself is a probability."""
    for count in range(12):
        found = unusual_among([*ALIKE, count], [*map(float, ALIKE), 3.0], per=1)[-1]
        assert 0 < found.p <= 1


def test_from_twenty_expected_events_on_the_test_is_on_roots() -> None:
    """The expected count by the others' centre decides: below 20 on counts, and else on roots."""
    for base, on_counts in ((19.9, True), (20.1, False)):
        found = unusual_among([*ALIKE, 20], [*map(float, ALIKE), base], per=1)[-1]
        assert (found.t is None) == (found.df is None) == on_counts
    # The centre of the others, and not the rate of all: it is one half.
    others, bases = [50] * 9, [100.0] * 9
    for base, on_counts in ((39.0, True), (41.0, False)):
        found = unusual_among([*others, 2000], [*bases, base], per=1)[-1]
        assert (found.t is None) == on_counts


def test_the_centre_and_not_the_ratios_decides_whether_few_are_expected() -> None:
    """Where one huge area has the lowest rate, the centre is its rate, below all other ratios."""
    found = unusual_among([10**6, 2, 2, 2, 30], [1e6, 1.0, 1.0, 1.0, 15.0], per=1)[-1]
    assert found.centre == closely(1.0, 1e-4)
    assert found.t is None


@given(some_areas, some_levels)
def test_a_rate_is_unusual_on_roots_where_it_is_outside_the_range(
    areas: list[tuple[int, int]], level: float
) -> None:
    """On the root scale the range and the side are one decision."""
    counts, bases = zip(*areas, strict=True)
    for found, count, base in zip(
        unusual_among(counts, bases, level=level), counts, bases, strict=True
    ):
        assume(abs(found.p - (1 - level)) > 1e-9)
        if found.t is not None:
            rate = 1000 * count / base
            assert (found.side > 0) == (rate > found.high)
            assert (found.side < 0) == (rate < found.low)


@given(some_areas)
def test_what_is_unusual_at_the_stricter_level_is_so_at_the_other(
    areas: list[tuple[int, int]],
) -> None:
    """The p, and with it the test, is the same at each level; the wider range holds the other."""
    counts, bases = zip(*areas, strict=True)
    for usual, strict in zip(
        unusual_among(counts, bases), unusual_among(counts, bases, level=0.998), strict=True
    ):
        assert strict.p == usual.p
        assert strict.side in (0, usual.side)
        assert strict.low <= usual.low <= usual.high <= strict.high


# --- Laws


@given(some_areas, st.integers(-20, 20), some_levels)
def test_the_unit_of_the_base_changes_nothing(
    areas: list[tuple[int, int]], power: int, level: float
) -> None:
    """People, thousands or millions of people: the test is the same, and so is its range."""
    counts, bases = zip(*areas, strict=True)
    unit = 2.0**power  # a power of two, for which floats are exact
    once = unusual_among(counts, bases, 1000, level)
    other = unusual_among(counts, [base * unit for base in bases], 1000 * unit, level)
    assert other == once


@given(some_areas, st.floats(0.001, 10**6))
def test_another_unit_of_the_rates_moves_the_range_alone(
    areas: list[tuple[int, int]], per: float
) -> None:
    """Rates per 100,000 in place of per 1,000 have a hundredfold range and centre."""
    counts, bases = zip(*areas, strict=True)
    once, other = unusual_among(counts, bases, 1), unusual_among(counts, bases, per)
    for a, b in zip(once, other, strict=True):
        assert (b.low, b.high, b.centre) == near((a.low * per, a.high * per, a.centre * per))
        assert b._replace(low=0, high=0, centre=0) == a._replace(low=0, high=0, centre=0)


@given(some_areas, st.integers(0, 5000))
@example([(5, 50), (9, 80), (14, 110), (5, 60), (61, 300)], 1000)
def test_an_areas_own_count_changes_nothing_of_what_it_is_judged_by(
    areas: list[tuple[int, int]], count: int
) -> None:
    """With any other count of its own, an area has the same range, centre and spread of others."""
    counts, bases = zip(*areas, strict=True)
    assume(sum(c > 0 for c in counts[1:]) > 1)
    once = unusual_among(counts, bases)[0]
    again = unusual_among([count, *counts[1:]], bases)[0]
    expected = held(counts, bases, 0, 0.95)
    assume(expected.clear)
    assert (again.low, again.high) == near((once.low, once.high), SEARCHED)
    assert again.centre == near(once.centre, SEARCHED)
    assert again.df == once.df
    # tau is on the scale of the root of the rate over that of all, which is the unit here.
    rate, other = sum(counts), count + sum(counts[1:])
    assert again.tau * math.sqrt(other) == near(once.tau * math.sqrt(rate), 1e-5)


@given(some_areas, st.randoms())
def test_the_order_of_the_areas_changes_nothing(
    areas: list[tuple[int, int]], chance: Random
) -> None:
    """Each area has the same figures wherever it stands."""
    order = list(range(len(areas)))
    chance.shuffle(order)
    counts, bases = zip(*areas, strict=True)
    once = unusual_among(counts, bases)
    again = unusual_among([counts[i] for i in order], [bases[i] for i in order])
    for place, found in zip(order, again, strict=True):
        assert (found.p, found.q, found.low, found.high) == near(
            (once[place].p, once[place].q, once[place].low, once[place].high), SEARCHED
        )
        assert (found.side, found.df) == (once[place].side, once[place].df)


@given(st.integers(4, 12), st.integers(1, 10**6), st.floats(1, 10**6))
def test_areas_that_are_alike_have_no_spread(areas: int, count: int, base: float) -> None:
    """Where all have one rate, none is unusual, and a spread of zero is a result."""
    for found in unusual_among([count] * areas, [base] * areas):
        assert (found.side, found.tau) == (0, 0)
        assert found.p > 0.7
        assert found.centre == near(1000 * count / base)


@given(some_areas)
def test_q_is_that_of_all_areas_together(areas: list[tuple[int, int]]) -> None:
    """The q of an area is its p adjusted for all areas that are shown."""
    counts, bases = zip(*areas, strict=True)
    found = unusual_among(counts, bases)
    assert tuple(area.q for area in found) == false_discovery([area.p for area in found])


def test_rates_are_per_thousand_at_95_per_cent_unless_asked_otherwise() -> None:
    """The unit and the level are those of the tables."""
    assert unusual_among(ROOT_COUNTS, ROOT_BASES) == unusual_among(
        ROOT_COUNTS, ROOT_BASES, 1000, 0.95
    )


def test_twenty_expected_events_are_enough_for_the_root_scale() -> None:
    """Of 20, 19, 20 and 21 in equal areas, 20 are expected of the first: no fewer than 20."""
    first, _, _, last = unusual_among([20, 19, 20, 21], [1, 1, 1, 1])
    assert first.t is not None
    assert last.t is None  # of the last, 59 / 3


@pytest.mark.parametrize(("count", "side"), [(104, 1), (96, -1)])
def test_an_unusual_rate_is_on_its_own_side_at_any_level(count: int, side: int) -> None:
    """At low levels a t below 1 is beyond the critical value, and still above or below."""
    found = unusual_among([count, *[10_000] * 5], [1, *[100] * 5], level=0.2)[0]
    assert found.t is not None
    assert float(scipy_t.ppf(0.6, 3)) < abs(found.t) < 1
    assert found.side == side


# --- False discoveries


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_false_discovery_agrees_with_statsmodels(p_values: list[float]) -> None:
    """Benjamini and Hochberg's values are those of `multipletests(method="fdr_bh")`."""
    expected = multipletests(p_values, method="fdr_bh")[1]
    assert false_discovery(p_values) == near(tuple(expected), 1e-14)


def test_false_discovery_of_the_paper() -> None:
    """The fifteen p of Benjamini and Hochberg (1995, 3.2): four are below 0.05, and no fifth."""
    p_values = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
        0.5719, 0.6528, 0.7590, 1.0000,
    ]  # fmt: skip
    found = false_discovery(p_values)
    assert sum(q <= 0.05 for q in found) == 4
    assert found[3] == closely(0.0095 * 15 / 4, CLOSED)


def test_no_p_values_are_none_adjusted() -> None:
    """Of no values there is nothing to adjust."""
    assert false_discovery([]) == ()


# --- Errors


@pytest.mark.parametrize(
    ("counts", "bases", "message"),
    [
        ([1, 2, 3], [1, 2, 3], "counts has 3 areas: there must be 4 or more"),
        ([], [], "counts has 0 areas: there must be 4 or more"),
        ([1] * 5, [1] * 4, "counts has 5 areas and bases 4: they must have the same"),
        ([1, 2, -1, 3], [1] * 4, "counts[2] is -1: it must be a number from 0 to 1e+15"),
        ([1, 2, math.nan, 3], [1] * 4, "counts[2] is nan: it must be a number from 0 to 1e+15"),
        ([1] * 4, [1, 0, 1, 1], "bases[1] is 0: it must be a number from 1e-15 to 1e+15"),
        (
            [0, 0, 5, 0],
            [1] * 4,
            "counts has no events in all areas but one: there is no rate to expect",
        ),
    ],
)
def test_areas_without_an_answer_are_an_error(
    counts: list[float], bases: list[float], message: str
) -> None:
    """Both functions refuse the same areas, and say in full why."""
    for function in (unusual_among, spread_among):
        with pytest.raises(MethodError) as raised:
            function(counts, bases)
        assert raised.value.message == message


def test_few_events_must_be_whole() -> None:
    """On counts half an event has no probability; on the root scale it has a place."""
    with pytest.raises(MethodError, match=r"a count is 1\.5: where few are expected"):
        unusual_among([1.5, 2, 3, 4], [1, 1, 1, 1])
    halves = [100.5, 200.5, 300.5, 250.5]
    assert all(area.t is not None for area in unusual_among(halves, [1, 2, 3, 2]))


@pytest.mark.parametrize(("per", "level", "named"), [(0, 0.95, "per"), (1, 1, "level")])
def test_the_unit_and_the_level_are_checked(per: float, level: float, named: str) -> None:
    """The unit is above zero, and the level between zero and one."""
    with pytest.raises(MethodError, match=rf"^{named} "):
        unusual_among([1, 2, 3, 4], [1, 1, 1, 1], per, level)


@pytest.mark.parametrize("p", [-0.1, 1.1, math.nan])
def test_p_values_are_probabilities(p: float) -> None:
    """A value that is no probability is named by its place."""
    with pytest.raises(MethodError, match=r"^p_values\[1\] "):
        false_discovery([0.5, p])


@pytest.mark.parametrize("steps", [1, 2])
def test_a_search_on_counts_without_an_end_is_an_error(
    monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    """Where the steps do not suffice the one error is raised, and no figure returned."""
    monkeypatch.setattr(unusual, "_MOST_STEPS", steps)
    with pytest.raises(MethodError, match="differ too much"):
        unusual_among(FEW_COUNTS, FEW_BASES)
