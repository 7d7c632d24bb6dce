"""What the tests of importers share: what is known, files of a few rows, whole published files."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence

import pytest
from beside import whole

import crimecmp
from crimecmp.errors import DataError
from crimecmp.importers import known_names
from crimecmp.importers.files import File, Sheet, opened
from crimecmp.importers.imported import Imported, Known

DIGEST = "ab" * 32

Read = Callable[[File, Known], Imported | None]
"""How one importer reads a file: None where the file is none of its format."""


@functools.cache
def known(transport_police: bool = False, keep_zeros: bool = False) -> Known:
    """Return the bundled names, as an importer gets them."""
    data = crimecmp.load()
    return known_names(data, transport_police=transport_police, keep_zeros=keep_zeros)


FORCES = tuple(known().areas[force].label for force in known().territorial)
"""What the 43 forces are called."""


def sheet_of(rows: Iterable[Sequence[str]], name: str = "") -> Sheet:
    """Return a sheet with these rows, its heading among them."""
    cells = [list(row) for row in rows]
    return Sheet(name, cells, range(1, len(cells) + 1))


def file_of(*sheets: Sheet) -> File:
    """Return a file with these sheets."""
    return File("table.csv", DIGEST, sheets)


@functools.cache
def whole_file(name: str) -> File:
    """Return a whole published file, opened once; the test is skipped where it is not there."""
    return opened(str(whole(name)))


def counts(imported: Imported | None, area: str, period: str) -> dict[str, int]:
    """Return the counts that an area has for a period, by metric."""
    assert imported is not None
    return {
        row.metric: int(row.count)
        for row in imported.rates
        if (row.force, row.period_end) == (area, period) and row.count
    }


def assert_accounted(imported: Imported | None, file: File) -> None:
    """Hold that every row of every sheet is written or left out for a reason."""
    assert imported is not None
    assert sum(account.read for account in imported.accounts) == sum(
        len(sheet.rows) for sheet in file.sheets
    )
    for account in imported.accounts:
        assert account.read == account.written + sum(account.left_out.values())
        assert account.written >= 0
        assert all(times > 0 for times in account.left_out.values())


def imported_from(read: Read, file: File) -> Imported:
    """Return what an importer makes of a file, all of its rows accounted for."""
    made = read(file, known())
    assert made is not None
    assert_accounted(made, file)
    return made


def faults_of(read: Read, file: File) -> list[tuple[int, str, str]]:
    """Return the faults that an importer finds in a file: line, column and problem."""
    with pytest.raises(DataError) as caught:
        read(file, known())
    return [(fault.row, fault.column, fault.problem) for fault in caught.value.faults]


def left_out(made: Imported) -> dict[str, int]:
    """Return why rows of the first sheet were left out, the heading apart."""
    left = made.accounts[0].left_out.items()
    return {reason: times for reason, times in left if reason != "heading"}
