"""What a reader of some figures would be misled without, in short sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crimecmp.comparison.kinds import KINDS
from crimecmp.comparison.request import Request, group_caution
from crimecmp.comparison.row import Comparison
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words
from crimecmp.wording.notes import reserved

_MOST_CAUTIONS = 3


def cautions(
    data: Dataset, table: str, request: Request, rows: Sequence[Comparison]
) -> tuple[str, ...]:
    """Return what a reader of some rows would be misled without, each in one short sentence."""
    found = [*empty_areas(data, request, rows)]
    found += filter(None, [group_caution(data, request)])
    notes = list(reserved(data, table, request, rows))
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
    for table, kind in KINDS.items():
        its = [row for row in rows if row.kind == kind.name]
        if its:
            found += cautions(data, table, request, its)
    return tuple(dict.fromkeys(found))


def empty_areas(data: Dataset, request: Request, rows: Sequence[Comparison]) -> Iterable[str]:
    """Yield the caution for a rate per resident where hardly anyone lives."""
    asked = set(request.asked or request.forces)
    empty = [data.forces[force].label for force in data.without_resident_base() if force in asked]
    if empty and any(row.kind == "rate" for row in rows):
        yield f"Hardly anyone lives in {in_words(empty)}: a rate per resident says little there."


def first_sentence(text: str) -> str:
    """Return the first sentence of a text."""
    first, stop, _ = text.partition(". ")
    return first + stop.strip()
