"""What goes with a frame in its `attrs`, read with care: a user may have changed it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from crimecmp.tables.schema import TABLES


class Attributes(NamedTuple):
    """What a frame's `attrs` hold; what is missing or not of its type is empty.

    Parameters
    ----------
    complete
        Whether title, notes and sources are all there.
    title, notes, sources, licence, names
        As `frame_of` writes them.
    rows
        The number of rows that crimecmp returned; None where it is not known.
    """

    complete: bool
    title: str
    notes: tuple[str, ...]
    sources: list[dict[str, str]]
    licence: str
    names: dict[str, str]
    rows: int | None


def attributes_of(known: Mapping[object, object]) -> Attributes:
    """Return what the `attrs` of a frame hold."""
    title, notes, sources = (known.get(name) for name in ("title", "notes", "sources"))
    licence, names, rows = (known.get(name) for name in ("licence", "names", "rows"))
    return Attributes(
        isinstance(title, str) and isinstance(notes, list) and isinstance(sources, list),
        title if isinstance(title, str) else "",
        tuple(map(str, notes)) if isinstance(notes, list) else (),
        [_source(row) for row in sources if isinstance(row, dict)]
        if isinstance(sources, list)
        else [],
        licence if isinstance(licence, str) else "",
        {str(name): str(label) for name, label in names.items()} if isinstance(names, dict) else {},
        rows if isinstance(rows, int) else None,
    )


def _source(row: Mapping[object, object]) -> dict[str, str]:
    names = [column.name for column in TABLES["sources"].columns]
    return {name: str(row.get(name) or "") for name in names}
