"""Rules of text on paper: its width, its lines, and characters that files cannot hold."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crimecmp.render.matplotlib.lettering import Face, balanced, folded, measured, shown

FACE = Face(10)


@given(st.text(alphabet="abc defgh ij", max_size=80), st.floats(1, 200))
def test_folding_loses_nothing(text: str, width: float) -> None:
    """All letters are there in order, and no line is wider than allowed."""
    for fold in (folded, balanced):
        block = fold(text, FACE, width)
        assert "".join(block.lines).replace(" ", "") == text.replace(" ", "")
        assert all(measured(line, FACE) <= width or len(line) == 1 for line in block.lines)
        assert block.width == max((measured(line, FACE) for line in block.lines), default=0)


def test_words_are_folded_between_words() -> None:
    """A line holds as many words as fit; balanced lines are as few, and more even."""
    text = "England and Wales, June 2014"
    width = measured("England and Wales, June", FACE) + 1
    assert folded(text, FACE, width).lines == ("England and Wales, June", "2014")
    assert balanced(text, FACE, width).lines == ("England and", "Wales, June 2014")
    assert folded(text, FACE, math.inf).lines == (text,)


def test_bold_type_is_wider() -> None:
    """Widths are those of the weight and size of type."""
    assert measured("Durham", Face(10, bold=True)) > measured("Durham", FACE)
    assert measured("Durham", Face(20)) == 2 * measured("Durham", FACE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dyfed-Powys £ é 中", "Dyfed-Powys £ é 中"),
        ("a\tb", "a␉b"),
        ("\ufffe\U0010ffff", "<U+FFFE><U+10FFFF>"),
        ("\ufdd0", "<U+FDD0>"),
        ("\ud800", "<U+D800>"),
    ],
)
def test_what_no_file_can_hold_is_made_visible(text: str, expected: str) -> None:
    """Controls, noncharacters and lone surrogates are shown; all else stays as it was."""
    assert shown(text) == expected
