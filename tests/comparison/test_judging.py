"""Which method judges two figures, what holds of them whatever it says, and how it is read."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal

import pytest
from asking import (
    CLOSED,
    DURHAM,
    FEW,
    HALF,
    HOMES,
    MIRRORED,
    MORE,
    MOST,
    NATIONAL,
    PEOPLE,
    POLARITIES,
    TEXTS,
    calculated,
    change,
    changed,
    number,
    outcome,
    printed,
    rate,
    survey,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from crimecmp.comparison.judging import judge
from crimecmp.comparison.methods import CHANGES, COUNTS, MARGINS, NONE, PROPORTIONS, RANGE, ROUNDING
from crimecmp.comparison.question import Estimate, Question
from crimecmp.comparison.request import LEVELS
from crimecmp.comparison.row import Verdict
from crimecmp.comparison.verdict_words import HIGHER, LOWER, NOT_TESTED, READINGS, SIMILAR, VERDICTS
from crimecmp.errors import MethodError

# --- Which method


@pytest.mark.parametrize(
    ("judged", "method"),
    [
        (survey(DURHAM, NATIONAL), MARGINS),
        (survey(HALF._replace(margin=1.0, margin_decimals=1), MOST, shares=True), PROPORTIONS),
        (
            survey(
                HALF._replace(margin=1.0, margin_decimals=1),
                MOST._replace(margin=1.0, margin_decimals=1),
            ),
            MARGINS,
        ),
        (outcome(HALF, MOST, shares=True), PROPORTIONS),
        (outcome(HALF, MOST), COUNTS),
        (rate(FEW, MORE), COUNTS),
        (rate(FEW, MORE._replace(base=None)), ROUNDING),
        (rate(FEW._replace(events=None), MORE), ROUNDING),
        (rate(FEW._replace(base=None), MORE), ROUNDING),
        (rate(FEW, MORE._replace(events=None)), ROUNDING),
        (outcome(HALF, MOST._replace(base=None)), ROUNDING),
        (outcome(HALF._replace(events=None), MOST), ROUNDING),
        (survey(DURHAM, printed("85.0")), ROUNDING),
        (survey(printed("88.6"), NATIONAL), ROUNDING),
        (rate(printed("5.0"), printed("6.0")), ROUNDING),
        (change(printed("-11"), printed("-16")), RANGE),
        (change(printed("-11", 89, 1.0), printed("-16", 84, 1.0)), RANGE),
        (rate(printed("5.0"), printed("5.0")), RANGE),
        (rate(None, MORE), NONE),
        (survey(DURHAM, None), NONE),
        (change(printed("-4"), None), NONE),
        (outcome(None, None), NONE),
    ],
)
def test_method_is_the_strongest_that_the_figures_allow(judged: Verdict, method: str) -> None:
    """Margins before parts of a whole, those before counts, those before rounding alone."""
    assert judged.method == method
    assert (judged.verdict == NOT_TESTED) == (method in (RANGE, NONE))
    assert judged.reason


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    ("ask", "force", "benchmark", "tested"),
    [
        (survey, DURHAM, NATIONAL, True),
        (outcome, HALF, MOST, True),
        (rate, FEW, MORE, True),
        (rate, printed("5.0"), printed("6.0"), False),
        (rate, printed("5.0"), printed("5.0"), False),
        (change, printed("-11"), printed("-16"), False),
        (rate, printed("5.0"), None, False),
    ],
)
def test_only_a_test_has_a_level(
    ask: Callable[..., Verdict], force: Estimate, benchmark: Estimate, tested: bool, level: float
) -> None:
    """A verdict after rounding, or none, carries no level; the intervals' level is always said."""
    judged = ask(force, benchmark, level=level)
    assert judged.level == (level if tested else None)
    assert judged.interval_level == level
    assert (judged.interval_low is None) is not tested


@pytest.mark.parametrize("level", [0.0, 1.0, -0.5, 95.0, math.nan])
@pytest.mark.parametrize("ask", [rate, outcome, survey])
def test_level_outside_0_to_1_is_refused(ask: Callable[..., Verdict], level: float) -> None:
    """A level that is none raises the one error of the methods."""
    with pytest.raises(MethodError, match="level"):
        ask(printed("50", margin="1"), printed("60", margin="1"), level=level)


