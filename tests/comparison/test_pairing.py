"""What is paired with what, what is calculated from a pair, and what is kept without a partner."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from bundled import CITY, METRICS, NATIONAL
from hypothesis import given, settings
from hypothesis import strategies as st
from rows import columns_of, compared, write_tables

import crimecmp
from crimecmp.comparison.kinds import KINDS
from crimecmp.comparison.pairing import comparisons
from crimecmp.comparison.request import requested
from crimecmp.comparison.row import Comparison

Load = Callable[..., crimecmp.Dataset]

HMIC, COUNTS = "hmic-2014-durham", "published-counts"


@pytest.mark.parametrize("table", KINDS)
def test_asking_changes_nothing(bundled: crimecmp.Dataset, table: str) -> None:
    """A comparison leaves the tables that it was drawn from as they were."""
    first = compared(bundled, table)
    for other in KINDS:
        compared(bundled, other, period="2013-06")
    assert compared(bundled, table) == first


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        ("rates", "rate"),
        ("changes", "change"),
        ("outcomes", "outcome"),
        ("satisfaction", "satisfaction"),
    ],
)
def test_rows_say_of_which_kind_they_are(bundled: crimecmp.Dataset, table: str, kind: str) -> None:
    """Rows of a table have its kind, and their unit: the metric's own of rates, else per cent."""
    rows = compared(bundled, table)
    units = {row["metric"]: row["unit"] for row in bundled.rows("metrics")}
    assert rows
    for row in rows:
        assert (row.kind, row.unit) == (kind, units[row.metric] if kind == "rate" else "%")


# --- What is paired


def test_two_sources_are_never_paired(load: Load) -> None:
    """A benchmark's figure from another source is no partner: the row has a gap."""
    data = load(
        sources=["one,One", "two,Two"],
        rates=[
            "durham,crime,2014-06-30,one,5.0",
            "england-and-wales,crime,2014-06-30,two,6.0",
        ],
    )
    [row] = compared(data, "rates")
    assert (row.force_value, row.benchmark_value, row.difference) == (5.0, None, None)
    assert row.source == "one"


def test_two_periods_are_never_paired(load: Load) -> None:
    """A benchmark's figure of another period is no partner."""
    data = load(rates=["durham,crime,2014-06-30,,5.0", "england-and-wales,crime,2014-03-31,,6.0"])
    assert columns_of(compared(data, "rates"), "period_end", "force_value", "benchmark_value") == [
        ("2014-06-30", 5.0, None)
    ]


def test_two_base_periods_are_never_paired(load: Load) -> None:
    """A change is paired only with a change from the same base period."""
    data = load(
        changes=[
            "durham,crime,2014-06-30,2010-06-30,,5",
            "england-and-wales,crime,2014-06-30,2013-06-30,,6",
        ],
    )
    columns = ("base_period_end", "force_value", "benchmark_value")
    rows = columns_of(compared(data, "changes"), *columns)
    assert ("2010-06-30", 5.0, None) in rows
    assert not [row for row in rows if None not in row]


def test_the_benchmarks_change_without_a_partner_is_kept(load: Load) -> None:
    """A change that only the benchmark has is a row with a gap, also beside one that both have."""
    data = load(
        changes=[
            "durham,crime,2014-06-30,2010-06-30,,5",
            "england-and-wales,crime,2014-06-30,2010-06-30,,6",
            "england-and-wales,crime,2014-06-30,2013-06-30,,7",
        ],
    )
    columns = ("base_period_end", "force_value", "benchmark_value")
    assert columns_of(compared(data, "changes"), *columns) == [
        ("2010-06-30", 5.0, 6.0),
        ("2013-06-30", None, 7.0),
    ]


def test_another_benchmark(load: Load) -> None:
    """Any area that has figures can be the benchmark."""
    data = load(
        rates=[
            "durham,crime,2014-06-30,,5.0",
            "kent,crime,2014-06-30,,6.5",
            "england-and-wales,crime,2014-06-30,,8.0",
        ],
    )
    columns = ("force", "benchmark", "force_value", "benchmark_value", "difference")
    rows = compared(data, "rates", benchmark="Kent Police")
    assert columns_of(rows, *columns) == [("durham", "kent", 5.0, 6.5, -1.5)]


