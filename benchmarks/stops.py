"""Stops what writes at random moments, and counts what is left: `python benchmarks/stops.py 300`.

::

    python benchmarks/stops.py [TIMES [SEED]]

Each work (an import, a fetch, an answer in a file, a script that writes an edition) replaces an old
target by a new one. It is stopped TIMES times by SIGINT, SIGTERM and SIGKILL in turn, half of the
times at any moment and half soon after it first changed anything on disk. Afterwards the target
must be the old or the new, whole (a fetched file may lack its record, which the second run writes,
and never has another's); whatever else is there must have a name that tells what it is;
and a second run must end well, with the new target and nothing beside it. Then TIMES pairs of
imports with other figures go into one folder at once.

The works run in forks of a process that has loaded everything, so that most moments fall into the
work itself.
"""

from __future__ import annotations

import csv
import io
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

from crimecmp.cli.run import run
from crimecmp.fetching import asking, remembering, transport

ROOT = Path(__file__).parents[1]
sys.path += [str(ROOT / "scripts"), str(ROOT / "tests")]
import bundle  # noqa: E402 - of the scripts, on the path above
from publishing import (  # noqa: E402 - of the tests, as above
    ONS,
    PFA,
    Asked,
    Publisher,
    Said,
    Standing,
    edition_page,
    mapped,
    serving,
    workbook,
)

OVER_HTTPS = transport.over_https
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
LEFT = re.compile(r"\.crimecmp(-.*)?|.*\.part(\.json)?")
"""The names of what a stopped work may leave beside its target."""
RECORD = ".xlsx.json"
SOON = 0.02
"""How many seconds after the first change on disk are soon."""
LONGEST = 60.0

Files = dict[str, bytes]


class Work(NamedTuple):
    """What replaces an old target by a new one.

    Parameters
    ----------
    name
        What it is called in the table of results.
    do
        Writes one of the two versions, `old` or `new`, in the current folder; returns a code.
    """

    name: str
    do: Callable[[str], int]


class Result(NamedTuple):
    """What was found: a work, how many stops, and how often each kind of target was left."""

    name: str
    tried: int
    old: int
    new: int
    mixtures: int
    faults: tuple[str, ...]


# --- The works


def _import(version: str) -> int:
    """Import a file of recorded crime."""
    return run(["import", f"../{version}.csv", "--to", "mine", "--overwrite"])


def _answer(version: str) -> int:
    """Write a page in a file: of another level of confidence, so that it is another."""
    level = {"old": "0.95", "new": "0.998"}[version]
    return run(["rates", "--format", "json", "--level", level, "-o", "rates.json", "--overwrite"])


def _fetch(version: str) -> int:
    """Fetch a workbook from a publisher on this machine."""
    transport.over_https = OVER_HTTPS
    over = mapped(os.environ[f"STOPS_{version.upper()}"])
    transport.over_https = lambda: over
    asking.Clock = Standing  # type: ignore[misc]  # a class in the place of another
    remembering.usual_folder = lambda: None
    return run(["fetch", "ons-pfa", "--keep-only", "--to", "files", "--overwrite"])


def _bundle(version: str) -> int:
    """Write two tables of an edition beside a third that stays."""
    folder = Path("edition")
    if not folder.exists():
        folder.mkdir()
        (folder / "sources.csv").write_text("source\nkept\n", "utf-8")
    rows = [("durham", "crime-excluding-fraud", "2014-06-30", version, *[""] * 5)] * 2000
    bundle.DATA = Path()
    bundle.EDITIONS = {"edition": lambda _: {"rates": rows, "bases": [row[:4] for row in rows]}}
    sys.argv = ["bundle.py", "edition"]
    return bundle.main()


WORKS = (
    Work("`import --to`", _import),
    Work("`fetch`", _fetch),
    Work("`--output FILE --overwrite`", _answer),
    Work("`scripts/bundle.py`", _bundle),
)


