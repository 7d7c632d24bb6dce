"""Rules of a drawn spine: marks and ranges on one scale, words beside them or above."""

from __future__ import annotations

import pytest
from charting import SPINE, SPINES, figure, named, names, spine, spine_row, texts
from matplotlib.figure import Figure

from crimecmp.document.picture import Spine
from crimecmp.render.matplotlib import NARROW, WIDE

WIDTHS = [WIDE, NARROW, 100.0]
"""With the scale beside the words, below them, and with labels above both."""


def at(drawn: Figure, percent: float, end: float = 100.0) -> float:
    """Return where a difference lies across a picture, between the first and the last tick."""
    ticks = [segment[0][0] for segment in named(drawn, "spine-ticks").get_segments()]
    return float(min(ticks) + (percent + end) / (2 * end) * (max(ticks) - min(ticks)))


@pytest.mark.parametrize("width", WIDTHS)
def test_marks_are_where_their_differences_say(width: float) -> None:
    """All rows share one scale, with zero in its middle."""
    drawn = figure(SPINE, width)
    xs = list(named(drawn, "spine-force").get_xdata())
    assert xs == pytest.approx([at(drawn, percent) for percent in (-11.0, 40.0, 0.0)])
    zeros = named(drawn, "spine-benchmark").get_segments()
    assert {round(x, 6) for segment in zeros for x, _ in segment} == {round(at(drawn, 0.0), 6)}


@pytest.mark.parametrize("width", WIDTHS)
def test_a_usual_range_is_shaded_from_end_to_end(width: float) -> None:
    """A row without one has no shade."""
    drawn = figure(SPINE, width)
    paths = named(drawn, "spine-usual").get_paths()
    assert len(paths) == 4
    for path in paths:
        xs = path.vertices[:, 0]
        assert (xs.min(), xs.max()) == pytest.approx((at(drawn, -35.0), at(drawn, 25.0)))


def test_other_forces_are_ticks_within_the_scale() -> None:
    """Each force has a tick in each row; one beyond the scale is an arrow at its end."""
    drawn = figure(SPINE)
    ticks = named(drawn, "spine-others").get_segments()
    assert len(ticks) == 4 * 41 + 1
    arrows = named(drawn, "spine-others-beyond")
    assert list(arrows.get_xdata()) == pytest.approx([at(drawn, 100.0)])


@pytest.mark.parametrize("width", WIDTHS)
def test_a_force_beyond_the_scale_is_an_arrow_with_its_figure(width: float) -> None:
    """The figure is right of the arrow, which is at the end of the scale."""
    drawn = figure(SPINE, width)
    [x] = named(drawn, "spine-force-beyond").get_xdata()
    assert x == pytest.approx(at(drawn, 100.0))
    assert dict(texts(drawn))["+1352%"].x0 > x * drawn.dpi / 72


def test_a_row_without_a_figure_has_no_mark() -> None:
    """Its words are there all the same."""
    drawn = figure(spine(spine_row("Burglary", "Durham", None, text="–", verdict="–")))
    assert "spine-force" not in names(drawn)
    assert "Burglary" in dict(texts(drawn))


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_of_the_scale_goes_through_the_heading_of_a_measure(width: float) -> None:
    """Of several forces the lines are in the rows of each measure only."""
    drawn = figure(SPINES, width)
    headings = [box for text, box in texts(drawn) if text.startswith(("Crime", "Burglary"))]
    scale, top = drawn.dpi / 72, drawn.bbox.y1
    for name in ("spine-grid", "spine-benchmark"):
        for (x, head), (_, foot) in named(drawn, name).get_segments():
            for box in headings:
                level = top - foot * scale < box.y1 - 1 and top - head * scale > box.y0 + 1
                assert not (box.x0 < x * scale < box.x1 and level), name


def test_the_ends_of_the_scale_are_written() -> None:
    """A scale has its ends, zero and halves, with signs."""
    words = dict(texts(figure(SPINES)))
    assert {"-50%", "-25%", "0%", "+25%", "+50%"} <= words.keys()


def test_the_key_names_what_is_drawn() -> None:
    """Other forces and a usual range are in it only where there are some."""
    drawing = SPINE.drawing
    assert isinstance(drawing, Spine)
    assert {"Durham", "another force", drawing.usual} <= dict(texts(figure(SPINE))).keys()
    row = spine_row("Burglary", "Durham", 1.0, others=(), usual=None)
    bare = SPINE._replace(drawing=drawing._replace(rows=(row,), usual=""))
    assert "another force" not in dict(texts(figure(bare)))
    assert "spine-usual" not in names(figure(bare))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_unit_that_differs_is_under_the_name_of_its_measure(width: float) -> None:
    """In words and not as a mark, so no key of marks is needed beneath."""
    row = spine_row(
        "Burglary\u00a0h", "Durham", 40.0, mark="\u00a0h", detail="per 1,000 households"
    )
    picture = spine(spine_row("Crime", "Durham", -11.0), row)
    assert isinstance(picture.drawing, Spine)
    marked = picture.drawing._replace(marks=("h per 1,000 households",))
    drawn = figure(picture._replace(drawing=marked), width)
    boxes = dict(texts(drawn))
    lines = [text for text, _ in texts(drawn)]
    assert "Burglary" in lines
    assert not any("\u00a0h" in text or text.startswith("h ") for text in lines)
    unit = next(box for text, box in texts(drawn) if text.startswith("per 1,000 "))
    assert unit.y1 <= boxes["Burglary"].y0 + 1
    assert unit.x0 == pytest.approx(boxes["Burglary"].x0, abs=2)
