"""A group of forces is one benchmark: the mean of its figures, or all of it together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from statistics import fmean
from typing import Any

import numpy as np
import pytest
from asking import number
from bundled import CITY, COUNTS, LABELS, LAST, METRICS, Counted, counted, table
from hypothesis import given
from hypothesis import strategies as st
from rows import compared
from scipy.stats import norm

import crimecmp
from crimecmp.comparison.groups import Group, Grouped, grouped
from crimecmp.comparison.pairing import comparisons
from crimecmp.comparison.request import requested
from crimecmp.comparison.row import Comparison
from crimecmp.tables.figures import Figure

CLOSED = 1e-9
"""Closed formulas: rounding errors only."""

NORTH_EAST = ("cleveland", "durham", "northumbria")
MEAN, TOGETHER = "unweighted mean of a group", "group together"
ABOUT = ("crime", date(2014, 6, 30), None, "s")

Load = Callable[..., crimecmp.Dataset]


def members(metric: str, end: str = "") -> list[Counted]:
    """Return the counts and bases of the forces of the North East."""
    return [counted(metric, end or LAST[metric])[force] for force in NORTH_EAST]


# --- The groups that come with crimecmp


def test_every_force_is_in_one_region() -> None:
    """The bundled groups are the regions: each of the 43 forces is in its own, and in no other."""
    regions = {row["force"]: row["region"] for row in table("forces") if row["region"]}
    inside = {
        force: row["label"].removesuffix(" region")
        for row in table("groups")
        for force in row["forces"].split(";")
    }
    assert inside == regions
    assert sum(len(row["forces"].split(";")) for row in table("groups")) == 43


@pytest.mark.parametrize("force", ["durham", "cleveland", "kent"])
def test_the_mean_of_a_group_is_that_of_its_rates(bundled: crimecmp.Dataset, force: str) -> None:
    """The benchmark is the unweighted mean of the rates of the group, a force of it counted in."""
    rows = compared(bundled, "rates", force, group="north-east", source=COUNTS)
    assert [row.metric for row in rows] == list(METRICS)
    for row in rows:
        mean = fmean(figure.rate for figure in members(row.metric))
        assert row.benchmark_value == pytest.approx(mean, rel=1e-12)
        assert (row.benchmark, row.benchmark_basis) == ("north-east", MEAN)
        assert (row.benchmark_count, row.benchmark_base) == (None, None)


def test_the_group_together_is_all_events_over_all_bases(bundled: crimecmp.Dataset) -> None:
    """The weighted figure has the counts and bases of its forces added up."""
    for row in compared(bundled, "rates", "kent", group="north-east", weighted=True):
        counts, bases = zip(*members(row.metric), strict=True)
        assert row.benchmark_value == pytest.approx(1000 * sum(counts) / sum(bases), rel=1e-12)
        assert (row.benchmark_count, row.benchmark_base) == (sum(counts), sum(bases))
        assert (row.benchmark_basis, row.tested.method) == (TOGETHER, "two-counts")


@pytest.mark.parametrize("level", [0.95, 0.998])
@pytest.mark.parametrize("force", ["durham", "northumbria", "kent"])
def test_a_force_is_tested_against_a_mean_it_may_be_part_of(
    bundled: crimecmp.Dataset, force: str, level: float
) -> None:
    """The difference is a sum of rates by weights c, each with variance x / n^2: c' V c."""
    for row in compared(bundled, "rates", force, group="north-east", source=COUNTS, level=level):
        figures = counted(row.metric, row.period_end.isoformat())
        names = list(dict.fromkeys([force, *NORTH_EAST]))
        weights = np.array([(name == force) - (name in NORTH_EAST) / 3 for name in names])
        counts = np.array([figures[name].events for name in names])
        bases = np.array([figures[name].base for name in names])
        difference = 1000 * weights @ (counts / bases)
        error = 1000 * np.sqrt(weights @ np.diag(counts / bases**2) @ weights)
        z = norm.ppf((1 + level) / 2)
        tested = row.tested
        assert tested.method == "group-mean"
        assert row.difference == pytest.approx(difference, rel=CLOSED)
        assert tested.z == pytest.approx(difference / error, rel=1e-7)
        assert tested.interval_low == pytest.approx(difference - z * error, rel=1e-7)
        assert tested.interval_high == pytest.approx(difference + z * error, rel=1e-7)
        assert tested.p_value == pytest.approx(2 * norm.sf(abs(difference / error)), abs=1e-12)
        assert tested.verdict == (
            "similar" if abs(difference) < z * error else "higher" if difference > 0 else "lower"
        )


