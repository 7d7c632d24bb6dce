"""The columns of machine output, and which of them each kind of row has."""

from __future__ import annotations

from typing import NamedTuple


class OutputColumn(NamedTuple):
    """One column of machine output.

    Parameters
    ----------
    name
        Its heading, snake case.
    label
        What a reader calls it.
    unit
        Its unit, if it has one.
    decimals
        The columns that tell with how many decimals its figures were printed; the most of them
        are written. Without any, the shortest text that reads back to the same number.
    """

    name: str
    label: str
    unit: str | None = None
    decimals: tuple[str, ...] = ()


_BOTH_DECIMALS = ("force_decimals", "benchmark_decimals")
_FORCE_MARGIN = ("force_margin_decimals",)
_BENCHMARK_MARGIN = ("benchmark_margin_decimals",)
_ROW_UNIT = "as in the column unit"
_BASE_UNIT = "people, households or crimes"
_INTERVAL_UNIT = "percentage points; of counts the ratio"
_DIFFERENCE_UNIT = "as in the column unit; percentage points where that is %"

OUTPUT: tuple[OutputColumn, ...] = (
    OutputColumn("kind", "Kind"),
    OutputColumn("metric", "Metric"),
    OutputColumn("label", "Measure"),
    OutputColumn("force", "Force"),
    OutputColumn("benchmark", "Benchmark"),
    OutputColumn("period_end", "12 months to"),
    OutputColumn("base_period_end", "Compared with 12 months to"),
    OutputColumn("unit", "Unit"),
    OutputColumn("force_value", "Force figure", _ROW_UNIT, ("force_decimals",)),
    OutputColumn("benchmark_value", "Benchmark figure", _ROW_UNIT, ("benchmark_decimals",)),
    OutputColumn("difference", "Difference", _DIFFERENCE_UNIT, _BOTH_DECIMALS),
    OutputColumn("percent_difference", "Difference in per cent of the benchmark", "%"),
    OutputColumn("source", "Source"),
    OutputColumn("force_margin", "Force 95 % margin", "percentage points", _FORCE_MARGIN),
    OutputColumn(
        "benchmark_margin", "Benchmark 95 % margin", "percentage points", _BENCHMARK_MARGIN
    ),
    OutputColumn("force_count", "Force count", "crimes or incidents"),
    OutputColumn("benchmark_count", "Benchmark count", "crimes or incidents"),
    OutputColumn("force_base", "Force base", _BASE_UNIT),
    OutputColumn("benchmark_base", "Benchmark base", _BASE_UNIT),
    OutputColumn("force_decimals", "Decimals printed, force figure"),
    OutputColumn("benchmark_decimals", "Decimals printed, benchmark figure"),
    OutputColumn("force_margin_decimals", "Decimals printed, force margin"),
    OutputColumn("benchmark_margin_decimals", "Decimals printed, benchmark margin"),
    OutputColumn("locator", "Where in the source"),
    OutputColumn("benchmark_locator", "Where in the source, benchmark"),
    OutputColumn("note", "Note"),
    OutputColumn("benchmark_note", "Note, benchmark"),
    OutputColumn("question", "Question"),
    OutputColumn("judgment", "Judgment"),
    OutputColumn("rank", "Place on the scale, 1 being best"),
    OutputColumn("positive", "Positive"),
    OutputColumn("summary", "Grounds"),
    OutputColumn("difference_low", "Least difference that rounding allows", _DIFFERENCE_UNIT),
    OutputColumn("difference_high", "Most difference that rounding allows", _DIFFERENCE_UNIT),
    OutputColumn("percent_difference_low", "Least difference that rounding allows, per cent", "%"),
    OutputColumn("percent_difference_high", "Most difference that rounding allows, per cent", "%"),
    OutputColumn("force_low", "Lower end of the force's interval", _ROW_UNIT),
    OutputColumn("force_high", "Upper end of the force's interval", _ROW_UNIT),
    OutputColumn("benchmark_low", "Lower end of the benchmark's interval", _ROW_UNIT),
    OutputColumn("benchmark_high", "Upper end of the benchmark's interval", _ROW_UNIT),
    OutputColumn("verdict", "Verdict"),
    OutputColumn("reading", "Reading"),
    OutputColumn("method", "Method"),
    OutputColumn("level", "Level of confidence of the verdict"),
    OutputColumn("reason", "Reason"),
    OutputColumn("ratio", "Force over benchmark; of changes the relative index"),
    OutputColumn("ratio_low", "Least ratio that rounding allows"),
    OutputColumn("ratio_high", "Most ratio that rounding allows"),
    OutputColumn("smallest_base", "From this base on more than chance", _BASE_UNIT),
    OutputColumn("interval_low", "Lower end of the interval of the test", _INTERVAL_UNIT),
    OutputColumn("interval_high", "Upper end of the interval of the test", _INTERVAL_UNIT),
    OutputColumn("z", "Test statistic Z"),
    OutputColumn("z_low", "Least Z that rounding allows"),
    OutputColumn("z_high", "Most Z that rounding allows"),
    OutputColumn("p_value", "Two-sided probability by chance"),
    OutputColumn("interval_level", "Level of the intervals and of the smallest base"),
    OutputColumn("claim", "Claim"),
    OutputColumn("statement", "What is claimed"),
    OutputColumn("asserts", "Direction that the claim asserts"),
    OutputColumn("support", "Whether the figures support it"),
    OutputColumn("force_base_count", "Force count of the earlier period", "crimes or incidents"),
    OutputColumn(
        "benchmark_base_count", "Benchmark count of the earlier period", "crimes or incidents"
    ),
    OutputColumn("benchmark_basis", "What the benchmark is"),
    OutputColumn("forces_rank", "Place among forces, 1 being highest"),
    OutputColumn("forces_ranked", "Forces that the place is among"),
    OutputColumn("among_forces", "Whether unusual among forces"),
    OutputColumn("among_reason", "Unusual among forces: reason"),
    OutputColumn("adjusted_z", "Z among forces, adjusted for overdispersion"),
    OutputColumn("funnel_low", "Lower funnel limit at the force's base", _ROW_UNIT),
    OutputColumn("funnel_high", "Upper funnel limit at the force's base", _ROW_UNIT),
    OutputColumn("phi", "Overdispersion of the forces, 1 being chance alone"),
    OutputColumn("tau_squared", "Variance between forces, of the root of observed over expected"),
    OutputColumn("printed", "Printed figure", _ROW_UNIT, ("printed_decimals",)),
    OutputColumn("printed_decimals", "Decimals printed"),
    OutputColumn("worked_out", "Worked out from counts", _ROW_UNIT),
    OutputColumn("off", "Worked out and rounded, less printed", _ROW_UNIT, ("printed_decimals",)),
    OutputColumn("result", "Whether the two match"),
    OutputColumn("count", "Count", "crimes or incidents"),
    OutputColumn("base", "Base", _BASE_UNIT),
    OutputColumn("base_count", "Count of the earlier period", "crimes or incidents"),
    OutputColumn("worked_source", "Source of the counts"),
    OutputColumn("worked_locator", "Where in the source, counts"),
)
"""Every column that machine output can hold, in the order in which they came to be.

New columns are added at the end and nowhere else, so that every shape below, each a selection of
these, only ever grows at its end.
"""

