"""Rules of `crimecmp.comparison.verdicts`: which method judges two figures, and what it may then say."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, norm

import crimecmp
from crimecmp.comparison.pairing import records
from crimecmp.comparison.methods import COUNTS
from crimecmp.comparison.verdict_words import HIGHER
from crimecmp.comparison.request import LEVELS
from crimecmp.comparison.verdict_words import LOWER
from crimecmp.comparison.methods import MARGINS
from crimecmp.comparison.methods import MEAN
from crimecmp.comparison.methods import NONE
from crimecmp.comparison.verdict_words import NOT_TESTED
from crimecmp.comparison.methods import PROPORTIONS
from crimecmp.comparison.methods import RANGE
from crimecmp.comparison.verdict_words import READINGS
from crimecmp.comparison.methods import ROUNDING
from crimecmp.comparison.verdict_words import SIMILAR
from crimecmp.comparison.verdict_words import VERDICTS
from crimecmp.comparison.question import Figure
from crimecmp.comparison.question import Question
from crimecmp.comparison.row import Verdict
from crimecmp.comparison.judging import judge
from crimecmp.document.report import Record
from crimecmp.errors import MethodError
from crimecmp.tables.cells import per

PEOPLE = "per 1,000 population"
HOMES = "per 1,000 households"
CLOSED = 1e-9
"""Closed formulas: rounding errors only."""

PRINTED = 5e-7
"""Worked values that are given to six decimals."""

POLARITIES = ("none", "higher-is-better", "lower-is-better")
MIRRORED = {HIGHER: LOWER, LOWER: HIGHER, SIMILAR: SIMILAR, NOT_TESTED: NOT_TESTED}


def printed(
    text: str, events: int | None = None, base: float | None = None, margin: str | None = None
) -> Figure:
    """Return a figure as it was printed, with what is known of it."""
    return Figure(
        float(text),
        len(text.partition(".")[2]),
        events,
        base,
        None if margin is None else float(margin),
        None if margin is None else len(margin.partition(".")[2]),
    )


def worked_out(events: int, base: float, scale: int = 1000, places: int = 1) -> Figure:
    """Return a figure printed from its count and base, halves away from zero."""
    exact = Decimal(events) * scale / Decimal(base)
    text = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return printed(f"{text:f}", events, base)


def rate(force: Figure | None, benchmark: Figure | None, **more: Any) -> Verdict:
    """Judge two rates per 1,000 population."""
    return judge(Question("rate", PEOPLE, force, benchmark)._replace(**more))


def outcome(force: Figure | None, benchmark: Figure | None, **more: Any) -> Verdict:
    """Judge two percentages of crimes."""
    return judge(Question("outcome", "%", force, benchmark)._replace(**more))


def survey(force: Figure | None, benchmark: Figure | None, **more: Any) -> Verdict:
    """Judge two survey estimates."""
    return judge(Question("satisfaction", "%", force, benchmark)._replace(**more))


def change(force: Figure | None, benchmark: Figure | None, **more: Any) -> Verdict:
    """Judge two per cent changes."""
    return judge(Question("change", "%", force, benchmark)._replace(**more))


@pytest.fixture(scope="module")
def bundled() -> crimecmp.Dataset:
    """Return the tables that come with crimecmp."""
    return crimecmp.load()


def row_of(frame: pd.DataFrame, metric: str) -> Record:
    """Return the first row of a frame on a metric."""
    return next(row for row in records(frame) if row["metric"] == metric)


def number(value: object) -> float:
    """Return a cell that must be a number."""
    assert isinstance(value, int | float)
    return float(value)


# --- Which method


DURHAM = printed("88.6", margin="1.8")
NATIONAL = printed("85.0", margin="0.2")
FEW = printed("5.0", 500, 100000)
MORE = printed("6.0", 600, 100000)
HALF = printed("50", 500, 1000)
MOST = printed("60", 600, 1000)


@pytest.mark.parametrize(
    ("judged", "method"),
    [
        (survey(DURHAM, NATIONAL), MARGINS),
        (survey(HALF._replace(margin=1.0, margin_decimals=1), MOST), PROPORTIONS),
        (
            survey(
                HALF._replace(margin=1.0, margin_decimals=1),
                MOST._replace(margin=1.0, margin_decimals=1),
            ),
            MARGINS,
        ),
        (outcome(HALF, MOST), PROPORTIONS),
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
    """Margins before counts of a whole, those before counts, those before rounding alone."""
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
    ask: Callable[..., Verdict], force: Figure, benchmark: Figure, tested: bool, level: float
) -> None:
    """A verdict after rounding, or none, carries no level; the intervals' level is always said."""
    judged = ask(force, benchmark, level=level)
    assert judged.level == (level if tested else None)
    assert judged.interval_level == level
    assert (judged.interval_low is None) is not tested


@pytest.mark.parametrize(
    ("force", "benchmark"),
    [(None, MORE), (FEW, None), (None, None)],
)
@pytest.mark.parametrize("polarity", POLARITIES)
def test_missing_figure_is_not_tested(
    force: Figure | None, benchmark: Figure | None, polarity: str
) -> None:
    """Without one of its figures a comparison has a reason and nothing else."""
    judged = rate(force, benchmark, polarity=polarity)
    assert judged[8:12] == (NOT_TESTED, None, NONE, None)
    assert "missing" in judged.reason
    assert (judged.difference_low, judged.difference_high, judged.ratio, judged.smallest_base) == (
        None, None, None, None,
    )  # fmt: skip


def test_interval_of_the_one_figure_that_is_there_is_kept() -> None:
    """A figure's own interval does not wait for the other figure."""
    judged = rate(None, MORE)
    assert judged.benchmark_low is not None
    assert judged.benchmark_high is not None
    assert judged.benchmark_low < 6.0 < judged.benchmark_high
    assert (judged.force_low, judged.force_high) == (None, None)


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


# --- The measured facts

