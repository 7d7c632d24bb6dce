"""The page of counts that two sources published, one beside the other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Reproduction, columns
from crimecmp.document.report import Note, Report
from crimecmp.pages.brief.two_sources import two_sources_brief
from crimecmp.pages.page import page_of
from crimecmp.pages.part import Part, Shown, section
from crimecmp.tables.dataset import Dataset, described_sources
from crimecmp.text import period_name
from crimecmp.wording.two_sources import (
    NO_VERDICT,
    answers,
    editions,
    percent_off,
    reasons,
    source_labels,
    title,
)


def two_sources_page(data: Dataset, request: Request, rows: Sequence[Reproduction]) -> Report:
    """Return the page of counts, each beside that of another source.

    The tables are by measure; those of one force are by area.
    """
    by_area = len(request.forces) == 1
    tables: dict[str, list[Reproduction]] = {}
    for row in rows:
        about = data.forces[row.force].label if by_area else row.label
        tables.setdefault(about, []).append(row)
    parts = [
        Part(
            section(
                its[0].force if by_area else its[0].metric,
                about,
                _columns(data, rows, by_area=by_area),
                its,
                [Note(said) for said in reasons(data, its)],
            ),
            its,
        )
        for about, its in tables.items()
    ]
    headed = title(data, request.forces, rows)
    said = (*answers(data, request.forces, rows), editions(data, rows), NO_VERDICT)
    page = page_of(data, headed, parts, columns(Reproduction), tuple(map(Note, said)))
    return page._replace(
        sources=described_sources(data, (rows[0].source, rows[0].worked_source)),
        brief=partial(two_sources_brief, data, request, headed, tables),
    )


_END = Shown[Reproduction]("12 months to", lambda row: period_name(row.period_end), "period")


def _columns(
    data: Dataset, rows: Sequence[Reproduction], *, by_area: bool
) -> tuple[Shown[Reproduction], ...]:
    published, other = source_labels(data, rows)
    return (
        Shown("Measure", lambda row: row.label)
        if by_area
        else Shown("Area", lambda row: data.forces[row.force].label),
        *([_END] if len({row.period_end for row in rows}) > 1 else []),
        Shown(published, lambda row: f"{row.printed:,.0f}", "number"),
        Shown(other, lambda row: f"{row.worked_out:,.0f}", "number"),
        Shown("Difference", lambda row: f"{row.off:+,.0f}" if row.off else "0", "number"),
        Shown("Difference, %", lambda row: percent_off(row).removesuffix("%"), "number"),
        Shown(f"Where, {published}", lambda row: row.locator),
        Shown(f"Where, {other}", lambda row: row.worked_locator),
    )
