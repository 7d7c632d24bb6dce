"""Rules of `crimecmp.comparison.pairing`: what is paired with what, and what is worked out from a pair."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import crimecmp
from crimecmp.comparison.kinds import KINDS
from crimecmp.comparison.pairing import figures
from crimecmp.comparison.pairing import records
from crimecmp.comparison.request import requested
from crimecmp.schema import CLAIM_ROW
from crimecmp.schema import COMPARISON_ROW
from crimecmp.schema import JUDGMENT_ROW
from crimecmp.schema import OUTPUT
from crimecmp.schema import PAGE_ROW
from crimecmp.schema import REPRODUCTION_ROW

HEADERS = {
    "rates": "force,metric,period_end,source,value,count,note",
    "changes": "force,metric,period_end,base_period_end,source,percent,note",
    "outcomes": "force,metric,period_end,source,percent,note",
    "satisfaction": "force,metric,period_end,source,percent,margin,note",
    "sources": "source,title",
}
METRICS = (
    "crime-excluding-fraud",
    "victim-based-crime",
    "sexual-offences",
    "violence-with-injury",
    "burglary-in-a-dwelling",
    "anti-social-behaviour",
)
FIRST_COMPARISON_COLUMNS = [
    "kind", "metric", "label", "force", "benchmark", "period_end", "base_period_end", "unit",
    "force_value", "benchmark_value", "difference", "percent_difference", "source",
]  # fmt: skip
FIRST_JUDGMENT_COLUMNS = [
    "force", "question", "judgment", "rank", "positive", "summary", "source",
]  # fmt: skip

Load = Callable[..., crimecmp.Dataset]


def write_tables(folder: Path, tables: dict[str, list[str]]) -> None:
    """Write tables whose rows may leave out their last cells."""
    for name, rows in tables.items():
        commas = HEADERS[name].count(",")
        lines = [row + "," * (commas - row.count(",")) for row in rows]
        (folder / f"{name}.csv").write_text("\n".join([HEADERS[name], *lines, ""]), "utf-8")


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Return a function that writes tables and loads them."""

    def loaded(**tables: list[str]) -> crimecmp.Dataset:
        write_tables(tmp_path, tables)
        return crimecmp.load(tmp_path)

    return loaded


@pytest.fixture(scope="module")
def bundled() -> crimecmp.Dataset:
    """Return the tables that come with crimecmp."""
    return crimecmp.load()


