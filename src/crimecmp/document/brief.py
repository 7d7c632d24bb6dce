"""The brief form of a page: the answer first, and no more than a screen holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from crimecmp.document.picture import Role

FieldStyle = Literal["words", "number", "shape", "bar"]


class Field(NamedTuple):
    """One column of a brief table.

    Parameters
    ----------
    label
        Its heading.
    style
        `words` is text, `number` is aligned on the decimal point, `shape` is a row of blocks, and
        `bar` draws the bar of each line. The last two are drawn on a screen only.
    use
        How soon it is left out where there is no room: never for 0, then the highest first.
    called
        What it is called where it is left out; its heading where empty.
    """

    label: str
    style: FieldStyle = "words"
    use: int = 0
    called: str = ""

    @property
    def name(self) -> str:
        """What the field is called where it is left out."""
        return self.called or self.label


class Line(NamedTuple):
    """One row of a brief table.

    Parameters
    ----------
    cells
        Its text for each field; empty for a bar and where there is nothing to say.
    bar
        The value that its bar is drawn of; None for no bar.
    asked
        Whether it is the row that was asked for among others.
    role
        The part that the area of its bar plays.
    """

    cells: tuple[str, ...]
    bar: float | None = None
    asked: bool = False
    role: Role = "other"


class BriefTable(NamedTuple):
    """One table, a line a row.

    Parameters
    ----------
    fields, lines
        Its columns and rows.
    title
        The line above it; empty where the page has one table.
    bar_unit
        The unit of its bars; bars of % have both signs and one scale about zero.
    marking
        Whether the rows asked for are marked.
    """

    fields: tuple[Field, ...]
    lines: tuple[Line, ...]
    title: str = ""
    bar_unit: str = ""
    marking: bool = False


class Fact(NamedTuple):
    """One subject of a profile: its name, and lines of cells that are aligned with each other."""

    name: str
    lines: tuple[tuple[str, ...], ...]


class Offer(NamedTuple):
    """What else there is to ask for: other sources, other periods, the whole page.

    Parameters
    ----------
    kind
        What it is.
    value
        What to ask for, such as the id of a source; empty where `kind` says all. The parts of a
        list are separated by line feeds.
    words
        What that gives; may be empty.
    """

    kind: Literal[
        "notes",
        "source",
        "period",
        "tables",
        "page",
        "imported",
        "city",
        "fetch",
        "look",
        "import",
        "latest",
    ]
    value: str = ""
    words: str = ""


class Brief(NamedTuple):
    """The brief form of a page.

    Parameters
    ----------
    title
        What, who and which year.
    answer
        The answer, a sentence or two.
    tables
        Its tables.
    facts
        The facts of a profile.
    marks
        What the marks in the tables mean.
    cautions
        What a reader would be misled without.
    remarks
        What kind of verdict this is, and what is missing.
    source
        Where the figures are from.
    offers
        What else there is to ask for.
    """

    title: str
    answer: tuple[str, ...] = ()
    tables: tuple[BriefTable, ...] = ()
    facts: tuple[Fact, ...] = ()
    marks: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    source: str = ""
    offers: tuple[Offer, ...] = ()


Shortened = Callable[[], Brief]
"""Makes the brief form of a page, for the formats that show it."""
