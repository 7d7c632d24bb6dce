"""Rules of `crimecmp.pages.columns`: figures in cells are as they were printed."""

from __future__ import annotations

import re
from datetime import date

import pytest

import crimecmp
from crimecmp.comparison.pairing import comparisons
from crimecmp.comparison.request import requested
from crimecmp.comparison.row import Comparison
from crimecmp.pages.columns import (
    Columns,
    benchmark_columns,
    count_columns,
    difference_column,
    figure_columns,
    force_column,
    percent_columns,
    period_columns,
    unit_columns,
)
from crimecmp.pages.part import section

DATA = crimecmp.load()
REQUEST = requested(DATA, ["durham"])
RATE = comparisons(DATA, "rates", REQUEST)[0]
CHANGE = comparisons(DATA, "changes", REQUEST)[0]
TENTHS = RATE._replace(force_decimals=1, benchmark_decimals=1)


def cells(columns: Columns, row: Comparison) -> list[str]:
    """Return the cells that some columns make of a row."""
    [made] = section("rates", "Rates", columns, [row]).cells
    return list(made)


@pytest.mark.parametrize(
    ("value", "expected"), [(6.7, "+6.7"), (-6.7, "-6.7"), (0.0, "0.0"), (-0.0, "0.0")]
)
def test_differences_carry_signs(value: float, expected: str) -> None:
    """A difference has its sign, plus too, with a plain hyphen for minus; zero has none."""
    row = TENTHS._replace(difference=value)
    assert cells([difference_column("rates")], row) == [expected]


def test_changes_carry_signs_and_other_figures_none() -> None:
    """A change says whether it is a rise; a rate of the same size has no plus before it."""
    found = [
        cells([force_column(table, "Durham")], row._replace(force_value=5.0, force_decimals=0))
        for table, row in (("changes", CHANGE), ("rates", RATE))
    ]
    assert found == [["+5"], ["5"]]


def test_figures_keep_their_printed_decimals() -> None:
    """A figure has the decimals that it was printed with; a difference has the finer figure's."""
    row = RATE._replace(
        force_value=5.0,
        force_decimals=2,
        benchmark_value=11.0,
        benchmark_decimals=0,
        difference=-6.0,
    )
    columns = [
        force_column("rates", "Durham"),
        *benchmark_columns(DATA, "rates", REQUEST),
        difference_column("rates"),
    ]
    assert cells(columns, row) == ["5.00", "11", "-6.00"]


def test_calculated_figures_are_rounded_to_two_decimals() -> None:
    """A figure calculated to 13 decimals is shown with two; a printed one keeps all of its four."""
    assert cells(
        [force_column("rates", "Durham")],
        RATE._replace(force_value=4.9876543210987, force_decimals=13),
    ) == ["4.99"]
    assert cells(
        [force_column("rates", "Durham")], RATE._replace(force_value=4.9877, force_decimals=4)
    ) == ["4.9877"]


def test_a_margin_is_behind_its_figure() -> None:
    """A figure's margin comes after it, with the decimals that it was printed with itself."""
    row = RATE._replace(
        benchmark_value=85.0,
        benchmark_decimals=1,
        benchmark_margin=0.2,
        benchmark_margin_decimals=2,
    )
    assert cells(benchmark_columns(DATA, "satisfaction", REQUEST), row)[-1] == "85.0 ± 0.20"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(-11.04, "-11.0"), (33.333, "+33.3"), (0.25, "+0.3"), (-0.04, "0.0"), (100.0, "+100.0")],
)
def test_percentages_of_the_benchmark_have_one_decimal(value: float, expected: str) -> None:
    """A difference in per cent has one decimal and its sign, whatever the figures' decimals."""
    row = RATE._replace(percent_difference=value, force_decimals=3)
    assert cells(percent_columns("rates"), row) == [expected]


@pytest.mark.parametrize("value", [1e22, 5e29, 1.5e300, 1e-300])
def test_no_percentage_is_too_large_to_be_shown(value: float) -> None:
    """A percentage of any size has one decimal and is written out in digits."""
    [cell] = cells(percent_columns("rates"), RATE._replace(percent_difference=value))
    assert re.fullmatch(r"\+[1-9]\d+\.0|0\.0", cell)


def test_only_rates_have_differences_in_per_cent() -> None:
    """Percentages differ by points alone: no column gives their difference in per cent."""
    labels = [
        [column.label for column in figure_columns(DATA, table, REQUEST, side_by_side=False)]
        for table in ("rates", "changes", "outcomes", "satisfaction")
    ]
    assert ["% difference" in found for found in labels] == [True, False, False, False]
    assert ["Difference, points" in found for found in labels] == [False, True, True, True]


def test_what_is_missing_is_a_dash() -> None:
    """A figure, a difference and an earlier period that are not known are dashes."""
    row = TENTHS._replace(
        force_value=None,
        benchmark_value=None,
        difference=None,
        percent_difference=None,
        base_period_end=None,
    )
    columns = [
        force_column("rates", "Durham"),
        *benchmark_columns(DATA, "rates", REQUEST),
        difference_column("rates"),
        *percent_columns("rates"),
        period_columns("changes")[0],
    ]
    assert cells(columns, row) == ["–"] * 5


def test_periods_are_months() -> None:
    """A period is the month that it ends in; one that ends within a month has its day."""
    row = CHANGE._replace(base_period_end=date(2010, 6, 30), period_end=date(2014, 6, 29))
    assert cells(period_columns("changes"), row) == ["June 2010", "29 June 2014"]


def test_counts_stand_for_figures_that_are_missing() -> None:
    """Where no rate is known the counts are shown, their thousands apart; else they are not."""
    row = RATE._replace(force_value=None, force_count=29439, benchmark_count=3456789)
    assert cells(count_columns(DATA, REQUEST, [row]), row) == ["29,439", "3,456,789"]
    own = row._replace(benchmark_count=None)
    assert cells(count_columns(DATA, REQUEST, [own]), own) == ["29,439"]
    assert not count_columns(DATA, REQUEST, [row, RATE])


def test_what_all_units_begin_with_is_the_heading() -> None:
    """Rates per 1,000 say so once, in the heading; those of other units say it in each row."""
    [column] = unit_columns("rates", [RATE])
    assert (column.label, cells([column], RATE)) == ("Per 1,000", ["population"])
    per_head = RATE._replace(unit="per head")
    [column] = unit_columns("rates", [RATE, per_head])
    assert (column.label, cells([column], RATE)) == ("Unit", ["per 1,000 population"])
    assert cells([column], per_head) == ["per head"]
    assert not unit_columns("outcomes", [RATE])
