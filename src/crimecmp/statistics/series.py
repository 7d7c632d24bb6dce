"""Control charts, which show whether a series of periods that share no day changes."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import NamedTuple, Protocol, TypeVar

from crimecmp.errors import MethodError
from crimecmp.statistics.arguments import LARGEST, SMALLEST, check
from crimecmp.statistics.intervals import Interval

OUTSIDE = "outside the limits"
"""The rule of a point above the upper or below the lower limit."""

SHIFT = "shift"
"""The rule of 7 points in a row on one side of the centre."""

TREND = "trend"
"""The rule of 7 points, each above or each below the one before."""

NEAR = "two of three near a limit"
"""The rule of 3 points in a row on one side of the centre, 2 of them near the limit."""

RULES = (OUTSIDE, SHIFT, TREND, NEAR)
"""All rules, in the order in which a point's signals are named."""

SEASONAL_RULES = (OUTSIDE, TREND, NEAR)
"""The rules for changes on the year: each period is in two points, which makes shifts likely."""

FEWEST_POINTS = 8
"""The fewest points that are shown as a chart."""

FEWEST_FOR_RULES = 12
"""The fewest points of a baseline for the rules to be tried, and the usual baseline."""

FEWEST_EVENTS = 10
"""Counts below this have no change on the year: its logarithm would be mostly noise."""

_RUN = 7
_LIMIT = 2.66
_LARGEST_RANGE = 3.267
_RANGE_OF_NORMAL = 1.128

Points = tuple[float | None, ...]
"""The points of a series; None where a period has no figure."""

Names = tuple[tuple[str, ...], ...]
"""For each point of a series, the names of rules."""


class ControlChart(NamedTuple):
    """The lines of an individuals chart, and the signals of its points.

    Parameters
    ----------
    centre
        Mean of the baseline.
    low, high
        The lower and the upper limit.
    two_thirds_low, two_thirds_high
        The lines two thirds of the way from the centre to the limits.
    mean_moving_range
        Mean difference between neighbouring points of the baseline, without the large ones dropped.
    baseline
        Number of points that the lines are calculated from.
    rules
        The rules tried; empty where there are too few points for any.
    signals
        For each point, the rules that it is part of a signal by.
    complete
        For each point, the rules that are met once it is known. By the last rule this may be the
        point after the two near the limit.
    """

    centre: float
    low: float
    high: float
    two_thirds_low: float
    two_thirds_high: float
    mean_moving_range: float
    baseline: int
    rules: tuple[str, ...]
    signals: Names
    complete: Names


class LaneyChart(NamedTuple):
    """The lines of a Laney U' chart, and the signals of its points.

    Parameters
    ----------
    centre
        Rate of the whole baseline.
    sigma_z
        How many times wider the limits are than for Poisson variation; at least 1.
    baseline
        Number of points that the lines are calculated from.
    rates
        Each point's rate; None where it has none.
    limits
        Each point's lower and upper limit; None where it has no rate.
    two_thirds
        The lines two thirds of the way from the centre to each point's limits, likewise.
    rules, signals, complete
        As in `ControlChart`.
    """

    centre: float
    sigma_z: float
    baseline: int
    rates: Points
    limits: tuple[Interval | None, ...]
    two_thirds: tuple[Interval | None, ...]
    rules: tuple[str, ...]
    signals: Names
    complete: Names


