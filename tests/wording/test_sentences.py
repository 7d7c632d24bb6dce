"""A verdict in words claims what its method allows, and no more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bundled import dataset
from hypothesis import given
from hypothesis import strategies as st

import crimecmp
from crimecmp.comparison.kinds import KINDS
from crimecmp.comparison.methods import COUNTS, MARGINS, PROPORTIONS, RANGE, ROUNDING
from crimecmp.comparison.pairing import comparisons
from crimecmp.comparison.request import LEVELS, requested
from crimecmp.comparison.row import Comparison
from crimecmp.comparison.verdict_words import NOT_TESTED
from crimecmp.wording.sentences import (
    base_words,
    basis_words,
    chance_words,
    figures_words,
    own_interval,
    range_words,
    sentence,
    short_sentence,
    verdict_words,
)

METRICS = """metric,label,unit,base,polarity
good,Good things,%,crimes,higher-is-better
bad,Bad things,"per 1,000 population",population,lower-is-better
plain,Plain things,"per 1,000 population",population,none
homes,Things of homes,"per 1,000 households",households,none
heads,Things of heads,per head,,none
asked,People content,%,victims surveyed,higher-is-better
"""
HEADERS = {
    "rates": "force,metric,period_end,source,value,count,base",
    "outcomes": "force,metric,period_end,source,percent,count,base",
    "satisfaction": "force,metric,period_end,source,percent,margin",
    "changes": "force,metric,period_end,base_period_end,source,percent",
    "sources": "source,title",
}
FORCE, BENCHMARK = "Kent", "Essex"
PER_CENT = {0.95: "95 %", 0.998: "99.8 %"}

Compare = Callable[..., Comparison]


@pytest.fixture
def paired(tmp_path: Path) -> Compare:
    """Return a function that compares Kent's cells with Essex's, as `metric` and `table` say."""

    def compare(
        table: str, metric: str, kent: str, essex: str, level: float = 0.95, against: str = "essex"
    ) -> Comparison:
        dates = "2014-06-30,2013-06-30" if table == "changes" else "2014-06-30"
        rows = [f"kent,{metric},{dates},s,{kent}", f"{against},{metric},{dates},s,{essex}"]
        width = HEADERS[table].count(",")
        rows = [row + "," * (width - row.count(",")) for row in rows]
        (tmp_path / f"{table}.csv").write_text("\n".join([HEADERS[table], *rows, ""]), "utf-8")
        (tmp_path / "metrics.csv").write_text(METRICS, "utf-8")
        (tmp_path / "sources.csv").write_text("source,title\ns,S\n", "utf-8")
        data = crimecmp.load(tmp_path)
        [row] = comparisons(data, table, requested(data, ["kent"], against, level=level))
        return row

    return compare


def all_said(row: Comparison) -> str:
    """Return all that pages say of a comparison; without a difference there is no short form."""
    short = "" if row.difference is None else short_sentence(row)
    parts = [said(row), short, verdict_words(row), basis_words(row)]
    return " ".join(filter(None, parts))


def bundled_rows(level: float = 0.95) -> Iterator[Comparison]:
    """Yield all comparisons of Durham that the bundled tables allow."""
    for table in KINDS:
        yield from comparisons(dataset(), table, requested(dataset(), level=level))


def said(row: Comparison) -> str:
    """Return what is said of Kent against Essex."""
    return sentence(row, FORCE, BENCHMARK)


# --- What each method says


@pytest.mark.parametrize(("level", "base"), [(0.95, "2,349"), (0.998, "5,326")])
def test_direction_after_rounding_in_words(paired: Compare, level: float, base: str) -> None:
    """It names direction, range and smallest base, and claims no level for the direction."""
    row = paired("rates", "homes", "5.0", "8.9", level)
    assert row.tested.method == ROUNDING
    assert said(row) == (
        "Kent is lower than Essex after rounding; the printed figures allow -44.7 % to -42.9 %; "
        f"chance is ruled out ({PER_CENT[level]}) for any area with {base} households or more, "
        "the benchmark taken as exact."
    )
    assert short_sentence(row) == (
        "rounding allows -44.7 % to -42.9 %; "
        f"chance is ruled out ({PER_CENT[level]}) for any area with {base} households or more, "
        "the benchmark taken as exact."
    )
    assert (verdict_words(row), basis_words(row)) == ("lower", "after rounding")


def test_direction_without_a_smallest_base_in_words(paired: Compare) -> None:
    """Where no base can be named the sentence says that chance cannot be tested."""
    for metric, kent, essex in (("heads", "5.0", "8.9"), ("plain", "2", "1")):
        row = paired("rates", metric, kent, essex)
        assert row.tested.method == ROUNDING
        assert "after rounding" in said(row)
        assert said(row).endswith("chance is not tested.")
        assert "ruled out" not in said(row) + short_sentence(row)


@pytest.mark.parametrize("level", LEVELS)
def test_margins_in_words(paired: Compare, level: float) -> None:
    """It names level, interval in points, Z with its range, p, and whether rounding matters."""
    row = paired("satisfaction", "asked", "88.6,1.8", "85.0,0.2", level)
    ends = {0.95: "+1.8 to +5.4", 0.998: "+0.7 to +6.5"}[level]
    words = PER_CENT[level]
    assert row.tested.method == MARGINS
    tested = f"{words} interval {ends} points, Z 3.896 (3.675 to 4.129 within rounding) and p below"
    assert said(row).startswith(f"Kent is higher than Essex at {words}; {tested} 0.001.")
    assert "every value that the printed figures can be rounded from" in said(row)
    assert short_sentence(row).startswith(tested)
    assert (verdict_words(row), basis_words(row)) == ("higher (better)", words)


@pytest.mark.parametrize("level", LEVELS)
def test_similar_in_words(paired: Compare, level: float) -> None:
    """Similar is 'similar to', with its interval and p to three decimals."""
    row = paired("satisfaction", "asked", "88.6,1.8", "89.6,1.5", level)
    ends = {0.95: "-3.3 to +1.3", 0.998: "-4.7 to +2.7"}[level]
    assert said(row).startswith(
        f"Kent is similar to Essex: no difference shows at {PER_CENT[level]}; "
    )
    assert f"interval {ends} points, Z -0.836 (-0.949 to -0.731 within rounding)" in said(row)
    assert "p 0.403" in said(row)
    assert verdict_words(row) == "similar"


@pytest.mark.parametrize("level", LEVELS)
def test_proportions_in_words(paired: Compare, level: float) -> None:
    """It names level and interval of the difference in points."""
    row = paired("outcomes", "good", "50,500,1000", "60,600,1000", level)
    ends = {0.95: "-14.3 to -5.6", 0.998: "-16.7 to -3.1"}[level]
    words = PER_CENT[level]
    assert row.tested.method == PROPORTIONS
    assert said(row).startswith(
        f"Kent is lower than Essex at {words}; {words} interval {ends} points."
    )
    assert verdict_words(row) == "lower (worse)"


@pytest.mark.parametrize("level", LEVELS)
def test_counts_in_words(paired: Compare, level: float) -> None:
    """It names level, ratio of the two rates with its interval, and p."""
    row = paired("rates", "bad", "5.0,500,100000", "6.0,600,100000", level)
    ends = {0.95: "0.740 to 0.938", 0.998: "0.691 to 1.005"}[level]
    words = PER_CENT[level]
    assert row.tested.method == COUNTS
    direction = {
        0.95: "Kent is lower than Essex at",
        0.998: "Kent is similar to Essex: no difference shows at",
    }[level]
    assert said(row).startswith(f"{direction} {words}; ratio 0.833, {words} ")
    assert f"interval {ends} and p 0.003" in said(row)


def test_counts_of_nought_in_words(paired: Compare) -> None:
    """Without a ratio the probability alone is said."""
    row = paired("rates", "bad", "0.0,0,1000", "20.0,20,1000")
    assert said(row).startswith("Kent is lower than Essex at 95 %; p below 0.001.")
    assert "ratio" not in said(row)
    assert verdict_words(row) == "lower (better)"


@pytest.mark.parametrize("method", [PROPORTIONS, COUNTS])
def test_tests_of_counts_say_what_they_cannot_know(paired: Compare, method: str) -> None:
    """A test of counts has its reason in the sentence, the force being no part of the benchmark."""
    table, metric, kent, essex = {
        PROPORTIONS: ("outcomes", "good", "50,500,1000", "60,600,1000"),
        COUNTS: ("rates", "bad", "5.0,500,100000", "6.0,600,100000"),
    }[method]
    row = paired(table, metric, kent, essex)
    assert row.tested.reason
    assert row.tested.reason in said(row)


@pytest.mark.parametrize(
    ("kent", "whole"),
    [
        ("2.0,2000000,1000000000", "1.5,3000000,2000000000"),  # half of the benchmark
        ("2,1600000,1000000000", "2,4800000,3000000000"),
    ],
)
def test_ratio_lies_in_the_interval_that_is_said_of_it(
    paired: Compare, kent: str, whole: str
) -> None:
    """A ratio and its interval in one breath are of the same two counts: force and the rest."""
    row = paired("rates", "plain", kent, whole, against="england-and-wales")
    assert row.tested.method == COUNTS
    found = re.search(r"ratio ([0-9.]+), 95 % interval ([0-9.]+) to ([0-9.]+)", said(row))
    assert found
    ratio, low, high = (float(part) for part in found.groups())
    assert low <= ratio <= high


def test_ratio_of_coarsely_printed_rates_lies_in_its_interval(paired: Compare) -> None:
    """1 against 1 per 1,000 with counts of 14 and 6 is not 'ratio 1.000, interval 2.1 to 2.6'."""
    row = paired("rates", "plain", "1,1400,1000000", "1,600,1000000")
    found = re.search(r"ratio ([0-9.]+), 95 % interval ([0-9.]+) to ([0-9.]+)", said(row))
    assert found
    ratio, low, high = (float(part) for part in found.groups())
    assert low <= ratio <= high


@pytest.mark.parametrize(
    ("kent", "essex", "allowed"),
    [
        ("-11", "-16", "+4 to +6 points (relative index 1.060, 1.047 to 1.072)"),
        ("13", "-1", "+13 to +15 points (relative index 1.141, 1.131 to 1.152)"),
        ("5", "5", "-1 to +1 points (relative index 1.000, 0.991 to 1.010)"),
    ],
)
def test_changes_in_words(paired: Compare, kent: str, essex: str, allowed: str) -> None:
    """Changes are not tested, their gap in points and the relative index are given, and why."""
    row = paired("changes", "plain", kent, essex)
    assert re.match(r"[\w ]*\bnot tested\b[\w ]*; the printed figures allow ", said(row))
    assert f"; the printed figures allow {allowed}. " in said(row)
    assert "cannot be told" in said(row)
    assert short_sentence(row).startswith(f"rounding allows {allowed}; not tested")
    assert (verdict_words(row), basis_words(row)) == (NOT_TESTED, "")


@pytest.mark.parametrize("table", ["rates", "outcomes"])
def test_equal_figures_in_words(paired: Compare, table: str) -> None:
    """Equal figures are not tested, with the reason, and no direction is named."""
    metric = "plain" if table == "rates" else "good"
    words = said(paired(table, metric, "5.0", "5.0"))
    assert "not tested" in words.partition(";")[0]
    assert "too coarse" in words
    assert not re.search("is (higher|lower|similar)", words)


def test_missing_figure_in_words(paired: Compare) -> None:
    """A missing figure gives the reason and not a range."""
    words = said(paired("rates", "plain", "5.0", ""))
    assert "not tested" in words.partition(":")[0]
    assert words.endswith(": One of the two figures is missing.")
    assert "allow" not in words


def test_contradicting_counts_in_words(paired: Compare) -> None:
    """Counts that contradict the figure are said, in the short sentence too, not their want."""
    row = paired("rates", "plain", "5.0,500,90000", "6.0,600,100000")
    assert row.tested.method == RANGE
    assert "count and base" in said(row)
    assert "for want of counts" not in short_sentence(row)


def test_comparison_with_itself_in_words() -> None:
    """The year before is 'itself a year before'."""
    row = next(row for row in bundled_rows() if row.against_itself)
    words = sentence(row, "Durham", "a year before")
    assert words.startswith(
        "Durham is similar to itself a year before: no difference shows at 95 %; "
    )


# --- Two claims that are never mixed up


@pytest.mark.parametrize("level", LEVELS)
def test_no_method_makes_the_other_ones_claim(level: float) -> None:
    """A test never says 'after rounding'; a direction after rounding has a level for chance alone.

    In its sentence the level stands in brackets, behind what is said of chance and of the count.
    """
    words = PER_CENT[level]
    for row in bundled_rows(level):
        both = [sentence(row, "Durham", "England and Wales")]
        if row.difference is not None:
            both.append(short_sentence(row))
        for text in both:
            if row.tested.method == ROUNDING:
                assert f"at {words}" not in text
                verdict = text.replace(f"chance is ruled out ({words})", "")
                assert words not in re.sub(r" By the force's count alone .*", "", verdict)
                assert "interval" not in text
                assert not re.search(r"\bp (0|below)|\bZ ", text)
            else:
                assert "after rounding" not in text
                assert "ruled out" not in text
        if row.tested.method == ROUNDING:
            assert "after rounding; " in both[0]
            assert basis_words(row) == "after rounding"
        elif row.tested.verdict != NOT_TESTED:
            assert f" at {words}; " in both[0]
            assert basis_words(row) == words
        else:
            assert basis_words(row) == ""
        other = PER_CENT[0.998 if level == 0.95 else 0.95]
        assert other not in both[0]


def test_metric_without_polarity_is_never_better_or_worse(paired: Compare) -> None:
    """Recorded crime is higher or lower and neither good nor bad, in no words at all."""
    rows = [
        paired("rates", "plain", "5.0,500,100000", "6.0,600,100000"),
        paired("rates", "homes", "8.9", "5.0"),
        *(row for row in bundled_rows() if row.kind in ("rate", "change")),
    ]
    for row in rows:
        assert not re.search("better|worse|good|bad", all_said(row))


@pytest.mark.parametrize(
    ("metric", "values", "words"),
    [
        ("bad", ("6.0", "5.0"), "higher (worse)"),
        ("bad", ("5.0", "6.0"), "lower (better)"),
        ("plain", ("6.0", "5.0"), "higher"),
        ("plain", ("5.0", "5.0"), "not tested"),
        ("bad", ("5.0", "5.0"), "not tested"),
    ],
)
def test_verdict_with_its_reading(
    paired: Compare, metric: str, values: tuple[str, str], words: str
) -> None:
    """A reading stands in brackets behind the verdict, where there is one."""
    assert verdict_words(paired("rates", metric, *values)) == words


# --- Points and per cent


@pytest.mark.parametrize("level", LEVELS)
def test_percentages_differ_in_points(level: float) -> None:
    """What is said of two percentages is in points; per cent stand only behind a level."""
    for row in bundled_rows(level):
        if row.unit != "%" or row.benchmark_value is None:
            continue
        text = sentence(row, "Durham", "England and Wales")
        assert " points" in text
        levels = text.replace("99.8 %", "").replace("95 %", "").replace("0.98 %", "")
        assert "%" not in levels


def test_rates_differ_in_per_cent_of_the_benchmark() -> None:
    """What is said of two rates is in per cent and never in points."""
    for row in bundled_rows():
        if row.kind == "rate":
            text = sentence(row, "Durham", "England and Wales") + short_sentence(row)
            assert "points" not in text
            assert re.search(r"[+-][0-9.]+ % to [+-][0-9.]+ %", text)


# --- Numbers


@pytest.mark.parametrize(
    ("low", "high", "places", "words"),
    [
        (0.25, 0.35, 1, "+0.3 to +0.4"),
        (-0.25, -0.35, 1, "-0.3 to -0.4"),
        (2.5, -2.5, 0, "+3 to -3"),
        (1.005, 2.675, 2, "+1.01 to +2.68"),
        (-0.04, 0.04, 1, "0.0 to 0.0"),
        (9.0, 11.0, 0, "+9 to +11"),
    ],
)
def test_halves_are_rounded_away_from_zero(
    low: float, high: float, places: int, words: str
) -> None:
    """Numbers in sentences are rounded as written, halves away from zero; nought has no sign."""
    assert range_words(low, high, places, "") == words
    assert range_words(low, high, places, " %") == words.replace(" to", " % to") + " %"


@given(st.integers(-10_000, 10_000))
def test_tenths_are_rounded_by_the_schoolbook(hundredths: int) -> None:
    """Each number of two decimals goes to the nearer tenth, from the middle away from zero."""
    tenths = (abs(hundredths) + 5) // 10
    sign = "" if not tenths else "-" if hundredths < 0 else "+"
    expected = f"{sign}{tenths // 10}.{tenths % 10}"
    assert range_words(hundredths / 100, hundredths / 100, 1, "") == f"{expected} to {expected}"


def test_halves_in_a_sentence_are_rounded_away_from_zero(paired: Compare) -> None:
    """10 v 8 allows 9.5 / 8.5 - 1 to 10.5 / 7.5 - 1: the half at +11.8 and 40.0 stays a half up."""
    assert "allow +11.8 % to +40.0 %" in said(paired("rates", "plain", "10", "8"))
    # 36.5 v 26: 36.45 - 26.5 = 9.95 and 36.55 - 25.5 = 11.05.
    words = said(paired("outcomes", "good", "36.5", "26"))
    assert re.search(r"allow \+(10\.0|9\.95) to \+(11\.1|11\.05) points", words)


@pytest.mark.parametrize(
    ("level", "ends"),
    [
        # 29,439 incidents at 47.4 per 1,000 are those of 621,076 people.
        (0.95, "46.86 to 47.94 (95 %), and its own base, about 621,076, is above 1,461"),
        (0.998, "46.55 to 48.26 (99.8 %), and its own base, about 621,076, is above 3,545"),
    ],
)
def test_own_interval_of_a_count_is_said_with_its_level(level: float, ends: str) -> None:
    """Anti-social behaviour has its count's interval in words; other rates have none."""
    for row in bundled_rows(level):
        asb = row.metric == "anti-social-behaviour" and row.kind == "rate"
        expected = f" By the force's count alone its figure is {ends}." if asb else ""
        if row.tested.method == ROUNDING:
            assert own_interval(row) == expected
            assert sentence(row, "Durham", "England and Wales").endswith(expected)
            assert short_sentence(row).endswith(expected)


