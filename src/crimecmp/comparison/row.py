"""The rows that a comparison makes, which everything above it reads and machine output prints.

Each field is one column of machine output, declared here once: its name and type, what a reader
calls it, its unit, and which fields hold the decimals that were printed. The order of the fields
is the order of the columns. A part of a row, such as its verdict, gives its columns where the part
is. New columns go to the end and nowhere else, as a new part.

Rows are named tuples: making a dataclass takes six times as long, and a command makes all of them
before it does anything.
"""

# Annotations are read when the program runs, so they are not turned into text by
# `from __future__ import annotations`.

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

from crimecmp.comparison.verdict_words import NOT_TESTED

Cell = str | float | int | bool | date | None
"""What a field of a row can hold; None is a missing value."""

CellType = Literal["text", "number", "whole", "date", "flag"]


class Output(NamedTuple):
    """One column of machine output.

    Parameters
    ----------
    label
        What a reader calls it.
    unit
        Its unit, if it has one.
    decimals
        The columns that hold the number of decimals its figures were printed with; the largest is
        used. Without any, a number is written with the fewest digits that read back to it.
    name
        Its heading, in snake case: the name of the field unless a tuple has a method of that name.
    type
        What its cells are.
    """

    label: str
    unit: str | None = None
    decimals: tuple[str, ...] = ()
    name: str = ""
    type: CellType = "text"


class Again(NamedTuple):
    """How the columns of a part that a row has a second time are told from those of the first.

    Parameters
    ----------
    name, label
        What their names and labels begin with.
    """

    name: str
    label: str


_BOTH_DECIMALS = ("force_decimals", "benchmark_decimals")
_FORCE_MARGIN = ("force_margin_decimals",)
_BENCHMARK_MARGIN = ("benchmark_margin_decimals",)
_PRINTED = ("printed_decimals",)
_POINTS = "percentage points"
_EVENTS = "crimes or incidents"
_ROW_UNIT = "as in the column unit"
_BASE_UNIT = "people, households or crimes"
_INTERVAL_UNIT = "percentage points; a ratio where counts are tested"
_DIFFERENCE_UNIT = "as in the column unit; percentage points where that is %"

_Kind = Annotated[str, Output("Kind")]
_Metric = Annotated[str, Output("Metric")]
_Label = Annotated[str, Output("Measure")]
_Force = Annotated[str, Output("Force")]
_PeriodEnd = Annotated[date, Output("12 months to")]
_BasePeriodEnd = Annotated[date | None, Output("Compared with 12 months to")]
_Unit = Annotated[str, Output("Unit")]
_Source = Annotated[str, Output("Source")]
_Locator = Annotated[str | None, Output("Where in the source")]
_Verdict = Annotated[str, Output("Verdict")]
_Method = Annotated[str, Output("Method")]
_Reason = Annotated[str, Output("Reason")]


