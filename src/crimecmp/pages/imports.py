"""The page that accounts for every row of imported files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crimecmp.comparison.row import Cell, Output
from crimecmp.document.brief import Brief, Offer
from crimecmp.document.report import Note, Report
from crimecmp.pages.part import Shown, section
from crimecmp.text import in_words, plural, visible

if TYPE_CHECKING:
    from crimecmp.errors import Fault
    from crimecmp.importers import ReadFile
    from crimecmp.importers.combining import Combined
    from crimecmp.importers.imported import Account


def import_page(
    folder: str,
    read: Sequence[ReadFile],
    combined: Combined,
    remarks: Iterable[str],
    territorial: Sequence[str],
) -> Report:
    """Return the page that accounts for every row of the files that were imported.

    Parameters
    ----------
    folder
        The folder that the tables were written to.
    read
        The files that were read, with an account of their rows.
    combined
        The tables that were written, and remarks on them.
    remarks
        Remarks on the folder.
    territorial
        Ids of the 43 territorial forces.
    """
    breaks = [fault for _, imported in read for fault in imported.breaks]
    sections = [section("breaks", _BREAKS, _BROKEN, breaks)] if breaks else []
    rows: list[tuple[Cell, ...]] = []
    times = Counter(Path(file.name).name for file in read)
    for path, imported in read:
        name = Path(path).name
        file = name if times[name] == 1 else path
        for account in imported.accounts:
            fates = [("read", "", account.read), ("written", "", account.written)]
            fates += [("left out", reason, number) for reason, number in account.left_out.items()]
            rows += [(file, imported.format, account.table, *fate) for fate in fates]
        notes = [Note(remark) for remark in imported.remarks]
        title = f"{file}: {imported.format}"
        sections.append(section(path, title, _SHOWN, imported.accounts, notes))
    made = in_words(
        f"{name}.csv ({plural(len(rows), 'row')})" for name, rows in combined.tables.items()
    )
    notes = [
        *(Note(remark) for remark in (*remarks, *combined.remarks)),
        Note(f"Written to {folder} from {in_words(file.name for file in read)}: {made}."),
    ]
    formats = in_words(dict.fromkeys(file.imported.format for file in read))
    files = sum(imported.files for _, imported in read)
    said = [
        remark.replace(path, Path(path).name)
        for path, imported in read
        for remark in imported.remarks
    ]
    left_out: Counter[str] = Counter()
    for _, imported in read:
        for account in imported.accounts:
            left_out.update(account.left_out)
    return Report(
        f"Imported: {formats}",
        tuple(sections),
        _COLUMNS,
        rows,
        notes=tuple(notes),
        brief=partial(_brief, folder, files, combined, left_out, territorial, breaks, said),
    )


def _brief(
    folder: str,
    files: int,
    combined: Combined,
    left_out: Mapping[str, int],
    territorial: Sequence[str],
    breaks: Sequence[Fault],
    said: Sequence[str],
) -> Brief:
    from crimecmp.pages.brief.imports import import_brief

    brief = import_brief(folder, files, combined, left_out, territorial, breaks, said)
    return brief._replace(offers=(Offer("notes"), Offer("imported", folder)))


_BREAKS = "Figures that do not add up"

_BROKEN: tuple[Shown[Fault], ...] = (
    Shown("Where", lambda fault: fault.file),
    Shown("Row", lambda fault: str(fault.row) if fault.row else None, "number"),
    Shown("Heading", lambda fault: fault.column),
    Shown("What breaks a sum of the publisher", lambda fault: fault.problem),
)
"""The columns of the table of figures that break a sum: it stands before the accounts."""


def _reasons(account: Account) -> list[str]:
    return [f"{number:,} {visible(reason)}" for reason, number in account.left_out.items()]


_SHOWN: tuple[Shown[Account], ...] = (
    Shown("Table", lambda account: account.table),
    Shown("Rows read", lambda account: f"{account.read:,}", "number"),
    Shown("Written", lambda account: f"{account.written:,}", "number"),
    Shown("Left out", lambda account: f"{sum(account.left_out.values()):,}", "number"),
    Shown("Because", _reasons, "list"),
)
"""The columns of the account of a table; rows read are rows written plus rows left out."""

_COLUMNS = (
    Output("File", name="file"),
    Output("Recognised as", name="format"),
    Output("Table", name="table"),
    Output("What happened to the rows", name="fate"),
    Output("Reason", name="reason"),
    Output("Rows", name="rows"),
)
