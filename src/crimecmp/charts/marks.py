"""The figures of comparisons as marks on a picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Comparison, Side
from crimecmp.document.picture import FORCE_ROLES, Mark, Role
from crimecmp.errors import RequestError
from crimecmp.tables.dataset import Dataset
from crimecmp.text import PRINTED, plural, rounded
from crimecmp.wording.figure_words import figure_words, level_words
from crimecmp.wording.labels import compared_with

MOST = 100.0
"""How far from zero bars go: a rate ten times that of the benchmark leaves the others readable."""


def roles_of(request: Request) -> dict[str, Role]:
    """Return the roles of the requested forces and of the benchmark, by area.

    Raises
    ------
    RequestError
        Where there are more forces than a picture can show.
    """
    most = len(FORCE_ROLES)
    if len(request.forces) > most:
        raise RequestError(
            f"a picture can mark at most {plural(most, 'force')}", "Name fewer of them."
        )
    roles: dict[str, Role] = {request.opponent: "benchmark"}
    return roles | dict(zip(request.forces, FORCE_ROLES, strict=False))


def force_mark(
    data: Dataset, row: Comparison, role: Role, *, label: str = "", remark: str = ""
) -> Mark:
    """Return a mark for the force's figure; by default its label is the name of the force."""
    return _mark(row, row.own, role, label or data.forces[row.force].label, remark)


def benchmark_mark(
    data: Dataset, row: Comparison, role: Role = "benchmark", *, label: str = "", remark: str = ""
) -> Mark:
    """Return a mark for the benchmark's figure; by default its label is the benchmark's name."""
    return _mark(row, row.other, role, label or compared_with(data, row), remark)


def _mark(row: Comparison, side: Side, role: Role, label: str, remark: str) -> Mark:
    return Mark(
        label, role, side.value, figure_words(row, side), side.low, side.high, remark=remark
    )


def difference_words(row: Comparison) -> str:
    """Return the difference from the benchmark, with the range that rounding allows.

    It is a percentage where that makes sense, such as `-11.0% (-11.2 to -10.9)`, and in points for
    percentages.
    """
    if row.difference is None:
        return ""
    tested = row.tested
    printed = (row.force_decimals or 0, row.benchmark_decimals or 0)
    if row.percent_difference is not None:
        value, unit, places = row.percent_difference, "%", 1
        low, high = tested.percent_difference_low, tested.percent_difference_high
    else:
        value, unit = row.difference, " points" if row.unit == "%" else ""
        places = min(max(printed), 2)
        low, high = tested.difference_low, tested.difference_high
    words = f"{rounded(value, places, signed=True)}{unit}"
    exact = max(printed) > PRINTED
    if exact or low is None or high is None or row.force_margin is not None:
        return words
    ends = " to ".join(rounded(end, places, signed=True) for end in (low, high))
    return f"{words} ({ends})"


def described(title: str, shown: Iterable[str], more: Iterable[str]) -> str:
    """Return a picture in words: the finding, what there is to see, and what is to be known."""
    return " ".join([f"{title}.", *shown, *more])


def in_groups(rows: Sequence[Comparison]) -> list[list[Comparison]]:
    """Return rows in groups with the same metric and periods, in order."""
    groups: dict[tuple[object, ...], list[Comparison]] = {}
    for row in rows:
        key = row.metric, row.period_end, row.base_period_end
        groups.setdefault(key, []).append(row)
    return list(groups.values())


def from_zero(values: Iterable[float | None]) -> bool:
    """Return whether a scale should begin at zero: the values would then fill most of it."""
    known = [value for value in values if value is not None]
    return min(known, default=0.0) <= max(known, default=0.0) / 4


def intervals_words(rows: Sequence[Comparison], basis: str = "counts") -> str:
    """Return the level and the basis of the intervals; empty where there are no intervals."""
    if all(row.tested.force_low is None and row.tested.benchmark_low is None for row in rows):
        return ""
    return f"{level_words(rows[0])} intervals, calculated from {basis}"


NOT_FROM_ZERO = "The scale does not start at 0."
