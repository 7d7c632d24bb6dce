"""The query of the documentation gives the table that an import gives."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from importing import known
from street_files import ASB, BURGLARY, content, row, sound

import crimecmp
from crimecmp.importers import street
from crimecmp.importers.street.categories import CATEGORIES

DOCUMENT = Path(__file__).parents[3] / "docs" / "street-level.md"
[QUERY] = re.findall(r"```sql\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)

FILES = {
    "2014-01-durham-street.csv": sound([ASB, BURGLARY, BURGLARY]),
    "2014-03-durham-street.csv": sound([BURGLARY], month="2014-03"),
    "2012-05-durham-street.csv": sound(["Violent crime", "Drugs"], month="2012-05"),
    "2011-01-kent-street.csv": sound(["Other crime"], month="2011-01", force="Kent Police"),
    "2014-01-kent-street.csv": content(
        [
            row(ASB, force="Kent Police", location='"Mill Lane, Dover"'),
            row("Robbery", force="Kent Police"),
        ]
    ),
    "2014-01-btp-street.csv": sound([BURGLARY], force="British Transport Police"),
}


def test_the_query_has_the_categories_that_an_import_has() -> None:
    """Each category has the same metric and months in both."""
    found = re.findall(r"\('(.+?)', '(.+?)', '(.+?)', '(.+?)'\)", QUERY)
    assert found == [
        (each.name, each.metric, each.first or "2010-12", each.last or "9999-12")
        for each in CATEGORIES
    ]


def test_the_query_counts_what_an_import_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DuckDB's table has the counts of the import, and nothing where that has a gap."""
    duckdb = pytest.importorskip("duckdb", reason="needs duckdb, which is not installed")
    for name, inside in FILES.items():
        place = tmp_path / "archive" / name[:7] / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(inside)
    monkeypatch.chdir(tmp_path)
    with duckdb.connect() as connection:
        connection.execute(QUERY)
    with Path("months.csv").open(encoding="utf-8", newline="") as stream:
        found = sorted(map(tuple, list(csv.reader(stream))[1:]))
    made = street.read(["archive"], known(), lambda _: None)
    assert found == sorted(each[:4] for each in made.months if each.count)
    assert crimecmp.load("months.csv").table("months").height == len(found)
