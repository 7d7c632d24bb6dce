"""A bundled table that is not as it was installed is told as such, and never shown in a report."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from bundled import Program

from crimecmp.errors import DataError
from crimecmp.tables import bundled, editions
from crimecmp.tables.bundled import require_intact
from crimecmp.tables.files import bundled_folder

RATES = "hmic-2014-durham/rates.csv"
DESCRIPTION = "datapackage.json"
AGAIN = "Install crimecmp again."

Change = Callable[[Path], object]


def cut(path: Path) -> None:
    """Leave out the last row."""
    path.write_bytes(path.read_bytes().rpartition(b"\n")[0].rpartition(b"\n")[0] + b"\n")


def cut_in_a_row(path: Path) -> None:
    """Leave out all after the middle of a row."""
    path.write_bytes(path.read_bytes()[:500])


def another_figure(path: Path) -> None:
    """Put another figure in the place of one, of as many digits."""
    path.write_bytes(path.read_bytes().replace(b",54.0,", b",45.0,", 1))


def no_figure(path: Path) -> None:
    """Put something that is no number in the place of a figure."""
    path.write_bytes(path.read_bytes().replace(b",54.0,", b",none,", 1))


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the bundled folder, which is then the bundled folder."""
    folder = tmp_path / "data"
    shutil.copytree(bundled_folder(), folder)
    for module in (bundled, editions):
        monkeypatch.setattr(module, "bundled_folder", lambda: folder)
    return folder


@pytest.fixture
def own(tmp_path: Path) -> str:
    """Return a sound table of a user."""
    path = tmp_path / "mine.csv"
    path.write_text("force,metric,period_end,value,source\n", "utf-8")
    return str(path)


def test_the_bundled_tables_are_as_they_are_described() -> None:
    """Every table has the size and the checksum of its description."""
    require_intact()


def test_tables_as_installed_are_shown(installed: Path, run: Program, own: str) -> None:
    """Nothing is said where nothing was changed."""
    assert installed.is_dir()
    assert (run("report", "durham").code, run("check", own).code) == (0, 0)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (cut, "bytes, not 2,183"),
        (cut_in_a_row, "500 bytes, not 2,183"),
        (another_figure, "its SHA-256 is another"),
        (Path.unlink, "cannot be read: No such file or directory"),
    ],
)
def test_a_changed_table_is_told_by_report_and_check(
    installed: Path, run: Program, own: str, change: Change, said: str
) -> None:
    """Both name the file, what is wrong with it and what to do, and show nothing."""
    path = installed / RATES
    change(path)
    for arguments in (("report", "durham"), ("check", own)):
        done = run(*arguments)
        assert (done.out, done.code) == ("", 1)
        assert f"{path}: " in done.err
        assert said in done.err
        assert done.err.endswith(f"  {AGAIN}\n")
        assert done.err.count("\n") == 2


@pytest.mark.parametrize("command", ["rates", "compare", "chart rank"])
@pytest.mark.parametrize("change", [cut_in_a_row, no_figure, Path.unlink])
def test_a_changed_table_is_no_fault_of_the_program(
    installed: Path, run: Program, change: Change, command: str
) -> None:
    """Where a command that does not look for it fails on it, the change is what is told."""
    change(installed / RATES)
    done = run(*command.split())
    assert done.code in (0, 1)
    assert "fault of crimecmp" not in done.err
    assert (AGAIN in done.err) == (done.code == 1)


def test_a_command_fails_on_what_is_no_figure(installed: Path, run: Program) -> None:
    """The rule above is of a command that does fail."""
    no_figure(installed / RATES)
    assert run("rates").code == 1


@pytest.mark.parametrize("text", ["", "{", "{}", "[]", '{"resources": [{"path": "forces.csv"}]}'])
def test_a_changed_description_is_told(installed: Path, text: str) -> None:
    """A description that does not have the checksums is itself what was changed."""
    (installed / DESCRIPTION).write_text(text, "utf-8")
    with pytest.raises(DataError, match=f"{DESCRIPTION}: was changed") as raised:
        require_intact()
    assert raised.value.hint == AGAIN


def test_all_changed_tables_are_told(installed: Path) -> None:
    """Each of several has its line, after words that say what they have in common."""
    cut(installed / RATES)
    cut(installed / "forces.csv")
    with pytest.raises(DataError) as raised:
        require_intact()
    assert [fault.file for fault in raised.value.faults] == [
        str(installed / "forces.csv"),
        str(installed / RATES),
    ]
    assert raised.value.lead == "tables that come with crimecmp were changed"
