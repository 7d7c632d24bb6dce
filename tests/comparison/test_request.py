"""What is asked for: names as people type them in, ids out; and what cannot be asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import crimecmp
from crimecmp.comparison.request import (
    AREA,
    MEAN_OF_GROUP,
    WEIGHTED,
    Request,
    areas_against,
    group_caution,
    no_figures,
    requested,
)

Load = Callable[..., crimecmp.Dataset]


# --- Names


@pytest.mark.parametrize(
    "names",
    [["durham"], ["Durham Constabulary"], ["E23000008"], ["durham", "DURHAM", "E23000008"]],
)
def test_a_force_is_found_by_any_of_its_names(bundled: crimecmp.Dataset, names: list[str]) -> None:
    """Id, full name and code are one force, which is asked for once."""
    assert requested(bundled, names).forces == ("durham",)


def test_forces_stay_in_the_order_asked_for(bundled: crimecmp.Dataset) -> None:
    """Several forces are kept as they were named, whatever their table's order is."""
    assert requested(bundled, ["kent", "durham", "essex"]).forces == ("kent", "durham", "essex")


def test_what_is_not_asked_for_is_plain(bundled: crimecmp.Dataset) -> None:
    """Durham against England and Wales, all metrics, no source, no period, 95 %, no group."""
    assert requested(bundled) == Request(
        ("durham",), "england-and-wales", level=0.95, out_of_spread=("city-of-london",)
    )


@pytest.mark.parametrize(
    ("choice", "field", "found"),
    [
        ({"benchmark": "Kent Police"}, "benchmark", "kent"),
        ({"metric": "asb"}, "metric", "anti-social-behaviour"),
        ({"source": "published-counts"}, "source", "published-counts"),
        ({"period": "2014-06"}, "period", "2014-06"),
        ({"period": "2014-06-30"}, "period", "2014-06-30"),
        ({"level": 0.998}, "level", 0.998),
        ({"ranked": True}, "ranked", True),
        ({"group": "North East"}, "group", "north-east"),
        ({"benchmark": "North East"}, "group", "north-east"),
        ({"with_city_of_london": True}, "out_of_spread", ()),
    ],
)
def test_each_choice_is_kept(
    bundled: crimecmp.Dataset, choice: dict[str, Any], field: str, found: object
) -> None:
    """Names of areas, groups and metrics become ids, all else is kept as it is."""
    assert getattr(requested(bundled, **choice), field) == found


@pytest.mark.parametrize(
    "wrong", [{"metric": "weather"}, {"benchmark": "atlantis"}, {"forces": ["atlantis"]}]
)
def test_an_unknown_name_is_an_error(bundled: crimecmp.Dataset, wrong: dict[str, Any]) -> None:
    """A force, benchmark or metric that nobody knows is said by the name that was typed."""
    [name] = [value if isinstance(value, str) else value[0] for value in wrong.values()]
    with pytest.raises(crimecmp.UnknownNameError, match=name):
        requested(bundled, **wrong)


def test_an_unknown_source_is_refused(bundled: crimecmp.Dataset) -> None:
    """A source without figures is an error of the request, which names those that have some."""
    with pytest.raises(crimecmp.RequestError) as raised:
        requested(bundled, source="gazette")
    assert "gazette" in raised.value.message
    assert "hmic-2014-durham" in raised.value.hint


@pytest.mark.parametrize("period", ["2014", "2014-13", "2014-06-31", "June 2014", "", "2014-6"])
def test_what_is_no_period_is_refused(bundled: crimecmp.Dataset, period: str) -> None:
    """A period that is none is an error of the request, which says how one is written."""
    with pytest.raises(crimecmp.RequestError) as raised:
        requested(bundled, period=period)
    assert "2014-06" in raised.value.hint


# --- The benchmark


def test_a_benchmark_without_figures_is_an_error(load: Load) -> None:
    """An area that has no figures is no benchmark: the error names those that are."""
    data = load(rates=["durham,crime,2014-06-30,,5.0", "england-and-wales,crime,2014-06-30,,6.0"])
    with pytest.raises(crimecmp.NoFiguresError, match="Kent") as raised:
        requested(data, benchmark="kent")
    assert "england-and-wales" in raised.value.hint
    assert "durham" in raised.value.hint
    assert "kent" not in raised.value.hint


def test_england_and_wales_may_lack_figures(load: Load) -> None:
    """The default benchmark is one whatever the data hold: its gap is said in each row."""
    data = load(rates=["durham,crime,2014-06-30,,5.0"])
    assert requested(data).benchmark == "england-and-wales"


def test_a_group_is_no_area_to_compare_with_as_well(bundled: crimecmp.Dataset) -> None:
    """A group and another benchmark cannot both be asked for."""
    with pytest.raises(crimecmp.RequestError, match="two benchmarks"):
        requested(bundled, benchmark="kent", group="north-east")


def test_what_is_weighted_is_a_group(bundled: crimecmp.Dataset) -> None:
    """Without a group there is nothing to be weighted."""
    with pytest.raises(crimecmp.RequestError, match="group"):
        requested(bundled, weighted=True)


def test_an_unknown_group_is_an_error(bundled: crimecmp.Dataset) -> None:
    """A group that there is not is refused by its name, and one that is meant is named."""
    with pytest.raises(crimecmp.UnknownNameError, match="north-eats") as raised:
        requested(bundled, group="north-eats")
    assert "north-east" in raised.value.message + raised.value.hint.replace("north-eats", "")