def test_each_force_is_paired_with_the_benchmark_of_its_own_period(load: Load) -> None:
    """Forces whose latest periods differ each stand beside the benchmark's figure of theirs."""
    data = load(
        rates=[
            "durham,crime,2014-06-30,,5.0",
            "kent,crime,2013-06-30,,4.0",
            "england-and-wales,crime,2013-06-30,,9.0",
            "england-and-wales,crime,2014-06-30,,8.0",
        ],
    )
    rows = comparisons(data, "rates", requested(data, ["durham", "kent"]))
    assert columns_of(rows, "force", "period_end", "force_value", "benchmark_value") == [
        ("durham", "2014-06-30", 5.0, 8.0),
        ("kent", "2013-06-30", 4.0, 9.0),
    ]


@pytest.mark.parametrize("table", KINDS)
def test_an_area_is_not_compared_with_itself(bundled: crimecmp.Dataset, table: str) -> None:
    """The benchmark compared with itself is an error of the request, not a table of zeros."""
    with pytest.raises(crimecmp.RequestError, match="itself"):
        compared(bundled, table, "england-and-wales")


def test_what_is_calculated_is_not_assumed_to_be_rounded(bundled: crimecmp.Dataset) -> None:
    """A rate from a count and a base is exact: no rounding of it makes its differences a range."""
    rows = comparisons(bundled, "rates", requested(bundled, bundled.territorial(), source=COUNTS))
    assert len(rows) == 43 * 6
    for row in rows:
        low, high = row.tested.difference_low, row.tested.difference_high
        assert low is not None
        assert high is not None
        assert high - low < 1e-6


# --- What is missing is kept


def test_a_missing_partner_is_kept_with_a_reason(bundled: crimecmp.Dataset) -> None:
    """Where the benchmark has no figure the force's row is kept, and says why it has a gap."""
    [row] = compared(bundled, "changes", metric="asb")
    assert row.force_value == -4
    assert (row.benchmark_value, row.difference, row.percent_difference) == (None,) * 3
    assert "England and Wales" in str(row.benchmark_note)


def test_a_metric_that_only_the_benchmark_has_is_kept_with_a_reason(load: Load) -> None:
    """Where a force with other figures lacks one of the benchmark's, the row has a gap."""
    data = load(
        rates=[
            "durham,crime,2014-06-30,,5.0",
            "england-and-wales,crime,2014-06-30,,6.0",
            "england-and-wales,asb,2014-06-30,,8.0",
        ],
    )
    rows = compared(data, "rates")
    assert columns_of(rows, "metric", "force", "force_value", "benchmark_value") == [
        ("crime-excluding-fraud", "durham", 5.0, 6.0),
        ("anti-social-behaviour", "durham", None, 8.0),
    ]
    assert "Durham" in str(rows[1].note)
    assert (rows[0].force_decimals, rows[1].force_decimals) == (1, None)


def test_a_figure_left_empty_is_kept_with_its_own_reason(load: Load) -> None:
    """An empty figure is a gap whose reason is the table's note; a full one keeps its note too."""
    data = load(
        rates=[
            "durham,crime,2014-06-30,,,,,Lost in a fire.",
            "england-and-wales,crime,2014-06-30,,6.0,,,Provisional.",
            "durham,asb,2014-06-30,,",
            "england-and-wales,asb,2014-06-30,,2.0",
        ],
    )
    crime, asb = compared(data, "rates")
    assert (crime.force_value, crime.benchmark_value) == (None, 6.0)
    assert crime.difference is None
    assert (crime.note, crime.benchmark_note) == ("Lost in a fire.", "Provisional.")
    assert asb.force_value is None
    assert "Durham" in str(asb.note)
    assert asb.benchmark_note is None


CAUTION = (
    "Hardly anyone lives in City of London, so a rate per resident says little about its crime."
)


