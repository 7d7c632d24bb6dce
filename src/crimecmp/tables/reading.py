"""Reads a user's file whole, whatever it is, without waiting or growing without end."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from time import monotonic
from typing import Protocol

from crimecmp.text import size

LARGEST_TEXT = 128_000_000
"""The maximum size of tables as text, in bytes: reading them takes several times their size in
memory. The largest published table that crimecmp reads has less than a third of this."""

MOST_ROWS, MOST_CELLS = 2_000_000, 10_000_000
"""The maximum numbers of rows and of cells of a table as text. The largest published one has a
sixth of the rows and a quarter of the cells."""

PATIENCE = 60
"""The maximum time that a pipe with a name may take to its end, in seconds."""

_CHUNK = 1 << 20
_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0)  # Windows has no such pipes
_OTHER_KINDS = {
    stat.S_IFCHR: "it is a device; give a file",
    stat.S_IFBLK: "it is a device; give a file",
}


class TooLargeError(ValueError):
    """A file has more bytes, rows or cells than it may."""


_FEWER = "the limit; give fewer years or measures"


class _Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Room:
    """How many bytes may still be read, of one file or of several together.

    Parameters
    ----------
    most
        How many.
    """

    def __init__(self, most: int = LARGEST_TEXT) -> None:
        self._most = most
        self._left = most

    def take(self, number: int) -> None:
        """Take some bytes of the room.

        Raises
        ------
        TooLargeError
            If it has fewer.
        """
        self._left -= number
        if self._left < 0:
            raise TooLargeError(f"is over {size(self._most)}, {_FEWER}")


def read_path(path: str | Path, room: Room) -> bytes:
    """Return the content of a file or of a pipe with a name.

    Parameters
    ----------
    path
        Its path.
    room
        How many bytes it may have.

    Raises
    ------
    TooLargeError
        If it has more.
    OSError, ValueError
        If it cannot be read, is changed while it is read, or is no file.
    """
    with open(path, "rb", opener=_opened) as stream:
        before = os.fstat(stream.fileno())
        kind = stat.S_IFMT(before.st_mode)
        if kind == stat.S_IFIFO:
            return _read_pipe(stream.fileno(), room)
        if kind != stat.S_IFREG:
            raise ValueError(_OTHER_KINDS.get(kind, "it is not a file"))
        content = read_stream(stream, room)
        after = os.fstat(stream.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise ValueError("it was changed while it was read; try again when it is complete")
    return content


def _opened(path: str, flags: int) -> int:
    return os.open(path, flags | _WITHOUT_WAITING)


def read_stream(stream: _Stream, room: Room) -> bytes:
    """Return what a stream gives up to its end.

    Raises
    ------
    TooLargeError
        If it gives more than there is room for.
    OSError, ValueError
        If it cannot be read.
    """
    chunks = []
    while chunk := stream.read(_CHUNK):
        room.take(len(chunk))
        chunks.append(chunk)
    return b"".join(chunks)


def check_extent(content: bytes) -> None:
    """Raise an error if a table has too many rows or cells, counted by line ends and commas.

    Raises
    ------
    TooLargeError
        If it has.
    """
    rows = max(content.count(b"\n"), content.count(b"\r"))
    if rows > MOST_ROWS:
        raise TooLargeError(f"has over {MOST_ROWS:,} rows, {_FEWER}")
    if content.count(b",") + rows > MOST_CELLS:
        raise TooLargeError(f"has over {MOST_CELLS:,} cells, {_FEWER}")


def _read_pipe(descriptor: int, room: Room) -> bytes:
    """Return what a pipe gives, once a program writes into it, up to its end."""
    from select import select

    deadline = monotonic() + PATIENCE
    chunks: list[bytes] = []
    while select([descriptor], [], [], max(0, deadline - monotonic()))[0]:
        chunk = os.read(descriptor, _CHUNK)
        if not chunk:
            return b"".join(chunks)
        room.take(len(chunk))
        chunks.append(chunk)
    raise ValueError(f"it is a pipe without an end after {PATIENCE} seconds")
