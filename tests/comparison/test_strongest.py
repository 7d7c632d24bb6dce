"""One finding a fact: the printed figure is shown, and the counts of another source test it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bundled import BEHAVIOUR, COUNTS, LAST, METRICS, REPORT, dataset
from hypothesis import given, settings
from hypothesis import strategies as st
from picturing import request_of
from rows import write_tables

import crimecmp
from crimecmp.comparison.kinds import KINDS
from crimecmp.comparison.request import requested
from crimecmp.comparison.row import Comparison
from crimecmp.comparison.strongest import Finding, source_of_all_forces, strongest
from crimecmp.comparison.verdict_words import HIGHER, LOWER, NOT_TESTED, SIMILAR

Load = Callable[..., crimecmp.Dataset]

SOURCES = ["report,The report", "counts,The counts"]
METRIC = METRICS[0]
NOW, BEFORE, FIRST = "2014-06-30", "2013-06-30", "2010-06-30"
COUNTED = [
    f"durham,{METRIC},{NOW},counts,50.000000,25000,500000",
    f"cleveland,{METRIC},{NOW},counts,70.000000,35000,500000",
    f"england-and-wales,{METRIC},{NOW},counts,60.000000,3000000,50000000",
]


def printed(durham: str, national: str, end: str = NOW) -> list[str]:
    """Return the rates that a report prints of Durham and of England and Wales."""
    areas = {"durham": durham, "england-and-wales": national}
    return [f"{area},{METRIC},{end},report,{value}" for area, value in areas.items()]


def rates(data: crimecmp.Dataset, *forces: str, source: str | None = None) -> list[Finding]:
    """Return what is found of the rates of some forces."""
    request = requested(data, forces or ["durham"], source=source)
    return strongest(data, request, ["rates"]).get("rates", [])


def test_a_printed_figure_is_shown_and_counts_test_it(load: Load) -> None:
    """The figures and their difference are the report's; verdict and place are of the counts."""
    data = load(sources=SOURCES, rates=[*printed("50.1", "60.2"), *COUNTED])
    [found] = rates(data)
    assert (found.shown.source, found.tested.source) == ("report", "counts")
    assert (found.shown.force_value, found.shown.benchmark_value) == (50.1, 60.2)
    assert found.shown.difference == -10.1
    assert (found.verdict, found.tested.tested.method) == (LOWER, "two-counts")
    assert found.basis == "printed and tested by counts"


def test_a_printed_figure_without_counts_stands_alone(load: Load) -> None:
    """Its verdict is that of print."""
    [found] = rates(load(sources=SOURCES, rates=printed("50.1", "60.2")))
    assert found.shown is found.tested
    assert (found.verdict, found.basis) == (LOWER, "printed")


def test_counts_without_print_stand_alone(load: Load) -> None:
    """What only the counts have is calculated from them."""
    [found] = rates(load(sources=SOURCES, rates=COUNTED))
    assert found.shown is found.tested
    assert found.basis == "counted"


def test_print_that_the_counts_contradict_gives_way(load: Load) -> None:
    """Printed figures that differ the other way, or not at all, are not shown with the verdict."""
    for durham in ("61.0", "60.2"):
        data = load(sources=SOURCES, rates=[*printed(durham, "60.2"), *COUNTED])
        [found] = rates(data)
        assert (found.shown.source, found.verdict, found.basis) == ("counts", LOWER, "counted")


def test_print_without_a_benchmark_gives_way(load: Load) -> None:
    """A verdict is not shown beside figures that lack one of the two."""
    data = load(sources=SOURCES, rates=[*printed("50.1", ""), *COUNTED])
    [found] = rates(data)
    assert (found.shown.source, found.verdict) == ("counts", LOWER)


def test_second_rates_without_counts_test_nothing(load: Load) -> None:
    """Printed rates of all forces are no stronger than the report's."""
    others = [line.rpartition(",")[0].rpartition(",")[0] for line in COUNTED]
    [found] = rates(load(sources=SOURCES, rates=[*printed("50.1", "60.2"), *others]))
    assert found.shown is found.tested
    assert (found.shown.source, found.basis) == ("report", "printed")


def test_counts_test_the_year_that_was_printed(load: Load) -> None:
    """A report of an earlier year is tested by that year's counts; the latest is another fact."""
    earlier = [line.replace(NOW, BEFORE) for line in COUNTED]
    data = load(sources=SOURCES, rates=[*printed("50.1", "60.2", BEFORE), *earlier, *COUNTED])
    before, now = rates(data)
    assert str(before.tested.period_end) == BEFORE
    assert (before.shown.source, before.tested.source) == ("report", "counts")
    assert (str(now.shown.period_end), now.basis) == (NOW, "counted")


def test_a_source_asked_for_is_the_only_one(load: Load) -> None:
    """No other source tests it."""
    data = load(sources=SOURCES, rates=[*printed("50.1", "60.2"), *COUNTED])
    [found] = rates(data, source="report")
    assert found.shown is found.tested
    assert found.basis == "printed"


def test_forces_side_by_side_are_of_one_source(load: Load) -> None:
    """A printed figure of one force is not put beside a calculated one of another."""
    data = load(sources=SOURCES, rates=[*printed("50.1", "60.2"), *COUNTED])
    assert {found.shown.source for found in rates(data, "durham", "cleveland")} == {"counts"}


