"""Each comparison has the verdict of its own two figures, by what is known of the two areas."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from asking import (
    CLOSED,
    DURHAM,
    HOMES,
    NATIONAL,
    PEOPLE,
    change,
    number,
    outcome,
    printed,
    rate,
    survey,
)
from rows import compared
from scipy.stats import norm

import crimecmp
from crimecmp.comparison.judging import judge
from crimecmp.comparison.methods import COUNTS, MARGINS, MEAN, NONE, PROPORTIONS, RANGE, ROUNDING
from crimecmp.comparison.question import Question
from crimecmp.comparison.request import LEVELS
from crimecmp.comparison.row import Comparison, Verdict
from crimecmp.comparison.verdict_words import HIGHER, LOWER, NOT_TESTED, SIMILAR

PRINTED = 5e-7
"""Worked values that are given to six decimals."""

Load = Callable[..., crimecmp.Dataset]


def row_of(rows: list[Comparison], metric: str, since: str = "None") -> Comparison:
    """Return the first row on a metric, of changes that since a day."""
    return next(row for row in rows if (row.metric, str(row.base_period_end)) == (metric, since))


def ratios(verdict: Verdict) -> tuple[float | None, ...]:
    """Return the ratio of a verdict and its range."""
    return verdict.ratio, verdict.ratio_low, verdict.ratio_high


# --- The measured facts, of the bundled figures and asked by themselves

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


def hold_rate(tested: Verdict, metric: str, level: float) -> None:
    """Compare what is said of one of Durham's rates with the worked values."""
    _, _, low, high, percent_low, percent_high, smallest, at_998 = RATES[metric]
    assert (tested.difference_low, tested.difference_high) == pytest.approx((low, high), abs=CLOSED)
    percent = (tested.percent_difference_low, tested.percent_difference_high)
    assert percent == pytest.approx((percent_low, percent_high), abs=CLOSED)
    assert ratios(tested) == pytest.approx(RATIOS[metric], abs=CLOSED)
    assert tested.smallest_base == (smallest if level == 0.95 else at_998)
    assert tested.verdict == (LOWER if low < 0 else HIGHER)
    assert (tested.method, tested.level, tested.reading) == (ROUNDING, None, None)
    assert tested.interval_level == level


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("metric", RATES)
def test_each_rate_is_judged_as_calculated_apart(metric: str, level: float) -> None:
    """The six printed rates give the ranges, directions and smallest bases of the methods."""
    force, benchmark = (printed(text) for text in RATES[metric][:2])
    unit = HOMES if metric == "burglary-in-a-dwelling" else PEOPLE
    hold_rate(
        judge(Question("rate", unit, force, benchmark, part=True, level=level)), metric, level
    )


@pytest.mark.parametrize("level", LEVELS)
def test_rates_of_the_bundled_tables_are_judged_so_too(
    bundled: crimecmp.Dataset, level: float
) -> None:
    """The rows of Durham's six rates have the worked values, at either level."""
    rows = compared(bundled, "rates", level=level)
    assert [row.metric for row in rows] == list(RATES)
    for row in rows:
        hold_rate(row.tested, row.metric, level)


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
    row = row_of(compared(bundled, "rates", level=level), "anti-social-behaviour")
    for tested in (row.tested, rate(printed("47.4", 29439), printed("36.8"), level=level)):
        assert (tested.force_low, tested.force_high) == pytest.approx((low, high), abs=CLOSED)
        assert (tested.benchmark_low, tested.benchmark_high) == (None, None)
        assert (tested.verdict, tested.method, tested.level) == (HIGHER, ROUNDING, None)


def test_rates_without_a_count_have_no_interval(bundled: crimecmp.Dataset) -> None:
    """Only the figure whose count is known has an interval of its own."""
    for row in compared(bundled, "rates"):
        known = row.metric == "anti-social-behaviour"
        ends = (row.tested.force_low, row.tested.force_high)
        assert [end is not None for end in ends] == [known, known]


@pytest.mark.parametrize(("level", "smallest"), [(0.95, 93), (0.998, 230)])
def test_detections_are_ten_points_higher_after_rounding(
    bundled: crimecmp.Dataset, level: float, smallest: int
) -> None:
    """36 against 26 is 9 to 11 points, a ratio of 1.340 to 1.431; as proportions from 93 or 230."""
    figures = printed("36"), printed("26")
    asked = outcome(*figures, polarity="higher-is-better", level=level, shares=True)
    row = row_of(compared(bundled, "outcomes", level=level), "detection-rate")
    assert row.difference == 10
    assert asked.smallest_base == smallest
    for tested in (row.tested, asked):
        assert (tested.difference_low, tested.difference_high) == (9, 11)
        assert (tested.percent_difference_low, tested.percent_difference_high) == (None, None)
        assert ratios(tested) == pytest.approx([36 / 26, 35.5 / 26.5, 36.5 / 25.5], abs=CLOSED)
        assert (tested.verdict, tested.reading, tested.method, tested.level) == (
            HIGHER, "better", ROUNDING, None,
        )  # fmt: skip


