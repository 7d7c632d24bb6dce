"""The description of the data folder is true, also by the reading of another program."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from frictionless_reading import found_by_frictionless

from crimecmp.tables.files import bundled_folder
from crimecmp.tables.schema import TABLES

ROOT = Path(__file__).parents[2]

FAULTS = [
    # Table, row, a cell, what is put in its place, and the kind of fault that this is.
    ("rates", 2, "54.0", "n/a", "type-error"),
    ("rates", 3, "48.5", "-48.5", "constraint-error"),
    ("rates", 4, "durham", "durhm", "foreign-key"),
    ("rates", 7, "29439", "29439.5", "type-error"),
    ("changes", 2, "2010-06-30", "June 2010", "type-error"),
    ("bases", 2, "2009", "MMIX", "type-error"),
    ("bases", 3, "population", "homes", "constraint-error"),
    ("groups", 2, "East Midlands", "", "constraint-error"),
    ("judgments", 2, "good", "splendid", "foreign-key"),
    ("differences", 2, "england-and-wales", "england", "foreign-key"),
]


def test_frictionless_finds_the_faults_of_a_folder_and_no_others(tmp_path: Path) -> None:
    """The frictionless package finds the bundled tables sound, and each fault that is put in."""
    broken = tmp_path / "data"
    shutil.copytree(bundled_folder(), broken)
    for table, row, old, new, _ in FAULTS:
        path = broken / f"{table}.csv"
        lines = path.read_text("utf-8").splitlines(keepends=True)
        before, cell, after = f",{lines[row - 1]}".partition(f",{old},")
        assert cell
        lines[row - 1] = f"{before},{new},{after}"[1:]
        path.write_text("".join(lines), "utf-8")
    in_bundled, in_broken = found_by_frictionless(bundled_folder(), broken)
    assert in_bundled == []
    assert sorted(fault[:3] for fault in in_broken) == sorted(
        (table, row, kind) for table, row, *_, kind in FAULTS
    )


def test_every_table_of_the_schema_is_described_with_its_columns_and_key() -> None:
    """datapackage.json and the schema name the same tables, columns and keys, in one order."""
    descriptor = json.loads((bundled_folder() / "datapackage.json").read_text("utf-8"))
    described = {
        resource["name"]: (
            tuple(field["name"] for field in resource["schema"]["fields"]),
            tuple(resource["schema"]["primaryKey"]),
        )
        for resource in descriptor["resources"]
    }
    assert described == {t.name: (t.column_names, t.key) for t in TABLES.values()}


def test_files_made_from_the_schema_are_up_to_date() -> None:
    """datapackage.json and the README's list of columns are what the script writes now."""
    script = ROOT / "scripts" / "describe_data.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, check=False, encoding="utf-8"
    )
    assert (done.returncode, done.stdout) == (0, "")
