"""A user's tables: files in CSV, checked, and typed where they are sound."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path
from random import Random

from payloads import hostile_tables

from crimecmp.tables.files import bundled_folder
from crimecmp.tables.loading import examine
from crimecmp.tables.schema import TABLES
from fuzzing.mutating import mutated
from fuzzing.target import Case, Outcome

_ROWS = 8
_HOSTILE = Path(__file__).parents[2] / "tests" / "hostile"


@functools.cache
def _seeds() -> list[Case]:
    """Return the first rows of the bundled tables, and the small tables of the tests."""
    seeds = []
    for file in sorted(bundled_folder().rglob("*.csv")):
        lines = file.read_bytes().splitlines(keepends=True)
        seeds.append(Case(file.name, b"".join(lines[: _ROWS + 1])))
    for file in sorted(_HOSTILE.rglob("*.csv")):
        if file.stat().st_size:
            name = file.name if file.stem in TABLES else "rates.csv"
            seeds.append(Case(name, file.read_bytes()))
    with tempfile.TemporaryDirectory() as folder:
        for file in sorted(hostile_tables(Path(folder), "text").iterdir()):
            seeds.append(Case(file.name, file.read_bytes()))
    return seeds


def make(random: Random) -> Case:
    """Return a table with a few changes; it may be called by another table's name."""
    seed = random.choice(_seeds())
    name = f"{random.choice(list(TABLES))}.csv" if random.random() < 0.05 else seed.name
    return Case(name, mutated(random, seed.content))


def attempt(case: Case, folder: Path) -> Outcome:
    """Check the table, mostly as one of a folder, else as a file known by its header."""
    file = folder / case.name
    file.write_bytes(case.content)
    alone = len(case.content) % 8 == 0
    data, faults = examine(str(file if alone else folder))
    for fault in faults:
        str(fault)
    if faults:
        return "refused"
    for _, name, _ in data.read:
        data.frame(name)
        data.rows(name)
    return "read"
