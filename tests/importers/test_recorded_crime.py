"""Recorded crime open data: financial-year counts by force, offence group and subgroup."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest
from books import open_document, rows_in_xml
from hypothesis import assume, given
from hypothesis import strategies as st
from importing import (
    DIGEST,
    FORCES,
    assert_accounted,
    counts,
    faults_of,
    file_of,
    imported_from,
    known,
    left_out,
    sheet_of,
    whole_file,
)
from published_forms import RECORDED

from crimecmp.importers.categories import CRIME, NOT_VICTIM_BASED, VICTIM_BASED
from crimecmp.importers.files import File, opened
from crimecmp.importers.imported import TRANSPORT_POLICE, Imported, Rate
from crimecmp.importers.recorded_crime import FORMAT, read

HEADING = (
    "Financial Year", "Financial Quarter", "Force Name", "Offence Description", "Offence Group",
    "Offence Subgroup", "Offence Code", "Number of Offences",
)  # fmt: skip
OFFENCES = {
    "8N": ("Assault with injury", "Violence against the person", "Violence with injury"),
    "1/4.1/4.10/4.2": ("Homicide", "Violence against the person", "Homicide"),
    "19C": ("Rape", "Sexual offences", "Rape offences"),
    "34B": ("Robbery of personal property", "Robbery", "Robbery of personal property"),
    "28E": ("Burglary Residential", "Theft offences", "Domestic burglary"),
    "46": ("Shoplifting", "Theft offences", "Shoplifting"),
    "56A": ("Arson endangering life", "Criminal damage and arson", "Arson"),
    "92D": ("Possession of drugs", "Drug offences", "Possession of drugs"),
    "10D": ("Knives", "Possession of weapons offences", "Possession of weapons offences"),
    "9A": ("Public fear", "Public order offences", "Public order offences"),
    "26": ("Bigamy", "Miscellaneous crimes", "Miscellaneous crimes"),
}
QUARTERS = ("1", "2", "3", "4")
END = "2018-03-31"
NUMBER = len(OFFENCES) * len(QUARTERS)

Row = Sequence[str]


def row(force: str, quarter: str, code: str, number: object, year: str = "2017/18") -> Row:
    """Return one row of the table."""
    description, group, subgroup = OFFENCES[code]
    return year, quarter, force, description, group, subgroup, code, str(number)


def rows_of(
    forces: Iterable[str] = ("Durham",),
    year: str = "2017/18",
    codes: Iterable[str] = tuple(OFFENCES),
    quarters: Iterable[str] = QUARTERS,
) -> list[Row]:
    """Return a row for each force, quarter and offence: 1 of the first, 2 of the second..."""
    places = list(OFFENCES)
    return [
        row(force, quarter, code, places.index(code) + 1, year)
        for quarter in quarters
        for force in forces
        for code in codes
    ]


def table(*rows: Row) -> File:
    """Return a file with these rows under the heading."""
    return file_of(sheet_of([HEADING, *rows]))


def imported(*rows: Row) -> Imported:
    """Return what a file with these rows gives, all of them accounted for."""
    return imported_from(read, table(*rows))


def faults(*rows: Row) -> list[tuple[int, str, str]]:
    """Return the faults of a file with these rows: line, column and problem."""
    return faults_of(read, table(*rows))


def figure(made: Imported, metric: str, period: str = END) -> Rate:
    """Return one row of Durham's rates."""
    [found] = [
        rate
        for rate in made.rates
        if (rate.force, rate.metric, rate.period_end) == ("durham", metric, period)
    ]
    return found


def test_quarters_are_added_up_by_group_and_subgroup() -> None:
    """A group has all of its subgroups; a group that is its own subgroup is counted once."""
    found = counts(imported(*rows_of()), "durham", END)
    assert found["violence-against-the-person"] == 4 * (1 + 2)
    assert found["violence-with-injury"] == 4
    assert found["homicide"] == 4 * 2
    assert found["theft-offences"] == 4 * (5 + 6)
    assert found["public-order-offences"] == 4 * 10
    assert found["miscellaneous-crimes"] == 4 * 11


