"""Tables are found in a folder, in a file or on standard input, and told apart."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from tabling import LEAST, write

import crimecmp
from crimecmp.errors import DataError, Fault
from crimecmp.tables.files import bundled_folder
from crimecmp.tables.loading import examine
from crimecmp.tables.schema import TABLES


@pytest.mark.parametrize("table", TABLES)
def test_the_required_columns_are_enough(table: str, tmp_path: Path) -> None:
    """One CSV file with only a table's required columns is sound and recognised."""
    data, faults = examine(write(tmp_path / "mine.csv", [LEAST[table]]))
    assert faults == []
    assert [(name, rows) for _, name, rows in data.read] == [(table, 1)]


@pytest.mark.parametrize("table", TABLES)
def test_the_order_of_columns_does_not_matter(table: str, tmp_path: Path) -> None:
    """A file with its columns in another order is the same table with the same rows."""
    row = LEAST[table]
    turned = {column: row[column] for column in reversed(list(row))}
    one = crimecmp.load(write(tmp_path / "mine.csv", [row])).rows(table)
    other = crimecmp.load(write(tmp_path / "mine.csv", [turned])).rows(table)
    assert one == other


@pytest.mark.parametrize("table", TABLES)
def test_a_table_with_all_its_columns_is_known(table: str, tmp_path: Path) -> None:
    """One CSV file with all of a table's columns, the optional ones empty, is that table."""
    row = dict.fromkeys(TABLES[table].column_names, "") | LEAST[table]
    data, faults = examine(write(tmp_path / "mine.csv", [row]))
    assert faults == []
    assert [name for _, name, _ in data.read] == [table]


@pytest.mark.parametrize("table", TABLES)
def test_bundled_files_are_known_by_their_headers(table: str, tmp_path: Path) -> None:
    """A copy of a bundled file under another name is still that table."""
    for number, path in enumerate(bundled_folder().glob(f"**/{table}.csv")):
        copy = tmp_path / f"copy-{number}.csv"
        copy.write_bytes(path.read_bytes())
        [(file, name, height)] = examine(copy)[0].read
        assert (file, name) == (str(copy), table)
        assert height > 0


def test_the_name_of_a_file_decides_between_tables(tmp_path: Path) -> None:
    """Of two tables that a header fits equally badly, the one that the file is named for counts."""
    row = {name: cell for name, cell in LEAST["rates"].items() if name != "value"}
    for table, column in (("rates", "value"), ("outcomes", "percent")):
        [fault] = examine(write(tmp_path / f"{table}.csv", [row]))[1]
        assert (fault.column, fault.problem) == (column, f"the {table} table needs this column")
    [fault] = examine(write(tmp_path / "mine.csv", [row]))[1]
    assert "does not match one table" in fault.problem


@pytest.mark.parametrize(
    ("misspelt", "table", "column"),
    [("valeu", "rates", "value"), ("value_", "rates", "value"), ("precent", "outcomes", "percent")],
)
def test_a_misspelt_column_says_which_table_is_meant(
    misspelt: str, table: str, column: str, tmp_path: Path
) -> None:
    """A column whose name is nearly that of one table's tells it from the others."""
    row = {name: cell for name, cell in LEAST["rates"].items() if name != "value"}
    faults = examine(write(tmp_path / "mine.csv", [row | {misspelt: "5"}]))[1]
    assert [fault.column for fault in faults] == [column, misspelt]
    assert faults[0].problem == f"the {table} table needs this column"
    assert f"did you mean {column}?" in faults[1].problem


def test_files_of_other_kinds_are_left_out(tmp_path: Path) -> None:
    """CSV files that are no table are left out and named; other files do not matter."""
    write(tmp_path / "rates.csv", [LEAST["rates"]])
    write(tmp_path / "population.csv", [{"area": "durham", "people": "616000"}])
    (tmp_path / "README.txt").write_text("Mind this.")
    data = crimecmp.load(tmp_path)
    assert data.left_out == ("population.csv",)
    assert [Path(file).name for file, *_ in data.read] == ["rates.csv"]


def test_a_tables_file_may_be_written_in_capitals(tmp_path: Path) -> None:
    """A folder's tables are known by the names of their files, whatever the case."""
    write(tmp_path / "Rates.CSV", [LEAST["rates"]])
    assert len(crimecmp.load(tmp_path).rows("rates")) == 1


