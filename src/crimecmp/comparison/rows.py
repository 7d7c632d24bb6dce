"""Which rows of a table answer a request: text in, places of rows out.

Rows are chosen before they are typed: a table has thousands, and a request needs a few.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from crimecmp.comparison.changes import changes_from_counts
from crimecmp.comparison.groups import Group, Grouped, grouped
from crimecmp.comparison.kinds import KINDS, Kind
from crimecmp.comparison.once import once
from crimecmp.comparison.request import Request, areas_against, group_caution
from crimecmp.errors import RequestError
from crimecmp.tables.cells import per
from crimecmp.tables.checked import Columns
from crimecmp.tables.figures import figures

if TYPE_CHECKING:
    from crimecmp.tables.checked import CheckedTable
    from crimecmp.tables.dataset import Dataset


class Places(NamedTuple):
    """Places of rows: those of the requested areas, and those of their benchmark."""

    own: list[int]
    others: list[int]


class _Key(NamedTuple):
    """What a row of figures is about, its place in the table, and whether its figure is there."""

    place: int
    known: bool
    force: str
    metric: str
    source: str
    period_end: str


def find_places(
    columns: Columns,
    figure: str,
    request: Request,
    against: Sequence[str],
    in_order: Callable[[Iterable[str]], list[str]],
    among: Iterable[int],
) -> Places:
    """Return the rows to show.

    Parameters
    ----------
    columns
        The table's columns as text, dates in ISO form.
    figure
        The column that holds the figures. The latest period is the latest that has a figure.
    request
        The request.
    against
        Ids of the areas that the benchmark is made of.
    in_order
        Puts sources in order.
    among
        The places of the rows that can answer, in order: at least those of all areas.

    Returns
    -------
    Places
        All rows are from one source. Where none was requested, it is the source with figures for
        most of the areas, then for most of the benchmark's areas on any metric, so that asking
        for a metric does not change the source; then the first.
    """
    wanted = {*request.forces, *against}
    keys = []
    with_benchmark: dict[str, set[str]] = {}
    forces, metrics, sources, ends = (columns[name] for name in _Key._fields[2:])
    for place in among:
        force, source = forces[place], sources[place]
        if force not in wanted:
            continue
        if force in against:
            with_benchmark.setdefault(source, set()).add(force)
        metric, end = metrics[place], ends[place]
        if (
            request.wants(metric)
            and request.source in (None, source)
            and end.startswith(request.period or "")
        ):
            keys.append(_Key(place, bool(columns[figure][place]), force, metric, source, end))
    best = _best_source(keys, request, with_benchmark, in_order)
    own = [key for key in keys if key.source == best and key.force in request.forces]
    others = [key for key in keys if key.source == best and key.force in against]
    if request.period is None and not request.every_period:
        own, others = _of_latest(own, others, together=len(request.forces) > 1)
    return Places([key.place for key in own], [key.place for key in others])


def _best_source(
    keys: list[_Key],
    request: Request,
    with_benchmark: Mapping[str, set[str]],
    in_order: Callable[[Iterable[str]], list[str]],
) -> str | None:
    """Return the source that answers best; None where no requested area has a figure."""
    areas: dict[str, set[str]] = {}
    periods: dict[str, set[str]] = {}
    for key in keys:
        if key.force in request.forces:
            areas.setdefault(key.source, set()).add(key.force)
            periods.setdefault(key.source, set()).add(key.period_end)

    def answers(source: str) -> tuple[int, int, int]:
        span = len(periods[source]) if request.every_period else 0
        return len(areas[source]), len(with_benchmark.get(source, ())), span

    return max(in_order(areas), key=answers, default=None)


def _of_latest(
    own: list[_Key], others: list[_Key], *, together: bool
) -> tuple[list[_Key], list[_Key]]:
    """Return each area's rows of its latest period, and the benchmark's rows of those periods.

    Where several areas are shown together, an area with a row but no figure for the latest period
    of all is shown without a figure: its figure of an earlier year would not be comparable. For a
    metric that no area has, the benchmark's latest figure is kept, to be shown without a partner.
    """
    ends = _latest(own)
    if together:
        last: dict[str, str] = {}
        for key in own:
            if key.known:
                last[key.metric] = max(key.period_end, last.get(key.metric, ""))
        ends |= {
            (key.force, key.metric): key.period_end
            for key in own
            if last.get(key.metric) == key.period_end
        }
    own = [key for key in own if key.period_end == ends[key.force, key.metric]]
    shown = {(key.metric, key.period_end) for key in own}
    answered = {metric for metric, _ in shown}
    its_ends = _latest(others)
    others = [
        key
        for key in others
        if (key.metric, key.period_end) in shown
        or (key.metric not in answered and key.period_end == its_ends[key.force, key.metric])
    ]
    return own, others


def _latest(keys: Iterable[_Key]) -> dict[tuple[str, str], str]:
    """Return the latest period of each area and metric; one with a figure comes first."""
    ends: dict[tuple[str, str], tuple[bool, str]] = {}
    for key in keys:
        about = (key.force, key.metric)
        ends[about] = max((key.known, key.period_end), ends.get(about, (False, "")))
    return {about: end for about, (_, end) in ends.items()}


def of_same(columns: Columns, places: Iterable[int]) -> list[int]:
    """Return the places of all rows with the force, metric and source of those at `places`."""
    names = ("force", "metric", "source")
    abouts = list(zip(*(columns[name] for name in names), strict=True))
    wanted = {abouts[place] for place in places}
    return [place for place, about in enumerate(abouts) if about in wanted]


class Answer(NamedTuple):
    """The rows that answer a request, still as text.

    Parameters
    ----------
    kind, request
        What is compared, and the request.
    table
        The table, with rows for changes that were calculated from counts.
    places
        The rows of the areas, and of the benchmark or of the forces in it.
    group
        The figures of the benchmark where it is a group of forces.
    """

    kind: Kind
    request: Request
    table: CheckedTable
    places: Places
    group: Grouped | None = None

    @property
    def source(self) -> str | None:
        """The source of all its rows; None where the areas have no figure."""
        return self.table.columns["source"][self.places.own[0]] if self.places.own else None


def answer_to(data: Dataset, table: str, request: Request) -> Answer:
    """Return the rows of one kind of figure that answer a request.

    Raises
    ------
    RequestError
        Where an area would be compared with itself.
    """
    if request.group is None and request.benchmark in request.forces:
        raise RequestError(
            f"{request.benchmark} cannot be compared with itself",
            "Name another area with benchmark=.",
        )
    return once(("answer", id(data), table, request), lambda: _answer_to(data, table, request))


def _answer_to(data: Dataset, table: str, request: Request) -> Answer:
    kind = KINDS[table]
    against = areas_against(data, request)
    rows = data.table(table)
    # A ranking is of figures as they were published: two changes of each force would bury it.
    if table == "changes" and not request.ranked:
        areas = (*request.forces, *against)
        counts = data.table("rates").columns
        counted = data.runs("rates").places(
            lambda run: run.force in areas and request.wants(run.metric)
        )
        alike = {name: row["comparable_from"] for name, row in data.by_id("metrics").items()}
        rows = rows.joined(changes_from_counts(counts, rows.columns, request, counted, alike))
        among: Iterable[int] = range(rows.height)
    else:
        among = data.runs(table).places(
            lambda run: (
                run.force in against or (run.force in request.forces and request.wants(run.metric))
            )
        )
    places = find_places(rows.columns, kind.figure, request, against, data.in_order, among)
    if request.group is None:
        return Answer(kind, request, rows, places)
    note = group_caution(data, request)
    group = Group(request.group, against, request.weighted, note)
    labels = {name.id: name.label for name in data.forces}
    members = figures(rows, places.others, kind.figure)
    scales = _scales(data, kind)
    found = grouped(members, group, scales, labels, changes=kind.name == "change")
    return Answer(kind, request, rows, places, found)


def _scales(data: Dataset, kind: Kind) -> dict[str, float | None]:
    """Return what the figures of each metric are per: 1,000 people, or 100 for percentages."""
    percent = 100.0 if kind.name in ("change", "outcome") else None
    return {
        metric: per(row["unit"]) if kind.name == "rate" else percent
        for metric, row in data.by_id("metrics").items()
    }
