"""Rolling-year recorded crime: counts of 12 months by force and offence group."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest
from bundled import counted as bundled_counts
from hypothesis import given
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
    sheet_of,
    whole_file,
)
from published_forms import ROLLING, rolling_year, write_csv

from crimecmp.errors import DataError
from crimecmp.importers.categories import CRIME, NOT_VICTIM_BASED, VICTIM_BASED, counted
from crimecmp.importers.files import File, Sheet, opened
from crimecmp.importers.imported import TRANSPORT_POLICE, Imported, Rate
from crimecmp.importers.rolling_year import FORMAT, read

HEADING = (
    "12 months ending", "PFA", "Region", "Offence", "Rolling year total number of offences",
)  # fmt: skip
OLD_BURGLARY = ("Domestic burglary", "Non-domestic burglary")
NEW_BURGLARY = ("Residential burglary", "Non-residential burglary")
OTHERS = (
    "All other theft offences", "Bicycle theft", "Criminal damage and arson",
    "Death or serious injury caused by illegal driving", "Drug offences", "Homicide",
    "Miscellaneous crimes against society", "Possession of weapons offences",
    "Public order offences", "Robbery", "Sexual offences", "Shoplifting",
    "Stalking and harassment", "Theft from the person", "Vehicle offences",
    "Violence with injury", "Violence without injury",
)  # fmt: skip
GROUPS = (*OTHERS, *OLD_BURGLARY)
ALL_GROUPS = (*GROUPS, *NEW_BURGLARY)
JUNE_2014 = "30-06-2014"

Row = Sequence[str]


def row(date: str, force: str, offence: str, number: object) -> Row:
    """Return one row of the table."""
    return date, force, "Somewhere", offence, str(number)


def rows_of(
    date: str, forces: Iterable[str] = ("Durham",), groups: Iterable[str] = GROUPS
) -> list[Row]:
    """Return a row for each force and group: 1 crime of the first group, 2 of the second..."""
    pairs = itertools.product(forces, enumerate(groups, start=1))
    return [row(date, force, group, number) for force, (number, group) in pairs]


def table(*rows: Row) -> File:
    """Return a file with these rows under the heading."""
    return file_of(sheet_of([HEADING, *rows]))


def imported(*rows: Row) -> Imported:
    """Return what a file with these rows gives, all of them accounted for."""
    return imported_from(read, table(*rows))


def faults(*rows: Row) -> list[tuple[int, str, str]]:
    """Return the faults of a file with these rows: line, column and problem."""
    return faults_of(read, table(*rows))


def left_out(made: Imported) -> dict[str, int]:
    """Return why rows of the only sheet were left out, the heading apart."""
    [account] = made.accounts
    return {reason: times for reason, times in account.left_out.items() if reason != "heading"}


def said(made: Imported, word: str) -> str:
    """Return the only remark with this word in it."""
    [remark] = [remark for remark in made.remarks if word in remark]
    return remark


def figure(made: Imported, area: str, metric: str, period: str) -> Rate:
    """Return one row of the rates."""
    [found] = [r for r in made.rates if (r.force, r.metric, r.period_end) == (area, metric, period)]
    return found


# --- What the table is


@pytest.mark.parametrize(
    "heading",
    [
        HEADING,
        tuple(cell.upper() for cell in HEADING),
        tuple(cell.replace(" ", "_").lower() for cell in HEADING),
        tuple(f" {cell}:" for cell in HEADING),
    ],
)
def test_headings_are_known_however_they_are_written(heading: Row) -> None:
    """Case, blanks, underscores and punctuation of a heading do not matter."""
    made = read(file_of(sheet_of([heading, *rows_of(JUNE_2014)])), known())
    assert counts(made, "durham", "2014-06-30")["homicide"] == GROUPS.index("Homicide") + 1


@pytest.mark.parametrize("lacking", [0, 1, 3, 4])
def test_a_table_without_its_columns_is_another(lacking: int) -> None:
    """A sheet that lacks the date, the force, the offence or the number is not of this format."""
    rows = [HEADING, *rows_of(JUNE_2014)]
    shorter = [[cell for place, cell in enumerate(cells) if place != lacking] for cells in rows]
    assert read(file_of(sheet_of(shorter)), known()) is None


def test_the_region_is_not_needed_and_other_columns_do_no_harm() -> None:
    """Columns can be in any order, the region may be missing, and others are passed over."""
    rows = [[*reversed(cells), "x"] for cells in [HEADING, *rows_of(JUNE_2014)]]
    without = [[cell for place, cell in enumerate(cells) if place != 2] for cells in rows]
    made, plain = (
        read(file_of(sheet_of(without)), known()),
        read(table(*rows_of(JUNE_2014)), known()),
    )
    assert made is not None
    assert plain is not None
    assert made.rates == plain.rates


def test_a_workbook_has_covers_titles_and_footnotes() -> None:
    """The heading may be below titles, on a later sheet; every row of every sheet is counted."""
    blank = ("",) * len(HEADING)
    title, source = ("Recorded crime", *blank[1:]), ("1. Source: Home Office", *blank[1:])
    sheet = sheet_of([title, blank, HEADING, *rows_of(JUNE_2014), blank, source], "Table 1")
    file = file_of(sheet_of([["Contents"], [""]], "Cover"), sheet, Sheet("Empty", [], []))
    made = read(file, known())
    assert_accounted(made, file)
    assert made is not None
    assert [tuple(account) for account in made.accounts] == [
        (
            "Table 1", 24, 19,
            {"above the heading": 1, "blank": 2, "heading": 1, "text under the table": 1},
        ),
        ("Cover", 2, 0, {"a sheet without this table": 2}),
    ]  # fmt: skip


def test_the_source_says_what_it_is() -> None:
    """The source is the series with its latest date, and its note ends in the file's digest."""
    made = imported(*rows_of(JUNE_2014), *rows_of("31-12-2013"))
    [source] = made.sources
    assert made.format == FORMAT
    assert source.source == "home-office-rec-crime-pfa-2014-06"
    assert source.title.endswith("to June 2014")
    assert source.publisher == "Home Office"
    assert source.note.endswith(f"SHA-256 {DIGEST}")
    assert {rate.source for rate in made.rates} == {source.source}


