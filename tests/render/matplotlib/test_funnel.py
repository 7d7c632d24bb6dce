"""Rules of funnel plots: dots by the size of their base, between limits, with names."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from charting import (
    figure,
    funnel,
    named,
    pictured,
    texts,
)

from crimecmp.document.picture import Funnel, Picture
from crimecmp.render.matplotlib import NARROW, WIDE


def curve_of(picture: Picture) -> tuple[Funnel, Any]:
    """Return a picture's funnel and its figure."""
    assert isinstance(picture.drawing, Funnel)
    return picture.drawing, figure(picture)


def test_dots_are_at_the_logarithm_of_their_base() -> None:
    """Equal ratios of bases are equal distances; figures run evenly upwards."""
    drawing, drawn = curve_of(funnel())
    places = named(drawn, "other-dots").get_xydata()
    dots = [dot for dot in drawing.dots if dot.role == "other"]
    assert len(places) == len(dots)
    steps = [places[n + 1][0] - places[n][0] for n in (2, 20, 30)]
    ratios = [dots[n + 1].base / dots[n].base for n in (2, 20, 30)]
    assert ratios == pytest.approx([ratios[0]] * 3, rel=1e-6)
    assert steps == pytest.approx([steps[0]] * 3, rel=1e-6)
    (_, y0), (_, y1) = places[0], places[1]
    a_unit = (y1 - y0) / (dots[1].value - dots[0].value)
    expected = [y0 + (dot.value - dots[0].value) * a_unit for dot in dots]
    assert [y for _, y in places] == pytest.approx(expected)
    ((_, centre), _), *_ = named(drawn, "centre").get_segments()
    assert centre == pytest.approx(y0 + (drawing.centre - dots[0].value) * a_unit)


def test_limits_are_where_they_are_given() -> None:
    """Both curves of each limit are on the scales of the dots, and named; no two look the same."""
    drawing, drawn = curve_of(funnel())
    words = " ".join(text for text, _ in texts(drawn))
    ((_, centre), _), *_ = named(drawn, "centre").get_segments()
    for number, limits in enumerate(drawing.limits, 1):
        lower, upper = named(drawn, f"limits-{number}").get_segments()
        assert len(lower) == len(upper) == len(limits.curve)
        below, above = lower[0][1] - centre, centre - upper[0][1]
        assert below == pytest.approx(above)
        assert limits.label in words
    styles = [
        tuple(named(drawn, f"limits-{n}").get_linestyle()[0][1] or ())
        for n in range(1, len(drawing.limits) + 1)
    ]
    assert len(set(styles)) == len(styles)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_names_in_a_funnel_keep_off_dots_and_frame(width: float) -> None:
    """All 42 names are within the frame, and on no dot."""
    picture = funnel()
    drawing = picture.drawing
    assert isinstance(drawing, Funnel)
    drawn = figure(picture, width)
    scale = drawn.dpi / 72
    top = drawn.bbox.y1
    boxes = dict(texts(drawn))
    dots = [
        (x * scale, top - y * scale)
        for role in ("other", "force", "second", "third")
        for x, y in named(drawn, f"{role}-dots").get_xydata()
    ]
    (left, foot), (right, _) = named(drawn, "axis").get_segments()[0]
    for dot in drawing.dots:
        box = boxes[dot.label]
        assert left * scale <= box.x0
        assert box.x1 <= right * scale
        assert box.y0 >= top - foot * scale
        assert not [place for place in dots if box.contains(*place)], dot.label


def test_names_at_the_edge_of_a_narrow_frame_are_placed() -> None:
    """Long names of dots crowded at one side are moved inside a frame that grows for them."""
    drawing = funnel().drawing
    assert isinstance(drawing, Funnel)
    dots = tuple(
        dot._replace(label=f"{dot.label} Constabulary " * 4, base=8e6 + number, value=55.0)
        for number, dot in enumerate(drawing.dots[:12])
    )
    drawn = figure(pictured(drawing._replace(dots=dots)), 1)
    placed = list(texts(drawn))
    assert "".join(text for text, _ in placed).count("Constabulary") == 12 * 4
    for (text, one), (other, two) in itertools.combinations(placed, 2):
        assert not one.overlaps(two), (text, other)


def test_the_frame_grows_for_names_that_are_crowded() -> None:
    """A funnel with all its dots named is taller than one that needs few names."""
    heights = []
    for crowded in (True, False):
        drawn = figure(funnel(named=crowded))
        top = min(height for (_, height), _ in named(drawn, "grid").get_segments())
        foot = named(drawn, "axis").get_segments()[0][0][1]
        heights.append(foot - top)
    assert heights[0] > 1.1 * heights[1]


def test_only_some_dots_are_named() -> None:
    """The forces asked for and dots with `named` have their names beside them; others do not."""
    drawing, drawn = curve_of(funnel(named=False))
    words = {text for text, _ in texts(drawn)}
    asked = {dot.label for dot in drawing.dots if dot.role != "other"}
    assert asked <= words
    assert not words & ({dot.label for dot in drawing.dots} - asked)
    assert len(named(drawn, "other-dots-unnamed").get_xdata()) == len(drawing.dots) - len(asked)


def test_bases_are_written_as_people_read_them() -> None:
    """The scale of bases says that it is logarithmic, and writes `1 million`."""
    words = {text for text, _ in texts(figure(funnel()))}
    assert {"Residents (logarithmic scale)", "500,000", "1 million"} <= words
