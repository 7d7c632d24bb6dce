"""The content of a page in any format: tables of finished text, notes and sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from crimecmp.comparison.row import Cell, Output

if TYPE_CHECKING:
    from crimecmp.document.brief import Shortened
    from crimecmp.document.picture import Picture
    from crimecmp.document.sheets import Sheets

Style = Literal["text", "prose", "id", "list", "period", "number", "step"]


class Column(NamedTuple):
    """One column of a table for people.

    Parameters
    ----------
    label
        Its heading, with the unit if all cells have the same one.
    style
        `text` is folded if it must be; `prose` is long text; `id` is never folded; `list` has one
        part a line; `period` is the month in which it ends; `number` is aligned on the decimal
        point; `step` is a step on a scale, such as `1 of 4, positive`.
    """

    label: str
    style: Style = "text"

    @property
    def numeric(self) -> bool:
        """Whether its cells are numbers."""
        return self.style == "number"


class Note(NamedTuple):
    """A note on the figures above it, and its place in its source."""

    text: str
    source: str = ""
    locator: str = ""


class Item(NamedTuple):
    """One statement in a passage.

    Parameters
    ----------
    text
        The statement.
    term
        A term printed before it; empty for no term.
    about
        The key of the section that its figures come from; empty for no section.
    """

    text: str
    term: str = ""
    about: str = ""


class Passage(NamedTuple):
    """Statements under their own heading, without a table."""

    title: str
    items: tuple[Item, ...]


class Section(NamedTuple):
    """One table of a page.

    Parameters
    ----------
    key
        Its name within the program, such as `rates` or `judgments`.
    title
        Its heading.
    columns
        Its columns.
    cells
        The rows, each with the text of a cell for each column; `MISSING` where there is no value.
        The parts of a list are separated by line feeds.
    notes
        The notes under it.
    pictures
        Pictures of the figures, for formats that can show them.
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
        Its heading.
    sections
        Its tables for people.
    columns, rows
        The same figures for machines: the columns, and rows with a cell for each column.
    sources
        The sources of all figures, as rows of the table `sources`.
    notes
        Notes on the page as a whole.
    opening, closing
        Passages before the tables and after them.
    brief
        Makes the page's brief form; None where it has none.
    only
        The names of the columns that formats for machines write, in their order; empty for all.
    sheets
        What a page to hand over shows first, in formats with a layout; None where it has none.
    """

    title: str
    sections: tuple[Section, ...]
    columns: tuple[Output, ...]
    rows: Sequence[tuple[Cell, ...]]
    sources: Sequence[Mapping[str, str]] = ()
    notes: tuple[Note, ...] = ()
    opening: tuple[Passage, ...] = ()
    closing: tuple[Passage, ...] = ()
    brief: Shortened | None = None
    only: tuple[str, ...] = ()
    sheets: Sheets | None = None

    @property
    def all_notes(self) -> list[Note]:
        """The notes of all sections and of the page, without repeats."""
        notes = [note for section in self.sections for note in section.notes]
        return list(dict.fromkeys([*notes, *self.notes]))
