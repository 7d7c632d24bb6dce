"""What can go wrong, as one tree.

::

    CrimecmpError            message, and a hint that says what to do next
    ├── RequestError         what was asked for cannot be understood
    │   └── UnknownNameError a name fits nothing, or several things
    ├── DataError            tables that cannot be read or are not sound: all faults together
    ├── MethodError          an argument for which a statistical method has no answer
    ├── NoFiguresError       sound tables, but none of their figures answers the question
    ├── OutputError          the answer cannot be written
    └── MissingExtraError    the answer takes a package that is not installed

Messages and hints name arguments and functions as a caller in Python writes them, `benchmark=`,
`weighted=True` or `crimecmp.forces()`; `crimecmp.cli.messages` puts them into the terminal's words.
`crimecmp.cli` turns each error into a message on standard error and an exit code; nothing else
does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from crimecmp.text import visible

SHOWN_FAULTS = 20
"""How many faults a message lists before it counts the rest."""


class CrimecmpError(Exception):
    """Base of every error that crimecmp raises on purpose.

    Parameters
    ----------
    message
        What is wrong, in one sentence.
    hint
        What to do about it; empty where there is nothing to add.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class RequestError(CrimecmpError):
    """What was asked for cannot be understood, whatever the data hold."""


class UnknownNameError(RequestError):
    """A force or metric was named that fits nothing, or fits several."""


class NoFiguresError(CrimecmpError):
    """The tables are sound but hold no figure that answers the question."""


class MethodError(CrimecmpError, ValueError):
    """An argument for which a statistical method has no answer: which one, and why."""


class MissingExtraError(CrimecmpError):
    """The answer takes a package of an extra that is not installed."""


class OutputError(CrimecmpError):
    """The answer could not be written where it was to go."""


class Fault(NamedTuple):
    """One thing that is wrong with a table.

    Parameters
    ----------
    file
        The file as the user named it.
    row
        Line of the file on which the row begins, the header being line 1; 0 for the whole file.
    column
        Name of the column (its number where it has none); empty for the whole row.
    problem
        What is wrong, and what to do about it.
    """

    file: str
    row: int
    column: str
    problem: str

    def __str__(self) -> str:
        place = ":".join(
            [self.file, *([str(self.row)] if self.row else []), *filter(None, [self.column])]
        )
        return f"{place}: {self.problem}"


class DataError(CrimecmpError):
    """Tables that cannot be read or are not sound.

    Parameters
    ----------
    faults
        All that is wrong, in the order of files and rows.
    hint
        What to do about it.
    lead
        What several faults mean together, said before them.
    """

    def __init__(
        self, faults: Sequence[Fault], hint: str = "", lead: str = "the tables are not sound"
    ) -> None:
        self.faults = tuple(faults)
        self.lead = lead
        lines = [visible(str(fault)) for fault in self.faults[:SHOWN_FAULTS]]
        if len(self.faults) > SHOWN_FAULTS:
            lines.append(f"and {len(self.faults) - SHOWN_FAULTS} more")
        super().__init__("\n".join(lines), hint)
