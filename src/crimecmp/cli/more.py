"""What else there is to ask for, in the terminal's words."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crimecmp.document.brief import Offer

_MORE = {
    "notes": "--notes full",
    "tables": "--full (all tables)",
    "source": "--source {value}{words}",
    "period": "--period YYYY-MM ({value})",
    "page": "-o {value}.html (to hand over)",
    "city": "--with-city-of-london",
    "imported": "crimecmp rates durham --data {value}",
}
_WHOLE = ("notes", "tables", "page")


def more(offers: Iterable[Offer]) -> tuple[str, ...]:
    """Return what to type for each offer of a page; the whole of its notes is always one."""
    offers = list(offers)
    found = [_words(offer) for offer in offers]
    first = [] if any(offer.kind in _WHOLE for offer in offers) else [_MORE["notes"]]
    return (*first, *found)


def _words(offer: Offer) -> str:
    words = f" ({offer.words})" if offer.words else ""
    value = offer.value if offer.kind == "period" else shlex.quote(offer.value)
    return _MORE[offer.kind].format(value=value, words=words)
