"""The methods by which two figures get a verdict, one function each.

Each returns the verdict, or None where its method does not apply. A verdict after rounding and a
verdict at a level of confidence are different claims, and their methods keep them apart.
"""

from __future__ import annotations

from itertools import product
from typing import NamedTuple, cast

from crimecmp.comparison.question import CHANGE, Estimate, Question
from crimecmp.comparison.row import Verdict
from crimecmp.comparison.verdict_words import HIGHER, LOWER, SIMILAR
from crimecmp.errors import MethodError
from crimecmp.statistics import (
    EXACT_BELOW,
    Interval,
    change_ratio,
    count_ratio,
    margin_difference,
    mean_difference,
    proportion_difference,
    rounding_interval,
    smallest_base,
    smallest_base_percent,
)
from crimecmp.tables.cells import per

MARGINS = "two-margins"
COUNTS = "two-counts"
PROPORTIONS = "two-proportions"
CHANGES = "two-changes"
MEAN = "group-mean"
ROUNDING = "direction-after-rounding"
RANGE = "rounding-range"
NONE = "none"


def by_margins(
    question: Question, force: Estimate, benchmark: Estimate, described: Verdict
) -> Verdict | None:
    """Judge two estimates by their published margins, as printed and at all roundings."""
    if force.margin is None or benchmark.margin is None:
        return None
    level = question.level
    try:
        test = margin_difference(
            force.value, force.margin, benchmark.value, benchmark.margin, level=level
        )
        ends = [
            margin_difference(a, margin_a, b, margin_b, level=level)
            for a, margin_a, b, margin_b in product(*_ends(force), *_ends(benchmark))
        ]
    except MethodError:
        return None  # without any margin above zero there is nothing to test by
    verdict = _direction(test.low, test.high)
    held = all(_direction(end.low, end.high) == verdict for end in ends)
    reason = (
        "The verdict holds whatever the printed figures were rounded from."
        if held
        else "The verdict depends on what the printed figures were rounded from."
    )
    statistics = [end.z for end in ends]
    return described._replace(
        verdict=verdict,
        method=MARGINS,
        level=level,
        reason=reason + _part_of_survey(question, force, benchmark),
        interval_low=test.low,
        interval_high=test.high,
        z=test.z,
        z_low=min(statistics),
        z_high=max(statistics),
        p_value=test.p,
    )


def _ends(figure: Estimate) -> tuple[Interval, Interval]:
    """Return the ranges that a printed estimate and its printed margin were rounded from."""
    margin = rounding_interval(f"{figure.margin:.{figure.margin_decimals or 0}f}")
    return rounding_interval(figure.text), margin._replace(low=max(0.0, margin.low))


def _direction(low: float, high: float) -> str:
    if low > 0:
        return HIGHER
    return LOWER if high < 0 else SIMILAR


def _part_of_survey(question: Question, force: Estimate, benchmark: Estimate) -> str:
    """Return what it means for a test of margins that the force is part of the benchmark."""
    if not question.part:
        return ""
    unknown = (
        " The force is part of the benchmark. Its share is not published, so it is not taken out."
    )
    if not force.margin or not benchmark.margin:
        return unknown
    try:
        spread = force.value * (100 - force.value) / force.margin**2
        share = spread / (benchmark.value * (100 - benchmark.value) / benchmark.margin**2)
        z = margin_difference(
            force.value, force.margin, benchmark.value, benchmark.margin, share, question.level
        ).z
    except (MethodError, ZeroDivisionError, OverflowError):
        return unknown  # nobody or everybody satisfied: the margins imply no share
    return (
        f"{unknown} If the samples were simple random ones, the margins would imply a share of "
        f"{100 * share:.2f}%, and Z would be {z:.3f}."
    )


def by_mean(
    question: Question, force: Estimate, benchmark: Estimate, described: Verdict
) -> Verdict | None:
    """Judge a rate against the unweighted mean of a group; None for any other benchmark."""
    del benchmark
    if not question.mean:
        return None
    scale = per(question.unit)
    if question.others is None or force.events is None or force.base is None or scale is None:
        return described._replace(reason=_NO_COUNTS_OF_GROUP)
    if not question.others:
        return described._replace(reason="The group has no other force to compare with.")
    if min(force.events, *(count for count, _ in question.others)) < EXACT_BELOW:
        return described._replace(reason=_TOO_FEW)
    test = mean_difference(
        (force.events, force.base),
        question.others,
        inside=question.part,
        per=scale,
        level=question.level,
    )
    reason = "The force is part of the group, and the test allows for that. "
    return described._replace(
        verdict=_direction(test.low, test.high),
        method=MEAN,
        level=question.level,
        reason=(reason if question.part else "") + _CHANCE_ALONE,
        interval_low=test.low,
        interval_high=test.high,
        z=test.z,
        p_value=test.p,
    )


_TOO_FEW = (
    f"A count in the group is below {EXACT_BELOW}, too small for this test, which assumes a normal "
    "distribution."
)
_NO_COUNTS_OF_GROUP = (
    "Only a rate is tested against the mean of a group, and only if each force has a count and a "
    "base."
)


def by_changes(
    question: Question, force: Estimate, benchmark: Estimate, described: Verdict
) -> Verdict | None:
    """Judge two changes by the counts before and after."""
    tested = counted_changes(question, force, benchmark)
    if tested is None:
        return None
    reason = f"{_AGAINST_THE_REST} {_CHANCE_ALONE}" if question.part else _CHANCE_ALONE
    try:
        test = change_ratio(*tested, question.level)
    except MethodError:
        return None  # a count of zero or below
    low, high = cast("tuple[float, float]", (test.low, test.high))
    return described._replace(
        verdict=_direction(low - 1, high - 1),
        method=CHANGES,
        level=question.level,
        reason=reason,
        interval_low=low,
        interval_high=high,
        p_value=test.p,
    )


