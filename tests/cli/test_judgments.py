"""`crimecmp judgments` of a report that somebody typed in, on the scale of that report."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from terminal import crimecmp_run

FIVE = (
    "judgment,label,rank,positive\n"
    "outstanding,Outstanding,1,true\n"
    "good,Good,2,true\n"
    "adequate,Adequate,3,true\n"
    "requires-improvement,Requires improvement,4,false\n"
    "inadequate,Inadequate,5,false\n"
)


@pytest.fixture
def typed_in(tmp_path: Path) -> Path:
    """Return tables of a report with questions and a scale of its own."""
    (tmp_path / "scale.csv").write_text(FIVE)
    (tmp_path / "sources.csv").write_text("source,title,published\npeel,PEEL,2022\n")
    (tmp_path / "questions.csv").write_text("question,label\nprevention,Preventing crime\n")
    (tmp_path / "judgments.csv").write_text(
        "force,question,source,judgment\nCleveland,prevention,peel,Adequate\n"
    )
    return tmp_path


def test_a_report_typed_in_is_shown_on_its_scale(typed_in: Path) -> None:
    """The answer, the step and the steps are those of the five grades of the folder."""
    done = crimecmp_run("judgments", "cleveland", "--data", str(typed_in))
    assert (done.err, done.code) == ("", 0)
    assert "Adequate on 1 question." in done.out
    assert "3 of 5" in done.out
    assert "3 adequate, 4 requires improvement and 5 inadequate." in done.out


def test_its_rank_in_csv_is_that_of_its_scale(typed_in: Path) -> None:
    """Machines get the id of the grade and its place on the scale of the report."""
    done = crimecmp_run("judgments", "cleveland", "--data", str(typed_in), "-f", "csv")
    [row] = csv.DictReader(io.StringIO(done.out))
    assert (row["judgment"], row["rank"], row["label"]) == ("adequate", "3", "Preventing crime")


def test_a_grade_of_another_scale_is_a_fault_with_its_place(typed_in: Path) -> None:
    """Without its scale the report is not on the one of 2014: the cell is named."""
    (typed_in / "scale.csv").unlink()
    done = crimecmp_run("judgments", "cleveland", "--data", str(typed_in))
    assert (done.out, done.code) == ("", 1)
    assert "judgments.csv:2:judgment: unknown judgment 'Adequate'" in done.err
