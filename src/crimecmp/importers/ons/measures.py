"""Match the columns of a table of crimes to metrics, and find the columns of the rates' bases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from crimecmp.errors import Fault
from crimecmp.importers.categories import HOUSEHOLDS, POPULATION, category
from crimecmp.importers.ons.draft import Draft
from crimecmp.importers.ons.headings import Column, letters
from crimecmp.importers.ons.table import Table
from crimecmp.importers.ons.titles import COUNTS
from crimecmp.tables.names import normal

_RESIDENTIAL = "Residential burglary"
_SPELLINGS = {"residental burglary": _RESIDENTIAL}
_BASES = {"population": POPULATION, "household": HOUSEHOLDS}


class Measure(NamedTuple):
    """The column with a metric's figures, and the unit of its rate."""

    unit: str
    column: Column


def measures_of(table: Table, draft: Draft) -> Mapping[str, Measure]:
    """Return the column of each metric in a table, and add new metrics to the draft.

    Raises
    ------
    DataError
        If a column has no heading, or no column is for an offence.
    """
    measures: dict[str, Measure] = {}
    for column in table.columns:
        for label, unit in _labels(table, column):
            if not label:
                raise table.refused(f"column {letters(column.number)} has no heading")
            metric, added = category(label, draft.known, unit=unit)
            if metric in measures:
                other = letters(measures[metric].column.number)
                problem = f"column {other} has this heading as well; leave one of them out"
                draft.faults.append(Fault(table.place, 0, column.label, problem))
                continue
            measures[metric] = Measure(unit, column)
            if added is not None:
                draft.metrics.setdefault(metric, added)
    if not measures:
        raise table.refused("no column of an offence was found in it")
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
    heading = normal(column.label)
    label = _SPELLINGS.get(heading, column.label)
    # Residential burglary has one count and two rates: per population and per household.
    if table.kind == COUNTS and normal(label) == normal(_RESIDENTIAL):
        return [(label, POPULATION), (label, HOUSEHOLDS)]
    households = "households" in f"{heading} {normal(column.unit)}"
    return [(label, HOUSEHOLDS if households else POPULATION)]
