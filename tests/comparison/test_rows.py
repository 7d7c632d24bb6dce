"""Rules of `crimecmp.comparison.rows`: which rows answer a question, all of them of one source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from bundled import (
    BURGLARY,
    CITY,
    COUNTS,
    FORCES,
    LAST,
    METRICS,
    NATIONAL,
    REPORT,
    Program,
    counted,
    number,
    program,
    table,
    write,
)
from hypothesis import given
from hypothesis import strategies as st

from crimecmp.comparison.request import Request
from crimecmp.comparison.rows import Places
from crimecmp.comparison.rows import find_places
from crimecmp.comparison.rows import of_same

NAMES = ("force", "metric", "source", "period_end")
OTHERS = [force for force in FORCES if force != "durham"]

Key = tuple[str, str, str, str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Program:
    """Return a function that runs the program in this process."""
    return program(capsys)


# The bundled figures: the report's of Durham, and those worked out from counts of every force


@pytest.mark.parametrize("command", ["rates", "changes", "outcomes", "satisfaction"])
def test_of_durham_the_reports_figures_are_shown(run: Program, command: str) -> None:
    """The report alone answers for Durham, with each of its figures once."""
    rows = run(command, "durham", "--format", "csv").rows
    assert {row["source"] for row in rows} == {REPORT}
    own = [row for row in rows if row["benchmark"] == NATIONAL and row["force_value"]]
    printed = [row for row in table(command) if (row["force"], row["source"]) == ("durham", REPORT)]
    if command == "satisfaction":
        printed = [row for row in printed if row["period_end"] == LAST[METRICS[0]]]
    assert len(own) == len(printed)


def test_that_other_figures_of_durham_exist_is_said(run: Program) -> None:
    """A line beneath the report's rates says that there are those from counts, and how to ask."""
    assert f"Figures of other sources (--source): {COUNTS}" in run("rates", "durham").out
    assert f"(--source): {REPORT}" in run("rates", "durham", "--source", COUNTS).out
    assert "Figures of other sources" not in run("rates", "cleveland").out


@pytest.mark.parametrize("force", OTHERS[::6])
def test_of_another_force_the_figures_from_counts_are_shown(run: Program, force: str) -> None:
    """A force that the report is not about has its last 12 months from published counts."""
    rows = run("rates", force, "--format", "csv").rows
    assert [row["metric"] for row in rows] == list(METRICS)
    for row in rows:
        end = LAST[row["metric"]]
        figures = counted(row["metric"], end)
        assert (row["source"], row["period_end"]) == (COUNTS, end)
        assert number(row["force_value"]) == pytest.approx(figures[force].rate, rel=1e-12)
        assert number(row["benchmark_value"]) == pytest.approx(figures[NATIONAL].rate, rel=1e-12)


@pytest.mark.parametrize(
    ("arguments", "source"),
    [
        ((), REPORT),
        (("durham",), REPORT),
        (("durham", "--metric", "burglary"), REPORT),
        (("durham", "--source", COUNTS), COUNTS),
        (("durham", "--period", "2012-06"), COUNTS),
        (("durham", "--benchmark", "cleveland"), COUNTS),
        (("durham", "cleveland"), COUNTS),
        (("cleveland", "durham"), COUNTS),
        (("cleveland",), COUNTS),
        (("cleveland", "--benchmark", "durham"), COUNTS),
        (("--all",), COUNTS),
        (("--all", "--metric", "burglary"), COUNTS),
    ],
)
def test_a_comparison_is_of_one_source(run: Program, arguments: Sequence[str], source: str) -> None:
    """Whoever is compared, all figures on the page are of the source that answers for most."""
    done = run("compare", *arguments, "--format", "csv")
    assert done.code == 0
    assert {row["source"] for row in done.rows} == {source}


@pytest.mark.parametrize("force", ["durham", "cleveland"])
def test_the_whole_page_is_of_one_source(run: Program, force: str) -> None:
    """A report is not put together of two sources."""
    rows = run("report", force, "--format", "csv").rows
    assert {row["source"] for row in rows} == {REPORT if force == "durham" else COUNTS}


@pytest.mark.parametrize("command", ["rates", "changes", "compare"])
def test_a_period_chooses_its_figures(run: Program, command: str) -> None:
    """Of the 12 months that are asked for there are figures, and of no others."""
    rows = run(command, "durham", "--period", "2012-06", "--format", "csv").rows
    assert {row["period_end"] for row in rows} == {"2012-06-30"}
    assert {row["metric"] for row in rows} == set(METRICS[:5])  # the last ends in March
    for row in rows:
        if row["kind"] == "rate":
            figure = counted(row["metric"], "2012-06-30")["durham"]
            assert int(row["force_count"]) == figure.events
            assert number(row["force_base"]) == figure.base