@pytest.mark.parametrize(
    ("table", "metric", "values", "base"),
    [
        ("rates", "plain", ("54.0", "60.7"), "5,355 people"),
        ("rates", "homes", ("54.0", "60.7"), "5,355 households"),
        ("outcomes", "good", ("36", "26"), "93 crimes"),
        ("satisfaction", "asked", ("36", "26"), "93 people asked"),
    ],
)
def test_smallest_base_is_counted_in_its_own_unit(
    paired: Compare, table: str, metric: str, values: tuple[str, str], base: str
) -> None:
    """A base is people, households, crimes or people asked, with thousands apart."""
    row = paired(table, metric, *values)
    words = f"chance is ruled out (95 %) for any area with {base} or more"
    assert chance_words(row) == f"{words}, the benchmark taken as exact."
    assert base.endswith(base_words(row))


@pytest.mark.parametrize(
    ("table", "metric", "values", "words"),
    [
        ("rates", "homes", ("5.0", "8.9"), "5.0 against 8.9 per 1,000 households"),
        ("rates", "homes", ("5.00", "8.9"), "5.00 against 8.9 per 1,000 households"),
        ("rates", "plain", ("5.0", ""), "5.0 per 1,000 population"),
        ("rates", "plain", ("", ""), "no figures"),
        ("outcomes", "good", ("36", "26"), "36 against 26 %"),
        ("changes", "plain", ("13", "-1"), "+13 against -1 %"),
        ("changes", "plain", ("0", "-1"), "0 against -1 %"),
        ("satisfaction", "asked", ("88.6,1.8", "85.0,0.2"), "88.6 ± 1.8 against 85.0 ± 0.2 %"),
        ("satisfaction", "asked", ("88.6,2", "85.0"), "88.6 ± 2 against 85.0 %"),
    ],
)
def test_figures_are_said_as_printed(
    paired: Compare, table: str, metric: str, values: tuple[str, str], words: str
) -> None:
    """Figures keep their printed decimals and margins; changes alone carry a sign."""
    assert figures_words(paired(table, metric, *values)) == words


def test_every_bundled_comparison_reads_as_a_sentence() -> None:
    """No sentence has an empty place, a bare None or a double blank, and each ends with a stop."""
    for row in bundled_rows():
        text = sentence(row, "Durham", "England and Wales")
        assert text.endswith(".")
        assert not re.search(r"None|nan|  |\.\.|;\.| ,", f"{text} {all_said(row)}")