class Verdict(NamedTuple):
    """What can be said about two figures.

    Parameters
    ----------
    difference_low, difference_high
        The differences that the rounding of the printed figures allows, in their unit (percentage
        points where that is %).
    percent_difference_low, percent_difference_high
        The same as a percentage of the benchmark; None for percentages.
    force_low, force_high, benchmark_low, benchmark_high
        The figures' intervals at `interval_level`, in their unit; None where neither a count nor a
        margin is known.
    verdict
        `higher`, `lower`, `similar` or `not tested`.
    reading
        `better` or `worse`, where the metric has a polarity and the figures differ; else None.
    method
        Id of the method, as in `crimecmp.comparison.methods`.
    level
        The verdict's level of confidence; None where it rests on rounding or nothing is tested.
    reason
        Why this verdict, and what it cannot know.
    ratio, ratio_low, ratio_high
        Force over benchmark, and the range that rounding allows; for changes the relative index,
        (100 + change) over (100 + benchmark's change).
    smallest_base
        The smallest base (people, households, crimes) from which the printed figures differ by
        more than chance at `interval_level`, the benchmark assumed exact; None where that does
        not apply.
    interval_low, interval_high
        Interval of the difference, or for `two-counts` and `two-changes` of the ratio, at `level`.
    z, z_low, z_high
        Test statistic of `two-margins` and `group-mean`; its range over all that rounding allows.
    p_value
        Two-sided probability of a difference this large if there were none.
    interval_level
        The level of the intervals and of the smallest base.
    """

    difference_low: Annotated[
        float | None, Output("Lowest difference that rounding allows", _DIFFERENCE_UNIT)
    ] = None
    difference_high: Annotated[
        float | None, Output("Highest difference that rounding allows", _DIFFERENCE_UNIT)
    ] = None
    percent_difference_low: Annotated[
        float | None, Output("Lowest % difference that rounding allows", "%")
    ] = None
    percent_difference_high: Annotated[
        float | None, Output("Highest % difference that rounding allows", "%")
    ] = None
    force_low: Annotated[float | None, Output("Lower end of the force's interval", _ROW_UNIT)] = (
        None
    )
    force_high: Annotated[float | None, Output("Upper end of the force's interval", _ROW_UNIT)] = (
        None
    )
    benchmark_low: Annotated[
        float | None, Output("Lower end of the benchmark's interval", _ROW_UNIT)
    ] = None
    benchmark_high: Annotated[
        float | None, Output("Upper end of the benchmark's interval", _ROW_UNIT)
    ] = None
    verdict: _Verdict = NOT_TESTED
    reading: Annotated[str | None, Output("Reading")] = None
    method: _Method = "none"
    level: Annotated[float | None, Output("Level of confidence of the verdict")] = None
    reason: _Reason = ""
    ratio: Annotated[
        float | None, Output("Force over benchmark; for changes the relative index")
    ] = None
    ratio_low: Annotated[float | None, Output("Lowest ratio that rounding allows")] = None
    ratio_high: Annotated[float | None, Output("Highest ratio that rounding allows")] = None
    smallest_base: Annotated[
        int | None, Output("Smallest base at which this is more than random variation", _BASE_UNIT)
    ] = None
    interval_low: Annotated[
        float | None, Output("Lower end of the test's interval", _INTERVAL_UNIT)
    ] = None
    interval_high: Annotated[
        float | None, Output("Upper end of the test's interval", _INTERVAL_UNIT)
    ] = None
    z: Annotated[float | None, Output("Test statistic Z")] = None
    z_low: Annotated[float | None, Output("Lowest Z that rounding allows")] = None
    z_high: Annotated[float | None, Output("Highest Z that rounding allows")] = None
    p_value: Annotated[float | None, Output("Two-sided p-value")] = None
    interval_level: Annotated[float, Output("Level of the intervals and of the smallest base")] = (
        0.95
    )


class Among(NamedTuple):
    """Where a force is among forces.

    Parameters
    ----------
    forces_rank, forces_ranked
        Its place by rate, 1 being the highest, and the number of forces with a figure.
    among_forces
        `unusually high`, `unusually low`, `not unusual` or `not tested`: by `unusual_among` of
        `crimecmp.statistics`, at the requested level.
    among_reason
        Why, and which forces are not in the spread.
    adjusted_z, phi, tau_squared
        The measures of version 0.1, see `crimecmp.statistics.overdispersion`. No verdict and no
        picture uses them any more.
    funnel_low, funnel_high
        The lines of a funnel at its base: where a force of this base would be by Poisson variation
        alone, around the rate of all.
    """

    forces_rank: Annotated[int | None, Output("Rank among forces (1 is the highest)")] = None
    forces_ranked: Annotated[int | None, Output("Number of forces ranked")] = None
    among_forces: Annotated[str, Output("Whether unusual among forces")] = NOT_TESTED
    among_reason: Annotated[str, Output("Unusual among forces: reason")] = ""
    adjusted_z: Annotated[float | None, Output("Z among forces, adjusted for overdispersion")] = (
        None
    )
    funnel_low: Annotated[
        float | None, Output("Lower funnel limit at the force's base", _ROW_UNIT)
    ] = None
    funnel_high: Annotated[
        float | None, Output("Upper funnel limit at the force's base", _ROW_UNIT)
    ] = None
    phi: Annotated[
        float | None, Output("Overdispersion of the forces (1 is random variation alone)")
    ] = None
    tau_squared: Annotated[
        float | None,
        Output("Variance between forces of the square root of observed over expected"),
    ] = None


