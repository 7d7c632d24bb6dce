"""What the ONS tables of the 2020s have that those before had not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from ons_tables import (
    BY_OFFENCE,
    DURHAM,
    NATION,
    P1,
    P9,
    bases,
    counts,
    imported,
    rate,
    rates,
    remarks,
    sheet,
)

from crimecmp.importers.files import Sheet
from crimecmp.importers.imported import Imported
from crimecmp.importers.ons.legends import legend
from crimecmp.importers.ons.notes_sheets import notes_on_sheets

P3_2024 = (
    f"Table P3: {BY_OFFENCE}, rate of offences per 1,000 population, year ending December 2024"
)
P2_2024 = (
    f"Table P2: {BY_OFFENCE}, percentage change, year ending December 2024 compared with year"
    " ending December 2023"
)
CITY = ["E23000034", "City of London"]
CRIME = "crime-excluding-fraud"


def flat(title: str, headings: list[str], *rows: list[str], above: Sequence[str] = ()) -> Sheet:
    """Return a sheet in the layout of the 2020s: one row of headings over the figures."""
    top = [[title], *([text] for text in above)]
    return sheet([*top, ["Area Code", "Area Name", *headings], *rows], title.partition(":")[0])


def note_on(result: Imported, force: str, metric: str) -> str:
    """Return the note on a change."""
    [row] = [row for row in result.changes if (row.force, row.metric) == (force, metric)]
    return row.note


def test_an_unknown_mark_leaves_its_cells_empty_and_is_told_once() -> None:
    """`[u1]`, an error of a spreadsheet and a formula without a value are no figures: rows stay."""
    result = imported(
        flat(
            P3_2024,
            ["Population figures (mid-2023)", "Robbery", "Homicide", "Drug offences"],
            [*CITY, "13500", "[u1]", "[ U1 ]", "#REF!"],
            [*DURHAM, "642700", "0.398292321670836", "0.004667", "=C5/D5"],
        )
    )
    assert rate(result, "durham", "robbery").value == "0.398292321670836"
    city = rate(result, "city-of-london", "robbery")
    assert (city.value, city.note) == ("", "The rate is missing: the cell holds [u1].")
    assert remarks(result) == [
        "x.xlsx, Table P3: [u1] instead of a figure, left empty: D3 and E3.",
        "x.xlsx, Table P3: #REF! instead of a figure, left empty: F3.",
        "x.xlsx, Table P3: a formula without a stored value instead of a figure, left empty: F4.",
    ]


def test_a_mark_means_what_the_sheet_says_it_means() -> None:
    """The legend of a sheet comes before our own words, and it is quoted whole."""
    headings = ["Total recorded crime (excluding fraud)", "Homicide"]
    said = "Some shorthand is used in this table, [u] indicates that a number comes from a base of"
    shown = imported(flat(P2_2024, headings, [*DURHAM, "-9.4", "[u]"], above=[f"{said} under 50."]))
    assert note_on(shown, "durham", "homicide") == (
        "The change is missing: [u], 'a number comes from a base of under 50'."
    )
    silent = imported(flat(P2_2024, headings, [*DURHAM, "-9.4", "[u]"]))
    assert note_on(silent, "durham", "homicide") == "The change is missing: the base is under 50."


def test_a_mark_that_a_legend_leaves_out_is_not_explained_by_guess() -> None:
    """`[u]` has more than one use: beside a legend of other marks, it is told as unknown."""
    above = ["[z] is not applicable."]
    headings = ["Total recorded crime (excluding fraud)", "Homicide"]
    result = imported(flat(P2_2024, headings, [*DURHAM, "[z]", "[u]"], above=above))
    assert note_on(result, "durham", CRIME) == "The change is missing: [z], 'not applicable'."
    assert remarks(result) == ["x.xlsx, Table P2: [u] instead of a figure, left empty: D4."]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[x] indicates that a number is unavailable.  [ z ] indicates that there is none.",
         {"[x]": "a number is unavailable", "[z]": "there is none"}),
        ("[u1] denotes rates per 1,000 people", {"[u1]": "rates per 1,000 people"}),
        ("Homicide [note 1] is rare", {"[note1]": "rare"}),
        ("No shorthand", {}),
    ],
)  # fmt: skip
def test_a_legend_explains_marks(text: str, found: dict[str, str]) -> None:
    """Each mark in brackets that is said to mean something has that meaning."""
    assert legend([text]) == found


def test_a_column_of_marks_without_a_heading_is_a_spacer() -> None:
    """It holds no figure, so it is left out; with a figure in it, it is refused elsewhere."""
    result = imported(
        flat(
            P1,
            ["Robbery", "", "Drug offences"],
            ["E23000005", "Greater Manchester8", "..", "..", ".."],
            [*DURHAM, "247", "", "1516"],
        )
    )
    found = {row.metric: row.count for row in result.rates if row.force == "durham"}
    assert found == {"robbery": "247", "drug-offences": "1516"}


def test_a_heading_with_a_slip_is_read_and_told() -> None:
    """`(excludinging fraud)` is the total, not a new measure, and readers are told."""
    result = imported(
        flat(P2_2024, ["Total recorded crime (excludinging fraud)"], [*DURHAM, "-9.4"])
    )
    assert [(row.metric, row.percent) for row in result.changes] == [(CRIME, "-9.4")]
    assert result.metrics == []
    assert remarks(result) == [
        "x.xlsx, Table P2: The heading 'Total recorded crime (excludinging fraud)' was read as "
        "'Total recorded crime (excluding fraud)'."
    ]


def test_a_slip_is_none_beside_the_heading_it_is_like() -> None:
    """Where the true heading is in the table too, the other is a measure of its own, and told."""
    result = imported(flat(P1, ["Robbery", "Robery"], [*DURHAM, "1", "2"]))
    assert {row.metric: row.count for row in result.rates} == {"robbery": "1", "robery": "2"}
    assert remarks(result) == [
        "x.xlsx, Table P1: The heading 'Robery' is not known, so it is a measure of its own: "
        "robery."
    ]


def test_notes_of_a_sheet_of_notes_go_with_the_figures_they_qualify() -> None:
    """Each group of tables has its own numbers: note 3 of P1 is not note 3 of P5."""
    notes = sheet(
        [
            ["Notes", ""],
            [],
            ["Notes for tables P1, P2", ""],
            ["Note number", "Note text"],
            ["3", "There is an undercount in Durham."],
            ["Notes for table P5", ""],
            ["3", "Knives only."],
        ],
        "Notes- PFA ",
    )
    assert notes_on_sheets([notes])["Table P5"] == {"3": "Knives only."}
    row = [DURHAM[0], "Durham [note 3]", "61179", "", "3", "3292"]
    result = imported(notes, counts(row))
    assert rate(result, "durham", "homicide").note == (
        "Footnote 3 of Table P1: There is an undercount in Durham."
    )


NOTES = sheet(
    [
        ["Notes for tables P1, P2, P3, P4", ""],
        ["1", "Recording has changed."],
        ["2", "Fraud is excluded"],
        ["5", "Based on mid-2023 estimates."],
        ["7", "Shown per household too."],
    ],
    "Notes",
)


def test_notes_on_a_heading_go_with_the_figures_under_it() -> None:
    """Those of crime are on crime in every area, each text once; robbery has none."""
    headings = ["Total recorded crime (excluding fraud) [note 2,7]", "Robbery", "Homicide [note 9]"]
    result = imported(NOTES, flat(P3_2024, headings, [*DURHAM, "94.05", "0.4", "0.01"]))
    notes = {row.metric: row.note for row in result.rates}
    assert notes == {
        CRIME: "Footnote 2 of Table P3: Fraud is excluded. "
        "Footnote 7 of Table P3: Shown per household too.",
        "robbery": "",
        "homicide": "",
    }


def test_a_note_that_two_tables_have_is_given_once() -> None:
    """A count and its rate under headings with the same note have it once."""
    heading = "Total recorded crime (excluding fraud) [note 2]"
    p1 = P3_2024.replace("P3", "P1").replace(
        "rate of offences per 1,000 population", "number of offences"
    )
    row = rate(
        imported(
            NOTES,
            flat(p1, [heading], [*DURHAM, "60450"]),
            flat(P3_2024, [heading], [*DURHAM, "94.05"]),
        ),
        "durham",
        CRIME,
    )
    assert row.note == "Footnote 2 of Table P1: Fraud is excluded."


def test_notes_on_a_title_go_with_the_source_of_the_table() -> None:
    """They qualify every figure, so that the source says them, before its SHA-256."""
    result = imported(NOTES, flat(f"{P3_2024} [note 1][note 9]", ["Robbery"], [*DURHAM, "0.4"]))
    [source] = result.sources
    assert source.note == f"Footnote 1 of Table P3: Recording has changed. SHA-256 {'0' * 64}"
    assert rate(result, "durham", "robbery").note == ""


def test_notes_on_estimates_go_with_them() -> None:
    """What the population is based on is said of it, and not of every rate."""
    headings = ["Population figures (mid-2023) [note 5]", "Robbery"]
    result = imported(NOTES, flat(P3_2024, headings, [*DURHAM, "642700", "0.398292321670836"]))
    [base] = result.bases
    assert base.note == "Footnote 5 of Table P3: Based on mid-2023 estimates."
    assert rate(result, "durham", "robbery").note == ""


def test_the_bases_of_rates_serve_other_counts_of_the_year() -> None:
    """P3's population and households are estimates of their own years, one row an area each."""
    headings = [
        "Population figures\n (mid-2023) rounded to 100 [note 5]",
        "Household figures\n (mid-2021)  rounded to 100",
        "Robbery",
    ]
    result = imported(flat(P3_2024, headings, [*DURHAM, "642700", "283700", "0.398292321670836"]))
    assert [row[:5] for row in result.bases] == [
        ("durham", "population", "2023", "ons-pfa-2024-12-p3", "642700"),
        ("durham", "households", "2021", "ons-pfa-2024-12-p3", "283700"),
    ]
    assert result.bases[1].locator == "Table P3, cell D3"
    assert result.base_years == {("population", "2024"): "2023", ("households", "2024"): "2021"}


