"""Rows of a table of figures as plain typed values: what a comparison is made from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

    from crimecmp.tables.checked import CheckedTable


class Figure(NamedTuple):
    """One row of rates, changes, outcomes or satisfaction.

    A field is None where its cell is empty or the table has no such column.

    Parameters
    ----------
    force
        Id of the area that the figure is for.
    metric
        Id of what is measured.
    period_end
        Last day of the 12 months that the figure is for.
    base_period_end
        Of a change, last day of the 12 months that it is measured from.
    source
        Id of the source, or the name of the user's own file.
    value
        The figure: a rate in the metric's unit; a change in per cent; an outcome or a survey
        estimate as a percentage. None where it is missing, and `note` may say why.
    decimals
        Number of decimals that `value` was printed with.
    margin
        Of a survey estimate, half width of its 95% interval in percentage points.
    margin_decimals
        Number of decimals that `margin` was printed with.
    events
        Crimes or incidents in the 12 months to `period_end`; of an outcome, those with it.
    base
        What the figure is a share of: people or households; of an outcome, crimes.
    events_before
        Of a change, crimes or incidents in the 12 months to `base_period_end`.
    locator
        Where in the source it is: a heading, table or line.
    note
        What else the source says about it, or why it is missing.
    """

    force: str
    metric: str
    period_end: date
    base_period_end: date | None
    source: str
    value: float | None
    decimals: int | None
    margin: float | None
    margin_decimals: int | None
    events: int | None
    base: float | None
    events_before: int | None
    locator: str | None
    note: str | None


def figures(table: CheckedTable, places: Iterable[int], column: str) -> list[Figure]:
    """Return the rows at some places of a table of figures.

    Parameters
    ----------
    table
        Rates, changes, outcomes or satisfaction.
    places
        The places of the rows, counted from 0.
    column
        The column that holds the figure: `value` or `percent`.

    Returns
    -------
    list
        One figure for each place, in that order.
    """
    frame = table.take(places).frame()
    named = {
        "value": column,
        "decimals": f"{column}_decimals",
        "events": "count",
        "events_before": "base_count",
    }
    cells = {field: _cells(frame, named.get(field, field)) for field in Figure._fields}
    return [Figure(*row) for row in zip(*cells.values(), strict=True)]


def _cells(frame: pd.DataFrame, name: str) -> list[Any]:
    """Return a column's cells as plain values: None where one is missing, dates without a time."""
    import pandas as pd

    def plain(cell: Any) -> Any:
        # Each cell is tested by itself: testing a column takes pandas longer for so few rows.
        if cell is pd.NA or cell != cell:
            return None
        return cell.date() if isinstance(cell, pd.Timestamp) else cell

    return [plain(cell) for cell in frame[name].tolist()] if name in frame else [None] * len(frame)
