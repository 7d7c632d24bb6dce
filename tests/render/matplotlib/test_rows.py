"""Rules of points in rows: on one scale, in order, with intervals and the benchmark's line."""

from __future__ import annotations

import pytest
from charting import (
    SATISFACTION,
    crossed,
    figure,
    named,
    names,
    pictured,
    rank,
    texts,
)

from crimecmp.document.picture import Mark, Picture, Rows, Scale
from crimecmp.render.matplotlib import NARROW, WIDE


def test_points_are_on_one_scale() -> None:
    """Equal differences between forces are equal distances, for marks, intervals and the line."""
    drawn = figure(rank())
    drawing = rank().drawing
    assert isinstance(drawing, Rows)
    values = [mark.value for mark in drawing.scales[0].marks if mark.role == "other"]
    shown = [value for value in values if value is not None and value < 800]
    xs = named(drawn, "scale-1-other").get_xdata()
    assert len(xs) == len(shown)
    a_unit = (xs[0] - xs[-1]) / (shown[0] - shown[-1])
    assert list(xs) == pytest.approx([xs[0] + (value - shown[0]) * a_unit for value in shown])
    (x, _), _ = named(drawn, "scale-1-reference").get_segments()[0]
    assert x == pytest.approx(xs[0] + (60.7 - shown[0]) * a_unit)
    (interval, *_) = named(drawn, "scale-1-force-intervals").get_segments()
    assert interval[1][0] - interval[0][0] == pytest.approx(4 * a_unit)


def test_a_missing_figure_is_a_dash_and_no_point() -> None:
    """A missing figure is written as a dash."""
    drawn = figure(SATISFACTION)
    assert "scale-1-second" not in names(drawn)
    assert [text for text, _ in texts(drawn)].count("–") == 1


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_line_at_the_benchmark_does_not_cross_a_remark(width: float) -> None:
    """The line is broken where a remark is in its way, as on a narrow picture."""
    drawn = figure(rank(), width)
    line = named(drawn, "scale-1-reference")
    remarks = [box for text, box in texts(drawn) if text.startswith("lower, 95 %")]
    assert len(remarks) == 3
    assert not any(crossed(line, box, drawn) for box in remarks)
    assert (len(line.get_segments()) > 1) == (width == NARROW)


def test_rows_are_in_the_order_given() -> None:
    """The labels of a scale are one below the other in the order of its marks."""
    drawn = figure(rank())
    drawing = rank().drawing
    assert isinstance(drawing, Rows)
    labels = [mark.label for mark in drawing.scales[0].marks]
    heights = {text: (box.y0 + box.y1) / 2 for text, box in texts(drawn) if text in labels}
    del heights["England and Wales"]  # also beside its line
    assert sorted(heights, key=lambda label: -heights[label]) == [
        label for label in labels if label != "England and Wales"
    ]


def test_one_area_far_from_all_others_does_not_crowd_them() -> None:
    """It is off the scale: an arrow and words say so, and its figure is written."""
    drawn = figure(rank())
    words = [text for text, _ in texts(drawn)]
    assert words.count("off the scale") == 1
    assert "882.7" in words
    assert "800" not in words
    off, others = named(drawn, "scale-1-off-high"), named(drawn, "scale-1-other")
    assert off.get_marker() == ">"
    assert off.get_xdata()[0] > max(others.get_xdata())


def test_an_area_far_below_all_others_has_its_arrow_at_the_low_end() -> None:
    """The arrow points to the left, and is left of every mark."""
    drawing = rank().drawing
    assert isinstance(drawing, Rows)
    marks = tuple(
        mark._replace(value=-800, low=None, high=None) if mark.label == "City of London" else mark
        for mark in drawing.scales[0].marks
    )
    drawn = figure(pictured(Rows((Scale("", "", marks),))))
    off, others = named(drawn, "scale-1-off-low"), named(drawn, "scale-1-other")
    assert off.get_marker() == "<"
    assert off.get_xdata()[0] < min(others.get_xdata())
    assert "off the scale" in [text for text, _ in texts(drawn)]


