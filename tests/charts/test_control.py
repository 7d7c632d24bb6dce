"""Rules of the picture of a control chart: every point, its usual range, and its signals."""

from __future__ import annotations

import pytest

import crimecmp
from crimecmp.charts.control import control
from crimecmp.comparison.request import requested
from crimecmp.comparison.signals import signals_of
from crimecmp.document.picture import Lines, Picture
from crimecmp.errors import RequestError

LATEST = crimecmp.load(latest=True)


def picture(metric: str = "shoplifting", *forces: str) -> Picture:
    """Return the picture of Durham's quarters of a measure."""
    return control(LATEST, requested(LATEST, forces or ["durham"], metric=metric), "quarter")


def lines(made: Picture) -> Lines:
    """Return the drawing of a picture."""
    assert isinstance(made.drawing, Lines)
    return made.drawing


def test_every_point_has_its_usual_range_and_its_signal() -> None:
    """The force's line has all charted quarters; its signals are those of the rows."""
    rows = signals_of(LATEST, requested(LATEST, metric="shoplifting"), "quarter")
    charted = [row.own for row in rows if row.own.value is not None]
    force, benchmark = lines(picture()).lines
    assert [(p.value, p.low, p.high, p.centre) for p in force.points] == [
        (each.value, each.limit_low, each.limit_high, each.centre) for each in charted
    ]
    assert [bool(p.signal) for p in force.points] == [bool(each.rules) for each in charted]
    assert (force.role, benchmark.role) == ("force", "benchmark")


def test_the_benchmark_has_no_range_of_its_own() -> None:
    """Two bands would hide each other; its signal is in the note."""
    _, benchmark = lines(picture()).lines
    assert {(point.low, point.centre, point.signal) for point in benchmark.points} == {
        (None, None, "")
    }
    assert picture().notes[0].startswith("England and Wales has been below its usual range since")


def test_a_benchmark_in_another_unit_is_not_drawn() -> None:
    """Durham's few homicides are counts, those of England and Wales changes on the year."""
    assert [line.role for line in lines(picture("homicide")).lines] == ["force"]


def test_the_title_is_the_finding() -> None:
    """It says whether the last quarter is a signal, and the caption what is shaded and marked."""
    made = picture()
    assert made.title == "Shoplifting in Durham: no signal in the quarter to December 2025"
    assert made.caption[0] == (
        "Shaded: Durham's usual range. Thin dashes: its average. Marks on Durham's line: signals."
    )
    assert made.description.startswith(made.title)
    assert "June 2020 -60.7% (below)" in made.description


def test_a_control_chart_is_of_one_force() -> None:
    """Each force has limits of its own."""
    with pytest.raises(RequestError, match="a control chart is of one force"):
        picture("shoplifting", "durham", "kent")
