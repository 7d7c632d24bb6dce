"""Usual variation from year to year is that of the formulas, and widens what is tested by it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pytest
from bundled import BEHAVIOUR, CITY, FORCES, METRICS, NATIONAL, counted
from calculating import CLOSED, closely, near, usual_levels
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import chi2_contingency
from scipy.stats import t as scipy_t

from crimecmp.errors import MethodError
from crimecmp.statistics import (
    UsualRatio,
    UsualVariation,
    usual_change,
    usual_index,
    usual_ratio,
    usual_variation,
)
from crimecmp.statistics.random_effects import Centre

Counts = list[tuple[float, float]]

# --- Worked cases

SMALL = (
    (1200, 830, 2500, 640, 910),
    (1150, 900, 2380, 700, 880),
    (1010, 880, 2450, 655, 960),
)
"""Five forces in three years, made up; the later year last."""

SMALL_PAIRS: list[Counts] = [
    list(zip(SMALL[year + 1], SMALL[year], strict=True)) for year in range(2)
]


def test_worked_small_case() -> None:
    """Of five forces over three years sigma, df and both centres have the worked values."""
    for pairs in (SMALL_PAIRS, SMALL_PAIRS[::-1]):
        found = usual_variation(pairs)
        assert found.sigma_squared == closely(0.003921327525236455, CLOSED)
        assert found.sigma == closely(0.06262050403211758, CLOSED)
        assert found.df == 8
        centres = sorted(centre.mean for centre in found.centres)
        assert centres == closely([-0.01800188925647227, 0.0029888889776483385], CLOSED)


ENDS = {
    **{metric: [f"{year}-06-30" for year in range(2010, 2015)] for metric in METRICS},
    BEHAVIOUR: [f"{year}-03-31" for year in range(2012, 2015)],
}
SPREAD = tuple(force for force in FORCES if force != CITY)


def real_pairs(metric: str, without: str = "") -> list[Counts]:
    """Return the counts of 42 forces, or of all of them but one, in pairs of years."""
    years = [counted(metric, end) for end in ENDS[metric]]
    return [
        [(now[force].events, before[force].events) for force in SPREAD if force != without]
        for before, now in pairwise(years)
    ]


ALL = {  # sigma, df, phi
    METRICS[0]: (0.04336792668281629, 164, 77.13297945812941),
    METRICS[1]: (0.04774830283404252, 164, 84.37518673783472),
    METRICS[2]: (0.11779846678656167, 164, 7.7732840705514965),
    METRICS[3]: (0.08538855272816387, 164, 23.525256249331484),
    METRICS[4]: (0.10551103076136344, 164, 29.106644816229668),
    METRICS[5]: (0.09967933095832725, 82, 226.54667430688704),
}


@pytest.mark.parametrize("metric", METRICS)
def test_worked_variation_of_all_forces(metric: str) -> None:
    """Of the bundled counts of 42 forces sigma, df and phi have the worked values."""
    found = usual_variation(real_pairs(metric))
    assert (found.sigma, found.df, found.phi) == closely(ALL[metric], CLOSED)


class Worked(NamedTuple):
    """The worked figures of a force, left out of what it is judged by."""

    sigma: float
    df: int
    ratio: tuple[float, float, float, float, float]
    relative: tuple[float, float, float, float, float]


REAL = {
    (METRICS[0], "cumbria"): Worked(
        0.043822927317593165,
        160,
        (
            0.7838614423805756,
            0.7181926689896472,
            0.8555347156569398,
            -5.496740029024442,
            1.498612820549792e-07,
        ),
        (
            1.0360110629339156,
            0.9483010064333819,
            1.131833579464689,
            0.789812596611054,
            0.43080616484826706,
        ),
    ),
    (METRICS[0], "lincolnshire"): Worked(
        0.04342947990722818,
        160,
        (
            0.8072711489685972,
            0.7404427418798374,
            0.8801311311426668,
            -4.893085392638951,
            2.4024413632560876e-06,
        ),
        (
            0.9738557976659884,
            0.892684831144433,
            1.0624075615038784,
            -0.6011648223465186,
            0.5485809514570712,
        ),
    ),
    (METRICS[1], "cumbria"): Worked(
        0.04822770744947845,
        160,
        (
            0.762796684331502,
            0.692805475021349,
            0.8398588097318413,
            -5.556100999750465,
            1.1282349348090647e-07,
        ),
        (
            1.0298156701705787,
            0.9343787743289022,
            1.1350004341553825,
            0.596610268527524,
            0.5516108258269395,
        ),
    ),
    (METRICS[1], "lincolnshire"): Worked(
        0.04781395616414449,
        160,
        (
            0.8143689496755625,
            0.7405061706641168,
            0.8955992704299767,
            -4.265162762333563,
            3.4063733130254606e-05,
        ),
        (
            0.9699746996906344,
            0.8814473290635484,
            1.0673932372561599,
            -0.6290748830726036,
            0.5301971588882983,
        ),
    ),
    (METRICS[2], "cumbria"): Worked(
        0.1193468448428235,
        160,
        (
            0.8080124493717299,
            0.627626192002305,
            1.0402435823412937,
            -1.666471421040435,
            0.09757600327575225,
        ),
        (
            1.0545276997917852,
            0.8027725777180005,
            1.3852349974251226,
            0.3843927438493409,
            0.7011977832047857,
        ),
    ),
    (METRICS[2], "lincolnshire"): Worked(
        0.11797521824915287,
        160,
        (
            0.8140712855898399,
            0.6372792112229414,
            1.0399084833634342,
            -1.659253636187948,
            0.09902357249915339,
        ),
        (
            0.9896063806757962,
            0.7642835766873787,
            1.2813578867138586,
            -0.0798619089607869,
            0.9364468856991114,
        ),
    ),
    (METRICS[3], "cumbria"): Worked(
        0.08575525353935251,
        160,
        (
            0.9304660087325665,
            0.7821973550512653,
            1.106839581872493,
            -0.8199786186041335,
            0.41344814847409805,
        ),
        (
            1.0761534739852505,
            0.9003408209881474,
            1.286297669253152,
            0.8125809830015895,
            0.4176657363882283,
        ),
    ),
    (METRICS[3], "lincolnshire"): Worked(
        0.08605292383120117,
        160,
        (
            0.7328905398908531,
            0.6160796369559632,
            0.8718492078645013,
            -3.534833777776428,
            0.0005337631776087409,
        ),
        (
            0.9645227087267778,
            0.8077452831131238,
            1.1517294809375602,
            -0.4021566267974459,
            0.6881054849477489,
        ),
    ),
    (METRICS[4], "cumbria"): Worked(
        0.10633243667656082,
        160,
        (
            0.34547069903234007,
            0.27631855969318586,
            0.4319290170823691,
            -9.397747231114666,
            5.596840872363473e-17,
        ),
        (
            1.0736456775717873,
            0.8480150662296788,
            1.3593096241716744,
            0.5948559159982164,
            0.5527801028850539,
        ),
    ),
    (METRICS[4], "lincolnshire"): Worked(
        0.10619504145012304,
        160,
        (
            0.6922102160314499,
            0.5585072303059254,
            0.8579208239002506,
            -3.385011326524867,
            0.0008953916528377482,
        ),
        (
            1.0559162737215182,
            0.8479734868870303,
            1.3148514598056937,
            0.4899450967683048,
            0.6248438723588374,
        ),
    ),
    (METRICS[5], "cumbria"): Worked(
        0.09886945101629432,
        80,
        (
            1.3057671881135777,
            1.0720881106472608,
            1.5903804292024548,
            2.692584367448353,
            0.008633287519237734,
        ),
        (
            0.998528992661824,
            0.8195104500479051,
            1.2166533680296,
            -0.014827471688588126,
            0.9882067387917255,
        ),
    ),
    (METRICS[5], "lincolnshire"): Worked(
        0.0998993854364259,
        80,
        (
            0.8144268276407247,
            0.66728430207313,
            0.9940156774559373,
            -2.0500074910938944,
            0.043639443145184066,
        ),
        (
            0.8821674221328702,
            0.7225128284914444,
            1.0771010977028888,
            -1.2497130067258733,
            0.21504815263181132,
        ),
    ),
}


def figures(found: UsualRatio) -> tuple[float, float, float, float, float]:
    """Return the figures of a ratio in the order in which the worked ones are."""
    return found.ratio, found.low, found.high, found.t, found.p


@pytest.mark.parametrize(("metric", "force"), list(REAL))
def test_worked_forces_against_the_rest(metric: str, force: str) -> None:
    """Rate and change on the year, against the rest of England and Wales."""
    worked = REAL[metric, force]
    usual = usual_variation(real_pairs(metric, without=force))
    assert (usual.sigma, usual.df) == (closely(worked.sigma, CLOSED), worked.df)
    before, now = (counted(metric, end) for end in ENDS[metric][-2:])
    of, rest = now[force], now[NATIONAL].events - now[force].events
    ratio = usual_ratio(
        of.events, rest, of.base, now[NATIONAL].base - of.base, usual.sigma_squared, usual.df
    )
    assert figures(ratio) == closely(worked.ratio, CLOSED)
    assert ratio.df == worked.df
    rest_before = before[NATIONAL].events - before[force].events
    index = usual_index(
        of.events, before[force].events, rest, rest_before, usual.sigma_squared, usual.df
    )
    assert figures(index) == closely(worked.relative, CLOSED)
    assert index.df == worked.df


# --- The variation, by NumPy and SciPy's root finder

some_pairs = st.lists(
    st.lists(
        st.tuples(st.integers(10, 10**6), st.integers(10, 10**6))
        | st.tuples(st.integers(100, 150), st.integers(100, 150)),
        min_size=2,
        max_size=12,
    ),
    min_size=1,
    max_size=4,
)


class Solved:
    """The equations of `methods.md` over several pairs of years, each with its own centre."""

    def __init__(self, pairs: Sequence[Counts]) -> None:
        self.pairs = [np.array(counts, dtype=float) for counts in pairs]
        self.df = sum(len(counts) - 1 for counts in pairs)
        self.sigma_squared = 0.0
        if self.excess(0.0) > 0:
            self.sigma_squared = float(brentq(self.excess, 0, 1000, xtol=1e-17, rtol=1e-14))

    def excess(self, sigma_squared: float) -> float:
        """Return how much the sum of weighted squares is above its degrees of freedom."""
        q = 0.0
        for counts in self.pairs:
            d, s = np.log(counts[:, 0] / counts[:, 1]), (1 / counts).sum(axis=1)
            w = 1 / (s + sigma_squared)
            q += float((w * (d - np.average(d, weights=w)) ** 2).sum())
        return q - self.df

    @property
    def centres(self) -> list[float]:
        """The common movement of each pair."""
        return [
            float(np.average(
                np.log(counts[:, 0] / counts[:, 1]),
                weights=1 / ((1 / counts).sum(axis=1) + self.sigma_squared),
            ))
            for counts in self.pairs
        ]  # fmt: skip


@given(some_pairs)
def test_the_variation_agrees_with_a_root_finder(pairs: list[Counts]) -> None:
    """One sigma for all pairs of years, however many forces each has."""
    expected = Solved(pairs)
    found = usual_variation(pairs)
    assert found.sigma_squared == near(expected.sigma_squared)
    assert found.df == expected.df
    assert [centre.mean for centre in found.centres] == near(expected.centres)


@given(some_pairs)
def test_phi_is_pearsons_over_its_degrees_of_freedom(pairs: list[Counts]) -> None:
    """Of each pair phi is the chi-square of the table of forces by years over k - 1: the mean."""
    of_pairs = [
        float(chi2_contingency(np.array(counts), correction=False).statistic) / (len(counts) - 1)
        for counts in pairs
    ]
    assert usual_variation(pairs).phi == near(sum(of_pairs) / len(of_pairs))


def test_movements_together_are_no_variation() -> None:
    """Where all forces move alike sigma and phi are zero, and the centre is their movement."""
    found = usual_variation([[(110, 100), (220, 200), (3300, 3000)]])
    assert (found.sigma_squared, found.sigma) == (0, 0)
    assert found.phi == near(0)
    assert found.centres[0].mean == near(math.log(1.1))


@pytest.mark.parametrize("mean", [30, 1000, 50_000])
def test_poisson_counts_have_no_more_variation_than_poisson(mean: int) -> None:
    """Of counts that are Poisson in both years sigma is next to nothing beside their own error.

    Of 42 forces and four pairs of years, drawn with a fixed seed.
    """
    chance = np.random.default_rng(20140630)
    pairs = [
        [(int(a), int(b)) for a, b in chance.poisson(mean, (42, 2))] for _ in range(4)
    ]  # fmt: skip
    found = usual_variation(pairs)
    assert found.sigma_squared < 0.25 * 2 / mean
    assert found.phi == pytest.approx(1, abs=0.25)


def test_counts_more_even_than_poisson_give_a_sigma_of_zero() -> None:
    """Where forces move less than Poisson counts would, sigma is zero and not below."""
    found = usual_variation([[(101, 100), (99, 100), (100, 100), (400, 402)]])
    assert found.sigma_squared == 0
    assert 0 < found.phi < 1


@given(some_pairs, st.floats(0, 10))
def test_the_start_does_not_matter(pairs: list[Counts], start: float) -> None:
    """From any guess the search ends at the same sigma."""
    found = usual_variation(pairs, start)
    assert found.sigma_squared == near(usual_variation(pairs).sigma_squared)


@given(some_pairs)
def test_years_the_other_way_round_have_the_same_sigma(pairs: list[Counts]) -> None:
    """Falls are rises seen from the other end."""
    once = usual_variation(pairs)
    other = usual_variation([[(b, a) for a, b in counts] for counts in pairs])
    assert (other.sigma_squared, other.phi) == near((once.sigma_squared, once.phi))
    assert [-centre.mean for centre in other.centres] == near([c.mean for c in once.centres])


@pytest.mark.parametrize("few", [(9, 500), (500, 9), (0, 10), (10, 0), (9.99, 10)])
def test_counts_below_ten_are_left_out_of_their_pair(few: tuple[float, float]) -> None:
    """A force with a count below 10 in either year is no part of that pair, and is of the other."""
    first, second = SMALL_PAIRS
    assert usual_variation([[*first, few], second]) == usual_variation(SMALL_PAIRS)


def test_counts_of_ten_are_counted_in() -> None:
    """Ten events in each year are enough."""
    first, second = SMALL_PAIRS
    assert usual_variation([[*first, (10, 10)], second]).df == 9


# --- What it does to ratios

large = st.integers(1, 10**7)
sigmas = st.floats(0, 0.1)


def widened(log: float, variance: float, df: int, level: float) -> tuple[float, ...]:
    """Return ratio, ends, t and p by SciPy's t."""
    error = math.sqrt(variance)
    half = float(scipy_t.isf((1 - level) / 2, df)) * error
    p = 2 * float(scipy_t.sf(abs(log) / error, df))
    return math.exp(log), math.exp(log - half), math.exp(log + half), log / error, p


