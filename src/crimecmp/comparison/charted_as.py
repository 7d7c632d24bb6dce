"""What is charted of an area's counts: changes on the year, small counts, or rates of years.

Quarters and months have seasons, so their counts are charted as changes on the same period of the
year before; months per day, as a February can be longer. Small counts, of which such a change would
be mostly noise, are charted as they are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import repeat
from typing import Literal, NamedTuple, Protocol, get_args

from crimecmp.statistics.intervals import Interval
from crimecmp.statistics.series import (
    FEWEST_EVENTS,
    FEWEST_FOR_RULES,
    RULES,
    SEASONAL_RULES,
    Names,
    Points,
    individuals_chart,
    laney_chart,
    seasonal_changes,
)
from crimecmp.tables.period_counts import PeriodCounts

Length = Literal["month", "quarter", "year"]
"""A length of periods."""

LENGTHS: tuple[Length, ...] = get_args(Length)

MONTHS: dict[Length, int] = {"month": 1, "quarter": 3, "year": 12}
"""The months of a period."""

XMR, LANEY = "xmr", "laney-u"
"""The charts, as machine output names them."""

SMALL = 20
"""Counts with a mean below this over the first baseline are charted as they are."""

_YEAR = 12


class Lines(NamedTuple):
    """The lines of some periods that have the same baseline, and the rules of their points."""

    centre: float
    limits: Sequence[Interval | None]
    signals: Names
    baseline: int
    tried: bool


class ChartedAs(Protocol):
    """How counts become the figures of a control chart, and its lines counts again."""

    @property
    def chart(self) -> str:
        """`XMR` or `LANEY`."""

    @property
    def unit(self) -> str:
        """The unit of what is charted."""

    def values(self) -> Points:
        """Return what is charted; None where a period has no point."""

    def lines(self, start: int, stop: int, baseline: int) -> Lines:
        """Return the lines of the periods from `start` up to `stop`.

        Raises
        ------
        MethodError
            Where there are too few points.
        """

    def shown(self, value: float) -> float:
        """Return what is charted in the unit of the row."""

    def events(self, place: int, value: float) -> float | None:
        """Return the number of events of a period that makes a charted figure."""

    def why_missing(self, place: int) -> str:
        """Return why a period has no point."""


_NO_COUNT = "There is no count of this period."


def charted_as(counts: PeriodCounts, by: Length, unit: str, cut: int = 0) -> ChartedAs:
    """Return how some counts are charted.

    Parameters
    ----------
    counts, by
        The counts, and the length of their periods.
    unit
        The unit of the rates of years.
    cut
        How many of the first periods were recorded in another way.
    """
    known = [count for count in counts.counts[cut:] if count is not None][:FEWEST_FOR_RULES]
    is_small = bool(known) and sum(known) < SMALL * len(known)
    if MONTHS[by] == _YEAR:
        return _SmallCounts(counts, unit) if is_small else _Rates(counts, unit)
    if is_small:
        return _SmallCounts(counts, f"per {by} of average length")
    unit = f"% change on the same {by} of the year before"
    return _Changes(counts, unit, _YEAR // MONTHS[by], cut)


class _Changes(NamedTuple):
    """Counts as changes on the same period of the year before: seasons drop out."""

    counts: PeriodCounts
    unit: str
    season: int
    cut: int

    @property
    def chart(self) -> str:
        return XMR

    def values(self) -> Points:
        counts = self.counts.counts
        parts = (counts[: self.cut], counts[self.cut :])
        changes = (value for part in parts for value in seasonal_changes(part, self.season))
        return tuple(
            None if change is None else change - self._longer(place)
            for place, change in enumerate(changes)
        )

    def lines(self, start: int, stop: int, baseline: int) -> Lines:
        chart = individuals_chart(self.values()[start:stop], baseline, rules=SEASONAL_RULES)
        limits = list(repeat(Interval(chart.low, chart.high), stop - start))
        return Lines(chart.centre, limits, chart.signals, chart.baseline, bool(chart.rules))

    def shown(self, value: float) -> float:
        return 100 * math.expm1(value)

    def events(self, place: int, value: float) -> float | None:
        before = self._before(place)
        return None if before is None else before * math.exp(value + self._longer(place))

    def why_missing(self, place: int) -> str:
        if self.counts.counts[place] is None:
            return _NO_COUNT
        if self.cut <= place < self.cut + self.season and self.cut:
            return "A year before, this was recorded in another way."
        if self._before(place) is None:
            return "There is no count of a year before."
        return f"Counts below {FEWEST_EVENTS} have no change on the year."

    def _longer(self, place: int) -> float:
        """Return by how much a month is longer than a year before, as a logarithm."""
        if self.season != _YEAR:
            return 0.0
        days = self.counts.bases
        return math.log((days[place] or 1.0) / (days[place - self.season] or 1.0))

    def _before(self, place: int) -> int | None:
        return self.counts.counts[place - self.season] if place >= self.season else None


class _SmallCounts(NamedTuple):
    """Small counts over the days or people that they are of."""

    counts: PeriodCounts
    unit: str

    @property
    def chart(self) -> str:
        return LANEY

    def values(self) -> Points:
        return tuple(
            None if count is None or base is None else count / base * self.counts.per
            for count, base in zip(self.counts.counts, self.counts.bases, strict=True)
        )

    def lines(self, start: int, stop: int, baseline: int) -> Lines:
        counts, bases, per = self.counts.counts, self.counts.bases, self.counts.per
        chart = laney_chart(counts[start:stop], bases[start:stop], per, baseline, RULES)
        return Lines(chart.centre, chart.limits, chart.signals, chart.baseline, bool(chart.rules))

    def shown(self, value: float) -> float:
        return value

    def events(self, place: int, value: float) -> float | None:
        base = self.counts.bases[place]
        return None if base is None else value / self.counts.per * base

    def why_missing(self, place: int) -> str:
        return _NO_COUNT if self.counts.counts[place] is None else "Its base is not known."


class _Rates(NamedTuple):
    """Rates of years as they are: they have no season."""

    counts: PeriodCounts
    unit: str

    @property
    def chart(self) -> str:
        return XMR

    def values(self) -> Points:
        return self.counts.rates

    def lines(self, start: int, stop: int, baseline: int) -> Lines:
        chart = individuals_chart(self.counts.rates[start:stop], baseline, floor=0)
        limits = list(repeat(Interval(chart.low, chart.high), stop - start))
        return Lines(chart.centre, limits, chart.signals, chart.baseline, bool(chart.rules))

    def shown(self, value: float) -> float:
        return value

    def events(self, place: int, value: float) -> float | None:
        return _SmallCounts(*self).events(place, value)

    def why_missing(self, place: int) -> str:
        del place
        return "There is no rate of this year."
