"""A verdict in words claims what its method allows, and no more."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bundled import (
    BEHAVIOUR,
    BURGLARY,
    COUNTS,
    FORCES,
    JUNE_2014,
    LABELS,
    LAST,
    METRICS,
    NATIONAL,
    REPORT,
    Counted,
    counted,
    dataset,
)
from picturing import (
    byar,
    deviate,
    expected,
    movement,
    ordinals,
    places,
    printed,
    request_of,
    usual_ends,
)
from scipy.stats import rankdata
from scipy.stats import t as student
from statsmodels.stats.proportion import confint_proportions_2indep

import crimecmp
from crimecmp.comparison.kinds import KINDS
from crimecmp.comparison.methods import CHANGES, MEAN, ROUNDING
from crimecmp.comparison.pairing import comparisons
from crimecmp.comparison.request import LEVELS, requested
from crimecmp.comparison.row import Comparison
from crimecmp.comparison.series import over_time
from crimecmp.comparison.verdict_words import NOT_TESTED
from crimecmp.text import ordinal
from crimecmp.wording import sentences
from crimecmp.wording.labels import opponent
from crimecmp.wording.sentences import (
    FINDINGS,
    SENTENCES,
    SHORT,
    among_sentence,
    basis_words,
    finding,
    flagged,
    group_sentence,
    rank_sentence,
    sentence,
    short_sentence,
    verdict_and_basis,
    verdict_words,
)

KINDS_OF_THINGS = """metric,label,unit,base,polarity,part_of_base
good,Good things,%,crimes,higher-is-better,true
found,Things found,%,crimes,higher-is-better,
bad,Bad things,"per 1,000 population",population,lower-is-better,
plain,Plain things,"per 1,000 population",population,none,
homes,Things of homes,"per 1,000 households",households,none,
heads,Things of heads,per head,,none,
asked,People content,%,victims surveyed,higher-is-better,
"""
HEADERS = {
    "rates": "force,metric,period_end,source,value,count,base",
    "outcomes": "force,metric,period_end,source,percent,count,base",
    "satisfaction": "force,metric,period_end,source,percent,margin",
    "changes": "force,metric,period_end,base_period_end,source,percent,count,base_count",
}
SEXUAL, VIOLENCE = METRICS[2], METRICS[3]
SOME = ("city-of-london", "cleveland", "durham", "hampshire", "kent", "northamptonshire", "surrey")
Z = deviate(0.95)

Compare = Callable[..., Comparison]


@pytest.fixture
def paired(tmp_path: Path) -> Compare:
    """Return a function that compares Kent's cells with Essex's, as `metric` and `table` say."""

    def compare(
        table: str, metric: str, kent: str, essex: str, level: float = 0.95, against: str = "essex"
    ) -> Comparison:
        dates = "2014-06-30,2013-06-30" if table == "changes" else JUNE_2014
        rows = [f"kent,{metric},{dates},s,{kent}", f"{against},{metric},{dates},s,{essex}"]
        [row] = compared(tmp_path, table, rows, against, level)
        return row

    return compare


def compared(
    folder: Path, table: str, rows: Iterable[str], against: str = "essex", level: float = 0.95
) -> list[Comparison]:
    """Return the comparisons of Kent that the only table of a folder allows."""
    width = HEADERS[table].count(",")
    lines = [HEADERS[table], *(row + "," * (width - row.count(",")) for row in rows), ""]
    (folder / f"{table}.csv").write_text("\n".join(lines), "utf-8")
    (folder / "metrics.csv").write_text(KINDS_OF_THINGS, "utf-8")
    (folder / "sources.csv").write_text("source,title\ns,S\n", "utf-8")
    data = crimecmp.load(folder)
    return comparisons(data, table, requested(data, ["kent"], against, level=level))


def said(row: Comparison) -> str:
    """Return what is said of Kent against Essex."""
    return sentence(row, "Kent", "Essex")


@cache
def asked(table: str, *forces: str, **options: Any) -> tuple[Comparison, ...]:
    """Return comparisons of the bundled figures."""
    return tuple(comparisons(dataset(), table, request_of(*forces, **options)))


@cache
def bundled_rows(level: float = 0.95) -> tuple[Comparison, ...]:
    """Return what commands compare of the bundled figures: both sources, all forces, all series.

    Other choices than the usual ones are made for some forces.
    """
    choices: list[dict[str, Any]] = [
        {"period": "2010-06"},
        {"benchmark": "kent"},
        {"group": "south-east"},
        {"group": "east-midlands"},
        {"group": "north-east"},
        {"group": "south-east", "weighted": True},
        {"with_city_of_london": True},
    ]
    rows: list[Comparison] = []
    for kind in KINDS:
        rows += asked(kind, "durham", source=REPORT, level=level)
        rows += asked(kind, *FORCES, source=COUNTS, level=level)
        for choice in choices:
            forces = [force for force in SOME if force != choice.get("benchmark")]
            rows += asked(kind, *forces, source=COUNTS, level=level, **choice)
    for metric in METRICS:
        series, moves = over_time(dataset(), request_of("durham", metric=metric, level=level))
        rows += [*series, *moves]
    return tuple(rows)


def names(row: Comparison) -> tuple[str, str]:
    """Return what the two of a bundled row are called within a sentence."""
    return LABELS[row.force], opponent(dataset(), row)


def told(row: Comparison) -> Iterator[str]:
    """Yield the sentences that pages make of a bundled row."""
    force, benchmark = names(row)
    yield sentence(row, force, benchmark)
    if row.in_group.among_group is not None:
        yield group_sentence(row, force, dataset().label_of(row.benchmark))
    if row.prediction.unusual_forces is not None:
        yield flagged(row)


def fragments(row: Comparison) -> Iterator[str]:
    """Yield what pages say of a bundled row that is no whole sentence."""
    force, benchmark = names(row)
    yield verdict_and_basis(row)
    if row.difference is not None:
        yield short_sentence(row, benchmark)
        yield finding([row], force, benchmark)


# --- The tables of templates


class Noting(dict[str, str]):
    """A table of templates that notes which of them were used."""

    def __init__(self, templates: dict[str, str]) -> None:
        super().__init__(templates)
        self.used: set[str] = set()

    def __getitem__(self, case: str) -> str:
        """Return a template and note that it was used."""
        self.used.add(case)
        return super().__getitem__(case)


def rare_rows(tmp_path: Path) -> Iterator[Comparison]:
    """Yield comparisons of kinds that the bundled figures have none of."""

    def pair(table: str, metric: str, kent: str, essex: str) -> Comparison:
        dates = "2014-06-30,2013-06-30" if table == "changes" else JUNE_2014
        rows = [f"kent,{metric},{dates},s,{kent}", f"essex,{metric},{dates},s,{essex}"]
        return compared(tmp_path, table, rows)[0]

    yield pair("rates", "bad", "5.0,500,100000", "6.0,600,100000")
    yield pair("rates", "bad", "0.0,0,1000", "20.0,20,1000")
    yield pair("rates", "bad", "0.0,0,1000", "1.0,1,1000")
    yield pair("rates", "bad", "20.0,20,1000", "0.0,0,1000")
    yield pair("rates", "bad", "1.0,1,1000", "7.0,14,2000")
    yield pair("rates", "plain", "5.0", "5.0")
    (tmp_path / "rates.csv").unlink()
    yield pair("outcomes", "good", "50,500,1000", "60,600,1000")
    yield pair("outcomes", "found", "36,360,1000", "26,2600,10000")
    yield pair("outcomes", "found", "50,500,1000", "51,510,1000")
    (tmp_path / "outcomes.csv").unlink()
    yield pair("satisfaction", "asked", "36", "26")
    (tmp_path / "satisfaction.csv").unlink()
    yield pair("changes", "plain", "10,1100,1000", "-10,900,1000")
    yield pair("changes", "plain", "5", "5")
    yield pair("changes", "plain", "-10", "10")
    yield pair("changes", "plain", "0", "-1")
    (tmp_path / "changes.csv").unlink()
    for earlier, now in (("60.0", "80.0"), ("80.0", "80.0"), ("60.0,2.0", "80.0,2.0")):
        dates = (("kent", "2014-06-30", now), ("kent", "2013-06-30", earlier))
        figures = (*dates, ("essex", "2014-06-30", "80.0"))
        rows = [f"{force},asked,{end},s,{figure}" for force, end, figure in figures]
        yield from compared(tmp_path, "satisfaction", rows)


def edge_rows() -> Iterator[Comparison]:
    """Yield rows whose rates are at an end of their range, outside of it, or flagged at 99.8%."""
    row = one(asked("rates", "metropolitan", source=COUNTS, level=0.998), metric=BURGLARY)
    flag = row._replace(among=row.among._replace(among_forces="unusually high"))
    yield flag._replace(force_value=flag.prediction.prediction_high)
    yield flag._replace(prediction=flag.prediction._replace(prediction_q=0.2))
    yield row._replace(force_value=100.0)


def test_a_rate_at_the_end_of_its_range_is_not_said_to_be_beyond() -> None:
    """Mid-p and quantiles can part where counts are small: the sentence says neither more."""
    at_end, _, outside = edge_rows()
    assert among_sentence(at_end, "X").startswith(
        "X is unusually high among forces: at the end of the range expected of a force of its size "
    )
    assert among_sentence(outside, "X").startswith("X is outside the range expected")
    assert "so it is not called unusual." in among_sentence(outside, "X")


@pytest.mark.parametrize(
    ("kent", "essex", "verdict", "at_odds"),
    [
        ("1.0,1,1000", "7.0,14,2000", "lower", True),  # exact p 0.028, interval 0.019 to 1.086
        ("3.0,3,1000", "11.0,11,1000", "similar", True),  # exact p 0.057, interval 0.076 to 0.978
        ("4.0,4,1000", "15.0,15,1000", "lower", False),
        ("9.0,9,1000", "11.0,11,1000", "similar", False),
    ],
)
def test_a_test_that_its_interval_contradicts_is_said_to_decide(
    paired: Compare, kent: str, essex: str, verdict: str, at_odds: bool
) -> None:
    """Of few events the exact test and the interval of the ratio can part: the test decides."""
    row = paired("rates", "bad", kent, essex)
    assert row.tested.verdict == verdict
    words = " The interval is approximate: the exact test decides."
    assert said(row).endswith(words) is at_odds


@pytest.mark.parametrize("table", ["SENTENCES", "SHORT", "FINDINGS"])
def test_no_template_is_dead(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, table: str) -> None:
    """Every template of every table is used for some comparison."""
    noting = Noting(getattr(sentences, table))
    monkeypatch.setattr(sentences, table, noting)
    for row in bundled_rows():
        [*told(row), *fragments(row)]
    for row in edge_rows():
        among_sentence(row, "X")
    for row in rare_rows(tmp_path):
        said(row)
        if row.difference is not None:
            short_sentence(row, "Essex")
            finding([row], "Kent", "Essex")
    assert noting.used == set(noting)


NEVER = re.compile(
    r"prove|statistically|significan|the same|ruled out|(lower|higher) change|confirm|nought|"
    r"worked out|similar|(?<!flagged by )\bchance\b",
    re.IGNORECASE,
)
"""Words that claim more than any of the methods gives, or that nobody says."""


@pytest.mark.parametrize("level", LEVELS)
def test_every_bundled_comparison_reads_as_a_sentence(level: float) -> None:
    """Of both sources and all commands: no empty place, no word too strong, a stop at the end."""
    rows = bundled_rows(level)
    assert {row.source for row in rows} == {REPORT, COUNTS}
    for row in rows:
        for text in told(row):
            assert text.endswith("."), text
            assert text[0].isupper(), text
        for text in (*told(row), *fragments(row)):
            assert not re.search(r"[{}]|None|nan|  |\.\.|\( | \)|\(\)|;\.| ,|^ | $", text), text
            assert not NEVER.search(text), text


@pytest.mark.parametrize("level", LEVELS)
def test_no_template_has_a_word_too_strong(level: float) -> None:
    """Nor do the templates themselves, whatever is filled in; chance only flags forces."""
    del level
    for table in (SENTENCES, SHORT, FINDINGS):
        for case, template in table.items():
            assert not NEVER.search(template), case


def test_every_rare_comparison_reads_as_a_sentence(tmp_path: Path) -> None:
    """Counts of zero, surveys without margins and equal changes leave no place empty either."""
    for row in rare_rows(tmp_path):
        short = short_sentence(row, "Essex")
        for text in (said(row), short, finding([row], "Kent", "Essex")):
            assert not re.search(r"[{}]|None|nan|  |\.\.|\( | \)|\(\)|;\.| ,|^ | $", text), text
            assert not NEVER.search(text), text
        assert said(row).endswith(".")


# --- Each case, with figures calculated apart


def one(row_of: Iterable[Comparison], **fields: object) -> Comparison:
    """Return the one row with some fields."""
    [row] = [
        row for row in row_of if all(getattr(row, name) == value for name, value in fields.items())
    ]
    return row


def lower_or_higher(low: float, high: float) -> str:
    """Return the range of a ratio in words, by hand."""
    ends = [printed(100 * abs(end - 1), 1) for end in (low, high)]
    if high < 1:
        return f"{ends[1]}% to {ends[0]}% lower"
    if low > 1:
        return f"{ends[0]}% to {ends[1]}% higher"
    return f"between {ends[0]}% lower and {ends[1]}% higher"


def usual_to_rest(force: str, metric: str, level: float = 0.95) -> tuple[float, float]:
    """Return the ends of a force's ratio to the rest of the country, with usual variation."""
    figures = counted(metric, LAST[metric])
    a, n = figures[force]
    b, m = figures[NATIONAL].events - a, figures[NATIONAL].base - n
    sigma2, df = movement(metric, force, LAST[metric], 2 if metric == BEHAVIOUR else 4)
    return usual_ends(math.log(a / n / (b / m)), 1 / a + 1 / b + sigma2, df, level)


