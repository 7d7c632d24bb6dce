"""Rows of the tables of figures become plain typed values, whatever is missing in them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_type_hints

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tabling import DATA, DURHAM, HMIC, JUNE_2013, LEAST, Row, write

import crimecmp
from crimecmp.tables.figures import Figure, figures

HOLDS = {"rates": "value", "changes": "percent", "outcomes": "percent", "satisfaction": "percent"}
"""The column of each table that holds its figure."""

OF_CHANGES = {"base_period_end", "events_before"}
OF_SURVEYS = {"margin", "margin_decimals"}
LACKING = {
    "rates": OF_CHANGES | OF_SURVEYS,
    "changes": OF_SURVEYS | {"base"},
    "outcomes": OF_CHANGES | OF_SURVEYS,
    "satisfaction": OF_CHANGES | {"events", "base"},
}
"""The fields that each table has no column for."""

ALLOWED = {
    name: getattr(hint, "__args__", (hint,)) for name, hint in get_type_hints(Figure).items()
}
"""The types that the values of each field may have."""


def only(table: str, folder: Path, row: Row) -> Figure:
    """Return the figure of a table of one row."""
    data = crimecmp.load(write(folder / f"{table}.csv", [LEAST[table] | row]))
    [figure] = figures(data.table(table), [0], HOLDS[table])
    return figure


def test_a_rate_has_its_count_and_base(tmp_path: Path) -> None:
    """All cells of a rate come out with their types, and what only other tables have is None."""
    row = {"count": "29439", "base": "621600", "locator": "Table 1", "note": "So.", "source": HMIC}
    assert only("rates", tmp_path, row) == Figure(
        force=DURHAM,
        metric="burglary-in-a-dwelling",
        period_end=date(2014, 6, 30),
        base_period_end=None,
        source=HMIC,
        value=5.0,
        decimals=1,
        margin=None,
        margin_decimals=None,
        events=29439,
        base=621600.0,
        events_before=None,
        locator="Table 1",
        note="So.",
    )


def test_a_change_has_both_periods(tmp_path: Path) -> None:
    """A change has the end of the earlier 12 months and the counts of both."""
    figure = only("changes", tmp_path, {"count": "96", "base_count": "100"})
    assert (figure.period_end, figure.base_period_end) == (date(2014, 6, 30), date(2013, 6, 30))
    assert (figure.value, figure.decimals) == (-4.0, 0)
    assert (figure.events, figure.events_before, figure.base) == (96, 100, None)


def test_an_outcome_is_a_share_of_whole_crimes(tmp_path: Path) -> None:
    """The crimes that an outcome is a share of are whole in the table and a float like any base."""
    figure = only("outcomes", tmp_path, {"count": "36", "base": "100"})
    assert (figure.events, figure.base) == (36, 100.0)
    assert type(figure.base) is float


def test_a_survey_estimate_has_its_margin(tmp_path: Path) -> None:
    """A survey estimate has its margin, and the decimals of both as printed."""
    figure = only("satisfaction", tmp_path, {"percent": "88.60", "margin": "1.8"})
    assert (figure.value, figure.decimals) == (88.6, 2)
    assert (figure.margin, figure.margin_decimals) == (1.8, 1)


def test_figures_stand_at_the_places_asked_for() -> None:
    """The rows come in the order of the places, and each as often as it is asked for."""
    table = DATA.table("rates")
    forces = table.columns["force"]
    found = figures(table, [44, 0, 44], "value")
    assert [figure.force for figure in found] == [forces[44], forces[0], forces[44]]
    assert found[0] == found[2] != found[1]
    assert figures(table, [], "value") == []


@pytest.mark.parametrize("table", HOLDS)
def test_every_bundled_figure_is_as_printed(table: str) -> None:
    """Each bundled figure prints again as its cell, and has the force, metric and source of it."""
    rows = DATA.rows(table)
    found = figures(DATA.table(table), range(len(rows)), HOLDS[table])
    assert len(found) == len(rows) > 0
    for row, figure in zip(rows, found, strict=True):
        assert (figure.force, figure.metric, figure.source) == (
            row["force"], row["metric"], row["source"],
        )  # fmt: skip
        printed = "" if figure.value is None else f"{figure.value:.{figure.decimals}f}"
        assert printed == row[HOLDS[table]]
        assert str(figure.period_end) == row["period_end"]


numbers = st.builds(
    "{}{}".format,
    st.integers(0, 99),
    st.just("") | st.text("0123456789", min_size=1, max_size=4).map(".{}".format),
)
counts = st.integers(-(10**6), 10**9).map(str)
texts = st.sampled_from(["Table 1", "NA", "nan", "None", "NaT", "<NA>", "0", "è; é"])
SOME: dict[str, st.SearchStrategy[str]] = {
    "value": numbers,
    "percent": numbers,
    "margin": numbers,
    "count": counts,
    "base_count": counts,
    "base": st.integers(1, 10**9).map(str),
    "locator": texts,
    "note": texts,
    "source": st.just(HMIC),
}
"""What may stand in the columns that may be empty."""


@st.composite
def rows_of(draw: st.DrawFn) -> tuple[str, list[Row]]:
    """Return a table and some rows of it, any of whose optional cells may be empty.

    A column may be left out as well, as far as the table does not require it.
    """
    table = draw(st.sampled_from(sorted(HOLDS)))
    declared = DATA.table(table).table
    optional = [name for name in declared.column_names if name in SOME]
    left_out = {name for name in optional if name not in declared.required and draw(st.booleans())}
    rows = []
    for year in range(draw(st.integers(1, 4))):
        cells = {name: draw(st.just("") | SOME[name]) for name in optional if name not in left_out}
        period = {"period_end": f"{2014 + year}-06-30"}
        rows.append(LEAST[table] | cells | period)
    return table, rows


def plain(cell: str) -> float | None:
    """Return the number that a cell shows, None for an empty one."""
    return float(cell) if cell else None


def places(cell: str) -> int | None:
    """Return how many digits a cell shows after its point, None for an empty one."""
    return len(cell.split(".")[1]) if "." in cell else 0 if cell else None


@given(rows_of())
@example(("rates", [LEAST["rates"] | {"value": "", "count": "5", "base": ""}]))
@example(("rates", [LEAST["rates"] | {"value": "", "count": "", "base": "5"}]))
@example(("outcomes", [LEAST["outcomes"] | {"percent": "", "count": "5", "base": ""}]))
@example(("outcomes", [LEAST["outcomes"] | {"percent": "36", "count": "", "base": "5"}]))
@example(("changes", [LEAST["changes"] | {"percent": "", "count": "5", "base_count": ""}]))
@example(("satisfaction", [LEAST["satisfaction"] | {"margin": ""}]))
def test_types_are_those_declared_whatever_is_missing(
    tmp_path_factory: pytest.TempPathFactory, made: tuple[str, list[Row]]
) -> None:
    """Every field has exactly a declared type, and a missing cell is None and nothing else."""
    table, rows = made
    path = write(tmp_path_factory.getbasetemp() / f"{table}-figures.csv", rows)
    data = crimecmp.load(path)
    assert data.read[0][1:] == (table, len(rows))
    found = figures(data.table(table), range(len(rows)), HOLDS[table])
    for row, figure in zip(rows, found, strict=True):
        for field, value in figure._asdict().items():
            assert type(value) in ALLOWED[field], field
        absent = {field for field, value in figure._asdict().items() if value is None}
        assert absent >= LACKING[table]
        assert figure.value == plain(row[HOLDS[table]])
        assert figure.margin == plain(row.get("margin", ""))
        assert figure.decimals == places(row[HOLDS[table]])
        assert figure.margin_decimals == places(row.get("margin", ""))
        assert figure.events == plain(row.get("count", ""))
        assert figure.base == plain(row.get("base", ""))
        assert figure.events_before == plain(row.get("base_count", ""))
        assert figure.locator == (row.get("locator") or None)
        assert figure.note == (row.get("note") or None)
        assert figure.source == (row.get("source") or path.name)
        assert str(figure.period_end) == row["period_end"]
        if table == "changes":
            assert str(figure.base_period_end) == JUNE_2013
