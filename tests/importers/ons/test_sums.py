"""Published sums: what a table and a workbook say twice, and whether both say the same."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from beside import whole
from importing import known
from ons_tables import (
    BY_OFFENCE,
    DURHAM,
    P7,
    P9,
    bases,
    imported,
    incidents,
    refused,
    remarks,
    sheet,
)
from published_forms import MARCH_2018

from crimecmp.importers.files import Sheet, opened
from crimecmp.importers.imported import Imported
from crimecmp.importers.ons_tables import read

NORTH_EAST = (
    ("E23000013", "Cleveland"),
    ("E23000008", "Durham"),
    ("E23000007", "Northumbria"),
)
REGION = ("E12000001", "North East")


def flat(title: str, headings: Sequence[str], *rows: Sequence[str]) -> Sheet:
    """Return a sheet with one row of headings over the figures."""
    return sheet([[title], ["Area Code", "Area Name", *headings], *rows], title[:8])


def titled(number: str, what: str, year: str = "December 2024") -> str:
    """Return a title as ONS writes it."""
    return f"Table {number}: {BY_OFFENCE}, {what}, year ending {year}"


def region(headings: Sequence[str], *figures: Sequence[str], title: str = "") -> Sheet:
    """Return a table of a region and its three forces."""
    rows = [[*area, *row] for area, row in zip((REGION, *NORTH_EAST), figures, strict=True)]
    return flat(title or titled("P1", "number of offences"), headings, *rows)


def broken(result: Imported) -> list[str]:
    """Return the cells that break a sum, without their file and row."""
    return [fault.problem for fault in result.breaks]


COUNTS = [["26", "274331"], ["8", "73339"], ["3", "60450"], ["15", "140542"]]
HEADINGS = ["Homicide", "Total recorded crime (excluding fraud)"]


def test_forces_make_their_region() -> None:
    """Counts add up exactly, and a digit that is another breaks the sum, with both figures."""
    assert not broken(imported(region(HEADINGS, *COUNTS)))
    slipped = [COUNTS[0], COUNTS[1], ["3", "60460"], COUNTS[3]]
    assert broken(imported(region(HEADINGS, *slipped))) == [
        "cell D3 (North East) is 274,331, but its 3 forces add up to 274,341"
    ]


def test_a_region_with_a_force_that_gave_nothing_has_no_sum() -> None:
    """Where a part is not known, the whole is not held against the others."""
    rows = [COUNTS[0], ["8", ".."], *COUNTS[2:]]
    assert not broken(imported(region(HEADINGS, *rows)))


def test_a_group_is_the_sum_of_its_offences() -> None:
    """Violence is its five kinds, and burglary its two."""
    headings = ["Burglary", "Residential burglary", "Non-residential burglary"]
    sound = region(headings, *[["3", "1", "2"]] * 4, title=titled("P1", "number of offences"))
    rows = [["12", "6", "6"], ["4", "2", "2"], ["5", "2", "2"], ["3", "2", "2"]]
    assert len(broken(imported(sound))) == 3  # the region is no sum of its forces here
    assert broken(imported(region(headings, *rows))) == [
        "cell C5 (Durham) is 5, but Residential burglary and Non-residential burglary add up to 4",
        "cell C6 (Northumbria) is 3, but Residential burglary and Non-residential burglary add up"
        " to 4",
    ]


def test_england_and_wales_is_its_countries_and_the_transport_police() -> None:
    """P1's line has British Transport Police, and the sum says so."""
    wales = [("W15000004", "Dyfed-Powys"), ("W15000002", "Gwent"), ("W15000001", "North Wales"),
             ("W15000003", "South Wales")]  # fmt: skip

    def made(nation: str) -> Imported:
        rows = [
            ["K04000001", "ENGLAND AND WALES [note 3]", nation],
            ["E92000001", "ENGLAND", "500"],
            ["W92000004", "WALES", "26"],
            *([*area, number] for area, number in zip(wales, ("4", "3", "5", "14"), strict=True)),
            ["", "British Transport Police", "9"],
        ]
        return imported(flat(titled("P1", "number of offences"), ["Homicide"], *rows))

    assert not broken(made("535"))
    assert broken(made("526")) == [
        "cell C3 (ENGLAND AND WALES) is 526, but ENGLAND, WALES and British Transport Police add"
        " up to 535"
    ]


