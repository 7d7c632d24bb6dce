"""The profile of forces by figures with counts: each measure's rate, rank and changes on a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Comparison
from crimecmp.document.brief import Brief, BriefTable, Fact, Field, Line
from crimecmp.pages.brief.forces import change_of, spans_of, to_their_years
from crimecmp.pages.brief.frame import remarks
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words, ordinal, period_name
from crimecmp.wording.answers import lower_first, short_percent, standing
from crimecmp.wording.captions import source_line
from crimecmp.wording.cautions import every_caution
from crimecmp.wording.labels import (
    abbreviated,
    column_label,
    opponent_in_sentence,
    opponent_label,
    short_label,
)
from crimecmp.wording.row_marks import Marks
from crimecmp.wording.sentences import marked_verdict
from crimecmp.wording.units import Scale

_CHANGES = "Changes: number recorded"


def measures_profile(data: Dataset, request: Request, rows: Sequence[Comparison]) -> Brief:
    """Return the profile of some forces.

    Parameters
    ----------
    data, request
        The tables, and what was asked for.
    rows
        The comparisons of the forces, of every kind.
    """
    rates = [row for row in rows if row.kind == "rate"]
    outcomes = [row for row in rows if row.kind == "outcome" and data.choice.shows(row.metric)]
    against = opponent_in_sentence(data, request)
    names = in_words(data.by_id("forces")[force]["name"] for force in request.forces)
    marks = Marks.of(rates or rows)
    one = len(request.forces) == 1
    return Brief(
        f"{names} against {against}, year to {period_name(marks.end)}",
        standing(data, rates, against)[:1] if rates and one else (),
        tuple(
            _table(data, request, [row for row in rows if row.force == force], marks)._replace(
                title="" if one else data.forces[force].label
            )
            for force in dict.fromkeys(row.force for row in rates)
        ),
        facts=tuple(_outcomes(data, request, outcomes)),
        marks=(
            *([f"Rates {marks.unit}"] if rates else []),
            *([_CHANGES] if any(row.kind == "change" for row in rows) else []),
            *marks.meanings,
            *_year_of(outcomes),
        ),
        cautions=every_caution(data, request, rows),
        remarks=remarks(data, request, rates)[:1],
        source=source_line(data, (row.source for row in rows)),
    )


def _table(data: Dataset, request: Request, rows: Sequence[Comparison], marks: Marks) -> BriefTable:
    """Return the table of one force: a line a measure."""
    rates = [row for row in rows if row.kind == "rate"]
    spans = spans_of([row for row in rows if row.kind == "change"])
    fields = (
        Field(""),
        Field(data.forces[rates[0].force].label, "number"),
        Field(abbreviated(opponent_label(data, request)), "number", 4),
        Field("diff", "number", 1, "difference"),
        Field(""),
        Field("rank", "number", 2),
        *(Field(name, "number", 3, f"the change over {name}") for name in spans),
    )
    lines = []
    for row in rates:
        scale, rank = Scale.of([row]), row.among.forces_rank
        changes = [to_their_years(its, [row]) for its in spans.values()]
        cells = (
            marks.marked(row, column_label(data, row.metric, row.label)),
            scale.figure(row, row.own),
            scale.figure(row, row.other),
            short_percent(row.percent_difference),
            marked_verdict(row),
            "" if rank is None else ordinal(rank),
            *(change_of(its, row.force) for its in changes),
        )
        lines.append(Line(cells))
    return BriefTable(fields, tuple(lines))


def _year_of(outcomes: Sequence[Comparison]) -> Sequence[str]:
    """Return the year of the outcomes, which are those of the crimes recorded in it."""
    ends = {row.period_end for row in outcomes}
    return [f"Outcomes: crimes of the year to {period_name(end)}" for end in ends]


def _outcomes(data: Dataset, request: Request, rows: Sequence[Comparison]) -> Iterator[Fact]:
    """Yield the main outcomes of each force beside those of what it is compared with."""
    against = abbreviated(opponent_label(data, request))
    for force in dict.fromkeys(row.force for row in rows):
        said = "; ".join(
            f"{lower_first(short_label(data, row))} {Scale.of([row]).figure(row, row.own)} "
            f"({against} {Scale.of([row]).figure(row, row.other)})"
            for row in rows
            if row.force == force
        )
        several = len(request.forces) > 1
        yield Fact(data.forces[force].label if several else "OUTCOMES", ((said,),))
