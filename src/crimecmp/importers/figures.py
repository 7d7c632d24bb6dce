"""Counts by period, metric and area: their sums and totals, and their rows in the rates table.

Counts below zero are kept. England and Wales is the sum of the 43 forces. Crime excluding fraud and
victim-based crime are sums of offence groups.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from crimecmp.importers.categories import CRIME, NOT_VICTIM_BASED, VICTIM_BASED
from crimecmp.importers.imported import TRANSPORT_POLICE, Known, Rate
from crimecmp.tables.names import DEFAULT_BENCHMARK
from crimecmp.text import in_words

SUM_NOTE = "Sum of the 43 territorial forces, without British Transport Police."

_GAP = "A quarter has nothing but zeros, so the year is not complete: {number} in the others."

_TOTALS = "Crime excluding fraud and victim-based crime are not calculated"
_NAMED = 3

Figures = dict[tuple[str, str], dict[str, int]]
"""Counts by area, for each period's end and metric."""


def area_name(area: str, known: Known) -> str:
    """Return the name of an area, for people."""
    return known.areas[area].label if area in known.areas else "British Transport Police"


def sum_note(without: Collection[str], known: Known) -> str:
    """Return a note on which forces a sum of England and Wales holds."""
    if not without:
        return SUM_NOTE
    names = in_words(area_name(area, known) for area in without)
    number = len(known.territorial) - len(without)
    return (
        f"Sum of {number} territorial forces: without {names}, because a quarter is missing, and "
        "without British Transport Police."
    )


def add_national(
    figures: Figures, known: Known, gaps: Mapping[str, Collection[str]] | None = None
) -> list[str]:
    """Add England and Wales to figures that all 43 forces have; return remarks on the others.

    Parameters
    ----------
    figures
        The counts. Those of England and Wales are added to them.
    known
        The areas.
    gaps
        By period's end the forces that have no figures for it, whom the sum leaves out.
    """
    present = {area for counts in figures.values() for area in counts} & set(known.territorial)
    missing = []
    for (period, metric), counts in figures.items():
        without = (gaps or {}).get(period, ())
        summed = [area for area in known.territorial if area not in without]
        if all(area in counts for area in summed):
            counts[DEFAULT_BENCHMARK] = sum(counts[area] for area in summed)
        elif not present.isdisjoint(counts):
            missing.append((period, metric))
    forces = len(known.territorial)
    if len(present) < forces:
        are = "is" if len(present) == 1 else "are"
        return [
            f"{len(present)} of the {forces} forces {are} in this file, so no England and Wales "
            "figure is calculated."
        ]
    if not missing:
        return []
    some = [f"{metric} to {period}" for period, metric in sorted(missing)]
    one = len(missing) == 1
    return [
        f"{len(missing):,} England and Wales {'figure is' if one else 'figures are'} not "
        f"calculated, because not all {forces} forces have {'it' if one else 'them'}: "
        f"{some_of(some)}."
    ]


def some_of(parts: Sequence[str], last: str = "and") -> str:
    """Return the first few parts as a list in words, with the number of any others."""
    more = len(parts) - _NAMED
    shown = parts if more <= 0 else [*parts[:_NAMED], f"{more:,} more"]
    return in_words(shown, last)


def in_order(areas: Iterable[str], known: Known) -> list[str]:
    """Return areas in their listed order, England and Wales first."""
    listed = (DEFAULT_BENCHMARK, *known.territorial, TRANSPORT_POLICE)
    wanted = set(areas)
    return [area for area in listed if area in wanted]


def metrics_in_order(metrics: Iterable[str], known: Known) -> list[str]:
    """Return metrics in their listed order, then new metrics by name."""
    wanted = set(metrics)
    listed = [entry.id for entry in known.metrics if entry.id in wanted]
    return [*listed, *sorted(wanted.difference(listed))]


