"""What the England and Wales figures include, according to the name of their row and the titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from crimecmp.importers.imported import Known
from crimecmp.tables.names import normal

_WITHOUT = re.compile(r"\b(exc|excl|excludes|excluding|without)\b.*\b(btp|transport)\b")
_WITH = re.compile(r"\b(inc|incl|includes|including|with)\b.*\b(btp|transport)\b")
_EXCLUDING = re.compile(r"\(\s*excluding ([^)]*)\)", re.IGNORECASE)


def has_transport_police(name: str) -> bool | None:
    """Return whether a name says it includes British Transport Police; None if it does not say."""
    text = normal(name)
    if _WITHOUT.search(text):
        return False
    return True if _WITH.search(text) else None


def excluded_forces(texts: Iterable[str], known: Known) -> Sequence[str]:
    """Return the ids of the forces that the texts say are not in the national figures."""
    names = [
        part
        for text in texts
        for match in _EXCLUDING.finditer(text)
        for part in [match[1], *re.split(r"[,;]", match[1])]
    ]
    areas = dict.fromkeys(known.areas.exact(name) for name in names)
    return [area for area in areas if area in known.territorial]
