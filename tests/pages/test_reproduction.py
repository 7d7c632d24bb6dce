"""The page of printed figures beside their calculation, in every format."""

from __future__ import annotations

import pytest
from bundled import COUNTS, LABELS, LAST, REPORT, Program, counted, number, table
from reproducing import OFF, README

pytestmark = pytest.mark.usefixtures("whole_pages")


def test_the_page_counts_its_results(run: Program) -> None:
    """15 figures match, 4 differ and 5 cannot be calculated, 24 in all."""
    out = run("reproduce", "durham").out
    assert "Of 24 printed figures, 15 match, 4 differ and 5 cannot be calculated." in out


def test_people_see_each_figure_beside_its_working_out(run: Program) -> None:
    """The table has what was printed, what the counts give, the counts, and the result."""
    tables = run("reproduce", "durham", "--format", "markdown").tables
    assert [len(rows) - 1 for rows in tables] == [12, 7, 5]
    tails = [rows[0][-4:] for rows in tables]
    assert tails[0] == ["Printed", "Calculated", "From", "Result"]
    assert tails[1] == tails[2] == ["Printed, %", "Calculated, %", "From", "Result"]
    rows = [[*row[:2], *row[-4:]] for shown in tables for row in shown[1:]]
    labels = {row["metric"]: row["label"] for row in table("metrics")}
    for shown in README:
        end = LAST[shown.metric]
        area = LABELS[shown.force]
        now = counted(shown.metric, end)[shown.force]
        since = counted(shown.metric, shown.since)[shown.force].events if shown.since else None
        counts = f"{now.events:,} over {now.base:,.0f}"
        worked_out = now.rate
        if since is not None:
            counts = f"{now.events:,} after {since:,}"
            worked_out = 100 * (now.events / since - 1)
        [row] = [
            row for row in rows if row[:2] == [labels[shown.metric], area] and row[4] == counts
        ]
        assert row[2] == shown.printed
        assert row[3] == f"{worked_out:.3f}"
        off = OFF.get((shown.metric, shown.force, shown.since), 0.0)
        said = f"off by {off:+.0f}" if shown.since else f"off by {off:+.1f}"
        assert row[5] == (said if off else "matches")
    assert [row[5] for row in rows].count("cannot be calculated") == 5


def test_both_sources_are_on_the_page(run: Program) -> None:
    """What was printed and what was counted are two sources, and both are described."""
    done = run("reproduce", "durham", "--format", "json").object
    assert {row["source"] for row in done["sources"]} == {REPORT, COUNTS}


def test_the_rows_are_the_same_in_every_format(run: Program) -> None:
    """CSV and JSON have the same columns, in one order, and the same numbers and results."""
    rows = run("reproduce", "durham", "--format", "csv").rows
    shown = run("reproduce", "durham", "--format", "json").object
    assert [column["name"] for column in shown["columns"]] == list(rows[0])
    assert [number(row["printed"]) for row in rows] == [row["printed"] for row in shown["rows"]]
    assert [row["result"] for row in rows] == [row["result"] for row in shown["rows"]]


def test_a_force_without_printed_figures_is_an_error_that_says_so(run: Program) -> None:
    """Of Cleveland nothing was printed that could be calculated again."""
    done = run("reproduce", "cleveland")
    assert (done.code, done.out) == (1, "")
    assert "no printed figures of Cleveland" in done.err
    assert "counts and bases from another" in done.err


def test_an_unknown_force_is_an_error(run: Program) -> None:
    """A name that is no force's is refused with the command line's exit code."""
    done = run("reproduce", "durhm")
    assert done.code == 2
    assert "durham" in done.err
