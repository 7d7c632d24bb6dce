"""Rank: all forces and the benchmark in order of their figures, with intervals."""

from __future__ import annotations

from collections.abc import Sequence

from crimecmp.charts.forces import all_forces, shown_note
from crimecmp.charts.marks import (
    NOT_FROM_ZERO,
    benchmark_mark,
    difference_words,
    force_mark,
    from_zero,
    intervals_words,
    roles_of,
)
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Comparison
from crimecmp.comparison.verdict_words import HIGH, LOW
from crimecmp.document.picture import Mark, Picture, Role, Rows, Scale
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words
from crimecmp.wording.captions import picture_notes, source_words, unit_words
from crimecmp.wording.labels import opponent_label, periods_words
from crimecmp.wording.sentences import among_words, places_words, verdict_and_basis

NEIGHBOURS = (
    "Forces close together in the order often show no clear difference. The places that a force "
    "could be in are those that random variation alone allows."
)
TABLES = ("rates", "outcomes", "satisfaction")
"""The tables to look in for figures to rank; the first that has the metric is used."""


def rank(data: Dataset, request: Request) -> Picture:
    """Return a picture of all forces in order of their figures on one metric.

    Parameters
    ----------
    data
        The tables.
    request
        The forces to mark, the metric, and the benchmark.

    Raises
    ------
    NoFiguresError
        Where the data have no such figure for the forces.
    RequestError
        Where there are more forces than a picture can show, or one of them is not a force.
    """
    roles = roles_of(request)
    table, rows = all_forces(data, request, TABLES)
    first = rows[0]
    benchmark = benchmark_mark(data, first)
    marks = _with_benchmark([_mark(data, row, roles) for row in rows], benchmark)
    begins_at_zero = from_zero(each.value for each in marks)
    basis = "the published margins" if table == "satisfaction" else "counts"
    intervals = intervals_words(rows, basis)
    marked = in_words(data.forces[force].label for force in request.forces)
    number = sum(row.force_value is not None for row in rows)
    ranked = set(data.territorial()) - set(request.out_of_spread)
    number += benchmark.value is not None and request.opponent in ranked
    return Picture(
        "rank",
        f"{first.label}: {marked} among {number} forces, "
        f"compared with {opponent_label(data, request)}, "
        f"{periods_words(rows)}",
        f"{unit_words(first.unit)}, highest first",
        Rows(
            (Scale("", first.unit, tuple(marks)),),
            reference=benchmark.value,
            from_zero=begins_at_zero,
        ),
        (
            *([NEIGHBOURS] if intervals else []),
            *([] if begins_at_zero else [NOT_FROM_ZERO]),
            shown_note(data, request, rows),
            *picture_notes(data, table, request, rows),
        ),
        source_words(data, rows),
        f"Highest first, {first.unit}: {'; '.join(mark.in_words() for mark in marks)}.",
        intervals,
    )


def _mark(data: Dataset, row: Comparison, roles: dict[str, Role]) -> Mark:
    """Return a force's mark; its remark says whether it is unusual, and its rank if requested."""
    role = roles.get(row.force, "other")
    among = among_words(row)
    unusual = row.among.among_forces in (HIGH, LOW)
    if role == "other":
        return force_mark(data, row, role, remark=row.among.among_forces * unusual)
    places = f"could be {places_words(row)}" if places_words(row) else ""
    remarks = [difference_words(row), verdict_and_basis(row), among, places]
    return force_mark(data, row, role, remark=", ".join(filter(None, remarks)))


def _with_benchmark(marks: Sequence[Mark], benchmark: Mark) -> list[Mark]:
    """Return the marks with the benchmark's mark inserted in order."""
    if benchmark.value is None:
        return [*marks, benchmark]
    before = [m for m in marks if m.value is not None and m.value >= benchmark.value]
    return [*before, benchmark, *marks[len(before) :]]