RATES = {
    "crime-excluding-fraud": (
        "54.0", "60.7", -6.8, -6.6, -11.193415637860083, -10.882110469909334, 5355, 13011,
    ),
    "victim-based-crime": (
        "48.5", "53.9", -5.5, -5.3, -10.194624652455964, -9.842154131847735, 7372, 17953,
    ),
    "sexual-offences": ("1.6", "1.2", 0.3, 0.5, 24.0, 43.47826086956523, 59571, 145046),
    "violence-with-injury": (
        "5.2", "5.9", -0.8, -0.6, -13.4453781512605, -10.256410256410264, 62486, 152046,
    ),
    "burglary-in-a-dwelling": (
        "5.0", "8.9", -4.0, -3.8, -44.692737430167604, -42.93785310734464, 2349, 5326,
    ),
    "anti-social-behaviour": (
        "47.4", "36.8", 10.5, 10.7, 28.493894165535984, 29.115646258503382, 1461, 3545,
    ),
}  # fmt: skip
RATIOS = {
    "crime-excluding-fraud": (0.8896210873146623, 0.8880658436213992, 0.8911788953009067),
    "victim-based-crime": (0.8998144712430427, 0.8980537534754404, 0.9015784586815226),
    "sexual-offences": (1.3333333333333335, 1.24, 1.4347826086956523),
    "violence-with-injury": (0.8813559322033898, 0.865546218487395, 0.8974358974358974),
    "burglary-in-a-dwelling": (0.5617977528089887, 0.5530726256983239, 0.5706214689265536),
    "anti-social-behaviour": (1.2880434782608696, 1.2849389416553598, 1.2911564625850338),
}


def hold_rate(cells: Record, metric: str, level: float) -> None:
    """Compare what is said of one of Durham's rates with the worked values."""
    _, _, low, high, percent_low, percent_high, smallest, at_998 = RATES[metric]
    assert number(cells["difference_low"]) == pytest.approx(low, abs=CLOSED)
    assert number(cells["difference_high"]) == pytest.approx(high, abs=CLOSED)
    assert number(cells["percent_difference_low"]) == pytest.approx(percent_low, abs=CLOSED)
    assert number(cells["percent_difference_high"]) == pytest.approx(percent_high, abs=CLOSED)
    ratios = [number(cells[name]) for name in ("ratio", "ratio_low", "ratio_high")]
    assert ratios == pytest.approx(RATIOS[metric], abs=CLOSED)
    assert cells["smallest_base"] == (smallest if level == 0.95 else at_998)
    assert cells["verdict"] == (LOWER if low < 0 else HIGHER)
    assert (cells["method"], cells["level"], cells["reading"]) == (ROUNDING, None, None)
    assert cells["interval_level"] == level
    assert f"{cells['smallest_base']:,}" in str(cells["reason"])


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("metric", RATES)
def test_each_rate_is_judged_as_worked_out(metric: str, level: float) -> None:
    """The six printed rates give the ranges, directions and smallest bases of the methods."""
    force, benchmark = (printed(text) for text in RATES[metric][:2])
    unit = HOMES if metric == "burglary-in-a-dwelling" else PEOPLE
    judged = judge(Question("rate", unit, force, benchmark, part=True, level=level))
    hold_rate(judged._asdict(), metric, level)


@pytest.mark.parametrize("level", LEVELS)
def test_rates_of_the_bundled_tables_are_judged_so_too(
    bundled: crimecmp.Dataset, level: float
) -> None:
    """`crimecmp.rates` gives for Durham all six rates' worked values, at either level."""
    rows = records(crimecmp.rates(bundled, "durham", level=level))
    assert [row["metric"] for row in rows] == list(RATES)
    for row in rows:
        hold_rate(row, str(row["metric"]), level)


@pytest.mark.parametrize(
    ("level", "low", "high"),
    [
        (0.95, 46.86006832064794, 47.944601012120295),
        (0.998, 46.550879499291426, 48.259922197632214),
    ],
)
def test_anti_social_behaviour_has_its_own_interval(
    bundled: crimecmp.Dataset, level: float, low: float, high: float
) -> None:
    """29,439 incidents at 47.4 give the rate an interval, though the benchmark has no count."""
    row = row_of(crimecmp.rates(bundled, level=level), "anti-social-behaviour")
    for cells in (row, rate(printed("47.4", 29439), printed("36.8"), level=level)._asdict()):
        assert number(cells["force_low"]) == pytest.approx(low, abs=CLOSED)
        assert number(cells["force_high"]) == pytest.approx(high, abs=CLOSED)
        assert (cells["benchmark_low"], cells["benchmark_high"]) == (None, None)
        assert (cells["verdict"], cells["method"], cells["level"]) == (HIGHER, ROUNDING, None)


def test_rates_without_a_count_have_no_interval(bundled: crimecmp.Dataset) -> None:
    """Only the figure whose count is known has an interval of its own."""
    for row in records(crimecmp.rates(bundled)):
        known = row["metric"] == "anti-social-behaviour"
        assert (row["force_low"] is not None, row["force_high"] is not None) == (known, known)


@pytest.mark.parametrize(("level", "smallest"), [(0.95, 93), (0.998, 230)])
def test_detections_are_ten_points_higher_after_rounding(
    bundled: crimecmp.Dataset, level: float, smallest: int
) -> None:
    """36 against 26 is 9 to 11 points and a ratio of 1.340 to 1.431, from a base of 93 or 230."""
    frame = crimecmp.outcomes(bundled, level=level)
    asked = outcome(printed("36"), printed("26"), polarity="higher-is-better", level=level)
    row = row_of(frame, "detection-rate")
    assert row["difference"] == 10
    for cells in (row, asked._asdict()):
        assert (cells["difference_low"], cells["difference_high"]) == (9, 11)
        assert (cells["percent_difference_low"], cells["percent_difference_high"]) == (None, None)
        ratios = [number(cells[name]) for name in ("ratio", "ratio_low", "ratio_high")]
        assert ratios == pytest.approx([36 / 26, 35.5 / 26.5, 36.5 / 25.5], abs=CLOSED)
        assert cells["smallest_base"] == smallest
        assert (cells["verdict"], cells["reading"], cells["method"], cells["level"]) == (
            HIGHER, "better", ROUNDING, None,
        )  # fmt: skip


