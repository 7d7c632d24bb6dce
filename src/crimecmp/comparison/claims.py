"""Checks what a source says of its figures against the figures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from crimecmp.comparison.methods import CHANGES, COUNTS, RANGE, ROUNDING
from crimecmp.comparison.pairing import comparisons
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import (
    Among,
    Beyond,
    Claim,
    Comparison,
    InGroup,
    Prediction,
    Verdict,
)
from crimecmp.comparison.verdict_words import HIGHER, LOWER, POISSON, SIMILAR
from crimecmp.statistics import rounding_interval
from crimecmp.tables.names import DEFAULT_BENCHMARK
from crimecmp.text import rounded

if TYPE_CHECKING:
    from crimecmp.tables.checked import Row
    from crimecmp.tables.dataset import Dataset

SUPPORTED = "supported"
AS_PRINTED = "supported as printed but untestable"
NOT_SUPPORTED = "not supported"
CANNOT_BE_TOLD = "cannot be told"

OWN_CHANGE = ("rise", "fall")
"""What a claim can assert of a force's own change, which it compares with nothing."""

_SIGNS = {HIGHER: 1, LOWER: -1, "rise": 1, "fall": -1, SIMILAR: 0}


_Known = dict[tuple[str, Request], list[Comparison]]


def claims_of(data: Dataset, request: Request) -> list[Claim]:
    """Return the claims about the requested forces, in the order of their table."""
    known: _Known = {}
    return [
        _checked(data, row, request.level, known)
        for row in data.rows("claims")
        if row["force"] in request.forces
        and request.source in (None, row["source"])
        and request.metric in (None, row["metric"])
    ]


def checked_by(claim: Claim, test: Comparison) -> Claim:
    """Return a claim checked by another comparison of the same fact.

    A claim that a force's own figure rose or fell is checked by the interval of its change.

    Parameters
    ----------
    claim
        The claim.
    test
        The comparison of the same fact by another source, such as one with counts.
    """
    if claim.asserts in OWN_CHANGE:
        return _checked_alone(claim, test)
    support, reason = _support(claim.asserts, test, against=True)
    return claim._replace(
        support=support,
        verdict=test.tested.verdict,
        method=test.tested.method,
        reason=reason,
        figures=test,
    )


def _checked_alone(claim: Claim, test: Comparison) -> Claim:
    """Return a claim on a force's own change, checked by the two counts that it is between."""
    low, high = test.tested.force_low, test.tested.force_high
    if low is None or high is None:
        return claim
    verdict = HIGHER if low > 0 else LOWER if high < 0 else SIMILAR
    found = SUPPORTED if _SIGNS[verdict] == _SIGNS[claim.asserts] else NOT_SUPPORTED
    return claim._replace(
        support=found,
        verdict=verdict,
        method=COUNTS,
        reason=(
            f"The interval of the change between the two counts is {low:+.1f}% to {high:+.1f}%. "
            "Variation between years is not tested."
        ),
        figures=_without_benchmark(test),
    )


def _checked(data: Dataset, claim: Row, level: float, known: _Known) -> Claim:
    """Return a claim, the comparison that it rests on, and how far that supports it."""
    figure = _figure(data, claim, level, known)
    against = bool(claim["benchmark"])
    support, reason = _support(claim["asserts"], figure, against=against)
    if figure is not None and not against:
        figure = _without_benchmark(figure)
    tested = Verdict() if figure is None else figure.tested
    return Claim(
        claim=claim["claim"],
        force=claim["force"],
        statement=claim["statement"],
        asserts=claim["asserts"],
        support=support,
        verdict=tested.verdict,
        method=tested.method,
        reason=" ".join(filter(None, [reason, claim["note"]])),
        source=claim["source"],
        locator=claim["locator"] or None,
        figures=figure,
    )


def _figure(data: Dataset, claim: Row, level: float, known: _Known) -> Comparison | None:
    """Return the comparison that a claim rests on, or None where the data do not hold it.

    Comparisons that several claims rest on are made once, and kept in `known`.
    """
    itself = claim["benchmark"] == claim["force"]
    another = next(name.id for name in data.forces if name.id != claim["force"])
    benchmark = another if itself or not claim["benchmark"] else claim["benchmark"]
    if itself and claim["force"] != DEFAULT_BENCHMARK:
        benchmark = DEFAULT_BENCHMARK
    # A claim without a source has its file for one, which holds no figures.
    described = data.by_id("sources")
    request = Request(
        (claim["force"],),
        benchmark,
        claim["metric"],
        claim["source"] if claim["source"] in described else None,
        claim["period_end"],
        level,
        out_of_spread=data.without_resident_base(),
    )
    about = (claim["table"], request)
    if about not in known:
        known[about] = comparisons(data, *about)
    base = date.fromisoformat(claim["base_period_end"]) if claim["base_period_end"] else None
    matching = (
        row for row in known[about] if row.base_period_end == base and row.against_itself == itself
    )
    return next(matching, None)


