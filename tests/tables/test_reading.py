"""A user's file is read whole or refused, whatever it is."""

from __future__ import annotations

import errno
import os
import socket
import sys
import threading
from pathlib import Path

import pytest

from crimecmp.tables import reading
from crimecmp.tables.finding import find_tables
from crimecmp.tables.reading import Room, TooLargeError, check_extent, read_path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
HEADER = b"force,metric,period_end,value\n"


def test_several_files_share_the_room(tmp_path: Path) -> None:
    """The limit is for all files of a folder together."""
    room, file = Room(10), tmp_path / "a"
    file.write_bytes(b"12345")
    assert [read_path(file, room), read_path(file, room)] == [b"12345"] * 2
    with pytest.raises(TooLargeError, match="over 10 bytes, the limit"):
        read_path(file, room)


def test_a_folder_of_tables_has_one_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two files that are within it each are over it together."""
    for name in ("changes", "rates"):
        (tmp_path / f"{name}.csv").write_bytes(HEADER)
    monkeypatch.setattr("crimecmp.tables.finding.Room", lambda: Room(2 * len(HEADER) - 1))
    [fault] = find_tables(str(tmp_path)).faults
    assert (
        str(fault)
        == f"{tmp_path}/rates.csv: is over 59 bytes, the limit; give fewer years or measures"
    )


def test_commas_and_line_ends_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each kind of line end counts once, as a row and as the end of its last cell."""
    monkeypatch.setattr(reading, "MOST_CELLS", 4)
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    for end in (b"\n", b"\r\n", b"\r"):
        check_extent(b"a,b" + end + b"a,b" + end)
        check_extent(end * 3)
        with pytest.raises(TooLargeError, match="has over 4 cells, the limit"):
            check_extent(b"a,b" + end + b"a,b" + end + end)
        with pytest.raises(TooLargeError, match="has over 3 rows, the limit"):
            check_extent(end * 4)


def test_too_many_rows_of_ones_own_are_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are counted before anything is read."""
    (tmp_path / "rates.csv").write_bytes(HEADER * 4)
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    [fault] = find_tables(str(tmp_path / "rates.csv")).faults
    assert fault.problem == "has over 3 rows, the limit; give fewer years or measures"


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/random", "/dev/null", "/dev/tty"])
def test_a_device_is_refused(device: str) -> None:
    """Nothing of it is read: it may have no end."""
    [fault] = find_tables(device).faults
    assert fault.problem.startswith("cannot be read: ")


def test_a_folder_or_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a table should be, they are no files."""
    (tmp_path / "rates.csv").mkdir()
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("changes.csv")
        faults = find_tables(".").faults
    assert [fault.problem for fault in faults] == [
        f"cannot be read: {os.strerror(errno.ENXIO)}",
        f"cannot be read: {os.strerror(errno.EISDIR)}",
    ]


def test_a_pipe_is_read_once_a_program_writes_into_it(tmp_path: Path) -> None:
    """What is written in pieces is read to its end."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def write() -> None:
        with pipe.open("wb", buffering=0) as stream:
            stream.write(b"12")
            stream.write(b"34")

    writer = threading.Timer(0.1, write)
    writer.start()
    assert read_path(pipe, Room()) == b"1234"
    writer.join()


def test_a_pipe_without_an_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither one that nobody writes into nor one that nobody closes is waited for without end."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    monkeypatch.setattr(reading, "PATIENCE", 0.1)
    with pytest.raises(ValueError, match="a pipe without an end"):
        read_path(pipe, Room())
    with open(pipe, "r+b", buffering=0) as stream:  # noqa: PTH123 - as a program would
        stream.write(b"12")
        with pytest.raises(ValueError, match="a pipe without an end"):
            read_path(pipe, Room())
        stream.write(b"1" * 10)
        with pytest.raises(TooLargeError):
            read_path(pipe, Room(9))


def test_a_file_that_grows_meanwhile_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part of a table is no table."""
    file = tmp_path / "rates.csv"
    file.write_bytes(HEADER)
    read_stream = reading.read_stream

    def grows(stream: reading._Stream, room: Room) -> bytes:
        content = read_stream(stream, room)
        with file.open("ab") as more:
            more.write(HEADER)
        return content

    monkeypatch.setattr(reading, "read_stream", grows)
    with pytest.raises(ValueError, match="it was changed while it was read"):
        read_path(file, Room())
