"""Why a workbook is not read, and what to do about it."""

from __future__ import annotations

from enum import Enum

from crimecmp.text import size
from crimecmp.workbooks import limits

_SMALLER = "keep only the sheets that you need, without what is beyond their tables, and save it"


class Problem(Enum):
    """Why a workbook is not read; its value is what an error says of the file."""

    LOCKED = "is protected by a password; open it and save it without one"
    DAMAGED = "is damaged or cut short; fetch it again"
    NOT_WORKBOOK = "is not a workbook that can be read; give an xlsx, xls, ods or CSV file"
    OTHER_ARCHIVE = "is a ZIP archive but not a workbook; unpack it and give the file that is in it"
    PACKED = f"is over {size(limits.PACKED)}, the limit for a workbook; {_SMALLER}"
    UNPACKED = f"unpacks to over {size(limits.UNPACKED)}, the limit for a workbook; {_SMALLER}"
    CELLS = f"has over {limits.CELLS:,} cells, the limit for a workbook; {_SMALLER}"
    TEXT = f"has over {size(limits.TEXT)} of text in its cells, the limit; {_SMALLER}"
    MEMORY = f"needs over {size(limits.MEMORY)} of memory to read, the limit; {_SMALLER}"
    TIME = f"takes over {limits.SECONDS} seconds to read, the limit; {_SMALLER}"


class UnreadableError(Exception):
    """A workbook is not read.

    Parameters
    ----------
    problem
        Why.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem
