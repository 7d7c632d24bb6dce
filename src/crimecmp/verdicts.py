"""Two figures in, a verdict out: which way they differ, whether that is real, and by which method.

The method follows from what is known of the figures: margins, counts and bases, or nothing but the
printed decimals. A verdict after rounding and a verdict at a level of confidence are different
claims, and their methods keep them apart. What cannot be tested is `not tested`, with the reason.
"""

from __future__ import annotations

from itertools import product
from typing import NamedTuple, cast

from crimecmp import verdict_words
from crimecmp.distributions import Level
from crimecmp.errors import MethodError
from crimecmp.methods import (
    EXACT_BELOW,
    Interval,
    change_ratio,
    count_ratio,
    difference_range,
    margin_difference,
    margin_interval,
    mean_difference,
    percent_range,
    proportion_difference,
    rate_interval,
    ratio_range,
    relative_index_range,
    rounding_interval,
    smallest_base,
    smallest_base_percent,
    wilson_interval,
)
from crimecmp.schema import per

HIGHER, LOWER, SIMILAR, NOT_TESTED = VERDICTS = verdict_words.VERDICTS
BETTER, WORSE = READINGS = verdict_words.READINGS
LEVELS = (0.95, 0.998)

MARGINS = "two-margins"
COUNTS = "two-counts"
PROPORTIONS = "two-proportions"
CHANGES = "two-changes"
MEAN = "group-mean"
ROUNDING = "direction-after-rounding"
RANGE = "rounding-range"
NONE = "none"

CHANGE = "change"

_BETTER_WHEN = {"higher-is-better": HIGHER, "lower-is-better": LOWER}


class Figure(NamedTuple):
    """One area's figure and what is known of it.

    Parameters
    ----------
    value
        The figure.
    decimals
        How many decimals it was printed with.
    events, base
        What it was worked out from: crimes, and people, households or crimes; None where that was
        not published.
    margin
        Half width of its 95 % interval, in the figure's unit; None where there is none.
    margin_decimals
        How many decimals the margin was printed with.
    events_before
        Of a change: the crimes of the earlier period; `events` are those of the later one.
    """

    value: float
    decimals: int
    events: int | None = None
    base: float | None = None
    margin: float | None = None
    margin_decimals: int | None = None
    events_before: int | None = None

    @property
    def text(self) -> str:
        """The figure as printed."""
        return f"{self.value:.{self.decimals}f}"


class Question(NamedTuple):
    """What is to be judged.

    Parameters
    ----------
    kind
        The kind of the figures: `rate`, `change`, `outcome` or `satisfaction`.
    unit
        Their unit: `per 1,000 population`, `%`.
    force, benchmark
        The figures; None where one is missing.
    part
        Whether the force is part of the benchmark.
    polarity
        The metric's: `none`, `higher-is-better` or `lower-is-better`.
    level
        Level of confidence of tests, of intervals and of the smallest base.
    mean
        Whether the benchmark is the unweighted mean of a group.
    others
        If so, count and base of each area of the group but the force; None where one of them is
        not known.
    """

    kind: str
    unit: str
    force: Figure | None
    benchmark: Figure | None
    part: bool = False
    polarity: str = "none"
    level: float = 0.95
    mean: bool = False
    others: tuple[tuple[int, float], ...] | None = None


class Verdict(NamedTuple):
    """What can be said of two figures; the fields are columns of machine output.

    Parameters
    ----------
    difference_low, difference_high
        The differences that the rounding of the printed figures allows, in their unit (percentage
        points where that is %).
    percent_difference_low, percent_difference_high
        The same in per cent of the benchmark; None for percentages.
    force_low, force_high, benchmark_low, benchmark_high
        The figures' intervals at `interval_level`, in their unit; None where neither a count nor a
        margin is known.
    verdict
        `higher`, `lower`, `similar` or `not tested`.
    reading
        `better` or `worse`, where the metric has a polarity and the figures differ; else None.
    method
        Id of the method, as in `crimecmp.explain`.
    level
        The verdict's level of confidence; None where it rests on rounding or nothing is tested.
    reason
        Why this verdict, and what it cannot know.
    ratio, ratio_low, ratio_high
        Force over benchmark, and the range that rounding allows; for changes the relative index,
        (100 + change) over (100 + benchmark's change).
    smallest_base
        From this base on (people, households, crimes) the printed figures differ by more than
        chance at `interval_level`, the benchmark taken as exact; None where that does not apply.
    interval_low, interval_high
        Interval of the difference, or for `two-counts` and `two-changes` of the ratio, at `level`.
    z, z_low, z_high
        Test statistic of `two-margins` and `group-mean`; its range over all that rounding allows.
    p_value
        Two-sided probability of such a difference were there none.
    interval_level
        The level of the intervals and of the smallest base.
    """

    difference_low: float | None = None
    difference_high: float | None = None
    percent_difference_low: float | None = None
    percent_difference_high: float | None = None
    force_low: float | None = None
    force_high: float | None = None
    benchmark_low: float | None = None
    benchmark_high: float | None = None
    verdict: str = NOT_TESTED
    reading: str | None = None
    method: str = NONE
    level: float | None = None
    reason: str = ""
    ratio: float | None = None
    ratio_low: float | None = None
    ratio_high: float | None = None
    smallest_base: int | None = None
    interval_low: float | None = None
    interval_high: float | None = None
    z: float | None = None
    z_low: float | None = None
    z_high: float | None = None
    p_value: float | None = None
    interval_level: float | None = None