def test_totals_are_worked_out_from_the_groups() -> None:
    """Crime is all groups but fraud; victim-based crime is that less crimes against society."""
    fraud = [
        ("2017/18", q, "Durham", "Fraud", "Fraud offences", "Fraud", "53", "9") for q in "1234"
    ]
    made = imported(*rows_of(), *fraud)
    found = counts(made, "durham", END)
    assert found["fraud-offences"] == 36
    assert found[CRIME] == 4 * sum(range(1, len(OFFENCES) + 1))
    assert found[VICTIM_BASED] == found[CRIME] - sum(found[metric] for metric in NOT_VICTIM_BASED)
    assert figure(made, CRIME).locator == "All groups but fraud"


@pytest.mark.parametrize("code", ["34B", "26"])
def test_no_total_without_all_groups(code: str) -> None:
    """A file that lacks a group has no totals: they would be too low."""
    made = imported(*rows_of(codes=[other for other in OFFENCES if other != code]))
    assert not {CRIME, VICTIM_BASED} & set(counts(made, "durham", END))
    assert any("not calculated for the year to 2018-03-31" in text for text in made.remarks)


def test_an_unknown_group_is_part_of_all_crime() -> None:
    """A row is one offence of one group, so whatever the groups are, all but fraud are crime."""
    gnomes = [("2017/18", q, "Durham", "Gnomes", "Gnomes", "Gnomes", "999", "5") for q in "1234"]
    made = imported(*rows_of(), *gnomes)
    found = counts(made, "durham", END)
    assert found["gnomes"] == 20
    assert found[CRIME] == 20 + 4 * sum(range(1, len(OFFENCES) + 1))
    assert [metric.metric for metric in made.metrics] == ["gnomes"]


def test_a_total_that_is_given_is_not_added_to_its_groups() -> None:
    """A row that is a total already is left out: it would count every crime twice."""
    label = "Total recorded crime (excluding fraud)"
    total = ("2017/18", "1", "Durham", label, label, label, "", "9999")
    made = imported(*rows_of(), total)
    assert left_out(made) == {"a total, which is calculated from its groups": 1}
    assert counts(made, "durham", END)[CRIME] == 4 * sum(range(1, len(OFFENCES) + 1))


@pytest.mark.parametrize(
    ("year", "end", "metric"),
    [
        ("2016/17", "2017-03-31", "burglary-in-a-dwelling"),
        ("2017/18", "2018-03-31", "residential-burglary"),
    ],
)
def test_burglary_is_what_the_year_says(year: str, end: str, metric: str) -> None:
    """From 2017/18 on the old heading of burglary holds the new class, and the user is told."""
    made = imported(*rows_of(year=year))
    found = figure(made, metric, end)
    assert (found.count, found.locator) == (str(4 * 5), "Domestic burglary")
    told = "'Domestic burglary' holds residential burglary."
    assert (found.note == told) == (f"2017/18: {told}" in made.remarks) == (year == "2017/18")


def test_violence_with_injury_says_what_is_in_it() -> None:
    """Driving that kills or maims has no subgroup here, as it has in other tables."""
    assert "unlawful driving" in figure(imported(*rows_of()), "violence-with-injury").note
    label = "Death or serious injury caused by illegal driving"
    cells = ("Durham", "Dangerous driving", "Violence against the person", label, "8", "1")
    driving = [("2017/18", quarter, *cells) for quarter in QUARTERS]
    assert not figure(imported(*rows_of(), *driving), "violence-with-injury").note


# --- Years


def test_a_year_without_a_quarter_is_left_out() -> None:
    """A force that lacks a quarter has no year: three quarters are no 12 months."""
    made = imported(*rows_of(["Kent"]), *rows_of(["Durham"], quarters="123"))
    assert {rate.force for rate in made.rates} == {"kent"}
    assert left_out(made) == {
        "not all four quarters of the year are in the file": 3 * len(OFFENCES)
    }
    assert (
        "2017/18 is left out for Durham: not all four quarters of the year are in the file."
        in made.remarks
    )


