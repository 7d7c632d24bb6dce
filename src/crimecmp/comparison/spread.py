"""Is a force unusual among forces? Counts and bases of all forces in, the place of each out.

This is a different question from whether a difference is more than random variation: at the size of
a force nearly every difference is. Here a force is compared with the spread of all the others.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from crimecmp.comparison.kinds import Kind
from crimecmp.comparison.methods import COUNTS
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Among, Comparison, Prediction
from crimecmp.comparison.verdict_words import HIGH, LOW, NOT_UNUSUAL, SIMILAR
from crimecmp.errors import MethodError
from crimecmp.statistics import (
    Overdispersion,
    RankInterval,
    Unusual,
    count_ratio,
    funnel_limits,
    overdispersion,
    rank_intervals,
    unusual_among,
)
from crimecmp.tables.cells import per
from crimecmp.tables.names import DEFAULT_BENCHMARK
from crimecmp.text import in_words

if TYPE_CHECKING:
    from crimecmp.tables.dataset import Dataset


FEWEST_FORCES = 10
"""Among fewer forces nothing is tested: they do not show what is usual."""


class Place(NamedTuple):
    """Where a force is among forces, and the range expected of a force of its size."""

    among: Among
    prediction: Prediction = Prediction()


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
) -> dict[str, Place]:
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
        Level of the range expected of a force, and of the lines of the funnel.
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
            f"The source has {len(spread) - len(missing)} of the {len(spread)} forces. All are "
            "needed to say what is usual."
        )
        return {force: _untested(reason) for force in figures}
    known: dict[str, tuple[int, float]] = {}
    for force in spread:
        events, base = figures[force]
        # A count below zero means that more crimes were withdrawn than recorded: it is no number
        # of crimes.
        if events is not None and base is not None and events >= 0:
            known[force] = (events, base)
    if not known:
        return {force: _untested("No force has both a count and a base.") for force in figures}
    if not any(events for events, _ in known.values()):
        return {
            force: _untested("The count is zero in every force, so nothing is tested.")
            for force in figures
        }
    outside = [force for force in forces if force in figures and force not in known]
    said = f"{len(known)} of {len(forces)} forces are compared"
    if outside:
        said += f", without {in_words(labels[force] for force in outside)}"
    try:
        tested = _tested(known, per, level, f"{said}.", wanted)
    except MethodError as error:
        reason = f"The method cannot handle these counts: {error.message}."
        return {force: _untested(reason) for force in figures}
    reason = f"This force is not compared with the others. {said}."
    return {**tested, **{force: _untested(reason) for force in outside}}


def _untested(reason: str) -> Place:
    return Place(Among(among_reason=reason))


class _Everyone(NamedTuple):
    """What the forces of a spread have, each in their order; empty and why where not tested."""

    unusual: Sequence[Unusual]
    sides: Sequence[int]
    old: Overdispersion
    ranks: Sequence[RankInterval]
    untested: str = ""


# A page has the same forces in its tables and in its pictures.
@lru_cache(maxsize=64)
def _everyone(
    counts: tuple[int, ...], bases: tuple[float, ...], per: float, level: float
) -> _Everyone:
    rate = sum(counts) / sum(bases)
    old = overdispersion(counts, [rate * base for base in bases])
    ranks = rank_intervals(counts, bases, level)
    if len(counts) < FEWEST_FORCES:
        reason = f"There are fewer than {FEWEST_FORCES} forces, too few to test."
        return _Everyone((), (), old, ranks, reason)
    if sum(count > 0 for count in counts) < _FEWEST_WITH_EVENTS:
        return _Everyone(
            (), (), old, ranks, "Only one force has a count above zero, so nothing is tested."
        )
    try:
        unusual = unusual_among(counts, bases, per, level)
        sides = [
            found.side if found.side and _differs_from_rest(counts, bases, place, level) else 0
            for place, found in enumerate(unusual)
        ]
    except MethodError as error:
        reason = f"The method cannot handle these counts: {error.message}."
        return _Everyone((), (), old, ranks, reason)
    return _Everyone(unusual, sides, old, ranks)


_FEWEST_WITH_EVENTS = 2


def _differs_from_rest(
    counts: Sequence[int], bases: Sequence[float], place: int, level: float
) -> bool:
    """Return whether a force's rate differs from that of all the others by more than Poisson.

    A force with no clear difference from the others together is not called unusual among them.
    """
    rest = sum(counts) - counts[place], sum(bases) - bases[place]
    return count_ratio(counts[place], rest[0], bases[place], rest[1]).p < 1 - level


def _tested(
    known: Mapping[str, tuple[int, float]],
    per: float,
    level: float,
    reason: str,
    wanted: Collection[str],
) -> dict[str, Place]:
    counts, bases = zip(*known.values(), strict=True)
    everyone = _everyone(counts, bases, per, level)
    rate = per * sum(counts) / sum(bases)
    number_unusual = sum(side != 0 for side in everyone.sides)
    places = {}
    for place, force in enumerate(known):
        if force not in wanted:
            continue
        low, high = funnel_limits(bases[place], rate, per, level)
        rank = everyone.ranks[place]
        ranked = Among(
            forces_rank=rank.rank,
            forces_ranked=len(known),
            among_reason=f"{everyone.untested} {reason}".lstrip(),
            adjusted_z=everyone.old.adjusted_z[place],
            funnel_low=low,
            funnel_high=high,
            phi=everyone.old.phi,
            tau_squared=everyone.old.tau_squared,
        )
        prediction = Prediction(rank_low=rank.best, rank_high=rank.worst)
        if not everyone.untested:
            unusual = everyone.unusual[place]
            ranked = ranked._replace(among_forces=_SIDES[everyone.sides[place]])
            prediction = Prediction(
                unusual.low, unusual.high, unusual.p, unusual.q, unusual.tau, rank.best, rank.worst,
                number_unusual,
            )  # fmt: skip
        places[force] = Place(ranked, prediction)
    return places


_SIDES = {1: HIGH, 0: NOT_UNUSUAL, -1: LOW}


def placed(
    data: Dataset, kind: Kind, request: Request, rows: Sequence[Comparison]
) -> list[Comparison]:
    """Return rows with the place of their forces among forces."""
    if kind.name != "rate":
        return [row._replace(among=_NOT_AMONG) for row in rows]
    spreads = _spreads(data, {_spread(row): row.unit for row in rows}, request)
    found = []
    for row in rows:
        place = spreads[_spread(row)].get(row.force, Place(_NOT_AMONG))
        among = place.among
        if _is_similar_to_all(row) and among.among_forces in (HIGH, LOW):
            among = among._replace(among_forces=NOT_UNUSUAL)
        found.append(row._replace(among=among, prediction=place.prediction))
    return found


def _is_similar_to_all(row: Comparison) -> bool:
    """Return whether an exact test finds no clear difference from England and Wales as printed."""
    tested = row.tested.verdict == SIMILAR and row.tested.method == COUNTS
    return tested and row.benchmark == DEFAULT_BENCHMARK


_NOT_AMONG = Among(among_reason="Only rates of forces are compared with those of all forces.")


def _spread(row: Comparison) -> tuple[str, str, str]:
    """Return what the forces of one spread have in common."""
    return row.metric, row.period_end.isoformat(), row.source


def _spreads(
    data: Dataset, units: Mapping[tuple[str, ...], str], request: Request
) -> dict[tuple[str, ...], Mapping[str, Place]]:
    """Return the place of each force, by metric, period and source."""
    columns = data.table("rates").columns
    territorial = data.territorial()
    ranked = set(territorial)
    figures: dict[tuple[str, ...], dict[str, Counted]] = {about: {} for about in units}
    for about, found in figures.items():
        metric, end, source = about
        for force, place in data.runs("rates").of_period(metric, source, end).items():
            if force in ranked:
                count, base = columns["count"][place], columns["base"][place]
                found[force] = Counted(int(count) if count else None, float(base) if base else None)
    labels = {name.id: name.label for name in data.forces}
    spreads: dict[tuple[str, ...], Mapping[str, Place]] = {}
    for about, found in figures.items():
        scale = per(units[about])
        spreads[about] = (
            among(
                found, territorial, request.out_of_spread, labels, scale, request.level,
                set(request.forces),
            )
            if scale
            else {}
        )  # fmt: skip
    return spreads
