"""The figures of a group of forces as one benchmark: rows of a table in, rows of the group out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from crimecmp.comparison.changes import percent_change
from crimecmp.tables.checked import Columns
from crimecmp.text import exactly, in_words

_ABOUT = ("metric", "period_end", "base_period_end", "source")
About = tuple[str, ...]
Members = Mapping[About, Mapping[str, tuple[int, float]]]


class Group(NamedTuple):
    """A group of forces that is a benchmark.

    Parameters
    ----------
    id
        What the rows call it, in place of a force.
    forces
        Ids of the forces in it.
    weighted
        Whether its figure is all their events over all their bases, and not the unweighted mean of
        their figures.
    """

    id: str
    forces: Sequence[str]
    weighted: bool


class Grouped(NamedTuple):
    """A group's figures.

    Parameters
    ----------
    rows
        Columns of the table as text, one row for each metric, period, base period and source.
    members
        By those the count and base of each force of the group that has both.
    """

    rows: dict[str, list[str]]
    members: Members


def grouped(
    columns: Columns,
    places: Iterable[int],
    group: Group,
    figure: str,
    scales: Mapping[str, float | None],
    labels: Mapping[str, str],
) -> Grouped:
    """Return a group's figures from those of its forces.

    Parameters
    ----------
    columns
        The table's columns as text.
    places
        The rows of its forces.
    group
        The group.
    figure
        The column that holds the figures.
    scales
        For each metric what a figure is per, such as 1000; None where counts give no figure.
    labels
        What the forces are called.

    Returns
    -------
    Grouped
        A figure is missing, with the reason in `note`, where that of any of the forces is; so is a
        weighted one where any of their counts or bases is.
    """
    over = "base_count" if "base_count" in columns else "base"
    parts: dict[About, dict[str, int]] = {}
    for place in places:
        about = tuple(columns[name][place] if name in columns else "" for name in _ABOUT)
        parts.setdefault(about, {})[columns["force"][place]] = place
    rows: dict[str, list[str]] = {name: [] for name in columns}
    members: dict[About, dict[str, tuple[int, float]]] = {}
    for about, part in parts.items():
        values = {force: columns[figure][place] for force, place in part.items()}
        known = members[about] = _counted(columns, part, over)
        cells = dict(zip(_ABOUT, about, strict=True)) | {"force": group.id}
        if group.weighted:
            cells |= _together(known, group, figure, over, scales[about[0]], labels)
        else:
            cells |= _mean(values, group, figure, labels)
        for name, cell in rows.items():
            cell.append(cells.get(name, ""))
    return Grouped(rows, members)


def _counted(columns: Columns, part: Mapping[str, int], over: str) -> dict[str, tuple[int, float]]:
    """Return the count and base of each force that has both."""
    if over not in columns:
        return {}
    return {
        force: (int(columns["count"][place]), float(columns[over][place]))
        for force, place in part.items()
        if columns["count"][place] and columns[over][place]
    }


def _mean(
    values: Mapping[str, str], group: Group, figure: str, labels: Mapping[str, str]
) -> dict[str, str]:
    missing = [labels[force] for force in group.forces if not values.get(force)]
    if missing:
        return {"note": f"No figure for {in_words(missing)}, so there is no mean of the group."}
    mean = sum(float(values[force]) for force in group.forces) / len(group.forces)
    return {figure: exactly(mean)}


def _together(
    known: Mapping[str, tuple[int, float]],
    group: Group,
    figure: str,
    over: str,
    scale: float | None,
    labels: Mapping[str, str],
) -> dict[str, str]:
    missing = [labels[force] for force in group.forces if force not in known]
    if missing or scale is None:
        of = f" of {in_words(missing)}" if missing else ""
        return {"note": f"Without count and base{of} there is no figure of the group together."}
    count = sum(known[force][0] for force in group.forces)
    base = sum(known[force][1] for force in group.forces)
    counted = {"count": str(count), over: f"{base:.15g}"}
    if over == "base_count":
        percent, note = percent_change(count, int(base))
        return {**counted, figure: percent, "note": note}
    return {**counted, figure: exactly(scale * count / base)}
