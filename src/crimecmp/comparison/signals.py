"""Signals: whether what was recorded in short periods is within what was usual before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from crimecmp.comparison.baseline import Baseline
from crimecmp.comparison.charted_as import Length
from crimecmp.comparison.control import Chart, control_chart
from crimecmp.comparison.pairing import empty_area
from crimecmp.comparison.periods import year_before
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Charted, PeriodSignal
from crimecmp.errors import NoFiguresError, RequestError
from crimecmp.statistics.series import independent_periods
from crimecmp.tables.period_counts import (
    PeriodCounts,
    months_of,
    quarters_of,
    rate_places,
    years_of,
)
from crimecmp.text import visible

if TYPE_CHECKING:
    from crimecmp.tables.dataset import Dataset


def signals_of(
    data: Dataset, request: Request, by: Length, baseline: Baseline | None = None
) -> list[PeriodSignal]:
    """Return a force's periods on its control chart, each beside its benchmark's.

    Parameters
    ----------
    data
        The tables.
    request
        The force, the metric and the benchmark, which is an area. A period that is asked for is the
        last of the chart.
    by
        The length of the periods.
    baseline
        The periods that the lines are calculated from; None for the first 12 points.

    Raises
    ------
    NoFiguresError
        Where the data have no counts of that length, or too few for a chart or its baseline.
    RequestError
        Where the benchmark is a group or the force itself, or the baseline does not fit.
    """
    [force] = request.forces
    _check_benchmark(request, force)
    own = _counts(data, request, force, by)
    if own is None:
        raise _nothing(data, request, by)
    chart = _chart(data, request, own, by, baseline)
    if all(point.centre is None for point in chart.points):
        where = f"{data.metrics[str(request.metric)].label} in {data.forces[force].label}"
        raise NoFiguresError(f"no control chart of {where} by {by}", chart.points[-1].reason)
    against = request._replace(source=own.source)
    other = _counts(data, against, request.benchmark, by, own.ends)
    beside = _beside(data, request, other, by, baseline) if other else Chart("", "", ())
    points = dict(zip(other.ends, beside.points, strict=True)) if other else {}
    none = Charted(reason="There is no count of this period.")
    of_rates = by == "year" and force in data.without_resident_base()
    caution = empty_area(data, force) if of_rates else ""
    note = " ".join(filter(None, [own.note, caution])) or None
    return [
        PeriodSignal(
            str(request.metric), data.metrics[str(request.metric)].label, force, request.benchmark,
            by, end, chart.unit, chart.chart, point, own.source, own.locator or None,
            note, beside.chart, beside.unit, points.get(end, none),
        )
        for end, point in zip(own.ends, chart.points, strict=True)
    ]  # fmt: skip


def last_signals(
    data: Dataset, request: Request, by: Length, baseline: Baseline | None = None
) -> list[PeriodSignal]:
    """Return the last period of each force that has a control chart of a metric.

    Parameters
    ----------
    data, by, baseline
        As for `signals_of`.
    request
        The forces, the metric and the benchmark.

    Raises
    ------
    NoFiguresError
        Where no force has one.
    RequestError
        As for `signals_of`, or where no metric is named.
    """
    if request.metric is None:
        raise RequestError("signals are of one measure", "Name it with metric=.")
    rows: list[PeriodSignal] = []
    missing: list[NoFiguresError] = []
    for force in request.forces:
        try:
            rows.append(signals_of(data, request._replace(forces=(force,)), by, baseline)[-1])
        except NoFiguresError as error:
            missing.append(error)
    if not rows:
        raise missing[0]
    return rows


def _check_benchmark(request: Request, force: str) -> None:
    if request.group is not None:
        raise RequestError(
            "a group has no control chart", "Name an area to compare with using benchmark=."
        )
    if request.benchmark == force:
        raise RequestError(
            f"{force} cannot be compared with itself", "Name another area with benchmark=."
        )


def _counts(
    data: Dataset, request: Request, area: str, by: Length, ends: Sequence[date] | None = None
) -> PeriodCounts | None:
    """Return an area's counts; years end on the days given, or on those of its last year."""
    metric, source = str(request.metric), request.source
    if by == "year":
        found = years_of(data, area, metric, source, ends or _year_ends(data, request, area))
    else:
        found = (months_of if by == "month" else quarters_of)(data, area, metric, source)
    return found.until(request.period) if found else None


def _year_ends(data: Dataset, request: Request, area: str) -> tuple[date, ...]:
    """Return the ends of an area's years, counted back from the last or the one asked for."""
    columns = data.table("rates").columns
    places = rate_places(data, area, str(request.metric), request.source)
    known = [columns["period_end"][place] for place in places if columns["value"][place]]
    last = request.period
    return independent_periods(
        [date.fromisoformat(end) for end in known if last is None or end[: len(last)] <= last]
    )


def _chart(
    data: Dataset, request: Request, counts: PeriodCounts, by: Length, baseline: Baseline | None
) -> Chart:
    metric = data.by_id("metrics")[str(request.metric)]
    first = metric["comparable_from"]
    step = year_before(date.fromisoformat(first)) if first else None
    return control_chart(counts, by, metric["unit"], baseline, step)


def _beside(
    data: Dataset, request: Request, counts: PeriodCounts, by: Length, baseline: Baseline | None
) -> Chart:
    """Return the benchmark's chart; its counts alone where the baseline does not fit it."""
    try:
        return _chart(data, request, counts, by, baseline)
    except NoFiguresError:
        reason = "It has too few points in the baseline."
        return Chart("", "", tuple(Charted(count, reason=reason) for count in counts.counts))


def _nothing(data: Dataset, request: Request, by: Length) -> NoFiguresError:
    label, force = data.metrics[str(request.metric)].label, data.forces[request.forces[0]].label
    source = f"{request.source} in " if request.source else ""
    return NoFiguresError(
        f"no counts of {label} by {by} for {force} in {source}{visible(data.label)}",
        _WHERE[by],
    )


_WHERE = {
    "month": "Months are not bundled: the archive of data.police.uk has them.",
    "quarter": "Quarters are in the newest figures that come with crimecmp, and in a quarters.csv.",
    "year": "A chart by year needs rates of 12 months.",
}
