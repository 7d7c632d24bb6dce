"""Ranges of printed figures hold all values that rounding allows, and no others."""

from __future__ import annotations

from fractions import Fraction

import pytest
from calculating import (
    ULP,
    near,
    printed_figures,
)
from hypothesis import given
from hypothesis import strategies as st

from crimecmp.statistics import (
    Interval,
    difference_range,
    percent_range,
    ratio_range,
    relative_index_range,
    rounding_interval,
)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5.0", 4.95, 5.05),
        ("5", 4.5, 5.5),
        ("-11", -11.5, -10.5),
        ("+13", 12.5, 13.5),
        ("0", -0.5, 0.5),
        ("-0.0", -0.05, 0.05),
        (".5", 0.45, 0.55),
        ("007", 6.5, 7.5),
        ("60.7", 60.65, 60.75),
    ],
)
def test_a_printed_figure_stands_for_half_a_unit_either_side(
    text: str, low: float, high: float
) -> None:
    """The last decimal printed says how far the figure reaches; ends are the nearest floats."""
    assert rounding_interval(text) == Interval(low, high)


@given(st.sampled_from(["", "+", "-"]), printed_figures(10**15))
def test_a_rounding_interval_holds_its_figure_and_is_exact(sign: str, digits: str) -> None:
    """The figure lies between the ends, each of which is the float nearest to its decimal."""
    text = sign + digits
    half = Fraction(1, 2 * 10 ** len(text.partition(".")[2]))
    low, high = rounding_interval(text)
    assert low < float(text) < high
    assert (low, high) == (float(Fraction(text) - half), float(Fraction(text) + half))


@pytest.mark.parametrize(
    ("value", "benchmark", "ratio", "percent"),
    [
        (
            "54.0",
            "60.7",
            (0.8880658436213992, 0.8911788953009067),
            (-11.193415637860083, -10.882110469909334),
        ),
        (
            "48.5",
            "53.9",
            (0.8980537534754404, 0.9015784586815226),
            (-10.194624652455964, -9.842154131847735),
        ),
        ("1.6", "1.2", (1.24, 1.4347826086956523), (24.0, 43.47826086956523)),
        (
            "5.2",
            "5.9",
            (0.865546218487395, 0.8974358974358974),
            (-13.4453781512605, -10.256410256410264),
        ),
        (
            "5.0",
            "8.9",
            (0.5530726256983239, 0.5706214689265536),
            (-44.692737430167604, -42.93785310734464),
        ),
        (
            "47.4",
            "36.8",
            (1.2849389416553598, 1.2911564625850338),
            (28.493894165535984, 29.115646258503382),
        ),
    ],
)
def test_worked_ranges_of_rates(
    value: str, benchmark: str, ratio: tuple[float, float], percent: tuple[float, float]
) -> None:
    """The six rates' ratios and per cent differences have the worked ranges."""
    assert ratio_range(value, benchmark) == near(ratio)
    assert percent_range(value, benchmark) == near(percent)


def test_worked_ranges_of_percentages_and_changes() -> None:
    """Detection and the two changes have the worked gaps, ratios and relative indices."""
    assert difference_range("36", "26") == Interval(9, 11)
    assert ratio_range("36", "26") == near((35.5 / 26.5, 36.5 / 25.5))
    assert ratio_range("36", "26") == pytest.approx((1.340, 1.431), abs=0.0005)
    assert difference_range("-11", "-16") == Interval(4, 6)
    assert relative_index_range("-11", "-16") == near((88.5 / 84.5, 89.5 / 83.5))
    assert relative_index_range("-11", "-16") == pytest.approx((1.047, 1.072), abs=0.0005)
    assert difference_range("+13", "-1") == Interval(13, 15)
    assert relative_index_range("+13", "-1") == near((112.5 / 99.5, 113.5 / 98.5))
    assert relative_index_range("+13", "-1") == pytest.approx((1.131, 1.152), abs=0.0005)


@given(printed_figures(), printed_figures())
def test_ranges_hold_what_the_figures_as_printed_give(a: str, b: str) -> None:
    """Difference, ratio, per cent difference and index of the printed figures are in range."""
    low, high = difference_range(a, b)
    assert low <= float(Fraction(a) - Fraction(b)) <= high
    ratio, percent = ratio_range(a, b), percent_range(a, b)
    if ratio is None or percent is None:
        assert rounding_interval(b).low <= 0
        return
    exact = Fraction(a) / Fraction(b)
    assert ratio.low <= float(exact) <= ratio.high
    assert percent.low <= float(100 * (exact - 1)) <= percent.high
    index = relative_index_range(a, b)
    assert index is not None
    assert index.low <= float((100 + Fraction(a)) / (100 + Fraction(b))) <= index.high


@given(printed_figures(), printed_figures())
def test_swapped_figures_have_opposite_ranges(a: str, b: str) -> None:
    """Differences change sign, ratios and indices turn over."""
    low, high = difference_range(a, b)
    assert difference_range(b, a) == Interval(-high, -low)
    one, other = relative_index_range(a, b), relative_index_range(b, a)
    assert one is not None
    assert other is not None
    assert one == near((1 / other.high, 1 / other.low), ULP)


def test_a_ratio_to_what_may_be_zero_has_no_range() -> None:
    """Where rounding lets the second figure be zero or negative, ratio ranges are None."""
    for text in ("0", "0.0", "-3"):
        assert ratio_range("5", text) is None
        assert percent_range("5", text) is None
    assert relative_index_range("-11", "-100") is None
    assert relative_index_range("-11", "-99") is not None


def test_a_ratio_from_below_zero_takes_the_widest_ends() -> None:
    """A first figure that may be negative is divided by the smallest second one."""
    assert ratio_range("-2", "4") == near((-2.5 / 3.5, -1.5 / 4.5))
    assert ratio_range("0", "4") == near((-0.5 / 3.5, 0.5 / 3.5))