def test_a_name_of_a_force_is_the_forces_own(bundled: crimecmp.Dataset) -> None:
    """West Midlands is a force and a region: as the benchmark it is the force."""
    request = requested(bundled, benchmark="west-midlands")
    assert (request.benchmark, request.group) == ("west-midlands", None)


@pytest.mark.parametrize(
    ("choices", "opponent", "basis", "against"),
    [
        ({}, "england-and-wales", AREA, ("england-and-wales",)),
        ({"benchmark": "kent"}, "kent", AREA, ("kent",)),
        (
            {"group": "north-east"},
            "north-east",
            MEAN_OF_GROUP,
            ("cleveland", "durham", "northumbria"),
        ),
        (
            {"group": "north-east", "weighted": True},
            "north-east",
            WEIGHTED,
            ("cleveland", "durham", "northumbria"),
        ),
    ],
)
def test_the_benchmark_is_an_area_or_one_of_two_figures_of_a_group(
    bundled: crimecmp.Dataset,
    choices: dict[str, Any],
    opponent: str,
    basis: str,
    against: tuple[str, ...],
) -> None:
    """What rows call the benchmark, what it is, and the areas that it is made of go together."""
    request = requested(bundled, **choices)
    assert (request.opponent, request.basis) == (opponent, basis)
    assert areas_against(bundled, request) == against


# --- Where there are no figures


def test_no_figures_names_who_has_some(load: Load) -> None:
    """The error says what was asked for, and which areas have such figures."""
    data = load(rates=["durham,crime,2014-06-30,,5.0"])
    error = no_figures(data, "rates", requested(data, ["kent"]))
    assert "no rates for Kent" in error.message
    assert "durham" in error.hint
    assert "kent" not in error.hint


def test_who_has_other_figures_is_not_named(load: Load) -> None:
    """Rates of a force are no detections: the error on those names who has some of them."""
    data = load(rates=["kent,crime,2014-06-30,,5.0"], outcomes=["durham,detection,2014-03-31,,36"])
    error = no_figures(data, "outcomes", requested(data, ["kent"]))
    assert error.hint == "Areas with outcomes: durham."
    both = no_figures(data, "figures", requested(data, ["essex"]))
    assert both.hint == "Areas with figures: durham and kent."


def test_who_has_figures_is_named_by_source_and_metric(load: Load) -> None:
    """Areas with figures of another source or on another metric are no answer."""
    data = load(
        sources=["one,One", "two,Two"],
        rates=[
            "kent,crime,2014-06-30,one,5.0",
            "essex,crime,2014-06-30,two,5.0",
            "gwent,asb,2014-06-30,one,5.0",
        ],
    )
    asked = requested(data, ["durham"], source="one", metric="crime")
    assert no_figures(data, "rates", asked).hint == "Areas with rates: kent."


def test_the_years_with_figures_are_named_where_only_the_year_is_wrong(load: Load) -> None:
    """The first and the last year of such figures are named: same force, metric, source, table."""
    data = load(
        sources=["one,One", "two,Two"],
        rates=[
            *(f"durham,crime,{year}-06-30,one,5.0" for year in (2011, 2012, 2013)),
            "durham,crime,2009-06-30,two,5.0",
            "durham,asb,2008-06-30,one,5.0",
            "kent,crime,2007-06-30,one,5.0",
        ],
        outcomes=["durham,detection,2006-03-31,one,36"],
    )
    asked = requested(data, ["durham"], period="2014-06", source="one", metric="crime")
    assert no_figures(data, "rates", asked).hint == "Years with rates: 2011-06 to 2013-06."
    single = asked._replace(forces=("kent",))
    assert no_figures(data, "rates", single).hint == "Years with rates: 2007-06."
    every = asked._replace(source=None, metric=None)
    assert no_figures(data, "figures", every).hint == "Years with figures: 2006-03 to 2013-06."
    other = asked._replace(forces=("essex",))
    assert no_figures(data, "rates", other).hint == "Areas with rates: durham and kent."
    no_year = asked._replace(period=None)
    assert no_figures(data, "rates", no_year).hint == "Areas with rates: durham and kent."


def test_an_area_as_benchmark_has_no_caution_of_a_group(bundled: crimecmp.Dataset) -> None:
    """There is something to know of a group only where a group is asked for."""
    assert group_caution(bundled, requested(bundled)) == ""
    assert group_caution(bundled, requested(bundled, group="london")) != ""


def test_a_metric_that_nobody_has_is_said_to_be_known(bundled: crimecmp.Dataset) -> None:
    """Judgments are of no metric: who has some has no figures of one that nobody has."""
    robbery = no_figures(bundled, "figures", requested(bundled, ["durham"], metric="robbery"))
    assert robbery.hint == "Robbery is a known metric, but no area has figures for it here."
    asked = requested(bundled, ["kent"], metric="satisfaction")
    assert "durham" in no_figures(bundled, "figures", asked).hint


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"metric": "satisfaction"}, "on Victim satisfaction"),
        ({"period": "1999-12"}, "for the year to 1999-12"),
        ({"source": "published-counts"}, "from published-counts"),
        ({"forces": ["durham", "kent"]}, "for Durham or Kent"),
        ({"forces": ["durham", "kent", "essex", "gwent"]}, "for Durham, Kent, Essex or Gwent"),
        ({"forces": ["durham", "kent", "essex", "gwent", "surrey"]}, "any of 5 forces"),
    ],
)
def test_no_figures_says_what_was_asked(
    bundled: crimecmp.Dataset, choices: dict[str, Any], said: str
) -> None:
    """The error that there are no figures repeats forces, metric, source and period asked for."""
    assert said in no_figures(bundled, "rates", requested(bundled, **choices)).message
