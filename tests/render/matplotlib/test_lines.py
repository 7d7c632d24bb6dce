"""Rules of lines over time: through their figures, broken by gaps, named at their ends."""

from __future__ import annotations

from datetime import date

import pytest
from charting import (
    TREND,
    figure,
    named,
    names,
    pictured,
    texts,
)

from crimecmp.document.picture import Caution, Line, Lines, Point
from crimecmp.render.matplotlib import NARROW, WIDE


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


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_no_line_of_the_grid_goes_through_a_figure(width: float) -> None:
    """Where a first figure is, the line begins to its right."""
    points = (Point(date(2013, 6, 30), 74.88, "74.88"), Point(date(2014, 6, 30), 60.8, "60.8"))
    lines = (Line("Durham", "force", points),)
    drawn = figure(pictured(Lines(lines, from_zero=False)), width)
    scale = drawn.dpi / 72
    box = dict(texts(drawn))["74.88"]
    starts = [segment[0][0] * scale for segment in named(drawn, "grid").get_segments()]
    heights = [segment[0][1] * scale for segment in named(drawn, "grid").get_segments()]
    near = [
        start
        for start, height in zip(starts, heights, strict=True)
        if box.y0 < drawn.bbox.height - height < box.y1
    ]
    assert near
    assert all(start > box.x1 for start in near)
    assert min(starts) < box.x0


def test_other_areas_are_fainter_than_any_named_line() -> None:
    """Their lines are thin and nearly the colour of paper, and no name is at the end of one."""
    drawn = figure(TREND)
    other = named(drawn, "other-line")
    assert min(other.get_colors()[0][:3]) > 0.8
    assert other.get_linewidths()[0] < named(drawn, "benchmark-line").get_linewidths()[0]
    assert "Grey lines: " in TREND.caption[-2]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_caution_is_over_the_year_that_it_is_about(width: float) -> None:
    """Its year is shaded up to the day that it ends, and its words are whole, and there."""
    drawing = TREND.drawing
    assert isinstance(drawing, Lines)
    last = max(point.period_end for line in drawing.lines for point in line.points)
    caution = Caution("Medomsley inquiry", last)
    drawn = figure(pictured(drawing._replace(cautions=(caution,))), width)
    (path,) = named(drawn, "cautions").get_paths()
    left, right = path.vertices[:, 0].min(), path.vertices[:, 0].max()
    *_, curve = named(drawn, "force-line").get_segments()
    assert left < curve[-1][0] <= right
    boxes = dict(texts(drawn))
    scale = drawn.dpi / 72
    words = [box for text, box in boxes.items() if text in ("Medomsley inquiry", "Medomsley")]
    assert len(words) == 1
    assert words[0].x0 < right * scale
    assert words[0].x1 > left * scale


def test_figures_of_the_scale_are_beside_their_lines() -> None:
    """Each figure is level with its grid line, and left of it."""
    drawn = figure(TREND)
    boxes = dict(texts(drawn))
    lines = named(drawn, "grid").get_segments()
    figures = ["40", "50", "60", "70"]
    assert len(lines) == len(figures)
    for text, ((left, height), _) in zip(figures, lines, strict=True):
        box = boxes[text]
        middle = (drawn.bbox.y1 - (box.y0 + box.y1) / 2) * 72 / drawn.dpi
        assert middle == pytest.approx(height, abs=1.5)
        assert box.x1 < left * drawn.dpi / 72


def test_years_are_named_by_month_and_year() -> None:
    """Years are written `June 2010`; those that would overlap are left out, never the last."""
    words = [text for text, _ in texts(figure(TREND))]
    assert "June 2014" in words
    many = tuple(Point(date(1900 + n, 3, 31), float(n), str(n)) for n in range(120))
    drawn = figure(pictured(Lines((Line("Durham", "force", many),), from_zero=True)), NARROW)
    years = [text for text, _ in texts(drawn) if text.startswith("March")]
    assert "March 2019" in years
    assert 2 <= len(years) < 10


def _charted(signals: tuple[str, ...], centres: tuple[float | None, ...]) -> Lines:
    """Return a line of years with a usual range, and signals in some of them."""
    points = []
    for nth, (signal, centre) in enumerate(zip(signals, centres, strict=True)):
        point = Point(date(2011 + nth, 12, 31), 5.0 + nth % 2, "5", signal=signal)
        if centre is not None:
            point = point._replace(low=centre - 2, high=centre + 2, centre=centre)
        points.append(point)
    return Lines((Line("Durham", "force", tuple(points)),), from_zero=True, band="the usual range")


def test_signals_alone_are_marked_on_a_control_chart() -> None:
    """Each signal has a mark, and neither end of the line has one without."""
    drawn = figure(pictured(_charted(("", "above", "", "below", ""), (5.0,) * 5)))
    [curve] = named(drawn, "force-line").get_segments()
    marks = named(drawn, "force-marks").get_xydata()
    assert [tuple(mark) for mark in marks] == [tuple(curve[1]), tuple(curve[3])]


def test_a_usual_range_begins_anew_where_its_centre_changes() -> None:
    """Band and centre are level on both sides of the step, and do not slope between them."""
    drawn = figure(pictured(_charted(("",) * 5, (5.0, 5.0, 6.0, 6.0, 6.0))))
    centres = named(drawn, "force-centre").get_segments()
    assert [len(centre) for centre in centres] == [2, 3]
    assert all(len({y for _, y in centre}) == 1 for centre in centres)
    assert len(named(drawn, "force-band").get_paths()) == 2


def test_a_line_without_a_usual_range_has_no_centre() -> None:
    """Points before the baseline are on the line, and nothing else is drawn of them."""
    drawn = figure(pictured(_charted(("",) * 4, (None, None, 5.0, 5.0))))
    [centre] = named(drawn, "force-centre").get_segments()
    assert len(centre) == 2
    assert len(named(drawn, "force-line").get_segments()[0]) == 4