# --- Dates


@pytest.mark.parametrize("date", ["30-06-2014", "30/06/2014", "2014-06-30", "2014-06-30 00:00:00"])
def test_both_forms_of_a_date_are_read(date: str) -> None:
    """Copies of the table differ in how they write dates, and in nothing else."""
    assert imported(*rows_of(date)).rates == imported(*rows_of(JUNE_2014)).rates


def test_a_date_that_is_no_months_end_is_taken_as_it_and_reported() -> None:
    """30 December 2017 stands for the 12 months to its end, and the user is told."""
    made = imported(*rows_of("30-12-2017", groups=ALL_GROUPS))
    assert {rate.period_end for rate in made.rates} == {"2017-12-31"}
    assert said(made, "end of a month") == (
        "30-12-2017 is not the end of a month. Its 21 rows are assumed to be for December 2017."
    )


@pytest.mark.parametrize(
    "date", ["31-06-2014", "2014", "06-30-2014", "30.06-2014", "30-06-14", "30-06-0014", "x"]
)
def test_what_is_no_date_is_a_fault(date: str) -> None:
    """A date that cannot be is refused with its line and column, once for all rows that have it."""
    [(line, column, problem)] = faults(*rows_of(JUNE_2014), *rows_of(date))
    assert (line, column) == (2 + len(GROUPS), "12 months ending")
    assert problem.startswith(f"'{date}' is not a date")
    assert problem.endswith(f"(and on {len(GROUPS) - 1} more rows)")


# --- Forces


