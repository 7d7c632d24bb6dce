"""Rules of how roles look: they can be told apart by everyone, on screen and on paper."""

from __future__ import annotations

import itertools
import math

import pytest

from crimecmp.document.picture import FORCE_ROLES, Role, Tone
from crimecmp.render.matplotlib.looks import (
    FAINT_INK,
    INK,
    LAST_ON_TOP,
    LOOKS,
    ON_DARK,
    PAPER,
    TONES,
)

PAIRS = list(itertools.combinations(LOOKS, 2))
FIFTHS: tuple[Tone, ...] = ("lowest", "low", "middle", "high", "highest")
VERDICTS: tuple[Tone, ...] = ("below", "alike", "above")
Colour = tuple[float, float, float]
Matrix = tuple[Colour, Colour, Colour]

SIGHT: dict[str, Matrix] = {
    "common": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""How light is seen with each kind of colour vision (Machado, Oliveira and Fernandes, 2009)."""

TO_XYZ: Matrix = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)


def light(colour: str) -> Colour:
    """Return the linear red, green and blue of a colour."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return red, green, blue


def times(matrix: Matrix, colour: Colour) -> Colour:
    """Return a matrix times a colour, with each part between 0 and 1."""
    first, second, third = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, colour, strict=True)))) for row in matrix
    )
    return first, second, third


def lab(colour: Colour) -> Colour:
    """Return a colour in CIELAB, where distance is perceived difference."""
    whites = (0.95047, 1.0, 1.08883)
    x, y, z = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
        for part in (p / w for p, w in zip(times(TO_XYZ, colour), whites, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def contrast(colour: str, other: str = PAPER) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    dark, bright = sorted(times(TO_XYZ, light(shade))[1] for shade in (colour, other))
    return (bright + 0.05) / (dark + 0.05)


def test_the_measure_of_contrast_is_right() -> None:
    """Black on white has a contrast of 21:1, a colour on itself of 1:1."""
    assert contrast("#000000") == pytest.approx(21, abs=0.01)
    assert contrast("#777777", "#777777") == 1


@pytest.mark.parametrize("role", LOOKS)
def test_marks_stand_out_from_the_paper(role: Role) -> None:
    """The contrast with white is at least 3:1 for marks and lines, and 4.5:1 for text."""
    assert contrast(LOOKS[role].colour) >= 3
    assert contrast(LOOKS[role].ink) >= 4.5


@pytest.mark.parametrize("ink", [INK, FAINT_INK])
def test_small_words_can_be_read(ink: str) -> None:
    """The contrast of all other text with white is at least 4.5:1."""
    assert contrast(ink) >= 4.5


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.parametrize("sight", SIGHT)
def test_colours_differ_with_every_colour_vision(sight: str, one: Role, other: Role) -> None:
    """Any two roles differ clearly in colour, also for people with colour blindness."""
    seen = [lab(times(SIGHT[sight], light(LOOKS[role].colour))) for role in (one, other)]
    assert math.dist(*seen) >= 12


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_colours_differ_in_grey(one: Role, other: Role) -> None:
    """Any two roles are different greys when printed without colour."""
    greys = [lab(light(LOOKS[role].colour))[0] for role in (one, other)]
    assert abs(greys[0] - greys[1]) >= 6


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_meaning_does_not_rest_on_colour(one: Role, other: Role) -> None:
    """Any two roles differ in the shape or size of the mark, and in the line."""
    first, second = LOOKS[one], LOOKS[other]
    assert first.marker != second.marker or first.size > 1.5 * second.size
    assert first.dashes != second.dashes or first.width > 2 * second.width


def test_the_forces_asked_for_are_on_top() -> None:
    """Every role has a look and is drawn, the first force last, so that nothing hides it."""
    assert set(LAST_ON_TOP) == set(LOOKS)
    assert LAST_ON_TOP[-1] == FORCE_ROLES[0]
    assert all(LOOKS[role].bold for role in FORCE_ROLES)
    assert not LOOKS["other"].bold


@pytest.mark.parametrize("tone", TONES)
def test_words_can_be_read_on_every_colour(tone: Tone) -> None:
    """The contrast of text with the colour that it is on is at least 4.5:1."""
    assert contrast(PAPER if tone in ON_DARK else INK, TONES[tone]) >= 4.5


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("tones", [FIFTHS, VERDICTS])
def test_colours_differ_with_every_colour_vision_and_in_grey(
    tones: tuple[Tone, ...], sight: str
) -> None:
    """Any two colours that stand side by side differ clearly, also where colours are not seen."""
    seen = [lab(times(SIGHT[sight], light(TONES[tone]))) for tone in tones]
    assert all(math.dist(*pair) >= 10 for pair in itertools.combinations(seen, 2))


def test_fifths_are_darker_the_higher_they_are() -> None:
    """From the lowest fifth to the highest the colour is darker at each step."""
    brightness = [lab(light(TONES[tone]))[0] for tone in FIFTHS]
    assert all(one - other >= 8 for one, other in itertools.pairwise(brightness))
