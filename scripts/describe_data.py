"""Describe the bundled tables from the schema: datapackage.json, and the list in the README.

Run `python scripts/describe_data.py` after a change to the schema or to a table: the description
has each table's size and SHA-256, by which `crimecmp report` and `crimecmp check` know a table that
was changed after it was installed. With `--check` it writes
nothing, and exits with 1 if either file is out of date.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from crimecmp.disk.whole import write_whole
from crimecmp.tables.datapackage import describe, markdown_tables
from crimecmp.tables.editions import EDITIONS, NAMES
from crimecmp.tables.files import sha256_of
from crimecmp.tables.schema import TABLES

DATA = Path(__file__).parents[1] / "data"
BEGIN, END = "<!-- tables: begin -->\n", "<!-- tables: end -->"


def wanted() -> dict[Path, str]:
    """Return the text of each file that is made from the schema."""
    descriptor = describe(
        "crimecmp-data",
        "Published crime figures of Durham, of all 43 forces and of England and Wales",
        NAMES.tables,
        editions={edition.folder: edition.tables for edition in EDITIONS},
    )
    for resource in descriptor["resources"]:
        content = (DATA / resource["path"]).read_bytes()
        resource |= {"bytes": len(content), "hash": f"sha256:{sha256_of(content)}"}
    readme = DATA / "README.md"
    head, _, rest = readme.read_text("utf-8").partition(BEGIN)
    _, _, tail = rest.partition(END)
    return {
        DATA / "datapackage.json": json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n",
        readme: f"{head}{BEGIN}\n{markdown_tables(TABLES)}\n\n{END}{tail}",
    }


def main() -> int:
    """Write or check the files, and return the exit code."""
    files = wanted()
    stale = [
        path for path, text in files.items() if not path.exists() or path.read_text("utf-8") != text
    ]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path.name} is not what scripts/describe_data.py writes")
        return 1 if stale else 0
    for path in stale:
        write_whole(path, files[path].encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
