"""Columns, cells, keys and references of a user's own tables are checked."""

from __future__ import annotations

from pathlib import Path

import pytest
from tabling import (
    DURHAM,
    HMIC,
    JUNE_2010,
    LEAST,
    MARCH_2014,
    NATION,
    Row,
    faults_of,
    problem_of,
    write,
)

import crimecmp
from crimecmp.tables.loading import examine
from crimecmp.tables.schema import TABLES


@pytest.mark.parametrize(
    ("table", "column"),
    [(table, column) for table, row in LEAST.items() for column in row],
)
def test_a_missing_required_column_is_reported(table: str, column: str, tmp_path: Path) -> None:
    """In a folder, where the file's name says which table it is, the missing column is named."""
    row = {name: cell for name, cell in LEAST[table].items() if name != column}
    write(tmp_path / f"{table}.csv", [row])
    assert faults_of(tmp_path) == [(f"{table}.csv", 1, column)]
    assert problem_of(tmp_path) == f"the {table} table needs this column"


@pytest.mark.parametrize(
    ("table", "column"),
    [(table, column) for table, row in LEAST.items() for column in row],
)
def test_an_empty_required_cell_is_reported(table: str, column: str, tmp_path: Path) -> None:
    """Only a figure may be missing: any other required cell that is empty is a fault."""
    figures = {"value", "percent", "margin", *(["count"] if table == "months" else [])}
    path = write(tmp_path / "mine.csv", [LEAST[table] | {column: ""}])
    if column in figures:
        assert examine(path)[1] == []
    else:
        assert faults_of(path) == [("mine.csv", 2, column)]
        assert "empty" in problem_of(path)


@pytest.mark.parametrize(
    ("table", "again"),
    [
        ("rates", {"value": "6.0"}),
        ("changes", {"percent": "7"}),
        ("outcomes", {"percent": "7"}),
        ("satisfaction", {"percent": "7"}),
        ("judgments", {"judgment": "outstanding"}),
        ("forces", {"name": "Another"}),
        ("metrics", {"label": "Another"}),
        ("sources", {"title": "Another"}),
        ("questions", {"label": "Another"}),
        ("scale", {"label": "Another", "rank": "2"}),
        ("map", {"column": "2", "code": "D"}),
        ("notes", {"text": "Another."}),
        ("bases", {"value": "600000"}),
        ("groups", {"label": "Another"}),
        ("differences", {"text": "Another."}),
    ],
)
def test_a_key_may_stand_once(table: str, again: Row, tmp_path: Path) -> None:
    """Two rows with the same key are a fault on the second, even where other cells differ."""
    path = write(tmp_path / "mine.csv", [LEAST[table], LEAST[table] | again])
    assert faults_of(path) == [("mine.csv", 3, TABLES[table].key[0])]
    assert "row 2" in problem_of(path)


@pytest.mark.parametrize(
    ("again", "column"), [({"code": "CLE"}, "column"), ({"column": "2"}, "code")]
)
def test_a_place_and_a_code_on_the_map_stand_once(again: Row, column: str, tmp_path: Path) -> None:
    """Two forces in one hexagon, or with one code, are a fault on the second."""
    path = write(
        tmp_path / "map.csv", [LEAST["map"], LEAST["map"] | {"force": "cleveland"} | again]
    )
    assert faults_of(path) == [("map.csv", 3, column)]
    assert "row 2" in problem_of(path)


@pytest.mark.parametrize(
    ("table", "other"),
    [
        ("rates", {"metric": "asb"}),
        ("rates", {"force": "met"}),
        ("rates", {"period_end": MARCH_2014}),
        ("changes", {"base_period_end": JUNE_2010}),
        ("judgments", {"question": "investigating-offending"}),
        ("bases", {"base": "households"}),
        ("bases", {"year": "2012"}),
    ],
)
def test_rows_that_differ_in_any_part_of_the_key_are_sound(
    table: str, other: Row, tmp_path: Path
) -> None:
    """Each part of a key counts: another area, measure or period is another figure."""
    path = write(tmp_path / "mine.csv", [LEAST[table], LEAST[table] | other])
    assert examine(path)[1] == []


