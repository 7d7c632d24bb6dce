"""What several files give together: sources told apart, and rates calculated from counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from importing import DIGEST, known

from crimecmp.importers.combining import Combined, combined
from crimecmp.importers.imported import (
    TRANSPORT_POLICE,
    Base,
    Change,
    Imported,
    Metric,
    Outcome,
    Rate,
    Source,
)
from crimecmp.tables.schema import TABLES

COUNTS, ESTIMATES = "counts", "estimates"
CRIME, BURGLARY = "crime-excluding-fraud", "burglary-in-a-dwelling"
JUNE = "2014-06-30"
SHA = f"SHA-256 {DIGEST}"


def a_source(name: str) -> Source:
    """Return a source as importers describe one."""
    return Source(name, f"Title of {name}", "Somebody", note=SHA)


def a_count(
    count: str = "1250",
    *,
    force: str = "durham",
    metric: str = CRIME,
    end: str = JUNE,
    source: str = COUNTS,
    value: str = "",
    base: str = "",
    note: str = "",
) -> Rate:
    """Return a row of the rates table."""
    return Rate(force, metric, end, source, value, count, base, "Heading", note)


def an_estimate(
    value: str,
    *,
    year: str = "2013",
    force: str = "durham",
    base: str = "population",
    source: str = ESTIMATES,
) -> Base:
    """Return a row of the bases table."""
    return Base(force, base, year, source, value, "Table P9")


def counts_of(*rates: Rate) -> Imported:
    """Return what a file of counts gives."""
    sources = dict.fromkeys(rate.source for rate in rates)
    return Imported("counts", [a_source(name) for name in sources], [], rates=rates)


def estimates_of(*bases: Base) -> Imported:
    """Return what a file of estimates gives."""
    sources = dict.fromkeys(base.source for base in bases)
    return Imported("estimates", [a_source(name) for name in sources], [], bases=bases)


def together(*parts: Imported, transport_police: bool = False) -> Combined:
    """Return what the parts give together, no key of any table standing twice in it."""
    made = combined(parts, known(transport_police))
    for name, rows in made.tables.items():
        rules = TABLES[name]
        places = [rules.column_names.index(column) for column in rules.key]
        keys = [tuple(row[place] for place in places) for row in rows]
        assert len(keys) == len(set(keys)), name
        assert all(len(row) == len(rules.column_names) for row in rows), name
    return made


def numbers(rows: Iterable[Rate]) -> list[float | None]:
    """Return the rates of rows as numbers, None where there is none."""
    return [float(row.value) if row.value else None for row in rows]


def rates_in(made: Combined) -> list[Rate]:
    """Return the rows of the rates table."""
    return [Rate(*row) for row in made.tables["rates"]]


def the_rate(made: Combined) -> Rate:
    """Return the only row of the rates table."""
    [rate] = rates_in(made)
    return rate


def notes_in(made: Combined) -> dict[str, str]:
    """Return the note of each source."""
    return {row[0]: Source(*row).note for row in made.tables["sources"]}


# --- A count becomes a rate


def test_a_count_over_an_estimate_is_a_rate() -> None:
    """A rate is 1,000 times the count over the estimate, and the estimate is kept as its base."""
    rate = the_rate(together(counts_of(a_count("1250")), estimates_of(an_estimate("500000"))))
    assert (float(rate.value), rate.count, rate.base) == (2.5, "1250", "500000")


def test_a_rate_worked_out_is_not_taken_for_a_rounded_one() -> None:
    """A rate of 2.5 is written with all its digits: `2.5` would be anything from 2.45 to 2.55."""
    rate = the_rate(together(counts_of(a_count("1250")), estimates_of(an_estimate("500000"))))
    assert rate.value == "2.50000000000000"


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_rate_is_worked_out_and_not_rounded(count: int, people: int) -> None:
    """A rate is exact to 15 digits, and plain digits whatever its size."""
    parts = counts_of(a_count(str(count))), estimates_of(an_estimate(str(people)))
    value = the_rate(together(*parts)).value
    exact = Fraction(1000 * count, people)
    assert set(value) <= set("0123456789.")
    assert abs(Fraction(value) - exact) <= exact / 10**14


@pytest.mark.parametrize(
    ("end", "people"),
    [
        ("2014-06-30", 2013),
        ("2014-03-31", 2013),
        ("2013-12-31", 2012),
        ("2014-12-31", 2013),
        ("2015-03-31", 2014),
    ],
)
def test_a_rate_is_over_the_year_before(end: str, people: int) -> None:
    """The estimate is that of the calendar year before the one in which the 12 months end."""
    estimates = [an_estimate(f"{year}000", year=str(year)) for year in range(2010, 2017)]
    rate = the_rate(together(counts_of(a_count(end=end)), estimates_of(*estimates)))
    assert rate.base == f"{people}000"
    assert Fraction(rate.value) == pytest.approx(Fraction(1250, people))
    assert rate.locator == f"Heading; over population of mid-{people}"


def test_dwellings_are_over_households() -> None:
    """Burglary of homes is over households and all else over residents, and the locator says so."""
    made = together(
        counts_of(a_count(metric=BURGLARY), a_count()),
        estimates_of(
            an_estimate("500000"),
            an_estimate("250000", base="households", source="homes"),
        ),
    )
    burglary, crime = rates_in(made)
    assert (float(burglary.value), burglary.base) == (5, "250000")
    assert burglary.locator == "Heading; over households of mid-2013"
    assert (float(crime.value), crime.base) == (2.5, "500000")
    assert notes_in(made) == {
        COUNTS: "Counts as published. Rates calculated with the mid-year estimates of homes and"
        f" {ESTIMATES}. {SHA}",
        ESTIMATES: SHA,
        "homes": SHA,
    }


def test_only_a_source_with_rates_worked_out_says_so() -> None:
    """A source without calculated rates keeps the note it had."""
    made = together(
        counts_of(a_count(), a_count(source="older", end="2009-06-30")),
        estimates_of(an_estimate("500000")),
    )
    notes = notes_in(made)
    assert notes["older"] == SHA
    assert ESTIMATES in notes[COUNTS]
    assert notes[COUNTS].endswith(SHA)


def test_estimates_are_the_areas_own() -> None:
    """A force's estimate is not taken for another force, nor for England and Wales."""
    made = together(
        counts_of(a_count(force="england-and-wales"), a_count(force="cleveland"), a_count()),
        estimates_of(an_estimate("500000")),
    )
    assert numbers(rates_in(made)) == [None, None, 2.5]


