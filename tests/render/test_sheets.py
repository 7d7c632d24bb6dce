"""The sheets of a page in HTML: what comes first, what is behind it, and where marks are drawn."""

from __future__ import annotations

import re

import pytest
from bundled import dataset
from hypothesis import given
from hypothesis import strategies as st
from picturing import request_of
from reading_html import HOSTILE, HTML_TAGS, SVG_TAGS, Element, page_of

from crimecmp.document.brief import BriefTable, Field, Line
from crimecmp.document.picture import Picture, Spine, SpineRow
from crimecmp.document.report import Report
from crimecmp.document.sheets import Badge, Badges, Block, Fact, Group, Sheets
from crimecmp.pages.handout import handout
from crimecmp.render.sheets import STRIP, Front
from crimecmp.text import visible

OPTION = re.compile(r"(?<![\w-])--[a-z]|\bcrimecmp (?:report|rates|changes|compare)\b")


@pytest.fixture(scope="module")
def durham() -> Element:
    """Return Durham's page read back, without what is in full."""
    return page_of(handout(dataset(), request_of("durham"), "html"))


def outside_details(element: Element) -> str:
    """Return the text of a page that is seen without opening anything."""
    if element.tag in ("details", "style"):
        return ""
    return " ".join(
        part if isinstance(part, str) else outside_details(part) for part in element.inside
    )


def depth(element: Element, above: int = 0) -> int:
    """Return how many details are at most inside one another."""
    here = above + (element.tag == "details")
    return max([here, *(depth(part, here) for part in element.inside if isinstance(part, Element))])


