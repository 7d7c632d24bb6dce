"""Which rows answer a question: all of one source, of the period asked for or the latest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest
from bundled import CITY, COUNTS, FORCES, LAST, METRICS, NATIONAL, REPORT, counted, table
from hypothesis import given
from hypothesis import strategies as st
from rows import columns_of, compared

import crimecmp
from crimecmp.comparison.kinds import KINDS
from crimecmp.comparison.pairing import comparisons
from crimecmp.comparison.request import Request, requested
from crimecmp.comparison.row import Comparison
from crimecmp.comparison.rows import Places, answer_to, find_places, of_same

NAMES = ("force", "metric", "source", "period_end")
OTHERS = [force for force in FORCES if force != "durham"]

Key = tuple[str, str, str, str]
Load = Callable[..., crimecmp.Dataset]


def of_all_kinds(data: crimecmp.Dataset, request: Request) -> list[Comparison]:
    """Return the comparisons on every kind of figure."""
    return [row for name in KINDS for row in comparisons(data, name, request)]


# --- The bundled figures: the report's of Durham, and those calculated from counts of every force


@pytest.mark.parametrize("kind", KINDS)
def test_of_durham_the_reports_figures_are_shown(bundled: crimecmp.Dataset, kind: str) -> None:
    """The report alone answers for Durham, with each of its figures once."""
    rows = compared(bundled, kind)
    assert {row.source for row in rows} == {REPORT}
    own = [row for row in rows if row.benchmark == NATIONAL and row.force_value is not None]
    printed = [row for row in table(kind) if (row["force"], row["source"]) == ("durham", REPORT)]
    if kind == "satisfaction":
        printed = [row for row in printed if row["period_end"] == LAST[METRICS[0]]]
    assert len(own) == len(printed)


@pytest.mark.parametrize("force", OTHERS[::6])
def test_of_another_force_the_figures_from_counts_are_shown(
    bundled: crimecmp.Dataset, force: str
) -> None:
    """A force that the report is not about has its last 12 months from published counts."""
    rows = compared(bundled, "rates", force)
    assert [row.metric for row in rows] == list(METRICS)
    for row in rows:
        end = LAST[row.metric]
        figures = counted(row.metric, end)
        assert (row.source, row.period_end.isoformat()) == (COUNTS, end)
        assert row.force_value == pytest.approx(figures[force].rate, rel=1e-12)
        assert row.benchmark_value == pytest.approx(figures[NATIONAL].rate, rel=1e-12)


@pytest.mark.parametrize(
    ("forces", "choices", "source"),
    [
        (["durham"], {}, REPORT),
        (["durham"], {"metric": "burglary"}, REPORT),
        (["durham"], {"period": "2014-03"}, REPORT),
        (["durham"], {"period": "2012-06"}, COUNTS),
        (["durham"], {"source": COUNTS}, COUNTS),
        (["durham"], {"benchmark": "kent"}, COUNTS),
        (["durham"], {"benchmark": "cleveland"}, COUNTS),
        (["durham"], {"group": "north-east"}, COUNTS),
        (["durham", "cleveland"], {}, COUNTS),
        (["cleveland", "durham"], {}, COUNTS),
        (["cleveland"], {}, COUNTS),
        (["cleveland"], {"benchmark": "durham"}, COUNTS),
        (FORCES, {"ranked": True}, COUNTS),
        (FORCES, {"ranked": True, "metric": "burglary"}, COUNTS),
    ],
)
def test_bundled_figures_are_never_a_mixture(
    bundled: crimecmp.Dataset, forces: Sequence[str], choices: dict[str, Any], source: str
) -> None:
    """The report answers for Durham alone and its own periods, the counts for all else."""
    rows = comparisons(bundled, "rates", requested(bundled, forces, **choices))
    assert {row.source for row in rows} == {source}
    assert {row.force for row in rows} == set(forces)
    for row in rows:
        assert None not in (row.force_value, row.benchmark_value)
        # The report has no count of crimes; what was calculated has one, but for a mean.
        counted_too = source == COUNTS and "group" not in choices
        assert (row.benchmark_count is not None) == counted_too


def test_a_period_chooses_its_figures(bundled: crimecmp.Dataset) -> None:
    """Of the 12 months that are asked for there are figures, and of no others."""
    rows = of_all_kinds(bundled, requested(bundled, period="2012-06"))
    assert {row.period_end.isoformat() for row in rows} == {"2012-06-30"}
    assert {row.kind for row in rows} == {"rate", "change"}
    assert {row.metric for row in rows} == set(METRICS[:5])  # the last ends in March
    for row in rows:
        figure = counted(row.metric, "2012-06-30")["durham"]
        assert row.force_count == figure.events
        if row.kind == "rate":
            assert row.force_base == figure.base


def test_the_source_can_be_none_that_has_the_force(bundled: crimecmp.Dataset) -> None:
    """The report says nothing of Cleveland: asked for it there is no row, and no other source."""
    request = requested(bundled, ["cleveland"], source=REPORT)
    assert of_all_kinds(bundled, request) == []
    assert {answer_to(bundled, name, request).source for name in KINDS} == {None}


def test_every_force_is_compared_with_the_same_source(bundled: crimecmp.Dataset) -> None:
    """All 43 forces have a figure of each metric, Durham's not from its report."""
    rows = comparisons(bundled, "rates", requested(bundled, FORCES))
    assert {(row.force, row.metric) for row in rows} == {
        (force, metric) for force in FORCES for metric in METRICS
    }
    assert len(rows) == len(FORCES) * len(METRICS)
    assert {row.source for row in rows} == {COUNTS}
    assert CITY in {row.force for row in rows}


