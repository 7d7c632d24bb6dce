"""Rules of pages in HTML, read back by a parser: what they hold, and what they never do.

How they look is for a browser to say: see `scripts/browser/look.mjs`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from reading_html import HOSTILE, HTML_TAGS, SVG_TAGS, Element, html_of, page_of
from shown import Texts, table

import crimecmp.render
import crimecmp.render.matplotlib
from crimecmp.document.picture import Mark, Picture, Rows, Scale
from crimecmp.document.report import Column, Item, Note, Passage, Report
from crimecmp.errors import MissingExtraError
from crimecmp.text import visible

TEMPLATES = Path(crimecmp.render.__file__).with_name("templates")
DRAWN = crimecmp.render.matplotlib.inline
SOURCE = {
    "source": "one", "title": "A report", "publisher": "Office", "published": "2014-11",
    "licence": "Open Government Licence v3.0", "url": "https://example.org/a_b?c=d", "note": "",
}  # fmt: skip
COLUMNS = (
    Column("No.", "id"),
    Column("Measure"),
    Column("Durham", "number"),
    Column("Grounds", "list"),
)
ROWS: tuple[Texts, ...] = (
    ("1", "Burglary", "5.0", ["one", "two"]),
    ("2", "Robbery", None, ["three"]),
)
PICTURE = Picture(
    "bars",
    "Rates",
    "per 1,000",
    Rows((Scale("", "", (Mark("Durham", "force", 5.0, "5.0"),)),), bars=True),
    ("Bars begin at 0.", "A note of the section."),
    ("Source: one.",),
    "Durham 5.0.",
    "95 % intervals",
)
FULL = Report(
    "Durham",
    (
        table(COLUMNS, *ROWS, notes=[Note("A note of the section.")])._replace(pictures=(PICTURE,)),
        table(COLUMNS, ROWS[0], key="changes", title="Changes")._replace(
            pictures=(PICTURE, PICTURE)
        ),
    ),
    (),
    (),
    (SOURCE,),
    (Note("A note of the page."),),
    opening=(Passage("Findings", (Item("It is lower.", about="rates"), Item("It fell."))),),
    closing=(
        Passage("Methods", (Item("By hand.", "Z"), Item("By eye.", "Y"))),
        Passage("Limits", (Item("Much is not known.", "Why"), Item("More is not."))),
    ),
)


def drawn(picture: Picture, prefix: str) -> str:
    """Return what stands for a picture where it is not the drawing that is looked at."""
    assert (picture.caption, picture.sources) == ((), ())
    return f'<svg class="picture" role="img"><path id="{prefix}path"/></svg>'


@pytest.fixture(autouse=True, scope="module")
def _no_drawing() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("crimecmp.render.matplotlib.inline", drawn)
        yield


def simple(*rows: Texts, columns: tuple[Column, ...] = COLUMNS) -> Report:
    """Return a report of one section."""
    return Report("Title", (table(columns, *rows),), (), ())


def classes(element: Element) -> list[str]:
    """Return an element's classes."""
    return element.attrs.get("class", "").split()


def section_of(page: Element, title: str) -> Element:
    """Return the part of the page under a heading."""
    (found,) = [
        part for part in page.all("section") if any(h.text == title for h in part.all("h2"))
    ]
    return found


def test_a_page_has_all_of_a_report_in_order() -> None:
    """Findings come first, then each section, what is said at the end, notes and sources."""
    page = page_of(FULL)
    headings = [heading.text for heading in page.one("main").all("h2")]
    assert headings == [
        "Findings", "Rates", "Changes", "Methods", "Limits", "Notes", "Sources",
    ]  # fmt: skip
    assert page.one("title").text == page.one("h1").text == "Durham"
    assert "A note of the section." in section_of(page, "Rates").text
    assert "A note of the page." in section_of(page, "Notes").text
    assert "A report. Office, November 2014" in section_of(page, "Sources").text


