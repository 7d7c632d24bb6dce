"""Funnel: the rates of all forces over the sizes of their bases, between control limits."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from typing import NamedTuple, cast

from crimecmp.errors import NoFiguresError
from crimecmp.methods import funnel_limits, overdispersed_limits
from crimecmp.pages.wording import periods_words
from crimecmp.picture import Dot, Funnel, Limits, Picture, Role
from crimecmp.pictures.forces import all_forces, shown_note
from crimecmp.pictures.marks import roles_of
from crimecmp.pictures.words import (
    base_of,
    source_words,
    standing_notes,
    unit_words,
)
from crimecmp.report import Record
from crimecmp.selection import Selection
from crimecmp.sentences import base_words, figure_words
from crimecmp.tables.cells import per
from crimecmp.tables.dataset import Dataset
from crimecmp.tables.names import DEFAULT_BENCHMARK
from crimecmp.text import in_words, plural
from crimecmp.verdicts import LEVELS

INSIDE = "inside"
CHANCE = (
    "By chance alone forces would lie within narrow limits: they differ by more than that, and at "
    "their size most lie outside without being unusual (crimecmp explain overdispersion)."
)
SPREAD = (
    "Limits with spread take in how much the forces differ by themselves: outside of them a force "
    "is unusual among forces (crimecmp explain overdispersion)."
)


class _Spread(NamedTuple):
    """The forces of a funnel, and what its limits are made of."""

    rows: list[Record]
    rate: float
    scale: float
    tau_squared: float


def funnel(data: Dataset, selection: Selection, *, overdispersed: bool = False) -> Picture:
    """Return the picture of all forces' rates of one metric over their bases, some marked.

    Parameters
    ----------
    data
        The tables.
    selection
        The forces to mark, and the metric.
    overdispersed
        Whether limits that take in the forces' own spread are drawn beside those of chance.

    Raises
    ------
    NoFiguresError
        Where the data lack counts and bases of all forces, or of those to be marked.
    RequestError
        Where there are more forces than a picture can tell apart.
    """
    # The funnel is around the rate of all forces: a force that is the benchmark is one of them.
    selection = selection._replace(benchmark=DEFAULT_BENCHMARK, group=None, weighted=False)
    roles = roles_of(selection)
    _, rows = all_forces(data, selection, ("rates",))
    spread = _spread(data, selection, rows)
    first = spread.rows[0]
    bases = [cast("float", record["force_base"]) for record in spread.rows]
    limits = _limits(spread, bases, overdispersed=overdispersed)
    kinds = {True, False} if overdispersed else {False}
    dots = sorted(
        (_dot(data, record, roles, spread, overdispersed=max(kinds)) for record in spread.rows),
        key=lambda dot: -dot.base,
    )
    outside = sum(dot.remark != INSIDE for dot in dots)
    marked = in_words(data.forces[force].label for force in selection.forces)
    return Picture(
        "funnel",
        f"{first['label']}: {marked} among {plural(len(dots), 'force')}, by the size of their "
        f"{base_of(str(first['unit'])).lower()}, {periods_words(spread.rows)}",
        unit_words(str(first["unit"])),
        Funnel(
            tuple(dots),
            limits,
            spread.rate * spread.scale,
            f"all {len(dots)} together",
            base_of(str(first["unit"])),
        ),
        (
            f"Limits at 95 % and 99.8 % around the rate of all {len(dots)} together; outside those "
            f"at 95 %{', with spread,' * overdispersed} are {outside} of them.",
            *([CHANCE] if _mostly_outside(spread) else []),
            *([SPREAD] if overdispersed else []),
            shown_note(data, selection, spread.rows),
            *standing_notes(data, "rates", selection, spread.rows),
        ),
        source_words(data, spread.rows),
        _said(dots, str(first["unit"]), base_words(first)),
    )


def _spread(data: Dataset, selection: Selection, rows: Sequence[Record]) -> _Spread:
    """Return the forces that have count and base, and what they have together."""
    inside = [
        record
        for record in rows
        if record["adjusted_z"] is not None and record["force"] not in selection.out_of_spread
    ]
    missing = set(selection.forces) - {str(record["force"]) for record in inside}
    if not inside or missing:
        label = data.metrics[str(selection.metric)].label
        reason = {
            str(record["among_reason"])
            for record in rows
            if record["force"] in missing or not inside
        }
        raise NoFiguresError(
            f"no funnel of {label} for "
            f"{in_words(data.forces[force].label for force in selection.forces)}",
            f"It takes count and base of all forces. {' '.join(sorted(reason))}".strip(),
        )
    events = sum(cast("int", record["force_count"]) for record in inside)
    base = sum(cast("float", record["force_base"]) for record in inside)
    scale = cast("float", per(str(inside[0]["unit"])))
    return _Spread(inside, events / base, scale, cast("float", inside[0]["tau_squared"]))


def _mostly_outside(spread: _Spread) -> bool:
    """Return whether more than half of the forces lie outside the limits of chance."""
    outside = 0
    for record in spread.rows:
        base = cast("float", record["force_base"])
        low, high = _ends(spread, base, LEVELS[0], overdispersed=False)
        rate = cast("int", record["force_count"]) / base * spread.scale
        outside += not low <= rate <= high
    return outside > len(spread.rows) / 2


def _limits(spread: _Spread, bases: Sequence[float], *, overdispersed: bool) -> tuple[Limits, ...]:
    """Return the limits' curves, which begin below the smallest base and end above the largest."""
    low, high = log(min(bases) / _MARGIN), log(max(bases) * _MARGIN)
    grid = [exp(low + (high - low) * step / _STEPS) for step in range(_STEPS + 1)]
    kinds = (False, True) if overdispersed else (False,)
    return tuple(
        Limits(
            f"{100 * level:g} %{', with spread' * kind}",
            tuple((base, *_ends(spread, base, level, overdispersed=kind)) for base in grid),
            level,
            kind,
        )
        for kind in kinds
        for level in LEVELS
    )


_MARGIN = 1.15
_STEPS = 60


def _ends(
    spread: _Spread, base: float, level: float, *, overdispersed: bool
) -> tuple[float, float]:
    rate = spread.rate * spread.scale
    if overdispersed and rate > 0:
        limits = overdispersed_limits(base, rate, spread.tau_squared, spread.scale, level)
    else:
        limits = funnel_limits(base, rate, spread.scale, level)
    return limits.low, limits.high


def _dot(
    data: Dataset, record: Record, roles: dict[str, Role], spread: _Spread, *, overdispersed: bool
) -> Dot:
    """Return a force's dot; it is named where it was asked for or lies outside."""
    base, count = cast("float", record["force_base"]), cast("int", record["force_count"])
    value = count / base * spread.scale
    role = roles.get(str(record["force"]), "other")
    role = "other" if role == "benchmark" else role
    remark = INSIDE
    for level in LEVELS:
        low, high = _ends(spread, base, level, overdispersed=overdispersed)
        if not low <= value <= high:
            remark = f"{'above' if value > high else 'below'} {100 * level:g} %"
    named = role != "other" or remark != INSIDE
    label = data.forces[str(record["force"])].label
    return Dot(label, role, base, value, figure_words(record, "force"), named, remark)


def _said(dots: Sequence[Dot], unit: str, counted: str) -> str:
    """Return the forces of a funnel in words: those marked, then the others by where they lie."""
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
