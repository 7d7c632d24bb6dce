"""Rules of what is drawn: marks are where their figures are, and text can be read."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import pytest
from charting import (
    BARS,
    PICTURES,
    SATISFACTION,
    TREND,
    UNIT,
    bars,
    figure,
    funnel,
    named,
    names,
    pictured,
    rank,
    texts,
)

from crimecmp.picture import Funnel, Limits, Line, Lines, Mark, Picture, Point, Rows, Scale
from crimecmp.render.matplotlib import NARROW, WIDE
from crimecmp.render.matplotlib.canvas import DOTS, INCH
from crimecmp.render.matplotlib.labels import Box
from crimecmp.render.matplotlib.lettering import Face, measured


def right_ends(areas: Any) -> list[float]:
    """Return how far to the right each bar reaches."""
    return [float(path.vertices[:, 0].max()) for path in areas.get_paths()]


def widths(areas: Any) -> list[float]:
    """Return how long each bar is."""
    across = [path.vertices[:, 0] for path in areas.get_paths()]
    return [float(xs.max() - xs.min()) for xs in across]


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("kind", sorted(PICTURES))
def test_no_two_texts_overlap(kind: str, width: float) -> None:
    """However many names there are, none overlaps another."""
    placed = list(texts(figure(PICTURES[kind], width)))
    assert len(placed) > 5
    for (text, one), (other, two) in itertools.combinations(placed, 2):
        assert not one.overlaps(two), (text, other)


@pytest.mark.parametrize("width", [WIDE, NARROW, 100])
@pytest.mark.parametrize("kind", sorted(PICTURES))
def test_no_text_is_cut(kind: str, width: float) -> None:
    """All text is within the picture, whatever its width."""
    drawn = figure(PICTURES[kind], width)
    for text, box in texts(drawn):
        assert box.x0 >= 0, text
        assert box.y0 >= 0, text
        assert box.x1 <= drawn.bbox.x1, text
        assert box.y1 <= drawn.bbox.y1, text


@pytest.mark.parametrize("kind", sorted(PICTURES))
def test_title_and_unit_are_above_and_notes_and_sources_beneath(kind: str) -> None:
    """Title and unit come first, then the drawing, then notes and sources."""
    picture = PICTURES[kind]
    heights = {text: box.y0 for text, box in texts(figure(picture, 2000))}
    order = [heights[text] for text in (picture.title, picture.unit)]
    order += [heights[text] for text in (*picture.notes, *picture.sources)]
    assert order == sorted(order, reverse=True)
    between = set(heights) - {picture.title, picture.unit, *picture.notes, *picture.sources}
    assert all(order[1] > heights[text] > order[2] for text in between)


def test_words_are_as_wide_as_they_were_measured() -> None:
    """Text in PNG is as wide as it was measured, so lines end before the edge."""
    boxes = dict(
        texts(figure(pictured(Rows(()), notes=("Inspectors have reservations " * 4,)), 2000))
    )
    (note,) = (text for text in boxes if text.startswith("Inspectors"))
    assert boxes[note].width == pytest.approx(measured(note, Face(8.5)) * DOTS / INCH, rel=0.01)


@pytest.mark.parametrize("kind", sorted(PICTURES))
def test_there_is_no_legend(kind: str) -> None:
    """Names are beside what they name: force and benchmark have their labels in the drawing."""
    drawn = figure(PICTURES[kind])
    assert not drawn.legends
    words = " ".join(text for text, _ in texts(drawn))
    assert "Durham" in words
    if kind != "funnel":
        assert "England and Wales" in words


def test_bars_are_as_long_as_their_figures() -> None:
    """The lengths of bars on one scale are in the ratio of their figures."""
    drawn = figure(BARS)
    (force,), (benchmark,) = (
        widths(named(drawn, "scale-1-force")), widths(named(drawn, "scale-1-benchmark")),
    )  # fmt: skip
    assert force / benchmark == pytest.approx(54.0 / 60.7)


def test_each_scale_has_its_own_range() -> None:
    """Figures of 60 do not dwarf those of 1.6: the longest bar of each scale fills it."""
    drawn = figure(BARS)
    first = max(widths(named(drawn, "scale-1-benchmark")))
    second = max(widths(named(drawn, "scale-2-force")))
    assert second == pytest.approx(first, rel=0.2)


def test_bars_of_figures_below_zero_go_the_other_way() -> None:
    """Bars of negative figures are left of the line at zero, those of positive ones right of it."""
    drawn = figure(BARS)
    zero = named(drawn, "scale-3-zero").get_segments()[0][0][0]
    (force,), (benchmark,) = (
        named(drawn, f"scale-3-{role}").get_paths() for role in ("force", "benchmark")
    )
    assert force.vertices[:, 0].min() == pytest.approx(zero)
    assert benchmark.vertices[:, 0].max() == pytest.approx(zero)
    assert benchmark.vertices[:, 0].min() < zero < force.vertices[:, 0].max()


def test_whiskers_are_where_the_interval_is() -> None:
    """The interval of a bar is on the scale of the bar."""
    drawn = figure(BARS)
    start, end = named(drawn, "scale-1-zero").get_segments()[0][0][0], right_ends(
        named(drawn, "scale-1-force")
    )[0]  # fmt: skip
    whisker = named(drawn, "scale-1-intervals").get_segments()[0][:, 0]
    a_unit = (end - start) / 54.0
    assert list(whisker) == pytest.approx([start + 53.0 * a_unit, start + 55.5 * a_unit])


def test_a_missing_figure_is_a_dash_and_no_mark() -> None:
    """A missing figure is written as a dash, and drawn neither as a bar nor as a point at zero."""
    drawn = figure(BARS)
    assert "scale-4-force" not in names(drawn)
    assert [text for text, _ in texts(drawn)].count("–") == 1
    drawn = figure(SATISFACTION)
    assert "scale-1-second" not in names(drawn)
    assert [text for text, _ in texts(drawn)].count("–") == 1


def test_remarks_are_beside_the_bars_if_there_is_room() -> None:
    """A remark is in the row of its bar on a wide picture, and below it on a narrow one."""
    short = bars(
        (Mark("Durham", "force", 5, "5", remark="the remark"), Mark("Kent", "second", 4, "4"))
    )
    for width, beside in ((WIDE, True), (NARROW - 100, False)):
        boxes = dict(texts(figure(short, width)))
        remark, value = boxes["the remark"], boxes["5"]
        assert (remark.y0 < (value.y0 + value.y1) / 2 < remark.y1) == beside


def test_a_unit_without_a_title_is_above_its_bars() -> None:
    """The unit has a line to itself if only the picture's title says what is measured."""
    marks = (Mark("Durham", "force", 5, "5"),)
    boxes = dict(texts(figure(pictured(Rows((Scale("", "per 1,000", marks),), bars=True)))))
    assert boxes["per 1,000"].y0 > boxes["Durham"].y1
    assert boxes["per 1,000"].y0 > boxes["5"].y1


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


