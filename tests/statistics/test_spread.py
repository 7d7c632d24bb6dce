"""Funnel limits and overdispersion give the values of their formulas."""

from __future__ import annotations

import math

import numpy as np
import pytest
from calculating import (
    CLOSED,
    EXACT,
    SEARCHED,
    ULP,
    near,
    usual_levels,
)
from hypothesis import assume, example, given
from hypothesis import strategies as st
from scipy.special import gammainccinv, gammaincinv
from scipy.stats import chi2, norm

from crimecmp.statistics import (
    funnel_limits,
    overdispersed_limits,
    overdispersion,
    poisson_interval,
)


@given(st.floats(0.05, 10**5), usual_levels)
def test_funnel_limits_agree_with_scipy(expected: float, level: float) -> None:
    """The limits are the chi-square quantiles of the expected events."""
    alpha = 1 - level
    limits = (chi2.ppf(alpha / 2, 2 * expected) / 2, chi2.isf(alpha / 2, 2 * expected + 2) / 2)
    assert funnel_limits(1, expected, 1, level) == pytest.approx(limits, rel=EXACT)


@given(st.floats(1, 10**8), usual_levels)
@example(9998.5, 0.998)
@example(9999.5, 0.998)
def test_funnel_limits_are_exact_for_many_events(expected: float, level: float) -> None:
    """Up to a hundred million, against the inverse gamma functions that chi-square is made of."""
    tail = (1 - level) / 2
    limits = (gammaincinv(expected, tail), gammainccinv(expected + 1, tail))
    assert funnel_limits(1, expected, 1, level) == pytest.approx(limits, rel=EXACT)


@pytest.mark.parametrize(
    ("expected", "level", "low", "high"),
    [
        (10**6, 0.95, 998040.9833402939, 1001961.9119454322),
        (10**6, 0.998, 996912.6173198152, 1003094.0839149702),
        (10**6, 0.999999, 995116.001930816, 1004900.2859283708),
        (10**7, 0.95, 9993802.996884268, 10006199.897731498),
        (10**7, 0.998, 9990230.677189464, 10009776.022989536),
        (10**7, 0.999999, 9984538.922908079, 10015477.36328288),
    ],
)
def test_funnel_limits_far_out_are_exact_too(
    expected: float, level: float, low: float, high: float
) -> None:
    """Against the gamma density added up in 40 digits; SciPy's own limits lose digits here."""
    assert funnel_limits(1, expected, 1, level) == pytest.approx((low, high), rel=ULP)


@given(st.floats(1, 10**6), st.floats(0.1, 100), usual_levels)
def test_funnel_limits_narrow_with_the_base(base: float, rate: float, level: float) -> None:
    """The larger an area, the less its rate can differ by chance; the rate is always between."""
    small, large = (funnel_limits(size, rate, 1000, level) for size in (base, 1.1 * base))
    assert small.low <= large.low < rate < large.high < small.high


def test_funnel_limits_are_per_unit_of_base() -> None:
    """620,000 people at 60.7 per 1,000 are 37,634 expected events."""
    low, high = funnel_limits(620_000, 60.7, level=0.998)
    z = 3.090232306167813
    spread = z * math.sqrt(37634) / 620
    assert (low, high) == pytest.approx((60.7 - spread, 60.7 + spread), abs=0.01)


def test_no_events_expected_have_limits() -> None:
    """At a rate of zero the limits are those of a count of zero."""
    assert funnel_limits(1000, 0) == near(poisson_interval(0), ULP)


def test_limits_are_per_thousand_and_at_95_per_cent_unless_asked_otherwise() -> None:
    """Both kinds of limits have the unit and the level of the rates that are compared."""
    assert funnel_limits(9000, 8.9) == funnel_limits(9000, 8.9, 1000, 0.95)
    assert overdispersed_limits(9000, 8.9, 0.01) == overdispersed_limits(
        9000, 8.9, 0.01, 1000, 0.95
    )


def test_a_funnel_and_an_interval_may_disagree() -> None:
    """Seven events are below the limits of 13.14 expected, though their interval holds it."""
    expected = 13.143499570060102
    assert funnel_limits(1, expected, 1).low > 7
    assert poisson_interval(7).high > expected


OBSERVED = (100, 150, 180, 80, 120, 225)

EXPECTED = (108, 112, 165, 95, 100, 220)
ADJUSTED = (-0.4976275472, 2.0883095503, 0.6316966898, -1.0567017316, 1.2384216056, 0.1670400777)


def test_worked_overdispersion() -> None:
    """Phi, tau squared, z and adjusted z have the worked values."""
    answer = overdispersion(OBSERVED, EXPECTED)
    assert answer.phi == near(2.327178257594)
    assert answer.tau_squared == near(0.003439780154)
    assert answer.z == near(
        (-0.7846096908, 3.3288869393, 1.1423505727, -1.6050448696, 1.9089023002, 0.3352060516)
    )
    assert answer.adjusted_z == near(ADJUSTED)


many_counts = st.lists(
    st.tuples(st.integers(0, 10**6), st.floats(0.5, 10**6)), min_size=2, max_size=50
)


