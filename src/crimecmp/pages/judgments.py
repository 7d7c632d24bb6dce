"""The page of the inspectors' judgments."""

from __future__ import annotations

from collections import Counter

from crimecmp.compare import judged, records
from crimecmp.comparison.columns import JUDGMENT_ROW
from crimecmp.pages.notes import found_in, more_figures, reservations
from crimecmp.pages.page import page_of
from crimecmp.pages.wording import full_names
from crimecmp.report import Column, Note, Report, Section
from crimecmp.selection import Selection, no_figures
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words


def judgments_page(data: Dataset, selection: Selection) -> Report:
    """Return the page of the inspectors' judgments.

    Raises
    ------
    NoFiguresError
        Where the data hold no judgment of the force.
    """
    section = judgments_section(data, selection)
    if section is None:
        raise no_figures(data, "judgments", selection)
    title = f"{full_names(data, selection.forces)}: the inspectors' judgments"
    return page_of(data, title, [section], JUDGMENT_ROW)


def judgments_section(data: Dataset, selection: Selection) -> Section | None:
    """Return the table of the forces' judgments; None where there is none."""
    rows = records(judged(data, selection))
    if not rows:
        return None
    scale = data.rows("scale")
    labels = {row["judgment"]: row["label"] for row in scale}
    shown = [
        {
            **record,
            "kind": "judgment",
            "judgment_label": labels[str(record["judgment"])],
            "standing": f"{record['rank']} of {len(scale)}, "
            + ("positive" if record["positive"] else "negative"),
        }
        for record in rows
    ]
    columns = (
        Column("Question", "label"),
        Column("Judgment", "judgment_label"),
        Column("On the scale", "standing"),
        Column("Grounds", "summary", "list"),
    )
    counted = Counter(str(record["judgment_label"]) for record in shown)
    tally = in_words(
        f"{counted[label]} {label.lower()}" for label in labels.values() if counted[label]
    )
    sign = {"true": "positive", "false": "negative"}
    steps = in_words(
        f"{row['rank']} {row['label'].lower()} ({sign[row['positive']]})" for row in scale
    )
    notes = [
        Note(f"In all: {tally}."),
        Note(f"The scale: {steps}.", scale[0]["source"], scale[0]["locator"]),
        *reservations(data, "judgments", selection, rows),
        *more_figures(data, "judgments", selection, rows),
        *found_in(data, rows),
    ]
    return Section("Judgments", columns, shown, tuple(notes))