def test_the_interval_by_hand_is_the_worked_one() -> None:
    """Lincolnshire's burglaries: 0.559 to 0.858 by the worked values of methods.md, section 3."""
    assert usual_to_rest("lincolnshire", BURGLARY) == pytest.approx((0.559, 0.858), abs=5e-4)
    assert usual_to_rest("lincolnshire", SEXUAL) == pytest.approx((0.637, 1.040), abs=5e-4)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("force", ["lincolnshire", "durham", "northamptonshire"])
def test_a_rate_is_held_against_usual_variation_first(
    force: str, metric: str, level: float
) -> None:
    """The headline is whether it is more than a year's movement, with that test's own interval."""
    rows = asked("rates", force, source=COUNTS, level=level)
    row = one(rows, metric=metric)
    words = sentence(row, LABELS[force], "England and Wales").partition(f" {LABELS[force]} is ")[0]
    figures = counted(metric, LAST[metric])
    percent = 100 * (figures[force].rate / figures[NATIONAL].rate - 1)
    low, high = usual_to_rest(force, metric, level)
    ratio = math.sqrt(low * high)  # the interval is symmetric on the log scale
    ends, name = lower_or_higher(low, high), f"{100 * level:g}%"
    if row.tested.verdict == "similar":
        assert low < 1 < high
        assert words == (
            f"No clear difference from the rest of England and Wales at {name}: {ends}."
        )
        return
    measure = f"{row.label[0].lower()}{row.label[1:]}"
    events = "incidents" if metric == BEHAVIOUR else "crimes"
    beyond = (
        "more than forces' rates usually differ from one year to the next"
        if low > 1 or high < 1
        else f"more than random variation in separate {events} would explain, but no more than a "
        "force's rate usually moves in a year"
    )
    assert words == (
        f"The rate of {measure} in {LABELS[force]} was {printed(abs(percent), 1)}% "
        f"{'higher' if percent > 0 else 'lower'} than in England and Wales in the year to "
        f"{'March' if metric == BEHAVIOUR else 'June'} 2014: {beyond} "
        f"({printed(abs(100 * (ratio - 1)), 1)}% {'higher' if ratio > 1 else 'lower'} than the "
        f"rest of England and Wales, {name} interval {ends})."
    )