def judge(question: Question) -> Verdict:
    """Return the verdict on a question, by the strongest method that its figures allow.

    Raises
    ------
    MethodError
        Where the level is not between 0 and 1.
    """
    Level.of(question.level)
    try:
        return _judged(question)
    except MethodError as error:
        reason = f"The figures are beyond what the methods take: {error.message}."
        return Verdict(reason=reason, interval_level=question.level)


def _judged(question: Question) -> Verdict:
    described = _described(question)
    if question.force is None or question.benchmark is None:
        return described._replace(reason="One of the two figures is missing.")
    disagreement = (
        _disagreement(question.force, question)
        or _disagreement(question.benchmark, question)
        or _larger_than_whole(question.force, question.benchmark, question)
    )
    if disagreement:
        return described._replace(method=RANGE, reason=disagreement)
    force, benchmark = question.force, question.benchmark
    for test in (_by_mean, _by_margins, _by_proportions, _by_changes, _by_counts, _by_rounding):
        judged = test(question, force, benchmark, described)
        if judged is not None:
            return _with_reading(judged, question.polarity)
    return described


def _with_reading(verdict: Verdict, polarity: str) -> Verdict:
    better = _BETTER_WHEN.get(polarity)
    if better is None or verdict.verdict not in (HIGHER, LOWER):
        return verdict
    return verdict._replace(reading=BETTER if verdict.verdict == better else WORSE)


def _described(question: Question) -> Verdict:
    """Return what holds of the figures whatever is tested: ranges, ratio and intervals."""
    force, benchmark = question.force, question.benchmark
    force_interval = _interval(force, question)
    benchmark_interval = _interval(benchmark, question)
    verdict = Verdict(
        force_low=force_interval[0],
        force_high=force_interval[1],
        benchmark_low=benchmark_interval[0],
        benchmark_high=benchmark_interval[1],
        interval_level=question.level,
    )
    if force is None or benchmark is None or (question.mean and not question.others):
        return verdict  # how far rounding moves a mean of printed rates is not worked out
    low, high = difference_range(force.text, benchmark.text)
    verdict = verdict._replace(difference_low=low, difference_high=high)
    if question.kind == CHANGE:
        index = relative_index_range(force.text, benchmark.text)
        ratio = (100 + force.value) / (100 + benchmark.value) if benchmark.value > -100 else None
        return _with_ratio(verdict, ratio, index)
    ratio = force.value / benchmark.value if benchmark.value > 0 else None
    verdict = _with_ratio(verdict, ratio, ratio_range(force.text, benchmark.text))
    percent = percent_range(force.text, benchmark.text) if question.kind == "rate" else None
    if percent is None:
        return verdict
    return verdict._replace(
        percent_difference_low=max(-100.0, percent.low), percent_difference_high=percent.high
    )


def _with_ratio(verdict: Verdict, ratio: float | None, span: Interval | None) -> Verdict:
    if ratio is None or span is None:
        return verdict
    return verdict._replace(ratio=ratio, ratio_low=max(0.0, span.low), ratio_high=span.high)


def _interval(figure: Figure | None, question: Question) -> tuple[float | None, float | None]:
    """Return a figure's interval from its margin, or from its count; None where it has none."""
    try:
        return (None, None) if figure is None else _known_interval(figure, question)
    except MethodError:
        return None, None


def _known_interval(figure: Figure, question: Question) -> tuple[float | None, float | None]:
    level = question.level
    if figure.margin is not None:
        return margin_interval(figure.value, figure.margin, level)
    if figure.events is None:
        return None, None
    if question.kind == CHANGE:
        return _change_interval(figure, level)
    if question.unit == "%":
        if figure.base is None:
            return None, None
        low, high = wilson_interval(figure.events, figure.base, level)
        return 100 * low, 100 * high
    scale = per(question.unit)
    if figure.base is not None and scale is not None:
        return rate_interval(figure.events, figure.base, scale, level)
    # The base that count and rate imply; the interval is as wide as the count's.
    return rate_interval(figure.events, figure.events, figure.value, level)


