"""The baseline that a reader names: the periods that the lines of a chart are calculated from."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from crimecmp.errors import RequestError
from crimecmp.text import visible

_SPAN = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2]):([0-9]{4})-(0[1-9]|1[0-2])")


class Baseline(NamedTuple):
    """The months of a baseline, both included, each counted from the year 0."""

    first: int
    last: int

    def holds(self, end: date, months: int) -> bool:
        """Return whether a period of some months, up to a day, is within the baseline."""
        month = _month(end.year, end.month)
        return self.first <= month - months + 1 and month <= self.last


def baseline_of(text: str) -> Baseline:
    """Return the baseline that a text names: `2022-04:2025-03`.

    Raises
    ------
    RequestError
        Where the text is not two months, the earlier first.
    """
    found = _SPAN.fullmatch(text)
    if found:
        first, last = (_month(int(found[n]), int(found[n + 1])) for n in (1, 3))
        if first <= last:
            return Baseline(first, last)
    raise RequestError(
        f"baseline= takes a first and a last month, not '{visible(text)}'",
        "Write it as 2022-04:2025-03.",
    )


def _month(year: int, month: int) -> int:
    return 12 * year + month - 1
