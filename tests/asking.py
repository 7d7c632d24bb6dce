"""What tests of verdicts share: figures as printed or calculated, and questions about two."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hypothesis import strategies as st

from crimecmp.comparison.judging import judge
from crimecmp.comparison.question import Estimate, Question
from crimecmp.comparison.row import Verdict
from crimecmp.comparison.verdict_words import HIGHER, LOWER, NOT_TESTED, SIMILAR

PEOPLE = "per 1,000 population"
HOMES = "per 1,000 households"
CLOSED = 1e-9
"""Closed formulas: rounding errors only."""

POLARITIES = ("none", "higher-is-better", "lower-is-better")
MIRRORED = {HIGHER: LOWER, LOWER: HIGHER, SIMILAR: SIMILAR, NOT_TESTED: NOT_TESTED}


def printed(
    text: str, events: int | None = None, base: float | None = None, margin: str | None = None
) -> Estimate:
    """Return a figure as it was printed, with what is known of it."""
    return Estimate(
        float(text),
        len(text.partition(".")[2]),
        events,
        base,
        None if margin is None else float(margin),
        None if margin is None else len(margin.partition(".")[2]),
    )


def calculated(events: int, base: float, scale: int = 1000, places: int = 1) -> Estimate:
    """Return a figure printed from its count and base, halves away from zero."""
    exact = Decimal(events) * scale / Decimal(base)
    text = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return printed(f"{text:f}", events, base)


def changed(now: int, before: int, places: int = 13) -> Estimate:
    """Return a change as it is calculated from two counts."""
    exact = 100 * (Decimal(now) - before) / before
    text = f"{exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    return Estimate(float(text), places, now, events_before=before)


def rate(force: Estimate | None, benchmark: Estimate | None, **more: Any) -> Verdict:
    """Judge two rates per 1,000 population."""
    return judge(Question("rate", PEOPLE, force, benchmark)._replace(**more))


def outcome(force: Estimate | None, benchmark: Estimate | None, **more: Any) -> Verdict:
    """Judge two percentages of crimes."""
    return judge(Question("outcome", "%", force, benchmark)._replace(**more))


def survey(force: Estimate | None, benchmark: Estimate | None, **more: Any) -> Verdict:
    """Judge two survey estimates."""
    return judge(Question("satisfaction", "%", force, benchmark)._replace(**more))


def change(force: Estimate | None, benchmark: Estimate | None, **more: Any) -> Verdict:
    """Judge two per cent changes."""
    return judge(Question("change", "%", force, benchmark)._replace(**more))


def number(value: object) -> float:
    """Return a cell that must be a number."""
    assert isinstance(value, int | float)
    return float(value)


DURHAM = printed("88.6", margin="1.8")
NATIONAL = printed("85.0", margin="0.2")
FEW = printed("5.0", 500, 100000)
MORE = printed("6.0", 600, 100000)
HALF = printed("50", 500, 1000)
MOST = printed("60", 600, 1000)
TEXTS = st.builds(
    lambda number, places: f"{Decimal(number).scaleb(-places):f}",
    st.integers(0, 2000),
    st.integers(0, 3),
)
