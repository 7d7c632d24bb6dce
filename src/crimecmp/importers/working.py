"""The working folder beside a place, from which the place is replaced without a loss."""

from __future__ import annotations

import json
import os
from pathlib import Path

from crimecmp.errors import OutputError
from crimecmp.importers import moving
from crimecmp.tables.schema import TABLES
from crimecmp.text import visible

DESCRIPTION = "datapackage.json"
NAME = "crimecmp-import"
_WRITABLE = {DESCRIPTION, *(f"{table}.csv" for table in TABLES)}
"""The names of all files that an import may write."""


class WorkingFolder:
    """A hidden folder beside a place and named after it. Its content says how far an import came.

    ::

        part         is being written
        new          the new folder; or what was exchanged for it, not yet checked
        old and new  the old folder is out of its place, and the new one not yet in it
        old          has been replaced

    `replace` goes from one line to the next. `tidy` finishes or undoes any of them: in the same
    process, or in the next one if that was killed. Both need the lock on the folder.

    Parameters
    ----------
    place
        The folder that is to be written.
    shown
        What the user calls it.
    """

    def __init__(self, place: Path, shown: str) -> None:
        self.path = place.with_name(f".crimecmp-{place.name}")
        self.part = self.path / "part"
        self.new = self.path / "new"
        self._old = self.path / "old"
        self._place = place
        self._shown = shown

    def replace(self) -> None:
        """Put `new` in the place of an earlier import, which `tidy` then removes.

        Raises
        ------
        OutputError
            Where something other than an import was there; `tidy` then puts it back.
        OSError
            Where a folder cannot be moved.
        """
        if moving.exchange(self.new, self._place):
            check_import(self.new, self._shown)
            self.new.rename(self._old)
            return
        self._place.rename(self._old)
        check_import(self._old, self._shown)
        if not moving.move(self.new, self._place):
            raise OutputError(f"{self._shown} was made by someone else in the meantime")

    def tidy(self) -> bool:
        """Remove all that is no longer needed; put back what was moved away and not replaced.

        Returns
        -------
        bool
            Whether anything was put back.

        Raises
        ------
        OutputError
            Where something cannot be put back or removed: it says where that is.
        OSError
            Where the working folder cannot be read or changed.
        """
        put_back = False
        if os.path.lexists(self.part):
            self._remove(self.part, _WRITABLE)
        if os.path.lexists(self._old) and os.path.lexists(self.new):
            self._put_back(self._old)
            put_back = True
        if os.path.lexists(self.new) and not _is_import(self.new):
            self._put_back(self.new)
            put_back = True
        if self.new.exists():
            self.new.rename(self._old)
        if os.path.lexists(self._old):
            self._remove(self._old, _described(self._old))
        return put_back

    def _put_back(self, moved: Path) -> None:
        if _is_folder(moved) and moving.move(moved, self._place):
            return
        exchanged = (
            moved == self.new and _is_import(self._place) and moving.exchange(moved, self._place)
        )
        if not (exchanged and _is_import(self.new)):
            raise OutputError(
                f"an import moved {self._shown} to {visible(str(moved))} and cannot move it back, "
                "because something else is in its place",
                "Move one of them to another place, then import again.",
            )

    def _remove(self, folder: Path, names: set[str]) -> None:
        """Remove the files with these names from a folder, and the folder if it is then empty."""
        try:
            if _is_folder(folder):
                # The description goes last: it shows that an import wrote the other files.
                for name in sorted(_files(folder) & names, key=lambda name: name == DESCRIPTION):
                    (folder / name).unlink()
            folder.rmdir()
        except OSError as error:
            raise OutputError(
                f"cannot remove {visible(str(folder))}: {error.strerror}",
                f"Nothing in it belongs to {self._shown} any more: move it away.",
            ) from error


def check_import(folder: Path, shown: str) -> None:
    """Raise an error unless a path is a folder in which an import wrote everything.

    Parameters
    ----------
    folder
        The path.
    shown
        What the user calls it.

    Raises
    ------
    OutputError
        Where it is no folder, or holds anything else.
    """
    if not _is_folder(folder):
        raise OutputError(f"{shown} already exists and is not a folder")
    strange = _strange(folder)
    if strange:
        raise OutputError(
            f"{shown} holds {visible(strange[0])}, which was not written by an import",
            "Name a new folder: only a folder that holds nothing but an import is replaced.",
        )


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _is_import(path: Path) -> bool:
    return _is_folder(path) and not _strange(path)


def _strange(folder: Path) -> list[str]:
    """Return the names of what is in a folder and was not written there by an import."""
    names = {entry.name for entry in folder.iterdir()}
    return sorted(names - (_files(folder) & _described(folder)))


def _files(folder: Path) -> set[str]:
    """Return the names of the files in a folder, without links and folders."""
    return {entry.name for entry in folder.iterdir() if entry.is_file() and not entry.is_symlink()}


def _described(folder: Path) -> set[str]:
    """Return the names that a folder's description gives, if an import wrote it."""
    try:
        described = json.loads((folder / DESCRIPTION).read_text("utf-8"))
        if described["name"] != NAME:
            return set()
        return {DESCRIPTION, *(str(resource["path"]) for resource in described["resources"])}
    except (OSError, ValueError, LookupError, TypeError):
        return set()
