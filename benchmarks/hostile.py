"""Try files that were made to do harm, and count what becomes of each.

    python benchmarks/hostile.py [--mutants N] [--only KIND]

Each file is given to `crimecmp` in a process that may have 4 GB of memory (`ulimit -v 4000000`).
It is read, or it is refused with one clear error. It must not crash: end by a signal, or in an
error that is a fault of crimecmp. It must not hang: take more than 75 seconds, 15 more than the
limit. The last column is the most memory that one process took.
"""

from __future__ import annotations

import argparse
import gzip
import io
import os
import random
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).parents[1]
sys.path.insert(0, str(PROJECT / "tests"))

from books import archive, ods, xls, xlsb, xlsx  # noqa: E402 - of the tests, on the path above
from hostile_books import CASES, SLOW_CASES, TABLE, ods_row  # noqa: E402 - as above

MEMORY = 4_000_000 * 1024
PATIENCE = 75
OUTCOMES = ("refused", "read", "crashed", "hung")
NOT_KNOWN = "not in a format that crimecmp knows"


class Tried(NamedTuple):
    """What became of a file, and the most memory that one process took, in bytes."""

    outcome: str
    memory: int
    said: str


def tried(*arguments: str, stdin: int | None = None) -> Tried:
    """Run crimecmp with some arguments."""

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "crimecmp", *arguments],
            stdin=stdin,
            stdout=subprocess.DEVNULL,
            stderr=said,
            preexec_fn=limited,
        )
        hung = threading.Event()

        def stop() -> None:
            hung.set()
            process.kill()

        timer = threading.Timer(PATIENCE, stop)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        words = said.read().decode()
    if hung.is_set():
        outcome = "hung"
    elif process.returncode < 0 or "fault of crimecmp" in words or "Traceback" in words:
        outcome = "crashed"
    elif process.returncode == 0 or NOT_KNOWN in words:
        outcome = "read"
    else:
        outcome = "refused"
    return Tried(outcome, usage.ru_maxrss * 1024, words.strip())


def imported(path: Path) -> Tried:
    """Import a file."""
    with tempfile.TemporaryDirectory() as folder:
        return tried("import", str(path), "--to", f"{folder}/made")


def made(path: Path, make: Callable[[], bytes]) -> None:
    """Write a file in a process of its own, whose memory does not count."""
    process = get_context("fork").Process(target=lambda: path.write_bytes(make()))
    process.start()
    process.join()


def packed() -> dict[str, Callable[[], bytes]]:
    """Return archives that unpack to more than they should, are nested or damaged."""
    member = gzip.compress(bytes(100_000_000))
    text = gzip.compress(b"a,b\n" * 1000)
    book = xlsx({"P1": TABLE})

    def overlapping() -> bytes:
        """Return an archive in which one part of 100 MB is listed 20 times."""
        content = archive({"xl/workbook.xml": bytes(100_000_000)})
        start = int.from_bytes(content[-6:-2], "little")
        listed = content[start:-22] * 20
        end = bytearray(content[-22:])
        end[8:12] = (20).to_bytes(2, "little") * 2
        end[12:16] = len(listed).to_bytes(4, "little")
        return content[:start] + listed + bytes(end)

    return {
        "gzip of 14 GB": lambda: member * 140,
        "gzip of 14 GB of lines": lambda: gzip.compress(b"\n" * 100_000_000) * 140,
        "gzip of 100 MB of commas": lambda: gzip.compress(b"," * 100_000_000),
        "gzip of 127 MB of wide characters": lambda: gzip.compress("a,😀\n".encode() * 18_000_000),
        "gzip of 20 MB on one line": lambda: gzip.compress(b"a" * 20_000_000),
        "gzip in gzip": lambda: gzip.compress(text),
        "gzip cut": lambda: text[:-9],
        "gzip of a workbook": lambda: gzip.compress(book),
        "65 MB of gzip": lambda: gzip.compress(random.Random(1).randbytes(65_000_000), 0),
        "ZIP of a workbook": lambda: archive({"a.xlsx": book}),
        "part of 2 GB": lambda: _large_part(2_000_000_000),
        "part of 900 MB": lambda: _large_part(900_000_000),
        "part listed 20 times": overlapping,
        "60,000 parts": lambda: archive(
            dict.fromkeys(map(str, range(60_000)), "") | {"xl/workbook.xml": ""}
        ),
    }