def test_estimates_add_up_within_rounding() -> None:
    """Figures rounded to 100 may be 200 apart in a sum of three, and are near other years'."""

    def made(*figures: str) -> Imported:
        rows = [[number, number] for number in figures]
        return imported(region(["2015", "2016"], *rows, title=P9))

    assert not broken(made("2636600", "564500", "628100", "1443900"))
    told = broken(made("2636600", "564600", "628900", "1443900"))
    assert told[0] == (
        "cell C3 (North East) is 2,636,600, but its 3 forces add up to 2,637,400 within rounding"
    )


def test_estimates_are_near_those_of_the_years_beside_them() -> None:
    """Nobody moves by tens of thousands in a year, and one figure in ten digits is not rounded."""
    rows = [[*NORTH_EAST[1], "620000", "720000", "622000", "623000"]]
    told = broken(imported(flat(P9, ["2013", "2014", "2015", "2016"], *rows)))
    assert any(
        text.startswith("cell D3 (Durham) is 720,000, but the years beside") for text in told
    )
    odd = [[*NORTH_EAST[1], *["620000"] * 10, "620080"]]
    years = [str(year) for year in range(2004, 2015)]
    assert broken(imported(flat(P9, years, *odd))) == [
        "cell M3 (Durham) is 620,080, but nearly all other figures are rounded to 100"
    ]


def test_the_base_of_rates_is_the_estimate_of_its_year() -> None:
    """P3 and P9 of one workbook say the same of a year."""
    rates = flat(
        titled("P3", "rate of offences per 1,000 population"),
        ["Population figures (mid-2013)", "Homicide"],
        [*NORTH_EAST[1], "642700", "0.1"],
    )
    estimates = flat(P9, ["2012", "2013"], [*NORTH_EAST[1], "642100", "642800"])
    assert broken(imported(rates, estimates)) == [
        "cell C3 (Durham) is 642,700, but Table P9 has 642,800"
    ]


def test_years_that_are_not_in_order_are_told() -> None:
    """No publisher puts a year before the one before it: two headings changed places."""
    rows = [[*NORTH_EAST[1], "620000", "620100", "620200"]]
    result = imported(flat(P9, ["2013", "2015", "2014"], *rows))
    assert broken(result) == ["the years are not in order"]


RATES = [
    "Population figures (mid-2023) rounded to 100", "Homicide",
    "Total recorded crime (excluding fraud)",
]  # fmt: skip
SOUND_RATES = [
    ["2711400", "0.00958921287314947", "101.177629103999"],
    ["588400", "0.0135969094224883", "124.647967516983"],
    ["642700", "0.00466748814458011", "94.0498861132893"],
    ["1480300", "0.010133307031772", "94.9436824572864"],
]


def test_the_rates_of_a_row_imply_one_base() -> None:
    """A rate in full is over the same people as the others, whatever the base is rounded to."""
    title = titled("P3", "rate of offences per 1,000 population")

    def made(*rates: str) -> Imported:
        rows = [*SOUND_RATES[:2], ["642700", *rates], SOUND_RATES[3]]
        return imported(region(HEADINGS, *COUNTS), region(RATES, *rows, title=title))

    assert not broken(made(*SOUND_RATES[2][1:]))
    [problem] = broken(made("0.00466748814458011", "94.0508861132893"))
    assert problem.startswith(
        "cell E5 (Durham) is 94.05088611, but with its count it implies a base"
    )