def test_a_rate_of_city_of_london_has_its_caution_in_the_row(bundled: crimecmp.Dataset) -> None:
    """Machine output warns of its rates too: in the note of whichever side it is, and no other."""
    rows = compared(bundled, "rates", CITY, period="2014-06")
    assert len(rows) == len(METRICS) - 1
    for row in rows:
        assert (row.note, row.benchmark_note) == (CAUTION, None)
    for row in compared(bundled, "rates", "kent", benchmark=CITY, period="2014-06"):
        assert (row.note, row.benchmark_note) == (None, CAUTION)


def test_a_caution_stands_behind_the_tables_own_note(load: Load) -> None:
    """What the table says of the figure is kept, and comes first."""
    given = f"{CITY},burglary,2014-06-30,,5.0,,,Provisional."
    [row] = compared(load(rates=[given, f"{NATIONAL},burglary,2014-06-30,,6.0"]), "rates", CITY)
    assert row.note == f"Provisional. {CAUTION}"


def test_what_is_no_rate_per_resident_has_no_caution(bundled: crimecmp.Dataset) -> None:
    """Changes are of counts alone: who lives there is no matter."""
    rows = compared(bundled, "changes", CITY)
    assert any(row.force_value is not None for row in rows)
    assert all("lives" not in str(row.note) for row in rows)


def test_a_count_alone_is_said_to_have_no_base(load: Load) -> None:
    """A figure is missing for another reason where its count is there: the note says which."""
    data = load(
        rates=["durham,crime,2014-06-30,,,500", "england-and-wales,crime,2014-06-30,,6.0"],
    )
    [row] = compared(data, "rates")
    assert (row.force_value, row.force_count) == (None, 500)
    assert "base" in str(row.note)
    assert "gives no figure" not in str(row.note)


def test_a_force_without_figures_has_no_rows(load: Load) -> None:
    """Of a force that the data do not know there are no comparisons, on any kind of figure."""
    data = load(rates=["durham,crime,2014-06-30,,5.0", "england-and-wales,crime,2014-06-30,,6.0"])
    assert [compared(data, table, "kent") for table in KINDS] == [[]] * len(KINDS)


@pytest.mark.parametrize("table", ["outcomes", "satisfaction"])
def test_counts_of_a_force_are_no_other_figures(bundled: crimecmp.Dataset, table: str) -> None:
    """Of a force that was not inspected there are rates, but no detections and no survey."""
    assert compared(bundled, "rates", "kent")
    assert compared(bundled, table, "kent") == []


# --- What is calculated


def printed(decimals: int) -> st.SearchStrategy[str]:
    """Return numbers as text with so many decimals, of 15 significant digits at the most."""
    return st.integers(0, 10**9).map(lambda whole: f"{Decimal(whole).scaleb(-decimals):f}")


PRINTED = st.integers(0, 6).flatmap(printed)


@settings(max_examples=60, deadline=None)
@given(pairs=st.lists(st.tuples(PRINTED, PRINTED), min_size=1, max_size=len(METRICS)))
def test_differences_are_those_of_the_printed_decimals(pairs: list[tuple[str, str]]) -> None:
    """A difference is exactly that of the printed figures; per cent is of the benchmark's."""
    rows = []
    for metric, (force, benchmark) in zip(METRICS, pairs, strict=False):
        rows.append(f"durham,{metric},2014-06-30,,{force}")
        rows.append(f"england-and-wales,{metric},2014-06-30,,{benchmark}")
    with tempfile.TemporaryDirectory() as folder:
        write_tables(Path(folder), {"rates": rows})
        found = compared(crimecmp.load(folder), "rates")
    for row, (force, benchmark) in zip(found, pairs, strict=True):
        exact = Decimal(force) - Decimal(benchmark)
        assert Decimal(repr(row.difference)) == exact
        if Decimal(benchmark) == 0:
            assert row.percent_difference is None
        else:
            expected = exact / Decimal(benchmark) * 100
            assert row.percent_difference == pytest.approx(float(expected), rel=1e-9, abs=1e-9)


