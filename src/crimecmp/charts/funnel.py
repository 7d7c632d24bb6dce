"""Funnel: the rates of all forces by the size of their base, between control limits."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from typing import NamedTuple

from crimecmp.charts.forces import all_forces, shown_note
from crimecmp.charts.marks import roles_of
from crimecmp.comparison.request import LEVELS, Request
from crimecmp.comparison.row import Comparison
from crimecmp.document.picture import Dot, Funnel, Limits, Picture, Role
from crimecmp.errors import NoFiguresError
from crimecmp.statistics import funnel_limits, overdispersed_limits
from crimecmp.tables.cells import per
from crimecmp.tables.dataset import Dataset
from crimecmp.tables.names import DEFAULT_BENCHMARK
from crimecmp.text import in_words, plural
from crimecmp.wording.captions import (
    base_of,
    picture_notes,
    source_words,
    unit_words,
)
from crimecmp.wording.labels import periods_words
from crimecmp.wording.sentences import base_words, figure_words

INSIDE = "inside"
CHANCE = (
    "By chance alone forces would lie within narrow limits: they differ by more than that, and at "
    "their size most lie outside without being unusual (crimecmp explain overdispersion)."
)
SPREAD = (
    "Limits with spread take in how much the forces differ by themselves: outside of them a force "
    "is unusual among forces (crimecmp explain overdispersion)."
)


class _Counted(NamedTuple):
    """A force's comparison, with its count and base, which a funnel needs."""

    row: Comparison
    events: int
    base: float


class _Spread(NamedTuple):
    """The forces of a funnel, and the parameters of its limits.

    Parameters
    ----------
    forces
        The forces.
    rate
        The rate of all of them together, as events over base.
    scale
        What a rate is multiplied by, such as 1,000.
    tau_squared
        The variance between forces.
    """

    forces: list[_Counted]
    rate: float
    scale: float
    tau_squared: float


def funnel(data: Dataset, request: Request, *, overdispersed: bool = False) -> Picture:
    """Return a picture of all forces' rates of one metric by the size of their base.

    Parameters
    ----------
    data
        The tables.
    request
        The forces to mark, and the metric.
    overdispersed
        Whether to draw overdispersed limits, which allow for the spread of the forces, as well as
        the limits of chance.

    Raises
    ------
    NoFiguresError
        Where the data have no counts and bases for all forces, or none for a marked force.
    RequestError
        Where there are more forces than a picture can show.
    """
    # The funnel is centred on the rate of all forces, so a benchmark that is a force counts as one.
    request = request._replace(benchmark=DEFAULT_BENCHMARK, group=None, weighted=False)
    roles = roles_of(request)
    _, rows = all_forces(data, request, ("rates",))
    spread = _spread(data, request, rows)
    first = spread.forces[0].row
    bases = [force.base for force in spread.forces]
    shown = [force.row for force in spread.forces]
    limits = _limits(spread, bases, overdispersed=overdispersed)
    dots = sorted(
        (_dot(data, force, roles, spread, overdispersed=overdispersed) for force in spread.forces),
        key=lambda dot: -dot.base,
    )
    outside = sum(dot.remark != INSIDE for dot in dots)
    marked = in_words(data.forces[force].label for force in request.forces)
    return Picture(
        "funnel",
        f"{first.label}: {marked} among {plural(len(dots), 'force')}, by the size of their "
        f"{base_of(first.unit).lower()}, {periods_words(shown)}",
        unit_words(first.unit),
        Funnel(
            tuple(dots),
            limits,
            spread.rate * spread.scale,
            f"all {len(dots)} together",
            base_of(first.unit),
        ),
        (
            f"Limits at 95 % and 99.8 % around the rate of all {len(dots)} together; outside those "
            f"at 95 %{', with spread,' * overdispersed} are {outside} of them.",
            *([CHANCE] if _mostly_outside(spread) else []),
            *([SPREAD] if overdispersed else []),
            shown_note(data, request, shown),
            *picture_notes(data, "rates", request, shown),
        ),
        source_words(data, shown),
        _description(dots, first.unit, base_words(first)),
    )


