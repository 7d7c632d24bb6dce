"""Rules of `crimecmp.comparison.reproduction`: printed figures, worked out again from published counts."""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from bundled import (
    BEHAVIOUR,
    BURGLARY,
    COUNTS,
    JUNE_2014,
    LABELS,
    LAST,
    METRICS,
    NATIONAL,
    REPORT,
    Cells,
    Program,
    counted,
    number,
    program,
    table,
    write,
)

import crimecmp
from crimecmp.comparison.reproduction import CANNOT, DIFFERS, MATCHES, reproduce
from crimecmp.schema import REPRODUCTION_ROW

CRIME, VICTIMS, SEXUAL, VIOLENCE = METRICS[:4]
FIRST, BEFORE = "2010-06-30", "2013-06-30"


class Shown(NamedTuple):
    """A figure as the README of the published files shows it."""

    metric: str
    force: str
    since: str
    printed: str
    worked_out: str
    events: int | None = None


README = (
    Shown(CRIME, "durham", "", "54.0", "54.006", 33570),
    Shown(CRIME, NATIONAL, "", "60.7", "60.772"),
    Shown(VICTIMS, "durham", "", "48.5", "48.460", 30123),
    Shown(VICTIMS, NATIONAL, "", "53.9", "53.959"),
    Shown(SEXUAL, "durham", "", "1.6", "1.649", 1025),
    Shown(SEXUAL, NATIONAL, "", "1.2", "1.177"),
    Shown(VIOLENCE, "durham", "", "5.2", "5.162", 3209),
    Shown(VIOLENCE, NATIONAL, "", "5.9", "5.854"),
    Shown(BURGLARY, "durham", "", "5.0", "4.985", 1358),
    Shown(BURGLARY, NATIONAL, "", "8.9", "8.729"),
    Shown(BEHAVIOUR, "durham", "", "47.4", "47.36", 29439),
    Shown(BEHAVIOUR, NATIONAL, "", "36.8", "36.77"),
    Shown(CRIME, "durham", FIRST, "-11", "-11.46"),
    Shown(CRIME, NATIONAL, FIRST, "-16", "-16.33"),
    Shown(VICTIMS, "durham", FIRST, "-11", "-11.48"),
    Shown(VICTIMS, NATIONAL, FIRST, "-16", "-15.84"),
    Shown(CRIME, "durham", BEFORE, "13", "12.55"),
    Shown(CRIME, NATIONAL, BEFORE, "-1", "-0.48"),
    Shown(BEHAVIOUR, "durham", "2013-03-31", "-4", "-3.53"),
)
"""'What they reproduce': every figure there, as it is written there."""

OFF = {
    (CRIME, NATIONAL, ""): 0.1,
    (VICTIMS, NATIONAL, ""): 0.1,
    (BURGLARY, NATIONAL, ""): -0.2,
    (CRIME, NATIONAL, BEFORE): 1.0,
}
"""The figures that do not match, and by how much those worked out are off."""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Program:
    """Return a function that runs the program in this process."""
    return program(capsys)


@pytest.fixture
def durham(run: Program) -> list[Cells]:
    """Return what `reproduce durham` gives a script."""
    return run("reproduce", "durham", "--format", "csv").rows


def about(row: Cells) -> tuple[str, str, str]:
    """Return what a row is about."""
    return row["metric"], row["force"], row["base_period_end"]


def test_all_printed_figures_are_there_and_no_other(durham: list[Cells]) -> None:
    """Each figure of the report, of Durham and of England and Wales, has its row."""
    printed = [
        (name, row["force"], row["metric"], row["period_end"], float(row[figure]))
        for name, kind, figure in (
            ("rate", "rates", "value"),
            ("change", "changes", "percent"),
            ("outcome", "outcomes", "percent"),
            ("satisfaction", "satisfaction", "percent"),
        )
        for row in table(kind)
        if row["source"] == REPORT
    ]
    found = [
        (row["kind"], row["force"], row["metric"], row["period_end"], float(row["printed"]))
        for row in durham
    ]
    assert sorted(found) == sorted(printed)
    assert len(found) == 24
    assert Counter(row["result"] for row in durham) == {
        "matches": 15,
        "differs": 4,
        "cannot be worked out": 5,
    }


@pytest.mark.parametrize("shown", README, ids=lambda shown: "-".join(shown[:3]))
def test_a_figure_is_worked_out_as_the_readme_shows(durham: list[Cells], shown: Shown) -> None:
    """To the decimals given there, and from the count given there, it is the same."""
    [row] = [row for row in durham if about(row) == (shown.metric, shown.force, shown.since)]
    places = Decimal(1).scaleb(-len(shown.worked_out.partition(".")[2]))
    worked_out = Decimal(row["worked_out"]).quantize(places, ROUND_HALF_UP)
    assert worked_out == Decimal(shown.worked_out)
    assert float(row["printed"]) == float(shown.printed)
    assert int(row["printed_decimals"]) == len(shown.printed.partition(".")[2])
    if shown.events is not None:
        assert int(row["count"]) == shown.events


