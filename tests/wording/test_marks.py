"""The marks of verdicts in brief tables, and the line that says what they mean."""

from __future__ import annotations

import pytest
from rows import comparison

from crimecmp.comparison.row import Beyond, Comparison, Verdict
from crimecmp.comparison.verdict_words import (
    HIGHER,
    LOWER,
    NOT_TESTED,
    POISSON,
    PRINT,
    SIMILAR,
    USUAL,
)
from crimecmp.wording.sentences import kind_words, marked_verdict


def row(
    verdict: str,
    beyond: str | None = None,
    usual_p: float | None = None,
    method: str = "two-counts",
) -> Comparison:
    """Return a rate with a verdict."""
    return comparison(
        force_value=5.0,
        benchmark_value=6.0,
        difference=-1.0,
        tested=Verdict(verdict=verdict, method=method, level=0.95),
        beyond=Beyond(beyond=beyond, usual_p=usual_p),
    )


CASES = {
    "lower": row(LOWER, USUAL, 0.001),
    "lower *": row(LOWER, POISSON, 0.2),
    "higher †": row(HIGHER, POISSON),
    "higher": row(HIGHER, PRINT, method="direction-after-rounding"),
    "no clear difference": row(SIMILAR, "nothing", 0.5),
    "not tested": row(NOT_TESTED),
}


@pytest.mark.parametrize("words", CASES)
def test_what_usual_variation_could_explain_is_marked(words: str) -> None:
    """Only a difference beyond usual variation, or one by print alone, is without a mark.

    A mark is never folded away from its words.
    """
    assert marked_verdict(CASES[words]) == words.replace(" *", "\u00a0*").replace(" †", "\u00a0†")


def test_without_a_partner_there_is_no_verdict() -> None:
    """A figure that is compared with nothing has an empty verdict."""
    assert marked_verdict(comparison(force_value=5.0)) == ""


@pytest.mark.parametrize(
    ("names", "starts"),
    [
        (["lower"], ["The differences are larger than"]),
        (["lower *"], ["* More than random variation, but no more"]),
        (["lower", "lower *"], ["* No more than counts usually"]),
        (["higher †"], ["† More than random variation in separate"]),
        (["lower *", "higher †"], ["* More than", "† More than"]),
        (["higher"], ["Rounding cannot reverse"]),
        (["no clear difference"], ["No clear difference at 95%"]),
        (["no clear difference", "lower"], ["The differences are larger than"]),
        (["not tested"], []),
    ],
)
def test_each_mark_on_a_page_is_explained(names: list[str], starts: list[str]) -> None:
    """There is a line for each kind of verdict, each once, and for no other."""
    lines = kind_words([CASES[name] for name in [*names, *names]])
    assert len(lines) == len(starts)
    assert all(line.startswith(start) for line, start in zip(lines, starts, strict=True))
