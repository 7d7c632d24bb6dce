"""The notebook's door: what a person asks for in, typed frames out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from crimecmp.comparison.claims import claims_of
from crimecmp.comparison.judgments import judgments_of
from crimecmp.comparison.kinds import KINDS
from crimecmp.comparison.pairing import comparisons
from crimecmp.comparison.reproduction import reproduced
from crimecmp.comparison.request import DEFAULT_LEVEL, Request, no_figures, requested
from crimecmp.comparison.row import (
    CellType,
    Claim,
    Comparison,
    Judgment,
    Reproduction,
    Row,
    cells,
    columns,
)
from crimecmp.comparison.series import over_time
from crimecmp.tables.names import DEFAULT_BENCHMARK, DEFAULT_FORCE

if TYPE_CHECKING:
    import pandas as pd

    from crimecmp.tables.dataset import Dataset


def rates(
    data: Dataset,
    force: str = DEFAULT_FORCE,
    *,
    benchmark: str = DEFAULT_BENCHMARK,
    metric: str | None = None,
    source: str | None = None,
    period: str | None = None,
    level: float = DEFAULT_LEVEL,
) -> pd.DataFrame:
    """Compare an area's rates with a benchmark's.

    Parameters
    ----------
    data
        What `crimecmp.load` returns.
    force
        Any name of an area.
    benchmark
        Any name of the area to compare it with.
    metric
        Any name of the one metric wanted; None for all.
    source
        Id of the one source wanted; None for the first that has such figures of the area.
    period
        The month that the period wanted ends in, `YYYY-MM`; None for the latest of each metric.
    level
        Level of confidence of tests and intervals, 0.95 or 0.998.

    Returns
    -------
    DataFrame
        One row a metric and period, with the columns of `crimecmp.comparison.row.Comparison`.
        `force_value`, `benchmark_value` and `difference` are in `unit` (per 1,000 population or
        households), `percent_difference` in per cent of the benchmark's figure.

    Raises
    ------
    UnknownNameError
        Where a name is not found.
    RequestError
        Where the source or the period is none, or an area would be compared with itself.
    NoFiguresError
        Where the data have no such figure.
    """
    return _frame_of(
        data, "rates", requested(data, [force], benchmark, metric, source, period, level)
    )


def changes(
    data: Dataset,
    force: str = DEFAULT_FORCE,
    *,
    benchmark: str = DEFAULT_BENCHMARK,
    metric: str | None = None,
    source: str | None = None,
    period: str | None = None,
    level: float = DEFAULT_LEVEL,
) -> pd.DataFrame:
    """Compare an area's per cent changes with a benchmark's.

    As `rates`, one row a metric and base period: figures are in per cent, `difference` is in
    percentage points, and `percent_difference` is always missing.
    """
    return _frame_of(
        data, "changes", requested(data, [force], benchmark, metric, source, period, level)
    )


def outcomes(
    data: Dataset,
    force: str = DEFAULT_FORCE,
    *,
    benchmark: str = DEFAULT_BENCHMARK,
    metric: str | None = None,
    source: str | None = None,
    period: str | None = None,
    level: float = DEFAULT_LEVEL,
) -> pd.DataFrame:
    """Compare an area's outcomes of crimes with a benchmark's.

    As `rates`: figures are percentages, `difference` is in percentage points, and
    `percent_difference` is always missing.
    """
    return _frame_of(
        data, "outcomes", requested(data, [force], benchmark, metric, source, period, level)
    )


def satisfaction(
    data: Dataset,
    force: str = DEFAULT_FORCE,
    *,
    benchmark: str = DEFAULT_BENCHMARK,
    metric: str | None = None,
    source: str | None = None,
    period: str | None = None,
    level: float = DEFAULT_LEVEL,
) -> pd.DataFrame:
    """Compare an area's survey estimates with a benchmark's and with its own of the year before.

    As `outcomes`, with `force_margin` and `benchmark_margin`: half widths of the 95 % intervals in
    percentage points. In a comparison with the year before `benchmark` is the area itself and
    `base_period_end` the end of the earlier period.
    """
    return _frame_of(
        data, "satisfaction", requested(data, [force], benchmark, metric, source, period, level)
    )


def side_by_side(
    data: Dataset,
    metric: str | None = None,
    forces: str | Sequence[str] = DEFAULT_FORCE,
    *,
    benchmark: str = DEFAULT_BENCHMARK,
    source: str | None = None,
    period: str | None = None,
    level: float = DEFAULT_LEVEL,
) -> pd.DataFrame:
    """Return all comparisons on one metric (or on each), the areas side by side.

    Parameters
    ----------
    data
        What `crimecmp.load` returns.
    metric
        Any name of a metric; None for all.
    forces
        Any name of an area, or names of several.
    benchmark, source, period, level
        As for `rates`.

    Returns
    -------
    DataFrame
        Rates, changes, outcomes and satisfaction, one below the other, in the row that `rates`
        describes; `kind` tells which is which.

    Raises
    ------
    UnknownNameError, RequestError
        As `rates` raises them.
    NoFiguresError
        Where the data have no such figure for any of the areas.
    """
    named = [forces] if isinstance(forces, str) else forces
    request = requested(data, named, benchmark, metric, source, period, level)
    rows = [row for table in KINDS for row in comparisons(data, table, request)]
    if not rows:
        raise no_figures(data, "figures", request)
    return frame(Comparison, rows)


def trend(
    data: Dataset,
    force: str = DEFAULT_FORCE,
    metric: str = "crime-excluding-fraud",
    *,
    benchmark: str = DEFAULT_BENCHMARK,
    source: str | None = None,
    level: float = DEFAULT_LEVEL,
    group: str | None = None,
    weighted: bool = False,
) -> pd.DataFrame:
    """Return a force's rates of one metric over time, compared period by period, and its changes.

    Parameters
    ----------
    data, force, benchmark, source, level
        As for `rates`.
    metric
        Any name of a metric.
    group, weighted
        The name of a group of forces to compare with in place of an area, and whether with all of
        it together and not with the unweighted mean of its rates.

    Returns
    -------
    DataFrame
        In the row that `rates` describes: rates by period, then the changes of the count to the
        last period, from the first one and from a year before, where there are counts.

    Raises
    ------
    UnknownNameError, RequestError
        As `rates` raises them.
    NoFiguresError
        Where the data hold no two periods of the metric for the force.
    """
    asked = requested(
        data, [force], benchmark, metric, source, level=level, group=group, weighted=weighted
    )
    series, changed = over_time(data, asked)
    return frame(Comparison, [*series, *changed])


def _frame_of(data: Dataset, table: str, request: Request) -> pd.DataFrame:
    rows = comparisons(data, table, request)
    if not rows:
        raise no_figures(data, table, request)
    return frame(Comparison, rows)


def judgments(data: Dataset, force: str = DEFAULT_FORCE, source: str | None = None) -> pd.DataFrame:
    """Return the inspectors' judgments of a force.

    Parameters
    ----------
    data
        What `crimecmp.load` returns.
    force
        Any name of a force.
    source
        Id of the source wanted; None for the first that has judgments of the force.

    Returns
    -------
    DataFrame
        One row a question, in the order of the questions' table, with the columns of
        `crimecmp.comparison.row.Judgment`. `rank` is the place on the scale, 1 being best; `positive`
        says whether the category is a positive one; `summary` has the grounds, apart by `; `.

    Raises
    ------
    UnknownNameError
        Where the force is not found.
    NoFiguresError
        Where there is no judgment of it.
    """
    request = requested(data, [force], source=source)
    rows = judgments_of(data, request)
    if not rows:
        raise no_figures(data, "judgments", request)
    return frame(Judgment, rows)


def claims(data: Dataset, force: str = DEFAULT_FORCE, level: float = DEFAULT_LEVEL) -> pd.DataFrame:
    """Return what is claimed of a force, and whether the figures support it.

    Parameters
    ----------
    data
        What `crimecmp.load` returns.
    force
        Any name of a force.
    level
        Level of confidence of the tests.

    Returns
    -------
    DataFrame
        One row a claim, in the order of their table, with the columns of
        `crimecmp.comparison.row.Claim`. `support` is `supported` where a test bears the claim out,
        `supported as printed but untestable` where the printed figures do but their chance cannot
        be tested, `not supported`, or `cannot be told` where the figures do not answer.

    Raises
    ------
    UnknownNameError
        Where the force is not found.
    NoFiguresError
        Where there is no claim about it.
    """
    request = requested(data, [force], level=level)
    rows = claims_of(data, request)
    if not rows:
        raise no_figures(data, "claims", request)
    return frame(Claim, rows)


def reproduce(
    data: Dataset, force: str = DEFAULT_FORCE, *, source: str | None = None
) -> pd.DataFrame:
    """Return each printed figure of a force and of England and Wales beside its working out.

    Parameters
    ----------
    data
        What `crimecmp.load` returns.
    force
        Any name of a force.
    source
        Id of the source of the printed figures; None for the first with figures of the force.

    Returns
    -------
    DataFrame
        One row a printed figure, with the columns of `crimecmp.comparison.row.Reproduction`. `printed`
        and `worked_out` are in `unit`; `off` is `worked_out`, rounded as the other was printed,
        less `printed`; `result` is `matches`, `differs` or `cannot be worked out`.

    Raises
    ------
    UnknownNameError
        Where the force is not found.
    NoFiguresError
        Where no figure of it was printed by one source that has not the counts itself.
    """
    rows = reproduced(data, requested(data, [force], source=source))
    return frame(Reproduction, rows)


_DTYPES: dict[CellType, str] = {
    "text": "str",
    "number": "float64",
    "whole": "Int64",
    "date": "datetime64[us]",
    "flag": "boolean",
}


def frame(shape: Any, rows: Sequence[Row]) -> pd.DataFrame:
    """Return rows of one shape as a frame: a column has one dtype, whatever is missing in it."""
    import pandas as pd

    wanted = columns(shape)
    by_column = list(zip(*cells(rows, wanted), strict=True)) or [()] * len(wanted)
    return pd.DataFrame(
        {
            column.name: pd.Series(list(values), dtype=_DTYPES[column.type])
            for column, values in zip(wanted, by_column, strict=True)
        }
    )
