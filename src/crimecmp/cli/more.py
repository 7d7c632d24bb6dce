"""What else there is to ask for, in the terminal's words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crimecmp.document.brief import Offer

_MORE = {
    "notes": "--notes full",
    "tables": "--full (all tables)",
    "source": "--source {value}{words}",
    "period": "--period YYYY-MM ({value})",
    "page": "-o {value}.html",
    "latest": "--latest{words}",
    "city": "--with-city-of-london",
    "fetch": "crimecmp fetch {value} --to mine",
    "look": "crimecmp fetch {value} --dry-run",
    "import": "crimecmp import {value} --to mine",
    "imported": "crimecmp rates durham --data {value}",
}


def more(offers: Iterable[Offer]) -> tuple[str, ...]:
    """Return what to type for each offer of a page."""
    return tuple(_words(offer) for offer in offers)


def _words(offer: Offer) -> str:
    import shlex

    words = f" ({offer.words})" if offer.words else ""
    value = offer.value if offer.kind == "period" else shlex.join(offer.value.split("\n"))
    return _MORE[offer.kind].format(value=value, words=words)
