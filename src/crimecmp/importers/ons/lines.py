"""The rows of a sheet as they are matched to areas, and the reasons why a row is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from crimecmp.importers.files import Sheet
from crimecmp.importers.imported import TRANSPORT_POLICE, Known
from crimecmp.importers.ons.headings import Headings, cell_of
from crimecmp.importers.ons.marks import normal_name, unmarked
from crimecmp.tables.names import normal
from crimecmp.text import quoted

HEADINGS = "title and headings"
BLANK = "blank"
NOTES = "notes and source lines"
NOT_A_FORCE = "a region or country, not a force"
NOT_TERRITORIAL = "British Transport Police, not a territorial force"
UNKNOWN_CODE = "an area code that crimecmp does not know"
UNKNOWN_NAME = "a name that crimecmp does not know"
NO_CODE = "figures without an area code"
BOTH = "a name of a region and of a force, and nothing shows which is meant"
SECOND_NATIONAL = (
    "England and Wales with British Transport Police, because a row without it is given too"
)

_FIGURE = re.compile(r"[+−-]?[\d,]*\.?\d+ ?%?")
_TRANSPORT_POLICE = normal(TRANSPORT_POLICE)


def is_figure(cell: str) -> bool:
    """Return whether a cell shows a number."""
    return _FIGURE.fullmatch(cell) is not None


class Line(NamedTuple):
    """A row of a sheet that is not blank.

    Parameters
    ----------
    number
        Its index in the sheet, from 0.
    code, name
        Its published area code and name.
    plain
        The name, normalised for comparison.
    region
        Whether the name is that of an English region or of Wales.
    figures
        Whether the row has any figures.
    first
        The first text in the row.
    """

    number: int
    code: str
    name: str
    normal_name: str
    region: bool
    figures: bool
    first_text: str

    @property
    def shown(self) -> str:
        """The row's name for messages, or its first text if it has no name."""
        return quoted(unmarked(self.name) or self.first_text)


class AreaMatch(NamedTuple):
    """The area that a row is for, or the reason why it is left out.

    Parameters
    ----------
    area
        The id of the area; empty if the row is left out.
    reason
        The reason why it is left out.
    remarks
        Sentences on anything odd.
    problem
        Why nobody can say which area it is for; the table is refused.
    """

    area: str = ""
    reason: str = ""
    remarks: tuple[str, ...] = ()
    problem: str = ""


def lines_of(sheet: Sheet, headings: Headings, known: Known) -> Iterator[Line]:
    """Yield the rows of a sheet that are not blank."""
    regions = set(map(normal, known.regions.values())) - {""}
    for number, row in enumerate(sheet.rows):
        first_text = next(filter(None, row), "")
        if first_text:
            code = "" if headings.code is None else cell_of(row, headings.code)
            name = cell_of(row, headings.name)
            simple = normal_name(name)
            figures = any(map(is_figure, row[headings.name + 1 :]))
            yield Line(number, code, name, simple, simple in regions, figures, first_text)


def is_transport_police(line: Line) -> bool:
    """Return whether a row holds the figures of British Transport Police."""
    return line.figures and line.normal_name == _TRANSPORT_POLICE


def transport_police(line: Line, known: Known) -> AreaMatch | None:
    """Return whether a row of British Transport Police is kept; None if the row is not one.

    British Transport Police has no area code, so it is matched by name.
    """
    if line.normal_name != _TRANSPORT_POLICE:
        return None
    return (
        AreaMatch(TRANSPORT_POLICE) if known.transport_police else AreaMatch(reason=NOT_TERRITORIAL)
    )
