"""Measure how long large tables of one's own take, and how much memory.

Run it in an environment with crimecmp: `python benchmarks/tables.py [CASE...]`.

Each command runs as a whole process. Its processor time is divided by that of `python -c` importing
pandas and reading the table of rates as text, run just before it; its peak memory, less that of a
bare start, by the size of the file. The figures are made up.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import crimecmp

LONGEST = 600
"""Seconds after which a command is ended."""


class Case(NamedTuple):
    """How many areas, measures and years there are figures for."""

    areas: int
    metrics: int
    periods: int


CASES = {
    "1,000 rows": Case(44, 1, 23),
    "100,000 rows": Case(44, 57, 40),
    "1,003,200 rows": Case(44, 57, 400),
    "5,000 areas": Case(5000, 1, 2),
    "1,000 metrics": Case(44, 1000, 2),
    "400 periods": Case(44, 1, 400),
}

COMMANDS = {
    "check": ("check", "{folder}"),
    "rates": ("rates", "durham", "--data", "{folder}"),
    "compare --all": ("compare", "durham", "--all", "-m", "crime", "--data", "{folder}"),
    "trend": ("trend", "durham", "-m", "crime", "--data", "{folder}"),
}


def write(case: Case, folder: Path) -> Path:
    """Write a folder of tables, and return the path of its rates."""
    draw = random.Random(1)
    known = crimecmp.load().territorial()
    own = [f"area-{number}" for number in range(1, case.areas - len(known))]
    forces = [*known, *own]
    metrics = ["crime-excluding-fraud", *(f"metric-{n}" for n in range(1, case.metrics))]
    ends = [f"{year}-{end}" for year in range(2024 - 100, 2024) for end in _QUARTER_ENDS]
    if own:
        lines = [f"{name},{name.title()},true" for name in own]
        (folder / "forces.csv").write_text("\n".join(["force,name,territorial", *lines, ""]))
    if case.metrics > 1:
        lines = [f'{name},{name.title()},"per 1,000 population",population' for name in metrics[1:]]
        (folder / "metrics.csv").write_text("\n".join(["metric,label,unit,base", *lines, ""]))
    bases = {force: draw.randint(100_000, 900_000) for force in forces}
    path = folder / "rates.csv"
    with path.open("w") as stream:
        stream.write("force,metric,period_end,value,count,base\n")
        for metric in metrics:
            total: Counter[str] = Counter()
            for force, base in bases.items():
                level = draw.uniform(40, 80)
                for end in ends[-case.periods :]:
                    count = int(base * level * draw.uniform(0.9, 1.1) / 1000)
                    total[end] += count
                    rate = count / base * 1000
                    stream.write(f"{force},{metric},{end},{rate:.1f},{count},{base}\n")
            people = sum(bases.values())
            for end, count in total.items():
                rate = count / people * 1000
                stream.write(f"england-and-wales,{metric},{end},{rate:.1f},{count},{people}\n")
    return path


_QUARTER_ENDS = ("03-31", "06-30", "09-30", "12-31")


class Taken(NamedTuple):
    """The processor time in seconds and the peak memory of a process, and whether it ended."""

    seconds: float
    peak: int
    ended: bool


def run(*command: str) -> Taken:
    """Run a command, without its output."""
    process = subprocess.Popen(
        ["timeout", str(LONGEST), *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    seconds = used.ru_utime + used.ru_stime
    # The peak is in kilobytes on Linux and in bytes on macOS.
    scale = 1 if sys.platform == "darwin" else 1024
    return Taken(seconds, used.ru_maxrss * scale, os.waitstatus_to_exitcode(status) in (0, 1))


def main() -> int:
    """Print a row of a Markdown table for each case and command."""
    bare = run(sys.executable, "-c", "import crimecmp.cli.run").peak
    print("| table | size | command | ratio | seconds | memory, file sizes |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name in sys.argv[1:] or CASES:
        with tempfile.TemporaryDirectory() as folder:
            path = write(CASES[name], Path(folder))
            size = path.stat().st_size
            for label, arguments in COMMANDS.items():
                code = f"import pandas; pandas.read_csv({str(path)!r}, dtype=str)"
                floor = run(sys.executable, "-c", code)
                filled = [argument.format(folder=folder) for argument in arguments]
                taken = run(sys.executable, "-m", "crimecmp", *filled)
                ratio = f"{taken.seconds / floor.seconds:.1f}" if taken.ended else "stopped"
                memory = f"{(taken.peak - bare) / size:.1f}" if size > _LARGE else "-"
                print(
                    f"| {name} | {size / 1e6:.1f} MB | `{label}` | {ratio} | {taken.seconds:.1f} | "
                    f"{memory} |",
                    flush=True,
                )
    return 0


_LARGE = 1e6
"""Below this size in bytes, what the program itself takes is most of the memory."""


if __name__ == "__main__":
    sys.exit(main())