def agrees(found: UsualRatio, expected: tuple[float, ...]) -> None:
    """Hold a ratio against the figures, all ends within what floats hold."""
    assert figures(found) == pytest.approx(expected, rel=1e-8, abs=1e-12)


@given(
    large, large, st.floats(1, 1e7), st.floats(1, 1e7), sigmas, st.integers(3, 200), usual_levels
)
def test_ratios_agree_with_scipy(
    a: int, b: int, n: float, m: float, sigma_squared: float, df: int, level: float
) -> None:
    """The log of the ratio of rates, with the variance 1/a + 1/b + sigma^2."""
    found = usual_ratio(a, b, n, m, sigma_squared, df, level)
    variance = 1 / a + 1 / b + sigma_squared
    agrees(found, widened(math.log(a / n / (b / m)), variance, df, level))
    assert found.df == df


@given(
    large, large, st.floats(-2, 2), st.floats(0, 0.01), sigmas, st.integers(3, 200), usual_levels
)
def test_changes_agree_with_scipy(
    a: int, before: int, mean: float, doubt: float, sigma_squared: float, df: int, level: float
) -> None:
    """The log of the change less the common movement, whose own variance counts."""
    found = usual_change(a, before, Centre(mean, doubt), sigma_squared, df, level)
    variance = 1 / a + 1 / before + sigma_squared + doubt
    agrees(found, widened(math.log(a / before) - mean, variance, df, level))
    assert found.df == df