def of_ratio(a: float, n: float, b: float, m: float, level: float = 0.95) -> tuple[float, float]:
    """Return the ends of a ratio of two rates by Poisson variation."""
    ratio, half = a / n / (b / m), deviate(level) * math.sqrt(1 / a + 1 / b)
    return ratio * math.exp(-half), ratio * math.exp(half)


@pytest.mark.parametrize("level", LEVELS)
def test_without_earlier_years_usual_variation_is_not_known(paired: Compare, level: float) -> None:
    """500 against 600 of 100,000: the interval is by Poisson variation, and so much is said."""
    row = paired("rates", "bad", "5.0,500,100000", "6.0,600,100000", level)
    ends = lower_or_higher(*of_ratio(500, 1, 600, 1, level))
    expected_words = {
        0.95: "The rate of bad things in Kent was 16.7% lower than in Essex in the year to June "
        "2014: more than random variation in separate crimes would explain (95% interval "
        f"{ends}). Usual variation between years is not known.",
        0.998: f"No clear difference from Essex at 99.8%: {ends}.",
    }
    assert said(row) == expected_words[level]
    assert verdict_words(row) == {0.95: "lower (better)", 0.998: "no clear difference"}[level]
    assert basis_words(row) == f"{100 * level:g}%"


def test_counts_of_zero_have_no_interval(paired: Compare) -> None:
    """Without a ratio there is a verdict and no interval, in the sentence and beneath a table."""
    row = paired("rates", "bad", "0.0,0,1000", "20.0,20,1000")
    assert said(row) == (
        "The rate of bad things in Kent was 100% lower than in Essex in the year to June 2014: "
        "more than random variation in separate crimes would explain. A count is zero, so the "
        "ratio has no interval."
    )
    assert verdict_words(row) == "lower (better)"
    assert short_sentence(row, "Essex") == (
        "-100.0% to -99.7% within rounding; a count is zero, so the ratio has no interval"
    )  # 0.05 of 19.95 is 0.25 per cent
    row = paired("rates", "bad", "20.0,20,1000", "0.0,0,1000")
    assert said(row) == (
        "Kent 20.0, Essex 0.0: higher, and more than random variation in separate crimes would "
        "explain. A count is zero, so the ratio has no interval."
    )
    row = paired("rates", "bad", "0.0,0,1000", "1.0,1,1000")
    assert said(row) == (
        "No clear difference from Essex at 95%. A count is zero, so the ratio has no interval."
    )