def _large_part(size: int) -> bytes:
    content = io.BytesIO(xlsx({"P1": TABLE}))
    with (
        zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as book,
        book.open("xl/media/image1.png", "w", force_zip64=True) as part,
    ):
        for _ in range(size // 1_000_000):
            part.write(bytes(1_000_000))
    return content.getvalue()


def mutants(number: int) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield workbooks with small changes: in the file, and in the parts of an archive."""
    books = {
        "xlsx": xlsx({"P1": TABLE * 3, "P2": TABLE}),
        "ods": ods(ods_row("a", 2, 3) * 3),
        "xls": xls([(n, n, n) for n in range(9)]),
        "xlsb": xlsb([(n, n, n) for n in range(9)]),
    }
    for seed in range(number):
        chance = random.Random(seed)
        kind = chance.choice(list(books))
        yield f"{kind}, seed {seed}", partial(_mutant, books[kind], chance)


def _mutant(book: bytes, chance: random.Random) -> bytes:
    if not book.startswith(b"PK") or chance.random() < 0.2:
        return _changed(book, chance)
    with zipfile.ZipFile(io.BytesIO(book)) as content:
        parts: dict[str, str | bytes] = {name: content.read(name) for name in content.namelist()}
        sheets = [name for name in parts if "sheet" in name or "content" in name]
        name = chance.choice(sheets if chance.random() < 0.8 else list(parts))
        parts[name] = _changed(content.read(name), chance)
    return archive(parts)


def _changed(content: bytes, chance: random.Random) -> bytes:
    """Return content in which some bytes or numbers are others, repeated or left out."""
    new = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(new) + 1)
        match chance.randrange(5):
            case 0:
                new[place : place + 1] = chance.randbytes(1)
            case 1:
                del new[place : place + chance.randint(1, 20)]
            case 2:
                new[place:place] = new[place : place + chance.randint(1, 200)]
            case 3:
                digits = [n for n, byte in enumerate(new) if 48 <= byte <= 57]
                if digits:
                    new[chance.choice(digits)] = chance.randint(48, 57)
            case 4:
                digits = [n for n, byte in enumerate(new) if 48 <= byte <= 57]
                if digits:
                    at = chance.choice(digits)
                    new[at:at] = str(chance.randint(1, 10**9)).encode()
    return bytes(new)


@contextmanager
def growing(path: Path) -> Iterator[None]:
    """Let a file grow by a line again and again."""
    over = threading.Event()

    def grow() -> None:
        with path.open("ab", buffering=0) as file:
            while not over.is_set():
                file.write(b"durham,burglary,2014-06-30,5.0\n" * 1000)
                time.sleep(0.001)

    path.write_bytes(b"force,metric,period_end,value\n" * 100_000)
    thread = threading.Thread(target=grow)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def other_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield paths that are no files, or files without an end."""
    yield from (
        (name, Path(name)) for name in ("/dev/zero", "/dev/random", "/dev/full", "/dev/tty")
    )
    for name in ("folder.csv", "pipe.csv", "socket.csv", "loop.csv", "holes.csv"):
        path = folder / name
        match path.stem:
            case "folder":
                path.mkdir()
            case "pipe":
                os.mkfifo(path)
            case "socket":
                socket.socket(socket.AF_UNIX).bind(str(path))
            case "loop":
                path.symlink_to(path)
            case "holes":
                path.touch()
                os.truncate(path, 10_000_000_000)
        yield path.stem, path


def all_tried(folder: Path, number: int, only: str | None) -> Iterator[tuple[str, str, Tried]]:
    """Yield the kind and the name of each input, and what became of it."""
    books = [(case.kind, case.name, case.made) for case in (*CASES, *SLOW_CASES)]
    books += [("packed", name, make) for name, make in packed().items()]
    for kind, name, make in books:
        if only in (None, kind):
            made(folder / "a", make)
            yield kind, name, imported(folder / "a")
    if only in (None, "mutants"):
        for name, make in mutants(number):
            (folder / "a").write_bytes(make())
            yield "mutants", name, imported(folder / "a")
    if only in (None, "no file"):
        ways: dict[str, Callable[[Path], Tried]] = {
            "import": imported,
            "check": lambda path: tried("check", str(path)),
            "--data": lambda path: tried("rates", "--data", str(path)),
        }
        for name, path in other_files(folder):
            for way, of in ways.items():
                yield "no file", f"{name}, {way}", of(path)
        for way, of in ways.items():
            with growing(folder / "rates.csv"):
                yield "no file", f"grows, {way}", of(folder / "rates.csv")
        with Path("/dev/zero").open() as endless:
            yield "no file", "standard input", tried("check", "-", stdin=endless.fileno())


def main() -> None:
    """Print what became of every input but the mutants, and a table of all kinds."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--mutants", type=int, default=300, metavar="N")
    parser.add_argument("--only", metavar="KIND")
    options = parser.parse_args()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    memory: dict[str, int] = defaultdict(int)
    with tempfile.TemporaryDirectory() as folder:
        for kind, name, result in all_tried(Path(folder), options.mutants, options.only):
            counts[kind][result.outcome] += 1
            memory[kind] = max(memory[kind], result.memory)
            if kind != "mutants" or result.outcome in ("crashed", "hung"):
                said = result.said.replace("\n", " ")[:110]
                print(
                    f"{kind}: {name}: {result.outcome}, {result.memory / 1e6:.0f} MB. {said}",
                    flush=True,
                )
    print("\n| input | tried |", " | ".join(OUTCOMES), "| memory, MB |")
    print("| --- " * (len(OUTCOMES) + 3) + "|")
    for kind, outcomes in counts.items():
        cells = [f"{outcomes[outcome]:,}" for outcome in OUTCOMES]
        print(
            f"| {kind} | {outcomes.total():,} |", " | ".join(cells), f"| {memory[kind] / 1e6:.0f} |"
        )


if __name__ == "__main__":
    main()
