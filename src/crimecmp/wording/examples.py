"""Worked examples of the methods, from the bundled figures."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import TYPE_CHECKING

from crimecmp.comparison.methods import MEAN
from crimecmp.comparison.pairing import comparisons
from crimecmp.comparison.request import requested
from crimecmp.comparison.row import Comparison
from crimecmp.comparison.series import series_of
from crimecmp.statistics import (
    count_ratio,
    proportion_difference,
    rate_interval,
    wilson_interval,
)
from crimecmp.statistics.distributions import Level
from crimecmp.text import rounded
from crimecmp.wording.sentences import among_words, figures_words, range_words, sentence

if TYPE_CHECKING:
    from crimecmp.tables.dataset import Dataset

Example = Callable[["Dataset"], str]
"""A function that returns an example from the bundled figures."""

_COUNTS = "published-counts"


def bundled(
    table: str, metric: str, source: str | None = None, group: str | None = None
) -> Example:
    """Return a function that describes the first comparison of a metric in the bundled figures."""

    def example(data: Dataset) -> str:
        row = _first(data, table, metric, source, group)
        return f"{row.label}, {figures_words(row)}: {_sentence(data, row)}"

    return example


def _first(
    data: Dataset, table: str, metric: str, source: str | None = None, group: str | None = None
) -> Comparison:
    request = requested(data, metric=metric, source=source, group=group)
    return comparisons(data, table, request)[0]


def _sentence(data: Dataset, row: Comparison) -> str:
    benchmark = data.label_of(row.benchmark)
    against = f"the mean of {benchmark}" if row.tested.method == MEAN else benchmark
    return sentence(row, data.forces[row.force].label, against)


def two_counts(data: Dataset) -> str:
    """Return an example of the test of two counts: a force's crimes in two years."""
    request = requested(data, metric="crime-excluding-fraud", source=_COUNTS)
    now = series_of(data, request)[1][-1]
    year = now.period_end.year
    [before] = [
        row
        for row in series_of(data, request)[1]
        if row.period_end == now.period_end.replace(year=year - 1)
    ]
    a, b = now.force_count or 0, before.force_count or 0
    test = count_ratio(a, b)
    return (
        f"Durham's crimes excluding fraud, {a:,} in the 12 months to {now.period_end:%B %Y} "
        f"against {b:,} in those to {before.period_end:%B %Y} (Home Office, police recorded crime "
        f"by police force area, edition of December 2018): ratio {test.ratio:.6f}, 95 % interval "
        f"{test.low:.6f} to {test.high:.6f}, p below 0.001: higher."
    )


def two_proportions(data: Dataset) -> str:
    """Return an example of the interval of two percentages: satisfied victims."""
    row = _first(data, "satisfaction", "victim-satisfaction")
    x, n = _implied(row.force_value, row.force_margin)
    y, m = _implied(row.benchmark_value, row.benchmark_margin)
    low, high = proportion_difference(x, n, y, m)
    return (
        f"{x:,} satisfied of {n:,} against {y:,} of {m:,}, about what the satisfaction margins "
        "of Durham and of England and Wales imply: 95 % interval of the difference "
        f"{range_words(100 * low, 100 * high, 2, '')} points: higher."
    )


def _implied(percent: float | None, margin: float | None) -> tuple[int, int]:
    """Return the numbers of satisfied victims and of victims surveyed that the figures imply.

    The sample is assumed to be a simple random one.

    Parameters
    ----------
    percent
        The percentage satisfied.
    margin
        Half the width of its 95% interval, in percentage points.
    """
    share, half = (percent or 0.0) / 100, (margin or 0.0) / 100
    surveyed = ceil(share * (1 - share) / (half / Level.of(0.95).z) ** 2)
    return round(share * surveyed), surveyed


def one_count(data: Dataset) -> str:
    """Return an example of the interval of a rate when only its count is known."""
    row = _first(data, "rates", "anti-social-behaviour")
    count, rate = row.force_count or 0, row.force_value or 0.0
    low, high = rate_interval(count, count, rate)
    return (
        f"Durham's {count:,} incidents of anti-social behaviour at {rate} per 1,000 population: "
        f"95 % interval {low:.3f} to {high:.3f}."
    )


def one_proportion(data: Dataset) -> str:
    """Return an example of the interval of a percentage."""
    row = _first(data, "satisfaction", "victim-satisfaction")
    x, n = _implied(row.force_value, row.force_margin)
    low, high = wilson_interval(x, n)
    return (
        f"{x:,} satisfied of {n:,}, about what Durham's satisfaction margin implies: 95 % interval "
        f"{100 * low:.2f} to {100 * high:.2f} per cent."
    )


def funnel(data: Dataset) -> str:
    """Return an example of funnel limits."""
    row = _first(data, "rates", "burglary-in-a-dwelling", _COUNTS)
    low, high, value = (
        rounded(figure or 0.0, 2)
        for figure in (row.among.funnel_low, row.among.funnel_high, row.force_value)
    )
    return (
        f"At Durham's {row.force_base:,.0f} households and the rate of the forces together, "
        f"95 % of rates of burglary in a dwelling would be {low} to {high} by chance alone; "
        f"Durham's is {value}."
    )


def overdispersion(data: Dataset) -> str:
    """Return an example of what is unusual among forces."""
    row = _first(data, "rates", "burglary-in-a-dwelling", _COUNTS)
    phi, z = row.among.phi or 0.0, row.among.adjusted_z or 0.0
    return (
        f"Burglary in a dwelling, {row.period_end:%B %Y}: phi {rounded(phi, 1)}, so the forces "
        f"differ by far more than chance; Durham's adjusted z is {rounded(z, 3)}: "
        f"{among_words(row)}."
    )
