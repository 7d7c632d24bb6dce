"""What is around the table of every brief page: cautions, kind of verdict, source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from crimecmp.comparison.request import MEAN_OF_GROUP, Request, areas_against, group_caution
from crimecmp.comparison.row import Comparison
from crimecmp.comparison.verdict_words import NOT_TESTED
from crimecmp.tables.dataset import Dataset, described_sources
from crimecmp.tables.licence import OGL
from crimecmp.text import MISSING, in_words, period_name, plural
from crimecmp.wording.labels import short_label
from crimecmp.wording.notes import reserved
from crimecmp.wording.sentences import kind_words

_MOST_CAUTIONS = 3
_MOST_REMARKS = 3
_ABBREVIATION = re.compile(r"\(([A-Z&]{2,})\)\Z")


def cautions(
    data: Dataset, table: str, request: Request, rows: Sequence[Comparison]
) -> tuple[str, ...]:
    """Return what a reader of some rows would be misled without, each in one short sentence."""
    found = [*_empty_areas(data, request, rows), *filter(None, [group_caution(data, request)])]
    metrics = {row.metric for row in rows}
    notes = list(reserved(data, table, request, metrics))
    short = {note["source"] for note in data.rows("notes") if note["caution"]}
    for note in notes:
        if note["caution"]:
            found.append(note["caution"])
        elif note["source"] not in short:
            found.append(first_sentence(note["text"]))
    return tuple(dict.fromkeys(found))[:_MOST_CAUTIONS]


def every_caution(data: Dataset, request: Request, rows: Sequence[Comparison]) -> tuple[str, ...]:
    """Return the cautions about figures of several kinds, those about rates first."""
    found: list[str] = []
    for kind, table in (("rate", "rates"), ("change", "changes"), ("outcome", "outcomes")):
        its = [row for row in rows if row.kind == kind]
        if its:
            found += cautions(data, table, request, its)
    return tuple(dict.fromkeys(found))


def _empty_areas(data: Dataset, request: Request, rows: Sequence[Comparison]) -> Iterable[str]:
    """Yield the caution for a rate per resident, unless it is the answer of a page."""
    if len(request.forces) > 1 or rows[0].kind != "rate":
        yield from empty_areas(data, request, rows)


def empty_areas(data: Dataset, request: Request, rows: Iterable[Comparison]) -> Iterable[str]:
    """Yield the caution for a rate per resident where hardly anyone lives."""
    asked = set(request.asked or request.forces)
    empty = [data.forces[force].label for force in data.without_resident_base() if force in asked]
    if empty and any(row.kind == "rate" for row in rows):
        yield f"Hardly anyone lives in {in_words(empty)}: a rate per resident says little there."


def first_sentence(text: str) -> str:
    """Return the first sentence of a text."""
    first, stop, _ = text.partition(". ")
    return first + stop.strip()


def remarks(
    data: Dataset, request: Request, rows: Sequence[Comparison], *, every: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return what kind of verdicts some rows have, and what is missing and why."""
    said = [*kind_words(rows), *_mean(data, request), *_margins(rows), *every]
    said += [*_missing(rows), *_not_tested(data, rows)]
    return tuple(dict.fromkeys(said))[:_MOST_REMARKS]


def _mean(data: Dataset, request: Request) -> Iterable[str]:
    """Yield what the mean of a group is, where that is the benchmark."""
    if request.basis != MEAN_OF_GROUP:
        return
    members = areas_against(data, request)
    inside = in_words(data.forces[force].label for force in request.forces if force in members)
    counted = f", {inside} among them" if inside and len(request.forces) == 1 else ""
    yield f"The mean counts each of {plural(len(members), 'force')} once{counted}."


def _margins(rows: Sequence[Comparison]) -> Iterable[str]:
    """Yield what ± means, where figures have margins."""
    if any(row.force_margin is not None for row in rows):
        yield "± is half the width of a 95% interval."


def _missing(rows: Sequence[Comparison]) -> Iterable[str]:
    """Yield why figures are missing, each reason once."""
    for row in rows:
        for value, note in (
            (row.force_value, row.note),
            (row.benchmark_value, row.benchmark_note),
        ):
            if value is None:
                yield f"{MISSING} no figure{f': {note}' if note else '.'}"


def _not_tested(data: Dataset, rows: Sequence[Comparison]) -> Iterable[str]:
    """Yield why figures are not tested, for the reason that most rows share."""
    names: dict[str, list[str]] = {}
    for row in rows:
        if row.tested.verdict == NOT_TESTED and row.difference is not None:
            reason = first_sentence(row.tested.reason)
            names.setdefault(reason, []).append(short_label(data, row))
    if names:
        yield f"Not tested: {max(names, key=lambda reason: len(names[reason]))}"


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


def year_to(row: Comparison) -> str:
    """Return the period of a row for a title: `year to June 2014`."""
    return f"year to {period_name(row.period_end)}"
