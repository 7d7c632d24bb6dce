"""The lists of what there is to name, in every format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bundled import table as bundled_rows
from paging import FOR_MACHINES, FORMATS, in_one_line, read_by_machines, shown
from rows import write_tables

import crimecmp
from crimecmp.pages.names import names_page
from crimecmp.render import Format


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("table", "some"),
    [
        ("forces", ["durham", "E23000008", "Durham Constabulary", "devon & cornwall"]),
        ("metrics", ["burglary-in-a-dwelling", "asb", "per 1,000 households", "bicycle-theft"]),
        ("groups", ["north-east", "Yorkshire and The Humber", "cleveland, durham, northumbria"]),
        (
            "sources",
            [
                "hmic-2014-durham",
                "Crime inspection 2014: Durham Constabulary",
                "published-counts",
                "Rates calculated from published counts",
            ],
        ),
    ],
)
def test_names_are_listed_in_every_format(
    bundled: crimecmp.Dataset, form: Format, table: str, some: list[str]
) -> None:
    """The 43 forces with England and Wales, metrics, groups and sources are listed with names."""
    report = names_page(bundled, table)
    text = in_one_line(shown(report, form))
    if form in FOR_MACHINES:
        text = text.replace(";", ", ")
    number = len(bundled_rows(table))
    assert len(report.rows) == len(report.sections[0].cells) == number
    assert table != "forces" or number == 44
    for part in some:
        assert part in text


ADDED = {"metrics": ("has_figures",), "sources": ("tables",)}
"""The columns that say which names have figures."""


def listed(bundled: crimecmp.Dataset, table: str) -> list[dict[str, str]]:
    """Return a table's rows without the one column that its list does not have."""
    return [
        {name: cell for name, cell in row.items() if name != "resident_base"}
        for row in bundled.rows(table)
    ]


@pytest.mark.parametrize("table", ["forces", "metrics", "groups", "sources"])
def test_lists_have_the_columns_of_their_table(bundled: crimecmp.Dataset, table: str) -> None:
    """A list for machines is the table of its name; what says which have figures comes last."""
    rows = read_by_machines(names_page(bundled, table), "csv")
    added = ADDED.get(table, ())
    assert all(tuple(row)[len(row) - len(added) :] == added for row in rows)
    kept = [{name: row[name] for name in row if name not in added} for row in rows]
    assert kept == listed(bundled, table)


@pytest.mark.parametrize("table", ["forces", "metrics", "groups", "sources"])
def test_columns_of_lists_are_described_for_machines(bundled: crimecmp.Dataset, table: str) -> None:
    """In JSON each column of a list has a label that says what its cells are."""
    columns = json.loads(shown(names_page(bundled, table), "json"))["columns"]
    assert all(column["label"] for column in columns)
    names = [*listed(bundled, table)[0], *ADDED.get(table, ())]
    assert [column["name"] for column in columns] == names


def test_which_names_have_figures_is_said(bundled: crimecmp.Dataset, tmp_path: Path) -> None:
    """Metrics and sources say whether the figures at hand have any, and in which tables."""
    rows = read_by_machines(names_page(bundled, "sources"), "csv")
    tables = {row["source"]: row["tables"] for row in rows}
    assert tables["hmic-2014-durham"] == "rates; changes; outcomes; satisfaction; judgments"
    assert tables["published-counts"] == "rates"
    assert tables["ons-pfa-2018-03-p7"] == ""
    write_tables(tmp_path, {"rates": ["durham,burglary,2014-06-30,,5.0"]})
    rows = read_by_machines(names_page(crimecmp.load(tmp_path), "metrics"), "csv")
    having = [row["metric"] for row in rows if row["has_figures"] == "true"]
    assert having == ["burglary-in-a-dwelling"]


def test_metrics_are_defined(bundled: crimecmp.Dataset) -> None:
    """Each metric's definition is beneath the list."""
    text = in_one_line(shown(names_page(bundled, "metrics"), "table"))
    for row in bundled.rows("metrics"):
        assert f"{row['label']}: {row['definition']}" in text


def test_forces_with_figures_are_named(bundled: crimecmp.Dataset, tmp_path: Path) -> None:
    """The list of forces says which have figures: of the bundled figures, each that is listed."""
    rows = [f"{force},burglary,2014-06-30,,5.0" for force in ("durham", "england-and-wales")]
    write_tables(tmp_path, {"rates": rows})
    [note] = names_page(crimecmp.load(tmp_path), "forces").all_notes
    _, _, named = note.text.partition(": ")
    assert sorted(named.rstrip(".").split(" and ")) == ["durham", "england-and-wales"]
    [note] = names_page(bundled, "forces").all_notes
    assert note.text.endswith(": all of these.")
    with_figures = {row["force"] for row in bundled.rows("rates")}
    assert with_figures == {row["force"] for row in bundled.rows("forces")}