class Beyond(NamedTuple):
    """What kind of variation a difference is larger than, and how much forces' counts usually move.

    Parameters
    ----------
    ratio_tested
        The ratio that `interval_low` and `interval_high` belong to: to the rest of a benchmark that
        the force is part of, else to the benchmark; for changes the relative index.
    beyond
        `usual variation`, `Poisson variation`, `sampling error`, `rounding` or `nothing`; None
        where nothing is tested. It is never more than `verdict` allows.
    usual_low, usual_high
        Interval of `ratio_tested` at `interval_level`, with the usual variation of forces' counts
        from year to year besides Poisson variation.
    usual_p
        Two-sided probability of a ratio this far from 1 by that variation.
    usual_sd, usual_df
        sigma, the standard deviation of a year's movement of one force against the others on the
        log scale, and its degrees of freedom.
    phi_change
        How many times as much as by Poisson variation alone forces' counts move from year to year.
    usual_source, usual_reason
        Id of the source that sigma was estimated from, and from which years, or why there is none.
    smallest_base_usual
        As `smallest_base`, with usual variation besides Poisson variation.
    tested_against
        What `ratio_tested` is to: `the rest of the benchmark`, `the other forces of the group` or
        `the benchmark`.
    """

    ratio_tested: Annotated[float | None, Output("Ratio tested")] = None
    beyond: Annotated[
        str | None, Output("Kind of variation that the difference is larger than")
    ] = None
    usual_low: Annotated[
        float | None, Output("Lower end of the ratio's interval with usual variation")
    ] = None
    usual_high: Annotated[
        float | None, Output("Upper end of the ratio's interval with usual variation")
    ] = None
    usual_p: Annotated[
        float | None, Output("Two-sided p-value with usual variation between years")
    ] = None
    usual_sd: Annotated[
        float | None, Output("Usual variation between years: standard deviation of the log")
    ] = None
    usual_df: Annotated[int | None, Output("Usual variation between years: degrees of freedom")] = (
        None
    )
    phi_change: Annotated[
        float | None, Output("Variation between years as a multiple of Poisson variation")
    ] = None
    usual_source: Annotated[str | None, Output("Source of the usual variation")] = None
    usual_reason: Annotated[str, Output("Usual variation between years: reason")] = ""
    smallest_base_usual: Annotated[
        int | None, Output("Smallest base at which this is more than usual variation", _BASE_UNIT)
    ] = None
    tested_against: Annotated[str | None, Output("What the ratio compares with")] = None


class Prediction(NamedTuple):
    """The range expected of a force of this size, and the places that its rate allows.

    Parameters
    ----------
    prediction_low, prediction_high
        The rates expected of one more force of its base, from the spread of the other forces.
    prediction_p, prediction_q
        Two-sided probability of a rate this far from the centre of the others, and the same
        adjusted for the number of forces (Benjamini and Hochberg).
    tau
        The spread between the other forces; see `crimecmp.statistics.Unusual`.
    rank_low, rank_high
        The best and the worst place that Poisson variation allows, of all forces jointly.
    unusual_forces
        How many forces in the spread are unusual at the level.
    """

    prediction_low: Annotated[
        float | None, Output("Lower end of the range expected of a force of this size", _ROW_UNIT)
    ] = None
    prediction_high: Annotated[
        float | None, Output("Upper end of the range expected of a force of this size", _ROW_UNIT)
    ] = None
    prediction_p: Annotated[float | None, Output("Unusual among forces: p-value")] = None
    prediction_q: Annotated[
        float | None, Output("Unusual among forces: p-value adjusted for the number of forces")
    ] = None
    tau: Annotated[
        float | None, Output("Spread between the other forces, on the square root scale")
    ] = None
    rank_low: Annotated[int | None, Output("Highest rank that random variation allows")] = None
    rank_high: Annotated[int | None, Output("Lowest rank that random variation allows")] = None
    unusual_forces: Annotated[int | None, Output("Number of forces that are unusual")] = None