def test_bodies_that_are_no_force_are_left_out_by_name() -> None:
    """Action Fraud and its like are in the force column: left out, and counted by name."""
    bodies = ["Action Fraud", "CIFAS", "UK Finance", "Financial Fraud Action UK"]
    made = imported(*rows_of(JUNE_2014), *(row(JUNE_2014, name, name, 5) for name in bodies))
    assert left_out(made) == {f"{name}, not a territorial police force": 1 for name in bodies}
    assert {rate.force for rate in made.rates} == {"durham"}
    assert not made.metrics


def test_transport_police_are_taken_in_where_they_are_wanted() -> None:
    """British Transport Police is left out unless asked for, and never in the sum of the 43."""
    file = table(*rows_of(JUNE_2014, [*FORCES, "British Transport Police"]))
    plain, wanted = read(file, known()), read(file, known(transport_police=True))
    assert plain is not None
    assert wanted is not None
    reason = "British Transport Police, included only on request"
    assert left_out(plain) == {reason: len(GROUPS)}
    assert left_out(wanted) == {}
    own = [rate for rate in wanted.rates if rate.force == TRANSPORT_POLICE]
    assert len(own) == len(GROUPS) + 2
    assert wanted.rates[: -len(own)] == plain.rates


def test_an_unknown_force_is_a_fault_with_the_near_one() -> None:
    """A misspelt force is refused, with the name that was likely meant."""
    [fault] = faults(*rows_of(JUNE_2014), row(JUNE_2014, "Durhan", "Homicide", 1))
    assert fault == (2 + len(GROUPS), "PFA", "'Durhan' is not a police force; did you mean durham?")


def test_names_are_known_in_all_their_forms() -> None:
    """`London, City of` and `Devon & Cornwall` are forces as good as any."""
    made = imported(*rows_of(JUNE_2014, ["London, City of", "Devon & Cornwall"]))
    assert {rate.force for rate in made.rates} == {"city-of-london", "devon-and-cornwall"}


# --- England and Wales


def test_england_and_wales_is_the_sum_of_the_43() -> None:
    """Where all 43 forces have a figure their sum is that of England and Wales, and says so."""
    made = imported(*rows_of(JUNE_2014, FORCES))
    total = figure(made, "england-and-wales", "homicide", "2014-06-30")
    assert total.count == str(43 * (GROUPS.index("Homicide") + 1))
    assert total.note == "Sum of the 43 territorial forces, without British Transport Police."
    assert made.rates[0].force == "england-and-wales"


def test_fewer_forces_have_no_national_figure() -> None:
    """With 42 forces there is no figure of England and Wales, and a remark says why."""
    made = imported(*rows_of(JUNE_2014, FORCES[1:]))
    assert "england-and-wales" not in {rate.force for rate in made.rates}
    assert "42 of the 43 forces are in this file" in said(made, "England and Wales")


def test_a_figure_that_one_force_lacks_is_no_national_one() -> None:
    """A group that one force lacks has no national figure: neither it nor the totals."""
    rows = rows_of(JUNE_2014, FORCES)
    rows.remove(row(JUNE_2014, "Durham", "Homicide", GROUPS.index("Homicide") + 1))
    made = imported(*rows)
    national = counts(made, "england-and-wales", "2014-06-30")
    assert not {"homicide", CRIME, VICTIM_BASED} & set(national)
    assert len(national) == len(GROUPS) - 1
    assert "3 England and Wales figures" in said(made, "England and Wales")
    assert CRIME not in counts(made, "durham", "2014-06-30")
    assert CRIME in counts(made, "cleveland", "2014-06-30")
    assert said(made, "lacks").endswith("Durham to 2014-06-30.")


# --- Totals


