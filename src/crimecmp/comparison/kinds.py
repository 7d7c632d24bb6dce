"""The kinds of figures that are compared: the table of each, and how it is compared."""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """One kind of figure: the table it is in, the column it is in, and how it is compared.

    Parameters
    ----------
    name
        The kind, as the rows call it.
    table, figure
        The table and its column of figures.
    unit
        The figures' unit; empty where it is the metric's own.
    relative
        Whether a percentage difference from the benchmark makes sense. A difference of percentages
        is in points and in nothing else.
    previous
        Whether a figure is compared with the area's own of a year before as well.
    """

    name: str
    table: str
    figure: str
    unit: str = "%"
    relative: bool = False
    previous: bool = False


KINDS: dict[str, Kind] = {
    kind.table: kind
    for kind in (
        Kind("rate", "rates", "value", unit="", relative=True),
        Kind("change", "changes", "percent"),
        Kind("outcome", "outcomes", "percent"),
        Kind("satisfaction", "satisfaction", "percent", previous=True),
    )
}