_JUDGMENT_ONLY = ("question", "judgment", "rank", "positive", "summary")
_CLAIM_ONLY = ("claim", "statement", "asserts", "support")
_REPRODUCTION_ONLY = (
    "printed", "printed_decimals", "worked_out", "off", "result", "count", "base", "base_count",
    "worked_source", "worked_locator",
)  # fmt: skip

COMPARISON_ROW: tuple[str, ...] = tuple(
    column.name
    for column in OUTPUT
    if column.name not in (*_JUDGMENT_ONLY, *_CLAIM_ONLY, *_REPRODUCTION_ONLY)
)
"""The row of every comparison of figures."""

JUDGMENT_ROW: tuple[str, ...] = (
    "force", "question", "judgment", "rank", "positive", "summary", "source", "label", "locator",
)  # fmt: skip
"""The row of every judgment."""

CLAIM_ROW: tuple[str, ...] = (
    "claim", "force", "statement", "asserts", "support", "verdict", "method", "reason",
    "source", "locator",
    *(name for name in COMPARISON_ROW if name not in (
        "force", "verdict", "method", "reason", "source", "locator",
    )),
)  # fmt: skip
"""The row of every claim: what it says, whether it holds, and the comparison it rests on."""

PAGE_ROW: tuple[str, ...] = tuple(
    column.name for column in OUTPUT if column.name not in (*_CLAIM_ONLY, *_REPRODUCTION_ONLY)
)
"""The row of a whole page, on which comparisons and judgments stand together."""

REPRODUCTION_ROW: tuple[str, ...] = (
    "kind", "metric", "label", "force", "period_end", "base_period_end", "unit", "printed",
    "worked_out", "off", "result", "reason", "count", "base", "base_count", "printed_decimals",
    "source", "locator", "worked_source", "worked_locator",
)  # fmt: skip
"""The row of every printed figure that is worked out again."""
