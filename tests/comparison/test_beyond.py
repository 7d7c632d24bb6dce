"""What kind of variation a difference is larger than, and what the tested ratio is to."""

from __future__ import annotations

import math
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import pytest
from asking import DURHAM, HOMES, NATIONAL, PEOPLE, calculated, changed, number, printed
from bundled import (
    BURGLARY,
    CITY,
    COUNTS,
    FORCES,
    JUNE_2014,
    LAST,
    METRICS,
    REPORT,
    counted,
    ends,
    table,
)
from bundled import NATIONAL as COUNTRY
from calculating import CLOSED, closely, usual_sigma
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from rows import compared
from scipy.stats import norm
from scipy.stats import t as scipy_t

import crimecmp
from crimecmp.comparison.beyond import beyond
from crimecmp.comparison.judging import judge
from crimecmp.comparison.methods import ROUNDING
from crimecmp.comparison.movement import Movement
from crimecmp.comparison.pairing import comparisons
from crimecmp.comparison.question import Estimate, Question
from crimecmp.comparison.request import LEVELS, requested
from crimecmp.comparison.row import Beyond, Comparison, Verdict
from crimecmp.comparison.verdict_words import (
    HIGHER,
    LOWER,
    NOT_TESTED,
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
from crimecmp.statistics import UsualVariation

CRIME = METRICS[0]
SPREAD = tuple(force for force in FORCES if force != CITY)


UNKNOWN = Movement()


def moves(sigma: float, df: int = 160) -> Movement:
    """Return a usual movement with a standard deviation of one's own."""
    return Movement(UsualVariation(sigma**2, df, (), ()), 50.0, "mine", "Made up.")


def found_of(question: Question, movement: Movement = UNKNOWN) -> tuple[Verdict, Beyond]:
    """Return the verdict on a question, and what the difference is beyond."""
    verdict = judge(question)
    return verdict, beyond(question, verdict, movement)


def around(ratio: float, variance: float, df: int, level: float) -> tuple[float, float, float]:
    """Return the ends of a ratio's interval on the log scale and its p, by SciPy's t."""
    error = math.sqrt(variance)
    half = float(scipy_t.ppf((1 + level) / 2, df)) * error
    p = 2 * float(scipy_t.sf(abs(math.log(ratio)) / error, df))
    return ratio * math.exp(-half), ratio * math.exp(half), p


def usual(found: Beyond) -> tuple[float | None, ...]:
    """Return the interval with usual variation, and its p."""
    return found.usual_low, found.usual_high, found.usual_p


# --- The kind of variation

GROUP = ((1600, 200_000.0), (700, 100_000.0))
SMALL, LARGE = calculated(500, 100_000), calculated(900, 100_000)
SURVEYED, ALIKE = printed("70", margin="1"), printed("88.0", margin="1.8")
HALF, MOST = calculated(500, 1000, 100), calculated(600, 1000, 100)
FELL, ROSE = changed(500, 1000), changed(9000, 8000)
MEAN = Question("rate", PEOPLE, SMALL, printed("6.666666667"), part=True, mean=True, others=GROUP)


@pytest.mark.parametrize(
    ("question", "method", "kind"),
    [
        (Question("satisfaction", "%", DURHAM, SURVEYED), "two-margins", SAMPLING),
        (Question("satisfaction", "%", DURHAM, ALIKE), "two-margins", NOTHING),
        (Question("outcome", "%", HALF, MOST, shares=True), "two-proportions", POISSON),
        (Question("outcome", "%", HALF, HALF, shares=True), "two-proportions", NOTHING),
        (Question("outcome", "%", HALF, MOST), "two-counts", POISSON),
        (Question("rate", PEOPLE, SMALL, LARGE), "two-counts", POISSON),
        (Question("rate", PEOPLE, SMALL, SMALL), "two-counts", NOTHING),
        (Question("change", "%", FELL, ROSE), "two-changes", POISSON),
        (Question("change", "%", FELL, FELL), "two-changes", NOTHING),
        (MEAN, "group-mean", POISSON),
        (
            MEAN._replace(force=calculated(735, 100_000), others=((1480, 2e5), (740, 1e5))),
            "group-mean",
            NOTHING,
        ),
        (Question("rate", PEOPLE, printed("5.0"), printed("8.9")), ROUNDING, PRINT),
        (Question("satisfaction", "%", printed("88.6"), printed("85.0")), ROUNDING, PRINT),
        (Question("outcome", "%", printed("36"), printed("26")), ROUNDING, PRINT),
        (Question("rate", PEOPLE, printed("5.0"), printed("5.0")), "rounding-range", None),
        (Question("change", "%", printed("-11"), printed("-16")), "rounding-range", None),
        (Question("rate", PEOPLE, None, LARGE), "none", None),
        (Question("rate", PEOPLE, SMALL, None), "none", None),
        (MEAN._replace(others=None), "none", None),
    ],
)
def test_each_method_goes_beyond_its_own_kind_of_variation(
    question: Question, method: str, kind: str | None
) -> None:
    """Margins are of sampling, counts of Poisson, printed figures of rounding; else it is empty."""
    verdict, found = found_of(question)
    assert (verdict.method, found.beyond) == (method, kind)


@pytest.mark.parametrize(
    ("question", "sigma", "kind"),
    [
        (Question("rate", PEOPLE, SMALL, LARGE), 0.1, USUAL),
        (Question("rate", PEOPLE, SMALL, LARGE), 0.5, POISSON),
        (Question("rate", PEOPLE, SMALL, calculated(510, 100_000)), 0.0, NOTHING),
        (Question("change", "%", FELL, ROSE), 0.1, USUAL),
        (Question("change", "%", FELL, ROSE), 0.5, POISSON),
        (MEAN, 0.0, POISSON),
        (Question("rate", PEOPLE, printed("5.0"), printed("8.9")), 0.0, PRINT),
    ],
)
def test_only_counts_that_differ_can_be_beyond_usual_variation(
    question: Question, sigma: float, kind: str
) -> None:
    """The mean of a group and printed figures stay what they are; counts are held against both."""
    assert found_of(question, moves(sigma))[1].beyond == kind


SIGMAS = st.sampled_from([0.0, 0.01, 0.05, 0.2, 1.0])
RATES = st.builds(
    calculated, st.integers(0, 3000), st.integers(3000, 10**6), st.just(1000), st.just(9)
)
CHANGES = st.builds(changed, st.integers(0, 3000), st.integers(50, 3000), st.just(9))
QUESTIONS = st.one_of(
    st.tuples(st.just("rate"), st.just(PEOPLE), RATES, RATES, st.booleans()),
    st.tuples(st.just("change"), st.just("%"), CHANGES, CHANGES, st.booleans()),
).map(lambda parts: Question(*parts))


CLOSE = Question("rate", PEOPLE, calculated(11, 1000), calculated(3, 1000))
"""No clear difference by the exact test (p .057), though the interval of the ratio is above 1."""


@given(QUESTIONS, SIGMAS, st.sampled_from([3, 160]), st.sampled_from(LEVELS))
@example(CLOSE, 0.0, 160, 0.95)
@settings(deadline=None, max_examples=300)
def test_a_headline_is_never_stronger_than_the_verdict(
    question: Question, sigma: float, df: int, level: float
) -> None:
    """Usual variation is claimed of what is higher or lower alone, and where its interval is so."""
    verdict, found = found_of(question._replace(level=level), moves(sigma, df))
    if verdict.verdict in (HIGHER, LOWER):
        assert found.beyond in (USUAL, POISSON, PRINT)
    else:
        assert found.beyond == (NOTHING if verdict.verdict == SIMILAR else None)
    if found.usual_low is None:
        assert found.beyond != USUAL
        return
    low, high, p = (number(value) for value in usual(found))
    assume(abs(p - (1 - level)) > CLOSED)
    outside = low > 1 or high < 1
    assert outside == (p < 1 - level)
    assert (found.beyond == USUAL) == (outside and verdict.verdict in (HIGHER, LOWER))
    if found.beyond == USUAL:
        assert (number(found.ratio_tested) > 1) == (verdict.verdict == HIGHER)


# --- The ratio that is tested


def test_worked_ratios() -> None:
    """900 of 40,000 within 10,900 of 240,000: 0.4954 to the whole, 0.45 to the rest."""
    force, whole = calculated(900, 40_000), calculated(10_900, 240_000)
    verdict, found = found_of(Question("rate", PEOPLE, force, whole, part=True))
    assert verdict.ratio == pytest.approx(22.5 / 45.4, rel=CLOSED)  # as printed
    assert (found.ratio_tested, found.tested_against) == (closely(0.45, CLOSED), REST)
    ends = (verdict.interval_low, verdict.interval_high)  # methods.md, ratios_apart
    assert ends == closely((0.42032946053328724, 0.48176494634252104), CLOSED)
    assert number(verdict.ratio) > number(verdict.interval_high)
    _, apart = found_of(Question("rate", PEOPLE, force, whole))
    assert apart.ratio_tested == closely(900 / 40_000 / (10_900 / 240_000), CLOSED)
    assert apart.tested_against == WHOLE


def test_the_ratio_to_a_mean_is_to_that_of_the_others() -> None:
    """Of 5 beside 8 and 7 the ratio is to 7.5, though the mean shown counts the force in."""
    _, found = found_of(MEAN)
    assert (found.ratio_tested, found.tested_against) == (closely(5 / 7.5, CLOSED), OTHERS)


@pytest.mark.parametrize("part", [False, True])
def test_the_ratio_of_two_changes_is_their_index(part: bool) -> None:
    """A force that is part of the country is held against how the rest of it changed."""
    force, whole = changed(1200, 1000, 13), changed(19_000, 20_000, 13)
    _, found = found_of(Question("change", "%", force, whole, part=part))
    rest = 17_800 / 19_000 if part else 19_000 / 20_000
    assert found.ratio_tested == closely(1.2 / rest, CLOSED)
    assert found.tested_against == (REST if part else WHOLE)


@pytest.mark.parametrize(
    "question",
    [
        Question("satisfaction", "%", DURHAM, NATIONAL, part=True),
        Question("outcome", "%", HALF, MOST, shares=True),
        Question("rate", PEOPLE, printed("5.0"), printed("8.9"), part=True),
        Question("rate", PEOPLE, SMALL, calculated(0, 100_000)),
        Question("rate", PEOPLE, None, LARGE),
    ],
)
def test_what_is_no_test_of_a_ratio_has_none(question: Question) -> None:
    """Points, printed figures and a rate of zero have no ratio; points say what they are to."""
    found = found_of(question, moves(0.1))[1]
    assert found.ratio_tested is None
    assert found.tested_against == (WHOLE if question.shares else None)
    assert usual(found) == (None, None, None)


@given(QUESTIONS, SIGMAS, st.sampled_from(LEVELS))
@settings(deadline=None)
def test_a_tested_ratio_is_within_its_intervals(
    question: Question, sigma: float, level: float
) -> None:
    """Of counts and of changes it is between the ends of both, the usual one being the wider."""
    verdict, found = found_of(question._replace(level=level), moves(sigma))
    if verdict.interval_low is None or verdict.interval_high is None:
        assert found.usual_low is None
        return
    ratio = number(found.ratio_tested)
    assert verdict.interval_low < ratio < verdict.interval_high
    assert number(found.usual_low) < verdict.interval_low
    assert number(found.usual_high) > verdict.interval_high


@pytest.mark.parametrize("name", ["rates", "changes"])
def test_a_tested_ratio_of_every_row_is_within_its_interval(
    bundled: crimecmp.Dataset, name: str
) -> None:
    """The rule holds of every force's counts and changes, against whatever they are tested."""
    requests = (
        requested(bundled, FORCES),
        requested(bundled, [force for force in FORCES if force != "kent"], "kent", BURGLARY),
        requested(bundled, FORCES, metric=BURGLARY, group="wales", weighted=True),
    )
    seen = set()
    for row in (row for request in requests for row in comparisons(bundled, name, request)):
        low, high = row.tested.interval_low, row.tested.interval_high
        if row.tested.method in ("two-counts", "two-changes") and low is not None:
            assert low < number(row.beyond.ratio_tested) < number(high)
            seen.add(row.beyond.tested_against)
    assert seen == {REST, WHOLE}


def test_a_figure_that_contradicts_its_count_is_not_held_against_usual_variation() -> None:
    """What 500 of 100,000 is printed as 9.0 is not tested by these counts, in no way."""
    verdict, found = found_of(
        Question("rate", PEOPLE, printed("9.0", 500, 100_000), LARGE), moves(0.1)
    )
    assert (verdict.verdict, found.ratio_tested) == (NOT_TESTED, None)
    assert usual(found) == (None, None, None)


def test_a_unit_without_a_number_has_no_smallest_base_beyond_usual_variation() -> None:
    """Where it is unknown how many a rate is per, no base can be calculated from it."""
    for unit, known in ((PEOPLE, True), ("per head", False)):
        question = Question("rate", unit, printed("5.0"), printed("8.9"))
        found = found_of(question, moves(0.1))[1]
        assert (found.smallest_base_usual is not None) == known


# --- How wide usual variation is


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("moving", "years"), [(1.0, 1.0), (2.0, 1.0), (1.0, 4.0), (1.375, 2.25)])
def test_usual_variation_is_added_on_the_log_scale(
    moving: float, years: float, level: float
) -> None:
    """Two forces have twice one's variance, and a change over h years h times that of a year."""
    rates = Question("rate", PEOPLE, SMALL, LARGE, level=level, moving=moving, years=years)
    changes = Question("change", "%", FELL, ROSE, level=level, moving=moving, years=years)
    extra = 0.07**2 * moving * years
    for question, ratio, counts in (
        (rates, 500 / 900, (500, 900)),
        (changes, 0.5 / (9 / 8), (500, 1000, 9000, 8000)),
    ):
        variance = sum(1 / count for count in counts) + extra
        found = found_of(question, moves(0.07, 40))[1]
        assert usual(found) == closely(around(ratio, variance, 40, level), CLOSED)
        assert (found.usual_sd, found.usual_df, found.phi_change) == (closely(0.07, 1e-12), 40, 50)


