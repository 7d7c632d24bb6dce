"""All forces in order of their figures, with the benchmark in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from crimecmp.comparison.kinds import KINDS
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Comparison, Side
from crimecmp.document.report import Note
from crimecmp.pages.columns import (
    Columns,
    against_column,
    difference_column,
    percent_columns,
    period_columns,
    source_columns,
    unit_columns,
    verdict_columns,
)
from crimecmp.pages.part import Part, Shown, section
from crimecmp.tables.dataset import Dataset
from crimecmp.text import period_name
from crimecmp.wording.figure_words import figure_words, interval_words, level_words
from crimecmp.wording.labels import KIND_LABELS, opponent_label
from crimecmp.wording.sentences import among_words, places_words


class RankedLine(NamedTuple):
    """One line of a ranking: a force, or the benchmark.

    Parameters
    ----------
    row
        The comparison; for the benchmark's line, any comparison with that benchmark.
    name
        The name of the area.
    figure
        The figure of the area.
    rank
        The rank, such as `3 of 42`; empty where there is none.
    benchmark
        Whether it is the benchmark's line.
    """

    row: Comparison
    name: str
    figure: Side
    rank: str
    benchmark: bool = False


def ranking(
    data: Dataset,
    table: str,
    request: Request,
    rows: Sequence[Comparison],
    notes: tuple[Note, ...],
) -> Part:
    """Return the table of forces in order of their figures, with the benchmark in its place.

    Comparisons of a force with itself are in machine output, but have no place in an order.
    """
    every, rows = rows, [row for row in rows if not row.against_itself] or rows
    lines = ranked_lines(data, request, rows, f"{opponent_label(data, request)} (benchmark)")
    title = _title(data, table, request, rows)
    columns = _columns(data, table, request, rows)
    return Part(section(table, title, columns, lines, notes), every)


def ranked_lines(
    data: Dataset, request: Request, rows: Sequence[Comparison], benchmark: str
) -> list[RankedLine]:
    """Return the lines of a ranking, with the benchmark's line, under a name, in its place."""
    ranked = [
        RankedLine(row, data.forces[row.force].label, row.own, rank)
        for row, rank in zip(rows, _ranks(rows, request), strict=True)
    ]
    return _with_benchmark(ranked, benchmark)


def _title(data: Dataset, table: str, request: Request, rows: Sequence[Comparison]) -> str:
    title = KIND_LABELS[table].title
    if request.metric:
        title = data.metrics[str(request.metric)].label
    units = {row.unit for row in rows}
    if len(units) == 1 and table == "rates":
        title += f" {units.pop()}"
    ends = {row.period_end for row in rows}
    return title if len(ends) > 1 else f"{title}, year to {period_name(ends.pop())}"


def _columns(
    data: Dataset, table: str, request: Request, rows: Sequence[Comparison]
) -> list[Shown[RankedLine]]:
    measure: Columns = [] if request.metric else [Shown("Measure", lambda row: row.label)]
    periods = period_columns(table)
    since, ends = periods[:-1], periods[-1:] if len({row.period_end for row in rows}) > 1 else []
    units = unit_columns(table, rows) if len({row.unit for row in rows}) > 1 else []
    labels = KIND_LABELS[table]
    figure = Shown[RankedLine](
        labels.figure + labels.unit, lambda line: figure_words(line.row, line.figure), "number"
    )
    interval = Shown[RankedLine](
        f"{level_words(rows[0])} interval", lambda line: interval_words(line.figure), "id"
    )
    against = [against_column(data)] if KINDS[table].previous else []
    differences = percent_columns(table) or [difference_column(table)]
    tested = any(among_words(row) for row in rows)
    among: Columns = [Shown("Among forces", _among_verdict)] if tested else []
    places: list[Shown[RankedLine]] = []
    if any(places_words(row) for row in rows):
        places = [_on_force_lines(Shown[Comparison]("Could be", places_words, "id"))]
    return [
        Shown("Rank", lambda line: line.rank, "id"),
        *places,
        *map(_on_every_line, measure),
        *map(_on_force_lines, since),
        *map(_on_every_line, ends),
        Shown("Force", lambda line: line.name),
        *map(_on_every_line, units),
        figure,
        *([interval] if any(interval_words(row.own) for row in rows) else []),
        *map(_on_force_lines, [*against, *differences, *verdict_columns(rows), *among]),
        *map(_on_force_lines, source_columns(rows)),
    ]


def _among_verdict(row: Comparison) -> str:
    """Return the verdict among forces without the rank, which has its own column."""
    return among_words(row).partition(",")[0]


def _on_every_line(column: Shown[Comparison]) -> Shown[RankedLine]:
    """Return a column that has a cell on every line."""
    return Shown(column.label, lambda line: column.text(line.row), column.style)


def _on_force_lines(column: Shown[Comparison]) -> Shown[RankedLine]:
    """Return a column that is empty on the benchmark's line."""
    return Shown(
        column.label,
        lambda line: None if line.benchmark else column.text(line.row),
        column.style,
    )


def _with_benchmark(ranked: Sequence[RankedLine], name: str) -> list[RankedLine]:
    """Return the lines of a ranking with the benchmark's line inserted in order."""
    lines = list(ranked)
    groups: dict[tuple[object, ...], Comparison] = {}
    for line in ranked:
        if line.row.benchmark_value is not None and not line.row.against_itself:
            groups.setdefault(_group(line.row), line.row)
    for group, row in groups.items():
        mark = RankedLine(row, name, row.other, "", benchmark=True)
        below = (
            place
            for place, line in enumerate(lines)
            if line.figure.value is None or _below(line, group, row.benchmark_value)
        )
        lines.insert(next(below, len(lines)), mark)
    return lines


def _below(line: RankedLine, group: tuple[object, ...], value: float | None) -> bool:
    own = line.figure.value
    if line.benchmark or own is None or value is None:
        return False
    return _group(line.row) == group and own < value


def _ranks(rows: Sequence[Comparison], request: Request) -> list[str]:
    """Return each row's rank among rows with the same measure and period, highest first.

    Areas outside the spread of forces have no rank, unless no other areas are shown.
    """
    groups: dict[tuple[object, ...], list[float]] = {}
    only_outside = {row.force for row in rows} <= set(request.out_of_spread)
    per_resident = rows[0].kind == "rate"
    outside = () if only_outside or not per_resident else request.out_of_spread
    for row in rows:
        if row.force_value is not None and row.force not in outside:
            groups.setdefault(_group(row), []).append(row.force_value)
    ranks = []
    for row in rows:
        value = row.force_value
        if value is None or row.against_itself or row.force in outside:
            ranks.append("")
        elif row.among.forces_rank is not None:
            ranks.append(f"{row.among.forces_rank} of {row.among.forces_ranked}")
        else:
            values = groups[_group(row)]
            ranks.append(f"{1 + sum(other > value for other in values)} of {len(values)}")
    return ranks


def _group(row: Comparison) -> tuple[object, ...]:
    return row.metric, row.period_end, row.base_period_end, row.source, row.benchmark
