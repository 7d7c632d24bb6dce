"""The inspectors' judgments of forces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Judgment

if TYPE_CHECKING:
    from crimecmp.tables.dataset import Dataset


def judgments_of(data: Dataset, request: Request) -> list[Judgment]:
    """Return the judgments of the requested forces; empty where there are none.

    They are in the order of the questions' table, then in that of the forces.
    """
    questions = {row["question"]: row["label"] for row in data.rows("questions")}
    scale = data.by_id("scale")
    rows = data.rows("judgments")
    found = []
    for force in request.forces:
        its = [row for row in rows if row["force"] == force]
        source = request.source or next(iter(data.in_order(row["source"] for row in its)), None)
        found += [row for row in its if row["source"] == source]
    order = {question: place for place, question in enumerate(questions)}
    found.sort(key=lambda row: order[row["question"]])
    return [
        Judgment(
            force=row["force"],
            question=row["question"],
            judgment=row["judgment"],
            rank=int(scale[row["judgment"]]["rank"]),
            positive=scale[row["judgment"]]["positive"] == "true",
            summary=row["summary"] or None,
            source=row["source"],
            label=questions[row["question"]],
            locator=row["locator"] or None,
        )
        for row in found
    ]
