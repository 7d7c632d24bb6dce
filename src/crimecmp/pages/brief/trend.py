"""The brief page of one measure over time: one figure a year, and the shape of the series."""

from __future__ import annotations

from collections.abc import Sequence

from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Comparison
from crimecmp.document.brief import Brief, BriefTable, Field, Line
from crimecmp.pages.brief.frame import remarks
from crimecmp.tables.dataset import Dataset
from crimecmp.text import MISSING, period_name
from crimecmp.wording.answers import changed, lower_first, signed_percent
from crimecmp.wording.captions import source_line
from crimecmp.wording.cautions import cautions
from crimecmp.wording.labels import (
    abbreviated,
    opponent_in_sentence,
    opponent_label,
    years_words,
)
from crimecmp.wording.sentences import marked_verdict
from crimecmp.wording.sparkline import sparkline
from crimecmp.wording.units import Scale

_MOST_YEARS = 6


def trend_brief(
    data: Dataset, request: Request, series: Sequence[Comparison], changes: Sequence[Comparison]
) -> Brief:
    """Return the brief page of a series and its changes.

    Parameters
    ----------
    data, request
        The tables, and what was asked for.
    series, changes
        The comparison of each period, and the changes to the last of them.
    """
    against = opponent_in_sentence(data, request)
    force = data.forces[series[0].force].label
    scale = Scale.of(series)
    subject = f"{lower_first(series[0].label)} {scale.unit}"
    return Brief(
        f"{force} against {against}: {subject}, {years_words(series)}",
        changed(data, changes, against) if changes else (_alone(series, against, scale),),
        (_years(data, request, series, scale), *_gaps(data, request, changes)),
        cautions=cautions(data, "rates", request, series),
        remarks=remarks(data, request, changes),
        source=source_line(data, (row.source for row in series)),
    )


def _alone(series: Sequence[Comparison], against: str, scale: Scale) -> str:
    """Return the answer for a series without changes: its first and its last figure."""
    first, last = series[0], series[-1]
    figures = f"{scale.figure(first, first.own)} to {scale.figure(last, last.own)}"
    beside = f"{scale.figure(first, first.other)} to {scale.figure(last, last.other)}"
    return f"From {figures} ({against}: {beside}). No change is calculated."


def _years(
    data: Dataset, request: Request, series: Sequence[Comparison], scale: Scale
) -> BriefTable:
    """Return the figures of the same month in each year, with the shape of the whole series."""
    last = series[-1]
    yearly = [row for row in series if row.period_end.month == last.period_end.month]
    shown = yearly[-_MOST_YEARS:]
    fields = (
        Field(f"Year to {last.period_end:%B}"),
        *(
            Field(
                f"{row.period_end.year}",
                "number",
                0 if row in (shown[0], last) else 3 + place % 2,
            )
            for place, row in enumerate(shown)
        ),
        Field("every period", "shape", 2, "the shape"),
    )
    areas = (
        (data.forces[last.force].label, [row.own for row in shown], _own(series)),
        (
            opponent_label(data, request),
            [row.other for row in shown],
            sparkline([row.benchmark_value for row in series]),
        ),
    )
    lines = tuple(
        Line(
            (name, *(scale.figure(r, side) for r, side in zip(shown, sides, strict=True)), shape),
            asked=place == 0,
        )
        for place, (name, sides, shape) in enumerate(areas)
    )
    return BriefTable(fields, lines)


def _own(series: Sequence[Comparison]) -> str:
    return sparkline([row.force_value for row in series])


def _gaps(data: Dataset, request: Request, changes: Sequence[Comparison]) -> tuple[BriefTable, ...]:
    """Return the changes with their verdicts; none where there are no changes."""
    if not changes:
        return ()
    fields = (
        Field("Since"),
        Field(data.forces[changes[0].force].label, "number"),
        Field(abbreviated(opponent_label(data, request)), "number"),
        Field(""),
    )
    lines = tuple(
        Line(
            (
                period_name(row.base_period_end) if row.base_period_end else "",
                *(_percent(row, own=own) for own in (True, False)),
                marked_verdict(row),
            )
        )
        for row in changes
    )
    return (BriefTable(fields, lines, title="Change in the number recorded"),)


def _percent(row: Comparison, *, own: bool) -> str:
    side = row.own if own else row.other
    return MISSING if side.value is None else signed_percent(side)
