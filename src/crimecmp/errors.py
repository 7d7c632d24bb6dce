"""The errors that crimecmp raises, as one tree.

::

    CrimecmpError            message, and a hint that says what to do next
    ├── RequestError         the request is not valid
    │   └── UnknownNameError a name matches nothing, or several things
    ├── DataError            tables cannot be read or are not valid: all faults together
    ├── MethodError          an argument is outside the range of a statistical method
    ├── NoFiguresError       the tables are valid but have no figures for the request
    ├── FetchError           a published file cannot be found or downloaded
    ├── OutputError          the result cannot be written
    └── MissingExtraError    the result needs a package that is not installed

Messages and hints name arguments and functions as in Python: `benchmark=`, `weighted=True` or
`crimecmp.forces()`. `crimecmp.cli.messages` translates them into command-line options and commands.
Only `crimecmp.cli` turns errors into messages on standard error and exit codes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from crimecmp.text import visible

SHOWN_FAULTS = 20
"""The most faults that a message lists; it only counts the rest."""


class CrimecmpError(Exception):
    """The base class of every error that crimecmp raises on purpose.

    Parameters
    ----------
    message
        What is wrong, in one sentence.
    hint
        What to do about it; may be empty. A traceback shows it too.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if hint:
            self.add_note(hint)


class RequestError(CrimecmpError):
    """The request is not valid, whatever the data."""


class UnknownNameError(RequestError):
    """A name of a force or a metric matches nothing, or several things."""


class NoFiguresError(CrimecmpError):
    """The tables are valid but have no figures for the request."""


class MethodError(CrimecmpError, ValueError):
    """An argument is outside the range of a statistical method; the message says which and why."""


class MissingExtraError(CrimecmpError):
    """The result needs a package from an extra that is not installed."""


class FetchError(CrimecmpError):
    """A published file cannot be found or downloaded; the hint says how to fetch it by hand."""


class OutputError(CrimecmpError):
    """The result could not be written."""


class Fault(NamedTuple):
    """One fault in a table.

    Parameters
    ----------
    file
        The file, as the user named it.
    row
        The line of the file on which the row begins, with the header as line 1; 0 for the whole
        file.
    column
        The name of the column, or its number if it has no name; empty for the whole row.
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
    """Tables cannot be read or are not valid.

    Parameters
    ----------
    faults
        All faults, in the order of files and rows.
    hint
        What to do about them.
    lead
        The words before several faults.
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
