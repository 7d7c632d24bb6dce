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
from crimecmp.comparison.signals import signals_of
from crimecmp.statistics import (
    count_ratio,
    proportion_difference,
    rate_interval,
    wilson_interval,
)
from crimecmp.statistics.distributions import Level
from crimecmp.text import rounded
from crimecmp.wording.figure_words import figures_words, range_words
from crimecmp.wording.labels import year_words
from crimecmp.wording.sentences import (
    among_sentence,
    group_sentence,
    rank_sentence,
    sentence,
)
from crimecmp.wording.signals import found, usual_is

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
    _, series = series_of(data, request, among=False)
    now = series[-1]
    year_before = now.period_end.replace(year=now.period_end.year - 1)
    [before] = [row for row in series if row.period_end == year_before]
    a, b = now.force_count or 0, before.force_count or 0
    test = count_ratio(a, b)
    return (
        f"Durham's crimes excluding fraud, {a:,} in the {year_words(now.period_end)} against "
        f"{b:,} in the {year_words(before.period_end)} (Home Office, police recorded crime by "
        f"police force area, edition of December 2018): ratio {test.ratio:.6f}, 95% interval "
        f"{test.low:.6f} to {test.high:.6f}, p {p_words(test.p)}: "
        f"{_way((test.ratio or 1) - 1, test.p)}."
    )


def p_words(p: float) -> str:
    """Return a probability for people: `0.011`, `below 0.001`."""
    return rounded(p, 3) if p >= _LEAST_P else f"below {_LEAST_P}"


_LEAST_P = 0.001


def _way(difference: float, p: float) -> str:
    return "no clear difference" if p >= 1 - _LEVEL else "higher" if difference > 0 else "lower"


_LEVEL = 0.95


def two_proportions(data: Dataset) -> str:
    """Return an example of the interval of two percentages: satisfied victims."""
    row = _first(data, "satisfaction", "victim-satisfaction")
    x, n = _implied(row.force_value, row.force_margin)
    y, m = _implied(row.benchmark_value, row.benchmark_margin)
    low, high = proportion_difference(x, n, y, m)
    return (
        f"{x:,} satisfied of {n:,} against {y:,} of {m:,} (about what the satisfaction margins "
        "of Durham and of England and Wales imply): 95% interval of the difference "
        f"{range_words(100 * low, 100 * high, 2, '')} points: "
        f"{'higher' if low > 0 else 'lower' if high < 0 else 'no clear difference'}."
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
        f"95% interval {low:.3f} to {high:.3f}."
    )


def one_proportion(data: Dataset) -> str:
    """Return an example of the interval of a percentage."""
    row = _first(data, "satisfaction", "victim-satisfaction")
    x, n = _implied(row.force_value, row.force_margin)
    low, high = wilson_interval(x, n)
    return (
        f"{x:,} satisfied of {n:,} (about what Durham's satisfaction margin implies): 95% interval "
        f"{100 * low:.2f}% to {100 * high:.2f}%."
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
        f"95% of rates of burglary in a dwelling would be {low} to {high} by random variation "
        f"alone. Durham's is {value}."
    )


def unusual(data: Dataset) -> str:
    """Return an example of what is unusual among forces."""
    row = _first(data, "rates", "burglary-in-a-dwelling", _COUNTS)
    return (
        f"Burglary in a dwelling, {year_words(row.period_end)}: "
        f"{among_sentence(row, data.forces[row.force].label)} "
        f"p {p_words(row.prediction.prediction_p or 0.0)}, "
        f"q {p_words(row.prediction.prediction_q or 0.0)}."
    )


def rank(data: Dataset) -> str:
    """Return an example of the places that random variation allows."""
    row = _first(data, "rates", "burglary-in-a-dwelling", _COUNTS)
    return f"Burglary in a dwelling in Durham, {year_words(row.period_end)}: {rank_sentence(row)}"


def usual(data: Dataset) -> str:
    """Return an example of a difference held against usual variation."""
    row = _first(data, "rates", "violence-with-injury", _COUNTS)
    sigma = rounded(100 * (row.beyond.usual_sd or 0.0), 1)
    return (
        f"{_sentence(data, row)} sigma is {sigma}%, with {row.beyond.usual_df} degrees of freedom. "
        f"{row.beyond.usual_reason}"
    )


def group(data: Dataset) -> str:
    """Return an example of whether a force is usual for its group."""
    request = requested(
        data, ["norfolk"], metric="burglary-in-a-dwelling", source=_COUNTS, group="east-of-england"
    )
    [row] = comparisons(data, "rates", request)
    label = data.forces[row.force].label
    return f"Burglary in a dwelling: {group_sentence(row, label, data.label_of(row.benchmark))}"


def control(data: Dataset) -> str:
    """Return an example of a control chart: the figures of 2014 have no quarters, the newest do."""
    from crimecmp.tables.loading import load

    quarterly = data if data.table("quarters").height else load(latest=True)
    rows = signals_of(quarterly, requested(quarterly, metric="shoplifting"), "quarter")
    return f"{found(quarterly, rows)[0]} {usual_is(rows)}"
