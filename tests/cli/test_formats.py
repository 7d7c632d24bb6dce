"""The format follows the file's ending, or `--format`, and the two never contradict each other."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import get_args

import pytest
from bundled import Program
from terminal import in_shell, on_terminal

from crimecmp.cli.formats import BY_ENDING, settled
from crimecmp.errors import RequestError
from crimecmp.render import Format

FORMATS: tuple[Format, ...] = get_args(Format)


def test_every_format_has_an_ending() -> None:
    """Each format can be chosen by an ending."""
    assert set(BY_ENDING.values()) == set(FORMATS)


@pytest.mark.parametrize("ending", BY_ENDING)
@pytest.mark.parametrize("command", ["sources", "report durham"])
def test_the_ending_chooses_the_format(
    run: Program, tmp_path: Path, ending: str, command: str
) -> None:
    """A file gets what `--format` prints, also on a page that is made for its format.

    What else there is to type is for the terminal alone.
    """
    file, form = tmp_path / f"out{ending.upper()}", BY_ENDING[ending]
    done = run(*command.split(), "-o", str(file))
    assert done == ("", f"wrote {file}\n", 0)
    printed, _, _ = run(*command.split(), "-f", form).out.partition("\nMore: ")
    assert file.read_text("utf-8").rstrip() == printed.rstrip()


def test_the_ending_goes_before_the_environment(
    run: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CRIMECMP_FORMAT is a habit, the name of a file a decision; without one the habit counts."""
    monkeypatch.setenv("CRIMECMP_FORMAT", "json")
    file = tmp_path / "out.csv"
    assert run("sources", "-o", str(file)).code == 0
    assert file.read_text("utf-8").startswith("source,title,")
    assert run("sources").out.startswith("{")


@pytest.mark.parametrize("ending", BY_ENDING)
@pytest.mark.parametrize("form", FORMATS)
def test_an_ending_and_a_format_must_agree(
    run: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, form: Format
) -> None:
    """An ending beside another format is refused, with an ending that would do, and no file."""
    monkeypatch.chdir(tmp_path)
    done = run("sources", "-o", f"out{ending}", "--format", form)
    if BY_ENDING[ending] == form:
        assert done.code == 0
        return
    assert (done.out, done.code) == ("", 2)
    assert f"out{ending} ends in {ending}" in done.err
    assert f"--format says {form}" in done.err
    right = next(its for its in BY_ENDING if BY_ENDING[its] == form)
    assert f"ends in {right}." in done.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["out", "out.xlsx", "out.svg", ".csv", "out.csv.gz"])
def test_another_ending_needs_a_format(name: str) -> None:
    """An ending that is none of the known is refused, unless `--format` says what to write."""
    for form in FORMATS:
        assert settled(form, name, named=True) == form
        with pytest.raises(RequestError) as raised:
            settled(form, name, named=False)
        for ending in BY_ENDING:
            assert ending in raised.value.hint
        assert "--format" in raised.value.hint
        assert "crimecmp chart" in raised.value.hint


def test_a_file_without_a_name_is_a_usage_error(run: Program) -> None:
    """An empty name, as from an unset variable of a script, is refused like any wrong option."""
    done = run("rates", "-o", "")
    assert (done.out, done.code) == ("", 2)
    assert "--output names no file" in done.err


@pytest.mark.parametrize("name", [None, "-", "/dev/null", "."])
def test_what_is_no_file_has_no_ending(name: str | None) -> None:
    """Standard output, devices and pipes take any format; a folder is refused when writing."""
    for form in FORMATS:
        assert settled(form, name, named=False) == settled(form, name, named=True) == form


def test_a_dash_is_standard_output(run: Program) -> None:
    """`-o -` prints, a picture too, and names no file."""
    assert run("sources", "-o", "-") == run("sources")
    assert run("chart", "bars", "-o", "-") == run("chart", "bars")


@pytest.mark.parametrize("name", ["trend.svg", "trend.png"])
def test_a_picture_is_named_once_written(
    run: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The file of a picture is named on standard error, as that of a page is."""
    monkeypatch.chdir(tmp_path)
    assert run("chart", "trend", "-o", name) == ("", f"wrote {name}\n", 0)


def test_a_device_is_not_named() -> None:
    """What goes to a device or a pipe makes no file, and nothing is said of one."""
    assert in_shell("crimecmp sources -f csv -o /dev/null") == ("", "", 0)


def test_a_file_is_written_without_standard_error(tmp_path: Path) -> None:
    """Where nothing can be said the file is written all the same, and the run ends well."""
    file = shlex.quote(str(tmp_path / "out.csv"))
    for closed in ("2>&-", "2>/dev/full"):
        assert in_shell(f"crimecmp sources -o {file} --overwrite {closed}").code == 0
        assert (tmp_path / "out.csv").is_file()


@pytest.mark.parametrize(
    ("typed", "fitting"),
    [
        ("report durham -f html", "crimecmp report durham -o durham.html"),
        ("report -f html --level 0.998", "crimecmp report --level 0.998 -o report.html"),
        ("sources -f html -o -", "crimecmp sources -o sources.html"),
        (
            "report 'devon & cornwall' kent -f html",
            "crimecmp report 'devon & cornwall' kent -o devon-and-cornwall.html",
        ),
    ],
)
def test_html_is_not_for_a_terminal(
    run: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, fitting: str
) -> None:
    """HTML on a terminal is refused with the command that writes it to a file, and which works."""
    done = on_terminal(*shlex.split(typed))
    assert (done.out, done.code) == ("", 2)
    assert done.err.splitlines()[-1] == f"  Write it to a file: {fitting}"
    monkeypatch.chdir(tmp_path)
    assert run(*shlex.split(fitting)[1:]).code == 0
    assert [file.suffix for file in tmp_path.iterdir()] == [".html"]


def test_html_of_an_import_is_refused_before_it_begins(tmp_path: Path) -> None:
    """An import in HTML on a terminal writes no tables; a shell can send its page to a file."""
    folder = tmp_path / "mine"
    done = on_terminal("import", "a.csv", "--to", str(folder), "-f", "html")
    assert (done.out, done.code) == ("", 2)
    assert f"crimecmp import a.csv --to {folder} --format html > import.html" in done.err
    assert not folder.exists()


def test_html_goes_into_a_pipe(run: Program) -> None:
    """Off a terminal HTML is written as every other format is."""
    assert run("sources", "-f", "html").out.startswith("<!DOCTYPE html>")