def individuals_chart(
    values: Sequence[float | None],
    baseline: int = FEWEST_FOR_RULES,
    floor: float | None = None,
    rules: Collection[str] = RULES,
) -> ControlChart:
    """Return the individuals (XmR) chart of a series of periods that share no day.

    The centre is the mean of the baseline, and the limits are centre ± 2.66 times the mean moving
    range (Wheeler, 1993). A moving range of 3.267 times the mean or more is dropped, once, and the
    mean taken again. The baseline is the first points, and does not move as points are added.

    The rules are those of NHS England's Making Data Count, as in R's NHSRplotthedots:

    - `outside the limits`: a point outside the limits;
    - `shift`: 7 points in a row on one side of the centre;
    - `trend`: 7 points in a row, each above, or each below, the one before;
    - `two of three near a limit`: 3 points in a row on one side of the centre, 2 of them beyond two
      thirds of the way to the limit but not outside it. Those 2 are the signal.

    A point on the centre breaks a run, and a point on a line is not beyond it. With a baseline of 8
    to 11 points there are lines but no rules are tried. A stable series of 12 points shows some
    signal in 7% of cases, and one of 24 points in 33%, or in 23% without `shift`: a signal is not a
    proof.

    A gap, None, breaks runs, trends and threes. Neither point beside it has a moving range across
    it, and it counts neither towards the baseline nor towards the fewest points.

    Parameters
    ----------
    values
        One for each period, in order of time, with None where a period has no figure.
    baseline
        How many points the lines are calculated from, 8 or more; all if there are fewer.
    floor
        The lowest value possible, such as 0 for counts and rates: no line is below it. None if
        there is none.
    rules
        The rules to try. For changes on the year (`seasonal_changes`), `SEASONAL_RULES`.

    Returns
    -------
    ControlChart
        The lines and the mean moving range are in the unit of the values.

    Raises
    ------
    MethodError
        There are fewer than 8 points, or no two neighbours among those of the baseline; the
        baseline is not a whole number of 8 or more; a value is below the floor; a rule is unknown;
        or one of them is not a number.
    """
    if floor is not None:
        check("floor", floor, low=-LARGEST)
    lowest = -LARGEST if floor is None else floor
    for place, value in enumerate(values):
        if value is not None:
            check(f"values[{place}]", value, low=lowest)
    first = _baseline(values, baseline)
    tried = _rules_to_try(first, rules)

    known = [value for value in first if value is not None]
    # Rounding must not push the mean of equal values off them: each would be outside the limits.
    centre = min(max(math.fsum(known) / len(known), min(known)), max(known))
    ranges = _moving_ranges(first)
    mean = math.fsum(ranges) / len(ranges)
    kept = [size for size in ranges if size < _LARGEST_RANGE * mean] or ranges
    mean = math.fsum(kept) / len(kept)

    limits, two_thirds = (
        Interval(max(lowest, centre - way * _LIMIT * mean), centre + way * _LIMIT * mean)
        for way in (1, 2 / 3)
    )
    places = len(values)
    signals, complete = _signals(values, centre, [limits] * places, [two_thirds] * places, tried)
    return ControlChart(centre, *limits, *two_thirds, mean, len(known), tried, signals, complete)


def laney_chart(
    counts: Sequence[float | None],
    bases: Sequence[float | None],
    per: float = 1000,
    baseline: int = FEWEST_FOR_RULES,
    rules: Collection[str] = RULES,
) -> LaneyChart:
    """Return the Laney U' chart of a series of counts and their bases.

    It is for small counts, or bases that change, where periods differ by more than Poisson
    variation (Laney, 2002). Over the baseline, u = sum x / sum n, and for each point::

        z = (x/n - u) / sqrt(u/n)        sigma_z = mean moving range of z / 1.128
        limits: u ± 3 sigma_z sqrt(u/n), times per

    A sigma_z below 1 is replaced by 1, so that the limits are never narrower than for Poisson
    variation. No line is below zero. No moving range is dropped. The baseline, the rules and gaps
    are as in `individuals_chart`; where a count or its base is None there is a gap.

    Parameters
    ----------
    counts
        Number of events in each period, in order of time.
    bases
        What each count is divided by: people, days.
    per
        The unit of the rates: 1000 for rates per 1,000 of the base.
    baseline
        How many points the lines are calculated from, 8 or more; all if there are fewer.
    rules
        The rules to try.

    Returns
    -------
    LaneyChart
        Centre, rates and lines are in events per `per` of the base.

    Raises
    ------
    MethodError
        The sequences differ in length; there are fewer than 8 points, no two neighbours among those
        of the baseline, or no event in it; a count is negative; a base or `per` is zero or less;
        the baseline is not a whole number of 8 or more; a rule is unknown; or one of them is not a
        number.
    """
    if len(counts) != len(bases):
        raise MethodError(
            f"counts has {len(counts)} periods and bases {len(bases)}: they must have the same"
        )
    check("per", per, low=SMALLEST)
    pairs: list[tuple[float, float] | None] = []
    for place, (count, base) in enumerate(zip(counts, bases, strict=True)):
        if count is not None:
            check(f"counts[{place}]", count, low=0)
        if base is not None:
            check(f"bases[{place}]", base, low=SMALLEST)
        pairs.append(None if count is None or base is None else (count, base))
    first = _baseline(pairs, baseline)
    tried = _rules_to_try(first, rules)

    known = [pair for pair in first if pair is not None]
    events = math.fsum(count for count, _ in known)
    if events < SMALLEST:
        raise MethodError("counts has no event in the baseline: there is no rate to compare with")
    mean = events / math.fsum(base for _, base in known)
    ranges = _moving_ranges(
        [pair and (pair[0] - mean * pair[1]) / math.sqrt(mean * pair[1]) for pair in first]
    )
    sigma_z = max(1.0, math.fsum(ranges) / len(ranges) / _RANGE_OF_NORMAL)

    rates = tuple(pair and pair[0] / pair[1] * per for pair in pairs)
    limits, two_thirds = (
        tuple(pair and _around(mean, way * sigma_z, pair[1], per) for pair in pairs)
        for way in (3, 2)
    )
    signals, complete = _signals(rates, mean * per, limits, two_thirds, tried)
    return LaneyChart(
        mean * per, sigma_z, len(known), rates, limits, two_thirds, tried, signals, complete
    )


