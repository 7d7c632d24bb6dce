"""The process that reads one workbook, from standard input to standard output.

It answers in lines of JSON: a text begins a sheet and is its name; a list is a row that is not
blank, with its number, counted from 1, and the text of its cells; an object is the problem for
which the workbook is not read; `null` is the end. An answer without an end is none: the process
died.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from typing import Literal
from xml.etree.ElementTree import ParseError

from crimecmp.workbooks import limits
from crimecmp.workbooks.compacting import compact_sheets
from crimecmp.workbooks.problems import Problem, UnreadableError
from crimecmp.workbooks.reading import whole_sheets

_END_WITH_PARENT = 1
"""`PR_SET_PDEATHSIG` of Linux."""
_NO_MEMORY = 1
"""`XML_ERROR_NO_MEMORY` of expat."""
_READERS = {"whole": whole_sheets, "compact": compact_sheets}


def main(how: Literal["whole", "compact"], parent: int) -> None:
    """Read the workbook on standard input and write the answer to standard output.

    Parameters
    ----------
    how
        As it is, or without what is blank.
    parent
        The number of the process that asked.
    """
    gc.disable()  # the process ends before there is anything to collect
    _stay_within_limits()
    _end_with(parent)
    try:
        for name, rows in _READERS[how](sys.stdin.buffer.read()):
            _say(name)
            for row in rows:
                _say(row)
        _say(None)
    except UnreadableError as error:
        _say({"problem": error.problem.name})
    except MemoryError:
        _say({"problem": Problem.MEMORY.name})
    except ParseError as error:
        out_of_memory = error.code == _NO_MEMORY
        _say({"problem": (Problem.MEMORY if out_of_memory else Problem.DAMAGED).name})
    sys.stdout.flush()


def _say(what: object) -> None:
    sys.stdout.write(json.dumps(what, separators=(",", ":")) + "\n")


def _stay_within_limits() -> None:
    """Limit memory and time of this process, where the system can."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted too, and ends this
    if sys.platform == "win32":
        return
    import resource

    signal.alarm(limits.SECONDS)
    for kind, limit in ((resource.RLIMIT_AS, limits.MEMORY), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        least = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (least, least))


def _end_with(parent: int) -> None:
    """Have the system end this process when its parent ends, where it can do so."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before
            signal.raise_signal(signal.SIGKILL)
