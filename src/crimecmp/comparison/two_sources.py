"""Counts of the same crimes that two sources published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from crimecmp.comparison.kinds import KINDS
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Reproduction
from crimecmp.comparison.verdict_words import DIFFERS, MATCHES
from crimecmp.tables.figures import Figure, figures

if TYPE_CHECKING:
    from crimecmp.tables.dataset import Dataset

REVISED = "Published counts are revised from edition to edition."
"""Why two counts differ, where neither source says more."""

_KIND = KINDS["rates"]
_UNIT = "crimes or incidents"


def counts_of_two_sources(data: Dataset, request: Request) -> list[Reproduction]:
    """Return each count of one source beside the count of the same crimes in another.

    Both are of the same area, measure and 12 months: of several years, the latest that both have.
    The two are the requested source, or without one any but the first, and the first of the
    others in the order of the table of sources: the two with most counts in common.

    Returns
    -------
    list
        By measure, the requested areas and then the benchmark; ranked areas by their difference
        in per cent, the highest first. Empty where no two sources count the same.
    """
    pairs = _pairs(data, request)
    if not pairs:
        return []
    places = max(pairs.values(), key=len)
    found = figures(data.table(_KIND.table), places, _KIND.figure)
    rows = [_beside(data, *both) for both in zip(found[::2], found[1::2], strict=True)]
    metrics = {name.id: place for place, name in enumerate(data.metrics)}
    areas = (*request.without_opponent().forces, request.benchmark)

    def order(row: Reproduction) -> tuple[float, ...]:
        rank = -(row.percent_off or 0) if request.ranked else 0
        return metrics[row.metric], row.force == request.benchmark, rank, areas.index(row.force)

    return sorted(rows, key=order)


def _pairs(data: Dataset, request: Request) -> dict[tuple[str, str], list[int]]:
    """Return the places of rows that count the same, two by two, by their two sources."""
    pairs: dict[tuple[str, str], list[int]] = {}
    for places in _counts(data, request).values():
        order = data.in_order(places)
        for source in order[1:] if request.source is None else [request.source]:
            against = next((other for other in order if other != source), source)
            both = places.get(source, {}).keys() & places[against].keys()
            if both and against != source:
                end = max(both)
                pairs.setdefault((source, against), []).extend(
                    (places[source][end], places[against][end])
                )
    return pairs


def _counts(data: Dataset, request: Request) -> dict[tuple[str, str], dict[str, dict[str, int]]]:
    """Return the places of wanted counts by area and measure, then source, then last day."""
    found: dict[tuple[str, str], dict[str, dict[str, int]]] = {}
    columns = data.table(_KIND.table).columns
    ends, counts = columns["period_end"], columns["count"]
    for run in data.runs(_KIND.table):
        if run.force in (*request.forces, request.benchmark) and request.wants(run.metric):
            places = found.setdefault((run.force, run.metric), {}).setdefault(run.source, {})
            places.update(
                {ends[place]: place for place in range(run.start, run.stop) if counts[place]}
            )
    return found


def _beside(data: Dataset, published: Figure, other: Figure) -> Reproduction:
    """Return a count beside that of another source."""
    count, counted = published.events or 0, other.events or 0
    off = counted - count
    return Reproduction(
        kind="count",
        metric=published.metric,
        label=data.metrics[published.metric].label,
        force=published.force,
        period_end=published.period_end,
        base_period_end=None,
        unit=_UNIT,
        printed=float(count),
        worked_out=float(counted),
        off=float(off),
        result=DIFFERS if off else MATCHES,
        reason=_reason(data, published, other) if off else None,
        events=counted,
        base=None,
        events_before=None,
        printed_decimals=0,
        source=published.source,
        locator=published.locator,
        worked_source=other.source,
        worked_locator=other.locator,
        percent_off=100 * off / count if count else None,
    )


def _reason(data: Dataset, *both: Figure) -> str:
    """Return why two counts differ, as far as the sources say.

    The note on a row without a rate says why that is missing.
    """
    sources = data.by_id("sources")
    notes = [
        f"{sources.get(figure.source, {}).get('publisher') or figure.source} notes: {figure.note}"
        for figure in both
        if figure.note and figure.value is not None
    ]
    return " ".join(notes) or REVISED


class Together(NamedTuple):
    """The counts of all territorial forces on one measure, added up.

    Parameters
    ----------
    forces
        How many forces they are of.
    published, other
        The sum of one source, and that of the other.
    """

    forces: int
    published: int
    other: int


def together(data: Dataset, rows: Sequence[Reproduction]) -> Together | None:
    """Return the sums over the forces of rows on one measure; None where any force is missing.

    They can be compared where the sources' national figures include different police forces.
    """
    by_force = {row.force: row for row in rows}
    forces = data.territorial()
    if not by_force.keys() >= set(forces):
        return None
    its = [by_force[force] for force in forces]
    return Together(
        len(forces), sum(int(row.printed) for row in its), sum(row.events or 0 for row in its)
    )
