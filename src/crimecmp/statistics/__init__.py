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
from crimecmp.statistics.equivalence import Equivalence, equivalence
from crimecmp.statistics.funnels import (
    Tails,
    funnel_limits,
    funnel_tails,
    overdispersed_limits,
    proportion_limits,
    proportion_tails,
)
from crimecmp.statistics.group_range import FEWEST_OTHERS, GroupRange, group_range
from crimecmp.statistics.intervals import (
    EXACT_BELOW,
    Interval,
    margin_interval,
    poisson_interval,
    rate_interval,
    wilson_interval,
)
from crimecmp.statistics.ranks import RankInterval, rank_intervals
from crimecmp.statistics.rounding import (
    LONGEST,
    difference_range,
    percent_range,
    ratio_range,
    relative_index_range,
    rounding_interval,
)
from crimecmp.statistics.series import (
    ControlChart,
    LaneyChart,
    independent_periods,
    individuals_chart,
    laney_chart,
    seasonal_changes,
)
from crimecmp.statistics.severity import SeverityScore, severity_score
from crimecmp.statistics.smallest_bases import (
    smallest_base,
    smallest_base_percent,
    smallest_base_usual,
)
from crimecmp.statistics.spread import Overdispersion, overdispersion
from crimecmp.statistics.unusual import (
    SMALL_EXPECTED,
    Spread,
    Unusual,
    false_discovery,
    spread_among,
    unusual_among,
)
from crimecmp.statistics.usual import (
    UsualOfOthers,
    UsualRatio,
    UsualVariation,
    usual_change,
    usual_index,
    usual_ratio,
    usual_variation,
)

__all__ = [
    "EXACT_BELOW",
    "FEWEST_OTHERS",
    "LARGEST",
    "LARGEST_COMPARED",
    "LONGEST",
    "SMALLEST",
    "SMALL_EXPECTED",
    "ControlChart",
    "CountRatio",
    "Equivalence",
    "GroupRange",
    "Interval",
    "LaneyChart",
    "Level",
    "MarginDifference",
    "Overdispersion",
    "RankInterval",
    "SeverityScore",
    "Spread",
    "Tails",
    "Unusual",
    "UsualOfOthers",
    "UsualRatio",
    "UsualVariation",
    "change_ratio",
    "count_ratio",
    "difference_range",
    "equivalence",
    "false_discovery",
    "funnel_limits",
    "funnel_tails",
    "group_range",
    "independent_periods",
    "individuals_chart",
    "laney_chart",
    "margin_difference",
    "margin_interval",
    "mean_difference",
    "overdispersed_limits",
    "overdispersion",
    "percent_range",
    "poisson_interval",
    "proportion_difference",
    "proportion_limits",
    "proportion_tails",
    "rank_intervals",
    "rate_interval",
    "ratio_range",
    "relative_index_range",
    "rounding_interval",
    "seasonal_changes",
    "severity_score",
    "smallest_base",
    "smallest_base_percent",
    "smallest_base_usual",
    "spread_among",
    "unusual_among",
    "usual_change",
    "usual_index",
    "usual_ratio",
    "usual_variation",
    "wilson_interval",
]
