"""A brief table at any width: nothing is cut, no line runs over, what goes is named."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crimecmp.document.brief import Brief, BriefTable, Fact, Field, Line
from crimecmp.document.report import Report
from crimecmp.render import render
from crimecmp.render.screen import Screen

FIELDS = (
    Field("Measure"),
    Field("Durham", "number"),
    Field("E&W", "number", 1),
    Field("diff", "number", 2, "difference"),
    Field("", "bar", 5, "the bars"),
    Field("verdict"),
)
NUMBER = st.decimals(0, 10**6, places=2).map(lambda number: f"{number:f}")
WORDS = st.lists(
    st.sampled_from(["crime", "burglary", "no", "clear", "difference"]), min_size=1, max_size=5
)
ROWS = st.lists(
    st.tuples(WORDS.map(" ".join), NUMBER, NUMBER, NUMBER, WORDS.map(" ".join), st.floats(-99, 99)),
    min_size=1,
    max_size=5,
)


def shown(brief: Brief, screen: Screen) -> str:
    """Return a brief page on a screen."""
    stream = io.StringIO(newline="")
    render(Report("Title", (), (), (), brief=lambda: brief), "table", stream, screen)
    return stream.getvalue()


def page(rows: list[tuple[str, str, str, str, str, float]], asked: int = -1) -> Brief:
    """Return a page with one table."""
    lines = tuple(
        Line((name, own, other, diff, "", said), bar=bar, asked=place == asked)
        for place, (name, own, other, diff, said, bar) in enumerate(rows)
    )
    return Brief("Title", tables=(BriefTable(FIELDS, lines, bar_unit="%", marking=asked >= 0),))


@given(ROWS, st.integers(30, 160))
def test_no_line_is_wider_than_the_screen_and_no_figure_is_lost(
    rows: list[tuple[str, str, str, str, str, float]], width: int
) -> None:
    """The force's figure is always there whole; another only where its column is not left out."""
    text = shown(page(rows), Screen(width))
    assert all(len(line) <= width for line in text.split("\n"))
    numbers = re.findall(r"(?<![\d.])\d+\.\d\d(?![\d.])", text)
    for place, name in ((1, "Durham"), (2, "E&W"), (3, "diff")):
        if f"{name}" in text.partition("Left out at this width: ")[2]:
            continue
        for row in rows:
            assert row[place] in numbers


@given(ROWS, st.integers(30, 160))
def test_no_word_is_broken(rows: list[tuple[str, str, str, str, str, float]], width: int) -> None:
    """Every word on the screen is one of the page's own."""
    text = shown(page(rows), Screen(width))
    own = {word for name, *_, said, _ in rows for word in (*name.split(), *said.split())}
    own |= {
        *[
            "Title",
            "Measure",
            "Durham",
            "E&W",
            "diff",
            "difference",
            "verdict",
            "Left",
            "out",
            "at",
            "this",
            "width:",
            "the",
            "bars",
            "and",
        ]
    }
    found = set(re.findall(r"[A-Za-z&:]+", text))
    assert found <= own


def test_columns_of_least_use_go_first_and_are_named() -> None:
    """The narrower the screen the more is left out, bars before figures, and all of it named."""
    rows = [("violence with injury", "5.16", "5.85", "12.00", "no clear difference", -12.0)]
    said = [
        shown(page(rows), Screen(width)).partition("Left out at this width: ")[2].split(".")[0]
        for width in (100, 70, 62, 56)
    ]
    assert said == ["", "the bars", "the bars", "the bars and difference"]


def test_on_a_narrow_screen_a_row_is_a_block_with_all_its_figures() -> None:
    """Below 50 columns nothing is left out: a row is its name, then its figures with headings."""
    rows = [("violence with injury", "5.16", "5.85", "12.00", "no clear difference", -12.0)]
    lines = shown(page(rows), Screen(40)).splitlines()
    assert lines[2:] == [
        "violence with injury",
        "  Durham 5.16   E&W 5.85   diff 12.00",
        "  verdict no clear difference",
    ]


