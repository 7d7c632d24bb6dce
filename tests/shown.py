"""What tests of formats share: tables of texts, made as the pages make theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crimecmp.document.report import Column, Note, Section
from crimecmp.pages.part import Shown, Text, section

Texts = tuple[Text, ...]
"""The texts of a row: None for a missing value, several for the parts of a list."""


def table(
    columns: Sequence[Column],
    *rows: Texts,
    key: str = "rates",
    title: str = "Rates",
    notes: Sequence[Note] = (),
) -> Section:
    """Return a table of some texts."""
    shown = [Shown(column.label, _at(place), column.style) for place, column in enumerate(columns)]
    return section(key, title, shown, rows, notes)


def _at(place: int) -> Callable[[Texts], Text]:
    return lambda row: row[place]
