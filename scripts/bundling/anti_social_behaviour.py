"""The edition `anti-social-behaviour-2018-03`: incidents to March 2018, after which there are none.

It is made of three files: the police force area tables for the year ending March 2018, whose table
P7 has the incidents, the mid-year population of local authorities to mid-2023, and the lookup of
local authorities to forces of December 2023 (Office for National Statistics).
"""

from __future__ import annotations

from collections.abc import Sequence

from bundling.recorded_crime import POPULATION, residents

from crimecmp import load
from crimecmp.importers import known_names, read_files
from crimecmp.importers.files import opened
from crimecmp.importers.imported import Rate, Source
from crimecmp.tables.cells import OVER
from crimecmp.tables.names import DEFAULT_BENCHMARK
from crimecmp.text import exactly

EDITION = "anti-social-behaviour-2018-03"
INCIDENTS = "anti-social-behaviour"
FIRST = "2012-03-31"
ENDED = (
    "The Office for National Statistics published incidents of each force up to March 2018: later "
    "figures are not in these tables."
)


def wanted(paths: Sequence[str]) -> dict[str, list[Sequence[str]]]:
    """Return the rows of the edition, by the names of its tables."""
    known = known_names(load())
    areas, *estimated = paths
    [file] = read_files([areas], known)
    counts = {
        (row.force, row.period_end): int(row.count)
        for row in file.imported.rates
        if row.metric == INCIDENTS
        and row.count
        and row.period_end >= FIRST
        and row.force in known.territorial
    }
    ends = sorted({end for _, end in counts})
    bases = residents(*map(opened, estimated), known)
    people = {
        (force, end): int(bases[force, "population", str(int(end[:4]) - 1)].value)
        for force, end in counts
    }
    for figures in (counts, people):
        for end in ends:
            figures[DEFAULT_BENCHMARK, end] = sum(figures[force, end] for force in known.territorial)
    return {
        "rates": [
            _rate(force, end, counts[force, end], people[force, end])
            for force in (DEFAULT_BENCHMARK, *known.territorial)
            for end in ends
        ],
        "sources": [
            Source(
                EDITION,
                "Table P7: Anti-social behaviour incidents, by police force area, year ending "
                "March 2008 to year ending March 2018",
                "Office for National Statistics",
                note=f"{ENDED} Rates are calculated with population estimates of {POPULATION}. "
                "England and Wales is the sum of the 43 forces. "
                f"SHA-256 {opened(areas).sha256}",
            )
        ],
    }


def _rate(force: str, end: str, count: int, people: int) -> Rate:
    year = int(end[:4]) - 1
    locator = f"Table P7, number of incidents{OVER}population of mid-{year}"
    value = exactly(1000 * count / people)
    return Rate(force, INCIDENTS, end, EDITION, value, str(count), str(people), locator, ENDED)
