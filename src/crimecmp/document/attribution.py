"""Who published the figures, and the attribution that their licence asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from crimecmp.tables.licence import OGL

ATTRIBUTION = f"Contains public sector information licensed under the {OGL.title}."


def publisher_words(source: Mapping[str, str]) -> str:
    """Return the publisher of a source and the date: `Home Office, January 2019`."""
    return ", ".join(filter(None, [source["publisher"], published_words(source["published"])]))


def attribution(sources: Iterable[Mapping[str, str]]) -> list[str]:
    """Return the line that the licence asks for, where any of some sources is under it."""
    return [ATTRIBUTION] if any(row["licence"] == OGL.title for row in sources) else []


def published_words(when: str) -> str:
    """Return `2014-11` as `November 2014`; a year, a day or other text as it is."""
    try:
        return f"{date.fromisoformat(f'{when}-01'):%B %Y}"
    except ValueError:
        return when
