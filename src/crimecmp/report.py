"""What a page holds: sections, columns, notes and sources. Data about a page, no formatting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Literal, NamedTuple

from crimecmp.comparison.columns import OUTPUT, OutputColumn
from crimecmp.picture import Picture

Value = str | float | int | bool | date | None
Record = Mapping[str, Value]

Style = Literal["text", "prose", "id", "names", "list", "period", "figure", "percent", "count"]


class Column(NamedTuple):
    """One column of a table for people.

    Parameters
    ----------
    label
        Its heading, with the unit where all its cells have one.
    field
        The field of the record that it shows.
    style
        `text` as it is; `prose` text in lines of their own length; `id` text that is never
        folded; `names` the parts of a list, apart by commas; `list` one part a line; `period` a
        date as the month it ends; `figure` a number with the decimals it was printed with;
        `percent` a worked-out percentage, with one decimal; `count` a whole number, its thousands
        apart.
    signed
        Whether a number above zero carries its sign.
    decimals
        The fields that hold the decimals printed; the most of them are shown.
    margin, margin_decimals
        The field of the figure's margin, shown behind it, and of the margin's decimals.
    """

    label: str
    field: str
    style: Style = "text"
    signed: bool = False
    decimals: tuple[str, ...] = ()
    margin: str = ""
    margin_decimals: str = ""

    @property
    def numeric(self) -> bool:
        """Whether its cells are numbers, set on their decimal point."""
        return self.style in ("figure", "percent", "count")


class Note(NamedTuple):
    """Something to know about the figures above it, and where it was said."""

    text: str
    source: str = ""
    locator: str = ""


class Item(NamedTuple):
    """One thing said in a passage.

    Parameters
    ----------
    text
        What is said.
    term
        What it is said of, which stands before it; empty for none.
    about
        The title of the section whose figures it is drawn from; empty for none.
    """

    text: str
    term: str = ""
    about: str = ""


class Passage(NamedTuple):
    """What a page says under a heading of its own, without a table."""

    title: str
    items: tuple[Item, ...]


class Section(NamedTuple):
    """One table of a page.

    Parameters
    ----------
    title
        What it shows.
    columns
        The columns that people see.
    records
        The rows, with all fields of machine output.
    notes
        What stands beneath it.
    people
        The rows that people see, where they are not those of machine output.
    pictures
        Pictures of the figures, on pages that can show some.
    """

    title: str
    columns: tuple[Column, ...]
    records: Sequence[Record]
    notes: tuple[Note, ...] = ()
    people: Sequence[Record] = ()
    pictures: tuple[Picture, ...] = ()

    @property
    def shown(self) -> Sequence[Record]:
        """The rows that people see."""
        return self.people or self.records


class Report(NamedTuple):
    """One page.

    Parameters
    ----------
    title
        What it is about.
    sections
        Its tables; machine output has all their rows, one after the other.
    fields
        The names of the machine columns, in order.
    sources
        The sources of all figures, each a row of the sources' table.
    notes
        What bears on the page as a whole.
    outputs
        What the machine columns are called and measured in, where that is not as in
        `crimecmp.comparison.columns.OUTPUT`.
    opening, closing
        What is said before the tables, and behind them.
    """

    title: str
    sections: tuple[Section, ...]
    fields: tuple[str, ...]
    sources: Sequence[Mapping[str, str]] = ()
    notes: tuple[Note, ...] = ()
    outputs: Mapping[str, OutputColumn] = MappingProxyType({})
    opening: tuple[Passage, ...] = ()
    closing: tuple[Passage, ...] = ()

    @property
    def output_columns(self) -> list[OutputColumn]:
        """The machine columns, in order."""
        known = {column.name: column for column in OUTPUT} | dict(self.outputs)
        return [known[name] for name in self.fields]

    @property
    def records(self) -> list[Record]:
        """The rows of all sections."""
        return [record for section in self.sections for record in section.records]

    @property
    def all_notes(self) -> list[Note]:
        """The notes of all sections and of the page, each once."""
        notes = [note for section in self.sections for note in section.notes]
        return list(dict.fromkeys([*notes, *self.notes]))