def test_rows_without_a_whole_key_are_not_reported_twice(tmp_path: Path) -> None:
    """An empty cell in a key is a fault of that cell, not a repeated key."""
    path = write(tmp_path / "mine.csv", [LEAST["rates"] | {"metric": ""}] * 2)
    assert faults_of(path) == [("mine.csv", 2, "metric"), ("mine.csv", 3, "metric")]


def test_two_names_of_one_thing_are_one_key(tmp_path: Path) -> None:
    """Keys are compared by what their names mean, not by how they are written."""
    rows = [LEAST["rates"], LEAST["rates"] | {"force": "E23000008", "metric": "Burglary"}]
    assert faults_of(write(tmp_path / "mine.csv", rows)) == [("mine.csv", 3, "force")]


@pytest.mark.parametrize(
    ("table", "cells", "column", "problem"),
    [
        ("rates", {"force": "durhan"}, "force", "unknown force 'durhan'; did you mean durham"),
        ("rates", {"force": "wales"}, "force", "unknown force 'wales'"),
        ("rates", {"metric": "cake"}, "metric", "unknown metric 'cake'"),
        ("rates", {"source": "annual-2020"}, "source", "unknown source 'annual-2020'"),
        ("changes", {"source": "annual-2020"}, "source", "unknown source 'annual-2020'"),
        ("judgments", {"question": "cake"}, "question", "unknown question 'cake'"),
        ("judgments", {"judgment": "fine"}, "judgment", "unknown judgment 'fine'"),
        ("notes", {"metrics": "burglary;cake"}, "metrics", "unknown metric 'cake'"),
        ("notes", {"tables": "rates;cakes"}, "tables", "'cakes' is not one of"),
        ("bases", {"force": "durhan"}, "force", "unknown force 'durhan'"),
        ("bases", {"base": "crimes"}, "base", "'crimes' is not one of"),
        ("groups", {"forces": "durham;durhan"}, "forces", "unknown force 'durhan'"),
        ("groups", {"group": "durham"}, "group", "this is the name of a force"),
        ("groups", {"group": NATION}, "group", "this is the name of a force"),
        ("differences", {"metric": "cake"}, "metric", "unknown metric 'cake'"),
        ("changes", {"base_period_end": "2014-06-30"}, "base_period_end", "is not before"),
        ("changes", {"base_period_end": "2015-06-30"}, "base_period_end", "is not before"),
    ],
)
def test_references_and_periods_are_checked(
    table: str, cells: Row, column: str, problem: str, tmp_path: Path
) -> None:
    """A cell that refers to nothing, and a change from a later period, are faults."""
    path = write(tmp_path / "mine.csv", [LEAST[table] | cells])
    assert faults_of(path) == [("mine.csv", 2, column)]
    assert problem in problem_of(path)


CHARGED = {"force": DURHAM, "metric": "outcome-charged-or-summonsed", "period_end": MARCH_2014}
"""An outcome of the same crimes that it is a percentage of, as `metrics.csv` says."""


@pytest.mark.parametrize(
    ("cells", "faults"),
    [
        ({"percent": "100", "count": "40", "base": "40"}, []),
        ({"percent": "100.1", "count": "", "base": ""}, [("percent", "'100.1' is over 100")]),
        ({"percent": "", "count": "46", "base": "40"}, [("count", "more than its base, 40")]),
        (
            {"percent": "115.0", "count": "46", "base": "40"},
            [("percent", "'115.0' is over 100"), ("count", "'46' is more than its base, 40")],
        ),
        # A cell that is no number is a fault of its own, and no error of the program.
        (
            {"percent": "many", "count": "46", "base": "40"},
            [("percent", "'many' is not a number"), ("count", "more than its base, 40")],
        ),
        (
            {"percent": "115", "count": "forty-six", "base": "40"},
            [("count", "'forty-six' is not a number"), ("percent", "'115' is over 100")],
        ),
        (
            {"percent": "115", "count": "46", "base": "0"},
            [("base", "'0' is not above 0"), ("percent", "'115' is over 100")],
        ),
        (
            {"percent": "36", "count": "46", "base": "1e1"},
            [("base", "'1e1' is not a number")],
        ),
    ],
)
def test_a_part_cannot_be_more_than_the_base_that_it_is_part_of(
    cells: Row, faults: list[tuple[str, str]], tmp_path: Path
) -> None:
    """Over 100 per cent, or more counted than there are, is refused where metrics.csv says so."""
    found = examine(write(tmp_path / "mine.csv", [CHARGED | cells]))[1]
    assert sorted(fault.column for fault in found) == sorted(column for column, _ in faults)
    for column, problem in faults:
        [told] = [fault.problem for fault in found if fault.column == column]
        assert problem in told
    assert {fault.row for fault in found} <= {2}