class InGroup(NamedTuple):
    """A force's rate among those of the other forces in a group.

    Parameters
    ----------
    among_group
        `above`, `below` or `within` the range of the others, `not tested`, or None where the
        benchmark is no group.
    group_low, group_high
        The range expected of one more force of the group.
    group_p
        Two-sided probability of a rate this far from the others' mean.
    group_reason
        Why nothing is tested, and who was left out of the group.
    """

    among_group: Annotated[str | None, Output("Whether usual for its group")] = None
    group_low: Annotated[
        float | None, Output("Lower end of the range expected in the group", _ROW_UNIT)
    ] = None
    group_high: Annotated[
        float | None, Output("Upper end of the range expected in the group", _ROW_UNIT)
    ] = None
    group_p: Annotated[float | None, Output("Whether usual for its group: p-value")] = None
    group_reason: Annotated[str | None, Output("Whether usual for its group: reason")] = None


class Side(NamedTuple):
    """One of the two figures of a comparison; see `Comparison` and `Verdict` for its fields."""

    value: float | None
    decimals: int | None
    margin: float | None
    margin_decimals: int | None
    events: int | None
    base: float | None
    events_before: int | None
    low: float | None
    high: float | None
    locator: str | None
    note: str | None


class Comparison(NamedTuple):
    """A force's figure beside its benchmark's, for one metric and period.

    Parameters
    ----------
    kind
        `rate`, `change`, `outcome` or `satisfaction`.
    metric, label
        Id of what is measured, and what people call it.
    force, benchmark
        Ids of the force and of what it is compared with: an area, a group of forces, or the force
        itself, a year before.
    period_end
        Last day of the 12 months that the figures are for.
    base_period_end
        Last day of the 12 months that a change is measured from, or of the force's earlier figure.
    unit
        Unit of the two figures.
    force_value, benchmark_value
        The figures; None where one is missing.
    difference
        Force less benchmark, in `unit`; percentage points where that is %.
    percent_difference
        The difference as a percentage of the benchmark; None for percentages.
    source
        Id of the source of both figures.
    force_margin, benchmark_margin
        Half widths of the 95% intervals that were published, in percentage points.
    force_count, benchmark_count, force_base, benchmark_base
        What the figures were calculated from: crimes or incidents, over people, households or
        crimes.
    force_decimals, benchmark_decimals, force_margin_decimals, benchmark_margin_decimals
        How many decimals were printed.
    locator, benchmark_locator
        Where in the source the figures are.
    note, benchmark_note
        What to know about a figure, or why it is missing.
    tested
        The verdict.
    force_base_count, benchmark_base_count
        For a change, the counts of the earlier period.
    benchmark_basis
        What the benchmark is: an area, a figure of a group, or the force itself.
    among, prediction
        Where the force is among forces.
    beyond
        What kind of variation the difference is larger than.
    in_group
        Whether the force is usual for the group that it is compared with.
    """

    kind: _Kind
    metric: _Metric
    label: _Label
    force: _Force
    benchmark: Annotated[str, Output("Benchmark")]
    period_end: _PeriodEnd
    base_period_end: _BasePeriodEnd
    unit: _Unit
    force_value: Annotated[float | None, Output("Force figure", _ROW_UNIT, ("force_decimals",))]
    benchmark_value: Annotated[
        float | None, Output("Benchmark figure", _ROW_UNIT, ("benchmark_decimals",))
    ]
    difference: Annotated[float | None, Output("Difference", _DIFFERENCE_UNIT, _BOTH_DECIMALS)]
    percent_difference: Annotated[float | None, Output("% difference from the benchmark", "%")]
    source: _Source
    force_margin: Annotated[float | None, Output("Force 95% margin", _POINTS, _FORCE_MARGIN)]
    benchmark_margin: Annotated[
        float | None, Output("Benchmark 95% margin", _POINTS, _BENCHMARK_MARGIN)
    ]
    force_count: Annotated[int | None, Output("Force count", _EVENTS)]
    benchmark_count: Annotated[int | None, Output("Benchmark count", _EVENTS)]
    force_base: Annotated[float | None, Output("Force base", _BASE_UNIT)]
    benchmark_base: Annotated[float | None, Output("Benchmark base", _BASE_UNIT)]
    force_decimals: Annotated[int | None, Output("Decimals printed, force figure")]
    benchmark_decimals: Annotated[int | None, Output("Decimals printed, benchmark figure")]
    force_margin_decimals: Annotated[int | None, Output("Decimals printed, force margin")]
    benchmark_margin_decimals: Annotated[int | None, Output("Decimals printed, benchmark margin")]
    locator: _Locator
    benchmark_locator: Annotated[str | None, Output("Where in the source, benchmark")]
    note: Annotated[str | None, Output("Note")]
    benchmark_note: Annotated[str | None, Output("Note, benchmark")]
    tested: Verdict
    force_base_count: Annotated[int | None, Output("Force count of the earlier period", _EVENTS)]
    benchmark_base_count: Annotated[
        int | None, Output("Benchmark count of the earlier period", _EVENTS)
    ]
    benchmark_basis: Annotated[str, Output("What the benchmark is")]
    among: Among
    beyond: Beyond = Beyond()
    prediction: Prediction = Prediction()
    in_group: InGroup = InGroup()

    @property
    def against_itself(self) -> bool:
        """Whether the force is compared with its own figure of a year before."""
        return self.benchmark == self.force

    @property
    def own(self) -> Side:
        """The force's figure, and what is known of it."""
        return Side(
            self.force_value, self.force_decimals, self.force_margin, self.force_margin_decimals,
            self.force_count, self.force_base, self.force_base_count, self.tested.force_low,
            self.tested.force_high, self.locator, self.note,
        )  # fmt: skip

    @property
    def other(self) -> Side:
        """The benchmark's figure, and what is known of it."""
        return Side(
            self.benchmark_value, self.benchmark_decimals, self.benchmark_margin,
            self.benchmark_margin_decimals, self.benchmark_count, self.benchmark_base,
            self.benchmark_base_count, self.tested.benchmark_low, self.tested.benchmark_high,
            self.benchmark_locator, self.benchmark_note,
        )  # fmt: skip