def test_totals_are_worked_out_from_the_groups() -> None:
    """Crime is all groups but fraud; victim-based crime is that less crimes against society."""
    made = imported(*rows_of(JUNE_2014), row(JUNE_2014, "Durham", "Fraud offences", 1000))
    found = counts(made, "durham", "2014-06-30")
    everything = sum(range(1, len(GROUPS) + 1))
    assert found["fraud-offences"] == 1000
    assert found[CRIME] == everything
    assert found[VICTIM_BASED] == everything - sum(found[m] for m in NOT_VICTIM_BASED)
    assert figure(made, "durham", CRIME, "2014-06-30").locator == "All groups but fraud"
    assert figure(made, "durham", VICTIM_BASED, "2014-06-30").locator == (
        "All groups but fraud, drug, weapons, public order and miscellaneous crimes"
    )


@pytest.mark.parametrize("group", GROUPS)
def test_no_total_without_all_groups(group: str) -> None:
    """A file that lacks a group for all forces has no totals: they would be too low."""
    made = imported(*rows_of(JUNE_2014, groups=[other for other in GROUPS if other != group]))
    found = counts(made, "durham", "2014-06-30")
    assert not {CRIME, VICTIM_BASED} & set(found)
    assert len(found) == len(GROUPS) - 1
    assert "there is no" in said(made, "not calculated for")


def test_a_group_that_is_not_known_is_kept_but_not_added_up() -> None:
    """An unknown group is a metric of its own; whether another holds it too cannot be told."""
    made = imported(*rows_of(JUNE_2014), row(JUNE_2014, "Durham", "Theft of gnomes", 7))
    found = counts(made, "durham", "2014-06-30")
    assert found["theft-of-gnomes"] == 7
    assert CRIME not in found
    assert [metric.metric for metric in made.metrics] == ["theft-of-gnomes"]
    assert "theft-of-gnomes may be part of another" in said(made, "not calculated for")


def test_a_total_that_is_given_is_not_added_to_its_groups() -> None:
    """A row that is a total already is left out: it would count every crime twice."""
    label = "Total recorded crime (excluding fraud)"
    made = imported(*rows_of(JUNE_2014), row(JUNE_2014, "Durham", label, 9999))
    assert left_out(made) == {"a total, which is calculated from its groups": 1}
    assert counts(made, "durham", "2014-06-30")[CRIME] == sum(range(1, len(GROUPS) + 1))


# --- Counts


def test_negative_counts_are_kept_and_reported() -> None:
    """A count below zero is a count, goes into the totals, and the user is told where it is."""
    rows = [row(JUNE_2014, "Durham", group, -1 if group == "Homicide" else 2) for group in GROUPS]
    made = imported(*rows)
    found = counts(made, "durham", "2014-06-30")
    assert found["homicide"] == -1
    assert found[CRIME] == 2 * len(GROUPS) - 3
    assert said(made, "below zero").startswith("1 count is below zero")
    assert "Homicide (Durham)" in said(made, "below zero")


@pytest.mark.parametrize(("cell", "count"), [("66,776", 66776), ("-0", 0), ("−3", -3), ("+4", 4)])
def test_counts_are_read_as_they_are_written(cell: str, count: int) -> None:
    """Thousands separators and signs are read."""
    made = imported(row(JUNE_2014, "Durham", "Homicide", cell))
    assert counts(made, "durham", "2014-06-30") == {"homicide": count}


@pytest.mark.parametrize("cell", ["", "x", "1.5", "1e3", "..", "1,2", "1_000", "٣", "9" * 16])
def test_what_is_no_whole_number_is_a_fault(cell: str) -> None:
    """A cell that is no whole number is refused with its line and column."""
    [(line, column, problem)] = faults(row(JUNE_2014, "Durham", "Homicide", cell))
    assert (line, column) == (2, HEADING[-1])
    assert "not a whole number" in problem


