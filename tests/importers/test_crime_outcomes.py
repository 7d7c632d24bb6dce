"""Crime outcomes open data: outcomes as shares of the crimes recorded in a financial year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from importing import (
    DIGEST,
    FORCES,
    assert_accounted,
    faults_of,
    file_of,
    imported_from,
    known,
    left_out,
    sheet_of,
    whole_file,
)
from published_forms import OUTCOMES

from crimecmp.importers.crime_outcomes import FORMAT, read, share
from crimecmp.importers.files import File, opened
from crimecmp.importers.imported import TRANSPORT_POLICE, Imported, Outcome
from crimecmp.tables.cells import wrong
from crimecmp.tables.schema import TABLES

HEADING = (
    "Financial Year", "Financial Quarter", "Force Name", "Offence Description", "Offence Group",
    "Offence Subgroup", "Offence Code", "Offence Code Expired", "Outcome Description",
    "Outcome Group", "Outcome Type", "Force outcomes for offences recorded in quarter",
    "Force outcomes recorded in quarter",
)  # fmt: skip
SNAKE = (
    "financial_year", "financial_quarter", "force_name", "offence_description", "offence_group",
    "offence_subgroup", "offence_code", "offence_code_expired", "outcome_description",
    "outcome_group", "outcome_type", "offences", "force_outcomes_recorded_in_quarter",
)  # fmt: skip
NOT_ASSIGNED = "Not yet assigned an outcome"
VICTIM = "Evidential difficulties (victim does not support action)"
TYPES = {
    "0": NOT_ASSIGNED,
    "1": "Charged/Summonsed",
    "14": VICTIM,
    "16": VICTIM,
    "18": "Investigation complete – no suspect identified",
}
QUARTERS = ("1", "2", "3", "4")
END = "2018-03-31"
CLOSED = "1000"
"""A closed-basis count: in a figure it would be seen."""

Row = Sequence[str]


def row(
    kind: str,
    number: object,
    *,
    quarter: str = "1",
    force: str = "Durham",
    code: str = "46",
    offence_group: str = "Theft offences",
    group: str = "",
) -> Row:
    """Return one row of the table."""
    return (
        "2017/18", quarter, force, "Shoplifting", offence_group, "Shoplifting", code, "NA",
        f"Type {kind}", group or TYPES[kind], kind, str(number), "NA" if kind == "0" else CLOSED,
    )  # fmt: skip


def rows_of(
    forces: Iterable[str] = ("Durham",),
    quarters: Iterable[str] = QUARTERS,
    kinds: Iterable[str] = tuple(TYPES),
) -> list[Row]:
    """Return a row for each quarter, force and outcome type: 10 of the first, 11 of the second."""
    places = list(TYPES)
    return [
        row(kind, 10 + places.index(kind), quarter=quarter, force=force)
        for quarter in quarters
        for force in forces
        for kind in kinds
    ]


BASE = 4 * (10 + 11 + 12 + 13 + 14)


def table(*rows: Row, heading: Row = HEADING) -> File:
    """Return a file with these rows under a heading."""
    return file_of(sheet_of([heading, *rows]))


def imported(*rows: Row) -> Imported:
    """Return what a file with these rows gives, all of them accounted for."""
    return imported_from(read, table(*rows))


def faults(*rows: Row) -> list[tuple[int, str, str]]:
    """Return the faults of a file with these rows: line, column and problem."""
    return faults_of(read, table(*rows))


def shares(made: Imported, force: str = "durham") -> dict[str, Outcome]:
    """Return the shares of one area by metric."""
    return {outcome.metric: outcome for outcome in made.outcomes if outcome.force == force}


def test_outcomes_are_shares_of_all_crimes_recorded() -> None:
    """The base is the crimes over all outcome types, those without an outcome among them."""
    found = shares(imported(*rows_of()))
    charged = found["outcome-charged-or-summonsed"]
    assert (charged.count, charged.base) == (str(4 * 11), str(BASE))
    assert charged.percent == share(44, BASE) == "18.3333333333333"
    assert charged.locator == "Charged/Summonsed"
    assert {outcome.base for outcome in found.values()} == {str(BASE)}
    assert sum(int(outcome.count) for outcome in found.values()) == BASE


def test_types_of_one_group_are_one_outcome() -> None:
    """Victims who do not support action are one outcome, whether a suspect is known or not."""
    found = shares(imported(*rows_of()))
    assert found["outcome-victim-does-not-support"].count == str(4 * (12 + 13))


def test_type_zero_is_no_disposal() -> None:
    """Crimes that have no outcome yet are shown as such, whatever the group is called."""
    rows = [row(kind, 5, quarter=q, group="Open") for q in QUARTERS for kind in "0"]
    found = shares(imported(*rows_of(kinds=["1"]), *rows))
    assert found["outcome-not-yet-assigned"].count == "20"
    assert set(found) == {"outcome-not-yet-assigned", "outcome-charged-or-summonsed"}


def test_the_two_bases_are_never_mixed() -> None:
    """Outcomes given in a quarter to whatever crimes are in no figure, and the source says so."""
    rows = rows_of()
    emptied = [(*cells[:-1], "NA") for cells in rows]
    assert imported(*rows).outcomes == imported(*emptied).outcomes
    assert "earlier years" in imported(*rows).sources[0].note


@pytest.mark.parametrize("heading", [HEADING, SNAKE, tuple(cell.upper() for cell in HEADING)])
def test_both_styles_of_headings_are_known(heading: Row) -> None:
    """Published headings and snake case give the same."""
    made = read(table(*rows_of(), heading=heading), known())
    assert made is not None
    assert made.outcomes == imported(*rows_of()).outcomes
    assert made.format == FORMAT


@pytest.mark.parametrize("lacking", [0, 1, 2, 3, 4, 6, 8, 9, 10, 11])
def test_a_table_without_its_columns_is_another(lacking: int) -> None:
    """A sheet that lacks a column that is needed is not of this format."""
    heading = [cell if place != lacking else "Else" for place, cell in enumerate(HEADING)]
    assert read(table(*rows_of(), heading=heading), known()) is None


@pytest.mark.parametrize("place", [5, 7, 12])
def test_columns_that_are_not_needed_may_be_missing(place: int) -> None:
    """Subgroup, mark of expired codes and the closed basis are not needed."""
    rows = [[*cells[:place], *cells[place + 1 :]] for cells in [HEADING, *rows_of()]]
    made = read(file_of(sheet_of(rows)), known())
    assert made is not None
    assert made.outcomes == imported(*rows_of()).outcomes


def test_rows_of_nothing_are_left_out() -> None:
    """The last row of NA only, and a blank one, are no data."""
    made = imported(*rows_of(), ("NA",) * len(HEADING), ("",) * len(HEADING))
    assert left_out(made) == {"nothing but NA": 1, "blank": 1}


def test_negative_counts_are_summed() -> None:
    """A count below zero is kept and reported; the shares still add up."""
    made = imported(*rows_of(), row("0", -3, code="26"), *rows_of_code("26", "234"))
    found = shares(made)
    assert found["outcome-not-yet-assigned"].count == str(4 * 10 - 3 + 3)
    assert any("Not yet assigned an outcome (Durham)" in remark for remark in made.remarks)


def rows_of_code(code: str, quarters: Iterable[str]) -> list[Row]:
    """Return a row of one crime without an outcome for each quarter."""
    return [row("0", 1, quarter=quarter, code=code) for quarter in quarters]


def test_a_share_below_zero_is_missing() -> None:
    """Where more was taken back than counted there is no percentage, and the note says so."""
    rows = [row("1", -1, quarter=q) for q in QUARTERS] + rows_of(kinds=["0", "18"])
    found = shares(imported(*rows))
    charged = found["outcome-charged-or-summonsed"]
    assert (charged.percent, charged.count) == ("", "-4")
    assert charged.note == "-4 of 92 crimes gives no percentage: more were cancelled than counted."
    # The others are of a base that those are taken back from, and may be more than all of it.
    assert found["outcome-no-suspect-identified"].percent == share(56, 92)


def test_no_crimes_have_no_shares() -> None:
    """A force without a crime in the year has no percentages, and no base."""
    found = shares(imported(*(row(kind, 0, quarter=q) for kind in TYPES for q in QUARTERS)))
    assert {(outcome.percent, outcome.base) for outcome in found.values()} == {("", "")}


def test_fraud_is_left_out() -> None:
    """Outcomes of fraud are no part of the shares: crime here is crime other than fraud."""
    fraud = [row("1", 99, quarter=q, offence_group="Fraud offences") for q in QUARTERS]
    made = imported(*rows_of(), *fraud)
    assert left_out(made) == {"Fraud offences, not part of crime excluding fraud": 4}
    assert made.outcomes == imported(*rows_of()).outcomes


def test_an_unknown_outcome_group_is_a_new_metric() -> None:
    """The list of outcomes is open: a new group is a share of crimes under its own name."""
    rows = [row("22", 6, quarter=q, group="Diverted") for q in QUARTERS]
    made = imported(*rows_of(), *rows)
    [metric] = made.metrics
    assert (metric.metric, metric.label) == ("outcome-diverted", "Diverted")
    assert (metric.unit, metric.base) == ("%", "crimes")
    assert shares(made)["outcome-diverted"].count == "24"


def test_a_year_without_a_quarter_is_left_out() -> None:
    """Three quarters are no year: the force is left out and named."""
    made = imported(*rows_of(["Kent"]), *rows_of(["Durham"], quarters="123"))
    assert {outcome.force for outcome in made.outcomes} == {"kent"}
    assert any(remark.startswith("2017/18 is left out for Durham") for remark in made.remarks)


def test_without_crimes_that_have_no_outcome_there_is_no_base() -> None:
    """A table of disposals alone does not say how many crimes were recorded."""
    made = imported(*rows_of(["Kent"]), *rows_of(["Durham"], kinds=["1", "14", "16", "18"]))
    assert {outcome.force for outcome in made.outcomes} == {"kent"}
    assert list(left_out(made)) == [
        "there are no crimes without an outcome, so the crimes recorded cannot be counted"
    ]


def test_a_doubled_file_is_refused() -> None:
    """A quarter, force, offence and outcome may be there only once."""
    rows = rows_of()
    assert len(faults(*rows, *rows)) == len(rows)


def test_all_faults_are_told_together() -> None:
    """Faults of every kind are one error, in the order of rows."""
    good = row("1", 5)
    found = faults(
        good[:-1],
        row("1", "NA"),
        row("1", 5, force="Durhan"),
        row("1", 5, quarter="0"),
        (*good[:9], "NA", *good[10:]),
        good,
        good,
    )
    assert [(line, column) for line, column, _ in found] == [
        (2, ""), (3, HEADING[11]), (4, "Force Name"), (5, "Financial Quarter"),
        (6, "Outcome Group"), (8, ""),
    ]  # fmt: skip


def test_england_and_wales_has_all_43() -> None:
    """All 43 forces make England and Wales; British Transport Police is no part of it."""
    file = table(*rows_of([*FORCES, "British Transport Police"]))
    plain, wanted = read(file, known()), read(file, known(transport_police=True))
    assert plain is not None
    assert wanted is not None
    total = shares(plain, "england-and-wales")["outcome-charged-or-summonsed"]
    assert (total.count, total.base) == (str(43 * 44), str(43 * BASE))
    assert total.note == "Sum of the 43 territorial forces, without British Transport Police."
    own = [outcome for outcome in wanted.outcomes if outcome.force == TRANSPORT_POLICE]
    assert own
    assert wanted.outcomes[: -len(own)] == plain.outcomes


def test_fewer_forces_have_no_national_figure() -> None:
    """Without all 43 forces there is no figure of England and Wales, and a remark says why."""
    made = imported(*rows_of(FORCES[:7]))
    assert len({outcome.force for outcome in made.outcomes}) == 7
    assert "7 of the 43 forces are in this file" in made.remarks[0]


def test_the_source_says_what_it_is() -> None:
    """The source is the series with its year, and its note ends in the file's digest."""
    [source] = imported(*rows_of()).sources
    assert source.source == "home-office-crime-outcomes-2017-18"
    assert source.title == "Crime outcomes open data, financial year 2017/18"
    assert source.note.endswith(f"SHA-256 {DIGEST}")


