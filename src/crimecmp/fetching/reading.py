"""The publishers' pages as text: asked, or remembered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, NamedTuple

from crimecmp.errors import FetchError
from crimecmp.fetching.asking import Asking
from crimecmp.fetching.remembering import Memory, Remembered
from crimecmp.fetching.transport import Answer
from crimecmp.text import visible

LARGEST_PAGE = 8_000_000
"""The most bytes that a page may have. One with 50 attachments has a fortieth of it."""

OK, NOT_CHANGED, NOT_FOUND, GONE = 200, 304, 404, 410


class Page(NamedTuple):
    """A page: the status of the answer, and its text."""

    status: int
    text: str

    def object(self) -> dict[str, Any] | None:
        """Return the page as an object of JSON; None if it is none."""
        try:
            found = json.loads(self.text)
        except ValueError:
            return None
        return found if isinstance(found, dict) else None


class Pages:
    """Reads pages, and asks each address once until the next hour of release.

    Only JSON is remembered. A web page may be one that the network shows until somebody signs in.

    Parameters
    ----------
    asking
        Asks the hosts; None to read only what is remembered, however old.
    memory
        Remembers the answers.
    """

    def __init__(self, asking: Asking | None, memory: Memory) -> None:
        self._asking = asking
        self._memory = memory

    def page(self, address: str, hosts: frozenset[str]) -> Page:
        """Return the page at an address: found, not found or gone.

        Raises
        ------
        FetchError
            Where there is no answer, another one, or more of it than a page can have.
        """
        kept = self._memory.recall(address)
        if self._asking is None:
            if kept is None:
                raise FetchError("it has not been looked up")
            return Page(OK, kept.text)
        now = self._asking.clock.now()
        if kept and kept.holds(now):
            return Page(OK, kept.text)

        def read(answer: Answer) -> Page:
            if answer.status == NOT_CHANGED and kept:
                self._memory.keep(address, kept._replace(asked=now))
                return Page(OK, kept.text)
            if answer.status not in (OK, NOT_FOUND, GONE):
                raise FetchError(f"the host answered {answer.status} ({visible(address)})")
            page = Page(answer.status, _body(answer).decode("utf-8", "replace"))
            if answer.status == OK and page.object() is not None:
                etag, modified = (answer.headers.get(n, "") for n in ("etag", "last-modified"))
                self._memory.keep(address, Remembered(page.text, now, etag, modified))
            return page

        conditions = kept.conditions() if kept else {}
        return self._asking.ask(address, hosts, read, lambda: conditions)


def _body(answer: Answer) -> bytes:
    body = bytearray()
    for chunk in answer.chunks:
        body += chunk
        if len(body) > LARGEST_PAGE:
            raise FetchError(f"the page is over {LARGEST_PAGE:,} bytes ({visible(answer.address)})")
    return bytes(body)


class Link(NamedTuple):
    """A link on a page: where it leads, and its text."""

    address: str
    text: str


def links_in(html: str) -> list[Link]:
    """Return the links in HTML."""
    parser = _Links()
    parser.feed(html)
    parser.close()
    return parser.found


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Link] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            address = dict(attrs).get("href")
            self._open = bool(address)
            if address:
                self.found.append(Link(address, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            last = self.found[-1]
            self.found[-1] = last._replace(text=" ".join(f"{last.text} {data}".split()))


def listed(value: object) -> Iterator[dict[str, Any]]:
    """Yield the objects in a list of JSON; nothing where it is no list."""
    for each in value if isinstance(value, list) else ():
        if isinstance(each, dict):
            yield each


def text_of(holder: dict[str, Any], name: str) -> str:
    """Return a text in an object of JSON; empty where it is missing or no text."""
    value = holder.get(name)
    return value if isinstance(value, str) else ""
