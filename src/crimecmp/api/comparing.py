"""Functions that compare forces with a benchmark: figures of each kind, side by side, over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crimecmp.api.arguments import Asked, Names, Period
from crimecmp.api.frames import by_force, frame_of_pages
from crimecmp.comparison.request import DEFAULT_LEVEL, Request
from crimecmp.document.report import Report
from crimecmp.pages.figures import comparison_page, figures_page, whole_page
from crimecmp.pages.trend import trend_page
from crimecmp.tables.dataset import Dataset
from crimecmp.tables.names import DEFAULT_BENCHMARK, DEFAULT_FORCE, DEFAULT_METRIC
from crimecmp.tables.schema import FIGURE_TABLES

if TYPE_CHECKING:
    import pandas as pd


def rates(
    data: Dataset | None = None,
    force: Names = DEFAULT_FORCE,
    *,
    metric: Names | None = None,
    benchmark: str = DEFAULT_BENCHMARK,
    group: str | None = None,
    weighted: bool = False,
    period: Period | None = None,
    source: str | None = None,
    level: float = DEFAULT_LEVEL,
    with_city_of_london: bool = False,
    drop_empty: bool = False,
) -> pd.DataFrame:
    """Compare forces' rates with a benchmark's.

    Parameters
    ----------
    data
        What `crimecmp.load` returns; None for the bundled figures.
    force
        Any name of a force or an area, or several; `"all"` for every territorial force that has
        figures, except the benchmark.
    metric
        Any name of a metric, or several; None for all.
    benchmark
        Any name of the area, or of the group of forces, to compare with.
    group
        Any name of a group of forces to compare with, in place of an area.
    weighted
        Whether a group's figure is that of all its forces together, and not the unweighted mean
        of their figures.
    period
        The period wanted, by the month that it ends in: `"2014-06"`, or a date or pandas Timestamp
        in that month. A year as a number where the figures of that year end in one month alone.
        None for the latest of each metric.
    source
        Id of the source wanted, as `sources` gives it; None for the one that has figures for
        most of the forces, or the first of several that do.
    level
        Level of confidence of tests and intervals, 0.95 or 0.998.
    with_city_of_london
        Whether City of London is counted in where all forces are looked at together.
    drop_empty
        Whether columns without any value are left out.

    Returns
    -------
    DataFrame
        One row for each metric, force and period, with the columns of
        `crimecmp.comparison.row.Comparison`. `force_value`, `benchmark_value` and `difference` are
        in `unit` (per 1,000 population or households), `percent_difference` is a percentage of the
        benchmark's figure. `verdict` says whether the difference is real, `reason` why. `attrs`
        has the title, notes, sources and licence of the page; see `crimecmp.show`.

    Raises
    ------
    RequestError
        Where an argument is not of its type, the source is unknown, the level is not on offer, the
        period is not valid, the year has no figures or several periods, or an area would be
        compared with itself.
    UnknownNameError
        Where a name is not found, or fits several things.
    NoFiguresError
        Where the data have no such figure.
    """
    asked = Asked(
        data, force, metric, benchmark, group, weighted, period, source, level, with_city_of_london
    )
    return _figures(asked, "rates", drop_empty=drop_empty)


def changes(
    data: Dataset | None = None,
    force: Names = DEFAULT_FORCE,
    *,
    metric: Names | None = None,
    benchmark: str = DEFAULT_BENCHMARK,
    group: str | None = None,
    weighted: bool = False,
    period: Period | None = None,
    source: str | None = None,
    level: float = DEFAULT_LEVEL,
    with_city_of_london: bool = False,
    drop_empty: bool = False,
) -> pd.DataFrame:
    """Compare forces' percentage changes with a benchmark's.

    Parameters
    ----------
    data, force, metric, benchmark, group, weighted, period, source, level
        As for `rates`.
    with_city_of_london, drop_empty
        As for `rates`.

    Returns
    -------
    DataFrame
        The columns of `rates`, one row for each metric, force and base period. Figures are in per
        cent, from the 12 months to `base_period_end` to those to `period_end`; `difference` is in
        percentage points, and `percent_difference` is missing.

    Raises
    ------
    RequestError, UnknownNameError, NoFiguresError
        As `rates` raises them.
    """
    asked = Asked(
        data, force, metric, benchmark, group, weighted, period, source, level, with_city_of_london
    )
    return _figures(asked, "changes", drop_empty=drop_empty)


def outcomes(
    data: Dataset | None = None,
    force: Names = DEFAULT_FORCE,
    *,
    metric: Names | None = None,
    benchmark: str = DEFAULT_BENCHMARK,
    group: str | None = None,
    weighted: bool = False,
    period: Period | None = None,
    source: str | None = None,
    level: float = DEFAULT_LEVEL,
    with_city_of_london: bool = False,
    drop_empty: bool = False,
) -> pd.DataFrame:
    """Compare forces' outcomes of crimes, such as the detection rate, with a benchmark's.

    Parameters
    ----------
    data, force, metric, benchmark, group, weighted, period, source, level
        As for `rates`.
    with_city_of_london, drop_empty
        As for `rates`.

    Returns
    -------
    DataFrame
        The columns of `rates`. Figures are percentages of crimes, `difference` is in percentage
        points, and `percent_difference` is missing.

    Raises
    ------
    RequestError, UnknownNameError, NoFiguresError
        As `rates` raises them.
    """
    asked = Asked(
        data, force, metric, benchmark, group, weighted, period, source, level, with_city_of_london
    )
    return _figures(asked, "outcomes", drop_empty=drop_empty)


def satisfaction(
    data: Dataset | None = None,
    force: Names = DEFAULT_FORCE,
    *,
    metric: Names | None = None,
    benchmark: str = DEFAULT_BENCHMARK,
    group: str | None = None,
    weighted: bool = False,
    period: Period | None = None,
    source: str | None = None,
    level: float = DEFAULT_LEVEL,
    with_city_of_london: bool = False,
    drop_empty: bool = False,
) -> pd.DataFrame:
    """Compare survey estimates with a benchmark's, and with the force's own of a year before.

    Parameters
    ----------
    data, force, metric, benchmark, group, weighted, period, source, level
        As for `rates`.
    with_city_of_london, drop_empty
        As for `rates`.

    Returns
    -------
    DataFrame
        The columns of `rates`. Figures are percentages of victims surveyed; `force_margin` and
        `benchmark_margin` are half widths of the 95% intervals, in percentage points. In a
        comparison with the year before, `benchmark` is the force itself and `base_period_end` the
        end of the earlier period.

    Raises
    ------
    RequestError, UnknownNameError, NoFiguresError
        As `rates` raises them.
    """
    asked = Asked(
        data, force, metric, benchmark, group, weighted, period, source, level, with_city_of_london
    )
    return _figures(asked, "satisfaction", drop_empty=drop_empty)


def _figures(asked: Asked, table: str, *, drop_empty: bool) -> pd.DataFrame:
    """Return the comparisons of one kind."""

    def page(data: Dataset, request: Request) -> Report:
        return figures_page(data, table, request)

    data, requests = asked.requests(table)
    return frame_of_pages(data, page, requests, drop_empty=drop_empty)


def compare(
    data: Dataset | None = None,
    force: Names = DEFAULT_FORCE,
    *,
    metric: Names | None = None,
    benchmark: str = DEFAULT_BENCHMARK,
    group: str | None = None,
    weighted: bool = False,
    period: Period | None = None,
    source: str | None = None,
    level: float = DEFAULT_LEVEL,
    with_city_of_london: bool = False,
    drop_empty: bool = False,
) -> pd.DataFrame:
    """Return all that is known of one metric, of several or of all, forces side by side.

    Parameters
    ----------
    data, force, metric, benchmark, group, weighted, period, source, level
        As for `rates`.
    with_city_of_london, drop_empty
        As for `rates`.

    Returns
    -------
    DataFrame
        Rates, changes, outcomes and satisfaction, one below the other, with the columns of
        `rates`; `kind` tells which is which. `force="all"` gives every territorial force, in order
        of its figure, highest first.

    Raises
    ------
    RequestError, UnknownNameError, NoFiguresError
        As `rates` raises them.
    """
    asked = Asked(
        data, force, metric, benchmark, group, weighted, period, source, level, with_city_of_london
    )
    data, requests = asked.requests(*FIGURE_TABLES, ranked=True)
    return frame_of_pages(data, comparison_page, requests, drop_empty=drop_empty)


def side_by_side(
    data: Dataset | None = None,
    metric: Names | None = None,
    forces: Names = DEFAULT_FORCE,
    *,
    benchmark: str = DEFAULT_BENCHMARK,
    source: str | None = None,
    period: Period | None = None,
    level: float = DEFAULT_LEVEL,
) -> pd.DataFrame:
    """Return what `compare` returns; this is its old name, with its old order of arguments.

    Parameters
    ----------
    data, metric, benchmark, source, period, level
        As for `compare`.
    forces
        The `force` of `compare`.

    Returns
    -------
    DataFrame
        As `compare` returns it.

    Raises
    ------
    RequestError, UnknownNameError, NoFiguresError
        As `rates` raises them.
    """
    return compare(
        data, forces, metric=metric, benchmark=benchmark, source=source, period=period, level=level
    )


def trend(
    data: Dataset | None = None,
    force: Names = DEFAULT_FORCE,
    *,
    metric: Names | None = None,
    benchmark: str = DEFAULT_BENCHMARK,
    group: str | None = None,
    weighted: bool = False,
    period: Period | None = None,
    source: str | None = None,
    level: float = DEFAULT_LEVEL,
    with_city_of_london: bool = False,
    drop_empty: bool = False,
) -> pd.DataFrame:
    """Return rates of a metric over time, compared period by period, and their changes.

    Parameters
    ----------
    data, force, benchmark, group, weighted, source, level
        As for `rates`.
    metric
        Any name of a metric, or several; None for all crime excluding fraud.
    period
        The last period of the series, written as for `rates`; None for the latest.
    with_city_of_london, drop_empty
        As for `rates`.

    Returns
    -------
    DataFrame
        The columns of `rates`. For each metric and force first its rates, the earliest first, then
        the changes of the count to the last period, from the first one and from a year before,
        where there are counts: `kind` is `rate` or `change`.

    Raises
    ------
    RequestError, UnknownNameError, NoFiguresError
        As `rates` raises them; no series has fewer than two periods.
    """
    asked = Asked(
        data, force, metric, benchmark, group, weighted, period, source, level, with_city_of_london
    )
    data, requests = asked.requests("rates", metric=DEFAULT_METRIC, every_period=True)
    return frame_of_pages(data, trend_page, by_force(requests), drop_empty=drop_empty)


def report(
    data: Dataset | None = None,
    force: Names = DEFAULT_FORCE,
    *,
    metric: Names | None = None,
    benchmark: str = DEFAULT_BENCHMARK,
    group: str | None = None,
    weighted: bool = False,
    period: Period | None = None,
    source: str | None = None,
    level: float = DEFAULT_LEVEL,
    with_city_of_london: bool = False,
    drop_empty: bool = False,
) -> pd.DataFrame:
    """Return all that the data hold on some forces: figures of each kind, then judgments.

    Parameters
    ----------
    data, force, metric, benchmark, group, weighted, period, source, level
        As for `rates`.
    with_city_of_london, drop_empty
        As for `rates`.

    Returns
    -------
    DataFrame
        The columns of `rates` and of `judgments`, stacked; `kind` is `rate`, `change`, `outcome`,
        `satisfaction` or `judgment`.

    Raises
    ------
    RequestError, UnknownNameError, NoFiguresError
        As `rates` raises them.
    """
    asked = Asked(
        data, force, metric, benchmark, group, weighted, period, source, level, with_city_of_london
    )
    data, requests = asked.requests(*FIGURE_TABLES)
    return frame_of_pages(data, whole_page, requests, drop_empty=drop_empty)