def test_counts_of_zero_have_no_usual_interval() -> None:
    """Zero has no logarithm: the exact test stands, and usual variation is not tried."""
    question = Question("rate", PEOPLE, calculated(0, 100_000), LARGE)
    verdict, found = found_of(question, moves(0.05))
    assert (verdict.verdict, found.beyond, found.ratio_tested) == (LOWER, POISSON, 0)
    assert usual(found) == (None, None, None)


def row_of(rows: list[Comparison], metric: str, since: date | None = None) -> Comparison:
    """Return the row on a metric, of changes that since a day."""
    [found] = [row for row in rows if (row.metric, row.base_period_end) == (metric, since)]
    return found


class Worked(NamedTuple):
    """Lincolnshire's worked figures: sigma, df, and two ratios with their intervals and p."""

    sigma: float
    df: int
    ratio: tuple[float, float, float, float]
    relative: tuple[float, float, float, float]


LINCOLNSHIRE = {
    METRICS[0]: Worked(
        0.04342947990722818, 160,
        (0.8072711489685972, 0.7404427418798374, 0.8801311311426668, 2.4024413632560876e-06),
        (0.9738557976659884, 0.892684831144433, 1.0624075615038784, 0.5485809514570712),
    ),
    METRICS[1]: Worked(
        0.04781395616414449, 160,
        (0.8143689496755625, 0.7405061706641168, 0.8955992704299767, 3.4063733130254606e-05),
        (0.9699746996906344, 0.8814473290635484, 1.0673932372561599, 0.5301971588882983),
    ),
    METRICS[2]: Worked(
        0.11797521824915287, 160,
        (0.8140712855898399, 0.6372792112229414, 1.0399084833634342, 0.09902357249915339),
        (0.9896063806757962, 0.7642835766873787, 1.2813578867138586, 0.9364468856991114),
    ),
    METRICS[3]: Worked(
        0.08605292383120117, 160,
        (0.7328905398908531, 0.6160796369559632, 0.8718492078645013, 0.0005337631776087409),
        (0.9645227087267778, 0.8077452831131238, 1.1517294809375602, 0.6881054849477489),
    ),
    METRICS[4]: Worked(
        0.10619504145012304, 160,
        (0.6922102160314499, 0.5585072303059254, 0.8579208239002506, 0.0008953916528377482),
        (1.0559162737215182, 0.8479734868870303, 1.3148514598056937, 0.6248438723588374),
    ),
    METRICS[5]: Worked(
        0.0998993854364259, 80,
        (0.8144268276407247, 0.66728430207313, 0.9940156774559373, 0.043639443145184066),
        (0.8821674221328702, 0.7225128284914444, 1.0771010977028888, 0.21504815263181132),
    ),
}  # fmt: skip
"""The table of methods.md of usual variation, at full precision (usual)."""


