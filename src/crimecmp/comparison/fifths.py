"""The fifths of a ranking: forces in order of their figures, in five parts of nearly equal size."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

FIFTHS = 5
"""The number of parts; there are no fifths of fewer forces."""

_MIDDLE = 3


def fifths(figures: Mapping[str, float]) -> dict[str, int]:
    """Return the fifth of each force: 1 has the highest figures and 5 the lowest.

    They are numbered as ranks are, from the highest figure.

    A force is in the fifth that holds the middle of its place in the order. Where no two figures
    are equal, the sizes of the fifths differ by one at most. Forces with equal figures have the
    middle of their places together, so they share a fifth; on the line between two fifths, that is
    the one nearer the middle of the order.

    Parameters
    ----------
    figures
        The figure of each force.
    """
    order = sorted(figures.values())
    return {force: _fifth(_above(order, figure), len(order)) for force, figure in figures.items()}


def fifth_of_rank(rank: int, forces: int) -> int:
    """Return the fifth of a rank among forces, where 1 is the highest figure."""
    return _fifth(2 * rank - 1, forces)


def _above(order: Sequence[float], figure: float) -> int:
    """Return twice the places between the highest and the middle of those with a figure."""
    return 2 * len(order) - bisect_left(order, figure) - bisect_right(order, figure)


def _fifth(doubled: int, forces: int) -> int:
    """Return the fifth of a place that is half of a number below the highest."""
    above, rest = divmod(FIFTHS * doubled, 2 * forces)
    return above if above >= _MIDDLE and not rest else above + 1
