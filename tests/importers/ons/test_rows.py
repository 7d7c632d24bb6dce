"""Rows that the ONS tables give: rates, changes, incidents and bases."""

from __future__ import annotations

import pytest
from ons_tables import (
    BY_OFFENCE,
    CHANGE_HEADINGS,
    CLEVELAND,
    DURHAM,
    EARLIER,
    KNOWN,
    NATION,
    P1,
    P2,
    P7,
    P9,
    P10,
    PERIOD,
    TRANSPORT,
    bases,
    counts,
    imported,
    incidents,
    rate,
    rates,
    refused,
    remarks,
    table,
)


def test_counts_are_rates_without_a_value() -> None:
    """A row of P1 gives its counts, where each is, and the edition as source."""
    result = imported(counts([*DURHAM, "61179", "", "3", "3292"]))
    row = rate(result, "durham", "crime-excluding-fraud")
    assert row[:4] == ("durham", "crime-excluding-fraud", PERIOD, "ons-pfa-2018-03-p1")
    assert (row.value, row.count, row.base) == ("", "61179", "")
    assert row.locator == "Table P1, cell C7"
    assert row.note == ""
    [source] = result.sources
    assert source.title == (f"Table P1: {BY_OFFENCE}, number of offences, year ending March 18")
    assert source.publisher == "Office for National Statistics"
    assert source.note.endswith("SHA-256 " + "0" * 64)


def test_burgled_homes_are_one_count_and_two_rates() -> None:
    """P1 counts homes once; per head and per household they are two metrics."""
    result = imported(
        counts([*DURHAM, "61179", "", "3", "3292"]),
        rates([*DURHAM, "628100", "277000", "", "97.4028", "", "0.0048", "5.2412", "11.8866"]),
    )
    people = rate(result, "durham", "residential-burglary-per-population")
    homes = rate(result, "durham", "residential-burglary")
    assert (people.value, people.count, people.base) == ("5.2412", "3292", "628100")
    assert (homes.value, homes.count, homes.base) == ("11.8866", "3292", "277000")
    assert homes.locator == "Table P1, cell F7; Table P3, cell J7"
    assert (people.note, homes.note, remarks(result)) == ("", "", [])


def test_counts_and_rates_of_a_year_are_one_source() -> None:
    """P1 and P3 of the same year are a source; without P1 a rate has its base and no count."""
    line = [*DURHAM, "628100", "277000", "", "97.4028", "", "0.0048", "5.2412", "11.8866"]
    both = imported(counts([*DURHAM, "61179", "", "3", "3292"]), rates(line))
    assert [source.source for source in both.sources] == ["ons-pfa-2018-03-p1-p3"]
    assert both.sources[0].title.count("; Table P3: ") == 1
    alone = imported(rates(line))
    row = rate(alone, "durham", "homicide")
    assert (row.source, row.value, row.count, row.base, row.note) == (
        "ons-pfa-2018-03-p3", "0.0048", "", "628100", "",
    )  # fmt: skip
    other = imported(
        counts([*DURHAM, "1", "", "3", "2"], title=P1.replace("181", "171")), rates(line)
    )
    assert [source.source for source in other.sources] == [
        "ons-pfa-2017-03-p1",
        "ons-pfa-2018-03-p3",
    ]


def test_a_rate_that_is_not_count_over_base_is_told() -> None:
    """A rate that neither rounding nor the base's rounding explains is kept, and said to be odd."""
    line = [*DURHAM, "628100", "277000", "", "98.1", "", "0.0048", "5.2412", "11.8866"]
    result = imported(counts([*DURHAM, "61179", "", "3", "3292"]), rates(line))
    row = rate(result, "durham", "crime-excluding-fraud")
    assert (row.value, row.note) == ("98.1", "The rate is not the count over the base.")
    assert list(map(str, result.breaks)) == [
        "x.xlsx:Table P3:7:Total recorded crime (excluding fraud): cell F7 (Durham) is 98.1, but "
        "61,179 over 628,100 is 97.4033"
    ]


NATION_RATES = [*NATION, "58381200", "23950000", "", "83.525", "", "0.0124", "5.3061", "12.934"]
NATION_COUNTS = [*NATION, "4876282", "", "726", "309778"]