@pytest.mark.parametrize("metric", METRICS)
def test_worked_usual_variation_of_lincolnshire(bundled: crimecmp.Dataset, metric: str) -> None:
    """Rows of rates and of changes have the worked ratio, interval, p, sigma and df."""
    worked = LINCOLNSHIRE[metric]
    before = date.fromisoformat(LAST[metric]).replace(year=2013)
    rates, changes = (
        compared(bundled, name, "lincolnshire", source=COUNTS) for name in ("rates", "changes")
    )
    for row, numbers in (
        (row_of(rates, metric), worked.ratio),
        (row_of(changes, metric, before), worked.relative),
    ):
        found = row.beyond
        assert (found.ratio_tested, *usual(found)) == closely(numbers, 1e-8)
        assert (found.usual_sd, found.usual_df) == (closely(worked.sigma, CLOSED), worked.df)
        assert (found.tested_against, found.usual_source) == (REST, COUNTS)
        larger = numbers[3] < 0.05 and row.tested.verdict != SIMILAR
        weaker = NOTHING if row.tested.verdict == SIMILAR else POISSON
        assert found.beyond == (USUAL if larger else weaker)


def held(row: Comparison, ratio: float, counts: tuple[int, ...], times: float) -> None:
    """Hold a row's usual interval against that of its counts and some times sigma squared."""
    found = row.beyond
    variance = sum(1 / count for count in counts) + times * number(found.usual_sd) ** 2
    expected = around(ratio, variance, int(number(found.usual_df)), row.tested.interval_level)
    assert found.ratio_tested == closely(ratio, CLOSED)
    assert usual(found) == closely(expected, 1e-8)


