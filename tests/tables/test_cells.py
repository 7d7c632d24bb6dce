"""What may be in a cell, and what the text of a cell says."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crimecmp.tables.cells import decimals, per, split_list, wrong
from crimecmp.tables.schema import TABLES, Column

COLUMNS = [(table.name, column) for table in TABLES.values() for column in table.columns]
FIGURES = {
    "rates": ["value"],
    "changes": ["percent"],
    "outcomes": ["percent"],
    "satisfaction": ["percent", "margin"],
}


def column(place: str) -> Column:
    """Return the column of `table.column`."""
    table, _, name = place.partition(".")
    return TABLES[table].column(name)


SOUND = [
    ("rates.value", ["0", "0.0", "54.0", "+1.5", ".5", "007", "11", "", "999999999999999"]),
    # More can be taken back in a year than was recorded: a count has no lower bound.
    ("rates.count", ["0", "29439", "-1", "-3", "999999999999999", ""]),
    ("changes.count", ["0", "34053", "-1", ""]),
    ("changes.base_count", ["0", "33172", "-1", ""]),
    ("outcomes.count", ["0", "12000", "-1", ""]),
    ("rates.base", ["1", "616000", "0.5", ""]),
    ("changes.percent", ["-100", "-11", "+13", "250", "0", "-0.0", ""]),
    ("outcomes.percent", ["0", "36", "100", "115.0", ""]),
    ("outcomes.base", ["1", ""]),
    ("satisfaction.percent", ["0", "88.6", "100", ""]),
    ("satisfaction.margin", ["0", "1.8", "100", ""]),
    ("rates.period_end", ["2014-06-30", "2016-02-29"]),
    ("bases.base", ["population", "households"]),
    ("bases.year", ["2013", "1800", "2199"]),
    ("bases.value", ["616000", "0.5", ""]),
    ("groups.forces", ["durham", "durham;cleveland", "anything; at all"]),
    ("differences.base_period_end", ["2013-06-30", ""]),
    ("forces.force", ["durham", "avon-and-somerset", "area51"]),
    ("forces.territorial", ["true", "false", ""]),
    ("forces.resident_base", ["true", "false", ""]),
    ("metrics.base", ["population", "households", "crimes", "victims surveyed", "none", ""]),
    ("metrics.polarity", ["none", "higher-is-better", "lower-is-better", ""]),
    ("metrics.part_of_base", ["true", "false", ""]),
    ("scale.rank", ["1", "4"]),
    ("notes.tables", ["rates", "rates;changes", "rates; satisfaction ;"]),
    ("rates.note", ["", "anything: [red], =1+1 and ;"]),
    ("forces.name", ["D'Arcy & Söns"]),
]


@pytest.mark.parametrize(
    ("place", "cell"), [(place, cell) for place, cells in SOUND for cell in cells]
)
def test_sound_cells_are_accepted(place: str, cell: str) -> None:
    """A cell that the data model allows is not a fault, bounds included."""
    assert wrong(column(place), cell) is None


NO_NUMBER = "is not a number"
UNSOUND = [
    ("rates.value", "n/a", NO_NUMBER),
    ("rates.value", "5,0", "after a point: 5.0"),
    ("rates.value", "1,234", "leave out the thousands separators: 1234"),
    ("rates.value", "1e999", "without an exponent"),
    ("rates.value", "1e3", "without an exponent"),
    ("rates.value", "nan", "leave the cell empty"),
    ("rates.value", "NaN", NO_NUMBER),
    ("rates.value", "inf", NO_NUMBER),
    ("rates.value", "-inf", NO_NUMBER),
    ("rates.value", "Infinity", NO_NUMBER),
    ("rates.value", "5.", NO_NUMBER),
    ("rates.value", ".", NO_NUMBER),
    ("rates.value", "1_000", NO_NUMBER),
    ("rates.value", "0x10", NO_NUMBER),
    ("rates.value", "5 %", NO_NUMBER),
    ("rates.value", "٥", NO_NUMBER),
    ("rates.value", "5\n", NO_NUMBER),
    ("rates.value", "--5", NO_NUMBER),
    ("rates.value", "-0.1", "below 0"),
    ("rates.value", "1000000000000000", "significant"),
    ("rates.value", "1" + "0" * 400, "significant"),
    ("rates.value", "1234567890.123456", "more than 15 significant digits"),
    ("rates.count", "1.5", "not a whole number"),
    ("rates.count", "-1.5", "not a whole number"),
    ("rates.count", "-1000000000000000", "significant"),
    ("rates.count", "many", NO_NUMBER),
    ("rates.base", "0", "not above 0"),
    ("rates.base", "-5", "not above 0"),
    ("changes.percent", "-100.1", "below -100"),
    ("changes.base_count", "1.5", "not a whole number"),
    ("changes.base_count", "many", NO_NUMBER),
    ("outcomes.percent", "-1", "below 0"),
    ("outcomes.base", "0", "not above 0"),
    ("outcomes.base", "10.5", "not a whole number"),
    ("satisfaction.percent", "100.1", "over 100"),
    ("satisfaction.percent", "-0.1", "below 0"),
    ("satisfaction.margin", "-0.1", "below 0"),
    ("satisfaction.margin", "100.1", "over 100"),
    ("rates.force", "", "empty"),
    ("rates.metric", "", "empty"),
    ("rates.period_end", "", "empty"),
    ("rates.period_end", "30/06/2014", "is not a date; write it as YYYY-MM-DD"),
    ("rates.period_end", "2014-6-30", "is not a date"),
    ("rates.period_end", "20140630", "is not a date"),
    ("rates.period_end", "2014-06-30T00:00", "is not a date"),
    ("rates.period_end", "2014-06-31", "not a date: there is no such day"),
    ("rates.period_end", "2015-02-29", "not a date: there is no such day"),
    ("rates.period_end", "0000-01-01", "not a date: there is no such day"),
    ("changes.base_period_end", "June 2010", "is not a date"),
    ("forces.force", "Durham City", "is not an id"),
    ("forces.force", "durham-", "is not an id"),
    ("forces.force", "durham_city", "is not an id"),
    ("forces.name", "", "empty"),
    ("forces.territorial", "yes", "neither true nor false"),
    ("forces.territorial", "True", "neither true nor false"),
    ("forces.resident_base", "none", "neither true nor false"),
    ("metrics.part_of_base", "no", "neither true nor false"),
    ("metrics.base", "people", "not one of: population, households, crimes"),
    ("metrics.polarity", "good", "not one of: none, higher-is-better, lower-is-better"),
    ("metrics.unit", "", "empty"),
    ("sources.title", "", "empty"),
    ("scale.rank", "0", "below 1"),
    ("scale.rank", "", "empty"),
    ("scale.positive", "maybe", "neither true nor false"),
    ("notes.tables", "rates;cakes", "'cakes' is not one of"),
    ("notes.text", "", "empty"),
    ("bases.base", "", "empty"),
    ("bases.base", "crimes", "not one of: population, households"),
    ("bases.year", "", "empty"),
    ("bases.year", "2013.5", "not a whole number"),
    ("bases.year", "1799", "below 1800"),
    ("bases.year", "2200", "over 2199"),
    ("bases.value", "0", "not above 0"),
    ("bases.value", "-1", "not above 0"),
    ("groups.group", "North East", "is not an id"),
    ("groups.label", "", "empty"),
    ("groups.forces", "", "empty"),
    ("differences.text", "", "empty"),
    ("differences.base_period_end", "June 2013", "is not a date"),
]


@pytest.mark.parametrize(("place", "cell", "problem"), UNSOUND)
def test_unsound_cells_are_refused(place: str, cell: str, problem: str) -> None:
    """Anything that is not what its column holds, or is out of bounds, is reported as such."""
    told = wrong(column(place), cell)
    assert told is not None
    assert re.search(problem, told)


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("", []),
        ("one", ["one"]),
        ("one;two", ["one", "two"]),
        (" one ;; two;", ["one", "two"]),
        ("london, city of", ["london, city of"]),
    ],
)
def test_a_list_is_split_at_semicolons(cell: str, parts: list[str]) -> None:
    """Semicolons separate the parts; blanks around them and empty parts do not count."""
    assert split_list(cell) == parts


@pytest.mark.parametrize(
    ("cell", "places"), [("5.0", 1), ("11", 0), ("-0.25", 2), (".125", 3), ("+4", 0), ("5.00", 2)]
)
def test_printed_decimals_are_counted(cell: str, places: int) -> None:
    """Trailing zeros count: the decimals printed are part of the figure."""
    assert decimals(cell) == places


@pytest.mark.parametrize(
    ("unit", "number"),
    [
        ("per 1,000 population", 1000.0),
        ("per 100,000 people", 100_000.0),
        ("per 10 households", 10.0),
        ("per household", None),
        ("%", None),
        ("crimes per 1,000", None),
        ("", None),
    ],
)
def test_a_unit_says_what_a_rate_is_per(unit: str, number: float | None) -> None:
    """The number after a leading `per` is the scale of a rate; other units have none."""
    assert per(unit) == number


def plain(number: str) -> str:
    """Return a number without a leading plus, leading zeros or the sign of zero."""
    sign = "-" if number.startswith("-") else ""
    whole, point, places = number.lstrip("+-").partition(".")
    if not (whole + places).strip("0"):
        sign = ""
    return f"{sign}{whole.lstrip('0') or '0'}{point}{places}"


digits = st.text("0123456789", max_size=18) | st.text("09", max_size=18)
# Zeros at the end are not significant digits, but they are printed.
padded = st.builds(
    "{}.{}{}".format,
    st.integers(0, 10**13),
    st.integers(1, 99),
    st.integers(0, 18).map("0".__mul__),
)
printed_numbers = (
    padded
    | st.builds(
        "{}{}{}".format,
        st.sampled_from(["", "-", "+"]),
        digits.filter(bool),
        st.just("") | digits.filter(bool).map(".{}".format),
    )
    | st.builds("{}.{}".format, st.sampled_from(["", "-"]), digits.filter(bool))
)


@given(st.sampled_from(list(FIGURES.items())), printed_numbers)
@example(("rates", ["value"]), "54.0")
@example(("rates", ["value"]), "999999999999999")
@example(("rates", ["value"]), "0.123456789012345")
@example(("rates", ["value"]), "1000000000000.10000000")
def test_an_accepted_figure_prints_back(figures: tuple[str, list[str]], printed: str) -> None:
    """A number accepted as a figure prints again exactly as it was read."""
    table, names = figures
    for name in names:
        if wrong(TABLES[table].column(name), printed) is None:
            again = f"{float(printed):.{decimals(printed)}f}"
            assert plain(again) == plain(printed)


@given(st.sampled_from(COLUMNS), st.text() | printed_numbers)
def test_any_cell_is_sound_or_told(place: tuple[str, Column], cell: str) -> None:
    """Whatever a cell holds, the answer is None or a sentence, never an exception."""
    told = wrong(place[1], cell)
    assert told is None or len(told) > len("is no")


@given(st.sampled_from([c for _, c in COLUMNS if c.type == "number"]), printed_numbers)
def test_an_accepted_number_is_within_its_bounds(column: Column, cell: str) -> None:
    """No accepted number is outside the bounds of its column."""
    if wrong(column, cell) is None:
        value = float(cell)
        assert column.low is None or value >= column.low
        assert column.above is None or value > column.above
        assert column.high is None or value <= column.high
