"""Rules of pictures within a page: many in one page, none in another's way."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from charting import BARS, PICTURES, pictured

from crimecmp.document.picture import Rows
from crimecmp.render.matplotlib import NARROW, inline

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"


def page() -> ET.Element:
    """Return a page of every picture, one of them twice."""
    kinds = [*sorted(PICTURES), "bars"]
    parts = [inline(PICTURES[kind], f"s{n}-") for n, kind in enumerate(kinds)]
    return ET.fromstring(f"<main>{''.join(parts)}</main>")


def test_ids_are_unique_in_a_page() -> None:
    """No id of one picture is one of another, and each has its picture's prefix."""
    ids = [id_ for element in page().iter() if (id_ := element.get("id")) is not None]
    assert len(ids) == len(set(ids)) > 50
    assert all(re.match(r"s\d-", id_) for id_ in ids)


def test_what_refers_to_an_id_finds_it_in_its_own_picture() -> None:
    """Marks, clips, title and description are those of the picture that refers to them."""
    references = 0
    for picture in page():
        ids = {element.get("id") for element in picture.iter()}
        for element in picture.iter():
            for name, value in element.attrib.items():
                if name in ("href", f"{XLINK}href"):
                    assert value.removeprefix("#") in ids
                    references += 1
                elif name == "aria-labelledby":
                    assert set(value.split()) <= ids
                    references += 1
                for found in re.findall(r"url\(#([^)]*)\)", value):
                    assert found in ids
    assert references > 20


@pytest.mark.parametrize("kind", sorted(PICTURES))
def test_an_element_is_nothing_but_itself(kind: str) -> None:
    """No declaration, no doctype, no metadata, and no style that reaches the rest of the page."""
    drawn = inline(PICTURES[kind], "a-")
    assert drawn.startswith("<svg ")
    assert drawn.endswith("</svg>")
    for strange in ("<?xml", "<!DOCTYPE", "<metadata", "<style", "<script"):
        assert strange not in drawn


def test_an_element_is_as_wide_as_the_page_makes_it() -> None:
    """It has its shape and a class, and no width or height of its own."""
    root = ET.fromstring(inline(BARS, "a-"))
    assert root.get("class") == "picture"
    assert root.get("width") is None
    assert root.get("height") is None
    assert str(root.get("viewBox")).startswith(f"0 0 {NARROW:g} ")
    assert root.get("role") == "img"
    assert "stroke-linejoin" in str(root.get("style"))


def test_words_that_look_like_references_are_left_alone() -> None:
    """Only tags are changed: a name may say `id="x"` and `url(#y)`."""
    text = 'id="x" href="#y" url(#z) aria-labelledby="title description"'
    root = ET.fromstring(inline(pictured(Rows(()), title=text, description=text), "a-", 2000))
    found = [element.text for element in root.iter() if element.text == text]
    assert len(found) == 3
