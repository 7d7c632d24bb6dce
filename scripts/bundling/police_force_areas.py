"""The edition `ons-pfa-2024-12`: the police force area tables for the year to December 2024.

It is made of the workbook of the Office for National Statistics: counts of the year (P1) and of the
year before (P4), percentage changes (P2) and rates with their bases (P3).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from crimecmp import load
from crimecmp.importers import known_names
from crimecmp.importers.categories import HOUSEHOLDS, category, counted
from crimecmp.importers.files import File, opened
from crimecmp.importers.imported import Change, Known, Rate, Source
from crimecmp.tables.names import DEFAULT_BENCHMARK

EDITION = "ons-pfa-2024-12"
YEAR_END, YEAR_BEFORE = "2024-12-31", "2023-12-31"
WITH_TRANSPORT_POLICE = "Includes British Transport Police."
UNDERCOUNTED = "leicestershire"
UNDERCOUNT = "Burglary of November and December 2024 is undercounted (note 4 of the table)."
MARKS = {
    "[u1]": "Rates are not given for City of London, where few people live.",
    "[u]": "The earlier count is below 50, so no change is given.",
}
PER_HOUSEHOLD = "Residential burglary (households)"

_NOTE_MARK = re.compile(r"\s*\[note ?[0-9, ]+\]")
_SLIPS = {"excludinging": "excluding"}


class _Table(NamedTuple):
    """The headings of a table after those of the area, and its cells by area and heading."""

    headings: Sequence[str]
    cells: dict[str, dict[str, str]]


def wanted(paths: Sequence[str]) -> dict[str, list[Sequence[str]]]:
    """Return the rows of the edition, by the names of its tables."""
    known = known_names(load())
    [path] = paths
    file = opened(path)
    now, changes, rates, before = (
        _table(file, f"Table P{number}", known) for number in (1, 2, 3, 4)
    )
    return {
        "rates": _rates(rates, now, known),
        "changes": _changes(changes, now, before, known),
        "sources": [
            Source(
                EDITION,
                "Police force area data tables, year ending December 2024",
                "Office for National Statistics",
                "2025-04",
                note="Tables P1 to P4. Population and households are printed to the hundred. "
                f"England and Wales includes British Transport Police. SHA-256 {file.sha256}",
            )
        ],
    }


def _table(file: File, name: str, known: Known) -> _Table:
    [sheet] = (sheet for sheet in file.sheets if sheet.name.strip() == name)
    top = next(place for place, cells in enumerate(sheet.rows) if cells[0] == "Area Code")
    headings = [_plain(heading) for heading in sheet.rows[top]]
    found: dict[str, dict[str, str]] = {}
    for cells in sheet.rows[top + 1 :]:
        # By name only without a code: a region and a force are both called West Midlands.
        area = known.areas.exact(cells[0] or _plain(cells[1]))
        if area in known.territorial or area == DEFAULT_BENCHMARK:
            found.setdefault(str(area), dict(zip(headings, cells, strict=True)))
    return _Table(headings[2:], found)


def _plain(heading: str) -> str:
    """Return a heading without marks of notes and line breaks, its slips put right."""
    plain = " ".join(_NOTE_MARK.sub("", heading).split())
    for slip, right in _SLIPS.items():
        plain = plain.replace(slip, right)
    return plain


def _note(cell: str, area: str, heading: str) -> str:
    notes = [
        MARKS.get(cell, ""),
        WITH_TRANSPORT_POLICE if area == DEFAULT_BENCHMARK else "",
        UNDERCOUNT if area == UNDERCOUNTED and "burglary" in heading.lower() else "",
    ]
    return " ".join(filter(None, notes))


def _of(metric: str, table: _Table, known: Known) -> str:
    """Return the heading under which a table of counts has a metric."""
    return next(
        heading
        for heading in table.headings
        if metric in (counted(heading, known).metric, category(heading, known).metric)
    )


def _rates(rates: _Table, counts: _Table, known: Known) -> list[Sequence[str]]:
    population, households, *headings = rates.headings
    found: list[Sequence[str]] = []
    for area in (DEFAULT_BENCHMARK, *known.territorial):
        cells = rates.cells[area]
        for heading in headings:
            per_household = heading == PER_HOUSEHOLD
            label = "Residential burglary" if per_household else heading
            metric = (
                category(label, known, unit=HOUSEHOLDS).metric
                if per_household
                else category(label, known).metric
            )
            value = cells[heading]
            count = counts.cells[area][_of(metric, counts, known)]
            base = cells[households if per_household else population]
            found.append(
                Rate(
                    area, metric, YEAR_END, EDITION, "" if value in MARKS else value, count, base,
                    f"Table P3, {heading}", _note(value, area, heading),
                )
            )  # fmt: skip
    return found


def _changes(changes: _Table, now: _Table, before: _Table, known: Known) -> list[Sequence[str]]:
    found: list[Sequence[str]] = []
    for area in (DEFAULT_BENCHMARK, *known.territorial):
        for heading in changes.headings:
            metric = counted(heading, known).metric
            percent = changes.cells[area][heading]
            found.append(
                Change(
                    area, metric, YEAR_END, YEAR_BEFORE, EDITION,
                    "" if percent in MARKS else percent,
                    now.cells[area][_of(metric, now, known)], f"Table P2, {heading}",
                    _note(percent, area, heading), before.cells[area][_of(metric, before, known)],
                )
            )  # fmt: skip
    return found
