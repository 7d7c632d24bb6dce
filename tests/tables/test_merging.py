"""A user's own names are added to the bundled ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from tabling import DATA, LEAST, Row, write

import crimecmp
from crimecmp.tables.checked import CheckedTable
from crimecmp.tables.merging import merged
from crimecmp.tables.schema import TABLES


def test_own_forces_and_metrics_add_to_the_bundled(tmp_path: Path) -> None:
    """The user's names are known in cells and queries, and the bundled ones stay known."""
    write(tmp_path / "forces.csv", [LEAST["forces"] | {"aliases": "bat city;gcpd"}])
    write(tmp_path / "metrics.csv", [LEAST["metrics"]])
    write(
        tmp_path / "rates.csv",
        [
            LEAST["rates"] | {"force": "GCPD", "metric": "Cake theft"},
            LEAST["rates"] | {"force": "durham", "metric": "asb"},
        ],
    )
    data = crimecmp.load(tmp_path)
    assert [(row["force"], row["metric"]) for row in data.rows("rates")] == [
        ("gotham", "cake-theft"),
        ("durham", "anti-social-behaviour"),
    ]
    assert data.forces.find("bat") == "gotham"
    assert data.metrics.find("cake") == "cake-theft"
    assert len(list(data.forces)) == len(list(DATA.forces)) + 1
    assert len(list(data.metrics)) == len(list(DATA.metrics)) + 1


def test_an_own_force_can_take_the_place_of_a_bundled_one(tmp_path: Path) -> None:
    """A user's row with a bundled id replaces that row and adds none."""
    path = write(tmp_path / "mine.csv", [{"force": "durham", "name": "Durham and Darlington"}])
    data = crimecmp.load(path)
    assert data.forces["durham"].label == "Durham and Darlington"
    names = [row["name"] for row in data.rows("forces") if row["force"] == "durham"]
    assert names == ["Durham and Darlington"]
    assert len(data.rows("forces")) == len(DATA.rows("forces"))


def test_a_row_without_the_flag_keeps_the_bundled_one(tmp_path: Path) -> None:
    """A user's row of the City of London without the flag keeps the bundled flag."""
    path = write(tmp_path / "forces.csv", [{"force": "city-of-london", "name": "The City"}])
    assert crimecmp.load(path).without_resident_base() == ("city-of-london",)


def test_own_groups_add_to_the_bundled(tmp_path: Path) -> None:
    """A user's groups stand beside the regions, and one with a region's id takes its place."""
    own = LEAST["groups"] | {"forces": "Durham Constabulary;E23000013"}
    other = {"group": "wales", "label": "Two of Wales", "forces": "gwent;south-wales"}
    data = crimecmp.load(write(tmp_path / "mine.csv", [own, other]))
    groups = {row["group"]: row["forces"] for row in data.rows("groups")}
    assert groups["alike"] == "durham;cleveland"
    assert groups["wales"] == "gwent;south-wales"
    assert len(groups) == len(DATA.rows("groups")) + 1


def table(name: str, *rows: Row) -> CheckedTable:
    """Return a checked table of some rows, their other cells empty."""
    columns = {
        column: [row.get(column, "") for row in rows] for column in TABLES[name].column_names
    }
    return CheckedTable(TABLES[name], f"{name}.csv", columns)


def test_an_empty_cell_keeps_the_old_one() -> None:
    """A row with a key that is there already keeps the cells that it leaves empty."""
    old = {"metric": "asb", "label": "Old", "unit": "per 1,000 people", "definition": "Incidents."}
    new = {"metric": "asb", "label": "New", "unit": "per 1,000 people"}
    [row] = merged(table("metrics", old), table("metrics", new)).rows()
    assert (row["label"], row["definition"]) == ("New", "Incidents.")


def test_a_short_name_is_not_kept_beside_a_new_name() -> None:
    """The short name of a force goes with its name: a row without one has none."""
    old = {"force": "gotham", "name": "Old Gotham", "short_name": "Gotham", "region": "East"}
    new = {"force": "gotham", "name": "New Gotham"}
    [row] = merged(table("forces", old), table("forces", new)).rows()
    assert (row["name"], row["short_name"], row["region"]) == ("New Gotham", "", "East")


@pytest.mark.parametrize(
    ("name", "order"), [("metrics", ["a", "b", "c"]), ("sources", ["c", "b", "a"])]
)
def test_only_sources_are_put_first(name: str, order: list[str]) -> None:
    """New rows come after the old ones; sources, chosen in order, come before them."""
    [key] = TABLES[name].key
    base = table(name, {key: "a"}, {key: "b"})
    more = table(name, {key: "c"}, {key: "b"})
    assert merged(base, more).columns[key] == order
