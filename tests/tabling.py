"""What the tests of tables share: sound rows of every table, files of them, and their faults."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest

import crimecmp
from crimecmp.errors import DataError
from crimecmp.tables.loading import examine

HMIC = "hmic-2014-durham"
COUNTS = "published-counts"
DURHAM = "durham"
NATION = "england-and-wales"
JUNE_2014, JUNE_2013, JUNE_2010 = "2014-06-30", "2013-06-30", "2010-06-30"
MARCH_2014, MARCH_2013 = "2014-03-31", "2013-03-31"
DATA = crimecmp.load()
Row = dict[str, str]
# For each table a row of its required columns alone, good beside the bundled names.
LEAST: dict[str, Row] = {
    "forces": {"force": "gotham", "name": "Gotham City Police"},
    "metrics": {"metric": "cake-theft", "label": "Cake theft", "unit": "per 1,000 cakes"},
    "sources": {"source": "annual-2020", "title": "Annual figures 2020"},
    "rates": {"force": DURHAM, "metric": "burglary", "period_end": JUNE_2014, "value": "5.0"},
    "changes": {
        "force": DURHAM,
        "metric": "burglary",
        "period_end": JUNE_2014,
        "base_period_end": JUNE_2013,
        "percent": "-4",
    },
    "outcomes": {
        "force": DURHAM,
        "metric": "detection",
        "period_end": MARCH_2014,
        "percent": "36",
    },
    "satisfaction": {
        "force": DURHAM,
        "metric": "satisfaction",
        "period_end": JUNE_2014,
        "percent": "88.6",
        "margin": "1.8",
    },
    "questions": {"question": "keeping-order", "label": "Keeping order"},
    "scale": {"judgment": "fine", "label": "Fine", "rank": "1", "positive": "true"},
    "map": {"force": DURHAM, "column": "1", "row": "1", "code": "DUR"},
    "judgments": {"force": DURHAM, "question": "reducing-crime", "judgment": "good"},
    "bases": {"force": DURHAM, "base": "population", "year": "2013", "value": "621600"},
    "quarters": {
        "force": DURHAM,
        "metric": "burglary",
        "first_quarter_end": JUNE_2013,
        "counts": "310;295;288;301",
    },
    "months": {"force": DURHAM, "metric": "robbery", "month": "2013-06", "count": "31"},
    "groups": {"group": "alike", "label": "Forces alike", "forces": "durham;cleveland"},
    "differences": {
        "difference": "revised",
        "force": DURHAM,
        "metric": "burglary",
        "period_end": JUNE_2014,
        "text": "Counts are revised.",
    },
    "notes": {"note": "mind", "force": DURHAM, "tables": "rates", "text": "Mind this."},
    "claims": {
        "claim": "fewer",
        "force": DURHAM,
        "statement": "There were fewer.",
        "table": "changes",
        "metric": "burglary-in-a-dwelling",
        "period_end": "2014-06-30",
        "asserts": "fall",
    },
}

TWO_SCALES = """\
judgment,label,rank,positive,source
outstanding,Outstanding,1,true,one
good,Good,2,true,one
requires-improvement,Requires improvement,3,false,one
inadequate,Inadequate,4,false,one
outstanding,Outstanding,1,true,two
good,Good,2,true,two
adequate,Adequate,3,true,two
requires-improvement,Requires improvement,4,false,two
inadequate,Inadequate,5,false,two
"""
"""The scale of four categories of the source `one`, and that of five of the source `two`."""


def write(path: Path, rows: Iterable[Row]) -> Path:
    """Write rows of the same columns as a CSV file."""
    rows = list(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def faults_of(path: Path) -> list[tuple[str, int, str]]:
    """Return file name, row and column of each fault, which `load` and `examine` agree on."""
    _, faults = examine(path)
    with pytest.raises(DataError) as caught:
        crimecmp.load(path)
    assert list(caught.value.faults) == faults
    return [(Path(fault.file).name, fault.row, fault.column) for fault in faults]


def problem_of(path: Path) -> str:
    """Return what is said of a file's only fault."""
    [fault] = examine(path)[1]
    return fault.problem
