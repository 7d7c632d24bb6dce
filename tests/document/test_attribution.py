"""Rules of saying where figures are from, and what their licence asks for."""

from __future__ import annotations

import pytest
from bundled import table

from crimecmp.document.attribution import attribution, publisher_words

OGL = {"licence": "Open Government Licence v3.0"}


@pytest.mark.parametrize(
    ("publisher", "published", "words"),
    [
        ("Home Office", "2019-01", "Home Office, January 2019"),
        ("Home Office", "2014-11-27", "Home Office, 2014-11-27"),
        ("Home Office", "2014", "Home Office, 2014"),
        ("Home Office", "2014-13", "Home Office, 2014-13"),
        ("Home Office", "last week", "Home Office, last week"),
        ("Home Office", "", "Home Office"),
        ("", "2019-01", "January 2019"),
        ("", "", ""),
    ],
)
def test_a_publisher_is_named_with_the_month(publisher: str, published: str, words: str) -> None:
    """A month is written out, anything else is left as it is, what is not known is left out."""
    assert publisher_words({"publisher": publisher, "published": published}) == words


def test_the_licence_is_attributed_once() -> None:
    """However many sources are under the Open Government Licence, one line says so."""
    line = "Contains public sector information licensed under the Open Government Licence v3.0."
    assert attribution([OGL, {"licence": ""}, OGL]) == [line]


@pytest.mark.parametrize("licences", [[], [""], ["Crown copyright", "CC BY 4.0"]])
def test_no_licence_is_claimed_that_was_not_given(licences: list[str]) -> None:
    """Sources under another licence, or under none, are not attributed."""
    assert attribution([{"licence": licence} for licence in licences]) == []


def test_the_bundled_figures_are_attributed() -> None:
    """Every source of the bundle is under the licence that the line is for."""
    assert attribution(table("sources"))
    assert {row["licence"] for row in table("sources")} == {OGL["licence"]}