def test_a_quarter_that_is_cut_short_is_left_out() -> None:
    """Where every force has a row for each offence, a force with fewer in a quarter is cut off."""
    rows = rows_of(FORCES[:5])
    made = imported(*rows[:-1])
    cut = known().territorial[4]
    assert cut not in {rate.force for rate in made.rates}
    assert left_out(made) == {"a quarter of the year lacks rows": 4 * len(OFFENCES) - 1}


def test_a_table_of_parts_of_years_is_an_error() -> None:
    """Nothing is imported from a table that has no whole year."""
    [(_, _, problem)] = faults(*rows_of(quarters="12"))
    assert "none of its rows gives a figure" in problem
    assert "not all four quarters" in problem


def test_years_of_several_sheets_are_one_source() -> None:
    """A workbook has its years on several sheets beside a cover; each row is accounted for."""
    blank = ("",) * len(HEADING)
    file = file_of(
        sheet_of([["Recorded crime"], ["Contents"]], "Cover"),
        sheet_of([("Title", *blank[1:]), blank, HEADING, *rows_of(year="2013/14")], "2013-14"),
        sheet_of([HEADING, *rows_of(quarters="12")], "2017-18"),
        sheet_of([HEADING, *rows_of(quarters="34")], "2017-18 more"),
    )
    made = read(file, known())
    assert made is not None
    assert_accounted(made, file)
    assert counts(made, "durham", "2014-03-31")["shoplifting"] == 24
    assert counts(made, "durham", END)["shoplifting"] == 24
    [source] = made.sources
    assert source.source == "home-office-recorded-crime-2013-14-to-2017-18"
    assert source.title.endswith("financial years 2013/14 to 2017/18")
    assert [account.table for account in made.accounts] == [
        "2013-14", "2017-18", "2017-18 more", "Cover",
    ]  # fmt: skip


@pytest.mark.parametrize("year", ["2017/18", "2017-18", "2017/2018"])
def test_financial_years_are_read_in_their_forms(year: str) -> None:
    """A financial year ends on 31 March, however it is written."""
    made = imported(*rows_of(year=year))
    assert {rate.period_end for rate in made.rates} == {END}
    assert made.sources[0].source == "home-office-recorded-crime-2017-18"


def test_a_turn_of_the_century_is_a_year() -> None:
    """1999/00 ends in 2000."""
    made = imported(*rows_of(year="1999/00"))
    assert {rate.period_end for rate in made.rates} == {"2000-03-31"}


@pytest.mark.parametrize("year", ["2017", "2017/19", "2017/1918", "17/18", "0017/18", "x"])
def test_what_is_no_financial_year_is_a_fault(year: str) -> None:
    """A year that cannot be is refused, with line and column."""
    [(line, column, problem)] = faults(row("Durham", "1", "46", 1, year))
    assert (line, column) == (2, "Financial Year")
    assert f"'{year}' is not a financial year" in problem


# --- Rows


def test_padded_counts_are_read() -> None:
    """`-00` is zero, and counts have thousands separators in some editions."""
    numbers = ["-00", "66,776", "-1", "4"]
    made = imported(*(row("Durham", q, "46", n) for q, n in zip(QUARTERS, numbers, strict=True)))
    assert counts(made, "durham", END)["shoplifting"] == 66_779
    assert any(text.startswith("1 count is below zero") for text in made.remarks)


def test_a_doubled_file_is_refused() -> None:
    """A row of the same quarter, force and offence may be there only once."""
    rows = rows_of()
    found = faults(*rows, *rows)
    assert len(found) == len(rows) - 4  # homicide may stand up to four times, see below
    assert found[0][2] == (
        "'8N', 'Assault with injury', 'Violence against the person' and 'Violence with injury' "
        "of 'Durham' appears twice for quarter 1 of 2017/18"
    )