@pytest.mark.parametrize("shown", README, ids=lambda shown: "-".join(shown[:3]))
def test_a_figure_matches_at_the_printed_precision_or_is_off(
    durham: list[Cells], shown: Shown
) -> None:
    """Four figures of England and Wales are off, each by as much as the README shows."""
    key = shown.metric, shown.force, shown.since
    [row] = [row for row in durham if about(row) == key]
    off = OFF.get(key, 0.0)
    assert number(row["off"]) == pytest.approx(off, abs=1e-12)
    assert row["result"] == (DIFFERS if off else MATCHES)
    assert bool(row["reason"]) == bool(off)


def test_every_figure_is_that_of_its_counts(durham: list[Cells]) -> None:
    """Rates are 1,000 counts over the base, changes 100 (count - earlier) over the earlier."""
    for row in durham:
        if row["result"] == CANNOT:
            continue
        now = counted(row["metric"], row["period_end"])[row["force"]]
        assert int(row["count"]) == now.events
        if row["kind"] == "rate":
            assert number(row["base"]) == now.base
            assert number(row["worked_out"]) == pytest.approx(now.rate, rel=1e-12)
            assert row["base_count"] == ""
        else:
            earlier = counted(row["metric"], row["base_period_end"])[row["force"]].events
            assert int(row["base_count"]) == earlier
            assert number(row["worked_out"]) == pytest.approx(
                100 * (now.events - earlier) / earlier, rel=1e-12
            )
            assert row["base"] == ""


def test_what_has_no_counts_is_said_to_be_so(durham: list[Cells]) -> None:
    """Two detection rates and three figures of satisfaction stand in the report alone."""
    rows = [row for row in durham if row["result"] == CANNOT]
    assert sorted((row["metric"], row["force"]) for row in rows) == [
        ("detection-rate", "durham"),
        ("detection-rate", NATIONAL),
        ("victim-satisfaction", "durham"),
        ("victim-satisfaction", "durham"),
        ("victim-satisfaction", NATIONAL),
    ]
    for row in rows:
        assert (row["worked_out"], row["off"], row["count"]) == ("", "", "")
        assert "no published counts" in row["reason"]


def test_the_likeliest_reason_is_given(durham: list[Cells]) -> None:
    """Burglary is off for its households, of mid-2011 in the report; the rest were revised."""
    reasons = {about(row): row["reason"] for row in durham if row["result"] == DIFFERS}
    assert set(reasons) == set(OFF)
    for key, reason in reasons.items():
        assert ("households" in reason) == (key[0] == BURGLARY)
        assert ("revised" in reason) == (key[0] != BURGLARY)
    count = counted(BURGLARY)[NATIONAL].events
    [households] = [
        row["value"]
        for row in table("bases")
        if (row["force"], row["base"], row["year"]) == (NATIONAL, "households", "2011")
    ]
    older = 1000 * count / float(households)
    said = reasons[BURGLARY, NATIONAL, ""]
    assert f"{float(households):,.0f}" in said
    assert f"{older:.3f}" in said
    assert f"{older:.1f}" == "8.9"


def test_the_page_counts_its_results(run: Program) -> None:
    """15 figures match, 4 differ and 5 cannot be worked out, 24 in all."""
    out = run("reproduce", "durham").out
    assert "Of 24 printed figures 15 match, 4 differ and 5 cannot be worked out." in out


def test_people_see_each_figure_beside_its_working_out(run: Program) -> None:
    """The table has what was printed, what the counts give, the counts, and the result."""
    tables = run("reproduce", "durham", "--format", "markdown").tables
    assert [len(rows) - 1 for rows in tables] == [12, 7, 5]
    tails = [rows[0][-4:] for rows in tables]
    assert tails[0] == ["Printed", "Worked out", "From", "Result"]
    assert tails[1] == tails[2] == ["Printed, %", "Worked out, %", "From", "Result"]
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
    assert [row[5] for row in rows].count(CANNOT) == 5


def test_both_sources_are_on_the_page(run: Program) -> None:
    """What was printed and what was counted are two sources, and both are described."""
    done = run("reproduce", "durham", "--format", "json").object
    assert {row["source"] for row in done["sources"]} == {REPORT, COUNTS}
    for row in done["rows"]:
        assert (row["source"], row["worked_source"]) == (REPORT, COUNTS)


def test_the_row_is_the_same_in_every_format(run: Program) -> None:
    """CSV and JSON have the columns of a reproduction, in one order, and the same numbers."""
    rows = run("reproduce", "durham", "--format", "csv").rows
    shown = run("reproduce", "durham", "--format", "json").object
    assert list(rows[0]) == list(REPRODUCTION_ROW)
    assert [column["name"] for column in shown["columns"]] == list(REPRODUCTION_ROW)
    assert [number(row["printed"]) for row in rows] == [row["printed"] for row in shown["rows"]]
    assert [row["result"] for row in rows] == [row["result"] for row in shown["rows"]]