CHANGES = [
    ("crime-excluding-fraud", "2010-06-30", -11, -16, (4, 6), (1.060, 1.047, 1.072)),
    ("crime-excluding-fraud", "2013-06-30", 13, -1, (13, 15), (1.141, 1.131, 1.152)),
    ("victim-based-crime", "2010-06-30", -11, -16, (4, 6), (1.060, 1.047, 1.072)),
]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("metric", "since", "force", "benchmark", "gap", "index"), CHANGES)
def test_changes_show_their_gap_and_relative_index(
    bundled: crimecmp.Dataset,
    metric: str,
    since: str,
    force: int,
    benchmark: int,
    gap: tuple[int, int],
    index: tuple[float, float, float],
    level: float,
) -> None:
    """Printed changes are not tested; their gap and relative index have the worked ranges."""
    rows = records(crimecmp.changes(bundled, level=level))
    row = next(r for r in rows if (r["metric"], str(r["base_period_end"])) == (metric, since))
    asked = change(printed(str(force)), printed(str(benchmark)), level=level)
    assert row["difference"] == force - benchmark
    for cells in (row, asked._asdict()):
        assert (cells["difference_low"], cells["difference_high"]) == gap
        ratios = [number(cells[name]) for name in ("ratio", "ratio_low", "ratio_high")]
        assert ratios == pytest.approx(index, abs=5e-4)
        exact = (100 + force) / (100 + benchmark)
        assert ratios[0] == pytest.approx(exact, abs=CLOSED)
        assert (cells["verdict"], cells["method"], cells["level"], cells["smallest_base"]) == (
            NOT_TESTED, RANGE, None, None,
        )  # fmt: skip
        assert cells["reason"]


def test_change_without_a_benchmark_is_not_tested(bundled: crimecmp.Dataset) -> None:
    """Anti-social behaviour fell by 4 %; nothing is printed of England and Wales to judge it by."""
    row = row_of(crimecmp.changes(bundled), "anti-social-behaviour")
    assert (row["force_value"], row["benchmark_value"]) == (-4, None)
    assert (row["verdict"], row["method"], row["level"]) == (NOT_TESTED, NONE, None)
    assert "missing" in str(row["reason"])


SE = math.hypot(1.8, 0.2) / float(norm.ppf(0.975))


@pytest.mark.parametrize(
    ("level", "low", "high"),
    [
        (0.95, 1.788922972372511, 5.411077027627478),
        (0.998, 3.6 - float(norm.ppf(0.999)) * SE, 3.6 + float(norm.ppf(0.999)) * SE),
    ],
)
def test_satisfaction_is_higher_than_england_and_wales(
    bundled: crimecmp.Dataset, level: float, low: float, high: float
) -> None:
    """88.6 ± 1.8 against 85.0 ± 0.2: Z 3.896, p 0.0000978, higher at both levels and better."""
    against, _ = records(crimecmp.satisfaction(bundled, level=level))
    asked = survey(DURHAM, NATIONAL, part=True, polarity="higher-is-better", level=level)
    assert against["benchmark"] == "england-and-wales"
    for cells in (against, asked._asdict()):
        assert number(cells["z"]) == pytest.approx(3.895952649560905, abs=CLOSED)
        assert number(cells["p_value"]) == pytest.approx(9.78134985706921e-05, abs=1e-12)
        assert number(cells["interval_low"]) == pytest.approx(low, abs=CLOSED)
        assert number(cells["interval_high"]) == pytest.approx(high, abs=CLOSED)
        assert number(cells["z_low"]) == pytest.approx(3.674639542673606, abs=CLOSED)
        assert number(cells["z_high"]) == pytest.approx(4.128784644848176, abs=CLOSED)
        assert (cells["verdict"], cells["reading"], cells["method"], cells["level"]) == (
            HIGHER, "better", MARGINS, level,
        )  # fmt: skip
        assert "0.98 %" in str(cells["reason"])
        assert "3.934" in str(cells["reason"])
        assert "part of the benchmark" in str(cells["reason"])
        assert number(cells["difference_low"]) == pytest.approx(3.5, abs=CLOSED)
        assert number(cells["difference_high"]) == pytest.approx(3.7, abs=CLOSED)


@pytest.mark.parametrize("level", LEVELS)
def test_satisfaction_is_similar_to_the_year_before(
    bundled: crimecmp.Dataset, level: float
) -> None:
    """88.6 ± 1.8 against 89.6 ± 1.5: Z -0.836, p 0.403, similar at every rounding."""
    _, before = records(crimecmp.satisfaction(bundled, level=level))
    earlier = printed("89.6", margin="1.5")
    asked = survey(DURHAM, earlier, polarity="higher-is-better", level=level)
    half = float(norm.ppf((1 + level) / 2)) * 1.195468345976698
    assert before["benchmark"] == before["force"] == "durham"
    assert before["base_period_end"] is not None
    for cells in (before, asked._asdict()):
        assert number(cells["z"]) == pytest.approx(-0.8364922445378508, abs=CLOSED)
        assert number(cells["p_value"]) == pytest.approx(0.40287803793043886, abs=CLOSED)
        assert number(cells["interval_low"]) == pytest.approx(-1 - half, abs=CLOSED)
        assert number(cells["interval_high"]) == pytest.approx(-1 + half, abs=CLOSED)
        assert number(cells["z_low"]) == pytest.approx(-0.9486491310649442, abs=CLOSED)
        assert number(cells["z_high"]) == pytest.approx(-0.7308742069583115, abs=CLOSED)
        assert (cells["verdict"], cells["reading"], cells["method"], cells["level"]) == (
            SIMILAR, None, MARGINS, level,
        )  # fmt: skip
        assert "part of the benchmark" not in str(cells["reason"])
    if level == 0.95:
        assert number(before["interval_low"]) == pytest.approx(-3.343075, abs=PRINTED)
        assert number(before["interval_high"]) == pytest.approx(1.343075, abs=PRINTED)


def test_estimates_have_the_intervals_of_their_margins() -> None:
    """At 95 % an estimate's interval is its margin either side; at 99.8 % wider by 3.09 / 1.96."""
    judged = survey(DURHAM, NATIONAL)
    assert judged[4:8] == pytest.approx((86.8, 90.4, 84.8, 85.2), abs=CLOSED)
    wide = 1.8 * float(norm.ppf(0.999) / norm.ppf(0.975))
    at_998 = survey(DURHAM, NATIONAL, level=0.998)
    assert at_998[4:6] == pytest.approx((88.6 - wide, 88.6 + wide), abs=CLOSED)


