"""Rules of the parts of pictures: scales, places of labels, and words on paper."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crimecmp.render.matplotlib.labels import Box, Label, apart, placed
from crimecmp.render.matplotlib.lettering import Face, balanced, folded, measured, shown
from crimecmp.render.matplotlib.scales import (
    Scale,
    bounds,
    in_figures,
    log_bounds,
    log_ticks,
    ticks,
    without_far_out,
)  # fmt: skip

FACE = Face(10)
figures = st.floats(-1e12, 1e12)


def test_a_scale_is_even() -> None:
    """The ends of a scale are its ends, the middle is the middle; logarithms are of ratios."""
    scale = Scale(10, 20, 100, 0)
    assert [scale(figure) for figure in (10, 15, 20)] == [100, 50, 0]
    ratios = Scale(1, 100, 0, 50, logarithmic=True)
    assert [ratios(figure) for figure in (1, 10, 100)] == pytest.approx([0, 25, 50])


@given(st.lists(figures, max_size=8), st.booleans())
def test_bounds_hold_all_figures(found: list[float], from_zero: bool) -> None:
    """Every figure is on the scale, and the scale has a length; nought is on it where it is to."""
    low, high = bounds(found, from_zero=from_zero)
    assert low < high
    assert all(low <= figure <= high for figure in found)
    if from_zero:
        assert low <= 0 <= high
        assert low == 0 or min(found) < 0


@given(st.lists(st.floats(1e-3, 1e12), max_size=8))
def test_logarithmic_bounds_hold_all_figures(found: list[float]) -> None:
    """Every base is on the scale, and the scale has a length."""
    low, high = log_bounds(found)
    assert 0 < low < high
    assert all(low <= figure <= high for figure in found)


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e12), st.integers(2, 10))
def test_ticks_are_few_and_between_the_ends(low: float, size: float, steps: int) -> None:
    """There are two at least, and one more than the steps allowed, or five, at most."""
    found = ticks(low, low + size, steps)
    assert 2 <= len(found) <= max(steps + 1, 5)
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


def test_zero_is_exactly_zero() -> None:
    """A tick that rounding errors leave beside zero is written as zero."""
    assert 0.0 in ticks(-0.3, 0.4, 7)
    assert in_figures(ticks(-0.3, 0.4, 7))[3] == "0"


@pytest.mark.parametrize(
    ("low", "high", "steps", "expected"),
    [
        (0, 11, 6, ["0", "2", "4", "6", "8", "10"]),
        (0.61, 1.73, 6, ["0.8", "1.0", "1.2", "1.4", "1.6"]),
        (-17, 14, 4, ["-10", "0", "10"]),
        (84.5, 91.4, 4, ["86", "88", "90"]),
        (0, 3e6, 4, ["0", "1 million", "2 million", "3 million"]),
    ],
)
def test_ticks_are_in_figures_that_people_read(
    low: float, high: float, steps: int, expected: list[str]
) -> None:
    """Every tick has the decimals that the step needs, and millions are in words."""
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
    """They begin with 1, 2 or 5; on less than a decade they are at even steps."""
    assert in_figures(log_ticks(low, high)) == expected


@given(st.floats(1, 1e10), st.floats(1.01, 1e9))
def test_a_logarithmic_scale_has_ticks(low: float, ratio: float) -> None:
    """There are at least two between the ends, three where the scale is a decade or more."""
    found = log_ticks(low, low * ratio)
    assert len(found) >= (3 if ratio > 10 else 2)
    assert all(low * 0.999 <= tick <= low * ratio * 1.001 for tick in found)


def test_far_out_figures_are_left_out_where_they_crush_the_others() -> None:
    """One among many that takes half the scale or more is; two of five are not, nor is a tail."""
    many = [float(figure) for figure in range(40, 60)]
    assert without_far_out([*many, 800.0]) == many
    assert sorted(without_far_out([*many, 70.0])) == [*many, 70.0]
    assert without_far_out([1.0, 2.0, 3.0, 4.0, 800.0]) == [1.0, 2.0, 3.0, 4.0, 800.0]
    assert len(without_far_out([5.0] * 20 + [9.0])) == 21


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(1, 20)), max_size=12))
def test_labels_that_are_moved_apart_do_not_overlap(wanted: list[tuple[float, float]]) -> None:
    """They are in the order of what they are labels of, within the frame, and keep apart."""
    middles, heights = [middle for middle, _ in wanted], [height for _, height in wanted]
    tops = apart(middles, heights, 0, 300)
    order = sorted(range(len(tops)), key=lambda number: middles[number])
    for before, after in itertools.pairwise(order):
        assert tops[before] + heights[before] <= tops[after] + 1e-9
    assert all(
        top >= -1e-9 and top + height <= 300 + 1e-9
        for top, height in zip(tops, heights, strict=True)
    )


def test_labels_with_room_are_not_moved() -> None:
    """Who is near nobody stays by the end of its line, and two that meet share the way."""
    assert apart([50, 150], [10, 20], 0, 300) == [45, 140]
    assert apart([100, 102, 250], [10, 10, 10], 0, 300) == [91, 101, 245]


marks = st.lists(st.tuples(st.floats(5, 295), st.floats(5, 395)), min_size=1, max_size=25)


@settings(max_examples=40)
@given(marks, st.floats(20, 90))
def test_labels_are_placed_where_nothing_is(
    places: list[tuple[float, float]], width: float
) -> None:
    """No label is on another, on a mark or outside the frame; or there is said to be no room."""
    frame = Box(0, 0, 300, 400)
    taken = [Box(x - 3, y - 3, x + 3, y + 3) for x, y in places]
    found = placed([Label(place, 3, width, 10) for place in places], taken, frame)
    if found is None:
        assert len(places) > 5
        return
    assert len(found.spaces) == len(places)
    assert all(frame.holds(space) for space in found.spaces)
    assert not any(space.meets(mark) for space in found.spaces for mark in taken)
    assert not any(one.meets(other) for one, other in itertools.combinations(found.spaces, 2))


def test_a_label_alone_is_right_beside_its_mark() -> None:
    """With all the room there is, the name stands close by at the height of the mark."""
    found = placed([Label((100, 100), 3, 40, 10)], [Box(97, 97, 103, 103)], Box(0, 0, 300, 300))
    assert found is not None
    assert not found.strained
    (space,) = found.spaces
    assert 103 < space.left < 110
    assert (space.top + space.bottom) / 2 == pytest.approx(100)


def test_no_room_is_said() -> None:
    """A label that is larger than the frame has no place."""
    assert placed([Label((5, 5), 1, 50, 10)], [], Box(0, 0, 10, 10)) is None


@given(st.text(alphabet="abc defgh ij", max_size=80), st.floats(1, 200))
def test_folding_loses_nothing(text: str, width: float) -> None:
    """All letters are there in their order, and no line is wider than it may be."""
    for fold in (folded, balanced):
        block = fold(text, FACE, width)
        assert "".join(block.lines).replace(" ", "") == text.replace(" ", "")
        assert all(measured(line, FACE) <= width or len(line) == 1 for line in block.lines)
        assert block.width == max((measured(line, FACE) for line in block.lines), default=0)


def test_words_are_folded_between_words() -> None:
    """A line takes as many words as it has room for; even lines take as few lines."""
    text = "England and Wales, June 2014"
    width = measured("England and Wales, June", FACE) + 1
    assert folded(text, FACE, width).lines == ("England and Wales, June", "2014")
    assert balanced(text, FACE, width).lines == ("England and", "Wales, June 2014")
    assert folded(text, FACE, math.inf).lines == (text,)


def test_bold_type_is_wider() -> None:
    """Widths are those of the typeface that is drawn."""
    assert measured("Durham", Face(10, bold=True)) > measured("Durham", FACE)
    assert measured("Durham", Face(20)) == 2 * measured("Durham", FACE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dyfed-Powys £ é 中", "Dyfed-Powys £ é 中"),
        ("a\tb", "a␉b"),
        ("\ufffe\U0010ffff", "<U+FFFE><U+10FFFF>"),
        ("\ufdd0", "<U+FDD0>"),
        ("\ud800", "<U+D800>"),
    ],
)
def test_what_no_file_can_hold_is_made_visible(text: str, expected: str) -> None:
    """Controls, noncharacters and halves of characters are shown; all else is as it was."""
    assert shown(text) == expected
