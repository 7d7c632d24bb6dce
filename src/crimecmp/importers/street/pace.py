"""How far the reading of many files is, how fast it goes, and how long it will take."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from crimecmp.importers.street.holders import Held
from crimecmp.importers.street.reading import Counted
from crimecmp.text import plural

_INTERVAL = 0.5
"""The seconds between two messages."""


class Pace:
    """Says how far the reading is.

    Parameters
    ----------
    files
        All files that are to be read.
    say
        Is told, in a few words.
    """

    def __init__(self, files: Sequence[Held], say: Callable[[str], None]) -> None:
        self._whole = sum(file.size for file in files) or 1
        self._say = say
        self._read = self._rows = 0
        self._start = self._said = time.monotonic()

    def done(self, file: Held, counted: Counted) -> None:
        """Take note of a file that has been read."""
        self._read += file.size
        self._rows += counted.rows
        now = time.monotonic()
        if now < self._said + _INTERVAL:
            return
        self._said = now
        taken = now - self._start
        left = round(taken * (self._whole - self._read) / max(self._read, 1))
        self._say(
            f"{100 * self._read // self._whole}%, {round(self._rows / taken):,} rows a second, "
            f"{plural(left, 'second')} left"
        )