def mean_ends(force: str, members: tuple[str, ...], metric: str) -> tuple[float, float]:
    """Return the ends of the difference of a member's rate from the mean of its group."""
    figures = [counted(metric, LAST[metric])[member] for member in members]
    weights = np.array([(member == force) - 1 / len(members) for member in members])
    rates = np.array([figure.rate for figure in figures])
    errors = np.array([1000 * math.sqrt(figure.events) / figure.base for figure in figures])
    middle, half = float(weights @ rates), Z * math.sqrt(float(weights**2 @ errors**2))
    return middle - half, middle + half


def members_of(group: str) -> tuple[str, ...]:
    """Return the forces of a bundled group."""
    [row] = [row for row in dataset().rows("groups") if row["group"] == group]
    return tuple(row["forces"].split(";"))


def test_a_group_mean_is_tested_by_poisson_variation_alone() -> None:
    """Against the mean of a group the sentence says that variation between years is not in it."""
    rows = asked("rates", "durham", source=COUNTS, group="north-east")
    row = one(rows, metric=BURGLARY)
    rates = {force: counted(BURGLARY)[force].rate for force in members_of("north-east")}
    percent = 100 * (1 - rates["durham"] / (sum(rates.values()) / 3))
    assert sentence(row, *names(row)).startswith(
        f"The rate of burglary in a dwelling in Durham was {printed(percent, 1)}% lower than the "
        "mean of North East in the year to June 2014: more than random variation in separate "
        "crimes would explain. Variation between years is not in this test. Durham is "
    )
    low, high = mean_ends("durham", members_of("north-east"), BURGLARY)
    ends = f"{printed(-high)} to {printed(-low)} per 1,000 households lower"
    assert short_sentence(row, names(row)[1]) == f"95% interval of the difference {ends}"


def test_no_clear_difference_from_a_group_mean_has_its_interval() -> None:
    """Northamptonshire's violence is near the mean of the East Midlands: both ends are said."""
    rows = asked("rates", "northamptonshire", source=COUNTS, group="east-midlands")
    row = one(rows, metric=VIOLENCE)
    low, high = mean_ends("northamptonshire", members_of("east-midlands"), VIOLENCE)
    assert low < 0 < high
    assert sentence(row, *names(row)).startswith(
        "No clear difference from the mean of East Midlands at 95%: between "
        f"{printed(-low)} per 1,000 population lower and {printed(high)} per 1,000 population "
        "higher. Northamptonshire is "
    )


def test_percentages_of_a_whole_differ_in_points(paired: Compare) -> None:
    """500 and 600 of 1,000: Newcombe's interval by statsmodels, in points."""
    row = paired("outcomes", "good", "50,500,1000", "60,600,1000")
    low, high = confint_proportions_2indep(500, 1000, 600, 1000, method="newcomb")
    ends = f"{printed(-100 * float(high), 1)} to {printed(-100 * float(low), 1)} points lower"
    assert said(row) == (
        "Kent 50%, Essex 60%: lower, and more than random variation in separate crimes would "
        f"explain (95% interval {ends} than Essex)."
    )
    assert short_sentence(row, "Essex") == f"95% interval {ends}"
    assert verdict_words(row) == "lower (worse)"


def test_detections_differ_by_their_ratio(paired: Compare) -> None:
    """360 of 1,000 against 2,600 of 10,000: 1.3846 (1.2401 to 1.5460) by methods.md."""
    row = paired("outcomes", "found", "36,360,1000", "26,2600,10000")
    assert said(row) == (
        "Kent 36%, Essex 26%: higher, and more than random variation in separate crimes would "
        "explain (95% interval of the ratio to Essex 1.240 to 1.546)."
    )
    row = paired("outcomes", "found", "50,500,1000", "51,510,1000")
    low, high = of_ratio(500, 1000, 510, 1000)
    assert said(row) == (
        f"No clear difference from Essex at 95%: the ratio is between {low:.3f} and {high:.3f}."
    )


def test_survey_estimates_are_told_with_sampling_error() -> None:
    """Durham: 1.788923 to 5.411077 on England and Wales, -3.343075 to 1.343075 on the year."""
    against, before = asked("satisfaction", "durham", source=REPORT)
    assert sentence(against, *names(against)) == (
        "Durham 88.6 ± 1.8%, England and Wales 85.0 ± 0.2%: higher, and more than sampling error "
        "would explain (95% interval 1.8 to 5.4 points higher)."
    )
    assert sentence(before, *names(before)) == (
        "No clear change since the year to June 2013 at 95%: between 3.3 points lower and 1.3 "
        "points higher."
    )
    assert verdict_words(against) == "higher (better)"
    assert verdict_words(before) == "no clear difference"
    assert short_sentence(against, "England and Wales") == "95% interval 1.8 to 5.4 points higher"


@pytest.mark.parametrize(
    ("level", "base", "asked_of"), [(0.95, "2,349", "93"), (0.998, "5,326", "230")]
)
def test_printed_figures_are_told_without_any_level(
    paired: Compare, level: float, base: str, asked_of: str
) -> None:
    """5.0 and 8.9: a direction after rounding has no level, and the size is a lower bound."""
    row = paired("rates", "homes", "5.0", "8.9", level)
    start = "Kent 5.0, Essex 8.9: lower, whatever the rounding. There are no counts to test."
    assert said(row) == (
        f"{start} If crimes were independent, an area with at least {base} households would be "
        "needed to tell this from random variation. Crimes cluster, so the true size is larger."
    )
    assert short_sentence(row, "Essex") == (
        f"-44.7% to -42.9%, whatever the rounding; exceeds random variation with at least {base} "
        "households"
    )
    assert (verdict_words(row), basis_words(row)) == ("lower", "after rounding")
    row = paired("rates", "heads", "5.0", "8.9", level)
    assert said(row) == start
    row = paired("satisfaction", "asked", "36", "26", level)
    assert said(row) == (
        "Kent 36%, Essex 26%: higher, whatever the rounding. There are no counts to test. In a "
        f"simple random sample at least {asked_of} people asked would be needed to tell this from "
        "sampling error."
    )


