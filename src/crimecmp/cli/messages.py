"""Errors in the terminal's words: what is said of each, and the exit code that it ends with."""

from typing import NamedTuple

import typer

from crimecmp.cli.exit_codes import FAILED, USAGE
from crimecmp.cli.options import DEBUG
from crimecmp.errors import CrimecmpError, DataError, RequestError
from crimecmp.text import visible


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
            text, hint = error.message, error.hint
        case typer.TyperException():
            code, text = error.exit_code, error.format_message()
            context = getattr(error, "ctx", None)
            hint = f"Help: {context.command_path if context else 'crimecmp'} --help"
        case OSError():
            # Every file's errors have a name by now: this one is of the stream itself.
            text = f"cannot write to standard output: {error.strerror}"
        case _:
            text = f"unexpected {type(error).__name__}: {error}"
            hint = f"This is a fault of crimecmp. {DEBUG} shows where."
    lines = text.split("\n")
    if isinstance(error, DataError) and len(lines) > 1:
        lines.insert(0, error.lead)
    return Message((*lines, *filter(None, [hint])), code)


def say(message: Message, *, colour: bool) -> None:
    """Say a message on standard error."""
    label = typer.style("error:", fg="red", bold=True) if colour else "error:"
    first, *others = (visible(line) for line in message.lines)
    for line in (f"crimecmp: {label} {first}", *(f"  {line}" for line in others)):
        typer.echo(line, err=True, color=True)
