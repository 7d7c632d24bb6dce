"""Rank: all forces and the benchmark in order of their figures, with intervals."""

from __future__ import annotations

from collections.abc import Sequence

from crimecmp.charts.forces import all_forces, shown_note
from crimecmp.charts.marks import (
    NOT_FROM_ZERO,
    benchmark_mark,
    described,
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
from crimecmp.text import ordinal
from crimecmp.wording.captions import beneath, picture_source, places_in_source
from crimecmp.wording.figure_words import level_words
from crimecmp.wording.headlines import of_places
from crimecmp.wording.labels import headline, periods_words
from crimecmp.wording.sentences import among_words, places_words, verdict_and_basis

NEIGHBOURS = "Forces close together in the order often show no clear difference."
BAND = "usual range among forces"
PLACES = "In brackets: the places that random variation alone allows"
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
    asked = sorted(
        (row for row in rows if row.force in request.forces),
        key=lambda row: request.forces.index(row.force),
    )
    ranked = any(row.among.forces_rank is not None for row in rows)
    title = of_places(data, request, asked, ranked=ranked)
    below = beneath(
        data,
        table,
        request,
        rows,
        otherwise=[
            NEIGHBOURS,
            *([] if begins_at_zero else [NOT_FROM_ZERO]),
            shown_note(data, request, rows),
        ],
    )
    banded = any(mark.band for mark in marks)
    return Picture(
        "rank",
        title,
        f"{first.label}{'' if first.unit == '%' else f' {first.unit}'}: "
        f"{headline(data, request)}, {periods_words(rows)}",
        Rows(
            (Scale("", first.unit, tuple(marks)),),
            reference=benchmark.value,
            from_zero=begins_at_zero,
            band=f"{BAND} ({level_words(first)})" if banded else "",
            remarks=PLACES if any("(" in mark.remark for mark in marks) else "",
        ),
        below.note,
        picture_source(data, rows),
        described(
            title,
            [
                *(f"{data.forces[row.force].label}: {_in_full(row)}." for row in asked),
                f"Highest first, {first.unit}: {'; '.join(mark.in_words() for mark in marks)}.",
            ],
            (*below.more, *places_in_source(rows)),
        ),
        intervals,
    )


def _in_full(row: Comparison) -> str:
    """Return all that is known of a force's place and of its difference from the benchmark."""
    places = f"could be {places_words(row)}" if places_words(row) else ""
    said = [difference_words(row), verdict_and_basis(row), among_words(row), places]
    return ", ".join(filter(None, said))


def _mark(data: Dataset, row: Comparison, roles: dict[str, Role]) -> Mark:
    """Return a force's mark; its remark is its place if requested, its detail what is unusual."""
    role = roles.get(row.force, "other")
    unusual = row.among.among_forces if row.among.among_forces in (HIGH, LOW) else ""
    place = _place(row) if role != "other" else ""
    low, high = row.prediction.prediction_low, row.prediction.prediction_high
    band = None if low is None or high is None else (low, high)
    return force_mark(data, row, role, remark=place)._replace(band=band, detail=unusual)


def _place(row: Comparison) -> str:
    """Return a force's place with those that random variation allows: `32nd (28th to 37th)`."""
    if row.among.forces_rank is None:
        return ""
    rank, places = ordinal(row.among.forces_rank), places_words(row)
    return f"{rank} ({places})" if places not in ("", rank) else rank


def _with_benchmark(marks: Sequence[Mark], benchmark: Mark) -> list[Mark]:
    """Return the marks with the benchmark's mark inserted in order."""
    if benchmark.value is None:
        return [*marks, benchmark]
    before = [m for m in marks if m.value is not None and m.value >= benchmark.value]
    return [*before, benchmark, *marks[len(before) :]]
