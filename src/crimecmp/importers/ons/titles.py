"""Identify a table by the title of its sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from crimecmp.importers.ons.marks import note_marks, without_notes
from crimecmp.importers.ons.years import month_ends, unmarked_years
from crimecmp.tables.names import normal

COUNTS, CHANGES, RATES = "counts", "changes", "rates"
INCIDENTS, POPULATION, HOUSEHOLDS = "incidents", "population", "households"
REFERRALS = "referrals"

_BY_OFFENCE = r"recorded crime by offence group.*\bpolice force area"
_KINDS = {
    COUNTS: (_BY_OFFENCE, r"\bnumbers? of (offences|crimes)\b"),
    CHANGES: (_BY_OFFENCE, r"\bper ?cent(age)? change\b"),
    RATES: (_BY_OFFENCE, r"\brates? (of|per)\b"),
    INCIDENTS: (r"\banti ?social behaviour incidents\b.*\bpolice force area",),
    POPULATION: (r"\bmid year population\b.*\bpolice force area",),
    HOUSEHOLDS: (r"\bmid year household.*\bpolice force area",),
    REFERRALS: (r"\bfraud and computer misuse offences referred\b.*\bpolice force area",),
}
"""Patterns that match the title of each table, normalised by `crimecmp.tables.names.normal`."""

_OTHER_TABLES = {
    re.compile(r"\bcommunity safety partnership"): "of community safety partnerships, which are "
    "parts of police forces",
    re.compile(r"\bknife\b|\bfirearm"): "of knives and firearms",
    re.compile(r"by category of incident"): "of incidents by category",
    re.compile(r"\bexperience|\bperception"): "of people's experience or perception",
}
"""The titles of published tables that are not imported, and what each is about."""

_NUMBERED = re.compile(r"table\s+(\w+)", re.IGNORECASE)


class Title(NamedTuple):
    """The table that a title is for, its text without footnote marks, and the notes it names."""

    kind: str
    text: str
    notes: Sequence[str]


def headlines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the texts at the left of the rows: titles rather than column headings."""
    return [text for row in rows for text in [next(filter(None, row[:2]), "")] if text]


def title_in(rows: Sequence[Sequence[str]]) -> Title | None:
    """Return the title in the rows above the headings; None if it is not of a known table."""
    texts = headlines(rows)
    undated = None
    # A title may run over several rows. Take the fewest rows that make a complete title.
    for length, start in product(range(1, len(texts) + 1), range(len(texts))):
        text = " ".join(texts[start : start + length])
        kind = _kind(normal(text))
        if not kind:
            continue
        title = Title(kind, unmarked_years(without_notes(text)), note_marks(text))
        if kind in (POPULATION, HOUSEHOLDS, REFERRALS) or month_ends(text):
            return title
        undated = undated or title
    return undated


def other_subject(rows: Sequence[Sequence[str]]) -> str:
    """Return what a numbered table that is not imported is about, from its title; else empty."""
    titles = (normal(text) for text in headlines(rows) if table_name(text))
    return next(filter(None, map(_other, titles)), "")


def _other(title: str) -> str:
    return next((what for name, what in _OTHER_TABLES.items() if name.search(title)), "")


def table_name(title: str) -> str:
    """Return the name of a table, such as `Table P1`; empty if its title does not give it."""
    match = _NUMBERED.match(title)
    return f"Table {match[1].upper()}" if match else ""


def _kind(title: str) -> str:
    """Return the kind of table that a title is for; empty if it is unknown or ambiguous."""
    if _other(title):
        return ""
    kinds = [
        kind
        for kind, phrases in _KINDS.items()
        if all(re.search(phrase, title) for phrase in phrases)
    ]
    return kinds[0] if len(kinds) == 1 else ""
