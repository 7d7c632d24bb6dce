"""The brief page of one kind of figure of one force: a line a measure."""

from __future__ import annotations

from collections.abc import Sequence

from crimecmp.comparison.kinds import KINDS
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Comparison
from crimecmp.document.brief import Brief, BriefTable, Field, Line
from crimecmp.pages.brief.frame import remarks
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words, period_name, places_shown, rounded
from crimecmp.wording.answers import changed, estimates, lower_first, short_percent, standing
from crimecmp.wording.captions import source_line
from crimecmp.wording.cautions import cautions, empty_areas
from crimecmp.wording.labels import abbreviated, column_label, opponent_in_sentence, opponent_label
from crimecmp.wording.row_marks import Marks
from crimecmp.wording.sentences import marked_verdict
from crimecmp.wording.units import Scale

SUBJECTS = {
    "rates": "crime",
    "changes": "change in crime",
    "outcomes": "outcomes of crime",
    "satisfaction": "satisfaction of victims",
}
"""What the figures of a table are of, for a title."""


def figures_brief(
    data: Dataset, table: str, request: Request, rows: Sequence[Comparison], lost: Sequence[str]
) -> Brief:
    """Return the brief page of one kind of figure.

    Parameters
    ----------
    data, table, request, rows
        The tables, the kind of figure, what was asked for and its comparisons.
    lost
        What is said of measures that have no figure for the period asked for.
    """
    marks = Marks.of(rows)
    answered = tuple(empty_areas(data, request, rows))
    found = cautions(data, table, request, rows)
    return Brief(
        title(data, table, request, rows, marks),
        answer(data, table, request, rows),
        (figures_table(data, table, request, rows, marks),),
        marks=marks.meanings,
        cautions=tuple(caution for caution in found if caution not in answered),
        remarks=remarks(data, request, rows, every=lost),
        source=source_line(data, (row.source for row in rows)),
    )


def title(
    data: Dataset, table: str, request: Request, rows: Sequence[Comparison], marks: Marks
) -> str:
    """Return the title: the force, its benchmark, what is compared, and the year."""
    force = in_words(data.forces[force].label for force in request.forces)
    against = opponent_in_sentence(data, request)
    year = f"year to {period_name(marks.end)}"
    subject = SUBJECTS[table]
    if len({row.metric for row in rows}) == 1:
        subject = lower_first(rows[0].label)
        subject = f"change in {subject}" if table == "changes" else subject
    subject = f"{subject} {marks.unit}".rstrip()
    return f"{force} against {against}: {subject}, {year}"


def answer(
    data: Dataset, table: str, request: Request, rows: Sequence[Comparison]
) -> tuple[str, ...]:
    """Return the answer that some rows of one force give."""
    against = opponent_in_sentence(data, request)
    if table == "rates" and set(request.forces) & set(data.without_resident_base()):
        where = in_words(data.forces[force].label for force in request.forces)
        return (f"Hardly anyone lives in {where}, so these rates say little of its crime.",)
    if table == "changes":
        return changed(data, rows, against)
    if KINDS[table].previous:
        return estimates(data, rows, against)
    return standing(data, rows, against)


def figures_table(
    data: Dataset, table: str, request: Request, rows: Sequence[Comparison], marks: Marks
) -> BriefTable:
    """Return the table of one force's figures of one kind."""
    force = data.forces[request.forces[0]].label
    against = abbreviated(opponent_label(data, request))
    named = len({row.metric for row in rows}) > 1 or bool(marks.letters)
    previous, relative = KINDS[table].previous, KINDS[table].relative
    since = table == "changes"
    fields = [
        *([Field("Measure" if not relative else "")] if named else []),
        *([Field("Since")] if since else []),
        Field(force, "number"),
        Field("compared with") if previous else Field(against, "number"),
        Field("diff" if relative else "points", "number", 2, "difference" if relative else ""),
        *([Field("", "bar", 5, "the bars")] if relative else []),
        Field("" if relative else "verdict"),
    ]
    lines = []
    for row in rows:
        scale = Scale.of([row])
        cells = [
            *([marks.marked(row, column_label(data, row.metric, row.label))] if named else []),
            *([period_name(row.base_period_end) if row.base_period_end else ""] if since else []),
            scale.figure(row, row.own),
            _compared(row, against) if previous else scale.figure(row, row.other),
            short_percent(row.percent_difference) if relative else points(row),
            *([""] if relative else []),
            marked_verdict(row),
        ]
        lines.append(Line(tuple(cells), bar=row.percent_difference if relative else None))
    return BriefTable(tuple(fields), tuple(lines), bar_unit="%" if relative else "")


def _compared(row: Comparison, against: str) -> str:
    before = row.base_period_end if row.against_itself else None
    name = f"year to {period_name(before)}" if before else against
    return f"{name}: {Scale.of([row]).unbroken(row, row.other)}"


def points(row: Comparison) -> str:
    """Return a difference in percentage points with its sign."""
    if row.difference is None:
        return ""
    printed = max(row.force_decimals or 0, row.benchmark_decimals or 0)
    return rounded(row.difference, min(places_shown(row.difference, printed), 1), signed=True)
