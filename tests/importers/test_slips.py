"""Slips in files on their way: none passes in silence where the file has the means to show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

import pytest
from importing import known, whole_file
from published_forms import DECEMBER_2024, crime_outcomes, recorded_crime, rolling_year, workbook

from crimecmp.errors import DataError
from crimecmp.importers import crime_outcomes as outcomes
from crimecmp.importers import ons_tables
from crimecmp.importers import recorded_crime as recorded
from crimecmp.importers import rolling_year as rolling
from crimecmp.importers.files import File, Sheet
from crimecmp.importers.imported import Imported

Read = Callable[..., Imported | None]
Cells = list[list[str]]
REGION = ("Cleveland", "Durham", "Northumbria")
"""The forces of the only region that the small workbook has in full."""
TABLES = ("Table P1", "Table P3", "Table P4 ")


def text_of(rows: Iterable[Sequence[object]]) -> Cells:
    """Return rows as text."""
    return [[str(cell).strip() for cell in row] for row in rows]


def file_of(sheets: dict[str, Cells]) -> File:
    """Return a file with these sheets."""
    made = [Sheet(name, rows, range(1, len(rows) + 1)) for name, rows in sheets.items()]
    return File("x", "0" * 64, made)


def said(read: Read, sheets: dict[str, Cells]) -> tuple[object, object]:
    """Return the figures of a file and all that is said of it; None for figures if refused."""
    try:
        made = read(file_of(sheets), known())
    except DataError as error:
        return None, str(error)
    if made is None:
        return None, "not of this format"
    figures = {
        tuple(cell for name, cell in zip(row._fields, row, strict=True) if name != "locator")
        for rows in (made.rates, made.changes, made.outcomes, made.bases)
        for row in rows
    }
    return figures, {*made.remarks, *map(str, made.breaks)}


def silent(
    read: Read, sound: dict[str, Cells], slips: Iterable[dict[str, Cells]]
) -> list[dict[str, Cells]]:
    """Return the slips that change figures without a word."""
    figures, words = said(read, sound)
    assert figures
    passed = []
    for slip in slips:
        other, told = said(read, slip)
        if other is not None and other != figures and told == words:
            passed.append(slip)
    return passed


def test_no_figure_of_a_workbook_can_slip_in_silence() -> None:
    """Each figure of the forces of a region stands in a sum: counts, rates and their bases."""
    sound = {name: text_of(sheet.rows) for name, sheet in workbook(DECEMBER_2024).items()}

    def slips() -> Iterable[dict[str, Cells]]:
        for name in TABLES:
            for number, row in enumerate(sound[name]):
                for place in range(2, len(row)) if row[1:2] and row[1] in REGION else ():
                    rows = [list(cells) for cells in sound[name]]
                    digit = rows[number][place][0]
                    rows[number][place] = f"{int(digit) % 9 + 1}{row[place][1:]}"
                    yield {**sound, name: rows}

    assert len(list(slips())) == 3 * (11 + 7 + 11)
    assert silent(ons_tables.read, sound, slips()) == []


@pytest.mark.parametrize(
    ("read", "rows"),
    [
        (recorded.read, text_of(recorded_crime())),
        (outcomes.read, text_of(crime_outcomes())),
        (rolling.read, text_of(rolling_year())),
    ],
    ids=["recorded crime", "outcomes", "rolling year"],
)
def test_no_headings_can_change_places_in_silence(read: Read, rows: Cells) -> None:
    """Values that cannot be what their heading says are refused, whichever two changed places."""
    slips = []
    for one, other in combinations(range(len(rows[0])), 2):
        heading = list(rows[0])
        heading[one], heading[other] = heading[other], heading[one]
        slips.append({"": [heading, *rows[1:]]})
    assert silent(read, {"": rows}, slips) == []


def test_no_row_can_be_repeated_in_silence() -> None:
    """A code of several offences may stand more than once, but as often as for other forces."""
    rows = text_of(recorded_crime())
    slips = [{"": [*rows, row]} for row in rows[1:] if row[2] == "Durham"]
    # With two forces nobody can say which of them has a row too many: Homicide's are allowed.
    assert {slip[""][-1][3] for slip in silent(recorded.read, {"": rows}, slips)} <= {"Homicide"}


def test_a_row_too_many_shows_beside_the_other_forces() -> None:
    """Where all forces have one row of a code, a second one of a force is told."""
    file = [row for row in text_of(recorded_crime()) if row[2] != "London, City of"]
    names = [known().areas[force].label for force in known().territorial]
    rows = [file[0]]
    for row in file[1:]:
        rows += [[*row[:2], name, *row[3:]] for name in names] if row[2] == "Durham" else []
    homicide = next(row for row in rows[1:] if row[3] == "Homicide")
    made = recorded.read(file_of({"": [*rows, homicide]}), known())
    assert made is not None
    [told] = made.breaks
    assert "has 2 rows of '1/4.1/4.10/4.2' (Homicide) in quarter 1 of 2017/18" in told.problem


# --- Whole published files


@pytest.mark.parametrize(
    ("name", "counts", "figures"),
    [
        ("ons-pfa-dec2024.xlsx", "60450", {"94.0498861132893", "-9.37982520575052"}),
        ("ons-pfa-dec2019.xlsx", "64244", {"101.403844393304"}),
    ],
)
def test_recent_workbooks_are_read_and_break_no_sum(
    name: str, counts: str, figures: set[str]
) -> None:
    """Durham's figures are the published ones; genuine tables add up to the last digit."""
    made = ons_tables.read(whole_file(name), known())
    assert made is not None
    crime = "crime-excluding-fraud"
    rates = [row for row in made.rates if (row.force, row.metric) == ("durham", crime)]
    changes = [row for row in made.changes if (row.force, row.metric) == ("durham", crime)]
    assert counts in {row.count for row in rates}
    assert figures <= {row.value for row in rates} | {row.percent for row in changes}
    assert made.breaks == []


def test_the_whole_recorded_crime_of_2026() -> None:
    """Durham and the 43 forces have the published totals, the year to December 2025 among them."""
    file = whole_file("prc-pfa-2012-13-to-2025-26q3-edition-apr2026.csv.gz")
    made = recorded.read(file, known())
    assert made is not None
    crime = {
        (row.force, row.period_end): row.count
        for row in made.rates
        if row.metric == "crime-excluding-fraud"
    }
    assert crime["durham", "2019-03-31"] == "63793"
    assert crime["durham", "2025-03-31"] == "59355"
    assert crime["durham", "2025-12-31"] == "58668"
    assert crime["england-and-wales", "2025-03-31"] == "5225477"
    assert made.breaks == []
