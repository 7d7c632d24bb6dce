"""Rows as sentences, for a screen that is read aloud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crimecmp.document.brief import BriefTable
from crimecmp.render.terminal.brief_table import named_rows
from crimecmp.text import UNBREAKABLE, visible

_DRAWN = ("bar", "shape")


def sentences(table: BriefTable, marks: Sequence[str]) -> Iterator[str]:
    """Yield the rows of a table as sentences.

    One is `Burglary (per 1,000 households): Durham 5.0, E&W 8.9, difference -44%, lower.`

    Parameters
    ----------
    table
        The table.
    marks
        What its marks mean, such as `h per 1,000 households`; each is said where it is marked.
    """
    places = [place for place, field in enumerate(table.fields) if field.style not in _DRAWN]
    labels = [table.fields[place].name for place in places]
    rows = [[visible(line.cells[place]) for place in places] for line in table.lines]
    for line, (name, items) in zip(table.lines, named_rows(labels, rows), strict=True):
        asked = "Asked for: " if table.marking and line.asked else ""
        said = f": {', '.join(items)}" if items else ""
        yield f"{asked}{_without_marks(name, marks)}{said}."


def _without_marks(name: str, marks: Sequence[str]) -> str:
    """Return a name with the meaning of its marks in place of them."""
    meanings = dict(mark.split(" ", 1) for mark in marks)
    parts = name.split(UNBREAKABLE)
    known: list[str] = []
    while parts[1:] and parts[-1] in meanings:
        known.insert(0, meanings[parts.pop()])
    label = UNBREAKABLE.join(parts)
    return f"{label} ({', '.join(known)})" if known else label
