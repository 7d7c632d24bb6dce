"""What another program, the frictionless package, finds wrong with folders of tables."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple


class Found(NamedTuple):
    """A fault by frictionless: its table, its row in the file (0 for none), its kind and a note."""

    table: str
    row: int
    kind: str
    note: str


# In a process of its own, where frictionless may warn about its own dependencies as it likes.
_VALIDATE = """
import json, sys, warnings
warnings.simplefilter("ignore")
from frictionless import system, validate
with system.use_context(trusted=True):
    reports = [validate(path) for path in sys.argv[1:]]
found = [
    [("", error) for error in report.errors]
    + [(task.name, error) for task in report.tasks for error in task.errors]
    for report in reports
]
print(json.dumps([
    [(table, getattr(error, "row_number", 0), error.type, error.note) for table, error in faults]
    for faults in found
]))
"""


def found_by_frictionless(*folders: Path) -> list[list[Found]]:
    """Return the faults that frictionless finds in each of some folders."""
    done = subprocess.run(
        [sys.executable, "-c", _VALIDATE, *(str(path / "datapackage.json") for path in folders)],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return [[Found(*fault) for fault in faults] for faults in json.loads(done.stdout)]
