"""Figures of comparisons as marks: whose, how large, in which words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from crimecmp.errors import RequestError
from crimecmp.pages.wording import compared_with
from crimecmp.picture import FORCE_ROLES, Mark, Role
from crimecmp.report import Record
from crimecmp.selection import Selection
from crimecmp.sentences import figure_words, level_words
from crimecmp.tables.dataset import Dataset
from crimecmp.text import PRINTED, plural, rounded


def roles_of(selection: Selection) -> dict[str, Role]:
    """Return the role of each force that was asked for, and of the benchmark.

    Raises
    ------
    RequestError
        Where there are more forces than a picture can tell apart.
    """
    most = len(FORCE_ROLES)
    if len(selection.forces) > most:
        raise RequestError(
            f"a picture marks {plural(most, 'force')} at most", "Name fewer of them."
        )
    roles: dict[str, Role] = {selection.opponent: "benchmark"}
    return roles | dict(zip(selection.forces, FORCE_ROLES, strict=False))


def mark(
    data: Dataset, record: Record, side: str, role: Role, *, label: str = "", remark: str = ""
) -> Mark:
    """Return one side's figure of a comparison, `force` or `benchmark`.

    Its label is the area's name where none is given.
    """
    name = data.forces[str(record["force"])].label if side == "force" else ""
    return Mark(
        label or name or compared_with(data, record),
        role,
        cast("float | None", record[f"{side}_value"]),
        figure_words(record, side),
        *interval(record, side),
        remark=remark,
    )


def interval(record: Record, side: str = "force") -> tuple[float | None, float | None]:
    """Return the ends of one side's interval; None twice where it has none."""
    low, high = record[f"{side}_low"], record[f"{side}_high"]
    return cast("float | None", low), cast("float | None", high)


def difference_words(record: Record) -> str:
    """Return how far a force is from its benchmark, with the range that rounding allows.

    A difference in per cent where that makes sense, else in points: `-11.0 % (-11.2 to -10.9)`.
    """
    difference, percent = record["difference"], record["percent_difference"]
    if difference is None:
        return ""
    printed = [record["force_decimals"], record["benchmark_decimals"]]
    if percent is not None:
        value, unit, places = percent, " %", 1
        ends = record["percent_difference_low"], record["percent_difference_high"]
    else:
        value, unit = difference, " points" if record["unit"] == "%" else ""
        places = min(max(number for number in printed if isinstance(number, int)), 2)
        ends = record["difference_low"], record["difference_high"]
    words = f"{rounded(cast('float', value), places, signed=True)}{unit}"
    exact = any(isinstance(number, int) and number > PRINTED for number in printed)
    if exact or None in ends or record["force_margin"] is not None:
        return words
    low, high = (rounded(cast("float", end), places, signed=True) for end in ends)
    return f"{words} ({low} to {high})"


def in_groups(rows: Sequence[Record]) -> list[list[Record]]:
    """Return rows on the same metric and periods together, in order."""
    groups: dict[tuple[object, ...], list[Record]] = {}
    for record in rows:
        about = tuple(record[name] for name in ("metric", "period_end", "base_period_end"))
        groups.setdefault(about, []).append(record)
    return list(groups.values())


def from_zero(values: Iterable[float | None]) -> bool:
    """Return whether the scale of some values begins at nought: where that crushes nothing."""
    known = [value for value in values if value is not None]
    return min(known, default=0.0) <= max(known, default=0.0) / 4


def intervals_words(rows: Sequence[Record], basis: str = "counts") -> str:
    """Return what the intervals of some comparisons are; empty where none has any."""
    sides = ("force_low", "benchmark_low")
    if all(record[side] is None for record in rows for side in sides):
        return ""
    return f"{level_words(rows[0])} intervals, worked out from {basis}"


NOT_FROM_ZERO = "The scale does not begin at 0."
