"""Control: a force's periods about what is usual, with those that are signals."""

from __future__ import annotations

from collections.abc import Sequence

from crimecmp.charts.marks import NOT_FROM_ZERO, described, from_zero
from crimecmp.comparison.baseline import Baseline
from crimecmp.comparison.charted_as import Length
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Charted, PeriodSignal
from crimecmp.comparison.signals import signals_of
from crimecmp.document.picture import Line, Lines, Picture, Point
from crimecmp.errors import RequestError
from crimecmp.tables.dataset import Dataset
from crimecmp.text import period_name
from crimecmp.wording.answers import upper_first
from crimecmp.wording.captions import picture_source
from crimecmp.wording.labels import headline, opponent_label
from crimecmp.wording.signals import (
    charted_words,
    figure_words,
    finding,
    found,
    is_change,
    period_words,
    signal_words,
    usual_is,
    usual_words,
)


def control(
    data: Dataset, request: Request, by: Length, baseline: Baseline | None = None
) -> Picture:
    """Return a picture of a force's control chart, with the benchmark's line behind it.

    Parameters are those of `crimecmp.comparison.signals.signals_of`, and so are its errors.

    Raises
    ------
    RequestError
        Where there are several forces: each has limits of its own.
    """
    if len(request.forces) > 1:
        raise RequestError("a control chart is of one force", "Name one of them.")
    return picture_of(data, request, signals_of(data, request, by, baseline))


def picture_of(data: Dataset, request: Request, rows: Sequence[PeriodSignal]) -> Picture:
    """Return the picture of a control chart's rows, the earliest first."""
    last = rows[-1]
    force, against = data.forces[last.force].label, opponent_label(data, request)
    drawn = [row for row in rows if row.own.value is not None]
    lines = [Line(force, "force", tuple(_point(row, row.own) for row in drawn))]
    if last.benchmark_unit == last.unit:
        beside = (row for row in drawn if row.other.value is not None)
        lines.append(Line(against, "benchmark", tuple(_beside(row) for row in beside)))
    ends = [end for line in lines for point in line.points for end in (point.value, point.low)]
    at_zero = from_zero(ends)
    _, other = found(data, rows)
    notes = [other, usual_is(rows)]
    if not at_zero and not is_change(last.unit):
        notes.append(NOT_FROM_ZERO)
    span = f"{period_name(drawn[0].period_end)} to {period_name(drawn[-1].period_end)}"
    title = finding(data, rows)
    signals = [
        f"{period_name(row.period_end)} {charted_words(row, row.own)} ({signal_words(row.own)})"
        for row in drawn
        if row.own.rules
    ]
    words = [
        f"{upper_first(period_words(last))}: {figure_words(last, last.own)}, "
        f"usual range {usual_words(last, last.own)}.",
        f"Signals: {', '.join(signals)}." if signals else "There is no signal in any period.",
    ]
    return Picture(
        "control",
        title,
        f"{last.label}, {last.unit}: {headline(data, request)}, by {last.by}, {span}",
        Lines(tuple(lines), at_zero, band=f"{force}'s usual range"),
        (" ".join(filter(None, notes)),),
        picture_source(data, rows),
        described(title, words, notes),
    )


def _point(row: PeriodSignal, point: Charted) -> Point:
    text = charted_words(row, point)
    lines = point.limit_low, point.limit_high, point.centre
    return Point(row.period_end, point.value, text, *lines, signal_words(point))


def _beside(row: PeriodSignal) -> Point:
    """Return the benchmark's point without its own lines, which would hide the force's."""
    return Point(row.period_end, row.other.value, charted_words(row, row.other))