def test_headings_skip_no_level() -> None:
    """A page has one heading of the first level, and no level is left out below it."""
    levels = [int(heading.tag[1]) for heading in page_of(FULL).all(*(f"h{n}" for n in range(1, 7)))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_says_what_it_is_and_what_its_headings_head() -> None:
    """A table has a caption and headings of columns, and each of its rows has one heading."""
    tables = page_of(FULL).all("table")
    assert len(tables) == 2
    for found in tables:
        assert found.one("caption").text.strip()
        heads = found.one("thead").all("th")
        assert [head.attrs["scope"] for head in heads] == ["col"] * len(COLUMNS)
        for row in found.one("tbody").all("tr"):
            assert [head.attrs["scope"] for head in row.all("th")] == ["row"]
            assert [cell.attrs["data-label"] for cell in row.all("th", "td")] == [
                column.label for column in COLUMNS
            ]


def test_a_table_stays_one_where_its_rows_are_laid_out_as_cards() -> None:
    """Style may take from a table what it is to readers of a screen: its roles give it back."""
    roles = {
        "table": {"table"}, "thead": {"rowgroup"}, "tbody": {"rowgroup"}, "tr": {"row"},
        "th": {"columnheader", "rowheader"}, "td": {"cell"},
    }  # fmt: skip
    for tag, allowed in roles.items():
        assert {element.attrs["role"] for element in page_of(FULL).all(tag)} == allowed


def test_a_row_is_headed_by_its_first_text() -> None:
    """A number or a place in an order says less of a row than its name."""
    page = page_of(simple(*ROWS))
    assert [head.text for head in page.one("tbody").all("th")] == ["Burglary", "Robbery"]
    ids = page_of(simple(("5.0", "1"), ("6.0", "2"), columns=(COLUMNS[2], COLUMNS[0])))
    assert [head.text for head in ids.one("tbody").all("th")] == ["1", "2"]


def test_every_cell_is_in_the_table() -> None:
    """Each row has the text of all its cells, the parts of a list as a list."""
    rows = page_of(simple(*ROWS)).one("tbody").all("tr")
    assert [cell.text.strip() for cell in rows[0].all("th", "td")] == [
        "1", "Burglary", "5.0", "onetwo",
    ]  # fmt: skip
    assert [item.text for item in rows[0].all("li")] == ["one", "two"]


def test_numbers_are_set_apart_from_words() -> None:
    """Cells and headings of numbers, and they alone, have the class that sets them to the right."""
    for row in page_of(simple(*ROWS)).one("table").all("tr"):
        marked = ["number" in classes(cell) for cell in row.all("th", "td")]
        assert marked == [False, False, True, False]


def test_what_is_missing_is_said_in_words() -> None:
    """The sign for a gap is for the eye; those who hear the page hear that there is no figure."""
    columns = (COLUMNS[1], COLUMNS[2], Column("Note"))
    page = page_of(simple(("Burglary", None, None), columns=columns))
    gaps = page.one("tbody").all("td")
    assert [gap.text for gap in gaps] == ["–no figure", "–none given"]
    assert all(gap.all("span")[0].attrs["aria-hidden"] == "true" for gap in gaps)
    assert "– no figure" in [p.text for p in page.all("p")]
    assert "no figure" not in html_of(simple(ROWS[0]))


def test_a_place_on_a_scale_is_marked_on_it() -> None:
    """A place among four is shown on steps, for the eye alone; the words stay the cell's text."""
    columns = (Column("Question"), Column("On the scale", "step"), Column("Rank"))
    page = page_of(simple(("Q", "2 of 4, positive", "3 of 5"), columns=columns))
    standing, rank = page.one("tbody").all("td")
    scale, *steps = standing.all("span")
    assert scale.attrs["aria-hidden"] == "true"
    assert [step.text for step in steps] == ["1", "2", "3", "4"]
    assert ["here" in classes(step) for step in steps] == [False, True, False, False]
    assert standing.text.endswith("2 of 4, positive")
    assert not rank.all("span")


def test_a_finding_leads_to_its_figures() -> None:
    """A thing said links to the section that it is drawn from, and to nothing where it is none."""
    page = page_of(FULL)
    (link,) = section_of(page, "Findings").all("a")
    (heading,) = [h for h in page.all("h2") if h.attrs.get("id") == link.attrs["href"][1:]]
    assert (link.text, heading.text) == ("See Rates", "Rates")
    (rates, _) = FULL.sections
    twice = page_of(FULL._replace(sections=(rates, rates)))
    assert section_of(twice, "Findings").one("a").attrs["href"] == link.attrs["href"]
    nowhere = Passage("Findings", (Item("It is.", about="elsewhere"),))
    assert not section_of(page_of(simple()._replace(opening=(nowhere,))), "Findings").all("a")


def test_things_said_of_terms_are_a_list_of_terms() -> None:
    """Where everything has a term they are paired; else terms stand before what is said."""
    page = page_of(FULL)
    methods = section_of(page, "Methods")
    assert [(e.tag, e.text) for e in methods.one("dl").all("dt", "dd")] == [
        ("dt", "Z"), ("dd", "By hand."), ("dt", "Y"), ("dd", "By eye."),
    ]  # fmt: skip
    limits = section_of(page, "Limits")
    assert [item.text for item in limits.all("li")] == ["Why: Much is not known.", "More is not."]


def test_every_link_within_the_page_leads_somewhere() -> None:
    """Each anchor is there, once: of sections of the same title, too."""
    section = FULL.sections[0]
    page = page_of(FULL._replace(sections=(section, section)))
    ids = [element.attrs["id"] for element in page.all() if "id" in element.attrs]
    assert len(ids) == len(set(ids))
    links = [link.attrs["href"] for link in page.all("a") if link.attrs["href"].startswith("#")]
    assert len(links) > 5
    assert {link[1:] for link in links} <= set(ids)
    named = [e.attrs["aria-labelledby"] for e in page.all() if "aria-labelledby" in e.attrs]
    assert named
    assert set(named) <= set(ids)


def test_the_list_of_contents_has_every_heading() -> None:
    """What can be jumped to is all that has a heading; a short page needs no such list."""
    page = page_of(FULL)
    assert [link.text for link in page.one("nav").all("a")] == [
        heading.text for heading in page.one("main").all("h2")
    ]
    assert not page_of(simple(*ROWS)).all("nav")


def test_what_is_empty_is_not_there() -> None:
    """A passage without items and a section without anything leave no heading behind."""
    empty = table(COLUMNS, title="Nothing")
    page = page_of(
        Report(
            "Title",
            (empty, FULL.sections[0]),
            (),
            (),
            opening=(Passage("Nothing", ()),),
            closing=(Passage("Nothing", ()),),
        )
    )
    assert [heading.text for heading in page.all("h2")] == ["Rates"]
    noted = page_of(FULL._replace(sections=(empty._replace(notes=(Note("Why."),)),), opening=()))
    assert "Why." in section_of(noted, "Nothing").text
    assert not noted.all("table")


def test_a_picture_stands_with_its_words() -> None:
    """What bears on a picture stands beneath it as text, and it can be read in words."""
    figure = section_of(page_of(FULL), "Changes").all("figure")[0]
    assert figure.one("svg").attrs["class"] == "picture"
    lines = [line.text for line in figure.one("figcaption").all("p")]
    assert lines == [
        "Thin lines: 95 % intervals.", "Bars begin at 0.",
        "A note of the section.", "Source: one.", "Durham 5.0.",
    ]  # fmt: skip
    assert figure.one("details").one("p").text == "Durham 5.0."


def test_what_a_section_notes_its_picture_does_not_repeat() -> None:
    """A note that stands beneath the table does not stand beneath the picture as well."""
    assert html_of(FULL._replace(sections=FULL.sections[:1])).count("A note of the section.") == 1


def test_a_real_picture_fits_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """A drawing brings ids, tags and references that are the page's own."""
    monkeypatch.setattr("crimecmp.render.matplotlib.inline", DRAWN)
    page = page_of(FULL)
    assert len(page.all("svg")) == 3
    ids = [element.attrs["id"] for element in page.all() if "id" in element.attrs]
    assert len(ids) == len(set(ids))
    for svg in page.all("svg"):
        assert not [e.tag for e in svg.all("script", "style", "image", "foreignobject", "a")]
        values = [(name, value) for e in svg.all() for name, value in e.attrs.items()]
        used = [value for name, value in values if name.endswith("href")]
        assert {f"#{name}" for name in ids} >= set(used)
        assert not [value for _, value in values if re.search(r"url\((?!#)", value)]


def everywhere(text: str) -> Report:
    """Return a page that has a text from data in each of its places."""
    note = Note(text, "one", text)
    passage = Passage(text, (Item(text, text, text), Item(text)))
    terms = Passage(text, (Item(text, text, text),))
    columns = (Column(text), Column(text), Column(text, "list"), Column(text, "step"))
    picture = PICTURE._replace(
        title=text, unit=text, notes=(text,), sources=(text,), description=text
    )
    section = table(columns, (text, None, [text], text), key=text, title=text, notes=[note])
    source = {name: value if name == "licence" else text for name, value in SOURCE.items()}
    return Report(
        text,
        (section._replace(pictures=(picture,)),),
        (),
        (),
        (source,),
        (note,),
        opening=(passage,),
        closing=(terms,),
    )


def assert_harmless(page: Element, text: str) -> None:
    """Fail where a text from data is not shown as it is, or does anything."""
    assert page.one("title").text == page.one("h1").text == visible(text)
    assert page.one("caption").text == f"{visible(text)}: the figures"
    assert {head.text for head in page.one("thead").all("th")} == {visible(text)}
    assert page.one("tbody").one("th").text == visible(text)
    assert page.one("dt").text == visible(text)
    for element in page.all():
        assert element.tag in HTML_TAGS | SVG_TAGS
        assert not [name for name in element.attrs if name.startswith("on")]
    for link in page.all("a"):
        assert link.attrs["href"].startswith("#")


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_data_does_nothing(text: str) -> None:
    """Markup, code, templates and addresses of code are text like any other, wherever they are."""
    page = page_of(everywhere(text))
    assert_harmless(page, text)
    assert page.one("main").text.count(text) > 12


@example(text="\x00\x1b[31m\u202e\u2028\ud800")
@example(text="a\nb\tc")
@given(text=st.text(st.characters(exclude_characters=" ;"), min_size=1))
def test_any_text_is_shown_and_no_character_acts(text: str) -> None:
    """Whatever the data hold is shown; no control character gets through."""
    html = html_of(everywhere(text))
    controls = {c for c in html if c < " " and c != "\n"} | set(html) & set("\x7f\u202e\u2028")
    assert not controls
    html.encode()
    assert_harmless(page_of(everywhere(text)), text)


def test_a_page_asks_for_nothing() -> None:
    """A page is one file: it forbids all else, runs nothing and refers to nothing."""
    page = page_of(FULL)
    policy = [
        meta.attrs["content"]
        for meta in page.all("meta")
        if meta.attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]
    assert not page.all("script", "link", "iframe", "object", "embed", "img", "base", "form")
    assert not [e for e in page.all() if {"src", "srcset", "style", "background"} & set(e.attrs)]
    assert not re.search(r"url\(|@import|@font-face", page.one("style").text)
    outside = [a.attrs["href"] for a in page.all("a") if not a.attrs["href"].startswith("#")]
    assert outside == [SOURCE["url"]]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/",
        "https://user@example.org/",
        'https://example.org/"x',
        "//example.org/",
        "file:///etc/passwd",
    ],
)
def test_only_plain_addresses_are_links(address: str) -> None:
    """An address of a source that is not plain is text."""
    page = page_of(simple(*ROWS)._replace(sources=({**SOURCE, "url": address},)))
    sources = section_of(page, "Sources")
    assert not sources.all("a")
    assert address in sources.text


