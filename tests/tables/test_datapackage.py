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
    ("hmic-2014-durham.rates", 2, "54.0", "n/a", "type-error"),
    ("hmic-2014-durham.rates", 3, "48.5", "-48.5", "constraint-error"),
    ("hmic-2014-durham.rates", 4, "durham", "durhm", "foreign-key"),
    ("hmic-2014-durham.rates", 7, "29439", "29439.5", "type-error"),
    ("hmic-2014-durham.changes", 2, "2010-06-30", "June 2010", "type-error"),
    ("published-counts.bases", 2, "2009", "MMIX", "type-error"),
    ("published-counts.bases", 3, "population", "homes", "constraint-error"),
    ("groups", 2, "East Midlands", "", "constraint-error"),
    ("hmic-2014-durham.judgments", 2, "good", "splendid", "foreign-key"),
    ("hmic-2014-durham.differences", 2, "england-and-wales", "england", "foreign-key"),
]


def test_frictionless_finds_the_faults_of_a_folder_and_no_others(tmp_path: Path) -> None:
    """The frictionless package finds the bundled tables sound, and each fault that is put in."""
    broken = tmp_path / "data"
    shutil.copytree(bundled_folder(), broken)
    for table, row, old, new, _ in FAULTS:
        path = broken / f"{table.replace('.', '/')}.csv"
        lines = path.read_text("utf-8").splitlines(keepends=True)
        before, cell, after = f",{lines[row - 1]}".partition(f",{old},")
        assert cell
        lines[row - 1] = f"{before},{new},{after}"[1:]
        path.write_text("".join(lines), "utf-8")
    in_bundled, in_broken = found_by_frictionless(bundled_folder(), broken)
    assert in_bundled == []
    whole = ("byte-count", "hash-count")
    assert sorted(fault[:3] for fault in in_broken if fault.kind not in whole) == sorted(
        (table, row, kind) for table, row, *_, kind in FAULTS
    )
    changed = {fault.table for fault in in_broken if fault.kind in whole}
    assert changed == {table for table, *_ in FAULTS}


def test_every_table_is_described_with_its_columns_and_key() -> None:
    """datapackage.json has each file once, with its table's columns and key in the schema."""
    folder = bundled_folder()
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    described = {
        resource["path"]: (
            tuple(field["name"] for field in resource["schema"]["fields"]),
            tuple(resource["schema"]["primaryKey"]),
        )
        for resource in descriptor["resources"]
    }
    files = {path.relative_to(folder).as_posix(): path.stem for path in folder.glob("**/*.csv")}
    assert described == {
        place: (TABLES[name].column_names, TABLES[name].key) for place, name in files.items()
    }


def test_tables_refer_to_those_of_their_edition_first() -> None:
    """The source of a figure is in its edition's own table, and its force in the common one."""
    descriptor = json.loads((bundled_folder() / "datapackage.json").read_text("utf-8"))
    [rates] = [r for r in descriptor["resources"] if r["name"] == "published-counts.rates"]
    refers = {
        key["fields"][0]: key["reference"]["resource"] for key in rates["schema"]["foreignKeys"]
    }
    assert refers == {
        "force": "forces", "metric": "metrics", "source": "published-counts.sources",
    }  # fmt: skip


def test_files_made_from_the_schema_are_up_to_date() -> None:
    """datapackage.json and the README's list of columns are what the script writes now."""
    script = ROOT / "scripts" / "describe_data.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, check=False, encoding="utf-8"
    )
    assert (done.returncode, done.stdout) == (0, "")
