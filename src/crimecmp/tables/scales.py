"""The scales of judgments: a scale belongs to the source that judges by it."""

from __future__ import annotations

from collections.abc import Iterable

from crimecmp.tables.checked import CheckedTable, Row

Scales = dict[str, list[Row]]
"""By source, the categories of its scale, the best first."""


def scales_of(scale: CheckedTable, sources: Iterable[str]) -> Scales:
    """Return the scale of each source of judgments.

    Parameters
    ----------
    scale
        The categories. Those that name one of `sources` are of that source alone; all others are
        of every source that has none of its own.
    sources
        The sources of the judgments beside them.
    """
    own: Scales = {source: [] for source in sources}
    shared: list[Row] = []
    for row in scale.rows():
        own.get(row["source"], shared).append(row)
    return {source: rows or shared for source, rows in own.items()}
