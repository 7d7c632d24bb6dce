"""Trend: the rates of one measure over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import itemgetter

from crimecmp.charts.marks import (
    NOT_FROM_ZERO,
    described,
    from_zero,
    intervals_words,
    roles_of,
)
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Comparison, Side
from crimecmp.comparison.series import over_time
from crimecmp.document.picture import Caution, Line, Lines, Picture, Point
from crimecmp.tables.cells import decimals
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words, period_name, places_shown, rounded
from crimecmp.wording.captions import beneath, picture_source, places_in_source
from crimecmp.wording.figure_words import figure_words
from crimecmp.wording.headlines import of_series
from crimecmp.wording.labels import headline, opponent_label
from crimecmp.wording.notes import recorded_differently, reserved


def trend(data: Dataset, request: Request, *, others: bool = False) -> Picture:
    """Return a picture of the forces' and the benchmark's rates of one metric over time.

    Parameters
    ----------
    data
        The tables.
    request
        The forces, the metric and the benchmark.
    others
        Whether to draw the other forces as well.

    Raises
    ------
    NoFiguresError
        Where the data have fewer than two periods of the metric for the forces.
    RequestError
        Where there are more forces than a picture can show.
    """
    roles = roles_of(request)
    rows, changes = over_time(data, request, among=False)
    comparable_from = data.by_id("metrics")[str(request.metric)]["comparable_from"]
    drawn = [row for row in rows if row.period_end.isoformat() >= comparable_from] or rows
    lines = [
        Line(data.forces[force].label, roles[force], _points(drawn, force))
        for force in request.forces
        if any(row.force == force and row.force_value is not None for row in drawn)
    ]
    lines.append(Line(opponent_label(data, request), "benchmark", _benchmark_points(drawn)))
    if others:
        periods = {row.period_end.isoformat() for row in drawn}
        lines += _others(data, request, rows[0].source, periods)
    points = [point for line in lines for point in line.points]
    begins_at_zero = from_zero(
        end for point in points for end in (point.value, point.low, point.high)
    )
    without_figures = [
        data.forces[force].label
        for force in dict.fromkeys(row.force for row in drawn)
        if all(row.force_value is None for row in drawn if row.force == force)
    ]
    marked = [note for note in reserved(data, "rates", request, drawn) if _is_marked(note)]
    title = of_series(data, request, drawn, changes)
    below = beneath(
        data,
        "rates",
        request,
        drawn,
        first=[
            *([f"No figure for {in_words(without_figures)}."] if without_figures else []),
            *(
                []
                if len(drawn) == len(rows)
                else [recorded_differently(comparable_from, "drawn").text]
            ),
        ],
        marked={note["caution"] for note in marked},
        last=[] if begins_at_zero else [NOT_FROM_ZERO],
    )
    ends = [row.period_end for row in drawn]
    span = f"{period_name(min(ends))} to {period_name(max(ends))}"
    first = drawn[0]
    words = [_description(line) for line in lines if line.role != "other"]
    return Picture(
        "trend",
        title,
        f"{first.label} {first.unit}: {headline(data, request)}, {span}",
        Lines(tuple(lines), begins_at_zero, _cautions(data, request, marked)),
        below.note,
        picture_source(data, drawn),
        described(title, words, (*below.more, *places_in_source(drawn))),
        intervals_words(drawn),
    )


def _is_marked(note: Mapping[str, str]) -> bool:
    """Return whether a note has words for a mark, and a year to put it over."""
    return bool(note["mark"] and note["period_end"])


def _cautions(
    data: Dataset, request: Request, notes: Iterable[Mapping[str, str]]
) -> tuple[Caution, ...]:
    """Return the marks of notes; beside other forces, each names the force that it is about."""
    several = len(request.forces) > 1
    return tuple(
        Caution(
            f"{note['mark']} ({data.forces[note['force']].label})" if several else note["mark"],
            date.fromisoformat(note["period_end"]),
        )
        for note in notes
    )


def _points(rows: Iterable[Comparison], force: str) -> tuple[Point, ...]:
    """Return a force's points, the earliest first."""
    return tuple(_point(row, row.own) for row in rows if row.force == force)


def _benchmark_points(rows: Sequence[Comparison]) -> tuple[Point, ...]:
    """Return the benchmark's points for every period in which a force is compared with it."""
    at = {row.period_end: _point(row, row.other) for row in rows}
    return tuple(at[end] for end in sorted(at))


def _point(row: Comparison, side: Side) -> Point:
    return Point(row.period_end, side.value, figure_words(row, side), side.low, side.high)


def _others(data: Dataset, request: Request, source: str, periods: set[str]) -> list[Line]:
    """Return the lines of the forces that were not requested, for the periods given."""
    left_out = {*request.forces, request.opponent, *request.out_of_spread}
    series: dict[str, list[Point]] = {
        force: [] for force in data.territorial() if force not in left_out
    }
    columns, runs = data.table("rates").columns, data.runs("rates")
    places = runs.places(
        lambda run: run.force in series and run.metric == request.metric and run.source == source
    )
    for place in places:
        force, end = columns["force"][place], columns["period_end"][place]
        if end in periods and (cell := columns["value"][place]):
            value = float(cell)
            text = rounded(value, places_shown(value, decimals(cell)))
            series[force].append(Point(date.fromisoformat(end), value, text))
    return [
        Line(data.forces[force].label, "other", tuple(sorted(points)))
        for force, points in series.items()
        if points
    ]


def _description(line: Line) -> str:
    """Describe a line in words: its first, last, lowest and highest figures."""
    known = [(point.value, point) for point in line.points if point.value is not None]
    if not known:
        return f"{line.label}: no figures."
    first, last = known[0][1], known[-1][1]
    low = min(known, key=itemgetter(0))[1]
    high = max(known, key=itemgetter(0))[1]
    parts = {"from": first, "to": last, "lowest": low, "highest": high}
    words = [
        f"{lead} {point.text} ({period_name(point.period_end)})" for lead, point in parts.items()
    ]
    return f"{line.label}: {words[0]} {words[1]}, {words[2]}, {words[3]}."
