"""Count the slips in published files that an import passes without a word.

    python benchmarks/slips.py [--shared DIR] [--times N]

A slip is one small change of the kinds that happen to files on their way: a digit, two headings
that change places, a row that is shifted, repeated or has the code of another, the last bytes cut
off. The changes are the same in each run. A slip passes in silence if the figures that are imported
differ from those of the sound file and no remark, break of a sum or refusal says so.

The files are those beside the project (`../shared/published`); a file that is not there is left
out.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import crimecmp
from crimecmp.errors import DataError
from crimecmp.importers import _recognised, known_names
from crimecmp.importers.files import File, Sheet, opened

SHARED = Path(__file__).parents[1] / "../shared"
WORKBOOKS = (
    "ons/policeforceareatablesyearendingmarch2018v2.xlsx",
    "recent/ons-pfa-dec2019.xlsx",
    "recent/ons-pfa-dec2024.xlsx",
)
LONG = (
    "home-office/prc-pfa-mar2013-onwards-tables201718.csv",
    "recent/prc-pfa-2012-13-to-2025-26q3-edition-apr2026.csv.gz",
    "home-office/rec-crime-pfa.csv",
    "home-office/crime-outcomes-2017-18-eight-forces.csv.gz",
)
LATEST = "2024/25"
"""The only year that is taken of a file with many, so that a run does not take hours."""

TABLES = ("rates", "changes", "outcomes", "bases")
CODE = re.compile(r"([EW]\d{8}|K04000001)\d?")
NUMBER = re.compile(r"-?[\d,]*\d(\.\d+)?")

Rows = list[list[str]]
Slip = Callable[[random.Random, File], File]


def figure(chance: random.Random, text: str) -> str:
    """Return a number with one of its digits changed, none of the last of many decimals."""
    whole, point, decimals = text.partition(".")
    places = [at for at, letter in enumerate(f"{whole}{point}{decimals[:3]}") if letter.isdigit()]
    at = chance.choice(places)
    return text[:at] + chance.choice([d for d in "123456789" if d != text[at]]) + text[at + 1 :]


def with_rows(file: File, number: int, rows: Rows) -> File:
    """Return a file in which a sheet has other rows."""
    sheets = list(file.sheets)
    sheets[number] = Sheet(sheets[number].name, rows, range(1, len(rows) + 1))
    return file._replace(sheets=sheets)


# --- Workbooks: the sheets that hold tables


def table_of(chance: random.Random, file: File) -> tuple[int, Rows, list[int]]:
    """Return one of the sheets that are read: its number, rows, and the rows of forces."""
    titles = re.compile(r"Table P(1|2|3|4|7|9|10)\s*:\s*(Police recorded|Anti|Mid|Number of fraud)")
    numbers = [n for n, sheet in enumerate(file.sheets) if titles.match(sheet.rows[0][0])]
    number = chance.choice(numbers)
    rows = [list(row) for row in file.sheets[number].rows]
    return number, rows, [at for at, row in enumerate(rows) if CODE.fullmatch(row[0])]


def cell_slip(chance: random.Random, file: File) -> File:
    """Change a digit of a figure."""
    number, rows, areas = table_of(chance, file)
    row = rows[chance.choice([at for at in areas if rows[at][0][:3] in ("E23", "W15")])]
    at = chance.choice([n for n, text in enumerate(row[2:], 2) if NUMBER.fullmatch(text)] or [0])
    if at:
        row[at] = figure(chance, row[at])
    return with_rows(file, number, rows)


def heading_slip(chance: random.Random, file: File) -> File:
    """Let two headings of one row change places."""
    number, rows, areas = table_of(chance, file)
    heads = [row for row in rows[1 : areas[0]] if len([t for t in row[2:] if t]) > 2]
    row = chance.choice(heads)
    one, other = chance.sample([n for n, text in enumerate(row[2:], 2) if text], 2)
    row[one], row[other] = row[other], row[one]
    return with_rows(file, number, rows)


def shift_slip(chance: random.Random, file: File) -> File:
    """Move the figures of a row by one cell."""
    number, rows, areas = table_of(chance, file)
    row = rows[chance.choice(areas)]
    row[2:] = [row[-1], *row[2:-1]]
    return with_rows(file, number, rows)


def code_slip(chance: random.Random, file: File) -> File:
    """Let the codes of two rows change places."""
    number, rows, areas = table_of(chance, file)
    one, other = chance.sample([at for at in areas if rows[at][0][:3] in ("E23", "W15")], 2)
    rows[one][0], rows[other][0] = rows[other][0], rows[one][0]
    return with_rows(file, number, rows)


def figures_slip(chance: random.Random, file: File) -> File:
    """Let the figures of two rows change places."""
    number, rows, areas = table_of(chance, file)
    one, other = chance.sample([at for at in areas if rows[at][0][:3] in ("E23", "W15")], 2)
    rows[one][2:], rows[other][2:] = rows[other][2:], rows[one][2:]
    return with_rows(file, number, rows)


# --- Tables in long form


def data_of(file: File) -> Rows:
    """Return the rows of a table in long form, to be changed."""
    return [list(row) for row in file.sheets[0].rows]


def long_cell_slip(chance: random.Random, file: File) -> File:
    """Change a digit of a count."""
    rows = data_of(file)
    count = len(rows[0]) - (2 if "outcome" in "".join(rows[0]).lower() else 1)
    row = chance.choice(rows[1:-1])
    row[count] = figure(chance, row[count]) if NUMBER.fullmatch(row[count]) else row[count]
    return with_rows(file, 0, rows)


def long_heading_slip(chance: random.Random, file: File) -> File:
    """Let two headings change places."""
    rows = data_of(file)
    one, other = chance.sample(range(len(rows[0])), 2)
    rows[0][one], rows[0][other] = rows[0][other], rows[0][one]
    return with_rows(file, 0, rows)


def long_shift_slip(chance: random.Random, file: File) -> File:
    """Move the cells of a row by one."""
    rows = data_of(file)
    row = chance.choice(rows[1:-1])
    row[:] = [row[-1], *row[:-1]]
    return with_rows(file, 0, rows)


def long_repeat_slip(chance: random.Random, file: File) -> File:
    """Repeat a row; one time in two a row whose code stands for several offences."""
    rows = data_of(file)
    slashed = [row for row in rows[1:-1] if any(re.match(r"1/4\.1", cell) for cell in row)]
    row = chance.choice(slashed if slashed and chance.random() < 1 / 2 else rows[1:-1])
    rows.insert(chance.randrange(1, len(rows)), list(row))
    return with_rows(file, 0, rows)


def long_force_slip(chance: random.Random, file: File) -> File:
    """Give a row the force of another row."""
    rows = data_of(file)
    force = next(n for n, text in enumerate(rows[0]) if text.lower()[:5] in ("force", "pfa"))
    one, other = chance.sample(range(1, len(rows) - 1), 2)
    rows[one][force] = rows[other][force]
    return with_rows(file, 0, rows)


def cut_slip(chance: random.Random, file: File) -> File:
    """Cut the last bytes of a file off, so that a figure loses digits."""
    rows = [row for row in data_of(file) if set(row) != {"NA"}]
    text = io.StringIO()
    at = len(rows[0]) - 1
    number = chance.randrange(1000, len(rows))
    while len(rows[number][at].strip()) < 2:  # two digits, of which one is cut
        number -= 1
    csv.writer(text, lineterminator="\n").writerows([*rows[:number], rows[number]])
    content = text.getvalue().rstrip("\n ")[: -chance.randrange(1, 3)]
    path = Path(file.name).with_name("cut.csv")
    path.write_text(content)
    return opened(str(path))


SLIPS: dict[str, tuple[Slip, ...]] = {
    "workbook": (cell_slip, cell_slip, heading_slip, shift_slip, code_slip, figures_slip),
    "long": (
        long_cell_slip,
        long_heading_slip,
        long_heading_slip,
        long_shift_slip,
        long_repeat_slip,
        long_force_slip,
        cut_slip,
    ),
}


def files(shared: Path, scratch: Path) -> Iterator[tuple[str, str, File]]:
    """Yield the files that are there, opened: kind, name and sheets."""
    for kind, names in (("workbook", WORKBOOKS), ("long", LONG)):
        for name in names:
            path = shared / "published" / name
            if not path.exists():
                continue
            if "2012-13-to-2025" in name:
                with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
                    head, *rows = csv.reader(stream)
                path = scratch / "recorded-crime-2024-25.csv"
                with path.open("w", newline="") as made:
                    csv.writer(made).writerows([head, *(r for r in rows if r[0] == LATEST)])
            file = opened(str(path))
            yield kind, path.name, file._replace(name=str(scratch / path.name))


def result(file: File, known: Any) -> tuple[list[Any], list[str]] | None:
    """Return the figures and all that is said of a file; None if it is refused."""
    try:
        made = _recognised(file, known)
    except DataError:
        return None
    rows: list[Any] = [row for table in TABLES for row in getattr(made, table)]
    said = [*made.remarks, *map(str, getattr(made, "breaks", ()))]
    reasons = [f"{a.table}: {reason}" for a in made.accounts for reason in a.left_out]
    figures = sorted(tuple(cell for name, cell in zip(row._fields, row, strict=True)
                           if name in ("force", "metric", "year", "period_end", "value", "percent",
                                       "count", "base")) for row in rows)  # fmt: skip
    return figures, sorted([*said, *reasons])


def counted(kind: str, name: str, file: File, known: Any, times: int) -> Counter[str]:
    """Return how many slips of a file are told, refused, harmless or pass in silence."""
    sound = result(file, known)
    if sound is None:
        return Counter({"not read": 1})
    found: Counter[str] = Counter()
    for number in range(times):
        slip = SLIPS[kind][number % len(SLIPS[kind])]
        made = result(slip(random.Random(f"{name} {number}"), file), known)
        if made is None:
            fate = "refused"
        elif made[0] == sound[0] and slip is not cut_slip:
            fate = "harmless"
        elif made[1] != sound[1]:
            fate = "told"
        else:
            fate = "silent"
            found[f"silent: {slip.__name__}"] += 1
        found[fate] += 1
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the counts of each file and of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--scratch", type=Path, default=Path("/tmp"))
    parser.add_argument("--times", type=int, default=60)
    options = parser.parse_args(arguments)
    known = known_names(crimecmp.load())
    total: Counter[str] = Counter()
    for kind, name, file in files(options.shared, options.scratch):
        found = counted(kind, name, file, known, options.times)
        total.update(found)
        print(name, dict(found), flush=True)
    print("all", dict(total))


if __name__ == "__main__":
    main()