def counted_changes(
    question: Question, force: Estimate, benchmark: Estimate
) -> tuple[int, int, int, int] | None:
    """Return the counts of two changes, later and earlier; those of the rest of a whole."""
    if question.kind != CHANGE or force.events is None or benchmark.events is None:
        return None
    if force.events_before is None or benchmark.events_before is None:
        return None
    part = (force.events, force.events_before) if question.part else (0, 0)
    return (
        force.events, force.events_before,
        benchmark.events - part[0], benchmark.events_before - part[1],
    )  # fmt: skip


def by_proportions(
    question: Question, force: Estimate, benchmark: Estimate, described: Verdict
) -> Verdict | None:
    """Judge two percentages of a whole by their counts and bases."""
    tested = counted(question, force, benchmark)
    if tested is None or question.unit != "%" or not question.shares:
        return None
    try:
        test = proportion_difference(*tested.arguments, level=question.level)
    except MethodError:
        return None  # the rest of the benchmark has more of a part than of the whole
    return described._replace(
        verdict=_direction(test.low, test.high),
        method=PROPORTIONS,
        level=question.level,
        reason=tested.reason,
        interval_low=100 * test.low,
        interval_high=100 * test.high,
    )


def by_counts(
    question: Question, force: Estimate, benchmark: Estimate, described: Verdict
) -> Verdict | None:
    """Judge two rates, or two ratios of counts, by their counts and bases."""
    tested = counted(question, force, benchmark)
    if tested is None:
        return None
    count_a, base_a, count_b, base_b = tested.arguments
    try:
        test = count_ratio(count_a, count_b, base_a, base_b, question.level)
    except MethodError:
        return None  # counts beyond what the exact test takes
    verdict = SIMILAR
    if test.p < 1 - question.level:
        verdict = HIGHER if count_a * base_b > count_b * base_a else LOWER
    reason = tested.reason
    if (
        test.low is not None
        and test.high is not None
        and (verdict == SIMILAR) != (test.low <= 1 <= test.high)
    ):
        reason += " The interval is approximate, so the exact test decides."
    return described._replace(
        verdict=verdict,
        method=COUNTS,
        level=question.level,
        reason=reason,
        interval_low=test.low,
        interval_high=test.high,
        p_value=test.p,
    )


_AGAINST_THE_REST = "The force is part of the benchmark, so it is tested against the rest of it."
_CHANCE_ALONE = (
    "The test assumes that crimes are independent of each other. It does not allow for series of "
    "crimes or for differences in recording."
)


class Counted(NamedTuple):
    """Count and base of the force and of what it is tested against, and what to know of them."""

    arguments: tuple[int, float, int, float]
    reason: str


def counted(question: Question, force: Estimate, benchmark: Estimate) -> Counted | None:
    """Return the counts and bases to test; a force is tested against the rest of its whole."""
    count_a, base_a, count_b, base_b = force.events, force.base, benchmark.events, benchmark.base
    if question.kind == CHANGE or count_a is None or base_a is None:
        return None
    if count_b is None or base_b is None:
        return None
    if not question.part:
        return Counted((count_a, base_a, count_b, base_b), _CHANCE_ALONE)
    rest = (count_a, base_a, count_b - count_a, base_b - base_a)
    return Counted(rest, f"{_AGAINST_THE_REST} {_CHANCE_ALONE}")


def by_rounding(
    question: Question, force: Estimate, benchmark: Estimate, described: Verdict
) -> Verdict:
    """Judge by the printed figures alone which way they differ, whatever they were rounded from."""
    low, high = described.difference_low, described.difference_high
    if question.kind == CHANGE:
        counts = (force.events, force.events_before, benchmark.events, benchmark.events_before)
        return described._replace(
            method=RANGE,
            reason="The changes are printed without counts, so the gap cannot be tested."
            if None in counts
            else "A count is zero, so the gap between the changes cannot be tested.",
        )
    # A figure's range includes its lower end and not its upper: ranges that touch do not overlap.
    if low is None or high is None or low < 0 < high:
        return described._replace(
            method=RANGE,
            reason="The printed figures have too few decimals to say which is higher.",
        )
    base = _smallest_base(question, force, benchmark)
    reason = "The direction holds after rounding. A test needs the count and base of both figures."
    return described._replace(
        verdict=HIGHER if low >= 0 else LOWER,
        method=ROUNDING,
        reason=reason,
        smallest_base=base,
    )


def _smallest_base(question: Question, force: Estimate, benchmark: Estimate) -> int | None:
    # A percentage of people asked is a part of them; one of crimes is a rate per 100 of them.
    part = question.shares or question.kind == "satisfaction"
    scale = 100.0 if question.unit == "%" else per(question.unit)
    try:
        if question.unit == "%" and part:
            return smallest_base_percent(force.text, benchmark.text, question.level)
        if scale is not None:
            return smallest_base(force.text, benchmark.text, scale, question.level)
    except MethodError:
        return None  # a percentage over 100, or a figure too large to have a base
    return None


METHODS = (by_mean, by_margins, by_proportions, by_changes, by_counts, by_rounding)
"""The methods, the strongest first."""
