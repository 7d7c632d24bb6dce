"""Rules of the bundled map: every force in a place of its own, near the forces that it borders."""

from __future__ import annotations

from itertools import combinations

import pytest
from tabling import DATA

PLACES = {row["force"]: (int(row["column"]), int(row["row"])) for row in DATA.rows("map")}
CODES = {row["code"]: row["force"] for row in DATA.rows("map")}

BORDERS = """
northumbria: cumbria durham
durham: cumbria cleveland north-yorkshire
cumbria: north-yorkshire lancashire
north-yorkshire: cleveland lancashire west-yorkshire south-yorkshire humberside
lancashire: west-yorkshire greater-manchester merseyside
west-yorkshire: greater-manchester south-yorkshire derbyshire
humberside: south-yorkshire nottinghamshire lincolnshire
south-yorkshire: nottinghamshire derbyshire
greater-manchester: derbyshire cheshire merseyside
cheshire: merseyside derbyshire staffordshire west-mercia north-wales
north-wales: west-mercia dyfed-powys
dyfed-powys: west-mercia gwent south-wales
gwent: south-wales west-mercia gloucestershire
west-mercia: staffordshire west-midlands warwickshire gloucestershire
staffordshire: derbyshire leicestershire warwickshire west-midlands
derbyshire: nottinghamshire leicestershire
nottinghamshire: lincolnshire leicestershire
lincolnshire: leicestershire northamptonshire cambridgeshire norfolk
warwickshire: west-midlands leicestershire northamptonshire thames-valley gloucestershire
northamptonshire: leicestershire cambridgeshire bedfordshire thames-valley
cambridgeshire: norfolk suffolk essex hertfordshire bedfordshire
suffolk: norfolk essex
hertfordshire: bedfordshire essex metropolitan thames-valley
thames-valley: bedfordshire gloucestershire wiltshire hampshire surrey metropolitan
metropolitan: essex kent surrey city-of-london
gloucestershire: avon-and-somerset wiltshire
avon-and-somerset: wiltshire dorset devon-and-cornwall
wiltshire: hampshire dorset
hampshire: surrey sussex dorset
kent: surrey sussex
sussex: surrey
dorset: devon-and-cornwall
"""
"""Police areas that share a border on land, each pair once."""

PAIRS = [
    (force, other)
    for line in BORDERS.strip().splitlines()
    for force, others in [line.split(": ")]
    for other in others.split()
]


def across(force: str) -> float:
    """Return how far a force is from the west, in hexagons."""
    column, row = PLACES[force]
    return column + 0.5 * (row % 2 == 0)


def touch(force: str, other: str) -> bool:
    """Return whether the hexagons of two forces share a side."""
    rows = abs(PLACES[force][1] - PLACES[other][1])
    return (rows, abs(across(force) - across(other))) in {(0, 1.0), (1, 0.5)}


def test_every_force_has_one_place_and_no_two_share_it() -> None:
    """The 43 territorial forces, and no other area, have 43 places and 43 codes."""
    assert list(PLACES) == DATA.territorial()
    assert len(set(PLACES.values())) == len(CODES) == len(PLACES) == 43
    assert all(len(code) == 3 and code == code.upper() for code in CODES)


def test_neighbours_mostly_touch() -> None:
    """Four in five of the borders on land are sides of hexagons."""
    assert len(set(map(frozenset, PAIRS))) == len(PAIRS)
    assert sum(touch(*pair) for pair in PAIRS) >= 0.8 * len(PAIRS)


def test_every_force_touches_one_that_it_borders() -> None:
    """No force is apart from all its neighbours."""
    alone = [force for force in PLACES if not any(force in pair and touch(*pair) for pair in PAIRS)]
    assert alone == []


def test_few_hexagons_touch_that_have_no_border() -> None:
    """Of the sides that hexagons share, four in five are borders."""
    sides = {frozenset(pair) for pair in combinations(PLACES, 2) if touch(*pair)}
    assert len(sides & set(map(frozenset, PAIRS))) >= 0.8 * len(sides)


def test_london_is_between_the_forces_around_it() -> None:
    """The Metropolitan Police touches City of London and all five forces of the ring."""
    for force in (
        "city-of-london", "hertfordshire", "essex", "kent", "surrey", "thames-valley",
    ):  # fmt: skip
        assert touch("metropolitan", force), force
    assert touch("city-of-london", "essex")
    assert touch("city-of-london", "kent")


def test_the_ends_of_the_country_are_at_the_ends_of_the_map() -> None:
    """Northumbria is the top, Wales the west, and two forces are the south-west and south-east."""
    top, bottom = (pick(row for _, row in PLACES.values()) for pick in (min, max))
    assert [force for force, (_, row) in PLACES.items() if row == top] == ["northumbria"]
    rows = {row["force"]: row for row in DATA.rows("forces")}
    welsh = [force for force in PLACES if rows[force]["region"] == "Wales"]
    assert len(welsh) == 4
    for force in welsh:
        beside = [other for other in PLACES if PLACES[other][1] == PLACES[force][1]]
        assert all(across(force) < across(other) for other in beside if other not in welsh)
    southern = [force for force, (_, row) in PLACES.items() if row >= bottom - 2]
    assert min(southern, key=across) == "devon-and-cornwall"
    assert PLACES["devon-and-cornwall"][1] == bottom
    assert max((f for f in southern if f != "city-of-london"), key=across) == "kent"


# Borders that would mislead if they ran the other way: of each pair the first is further north.
@pytest.mark.parametrize(
    ("north", "south"),
    [
        ("cumbria", "lancashire"), ("north-yorkshire", "south-yorkshire"),
        ("north-wales", "south-wales"), ("norfolk", "suffolk"), ("suffolk", "essex"),
        ("gloucestershire", "avon-and-somerset"), ("surrey", "sussex"), ("kent", "sussex"),
    ],
)  # fmt: skip
def test_north_is_up(north: str, south: str) -> None:
    """A force north of another is in a higher row."""
    assert PLACES[north][1] < PLACES[south][1]