def test_a_benchmark_of_zero_has_no_per_cent_difference(load: Load) -> None:
    """Nothing is a percentage of zero: the difference is there, its percentage is missing, and why.

    What the table itself says of the benchmark's figure is not said over.
    """
    data = load(
        rates=[
            "durham,crime,2014-06-30,,5.0",
            "england-and-wales,crime,2014-06-30,,0.0",
            "durham,asb,2014-06-30,,5.0",
            "england-and-wales,asb,2014-06-30,,0,,,Not recorded.",
        ]
    )
    crime, asb = compared(data, "rates")
    assert (crime.difference, crime.percent_difference) == (5.0, None)
    assert "no percentage difference" in str(crime.benchmark_note)
    assert asb.benchmark_note == "Not recorded."


@pytest.mark.parametrize("table", ["changes", "outcomes", "satisfaction"])
def test_a_difference_of_percentages_is_never_in_per_cent(
    bundled: crimecmp.Dataset, table: str
) -> None:
    """Percentages differ by points: no row of theirs has a difference in per cent."""
    rows = compared(bundled, table)
    assert any(row.difference is not None for row in rows)
    assert {row.percent_difference for row in rows} == {None}
    assert {row.unit for row in rows} == {"%"}


def test_what_is_known_of_a_figure_stays_beside_it(load: Load) -> None:
    """Decimals, counts and bases go with their figure, the force's apart from the benchmark's."""
    data = load(
        rates=[
            "durham,crime,2014-06-30,,5.00,1200,240000",
            "england-and-wales,crime,2014-06-30,,11,,",
        ],
    )
    [row] = compared(data, "rates")
    assert (row.force_decimals, row.benchmark_decimals) == (2, 0)
    assert (row.force_count, row.benchmark_count) == (1200, None)
    assert (row.force_base, row.benchmark_base) == (240_000.0, None)


def test_a_change_is_calculated_from_counts_where_none_was_printed(load: Load) -> None:
    """Counts of two years give the change, which carries both; a printed change is left alone."""
    data = load(
        sources=["one,One"],
        rates=[
            "durham,crime,2013-06-30,one,,200",
            "durham,crime,2014-06-30,one,,250",
            "england-and-wales,crime,2013-06-30,one,,4000",
            "england-and-wales,crime,2014-06-30,one,,3000",
            "durham,asb,2013-06-30,one,,100",
            "durham,asb,2014-06-30,one,,110",
        ],
        changes=["durham,asb,2014-06-30,2013-06-30,one,11"],
    )
    columns = (
        "metric", "base_period_end", "force_value", "force_count", "force_base_count",
        "benchmark_value", "benchmark_count", "benchmark_base_count",
    )  # fmt: skip
    assert columns_of(compared(data, "changes"), *columns) == [
        ("crime-excluding-fraud", "2013-06-30", 25.0, 250, 200, -25.0, 3000, 4000),
        ("anti-social-behaviour", "2013-06-30", 11.0, None, None, None, None, None),
    ]


# --- Satisfaction and the year before


def test_satisfaction_is_compared_with_the_year_before(bundled: crimecmp.Dataset) -> None:
    """An estimate is compared with the benchmark's and with the force's own of a year before."""
    columns = (
        "benchmark", "benchmark_basis", "period_end", "base_period_end", "force_value",
        "force_margin", "benchmark_value", "benchmark_margin", "difference",
    )  # fmt: skip
    assert columns_of(compared(bundled, "satisfaction"), *columns) == [
        ("england-and-wales", "area", "2014-06-30", None, 88.6, 1.8, 85.0, 0.2, 3.6),
        (
            "durham", "itself a year before", "2014-06-30", "2013-06-30",
            88.6, 1.8, 89.6, 1.5, -1.0,
        ),
    ]  # fmt: skip


def test_two_years_before_is_not_the_year_before(load: Load) -> None:
    """An older estimate is not taken for that of the year before, nor is another source's."""
    data = load(
        sources=["one,One", "two,Two"],
        satisfaction=[
            "durham,satisfaction,2014-06-30,one,80.0,1.0",
            "durham,satisfaction,2012-06-30,one,70.0,1.0",
            "durham,satisfaction,2013-06-30,two,60.0,1.0",
        ],
    )
    rows = compared(data, "satisfaction")
    assert columns_of(rows, "benchmark", "benchmark_value") == [("england-and-wales", None)]


