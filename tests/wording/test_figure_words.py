"""Figures, ranges and levels in words: as printed, rounded by the schoolbook."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rows import comparison

from crimecmp.comparison.row import Comparison, Verdict
from crimecmp.wording.figure_words import (
    base_words,
    figures_words,
    level_words,
    percent_words,
    range_words,
    rates_words,
)


@pytest.mark.parametrize(
    ("low", "high", "places", "words"),
    [
        (0.25, 0.35, 1, "+0.3 to +0.4"),
        (-0.25, -0.35, 1, "-0.3 to -0.4"),
        (2.5, -2.5, 0, "+3 to -3"),
        (1.005, 2.675, 2, "+1.01 to +2.68"),
        (-0.04, 0.04, 1, "0.0 to 0.0"),
        (9.0, 11.0, 0, "+9 to +11"),
    ],
)
def test_halves_are_rounded_away_from_zero(
    low: float, high: float, places: int, words: str
) -> None:
    """Numbers in sentences are rounded as written, halves away from zero; zero has no sign."""
    assert range_words(low, high, places, "") == words
    assert range_words(low, high, places, "%") == words.replace(" to", "% to") + "%"


@given(st.integers(-10_000, 10_000))
def test_tenths_are_rounded_by_the_schoolbook(hundredths: int) -> None:
    """Each number of two decimals goes to the nearer tenth, from the middle away from zero."""
    tenths = (abs(hundredths) + 5) // 10
    sign = "" if not tenths else "-" if hundredths < 0 else "+"
    expected = f"{sign}{tenths // 10}.{tenths % 10}"
    assert range_words(hundredths / 100, hundredths / 100, 1, "") == f"{expected} to {expected}"


@pytest.mark.parametrize(
    ("percent", "words"),
    [(-11.04, "11.0%"), (99.94, "99.9%"), (100, "100%"), (184.72, "185%"), (-100, "100%")],
)
def test_how_far_a_figure_is_from_another_has_no_sign(percent: float, words: str) -> None:
    """One decimal below a hundred per cent, none from there on, and the sign is left to words."""
    assert percent_words(percent) == words


def test_a_level_is_a_per_cent_without_a_gap() -> None:
    """0.95 is 95% and 0.998 is 99.8%, in one word, so that no line ends inside it."""
    for level, words in ((0.95, "95%"), (0.998, "99.8%")):
        assert level_words(comparison(tested=Verdict(interval_level=level))) == words


@pytest.mark.parametrize(
    ("kind", "unit", "word"),
    [
        ("rate", "per 1,000 population", "people"),
        ("rate", "per 1,000 households", "households"),
        ("outcome", "%", "crimes"),
        ("satisfaction", "%", "people asked"),
    ],
)
def test_a_base_is_counted_in_its_own_unit(kind: str, unit: str, word: str) -> None:
    """A base is people, households, crimes or people asked."""
    assert base_words(comparison(kind=kind, unit=unit)) == word


def two(force: str, benchmark: str, **fields: object) -> Comparison:
    """Return a row of two figures as printed, either of them missing where it is empty."""
    found: dict[str, object] = {}
    for side, text in (("force", force), ("benchmark", benchmark)):
        value, _, margin = text.partition(" ± ")
        for name, printed in ((side, value), (f"{side}_margin", margin)):
            if printed:
                found[name if name != side else f"{side}_value"] = float(printed)
                found[f"{name}_decimals"] = len(printed.partition(".")[2])
    return comparison(**found, **fields)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (two("5.00", "8.9", unit="per 1,000 homes"), "5.00 against 8.9 per 1,000 homes"),
        (two("5.0", ""), "5.0 per 1,000 population"),
        (two("", ""), "no figures"),
        (two("36", "26", kind="outcome", unit="%"), "36% against 26%"),
        (two("13", "-1", kind="change", unit="%"), "+13% against -1%"),
        (two("0", "-1", kind="change", unit="%"), "0% against -1%"),
        (two("88.6 ± 1.8", "85.0 ± 0.2", unit="%"), "88.6 ± 1.8% against 85.0 ± 0.2%"),
        (two("88.6 ± 2", "85.0", unit="%"), "88.6 ± 2% against 85.0%"),
    ],
)
def test_figures_are_said_as_printed(row: Comparison, words: str) -> None:
    """Figures keep their printed decimals and margins; changes alone carry a sign."""
    assert figures_words(row) == words


@pytest.mark.parametrize(
    ("figure", "ends", "words"),
    [
        ("8.73123456", (2.2089, 14.5467), "2.21 to 14.55"),
        ("54.0", (37.78, 76.93), "37.8 to 76.9"),
        ("5", (3.848, 11.138), "3.8 to 11.1"),
        ("0.0051234", (0.00212, 0.01489), "0.0021 to 0.0149"),
    ],
)
def test_a_range_of_rates_is_as_fine_as_the_rate(
    figure: str, ends: tuple[float, float], words: str
) -> None:
    """Ends have the decimals that people see of the force's rate, and one at least."""
    assert rates_words(two(figure, ""), *ends) == words
