"""Lets one process at a time write a folder."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from crimecmp.disk import locking
from crimecmp.errors import OutputError
from crimecmp.text import visible


class Lock:
    """A lock on a working folder: the file `lock` in it, locked by the operating system.

    The system releases it when the process ends, even if it is killed. The file and the folder
    are removed while the lock is held, so another process may open the file and lock it after it
    was removed: it then starts again. If the file system has no locks, the import runs without one.

    Parameters
    ----------
    folder
        The working folder, which is made where it is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "lock"
        self._descriptor: int | None = None

    def take(self) -> bool:
        """Take the lock, or keep it; return False where another process has it.

        Raises
        ------
        OutputError
            Where a file, a link or another user's folder has the name of the working folder.
        OSError
            Where the folder or the file cannot be made.
        """
        while True:
            if self._descriptor is None:
                _make(self._folder)
                with suppress(FileNotFoundError):  # the folder was removed just now
                    self._descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
                continue
            if not _locked(self._descriptor):
                self._close()
                return False
            if self._is_there(self._descriptor):
                return True
            self._close()

    def release(self) -> None:
        """Release the lock, and remove the working folder unless something is left in it."""
        if sys.platform == "win32":  # where an open file cannot be removed
            self._close()
        with suppress(OSError):
            if not self._file.stat().st_size:  # a lock is empty: anything else is a user's file
                self._file.unlink()
            self._folder.rmdir()
        self._close()

    def _is_there(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), self._file.stat())
        except FileNotFoundError:
            return False

    def _close(self) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Let no other process write files into a folder meanwhile, which stays where it is.

    Parameters
    ----------
    folder
        The folder.

    Raises
    ------
    OutputError
        Where another process is writing files into it, or nothing can be written.
    """
    lock = Lock(folder / ".crimecmp")
    shown = visible(str(folder))
    try:
        taken = lock.take()
    except OSError as error:
        raise OutputError(f"cannot write {shown}: {error.strerror}") from error
    if not taken:
        raise OutputError(
            f"another process is writing {shown}",
            "Wait until it has ended, or name another folder.",
        )
    try:
        yield
    finally:
        lock.release()


def _make(folder: Path) -> None:
    """Make a folder if it is missing; raise an error if it is not a folder of this user."""
    try:
        folder.mkdir(0o700)
    except FileExistsError:
        with suppress(FileNotFoundError):  # it was removed just now
            status = folder.lstat()
            own = sys.platform == "win32" or status.st_uid == os.geteuid()
            if not (own and stat.S_ISDIR(status.st_mode)):
                raise OutputError(
                    f"{visible(str(folder))} is in the way",
                    "An import needs that name for its own folder: move it away.",
                ) from None


def _locked(descriptor: int) -> bool:
    """Lock an open file; return False where another process has locked it."""
    try:
        locking.lock(descriptor)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:  # the file system has no locks
        return True
    return True
