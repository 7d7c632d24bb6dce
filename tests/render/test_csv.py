"""Rules of CSV output: one header, plain cells, and nothing in them that acts."""

from __future__ import annotations

import csv
import io
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crimecmp.document.report import Column, Note, Record, Report, Section
from crimecmp.render import render

FIELDS = ("label", "period_end", "force_value", "percent_difference", "force_count", "note")
SHOWN = st.text(st.characters(categories=("L", "N", "P", "S"), include_characters=" "))
FORMULA_STARTS = "=+-@＝＋－＠"


def csv_of(*records: Record, fields: tuple[str, ...] = FIELDS) -> str:
    """Return the CSV of a page with one section of these records."""
    section = Section("Rates", (Column("Measure", "label"),), records, (Note("A note."),))
    stream = io.StringIO(newline="")
    render(Report("Title", (section,), fields), "csv", stream)
    return stream.getvalue()


def cells_of(text: str) -> list[list[str]]:
    """Return the cells of the rows under the header, as the standard library reads them."""
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))[1:]


def test_there_is_a_header_and_then_a_line_for_each_record() -> None:
    """The first line names the columns, in their order; no title, note or legend is in between."""
    text = csv_of({"label": "Crime"}, {"label": "Burglary"}, fields=("label", "unit", "source"))
    assert text == "label,unit,source\nCrime,,\nBurglary,,\n"


def test_the_header_stands_without_records_too() -> None:
    """A page without rows is a header and nothing else."""
    assert csv_of(fields=("kind", "metric")) == "kind,metric\n"


def test_rows_of_all_sections_stand_under_one_header() -> None:
    """Several sections are one table."""
    sections = tuple(
        Section(title, (Column("Measure", "label"),), [{"label": title}]) for title in ("A", "B")
    )
    stream = io.StringIO(newline="")
    render(Report("Title", sections, ("label",)), "csv", stream)
    assert stream.getvalue() == "label\nA\nB\n"


def test_lines_end_with_a_line_feed_alone() -> None:
    """Line ends are LF on every system, and there is no byte-order mark."""
    text = csv_of({"label": "Crime"})
    assert "\r" not in text
    assert not text.startswith("\ufeff")
    assert text.endswith("\n")


@pytest.mark.parametrize(
    ("decimals", "value", "expected"),
    [(1, 5.0, "5.0"), (1, 54.0, "54.0"), (0, 11.0, "11"), (0, -4.0, "-4"), (3, 0.25, "0.250")],
)
def test_figures_keep_their_printed_decimals(decimals: int, value: float, expected: str) -> None:
    """A figure reads as it was printed: `5.0` has one decimal, `11` has none."""
    [[cell]] = cells_of(
        csv_of({"force_value": value, "force_decimals": decimals}, fields=("force_value",))
    )
    assert cell == expected


def test_a_difference_has_the_decimals_of_the_finer_figure() -> None:
    """A difference of figures with one and with two decimals is written with two."""
    record = {"difference": 0.5, "force_decimals": 1, "benchmark_decimals": 2}
    assert cells_of(csv_of(record, fields=("difference",))) == [["0.50"]]


@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_worked_out_numbers_read_back_as_the_same_number(value: float) -> None:
    """A worked-out percentage is the text from which the very same number is read again."""
    [[cell]] = cells_of(csv_of({"percent_difference": value}, fields=("percent_difference",)))
    assert float(cell) == value


def test_numbers_have_no_thousands_separators() -> None:
    """A count is digits alone."""
    record: Record = {"force_count": 29439, "force_base": 1234567.0}
    assert cells_of(csv_of(record, fields=("force_count", "force_base"))) == [["29439", "1234567"]]


def test_missing_is_empty() -> None:
    """None and empty text are empty cells, and not a word for them."""
    record: Record = {"label": "", "force_value": None, "note": None}
    assert cells_of(csv_of(record)) == [[""] * len(FIELDS)]


def test_dates_and_flags_are_plain() -> None:
    """Dates are in ISO form; flags are true and false."""
    record: Record = {"period_end": date(2014, 6, 30), "positive": False}
    assert cells_of(csv_of(record, fields=("period_end", "positive"))) == [["2014-06-30", "false"]]


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_text_that_a_spreadsheet_takes_for_a_formula_has_an_apostrophe(start: str) -> None:
    """Text that begins as a formula does, in either width, begins with an apostrophe instead."""
    text = f"{start}SUM(A1:A9)"
    assert cells_of(csv_of({"label": text}, fields=("label",))) == [[f"'{text}"]]


@pytest.mark.parametrize("text", ["a=b", "'=1", "5-10", "e@f", "#1", "|x"])
def test_other_text_is_as_it_is(text: str) -> None:
    """A sign further in is no formula's: the text stays as it is."""
    assert cells_of(csv_of({"label": text}, fields=("label",))) == [[text]]


def test_numbers_below_nought_stay_numbers() -> None:
    """No apostrophe stands before a number, whatever its sign."""
    record: Record = {"force_value": -11.0, "force_decimals": 0, "percent_difference": -0.5}
    assert cells_of(csv_of(record, fields=("force_value", "percent_difference"))) == [
        ["-11", "-0.5"]
    ]


@given(texts=st.lists(st.tuples(SHOWN, SHOWN), max_size=5))
def test_text_reads_back_as_it_was(texts: list[tuple[str, str]]) -> None:
    """Commas, quotes and all other text read back as they were, but for a formula's apostrophe."""
    page = csv_of(*({"label": a, "note": b} for a, b in texts), fields=("label", "note"))
    expected = [
        [f"'{text}" if text[:1] in tuple(FORMULA_STARTS) else text for text in pair]
        for pair in texts
    ]
    assert cells_of(page) == expected


@given(text=st.text())
def test_no_character_acts(text: str) -> None:
    """Whatever the data hold, the only control character is the line feed that ends a row."""
    lines = csv_of({"label": text, "note": "end"}, fields=("label", "note")).split("\n")
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
    assert cells_of(csv_of({"label": text}, fields=("label",))) == [[text]]


def test_an_escape_sequence_is_shown_and_not_sent() -> None:
    """A terminal's escape sequence becomes characters that can be seen."""
    assert cells_of(csv_of({"label": "\x1b[31mred\t!"}, fields=("label",))) == [["␛[31mred␉!"]]


def test_pandas_reads_it_without_being_told_anything() -> None:
    """A data frame library reads figures as numbers and gaps as missing, by its defaults."""
    text = csv_of(
        {"label": "Crime, all", "force_value": 54.0, "force_decimals": 1, "force_count": 1},
        {"label": 'So-called "x"', "force_value": None, "force_count": 2},
    )
    frame = pd.read_csv(io.StringIO(text))
    assert tuple(frame.columns) == FIELDS
    assert frame["label"].tolist() == ["Crime, all", 'So-called "x"']
    assert frame["force_value"].tolist()[0] == 54.0
    assert frame["force_value"].isna().tolist() == [False, True]
    assert frame["force_count"].tolist() == [1, 2]
