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
from crimecmp.importers.imported import Known, Rate, Source
from crimecmp.tables.cells import OVER
from crimecmp.tables.names import DEFAULT_BENCHMARK
from crimecmp.text import exactly, in_words

EDITION = "anti-social-behaviour-2018-03"
INCIDENTS = "anti-social-behaviour"
FIRST = "2012-03-31"
ENDED = (
    "The Office for National Statistics published incidents of each force up to March 2018: later "
    "figures are not in these tables."
)

MISSING = "Table P7 has no figure of {} for this year, so there is no sum of the forces either."


def wanted(paths: Sequence[str]) -> dict[str, list[Sequence[str]]]:
    """Return the rows of the edition, by the names of its tables."""
    known = known_names(load())
    areas, population, lookup = paths
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
    bases = residents(opened(population), opened(lookup), known)
    areas_and_ends = [
        (force, end) for force in (DEFAULT_BENCHMARK, *known.territorial) for end in ends
    ]
    people = {
        (force, end): int(bases[force, "population", str(int(end[:4]) - 1)].value)
        for force, end in areas_and_ends
        if force != DEFAULT_BENCHMARK
    }
    lacking = {end: [f for f in known.territorial if (f, end) not in counts] for end in ends}
    for end in ends:
        people[DEFAULT_BENCHMARK, end] = sum(people[force, end] for force in known.territorial)
        if not lacking[end]:
            counts[DEFAULT_BENCHMARK, end] = sum(counts[force, end] for force in known.territorial)
    return {
        "rates": [
            _rate(force, end, counts[force, end], people[force, end])
            if (force, end) in counts
            else _missing(force, end, lacking[end], known)
            for force, end in areas_and_ends
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


def _missing(force: str, end: str, lacking: Sequence[str], known: Known) -> Rate:
    """Return the row of a figure that the source does not give, with the reason."""
    names = in_words(known.areas[each].label for each in lacking)
    note = f"{MISSING.format(names)} {ENDED}"
    return Rate(force, INCIDENTS, end, EDITION, locator="Table P7", note=note)
