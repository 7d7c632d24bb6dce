"""The ONS police force area tables as a whole; what the tests of their parts share."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from importing import known

import crimecmp
from crimecmp.errors import DataError
from crimecmp.importers.files import File, Sheet, opened
from crimecmp.importers.imported import Imported, Known, Rate
from crimecmp.importers.ons_tables import read
from crimecmp.tables.cells import wrong
from crimecmp.tables.schema import TABLES

PUBLISHED = Path(__file__).parents[3] / "shared" / "published" / "ons"
WORKBOOKS = {
    "policeforceareatablesyearendingmarch2018v2.xlsx": "2018-03",
    "policeforceareadatatablesyearendingjune2018corrected.xlsx": "2018-06",
    "policeforceareatablesyearendingsep18corrected.xlsx": "2018-09",
    "policeforceareatablesyearendingdecember2018.xlsx": "2018-12",
    "policeforceareatablesyearendingjune2019.xlsx": "2019-06",
    "policeforceareatablesyearendingseptember2019.xlsx": "2019-09",
}
MARCH_2018 = PUBLISHED / next(iter(WORKBOOKS))
needs_published = pytest.mark.skipif(
    not PUBLISHED.is_dir(), reason="the published workbooks are not here"
)
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
    lacks = "of the 43 forces", "no row of England and Wales"
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


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (counts([*DURHAM, "1", "2", "3", "2"]), "column D has no heading"),
        (counts(["E12000001", "North East", "1", "", "3", "2"]), "no row of a police force"),
        (counts(DURHAM), "no column of figures"),
        (counts([*DURHAM, "1", "", "3", "2"], title=P1.split(", year")[0]), "which year it is for"),
        (table(P2.split(" compared")[0], CHANGE_HEADINGS, [*DURHAM, "1", "", ""]),
         "which two years"),
        (table(P1, [["Area Code", "Area Name", "Homicide", "Homicide5"]], [*DURHAM, "1", "2"]),
         "column C has this heading as well"),
        (table(P1, [["Area Code", "Area Name", "Population"]], [*DURHAM, "1"]),
         "no column of an offence"),
        (table(P9, [["Area Code", "Area Name", "2016"], ["", "", "Thousands"]], [*DURHAM, "1"]),
         "in thousands"),
        (table(P9, [["Area Code", "Area Name", "2016", "20161"]], [*DURHAM, "1", "1"]),
         "2016 as another"),
        (table(P9, [["Area Code", "Area Name", "Then"]], [*DURHAM, "1"]), "does not say its year"),
        (table(P7, [["Area Code", "Area Name", "Number"]], [*DURHAM, "1"]),
         "does not say its year"),
        (table(P7, [["Area Code", "Area Name", "2013/14"]], [*DURHAM, "1"]),
         "a number or a rate"),
        (table(P7, [["Area Code", "Area Name", *["Number 2013/14"] * 2]], [*DURHAM, "1", "1"]),
         "are of the same year"),
    ],
)  # fmt: skip
def test_a_table_that_is_not_sound_is_an_error(broken: Sheet, words: str) -> None:
    """What a table leaves unsaid is not guessed."""
    [fault] = refused(broken)
    assert fault.startswith("x.xlsx:Table")
    assert words in fault


@pytest.mark.parametrize("twice", [counts([*DURHAM, "1", "", "3", "2"]), bases(P9)])
def test_the_same_table_twice_is_an_error(twice: Sheet) -> None:
    """Two sheets with the same table would give two figures for one thing."""
    assert "holds the same table as" in refused(twice, twice._replace(name="copy"))[0]


SMALL = [
    counts([*NATION, "9", "", "3", "2"], [*DURHAM, "9", "", "3", "2"], [*TRANSPORT, "1"]),
    rates([*DURHAM, "628100", "277000", "", "97.4", "", "0.1", "5.2", "11.8"]),
    table(P2, CHANGE_HEADINGS, [*DURHAM, "31.5", "-", "-9"], ["E230000118", "South Yorkshire"]),
    incidents([*NATION, "1", "1", "1", "1"], [*DURHAM, "30517", "49.3", "29439", "47.5"]),
    bases(P9),
]
CELLS = (
    "", "..", "-", "12", "-3.5", "Durham", "E23000008", "K04000001", "Area Name", "West Midlands",
    "England and Wales", "2016", "Homicide", P1, "Source:", "1,234", "note", "Numbers",
)  # fmt: skip
ANY_CELL = st.sampled_from(CELLS) | st.text(max_size=4)


@given(
    number=st.integers(0, len(SMALL) - 1),
    changes=st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 8), ANY_CELL),
        min_size=1, max_size=6,
    ),
    dropped=st.sets(st.integers(0, 9), max_size=2),
)  # fmt: skip
def test_any_change_to_a_table_is_accounted_for(
    number: int, changes: list[tuple[int, int, str]], dropped: set[int]
) -> None:
    """Whatever stands in a table, it is sound and accounted for, or refused, or no table."""
    rows = [list(row) for row in SMALL[number].rows]
    for row, column, text in changes:
        if row < len(rows):
            rows[row] += [""] * (column + 1 - len(rows[row]))
            rows[row][column] = text.strip()
    changed = sheet([row for index, row in enumerate(rows) if index not in dropped], "T")
    try:
        result = read(File("x.xlsx", "0" * 64, [changed, SMALL[0]]), KNOWN)
    except DataError as error:
        assert all(fault.problem for fault in error.faults)  # noqa: PT017 - it may raise or not
    else:
        assert result is not None
        sound(result, [changed, SMALL[0]])


def test_what_is_said_of_a_file_is_not_said_twice() -> None:
    """Remarks on the file itself are added for every format by `read_files`."""
    file = File("x.csv", "", [counts([*DURHAM, "9", "", "3", "2"])], ["It is not UTF-8."])
    result = read(file, KNOWN)
    assert result is not None
    assert remarks(result) == []


@needs_published
@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_published_workbook_is_read_whole(name: str) -> None:
    """Every row is accounted for, all 43 forces are there, and rates are count over base."""
    file = opened(str(PUBLISHED / name))
    result = read(file, KNOWN)
    assert result is not None
    sound(result, file.sheets)
    edition = WORKBOOKS[name]
    assert [source.source for source in result.sources if source.source[-2:] in ("p3", "p2")] == [
        f"ons-pfa-{edition}-p1-p3",
        f"ons-pfa-{edition}-p2",
    ]
    for account in result.accounts:
        assert account.written == (44 if account.table[:8] in TAKEN[edition] else 0)
    areas = {"england-and-wales", *KNOWN.territorial}
    assert {row.force for row in result.rates} == areas
    assert {row.force for row in result.changes} == areas
    assert {"residential-burglary", "victim-based-crime"} <= {row.metric for row in result.rates}
    assert not result.metrics
    repaired = [remark for remark in result.remarks if "was read as" in remark]
    assert len(repaired) == (3 if edition == "2018-06" else 0)
    assert len(result.remarks) == len(repaired)


TAKEN = {edition: {"Table P1", "Table P2", "Table P3"} for edition in WORKBOOKS.values()}
TAKEN["2018-03"] |= {"Table P7", "Table P9"}


@needs_published
def test_the_published_figures_of_march_2018() -> None:
    """Figures that are known from elsewhere come out of the workbook."""
    result = read(opened(str(MARCH_2018)), KNOWN)
    assert result is not None
    found = {(row.force, row.metric, row.period_end): row for row in result.rates}
    crime = "crime-excluding-fraud"
    assert found["durham", crime, PERIOD].count == "61179"
    assert found["durham", crime, PERIOD].value.startswith("97.4028")
    national = found["england-and-wales", crime, PERIOD]
    assert (national.count, national.base) == ("4816497", "58381200")
    assert national.value == "82.5008221824834"
    assert national.locator == "Table P1, cells C7 less C62; Table P3, cell C7"
    assert national.note == "The published line less British Transport Police."
    incidents_ = found["durham", "anti-social-behaviour", "2014-03-31"]
    assert (incidents_.count, incidents_.value[:5]) == ("29439", "47.51")
    bases_ = {(row.force, row.base, row.year): row.value for row in result.bases}
    assert bases_["durham", "population", "2013"] == "621600"
    assert bases_["durham", "households", "2013"] == "272400"
    assert {row.year for row in result.bases} == {str(year) for year in range(2002, 2017)}


@needs_published
@pytest.mark.parametrize("name", WORKBOOKS)
def test_the_national_figures_are_the_sum_of_the_forces(name: str) -> None:
    """The published line less British Transport Police is what the 43 forces recorded."""
    result = read(opened(str(PUBLISHED / name)), KNOWN)
    assert result is not None
    crimes = [row for row in result.rates if row.source.endswith("p1-p3")]
    national = {row.metric: row for row in crimes if row.force == "england-and-wales"}
    assert len(national) == 25
    for metric, row in national.items():
        forces = [r for r in crimes if r.metric == metric and r.force != "england-and-wales"]
        # Greater Manchester is not available in the last edition, nor in its national line.
        assert int(row.count) == sum(int(force.count or 0) for force in forces)
        assert "The published line less British Transport Police." in row.note
        if row.value:
            assert float(row.value) == pytest.approx(1000 * int(row.count) / float(row.base))


@needs_published
def test_a_published_year_of_eleven_months_has_no_figures() -> None:
    """Cheshire gave 11 months of 2017/18, as a footnote of P7 says; its other years are whole."""
    result = read(opened(str(MARCH_2018)), KNOWN)
    assert result is not None
    of = {r.period_end: r for r in result.rates if r.force == "cheshire" and "-p7" in r.source}
    assert (of[PERIOD].value, of[PERIOD].count) == ("", "")
    assert of[PERIOD].note.startswith("Covers 11 of the 12 months: 27,697. Footnote 8 of Table P7:")
    assert of[EARLIER].count == "33453"
    partial = [row for row in result.rates if "of the 12 months:" in row.note]
    assert partial == [of[PERIOD]]


def as_codes(title: str, number: int, name: str = "Other") -> Sheet:
    """Return a sheet with the codes of some forces under a title."""
    rows = [[r["ons_code"], r["name"], "1"] for r in DATA.rows("forces") if r["ons_code"][0] == "E"]
    return sheet([[title], ["Area Code", "Area Name", "Things"], *rows[:number]], name)


def test_a_sheet_that_looks_like_a_table_is_told() -> None:
    """Codes of ten forces under a title that is not known are no accident; other tables are."""
    known_one = counts([*NATION, "9", "", "3", "2"], [*DURHAM, "9", "", "3", "2"])
    title = "Table P11: Things found by police force area, year ending March 2018"
    result = imported(known_one, as_codes(title, 12), as_codes(title, 9))
    assert remarks(result) == [
        "x.xlsx: Sheet 'Other' holds area codes but its title is none that crimecmp knows:"
        " 'Table P11: Things found by police force area, year ending M…'."
    ]
    assert not remarks(imported(known_one, as_codes("Knife offences by police force area", 12)))
    bare = as_codes(P1, 12)
    bare.rows[1][:2] = ["", ""]  # type: ignore[index]  # made of lists
    assert remarks(imported(known_one, bare)) == [
        "x.xlsx: Sheet 'Other' holds area codes, but no headings were found in it."
    ]


def test_counts_without_a_national_row_are_told() -> None:
    """Without England and Wales there is nothing to compare forces with."""
    remark = "x.xlsx, Table P1 has no row of England and Wales."
    assert remark in imported(counts([*DURHAM, "9", "", "3", "2"])).remarks
    both = imported(counts([*NATION, "9", "", "3", "2"], [*DURHAM, "9", "", "3", "2"]))
    assert remark not in both.remarks


@needs_published
def test_a_force_without_figures_is_named_in_the_published_national_ones() -> None:
    """In September 2019 Greater Manchester is missing, and England and Wales is without it."""
    result = read(opened(str(PUBLISHED / list(WORKBOOKS)[-1])), KNOWN)
    assert result is not None
    national = [row for row in result.rates if row.force == "england-and-wales"]
    assert all("Leaves out Greater Manchester," in row.note for row in national)
    missing = [row for row in result.rates if row.force == "greater-manchester"]
    assert {(row.value, row.count, row.base) for row in missing} == {("", "", "")}
    assert {row.note.split(".")[0] for row in missing} == {
        "Rate and count are missing: not available"
    }


@needs_published
def test_a_published_sheet_as_csv_gives_the_same(tmp_path: Path) -> None:
    """Each table saved as CSV, packed or not, gives the figures it gives in the workbook."""
    workbook = opened(str(MARCH_2018))
    whole = read(workbook, KNOWN)
    assert whole is not None
    for part in workbook.sheets:
        text = io.StringIO()
        csv.writer(text).writerows([*row, "", ""] for row in part.rows)
        path = tmp_path / "table.csv.gz"
        path.write_bytes(gzip.compress(text.getvalue().encode()))
        alone = read(opened(str(path)), KNOWN)
        if alone is None:
            continue
        there = {row[:3]: row for row in whole.rates}
        for row in alone.rates:
            same = there[row[:3]]
            # P3 alone has British Transport Police in the national rates, and no counts.
            if row.force != "england-and-wales" or not row.source.endswith("p3"):
                assert row.value in ("", same.value)
            if row.value or not same.value or row.source.endswith("p1"):
                assert row.count in ("", same.count)
        for mine, theirs in ((alone.changes, whole.changes), (alone.bases, whole.bases)):
            figures = {tuple(r[:3]): getattr(r, "percent", getattr(r, "value", "")) for r in theirs}
            for r in mine:
                assert getattr(r, "percent", getattr(r, "value", "")) == figures[tuple(r[:3])]
