"""Rules of the map: every force in its place, coloured by its fifth or its verdict."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from bundled import BURGLARY, CITY, FORCES, JUNE_2014, LABELS, NATIONAL, counted, write
from picturing import DATA, RATES_OF, SPREAD, request_of

import crimecmp
from crimecmp.charts.cartogram import cartogram
from crimecmp.comparison.request import requested
from crimecmp.document.picture import Cartogram, Picture, Tile
from crimecmp.errors import NoFiguresError, RequestError
from crimecmp.wording.captions import NO_GOOD_DIRECTION

RATES = {force: counted(BURGLARY)[force].rate for force in SPREAD}
LOWEST_FIRST = sorted(SPREAD, key=RATES.__getitem__)


def drawing(picture: Picture) -> Cartogram:
    """Return what a map draws."""
    assert isinstance(picture.drawing, Cartogram)
    return picture.drawing


def tiles(picture: Picture) -> dict[str, Tile]:
    """Return the areas of a map by their names."""
    return {tile.label: tile for tile in drawing(picture).tiles}


def key(picture: Picture) -> dict[str, str]:
    """Return the key of a map: the text of each label."""
    return {shade.label: shade.text for shade in drawing(picture).shades}


def of_fifths(*, metric: str = "burglary", forces: tuple[str, ...] = ("durham",)) -> Picture:
    """Return a map of the bundled figures by fifths."""
    return cartogram(DATA, request_of(*forces, metric=metric))


def of_verdicts(*forces: str, metric: str = "burglary", benchmark: str = NATIONAL) -> Picture:
    """Return a map of the bundled figures by verdicts."""
    return cartogram(DATA, request_of(*forces, metric=metric, benchmark=benchmark), "verdict")


def own_data(folder: Path, figures: dict[str, str]) -> crimecmp.Dataset:
    """Return a user's own rates of burglary, one for each force."""
    rows = [f"{force},burglary,{JUNE_2014},{figure},," for force, figure in figures.items()]
    return crimecmp.load(write(folder, rates=[RATES_OF, *rows]))


# --- By fifth


def test_the_title_is_the_finding() -> None:
    """It has the measure, the force, its fifth, the number of forces and its figure with unit."""
    picture = of_fifths()
    assert picture.title == (
        "Burglary: Durham is in the second lowest fifth of 42 forces, 4.99 per 1,000 households"
    )
    assert picture.unit == "Burglary in a dwelling per 1,000 households, year to June 2014"


def test_every_force_is_on_the_map_in_its_place() -> None:
    """All 43 forces are there once, each with its code, its column and its row."""
    places = {
        (row["force"], row["code"], int(row["column"]), int(row["row"])) for row in DATA.rows("map")
    }
    by_label = {LABELS[force]: force for force in FORCES}
    found = drawing(of_fifths()).tiles
    assert {(by_label[t.label], t.code, t.column, t.row) for t in found} == places
    assert len(found) == 43


def test_fifths_are_those_of_the_rates() -> None:
    """The 42 forces in order of counts over bases are 8, 9, 8, 9 and 8 forces, from 5 down."""
    found = tiles(of_fifths())
    signs = [int(found[LABELS[force]].sign) for force in LOWEST_FIRST]
    assert signs == sorted(signs, reverse=True)
    assert list(Counter(signs).values()) == [8, 9, 8, 9, 8]


def test_the_key_has_the_range_of_each_fifth() -> None:
    """Each fifth has its lowest and its highest figure and its size, the highest fifth first."""
    ends = [0, 8, 17, 25, 34, 42]
    parts = [LOWEST_FIRST[start:end] for start, end in pairwise(ends)]
    spans = [f"{RATES[p[0]]:.2f} to {RATES[p[-1]]:.2f} ({len(p)} forces)" for p in parts[::-1]]
    names = ("Highest", "Second highest", "Middle", "Second lowest", "Lowest")
    expected = dict(zip((f"{name} fifth" for name in names), spans, strict=True))
    assert {name: text for name, text in key(of_fifths()).items() if name in expected} == expected