def test_the_source_can_be_none_that_has_the_force(run: Program) -> None:
    """The report says nothing of Cleveland: that is an error that says so, and no other source."""
    done = run("rates", "cleveland", "--source", REPORT)
    assert (done.code, done.out) == (1, "")
    assert "Cleveland" in done.err
    assert REPORT in done.err


def test_an_unknown_source_is_an_error_of_the_command_line(run: Program) -> None:
    """A source that there is not is refused, and the sources that there are are named."""
    done = run("rates", "durham", "--source", "published")
    assert done.code == 2
    assert f"{REPORT} and {COUNTS}" in done.err or f"{COUNTS} and {REPORT}" in done.err


def test_every_force_is_compared_with_the_same_source(run: Program) -> None:
    """All 43 forces have a figure of each metric, Durham's not from its report."""
    rows = run("compare", "--all", "--format", "csv").rows
    assert {(row["force"], row["metric"]) for row in rows} == {
        (force, metric) for force in FORCES for metric in METRICS
    }
    assert len(rows) == len(FORCES) * len(METRICS)
    assert CITY in {row["force"] for row in rows}


@pytest.mark.parametrize("command", ["rates", "compare"])
def test_a_source_must_have_the_whole_group(run: Program, command: str) -> None:
    """The report has Durham but not the rest of the North East: it is no source for its mean."""
    rows = run(command, "durham", "--group", "north-east", "--format", "csv").rows
    assert {row["source"] for row in rows} == {COUNTS}
    assert all(row["benchmark_value"] for row in rows)


def test_asking_for_a_metric_does_not_change_the_source(run: Program, tmp_path: Path) -> None:
    """A source with the benchmark stays the source of a metric on which the benchmark lacks."""
    folder = write(
        tmp_path,
        rates=[
            "force,metric,period_end,source,value",
            "kent,burglary,2014-06-30,first,5.0",
            "england-and-wales,crime,2014-06-30,first,60.0",
            "kent,burglary,2014-06-30,second,5.1",
            "england-and-wales,burglary,2014-06-30,second,8.9",
        ],
        sources=["source,title", "first,First", "second,Second"],
    )
    for metric in ([], ["--metric", BURGLARY]):
        rows = run("compare", "kent", *metric, "--data", folder, "-f", "csv").rows
        [row] = [row for row in rows if row["metric"] == "burglary-in-a-dwelling"]
        assert row["source"] == "first"


def test_that_changes_from_counts_exist_is_said(run: Program) -> None:
    """Beneath the report's changes a line says that others are to be had from counts."""
    assert COUNTS in run("changes", "durham").out


# Laws

areas = st.sampled_from(["a", "b", "c", "d"])
ends = st.sampled_from(["2012-06-30", "2013-06-30", "2014-03-31", "2014-06-30"])
keys = st.tuples(areas, st.sampled_from(["m", "n"]), st.sampled_from(["s", "t", "u"]), ends)
tables = st.lists(keys, max_size=40, unique=True)
selections = st.builds(
    Request,
    st.lists(areas, min_size=1, max_size=3, unique=True).map(tuple),
    metric=st.sampled_from([None, None, "m"]),
    source=st.sampled_from([None, None, "s"]),
    period=st.sampled_from([None, None, "2014-06", "2013-06-30"]),
    every_period=st.booleans(),
)


def in_order(sources: Iterable[str]) -> list[str]:
    """Return sources from the last letter to the first, so that no order is there by chance."""
    return sorted(set(sources), reverse=True)


def rows_of(
    table: Sequence[Key],
    request: Request,
    against: Sequence[str],
    without: Sequence[int] = (),
) -> tuple[Places, list[Key], list[Key]]:
    """Return what is find_places, and the rows at those places; those at some places lack a figure."""
    columns = {name: [key[place] for key in table] for place, name in enumerate(NAMES)}
    columns["value"] = ["" if place in without else "1" for place in range(len(table))]
    found = find_places(columns, "value", request, against, in_order)
    return found, [table[at] for at in found.own], [table[at] for at in found.others]


@given(tables, selections)
def test_what_is_chosen_is_what_was_asked_for(table: list[Key], request: Request) -> None:
    """Rows are of one source, of the areas, the metric, the source and the period asked for."""
    found, own, others = rows_of(table, request, ("d",))
    assert len({source for _, _, source, _ in (*own, *others)}) <= 1
    assert {force for force, *_ in own} <= set(request.forces)
    assert {force for force, *_ in others} <= {"d"}
    for _, metric, source, end in (*own, *others):
        assert request.metric in (None, metric)
        assert request.source in (None, source)
        assert end.startswith(request.period or "")
    assert len({*found.own}) == len(found.own)


