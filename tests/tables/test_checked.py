"""Checked tables become typed frames."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from tabling import DATA, DURHAM, HMIC, LEAST, write

import crimecmp


def test_a_frame_is_typed(tmp_path: Path) -> None:
    """Numbers, whole numbers, dates and text have their types, and each figure its decimals."""
    rows = [
        {**LEAST["rates"], "count": "29439", "base": "616000.5", "note": "as printed"},
        {**LEAST["rates"], "metric": "asb", "value": "", "count": "", "base": "", "note": ""},
        {**LEAST["rates"], "metric": "crime", "value": "11", "count": "0", "base": "1", "note": ""},
    ]
    frame = crimecmp.load(write(tmp_path / "mine.csv", rows)).frame("rates")
    assert list(frame.columns) == [
        "force", "metric", "period_end", "source", "value", "value_decimals", "count", "base",
        "locator", "note",
    ]  # fmt: skip
    types = {name: str(dtype) for name, dtype in frame.dtypes.items()}
    assert types["force"] == types["metric"] == types["note"] == types["locator"] == "str"
    assert types["value"] == types["base"] == "float64"
    assert types["count"] == types["value_decimals"] == "Int64"
    assert types["period_end"].startswith("datetime64[")
    assert frame["value"].tolist()[::2] == [5.0, 11.0]
    assert frame["value_decimals"].tolist()[::2] == [1, 0]
    assert frame["count"].tolist()[::2] == [29439, 0]
    assert frame["base"].tolist()[::2] == [616000.5, 1.0]
    assert frame["period_end"].tolist() == [pd.Timestamp(2014, 6, 30)] * 3
    assert [name for name in frame.columns if pd.isna(frame[name].iloc[1])] == [
        "value", "value_decimals", "count", "base", "locator", "note",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "types"),
    [
        ("forces", {"force": "str", "aliases": "str", "territorial": "boolean"}),
        ("changes", {"base_period_end": "datetime64", "percent": "float64"}),
        ("outcomes", {"percent_decimals": "Int64", "base": "float64"}),
        ("satisfaction", {"margin": "float64", "margin_decimals": "Int64"}),
        ("scale", {"rank": "Int64", "positive": "boolean"}),
        ("judgments", {"judgment": "str", "summary": "str"}),
    ],
)
@pytest.mark.parametrize("empty", [False, True], ids=["rows", "no rows"])
def test_frames_have_the_same_types_without_rows(
    table: str, types: dict[str, str], empty: bool, tmp_path: Path
) -> None:
    """A column's type follows the schema and is never guessed from its cells."""
    path = tmp_path / f"{table}.csv"
    write(path, [LEAST[table]])
    if empty:
        path.write_text(path.read_text().splitlines()[0] + "\n")
    frame = crimecmp.load(tmp_path).frame(table)
    for column, dtype in types.items():
        assert str(frame[column].dtype).startswith(dtype)


def test_bundled_figures_have_their_printed_decimals() -> None:
    """54.0 was printed with one decimal, 36 with none."""
    rates, outcomes = DATA.frame("rates"), DATA.frame("outcomes")
    rates = rates[rates["source"] == HMIC]
    assert set(rates["value_decimals"]) == {1}
    assert set(outcomes["percent_decimals"]) == {0}
    first = rates[(rates["force"] == DURHAM) & (rates["metric"] == "crime-excluding-fraud")]
    assert first["value"].tolist() == [54.0]


def test_flags_are_true_false_or_missing(tmp_path: Path) -> None:
    """An empty flag is missing, not false."""
    rows = [
        {"force": f"area-{flag or 'none'}", "name": f"Area {flag}.", "territorial": flag}
        for flag in ("true", "false", "")
    ]
    frame = crimecmp.load(write(tmp_path / "mine.csv", rows)).frame("forces").tail(3)
    assert frame["territorial"].tolist()[:2] == [True, False]
    assert frame["territorial"].isna().tolist() == [False, False, True]
