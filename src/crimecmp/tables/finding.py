"""Finds the tables at a path: a folder's by the names of its files, a single file's by its header.

What is read is text, not yet checked against the schema.
"""

from __future__ import annotations

import sys
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from crimecmp.errors import Fault
from crimecmp.tables.csv_text import TextTable, read_table
from crimecmp.tables.files import STANDARD_INPUT, sha256_of, unreadable
from crimecmp.tables.reading import Room, TooLargeError, check_extent, read_path, read_stream
from crimecmp.tables.schema import FIGURE_TABLES, TABLES, Table
from crimecmp.text import in_words

_NEARLY = 0.75
"""How alike two column names must be, up to 1, for one to count as a misspelling of the other."""

_NAMES_COMPARED = 20
"""At most this many unknown columns are compared with a table's, which takes time."""


class Found(NamedTuple):
    """What there is at a path.

    Parameters
    ----------
    texts
        The tables, by name: one for each edition that has it.
    faults
        What could not be read, or is no table.
    left_out
        Names of the folder's CSV files that are no table of crimecmp.
    """

    texts: dict[str, list[TextTable]]
    faults: list[Fault]
    left_out: list[str]


def find_tables(path: str) -> Found:
    """Read the tables of a folder, of one CSV file, or of standard input where `path` is `-`."""
    if not path:
        return _nothing(Fault("path=", 0, "", "the path is empty; use . for this folder"))
    label = "standard input" if path == STANDARD_INPUT else path
    try:
        if path != STANDARD_INPUT and Path(path).is_dir():
            return _in_folder(Path(path))
    except (OSError, ValueError) as error:
        return _nothing(unreadable(label, error))
    text, faults = _read(path, label, Room())
    if text is None:
        return _nothing(*faults)
    nearest = _nearest(text.header, Path(path).stem.casefold())
    if len(nearest) == 1:
        return Found({nearest[0].name: [text]}, faults, [])
    if not any(fault.row == text.header_line for fault in faults):
        needed = " or ".join(f"{', '.join(table.required)} ({table.name})" for table in nearest)
        problem = f"the header does not match one table; it needs the columns {needed}"
        # Without its table nothing is known of the rows.
        faults = [Fault(label, text.header_line, "", problem)]
    return _nothing(*faults)


def _nothing(*faults: Fault) -> Found:
    return Found({}, list(faults), [])


def _in_folder(folder: Path) -> Found:
    """Read a folder; where it has no figures of its own, its folders with sources are editions."""
    found, room = Found({}, [], []), Room()
    _add_files(found, folder, room)
    if not any(name in found.texts for name in (*FIGURE_TABLES, "quarters", "months", "judgments")):
        for edition in sorted(path.parent for path in folder.glob("*/sources.csv")):
            _add_files(found, edition, room)
    if not found.texts and not found.faults:
        wanted = in_words([f"{name}.csv" for name in (*FIGURE_TABLES, "judgments")], "or")
        others = f" (found: {', '.join(found.left_out)})" if found.left_out else ""
        problem = f"the folder has no table{others}; it needs at least one called {wanted}"
        found.faults.append(Fault(str(folder), 0, "", problem))
    return found


def _add_files(found: Found, folder: Path, room: Room) -> None:
    """Add the tables of one folder, which has at most one of each kind."""
    here: set[str] = set()
    for file in sorted(file for file in folder.iterdir() if file.suffix.casefold() == ".csv"):
        name = file.stem.casefold()
        if name not in TABLES:
            found.left_out.append(file.name)
            continue
        if name in here:
            problem = f"there is another table called {name} here"
            found.faults.append(Fault(str(file), 0, "", problem))
            continue
        text, faults = _read(file, str(file), room)
        found.faults.extend(faults)
        if text is not None:
            here.add(name)
            found.texts.setdefault(name, []).append(text)


def _read(path: str | Path, label: str, room: Room) -> tuple[TextTable | None, list[Fault]]:
    try:
        if path != STANDARD_INPUT:
            content = read_path(path, room)
        elif sys.stdin is None:
            return None, [Fault(label, 0, "", "cannot be read: it is closed")]
        else:
            content = read_stream(sys.stdin.buffer, room)
        check_extent(content)
    except TooLargeError as error:
        return None, [Fault(label, 0, "", str(error))]
    except (OSError, ValueError) as error:
        return None, [unreadable(label, error)]
    text, faults = read_table(content, label)
    return text and text._replace(sha256=sha256_of(content)), faults


def _nearest(header: list[str], stem: str) -> list[Table]:
    """Return the table that a header fits best; several where it fits them equally.

    A column whose name is nearly that of a missing one counts half: it is misspelt, and the check
    says so.
    """
    names = set(header)

    def fit(table: Table) -> tuple[float, bool]:
        missing = [name for name in table.required if name not in names]
        unknown = [name for name in dict.fromkeys(header) if name not in table.column_names]
        nearly = sum(
            bool(get_close_matches(name, missing, 1, _NEARLY)) for name in unknown[:_NAMES_COMPARED]
        )
        shared = len(names & set(table.required))
        return (shared + nearly / 2 - len(missing) - len(unknown), table.name == stem)

    fits = {table.name: fit(table) for table in TABLES.values()}
    best = max(fits.values())
    nearest = [TABLES[name] for name, its in fits.items() if its == best]
    shared = any(set(table.required) & names for table in nearest)
    if len(nearest) > 1 and not shared:
        return [TABLES[name] for name in FIGURE_TABLES]
    return [table for table in nearest if table.name in FIGURE_TABLES] or nearest
