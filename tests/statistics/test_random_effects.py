"""The variance between areas is the root of Paule and Mandel's equation."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from calculating import CLOSED, closely, near
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import brentq
from statsmodels.stats.meta_analysis import combine_effects

from crimecmp.errors import MethodError
from crimecmp.statistics import random_effects
from crimecmp.statistics.random_effects import Centre, between_variance

Group = list[tuple[float, float]]

KACKER = (
    [61.00, 61.40, 62.21, 62.30, 62.34, 62.60, 62.70, 62.84, 65.90],
    [0.2025, 1.2100, 0.0900, 0.2025, 0.3844, 0.5625, 0.0676, 0.0225, 1.8225],
)
"""Nine laboratories' values and the variances of their errors (Kacker, Metrologia 41, 2004)."""

TRIALS = (  # cases and others among the vaccinated, cases and others among the rest
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619),
    (33, 5036, 47, 5761), (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892),
    (29, 7470, 45, 7232), (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338),
    (27, 16886, 29, 17825),
)  # fmt: skip
"""The trials of BCG vaccine of Colditz and others (JAMA 271, 1994): `dat.bcg` of metafor."""

effects = st.tuples(st.floats(-5, 5), st.floats(0.01, 10))
groups = st.lists(effects, min_size=2, max_size=12)


class Solved:
    """The variance between areas by the equation as it is written, and SciPy's root finder."""

    def __init__(self, some: Sequence[Group]) -> None:
        self.some = [np.array(group, dtype=float).T for group in some]
        self.df = sum(len(group) - 1 for group in some)
        spread = max(float(np.ptp(y)) for y, _ in self.some)
        self.variance = 0.0
        if self.excess(0.0) > 0:
            self.variance = float(brentq(self.excess, 0, 10 + 10 * spread**2, xtol=1e-15))

    def excess(self, variance: float) -> float:
        """Return how much the generalised Q is above its degrees of freedom."""
        q = 0.0
        for y, s in self.some:
            w = 1 / (s + variance)
            q += float((w * (y - (w * y).sum() / w.sum()) ** 2).sum())
        return q - self.df

    @property
    def centres(self) -> list[tuple[float, float]]:
        """The weighted mean of each group, and its variance."""
        found = []
        for y, s in self.some:
            w = 1 / (s + self.variance)
            found.append((float(np.average(y, weights=w)), float(1 / w.sum())))
        return found


def test_values_of_metafor_for_kackers_laboratories() -> None:
    """`rma(y, v, method="PM")`, as quoted in the tests of statsmodels with all its digits."""
    found = between_variance([list(zip(*KACKER, strict=True))])
    assert found.variance == closely(0.705395309224248, 1e-9)
    [centre] = found.centres
    assert centre.mean == closely(62.4076199113286, 1e-12)
    assert math.sqrt(centre.variance) == closely(0.338030602684471, 1e-9)
    assert found.df == 8


def test_figures_of_kackers_paper() -> None:
    """Table 1 of the paper, page 135: a between-laboratory standard deviation of 0.8399."""
    found = between_variance([list(zip(*KACKER, strict=True))])
    assert round(math.sqrt(found.variance), 4) == 0.8399


def test_figures_of_metafor_for_the_vaccine_trials() -> None:
    """The log risk ratios of `dat.bcg` have a tau^2 of 0.3181, as in metafor's own tests.

    Its test_misc_rma_uni.r has it for the iterated estimators, whose fixed point is Paule and
    Mandel's root.
    """
    group = []
    for a, b, c, d in TRIALS:
        error = 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)
        group.append((math.log(a / (a + b) / (c / (c + d))), error))
    found = between_variance([group])
    assert round(found.variance, 4) == 0.3181


def test_figures_of_dersimonian_and_kacker() -> None:
    """The CLASP trials, their tables 3 and 4: tau 0.3681, mean -0.3811, its error 0.2060.

    The counts are those of metafor's test_analysis_example_dersimonian2007.r.
    """
    trials = [
        (5, 156, 8, 74), (5, 303, 17, 303), (12, 565, 9, 477), (69, 1570, 94, 1565),
        (9, 103, 11, 105), (313, 4659, 352, 4650),
    ]  # fmt: skip
    group = []
    for a, n, b, m in trials:
        odds = (a / (n - a)) / (b / (m - b))
        group.append((math.log(odds), 1 / a + 1 / (n - a) + 1 / b + 1 / (m - b)))
    found = between_variance([group])
    [centre] = found.centres
    figures = (math.sqrt(found.variance), centre.mean, math.sqrt(centre.variance))
    assert tuple(round(figure, 4) for figure in figures) == (0.3681, -0.3811, 0.2060)