def test_all_faults_are_told_together() -> None:
    """Faults of every kind are one error, in the order of rows."""
    found = faults(
        ("short", "row"),
        row("x", "Durham", "Homicide", 1),
        row(JUNE_2014, "Nowhere", "Homicide", 1),
        row(JUNE_2014, "Durham", "", 1),
        row(JUNE_2014, "Durham", "Homicide", "many"),
        row(JUNE_2014, "Durham", "Robbery", 1),
        row(JUNE_2014, "Durham", "Robbery", 1),
        (*row(JUNE_2014, "Durham", "Shoplifting", 1), "more"),
    )
    assert [line for line, *_ in found] == [2, 3, 4, 5, 6, 8, 9]
    assert "2 cells" in found[0][2]
    assert "appears twice" in found[5][2]
    assert "6 cells" in found[6][2]


def test_a_doubled_file_is_refused() -> None:
    """A file pasted behind itself would double every count."""
    rows = rows_of(JUNE_2014)
    assert len(faults(*rows, *rows)) == len(rows)


def test_two_columns_of_one_heading_are_a_fault() -> None:
    """Which of two numbers is the count cannot be told."""
    rows = [(*cells, cells[-1]) for cells in [HEADING, *rows_of(JUNE_2014)]]
    with pytest.raises(DataError, match="2 columns have this heading"):
        read(file_of(sheet_of(rows)), known())


@pytest.mark.parametrize("rows", [[], [row(JUNE_2014, "CIFAS", "CIFAS", 1)]])
def test_a_table_that_gives_no_figure_is_an_error(rows: list[Row]) -> None:
    """Nothing is imported from a table without a row of a force, and the reasons are told."""
    [(_, _, problem)] = faults(*rows)
    assert problem.startswith("none of its rows gives a figure: heading (1)")


# --- Burglary, classed anew in April 2017


def test_burglary_that_covers_part_of_the_months_is_no_figure() -> None:
    """Between the two classifications neither count is of 12 months: the count is kept out."""
    made = imported(*rows_of("30-06-2017", groups=ALL_GROUPS))
    notes = {
        "burglary-in-a-dwelling": "This class ended in March 2017: 18 in the first 9 of",
        "residential-burglary": "This class began in April 2017: 20 in the last 3 of",
    }
    for metric, note in notes.items():
        found = figure(made, "durham", metric, "2017-06-30")
        assert (found.value, found.count, found.note) == ("", "", f"{note} the 12 months.")
    assert counts(made, "durham", "2017-06-30")[CRIME] == sum(range(1, len(ALL_GROUPS) + 1))
    assert "Burglary has new classes" in said(made, "Burglary")


@pytest.mark.parametrize(
    ("date", "period", "used", "unused"),
    [
        ("31-03-2017", "2017-03-31", OLD_BURGLARY, NEW_BURGLARY),
        ("31-03-2018", "2018-03-31", NEW_BURGLARY, OLD_BURGLARY),
    ],
)
def test_burglary_of_a_class_not_in_use_goes_into_the_totals_alone(
    date: str, period: str, used: Row, unused: Row
) -> None:
    """A class of burglary has figures while it is in use; stray counts of it still are crimes."""
    made = imported(*rows_of(date, groups=(*OTHERS, *used, *unused)))
    found = counts(made, "durham", period)
    assert {counted(label, known()).metric for label in used} <= set(found)
    assert not {counted(label, known()).metric for label in unused} & set(found)
    assert found[CRIME] == sum(range(1, len(ALL_GROUPS) + 1))
    assert not left_out(made)
    assert "2 counts of burglary (41 crimes in all)" in said(made, "not in use")


def test_burglary_of_a_class_not_in_use_without_a_total_is_left_out() -> None:
    """Where there is no total either, the row says nothing, and is counted as left out."""
    made = imported(*rows_of("31-12-2016", groups=(*NEW_BURGLARY, "Robbery")))
    assert left_out(made) == {"a class of burglary not in use, and no total": 2}


# --- Rules of all tables

