"""The words around a table or a picture: units, cautions and sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Comparison
from crimecmp.document.attribution import attribution, publisher_words
from crimecmp.tables.cells import per
from crimecmp.tables.dataset import Dataset, described_sources
from crimecmp.tables.licence import OGL
from crimecmp.wording.notes import missing_forces, reservations

NO_GOOD_DIRECTION = "A higher or a lower rate of recorded crime is not in itself better or worse."


def unit_words(unit: str) -> str:
    """Return a unit with a capital, to begin a line: `Per 1,000 households`."""
    return "Percentage" if unit == "%" else unit[:1].upper() + unit[1:]


def source_words(data: Dataset, rows: Sequence[Comparison]) -> tuple[str, ...]:
    """Return a line for each source of some rows, with locators, then the attribution."""
    found = described_sources(data, data.in_order(row.source for row in rows))
    lines = []
    for source in found:
        places = dict.fromkeys(
            locator.rstrip(".")
            for row in rows
            for locator in (row.locator, row.benchmark_locator)
            if row.source == source["source"] and locator
        )
        where = f"Where: {'; '.join(places)}" if 0 < len(places) <= _MOST_PLACES else ""
        name = (
            source["source"]
            if source["source"] == source["title"]
            else f"{source['source']}: {source['title']}"
        )
        parts = (name, publisher_words(source), where, source["licence"])
        lines.append(f"Source: {'. '.join(filter(None, parts))}.")
    return (*lines, *attribution(found))


_MOST_PLACES = 3


_ABBREVIATION = re.compile(r"\(([A-Z&]{2,})\)\Z")


def source_line(data: Dataset, sources: Iterable[str]) -> str:
    """Return where figures are from: `HMIC, Crime inspection 2014: Durham Constabulary. OGL v3.0`.

    The line names the licence, as the licence asks for.
    """
    parts = []
    licences = []
    for row in described_sources(data, data.in_order(sources)):
        found = _ABBREVIATION.search(row["publisher"])
        publisher = found[1] if found else row["publisher"]
        parts.append(", ".join(filter(None, [publisher, row["title"] or row["source"]])))
        licences.append("OGL v3.0" if row["licence"] == OGL.title else row["licence"])
    licence = ", ".join(dict.fromkeys(filter(None, licences)))
    return f"{'; '.join(parts)}.{f' {licence}' if licence else ''}" if parts else ""


def base_of(unit: str) -> str:
    """Return the base of a rate, as the label of an axis: `Population`."""
    return unit.rpartition(" ")[2].capitalize() if per(unit) else unit_words(unit)


def picture_notes(
    data: Dataset, table: str, request: Request, rows: Sequence[Comparison]
) -> tuple[str, ...]:
    """Return the notes for any picture of some rows: missing forces, and reservations."""
    shown = {row.metric for row in rows}
    cautions = [note.text for note in reservations(data, table, request, rows)]
    metrics = data.by_id("metrics")
    polarities = {metrics[metric]["polarity"] for metric in shown}
    missing = [note.text for note in missing_forces(data, request, rows)]
    return (*missing, *(cautions or ([NO_GOOD_DIRECTION] if "none" in polarities else [])))
