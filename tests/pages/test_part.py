"""Rules of `crimecmp.pages.part`: cells are finished text, which acts on nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shown import table

from crimecmp.document.report import Column
from crimecmp.pages.part import Text

COLUMNS = (Column("Measure"), Column("Durham", "number"), Column("Grounds", "list"))


@pytest.mark.parametrize("missing", [None, "", [], ()])
def test_what_is_missing_is_a_dash(missing: Text) -> None:
    """No text, empty text and a list without parts are a dash in the cell."""
    assert table([Column("Measure")], (missing,)).cells == [["–"]]


def test_the_parts_of_a_list_are_lines_of_one_cell() -> None:
    """Line feeds separate the parts of a list, and nothing else in a cell."""
    section = table(COLUMNS, ("a\nb", "5.0", ["one", "two\nthree"]))
    assert section.columns == COLUMNS
    assert section.cells == [["a␊b", "5.0", "one\ntwo␊three"]]


@given(text=st.text(min_size=1))
def test_no_character_acts(text: str) -> None:
    """Whatever the data hold, no control character is in a cell."""
    [[cell, *_]] = table(COLUMNS, (text, text, [text])).cells
    assert not any(
        character < " " or "\x7f" <= character <= "\x9f" or character in "\u2028\u2029\u202e"
        for character in cell
    )
