"""Rules of the command line, kept by real processes, real pipes and real terminals."""

from __future__ import annotations

import csv
import fcntl
import os
import pty
import re
import shlex
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import typer

import crimecmp
from crimecmp import cli
from crimecmp.dataset import bundled_folder

COMMAND = [sys.executable, "-m", "crimecmp"]
INTERRUPTIBLE = [
    sys.executable,
    "-c",
    "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    " runpy.run_module('crimecmp', run_name='__main__')",
]
"""The same where an interrupt does what it does by default, though the caller may ignore it."""
FIGURE_COMMANDS = ("rates", "changes", "outcomes", "satisfaction", "compare", "report")
LISTS = ("forces", "metrics", "groups", "sources")
PAGE_COMMANDS = (*FIGURE_COMMANDS, "trend", "reproduce", "judgments", "claims", *LISTS)
OTHER_COMMANDS = ("chart", "check", "explain", "import")
PUBLISHED = Path(__file__).parents[1] / "../shared/published"
SHARED = {"data", "format", "output", "overwrite", "no_color", "debug"}
GROUP = typer.main.get_command(cli.app)
COMMANDS: dict[str, typer.core.TyperCommand] = getattr(GROUP, "commands")  # noqa: B009 - Typer types no group
KENT = """force,metric,period_end,value
kent,crime,2014-06-30,5.0
devon-and-cornwall,crime,2014-06-30,4.0
"""


class Done(NamedTuple):
    """What a process wrote and how it ended."""

    out: str
    err: str
    code: int


def crimecmp_run(*arguments: str, given: str = "", **environment: str) -> Done:
    """Run the program in pipes, with some of its environment changed."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        input=given.encode(),
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )
    return Done(done.stdout.decode(), done.stderr.decode(), done.returncode)


@pytest.fixture
def here(capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Return a function that runs the program in this process, its streams being no terminals."""

    def run(*arguments: str) -> Done:
        code = cli.run(arguments)
        return Done(*capsys.readouterr(), code)

    return run


def in_shell(script: str, **environment: str) -> Done:
    """Run a script of bash in which `crimecmp` is the program."""
    program = f'crimecmp() {{ {shlex.join(COMMAND)} "$@"; }}\n'
    done = subprocess.run(
        ["bash", "-c", program + script],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
        env={**os.environ, **environment},
    )
    return Done(done.stdout.decode(), done.stderr.decode(), done.returncode)


def everything_from(descriptor: int) -> str:
    """Read a terminal's other end until nobody writes to it any more, and close it."""
    parts: list[bytes] = []
    while True:
        try:
            part = os.read(descriptor, 65536)
        except OSError:  # so Linux says that the last writer is gone
            part = b""
        if not part:
            os.close(descriptor)
            return b"".join(parts).decode().replace("\r\n", "\n")
        parts.append(part)


