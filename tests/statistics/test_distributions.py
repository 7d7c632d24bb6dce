"""The distributions have the precision that the methods need."""

from __future__ import annotations

import math
from fractions import Fraction

from calculating import (
    EXACT,
    closely,
)
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.special import erfinv
from scipy.stats import norm

from crimecmp.statistics import (
    count_ratio,
    margin_difference,
)


@given(st.floats(1e-9, 1 - 1e-9))
@example(0.95)
@example(0.998)
def test_critical_values_have_full_precision(level: float) -> None:
    """An estimate of standard error one has an interval of half width z, to the last digits."""
    margin_of_one = 1.959963984540054
    z = margin_difference(0, margin_of_one, 0, 0, level=level).high
    low = math.sqrt(2) * float(erfinv(level))  # isf loses the digits of a low level
    assert z == closely(low if level < 0.5 else norm.isf((1 - level) / 2), 4e-15)


def test_critical_values_as_worked() -> None:
    """The values of z at 95 % and 99.8 % are the worked ones."""
    for level, z in ((0.95, 1.9599639845400536), (0.998, 3.090232306167813)):
        assert margin_difference(0, 1.959963984540054, 0, 0, level=level).high == closely(z, 1e-15)


def test_every_small_split_has_its_exact_probability() -> None:
    """Up to 30 events, the sum of all outcomes no more likely, in exact fractions."""
    for base_a, base_b in ((1, 1), (1, 3), (7, 2), (1, 1000), (10**6, 1)):
        share = Fraction(base_a, base_a + base_b)
        for n in range(1, 31):
            outcomes = [math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]
            for k in range(n + 1):
                limit = outcomes[k] * (1 + Fraction(1, 10**7))
                p = float(sum(outcome for outcome in outcomes if outcome <= limit))
                assert count_ratio(k, n - k, base_a, base_b).p == closely(p, EXACT)
