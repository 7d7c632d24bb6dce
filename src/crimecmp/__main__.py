"""`crimecmp` and `python -m crimecmp`."""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from typing import NoReturn

from crimecmp import __version__


def main() -> None:
    """Run the command line and end the process with its exit code."""
    if hasattr(signal, "SIGPIPE"):
        # A reader that goes away ends the program quietly, as it ends every other Unix filter,
        # also where so little was written that only the flush at exit would notice.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    if sys.argv[1:] == ["--version"] and sys.stdout is not None:
        # The commonest question of scripts needs nothing but its answer.
        with suppress(OSError):
            print(f"crimecmp {__version__}", flush=True)
            return
    # A command is over before anything is worth collecting; the collector would only look through
    # the thousands of objects of pandas again and again while they are made.
    gc.disable()
    try:
        from crimecmp.cli.run import run
    except KeyboardInterrupt:  # the program is still starting
        sys.exit(130)
    _end(run(sys.argv[1:]))


def _end(code: int) -> NoReturn:
    """End the process with an exit code, without freeing the objects of pandas one by one.

    That takes a sixth of the time of a command, and the system frees all of them at once. All
    output has been written by now. What draws may have temporary files to remove, so that a
    process that has loaded it ends in the usual way.
    """
    if "matplotlib" in sys.modules:
        sys.exit(code)
    with suppress(OSError, ValueError, AttributeError):
        sys.stdout.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