def test_two_forces_move_by_twice_the_variance_of_one(bundled: crimecmp.Dataset) -> None:
    """Against Kent both sides move; against England and Wales Durham alone."""
    for row in compared(bundled, "rates", benchmark="kent", source=COUNTS):
        own, other = (counted(row.metric, LAST[row.metric])[name] for name in ("durham", "kent"))
        held(row, own.rate / other.rate, (own.events, other.events), 2)
    for row in compared(bundled, "rates", source=COUNTS):
        own, whole = (counted(row.metric, LAST[row.metric])[name] for name in ("durham", COUNTRY))
        rest = whole.events - own.events, whole.base - own.base
        held(row, own.rate / (1000 * rest[0] / rest[1]), (own.events, rest[0]), 1)


@pytest.mark.parametrize("force", ["kent", "durham"])
def test_a_weighted_group_moves_by_the_squares_of_its_shares(
    bundled: crimecmp.Dataset, force: str
) -> None:
    """One for the force and the squared shares of the group's other forces in their events."""
    [group] = [row["forces"].split(";") for row in table("groups") if row["group"] == "south-east"]
    for row in compared(bundled, "rates", force, group="south-east", weighted=True, source=COUNTS):
        figures = counted(row.metric, LAST[row.metric])
        others = [figures[name] for name in group if name != force]
        events = sum(other.events for other in others)
        rest = 1000 * events / sum(other.base for other in others)
        times = 1 + sum((other.events / events) ** 2 for other in others)
        held(row, figures[force].rate / rest, (figures[force].events, events), times)
        assert row.beyond.tested_against == (REST if force in group else WHOLE)