@pytest.mark.parametrize("level", LEVELS)
def test_the_smallest_base_of_a_ratio_is_that_of_a_rate_per_100(
    bundled: crimecmp.Dataset, level: float
) -> None:
    """Detections are counts over crimes: from Byar's limits, at 35.5 per 100 above 26.5."""
    z = float(norm.ppf((1 + level) / 2))

    def low(base: int) -> float:
        count = 0.355 * base
        return count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3 / base

    expected = next(base for base in range(50, 1000) if low(base) > 0.265)
    row = row_of(compared(bundled, "outcomes", level=level), "detection-rate")
    assert row.tested.smallest_base == expected
    over = outcome(printed("136"), printed("26"), level=level)
    assert over.smallest_base is not None


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    ("metric", "since", "force", "benchmark", "gap", "index"),
    [
        ("crime-excluding-fraud", "2010-06-30", -11, -16, (4, 6), (1.060, 1.047, 1.072)),
        ("crime-excluding-fraud", "2013-06-30", 13, -1, (13, 15), (1.141, 1.131, 1.152)),
        ("victim-based-crime", "2010-06-30", -11, -16, (4, 6), (1.060, 1.047, 1.072)),
    ],
)
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
    row = row_of(compared(bundled, "changes", level=level), metric, since)
    asked = change(printed(str(force)), printed(str(benchmark)), level=level)
    assert row.difference == force - benchmark
    for tested in (row.tested, asked):
        assert (tested.difference_low, tested.difference_high) == gap
        assert ratios(tested) == pytest.approx(index, abs=5e-4)
        assert tested.ratio == pytest.approx((100 + force) / (100 + benchmark), abs=CLOSED)
        assert (tested.verdict, tested.method, tested.level, tested.smallest_base) == (
            NOT_TESTED, RANGE, None, None,
        )  # fmt: skip
        assert tested.reason


def test_change_without_a_benchmark_is_not_tested(bundled: crimecmp.Dataset) -> None:
    """Anti-social behaviour fell by 4 %; nothing is printed of England and Wales to judge it by."""
    row = row_of(compared(bundled, "changes"), "anti-social-behaviour", "2013-03-31")
    assert (row.force_value, row.benchmark_value) == (-4, None)
    assert (row.tested.verdict, row.tested.method, row.tested.level) == (NOT_TESTED, NONE, None)
    assert "missing" in row.tested.reason


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
    against, _ = compared(bundled, "satisfaction", level=level)
    asked = survey(DURHAM, NATIONAL, part=True, polarity="higher-is-better", level=level)
    assert against.benchmark == "england-and-wales"
    for tested in (against.tested, asked):
        assert tested.z == pytest.approx(3.895952649560905, abs=CLOSED)
        assert tested.p_value == pytest.approx(9.78134985706921e-05, abs=1e-12)
        assert (tested.interval_low, tested.interval_high) == pytest.approx((low, high), abs=CLOSED)
        assert tested.z_low == pytest.approx(3.674639542673606, abs=CLOSED)
        assert tested.z_high == pytest.approx(4.128784644848176, abs=CLOSED)
        assert (tested.verdict, tested.reading, tested.method, tested.level) == (
            HIGHER, "better", MARGINS, level,
        )  # fmt: skip
        assert "0.98%" in tested.reason
        assert "3.934" in tested.reason
        assert "part of the benchmark" in tested.reason
        gap = (tested.difference_low, tested.difference_high)
        assert gap == pytest.approx((3.5, 3.7), abs=CLOSED)


@pytest.mark.parametrize("level", LEVELS)
def test_satisfaction_is_similar_to_the_year_before(
    bundled: crimecmp.Dataset, level: float
) -> None:
    """88.6 ± 1.8 against 89.6 ± 1.5: Z -0.836, p 0.403, similar at every rounding."""
    _, before = compared(bundled, "satisfaction", level=level)
    earlier = printed("89.6", margin="1.5")
    asked = survey(DURHAM, earlier, polarity="higher-is-better", level=level)
    half = float(norm.ppf((1 + level) / 2)) * 1.195468345976698
    assert before.benchmark == before.force == "durham"
    for tested in (before.tested, asked):
        assert tested.z == pytest.approx(-0.8364922445378508, abs=CLOSED)
        assert tested.p_value == pytest.approx(0.40287803793043886, abs=CLOSED)
        ends = (tested.interval_low, tested.interval_high)
        assert ends == pytest.approx((-1 - half, -1 + half), abs=CLOSED)
        assert tested.z_low == pytest.approx(-0.9486491310649442, abs=CLOSED)
        assert tested.z_high == pytest.approx(-0.7308742069583115, abs=CLOSED)
        assert (tested.verdict, tested.reading, tested.method, tested.level) == (
            SIMILAR, None, MARGINS, level,
        )  # fmt: skip
        assert "part of the benchmark" not in tested.reason
        if level == 0.95:
            assert ends == pytest.approx((-3.343075, 1.343075), abs=PRINTED)


# --- What is known of the two areas


