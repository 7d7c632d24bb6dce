"""The script that makes the bundled figures of all forces, and the figures that it made.

The script is tried on small files in the forms of the published ones: what it makes of them goes
into a copy of the data. The bundled tables themselves are held against the whole files.
"""

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
from beside import whole
from bundled import LAST, METRICS, table
from published_forms import ESTIMATED, MARCH_2018, ROLLING

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "bundle.py"
FILES = (ROLLING, MARCH_2018)
SOURCE = "published-counts"
Rows = dict[str, list[Sequence[str]]]


@functools.cache
def script() -> ModuleType:
    """Return the script as a module."""
    sys.path.insert(0, str(SCRIPT.parent))
    spec = importlib.util.spec_from_file_location("bundle", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made(small_file: Callable[[str], Path]) -> Rows:
    """Return the rows that the script makes of the small files, by table."""
    rows: Rows = script().EDITIONS[SOURCE]([str(small_file(name)) for name in FILES])
    return rows


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the project's data, with the script beside it."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path


Bundle = Callable[..., tuple[str, int]]


@pytest.fixture
def bundle(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], copy: Path, made: Rows
) -> Bundle:
    """Return a function that runs the script on the copy, which has the small files' figures."""

    def run(*options: str) -> tuple[str, int]:
        monkeypatch.setattr(script(), "DATA", copy / "data")
        monkeypatch.setitem(script().EDITIONS, SOURCE, lambda _: made)
        monkeypatch.setattr(sys, "argv", ["bundle.py", *options, SOURCE])
        code: int = script().main()
        return capsys.readouterr().out, code

    assert run() == ("", 0)
    return run


def process(script: Path, *arguments: str) -> tuple[str, str, int]:
    """Run a script: what it wrote, and how it ended."""
    done = subprocess.run(
        [sys.executable, str(script), *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    return done.stdout, done.stderr, done.returncode


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


def test_the_script_writes_what_its_check_wants(
    copy: Path, small_file: Callable[[str], Path]
) -> None:
    """Run on files, the script writes tables that its check passes; one changed number fails it."""
    script_, paths = copy / "scripts" / "bundle.py", [str(small_file(name)) for name in FILES]
    assert process(script_, SOURCE, *paths) == ("", "", 0)
    assert process(script_, "--check", SOURCE, *paths) == ("", "", 0)
    data = copy / "data" / SOURCE
    count = rows_of(data, "rates")[0].index("count")
    changed(data, "rates", -1, "count", str(int(rows_of(data, "rates")[-1][count]) + 1))
    said = f"{SOURCE}/rates.csv is not what scripts/bundle.py writes\n"
    assert process(script_, "--check", SOURCE, *paths) == (said, "", 1)


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
    bundle: Bundle, copy: Path, name: str, column: str, cell: str
) -> None:
    """A check finds a changed cell and writes nothing; without the option it is written anew."""
    data = copy / "data" / SOURCE
    before = {path.name: path.read_bytes() for path in data.iterdir()}
    changed(data, name, 1, column, cell)
    wrong = (data / f"{name}.csv").read_bytes()
    out, code = bundle("--check")
    assert (out, code) == (f"{SOURCE}/{name}.csv is not what scripts/bundle.py writes\n", 1)
    assert (data / f"{name}.csv").read_bytes() == wrong
    assert bundle() == ("", 0)
    assert {path.name: path.read_bytes() for path in data.iterdir()} == before
    assert bundle("--check") == ("", 0)


def test_a_row_too_few_or_too_many_is_found(bundle: Bundle, copy: Path) -> None:
    """A row that was taken away, or is there twice, ends the check with 1."""
    path = copy / "data" / SOURCE / "rates.csv"
    *lines, last = path.read_text("utf-8").splitlines(keepends=True)
    for text in ("".join(lines), "".join([*lines, last, last])):
        path.write_text(text, "utf-8", newline="")
        assert bundle("--check")[1] == 1


def test_other_editions_stay(bundle: Bundle, copy: Path) -> None:
    """What is made of one edition's files is written into its own folder alone."""
    other = copy / "data" / "hmic-2014-durham" / "rates.csv"
    other.write_text("something else", "utf-8")
    assert bundle() == ("", 0)
    assert other.read_text("utf-8") == "something else"


def test_only_the_bundled_measures_and_years_are_taken(made: Rows) -> None:
    """Six measures up to June 2014 are taken, the estimates they are over, and their sources.

    The files have more: fraud, burglary that is not of homes, later years and published rates.
    """
    rates = made["rates"]
    assert {row[1] for row in rates} == set(METRICS)
    assert {row[2] for row in rates} == {
        *(f"{year}-06-30" for year in range(2010, 2015)),
        *(f"{year}-03-31" for year in range(2012, 2015)),
    }
    assert not any("transport" in row[0] for row in rates)
    assert {row[3] for row in rates} == {SOURCE}
    assert {int(row[2]) for row in made["bases"]} == set(ESTIMATED)
    assert [row[0] for row in made["sources"]] == [
        SOURCE,
        "home-office-rec-crime-pfa-2018-12",
        "ons-pfa-2018-03-p7",
        "ons-pfa-2018-03-p9",
        "ons-pfa-2018-03-p10",
    ]


def test_estimates_of_other_years_are_left_out(
    monkeypatch: pytest.MonkeyPatch, small_file: Callable[[str], Path]
) -> None:
    """Estimates of the years that rates are over are taken, whatever other years a file has."""
    monkeypatch.setattr(script().published_counts, "YEARS", range(2010, 2012))
    made = script().EDITIONS[SOURCE]([str(small_file(MARCH_2018))])
    assert {int(row[2]) for row in made["bases"]} == {2010, 2011}


def test_rows_of_the_small_files_are_those_of_the_bundle(made: Rows) -> None:
    """A figure that the small files have is the bundled one; each last one of Durham is there."""
    bundled = {tuple(row.values()) for row in table("rates") if row["source"] == SOURCE}
    assert {tuple(row) for row in made["rates"]} <= bundled
    assert {("durham", *last) for last in LAST.items()} <= {tuple(row[:3]) for row in made["rates"]}


def test_the_bundle_is_what_the_whole_published_files_give() -> None:
    """The bundled tables are, byte for byte, what the script makes of the whole published files."""
    paths = [str(whole(name)) for name in FILES]
    assert process(SCRIPT, "--check", SOURCE, *paths) == ("", "", 0)
