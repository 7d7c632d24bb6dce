"""Rules of Markdown output, read back by a Markdown parser that is somebody else's."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from shown import Texts, table

from crimecmp.document.picture import Picture, Rows
from crimecmp.document.report import Column, Item, Note, Passage, Report
from crimecmp.render import render

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
COLUMNS = (
    Column("Measure"),
    Column("Durham", "number"),
    Column("Grounds", "list"),
)
ROW = ("x", None, None)
SHOWN = st.text(
    st.characters(categories=("L", "N", "P", "S"), include_characters=" "), min_size=1
).filter(lambda text: text == text.strip())
NASTY = [
    "a|b", r"a\|b", "\\", "[red]", "[/x]", "[a](http://b)", "![a](b)", "`code`", "``", "<b>", "*a*",
    "_a_", "__a__", "~~a~~", "&amp;", "&#65;", "$x$", ":warning:", "<!--", "C #",
]  # fmt: skip
NASTY_AT_THE_BEGINNING = [
    "# a", "## a", "- a", "+ a", "* a", "1. a", "12) a", "> a", "---", "- - -", "===", "***", "=",
    "-", "1.", "~~~", "```",
]  # fmt: skip


def markdown_of(
    *rows: Texts,
    columns: tuple[Column, ...] = COLUMNS,
    title: str = "Title",
    notes: tuple[Note, ...] = (),
    page_notes: tuple[Note, ...] = (),
    sources: tuple[dict[str, str], ...] = (),
) -> str:
    """Return the Markdown of a page with one table of these texts."""
    rates = table(columns, *rows, notes=notes)
    return written(Report(title, (rates,), (), (), sources, page_notes))


def written(report: Report) -> str:
    """Return a page as Markdown."""
    stream = io.StringIO(newline="")
    render(report, "markdown", stream)
    return stream.getvalue()


def plain(token: Token) -> str:
    """Return an inline token's text; anything in it but text is a failure."""
    children = token.children or []
    assert {child.type for child in children} <= {"text"}, token.content
    return "".join(child.content for child in children)


def inside(text: str, opening: str) -> list[str]:
    """Return the plain texts of all blocks of a kind: `th_open`, `td_open`, `heading_open`."""
    tokens = MARKDOWN.parse(text)
    return [plain(tokens[place + 1]) for place, token in enumerate(tokens) if token.type == opening]


def rows_of(text: str) -> list[list[str]]:
    """Return the cells of each row of the page's tables, headers too."""
    rows: list[list[str]] = []
    tokens = MARKDOWN.parse(text)
    for place, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            rows[-1].append(plain(tokens[place + 1]))
    return rows


def listed(text: str) -> list[str]:
    """Return the texts of the page's list items, each of which is one plain paragraph."""
    tokens = MARKDOWN.parse(text)
    items = []
    for place, token in enumerate(tokens):
        if token.type == "list_item_open":
            paragraph, inline, end, item_end = tokens[place + 1 : place + 5]
            assert (paragraph.type, end.type) == ("paragraph_open", "paragraph_close")
            assert item_end.type == "list_item_close"
            items.append(plain(inline))
    return items


def test_a_page_is_a_heading_and_a_table() -> None:
    """The title is the heading; the table has a header and a row for each row of cells."""
    text = markdown_of(("Crime", "54.0", ["x"]))
    assert inside(text, "heading_open") == ["Title"]
    assert rows_of(text) == [["Measure", "Durham", "Grounds"], ["Crime", "54.0", "x"]]


@example(texts=[*NASTY, "http://example.org/c_d_e"])
@example(texts=NASTY_AT_THE_BEGINNING)
@given(texts=st.lists(SHOWN, min_size=1, max_size=6))
def test_text_in_a_cell_is_shown_as_it_is(texts: list[str]) -> None:
    """No text from data formats or breaks a table: its cells read back as they were."""
    rows = rows_of(markdown_of(*((text, None, ["x"]) for text in texts)))
    assert rows[1:] == [[text, "–", "x"] for text in texts]


