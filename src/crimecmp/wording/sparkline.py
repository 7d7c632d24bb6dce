"""A series drawn as one line of block characters."""

from __future__ import annotations

from collections.abc import Sequence

BLOCKS = "▁▂▃▄▅▆▇█"
GAP = " "
LONGEST = 20


def sparkline(values: Sequence[float | None]) -> str:
    """Return a block for each value, low for the lowest and high for the highest.

    Parameters
    ----------
    values
        The series; None is a gap. A series longer than `LONGEST` is thinned to every second
        value, or every third and so on; the last value is always drawn.
    """
    step = -(-len(values) // LONGEST) if values else 1
    drawn = list(values)[::-1][::step][::-1]
    known = [value for value in drawn if value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    if low == high:
        middle = BLOCKS[len(BLOCKS) // 2 - 1]
        return "".join(GAP if value is None else middle for value in drawn)
    top = len(BLOCKS) - 1
    return "".join(
        GAP if value is None else BLOCKS[int((value - low) / (high - low) * top + 0.5)]
        for value in drawn
    )