def figures(path: Path, count: int) -> None:
    """Write rolling-year recorded crime in which every count is the same."""
    heading = (
        "12 months ending", "PFA", "Region", "Offence", "Rolling year total number of offences",
    )  # fmt: skip
    groups = ("Bicycle theft", "Robbery", "Shoplifting", "Drug offences")
    ends = [f"{day}-{year}" for year in range(2005, 2015) for day in ("31-03", "30-06")]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [heading, *((end, "Durham", "North", group, count) for end in ends for group in groups)]
        )


def _publisher(version: str) -> Publisher:
    """Return a publisher that gives one version of a workbook, and any part of it."""
    publisher = Publisher()
    edition_page(publisher, "yearendingmarch2026", "tables.xlsx")
    body = workbook(version) + random.Random(version).randbytes(1_000_000)
    headers = {"ETag": f'"{version}"'}

    def answer(asked: Asked) -> Said:
        if asked.headers.get("if-none-match") == headers["ETag"]:
            return Said(304)
        if asked.headers.get("if-range") != headers["ETag"]:
            return Said(body=body, headers=headers)
        begin = int(asked.headers["range"].removeprefix("bytes=").removesuffix("-"))
        place = f"bytes {begin}-{len(body) - 1}/{len(body)}"
        return Said(206, body[begin:], {**headers, "Content-Range": place})

    publisher.says(f"https://{ONS}/file?uri={PFA}/yearendingmarch2026/tables.xlsx", answer)
    return publisher


@contextmanager
def published() -> Iterator[None]:
    """Serve both versions from a process of its own, whose threads no fork of this one has."""
    reading, writing = os.pipe()
    server = os.fork()
    if not server:
        with serving(_publisher("old")) as old, serving(_publisher("new")) as new:
            os.write(writing, f"{old} {new}\n".encode())
            signal.pause()
        os._exit(0)
    with os.fdopen(reading) as said:
        addresses = said.readline().split()
    os.environ.update(zip(("STOPS_OLD", "STOPS_NEW"), addresses, strict=True))
    try:
        yield
    finally:
        os.kill(server, signal.SIGKILL)
        os.waitpid(server, 0)
        os.close(writing)


# --- Stopping them


def begun(work: Callable[[str], int], version: str, folder: Path) -> int:
    """Begin a work in a process of its own, in a folder, and return the process."""
    # An interrupt waits until the fork is ready for it: it would end this process's own work.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    child = os.fork()
    if child:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        return child
    code = 1
    try:
        os.chdir(folder)
        said = os.open(os.devnull, os.O_WRONLY)
        os.dup2(said, 1)
        os.dup2(said, 2)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        code = work(version)
    except KeyboardInterrupt:
        code = 130
    finally:
        os._exit(code)


