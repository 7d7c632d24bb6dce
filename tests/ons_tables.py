"""What the tests of the ONS police force area tables share: small tables, and what they give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from importing import known

import crimecmp
from crimecmp.errors import DataError
from crimecmp.importers.files import File, Sheet
from crimecmp.importers.imported import Imported, Known, Rate
from crimecmp.importers.ons_tables import read
from crimecmp.tables.cells import wrong
from crimecmp.tables.schema import TABLES

DATA = crimecmp.load()
KNOWN = known()

BY_OFFENCE = (
    "Police recorded crime by offence group and police force area, English regions and Wales"
)
P1 = f"Table P1:  {BY_OFFENCE}, number of offences, year ending March 181,2,3"
P2 = (
    f"Table P2:  {BY_OFFENCE}, percentage change,"
    " year ending march 2017 compared with year ending March 20181,2,3"
)
P3 = f"Table P3:  {BY_OFFENCE}, rate of offences, year ending March 20181,2,3"
P7 = (
    "Table P7:  Anti-social behaviour incidents, by police force area, English regions and Wales,"
    " year ending March 2008 to year ending March 20181,2"
)
P9 = (
    "Table P9:  Mid-year population estimates for police force areas, English regions and Wales,"
    " 2002 to 20161"
)
P10 = P9.replace("P9", "P10").replace("population", "household")
SOURCE = ["Source: Police recorded crime, Home Office"]
FOOTNOTE = ["1. Police recorded crime data are not designated as National Statistics."]
TRANSPORT = ["", "British Transport Police(2006)"]
PERIOD, EARLIER = "2018-03-31", "2017-03-31"
Rows = Sequence[Sequence[str]]


def sheet(rows: Rows, name: str = "Table") -> Sheet:
    """Return a sheet of a workbook."""
    return Sheet(name, rows, range(1, len(rows) + 1))


def table(title: str, headings: Rows, *rows: Sequence[str], name: str = "Table ") -> Sheet:
    """Return a sheet as they are published: title, blank, England and Wales, headings, rows."""
    return sheet([[title], [], ["England and Wales"], *headings, *rows, SOURCE, FOOTNOTE], name)


COUNT_HEADINGS = (
    ["", "", "Total recorded crime (excluding fraud4)", "", "Victim-based crime"],
    ["Area Code", "Area Name", "", "", "Homicide5", "Residential burglary6,7"],
    ["", "", "Numbers"],
)
RATE_HEADINGS = (
    ["", "", "", "", "", "", "", "Victim-based crime"],
    ["Area Code", "Area Name", "Population figures\n (mid-2016)4  rounded to 100",
     "Household figures\n (mid-2016)5  rounded to 100 ", "",
     "Total recorded crime (excluding fraud6)", "", "Homicide", "Residential burglary7,8,9",
     "Residential burglary (households) 7,8,10"],
    ["", "", "", "", "", "Rate per 1,000 population"],
)  # fmt: skip
NATION = ["K04000001", "ENGLAND AND WALES8"]
DURHAM = ["E23000008", "Durham"]
CLEVELAND = ["E23000013", "Cleveland"]


def counts(*rows: Sequence[str], title: str = P1, name: str = "Table P1 ") -> Sheet:
    """Return a small table P1."""
    return table(title, COUNT_HEADINGS, *rows, name=name)


def rates(*rows: Sequence[str], title: str = P3) -> Sheet:
    """Return a small table P3."""
    return table(title, RATE_HEADINGS, *rows, name="Table P3")


def imported(*sheets: Sheet, names: Known = KNOWN) -> Imported:
    """Return what a file of these sheets gives, which must be sound and accounted for."""
    result = read(File("x.xlsx", "0" * 64, sheets), names)
    assert result is not None
    sound(result, sheets)
    return result


def sound(result: Imported, sheets: Sequence[Sheet]) -> None:
    """Hold cells, keys and accounts of what was imported against the rules of the tables."""
    assert [account.read for account in result.accounts] == [len(s.rows) for s in sheets]
    for account in result.accounts:
        assert account.read == account.written + sum(account.left_out.values())
        assert all(count > 0 for count in account.left_out.values())
    sources = [source.source for source in result.sources]
    assert len(sources) == len(set(sources))
    by_table: Mapping[str, Sequence[Any]] = {
        "rates": result.rates,
        "changes": result.changes,
        "bases": result.bases,
        "sources": result.sources,
        "metrics": result.metrics,
    }
    for name, rows in by_table.items():
        rules = TABLES[name]
        keys = [tuple(getattr(row, column) for column in rules.key) for row in rows]
        assert len(keys) == len(set(keys))
        for row in rows:
            assert row._fields == rules.column_names
            for column, cell in zip(rules.columns, row, strict=True):
                assert wrong(column, cell) is None, (column.name, cell)
            if name not in ("sources", "metrics"):
                assert row.source in sources


def refused(*sheets: Sheet) -> list[str]:
    """Return the faults of a file of these sheets."""
    with pytest.raises(DataError) as caught:
        read(File("x.xlsx", "0" * 64, sheets), KNOWN)
    return [str(fault) for fault in caught.value.faults]


def rate(result: Imported, force: str, metric: str) -> Rate:
    """Return the one rate of a force and metric."""
    [row] = [row for row in result.rates if (row.force, row.metric) == (force, metric)]
    return row


def remarks(result: Imported) -> list[str]:
    """Return the remarks, but for those on areas that a small table does not have."""
    lacks = "of the 43 forces", "no row for England and Wales"
    return [remark for remark in result.remarks if not any(words in remark for words in lacks)]


CHANGE_HEADINGS = (
    ["", "", "Total recorded crime (excluding fraud4)"],
    ["Area Code", "Area Name", "", "Homicide", "Residental burglary5"],
    ["", "", "Percentage change5,6"],
)
INCIDENT_HEADINGS = (
    ["", "", "Apr '12 to Mar '135, 6", "", "Apr '13 to Mar '145, 6"],
    ["Area Code", "Area Name", *["Number of Incidents", "Rate per 1,000 population"] * 2],
)


def incidents(*rows: Sequence[str]) -> Sheet:
    """Return a small table P7."""
    return table(P7, INCIDENT_HEADINGS, *rows, name="Table P7")


def bases(title: str) -> Sheet:
    """Return a small table P9 or P10."""
    headings = ["", "", "Mid-year"], ["Area Code", "Area Name", "2012", "20131"]
    return table(title, headings, [*DURHAM, "620000", "621600"], name="P9")
