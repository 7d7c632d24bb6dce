"""Rules of `show`: a frame as people read it."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from typing import Any

import pandas as pd
import pytest

import crimecmp
import crimecmp.render.matplotlib
from crimecmp.api.showing import LOST

DATA = crimecmp.load()


def html(frame: pd.DataFrame) -> str:
    """Return what a notebook shows of a frame."""
    return crimecmp.show(frame)._repr_html_()


def table(frame: pd.DataFrame) -> list[list[str]]:
    """Return the texts of the table that a notebook shows, its headings first."""
    [markup] = re.findall(r"<table>.*?</table>", html(frame))
    return [["".join(cell.itertext()) for cell in row] for row in ET.fromstring(markup).iter("tr")]


def test_a_frame_is_shown_by_the_columns_that_people_read() -> None:
    """Names stand for ids, months for days, and figures have the decimals that were printed."""
    heads, first, *_ = table(crimecmp.rates(DATA))
    assert dict(zip(heads, first, strict=True)) == {
        "Measure": "Crime excluding fraud",
        "Unit": "per 1,000 population",
        "12 months to": "June 2014",
        "Durham": "54.0",
        "England and Wales": "60.7",
        "Difference": "-6.7",
        "% difference": "-11.0",
        "Verdict": "lower",
    }


def test_several_forces_have_a_column() -> None:
    """Where rows differ in their force each row names it."""
    heads, *rows = table(crimecmp.rates(DATA, ["durham", "kent"], metric="burglary"))
    assert [row[heads.index("Force")] for row in rows] == ["Durham", "Kent"]


def test_text_and_html_have_the_same_rows_notes_and_sources() -> None:
    """A shell's text and a notebook's HTML say the same."""
    frame = crimecmp.rates(DATA)
    text = " ".join(repr(crimecmp.show(frame)).split())
    words = " ".join(ET.fromstring(f"<p>{html(frame)}</p>").itertext())
    for said in (frame.attrs["title"], *frame.attrs["notes"], frame.attrs["licence"]):
        assert said in text
        assert said in words
    for row in table(frame)[1:]:
        for cell in row:
            assert cell in text


@pytest.mark.parametrize("name", ["rates", "changes", "satisfaction", "trend"])
def test_figures_come_with_a_picture(name: str) -> None:
    """Figures of a force are drawn beside the benchmark's."""
    drawn = html(getattr(crimecmp, name)(DATA))
    assert drawn.count("<svg") == 1


@pytest.mark.parametrize("name", ["judgments", "claims", "forces", "sources"])
def test_what_is_no_figure_has_no_picture(name: str) -> None:
    """Words are shown as a table alone, and so are claims, which have no scale in common."""
    frame = getattr(crimecmp, name)(DATA)
    assert "<svg" not in html(frame)
    assert len(table(frame)) == len(frame) + 1


def test_a_series_is_drawn_as_lines() -> None:
    """A trend's picture says of each line where it begins and ends."""
    frame = crimecmp.trend(DATA, ["durham", "cleveland"], metric="burglary")
    drawn = html(frame)
    for line in ("Durham: 7.93", "Cleveland: 10.26", "England and Wales: 11.45"):
        assert f"{line} (June 2010) to " in drawn


