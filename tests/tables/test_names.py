"""Forces and metrics are found by the names that people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import crimecmp
from crimecmp.errors import UnknownNameError
from crimecmp.tables.names import Name, Names, normal

DATA = crimecmp.load()

SOME = Names(
    "force",
    [
        Name("north-vale", "North Vale", ("North Vale Police", "E1", "nv")),
        Name("south-vale", "South Vale", ("South Vale Constabulary", "E2", "the vale & coast")),
        Name("hill", "Hill", ("Hill Police Service", "E3")),
    ],
)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Durham", "durham"),
        ("  Durham   Constabulary ", "durham constabulary"),
        ("Devon & Cornwall", "devon and cornwall"),
        ("Devon&Cornwall", "devon and cornwall"),
        ("west_midlands", "west midlands"),
        ("Dyfed-Powys", "dyfed powys"),
        ("London, City of", "london city of"),
        ("ＤＵＲＨＡＭ", "durham"),
        ("STRASSE", "strasse"),
        ("straße", "strasse"),
        ("?!", ""),
    ],
)
def test_names_are_compared_without_case_and_punctuation(typed: str, plain: str) -> None:
    """Case, punctuation, blanks and the way of writing `and` do not matter."""
    assert normal(typed) == plain


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("north-vale", "north-vale"),
        ("NORTH VALE", "north-vale"),
        ("North Vale Police", "north-vale"),
        ("e1", "north-vale"),
        ("nv", "north-vale"),
        ("The Vale and Coast", "south-vale"),
        ("hill police service", "hill"),
    ],
)
def test_every_form_of_a_name_finds_its_thing(typed: str, found: str) -> None:
    """Id, label, code and alias each name the thing, exactly and as typed by people."""
    assert SOME.exact(typed) == found
    assert SOME.find(typed) == found


def test_an_id_is_never_anothers_alias() -> None:
    """An alias that is another thing's id does not take the id away from it, in either order."""
    first = Names("force", [Name("hill", "Hill"), Name("vale", "Vale", ("hill",))])
    last = Names("force", [Name("vale", "Vale", ("hill",)), Name("hill", "Hill")])
    for names in (first, last):
        assert names.find("hill") == "hill"
        assert names.find("HILL") == "hill"


def test_a_name_of_no_letters_finds_nothing() -> None:
    """Punctuation alone names nothing, even where something has punctuation as its code."""
    names = Names("force", [Name("hill", "Hill", ("-", ""))])
    assert names.exact("?") is None
    with pytest.raises(UnknownNameError):
        names.find("")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("south", "south-vale"),
        ("coast", "south-vale"),
        ("north v", "north-vale"),
        ("Hill Constabulary", "hill"),
        ("ill", "hill"),
    ],
)
def test_an_unambiguous_part_finds_its_thing(typed: str, found: str) -> None:
    """A part that only one thing has is enough, and words such as `police` do not count."""
    assert SOME.exact(typed) is None
    assert SOME.find(typed) == found


def test_a_part_at_a_words_beginning_goes_first() -> None:
    """A part that begins a word of one thing finds it, though others have it within a word."""
    names = Names("force", [Name("west-midlands", "West Midlands"), Name("amid", "Amid")])
    assert names.find("mid") == "west-midlands"


def test_a_part_of_several_names_them() -> None:
    """A part of several names is an error that lists all of them and asks for more."""
    with pytest.raises(UnknownNameError) as caught:
        SOME.find("vale")
    assert caught.value.message == "'vale' matches several forces: north-vale and south-vale"
    assert "more" in caught.value.hint


def test_many_candidates_are_counted() -> None:
    """Of many candidates eight are named and the others counted: 39 English codes begin alike."""
    with pytest.raises(UnknownNameError) as caught:
        DATA.forces.find("E2300")
    assert caught.value.message.startswith("'E2300' matches several forces: ")
    named, _, more = caught.value.message.partition(": ")[2].rpartition(" and ")
    ids = named.split(", ")
    assert len(ids) == 8
    assert all(name in DATA.forces for name in ids)
    assert more == "31 more"


@pytest.mark.parametrize(
    ("typed", "near"),
    [("durhan", "durham"), ("Durhm Constabulary", "durham"), ("northumbira", "northumbria")],
)
def test_what_is_not_found_names_the_near_ones(typed: str, near: str) -> None:
    """A misspelt force is an error that names the force meant, and the function that lists all."""
    with pytest.raises(UnknownNameError) as caught:
        DATA.forces.find(typed)
    assert caught.value.message == f"no force is called '{typed}'"
    assert near in caught.value.hint
    assert "crimecmp.forces()" in caught.value.hint


def test_a_misspelt_metric_names_the_near_one() -> None:
    """A misspelt metric is an error that names the near one, and the function that lists all."""
    with pytest.raises(UnknownNameError) as caught:
        DATA.metrics.find("burglry")
    assert "burglary-in-a-dwelling" in caught.value.hint
    assert "crimecmp.metrics()" in caught.value.hint


@pytest.mark.parametrize("typed", ["", "  ", "?", "police", "zzzzzzzz"])
def test_what_is_like_nothing_still_says_where_to_look(typed: str) -> None:
    """A query like no name gets the function that lists all names, and no suggestion."""
    with pytest.raises(UnknownNameError) as caught:
        DATA.forces.find(typed)
    assert caught.value.hint == "All names: crimecmp.forces()"


