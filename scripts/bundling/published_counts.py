"""The edition `published-counts`: rates of all 43 forces from 2010 to 2014, and what they are over.

It is made of two files: rolling-year recorded crime (Home Office), and the police force area tables
for the year ending March 2018 (Office for National Statistics).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crimecmp import load
from crimecmp.importers import known_names, read_files
from crimecmp.importers.combining import combined
from crimecmp.importers.imported import Base, Imported, Rate, Source

SOURCE = "published-counts"

# The years to the end of each quarter from June 2010 to June 2014, the range of the 2014 report.
FIRST, LAST = "2010-06-30", "2014-06-30"
CRIMES = (
    "crime-excluding-fraud",
    "victim-based-crime",
    "sexual-offences",
    "violence-with-injury",
    "burglary-in-a-dwelling",
)
INCIDENTS = "anti-social-behaviour"
YEARS = range(2009, 2014)


def wanted(paths: Sequence[str]) -> dict[str, list[Sequence[str]]]:
    """Return the rows of the edition, by the names of its tables."""
    data = load()
    read = [file.imported for file in read_files(paths, known_names(data))]
    counts = [part._replace(rates=[*_counts(part.rates)]) for part in read]
    tables = combined(counts, known_names(data)).tables
    metrics = [*CRIMES, INCIDENTS]
    areas = [name.id for name in data.forces]
    rates = sorted(
        (row for row in tables["rates"] if row[1] in metrics),
        key=lambda row: (areas.index(row[0]), metrics.index(row[1]), row[2]),
    )
    sources = {row[0]: row for row in tables["sources"]}
    bases = [row for row in tables["bases"] if int(row[2]) in YEARS]
    used = [_bare(sources[name]) for name in dict.fromkeys(_sources(counts, bases))]
    return {
        "rates": [Rate(*row)._replace(source=SOURCE) for row in rates],
        "bases": [Base(*row)._replace(locator=_table(row[3])) for row in bases],
        "sources": [_source(), *used],
    }


def _counts(rates: Iterable[Rate]) -> Iterable[Rate]:
    """Yield the wanted counts, with short locators and without published rates."""
    for row in rates:
        if row.metric in CRIMES and FIRST <= row.period_end <= LAST and not row.value:
            yield row._replace(note="")
        elif row.metric == INCIDENTS and FIRST <= row.period_end <= LAST:
            yield row._replace(value="", base="", note="", locator="Table P7, number of incidents")


def _sources(counts: Iterable[Imported], bases: Iterable[Sequence[str]]) -> Iterable[str]:
    """Yield the source of each count and estimate."""
    yield from (row.source for part in counts for row in part.rates)
    yield from (row[3] for row in bases)


def _bare(source: Sequence[str]) -> Source:
    """Return a source without its note on calculated rates, which have a source of their own."""
    row = Source(*source)
    return row._replace(note=f"SHA-256 {row.note.rpartition('SHA-256 ')[2]}")


def _table(source: str) -> str:
    return f"Table {source.rpartition('-')[2].upper()}"


def _source() -> Source:
    return Source(
        SOURCE,
        "Rates calculated from published counts",
        "crimecmp, from figures of the Home Office and the Office for National Statistics",
        note="The counts are of later, revised editions: recorded crime to December 2018 "
        "(home-office-rec-crime-pfa-2018-12), anti-social behaviour to March 2018 "
        "(ons-pfa-2018-03-p7). Population and households are from ons-pfa-2018-03-p9 and "
        "ons-pfa-2018-03-p10. Each rate uses the estimate for the middle of the calendar year "
        "before the one in which its period ends. England and Wales is the sum of the 43 forces.",
    )
