"""Folders are exchanged and moved in one step, and nothing is replaced that holds anything."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crimecmp.importers.moving import exchange, move


@pytest.fixture
def one(tmp_path: Path) -> Path:
    """Return a folder with a file in it."""
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / "file").write_text("one")
    return folder


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Return another folder with a file in it."""
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "file").write_text("other")
    return folder


@pytest.mark.skipif(
    sys.platform not in ("linux", "darwin"), reason="the system cannot exchange folders"
)
def test_folders_are_exchanged(one: Path, other: Path) -> None:
    """Each of two folders is then where the other was."""
    assert exchange(one, other)
    assert (one / "file").read_text() == "other"
    assert (other / "file").read_text() == "one"


@pytest.mark.parametrize("swapped", [False, True])
def test_nothing_is_exchanged_with_nothing(one: Path, tmp_path: Path, swapped: bool) -> None:
    """Where one of two folders is missing the other stays."""
    paths = [one, tmp_path / "missing"]
    assert not exchange(*(reversed(paths) if swapped else paths))
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


@pytest.mark.parametrize("lacking", ["the system", "ctypes", "the C library"])
def test_a_system_without_the_step_says_so(
    one: Path, other: Path, monkeypatch: pytest.MonkeyPatch, lacking: str
) -> None:
    """On another system, without ctypes or without the call nothing is exchanged, and no error."""
    with monkeypatch.context() as patch:
        if lacking == "the system":
            patch.setattr(sys, "platform", "win32")
        elif lacking == "ctypes":
            patch.setitem(sys.modules, "ctypes", None)
        else:
            patch.setattr("ctypes.CDLL", lambda _: object())
        assert not exchange(one, other)
    assert (one / "file").read_text() == "one"
    assert (other / "file").read_text() == "other"


def test_a_folder_is_moved_to_a_free_place(one: Path, tmp_path: Path) -> None:
    """Where there is nothing the folder is then there, and no longer where it was."""
    assert move(one, tmp_path / "new")
    assert (tmp_path / "new" / "file").read_text() == "one"
    assert not one.exists()


def stubborn(rename: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
    """Return a `rename` as of a system that never replaces a folder, not even an empty one."""

    def renamed(path: Path, target: Path) -> Path:
        if target.exists():
            raise FileExistsError(errno.EEXIST, "File exists")
        return rename(path, target)

    return renamed


@pytest.mark.parametrize("system", ["this", "stubborn"])
def test_an_empty_folder_makes_way(
    one: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    """An empty folder is replaced, also where the system does not do that by itself."""
    (tmp_path / "new").mkdir()
    if system == "stubborn":
        monkeypatch.setattr(Path, "rename", stubborn(Path.rename))
    assert move(one, tmp_path / "new")
    assert (tmp_path / "new" / "file").read_text() == "one"
    assert not one.exists()


@pytest.mark.parametrize("system", ["this", "stubborn"])
@pytest.mark.parametrize("there", ["a folder", "a file", "a link"])
def test_what_is_there_stays(
    one: Path,
    other: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    there: str,
    system: str,
) -> None:
    """A folder is not moved to where a folder with a file, a file or a link is."""
    place = tmp_path / "new"
    if there == "a folder":
        other.rename(place)
    elif there == "a file":
        place.write_text("other")
    else:
        place.symlink_to(other)
    if system == "stubborn":
        monkeypatch.setattr(Path, "rename", stubborn(Path.rename))
    assert not move(one, place)
    assert (one / "file").read_text() == "one"
    assert (place if there == "a file" else place / "file").read_text() == "other"


def test_another_failure_is_an_error(one: Path, tmp_path: Path) -> None:
    """Where the parent of the new place is missing that is an error, and the folder stays."""
    with pytest.raises(FileNotFoundError):
        move(one, tmp_path / "missing" / "new")
    assert (one / "file").read_text() == "one"
