"""What tests of the command line share: real processes, real pipes and real terminals."""

from __future__ import annotations

import fcntl
import os
import pty
import shlex
import struct
import subprocess
import sys
import termios

import typer
from bundled import Done

from crimecmp.cli.app import app

COMMAND = [sys.executable, "-m", "crimecmp"]
INTERRUPTIBLE = [
    sys.executable,
    "-c",
    "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    " runpy.run_module('crimecmp', run_name='__main__')",
]
"""The same with the usual handling of interrupts, even where the caller ignores them."""
LONGEST = 120
"""After so many seconds a script hangs, on a busy machine too."""
FIGURE_COMMANDS = ("rates", "changes", "outcomes", "satisfaction", "compare", "report")
LISTS = ("forces", "metrics", "groups", "sources")
PAGE_COMMANDS = (*FIGURE_COMMANDS, "trend", "reproduce", "judgments", "claims", *LISTS)
OTHER_COMMANDS = ("chart", "check", "explain", "fetch", "import")
GROUP = typer.main.get_command(app)
COMMANDS: dict[str, typer.core.TyperCommand] = getattr(GROUP, "commands")  # noqa: B009 - Typer types no group
"""The commands that there are, by name."""


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


def in_shell(script: str, **environment: str) -> Done:
    """Run a script of bash in which `crimecmp` is the program."""
    program = f'crimecmp() {{ {shlex.join(COMMAND)} "$@"; }}\n'
    done = subprocess.run(
        ["bash", "-c", program + script],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
        env={**os.environ, **environment},
        timeout=LONGEST,
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
