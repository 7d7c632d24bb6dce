"""What can be fetched: each data set, where its publisher offers it, and which file it is."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import Literal, NamedTuple

from crimecmp.errors import UnknownNameError
from crimecmp.tables.licence import OGL, Licence
from crimecmp.text import in_words, visible

MEGABYTE = 1_000_000


class Publisher(NamedTuple):
    """Who publishes a data set, and the hosts that it is published on: no other one is asked."""

    name: str
    short: str
    hosts: frozenset[str]


HOME_OFFICE = Publisher(
    "Home Office", "Home Office", frozenset({"www.gov.uk", "assets.publishing.service.gov.uk"})
)
STATISTICS_OFFICE = Publisher(
    "Office for National Statistics", "ONS", frozenset({"www.ons.gov.uk"})
)

EditionKind = Literal["published", "year to", "middle of"]
"""What the month of an edition is: that of its publication, the end of its last year, or the middle
of the year that it estimates."""


class DataSet(NamedTuple):
    """A data set that can be fetched.

    Parameters
    ----------
    id
        What users call it.
    title
        What it holds.
    publisher
        Who publishes it.
    interface
        How the publisher says what there is: the module that asks, and the kind of page.
    page
        The address of the page that offers it, for programs and for people.
    file
        The file in words, for a person who looks for it on the page.
    named, titled
        Regular expressions: a file matches by its name or, if none does, by its title.
    unlike
        What the name or title of another file on the same page has, however near it comes.
    ending
        The ending of its name.
    edition
        What the month of an edition is.
    known
        The newest edition known when this was written, as `YYYY-MM`.
    size
        About how many bytes it has; None where that is not known.
    licence
        The licence that it is under.
    """

    id: str
    title: str
    publisher: Publisher
    interface: Literal["govuk", "ons", "ons_ad_hoc"]
    page: str
    file: str
    named: str
    titled: str
    unlike: str
    ending: str
    edition: EditionKind
    known: str
    size: int | None = None
    licence: Licence = OGL

    def in_words(self, edition: str) -> str:
        """Return an edition in words: `published April 2026`, `year to March 2025`, `mid-2024`."""
        if not edition:
            return ""
        month = date.fromisoformat(f"{edition}-01")
        if self.edition == "middle of":
            return f"mid-{month.year}"
        return f"{self.edition} {month:%B %Y}"


_OPEN_DATA = (
    "https://www.gov.uk/government/statistical-data-sets/"
    "police-recorded-crime-and-outcomes-open-data-tables"
)
_POPULATION = (
    "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/"
    "populationestimates/adhocs/3194populationestimatesforpoliceforceareasinenglandandwales"
    "bysingleyearofageandsexmid1991tomid2024"
)
_NEIGHBOURS = (
    r"csp|community.safety|supplementary|alternat|firearm|kni[fv]|vawg|violence.against.women"
    r"|drug|subcode|\bgeo|lookup|guide|metadata"
)
"""Files on the same page that count something else, or count some crimes again."""

DATA_SETS = (
    DataSet(
        "recorded-crime",
        "Recorded crime by force, offence and quarter, since April 2012",
        HOME_OFFICE,
        "govuk",
        _OPEN_DATA,
        "the open data table of recorded crime by police force area (prc-pfa-…-tables-….ods)",
        named=r"^prc-pfa-mar2013-onwards-tables",
        titled=r"\bpolice force area open data tables?\b",
        unlike=_NEIGHBOURS,
        ending=".ods",
        edition="published",
        known="2026-04",
    ),
    DataSet(
        "outcomes",
        "Outcomes of crimes by force, offence and outcome, one file a year",
        HOME_OFFICE,
        "govuk",
        _OPEN_DATA,
        "the open data table of crime outcomes of a year (prc-outcomes-open-data-…-tables-….xlsx)",
        named=r"^prc-outcomes-open-data-[a-z]{3,9}\d{4}-tables",
        titled=r"\boutcomes open data tables?\b",
        unlike=_NEIGHBOURS,
        ending=".xlsx",
        edition="year to",
        known="2025-03",
        size=40 * MEGABYTE,
    ),
    DataSet(
        "ons-pfa",
        "Police force area data tables: counts, rates and changes, year by year",
        STATISTICS_OFFICE,
        "ons",
        "https://www.ons.gov.uk/peoplepopulationandcommunity/crimeandjustice/datasets/"
        "policeforceareadatatables",
        "the workbook of the police force area data tables (xlsx)",
        named=r".",
        titled=r".",
        unlike=r"^$",
        ending=".xlsx",
        edition="year to",
        known="2024-12",
        size=660_636,
    ),
    DataSet(
        "population",
        "Population by police force area, mid-1991 to mid-2024",
        STATISTICS_OFFICE,
        "ons_ad_hoc",
        _POPULATION,
        "the workbook of population by police force area (policeforceareas….xlsx)",
        named=r"^policeforceareas?\d{4}to\d{4}",
        titled=r"police force areas?\b",
        unlike=r"^$",
        ending=".xlsx",
        edition="middle of",
        known="2024-06",
    ),
)
"""Everything that can be fetched, in the order of the list."""

_BY_ID = {each.id: each for each in DATA_SETS}


def data_set(name: str) -> DataSet:
    """Return the data set with an id.

    Raises
    ------
    UnknownNameError
        Where none has it; the hint has those that have one like it, and all.
    """
    if name in _BY_ID:
        return _BY_ID[name]
    near = get_close_matches(name, _BY_ID, n=1)
    suggestion = f"Did you mean {near[0]}? " if near else ""
    raise UnknownNameError(
        f"no data set is called '{visible(name)}'",
        f"{suggestion}Those that can be fetched: {in_words(_BY_ID)}.",
    )