def on_terminal(
    *arguments: str,
    streams: str = "stdout",
    columns: int = 80,
    environment: dict[str, str] | None = None,
) -> Done:
    """Run the program with one of its two streams on a terminal and the other in a pipe."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    out, err = (theirs, subprocess.PIPE) if streams == "stdout" else (subprocess.PIPE, theirs)
    with subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=err,
        env={**os.environ, **(environment or {})},
    ) as process:
        os.close(theirs)
        shown = everything_from(ours)
        pipe = process.stdout or process.stderr
        assert pipe
        piped = pipe.read().decode()
    texts = (shown, piped) if streams == "stdout" else (piped, shown)
    return Done(*texts, process.returncode)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Return a folder of somebody's own rates, of Kent and of Devon and Cornwall."""
    (tmp_path / "rates.csv").write_text(KENT)
    return tmp_path


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Return a folder of so many names that they do not fit into a pipe."""
    rows = "".join(f"force-{number},Force number {number}\n" for number in range(20_000))
    (tmp_path / "forces.csv").write_text(f"force,name\n{rows}")
    return tmp_path


# --- How a run ends


@pytest.mark.parametrize(
    "arguments", ["rates durham", "forces", "--help", "--version", "metrics --format csv"]
)
def test_what_works_ends_with_0(arguments: str) -> None:
    """An answer is on standard output alone, and the exit code is 0."""
    done = crimecmp_run(*arguments.split())
    assert done.out
    assert (done.err, done.code) == ("", 0)


@pytest.mark.parametrize(
    ("arguments", "said", "advice"),
    [
        ("satisfaction kent", "Kent", "durham"),
        ("outcomes kent", "Kent", "durham"),
        ("rates kent --source hmic-2014-durham", "hmic-2014-durham", "Areas with rates"),
        ("trend kent --metric detection", "Kent", "two periods"),
        ("reproduce kent", "Kent", "counts"),
        ("import no/such/file --to mine", "no/such/file", "No such file"),
        ("judgments kent", "Kent", "durham"),
        ("rates --period 1999-12", "1999-12", "crimecmp forces"),
        ("rates --data no/such/folder", "no/such/folder", "No such file"),
        ("check no/such/folder", "no/such/folder", "not sound"),
        ("sources --output no/such/folder/file", "no/such/folder/file", "No such file"),
    ],
)
def test_what_goes_wrong_ends_with_1(
    here: Callable[..., Done], arguments: str, said: str, advice: str
) -> None:
    """An error of the data or the run is on standard error, says what to do, and ends with 1."""
    done = here(*arguments.split())
    assert done.code == 1
    assert said in done.err
    assert advice in done.err
    assert "Traceback" not in done.err
    assert done.err.startswith("crimecmp: error: ")


@pytest.mark.parametrize(
    ("arguments", "said", "advice"),
    [
        ("rates atlantis", "'atlantis'", "crimecmp forces"),
        ("rates durhm", "'durhm'", "durham"),
        ("rates yorkshire", "several", "north-yorkshire"),
        ("compare --metric weather", "'weather'", "crimecmp metrics"),
        ("compare --metric burglery", "'burglery'", "burglary-in-a-dwelling"),
        ("rates --benchmark atlantis", "'atlantis'", "crimecmp forces"),
        ("rates england-and-wales", "itself", "--benchmark"),
        ("rates --source gazette", "'gazette'", "hmic-2014-durham"),
        ("rates --group atlantis", "'atlantis'", "crimecmp groups"),
        ("rates --group wales --benchmark kent", "--benchmark", "Leave out one"),
        ("rates --weighted", "--weighted", "--group"),
        ("trend --metric weather", "'weather'", "crimecmp metrics"),
        ("rates --period June", "'June'", "2014-06"),
        ("rates --format xml", "xml", "crimecmp rates --help"),
        ("rates --fromat csv", "--fromat", "crimecmp rates --help"),
        ("rates durham kent", "kent", "crimecmp rates --help"),
        ("rate", "rate", "crimecmp --help"),
        ("check", "PATH", "crimecmp check --help"),
        ("import", "FILE", "crimecmp import --help"),
        ("import file.csv", "--to", "crimecmp import --help"),
    ],
)
def test_what_cannot_be_understood_ends_with_2(
    here: Callable[..., Done], arguments: str, said: str, advice: str
) -> None:
    """A wrong command line is told on standard error, with what to type next, and ends with 2."""
    done = here(*arguments.split())
    assert (done.out, done.code) == ("", 2)
    assert said in done.err
    assert advice in done.err
    assert done.err.count("\n") <= 2
    assert done.err.startswith("crimecmp: error: ")


@pytest.mark.parametrize(("arguments", "code"), [("outcomes kent", 1), ("rates atlantis", 2)])
def test_errors_are_on_standard_error_alone(arguments: str, code: int) -> None:
    """The process itself ends with the code, and writes nothing to standard output."""
    done = crimecmp_run(*arguments.split())
    assert (done.out, done.code) == ("", code)
    assert done.err.startswith("crimecmp: error: ")


def test_an_interrupt_ends_with_130() -> None:
    """An interrupt while the program waits for its input ends it at once, without a word."""
    with subprocess.Popen(
        [*INTERRUPTIBLE, "rates", "--data", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        # More than a pipe holds: when all is written, the program is reading, and soon waiting.
        process.stdin.write(b"force,metric,period_end,value\n" + b"\n" * 100_000)
        process.stdin.flush()
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        # The input stays open until the program is gone.
        assert process.wait(timeout=30) == 130
        assert process.stdout
        assert process.stderr
        assert (process.stdout.read(), process.stderr.read()) == (b"", b"")


@pytest.mark.parametrize(
    "arguments",
    [
        "report --format json",
        "outcomes --format csv",
        "metrics",
        "--help",
        "rates --help",
        "--version",
    ],
)
def test_a_closed_pipe_ends_with_141_without_a_word(arguments: str) -> None:
    """A reader that is gone ends the program silently, however little it had to say."""
    done = in_shell(f"crimecmp {arguments} | true; echo ${{PIPESTATUS[0]}}")
    assert done == ("141\n", "", 0)


def test_a_reader_who_wants_one_line_gets_it(many: Path) -> None:
    """`head -1` gets its line of a long answer, and the program ends silently with 141."""
    done = in_shell(
        f"crimecmp forces --format csv --data {shlex.quote(str(many))} | head -1;"
        " echo ${PIPESTATUS[0]}"
    )
    header = "force,name,short_name,ons_code,aliases,region,territorial"
    assert done == (f"{header}\n141\n", "", 0)


def test_a_reader_who_wants_one_line_of_a_short_answer_gets_it() -> None:
    """`head -1` gets the header of a short answer, and there is no word about it."""
    done = in_shell("crimecmp sources --format csv | head -1")
    assert done.out.startswith("source,title,publisher,")
    assert (done.out.count("\n"), done.err) == (1, "")


@pytest.mark.parametrize(
    "place", ["crimecmp.dataset.load", "crimecmp.output.write", "typer.main.get_command"]
)
def test_an_interrupt_is_no_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    """An interrupt anywhere in a command is the exit code 130 and not a word."""

    def interrupt(*given: object, **named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(place, interrupt)
        assert cli.run(["sources"]) == 130
    assert capsys.readouterr() == ("", "")


def test_closed_standard_output_is_an_error() -> None:
    """Where there is no standard output the program says so in a line or two, and ends with 1."""
    done = in_shell("crimecmp rates --format csv >&-")
    assert done.code == 1
    assert "standard output is closed" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("arguments", ["--help", "--version", "check ."])
def test_closed_standard_output_is_no_fault(arguments: str) -> None:
    """What cannot be said because standard output is closed ends without a traceback."""
    done = in_shell(f"cd {shlex.quote(str(bundled_folder()))}; crimecmp {arguments} >&-")
    assert done.code in (0, 1)
    assert "Traceback" not in done.err
    assert "fault of crimecmp" not in done.err


def test_closed_standard_error_changes_no_exit_code() -> None:
    """An error that cannot be said keeps its exit code."""
    done = in_shell("crimecmp rates atlantis 2>&-")
    assert done == ("", "", 2)


@pytest.mark.parametrize("place", ["outcomes kent --debug", "--debug outcomes kent"])
def test_a_traceback_is_for_those_who_ask(here: Callable[..., Done], place: str) -> None:
    """`--debug` shows where an error comes from, wherever it stands; the message stays."""
    done = here(*place.split())
    assert done.code == 1
    assert done.err.startswith("Traceback")
    assert "\ncrimecmp: error: no outcomes for Kent" in done.err


def test_a_fault_of_the_program_is_called_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error that nobody foresaw is one message without a traceback, and ends with 1."""

    def fail(path: object = None) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("crimecmp.dataset.load", fail)
    assert cli.run(["rates"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "ZeroDivisionError" in err
    assert "--debug" in err
    assert "Traceback" not in err


# --- Colour and width, on each of the two streams apart


def test_a_terminal_gets_colour_and_a_pipe_does_not(here: Callable[..., Done]) -> None:
    """On a terminal the page has colour; the same command in a pipe has none."""
    assert "\x1b[" in on_terminal("sources").out
    assert "\x1b" not in here("sources").out


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        ("sources --no-color", {}),
        ("--no-color sources", {}),
        ("sources", {"NO_COLOR": "1"}),
        ("sources", {"TERM": "dumb"}),
    ],
)
def test_colour_can_be_refused(arguments: str, environment: dict[str, str]) -> None:
    """`--no-color`, NO_COLOR and a terminal without colour each refuse it for the page."""
    done = on_terminal(*arguments.split(), environment=environment)
    assert "hmic-2014-durham" in done.out
    assert "\x1b" not in done.out


