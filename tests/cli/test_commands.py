"""What goes into the commands and what comes out: settings, tables, files and text from data."""

from __future__ import annotations

import csv
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from bundled import Done, Program, program
from published_forms import MARCH_2018, ROLLING
from street_files import NAME, archive, sound
from terminal import COMMANDS, PAGE_COMMANDS, crimecmp_run, in_shell

from crimecmp.tables.files import bundled_folder

pytestmark = pytest.mark.usefixtures("whole_pages")

KENT = """force,metric,period_end,value
kent,crime,2014-06-30,5.0
devon-and-cornwall,crime,2014-06-30,4.0
"""


@pytest.fixture
def here(capsys: pytest.CaptureFixture[str]) -> Program:
    """Return a function that runs the program in this process, its streams being no terminals."""
    return program(capsys)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Return a folder of somebody's own rates, of Kent and of Devon and Cornwall."""
    (tmp_path / "rates.csv").write_text(KENT)
    return tmp_path


# --- The environment


@pytest.mark.parametrize("command", ["rates", "compare"])
def test_the_force_can_be_set(
    here: Program, monkeypatch: pytest.MonkeyPatch, mine: Path, command: str
) -> None:
    """CRIMECMP_FORCE is the force where none is named; one that is named goes before it."""
    monkeypatch.setenv("CRIMECMP_FORCE", "kent")
    options = ("--data", str(mine), "--format", "csv")
    assert forces_in(here(command, *options)) == ["kent"]
    assert forces_in(here(command, "devon-and-cornwall", *options)) == ["devon-and-cornwall"]


@pytest.mark.parametrize("command", ["rates", "compare", "report"])
def test_a_forces_name_of_several_words_is_one_force(
    here: Program, monkeypatch: pytest.MonkeyPatch, mine: Path, command: str
) -> None:
    """CRIMECMP_FORCE names one force, blanks, ampersand and all."""
    monkeypatch.setenv("CRIMECMP_FORCE", "devon & cornwall")
    done = here(command, "--data", str(mine), "--format", "csv")
    assert forces_in(done) == ["devon-and-cornwall"]


def forces_in(done: Done) -> list[str]:
    """Return the forces of the rows of CSV, which ended well."""
    assert (done.err, done.code) == ("", 0)
    rows = list(csv.DictReader(done.out.splitlines()))
    return [row["force"] for row in rows]


