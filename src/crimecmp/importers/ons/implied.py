"""Hold rates and changes against the counts that they are of.

A rate that is printed in full implies the base that it is over, and a change the count of the year
before. Both are whole numbers, and the base is the same for every rate of an area. A figure of
which that is not true is not the one that was published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from crimecmp.errors import Fault
from crimecmp.importers.categories import HOUSEHOLDS
from crimecmp.importers.ons.areas import AreaRow
from crimecmp.importers.ons.headings import Column, Measure
from crimecmp.importers.ons.sums import broken, number_in
from crimecmp.importers.ons.table import Table
from crimecmp.tables.cells import decimals

_PER = 1000
_CLOSE = 1e-5
"""How far from a whole number something implied can be, through the digits that are not printed:
in published tables it is a tenth of this at most."""


class Measured(NamedTuple):
    """A table with the columns of its metrics."""

    table: Table
    measures: Mapping[str, Measure]

    def number(self, area: str, metric: str) -> float | None:
        """Return the figure of an area and a metric; None if there is none."""
        row = next((row for row in self.table.rows if row.area == area), None)
        measure = self.measures.get(metric)
        return number_in(self.table, row, measure.column) if row and measure else None


def rate_breaks(counts: Measured, rates: Measured) -> Iterator[Fault]:
    """Yield the rates, in full, that imply another base than the other rates of their row."""
    steps = {column: _step(rates.table, column) for _, column in rates.measures.values()}
    for row in rates.table.rows:
        implied = {
            column: base
            for metric, (unit, column) in rates.measures.items()
            if unit != HOUSEHOLDS
            and (base := _base(counts.number(row.area, metric), rates.table, row, column))
        }
        [(usual, _)] = Counter(map(round, implied.values())).most_common(1) or [(0, 0)]
        for column, base in implied.items():
            rate = number_in(rates.table, row, column) or 1.0
            if abs(base - usual) > _CLOSE + base * steps[column] / rate:
                problem = (
                    f"with its count it implies a base of {base:,.1f}, and the other rates of the "
                    f"row imply {usual:,}"
                )
                yield broken(rates.table, row, column, problem)


def whole_base_breaks(table: Table, pairs: Mapping[Column, Column]) -> Iterator[Fault]:
    """Yield the rates, in full, that do not imply a whole number of people.

    Parameters
    ----------
    table
        A table that has the counts beside the rates.
    pairs
        The column of the count for each column of a rate.
    """
    steps = {column: _step(table, column) for column in pairs}
    for row in table.rows:
        for rate, count in pairs.items():
            base = _base(number_in(table, row, count), table, row, rate)
            printed = number_in(table, row, rate) or 1.0
            if base is not None and not _is_whole(base, base * steps[rate] / printed):
                problem = f"with its count it implies a base of {base:,.3f}, not a whole number"
                yield broken(table, row, rate, problem)


def change_breaks(
    changes: Measured, counts: Measured, before: Measured | None = None
) -> Iterator[Fault]:
    """Yield the changes, in full, that do not lead from a count of one year to that of the next.

    Parameters
    ----------
    changes, counts
        The changes, and the counts of their later year.
    before
        The counts of their earlier year. Without them, the counts that are implied must be whole.
    """
    for metric, (_, column) in changes.measures.items():
        before_and_after = {
            row.area: (
                before.number(row.area, metric) if before else None,
                counts.number(row.area, metric),
            )
            for row in changes.table.rows
        }
        yield from breaks_of_column(changes.table, column, before_and_after)


def breaks_of_column(
    table: Table, column: Column, counts: Mapping[str, tuple[float | None, float | None]]
) -> Iterator[Fault]:
    """Yield the changes in a column that do not lead from the earlier count to the later one.

    Parameters
    ----------
    table, column
        Where the changes are.
    counts
        The earlier and the later count of each area, where they are known.
    """
    step = _step(table, column)
    for row in table.rows:
        percent = number_in(table, row, column)
        was, count = counts[row.area]
        if percent is None or count is None or not 1 + percent / 100:
            continue
        implied = count / (1 + percent / 100)
        error = implied * step / abs(100 + percent)
        if was and abs(implied - was) > _CLOSE + error:
            true = 100 * (count / was - 1)
            problem = f"the change from {was:,.0f} to {count:,.0f} is {true:.6g}%"
            yield broken(table, row, column, problem)
        elif was is None and not _is_whole(implied, error):
            problem = f"{count:,.0f} now implies {implied:,.3f} the year before, not a whole number"
            yield broken(table, row, column, problem)


def _base(count: float | None, table: Table, row: AreaRow, column: Column) -> float | None:
    """Return the base that a rate implies; None if there is no rate or no crime."""
    rate = number_in(table, row, column)
    return count / rate * _PER if count and rate else None


def _step(table: Table, column: Column) -> float:
    """Return how far a figure of a column can be from what was rounded to it."""
    printed = max((decimals(table.cell(row, column).rstrip("% ")) for row in table.rows), default=0)
    return 10.0**-printed / 2


def _is_whole(number: float, error: float) -> bool:
    return abs(number - round(number)) <= _CLOSE + error
