"""What a page holds: tables of finished text, notes and sources, whatever the format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from crimecmp.comparison.row import Cell, Output

if TYPE_CHECKING:
    from crimecmp.document.picture import Picture

Style = Literal["text", "prose", "id", "list", "period", "number", "step"]


class Column(NamedTuple):
    """One column of a table for people.

    Parameters
    ----------
    label
        Its heading, with the unit where all its cells have one.
    style
        `text` is folded where it must be; `prose` is text in lines of their own length; `id` is
        never folded; a `list` has one part a line; a `period` is the month that it ends in; a
        `number` is aligned on its decimal point; a `step` says which step of how many something
        is on, such as `1 of 4, positive`.
    """

    label: str
    style: Style = "text"

    @property
    def numeric(self) -> bool:
        """Whether its cells are numbers."""
        return self.style == "number"


class Note(NamedTuple):
    """Something to know about the figures above it, and where its source says so."""

    text: str
    source: str = ""
    locator: str = ""


class Item(NamedTuple):
    """One statement in a passage.

    Parameters
    ----------
    text
        What is said.
    term
        The term that it is about, printed before it; empty for none.
    about
        The key of the section that its figures come from; empty for none.
    """

    text: str
    term: str = ""
    about: str = ""


class Passage(NamedTuple):
    """Statements under a heading of their own, without a table."""

    title: str
    items: tuple[Item, ...]


class Section(NamedTuple):
    """One table of a page.

    Parameters
    ----------
    key
        What it is called within the program: `rates`, `judgments`.
    title
        What it shows.
    columns
        Its columns.
    cells
        The text of each row, a cell for each column; `MISSING` where there is no value. The parts
        of a list are separated by line feeds.
    notes
        The notes beneath it.
    pictures
        Pictures of the figures, on pages that can show some.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    cells: Sequence[Sequence[str]]
    notes: tuple[Note, ...] = ()
    pictures: tuple[Picture, ...] = ()


class Report(NamedTuple):
    """One page.

    Parameters
    ----------
    title
        What it is about.
    sections
        Its tables, for people.
    columns, rows
        The same for machines: columns, and rows with a cell for each.
    sources
        The sources of all figures, each a row of the sources' table.
    notes
        Notes on the page as a whole.
    opening, closing
        Passages before the tables and after them.
    """

    title: str
    sections: tuple[Section, ...]
    columns: tuple[Output, ...]
    rows: Sequence[tuple[Cell, ...]]
    sources: Sequence[Mapping[str, str]] = ()
    notes: tuple[Note, ...] = ()
    opening: tuple[Passage, ...] = ()
    closing: tuple[Passage, ...] = ()

    @property
    def all_notes(self) -> list[Note]:
        """The notes of all sections and of the page, each once."""
        notes = [note for section in self.sections for note in section.notes]
        return list(dict.fromkeys([*notes, *self.notes]))
