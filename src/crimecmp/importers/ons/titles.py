"""Which of the tables a sheet is, by its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from crimecmp.importers.ons.marks import without_notes
from crimecmp.importers.ons.years import month_ends, unmarked_years
from crimecmp.tables.names import normal

COUNTS, CHANGES, RATES = "counts", "changes", "rates"
INCIDENTS, POPULATION, HOUSEHOLDS = "incidents", "population", "households"

_BY_OFFENCE = r"recorded crime by offence group.*\bpolice force area"
_KINDS = {
    COUNTS: (_BY_OFFENCE, r"\bnumbers? of (offences|crimes)\b"),
    CHANGES: (_BY_OFFENCE, r"\bper ?cent(age)? change\b"),
    RATES: (_BY_OFFENCE, r"\brates? (of|per)\b"),
    INCIDENTS: (r"\banti ?social behaviour incidents\b.*\bpolice force area",),
    POPULATION: (r"\bmid year population\b.*\bpolice force area",),
    HOUSEHOLDS: (r"\bmid year household.*\bpolice force area",),
}
"""What the title of each table says, as `crimecmp.tables.names.normal` gives it."""

_OTHER_TABLES = re.compile(r"by category of incident|\bknife\b|\bexperience|\bperception")
_NUMBERED = re.compile(r"table\s+(\w+)", re.IGNORECASE)


class Title(NamedTuple):
    """Which table a title is of, and its text without footnote marks."""

    kind: str
    text: str


def headlines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the texts at the left of some rows: titles, not headings of columns."""
    return [text for row in rows for text in [next(filter(None, row[:2]), "")] if text]


def title_in(rows: Sequence[Sequence[str]]) -> Title | None:
    """Return the title that is in the rows over the headings; None where no known table has it."""
    texts = headlines(rows)
    undated = None
    # A title may go on in the next rows; the fewest that say it all are the title.
    for length, start in product(range(1, len(texts) + 1), range(len(texts))):
        text = " ".join(texts[start : start + length])
        kind = _kind(normal(text))
        if not kind:
            continue
        title = Title(kind, unmarked_years(without_notes(text)))
        if kind in (POPULATION, HOUSEHOLDS) or month_ends(text):
            return title
        undated = undated or title
    return undated


def is_other(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether some rows have the title of a table that is known and not taken."""
    return any(_OTHER_TABLES.search(normal(text)) for text in headlines(rows))


def table_name(title: str) -> str:
    """Return what a table is called, `Table P1`; nothing where its title does not say."""
    match = _NUMBERED.match(title)
    return f"Table {match[1].upper()}" if match else ""


def _kind(title: str) -> str:
    """Return which table a title is of; nothing for another one, or where it could be several."""
    if _OTHER_TABLES.search(title):
        return ""
    kinds = [
        kind
        for kind, phrases in _KINDS.items()
        if all(re.search(phrase, title) for phrase in phrases)
    ]
    return kinds[0] if len(kinds) == 1 else ""
