"""The brief page on a screen: title, answer, a line a row, cautions, source, what else there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from crimecmp.document.brief import Brief, BriefTable, Fact
from crimecmp.render.screen import Screen
from crimecmp.render.terminal.brief_table import Fitted, fitted
from crimecmp.render.terminal.folding import folded, folded_items, left, widest
from crimecmp.render.terminal.page import heading, plain
from crimecmp.render.terminal.printing import Printed
from crimecmp.render.terminal.spoken import sentences
from crimecmp.text import in_words, visible

_OFF_A_SCREEN = 100
_NARROW = 50
_INDENT = "  "
_CAUTION = "! "
_GAP = 2
_BETWEEN = "   "


def brief_page(brief: Brief, screen: Screen, *, notes: bool) -> Iterator[Printed]:
    """Yield the lines and tables of a brief page; without `notes` the title and tables alone."""
    width = screen.width or _OFF_A_SCREEN
    tables = [(table, _fitted(brief, table, screen, width)) for table in brief.tables]
    yield from heading(visible(brief.title), width)
    if notes:
        for line in brief.answer:
            yield from plain(folded(visible(line), width))
    several = len(tables) > 1
    for table, fit in tables:
        yield from _table(table, fit, width)
        if several:
            yield from _left_out(fit.left_out, width)
    left_out = [name for _, fit in tables for name in fit.left_out if not several]
    if brief.facts:
        yield Text()
        yield from _facts(brief.facts, width, spoken=screen.spoken)
    if not (screen.spoken and tables):
        yield from plain(folded_items(map(visible, brief.marks), width))
    yield from _left_out(left_out, width)
    if notes:
        yield from _notes(brief, screen, width)


def _fitted(brief: Brief, table: BriefTable, screen: Screen, width: int) -> Fitted:
    """Return a table as it fits the screen; a sentence a row where it is read aloud."""
    if not screen.spoken:
        return fitted(table, screen)
    said = sentences(table, brief.marks)
    return Fitted([part for row in said for part in plain(folded(row, width, _INDENT))], [])


def _left_out(names: Sequence[str], width: int) -> Iterator[Text]:
    """Yield which columns had no room."""
    if names:
        words = f"Left out at this width: {in_words(map(visible, names))}."
        yield from plain(folded(words, width))


def _table(table: BriefTable, fit: Fitted, width: int) -> Iterator[Printed]:
    if not table.lines:
        return
    yield Text()
    if table.title:
        yield from heading(visible(table.title), width)
    yield from fit.parts


def _notes(brief: Brief, screen: Screen, width: int) -> Iterator[Text]:
    if brief.cautions or brief.remarks:
        yield Text()
    if brief.cautions and brief.tables:
        yield from heading("Read with care", width)
    for caution in brief.cautions:
        yield from plain(folded(_CAUTION + visible(caution), width, " " * len(_CAUTION)))
    for remark in brief.remarks:
        yield from plain(folded(visible(remark), width))
    more = screen.more(brief.offers) if screen.more else ()
    if brief.source or more:
        yield Text()
    if brief.source:
        yield from plain(folded(f"Source: {visible(brief.source)}", width, _INDENT))
    if more:
        yield from plain(_on_one_line("More: ", more, screen.width))


def _on_one_line(start: str, items: Iterable[str], width: int | None) -> list[str]:
    """Return the items that fit one line, the first in any case."""
    first, *others = map(visible, items)
    line = start + first
    for item in others:
        if width is None or cell_len(f"{line}{_BETWEEN}{item}") <= width:
            line = f"{line}{_BETWEEN}{item}"
    fits = width is None or cell_len(line) <= width
    return [line] if fits else folded(line, width or 0, _INDENT)


def _facts(facts: Iterable[Fact], width: int, *, spoken: bool) -> Iterator[Text]:
    """Yield the facts of a profile: names on the left, or above where the screen is narrow.

    Where they are `spoken`, the cells of a line are one text.
    """
    facts = list(facts)
    names = widest(fact.name for fact in facts if fact.lines) + _GAP
    for fact in facts:
        name = visible(fact.name)
        if not fact.lines:
            if fact is not facts[0]:
                yield Text()
            yield from heading(name, width)
        elif spoken:
            yield from heading(name, width)
            for row in fact.lines:
                said = folded(visible(_joined(row)), width - len(_INDENT), _INDENT)
                yield from plain(_INDENT + line for line in said)
        elif width < _NARROW or names > width // 3:
            yield from heading(name, width)
            yield from plain(_INDENT + line for line in _cells(fact, width - len(_INDENT)))
        else:
            lines = _cells(fact, width - names)
            yield Text.assemble((left(name, names), "bold"), lines[0])
            yield from plain(" " * names + line for line in lines[1:])


def _joined(cells: Sequence[str]) -> str:
    """Return cells as one text: `lower: burglary -44%`."""
    first, *others = cells
    return f"{first}: {', '.join(others)}" if others else first


def _cells(fact: Fact, width: int) -> list[str]:
    """Return the lines of a fact, with its cells aligned where they fit."""
    rows = [[visible(cell) for cell in line] for line in fact.lines]
    columns = max(map(len, rows))
    widths = [
        widest(row[place] for row in rows if place < len(row) - 1) for place in range(columns - 1)
    ]
    before = sum(widths) + _GAP * (columns - 1)
    longest = widest(row[-1] for row in rows)
    cramped = width - before < (longest if width < _NARROW else min(longest, width // 3))
    if columns > 1 and cramped:
        return [line for row in rows for line in folded(_joined(row), width, _INDENT)]
    lines: list[str] = []
    for row in rows:
        sized = zip(row[:-1], widths, strict=False)
        start = "".join(left(cell, size + _GAP) for cell, size in sized)
        first, *more = folded(row[-1], width - len(start))
        lines += [f"{start}{first}".rstrip(), *(" " * len(start) + line for line in more)]
    return lines