def test_sizes_are_given_with_usual_variation_too() -> None:
    """The size is z^2 / (v (L^2 - z^2 sigma^2)) of the nearer ends, where L is above z sigma."""
    rows = asked("rates", "durham", source=REPORT)
    for metric, low, high, unit in (
        (BURGLARY, 5.05, 8.85, "households"),
        (METRICS[0], 54.05, 60.65, "people"),
    ):
        sigma2, _ = movement(metric, "durham", JUNE_2014)
        size = Z**2 / (low / 1000 * (math.log(high / low) ** 2 - Z**2 * sigma2))
        row = one(rows, metric=metric)
        words = sentence(row, *names(row))
        assert words.endswith(
            f"With the usual variation between years it is at least {math.ceil(size):,} {unit}."
        )
        short = short_sentence(row, names(row)[1])
        assert short.endswith(f", and usual variation with at least {math.ceil(size):,} {unit}")
    row = one(rows, metric=VIOLENCE)
    sigma2, _ = movement(VIOLENCE, "durham", JUNE_2014)
    assert math.log(5.85 / 5.25) < Z * math.sqrt(sigma2)
    assert sentence(row, *names(row)).endswith(
        "With the usual variation between years no size would be enough: forces' rates usually "
        "move by more than this in a year."
    )
    assert short_sentence(row, names(row)[1]).endswith(", but not usual variation at any size")


@pytest.mark.parametrize("level", LEVELS)
def test_the_interval_of_a_count_alone_is_said_of_the_rate(level: float) -> None:
    """29,439 incidents at 47.4 per 1,000: Byar's ends over the base that the two imply."""
    row = one(asked("rates", "durham", source=REPORT, level=level), metric=BEHAVIOUR)
    low, high = byar(Counted(29439, 29439 / 47.4 * 1000), level)
    ends = f"{printed(low)} to {printed(high)} ({100 * level:g}% interval)."
    words = "Random variation around {}'s count alone allows a rate of " + ends
    assert f" {words.format('Durham')}" in sentence(row, *names(row))
    short = short_sentence(row, names(row)[1])
    assert short.endswith(f". {words.format('the force')}")


# --- Changes


@pytest.mark.parametrize(
    ("kent", "essex", "lead"),
    [
        ("-20", "-10", "Plain things fell by more in Kent (20%) than in Essex (10%)"),
        ("-10", "-20", "Plain things fell by less in Kent (10%) than in Essex (20%)"),
        ("20.5", "10", "Plain things rose by more in Kent (20.5%) than in Essex (10%)"),
        ("10", "20.5", "Plain things rose by less in Kent (10%) than in Essex (20.5%)"),
        ("-10", "1", "Plain things fell in Kent (10%) and rose in Essex (1%)"),
        ("13", "-1", "Plain things rose in Kent (13%) and fell in Essex (1%)"),
        ("5", "5", "Plain things changed by +5% in Kent and in Essex"),
        ("0", "-1", "Plain things changed by 0% in Kent and by -1% in Essex"),
        ("2", "0", "Plain things changed by +2% in Kent and by 0% in Essex"),
    ],
)
def test_changes_are_told_as_rises_and_falls(
    paired: Compare, kent: str, essex: str, lead: str
) -> None:
    """No change is higher or lower: things rise or fall, by more or by less, as printed."""
    row = paired("changes", "plain", kent, essex)
    assert said(row) == (
        f"{lead} between the years to June 2013 and June 2014. Not tested: The changes are "
        "printed without counts, so the gap cannot be tested."
    )
    assert (verdict_words(row), basis_words(row)) == (NOT_TESTED, "")


@pytest.mark.parametrize(
    ("kent", "essex", "words"),
    [
        ("-20,800,1000", "-10,9000,10000", "fell by more"),
        ("-10,9000,10000", "-20,8000,10000", "fell by less"),
        ("20,12000,10000", "10,11000,10000", "rose by more"),
        ("10,11000,10000", "20,12000,10000", "rose by less"),
        ("10,1100,1000", "-10,900,1000", "rose, against a fall"),
        ("-10,900,1000", "10,1100,1000", "fell, against a rise"),
        ("-1,990,1000", "-20,8000,10000", "no clear change, against a fall"),
        ("1,1010,1000", "20,12000,10000", "no clear change, against a rise"),
        ("0,1000,1000", "-20,8000,10000", "no clear change, against a fall"),
        ("-20,8000,10000", "-1,990,1000", "fell, against no clear change"),
        ("20,120,100", "-20,80,100", "higher"),
        ("-10,900,1000", "-10,9000,10000", "no clear difference"),
    ],
)
def test_a_table_tells_changes_as_rises_and_falls(
    paired: Compare, kent: str, essex: str, words: str
) -> None:
    """In a table's few words too; a change whose interval includes zero is neither."""
    assert verdict_words(paired("changes", "plain", kent, essex)) == words


def changes(force: str, metric: str, since: str) -> tuple[float, float, tuple[float, float]]:
    """Return two changes in per cent, and the ends of the index to the rest, usual variation in."""
    now, before = counted(metric, LAST[metric]), counted(metric, since)
    a, a0 = now[force].events, before[force].events
    whole, whole0 = now[NATIONAL].events, before[NATIONAL].events
    b, b0 = whole - a, whole0 - a0
    sigma2, df = movement(metric, force, LAST[metric], 2 if metric == BEHAVIOUR else 4)
    years = int(LAST[metric][:4]) - int(since[:4])
    variance = 1 / a + 1 / a0 + 1 / b + 1 / b0 + years * sigma2
    ends = usual_ends(math.log(a / a0 / (b / b0)), variance, df, 0.95)
    return 100 * (a / a0 - 1), 100 * (whole / whole0 - 1), ends