def test_a_force_is_tested_against_the_rest_of_its_group_together(
    bundled: crimecmp.Dataset,
) -> None:
    """Within the group together a force is held against the others' counts and bases."""
    for row in compared(bundled, "rates", group="north-east", weighted=True, source=COUNTS):
        cleveland, own, northumbria = members(row.metric)
        others = (cleveland, northumbria)
        rest = sum(figure.events for figure in others) / sum(figure.base for figure in others)
        low, high = number(row.tested.interval_low), number(row.tested.interval_high)
        assert np.sqrt(low * high) == pytest.approx(own.rate / 1000 / rest, rel=1e-7)
        spread = np.sqrt(1 / own.events + 1 / sum(figure.events for figure in others))
        assert np.log(high / low) == pytest.approx(2 * norm.ppf(0.975) * spread, rel=1e-7)


@pytest.mark.parametrize("weighted", [False, True])
def test_changes_of_a_group_are_made_of_its_changes(
    bundled: crimecmp.Dataset, weighted: bool
) -> None:
    """The mean is of the forces' changes; together it is the change of their counts added up."""
    rows = compared(bundled, "changes", "cleveland", group="north-east", weighted=weighted)
    assert len(rows) == 12
    for row in rows:
        now, before = (
            [figure.events for figure in members(row.metric, str(end))]
            for end in (row.period_end, row.base_period_end)
        )
        change = (
            100 * (sum(now) / sum(before) - 1)
            if weighted
            else fmean(100 * (a / b - 1) for a, b in zip(now, before, strict=True))
        )
        assert row.benchmark_value == pytest.approx(change, rel=CLOSED)
        assert row.tested.method == ("two-changes" if weighted else "none")
        assert (row.tested.verdict == "not tested") == (not weighted)


def test_a_group_leaves_the_comparison_with_the_year_before_alone(
    bundled: crimecmp.Dataset,
) -> None:
    """Satisfaction against the force's own year before is tested whatever the benchmark is."""
    [plain], [beside] = (
        [row for row in compared(bundled, "satisfaction", group=group) if row.against_itself]
        for group in (None, "north-east")
    )
    assert plain.tested.verdict == "similar"
    assert beside == plain


def test_all_forces_can_be_ranked_against_a_group(bundled: crimecmp.Dataset) -> None:
    """A group as the benchmark leaves every force in the ranking, those of the group too."""
    everyone = bundled.territorial()
    request = requested(bundled, everyone, "wales", metric="burglary", ranked=True)
    rows = comparisons(bundled, "rates", request)
    assert {row.force for row in rows} == set(everyone)
    assert {row.benchmark for row in rows} == {"wales"}


# --- City of London, where hardly anyone lives


@pytest.mark.parametrize("weighted", [False, True])
def test_city_of_london_is_left_out_of_a_group_and_that_is_said(
    load: Load, bundled: crimecmp.Dataset, weighted: bool
) -> None:
    """A group's figure is that of its other forces, and the benchmark's note says who is out."""
    data = load(groups=[f"mine,Mine,{CITY};metropolitan;kent;essex"])
    choices: dict[str, Any] = {"metric": "burglary", "weighted": weighted, "source": COUNTS}
    [row] = compared(data, "rates", "metropolitan", group="mine", **choices)
    figures = [
        counted("burglary-in-a-dwelling")[name] for name in ("metropolitan", "kent", "essex")
    ]
    events, base = (sum(getattr(each, name) for each in figures) for name in ("events", "base"))
    expected = 1000 * events / base if weighted else fmean(each.rate for each in figures)
    assert row.benchmark_value == pytest.approx(expected, rel=CLOSED)
    assert row.benchmark_note == "The group leaves out City of London, where hardly anyone lives."
    [north] = compared(bundled, "rates", group="north-east", **choices)
    assert north.benchmark_note is None


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("force", ["metropolitan", CITY, "kent"])
def test_london_without_city_of_london_is_no_group(
    bundled: crimecmp.Dataset, force: str, weighted: bool
) -> None:
    """One force is left of London: a mean of it is refused, and the error says what to do."""
    with pytest.raises(crimecmp.RequestError) as caught:
        compared(bundled, "rates", force, group="london", weighted=weighted, source=COUNTS)
    assert "London without City of London has 1 force".lower() in caught.value.message.lower()
    assert "with_city_of_london=True" in str(caught.value.hint)


