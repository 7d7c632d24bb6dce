"""Whether an output acts on its reader: one judge for each format, which lists what would act.

Each reads an output as its reader does: a terminal, a spreadsheet, a browser, or a site that shows
Markdown. Their stronger kin, real programs, are in `scripts/hostile_pages.py`.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token
from reading_html import HTML_TAGS, SVG_TAGS, Element, Reader

_ACTING = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_STYLE = re.compile(r"\x1b\[[0-9;]*m")
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?\Z")
_PAGE_TAGS = HTML_TAGS | SVG_TAGS | {"rect", "svg", "code", "desc"}
_ADDRESS = re.compile(r"#|https://[A-Za-z0-9./_~%?=-]+\Z")
_BARE_ADDRESS = re.compile(r"\A(www\.|[a-z]+:|//)|@", re.IGNORECASE)
_HANDLER = re.compile(r"on|src\Z|srcdoc\Z|action\Z|formaction\Z|poster\Z|background\Z|ping\Z")
_SAFE_MARKDOWN = {
    "inline", "text", "softbreak", "strong_open", "strong_close", "em_open", "em_close",
    "heading_open", "heading_close", "paragraph_open", "paragraph_close",
    "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close",
    "table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close",
    "tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close",
}  # fmt: skip
"""What the pages themselves are made of, beside links."""

GITHUB = MarkdownIt("commonmark", {"linkify": True}).enable(["table", "strikethrough", "linkify"])
"""Markdown as GitHub shows it, bare addresses made into links."""


def on_screen(text: str) -> Iterator[str]:
    """Yield the characters that act on a screen, apart from line feeds and changes of colour."""
    for character in sorted(set(_STYLE.sub("", text)) - {"\n"}):
        if unicodedata.category(character) in _ACTING:
            yield f"U+{ord(character):04X}"


def in_a_terminal(text: str) -> Iterator[str]:
    """Yield what acts in a terminal; off one there is no colour either."""
    yield from on_screen(text)
    yield from _STYLE.findall(text)


def in_a_spreadsheet(text: str) -> Iterator[str]:
    """Yield cells that are formulas where cells are parted by commas, semicolons or tabs."""
    yield from on_screen(text)
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    yield from (f"{len(row)} cells" for row in rows if len(row) != len(rows[0]))
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            for cell in row:
                if _FORMULA.match(cell) and not _NUMBER.match(cell):
                    yield f"{separator!r}: {cell}"


def in_a_script(text: str) -> Iterator[str]:
    """Yield what is no strict JSON, and what acts on a screen that shows it."""
    yield from on_screen(text)

    def refused(constant: str) -> None:
        raise ValueError(constant)

    try:
        page = json.loads(text, parse_constant=refused)
    except ValueError as error:
        yield str(error)
        return
    names = [column["name"] for column in page["columns"]]
    yield from (str(list(row)) for row in page["rows"] if list(row) != names)


def in_markdown(text: str) -> Iterator[str]:
    """Yield the parts of a page of Markdown that are not text, tables and lists, and its links."""
    yield from on_screen(text)
    for token in GITHUB.parse(text):
        yield from _markdown_part(token)
        for part, inside in pairwise([*(token.children or ()), token]):
            yield from _markdown_part(part, inside.content)
    # A table whose rows differ in length is filled up and cut in silence.
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        widths = {len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) for row in table.splitlines()}
        if len(widths) > 1:
            yield f"rows of {sorted(widths)} cells"


def _markdown_part(token: Token, inside: str = "") -> Iterator[str]:
    if token.type == "link_open":
        href = str(token.attrs["href"])
        if token.markup == "linkify" and not _BARE_ADDRESS.search(inside):
            return  # a bare name of a host, which GitHub does not make a link
        if token.info != "auto" or token.markup != "autolink" or not _ADDRESS.match(href):
            yield f"link to {href}"
    elif token.type not in _SAFE_MARKDOWN | {"link_close"}:
        yield f"{token.type}: {token.content}"


def in_a_browser(text: str) -> Iterator[str]:
    """Yield elements, attributes and addresses that a page has no use for."""
    yield from on_screen(text)
    reader = Reader()
    reader.feed(text)
    reader.close()
    if reader.open != [reader.root]:
        yield f"not closed: {[element.tag for element in reader.open]}"
    elements = reader.root.all()
    yield from (f"<{each.tag}>" for each in elements if each.tag not in _PAGE_TAGS)
    if len(reader.root.all("style")) != 1:
        yield f"{len(reader.root.all('style'))} style sheets"
    for each in elements:
        yield from _attributes(each)


def _attributes(element: Element) -> Iterator[str]:
    for name, value in element.attrs.items():
        if _HANDLER.match(name):
            yield f"{name}={value}"
        if name.endswith("href") and not _ADDRESS.match(value):
            yield f"{name}={value}"
        if name == "style" and re.search(r"url\((?!#)|expression|@import", value):
            yield f"{name}={value}"


def in_a_picture(text: str) -> Iterator[str]:
    """Yield elements, attributes and addresses that a picture in SVG has no use for."""
    yield from on_screen(text)
    for each in ET.fromstring(text).iter():
        tag = each.tag.rpartition("}")[2].lower()
        if each.tag.startswith("{http://www.w3.org/2000/svg}") and tag not in _PAGE_TAGS:
            yield f"<{tag}>"
        names = {name.rpartition("}")[2]: value for name, value in each.attrib.items()}
        yield from _attributes(Element(tag, names))


JUDGES: Mapping[str, Callable[[str], Iterator[str]]] = {
    "table": in_a_terminal,
    "csv": in_a_spreadsheet,
    "json": in_a_script,
    "markdown": in_markdown,
    "html": in_a_browser,
    "svg": in_a_picture,
}
"""The judge of each format."""