def _without_benchmark(row: Comparison) -> Comparison:
    """Return a row without its benchmark: the claim compares with nothing."""
    return row._replace(
        benchmark="",
        benchmark_value=None,
        difference=None,
        percent_difference=None,
        benchmark_margin=None,
        benchmark_count=None,
        benchmark_base=None,
        benchmark_decimals=None,
        benchmark_margin_decimals=None,
        benchmark_locator=None,
        benchmark_note=None,
        tested=Verdict(
            force_low=row.tested.force_low,
            force_high=row.tested.force_high,
            method=RANGE,
            interval_level=row.tested.interval_level,
        ),
        benchmark_base_count=None,
        benchmark_basis="",
        among=Among(among_forces=""),
        beyond=Beyond(),
        prediction=Prediction(),
        in_group=InGroup(),
    )


def _support(asserts: str, figure: Comparison | None, *, against: bool) -> tuple[str, str]:
    """Return how far a comparison supports a claim, and why."""
    if figure is None or figure.force_value is None:
        return CANNOT_BE_TOLD, "The figures are not in the data."
    change = figure.kind == "change"
    if not against:
        if not change or asserts not in OWN_CHANGE:
            return CANNOT_BE_TOLD, "The claim makes no comparison, and its figure is not a change."
        return _printed_support(asserts, _own_direction(figure), _OWN_REASON)
    reason = figure.tested.reason
    tested = figure.tested
    if tested.level is not None:
        return _tested_support(asserts, figure)
    if figure.tested.method == ROUNDING:
        return _printed_support(asserts, _SIGNS[figure.tested.verdict], reason)
    low, high = tested.difference_low, tested.difference_high
    if change and low is not None and high is not None:
        return _printed_support(asserts, _direction(low, high), reason)
    return CANNOT_BE_TOLD, reason


_OWN_REASON = (
    "The direction holds whatever the figure was rounded from. There are no counts to test."
)


def _own_direction(figure: Comparison) -> int:
    """Return the sign of a change whatever it was rounded from; 0 where it may be either."""
    low, high = rounding_interval(rounded(figure.force_value or 0.0, figure.force_decimals or 0))
    return 1 if low > 0 else -1 if high <= 0 else 0


def _direction(low: float, high: float) -> int:
    """Return the sign of a difference that lies between two ends; 0 where it may be either."""
    return 1 if low >= 0 and high > 0 else -1 if high <= 0 and low < 0 else 0


def _printed_support(asserts: str, sign: int, reason: str) -> tuple[str, str]:
    wanted = _SIGNS[asserts]
    if not wanted:
        return CANNOT_BE_TOLD, f"Only a test can show that two figures are alike. {reason}"
    if not sign:
        return CANNOT_BE_TOLD, "The printed figures have too few decimals to tell."
    return (
        (AS_PRINTED, reason)
        if sign == wanted
        else (NOT_SUPPORTED, "The figures show the opposite.")
    )


def _tested_support(asserts: str, figure: Comparison) -> tuple[str, str]:
    reason = figure.tested.reason
    if _SIGNS[figure.tested.verdict] != _SIGNS[asserts]:
        found = "no clear difference" if figure.tested.verdict == SIMILAR else figure.tested.verdict
        return NOT_SUPPORTED, f"The verdict of the test is {found}. {reason}"
    if figure.beyond.beyond == POISSON and figure.beyond.usual_p is not None:
        reason += " The difference is within the usual movement of forces' counts in a year."
    if asserts == SIMILAR:
        reason += f" No clear difference does not mean no difference{_interval_words(figure)}."
    return SUPPORTED, reason


def _interval_words(figure: Comparison) -> str:
    low, high = figure.tested.interval_low, figure.tested.interval_high
    if low is None or high is None:
        return ""
    if figure.tested.method in (COUNTS, CHANGES):
        return f": the interval of the ratio is {low:.3f} to {high:.3f}"
    return f": the interval is {low:+.1f} to {high:+.1f} points"