def test_a_ratio_of_two_counts_may_be_over_100(tmp_path: Path) -> None:
    """46 detections of 40 crimes are read: a detection can belong to a crime of another year."""
    row = LEAST["outcomes"] | {"percent": "115.0", "count": "46", "base": "40"}
    path = write(tmp_path / "mine.csv", [row])
    assert examine(path)[1] == []
    [read] = crimecmp.load(path).rows("outcomes")
    assert (read["percent"], read["count"], read["base"]) == ("115.0", "46", "40")


@pytest.mark.parametrize(("flag", "faults"), [("true", 1), ("false", 0), ("", 0)])
def test_a_users_own_metric_says_whether_it_is_a_part(
    flag: str, faults: int, tmp_path: Path
) -> None:
    """By default a percentage is a ratio of two counts; a flag makes it a part of its base."""
    metric = {"metric": "solved", "label": "Solved", "unit": "%", "part_of_base": flag}
    write(tmp_path / "metrics.csv", [metric])
    write(tmp_path / "outcomes.csv", [CHARGED | {"metric": "solved", "percent": "115.0"}])
    assert len(examine(tmp_path)[1]) == faults


def test_an_unknown_metric_is_the_only_fault_of_its_row(tmp_path: Path) -> None:
    """Of a metric that nobody knows it cannot be said whether it may be over 100."""
    row = CHARGED | {"metric": "cake", "percent": "115.0"}
    assert faults_of(write(tmp_path / "mine.csv", [row])) == [("mine.csv", 2, "metric")]


@pytest.mark.parametrize(
    ("typed", "force"),
    [
        ("Durham Constabulary", "durham"),
        ("DURHAM", "durham"),
        ("E23000008", "durham"),
        ("met", "metropolitan"),
        ("Devon & Cornwall", "devon-and-cornwall"),
        ("England & Wales", NATION),
    ],
)
def test_names_in_cells_become_ids(typed: str, force: str, tmp_path: Path) -> None:
    """A cell can name a force by any of its exact names."""
    data = crimecmp.load(write(tmp_path / "mine.csv", [LEAST["rates"] | {"force": typed}]))
    [row] = data.rows("rates")
    assert (row["force"], row["metric"]) == (force, "burglary-in-a-dwelling")


def test_names_in_lists_become_ids(tmp_path: Path) -> None:
    """Each part of a list of names is looked up by itself."""
    row = LEAST["notes"] | {"metrics": "Burglary; asb"}
    [note] = crimecmp.load(write(tmp_path / "mine.csv", [row])).rows("notes")
    assert note["metrics"] == "burglary-in-a-dwelling;anti-social-behaviour"


def test_a_file_without_sources_is_its_own_source(tmp_path: Path) -> None:
    """Without a source, as a column or in a cell, the file itself is the source."""
    bare = write(tmp_path / "bare.csv", [LEAST["rates"]])
    partly = write(
        tmp_path / "partly.csv",
        [LEAST["rates"] | {"source": ""}, LEAST["rates"] | {"source": HMIC, "metric": "asb"}],
    )
    assert [row["source"] for row in crimecmp.load(bare).rows("rates")] == ["bare.csv"]
    assert [row["source"] for row in crimecmp.load(partly).rows("rates")] == ["partly.csv", HMIC]
