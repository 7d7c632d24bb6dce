"""Rules of the arguments that the functions take from Python."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from bundled import COUNTS

import crimecmp
from crimecmp import CrimecmpError, NoFiguresError, RequestError, UnknownNameError
from crimecmp.api.arguments import shown

DATA = crimecmp.load()
FUNCTIONS = (
    "rates", "changes", "outcomes", "satisfaction", "compare", "trend", "report", "judgments",
    "claims", "reproduce", "explain", "forces", "metrics", "groups", "sources",
)  # fmt: skip
RIGHT: dict[str, tuple[type, ...]] = {
    "data": (crimecmp.Dataset, type(None)),
    "force": (str, list, tuple),
    "metric": (str, list, tuple, type(None)),
    "benchmark": (str,),
    "group": (str, type(None)),
    "weighted": (bool,),
    "period": (str, int, dt.date, type(None)),
    "source": (str, type(None)),
    "level": (int, float),
    "with_city_of_london": (bool,),
    "drop_empty": (bool,),
    "name": (str,),
}
"""The types that each argument can have; a bool is no number here."""

VALUES: tuple[Any, ...] = (
    1, 3.5, True, None, "x", b"durham", [], [1], ["durham", None], {}, object(), float("nan"),
    dt.date(2014, 6, 30), np.array([1.0]), pd.NaT, pd.DataFrame(), DATA,
)  # fmt: skip


def function(name: str) -> Callable[..., pd.DataFrame]:
    """Return a public function that returns frames."""
    found: Callable[..., pd.DataFrame] = getattr(crimecmp, name)
    return found


ARGUMENTS = [
    (name, argument)
    for name in FUNCTIONS
    for argument in inspect.signature(function(name)).parameters
]
"""Each function with each of its arguments."""


def wrong_values(argument: str) -> list[Any]:
    """Return the values that are of no type that an argument can have."""
    right = RIGHT[argument]
    return [
        value
        for value in VALUES
        if not isinstance(value, right) or (isinstance(value, bool) and bool not in right)
    ]


def called(of: str, /, **given: Any) -> pd.DataFrame:
    """Call a function on the bundled figures."""
    least = {"name": "rounding"} if of == "explain" else {}
    return function(of)(**{"data": DATA, **least, **given})


@pytest.mark.parametrize(("name", "argument"), ARGUMENTS)
def test_a_wrong_type_is_refused_by_name(name: str, argument: str) -> None:
    """An argument of a wrong type is an error of crimecmp that names the argument."""
    wrong = wrong_values(argument)
    assert len(wrong) > 5
    for value in wrong:
        with pytest.raises(RequestError, match=rf"^{argument}= takes .* not "):
            called(name, **{argument: value})


@pytest.mark.parametrize(("name", "argument"), ARGUMENTS)
def test_whatever_is_passed_is_answered_or_refused(name: str, argument: str) -> None:
    """No value of any argument ends with an error of Python's own."""
    for value in VALUES:
        try:
            assert isinstance(called(name, **{argument: value}), pd.DataFrame)
        except CrimecmpError:
            continue


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_force_in_place_of_data_says_what_to_write(name: str) -> None:
    """What one would try first, `rates("durham")`, says what comes first."""
    with pytest.raises(RequestError) as caught:
        function(name)("durham")
    assert caught.value.message == "data= takes what crimecmp.load() returns, not 'durham'"
    assert "crimecmp.load()" in caught.value.hint


@pytest.mark.parametrize(
    ("name", "example"),
    [("rates", "force='kent'"), ("claims", "force='kent'"), ("explain", "name='burglary'")],
)
def test_the_hint_names_an_argument_that_the_function_takes(name: str, example: str) -> None:
    """What to write in place of data is written with an argument of the same function."""
    with pytest.raises(RequestError) as caught:
        function(name)("burglary")
    assert caught.value.hint.endswith(f"name the other arguments: {example}.")
    assert example.partition("=")[0] in inspect.signature(function(name)).parameters


@pytest.mark.parametrize("name", ["forces", "metrics", "groups", "sources"])
def test_a_list_of_names_has_no_other_argument_to_name(name: str) -> None:
    """A function that takes data alone is told to leave it out."""
    with pytest.raises(RequestError) as caught:
        function(name)(3)
    assert caught.value.hint == "Pass crimecmp.load(), or leave out data."


@pytest.mark.parametrize("argument", ["force", "metric"])
@pytest.mark.parametrize(
    "given", [pd.DataFrame({"durham": [1]}), {"durham": 1}, np.array([["durham"]])], ids=type
)
def test_a_table_is_no_list_of_names(argument: str, given: Any) -> None:
    """A frame is not read as the names of its columns, nor a dictionary as its keys."""
    with pytest.raises(
        RequestError, match=rf"^{argument}= takes .*, not an? {type(given).__name__}"
    ):
        called("rates", **{argument: given})


