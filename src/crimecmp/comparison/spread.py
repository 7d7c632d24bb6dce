"""Is a force unusual among forces? Counts and bases of all forces in, the place of each out.

This is a different question from whether a difference is more than chance: at the size of a force
nearly every difference is. Here a force is compared with the spread of all forces.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from crimecmp.comparison.kinds import Kind
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Among, Comparison
from crimecmp.errors import MethodError
from crimecmp.statistics import Level, funnel_limits, overdispersion
from crimecmp.tables.cells import per
from crimecmp.text import in_words

if TYPE_CHECKING:
    from crimecmp.tables.dataset import Dataset


HIGH, LOW, NOT_UNUSUAL = "unusually high", "unusually low", "not unusual"


class Counted(NamedTuple):
    """A force's count and base; None where the source has a row for it but not the figure."""

    events: int | None
    base: float | None


def among(
    figures: Mapping[str, Counted],
    forces: Sequence[str],
    left_out: Sequence[str],
    labels: Mapping[str, str],
    per: float,
    level: float,
    wanted: Collection[str],
) -> dict[str, Among]:
    """Return the place of some forces among all.

    Parameters
    ----------
    figures
        The count and base of each force that the source has a row for.
    forces
        Ids of all forces.
    left_out
        The forces that are left out of the spread.
    labels
        What the forces are called.
    per
        The base that rates are per: 1,000 people, say.
    level
        Level of confidence of the funnel's limits and of what is unusual.
    wanted
        The forces whose places are wanted.

    Returns
    -------
    dict
        By force, at least those wanted. Nothing is tested unless the source has a row for every
        force in the spread: a few forces do not show what is usual.
    """
    spread = [force for force in forces if force not in left_out]
    missing = [force for force in spread if force not in figures]
    if missing:
        reason = (
            f"The source has {len(spread) - len(missing)} of the {len(spread)} forces: what is "
            "usual cannot be told without the others."
        )
        return {force: Among(among_reason=reason) for force in figures}
    known: dict[str, tuple[int, float]] = {}
    for force in spread:
        events, base = figures[force]
        # A count below zero means that more crimes were withdrawn than recorded: it is no number
        # of crimes.
        if events is not None and base is not None and events >= 0:
            known[force] = (events, base)
    if not known:
        reason = "No force has both a count and a base."
        return {force: Among(among_reason=reason) for force in figures}
    outside = [force for force in forces if force in figures and force not in known]
    said = f"In the spread: {len(known)} of {len(forces)} forces"
    if outside:
        said += f", without {in_words(labels[force] for force in outside)}"
    try:
        tested = _tested(known, per, level, f"{said}.", wanted)
    except MethodError as error:
        reason = f"The counts are beyond what the method takes: {error.message}."
        return {force: Among(among_reason=reason) for force in figures}
    reason = f"Not in the spread of forces. {said}."
    return {**tested, **{force: Among(among_reason=reason) for force in outside}}


def _tested(
    known: Mapping[str, tuple[int, float]],
    per: float,
    level: float,
    reason: str,
    wanted: Collection[str],
) -> dict[str, Among]:
    rate = sum(count for count, _ in known.values()) / sum(base for _, base in known.values())
    rates = {force: count / base for force, (count, base) in known.items()}
    spread = overdispersion(
        [count for count, _ in known.values()], [rate * base for _, base in known.values()]
    )
    critical = Level.of(level).z
    places = {}
    for force, z in zip(known, spread.adjusted_z, strict=True):
        if force not in wanted:
            continue
        low, high = funnel_limits(known[force][1], per * rate, per, level)
        places[force] = Among(
            1 + sum(other > rates[force] for other in rates.values()),
            len(rates),
            HIGH if z > critical else LOW if z < -critical else NOT_UNUSUAL,
            reason,
            z,
            low,
            high,
            spread.phi,
            spread.tau_squared,
        )
    return places


def placed(
    data: Dataset, kind: Kind, request: Request, rows: Sequence[Comparison]
) -> list[Comparison]:
    """Return rows with the place of their forces among forces."""
    if kind.name != "rate":
        return [row._replace(among=_NOT_AMONG) for row in rows]
    spreads = _spreads(data, {_spread(row): row.unit for row in rows}, request)
    return [row._replace(among=spreads[_spread(row)].get(row.force, _NOT_AMONG)) for row in rows]


_NOT_AMONG = Among(among_reason="Only rates of forces are held against those of all forces.")


def _spread(row: Comparison) -> tuple[str, str, str]:
    """Return what the forces of one spread have in common."""
    return row.metric, row.period_end.isoformat(), row.source


_SPREAD_BY = ("metric", "period_end", "source")


def _spreads(
    data: Dataset, units: Mapping[tuple[str, ...], str], request: Request
) -> dict[tuple[str, ...], Mapping[str, Among]]:
    """Return the place of each force, by metric, period and source."""
    columns = data.table("rates").columns
    territorial = data.territorial()
    figures: dict[tuple[str, ...], dict[str, Counted]] = {about: {} for about in units}
    keys = zip(*(columns[name] for name in _SPREAD_BY), strict=True)
    cells = zip(columns["force"], columns["count"], columns["base"], strict=True)
    for about, (force, count, base) in zip(keys, cells, strict=True):
        if about in figures and force in territorial:
            figures[about][force] = Counted(
                int(count) if count else None, float(base) if base else None
            )
    labels = {name.id: name.label for name in data.forces}
    spreads: dict[tuple[str, ...], Mapping[str, Among]] = {}
    for about, found in figures.items():
        scale = per(units[about])
        spreads[about] = (
            among(
                found, territorial, request.out_of_spread, labels, scale, request.level,
                request.forces,
            )
            if scale
            else {}
        )  # fmt: skip
    return spreads
