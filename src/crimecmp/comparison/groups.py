"""The figures of a group of forces as one benchmark: rows of a table in, rows of the group out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from crimecmp.comparison.changes import percent_change
from crimecmp.tables.cells import decimals
from crimecmp.tables.figures import Figure
from crimecmp.text import exactly, in_words

About = tuple[str, date, date | None, str]
"""Metric, end of the period, end of the base period, and source."""

Counts = Mapping[str, tuple[int, float]]
"""The count and base of each force that has both."""

Members = Mapping[About, Counts]


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
    note
        What to know of its figures.
    """

    id: str
    forces: Sequence[str]
    weighted: bool
    note: str = ""


class Grouped(NamedTuple):
    """A group's figures.

    Parameters
    ----------
    figures
        One figure for each metric, period, base period and source.
    members
        For each of them, the counts and bases of the forces in the group.
    """

    figures: list[Figure]
    members: Members


def grouped(
    figures: Iterable[Figure],
    group: Group,
    scales: Mapping[str, float | None],
    labels: Mapping[str, str],
    *,
    changes: bool = False,
) -> Grouped:
    """Return a group's figures from those of its forces.

    Parameters
    ----------
    figures
        The figures of its forces.
    group
        The group.
    scales
        What the figures of each metric are per, such as 1000; None where counts give no figure.
    labels
        What the forces are called.
    changes
        Whether the figures are changes, which are calculated from the counts of two periods.

    Returns
    -------
    Grouped
        A figure is missing, with the reason in `note`, where the figure of any of the forces is; a
        weighted figure is missing where a count or base of any of them is.
    """
    parts: dict[About, dict[str, Figure]] = {}
    for figure in figures:
        about = figure.metric, figure.period_end, figure.base_period_end, figure.source
        parts.setdefault(about, {})[figure.force] = figure
    found = []
    members: dict[About, Counts] = {}
    for about, part in parts.items():
        counts = members[about] = _counted(part, changes=changes)
        blank = _blank(group, about)
        if group.weighted:
            scale = scales[about[0]]
            found.append(_together(blank, counts, group, scale, labels, changes=changes))
        else:
            found.append(_mean(blank, part, group, labels))
    return Grouped(found, members)


def _blank(group: Group, about: About) -> Figure:
    return Figure(
        group.id, *about, value=None, decimals=None, margin=None, margin_decimals=None, events=None,
        base=None, events_before=None, locator=None, note=group.note or None,
    )  # fmt: skip


def _counted(part: Mapping[str, Figure], *, changes: bool) -> Counts:
    counts = {}
    for force, figure in part.items():
        base = figure.events_before if changes else figure.base
        if figure.events is not None and base is not None:
            counts[force] = figure.events, float(base)
    return counts


def _with_value(figure: Figure, text: str) -> Figure:
    """Return a figure with a calculated value, given as text with all its decimals."""
    return figure._replace(value=float(text), decimals=decimals(text)) if text else figure


def _mean(
    blank: Figure, part: Mapping[str, Figure], group: Group, labels: Mapping[str, str]
) -> Figure:
    values = {force: figure.value for force, figure in part.items() if figure.value is not None}
    missing = [labels[force] for force in group.forces if force not in values]
    if missing:
        note = f"There is no figure for {in_words(missing)}, so the group has no mean."
        return blank._replace(note=_joined(note, group.note))
    mean = sum(values[force] for force in group.forces) / len(group.forces)
    return _with_value(blank, exactly(mean))


def _together(
    blank: Figure,
    counts: Counts,
    group: Group,
    scale: float | None,
    labels: Mapping[str, str],
    *,
    changes: bool,
) -> Figure:
    missing = [labels[force] for force in group.forces if force not in counts]
    if missing or scale is None:
        of = f" of {in_words(missing)}" if missing else ""
        note = f"The group together has no figure, because the count and base{of} are missing."
        return blank._replace(note=_joined(note, group.note))
    events = sum(counts[force][0] for force in group.forces)
    base = sum(counts[force][1] for force in group.forces)
    if changes:
        percent, note = percent_change(events, int(base))
        counted = blank._replace(
            events=events, events_before=int(base), note=_joined(note, group.note)
        )
        return _with_value(counted, percent)
    return _with_value(blank._replace(events=events, base=base), exactly(scale * events / base))


def _joined(*notes: str) -> str | None:
    return " ".join(filter(None, notes)) or None
