"""Rules of JSON output: one object, plain values, null for missing."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crimecmp.document.report import Column, Note, Record, Report, Section
from crimecmp.render import render
from crimecmp.schema import OUTPUT

FIELDS = ("label", "period_end", "force_value", "difference", "percent_difference", "force_count")
SHOWN = st.text(st.characters(categories=("L", "N", "P", "S"), include_characters=" "))
SOURCE = {"source": "one", "title": "One", "publisher": "", "licence": "Open", "url": ""}


def text_of(
    *records: Record,
    fields: tuple[str, ...] = FIELDS,
    title: str = "Title",
    notes: tuple[Note, ...] = (),
) -> str:
    """Return the JSON of a page with one section of these records, as text."""
    section = Section("Rates", (Column("Measure", "label"),), records, notes)
    stream = io.StringIO(newline="")
    render(Report(title, (section,), fields, [SOURCE]), "json", stream)
    return stream.getvalue()


def refuse(constant: str) -> None:
    """Fail on what Python reads as JSON but nobody else does: NaN and infinities."""
    pytest.fail(f"{constant} is not JSON")


def page_of(*records: Record, **more: Any) -> dict[str, Any]:
    """Return the JSON of a page as other programs read it."""
    page = json.loads(text_of(*records, **more), parse_constant=refuse)
    assert isinstance(page, dict)
    return page


def test_a_page_has_five_parts() -> None:
    """A page is title, columns, rows, notes and sources, in this order."""
    page = page_of()
    assert list(page) == ["title", "columns", "rows", "notes", "sources"]
    assert page["title"] == "Title"


def test_columns_say_name_label_and_unit() -> None:
    """Each column is described by its name, its label and its unit, null where it has none."""
    page = page_of(fields=("label", "percent_difference"))
    assert page["columns"] == [
        {"name": "label", "label": "Measure", "unit": None},
        {
            "name": "percent_difference",
            "label": "Difference in per cent of the benchmark",
            "unit": "%",
        },
    ]


def test_every_column_has_a_label() -> None:
    """No column of machine output goes without a name for readers, and no two share one."""
    labels = [column.label for column in OUTPUT]
    assert all(labels)
    assert len(set(labels)) == len(labels)


def test_a_row_has_all_columns_in_order() -> None:
    """A row names every column, in the columns' order, also where it has no value."""
    page = page_of({"label": "Crime"})
    assert [list(row) for row in page["rows"]] == [list(FIELDS)]
    assert [column["name"] for column in page["columns"]] == list(FIELDS)


def test_missing_is_null() -> None:
    """None and empty text are null."""
    [row] = page_of({"label": "", "force_value": None})["rows"]
    assert set(row.values()) == {None}


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_never_becomes_json(value: float) -> None:
    """NaN and infinity are an error of the program rather than a word that JSON does not have."""
    with pytest.raises(ValueError, match="JSON"):
        text_of({"percent_difference": value})


def test_whole_printed_figures_are_whole_numbers() -> None:
    """A figure printed without decimals has none: `-11`, not `-11.0`; any other has them."""
    text = text_of(
        {"force_value": -11.0, "force_decimals": 0, "benchmark_decimals": 0, "difference": 5.0},
        {"force_value": 54.0, "force_decimals": 1, "benchmark_decimals": 1, "difference": 6.0},
    )
    whole, decimal = json.loads(text)["rows"]
    assert (repr(whole["force_value"]), repr(whole["difference"])) == ("-11", "5")
    assert (repr(decimal["force_value"]), repr(decimal["difference"])) == ("54.0", "6.0")


@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_worked_out_numbers_read_back_as_the_same_number(value: float) -> None:
    """Nothing is rounded: a worked-out percentage is read back as the very same number."""
    [row] = page_of({"percent_difference": value})["rows"]
    assert row["percent_difference"] == value


def test_dates_are_text_and_flags_are_flags() -> None:
    """Dates are text in ISO form; flags and counts have JSON's own types."""
    record: Record = {"period_end": date(2014, 6, 30), "positive": True, "force_count": 29439}
    [row] = page_of(record, fields=("period_end", "positive", "force_count"))["rows"]
    assert row == {"period_end": "2014-06-30", "positive": True, "force_count": 29439}


def test_notes_have_their_place() -> None:
    """A note is its text with source and place, null where it has none, and stands once."""
    notes = (Note("First."), Note("Second.", "one", "page 3"), Note("First."))
    assert page_of(notes=notes)["notes"] == [
        {"text": "First.", "source": None, "locator": None},
        {"text": "Second.", "source": "one", "locator": "page 3"},
    ]


def test_sources_are_described() -> None:
    """A source is all that is known of it, null where that is nothing."""
    assert page_of()["sources"] == [
        {"source": "one", "title": "One", "publisher": None, "licence": "Open", "url": None}
    ]


@given(text=SHOWN)
def test_text_reads_back_as_it_was(text: str) -> None:
    """Quotes, backslashes and all other text read back as they were."""
    page = page_of({"label": text}, title=text, notes=(Note(text),))
    assert page["rows"][0]["label"] == (text or None)
    assert page["title"] == page["notes"][0]["text"] == text


@given(text=st.text())
def test_no_character_acts(text: str) -> None:
    """Whatever the data hold, no control character is in the values, let alone on the screen."""
    page = page_of({"label": text}, title=text, notes=(Note(text, text, text),))
    note = page["notes"][0]
    for value in (page["title"], *page["rows"][0].values(), *note.values()):
        assert value is None or not any(
            character < " " or "\x7f" <= character <= "\x9f" for character in value
        )


@pytest.mark.parametrize("text", ["[red]x[/red]", "[/x]", ":warning:", "=1+1", "+44", "a | b"])
def test_marks_of_other_formats_mean_nothing(text: str) -> None:
    """Markup, emoji names and formulas are shown as they are: JSON is no spreadsheet."""
    assert page_of({"label": text})["rows"][0]["label"] == text


def test_letters_are_written_as_letters() -> None:
    """Text of other scripts is written in UTF-8, not as numbers of its characters."""
    assert '"Dyfed–Powys ±"' in text_of({"label": "Dyfed–Powys ±"})


def test_it_is_one_object_with_a_line_feed_behind_it() -> None:
    """The page is one object, which ends with a line feed."""
    text = text_of({"label": "Crime"})
    assert text.startswith("{\n")
    assert text.endswith("}\n")
    assert "\r" not in text
