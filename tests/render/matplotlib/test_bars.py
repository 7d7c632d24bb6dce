"""Rules of bars: as long as their figures, each measure on a scale of its own."""

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


def test_the_line_at_zero_does_not_cross_a_remark() -> None:
    """The line is broken where a remark is in its way."""
    drawn = figure(BARS, NARROW)
    line = named(drawn, "scale-3-zero")
    assert len(line.get_segments()) == 2
    assert not crossed(line, dict(texts(drawn))["a rise against a fall"], drawn)
