"""Finds forces, metrics and other things by the names that people type, or a part of one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import NamedTuple

from crimecmp.errors import UnknownNameError
from crimecmp.text import in_words, visible

DEFAULT_FORCE = "durham"
DEFAULT_BENCHMARK = "england-and-wales"

DEFAULT_METRIC = "crime-excluding-fraud"
"""The measure of a trend or a picture of one measure."""

_GENERIC = frozenset({"police", "constabulary", "service", "the"})
_MOST_NAMED = 8
_SHORTEST_PART = 2
_LIKE = 0.7
"""How like a name must be to be suggested, of 1: less would suggest Hampshire for Atlantis."""


def normal(text: str) -> str:
    """Return the form in which names are compared: no case, no punctuation, `&` as `and`."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    return " ".join(re.findall(r"\w+", plain.replace("_", " ")))


def _bare(normalised: str) -> str:
    """Return a name without the words that many forces share, such as `police`."""
    return " ".join(word for word in normalised.split() if word not in _GENERIC)


class Name(NamedTuple):
    """One thing that has names: its id, its label for people, and other forms of its name."""

    id: str
    label: str
    forms: tuple[str, ...] = ()


class Names:
    """The things of one kind, found by name.

    Parameters
    ----------
    kind
        The kind of thing, for messages: `force`, `metric`.
    entries
        The things, in the order in which they are listed.
    """

    def __init__(self, kind: str, entries: Iterable[Name]) -> None:
        self.kind = kind
        self._entries = {entry.id: entry for entry in entries}
        self._exact: dict[str, str] = {}
        for entry in self._entries.values():
            for form in (entry.label, *entry.forms):
                self._exact.setdefault(normal(form), entry.id)
        # Ids last: a name that is one thing's id is never another's alias.
        self._exact.update((normal(entry.id), entry.id) for entry in self._entries.values())
        self._exact.pop("", None)

    def __iter__(self) -> Iterator[Name]:
        return iter(self._entries.values())

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __getitem__(self, name: str) -> Name:
        return self._entries[name]

    def exact(self, query: str) -> str | None:
        """Return the id of the thing that has exactly this name, whatever its case; or None."""
        return query if query in self._entries else self._exact.get(normal(query))

    def find(self, query: str) -> str:
        """Return the id of the thing that `query` names, exactly or by an unambiguous part.

        Raises
        ------
        UnknownNameError
            Where nothing fits, or several things do; the hint suggests similar names.
        """
        found = self.exact(query)
        if found is not None:
            return found
        part = _bare(normal(query))
        fitting = self._holding(part) if len(part) >= _SHORTEST_PART else []
        if len(fitting) == 1:
            return fitting[0]
        shown = visible(query)
        if fitting:
            raise UnknownNameError(
                f"'{shown}' matches several {self.kind}s: {self._listed(fitting)}",
                "Type more of the name that you mean.",
            )
        near = self.near(query)
        listing = f"crimecmp.{self.kind}s()"
        raise UnknownNameError(
            f"no {self.kind} is called '{shown}'",
            f"Did you mean {in_words(near, 'or')}? All names: {listing}"
            if near
            else f"All names: {listing}",
        )

    def _holding(self, part: str) -> list[str]:
        """Return the ids of things with `part` in a name: where words begin, or else anywhere."""
        at_words = {i: None for form, i in self._exact.items() if f" {part}" in f" {form}"}
        return list(at_words or {i: None for form, i in self._exact.items() if part in form})

    def near(self, query: str) -> list[str]:
        """Return the ids of up to three things with names like `query`, nearest first."""
        bare = {_bare(form): found for form, found in self._exact.items()}
        near = get_close_matches(_bare(normal(query)), bare, n=3, cutoff=_LIKE)
        return list(dict.fromkeys(bare[form] for form in near))

    @staticmethod
    def _listed(ids: list[str]) -> str:
        more = len(ids) - _MOST_NAMED
        return in_words(ids) if more <= 0 else f"{', '.join(ids[:_MOST_NAMED])} and {more} more"
