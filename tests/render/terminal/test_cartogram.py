"""Rules of maps in characters: areas in their places, no row over, a list where no map fits."""

from __future__ import annotations

import io
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from crimecmp.document.picture import Cartogram, Picture, Shade, Tile, Tone
from crimecmp.render.screen import Screen
from crimecmp.render.terminal.drawing import render
from crimecmp.render.terminal.signs import SHADES

FIFTHS: tuple[Tone, ...] = ("lowest", "low", "middle", "high", "highest")
VERDICTS: tuple[Tone, ...] = ("below", "alike", "above")
SHADED = (
    Shade("highest", "5", "Highest fifth", "3.01 to 4.00 (1 force)"),
    Shade("lowest", "1", "Lowest fifth", "1.00 to 2.00 (2 forces)"),
)
SMALL = Cartogram(
    (
        Tile("Northland", "NOR", "other", 1, 1, "lowest", "1"),
        Tile("Durham", "DUR", "force", 1, 2, "highest", "5"),
        Tile("Eastland", "EAS", "other", 2, 2, "lowest", "1"),
    ),
    SHADED,
    ("Durham (DUR): 4.00",),
    ("England and Wales: 2.50",),
)


def drawn(drawing: Cartogram, width: int | None = None, encoding: str = "utf-8") -> list[str]:
    """Return the lines of a picture with a map."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="")
    render(Picture("map", "T", "U", drawing, (), (), ""), stream, Screen(width=width))
    stream.flush()
    return raw.getvalue().decode(encoding).splitlines()


def test_a_map_is_drawn_with_its_key_beside_it() -> None:
    """Codes over signs and shades, each second row half a hexagon east, brackets at the force."""
    assert drawn(SMALL) == [
        "T",
        "U",
        "",
        " NOR          [   ] Durham (DUR): 4.00",
        " 1··           5██  Highest fifth: 3.01 to 4.00 (1 force)",
        "  [DUR]EAS     1··  Lowest fifth: 1.00 to 2.00 (2 forces)",
        "  [5██]1··          England and Wales: 2.50",
        "",
    ]


def test_the_key_is_below_where_there_is_no_room_beside() -> None:
    """The map comes first, then the key, its lines in the same column."""
    lines = drawn(SMALL, 30)
    assert lines[3:7] == [" NOR", " 1··", "  [DUR]EAS", "  [5██]1··"]
    assert lines[8:11] == [
        "[   ] Durham (DUR): 4.00",
        " 5██  Highest fifth: 3.01 to",
        "      4.00 (1 force)",
    ]


def test_a_map_that_does_not_fit_is_a_list() -> None:
    """The areas of each colour are named under what it means, the force between brackets."""
    wide = SMALL._replace(
        tiles=tuple(tile._replace(column=3 * tile.column) for tile in SMALL.tiles)
    )
    text = "\n".join(
        drawn(wide._replace(tiles=(*wide.tiles[:2], wide.tiles[2]._replace(column=9))), 20)
    )
    assert "5 Highest fifth:" in text
    assert "[Durham]" in text
    assert "Northland, Eastland" in text
    assert "DUR]" not in text


def test_plain_encodings_have_plain_shades() -> None:
    """Without block characters each shade is still a sign of its own."""
    lines = drawn(SMALL, encoding="ascii")
    assert " 1.." in lines[4]
    assert "[5##]1.." in lines[6]
    every = Cartogram(
        tuple(
            Tile("x", "XXX", "other", place, 1, tone, "")
            for place, tone in enumerate(FIFTHS, 1)
        ),
        (), (),
    )  # fmt: skip
    assert drawn(every, encoding="ascii")[4] == " ... ::: +++ %%% ###"


def test_every_tone_has_a_shade() -> None:
    """No colour of a map is without a sign, and those of fifths and of verdicts differ."""
    assert set(SHADES) == set(get_args(Tone))
    for tones in (FIFTHS, VERDICTS):
        assert len({SHADES[tone] for tone in tones}) == len(tones)


tones = st.sampled_from(get_args(Tone))
roles = st.sampled_from(["force", "second", "third", "benchmark", "other"])
words = st.text(st.characters(codec="utf-8"), max_size=12)
places = st.integers(1, 20)
tiles = st.builds(Tile, words, words, roles, places, places, tones, words)
shades = st.builds(Shade, tones, words, words, words)
maps = st.builds(
    Cartogram,
    st.lists(tiles, max_size=12, unique_by=lambda tile: (tile.column, tile.row)).map(tuple),
    st.lists(shades, max_size=4).map(tuple),
    st.lists(words, max_size=2).map(tuple),
    st.lists(words, max_size=2).map(tuple),
)


@given(maps, st.integers(20, 200))
def test_no_row_runs_over(drawing: Cartogram, width: int) -> None:
    """Whatever the names, codes and signs are, no line is wider than the screen."""
    assert all(cell_len(line) <= width for line in drawn(drawing, width))


@pytest.mark.parametrize("width", [20, 31, 60, 80, 200])
def test_every_area_is_there_at_every_width(width: int) -> None:
    """By its code on a map, or by its name in a list."""
    text = "\n".join(drawn(SMALL, width))
    for tile in SMALL.tiles:
        assert tile.code in text or tile.label in text
