"""Stops imports at every moment and prints what is left: a script for `test_importers_working`.

::

    python stopped_imports.py SCENE WAY MANNER [EVERY]

scene
    `new` (there is no folder), `replaced` (there is an import, which is replaced) or `own` (as
    before, but the user's notes appear in the folder just before it is replaced).
way
    `exchanged`, or `kept` as on a system that cannot exchange folders.
manner
    `killed`, `interrupted`, or `interrupted-again` while it tidies up.
every
    One moment of so many is tried, beside each that follows a change of the files; 1 for all.

Each line of the answer is JSON: the moment, how the process ended, the files that it left, and
what two further imports said and left, without `overwrite` and with it.
"""

from __future__ import annotations

import ctypes  # noqa: F401 - loaded before it is asked for, so that all imports go the same way
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from crimecmp.errors import OutputError
from crimecmp.importers import moving
from crimecmp.importers.folder import ReservedFolder, reserved

NEW: dict[str, list[tuple[str, ...]]] = {
    "sources": [("new", "New", "Me", "", "", "", "")],
    "rates": [],
}
OLD = {
    "claims.csv": "claim\nold\n",
    "sources.csv": "source\nold\n",
    "datapackage.json": json.dumps(
        {
            "name": "crimecmp-import",
            "resources": [{"path": "claims.csv"}, {"path": "sources.csv"}],
        }
    ),
}
WATCHED = ("folder.py", "working.py", "moving.py", "lock.py", "contextlib.py")
INTERRUPTED = 130
LONGEST = 150
"""Tidying up has no more moments than this."""

Stop = Callable[[str], None]


class Moment(NamedTuple):
    """A moment of an import: its number, what was called or had returned, and what was there."""

    number: int
    name: str
    there: tuple[str, ...]


class Attempt(NamedTuple):
    """An import that is stopped: when, and what does it."""

    moment: Moment
    work: Callable[[], None]


def files(folder: Path) -> dict[str, str]:
    """Return all that is below a folder; folders have no content."""
    return {
        str(path.relative_to(folder)): path.read_text("utf-8") if path.is_file() else "folder"
        for path in sorted(folder.rglob("*"))
    }


def watch(stop: Stop) -> None:
    """Call a function whenever what writes folders may notice a signal.

    That is when a function of Python or of C is called or has returned. The generator `reserved`
    is left out: it is no moment of its own when it is resumed or yields.
    """

    def hook(frame: FrameType, event: str, of: Any) -> None:
        code = frame.f_code
        here = code.co_filename.endswith(WATCHED)
        called = frame.f_back is not None and frame.f_back.f_code.co_filename.endswith(WATCHED)
        if (here or (event == "return" and called)) and code.co_name != "reserved":
            stop(f"{event} {getattr(of, '__name__', '') or code.co_name} {frame.f_lineno}")

    sys.setprofile(hook)


def at(number: int, act: Callable[[], None]) -> Stop:
    """Return what acts when it is called for the nth time."""
    count = 0

    def stop(_: str) -> None:
        nonlocal count
        count += 1
        if count == number:
            act()

    return stop


def kill() -> None:
    """End this process at once."""
    os.kill(os.getpid(), signal.SIGKILL)


def interrupt() -> None:
    """Do what an interrupt does."""
    raise KeyboardInterrupt


def exit_code(work: Callable[[], None]) -> int:
    """Do something in a process of its own and return its exit code, a signal below zero."""
    child = os.fork()
    if not child:
        code = 0
        try:
            work()
        except KeyboardInterrupt:
            code = INTERRUPTED
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Scene:
    """A folder in which imports are stopped."""

    def __init__(self, scene: str, way: str, parent: Path) -> None:
        self.parent = parent
        self._place = parent / "mine"
        self._scene = scene
        self._exchange = moving.exchange if way == "exchanged" else lambda *_: False
        moving.exchange = self._exchange

    def begin(self) -> None:
        """Put everything where it is before the import."""
        for path in list(self.parent.iterdir()):
            shutil.rmtree(path)
        moving.exchange = self._exchange_with_notes if self._scene == "own" else self._exchange
        if self._scene != "new":
            self._place.mkdir()
            for name, text in OLD.items():
                (self._place / name).write_text(text, "utf-8")

    def _exchange_with_notes(self, one: Path, other: Path) -> bool:
        (self._place / "notes.txt").write_text("precious")
        moving.exchange = self._exchange
        return self._exchange(one, other)

    def work(self) -> None:
        """Import the new tables."""
        self.put(overwrite=self._scene != "new")

    def put(self, *, overwrite: bool) -> str:
        """Import the new tables, and return the error and its hint."""
        try:
            with reserved(str(self._place), overwrite=overwrite) as folder:
                folder.write(NEW, "New")
        except OutputError as error:
            return f"{error.message}. {error.hint}"
        return ""

    def moments(self) -> list[Moment]:
        """Return the moments of an import, the same one only once while nothing changes."""
        found: list[Moment] = []

        def note(name: str) -> None:
            sys.setprofile(None)
            there = tuple(str(path) for path in sorted(self.parent.rglob("*")))
            found.append(Moment(len(found) + 1, name, there))
            watch(note)

        self.begin()
        watch(note)
        self.work()
        sys.setprofile(None)
        return sorted({(moment.name, moment.there): moment for moment in found}.values())

    def further(self) -> dict[str, object]:
        """Return what two further imports say and leave."""
        moving.exchange = self._exchange
        next_one = self.put(overwrite=False)
        then = files(self.parent)
        last = self.put(overwrite=True)
        return {"next": next_one, "then": then, "last": last, "finally": files(self.parent)}


def changing(moments: list[Moment]) -> list[Moment]:
    """Return the first moment of each state of the files."""
    return list({moment.there: moment for moment in reversed(moments)}.values())


def attempts(scene: Scene, manner: str, every: int) -> Iterator[Attempt]:
    """Yield the imports that are to be stopped."""
    moments = scene.moments()
    if manner == "killed":
        for moment in changing(moments):
            yield Attempt(moment, stopped(scene, moment, kill))
    elif manner == "interrupted":
        for moment in sorted({*changing(moments), *moments[::every]}):
            yield Attempt(moment, stopped(scene, moment, interrupt))
    else:
        for moment in changing(moments):
            for again in range(1, LONGEST, every):
                yield Attempt(moment, interrupted_again(scene, moment, again))


def stopped(scene: Scene, moment: Moment, act: Callable[[], None]) -> Callable[[], None]:
    """Return an import that is stopped at a moment."""

    def work() -> None:
        watch(at(moment.number, act))
        scene.work()

    return work


def interrupted_again(scene: Scene, moment: Moment, again: int) -> Callable[[], None]:
    """Return an import that is interrupted at a moment and whenever it then tidies up."""

    def work() -> None:
        end = ReservedFolder.end

        def interrupted_end(folder: ReservedFolder) -> None:
            watch(at(again, interrupt))
            end(folder)

        setattr(ReservedFolder, "end", interrupted_end)  # noqa: B010 - Mypy allows no other way
        watch(at(moment.number, interrupt))
        scene.work()

    return work


def main(name: str, way: str, manner: str, every: str = "1") -> None:
    """Stop imports and print what each left."""
    os.fsync = lambda fd: None
    with tempfile.TemporaryDirectory() as parent:
        scene = Scene(name, way, Path(parent))
        for moment, work in attempts(scene, manner, int(every)):
            scene.begin()
            code = exit_code(work)
            left = {"moment": moment.name, "code": code, "left": files(scene.parent)}
            sys.stdout.write(json.dumps({**left, **scene.further()}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