@pytest.mark.parametrize(
    ("given", "words"), [(object(), "an object"), ({}, "a dict")], ids=["vowel", "other"]
)
def test_types_have_their_article(given: object, words: str) -> None:
    """A type that begins with a vowel is `an`, any other `a`."""
    assert shown(given) == words


@pytest.mark.parametrize("period", ["June 2014", "2014-13", "2014-02-30", "2014", ""])
def test_text_that_is_no_period_is_refused_by_the_argument(period: str) -> None:
    """The error about a period that cannot be read names its argument and what to write."""
    with pytest.raises(RequestError, match=rf"^period= takes .*'2014-06'.* not '{period}'$"):
        crimecmp.rates(DATA, period=period)


@pytest.mark.parametrize("argument", ["force", "metric"])
def test_names_that_name_nothing_are_refused(argument: str) -> None:
    """An empty list is no choice of forces or metrics."""
    with pytest.raises(RequestError, match=rf"^{argument}= takes .*, not \[\]"):
        called("compare", **{argument: []})


def test_explain_asks_for_a_name() -> None:
    """Without a name there is nothing to explain."""
    with pytest.raises(RequestError, match=r"^name= takes one name, not None"):
        crimecmp.explain()


@pytest.mark.parametrize("path", [3, [], b"mine.csv", object()])
def test_loading_takes_a_path(path: Any) -> None:
    """What is no path is refused before anything is read."""
    with pytest.raises(RequestError, match=rf"^path= takes .* not {type(path).__name__}"):
        crimecmp.load(path)


@pytest.mark.parametrize("level", [0.9, 95, 0, 1, float("nan"), float("inf")])
def test_there_are_two_levels(level: float) -> None:
    """A level other than the two is refused, and both are named."""
    with pytest.raises(RequestError, match=r"^level= must be 0\.95 or 0\.998, not "):
        crimecmp.rates(DATA, level=level)
    with pytest.raises(RequestError, match=r"^level= "):
        crimecmp.claims(DATA, level=level)


def test_the_two_levels_are_those_of_the_tests() -> None:
    """The level that is asked for is the intervals' level in every row."""
    for level in (0.95, 0.998, np.float64(0.998)):
        assert set(crimecmp.rates(DATA, level=float(level))["interval_level"]) == {float(level)}


# --- Forces and metrics


@pytest.mark.parametrize(
    "several",
    [["durham", "kent"], ("Durham Constabulary", "Kent"), pd.Series(["durham", "kent"])],
    ids=["ids", "names", "series"],
)
def test_several_forces_stand_in_the_order_asked_for(several: Any) -> None:
    """Forces come in any sequence of text."""
    frame = crimecmp.rates(DATA, several, metric="burglary")
    assert frame["force"].tolist() == ["durham", "kent"]


@pytest.mark.parametrize("name", ["rates", "changes", "compare", "trend"])
def test_several_metrics_are_one_below_the_other(name: str) -> None:
    """The rows of several metrics are those of each, in the order asked for."""
    both = called(name, force="kent", metric=["crime", "burglary"])
    one, other = (called(name, force="kent", metric=metric) for metric in ("crime", "burglary"))
    pd.testing.assert_frame_equal(both, pd.concat([one, other], ignore_index=True))
    assert set(both.attrs["notes"]) == {*one.attrs["notes"], *other.attrs["notes"]}


def test_a_metric_named_twice_is_shown_once() -> None:
    """Two names of one metric are one metric."""
    once, twice = (crimecmp.rates(DATA, metric=names) for names in ("asb", ["asb", "asb"]))
    pd.testing.assert_frame_equal(once, twice)


def test_a_metric_without_figures_is_said_among_others() -> None:
    """Of several metrics one without figures is a note; where none has any it is an error."""
    frame = crimecmp.rates(DATA, metric=["burglary", "detection"])
    assert set(frame["metric"]) == {"burglary-in-a-dwelling"}
    assert frame.attrs["notes"][0].startswith("No rates for Durham on Detection rate")
    with pytest.raises(NoFiguresError, match="on Detection rate"):
        crimecmp.rates(DATA, metric="detection")


def test_all_metrics_without_figures_are_named() -> None:
    """Where no metric has figures the error names each, and the first few of very many."""
    with pytest.raises(NoFiguresError) as caught:
        crimecmp.outcomes(DATA, metric=["burglary", "crime"])
    for label in ("Burglary in a dwelling", "Crime excluding fraud"):
        assert f"no outcomes for Durham on {label} in " in caught.value.message
    assert caught.value.hint.startswith("Areas with outcomes: ")
    with pytest.raises(NoFiguresError) as caught:
        crimecmp.trend(DATA, "all", metric="satisfaction")
    assert caught.value.message.count("no series of ") == 4
    assert caught.value.message.endswith("; and 39 more")


def test_all_is_every_force_but_the_benchmark() -> None:
    """`all` stands for the 43 territorial forces, without the one that they are compared with."""
    every = crimecmp.rates(DATA, "all", metric="burglary")
    assert every["force"].nunique() == 43
    assert "england-and-wales" not in set(every["force"])
    against = crimecmp.rates(DATA, "all", metric="burglary", benchmark="kent")
    assert set(every["force"]) - set(against["force"]) == {"kent"}