@given(large, large, large, large, sigmas, st.integers(3, 200), usual_levels)
def test_relative_indices_agree_with_scipy(
    a: int, a0: int, b: int, b0: int, sigma_squared: float, df: int, level: float
) -> None:
    """The log of one change over another, with the variances of all four counts."""
    found = usual_index(a, a0, b, b0, sigma_squared, df, level)
    variance = 1 / a + 1 / a0 + 1 / b + 1 / b0 + sigma_squared
    agrees(found, widened(math.log(a / a0 / (b / b0)), variance, df, level))
    assert found.df == df


def test_one_more_force_is_held_against_the_common_movement() -> None:
    """Of the five made up, one that moved with the rest is usual, and one that halved is not."""
    usual = usual_variation(SMALL_PAIRS)
    movement = usual.centres[-1]
    same = usual_change(1000 * math.exp(movement.mean), 1000, movement, *usual[:2])
    assert (same.ratio, same.t, same.p) == near((1, 0, 1))
    halved = usual_change(500, 1000, movement, *usual[:2])
    assert halved.high < 1
    assert halved.p < 0.001


@given(large, large, st.floats(0.001, 0.1), st.integers(2, 160), usual_levels)
def test_an_interval_leaves_out_one_where_p_is_below_what_the_level_leaves(
    a: int, b: int, sigma_squared: float, df: int, level: float
) -> None:
    """The interval and the p are one decision."""
    found = usual_ratio(a, b, 1, 1, sigma_squared, df, level)
    assume(abs(found.p - (1 - level)) > 1e-9)
    assert (found.low > 1 or found.high < 1) == (found.p < 1 - level)


