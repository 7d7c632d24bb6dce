"""The description of the data folder is true, also by the reading of another program."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from crimecmp.tables.files import bundled_folder
from crimecmp.tables.schema import TABLES

ROOT = Path(__file__).parents[2]

# In a process of its own, where frictionless may warn about its own dependencies as it likes.
_VALIDATE = """
import json, sys, warnings
warnings.simplefilter("ignore")
from frictionless import system, validate
with system.use_context(trusted=True):
    report = validate(sys.argv[1])
print(json.dumps(report.flatten(["type", "note"])))
"""


def faults_by_frictionless(folder: Path) -> list[list[str]]:
    """Return the type and note of each fault that frictionless finds in a folder."""
    done = subprocess.run(
        [sys.executable, "-c", _VALIDATE, str(folder / "datapackage.json")],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    found: list[list[str]] = json.loads(done.stdout)
    return found


def test_frictionless_finds_the_bundled_folder_sound() -> None:
    """The bundled tables are as datapackage.json describes them, by the frictionless package."""
    assert faults_by_frictionless(bundled_folder()) == []


@pytest.mark.parametrize(
    ("table", "old", "new", "kind"),
    [
        ("rates", ",54.0,", ",n/a,", "type-error"),
        ("rates", ",54.0,", ",-54.0,", "constraint-error"),
        ("rates", "durham,victim", "durhm,victim", "foreign-key"),
        ("changes", "2010-06-30", "June 2010", "type-error"),
        ("judgments", ",good,", ",splendid,", "foreign-key"),
        ("rates", ",29439,", ",29439.5,", "type-error"),
        ("bases", ",2009,", ",MMIX,", "type-error"),
        ("bases", ",households,", ",homes,", "constraint-error"),
        ("groups", "north-east,North East", "north-east,", "constraint-error"),
        ("differences", "england-and-wales,", "england,", "foreign-key"),
    ],
)
def test_frictionless_finds_a_fault_that_is_put_in(
    tmp_path: Path, table: str, old: str, new: str, kind: str
) -> None:
    """The description is strict enough for another program to see what is wrong."""
    folder = tmp_path / "data"
    shutil.copytree(bundled_folder(), folder)
    path = folder / f"{table}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert kind in {fault[0] for fault in faults_by_frictionless(folder)}


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


def test_the_bundled_headers_are_the_schemas() -> None:
    """Each bundled table has every column of its schema, in order."""
    for table in TABLES.values():
        header = (bundled_folder() / f"{table.name}.csv").read_text("utf-8").split("\n", 1)[0]
        assert tuple(header.split(",")) == table.column_names


def test_files_made_from_the_schema_are_up_to_date() -> None:
    """datapackage.json and the README's list of columns are what the script writes now."""
    script = ROOT / "scripts" / "describe_data.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, check=False, encoding="utf-8"
    )
    assert (done.returncode, done.stdout) == (0, "")
