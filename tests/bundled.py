"""What tests of the bundled figures share: rates read by plain CSV, and runs of the program."""

from __future__ import annotations

import csv
import functools
import io
import json
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import crimecmp
from crimecmp.cli import run as cli
from crimecmp.tables.editions import default_files
from crimecmp.tables.files import bundled_folder

DATA = bundled_folder()
COUNTS, REPORT = "published-counts", "hmic-2014-durham"
NATIONAL, CITY = "england-and-wales", "city-of-london"
JUNE_2014 = "2014-06-30"
METRICS = (
    "crime-excluding-fraud",
    "victim-based-crime",
    "sexual-offences",
    "violence-with-injury",
    "burglary-in-a-dwelling",
    "anti-social-behaviour",
)
BURGLARY, BEHAVIOUR = METRICS[4:]
LAST = {**dict.fromkeys(METRICS, JUNE_2014), BEHAVIOUR: "2014-03-31"}
"""The last 12 months of each metric in the bundled figures."""

Cells = dict[str, str]


class Counted(NamedTuple):
    """A count of events and its base, and the rate per 1,000 that the two give."""

    events: int
    base: float

    @property
    def rate(self) -> float:
        """Events per 1,000."""
        return 1000 * self.events / self.base


@functools.cache
def table(name: str) -> tuple[Cells, ...]:
    """Return the rows of a bundled table as text, those of one edition after those of another."""
    found: list[Cells] = []
    for path in default_files()[name]:
        with path.open(encoding="utf-8", newline="") as file:
            found += csv.DictReader(file)
    return tuple(found)


def in_one_folder(folder: Path) -> Path:
    """Write the bundled tables into one folder, each table of all its editions in one file."""
    for name, paths in default_files().items():
        texts = [path.read_text("utf-8") for path in paths]
        if texts:
            header = texts[0].partition("\n")[0]
            rows = "".join(text.partition("\n")[2] for text in texts)
            (folder / f"{name}.csv").write_text(f"{header}\n{rows}", "utf-8", newline="")
    return folder


@functools.cache
def dataset() -> crimecmp.Dataset:
    """Return the tables that come with crimecmp, each read once for all tests of a process."""
    return crimecmp.load()


@functools.cache
def newest() -> crimecmp.Dataset:
    """Return the newest figures that come with crimecmp."""
    return crimecmp.load(latest=True)


FORCES = tuple(row["force"] for row in table("forces") if row["territorial"] == "true")
"""Ids of the territorial forces."""

LABELS = {row["force"]: row["short_name"] or row["name"] for row in table("forces")}


@functools.cache
def counted(metric: str, end: str = JUNE_2014) -> dict[str, Counted]:
    """Return counts and bases of all areas from the published counts."""
    return {
        row["force"]: Counted(int(row["count"]), float(row["base"]))
        for row in table("rates")
        if (row["metric"], row["period_end"], row["source"]) == (metric, end, COUNTS)
    }


def ends(metric: str) -> list[str]:
    """Return the ends of all periods of a metric in the published counts, in order."""
    found = {
        row["period_end"]
        for row in table("rates")
        if (row["metric"], row["source"]) == (metric, COUNTS)
    }
    return sorted(found)


def highest_first(rates: dict[str, float]) -> list[str]:
    """Return the areas in order of their rates, the highest first."""
    return sorted(rates, key=lambda force: -rates[force])


class Done(NamedTuple):
    """What the program wrote and how it ended."""

    out: str
    err: str
    code: int

    @property
    def rows(self) -> list[Cells]:
        """The rows of CSV."""
        return list(csv.DictReader(io.StringIO(self.out)))

    @property
    def object(self) -> dict[str, Any]:
        """The object of JSON."""
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def tables(self) -> list[list[list[str]]]:
        """The tables of Markdown: of each its lines, of each line its cells."""
        found: list[list[list[str]]] = []
        inside = False
        for line in self.out.splitlines():
            if line.startswith("|") and not inside:
                found.append([])
            inside = line.startswith("|")
            if inside and not line.startswith("| ---"):
                found[-1].append([cell.strip() for cell in line.strip("|").split("|")])
        return found


Program = Callable[..., Done]


def program(capsys: pytest.CaptureFixture[str]) -> Program:
    """Return a function that runs the program in this process, its streams being no terminals."""

    def run(*arguments: str) -> Done:
        code = cli.run(arguments)
        return Done(*capsys.readouterr(), code)

    return run


def number(cell: str) -> float:
    """Return a cell of CSV as a number, a missing one as not a number."""
    return float(cell) if cell else math.nan


def write(folder: Path, **tables: Sequence[str]) -> str:
    """Write tables, the first line of each being its columns, and return their folder."""
    for name, lines in tables.items():
        (folder / f"{name}.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return str(folder)