def ended(process: int) -> int:
    """Wait for a process and return its exit code, a signal below zero."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def done(work: Callable[[str], int], version: str, folder: Path) -> int:
    """Do a work to its end, and return its exit code."""
    return ended(begun(work, version, folder))


def files(folder: Path) -> Files:
    """Return all files below a folder, those that are recorded with a time without it."""
    return {
        str(path.relative_to(folder)): re.sub(rb'"fetched": "[^"]*"', b"", path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def parted(found: Mapping[str, bytes]) -> tuple[Files, list[str]]:
    """Return what belongs to the target, and the names of what a stop has left."""
    left = [name for name in found if any(map(LEFT.fullmatch, Path(name).parts))]
    return {name: text for name, text in found.items() if name not in left}, left


def is_like(target: Files, state: Files) -> bool:
    """Return whether a target has a state, at most without the record of a fetched file."""
    unrecorded = {name: text for name, text in state.items() if not name.endswith(RECORD)}
    return target in (state, unrecorded)


def stamp(folder: Path) -> list[tuple[str, int]]:
    """Return something that changes with the names in a folder and the folders in it."""
    found = [(str(path), path.stat().st_mtime_ns) for path in (folder, *folder.iterdir())]
    return sorted(found)


def stopped(work: Work, folder: Path, moment: float, *, soon: bool, by: int) -> int:
    """Stop a work, begun in a folder, after so many seconds, or so many after its first change."""
    before = stamp(folder)
    process = begun(work.do, "new", folder)
    until = time.monotonic() + LONGEST
    while soon and time.monotonic() < until:
        try:
            if stamp(folder) != before:
                break
        except FileNotFoundError:
            break
        if os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            break
    time.sleep(moment)
    os.kill(process, by)
    return ended(process)


def tried(work: Work, times: int, chance: random.Random, parent: Path) -> Result:
    """Stop a work so many times, and return what was found."""
    states: dict[str, Files] = {}
    for version in ("old", "new"):
        folder = parent / version
        folder.mkdir()
        begin = time.monotonic()
        assert done(work.do, version, folder) == 0
        took = time.monotonic() - begin
        states[version] = files(folder)
    assert states["old"] != states["new"]
    counted: Counter[str] = Counter()
    faults = []
    for number in range(times):
        by, soon = SIGNALS[number % len(SIGNALS)], number % 2 == 1
        moment = chance.uniform(0, SOON if soon else 1.2 * took)
        folder = parent / "tried"
        shutil.copytree(parent / "old", folder, symlinks=True)
        code = stopped(work, folder, moment, soon=soon, by=by)
        target, left = parted(files(folder))
        kind = next((name for name, state in states.items() if is_like(target, state)), "mixture")
        counted[kind] += 1
        expected = {0, 130 if by == signal.SIGINT else -by}
        again = done(work.do, "new", folder)
        if kind == "mixture" or code not in expected or again or files(folder) != states["new"]:
            faults.append(f"{by.name} {moment:.4f} {soon=} {code=} {kind} {left} {again=}")
        shutil.rmtree(folder)
    shutil.rmtree(parent / "old")
    shutil.rmtree(parent / "new")
    return Result(
        work.name, times, counted["old"], counted["new"], counted["mixture"], tuple(faults)
    )


def rivals(times: int, chance: random.Random, parent: Path) -> Result:
    """Let two imports write one folder at once, and return what was found."""
    states = []
    for version in ("old", "new"):
        folder = parent / version
        folder.mkdir()
        begin = time.monotonic()
        assert done(_import, version, folder) == 0
        took = time.monotonic() - begin
        states.append(files(folder))
    counted: Counter[int] = Counter()
    faults = []
    for _ in range(times):
        folder = parent / "tried"
        folder.mkdir()
        one = begun(_import, "old", folder)
        time.sleep(chance.uniform(0, took))
        codes = (done(_import, "new", folder), ended(one))
        found = files(folder)
        kind = states.index(found) if found in states else 2
        counted[kind] += 1
        if kind == 2 or sorted(codes) not in ([0, 0], [0, 1]):
            faults.append(f"{codes=} {sorted(found)}")
        shutil.rmtree(folder)
    return Result("two imports at once", times, counted[0], counted[1], counted[2], tuple(faults))


def load_everything(parent: Path) -> None:
    """Do each work once in this process, so that its forks need not load anything."""
    folder, here = parent / "loading", Path.cwd()
    folder.mkdir()
    os.chdir(folder)
    with redirect_stdout(io.TextIOWrapper(io.BytesIO())), redirect_stderr(io.StringIO()):
        assert not any(work.do("old") for work in WORKS)
    os.chdir(here)
    shutil.rmtree(folder)


def results(times: int, seed: int) -> Iterator[Result]:
    """Stop each work so many times, and yield what was found."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name, published():
        parent = Path(name)
        figures(parent / "old.csv", 100)
        figures(parent / "new.csv", 200)
        load_everything(parent)
        for work in WORKS:
            yield tried(work, times, chance, parent)
        yield rivals(times, chance, parent)


def main(times: str = "300", seed: str = "1") -> int:
    """Print what was found as a table, and return whether anything was lost or mixed."""
    broken = 0
    print("| work | stopped | old | new | mixtures | faults |")
    print("| --- | --- | --- | --- | --- | --- |")
    for found in results(int(times), int(seed)):
        print(f"| {' | '.join(map(str, found[:5]))} | {len(found.faults)} |", flush=True)
        for fault in found.faults:
            print(fault, file=sys.stderr)
        broken += len(found.faults)
    return min(broken, 1)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
