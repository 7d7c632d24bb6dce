"""The page of counts that two sources published, in every format."""

from __future__ import annotations

import pytest
from bundled import Program, number, write


def test_the_answer_is_the_first_measure_and_the_widest_differences(run: Program) -> None:
    """What both published of all crime, and how many measures differ by how much."""
    _, lead, *others = run("reproduce", "leicestershire", "--latest").out.splitlines()
    said = " ".join([lead, *others])
    assert "Crime excluding fraud in Leicestershire: ONS published 97,193" in said
    assert "the Home Office 96,069, 1,124 fewer (-1.2%)." in said
    assert "Of 9 measures, none has the same count in both" in said
    assert "-6.0% (sexual offences) to +20.9% (residential burglary)" in said


def test_of_one_count_one_sentence_says_it_all(run: Program) -> None:
    """How many of one measure are the same, and the widest of one difference, say nothing new."""
    out = run("reproduce", "durham", "--metric", "homicide", "--latest").out
    said = "Homicide in Durham: ONS published 3, the Home Office 3, no difference.\n\n"
    assert said in out


def test_all_forces_are_added_up(run: Program) -> None:
    """The sums of the 43 forces can be compared: both leave out British Transport Police."""
    out = " ".join(run("reproduce", "--all", "--metric", "crime", "--latest").out.split())
    assert "in the 43 forces together: ONS published 5,267,542, the Home Office 5,262,563" in out
    assert "4,979 fewer (-0.1%)" in out
    assert "-1.3% (Cleveland) to +1.5% (Derbyshire)" in out


def test_what_the_sources_say_of_a_difference_is_read_with_care(run: Program) -> None:
    """ONS's own notes are quoted with the area and the measure that they are on."""
    out = " ".join(run("reproduce", "leicestershire", "--latest").out.split())
    notes = "Office for National Statistics notes:"
    assert f"! On residential burglary in Leicestershire, {notes} Burglary of November" in out
    assert f"! On England and Wales, {notes} Includes British Transport Police." in out


def test_no_verdict_is_given(run: Program) -> None:
    """The page says that it is about sources, and no row is higher or lower."""
    out = run("reproduce", "durham", "--latest").out
    assert "This compares two sources, not areas, and gives no verdict." in out
    assert "higher" not in out
    assert "lower" not in out


def test_a_difference_too_small_for_a_decimal_is_not_zero(run: Program) -> None:
    """Durham's damage differs by one crime in 9,045, 0.01%; what is the same is 0.0%."""
    lines = run("reproduce", "durham", "--latest").out.splitlines()
    shown = {" ".join(line.split()) for line in lines}
    assert "Criminal damage and arson 9,045 9,046 +1 +0.01%" in shown
    assert "Robbery 256 256 0 0.0%" in shown


def test_tables_are_by_measure_for_several_forces(run: Program) -> None:
    """Of two forces each measure has its table, and England and Wales is the last line of it."""
    done = run("reproduce", "durham", "kent", "--latest", "--format", "markdown")
    assert len(done.tables) == 9
    assert [row[0] for row in done.tables[0][1:]] == ["Durham", "Kent", "England and Wales"]
    assert done.tables[0][0][:5] == ["Area", "ONS", "Home Office", "Difference", "Difference, %"]


def test_the_rows_are_the_same_in_every_format(run: Program) -> None:
    """CSV and JSON have the same numbers: the difference is the later count less the first."""
    asked = ("reproduce", "durham", "--latest", "--format")
    rows, shown = run(*asked, "csv").rows, run(*asked, "json").object["rows"]
    for name in ("printed", "worked_out", "off", "percent_off"):
        assert [number(row[name]) for row in rows] == [row[name] for row in shown]
    for row in rows:
        assert number(row["worked_out"]) - number(row["printed"]) == number(row["off"])


def test_both_sources_are_described(run: Program) -> None:
    """A reader finds both publications."""
    done = run("reproduce", "durham", "--latest", "--format", "json").object
    found = [row["source"] for row in done["sources"]]
    assert found == ["ons-pfa-2024-12", "recorded-crime-2026-04"]


@pytest.mark.parametrize("publisher", ["", "Home Office"])
def test_sources_without_different_publishers_go_by_their_ids(
    run: Program, tmp_path: object, publisher: str
) -> None:
    """Two editions of one publisher are told apart."""
    folder = write(
        tmp_path,  # type: ignore[arg-type]
        sources=["source,title,publisher", f"early,Early,{publisher}", f"late,Late,{publisher}"],
        rates=[
            "force,metric,period_end,source,value,count,base",
            "kent,robbery,2024-12-31,early,5.25,21,4000",
            "kent,robbery,2024-12-31,late,5.5,22,4000",
        ],
    )
    out = run("reproduce", "kent", "--data", folder).out
    assert "crimes published by late and early" in out
    assert "late published 22, early 21, 1 fewer (-4.5%)." in out


def test_printed_figures_come_before_counts(run: Program) -> None:
    """The report of 2014 is what `reproduce` is about where its figures are."""
    out = run("reproduce", "durham", "kent").out
    assert "Of 24 printed figures" in out
    whole = run("reproduce", "durham", "kent", "--notes", "full").out
    assert "No printed figures of Kent." in whole


def test_the_error_names_what_has_counts_of_every_force(run: Program) -> None:
    """Where nothing was printed of a force, the newest figures are offered."""
    done = run("reproduce", "kent")
    assert (done.code, done.out) == (1, "")
    assert "those of --latest have counts of every force from two sources" in done.err


def test_one_measure_of_the_printed_figures(run: Program) -> None:
    """`--metric` chooses among printed figures too: Durham's rate and change, and the nation's."""
    rows = run("reproduce", "durham", "--metric", "sexual", "--format", "csv").rows
    assert {row["metric"] for row in rows} == {"sexual-offences"}
    assert [row["printed"] for row in rows] == ["1.6", "1.2"]
