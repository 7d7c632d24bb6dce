"""A file is written whole or not at all, and what a stopped process left is cleared."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crimecmp.disk import locking
from crimecmp.disk.whole import write_whole

STOPPED = """
import os, signal, sys
from pathlib import Path
from crimecmp.disk.whole import write_whole
Path.chmod = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
write_whole(Path(sys.argv[1]), b"new")
"""
"""Writes a file, and is killed when all is in its part."""
HELD = """
import os, signal, sys
from pathlib import Path
from crimecmp.disk.whole import write_whole
def wait(*_):
    print("written", flush=True)
    sys.stdin.read()
Path.chmod = wait
write_whole(Path(sys.argv[1]), b"new")
"""
"""Writes a file, and waits when all is in its part."""


def names(folder: Path) -> list[str]:
    """Return the names of all that is in a folder."""
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a file that is there."""
    path = tmp_path / "figures.csv"
    path.write_bytes(b"old")
    return path


def test_a_part_of_a_killed_process_is_known_and_cleared(old: Path) -> None:
    """A kill leaves the old file and a part with a name of its own; the next writing clears it."""
    subprocess.run([sys.executable, "-c", STOPPED, str(old)], check=False)
    [part, other] = names(old.parent)
    assert (part[:10], part[-5:], other) == (".crimecmp-", ".part", "figures.csv")
    assert old.read_bytes() == b"old"
    write_whole(old.parent / "another.csv", b"another")
    assert names(old.parent) == ["another.csv", "figures.csv"]


def test_a_part_that_is_being_written_stays(old: Path) -> None:
    """Who writes at the same time neither loses its part nor its file."""
    with subprocess.Popen(
        [sys.executable, "-c", HELD, str(old)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"written\n"
        write_whole(old.parent / "another.csv", b"another")
        assert len(names(old.parent)) == 3
        process.communicate(b"")
    assert process.returncode == 0
    assert old.read_bytes() == b"new"
    assert names(old.parent) == ["another.csv", "figures.csv"]


def test_a_part_that_another_cleared_too_soon_is_made_again(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part that was removed just before it was locked is no part: another is made."""
    lock = locking.lock
    cleared: list[Path] = []

    def late(descriptor: int) -> None:
        if not cleared:
            cleared.extend(old.parent.glob(".crimecmp-*"))
            cleared[0].unlink()
        lock(descriptor)

    monkeypatch.setattr(locking, "lock", late)
    write_whole(old, b"new")
    assert cleared
    assert old.read_bytes() == b"new"
    assert names(old.parent) == ["figures.csv"]


def test_without_locks_no_part_is_taken_for_left(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the file system has no locks, a file is written, and no other part is removed."""

    def refuse(_: int) -> None:
        raise OSError("no locks")

    monkeypatch.setattr(locking, "lock", refuse)
    part = old.parent / ".crimecmp-other.part"
    part.touch()
    write_whole(old, b"new")
    assert names(old.parent) == [part.name, "figures.csv"]
    assert old.read_bytes() == b"new"


@pytest.mark.parametrize("name", [".crimecmp-mine", "notes.part", ".crimecmp-folder.part"])
def test_what_is_no_part_stays(old: Path, name: str) -> None:
    """A user's file or folder of a name that is nearly a part's is not removed."""
    other = old.parent / name
    if "folder" in name:
        other.mkdir()
    else:
        other.write_bytes(b"mine")
    write_whole(old, b"new")
    assert other.exists()


def test_a_link_among_the_parts_is_not_followed(old: Path, tmp_path: Path) -> None:
    """A link of a part's name leads to a file that is not the program's to remove."""
    precious = tmp_path / "precious"
    precious.write_bytes(b"precious")
    (tmp_path / ".crimecmp-link.part").symlink_to(precious)
    write_whole(old, b"new")
    assert precious.read_bytes() == b"precious"


def test_what_is_there_is_not_replaced_unasked(old: Path) -> None:
    """Without `replace` a file stays, and so does a link to nothing."""
    link = old.parent / "link.csv"
    link.symlink_to(old.parent / "nowhere")
    for path in (old, link):
        with pytest.raises(FileExistsError):
            write_whole(path, b"new", replace=False)
    assert names(old.parent) == ["figures.csv", "link.csv"]
    assert old.read_bytes() == b"old"


@pytest.mark.parametrize("comes", ["file", "link"])
@pytest.mark.parametrize("links", [True, False])
def test_what_comes_at_the_last_moment_is_not_replaced_unasked(
    old: Path, monkeypatch: pytest.MonkeyPatch, comes: str, links: bool
) -> None:
    """What appears while the part is written stays, also where the system has no links."""
    place = old.parent / "new.csv"

    def appear(*_: object) -> None:
        if comes == "file":
            place.write_bytes(b"precious")
        else:
            place.symlink_to(old)

    monkeypatch.setattr(Path, "chmod", appear)
    if not links:

        def refuse(*_: object) -> None:
            raise OSError("no links here")

        monkeypatch.setattr(Path, "hardlink_to", refuse)
    with pytest.raises(FileExistsError):
        write_whole(place, b"new", replace=False)
    assert place.read_bytes() == (b"precious" if comes == "file" else b"old")
    assert names(old.parent) == ["figures.csv", "new.csv"]


def test_a_link_that_comes_at_the_last_moment_is_not_followed(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the link leads to is not written: the link gives way to the file that was asked for."""
    place = old.parent / "new.csv"
    monkeypatch.setattr(Path, "chmod", lambda *_: place.symlink_to(old))
    write_whole(place, b"new")
    assert (place.read_bytes(), old.read_bytes()) == (b"new", b"old")
    assert not place.is_symlink()


def test_an_old_file_goes_only_when_the_new_one_is_on_the_disk(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is replaced is written through to the disk first; a new one need not be."""
    flushed: list[bytes] = []
    monkeypatch.setattr(os, "fsync", lambda _: flushed.append(old.read_bytes()))
    write_whole(old.parent / "new.csv", b"new")
    assert flushed == []
    write_whole(old, b"new")
    assert flushed == [b"old"]
