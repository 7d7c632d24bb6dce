"""What kind of variation a difference is larger than: the verdict and a year's movement in."""

from __future__ import annotations

import math

from crimecmp.comparison.methods import (
    CHANGES,
    COUNTS,
    MARGINS,
    MEAN,
    PROPORTIONS,
    ROUNDING,
    counted,
    counted_changes,
)
from crimecmp.comparison.movement import Movement
from crimecmp.comparison.question import Estimate, Question
from crimecmp.comparison.row import Beyond, Verdict
from crimecmp.comparison.verdict_words import (
    HIGHER,
    LOWER,
    NOTHING,
    OTHERS,
    POISSON,
    PRINT,
    REST,
    SAMPLING,
    SIMILAR,
    USUAL,
    WHOLE,
)
from crimecmp.errors import MethodError
from crimecmp.statistics import UsualRatio, smallest_base_usual, usual_index, usual_ratio
from crimecmp.tables.cells import per

_KINDS = {
    MARGINS: SAMPLING,
    COUNTS: POISSON,
    PROPORTIONS: POISSON,
    CHANGES: POISSON,
    MEAN: POISSON,
    ROUNDING: PRINT,
}
"""What a method's verdict of higher or lower goes beyond."""


def beyond(question: Question, verdict: Verdict, movement: Movement) -> Beyond:
    """Return what kind of variation a difference is larger than.

    Usual variation is tried only where the verdict is higher or lower: a difference that Poisson
    variation explains is beyond nothing.

    Parameters
    ----------
    question
        The figures.
    verdict
        Their verdict.
    movement
        How much forces' counts of the metric usually move in a year.
    """
    force, benchmark = question.force, question.benchmark
    if force is None or benchmark is None:
        return Beyond()
    ratio = _ratio_tested(question, verdict, force, benchmark)
    against = OTHERS if verdict.method == MEAN else REST if question.part else WHOLE
    tested = ratio is not None or verdict.method == PROPORTIONS
    found = Beyond(ratio_tested=ratio, tested_against=against if tested else None)
    if verdict.verdict == SIMILAR:
        found = found._replace(beyond=NOTHING)
    elif verdict.verdict in (HIGHER, LOWER):
        found = found._replace(beyond=_KINDS[verdict.method])
    if question.kind not in ("rate", "change"):
        return found
    found = found._replace(
        phi_change=movement.phi, usual_source=movement.source, usual_reason=movement.reason
    )
    variation = movement.variation
    if variation is None:
        return found
    found = found._replace(usual_sd=variation.sigma, usual_df=variation.df)
    if verdict.method == ROUNDING:
        return found._replace(smallest_base_usual=_smallest_base(question, force, benchmark, found))
    variance = variation.sigma_squared * question.moving * question.years
    usual = _usual(question, verdict, force, benchmark, variance, variation.df)
    if usual is None:
        return found
    larger = found.beyond == POISSON and usual.p < 1 - question.level
    return found._replace(
        usual_low=usual.low,
        usual_high=usual.high,
        usual_p=usual.p,
        beyond=USUAL if larger else found.beyond,
    )


def _ratio_tested(
    question: Question, verdict: Verdict, force: Estimate, benchmark: Estimate
) -> float | None:
    """Return the ratio that the interval of the test belongs to; None where there is none."""
    if verdict.method == MEAN and question.others and force.events is not None and force.base:
        mean = math.fsum(count / base for count, base in question.others) / len(question.others)
        return force.events / force.base / mean
    if verdict.method == COUNTS:
        tested = counted(question, force, benchmark)
        if tested is None:
            return None
        count_a, base_a, count_b, base_b = tested.arguments
        return count_a / base_a / (count_b / base_b) if count_b else None
    changes = counted_changes(question, force, benchmark) if verdict.method == CHANGES else None
    if changes is None:
        return None
    count_a, before_a, count_b, before_b = changes
    return count_a / before_a / (count_b / before_b)


def _usual(
    question: Question,
    verdict: Verdict,
    force: Estimate,
    benchmark: Estimate,
    variance: float,
    df: int,
) -> UsualRatio | None:
    """Return the tested ratio with usual variation around it; None where a count is zero."""
    try:
        if verdict.method == CHANGES:
            changes = counted_changes(question, force, benchmark)
            return changes and usual_index(*changes, variance, df, question.level)
        tested = counted(question, force, benchmark) if verdict.method == COUNTS else None
        if tested is None:
            return None
        count_a, base_a, count_b, base_b = tested.arguments
        return usual_ratio(count_a, count_b, base_a, base_b, variance, df, question.level)
    except MethodError:
        return None


def _smallest_base(
    question: Question, force: Estimate, benchmark: Estimate, found: Beyond
) -> int | None:
    scale = per(question.unit)
    if scale is None or found.usual_sd is None:
        return None
    sigma = found.usual_sd * math.sqrt(question.moving)
    try:
        return smallest_base_usual(force.text, benchmark.text, sigma, scale, question.level)
    except MethodError:
        return None