@given(base=st.integers(1, 10**9), part=st.fractions(0, 1))
def test_a_share_is_exact_to_15_digits(base: int, part: Fraction) -> None:
    """A percentage is the exact one to 15 significant digits, and a number as tables hold it."""
    number = int(part * base)
    text = share(number, base)
    assert wrong(TABLES["outcomes"].column("percent"), text) is None
    exact = Fraction(100 * number, base)
    assert abs(Fraction(Decimal(text)) - exact) <= exact / 10**14


@given(
    numbers=st.lists(st.integers(0, 10**6), min_size=4 * len(TYPES), max_size=4 * len(TYPES)),
    bodies=st.lists(st.sampled_from(["CIFAS", "British Transport Police", "Kent"]), unique=True),
)
def test_every_row_is_accounted_for_and_shares_add_up(
    numbers: list[int], bodies: list[str]
) -> None:
    """Rows read are those written and left out, and the counts of a force add up to its base."""
    rows = [(*c[:11], str(n), c[12]) for c, n in zip(rows_of(), numbers, strict=True)]
    found = shares(imported(*rows, *rows_of(bodies, quarters="234")))
    assert sum(int(outcome.count) for outcome in found.values()) == sum(numbers)
    assert {outcome.base or "0" for outcome in found.values()} == {str(sum(numbers))}
    if sum(numbers):
        assert float(sum(Fraction(row.percent) for row in found.values())) == pytest.approx(100)


