"""A part of a page: one table for people, and the rows behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from crimecmp.comparison.row import Row
from crimecmp.document.report import Column, Note, Section, Style
from crimecmp.text import MISSING, visible

R = TypeVar("R")

Text = str | Sequence[str] | None


class Shown(NamedTuple, Generic[R]):
    """One column of a table for people, and how to make its cells from rows.

    Parameters
    ----------
    label
        Its heading.
    text
        Returns the text of a row's cell, or the parts of a list; None or empty if missing.
    style
        Its layout; see `crimecmp.document.report.Column`.
    """

    label: str
    text: Callable[[R], Text]
    style: Style = "text"


class Part(NamedTuple):
    """One table of a page, and the rows behind it.

    Parameters
    ----------
    section
        The table for people.
    rows
        The rows that it shows.
    machine
        Whether machine output includes the rows.
    """

    section: Section
    rows: Sequence[Row]
    machine: bool = True


def section(
    key: str,
    title: str,
    columns: Sequence[Shown[R]],
    rows: Sequence[R],
    notes: Sequence[Note] = (),
) -> Section:
    """Return a table of some rows, with a cell for each column."""
    return Section(
        key,
        title,
        tuple(Column(column.label, column.style) for column in columns),
        [[_cell(column.text(row)) for column in columns] for row in rows],
        tuple(notes),
    )


def _cell(text: Text) -> str:
    if not text:
        return MISSING
    return visible(text) if isinstance(text, str) else "\n".join(map(visible, text))
