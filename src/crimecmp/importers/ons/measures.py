"""Match the columns of a table of crimes to metrics, and find the columns of the rates' bases."""

from __future__ import annotations

from collections.abc import Mapping

from crimecmp.errors import Fault
from crimecmp.importers.categories import (
    HOUSEHOLDS,
    POPULATION,
    Category,
    category,
    known_category,
    oddities,
)
from crimecmp.importers.ons.draft import Draft
from crimecmp.importers.ons.headings import Column, Measure, letters
from crimecmp.importers.ons.table import Table
from crimecmp.importers.ons.titles import COUNTS
from crimecmp.importers.spelling import distance
from crimecmp.tables.names import normal

_RESIDENTIAL = normal("Residential burglary")
_BASES = {"population": POPULATION, "household": HOUSEHOLDS}


def measures_of(table: Table, draft: Draft) -> Mapping[str, Measure]:
    """Return the column of each metric in a table, and add new metrics to the draft.

    Raises
    ------
    DataError
        If a column has no heading, or no column is for an offence.
    """
    measures: dict[str, Measure] = {}
    kinds: dict[str, Category] = {}
    labels = [(column, *of) for column in table.columns for of in _labels(table, column)]
    taken = {known_category(label, draft.known, unit) for _, label, unit in labels}
    for column, label, unit in labels:
        if not label:
            raise table.refused(f"column {letters(column.number)} has no heading")
        kind = kinds[label] = category(label, draft.known, unit=unit, taken=taken)
        if kind.metric in measures:
            other = letters(measures[kind.metric].column.number)
            problem = f"column {other} has this heading as well; leave one of them out"
            draft.faults.append(Fault(table.place, 0, column.label, problem))
            continue
        measures[kind.metric] = Measure(unit, column)
        if kind.added is not None:
            draft.metrics.setdefault(kind.metric, kind.added)
    if not measures:
        raise table.refused("no column of an offence was found in it")
    draft.notice(table, oddities(kinds))
    draft.measures[table.place] = measures
    return measures


def base_columns(table: Table) -> Mapping[str, Column]:
    """Return the columns of population and households, by the unit of the rates that use them."""
    return {unit: column for column in table.columns if (unit := _base_unit(column))}


def _base_unit(column: Column) -> str:
    heading = normal(column.label)
    return next((unit for word, unit in _BASES.items() if heading.startswith(word)), "")


def _labels(table: Table, column: Column) -> list[tuple[str, str]]:
    """Return each metric label of a crime column, with the unit of its rate."""
    if _base_unit(column):
        return []
    label, heading = column.label, normal(column.label)
    # Residential burglary has one count and two rates: per population and per household.
    if table.kind == COUNTS and distance(heading, _RESIDENTIAL, 1) <= 1:
        return [(label, POPULATION), (label, HOUSEHOLDS)]
    households = "households" in f"{heading} {normal(column.unit)}"
    return [(label, HOUSEHOLDS if households else POPULATION)]
