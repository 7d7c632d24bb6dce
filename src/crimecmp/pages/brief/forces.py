"""The brief page of one measure for several forces: side by side, or all in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Comparison
from crimecmp.comparison.verdict_words import NOT_TESTED, NOT_UNUSUAL
from crimecmp.document.brief import Brief, BriefTable, Field, Line
from crimecmp.pages.brief.figures import figures_table, points
from crimecmp.pages.brief.figures import title as one_title
from crimecmp.pages.brief.frame import remarks, year_to
from crimecmp.pages.part import Part
from crimecmp.pages.ranking import ranked_lines
from crimecmp.tables.dataset import Dataset
from crimecmp.tables.names import DEFAULT_BENCHMARK
from crimecmp.text import MISSING, ordinal, period_name, plural
from crimecmp.wording.answers import (
    among_all,
    changed,
    estimates,
    lower_first,
    short_percent,
    side_by_side,
    signed_percent,
    standing,
)
from crimecmp.wording.captions import source_line
from crimecmp.wording.cautions import every_caution
from crimecmp.wording.figure_words import level_words
from crimecmp.wording.labels import (
    KIND_LABELS,
    abbreviated,
    opponent_in_sentence,
    opponent_label,
)
from crimecmp.wording.row_marks import Marks
from crimecmp.wording.sentences import among_words_line, marked_verdict
from crimecmp.wording.units import Scale


def comparison_brief(
    data: Dataset, request: Request, parts: Sequence[Part], lost: Sequence[str]
) -> Brief:
    """Return the brief page of one measure, or of each, with the forces side by side.

    Parameters
    ----------
    data, request
        The tables, and what was asked for.
    parts
        The tables of the whole page, each of one kind of figure.
    lost
        What is said of measures that have no figure for the period asked for.
    """
    found = [_comparisons(part) for part in parts]
    every = [row for rows in found for row in rows]
    tables = [table for rows in found for table in _tables(data, request, rows, found)]
    titled = len(tables) > 1
    first = found[0]
    return Brief(
        _title(data, request, first),
        _answer(data, request, first),
        tuple(table._replace(title=table.title if titled else "") for table in tables),
        marks=tuple(dict.fromkeys(mark for rows in found for mark in _meanings(request, rows))),
        cautions=every_caution(data, request, every),
        remarks=_remarks(data, request, first, [*_changes_words(found), *lost]),
        source=source_line(data, (row.source for row in every)),
    )


def _remarks(
    data: Dataset, request: Request, rows: Sequence[Comparison], lost: Sequence[str]
) -> tuple[str, ...]:
    """Return what kind of verdicts the table shows, and who is missing from it."""
    others = [*_unranked(data, request, rows), *lost]
    if request.ranked and any(row.among.among_forces != NOT_TESTED for row in rows):
        return (among_words_line(rows), *others)
    return remarks(data, request, rows, every=others)


def _changes_words(found: Sequence[Sequence[Comparison]]) -> list[str]:
    """Say that changes beside rates are not changes of the rates."""
    rates = [row for row in found[0] if row.kind == "rate"]
    changes = [row for rows in found[1:] for row in rows if row.kind == "change"]
    shown = any(to_their_years(changes, [row]) for row in rates)
    return ["Changes are in the number recorded, not in the rate."] if shown else []


def to_their_years(changes: Iterable[Comparison], rows: Sequence[Comparison]) -> list[Comparison]:
    """Return the changes of the measures of some rows that are up to the years of those rows."""
    ends = {(row.metric, row.period_end) for row in rows}
    return [row for row in changes if (row.metric, row.period_end) in ends]


def _comparisons(part: Part) -> list[Comparison]:
    return [row for row in part.rows if isinstance(row, Comparison)]


def _table_of(rows: Sequence[Comparison]) -> str:
    return {"rate": "rates", "change": "changes", "outcome": "outcomes"}.get(
        rows[0].kind, rows[0].kind
    )


def _title(data: Dataset, request: Request, rows: Sequence[Comparison]) -> str:
    marks = Marks.of(rows)
    ends = {row.period_end for row in rows}
    year = f"year to {period_name(marks.end)}" if len(ends) == 1 else "latest year of each"
    if request.metric is None:
        subject = KIND_LABELS[_table_of(rows)].title
        forces = len({row.force for row in rows})
        if len(request.forces) == 1:
            return one_title(data, _table_of(rows), request, rows, marks)
        return f"{subject} of {forces} forces against {opponent_label(data, request)}, {year}"
    scale = _scale(request, rows)
    subject = f"{rows[0].label} {scale.unit}".rstrip()
    if request.ranked:
        forces = len({row.force for row in rows if row.force_value is not None})
        forces = max((row.among.forces_ranked or 0 for row in rows), default=0) or forces
        against = f" against {opponent_in_sentence(data, request)}" if _is_other(request) else ""
        return f"{subject}, {plural(forces, 'force')}{against}, {year}"
    against = f" against {opponent_in_sentence(data, request)}" if _is_other(request) else ""
    return f"{subject}{against}, {year}"


def _is_other(request: Request) -> bool:
    """Return whether the benchmark is another than England and Wales."""
    return request.opponent != DEFAULT_BENCHMARK


def _answer(data: Dataset, request: Request, rows: Sequence[Comparison]) -> tuple[str, ...]:
    against = opponent_in_sentence(data, request)
    metrics = dict.fromkeys(row.metric for row in rows)
    if request.ranked:
        first = [row for row in rows if row.metric == next(iter(metrics))]
        if rows[0].kind != "change":
            first = [row for row in first if not row.against_itself]
        said = among_all(data, first, request.asked, against, _scale(request, first))
        return _about(request, first, said)
    forces = list(dict.fromkeys(row.force for row in rows))
    if rows[0].kind == "change":
        return changed(data, [row for row in rows if row.force == forces[0]], against)
    if len(forces) > 1:
        first = [row for row in rows if row.metric == next(iter(metrics))]
        first = [row for row in first if not row.against_itself]
        said = side_by_side(data, first, against, Scale.of(first))
        return _about(request, first, said)
    if rows[0].kind == "satisfaction":
        return estimates(data, rows, against)
    return standing(data, rows, against)


def _scale(request: Request, rows: Sequence[Comparison]) -> Scale:
    """Return the scale of one measure: in a ranking that of the forces that are ranked."""
    ranked = [row for row in rows if row.force not in request.out_of_spread]
    return Scale.of(ranked if request.ranked and ranked else rows)


def _meanings(request: Request, rows: Sequence[Comparison]) -> tuple[str, ...]:
    """Return what the marks in the tables mean; there are none where a table has one measure."""
    return Marks.of(rows).meanings if request.metric is None and len(request.forces) == 1 else ()


def _about(request: Request, rows: Sequence[Comparison], said: tuple[str, ...]) -> tuple[str, ...]:
    """Return an answer with its measure before it, where the page has several."""
    return said if request.metric else (f"{rows[0].label}: {said[0]}", *said[1:])


def _tables(
    data: Dataset,
    request: Request,
    rows: Sequence[Comparison],
    found: Sequence[Sequence[Comparison]],
) -> list[BriefTable]:
    """Return the tables of one kind of figure: one for each measure, where forces are several."""
    if len(request.forces) == 1 and request.metric is None:
        marks = Marks.of(rows)
        title = f"{KIND_LABELS[_table_of(rows)].title} {marks.unit}".rstrip()
        if len({row.metric for row in rows}) == 1:
            title = f"{title}: {lower_first(rows[0].label)}"
        if marks.end != Marks.of(found[0]).end:
            title = f"{title}, year to {period_name(marks.end)}"
        table = figures_table(data, _table_of(rows), request, rows, marks)
        return [table._replace(title=title)]
    if rows is not found[0] and rows[0].kind == "change" and not request.ranked:
        rated = {row.metric for row in found[0] if row.kind == "rate"}
        rows = [row for row in rows if row.metric not in rated]
    tables = []
    changes = [row for others in found for row in others if row.kind == "change"]
    for metric in dict.fromkeys(row.metric for row in rows):
        its = [row for row in rows if row.metric == metric and not row.against_itself]
        if not its:
            continue
        if request.ranked:
            table = _ranking(data, request, its)
        elif its[0].kind == "change":
            table = _changes(data, request, its)
        else:
            table = _beside(data, request, its, to_their_years(changes, its))
        kind = "" if its[0].kind != "change" else " (changes)"
        title = f"{its[0].label} {_scale(request, its).unit}".rstrip()
        year = "" if len({row.period_end for row in its}) > 1 else f", {year_to(its[0])}"
        tables.append(table._replace(title=f"{title}{kind}{year}"))
    if request.ranked and request.metric and rows is not found[0]:
        return []
    return tables


def _beside(
    data: Dataset, request: Request, rows: Sequence[Comparison], changes: Sequence[Comparison]
) -> BriefTable:
    """Return the table of several forces side by side, with England and Wales at the end."""
    scale = Scale.of(rows)
    relative = rows[0].percent_difference is not None or rows[0].kind == "rate"
    spans = spans_of(changes) if rows[0].kind == "rate" else {}
    ranked = any(row.among.forces_rank is not None for row in rows)
    intervals = any(scale.interval(row.own) for row in rows)
    fields = (
        Field(""),
        Field(KIND_LABELS[_table_of(rows)].figure, "number"),
        *([Field(f"{level_words(rows[0])} interval", "words", 4)] if intervals else []),
        Field("diff" if relative else "points", "number", 1, "difference" if relative else ""),
        Field(""),
        *([Field("rank", "number", 2)] if ranked else []),
        *(Field(name, "number", 3, f"the change over {name}") for name in spans),
    )
    lines = []
    for row in rows:
        rank = row.among.forces_rank
        lines.append(
            Line(
                (
                    data.forces[row.force].label,
                    scale.figure(row, row.own),
                    *([scale.interval(row.own)] if intervals else []),
                    short_percent(row.percent_difference) if relative else points(row),
                    marked_verdict(row),
                    *([ordinal(rank) if rank is not None else ""] if ranked else []),
                    *(change_of(its, row.force) for its in spans.values()),
                ),
                asked=False,
            )
        )
    other = next((row for row in rows if row.benchmark_value is not None), None)
    if other is not None:
        blank = ("",) * (len(fields) - 2 - len(spans))
        lines.append(
            Line(
                (
                    opponent_label(data, request),
                    scale.figure(other, other.other),
                    *blank,
                    *(_benchmark_change(its) for its in spans.values()),
                )
            )
        )
    return BriefTable(fields, tuple(lines))


def spans_of(changes: Sequence[Comparison]) -> dict[str, list[Comparison]]:
    """Return the changes by the time that they are over: `1 year`, `4 years`."""
    spans: dict[int, list[Comparison]] = {}
    for row in changes:
        before = row.base_period_end
        if before is not None and before.month == row.period_end.month:
            spans.setdefault(row.period_end.year - before.year, []).append(row)
    return {f"{years} year{'' if years == 1 else 's'}": spans[years] for years in sorted(spans)}


def change_of(changes: Sequence[Comparison], force: str) -> str:
    """Return the change of a force; empty where there is none."""
    row = next((row for row in changes if row.force == force), None)
    return "" if row is None else short_percent(row.force_value)


def _benchmark_change(changes: Sequence[Comparison]) -> str:
    row = next((row for row in changes if row.benchmark_value is not None), None)
    return "" if row is None else short_percent(row.benchmark_value)


def _changes(data: Dataset, request: Request, rows: Sequence[Comparison]) -> BriefTable:
    """Return the table of the changes of several forces, a line a force and a span."""
    fields = (
        Field(""),
        Field("Since"),
        Field("Change", "number"),
        Field(abbreviated(opponent_label(data, request)), "number", 2),
        Field("points", "number", 3),
        Field(""),
    )
    lines = [
        Line(
            (
                data.forces[row.force].label,
                period_name(row.base_period_end) if row.base_period_end else "",
                MISSING if row.force_value is None else signed_percent(row.own),
                MISSING if row.benchmark_value is None else signed_percent(row.other),
                points(row),
                marked_verdict(row),
            )
        )
        for row in rows
    ]
    return BriefTable(fields, tuple(lines))


def _ranking(data: Dataset, request: Request, rows: Sequence[Comparison]) -> BriefTable:
    """Return the table of all forces in order of their figures, with the benchmark among them."""
    scale = _scale(request, rows)
    relative = rows[0].kind == "rate"
    dated = len({row.period_end for row in rows}) > 1
    since = rows[0].kind == "change"
    tested = any(row.among.among_forces != NOT_TESTED for row in rows)
    fields = (
        Field("", "number"),
        Field(""),
        *([Field("Year to", use=3)] if dated else []),
        *([Field("Since", use=3)] if since else []),
        Field(KIND_LABELS[_table_of(rows)].figure, "number"),
        Field("", "bar", 5, "the bars"),
        Field("diff" if relative else "points", "number", 2, "difference" if relative else ""),
        Field("", use=0),
    )
    said: Callable[[Comparison], str] = _among if tested else marked_verdict
    lines = []
    for row, name, side, rank, benchmark in ranked_lines(
        data, request, rows, opponent_label(data, request)
    ):
        value = side.value
        lines.append(
            Line(
                (
                    MISSING if benchmark else rank.partition(" ")[0],
                    name,
                    *([period_name(row.period_end)] if dated else []),
                    *([period_name(row.base_period_end)] if since and row.base_period_end else []),
                    scale.figure(row, side),
                    "",
                    "" if benchmark else _difference(row, relative=relative),
                    "" if benchmark else said(row),
                ),
                # A rate where hardly anyone lives would leave no room for the others' bars.
                bar=None if row.force in request.out_of_spread else value,
                asked=not benchmark and row.force in request.asked,
            )
        )
    return BriefTable(fields, tuple(lines), marking=bool(request.asked))


def _difference(row: Comparison, *, relative: bool) -> str:
    return short_percent(row.percent_difference) if relative else points(row)


def _among(row: Comparison) -> str:
    """Return whether a force is unusual among forces; empty where it is not."""
    return "" if row.among.among_forces in (NOT_UNUSUAL, NOT_TESTED) else row.among.among_forces


def _unranked(data: Dataset, request: Request, rows: Sequence[Comparison]) -> list[str]:
    """Say which forces have no figure, and what an empty verdict means in a ranking."""
    if not request.ranked and len(request.forces) == 1:
        return []
    shown = {row.force for row in rows}
    missing = [force for force in request.forces if force not in shown]
    said = []
    if missing and len(missing) < len(request.forces):
        names = [data.forces[force].label for force in missing]
        listed = ", ".join(names) if len(names) <= _FEW else f"{len(names)} forces"
        said.append(f"No such figure for {listed}.")
    outside = [
        data.forces[force].label
        for force in request.out_of_spread
        if force in shown and force not in request.asked  # of those asked for a caution tells
    ]
    if request.ranked and outside and rows[0].kind == "rate":
        said.append(f"{', '.join(outside)} is not ranked: hardly anyone lives there.")
    return said


_FEW = 3
