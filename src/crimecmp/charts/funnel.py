"""Funnel: the rates of all forces by the size of their base, between control limits."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from typing import NamedTuple

from crimecmp.charts.forces import all_forces, shown_note
from crimecmp.charts.marks import described, roles_of
from crimecmp.comparison.request import LEVELS, Request
from crimecmp.comparison.row import Comparison
from crimecmp.comparison.verdict_words import HIGH, LOW
from crimecmp.document.picture import Dot, Funnel, Limits, Picture, Role
from crimecmp.errors import MethodError, NoFiguresError
from crimecmp.statistics import (
    Spread,
    funnel_limits,
    funnel_tails,
    overdispersed_limits,
    spread_among,
)
from crimecmp.tables.cells import per
from crimecmp.tables.dataset import Dataset
from crimecmp.tables.names import DEFAULT_BENCHMARK
from crimecmp.text import in_words, plural
from crimecmp.wording.captions import base_of, beneath, picture_source, places_in_source
from crimecmp.wording.figure_words import base_words, figure_words
from crimecmp.wording.headlines import of_spread
from crimecmp.wording.labels import periods_words

INSIDE = "inside"
RANDOM = (
    "Forces differ by more than random variation in separate crimes alone, so most are outside "
    "these limits without being unusual."
)
SPREAD = (
    "Each force is compared with the others, so one just inside the usual range can be unusual."
)
USUAL = "usual range among forces"
SIZED = "usual range for a force of its size"
"""What the limits that allow for the spread between forces are called, and where size matters."""

_WIDER = 1.1
"""A range widens for small forces where it is a tenth wider for the smallest than the largest."""


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
    between
        The spread between the forces, where it can be estimated.
    """

    forces: list[_Counted]
    rate: float
    scale: float
    between: Spread | None


