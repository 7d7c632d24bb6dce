"""Rules of fifths: every force in one, in order, as even as equal figures allow."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crimecmp.comparison.fifths import FIFTHS, fifth_of_rank, fifths

NUMBERS = st.floats(0, 1e6)
DIFFERENT = st.lists(NUMBERS, min_size=FIFTHS, max_size=60, unique=True)
ANY = st.lists(st.integers(0, 9).map(float), min_size=1, max_size=60)


def of(values: list[float]) -> list[int]:
    """Return the fifth of each figure in a list."""
    return list(fifths({str(place): value for place, value in enumerate(values)}).values())


@given(DIFFERENT)
def test_fifths_are_of_nearly_one_size(values: list[float]) -> None:
    """Where no figures are equal, there are five parts, and their sizes differ by one at most."""
    sizes = Counter(of(values))
    assert set(sizes) == {1, 2, 3, 4, 5}
    assert max(sizes.values()) - min(sizes.values()) <= 1


@given(ANY)
def test_fifths_are_numbered_from_the_highest_figures(values: list[float]) -> None:
    """As ranks are: a higher figure is in no fifth of a higher number, and all are from 1 to 5."""
    found = of(values)
    in_order = [fifth for _, fifth in sorted(zip(values, found, strict=True))]
    assert in_order == sorted(found, reverse=True)
    assert set(found) <= {1, 2, 3, 4, 5}


@given(ANY)
def test_equal_figures_share_a_fifth(values: list[float]) -> None:
    """No line between two fifths is drawn between forces with the same figure."""
    assert len(set(zip(values, of(values), strict=True))) == len(set(values))


@given(ANY)
def test_neither_end_of_the_order_is_favoured(values: list[float]) -> None:
    """With the order turned round, each force is in the fifth on the other side of the middle."""
    assert of([-value for value in values]) == [FIFTHS + 1 - fifth for fifth in of(values)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2, 3, 4, 5], [5, 4, 3, 2, 1]),
        ([7, 7, 7, 7, 7, 7], [3, 3, 3, 3, 3, 3]),
        # Two in the middle of places 2 and 3 of ten, on the line between two fifths, at both ends.
        ([1, 2, 2, 4, 5, 6, 7, 9, 9, 10], [5, 4, 4, 4, 3, 3, 2, 2, 2, 1]),
    ],
)
def test_fifths_by_hand(values: list[float], expected: list[int]) -> None:
    """A tie on the line between two fifths is in the one nearer the middle."""
    assert of(values) == expected


@given(DIFFERENT)
def test_a_rank_is_in_the_fifth_of_its_force(values: list[float]) -> None:
    """Rank 1 is the highest figure: each rank is in the fifth of the force that has it."""
    by_rank = sorted(zip(values, of(values), strict=True), reverse=True)
    assert [fifth for _, fifth in by_rank] == [
        fifth_of_rank(rank, len(values)) for rank in range(1, len(values) + 1)
    ]
