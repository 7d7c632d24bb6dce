"""What a long run is doing, said on standard error to a person at a terminal."""

from __future__ import annotations

import sys
import threading
from types import TracebackType

PATIENCE = 1.0
"""How many seconds pass before anything is said."""


class Progress:
    """Say which step is being done, once `PATIENCE` seconds have passed.

    Use it as a context manager, call it at the start of each step, and tell it how far a long step
    has `moved`. Off a terminal it says nothing.
    """

    def __init__(self) -> None:
        self._looking = sys.stderr is not None and sys.stderr.isatty()
        self._step = ""
        self._unfinished = False
        self._late = False
        self._lock = threading.Lock()
        self._timer = threading.Timer(PATIENCE, self._overdue)
        self._timer.daemon = True

    def __enter__(self) -> Progress:
        if self._looking:
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            self._end_line()

    def __call__(self, step: str) -> None:
        """Begin a step."""
        with self._lock:
            self._end_line()
            self._step = step
            if self._late:
                self._say()

    def moved(self, how_far: str) -> None:
        """Say how far the step is, in place of what was last said of it."""
        with self._lock:
            if self._late:
                self._unfinished = True
                sys.stderr.write(f"\r\x1b[Kcrimecmp: {how_far}")
                sys.stderr.flush()

    def _end_line(self) -> None:
        if self._unfinished:
            self._unfinished = False
            sys.stderr.write("\n")

    def _overdue(self) -> None:
        with self._lock:
            self._late = True
            self._say()

    def _say(self) -> None:
        sys.stderr.write(f"crimecmp: {self._step} …\n")
        sys.stderr.flush()