def test_verdict_that_turns_within_rounding_says_so() -> None:
    """Where the ends of what was rounded would be judged otherwise, the reason tells."""
    turning = survey(printed("87", margin="2"), printed("85", margin="1"))
    assert turning.z == pytest.approx(2 / math.sqrt(5) * norm.ppf(0.975), abs=CLOSED)
    assert (turning.verdict, turning.method) == (SIMILAR, MARGINS)
    assert turning.z_high is not None
    assert turning.z_high > 1.96
    assert "Changes within" in turning.reason
    assert "Holds at every" in survey(DURHAM, NATIONAL).reason


def test_overlapping_intervals_can_still_differ() -> None:
    """The test is of the difference: 50 ± 2 and 53 ± 2 overlap and are not the same."""
    judged = survey(printed("53.00", margin="2.00"), printed("50.00", margin="2.00"))
    assert judged.force_low is not None
    assert judged.benchmark_high is not None
    assert judged.force_low < judged.benchmark_high
    assert judged.verdict == HIGHER


def test_level_can_turn_a_verdict() -> None:
    """A difference of 2.5 standard errors is more than chance at 95 % and not at 99.8 %."""
    force, benchmark = printed("52.5", margin="1.96"), printed("50.0", margin="0.02")
    assert survey(force, benchmark, level=0.95).verdict == HIGHER
    assert survey(force, benchmark, level=0.998).verdict == SIMILAR


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
    assert rate(worked_out(50, 9000), worked_out(51, 9000), polarity=polarity).reading is None
    judged = outcome(worked_out(50, 99, 100), worked_out(51, 99, 100), polarity=polarity)
    assert (judged.verdict, judged.reading) == (SIMILAR, None)


def test_lower_of_a_metric_that_is_better_lower_is_better() -> None:
    """Readings hold for tests of counts as they do for directions after rounding."""
    assert rate(FEW, MORE, polarity="lower-is-better")[8:10] == (LOWER, "better")
    assert rate(MORE, FEW, polarity="lower-is-better")[8:10] == (HIGHER, "worse")


# --- Counts and proportions


def newcombe(a: int, n: int, b: int, m: int, level: float) -> tuple[float, float]:
    """Return Newcombe's interval of a/n - b/m, written out by itself."""
    z = float(norm.ppf((1 + level) / 2))

    def wilson(x: int, n: int) -> tuple[float, float, float]:
        p = x / n
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return p, middle - half, middle + half

    p, l1, u1 = wilson(a, n)
    q, l2, u2 = wilson(b, m)
    return (
        p - q - math.sqrt((p - l1) ** 2 + (u2 - q) ** 2),
        p - q + math.sqrt((u1 - p) ** 2 + (q - l2) ** 2),
    )


@pytest.mark.parametrize("level", LEVELS)
def test_force_in_the_benchmark_is_tested_against_the_rest(level: float) -> None:
    """Of counts the part is taken out of the whole before the two are tested, and it is said."""
    force, whole = worked_out(300, 50_000), worked_out(2400, 450_000)
    judged = rate(force, whole, part=True, level=level)
    rest = binomtest(300, 2400, 50_000 / 450_000).pvalue
    apart = binomtest(300, 2700, 50_000 / 500_000).pvalue
    assert judged.p_value == pytest.approx(rest, abs=1e-9)
    assert judged.p_value != pytest.approx(apart, abs=1e-4)
    half = float(norm.ppf((1 + level) / 2)) * math.sqrt(1 / 300 + 1 / 2100)
    centre = math.log((300 / 50_000) / (2100 / 400_000))
    assert judged.interval_low == pytest.approx(math.exp(centre - half), abs=CLOSED)
    assert judged.interval_high == pytest.approx(math.exp(centre + half), abs=CLOSED)
    assert "the rest of it" in judged.reason
    alone = rate(force, whole, part=False, level=level)
    assert alone.p_value == pytest.approx(apart, abs=1e-9)
    assert "the rest of it" not in alone.reason


@pytest.mark.parametrize("level", LEVELS)
def test_part_of_a_whole_of_percentages_is_tested_against_the_rest(level: float) -> None:
    """Of proportions too: the interval is Newcombe's of the force and of all others."""
    force, whole = worked_out(90, 200, 100), worked_out(380, 1000, 100)
    judged = outcome(force, whole, part=True, level=level)
    rest = [100 * end for end in newcombe(90, 200, 290, 800, level)]
    assert [judged.interval_low, judged.interval_high] == pytest.approx(rest, abs=1e-9)
    assert (judged.verdict, judged.method) == (HIGHER if rest[0] > 0 else SIMILAR, PROPORTIONS)
    assert "the rest of it" in judged.reason
    apart = [100 * end for end in newcombe(90, 200, 380, 1000, level)]
    alone = outcome(force, whole, level=level)
    assert [alone.interval_low, alone.interval_high] == pytest.approx(apart, abs=1e-9)


def test_worked_proportions() -> None:
    """1,061 of 1,198 against 104,080 of 122,447 gives the worked interval of Newcombe."""
    judged = outcome(worked_out(1061, 1198, 100), worked_out(104080, 122447, 100))
    assert judged.interval_low == pytest.approx(100 * 0.01627286952973669, abs=1e-7)
    assert judged.interval_high == pytest.approx(100 * 0.05256404356727823, abs=1e-7)
    assert judged.force_low == pytest.approx(86.63756724402607, abs=1e-7)
    assert judged.force_high == pytest.approx(90.24445352655661, abs=1e-7)
    assert (judged.verdict, judged.level) == (HIGHER, 0.95)


def test_worked_counts() -> None:
    """25 v 16 is similar (p 0.211); 33,570 v 29,828 is higher, by a ratio of 1.108 to 1.143."""
    base = 100_000
    few = rate(worked_out(25, base, places=3), worked_out(16, base, places=3))
    assert (few.verdict, few.method) == (SIMILAR, COUNTS)
    assert few.p_value == pytest.approx(0.21102359760880063, abs=1e-9)
    many = rate(worked_out(33570, base), worked_out(29828, base))
    assert many.verdict == HIGHER
    assert many.interval_low == pytest.approx(1.108036802874021, abs=CLOSED)
    assert many.interval_high == pytest.approx(1.14314212310514, abs=CLOSED)