def test_a_code_of_several_offences_may_stand_for_each() -> None:
    """Homicide is four codes in one: it is on up to four rows a quarter, and no more."""
    homicide = "1/4.1/4.10/4.2"
    rows = [row("Durham", q, homicide, n) for q in QUARTERS for n in (0, 0, 1, 1)]
    assert counts(imported(*rows), "durham", END)["homicide"] == 8
    assert len(faults(*rows, rows[0])) == 1


def test_the_same_code_of_two_subgroups_is_two_rows() -> None:
    """Rows that differ in description, group or subgroup are not the same row."""
    rows = rows_of()
    others = [
        (*cells[:5], "Other theft offences", *cells[6:]) for cells in rows if cells[6] == "46"
    ]
    assert counts(imported(*rows, *others), "durham", END)["theft-offences"] == 4 * (5 + 6 + 6)


def test_all_faults_are_told_together() -> None:
    """Faults of every kind are one error, in the order of rows."""
    good = row("Durham", "1", "46", 1)
    found = faults(
        good[:-1],
        row("Durham", "5", "46", 1),
        row("Durhan", "1", "46", 1),
        row("Durham", "1", "46", "many"),
        (*good[:4], "", *good[5:]),
        good,
        good,
    )
    assert [(line, column) for line, column, _ in found] == [
        (2, ""), (3, "Financial Quarter"), (4, "Force Name"), (5, "Number of Offences"),
        (6, "Offence Group"), (8, ""),
    ]  # fmt: skip


def test_bodies_that_are_no_force_are_left_out() -> None:
    """Fraud bodies and British Transport Police are left out by name; the latter can be had."""
    bodies = ("Financial Fraud Action UK", "British Transport Police")
    file = table(*rows_of(FORCES), *rows_of(bodies))
    plain, wanted = read(file, known()), read(file, known(transport_police=True))
    assert plain is not None
    assert wanted is not None
    assert left_out(plain) == {
        "Financial Fraud Action UK, not a territorial police force": 4 * len(OFFENCES),
        "British Transport Police, included only on request": 4 * len(OFFENCES),
    }
    own = [rate for rate in wanted.rates if rate.force == TRANSPORT_POLICE]
    assert own
    assert wanted.rates[: -len(own)] == plain.rates
    assert counts(plain, "england-and-wales", END)["shoplifting"] == 43 * 24


def test_fewer_forces_have_no_national_figure() -> None:
    """Without all 43 forces there is no figure of England and Wales, and a remark says why."""
    made = imported(*rows_of(["London, City of"]))
    assert {rate.force for rate in made.rates} == {"city-of-london"}
    assert any(text.startswith("1 of the 43 forces is in this file") for text in made.remarks)


@pytest.mark.parametrize("lacking", HEADING)
def test_a_table_without_its_columns_is_another(lacking: str) -> None:
    """A sheet that lacks one of the columns is not of this format."""
    heading = [cell if cell != lacking else "Something" for cell in HEADING]
    assert read(file_of(sheet_of([heading, *rows_of()])), known()) is None


def test_headings_are_known_in_snake_case() -> None:
    """Headings are known however they are written."""
    heading = [cell.replace(" ", "_").lower() for cell in HEADING]
    made = read(file_of(sheet_of([heading, *rows_of()])), known())
    assert made is not None
    assert made.rates == imported(*rows_of()).rates
    assert made.format == FORMAT


def test_the_source_says_what_it_is() -> None:
    """The source is the series with its year, and its note ends in the file's digest."""
    [source] = imported(*rows_of()).sources
    assert source.title == "Police recorded crime open data, financial year 2017/18"
    assert source.publisher == "Home Office"
    assert source.note.endswith(f"SHA-256 {DIGEST}")


