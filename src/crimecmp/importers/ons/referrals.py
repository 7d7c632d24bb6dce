"""Make rows of rates and changes from fraud referred to the national bureau (P9 since 2020).

Fraud is not recorded by police forces: its victims report it to a national body, and the National
Fraud Intelligence Bureau refers it to the force where the victim lives. So it is a measure of its
own, never a part of recorded crime. The table has the counts of two years, and the rate and the
percentage change of the later one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from crimecmp.importers.categories import POPULATION
from crimecmp.importers.imported import Change, Metric
from crimecmp.importers.ons.cells import locator
from crimecmp.importers.ons.draft import Draft
from crimecmp.importers.ons.headings import Column, letters
from crimecmp.importers.ons.notes import joined, missing_note, notes_on, notes_on_headings
from crimecmp.importers.ons.rates import COUNT, PERCENT, RATE, rate_row
from crimecmp.importers.ons.table import Table
from crimecmp.importers.ons.years import month_ends
from crimecmp.tables.names import normal
from crimecmp.tables.schema import Column as Rule

METRIC = Metric(
    "fraud-and-computer-misuse-referred",
    "Fraud and computer misuse referred to police",
    POPULATION,
    "population",
    definition="Offences that Action Fraud passed to the National Fraud Intelligence Bureau, by the"
    " force where the victim lives. Not part of crimes recorded by forces.",
)
_RULES = {re.compile(r"\brate\b"): RATE, re.compile(r"\bchange\b"): PERCENT}
_OF_TWO_YEARS = 2


class ReferralColumns(NamedTuple):
    """The column of the count of each year, in order, and of the rate and the change."""

    counts: Mapping[date, Column]
    others: Mapping[Rule, Column]


def add_referrals(draft: Draft, table: Table) -> None:
    """Add the counts, rates and changes in a table.

    Raises
    ------
    DataError
        If a column says neither its year nor that it is a rate or a change, or if the table is in
        the file twice.
    """
    columns = columns_of_referrals(table)
    *_, end = columns.counts
    source = draft.source(f"ons-pfa-{end:%Y-%m}", [table])
    draft.metrics.setdefault(METRIC.metric, METRIC)
    change = columns.others.get(PERCENT)
    for row in table.rows:
        others = {rule: draft.cell(table, row, at, rule) for rule, at in columns.others.items()}
        for year, column in columns.counts.items():
            key = (row.area, METRIC.metric, year.isoformat(), source)
            rate = others.get(RATE) if year == end else None
            count = draft.cell(table, row, column, COUNT)
            draft.rates.append(rate_row(draft, key, count, rate))
        if change is not None and len(columns.counts) == _OF_TWO_YEARS:
            before, _ = columns.counts
            cell = others[PERCENT]
            draft.changes.append(
                Change(
                    row.area,
                    METRIC.metric,
                    end.isoformat(),
                    before.isoformat(),
                    source,
                    percent=cell.number,
                    locator=locator([cell]),
                    note=joined(
                        missing_note("change", cell),
                        notes_on(draft.known, cell),
                        notes_on_headings(cell),
                    ),
                )
            )


def columns_of_referrals(table: Table) -> ReferralColumns:
    """Return the columns of a table.

    Raises
    ------
    DataError
        As `add_referrals`.
    """
    counts: dict[date, Column] = {}
    others: dict[Rule, Column] = {}
    for column in table.columns:
        rule, ends = _rule(column), month_ends(column.label)
        if rule is None and not ends:
            raise table.refused(f"column {letters(column.number)} does not say what it holds")
        same = others.get(rule) if rule else counts.get(ends[-1])
        if same is not None:
            raise table.refused(
                f"columns {letters(same.number)} and {letters(column.number)} are of the same year;"
                " leave one of them out"
            )
        if rule:
            others[rule] = column
        else:
            counts[ends[-1]] = column
    if not counts:
        raise table.refused("no column of a count was found in it")
    return ReferralColumns(dict(sorted(counts.items())), others)


def _rule(column: Column) -> Rule | None:
    """Return the data model column of a rate or a change; None for a count."""
    texts = [normal(text) for text in (column.label, column.unit) if text]
    return next(
        (rule for name, rule in _RULES.items() if any(map(name.search, texts))),
        None,
    )