def funnel(data: Dataset, request: Request, *, overdispersed: bool = True) -> Picture:
    """Return a picture of all forces' rates of one metric by the size of their base.

    Parameters
    ----------
    data
        The tables.
    request
        The forces to mark, and the metric.
    overdispersed
        Whether the limits allow for the spread between forces; otherwise they are those of random
        variation in separate crimes alone.

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
    overdispersed = overdispersed and spread.between is not None
    first = spread.forces[0].row
    bases = [force.base for force in spread.forces]
    shown = [force.row for force in spread.forces]
    dots = sorted(
        (_dot(data, force, roles, spread, overdispersed=overdispersed) for force in spread.forces),
        key=lambda dot: -dot.base,
    )
    outside = sum(dot.remark != INSIDE for dot in dots)
    case = "unusual at 95%" if overdispersed else "outside the 95% limits of random variation"
    counted = f"{plural(outside, 'force')} {'is' if outside == 1 else 'are'} {case}."
    asked = [row for force in request.forces for row in shown if row.force == force]
    limits = _limits(spread, bases, overdispersed=overdispersed)
    sized = _widens(limits[0])
    title = of_spread(data, asked, sized=sized) if overdispersed else _outside_words(dots, first)
    below = beneath(
        data,
        "rates",
        request,
        shown,
        first=[RANDOM] if not overdispersed and _mostly_outside(spread) else [],
        otherwise=[*([SPREAD] if overdispersed else []), shown_note(data, request, shown)],
    )
    return Picture(
        "funnel",
        title,
        f"{first.label} {first.unit}: {plural(len(dots), 'force')} by number of "
        f"{base_words(first)}, {periods_words(shown)}",
        Funnel(
            tuple(dots),
            limits,
            spread.rate * spread.scale,
            f"all {len(dots)} together",
            base_of(first.unit),
        ),
        below.note,
        picture_source(data, shown),
        described(
            title,
            [counted, _description(dots, first.unit, base_words(first))],
            (*below.more, *places_in_source(shown)),
        ),
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
        if row.among.forces_rank is not None
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
            f"A funnel needs the count and base of all forces. {' '.join(sorted(reason))}".strip(),
        )
    events = sum(force.events for force in inside)
    base = sum(force.base for force in inside)
    scale = per(inside[0].row.unit) or 1.0
    try:
        between = spread_among([force.events for force in inside], [force.base for force in inside])
    except MethodError:  # hardly any events
        between = None
    return _Spread(inside, events / base, scale, between)


def _mostly_outside(spread: _Spread) -> bool:
    """Return whether more than half of the forces are outside the limits of random variation."""
    outside = sum(_side(spread, force, LEVELS[0]) != 0 for force in spread.forces)
    return outside > len(spread.forces) / 2


def _side(spread: _Spread, force: _Counted, level: float) -> int:
    """Return -1 below the funnel of random variation, 1 above it and 0 inside, by exact tails."""
    expected = spread.rate * force.base
    return funnel_tails(force.events, expected).side(level) if expected else 0


def _limits(spread: _Spread, bases: Sequence[float], *, overdispersed: bool) -> tuple[Limits, ...]:
    """Return the curves of the limits, from below the smallest base to above the largest."""
    low, high = log(min(bases) / _MARGIN), log(max(bases) * _MARGIN)
    grid = [exp(low + (high - low) * step / _STEPS) for step in range(_STEPS + 1)]
    found = (
        Limits(
            f"{100 * level:g}%",
            tuple(
                (base, *_limits_at(spread, base, level, overdispersed=overdispersed))
                for base in grid
            ),
            level,
            overdispersed,
        )
        for level in LEVELS
    )
    narrow, *others = found
    if overdispersed:
        name = SIZED if _widens(narrow) else USUAL
        narrow = narrow._replace(label=f"{name} ({narrow.label})")
    return narrow, *others


def _widens(limits: Limits) -> bool:
    """Return whether limits are wider for the smallest force than for the largest."""
    (_, low, high), *_, (_, last_low, last_high) = limits.curve
    return high - low > _WIDER * (last_high - last_low)


_MARGIN = 1.15
_STEPS = 60


def _limits_at(
    spread: _Spread, base: float, level: float, *, overdispersed: bool
) -> tuple[float, float]:
    if overdispersed and spread.between is not None:
        limits = overdispersed_limits(base, spread.between, spread.scale, level)
    else:
        limits = funnel_limits(base, spread.rate * spread.scale, spread.scale, level)
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
    remark = _unusual(row) if overdispersed else _outside(spread, force)
    named = role != "other" or remark != INSIDE
    label = data.forces[row.force].label
    return Dot(label, role, base, value, figure_words(row, row.own), named, remark)


def _outside(spread: _Spread, force: _Counted) -> str:
    remark = INSIDE
    for level in LEVELS:
        side = _side(spread, force, level)
        if side:
            remark = f"{'above' if side > 0 else 'below'} {100 * level:g}%"
    return remark


def _outside_words(dots: Sequence[Dot], first: Comparison) -> str:
    """Return where the marked forces lie by limits of random variation alone, as a title."""
    placed = [f"{dot.label} is {_place_words(dot.remark)}" for dot in dots if dot.role != "other"]
    return f"{first.label}: {in_words(placed)} of random variation"


def _unusual(row: Comparison) -> str:
    return row.among.among_forces if row.among.among_forces in (HIGH, LOW) else INSIDE


def _description(dots: Sequence[Dot], unit: str, counted: str) -> str:
    """Describe a funnel in words: the marked forces, then the others inside and outside limits."""
    own = [
        f"{dot.label} ({dot.base:,.0f} {counted}): {dot.text} {unit}, {_place_words(dot.remark)}"
        for dot in dots
        if dot.role != "other"
    ]
    places: dict[str, list[str]] = {}
    for dot in dots:
        if dot.role == "other":
            places.setdefault(dot.remark, []).append(f"{dot.label} {dot.text}")
    rest = [f"{place[0].upper()}{place[1:]}: {in_words(names)}" for place, names in places.items()]
    return f"{'. '.join([*own, *rest])}."


def _place_words(remark: str) -> str:
    if remark in (HIGH, LOW):
        return remark
    side, _, level = remark.partition(" ")
    return f"{side} the {level} limits" if level else f"{remark} the limits"
