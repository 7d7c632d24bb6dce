"""Calculates printed figures again from published counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from crimecmp.comparison.kinds import KINDS, Kind
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Reproduction
from crimecmp.comparison.verdict_words import CANNOT, DIFFERS, MATCHES
from crimecmp.errors import NoFiguresError
from crimecmp.tables.figures import Figure, figures
from crimecmp.text import in_words, rounded, visible

if TYPE_CHECKING:
    from crimecmp.tables.dataset import Dataset


_NO_COUNTS = "The data have no published counts of this."
_NONE_BEFORE = "The earlier count is not above zero."
_NOT_KNOWN = "The reason is not known. Published counts are revised from edition to edition."

_About = tuple[str, str, date]


class _Calculated(NamedTuple):
    """A figure calculated from counts; None where they do not give it."""

    value: float | None
    events: int
    base: float | None
    events_before: int | None
    locator: str | None


def reproduced(data: Dataset, request: Request) -> list[Reproduction]:
    """Return each printed figure of a force and of its benchmark beside its calculation.

    Raises
    ------
    NoFiguresError
        Where no figure of the force was printed by one source and counted by another.
    """
    areas = (*request.forces, request.benchmark)
    printed = {
        kind: figures(data.table(kind.table), _printed_places(data, kind, request), kind.figure)
        for kind in KINDS.values()
    }
    every = [figure for its in printed.values() for figure in its]
    printing, counting = _sources(data, request, every)
    reasons = _reasons(data, printing)
    counts = _counts(data, counting, areas, {figure.metric for figure in every})
    rows = [
        _beside(
            _printed(data, kind, figure, counting),
            _calculated(kind, figure, counts),
            reasons.get((*_about(figure), figure.base_period_end), _NOT_KNOWN),
        )
        for kind, its in printed.items()
        for figure in its
        if figure.source == printing
    ]
    if all(row.result == CANNOT for row in rows):
        raise _nothing(data, request)
    metrics = {name.id: place for place, name in enumerate(data.metrics)}
    kinds = [kind.name for kind in KINDS.values()]
    rows.sort(
        key=lambda row: (
            kinds.index(row.kind),
            metrics[row.metric],
            row.base_period_end or date.max,
            areas.index(row.force),
        )
    )
    return rows


def _about(figure: Figure) -> _About:
    return figure.force, figure.metric, figure.period_end


def _printed_places(data: Dataset, kind: Kind, request: Request) -> list[int]:
    """Return the places of figures that are there without the counts behind them."""
    columns = data.table(kind.table).columns
    behind = [columns[name] for name in _BEHIND.get(kind.table, ())]
    areas = (*request.forces, request.benchmark)
    return [
        place
        for place in data.runs(kind.table).places(
            lambda run: run.force in areas and request.wants(run.metric)
        )
        if not (behind and all(cells[place] for cells in behind)) and columns[kind.figure][place]
    ]


_BEHIND = {
    "rates": ("count", "base"),
    "changes": ("count", "base_count"),
    "outcomes": ("count", "base"),
}
"""The counts that the figures of each table are calculated from."""


def _counts(
    data: Dataset, source: str, areas: Collection[str], metrics: Collection[str]
) -> dict[_About, Figure]:
    """Return the counts of some areas and metrics from one source."""
    places = data.runs("rates").places(
        lambda run: run.source == source and run.force in areas and run.metric in metrics
    )
    found = figures(data.table("rates"), places, KINDS["rates"].figure)
    return {_about(figure): figure for figure in found if figure.events is not None}


def _reasons(data: Dataset, printing: str) -> dict[tuple[str, str, date, date | None], str]:
    """Return what is known of why printed figures differ from their counts."""
    return {
        (
            row["force"],
            row["metric"],
            date.fromisoformat(row["period_end"]),
            date.fromisoformat(row["base_period_end"]) if row["base_period_end"] else None,
        ): row["text"]
        for row in data.rows("differences")
        if row["source"] == printing
    }


def _sources(data: Dataset, request: Request, printed: Sequence[Figure]) -> tuple[str, str]:
    """Return the source of the printed figures, and that of the counts."""
    having = data.in_order(figure.source for figure in printed if figure.force in request.forces)
    printing = next((name for name in having if request.source in (None, name)), None)
    columns = data.table("rates").columns
    counting = data.in_order(
        run.source
        for run in data.runs("rates")
        if run.force in request.forces
        and run.source != printing
        and any(
            columns["count"][place] and columns["base"][place]
            for place in range(run.start, run.stop)
        )
    )
    if printing is None or not counting:
        raise _nothing(data, request)
    return printing, counting[0]


def _nothing(data: Dataset, request: Request) -> NoFiguresError:
    labels = [data.forces[force].label for force in request.forces]
    whose = in_words(labels, "or") if len(labels) <= _NAMED else f"any of {len(labels)} forces"
    return NoFiguresError(
        f"no printed figures of {whose} to calculate again in {visible(data.label)}",
        "This needs figures printed by one source, and counts and bases from another. In the "
        "bundled figures only Durham's were printed; those of latest=True have counts of every "
        "force from two sources.",
    )


_NAMED = 4


def _printed(data: Dataset, kind: Kind, figure: Figure, counting: str) -> Reproduction:
    """Return a printed figure, its calculation still empty."""
    return Reproduction(
        kind=kind.name,
        metric=figure.metric,
        label=data.metrics[figure.metric].label,
        force=figure.force,
        period_end=figure.period_end,
        base_period_end=figure.base_period_end,
        unit=kind.unit or data.by_id("metrics")[figure.metric]["unit"],
        printed=figure.value or 0.0,
        worked_out=None,
        off=None,
        result=CANNOT,
        reason=_NO_COUNTS,
        events=None,
        base=None,
        events_before=None,
        printed_decimals=figure.decimals or 0,
        source=figure.source,
        locator=figure.locator,
        worked_source=counting,
        worked_locator=None,
    )


def _calculated(kind: Kind, figure: Figure, counts: Mapping[_About, Figure]) -> _Calculated | None:
    """Return a figure from the counts of its periods; None where they do not give it."""
    now = counts.get(_about(figure))
    if now is None or now.events is None:
        return None
    if kind.name == "rate" and now.value is not None and now.base is not None:
        return _Calculated(now.value, now.events, now.base, None, now.locator)
    if kind.name != "change" or figure.base_period_end is None:
        return None
    before = counts.get((figure.force, figure.metric, figure.base_period_end))
    if before is None or before.events is None:
        return None
    change = None
    if before.events > 0:
        change = 100 * (now.events - before.events) / before.events
    return _Calculated(change, now.events, None, before.events, now.locator)


def _beside(row: Reproduction, calculated: _Calculated | None, reason: str) -> Reproduction:
    """Return a printed figure with what the counts give for it."""
    if calculated is None:
        return row
    if calculated.value is None:
        return row._replace(reason=_NONE_BEFORE)
    places = row.printed_decimals
    off = round(float(rounded(calculated.value, places)) - row.printed, places)
    return row._replace(
        worked_out=calculated.value,
        off=off,
        result=DIFFERS if off else MATCHES,
        reason=reason if off else None,
        events=calculated.events,
        base=calculated.base,
        events_before=calculated.events_before,
        worked_locator=calculated.locator,
    )
