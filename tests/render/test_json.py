"""Rules of JSON output: one object, plain values, null for missing."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crimecmp.comparison.row import (
    Cell,
    Claim,
    Comparison,
    Judgment,
    Output,
    Reproduction,
    columns,
    page_columns,
)
from crimecmp.document.report import Column as ShownColumn
from crimecmp.document.report import Note, Report, Section
from crimecmp.render import render

LABEL = Output("Measure", name="label")
DECIMALS = Output("Decimals printed", name="force_decimals", type="whole")
FIGURE = Output("Force figure", None, ("force_decimals",), "force_value", "number")
PERCENT = Output("Difference in per cent", "%", name="percent_difference", type="number")
SHOWN = st.text(st.characters(categories=("L", "N", "P", "S"), include_characters=" "))
SOURCE = {"source": "one", "title": "One", "publisher": "", "licence": "Open", "url": ""}


def text_of(
    shape: tuple[Output, ...],
    *rows: tuple[Cell, ...],
    title: str = "Title",
    notes: tuple[Note, ...] = (),
) -> str:
    """Return the JSON of a page with these columns and rows, as text."""
    section = Section("rates", "Rates", (ShownColumn("Shown"),), [["for people"]], notes)
    stream = io.StringIO(newline="")
    render(Report(title, (section,), shape, rows, [SOURCE]), "json", stream)
    return stream.getvalue()


def refuse(constant: str) -> None:
    """Fail on what Python reads as JSON but nobody else does: NaN and infinities."""
    pytest.fail(f"{constant} is not JSON")


def page_of(shape: tuple[Output, ...], *rows: tuple[Cell, ...], **more: Any) -> dict[str, Any]:
    """Return the JSON of a page as other programs read it."""
    page = json.loads(text_of(shape, *rows, **more), parse_constant=refuse)
    assert isinstance(page, dict)
    return page


def test_a_page_has_five_parts() -> None:
    """A page is title, columns, rows, notes and sources, in this order."""
    page = page_of((LABEL,))
    assert list(page) == ["title", "columns", "rows", "notes", "sources"]
    assert page["title"] == "Title"


def test_columns_say_name_label_and_unit() -> None:
    """Each column is described by its name, its label and its unit, null where it has none."""
    assert page_of((LABEL, PERCENT))["columns"] == [
        {"name": "label", "label": "Measure", "unit": None},
        {"name": "percent_difference", "label": "Difference in per cent", "unit": "%"},
    ]


@pytest.mark.parametrize(
    "shape",
    [page_columns(), *(columns(row) for row in (Comparison, Judgment, Claim, Reproduction))],
    ids=["page", "comparison", "judgment", "claim", "reproduction"],
)
def test_every_column_has_a_label(shape: tuple[Output, ...]) -> None:
    """No column of machine output goes without a name for readers, and no two share one."""
    labels = [column.label for column in shape]
    assert all(labels)
    assert len(set(labels)) == len(labels)


def test_a_row_has_all_columns_in_order() -> None:
    """A row names every column, in the columns' order, also where it has no value."""
    page = page_of((PERCENT, LABEL, DECIMALS), (None, "Crime", None))
    names = ["percent_difference", "label", "force_decimals"]
    assert [list(row) for row in page["rows"]] == [names]
    assert [column["name"] for column in page["columns"]] == names


def test_missing_is_null() -> None:
    """None and empty text are null."""
    [row] = page_of((LABEL, FIGURE, DECIMALS), ("", None, None))["rows"]
    assert row == {"label": None, "force_value": None, "force_decimals": None}


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_never_becomes_json(value: float) -> None:
    """NaN and infinity are an error of the program rather than a word that JSON does not have."""
    with pytest.raises(ValueError, match="JSON"):
        text_of((PERCENT,), (value,))


