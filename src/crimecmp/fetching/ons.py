"""Files of the Office for National Statistics: the address of a page and `/data` give it as JSON.

Where that is no longer so, the page itself is read for links to files.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from crimecmp.errors import FetchError
from crimecmp.fetching.addresses import (
    asked_file,
    file_address,
    file_name,
    host_of,
    joined,
    path_of,
)
from crimecmp.fetching.catalogue import DataSet
from crimecmp.fetching.choosing import Attachment, Found, chosen, edition_in, newest, only
from crimecmp.fetching.days import day_in_london
from crimecmp.fetching.editions import edition_of
from crimecmp.fetching.reading import Pages, links_in, listed, text_of
from crimecmp.text import plural


def find(pages: Pages, data: DataSet, wanted: str | None) -> Found:
    """Return the file of a data set that has a page an edition.

    Raises
    ------
    FetchError
        Where a page is gone or of another form, or not one file matches.
    RequestError
        Where the publisher does not have the edition wanted.
    """
    landing = _data(pages, data, data.page)
    editions = {
        edition_of(data, last_part(uri)): uri
        for each in listed((landing or {}).get("datasets"))
        for uri in [text_of(each, "uri")]
        if uri.startswith("/")
    }
    editions.pop("", None)
    if landing is None or not editions:
        return _on_the_page(pages, data, data.page, wanted)
    edition = newest(data, list(editions), wanted)
    address = joined(data.page, editions[edition])
    page = _data(pages, data, address)
    if page is None or not page.get("downloads"):
        return _on_the_page(pages, data, address, edition)
    file = only(data, list(_downloads(data, page, path_of(address))))
    versions = len(list(listed(page.get("versions"))))
    corrected = f"It has been corrected: {plural(versions, 'earlier version')}."
    return Found(
        data,
        file,
        edition,
        _released(page) or (_released(landing) if edition == max(editions) else None),
        f"{_title(page) or _title(landing)}, {data.in_words(edition)}",
        (corrected,) if versions else (),
    )


def find_ad_hoc(pages: Pages, data: DataSet, wanted: str | None) -> Found:
    """Return the file of an answer to a request, which has a page to itself that never moves on.

    Raises
    ------
    FetchError, RequestError
        As for `find`.
    """
    page = _data(pages, data, data.page)
    if page is None or not page.get("downloads"):
        return _on_the_page(pages, data, data.page, wanted)
    file = chosen(data, list(_downloads(data, page, path_of(data.page))), None, wanted)
    edition = edition_in(data, file)
    return Found(data, file, edition, _released(page), _title(page) or data.title)


def _on_the_page(pages: Pages, data: DataSet, address: str, wanted: str | None) -> Found:
    """Return the file that the links of a page for people lead to."""
    page = pages.page(address, data.publisher.hosts)
    files: dict[str, list[Attachment]] = {}
    for link in links_in(page.text):
        target = joined(address, link.address)
        path = asked_file(target)
        if not path or host_of(target) not in data.publisher.hosts or "/previous/" in path:
            continue
        edition = edition_of(data, last_part(path)) or edition_of(data, parent(path))
        files.setdefault(edition, []).append(Attachment(target, file_name(path), link.text))
    if not files:
        raise FetchError("the page has changed its form: it has no link to a file")
    if wanted is not None and set(files) == {""}:
        files = {wanted: files[""]}
    edition = newest(data, list(files), wanted)
    same = list({file.address: file for file in files[edition]}.values())
    file = only(data, same)
    note = "The publisher's interface did not answer as expected; the link is from the page itself."
    return Found(data, file, edition, None, data.title, (note,))


def _data(pages: Pages, data: DataSet, address: str) -> dict[str, Any] | None:
    """Return a page as an object of JSON; None where the publisher does not give it as one."""
    return pages.page(f"{address}/data", data.publisher.hosts).object()


def _downloads(data: DataSet, page: dict[str, Any], path: str) -> Iterator[Attachment]:
    for each in listed(page.get("downloads")):
        file = text_of(each, "file")
        if file:
            full = f"{path.rstrip('/')}/{file.lstrip('/')}"
            address = file_address(host_of(data.page), full)
            yield Attachment(address, file_name(file), text_of(each, "title"))


def _description(page: dict[str, Any]) -> dict[str, Any]:
    description = page.get("description")
    return description if isinstance(description, dict) else {}


def _title(page: dict[str, Any]) -> str:
    return text_of(_description(page), "title")


def _released(page: dict[str, Any]) -> date | None:
    return day_in_london(text_of(_description(page), "releaseDate"))


def last_part(path: str) -> str:
    """Return the last part of a path."""
    return path.rstrip("/").rpartition("/")[2]


def parent(path: str) -> str:
    """Return the last part but one of a path."""
    return last_part(path.rstrip("/").rpartition("/")[0])
