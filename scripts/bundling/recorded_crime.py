"""The edition `recorded-crime-2026-04`: counts of each force by quarter, and what rates are over.

It is made of five files, in this order: police recorded crime open data of April 2026, in one CSV
file (Home Office); and of the Office for National Statistics the mid-year population of local
authorities to mid-2023, the lookup of local authorities to forces of December 2023, the mid-2024
population of police force areas, and the police force area tables for the year ending December
2024, whose table P3 has households.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import NamedTuple

from crimecmp import load
from crimecmp.importers import known_names
from crimecmp.importers.categories import (
    CRIME,
    NOT_VICTIM_BASED,
    TOTALS,
    VICTIM_BASED,
    category,
    counted,
)
from crimecmp.importers.files import File, opened
from crimecmp.importers.imported import Base, Known, Source
from crimecmp.importers.long_form import OPEN_DATA, body_reader, is_fraud
from crimecmp.importers.quarters import financial_year
from crimecmp.tables.schema import TABLES

EDITION = "recorded-crime-2026-04"
POPULATION, NEWEST_POPULATION, HOUSEHOLDS = (
    "ons-population-2011-2023",
    "ons-pfa-population-2024",
    "ons-pfa-2024-12-p3",
)
ENGLAND_AND_WALES = "K04000001"
NEWEST_YEAR = "2024"
"""The year of the population of police force areas, which the file of local authorities lacks."""

ALL_BURGLARY, HOMES = "all-burglary", "residential-burglary"
HOMES_OVER_RESIDENTS = "residential-burglary-per-population"
DWELLINGS, OTHER_BUILDINGS = "burglary-in-a-dwelling", "non-domestic-burglary"
CLASSED_ANEW = date(2017, 4, 1)
"""Since then homes are residential burglary, and the old subgroups hold zeros alone."""

WITHOUT_INJURY = "violence-without-injury"
HARASSMENT_APART = date(2013, 4, 1)
"""Since then harassment is a subgroup of its own: before, it stood in violence without injury."""

NOTES = {
    DWELLINGS: "The subgroup ended in March 2017. Homes are residential burglary since then.",
    OTHER_BUILDINGS: "The subgroup ended in March 2017. Buildings that belong to no home are "
    "non-residential burglary since then.",
    WITHOUT_INJURY: "Counts before April 2013 are left out: they include harassment.",
}
LOCATORS = {
    **TOTALS,
    ALL_BURGLARY: "Domestic and non-domestic burglary to March 2017, residential and "
    "non-residential burglary since",
    HOMES: "Residential burglary",
    HOMES_OVER_RESIDENTS: "Residential burglary",
}

_QUARTER_ENDS = {"1": (0, 6, 30), "2": (0, 9, 30), "3": (0, 12, 31), "4": (1, 3, 31)}
_POPULATION_OF = re.compile(r"Estimated Population mid-([0-9]{4})")
_HOUSEHOLDS_OF = re.compile(r"Household figures \(mid-([0-9]{4})\)")

Counts = Mapping[tuple[str, str], Mapping[date, int]]
"""The count of each quarter, by its end, of each force and metric."""


class Quarters(NamedTuple):
    """A row of the table of quarters."""

    force: str
    metric: str
    source: str
    first_quarter_end: str
    counts: str
    locator: str
    note: str = ""


def wanted(paths: Sequence[str]) -> dict[str, list[Sequence[str]]]:
    """Return the rows of the edition, by the names of its tables."""
    known = known_names(load())
    crime, population, lookup, newest, areas = map(opened, paths)
    counts, locators = _counts(crime, known)
    estimates = residents(population, lookup, known)
    estimates |= _newest_residents(newest, known)
    estimates |= _households(areas, known)
    return {
        "quarters": list(_quarters(counts, locators, known)),
        "bases": [
            estimates[key] for key in sorted(estimates, key=lambda key: _in_order(key, known))
        ],
        "notes": list(_notes()),
        "sources": _sources(crime, population, lookup, newest, areas),
    }


def _in_order(key: tuple[str, str, str], known: Known) -> tuple[int, str, str]:
    force, base, year = key
    return known.territorial.index(force), "0" if base == "population" else "1", year


# --- Counts


def _counts(file: File, known: Known) -> tuple[Counts, dict[str, str]]:
    """Return the counts of the territorial forces, and the heading of each metric."""
    [sheet] = file.sheets
    header, *rows = sheet.rows
    places = [header.index(name) for name in (
        "Financial Year", "Financial Quarter", "Force Name", "Offence Group", "Offence Subgroup",
        "Number of Offences",
    )]  # fmt: skip
    body = cache(body_reader(known))
    metrics = cache(partial(_metrics, known))
    found: dict[tuple[str, str], dict[date, int]] = defaultdict(lambda: defaultdict(int))
    locators = dict(LOCATORS)
    for cells in rows:
        year, quarter, name, group, subgroup, number = (cells[place] for place in places)
        force = body(name).area
        if not force or is_fraud(group):
            continue
        end = _quarter_end(year, quarter)
        for metric, heading in metrics(group, subgroup).items():
            if not _is_left_out(metric, end):
                found[force, metric][end] += int(number)
                locators.setdefault(metric, heading)
    return found, locators


def _metrics(known: Known, group: str, subgroup: str) -> dict[str, str]:
    """Return the metrics that the offences of a subgroup count towards, with their headings."""
    main, minor = category(group, known).metric, counted(subgroup, known).metric
    found = {CRIME: "", main: group, minor: subgroup}
    if main not in NOT_VICTIM_BASED:
        found[VICTIM_BASED] = ""
    if "burglary" in subgroup.casefold():
        found[ALL_BURGLARY] = ""
    if minor == HOMES_OVER_RESIDENTS:
        found[HOMES] = ""
    if minor == HOMES:
        found[HOMES_OVER_RESIDENTS] = ""
    return found


def _quarter_end(year: str, quarter: str) -> date:
    later, month, day = _QUARTER_ENDS[quarter]
    return date(int(financial_year(year)[:4]) - 1 + later, month, day)


def _is_left_out(metric: str, end: date) -> bool:
    """Return whether a subgroup holds something else in a quarter than its name says."""
    if metric in (DWELLINGS, OTHER_BUILDINGS):
        return end >= CLASSED_ANEW
    return metric == WITHOUT_INJURY and end < HARASSMENT_APART


def _quarters(counts: Counts, locators: Mapping[str, str], known: Known) -> Iterable[Quarters]:
    metrics = [entry.id for entry in known.metrics]
    keys = sorted(counts, key=lambda key: (known.territorial.index(key[0]), metrics.index(key[1])))
    for force, metric in keys:
        series = counts[force, metric]
        ends = [end for end in _ends(series) if min(series) <= end <= max(series)]
        yield Quarters(
            force,
            metric,
            EDITION,
            ends[0].isoformat(),
            ";".join(str(series[end]) if end in series else "" for end in ends),
            locators[metric],
            NOTES.get(metric, ""),
        )


def _ends(series: Mapping[date, int]) -> Iterable[date]:
    """Yield the ends of all quarters of the years in which there are counts."""
    for year in range(min(series).year, max(series).year + 1):
        yield from (date(year, month, day) for month, day in ((3, 31), (6, 30), (9, 30), (12, 31)))


# --- Residents and households


Estimates = dict[tuple[str, str, str], Base]
"""By force, kind of base and year."""


def residents(population: File, lookup: File, known: Known) -> Estimates:
    """Return the residents of each force: those of its local authorities together."""
    [sheet] = (sheet for sheet in population.sheets if sheet.name == "MYE5")
    top = next(place for place, cells in enumerate(sheet.rows) if cells[:1] == ["Code"])
    years = {
        found[1]: place
        for place, heading in enumerate(sheet.rows[top])
        if (found := _POPULATION_OF.fullmatch(heading))
    }
    authorities = {cells[0]: cells for cells in sheet.rows[top + 1 :]}
    sums: dict[tuple[str, str], int] = defaultdict(int)
    # An authority with several community safety partnerships has several rows.
    pairs = dict.fromkeys((row["LAD23CD"], row["PFA23CD"]) for row in _table(lookup))
    for authority, code in pairs:
        force = str(known.areas.exact(code))
        for year, place in years.items():
            sums[force, year] += int(authorities[authority][place])
    for year, place in years.items():
        everyone = sum(sums[force, year] for force in known.territorial)
        if everyone != int(authorities[ENGLAND_AND_WALES][place]):
            raise ValueError(f"the forces' residents of {year} are not those of the whole")
    return {
        (force, "population", year): Base(
            force, "population", year, POPULATION, str(value), "Table MYE5, local authorities"
        )
        for (force, year), value in sums.items()
    }


def _newest_residents(newest: File, known: Known) -> Estimates:
    """Return the residents of each force in the year that the file of authorities lacks."""
    estimates = {}
    for row in _table(newest):
        force = str(known.areas.exact(row["PFA 2023 Code"]))
        estimates[force, "population", NEWEST_YEAR] = Base(
            force, "population", NEWEST_YEAR, NEWEST_POPULATION, row["Population"], "Population"
        )
    return estimates


def _households(areas: File, known: Known) -> Estimates:
    """Return the households of each force, as table P3 has them."""
    [sheet] = (sheet for sheet in areas.sheets if sheet.name.strip() == "Table P3")
    top = next(place for place, cells in enumerate(sheet.rows) if cells[0] == "Area Code")
    headings = [" ".join(heading.split()) for heading in sheet.rows[top]]
    [(place, year)] = (
        (place, found[1])
        for place, heading in enumerate(headings)
        if (found := _HOUSEHOLDS_OF.match(heading))
    )
    estimates = {}
    for cells in sheet.rows[top + 1 :]:
        force = known.areas.exact(cells[0]) or known.areas.exact(cells[1])
        if force in known.territorial:
            base = Base(
                str(force), "households", year, HOUSEHOLDS, cells[place],
                "Table P3, household figures",
            )  # fmt: skip
            estimates[str(force), "households", year] = base
    return estimates


def _table(file: File) -> Iterable[dict[str, str]]:
    [sheet] = file.sheets
    header, *rows = sheet.rows
    return (dict(zip(header, cells, strict=True)) for cells in rows if any(cells))


# --- Notes and sources


class Gap(NamedTuple):
    """Quarters that a force supplied late: which years hold them, and who says so."""

    force: str
    source: str
    ends: Sequence[str]
    text: str
    caution: str
    locator: str


GAPS = (
    Gap(
        "greater-manchester",
        "ons-pfa-2019-12",
        ("2019-09-30", "2019-12-31", "2020-03-31", "2020-06-30"),
        "Greater Manchester Police could not supply figures for July to December 2019 at first, "
        "because of a new computer system. The counts here, of a later edition, have them.",
        "Greater Manchester supplied July to December 2019 late.",
        "Table P1, note 8",
    ),
    Gap(
        "devon-and-cornwall",
        "ons-crime-2022-12",
        ("2022-12-31", "2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31"),
        "Devon and Cornwall Police could not supply figures from November 2022 at first, because "
        "of a new computer system. The counts here, of a later edition, have them.",
        "Devon and Cornwall supplied figures from November 2022 late.",
        "Remarks on data quality",
    ),
)


def _notes() -> Iterable[Sequence[str]]:
    """Yield a note for each year that holds quarters that a force supplied late."""
    for gap in GAPS:
        for end in gap.ends:
            cells = {
                "note": f"{gap.force}-{end[:7]}",
                "force": gap.force,
                "source": gap.source,
                "tables": "rates;changes",
                "text": gap.text,
                "locator": gap.locator,
                "caution": gap.caution,
                "period_end": end,
            }
            yield [cells.get(name, "") for name in TABLES["notes"].column_names]


def _sources(
    crime: File, population: File, lookup: File, newest: File, areas: File
) -> list[Sequence[str]]:
    ons = "Office for National Statistics"
    return [
        Source(
            EDITION,
            "Police recorded crime open data, April 2012 to December 2025",
            "Home Office",
            "2026-04-23",
            url=OPEN_DATA,
            note="Counts by quarter, read from a copy in one CSV file. Crime excluding fraud and "
            "victim-based crime are calculated from the groups of offences. Rates are calculated "
            "with the population in the middle of the calendar year before the one in which the "
            "12 months end. England and Wales is the sum of the 43 forces, without British "
            f"Transport Police. SHA-256 {crime.sha256}",
        ),
        Source(
            POPULATION,
            "Mid-year population estimates, England and Wales, mid-2011 to mid-2023, by local "
            "authority",
            ons,
            note="One series, revised after the census of 2021. Local authorities are added up to "
            f"forces by the lookup of December 2023 (SHA-256 {lookup.sha256}). "
            f"SHA-256 {population.sha256}",
        ),
        Source(
            NEWEST_POPULATION,
            "Mid-2024 population estimates by police force area",
            ons,
            note=f"SHA-256 {newest.sha256}",
        ),
        Source(
            HOUSEHOLDS,
            "Table P3: Police recorded crime by offence group and police force area, year ending "
            "December 2024",
            ons,
            "2025-04",
            note="Households of mid-2021: projections based on 2018 for England, estimates for "
            f"Wales. SHA-256 {areas.sha256}",
        ),
        Source(
            "ons-pfa-2019-12",
            "Police force area data tables, year ending December 2019",
            ons,
            note="What it says of Greater Manchester's figures.",
        ),
        Source(
            "ons-crime-2022-12",
            "Crime in England and Wales: year ending December 2022",
            ons,
            note="What it says of Devon and Cornwall's figures, as newspapers quoted it.",
        ),
    ]
