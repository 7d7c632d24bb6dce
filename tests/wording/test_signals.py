"""A control chart in words: the last period, since when, by which rule, and what is usual."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from bundled import dataset

from crimecmp.comparison.charted_as import LANEY, XMR
from crimecmp.comparison.row import Charted, PeriodSignal
from crimecmp.statistics.series import NEAR, OUTSIDE, SHIFT, TREND
from crimecmp.wording.signals import (
    finding,
    found,
    found_among,
    short_rules,
    signal_words,
    usual_is,
    usual_words,
)

DATA = dataset()
CHANGE = "% change on the same quarter of the year before"
ENDS = (date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31))
QUIET = Charted(1935, 4.9, 8.4, -16.6, 41.0, 1537.6, 2600.3, "none")


def point(signal: str, *rules: str, since: date | None = None, **changed: Any) -> Charted:
    """Return a point with a signal by some rules."""
    return QUIET._replace(signal=signal, rules="; ".join(rules), since=since, **changed)


def rows(
    own: Sequence[Charted], other: Sequence[Charted] = (), **changed: Any
) -> list[PeriodSignal]:
    """Return the last quarters of Durham's shoplifting."""
    others = other or [QUIET] * len(own)
    return [
        PeriodSignal(
            "shoplifting", "Shoplifting", "durham", "england-and-wales", "quarter", end, CHANGE,
            XMR, mine, "s", None, None, XMR, CHANGE, its,
        )._replace(**changed)
        for end, mine, its in zip(ENDS[-len(own) :], own, others, strict=True)
    ]  # fmt: skip


def said(*own: Charted, **changed: Any) -> str:
    """Return what is said of the force."""
    return found(DATA, rows(own, **changed))[0]


def test_a_quiet_period_has_its_count_and_its_usual_range() -> None:
    """Whole counts within the limits: 1,537.6 to 2,600.3 is 1,538 to 2,600."""
    assert said(QUIET) == (
        "Shoplifting in Durham: no signal. The quarter to December 2025, 1,935, is within the "
        "usual range of 1,538 to 2,600."
    )


def test_the_last_signal_before_a_quiet_period_is_named() -> None:
    """One of the baseline is not."""
    old = point("below", OUTSIDE, since=ENDS[1])
    assert said(old, QUIET, QUIET).endswith("The last signal (below) ended in June 2025.")
    assert "last signal" not in said(old._replace(in_baseline=True), QUIET, QUIET)


def test_periods_outside_are_said_since_the_first() -> None:
    """All of the run are outside: it has been above its usual range since then."""
    high = point("above", OUTSIDE, since=ENDS[1])
    assert said(QUIET, high, high, high) == (
        "Shoplifting in Durham has been above its usual range since the quarter to June 2025."
    )


def test_one_period_outside_has_its_figures() -> None:
    """It was outside in that quarter, and the sentence says by which figures."""
    assert said(QUIET, point("above", OUTSIDE, since=ENDS[3], events=2700)) == (
        "Shoplifting in Durham was above its usual range of 1,538 to 2,600 in the quarter to "
        "December 2025: 2,700."
    )


@pytest.mark.parametrize(
    ("signal", "rule", "words"),
    [
        ("below", NEAR, "2 of 3 quarters near the lower limit"),
        ("above", NEAR, "2 of 3 quarters near the upper limit"),
        ("above", SHIFT, "7 or more quarters in a row above the average"),
        ("below", SHIFT, "7 or more quarters in a row below the average"),
        ("rising", TREND, "7 or more quarters in a row, each change above the one before"),
        ("falling", TREND, "7 or more quarters in a row, each change below the one before"),
    ],
)
def test_other_rules_are_named(signal: str, rule: str, words: str) -> None:
    """It is not said to be outside: the sentence says signal, and the rule."""
    mark = point(signal, rule, since=ENDS[2])
    assert said(QUIET, mark, mark) == (
        f"Shoplifting in Durham: signal since the quarter to September 2025, {words}."
    )