def test_the_python_interface_gives_the_same(durham: list[Cells]) -> None:
    """`reproduce` returns a frame with the command's rows."""
    frame = reproduce(crimecmp.load(), "Durham Constabulary")
    assert list(frame.columns) == list(REPRODUCTION_ROW)
    assert frame["result"].tolist() == [row["result"] for row in durham]
    assert frame["count"].tolist()[0] == counted(CRIME)["durham"].events


def test_a_force_without_printed_figures_is_an_error_that_says_so(run: Program) -> None:
    """Of Cleveland nothing was printed that could be worked out again."""
    done = run("reproduce", "cleveland")
    assert (done.code, done.out) == (1, "")
    assert "no printed figures of Cleveland" in done.err
    assert "counts and bases of another" in done.err


def test_counts_are_not_worked_out_from_themselves(run: Program) -> None:
    """The source with the counts printed nothing: asked for, it is an error."""
    done = run("reproduce", "durham", "--source", COUNTS)
    assert (done.code, done.out) == (1, "")


def test_an_unknown_force_is_an_error(run: Program) -> None:
    """A name that is no force's is refused with the command line's exit code."""
    done = run("reproduce", "durhm")
    assert done.code == 2
    assert "durham" in done.err


# Figures of a user's own

PRINTED = "force,metric,period_end,source,value,count,base"


@pytest.mark.parametrize(
    ("printed", "off"),
    [("5", 0), ("5.0", 0.3), ("5.3", 0), ("5.25", 0), ("5.2", 0.1), ("5.26", -0.01), ("6", -1)],
)
def test_a_figure_matches_where_rounding_the_other_gives_it(
    run: Program, tmp_path: Path, printed: str, off: float
) -> None:
    """21 of 4,000 are 5.25 per 1,000, which is 5.3 and 5: halves are rounded away from nought."""
    folder = write(
        tmp_path,
        rates=[
            PRINTED,
            f"kent,burglary,{JUNE_2014},report,{printed},,",
            f"kent,burglary,{JUNE_2014},counts,5.25,21,4000",
        ],
        sources=["source,title", "report,Report", "counts,Counts"],
    )
    done = run("reproduce", "kent", "--data", folder, "--format", "csv")
    [row] = done.rows
    assert number(row["worked_out"]) == 5.25
    assert number(row["off"]) == pytest.approx(off, abs=1e-12)
    assert row["result"] == (DIFFERS if off else MATCHES)
    if off:
        assert "not known" in row["reason"]
        assert "revised" in row["reason"]


def test_a_change_from_none_cannot_be_worked_out(run: Program, tmp_path: Path) -> None:
    """A printed change after no crimes at all has no working out, and is no error."""
    folder = write(
        tmp_path,
        rates=[
            PRINTED,
            f"kent,burglary,{BEFORE},counts,0,0,4000",
            f"kent,burglary,{JUNE_2014},counts,5.25,21,4000",
            f"kent,burglary,{JUNE_2014},report,5.3,,",
        ],
        changes=[
            "force,metric,period_end,base_period_end,source,percent",
            f"kent,burglary,{JUNE_2014},{BEFORE},report,50",
        ],
        sources=["source,title", "report,Report", "counts,Counts"],
    )
    rate, change = run("reproduce", "kent", "--data", folder, "--format", "csv").rows
    assert (rate["result"], rate["off"]) == (MATCHES, "0.0")
    assert (change["result"], change["worked_out"]) == (CANNOT, "")
    assert "not above nought" in change["reason"]


def test_figures_with_their_own_counts_are_not_taken_for_printed(
    run: Program, tmp_path: Path
) -> None:
    """What was worked out from counts in its own row is nothing to be worked out again."""
    folder = write(
        tmp_path,
        rates=[
            PRINTED,
            f"kent,burglary,{JUNE_2014},first,5.25,21,4000",
            f"kent,burglary,{JUNE_2014},second,5.5,22,4000",
        ],
        sources=["source,title", "first,First", "second,Second"],
    )
    done = run("reproduce", "kent", "--data", folder)
    assert (done.code, done.out) == (1, "")
    assert "no printed figures of Kent" in done.err


def test_the_frame_is_typed_as_the_others_are() -> None:
    """Dates are dates and counts whole numbers, also where some are missing."""
    frame = crimecmp.reproduce(crimecmp.load(), "durham")
    assert {str(frame[name].dtype) for name in ("period_end", "base_period_end")} == {
        "datetime64[us]"
    }
    assert {str(frame[name].dtype) for name in ("count", "base_count")} == {"Int64"}
