"""Files on GOV.UK: the content API gives each page as an object of JSON, with its attachments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crimecmp.errors import FetchError
from crimecmp.fetching.addresses import file_name, host_of, joined, path_of
from crimecmp.fetching.catalogue import DataSet
from crimecmp.fetching.choosing import Attachment, Found, chosen, edition_in
from crimecmp.fetching.days import day_in_london
from crimecmp.fetching.editions import published_on
from crimecmp.fetching.reading import OK, Pages, links_in, listed, text_of
from crimecmp.text import visible

_SITE = "https://www.gov.uk"
_CONTENT = f"{_SITE}/api/content"
_FILES = "assets.publishing.service.gov.uk"
_MOST_MOVES = 2


def find(pages: Pages, data: DataSet, wanted: str | None) -> Found:
    """Return the file of a data set, in the newest edition or the one wanted.

    Raises
    ------
    FetchError
        Where the page is gone, withdrawn or of another form, or not one file matches.
    RequestError
        Where the page does not have the edition wanted.
    """
    content = _content(pages, data)
    notice = content.get("withdrawn_notice")
    if isinstance(notice, dict) and notice.get("withdrawn_at"):
        told = day_in_london(text_of(notice, "withdrawn_at"))
        raise FetchError(f"the publisher withdrew the page{f' on {told}' if told else ''}")
    updated = day_in_london(text_of(content, "public_updated_at"))
    file = chosen(data, list(_attachments(content)), updated, wanted)
    published = published_on(data, file.name, updated)
    return Found(
        data,
        file,
        edition_in(data, file, updated),
        published or updated,
        file.title or text_of(content, "title"),
        () if published else ("Its name has no date; the date is that of the page's last change.",),
    )


def _content(pages: Pages, data: DataSet) -> dict[str, Any]:
    """Return what the content API gives for the page, wherever it has moved to."""
    path = path_of(data.page)
    for _ in range(_MOST_MOVES + 1):
        page = pages.page(_CONTENT + path, data.publisher.hosts)
        content = page.object()
        schema = text_of(content, "schema_name") if content else ""
        if content and schema == "gone":
            other = text_of(_details(content), "alternative_path")
            raise FetchError(
                "the publisher has removed the page"
                f"{f'; see {_SITE}{visible(other)}' if other.startswith('/') else ''}"
            )
        if not content or (schema != "redirect" and page.status != OK):
            raise FetchError(
                "the publisher's interface has changed its form"
                if page.status == OK
                else f"the publisher has no such page now (it answered {page.status})"
            )
        if schema != "redirect":
            return content
        moved = joined(_SITE, _destination(content))
        if host_of(moved) != host_of(_SITE):
            raise FetchError(f"the page has moved to {visible(moved)}")
        path = path_of(moved)
    raise FetchError(f"the page has moved more than {_MOST_MOVES} times")


def _destination(content: dict[str, Any]) -> str:
    """Return where a page has moved to."""
    found = next((text_of(each, "destination") for each in listed(content.get("redirects"))), "")
    if not found:
        raise FetchError("the page has moved, and its publisher does not say where")
    return found


def _details(content: dict[str, Any]) -> dict[str, Any]:
    details = content.get("details")
    return details if isinstance(details, dict) else {}


def _attachments(content: dict[str, Any]) -> Iterator[Attachment]:
    """Yield the files of a page: its attachments or, on older ones, links in its HTML."""
    details = _details(content)
    found = False
    for each in listed(details.get("attachments")):
        address = joined(_SITE, text_of(each, "url"))
        if each.get("attachment_type") == "file" and host_of(address) == _FILES:
            found = True
            size = each.get("file_size")
            yield Attachment(
                address,
                file_name(path_of(address)),
                text_of(each, "title"),
                size if isinstance(size, int) else None,
            )
    if found:
        return
    documents = details.get("documents")
    parts = [*(documents if isinstance(documents, list) else ()), details.get("body")]
    seen: set[str] = set()
    for link in links_in("\n".join(part for part in parts if isinstance(part, str))):
        address = joined(_SITE, link.address)
        if host_of(address) == _FILES and address not in seen and path_of(address).strip("/"):
            seen.add(address)
            yield Attachment(address, file_name(path_of(address)), link.text)
