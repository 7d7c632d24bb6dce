"""Changes calculated from counts: rows of the rates table in, rows of the changes table out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from crimecmp.comparison.periods import year_before
from crimecmp.comparison.request import Request
from crimecmp.tables.cells import OVER
from crimecmp.tables.checked import Columns
from crimecmp.text import exactly

SMALLEST_BASE = 50
"""The smallest earlier count from which crimecmp gives a percentage change: its own limit."""

_FIELDS = (
    "force", "metric", "period_end", "base_period_end", "source", "percent", "count", "base_count",
    "locator", "note",
)  # fmt: skip

_Series = Mapping[str, tuple[int, str]]


def changes_from_counts(
    rates: Columns,
    printed: Columns,
    request: Request,
    places: Iterable[int],
    alike_from: Mapping[str, str],
) -> dict[str, list[str]]:
    """Return the changes of areas' counts: from the year before, and from an earlier one.

    The earlier one is so many years before as are requested, or else the first.

    Parameters
    ----------
    rates
        The rates table's columns as text; its counts are what changes.
    printed
        The changes table's columns: a change that was printed is not calculated again.
    request
        The metric, source and period; without a period, the latest of each metric, unless every
        period is wanted.
    places
        The places of the rates of the areas wanted.
    alike_from
        The first period from which each metric was recorded as it is now: no change is calculated
        across it.

    Returns
    -------
    dict
        Columns of the changes table as text. `percent` is a percentage of the earlier count, with
        up to 15 digits; where that count is below `SMALLEST_BASE` it is missing, and `note` says
        why.
    """
    known = set(zip(*(printed[name] for name in _FIELDS[:5]), strict=True))
    rows = [
        row
        for about, series in _series(rates, request, places).items()
        for row in _changes(about, series, request, alike_from.get(about[1], ""))
        if row[:5] not in known
    ]
    return {name: [row[place] for row in rows] for place, name in enumerate(_FIELDS)}


def _series(
    rates: Columns, request: Request, places: Iterable[int]
) -> dict[tuple[str, str, str], dict[str, tuple[int, str]]]:
    """Return the counts of each area, metric and source by period, with their locators."""
    found: dict[tuple[str, str, str], dict[str, tuple[int, str]]] = {}
    names = ("force", "metric", "source", "period_end")
    counts, locators = rates["count"], rates["locator"]
    # A count may be calculated when it is read: only those that are wanted are.
    for place in places:
        force, metric, source, end = (rates[name][place] for name in names)
        if request.wants(metric) and request.source in (None, source) and counts[place]:
            series = found.setdefault((force, metric, source), {})
            series[end] = int(counts[place]), locators[place]
    return found


def _changes(
    about: tuple[str, str, str], series: _Series, request: Request, alike_from: str
) -> Iterable[tuple[str, ...]]:
    force, metric, source = about
    last = max(series)
    for end, (count, locator) in series.items():
        alike = [other for other in series if (other < alike_from) == (end < alike_from)]
        first = year_before(date.fromisoformat(end), request.years).isoformat()
        first = first if request.years and first in alike else min(alike)
        asked = end.startswith(request.period) if request.period else end == last
        if not asked and not request.every_period:
            continue
        before = year_before(date.fromisoformat(end)).isoformat()
        for base_end in dict.fromkeys((first, before)):
            # Two spans of 12 months that overlap share crimes: their counts are no two counts.
            if base_end > before or base_end not in alike:
                continue
            earlier = series[base_end][0]
            percent, note = percent_change(count, earlier)
            yield (
                force, metric, end, base_end, source, percent, str(count), str(earlier),
                locator.partition(OVER)[0], note,
            )  # fmt: skip


def percent_change(count: int, earlier: int) -> tuple[str, str]:
    """Return a percentage change as text; empty, with the reason, where there is none."""
    if count < 0:
        return "", "The count is below zero, so no change is calculated."
    if earlier < SMALLEST_BASE:
        return "", (
            f"The earlier count is {earlier}. crimecmp gives no percentage change from a count "
            f"below {SMALLEST_BASE}."
        )
    return exactly(100 * (count - earlier) / earlier), ""