def test_the_national_figures_are_without_transport_police() -> None:
    """What British Transport Police recorded is taken off, and the rate calculated again."""
    lines = NATION_COUNTS, [*DURHAM, "61179", "", "3", "3292"], [*TRANSPORT, "59785", "", "..", "3"]
    result = imported(counts(*lines), rates(NATION_RATES, DURHAM_RATES))
    row = rate(result, "england-and-wales", "crime-excluding-fraud")
    assert (row.count, row.base) == ("4816497", "58381200")
    assert row.value == "82.5008221824834"
    assert row.locator == "Table P1, cells C7 less C9; Table P3, cell C7"
    assert row.note == (
        "The published line less British Transport Police."
        " Table P1 has footnotes on this area: 8. Table P3 has footnotes on this area: 8."
    )
    homes = rate(result, "england-and-wales", "residential-burglary")
    assert (homes.count, homes.locator) == (
        "309775", "Table P1, cells F7 less F9; Table P3, cell D7",
    )  # fmt: skip
    assert homes.value == f"{309775000 / 23950000:.13f}"
    homicide = rate(result, "england-and-wales", "homicide")
    assert (homicide.count, homicide.value) == ("726", "0.0124")
    assert homicide.note.startswith("Includes British Transport Police.")


def test_the_national_figures_stay_where_nothing_can_be_taken_off() -> None:
    """A rate without its base, a rate that is not count over base, a line that is without it."""
    transport = [*TRANSPORT, "59785", "", "5", "3"]
    no_base = ["..", "..", *NATION_RATES[4:]]
    result = imported(
        counts(NATION_COUNTS, transport, DURHAM_COUNTS),
        rates([*NATION, *no_base], DURHAM_RATES),
    )
    row = rate(result, "england-and-wales", "crime-excluding-fraud")
    assert (row.count, row.value, row.base) == ("4876282", "83.525", "")
    assert row.note.startswith("Includes British Transport Police.")
    odd = [*NATION_RATES[:5], "90.1", *NATION_RATES[6:]]
    result = imported(counts(NATION_COUNTS, transport, DURHAM_COUNTS), rates(odd, DURHAM_RATES))
    row = rate(result, "england-and-wales", "crime-excluding-fraud")
    assert (row.count, row.value) == ("4876282", "90.1")
    assert row.note.startswith("The rate is not the count over the base.")
    named = [NATION[0], "ENGLAND AND WALES (exc. BTP)", *NATION_COUNTS[2:]]
    row = imported(counts(named, transport, DURHAM_COUNTS)).rates[0]
    assert (row.count, row.note) == ("4876282", "Without British Transport Police.")


def test_transport_police_that_are_wanted_are_taken_off_as_well() -> None:
    """Their own row does not change what England and Wales is."""
    lines = NATION_COUNTS, DURHAM_COUNTS, [*TRANSPORT, "59785", "", "5", "-3"]
    wanted = imported(counts(*lines), names=KNOWN._replace(transport_police=True))
    assert rate(wanted, "england-and-wales", "crime-excluding-fraud").count == "4816497"
    assert rate(wanted, "england-and-wales", "residential-burglary").count == "309781"
    assert rate(wanted, "british-transport-police", "homicide").count == "5"
    assert remarks(wanted) == [
        "x.xlsx, Table P1: counts below zero, which were kept: 1; F9 is the first."
    ]


DURHAM_COUNTS = [*DURHAM, "61179", "", "3", "3292"]
DURHAM_RATES = [*DURHAM, "628100", "277000", "", "97.4028", "", "0.0048", "5.2412", "11.8866"]


@pytest.mark.parametrize(
    ("drugs", "count", "cells"),
    [
        ("20", "840", "cells C5, E5, F5, G5 and H5 less C7, E7, F7, G7 and H7"),
        ("..", "900", "cells C5, E5, F5, G5 and H5"),
    ],
)
def test_national_victim_based_crime_is_all_with_or_all_without(
    drugs: str, count: str, cells: str
) -> None:
    """The total and its groups are all less British Transport Police, or none of them is."""
    result = imported(
        table(P1, VICTIM_HEADINGS, [*NATION, "1000", "1", "40", "30", "20", "10"],
              [*DURHAM, "10", "0", "1", "1", "1", "1"],
              [*TRANSPORT, "100", "0", drugs, "10", "5", "5"])
    )  # fmt: skip
    row = rate(result, "england-and-wales", "victim-based-crime")
    assert (row.count, row.locator) == (count, f"Table P1, {cells}")


