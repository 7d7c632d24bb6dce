"""Rules of the frames: dtypes, what goes with them, empty columns."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from bundled import program, write

import crimecmp
from crimecmp.api.frames import DTYPES, _frame
from crimecmp.comparison.row import Claim, Comparison, Judgment, Reproduction, columns
from crimecmp.document.attribution import ATTRIBUTION

DATA = crimecmp.load()
FRAMES: dict[str, Callable[[], pd.DataFrame]] = {
    "rates": lambda: crimecmp.rates(DATA),
    "changes": lambda: crimecmp.changes(DATA),
    "outcomes": lambda: crimecmp.outcomes(DATA),
    "satisfaction": lambda: crimecmp.satisfaction(DATA),
    "compare": lambda: crimecmp.compare(DATA, ["durham", "kent"], metric="burglary"),
    "trend": lambda: crimecmp.trend(DATA),
    "report": lambda: crimecmp.report(DATA),
    "judgments": lambda: crimecmp.judgments(DATA),
    "claims": lambda: crimecmp.claims(DATA),
    "reproduce": lambda: crimecmp.reproduce(DATA),
}
WORDS = {
    "compare": ("compare", "durham", "kent", "--metric", "burglary"),
    **{name: (name, "durham") for name in FRAMES if name != "compare"},
}
EXPECTED = {
    "force": "str",
    "period_end": "datetime64[us]",
    "base_period_end": "datetime64[us]",
    "force_value": "float64",
    "force_base": "float64",
    "force_count": "Int64",
    "force_decimals": "Int64",
    "benchmark_note": "str",
    "note": "str",
    "positive": "boolean",
    "rank": "Int64",
}


@pytest.mark.parametrize("name", FRAMES)
def test_a_column_has_one_dtype(name: str) -> None:
    """A column's dtype is that of its kind of cell, whichever function made the frame."""
    frame = FRAMES[name]()
    declared = {
        column.name: DTYPES[column.type]
        for shape in (Comparison, Judgment, Claim, Reproduction)
        for column in columns(shape)
    }
    assert {column: str(dtype) for column, dtype in frame.dtypes.items()} == {
        str(column): declared[str(column)] for column in frame.columns
    }
    for column, dtype in EXPECTED.items():
        assert column not in frame or str(frame[column].dtype) == dtype


def test_a_frame_without_rows_has_the_same_dtypes() -> None:
    """No rows, or none but missing cells, change no dtype."""
    of_comparison = columns(Comparison)
    full = crimecmp.rates(DATA).dtypes
    assert _frame(of_comparison, []).dtypes.equals(full)
    nothing = tuple([None] * len(of_comparison))
    assert _frame(of_comparison, [nothing]).dtypes.equals(full)


def test_lists_of_names_know_truth_from_text() -> None:
    """Whether an area is a force is a truth value, not text."""
    assert str(crimecmp.forces(DATA)["territorial"].dtype) == "boolean"


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_has_the_title_notes_and_sources_of_its_page(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What JSON has beside the rows is in `attrs`, with the attribution of the licence."""
    attrs = FRAMES[name]().attrs
    page = program(capsys)(*WORDS[name], "--format", "json").object
    assert attrs["title"] == page["title"]
    assert attrs["sources"] == page["sources"]
    assert len(attrs["notes"]) == len(page["notes"])
    for note, expected in zip(attrs["notes"], page["notes"], strict=True):
        assert note.startswith(expected["text"])
        assert expected["locator"] is None or expected["locator"] in note
    assert attrs["licence"] == ATTRIBUTION
    assert json.loads(json.dumps(attrs)) == attrs


def test_frames_can_be_stacked() -> None:
    """Pandas compares what goes with frames when it stacks them: that must work."""
    rates = crimecmp.rates(DATA)
    same = pd.concat([rates, rates])
    assert same.attrs == rates.attrs
    assert pd.concat([rates, crimecmp.changes(DATA)]).attrs == {}


def test_names_of_forces_and_benchmarks_go_with_the_frame() -> None:
    """What people call each id of the rows is there, a group's too."""
    frame = crimecmp.rates(DATA, "kent", group="north-east")
    assert frame.attrs["names"] == {"kent": "Kent", "north-east": "North East"}


def test_empty_columns_are_dropped_when_asked() -> None:
    """Columns without any value are left out, and no other, and what goes with them stays."""
    whole, least = crimecmp.rates(DATA), crimecmp.rates(DATA, drop_empty=True)
    assert least.columns.tolist() == [name for name in whole if whole[name].notna().any()]
    assert 0 < len(least.columns) < len(whole.columns)
    assert least.attrs == whole.attrs


def test_figures_without_a_licence_have_no_attribution(tmp_path: Path) -> None:
    """The line of attribution is for figures that are under the licence."""
    rates = (
        "force,metric,period_end,value",
        "durham,burglary-in-a-dwelling,2020-03-31,4.0",
        "england-and-wales,burglary-in-a-dwelling,2020-03-31,5.0",
    )
    attrs = crimecmp.rates(crimecmp.load(write(tmp_path, rates=rates))).attrs
    assert attrs["licence"] == ""
    assert [source["source"] for source in attrs["sources"]] == ["rates.csv"]
