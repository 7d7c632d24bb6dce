"""Pages of figures: of one kind, on one measure, or everything about a force."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from crimecmp.comparison.kinds import KINDS
from crimecmp.comparison.pairing import paired
from crimecmp.comparison.request import Request, no_figures
from crimecmp.comparison.row import Comparison, Judgment, columns, page_columns
from crimecmp.comparison.rows import Answer, answer_to
from crimecmp.document.brief import Brief, Offer
from crimecmp.document.report import Note, Report
from crimecmp.pages.columns import (
    Columns,
    among_columns,
    count_columns,
    figure_columns,
    head_columns,
    source_columns,
    unit_columns,
    verdict_columns,
)
from crimecmp.pages.judgments import judgments_together
from crimecmp.pages.newest import newest
from crimecmp.pages.offers import offers
from crimecmp.pages.page import page_of
from crimecmp.pages.part import Part, section
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words
from crimecmp.wording.cycles import NOT_COMPARED
from crimecmp.wording.labels import KIND_LABELS, headline
from crimecmp.wording.notes import (
    MARGIN_NOTE,
    coverage,
    figure_places,
    found_in,
    group_notes,
    lost_to_period,
    missing_forces,
    more_periods,
    more_sources,
    reservations,
    row_notes,
    spread_notes,
    verdict_notes,
)
from crimecmp.wording.row_marks import with_year


def figures_page(data: Dataset, table: str, request: Request) -> Report:
    """Return the page of one kind of figure.

    Raises
    ------
    NoFiguresError
        Where the data have no such figure for the requested forces.
    """
    several = len(request.forces) > 1
    part = _part(data, answer_to(data, table, request), side_by_side=several)
    if part is None:
        raise no_figures(data, table, request)
    title = f"{headline(data, request)}: {part.section.title.lower()}"
    if request.metric:
        title = f"{data.metrics[request.metric].label}: {title}"
    page = page_of(data, _titled(title, request, [part]), [part], columns(Comparison))
    return page._replace(brief=partial(_figures_brief, data, table, request, part))


def _figures_brief(data: Dataset, table: str, request: Request, part: Part) -> Brief:
    from crimecmp.pages.brief.figures import figures_brief

    rows = [row for row in part.rows if isinstance(row, Comparison)]
    brief = figures_brief(data, table, request, rows, _lost_words(data, request, [part]))
    return brief._replace(offers=offers(data, request, [part]))


def comparison_page(data: Dataset, request: Request) -> Report:
    """Return the page of figures on one metric, or on each, with the forces side by side.

    Raises
    ------
    NoFiguresError
        Where the data have no such figure for any of the forces.
    """
    found, notes = parts_of(data, request, side_by_side=True)
    if not found:
        raise no_figures(data, "figures", request)
    title = headline(data, _with_figures(request, found))
    if request.metric:
        title = f"{data.metrics[str(request.metric)].label}: {title}"
    page = page_of(data, _titled(title, request, found), found, columns(Comparison), notes)
    return page._replace(brief=partial(_comparison_brief, data, request, found))


def _comparison_brief(data: Dataset, request: Request, parts: Sequence[Part]) -> Brief:
    from crimecmp.pages.brief.forces import comparison_brief

    brief = comparison_brief(data, request, parts, _lost_words(data, request, parts))
    return brief._replace(offers=offers(data, request, parts))


def _titled(title: str, request: Request, parts: Sequence[Part]) -> str:
    """Return a title with the year of most figures of the first table, unless every year is wanted.

    Tables of other kinds of figures have their own years in them.
    """
    rows = [row for part in parts[:1] for row in part.rows if isinstance(row, Comparison)]
    return title if request.every_period else with_year(title, rows)


def _with_figures(request: Request, parts: Sequence[Part]) -> Request:
    """Return the request with only the forces that have a figure, where all forces are ranked."""
    if not request.ranked:
        return request
    having = {row.force for part in parts for row in part.rows if isinstance(row, Comparison)}
    return request._replace(forces=tuple(force for force in request.forces if force in having))


def whole_page(data: Dataset, request: Request, *, tables: bool = False) -> Report:
    """Return the page of everything about some forces: figures of each kind, then judgments.

    Its brief form is a profile, or with `tables` all the tables.

    Raises
    ------
    NoFiguresError
        Where the data have nothing on them.
    """
    found, notes = parts_of(data, request, side_by_side=len(request.forces) > 1)
    found += judgments_together(data, request)
    if not found:
        raise no_figures(data, "figures", request)
    title = _titled(headline(data, request), request, found)
    page = page_of(data, title, found, page_columns(), notes)
    return page._replace(brief=partial(_every_table if tables else _profile, data, request, found))


def _every_table(data: Dataset, request: Request, parts: Sequence[Part]) -> Brief:
    from crimecmp.comparison.claims import claims_of
    from crimecmp.pages.brief.lists import claims_table, judgments_brief

    judged = [row for part in parts for row in part.rows if isinstance(row, Judgment)]
    figured = [part for part in parts if not isinstance(part.rows[0], Judgment)]
    judgments = judgments_brief(data, request, judged)
    if not figured:
        return judgments
    brief = _comparison_brief(data, request, figured)
    more = [
        table._replace(title=": ".join(filter(None, ["Judgments", table.title])))
        for table in judgments.tables
    ]
    claims = claims_of(data, request)
    more += [claims_table(claims)] if claims else []
    title = _profile(data, request, parts).title
    cannot = [NOT_COMPARED] if len(judgments.tables) > 1 else []
    remarks = (*brief.remarks, *cannot)
    return brief._replace(title=title, tables=(*brief.tables, *more), remarks=remarks)


def _profile(data: Dataset, request: Request, parts: Sequence[Part]) -> Brief:
    from crimecmp.comparison.claims import claims_of
    from crimecmp.pages.brief.profile import profile

    rows = [row for part in parts for row in part.rows]
    figures = [row for row in rows if isinstance(row, Comparison)]
    if data.choice.main and figures:
        from crimecmp.pages.brief.measures import measures_profile

        brief = measures_profile(data, request, figures)
    else:
        judgments = [row for row in rows if isinstance(row, Judgment)]
        brief = profile(data, request, [*figures, *judgments], claims_of(data, request))
    others = [offer for offer in offers(data, request, parts) if offer.kind != "latest"]
    first = (Offer("tables"), Offer("page", request.forces[0]), *newest(data, "rates"))
    return brief._replace(offers=(*first, *others))


def _lost_words(data: Dataset, request: Request, parts: Sequence[Part]) -> list[str]:
    return [note.text for part in parts for note in lost_to_period(data, request, part.rows)]


class FoundParts(NamedTuple):
    """Tables from one source, and notes on those from another."""

    parts: list[Part]
    notes: tuple[Note, ...]


def parts_of(data: Dataset, request: Request, *, side_by_side: bool) -> FoundParts:
    """Return a table for each kind of figure, all from the source of the first.

    A file that names no source is a source itself, so each table may have its own.
    """
    described = data.by_id("sources")
    found: list[Part] = []
    elsewhere: dict[str, list[str]] = {}
    together = data.choice.together
    source = request.source
    for table in KINDS:
        answer = answer_to(data, table, request._replace(source=source))
        if answer.source is None and source != request.source:
            answer = answer_to(data, table, request)
            if answer.source in described and not {answer.source, source} <= together:
                elsewhere.setdefault(str(answer.source), []).append(
                    KIND_LABELS[table].title.lower()
                )
                continue
        part = _part(data, answer, side_by_side=side_by_side)
        if part is not None:
            found.append(part)
            source = source or (answer.source if answer.source in described else None)
    notes = (
        Note(f"Of another source, {name}: {in_words(titles)}.")
        for name, titles in elsewhere.items()
    )
    return FoundParts(found, tuple(notes))


def _part(data: Dataset, answer: Answer, *, side_by_side: bool) -> Part | None:
    if answer.source is None:
        return None
    request, table = answer.request, answer.kind.table
    rows = paired(data, answer)
    notes = _notes(data, table, request, rows, side_by_side=side_by_side)
    if request.ranked:
        from crimecmp.pages.ranking import ranking

        return ranking(data, table, request, rows, notes)
    shown: Columns = [
        *head_columns(data, request, side_by_side=side_by_side),
        *unit_columns(table, rows),
        *figure_columns(data, table, request, side_by_side=side_by_side),
        *count_columns(data, request, rows),
        *verdict_columns(rows),
        *(among_columns(rows) if side_by_side else []),
        *source_columns(rows),
    ]
    return Part(section(table, KIND_LABELS[table].title, shown, rows, notes), rows)


def _notes(
    data: Dataset,
    table: str,
    request: Request,
    rows: Sequence[Comparison],
    *,
    side_by_side: bool,
) -> tuple[Note, ...]:
    return (
        *verdict_notes(data, request, rows, side_by_side=side_by_side),
        *(spread_notes(rows) if side_by_side else []),
        *group_notes(data, rows),
        *([MARGIN_NOTE] if table == "satisfaction" else []),
        *coverage(data, request, rows),
        *lost_to_period(data, request, rows),
        *missing_forces(data, request, rows),
        *row_notes(data, rows),
        *reservations(data, table, request, rows),
        *more_sources(data, table, request, {row.source for row in rows}),
        *more_periods(data, table, request, rows),
        *found_in(data, figure_places(data, rows)),
    )