def test_the_file_says_what_a_footnote_is() -> None:
    """The text below the table is the note; where there is none its number is."""
    beneath = (
        ["8.  Cheshire was late,\n and [note 9] is below"],
        ["[note 9] Was later."],
        ["8. No."],
    )
    durham = [DURHAM[0], "Durham8,9,12", "1", "", "3", "2"]
    nation = [*NATION[:1], "ENGLAND AND WALES7", "1", "", "3", "2"]
    result = imported(counts(nation, durham, *beneath, ["7. Includes British Transport Police."]))
    assert rate(result, "durham", "homicide").note == (
        "Footnote 8 of Table P1: Cheshire was late, and [note 9] is below."
        " Footnote 9 of Table P1: Was later. Table P1 has footnotes on this area: 12."
    )
    national = rate(result, "england-and-wales", "homicide")
    assert national.note == "Includes British Transport Police."


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("The force gave data for 11 months of the 2013/14 financial year.", "2014-03-31"),
        ("Only 9 months of the 2012/2013 year are in.", "2013-03-31"),
        ("It gave 10 months of the year ending March 2013.", "2013-03-31"),
        ("It gave 12 months of the 2013/14 financial year.", ""),
        ("It gave 11 months of the 2010/11 financial year.", ""),
    ],
)
def test_a_year_that_is_not_whole_has_no_figures(text: str, empty: str) -> None:
    """Where a footnote says that months are missing, the count is in the note alone."""
    result = imported(
        incidents(["K04000001", "ENGLAND AND WALES8", "90", "2", "80", "3"],
                  [DURHAM[0], "Durham8", "30517", "49.3", "29439", "47.5"], [f"8. {text}"])
    )  # fmt: skip
    rows = [row for row in result.rates if row.force == "durham"]
    assert [row.period_end for row in rows if not row.count] == ([empty] if empty else [])
    assert [row.period_end for row in rows if not row.value] == ([empty] if empty else [])
    assert all(row.note.endswith(f"Footnote 8 of Table P7: {text}") for row in rows)
    for row in rows:
        assert row.note.startswith("Covers ") == (row.period_end == empty)
    assert all(row.count for row in result.rates if row.force != "durham")


def test_a_year_that_is_not_whole_has_no_victim_based_crime() -> None:
    """What is calculated from counts of fewer months is of fewer months, too."""
    durham = [DURHAM[0], "Durham2", "1061179", "3", "1144", "500", "6000", "664"]
    lines = [durham, ["2. Durham gave 8 months of the 2017/18 financial year."]]
    row = rate(imported(table(P1, VICTIM_HEADINGS, *lines)), "durham", "victim-based-crime")
    assert row.count == ""
    assert "Covers 8 of the 12 months: 1,052,871. Footnote 2" in row.note


VICTIM_HEADINGS = (
    ["Area Code", "Area Name", "Total recorded crime (excluding fraud)", "Homicide",
     "Drug offences", "Possession of weapons offences", "Public order offences",
     "Miscellaneous crimes"],
)  # fmt: skip


def test_victim_based_crime_is_worked_out() -> None:
    """It is the total less the four groups without a victim, where all five are there."""
    result = imported(
        table(P1, VICTIM_HEADINGS, [*DURHAM, "61179", "3", "1144", "500", "6000", "664"],
              [*CLEVELAND, "57222", "3", "1263", "..", "1", "1"])
    )  # fmt: skip
    row = rate(result, "durham", "victim-based-crime")
    assert (row.count, row.value, row.locator) == (
        "52871", "", "Table P1, cells C5, E5, F5, G5 and H5",
    )  # fmt: skip
    assert "total less drug offences" in row.note
    assert not [r for r in result.rates if r[:2] == ("cleveland", "victim-based-crime")]
    assert not [m for m in result.metrics if "victim" in m.metric]


def test_victim_based_crime_is_not_worked_out_from_what_is_no_count() -> None:
    """A group that is no whole number is the fault that is told."""
    [fault] = refused(table(P1, VICTIM_HEADINGS, [*DURHAM, "9", "3", "1.5", "1", "1", "1"]))
    assert "Drug offences: '1.5' is not a whole number" in fault


def test_a_force_can_be_in_one_of_the_two_tables() -> None:
    """A force that only P1 or only P3 has gives what is there."""
    result = imported(
        table(P1, VICTIM_HEADINGS, [*DURHAM, "61179", "3", "1144", "500", "6000", "664"]),
        rates([*CLEVELAND, "564600", "242400", "", "101.3", "", "0.1", "7.7", "17.9"]),
    )
    assert rate(result, "durham", "homicide").count == "3"
    assert rate(result, "cleveland", "homicide").value == "0.1"
    assert not [row for row in result.rates if row[:2] == ("cleveland", "drug-offences")]


def test_victim_based_crime_that_is_published_is_taken() -> None:
    """Where a table has the total itself, that is taken and none is calculated."""
    headings = [[*VICTIM_HEADINGS[0], "Victim-based crime"]]
    result = imported(
        table(P1, headings, [*DURHAM, "61179", "3", "1144", "500", "6", "6", "52000"])
    )
    assert rate(result, "durham", "victim-based-crime").count == "52000"


@pytest.mark.parametrize("order", [("2017", "2018"), ("2018", "2017")])
def test_changes_end_with_the_later_year(order: tuple[str, str]) -> None:
    """The title names both years, in either order."""
    title = (
        P2.split("year ending")[0] + "year ending March {} compared with year ending March {}1,2"
    )
    result = imported(table(title.format(*order), CHANGE_HEADINGS, [*DURHAM, "31.5", "0", "-9"]))
    row = result.changes[0]
    assert row[:5] == (
        "durham", "crime-excluding-fraud", PERIOD, EARLIER, "ons-pfa-2018-03-p2",
    )  # fmt: skip
    assert (row.percent, row.locator, row.note) == ("31.5", "Table P2, cell C7", "")
    assert result.sources[0].title.endswith(f"year ending March {order[1]}")


