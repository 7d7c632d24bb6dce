"""The control chart of one area: its counts in, a point for each period out.

Every chart is of periods that share no day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from crimecmp.comparison.baseline import Baseline
from crimecmp.comparison.charted_as import MONTHS, ChartedAs, Length, Lines, charted_as
from crimecmp.comparison.row import Charted
from crimecmp.comparison.verdict_words import NOT_TESTED
from crimecmp.errors import MethodError, NoFiguresError, RequestError
from crimecmp.statistics.series import FEWEST_FOR_RULES, FEWEST_POINTS, TREND, Points
from crimecmp.tables.period_counts import PeriodCounts
from crimecmp.text import period_name, plural

ABOVE, BELOW, RISING, FALLING, NO_SIGNAL = "above", "below", "rising", "falling", "none"
"""What a signal can be."""

SIGNALS = (ABOVE, BELOW, RISING, FALLING)
"""What a signal is where there is one."""

BETWEEN_RULES = "; "


class Stretch(NamedTuple):
    """Periods with the same lines: places from `start` up to `stop`, and the baseline's points."""

    start: int
    stop: int
    baseline: int


class Chart(NamedTuple):
    """One area's control chart.

    Parameters
    ----------
    chart, unit
        Which chart it is, as machine output names it, and the unit of what is charted.
    points
        A point for each period.
    """

    chart: str
    unit: str
    points: tuple[Charted, ...]


def control_chart(
    counts: PeriodCounts,
    by: Length,
    unit: str,
    baseline: Baseline | None = None,
    step: date | None = None,
) -> Chart:
    """Return the control chart of an area's counts.

    Parameters
    ----------
    counts
        The counts.
    by
        The length of their periods.
    unit
        The unit of the rates of years.
    baseline
        The periods that the lines are calculated from, before which there are none; None for the
        first 12 points.
    step
        The last day before recording changed: the lines are calculated anew after it, and no change
        is calculated across it. None where it did not change.

    Raises
    ------
    NoFiguresError
        Where the baseline has fewer than 8 points.
    RequestError
        Where recording changed within the baseline.
    """
    # More can be cancelled in a period than was recorded in it: that is no count of crimes.
    recorded = (None if count is None or count < 0 else count for count in counts.counts)
    counts = counts._replace(counts=tuple(recorded))
    cut = sum(step is not None and end <= step for end in counts.ends)
    charted = charted_as(counts, by, unit, cut)
    values = charted.values()
    stretches = [Stretch(0, cut, FEWEST_FOR_RULES), Stretch(cut, len(values), FEWEST_FOR_RULES)]
    if baseline is not None:
        stretches = [_named(counts.ends, values, by, baseline, cut)]
    points = [
        Charted(
            count,
            None if value is None else charted.shown(value),
            reason="" if value is not None else charted.why_missing(place),
        )
        for place, (count, value) in enumerate(zip(counts.counts, values, strict=True))
    ]
    for stretch in stretches:
        points[stretch.start : stretch.stop] = _with_lines(charted, points, values, stretch)
    return Chart(charted.chart, charted.unit, tuple(_since(counts.ends, points)))


def _named(
    ends: Sequence[date], values: Points, by: Length, baseline: Baseline, cut: int
) -> Stretch:
    """Return the periods from the first of a named baseline on, to the next change of recording."""
    inside = [place for place, end in enumerate(ends) if baseline.holds(end, MONTHS[by])]
    known = [place for place in inside if values[place] is not None]
    if len(known) < FEWEST_POINTS:
        raise NoFiguresError(
            f"baseline= has {plural(len(known), by)} with a point: a chart needs {FEWEST_POINTS} "
            "or more",
            f"There are points from {_span(ends, values)}.",
        )
    if known[0] < cut <= known[-1]:
        raise RequestError(
            f"baseline= goes across a change of recording after {period_name(ends[cut - 1])}",
            "Name a baseline before it or after it.",
        )
    return Stretch(known[0], len(ends) if known[0] >= cut else cut, len(known))


def _span(ends: Sequence[date], values: Points) -> str:
    known = [end for end, value in zip(ends, values, strict=True) if value is not None]
    return " to ".join(f"{end:%Y-%m}" for end in (*known[:1], *known[-1:])) or "no period"


def _with_lines(
    charted: ChartedAs, points: Sequence[Charted], values: Points, stretch: Stretch
) -> list[Charted]:
    """Return the points of a stretch with its lines and signals; without where there are none."""
    start, stop, baseline = stretch
    part = list(points[start:stop])
    if not part:
        return part
    try:
        lines = charted.lines(start, stop, baseline)
    except MethodError as error:
        reason = f"There are no limits: {error}."
        return [point._replace(reason=point.reason or reason) for point in part]
    return [
        _with_line(charted, values, place, lines, place - start, point)
        for place, point in enumerate(part, start)
    ]


def _with_line(
    charted: ChartedAs, values: Points, place: int, lines: Lines, nth: int, point: Charted
) -> Charted:
    """Return a point with the lines and the signal that it has in its stretch."""
    limits, rules = lines.limits[nth], lines.signals[nth]
    if limits is None:
        return point
    known = sum(value is not None for value in values[place - nth : place + 1])
    value = values[place]
    signal, reason = NOT_TESTED, point.reason
    if value is not None and lines.tried:
        signal = _direction(values, place, nth, lines) if rules else NO_SIGNAL
    elif value is not None:
        reason = (
            f"A baseline of {lines.baseline} points is too short for rules: they need "
            f"{FEWEST_FOR_RULES}."
        )
    return point._replace(
        centre=charted.shown(lines.centre),
        limit_low=charted.shown(limits.low),
        limit_high=charted.shown(limits.high),
        usual_from=charted.events(place, limits.low),
        usual_to=charted.events(place, limits.high),
        signal=signal,
        rules=BETWEEN_RULES.join(rules),
        in_baseline=value is not None and known <= lines.baseline,
        reason=reason,
    )


def _direction(values: Points, place: int, nth: int, lines: Lines) -> str:
    """Return which side of the centre a signal is on; for a trend alone, which way it goes."""
    value = values[place] or 0.0
    if lines.signals[nth] != (TREND,):
        return ABOVE if value > lines.centre else BELOW
    within = nth > 0 and TREND in lines.signals[nth - 1]
    before, after = (values[place - 1], value) if within else (value, values[place + 1])
    return RISING if (after or 0.0) > (before or 0.0) else FALLING


def _since(ends: Sequence[date], points: Sequence[Charted]) -> Iterator[Charted]:
    """Yield the points, those with a signal with the first period of its run."""
    before, first = "", None
    for end, point in zip(ends, points, strict=True):
        if point.signal != before:
            first = end
        before = point.signal
        yield point._replace(since=first) if point.signal in SIGNALS else point
