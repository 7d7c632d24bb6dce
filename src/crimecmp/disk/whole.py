"""Writes a file whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from crimecmp.disk import locking

_PREFIX, _SUFFIX = ".crimecmp-", ".part"
_WITHOUT_FOLLOWING = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def write_whole(path: Path, content: bytes, *, replace: bool = True) -> None:
    """Write a file beside its place, `.crimecmp-….part`, and move it there in one step.

    A part that a stopped process left in the folder is removed first. A process locks its part
    while it writes it, so that one which is still being written is known and stays.

    Parameters
    ----------
    path
        The place. A link there is replaced, not followed.
    content
        What the file is to hold.
    replace
        Whether a file that is there may be replaced; the new one then has its mode.

    Raises
    ------
    FileExistsError
        Where something is there that may not be replaced.
    OSError
        Where the file cannot be written. What was there is then as it was.
    """
    if not replace and os.path.lexists(path):
        raise FileExistsError
    _remove_left(path.parent)
    descriptor, part = _begun(path.parent)
    with os.fdopen(descriptor, "wb") as stream:
        try:
            stream.write(content)
            stream.flush()
            if path.exists():
                # The old file goes only when the new one would survive a loss of power.
                os.fsync(descriptor)
            part.chmod(_mode(path))
            if sys.platform == "win32":  # where an open file cannot be moved
                stream.close()
            if replace:
                part.replace(path)
            else:
                _place_new(part, path)
        finally:
            with suppress(OSError):
                part.unlink()


def _place_new(part: Path, path: Path) -> None:
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if os.path.lexists(path):
            raise FileExistsError from None
        part.replace(path)


def _begun(folder: Path) -> tuple[int, Path]:
    """Make a part and lock it; again where another process removed it before it was locked."""
    while True:
        descriptor, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=folder)
        with suppress(OSError):
            locking.lock(descriptor)
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(descriptor), Path(name).stat()):
                return descriptor, Path(name)
        os.close(descriptor)


def _remove_left(folder: Path) -> None:
    """Remove the parts of processes that have ended: nobody has locked them."""
    for part in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):
            descriptor = os.open(part, os.O_RDWR | _WITHOUT_FOLLOWING)
            try:
                locking.lock(descriptor)
                part.unlink()
            finally:
                os.close(descriptor)


def _mode(path: Path) -> int:
    """Return the mode of the file that is replaced, or that of a new file."""
    if path.exists():
        return path.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
