"""The columns that people see of a comparison, and the fields made for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from crimecmp.compare import KINDS
from crimecmp.pages.wording import compared_with, opponent_label
from crimecmp.report import Column, Record
from crimecmp.selection import Selection
from crimecmp.sentences import (
    among_words,
    basis_words,
    interval_words,
    verdict_and_basis,
    verdict_words,
)
from crimecmp.tables.dataset import Dataset

PER_1000 = "per 1,000 "


class _Wording(NamedTuple):
    """How the pages speak of one kind of figure."""

    title: str
    figure: str
    unit: str
    difference: str


WORDING = {
    "rates": _Wording("Rates", "Rate", "", "Difference"),
    "changes": _Wording("Changes", "Change", ", %", "Difference, points"),
    "outcomes": _Wording("Outcomes", "Outcome", ", %", "Difference, points"),
    "satisfaction": _Wording("Satisfaction", "Estimate", ", %", "Difference, points"),
}


def display_fields(data: Dataset, record: Record) -> dict[str, str]:
    """Return what people read and machines work out for themselves."""
    among = among_words(record)
    return {
        "force_name": data.forces[str(record["force"])].label,
        "verdict_words": verdict_words(record),
        "verdict_and_basis": verdict_and_basis(record),
        "unit_short": str(record["unit"]).removeprefix(PER_1000),
        "among_words": among,
        "among_verdict": among.partition(",")[0],
        "interval_words": interval_words(record),
        "compared_with": compared_with(data, record),
    }


def head_columns(selection: Selection, *, side_by_side: bool) -> list[Column]:
    """Return the columns that say what a row is about."""
    if not side_by_side:
        return [Column("Measure", "label")]
    if selection.metric:
        return [Column("Force", "force_name")]
    if len(selection.forces) == 1:
        return [Column("Measure", "label")]
    return [Column("Measure", "label"), Column("Force", "force_name")]


def unit_columns(table: str, rows: Sequence[Record]) -> list[Column]:
    """Return the column of units: of rates alone, which differ in what they are over."""
    if table != "rates":
        return []
    if all(str(record["unit"]).startswith(PER_1000) for record in rows):
        return [Column(PER_1000.strip().capitalize(), "unit_short")]
    return [Column("Unit", "unit")]


def figure_columns(
    data: Dataset, table: str, selection: Selection, *, side_by_side: bool
) -> list[Column]:
    """Return the columns of the figures themselves and of their difference."""
    words = WORDING[table]
    force = words.figure if side_by_side else data.forces[selection.forces[0]].label
    benchmark = opponent_label(data, selection)
    force_column = Column(
        force + words.unit,
        "force_value",
        "figure",
        signed=table == "changes",
        decimals=("force_decimals",),
        margin="force_margin",
        margin_decimals="force_margin_decimals",
    )
    benchmark_column = Column(
        ("Its figure" if KINDS[table].previous else benchmark) + words.unit,
        "benchmark_value",
        "figure",
        signed=table == "changes",
        decimals=("benchmark_decimals",),
        margin="benchmark_margin",
        margin_decimals="benchmark_margin_decimals",
    )
    difference = Column(
        words.difference,
        "difference",
        "figure",
        signed=True,
        decimals=("force_decimals", "benchmark_decimals"),
    )
    to = Column("12 months to", "period_end", "period")
    if table == "changes":
        since = Column("From 12 months to", "base_period_end", "period")
        to = Column("To 12 months to", "period_end", "period")
        return [since, to, force_column, benchmark_column, difference]
    if KINDS[table].previous:
        against = Column("Compared with", "compared_with")
        return [to, force_column, against, benchmark_column, difference]
    if KINDS[table].relative:
        percent = Column("In per cent", "percent_difference", "percent", signed=True)
        return [to, force_column, benchmark_column, difference, percent]
    return [to, force_column, benchmark_column, difference]


def verdict_columns(rows: Sequence[Record]) -> list[Column]:
    """Return the column of verdicts; what they rest on is in its heading where that is one."""
    bases = {basis_words(record) for record in rows} - {""}
    if len(bases) == 1:
        return [Column(f"Verdict, {bases.pop()}", "verdict_words")]
    return [Column("Verdict", "verdict_and_basis")]


def count_columns(data: Dataset, selection: Selection, rows: Sequence[Record]) -> list[Column]:
    """Return the columns of the counts, where those are all that there is."""
    if any(record["force_value"] is not None for record in rows):
        return []
    names = {"force": "Count", "benchmark": f"Count, {opponent_label(data, selection)}"}
    return [
        Column(name, f"{side}_count", "count")
        for side, name in names.items()
        if any(record[f"{side}_count"] is not None for record in rows)
    ]


def among_columns(shown: Sequence[Record]) -> list[Column]:
    """Return the column that says what is unusual among forces, where that is tested."""
    tested = any(record["among_words"] for record in shown)
    return [Column("Among forces", "among_words")] if tested else []


def source_columns(rows: Sequence[Record]) -> list[Column]:
    """Return the column that tells rows of several sources apart."""
    several = len({record["source"] for record in rows}) > 1
    return [Column("Source", "source", "id")] if several else []
