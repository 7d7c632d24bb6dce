"""Where the rows of a table are: runs of rows that follow one another and have much in common.

A table of rates can have tens of thousands of rows, but few runs: each is about one force, metric
and source, in one period after another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from crimecmp.tables.checked import Columns


class Run(NamedTuple):
    """Rows of one force, metric and source: the places from `start` up to `stop`."""

    force: str
    metric: str
    source: str
    start: int
    stop: int


class Runs:
    """The runs of a table.

    Parameters
    ----------
    runs
        The runs, in the order of their rows.
    ends
        The end of the period of each row; empty for a table without periods.
    """

    def __init__(self, runs: Iterable[Run], ends: Sequence[str]) -> None:
        self._runs, self._ends = list(runs), ends
        self._by_metric: dict[tuple[str, str], list[Run]] = {}
        for run in self._runs:
            self._by_metric.setdefault((run.metric, run.source), []).append(run)

    def __iter__(self) -> Iterator[Run]:
        return iter(self._runs)

    def places(self, wanted: Callable[[Run], bool]) -> list[int]:
        """Return the places of the rows of the runs that are wanted."""
        return [place for run in self._runs if wanted(run) for place in range(run.start, run.stop)]

    def of_period(self, metric: str, source: str, end: str) -> dict[str, int]:
        """Return the place of each force's row on one metric, from one source, for one period."""
        found = {}
        for run in self._by_metric.get((metric, source), ()):
            place = self._find(end, run)
            if place is not None:
                found[run.force] = place
        return found

    def _find(self, end: str, run: Run) -> int | None:
        try:
            return self._ends.index(end, run.start, run.stop)
        except ValueError:
            return None


def runs_of(columns: Columns, start: int = 0) -> Iterator[Run]:
    """Yield the runs of a table.

    Parameters
    ----------
    columns
        Its columns as text.
    start
        The place of its first row, where it comes after others.
    """
    height = len(columns["force"])
    metrics = columns.get("metric") or [""] * height
    for about, rows in groupby(zip(columns["force"], metrics, columns["source"], strict=True)):
        stop = start + sum(1 for _ in rows)
        yield Run(*about, start, stop)
        start = stop