def rows_of(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    """Return some columns of a frame's rows as plain values, dates in ISO form."""
    return [
        tuple(
            value.isoformat() if isinstance(value, date) else value
            for value in (row[name] for name in columns)
        )
        for row in records(frame)
    ]


# --- The shape of a row


def test_comparison_row_begins_as_promised() -> None:
    """The first thirteen columns of a comparison are those of the output contract, in its order."""
    assert list(COMPARISON_ROW[:13]) == FIRST_COMPARISON_COLUMNS


def test_judgment_row_begins_as_promised() -> None:
    """The first seven columns of a judgment are those of the output contract, in its order."""
    assert list(JUDGMENT_ROW[:7]) == FIRST_JUDGMENT_COLUMNS


def test_page_row_has_the_columns_of_comparisons_and_judgments_in_their_order() -> None:
    """A whole page has every column of its parts once, in the order in which they came to be."""
    judged = ("question", "judgment", "rank", "positive", "summary")
    assert set(PAGE_ROW) == {*COMPARISON_ROW, *JUDGMENT_ROW}
    assert tuple(name for name in PAGE_ROW if name not in judged) == COMPARISON_ROW
    assert PAGE_ROW[27:32] == judged
    columns = [column.name for column in OUTPUT]
    assert [name for name in columns if name in PAGE_ROW] == list(PAGE_ROW)
    assert set(columns) == {*PAGE_ROW, *CLAIM_ROW, *REPRODUCTION_ROW}


def test_columns_only_ever_grow_at_the_end() -> None:
    """Columns stand where they stood: those of the first comparisons, of verdicts, then later ones.

    So do those of all output, which pages of other rows are made of.
    """
    assert COMPARISON_ROW[:27] == (
        "kind", "metric", "label", "force", "benchmark", "period_end", "base_period_end", "unit",
        "force_value", "benchmark_value", "difference", "percent_difference", "source",
        "force_margin", "benchmark_margin", "force_count", "benchmark_count", "force_base",
        "benchmark_base", "force_decimals", "benchmark_decimals", "force_margin_decimals",
        "benchmark_margin_decimals", "locator", "benchmark_locator", "note", "benchmark_note",
    )  # fmt: skip
    assert COMPARISON_ROW[27:51] == (
        "difference_low", "difference_high", "percent_difference_low", "percent_difference_high",
        "force_low", "force_high", "benchmark_low", "benchmark_high", "verdict", "reading",
        "method", "level", "reason", "ratio", "ratio_low", "ratio_high", "smallest_base",
        "interval_low", "interval_high", "z", "z_low", "z_high", "p_value", "interval_level",
    )  # fmt: skip
    assert COMPARISON_ROW[51] == "force_base_count"
    columns = tuple(column.name for column in OUTPUT)
    assert columns[:60] == (
        *COMPARISON_ROW[:27], "question", "judgment", "rank", "positive", "summary",
        *COMPARISON_ROW[27:51], "claim", "statement", "asserts", "support",
    )  # fmt: skip
    assert columns[60] == "force_base_count"


@pytest.mark.parametrize("table", KINDS)
def test_every_kind_has_the_same_columns(bundled: crimecmp.Dataset, table: str) -> None:
    """A comparison has the columns of COMPARISON_ROW, in order, whichever function made it."""
    frame = figures(bundled, table, requested(bundled))
    assert tuple(frame.columns) == COMPARISON_ROW


@pytest.mark.parametrize("table", KINDS)
def test_columns_are_there_without_rows(bundled: crimecmp.Dataset, table: str) -> None:
    """A comparison without a single row has the same columns and types as any other."""
    some = figures(bundled, table, requested(bundled))
    none = figures(bundled, table, requested(bundled, ["kent"], source="hmic-2014-durham"))
    assert none.empty
    assert tuple(none.columns) == COMPARISON_ROW
    for name in ("force_value", "benchmark_value", "difference", "percent_difference"):
        assert none[name].dtype == some[name].dtype == "float64"


@pytest.mark.parametrize("table", KINDS)
def test_types_of_columns_do_not_depend_on_the_kind(bundled: crimecmp.Dataset, table: str) -> None:
    """Figures are float64, counts and decimals Int64, periods datetime64, in every kind."""
    frame = figures(bundled, table, requested(bundled))
    types = frame.dtypes.astype(str).to_dict()
    assert {types[name] for name in ("force_value", "benchmark_value", "force_margin")} == {
        "float64"
    }
    assert {types[name] for name in ("force_count", "force_decimals", "benchmark_decimals")} == {
        "Int64"
    }
    assert all(types[name].startswith("datetime64") for name in ("period_end", "base_period_end"))


def test_asking_changes_nothing(bundled: crimecmp.Dataset) -> None:
    """A comparison leaves the tables that it was drawn from as they were."""
    first = crimecmp.satisfaction(bundled)
    crimecmp.side_by_side(bundled)
    pd.testing.assert_frame_equal(first, crimecmp.satisfaction(bundled))


# --- What is paired


def test_two_sources_are_never_paired(load: Load) -> None:
    """A benchmark's figure from another source is no partner: the row stands with a gap."""
    data = load(
        sources=["one,One", "two,Two"],
        rates=[
            "durham,crime,2014-06-30,one,5.0",
            "england-and-wales,crime,2014-06-30,two,6.0",
        ],
    )
    [row] = records(crimecmp.rates(data))
    assert (row["force_value"], row["benchmark_value"], row["difference"]) == (5.0, None, None)
    assert row["source"] == "one"


def test_two_periods_are_never_paired(load: Load) -> None:
    """A benchmark's figure of another period is no partner."""
    data = load(
        rates=["durham,crime,2014-06-30,,5.0", "england-and-wales,crime,2014-03-31,,6.0"],
    )
    assert rows_of(crimecmp.rates(data), "period_end", "force_value", "benchmark_value") == [
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
    rows = rows_of(crimecmp.changes(data), "base_period_end", "force_value", "benchmark_value")
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
    rows = rows_of(crimecmp.changes(data), "base_period_end", "force_value", "benchmark_value")
    assert rows == [("2010-06-30", 5.0, 6.0), ("2013-06-30", None, 7.0)]


def test_the_latest_period_is_the_default(load: Load) -> None:
    """Without a period each metric has its own latest, whatever the order of the file."""
    data = load(
        rates=[
            "durham,crime,2014-06-30,,5.0",
            "durham,crime,2013-06-30,,4.0",
            "durham,asb,2012-03-31,,3.0",
            "durham,asb,2013-03-31,,2.0",
            "england-and-wales,crime,2013-06-30,,9.0",
            "england-and-wales,crime,2014-06-30,,8.0",
            "england-and-wales,asb,2013-03-31,,7.0",
            "england-and-wales,asb,2014-03-31,,6.0",
        ],
    )
    columns = ("metric", "period_end", "force_value", "benchmark_value")
    assert rows_of(crimecmp.rates(data), *columns) == [
        ("crime-excluding-fraud", "2014-06-30", 5.0, 8.0),
        ("anti-social-behaviour", "2013-03-31", 2.0, 7.0),
    ]


@pytest.mark.parametrize("period", ["2013-06", "2013-06-30"])
def test_a_period_asked_for_is_the_one_given(load: Load, period: str) -> None:
    """`period` names the month, or the day, that the figures end with."""
    data = load(
        rates=[
            "durham,crime,2013-06-30,,4.0",
            "durham,crime,2014-06-30,,5.0",
            "england-and-wales,crime,2013-06-30,,9.0",
            "england-and-wales,crime,2014-06-30,,8.0",
        ],
    )
    frame = crimecmp.rates(data, period=period)
    assert rows_of(frame, "period_end", "force_value", "benchmark_value") == [
        ("2013-06-30", 4.0, 9.0)
    ]


@pytest.mark.parametrize("period", ["2014", "2014-13", "2014-06-31", "June 2014", "", "2014-6"])
def test_what_is_no_period_is_refused(bundled: crimecmp.Dataset, period: str) -> None:
    """A period that is none is an error of the request, which says how one is written."""
    with pytest.raises(crimecmp.RequestError) as raised:
        crimecmp.rates(bundled, period=period)
    assert "2014-06" in raised.value.hint


def test_the_first_source_is_the_default(load: Load) -> None:
    """Without a source a force's figures are of the first in the order of the sources' table."""
    data = load(
        sources=["one,One", "two,Two"],
        rates=[
            "durham,crime,2014-06-30,two,5.0",
            "durham,crime,2013-06-30,one,4.0",
            "england-and-wales,crime,2014-06-30,two,9.0",
            "england-and-wales,crime,2013-06-30,one,8.0",
        ],
    )
    columns = ("source", "force_value", "benchmark_value")
    assert rows_of(crimecmp.rates(data), *columns) == [("one", 4.0, 8.0)]
    assert rows_of(crimecmp.rates(data, source="two"), *columns) == [("two", 5.0, 9.0)]


def test_the_source_with_most_of_the_forces_goes_before_the_first(load: Load) -> None:
    """A table is of the source that has figures of most of the forces asked for, whatever else."""
    data = load(
        sources=["one,One", "two,Two"],
        rates=[
            "durham,crime,2014-06-30,one,5.0",
            "england-and-wales,crime,2014-06-30,one,9.0",
            "durham,crime,2014-06-30,two,5.5",
            "kent,crime,2014-06-30,two,6.5",
        ],
    )
    columns = ("force", "source", "force_value", "benchmark_value")
    both = crimecmp.side_by_side(data, "crime", ["durham", "kent"])
    assert rows_of(both, *columns) == [
        ("durham", "two", 5.5, None),
        ("kent", "two", 6.5, None),
    ]
    assert rows_of(crimecmp.rates(data), *columns) == [("durham", "one", 5.0, 9.0)]


def test_of_sources_alike_the_one_with_the_benchmark_goes_first(load: Load) -> None:
    """Where several sources have as many of the forces, it is one that has the benchmark too."""
    data = load(
        sources=["one,One", "two,Two"],
        rates=[
            "durham,crime,2014-06-30,one,5.0",
            "durham,crime,2014-06-30,two,5.5",
            "england-and-wales,crime,2014-06-30,two,9.5",
            "kent,crime,2014-06-30,one,6.0",
        ],
    )
    columns = ("source", "force_value", "benchmark_value")
    assert rows_of(crimecmp.rates(data), *columns) == [("two", 5.5, 9.5)]
    against_kent = crimecmp.rates(data, benchmark="kent")
    assert rows_of(against_kent, *columns) == [("one", 5.0, 6.0)]


HMIC, COUNTS = "hmic-2014-durham", "published-counts"


@pytest.mark.parametrize(
    ("forces", "choices", "source"),
    [
        (["durham"], {}, HMIC),
        (["durham"], {"period": "2014-03"}, HMIC),
        (["durham"], {"period": "2012-06"}, COUNTS),
        (["durham"], {"source": COUNTS}, COUNTS),
        (["durham"], {"benchmark": "kent"}, COUNTS),
        (["cleveland"], {}, COUNTS),
        (["cleveland"], {"benchmark": "durham"}, COUNTS),
        (["durham", "cleveland"], {}, COUNTS),
    ],
)
def test_bundled_figures_are_never_a_mixture(
    bundled: crimecmp.Dataset, forces: list[str], choices: dict[str, Any], source: str
) -> None:
    """The report answers for Durham alone and its own periods, the counts for all else."""
    frame = figures(bundled, "rates", requested(bundled, forces, **choices))
    assert set(frame["source"]) == {source}
    assert set(frame["force"]) == set(forces)
    assert frame[["force_value", "benchmark_value"]].notna().all(axis=None)
    # The report has no count of crimes, and what was worked out has a count for each figure.
    assert frame["benchmark_count"].notna().all() == (source == COUNTS)


def test_what_is_worked_out_is_not_taken_for_rounded(bundled: crimecmp.Dataset) -> None:
    """A rate from a count and a base is exact: no rounding of it makes its differences a range."""
    forces = [row["force"] for row in bundled.rows("forces") if row["territorial"] == "true"]
    frame = figures(bundled, "rates", requested(bundled, forces, source=COUNTS))
    assert len(frame) == 43 * 6
    loose = frame[frame["difference_high"] - frame["difference_low"] > 1e-6]
    assert rows_of(loose, "force", "metric", "force_value", "difference_low") == []


def test_an_unknown_source_is_refused(bundled: crimecmp.Dataset) -> None:
    """A source without figures is an error of the request, which names those that have some."""
    with pytest.raises(crimecmp.RequestError) as raised:
        crimecmp.rates(bundled, source="gazette")
    assert "gazette" in raised.value.message
    assert "hmic-2014-durham" in raised.value.hint


def test_one_metric_is_found_in_whichever_source_has_it(load: Load) -> None:
    """All that is known of a metric is shown, also where another source is first for the force."""
    data = load(
        sources=["one,One", "two,Two"],
        rates=[
            "durham,crime,2014-06-30,one,5.0",
            "england-and-wales,crime,2014-06-30,one,6.0",
            "durham,asb,2014-06-30,two,7.0",
            "england-and-wales,asb,2014-06-30,two,8.0",
        ],
    )
    frame = crimecmp.side_by_side(data, "asb")
    assert rows_of(frame, "source", "force_value", "benchmark_value") == [("two", 7.0, 8.0)]


def test_another_benchmark(load: Load) -> None:
    """Any area that has figures can be the benchmark."""
    data = load(
        rates=[
            "durham,crime,2014-06-30,,5.0",
            "kent,crime,2014-06-30,,6.5",
            "england-and-wales,crime,2014-06-30,,8.0",
        ],
    )
    frame = crimecmp.rates(data, "durham", benchmark="Kent Police")
    columns = ("force", "benchmark", "force_value", "benchmark_value", "difference")
    assert rows_of(frame, *columns) == [("durham", "kent", 5.0, 6.5, -1.5)]


def test_a_benchmark_without_figures_is_an_error(load: Load) -> None:
    """An area that has no figures is no benchmark: the error names those that are."""
    data = load(
        rates=["durham,crime,2014-06-30,,5.0", "england-and-wales,crime,2014-06-30,,6.0"],
    )
    with pytest.raises(crimecmp.NoFiguresError, match="Kent") as raised:
        crimecmp.rates(data, benchmark="kent")
    assert "england-and-wales" in raised.value.hint
    assert "durham" in raised.value.hint
    assert "kent" not in raised.value.hint


def test_an_area_is_not_compared_with_itself(bundled: crimecmp.Dataset) -> None:
    """The benchmark compared with itself is an error of the request, not a table of noughts."""
    with pytest.raises(crimecmp.RequestError, match="itself"):
        crimecmp.rates(bundled, "england-and-wales")


# --- What is missing is kept


def test_a_missing_partner_is_kept_with_a_reason(bundled: crimecmp.Dataset) -> None:
    """Where the benchmark has no figure the force's row stands, and says why it has a gap."""
    [row] = records(crimecmp.changes(bundled, metric="asb"))
    assert row["force_value"] == -4
    assert (row["benchmark_value"], row["difference"], row["percent_difference"]) == (None,) * 3
    assert "England and Wales" in str(row["benchmark_note"])


def test_a_metric_that_only_the_benchmark_has_is_kept_with_a_reason(load: Load) -> None:
    """Where a force with other figures lacks one of the benchmark's, the row stands with a gap."""
    data = load(
        rates=[
            "durham,crime,2014-06-30,,5.0",
            "england-and-wales,crime,2014-06-30,,6.0",
            "england-and-wales,asb,2014-06-30,,8.0",
        ],
    )
    frame = crimecmp.rates(data)
    assert rows_of(frame, "metric", "force", "force_value", "benchmark_value") == [
        ("crime-excluding-fraud", "durham", 5.0, 6.0),
        ("anti-social-behaviour", "durham", None, 8.0),
    ]
    assert "Durham" in str(records(frame)[1]["note"])
    assert frame["force_decimals"].dtype == "Int64"


def test_a_figure_left_empty_is_kept_with_its_own_reason(load: Load) -> None:
    """An empty figure is a gap whose reason is the table's note; a full one keeps its note too."""
    data = load(
        rates=[
            "durham,crime,2014-06-30,,,,Lost in a fire.",
            "england-and-wales,crime,2014-06-30,,6.0,,Provisional.",
            "durham,asb,2014-06-30,,",
            "england-and-wales,asb,2014-06-30,,2.0",
        ],
    )
    crime, asb = records(crimecmp.rates(data))
    assert (crime["force_value"], crime["benchmark_value"]) == (None, 6.0)
    assert crime["difference"] is None
    assert (crime["note"], crime["benchmark_note"]) == ("Lost in a fire.", "Provisional.")
    assert asb["force_value"] is None
    assert "Durham" in str(asb["note"])
    assert asb["benchmark_note"] is None


def test_no_figures_at_all_is_an_error_that_names_who_has_some(load: Load) -> None:
    """A force without any figure is an error that says what was asked and which areas have some."""
    data = load(rates=["durham,crime,2014-06-30,,5.0"])
    with pytest.raises(crimecmp.NoFiguresError) as raised:
        crimecmp.rates(data, "kent")
    assert "Kent" in raised.value.message
    assert "durham" in raised.value.hint
    assert "kent" not in raised.value.hint


@pytest.mark.parametrize("table", ["outcomes", "satisfaction"])
def test_a_force_of_which_only_other_figures_are_known_is_an_error(
    bundled: crimecmp.Dataset, table: str
) -> None:
    """Counts of a force are no detections or victims surveyed: the error says which are asked."""
    with pytest.raises(crimecmp.NoFiguresError, match=rf"{table} for Kent") as raised:
        getattr(crimecmp, table)(bundled, "kent")
    assert "durham" in raised.value.hint
    assert "kent" not in raised.value.hint


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"metric": "satisfaction"}, "Victim satisfaction"),
        ({"period": "1999-12"}, "1999-12"),
    ],
)
def test_no_figures_says_what_was_asked(
    bundled: crimecmp.Dataset, choices: dict[str, Any], said: str
) -> None:
    """The error that there are no figures repeats the metric and the period asked for."""
    with pytest.raises(crimecmp.NoFiguresError, match=said):
        crimecmp.rates(bundled, **choices)


