"""The page of the inspectors' judgments, in every format."""

from __future__ import annotations

import re

import pytest
from paging import FOR_MACHINES, FOR_PEOPLE, FORMATS, in_one_line, read_by_machines, shown

import crimecmp
from crimecmp.comparison.request import requested
from crimecmp.pages.judgments import judgments_page
from crimecmp.render import Format


@pytest.mark.parametrize("form", FORMATS)
def test_judgments_in_every_format(bundled: crimecmp.Dataset, form: Format) -> None:
    """Reducing crime was judged good, investigating and anti-social behaviour outstanding."""
    report = judgments_page(bundled, requested(bundled))
    questions = [
        "Reducing crime and preventing offending",
        "Investigating offending",
        "Tackling anti-social behaviour",
    ]
    if form in FOR_MACHINES:
        rows = read_by_machines(report, form)
        found = [(row["label"], row["judgment"], row["rank"], row["source"]) for row in rows]
        assert found == [
            (questions[0], "good", "2", "hmic-2014-durham"),
            (questions[1], "outstanding", "1", "hmic-2014-durham"),
            (questions[2], "outstanding", "1", "hmic-2014-durham"),
        ]
        assert {row["positive"].lower() for row in rows} == {"true"}
    else:
        lines = shown(report, form).split("\n")
        cells = [re.split(r" {2,}| ?\| ", line.removeprefix("| ")) for line in lines]
        assert [row[:3] for row in cells if row[0] in questions] == [
            [questions[0], "Good", "2 of 4, positive"],
            [questions[1], "Outstanding", "1 of 4, positive"],
            [questions[2], "Outstanding", "1 of 4, positive"],
        ]


def test_judgments_have_two_to_four_grounds(bundled: crimecmp.Dataset) -> None:
    """Each judgment is said to rest on two to four short points."""
    for row in read_by_machines(judgments_page(bundled, requested(bundled)), "csv"):
        points = row["summary"].split(";")
        assert 2 <= len(points) <= 4
        assert max(map(len, points)) < 120


@pytest.mark.parametrize("form", FOR_PEOPLE)
def test_the_scale_stands_beneath_the_judgments(bundled: crimecmp.Dataset, form: Format) -> None:
    """The four categories stand beneath in order, with the two that are positive, and a tally."""
    text = in_one_line(shown(judgments_page(bundled, requested(bundled)), form))
    assert (
        "1 outstanding (positive), 2 good (positive), 3 requires improvement (negative) and "
        "4 inadequate (negative)" in text
    )
    assert "2 outstanding and 1 good" in text