COUNTED = (
    "durham,crime,2014-06-30,,5.0,500,100000",
    "kent,crime,2014-06-30,,6.0,600,100000",
    "england-and-wales,crime,2014-06-30,,5.5,5500,1000000",
)


@pytest.mark.parametrize(
    ("choices", "part", "rest"),
    [
        ({}, True, (5000, 900_000)),
        ({"benchmark": "kent"}, False, (600, 100_000)),
        ({"group": "alone", "weighted": True}, False, (600, 100_000)),
        ({"group": "both", "weighted": True}, True, (600, 100_000)),
    ],
)
def test_a_force_is_held_against_the_rest_of_what_it_is_part_of(
    load: Load, tmp_path: Path, choices: dict[str, Any], part: bool, rest: tuple[int, int]
) -> None:
    """Durham is part of England and Wales and of its group, and of no other force or group."""
    groups = "group,label,forces\nalone,Alone,kent\nboth,Both,durham;kent\n"
    (tmp_path / "groups.csv").write_text(groups)
    [row] = compared(load(rates=[*COUNTED]), "rates", **choices)
    low, high = row.tested.interval_low, row.tested.interval_high
    ratio = (500 / 100_000) / (rest[0] / rest[1])
    assert row.tested.method == COUNTS
    assert math.sqrt(number(low) * number(high)) == pytest.approx(ratio, rel=1e-9)
    assert ("part of the benchmark" in row.tested.reason) == part


def test_an_area_that_is_no_territorial_force_is_no_part(load: Load, tmp_path: Path) -> None:
    """What is not one of the territorial forces is held against all of England and Wales."""
    (tmp_path / "forces.csv").write_text("force,name,territorial\nrail,Rail Police,false\n")
    data = load(rates=["rail,crime,2014-06-30,,5.0,500,100000", COUNTED[2]])
    [row] = compared(data, "rates", "rail")
    assert row.tested.method == COUNTS
    assert "part of the benchmark" not in row.tested.reason


@pytest.mark.parametrize(
    ("metric", "method"),
    [("detection-rate", COUNTS), ("outcome-charged-or-summonsed", PROPORTIONS)],
)
def test_a_percentage_is_tested_as_what_its_metric_is(load: Load, metric: str, method: str) -> None:
    """Detections are a ratio of counts, outcomes a part of the crimes: as metrics.csv says."""
    data = load(
        outcomes=[
            f"durham,{metric},2014-03-31,,36,360,1000",
            f"kent,{metric},2014-03-31,,26,260,1000",
        ]
    )
    [row] = compared(data, "outcomes", benchmark="kent")
    assert (row.tested.verdict, row.tested.method) == (HIGHER, method)


def test_a_mean_is_tested_by_the_counts_of_all_its_forces(load: Load, tmp_path: Path) -> None:
    """The counts and bases of a group's other forces go with the question, each with its own."""
    (tmp_path / "groups.csv").write_text("group,label,forces\nboth,Both,durham;kent\n")
    [row] = compared(load(rates=[*COUNTED]), "rates", group="both")
    # Half of the force's own rate less half of the other's: each varies as its count over its base.
    error = 1000 * math.sqrt(500 + 600) / 100_000 / 2
    assert row.tested.method == MEAN
    assert row.tested.z == pytest.approx(-0.5 / error)


@pytest.mark.parametrize(
    ("metric", "reading"), [("good", "better"), ("bad", "worse"), ("plain", None)]
)
def test_a_verdict_is_read_by_the_polarity_of_its_metric(
    load: Load, tmp_path: Path, metric: str, reading: str | None
) -> None:
    """To be higher is better, worse or neither, as the table of metrics says."""
    (tmp_path / "metrics.csv").write_text(
        "metric,label,unit,polarity\n"
        'good,Good,"per 1,000 population",higher-is-better\n'
        'bad,Bad,"per 1,000 population",lower-is-better\n'
        'plain,Plain,"per 1,000 population",none\n'
    )
    data = load(
        rates=[f"kent,{metric},2014-06-30,,7.0", f"england-and-wales,{metric},2014-06-30,,5.0"]
    )
    [row] = compared(data, "rates", "kent")
    assert (row.tested.verdict, row.tested.reading) == (HIGHER, reading)


@pytest.mark.parametrize("level", LEVELS)
def test_a_verdict_is_at_the_level_asked_for(load: Load, level: float) -> None:
    """The level of the request is that of the test and of the intervals."""
    [row] = compared(load(rates=[*COUNTED]), "rates", benchmark="kent", level=level)
    assert (row.tested.level, row.tested.interval_level) == (level, level)
    assert row.tested.verdict == {0.95: LOWER, 0.998: SIMILAR}[level]


def test_a_count_alone_or_a_base_alone_is_not_tested(load: Load) -> None:
    """Without the count or the base of either, the direction after rounding is all there is."""
    for kent in (",500", ",,100000"):
        data = load(rates=[f"kent,crime,2014-06-30,,5.0{kent}", COUNTED[2]])
        [row] = compared(data, "rates", "kent")
        assert (row.tested.verdict, row.tested.method) == (LOWER, ROUNDING)
