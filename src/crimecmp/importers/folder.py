"""Writes a folder of tables, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from crimecmp.errors import OutputError
from crimecmp.tables.datapackage import describe
from crimecmp.tables.schema import TABLES
from crimecmp.text import visible

_DESCRIPTION = "datapackage.json"
_NAME = "crimecmp-import"


def check_place(named: str, files: Sequence[str] = (), *, overwrite: bool) -> None:
    """Say before any work is done that a folder cannot be written where it is to go.

    Parameters
    ----------
    named
        The folder, as the user named it.
    files
        The files that it is to be made of: none of them may be in it.
    overwrite
        Whether a folder of tables that is there may be replaced.

    Raises
    ------
    OutputError
        Where something is there that is not to be replaced, or nothing can be.
    """
    shown = visible(named)
    if not named:
        raise OutputError("the folder has no name", "Name one behind --to.")
    try:
        path = Path(named).resolve()
        _check_parent(path.parent, shown)
        if path.is_dir():
            _check_replaced(path, files, shown, overwrite=overwrite)
        elif path.exists():
            raise OutputError(f"{shown} is there already and is no folder")
    except (OSError, ValueError, RuntimeError) as error:
        raise _failed(shown, error) from error


def _check_parent(parent: Path, shown: str) -> None:
    if not parent.is_dir():
        raise OutputError(f"cannot write {shown}: its parent folder is not there")
    if not os.access(parent, os.W_OK | os.X_OK):
        raise OutputError(f"cannot write {shown}: nothing may be written to its parent folder")


def _check_replaced(path: Path, files: Sequence[str], shown: str, *, overwrite: bool) -> None:
    """Say why a folder is not to be replaced, where it is not."""
    strange = _strange(path)
    if strange:
        raise OutputError(
            f"{shown} holds {visible(strange[0])}, which no import has written",
            "Name a new folder: only one that holds nothing but an import is ever replaced.",
        )
    if not any(path.iterdir()):
        return
    if not overwrite:
        raise OutputError(f"{shown} is there already", "Replace it with --overwrite.")
    if not os.access(path, os.W_OK | os.X_OK):
        raise OutputError(f"cannot replace {shown}: nothing may be taken out of it")
    inside = [file for file in files if path in Path(file).resolve().parents]
    if inside:
        raise OutputError(
            f"{visible(inside[0])} is in {shown}, which would be replaced",
            "Name another folder, or move the file.",
        )


def _strange(path: Path) -> list[str]:
    """Return the names of what is in a folder and was not written there by `write_folder`."""
    try:
        described = json.loads((path / _DESCRIPTION).read_text("utf-8"))
        ours = {str(resource["path"]) for resource in described["resources"]}
        ours = {_DESCRIPTION, *ours} if described["name"] == _NAME else set()
    except (OSError, ValueError, LookupError, TypeError):
        ours = set()
    return sorted(
        entry.name for entry in path.iterdir() if entry.name not in ours or not entry.is_file()
    )


def _failed(shown: str, error: Exception) -> OutputError:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return OutputError(f"cannot write {shown}: {reason}")


def write_folder(
    named: str, tables: Mapping[str, Sequence[Sequence[str]]], title: str, *, overwrite: bool
) -> None:
    """Write tables as CSV files, with `datapackage.json` beside them.

    Parameters
    ----------
    named
        The folder, as the user named it.
    tables
        By name the rows of each, in the order of its columns.
    title
        What the folder holds, for its description.
    overwrite
        Whether a folder of tables that is there may be replaced.

    Raises
    ------
    OutputError
        Where it cannot be written; what was there is then as it was.
    """
    check_place(named, overwrite=overwrite)
    shown = visible(named)
    try:
        # A link keeps pointing to the folder that is replaced.
        place = Path(named).resolve()
        work = Path(tempfile.mkdtemp(prefix=".crimecmp-", dir=place.parent))
        try:
            new = work / "new"
            new.mkdir()
            for name, rows in tables.items():
                (new / f"{name}.csv").write_text(_csv(name, rows), "utf-8", newline="")
            described = describe(_NAME, title, tables, adding=_ADDING)
            text = json.dumps(described, indent=2, ensure_ascii=False)
            (new / _DESCRIPTION).write_text(f"{text}\n", "utf-8", newline="")
            _put(new, place, work / "old")
        finally:
            with suppress(OSError):
                shutil.rmtree(work)
    except (OSError, ValueError, RuntimeError) as error:
        raise _failed(shown, error) from error


_ADDING = ("forces", "metrics")
"""Tables that only add to the bundled names: not all that the others refer to is in them."""


def _csv(name: str, rows: Sequence[Sequence[str]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(TABLES[name].column_names)
    writer.writerows(rows)
    return stream.getvalue()


def _put(new: Path, place: Path, old: Path) -> None:
    """Move the new folder to its place, what was there to `old`; or leave all as it was."""
    try:
        if place.exists():
            place.rename(old)
        new.rename(place)
    except BaseException:  # an interrupt too must not leave the place empty
        if old.exists() and not place.exists():
            old.rename(place)
        raise