@pytest.mark.parametrize("weighted", [False, True])
def test_city_of_london_is_counted_into_a_group_on_request(
    bundled: crimecmp.Dataset, weighted: bool
) -> None:
    """Asked for, it is one of London's two forces again, and the row says what that rests on."""
    figures = counted("burglary-in-a-dwelling")
    both = [figures[name] for name in (CITY, "metropolitan")]
    events, base = (sum(getattr(each, name) for each in both) for name in ("events", "base"))
    [row] = compared(
        bundled, "rates", "metropolitan", group="london", metric="burglary", weighted=weighted,
        with_city_of_london=True,
    )  # fmt: skip
    expected = 1000 * events / base if weighted else fmean(each.rate for each in both)
    assert row.benchmark_value == pytest.approx(expected, rel=CLOSED)
    assert str(row.benchmark_note).startswith(
        "The group includes City of London. Hardly anyone lives there"
    )
    assert row.tested.verdict != "not tested"


def test_city_of_london_is_no_part_of_a_group_that_it_is_left_out_of(load: Load) -> None:
    """Held against such a group it is compared with all of it, and not with the rest of it."""
    data = load(groups=[f"mine,Mine,{CITY};kent;essex"])
    [row] = compared(data, "rates", CITY, group="mine", metric="burglary", weighted=True)
    figures = counted("burglary-in-a-dwelling")
    events = sum(figures[name].events for name in ("kent", "essex"))
    base = sum(figures[name].base for name in ("kent", "essex"))
    ratio = figures[CITY].rate / (1000 * events / base)
    assert row.beyond.ratio_tested == pytest.approx(ratio, rel=CLOSED)
    assert "part of the benchmark" not in row.tested.reason


def test_a_group_without_a_figure_says_both_why_and_who_is_out(load: Load) -> None:
    """The note of a missing figure names the force that lacks it, then the one left out."""
    data = load(rates=RATES, groups=[f"mine,Mine,{CITY};durham;essex"])
    for weighted in (False, True):
        [row] = compared(data, "rates", group="mine", weighted=weighted)
        assert row.benchmark_value is None
        assert "Essex" in str(row.benchmark_note)
        assert str(row.benchmark_note).endswith(
            " The group leaves out City of London, where hardly anyone lives."
        )


# --- A user's own groups

RATES = [
    "durham,burglary,2014-06-30,,5.0,500,100000",
    "kent,burglary,2014-06-30,,8.0,1600,200000",
    "gwent,burglary,2014-06-30,,7.0,700,100000",
    "surrey,burglary,2014-06-30,,6.5",
]


def of_group(load: Load, forces: str, **choices: Any) -> Comparison:
    """Return Durham's burglary beside a group of some forces."""
    data = load(rates=RATES, groups=[f"mine,Most similar,{forces}"])
    [row] = compared(data, "rates", **{"group": "mine", **choices})
    return row


@pytest.mark.parametrize("name", ["mine", "most similar"])
def test_a_users_group_is_a_benchmark(load: Load, name: str) -> None:
    """A group of groups.csv is found by its id, and by its label as people write it."""
    row = of_group(load, "durham;kent;gwent", group=name)
    assert row.benchmark == "mine"
    assert row.benchmark_value == pytest.approx((5 + 8 + 7) / 3, rel=1e-12)
    assert row.tested.method == "group-mean"


def test_a_users_group_together_is_weighted(load: Load) -> None:
    """500, 1,600 and 700 of 400,000 households are 7 per 1,000."""
    row = of_group(load, "durham;kent;gwent", weighted=True)
    assert (row.benchmark_value, row.benchmark_count) == (7, 2800)


