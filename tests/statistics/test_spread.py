"""The overdispersion of version 0.1 gives the values of its formulas."""

from __future__ import annotations

import numpy as np
from calculating import CLOSED, SEARCHED, ULP, near
from hypothesis import given
from hypothesis import strategies as st

from crimecmp.statistics import overdispersion

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
