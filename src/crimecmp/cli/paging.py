"""The pager: the program that a person has set to read what is longer than the screen."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from crimecmp.cli.messages import mention

if TYPE_CHECKING:
    from subprocess import Popen

LESS_OPTIONS = "FRX"
"""What `less` is asked for where nobody has said otherwise: to end by itself after one screen, to
show colour, and to leave what it showed on the screen."""


def shown_by_pager(coloured: bytes, plain: bytes) -> bool:
    """Show a page with the pager, and return whether it was shown.

    It was not where there is no pager, or where it did not work, which is then said.

    Parameters
    ----------
    coloured, plain
        The page with and without colour.
    """
    command = pager()
    if not command:
        return False
    if show(coloured if shows_colour(command) else plain, command):
        return True
    mention(f"the pager did not work: {command[0]}")
    return False


def pager() -> list[str]:
    """Return the words of the command in PAGER; an empty list where there is none to use."""
    said = os.environ.get("PAGER", "")
    try:
        command = shlex.split(said)
    except ValueError:  # a quotation mark too many
        command = [said]
    without = not command or _name(command) == "cat" or os.environ.get("TERM") == "dumb"
    return [] if without else command


def shows_colour(command: list[str]) -> bool:
    """Return whether a pager shows colour: of `less` it is known, and how it is asked for it."""
    return _name(command) == "less" and "R" in os.environ.get("LESS", LESS_OPTIONS)


def _name(command: list[str]) -> str:
    return Path(command[0]).name


def show(content: bytes, command: list[str]) -> bool:
    """Show a page with a pager, and wait until it is closed.

    The pager reads a file and not a pipe: nothing is left to be written when it ends early.

    Parameters
    ----------
    content
        The page.
    command
        The pager, as `pager` returns it.

    Returns
    -------
    bool
        Whether it was shown. Where the pager cannot be started or fails, it may not have been.
    """
    import subprocess
    import tempfile

    try:
        with tempfile.TemporaryFile() as page:
            page.write(content)
            page.seek(0)
            environment = {"LESS": LESS_OPTIONS, **os.environ}
            return _closed(subprocess.Popen(command, stdin=page, env=environment))  # noqa: S603 - the program that PAGER names, run without a shell
    except (OSError, ValueError):
        return False


def _closed(process: Popen[bytes]) -> bool:
    """Return whether a pager has ended well, or with an interrupt, which is a way to close it."""
    interrupted = False
    while True:
        try:
            return process.wait() == 0 or interrupted
        except KeyboardInterrupt:
            interrupted = True  # the pager got it as well, and may go on
