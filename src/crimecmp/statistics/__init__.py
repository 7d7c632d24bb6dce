"""Intervals and tests: numbers in, numbers out.

- One figure: `poisson_interval` of a count, `rate_interval`, `wilson_interval` of a proportion,
  `margin_interval` of an estimate with a margin.
- Two figures: `count_ratio`, `proportion_difference`, `margin_difference`, `change_ratio` of two
  changes, `mean_difference` from the mean of a group.
- Printed figures, and the values that rounding allows: `rounding_interval`, `difference_range`,
  `ratio_range`, `percent_range`, `relative_index_range`. `smallest_base` and
  `smallest_base_percent` say how large an area must be for two of them to differ by more than
  chance.
- Many areas: `funnel_limits`, `overdispersion`, `overdispersed_limits`.

Each function gives its formula, where it comes from, its units and what it refuses. Only the
standard library is used, and of that only what is cheap to load: the normal, Poisson and binomial
distributions are computed here, because `statistics` alone takes longer to load than the rest of
the program takes to start.

A level is that of a two-sided interval, 0.95 being 95%. Counts, bases and rates go up to 10^15 and
what must be above zero is at least 10^-15; within these bounds no result overflows. Whatever is
outside them, is not a number, or does not fit together raises `crimecmp.MethodError`.
"""

from __future__ import annotations

from crimecmp.statistics.arguments import LARGEST, SMALLEST
from crimecmp.statistics.differences import (
    LARGEST_COMPARED,
    CountRatio,
    MarginDifference,
    change_ratio,
    count_ratio,
    margin_difference,
    mean_difference,
    proportion_difference,
)
from crimecmp.statistics.distributions import Level
from crimecmp.statistics.intervals import (
    EXACT_BELOW,
    Interval,
    margin_interval,
    poisson_interval,
    rate_interval,
    wilson_interval,
)
from crimecmp.statistics.rounding import (
    LONGEST,
    difference_range,
    percent_range,
    ratio_range,
    relative_index_range,
    rounding_interval,
)
from crimecmp.statistics.smallest_bases import smallest_base, smallest_base_percent
from crimecmp.statistics.spread import (
    Overdispersion,
    funnel_limits,
    overdispersed_limits,
    overdispersion,
)

__all__ = [
    "EXACT_BELOW",
    "LARGEST",
    "LARGEST_COMPARED",
    "LONGEST",
    "SMALLEST",
    "CountRatio",
    "Interval",
    "Level",
    "MarginDifference",
    "Overdispersion",
    "change_ratio",
    "count_ratio",
    "difference_range",
    "funnel_limits",
    "margin_difference",
    "margin_interval",
    "mean_difference",
    "overdispersed_limits",
    "overdispersion",
    "percent_range",
    "poisson_interval",
    "proportion_difference",
    "rate_interval",
    "ratio_range",
    "relative_index_range",
    "rounding_interval",
    "smallest_base",
    "smallest_base_percent",
    "wilson_interval",
]
