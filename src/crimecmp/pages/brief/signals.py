"""The brief page of a control chart: what the last period shows, and the last periods."""

from __future__ import annotations

from collections.abc import Sequence

from crimecmp.comparison.control import SIGNALS
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import PeriodSignal
from crimecmp.document.brief import Brief, BriefTable, Field, Line, Offer
from crimecmp.tables.dataset import Dataset
from crimecmp.text import period_name, plural
from crimecmp.wording.answers import lower_first
from crimecmp.wording.captions import source_line
from crimecmp.wording.labels import abbreviated, opponent_label
from crimecmp.wording.notes import reserved
from crimecmp.wording.signals import (
    CAUTION,
    charted_words,
    figure_words,
    found,
    found_among,
    heading,
    is_change,
    short_rules,
    signal_words,
    usual_is,
    usual_words,
)

_MOST_PERIODS = 8


def signals_brief(data: Dataset, request: Request, rows: Sequence[PeriodSignal]) -> Brief:
    """Return the brief page of a control chart's rows, the earliest first."""
    last = rows[-1]
    force = data.forces[last.force].label
    against = opponent_label(data, request)
    shown = rows[-_MOST_PERIODS:]
    points = [point for row in shown for point in (row.own, row.other)]
    return Brief(
        f"{force} against {against}: {lower_first(last.label)} by {last.by}",
        found(data, rows),
        (_periods(shown, force, abbreviated(against)),),
        marks=tuple(filter(None, [short_rules(last, points)])),
        cautions=_cautions(data, request, rows),
        remarks=tuple(filter(None, [usual_is(rows)])),
        source=source_line(data, [last.source]),
        offers=(Offer("notes"),),
    )


def _cautions(data: Dataset, request: Request, rows: Sequence[PeriodSignal]) -> tuple[str, ...]:
    """Return what is to be known of a source's figures, and of an area where nobody lives."""
    noted = (note["caution"] for note in reserved(data, "rates", request, rows))
    return tuple(dict.fromkeys(filter(None, [rows[-1].note, *noted])))


def last_signals_brief(data: Dataset, request: Request, rows: Sequence[PeriodSignal]) -> Brief:
    """Return the brief page of the forces' last periods: those with a signal, and those named."""
    asked = request.asked or request.forces if len(rows) <= _MOST_PERIODS else request.asked
    shown = [row for row in rows if row.own.signal in SIGNALS or row.force in asked]
    last = rows[0]
    return Brief(
        f"{last.label} by {last.by}: signals of {plural(len(rows), 'force')}",
        found_among(data, rows),
        (_last_periods(data, request, shown),),
        marks=tuple(filter(None, [short_rules(last, [row.own for row in shown])])),
        remarks=(CAUTION,),
        source=source_line(data, [last.source]),
        offers=(Offer("notes"),),
    )


def _last_periods(data: Dataset, request: Request, rows: Sequence[PeriodSignal]) -> BriefTable:
    """Return the last period of some forces, a force a line."""
    fields = (
        Field("Force"),
        Field("count", "number"),
        Field("on the year", "number", 2),
        Field("usual range", "words", 3),
        Field("signal"),
        Field("since"),
    )
    lines = tuple(
        Line(
            (
                data.forces[row.force].label,
                figure_words(row, row.own),
                charted_words(row, row.own) if is_change(row.unit) else "",
                usual_words(row, row.own),
                signal_words(row.own),
                period_name(row.own.since) if row.own.since else "",
            ),
            asked=row.force in request.asked,
        )
        for row in rows
    )
    return BriefTable(fields, lines, marking=bool(request.asked))


def _periods(rows: Sequence[PeriodSignal], force: str, against: str) -> BriefTable:
    """Return the last periods, the latest last."""
    change = is_change(rows[0].unit)
    fields = (
        Field(heading(rows[0])),
        Field(force, "number"),
        Field("on the year" if change else "", "number", 3 if change else 0),
        Field("usual range"),
        Field("signal"),
        Field(f"{against} on the year" if change else against, "number", 4),
        Field(f"{against} signal", "words", 2),
    )
    lines = tuple(
        Line(
            (
                period_name(row.period_end),
                figure_words(row, row.own),
                charted_words(row, row.own) if change else "",
                usual_words(row, row.own),
                signal_words(row.own),
                charted_words(row, row.other) if change else figure_words(row, row.other),
                signal_words(row.other),
            )
        )
        for row in rows
    )
    return BriefTable(fields, lines)
