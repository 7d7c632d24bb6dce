"""Combine the rows of several files: make source ids unique, calculate rates and build the tables.

A rate is calculated for each count if the files hold an estimate of its base: residents or
households in the middle of the calendar year before the one in which the 12 months end. This was
the latest estimate available to the publishers at the time, and it reproduces the rates of the 2014
inspection. If the files have no such estimate, but one that a publisher's own rates of the same
year are over, it is that one: households are counted less often than people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from crimecmp.importers.imported import (
    TRANSPORT_POLICE,
    Base,
    Imported,
    Known,
    Metric,
    Rate,
    Source,
)
from crimecmp.tables.cells import OVER, per
from crimecmp.tables.names import DEFAULT_BENCHMARK
from crimecmp.text import exactly, in_words

TRANSPORT_POLICE_ROW = (
    TRANSPORT_POLICE, "British Transport Police", "", "", "btp", "", "false", "false",
)  # fmt: skip
_NEGATIVE = "More were cancelled than recorded, so there is no rate."
_NO_RESIDENTS = "The force has no resident population to calculate a rate with."

Rows = Sequence[Sequence[str]]


class Combined(NamedTuple):
    """The tables made from several files.

    Parameters
    ----------
    tables
        By name the rows of each, as text.
    remarks
        Sentences on the tables.
    without_estimate
        The number of counts without a rate because no estimate of their base was in the files.
    """

    tables: dict[str, Rows]
    remarks: list[str]
    without_estimate: int = 0


class _Estimate(NamedTuple):
    value: str
    source: str


class _Rates(NamedTuple):
    """Rows with calculated rates, and by source of counts the sources of the estimates used."""

    rates: list[Rate]
    estimate_sources: dict[str, dict[str, None]]
    remarks: list[str]
    without_estimate: int


def combined(imported: Sequence[Imported], known: Known) -> Combined:
    """Return the tables made from all files together.

    Parameters
    ----------
    imported
        The rows read from each file.
    known
        The names in the data model.
    """
    parts = _with_unique_sources(imported)
    added = {metric.metric: metric for part in reversed(parts) for metric in part.metrics}
    metrics = [added[name] for name in sorted(added)]
    estimates, remarks = _estimates(base for part in parts for base in part.bases)
    made = _with_rates(
        [rate for part in parts for rate in part.rates],
        estimates,
        _scales(known, metrics),
        {key: year for part in reversed(parts) for key, year in part.base_years.items()},
        {
            (source.source, end): areas
            for part in parts
            for end, areas in part.gaps.items()
            for source in part.sources
        },
    )
    sources = [
        _with_estimates_named(source, made.estimate_sources.get(source.source, {}))
        for part in parts
        for source in part.sources
    ]
    tables: dict[str, Rows] = {
        "forces": [TRANSPORT_POLICE_ROW] if known.transport_police else [],
        "metrics": metrics,
        "sources": sources,
        "rates": made.rates,
        "changes": [row for part in parts for row in part.changes],
        "outcomes": [row for part in parts for row in part.outcomes],
        "bases": [row for part in parts for row in part.bases],
        "months": [row for part in parts for row in part.months],
    }
    return Combined(
        {name: rows for name, rows in tables.items() if rows},
        [*remarks, *made.remarks],
        made.without_estimate,
    )


def _with_unique_sources(imported: Sequence[Imported]) -> list[Imported]:
    """Return the parts with source ids that are all different."""
    used: set[str] = set()
    parts = []
    for part in imported:
        names = {}
        for source in part.sources:
            name, number = source.source, 2
            while name in used:
                name, number = f"{source.source}-{number}", number + 1
            used.add(name)
            names[source.source] = name
        parts.append(_renamed(part, names))
    return parts


def _renamed(part: Imported, names: Mapping[str, str]) -> Imported:
    if all(old == new for old, new in names.items()):
        return part
    return part._replace(
        sources=[row._replace(source=names[row.source]) for row in part.sources],
        rates=[row._replace(source=names[row.source]) for row in part.rates],
        changes=[row._replace(source=names[row.source]) for row in part.changes],
        outcomes=[row._replace(source=names[row.source]) for row in part.outcomes],
        bases=[row._replace(source=names[row.source]) for row in part.bases],
        months=[row._replace(source=names[row.source]) for row in part.months],
    )


def _estimates(
    bases: Iterable[Base],
) -> tuple[dict[tuple[str, str, str], _Estimate], list[str]]:
    """Return the first estimate for each area, base and year, and remarks on any that differ."""
    found: dict[tuple[str, str, str], _Estimate] = {}
    differing: dict[tuple[str, str], int] = {}
    for row in bases:
        if not row.value:
            continue
        first = found.setdefault((row.force, row.base, row.year), _Estimate(row.value, row.source))
        if first.value != row.value:
            pair = (first.source, row.source)
            differing[pair] = differing.get(pair, 0) + 1
    remarks = [
        f"Estimates of {second} that differ from those of {first}: {number:,}. Rates use {first}, "
        "which was given first."
        for (first, second), number in differing.items()
    ]
    return found, remarks


def _scales(known: Known, added: Iterable[Metric]) -> dict[str, tuple[float, str]]:
    """Return what each metric's rate is per (such as 1,000), and the base it is over."""
    units = {**known.units, **{metric.metric: metric.unit for metric in added}}
    bases = {**known.bases, **{metric.metric: metric.base for metric in added}}
    scales = {name: per(unit) for name, unit in units.items()}
    return {name: (scale, bases[name]) for name, scale in scales.items() if scale}