@pytest.mark.parametrize("text", NASTY)
def test_text_in_a_heading_is_shown_as_it_is(text: str) -> None:
    """A title and a column's label from data read back as they were."""
    page = markdown_of(("x",), columns=(Column(text),), title=text)
    assert inside(page, "heading_open") == [text]
    assert rows_of(page)[0] == [text]


@pytest.mark.parametrize("text", [*NASTY, *NASTY_AT_THE_BEGINNING])
def test_text_of_a_note_is_shown_as_it_is(text: str) -> None:
    """A note from data is one plain item of its list, whatever it begins with."""
    page = markdown_of(ROW, notes=(Note(text), Note("The next.")))
    assert listed(page) == [text, "The next."]


@given(text=SHOWN)
def test_any_note_is_one_plain_item(text: str) -> None:
    """No text makes anything but a plain item of a note."""
    assert listed(markdown_of(ROW, notes=(Note(f"Burglary: {text}"),))) == [f"Burglary: {text}"]


@given(texts=st.lists(st.text(), min_size=1, max_size=4))
def test_every_row_has_as_many_cells_as_the_header(texts: list[str]) -> None:
    """Whatever the data hold, line breaks too, a row is one line with all its cells."""
    page = markdown_of(*((text, None, [text, text]) for text in texts))
    lines = [line for line in page.split("\n") if line.startswith("|")]
    assert len(lines) == len(texts) + 2
    assert [len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in lines] == [4] * len(lines)


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        (":warning:", r"(?<!\\):[a-z]+:"),
        (":+1:", r"(?<!\\):\+1:"),
        ("@somebody", r"(?<!\\)@\w"),
        ("#12", r"(?<!\\)#\d"),
    ],
)
def test_what_hosts_of_markdown_add_does_not_act(text: str, acts: str) -> None:
    """Names of emoji, of people and numbers of issues are broken by a backslash."""
    page = markdown_of((f"a {text} b", None, None), title=text, notes=(Note(f"a {text} b"),))
    assert not re.search(acts, page)
    assert f"a {text} b" in rows_of(page)[1]


@given(text=st.text())
def test_no_character_acts(text: str) -> None:
    """Whatever the data hold, in whatever part of the page, no control character gets through."""
    page = markdown_of(
        (text, [text]),
        columns=(Column(text), Column("Grounds", "list")),
        title=text,
        notes=(Note(text, "one", text),),
        page_notes=(Note(text),),
    )
    assert not any(
        "\x7f" <= character <= "\x9f" or (character < " " and character != "\n")
        for character in page
    )


def test_a_line_break_in_a_title_breaks_nothing() -> None:
    """A title, a section's title and a label from data are one line each."""
    section = table([Column("Three\nfour")], ("x",), title="One\ntwo")
    page = written(Report("Five\nsix", (section, section), (), ()))
    assert inside(page, "heading_open") == ["Five␊six", "One␊two", "One␊two"]
    assert inside(page, "th_open") == ["Three␊four"] * 2


def test_numbers_are_set_to_the_right() -> None:
    """Columns of numbers are aligned to the right, others are not."""
    page = markdown_of(ROW)
    assert page.split("\n")[3] == "| --- | ---: | --- |"


def test_parts_of_a_list_stand_in_one_cell() -> None:
    """A list is one cell, its parts apart by semicolons."""
    page = markdown_of(("x", None, ["one", "two", "three"]))
    assert rows_of(page)[1][2] == "one; two; three"


def test_the_legend_stands_only_where_something_is_missing() -> None:
    """A gap is a dash, which is explained beneath the table where there is one, and only there."""
    full = ("x", "1", ["y"])
    assert "no figure" not in markdown_of(full)
    gap = markdown_of(full, ("x", None, ["y"]))
    assert rows_of(gap)[2] == ["x", "–", "y"]
    assert "– no figure" in inside(gap, "paragraph_open")


