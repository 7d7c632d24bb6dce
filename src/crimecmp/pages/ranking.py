"""All forces in order of their figures, the benchmark marked in its place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crimecmp.compare import KINDS
from crimecmp.pages.columns import (
    WORDING,
    among_columns,
    figure_columns,
    source_columns,
    unit_columns,
    verdict_columns,
)
from crimecmp.pages.wording import opponent_label
from crimecmp.report import Column, Note, Record, Section, Value
from crimecmp.selection import Selection
from crimecmp.sentences import interval_words, level_words
from crimecmp.tables.dataset import Dataset
from crimecmp.text import period_name


def ranking(
    data: Dataset,
    table: str,
    selection: Selection,
    shown: Sequence[Record],
    notes: tuple[Note, ...],
) -> Section:
    """Return the forces in order of their figures, the benchmark marked in its place."""
    ranks = _ranks(shown, selection)
    ranked = [{**record, "rank_words": rank} for record, rank in zip(shown, ranks, strict=True)]
    heads = [Column("Measure", "label")] if selection.metric is None else []
    units = {str(record["unit"]) for record in shown}
    ends = {record["period_end"] for record in shown}
    figure, *rest = [
        column
        for column in figure_columns(data, table, selection, side_by_side=True)
        if column.field not in ("benchmark_value", "difference", "period_end")
        or (column.field == "period_end" and len(ends) > 1)
        or (column.field == "difference" and not KINDS[table].relative)
    ]
    if figure.field != "force_value":
        heads, (figure, *rest) = [*heads, figure], rest
    intervals = any(record["interval_words"] for record in shown)
    columns = (
        Column("Rank", "rank_words", "id"),
        *heads,
        Column("Force", "force_name"),
        *(unit_columns(table, shown) if len(units) > 1 else []),
        figure,
        *(
            [Column(f"{level_words(shown[0])} interval", "interval_words", "id")]
            if intervals
            else []
        ),
        *rest,
        *verdict_columns(shown),
        *(column._replace(field="among_verdict") for column in among_columns(shown)),
        *source_columns(shown),
    )
    title = WORDING[table].title
    if selection.metric:
        title = data.metrics[selection.metric].label
    if len(units) == 1 and table == "rates":
        title += f" {units.pop()}"
    [end] = ends if len(ends) == 1 else [None]
    if isinstance(end, date):
        title += f", 12 months to {period_name(end)}"
    return Section(title, columns, ranked, notes, _with_benchmark(data, selection, ranked))


def _with_benchmark(data: Dataset, selection: Selection, ranked: Sequence[Record]) -> list[Record]:
    """Return a ranking's rows with one for the benchmark where its own figure would stand."""
    rows = list(ranked)
    groups: dict[tuple[Value, ...], Record] = {}
    for record in ranked:
        if record["benchmark_value"] is not None and record["benchmark"] != record["force"]:
            groups.setdefault(_group(record), record)
    for about, record in groups.items():
        kept = ("label", "unit", "unit_short", "period_end")
        mark: dict[str, Value] = {
            **{f"force_{name}": record[f"benchmark_{name}"] for name in _FIGURE},
            **{name: record[name] for name in kept},
            "force_name": f"{opponent_label(data, selection)} (benchmark)",
            "interval_words": interval_words(record, "benchmark"),
        }
        below = (
            place
            for place, row in enumerate(rows)
            if row.get("force_value") is None or _below(row, about, mark)
        )
        rows.insert(next(below, len(rows)), mark)
    return rows


_FIGURE = ("value", "decimals", "low", "high", "margin", "margin_decimals")


def _below(row: Record, about: tuple[Value, ...], mark: Record) -> bool:
    value, own = row["force_value"], mark["force_value"]
    return (
        isinstance(value, float)
        and isinstance(own, float)
        and "benchmark" in row
        and _group(row) == about
        and value < own
    )


def _ranks(rows: Sequence[Record], selection: Selection) -> list[str | None]:
    """Return each row's place among those with the same measure and period, highest first.

    Areas that are no part of the spread of forces have none.
    """
    groups: dict[tuple[Value, ...], list[float]] = {}
    alone = {record["force"] for record in rows} <= set(selection.out_of_spread)
    of_residents = rows[0]["kind"] == "rate"
    outside = () if alone or not of_residents else selection.out_of_spread
    for record in rows:
        if isinstance(record["force_value"], float) and record["force"] not in outside:
            groups.setdefault(_group(record), []).append(record["force_value"])
    ranks: list[str | None] = []
    for record in rows:
        value = record["force_value"]
        itself = record["benchmark"] == record["force"]
        if not isinstance(value, float) or itself or record["force"] in outside:
            ranks.append(None)
            continue
        if isinstance(record["forces_rank"], int):
            ranks.append(f"{record['forces_rank']} of {record['forces_ranked']}")
            continue
        values = groups[_group(record)]
        ranks.append(f"{1 + sum(other > value for other in values)} of {len(values)}")
    return ranks


def _group(record: Record) -> tuple[Value, ...]:
    return tuple(
        record[name] for name in ("metric", "period_end", "base_period_end", "source", "benchmark")
    )