def test_the_rank_is_told_with_the_ranks_and_fifths_that_variation_allows() -> None:
    """A fifth is a fact of the figures; how certain it is stands beside the outline."""
    [line] = drawing(of_fifths()).outlined
    assert line == (
        "Durham (DUR): 4.99, 32nd highest of 42; random variation alone allows 28th to 37th "
        "(second lowest or lowest fifth)"
    )


def test_a_force_that_is_left_out_is_shown_with_the_reason() -> None:
    """City of London has its place without a colour, and the key says why."""
    picture = of_fifths()
    assert (tiles(picture)["City of London"].tone, tiles(picture)["City of London"].sign) == (
        "absent",
        "x",
    )
    assert key(picture)["Left out"] == "hardly anyone lives there"


def test_a_force_left_out_is_counted_where_it_is_asked_for() -> None:
    """City of London, named as the force, is one of 43; the others are ranked with it."""
    picture = cartogram(DATA, request_of("durham", CITY, metric="crime"))
    assert "of 43 forces" in picture.title
    assert tiles(picture)["City of London"].sign == "1"
    assert all(" of 43;" in line for line in drawing(picture).outlined)


def test_forces_asked_for_are_outlined() -> None:
    """They have roles, the others none; those in the same fifth are named together."""
    picture = of_fifths(metric="sexual", forces=("durham", "kent", "gwent"))
    asked = {label for label, tile in tiles(picture).items() if tile.role != "other"}
    assert asked == {"Durham", "Kent", "Gwent"}
    assert picture.title == (
        "Sexual offences: Durham and Kent are in the highest fifth of 42 forces; "
        "Gwent is in the middle fifth"
    )
    assert len(drawing(picture).outlined) == 3


def test_a_benchmark_that_is_a_force_is_one_of_them() -> None:
    """It keeps its place, its fifth and its part in the count."""
    picture = cartogram(DATA, request_of("durham", metric="burglary", benchmark="kent"))
    assert "of 42 forces" in picture.title
    assert tiles(picture)["Kent"].sign == tiles(of_fifths())["Kent"].sign
    assert "Kent: 8.23" in drawing(picture).remarks


def test_forces_without_a_figure_are_shown_as_missing(tmp_path: Path) -> None:
    """They have the sign for missing, and the key says how many they are."""
    figures = dict(zip(("kent", "gwent", "essex", "surrey", "dorset"), "12345", strict=True))
    data = own_data(tmp_path, {**figures, "durham": ""})
    picture = cartogram(data, requested(data, ["kent"], metric="burglary"))
    assert "in the lowest fifth of 5 forces" in picture.title
    missing = [tile for tile in drawing(picture).tiles if tile.sign == "–"]
    assert {tile.tone for tile in missing} == {"absent"}
    assert "Durham" in {tile.label for tile in missing}
    assert key(picture)["No figure"] == f"{len(missing)} forces" == "37 forces"


def test_fewer_than_five_forces_have_no_fifths(tmp_path: Path) -> None:
    """Four forces cannot be cut into five parts; by verdict they are drawn."""
    figures = dict.fromkeys(("kent", "gwent", "essex", "surrey"), "6.0")
    data = own_data(tmp_path, figures)
    request = requested(data, ["kent"], metric="burglary")
    with pytest.raises(NoFiguresError, match="at least 5 forces, and there are 4"):
        cartogram(data, request)
    assert key(cartogram(data, request, "verdict"))["No figure"] == "38 forces"


def test_equal_figures_share_a_fifth_on_the_map(tmp_path: Path) -> None:
    """Forces that print the same figure have one colour, and the key says how many they are."""
    figures = dict.fromkeys(("kent", "gwent", "essex", "surrey", "dorset", "durham"), "6.0")
    data = own_data(tmp_path, figures)
    picture = cartogram(data, requested(data, ["kent"], metric="burglary"))
    assert key(picture)["Middle fifth"] == "6.0 (6 forces)"
    assert "in the middle fifth of 6 forces" in picture.title