def _spread(data: Dataset, request: Request, rows: Sequence[Comparison]) -> _Spread:
    """Return the forces that have a count and a base, and the rate of all of them together.

    Raises
    ------
    NoFiguresError
        Where no force has both, or a requested force does not.
    """
    inside = [
        _Counted(row, row.force_count, row.force_base)
        for row in rows
        if row.among.adjusted_z is not None
        and row.force_count is not None
        and row.force_base is not None
        and row.force not in request.out_of_spread
    ]
    missing = set(request.forces) - {force.row.force for force in inside}
    if not inside or missing:
        label = data.metrics[str(request.metric)].label
        reason = {row.among.among_reason for row in rows if row.force in missing or not inside}
        raise NoFiguresError(
            f"no funnel of {label} for "
            f"{in_words(data.forces[force].label for force in request.forces)}",
            f"It takes count and base of all forces. {' '.join(sorted(reason))}".strip(),
        )
    events = sum(force.events for force in inside)
    base = sum(force.base for force in inside)
    first = inside[0].row
    scale = per(first.unit) or 1.0
    return _Spread(inside, events / base, scale, first.among.tau_squared or 0.0)


def _mostly_outside(spread: _Spread) -> bool:
    """Return whether more than half of the forces are outside the limits of chance."""
    outside = 0
    for force in spread.forces:
        low, high = _limits_at(spread, force.base, LEVELS[0], overdispersed=False)
        rate = force.events / force.base * spread.scale
        outside += not low <= rate <= high
    return outside > len(spread.forces) / 2


def _limits(spread: _Spread, bases: Sequence[float], *, overdispersed: bool) -> tuple[Limits, ...]:
    """Return the curves of the limits, from below the smallest base to above the largest."""
    low, high = log(min(bases) / _MARGIN), log(max(bases) * _MARGIN)
    grid = [exp(low + (high - low) * step / _STEPS) for step in range(_STEPS + 1)]
    kinds = (False, True) if overdispersed else (False,)
    return tuple(
        Limits(
            f"{100 * level:g} %{', with spread' * kind}",
            tuple((base, *_limits_at(spread, base, level, overdispersed=kind)) for base in grid),
            level,
            kind,
        )
        for kind in kinds
        for level in LEVELS
    )


_MARGIN = 1.15
_STEPS = 60


def _limits_at(
    spread: _Spread, base: float, level: float, *, overdispersed: bool
) -> tuple[float, float]:
    rate = spread.rate * spread.scale
    if overdispersed and rate > 0:
        limits = overdispersed_limits(base, rate, spread.tau_squared, spread.scale, level)
    else:
        limits = funnel_limits(base, rate, spread.scale, level)
    return limits.low, limits.high


def _dot(
    data: Dataset,
    force: _Counted,
    roles: dict[str, Role],
    spread: _Spread,
    *,
    overdispersed: bool,
) -> Dot:
    """Return a force's dot, with a name if the force was requested or is outside the limits."""
    row, base = force.row, force.base
    value = force.events / base * spread.scale
    role = roles.get(row.force, "other")
    role = "other" if role == "benchmark" else role
    remark = INSIDE
    for level in LEVELS:
        low, high = _limits_at(spread, base, level, overdispersed=overdispersed)
        if not low <= value <= high:
            remark = f"{'above' if value > high else 'below'} {100 * level:g} %"
    named = role != "other" or remark != INSIDE
    label = data.forces[row.force].label
    return Dot(label, role, base, value, figure_words(row, row.own), named, remark)


def _description(dots: Sequence[Dot], unit: str, counted: str) -> str:
    """Describe a funnel in words: the marked forces, then the others inside and outside limits."""
    own = [
        f"{dot.label} ({dot.base:,.0f} {counted}): {dot.text} {unit}, {dot.remark}"
        + (" limits" if dot.remark != INSIDE else " the limits")
        for dot in dots
        if dot.role != "other"
    ]
    places: dict[str, list[str]] = {}
    for dot in dots:
        if dot.role == "other":
            places.setdefault(dot.remark, []).append(f"{dot.label} {dot.text}")
    rest = [f"{place[0].upper()}{place[1:]}: {in_words(names)}" for place, names in places.items()]
    return f"{'. '.join([*own, *rest])}."
