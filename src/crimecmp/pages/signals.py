"""The page of a force's control chart: a row a period, with its signal."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from crimecmp.comparison.baseline import Baseline
from crimecmp.comparison.charted_as import Length
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import PeriodSignal, columns
from crimecmp.comparison.signals import signals_of
from crimecmp.document.brief import Brief
from crimecmp.document.report import Note, Report
from crimecmp.pages.page import page_of
from crimecmp.pages.part import Part, Shown, section
from crimecmp.tables.dataset import Dataset
from crimecmp.text import period_name
from crimecmp.wording.labels import headline, opponent_label
from crimecmp.wording.signals import (
    CAUTION,
    charted_words,
    figure_words,
    found,
    is_change,
    rule_words,
    signal_words,
    usual_is,
    usual_words,
)


def signals_page(
    data: Dataset, request: Request, by: Length, baseline: Baseline | None = None
) -> Report:
    """Return the page of a force's periods on its control chart, beside its benchmark's.

    Parameters are those of `crimecmp.comparison.signals.signals_of`, and so are its errors.
    """
    rows = signals_of(data, request, by, baseline)
    title = f"{rows[0].label} by {by}: {headline(data, request)}"
    notes = (
        *map(Note, found(data, rows)),
        *filter(lambda note: note.text, (Note(usual_is(rows)), Note(CAUTION))),
        *_reasons(rows),
    )
    shown = _columns(data, request, rows)
    part = Part(section("signals", "Signals", shown, rows, notes), rows)
    page = page_of(data, title, [part], columns(PeriodSignal))
    return page._replace(brief=partial(_brief, data, request, rows))


def _brief(data: Dataset, request: Request, rows: Sequence[PeriodSignal]) -> Brief:
    from crimecmp.pages.brief.signals import signals_brief

    return signals_brief(data, request, rows)


def _columns(
    data: Dataset, request: Request, rows: Sequence[PeriodSignal]
) -> list[Shown[PeriodSignal]]:
    force, against = data.forces[rows[0].force].label, opponent_label(data, request)
    charted = "On the year" if is_change(rows[0].unit) else rows[0].unit.capitalize()
    return [
        Shown(f"{rows[0].by.capitalize()} to", lambda row: period_name(row.period_end), "period"),
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