# --- Sources and periods of tables of one's own


def test_asking_for_a_metric_does_not_change_the_source(load: Load) -> None:
    """A source with the benchmark stays the source of a metric on which the benchmark lacks."""
    data = load(
        sources=["first,First", "second,Second"],
        rates=[
            "kent,burglary,2014-06-30,first,5.0",
            "england-and-wales,crime,2014-06-30,first,60.0",
            "kent,burglary,2014-06-30,second,5.1",
            "england-and-wales,burglary,2014-06-30,second,8.9",
        ],
    )
    for metric in (None, "burglary"):
        rows = compared(data, "rates", "kent", metric=metric)
        [row] = [row for row in rows if row.metric == "burglary-in-a-dwelling"]
        assert row.source == "first"


def test_one_metric_is_found_in_whichever_source_has_it(load: Load) -> None:
    """All that is known of a metric is shown, also where another source is first for the force."""
    data = load(
        sources=["one,One", "two,Two"],
        rates=[
            "durham,crime,2014-06-30,one,5.0",
            "england-and-wales,crime,2014-06-30,one,6.0",
            "durham,asb,2014-06-30,two,7.0",
            "england-and-wales,asb,2014-06-30,two,8.0",
        ],
    )
    rows = compared(data, "rates", metric="asb")
    assert columns_of(rows, "source", "force_value", "benchmark_value") == [("two", 7.0, 8.0)]


def test_the_first_source_is_the_default(load: Load) -> None:
    """Without a source a force's figures are of the first in the order of the sources' table."""
    data = load(
        sources=["one,One", "two,Two"],
        rates=[
            "durham,crime,2014-06-30,two,5.0",
            "durham,crime,2013-06-30,one,4.0",
            "england-and-wales,crime,2014-06-30,two,9.0",
            "england-and-wales,crime,2013-06-30,one,8.0",
        ],
    )
    columns = ("source", "force_value", "benchmark_value")
    assert columns_of(compared(data, "rates"), *columns) == [("one", 4.0, 8.0)]
    assert columns_of(compared(data, "rates", source="two"), *columns) == [("two", 5.0, 9.0)]


def test_the_source_with_most_of_the_forces_goes_before_the_first(load: Load) -> None:
    """A table is of the source that has figures of most of the forces asked for, whatever else."""
    data = load(
        sources=["one,One", "two,Two"],
        rates=[
            "durham,crime,2014-06-30,one,5.0",
            "england-and-wales,crime,2014-06-30,one,9.0",
            "durham,crime,2014-06-30,two,5.5",
            "kent,crime,2014-06-30,two,6.5",
        ],
    )
    columns = ("force", "source", "force_value", "benchmark_value")
    both = comparisons(data, "rates", requested(data, ["durham", "kent"]))
    assert columns_of(both, *columns) == [
        ("durham", "two", 5.5, None),
        ("kent", "two", 6.5, None),
    ]
    assert columns_of(compared(data, "rates"), *columns) == [("durham", "one", 5.0, 9.0)]


def test_of_sources_alike_the_one_with_the_benchmark_goes_first(load: Load) -> None:
    """Where several sources have as many of the forces, it is one that has the benchmark too."""
    data = load(
        sources=["one,One", "two,Two"],
        rates=[
            "durham,crime,2014-06-30,one,5.0",
            "durham,crime,2014-06-30,two,5.5",
            "england-and-wales,crime,2014-06-30,two,9.5",
            "kent,crime,2014-06-30,one,6.0",
        ],
    )
    columns = ("source", "force_value", "benchmark_value")
    assert columns_of(compared(data, "rates"), *columns) == [("two", 5.5, 9.5)]
    against_kent = compared(data, "rates", benchmark="kent")
    assert columns_of(against_kent, *columns) == [("one", 5.0, 6.0)]


