"""Measure how fast street-level files are counted, beside what others need in the same run.

`python benchmarks/archive.py ARCHIVE.zip [ROUNDS]`, in an environment with crimecmp. Make the
archive with `benchmarks/street_archive.py`. It is unpacked into a temporary folder too. DuckDB
(its package), isal and Miller (`mlr`) take part where they are installed.

Each round runs every contestant once as a whole process: crimecmp with every check and its table
written, the others as a reader would who trusts the files. `zipfile` only unpacks. Shown are
medians over the rounds: seconds, rows a second, seconds of all cores, the ratio to `zipfile` in the
same round, and the most memory that the processes held at one time.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

ROUNDS = 3
FLOOR = "zipfile, unpacking alone"

_UNPACK = """
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    for name in archive.namelist():
        with archive.open(name) as member:
            while member.read(1 << 20):
                pass
"""
_PANDAS = """
import sys, zipfile
import pandas as pd
columns = ["Month", "Reported by", "Crime type"]
with zipfile.ZipFile(sys.argv[1]) as archive:
    counts = []
    for name in archive.namelist():
        with archive.open(name) as member:
            counts.append(pd.read_csv(member, usecols=columns).value_counts())
pd.concat(counts).to_csv(sys.argv[2])
"""
_DUCKDB = """
import sys, duckdb
duckdb.sql(f'''
    COPY (
        SELECT "Reported by", "Month", "Crime type", count(*)
        FROM read_csv('{sys.argv[1]}/*/*.csv', header = true, all_varchar = true)
        GROUP BY ALL
    ) TO '{sys.argv[2]}'
''')
"""
_MILLER = 'mlr --icsv --ocsv count -g "Reported by,Month,Crime type" "$1"/*/*.csv > "$2"'


class Contestant(NamedTuple):
    """A command; `{archive}`, `{folder}` and `{out}` in it become paths."""

    name: str
    command: tuple[str, ...]
    without_isal: bool = False


class Run(NamedTuple):
    """What a run took: seconds, seconds of all cores, and megabytes at most."""

    seconds: float
    of_cores: float
    megabytes: float


def contestants() -> list[Contestant]:
    """Return those that are installed."""
    python = sys.executable
    imported = (python, "-m", "crimecmp", "import")
    found = [
        Contestant(FLOOR, (python, "-c", _UNPACK, "{archive}")),
        Contestant("crimecmp", (*imported, "{archive}", "--to", "{out}"), without_isal=True),
        Contestant("pandas", (python, "-c", _PANDAS, "{archive}", "{out}")),
        Contestant("crimecmp, plain CSV", (*imported, "{folder}", "--to", "{out}")),
    ]
    if find_spec("isal"):
        found.insert(2, Contestant("crimecmp[fast]", (*imported, "{archive}", "--to", "{out}")))
    if find_spec("duckdb"):
        found.append(Contestant("DuckDB, plain CSV", (python, "-c", _DUCKDB, "{folder}", "{out}")))
    if shutil.which("mlr"):
        found.append(
            Contestant("Miller, plain CSV", ("sh", "-c", _MILLER, "sh", "{folder}", "{out}"))
        )
    return found


def run(contestant: Contestant, archive: str, folder: str) -> Run:
    """Run a contestant once."""
    with tempfile.TemporaryDirectory() as place:
        environment = os.environ.copy()
        if contestant.without_isal:
            (Path(place) / "isal.py").write_text("raise ImportError")
            others = environment.get("PYTHONPATH", "")
            environment["PYTHONPATH"] = os.pathsep.join(filter(None, [place, others]))
        command = [
            part.replace("{archive}", archive)
            .replace("{folder}", folder)
            .replace("{out}", f"{place}/out")
            for part in contestant.command
        ]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        most = 0
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment) as process:
            while process.poll() is None:
                most = max(most, held(process.pid))
                time.sleep(0.02)
        seconds = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if process.returncode:
            raise SystemExit(f"{contestant.name} failed")
    of_cores = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(seconds, of_cores, most / 1e6)


def held(process: int) -> int:
    """Return the bytes of memory that a process and those that it started hold."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(held(int(child)) for child in children)


def main() -> None:
    """Print a line for each contestant."""
    archive = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(archive) as members:
            members.extractall(folder)
        rows = sum(path.read_bytes().count(b"\n") - 1 for path in Path(folder).rglob("*.csv"))
        taking_part = contestants()
        runs = [[run(each, archive, folder) for each in taking_part] for _ in range(rounds)]
    print(f"{rows:,} rows, {rounds} rounds, {os.cpu_count()} cores")
    print(f"{'':26}{'s':>8}{'rows/s':>12}{'s, cores':>10}{'ratio':>7}{'MB':>6}")
    for nth, each in enumerate(taking_part):
        own = [its[nth] for its in runs]
        seconds, of_cores, megabytes = (
            statistics.median(figure) for figure in zip(*own, strict=True)
        )
        ratio = statistics.median(its[nth].seconds / its[0].seconds for its in runs)
        print(
            f"{each.name:26}{seconds:8.2f}{rows / seconds:12,.0f}{of_cores:10.2f}{ratio:7.2f}"
            f"{megabytes:6.0f}"
        )


if __name__ == "__main__":
    main()