def add_totals(
    figures: Figures,
    groups: Mapping[str, set[str]],
    why_not: Callable[[str, set[str]], str],
    known: Known,
) -> list[str]:
    """Add crime excluding fraud and victim-based crime for the areas that have every group.

    Parameters
    ----------
    figures
        The counts. The totals are added to them.
    groups
        The offence groups in each period, by the period's end, excluding fraud.
    why_not
        Returns why a period's groups do not make up the totals; empty if they do.
    known
        The areas.

    Returns
    -------
    list of str
        Remarks on totals that were not calculated.
    """
    reasons: dict[str, list[str]] = {}
    incomplete = []
    for period, metrics in groups.items():
        reason = why_not(period, metrics)
        if reason:
            reasons.setdefault(reason, []).append(period)
            continue
        counts = {metric: figures[period, metric] for metric in metrics}
        complete = set.intersection(*map(set, counts.values()))
        victims = [by_area for metric, by_area in counts.items() if metric not in NOT_VICTIM_BASED]
        for total, parts in ((CRIME, list(counts.values())), (VICTIM_BASED, victims)):
            figures[period, total] = {
                area: sum([by_area[area] for by_area in parts]) for area in complete
            }
        present = {area for by_area in counts.values() for area in by_area}
        incomplete += [
            f"{area_name(area, known)} to {period}" for area in sorted(present - complete)
        ]
    remarks = [
        f"{_TOTALS} for the year to {some_of(periods)}: {reason}."
        for reason, periods in reasons.items()
    ]
    if incomplete:
        remarks.append(f"{_TOTALS} where a force lacks a group of offences: {some_of(incomplete)}.")
    return remarks


def rates(
    figures: Figures,
    source: str,
    locators: Mapping[tuple[str, str], str],
    known: Known,
    notes: Mapping[tuple[str, str], str],
    partial: Mapping[tuple[str, str], str] | None = None,
    gaps: Mapping[str, Collection[str]] | None = None,
) -> list[Rate]:
    """Return the rows of the rates table, ordered by area, period and metric.

    Parameters
    ----------
    figures
        The counts.
    source
        The id of their source.
    locators
        The published heading of the counts, by period's end and metric.
    known
        The areas and metrics, which set the order.
    notes
        The note on the counts, by period's end and metric.
    partial
        Why the counts do not cover 12 months, by period's end and metric. These counts go into the
        row's note, in place of `{number}`, and not into the count column.
    gaps
        By period's end the forces whose counts do not cover 12 months. Theirs go into the note too,
        and the sum of England and Wales is without them.
    """
    partial, gaps = partial or {}, gaps or {}
    periods = sorted({period for period, _ in figures})
    metrics = metrics_in_order((metric for _, metric in figures), known)
    keys = [(p, m) for p in periods for m in metrics if (p, m) in figures]
    made = []
    for area in in_order({area for counts in figures.values() for area in counts}, known):
        for key in keys:
            number = figures[key].get(area)
            if number is None:
                continue
            period, metric = key
            cell, note = str(number), notes.get(key, "")
            if key in partial or area in gaps.get(period, ()):
                why = partial.get(key, _GAP)
                cell, note = "", why.format(number=f"{number:,}")
            if area == DEFAULT_BENCHMARK:
                note = f"{note} {sum_note(gaps.get(period, ()), known)}".strip()
            made.append(Rate(area, metric, period, source, "", cell, "", locators[key], note))
    return made


class Negative(NamedTuple):
    """The area, the heading and the year's end of a count below zero."""

    area: str
    heading: str
    end: str


def negative_remarks(negatives: Sequence[Negative], known: Known) -> list[str]:
    """Return a remark on how many counts are below zero, and where; empty if none is."""
    if not negatives:
        return []
    by_heading: dict[str, dict[str, None]] = {}
    for negative in negatives:
        by_heading.setdefault(negative.heading, {})[area_name(negative.area, known)] = None
    places = [
        f"{heading} ({in_words(areas) if len(areas) <= _NAMED else f'{len(areas)} forces'})"
        for heading, areas in by_heading.items()
    ]
    one = len(negatives) == 1
    first, *_, last = sorted(negative.end[:4] for negative in [*negatives, *negatives])
    when = f"in the year ending {first}" if first == last else f"in years ending {first} to {last}"
    return [
        f"{len(negatives):,} {'count is' if one else 'counts are'} below zero, because more was "
        f"cancelled than recorded, and {'is' if one else 'are'} kept: "
        f"{some_of(places)}, {when}."
    ]
