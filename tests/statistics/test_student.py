"""Student's t distribution is as precise as the results need."""

from __future__ import annotations

import math

import pytest
from calculating import CLOSED, closely
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.stats import t as scipy_t

from crimecmp.errors import MethodError
from crimecmp.statistics.student import critical, two_sided

degrees = st.integers(1, 1000)


@given(st.floats(-2, 8), degrees)
@example(2, 160)
def test_probabilities_agree_with_scipy(power: float, df: int) -> None:
    """From a t near zero to one of a hundred million, in relative terms."""
    t = 10**power  # nearer to zero SciPy loses digits: it is off by 3e-9 at 1e-8
    # At a thousand degrees of freedom the logarithms of gamma leave twelve digits.
    assert two_sided(t, df) == closely(2 * scipy_t.sf(t, df), 1e-11)


@given(st.floats(-100, 100), degrees)
def test_a_sign_changes_nothing(t: float, df: int) -> None:
    """A t below zero is as probable as one above."""
    assert two_sided(t, df) == two_sided(-t, df)


@given(st.floats(0, 1e6))
def test_one_and_two_degrees_of_freedom_have_closed_forms(t: float) -> None:
    """With one degree it is Cauchy's distribution, and with two a root is enough."""
    assert two_sided(t, 1) == closely(math.atan2(1, t) * 2 / math.pi, CLOSED)
    root = math.sqrt(2 + t * t)
    assert two_sided(t, 2) == closely(2 / (root * (root + t)), CLOSED)


def test_nothing_is_nearer_than_zero() -> None:
    """Every t is at least as far from zero as zero is, and none is as far as infinity."""
    for df in (1, 39, 160):
        assert two_sided(0, df) == 1
        assert two_sided(1e200, df) < 1e-190


@given(st.floats(0.001, 0.9999), degrees)
@example(0.95, 39)
@example(0.998, 1)
@example(1 - 2**-40, 3)
def test_critical_values_agree_with_scipy(level: float, df: int) -> None:
    """The value that a share of all t stays within is SciPy's."""
    assert critical(df, level) == closely(scipy_t.isf((1 - level) / 2, df), CLOSED)


@pytest.mark.parametrize(
    ("df", "level", "value"),
    [
        (1, 0.95, 12.706),
        (4, 0.99, 4.604),
        (10, 0.95, 2.228),
        (30, 0.998, 3.385),
        (60, 0.90, 1.671),
        (120, 0.95, 1.980),
    ],
)
def test_critical_values_are_those_of_the_printed_table(
    df: int, level: float, value: float
) -> None:
    """The table in the NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2."""
    assert round(critical(df, level), 3) == value


def test_worked_critical_values() -> None:
    """The values at 80 and 160 degrees of freedom, as in the worked usual variation."""
    assert critical(80, 0.95) == closely(1.9900634212544464, CLOSED)
    assert critical(160, 0.95) == closely(1.974901560000799, CLOSED)


@given(st.floats(0.01, 0.9999), st.integers(1, 500))
def test_critical_values_give_back_their_level(level: float, df: int) -> None:
    """The share beyond the critical value is what the level leaves."""
    assert two_sided(critical(df, level), df) == closely(1 - level, CLOSED)


@pytest.mark.parametrize("level", [0, 1, 95, math.nan])
def test_a_level_of_t_is_between_zero_and_one(level: float) -> None:
    """The level is checked as everywhere else."""
    with pytest.raises(MethodError, match=r"^level "):
        critical(10, level)
