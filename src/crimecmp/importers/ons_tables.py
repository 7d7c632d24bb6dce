"""Police force area tables (ONS): counts, changes and rates of recorded crime, incidents and bases.

A workbook has one table on each sheet. These are imported: counts (P1, and P4 of the year before),
percentage changes (P2), rates (P3, with the population and households that they are over),
anti-social behaviour (P7), population (P9) and households (P10); and since 2020 fraud referred to
the national bureau (P9). A CSV file has one table.

Editions differ in the number of header rows, in empty columns between figures, in footnote marks
attached to words, years and codes, and in whether they have area codes. So the modules of
`crimecmp.importers.ons` find every part of a table by its text, not its position.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crimecmp.errors import DataError, Fault
from crimecmp.importers.files import File, Sheet
from crimecmp.importers.imported import Account, Imported, Known
from crimecmp.importers.ons.bases import add_bases
from crimecmp.importers.ons.changes import add_changes
from crimecmp.importers.ons.checks import check
from crimecmp.importers.ons.crimes import add_crimes
from crimecmp.importers.ons.draft import Draft
from crimecmp.importers.ons.incidents import add_incidents
from crimecmp.importers.ons.notes_sheets import notes_on_sheets
from crimecmp.importers.ons.referrals import add_referrals
from crimecmp.importers.ons.table import (
    Table,
    subject_not_read,
    table_in,
    unknown_table_remark,
)
from crimecmp.importers.ons.titles import (
    CHANGES,
    COUNTS,
    HOUSEHOLDS,
    INCIDENTS,
    POPULATION,
    RATES,
    REFERRALS,
)
from crimecmp.importers.ons.years import month_ends
from crimecmp.text import in_words

FORMAT = "ONS police force area tables"
OTHER_SHEET = "not a table that crimecmp reads"
_READS = "crimecmp reads tables of whole police forces (P1 to P4, P7, P9, P10)"
OTHER_TABLE = "a table {subject}"

_STEPS = (
    (INCIDENTS, add_incidents),
    (CHANGES, add_changes),
    (POPULATION, add_bases),
    (HOUSEHOLDS, add_bases),
    (REFERRALS, add_referrals),
)


def read(file: File, known: Known) -> Imported | None:
    """Return the rows of the ONS police force area tables in a file, rates first.

    Parameters
    ----------
    file
        The file's sheets.
    known
        The known areas and metrics.

    Returns
    -------
    Imported or None
        None if no sheet is one of the tables.

    Raises
    ------
    DataError
        If a table cannot be read; lists everything that is wrong with its cells.
    """
    notes = notes_on_sheets(file.sheets)
    found = [table_in(sheet, file.name, known, notes) for sheet in file.sheets]
    tables = [table for table in found if table is not None]
    if not tables:
        _refuse_other_tables(file)
        return None
    draft = Draft(file, known, _edition(tables))
    add_crimes(draft, tables)
    for kind, add in _STEPS:
        for table in tables:
            if table.kind == kind:
                add(draft, table)
    draft.refuse()
    check(draft, tables)
    return Imported(
        f"{FORMAT}, year ending {draft.edition:%B %Y}" if draft.edition else FORMAT,
        list(draft.sources.values()),
        [
            _account_of(sheet) if table is None else table.account()
            for sheet, table in zip(file.sheets, found, strict=True)
        ],
        rates=draft.rates,
        changes=draft.changes,
        bases=draft.bases,
        base_years=draft.base_years,
        breaks=draft.breaks,
        metrics=list(draft.metrics.values()),
        remarks=[
            *(remark for table in tables for remark in table.remarks),
            *_unknown_table_remarks(file, found, known),
            *draft.remarks(),
        ],
    )


def _refuse_other_tables(file: File) -> None:
    """Raise an error if a file holds published tables of which none is imported.

    Raises
    ------
    DataError
        If it does.
    """
    subjects = dict.fromkeys(filter(None, map(subject_not_read, file.sheets)))
    if subjects:
        problem = f"holds {in_words(f'a table {subject}' for subject in subjects)}; {_READS}"
        raise DataError([Fault(file.name, 0, "", problem)])


def _edition(tables: Sequence[Table]) -> date | None:
    """Return the year that a workbook is for, from its crime tables or otherwise from P7."""
    for kind in (COUNTS, RATES, CHANGES, INCIDENTS):
        ends = [end for table in tables if table.kind == kind for end in month_ends(table.title)]
        if ends:
            return max(ends)
    return None


def _unknown_table_remarks(file: File, found: Sequence[Table | None], known: Known) -> list[str]:
    """Return remarks on the sheets that look like tables but are not known ones."""
    others = (sheet for sheet, table in zip(file.sheets, found, strict=True) if table is None)
    return [
        f"{file.name}: {remark}"
        for sheet in others
        if (remark := unknown_table_remark(sheet, known))
    ]


def _account_of(other: Sheet) -> Account:
    rows, subject = len(other.rows), subject_not_read(other)
    reason = OTHER_TABLE.format(subject=subject) if subject else OTHER_SHEET
    return Account(other.name.strip(), rows, 0, {reason: rows} if rows else {})
