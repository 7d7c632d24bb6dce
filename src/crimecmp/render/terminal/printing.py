"""Lines and tables printed by Rich as text for a screen, without spaces at the ends of lines."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from crimecmp.text import UNBREAKABLE

Printed = Text | Table
"""What a page is made of: lines, which are printed as they are, and tables."""

_TRAILING = re.compile(r"(?: |\x1b\[[0-9;]*m)+$")
_WIDE_ENOUGH = 10_000


def console_for(*, colour: bool) -> Console:
    """Return a console of Rich that prints what it is given, and reads no markup in it."""
    return Console(
        # Tables set their own widths and lines are folded already.
        width=_WIDE_ENOUGH,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )


def printed(parts: Iterable[Printed], *, colour: bool) -> str:
    """Return a page as text."""
    console = console_for(colour=colour)
    lines: list[Text] = []
    with console.capture() as capture:
        for part in parts:
            if isinstance(part, Text):
                lines.append(part)
                continue
            _print(console, lines)
            lines = []
            console.print(part)
        _print(console, lines)
    text = capture.get().replace(UNBREAKABLE, " ")
    return "".join(f"{_without_trailing(line)}\n" for line in text.split("\n")[:-1])


def _print(console: Console, lines: list[Text]) -> None:
    """Print lines together: one by one would take ten times as long."""
    if lines:
        console.print(Text("\n").join(lines), soft_wrap=True)


def _without_trailing(line: str) -> str:
    """Return a line without the spaces at its end, but with the colour codes among them."""
    return _TRAILING.sub(lambda found: found.group().replace(" ", ""), line)