def test_the_users_own_sources_come_in_their_own_order(load: Load) -> None:
    """A source that the bundle describes too does not come before the others for that."""
    data = load(
        rates=[
            "kent,asb,2014-03-31,ons-pfa-2018-03-p7,30.0",
            "kent,crime,2014-06-30,mine,50.0",
        ],
        sources=["mine,Mine", "ons-pfa-2018-03-p7,Table P7"],
    )
    assert {row.source for row in compared(data, "rates", "kent")} == {"mine"}


def test_the_latest_period_is_the_default(load: Load) -> None:
    """Without a period each metric has its own latest, whatever the order of the file."""
    data = load(
        rates=[
            "durham,crime,2014-06-30,,5.0",
            "durham,crime,2013-06-30,,4.0",
            "durham,asb,2012-03-31,,3.0",
            "durham,asb,2013-03-31,,2.0",
            "england-and-wales,crime,2013-06-30,,9.0",
            "england-and-wales,crime,2014-06-30,,8.0",
            "england-and-wales,asb,2013-03-31,,7.0",
            "england-and-wales,asb,2014-03-31,,6.0",
        ],
    )
    columns = ("metric", "period_end", "force_value", "benchmark_value")
    assert columns_of(compared(data, "rates"), *columns) == [
        ("crime-excluding-fraud", "2014-06-30", 5.0, 8.0),
        ("anti-social-behaviour", "2013-03-31", 2.0, 7.0),
    ]


@pytest.mark.parametrize("period", ["2013-06", "2013-06-30"])
def test_a_period_asked_for_is_the_one_given(load: Load, period: str) -> None:
    """`period` names the month, or the day, that the figures end with."""
    data = load(
        rates=[
            "durham,crime,2013-06-30,,4.0",
            "durham,crime,2014-06-30,,5.0",
            "england-and-wales,crime,2013-06-30,,9.0",
            "england-and-wales,crime,2014-06-30,,8.0",
        ],
    )
    columns = ("period_end", "force_value", "benchmark_value")
    rows = compared(data, "rates", period=period)
    assert columns_of(rows, *columns) == [("2013-06-30", 4.0, 9.0)]


@pytest.mark.parametrize("others", [["kent"], ["kent", "gwent"]])
def test_a_force_without_this_years_figure_has_no_place_with_last_years(
    load: Load, others: list[str]
) -> None:
    """Beside others an empty row of the latest period is shown; alone, the figure before it is."""
    data = load(
        rates=[
            "kent,crime,2014-06-30,,50.0",
            "durham,crime,2014-06-30,,",
            "durham,crime,2013-06-30,,60.0",
            "gwent,crime,2014-06-30,,55.0",
        ]
    )
    rows = comparisons(data, "rates", requested(data, ["durham", *others]))
    columns = ("force", "period_end", "force_value")
    assert ("durham", "2014-06-30", None) in columns_of(rows, *columns)
    assert {row.period_end.isoformat() for row in rows} == {"2014-06-30"}
    assert columns_of(compared(data, "rates"), *columns) == [("durham", "2013-06-30", 60.0)]


def test_outcomes_of_a_group_together_are_per_cent_of_its_crimes(load: Load) -> None:
    """Of 100 and 300 crimes 50 and 30 are 80 of 400, which is 20%."""
    outcome = "outcome-charged-or-summonsed,2014-03-31"
    data = load(
        outcomes=[
            f"durham,{outcome},,40,40,100",
            f"kent,{outcome},,50,50,100",
            f"essex,{outcome},,10,30,300",
        ],
        groups=["both,Both,kent;essex"],
    )
    [row] = compared(data, "outcomes", group="both", weighted=True)
    assert (row.benchmark_value, row.benchmark_count, row.benchmark_base) == (20.0, 80, 400.0)


# --- Laws

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
    """Return what is found, and the rows at those places; those at some places lack a figure."""
    columns = {name: [key[place] for key in table] for place, name in enumerate(NAMES)}
    columns["value"] = ["" if place in without else "1" for place in range(len(table))]
    found = find_places(columns, "value", request, against, in_order, range(len(table)))
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
    """A figure that has its counterpart answers better than one alone."""
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
