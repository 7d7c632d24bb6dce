"""What the terminal says of an error: options for arguments, commands for functions."""

from __future__ import annotations

import io
import re
import sys

import pytest
import typer
from terminal import COMMANDS

from crimecmp.cli.exit_codes import FAILED, USAGE
from crimecmp.cli.messages import (
    IN_THE_TERMINAL,
    Message,
    in_terminal_words,
    message_of,
    say,
)
from crimecmp.errors import (
    CrimecmpError,
    DataError,
    Fault,
    MethodError,
    MissingExtraError,
    NoFiguresError,
    OutputError,
    RequestError,
    UnknownNameError,
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("weighted=True needs a group", "--weighted needs a group"),
        ("Name one with group=.", "Name one with --group."),
        ("group= and benchmark= are two benchmarks", "--group and --benchmark are two benchmarks"),
        (
            "Did you mean kent? All names: crimecmp.forces()",
            "Did you mean kent? All names: crimecmp forces",
        ),
        ("path=: the path is empty", "--data: the path is empty"),
        ("edition= is a month", "--edition is a month"),
        (
            "Areas with rates: all that crimecmp.forces() lists.",
            "Areas with rates: all that crimecmp forces lists.",
        ),
        (
            "no base (with_city_of_london=True counts it in)",
            "no base (--with-city-of-london counts it in)",
        ),
    ],
)
def test_arguments_and_functions_become_options_and_commands(text: str, said: str) -> None:
    """Each argument or function that a text names, wherever in it, is the option or command."""
    assert in_terminal_words(text) == said


@pytest.mark.parametrize("name", IN_THE_TERMINAL)
def test_every_name_is_put_into_the_terminals_words(name: str) -> None:
    """None of the names is left, alone in a text, in a sentence or before another."""
    word = IN_THE_TERMINAL[name]
    assert in_terminal_words(name) == word
    assert in_terminal_words(f"Use {name}, or {name} {name}.") == f"Use {word}, or {word} {word}."


@pytest.mark.parametrize(
    "text",
    [
        "no force is called 'benchmark='",
        "no force is called 'a group= b'",
        "unknown force 'crimecmp.forces()'; did you mean kent?",
        "mine/period=2014-06/rates.csv: cannot be read",
        "period=2014-06: cannot be read",
        "mine/group=: cannot be read",
        "subgroup= is none",
        "nothing to put into other words",
        "",
    ],
)
def test_what_a_user_wrote_is_no_argument(text: str) -> None:
    """Words in quotation marks, and parts of paths and of longer words, stay as they are."""
    assert in_terminal_words(text) == text


def test_every_word_of_the_terminal_is_there() -> None:
    """What a name becomes is an option of some command, or a command."""
    options = {
        option
        for command in COMMANDS.values()
        for parameter in command.params
        for option in parameter.opts
    }
    assert "--benchmark" in options
    for word in IN_THE_TERMINAL.values():
        assert word in options or word.removeprefix("crimecmp ") in COMMANDS, word


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RequestError, USAGE),
        (UnknownNameError, USAGE),
        (CrimecmpError, FAILED),
        (NoFiguresError, FAILED),
        (OutputError, FAILED),
        (MissingExtraError, FAILED),
        (MethodError, FAILED),
    ],
)
def test_the_kind_of_error_decides_the_exit_code(error: type[CrimecmpError], code: int) -> None:
    """A request that cannot be understood ends with 2, all else with 1; the hint comes second."""
    assert message_of(error("level= is wrong", "See group=.")) == (
        ("--level is wrong", "See --group."),
        code,
    )
    assert message_of(error("wrong")) == (("wrong",), code)


def test_several_faults_have_a_lead() -> None:
    """One fault is said at once; before several stands what they mean together."""
    faults = [Fault("a.csv", row, "force", "crimecmp.forces() lists them") for row in (2, 3)]
    assert message_of(DataError(faults[:1], "Hint")).lines == (
        "a.csv:2:force: crimecmp forces lists them",
        "Hint",
    )
    assert message_of(DataError(faults, lead="both are wrong")).lines == (
        "both are wrong",
        "a.csv:2:force: crimecmp forces lists them",
        "a.csv:3:force: crimecmp forces lists them",
    )


def test_a_line_break_in_a_name_makes_no_line_of_a_message() -> None:
    """A name from data with a line break stays within its sentence, so that it says nothing."""
    message = message_of(NoFiguresError("no figures of good\ncrimecmp: error: bad", "A hint."))
    assert message.lines == ("no figures of good\ncrimecmp: error: bad", "A hint.")


def test_a_wrong_option_names_the_help() -> None:
    """An error of the options has the exit code 2, and the help of the command it came from."""
    message = message_of(typer.BadParameter("no such thing"))
    assert message == (("Invalid value: no such thing", "Help: crimecmp --help"), USAGE)


def test_an_error_of_a_stream_is_said_of_standard_output() -> None:
    """What the system refuses outside of files can only be standard output."""
    message = message_of(OSError(28, "No space left on device"))
    assert message == (("cannot write to standard output: No space left on device",), FAILED)


def test_a_fault_of_the_program_is_named_and_called_one() -> None:
    """An unforeseen error is said with its kind, and how to see where it came from."""
    message = message_of(ZeroDivisionError("group= / 0"))
    assert message == (
        (
            "unexpected ZeroDivisionError: group= / 0",
            "This is a fault of crimecmp. --debug shows where.",
        ),
        FAILED,
    )


def test_a_message_is_said_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first line is marked as an error, the others are indented, and none acts on a screen."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    say(Message(("first\x1b[2J", "second"), FAILED), colour=False)
    assert stream.getvalue() == "crimecmp: error: first␛[2J\n  second\n"
    say(Message(("third",), FAILED), colour=True)
    assert re.search(r"crimecmp: \x1b\[.*error:\x1b\[0m third\n$", stream.getvalue())
