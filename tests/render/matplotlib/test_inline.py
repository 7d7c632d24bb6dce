"""Rules of pictures within a page: none interferes with another or with the page."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from charting import BARS, PICTURES, TREND, pictured

import crimecmp
from crimecmp.document.picture import Rows
from crimecmp.render.matplotlib import NARROW, inline
from crimecmp.render.matplotlib.svg import TYPEFACE

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"


def page() -> ET.Element:
    """Return a page of every picture, one of them twice."""
    kinds = [*sorted(PICTURES), "bars"]
    parts = [inline(PICTURES[kind], f"s{n}-") for n, kind in enumerate(kinds)]
    return ET.fromstring(f"<main>{''.join(parts)}</main>")


def test_ids_are_unique_in_a_page() -> None:
    """No two pictures share an id, and each id has its picture's prefix."""
    ids = [id_ for element in page().iter() if (id_ := element.get("id")) is not None]
    assert len(ids) == len(set(ids)) > 50
    assert all(re.match(r"s\d-", id_) for id_ in ids)


def test_references_are_to_ids_of_the_same_picture() -> None:
    """Every reference to a mark, clip, title or description is within its own picture."""
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
def test_an_element_does_nothing_to_its_page(kind: str) -> None:
    """It has no declaration, doctype, metadata or script, and no style for the rest of the page."""
    drawn = inline(PICTURES[kind], "a-")
    assert drawn.startswith("<svg ")
    assert drawn.endswith("</svg>")
    for strange in ("<?xml", "<!DOCTYPE", "<metadata", "<style", "<script"):
        assert strange not in drawn


def test_an_element_is_as_wide_as_the_page_makes_it() -> None:
    """It has a viewBox and a class, but no width or height."""
    root = ET.fromstring(inline(BARS, "a-"))
    assert root.get("class") == "picture"
    assert root.get("width") is None
    assert root.get("height") is None
    assert str(root.get("viewBox")).startswith(f"0 0 {NARROW:g} ")
    assert root.get("role") == "img"
    assert "stroke-linejoin" in str(root.get("style"))


def test_text_that_looks_like_references_is_kept() -> None:
    """Only attributes are changed: a name may say `id="x"` and `url(#y)`."""
    text = 'id="x" href="#y" url(#z) aria-labelledby="title description"'
    root = ET.fromstring(inline(pictured(Rows(()), title=text, description=text), "a-", 2000))
    found = [element.text for element in root.iter() if element.text == text]
    assert len(found) == 3


def test_words_are_in_the_typeface_of_the_page() -> None:
    """A picture names the typefaces that the style of a page names, in the same order."""
    style = (Path(crimecmp.__file__).parent / "render/templates/page.css").read_text("utf-8")
    [family] = re.findall(r"font: 1rem/1\.5 (.*);", style)
    assert family.replace('"', "'") == TYPEFACE
    assert f"font-family: {TYPEFACE};" in inline(TREND, "x-")


def test_the_finding_is_spoken_once() -> None:
    """The title has it, so the description that follows begins after it."""
    picture = TREND._replace(title="It fell", description="It fell. From 5 to 4.")
    root = ET.fromstring(inline(picture, "x-"))
    spoken = [root.findtext(f"{SVG}{tag}") for tag in ("title", "desc")]
    assert spoken == ["It fell", "From 5 to 4."]
