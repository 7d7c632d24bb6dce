"""Rules of tables for people: every number whole and in its place, every character as it is."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shown import Texts, table

import crimecmp
from crimecmp.comparison.request import requested
from crimecmp.document.report import Column, Note, Report
from crimecmp.pages.figures import whole_page
from crimecmp.pages.names import names_page
from crimecmp.render import render
from crimecmp.render.screen import Screen

ANSI = re.compile(r"\x1b\[[0-9;]*m")
MEASURE = Column("Measure")
FORCE = Column("Durham", "number")
BENCHMARK = Column("England and Wales", "number")

# What the rows of the whole page show of numbers, worked out by hand from the printed report.
NUMBERS = {
    "Rates": [
        "54.0 60.7 -6.7 -11.0",
        "48.5 53.9 -5.4 -10.0",
        "1.6 1.2 +0.4 +33.3",
        "5.2 5.9 -0.7 -11.9",
        "5.0 8.9 -3.9 -43.8",
        "47.4 36.8 +10.6 +28.8",
    ],
    "Changes": ["-11 -16 +5", "+13 -1 +14", "-11 -16 +5", "-4 – –"],
    "Outcomes": ["36 26 +10"],
}


def table_of(
    *rows: Texts,
    columns: tuple[Column, ...] = (MEASURE, FORCE),
    screen: Screen | None = None,
    notes: tuple[Note, ...] = (),
    title: str = "Title",
) -> str:
    """Return a page with one table of these texts, its notes beneath; cells as pages make them."""
    return shown(Report(title, (table(columns, *rows, notes=notes),), (), ()), screen)


def shown(report: Report, screen: Screen | None = None) -> str:
    """Return a page as a table."""
    stream = io.StringIO(newline="")
    render(report, "table", stream, (screen or Screen())._replace(notes="full"))
    return stream.getvalue()


def body(text: str) -> list[str]:
    """Return the lines under the rule beneath the headings, up to an empty line."""
    lines = text.split("\n")
    rule = next(place for place, line in enumerate(lines) if line and set(line) == {"─"})
    return lines[rule + 1 : -1]


def display_width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)


@pytest.fixture(scope="module")
def page() -> Report:
    """Return the whole page on Durham."""
    data = crimecmp.load()
    return whole_page(data, requested(data))


# --- Numbers


def test_decimal_points_stand_beneath_each_other() -> None:
    """Numbers of one column are aligned on the decimal point, whatever decimals they have."""
    values = ["54.0", "5.25", "100", "-0.125"]
    lines = body(table_of(*(("x", value) for value in values)))
    assert [line.split()[1] for line in lines] == values
    points = {
        line.index(text) + (text.index(".") if "." in text else len(text))
        for line, text in zip(lines, values, strict=True)
    }
    assert len(points) == 1


@pytest.mark.parametrize(
    "estimates",
    [
        [("88.6", "1.8"), ("9.6", "0.2")],
        [("88.6", "1.8"), ("85.0", "10.25")],
        [("88.6", "1.8"), ("85.0", "")],
        [("88.61", "1.8"), ("85", "12")],
    ],
)
def test_margins_leave_the_decimal_points_where_they_are(estimates: list[tuple[str, str]]) -> None:
    """A margin comes after its figure and moves no decimal point, however long it is."""
    rows = [("x", f"{value} ± {margin}" if margin else value) for value, margin in estimates]
    lines = body(table_of(*rows))
    points = set()
    for line, (value, margin) in zip(lines, estimates, strict=True):
        assert line.removeprefix("x").split() == [value, *(["±", margin] if margin else [])]
        points.add(line.index(value) + len(value.partition(".")[0]))
    assert len(points) == 1


@pytest.mark.parametrize("width", [40, 60, 70])
def test_a_table_that_does_not_fit_is_a_list_with_every_number(page: Report, width: int) -> None:
    """Where a table has no room each row is a list of its cells, and no number is lost or cut."""
    text = shown(page, Screen(width))
    _, _, part = text.partition("\nRates\n")
    listed = part.partition("\nChanges\n")[0]
    assert set("─") not in map(set, listed.split("\n"))
    for line in NUMBERS["Rates"]:
        for number in line.split():
            assert re.search(rf"(?<![\d.]){re.escape(number)}(?![\d.])", listed), number


@pytest.mark.parametrize("widths", [range(95, 110), range(110, 201, 10)])
def test_no_number_is_cut_at_any_width(page: Report, widths: range) -> None:
    """Where a table fits every row shows all its numbers, whole, on one line."""
    for width in widths:
        text = shown(page, Screen(width))
        for title, expected in NUMBERS.items():
            _, _, part = text.partition(f"\n{title}\n")
            table = part.split("\n- ")[0]
            rows = [
                line
                for line in (re.sub(r"\b(?:19|20)\d\d\b", "", row) for row in body(f"{table}\n"))
                if re.search(r"\d", line)
            ]
            found = [
                " ".join(re.findall(r"(?<!\S)(?:[+-]?\d+(?:\.\d+)?|–)(?!\S)", row)) for row in rows
            ]
            assert found == expected, width
        for estimate in ("88.6 ± 1.8", "85.0 ± 0.2", "89.6 ± 1.5"):
            assert estimate in text, width


NUMBER = st.decimals(-(10**9), 10**9, places=3).map(lambda number: f"{number:f}")


@settings(deadline=None)
@given(
    rows=st.lists(st.tuples(st.text("ab ", max_size=40), NUMBER, NUMBER), min_size=1, max_size=4),
    width=st.integers(60, 200),
)
def test_numbers_stay_whole_beside_any_label(rows: list[tuple[str, str, str]], width: int) -> None:
    """Whatever their size, the numbers of a row stand whole on one line, at any width."""
    text = table_of(*rows, columns=(MEASURE, FORCE, BENCHMARK), screen=Screen(width))
    found = [re.findall(r"-?\d+\.\d{3}(?!\S)", line) for line in body(text)]
    assert [numbers for numbers in found if numbers] == [list(numbers) for _, *numbers in rows]


# --- Gaps


def test_a_gap_is_a_dash_with_a_legend() -> None:
    """What is missing is a dash, and a line beneath the table says what that means."""
    lines = body(table_of(("x", None)))
    assert lines[0].split() == ["x", "–"]
    assert lines[1] == "– no figure"


def test_there_is_no_legend_without_a_gap() -> None:
    """The legend stands only where something is missing."""
    assert "no figure" not in table_of(("x", "5.0"))


# --- Widths


def test_off_a_terminal_a_table_takes_its_natural_width() -> None:
    """Nothing is folded where no width is given, however long it is."""
    label = "word " * 60
    lines = body(table_of((label.strip(), "5.0")))
    assert len(lines) == 1
    assert lines[0].startswith(label)


@pytest.mark.parametrize("width", [80, 100, 140])
def test_pages_fit_a_terminal(page: Report, width: int) -> None:
    """On a terminal of a usual width no line of a page with figures is wider than it."""
    assert max(map(display_width, shown(page, Screen(width)).split("\n"))) <= width


@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.parametrize("name", ["forces", "metrics", "groups", "sources"])
def test_lists_fit_a_terminal_and_keep_their_ids_whole(name: str, width: int) -> None:
    """Labels are folded where a list is too wide; what a person has to type never is."""
    data = crimecmp.load()
    text = shown(names_page(data, name), Screen(width))
    assert max(map(display_width, text.split("\n"))) <= width
    for row in data.rows(name):
        assert re.search(rf"^{re.escape(next(iter(row.values())))}(\s|$)", text, re.MULTILINE)


def test_no_word_of_a_label_is_lost_in_folding() -> None:
    """A folded label has all its words."""
    words = [f"word{number}" for number in range(20)]
    text = table_of((" ".join(words), "5.0"), screen=Screen(40))
    assert max(map(len, text.split("\n"))) <= 40
    assert re.findall(r"word\d+", text) == words


def test_characters_of_double_width_keep_the_columns_apart() -> None:
    """A column begins at the same place under wide characters as under narrow ones."""
    lines = body(table_of(("日本", "5.0"), ("abcdef", "6.0")))
    places = [display_width(line[: line.index(".")]) for line in lines]
    assert places[0] == places[1]


# --- What stands around the table


def test_notes_stand_beneath_the_table_they_bear_on() -> None:
    """Title, headings, rows and notes stand in this order; a note has its source and place."""
    text = table_of(("x", None), notes=(Note("First."), Note("Second.", "one", "page 3")))
    places = [text.index(part) for part in ("Title", "Measure", "x  ", "- First.", "- Second.")]
    assert places == sorted(places)
    assert "- Second. (one; page 3)" in text


def test_the_source_stands_beneath(page: Report) -> None:
    """Title, publisher, date and licence of the source stand beneath the figures."""
    _, _, sources = shown(page).partition("\nSources\n")
    for part in (
        "Crime inspection 2014: Durham Constabulary",
        "Her Majesty's Inspectorate of Constabulary",
        "November 2014",
        "Open Government Licence v3.0",
        "Contains public sector information licensed under",
    ):
        assert part in " ".join(sources.split())


def test_sections_have_headings_where_there_are_several(page: Report) -> None:
    """Each table of a page with several has its heading; the only table of a page has none."""
    text = shown(page)
    for title in ("Rates", "Changes", "Outcomes", "Satisfaction", "Judgments", "Notes", "Sources"):
        assert f"\n\n{title}\n" in text
    assert "Rates" not in table_of(("x", None))


def test_parts_of_a_list_are_points_of_one_cell() -> None:
    """Each part of a list begins a line with a dash, its further lines set in under it."""
    columns = (MEASURE, Column("Grounds", "list"))
    grounds = ("one", f"two {'and more ' * 20}".strip(), "three")
    lines = body(table_of(("x", grounds), columns=columns, screen=Screen(60)))
    points = [line for line in lines if "- " in line]
    assert [re.findall(r"- (\w+)", line) for line in points] == [["one"], ["two"], ["three"]]
    assert len(lines) > 3
    assert len({line.index("-") for line in points}) == 1


# --- Characters


@pytest.mark.parametrize(
    "text",
    [
        "[red]x[/red]",
        "[/x]",
        "[bold]",
        ":warning:",
        "a\\[b",
        "[link=http://a]b[/link]",
        "{x}",
        "%s",
    ],
)
@pytest.mark.parametrize("screen", [None, Screen(80), Screen(80, colour=True)])
def test_markup_and_emoji_are_shown_as_they_are(text: str, screen: Screen | None) -> None:
    """Rich's markup and names of emoji from data are characters, in every part of the page."""
    page = table_of(
        (text, [text]),
        columns=(MEASURE, Column(text, "list")),
        notes=(Note(text, text, text),),
        title=text,
        screen=screen,
    )
    plain = ANSI.sub("", page)
    assert plain.count(text) == 7