def test_changes_over_four_years_move_by_four_times_the_variance(
    bundled: crimecmp.Dataset,
) -> None:
    """From June 2010 to June 2014 a force drifts four times as far, by variance, as in a year."""
    for row in compared(bundled, "changes", source=COUNTS, period="2014-06"):
        start = str(row.base_period_end)
        now, before = (counted(row.metric, end) for end in (JUNE_2014, start))
        a, a0 = now["durham"].events, before["durham"].events
        b, b0 = now[COUNTRY].events - a, before[COUNTRY].events - a0
        held(row, a / a0 / (b / b0), (a, a0, b, b0), {"2010": 4, "2013": 1}[start[:4]])


def test_a_weighted_groups_changes_move_by_shares_and_years(bundled: crimecmp.Dataset) -> None:
    """Of changes against a group the two factors are multiplied."""
    rows = compared(
        bundled, "changes", group="north-east", weighted=True, metric=CRIME, source=COUNTS
    )
    assert len(rows) == 2
    for row in rows:
        now, before = (counted(CRIME, str(end)) for end in (JUNE_2014, row.base_period_end))
        a, a0 = now["durham"].events, before["durham"].events
        others = [now[name].events for name in ("cleveland", "northumbria")]
        b, b0 = sum(others), sum(before[name].events for name in ("cleveland", "northumbria"))
        shares = 1 + sum((count / b) ** 2 for count in others)
        years = 2014 - date.fromisoformat(str(row.base_period_end)).year
        held(row, a / a0 / (b / b0), (a, a0, b, b0), shares * years)


