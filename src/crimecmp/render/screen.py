"""The screen that a page for people is for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from crimecmp.document.brief import Offer

Notes = Literal["brief", "full", "none"]
"""How much is said around a table."""


class Screen(NamedTuple):
    """The screen that a page for people is for; machine formats ignore it.

    Parameters
    ----------
    width
        Width of the terminal in columns; None where there is no terminal, and a table takes the
        width that it needs.
    colour
        Whether to use colour.
    spoken
        Whether it is read aloud: a row is then a sentence, and nothing is drawn.
    notes
        How much is said around a table; None for what is usual in the format: `brief` in a table,
        `full` in Markdown.
    more
        Puts what else there is into the words of whoever asked for the page; None to leave it out.
    """

    width: int | None = None
    colour: bool = False
    spoken: bool = False
    notes: Notes | None = None
    more: Callable[[Iterable[Offer]], tuple[str, ...]] | None = None
