"""The rates of one metric over time, and their changes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from crimecmp.comparison.pairing import paired
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Comparison
from crimecmp.comparison.rows import answer_to
from crimecmp.errors import NoFiguresError
from crimecmp.text import visible

if TYPE_CHECKING:
    from crimecmp.tables.dataset import Dataset


def over_time(
    data: Dataset, request: Request, *, among: bool = True
) -> tuple[list[Comparison], list[Comparison]]:
    """Return the series of rates of one metric, and the changes to its last period.

    A period that is asked for is the last of the series. `among` is as for `paired`.
    """
    source, series = series_of(data, request, among=among)
    last = max(row.period_end for row in series).isoformat()
    changed = paired(data, answer_to(data, "changes", request._replace(source=source, period=last)))
    return series, changed


def series_of(
    data: Dataset, request: Request, *, among: bool = True
) -> tuple[str | None, list[Comparison]]:
    """Return the source of the rates of one metric, and their comparisons in all periods.

    `among` is as for `paired`.

    Raises
    ------
    NoFiguresError
        Where the data hold no two periods of the metric for the forces.
    """
    answer = answer_to(data, "rates", request._replace(every_period=True, period=None))
    every = paired(data, answer, among=among)
    series = [row for row in every if _is_until(row.period_end, request.period)]
    if len({row.period_end for row in series}) < _FEWEST_PERIODS:
        label = data.metrics[str(request.metric)].label
        named = request.source not in (None, data.label)
        where = f"from {request.source} in " if named else "in "
        raise NoFiguresError(
            f"no series of {label} for {data.forces[request.forces[0]].label} {where}"
            f"{visible(data.label)}",
            "A series needs rates for at least two periods.",
        )
    return answer.source, series


def _is_until(end: date, last: str | None) -> bool:
    """Return whether a period ends no later than `last`, which is a day or a month."""
    return last is None or end.isoformat()[: len(last)] <= last


_FEWEST_PERIODS = 2