def test_calculated_changes_are_the_last_years_and_those_over_printed_periods(load: Load) -> None:
    """Of the changes that counts give, one since an earlier year needs a printed one like it."""
    many = [
        line.replace(NOW, end).replace(METRIC, metric)
        for line in COUNTED
        for metric in METRICS[:2]
        for end in (NOW, BEFORE, FIRST)
    ]
    asked = ("changes",)
    for start, expected in ((FIRST, [FIRST, BEFORE] * 2), (BEFORE, [BEFORE] * 2)):
        changes = [
            f"durham,{METRIC},{NOW},{start},report,-4",
            f"england-and-wales,{METRIC},{NOW},{start},report,-5",
        ]
        data = load(sources=SOURCES, rates=many, changes=changes)
        found = strongest(data, requested(data), asked)["changes"]
        assert [str(each.shown.base_period_end) for each in found] == expected
        [one] = [each for each in found if each.shown.source == "report"]
        assert (one.tested.source, one.basis) == ("counts", "printed and tested by counts")
    data = load(sources=SOURCES, rates=many, changes=[])
    found = strongest(data, requested(data), asked)["changes"]
    assert [str(each.shown.base_period_end) for each in found] == [BEFORE] * 2


FIGURES = st.sampled_from(["49.9", "50.0", "50.1", "60.0", ""])
EVENTS = st.integers(20, 40).map(lambda number: number * 1000)
KEPT = st.booleans()


@st.composite
def tables(draw: st.DrawFn) -> dict[str, list[str]]:
    """Return tables of a report and of counts that know of each other nothing at all."""
    rates: list[str] = []
    changes: list[str] = []
    for metric in METRICS[:2]:
        for end in (NOW, BEFORE, FIRST):
            for area in ("durham", "cleveland", "england-and-wales"):
                base = 500_000 * (100 if area == "england-and-wales" else 1)
                events = draw(EVENTS) * base // 500_000
                if draw(KEPT) or end == NOW:
                    value = f"{1000 * events / base:.6f}"
                    rates.append(f"{area},{metric},{end},counts,{value},{events},{base}")
                if draw(KEPT) and area != "cleveland":
                    rates.append(f"{area},{metric},{end},report,{draw(FIGURES)}")
                if draw(KEPT) and area != "cleveland" and end != NOW:
                    percent = draw(st.integers(-50, 50))
                    changes.append(f"{area},{metric},{NOW},{end},report,{percent}")
    return {"sources": SOURCES, "rates": rates, "changes": changes}


@given(tables(), st.sampled_from([("durham",), ("cleveland",), ("durham", "cleveland")]))
@settings(max_examples=60)
def test_a_fact_is_found_once_and_never_contradicts_itself(
    made: dict[str, list[str]], forces: tuple[str, ...]
) -> None:
    """No fact has two findings; figures shown as higher are higher, those as lower are lower.

    The figures shown and the verdict are each of one source, and of the same fact.
    """
    with TemporaryDirectory() as folder:
        write_tables(Path(folder), made)
        data = crimecmp.load(folder)
        found = strongest(data, requested(data, forces))
    facts: set[tuple[object, ...]] = set()
    for findings in found.values():
        for shown, tested in findings:
            fact = (shown.kind, *(_fact_of(shown)))
            assert fact not in facts
            facts.add(fact)
            assert _fact_of(tested) == _fact_of(shown)
    for each in (each for findings in found.values() for each in findings):
        difference = each.shown.difference
        if each.verdict in (HIGHER, LOWER):
            assert difference is not None
            assert difference > 0 if each.verdict == HIGHER else difference < 0
        else:
            assert each.verdict in (SIMILAR, NOT_TESTED)
        if each.basis == "printed":
            assert each.shown is each.tested


def _fact_of(row: Comparison) -> tuple[object, ...]:
    return row.force, row.metric, row.period_end, row.base_period_end


def test_durhams_report_is_tested_by_the_published_counts() -> None:
    """All six printed rates are shown, and each is tested and ranked; no figure is mixed."""
    found = strongest(dataset(), request_of("durham"))
    assert list(found) == list(KINDS)
    measures = {each.shown.metric: str(each.shown.period_end) for each in found["rates"]}
    assert measures == LAST
    for each in found["rates"]:
        assert (each.shown.source, each.tested.source) == (REPORT, COUNTS)
        assert each.tested.among.forces_rank is not None
    [behaviour] = [each for each in found["changes"] if each.shown.metric == BEHAVIOUR]
    # The report prints no change of England and Wales, so it has nothing to compare with.
    assert (behaviour.shown.source, behaviour.basis) == (COUNTS, "counted")


def test_the_source_of_all_forces_has_every_force_asked_for(load: Load) -> None:
    """It has rates of the most forces; without one of those asked for there is none."""
    assert source_of_all_forces(dataset(), request_of("durham")) == COUNTS
    data = load(sources=SOURCES, rates=[*printed("50.1", "60.2"), *COUNTED[1:]])
    assert source_of_all_forces(data, requested(data)) != "counts"