@given(
    numbers=st.lists(
        st.integers(-20, 10**6), min_size=4 * len(OFFENCES), max_size=4 * len(OFFENCES)
    ),
    bodies=st.lists(
        st.sampled_from(["UK Finance", "British Transport Police", "Kent"]), unique=True
    ),
)
def test_every_row_is_accounted_for_and_added_up(numbers: list[int], bodies: list[str]) -> None:
    """Rows read are those written and left out, and groups add up to all crime."""
    size = len(OFFENCES)
    assume(all(any(numbers[size * n : size * (n + 1)]) for n in range(4)))  # no gap, see below
    rows = [(*cells[:-1], str(n)) for cells, n in zip(rows_of(), numbers, strict=True)]
    made = imported(*rows, *rows_of(bodies, quarters="234"))
    assert counts(made, "durham", END)[CRIME] == sum(numbers)


# --- Editions of the 2020s


def test_the_last_four_quarters_make_a_year() -> None:
    """Three quarters of a year and the last of the one before are 12 months, and told."""
    made = imported(*rows_of(year="2024/25"), *rows_of(year="2025/26", quarters="123"))
    assert sorted({rate.period_end for rate in made.rates}) == ["2025-03-31", "2025-12-31"]
    assert counts(made, "durham", "2025-12-31")["shoplifting"] == 4 * 6
    assert "The last four quarters make the year to December 2025." in made.remarks
    [source] = made.sources
    assert source.source == "home-office-recorded-crime-2024-25-to-2025-12"
    assert source.title.endswith("financial year 2024/25 and year to December 2025")
    assert sum(made.accounts[0].left_out.values()) == 1  # the heading: every quarter is used


def test_a_year_across_a_change_of_headings_lacks_the_categories_that_changed() -> None:
    """Homes burgled are one class to March 2017 and another after: no year has parts of both."""
    made = imported(*rows_of(year="2016/17"), *rows_of(year="2017/18", quarters="123"))
    found = counts(made, "durham", "2017-12-31")
    assert "residential-burglary" not in found
    assert "burglary-in-a-dwelling" not in found
    assert found["theft-offences"] == 4 * (5 + 6)


def test_a_locator_names_the_heading_that_the_crimes_stood_under() -> None:
    """A heading kept with zeros only is not where the crimes are, and no note speaks of it."""
    homes = [
        (*cells[:5], "Residential burglary", "28E", "7")
        for cells in rows_of(codes=["28E"], year="2024/25")
    ]
    old = [(*cells[:-1], "0") for cells in rows_of(codes=["28E"], year="2024/25")]
    made = imported(
        *rows_of(year="2024/25", codes=[c for c in OFFENCES if c != "28E"]), *homes, *old
    )
    found = figure(made, "residential-burglary", "2025-03-31")
    assert (found.count, found.locator, found.note) == ("28", "Residential burglary", "")


def test_a_remark_names_its_years() -> None:
    """What is true of some years of a file is not told of all."""
    made = imported(*rows_of(year="2016/17"), *rows_of(year="2017/18"))
    assert "2017/18: 'Domestic burglary' holds residential burglary." in made.remarks
    assert (
        "2016/17 to 2017/18: Violence with injury includes death or serious injury by unlawful "
        "driving here." in made.remarks
    )


def test_a_heading_that_repeats_is_one() -> None:
    """Repeated rows of headings are left out; a repeated heading over nothing is none."""
    heading = (*HEADING, "Number of Offences")
    rows = [(*cells, "") for cells in rows_of()]
    made = imported_from(read, file_of(sheet_of([heading, *rows[:9], heading, *rows[9:]])))
    assert made.accounts[0].left_out == {"heading": 2}
    assert counts(made, "durham", END) == counts(imported(*rows_of()), "durham", END)


def test_two_columns_of_figures_under_one_heading_are_a_fault() -> None:
    """Nothing says which of them counts."""
    rows = [(*cells, "1") for cells in rows_of()]
    [(_, column, problem)] = faults_of(read, file_of(sheet_of([(*HEADING, HEADING[-1]), *rows])))
    assert (column, problem) == (HEADING[-1], "2 columns have this heading; keep one")


def test_counts_may_be_headed_offence_count() -> None:
    """Some editions head the counts `Offence Count`."""
    heading = (*HEADING[:-1], "Offence Count")
    made = imported_from(read, file_of(sheet_of([heading, *rows_of()])))
    assert counts(made, "durham", END)["homicide"] == 4 * 2


