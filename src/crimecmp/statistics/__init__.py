"""Intervals and tests: numbers in, numbers out.

- One figure: `poisson_interval` for a count, `rate_interval`, `wilson_interval` for a proportion,
  `margin_interval` for an estimate published with a margin.
- Two figures: `count_ratio`, `proportion_difference`, `margin_difference`, `change_ratio` for two
  changes, `mean_difference` for a rate and the mean of a group.
- Printed figures, which were rounded: `rounding_interval`, `difference_range`, `ratio_range`,
  `percent_range`, `relative_index_range`. `smallest_base` and `smallest_base_percent` return how
  large an area must be for two of them to differ by more than chance.
- Many areas: `funnel_limits`, `overdispersion`, `overdispersed_limits`.

The docstring of each function gives its formula, the source of the formula, its units and its
errors. Only those parts of the standard library are used that load quickly: the normal, gamma and
binomial distributions are computed here, because Python's own `statistics` takes longer to load
than the rest of the program takes to start.

A level is that of a two-sided interval: 0.95 is 95%. Counts, bases and rates may be up to 10^15,
and what must be above zero is at least 10^-15. Within these bounds no result overflows. An argument
outside them, one that is not a number, and arguments that do not fit together raise
`crimecmp.MethodError`.
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