def test_without_the_extra_the_table_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where matplotlib is not installed the picture is missing and nothing else."""
    frame = crimecmp.rates(DATA)
    for name in [name for name in sys.modules if name.startswith("crimecmp.render.matplotlib.")]:
        monkeypatch.delitem(sys.modules, name)
        monkeypatch.delattr(crimecmp.render.matplotlib, name.rpartition(".")[2])
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    shown = html(frame)
    assert "<svg" not in shown
    assert f"<h3>{frame.attrs['title']}</h3>" in shown
    assert len(table(frame)) == 7


def test_a_frame_that_lost_its_attributes_says_so() -> None:
    """Rows without their title, notes and sources are shown, and said to have lost them."""
    frame = pd.concat([crimecmp.rates(DATA), crimecmp.changes(DATA)])
    assert LOST in html(frame)
    assert LOST.split(".")[0] in " ".join(repr(crimecmp.show(frame)).split())
    assert LOST not in html(crimecmp.rates(DATA))


def test_a_filtered_frame_says_that_rows_are_missing() -> None:
    """Fewer rows than the page has are counted; chosen columns are shown as they are."""
    rates = crimecmp.rates(DATA)
    frame = rates[rates["verdict"] == "higher"][["label", "force_value", "z", "verdict"]]
    assert "2 of 6 rows are shown" in html(frame)
    assert table(frame)[0] == ["Measure", "Force figure", "Verdict"]
    assert table(frame)[1] == ["Sexual offences", "1.6", "higher"]


def test_a_users_own_column_is_shown() -> None:
    """A column that crimecmp does not know keeps its name, behind those that it does."""
    frame = crimecmp.rates(DATA).assign(mine=1.25)
    heads, first, *_ = table(frame)
    assert (heads[-1], first[-1]) == ("mine", "1.25")


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame(),
        pd.DataFrame({"a": [None, None]}),
        pd.DataFrame({"a": ["<b>&"], 1: [True]}),
        pd.DataFrame([[1, 2]], columns=["a", "a"]),
        pd.DataFrame({"when": [pd.Timestamp(2014, 6, 30)], "z": [float("inf")]}),
        crimecmp.rates(DATA).head(0),
        crimecmp.rates(DATA).drop(columns=["kind", "force_decimals"]),
        crimecmp.rates(DATA).assign(force=None, benchmark=None, label=None),
        crimecmp.rates(DATA).assign(force_value="x"),
    ],
    ids=range(9),
)
def test_any_frame_can_be_shown(frame: pd.DataFrame) -> None:
    """Whatever was done to a frame, something is shown and markup in it is text."""
    shown = crimecmp.show(frame)
    assert isinstance(repr(shown), str)
    ET.fromstring(f"<p>{shown._repr_html_()}</p>")


@pytest.mark.parametrize("given", [None, 3, "durham", [1], DATA])
def test_only_a_frame_can_be_shown(given: Any) -> None:
    """What is no frame is refused, with what to pass."""
    with pytest.raises(crimecmp.RequestError, match=r"^frame= takes a frame, not ") as caught:
        crimecmp.show(given)
    assert "not a Dataset" in caught.value.message or repr(given) in caught.value.message


@pytest.mark.parametrize("names", ["force", ["force", "metric"]], ids=["index", "multiindex"])
def test_a_named_index_is_shown_as_columns(names: Any) -> None:
    """What was made the index is shown as before, and is the heading of no figure."""
    rates = crimecmp.rates(DATA, ["durham", "kent"])
    heads, *rows = table(rates.set_index(names))
    assert "None" not in heads
    assert [heads, *rows] == table(rates)
    assert [row[heads.index("Force")] for row in rows[:2]] == ["Durham", "Kent"]


def test_a_force_that_no_row_names_is_no_heading() -> None:
    """Rows without a force have no force in common."""
    heads, *_ = table(crimecmp.rates(DATA).assign(force=None))
    assert "Force figure" in heads
    assert "None" not in heads


def test_means_are_shown_with_what_they_are_of() -> None:
    """The rows of a grouped frame name their group, and are not said to be some of the rows."""
    rates = crimecmp.rates(DATA, ["durham", "kent"])
    means = rates.groupby("metric")["force_value"].mean().to_frame()
    means.attrs = rates.attrs
    heads, first, *_ = table(means)
    assert (heads, first[0]) == (["Metric", "Force figure"], "anti-social-behaviour")
    assert "rows are shown" not in html(means)
    assert "The notes are about the 12 rows that this table was made from." in html(means)


def test_a_pivoted_frame_has_a_column_for_each_force() -> None:
    """Each force heads its own column, and each row names its metric."""
    rates = crimecmp.rates(DATA, ["durham", "kent"])
    wide = rates.pivot(index="metric", columns="force", values="force_value")
    wide.attrs = rates.attrs
    assert table(wide)[0] == ["Metric", "Durham", "Kent"]
    both = rates.pivot(index="metric", columns="force", values=["force_value", "verdict"])
    assert table(both)[0][:2] == ["Metric", "force_value, durham"]


def test_no_columns_are_not_no_rows() -> None:
    """A frame without columns is said to have none; its rows are not said to be missing."""
    shown = html(crimecmp.rates(DATA)[[]])
    assert "No columns are shown. The notes are about all 6 rows." in shown
    assert "0 of 6" not in shown


@pytest.mark.parametrize(
    "changed",
    [
        {"notes": None}, {"notes": 3}, {"sources": None}, {"title": None}, {"sources": [{}, 3]},
        {"rows": "many"}, {"rows": None}, {"names": None}, {"names": {"durham": 3}},
        {"licence": None},
    ],
    ids=repr,
)  # fmt: skip
def test_changed_attributes_do_not_stop_a_table(changed: dict[str, Any]) -> None:
    """Attributes of a wrong type are left out; the rows are shown, and a loss is said."""
    frame = crimecmp.rates(DATA)
    whole = len(table(frame))
    frame.attrs.update(changed)
    assert len(table(frame)) == whole
    assert repr(crimecmp.show(frame))
    lost = changed.keys() & {"notes", "title"} or changed.get("sources", 0) is None
    assert (LOST in html(frame)) == bool(lost)


@pytest.mark.parametrize(
    "column",
    [
        "force_decimals", "benchmark_decimals", "force_low", "benchmark_high", "interval_level",
        "base_period_end", "benchmark_value", "verdict", "kind",
    ],
)  # fmt: skip
@pytest.mark.parametrize("value", ["one", 10**9, [1]], ids=repr)
def test_cells_of_a_wrong_type_are_shown_as_they_are(column: str, value: Any) -> None:
    """A cell that was changed to another type stops neither the table nor the page."""
    frame = crimecmp.rates(DATA)
    frame[column] = pd.Series([value] * len(frame), dtype=object)
    assert len(table(frame)) == len(frame) + 1
    assert repr(crimecmp.show(frame))


@pytest.mark.parametrize("name", ["forces", "metrics", "groups", "sources"])
def test_lists_of_names_have_headings_for_people(name: str) -> None:
    """No column of a list of names is headed by its name in machine form."""
    heads, *_ = table(getattr(crimecmp, name)(DATA))
    assert all(head[0].isupper() and "_" not in head for head in heads)
    assert len(set(heads)) == len(heads)


def test_the_name_of_a_group_is_no_measure() -> None:
    """A label names what its row is about: a group in a list of groups, else a measure."""
    assert table(crimecmp.groups(DATA))[0][:3] == ["Group", "Name", "Forces"]
    assert "Measure" in table(crimecmp.rates(DATA))[0]