@given(text=st.text())
@pytest.mark.parametrize("screen", [None, Screen(80)])
def test_no_character_acts(screen: Screen | None, text: str) -> None:
    """Whatever the data hold, the only control character on the page is the line feed."""
    page = table_of(
        (text, "1", [text, text]),
        columns=(MEASURE, Column(f"Of {text}", "number"), Column("G", "list")),
        notes=(Note(text, text, text),),
        title=text,
        screen=screen,
    )
    assert not any(
        "\x7f" <= character <= "\x9f" or (character < " " and character != "\n")
        for character in page
    )


def test_an_escape_sequence_is_shown_and_not_sent() -> None:
    """A terminal's escape sequence from data becomes characters that can be seen."""
    page = table_of(("\x1b[31mred\x1b[0m\t!", None), title="\x1b]0;x\x07")
    assert "␛[31mred␛[0m␉!" in page
    assert "␛]0;x␇" in page
    assert "\x1b" not in page


@pytest.mark.parametrize("width", [None, 40, 80, 140])
def test_without_colour_there_are_no_codes(page: Report, width: int | None) -> None:
    """Nothing but the characters of the page is written where colour is refused."""
    assert "\x1b" not in shown(page, Screen(width))


@pytest.mark.parametrize("width", [40, 80, 140])
def test_colour_changes_nothing_but_colour(page: Report, width: int) -> None:
    """With colour the page has the same characters: meaning never rests on colour alone."""
    coloured = shown(page, Screen(width, colour=True))
    assert "\x1b[" in coloured
    assert ANSI.sub("", coloured) == shown(page, Screen(width))


@pytest.mark.parametrize("screen", [None, Screen(20), Screen(80), Screen(140, colour=True)])
def test_no_line_ends_with_a_blank(page: Report, screen: Screen | None) -> None:
    """No line ends with blanks, which a copy would take along; the page ends with one line feed."""
    text = ANSI.sub("", shown(page, screen))
    assert not re.search(r"[ \t\r]$", text, re.MULTILINE)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
