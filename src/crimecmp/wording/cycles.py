"""When the inspectorate judged: its cycles, and the month of a publication."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from crimecmp.document.attribution import published_words
from crimecmp.tables.dataset import Dataset, described_sources

NOT_COMPARED = "Judgments from different inspection cycles cannot be compared."

_YEAR_LENGTH = len("2014")


def with_publication(data: Dataset, title: str, sources: Iterable[str]) -> str:
    """Return a title with the month of the one publication that a page is from, if it is known."""
    described = described_sources(data, dict.fromkeys(sources))
    known = [published_words(row["published"]) for row in described]
    return ", ".join(filter(None, [title, *known])) if len(known) == 1 else title


def cycle_names(data: Dataset, sources: Iterable[str]) -> dict[str, str]:
    """Return what to call the cycle of each source: the year in which it was published.

    The title is its name where the year is not known or does not tell it from the others, and a
    single cycle needs none.
    """
    described = described_sources(data, sources)
    if len(described) == 1:
        return {described[0]["source"]: ""}
    years = {row["source"]: row["published"][:_YEAR_LENGTH] for row in described}
    same = Counter(years.values())
    known = data.by_id("sources")
    return {
        row["source"]: year
        if (year := years[row["source"]]) and same[year] == 1
        else row["title" if row["source"] in known else "source"]
        for row in described
    }


def cycle_heading(data: Dataset, source: str, name: str) -> str:
    """Return the name of a cycle as a heading: `PEEL 2021/22 (2022)`; empty for a single cycle."""
    title = data.by_id("sources").get(source, {}).get("title", name)
    return f"{title} ({name})" if name and name not in title else name and title
