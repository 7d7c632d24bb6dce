"""Rows are found by runs: where they are in a table, without going through it each time."""

from __future__ import annotations

from crimecmp.tables.runs import Run, Runs, runs_of

COLUMNS = {
    "force": ["a", "a", "a", "b", "a"],
    "metric": ["m", "m", "n", "m", "m"],
    "source": ["s", "s", "s", "s", "t"],
    "period_end": ["2013", "2014", "2014", "2014", "2014"],
}


def test_a_run_is_of_rows_that_follow_one_another() -> None:
    """Rows of one force, metric and source make a run, with the places where it begins and ends."""
    assert list(runs_of(COLUMNS, start=10)) == [
        Run("a", "m", "s", 10, 12),
        Run("a", "n", "s", 12, 13),
        Run("b", "m", "s", 13, 14),
        Run("a", "m", "t", 14, 15),
    ]


def test_places_are_those_of_the_wanted_runs() -> None:
    """The places of the rows of all wanted runs are returned in order."""
    runs = Runs(runs_of(COLUMNS), COLUMNS["period_end"])
    assert runs.places(lambda run: run.force == "a") == [0, 1, 2, 4]


def test_a_period_has_one_place_a_force() -> None:
    """The row of each force on one metric, from one source, for one period."""
    runs = Runs(runs_of(COLUMNS), COLUMNS["period_end"])
    assert runs.of_period("m", "s", "2014") == {"a": 1, "b": 3}
    assert runs.of_period("m", "s", "2012") == {}


def test_judgments_have_runs_without_metric() -> None:
    """A table without metrics or periods has runs of one force and source."""
    columns = {"force": ["a", "a"], "source": ["s", "s"]}
    assert list(runs_of(columns)) == [Run("a", "", "s", 0, 2)]
