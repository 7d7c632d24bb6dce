"""Write pages, pictures and tables of hostile text for real programs to open.

From the root of a checkout::

    PYTHONPATH=tests python scripts/hostile_pages.py FOLDER
    node scripts/browser/inert.mjs FOLDER/*.html FOLDER/*.svg

The pages are for a browser. A spreadsheet opens the tables here, where LibreOffice is installed,
with each separator that a locale may have; a cell that it takes for a formula is a fault, and the
exit code is then 1. `--all` writes a page and a picture for each payload, not one for all together.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from openpyxl import load_workbook
from payloads import COMMANDS, PAYLOADS, PICTURES, hostile_tables

from crimecmp.cli.run import run

TOGETHER = {"every payload": " ".join(PAYLOADS.values())}
SEPARATORS = {"commas": 44, "semicolons": 59, "tabs": 9}
"""The code of each character that may part cells."""

_PAGES: Sequence[Sequence[str]] = (("report", "gotham"), ("sources",))
_FORMULAS = "false,true,false,false,false,-1,true"
"""The rest of LibreOffice's options for CSV: the last says that formulas are formulas."""


def main() -> int:
    """Write the files, and have the spreadsheet open those that are for it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--all", action="store_true", help="a page for each payload")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    os.environ.pop("CRIMECMP_DATA", None)
    write_pages(chosen.folder, PAYLOADS if chosen.all else TOGETHER)
    if shutil.which("soffice") is None:
        print("LibreOffice is not here: no spreadsheet has opened the tables")
        return 0
    tables = write_tables(chosen.folder)
    formulas = list(read_as_formulas(chosen.folder, tables))
    for formula in formulas:
        print(formula, file=sys.stderr)
    print(f"{len(tables)} tables in a spreadsheet: {len(formulas)} formulas")
    return 1 if formulas else 0


def write_pages(folder: Path, texts: Mapping[str, str]) -> None:
    """Write the pages and pictures of each text."""
    for number, text in enumerate(texts.values()):
        data = _data(folder, number, text)
        for command in _PAGES:
            _write(folder / f"{number}-{command[0]}.html", *command, "--data", data)
        for command in PICTURES:
            _write(folder / f"{number}-{command[1]}.svg", *command, "--data", data)


def write_tables(folder: Path) -> list[Path]:
    """Write the CSV of every command for each payload, one file for each payload."""
    tables = []
    for number, text in enumerate(PAYLOADS.values()):
        data = _data(folder, number, text)
        parts = []
        for command in COMMANDS:
            part = folder / "part.csv"
            _write(part, *command, "--data", data)
            parts.append(part.read_bytes())
        tables.append(folder / f"{number}.csv")
        tables[-1].write_bytes(b"".join(parts))
    return tables


def _data(folder: Path, number: int, text: str) -> str:
    place = folder / f"tables-{number}"
    place.mkdir(exist_ok=True)
    return str(hostile_tables(place, text))


def _write(file: Path, *arguments: str) -> None:
    code = run([*arguments, "--output", str(file), "--overwrite"])
    if code:
        sys.exit(f"crimecmp {' '.join(arguments)} ends with {code}")


def read_as_formulas(folder: Path, tables: list[Path]) -> Iterator[str]:
    """Yield what the spreadsheet takes for a formula in some tables, with where that is."""
    for name, code in SEPARATORS.items():
        opened = folder / name
        command = ["soffice", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
        command += [f"--infilter=CSV:{code},34,76,1,,0,{_FORMULAS}", "--outdir", str(opened)]
        subprocess.run([*command, *map(str, tables)], check=True, capture_output=True)
        for table in tables:
            book = load_workbook(opened / f"{table.stem}.xlsx")
            for row in book.worksheets[0]:
                for cell in row:
                    if cell.data_type == "f":
                        yield f"{table.name} by {name}, {cell.coordinate}: {cell.value}"


if __name__ == "__main__":
    sys.exit(main())
