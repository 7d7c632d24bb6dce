"""Counts of one area over periods that follow one another and share no day.

Quarters and months are read as they were counted. Years are the 12 months of rates, of which only
those are taken that do not overlap.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from crimecmp.tables.cells import per, split_counts
from crimecmp.tables.names import DEFAULT_BENCHMARK

if TYPE_CHECKING:
    from crimecmp.tables.dataset import Dataset

MONTH, QUARTER = 1, 3
"""The months of a short period."""

AVERAGE_YEAR = 365.25
"""The days of a year; a leap day is a quarter of one."""


class PeriodCounts(NamedTuple):
    """What was recorded in one area, period by period.

    Parameters
    ----------
    source
        Id of the source.
    ends
        The last day of each period, the earliest first.
    counts
        The number recorded in each; None where it is not known.
    bases
        What each count is over: the days of a short period, the people or households of a year.
    per
        The unit of rates: the days of an average short period, or 1,000 people.
    rates
        What was published for each period: a short period's count, a year's rate.
    locator, note
        Where in the source the counts are, and what to know of them.
    """

    source: str
    ends: tuple[date, ...]
    counts: tuple[int | None, ...]
    bases: tuple[float | None, ...]
    per: float
    rates: tuple[float | None, ...]
    locator: str = ""
    note: str = ""

    def until(self, last: str | None) -> PeriodCounts:
        """Return the periods that end no later than a day or month, as ISO dates are written."""
        if last is None:
            return self
        stop = sum(end.isoformat()[: len(last)] <= last for end in self.ends)
        cut = {name: getattr(self, name)[:stop] for name in ("ends", "counts", "bases", "rates")}
        return self._replace(**cut)


def quarters_of(
    data: Dataset, force: str, metric: str, source: str | None = None
) -> PeriodCounts | None:
    """Return an area's counts by quarter; None where the data have none.

    England and Wales is the sum of the forces, missing where one of them is.

    Parameters
    ----------
    data
        The tables.
    force, metric
        Ids of the area and of what is counted.
    source
        Id of the source wanted; None for the first that has counts.
    """
    columns = data.table("quarters").columns
    parts = {force} if force != DEFAULT_BENCHMARK else set(data.territorial())
    found: dict[tuple[str, str], list[int]] = {}
    rows = zip(
        *(columns[name] for name in ("force", "metric", "source", "first_quarter_end")), strict=True
    )
    for place, (area, its_metric, its_source, first) in enumerate(rows):
        if area in parts and its_metric == metric and source in (None, its_source):
            found.setdefault((its_source, first), []).append(place)
    for (its_source, first), places in found.items():
        if len(places) == len(parts):
            series = [split_counts(columns["counts"][place]) for place in places]
            counts = [_sum(each) for each in zip(*series, strict=False)]
            about = columns["locator"][places[0]], columns["note"][places[0]]
            return _short_periods(its_source, date.fromisoformat(first), QUARTER, counts, *about)
    return None


def months_of(
    data: Dataset, force: str, metric: str, source: str | None = None
) -> PeriodCounts | None:
    """Return an area's counts by month; None where the data have none.

    England and Wales is the sum of the forces, missing where one of them is. A month without a row
    is a gap. Parameters are those of `quarters_of`.
    """
    columns = data.table("months").columns
    parts = {force} if force != DEFAULT_BENCHMARK else set(data.territorial())
    found: dict[str, dict[str, list[int | None]]] = {}
    about: dict[str, tuple[str, str]] = {}
    names = ("force", "metric", "source", "month", "count", "locator", "note")
    for area, its_metric, its_source, month, count, locator, note in zip(
        *(columns[name] for name in names), strict=True
    ):
        if area in parts and its_metric == metric and source in (None, its_source):
            about.setdefault(its_source, (locator, note))
            counts = found.setdefault(its_source, {}).setdefault(month, [])
            counts.append(int(count) if count else None)
    for its_source, by_month in found.items():
        ends_of = (min(by_month), max(by_month))
        first, last = (date.fromisoformat(f"{month}-01") for month in ends_of)
        number = 12 * (last.year - first.year) + last.month - first.month + 1
        ends = period_ends(first, MONTH, number)
        held = [by_month.get(f"{end:%Y-%m}", []) for end in ends]
        sums = [_sum(each) if len(each) == len(parts) else None for each in held]
        return _short_periods(its_source, first, MONTH, sums, *about[its_source])
    return None


def _short_periods(
    source: str,
    first: date,
    months: int,
    counts: Sequence[int | None],
    locator: str,
    note: str,
) -> PeriodCounts:
    ends = tuple(period_ends(first, months, len(counts)))
    days = tuple(_days(end, months) for end in ends)
    per = AVERAGE_YEAR * months / 12
    return PeriodCounts(source, ends, tuple(counts), days, per, tuple(counts), locator, note)


def years_of(
    data: Dataset, force: str, metric: str, source: str | None, ends: Sequence[date]
) -> PeriodCounts | None:
    """Return an area's rates of 12 months at the ends of some years; None where it has none.

    Parameters
    ----------
    data, force, metric, source
        As for `quarters_of`.
    ends
        The last days of the years, the earliest first.
    """
    columns = data.table("rates").columns
    places = {
        date.fromisoformat(columns["period_end"][place]): place
        for place in rate_places(data, force, metric, source)
    }
    known = [places.get(end) for end in ends]
    first = next((place for place in known if place is not None), None)
    if first is None:
        return None

    def numbers(name: str) -> tuple[float | None, ...]:
        cells = ("" if place is None else columns[name][place] for place in known)
        return tuple(float(cell) if cell else None for cell in cells)

    counts = tuple(None if count is None else int(count) for count in numbers("count"))
    return PeriodCounts(
        columns["source"][first], tuple(ends), counts, numbers("base"),
        per(data.by_id("metrics")[metric]["unit"]) or 1.0, numbers("value"),
        columns["locator"][first], columns["note"][first],
    )  # fmt: skip


def rate_places(data: Dataset, force: str, metric: str, source: str | None) -> list[int]:
    """Return the places of an area's rates on one metric, from one source or the first."""
    runs = [
        run
        for run in data.runs("rates")
        if run.force == force and run.metric == metric and source in (None, run.source)
    ]
    first = [run for run in runs if run.source == runs[0].source]
    return [place for run in first for place in range(run.start, run.stop)]


def _sum(counts: Sequence[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def period_ends(first: date, months: int, number: int) -> Iterator[date]:
    """Yield the last days of a number of periods of some months.

    Parameters
    ----------
    first
        A day of the last month of the first period.
    months, number
        How many months a period has, and how many periods there are.
    """
    for nth in range(number):
        years, month = divmod(first.month - 1 + months * nth, 12)
        year = first.year + years
        yield date(year, month + 1, monthrange(year, month + 1)[1])


def _days(end: date, months: int) -> float:
    """Return the number of days of the period of some months that ends on a day."""
    before = 12 * end.year + end.month - 1 - months
    year, month = divmod(before, 12)
    return (end - date(year, month + 1, monthrange(year, month + 1)[1])).days