@pytest.mark.parametrize("since", ["2013-06-30", "2010-06-30"])
@pytest.mark.parametrize("metric", METRICS[:-1])
@pytest.mark.parametrize("force", ["durham", "lincolnshire", "metropolitan"])
def test_changes_are_held_against_usual_variation_first(
    force: str, metric: str, since: str
) -> None:
    """The gap's interval is that with usual variation, of all the years between."""
    rows = asked("changes", force, source=COUNTS)
    row = next(r for r in rows if r.metric == metric and str(r.base_period_end) == since)
    own, other, (low, high) = changes(force, metric, since)
    text = sentence(row, LABELS[force], "England and Wales")
    lead, _, end = text.partition(f"between the years to June {since[:4]} and June 2014: ")
    if (row.tested.force_low or 0) <= 0 <= (row.tested.force_high or 0):
        assert f"changed by {'+' * (own > 0)}{printed(own, 1)}% in {LABELS[force]} and by " in lead
        own = other = 0
    for change in filter(None, (own, other)):
        assert f"({printed(abs(change), 1)}%)" in lead
    verbs = re.findall(r"\b(rose|fell)\b", lead)
    assert verbs == list(
        dict.fromkeys("rose" if change > 0 else "fell" for change in (own, other) if change)
    )
    if own * other > 0:
        assert f" by {'more' if abs(own) > abs(other) else 'less'} in " in lead
    index = f"(95% interval of the relative index {printed(low, 3)} to {printed(high, 3)})."
    years = "a year" if since[:4] == "2013" else "4 years"
    if row.tested.verdict == "similar":
        assert end == f"no clear difference between the two changes {index}"
    elif low > 1 or high < 1:
        assert end == f"a larger gap than forces' counts usually show over {years} {index}"
    else:
        assert end == (
            "a larger gap than random variation in separate crimes would explain, but no larger "
            f"than forces' counts usually show over {years} {index}"
        )


def test_all_three_ends_of_a_sentence_on_changes_are_tried() -> None:
    """The rows above have gaps of every kind, else a rule of theirs would not be tried."""
    forces = ("durham", "lincolnshire", "metropolitan")
    rows = [row for force in forces for row in asked("changes", force, source=COUNTS)]
    found = {row.beyond.beyond for row in rows}
    assert found == {"nothing", "Poisson variation", "usual variation"}


def test_changes_with_counts_alone(paired: Compare) -> None:
    """1,100 after 1,000 against 900 after 1,000: the index by logarithms, no earlier years."""
    row = paired("changes", "plain", "10,1100,1000", "-10,900,1000")
    half = Z * math.sqrt(1 / 1100 + 1 / 1000 + 1 / 900 + 1 / 1000)
    low, high = (1.1 / 0.9 * math.exp(end) for end in (-half, half))
    assert said(row) == (
        "Plain things rose in Kent (10%) and fell in Essex (10%) between the years to June 2013 "
        "and June 2014: a larger gap than random variation in separate crimes would explain (95% "
        f"interval of the relative index {low:.3f} to {high:.3f}). Usual variation between years "
        "is not known."
    )


# --- Which ratio, which interval, which level


@pytest.mark.parametrize("level", LEVELS)
def test_a_sentence_says_what_its_ratio_is_to(level: float) -> None:
    """A force inside its benchmark is held against the rest of it, and no other ratio is said."""
    found = set()
    for row in bundled_rows(level):
        if row.beyond.tested_against is None or row.tested.method == MEAN or row.kind == "change":
            continue
        _, benchmark = names(row)
        rest = row.beyond.tested_against == "the rest of the benchmark"
        against = f"the rest of {benchmark}" if rest else benchmark
        text = sentence(row, *names(row))
        wanted = "from" if row.tested.verdict == "similar" else "than" if rest else "than in"
        assert re.search(rf"\b{wanted} {re.escape(against)}(\)| at |, | in the year)", text), text
        assert f"ratio to {against} " in short_sentence(row, benchmark)
        found.add(against)
    assert {"the rest of England and Wales", "Kent", "the rest of South East together"} <= found


@pytest.mark.parametrize("level", LEVELS)
def test_the_interval_is_that_of_the_stricter_test(level: float) -> None:
    """Where usual variation is known its interval is said, as wide as Poisson variation's or wider.

    Beneath a table both are given, with what each of them is of.
    """
    known = 0
    for row in bundled_rows(level):
        low, high = row.tested.interval_low, row.tested.interval_high
        usual_low, usual_high = row.beyond.usual_low, row.beyond.usual_high
        if low is None or high is None or usual_low is None or usual_high is None:
            continue
        known += 1
        assert usual_low < low < high < usual_high
        index = [printed(end, 3) for end in (usual_low, usual_high)]
        text = sentence(row, *names(row))
        if row.kind == "change":
            assert f"relative index {index[0]} to {index[1]})" in text
        else:
            assert lower_or_higher(usual_low, usual_high) in text or max(high, usual_high) >= 2
        poisson = " to ".join(printed(end, 3) for end in (low, high))
        assert (
            f"({100 * level:g}% interval {poisson} by random variation, "
            f"{index[0]} to {index[1]} with usual variation)"
        ) in short_sentence(row, names(row)[1])
    assert known > 500


@pytest.mark.parametrize("level", LEVELS)
def test_no_method_makes_the_other_ones_claim(level: float) -> None:
    """A test never holds whatever the rounding; a direction after rounding has no level."""
    words = f"{100 * level:g}%"
    other = "99.8%" if level == 0.95 else "95%"
    for row in bundled_rows(level):
        text = sentence(row, *names(row))
        if row.tested.method == ROUNDING:
            assert "whatever the rounding" in text
            verdict, _, own = text.partition(" Random variation around ")
            assert words not in verdict
            assert "interval" not in verdict
            assert not own or words in own
            assert basis_words(row) == "after rounding"
        else:
            assert "rounding" not in text or row.tested.verdict == NOT_TESTED
            expected_basis = words if row.tested.verdict != NOT_TESTED else ""
            assert basis_words(row) == expected_basis
            if row.tested.verdict != NOT_TESTED and row.tested.method != MEAN:
                assert words in text
        assert other not in text.replace(f"{words}", "")