# --- A file in the form of the published one

BURGLARIES, ROBBERIES = 2_655, 208
"""What Durham recorded of the two offences in 2017/18, by recorded crime open data."""


def assert_whole(outcomes: dict[str, Outcome], base: int) -> None:
    """Hold that the outcomes of an area are of one number of crimes, and add up to all of them."""
    assert {outcome.base for outcome in outcomes.values()} == {str(base)}
    assert sum(int(outcome.count) for outcome in outcomes.values()) == base
    assert sum(float(outcome.percent or 0) for outcome in outcomes.values()) == pytest.approx(100)


@pytest.fixture(scope="module")
def small(small_file: Callable[[str], Path]) -> Imported:
    """Return what a small file in the published form gives."""
    file = opened(str(small_file(OUTCOMES)))
    made = read(file, known())
    assert made is not None
    assert_accounted(made, file)
    return made


def test_durham_in_the_published_form(small: Imported) -> None:
    """The base is all crimes recorded, as another publication has it; shares add up to 100%."""
    found = shares(small)
    assert len(found) == 11
    assert_whole(found, BURGLARIES + ROBBERIES)
    # Burglary and robbery, quarters 1 to 4, of crimes recorded: not of outcomes recorded.
    assert found["outcome-charged-or-summonsed"].count == str(
        (57 + 63 + 71 + 50) + (9 + 19 + 10 + 14)
    )


