"""The columns of a comparison in tables for people."""

from __future__ import annotations

from collections.abc import Sequence

from crimecmp.comparison.kinds import KINDS
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Comparison
from crimecmp.pages.part import Shown
from crimecmp.tables.dataset import Dataset
from crimecmp.text import period_name, places_shown, rounded
from crimecmp.wording.figure_words import figure_words
from crimecmp.wording.labels import KIND_LABELS, compared_with, opponent_label
from crimecmp.wording.sentences import among_words, basis_words, verdict_and_basis, verdict_words

PER_1000 = "per 1,000 "

Columns = list[Shown[Comparison]]


def head_columns(data: Dataset, request: Request, *, side_by_side: bool) -> Columns:
    """Return the columns that name a row: its measure, its force, or both."""
    measure = Shown[Comparison]("Measure", lambda row: row.label)
    force = Shown[Comparison]("Force", lambda row: data.forces[row.force].label)
    if not side_by_side:
        return [measure]
    if request.metric:
        return [force]
    return [measure] if len(request.forces) == 1 else [measure, force]


def unit_columns(table: str, rows: Sequence[Comparison]) -> Columns:
    """Return the column of units, for rates only, as only rates differ in unit."""
    if table != "rates":
        return []
    if all(row.unit.startswith(PER_1000) for row in rows):
        return [Shown(PER_1000.strip().capitalize(), lambda row: row.unit.removeprefix(PER_1000))]
    return [Shown("Unit", lambda row: row.unit)]


def period_columns(table: str) -> Columns:
    """Return the column of the period; for changes, the columns of both periods."""
    if table != "changes":
        return [_period("12 months to")]
    since = Shown[Comparison](
        "From 12 months to",
        lambda row: period_name(row.base_period_end) if row.base_period_end else None,
        "period",
    )
    return [since, _period("To 12 months to")]


def _period(label: str) -> Shown[Comparison]:
    return Shown(label, lambda row: period_name(row.period_end), "period")


def force_column(table: str, label: str) -> Shown[Comparison]:
    """Return the column of the force's figure."""
    unit = KIND_LABELS[table].unit
    return Shown(label + unit, lambda row: figure_words(row, row.own), "number")


def benchmark_columns(data: Dataset, table: str, request: Request) -> Columns:
    """Return the column of the benchmark's figure, and of its name where rows differ."""
    unit = KIND_LABELS[table].unit
    if KINDS[table].previous:
        return [
            against_column(data),
            Shown(f"Benchmark{unit}", lambda row: figure_words(row, row.other), "number"),
        ]
    label = opponent_label(data, request)
    return [Shown(label + unit, lambda row: figure_words(row, row.other), "number")]


def against_column(data: Dataset) -> Shown[Comparison]:
    """Return the column that names each row's benchmark."""
    return Shown("Compared with", lambda row: compared_with(data, row))


def difference_column(table: str) -> Shown[Comparison]:
    """Return the column of differences, in the unit of the figures or in percentage points."""
    return Shown(KIND_LABELS[table].difference, _difference, "number")


def _difference(row: Comparison) -> str | None:
    if row.difference is None:
        return None
    printed = max(row.force_decimals or 0, row.benchmark_decimals or 0)
    return rounded(row.difference, places_shown(row.difference, printed), signed=True)


def percent_columns(table: str) -> Columns:
    """Return the column of percentage differences, where those make sense."""
    return [Shown("% difference", _percent, "number")] if KINDS[table].relative else []


def _percent(row: Comparison) -> str | None:
    percent = row.percent_difference
    return None if percent is None else rounded(percent, 1, signed=True)


def figure_columns(data: Dataset, table: str, request: Request, *, side_by_side: bool) -> Columns:
    """Return the columns of the periods, the two figures and their difference."""
    label = KIND_LABELS[table].figure if side_by_side else data.forces[request.forces[0]].label
    return [
        *period_columns(table),
        force_column(table, label),
        *benchmark_columns(data, table, request),
        difference_column(table),
        *percent_columns(table),
    ]


def verdict_columns(rows: Sequence[Comparison]) -> Columns:
    """Return the column of verdicts; its heading gives their basis if all have the same."""
    bases = {basis_words(row) for row in rows} - {""}
    if len(bases) == 1:
        return [Shown(f"Verdict, {bases.pop()}", verdict_words)]
    return [Shown("Verdict", verdict_and_basis)]


def count_columns(data: Dataset, request: Request, rows: Sequence[Comparison]) -> Columns:
    """Return the columns of counts, for rows that have counts but no figures."""
    if any(row.force_value is not None for row in rows):
        return []
    benchmark = f"Count, {opponent_label(data, request)}"
    columns: Columns = []
    if any(row.force_count is not None for row in rows):
        columns.append(Shown("Count", lambda row: _count(row.force_count), "number"))
    if any(row.benchmark_count is not None for row in rows):
        columns.append(Shown(benchmark, lambda row: _count(row.benchmark_count), "number"))
    return columns


def _count(count: int | None) -> str | None:
    return None if count is None else f"{count:,}"


def among_columns(rows: Sequence[Comparison]) -> Columns:
    """Return the column of verdicts among all forces, where they are tested."""
    tested = any(among_words(row) for row in rows)
    return [Shown("Among forces", among_words)] if tested else []


def source_columns(rows: Sequence[Comparison]) -> Columns:
    """Return the column of sources, where rows have several."""
    several = len({row.source for row in rows}) > 1
    return [Shown("Source", lambda row: row.source, "id")] if several else []
