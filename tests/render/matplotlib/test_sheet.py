"""Rules of whole pictures: all text is there, none is cut or overlaps another."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from charting import (
    PICTURES,
    UNIT,
    figure,
    pictured,
    texts,
)

from crimecmp.document.picture import (
    Cartogram,
    Funnel,
    Limits,
    Line,
    Lines,
    Mark,
    Point,
    Rows,
    Scale,
)
from crimecmp.render.matplotlib import NARROW, WIDE
from crimecmp.render.matplotlib.canvas import DOTS, INCH
from crimecmp.render.matplotlib.lettering import Face, measured


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
    Cartogram((), (), ()),
]


@pytest.mark.parametrize("drawing", NOTHING, ids=str)
def test_a_drawing_of_nothing_is_drawn(drawing: Rows | Lines | Funnel | Cartogram) -> None:
    """Without marks, points or dots the text is there, and nothing fails."""
    drawn = figure(pictured(drawing))
    assert UNIT in [text for text, _ in texts(drawn)]
