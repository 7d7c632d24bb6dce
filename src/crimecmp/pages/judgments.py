"""The page of the inspectors' judgments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

from crimecmp.comparison.judgments import judgments_of
from crimecmp.comparison.request import Request, no_figures
from crimecmp.comparison.row import Judgment, columns
from crimecmp.document.brief import Brief, Offer
from crimecmp.document.report import Note, Report
from crimecmp.pages.page import page_of
from crimecmp.pages.part import Part, Shown, section
from crimecmp.tables.cells import split_list
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words
from crimecmp.wording.labels import full_names
from crimecmp.wording.notes import Place, found_in, more_sources, reservations


def judgments_page(data: Dataset, request: Request) -> Report:
    """Return the page of the inspectors' judgments.

    Raises
    ------
    NoFiguresError
        Where the data have no judgment of the force.
    """
    part = judgments_part(data, request)
    if part is None:
        raise no_figures(data, "judgments", request)
    title = f"{full_names(data, request.forces)}: the inspectors' judgments"
    page = page_of(data, title, [part], columns(Judgment))
    return page._replace(brief=partial(_brief, data, request, part))


def _brief(data: Dataset, request: Request, part: Part) -> Brief:
    from crimecmp.pages.brief.lists import judgments_brief

    rows = [row for row in part.rows if isinstance(row, Judgment)]
    brief = judgments_brief(data, request, judgment_labels(data), rows)
    return brief._replace(offers=(Offer("notes"),))


def judgments_part(data: Dataset, request: Request) -> Part | None:
    """Return the table of the forces' judgments; None where there are none."""
    rows = judgments_of(data, request)
    if not rows:
        return None
    labels = judgment_labels(data)
    counted = Counter(labels[row.judgment] for row in rows)
    tally = in_words(
        f"{counted[label]} {label.lower()}" for label in labels.values() if counted[label]
    )
    places = [Place(row.source, row.locator, row.label) for row in rows]
    notes = [
        Note(f"In all: {tally}."),
        _scale_note(data),
        *reservations(data, "judgments", request, ()),
        *more_sources(data, "judgments", request, {row.source for row in rows}),
        *found_in(data, places),
    ]
    return Part(section("judgments", "Judgments", _columns(labels), rows, notes), rows)


def judgment_labels(data: Dataset) -> dict[str, str]:
    """Return the labels of the categories of the scale by their ids, the best first."""
    return {row["judgment"]: row["label"] for row in data.rows("scale")}


def _columns(labels: Mapping[str, str]) -> Sequence[Shown[Judgment]]:
    return (
        Shown("Question", lambda row: row.label),
        Shown("Judgment", lambda row: labels[row.judgment]),
        Shown(
            "On the scale",
            lambda row: (
                f"{row.rank} of {len(labels)}, {'positive' if row.positive else 'negative'}"
            ),
            "step",
        ),
        Shown("Grounds", lambda row: split_list(row.summary or ""), "list"),
    )


def _scale_note(data: Dataset) -> Note:
    scale = data.rows("scale")
    sign = {"true": "positive", "false": "negative"}
    steps = in_words(
        f"{row['rank']} {row['label'].lower()} ({sign[row['positive']]})" for row in scale
    )
    return Note(f"The scale: {steps}.", scale[0]["source"], scale[0]["locator"])