def test_the_cautions_come_before_any_figure(durham: Element) -> None:
    """Title, then what to read with care, then the answer, the judgments and the first table."""
    text = " ".join(outside_details(durham.one("body")).split())
    order = ["Durham Constabulary against", "Medomsley", "Lower on 4 of 6", "Outstanding", "54.0"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_what_is_behind_the_sheets_is_one_level_deep(durham: Element) -> None:
    """Whoever opens a part has all of it, and each says what is in it."""
    assert depth(durham) == 1
    for details in durham.all("details"):
        assert details.one("summary").text.strip()


def test_only_a_page_in_full_is_open() -> None:
    """What is closed is not printed; in full everything is open, with pictures in words as text."""
    sheets = Sheets((), (), (), (), (), "")
    report = handout(dataset(), request_of("durham"), "html")
    for full in (False, True):
        page = page_of(report._replace(sheets=sheets._replace(full=full)))
        assert {"open" in details.attrs for details in page.all("details")} == {full}


def test_no_option_is_seen(durham: Element) -> None:
    """The command that makes the page again is behind it, and nowhere else."""
    assert not OPTION.search(outside_details(durham))
    assert any(OPTION.search(details.text) for details in durham.all("details"))


def test_the_spine_is_a_table(durham: Element) -> None:
    """Each measure is a row with its heading, figures, rank and verdict; strips are for the eye."""
    [table] = [table for table in durham.all("table") if "spine" in table.attrs.get("class", "")]
    rows = [row for body in table.all("tbody") for row in body.all("tr")]
    assert len(rows) == 6
    for row in rows:
        [strip] = row.all("svg")
        assert strip.attrs["aria-hidden"] == "true"
        assert re.search(
            r"\d+(st|nd|rd|th) \(\d+(st|nd|rd|th)( to|\))", row.text.replace("\u00a0", " ")
        )
    heads = [head.text for head in table.one("thead").all("th")]
    assert heads[0] == "Measure"
    assert "Rank of 42, 1st the highest rate, City of London left out" in heads
    assert [len(row.all("th", "td")) for row in rows] == [len(heads)] * 6


def test_a_judgment_is_a_badge_with_its_step(durham: Element) -> None:
    """The steps are for the eye; who hears the page hears the step of how many."""
    [badges] = [found for found in durham.all("ul") if found.attrs.get("class") == "badges"]
    first, *_ = badges.all("li")
    assert "Outstanding" in first.text
    assert "1 of 4" in first.text
    [scale] = [span for span in first.all("span") if span.attrs.get("class") == "scale"]
    assert scale.attrs["aria-hidden"] == "true"


def row(percent: float | None, force: str = "Durham", measure: str = "Burglary") -> SpineRow:
    """Return a row of a spine at a percentage."""
    return SpineRow(
        measure, force, "force", "1.0", "2.0", percent, "", (-20.0, 30.0), (-40.0, 50.0), "", ""
    )  # fmt: skip


def spine_block(*rows: SpineRow, text: str = "E&W") -> Block:
    """Return a block that holds a spine of some rows."""
    drawing = Spine(rows, 50.0, text, text, "", ())
    return Block("rates", text, picture=Picture("spine", text, text, drawing, (), (), text))


@given(st.floats(-1e6, 1e6))
def test_a_mark_is_on_its_strip(percent: float) -> None:
    """What is farther out than the scale is at its end, as an arrow."""
    front = Front.of(Sheets((), (), (spine_block(row(percent)),), (), (), ""))
    strips = front.sheets[0][0].strips
    assert strips is not None
    [(_, _, [strip])] = strips.measures
    assert strip.at is not None
    assert 0 <= strip.at <= STRIP
    assert strip.beyond == (percent > 50) - (percent < -50)


def test_no_mark_is_drawn_where_nothing_is_known() -> None:
    """A missing figure has a strip without a mark."""
    front = Front.of(Sheets((), (), (spine_block(row(None)),), (), (), ""))
    strips = front.sheets[0][0].strips
    assert strips is not None
    assert strips.measures[0][2][0].at is None


def test_another_force_beyond_the_scale_has_an_arrow(durham: Element) -> None:
    """Its line cannot be drawn, and a reader is told that it is there."""
    arrows = [path for path in durham.all("path") if path.attrs.get("class") == "further"]
    assert len(arrows) == 1
    assert "Small arrow: another force is beyond the scale." in durham.text


def test_each_sheet_on_paper_has_the_title() -> None:
    """A sheet that is found alone says whose it is; the title cannot end the style sheet."""
    title = "Kent's </style> \\ page"
    sheets = Sheets((), (), (spine_block(row(1.0)),), (), (), "")
    [style] = [
        found.text for found in page_of(Report(title, (), (), (), sheets=sheets)).all("style")
    ]
    written = r"Kent\27 s \3c \2f style\3e  \5c  page"
    assert f'@top-left {{ content: "{written}"' in style


def test_rows_of_one_measure_share_its_heading() -> None:
    """Forces side by side are under one heading that spans their rows."""
    block = spine_block(row(1.0), row(2.0, "Kent"), row(1.0, measure="Crime"))
    page = page_of(Report("T", (), (), (), sheets=Sheets((), (), (block,), (), (), "")))
    spans = [head.attrs.get("rowspan") for head in page.all("th") if head.text == "Burglary"]
    assert spans == ["2"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_data_does_nothing_on_the_sheets(text: str) -> None:
    """Markup and code are text like any other in each place of the sheets."""
    table = BriefTable((Field(text), Field(text, "number"), Field(text, "bar")), (
        Line((text, text, ""), 1.0, asked=True),
    ), text)  # fmt: skip
    block = Block(
        "changes", text, (Badges(text, (Badge(text, text, 1, 4),)),), (Fact(text, text, text),),
        (Group(text, (text,)),), (table,), cautions=(text,), remarks=(text,),
    )  # fmt: skip
    spine = spine_block(row(5.0, text, text), text=text)
    page = page_of(
        Report(text, (), (), (), sheets=Sheets((text,), (text,), (spine,), (block,), (text,), text))
    )
    assert page.one("h1").text == visible(text)
    assert page.one("main").text.count(visible(text)) > 15
    for element in page.all():
        assert element.tag in HTML_TAGS | SVG_TAGS
        assert not [name for name in element.attrs if name.startswith("on")]
