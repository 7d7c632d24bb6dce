"""The page that accounts for every row of imported files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from crimecmp.comparison.columns import OutputColumn
from crimecmp.importers import ReadFile
from crimecmp.importers.imported import Account
from crimecmp.report import Column, Note, Record, Report, Section
from crimecmp.text import in_words, plural


def import_page(
    folder: str,
    read: Sequence[ReadFile],
    tables: Mapping[str, Sequence[object]],
    remarks: Iterable[str],
) -> Report:
    """Return the page that accounts for every row of the files that were imported.

    Parameters
    ----------
    folder
        Where the tables went.
    read
        The files, with what became of their rows.
    tables
        The tables that were written.
    remarks
        What is to be known of the files together.
    """
    sections = []
    times = Counter(Path(file.name).name for file in read)
    for path, imported in read:
        name = Path(path).name
        about = {"file": name if times[name] == 1 else path, "format": imported.format}
        records: list[Record] = []
        people: list[Record] = []
        for account in imported.accounts:
            fates = [("read", "", account.read), ("written", "", account.written)]
            fates += [("left out", reason, number) for reason, number in account.left_out.items()]
            records += [
                {**about, "table": account.table, "fate": fate, "reason": reason, "rows": number}
                for fate, reason, number in fates
            ]
            people.append(_account_row(account))
        notes = tuple(Note(remark) for remark in imported.remarks)
        title = f"{about['file']}: {imported.format}"
        sections.append(Section(title, _COLUMNS, records, notes, people))
    made = in_words(f"{name}.csv ({plural(len(rows), 'row')})" for name, rows in tables.items())
    notes = (
        *(Note(remark) for remark in remarks),
        Note(f"Written to {folder} from {in_words(file.name for file in read)}: {made}."),
    )
    formats = in_words(dict.fromkeys(file.imported.format for file in read))
    title = f"Imported: {formats}"
    return Report(title, tuple(sections), tuple(_OUTPUTS), notes=notes, outputs=_OUTPUTS)


def _account_row(account: Account) -> Record:
    """Return what people see of one published table; its numbers add up across."""
    reasons = "; ".join(f"{number:,} {reason}" for reason, number in account.left_out.items())
    return {
        "table": account.table,
        "read": account.read,
        "written": account.written,
        "left_out": sum(account.left_out.values()),
        "reasons": reasons,
    }


_COLUMNS = (
    Column("Table", "table"),
    Column("Rows read", "read", "count"),
    Column("Written", "written", "count"),
    Column("Left out", "left_out", "count"),
    Column("Because", "reasons", "list"),
)
_OUTPUTS = {
    column.name: column
    for column in (
        OutputColumn("file", "File"),
        OutputColumn("format", "Recognised as"),
        OutputColumn("table", "Table"),
        OutputColumn("fate", "What became of the rows"),
        OutputColumn("reason", "Reason"),
        OutputColumn("rows", "Rows"),
    )
}
