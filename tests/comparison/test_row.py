"""The rows of machine output: their columns are a contract, each with its type and unit."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import pytest
from rows import FIRST, comparison

from crimecmp.comparison.row import (
    Among,
    Beyond,
    Claim,
    Comparison,
    InGroup,
    Judgment,
    Output,
    Prediction,
    Reproduction,
    Verdict,
    cells,
    columns,
    page_columns,
)

GOLDEN = Path(__file__).parents[1] / "golden"
SHAPES: dict[str, Any] = {
    "rates": Comparison,
    "changes": Comparison,
    "outcomes": Comparison,
    "satisfaction": Comparison,
    "trend": Comparison,
    "compare-all": Comparison,
    "judgments": Judgment,
    "claims": Claim,
    "reproduce": Reproduction,
}
"""What each command prints a row of, by the name of its golden file."""

AFTER_FIRST = (
    "force_base_count", "benchmark_base_count", "benchmark_basis", "forces_rank", "forces_ranked",
    "among_forces", "among_reason", "adjusted_z", "funnel_low", "funnel_high", "phi", "tau_squared",
    "ratio_tested", "beyond", "usual_low", "usual_high", "usual_p", "usual_sd", "usual_df",
    "phi_change", "usual_source", "usual_reason", "smallest_base_usual", "tested_against",
    "prediction_low", "prediction_high", "prediction_p", "prediction_q", "tau", "rank_low",
    "rank_high", "unusual_forces", "among_group", "group_low", "group_high", "group_p",
    "group_reason",
)  # fmt: skip
"""The columns of a comparison that came later, in the order in which they came."""

OF_JUDGMENTS = (
    "force", "question", "judgment", "rank", "positive", "summary", "source", "label", "locator",
)  # fmt: skip
OF_CLAIMS = (
    "claim", "force", "statement", "asserts", "support", "verdict", "method", "reason", "source",
    "locator",
)  # fmt: skip
"""The columns of a claim before those of the comparison that it rests on."""

OF_REPRODUCTIONS = (
    "kind", "metric", "label", "force", "period_end", "base_period_end", "unit", "printed",
    "worked_out", "off", "result", "reason", "count", "base", "base_count", "printed_decimals",
    "source", "locator", "worked_source", "worked_locator",
)  # fmt: skip

WHOLE = {
    "force_count", "benchmark_count", "force_base_count", "benchmark_base_count", "force_decimals",
    "benchmark_decimals", "force_margin_decimals", "benchmark_margin_decimals", "smallest_base",
    "forces_rank", "forces_ranked", "rank", "count", "base_count", "printed_decimals", "usual_df",
    "smallest_base_usual", "rank_low", "rank_high", "unusual_forces",
}  # fmt: skip
"""Counts and places: whole numbers."""

TEXT = {
    "kind", "metric", "label", "force", "benchmark", "unit", "source", "locator",
    "benchmark_locator", "note", "benchmark_note", "verdict", "reading", "method", "reason",
    "benchmark_basis", "among_forces", "among_reason", "question", "judgment", "summary", "claim",
    "statement", "asserts", "support", "result", "worked_source", "worked_locator", "beyond",
    "usual_source", "usual_reason", "tested_against", "among_group", "group_reason",
}  # fmt: skip
DATES = {"period_end", "base_period_end"}
FLAGS = {"positive"}
"""All other columns are numbers."""

UNITS = {
    "%": {
        "percent_difference", "percent_difference_low", "percent_difference_high", "percent_off",
    },
    "percentage points": {"force_margin", "benchmark_margin"},
    "crimes or incidents": {
        "force_count", "benchmark_count", "force_base_count", "benchmark_base_count", "count",
        "base_count",
    },
    "people, households or crimes": {
        "force_base", "benchmark_base", "smallest_base", "base", "smallest_base_usual",
    },
    "as in the column unit": {
        "force_value", "benchmark_value", "force_low", "force_high", "benchmark_low",
        "benchmark_high", "funnel_low", "funnel_high", "printed", "worked_out", "off",
        "prediction_low", "prediction_high", "group_low", "group_high",
    },
    "as in the column unit; percentage points where that is %": {
        "difference", "difference_low", "difference_high",
    },
    "percentage points; a ratio where counts are tested": {"interval_low", "interval_high"},
}  # fmt: skip
"""The columns that have a unit, by it."""

PRINTED = {
    "force_value": ("force_decimals",),
    "benchmark_value": ("benchmark_decimals",),
    "difference": ("force_decimals", "benchmark_decimals"),
    "force_margin": ("force_margin_decimals",),
    "benchmark_margin": ("benchmark_margin_decimals",),
    "printed": ("printed_decimals",),
    "off": ("printed_decimals",),
}
"""The columns whose numbers are written with printed decimals, and where those are."""


def names(found: Iterable[Output]) -> tuple[str, ...]:
    """Return the names of some columns."""
    return tuple(column.name for column in found)


def header(name: str) -> tuple[str, ...]:
    """Return the first line of a golden file: the columns that a command's CSV has."""
    with (GOLDEN / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(next(csv.reader(file)))


EVERY = {
    column.name: column for shape in SHAPES.values() for column in columns(shape)
}  # each name is the same column wherever it is, but for its place


# --- The contract


@pytest.mark.parametrize("name", SHAPES)
def test_a_row_has_the_columns_that_its_command_prints(name: str) -> None:
    """The columns of each shape of row are those of the commands' CSV, in order."""
    assert names(columns(SHAPES[name])) == header(name)


def test_a_page_has_the_columns_that_report_prints() -> None:
    """The columns of a page with comparisons and judgments are those of `report`, in order."""
    assert names(page_columns()) == header("report")


@pytest.mark.parametrize(
    ("shape", "promised"),
    [
        (Comparison, (*FIRST, *AFTER_FIRST)),
        (Judgment, OF_JUDGMENTS),
        (Claim, (*OF_CLAIMS, *(name for name in FIRST if name not in OF_CLAIMS), *AFTER_FIRST)),
        (Reproduction, OF_REPRODUCTIONS),
    ],
)
def test_columns_stay_where_they_came_to_be(shape: Any, promised: tuple[str, ...]) -> None:
    """No column that a version had is renamed, moved or dropped: new ones come at the end."""
    found = names(columns(shape))
    assert found[: len(promised)] == promised
    assert len(set(found)) == len(found)


def test_a_page_has_its_columns_where_they_came_to_be() -> None:
    """Those of judgments come behind the notes of a comparison, those of verdicts after them."""
    judged = ("question", "judgment", "rank", "positive", "summary")
    end = FIRST.index("benchmark_note") + 1
    promised = (*FIRST[:end], *judged, *FIRST[end:], *AFTER_FIRST)
    assert names(page_columns())[: len(promised)] == promised


def test_a_page_has_every_column_of_its_rows_once() -> None:
    """A page has the columns of comparisons and of judgments, those of both once, and no other."""
    found = page_columns()
    assert set(found) == {*columns(Comparison), *columns(Judgment)}
    assert len(set(found)) == len(found)
    assert tuple(column for column in found if column in columns(Comparison)) == columns(Comparison)


# --- Types, units and decimals


def test_each_column_has_the_type_of_what_it_holds() -> None:
    """Periods are dates, counts and places whole numbers, what is yes or no a flag."""
    kinds = {"whole": WHOLE, "text": TEXT, "date": DATES, "flag": FLAGS}
    assert {
        kind: {name for name, column in EVERY.items() if column.type == kind} for kind in kinds
    } == kinds
    rest = {
        column.type for name, column in EVERY.items() if name not in set().union(*kinds.values())
    }
    assert rest == {"number"}


def test_each_column_has_the_unit_of_what_it_holds() -> None:
    """Points, per cent, counts and bases are told apart; what has no unit says none."""
    found: dict[str | None, set[str]] = {}
    for name, column in EVERY.items():
        found.setdefault(column.unit, set()).add(name)
    del found[None]
    assert found == UNITS


def test_printed_figures_say_where_their_decimals_are() -> None:
    """Figures, margins and their differences have printed decimals, and nothing else has."""
    assert {name: column.decimals for name, column in EVERY.items() if column.decimals} == PRINTED
    for shape in SHAPES.values():
        here = set(names(columns(shape)))
        assert all(set(column.decimals) <= here for column in columns(shape))


def test_each_column_has_a_label_for_people() -> None:
    """Each column is called something that is not its name, and is the same in every shape."""
    for name, column in EVERY.items():
        assert column.label
        assert column.label != name
    for shape in SHAPES.values():
        assert all(column == EVERY[column.name] for column in columns(shape))


# --- Cells

ROW = comparison(
    force_value=54.0,
    force_decimals=1,
    tested=Verdict(verdict="lower", ratio=0.89),
    among=Among(forces_rank=32, forces_ranked=42),
    beyond=Beyond(ratio_tested=0.88, beyond="usual variation"),
    prediction=Prediction(rank_low=30, rank_high=35),
    in_group=InGroup("within", 40.0, 60.0),
)
JUDGED = Judgment(
    force="durham",
    question="reducing-crime",
    judgment="good",
    rank=2,
    positive=True,
    summary=None,
    source="hmic-2014-durham",
    label="Reducing crime",
    locator="Page 7",
    grade="Good",
    steps=4,
)


def claim(figures: Comparison | None) -> Claim:
    """Return a claim that rests on a comparison, or on none."""
    return Claim(
        claim="crime-fell",
        force="kent",
        statement="Crime fell.",
        asserts="fall",
        support="cannot be told",
        verdict="not tested",
        method="none",
        reason="The figures are not in the data.",
        source="mine",
        locator=None,
        figures=figures,
    )


def dictionary(row: Any, wanted: tuple[Output, ...]) -> dict[str, object]:
    """Return a row's cells by the names of their columns."""
    [found] = cells([row], wanted)
    return dict(zip(names(wanted), found, strict=True))


def test_cells_are_in_the_order_of_the_columns() -> None:
    """Whatever columns are wanted, a row has a cell for each of them, in their order."""
    wanted = tuple(EVERY[name] for name in ("source", "force_value", "kind"))
    assert cells([ROW, ROW], wanted) == [("hmic-2014-durham", 54.0, "rate")] * 2
    assert cells([], wanted) == []


def test_the_parts_of_a_row_give_their_cells_where_they_are() -> None:
    """The verdict and the place among forces are columns as the figures themselves are."""
    found = dictionary(ROW, columns(Comparison))
    assert (found["force_value"], found["force_decimals"]) == (54.0, 1)
    assert (found["verdict"], found["ratio"], found["method"]) == ("lower", 0.89, "none")
    assert (found["forces_rank"], found["forces_ranked"]) == (32, 42)
    assert (found["ratio_tested"], found["beyond"]) == (0.88, "usual variation")
    assert (found["rank_low"], found["rank_high"], found["among_group"]) == (30, 35, "within")
    assert found["benchmark_value"] is None
    assert found["period_end"] == date(2014, 6, 30)


def test_a_row_has_no_value_in_the_columns_of_another_shape() -> None:
    """On a page of both a comparison is not judged, and a judgment has no figures."""
    compared, judged = (dictionary(row, page_columns()) for row in (ROW, JUDGED))
    assert {compared[name] for name in ("question", "judgment", "rank", "positive")} == {None}
    assert (compared["kind"], judged["kind"]) == ("rate", "judgment")
    own = {*names(columns(Judgment)), "kind"}
    assert {value for name, value in judged.items() if name not in own} == {None}
    assert (judged["label"], judged["rank"], judged["positive"]) == ("Reducing crime", 2, True)


def test_a_claim_has_the_cells_of_the_comparison_that_it_rests_on() -> None:
    """Its own cells go before the comparison's: its force, verdict, reason, source and place."""
    figures = ROW._replace(locator="Table 1", tested=ROW.tested._replace(reason="By rounding."))
    found = dictionary(claim(figures), columns(Claim))
    assert (found["force_value"], found["ratio"], found["forces_rank"]) == (54.0, 0.89, 32)
    assert (found["kind"], found["metric"]) == ("rate", "crime-excluding-fraud")
    assert (found["force"], found["verdict"], found["source"]) == ("kent", "not tested", "mine")
    assert (found["locator"], found["reason"]) == (None, "The figures are not in the data.")


def test_a_claim_without_a_comparison_has_empty_cells_for_it() -> None:
    """Where the data do not hold the figures the claim's own cells are all there is."""
    found = dictionary(claim(None), columns(Claim))
    assert {value for name, value in found.items() if name not in OF_CLAIMS} == {None}
    assert found["statement"] == "Crime fell."


def test_a_column_can_be_called_otherwise_than_its_field() -> None:
    """A count is `count` in a reproduction, a name that every tuple has for something else."""
    row = Reproduction(
        *("rate", "m", "M", "kent", date(2014, 6, 30), None, "%", 5.0, 5.25, 0.3, "differs", None),
        events=21, base=4000.0, events_before=20, printed_decimals=1, source="report",
        locator=None, worked_source="counts", worked_locator=None,
    )  # fmt: skip
    found = dictionary(row, columns(Reproduction))
    assert (found["count"], found["base"], found["base_count"]) == (21, 4000.0, 20)


# --- The two sides of a comparison


def test_each_side_has_its_own_figure_and_what_is_known_of_it() -> None:
    """Every field of a side is the force's or the benchmark's own, its interval and note too."""
    own = {
        "value": "force_value", "decimals": "force_decimals", "margin": "force_margin",
        "margin_decimals": "force_margin_decimals", "events": "force_count", "base": "force_base",
        "events_before": "force_base_count", "locator": "locator", "note": "note",
    }  # fmt: skip
    fields = [*own.values()]
    fields += [
        f"benchmark_{name}" if name in ("locator", "note") else name.replace("force", "benchmark")
        for name in fields
    ]
    tested = Verdict(force_low=101, force_high=102, benchmark_low=201, benchmark_high=202)
    row = comparison(**dict(zip(fields, range(len(fields)), strict=True)), tested=tested)
    named = {field: getattr(row, field) for field in fields}
    expected = {name: named[field] for name, field in own.items()}
    assert row.own._asdict() == {**expected, "low": 101, "high": 102}
    other = {name: value + len(own) for name, value in expected.items()}
    assert row.other._asdict() == {**other, "low": 201, "high": 202}


def test_a_force_against_itself_is_told_apart() -> None:
    """Only a comparison with the force's own figure of a year before is against itself."""
    assert comparison(force="kent", benchmark="kent").against_itself
    assert not comparison(force="kent", benchmark="essex").against_itself


def test_columns_follow_from_the_fields_of_a_row() -> None:
    """A column has the name of its field unless it is given one, and the type that it may have."""
    fields = {
        "count_": Annotated[int | None, Output("Count", name="count")],
        "day": Annotated[date, Output("Day")],
    }
    found = columns(type("Own", (), {"__annotations__": fields}))
    assert [(column.name, column.type) for column in found] == [("count", "whole"), ("day", "date")]
