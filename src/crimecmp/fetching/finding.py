"""The file of a data set, as its publisher offers it today."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from crimecmp.errors import FetchError, RequestError
from crimecmp.fetching import govuk, ons
from crimecmp.fetching.catalogue import DataSet
from crimecmp.fetching.choosing import Found
from crimecmp.fetching.reading import Pages
from crimecmp.fetching.remembering import Memory
from crimecmp.text import visible

_INTERFACES: dict[str, Callable[[Pages, DataSet, str | None], Found]] = {
    "govuk": govuk.find,
    "ons": ons.find,
    "ons_ad_hoc": ons.find_ad_hoc,
}

_LASTS = 2
"""After how many years an estimate for the middle of a year is likely to have a successor."""


def find(pages: Pages, data: DataSet, wanted: str | None, today: date) -> Found:
    """Return the file of a data set, in the newest edition or the one wanted.

    Parameters
    ----------
    pages
        The publishers' pages.
    data
        The data set.
    wanted
        The edition, as `YYYY-MM`; None for the newest.
    today
        The day, to tell an estimate that is likely to have a successor.

    Raises
    ------
    FetchError
        Where it is not found; the hint says which page to open, and what to save.
    RequestError
        Where the publisher does not have the edition wanted, or it is not a month.
    """
    if wanted is not None:
        _require_month(data, wanted)
    with by_hand(data):
        found = _INTERFACES[data.interface](pages, data, wanted)
    if data.edition == "middle of" and found.edition[:4] <= str(today.year - _LASTS):
        newer = f"There may be a newer one, on a page of its own: search {data.publisher.name}."
        return found._replace(remarks=(*found.remarks, newer))
    return found


def _require_month(data: DataSet, edition: str) -> None:
    """Raise an error unless an edition is a month, written as `2025-03`."""
    if not re.fullmatch(r"20\d{2}-(?:0[1-9]|1[0-2])", edition):
        raise RequestError(
            f"edition= is a month such as 2025-03, not '{visible(edition)}'",
            f"For {data.id}, {data.known} means {data.in_words(data.known)}.",
        )


@contextmanager
def by_hand(data: DataSet) -> Iterator[None]:
    """Name the data set in an error, and say how to fetch its file by hand."""
    try:
        yield
    except FetchError as error:
        raise FetchError(
            f"cannot fetch {data.id}: {error.message}",
            f"Open {data.page} in a browser, and save {data.file}.",
        ) from error


def last_known(data: DataSet, memory: Memory) -> Found | None:
    """Return what the publisher offered when it was last asked.

    None if nobody asked, or before the newest edition that is known was published.
    """
    try:
        found = _INTERFACES[data.interface](Pages(None, memory), data, None)
    except (FetchError, RequestError):
        return None
    return found if found.edition >= data.known else None
