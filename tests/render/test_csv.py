"""Rules of CSV output: one header, plain cells, and nothing in them that acts."""

from __future__ import annotations

import csv
import io
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crimecmp.comparison.row import Cell, Output
from crimecmp.document.report import Column as ShownColumn
from crimecmp.document.report import Note, Report, Section
from crimecmp.render import render

LABEL = Output("Measure", name="label")
NOTE = Output("Note", name="note")
PERIOD = Output("12 months to", name="period_end", type="date")
DECIMALS = Output("Decimals printed", name="force_decimals", type="whole")
FIGURE = Output("Force figure", None, ("force_decimals",), "force_value", "number")
PERCENT = Output("Difference", "%", name="percent_difference", type="number")
COUNT = Output("Force count", name="force_count", type="whole")
FLAG = Output("Positive", name="positive", type="flag")
SHOWN = st.text(st.characters(categories=("L", "N", "P", "S"), include_characters=" "))
FORMULA_STARTS = "=+-@＝＋－＠"


def csv_of(columns: tuple[Output, ...], *rows: tuple[Cell, ...]) -> str:
    """Return the CSV of a page with these rows, and with a table and a note for people."""
    section = Section(
        "rates", "Rates", (ShownColumn("Shown"),), [["a cell for people"]], (Note("A note."),)
    )
    stream = io.StringIO(newline="")
    render(Report("Title", (section, section), columns, rows), "csv", stream)
    return stream.getvalue()


def cells_of(text: str) -> list[list[str]]:
    """Return the cells of the rows under the header, as the standard library reads them."""
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))[1:]


def test_there_is_a_header_and_then_a_line_for_each_row() -> None:
    """The first line names the columns, in their order; nothing for people is in between."""
    columns = (LABEL, Output("Unit", name="unit"), Output("Source", name="source"))
    text = csv_of(columns, ("Crime", None, None), ("Burglary", None, None))
    assert text == "label,unit,source\nCrime,,\nBurglary,,\n"


def test_the_header_stands_without_rows_too() -> None:
    """A page without rows is a header and nothing else."""
    assert csv_of((LABEL, NOTE)) == "label,note\n"


def test_lines_end_with_a_line_feed_alone() -> None:
    """Line ends are LF on every system, and there is no byte-order mark."""
    text = csv_of((LABEL,), ("Crime",))
    assert "\r" not in text
    assert not text.startswith("\ufeff")
    assert text.endswith("\n")


@pytest.mark.parametrize(
    ("decimals", "value", "expected"),
    [(1, 5.0, "5.0"), (1, 54.0, "54.0"), (0, 11.0, "11"), (0, -4.0, "-4"), (3, 0.25, "0.250")],
)
def test_figures_keep_their_printed_decimals(decimals: int, value: float, expected: str) -> None:
    """A figure reads as it was printed: `5.0` has one decimal, `11` has none."""
    assert cells_of(csv_of((FIGURE, DECIMALS), (value, decimals))) == [[expected, str(decimals)]]


def test_a_figure_of_unknown_decimals_is_whole() -> None:
    """Where no decimals were printed a figure has none."""
    assert cells_of(csv_of((DECIMALS, FIGURE), (None, 5.0))) == [["", "5"]]


def test_a_difference_has_the_decimals_of_the_finer_figure() -> None:
    """A difference of figures with one and with two decimals is written with two."""
    both = ("force_decimals", "benchmark_decimals")
    difference = Output("Difference", None, both, "difference", "number")
    others = Output("Decimals printed", name="benchmark_decimals", type="whole")
    assert cells_of(csv_of((difference, DECIMALS, others), (0.5, 1, 2))) == [["0.50", "1", "2"]]


@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_worked_out_numbers_read_back_as_the_same_number(value: float) -> None:
    """A calculated percentage is the text from which the very same number is read again."""
    [[cell]] = cells_of(csv_of((PERCENT,), (value,)))
    assert float(cell) == value


def test_numbers_have_no_thousands_separators() -> None:
    """A count is digits alone."""
    base = Output("Base", name="force_base", type="number")
    assert cells_of(csv_of((COUNT, base), (29439, 1234567.0))) == [["29439", "1234567"]]


