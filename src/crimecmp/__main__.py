"""`crimecmp` and `python -m crimecmp`."""

from __future__ import annotations

import gc
import signal
import sys
from contextlib import suppress

from crimecmp import __version__


def main() -> None:
    """Run the command line and end the process with its exit code."""
    if hasattr(signal, "SIGPIPE"):
        # A reader that goes away ends the program quietly, as it ends every other Unix filter,
        # also where so little was written that only the flush at exit would notice.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    if sys.argv[1:] == ["--version"]:
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
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