@pytest.mark.parametrize("part", [False, True])
@pytest.mark.parametrize(
    ("force", "benchmark"),
    [(FEW, printed("6.0", 650, 100_000)), (printed("5.0", 450, 80_000), MORE._replace(base=2e5))],
)
def test_counts_that_contradict_the_figure_are_not_tested(
    force: Figure, benchmark: Figure, part: bool
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


@given(st.integers(0, 500), st.integers(1, 5000), st.integers(0, 3))
def test_figure_rounded_from_its_count_never_disagrees(events: int, base: int, places: int) -> None:
    """Whatever rounds to the printed figure agrees with it, at the ends of the range too."""
    assert "cannot all be right" not in rate(worked_out(events, base, places=places), MORE).reason


@pytest.mark.parametrize("part", [False, True])
def test_every_test_gives_a_reason(part: bool) -> None:
    """A verdict never stands without its reason, be the force part of the benchmark or not."""
    assert rate(FEW, worked_out(6600, 1_000_000), part=part).reason
    assert outcome(HALF, worked_out(5400, 9000, 100), part=part).reason
    assert survey(DURHAM, NATIONAL, part=part).reason


def test_reason_never_denies_counts_that_are_there() -> None:
    """Counts that cannot be tested are not called unpublished: the reason is another."""
    more_than_whole = rate(FEW, printed("5.1", 400, 78_431), part=True)
    too_many = rate(printed("5.0", 5 * 10**9, 1e12), printed("6.0", 6 * 10**9, 1e12))
    for judged in (more_than_whole, too_many):
        assert judged.method in (ROUNDING, RANGE)
        assert "not published" not in judged.reason


@given(
    st.integers(0, 400),
    st.integers(0, 400),
    st.integers(1, 2000),
    st.integers(1, 2000),
    st.sampled_from(LEVELS),
)
@example(50, 80, 1000, 1000, 0.95)  # p is .011: between the two levels' alphas
@example(50, 80, 1000, 1000, 0.998)
@settings(deadline=None)
def test_counts_are_judged_as_scipy_judges_them(
    a: int, b: int, base_a: int, base_b: int, level: float
) -> None:
    """Similar unless SciPy's exact binomial p is below alpha; then the larger rate is higher."""
    judged = rate(worked_out(a, base_a), worked_out(b, base_b), level=level)
    p = float(binomtest(a, a + b, base_a / (base_a + base_b)).pvalue) if a + b else 1.0
    assume(abs(p - (1 - level)) > 1e-9)
    expected = SIMILAR if p > 1 - level else HIGHER if a * base_b > b * base_a else LOWER
    assert judged.method == COUNTS
    assert judged.p_value == pytest.approx(p, abs=1e-9)
    assert judged.verdict == expected


@given(st.data(), st.integers(1, 2000), st.integers(1, 2000), st.sampled_from(LEVELS))
@settings(deadline=None)
def test_proportions_are_judged_by_newcombe(
    data: st.DataObject, n: int, m: int, level: float
) -> None:
    """Higher or lower where the hand-made interval leaves out zero, else similar."""
    a, b = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    judged = outcome(worked_out(a, n, 100), worked_out(b, m, 100), level=level)
    low, high = newcombe(a, n, b, m, level)
    assume(abs(low) > 1e-9 and abs(high) > 1e-9)
    assert judged.method == PROPORTIONS
    assert judged.verdict == (HIGHER if low > 0 else LOWER if high < 0 else SIMILAR)
    assert [judged.interval_low, judged.interval_high] == pytest.approx(
        [100 * low, 100 * high], abs=1e-7
    )


# --- Rounding

TEXTS = st.builds(
    lambda number, places: f"{Decimal(number).scaleb(-places):f}",
    st.integers(0, 2000),
    st.integers(0, 3),
)


def ends(text: str) -> tuple[Fraction, Fraction]:
    """Return exactly what a printed figure can be rounded from."""
    half = Fraction(1, 2 * 10 ** len(text.partition(".")[2]))
    return Fraction(text) - half, Fraction(text) + half


@given(TEXTS, TEXTS)
@settings(deadline=None)
def test_direction_after_rounding_is_certain_or_not_given(a: str, b: str) -> None:
    """Higher or lower just where no two values that round so could be equal or the other way."""
    judged = rate(printed(a), printed(b))
    (low_a, high_a), (low_b, high_b) = ends(a), ends(b)
    expected = HIGHER if low_a >= high_b else LOWER if high_a <= low_b else NOT_TESTED
    assert judged.verdict == expected
    assert judged.method == (RANGE if expected == NOT_TESTED else ROUNDING)
    assert judged.difference_low == pytest.approx(float(low_a - high_b), abs=CLOSED)
    assert judged.difference_high == pytest.approx(float(high_a - low_b), abs=CLOSED)
    difference = float(a) - float(b)
    if judged.verdict == HIGHER:
        assert difference > 0
    elif judged.verdict == LOWER:
        assert difference < 0
    assert judged.p_value is None
    assert judged.level is None


@pytest.mark.parametrize("texts", [("5.0", "5.0"), ("5", "5.0"), ("5.0", "5"), ("0", "0.0")])
@pytest.mark.parametrize("ask", [rate, outcome, survey])
def test_equal_figures_are_not_tested(ask: Callable[..., Verdict], texts: tuple[str, str]) -> None:
    """Figures that are equal as printed are not similar: what they were rounded from may differ."""
    judged = ask(*(printed(text) for text in texts), polarity="higher-is-better")
    assert (judged.verdict, judged.reading, judged.method, judged.level) == (
        NOT_TESTED, None, RANGE, None,
    )  # fmt: skip
    assert "too coarse" in judged.reason


@pytest.mark.parametrize(
    ("texts", "verdict"),
    [
        (("2", "1"), HIGHER),
        (("1", "2"), LOWER),
        (("5.1", "5.0"), HIGHER),
        (("5", "5.4"), NOT_TESTED),
        (("5.4", "5"), NOT_TESTED),
        (("5.55", "5.5"), NOT_TESTED),
        (("5.56", "5.5"), HIGHER),
    ],
)
def test_ranges_that_touch_are_still_apart(texts: tuple[str, str], verdict: str) -> None:
    """The upper end of a range is not in it, so ranges that touch have no value in common."""
    judged = rate(*(printed(text) for text in texts))
    assert judged.verdict == verdict
    if verdict != NOT_TESTED:
        assert judged.method == ROUNDING


def test_figures_that_touch_have_no_smallest_base() -> None:
    """Where ends meet no base is large enough, and the reason claims none."""
    judged = rate(printed("2"), printed("1"))
    assert judged.smallest_base is None
    assert "is not tested" in judged.reason
    assert "from a base" not in judged.reason


# --- Nought


@pytest.mark.parametrize("ask", [rate, outcome, survey])
@pytest.mark.parametrize(("texts", "verdict"), [(("0.0", "5.0"), LOWER), (("5.0", "0.0"), HIGHER)])
def test_figure_of_nought_is_judged(
    ask: Callable[..., Verdict], texts: tuple[str, str], verdict: str
) -> None:
    """Nought is a figure; only the ratio to it is missing."""
    judged = ask(*(printed(text) for text in texts))
    assert (judged.verdict, judged.method) == (verdict, ROUNDING)
    assert (judged.ratio is None) == (texts[1] == "0.0")
    assert judged.percent_difference_low is None or texts[1] != "0.0"


def test_counts_of_nought_are_tested() -> None:
    """No events against many is a difference; no events against none is not."""
    many = rate(worked_out(0, 1000), worked_out(20, 1000))
    assert (many.verdict, many.method, many.interval_low) == (LOWER, COUNTS, None)
    assert many.p_value == pytest.approx(2 * 0.5**20, abs=1e-12)
    none = rate(worked_out(0, 1000), worked_out(0, 2000))
    assert (none.verdict, none.p_value) == (SIMILAR, 1.0)


def test_one_margin_of_nought_leaves_a_test() -> None:
    """A benchmark known without error has a margin of nought: the other's margin decides."""
    judged = survey(DURHAM, printed("85.0", margin="0.0"))
    assert (judged.verdict, judged.method) == (HIGHER, MARGINS)
    assert judged.z == pytest.approx(3.6 / 1.8 * float(norm.ppf(0.975)), abs=CLOSED)
    assert (judged.benchmark_low, judged.benchmark_high) == (85.0, 85.0)


def test_two_margins_of_nought_are_no_test() -> None:
    """Without any margin there is no variance: the direction after rounding is left."""
    judged = survey(printed("88.6", margin="0.0"), printed("85.0", margin="0.0"))
    assert (judged.verdict, judged.method, judged.level) == (HIGHER, ROUNDING, None)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(Question("rate", PEOPLE, printed("0.0", 3), MORE), id="0.0-from-a-count"),
        pytest.param(Question("rate", PEOPLE, MORE, printed("0", 3)), id="benchmark-of-0"),
        pytest.param(Question("rate", PEOPLE, None, printed("0", 3)), id="without-a-force"),
        pytest.param(Question("rate", PEOPLE, printed(f".{28 * '0'}5"), MORE), id="29-decimals"),
        pytest.param(Question("rate", PEOPLE, printed("5.0", 3, 1e-16), MORE), id="tiny-base"),
        pytest.param(Question("rate", "per 0 heads", FEW, MORE), id="per-nought"),
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
    worked_out,
    st.integers(0, 5000),
    st.integers(1, 10**5),
    st.just(1000),
    st.integers(0, 3),
)
FIGURES = ANY_FIGURE | COUNTED
PAIRS = st.tuples(
    st.sampled_from([("rate", PEOPLE), ("rate", HOMES), ("rate", "per head")]), FIGURES, FIGURES
) | st.tuples(
    st.sampled_from([("outcome", "%"), ("satisfaction", "%")]),
    *[FIGURES.filter(lambda figure: figure.value <= 100)] * 2,
)