@given(large, large, sigmas, st.floats(0.001, 0.1), st.integers(2, 160))
def test_more_usual_variation_is_a_wider_interval(
    a: int, b: int, sigma_squared: float, more: float, df: int
) -> None:
    """Sigma widens the interval around the same ratio, and makes a difference less surprising."""
    once = usual_ratio(a, b, 1, 1, sigma_squared, df)
    wider = usual_ratio(a, b, 1, 1, sigma_squared + more, df)
    assert wider.ratio == once.ratio
    assert wider.low < once.low < once.high < wider.high
    assert wider.p >= once.p


def test_intervals_are_at_95_per_cent_unless_asked_otherwise() -> None:
    """All three have the level of the tables."""
    movement = Centre(0.01, 0.0001)
    assert usual_ratio(50, 40, 1, 1, 0.01, 9) == usual_ratio(50, 40, 1, 1, 0.01, 9, 0.95)
    assert usual_change(50, 40, movement, 0.01, 9) == usual_change(50, 40, movement, 0.01, 9, 0.95)
    assert usual_index(50, 40, 30, 20, 0.01, 9) == usual_index(50, 40, 30, 20, 0.01, 9, 0.95)


# --- Errors


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        ([], "pairs is empty: there must be one pair of years or more"),
        (
            [[(10, 10), (20, 20)], [(10, 10), (9, 20), (20, 9)]],
            "pairs[1] has 1 areas with counts of 10 or more: there must be 2 or more",
        ),
        ([[]], "pairs[0] has 0 areas with counts of 10 or more: there must be 2 or more"),
        (
            [[(10, 10), (-1, 10), (20, 20)]],
            "a count of pairs[0] is -1: it must be a number from 0 to 1e+15",
        ),
        (
            [[(10, 10), (20, 20)], [(10, 10), (20, math.nan)]],
            "an earlier count of pairs[1] is nan: it must be a number from 0 to 1e+15",
        ),
    ],
)
def test_years_without_an_answer_are_an_error(pairs: list[Counts], message: str) -> None:
    """What cannot be measured is refused in so many words."""
    with pytest.raises(MethodError) as raised:
        usual_variation(pairs)
    assert raised.value.message == message


