"""Sentences about counts of the same crimes that two sources published."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10

from crimecmp.comparison.row import Reproduction
from crimecmp.comparison.two_sources import REVISED, together
from crimecmp.comparison.verdict_words import MATCHES
from crimecmp.document.attribution import publisher_words
from crimecmp.tables.dataset import Dataset, described_sources
from crimecmp.text import in_words, plural, rounded
from crimecmp.wording.captions import publisher_label
from crimecmp.wording.labels import column_label, full_names, many_words, year_words

NO_VERDICT = "This compares two sources, not areas, and gives no verdict."

_SHORT = {"Office for National Statistics": "ONS"}
_IN_SENTENCES = {"Home Office": "the Home Office"}


def source_labels(data: Dataset, rows: Sequence[Reproduction]) -> tuple[str, str]:
    """Return what the two sources are called: their publishers, or their ids if it is the same."""
    ids = (rows[0].source, rows[0].worked_source)
    labels = map(publisher_label, described_sources(data, ids))
    first, second = (_SHORT.get(label, label) for label in labels)
    return (first, second) if first and second and first != second else ids


def _named(data: Dataset, rows: Sequence[Reproduction]) -> list[str]:
    """Return what the two sources are called in a sentence."""
    return [_IN_SENTENCES.get(label, label) for label in source_labels(data, rows)]


def title(data: Dataset, forces: Sequence[str], rows: Sequence[Reproduction]) -> str:
    """Return the title of a page of counts: whose, of which sources, and which year."""
    ends = sorted({row.period_end for row in rows})
    years = year_words(ends[0]) if len(ends) == 1 else "the latest year of both"
    sources = in_words(_named(data, rows))
    return f"{full_names(data, forces)}: crimes published by {sources}, {years}"


def answers(data: Dataset, forces: Sequence[str], rows: Sequence[Reproduction]) -> tuple[str, ...]:
    """Return by how much the sources differ on the first measure, and how far they differ at all.

    Of several forces both are about the first measure; of one, the second is about all measures.
    """
    own = [row for row in rows if row.force in forces]
    first = [row for row in own if row.metric == own[0].metric]
    lead, others = _difference(data, rows, first), own if len(forces) == 1 else first
    return (lead, _span(data, others)) if len(others) > 1 else (lead,)


def _difference(data: Dataset, rows: Sequence[Reproduction], first: Sequence[Reproduction]) -> str:
    published, other = _named(data, rows)
    every = together(data, first)
    count, counted = int(first[0].printed), first[0].events or 0
    about = data.forces[first[0].force].label
    if every is not None:
        count, counted, about = every.published, every.other, f"the {every.forces} forces together"
    off = counted - count
    change = f"{abs(off):,} {'more' if off > 0 else 'fewer'}" if off else "no difference"
    percent = f" ({_percent(100 * off / count)})" if off and count else ""
    return (
        f"{first[0].label} in {about}: {published} published {count:,}, {other} {counted:,}, "
        f"{change}{percent}."
    )


def _span(data: Dataset, rows: Sequence[Reproduction]) -> str:
    """Return how many counts are the same, and the widest differences of the others."""
    by_force = len({row.force for row in rows}) > 1
    same = sum(row.result == MATCHES for row in rows)
    of = f"Of {plural(len(rows), 'force' if by_force else 'measure')}, {same or 'none'} "
    of += f"{'have' if same > 1 else 'has'} the same count in both"
    others = sorted((row for row in rows if row.percent_off), key=lambda row: row.percent_off or 0)
    ends = list(dict.fromkeys([*others[:1], *others[-1:]]))

    def named(row: Reproduction) -> str:
        label = column_label(data, row.metric, row.label)
        about = data.forces[row.force].label if by_force else label.lower()
        return f"{percent_off(row)} ({about})"

    if not ends:
        return f"{of}."
    if len(ends) == 1:
        return f"{of}; one differs by {named(ends[0])}."
    return f"{of}; differences run from {in_words(map(named, ends), 'to')}."


def percent_off(row: Reproduction) -> str:
    """Return a difference in per cent with its sign; empty where the first count is 0."""
    return "" if row.percent_off is None else _percent(row.percent_off)


def _percent(percent: float) -> str:
    """Return a percentage with its sign and one decimal, or one digit of a smaller one."""
    small = 0 < abs(percent) < _SMALL
    return f"{rounded(percent, -floor(log10(abs(percent))) if small else 1, signed=True)}%"


_SMALL = 0.05


def reasons(data: Dataset, rows: Sequence[Reproduction]) -> list[str]:
    """Return what the sources say of why counts differ, each once, with the areas and measures."""
    by_reason: dict[str, list[Reproduction]] = {}
    for row in rows:
        if row.reason and row.reason != REVISED:
            by_reason.setdefault(row.reason, []).append(row)
    said = []
    for reason, its in by_reason.items():
        about = in_words(dict.fromkeys(data.forces[row.force].label for row in its))
        others = [row for row in rows if row.force == its[0].force and row.reason == REVISED]
        if others:
            labels = (column_label(data, row.metric, row.label).lower() for row in its)
            about = f"{many_words(labels)} in {about}"
        said.append(f"On {about}, {reason}")
    return said


def editions(data: Dataset, rows: Sequence[Reproduction]) -> str:
    """Return that counts are revised, and the months of the two editions."""
    ids = (rows[0].source, rows[0].worked_source)
    months = (
        publisher_words({"publisher": label, "published": row["published"][: len("2024-12")]})
        for label, row in zip(source_labels(data, rows), described_sources(data, ids), strict=True)
    )
    return f"{REVISED} Editions: {'; '.join(months)}."