@pytest.mark.parametrize("weighted", [False, True])
def test_a_group_without_one_of_its_forces_has_no_figure(load: Load, weighted: bool) -> None:
    """A missing member leaves the figure missing, and the reason names it by its label."""
    row = of_group(load, "durham;kent;dyfed-powys;essex", weighted=weighted)
    assert (row.benchmark_value, row.tested.verdict) == (None, "not tested")
    assert f"{LABELS['dyfed-powys']} and Essex" in str(row.benchmark_note)
    assert "Kent" not in str(row.benchmark_note)


def test_a_rate_without_a_count_has_a_mean_and_no_test(load: Load) -> None:
    """A force whose count is not known is in the mean; together, the figure needs its count."""
    row = of_group(load, "durham;surrey")
    assert (row.benchmark_value, row.tested.verdict) == (5.75, "not tested")
    assert "if each force has a count and a base" in row.tested.reason
    row = of_group(load, "durham;surrey", weighted=True)
    assert row.benchmark_value is None
    assert "the count and base of Surrey are missing" in str(row.benchmark_note)


@pytest.mark.parametrize("before", [0, 20])
def test_a_group_with_too_few_before_has_no_change(load: Load, before: int) -> None:
    """Forces with fewer than 50 crimes before, all together, have no change in per cent."""
    data = load(
        changes=[
            "kent,crime,2014-06-30,2013-06-30,,10,110,100",
            f"gwent,crime,2014-06-30,2013-06-30,,,5,{before}",
            f"surrey,crime,2014-06-30,2013-06-30,,,7,{before}",
        ],
        groups=["mine,Mine,gwent;surrey"],
    )
    [row] = compared(data, "changes", "kent", group="mine", weighted=True)
    assert row.benchmark_value is None
    assert (row.benchmark_count, row.benchmark_base_count) == (12, 2 * before)
    assert "below 50" in str(row.benchmark_note)


def test_a_folder_of_groups_alone_goes_with_the_bundled_figures(load: Load) -> None:
    """Whoever adds a most similar group need not copy the figures."""
    data = load(groups=["ours,Ours,durham;gwent;humberside"])
    [row] = compared(data, "rates", metric="burglary", group="ours")
    figures = counted("burglary-in-a-dwelling")
    mean = fmean(figures[force].rate for force in ("durham", "gwent", "humberside"))
    assert row.benchmark_value == pytest.approx(mean, rel=1e-12)


# --- Laws

LABELLED = {name: name.upper() for name in "abcdef"}


def as_one(
    areas: Mapping[str, tuple[int, int]], *, weighted: bool, without: Sequence[str] = ()
) -> Grouped:
    """Return the one figure of some areas' counts and bases."""
    figures = [
        a_figure(
            name,
            value=None if name in without else 1000 * count / base,
            events=count,
            base=base,
        )
        for name, (count, base) in areas.items()
    ]
    return grouped(figures, Group("g", list(areas), weighted), {"crime": 1000.0}, LABELLED)


def a_figure(
    force: str,
    *,
    value: float | None,
    events: int | None = None,
    base: float | None = None,
    end: date = ABOUT[1],
) -> Figure:
    """Return a force's rate of crime, with its count and base."""
    return Figure(
        force, "crime", end, None, "s", value=value, decimals=None if value is None else 6,
        margin=None, margin_decimals=None, events=events, base=base, events_before=None,
        locator=None, note=None,
    )  # fmt: skip


some_areas = st.dictionaries(
    st.sampled_from("abcdef"),
    st.tuples(st.integers(1, 10**6), st.integers(1, 10**7)),
    min_size=1,
)


@given(some_areas)
def test_a_figure_of_a_group_is_within_those_of_its_forces(
    areas: dict[str, tuple[int, int]],
) -> None:
    """Neither mean is below the lowest rate of the group or above its highest."""
    rates = [1000 * count / base for count, base in areas.values()]
    for weighted in (False, True):
        [figure] = as_one(areas, weighted=weighted).figures
        assert figure.value is not None
        assert min(rates) * (1 - 1e-12) <= figure.value <= max(rates) * (1 + 1e-12)