REMAIN = {CRIME: (38, {"durham", "kent"}), BURGLARY: (22, {"leicestershire", "suffolk"})}


@pytest.mark.parametrize("metric", REMAIN)
def test_few_changes_of_a_year_are_more_than_usual(bundled: crimecmp.Dataset, metric: str) -> None:
    """Of the changes to June 2014 that Poisson variation does not explain two are left of each."""
    years = [counted(metric, end) for end in ends(metric) if end.endswith("06-30")]
    flagged, left = 0, set()
    for force in SPREAD:
        sigma = usual_sigma(
            [(now[name].events, before[name].events) for name in SPREAD if name != force]
            for before, now in pairwise(years)
        )
        own, whole = ([year[name].events for year in years[-2:]] for name in (force, COUNTRY))
        (a0, a), (b0, b) = own, [one - other for one, other in zip(whole, own, strict=True)]
        index, poisson = a / a0 / (b / b0), sum(1 / count for count in (a, a0, b, b0))
        higher = 2 * norm.sf(abs(math.log(index)) / math.sqrt(poisson)) < 0.05
        flagged += bool(higher)
        if higher and around(index, poisson + sigma**2, 160, 0.95)[2] < 0.05:
            left.add(force)
    assert (flagged, left) == REMAIN[metric]

    request = requested(bundled, SPREAD, metric=metric, source=COUNTS, period="2014-06")
    rows = [
        row
        for row in comparisons(bundled, "changes", request)
        if row.base_period_end == date(2013, 6, 30)
    ]
    assert len(rows) == 42
    assert sum(row.tested.verdict in (HIGHER, LOWER) for row in rows) == flagged
    assert {row.force for row in rows if row.beyond.beyond == USUAL} == left


# --- The smallest base with usual variation


@pytest.mark.parametrize(
    ("texts", "unit", "sigma", "base"),
    [
        (("5.0", "8.9"), HOMES, 0.10, 2753),
        (("54.0", "60.7"), PEOPLE, 0.05, 19_368),
        (("5.2", "5.9"), PEOPLE, 0.08, None),
    ],
)
def test_worked_smallest_bases(
    texts: tuple[str, str], unit: str, sigma: float, base: int | None
) -> None:
    """Printed rates have the worked bases (smallest_base_usual), by a sigma made up."""
    question = Question("rate", unit, printed(texts[0]), printed(texts[1]), part=True)
    verdict, found = found_of(question, moves(sigma))
    assert (verdict.verdict, found.beyond, found.smallest_base_usual) == (LOWER, PRINT, base)
    assert base is None or base > number(verdict.smallest_base)


