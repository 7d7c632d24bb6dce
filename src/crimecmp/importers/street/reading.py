"""Counts the rows of one street-level file by category, and refuses a file with any fault.

Nearly every file is plain: CRLF line ends, no quotation marks, every row in order. Such a file is
counted a block at a time. Any other file is read once more, row by row, which finds each fault and
its line. Both count the same rows of the same file, so speed costs no check.
"""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from crimecmp.errors import SHOWN_FAULTS, DataError, Fault
from crimecmp.importers.files import markup_problem
from crimecmp.importers.street.categories import NAMES
from crimecmp.importers.street.holders import Held
from crimecmp.importers.street.names import OTHER_FORCES, FileName
from crimecmp.importers.street.plain import HEADING, counted_lines
from crimecmp.importers.street.unpacking import DamagedError, blocks
from crimecmp.tables.names import Names
from crimecmp.text import plural, quoted

_MONTH, _REPORTED_BY, _FALLS_WITHIN, _CRIME_TYPE = map(
    HEADING.index, ("Month", "Reported by", "Falls within", "Crime type")
)
_HEADING_LINE = f"{','.join(HEADING)}\r\n".encode()
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LONGEST_LINE = 1 << 17


class Counted(NamedTuple):
    """What was counted in one file.

    Parameters
    ----------
    rows
        The number of rows, without the heading.
    counts
        The number of rows of each category, by its published name.
    faults
        What is wrong with the file, as far as a message can show; its rows do not count then.
    """

    rows: int
    counts: dict[str, int]
    faults: tuple[Fault, ...] = ()


def counted(file: Held, areas: Names) -> Counted:
    """Return the number of rows of each category in a street-level file.

    Parameters
    ----------
    file
        The file. Its name says which force and month it is of.
    areas
        The names of the forces.
    """
    try:
        plain = _counted_plain(file, areas)
        if plain is not None:
            return Counted(plain.total(), dict(plain))
        return _counted_by_row(file, areas)
    except DamagedError as damage:
        return _refused(file, str(damage))
    except OSError as error:
        return _refused(file, f"cannot be read: {error.strerror}")


def is_of(cell: str, force: str, areas: Names) -> bool:
    """Return whether a cell names a force, which is one of the 43 or of `OTHER_FORCES`."""
    return cell == OTHER_FORCES.get(force) or areas.exact(cell) == force


def _refused(file: Held, problem: str) -> Counted:
    return Counted(0, {}, (Fault(file.label, 0, "", problem),))


def _counted_plain(file: Held, areas: Names) -> Counter[str] | None:
    """Count a plain file; None if it is not plain, has any fault or no rows."""
    counts: Counter[str] = Counter()
    force = b""
    for nth, block in enumerate(blocks(file)):
        lines = block
        if not nth:
            heading, line_end, lines = block.removeprefix(BOM_UTF8).partition(b"\n")
            if heading + line_end != _HEADING_LINE:
                return None
            force = b"".join(lines.partition(b"\n")[0].split(b",")[_REPORTED_BY : _REPORTED_BY + 1])
            if not is_of(force.decode(errors="replace"), file.name.force, areas):
                return None
        found = counted_lines(lines, file.name.month, force)
        if found is None:
            return None
        counts.update(found)
    return counts or None


def _counted_by_row(file: Held, areas: Names) -> Counted:
    """Count a file row by row, and find what is wrong with it."""
    counts: Counter[str] = Counter()
    faults: list[Fault] = []
    lines: dict[tuple[str, str], list[int]] = {}
    reader = csv.reader(_lines(file), strict=True)
    first_line = 1
    try:
        heading = next(reader, [])
        if problem := _heading_problem(heading):
            return Counted(0, {}, (Fault(file.label, 1, "", problem),))
        first_line = reader.line_num + 1
        for cells in reader:
            found = list(_problems(cells, file.name, areas))
            for each in found:
                lines.setdefault(each, []).append(first_line)
            if len(lines) >= SHOWN_FAULTS:
                break
            if not found:
                counts[cells[_CRIME_TYPE]] += 1
            first_line = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(file.label, first_line, "", f"is not CSV from here: {error}"))
    except UnicodeDecodeError:
        faults.append(Fault(file.label, first_line, "", "is not UTF-8"))
    except DataError as error:
        faults += error.faults
    faults = [*(_fault(file, *problem, on) for problem, on in lines.items()), *faults]
    return Counted(0, {}, tuple(faults)) if faults else Counted(counts.total(), dict(counts))


def _fault(file: Held, column: str, problem: str, lines: Sequence[int]) -> Fault:
    """Return a fault at the first of its lines."""
    more = f", as on {plural(len(lines) - 1, 'more line')}" if len(lines) > 1 else ""
    return Fault(file.label, lines[0], column, f"{problem}{more}")


def _lines(file: Held) -> Iterator[str]:
    """Yield the lines of a file as text, with their ends.

    Raises
    ------
    DataError
        If a line is too long, or the last has no end.
    """
    rest, number = b"", 1
    for block in blocks(file):
        *whole, rest = (rest + block).split(b"\n")
        for line in whole:
            yield f"{(line if number > 1 else line.removeprefix(BOM_UTF8)).decode()}\n"
            number += 1
        if len(rest) > _LONGEST_LINE:
            raise DataError([Fault(file.label, number, "", "is not a row: the line has no end")])
    if rest:
        problem = markup_problem(rest.decode(errors="replace"))
        problem = problem or "the last line has no end: the file is cut short"
        raise DataError([Fault(file.label, number, "", problem)])


def _heading_problem(heading: list[str]) -> str:
    if not heading:
        return "the file is empty; fetch it again"
    if problem := markup_problem(",".join(heading)):
        return problem
    if tuple(heading) == HEADING:
        return ""
    missing = [name for name in HEADING if name not in heading]
    added = [name for name in heading if name not in HEADING]
    what = [
        *(f"{quoted(name)} is missing" for name in missing),
        *(f"{quoted(name)} is not one of its columns" for name in added),
    ] or ["they are in another order"]
    return f"the columns are not those of a street-level file: {', '.join(what)}"


def _problems(cells: list[str], name: FileName, areas: Names) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a row: the column, and the problem."""
    if not any(cells):
        yield "", "the line is blank"
    elif len(cells) != len(HEADING):
        yield "", f"the row has {len(cells)} cells, not {len(HEADING)}"
    else:
        if any(map(_CONTROL.search, cells)):
            yield "", "the row has a control character"
        if cells[_MONTH] != name.month:
            yield "Month", f"{quoted(cells[_MONTH])} is not the month of the file's name"
        for place in (_REPORTED_BY, _FALLS_WITHIN):
            if not is_of(cells[place], name.force, areas):
                problem = f"{quoted(cells[place])} is not the force of the file's name"
                yield HEADING[place], problem
        if cells[_CRIME_TYPE] not in NAMES:
            yield "Crime type", f"{quoted(cells[_CRIME_TYPE])} is not a category of data.police.uk"