def test_a_force_that_the_map_lacks_is_named(tmp_path: Path) -> None:
    """A user's own force has a figure and a fifth, and a remark says that it has no place."""
    figures = dict(zip(("kent", "gwent", "essex", "surrey", "gotham"), "12345", strict=True))
    rows = [f"{force},burglary,{JUNE_2014},{figure},," for force, figure in figures.items()]
    forces = ["force,name,short_name,territorial", "gotham,Gotham Police,Gotham,true"]
    data = crimecmp.load(write(tmp_path, rates=[RATES_OF, *rows], forces=forces))
    picture = cartogram(data, requested(data, ["gotham"], metric="burglary"))
    assert picture.title.startswith("Burglary: Gotham is in the highest fifth of 5 forces")
    assert "Not on the map: Gotham" in drawing(picture).remarks
    assert drawing(picture).outlined == ("Gotham: 5",)


# --- By verdict


def test_verdicts_are_counted() -> None:
    """The key counts the forces of each verdict, and the title says what the force is one of."""
    picture = of_verdicts("durham")
    assert picture.title == (
        "Burglary: Durham is one of 29 forces lower than England and Wales, "
        "4.99 against 8.73 per 1,000 households"
    )
    assert key(picture) == {
        "Higher than England and Wales": "12 forces",
        "No clear difference from England and Wales": "1 force",
        "Lower than England and Wales": "29 forces",
        "Left out": "hardly anyone lives there",
    }
    tones = Counter(tile.tone for tile in drawing(picture).tiles)
    assert tones == {"above": 12, "alike": 1, "below": 29, "absent": 1}


def test_a_difference_that_is_no_more_than_usual_is_marked() -> None:
    """The mark is the one of the tables, and what it means stands beside the map."""
    picture = of_verdicts("durham")
    signs = Counter(tile.sign for tile in drawing(picture).tiles)
    assert signs["H"] + signs["H*"] == 12
    assert signs["L"] + signs["L*"] == 29
    assert signs["L*"] > 0
    assert any(remark.startswith("* ") for remark in drawing(picture).remarks)
    assert drawing(picture).outlined == ("Durham (DUR): 4.99, -42.9%, lower, more than usual, 95%",)


def test_the_benchmark_has_a_sign_of_its_own() -> None:
    """A force that the others are compared with is neither higher nor lower."""
    picture = of_verdicts("durham", benchmark="kent")
    assert (tiles(picture)["Kent"].tone, tiles(picture)["Kent"].sign) == ("benchmark", "B")
    assert key(picture)["Kent"] == "the benchmark"
    counts = [t for label, t in key(picture).items() if label.endswith("Kent") and label != "Kent"]
    assert sum(int(text.split()[0]) for text in counts) == 41


def test_the_only_force_with_a_verdict_is_said_to_be() -> None:
    """It is the only force, not one of one; two are among those that have the same."""
    alone = of_verdicts("northamptonshire").title
    assert "Northamptonshire is the only force with no clear difference from England" in alone
    two = of_verdicts("durham", "cleveland").title
    assert "Durham and Cleveland are among the 29 forces lower than England and Wales" in two


# --- Both


def test_the_description_names_every_force_once() -> None:
    """It says the finding, then which forces each colour has."""
    for picture in (of_fifths(), of_verdicts("durham")):
        assert picture.description.startswith(f"{picture.title}. Durham (DUR): ")
        _, lists = picture.description.split("forces): ", 1) if "fifth" in picture.title else (
            "", picture.description.split("forces: ", 1)[1],
        )  # fmt: skip
        for force in FORCES:
            assert LABELS[force] in lists


def test_there_is_one_note() -> None:
    """It is the inspectors' caution, or else that recorded crime has no good direction."""
    assert of_fifths().notes == (
        "Inspectors found Durham's crime recording less accurate than it should be.",
    )
    assert of_fifths(forces=("kent",)).notes == (NO_GOOD_DIRECTION,)


def test_who_has_no_place_is_told() -> None:
    """No figure, four forces, or no force at all: each has its error."""
    with pytest.raises(NoFiguresError, match="only Durham has a figure"):
        cartogram(DATA, request_of("durham", metric="detection"))
    with pytest.raises(RequestError, match="3 forces"):
        cartogram(DATA, request_of("durham", "kent", "gwent", "essex", metric="crime"))
    with pytest.raises(RequestError, match="not a force"):
        cartogram(DATA, request_of(NATIONAL, metric="crime", benchmark="kent"))