@pytest.mark.parametrize("between", ["", "\n   "])
def test_a_workbook_with_a_sheet_a_year_is_read_as_it_is_published(
    tmp_path: Path, between: str
) -> None:
    """Stray headings on one sheet, `N/a`, `Offence Count` and line breaks between tags, at once."""
    heading = (*HEADING[:-1], "Offence Count")
    first, second = rows_of(year="2016/17"), rows_of(year="2017/18")
    second[5] = row("Durham", "1", "46", "N/a")
    sheets: dict[str, list[Row]] = {
        "Cover": [("Police recorded crime open data",)],
        "2016_17": [heading, *first[:9], heading, *first[9:]],
        "2017_18": [heading, *second],
    }
    path = tmp_path / "tables.ods"
    path.write_bytes(
        open_document({name: rows_in_xml(rows, between) for name, rows in sheets.items()})
    )
    made = read(opened(str(path)), known())
    assert made is not None
    assert counts(made, "durham", "2017-03-31") == counts(imported(*first), "durham", "2017-03-31")
    assert counts(made, "durham", END) == counts(imported(*second), "durham", END)
    assert [account.left_out for account in made.accounts[:2]] == [{"heading": 2}, {"heading": 1}]
    told = "1 count is N/a and adds nothing: Shoplifting in Durham, quarter 1 of 2017/18."
    assert told in made.remarks


def test_a_count_that_is_not_given_adds_nothing_and_is_told() -> None:
    """`N/a` is no zero: its row is part of the quarter, and the user is told where it stands."""
    rows = rows_of()
    rows[5] = row("Durham", "1", "46", "N/a")
    made = imported(*rows)
    assert counts(made, "durham", END)["shoplifting"] == 3 * 6
    told = "1 count is N/a and adds nothing: Shoplifting in Durham, quarter 1 of 2017/18."
    assert told in made.remarks


def with_a_gap() -> list[Row]:
    """Return a year of all forces, in which Durham reported zeros in its second quarter."""
    return [
        (*cells[:-1], "0") if (cells[1], cells[2]) == ("2", "Durham") else cells
        for cells in rows_of(FORCES)
    ]


def test_a_force_with_a_quarter_of_zeros_is_left_out_of_the_sum() -> None:
    """A gap is told; neither the force nor England and Wales has a total that hides it."""
    made = imported(*with_a_gap())
    assert (
        "Durham has nothing but zeros in quarter 2 of 2017/18: its year has no total and is left "
        "out of England and Wales." in made.remarks
    )
    durham = figure(made, "shoplifting")
    assert durham.count == ""
    assert durham.note == (
        "A quarter has nothing but zeros, so the year is not complete: 18 in the others."
    )
    [nation] = [
        r for r in made.rates if (r.force, r.metric) == ("england-and-wales", "shoplifting")
    ]
    assert nation.count == str(42 * 4 * 6)
    assert nation.note.startswith("Sum of 42 territorial forces: without Durham")
    assert made.gaps == {END: ["durham"]}


def test_a_quarter_of_zeros_counts_where_that_is_asked_for() -> None:
    """Told otherwise, the zeros are taken as published, and still told."""
    made = read(table(*with_a_gap()), known(keep_zeros=True))
    assert counts(made, "durham", END)["shoplifting"] == 18
    assert counts(made, "england-and-wales", END)["shoplifting"] == 43 * 24 - 6
    assert made is not None
    assert any("its year counts as published" in remark for remark in made.remarks)


def test_a_table_of_a_few_offences_has_no_gaps() -> None:
    """No homicide in a quarter is no sign of a quarter that was not sent."""
    homicide = "1/4.1/4.10/4.2"
    made = imported(*(row("Durham", q, homicide, int(q == "1")) for q in QUARTERS))
    assert counts(made, "durham", END)["homicide"] == 1


# --- A file in the form of the published one

