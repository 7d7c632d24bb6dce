"""The standard streams of a run, also where it was started without one of them."""

import errno
import io
import os
import sys


def prepare() -> None:
    """Make standard output take every character, and open what stands in for closed streams.

    The next file that is opened would get the place of a closed stream, and what a library writes
    to that stream would go into the file. In place of standard output there is then a stream that
    takes nothing, so that printing anything is an error, as on a full disk.
    """
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            place = os.open(os.devnull, os.O_RDONLY)  # the lowest that is free
            if name == "stdout":  # which stays open until the process ends
                sys.stdout = open(place, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        # A character that an old terminal's encoding lacks becomes a question mark.
        sys.stdout.reconfigure(errors="replace")


def is_closed(error: OSError) -> bool:
    """Return whether a stream could not be written because it is closed."""
    return error.errno == errno.EBADF


def cannot_print(error: OSError) -> str:
    """Return the message for an error of standard output."""
    if is_closed(error):
        return "standard output is closed"
    return f"cannot write to standard output: {error.strerror}"
