"""The whole page on a screen: every table with all its notes, and the sources last."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from crimecmp.document.report import Report, Section
from crimecmp.render.lines import legend, note_line, source_lines
from crimecmp.render.screen import Screen
from crimecmp.render.terminal.folding import bullets, folded
from crimecmp.render.terminal.layout import PROSE_WIDTHS, Layout, layout_of
from crimecmp.render.terminal.page import heading, plain
from crimecmp.render.terminal.printing import Printed
from crimecmp.text import MISSING, visible

_NARROWEST = 10


def whole_page(report: Report, screen: Screen) -> Iterator[Printed]:
    """Yield the lines and tables of a page.

    A table that does not fit the screen, or is read aloud, becomes a list: a heading a row, and a
    line a column.
    """
    layouts = [layout_of(section, screen.width) for section in report.sections]
    widest = [layout.width for layout in layouts if screen.width is None]
    least, most = PROSE_WIDTHS
    natural = min(max([least, *widest]), most)
    width = max(min(natural, screen.width or natural), _NARROWEST)
    several = len(report.sections) > 1
    brief = report.brief() if report.brief else None
    yield from heading(visible(report.title), width)
    for line in brief.answer if brief else ():
        yield from plain(folded(visible(line), width))
    for section, layout in zip(report.sections, layouts, strict=True):
        if several:
            yield Text()
            yield from heading(visible(section.title), width)
        fits = not screen.spoken and (screen.width is None or layout.width <= screen.width)
        yield from _table(layout) if fits else _list(section, width)
        if legend(section):
            yield Text(legend(section))
        yield from plain(bullets((note_line(note, report) for note in section.notes), width))
    if report.notes:
        if several:
            yield Text()
            yield from heading("Notes", width)
        yield from plain(bullets((note_line(note, report) for note in report.notes), width))
    if report.sources:
        yield Text()
        yield from heading("Sources", width)
        yield from plain(bullets(source_lines(report), width))
    newest = [offer for offer in brief.offers if offer.kind == "latest"] if brief else []
    if newest and screen.more:
        yield Text()
        yield from plain(folded(f"More: {', '.join(screen.more(newest))}", width))


def _table(layout: Layout) -> Iterator[Printed]:
    yield layout.table()


def _list(section: Section, width: int) -> Iterator[Text]:
    """Yield the rows of a table one under the other, each with its columns' headings."""
    for row in section.cells:
        yield Text()
        for place, (column, cell) in enumerate(zip(section.columns, row, strict=True)):
            if cell == MISSING and place:
                continue
            text = visible(cell.replace("\n", "; "))
            label = visible(column.label)
            lines = folded(f"{label}: {text}" if place else text, width - 2 * bool(place), "  ")
            yield from heading(lines[0], width) if not place else plain("  " + x for x in lines)
            if not place:
                yield from plain(lines[1:])
    yield Text()