def test_the_format_can_be_set(here: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """CRIMECMP_FORMAT is the format where none is given; one that is given goes before it."""
    monkeypatch.setenv("CRIMECMP_FORMAT", "csv")
    assert here("sources").out.startswith("source,title,")
    assert here("sources", "-f", "json").out.startswith("{")
    monkeypatch.setenv("CRIMECMP_FORMAT", "xml")
    assert here("sources").code == 2


def test_the_data_can_be_set(here: Program, monkeypatch: pytest.MonkeyPatch, mine: Path) -> None:
    """CRIMECMP_DATA is where the tables are, where nothing else is said."""
    monkeypatch.setenv("CRIMECMP_DATA", str(mine))
    assert forces_in(here("rates", "kent", "-f", "csv")) == ["kent"]
    assert here("rates", "durham").code == 1
    found = here("rates", "--data", str(bundled_folder() / "published-counts"), "-f", "csv")
    assert forces_in(found) == ["durham"] * 6


def test_the_newest_figures_can_be_set(here: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """CRIMECMP_LATEST asks for the newest figures, as the option does."""
    asked = here("rates", "durham", "--latest", "-f", "csv")
    monkeypatch.setenv("CRIMECMP_LATEST", "1")
    assert here("rates", "durham", "-f", "csv") == asked
    assert "recorded-crime-2026-04" in asked.out


def test_empty_settings_are_none(here: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that is empty is as one that is not there."""
    plain = [here(command) for command in ("outcomes", "compare")]
    for name in ("FORCE", "FORMAT", "DATA"):
        monkeypatch.setenv(f"CRIMECMP_{name}", "")
    assert [here(command) for command in ("outcomes", "compare")] == plain


# --- In and out


def examples(name: str) -> list[str]:
    """Return the command lines that the help of a command shows."""
    return re.findall(rf"^ *(crimecmp {name}\b.*?)(?:   .*)?$", COMMANDS[name].help or "", re.M)


READER = """
import csv, sys
for row in csv.DictReader(sys.stdin):
    print(row["metric"], row["force_value"], row["benchmark_value"])
"""


def test_output_goes_into_scripts() -> None:
    """A script reads the figures from a pipe by the names of their columns."""
    reader = shlex.join([sys.executable, "-c", READER])
    assert in_shell(f"crimecmp rates durham --format csv | {reader}").out.splitlines() == [
        "crime-excluding-fraud 54.0 60.7",
        "victim-based-crime 48.5 53.9",
        "sexual-offences 1.6 1.2",
        "violence-with-injury 5.2 5.9",
        "burglary-in-a-dwelling 5.0 8.9",
        "anti-social-behaviour 47.4 36.8",
    ]


@pytest.mark.parametrize("file", ["/dev/stdout", ">(cat)"])
def test_output_goes_into_a_pipe_by_name(here: Program, file: str) -> None:
    """A pipe that is named as the file, as a shell names one, gets the answer."""
    done = in_shell(f"set -o pipefail; crimecmp sources -f csv -o {file} | cat")
    assert done == (here("sources", "-f", "csv").out, "", 0)


@pytest.mark.parametrize("name", [*PAGE_COMMANDS, "check"])
def test_the_examples_of_the_help_work(
    here: Program, monkeypatch: pytest.MonkeyPatch, mine: Path, name: str
) -> None:
    """Every command line that the help shows ends well, where the files that it names are there."""
    (mine / "mine").mkdir()
    (mine / "mine" / "rates.csv").write_text(KENT)
    if name != "check":
        (mine / "rates.csv").unlink()  # which an example writes
    monkeypatch.chdir(mine)
    shown = examples(name)
    assert shown
    for example in shown:
        _, *arguments = shlex.split(example.partition(" | ")[0])
        done = here(*arguments)
        file = arguments[arguments.index("-o") + 1] if "-o" in arguments else ""
        assert (done.err, done.code) == (f"wrote {file}\n" if file else "", 0), example


def test_the_examples_of_import_work(
    here: Program,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    small_file: Callable[[str], Path],
) -> None:
    """What the help of `import` shows works with published forms under the names it gives."""
    files = {"rec-crime-pfa.csv": ROLLING, "policeforceareatables.xlsx": MARCH_2018}
    for name, file in files.items():
        (tmp_path / name).symlink_to(small_file(file))
    archive(tmp_path / "latest.zip", {NAME: sound()})
    monkeypatch.chdir(tmp_path)
    shown = re.findall(r"^ *crimecmp (.*)$", COMMANDS["import"].help or "", re.MULTILINE)
    assert shown[0].startswith("import ")
    for example in shown:
        done = here(*shlex.split(example))
        assert (done.err, done.code) == ("", 0), example


def test_tables_come_in_by_a_pipe() -> None:
    """`--data -` reads one table from standard input."""
    done = crimecmp_run("rates", "kent", "--data", "-", "-f", "csv", given=KENT)
    assert (done.err, done.code) == ("", 0)
    assert ",kent,england-and-wales,2014-06-30," in done.out


def test_an_error_of_tables_names_the_command_that_lists_all(here: Program, mine: Path) -> None:
    """Faults of a folder can be listed by a command; standard input cannot be read twice."""
    atlantis = KENT.replace("kent", "atlantis")
    (mine / "rates.csv").write_text(atlantis)
    done = here("rates", "--data", str(mine))
    assert done.code == 1
    assert done.err.splitlines()[-1] == f"  All faults: crimecmp check {mine}"
    other = mine.rename(mine.with_name("my own; $(echo)"))
    advice = here("rates", "--data", str(other)).err.splitlines()[-1]
    command = shlex.split(advice.removeprefix("  All faults: "))
    assert command == ["crimecmp", "check", str(other)]
    done = crimecmp_run("rates", "--data", "-", given=atlantis)
    assert done.code == 1
    assert "atlantis" in done.err
    assert "crimecmp check" not in done.err


def test_a_file_is_written_and_not_overwritten(here: Program, tmp_path: Path) -> None:
    """`--output` writes the page to a file, names it, and replaces it when told to alone."""
    path = tmp_path / "out.csv"
    command = ("outcomes", "--format", "csv")
    assert here(*command, "--output", str(path)) == ("", f"wrote {path}\n", 0)
    assert path.read_text("utf-8") == here(*command).out
    again = here(*command, "-o", str(path))
    assert again.code == 1
    assert "--overwrite" in again.err
    assert here(*command, "-o", str(path), "--overwrite") == ("", f"wrote {path}\n", 0)


def test_an_error_leaves_no_file(here: Program, tmp_path: Path) -> None:
    """Where there is nothing to write no file is made."""
    assert here("outcomes", "kent", "--output", str(tmp_path / "out.csv")).code == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", [".", "file/out.csv"])
def test_a_file_that_cannot_be_is_told_as_that(
    here: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    """What is wrong with the file is said of the file, and is no fault of the program."""
    (tmp_path / "file").touch()
    monkeypatch.chdir(tmp_path)
    done = here("sources", "-o", name)
    assert done.code == 1
    assert name in done.err
    assert "fault of crimecmp" not in done.err
    assert "standard output" not in done.err


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown"])
def test_text_from_data_never_acts(here: Program, tmp_path: Path, form: str) -> None:
    """Escape sequences in names and notes are visible characters in every format."""
    (tmp_path / "forces.csv").write_text(
        'force,name,short_name\nevil,"Evil\x1b[31m\x07 [red]:warning:","Ev\x1bil[/x]"\n'
    )
    (tmp_path / "rates.csv").write_text(
        "force,metric,period_end,value,note,locator\n"
        'evil,crime,2014-06-30,5.0,"\x1b]0;x\x07\t[bold]","\x1b[2J"\n'
    )
    done = here("rates", "evil", "--data", str(tmp_path), "--format", form)
    assert (done.err, done.code) == ("", 0)
    assert not [character for character in done.out if character < " " and character != "\n"]
    assert "␛]0;x␇␉" in done.out.replace("\\", "")


def test_text_from_data_never_acts_in_errors(here: Program, tmp_path: Path) -> None:
    """Escape sequences in a name that is not known are visible characters in the message."""
    done = here("rates", "\x1b[31m")
    assert "␛[31m" in done.err
    (tmp_path / "rates.csv").write_text(
        "force,metric,period_end,value\n\x1b[2J,crime,2014-06-30,5\n"
    )
    for command in (("rates", "--data"), ("check",)):
        done = here(*command, str(tmp_path))
        assert done.code == 1
        assert "\x1b" not in done.out + done.err
        assert "␛[2J" in done.out + done.err
