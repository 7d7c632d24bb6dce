"""A severity score is a weighted sum of counts, with the interval of such a sum."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from calculating import CLOSED, any_float, finite, near, usual_levels
from hypothesis import assume, example, given
from hypothesis import strategies as st

from crimecmp.errors import MethodError
from crimecmp.statistics import poisson_interval, rate_interval
from crimecmp.statistics.severity import severity_score

COUNTS, WEIGHTS, PEOPLE = (30, 900, 4200, 7600), (1500, 90, 12, 3), 625_000

offences = st.lists(st.tuples(st.integers(0, 10**5), st.floats(0.1, 8000)), min_size=1, max_size=20)
some_bases = st.integers(1, 10**7)


def test_worked_severity_score() -> None:
    """Four offences have the worked score and interval (methods.md, section 8, severity)."""
    assert severity_score(COUNTS, WEIGHTS, PEOPLE) == near(
        (318.72, 13.899129181355212, 291.5950566651357, 346.20255911334897, 525.827688197691)
    )


def test_a_few_grave_crimes_decide() -> None:
    """Of 12,730 crimes in the worked example the effective count is only 525.8."""
    assert sum(COUNTS) == 12_730
    assert severity_score(COUNTS, WEIGHTS, PEOPLE).effective_count == near(525.8, 1e-4)


@given(offences, some_bases, usual_levels)
def test_the_score_is_that_of_the_formula(
    pairs: list[tuple[int, float]], base: int, level: float
) -> None:
    """Score, error and Dobson's interval are those of NumPy's sums."""
    counts, weights = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    answer = severity_score(list(counts), list(weights), base, 1000, level)
    total, variance = weights @ counts, weights**2 @ counts
    assert answer.score == near(total / base * 1000)
    assert answer.standard_error == near(math.sqrt(variance) / base * 1000)
    if answer.low is None or answer.high is None:
        return
    low, high = poisson_interval(counts.sum(), level)
    scale = math.sqrt(variance / counts.sum())
    assert answer.low == near(max(0, total + scale * (low - counts.sum())) / base * 1000)
    assert answer.high == near((total + scale * (high - counts.sum())) / base * 1000)


@given(st.integers(10, 10**6), st.floats(0.01, 1000), some_bases, usual_levels)
def test_one_weight_gives_the_interval_of_a_rate(
    count: int, weight: float, base: int, level: float
) -> None:
    """Where all crimes weigh alike the score is a rate times the weight, interval included."""
    low, high = rate_interval(count, base, 1000, level)
    answer = severity_score([count, count], [weight, weight], base / 2, 500, level)
    twice = rate_interval(2 * count, base, 1000, level)
    assert answer.effective_count == near(2 * count)
    assert answer[2:4] == near((twice.low * weight, twice.high * weight))
    alone = severity_score([count], [weight], base, 1000, level)
    assert alone[2:4] == near((low * weight, high * weight))


@given(offences, some_bases, usual_levels, usual_levels)
def test_the_interval_holds_the_score_and_widens_with_the_level(
    pairs: list[tuple[int, float]], base: int, one: float, other: float
) -> None:
    """The score lies in its interval, and that of a higher level holds that of a lower."""
    counts, weights = zip(*pairs, strict=True)
    inner, outer = (
        severity_score(counts, weights, base, level=level) for level in sorted((one, other))
    )
    assume(inner.low is not None)
    assert inner.low is not None
    assert inner.high is not None
    assert outer.low is not None
    assert outer.high is not None
    assert 0 <= outer.low <= inner.low <= inner.score <= inner.high <= outer.high


@given(offences, st.sampled_from([2.0**-5, 2.0, 64.0]))
def test_the_unit_of_the_weights_is_the_unit_of_the_score(
    pairs: list[tuple[int, float]], factor: float
) -> None:
    """Weights in days or in months give the same effective count and a score that scales."""
    counts, weights = zip(*pairs, strict=True)
    one = severity_score(counts, weights, 1000)
    other = severity_score(counts, [weight * factor for weight in weights], 1000)
    assert other.effective_count == one.effective_count
    assert other.score == near(one.score * factor)
    if one.low is not None:
        assert other.low == near(one.low * factor)


@given(offences)
def test_the_effective_count_is_at_most_the_count(pairs: list[tuple[int, float]]) -> None:
    """Unequal weights make a score less certain than as many crimes of one weight."""
    counts, weights = zip(*pairs, strict=True)
    effective = severity_score(counts, weights, 1000).effective_count
    assert 0 <= effective <= sum(counts) * (1 + CLOSED)


def test_an_effective_count_below_ten_has_no_interval() -> None:
    """Nine crimes of one weight have a score and no interval, ten have one."""
    few = severity_score([9], [100], 1000)
    assert few == (near(900.0), near(300.0), None, None, near(9.0))
    for weight in (1, 100, 0.3, 346.6167270874399):  # ten, whatever the rounding
        assert severity_score([10], [weight], 1000).low is not None
    grave = severity_score([9, 1000], [1_000_000, 1], 1000)
    assert (grave.low, grave.high) == (None, None)


def test_a_lower_end_below_zero_is_zero() -> None:
    """At a very high level the normal scale goes below zero; a score does not."""
    answer = severity_score([11, 10_000], [1000, 0.1], 1000, level=0.999999)
    assert answer.low == 0


def test_no_crimes_score_zero() -> None:
    """An area without crimes has a score of zero and no interval."""
    assert severity_score([0, 0], [5, 7], 1000) == (0, 0, None, None, 0)


def test_a_score_is_per_thousand_and_at_95_per_cent_unless_asked_otherwise() -> None:
    """The unit and the level are those of rates."""
    assert severity_score(COUNTS, WEIGHTS, PEOPLE) == severity_score(
        COUNTS, WEIGHTS, PEOPLE, 1000, 0.95
    )


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: severity_score([1], [1, 2], 1), "counts has 1 offences and weights 2"),
        (lambda: severity_score([], [], 1), "counts and weights have 0 offences"),
        (lambda: severity_score([1, -1], [1, 1], 1), r"counts\[1\] is -1"),
        (lambda: severity_score([1, 1], [1, math.nan], 1), r"weights\[1\] is nan"),
        (lambda: severity_score([1], [-1], 1), r"weights\[0\] is -1"),
        (lambda: severity_score([1], [1], 0), "base is 0"),
        (lambda: severity_score([1], [1], 1, 0), "per is 0"),
        (lambda: severity_score([1], [1], 1, 1, 1), "level is 1"),
        (lambda: severity_score([0], [1], 1, 1, 95), "level is 95"),
    ],
)
def test_a_bad_argument_is_named(call: Callable[[], object], message: str) -> None:
    """What has no answer raises the one error, which begins with what is wrong."""
    with pytest.raises(MethodError, match=f"^{message}"):
        call()


@given(st.lists(any_float), st.lists(any_float), any_float, any_float, any_float)
@example([1e15, 1e15], [1e15, 1e15], 1e-15, 1e15, 1 - 2.0**-53)
@example([10], [1e-170], 1, 1, 0.95)  # the variance is too small for a float
def test_numbers_give_finite_answers_or_the_one_error(
    counts: list[float], weights: list[float], base: float, per: float, level: float
) -> None:
    """Whatever floats come in, there is no other error and no overflow."""
    try:
        answer = severity_score(counts, weights, base, per, level)
    except MethodError:
        return
    assert finite(answer)