@pytest.mark.parametrize(
    ("force", "benchmark"),
    [(None, MORE), (FEW, None), (None, None)],
)
@pytest.mark.parametrize("polarity", POLARITIES)
def test_missing_figure_is_not_tested(
    force: Estimate | None, benchmark: Estimate | None, polarity: str
) -> None:
    """Without one of its figures a comparison has a reason and nothing else."""
    judged = rate(force, benchmark, polarity=polarity)
    assert judged[8:12] == (NOT_TESTED, None, NONE, None)
    assert "missing" in judged.reason
    assert (judged.difference_low, judged.difference_high, judged.ratio, judged.smallest_base) == (
        None, None, None, None,
    )  # fmt: skip


@given(st.integers(-100, 300), st.integers(-100, 300), st.booleans())
def test_changes_without_counts_are_never_tested(force: int, benchmark: int, part: bool) -> None:
    """No change is higher or lower, however large the gap; its range is shown all the same."""
    judged = change(printed(str(force)), printed(str(benchmark)), part=part)
    assert (judged.verdict, judged.reading, judged.method) == (NOT_TESTED, None, RANGE)
    assert (judged.difference_low, judged.difference_high) == (
        force - benchmark - 1,
        force - benchmark + 1,
    )
    assert "counts" in judged.reason


@pytest.mark.parametrize("part", [False, True])
def test_every_test_gives_a_reason(part: bool) -> None:
    """Every verdict has its reason, whether the force is part of the benchmark or not."""
    assert rate(FEW, calculated(6600, 1_000_000), part=part).reason
    assert outcome(HALF, calculated(5400, 9000, 100), part=part).reason
    assert survey(DURHAM, NATIONAL, part=part).reason


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(Question("rate", PEOPLE, printed("0.0", 3), MORE), id="0.0-from-a-count"),
        pytest.param(Question("rate", PEOPLE, MORE, printed("0", 3)), id="benchmark-of-0"),
        pytest.param(Question("rate", PEOPLE, None, printed("0", 3)), id="without-a-force"),
        pytest.param(Question("rate", PEOPLE, printed(f".{28 * '0'}5"), MORE), id="29-decimals"),
        pytest.param(Question("rate", PEOPLE, printed("5.0", 3, 1e-16), MORE), id="tiny-base"),
        pytest.param(Question("rate", "per 0 heads", FEW, MORE), id="per-zero"),
        pytest.param(Question("rate", f"per 1{20 * '0'} heads", FEW, MORE), id="per-too-many"),
        pytest.param(
            Question("satisfaction", "%", printed("88.6", margin=f"0.{15 * '0'}1"), NATIONAL),
            id="tiny-margin",
        ),
        pytest.param(Question("satisfaction", "%", None, printed("85", margin="0")), id="alone"),
    ],
)
def test_strange_figures_do_not_raise(question: Question) -> None:
    """What a table accepts is judged or not tested, never an error."""
    assert judge(question).verdict in VERDICTS


# --- The intervals of the figures themselves


def test_interval_of_the_one_figure_that_is_there_is_kept() -> None:
    """A figure's own interval does not wait for the other figure."""
    judged = rate(None, MORE)
    assert judged.benchmark_low is not None
    assert judged.benchmark_high is not None
    assert judged.benchmark_low < 6.0 < judged.benchmark_high
    assert (judged.force_low, judged.force_high) == (None, None)


@pytest.mark.parametrize(
    ("events", "base", "text", "low", "high"),
    [
        (46, 40, "115.0", 84.18691821734885, 153.397421566276),
        (360, 1000, "36.0", 32.37674134701921, 39.91779337360046),
    ],
)
def test_a_ratio_of_counts_has_the_interval_of_its_count(
    events: int, base: int, text: str, low: float, high: float
) -> None:
    """Detections per 100 crimes have Byar's limits, over 100 too (methods.md, detection_ratio)."""
    judged = outcome(calculated(events, base, 100), MOST)
    assert calculated(events, base, 100).text == text
    assert (judged.force_low, judged.force_high) == pytest.approx((low, high), rel=CLOSED)


def test_a_part_of_a_whole_has_the_interval_of_a_proportion() -> None:
    """65 of 100 have Wilson's limits where none can be over 100 (methods.md)."""
    judged = outcome(calculated(65, 100, 100), MOST, shares=True)
    assert (judged.force_low, judged.force_high) == pytest.approx((55.2544, 73.6358), abs=5e-5)