@given(PAIRS, st.booleans(), st.sampled_from(POLARITIES), st.sampled_from(LEVELS))
@settings(deadline=None, max_examples=300)
def test_whatever_tables_accept_gets_a_verdict(
    pair: tuple[tuple[str, str], Figure, Figure], part: bool, polarity: str, level: float
) -> None:
    """No figures raise, and what is said of them keeps to the rules that hold for all."""
    kind, force, benchmark = pair
    judged = judge(Question(*kind, force, benchmark, part, polarity, level))
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
    pair: tuple[tuple[str, str], Figure, Figure], level: float
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


@given(
    st.integers(0, 1000),
    st.integers(0, 1000),
    st.integers(0, 100),
    st.integers(1, 100),
    st.sampled_from(LEVELS),
)
@settings(deadline=None)
def test_margins_are_judged_by_the_interval_of_the_difference(
    a: int, b: int, margin_a: int, margin_b: int, level: float
) -> None:
    """Higher or lower just where |d| over its standard error passes SciPy's normal quantile."""
    figures = [
        printed(f"{value / 10:.1f}", margin=f"{margin / 10:.1f}")
        for value, margin in ((a, margin_a), (b, margin_b))
    ]
    judged = survey(*figures, level=level)
    z = (a - b) / math.hypot(margin_a, margin_b) * float(norm.ppf(0.975))
    critical = float(norm.ppf((1 + level) / 2))
    assume(abs(abs(z) - critical) > 1e-9)
    expected = SIMILAR if abs(z) < critical else HIGHER if z > 0 else LOWER
    assert judged.verdict == expected
    assert judged.z == pytest.approx(z, abs=1e-9)
    assert judged.p_value == pytest.approx(2 * float(norm.sf(abs(z))), abs=1e-9)
    assert number(judged.z_low) <= number(judged.z) + 1e-9
    assert number(judged.z_high) >= number(judged.z) - 1e-9


@pytest.mark.parametrize("level", [0.0, 1.0, -0.5, 95.0, math.nan])
@pytest.mark.parametrize("ask", [rate, outcome, survey])
def test_level_outside_0_to_1_is_refused(ask: Callable[..., Verdict], level: float) -> None:
    """A level that is none raises the one error of the methods."""
    with pytest.raises(MethodError, match="level"):
        ask(printed("50", margin="1"), printed("60", margin="1"), level=level)


@pytest.mark.parametrize(
    ("unit", "scale"),
    [
        (PEOPLE, 1000),
        (HOMES, 1000),
        ("per 100 crimes", 100),
        ("per 100,000 population", 100_000),
        ("per head", None),
        ("%", None),
    ],
)
def test_unit_says_what_a_rate_is_per(unit: str, scale: float | None) -> None:
    """The number in a unit is read with its thousands separators, and not made up."""
    assert per(unit) == scale


