"""The rows of a sheet as far as they say whose figures they hold, and why a row is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from crimecmp.importers.files import Sheet
from crimecmp.importers.imported import TRANSPORT_POLICE, Known
from crimecmp.importers.ons.headings import Headings, cell_of
from crimecmp.importers.ons.marks import plain, unmarked
from crimecmp.tables.names import normal
from crimecmp.text import quoted

HEADINGS = "title and headings"
BLANK = "blank"
NOTES = "notes and source lines"
NOT_A_FORCE = "a region or country, not a force"
NOT_TERRITORIAL = "British Transport Police, no territorial force"
UNKNOWN_CODE = "an area code that crimecmp does not know"
UNKNOWN_NAME = "a name that crimecmp does not know"
NO_CODE = "figures without an area code"
BOTH = "a name that is a region's and a force's, and nothing tells which"
SECOND_NATIONAL = "England and Wales with British Transport Police, which is given without it too"

_FIGURE = re.compile(r"[+−-]?[\d,]*\.?\d+ ?%?")
_TRANSPORT_POLICE = normal(TRANSPORT_POLICE)


class Line(NamedTuple):
    """A row of a sheet that is not blank.

    Parameters
    ----------
    number
        Its number in the sheet, from 0.
    code, name
        Its cells in the columns of area codes and names, as published.
    plain
        The name as names are compared.
    region
        Whether it is that of an English region or of Wales.
    figures
        Whether there are any.
    first
        The first text of the row, whatever it is.
    """

    number: int
    code: str
    name: str
    plain: str
    region: bool
    figures: bool
    first: str

    @property
    def shown(self) -> str:
        """What people are told of the row: its name, or else its first text."""
        return quoted(unmarked(self.name) or self.first)


class Whose(NamedTuple):
    """The area that a row is of, or the reason why it is left out; and what is strange about it."""

    area: str = ""
    reason: str = ""
    remarks: tuple[str, ...] = ()


def lines_of(sheet: Sheet, headings: Headings, known: Known) -> Iterator[Line]:
    """Yield the rows of a sheet that are not blank."""
    regions = set(map(normal, known.regions.values())) - {""}
    for number, row in enumerate(sheet.rows):
        first = next(filter(None, row), "")
        if first:
            code = "" if headings.code is None else cell_of(row, headings.code)
            name = cell_of(row, headings.name)
            bare = plain(name)
            figures = any(map(_FIGURE.fullmatch, row[headings.name + 1 :]))
            yield Line(number, code, name, bare, bare in regions, figures, first)


def is_transport_police(line: Line) -> bool:
    """Return whether a row holds figures of British Transport Police."""
    return line.figures and line.plain == _TRANSPORT_POLICE


def transport_police(line: Line, known: Known) -> Whose | None:
    """Return what is done with a row of British Transport Police, which has no code; else None."""
    if line.plain != _TRANSPORT_POLICE:
        return None
    return Whose(TRANSPORT_POLICE) if known.transport_police else Whose(reason=NOT_TERRITORIAL)
