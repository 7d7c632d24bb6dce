"""Where figures are from, and what their licence asks to be said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

OGL = "Open Government Licence v3.0"
ATTRIBUTION = f"Contains public sector information licensed under the {OGL}."


def publisher_words(source: Mapping[str, str]) -> str:
    """Return who published a source, and when: `Home Office, January 2019`."""
    return ", ".join(filter(None, [source["publisher"], _published(source["published"])]))


def attribution(sources: Iterable[Mapping[str, str]]) -> list[str]:
    """Return the line that the licence of some sources asks for; none where it asks for none."""
    return [ATTRIBUTION] if any(row["licence"] == OGL for row in sources) else []


def _published(when: str) -> str:
    """Return `2014-11` as `November 2014`; a year, a day or other text as it is."""
    try:
        return f"{date.fromisoformat(f'{when}-01'):%B %Y}"
    except ValueError:
        return when