# Four quarters of each group that are typed into the form, added up here by hand.
DURHAM = {
    "violence-against-the-person": 2 + 5_430 + 6_858 + 16,
    "sexual-offences": 344 + 104,
    "robbery": 208,
    "theft-offences": 2_655 + 1_175 + 133,
    "criminal-damage-and-arson": 46,
    "drug-offences": 538,
    "possession-of-weapons-offences": 118,
    "public-order-offences": 4_014,
    "miscellaneous-crimes": 1,
}


@pytest.fixture(scope="module")
def small(small_file: Callable[[str], Path]) -> Imported:
    """Return what a small file in the published form gives."""
    file = opened(str(small_file(RECORDED)))
    made = read(file, known())
    assert made is not None
    assert_accounted(made, file)
    return made


def test_durham_in_the_published_form(small: Imported) -> None:
    """Padded counts and `-00` are numbers: a year's groups, and their total, are those by hand."""
    found = counts(small, "durham", END)
    assert {metric: found[metric] for metric in DURHAM} == DURHAM
    assert found[CRIME] == sum(DURHAM.values())
    assert found[VICTIM_BASED] == sum(DURHAM.values()) - 538 - 118 - 4_014 - 1


def test_codes_of_the_published_form_go_into_their_subgroups(small: Imported) -> None:
    """Codes that are no numbers are told apart; homes burgled are under `Domestic burglary`."""
    found = counts(small, "durham", END)
    assert found["homicide"] == 2
    assert found["residential-burglary"] == 2_655
    assert found["violence-without-injury"] == 6_858 + 16
    assert "burglary-in-a-dwelling" not in found


def test_city_of_london_is_known_in_the_published_form(small: Imported) -> None:
    """`London, City of` is City of London: 67 robberies of personal property in the year."""
    assert counts(small, "city-of-london", END)["robbery"] == 11 + 11 + 18 + 27


def test_the_published_form_is_accounted_for(small: Imported) -> None:
    """Rows of bodies that are no force are left out, each under its name; nothing else is."""
    [account] = small.accounts
    assert (account.read, account.written) == (1 + 3 * 64 + 6, 2 * 64)
    assert left_out(small) == {
        "British Transport Police, included only on request": 64,
        "Action Fraud, not a territorial police force": 2,
        "CIFAS, not a territorial police force": 2,
        "Financial Fraud Action UK, not a territorial police force": 1,
        "UK Finance, not a territorial police force": 1,
    }
    assert {rate.force for rate in small.rates} == {"city-of-london", "durham"}
    assert not small.metrics


def test_transport_police_of_the_published_form_are_taken_where_asked_for(
    small_file: Callable[[str], Path],
) -> None:
    """British Transport Police's counts are its own, one below zero among them, and told."""
    made = read(opened(str(small_file(RECORDED))), known(transport_police=True))
    found = counts(made, TRANSPORT_POLICE, END)
    assert found["robbery"] == 107 + 115 + 136 + 144
    assert found["violence-without-injury"] == 1433 + 1623 + 1961 + 1760 + 2 + 2 - 2
    assert made is not None
    assert any(remark.startswith("1 count is below zero") for remark in made.remarks)


# --- The whole published file


def test_the_whole_published_file() -> None:
    """England and Wales is the sum of the 43 forces, and of the groups but fraud."""
    file = whole_file(RECORDED)
    made = read(file, known())
    assert made is not None
    assert counts(made, "durham", END)[CRIME] == 61_150
    assert_accounted(made, file)
    [account] = made.accounts
    assert (account.read, account.written) == (23_069, 22_532)
    assert left_out(made)["British Transport Police, included only on request"] == 524
    assert len({rate.force for rate in made.rates}) == 44
    assert not made.metrics
    [sheet] = file.sheets
    others = {"British Transport Police", "Action Fraud", "CIFAS", "UK Finance"}
    others |= {"Financial Fraud Action UK"}
    everything = sum(int(cells[-1]) for cells in sheet.rows[1:] if cells[2] not in others)
    assert counts(made, "england-and-wales", END)[CRIME] == everything == 4_821_452
