"""Counts by period, metric and area: sums of them, totals, and their order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from importing import known

from crimecmp.importers.categories import CRIME, VICTIM_BASED
from crimecmp.importers.figures import (
    Figures,
    Negative,
    add_national,
    add_totals,
    area_name,
    in_order,
    metrics_in_order,
    negative_remarks,
    rates,
    some_of,
)

PERIOD = "2014-06-30"


def test_areas_and_metrics_have_one_order() -> None:
    """England and Wales, the forces as listed, British Transport Police; metrics, then new ones."""
    areas = ["british-transport-police", "durham", "england-and-wales", "bedfordshire"]
    assert in_order(areas, known()) == [
        "england-and-wales", "bedfordshire", "durham", "british-transport-police",
    ]  # fmt: skip
    metrics = ["zebra", "shoplifting", "aardvark", "crime-excluding-fraud"]
    assert metrics_in_order(metrics, known()) == [
        "crime-excluding-fraud", "shoplifting", "aardvark", "zebra",
    ]  # fmt: skip
    assert area_name("british-transport-police", known()) == "British Transport Police"
    assert area_name("durham", known()) == "Durham"


def test_long_lists_are_shortened() -> None:
    """Three parts are named, and the others counted."""
    assert some_of(["a", "b", "c"]) == "a, b and c"
    assert some_of(["a", "b", "c", "d"], "or") == "a, b, c or 1 more"


@pytest.mark.parametrize(
    ("headings", "told"),
    [
        ([], []),
        (
            [("durham", "Arson")],
            ["1 count is below zero, because more was cancelled than recorded, and is kept: "
             "Arson (Durham), in the year ending 2014."],
        ),
        (
            [(force, "Arson") for force in known().territorial[:4]] + [("durham", "Rape")],
            ["5 counts are below zero, because more was cancelled than recorded, and are kept: "
             "Arson (4 forces) and Rape (Durham), in years ending 2012 to 2014."],
        ),
    ],
)  # fmt: skip
def test_counts_below_zero_are_told(headings: list[tuple[str, str]], told: list[str]) -> None:
    """How many there are and where: by name, or the number of forces where there are many."""
    ends = ["2014-03-31", "2012-03-31", "2013-03-31", "2013-03-31", "2013-03-31"]
    negatives = [Negative(*place, end) for place, end in zip(headings, ends, strict=False)]
    assert negative_remarks(negatives, known()) == told


@given(
    counts=st.dictionaries(
        st.sampled_from(["robbery", "homicide", "drug-offences"]),
        st.dictionaries(st.sampled_from(["durham", "kent", "essex"]), st.integers(-9, 99)),
        min_size=1,
    )
)
def test_totals_are_sums_of_all_groups_or_nothing(counts: dict[str, dict[str, int]]) -> None:
    """An area has the totals where it has every group, and they are the sums."""
    figures: Figures = {(PERIOD, metric): dict(areas) for metric, areas in counts.items()}
    add_totals(figures, {PERIOD: set(counts)}, lambda *_: "", known())
    whole = {a for a in ("durham", "kent", "essex") if all(a in areas for areas in counts.values())}
    assert figures[PERIOD, CRIME] == {a: sum(c[a] for c in counts.values()) for a in whole}
    for area in whole:
        society = counts.get("drug-offences", {}).get(area, 0)
        assert figures[PERIOD, VICTIM_BASED][area] == figures[PERIOD, CRIME][area] - society


def test_totals_that_cannot_be_are_not_worked_out() -> None:
    """Where groups do not make up the totals nothing is added, and the reason is told."""
    figures: Figures = {(PERIOD, "robbery"): {"durham": 1}}
    told = add_totals(figures, {PERIOD: {"robbery"}}, lambda *_: "it is so", known())
    assert list(figures) == [(PERIOD, "robbery")]
    assert told[0].endswith("not calculated for the year to 2014-06-30: it is so.")


def test_the_national_figure_needs_all_43() -> None:
    """The sum is added where all 43 forces have the figure, and British Transport Police is not."""
    forces = dict.fromkeys(known().territorial, 2)
    figures: Figures = {
        (PERIOD, "robbery"): {**forces, "british-transport-police": 1000},
        (PERIOD, "homicide"): {force: 1 for force in forces if force != "kent"},
    }
    told = add_national(figures, known())
    assert figures[PERIOD, "robbery"]["england-and-wales"] == 86
    assert "england-and-wales" not in figures[PERIOD, "homicide"]
    assert told == [
        "1 England and Wales figure is not calculated, because not all 43 forces have it: "
        "homicide to 2014-06-30."
    ]


def test_a_count_that_is_not_of_12_months_is_told_and_not_given() -> None:
    """Such a count is kept out of its column, and is in the note."""
    key = PERIOD, "robbery"
    [made] = rates({key: {"durham": 1234}}, "s", {key: "Robbery"}, known(), {}, {key: "{number}!"})
    assert (made.count, made.note, made.locator) == ("", "1,234!", "Robbery")