counted_rows = st.dictionaries(
    st.tuples(
        st.sampled_from([JUNE_2014, "31-03-2017", "30-06-2017", "31-12-2018"]),
        st.sampled_from(["Durham", "Cleveland", "British Transport Police", "UK Finance"]),
        st.sampled_from([*ALL_GROUPS, "Fraud offences", "Theft of gnomes"]),
    ),
    st.integers(-50, 10**6),
)


@given(cells=counted_rows, blanks=st.integers(0, 3))
def test_every_row_is_accounted_for(cells: dict[tuple[str, str, str], int], blanks: int) -> None:
    """Rows read are those written and those left out, whatever the table holds."""
    # One row that gives a figure, whatever the others are: a table without one is an error.
    rows = [row("31-12-2012", "Kent", "Robbery", 1), *(row(*key, n) for key, n in cells.items())]
    file = table(*rows, *[("",) * 5] * blanks)
    assert_accounted(read(file, known()), file)


@given(numbers=st.lists(st.integers(-50, 10**6), min_size=43, max_size=43))
def test_the_national_figure_is_a_sum(numbers: list[int]) -> None:
    """Whatever the forces' counts, England and Wales has their sum."""
    pairs = zip(FORCES, numbers, strict=True)
    made = read(table(*(row(JUNE_2014, name, "Robbery", n) for name, n in pairs)), known())
    assert counts(made, "england-and-wales", "2014-06-30") == {"robbery": sum(numbers)}


@given(order=st.permutations(rows_of(JUNE_2014, ["Durham", "Kent"]) + rows_of("31-12-2013")))
def test_the_order_of_rows_does_not_matter(order: list[Row]) -> None:
    """A table sorted otherwise gives the same rows, in the same order."""
    plain = imported(*rows_of(JUNE_2014, ["Durham", "Kent"]), *rows_of("31-12-2013"))
    assert imported(*order).rates == plain.rates


# --- A file in the form of the published one

FORCES_YEARS = {"2010-06-30", "2011-06-30", "2012-06-30", "2013-06-30", "2014-06-30"}
JUNES_RATES = {"sexual-offences": 1.177, "violence-with-injury": 5.854}
"""Rates of England and Wales, calculated by others from the published counts and estimates."""
PEOPLE_2013 = 56_948_200
"""England and Wales at mid-2013, by table P9 of March 2018."""


@pytest.fixture(scope="module")
def small(small_file: Callable[[str], Path]) -> Imported:
    """Return what a small file in the published form gives."""
    made = read(opened(str(small_file(ROLLING))), known())
    assert made is not None
    return made


def assert_durham(made: Imported) -> None:
    """Hold that Durham's 12 months to June 2014 are those that reproduce the report of 2014."""
    found = counts(made, "durham", "2014-06-30")
    assert found[CRIME] == 33_570
    assert found[VICTIM_BASED] == 30_123
    assert found["sexual-offences"] == 1_025
    assert found["violence-with-injury"] == 3_209
    assert found["burglary-in-a-dwelling"] == 1_358


def test_durham_in_the_published_form(small: Imported) -> None:
    """Crime without fraud and victim-based crime are added up from the groups of a real year."""
    assert_durham(small)


def test_totals_are_without_fraud(small: Imported) -> None:
    """Fraud, which was a group of offences until 2013, is in no total."""
    of_2010 = counts(small, "durham", "2010-06-30")
    # All 20 rows of the year make 38,241; the row of fraud is 324.
    assert of_2010[CRIME] == 38_241 - 324
    assert of_2010["fraud-offences"] == 324


@pytest.mark.parametrize(("metric", "rate"), JUNES_RATES.items())
def test_england_and_wales_in_the_published_form(small: Imported, metric: str, rate: float) -> None:
    """The 43 forces, and nobody else, make England and Wales: a rate that is known is met."""
    found = counts(small, "england-and-wales", "2014-06-30")
    assert found[metric] == sum(
        here.events
        for force, here in bundled_counts(metric).items()
        if force != "england-and-wales"
    )
    assert round(1000 * found[metric] / PEOPLE_2013, 3) == rate