def test_the_order_of_files_is_no_matter_for_a_rate() -> None:
    """Estimates given before the counts do as well."""
    made = together(estimates_of(an_estimate("500000")), counts_of(a_count()))
    assert float(the_rate(made).value) == 2.5


def test_without_an_estimate_there_is_no_rate() -> None:
    """A count without an estimate keeps an empty value and base, and a remark counts such."""
    given = [a_count(), a_count(force="cleveland"), a_count(end="2014-03-31")]
    made = together(counts_of(*given), estimates_of(an_estimate("1", year="2014")))
    assert rates_in(made) == given
    assert notes_in(made)[COUNTS] == SHA
    [remark] = made.remarks
    assert remark.startswith("Counts without a rate: 3")
    assert "P9" in remark


@pytest.mark.parametrize(("count", "value"), [("0", 0), ("1", 0.002)])
def test_no_crime_is_a_rate_of_zero(count: str, value: float) -> None:
    """A count of zero is a count: its rate is zero and not missing."""
    made = together(counts_of(a_count(count)), estimates_of(an_estimate("500000")))
    assert float(the_rate(made).value) == value


def test_a_negative_count_has_no_rate() -> None:
    """A count below zero is kept without a rate, and its note says why after what it said."""
    made = together(
        counts_of(a_count("-7", note="Odd."), a_count("-1", force="cleveland")),
        estimates_of(an_estimate("500000"), an_estimate("500000", force="cleveland")),
    )
    first, second = rates_in(made)
    assert (first.value, first.count, first.base) == ("", "-7", "")
    assert first.note == "Odd. More were cancelled than recorded, so there is no rate."
    assert second.note == "More were cancelled than recorded, so there is no rate."
    assert notes_in(made)[COUNTS] == SHA


def test_a_figure_without_a_count_stays_as_it_is() -> None:
    """Where there is no count nothing is calculated."""
    row = a_count("", note="Classed so from April 2017 on.")
    assert the_rate(together(counts_of(row), estimates_of(an_estimate("5")))) == row


# --- Published rates