# --- What is worked out


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
        found = records(crimecmp.rates(crimecmp.load(folder)))
    for record, (force, benchmark) in zip(found, pairs, strict=True):
        exact = Decimal(force) - Decimal(benchmark)
        assert Decimal(repr(record["difference"])) == exact
        percent = record["percent_difference"]
        if Decimal(benchmark) == 0:
            assert percent is None
        else:
            assert isinstance(percent, float)
            expected = exact / Decimal(benchmark) * 100
            assert percent == pytest.approx(float(expected), rel=1e-9, abs=1e-9)


def test_a_benchmark_of_nought_has_no_per_cent_difference(load: Load) -> None:
    """Nothing is a percentage of nought: the difference stands, its percentage is missing."""
    data = load(rates=["durham,crime,2014-06-30,,5.0", "england-and-wales,crime,2014-06-30,,0.0"])
    [row] = records(crimecmp.rates(data))
    assert (row["difference"], row["percent_difference"]) == (5.0, None)


@pytest.mark.parametrize("table", ["changes", "outcomes", "satisfaction"])
def test_a_difference_of_percentages_is_never_in_per_cent(
    bundled: crimecmp.Dataset, table: str
) -> None:
    """Percentages differ by points: no row of theirs has a difference in per cent."""
    frame = figures(bundled, table, requested(bundled))
    assert frame["difference"].notna().any()
    assert frame["percent_difference"].isna().all()
    assert set(frame["unit"]) == {"%"}