def base_of(v: float, b: float, sigma: float, level: float) -> int:
    """Return the smallest base by the formula, of rates per one of the base."""
    z = float(norm.ppf((1 + level) / 2))
    return math.ceil(z**2 / (v * (math.log(v / b) ** 2 - (z * sigma) ** 2)))


@pytest.mark.parametrize("level", LEVELS)
def test_printed_rates_have_a_smallest_base_by_the_published_counts(
    bundled: crimecmp.Dataset, level: float
) -> None:
    """The report's 5.0 beside 8.9: from 5.05 and 8.85, with sigma of all other forces."""
    [row] = compared(bundled, "rates", metric=BURGLARY, source=REPORT, level=level)
    sigma = number(row.beyond.usual_sd)
    expected = base_of(5.05 / 1000, 8.85 / 1000, sigma, level)
    assert row.beyond.smallest_base_usual == expected
    assert row.tested.smallest_base is not None
    assert row.beyond.smallest_base_usual > row.tested.smallest_base
    assert usual(row.beyond) == (None, None, None)


def test_two_forces_printed_rates_need_a_larger_base() -> None:
    """Where both move sigma is larger by the root of two."""
    question = Question("rate", HOMES, printed("5.0"), printed("8.9"), moving=2.0)
    found = found_of(question, moves(0.1))[1]
    assert found.smallest_base_usual == base_of(5.05e-3, 8.85e-3, 0.1 * math.sqrt(2), 0.95)


def test_the_unit_of_printed_rates_is_that_of_the_base() -> None:
    """Per 100,000 a base is a hundred times as large as for the same figures per 1,000."""
    question = Question("rate", "per 100,000 population", printed("5.0"), printed("8.9"))
    found = found_of(question, moves(0.1))[1]
    assert found.smallest_base_usual == base_of(5.05e-5, 8.85e-5, 0.1, 0.95)
    unknown = Question("rate", "per head", printed("5.0"), printed("8.9"))
    assert found_of(unknown, moves(0.1))[1].smallest_base_usual is None


def test_counts_that_are_tested_have_no_smallest_base() -> None:
    """The smallest base is of printed figures alone."""
    assert found_of(Question("rate", PEOPLE, SMALL, LARGE), moves(0.1))[1][10] is None


# --- What is empty


@pytest.mark.parametrize(("force", "benchmark"), [(SMALL, None), (None, LARGE)])
def test_without_a_figure_nothing_is_said(
    force: Estimate | None, benchmark: Estimate | None
) -> None:
    """One figure alone is beyond nothing, and no variation is shown with it."""
    question = Question("rate", PEOPLE, force, benchmark)
    assert found_of(question, moves(0.1))[1] == Beyond()


@pytest.mark.parametrize(
    "question",
    [
        Question("outcome", "%", HALF, MOST, shares=True),
        Question("outcome", "%", HALF, MOST),
        Question("satisfaction", "%", DURHAM, SURVEYED),
    ],
)
def test_usual_variation_is_of_counts_of_crimes_alone(question: Question) -> None:
    """How surveys and outcomes usually move is not known: those columns stay empty."""
    found = found_of(question, moves(0.1))[1]
    assert found == Beyond(found.ratio_tested, found.beyond, tested_against=found.tested_against)


def test_what_is_not_tested_still_shows_how_forces_move() -> None:
    """Equal printed rates have no verdict; how much forces move is known all the same."""
    question = Question("rate", PEOPLE, printed("5.0"), printed("5.0"))
    verdict, found = found_of(question, moves(0.1))
    assert verdict.verdict == NOT_TESTED
    assert found == Beyond(
        usual_sd=found.usual_sd, usual_df=160, phi_change=50, usual_source="mine",
        usual_reason="Made up.",
    )  # fmt: skip


def test_detections_and_surveys_of_the_rows_have_no_usual_variation(
    bundled: crimecmp.Dataset,
) -> None:
    """Of the bundled rows too: their variation is of another kind."""
    for name in ("outcomes", "satisfaction"):
        for row in compared(bundled, name):
            assert (row.beyond.usual_sd, row.beyond.usual_reason) == (None, "")
