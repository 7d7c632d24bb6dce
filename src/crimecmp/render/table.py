"""Tables for people, by Rich: fitted to a terminal, or as wide as they need elsewhere."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from typing import NamedTuple, TextIO

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from crimecmp.document.report import Column, Report, Section
from crimecmp.render.lines import legend, note_line, source_lines
from crimecmp.render.screen import Screen
from crimecmp.render.terminal.folding import aligned, bullets
from crimecmp.render.terminal.signs import in_encoding
from crimecmp.text import visible

_PROSE_WIDTHS = (80, 100)
_HEADING_WIDTH = 10
_NARROWEST = 10
_LABEL_WIDTH = 16
_LIST_WIDTH = 60
_WIDE_GAP, _NARROW_GAP = 2, 1
_BOX_GAP = 1  # the box itself puts one space between columns


def render(report: Report, stream: TextIO, screen: Screen) -> None:
    """Write the page: tables, each with its notes, and sources last."""
    layouts = [_layout(section, screen.width) for section in report.sections]
    least, most = _PROSE_WIDTHS
    natural = min(max([least, *(layout.width for layout in layouts)]), most)
    page = _Page(
        Console(
            file=stream,
            # Tables set their own widths: too wide for the screen is better than a cut number.
            width=max([natural, *(layout.width for layout in layouts)]),
            force_terminal=screen.colour,
            color_system="standard" if screen.colour else None,
            no_color=not screen.colour,
            legacy_windows=False,
            highlight=False,
            markup=False,
            emoji=False,
        ),
        min(natural, screen.width or natural),
    )
    several = len(report.sections) > 1
    with page.console.capture() as capture:
        page.heading(report.title)
        for section, layout in zip(report.sections, layouts, strict=True):
            if several:
                page.console.print()
                page.heading(section.title)
            page.console.print(layout.table())
            if legend(section):
                page.prose(Text(legend(section)))
            page.bullets(note_line(note, report) for note in section.notes)
        if report.notes:
            if several:
                page.console.print()
                page.heading("Notes")
            page.bullets(note_line(note, report) for note in report.notes)
        if report.sources:
            page.console.print()
            page.heading("Sources")
            page.bullets(source_lines(report))
    text = "".join(f"{_without_trailing(line)}\n" for line in capture.get().splitlines())
    stream.write(in_encoding(text, getattr(stream, "encoding", None) or "utf-8"))


def _without_trailing(line: str) -> str:
    """Return a line without the spaces at its end, but with the colour codes among them."""
    return _TRAILING.sub(lambda found: found.group().replace(" ", ""), line)


_TRAILING = re.compile(r"(?: |\x1b\[[0-9;]*m)+$")


class _Page(NamedTuple):
    console: Console
    prose_width: int

    def prose(self, renderable: RenderableType) -> None:
        self.console.print(renderable, width=self.prose_width)

    def heading(self, title: str) -> None:
        self.prose(Text(visible(title), style="bold"))

    def bullets(self, lines: Iterable[str]) -> None:
        """Print a list, folded here because a table by Rich takes ten times as long."""
        text = "\n".join(bullets(lines, max(self.prose_width, _NARROWEST)))
        if text:
            self.console.print(Text(text), soft_wrap=True)


class _Laid(NamedTuple):
    """A column with its heading and cells, the width they need, and the least width."""

    column: Column
    heading: str
    cells: list[str]
    natural: int
    least: int


class _Layout:
    """A section's columns, each with its width.

    The widths are calculated here because Rich may cut a number when a table is slightly too wide
    for the screen.
    """

    def __init__(self, columns: list[_Laid], gap: int) -> None:
        self.columns = columns
        self.widths = [laid.natural for laid in columns]
        self.gap = gap

    @property
    def width(self) -> int:
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


def _renderables(laid: _Laid, width: int) -> list[Text]:
    if laid.column.style == "list":
        return [Text("\n".join(bullets(cell.split("\n"), width))) for cell in laid.cells]
    if laid.column.numeric:
        return [Text(cell, justify="left", no_wrap=True) for cell in laid.cells]
    return [Text(cell) for cell in laid.cells]


def _layout(section: Section, room: int | None) -> _Layout:
    columns = [
        _laid(column, [row[place] for row in section.cells])
        for place, column in enumerate(section.columns)
    ]
    layout = _Layout(columns, _WIDE_GAP)
    if room is None or layout.width <= room:
        return layout
    layout = _Layout(columns, _NARROW_GAP)
    layout.shrink_to(room)
    return layout


def _laid(column: Column, cells: list[str]) -> _Laid:
    label = visible(column.label)
    longest_word = max(cell_len(word) for text in (label, *cells) for word in text.split() or [""])
    if column.numeric:
        cells = aligned(cells)
        width = max(map(cell_len, [*cells, *label.split()]))
        lines = textwrap.wrap(label, max(width, _HEADING_WIDTH))
        width = max(width, *map(cell_len, lines))
        cells = [cell.rjust(width) for cell in cells]
        return _Laid(column, "\n".join(lines), cells, width, width)
    natural = max(cell_len(line) for text in (label, *cells) for line in text.split("\n"))
    least = longest_word if column.style == "id" else min(longest_word, _LABEL_WIDTH)
    if column.style == "list":
        natural = min(natural + 2, _LIST_WIDTH)
    if column.style == "prose":
        natural = min(natural, _PROSE_WIDTHS[1])
    return _Laid(column, label, cells, natural, least)
