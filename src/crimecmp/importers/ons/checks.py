"""Hold the tables of a workbook against their own sums and against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from crimecmp.errors import Fault
from crimecmp.importers.figures import some_of
from crimecmp.importers.ons.bases import BASES, MID_YEAR
from crimecmp.importers.ons.draft import Draft
from crimecmp.importers.ons.headings import Column
from crimecmp.importers.ons.implied import (
    Measured,
    breaks_of_column,
    change_breaks,
    rate_breaks,
    whole_base_breaks,
)
from crimecmp.importers.ons.incidents import columns_of_years
from crimecmp.importers.ons.measures import base_columns
from crimecmp.importers.ons.rates import COUNT, PERCENT, RATE
from crimecmp.importers.ons.referrals import columns_of_referrals
from crimecmp.importers.ons.sums import ROUNDED_TO, area_breaks, broken, group_breaks, number_in
from crimecmp.importers.ons.table import Table
from crimecmp.importers.ons.titles import (
    CHANGES,
    COUNTS,
    HOUSEHOLDS,
    INCIDENTS,
    POPULATION,
    RATES,
    REFERRALS,
)
from crimecmp.importers.ons.years import year_alone
from crimecmp.text import plural, quoted, rounded

_JUMP, _FEW = 0.02, 1000
"""How far an estimate may be from the mean of the years beside it: a share of that, and people."""

_RARE = 0.1
_REVISED = 0.003
"""How far the rate of incidents may be from their number over the estimates: a share of it. The
publisher's rates of 2014 to 2018 are over estimates of before a revision, and a few of them differ
by more, up to 0.9%."""


def check(draft: Draft, tables: Sequence[Table]) -> None:
    """Record in the draft the cells that break a sum."""
    by_year = {
        kind: {table.ends(1)[-1]: _measured(draft, table) for table in tables if table.kind == kind}
        for kind in (COUNTS, RATES, CHANGES)
    }
    for table in tables:
        draft.breaks_sum(area_breaks(table, draft.known))
        draft.breaks_sum(_of_one_table(draft, table))
        if table.kind == RATES:
            draft.breaks_sum(_estimate_breaks(table, tables))
        draft.notice(table, _over_estimates(table, tables))
    for kind in (RATES, CHANGES):
        for end, others in by_year[kind].items():
            if end in by_year[COUNTS]:
                draft.notice(others.table, _without_counts(draft, others, by_year[COUNTS][end]))
    for end, rates in by_year[RATES].items():
        if end in by_year[COUNTS]:
            draft.breaks_sum(rate_breaks(by_year[COUNTS][end], rates))
    for end, changes in by_year[CHANGES].items():
        if end in by_year[COUNTS]:
            before = by_year[COUNTS].get(changes.table.ends(2)[-2])
            draft.breaks_sum(change_breaks(changes, by_year[COUNTS][end], before))


def _measured(draft: Draft, table: Table) -> Measured:
    """Return a table with the columns of its counts, or of its figures that are printed in full."""
    measures = draft.measures.get(table.place, {})
    if table.kind != COUNTS:
        measures = {m: of for m, of in measures.items() if draft.unrounded(table, of.column)}
    return Measured(table, measures)


def _without_counts(draft: Draft, others: Measured, counts: Measured) -> Iterator[str]:
    """Yield a sentence on each column that the table of counts lacks, as if headings had moved."""
    for metric, (_, column) in draft.measures.get(others.table.place, {}).items():
        if metric not in counts.measures:
            yield f"{counts.table.name} has no counts of {quoted(column.label)}."


def _estimate_breaks(rates: Table, tables: Sequence[Table]) -> Iterator[Fault]:
    """Yield the bases of rates that are not the estimates in a table of those."""
    for unit, column in base_columns(rates).items():
        year = MID_YEAR.search(column.label)
        for table in tables:
            if year is None or table.kind != BASES[unit]:
                continue
            rows = {row.area: row for row in table.rows}
            for same in table.columns:
                if year_alone(same.label) != int(year[1]):
                    continue
                for row in rates.rows:
                    shown = number_in(rates, row, column)
                    there = row.area in rows and number_in(table, rows[row.area], same)
                    if shown and there and shown != there:
                        yield broken(rates, row, column, f"{table.name} has {there:,.0f}")


def _over_estimates(incidents: Table, tables: Sequence[Table]) -> Iterator[str]:
    """Yield a sentence on the rates of incidents that are not their number over the estimates.

    A rate is over the population in the middle of the year before its 12 months begin.
    """
    if incidents.kind != INCIDENTS:
        return
    for population in (table for table in tables if table.kind == POPULATION):
        estimates = {year_alone(column.label): column for column in population.columns}
        rows = {row.area: row for row in population.rows}
        far = {}
        for end, columns in columns_of_years(incidents).items():
            at = estimates.get(end.year - 2)
            if at is None or not {RATE, COUNT} <= columns.keys():
                continue
            for row in incidents.rows:
                rate, count = (number_in(incidents, row, columns[rule]) for rule in (RATE, COUNT))
                people = number_in(population, rows[row.area], at) if row.area in rows else None
                if rate and count and people:
                    off = abs(1000 * count / people / rate - 1)
                    if off > _REVISED:
                        far[incidents.reference(row, columns[RATE])] = off
        if far:
            least, most = (rounded(100 * share, 1) for share in (_REVISED, max(far.values())))
            yield (
                f"{plural(len(far), 'rate')} not within {least}% of the number over the population"
                f" of {population.name}, up to {most}% from it: {some_of(list(far))}. The publisher"
                " may have used earlier estimates."
            )


def _of_one_table(draft: Draft, table: Table) -> Iterator[Fault]:
    """Yield what breaks a sum within a table."""
    if table.kind == COUNTS:
        yield from group_breaks(table, draft.measures.get(table.place, {}))
    elif table.kind in (POPULATION, HOUSEHOLDS):
        yield from _year_breaks(table)
        yield from _rounding_breaks(table)
    elif table.kind == INCIDENTS:
        years = columns_of_years(table)
        first = {year: next(iter(columns.values())) for year, columns in years.items()}
        yield from _order_breaks(table, first)
        pairs = {at[RATE]: at[COUNT] for at in years.values() if RATE in at and COUNT in at}
        yield from whole_base_breaks(
            table, {rate: count for rate, count in pairs.items() if draft.unrounded(table, rate)}
        )
    elif table.kind == REFERRALS:
        yield from _referral_breaks(draft, table)


def _referral_breaks(draft: Draft, table: Table) -> Iterator[Fault]:
    columns = columns_of_referrals(table)
    yield from _order_breaks(table, columns.counts)
    change, rate = columns.others.get(PERCENT), columns.others.get(RATE)
    *_, latest = columns.counts.values()
    if rate is not None and draft.unrounded(table, rate):
        yield from whole_base_breaks(table, {rate: latest})
    if change is None or not draft.unrounded(table, change):
        return
    before = next(iter(columns.counts.values()))
    counts = {
        row.area: (number_in(table, row, before), number_in(table, row, latest))
        for row in table.rows
    }
    yield from breaks_of_column(table, change, counts)


def _order_breaks(table: Table, years: Mapping[date, Column]) -> Iterator[Fault]:
    """Yield the headings of years that are not in order, as no publisher leaves them."""
    numbers = [column.number for _, column in sorted(years.items())]
    for earlier, later in pairwise(numbers):
        if earlier > later:
            heading = table.columns[[column.number for column in table.columns].index(later)]
            line = table.sheet.lines[table.rows[0].number] - 1
            yield Fault(table.place, line, heading.label, "the years are not in order")


def _rounding_breaks(table: Table) -> Iterator[Fault]:
    """Yield the estimates that are not rounded to 100, where nearly all of a table are."""
    numbers = {
        (row, column): number
        for row in table.rows
        for column in table.columns
        if (number := number_in(table, row, column)) is not None
    }
    odd = [cell for cell, number in numbers.items() if number % ROUNDED_TO]
    if len(odd) < _RARE * len(numbers):
        for row, column in odd:
            problem = f"nearly all other figures are rounded to {ROUNDED_TO}"
            yield broken(table, row, column, problem)


def _year_breaks(table: Table) -> Iterator[Fault]:
    """Yield the estimates that are far from those of the years beside them."""
    years = {year: column for column in table.columns if (year := year_alone(column.label))}
    yield from _order_breaks(table, {date(year, 6, 30): at for year, at in years.items()})
    for row in table.rows:
        for year, column in years.items():
            beside = [
                number_in(table, row, years[other])
                for other in (year - 1, year + 1)
                if other in years
            ]
            present = [number for number in beside if number is not None]
            shown = number_in(table, row, column)
            if shown is None or not present:
                continue
            mean = sum(present) / len(present)
            if abs(shown - mean) > _FEW + _JUMP * mean * (3 - len(present)):
                problem = f"the years beside it have {mean:,.0f} on average"
                yield broken(table, row, column, problem)