def test_incidents_have_a_year_over_two_columns() -> None:
    """The year is over the number and reaches to the rate at its right."""
    result = imported(incidents([*DURHAM, "30517", "49.334", "29439", "47.513"]))
    assert [row[1:] for row in result.rates] == [
        ("anti-social-behaviour", "2013-03-31", "ons-pfa-2018-03-p7", "49.334", "30517", "",
         "Table P7, cells C6 and D6", ""),
        ("anti-social-behaviour", "2014-03-31", "ons-pfa-2018-03-p7", "47.513", "29439", "",
         "Table P7, cells E6 and F6", ""),
    ]  # fmt: skip


def test_incidents_in_blocks_are_read_as_well() -> None:
    """Numbers of all years and then rates of all years are the same figures."""
    headings = (
        ["", "Number of incidents", "", "", "Rate per 1,000 population"],
        ["Area Name", "2012/13", "2013/144", "", "2012/13", "2013/144"],
    )
    result = imported(table(P7, headings, ["Durham", "30517", "29439", "", "49.3", "47.5"]))
    assert [(row.period_end, row.value, row.count) for row in result.rates] == [
        ("2013-03-31", "49.3", "30517"),
        ("2014-03-31", "47.5", "29439"),
    ]


@pytest.mark.parametrize("code", ["K04000001", ""], ids=["two codes", "merged cells"])
def test_incidents_have_two_national_lines(code: str) -> None:
    """The line without British Transport Police is taken, the other accounted for."""
    result = imported(
        incidents(
            ["K04000001", "ENGLAND AND WALES (inc. BTP)7", "2292726", "40.8", "2131582", "37.7"],
            [code, "ENGLAND AND WALES (exc. BTP)", "2258805", "40.2", "2093931", "37.0"],
            [*DURHAM, "30517", "49.334", "29439", "47.513"],
        )
    )
    row = result.rates[0]
    assert (row.force, row.count, row.note) == (
        "england-and-wales", "2258805", "Without British Transport Police.",
    )  # fmt: skip
    assert result.accounts[0].left_out[
        "England and Wales with British Transport Police, because a row without it is given too"
    ] == 1  # fmt: skip


def test_one_national_line_is_taken_as_it_is() -> None:
    """Where there is but one it is taken, and its note says what is in it if its name does."""
    line = ["K04000001", "ENGLAND AND WALES (inc. BTP)", "2292726", "40.8", "1", "2"]
    durham = [*DURHAM, "30517", "49.334", "29439", "47.513"]
    assert imported(incidents(line, durham)).rates[0].note == "Includes British Transport Police."
    line[1] = "ENGLAND AND WALES"
    assert imported(incidents(line, durham)).rates[0].note == ""
    assert "are both of England and Wales" in refused(incidents(line, line, durham))[0]


def test_bases_are_a_row_for_each_year() -> None:
    """Population and households of each area and year have their own table."""
    result = imported(bases(P9), bases(P10))
    assert result.bases[1] == (
        "durham", "population", "2013", "ons-population-2013-p9", "621600", "Table P9, cell D6", "",
    )  # fmt: skip
    assert (result.bases[2].base, result.bases[2].source) == (
        "households", "ons-households-2013-p10",
    )  # fmt: skip
    assert result.sources[0].title.endswith("English regions and Wales, 2002 to 2016")


def test_bases_with_decimals_that_say_nothing() -> None:
    """Years and numbers that a CSV export wrote as decimals are what they were."""
    headings = ["", "", "Mid-year"], ["Area Code", "Area Name", "2012.0", "2013.0"]
    result = imported(table(P9, headings, [*DURHAM, "620,000.0", "621600.00000000001"]))
    assert [(row.year, row.value) for row in result.bases] == [
        ("2012", "620000"),
        ("2013", "621600"),
    ]


def test_bases_of_a_workbook_have_its_edition() -> None:
    """Where the crime tables tell which edition it is, all its sources say so; rates come first."""
    result = imported(
        bases(P9),
        table(P2, CHANGE_HEADINGS, [*DURHAM, "31.5", "0", "-9"]),
        incidents([*DURHAM, "30517", "49.334", "29439", "47.513"]),
        counts([*DURHAM, "9", "", "3", "2"]),
    )
    assert [source.source for source in result.sources] == [
        "ons-pfa-2018-03-p1", "ons-pfa-2018-03-p7", "ons-pfa-2018-03-p2", "ons-pfa-2018-03-p9",
    ]  # fmt: skip
    assert result.format == "ONS police force area tables, year ending March 2018"