def _change_interval(figure: Figure, level: float) -> tuple[float | None, float | None]:
    """Return the interval of a per cent change from the counts before and after."""
    if figure.events is None or figure.events_before is None:
        return None, None
    ratio = count_ratio(figure.events, figure.events_before, level=level)
    if ratio.low is None or ratio.high is None:
        return None, None
    return 100 * (ratio.low - 1), 100 * (ratio.high - 1)


def _disagreement(figure: Figure, question: Question) -> str:
    """Say where a figure is not what its own count and base give; empty where it is."""
    scale = 100 if question.unit == "%" else per(question.unit)
    if question.kind == CHANGE:
        if not figure.events_before or figure.events is None:
            return ""
        worked_out = 100 * (figure.events / figure.events_before - 1)
    elif figure.events is None or figure.base is None or scale is None:
        return ""
    else:
        worked_out = figure.events / figure.base * scale
    low, high = rounding_interval(figure.text)
    slack = (1e-9 + _base_rounding(figure.base)) * max(1.0, abs(worked_out))
    if low - slack <= worked_out <= high + slack:
        return ""
    given = "two counts" if question.kind == CHANGE else "count and base"
    return (
        f"The figure {figure.text} is not what its {given} give, "
        f"{worked_out:.{figure.decimals + 1}f}: they cannot all be right."
    )


def _base_rounding(base: float | None) -> float:
    """Return by what part of it a base may have been rounded: large ones are, to the hundred."""
    if base is None or base < _LARGE_BASE or base % 100:
        return 0.0
    return 50 / base


_LARGE_BASE = 100_000


def _larger_than_whole(force: Figure, benchmark: Figure, question: Question) -> str:
    """Say where a part has more than the whole it is part of; empty where it has not."""
    if not question.part:
        return ""
    events, base = (force.events, benchmark.events), (force.base, benchmark.base)
    if None not in events and cast("int", events[0]) > cast("int", events[1]):
        return "The force has a larger count than the benchmark that it is part of."
    if None not in base and cast("float", base[0]) >= cast("float", base[1]):
        return "The force's base leaves nothing of the base of which it is part."
    return ""


def _by_margins(
    question: Question, force: Figure, benchmark: Figure, described: Verdict
) -> Verdict | None:
    """Judge two estimates by their published margins, at the figures and at all roundings."""
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
        "Holds at every value that the printed figures can be rounded from."
        if held
        else "Changes within the values that the printed figures can be rounded from."
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


def _ends(figure: Figure) -> tuple[Interval, Interval]:
    """Return what a printed estimate and its printed margin can be rounded from."""
    margin = rounding_interval(f"{figure.margin:.{figure.margin_decimals or 0}f}")
    return rounding_interval(figure.text), margin._replace(low=max(0.0, margin.low))


def _direction(low: float, high: float) -> str:
    if low > 0:
        return HIGHER
    return LOWER if high < 0 else SIMILAR


def _part_of_survey(question: Question, force: Figure, benchmark: Figure) -> str:
    """Say what it means for a test of margins that the force is part of the benchmark."""
    if not question.part:
        return ""
    unknown = (
        " The force is part of the benchmark, by a share that is not published and so not taken out"
    )
    if not force.margin or not benchmark.margin:
        return f"{unknown}."
    try:
        spread = force.value * (100 - force.value) / force.margin**2
        share = spread / (benchmark.value * (100 - benchmark.value) / benchmark.margin**2)
        z = margin_difference(
            force.value, force.margin, benchmark.value, benchmark.margin, share, question.level
        ).z
    except (MethodError, ZeroDivisionError, OverflowError):
        return f"{unknown}."  # nobody or everybody satisfied: the margins imply no share
    return (
        f"{unknown}; the share that the margins would imply of simple random samples, "
        f"{100 * share:.2f} %, gives Z {z:.3f}."
    )


def _by_mean(
    question: Question, force: Figure, benchmark: Figure, described: Verdict
) -> Verdict | None:
    """Judge a rate against the unweighted mean of a group's; None where there is no such mean."""
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
    reason = "The force is one of the group, and its part of the mean is taken into account. "
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
    f"A count in the group is below {EXACT_BELOW}, for which the normal distribution of the test "
    "does not hold."
)
_NO_COUNTS_OF_GROUP = (
    "Against the mean of a group a rate alone is tested, and that only where the count and base of "
    "each of its forces are known."
)


