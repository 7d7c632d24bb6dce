"""Errors in the terminal's words: what is said of each, and the exit code that it ends with."""

import re
from contextlib import suppress
from typing import NamedTuple

import typer

from crimecmp.cli.exit_codes import FAILED, USAGE
from crimecmp.cli.options import DEBUG
from crimecmp.cli.streams import cannot_print
from crimecmp.errors import CrimecmpError, DataError, RequestError
from crimecmp.text import visible

IN_THE_TERMINAL = {
    "baseline=": "--baseline",
    "benchmark=": "--benchmark",
    "edition=": "--edition",
    "group=": "--group",
    "latest=True": "--latest",
    "level=": "--level",
    "metric=": "--metric",
    "overwrite=True": "--overwrite",
    "path=": "--data",
    "period=": "--period",
    "source=": "--source",
    "to=": "--to",
    "weighted=True": "--weighted",
    "with_city_of_london=True": "--with-city-of-london",
    "crimecmp.forces()": "crimecmp forces",
    "crimecmp.groups()": "crimecmp groups",
    "crimecmp.metrics()": "crimecmp metrics",
}
"""What errors name, arguments and functions, and the option or command that it is here."""


def in_terminal_words(text: str) -> str:
    """Return an error's text with options and commands for the arguments and functions it names.

    What is between quotation marks was typed by a user, or is a cell of a table, and stays as it
    is. The path of a user's file is not quoted: one called `group=` is shown as `--group`.
    """
    names = "|".join(map(re.escape, IN_THE_TERMINAL))
    return re.sub(
        rf"'[^']*'|(?<![\w./-])(?:{names})(?![\w'/])",
        lambda found: IN_THE_TERMINAL.get(found[0], found[0]),
        text,
    )


class Message(NamedTuple):
    """What is said of an error: its lines, and the exit code that goes with them."""

    lines: tuple[str, ...]
    code: int


def message_of(error: Exception) -> Message:
    """Return what is said of an error."""
    code, hint = FAILED, ""
    match error:
        case CrimecmpError():
            code = USAGE if isinstance(error, RequestError) else FAILED
            text, hint = in_terminal_words(error.message), in_terminal_words(error.hint)
        case typer.TyperException():
            code, text = error.exit_code, error.format_message()
            context = getattr(error, "ctx", None)
            hint = f"Help: {context.command_path if context else 'crimecmp'} --help"
        case OSError():
            # Every file's errors have a name by now: this one is of the stream itself.
            text = cannot_print(error)
        case _:
            changed = _changed_tables()
            if changed is not None:
                return message_of(changed)
            text = f"unexpected {type(error).__name__}: {error}"
            hint = f"This is a fault of crimecmp. {DEBUG} shows where."
    # Only a list of faults has lines of its own: a line break elsewhere is within a user's name.
    lines = text.split("\n") if isinstance(error, DataError) else [text]
    if isinstance(error, DataError) and len(lines) > 1:
        lines.insert(0, error.lead)
    return Message((*lines, *filter(None, hint.split("\n"))), code)


def _changed_tables() -> DataError | None:
    """Return the error of bundled tables that were changed: then nothing else is at fault."""
    from crimecmp.tables.bundled import require_intact

    try:
        require_intact()
    except DataError as error:
        return error
    return None


def say(message: Message, *, colour: bool) -> None:
    """Say a message on standard error.

    Where it cannot be said, the exit code still tells that there is one.
    """
    label = typer.style("error:", fg="red", bold=True) if colour else "error:"
    first, *others = (visible(line) for line in message.lines)
    with suppress(OSError):
        for line in (f"crimecmp: {label} {first}", *(f"  {line}" for line in others)):
            typer.echo(line, err=True, color=True)


def mention(line: str) -> None:
    """Say a line on standard error, about an answer that has gone where it should.

    What cannot be said is left out: the answer is there all the same.
    """
    with suppress(OSError):
        typer.echo(visible(line), err=True)