def test_transport_police_of_the_published_form_are_no_part_of_the_nation(
    small: Imported, small_file: Callable[[str], Path]
) -> None:
    """Where British Transport Police is asked for it has its counts, and the nation is the same."""
    made = read(opened(str(small_file(ROLLING))), known(transport_police=True))
    assert counts(made, TRANSPORT_POLICE, "2014-06-30")["sexual-offences"] == 890
    assert made is not None
    for area in ("england-and-wales", "durham"):
        assert counts(made, area, "2014-06-30") == counts(small, area, "2014-06-30")


def test_the_published_form_is_accounted_for(
    small: Imported, small_file: Callable[[str], Path]
) -> None:
    """All rows but the heading and those of other bodies are written, for all dates."""
    file = opened(str(small_file(ROLLING)))
    assert_accounted(small, file)
    [account] = small.accounts
    assert account.read == len(rolling_year())
    assert left_out(small) == {
        "British Transport Police, included only on request": 3,
        "Action Fraud, not a territorial police force": 1,
        "CIFAS, not a territorial police force": 1,
        "UK Finance, not a territorial police force": 1,
        "a class of burglary not in use, and no total": 2,
    }
    assert {rate.period_end for rate in small.rates} == FORCES_YEARS | {
        "2007-06-30", "2013-12-31", "2017-12-31", "2018-12-31",
    }  # fmt: skip
    assert not small.metrics


def test_what_is_told_of_the_published_form(small: Imported) -> None:
    """Counts below zero, the odd date, the break in burglary and missing totals are reported."""
    assert said(small, "below zero").startswith("2 counts are below zero")
    assert said(small, "30-12-2017").endswith("December 2017.")
    assert "2 counts of burglary (10 crimes in all)" in said(small, "not in use")
    assert "Burglary has new classes" in said(small, "Burglary")
    assert "where a force lacks a group of offences" in said(small, "Bedfordshire")


def test_classes_of_burglary_that_overlap_are_no_years(small: Imported) -> None:
    """In 2017 neither class of burglary is of 12 months: the count is in the note alone."""
    old, new = (
        figure(small, "durham", metric, "2017-12-31")
        for metric in ("burglary-in-a-dwelling", "residential-burglary")
    )
    assert (old.count, new.count) == ("", "")
    assert "514 in the first 3 of the 12 months" in old.note
    assert "2,581 in the last 9 of the 12 months" in new.note


def test_another_copy_of_the_published_form_is_the_same(small: Imported, tmp_path: Path) -> None:
    """Dates with slashes give the same rows."""
    write_csv(tmp_path / ROLLING, rolling_year("/"))
    made = read(opened(str(tmp_path / ROLLING)), known())
    assert made is not None
    assert made.rates == small.rates


# --- The whole published file


def test_the_whole_published_file() -> None:
    """All 52 dates are there, England and Wales is the sum of the forces, and oddities are told."""
    file = whole_file(ROLLING)
    made = read(file, known())
    assert made is not None
    assert_durham(made)
    assert counts(made, "england-and-wales", "2014-06-30")[CRIME] == 3_460_860
    assert_accounted(made, file)
    [account] = made.accounts
    assert (account.read, account.written) == (46_470, 45_322)
    assert left_out(made) == {
        "British Transport Police, included only on request": 1054,
        "Action Fraud, not a territorial police force": 31,
        "CIFAS, not a territorial police force": 31,
        "UK Finance, not a territorial police force": 31,
    }
    assert len({rate.period_end for rate in made.rates}) == 52
    assert not made.metrics
    assert said(made, "below zero").startswith("25 counts are below zero")
    assert said(made, "30-12-2017").endswith("December 2017.")
    assert "7 counts of burglary (24 crimes in all)" in said(made, "not in use")
    assert "Burglary has new classes" in said(made, "Burglary")
    assert len(made.remarks) == 4
