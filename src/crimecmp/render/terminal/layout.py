"""A table for people as columns with their widths: natural, narrowed to a screen, or not fitting.

The widths are calculated here because Rich may cut a number when a table is slightly too wide for
the screen.
"""

from __future__ import annotations

import textwrap
from typing import NamedTuple

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from crimecmp.document.report import Column, Section
from crimecmp.render.terminal.folding import aligned, bullets
from crimecmp.text import visible

PROSE_WIDTHS = (80, 100)
_HEADING_WIDTH = 10
_LIST_WIDTH = 60
_WIDE_GAP, _NARROW_GAP = 2, 1
_BOX_GAP = 1  # the box itself puts one space between columns


class Laid(NamedTuple):
    """A column with its heading and cells, the width they need, and the least width."""

    column: Column
    heading: str
    cells: list[str]
    natural: int
    least: int


class Layout:
    """A section's columns, each with its width."""

    def __init__(self, columns: list[Laid], gap: int) -> None:
        self.columns = columns
        self.widths = [laid.natural for laid in columns]
        self.gap = gap

    @property
    def width(self) -> int:
        """The width of the table."""
        return sum(self.widths) + self.gap * (len(self.widths) - 1)

    def shrink_to(self, room: int) -> None:
        """Narrow the widest columns until the table fits, or no column can be narrower.

        Labels are narrowed before lists, as the lines of a list are long in any case.
        """
        while self.width > room:
            shrinkable = [
                (laid.column.style != "list", width, place)
                for place, (laid, width) in enumerate(zip(self.columns, self.widths, strict=True))
                if width > laid.least
            ]
            if not shrinkable:
                return
            self.widths[max(shrinkable)[-1]] -= 1

    def table(self) -> Table:
        """Return the table for Rich."""
        lists = any(laid.column.style == "list" for laid in self.columns)
        table = Table(
            box=SIMPLE_HEAD,
            show_edge=False,
            pad_edge=False,
            padding=(0, self.gap - _BOX_GAP, 0, 0),
            leading=int(lists),
        )
        for laid, width in zip(self.columns, self.widths, strict=True):
            table.add_column(
                Text(laid.heading),
                justify="right" if laid.column.numeric else "left",
                width=width,
                overflow="fold",
            )
        cells = [
            _renderables(laid, width) for laid, width in zip(self.columns, self.widths, strict=True)
        ]
        for row in zip(*cells, strict=True):
            table.add_row(*row)
        return table


def _renderables(laid: Laid, width: int) -> list[Text]:
    if laid.column.style == "list":
        return [Text("\n".join(bullets(cell.split("\n"), width))) for cell in laid.cells]
    if laid.column.numeric:
        return [Text(cell, justify="left", no_wrap=True) for cell in laid.cells]
    return [Text(cell) for cell in laid.cells]


def layout_of(section: Section, room: int | None) -> Layout:
    """Return the widths of a section's columns, narrowed to `room` as far as words allow."""
    columns = [
        laid_out(column, [row[place] for row in section.cells])
        for place, column in enumerate(section.columns)
    ]
    layout = Layout(columns, _WIDE_GAP)
    if room is None or layout.width <= room:
        return layout
    layout = Layout(columns, _NARROW_GAP)
    layout.shrink_to(room)
    return layout


def laid_out(column: Column, cells: list[str]) -> Laid:
    """Return a column with the widths that it can take."""
    label = visible(column.label)
    longest_word = max(cell_len(word) for text in (label, *cells) for word in text.split() or [""])
    if column.numeric:
        cells = aligned(cells)
        width = max(map(cell_len, [*cells, *label.split()]))
        lines = textwrap.wrap(label, max(width, _HEADING_WIDTH))
        width = max(width, *map(cell_len, lines))
        cells = [cell.rjust(width) for cell in cells]
        return Laid(column, "\n".join(lines), cells, width, width)
    natural = max(cell_len(line) for text in (label, *cells) for line in text.split("\n"))
    if column.style == "list":
        natural = min(natural + 2, _LIST_WIDTH)
    if column.style == "prose":
        natural = min(natural, PROSE_WIDTHS[1])
    return Laid(column, label, cells, natural, longest_word)