def test_bars_are_drawn_about_zero_on_one_scale() -> None:
    """Bars of one size are as long to the left as to the right, and both ends are named."""
    rows = [("a", "1.00", "2.00", "3.00", "x", -40.0), ("b", "1.00", "2.00", "3.00", "x", 40.0)]
    _, _, heading, first, second = shown(page(rows), Screen(90)).splitlines()
    assert "-50%" in heading
    assert "+50%" in heading
    assert first.count("█") + first.count("▐") / 2 == pytest.approx(second.count("█"), abs=1)
    assert first.index("│") == second.index("│") == heading.index("0  ")


@pytest.mark.parametrize("screen", [Screen(), Screen(80), Screen(40)])
def test_the_row_asked_for_is_marked_without_colour(screen: Screen) -> None:
    """A sign before its name marks the row, on any screen and off one."""
    rows = [("one", "1.00", "2.00", "3.00", "x", 1.0), ("two", "1.00", "2.00", "3.00", "x", 1.0)]
    marked = [line for line in shown(page(rows, asked=1), screen).splitlines() if line[:1] == ">"]
    assert len(marked) == 1
    assert "two" in marked[0]


def test_off_a_screen_there_are_no_drawings() -> None:
    """In a pipe neither bars nor shapes are drawn, and nothing is said to be left out."""
    table = BriefTable((Field("Area"), Field("shape", "shape")), (Line(("Durham", "▁▂▃")),))
    off, on = (shown(Brief("T", tables=(table,)), screen) for screen in (Screen(), Screen(80)))
    assert "▁" not in off
    assert "Left out" not in off
    assert "▁▂▃" in on


SPOKEN = Screen(80, spoken=True)


@given(ROWS)
def test_a_row_that_is_read_aloud_is_a_sentence_with_all_its_figures(
    rows: list[tuple[str, str, str, str, str, float]],
) -> None:
    """Each row ends with a full stop and has every figure after its heading; nothing is drawn."""
    text = " ".join(shown(page(rows), SPOKEN).split())
    for name, own, other, diff, said, _ in rows:
        sentence = f"{name}: Durham {own}, E&W {other}, difference {diff}, verdict {said}."
        assert sentence in text
    assert not re.search("[█▐│]", text)


def test_marks_are_said_where_they_stand_when_a_page_is_read_aloud() -> None:
    """A letter becomes what it means, so that nobody has to look for it."""
    lines = (Line(("Burglary\u00a0h\u00a0m", "5.0")), Line(("85.0\u00a0±\u00a00.2%", "5.0")))
    table = BriefTable((Field(""), Field("Durham", "number")), lines)
    marks = ("h per 1,000 households", "m year to March 2014")
    out = shown(Brief("T", tables=(table,), marks=marks), SPOKEN)
    assert out.splitlines()[-2:] == [
        "Burglary (per 1,000 households, year to March 2014): Durham 5.0.",
        "85.0 ± 0.2%: Durham 5.0.",
    ]


def test_a_profile_that_is_read_aloud_has_no_columns() -> None:
    """Cells of a fact are one text, under the fact's name."""
    fact = Fact("RATES", (("lower", "burglary -44%"), ("higher", "asb +29%")))
    out = shown(Brief("T", facts=(fact,)), SPOKEN)
    assert out.splitlines()[-3:] == ["RATES", "  lower: burglary -44%", "  higher: asb +29%"]


@pytest.mark.parametrize("width", [40, 60, 80, 140])
def test_facts_are_beside_their_names_or_beneath_them(width: int) -> None:
    """A profile's lines are folded under themselves, and no line runs over."""
    fact = Fact("RATES", (("lower", "burglary -44%, " * 9 + "crime -11%"), ("higher", "asb +29%")))
    lines = shown(Brief("T", facts=(fact,)), Screen(width)).splitlines()
    assert max(map(len, lines)) <= width
    assert any(line.startswith("RATES") for line in lines)
    assert sum("higher" in line and "asb +29%" in line for line in lines) == 1


def test_what_else_there_is_keeps_to_one_line() -> None:
    """Offers that do not fit the line are left out; the first is there in any case."""
    more = ("--notes full", "--source a-very-long-name-of-a-source (43 forces)", "--full")
    said = [
        shown(Brief("T"), Screen(width, more=lambda _: more)).splitlines()[-1] for width in (30, 90)
    ]
    assert said == ["More: --notes full   --full", f"More: {'   '.join(more)}"]
