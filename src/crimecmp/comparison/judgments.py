"""The inspectors' judgments of forces."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Judgment

if TYPE_CHECKING:
    from crimecmp.tables.dataset import Dataset


def judgments_of(data: Dataset, request: Request) -> list[Judgment]:
    """Return the judgments of the requested forces; empty where there are none.

    They are in the order of the sources' table, then of the questions', then of the forces.
    """
    questions = {row["question"]: row["label"] for row in data.rows("questions")}
    rows = [
        row
        for row in data.rows("judgments")
        if row["force"] in request.forces and request.source in (None, row["source"])
    ]
    sources = data.in_order(row["source"] for row in rows)
    grades = {
        (source, grade["judgment"]): grade for source in sources for grade in data.scale_of(source)
    }
    order = {question: place for place, question in enumerate(questions)}
    rows.sort(
        key=lambda row: (
            sources.index(row["source"]),
            order[row["question"]],
            request.forces.index(row["force"]),
        )
    )
    found = []
    for row in rows:
        grade = grades[row["source"], row["judgment"]]
        found.append(
            Judgment(
                force=row["force"],
                question=row["question"],
                judgment=row["judgment"],
                rank=int(grade["rank"]),
                positive=grade["positive"] == "true",
                summary=row["summary"] or None,
                source=row["source"],
                label=questions[row["question"]],
                locator=row["locator"] or None,
                grade=grade["label"],
                steps=len(data.scale_of(row["source"])),
            )
        )
    return found


def cycles(rows: Iterable[Judgment]) -> dict[str, list[Judgment]]:
    """Return judgments by their source: those of two are never in one order, nor counted together.

    An inspectorate changes what it asks and what its categories mean from one cycle of inspections
    to the next, so a source stands for one cycle.
    """
    found: dict[str, list[Judgment]] = {}
    for row in rows:
        found.setdefault(row.source, []).append(row)
    return found
