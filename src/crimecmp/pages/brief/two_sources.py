"""The brief page of counts that two sources published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Reproduction
from crimecmp.document.brief import Brief, BriefTable, Field, Line, Offer
from crimecmp.tables.dataset import Dataset
from crimecmp.wording.captions import source_line
from crimecmp.wording.labels import column_label
from crimecmp.wording.two_sources import (
    NO_VERDICT,
    answers,
    editions,
    percent_off,
    reasons,
    source_labels,
)


def two_sources_brief(
    data: Dataset, request: Request, title: str, tables: Mapping[str, Sequence[Reproduction]]
) -> Brief:
    """Return the brief page of some tables of counts, by their titles."""
    rows = [row for its in tables.values() for row in its]
    return Brief(
        title,
        answers(data, request.forces, rows),
        tuple(_table(data, rows, title, its) for title, its in tables.items()),
        cautions=tuple(reasons(data, rows)),
        remarks=(editions(data, rows), NO_VERDICT),
        source=source_line(data, (rows[0].source, rows[0].worked_source)),
        offers=(Offer("notes"),),
    )


def _table(
    data: Dataset, every: Sequence[Reproduction], title: str, rows: Sequence[Reproduction]
) -> BriefTable:
    fields = (
        Field(""),
        *(Field(label, "number") for label in source_labels(data, every)),
        Field("Difference", "number"),
        Field("%", "number"),
    )
    of_one_area = len({row.force for row in rows}) == 1
    lines = [
        Line(
            (
                column_label(data, row.metric, row.label)
                if of_one_area
                else data.forces[row.force].label,
                f"{row.printed:,.0f}",
                f"{row.worked_out:,.0f}",
                f"{row.off:+,.0f}" if row.off else "0",
                percent_off(row),
            )
        )
        for row in rows
    ]
    return BriefTable(fields, tuple(lines), title)
