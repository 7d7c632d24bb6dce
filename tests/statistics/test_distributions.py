"""The distributions are as precise as floats allow."""

from __future__ import annotations

import math

import pytest
from calculating import closely
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.special import erfinv
from scipy.stats import norm

from crimecmp.errors import MethodError
from crimecmp.statistics.distributions import Level, gamma_quantile


@given(st.floats(1e-9, 1 - 1e-9))
@example(0.95)
@example(0.998)
def test_critical_values_have_full_precision(level: float) -> None:
    """The deviate of a level is that of SciPy, to the last digits."""
    low = math.sqrt(2) * float(erfinv(level))  # isf loses the digits of a low level
    assert Level.of(level).z == closely(low if level < 0.5 else norm.isf((1 - level) / 2), 4e-15)


def test_critical_values_as_worked() -> None:
    """The deviates at 95% and 99.8% are the worked ones, with half of the rest in each tail."""
    for level, z in ((0.95, 1.9599639845400536), (0.998, 3.090232306167813)):
        assert Level.of(level) == closely(((1 - level) / 2, z), 1e-15)


@pytest.mark.parametrize("level", [0, 1, -0.5, 95, math.nan])
def test_a_level_is_between_zero_and_one(level: float) -> None:
    """A level that is a percentage, or leaves no tail, is refused in so many words."""
    with pytest.raises(MethodError) as raised:
        Level.of(level)
    assert raised.value.message == f"level is {level}: it must be above 0 and below 1"


@pytest.mark.parametrize(
    ("level", "low", "high", "tolerance"),
    [
        (0.95, 9804.952467260184, 10196.941824999883, 1e-15),
        (0.998, 9693.824385823726, 10311.875224539537, 1e-15),
        (1 - 2**-20, 9517.553325502338, 10497.79250968703, 3e-14),
        (1 - 2**-30, 9400.02657564749, 10624.281428935876, 2e-13),
    ],
)
def test_the_expansion_of_gamma_quantiles_is_exact_where_it_begins(
    level: float, low: float, high: float, tolerance: float
) -> None:
    """At a shape of 10,000 it is off by the last digit, and far out by the next of its terms.

    The quantiles are roots of the incomplete gamma function, found with mpmath in 60 digits.
    """
    checked = Level.of(level)
    assert gamma_quantile(1e4, checked, upper=False) == pytest.approx(low, rel=tolerance)
    assert gamma_quantile(1e4, checked, upper=True) == pytest.approx(high, rel=tolerance)