def test_an_area_asked_for_does_not_crowd_the_others_either() -> None:
    """It is off the scale like any other, with its arrow and its figure."""
    drawing = rank().drawing
    assert isinstance(drawing, Rows)
    marks = [
        mark._replace(role="force") if mark.label == "City of London" else mark
        for mark in drawing.scales[0].marks
    ]
    drawn = figure(pictured(Rows((Scale("", "", tuple(marks)),), False, 60.7)))
    words = [text for text, _ in texts(drawn)]
    assert words.count("off the scale") == 1
    assert "882.7" in words


def test_a_usual_range_is_shaded_behind_its_row() -> None:
    """From its low end to its high end on the scale of the marks, in the row of its mark."""
    marks = (
        Mark("Durham", "force", 5, "5", band=(2.0, 8.0)),
        Mark("Kent", "other", 1, "1"),
        Mark("Essex", "other", 9, "9"),
    )
    drawn = figure(pictured(Rows((Scale("", "", marks),), band="usual range")))
    (path,) = named(drawn, "scale-1-bands").get_paths()
    low, high = path.vertices[:, 0].min(), path.vertices[:, 0].max()
    (middle,) = named(drawn, "scale-1-force").get_xdata()
    assert middle - low == pytest.approx(high - middle)
    (kent, essex) = named(drawn, "scale-1-other").get_xdata()
    assert (high - low) / (essex - kent) == pytest.approx(6 / 8)


@pytest.mark.parametrize("whole", [True, False])
def test_a_scale_of_points_begins_at_zero_if_asked(whole: bool) -> None:
    """`from_zero` decides whether zero is on the scale."""
    drawing = SATISFACTION.drawing
    assert isinstance(drawing, Rows)
    drawn = figure(pictured(drawing._replace(from_zero=whole)))
    assert ("0" in [text for text, _ in texts(drawn)]) == whole


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_line_of_the_grid_goes_through_words(width: float) -> None:
    """Guides end before the figures, and the lines of the scale are broken at remarks."""
    drawn = figure(SATISFACTION, width)
    boxes = dict(texts(drawn))
    scale = drawn.dpi / 72
    assert not crossed(named(drawn, "scale-1-grid"), boxes["+3.6 points: higher"], drawn)
    rights = [segment[1][0] * scale for segment in named(drawn, "scale-1-guides").get_segments()]
    assert max(rights) < boxes["88.6"].x0


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_scale_of_few_units_has_each_of_them(width: float) -> None:
    """From 84.8 to 90.4 there is room for every whole figure, so that 85.0 is at one."""
    words = [text for text, _ in texts(figure(SATISFACTION, width))]
    assert {str(number) for number in range(85, 91)} <= set(words)


def banded() -> Picture:
    """Return two forces with their usual ranges, the benchmark between them."""
    marks = (
        Mark("Kent", "other", 15.0, "15.0", band=(2.0, 14.0), detail="unusually high"),
        Mark("England and Wales", "benchmark", 8.0, "8.0"),
        Mark("Durham", "force", 5.0, "5.0", band=(2.5, 14.5)),
    )
    return pictured(Rows((Scale("", "per 1,000", marks),), reference=8.0), "rank")


def test_the_benchmark_leaves_no_gap_in_the_usual_ranges() -> None:
    """The range of the force above it reaches down to the force below it."""
    upper, lower = (
        path.vertices[:, 1] for path in named(figure(banded()), "scale-1-bands").get_paths()
    )
    assert max(upper) == pytest.approx(min(lower))


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_unusual_is_written_beside_the_usual_range(width: float) -> None:
    """It is under the force's name, left of every range."""
    drawn = figure(banded(), width)
    boxes = dict(texts(drawn))
    edge = min(path.vertices[:, 0].min() for path in named(drawn, "scale-1-bands").get_paths())
    assert boxes["unusually high"].x1 < edge * drawn.dpi / 72
    assert boxes["unusually high"].y1 <= boxes["Kent"].y0 + 1