def test_smallest_base_grows_with_the_unit() -> None:
    """Ten times as many of the base are needed where the same figures are per ten times as many."""
    small = judge(Question("rate", PEOPLE, printed("54.0"), printed("60.7"))).smallest_base
    large = judge(Question("rate", "per 10,000 homes", printed("54.0"), printed("60.7")))
    assert small == 5355
    assert large.smallest_base == pytest.approx(53550, abs=10)
    unknown = judge(Question("rate", "per head", printed("54.0"), printed("60.7")))
    assert (unknown.verdict, unknown.method, unknown.smallest_base) == (LOWER, ROUNDING, None)


@pytest.mark.parametrize(
    ("force", "benchmark"),
    [
        (worked_out(500, 100000), worked_out(400, 200000)),
        (worked_out(500, 100000), worked_out(600, 100000)),
    ],
)
def test_a_part_cannot_be_more_than_its_whole(force: Figure, benchmark: Figure) -> None:
    """A force with more crimes, or as much base, as the whole it is part of is not tested."""
    judged = rate(force, benchmark, part=True)
    assert (judged.verdict, judged.method) == (NOT_TESTED, RANGE)
    assert "part" in judged.reason
    assert rate(force, benchmark).method == COUNTS


def test_the_exact_test_decides_where_the_interval_says_otherwise() -> None:
    """11 and 3 of 1,000 each: p is .057 while the interval of the ratio leaves out 1."""
    judged = rate(worked_out(11, 1000), worked_out(3, 1000))
    assert judged.p_value == pytest.approx(binomtest(11, 14, 0.5).pvalue, abs=1e-9)
    assert (judged.interval_low or 0) > 1
    assert judged.verdict == SIMILAR
    assert "exact test decides" in judged.reason
    assert "exact test decides" not in rate(worked_out(30, 1000), worked_out(3, 1000)).reason


@pytest.mark.parametrize("whole", [0.0, 100.0])
def test_a_benchmark_of_nobody_or_everybody_implies_no_share(whole: float) -> None:
    """Where all or none of the benchmark are satisfied its margin implies no share."""
    force, benchmark = Figure(88.6, 1, None, None, 1.8, 1), Figure(whole, 1, None, None, 0.2, 1)
    judged = judge(Question("satisfaction", "%", force, benchmark, part=True))
    assert judged.verdict == (HIGHER if whole == 0 else LOWER)
    assert "not published" in judged.reason
    assert "imply" not in judged.reason


# --- Changes with their counts

TWO_CHANGES = "two-changes"


def changed(now: int, before: int, places: int = 13) -> Figure:
    """Return a change as it is worked out from two counts."""
    exact = 100 * (Decimal(now) - before) / before
    text = f"{exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    return Figure(float(text), places, now, events_before=before)


def index_of(now: int, before: int, other_now: int, other_before: int, level: float) -> Any:
    """Return the low end, the relative index, the high end and p, by logarithms of the counts."""
    signs = np.array([1, -1, -1, 1])
    four = np.array([now, before, other_now, other_before], dtype=float)
    index, error = signs @ np.log(four), np.sqrt((1 / four).sum())
    ends = np.exp(index + norm.ppf((1 + level) / 2) * error * np.array([-1, 0, 1]))
    return (*ends, 2 * norm.sf(abs(index) / error))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("part", [False, True])
def test_changes_with_counts_are_tested_by_them(level: float, part: bool) -> None:
    """Durham's 33,570 after 29,828 against the country, of which it is a part or is not."""
    judged = change(changed(33_570, 29_828), changed(3_460_860, 3_477_660), part=part, level=level)
    rest = (3_460_860 - 33_570, 3_477_660 - 29_828) if part else (3_460_860, 3_477_660)
    low, _, high, p = index_of(33_570, 29_828, *rest, level)
    assert (judged.verdict, judged.method, judged.level) == (HIGHER, TWO_CHANGES, level)
    assert judged.interval_low == pytest.approx(low, rel=CLOSED)
    assert judged.interval_high == pytest.approx(high, rel=CLOSED)
    assert judged.p_value == pytest.approx(p, rel=1e-6)
    assert ("tested against the rest" in judged.reason) == part
    assert "chance alone" in judged.reason


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


@pytest.mark.parametrize(
    ("force", "benchmark"),
    [
        (changed(120, 100), changed(90, 100)._replace(events=None)),
        (changed(120, 100), changed(90, 100)._replace(events_before=None)),
        (changed(120, 100)._replace(events_before=None), changed(90, 100)),
        (changed(0, 100), changed(90, 100)),
        (changed(120, 100), changed(0, 100)),
    ],
)
def test_a_change_without_a_count_or_with_none_is_not_tested(
    force: Figure, benchmark: Figure
) -> None:
    """All four counts are needed, and of nought there is no logarithm; the gap is still shown."""
    judged = change(force, benchmark)
    assert (judged.verdict, judged.method, judged.level) == (NOT_TESTED, RANGE, None)
    assert judged.difference_low == pytest.approx(force.value - benchmark.value)
    assert "count" in judged.reason


def test_a_force_that_is_all_of_its_benchmark_has_no_rest() -> None:
    """Where nothing is left to hold a change against it is not tested."""
    judged = change(changed(120, 100), changed(120, 100), part=True)
    assert (judged.verdict, judged.method) == (NOT_TESTED, RANGE)


def test_a_change_that_is_not_that_of_its_counts_is_not_tested() -> None:
    """120 after 100 is not +13: a figure and counts that differ cannot both be right."""
    judged = change(printed("13")._replace(events=120, events_before=100), changed(90, 100))
    assert (judged.verdict, judged.method) == (NOT_TESTED, RANGE)
    assert "cannot all be right" in judged.reason
    for text in ("20", "20.0", "+20"):
        figure = Figure(20.0, len(text.partition(".")[2]), 120, events_before=100)
        assert change(figure, changed(90, 100)).method == TWO_CHANGES


@pytest.mark.parametrize(
    ("polarity", "reading"),
    [("none", None), ("higher-is-better", "worse"), ("lower-is-better", "better")],
)
def test_a_change_is_read_by_the_polarity_of_its_metric(polarity: str, reading: str | None) -> None:
    """To fall by more is better of what is better lower, and neither of recorded crime."""
    judged = change(changed(500, 1000), changed(9000, 10_000), polarity=polarity)
    assert (judged.verdict, judged.reading) == (LOWER, reading)


