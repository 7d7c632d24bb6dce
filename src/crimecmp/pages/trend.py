"""The page of one measure over time: the series, its shape, and how much it changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from crimecmp.comparison.methods import COUNTS
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Comparison, Side, columns
from crimecmp.comparison.series import over_time
from crimecmp.document.brief import Brief
from crimecmp.document.report import Note, Report
from crimecmp.pages.columns import figure_columns, verdict_columns
from crimecmp.pages.offers import offers
from crimecmp.pages.page import page_of
from crimecmp.pages.part import Part, Shown, section
from crimecmp.statistics import independent_periods
from crimecmp.tables.dataset import Dataset
from crimecmp.text import period_name
from crimecmp.wording.figure_words import figure_words, interval_words, level_words
from crimecmp.wording.labels import headline, opponent_label, years_words
from crimecmp.wording.notes import (
    figure_places,
    found_in,
    recorded_differently,
    reservations,
    row_notes,
    verdict_sentences,
)
from crimecmp.wording.sparkline import LONGEST, sparkline


def trend_page(data: Dataset, request: Request) -> Report:
    """Return the page of a force's and its benchmark's rates over time, and their changes.

    Machine output has the comparison for each period, then the changes over the whole series and
    over the last year. Changes are calculated from counts where the data have them.

    Raises
    ------
    NoFiguresError
        Where the data have fewer than two periods of the metric for the force.
    """
    series, change_rows = over_time(data, request)
    parts = [_series_part(data, request, series)]
    if change_rows:
        parts.append(_changes_part(data, request, series, change_rows))
    label = data.metrics[str(request.metric)].label
    title = f"{label} {series[0].unit}: {headline(data, request)}, {years_words(series)}"
    page = page_of(data, title, parts, columns(Comparison))
    return page._replace(brief=partial(_brief, data, request, parts))


def _brief(data: Dataset, request: Request, parts: Sequence[Part]) -> Brief:
    from crimecmp.pages.brief.trend import trend_brief

    series, *changes = [[row for row in part.rows if isinstance(row, Comparison)] for part in parts]
    brief = trend_brief(data, request, series, changes[0] if changes else [])
    return brief._replace(offers=offers(data, request, parts[:1]))


class _Area(NamedTuple):
    """One line of the table of changes: an area, its sparkline, and its changes."""

    name: str
    shape: str
    changes: Sequence[tuple[Comparison, Side]]


def _changes_part(
    data: Dataset,
    request: Request,
    series: Sequence[Comparison],
    change_rows: Sequence[Comparison],
) -> Part:
    areas = [
        _Area(
            data.forces[request.forces[0]].label,
            sparkline([row.force_value for row in series]),
            [(row, row.own) for row in change_rows],
        ),
        _Area(
            opponent_label(data, request),
            sparkline([row.benchmark_value for row in series]),
            [(row, row.other) for row in change_rows],
        ),
    ]
    thinned = len(series) > LONGEST
    end = period_name(change_rows[0].period_end)
    notes = (
        Note(f"The changes are in the number recorded, not in the rate, up to the year to {end}."),
        Note(
            "The blocks go from the lowest to the highest of each area's own figures"
            + (". Not all of them are drawn." if thinned else ".")
        ),
        *verdict_sentences(data, change_rows, in_full=True),
        *row_notes(data, change_rows),
        *reservations(data, "changes", request, change_rows),
    )
    shown = [
        Shown[_Area]("Area", lambda area: area.name),
        Shown[_Area]("Lowest to highest", lambda area: area.shape, "id"),
        *(
            column
            for place, row in enumerate(change_rows)
            for column in _change_columns(place, row)
        ),
    ]
    return Part(section("changes", "Changes", shown, areas, notes), change_rows)


def _change_columns(place: int, row: Comparison) -> list[Shown[_Area]]:
    """Return the columns of one change: its figure and its interval."""
    since = period_name(row.base_period_end) if row.base_period_end else ""
    return [
        Shown(f"Since {since}, %", lambda area: figure_words(*area.changes[place]), "number"),
        Shown(
            f"{level_words(row)} interval",
            lambda area: interval_words(area.changes[place][1], signed=True),
            "id",
        ),
    ]


def _comparability_notes(
    data: Dataset, request: Request, series: Sequence[Comparison]
) -> list[Note]:
    """Return the caution for a series that begins before figures were recorded as they are now."""
    comparable_from = data.by_id("metrics")[str(request.metric)]["comparable_from"]
    if all(row.period_end.isoformat() >= comparable_from for row in series):
        return []
    return [recorded_differently(comparable_from, _NOT_COMPARED)]


def _overlap_notes(series: Sequence[Comparison]) -> list[Note]:
    """Say which verdicts of a series are independent of each other, where periods overlap."""
    ends = sorted({row.period_end for row in series})
    alone = independent_periods(ends)
    if len(alone) == len(ends):
        return []
    months = [12 * end.year + end.month for end in ends]
    quarterly = all(after - before == _QUARTER for before, after in pairwise(months))
    every = " Only every fourth of them is independent of the others." if quarterly else ""
    return [
        Note(
            f"The {len(ends)} periods are of 12 months each, and those less than a year apart "
            f"share months, so their verdicts do not confirm each other.{every}"
        )
    ]


_QUARTER = 3


def _unknown_notes(series: Sequence[Comparison]) -> list[Note]:
    """Say of which periods it is not known how much counts usually move from year to year."""
    counted = [row for row in series if row.tested.method == COUNTS]
    known = [row.period_end for row in counted if row.beyond.usual_sd is not None]
    unknown = [row.period_end for row in counted if row.beyond.usual_sd is None]
    if not known or not unknown:
        return []
    return [
        Note(
            f"Up to {period_name(max(unknown))} usual variation is not known, as there are no "
            "earlier years: those verdicts are against random variation alone."
        )
    ]


_NOT_COMPARED = "to be compared with later ones, and no change between them is calculated"


def _series_part(data: Dataset, request: Request, series: Sequence[Comparison]) -> Part:
    shown = [
        *figure_columns(data, "rates", request, side_by_side=False),
        *verdict_columns(series),
    ]
    notes = (
        *_overlap_notes(series),
        *_unknown_notes(series),
        *_comparability_notes(data, request, series),
        *row_notes(data, series),
        *reservations(data, "rates", request, series),
        *found_in(data, figure_places(data, series)),
    )
    return Part(section("series", "Series", shown, series, notes), series)
