"""Rules of scales: they hold every figure, and their ticks are round figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crimecmp.render.matplotlib.scales import (
    Scale,
    bounds,
    in_figures,
    log_bounds,
    log_ticks,
    ticks,
    without_far_out,
)  # fmt: skip

figures = st.floats(-1e12, 1e12)


def test_a_scale_is_even() -> None:
    """Equal differences are equal distances; on a logarithmic scale equal ratios are."""
    scale = Scale(10, 20, 100, 0)
    assert [scale(figure) for figure in (10, 15, 20)] == [100, 50, 0]
    ratios = Scale(1, 100, 0, 50, logarithmic=True)
    assert [ratios(figure) for figure in (1, 10, 100)] == pytest.approx([0, 25, 50])


@given(st.lists(figures, max_size=8), st.booleans())
def test_bounds_hold_all_figures(found: list[float], from_zero: bool) -> None:
    """Every figure is on the scale, its ends differ, and it includes zero where it must."""
    low, high = bounds(found, from_zero=from_zero)
    assert low < high
    assert all(low <= figure <= high for figure in found)
    if from_zero:
        assert low <= 0 <= high
        assert low == 0 or min(found) < 0


@given(st.lists(st.floats(1e-3, 1e12), max_size=8))
def test_logarithmic_bounds_hold_all_figures(found: list[float]) -> None:
    """Every base is on the scale, and its ends differ."""
    low, high = log_bounds(found)
    assert 0 < low < high
    assert all(low <= figure <= high for figure in found)


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e12), st.integers(2, 10))
def test_ticks_are_few_and_between_the_ends(low: float, size: float, steps: int) -> None:
    """There are at least two ticks, and at most one more than the steps, or six."""
    found = ticks(low, low + size, steps)
    assert 2 <= len(found) <= max(steps + 1, 6)
    assert all(low - size / 1e3 <= tick <= low + size * 1.001 for tick in found)


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e12), st.integers(2, 10))
def test_ticks_are_multiples_of_a_round_step(low: float, size: float, steps: int) -> None:
    """The step is 1, 2 or 5 times a power of ten, and every tick is a multiple of it."""
    found = ticks(low, low + size, steps)
    step = float(f"{found[1] - found[0]:.0e}")
    assert f"{step:.0e}"[0] in "125"
    assert found == pytest.approx([found[0] + n * step for n in range(len(found))])
    error = max(abs(low), size) * 1e-9
    assert all(tick == pytest.approx(step * round(tick / step), abs=error) for tick in found)


@given(st.floats(1e-6, 1e6), st.floats(1e-6, 1e6), st.integers(2, 10))
def test_zero_is_exactly_zero(below: float, above: float, steps: int) -> None:
    """A scale with zero between its ends has a tick at zero, without a rounding error."""
    found = ticks(-below, above, steps)
    assert 0.0 in found
    assert "0" in in_figures(found)


@pytest.mark.parametrize(
    ("low", "high", "steps", "expected"),
    [
        (0, 11, 6, ["0", "2", "4", "6", "8", "10"]),
        (0.61, 1.73, 6, ["0.8", "1.0", "1.2", "1.4", "1.6"]),
        (-17, 14, 4, ["-10", "0", "10"]),
        (84.5, 91.4, 4, ["86", "88", "90"]),
        (0, 3e6, 4, ["0", "1 million", "2 million", "3 million"]),
        (0, 1.1e6, 6, ["0", "200,000", "400,000", "600,000", "800,000", "1 million"]),
        (-0.5e9, 2.5e9, 3, ["0", "1 billion", "2 billion"]),
        (0, 0.0003, 3, ["0", "0.0001", "0.0002", "0.0003"]),
        (0, 0.000021, 5, ["0", "5e-06", "1e-05", "1.5e-05", "2e-05"]),
    ],
)
def test_ticks_are_written_as_people_read_them(
    low: float, high: float, steps: int, expected: list[str]
) -> None:
    """Every tick has the decimals that its step needs, and millions are in words."""
    assert in_figures(ticks(low, high, steps)) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (4.5e5, 9e6, ["500,000", "1 million", "2 million", "5 million"]),
        (3, 4e3, ["5", "10", "20", "50", "100", "200", "500", "1,000", "2,000"]),
        (2e5, 6e5, ["200,000", "300,000", "400,000", "500,000", "600,000"]),
        (6.1e5, 8e5, ["650,000", "700,000", "750,000", "800,000"]),
        (2.1e5, 1.3e6, ["400,000", "600,000", "800,000", "1 million", "1.2 million"]),
    ],
)
def test_logarithmic_ticks_are_round(low: float, high: float, expected: list[str]) -> None:
    """Their first digit is 1, 2 or 5; on less than a decade they are at even steps."""
    assert in_figures(log_ticks(low, high)) == expected


@given(st.floats(1, 1e10), st.floats(1.01, 1e9))
def test_a_logarithmic_scale_has_ticks(low: float, ratio: float) -> None:
    """There are at least two ticks between its ends, and three on a decade or more."""
    found = log_ticks(low, low * ratio)
    assert len(found) >= (3 if ratio > 10 else 2)
    assert all(low * 0.999 <= tick <= low * ratio * 1.001 for tick in found)


def test_far_out_figures_are_left_out_if_they_halve_the_room_of_the_others() -> None:
    """One of many that takes half the scale is left out; one of five, or a near one, is not."""
    many = [float(figure) for figure in range(40, 60)]
    assert without_far_out([*many, 800.0]) == many
    # the quartiles are 45 and 55, so the fence is at 55 + 3 x 10 = 85
    assert without_far_out([*many, 86.0]) == many
    assert sorted(without_far_out([*many, 84.0])) == [*many, 84.0]
    assert without_far_out([1.0, 2.0, 3.0, 4.0, 800.0]) == [1.0, 2.0, 3.0, 4.0, 800.0]
    assert len(without_far_out([5.0] * 20 + [9.0])) == 21
