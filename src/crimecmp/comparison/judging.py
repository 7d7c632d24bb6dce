"""Two figures in, a verdict out: which way they differ, whether that is real, and by which method.

The method follows from what is known of the figures: margins, counts and bases, or nothing but the
printed decimals. What cannot be tested is `not tested`, with the reason.
"""

from __future__ import annotations

from typing import cast

from crimecmp.comparison.methods import METHODS, RANGE
from crimecmp.comparison.question import CHANGE, Estimate, Question
from crimecmp.comparison.row import Verdict
from crimecmp.comparison.verdict_words import BETTER, HIGHER, LOWER, WORSE
from crimecmp.errors import MethodError
from crimecmp.statistics import (
    Interval,
    Level,
    count_ratio,
    difference_range,
    margin_interval,
    percent_range,
    rate_interval,
    ratio_range,
    relative_index_range,
    rounding_interval,
    wilson_interval,
)
from crimecmp.tables.cells import per

_BETTER_WHEN = {"higher-is-better": HIGHER, "lower-is-better": LOWER}


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
        reason = f"The methods cannot handle these figures: {error.message}."
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
    for method in METHODS:
        judged = method(question, force, benchmark, described)
        if judged is not None:
            return _with_reading(judged, question.polarity)
    return described


def _with_reading(verdict: Verdict, polarity: str) -> Verdict:
    better = _BETTER_WHEN.get(polarity)
    if better is None or verdict.verdict not in (HIGHER, LOWER):
        return verdict
    return verdict._replace(reading=BETTER if verdict.verdict == better else WORSE)


def _described(question: Question) -> Verdict:
    """Return what can be said of two figures before any test: ranges, ratio and intervals."""
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
        return verdict  # how far rounding moves a mean of printed rates is not calculated
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


def _interval(figure: Estimate | None, question: Question) -> tuple[float | None, float | None]:
    """Return a figure's interval from its margin, or from its count; None where it has none."""
    try:
        return (None, None) if figure is None else _known_interval(figure, question)
    except MethodError:
        return None, None


def _known_interval(figure: Estimate, question: Question) -> tuple[float | None, float | None]:
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
        if not question.shares:
            return rate_interval(figure.events, figure.base, 100, level)
        low, high = wilson_interval(figure.events, figure.base, level)
        return 100 * low, 100 * high
    scale = per(question.unit)
    if figure.base is not None and scale is not None:
        return rate_interval(figure.events, figure.base, scale, level)
    # The base that count and rate imply; the interval is as wide as the count's.
    return rate_interval(figure.events, figure.events, figure.value, level)


def _change_interval(figure: Estimate, level: float) -> tuple[float | None, float | None]:
    """Return the interval of a per cent change from the counts before and after."""
    if figure.events is None or figure.events_before is None:
        return None, None
    ratio = count_ratio(figure.events, figure.events_before, level=level)
    if ratio.low is None or ratio.high is None:
        return None, None
    return 100 * (ratio.low - 1), 100 * (ratio.high - 1)


def _disagreement(figure: Estimate, question: Question) -> str:
    """Return how a figure differs from what its own count and base give; empty where they agree."""
    scale = 100 if question.unit == "%" else per(question.unit)
    if question.kind == CHANGE:
        if not figure.events_before or figure.events is None:
            return ""
        calculated = 100 * (figure.events / figure.events_before - 1)
    elif figure.events is None or figure.base is None or scale is None:
        return ""
    else:
        calculated = figure.events / figure.base * scale
    low, high = rounding_interval(figure.text)
    ends = [calculated]
    if figure.base is not None and question.kind != CHANGE and _is_rounded(figure.base):
        # A base printed as B is one from B - 50 to B + 50.
        ends = [calculated * figure.base / (figure.base + off) for off in (_HALF, -_HALF)]
    slack = 1e-9 * max(1.0, abs(calculated))
    if low - slack <= max(ends) and min(ends) <= high + slack:
        return ""
    given = "two counts" if question.kind == CHANGE else "count and base"
    return (
        f"The figure {figure.text} does not agree with its {given}, which give "
        f"{calculated:.{figure.decimals + 1}f}. One of them must be wrong."
    )


def _is_rounded(base: float) -> bool:
    """Return whether a base may have been rounded to the hundred, as large bases usually are."""
    return base >= _LARGE_BASE and base % (2 * _HALF) == 0


_HALF = 50
_LARGE_BASE = 100_000


def _larger_than_whole(force: Estimate, benchmark: Estimate, question: Question) -> str:
    """Return how a part exceeds the whole that it is part of; empty where it does not."""
    if not question.part:
        return ""
    events, base = (force.events, benchmark.events), (force.base, benchmark.base)
    if None not in events and cast("int", events[0]) > cast("int", events[1]):
        return "The force's count is larger than that of the benchmark it is part of."
    if None not in base and cast("float", base[0]) >= cast("float", base[1]):
        return "The force's base is not smaller than that of the benchmark it is part of."
    return ""