def test_errors_have_colour_on_a_terminal_alone() -> None:
    """An error has colour where standard error is a terminal, whatever standard output is."""
    assert "\x1b[" in on_terminal("rates", "atlantis", streams="stderr").err
    assert "\x1b" not in on_terminal("rates", "atlantis", streams="stdout").err


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        ("rates atlantis --no-color", {}),
        ("--no-color rates atlantis", {}),
        ("rates atlantis", {"NO_COLOR": "1"}),
        ("rates atlantis", {"TERM": "dumb"}),
        ("--no-color rates --fromat csv", {}),
    ],
)
def test_colour_of_errors_can_be_refused(arguments: str, environment: dict[str, str]) -> None:
    """What refuses colour for the page refuses it for errors too."""
    done = on_terminal(*arguments.split(), streams="stderr", environment=environment)
    assert "error:" in done.err
    assert "\x1b" not in done.err


def test_a_page_in_a_pipe_has_no_colour_beside_a_terminal(here: Callable[..., Done]) -> None:
    """Standard error on a terminal gives the page in the pipe neither colour nor its width."""
    done = on_terminal("sources", streams="stderr", columns=40)
    assert done == (here("sources").out, "", 0)


def test_the_width_is_the_terminals() -> None:
    """On a terminal the page is as wide as the terminal at the most, in a pipe as it needs."""
    lines = on_terminal("sources", "--no-color", columns=90).out.split("\n")
    assert 80 < max(map(len, lines)) <= 90
    piped = crimecmp_run("sources").out
    assert max(map(len, piped.split("\n"))) > 90
    assert piped == crimecmp_run("sources", COLUMNS="40").out


