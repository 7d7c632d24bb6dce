"""The brief pages of judgments, claims, reproduced figures, and of what there is to name."""

from __future__ import annotations

from collections.abc import Sequence

from crimecmp.comparison.judgments import cycles
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Claim, Judgment, Reproduction
from crimecmp.comparison.verdict_words import CANNOT
from crimecmp.document.brief import Brief, BriefTable, Fact, Field, Line
from crimecmp.document.report import Section
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words, places_shown, rounded
from crimecmp.wording.answers import (
    claim_words,
    in_order,
    judged,
    lower_first,
    matched,
    support_words,
    supported,
    upper_first,
)
from crimecmp.wording.captions import source_line
from crimecmp.wording.cycles import NOT_COMPARED, cycle_heading, cycle_names, with_publication
from crimecmp.wording.labels import abbreviated, column_label


def judgments_brief(data: Dataset, request: Request, rows: Sequence[Judgment]) -> Brief:
    """Return the brief page of judgments: a table a cycle, a line a question."""
    of_cycles = cycles(rows)
    of_year = cycle_names(data, of_cycles)
    several = len(of_cycles) > 1
    names = in_words(data.by_id("forces")[force]["name"] for force in request.forces)
    return Brief(
        with_publication(data, f"{names}: the inspectors' judgments", of_cycles),
        tuple(
            f"{of_year[source]}: {lower_first(judged(its))}" if several else judged(its)
            for source, its in of_cycles.items()
        ),
        tuple(
            _judgments_table(data, request, its, cycle_heading(data, source, of_year[source]))
            for source, its in of_cycles.items()
        ),
        remarks=(
            *(
                f"Steps{f' in {of_year[source]}' if several else ''}: {_steps(data, source)}."
                for source in of_cycles
            ),
            *([NOT_COMPARED] if several else []),
        ),
        source=source_line(data, of_cycles),
    )


def _steps(data: Dataset, source: str) -> str:
    return in_words(f"{row['rank']} {row['label'].lower()}" for row in data.scale_of(source))


def _judgments_table(
    data: Dataset, request: Request, rows: Sequence[Judgment], title: str
) -> BriefTable:
    several = len(request.forces) > 1
    fields = (
        *([Field("")] if several else []),
        Field("Question"),
        Field("Judgment"),
        Field("Step (1 is best)"),
    )
    lines = [
        Line(
            (
                *([data.forces[row.force].label] if several else []),
                row.label,
                row.grade,
                f"{row.rank} of {row.steps}",
            )
        )
        for row in rows
    ]
    return BriefTable(fields, tuple(lines), title)


def claims_brief(data: Dataset, request: Request, claims: Sequence[Claim]) -> Brief:
    """Return the brief page of claims: a line a claim, under how far the figures support it."""
    groups: dict[str, list[tuple[str, ...]]] = {}
    for number, claim in enumerate(claims, 1):
        groups.setdefault(support_words(claim), []).append((f"{number:2}", claim_words(claim)))
    names = in_words(data.by_id("forces")[force]["name"] for force in request.forces)
    title = f"{names}: what is claimed, and what the figures support"
    return Brief(
        with_publication(data, title, (claim.source for claim in claims)),
        (f"Claims: {supported(claims)}.",),
        facts=tuple(Fact(_headed(words), tuple(groups[words])) for words in in_order(groups)),
        source=source_line(data, (claim.source for claim in claims)),
    )


def claims_table(claims: Sequence[Claim]) -> BriefTable:
    """Return the table of claims among others: a line a claim, and what the figures say of it."""
    lines = tuple(Line((claim_words(claim), support_words(claim))) for claim in claims)
    return BriefTable((Field("Claim"), Field("By the figures")), lines, "Claims")


def _headed(words: str) -> str:
    """Return a degree of support as a heading over the claims that have it."""
    by = " by the figures" if words.endswith("supported") else ""
    return f"{upper_first(words)}{by}"


def reproduction_brief(
    data: Dataset, title: str, rows: Sequence[Reproduction], results: dict[str, str]
) -> Brief:
    """Return the brief page of printed figures beside those calculated from counts."""
    fields = (
        Field("Measure"),
        Field("Area"),
        Field("Since"),
        Field("Printed", "number"),
        Field("Calculated", "number", 2),
        Field("Result"),
    )
    lines = [
        Line(
            (
                column_label(data, row.metric, row.label),
                abbreviated(data.forces[row.force].label),
                f"{row.base_period_end:%b %Y}" if row.base_period_end else "",
                _with_unit(row, row.printed, places_shown(row.printed, row.printed_decimals)),
                _with_unit(row, row.worked_out, _THOUSANDTHS),
                f"off by {rounded(row.off, row.printed_decimals, signed=True)}"
                if row.off
                else _NARROW_RESULTS.get(row.result, row.result),
            )
        )
        for row in rows
    ]
    return Brief(
        title,
        (matched(rows, results),),
        (BriefTable(fields, tuple(lines)),),
        source=source_line(data, (s for row in rows for s in (row.source, row.worked_source))),
    )


def _with_unit(row: Reproduction, value: float | None, places: int) -> str:
    """Return a figure with its sign for per cent; empty for none."""
    return "" if value is None else f"{rounded(value, places)}{'%' if row.unit == '%' else ''}"


_THOUSANDTHS = 3
_NARROW_RESULTS = {CANNOT: "not calculated"}


def names_brief(section: Section, answer: str, kept: Sequence[str]) -> Brief:
    """Return the brief page of what can be named: a line a name, with some of its columns.

    Parameters
    ----------
    section
        The table of the whole page.
    answer
        How many there are.
    kept
        The headings of the columns to show.
    """
    labels = [column.label for column in section.columns]
    places = [labels.index(label) for label in kept]
    fields = [Field(label, use=_USES.get(label, 0)) for label in kept]
    lines = [Line(tuple(row[place] for place in places)) for row in section.cells]
    return Brief(section.title, (answer,), (BriefTable(tuple(fields), tuple(lines)),))


_USES = {"Region": 1, "Unit": 1}
"""The columns that are left out where there is no room."""


def explanation_brief(title: str, plain: str, points: Sequence[tuple[str, str]]) -> Brief:
    """Return the explanation of a measure or a method: what it does, then a fact a point."""
    answer = (plain,) if plain else ()
    return Brief(
        title, answer, facts=tuple(Fact(upper_first(name), ((text,),)) for name, text in points)
    )