def test_printed_decimals_and_counts_stay_beside_their_figure(load: Load) -> None:
    """Decimals printed and counts go with their figure, the force's apart from the benchmark's."""
    data = load(
        rates=[
            "durham,crime,2014-06-30,,5.00,1200",
            "england-and-wales,crime,2014-06-30,,11,",
        ],
    )
    [row] = records(crimecmp.rates(data))
    assert (row["force_decimals"], row["benchmark_decimals"]) == (2, 0)
    assert (row["force_count"], row["benchmark_count"]) == (1200, None)


def test_a_change_is_worked_out_from_counts_where_none_was_printed(load: Load) -> None:
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
    assert rows_of(crimecmp.changes(data), *columns) == [
        ("crime-excluding-fraud", "2013-06-30", 25.0, 250, 200, -25.0, 3000, 4000),
        ("anti-social-behaviour", "2013-06-30", 11.0, None, None, None, None, None),
    ]


# --- Satisfaction and the year before


def test_satisfaction_is_compared_with_the_year_before(bundled: crimecmp.Dataset) -> None:
    """An estimate stands against the benchmark's and against the force's own of a year before."""
    frame = crimecmp.satisfaction(bundled)
    columns = (
        "benchmark", "period_end", "base_period_end", "force_value", "force_margin",
        "benchmark_value", "benchmark_margin", "difference",
    )  # fmt: skip
    assert rows_of(frame, *columns) == [
        ("england-and-wales", "2014-06-30", None, 88.6, 1.8, 85.0, 0.2, 3.6),
        ("durham", "2014-06-30", "2013-06-30", 88.6, 1.8, 89.6, 1.5, -1.0),
    ]


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
    frame = crimecmp.satisfaction(data)
    assert rows_of(frame, "benchmark", "benchmark_value") == [("england-and-wales", None)]


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
    frame = crimecmp.satisfaction(data)
    assert rows_of(frame, "benchmark", "base_period_end", "difference") == [
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
    assert rows_of(crimecmp.rates(data), "benchmark") == [("england-and-wales",)]


# --- Several forces, and order


def test_rows_are_in_the_order_of_metrics_and_then_of_forces_as_asked(load: Load) -> None:
    """Metrics stand in the order of their table, the forces of each in the order asked for."""
    rows = [
        f"{force},{metric},2014-06-30,,{value}"
        for value, force in ((1.0, "durham"), (2.0, "kent"), (3.0, "england-and-wales"))
        for metric in reversed(METRICS[:3])
    ]
    data = load(rates=rows)
    frame = crimecmp.side_by_side(data, forces=["kent", "durham"])
    assert rows_of(frame, "metric", "force", "force_value", "benchmark_value") == [
        (metric, force, value, 3.0)
        for metric in METRICS[:3]
        for force, value in (("kent", 2.0), ("durham", 1.0))
    ]


def test_a_force_named_twice_is_shown_once(bundled: crimecmp.Dataset) -> None:
    """Two names of one force are one force."""
    frame = crimecmp.side_by_side(bundled, "asb", ["durham", "Durham Constabulary", "E23000008"])
    assert rows_of(frame, "kind", "force") == [("rate", "durham"), ("change", "durham")]


def test_each_force_has_its_own_latest_period(load: Load) -> None:
    """Forces whose latest periods differ are each paired with the benchmark of its own period."""
    data = load(
        rates=[
            "durham,crime,2014-06-30,,5.0",
            "kent,crime,2013-06-30,,4.0",
            "england-and-wales,crime,2013-06-30,,9.0",
            "england-and-wales,crime,2014-06-30,,8.0",
        ],
    )
    frame = crimecmp.side_by_side(data, "crime", ["durham", "kent"])
    assert rows_of(frame, "force", "period_end", "force_value", "benchmark_value") == [
        ("durham", "2014-06-30", 5.0, 8.0),
        ("kent", "2013-06-30", 4.0, 9.0),
    ]


def test_side_by_side_stacks_all_kinds_in_one_shape(bundled: crimecmp.Dataset) -> None:
    """All that is known of a force is one frame: rates, changes, outcomes, then satisfaction."""
    frame = crimecmp.side_by_side(bundled)
    assert tuple(frame.columns) == COMPARISON_ROW
    assert frame["kind"].tolist() == (
        ["rate"] * 6 + ["change"] * 4 + ["outcome"] + ["satisfaction"] * 2
    )
    assert frame.index.tolist() == list(range(13))


def test_side_by_side_on_one_metric_holds_nothing_else(bundled: crimecmp.Dataset) -> None:
    """One metric side by side is its rate and its changes, and no other metric."""
    frame = crimecmp.side_by_side(bundled, "crime")
    assert rows_of(frame, "kind", "metric", "force_value", "benchmark_value") == [
        ("rate", "crime-excluding-fraud", 54.0, 60.7),
        ("change", "crime-excluding-fraud", -11.0, -16.0),
        ("change", "crime-excluding-fraud", 13.0, -1.0),
    ]


@pytest.mark.parametrize(
    "wrong", [{"metric": "weather"}, {"benchmark": "atlantis"}, {"force": "atlantis"}]
)
def test_an_unknown_name_is_an_error(bundled: crimecmp.Dataset, wrong: dict[str, Any]) -> None:
    """A force, benchmark or metric that nobody knows is said by the name that was typed."""
    with pytest.raises(crimecmp.UnknownNameError, match=next(iter(wrong.values()))):
        crimecmp.rates(bundled, **wrong)


# --- Judgments


def test_judgments_are_those_of_the_report(bundled: crimecmp.Dataset) -> None:
    """Durham was judged good at reducing crime, outstanding at investigating and at disorder."""
    frame = crimecmp.judgments(bundled)
    assert tuple(frame.columns) == JUDGMENT_ROW
    assert rows_of(frame, "question", "judgment", "rank", "positive") == [
        ("reducing-crime", "good", 2, True),
        ("investigating-offending", "outstanding", 1, True),
        ("tackling-anti-social-behaviour", "outstanding", 1, True),
    ]


def test_judgments_of_a_force_without_any_is_an_error(bundled: crimecmp.Dataset) -> None:
    """A force that was not judged is an error, not an empty frame."""
    with pytest.raises(crimecmp.NoFiguresError, match="Kent"):
        crimecmp.judgments(bundled, "kent")


def test_judgments_follow_the_order_of_the_questions(tmp_path: Path) -> None:
    """Judgments stand in the order of the questions, whatever the order of their file."""
    (tmp_path / "judgments.csv").write_text(
        "force,question,judgment\n"
        "kent,tackling-anti-social-behaviour,inadequate\n"
        "kent,investigating-offending,requires-improvement\n"
        "kent,reducing-crime,good\n"
    )
    frame = crimecmp.judgments(crimecmp.load(tmp_path), "kent")
    assert rows_of(frame, "judgment", "rank", "positive") == [
        ("good", 2, True),
        ("requires-improvement", 3, False),
        ("inadequate", 4, False),
    ]


# --- Plain values


def test_records_hold_plain_values_only(bundled: crimecmp.Dataset) -> None:
    """A record has dates without a time, and None where a frame has any of its missing values."""
    [row] = records(crimecmp.changes(bundled, metric="asb"))
    assert str(row["period_end"]) == "2014-03-31"
    assert {type(value).__name__ for value in row.values()} == {
        "NoneType", "date", "float", "int", "str",
    }  # fmt: skip