def test_a_change_leads_from_one_count_to_the_next() -> None:
    """With the counts of both years it is their change; with one, it implies a whole number."""
    changes = flat(
        titled("P2", "percentage change", "December 2023 compared with year ending December 2024"),
        HEADINGS[1:],
        [*NORTH_EAST[1], "-9.47982520575052"],
    )
    later = flat(titled("P1", "number of offences"), HEADINGS[1:], [*NORTH_EAST[1], "60450"])
    before = flat(
        titled("P4", "number of offences", "December 2023"), HEADINGS[1:], [*NORTH_EAST[1], "66707"]
    )
    assert broken(imported(later, changes, before)) == [
        "cell C3 (Durham) is -9.479825206, but the change from 66,707 to 60,450 is -9.37983%"
    ]
    [alone] = broken(imported(later, changes))
    assert "60,450 now implies 66,780.69" in alone


def test_a_change_that_is_rounded_is_held_against_no_more_than_it_says() -> None:
    """`-9.4` may be the change from 66,707: only the digits that are printed count."""
    title = titled(
        "P2", "percentage change", "December 2023 compared with year ending December 2024"
    )
    later = flat(titled("P1", "number of offences"), HEADINGS[1:], [*NORTH_EAST[1], "60450"])
    changes = flat(title, HEADINGS[1:], [*NORTH_EAST[1], "-9.4"])
    assert not broken(imported(later, changes))


def test_incidents_imply_whole_people() -> None:
    """P7's rates are over whole numbers of people, and its years are in order."""
    headings = ["Number of Incidents", "Rate per 1,000 population"]
    years = ["", "", "Apr '12 to Mar '13", ""]

    def made(rate: str) -> Imported:
        rows = [[P7], years, ["Area Code", "Area Name", *headings]]
        return imported(sheet([*rows, [*NORTH_EAST[1], "30517", rate]], "P7"))

    assert not broken(made("49.3341179285393"))
    assert len(broken(made("49.3441179285393"))) == 1


@pytest.mark.parametrize(
    ("count", "rate", "said"),
    [
        ("29440", "47.5", []),  # 47.484 over 620,000, the middle of 2012
        ("29440", "47.3", ["1 rate not within 0.3%"]),  # 621,600 of 2013 would give it
        ("29440", "45.3", ["1 rate not within 0.3%"]),
    ],
)
def test_rates_of_incidents_that_are_not_over_the_estimates_are_a_remark(
    count: str, rate: str, said: list[str]
) -> None:
    """The estimate is of the year before the 12 months begin; it breaks no sum, whatever it is."""
    result = imported(incidents([*DURHAM, "", "", count, rate]), bases(P9))
    found = [remark for remark in remarks(result) if "earlier estimates" in remark]
    assert len(found) == len(said)
    for remark, words in zip(found, said, strict=True):
        assert words in remark
        assert "F6" in remark
    assert not broken(result)


def test_the_genuine_rates_of_incidents_differ_in_20_cells() -> None:
    """Of the edition of March 2018, which is sound."""
    result = read(opened(str(whole(MARCH_2018))), known())
    assert result is not None
    [remark] = [remark for remark in result.remarks if "earlier estimates" in remark]
    assert "Table P7: 20 rates not within 0.3%" in remark
    assert "up to 0.9% from it: R38, T37, T38 and 17 more" in remark
    assert not result.breaks


def test_a_column_that_the_counts_lack_is_told() -> None:
    """A total that has become another measure shows in the table beside it."""
    title = titled("P3", "rate of offences per 1,000 population")
    result = imported(
        flat(titled("P1", "number of offences"), ["Homicide"], [*NORTH_EAST[1], "3"]),
        flat(title, ["Victim-based crime"], [*NORTH_EAST[1], "70.1"]),
    )
    assert "x.xlsx, Table P3: Table P1 has no counts of 'Victim-based crime'." in result.remarks


@pytest.mark.parametrize("codes", [("E23000013", "E23000008"), ("E12000001", "E23000007")])
def test_codes_that_change_places_are_refused(codes: tuple[str, str]) -> None:
    """The name says whose the figures are, and the code must not say otherwise."""
    one, other = codes
    names = dict((*NORTH_EAST, REGION))
    rows = [[other, names[one], "1"], [one, names[other], "2"]]
    assert len(refused(flat(titled("P1", "number of offences"), ["Homicide"], *rows))) == 2
