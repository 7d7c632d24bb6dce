"""Rules of `crimecmp.wording.sparkline`: a series as one line of blocks."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crimecmp.wording.sparkline import BLOCKS, GAP, LONGEST, sparkline

numbers = st.floats(-1e9, 1e9)
series = st.lists(numbers | st.none(), max_size=60)


def test_the_lowest_and_the_highest_get_the_lowest_and_the_highest_block() -> None:
    """Eight steps in a row are the eight blocks from one eighth to a full one."""
    assert sparkline([float(step) for step in range(8)]) == "".join(map(chr, range(0x2581, 0x2589)))


def test_a_value_between_gets_the_nearest_block() -> None:
    """Of seven steps from lowest to highest a value takes that which it is nearest to."""
    assert sparkline([0, 0.49, 0.51, 3.4, 6.49, 6.51, 7]) == "▁▁▂▄▇██"


def test_a_gap_is_a_blank() -> None:
    """A value that is missing is left blank and moves no other."""
    assert sparkline([1, None, 8]) == f"▁{GAP}█"
    assert sparkline([None, None]) == 2 * GAP


@pytest.mark.parametrize("value", [-3.0, 0.0, 74.9])
def test_a_series_that_does_not_move_is_a_level_line(value: float) -> None:
    """Values that are all the same get the same block, neither the lowest nor the highest."""
    line = sparkline([value, None, value])
    assert line[0] == line[2]
    assert line[0] in BLOCKS[1:-1]


def test_no_series_is_no_line() -> None:
    """Of no values there are no blocks."""
    assert sparkline([]) == ""


@pytest.mark.parametrize(
    ("values", "drawn"),
    [(20, 20), (21, 11), (40, 20), (41, 14), (60, 20)],
)
def test_of_a_longer_series_every_second_or_third_is_drawn(values: int, drawn: int) -> None:
    """Up to 20 values are all drawn, up to 40 every second, up to 60 every third."""
    assert LONGEST == 20
    assert len(sparkline([float(place) for place in range(values)])) == drawn


@given(st.lists(numbers, min_size=21, max_size=90))
def test_the_last_value_is_always_drawn(values: list[float]) -> None:
    """Where only some are drawn they are the last, and those at even steps before it."""
    step = math.ceil(len(values) / LONGEST)
    kept = [value for place, value in enumerate(values) if (len(values) - 1 - place) % step == 0]
    assert sparkline(values) == sparkline(kept)
    assert len(kept) <= LONGEST


@given(series)
def test_a_line_has_blocks_and_gaps_only(values: list[float | None]) -> None:
    """Each value gets one character: a block, or a gap where it is missing."""
    line = sparkline(values[:LONGEST])
    assert [mark == GAP for mark in line] == [value is None for value in values[:LONGEST]]
    assert set(line) <= {*BLOCKS, GAP}


@given(st.lists(numbers, min_size=2, max_size=20))
def test_a_higher_value_never_gets_a_lower_block(values: list[float]) -> None:
    """Blocks are in the order of the values."""
    blocks = [BLOCKS.index(mark) for mark in sparkline(values)]
    in_order = [block for _, block in sorted(zip(values, blocks, strict=True))]
    assert in_order == sorted(blocks)


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=20), st.integers(-50, 50))
def test_a_line_shows_shape_and_not_size(values: list[int], shift: int) -> None:
    """A series moved up or down, or doubled, has the same line."""
    line = sparkline([float(value) for value in values])
    assert sparkline([float(value + shift) for value in values]) == line
    assert sparkline([2.0 * value for value in values]) == line