@given(many_counts, st.floats(0, 0.499))
def test_overdispersion_agrees_with_numpy(areas: list[tuple[int, float]], trim: float) -> None:
    """The same formulas over NumPy's quantiles, at any trim."""
    observed, expected = (np.array(column, dtype=float) for column in zip(*areas, strict=True))
    answer = overdispersion(observed.tolist(), expected.tolist(), trim)
    excess, weights = np.sqrt(observed / expected) - 1, 4 * expected
    z = excess * np.sqrt(weights)
    phi = np.mean(np.clip(z, *np.quantile(z, [trim, 1 - trim])) ** 2)
    size = len(areas)
    spread = weights.sum() - (weights**2).sum() / weights.sum()
    tau_squared = max(0.0, (size * phi - (size - 1)) / spread)
    assert answer.z == near(tuple(z), CLOSED)
    assert answer.phi == near(phi, CLOSED)
    assert answer.tau_squared == near(tau_squared, SEARCHED)  # spread loses digits in this form
    assert answer.adjusted_z == near(tuple(excess / np.sqrt(1 / weights + tau_squared)), SEARCHED)


@given(many_counts)
def test_adjustment_brings_areas_nearer(areas: list[tuple[int, float]]) -> None:
    """No area's z is farther out with the variance between areas than without it."""
    observed, expected = zip(*areas, strict=True)
    answer = overdispersion(observed, expected)
    for plain, adjusted in zip(answer.z, answer.adjusted_z, strict=True):
        assert abs(adjusted) <= abs(plain) * (1 + ULP)


def test_areas_as_expected_are_not_overdispersed() -> None:
    """Where no area differs by more than chance, nothing is adjusted."""
    answer = overdispersion(EXPECTED, EXPECTED)
    assert (answer.phi, answer.tau_squared) == (0, 0)


between = st.floats(0, 4)
"""Variances between areas, from zero to more than any forces have."""


@given(
    st.floats(1, 10**7),
    st.floats(0.1, 100),
    between,
    usual_levels,
    st.floats(0, 10),
)
@example(1000, 10, 0, 0.95, 0)
@example(1000, 10, 4, 0.95, 0)
def test_a_rate_is_outside_where_its_adjusted_z_is_beyond(
    base: float, rate: float, tau_squared: float, level: float, times: float
) -> None:
    """A rate is outside the limits where its adjusted z is beyond the deviate of the level."""
    expected = rate / 1000 * base
    observed = times * expected
    z = (math.sqrt(times) - 1) / math.sqrt(1 / (4 * expected) + tau_squared)
    deviate = float(norm.isf((1 - level) / 2))
    assume(abs(abs(z) - deviate) > 1e-9 * deviate)  # on the line itself floats decide
    low, high = overdispersed_limits(base, rate, tau_squared, 1000, level)
    value = 1000 * observed / base
    assert (value > high) == (z > deviate)
    assert (value < low) == (z < -deviate)


@given(st.floats(1, 10**7), st.floats(0.1, 100), usual_levels)
def test_without_spread_the_z_of_the_limits_is_that_of_the_level(
    base: float, rate: float, level: float
) -> None:
    """With no variance between areas, the z of both limits is the deviate, above and below."""
    expected = rate / 1000 * base
    deviate = float(norm.isf((1 - level) / 2))
    low, high = overdispersed_limits(base, rate, 0, 1000, level)
    for end, sign in ((low, -1), (high, 1)):
        z = (math.sqrt(end * base / 1000 / expected) - 1) * 2 * math.sqrt(expected)
        if end > 0:
            assert z == pytest.approx(sign * deviate, rel=1e-6)
        else:
            assert 2 * math.sqrt(expected) <= deviate * (1 + ULP)


@given(st.floats(1, 10**7), st.floats(0.1, 100), between, usual_levels)
def test_limits_with_spread_narrow_as_the_base_grows(
    base: float, rate: float, tau_squared: float, level: float
) -> None:
    """A larger base has limits no wider, the rate is between them, and spread widens both."""
    small, large = (
        overdispersed_limits(size, rate, tau_squared, 1000, level) for size in (base, 2 * base)
    )
    assert small.low <= large.low < rate < large.high
    assert large.high <= small.high
    wider = overdispersed_limits(base, rate, tau_squared + 0.1, 1000, level)
    assert wider.low <= small.low
    assert wider.high > small.high


@given(st.floats(1, 10**7), st.floats(0.1, 100), between, usual_levels, st.floats(0.01, 10**6))
def test_limits_with_spread_are_per_unit_of_base(
    base: float, rate: float, tau_squared: float, level: float, per: float
) -> None:
    """In other units the limits are the same rates."""
    usual = overdispersed_limits(base, rate, tau_squared, 1000, level)
    other = overdispersed_limits(base, rate * per / 1000, tau_squared, per, level)
    assert other == near((usual.low * per / 1000, usual.high * per / 1000), CLOSED)


@pytest.mark.parametrize(
    ("observed", "expected", "z"), list(zip(OBSERVED, EXPECTED, ADJUSTED, strict=True))
)
def test_worked_limits_with_spread(observed: int, expected: int, z: float) -> None:
    """Each area of the worked case is on one of its limits at the level of its own adjusted z."""
    level = 1 - 2 * float(norm.sf(abs(z)))
    low, high = overdispersed_limits(expected, 1, 0.003439780154, 1, level)
    assert (high if z > 0 else low) == pytest.approx(observed / expected, rel=1e-8)
