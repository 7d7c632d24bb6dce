"""SVG that says what it shows, alone or within a page."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_HREF = f"{{{_XLINK}}}href"
_EVERYTHING = "*{"
_FAMILY = re.compile(rb"font-family: [^;\"]*")
TYPEFACE = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, "
    "sans-serif"
)
"""The typeface of pages. Text is measured in one that is wider than any of these."""

ET.register_namespace("", _SVG)
ET.register_namespace("xlink", _XLINK)


def described(svg: bytes, title: str, description: str) -> bytes:
    """Return matplotlib's SVG with a title and a description that screen readers speak.

    Its words are in the typeface of pages. The style that matplotlib gives to every element of the
    page is given to the picture alone.
    """
    root = _parsed(_FAMILY.sub(f"font-family: {TYPEFACE}".encode(), svg))
    for definitions in root.findall(f"{{{_SVG}}}defs"):
        style = definitions.findtext(f"{{{_SVG}}}style", "")
        if style.startswith(_EVERYTHING):
            root.set("style", style.removeprefix(_EVERYTHING).removesuffix("}"))
            root.remove(definitions)
    root.set("role", "img")
    root.set("aria-labelledby", "title description")
    root.insert(0, _words("title", "title", title))
    root.insert(1, _words("desc", "description", description))
    file: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return file


def element(svg: bytes, prefix: str) -> str:
    """Return a described SVG as an element of a page.

    Its ids, and the references to them, begin with the prefix. Its size is left to the class
    `picture`.
    """
    root = _parsed(svg)
    for part in root.iter():
        for name, value in part.items():
            part.set(name, _prefixed(name, value, prefix))
    for name in ("width", "height"):
        del root.attrib[name]
    root.set("class", "picture")
    return ET.tostring(root, encoding="unicode")


def _parsed(svg: bytes) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - the SVG is this package's own


def _words(tag: str, name: str, text: str) -> ET.Element:
    words = ET.Element(f"{{{_SVG}}}{tag}", {"id": name})
    words.text, words.tail = text, "\n "
    return words


def _prefixed(name: str, value: str, prefix: str) -> str:
    """Return the value of an attribute; ids and references to them begin with the prefix."""
    if name == "id":
        return prefix + value
    if name == _HREF:
        return value.replace("#", f"#{prefix}", 1)
    if name == "aria-labelledby":
        return " ".join(prefix + label for label in value.split())
    return value.replace("url(#", f"url(#{prefix}")