class Judgment(NamedTuple):
    """The inspectors' judgment of a force on one question.

    Parameters
    ----------
    force, question
        Ids of the force and of the question.
    judgment, rank, positive
        Id of the category, its place on the scale (1 being best), and whether it is a positive
        one.
    summary
        The grounds, separated by semicolons.
    source, locator
        Id of the source, and where in it the judgment is.
    label
        What people call the question.
    grade, steps
        What people call the category, and how many there are on the scale of the source.
    """

    force: _Force
    question: Annotated[str, Output("Question")]
    judgment: Annotated[str, Output("Judgment")]
    rank: Annotated[int | None, Output("Place on the scale (1 is the best)")]
    positive: Annotated[bool | None, Output("Positive")]
    summary: Annotated[str | None, Output("Grounds")]
    source: _Source
    label: _Label
    locator: _Locator
    grade: str
    steps: int

    @property
    def kind(self) -> str:
        """What tells judgments from figures on a page that has both."""
        return "judgment"


class Claim(NamedTuple):
    """What a source says of its figures, and whether they support it.

    Parameters
    ----------
    claim, force, statement
        Ids of the claim and of the force that it is about, and the claim in our own words.
    asserts
        The direction that it asserts: `higher`, `lower`, `similar`, `rise` or `fall`.
    support
        How far the figures support it.
    verdict, method, reason
        The verdict that it was checked against, and why the support is what it is.
    source, locator
        Id of the source, and where in it the claim is.
    figures
        The comparison that it rests on; None where the data do not hold it. Of a claim that
        compares with nothing, the fields of the benchmark are empty.
    """

    claim: Annotated[str, Output("Claim")]
    force: _Force
    statement: Annotated[str, Output("Claim in words")]
    asserts: Annotated[str, Output("Direction that the claim asserts")]
    support: Annotated[str, Output("Whether the figures support it")]
    verdict: _Verdict
    method: _Method
    reason: _Reason
    source: _Source
    locator: _Locator
    figures: Comparison | None


