"""The picture of a frame's figures: differences from the benchmark's, or lines over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import isfinite
from typing import Any

from crimecmp.charts.marks import MOST, NOT_FROM_ZERO, from_zero
from crimecmp.document.picture import (
    FORCE_ROLES,
    Line,
    Lines,
    Mark,
    Picture,
    Point,
    Role,
    Rows,
    Scale,
)
from crimecmp.text import MISSING, period_name, places_shown, rounded
from crimecmp.wording.labels import span_words

_Row = dict[str, Any]

_NEEDED = {"label", "force", "benchmark", "unit", "period_end", "force_value", "benchmark_value"}
"""Columns without which there is no picture."""

_OPTIONAL_NUMBERS = (
    "benchmark_value", "force_low", "force_high", "benchmark_low", "benchmark_high",
    "interval_level", "difference", "percent_difference",
)  # fmt: skip

_MOST_DECIMALS = 15
_MOST_SCALES = 8
_MOST_MARKS = 60
_FEWEST_POINTS = 3


def picture_of(title: str, rows: Sequence[_Row], names: dict[str, str]) -> Picture | None:
    """Return the picture of some rows; None where they are no figures, or too many.

    Parameters
    ----------
    title
        The picture's title.
    rows
        Rows of a frame, by the names of their columns.
    names
        What people call the forces and benchmarks, by id.
    """
    figures = [row for row in rows if _is_figure(row)]
    forces = list(dict.fromkeys(row["force"] for row in figures))
    roles: dict[str, Role] = dict.fromkeys(forces, "other")
    if len(forces) <= len(FORCE_ROLES):
        roles = dict(zip(forces, FORCE_ROLES, strict=False))
    rates = [row for row in figures if row.get("kind", "rate") == "rate"]
    ends = {row["period_end"] for row in rates}
    one = len({(row["label"], row["unit"], row["benchmark"]) for row in rates}) == 1
    if one and len(ends) >= _FEWEST_POINTS:
        return _over_time(title, rates, names, roles)
    return _beside(title, figures, names, roles)


def _is_figure(row: _Row) -> bool:
    """Return whether a row has what is drawn, each of its type: a user may have changed it."""
    if not row.keys() >= _NEEDED or not isinstance(row["period_end"], date):
        return False
    words = (row["label"], row["force"], row["unit"])
    optional_words = (row.get(name) or "" for name in ("benchmark", "kind", "verdict"))
    optional_numbers = (row.get(name) or 0.0 for name in _OPTIONAL_NUMBERS)
    return (
        all(isinstance(word, str) for word in (*words, *optional_words))
        and all(
            isinstance(number, float) and isfinite(number)
            for number in (row["force_value"], *optional_numbers)
        )
        and isinstance(row.get("base_period_end"), date | None)
    )


def _over_time(
    title: str, rows: Sequence[_Row], names: dict[str, str], roles: dict[str, Role]
) -> Picture:
    benchmark = rows[0]["benchmark"]
    of_benchmark = {row["period_end"]: _point(row, "benchmark") for row in rows}
    lines = [
        Line(
            _name(names, force),
            role,
            tuple(sorted(_point(row, "force") for row in rows if row["force"] == force)),
        )
        for force, role in roles.items()
        if any(row["force"] == force for row in rows)
    ]
    lines.append(
        Line(
            _name(names, benchmark),
            "benchmark",
            tuple(of_benchmark[end] for end in sorted(of_benchmark)),
        )
    )
    whole = from_zero(
        end for line in lines for point in line.points for end in (point.value, point.low)
    )
    said = (
        f"{line.label}: {line.points[0].text} ({period_name(line.points[0].period_end)}) to "
        f"{line.points[-1].text} ({period_name(line.points[-1].period_end)})."
        for line in lines
    )
    return Picture(
        "trend",
        title,
        f"{rows[0]['label']}, {rows[0]['unit']}",
        Lines(tuple(lines), whole),
        () if whole else (NOT_FROM_ZERO,),
        (),
        " ".join([f"{title}.", *said]),
        _intervals(rows),
    )


def _point(row: _Row, side: str) -> Point:
    return Point(row["period_end"], row[f"{side}_value"], _text(row, side), *_ends(row, side))


def _beside(
    title: str, rows: Sequence[_Row], names: dict[str, str], roles: dict[str, Role]
) -> Picture | None:
    groups: dict[tuple[Any, ...], list[_Row]] = {}
    for row in rows:
        its = tuple(
            row.get(name)
            for name in ("kind", "label", "unit", "base_period_end", "period_end", "benchmark")
        )
        if row["benchmark"] != row["force"]:
            groups.setdefault(its, []).append(row)
    if not 0 < len(groups) <= _MOST_SCALES or len(rows) > _MOST_MARKS:
        return None
    changes = {row.get("kind") == "change" for row in rows}
    relative = {row["unit"] != "%" for row in rows}
    if len(changes) > 1 or len(relative) > 1:
        return None  # points and percentages have no scale in common
    scale = _changes if changes == {True} else _differences
    scales = tuple(scale(group, names, roles) for group in groups.values())
    axis = "% change" if changes == {True} else _AXES[relative == {True}]
    return Picture(
        "bars",
        title,
        "",
        Rows(scales, bars=True, axis=axis, most=MOST),
        (),
        (),
        " ".join([f"{title}.", *(scale.in_words() for scale in scales)]),
    )


_AXES = {True: "% difference", False: "Points of difference"}


def _changes(rows: Sequence[_Row], names: dict[str, str], roles: dict[str, Role]) -> Scale:
    """Return the changes of the forces and of the benchmark."""
    marks = [
        Mark(
            _name(names, row["force"]),
            roles[row["force"]],
            row["force_value"],
            _text(row, "force"),
            remark=row.get("verdict") or "",
        )
        for row in rows
    ]
    first = rows[0]
    benchmark = first["benchmark"]
    if benchmark:
        value, text = first["benchmark_value"], _text(first, "benchmark")
        marks.append(Mark(_name(names, benchmark), "benchmark", value, text))
    return Scale(first["label"], _span(first), tuple(marks))


def _differences(rows: Sequence[_Row], names: dict[str, str], roles: dict[str, Role]) -> Scale:
    """Return the differences of the forces from the benchmark."""
    first = rows[0]
    words = [first["unit"] if first["unit"] != "%" else "", _span(first)]
    if first["benchmark"]:
        words.append(f"{_name(names, first['benchmark'])} {_text(first, 'benchmark')}")
    marks = tuple(_difference(row, names, roles) for row in rows)
    return Scale(first["label"], ", ".join(filter(None, words)), marks)


def _difference(row: _Row, names: dict[str, str], roles: dict[str, Role]) -> Mark:
    points = row["unit"] == "%"
    value = row.get("difference" if points else "percent_difference")
    text = MISSING
    if value is not None:
        places = 1 if points or abs(value) < 1 else 0
        text = f"{rounded(value, places, signed=True)}{' points' if points else '%'}"
    return Mark(
        _name(names, row["force"]),
        roles[row["force"]],
        value,
        text,
        remark=row.get("verdict") or "",
        figures=(_text(row, "force"),),
    )


def _span(row: _Row) -> str:
    return span_words(row.get("base_period_end"), row["period_end"])


def _name(names: dict[str, str], area: str) -> str:
    return names.get(area, area)


def _intervals(rows: Sequence[_Row]) -> str:
    """Return what the intervals are; empty where there are none."""
    levels = {row.get("interval_level") for row in rows if row.get("force_low") is not None}
    known = sorted(level for level in levels if level is not None)
    return f"{' and '.join(f'{100 * level:g}%' for level in known)} intervals" if known else ""


def _ends(row: _Row, side: str) -> tuple[float | None, float | None]:
    return row.get(f"{side}_low"), row.get(f"{side}_high")


def _text(row: _Row, side: str) -> str:
    value = row[f"{side}_value"]
    if value is None:
        return MISSING
    printed = decimals_of(row.get(f"{side}_decimals"))
    return rounded(value, places_shown(value, _MOST_DECIMALS if printed is None else printed))


def decimals_of(cell: object) -> int | None:
    """Return the number of decimals in a cell; None where it has no such number."""
    if isinstance(cell, int | float) and cell in range(_MOST_DECIMALS + 1):
        return int(cell)
    return None