@pytest.mark.parametrize(
    ("now", "before"), [("2012-02-29", "2011-02-28"), ("2013-02-28", "2012-02-29")]
)
def test_the_year_before_is_found_at_the_end_of_february(load: Load, now: str, before: str) -> None:
    """Twelve months to the end of February have a year before, also where a leap day is between."""
    data = load(
        satisfaction=[
            f"durham,satisfaction,{now},,80.0,1.0",
            f"durham,satisfaction,{before},,70.0,1.0",
            f"england-and-wales,satisfaction,{now},,75.0,1.0",
        ],
    )
    rows = compared(data, "satisfaction")
    assert columns_of(rows, "benchmark", "base_period_end", "difference") == [
        ("england-and-wales", None, 5.0),
        ("durham", before, 10.0),
    ]


def test_only_satisfaction_looks_at_the_year_before(load: Load) -> None:
    """Rates of two years are not compared with each other: what changed is the changes' table."""
    data = load(
        rates=[
            "durham,crime,2014-06-30,,5.0",
            "durham,crime,2013-06-30,,4.0",
            "england-and-wales,crime,2014-06-30,,6.0",
        ],
    )
    assert columns_of(compared(data, "rates"), "benchmark") == [("england-and-wales",)]


# --- Order


def test_rows_are_in_the_order_of_metrics_and_then_of_forces_as_asked(load: Load) -> None:
    """Metrics stand in the order of their table, the forces of each in the order asked for."""
    rows = [
        f"{force},{metric},2014-06-30,,{value}"
        for value, force in ((1.0, "durham"), (2.0, "kent"), (3.0, "england-and-wales"))
        for metric in reversed(METRICS[:3])
    ]
    data = load(rates=rows)
    found = comparisons(data, "rates", requested(data, ["kent", "durham"]))
    assert columns_of(found, "metric", "force", "force_value", "benchmark_value") == [
        (metric, force, value, 3.0)
        for metric in METRICS[:3]
        for force, value in (("kent", 2.0), ("durham", 1.0))
    ]


def ranked(data: crimecmp.Dataset, *forces: str) -> list[Comparison]:
    """Return the rates of forces in order of their figures."""
    return comparisons(data, "rates", requested(data, forces, ranked=True))


def test_ranked_areas_are_in_order_of_their_figures(load: Load) -> None:
    """Within each metric the highest figure is first, and an area without one comes last."""
    data = load(
        rates=[
            "kent,crime,2014-06-30,,5.0",
            "essex,crime,2014-06-30,,",
            "gwent,crime,2014-06-30,,7.0",
            "surrey,crime,2014-06-30,,0",
        ]
    )
    rows = ranked(data, "kent", "essex", "gwent", "surrey")
    assert columns_of(rows, "force") == [("gwent",), ("kent",), ("surrey",), ("essex",)]


def test_rates_printed_alike_are_ranked_by_their_counts(load: Load) -> None:
    """Of 5 and 5 the one that 54 of 10,000 were rounded to goes before that of 46."""
    data = load(
        rates=["kent,crime,2014-06-30,,5,46,10000", "gwent,crime,2014-06-30,,5,54,10000"],
    )
    assert columns_of(ranked(data, "kent", "gwent"), "force") == [("gwent",), ("kent",)]


def test_rates_printed_alike_are_ranked_whatever_their_bases(load: Load) -> None:
    """504 of 100,000 go before 2,495 of 500,000, which is a lower rate of a larger force."""
    data = load(
        rates=[
            "essex,crime,2014-06-30,,5.0,2495,500000",
            "kent,crime,2014-06-30,,5.0,504,100000",
        ],
    )
    assert columns_of(ranked(data, "essex", "kent"), "force") == [("kent",), ("essex",)]


def test_changes_are_in_the_order_of_their_base_periods(load: Load) -> None:
    """The longest change comes first, whatever the order of the table is."""
    data = load(
        changes=[f"durham,crime,2014-06-30,{year}-06-30,,5" for year in (2013, 2009, 2011)],
    )
    found = columns_of(compared(data, "changes"), "base_period_end")
    assert found == [("2009-06-30",), ("2011-06-30",), ("2013-06-30",)]
