"""Rules of the picture of a survey: estimates, margins, and what a test says of two of them."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from bundled import NATIONAL, table, write
from picturing import DATA, deviate, ends_of, request_of

import crimecmp
from crimecmp.charts.satisfaction import satisfaction
from crimecmp.comparison.request import requested
from crimecmp.document.picture import Mark, Picture, Rows
from crimecmp.errors import NoFiguresError, RequestError


@pytest.fixture(scope="module")
def durham() -> Picture:
    """Return the picture of Durham's survey in the report."""
    return satisfaction(DATA, request_of("durham"))


def marks(picture: Picture) -> tuple[Mark, ...]:
    """Return the figures of a picture with one scale."""
    assert isinstance(picture.drawing, Rows)
    assert not picture.drawing.bars
    [scale] = picture.drawing.scales
    assert scale.unit == "%"
    return scale.marks


def estimate(force: str, end: str) -> tuple[str, str]:
    """Return an estimate and its margin as printed."""
    [found] = [
        (row["percent"], row["margin"])
        for row in table("satisfaction")
        if (row["force"], row["period_end"]) == (force, end)
    ]
    return found


ESTIMATES = {
    "Durham, June 2014": estimate("durham", "2014-06-30"),
    "Durham, June 2013": estimate("durham", "2013-06-30"),
    "England and Wales, June 2014": estimate(NATIONAL, "2014-06-30"),
}


def test_three_estimates_have_their_margins(durham: Picture) -> None:
    """88.6 ± 1.8, 89.6 ± 1.5 a year before, and 85.0 ± 0.2, each with its period."""
    found = marks(durham)
    assert [mark.label for mark in found] == list(ESTIMATES)
    assert [mark.text for mark in found] == [f"{v} ± {m}" for v, m in ESTIMATES.values()]
    assert [mark.text for mark in found] == ["88.6 ± 1.8", "89.6 ± 1.5", "85.0 ± 0.2"]
    assert [mark.role for mark in found] == ["force", "other", "benchmark"]


@pytest.mark.parametrize("level", [0.95, 0.998])
def test_intervals_are_of_the_level(level: float) -> None:
    """A printed margin is 1.959964 standard errors; at 99.8% the intervals are as much wider."""
    picture = satisfaction(DATA, request_of("durham", level=level))
    for mark in marks(picture):
        value, margin = map(float, ESTIMATES[mark.label])
        half = margin * deviate(level) / deviate(0.95)
        assert ends_of(mark) == pytest.approx((value - half, value + half), rel=1e-9)
        assert mark.value == value
    assert picture.intervals.startswith(f"{100 * level:g}% intervals")
    assert picture.intervals.endswith("calculated from the published margins")
    assert picture.caption[0] == f"Lines through points: {picture.intervals}."


def test_verdicts_are_those_of_the_test_of_a_difference(durham: Picture) -> None:
    """Z is 3.896 against England and Wales and -0.836 against the year before."""
    now, before, _ = marks(durham)
    (a, b, c) = (tuple(map(float, pair)) for pair in ESTIMATES.values())

    def z(one: tuple[float, ...], other: tuple[float, ...]) -> float:
        return deviate(0.95) * (one[0] - other[0]) / math.hypot(one[1], other[1])

    assert z(a, c) > deviate(0.95)
    assert abs(z(a, b)) < deviate(0.95)
    assert now.remark == "+3.6 points: higher (better)"
    assert before.remark == "no clear change since"
    assert "Durham since June 2013: -1.0 points, no clear difference." in durham.description


def test_a_verdict_is_of_the_level_asked_for() -> None:
    """At 99.8% the first difference still holds, Z being 3.67 at its worst rounding."""
    now, before, _ = marks(satisfaction(DATA, request_of("durham", level=0.998)))
    assert now.remark == "+3.6 points: higher (better)"
    assert before.remark == "no clear change since"


def test_how_to_read_it_is_said(durham: Picture) -> None:
    """That overlap is no test is the note; the margin and the scale are in the description."""
    [note] = durham.notes
    assert "not from whether two intervals overlap" in note
    assert "± is the margin: half the width of the estimate's 95% interval" in durham.description
    assert "The scale does not start at 0." in durham.description
    assert isinstance(durham.drawing, Rows)
    assert not durham.drawing.from_zero


def test_the_description_has_estimates_and_verdicts(durham: Picture) -> None:
    """All three estimates with what is said of them are in the words."""
    for mark in marks(durham):
        assert f"{mark.label} {mark.text}" in durham.description
        assert mark.remark in durham.description
    assert durham.title == (
        "Victim satisfaction is higher (better) in Durham than in England and Wales; no clear "
        "change on the year before"
    )
    assert durham.description.startswith(f"{durham.title}. ")
    assert durham.unit.endswith("against England and Wales, year to June 2014")


def test_who_was_not_asked_has_no_picture() -> None:
    """A force without a survey is told, with those that have one; four forces are too many."""
    with pytest.raises(NoFiguresError, match="no satisfaction for Kent") as caught:
        satisfaction(DATA, request_of("kent"))
    assert "durham" in caught.value.hint
    with pytest.raises(RequestError, match="3 forces"):
        satisfaction(DATA, request_of("durham", "kent", "gwent", "essex"))


SURVEYED = [
    "force,metric,period_end,percent,margin",
    "kent,satisfaction,2014-06-30,80.0,2.0",
    "gwent,satisfaction,2014-06-30,70.0,2.0",
    "gwent,satisfaction,2013-06-30,60.0,2.0",
    "england-and-wales,satisfaction,2014-06-30,79.0,0.5",
]


def test_a_force_that_was_not_asked_is_named(tmp_path: Path) -> None:
    """Beside one that has an estimate, a force without any is missing and not dropped."""
    data = crimecmp.load(write(tmp_path, satisfaction=SURVEYED))
    picture = satisfaction(data, requested(data, ["essex", "kent"]))
    assert [mark.label for mark in marks(picture)] == [
        "Kent, June 2014",
        "England and Wales, June 2014",
    ]
    [note] = picture.notes
    assert note.endswith(": Essex.")
    both = satisfaction(data, requested(data, ["gwent", "kent"]))
    assert not any("No such figure" in note for note in both.notes)


def test_two_forces_have_one_benchmark(tmp_path: Path) -> None:
    """Forces stand in the order asked for, each with its year before, the benchmark once."""
    data = crimecmp.load(write(tmp_path, satisfaction=SURVEYED))
    found = marks(satisfaction(data, requested(data, ["gwent", "kent"])))
    assert [(mark.label, mark.role) for mark in found] == [
        ("Gwent, June 2014", "force"),
        ("Gwent, June 2013", "other"),
        ("Kent, June 2014", "second"),
        ("England and Wales, June 2014", "benchmark"),
    ]
    assert found[0].remark == "-9.0 points: lower (worse)"
    assert found[1].remark == "higher since"
    assert found[2].remark == "+1.0 points: no clear difference"