def test_whole_printed_figures_are_whole_numbers() -> None:
    """A figure printed without decimals has none: `-11`, not `-11.0`; any other has them."""
    both = ("force_decimals", "benchmark_decimals")
    shape = (
        FIGURE,
        Output("Difference", None, both, "difference", "number"),
        DECIMALS,
        Output("Decimals printed", name="benchmark_decimals", type="whole"),
    )
    text = text_of(shape, (-11.0, 5.0, 0, 0), (54.0, 6.0, 1, 1), (5.0, 3.0, 0, 1))
    whole, decimal, finer = json.loads(text)["rows"]
    assert (repr(whole["force_value"]), repr(whole["difference"])) == ("-11", "5")
    assert (repr(decimal["force_value"]), repr(decimal["difference"])) == ("54.0", "6.0")
    assert (repr(finer["force_value"]), repr(finer["difference"])) == ("5", "3.0")


@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_worked_out_numbers_read_back_as_the_same_number(value: float) -> None:
    """Nothing is rounded: a calculated percentage is read back as the very same number."""
    [row] = page_of((PERCENT,), (value,))["rows"]
    assert row["percent_difference"] == value


def test_dates_are_text_and_flags_are_flags() -> None:
    """Dates are text in ISO form; flags and counts have JSON's own types."""
    shape = (
        Output("12 months to", name="period_end", type="date"),
        Output("Positive", name="positive", type="flag"),
        Output("Force count", name="force_count", type="whole"),
    )
    [row] = page_of(shape, (date(2014, 6, 30), True, 29439))["rows"]
    assert row == {"period_end": "2014-06-30", "positive": True, "force_count": 29439}


def test_notes_have_their_place() -> None:
    """A note is its text with source and place, null where it has none, and is there once."""
    notes = (Note("First."), Note("Second.", "one", "page 3"), Note("First."))
    assert page_of((LABEL,), notes=notes)["notes"] == [
        {"text": "First.", "source": None, "locator": None},
        {"text": "Second.", "source": "one", "locator": "page 3"},
    ]


def test_sources_are_described() -> None:
    """A source is all that is known of it, null where that is nothing."""
    assert page_of((LABEL,))["sources"] == [
        {"source": "one", "title": "One", "publisher": None, "licence": "Open", "url": None}
    ]


@given(text=SHOWN)
def test_text_reads_back_as_it_was(text: str) -> None:
    """Quotes, backslashes and all other text read back as they were."""
    page = page_of((LABEL,), (text,), title=text, notes=(Note(text),))
    assert page["rows"][0]["label"] == (text or None)
    assert page["title"] == page["notes"][0]["text"] == text


@given(text=st.text())
def test_no_character_acts(text: str) -> None:
    """Whatever the data hold, no control character is in the values, let alone on the screen."""
    page = page_of((LABEL,), (text,), title=text, notes=(Note(text, text, text),))
    note = page["notes"][0]
    for value in (page["title"], *page["rows"][0].values(), *note.values()):
        assert value is None or not any(
            character < " " or "\x7f" <= character <= "\x9f" for character in value
        )


@pytest.mark.parametrize("text", ["[red]x[/red]", "[/x]", ":warning:", "=1+1", "+44", "a | b"])
def test_marks_of_other_formats_mean_nothing(text: str) -> None:
    """Markup, emoji names and formulas are shown as they are: JSON is no spreadsheet."""
    assert page_of((LABEL,), (text,))["rows"][0]["label"] == text


def test_letters_are_written_as_letters() -> None:
    """Text of other scripts is written in UTF-8, not as numbers of its characters."""
    assert '"Dyfed–Powys ±"' in text_of((LABEL,), ("Dyfed–Powys ±",))


def test_it_is_one_object_with_a_line_feed_behind_it() -> None:
    """The page is one object, which ends with a line feed."""
    text = text_of((LABEL,), ("Crime",))
    assert text.startswith("{\n")
    assert text.endswith("}\n")
    assert "\r" not in text
