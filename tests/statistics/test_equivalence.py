"""Two rates are equivalent where the interval of their ratio lies within the margin."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from calculating import CLOSED, PROBABILITY, any_float, finite, near
from hypothesis import assume, example, given
from hypothesis import strategies as st
from scipy.stats import norm
from statsmodels.stats.rates import tost_poisson_2indep

from crimecmp.errors import MethodError
from crimecmp.statistics import count_ratio
from crimecmp.statistics.equivalence import equivalence

some_counts = st.integers(1, 10**6)
some_bases = st.floats(0.1, 10**6)
margins = st.floats(0.001, 0.9)
one_sided = st.sampled_from([0.9, 0.95, 0.99, 0.999])


@pytest.mark.parametrize(
    ("counts", "sigma", "low", "high", "p", "equivalent"),
    [
        ((4100, 4150), 0, 0.9528092902040871, 1.0243904876261392, 0.037623888108117925, True),
        ((410, 415), 0, 0.8810363715113724, 1.1078416339753594, 0.286869400605824, False),
        ((4100, 4150), 0.043, 0.9124842875474013, 1.0696609100309322, 0.20872778205198067, False),
    ],
)
def test_worked_equivalence(
    counts: tuple[int, int], sigma: float, low: float, high: float, p: float, equivalent: bool
) -> None:
    """At 5% the three pairs have the worked answers (methods.md, section 6, equivalence)."""
    answer = equivalence(counts[0], 1000, counts[1], 1000, 0.05, sigma)
    assert answer == (near(counts[0] / counts[1]), near(low), near(high), near(p), equivalent)


@given(some_counts, some_bases, some_counts, some_bases, margins)
def test_p_agrees_with_statsmodels(
    count_a: int, base_a: float, count_b: int, base_b: float, margin: float
) -> None:
    """Without usual variation it is the two one-sided tests of statsmodels, on the log ratio."""
    peer = tost_poisson_2indep(
        count_a, base_a, count_b, base_b, 1 - margin, 1 / (1 - margin), method="wald-log"
    )
    answer = equivalence(count_a, base_a, count_b, base_b, margin)
    assert answer.p == pytest.approx(peer.pvalue, rel=PROBABILITY, abs=1e-12)


@given(some_counts, some_bases, some_counts, some_bases, st.floats(0, 1), one_sided)
def test_the_interval_is_of_twice_the_tail(
    count_a: int, base_a: float, count_b: int, base_b: float, sigma: float, level: float
) -> None:
    """Each end is one-sided: tests at 5% go with the 90% interval, usual variation included."""
    answer = equivalence(count_a, base_a, count_b, base_b, 0.1, sigma, level)
    half = norm.ppf(level) * math.sqrt(1 / count_a + 1 / count_b + sigma * sigma)
    ratio = count_a / base_a / (count_b / base_b)
    assert answer[:3] == pytest.approx(
        (ratio, ratio * math.exp(-half), ratio * math.exp(half)), rel=CLOSED
    )
    if not sigma:
        plain = count_ratio(count_a, count_b, base_a, base_b, 2 * level - 1)
        assert answer[:3] == pytest.approx(plain[:3], rel=CLOSED)


@given(some_counts, some_counts, margins, st.floats(0, 0.2), one_sided)
@example(4100, 4150, 0.05, 0, 0.95)
@example(100_000, 100_000, 0.05, 0, 0.99)
def test_equivalent_is_the_interval_within_the_margin_and_a_small_p(
    count_a: int, count_b: int, margin: float, sigma: float, level: float
) -> None:
    """The interval lies within 1 - m to 1 / (1 - m) exactly where p is at most 1 - level."""
    answer = equivalence(count_a, 1, count_b, 1, margin, sigma, level)
    assume(abs(answer.p - (1 - level)) > CLOSED)
    assert answer.equivalent == (answer.p < 1 - level)
    assert answer.equivalent == (1 - margin <= answer.low and answer.high <= 1 / (1 - margin))


@given(some_counts, some_bases, some_counts, some_bases, margins, st.floats(0, 1))
def test_either_area_may_be_first(
    count_a: int, base_a: float, count_b: int, base_b: float, margin: float, sigma: float
) -> None:
    """Exchanging the areas turns the ratio over and leaves p as it is."""
    one = equivalence(count_a, base_a, count_b, base_b, margin, sigma)
    other = equivalence(count_b, base_b, count_a, base_a, margin, sigma)
    assert one.p == pytest.approx(other.p, rel=1e-6, abs=CLOSED)
    assert one[:3] == pytest.approx((1 / other.ratio, 1 / other.high, 1 / other.low), rel=CLOSED)


@given(some_counts, some_counts, margins, margins, st.floats(0, 1), st.floats(0, 1))
def test_a_wider_margin_is_easier_and_usual_variation_harder_to_stay_within(
    count_a: int, count_b: int, one: float, other: float, less: float, more: float
) -> None:
    """What is equivalent within 5% is so within 10%, and what is so with sigma is so without."""
    strict = equivalence(count_a, 1, count_b, 1, min(one, other), max(less, more))
    loose = equivalence(count_a, 1, count_b, 1, max(one, other), min(less, more))
    assert loose.equivalent >= strict.equivalent


def test_no_counts_are_enough_against_a_large_usual_variation() -> None:
    """Equal rates of any size are not equivalent where a usual year moves more than the margin."""
    assert not equivalence(1e12, 1, 1e12, 1, 0.05, 0.0312).equivalent
    assert equivalence(1e12, 1, 1e12, 1, 0.05, 0.0311).equivalent


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: equivalence(0, 1, 1, 1, 0.1), "count_a"),
        (lambda: equivalence(1, 1, 0.5, 1, 0.1), "count_b"),
        (lambda: equivalence(1, 0, 1, 1, 0.1), "base_a"),
        (lambda: equivalence(1, 1, 1, math.nan, 0.1), "base_b"),
        *[
            (lambda margin=margin: equivalence(1, 1, 1, 1, margin), "margin")
            for margin in (0, 1, -0.1, 5, math.nan)
        ],
        (lambda: equivalence(1, 1, 1, 1, 0.1, -0.1), "sigma"),
        (lambda: equivalence(1, 1, 1, 1, 0.1, 11), "sigma"),
        *[
            (lambda level=level: equivalence(1, 1, 1, 1, 0.1, 0, level), "level")
            for level in (0, 0.5, 1, 95, math.nan)
        ],
    ],
)
def test_a_bad_argument_is_named(call: Callable[[], object], named: str) -> None:
    """What has no answer raises the one error, which begins with the name of the argument."""
    with pytest.raises(MethodError, match=f"^{named} is "):
        call()


def test_the_level_is_named_as_it_was_given() -> None:
    """The message speaks of the level of each test, not of the interval's."""
    with pytest.raises(MethodError, match=r"^level is 0.3: it must be above 0.5 and below 1"):
        equivalence(1, 1, 1, 1, 0.1, 0, 0.3)


@given(st.tuples(*[any_float] * 7))
@example((1, 1e-15, 1e15, 1e15, 1 - 2.0**-53, 10, 1 - 2.0**-53))
@example((1e15, 1e-15, 1, 1e15, 1e-15, 10, 1 - 2.0**-53))
@example((1, 1, 1, 1, 0.5, 0, math.nextafter(0.5, 1)))
def test_numbers_give_finite_answers_or_the_one_error(arguments: tuple[float, ...]) -> None:
    """Whatever floats come in, there is no other error and no overflow."""
    try:
        answer = equivalence(*arguments)
    except MethodError:
        return
    assert finite(answer)
