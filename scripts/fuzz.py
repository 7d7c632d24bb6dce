"""Give crimecmp inputs that nobody would, and keep those that break it.

From the root of a checkout::

    PYTHONPATH=tests python scripts/fuzz.py --seconds 60
    PYTHONPATH=tests python scripts/fuzz.py --inputs 1000000 --folder /tmp/fuzz

There are four classes of input: a user's tables, published files to import, command lines, and
pages of random tables. Input number `n` of a seed is the same each time, so a run that was stopped
goes on where it was when it is given the same folder. A child process tries the inputs, and a new
one takes its place where it dies or works on one for more than ten seconds.

A fault is any exception but an error of crimecmp's own, an exit code that is not documented, an
output that is not valid in its format or that acts on its reader, a crash, and a hang. The folder
keeps the first input with each fault, and the numbers of each class. The exit code is 1 where there
is any.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import NamedTuple

from fuzzing import importers, options, pages, tables
from fuzzing.target import Case, FaultError, Target, read_bundled_once, weighted

from crimecmp.errors import CrimecmpError
from crimecmp.text import visible

TARGETS: Mapping[str, Target] = {
    "tables": Target(880, tables.make, tables.attempt),
    "importers": Target(90, importers.make, importers.attempt),
    "options": Target(22, options.make, options.attempt),
    "pages": Target(8, pages.make, pages.attempt),
}
OUTCOMES = ("read", "refused", "fault", "crashed", "hung")
LONGEST = 10.0
"""The most seconds that an input may take."""

_TOLD_EVERY = 0.5
_STARTING = 60.0
_SHOWN = 200


class Told(NamedTuple):
    """What the child tells: the next input, how many had each outcome, and a fault found."""

    next: int
    counts: Mapping[str, int]
    fault: str = ""


def made(seed: int, number: int, only: str | None) -> tuple[str, Case]:
    """Return the class of an input and the input, which are the same each time."""
    random = Random(f"{seed}:{number}")
    name = only or weighted(random, {name: target.share for name, target in TARGETS.items()})
    return name, TARGETS[name].make(random)


def tried(name: str, case: Case, folder: Path) -> tuple[str, str]:
    """Return what became of an input, and what was wrong where that is a fault."""
    folder.mkdir()
    try:
        return TARGETS[name].attempt(case, folder), ""
    except FaultError as error:
        return "fault", visible(str(error)[:_SHOWN])
    except CrimecmpError:
        return "refused", ""
    except Exception as error:  # whatever it is, it is a fault
        frames = traceback.extract_tb(error.__traceback__)
        ours = [frame for frame in frames if "crimecmp" in Path(frame.filename).parts] or frames
        place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}"
        return "fault", visible(f"{type(error).__name__} at {place}: {error}"[:_SHOWN])
    finally:
        shutil.rmtree(folder)


def work(told: Connection, seed: int, start: int, only: str | None) -> None:
    """Try inputs from a number on, and tell how it goes."""
    read_bundled_once()
    counts: dict[str, int] = {}
    last = time.monotonic()
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        number = start
        while True:
            name, case = made(seed, number, only)
            began = time.monotonic()
            outcome, fault = tried(name, case, Path(folder) / "scratch")
            number += 1
            if time.monotonic() - began > LONGEST:
                outcome, fault = "hung", f"{time.monotonic() - began:.0f} seconds"
            counts[f"{name} {outcome}"] = counts.get(f"{name} {outcome}", 0) + 1
            if fault or time.monotonic() - last > _TOLD_EVERY:
                told.send(Told(number, counts, fault and f"{name}: {fault}"))
                counts, last = {}, time.monotonic()


def _memory() -> str | None:
    """Return a folder that is kept in memory, where there is one."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