def test_a_page_says_its_language_encoding_and_width() -> None:
    """A browser need not guess how a page is read out, decoded or scaled."""
    html = html_of(FULL)
    assert html.startswith("<!DOCTYPE html>\n")
    assert html.index('<meta charset="utf-8">') < 200
    page = page_of(FULL)
    assert page.attrs["lang"] == "en-GB"
    (viewport,) = [m for m in page.all("meta") if m.attrs.get("name") == "viewport"]
    assert viewport.attrs["content"] == "width=device-width, initial-scale=1"


def test_the_first_link_skips_what_comes_before_the_figures() -> None:
    """Who has no mouse gets to the figures at once."""
    page = page_of(FULL)
    assert page.all("a")[0].attrs["href"] == f"#{page.one('main').attrs['id']}"


@pytest.mark.parametrize(("number", "word"), [(7, "x"), (2, "x" * 21)])
def test_a_table_that_may_scroll_can_be_scrolled_by_keyboard(number: int, word: str) -> None:
    """A table of many columns or long words stands in a region with a name, which takes focus."""
    columns = tuple(Column(f"Column {place}") for place in range(number))
    page = page_of(simple((word,) * number, columns=columns))
    (region,) = [div for div in page.all("div") if "table" in classes(div)]
    assert (region.attrs["role"], region.attrs["tabindex"]) == ("region", "0")
    assert region.attrs["aria-labelledby"] == page.one("caption").attrs["id"]
    (plain,) = [div for div in page_of(simple(*ROWS)).all("div") if "table" in classes(div)]
    assert "tabindex" not in plain.attrs


