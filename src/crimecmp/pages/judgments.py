"""The page of the inspectors' judgments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import partial

from crimecmp.comparison.judgments import cycles, judgments_of
from crimecmp.comparison.request import Request, no_figures
from crimecmp.comparison.row import Judgment, columns
from crimecmp.document.brief import Brief, Offer
from crimecmp.document.report import Note, Report
from crimecmp.pages.page import page_of
from crimecmp.pages.part import Part, Shown, section
from crimecmp.tables.cells import split_list
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words
from crimecmp.wording.cycles import NOT_COMPARED, cycle_heading, cycle_names, with_publication
from crimecmp.wording.labels import full_names
from crimecmp.wording.notes import Place, found_in, more_sources, reservations


def judgments_page(data: Dataset, request: Request) -> Report:
    """Return the page of the inspectors' judgments.

    Raises
    ------
    NoFiguresError
        Where the data have no judgment of the force.
    """
    parts = judgments_parts(data, request)
    if not parts:
        raise no_figures(data, "judgments", request)
    names = full_names(data, request.forces)
    sources = [part.rows[0].source for part in parts]
    title = with_publication(data, f"{names}: the inspectors' judgments", sources)
    page = page_of(data, title, parts, columns(Judgment))
    return page._replace(brief=partial(_brief, data, request, parts))


def _brief(data: Dataset, request: Request, parts: Sequence[Part]) -> Brief:
    from crimecmp.pages.brief.lists import judgments_brief

    rows = [row for part in parts for row in part.rows if isinstance(row, Judgment)]
    return judgments_brief(data, request, rows)._replace(offers=(Offer("notes"),))


def judgments_parts(data: Dataset, request: Request) -> list[Part]:
    """Return a table for each cycle of the forces' judgments; empty where there are none."""
    of_cycles = cycles(judgments_of(data, request))
    names = cycle_names(data, of_cycles)
    parts = []
    for place, (source, rows) in enumerate(of_cycles.items()):
        is_first, is_last = not place, place == len(of_cycles) - 1
        tally = Counter(row.grade.lower() for row in sorted(rows, key=lambda row: row.rank or 0))
        notes = [
            *([Note(NOT_COMPARED)] if is_first and not is_last else []),
            Note(f"In all: {in_words(f'{number} {grade}' for grade, number in tally.items())}."),
            _scale_note(data, source),
            *(_last_notes(data, request, of_cycles) if is_last else []),
            *found_in(data, [Place(row.source, row.locator, row.label) for row in rows]),
        ]
        title = ": ".join(filter(None, ["Judgments", cycle_heading(data, source, names[source])]))
        key = "judgments" if is_first else f"judgments-{place + 1}"
        parts.append(Part(section(key, title, _COLUMNS, rows, notes), rows))
    return parts


def judgments_together(data: Dataset, request: Request) -> list[Part]:
    """Return the tables of judgments for a page of everything about the forces."""
    parts = judgments_parts(data, request)
    return [part for part in parts if request.puts_together(part.rows[0].source)]


def _last_notes(data: Dataset, request: Request, sources: Collection[str]) -> Iterable[Note]:
    """Yield what is to be known of all judgments."""
    yield from reservations(data, "judgments", request, ())
    yield from more_sources(data, "judgments", request, sources)


_COLUMNS: Sequence[Shown[Judgment]] = (
    Shown("Question", lambda row: row.label),
    Shown("Judgment", lambda row: row.grade),
    Shown(
        "On the scale",
        lambda row: f"{row.rank} of {row.steps}, {'positive' if row.positive else 'negative'}",
        "step",
    ),
    Shown("Grounds", lambda row: split_list(row.summary or ""), "list"),
)


def _scale_note(data: Dataset, source: str) -> Note:
    scale = data.scale_of(source)
    sign = {"true": "positive", "false": "negative"}
    steps = in_words(
        f"{row['rank']} {row['label'].lower()} ({sign[row['positive']]})" for row in scale
    )
    return Note(f"The scale: {steps}.", scale[0]["source"], scale[0]["locator"])
