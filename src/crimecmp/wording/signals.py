"""Control charts in English: what a period shows, by which rule, and what is usual."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from math import ceil, floor

from crimecmp.comparison.charted_as import LANEY
from crimecmp.comparison.control import (
    ABOVE,
    BELOW,
    BETWEEN_RULES,
    NO_SIGNAL,
    RISING,
    SIGNALS,
)
from crimecmp.comparison.row import Charted, PeriodSignal
from crimecmp.statistics.series import NEAR, OUTSIDE, SHIFT, TREND
from crimecmp.tables.dataset import Dataset
from crimecmp.text import MISSING, in_words, period_name, plural, rounded
from crimecmp.wording.answers import upper_first

PERCENT = "% "
"""What the unit of changes begins with."""

Side = Callable[[PeriodSignal], Charted]
"""Which of the two areas of a row is spoken of."""


def own(row: PeriodSignal) -> Charted:
    """Return the force's point."""
    return row.own


def other(row: PeriodSignal) -> Charted:
    """Return the benchmark's point."""
    return row.other


def found(data: Dataset, rows: Sequence[PeriodSignal]) -> tuple[str, str]:
    """Return what the last period of a chart shows, of the force and of its benchmark.

    Parameters
    ----------
    data
        The tables, for names.
    rows
        The periods of one chart, the earliest first.
    """
    last = rows[-1]
    force, against = data.forces[last.force].label, data.label_of(last.benchmark)
    return (
        _shown(rows, own, f"{last.label} in {force}"),
        f"{_shown(rows, other, against)}{_shared(last, force)}",
    )


def found_among(data: Dataset, rows: Sequence[PeriodSignal]) -> tuple[str, str]:
    """Return how many forces have a signal in the last period, and what their benchmark has.

    Parameters
    ----------
    data
        The tables, for names.
    rows
        The last period of each force.
    """
    first = rows[0]
    having = Counter(row.own.signal for row in rows if row.own.signal in SIGNALS)
    sides = in_words(f"{having[signal]} {signal}" for signal in SIGNALS if having[signal])
    number = sum(having.values())
    of = f"{number} of {plural(len(rows), 'force')}"
    what = f"signal in {period_words(first)}"
    said = f"{of} {'has' if number == 1 else 'have'} a {what}{f': {sides}' if sides else ''}."
    other_words = _shown_last(first, data.label_of(first.benchmark))
    return f"{first.label}: {said}", other_words


def _shown_last(row: PeriodSignal, name: str) -> str:
    """Return what the benchmark's last period shows, from its row alone."""
    point = row.other
    if point.signal in SIGNALS and point.since is not None:
        rules = rule_words(row, point)
        return f"{name}: signal since {_period(row, point.since)}, {rules}."
    if point.signal == NO_SIGNAL:
        return f"{name}: no signal."
    return f"{name}: {point.reason}" if point.reason else ""


def finding(data: Dataset, rows: Sequence[PeriodSignal]) -> str:
    """Return what the last period of a force's chart shows, as the title of a picture."""
    last = rows[-1]
    name = f"{last.label} in {data.forces[last.force].label}"
    if last.own.signal in SIGNALS:
        return _signal(rows, own, name).removesuffix(".")
    what = "no signal" if last.own.signal == NO_SIGNAL else "no rules tried"
    return f"{name}: {what} in {period_words(last)}"


def _shown(rows: Sequence[PeriodSignal], side: Side, name: str) -> str:
    last = rows[-1]
    point = side(last)
    if point.signal in SIGNALS:
        return _signal(rows, side, name)
    if point.signal != NO_SIGNAL:
        return f"{name}: nothing to say of {period_words(last)}. {point.reason}"
    period, figure = upper_first(period_words(last)), figure_words(last, point)
    return (
        f"{name}: no signal. {period}, {figure}, is within the usual range of "
        f"{usual_words(last, point)}.{_earlier(rows, side)}"
    )


def _earlier(rows: Sequence[PeriodSignal], side: Side) -> str:
    """Return when the last signal was, where there was one after the baseline."""
    earlier = [row for row in rows if side(row).signal in SIGNALS and not side(row).in_baseline]
    if not earlier:
        return ""
    row = earlier[-1]
    return f" The last signal ({side(row).signal}) ended in {period_name(row.period_end)}."


def _signal(rows: Sequence[PeriodSignal], side: Side, name: str) -> str:
    """Return a signal as a sentence: since when, and by which rules."""
    last = rows[-1]
    point = side(last)
    run = [row for row in rows if point.since and row.period_end >= point.since]
    outside = all(OUTSIDE in rules_of(side(row)) for row in run)
    since = _period(last, point.since) if point.since else ""
    if outside and len(run) > 1:
        return f"{name} has been {point.signal} its usual range since {since}."
    if outside:
        return (
            f"{name} was {point.signal} its usual range of {usual_words(last, point)} in {since}: "
            f"{figure_words(last, point)}."
        )
    when = f"since {since}" if len(run) > 1 else f"in {since}"
    return f"{name}: signal {when}, {rule_words(last, point)}."


def _shared(row: PeriodSignal, force: str) -> str:
    """Return that a signal is no force's own, where the benchmark has the same."""
    alike = row.own.signal in SIGNALS and row.own.signal == row.other.signal
    return f" The signal is not {force}'s alone." if alike else ""