def test_estimates_have_the_intervals_of_their_margins() -> None:
    """At 95 % an estimate's interval is its margin either side; at 99.8 % wider by 3.09 / 1.96."""
    judged = survey(DURHAM, NATIONAL)
    assert judged[4:8] == pytest.approx((86.8, 90.4, 84.8, 85.2), abs=CLOSED)
    wide = 1.8 * float(norm.ppf(0.999) / norm.ppf(0.975))
    at_998 = survey(DURHAM, NATIONAL, level=0.998)
    assert at_998[4:6] == pytest.approx((88.6 - wide, 88.6 + wide), abs=CLOSED)


@pytest.mark.parametrize("level", LEVELS)
def test_each_change_has_the_interval_of_its_counts(level: float) -> None:
    """100 (exp(log(a / b) -+ z sqrt(1/a + 1/b)) - 1), of the force and of the benchmark."""
    judged = change(changed(120, 100), changed(9000, 10_000), level=level)
    z = norm.ppf((1 + level) / 2)
    for found, now, before in (
        ((judged.force_low, judged.force_high), 120, 100),
        ((judged.benchmark_low, judged.benchmark_high), 9000, 10_000),
    ):
        factor = math.exp(z * math.sqrt(1 / now + 1 / before))
        ratio = now / before
        assert found == pytest.approx((100 * (ratio / factor - 1), 100 * (ratio * factor - 1)))


# --- Figures that contradict what is known of them


@pytest.mark.parametrize("part", [False, True])
@pytest.mark.parametrize(
    ("force", "benchmark"),
    [(FEW, printed("6.0", 650, 100_000)), (printed("5.0", 450, 80_000), MORE._replace(base=2e5))],
)
def test_counts_that_contradict_the_figure_are_not_tested(
    force: Estimate, benchmark: Estimate, part: bool
) -> None:
    """A figure that is not its own count over its base is not judged, and both numbers are said."""
    judged = rate(force, benchmark, part=part)
    assert (judged.verdict, judged.reading, judged.method, judged.level) == (
        NOT_TESTED, None, RANGE, None,
    )  # fmt: skip
    assert "count and base" in judged.reason
    assert "6.0" in judged.reason or "5.0" in judged.reason


def test_disagreeing_percentage_is_not_tested() -> None:
    """A percentage is held against its own count and base as a rate is."""
    judged = outcome(printed("36", 300, 1000), MOST)
    assert (judged.verdict, judged.method) == (NOT_TESTED, RANGE)
    assert "36" in judged.reason
    assert "30.0" in judged.reason


def test_a_change_that_is_not_that_of_its_counts_is_not_tested() -> None:
    """120 after 100 is not +13: a figure and counts that differ cannot both be right."""
    judged = change(printed("13")._replace(events=120, events_before=100), changed(90, 100))
    assert (judged.verdict, judged.method) == (NOT_TESTED, RANGE)
    assert "One of them must be wrong" in judged.reason
    for text in ("20", "20.0", "+20"):
        figure = Estimate(20.0, len(text.partition(".")[2]), 120, events_before=100)
        assert change(figure, changed(90, 100)).method == CHANGES


@pytest.mark.parametrize(
    ("text", "events", "base", "agrees"),
    [
        ("50.004", 31_085, 621_700, True),  # over 621,650 it would be 50.00402
        ("49.996", 31_085, 621_700, True),
        ("50.005", 31_085, 621_700, False),
        ("49.995", 31_085, 621_700, False),
        ("50.004", 31_087, 621_740, False),  # not a base of whole hundreds
        ("50.025", 5000, 100_000, True),
        ("50.026", 5000, 100_000, False),
        ("50.002", 4995, 99_900, False),  # a base below 100,000 is exact
        ("0.5002", 62, 124_000, True),  # over 123,950 it would be 0.50020
        ("0.5003", 62, 124_000, False),
        ("61.2442935295227", 81_164, 1_325_300, True),  # over 1,325,250 residents of West Mercia
        ("61.2397", 81_164, 1_325_300, True),  # over 1,325,350
        ("61.2444", 81_164, 1_325_300, False),
        ("61.2396", 81_164, 1_325_300, False),
    ],
)
def test_a_large_base_may_be_rounded_to_the_hundred(
    text: str, events: int, base: float, agrees: bool
) -> None:
    """From 100,000 on a base of whole hundreds may be off by 50, and the figure with it."""
    judged = rate(printed(text, events, base), MORE)
    assert (judged.method == RANGE) == (not agrees)
    assert ("One of them must be wrong" in judged.reason) == (not agrees)