class Reproduction(NamedTuple):
    """A printed figure beside what published counts give, or a count beside another source's.

    Parameters
    ----------
    kind, metric, label, force, period_end, base_period_end, unit
        What the figure is of, as in `Comparison`; the kind of a count is `count`.
    printed, printed_decimals, source, locator
        The figure, the number of its decimals, and where it was printed.
    worked_out
        The figure calculated from the counts, in `unit`; None where they do not give it. Of a
        count, the count of the other source.
    off
        `worked_out`, rounded as the other was printed, less `printed`.
    result, reason
        `matches`, `differs` or `cannot be worked out`, and why.
    events, base, events_before
        The counts: of the period, over which base, and of the earlier period of a change.
    worked_source, worked_locator
        Where the counts are from.
    percent_off
        Of a count, `off` as a percentage of `printed`; None where that is 0.
    """

    kind: _Kind
    metric: _Metric
    label: _Label
    force: _Force
    period_end: _PeriodEnd
    base_period_end: _BasePeriodEnd
    unit: _Unit
    printed: Annotated[float, Output("Printed figure", _ROW_UNIT, _PRINTED)]
    worked_out: Annotated[float | None, Output("Calculated from counts", _ROW_UNIT)]
    off: Annotated[
        float | None, Output("Calculated and rounded, minus printed", _ROW_UNIT, _PRINTED)
    ]
    result: Annotated[str, Output("Whether the two match")]
    reason: Annotated[str | None, Output("Reason")]
    events: Annotated[int | None, Output("Count", _EVENTS, name="count")]
    base: Annotated[float | None, Output("Base", _BASE_UNIT)]
    events_before: Annotated[
        int | None, Output("Count of the earlier period", _EVENTS, name="base_count")
    ]
    printed_decimals: Annotated[int, Output("Decimals printed")]
    source: _Source
    locator: _Locator
    worked_source: Annotated[str, Output("Source of the counts")]
    worked_locator: Annotated[str | None, Output("Where in the source, counts")]
    percent_off: Annotated[float | None, Output("Difference between two counts", "%")] = None


class Charted(NamedTuple):
    """One area's point of a control chart.

    Parameters
    ----------
    events
        The number recorded in the period.
    value
        What is charted, in the row's `unit`; None where the period has no point.
    centre, limit_low, limit_high
        The centre and the limits of the chart, in the row's `unit`.
    usual_from, usual_to
        The limits as a number of crimes or incidents of this period; None where its base is not
        known.
    signal
        `above` or `below` the usual, `rising` or `falling`, `none`, or `not tested`.
    rules
        The rules that the point is part of a signal by, separated by semicolons.
    since
        Last day of the first of the periods, without a gap up to this one, that have the same
        signal.
    in_baseline
        Whether centre and limits were calculated from this period among others.
    reason
        Why there is no point, or no signal was looked for.
    """

    events: Annotated[int | None, Output("Count", _EVENTS, name="count")] = None
    value: Annotated[float | None, Output("Charted figure", _ROW_UNIT)] = None
    centre: Annotated[float | None, Output("Centre", _ROW_UNIT)] = None
    limit_low: Annotated[float | None, Output("Lower limit", _ROW_UNIT)] = None
    limit_high: Annotated[float | None, Output("Upper limit", _ROW_UNIT)] = None
    usual_from: Annotated[float | None, Output("Usual range from", _EVENTS)] = None
    usual_to: Annotated[float | None, Output("Usual range to", _EVENTS)] = None
    signal: Annotated[str, Output("Signal")] = NOT_TESTED
    rules: Annotated[str, Output("Rules of the signal")] = ""
    since: Annotated[date | None, Output("Signal since the period to")] = None
    in_baseline: Annotated[bool, Output("In the baseline")] = False
    reason: Annotated[str, Output("Reason")] = ""


