"""How a run of the program ends, in real processes, pipes and terminals."""

from __future__ import annotations

import shlex
import signal
import subprocess
import time
from pathlib import Path

import pytest
from bundled import Program, program
from terminal import COMMAND, crimecmp_run, in_shell, on_terminal

from crimecmp.cli.run import run


@pytest.fixture
def here(capsys: pytest.CaptureFixture[str]) -> Program:
    """Return a function that runs the program in this process, its streams being no terminals."""
    return program(capsys)


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
        ("outcomes kent", "Kent", "crimecmp outcomes kent --latest"),
        ("rates kent --source hmic-2014-durham", "hmic-2014-durham", "Areas with rates"),
        ("trend kent --metric detection", "Kent", "two periods"),
        ("reproduce kent", "Kent", "counts"),
        ("import no/such/file --to mine", "no/such/file", "No such file"),
        ("judgments kent", "Kent", "durham"),
        ("rates --period 1999-12", "1999-12", "Years with rates: 2010-06 to 2014-06"),
        ("rates --data no/such/folder", "no/such/folder", "No such file"),
        ("check no/such/folder", "no/such/folder", "not sound"),
        ("sources --output no/such/folder/a.csv", "no/such/folder/a.csv", "No such file"),
    ],
)
def test_what_goes_wrong_ends_with_1(here: Program, arguments: str, said: str, advice: str) -> None:
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
        ("rates --fromat csv", "--fromat", "crimecmp rates --format csv"),
        ("rates durham kent", "kent", "crimecmp compare durham kent"),
        ("rate", "rate", "crimecmp rates"),
        ("nonsense", "nonsense", "crimecmp --help"),
        ("check", "PATH", "crimecmp check --help"),
        ("import", "FILE", "crimecmp import --help"),
        ("import file.csv", "--to", "crimecmp import --help"),
    ],
)
def test_what_cannot_be_understood_ends_with_2(
    here: Program, arguments: str, said: str, advice: str
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
        [*COMMAND, "rates", "--data", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Tests may run where interrupts are ignored, which a process would inherit.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
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
    "place", ["crimecmp.tables.loading.load", "crimecmp.cli.output.write", "typer.main.get_command"]
)
def test_an_interrupt_is_no_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    """An interrupt anywhere in a command is the exit code 130 and not a word."""

    def interrupt(*given: object, **named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(place, interrupt)
        assert run(["sources"]) == 130
    assert capsys.readouterr() == ("", "")


def test_closed_standard_output_is_an_error() -> None:
    """Where there is no standard output the program says so in a line or two, and ends with 1."""
    done = in_shell("crimecmp rates --format csv >&-")
    assert done.code == 1
    assert "standard output is closed" in done.err
    assert "Traceback" not in done.err


def test_closed_standard_error_changes_no_exit_code() -> None:
    """An error that cannot be said keeps its exit code."""
    done = in_shell("crimecmp rates atlantis 2>&-")
    assert done == ("", "", 2)


@pytest.mark.parametrize("place", ["outcomes kent --debug", "--debug outcomes kent"])
def test_a_traceback_is_for_those_who_ask(here: Program, place: str) -> None:
    """`--debug` shows where an error comes from, wherever it stands; the message stays."""
    done = here(*place.split())
    assert done.code == 1
    assert done.err.startswith("Traceback")
    assert "\ncrimecmp: error: no outcomes for Kent" in done.err


def test_a_fault_of_the_program_is_called_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error that nobody foresaw is one message without a traceback, and ends with 1."""

    def fail(path: object = None, *, latest: bool = False) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("crimecmp.tables.loading.load", fail)
    assert run(["rates"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "ZeroDivisionError" in err
    assert "--debug" in err
    assert "Traceback" not in err


# --- Colour and width, on each of the two streams apart


def test_a_terminal_gets_colour_and_a_pipe_does_not(here: Program) -> None:
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


def test_a_page_in_a_pipe_has_no_colour_beside_a_terminal(here: Program) -> None:
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
def test_the_format_follows_the_option_alone(here: Program, form: str) -> None:
    """A terminal gets the very same characters as a pipe in every format for machines."""
    arguments = ("sources", "--format", form)
    assert on_terminal(*arguments, columns=30).out == here(*arguments).out
