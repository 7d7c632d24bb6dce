"""The small files in published forms, which other tests read, have the publishers' own figures."""

from __future__ import annotations

import csv
import gzip
import re
from pathlib import Path

import pytest
from beside import whole
from importing import whole_file
from published_forms import (
    LOOKUP,
    OUTCOMES,
    RECORDED,
    ROLLING,
    WORKBOOKS,
    Rows,
    crime_outcomes,
    lookup,
    recorded_crime,
    rolling_year,
    workbook,
)

TABLES = {
    ROLLING: rolling_year(),
    RECORDED: recorded_crime(),
    OUTCOMES: crime_outcomes(),
    LOOKUP: lookup(),
}


def text(rows: Rows) -> set[tuple[str, ...]]:
    """Return rows as text."""
    return {tuple(str(cell) for cell in row) for row in rows}


def lines_of(path: Path) -> set[tuple[str, ...]]:
    """Return the rows of a CSV file as they are, blanks in cells too."""
    content = path.read_bytes()
    plain = gzip.decompress(content) if path.suffix == ".gz" else content
    return {tuple(row) for row in csv.reader(plain.decode("utf-8-sig").splitlines())}


def area(code: str, name: str) -> str:
    """Return what tells the rows of a sheet apart: code and name, without footnotes."""
    return code[:9] + re.sub(r"[\d,]+$|\(2006\)|\[.*", "", name).strip().casefold()


@pytest.mark.parametrize("name", TABLES)
def test_the_rows_of_small_tables_differ(name: str) -> None:
    """No row stands twice, and the heading is the first one."""
    rows = TABLES[name]
    assert len(text(rows)) == len(rows)
    assert not any(re.fullmatch(r"-?\d+", str(cell)) for cell in rows[0])


@pytest.mark.parametrize("name", WORKBOOKS)
def test_all_rows_of_a_small_sheet_are_of_one_length(name: str) -> None:
    """Each row of figures has a cell for each column of the sheet's headings."""
    for sheet in workbook(name).values():
        rows = [row for row in sheet.rows if len(row) > 2]
        lines = [row for row in rows if re.match("[EKW][0-9]{8}", str(row[0]))]
        assert len({len(row) for row in lines}) <= 1
        for row in lines:
            assert len(row) == max(map(len, rows))


def test_small_tables_have_the_rows_of_the_whole_published_ones() -> None:
    """Each row of a small table is a row of the published one, to the last blank."""
    for name, rows in TABLES.items():
        assert text(rows) - lines_of(whole(name)) == set(), name


def test_small_workbooks_have_the_figures_of_the_whole_published_ones() -> None:
    """Each figure of a small workbook stands in the published one's row of the area."""
    for name in WORKBOOKS:
        sheets = {sheet.name.strip(): sheet.rows for sheet in whole_file(name).sheets}
        for title, small in workbook(name).items():
            if not title.startswith("Table P"):
                continue
            published: dict[str, set[str]] = {}
            for row in sheets[title.strip()]:
                published.setdefault(area(row[0], row[1]), set()).update(row[2:])
            for code, place, *figures in (row for row in small.rows if len(row) > 2):
                if re.match(r"[EKW]\d{8}|$", str(code)) and place and figures[0] != "":
                    there = published[area(str(code), str(place))]
                    assert {str(figure) for figure in figures} <= there | {""}, (title, place)