@given(tables, selections)
def test_the_source_has_figures_for_the_most_areas(table: list[Key], request: Request) -> None:
    """No other source would answer for more of the areas, and some source always answers."""
    _, own, _ = rows_of(table, request, ("d",))
    having: dict[str, set[str]] = {}
    for force, metric, source, end in table:
        if (
            force in request.forces
            and request.metric in (None, metric)
            and request.source in (None, source)
            and end.startswith(request.period or "")
        ):
            having.setdefault(source, set()).add(force)
    most = max(map(len, having.values()), default=0)
    assert len({force for force, *_ in own}) == most


@given(tables, selections)
def test_the_latest_period_is_each_areas_own(table: list[Key], request: Request) -> None:
    """Without a period each area has its last of each metric, and all of them on request."""
    _, own, others = rows_of(table, request._replace(period=None), ("d",))
    if not own:
        return
    source = own[0][2]
    wanted = [
        key
        for key in table
        if key[0] in request.forces and key[2] == source and request.metric in (None, key[1])
    ]
    if request.every_period:
        assert own == wanted
        return
    last = {(key[0], key[1]): key for key in sorted(wanted, key=lambda key: key[3])}
    assert sorted(own) == sorted(last.values())
    shown = {(metric, end) for _, metric, _, end in own}
    metrics = {metric for metric, _ in shown}
    assert all((key[1], key[3]) in shown or key[1] not in metrics for key in others)


@given(tables, st.sampled_from(["a", "b"]))
def test_all_periods_of_the_same_are_found(table: list[Key], force: str) -> None:
    """Rows of whatever period are those on the same force and metric, from the same source."""
    columns = {name: [key[place] for key in table] for place, name in enumerate(NAMES)}
    places = [place for place, key in enumerate(table) if key[0] == force][:1]
    found = {table[place] for place in of_same(columns, places)}
    assert found == {key for key in table if any(key[:3] == table[at][:3] for at in places)}


def test_of_sources_that_answer_alike_the_first_in_order_is_taken() -> None:
    """Where nothing else tells two sources apart their order does."""
    table = [("a", "m", "s", "2014-06-30"), ("a", "m", "t", "2014-06-30")]
    _, own, _ = rows_of(table, Request(("a",)), ("d",))
    assert own == [("a", "m", "t", "2014-06-30")]


def test_a_source_with_the_benchmark_goes_before_one_without() -> None:
    """A figure that has its counterpart answers better than one that stands alone."""
    table = [
        ("a", "m", "t", "2014-06-30"),
        ("a", "m", "s", "2014-06-30"),
        ("d", "m", "s", "2014-06-30"),
    ]
    _, own, others = rows_of(table, Request(("a",)), ("d",))
    assert (own, others) == ([table[1]], [table[2]])


def test_a_longer_series_goes_before_a_shorter_one() -> None:
    """Where all periods are wanted, of two sources that with more of them is taken."""
    table = [
        ("a", "m", "t", "2014-06-30"),
        ("a", "m", "s", "2013-06-30"),
        ("a", "m", "s", "2014-06-30"),
    ]
    asked = Request(("a",), every_period=True)
    assert rows_of(table, asked, ("d",))[1] == table[1:]
    assert rows_of(table, asked._replace(every_period=False), ("d",))[1] == table[:1]


def test_of_the_benchmark_the_same_periods_are_kept() -> None:
    """Its earlier figures go, but of what the areas lack its latest stays, to be unanswered."""
    table = [
        ("a", "m", "s", "2014-06-30"),
        ("d", "m", "s", "2014-06-30"),
        ("d", "m", "s", "2013-06-30"),
        ("d", "n", "s", "2013-06-30"),
        ("d", "n", "s", "2012-06-30"),
    ]
    _, own, others = rows_of(table, Request(("a",)), ("d",))
    assert (own, others) == (table[:1], [table[1], table[3]])


def test_a_period_without_a_figure_is_not_the_latest() -> None:
    """Where the last row of an area lacks its figure, the one before is shown."""
    table = [("a", "m", "s", "2013-06-30"), ("a", "m", "s", "2014-06-30")]
    assert rows_of(table, Request(("a",)), ("d",), without=[1])[1] == table[:1]
    assert rows_of(table, Request(("a",)), ("d",), without=[0, 1])[1] == table[1:]
    assert rows_of(table, Request(("a",), period="2014-06"), ("d",), without=[1])[1] == table[1:]


def test_the_users_own_sources_come_in_their_own_order(run: Program, tmp_path: Path) -> None:
    """A source that the bundle describes too does not come before the others for that."""
    folder = write(
        tmp_path,
        rates=[
            "force,metric,period_end,source,value",
            "kent,asb,2014-03-31,ons-pfa-2018-03-p7,30.0",
            "kent,crime,2014-06-30,mine,50.0",
        ],
        sources=["source,title", "mine,Mine", "ons-pfa-2018-03-p7,Table P7"],
    )
    rows = run("rates", "kent", "--data", folder, "-f", "csv").rows
    assert {row["source"] for row in rows} == {"mine"}
