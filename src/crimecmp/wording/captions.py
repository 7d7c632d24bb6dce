"""The words around a table or a picture: units, cautions and sources."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Comparison, PeriodSignal
from crimecmp.document.attribution import attribution
from crimecmp.tables.cells import per
from crimecmp.tables.dataset import Dataset, described_sources
from crimecmp.tables.licence import OGL
from crimecmp.wording.cautions import cautions
from crimecmp.wording.notes import missing_forces, reservations

NO_GOOD_DIRECTION = "A higher or a lower rate of recorded crime is not in itself better or worse."


def unit_words(unit: str) -> str:
    """Return a unit with a capital, to begin a line: `Per 1,000 households`."""
    return "Percentage" if unit == "%" else unit[:1].upper() + unit[1:]


def picture_source(data: Dataset, rows: Sequence[Comparison | PeriodSignal]) -> tuple[str, ...]:
    """Return the line under a picture that names its sources, with the attribution they ask for."""
    found = described_sources(data, data.in_order(row.source for row in rows))
    asked = attribution(found)
    line = source_line(data, (row.source for row in rows)).removesuffix(_SHORT_OGL if asked else "")
    return (" ".join([f"Source: {line.strip()}", *asked]),) if found else ()


def places_in_source(rows: Sequence[Comparison]) -> tuple[str, ...]:
    """Return where in their source some figures are, if the places are few; else nothing."""
    places = dict.fromkeys(
        locator.rstrip(".")
        for row in rows
        for locator in (row.locator, row.benchmark_locator)
        if locator
    )
    return (f"Where: {'; '.join(places)}.",) if 0 < len(places) <= _MOST_PLACES else ()


_MOST_PLACES = 3
_SHORT_OGL = "OGL v3.0"
_ABBREVIATION = re.compile(r"\(([A-Z&]{2,})\)\Z")


def source_line(data: Dataset, sources: Iterable[str]) -> str:
    """Return where figures are from: `HMIC, Crime inspection 2014: Durham Constabulary. OGL v3.0`.

    The line names the licence, as the licence asks for.
    """
    parts = []
    licences = []
    for row in described_sources(data, data.in_order(sources)):
        title = row["title"] or row["source"]
        if row["source"] not in data.by_id("sources"):
            title = f"{row['source']}: {title}"
        parts.append(", ".join(filter(None, [publisher_label(row), title])))
        licences.append(_SHORT_OGL if row["licence"] == OGL.title else row["licence"])
    licence = ", ".join(dict.fromkeys(filter(None, licences)))
    return f"{'; '.join(parts)}.{f' {licence}' if licence else ''}" if parts else ""


def publisher_label(source: Mapping[str, str]) -> str:
    """Return a source's publisher, or the abbreviation that it is printed with: `HMIC`."""
    found = _ABBREVIATION.search(source["publisher"])
    return found[1] if found else source["publisher"]


def base_of(unit: str) -> str:
    """Return the base of a rate, as the label of an axis: `Population`."""
    return unit.rpartition(" ")[2].capitalize() if per(unit) else unit_words(unit)


class Beneath(NamedTuple):
    """What is to be known of a picture: the one note under it, and what only its words have."""

    note: tuple[str, ...]
    more: tuple[str, ...]


def beneath(
    data: Dataset,
    table: str,
    request: Request,
    rows: Sequence[Comparison],
    *,
    first: Sequence[str] = (),
    marked: Collection[str] = (),
    last: Sequence[str] = (),
    otherwise: Sequence[str] = (),
) -> Beneath:
    """Return the note that a reader of a picture would be misled without, and what else there is.

    Parameters
    ----------
    data, table, request, rows
        The tables, the one that the figures are from, what was asked for, and what is shown.
    first
        What the note must say of this picture.
    marked
        The cautions that the picture itself shows.
    last
        What the note must say as well, after the cautions.
    otherwise
        How to read such a picture: the first is the note where nothing else is one.
    """
    missing = [note.text for note in missing_forces(data, request, rows)]
    must = [*first, *missing, *cautions(data, table, request, rows)]
    note = " ".join([*(line for line in must if line not in marked), *last])
    metrics = data.by_id("metrics")
    directed = all(metrics[row.metric]["polarity"] != "none" for row in rows)
    reading = [*otherwise, *([] if directed else [NO_GOOD_DIRECTION])]
    full = [each.text for each in reservations(data, table, request, rows)]
    if note:
        return Beneath((note,), (*reading, *full))
    return Beneath(tuple(reading[:1]), (*reading[1:], *full))