def test_published_rates_stay_as_they_are() -> None:
    """A rate that was published is not calculated again, though count and estimate differ."""
    row = a_count(value="2.4", base="520800")
    made = together(counts_of(row), estimates_of(an_estimate("500000")))
    assert the_rate(made) == row
    assert notes_in(made)[COUNTS] == SHA
    assert made.remarks == []


def test_a_suppressed_rate_is_not_worked_out() -> None:
    """Where a publisher gives rates, one that is left out stays out, estimate or not."""
    hidden = a_count("900", force="city-of-london", note="The rate is missing: suppressed.")
    rows = hidden, a_count(value="2.4", base="520800")
    made = together(
        counts_of(*rows),
        estimates_of(an_estimate("500000"), an_estimate("8000", force="city-of-london")),
    )
    assert rates_in(made) == list(rows)


def test_another_sources_rates_are_no_reason() -> None:
    """Rates published in one source do not keep those of another from being calculated."""
    published = a_count(value="2.4", base="520800", source="with-rates")
    made = together(counts_of(published), counts_of(a_count()), estimates_of(an_estimate("500000")))
    assert numbers(rates_in(made)) == [2.4, 2.5]


# --- Estimates of several files


def test_the_first_estimate_counts() -> None:
    """Where files have different estimates the first one given is used, and a remark says so."""
    early = an_estimate("500000"), an_estimate("400000", year="2012"), an_estimate("1", year="2011")
    late = [
        row._replace(source="late", value=value)
        for row, value in zip(early, ("500001", "400001", "1"), strict=True)
    ]
    made = together(counts_of(a_count()), estimates_of(*early), estimates_of(*late))
    assert the_rate(made).base == "500000"
    assert ESTIMATES in notes_in(made)[COUNTS]
    assert " of late" not in notes_in(made)[COUNTS]
    [remark] = [remark for remark in made.remarks if "of late" in remark]
    assert remark.startswith(f"Estimates of late that differ from those of {ESTIMATES}: 2.")
    assert len(made.tables["bases"]) == 6


def test_one_estimate_twice_is_no_difference() -> None:
    """Files that agree are not remarked upon."""
    parts = [estimates_of(an_estimate("5", source=name)) for name in ("one", "two")]
    assert together(*parts).remarks == []


def test_a_missing_estimate_is_none() -> None:
    """An estimate that a file leaves empty is taken from the next one that has it."""
    made = together(
        counts_of(a_count()),
        estimates_of(an_estimate("")),
        estimates_of(an_estimate("500000", source="late")),
    )
    assert (float(the_rate(made).value), the_rate(made).base) == (2.5, "500000")
    assert "late" in notes_in(made)[COUNTS]
    assert not any("differ from those of" in remark for remark in made.remarks)


# --- British Transport Police


def test_transport_police_have_no_rate() -> None:
    """British Transport Police have no residents: no rate, and the note says why."""
    rows = a_count(force=TRANSPORT_POLICE, note="So."), a_count()
    made = together(counts_of(*rows), estimates_of(an_estimate("500000")), transport_police=True)
    police, durham = rates_in(made)
    assert (police.value, police.count, police.base) == ("", "1250", "")
    assert police.note == ("So. The force has no resident population to calculate a rate with.")
    assert float(durham.value) == 2.5
    assert not any("without a rate" in remark for remark in made.remarks)


def test_transport_police_are_named_where_they_are_asked_for() -> None:
    """The table of forces has British Transport Police, not a territorial force, only then."""
    row = a_count(force=TRANSPORT_POLICE)
    [force] = together(counts_of(row), transport_police=True).tables["forces"]
    cells = dict(zip(TABLES["forces"].column_names, force, strict=True))
    assert (cells["force"], cells["territorial"]) == (TRANSPORT_POLICE, "false")
    assert cells["name"] == "British Transport Police"
    assert cells["resident_base"] == "false"
    assert "forces" not in together(counts_of(a_count())).tables


# --- Sources and metrics


def whole(source: str = COUNTS) -> Imported:
    """Return what a file with a row of every table gives."""
    return Imported(
        "all",
        [a_source(source)],
        [],
        rates=[a_count(source=source)],
        changes=[Change("durham", CRIME, JUNE, "2013-06-30", source, "3")],
        outcomes=[Outcome("durham", "detection-rate", JUNE, source, "30")],
        bases=[an_estimate("500000", source=source)],
    )


