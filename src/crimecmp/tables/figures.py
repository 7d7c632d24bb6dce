"""Rows of a table of figures, typed: the edge at which pandas makes values of text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from crimecmp.checking import CheckedTable


class Figure(NamedTuple):
    """One row of a table of figures; a column that the table lacks is None."""

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
    """Return the rows at some places, `column` being the one that holds the figures."""
    import pandas as pd

    def plain(value: Any) -> Any:
        if value is None or value is pd.NA or value is pd.NaT or value != value:
            return None
        return value.date() if isinstance(value, datetime) else value

    frame = table.take(places).frame()
    named = {
        "value": column,
        "decimals": f"{column}_decimals",
        "events": "count",
        "events_before": "base_count",
    }
    cells: list[list[Any]] = []
    for field in Figure._fields:
        name = named.get(field, field)
        values: list[Any] = [None] * len(frame)
        if name in frame:
            values = [plain(value) for value in frame[name].tolist()]
        if field == "base":
            values = [None if value is None else float(value) for value in values]
        cells.append(values)
    return [Figure(*row) for row in zip(*cells, strict=True)]
