"""Pages fit a screen: how many lines, how wide, and no word or number broken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parents[1] / "golden"
ONE_SCREEN = 23
"""The lines of a screen of 24 but the next prompt."""

LINES = {
    "rates": 20, "report": 22, "changes": ONE_SCREEN, "outcomes": ONE_SCREEN,
    "satisfaction": ONE_SCREEN, "judgments": ONE_SCREEN, "claims": ONE_SCREEN,
    "compare-burglary": ONE_SCREEN, "compare-three": ONE_SCREEN, "trend": ONE_SCREEN,
    "rates-cleveland": ONE_SCREEN, "rates-counted": ONE_SCREEN, "report-cleveland": ONE_SCREEN,
}  # fmt: skip


def shown(name: str) -> str:
    """Return what a command prints, from its golden file."""
    return (GOLDEN / name).read_text("utf-8")


@pytest.mark.parametrize("name", LINES)
def test_a_page_fits_a_screen_of_80_by_24(name: str) -> None:
    """The whole page is seen at once, the answer in its first lines."""
    lines = shown(f"{name}.80.txt").splitlines()
    assert len(lines) <= LINES[name]


@pytest.mark.parametrize("name", ["compare-all", "compare-durham-all"])
def test_a_ranking_has_a_line_for_each_force_at_80_columns(name: str) -> None:
    """Each force's name and rate are on one line."""
    lines = shown(f"{name}.80.txt").splitlines()
    ranked = [line for line in lines if re.match(r"(?:> )? *\d+  [A-Z].* \d+\.\d\d ", line)]
    assert len(ranked) == 42


NAMES = sorted(path.name.removesuffix(".csv") for path in GOLDEN.glob("*.csv"))


@pytest.mark.parametrize("width", [40, 60, 80, 140])
@pytest.mark.parametrize("name", NAMES)
def test_no_word_is_broken_on_a_narrow_screen(name: str, width: int) -> None:
    """Every word on a narrow screen is a whole word of the page off a terminal."""
    whole = words_of(shown(f"{name}.txt")) | words_of(shown(f"{name}.140.txt")) | LEFT_OUT
    broken = words_of(shown(f"{name}.{width}.txt")) - whole
    assert not broken or name in LONG_IDS, broken


def words_of(text: str) -> set[str]:
    """Return the words of a text without marks around them, drawings and the ends of axes."""
    words = (word.strip(".,;:()") for word in text.split())
    return {word for word in words if re.search(r"[A-Za-z]", word)}


LEFT_OUT = words_of(
    "Left out at this width: the bars, diff, points, rank, shape, interval and change over 1 year."
    " Years. 95% Region, Unit, Forces, Since and Area."
)
"""The words that say what is left out."""

LONG_IDS = ("metrics", "sources")
"""Pages with an id that is longer than the narrowest screen."""


@pytest.mark.parametrize("name", ["rates", "compare-three", "report", "trend"])
@pytest.mark.parametrize("width", [40, 60, 80, 140])
def test_the_answer_comes_first_at_every_width(name: str, width: int) -> None:
    """The first lines are the title and the answer, which is the same whatever the width."""
    wide = " ".join(shown(f"{name}.txt").partition("\n\n")[0].split())
    narrow = " ".join(shown(f"{name}.{width}.txt").partition("\n\n")[0].split())
    assert narrow == wide
    assert wide.count(". ") + wide.endswith(".") >= 1


def test_the_force_asked_for_is_marked_by_a_sign() -> None:
    """Its line begins with `>`, so the mark does not need bold or colour."""
    marked = [line for line in shown("compare-durham-all.txt").splitlines() if line[:1] == ">"]
    assert [line.split()[1:3] for line in marked] == [["32", "Durham"]]
    assert not any(line[:1] == ">" for line in shown("compare-all.txt").splitlines())


@pytest.mark.parametrize("name", ["rates", "compare-durham-all"])
def test_off_a_terminal_a_row_is_words_and_numbers_alone(name: str) -> None:
    """What a screen reader is given has no bars, and every row keeps its verdict in words."""
    text = shown(f"{name}.txt")
    assert not set(text) & set("█▐▏▎▍▌▋▊▉│")
    assert "lower" in text or "unusually low" in text
