"""What tests of rows share: one comparison by a few of its fields, and tables of a test's own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import crimecmp
from crimecmp.comparison.pairing import comparisons
from crimecmp.comparison.request import AREA, requested
from crimecmp.comparison.row import Among, Comparison, Row, Verdict

HEADERS = {
    "rates": "force,metric,period_end,source,value,count,base,note",
    "changes": "force,metric,period_end,base_period_end,source,percent,count,base_count,note",
    "outcomes": "force,metric,period_end,source,percent,count,base,note",
    "satisfaction": "force,metric,period_end,source,percent,margin,note",
    "sources": "source,title",
    "groups": "group,label,forces",
}
"""The columns of the tables that tests write."""

FIRST = (
    "kind", "metric", "label", "force", "benchmark", "period_end", "base_period_end", "unit",
    "force_value", "benchmark_value", "difference", "percent_difference", "source", "force_margin",
    "benchmark_margin", "force_count", "benchmark_count", "force_base", "benchmark_base",
    "force_decimals", "benchmark_decimals", "force_margin_decimals", "benchmark_margin_decimals",
    "locator", "benchmark_locator", "note", "benchmark_note", "difference_low", "difference_high",
    "percent_difference_low", "percent_difference_high", "force_low", "force_high", "benchmark_low",
    "benchmark_high", "verdict", "reading", "method", "level", "reason", "ratio", "ratio_low",
    "ratio_high", "smallest_base", "interval_low", "interval_high", "z", "z_low", "z_high",
    "p_value", "interval_level",
)  # fmt: skip
"""The first columns of a comparison: what scripts of the earliest versions read, in order."""

_PLAIN = Comparison(
    kind="rate",
    metric="crime-excluding-fraud",
    label="Crime excluding fraud",
    force="durham",
    benchmark="england-and-wales",
    period_end=date(2014, 6, 30),
    base_period_end=None,
    unit="per 1,000 population",
    force_value=None,
    benchmark_value=None,
    difference=None,
    percent_difference=None,
    source="hmic-2014-durham",
    force_margin=None,
    benchmark_margin=None,
    force_count=None,
    benchmark_count=None,
    force_base=None,
    benchmark_base=None,
    force_decimals=None,
    benchmark_decimals=None,
    force_margin_decimals=None,
    benchmark_margin_decimals=None,
    locator=None,
    benchmark_locator=None,
    note=None,
    benchmark_note=None,
    tested=Verdict(),
    force_base_count=None,
    benchmark_base_count=None,
    benchmark_basis=AREA,
    among=Among(),
)


def comparison(**fields: Any) -> Comparison:
    """Return a row with some fields: a rate of Durham beside England and Wales, else empty."""
    return _PLAIN._replace(**fields)


def compared(
    data: crimecmp.Dataset, table: str, force: str = "durham", **choices: Any
) -> list[Comparison]:
    """Return the comparisons of one force on one kind of figure."""
    return comparisons(data, table, requested(data, [force], **choices))


def columns_of(rows: Iterable[Row], *names: str) -> list[tuple[object, ...]]:
    """Return some fields of rows as plain values, dates in ISO form."""
    return [
        tuple(
            value.isoformat() if isinstance(value, date) else value
            for value in (getattr(row, name) for name in names)
        )
        for row in rows
    ]


def write_tables(folder: Path, tables: dict[str, list[str]]) -> None:
    """Write tables of which rows may leave out their last cells."""
    for name, rows in tables.items():
        commas = HEADERS[name].count(",")
        lines = [row + "," * (commas - row.count(",")) for row in rows]
        (folder / f"{name}.csv").write_text("\n".join([HEADERS[name], *lines, ""]), "utf-8")