def test_a_comparison_of_all_is_in_order() -> None:
    """All forces side by side stand in order of their figure, as `compare --all` has them."""
    values = crimecmp.compare(DATA, "all", metric="burglary")["force_value"].tolist()
    assert values == sorted(values, reverse=True)


def test_several_forces_have_a_series_each() -> None:
    """A trend of two forces is that of the one, then that of the other."""
    both = crimecmp.trend(DATA, ["kent", "durham"], metric="burglary")
    each = [crimecmp.trend(DATA, force, metric="burglary") for force in ("kent", "durham")]
    pd.testing.assert_frame_equal(both, pd.concat(each, ignore_index=True))


def test_unknown_names_are_told_with_the_function_that_lists_them() -> None:
    """A misspelt name's hint names a function and no command."""
    with pytest.raises(UnknownNameError) as caught:
        crimecmp.rates(DATA, "durhan")
    assert caught.value.hint == "Did you mean durham? All names: crimecmp.forces()"
    assert caught.value.__notes__ == [caught.value.hint]


# --- Periods


@pytest.mark.parametrize(
    "period",
    ["2014-06", "2014-06-30", dt.date(2014, 6, 30), dt.date(2014, 6, 1), pd.Timestamp("2014-06")],
)
def test_a_period_is_text_or_a_date(period: Any) -> None:
    """The month that a period ends in is written out, or any day in it is passed."""
    frame = crimecmp.rates(DATA, period=period)
    assert set(frame["period_end"]) == {pd.Timestamp(2014, 6, 30)}
    assert len(frame) == 5


@pytest.mark.parametrize("year", [2014, np.int64(2014)])
def test_a_year_is_its_one_period(year: Any) -> None:
    """Where the figures of a year end in one month, the year will do."""
    expected = crimecmp.satisfaction(DATA, period="2014-06")
    pd.testing.assert_frame_equal(crimecmp.satisfaction(DATA, period=year), expected)


def test_a_year_of_several_periods_is_refused() -> None:
    """Where they end in several months the error lists these, of what was asked for alone."""
    with pytest.raises(RequestError) as caught:
        crimecmp.rates(DATA, period=2013, metric="crime", source=COUNTS)
    assert caught.value.message == (
        "period=2013 is not one period: figures end in 2013-03, 2013-06, 2013-09 and 2013-12"
    )
    one = crimecmp.rates(DATA, period=2013, metric="asb", source=COUNTS)
    assert set(one["period_end"]) == {pd.Timestamp(2013, 3, 31)}


def test_a_year_is_looked_up_where_the_answer_comes_from() -> None:
    """Months that another source alone has make no year ambiguous."""
    frame = crimecmp.rates(DATA, "durham", metric="burglary", period=2014)
    pd.testing.assert_frame_equal(
        frame, crimecmp.rates(DATA, "durham", metric="burglary", period="2014-06")
    )
    with pytest.raises(RequestError, match="figures end in 2014-03 and 2014-06"):
        crimecmp.rates(DATA, "durham", metric="burglary", period=2014, source=COUNTS)
    series = crimecmp.trend(DATA, "durham", metric="asb", period=2014)
    assert series["period_end"].max() == pd.Timestamp(2014, 3, 31)


def test_a_year_of_a_comparison_is_that_of_its_first_source() -> None:
    """A comparison of all kinds is from one source: the years of others are not looked at."""
    frame = crimecmp.compare(DATA, "durham", metric="satisfaction", period=2014)
    assert set(frame["period_end"]) == {pd.Timestamp(2014, 6, 30)}


def test_a_year_without_figures_is_refused() -> None:
    """Of a year without figures the error says from when to when there are some."""
    with pytest.raises(RequestError) as caught:
        crimecmp.rates(DATA, period=1999)
    assert caught.value.message == "period=1999 has no figures"
    assert caught.value.hint == "Figures end in 2010-06 to 2014-06."


def test_a_trend_ends_with_the_period() -> None:
    """A period asked of a trend is its last, and changes are to that."""
    whole = crimecmp.trend(DATA, "kent", metric="burglary")
    until = crimecmp.trend(DATA, "kent", metric="burglary", period="2012-06")
    rates, changes = (until[until["kind"] == kind] for kind in ("rate", "change"))
    early = whole[(whole["kind"] == "rate") & (whole["period_end"] <= "2012-06-30")]
    pd.testing.assert_frame_equal(rates, early)
    assert set(changes["period_end"]) == {pd.Timestamp(2012, 6, 30)}


def test_two_benchmarks_are_refused_by_their_names() -> None:
    """What the command line says of its options is said of arguments here."""
    with pytest.raises(RequestError, match=r"^group= and benchmark= are two benchmarks"):
        crimecmp.rates(DATA, benchmark="kent", group="north-east")
    with pytest.raises(RequestError, match=r"^weighted=True needs a group"):
        crimecmp.rates(DATA, weighted=True)