def test_one_table_in_two_files_is_reported(tmp_path: Path) -> None:
    """Two files for one table are a fault: neither is dropped silently."""
    write(tmp_path / "rates.csv", [LEAST["rates"]])
    write(tmp_path / "RATES.csv", [LEAST["rates"]])
    if len(list(tmp_path.iterdir())) == 1:
        pytest.skip("this file system does not tell capitals from small letters")
    [fault] = examine(tmp_path)[1]
    assert (Path(fault.file).name, fault.row) == ("rates.csv", 0)
    assert "another table called rates" in fault.problem


def test_a_loaded_path_can_be_text_or_a_path(tmp_path: Path) -> None:
    """`load` takes a path as text as well as a `Path`."""
    path = write(tmp_path / "mine.csv", [LEAST["rates"]])
    assert crimecmp.load(str(path)).rows("rates") == crimecmp.load(path).rows("rates")


STDIN = "force,metric,period_end,value\ndurham,burglary,2014-06-30,7.25\n"


def crimecmp_with(text: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program with `text` on its standard input."""
    command = [sys.executable, "-m", "crimecmp", *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False)


def test_tables_can_come_through_a_pipe() -> None:
    """`-` reads a table from standard input, which is named as its source."""
    done = crimecmp_with(STDIN, "rates", "--data", "-", "--format", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    [row] = csv.DictReader(io.StringIO(done.stdout))
    assert row["metric"] == "burglary-in-a-dwelling"
    assert (row["force_value"], row["source"]) == ("7.25", "standard input")


def test_faults_of_a_pipe_are_reported() -> None:
    """A fault on standard input has row and column, and its own name in place of a file's."""
    done = crimecmp_with(STDIN.replace("7.25", "n/a"), "check", "-")
    assert done.returncode == 1
    assert done.stdout.startswith("standard input:2:value: 'n/a' is not a number")


def test_a_closed_standard_input_is_a_clean_error() -> None:
    """Without a standard input, `-` is a clean error."""
    shell = ["sh", "-c", 'exec "$0" -m crimecmp rates --data - <&-', sys.executable]
    done = subprocess.run(shell, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "unexpected" not in done.stderr
    assert "standard input" in done.stderr


def test_a_file_that_is_not_there_is_reported(tmp_path: Path) -> None:
    """A path without a file is a fault of the whole path."""
    assert faults_of_unreadable(tmp_path / "nowhere.csv") == [("nowhere.csv", 0, "")]


def test_a_file_that_cannot_be_opened_is_reported(tmp_path: Path) -> None:
    """A link to itself, which nobody can open, is a fault that says so."""
    loop = tmp_path / "rates.csv"
    loop.symlink_to(loop)
    assert faults_of_unreadable(loop) == [("rates.csv", 0, "")]
    assert faults_of_unreadable(tmp_path) == [("rates.csv", 0, "")]


def test_the_other_files_of_a_folder_are_checked_all_the_same(tmp_path: Path) -> None:
    """A file that cannot be opened does not hide the faults of the others."""
    write(tmp_path / "changes.csv", [LEAST["changes"] | {"percent": "x"}])
    loop = tmp_path / "rates.csv"
    loop.symlink_to(loop)
    with pytest.raises(DataError) as caught:
        crimecmp.load(tmp_path)
    assert {Path(fault.file).name for fault in caught.value.faults} == {"changes.csv", "rates.csv"}


def test_a_path_too_long_to_exist_is_reported() -> None:
    """A path that the system refuses to look up is a fault of that path, like any other."""
    with pytest.raises(DataError):
        crimecmp.load("x" * 300)


def test_a_folder_that_may_not_be_listed_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that may not be listed is a fault of that folder."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    # Tests can be run by the superuser, whom no permission stops.
    monkeypatch.setattr("os.listdir", refuse)
    monkeypatch.setattr("os.scandir", refuse)
    with pytest.raises(DataError, match="Permission denied"):
        crimecmp.load(tmp_path)


def test_a_path_with_a_nul_is_reported() -> None:
    """A path that cannot be one is a clean error."""
    with pytest.raises(DataError, match="cannot be read"):
        crimecmp.load("a\0b.csv")


def faults_of_unreadable(path: Path) -> list[tuple[str, int, str]]:
    """Return the faults of what cannot be opened."""
    with pytest.raises(DataError) as caught:
        crimecmp.load(path)
    faults: Iterable[Fault] = caught.value.faults
    assert all(fault.problem.startswith("cannot be read: ") for fault in faults)
    return [(Path(fault.file).name, fault.row, fault.column) for fault in faults]
