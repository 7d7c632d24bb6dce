"""Rules of drawn maps: equal hexagons that meet, text that is read on them, an outline on top."""

from __future__ import annotations

import math
from itertools import combinations, pairwise
from typing import Any

import pytest
from charting import FORCES, PICTURES, figure, named, names, texts
from matplotlib.figure import Figure

from crimecmp.document.picture import Cartogram
from crimecmp.render.matplotlib import NARROW, WIDE
from crimecmp.render.matplotlib.looks import TONES


def hexagons(drawn: Figure) -> list[Any]:
    """Return the corners of all hexagons of a map."""
    found = [named(drawn, name) for name in sorted(names(drawn)) if name[4:] in TONES]
    return [path.vertices[:6] for group in found for path in group.get_paths()]


def drawing() -> Cartogram:
    """Return the map that is drawn here."""
    found = PICTURES["map"].drawing
    assert isinstance(found, Cartogram)
    return found


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_area_is_a_hexagon_of_one_size(width: float) -> None:
    """There is one hexagon for each area, all of the same size, and none covers another."""
    found = hexagons(figure(PICTURES["map"], width))
    assert len(found) == len(FORCES)
    sides = {round(math.dist(*pair), 3) for corners in found for pair in pairwise(corners)}
    assert len(sides) == 1
    [side] = sides
    middles = [corners.mean(axis=0) for corners in found]
    assert min(math.dist(*pair) for pair in combinations(middles, 2)) == pytest.approx(
        side * math.sqrt(3), abs=0.01
    )


def test_the_forces_asked_for_are_outlined_boldly() -> None:
    """Each of them has a thick edge, above everything else on the map but the words."""
    drawn = figure(PICTURES["map"])
    outline, edges = named(drawn, "map-asked"), named(drawn, "map-edges")
    asked = [tile for tile in drawing().tiles if tile.role != "other"]
    assert len(outline.get_paths()) == len(asked) == 3
    assert outline.get_linewidths()[0] >= 3 * edges.get_linewidths()[0]
    assert outline.zorder > edges.zorder


def test_every_area_has_its_code_and_its_sign() -> None:
    """Both are written in the hexagon, so that no meaning rests on colour."""
    written = [text for text, _ in texts(figure(PICTURES["map"]))]
    for tile in drawing().tiles:
        assert tile.code in written
    signs = [tile.sign for tile in drawing().tiles] + [shade.sign for shade in drawing().shades]
    assert sorted(text for text in written if text in {"1", "2", "3", "4", "5"}) == sorted(signs)
