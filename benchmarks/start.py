"""Measure how long commands take, as a ratio to the time that their imports alone take.

Run it in an environment with crimecmp: `python benchmarks/start.py [ROUNDS] [FILE...]`. If
published files are given, importing each is timed against reading it with pandas.

Each round runs every command once, with its floor just before it, as separate processes. A ratio is
the median over the rounds of the command's time divided by that floor's, so a slow moment of the
machine affects both. A first round compiles the bytecode and is not counted.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROUNDS = 15

FLOORS = {
    "figures": "import typer, rich.table, rich.console, pandas",
    "names": "import typer",
    "pictures": "import pandas, matplotlib.figure, matplotlib.backends.backend_svg",
}


FOLDER = "{folder}"
"""A placeholder in a case's arguments for the path of a new folder or file."""


class Case(NamedTuple):
    """A command line, the floor it is compared with, and the maximum ratio."""

    arguments: tuple[str, ...]
    floor: str
    limit: float


CASES = (
    Case(("rates", "durham"), "figures", 1.08),
    Case(("rates", "durham", "--format", "csv"), "figures", 1.08),
    Case(("rates", "cleveland"), "figures", 1.08),
    Case(("compare", "--metric", "burglary"), "figures", 1.08),
    Case(("compare", "--metric", "burglary", "--all"), "figures", 1.15),
    Case(("rates", "durham", "--latest"), "figures", 1.25),
    Case(("compare", "--metric", "burglary", "--all", "--latest"), "figures", 1.4),
    Case(("--help",), "names", 1.6),
    Case(("--version",), "names", 1.2),
    *(
        Case(("chart", kind, "durham", "--output", f"{FOLDER}.svg"), "pictures", 1.3)
        for kind in ("bars", "trend", "funnel", "rank", "spine", "map", "satisfaction")
    ),
    Case(("chart", "trend", "durham", "--others", "--output", f"{FOLDER}.svg"), "pictures", 1.3),
    Case(("chart", "funnel", "--random-variation", "--output", f"{FOLDER}.svg"), "pictures", 1.3),
    Case(("report", "durham", "--format", "html"), "pictures", 1.6),
    Case(("report", "durham", "cleveland", "--format", "html"), "pictures", 1.6),
)


IMPORT_LIMIT = 1.5
READERS = {
    ".csv": "pandas.read_csv({path!r})",
    ".gz": "pandas.read_csv({path!r})",
    ".xlsx": "pandas.read_excel({path!r}, sheet_name=None, header=None, engine='calamine')",
}


def import_cases(paths: list[str]) -> tuple[dict[str, str], list[Case]]:
    """Return the floors, reading each file with pandas, and the cases, importing each file."""
    floors = {}
    cases = []
    for path in paths:
        name = Path(path).name
        floors[name] = "import pandas; " + READERS[Path(path).suffix].format(path=path)
        cases.append(Case(("import", path, "--to", FOLDER), name, IMPORT_LIMIT))
    return floors, cases


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Return how many seconds a command takes; its output is discarded."""
    with tempfile.TemporaryDirectory() as folder:
        made = str(Path(folder) / "made")
        command = [argument.replace(FOLDER, made) for argument in command]
        start = time.perf_counter()
        subprocess.run(
            command,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        return time.perf_counter() - start


def main() -> int:
    """Print a line for each case; return 1 if any is over its limit."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    more_floors, more_cases = import_cases(sys.argv[2:])
    floors, cases = {**FLOORS, **more_floors}, [*CASES, *more_cases]
    times: dict[Case, list[tuple[float, float]]] = {case: [] for case in cases}
    for number in range(rounds + 1):
        for case in cases:
            least = seconds([sys.executable, "-c", floors[case.floor]], environment)
            taken = seconds([sys.executable, "-m", "crimecmp", *case.arguments], environment)
            if number:
                times[case].append((least, taken))
    for name, code in floors.items():
        least = statistics.median(
            least for case in cases if case.floor == name for least, _ in times[case]
        )
        print(f'floor "{name}": {least * 1000:.0f} ms  python -c "{code}"')
    worst = 0.0
    for case in cases:
        ratio = statistics.median(taken / least for least, taken in times[case])
        worst = max(worst, ratio / case.limit)
        shown = " ".join(case.arguments).replace(FOLDER, "FILE")
        print(f'{ratio:.2f} of floor "{case.floor}" (limit {case.limit:.2f})  crimecmp {shown}')
    return 1 if worst > 1 else 0


if __name__ == "__main__":
    sys.exit(main())