def crossed(strokes: Any, box: Any, drawn: Any) -> bool:
    """Return whether an upright stroke crosses the box of a text."""
    scale, top = drawn.dpi / 72, drawn.bbox.y1
    return any(
        box.x0 < x * scale < box.x1 and top - foot * scale < box.y1 and top - head * scale > box.y0
        for (x, head), (_, foot) in strokes.get_segments()
    )


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_line_crosses_a_remark(width: float) -> None:
    """The lines at the benchmark and at zero are broken where they would cross text."""
    drawn = figure(rank(), width)
    line = named(drawn, "scale-1-reference")
    remarks = [box for text, box in texts(drawn) if text.startswith("lower, 95 %")]
    assert len(remarks) == 3
    assert not any(crossed(line, box, drawn) for box in remarks)
    assert (len(line.get_segments()) > 1) == (width == NARROW)
    drawn = figure(BARS, NARROW)
    line = named(drawn, "scale-3-zero")
    assert len(line.get_segments()) == 2
    assert not crossed(line, dict(texts(drawn))["a rise against a fall"], drawn)


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


def test_an_area_asked_for_is_never_off_the_scale() -> None:
    """The scale includes the force that is asked for, however far it is from all others."""
    drawing = rank().drawing
    assert isinstance(drawing, Rows)
    marks = [
        mark._replace(role="force") if mark.label == "City of London" else mark
        for mark in drawing.scales[0].marks
    ]
    drawn = figure(pictured(Rows((Scale("", "", tuple(marks)),), False, 60.7)))
    assert "off the scale" not in [text for text, _ in texts(drawn)]


@pytest.mark.parametrize("whole", [True, False])
def test_a_scale_of_points_begins_at_zero_if_asked(whole: bool) -> None:
    """`from_zero` decides whether zero is on the scale."""
    drawing = SATISFACTION.drawing
    assert isinstance(drawing, Rows)
    drawn = figure(pictured(drawing._replace(from_zero=whole)))
    assert ("0" in [text for text, _ in texts(drawn)]) == whole


