"""Rules of `crimecmp.pages.page`: the parts of a page become one document."""

from __future__ import annotations

import pytest

import crimecmp
from crimecmp.comparison.pairing import comparisons
from crimecmp.comparison.request import requested
from crimecmp.comparison.row import Comparison, Output
from crimecmp.document.report import Section
from crimecmp.pages.page import page_of
from crimecmp.pages.part import Part

pytestmark = pytest.mark.usefixtures("whole_pages")

DATA = crimecmp.load()
FIRST, SECOND, *_ = comparisons(DATA, "rates", requested(DATA, ["durham"]))
COLUMNS = (Output("Metric", name="metric"), Output("Question", name="question"))


def part(key: str, *rows: Comparison, machine: bool = True) -> Part:
    """Return a part of a page that has these rows."""
    return Part(Section(key, key, (), ()), rows, machine)


def test_the_rows_of_all_parts_are_one_table() -> None:
    """Machine output has the rows of each part in order, a cell for each column of the page."""
    page = page_of(DATA, "Title", [part("a", SECOND), part("b", FIRST, SECOND)], COLUMNS)
    assert page.columns == COLUMNS
    assert page.rows == [(SECOND.metric, None), (FIRST.metric, None), (SECOND.metric, None)]
    assert [section.key for section in page.sections] == ["a", "b"]


def test_what_is_for_people_alone_has_no_rows() -> None:
    """A part for people alone is a table of the page, and none of its rows is for machines."""
    page = page_of(DATA, "Title", [part("a", FIRST), part("b", SECOND, machine=False)], COLUMNS)
    assert page.rows == [(FIRST.metric, None)]
    assert [section.key for section in page.sections] == ["a", "b"]
