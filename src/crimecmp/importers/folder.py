"""Writes a folder of tables, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from crimecmp.errors import CrimecmpError, OutputError
from crimecmp.importers import moving
from crimecmp.importers.lock import Lock
from crimecmp.importers.working import DESCRIPTION, NAME, WorkingFolder, check_import
from crimecmp.tables.datapackage import describe
from crimecmp.tables.schema import TABLES
from crimecmp.text import visible


@contextmanager
def reserved(
    named: str, files: Sequence[str] = (), *, overwrite: bool = False
) -> Iterator[ReservedFolder]:
    """Reserve a folder for one import, from before any work is done until all is written.

    If an earlier import was killed, what it left is tidied first: a folder that it had moved away
    and not replaced is put back.

    Parameters
    ----------
    named
        The folder, as the user named it.
    files
        The files that it is to be made of: none of them may be in it.
    overwrite
        Whether a folder that an import wrote may be replaced.

    Yields
    ------
    ReservedFolder
        It writes the tables. If it does not finish, the folder is as it was.

    Raises
    ------
    OutputError
        Where something is there that is not to be replaced, nothing can be written, or another
        import is writing the same folder.
    """
    shown = visible(named)
    if not named:
        raise OutputError("the folder has no name", "Name one with to=.")
    with _failures_named(shown):
        # A link keeps pointing to the folder that is replaced.
        place = Path(named).resolve()
        _check_place(place, shown)
        folder = ReservedFolder(place, shown, files, overwrite=overwrite)
    try:
        folder.begin()
        yield folder
    except CrimecmpError as error:
        error.hint = " ".join(filter(None, [error.hint, *folder.remarks]))
        raise
    finally:
        try:
            folder.end()
        except KeyboardInterrupt:  # once more, so that one interrupt leaves nothing behind
            folder.end()
            raise


@contextmanager
def _failures_named(shown: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise OutputError(f"cannot write {shown}: {reason}") from error


def _check_place(place: Path, shown: str) -> None:
    if place == place.parent:
        raise OutputError(
            f"cannot write {shown}: it is the root of the file system", "Give to= a new folder."
        )
    if _holds_current_folder(place):
        raise OutputError(
            f"cannot write {shown}: you are in that folder, and an import replaces it",
            "Give to= a folder that you are not in.",
        )
    if not place.parent.is_dir():
        raise OutputError(f"cannot write {shown}: its parent folder does not exist")
    if not os.access(place.parent, os.W_OK | os.X_OK):
        raise OutputError(f"cannot write {shown}: its parent folder is not writable")


def _holds_current_folder(place: Path) -> bool:
    """Return whether a folder is the current one or holds it, however its name is spelt."""
    with suppress(OSError):  # the place is new, or the current folder has been removed
        here = Path.cwd()
        return any(folder.samefile(place) for folder in (here, *here.parents))
    return False


class ReservedFolder:
    """A folder that one import may write: see `reserved`.

    Attributes
    ----------
    place
        Where it is.
    remarks
        What to tell the user about an earlier import that was killed.
    """

    def __init__(self, place: Path, shown: str, files: Sequence[str], *, overwrite: bool) -> None:
        self.place = place
        self.remarks: list[str] = []
        self._shown = shown
        self._files = files
        self._overwrite = overwrite
        self._working = WorkingFolder(place, shown)
        self._lock = Lock(self._working.path)

    def begin(self) -> None:
        """Take the lock, tidy up after an import that was killed, and check the place."""
        with _failures_named(self._shown):
            if not self._lock.take():
                raise OutputError(
                    f"another import is writing {self._shown}",
                    "Wait until it has ended, or name another folder.",
                )
            if self._working.tidy():
                self.remarks.append(
                    f"An earlier import was stopped while it replaced {self._shown}: "
                    "the earlier folder has been put back."
                )
            self._check()

    def end(self) -> None:
        """Remove all but the folder itself, and release the lock."""
        with _failures_named(self._shown):
            if not self._lock.take():  # another import has the folder
                return
            try:
                self._working.tidy()
            finally:
                self._lock.release()

    def write(self, tables: Mapping[str, Sequence[Sequence[str]]], title: str) -> None:
        """Write tables as CSV files, with `datapackage.json` beside them.

        Parameters
        ----------
        tables
            By name the rows of each, in the order of its columns.
        title
            What the folder holds, for its description.

        Raises
        ------
        OutputError
            Where they cannot be written; what was there is then as it was.
        """
        with _failures_named(self._shown):
            part, new = self._working.part, self._working.new
            part.mkdir()
            for name, rows in tables.items():
                _write(part / f"{name}.csv", _csv(name, rows))
            described = describe(NAME, title, tables, adding=_ADDING)
            text = json.dumps(described, indent=2, ensure_ascii=False)
            _write(part / DESCRIPTION, f"{text}\n")
            _flush(part)
            part.rename(new)
            if not moving.move(new, self.place):
                self._check()
                if not self._overwrite:
                    raise self._there_already()
                self._working.replace()
            # `end` removes the old folder: by then the new one must survive a loss of power.
            _flush(self.place.parent)
            _flush(self._working.path)

    def _check(self) -> None:
        """Raise an error if the folder may not be written."""
        if not self.place.exists():
            return
        check_import(self.place, self._shown)
        if not list(self.place.iterdir()):
            return
        if not self._overwrite:
            raise self._there_already()
        if not os.access(self.place, os.W_OK | os.X_OK):
            raise OutputError(f"cannot replace {self._shown}: it is not writable")
        inside = [file for file in self._files if self.place in Path(file).resolve().parents]
        if inside:
            raise OutputError(
                f"{visible(inside[0])} is in {self._shown}, which would be replaced",
                "Name another folder, or move the file.",
            )

    def _there_already(self) -> OutputError:
        return OutputError(f"{self._shown} already exists", "Replace it with overwrite=True.")


_ADDING = ("forces", "metrics")
"""Tables that only add to the bundled names: not all that the others refer to is in them."""


def _csv(name: str, rows: Sequence[Sequence[str]]) -> str:
    stream = io.StringIO()
    # With LF alone as its line end, the writer would leave a carriage return in a cell unquoted.
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(TABLES[name].column_names)
    writer.writerows(rows)
    return stream.getvalue().replace("\r\n", "\n")


def _write(path: Path, text: str) -> None:
    """Write a file through to the disk."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    """Write the names in a folder through to the disk, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
