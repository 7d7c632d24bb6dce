"""The page of a force's control chart: a row a period, with its signal."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from crimecmp.charts.control import picture_of
from crimecmp.comparison.baseline import Baseline
from crimecmp.comparison.charted_as import Length
from crimecmp.comparison.control import NO_SIGNAL, SIGNALS
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import PeriodSignal, columns
from crimecmp.comparison.signals import last_signals, signals_of
from crimecmp.comparison.verdict_words import NOT_TESTED
from crimecmp.document.brief import Brief
from crimecmp.document.report import Note, Report
from crimecmp.pages.page import page_of
from crimecmp.pages.part import Part, Shown, section
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words, period_name
from crimecmp.wording.labels import headline, opponent_label
from crimecmp.wording.notes import reservations
from crimecmp.wording.signals import (
    CAUTION,
    charted_words,
    figure_words,
    found,
    found_among,
    heading,
    is_change,
    rule_words,
    signal_words,
    usual_is,
    usual_words,
)


def signals_page(
    data: Dataset,
    request: Request,
    by: Length,
    baseline: Baseline | None = None,
    *,
    pictured: bool = False,
) -> Report:
    """Return the page of a force's periods on its control chart, beside its benchmark's.

    With `pictured` the chart is drawn above the table. The other parameters are those of
    `crimecmp.comparison.signals.signals_of`, and so are the errors.
    """
    rows = signals_of(data, request, by, baseline)
    title = f"{rows[0].label} by {by}: {headline(data, request)}"
    notes = (
        *map(Note, filter(None, [*found(data, rows), usual_is(rows), CAUTION])),
        *_reasons(rows),
        *map(Note, filter(None, [rows[-1].note])),
        *reservations(data, "rates", request, rows),
    )
    shown = _columns(data, request, rows)
    table = section("signals", "Signals", shown, rows, notes)
    if pictured:
        table = table._replace(pictures=(picture_of(data, request, rows),))
    page = page_of(data, title, [Part(table, rows)], columns(PeriodSignal))
    return page._replace(brief=partial(_brief, data, request, rows))


def last_signals_page(
    data: Dataset, request: Request, by: Length, baseline: Baseline | None = None
) -> Report:
    """Return the page of the last period of each force, those with a signal first.

    Parameters are those of `crimecmp.comparison.signals.last_signals`, and so are its errors.
    """
    rows = sorted(last_signals(data, request, by, baseline), key=_signals_first)
    title = f"{rows[0].label} by {by}: signals in the last period"
    answers = filter(None, found_among(data, rows))
    notes = (*map(Note, answers), Note(CAUTION), *_without(data, request, rows))
    shown = [
        Shown[PeriodSignal]("Force", lambda row: data.forces[row.force].label),
        *_columns(data, request, rows),
    ]
    part = Part(section("signals", "Signals", shown, rows, notes), rows)
    page = page_of(data, title, [part], columns(PeriodSignal))
    return page._replace(brief=partial(_last_brief, data, request, rows))


def _signals_first(row: PeriodSignal) -> tuple[int, str]:
    """Return the place of a row: by its signal, then the longest one first."""
    order = (*SIGNALS, NO_SIGNAL, NOT_TESTED)
    return order.index(row.own.signal), str(row.own.since)


def _without(data: Dataset, request: Request, rows: Sequence[PeriodSignal]) -> list[Note]:
    """Name the forces that have no chart."""
    having = {row.force for row in rows}
    missing = [data.forces[force].label for force in request.forces if force not in having]
    return [Note(f"No control chart of {in_words(missing)}.")] if missing else []


def _last_brief(data: Dataset, request: Request, rows: Sequence[PeriodSignal]) -> Brief:
    from crimecmp.pages.brief.signals import last_signals_brief

    return last_signals_brief(data, request, rows)


def _brief(data: Dataset, request: Request, rows: Sequence[PeriodSignal]) -> Brief:
    from crimecmp.pages.brief.signals import signals_brief

    return signals_brief(data, request, rows)


def _columns(
    data: Dataset, request: Request, rows: Sequence[PeriodSignal]
) -> list[Shown[PeriodSignal]]:
    force, against = data.forces[rows[0].force].label, opponent_label(data, request)
    charted = "On the year" if is_change(rows[0].unit) else rows[0].unit.capitalize()
    return [
        Shown(heading(rows[0]), lambda row: period_name(row.period_end), "period"),
        Shown(force, lambda row: figure_words(row, row.own), "number"),
        Shown(charted, lambda row: charted_words(row, row.own), "number"),
        Shown("Usual range", lambda row: usual_words(row, row.own), "id"),
        Shown("Signal", lambda row: rule_words(row, row.own) if row.own.rules else None),
        Shown("Since", lambda row: period_name(row.own.since) if row.own.since else None, "period"),
        Shown(against, lambda row: figure_words(row, row.other), "number"),
        Shown(f"{charted}, {against}", lambda row: charted_words(row, row.other), "number"),
        Shown(f"Signal, {against}", lambda row: signal_words(row.other) or None),
    ]


def _reasons(rows: Sequence[PeriodSignal]) -> list[Note]:
    """Return why periods have no point or no lines, each reason with its periods."""
    about: dict[str, list[str]] = {}
    for row in rows:
        if row.own.reason:
            about.setdefault(row.own.reason, []).append(period_name(row.period_end))
    return [
        Note(f"{ends[0]}{f' to {ends[-1]}' if ends[1:] else ''}: {reason}")
        for reason, ends in about.items()
    ]
