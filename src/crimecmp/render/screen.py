"""What a page for people is shown on."""

from __future__ import annotations

from typing import NamedTuple


class Screen(NamedTuple):
    """What a page for people is shown on; other formats do not look at it.

    Parameters
    ----------
    width
        Columns of the terminal; None off a terminal, where a table takes its natural width.
    colour
        Whether colour may be used.
    """

    width: int | None = None
    colour: bool = False
