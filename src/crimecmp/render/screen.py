"""The screen that a page for people is for."""

from __future__ import annotations

from typing import NamedTuple


class Screen(NamedTuple):
    """The screen that a page for people is for; machine formats ignore it.

    Parameters
    ----------
    width
        Width of the terminal in columns; None where there is no terminal, and a table takes the
        width that it needs.
    colour
        Whether to use colour.
    """

    width: int | None = None
    colour: bool = False