def test_sources_stand_beneath_with_their_address() -> None:
    """A source is an item under the table; its address is a link, with its underscores."""
    source = {
        "source": "one", "title": "A_b_c", "publisher": "Office", "published": "2014-11",
        "licence": "Open", "url": "https://example.org/a_b_c", "note": "",
    }  # fmt: skip
    page = markdown_of(ROW, sources=(source,))
    assert page.index("| x |") < page.index("November 2014")
    links = [
        child.attrs["href"]
        for token in MARKDOWN.parse(page)
        for child in token.children or []
        if child.type == "link_open"
    ]
    assert links == ["https://example.org/a_b_c"]
    assert re.search(r"A\\_b\\_c\. Office, November 2014", page)


def test_each_section_has_its_heading_where_there_are_several() -> None:
    """Sections of one page are apart by headings of the second level."""
    tables = tuple(table(COLUMNS, ROW, title=name) for name in ("Rates", "Changes"))
    page = written(Report("Title", tables, (), (), notes=(Note("Both."),)))
    assert inside(page, "heading_open") == ["Title", "Rates", "Changes", "Notes"]
    assert listed(page) == ["Both."]


def page_with(
    *items: Item, pictures: tuple[Picture, ...] = (), title: str = "Findings"
) -> list[Token]:
    """Return the tokens of a page with an opening passage, a section and a closing passage."""
    section = table(COLUMNS, ROW)._replace(pictures=pictures)
    passage = Passage(title, items)
    report = Report("Title", (section,), (), (), opening=(passage,), closing=(passage,))
    return MARKDOWN.parse(written(report))


def marked(token: Token) -> list[tuple[str, str]]:
    """Return the parts of an inline token, each text with the marks that it is in."""
    marks: list[str] = []
    parts: list[tuple[str, str]] = []
    for child in token.children or []:
        if child.nesting == 1:
            marks.append(child.tag)
        elif child.nesting == -1:
            marks.pop()
        elif child.content:
            parts.append((" ".join(marks), child.content))
    return parts


def test_passages_stand_before_and_behind_the_sections() -> None:
    """What is said has its heading and a list; it says which section it is drawn from."""
    tokens = page_with(Item("Lower.", about="rates"), Item("Fell.", about="elsewhere"))
    headings = [plain(tokens[n + 1]) for n, t in enumerate(tokens) if t.type == "heading_open"]
    assert headings == ["Title", "Findings", "Rates", "Findings"]
    said = [plain(tokens[n + 2]) for n, t in enumerate(tokens) if t.type == "list_item_open"]
    assert said[:2] == said[-2:] == ["Lower. See Rates", "Fell."]


def test_a_passage_without_items_leaves_no_heading() -> None:
    """What has nothing to say is not on the page."""
    tokens = page_with()
    headings = [plain(tokens[n + 1]) for n, t in enumerate(tokens) if t.type == "heading_open"]
    assert headings == ["Title", "Rates"]


@example(term="C #", text="a*b")
@example(term="**", text="- a")
@given(term=SHOWN, text=SHOWN)
def test_a_term_stands_out_before_what_is_said(term: str, text: str) -> None:
    """Whatever the data hold, the term alone is strong, and both read as they were."""
    tokens = page_with(Item(text, term))
    item = next(tokens[n + 2] for n, t in enumerate(tokens) if t.type == "list_item_open")
    assert marked(item) == [("strong", term), ("", f": {text}")]


@pytest.mark.parametrize("text", [*NASTY, *NASTY_AT_THE_BEGINNING])
def test_a_picture_is_told_in_words(text: str) -> None:
    """Under its section's heading a picture's title stands out, before what there is to see."""
    picture = Picture("bars", text, "", Rows(()), (), (), text)
    tokens = page_with(pictures=(picture,))
    place = next(n for n, t in enumerate(tokens) if t.content == "Rates")
    assert marked(tokens[place + 3]) == [("em", f"Picture: {text}."), ("", f" {text}")]


def test_lines_end_with_a_line_feed_and_no_blank() -> None:
    """The page ends with one line feed, and no line ends with a blank."""
    page = markdown_of(ROW, notes=(Note("A note."),))
    assert page.endswith("\n")
    assert not page.endswith("\n\n")
    assert not re.search(r"[ \t\r]$", page, re.MULTILINE)