def seasonal_changes(counts: Sequence[float | None], season: int = 4) -> Points:
    """Return the change of each count on the same period of the year before, as a logarithm.

    log(count / count of the year before). A series with seasons is charted as these, so that the
    limits are for the change on the year. Each count is in two of them: `SEASONAL_RULES` leaves out
    the rule that this would break.

    Parameters
    ----------
    counts
        Number of events in each period, in order of time, with None where a period has no figure.
        Months are best given per day, times a fixed number of days.
    season
        Number of periods in a year: 4 for quarters, 12 for months.

    Returns
    -------
    Points
        As many as there are counts. None in the first year, and where either count is missing or
        below 10. 100 (exp(change) - 1) is the percentage change.

    Raises
    ------
    MethodError
        A count is negative, the season is not a whole number of 1 or more, or one of them is not a
        number.
    """
    _check_whole("season", season, low=1)
    for place, count in enumerate(counts):
        if count is not None:
            check(f"counts[{place}]", count, low=0)
    return tuple(
        None if place < season else _log_change(counts[place], counts[place - season])
        for place in range(len(counts))
    )


class _Day(Protocol):
    """What is needed of a date; `datetime` itself takes longer to load than all of this."""

    @property
    def year(self) -> int: ...

    @property
    def month(self) -> int: ...

    @property
    def day(self) -> int: ...


_DayT = TypeVar("_DayT", bound=_Day)


def independent_periods(ends: Sequence[_DayT]) -> tuple[_DayT, ...]:
    """Return the ends of those periods of 12 months that share no day, counted back from the last.

    Rolling periods of 12 months, ending each quarter, share nine months with the next: of those
    only every fourth is used.

    Parameters
    ----------
    ends
        The last day of each period of 12 months (`datetime.date`), in any order.

    Returns
    -------
    tuple
        The last days of the periods kept, in order of time.
    """
    kept: list[_DayT] = []
    for end in sorted(ends, key=_day, reverse=True):
        if not kept or _day(end) <= _year_before(kept[-1]):
            kept.append(end)
    return tuple(reversed(kept))


def _day(date: _Day) -> tuple[int, int, int]:
    return date.year, date.month, date.day


def _year_before(end: _Day) -> tuple[int, int, int]:
    """Return the last day before the 12 months to this day."""
    # A year to 28 February begins on 1 March, also where there was a 29th the year before.
    last_of_february = end.month == 2 and end.day >= 28
    return end.year - 1, end.month, 29 if last_of_february else end.day