@pytest.mark.parametrize("form", ["csv", "json", "markdown"])
def test_the_format_follows_the_option_alone(here: Callable[..., Done], form: str) -> None:
    """A terminal gets the very same characters as a pipe in every format for machines."""
    arguments = ("sources", "--format", form)
    assert on_terminal(*arguments, columns=30).out == here(*arguments).out


# --- The environment


@pytest.mark.parametrize("command", ["rates", "compare"])
def test_the_force_can_be_set(
    here: Callable[..., Done], monkeypatch: pytest.MonkeyPatch, mine: Path, command: str
) -> None:
    """CRIMECMP_FORCE is the force where none is named; one that is named goes before it."""
    monkeypatch.setenv("CRIMECMP_FORCE", "kent")
    options = ("--data", str(mine), "--format", "csv")
    assert forces_in(here(command, *options)) == ["kent"]
    assert forces_in(here(command, "devon-and-cornwall", *options)) == ["devon-and-cornwall"]


@pytest.mark.parametrize("command", ["rates", "compare", "report"])
def test_a_forces_name_of_several_words_is_one_force(
    here: Callable[..., Done], monkeypatch: pytest.MonkeyPatch, mine: Path, command: str
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


def test_the_format_can_be_set(here: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    """CRIMECMP_FORMAT is the format where none is given; one that is given goes before it."""
    monkeypatch.setenv("CRIMECMP_FORMAT", "csv")
    assert here("sources").out.startswith("source,title,")
    assert here("sources", "-f", "json").out.startswith("{")
    monkeypatch.setenv("CRIMECMP_FORMAT", "xml")
    assert here("sources").code == 2


def test_the_data_can_be_set(
    here: Callable[..., Done], monkeypatch: pytest.MonkeyPatch, mine: Path
) -> None:
    """CRIMECMP_DATA is where the tables are, where nothing else is said."""
    monkeypatch.setenv("CRIMECMP_DATA", str(mine))
    assert forces_in(here("rates", "kent", "-f", "csv")) == ["kent"]
    assert here("rates", "durham").code == 1
    assert forces_in(here("rates", "--data", str(bundled_folder()), "-f", "csv")) == ["durham"] * 6


def test_empty_settings_are_none(
    here: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
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
def test_output_goes_into_a_pipe_by_name(here: Callable[..., Done], file: str) -> None:
    """A pipe that is named as the file, as a shell names one, gets the answer."""
    done = in_shell(f"set -o pipefail; crimecmp sources -f csv -o {file} | cat")
    assert done == (here("sources", "-f", "csv").out, "", 0)


@pytest.mark.parametrize("name", [*PAGE_COMMANDS, "check"])
def test_the_examples_of_the_help_work(
    here: Callable[..., Done], monkeypatch: pytest.MonkeyPatch, mine: Path, name: str
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
        assert (done.err, done.code) == ("", 0), example


def test_the_examples_of_import_work(
    here: Callable[..., Done], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What the help of `import` shows works with the published files under the names it gives."""
    files = {
        "rec-crime-pfa.csv": PUBLISHED / "home-office/rec-crime-pfa.csv",
        "policeforceareatables.xlsx": (
            PUBLISHED / "ons/policeforceareatablesyearendingmarch2018v2.xlsx"
        ),
    }
    for name, file in files.items():
        if not file.is_file():
            pytest.skip("the published files are not beside the project")
        (tmp_path / name).symlink_to(file.resolve())
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


def test_a_file_is_written_and_not_overwritten(here: Callable[..., Done], tmp_path: Path) -> None:
    """`--output` writes the page to a file, prints nothing, and replaces it when told to alone."""
    path = tmp_path / "out.csv"
    command = ("outcomes", "--format", "csv")
    assert here(*command, "--output", str(path)) == ("", "", 0)
    assert path.read_text("utf-8") == here(*command).out
    again = here(*command, "-o", str(path))
    assert again.code == 1
    assert "--overwrite" in again.err
    assert here(*command, "-o", str(path), "--overwrite") == ("", "", 0)


def test_an_error_leaves_no_file(here: Callable[..., Done], tmp_path: Path) -> None:
    """Where there is nothing to write no file is made."""
    assert here("outcomes", "kent", "--output", str(tmp_path / "out.csv")).code == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", [".", "file/out.csv"])
def test_a_file_that_cannot_be_is_told_as_that(
    here: Callable[..., Done], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
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
def test_text_from_data_never_acts(here: Callable[..., Done], tmp_path: Path, form: str) -> None:
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


def test_text_from_data_never_acts_in_errors(here: Callable[..., Done], tmp_path: Path) -> None:
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


def test_check_says_that_sound_tables_are_sound() -> None:
    """The bundled tables are sound, each named with its rows."""
    done = crimecmp_run("check", str(bundled_folder()))
    assert (done.err, done.code) == ("", 0)
    files = sorted(bundled_folder().glob("*.csv"))
    assert "rates.csv" in [file.name for file in files]
    for file in files:
        with file.open(encoding="utf-8", newline="") as stream:
            rows = sum(1 for _ in csv.reader(stream)) - 1
        assert re.search(rf"/{file.name}: {file.stem}, {rows:,} rows$", done.out, re.MULTILINE)


def test_check_lists_every_fault(tmp_path: Path) -> None:
    """Every fault is listed, not the first twenty alone, and the number of them is said."""
    rows = "".join(f"atlantis-{number},crime,2014-06-30,1\n" for number in range(30))
    (tmp_path / "rates.csv").write_text(f"force,metric,period_end,value\n{rows}")
    done = crimecmp_run("check", str(tmp_path))
    assert done.code == 1
    assert len(re.findall(r"rates\.csv:\d+:force: ", done.out + done.err)) == 30
    assert "30 faults" in done.err


# --- Help


def test_the_version_is_that_of_the_package() -> None:
    """`--version` says name and version, by every way in."""
    expected = (f"crimecmp {crimecmp.__version__}\n", "", 0)
    assert crimecmp_run("--version") == expected
    assert crimecmp_run("--no-color", "--version") == expected


def test_without_arguments_there_is_help() -> None:
    """`crimecmp` alone shows the help, as `-h` does."""
    assert crimecmp_run() == crimecmp_run("-h") == crimecmp_run("--help")


def test_all_commands_are_there() -> None:
    """Every command that the program promises is there, and none beside them."""
    assert set(COMMANDS) == {*PAGE_COMMANDS, *OTHER_COMMANDS}


def test_help_begins_with_examples(capsys: pytest.CaptureFixture[str]) -> None:
    """The help of the whole shows examples before it lists options, and names every command."""
    assert cli.run(["--help"]) == 0
    text = capsys.readouterr().out
    assert 0 < text.index("crimecmp rates durham") < text.index("Options")
    for name in COMMANDS:
        assert re.search(rf"^  {name} +\S", text, re.MULTILINE)


@pytest.mark.parametrize("name", [*PAGE_COMMANDS, *OTHER_COMMANDS])
def test_every_command_has_help_and_an_example(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """`-h` on a command shows an example of it and a text for each of its options."""
    assert cli.run([name, "-h"]) == 0
    text = capsys.readouterr().out
    assert re.search(rf"^ *crimecmp {name}\b", text, re.MULTILINE)
    for parameter in COMMANDS[name].params:
        said = getattr(parameter, "help", None)
        assert said, parameter.name
        assert said.split()[0] in text
        for option in parameter.opts:
            assert option.startswith("-") is False or option in text


@pytest.mark.parametrize("name", PAGE_COMMANDS)
def test_every_page_has_the_shared_options(name: str) -> None:
    """Data, format, file, overwriting, colour and debugging are options of every page."""
    assert {parameter.name for parameter in COMMANDS[name].params} >= SHARED


@pytest.mark.parametrize("name", FIGURE_COMMANDS)
def test_every_page_of_figures_has_its_choices(name: str) -> None:
    """Benchmark, group, source and period are options of every page of figures."""
    assert {parameter.name for parameter in COMMANDS[name].params} >= {
        "benchmark", "group", "weighted", "source", "period", "level", "fail_on",
    }  # fmt: skip


def test_a_trend_has_its_choices() -> None:
    """All choices of a page of figures are those of a trend too, but one period is no series."""
    options = {parameter.name for parameter in COMMANDS["trend"].params}
    assert options >= {"force", "metric", "benchmark", "group", "weighted", "source", "level"}
    assert "period" not in options


@pytest.mark.parametrize("name", [*PAGE_COMMANDS, *OTHER_COMMANDS])
def test_no_command_lacks_the_ways_out(name: str) -> None:
    """Colour can be refused and a traceback asked for on every command."""
    assert {parameter.name for parameter in COMMANDS[name].params} >= {"no_color", "debug"}


# --- Completion, and what is not loaded


def completed(words: str, **environment: str) -> list[str]:
    """Return what bash would offer for the last of some words."""
    done = crimecmp_run(
        _CRIMECMP_COMPLETE="complete_bash",
        COMP_WORDS=words,
        COMP_CWORD=str(len(words.split(" ")) - 1),
        **environment,
    )
    assert done.err == ""
    return done.out.split()


def test_forces_and_metrics_are_completed() -> None:
    """The shell completes forces, benchmarks and metrics by their ids."""
    assert completed("crimecmp rates dur") == ["durham"]
    assert completed("crimecmp rates north-") == ["north-wales", "north-yorkshire"]
    assert completed("crimecmp compare kent d") == [
        "derbyshire", "devon-and-cornwall", "dorset", "durham", "dyfed-powys",
    ]  # fmt: skip
    assert completed("crimecmp compare --metric b") == ["burglary-in-a-dwelling", "bicycle-theft"]
    assert completed("crimecmp trend --metric burg") == ["burglary-in-a-dwelling"]
    assert completed("crimecmp trend dur") == completed("crimecmp reproduce dur") == ["durham"]
    assert completed("crimecmp rates --benchmark engl") == ["england-and-wales"]


def test_own_names_are_completed(tmp_path: Path) -> None:
    """Names that somebody's own tables add are completed; tables with faults do no harm."""
    (tmp_path / "forces.csv").write_text("force,name\natlantis,Atlantis Police\n")
    words = f"crimecmp rates --data {tmp_path} atl"
    assert completed(words) == ["atlantis"]
    (tmp_path / "forces.csv").write_text("nonsense\n")
    assert completed(words) == []
    assert completed(words.replace(" atl", " durh")) == ["durham"]


LOADED = """
import sys
from crimecmp.cli import run
code = run(sys.argv[1:])
print(code, sorted({"pandas", "numpy", "rich.console"} & set(sys.modules)), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("--help", 0),
        ("rates --help", 0),
        ("--version", 0),
        ("forces --format csv", 0),
        ("metrics --format json", 0),
        ("sources --format markdown", 0),
        ("rates --fromat csv", 2),
        ("rates --format xml", 2),
        ("nonsense", 2),
        ("rates atlantis", 2),
    ],
)
def test_what_needs_no_figures_loads_no_pandas(arguments: str, code: int) -> None:
    """Help, version, lists and wrong command lines wait neither for pandas nor for Rich."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments.split()],
        capture_output=True,
        check=True,
        text=True,
    )
    assert done.stderr.splitlines()[-1] == f"{code} []"


@pytest.mark.parametrize("name", [*LISTS, "check"])
def test_lists_and_checks_for_people_load_no_pandas(name: str) -> None:
    """A list as a table needs Rich and no pandas; a check needs neither."""
    more = [str(bundled_folder())] if name == "check" else []
    done = subprocess.run(
        [sys.executable, "-c", LOADED, name, *more], capture_output=True, check=True, text=True
    )
    assert done.stderr.splitlines()[-1] == f"0 {[] if name == 'check' else ['rich.console']}"


def test_completion_loads_no_pandas() -> None:
    """The shell does not wait for pandas either."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "crimecmp"],
        capture_output=True,
        check=False,
        text=True,
        env={
            **os.environ,
            "_CRIMECMP_COMPLETE": "complete_bash",
            "COMP_WORDS": "crimecmp rates dur",
            "COMP_CWORD": "2",
        },
    )
    assert done.stdout.split() == ["durham"]
    assert "crimecmp.dataset" in done.stderr
    assert not re.search(r"\| +(?:pandas|numpy|rich\.console)$", done.stderr, re.MULTILINE)