@pytest.mark.parametrize(
    ("beyond", "verdict"),
    [("usual variation", "more than usual"), ("Poisson variation", "no more than usual")],
)
def test_a_table_says_how_a_difference_compares_with_usual_variation(
    beyond: str, verdict: str
) -> None:
    """`lower, more than usual`, of two changes the gap; nothing where that is not known."""
    rows = [row for row in bundled_rows() if row.beyond.beyond == beyond]
    known = [row for row in rows if row.beyond.usual_p is not None]
    assert known
    for row in known:
        what = ", gap" if row.kind == "change" else ","
        assert verdict_words(row).endswith(f"{what} {verdict}")
    unknown = [row for row in rows if row.beyond.usual_p is None]
    assert bool(unknown) == (beyond == "Poisson variation")
    assert all("usual" not in verdict_words(row) for row in unknown)


def test_a_verdict_is_followed_by_its_basis() -> None:
    """In one cell: what was found, whether it is good, how it compares, and at which level."""
    row = one(asked("rates", "durham", source=COUNTS), metric=BURGLARY)
    assert verdict_and_basis(row) == "lower, more than usual, 95%"
    assert verdict_words(row._replace(tested=row.tested._replace(reading="better"))) == (
        "lower (better), more than usual"
    )
    [outcome] = asked("outcomes", "durham", source=REPORT)
    assert verdict_and_basis(outcome) == "higher (better), after rounding"


def test_metric_without_polarity_is_never_better_or_worse() -> None:
    """Recorded crime is higher or lower and neither good nor bad, in no words at all."""
    for row in bundled_rows():
        if row.kind in ("rate", "change"):
            for text in (*told(row), *fragments(row)):
                assert not re.search(r"\b(better|worse|good|bad)\b", text), text


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
    """A reading is in brackets behind the verdict, where there is one."""
    assert verdict_words(paired("rates", metric, *values)) == words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (("5.0", "5.0"), "Not tested: The printed figures have too few decimals to say which is"),
        (("5.0", ""), "Not tested: One of the two figures is missing."),
        (
            ("5.0,500,90000", "6.0,600,100000"),
            "Not tested: The figure 5.0 does not agree with its count",
        ),
    ],
)
def test_what_is_not_tested_has_its_reason(
    paired: Compare, values: tuple[str, str], words: str
) -> None:
    """The sentence is the reason, and names no direction."""
    text = said(paired("rates", "plain", *values))
    assert text.startswith(words)
    assert not re.search("higher, |lower, |similar|clear difference", text)


def test_halves_in_a_sentence_are_rounded_away_from_zero(paired: Compare) -> None:
    """10 v 8 allows 9.5 / 8.5 - 1 to 10.5 / 7.5 - 1: the half at +11.8 and 40.0 stays a half up."""
    row = paired("rates", "plain", "10", "8")
    assert short_sentence(row, "Essex").startswith("+11.8% to +40.0%, whatever the rounding")
    # 36.5 v 26: 36.45 - 26.5 = 9.95 and 36.55 - 25.5 = 11.05.
    words = short_sentence(paired("outcomes", "good", "36.5", "26"), "Essex")
    assert re.match(r"\+(10\.0|9\.95) to \+(11\.1|11\.05) points, whatever the rounding", words)


# --- Among forces


@pytest.mark.parametrize("metric", METRICS)
def test_a_force_is_told_with_the_range_expected_of_it(metric: str) -> None:
    """Inside or outside of its range, its rank with the places it could have, weak evidence or not.

    Ranges, p, q and places are calculated anew for all 42 forces.
    """
    figures = counted(metric, LAST[metric])
    found, could_be = expected(figures), places(figures)
    order = rankdata([-figures[force].rate for force in found], method="min")
    flags = [force for force, its in found.items() if its.unusual != "not unusual"]
    per = "households" if metric == BURGLARY else "population"
    rows = asked("rates", *found, source=COUNTS, metric=metric)
    assert {row.force for row in rows} == set(found)
    for row in rows:
        its, label = found[row.force], LABELS[row.force]
        ends = f"({printed(its.low)} to {printed(its.high)} per 1,000 {per})."
        place = ordinal(int(order[list(found).index(row.force)]))
        best, worst = could_be[row.force]
        others = "no other place" if best == worst else ordinals((best, worst))
        rank = f"{place} of 42 by rate; random variation alone allows {others}."
        side = {"unusually high": "above", "unusually low": "below"}.get(its.unusual)
        words = f"{label} is within the range expected of a force of its size {ends} {rank}"
        if side:
            assert its.q >= 0.05  # by methods.md, none of the six has one below
            words = (
                f"{label} is {its.unusual} among forces: {side} the range expected of a force of "
                f"its size {ends} About 2 of 42 forces would be flagged by chance; {len(flags)} "
                f"{'was' if len(flags) == 1 else 'were'}, so this alone is weak evidence. {rank}"
            )
        assert among_sentence(row, label) == words
        assert sentence(row, label, "England and Wales").endswith(f" {words}")
        assert rank_sentence(row) == rank


@pytest.mark.parametrize(
    ("level", "q", "weak"),
    [(0.95, 0.0501, True), (0.95, 0.0499, False), (0.998, 0.0501, True), (0.998, 0.0499, False)],
)
def test_evidence_is_weak_where_q_is_not_below_five_per_cent(
    level: float, q: float, weak: bool
) -> None:
    """The value q is p for so many forces: at 5 in 100 or more the flag alone says little.

    At 99.8% fewer are flagged by chance than one, so q itself is said, and what the range rests on.
    """
    row = one(asked("rates", "metropolitan", source=COUNTS), metric=BURGLARY)
    row = row._replace(
        prediction=row.prediction._replace(prediction_q=q),
        tested=row.tested._replace(interval_level=level),
    )
    words = among_sentence(row, "X")
    assert words.startswith("X is unusually high among forces: above the range ")
    assert ("weak evidence" in words) is weak
    assert ("flagged by chance" in words) is (weak and level == 0.95)
    assert ("the 42 forces tested, q is 0.05: " in words) is (weak and level == 0.998)
    assert ("At 99.8% this assumes a normal spread" in words) is (level == 0.998)
    inside = row._replace(among=row.among._replace(among_forces="not unusual"))
    assert "weak" not in among_sentence(inside, "X")