def rules_of(point: Charted) -> list[str]:
    """Return the rules that a point is part of a signal by."""
    return point.rules.split(BETWEEN_RULES) if point.rules else []


def rule_words(row: PeriodSignal, point: Charted) -> str:
    """Return what the rules of a point say: `7 or more quarters in a row above the average`."""
    periods = f"{row.by}s"
    side = "upper" if point.signal == ABOVE else "lower"
    rising = "above" if point.signal in (ABOVE, RISING) else "below"
    said = {
        OUTSIDE: f"{rising} its usual range",
        SHIFT: f"7 or more {periods} in a row {rising} the average",
        TREND: f"7 or more {periods} in a row, {_each(row)} {rising} the one before",
        NEAR: f"2 of 3 {periods} near the {side} limit",
    }
    if point.signal in (ABOVE, BELOW):
        said[TREND] = f"7 or more {periods} in a row in one direction"
    return " and ".join(said[rule] for rule in rules_of(point))


_SHORT = {SHIFT: "7 on one side", TREND: "7 in a row", NEAR: "2 of 3"}
"""The rules but the plainest, for a column."""


def signal_words(point: Charted) -> str:
    """Return a point's signal for a column: `below`, or `below: 2 of 3`; empty for no signal."""
    if point.signal not in SIGNALS:
        return ""
    rules = rules_of(point)
    return point.signal if OUTSIDE in rules else f"{point.signal}: {_SHORT[rules[0]]}"


def _each(row: PeriodSignal) -> str:
    """Return what a trend is of: a change that falls can be of a count that rises."""
    return "each change" if is_change(row.unit) else "each"


def short_rules(row: PeriodSignal, points: Sequence[Charted]) -> str:
    """Return what the short words for rules mean, of those that `signal_words` gives points.

    Parameters
    ----------
    row
        A row of the chart, for the length of its periods and what is charted.
    points
        The points that are shown.
    """
    by, each = row.by, _each(row)
    means = {
        SHIFT: f"7 or more {by}s in a row on one side of the average",
        TREND: f"7 or more {by}s in a row, {each} above or {each} below the one before",
        NEAR: f"2 of 3 {by}s near a limit, all on one side of the average",
    }
    shown = {signal_words(point).partition(": ")[2] for point in points}
    said = [f"{_SHORT[rule]}: {words}" for rule, words in means.items() if _SHORT[rule] in shown]
    return f"{'; '.join(said)}." if said else ""


def period_words(row: PeriodSignal) -> str:
    """Return a row's period within a sentence: `the quarter to June 2024`, `June 2024`."""
    return _period(row, row.period_end)


def heading(row: PeriodSignal) -> str:
    """Return the heading of a column of periods: `Quarter to`, `Month`."""
    return "Month" if row.by == "month" else f"{upper_first(row.by)} to"


def _period(row: PeriodSignal, end: date) -> str:
    return period_name(end) if row.by == "month" else f"the {row.by} to {period_name(end)}"


def figure_words(row: PeriodSignal, point: Charted) -> str:
    """Return what was recorded in a period: a count, or the rate of a year."""
    if _has_rate(row, point):
        return rounded(point.value or 0.0, 1)
    return MISSING if point.events is None else f"{point.events:,}"


def charted_words(row: PeriodSignal, point: Charted) -> str:
    """Return the charted figure of a period: `+12.1%` of a change, the figure itself of others."""
    if point.value is None:
        return MISSING
    if is_change(row.unit):
        return f"{rounded(point.value, 1, signed=True)}%"
    return rounded(point.value, 1)


def usual_words(row: PeriodSignal, point: Charted) -> str:
    """Return the usual range of a period: of its count, or of the rate of a year."""
    if _has_rate(row, point):
        low, high = point.limit_low, point.limit_high
        if low is not None and high is not None:
            return f"{rounded(low, 1)} to {rounded(high, 1)}"
    if point.usual_from is None or point.usual_to is None:
        return MISSING
    return f"{ceil(point.usual_from):,} to {floor(point.usual_to):,}"


def _has_rate(row: PeriodSignal, point: Charted) -> bool:
    return row.chart != LANEY and not is_change(row.unit) and point.value is not None


def is_change(unit: str) -> bool:
    """Return whether what is charted is a change on the year."""
    return unit.startswith(PERCENT)


def usual_is(rows: Sequence[PeriodSignal], side: Side = own) -> str:
    """Return what the usual range of the last period is made of; empty where it has none."""
    last = side(rows[-1])
    points = [(row.period_end, side(row)) for row in rows]
    ends = [end for end, each in points if each.in_baseline and each.centre == last.centre]
    if last.limit_low is None or last.limit_high is None or not ends:
        return ""
    by = rows[-1].by
    baseline = f"the baseline of {plural(len(ends), by)}, {_span(ends)}"
    if is_change(rows[-1].unit):
        low, high = (rounded(end, 0, signed=True) for end in (last.limit_low, last.limit_high))
        return f"Usual range: {low}% to {high}% on the same {by} a year before, by {baseline}."
    return f"Usual range: the limits about the average of {baseline}."


def _span(ends: Sequence[date]) -> str:
    return " to ".join(period_name(end) for end in (ends[0], ends[-1]))


CAUTION = (
    "A signal says that something changed, not what. Where nothing changes, about one series in "
    "four still shows one within 24 periods."
)
