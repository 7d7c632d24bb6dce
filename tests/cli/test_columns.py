"""`--columns` chooses columns of machine output, and changes nothing in them."""

from __future__ import annotations

import csv
import io
import shlex
from typing import Any

import pytest
from bundled import Program
from terminal import PAGE_COMMANDS, in_shell

from crimecmp.cli.columns import DEFAULT_NUMBER

FIRST = (
    "kind,metric,label,force,benchmark,period_end,base_period_end,unit,force_value,"
    "benchmark_value,difference,percent_difference,source"
)


def columns_of(text: str) -> dict[str, list[str]]:
    """Return the columns of CSV by name."""
    return {name: cells for name, *cells in zip(*csv.reader(io.StringIO(text)), strict=True)}


@pytest.mark.parametrize("command", ["rates", "satisfaction", "report", "judgments", "forces"])
def test_each_column_alone_is_as_it_is_among_all(run: Program, command: str) -> None:
    """A cell is written as in the whole output, decimals and all, whatever stands beside it."""
    every = columns_of(run(command, "-f", "csv").out)
    for name, cells in every.items():
        done = run(command, "-f", "csv", "--columns", name)
        assert (done.err, done.code) == ("", 0)
        assert columns_of(done.out) == {name: cells}


def test_columns_come_in_the_order_that_they_are_named_in(run: Program) -> None:
    """The first named is the first written; blanks after commas do no harm."""
    done = run("rates", "-f", "csv", "--columns", "verdict, force_value,metric")
    assert done.out.splitlines()[:2] == [
        "verdict,force_value,metric",
        "lower,54.0,crime-excluding-fraud",
    ]


def test_json_has_the_columns_alone(run: Program) -> None:
    """Columns and rows of JSON are those named, with the same values; all else stays."""
    every: dict[str, Any] = run("rates", "-f", "json").object
    few = run("rates", "-f", "json", "--columns", "force_value,label").object
    names = ["force_value", "label"]
    assert [column["name"] for column in few["columns"]] == names
    assert [list(row) for row in few["rows"]] == [names] * len(every["rows"])
    assert few["rows"] == [{name: row[name] for name in names} for row in every["rows"]]
    for part in ("title", "notes", "sources"):
        assert few[part] == every[part]


@pytest.mark.parametrize("command", PAGE_COMMANDS)
def test_the_default_columns_are_the_first(run: Program, command: str) -> None:
    """`default` is the first 13 columns of a page, or all where there are fewer."""
    every = columns_of(run(command, "-f", "csv").out)
    few = columns_of(run(command, "-f", "csv", "--columns", "default").out)
    assert few == dict(list(every.items())[:DEFAULT_NUMBER])
    if command == "rates":
        assert ",".join(few) == FIRST


def test_columns_can_be_added_to_the_default_ones(run: Program) -> None:
    """`default` stands for the first columns, also before others."""
    header = run("rates", "-f", "csv", "--columns", "default,usual_p").out.partition("\n")[0]
    assert header == f"{FIRST},usual_p"


@pytest.mark.parametrize(
    ("columns", "said", "advice"),
    [
        ("verdct", "no column is called 'verdct'", "Did you mean verdict?"),
        ("force,forse_value", "'forse_value'", "force_value"),
        ("xyzzy", "'xyzzy'", "All columns: crimecmp rates durham --format csv | head -1"),
        ("", "names no column", "All columns"),
        ("force,", "no column is called ''", "All columns"),
        ("default,force", "force 2 times", "once"),
        ("force,metric,force", "force 2 times", "once"),
    ],
)
def test_columns_that_cannot_be_are_refused(
    run: Program, columns: str, said: str, advice: str
) -> None:
    """An unknown column is answered with near names, one that is named twice with that."""
    done = run("rates", "durham", "-f", "csv", "--columns", columns)
    assert (done.out, done.code) == ("", 2)
    first, second = done.err.splitlines()
    assert said in first
    assert advice in second


def test_the_command_that_lists_all_columns_works(run: Program) -> None:
    """What is advised prints the names of all columns."""
    done = run("compare", "durham", "devon & cornwall", "-f", "csv", "--columns", "xyzzy")
    command = done.err.partition("All columns: ")[2].strip()
    shown = in_shell(command)
    assert (shown.out.count("\n"), shown.err) == (1, "")
    assert shown.out.startswith(FIRST)
    assert shlex.split(command)[3] == "devon & cornwall"


@pytest.mark.parametrize("form", ["table", "markdown", "html"])
def test_columns_are_for_machines(run: Program, form: str) -> None:
    """A format for people has no such columns: the option is refused before anything is read."""
    done = run("rates", "-f", form, "--columns", "force", "--data", "no/such/folder")
    assert (done.out, done.code) == ("", 2)
    assert f"--columns is for csv and json, not for {form}" in done.err
    assert "--format csv" in done.err


def test_a_run_fails_on_columns_that_are_not_shown(run: Program) -> None:
    """`--fail-on` looks at the rows, whichever columns of them are written."""
    done = run("rates", "-f", "csv", "--columns", "metric", "--fail-on", "lower")
    assert done.code == 3
    assert "verdict" not in done.out