def test_types_of_one_group_are_added_up_in_the_published_form(small: Imported) -> None:
    """Outcome types under one heading are one outcome; a count below zero is taken off."""
    found = shares(small)
    assert found["outcome-victim-does-not-support"].count == str(
        (23 + 34 + 20 + 21) + (26 + 15 + 24 + 16) + (9 + 10 + 9 + 13) + (3 + 7 + 5 + 1)
    )
    assert found["outcome-not-yet-assigned"].count == str((-1 + 1 + 2 + 1) + (0 - 1 + 0 + 0))


def test_the_published_form_is_accounted_for(small: Imported) -> None:
    """The heading, the row of NA and British Transport Police are left out, the rest is written."""
    [account] = small.accounts
    assert account.left_out == {
        "heading": 1,
        "nothing but NA": 1,
        "British Transport Police, included only on request": 8,
    }
    assert account.written == 4 * (17 + 11 + 6)
    assert not small.metrics


def test_the_forces_of_the_published_form(small: Imported) -> None:
    """Where some forces are missing there is no figure of England and Wales, and that is told."""
    assert {outcome.force for outcome in small.outcomes} == {"city-of-london", "durham"}
    assert small.remarks[0].startswith("2 of the 43 forces are in this file")
    assert_whole(shares(small, "city-of-london"), 67)


# --- The whole published file


def test_the_whole_published_file() -> None:
    """Seven forces are written, and Durham's outcomes are of the 61,150 crimes it recorded."""
    file = whole_file(OUTCOMES)
    made = read(file, known())
    assert made is not None
    [account] = made.accounts
    assert (account.read, account.written) == (81_986, 71_736)
    assert account.left_out == {
        "heading": 1,
        "nothing but NA": 1,
        "British Transport Police, included only on request": 10_248,
    }
    assert not made.metrics
    found = shares(made)
    assert len(found) == 11
    assert_whole(found, 61_150)
    assert found["outcome-charged-or-summonsed"].count == "6043"
    assert len({outcome.force for outcome in made.outcomes}) == 7
    assert made.remarks[0].startswith("7 of the 43 forces are in this file")
