"""The script that makes the bundled figures of all forces, and the figures that it made."""

from __future__ import annotations

import csv
import functools
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import pytest
from importing import ROLLING

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "bundle.py"
MARCH_2018 = ROLLING.parents[1] / "ons" / "policeforceareatablesyearendingmarch2018v2.xlsx"
MADE = ("rates", "bases", "sources")
SOURCE = "published-counts"


@functools.cache
def script() -> ModuleType:
    """Return the script as a module."""
    spec = importlib.util.spec_from_file_location("bundle", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def files() -> list[str]:
    """Return the published files; the test is skipped where they are not beside the project."""
    if not (ROLLING.is_file() and MARCH_2018.is_file()):
        pytest.skip("the published files are not beside the project")
    return [str(ROLLING), str(MARCH_2018)]


@functools.cache
def wanted() -> dict[str, list[Sequence[str]]]:
    """Return the rows that the script makes of the published files."""
    made: dict[str, list[Sequence[str]]] = script().wanted(files())
    return made


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the project's data, with the script beside it."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(SCRIPT, tmp_path / "scripts")
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path


def process(script: Path, *options: str) -> tuple[str, str, int]:
    """Run a script on the published files and return both outputs and the exit code."""
    done = subprocess.run(
        [sys.executable, str(script), *options, *files()],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    return done.stdout, done.stderr, done.returncode


@pytest.fixture
def bundle(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], copy: Path
) -> Callable[..., tuple[str, int]]:
    """Return a function that runs the script on the copy, in this process."""

    def run(*options: str) -> tuple[str, int]:
        made = wanted()
        monkeypatch.setattr(script(), "DATA", copy / "data")
        monkeypatch.setattr(script(), "wanted", lambda _: made)
        monkeypatch.setattr(sys, "argv", ["bundle.py", *options])
        code: int = script().main()
        return capsys.readouterr().out, code

    return run


def rows_of(data: Path, name: str) -> list[list[str]]:
    """Return the rows of a table, its heading first."""
    with (data / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def changed(data: Path, name: str, row: int, column: str, cell: str) -> None:
    """Change one cell of a table: that of a row, from the end where its number is negative."""
    rows = rows_of(data, name)
    place = rows[0].index(column)
    assert rows[row][place] != cell
    rows[row][place] = cell
    with (data / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def test_the_bundle_is_what_the_published_files_give() -> None:
    """The bundled tables are, byte for byte, what the script makes of the published files."""
    assert process(SCRIPT, "--check") == ("", "", 0)


def test_one_changed_number_is_found(copy: Path) -> None:
    """A check of data in which one count is wrong by one ends with 1."""
    data = copy / "data"
    count = rows_of(data, "rates")[0].index("count")
    changed(data, "rates", -1, "count", str(int(rows_of(data, "rates")[-1][count]) + 1))
    out, err, code = process(copy / "scripts" / "bundle.py", "--check")
    assert (err, code) == ("", 1)
    assert out == "rates.csv is not what scripts/bundle.py writes\n"


@pytest.mark.parametrize(
    ("name", "column", "cell"),
    [
        ("rates", "value", "1.5"),
        ("rates", "base", "1"),
        ("rates", "period_end", "2014-06-29"),
        ("bases", "value", "1"),
        ("sources", "note", "SHA-256 0"),
    ],
)
def test_any_change_is_found_and_set_right(
    bundle: Callable[..., tuple[str, int]], copy: Path, name: str, column: str, cell: str
) -> None:
    """A check finds a changed cell and writes nothing; without the option it is written anew."""
    data = copy / "data"
    before = {path.name: path.read_bytes() for path in data.iterdir()}
    row = next(
        number
        for number, cells in enumerate(rows_of(data, name))
        if any(part.startswith(("ons-pfa-2018-03-p9", SOURCE)) for part in cells)
    )
    changed(data, name, row, column, cell)
    wrong = (data / f"{name}.csv").read_bytes()
    out, code = bundle("--check")
    assert (out, code) == (f"{name}.csv is not what scripts/bundle.py writes\n", 1)
    assert (data / f"{name}.csv").read_bytes() == wrong
    assert bundle() == ("", 0)
    assert {path.name: path.read_bytes() for path in data.iterdir()} == before
    assert bundle("--check") == ("", 0)


def test_a_row_too_few_or_too_many_is_found(
    bundle: Callable[..., tuple[str, int]], copy: Path
) -> None:
    """A missing row, or a repeated one, ends the check with 1."""
    path = copy / "data" / "rates.csv"
    *lines, last = path.read_text("utf-8").splitlines(keepends=True)
    for text in ("".join(lines), "".join([*lines, last, last])):
        path.write_text(text, "utf-8", newline="")
        assert bundle("--check")[1] == 1


def test_what_the_script_does_not_make_stays(
    bundle: Callable[..., tuple[str, int]], copy: Path
) -> None:
    """Rows of other sources stay as they are, before those that the script makes."""
    data = copy / "data"
    place = rows_of(data, "rates")[0].index("source")
    own = [row for row in rows_of(data, "rates")[1:] if row[place] != SOURCE]
    assert own
    changed(data, "rates", 1, "note", "Somebody's own.")
    assert bundle() == ("", 0)
    rows = rows_of(data, "rates")[1:]
    assert rows[0][-1] == "Somebody's own."
    assert [row[:-1] for row in rows[: len(own)]] == [row[:-1] for row in own]
    assert {row[place] for row in rows[len(own) :]} == {SOURCE}


@pytest.mark.parametrize(
    ("metric", "end", "durham", "count", "nation"),
    [
        ("crime-excluding-fraud", "2014-06-30", "54.006", "33570", "60.772"),
        ("victim-based-crime", "2014-06-30", "48.460", "30123", "53.959"),
        ("sexual-offences", "2014-06-30", "1.649", "1025", "1.177"),
        ("violence-with-injury", "2014-06-30", "5.162", "3209", "5.854"),
        ("burglary-in-a-dwelling", "2014-06-30", "4.985", "1358", "8.729"),
        ("anti-social-behaviour", "2014-03-31", "47.36", "29439", "36.77"),
    ],
)
def test_the_known_figures_are_made(
    metric: str, end: str, durham: str, count: str, nation: str
) -> None:
    """Rates of Durham and of England and Wales are those calculated by hand."""
    rows = {row[0]: row for row in wanted()["rates"] if tuple(row[1:3]) == (metric, end)}
    places = len(durham.partition(".")[2])
    assert len(rows) == 44
    assert rows["durham"][5] == count
    assert f"{float(rows['durham'][4]):.{places}f}" == durham
    assert f"{float(rows['england-and-wales'][4]):.{places}f}" == nation


def test_every_force_has_every_quarter() -> None:
    """43 forces and England and Wales have 17 quarters of each crime, and 4 years of incidents."""
    rates = wanted()["rates"]
    crimes = {tuple(row[:3]) for row in rates if row[1] != "anti-social-behaviour"}
    incidents = {tuple(row[:3]) for row in rates} - crimes
    assert (len(crimes), len(incidents)) == (44 * 5 * 17, 44 * 4)
    assert len(rates) == len(crimes) + len(incidents)
    assert {end for *_, end in crimes} == {
        f"{year}-{day}"
        for year in range(2010, 2015)
        for day in ("03-31", "06-30", "09-30", "12-31")
        if "2010-06" <= f"{year}-{day}" < "2014-07"
    }
    assert not any("transport" in row[0] for row in rates)
