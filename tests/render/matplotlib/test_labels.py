"""Rules of placing labels: beside their marks, within the frame, and on nothing else."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crimecmp.render.matplotlib.labels import Box, Label, apart, placed


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(1, 20)), max_size=12))
def test_labels_that_are_moved_apart_do_not_overlap(wanted: list[tuple[float, float]]) -> None:
    """They keep the order of their wanted heights, stay within the column and do not overlap."""
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
    """A label with room stays where it is wanted; two that would overlap move equally far."""
    assert apart([50, 150], [10, 20], 0, 300) == [45, 140]
    assert apart([100, 102, 250], [10, 10, 10], 0, 300) == [91, 101, 245]


marks = st.lists(st.tuples(st.floats(5, 295), st.floats(5, 395)), min_size=1, max_size=25)


@settings(max_examples=40)
@given(marks, st.floats(20, 90))
def test_labels_are_placed_where_nothing_is(
    middles: list[tuple[float, float]], width: float
) -> None:
    """No label is on another, on a mark or outside the frame, unless there is no room."""
    frame = Box(0, 0, 300, 400)
    taken = [Box(x - 3, y - 3, x + 3, y + 3) for x, y in middles]
    found = placed([Label(middle, 3, width, 10) for middle in middles], taken, frame)
    if found is None:
        assert len(middles) > 5
        return
    assert len(found.spaces) == len(middles)
    assert all(frame.holds(space) for space in found.spaces)
    assert not any(space.meets(mark) for space in found.spaces for mark in taken)
    assert not any(one.meets(other) for one, other in itertools.combinations(found.spaces, 2))


def test_a_label_alone_is_right_beside_its_mark() -> None:
    """A label with room is close to its mark and at the same height."""
    found = placed([Label((100, 100), 3, 40, 10)], [Box(97, 97, 103, 103)], Box(0, 0, 300, 300))
    assert found is not None
    assert not found.strained
    (space,) = found.spaces
    assert 103 < space.left < 110
    assert (space.top + space.bottom) / 2 == pytest.approx(100)


def test_a_label_is_not_placed_where_it_seems_to_belong_to_another_mark() -> None:
    """A label that would end beside another mark goes to the other side of its own."""
    marks = [Box(97, 97, 103, 103), Box(146, 97, 152, 103)]
    found = placed([Label((100, 100), 3, 40, 10)], marks, Box(0, 0, 300, 300))
    assert found is not None
    assert found.spaces[0].right < 100


def test_a_leader_that_crosses_a_mark_is_a_strain() -> None:
    """A label is strained if the only space for it is behind another mark."""
    label, frame = Label((100, 100), 3, 40, 8), Box(97, 96, 300, 104)
    alone = placed([label], [], frame)
    behind = placed([label], [Box(110, 90, 115, 110)], frame)
    assert alone is not None
    assert behind is not None
    assert behind.spaces[0].left >= 115
    assert (alone.strained, behind.strained) == (0, 1)


def test_a_label_larger_than_the_frame_has_no_space() -> None:
    """Where a label cannot be placed, none is."""
    assert placed([Label((5, 5), 1, 50, 10)], [], Box(0, 0, 10, 10)) is None


@pytest.mark.parametrize("beyond", [(-1, 0, 6, 6), (5, -1, 6, 6), (5, 5, 11, 6), (5, 5, 6, 11)])
def test_a_box_holds_only_what_is_entirely_within_it(beyond: tuple[int, int, int, int]) -> None:
    """A box that reaches beyond any side is not held."""
    frame = Box(0, 0, 10, 10)
    assert frame.holds(frame)
    assert not frame.holds(Box(*beyond))
