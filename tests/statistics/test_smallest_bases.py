"""A smallest base is the first from which on a difference of printed figures is not chance."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from calculating import (
    any_float,
    near,
    printed_figures,
    usual_levels,
)
from hypothesis import assume, example, given
from hypothesis import strategies as st
from scipy.stats import norm

from crimecmp.errors import MethodError
from crimecmp.statistics import (
    poisson_interval,
    rate_interval,
    rounding_interval,
    smallest_base,
    smallest_base_percent,
    wilson_interval,
)
from crimecmp.statistics.smallest_bases import smallest_base_usual


@pytest.mark.parametrize(
    ("value", "benchmark", "at_95", "at_998"),
    [
        ("54.0", "60.7", 5355, 13011),
        ("48.5", "53.9", 7372, 17953),
        ("1.6", "1.2", 59571, 145046),
        ("5.2", "5.9", 62486, 152046),
        ("5.0", "8.9", 2349, 5326),
        ("47.4", "36.8", 1461, 3545),
    ],
)
def test_worked_smallest_bases(value: str, benchmark: str, at_95: int, at_998: int) -> None:
    """The six rates have the worked smallest bases at both levels."""
    assert smallest_base(value, benchmark) == at_95
    assert smallest_base(value, benchmark, 1000, 0.998) == at_998


def test_worked_smallest_base_of_percentages() -> None:
    """Detection, 36 against 26 %, differs by more than chance from 93 or 230 crimes on."""
    assert smallest_base_percent("36", "26") == 93
    assert smallest_base_percent("36", "26", 0.998) == 230


def nearest(value: str, benchmark: str) -> tuple[float, float] | None:
    """Return the rounding ends that face each other, None where there is no gap."""
    a, b = rounding_interval(value), rounding_interval(benchmark)
    if a.high < b.low:
        return a.high, b.low
    return (a.low, b.high) if b.high < a.low else None


def outside(number: float, interval: tuple[float, float]) -> bool:
    """Say whether a number lies strictly outside an interval."""
    return not interval[0] <= number <= interval[1]


@given(printed_figures(), printed_figures(), st.sampled_from([1, 1000, 100_000]), usual_levels)
@example("0", "9", 1, 0.998)
@example("0.0", "0.2", 1000, 0.95)
@example("1", "20", 10**15, 0.95)  # every base implies fewer than 10 events
@example("5.7", "11.4", 2, 0.9)  # the first base with 10 events is the answer
def test_a_smallest_base_is_the_smallest(a: str, b: str, per: float, level: float) -> None:
    """At the base and beyond the benchmark's nearest end is left out, at one less it is not."""
    base = smallest_base(a, b, per, level)
    ends = nearest(a, b)
    assert (base is None) == (ends is None)
    if base is None or ends is None:
        return
    value, benchmark = ends

    def left_out(at: int) -> bool:
        low, high = poisson_interval(value * at / per, level)
        return outside(benchmark, (low / at * per, high / at * per))

    assert left_out(base)
    assert base == 1 or not left_out(base - 1)
    for beyond in (base + 1, base + 7, base + base // 3, 2 * base, 10 * base):
        assert left_out(beyond)


@given(printed_figures(100), printed_figures(100), usual_levels)
def test_a_smallest_base_of_percentages_is_the_smallest(a: str, b: str, level: float) -> None:
    """As for rates; and it is the closed form that Wilson's interval implies."""
    assume(float(a) <= 100 and float(b) <= 100)
    base = smallest_base_percent(a, b, level)
    ends = nearest(a, b)
    assert (base is None) == (ends is None)
    if base is None or ends is None:
        return
    value, benchmark = ends[0] / 100, ends[1] / 100
    assert outside(benchmark, wilson_interval(value * base, base, level))
    assert base == 1 or not outside(benchmark, wilson_interval(value * (base - 1), base - 1, level))
    bound = norm.isf((1 - level) / 2) ** 2 * benchmark * (1 - benchmark) / (value - benchmark) ** 2
    assert base == math.floor(bound) + 1


@given(printed_figures(), printed_figures())
def test_a_higher_level_needs_no_smaller_base(a: str, b: str) -> None:
    """What cannot be chance at 99.8 % cannot be at 95 % either."""
    at_95, at_998 = smallest_base(a, b, 1000, 0.95), smallest_base(a, b, 1000, 0.998)
    assert (at_95 is None) == (at_998 is None)
    assert at_95 is None or at_998 is None or at_95 <= at_998


@pytest.mark.parametrize(("a", "b"), [("5.0", "5.0"), ("5.0", "5"), ("5.0", "5.1"), ("0", "1")])
def test_figures_that_may_be_equal_have_no_smallest_base(a: str, b: str) -> None:
    """Ranges that overlap or touch leave no gap that any base could show."""
    assert smallest_base(a, b) is None
    assert smallest_base(b, a) is None
    assert smallest_base_percent(a, b) is None


def test_a_base_that_nothing_has_is_no_answer() -> None:
    """Where no base up to 10^15 is large enough there is no smallest base."""
    assert smallest_base("1.00000", "1.00002") == 38_415_169_709_424
    assert smallest_base("1.000000000000", "1.000000000002") is None
    assert smallest_base_percent("1.000000000000", "1.000000000002") is None


def test_the_largest_base_looked_at_is_ten_to_the_fifteenth() -> None:
    """A smallest base grows with the unit of the rates: the last one before none is 10^15."""
    has, has_none = 1e14, 1e15
    while math.nextafter(has, has_none) != has_none:
        middle = (has + has_none) / 2
        if smallest_base("5.0", "8.9", middle) is None:
            has_none = middle
        else:
            has = middle
    assert smallest_base("5.0", "8.9", has) == 10**15


def test_where_the_method_changes_the_last_answer_counts() -> None:
    """Byar's wider interval from ten events on takes back what the exact one said below ten."""
    value, benchmark = rounding_interval("10.00").low, rounding_interval("2.93").high

    def left_out(base: int) -> bool:
        return outside(benchmark, rate_interval(value * base / 1000, base, 1000, 0.998))

    assert [base for base in range(900, 1100) if left_out(base) != left_out(base - 1)] == [
        990,
        1001,
        1010,
    ]
    assert smallest_base("10.00", "2.93", 1000, 0.998) == 1010


def test_at_ten_events_byars_interval_is_the_one_that_counts() -> None:
    """Base 200 implies 10 events: 199 excludes the benchmark, by the exact interval, 200 not."""
    benchmark = rounding_interval("0.14610211").high

    def left_out(base: int) -> bool:
        return outside(benchmark, rate_interval(0.5 * base / 10, base, 10, 0.998))

    assert [left_out(base) for base in (199, 200, 201)] == [True, False, True]
    assert smallest_base("1", "0.14610211", 10, 0.998) == 201


@pytest.mark.parametrize(
    ("value", "benchmark", "sigma", "base"),
    [("5.0", "8.9", 0.10, 2753), ("54.0", "60.7", 0.05, 19368), ("5.2", "5.9", 0.08, None)],
)
def test_worked_smallest_bases_with_usual_variation(
    value: str, benchmark: str, sigma: float, base: int | None
) -> None:
    """Three rates have the worked smallest bases (methods.md, smallest_base_usual)."""
    assert smallest_base_usual(value, benchmark, sigma) == base


usual_sigmas = st.sampled_from([0.0, 0.01, 0.05, 0.1, 0.3])


@given(printed_figures(), printed_figures(), usual_sigmas, st.sampled_from([1, 1000]), usual_levels)
@example("9", "0", 0.0, 1, 0.95)
@example("1000000", "1", 0.0, 1, 0.95)  # one of the base is enough
def test_a_smallest_base_with_usual_variation_is_the_smallest(
    a: str, b: str, sigma: float, per: float, level: float
) -> None:
    """At the base the log ratio is z standard errors from zero, at one less it is not."""
    base = smallest_base_usual(a, b, sigma, per, level)
    ends = nearest(a, b)
    if ends is None:
        assert base is None
        return
    value, benchmark = ends[0] / per, ends[1] / per
    distance, z = abs(math.log(value / benchmark)), float(norm.isf((1 - level) / 2))
    assert (base is None) == (distance <= z * sigma)
    if base is None:
        return

    def apart(at: float) -> bool:
        return distance >= z * math.sqrt(1 / (value * at) + sigma**2)

    assert apart(base * (1 + 1e-6))
    assert base == 1 or not apart((base - 1) * (1 - 1e-6))


@given(printed_figures(), printed_figures(), usual_sigmas, usual_sigmas, usual_levels)
def test_usual_variation_and_a_higher_level_need_no_smaller_base(
    a: str, b: str, less: float, more: float, level: float
) -> None:
    """What is beyond a larger sigma, or at a higher level, is beyond a smaller one too."""
    loose = smallest_base_usual(a, b, min(less, more), 1000, level)
    strict = smallest_base_usual(a, b, max(less, more), 1000, max(level, 0.95))
    if strict is not None:
        assert loose is not None
        assert loose <= strict


@given(printed_figures(), printed_figures(), usual_levels)
def test_without_usual_variation_the_base_is_near_the_poisson_bound(
    a: str, b: str, level: float
) -> None:
    """At sigma zero the log scale needs about what the count's interval does, for many events."""
    usual, poisson = smallest_base_usual(a, b, 0.0, 1, level), smallest_base(a, b, 1, level)
    ends = nearest(a, b)
    if usual is None or poisson is None or ends is None:
        assert usual is poisson is None
    elif poisson * ends[0] > 100:
        assert usual == pytest.approx(poisson, rel=0.4)


def test_no_base_is_large_enough_for_a_usual_difference() -> None:
    """Where a usual year moves as far as the rates are apart, no size shows more."""
    distance = math.log(8.85 / 5.05)
    z = float(norm.isf(0.025))
    assert smallest_base_usual("5.0", "8.9", distance / z * (1 + 1e-9)) is None
    assert smallest_base_usual("5.0", "8.9", distance / z * (1 - 1e-6)) is not None
    assert smallest_base_usual("5.0", "8.9", 1e15) is None
    assert smallest_base_usual("1.00000", "1.00002", 0.0) == near(38_415_169_709_424, 1e-4)
    assert smallest_base_usual("1.000000000000", "1.000000000002", 0.0) is None


@pytest.mark.parametrize(
    ("call", "named"),
    [
        *[
            (lambda sigma=sigma: smallest_base_usual("1", "5", sigma), "sigma")
            for sigma in (-0.1, math.nan, math.inf)
        ],
        (lambda: smallest_base_usual("x", "5", 0.1), "value_text"),
        (lambda: smallest_base_usual("1", "-5", 0.1), "benchmark_text"),
        (lambda: smallest_base_usual("1", "5", 0.1, 0), "per"),
        (lambda: smallest_base_usual("1", "1", 0.1, 1000, 1), "level"),
    ],
)
def test_a_bad_argument_of_usual_variation_is_named(call: Callable[[], object], named: str) -> None:
    """What has no answer raises the one error, which begins with the name of the argument."""
    with pytest.raises(MethodError, match=f"^{named} is "):
        call()


@given(printed_figures(), printed_figures(), any_float, any_float, any_float)
@example("0", "9", 0.0, 1e15, 1 - 2.0**-53)
@example("1.000000000000001", "1.000000000000003", 0.0, 1e-15, 5e-324)
def test_any_sigma_gives_a_base_or_the_one_error(
    a: str, b: str, sigma: float, per: float, level: float
) -> None:
    """Whatever numbers come in, there is no other error, and a base is a whole number from 1."""
    try:
        base = smallest_base_usual(a, b, sigma, per, level)
    except MethodError:
        return
    assert base is None or 1 <= base <= 10**15