@pytest.mark.parametrize(
    ("forces", "flags", "level", "words"),
    [
        (42, 2, 0.95, "About 2 of 42 forces would be flagged by chance; 2 were."),
        (42, 1, 0.95, "About 2 of 42 forces would be flagged by chance; 1 was."),
        (42, 0, 0.998, "About 0.1 of 42 forces would be flagged by chance; none was."),
        (12, 0, 0.95, "About 0.6 of 12 forces would be flagged by chance; none was."),
    ],
)
def test_how_many_are_flagged_is_said_with_how_many_would_be(
    forces: int, flags: int, level: float, words: str
) -> None:
    """A level leaves so many of so many out by itself: 42 times 0.05 is about 2."""
    row = one(asked("rates", "durham", source=COUNTS), metric=BURGLARY)
    row = row._replace(
        among=row.among._replace(forces_ranked=forces),
        prediction=row.prediction._replace(unusual_forces=flags),
        tested=row.tested._replace(interval_level=level),
    )
    assert flagged(row) == words


def test_one_place_is_said_once() -> None:
    """A force that could be in its own place alone has no range of places."""
    row = one(asked("rates", "metropolitan", source=COUNTS), metric=BURGLARY)
    assert places(counted(BURGLARY))["metropolitan"] == (1, 1)
    assert rank_sentence(row) == "1st of 42 by rate; random variation alone allows no other place."


def test_what_is_not_held_against_forces_says_nothing_of_them() -> None:
    """City of London is no part of the spread, and changes and printed rates have none."""
    rows = [
        one(asked("rates", "city-of-london", source=COUNTS), metric=BURGLARY),
        *asked("rates", "durham", source=REPORT),
        *asked("changes", "durham", source=COUNTS),
    ]
    for row in rows:
        assert among_sentence(row, "X") == ""
        assert rank_sentence(row) == ""


# --- Groups


def group_ends(force: str, members: tuple[str, ...], metric: str) -> tuple[float, float]:
    """Return the range expected of one more force, from the logarithms of the others' rates."""
    figures = counted(metric, LAST[metric])
    y = np.log([figures[member].rate for member in members if member != force])
    half = student.isf(0.025, len(y) - 1) * y.std(ddof=1) * math.sqrt(1 + 1 / len(y))
    return math.exp(y.mean() - half), math.exp(y.mean() + half)


@pytest.mark.parametrize(
    ("force", "group", "metric", "where"),
    [
        ("kent", "south-east", BURGLARY, "within"),
        ("durham", "east-midlands", SEXUAL, "above"),
        ("surrey", "east-midlands", SEXUAL, "below"),
    ],
)
def test_a_force_is_told_with_the_range_of_its_group(
    force: str, group: str, metric: str, where: str
) -> None:
    """Within, above or below the range that one more force would be in, by logarithms of rates."""
    row = one(asked("rates", force, source=COUNTS, group=group), metric=metric)
    low, high = group_ends(force, members_of(group), metric)
    rate = counted(metric)[force].rate
    assert where == ("above" if rate > high else "below" if rate < low else "within")
    per = "households" if metric == BURGLARY else "population"
    label = dataset().label_of(group)
    assert group_sentence(row, LABELS[force], label) == (
        f"{LABELS[force]} is {where} the 95% range expected of one more force like those of "
        f"{label} ({printed(low)} to {printed(high)} per 1,000 {per})."
    )


def test_a_group_of_few_does_not_say_what_is_usual() -> None:
    """With two others nothing is tested, and what is not tested is named."""
    row = one(asked("rates", "durham", source=COUNTS, group="north-east"), metric=BURGLARY)
    assert group_sentence(row, "Durham", "North East") == (
        "Whether Durham is usual for North East is not tested: The group has 2 other forces. "
        "At least 4 are needed to say what is usual."
    )
    alone = one(asked("rates", "durham", source=COUNTS), metric=BURGLARY)
    assert group_sentence(alone, "Durham", "England and Wales") == ""


# --- Findings


def test_a_finding_has_the_words_of_its_verdict() -> None:
    """What several measures share is said as strongly as each of their verdicts, with its level."""
    rates = asked("rates", "durham", source=COUNTS)
    lead = "X is {} than Y, "
    row = one(rates, metric=BURGLARY)
    assert finding([row], "X", "Y") == lead.format("lower") + (
        "by more than forces' rates usually differ from one year to the next (95%)"
    )
    row = one(rates, metric=VIOLENCE)
    assert finding([row], "X", "Y") == lead.format("lower") + (
        "but by no more than a force's rate usually moves in a year (95%)"
    )
    row = one(asked("rates", "durham", source=COUNTS, period="2010-06"), metric=BURGLARY)
    assert finding([row], "X", "Y") == lead.format("lower") + (
        "by more than random variation would explain (95%)"
    )
    row = one(asked("rates", "durham", source=REPORT), metric=SEXUAL)
    assert finding([row], "X", "Y") == lead.format("higher") + "whatever the rounding"
    against, before = asked("satisfaction", "durham", source=REPORT)
    assert finding([against], "X", "Y") == lead.format("higher (better)") + (
        "by more than sampling error would explain (95%)"
    )
    assert finding([before], "X", "Y") == "No clear change in X on the year before at 95%"


@pytest.mark.parametrize(
    ("kent", "essex", "lead"),
    [
        ("-20,800,1000", "-10,9000,10000", "Fell by more in Kent than in Essex"),
        ("-10,9000,10000", "-20,8000,10000", "Fell by less in Kent than in Essex"),
        ("20,12000,10000", "10,11000,10000", "Rose by more in Kent than in Essex"),
        ("10,1100,1000", "-10,900,1000", "Rose in Kent and fell in Essex"),
        ("-10,900,1000", "10,1100,1000", "Fell in Kent and rose in Essex"),
        ("0,1000,1000", "-20,8000,10000", "No clear change in Kent, against a fall in Essex"),
        ("20,120,100", "-20,80,100", "Changed differently in Kent and Essex"),
    ],
)
def test_a_finding_tells_changes_as_rises_and_falls(
    paired: Compare, kent: str, essex: str, lead: str
) -> None:
    """As the sentences do, with the level of the test."""
    row = paired("changes", "plain", kent, essex)
    assert row.tested.method == CHANGES
    assert finding([row], "Kent", "Essex") == (
        f"{lead}, a larger gap than random variation would explain (95%)"
    )