def test_estimates_of_a_workbook_are_taken_from_its_own_tables_of_them() -> None:
    """Where P9 or P10 is there, P3's bases are not read as estimates again."""
    rows = [*DURHAM, "628100", "277000", "", "97.4", "", "0.1", "5.2", "11.9"]
    result = imported(rates(rows), bases(P9))
    assert {row.source for row in result.bases} == {"ons-pfa-2018-03-p9"}


FRAUD = (
    "Table P9: Number of fraud and computer misuse offences referred to National Fraud"
    " Intelligence Bureau by Action Fraud by police force area [note 1][note 2]"
)


def test_fraud_referred_to_forces_is_a_measure_of_its_own() -> None:
    """P9 of the 2020s has two years' counts, a rate and a change; nobody's rate is calculated."""
    result = imported(
        flat(
            FRAUD,
            ["Jan 2023 to\n Dec 2023", "Jan 2024 to\n Dec 2024", "Rate per\n 1,000 population",
             "% change from\n previous year"],
            [*NATION, "343709", "354002", "5.81716519737242", "2.99468445690978"],
            [*DURHAM, "2568", "2468", "3.83978691360791", "-3.89408099688473"],
            ["", "Unknown [note 6]", "24157", "35998", "[z]", "[z]"],
        )
    )  # fmt: skip
    durham = [row for row in result.rates if row.force == "durham"]
    assert [(row.period_end, row.count, row.value) for row in durham] == [
        ("2023-12-31", "2568", ""),
        ("2024-12-31", "2468", "3.83978691360791"),
    ]
    [change] = [row for row in result.changes if row.force == "durham"]
    assert change[:6] == (
        "durham", "fraud-and-computer-misuse-referred", "2024-12-31", "2023-12-31",
        "ons-pfa-2024-12-p9", "-3.89408099688473",
    )  # fmt: skip
    assert [metric.metric for metric in result.metrics] == [change.metric]
    assert "Transport" not in "".join(row.note for row in result.rates)


def test_the_counts_of_the_year_before_are_a_year_of_their_own() -> None:
    """P4 has the layout of P1 and another year in its title, with a note stuck to it."""
    before = P1.replace("P1", "P4").replace("March 181,2,3", "March 2017 [note1]")
    result = imported(
        counts([*DURHAM, "60450", "", "3", "2200"]),
        counts([*DURHAM, "66707", "", "7", "2357"], title=before, name="Table P4 "),
    )
    crime = [row[2:6] for row in result.rates if row.metric == CRIME]
    assert crime == [
        ("2018-03-31", "ons-pfa-2018-03-p1", "", "60450"),
        ("2017-03-31", "ons-pfa-2017-03-p4", "", "66707"),
    ]