def test_two_editions_of_one_source_are_two_sources() -> None:
    """A source id that several files have is numbered, and all rows follow theirs."""
    made = together(whole(), whole(), whole())
    names = [COUNTS, f"{COUNTS}-2", f"{COUNTS}-3"]
    assert [row[0] for row in made.tables["sources"]] == names
    for table in ("rates", "changes", "outcomes", "bases"):
        place = TABLES[table].column_names.index("source")
        assert [row[place] for row in made.tables[table]] == names, table


def test_a_numbered_source_does_not_meet_another() -> None:
    """A numbered id is passed over where a file has it for its own."""
    parts = [whole(), whole(f"{COUNTS}-2"), whole()]
    made = together(*parts)
    assert [row[0] for row in made.tables["sources"]] == [COUNTS, f"{COUNTS}-2", f"{COUNTS}-3"]


def a_metric(label: str) -> Imported:
    """Return what a file with a category of its own gives."""
    metric = Metric("modern-slavery", label, "per 1,000 population", "population")
    name = f"{COUNTS}-of-{len(label)}"
    return counts_of(a_count(metric=metric.metric, source=name))._replace(metrics=[metric])


def test_a_metric_of_two_files_is_one() -> None:
    """A category that two files add is added once."""
    made = together(a_metric("Modern slavery"), a_metric("Modern slavery"))
    assert [row[0] for row in made.tables["metrics"]] == ["modern-slavery"]


def test_a_metric_that_two_files_spell_otherwise_is_one() -> None:
    """A category that two editions head with other capitals is still one row of the metrics."""
    made = together(a_metric("Modern slavery"), a_metric("Modern Slavery,"))
    assert [row[0] for row in made.tables["metrics"]] == ["modern-slavery"]


def test_a_new_metric_has_its_rates_too() -> None:
    """A count of a category that a file adds is over what the file's metric says."""
    made = together(a_metric("Modern slavery"), estimates_of(an_estimate("500000")))
    assert float(the_rate(made).value) == 2.5


def every_table(parts: Iterable[Imported]) -> dict[str, Sequence[Sequence[str]]]:
    """Return the tables that parts give together."""
    return together(*parts).tables


def test_a_table_without_rows_is_not_made() -> None:
    """Only what there are rows for becomes a table."""
    assert set(every_table([estimates_of(an_estimate("5"))])) == {"sources", "bases"}
    assert set(every_table([whole()])) == {"sources", "rates", "changes", "outcomes", "bases"}


# --- Estimates of the 2020s


def test_a_rate_is_over_the_estimate_that_the_publisher_uses_for_the_year() -> None:
    """Households of mid-2021 serve counts of 2024, where ONS's own rates are over them."""
    count = a_count("2162", metric="residential-burglary", end="2024-06-30")
    estimates = estimates_of(an_estimate("283700", year="2021", base="households"))
    assert the_rate(together(counts_of(count), estimates)).value == ""
    used = estimates._replace(base_years={("households", "2024"): "2021"})
    rate = the_rate(together(counts_of(count), used))
    assert (rate.base, rate.locator) == ("283700", "Heading; over households of mid-2021")
    assert float(rate.value) == pytest.approx(1000 * 2162 / 283700)


def test_an_estimate_of_the_year_before_comes_first() -> None:
    """The rule of every other year holds where its estimate is in the files."""
    count = a_count(end="2024-06-30")
    both = estimates_of(an_estimate("600", year="2021"), an_estimate("700", year="2023"))
    used = both._replace(base_years={("population", "2024"): "2021"})
    assert the_rate(together(counts_of(count), used)).base == "700"


@pytest.mark.parametrize(
    ("known_to_be", "base"), [(["durham", "england-and-wales"], "900"), (["england-and-wales"], "")]
)
def test_the_rate_of_a_sum_is_over_the_people_of_its_forces(
    known_to_be: list[str], base: str
) -> None:
    """A sum without a force is over all people but its own, or has no rate."""
    people = {"durham": "100", "england-and-wales": "1000"}
    count = counts_of(a_count(force="england-and-wales"))._replace(gaps={JUNE: ["durham"]})
    estimates = estimates_of(*(an_estimate(people[area], force=area) for area in known_to_be))
    assert the_rate(together(count, estimates)).base == base