@given(st.integers(100_000, 10**7), st.integers(1, 10**6), st.integers(0, 12))
def test_a_rate_over_the_exact_base_agrees_with_the_base_as_printed(
    exact: int, events: int, places: int
) -> None:
    """Whatever base rounds to the hundred that is printed, the rate over it is not refused."""
    base = max(100_000, (exact + 50) // 100 * 100)
    figure = calculated(events, exact, places=places)._replace(base=float(base))
    assert "One of them must be wrong" not in rate(figure, MORE).reason


@given(st.integers(0, 500), st.integers(1, 5000), st.integers(0, 3))
def test_figure_rounded_from_its_count_never_disagrees(events: int, base: int, places: int) -> None:
    """Whatever rounds to the printed figure agrees with it, at the ends of the range too."""
    assert (
        "One of them must be wrong"
        not in rate(calculated(events, base, places=places), MORE).reason
    )


@pytest.mark.parametrize(
    ("force", "benchmark"),
    [
        (calculated(500, 100000), calculated(400, 200000)),
        (calculated(500, 100000), calculated(600, 100000)),
    ],
)
def test_a_part_cannot_be_more_than_its_whole(force: Estimate, benchmark: Estimate) -> None:
    """A force with more crimes, or as much base, as the whole it is part of is not tested."""
    judged = rate(force, benchmark, part=True)
    assert (judged.verdict, judged.method) == (NOT_TESTED, RANGE)
    assert "part" in judged.reason
    assert rate(force, benchmark).method == COUNTS


def test_reason_never_denies_counts_that_are_there() -> None:
    """Counts that cannot be tested are not called unpublished: the reason is another."""
    more_than_whole = rate(FEW, printed("5.1", 400, 78_431), part=True)
    too_many = rate(printed("5.0", 5 * 10**9, 1e12), printed("6.0", 6 * 10**9, 1e12))
    for judged in (more_than_whole, too_many):
        assert judged.method in (ROUNDING, RANGE)
        assert "not published" not in judged.reason


# --- Readings


@pytest.mark.parametrize("ask", [survey, outcome, rate])
@pytest.mark.parametrize(
    ("texts", "verdict"), [(("70", "50"), HIGHER), (("50", "70"), LOWER), (("50", "50"), None)]
)
def test_reading_follows_polarity(
    ask: Callable[..., Verdict], texts: tuple[str, str], verdict: str | None
) -> None:
    """Higher is better, worse or neither, as the metric says; what is not judged has no reading."""
    better = {HIGHER: "better", LOWER: "worse", None: None}
    worse = {HIGHER: "worse", LOWER: "better", None: None}
    force, benchmark = (printed(text) for text in texts)
    assert ask(force, benchmark, polarity="none").reading is None
    assert ask(force, benchmark, polarity="").reading is None
    assert ask(force, benchmark, polarity="higher-is-better").reading == better[verdict]
    assert ask(force, benchmark, polarity="lower-is-better").reading == worse[verdict]
    assert ask(force, benchmark).verdict == (verdict or NOT_TESTED)


@pytest.mark.parametrize("polarity", POLARITIES)
def test_similar_has_no_reading(polarity: str) -> None:
    """Neither better nor worse where no difference shows, by whatever test."""
    assert survey(DURHAM, printed("89.6", margin="1.5"), polarity=polarity).reading is None
    assert rate(calculated(50, 9000), calculated(51, 9000), polarity=polarity).reading is None
    judged = outcome(calculated(50, 99, 100), calculated(51, 99, 100), polarity=polarity)
    assert (judged.verdict, judged.reading) == (SIMILAR, None)


def test_lower_of_a_metric_that_is_better_lower_is_better() -> None:
    """Readings hold for tests of counts as they do for directions after rounding."""
    assert rate(FEW, MORE, polarity="lower-is-better")[8:10] == (LOWER, "better")
    assert rate(MORE, FEW, polarity="lower-is-better")[8:10] == (HIGHER, "worse")


@pytest.mark.parametrize(
    ("polarity", "reading"),
    [("none", None), ("higher-is-better", "worse"), ("lower-is-better", "better")],
)
def test_a_change_is_read_by_the_polarity_of_its_metric(polarity: str, reading: str | None) -> None:
    """To fall by more is better of what is better lower, and neither of recorded crime."""
    judged = change(changed(500, 1000), changed(9000, 10_000), polarity=polarity)
    assert (judged.verdict, judged.reading) == (LOWER, reading)


# --- Laws

EVENTS = st.none() | st.integers(0, 10**6) | st.sampled_from([10**9 + 1, 10**15 - 1])
BASES = st.none() | st.integers(1, 10**9).map(float) | st.sampled_from([0.001, 1e15 - 1])
MARGIN_TEXTS = st.none() | TEXTS.filter(lambda text: float(text) <= 100)
LARGE = st.builds(
    lambda number, places: f"{Decimal(number).scaleb(-places):f}",
    st.integers(0, 10**15 - 1),
    st.integers(0, 14),
)
ANY_FIGURE = st.builds(printed, TEXTS | LARGE, EVENTS, BASES, MARGIN_TEXTS)
COUNTED = st.builds(
    calculated,
    st.integers(0, 5000),
    st.integers(1, 10**5),
    st.just(1000),
    st.integers(0, 3),
)
FIGURES = ANY_FIGURE | COUNTED
PAIRS = st.tuples(
    st.sampled_from([("rate", PEOPLE), ("rate", HOMES), ("rate", "per head"), ("outcome", "%")]),
    FIGURES,
    FIGURES,
) | st.tuples(
    st.just(("satisfaction", "%")), *[FIGURES.filter(lambda figure: figure.value <= 100)] * 2
)


@given(PAIRS, st.booleans(), st.booleans(), st.sampled_from(POLARITIES), st.sampled_from(LEVELS))
@settings(deadline=None, max_examples=300)
def test_whatever_tables_accept_gets_a_verdict(
    pair: tuple[tuple[str, str], Estimate, Estimate],
    part: bool,
    shares: bool,
    polarity: str,
    level: float,
) -> None:
    """No figures raise, and what is said of them keeps to the rules that hold for all."""
    kind, force, benchmark = pair
    judged = judge(Question(*kind, force, benchmark, part, polarity, level, shares=shares))
    assert judged.verdict in VERDICTS
    assert judged.reading in (None, *READINGS)
    tested = judged.method in (MARGINS, COUNTS, PROPORTIONS)
    assert (judged.level == level) == tested
    assert (judged.verdict == NOT_TESTED) == (judged.method in (RANGE, NONE))
    assert (judged.reading is not None) == (
        polarity != "none" and judged.verdict in (HIGHER, LOWER)
    )
    assert judged.verdict != SIMILAR or tested
    assert judged.difference_low is not None
    assert judged.difference_high is not None
    assert judged.difference_low < judged.difference_high
    for value in judged:
        assert not isinstance(value, float) or math.isfinite(value)


@given(st.integers(-100, 1000), st.integers(-100, 1000), EVENTS, st.integers(0, 2))
@settings(deadline=None)
def test_whatever_changes_there_are_get_a_range(a: int, b: int, events: int, places: int) -> None:
    """No change raises, down to -100 %, with a count or without."""
    force = printed(f"{a:.{places}f}", events)
    judged = change(force, printed(str(b)))
    assert (judged.verdict, judged.method) == (NOT_TESTED, RANGE)
    assert (judged.ratio is None) == (judged.ratio_low is None)
    if b > -100:
        assert judged.ratio == pytest.approx((100 + a) / (100 + b), abs=CLOSED)
    else:
        assert judged.ratio is None


@given(PAIRS, st.sampled_from(LEVELS))
@settings(deadline=None, max_examples=200)
def test_swapping_the_two_mirrors_the_verdict(
    pair: tuple[tuple[str, str], Estimate, Estimate], level: float
) -> None:
    """Where A is higher than B, B is lower than A by the same method, all ranges mirrored."""
    kind, force, benchmark = pair
    one = judge(Question(*kind, force, benchmark, level=level))
    other = judge(Question(*kind, benchmark, force, level=level))
    assert other.verdict == MIRRORED[one.verdict]
    assert (other.method, other.level) == (one.method, one.level)
    assert other.difference_low == pytest.approx(-number(one.difference_high))
    assert other.difference_high == pytest.approx(-number(one.difference_low))
    assert other[4:8] == (*one[6:8], *one[4:6])
    if one.method == MARGINS:
        assert (other.z, other.z_low, other.z_high) == pytest.approx(
            (-number(one.z), -number(one.z_high), -number(one.z_low))
        )
    if one.interval_low is not None and one.interval_high is not None:
        mirrored = (
            (1 / one.interval_high, 1 / one.interval_low)
            if one.method == COUNTS
            else (-one.interval_high, -one.interval_low)
        )
        assert (other.interval_low, other.interval_high) == pytest.approx(
            mirrored, rel=1e-9, abs=1e-9
        )
    assert other.p_value == pytest.approx(one.p_value, abs=1e-9)
    if one.ratio and other.ratio:
        assert other.ratio == pytest.approx(1 / one.ratio)
