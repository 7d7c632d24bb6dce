"""Rules of bars: as long as their figures, all of them on one scale."""

from __future__ import annotations

from typing import Any

import pytest
from charting import (
    BARS,
    bars,
    crossed,
    figure,
    named,
    names,
    pictured,
    texts,
)

from crimecmp.document.picture import Mark, Rows, Scale
from crimecmp.render.matplotlib import NARROW, WIDE


def right_ends(areas: Any) -> list[float]:
    """Return how far to the right each bar reaches."""
    return [float(path.vertices[:, 0].max()) for path in areas.get_paths()]


def widths(areas: Any) -> list[float]:
    """Return how long each bar is."""
    across = [path.vertices[:, 0] for path in areas.get_paths()]
    return [float(xs.max() - xs.min()) for xs in across]


def test_bars_are_as_long_as_their_figures() -> None:
    """The lengths of bars on one scale are in the ratio of their figures."""
    drawn = figure(BARS)
    (force,), (benchmark,) = (
        widths(named(drawn, "scale-1-force")), widths(named(drawn, "scale-1-benchmark")),
    )  # fmt: skip
    assert force / benchmark == pytest.approx(54.0 / 60.7)


def test_all_groups_are_on_one_scale() -> None:
    """A bar of 1.6 is as much shorter than one of 60.7 in another group."""
    drawn = figure(BARS)
    first = max(widths(named(drawn, "scale-1-benchmark")))
    second = max(widths(named(drawn, "scale-2-force")))
    assert second / first == pytest.approx(1.6 / 60.7)


def test_a_bar_beyond_the_scale_ends_in_an_arrow() -> None:
    """It is as long as the scale and its tip beyond it, with the whole figure written there."""
    some = bars((Mark("Durham", "force", 50, "+50%"), Mark("Kent", "second", 1200, "+1200%")))
    assert isinstance(some.drawing, Rows)
    drawn = figure(some._replace(drawing=some.drawing._replace(most=100.0)))
    (half,) = widths(named(drawn, "scale-1-force"))
    (path,) = named(drawn, "scale-1-second").get_paths()
    xs = sorted({round(float(x), 6) for x in path.vertices[:, 0]})
    assert xs[1] - xs[0] == pytest.approx(2 * half)
    assert dict(texts(drawn))["+1200%"].x0 > xs[2] * drawn.dpi / 72


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_figures_are_under_their_headings(width: float) -> None:
    """Both figures of a difference end where their headings do, and no words are on others."""
    marks = tuple(
        Mark(f"Measure number {n}", "force", 10.0 - n, f"+{10 - n}%", remark="higher",
             detail="per 1,000", figures=(f"{n + 5}.5", f"{n + 4}.25"))
        for n in range(4)
    )  # fmt: skip
    drawing = Rows((Scale("", "", marks),), bars=True, headings=("Durham", "Elsewhere"))
    drawn = figure(pictured(drawing), width)
    boxes = dict(texts(drawn))
    for heading, text in (("Durham", "5.5"), ("Elsewhere", "4.25")):
        assert boxes[heading].x1 == pytest.approx(boxes[text].x1, abs=1)
        assert boxes[heading].y0 > boxes[text].y1
    found = list(texts(drawn))
    apart = [
        (one, other)
        for place, (one, a) in enumerate(found)
        for other, b in found[place + 1 :]
        if a.x0 < b.x1 - 1 and b.x0 < a.x1 - 1 and a.y0 < b.y1 - 3 and b.y0 < a.y1 - 3
    ]
    assert apart == []


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


def test_figures_are_written_beyond_the_ends_of_their_bars() -> None:
    """A negative figure is left of its bar, a positive one right of it."""
    drawn = figure(BARS)
    boxes, scale = dict(texts(drawn)), drawn.dpi / 72
    (force,), (benchmark,) = (
        named(drawn, f"scale-3-{role}").get_paths() for role in ("force", "benchmark")
    )
    assert boxes["-1"].x1 < benchmark.vertices[:, 0].min() * scale
    assert boxes["+13"].x0 > force.vertices[:, 0].max() * scale


def test_whiskers_are_where_the_interval_is() -> None:
    """The interval of a bar is on the scale of the bar."""
    drawn = figure(BARS)
    start, end = named(drawn, "scale-1-zero").get_segments()[0][0][0], right_ends(
        named(drawn, "scale-1-force")
    )[0]  # fmt: skip
    whisker = named(drawn, "scale-1-intervals").get_segments()[0][:, 0]
    a_unit = (end - start) / 54.0
    assert list(whisker) == pytest.approx([start + 53.0 * a_unit, start + 55.5 * a_unit])


def test_a_missing_figure_is_a_dash_and_no_bar() -> None:
    """A missing figure is written as a dash."""
    drawn = figure(BARS)
    assert "scale-4-force" not in names(drawn)
    assert [text for text, _ in texts(drawn)].count("–") == 1


@pytest.mark.parametrize(("width", "words"), [(WIDE, "remark"), (NARROW - 100, "a remark " * 9)])
def test_remarks_are_beside_the_bars_if_there_is_room(width: float, words: str) -> None:
    """A remark is in the row of its bar, and below it only where it has no room there."""
    remark = Mark("Durham", "force", 5, "5.0", remark=words.strip())
    boxes = list(texts(figure(bars((remark, Mark("Kent", "second", 4, "4"))), width)))
    value = dict(boxes)["5.0"]
    [box, *_] = [box for text, box in boxes if text and text in words]
    assert (box.y0 < (value.y0 + value.y1) / 2 < box.y1) == (width == WIDE)


def test_a_unit_without_a_title_is_above_its_bars() -> None:
    """The unit has a line to itself if only the picture's title says what is measured."""
    marks = (Mark("Durham", "force", 5, "5"),)
    boxes = dict(texts(figure(pictured(Rows((Scale("", "per 1,000", marks),), bars=True)))))
    assert boxes["per 1,000"].y0 > boxes["Durham"].y1
    assert boxes["per 1,000"].y0 > boxes["5"].y1


def test_the_line_at_zero_does_not_cross_a_remark() -> None:
    """The line is broken where a remark is in its way."""
    drawn = figure(BARS, NARROW)
    line = named(drawn, "scale-3-zero")
    assert len(line.get_segments()) == 2
    assert not crossed(line, dict(texts(drawn))["a rise against a fall"], drawn)