def test_a_trend_of_rates_is_of_the_figures_themselves() -> None:
    """A change that falls can be of a count that rises, so only there it says change."""
    mark = point("rising", TREND, since=ENDS[3])
    assert "in a row, each above the one before." in said(mark, unit="per 1,000 population")


def test_a_run_that_is_not_all_outside_is_not_said_to_be() -> None:
    """One point inside the limits is enough."""
    inside, outside = (point("above", rule, since=ENDS[2]) for rule in (NEAR, OUTSIDE))
    assert "has been" not in said(QUIET, inside, outside)


def test_no_sentence_says_significant() -> None:
    """A signal is called one."""
    for mark in (QUIET, point("above", OUTSIDE, since=ENDS[3]), point("rising", TREND)):
        both = " ".join(found(DATA, rows([mark])))
        assert "signific" not in both


def test_a_signal_of_both_is_not_the_forces_alone() -> None:
    """Only where both have the same signal."""
    low, high = point("below", OUTSIDE, since=ENDS[3]), point("above", OUTSIDE, since=ENDS[3])
    alone = " The signal is not Durham's alone."
    assert found(DATA, rows([low], [low]))[1].endswith(alone)
    assert alone not in found(DATA, rows([low], [high]))[1]
    assert alone not in found(DATA, rows([QUIET], [QUIET]))[1]
    assert found(DATA, rows([QUIET], [low]))[1].startswith("England and Wales was below its")


def test_nothing_tested_has_its_reason() -> None:
    """A period without a point, and a baseline too short, say why."""
    reason = "There is no count of this period."
    untested = Charted(reason=reason)
    assert said(untested) == (
        f"Shoplifting in Durham: nothing to say of the quarter to December 2025. {reason}"
    )
    assert finding(DATA, rows([untested])).endswith(
        "no rules tried in the quarter to December 2025"
    )


def test_the_usual_range_names_its_baseline() -> None:
    """For changes as percentages of the quarter a year before; else about the average."""
    first = QUIET._replace(in_baseline=True)
    assert usual_is(rows([first, first, QUIET])) == (
        "Usual range: -17% to +41% on the same quarter a year before, by the baseline of 2 "
        "quarters, June 2025 to September 2025."
    )
    counted = rows([first, QUIET], unit="per quarter of average length", chart=LANEY)
    assert usual_is(counted) == (
        "Usual range: the limits about the average of the baseline of 1 quarter, September 2025 to "
        "September 2025."
    )
    assert usual_is(rows([Charted()])) == ""


def test_the_rate_of_a_year_has_a_range_of_rates() -> None:
    """Not of counts, as its figure is a rate."""
    [row] = rows([QUIET], unit="per 1,000 population", by="year")
    assert usual_words(row, row.own) == "-16.6 to 41.0"


def test_short_rules_are_explained_where_they_are_used() -> None:
    """A point outside needs no words; the others have a few, and a line says what they mean."""
    assert signal_words(QUIET) == ""
    assert signal_words(point("below", OUTSIDE, NEAR)) == "below"
    near = point("below", NEAR)
    [row] = rows([QUIET])
    assert signal_words(near) == "below: 2 of 3"
    assert short_rules(row, [QUIET, near]) == (
        "2 of 3: 2 of 3 quarters near a limit, all on one side of the average."
    )
    assert short_rules(row, [QUIET]) == ""


def test_forces_with_a_signal_are_counted_by_its_side() -> None:
    """Of all forces with a chart."""
    marks = [point("above", OUTSIDE), point("below", OUTSIDE), point("below", NEAR), QUIET]
    assert found_among(DATA, [rows([mark])[0] for mark in marks])[0] == (
        "Shoplifting: 3 of 4 forces have a signal in the quarter to December 2025: 1 above and 2 "
        "below."
    )
    assert found_among(DATA, rows([QUIET]))[0] == (
        "Shoplifting: 0 of 1 force have a signal in the quarter to December 2025."
    )