SOME_COUNTS = st.integers(1, 10**6)


@given(SOME_COUNTS, SOME_COUNTS, SOME_COUNTS, SOME_COUNTS, st.sampled_from(LEVELS))
@settings(deadline=None)
def test_a_verdict_on_changes_agrees_with_its_interval_and_p(
    now: int, before: int, other_now: int, other_before: int, level: float
) -> None:
    """Higher where the interval is above one and p is small; with the two changed about, lower."""
    force, benchmark = changed(now, before, 9), changed(other_now, other_before, 9)
    judged = change(force, benchmark, level=level)
    low, index, high, p = index_of(now, before, other_now, other_before, level)
    assume(abs(p - (1 - level)) > CLOSED)
    expected = SIMILAR if low <= 1 <= high else HIGHER if index > 1 else LOWER
    assert (judged.verdict, judged.method) == (expected, TWO_CHANGES)
    assert (number(judged.p_value) < 1 - level) == (judged.verdict != SIMILAR)
    assert change(benchmark, force, level=level).verdict == MIRRORED[judged.verdict]


# --- Against the mean of a group

GROUP = ((1600, 200_000.0), (700, 100_000.0))
OWN = worked_out(500, 100_000, places=9)


def against_mean(
    force: Figure, others: tuple[tuple[int, float], ...], *, part: bool = True, **more: Any
) -> Verdict:
    """Judge a rate against the unweighted mean of a group's."""
    rates = [1000 * count / base for count, base in others]
    if part and force.events is not None and force.base is not None:
        rates.append(1000 * force.events / force.base)
    mean = printed(f"{math.fsum(rates) / len(rates):.9f}")
    return rate(force, mean, part=part, mean=True, others=others, **more)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("part", [False, True])
def test_a_rate_is_tested_against_the_mean_of_a_group(part: bool, level: float) -> None:
    """By weights: 2/3 of the own rate less 1/3 of either other, or all of it less their halves."""
    judged = against_mean(OWN, GROUP, part=part, level=level)
    weights = np.array([2, -1, -1]) / 3 if part else np.array([1, -0.5, -0.5])
    counts, bases = np.array([500, 1600, 700]), np.array([1e5, 2e5, 1e5])
    difference = 1000 * weights @ (counts / bases)
    error = 1000 * np.sqrt(weights**2 @ (counts / bases**2))
    half = norm.ppf((1 + level) / 2) * error
    assert (judged.verdict, judged.method, judged.level) == (LOWER, MEAN, level)
    assert (judged.interval_low, judged.interval_high) == pytest.approx(
        (difference - half, difference + half)
    )
    assert judged.z == pytest.approx(difference / error)
    assert judged.p_value == pytest.approx(2 * norm.sf(abs(difference / error)))
    assert ("one of the group" in judged.reason) == part
    assert "chance alone" in judged.reason


def test_a_unit_is_that_of_the_interval_about_a_mean() -> None:
    """Per 100,000 the interval is a hundred times that per 1,000."""
    usual = against_mean(OWN, GROUP)
    scaled = judge(
        Question(
            "rate",
            "per 100,000 population",
            worked_out(500, 100_000, 100_000, 9),
            printed(f"{100 * (5 + 8 + 7) / 3:.9f}"),
            part=True,
            mean=True,
            others=GROUP,
        )
    )
    assert scaled.interval_low == pytest.approx(100 * number(usual.interval_low))
    assert scaled.z == pytest.approx(number(usual.z))


@pytest.mark.parametrize(
    "judged",
    [
        rate(OWN, printed("6.7"), part=True, mean=True),
        rate(OWN._replace(events=None), printed("6.7"), part=True, mean=True, others=GROUP),
        rate(OWN._replace(base=None), printed("6.7"), mean=True, others=GROUP),
        change(changed(120, 100), printed("5.1"), part=True, mean=True),
        outcome(HALF, printed("55.1"), mean=True),
        survey(DURHAM, NATIONAL, mean=True),
    ],
)
def test_a_mean_is_tested_only_with_all_counts(judged: Verdict) -> None:
    """Without a count and base, or of what is no rate, there is a reason and no verdict."""
    assert (judged.verdict, judged.method, judged.level) == (NOT_TESTED, NONE, None)
    assert "mean of a group" in judged.reason
    assert (judged.interval_low, judged.p_value) == (None, None)


@given(
    st.tuples(st.integers(10, 10**6), st.integers(10**3, 10**7)),
    st.lists(
        st.tuples(st.integers(10, 10**6), st.integers(10**3, 10**7).map(float)),
        min_size=1,
        max_size=6,
    ),
    st.booleans(),
    st.sampled_from(LEVELS),
)
@settings(deadline=None)
def test_a_verdict_on_a_mean_agrees_with_its_interval_and_p(
    own: tuple[int, int], others: list[tuple[int, float]], part: bool, level: float
) -> None:
    """The verdict is the side of nought that the interval is on, or similar across it."""
    force = worked_out(*own, places=9)
    judged = against_mean(force, tuple(others), part=part, level=level)
    low, high = number(judged.interval_low), number(judged.interval_high)
    assume(abs(number(judged.p_value) - (1 - level)) > CLOSED)
    assert judged.method == MEAN
    assert judged.verdict == (HIGHER if low > 0 else LOWER if high < 0 else SIMILAR)
    assert (number(judged.p_value) < 1 - level) == (judged.verdict != SIMILAR)


@pytest.mark.parametrize("place", ["force", "others"])
def test_a_mean_is_not_tested_where_a_count_is_small(place: str) -> None:
    """Below 10 crimes in any force of the group the normal distribution is not relied on."""
    small, large = Figure(9.0, 9, 9, 1000.0), Figure(12.0, 9, 12, 1000.0)
    force, others = (small, ((12, 1000.0),)) if place == "force" else (large, ((9, 1000.0),))
    judged = rate(force, printed("10.5"), mean=True, others=others)
    assert judged.verdict == NOT_TESTED
    assert "below 10" in judged.reason


def test_a_group_of_the_force_alone_is_said_to_be_one() -> None:
    """With nobody else in the group there is nothing to compare with, and the reason says so."""
    judged = rate(OWN, printed("6.7"), part=True, mean=True, others=())
    assert judged.verdict == NOT_TESTED
    assert "no other force" in judged.reason