def _by_changes(
    question: Question, force: Figure, benchmark: Figure, described: Verdict
) -> Verdict | None:
    """Judge two changes by the counts before and after."""
    if question.kind != CHANGE:
        return None
    now, before = (force.events, benchmark.events), (force.events_before, benchmark.events_before)
    if None in now or None in before:
        return None
    (count_a, count_b), (before_a, before_b) = cast("_Pair", now), cast("_Pair", before)
    reason = _CHANCE_ALONE
    if question.part:
        count_b, before_b = count_b - count_a, before_b - before_a
        reason = f"{_AGAINST_THE_REST} {reason}"
    try:
        test = change_ratio(count_a, before_a, count_b, before_b, question.level)
    except MethodError:
        return None  # a count of nought or below
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


_Pair = tuple[int, int]


def _by_proportions(
    question: Question, force: Figure, benchmark: Figure, described: Verdict
) -> Verdict | None:
    """Judge two percentages by their counts and bases."""
    counted = _counted(question, force, benchmark)
    if counted is None or question.unit != "%":
        return None
    try:
        test = proportion_difference(*counted.arguments, level=question.level)
    except MethodError:
        return None  # more outcomes than crimes: no share of a whole
    return described._replace(
        verdict=_direction(test.low, test.high),
        method=PROPORTIONS,
        level=question.level,
        reason=counted.reason,
        interval_low=100 * test.low,
        interval_high=100 * test.high,
    )


def _by_counts(
    question: Question, force: Figure, benchmark: Figure, described: Verdict
) -> Verdict | None:
    """Judge two rates by their counts and bases."""
    counted = _counted(question, force, benchmark)
    if counted is None:
        return None
    count_a, base_a, count_b, base_b = counted.arguments
    try:
        test = count_ratio(count_a, count_b, base_a, base_b, question.level)
    except MethodError:
        return None  # counts beyond what the exact test takes
    verdict = SIMILAR
    if test.p < 1 - question.level:
        verdict = HIGHER if count_a * base_b > count_b * base_a else LOWER
    reason = counted.reason
    if (
        test.low is not None
        and test.high is not None
        and (verdict == SIMILAR) != (test.low <= 1 <= test.high)
    ):
        reason += " The exact test decides: the interval is an approximation."
    return described._replace(
        verdict=verdict,
        method=COUNTS,
        level=question.level,
        reason=reason,
        interval_low=test.low,
        interval_high=test.high,
        p_value=test.p,
    )


_AGAINST_THE_REST = "The force is part of the benchmark: it is tested against the rest of it."
_CHANCE_ALONE = (
    "Counts are taken to vary by chance alone: crimes that come in series, and ways of recording "
    "that differ, are not in the test."
)


class _Counted(NamedTuple):
    arguments: tuple[int, float, int, float]
    reason: str


def _counted(question: Question, force: Figure, benchmark: Figure) -> _Counted | None:
    """Return counts and bases to test: where the force is part of the benchmark, of the rest."""
    count_a, base_a, count_b, base_b = force.events, force.base, benchmark.events, benchmark.base
    if question.kind == CHANGE or count_a is None or base_a is None:
        return None
    if count_b is None or base_b is None:
        return None
    if not question.part:
        return _Counted((count_a, base_a, count_b, base_b), _CHANCE_ALONE)
    rest = (count_a, base_a, count_b - count_a, base_b - base_a)
    return _Counted(rest, f"{_AGAINST_THE_REST} {_CHANCE_ALONE}")


def _by_rounding(
    question: Question, force: Figure, benchmark: Figure, described: Verdict
) -> Verdict:
    """Judge the printed figures alone: which way they differ whatever they were rounded from."""
    low, high = described.difference_low, described.difference_high
    if question.kind == CHANGE:
        counts = (force.events, force.events_before, benchmark.events, benchmark.events_before)
        return described._replace(
            method=RANGE,
            reason="Changes are printed without the counts behind them: whether their gap can be "
            "chance cannot be told."
            if None in counts
            else "With a count of nought whether the gap of two changes can be chance cannot be "
            "told.",
        )
    # A figure's range takes in its lower end and not its upper: ends that touch are still apart.
    if low is None or high is None or low < 0 < high:
        return described._replace(
            method=RANGE,
            reason="The printed figures are too coarse to say which of the two is the higher.",
        )
    base = _smallest_base(question, force, benchmark)
    level = f"{100 * question.level:g} %"
    chance = f"is ruled out at {level} from a base of {base:,} on." if base else "is not tested."
    reason = f"No counts and bases of both to test: the direction after rounding; chance {chance}"
    return described._replace(
        verdict=HIGHER if low >= 0 else LOWER,
        method=ROUNDING,
        reason=reason,
        smallest_base=base,
    )


def _smallest_base(question: Question, force: Figure, benchmark: Figure) -> int | None:
    scale = per(question.unit)
    try:
        if question.unit == "%":
            return smallest_base_percent(force.text, benchmark.text, question.level)
        if scale is not None:
            return smallest_base(force.text, benchmark.text, scale, question.level)
    except MethodError:
        return None  # a percentage over 100, or a figure too large to have a base
    return None