def test_a_start_is_zero_or_more() -> None:
    """The guess is a variance."""
    with pytest.raises(MethodError, match=r"^start is -1"):
        usual_variation(SMALL_PAIRS, -1)


NAN = math.nan
NO_MOVEMENT = Centre(0.0, 0.0)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: usual_ratio(0, 1, 1, 1, 0, 1), "count_a"),
        (lambda: usual_ratio(1, NAN, 1, 1, 0, 1), "count_b"),
        (lambda: usual_ratio(1, 1, 0, 1, 0, 1), "base_a"),
        (lambda: usual_ratio(1, 1, 1, -1, 0, 1), "base_b"),
        (lambda: usual_ratio(1, 1, 1, 1, -0.1, 1), "sigma_squared"),
        (lambda: usual_ratio(1, 1, 1, 1, NAN, 1), "sigma_squared"),
        (lambda: usual_ratio(1, 1, 1, 1, 0, 0), "df"),
        (lambda: usual_ratio(1, 1, 1, 1, 0, 1, 1), "level"),
        (lambda: usual_change(0, 1, NO_MOVEMENT, 0, 1), "count"),
        (lambda: usual_change(1, 0, NO_MOVEMENT, 0, 1), "before"),
        (lambda: usual_change(1, 1, NO_MOVEMENT, -1, 1), "sigma_squared"),
        (lambda: usual_change(1, 1, NO_MOVEMENT, 0, 0), "df"),
        (lambda: usual_change(1, 1, NO_MOVEMENT, 0, 1, 0), "level"),
        (lambda: usual_index(0, 1, 1, 1, 0, 1), "count_a"),
        (lambda: usual_index(1, 0, 1, 1, 0, 1), "before_a"),
        (lambda: usual_index(1, 1, 0, 1, 0, 1), "count_b"),
        (lambda: usual_index(1, 1, 1, 0, 0, 1), "before_b"),
        (lambda: usual_index(1, 1, 1, 1, -1, 1), "sigma_squared"),
        (lambda: usual_index(1, 1, 1, 1, 0, 0), "df"),
        (lambda: usual_index(1, 1, 1, 1, 0, 1, 95), "level"),
    ],
)
def test_arguments_of_ratios_are_checked(call: Callable[[], UsualRatio], named: str) -> None:
    """What has no answer raises the one error, which begins with the name of the argument."""
    with pytest.raises(MethodError, match=rf"^{named} is "):
        call()


def test_an_interval_too_wide_for_numbers_is_an_error() -> None:
    """Where the ends are beyond all floats the one error is raised."""
    calls: tuple[Callable[[], UsualRatio], ...] = (
        lambda: usual_ratio(1, 1, 1, 1, 1e10, 1),
        lambda: usual_change(1, 1, Centre(0.0, 0.0), 1e10, 1),
        lambda: usual_index(1, 1, 1, 1, 1e10, 1),
    )
    for call in calls:
        with pytest.raises(MethodError, match="too wide"):
            call()


def test_a_variation_has_its_sigma() -> None:
    """Sigma is the root of the variance."""
    assert UsualVariation(0.0016, 8, (), ()).sigma == near(0.04)
