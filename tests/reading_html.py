"""What tests of pages in HTML share: a page read back, and hostile text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest

from crimecmp.document.report import Report
from crimecmp.render import render

VOID = {"meta", "link", "br", "hr", "img", "input"}
HTML_TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section", "div",
    "h1", "h2", "h3", "p", "ul", "ol", "li", "dl", "dt", "dd", "a", "strong", "span", "abbr",
    "figure", "figcaption", "details", "summary",
    "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
SVG_TAGS = {"svg", "g", "path", "defs", "use", "rect", "clippath", "desc", "metadata", "text"}
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7*7 }}",
    "{% raw %}",
    "</style><b>",
    "</title><b>",
    "<!--",
    "]]>",
    "&lt;b&gt; &amp;",
    "javascript:alert(1)",
    "עברית العربية",
]


@dataclass
class Element:
    """One element of a page, with what is in it."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    inside: list[Element | str] = field(default_factory=list)

    def all(self, *tags: str) -> list[Element]:
        """Return all elements of some tags in it, of any where none is named, in order."""
        return [element for element in self._elements() if not tags or element.tag in tags]

    def one(self, tag: str) -> Element:
        """Return the one element of a tag in it."""
        (found,) = self.all(tag)
        return found

    @property
    def text(self) -> str:
        """The text in it."""
        return "".join(part if isinstance(part, str) else part.text for part in self.inside)

    def _elements(self) -> Iterator[Element]:
        for part in self.inside:
            if isinstance(part, Element):
                yield part
                yield from part._elements()


class Reader(HTMLParser):
    """Makes a tree of a page; an element that is not closed where it should be is a failure."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; one without an end is closed at once."""
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"{tag} says {names}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in an element that is closed where it opens."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close an element, which is the one opened last."""
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        """Take in text."""
        self.open[-1].inside.append(data)

    def handle_comment(self, data: str) -> None:
        """Fail: no page has a comment."""
        pytest.fail(f"a comment: {data}")


def html_of(report: Report) -> str:
    """Return a page's HTML."""
    stream = io.StringIO(newline="")
    render(report, "html", stream)
    return stream.getvalue()


def page_of(report: Report) -> Element:
    """Return a page read back."""
    reader = Reader()
    reader.feed(html_of(report))
    reader.close()
    assert reader.open == [reader.root]
    return reader.root.one("html")
