"""One cell of a record: as text for people, or as a plain value for machines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from crimecmp.comparison.columns import OutputColumn
from crimecmp.report import Column, Record, Value
from crimecmp.tables.cells import split_list
from crimecmp.text import MISSING, period_name, places_shown, rounded, visible

_PERCENT_DECIMALS = 1


def for_people(column: Column, record: Record) -> str:
    """Return a cell's text as people read it, `MISSING` where there is no value.

    A figure has the decimals it was printed with; parts of a list are apart by line feeds.
    """
    value = record.get(column.field)
    if value is None or value == "":
        return MISSING
    if isinstance(value, date):
        return period_name(value)
    if isinstance(value, str):
        apart = {"list": "\n", "names": ", "}.get(column.style)
        return apart.join(map(visible, split_list(value))) if apart else visible(value)
    if column.style == "count":
        return f"{value:,}"
    if column.style == "percent":
        return rounded(value, _PERCENT_DECIMALS, signed=column.signed)
    places = places_shown(value, _printed(record, column.decimals))
    text = rounded(value, places, signed=column.signed)
    margin = record.get(column.margin)
    if isinstance(margin, int | float):
        text += f" ± {rounded(margin, _printed(record, (column.margin_decimals,)))}"
    return text


def for_machines(column: OutputColumn, record: Record) -> Value:
    """Return a cell as a plain value: dates in ISO form, whole printed figures as `int`."""
    value = record.get(column.name)
    if isinstance(value, str):
        return visible(value) or None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and column.decimals and _printed(record, column.decimals) == 0:
        return int(value)
    if isinstance(value, float) and not column.decimals and value.is_integer():
        return int(value)
    return value


def machine_text(column: OutputColumn, record: Record) -> str:
    """Return a cell as machine text: empty for missing, a figure with its printed decimals."""
    value = for_machines(column, record)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and column.decimals:
        return rounded(value, _printed(record, column.decimals))
    return str(value)


def _printed(record: Record, fields: Iterable[str]) -> int:
    """Return the most decimals that the figures behind a cell were printed with."""
    given = [record.get(field) for field in fields]
    return max((places for places in given if isinstance(places, int)), default=0)