def _with_rates(
    rows: Sequence[Rate],
    estimates: Mapping[tuple[str, str, str], _Estimate],
    scales: Mapping[str, tuple[float, str]],
    base_years: Mapping[tuple[str, str], str],
    gaps: Mapping[tuple[str, str], Sequence[str]],
) -> _Rates:
    """Return the rows with a rate wherever there is an estimate to calculate it with."""
    estimate_sources: dict[str, dict[str, None]] = {}
    rates = []
    calculated = missing = 0
    # If a source publishes rates of a metric, it left out one for a reason: do not calculate it.
    published = {(row.source, row.metric) for row in rows if row.value}
    for row in rows:
        force, metric, end, source, _, count, *_ = row
        if not count or (source, metric) in published:
            rates.append(row)
            continue
        scale, base = scales[metric]
        year = str(int(end[:4]) - 1)
        if (force, base, year) not in estimates:
            year = base_years.get((base, end[:4]), year)
        estimate = estimates.get((force, base, year))
        if force == DEFAULT_BENCHMARK and (without := gaps.get((source, end))):
            estimate = _less(estimate, [estimates.get((area, base, year)) for area in without])
        if count[0] == "-":
            rates.append(_noted(row, _NEGATIVE))
        elif force == TRANSPORT_POLICE:
            rates.append(_noted(row, _NO_RESIDENTS))
        elif estimate is None:
            missing += 1
            rates.append(row)
        else:
            calculated += 1
            estimate_sources.setdefault(source, {})[estimate.source] = None
            rates.append(_rate(row, scale, base, year, estimate.value))
    remarks = []
    if calculated:
        remarks.append(f"Rates calculated from counts and mid-year estimates: {calculated:,}.")
    if missing:
        remarks.append(
            f"Counts without a rate: {missing:,}. There is no estimate for the year before the one "
            "in which their period ends. Tables P3, P9 and P10 of the police force area tables "
            "have estimates."
        )
    return _Rates(rates, estimate_sources, remarks, missing)


def _less(whole: _Estimate | None, parts: Iterable[_Estimate | None]) -> _Estimate | None:
    """Return an estimate less those of some forces; None if any is not known."""
    for part in parts:
        if whole is None or part is None:
            return None
        whole = whole._replace(value=str(int(whole.value) - int(part.value)))
    return whole


def _noted(row: Rate, note: str) -> Rate:
    return row._replace(note=f"{row.note} {note}".strip())


def _rate(row: Rate, scale: float, base: str, year: str, estimate: str) -> Rate:
    return row._replace(
        value=exactly(scale * int(row.count) / float(estimate)),
        base=estimate,
        locator=f"{row.locator}{OVER}{base} of mid-{year}",
    )


def _with_estimates_named(source: Source, estimate_sources: Iterable[str]) -> Source:
    """Return a source with a note that names the sources of the estimates its rates are over."""
    names = list(estimate_sources)
    if not names:
        return source
    note = (
        f"Counts as published. Rates calculated with the mid-year estimates of {in_words(names)}."
    )
    return source._replace(note=f"{note} {source.note}".strip())
