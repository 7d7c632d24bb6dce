"""What publishers call things, and which metric each of them is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from importing import known

import crimecmp
from crimecmp.importers.categories import (
    _OUTCOMES,
    _RATES,
    _SHARES,
    HOUSEHOLDS,
    POPULATION,
    SHARE,
    Category,
    category,
    counted,
)
from crimecmp.tables.names import normal

METRICS = crimecmp.load().by_id("metrics")
UNITS = st.sampled_from([POPULATION, HOUSEHOLDS, SHARE])


@pytest.mark.parametrize(
    ("label", "metric"),
    [
        ("Total recorded crime (excluding fraud)", "crime-excluding-fraud"),
        ("Violence against the person", "violence-against-the-person"),
        ("Violence with injury", "violence-with-injury"),
        ("Stalking\nand harassment", "stalking-and-harassment"),
        ("Death or serious injury - unlawful driving", "death-or-serious-injury-by-driving"),
        ("Death or serious injury caused by illegal driving", "death-or-serious-injury-by-driving"),
        ("Other theft offences", "other-theft-offences"),
        ("All other theft offences", "other-theft-offences"),
        ("Miscellaneous crimes", "miscellaneous-crimes"),
        ("Miscellaneous crimes against society", "miscellaneous-crimes"),
        ("Domestic burglary", "burglary-in-a-dwelling"),
        ("Non-domestic burglary", "non-domestic-burglary"),
        ("Non-residential  burglary", "non-residential-burglary"),
        ("Residential burglary (households)", "residential-burglary"),
        ("Anti-social behaviour incidents", "anti-social-behaviour"),
    ],
)
def test_publishers_labels_are_known(label: str, metric: str) -> None:
    """Labels that differ between tables and editions are one metric where they mean one thing."""
    assert category(label, known()) == Category(metric)


def test_a_publishers_burglary_is_not_what_people_type() -> None:
    """Who types `burglary` means that of homes; a column headed so has all buildings."""
    assert known().metrics.find("burglary") == "burglary-in-a-dwelling"
    assert category("Burglary", known()).metric == "all-burglary"


def test_the_unit_tells_two_rates_of_one_label_apart() -> None:
    """Residential burglary is over households or over residents, as the unit says."""
    label = "Residential burglary"
    assert category(label, known(), unit=HOUSEHOLDS).metric == "residential-burglary"
    assert category(label, known()).metric == "residential-burglary-per-population"
    assert counted(label, known()).metric == "residential-burglary"
    assert counted("Robbery", known()).metric == "robbery"


@pytest.mark.parametrize(("labels", "unit"), [(_RATES, "per "), (_SHARES, SHARE)])
def test_declared_metrics_are_bundled(labels: dict[str, str], unit: str) -> None:
    """Every metric that a label leads to is in the metrics table, with a unit of its kind."""
    for metric in labels.values():
        assert METRICS[metric]["unit"].startswith(unit)
        assert METRICS[metric]["definition"]


def test_outcomes_are_shares_of_crimes() -> None:
    """Each outcome of crimes is a percentage of crimes, better neither high nor low."""
    for metric in _OUTCOMES:
        row = METRICS[metric]
        assert (row["unit"], row["base"], row["polarity"]) == (SHARE, "crimes", "none")


def test_an_outcome_is_no_offence() -> None:
    """A label is looked up among outcomes where the figures are shares, and only there."""
    assert category("Taken into consideration", known(), unit=SHARE).added is None
    assert category("Robbery", known(), unit=SHARE).metric.startswith("outcome-robbery")


def test_a_new_label_is_a_new_metric() -> None:
    """A category that crimecmp does not know is added as published, with its unit and base."""
    found = category("Theft of (garden) gnomes", known())
    assert found.metric == "theft-of-garden-gnomes"
    assert found.added == (
        "theft-of-garden-gnomes", "Theft of (garden) gnomes", "per 1,000 population", "population",
        "none", "", "Named as in the publisher's heading.", "", "", "",
    )  # fmt: skip


def test_a_new_outcome_is_part_of_the_crimes_that_it_is_a_share_of() -> None:
    """An outcome that crimecmp does not know cannot be of more crimes than were recorded."""
    found = category("Robbery", known(), unit=SHARE)
    assert found.added is not None
    assert found.added.part_of_base == "true"


@pytest.mark.parametrize("label", ["Violence", "Recorded crime", "asb", "detection-rate"])
def test_a_new_label_takes_no_name_of_another(label: str) -> None:
    """A label that people type for another metric is a metric of its own, under another name."""
    found = category(label, known())
    assert found.added is not None
    assert known().metrics.exact(found.metric) is None
    assert known().metrics.exact(found.added.label) is None


def test_a_bundled_label_is_its_metric() -> None:
    """A label that is not declared but is a metric's own, in its unit, is that metric."""
    assert category("CRIME excluding fraud", known()) == Category("crime-excluding-fraud")


def test_labels_without_ascii_letters_stay_apart() -> None:
    """What an id cannot hold does not make two labels one."""
    ids = {category(label, known()).metric for label in ("Vol à main armée", "Vol a main armee")}
    assert len(ids) == 2


@given(label=st.text(), unit=UNITS)
def test_every_label_gives_a_sound_metric(label: str, unit: str) -> None:
    """Any text has an id of the right form, the same every time, and that of a metric or a new."""
    found = category(label, known(), unit=unit)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", found.metric)
    assert found == category(label, known(), unit=unit)
    assert (found.metric in METRICS) == (found.added is None)
    assert found.added is None or found.added.unit == unit


@given(a=st.text(), b=st.text(), unit=UNITS)
def test_new_labels_are_one_metric_only_where_they_are_one_label(a: str, b: str, unit: str) -> None:
    """Two labels that differ in more than case and punctuation are two metrics."""
    first, second = category(a, known(), unit=unit), category(b, known(), unit=unit)
    if first.added and second.added and normal(a) != normal(b):
        assert first.metric != second.metric