class PeriodSignal(NamedTuple):
    """A force's period on its control chart, with the same period of its benchmark.

    Parameters
    ----------
    metric, label
        Id of what is counted, and what people call it.
    force, benchmark
        Ids of the two areas.
    by
        The length of the periods: `month`, `quarter` or `year`.
    period_end
        Last day of the period.
    unit
        Unit of what is charted.
    chart
        Which chart it is: `xmr` or `laney-u`.
    own
        The force's point.
    source, locator, note
        Id of the source of both counts, where in it they are, and what to know of them.
    benchmark_chart, benchmark_unit
        Which chart the benchmark's is, and the unit of what is charted; empty where it has none.
    other
        The benchmark's point.
    """

    metric: _Metric
    label: _Label
    force: _Force
    benchmark: Annotated[str, Output("Benchmark")]
    by: Annotated[str, Output("Length of the periods")]
    period_end: Annotated[date, Output("Period to")]
    unit: _Unit
    chart: Annotated[str, Output("Chart")]
    own: Charted
    source: _Source
    locator: _Locator
    note: Annotated[str | None, Output("Note")]
    benchmark_chart: Annotated[str, Output("Chart of the benchmark")]
    benchmark_unit: Annotated[str, Output("Unit of the benchmark's chart")]
    other: Annotated[Charted, Again("benchmark_", "Benchmark: ")]


Row = Comparison | Judgment | Claim | Reproduction | PeriodSignal
"""A row of machine output."""

_TYPES: dict[type, CellType] = {
    str: "text",
    float: "number",
    int: "whole",
    date: "date",
    bool: "flag",
}


@cache
def _places(shape: Any) -> dict[str, tuple[Output, tuple[int, ...]]]:
    """Return the columns of a row's type by name, each with the path to its field."""
    found: dict[str, tuple[Output, tuple[int, ...]]] = {}
    for place, (name, given) in enumerate(shape.__annotations__.items()):
        if get_origin(given) is Annotated:
            inner, column = get_args(given)
            if isinstance(column, Again):
                found |= {
                    column.name + its_name: (_again(its, column), (place, *way))
                    for its_name, (its, way) in _places(inner).items()
                }
                continue
            column = _named(column, name, inner)
            found[column.name] = column, (place,)
            continue
        if given in _TYPES:  # for pages alone
            continue
        for its_name, (column, way) in _places(_without_none(given)).items():
            found.setdefault(its_name, (column, (place, *way)))
    return found


def _named(column: Output, name: str, given: Any) -> Output:
    return column._replace(name=column.name or name, type=_TYPES[_without_none(given)])


def _again(column: Output, again: Again) -> Output:
    label = f"{column.label[:1].lower()}{column.label[1:]}"
    return column._replace(name=again.name + column.name, label=again.label + label)


def _without_none(given: Any) -> Any:
    """Return the type that an annotation allows besides None."""
    [kind] = [part for part in get_args(given) or (given,) if part is not type(None)]
    return kind


def columns(shape: Any) -> tuple[Output, ...]:
    """Return the columns of machine output of one type of row, in order."""
    return tuple(column for column, _ in _places(shape).values())


def page_columns() -> tuple[Output, ...]:
    """Return the columns of a page on which comparisons and judgments are stacked.

    The columns of judgments alone come after the notes of a comparison, where they were added.
    """
    figures = columns(Comparison)
    known = {column.name for column in figures}
    judgments = [column for column in columns(Judgment) if column.name not in known]
    end = [column.name for column in figures].index("benchmark_note") + 1
    return (*figures[:end], *judgments, *figures[end:])


def cells(rows: Iterable[Row], wanted: Iterable[Output]) -> list[tuple[Cell, ...]]:
    """Return the cells of some rows, one for each wanted column; None where a row lacks it."""
    names = [column.name for column in wanted]
    return [tuple(_cell(row, name) for name in names) for row in rows]


def _cell(row: Row, name: str) -> Cell:
    if name == "kind" and isinstance(row, Judgment):
        return row.kind
    shape: Any = type(row)
    _, way = _places(shape).get(name, (None, ()))
    value: Any = row if way else None
    for place in way:
        value = None if value is None else value[place]
    cell: Cell = value
    return cell
