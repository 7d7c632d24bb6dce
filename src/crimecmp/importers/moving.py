"""Moves and exchanges folders in one step, without replacing anything."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

_EXCHANGE = 2
"""The flag of Linux (`RENAME_EXCHANGE`) and of macOS (`RENAME_SWAP`)."""
_RELATIVE_TO_HERE = -100
"""`AT_FDCWD` of Linux: paths are those of the process."""
_TAKEN = {errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR}
"""The errors of a rename where something is in its way."""


def exchange(one: Path, other: Path) -> bool:
    """Exchange what is at two paths in one step: at no moment is either path empty.

    Returns
    -------
    bool
        False where it could not be done, for instance because the system or the file system has
        no such step; both are then as they were.
    """
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        import ctypes

        if sys.platform == "linux":
            here = _RELATIVE_TO_HERE
            result = ctypes.CDLL(None).renameat2(here, first, here, second, _EXCHANGE)
        elif sys.platform == "darwin":
            result = ctypes.CDLL(None).renamex_np(first, second, _EXCHANGE)
        else:
            return False
    except (ImportError, AttributeError):  # Python without ctypes, a C library without the call
        return False
    return bool(result == 0)


def move(folder: Path, place: Path) -> bool:
    """Move a folder to a place that is free or holds an empty folder.

    Returns
    -------
    bool
        False where something else is there; both are then as they were.

    Raises
    ------
    OSError
        Where it cannot be moved for another reason.
    """
    for _ in range(2):
        try:
            folder.rename(place)
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
            # Not every system lets a folder replace an empty one. This removes only an empty one.
            with suppress(OSError):
                place.rmdir()
        else:
            return True
    return False