@given(some_areas, st.integers(1, 10**7))
def test_over_equal_bases_both_means_are_the_same(
    areas: dict[str, tuple[int, int]], base: int
) -> None:
    """Where all forces have the same base, to weight by it changes nothing."""
    alike = {name: (count, base) for name, (count, _) in areas.items()}
    [mean] = as_one(alike, weighted=False).figures
    [together] = as_one(alike, weighted=True).figures
    assert mean.value == pytest.approx(together.value, rel=1e-12)


@given(some_areas)
def test_the_group_together_is_exact(areas: dict[str, tuple[int, int]]) -> None:
    """Counts and bases are added up without an error, and their rate is that of the sums."""
    [figure], known = as_one(areas, weighted=True)
    counts, bases = zip(*areas.values(), strict=True)
    assert (figure.events, figure.base) == (sum(counts), sum(bases))
    assert figure.value == pytest.approx(float(Fraction(1000 * sum(counts), sum(bases))), rel=1e-14)
    assert known == {ABOUT: areas}


@given(some_areas, st.data())
def test_one_missing_figure_leaves_the_mean_missing(
    areas: dict[str, tuple[int, int]], data: st.DataObject
) -> None:
    """Whichever force lacks its figure, there is no mean, and the note names that force alone."""
    lacking = data.draw(st.sampled_from(sorted(areas)))
    [figure] = as_one(areas, weighted=False, without=[lacking]).figures
    assert figure.value is None
    assert figure.note == f"There is no figure for {LABELLED[lacking]}, so the group has no mean."


@pytest.mark.parametrize(("events", "base"), [(5, None), (None, 1000.0)])
def test_a_count_without_its_base_is_not_counted(events: int | None, base: float | None) -> None:
    """Nor is a base without its count: the mean stays, and together there is no figure."""
    figures = [
        a_figure("a", value=2.0, events=8, base=4000.0),
        a_figure("b", value=5.0, events=events, base=base),
    ]
    for weighted, value, note in (
        (False, 3.5, None),
        (
            True,
            None,
            "The group together has no figure, because the count and base of B are missing.",
        ),
    ):
        [figure], known = grouped(
            figures, Group("g", ["a", "b"], weighted), {"crime": 1000.0}, LABELLED
        )
        assert (figure.value, figure.note) == (value, note)
        assert known == {ABOUT: {"a": (8, 4000.0)}}


def test_counts_that_give_no_figure_leave_nobody_missing() -> None:
    """A metric without a unit per 1,000 has no figure together, though all counts are there."""
    figures = [a_figure(name, value=2.0, events=8, base=4000.0) for name in "ab"]
    group = Group("g", ["a", "b"], weighted=True, note="A note.")
    [figure], _ = grouped(figures, group, {"crime": None}, LABELLED)
    assert figure.value is None
    assert figure.note == (
        "The group together has no figure, because the count and base are missing. A note."
    )


def test_a_groups_change_keeps_the_note_on_the_group(load: Load) -> None:
    """Changes of forces together say who is left out of them, as rates do."""
    data = load(groups=[f"mine,Mine,{CITY};metropolitan;kent;essex"])
    rows = compared(
        data, "changes", "kent", group="mine", metric="burglary", weighted=True, source=COUNTS
    )
    assert rows
    for row in rows:
        assert (
            row.benchmark_note == "The group leaves out City of London, where hardly anyone lives."
        )


def test_each_metric_and_period_is_a_figure_of_its_own() -> None:
    """Figures of several periods are not put together."""
    ends = date(2013, 6, 30), date(2014, 6, 30)
    values = {("a", ends[0]): 1.0, ("b", ends[0]): 3.0, ("a", ends[1]): 5.0, ("b", ends[1]): 8.0}
    figures = [a_figure(force, value=value, end=end) for (force, end), value in values.items()]
    group = Group("g", ["a", "b"], weighted=False)
    means, known = grouped(figures, group, {"crime": 1000.0}, LABELLED)
    assert [(mean.period_end, mean.value) for mean in means] == [(ends[0], 2.0), (ends[1], 6.5)]
    assert list(known.values()) == [{}, {}]
