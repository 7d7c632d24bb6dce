"""`crimecmp check` says whether tables are sound, and all that is wrong with them."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from bundled import program
from terminal import crimecmp_run

import crimecmp
from crimecmp.errors import Fault
from crimecmp.tables.files import bundled_folder


def test_check_says_that_sound_tables_are_sound() -> None:
    """The bundled tables are sound, each named with its rows."""
    done = crimecmp_run("check", str(bundled_folder()))
    assert (done.err, done.code) == ("", 0)
    files = sorted(bundled_folder().glob("**/*.csv"))
    assert "rates.csv" in [file.name for file in files]
    for file in files:
        with file.open(encoding="utf-8", newline="") as stream:
            rows = sum(1 for _ in csv.reader(stream)) - 1
        assert re.search(rf"{file}: {file.stem}, {rows:,} rows?$", done.out, re.MULTILINE)


def test_check_lists_every_fault(tmp_path: Path) -> None:
    """Every fault is listed, not the first twenty alone, and the number of them is said."""
    rows = "".join(f"atlantis-{number},crime,2014-06-30,1\n" for number in range(30))
    (tmp_path / "rates.csv").write_text(f"force,metric,period_end,value\n{rows}")
    done = crimecmp_run("check", str(tmp_path))
    assert done.code == 1
    assert len(re.findall(r"rates\.csv:\d+:force: ", done.out + done.err)) == 30
    assert "30 faults" in done.err


def test_faults_are_in_the_terminals_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A function that a fault names is the command that does the same."""
    fault = Fault("rates.csv", 2, "force", "unknown; crimecmp.forces() lists the known ones")
    data = crimecmp.load()
    monkeypatch.setattr("crimecmp.tables.loading.examine", lambda path: (data, [fault]))
    done = program(capsys)("check", "mine")
    assert done.out == "rates.csv:2:force: unknown; crimecmp forces lists the known ones\n"
    assert (done.err, done.code) == ("crimecmp: error: mine is not sound: 1 fault\n", 1)


def test_a_text_is_no_table(tmp_path: Path) -> None:
    """A text file is called no table, with what `check` takes; its lines are not gone through."""
    text = tmp_path / "README.md"
    text.write_text("# Title\n\nWords, words, words.\n\nMore, of them\n")
    done = crimecmp_run("check", str(text))
    assert done.code == 1
    assert len(done.out.splitlines()) == 1
    assert "does not match one table" in done.out
    assert done.err == (
        f"crimecmp: error: {text} is not a table of crimecmp\n"
        "  crimecmp check takes a folder of CSV tables, a CSV file, or - for standard input.\n"
    )


def test_a_table_may_have_any_name(tmp_path: Path) -> None:
    """What has the header of a table is one, whatever its file is called."""
    table = tmp_path / "rates.txt"
    table.write_text("force,metric,period_end,value\ndurham,crime,2014-06-30,5\n")
    assert crimecmp_run("check", str(table)).code == 0
    table.write_text("force,metric,period_end,value\natlantis,crime,2014-06-30,5\n")
    assert "is not sound: 1 fault" in crimecmp_run("check", str(table)).err
