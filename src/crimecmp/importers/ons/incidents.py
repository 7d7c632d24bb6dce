"""Make rows of the rates table from anti-social behaviour incidents (P7), by year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from crimecmp.importers.ons.draft import Draft
from crimecmp.importers.ons.headings import Column, letters
from crimecmp.importers.ons.rates import COUNT, RATE, rate_row
from crimecmp.importers.ons.table import Table
from crimecmp.importers.ons.years import month_ends
from crimecmp.tables.names import normal
from crimecmp.tables.schema import Column as Rule

METRIC = "anti-social-behaviour"

_RULES = {re.compile(r"\bnumbers?\b"): COUNT, re.compile(r"\brates?\b"): RATE}


def add_incidents(draft: Draft, table: Table) -> None:
    """Add the counts and rates in a table.

    Raises
    ------
    DataError
        If a column does not say its year or whether it is a count or a rate, or if the table is in
        the file twice.
    """
    years = columns_of_years(table)
    source = draft.source(f"ons-pfa-{draft.edition or max(years):%Y-%m}", [table])
    for row in table.rows:
        for end, columns in years.items():
            cells = {rule: draft.cell(table, row, column, rule) for rule, column in columns.items()}
            key = (row.area, METRIC, end.isoformat(), source)
            draft.rates.append(rate_row(draft, key, cells.get(COUNT), cells.get(RATE)))


def columns_of_years(table: Table) -> Mapping[date, Mapping[Rule, Column]]:
    """Return the columns of the count and the rate for each year."""
    years: dict[date, dict[Rule, Column]] = {}
    for column in table.columns:
        ends = next(filter(None, map(month_ends, column.texts)), [])
        rule = _rule(column)
        if not ends or rule is None:
            missing = "its year" if rule else "whether it is a number or a rate"
            raise table.refused(f"column {letters(column.number)} does not say {missing}")
        year = years.setdefault(ends[-1], {})
        if rule in year:
            raise table.refused(
                f"columns {letters(year[rule].number)} and {letters(column.number)} are of the"
                " same year; leave one of them out"
            )
        year[rule] = column
    return years


def _rule(column: Column) -> Rule | None:
    """Return the data model column that a column is for; None if its headings do not say."""
    for text in column.texts:
        for pattern, rule in _RULES.items():
            if pattern.search(normal(text)):
                return rule
    return None
