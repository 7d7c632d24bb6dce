"""Text from data made safe to show, and lists and dates in words."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crimecmp.text import in_words, period_name, size, visible

# Characters that change the direction of writing (Unicode, UAX 9: Bidi_Control).
DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def acts_on_a_screen(character: str) -> bool:
    """Tell whether a character is more than a sign to be shown."""
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


any_text = st.text(
    st.characters(codec=None) | st.sampled_from("\x00\x1b\x7f\x9b\t\n\r" + DIRECTIONS)
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x00", "␀"),
        ("\t", "␉"),
        ("\n", "␊"),
        ("\r", "␍"),
        ("\x1b[31m", "␛[31m"),
        ("\x1f", "␟"),
        ("\x7f", "␡"),
        ("\x85", "<U+0085>"),
        ("\x9b31m", "<U+009B>31m"),
        ("\u2028", "<U+2028>"),
        ("\u2029", "<U+2029>"),
        ("\u202e", "<U+202E>"),
        ("\u2066", "<U+2066>"),
        ("\ud800", "<U+D800>"),
    ],
)
def test_control_characters_are_shown_as_pictures_or_numbers(text: str, shown: str) -> None:
    """A control picture stands for an ASCII control, a code point number for any other."""
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Durham",
        "[red]",
        "[/x]",
        ":warning:",
        "=1+1",
        "5.0 ± 0.2",
        "Llŷn",
        "no\u00a0break",
        "🚓",
    ],
)
def test_text_that_cannot_act_is_shown_as_it_is(text: str) -> None:
    """Markup, emoji names, formulas and letters of any script are shown as their characters."""
    assert visible(text) == text


@given(any_text)
def test_nothing_that_acts_on_a_screen_is_left(text: str) -> None:
    """Whatever the text, no control, surrogate, line separator or direction mark comes out."""
    assert not any(acts_on_a_screen(character) for character in visible(text))


@given(any_text)
def test_all_characters_that_cannot_act_are_kept(text: str) -> None:
    """Text without control characters comes out as it went in, character for character."""
    harmless = "".join(character for character in text if not acts_on_a_screen(character))
    assert visible(harmless) == harmless


@given(any_text)
def test_visible_text_stays_as_it_is(text: str) -> None:
    """Making text visible twice is the same as doing it once."""
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a", "b", "c", "d"], "a, b, c and d"),
    ],
)
def test_a_list_is_put_in_words(parts: list[str], words: str) -> None:
    """Commas stand between the parts, and the last has `and` before it."""
    assert in_words(parts) == words


def test_the_last_word_of_a_list_can_be_another() -> None:
    """A choice is joined by `or`, and any iterable of parts will do."""
    assert in_words(iter(["a", "b", "c"]), "or") == "a, b or c"


@pytest.mark.parametrize(
    ("end", "name"),
    [
        (date(2014, 6, 30), "June 2014"),
        (date(2014, 3, 31), "March 2014"),
        (date(2015, 2, 28), "February 2015"),
        (date(2016, 2, 29), "February 2016"),
        (date(2013, 12, 31), "December 2013"),
        (date(2016, 2, 28), "28 February 2016"),
        (date(2014, 6, 5), "5 June 2014"),
    ],
)
def test_a_period_is_named_by_its_month(end: date, name: str) -> None:
    """A period that ends with a month has the month's name, another its day as well."""
    assert period_name(end) == name


def test_the_last_day_of_the_calendar_has_a_name() -> None:
    """A date that the reader accepts can be named, though no day follows it."""
    assert period_name(date.max) == "December 9999"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1 KB"),
        (660_636, "661 KB"),
        (3_449_999, "3.4 MB"),
        (9_950_000, "10.0 MB"),
        (40_000_000, "40 MB"),
        (1_000_000_000, "1 GB"),
        (1_500_000_000, "1.5 GB"),
    ],
)
def test_a_size_has_two_or_three_digits(number: int, words: str) -> None:
    """Bytes are given in the unit that people use, as precisely as they need."""
    assert size(number) == words
