"""A run of the program, from its arguments to its exit code."""

import os
import sys
import traceback
from collections.abc import Sequence

import typer

from crimecmp.cli import streams
from crimecmp.cli.app import app_for
from crimecmp.cli.exit_codes import INTERRUPTED, OK, PIPE_CLOSED
from crimecmp.cli.messages import message_of, say
from crimecmp.cli.options import DEBUG, NO_COLOUR
from crimecmp.cli.output import colour_wanted


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit code. Errors are written to standard error.

    Parameters
    ----------
    arguments
        What follows `crimecmp`.
    """
    try:
        streams.prepare()
        command = typer.main.get_command(app_for(arguments))
        code = command.main(list(arguments) or ["-h"], prog_name="crimecmp", standalone_mode=False)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return PIPE_CLOSED
    except Exception as error:  # the one place where every error becomes a message
        return _failed(error, arguments)
    return code if isinstance(code, int) else OK


def _failed(error: Exception, arguments: Sequence[str]) -> int:
    _forget_output()
    if DEBUG in arguments:
        traceback.print_exception(error)
    message = message_of(error)
    say(message, colour=colour_wanted(sys.stderr, refused=NO_COLOUR in arguments))
    return message.code


def _forget_output() -> None:
    """Drop what could not be written, so that the interpreter does not fail on it again at exit."""
    try:
        sys.stdout.flush()
    except (OSError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)
