"""Which of the files that a page offers is the one: by its name or title, never by its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from crimecmp.errors import FetchError, RequestError
from crimecmp.fetching.catalogue import DataSet
from crimecmp.fetching.editions import edition_of
from crimecmp.text import in_words, plural, visible


class Attachment(NamedTuple):
    """A file that a page offers.

    Parameters
    ----------
    address, name, title
        Where it is, and what it is called; the title may be empty.
    size
        How many bytes it has, if the page says so.
    """

    address: str
    name: str
    title: str = ""
    size: int | None = None


class Found(NamedTuple):
    """The file to fetch.

    Parameters
    ----------
    data
        The data set that it is of.
    file
        The file.
    edition
        Its edition, as `YYYY-MM`; empty where nothing tells it.
    published
        When it was published; None where nothing tells it.
    title
        What its publisher calls it.
    remarks
        What a user should know of it.
    """

    data: DataSet
    file: Attachment
    edition: str
    published: date | None
    title: str
    remarks: tuple[str, ...] = ()


def chosen(
    data: DataSet, files: Sequence[Attachment], updated: date | None, wanted: str | None
) -> Attachment:
    """Return the one file that matches, in the newest edition or the one wanted.

    Parameters
    ----------
    data
        Says which file matches.
    files
        All files on the page.
    updated
        When the page was last changed.
    wanted
        The edition, as `YYYY-MM`; None for the newest.

    Raises
    ------
    FetchError
        Where no file matches, or more than one.
    RequestError
        Where the page does not have the edition wanted.
    """
    matching = _matching(data, files)
    if wanted is None and data.edition == "published":
        return only(data, files)  # one file has all years: a second one is another thing
    by_edition: dict[str, list[Attachment]] = {}
    for file in matching:
        by_edition.setdefault(edition_in(data, file, updated), []).append(file)
    return only(data, by_edition[newest(data, list(by_edition), wanted)] if matching else files)


def only(data: DataSet, files: Sequence[Attachment]) -> Attachment:
    """Return the one file that matches.

    Raises
    ------
    FetchError
        Where none does, or more than one.
    """
    matching = _matching(data, files)
    if not matching:
        raise FetchError(
            f"the page may have changed its form: none of its {plural(len(files), 'file')} is "
            f"{data.file}"
        )
    if len(matching) > 1:
        names = in_words(visible(file.name) for file in matching)
        raise FetchError(f"{len(matching)} files match, so it is not clear which is meant: {names}")
    return matching[0]


def edition_in(data: DataSet, file: Attachment, updated: date | None = None) -> str:
    """Return the edition of a file, by its name or else its title; empty where neither tells it."""
    return edition_of(data, file.name, updated) or edition_of(data, file.title, updated)


def _matching(data: DataSet, files: Sequence[Attachment]) -> list[Attachment]:
    """Return the files that match by their names or, if none does, by their titles."""
    own = [
        file
        for file in files
        if file.name.lower().endswith(data.ending)
        and not re.search(data.unlike, f"{file.name} {file.title}", re.IGNORECASE)
    ]
    named = [file for file in own if re.search(data.named, file.name, re.IGNORECASE)]
    return named or [file for file in own if re.search(data.titled, file.title, re.IGNORECASE)]


def newest(data: DataSet, editions: Sequence[str], wanted: str | None) -> str:
    """Return the newest of some editions, or the one wanted.

    Raises
    ------
    RequestError
        Where the one wanted is not there.
    """
    if wanted is None:
        return max(editions)
    if wanted in editions:
        return wanted
    there = in_words(edition for edition in sorted(set(editions), reverse=True) if edition)
    latest = max(editions)
    raise RequestError(
        f"{data.id} has no edition {visible(wanted)}",
        f"Editions that the publisher offers: {there or 'none that tells its month'}"
        f"{f' (the newest: {data.in_words(latest)})' if latest else ''}.",
    )