class Run:
    """A run: its numbers so far and its findings, kept in a folder."""

    def __init__(self, folder: Path, seed: int, only: str | None) -> None:
        self.folder, self.seed, self.only = folder, seed, only
        self.next = 0
        self.counts: dict[str, int] = {}
        self.faults: dict[str, int] = {}
        self._state = folder / f"state-{seed}{f'-{only}' if only else ''}.json"
        folder.mkdir(parents=True, exist_ok=True)
        if self._state.exists():
            kept = json.loads(self._state.read_text("utf-8"))
            self.next, self.counts, self.faults = kept["next"], kept["counts"], kept["faults"]

    def take(self, told: Told) -> None:
        """Add what the child tells; its last input is the one with the fault."""
        self.next = told.next
        for key, number in told.counts.items():
            self.counts[key] = self.counts.get(key, 0) + number
        if told.fault:
            kind = re.sub(r"\d{3,}|'[^']*'", "…", told.fault)[:90]
            if kind not in self.faults:
                self._keep(told.next - 1, told.fault)
            self.faults[kind] = self.faults.get(kind, 0) + 1
        kept = {"next": self.next, "counts": self.counts, "faults": self.faults}
        part = self._state.with_suffix(".part")
        part.write_text(json.dumps(kept, indent=1), "utf-8")
        part.replace(self._state)

    def _keep(self, number: int, fault: str) -> None:
        _, case = made(self.seed, number, self.only)
        file = self.folder / f"{self.seed}-{number}-{case.name}"
        file.write_bytes(case.content)
        print(f"{file}: {fault}", flush=True)

    def go(self, seconds: float, inputs: int) -> None:
        """Try inputs until a time has passed or so many have been tried in all."""
        ends = time.monotonic() + seconds
        context = multiprocessing.get_context("spawn")
        while time.monotonic() < ends and self.next < inputs:
            ours, theirs = context.Pipe(duplex=False)
            child = context.Process(target=work, args=(theirs, self.seed, self.next, self.only))
            child.start()
            theirs.close()
            try:
                self._listen(ours, ends, inputs)
            finally:
                child.kill()
                child.join()

    def _listen(self, child: Connection, ends: float, inputs: int) -> None:
        """Take what the child tells until the run ends, or the child dies or hangs."""
        patience = _STARTING
        try:
            while time.monotonic() < ends and self.next < inputs:
                if child.poll(min(patience, max(0.0, ends - time.monotonic()))):
                    self.take(child.recv())
                    patience = 2 * LONGEST
                elif time.monotonic() < ends:
                    self._alone("hung")
                    return
        except EOFError:
            self._alone("crashed")

    def _alone(self, what: str) -> None:
        """Find the input that the child died of, each tried in a process of its own."""
        context = multiprocessing.get_context("spawn")
        for number in range(self.next, self.next + 10_000):
            name, case = made(self.seed, number, self.only)
            with tempfile.TemporaryDirectory() as folder:
                place = Path(folder) / "scratch"
                process = context.Process(target=tried, args=(name, case, place))
                process.start()
                process.join(2 * LONGEST)
                died = process.is_alive() or process.exitcode
                process.kill()
                process.join()
            if died:
                self.take(Told(number + 1, {f"{name} {what}": 1}, f"{name}: {what}"))
                return
        self.take(Told(self.next + 1, {f"all {what}": 1}, f"{what}, but not alone"))

    def table(self) -> str:
        """Return the numbers of each class as a table in Markdown."""
        rows = [["class", "tried", *OUTCOMES]]
        for name in TARGETS:
            found = [self.counts.get(f"{name} {outcome}", 0) for outcome in OUTCOMES]
            rows.append([name, *(f"{number:,}" for number in (sum(found), *found))])
        every = [sum(int(row[n].replace(",", "")) for row in rows[1:]) for n in range(1, 7)]
        rows.append(["all", *(f"{number:,}" for number in every)])
        rows.insert(1, ["---", *["---:"] * 6])
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def main() -> int:
    """Run, and print the numbers of each class."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=float("inf"), help="for how long")
    parser.add_argument("--inputs", type=int, default=10**6, help="how many in all")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other inputs")
    parser.add_argument("--only", choices=TARGETS, help="one class of input")
    parser.add_argument("--folder", type=Path, help="what is kept; else a temporary folder")
    chosen = parser.parse_args()
    folder = chosen.folder or Path(tempfile.mkdtemp(prefix="crimecmp-fuzz-"))
    run = Run(folder, chosen.seed, chosen.only)
    with suppress(KeyboardInterrupt):
        run.go(chosen.seconds, chosen.inputs)
    print(run.table())
    for kind, number in run.faults.items():
        print(f"{number} times: {kind}")
    return 1 if run.faults else 0


if __name__ == "__main__":
    sys.exit(main())
