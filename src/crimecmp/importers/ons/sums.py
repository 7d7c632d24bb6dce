"""Hold a table against the sums that it gives: of areas in larger areas, of offences in groups.

Forces make a region, regions make England, and England and Wales the whole, with British Transport
Police where the line has it. Counts make these sums exactly. Estimates that are printed to 100 make
them within rounding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from crimecmp.errors import Fault
from crimecmp.importers.categories import PARTS
from crimecmp.importers.imported import Known
from crimecmp.importers.ons.areas import ENGLAND, UNKNOWN, WALES, AreaRow
from crimecmp.importers.ons.headings import Column, Measure
from crimecmp.importers.ons.marks import unmarked
from crimecmp.importers.ons.table import Table
from crimecmp.importers.ons.titles import (
    COUNTS,
    HOUSEHOLDS,
    INCIDENTS,
    POPULATION,
    REFERRALS,
)
from crimecmp.tables.names import normal
from crimecmp.text import in_words

_ADDED_UP = (COUNTS, INCIDENTS, POPULATION, HOUSEHOLDS, REFERRALS)
_ESTIMATES = (POPULATION, HOUSEHOLDS)
ROUNDED_TO = 100
"""What population and households are rounded to."""

_OF_ENGLAND = " of england"


class _Whole(NamedTuple):
    """An area, the areas that it is made of, and what they are called."""

    row: AreaRow
    parts: Sequence[AreaRow]
    called: str


def area_breaks(table: Table, known: Known) -> Iterator[Fault]:
    """Yield the cells of a table that are not the sum of the areas in theirs."""
    if table.kind not in _ADDED_UP:
        return
    wholes = list(_wholes(table, known))
    for column in table.columns:
        if not _is_added_up(table, column):
            continue
        for whole in wholes:
            shown = number_in(table, whole.row, column)
            parts = [number_in(table, part, column) for part in whole.parts]
            present = [part for part in parts if part is not None]
            if shown is None or len(present) < len(parts):
                continue
            error = _rounding(table, len(parts))
            if abs(shown - sum(present)) > error:
                within = " within rounding" if error else ""
                problem = f"{whole.called} add up to {sum(present):,.0f}{within}"
                yield broken(table, whole.row, column, problem)


def group_breaks(table: Table, measures: Mapping[str, Measure]) -> Iterator[Fault]:
    """Yield the counts of a group of offences that are not the sum of its parts."""
    if table.kind != COUNTS:
        return
    for group, metrics in PARTS.items():
        if not all(metric in measures for metric in (group, *metrics)):
            continue
        whole, columns = measures[group].column, [measures[metric].column for metric in metrics]
        for row in [*table.rows, *table.wholes.values()]:
            shown = number_in(table, row, whole)
            parts = [number_in(table, row, column) for column in columns]
            present = [part for part in parts if part is not None]
            if shown is not None and len(present) == len(parts) and shown != sum(present):
                called = in_words(column.label for column in columns)
                yield broken(table, row, whole, f"{called} add up to {sum(present):,.0f}")


def broken(table: Table, row: AreaRow, column: Column, problem: str) -> Fault:
    """Return a break of a sum: the cell, the figure in it, and what it should be."""
    shown = number_in(table, row, column) or 0.0
    figure = f"{shown:,.0f}" if shown == int(shown) else f"{shown:,.10g}"
    place = table.reference(row, column)
    return table.fault(
        row, column, f"cell {place} ({unmarked(row.name)}) is {figure}, but {problem}"
    )


def number_in(table: Table, row: AreaRow, column: Column) -> float | None:
    """Return the number in a cell; None if there is none."""
    try:
        return float(table.cell(row, column).replace(",", "").rstrip("% "))
    except ValueError:
        return None


def _is_added_up(table: Table, column: Column) -> bool:
    """Return whether a column holds counts: rates and percentages make no sums."""
    texts = normal(" ".join((column.label, column.unit)))
    return table.kind in (COUNTS, *_ESTIMATES) or (
        not any(word in texts for word in ("rate", "per cent", "change"))
        and "%" not in column.label
    )


def _rounding(table: Table, parts: int) -> float:
    return (parts + 1) * ROUNDED_TO / 2 if table.kind in _ESTIMATES else 0.0


def _wholes(table: Table, known: Known) -> Iterator[_Whole]:
    forces = {row.area: row for row in table.rows if row.area in known.territorial}
    by_region: dict[str, list[str]] = {}
    for force in known.territorial:
        by_region.setdefault(normal(known.regions.get(force, "")), []).append(force)
    regions = []
    for region, members in by_region.items():
        row = table.wholes.get(region) or table.wholes.get(region.removesuffix(_OF_ENGLAND))
        if region != WALES:
            regions.append(row)
        if row is not None and all(force in forces for force in members):
            called = f"its {len(members)} forces"
            yield _Whole(row, [forces[force] for force in members], called)
    england, wales = table.wholes.get(ENGLAND), table.wholes.get(WALES)
    if england is not None and all(row is not None for row in regions):
        yield _Whole(england, list(_present(regions)), f"its {len(regions)} regions")
    if england is None or wales is None:
        return
    unknown = table.wholes.get(UNKNOWN)
    for row in table.nationals:
        with_transport = row.has_transport_police
        if with_transport is None:
            with_transport = table.kind == COUNTS
        more = [table.transport] if with_transport else []
        more += [unknown] if unknown else []
        if all(part is not None for part in more):
            called = in_words([unmarked(part.name) for part in (england, wales, *_present(more))])
            yield _Whole(row, [england, wales, *_present(more)], called)


def _present(rows: Iterable[AreaRow | None]) -> Iterator[AreaRow]:
    return (row for row in rows if row is not None)
