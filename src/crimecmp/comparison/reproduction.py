"""Calculates printed figures again from published counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from crimecmp.comparison.kinds import KINDS, Kind
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Reproduction
from crimecmp.errors import NoFiguresError
from crimecmp.tables.cells import decimals
from crimecmp.text import rounded, visible

if TYPE_CHECKING:
    from crimecmp.tables.checked import Row
    from crimecmp.tables.dataset import Dataset

MATCHES, DIFFERS, CANNOT = "matches", "differs", "cannot be worked out"

_NO_COUNTS = "The data hold no published counts of this."
_NONE_BEFORE = "The earlier count is not above nought."
_NOT_KNOWN = "Why is not known; published counts are revised from edition to edition."

_Key = tuple[str, str, str, str]


class _Counted(NamedTuple):
    """A figure calculated from counts; None where they do not give it."""

    value: float | None
    events: int
    base: float | None
    events_before: int | None
    locator: str


def reproduced(data: Dataset, request: Request) -> list[Reproduction]:
    """Return each printed figure of a force and of its benchmark beside its calculation.

    Raises
    ------
    NoFiguresError
        Where no figure of the force was printed by one source and counted by another.
    """
    printing, counting = _sources(data, request)
    areas = (*request.forces, request.benchmark)
    known = {
        (row["force"], row["metric"], row["period_end"], row["base_period_end"]): row["text"]
        for row in data.rows("differences")
        if row["source"] == printing
    }
    counts = _counts(data, counting)
    rows = [
        _beside(
            _printed(data, kind, row, counting),
            _worked_out(kind, key, counts),
            known.get(key, _NOT_KNOWN),
        )
        for kind in KINDS.values()
        for key, row in _rows(data, kind, areas, printing)
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


def _sources(data: Dataset, request: Request) -> tuple[str, str]:
    """Return the source of the printed figures, and that of the counts."""
    [force] = request.forces
    having = data.in_order(
        row["source"]
        for kind in KINDS.values()
        for row in data.rows(kind.table)
        if row["force"] == force and _was_printed(kind, row)
    )
    printing = next((name for name in having if request.source in (None, name)), None)
    counting = data.in_order(
        row["source"]
        for row in data.rows("rates")
        if row["count"] and row["base"] and row["force"] == force and row["source"] != printing
    )
    if printing is None or not counting:
        raise _nothing(data, request)
    return printing, counting[0]


def _nothing(data: Dataset, request: Request) -> NoFiguresError:
    label = data.forces[request.forces[0]].label
    return NoFiguresError(
        f"no printed figures of {label} to work out again in {visible(data.label)}",
        "It takes figures that one source printed, and counts and bases of another; of the bundled "
        "figures Durham's alone were printed.",
    )


def _was_printed(kind: Kind, row: Row) -> bool:
    """Return whether a row has a figure but not the counts behind it."""
    before = row.get("base_count") or row.get("base")
    return bool(row[kind.figure]) and not (row.get("count") and before)


def _counts(data: Dataset, source: str) -> dict[tuple[str, str, str], Row]:
    """Return the rows of a source that have a count, by force, metric and period."""
    return {
        (row["force"], row["metric"], row["period_end"]): row
        for row in data.rows("rates")
        if row["source"] == source and row["count"]
    }


def _rows(
    data: Dataset, kind: Kind, areas: tuple[str, ...], source: str
) -> Iterator[tuple[_Key, Row]]:
    """Yield the printed figures of one kind."""
    for row in data.rows(kind.table):
        if row["source"] == source and row["force"] in areas and _was_printed(kind, row):
            key = (row["force"], row["metric"], row["period_end"], row.get("base_period_end", ""))
            yield key, row


def _printed(data: Dataset, kind: Kind, row: Row, counting: str) -> Reproduction:
    """Return a printed figure, its calculation still empty."""
    figure, base_end = row[kind.figure], row.get("base_period_end", "")
    return Reproduction(
        kind=kind.name,
        metric=row["metric"],
        label=data.metrics[row["metric"]].label,
        force=row["force"],
        period_end=date.fromisoformat(row["period_end"]),
        base_period_end=date.fromisoformat(base_end) if base_end else None,
        unit=kind.unit or data.by_id("metrics")[row["metric"]]["unit"],
        printed=float(figure),
        worked_out=None,
        off=None,
        result=CANNOT,
        reason=_NO_COUNTS,
        events=None,
        base=None,
        events_before=None,
        printed_decimals=decimals(figure),
        source=row["source"],
        locator=row["locator"] or None,
        worked_source=counting,
        worked_locator=None,
    )


def _worked_out(
    kind: Kind, key: _Key, counts: Mapping[tuple[str, str, str], Row]
) -> _Counted | None:
    """Return a figure from the counts of its periods; None where they do not give it."""
    force, metric, end, base_end = key
    now = counts.get((force, metric, end))
    if now is None:
        return None
    count = int(now["count"])
    if kind.name == "rate" and now["value"]:
        return _Counted(float(now["value"]), count, float(now["base"]), None, now["locator"])
    before = counts.get((force, metric, base_end))
    if kind.name == "change" and before is not None:
        earlier = int(before["count"])
        if earlier <= 0:
            return _Counted(None, count, None, earlier, now["locator"])
        change = 100 * (count - earlier) / earlier
        return _Counted(change, count, None, earlier, now["locator"])
    return None


def _beside(row: Reproduction, worked_out: _Counted | None, reason: str) -> Reproduction:
    """Return a printed figure with what the counts give for it."""
    if worked_out is None:
        return row
    if worked_out.value is None:
        return row._replace(reason=_NONE_BEFORE)
    places = row.printed_decimals
    off = round(float(rounded(worked_out.value, places)) - row.printed, places)
    return row._replace(
        worked_out=worked_out.value,
        off=off,
        result=DIFFERS if off else MATCHES,
        reason=reason if off else None,
        events=worked_out.events,
        base=worked_out.base,
        events_before=worked_out.events_before,
        worked_locator=worked_out.locator or None,
    )
