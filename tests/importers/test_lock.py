"""One process at a time has the lock of a working folder, and nothing of it is left behind."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crimecmp.disk import locking
from crimecmp.errors import OutputError
from crimecmp.importers.lock import Lock, held

HELD = """
import sys
from pathlib import Path
from crimecmp.importers.lock import Lock
print(Lock(Path(sys.argv[1])).take(), flush=True)
sys.stdin.read()
"""

RACE = """
import os, sys, time
from pathlib import Path
from crimecmp.importers.lock import Lock
folder, inside = Path(sys.argv[1]), Path(sys.argv[2])
children = []
for _ in range(4):
    children.append(os.fork())
    if not children[-1]:
        done = 0
        while done < 50:
            lock = Lock(folder)
            if lock.take():
                inside.mkdir()
                inside.rmdir()
                lock.release()
                done += 1
        os._exit(0)
sys.exit(any([os.waitpid(child, 0)[1] for child in children]))
"""


def test_a_lock_is_had_by_one(tmp_path: Path) -> None:
    """Who asks while it is taken does not get it; who has it keeps it; then it is free again."""
    one, other = Lock(tmp_path / "work"), Lock(tmp_path / "work")
    assert one.take()
    assert not other.take()
    assert one.take()
    assert not other.take()
    one.release()
    assert other.take()
    other.release()


def test_a_file_of_that_name_with_anything_in_it_is_kept(tmp_path: Path) -> None:
    """A lock has nothing in it: a user's file of that name is locked, and never removed."""
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "lock").write_text("mine", encoding="utf-8")
    lock = Lock(folder)
    assert lock.take()
    lock.release()
    assert (folder / "lock").read_text("utf-8") == "mine"


def test_nothing_is_left_of_a_lock(tmp_path: Path) -> None:
    """When a lock is given up its file and its folder are gone."""
    lock = Lock(tmp_path / "work")
    assert lock.take()
    assert (tmp_path / "work").is_dir()
    lock.release()
    assert not list(tmp_path.iterdir())


def test_a_folder_that_holds_something_stays(tmp_path: Path) -> None:
    """What is in the folder is not lost with the lock, and can be locked anew."""
    lock = Lock(tmp_path / "work")
    assert lock.take()
    (tmp_path / "work" / "old").mkdir()
    lock.release()
    assert [path.name for path in (tmp_path / "work").iterdir()] == ["old"]
    assert lock.take()
    lock.release()


def test_a_killed_process_has_no_lock(tmp_path: Path) -> None:
    """The lock of a process that is killed is free at once, though its file is still there."""
    work = tmp_path / "work"
    with subprocess.Popen(
        [sys.executable, "-c", HELD, work],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "True\n"
        lock = Lock(work)
        assert not lock.take()
        process.kill()
        process.wait()
    assert [path.name for path in work.iterdir()] == ["lock"]
    assert lock.take()
    lock.release()


def test_processes_are_never_in_it_together(tmp_path: Path) -> None:
    """Four processes that lock and remove the folder 50 times each are in it one at a time."""
    work, inside = tmp_path / "work", tmp_path / "inside"
    done = subprocess.run([sys.executable, "-c", RACE, work, inside], check=False, timeout=120)
    assert done.returncode == 0
    assert not list(tmp_path.iterdir())


def test_a_file_system_without_locks_is_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the file system has no locks an import goes on without one."""

    def refuse(_: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(locking, "lock", refuse)
    lock = Lock(tmp_path / "work")
    assert lock.take()
    lock.release()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("there", ["a file", "a link", "a stranger's folder"])
def test_what_others_put_there_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: str
) -> None:
    """A file, a link or another user's folder in place of the working folder is an error."""
    work = tmp_path / "work"
    (tmp_path / "own").mkdir()
    if there == "a file":
        work.write_text("precious")
    elif there == "a link":
        work.symlink_to(tmp_path / "own")
    else:
        work.mkdir()
        user = os.geteuid() + 1
        monkeypatch.setattr(os, "geteuid", lambda: user)
    with pytest.raises(OutputError, match="work is in the way"):
        Lock(work).take()
    assert not list((tmp_path / "own").iterdir())
    assert {path.name for path in tmp_path.iterdir()} == {"own", "work"}


def test_a_folder_of_files_is_held_by_one(tmp_path: Path) -> None:
    """While files are written into a folder, nobody else writes there; nothing is left of it."""
    with (
        held(tmp_path),
        pytest.raises(OutputError, match="another process is writing"),
        held(tmp_path),
    ):
        pass
    with held(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """Where no lock can be made, the folder is named, with the reason."""
    with (
        pytest.raises(OutputError, match="missing: No such file or directory"),
        held(tmp_path / "missing"),
    ):
        pass