def test_missing_is_empty() -> None:
    """None and empty text are empty cells, and not a word for them."""
    columns = (LABEL, PERIOD, FIGURE, DECIMALS, COUNT, NOTE)
    assert cells_of(csv_of(columns, ("", None, None, None, None, None))) == [[""] * 6]


def test_dates_and_flags_are_plain() -> None:
    """Dates are in ISO form; flags are true and false."""
    rows = [(date(2014, 6, 30), False), (date(2013, 12, 31), True)]
    assert cells_of(csv_of((PERIOD, FLAG), *rows)) == [
        ["2014-06-30", "false"],
        ["2013-12-31", "true"],
    ]


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_text_that_a_spreadsheet_takes_for_a_formula_has_an_apostrophe(start: str) -> None:
    """Text that begins as a formula does, in either width, begins with an apostrophe instead."""
    text = f"{start}SUM(A1:A9)"
    assert cells_of(csv_of((LABEL,), (text,))) == [[f"'{text}"]]


@pytest.mark.parametrize("text", ["a=b", "'=1", "5-10", "e@f", "#1", "|x"])
def test_other_text_is_as_it_is(text: str) -> None:
    """A sign further in is no formula's: the text stays as it is."""
    assert cells_of(csv_of((LABEL,), (text,))) == [[text]]


def test_numbers_below_zero_stay_numbers() -> None:
    """No apostrophe is put before a number, whatever its sign."""
    page = csv_of((FIGURE, DECIMALS, PERCENT), (-11.0, 0, -0.5))
    assert cells_of(page) == [["-11", "0", "-0.5"]]


@given(texts=st.lists(st.tuples(SHOWN, SHOWN), max_size=5))
def test_text_reads_back_as_it_was(texts: list[tuple[str, str]]) -> None:
    """Commas, quotes and all other text read back as they were, but for a formula's apostrophe."""
    expected = [
        [f"'{text}" if text[:1] in tuple(FORMULA_STARTS) else text for text in pair]
        for pair in texts
    ]
    assert cells_of(csv_of((LABEL, NOTE), *texts)) == expected


@given(text=st.text())
def test_no_character_acts(text: str) -> None:
    """Whatever the data hold, the only control character is the line feed that ends a row."""
    lines = csv_of((LABEL, NOTE), (text, "end")).split("\n")
    assert lines[0] == "label,note"
    assert lines[2:] == [""]
    assert lines[1].isprintable() or not any(
        character < " " or "\x7f" <= character <= "\x9f" or character in "\u2028\u2029\u202e"
        for character in lines[1]
    )
    assert lines[1].endswith(",end")


@pytest.mark.parametrize("text", ["[red]x[/red]", "[/x]", ":warning:", "a | b", "<b>", "`c`"])
def test_marks_of_other_formats_mean_nothing(text: str) -> None:
    """Rich's markup, names of emoji and Markdown's marks are shown as the characters they are."""
    assert cells_of(csv_of((LABEL,), (text,))) == [[text]]


def test_an_escape_sequence_is_shown_and_not_sent() -> None:
    """A terminal's escape sequence becomes characters that can be seen."""
    assert cells_of(csv_of((LABEL,), ("\x1b[31mred\t!",))) == [["␛[31mred␉!"]]


def test_pandas_reads_it_without_being_told_anything() -> None:
    """A data frame library reads figures as numbers and gaps as missing, by its defaults."""
    text = csv_of(
        (LABEL, FIGURE, DECIMALS, COUNT, NOTE),
        ("Crime, all", 54.0, 1, 1, None),
        ('So-called "x"', None, None, 2, None),
    )
    frame = pd.read_csv(io.StringIO(text))
    assert list(frame.columns) == ["label", "force_value", "force_decimals", "force_count", "note"]
    assert frame["label"].tolist() == ["Crime, all", 'So-called "x"']
    assert frame["force_value"].tolist()[0] == 54.0
    assert frame["force_value"].isna().tolist() == [False, True]
    assert frame["force_count"].tolist() == [1, 2]