def test_lines_go_through_their_figures() -> None:
    """Dates run evenly to the right, and figures evenly upwards."""
    drawing = TREND.drawing
    assert isinstance(drawing, Lines)
    line = next(line for line in drawing.lines if line.role == "benchmark")
    (curve,) = named(figure(TREND), "benchmark-line").get_segments()
    assert len(curve) == len(line.points)
    days = [point.period_end.toordinal() for point in line.points]
    values = [point.value or 0.0 for point in line.points]
    (x0, y0), (x1, y1) = curve[0], curve[-1]
    for (x, y), day, value in zip(curve, days, values, strict=True):
        assert x == pytest.approx(x0 + (x1 - x0) * (day - days[0]) / (days[-1] - days[0]))
        assert y == pytest.approx(y0 + (y1 - y0) * (value - values[0]) / (values[-1] - values[0]))
    assert x0 < x1
    assert (y1 > y0) == (values[-1] < values[0])  # heights are measured from the top


def test_a_gap_breaks_the_line() -> None:
    """Neither the line nor its band crosses a missing figure."""
    drawn = figure(TREND)
    assert [len(part) for part in named(drawn, "force-line").get_segments()] == [4, 4]
    assert len(named(drawn, "force-band").get_paths()) == 2
    assert len(named(drawn, "second-line").get_segments()) == 1


def test_a_figure_between_two_gaps_is_seen() -> None:
    """A single figure is drawn as a mark."""
    ends = [date(year, 3, 31) for year in (2011, 2012, 2013)]
    points = tuple(Point(end, 5.0 if end.year == 2012 else None, "5") for end in ends)
    drawn = figure(pictured(Lines((Line("Durham", "force", points),), from_zero=True)))
    assert "force-line" not in names(drawn)
    assert len(named(drawn, "force-marks").get_xdata()) == 1


def test_the_scale_of_lines_begins_at_zero_if_asked() -> None:
    """`from_zero` decides whether zero is on the scale."""
    drawing = TREND.drawing
    assert isinstance(drawing, Lines)
    for whole in (True, False):
        drawn = figure(pictured(drawing._replace(from_zero=whole)))
        assert ("0" in [text for text, _ in texts(drawn)]) == whole


def test_lines_have_their_names_and_figures_at_their_ends() -> None:
    """The name and the last figure are at the right end, the first figure at the left."""
    drawing = TREND.drawing
    assert isinstance(drawing, Lines)
    drawn = figure(TREND)
    boxes = dict(texts(drawn))
    (curve,) = named(drawn, "second-line").get_segments()
    scale = drawn.dpi / 72
    line = next(line for line in drawing.lines if line.role == "second")
    last, first = boxes[f"Cleveland {line.points[-1].text}"], boxes[line.points[0].text]
    assert last.x0 > curve[-1][0] * scale
    assert first.x1 < curve[0][0] * scale
    assert "other areas" in boxes


def test_years_are_named_by_month_and_year() -> None:
    """Years are written `June 2010`; those that would overlap are left out, never the last."""
    words = [text for text, _ in texts(figure(TREND))]
    assert "June 2014" in words
    many = tuple(Point(date(1900 + n, 3, 31), float(n), str(n)) for n in range(120))
    drawn = figure(pictured(Lines((Line("Durham", "force", many),), from_zero=True)), NARROW)
    years = [text for text, _ in texts(drawn) if text.startswith("March")]
    assert "March 2019" in years
    assert 2 <= len(years) < 10


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


NOTHING = [
    Rows(()),
    Rows((), bars=True),
    Rows((Scale("", "", ()),)),
    Rows((Scale("", "", ()),), bars=True),
    Rows((Scale("", "", ()),), reference=3.0),
    Rows((Scale("a", "b", (Mark("x", "force", None, "–"),)),), bars=True),
    Rows((Scale("a", "b", (Mark("x", "force", None, "–"),)),)),
    Lines((), from_zero=True),
    Lines((Line("Durham", "force", ()), Line("Kent", "other", ())), from_zero=False),
    Lines((Line("Durham", "force", (Point(date(2014, 6, 30), None, "–"),)),), from_zero=True),
    Lines((Line("Durham", "force", (Point(date(2014, 6, 30), 3.0, "3"),)),), from_zero=False),
    Funnel((), (), 0.0, "", ""),
    Funnel((), (Limits("95 %", (), 0.95),), 1.0, "all", "Residents"),
]


@pytest.mark.parametrize("drawing", NOTHING, ids=str)
def test_a_drawing_of_nothing_is_drawn(drawing: Rows | Lines | Funnel) -> None:
    """Without marks, points or dots the text is there, and nothing fails."""
    drawn = figure(pictured(drawing))
    assert UNIT in [text for text, _ in texts(drawn)]


def test_boxes_know_what_they_hold() -> None:
    """A frame holds a box that is all inside it, and no other."""
    frame = Box(0, 0, 10, 10)
    assert frame.holds(Box(0, 0, 10, 10))
    assert not frame.holds(Box(5, 5, 11, 6))
    assert not frame.holds(Box(5, -1, 6, 6))