@given(groups)
def test_one_group_agrees_with_statsmodels(group: Group) -> None:
    """`combine_effects` iterates to the same root where there is one."""
    assume(Solved([group]).excess(0.0) > 0.01)  # it does not stop at zero
    y, s = (np.array(column) for column in zip(*group, strict=True))
    other = combine_effects(y, s, method_re="iterated", atol=1e-8, maxiter=1000)
    assume(other.tau2 > 0)  # its answer is zero too where its last step rounds to past the root
    found = between_variance([group])
    assert found.variance == near(other.tau2, 1e-6)
    assert found.centres[0].mean == near(other.mean_effect_re, 1e-6)
    assert math.sqrt(found.centres[0].variance) == near(other.sd_eff_w_re, 1e-6)


@given(st.lists(groups, min_size=1, max_size=5))
def test_several_groups_agree_with_a_root_finder(some: list[Group]) -> None:
    """One variance for all groups, and a centre of its own for each."""
    found, expected = between_variance(some), Solved(some)
    assert found.variance == near(expected.variance)
    assert found.df == expected.df
    for centre, (mean, variance) in zip(found.centres, expected.centres, strict=True):
        assert centre == Centre(near(mean), near(variance))


@given(st.lists(groups, min_size=1, max_size=3))
def test_the_variance_is_zero_exactly_where_errors_explain_all(some: list[Group]) -> None:
    """Zero where Q at zero is at most its degrees of freedom, and above zero where it is more."""
    excess = Solved(some).excess(0.0)
    assume(abs(excess) > 1e-9)
    assert (between_variance(some).variance > 0) == (excess > 0)


def test_alike_effects_have_no_variance() -> None:
    """Where all effects are the same there is nothing to divide by, and the variance is zero."""
    found = between_variance([[(2.0, 1.0), (2.0, 3.0)], [(5.0, 0.5), (5.0, 0.5)]])
    assert found.variance == 0
    assert found.centres == (Centre(2.0, 0.75), Centre(5.0, 0.25))
    assert between_variance([[(2.0, 1.0), (2.0, 3.0)]], start=7.0).variance == 0


@given(st.lists(groups, min_size=1, max_size=3), st.floats(0, 1000))
def test_the_start_does_not_matter(some: list[Group], start: float) -> None:
    """From below or from above the root, the search ends at the same variance."""
    once, again = between_variance(some), between_variance(some, start)
    assert again.variance == near(once.variance)
    for a, b in zip(once.centres, again.centres, strict=True):
        assert a == near(b)


@given(groups, st.floats(-100, 100), st.floats(0.01, 100))
def test_the_variance_is_of_the_scale_and_not_of_the_place(
    group: Group, shift: float, scale: float
) -> None:
    """Effects moved together have the same variance, and effects c times as large c^2 times it."""
    once = between_variance([group])
    other = between_variance([[(scale * (y + shift), scale**2 * s) for y, s in group]])
    assert other.variance == near(scale**2 * once.variance, 1e-7)
    assert other.centres[0].mean == near(scale * (once.centres[0].mean + shift), 1e-7)


@given(groups, st.integers(2, 4))
def test_the_same_group_several_times_has_the_same_variance(group: Group, times: int) -> None:
    """Each group counts one degree of freedom fewer than it has effects, however many there are."""
    found = between_variance([group] * times)
    assert found.variance == near(between_variance([group]).variance, CLOSED)
    assert found.df == times * (len(group) - 1)


def test_a_variance_just_above_zero_is_found() -> None:
    """Where errors explain all but next to nothing, Q rounds: the search ends all the same."""
    group = [
        (0.0, 2.0), (0.0, 3.25), (2.65625, 8.9375), (-1.0, 2.0), (-3.75, 9.25),
        (-3.796875, 4.4375), (-4.7578125, 4.796875), (-0.875, 3.0), (-0.15625, 3.75),
    ]  # fmt: skip
    for times in (1, 2):
        assert between_variance([group] * times).variance == closely(0.00146815252974, 1e-9)


def test_a_search_without_an_end_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the steps do not suffice the one error is raised, and no figure returned."""
    monkeypatch.setattr(random_effects, "_MOST_STEPS", 2)
    with pytest.raises(MethodError, match="differ too much"):
        between_variance([list(zip(*KACKER, strict=True))])