def test_a_query_cannot_act_on_a_screen() -> None:
    """Control characters of a query are visible in the message about it."""
    with pytest.raises(UnknownNameError, match="'zz␛\\[2J'"):
        SOME.find("zz\x1b[2J")


def test_names_are_listed_in_their_order() -> None:
    """Iteration gives the things in the order in which they were given; `in` looks at ids."""
    assert [name.id for name in SOME] == ["north-vale", "south-vale", "hill"]
    assert "hill" in SOME
    assert "Hill" not in SOME
    assert SOME["hill"].label == "Hill"


@pytest.mark.parametrize(
    ("typed", "force"),
    [
        ("durham", "durham"),
        ("Durham Constabulary", "durham"),
        ("durham police", "durham"),
        ("E23000008", "durham"),
        ("e23000008", "durham"),
        ("met", "metropolitan"),
        ("the Met", "metropolitan"),
        ("devon & cornwall", "devon-and-cornwall"),
        ("Devon and Cornwall", "devon-and-cornwall"),
        ("devon", "devon-and-cornwall"),
        ("London, City of", "city-of-london"),
        ("england & wales", "england-and-wales"),
        ("national", "england-and-wales"),
        ("gmp", "greater-manchester"),
    ],
)
def test_forces_are_found_as_people_type_them(typed: str, force: str) -> None:
    """Name, short name, code, alias, `&` or `and`, and a part of them find the bundled force."""
    assert DATA.forces.find(typed) == force


@pytest.mark.parametrize(
    ("typed", "metric"),
    [
        ("burglary", "burglary-in-a-dwelling"),
        ("Burglary in a dwelling", "burglary-in-a-dwelling"),
        ("dwelling", "burglary-in-a-dwelling"),
        ("asb", "anti-social-behaviour"),
        ("ASB", "anti-social-behaviour"),
        ("antisocial", "anti-social-behaviour"),
        ("violence", "violence-with-injury"),
        ("injury", "violence-with-injury"),
        ("crime", "crime-excluding-fraud"),
        ("victim-based", "victim-based-crime"),
        ("sexual", "sexual-offences"),
        ("detection", "detection-rate"),
        ("detection rate", "detection-rate"),
        ("satisfaction", "victim-satisfaction"),
    ],
)
def test_metrics_are_found_as_people_type_them(typed: str, metric: str) -> None:
    """Id, label, alias and a part of them find the bundled metric."""
    assert DATA.metrics.find(typed) == metric


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [
        ("wales", ["england-and-wales", "north-wales", "south-wales"]),
        ("york", ["north-yorkshire", "south-yorkshire", "west-yorkshire"]),
        ("west m", ["west-mercia", "west-midlands"]),
    ],
)
def test_an_ambiguous_force_names_the_candidates(typed: str, candidates: list[str]) -> None:
    """Of a part that several bundled forces have, exactly those are named."""
    with pytest.raises(UnknownNameError) as caught:
        DATA.forces.find(typed)
    named = caught.value.message.partition("matches several forces: ")[2]
    for candidate in candidates:
        assert candidate in named
        named = named.replace(candidate, "")
    assert named.replace("and", "").strip(", ") == ""


@pytest.mark.parametrize("row", DATA.rows("forces"), ids=lambda row: row["force"])
def test_every_bundled_force_is_found_by_all_its_names(row: dict[str, str]) -> None:
    """Id, full name, short name, code and each alias find the force they belong to."""
    aliases = [alias.strip() for alias in row["aliases"].split(";") if alias.strip()]
    for typed in (row["force"], row["name"], row["short_name"], row["ons_code"], *aliases):
        assert DATA.forces.find(typed) == row["force"], typed


@pytest.mark.parametrize("row", DATA.rows("metrics"), ids=lambda row: row["metric"])
def test_every_bundled_metric_is_found_by_all_its_names(row: dict[str, str]) -> None:
    """Id, label and each alias find the metric they belong to."""
    aliases = [alias.strip() for alias in row["aliases"].split(";") if alias.strip()]
    for typed in (row["metric"], row["label"], *aliases):
        assert DATA.metrics.find(typed) == row["metric"], typed


def answer(names: Names, query: str) -> tuple[str, str]:
    """Return the id that a query finds, or what the error about it says."""
    try:
        return names.find(query), ""
    except UnknownNameError as error:
        return "", f"{error.message}\n{error.hint}"


parts = st.sampled_from(
    ["durham", "wales", "met", "burglary", "crime", "e23", "&", "-", " ", "\x1b"]
)
queries = st.text() | st.lists(parts, max_size=4).map("".join)


@pytest.mark.parametrize("names", [DATA.forces, DATA.metrics], ids=["forces", "metrics"])
@given(query=queries)
def test_any_query_finds_a_thing_or_is_an_error(names: Names, query: str) -> None:
    """Whatever is typed, the answer is a known id or an `UnknownNameError` that can be shown."""
    found, said = answer(names, query)
    assert found in names or f"crimecmp.{names.kind}s()" in said or "matches several" in said
    assert "\x1b" not in said
