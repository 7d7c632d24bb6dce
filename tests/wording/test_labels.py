"""What pages call forces, benchmarks and rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from rows import comparison

import crimecmp
from crimecmp.comparison.request import EARLIER, MEAN_OF_GROUP, WEIGHTED, requested
from crimecmp.wording.labels import (
    compared_with,
    full_names,
    headline,
    many_words,
    name_of,
    opponent,
    opponent_label,
    periods_words,
)

JUNE, MARCH = date(2014, 6, 30), date(2014, 3, 31)


@pytest.mark.parametrize(
    ("forces", "choices", "title"),
    [
        (["durham"], {}, "Durham Constabulary against England and Wales"),
        (["durham"], {"benchmark": "kent"}, "Durham Constabulary against Kent Police"),
        (
            ["durham", "kent"],
            {},
            "Durham Constabulary and Kent Police against England and Wales",
        ),
        (
            ["durham"],
            {"group": "north-east"},
            "Durham Constabulary against the unweighted mean of North East region "
            "(3 forces, including Durham)",
        ),
        (
            ["kent"],
            {"group": "north-east", "weighted": True},
            "Kent Police against North East region together (3 forces)",
        ),
    ],
)
def test_a_title_names_everybody_in_full(
    bundled: crimecmp.Dataset, forces: list[str], choices: dict[str, Any], title: str
) -> None:
    """Full names of the forces, and of a group how many and which mean it is of."""
    found = headline(bundled, requested(bundled, forces, **choices))
    assert found == title.replace("North East region", group_label(bundled))


def group_label(data: crimecmp.Dataset) -> str:
    """Return what the groups' table calls the North East."""
    return data.by_id("groups")["north-east"]["label"]


def test_very_many_forces_are_counted(bundled: crimecmp.Dataset) -> None:
    """Up to four names are listed, of more there is the number."""
    everyone = bundled.territorial()
    assert full_names(bundled, everyone[:4]).count(",") == 2
    assert full_names(bundled, everyone[:5]) == "5 forces"


@pytest.mark.parametrize(
    ("benchmark", "basis", "label", "said"),
    [
        ("kent", "area", "Kent", "Kent"),
        ("north-east", MEAN_OF_GROUP, "Mean of North East", "the mean of North East"),
        ("north-east", WEIGHTED, "North East together", "North East together"),
        ("durham", EARLIER, "Durham, year to March 2014", "a year before"),
    ],
)
def test_a_benchmark_is_called_what_it_is(
    bundled: crimecmp.Dataset, benchmark: str, basis: str, label: str, said: str
) -> None:
    """A label and a word within a sentence, of an area, of a group, and of the force itself."""
    row = comparison(benchmark=benchmark, benchmark_basis=basis, base_period_end=MARCH)
    assert (compared_with(bundled, row), opponent(bundled, row)) == (label, said)


def test_a_request_has_the_label_of_its_benchmark(bundled: crimecmp.Dataset) -> None:
    """Columns are called after the benchmark that was asked for, in short."""
    assert opponent_label(bundled, requested(bundled)) == "England and Wales"
    north_east = requested(bundled, group="north-east")
    assert opponent_label(bundled, north_east) == "Mean of North East"
    together = requested(bundled, group="north-east", weighted=True)
    assert opponent_label(bundled, together) == "North East together"


def test_a_row_is_named_by_what_tells_it_from_the_others(bundled: crimecmp.Dataset) -> None:
    """The measure; of several forces the force, and both where the measures differ as well."""
    crime = comparison(label="Crime")
    theft = crime._replace(label="Theft")
    assert name_of(bundled, crime, [crime, theft]) == "Crime"
    kent = crime._replace(force="kent")
    assert name_of(bundled, kent, [crime, kent]) == "Kent"
    assert name_of(bundled, kent, [theft, kent]) == "Kent, Crime"


def test_a_change_is_named_with_its_base_period(bundled: crimecmp.Dataset) -> None:
    """Of a change it is said since when it is; a survey's earlier period is no such thing."""
    change = comparison(kind="change", label="Crime", base_period_end=MARCH)
    assert name_of(bundled, change, []) == "Crime since March 2014"
    assert name_of(bundled, change._replace(kind="satisfaction"), []) == "Crime"
    kent = change._replace(force="kent")
    assert name_of(bundled, kent, [change, kent]) == "Kent since March 2014"


def test_many_names_are_counted() -> None:
    """Up to twelve names are listed, each once; of more there is the number."""
    names = [f"n{number}" for number in range(13)]
    assert many_words(["a", "b", "a"]) == "a and b"
    assert many_words(names[:12]).endswith("n10 and n11")
    assert many_words(names) == "13 rows"


def test_all_rows_are_said_to_be_all() -> None:
    """Where each of more than four rows is named, it is said of all rows."""
    rows = [comparison()] * 5
    assert many_words("abcde", rows) == "All rows"
    assert many_words("abcd", rows) == "a, b, c and d"
    assert many_words("abcd", rows[:4]) == "a, b, c and d"


def test_periods_are_named_once_in_order() -> None:
    """Two periods of some rows are named in the order of time, each once."""
    june, march = comparison(period_end=JUNE), comparison(period_end=MARCH)
    assert periods_words([june, march, june]) == "years to March 2014 and June 2014"
