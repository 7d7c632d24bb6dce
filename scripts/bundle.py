"""Write the editions that are made from the publishers' files into `data/`.

Name an edition and give its files:

    python scripts/bundle.py published-counts rec-crime-pfa.csv policeforceareatables.xlsx

The modules of `scripts/bundling` say which files each edition takes. With `--check` nothing is
written, and the script exits with 1 if any table is out of date.
"""

from __future__ import annotations

import csv
import io
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from bundling import (
    anti_social_behaviour,
    outcomes,
    police_force_areas,
    published_counts,
    recorded_crime,
)

from crimecmp.importers import moving
from crimecmp.tables.schema import TABLES

DATA = Path(__file__).parents[1] / "data"

Rows = Mapping[str, Iterable[Sequence[str]]]

EDITIONS: dict[str, Callable[[Sequence[str]], Rows]] = {
    published_counts.SOURCE: published_counts.wanted,
    recorded_crime.EDITION: recorded_crime.wanted,
    outcomes.EDITION: outcomes.wanted,
    police_force_areas.EDITION: police_force_areas.wanted,
    anti_social_behaviour.EDITION: anti_social_behaviour.wanted,
}
"""What makes the tables of each edition from the paths of its files."""


def text_of(name: str, rows: Iterable[Sequence[str]]) -> str:
    """Return the text of a table's file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([TABLES[name].column_names, *rows])
    return text.getvalue()


def main() -> int:
    """Write or check the tables of one edition, and return the exit code."""
    edition, *paths = (argument for argument in sys.argv[1:] if argument != "--check")
    folder = DATA / edition
    texts = {
        folder / f"{name}.csv": text_of(name, rows)
        for name, rows in EDITIONS[edition](paths).items()
    }
    stale = [
        path for path, text in texts.items() if not path.exists() or path.read_text("utf-8") != text
    ]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{edition}/{path.name} is not what scripts/bundle.py writes")
        return 1 if stale else 0
    working = folder.with_name(f".crimecmp-{folder.name}")
    if working.exists():  # left by a run that was stopped
        shutil.rmtree(working)
    if stale:
        replace_tables(folder, working, {path.name: texts[path] for path in stale})
    return 0


def replace_tables(folder: Path, working: Path, texts: Mapping[str, str]) -> None:
    """Write some tables of an edition, all in one step: a stop leaves no mixture of two editions.

    Parameters
    ----------
    folder, working
        The edition, and the folder in which the new one is made.
    texts
        The tables, by the names of their files. The others stay.
    """
    if folder.exists():
        shutil.copytree(folder, working)
    else:
        working.mkdir()
    for name, text in texts.items():
        (working / name).write_text(text, "utf-8", newline="")
    if not (moving.exchange(working, folder) or moving.move(working, folder)):
        sys.exit(f"This system cannot exchange folders: put {working} in the place of {folder}")
    if working.exists():
        shutil.rmtree(working)


if __name__ == "__main__":
    sys.exit(main())
