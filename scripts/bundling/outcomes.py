"""The edition `outcomes-2026-04`: the outcomes of the crimes recorded in 2024/25.

It is made of one file, which is itself summed from crime outcomes open data of April 2026 (Home
Office): for each force and type of outcome the crimes with it, and all crimes recorded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from crimecmp import load
from crimecmp.importers import known_names
from crimecmp.importers.categories import SHARE, category
from crimecmp.importers.crime_outcomes import share
from crimecmp.importers.files import opened
from crimecmp.importers.imported import Outcome, Source
from crimecmp.importers.long_form import OPEN_DATA, body_reader
from crimecmp.tables.names import DEFAULT_BENCHMARK

EDITION = "outcomes-2026-04"
YEAR_END = "2025-03-31"


def wanted(paths: Sequence[str]) -> dict[str, list[Sequence[str]]]:
    """Return the rows of the edition, by the names of its tables."""
    known = known_names(load())
    [path] = paths
    file = opened(path)
    [sheet] = file.sheets
    header, *rows = sheet.rows
    body = body_reader(known)
    counts: dict[tuple[str, str], int] = defaultdict(int)
    recorded: dict[str, int] = {}
    locators: dict[str, str] = {}
    for cells in rows:
        row = dict(zip(header, cells, strict=True))
        force = body(row["Force"]).area
        if not force:
            continue
        metric = category(row["Outcome Group"], known, unit=SHARE).metric
        locators[metric] = row["Outcome Group"]
        recorded[force] = int(row["all"])
        counts[force, metric] += int(row["count"])
    for (_, metric), number in list(counts.items()):
        counts[DEFAULT_BENCHMARK, metric] += number
    recorded[DEFAULT_BENCHMARK] = sum(recorded.values())
    metrics = [entry.id for entry in known.metrics if entry.id in locators]
    areas = [entry.id for entry in known.areas if entry.id in recorded]
    return {
        "outcomes": [
            Outcome(
                area,
                metric,
                YEAR_END,
                EDITION,
                share(counts[area, metric], recorded[area]),
                str(counts[area, metric]),
                str(recorded[area]),
                locators[metric],
            )
            for area in areas
            for metric in metrics
        ],
        "sources": [
            Source(
                EDITION,
                "Crime outcomes open data, financial year 2024/25",
                "Home Office",
                "2026-04-23",
                url=OPEN_DATA,
                note="Percentages of the crimes recorded in the year, by the outcome that they "
                "have had since. Read from a copy that is summed by force and type of outcome. "
                "England and Wales is the sum of the 43 forces, without British Transport Police. "
                f"SHA-256 {file.sha256}",
            )
        ],
    }