def _log_change(count: float | None, before: float | None) -> float | None:
    if count is None or before is None or min(count, before) < FEWEST_EVENTS:
        return None
    return math.log(count / before)


def _check_whole(name: str, value: int, low: int) -> None:
    check(name, value, low=low)
    if value != int(value):
        raise MethodError(f"{name} is {value}: it must be a whole number")


_Point = TypeVar("_Point")


def _baseline(points: Sequence[_Point | None], baseline: int) -> Sequence[_Point | None]:
    """Return the points that the lines are calculated from, with the gaps between them."""
    _check_whole("baseline", baseline, low=FEWEST_POINTS)
    known = [place for place, point in enumerate(points) if point is not None]
    if len(known) < FEWEST_POINTS:
        raise MethodError(
            f"the series has {len(known)} points: a chart needs {FEWEST_POINTS} or more"
        )
    return points[: known[min(int(baseline), len(known)) - 1] + 1]


def _rules_to_try(baseline: Sequence[object], rules: Collection[str]) -> tuple[str, ...]:
    """Return the rules asked for, in their order; none where the baseline has too few points."""
    for name in rules:
        if name not in RULES:
            raise MethodError(f"rules has {name!r}: it must be of {', '.join(map(repr, RULES))}")
    if sum(point is not None for point in baseline) < FEWEST_FOR_RULES:
        return ()
    return tuple(name for name in RULES if name in rules)


def _moving_ranges(points: Sequence[float | None]) -> list[float]:
    """Return the differences, without their signs, of neighbours that are both there."""
    ranges = []
    for place in range(1, len(points)):
        before, after = points[place - 1], points[place]
        if before is not None and after is not None:
            ranges.append(abs(after - before))
    if not ranges:
        raise MethodError("the series has no two points without a gap between them")
    return ranges


def _around(mean: float, sigmas: float, base: float, per: float) -> Interval:
    half = sigmas * math.sqrt(mean / base)
    return Interval(max(0.0, mean - half) * per, (mean + half) * per)


def _signals(
    values: Sequence[float | None],
    centre: float,
    limits: Sequence[Interval | None],
    two_thirds: Sequence[Interval | None],
    rules: tuple[str, ...],
) -> tuple[Names, Names]:
    """Return the rules that each point is a signal by, and those that are met once it is known."""
    sides = [0 if value is None else _sign(value - centre) for value in values]
    steps = [0] * len(values)
    for place in range(1, len(values)):
        before, after = values[place - 1], values[place]
        if before is not None and after is not None:
            steps[place] = _sign(after - before)
    outside = [_beyond(value, line) for value, line in zip(values, limits, strict=True)]
    near = [
        _beyond(value, line) and not out
        for value, line, out in zip(values, two_thirds, outside, strict=True)
    ]
    # For each rule: the places that are part of a signal, and the place at which it is complete.
    found: dict[str, list[tuple[Collection[int], int]]] = {
        OUTSIDE: [([place], place) for place, out in enumerate(outside) if out],
        SHIFT: [(range(last - _RUN + 1, last + 1), last) for last in _alike(sides, _RUN)],
        TREND: [(range(last - _RUN + 1, last + 1), last) for last in _alike(steps, _RUN - 1)],
        NEAR: [
            (places, last)
            for last in _alike(sides, 3)
            if len(places := [place for place in range(last - 2, last + 1) if near[place]]) > 1
        ],
    }
    part = {rule: {place for places, _ in found[rule] for place in places} for rule in rules}
    met = {rule: {last for _, last in found[rule]} for rule in rules}
    signals, complete = (
        tuple(tuple(rule for rule in rules if place in by[rule]) for place in range(len(values)))
        for by in (part, met)
    )
    return signals, complete


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _beyond(value: float | None, lines: Interval | None) -> bool:
    return value is not None and lines is not None and not lines.low <= value <= lines.high


def _alike(signs: list[int], length: int) -> list[int]:
    """Return the last places of all stretches of this length with one sign, above or below zero."""
    ends = range(length, len(signs) + 1)
    return [end - 1 for end in ends if abs(sum(signs[end - length : end])) == length]