def test_only_a_crowded_table_has_its_words_broken_on_paper() -> None:
    """Columns that do not fit on a sheet by whole words are marked for its style."""
    for number, marks in ((10, []), (11, ["crowded"])):
        columns = tuple(Column(f"Column {place}") for place in range(number))
        page = page_of(simple(("x",) * number, columns=columns))
        assert classes(page.one("table")) == marks


def test_a_page_is_the_same_every_time() -> None:
    """The same report gives the same bytes."""
    assert html_of(FULL) == html_of(FULL)


def test_styles_are_of_what_is_there() -> None:
    """Each class of the style sheet is one that the page, or the element of a picture, has."""
    style = re.sub(r"/\*.*?\*/", "", (TEMPLATES / "page.css").read_text("utf-8"), flags=re.DOTALL)
    styled = set(re.findall(r"\.([a-z][a-z-]*)(?=[^{}]*\{)", style))
    template = (TEMPLATES / "page.html.jinja").read_text("utf-8")
    module = Path(crimecmp.render.__file__).with_name("html.py").read_text("utf-8")
    unknown = {name for name in styled if name not in template + module}
    assert unknown <= {"picture"}


def test_without_jinja_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Jinja is not installed one line says what to install."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(MissingExtraError, match="pages in HTML need jinja2") as caught:
        html_of(FULL)
    assert "pip install 'crimecmp[charts]'" in caught.value.hint
