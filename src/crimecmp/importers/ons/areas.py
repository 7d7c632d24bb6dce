"""The rows of a sheet that hold the figures of an area, and an account of the other rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from crimecmp.errors import DataError, Fault
from crimecmp.importers.figures import area_name
from crimecmp.importers.files import Sheet
from crimecmp.importers.imported import TRANSPORT_POLICE, Known
from crimecmp.importers.ons import blocks, codes
from crimecmp.importers.ons.headings import Headings
from crimecmp.importers.ons.lines import (
    BLANK,
    HEADINGS,
    NOT_A_FORCE,
    SECOND_NATIONAL,
    is_transport_police,
    lines_of,
)
from crimecmp.importers.ons.marks import footnotes, marks
from crimecmp.importers.ons.national import has_transport_police
from crimecmp.tables.names import DEFAULT_BENCHMARK

_REGION = " region"


class AreaRow(NamedTuple):
    """A row with the figures of an area.

    Parameters
    ----------
    area
        The area's id.
    number
        The row's index in the sheet, from 0.
    name
        The area's published name.
    marks
        The footnotes that the name refers to.
    """

    area: str
    number: int
    name: str
    marks: str

    @property
    def has_transport_police(self) -> bool | None:
        """Whether the name says it includes British Transport Police; None if it does not say."""
        return has_transport_police(self.name)


ENGLAND, WALES, UNKNOWN = "england", "wales", "unknown"
"""The names of rows that are no regions, as `Areas.wholes` has them."""


class Areas(NamedTuple):
    """The rows of a sheet, sorted into those that are kept and those left out.

    Parameters
    ----------
    rows
        The rows that are kept, in the order of the sheet.
    first
        The index of the first row of an area, kept or not.
    left_out
        The number of rows left out, by reason.
    remarks
        Sentences on what was repaired or is odd, each with its line in the file.
    transport
        The row of British Transport Police, kept or not; None unless there is exactly one.
    footnotes
        The text of each footnote below the rows, by its number.
    wholes
        The rows of regions, countries and crimes of an unknown area, by their normalised names.
    nationals
        All rows of England and Wales.
    """

    rows: Sequence[AreaRow]
    first_row: int
    left_out: Mapping[str, int]
    remarks: Sequence[tuple[int, str]]
    transport: AreaRow | None
    footnotes: Mapping[str, str]
    wholes: Mapping[str, AreaRow]
    nationals: Sequence[AreaRow]


def areas_in(sheet: Sheet, headings: Headings, place: str, known: Known) -> Areas:
    """Sort the rows of a sheet into those that are kept and those left out.

    Parameters
    ----------
    sheet, headings
        The sheet, and where its headings are.
    place
        The file and sheet, for messages.
    known
        The known areas.

    Raises
    ------
    DataError
        If an area has two rows, the code of a row and its name are of two areas, or no force has a
        row.
    """
    matcher = blocks if headings.code is None else codes
    lines = list(lines_of(sheet, headings, known))
    below = [line for line in lines if line.number > headings.row]
    first_row = next(
        (line.number for line in below if matcher.is_area(line, known)), len(sheet.rows)
    )
    lines_of_areas = [line for line in below if line.number >= first_row]
    left_out = Counter(
        {HEADINGS: len(lines) - len(lines_of_areas), BLANK: len(sheet.rows) - len(lines)}
    )
    rows, remarks, faults = [], [], []
    wholes: dict[str, AreaRow] = {}
    for line, found in zip(lines_of_areas, matcher.match_areas(lines_of_areas, known), strict=True):
        remarks += [(sheet.lines[line.number], remark) for remark in found.remarks]
        if found.problem:
            faults.append(Fault(place, sheet.lines[line.number], "", found.problem))
        elif found.area:
            rows.append(AreaRow(found.area, line.number, line.name, marks(line.name)))
        else:
            left_out[found.reason] += 1
            if found.reason == NOT_A_FORCE or line.normal_name == UNKNOWN:
                name = line.normal_name.removesuffix(_REGION)
                wholes.setdefault(name, AreaRow("", line.number, line.name, ""))
    if faults:
        raise DataError(faults)
    kept = _one_national(rows)
    left_out[SECOND_NATIONAL] += len(rows) - len(kept)
    _check_one_each(kept, sheet, place, known)
    if not any(row.area in known.territorial for row in kept):
        problem = "no row for a police force was found in it; fetch the published file again"
        raise DataError([Fault(place, 0, "", problem)])
    transport = [
        AreaRow(TRANSPORT_POLICE, line.number, line.name, marks(line.name))
        for line in lines_of_areas
        if is_transport_police(line)
    ]
    return Areas(
        kept,
        first_row,
        dict(+left_out),
        remarks,
        transport[0] if len(transport) == 1 else None,
        footnotes(line.first_text for line in lines if line.number > kept[-1].number),
        wholes,
        [row for row in rows if row.area == DEFAULT_BENCHMARK],
    )


def _one_national(rows: Sequence[AreaRow]) -> Sequence[AreaRow]:
    """Leave out the national row with British Transport Police if there is one without it."""
    national = [row for row in rows if row.area == DEFAULT_BENCHMARK]
    without = [row for row in national if row.has_transport_police is False]
    if len(without) != 1:
        return rows
    return [row for row in rows if row not in national or row in without]


def _check_one_each(rows: Sequence[AreaRow], sheet: Sheet, place: str, known: Known) -> None:
    seen: dict[str, AreaRow] = {}
    for row in rows:
        before = seen.setdefault(row.area, row)
        if before is not row:
            line = sheet.lines[row.number]
            problem = (
                f"rows {sheet.lines[before.number]} and {line} are both of"
                f" {area_name(row.area, known)}; fetch the published file again"
            )
            raise DataError([Fault(place, line, "", problem)])
