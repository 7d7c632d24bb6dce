"""Judgments of several cycles of inspections: a group each with its year, never one order."""

from __future__ import annotations

from pathlib import Path

import pytest
from paging import FOR_PEOPLE, in_one_line, read_by_machines, shown
from tabling import TWO_SCALES

import crimecmp
from crimecmp.comparison.request import requested
from crimecmp.document.brief import Brief
from crimecmp.document.report import Report
from crimecmp.pages.figures import whole_page
from crimecmp.pages.handout import handout
from crimecmp.pages.judgments import judgments_page
from crimecmp.render import Format
from crimecmp.wording.cycles import NOT_COMPARED

SOURCES = (
    "source,title,publisher,published\n"
    "two,PEEL 2021/22,HMICFRS,2022-11\n"
    "one,Crime inspection 2014,HMIC,2014\n"
)
JUDGMENTS = (
    "force,question,source,judgment\n"
    "kent,reducing-crime,one,good\n"
    "kent,investigating-offending,one,requires-improvement\n"
    "kent,reducing-crime,two,requires-improvement\n"
    "kent,investigating-offending,two,adequate\n"
    "essex,reducing-crime,one,outstanding\n"
)
RATES = "force,metric,period_end,source,value\nkent,robbery,2014-06-30,one,0.5\n"


def tables(folder: Path, sources: str = SOURCES, rates: str = "") -> crimecmp.Dataset:
    """Return judgments of two cycles on scales of their own, and some rates beside them."""
    (folder / "sources.csv").write_text(sources)
    (folder / "scale.csv").write_text(TWO_SCALES)
    (folder / "judgments.csv").write_text(JUDGMENTS)
    if rates:
        (folder / "rates.csv").write_text(rates)
    return crimecmp.load(folder)


@pytest.fixture
def data(tmp_path: Path) -> crimecmp.Dataset:
    """Return judgments of Kent in two cycles, and of Essex in the earlier one."""
    return tables(tmp_path)


def brief_of(page: Report) -> Brief:
    """Return the brief form of a page, which must have one."""
    assert page.brief is not None
    return page.brief()


def test_the_answer_counts_each_cycle_alone(data: crimecmp.Dataset) -> None:
    """No sentence adds the judgments of two cycles; the best of each comes first."""
    brief = brief_of(judgments_page(data, requested(data, ["kent"])))
    assert brief.answer == (
        "2022: adequate on 1 question and requires improvement on 1.",
        "2014: good on 1 question and requires improvement on 1.",
    )
    assert NOT_COMPARED in brief.remarks


def test_each_cycle_is_a_table_on_its_own_scale(data: crimecmp.Dataset) -> None:
    """The same category is step 4 of 5 in one table and 3 of 4 in the other."""
    brief = brief_of(judgments_page(data, requested(data, ["kent"])))
    found = [(table.title, [line.cells[1:] for line in table.lines]) for table in brief.tables]
    assert found == [
        ("PEEL 2021/22 (2022)", [("Requires improvement", "4 of 5"), ("Adequate", "3 of 5")]),
        ("Crime inspection 2014", [("Good", "2 of 4"), ("Requires improvement", "3 of 4")]),
    ]
    steps = [remark for remark in brief.remarks if remark.startswith("Steps in ")]
    assert [remark.count(",") for remark in steps] == [3, 2]


@pytest.mark.parametrize("form", FOR_PEOPLE)
def test_the_whole_page_has_a_part_a_cycle(data: crimecmp.Dataset, form: Format) -> None:
    """Each part has its own tally and scale, and one sentence says what cannot be compared."""
    text = in_one_line(shown(judgments_page(data, requested(data, ["kent"])), form))
    first, second = text.split("Judgments: Crime inspection 2014")
    assert "4 of 5, negative" in first
    assert "In all: 1 adequate and 1 requires improvement." in first
    assert "3 of 4, negative" in second
    assert "In all: 1 good and 1 requires improvement." in second
    assert "5 inadequate (negative)" in first
    assert "5 inadequate" not in second
    assert text.count(NOT_COMPARED) == 1


def test_machines_get_the_rank_on_the_scale_of_the_source(data: crimecmp.Dataset) -> None:
    """The rows of each source follow one another, each ranked on its own scale."""
    rows = read_by_machines(judgments_page(data, requested(data, ["kent"])), "csv")
    assert [(row["source"], row["judgment"], row["rank"]) for row in rows] == [
        ("two", "requires-improvement", "4"),
        ("two", "adequate", "3"),
        ("one", "good", "2"),
        ("one", "requires-improvement", "3"),
    ]


def test_a_single_cycle_has_no_more_words_than_it_needs(data: crimecmp.Dataset) -> None:
    """Where one source is asked for, nothing is said of cycles."""
    brief = brief_of(judgments_page(data, requested(data, ["kent"], source="one")))
    assert brief.answer == ("Good on 1 question and requires improvement on 1.",)
    assert [table.title for table in brief.tables] == [""]
    assert NOT_COMPARED not in brief.remarks


def test_a_profile_names_the_cycle_of_each_judgment(data: crimecmp.Dataset) -> None:
    """A force that was judged in one cycle has its year too, beside one judged in two."""
    brief = brief_of(whole_page(data, requested(data, ["kent", "essex"])))
    lines = [line for fact in brief.facts for line in fact.lines]
    assert [line[1:] for line in lines] == [
        ("Adequate", "3 of 5", "2022"),
        ("Requires improvement", "4 of 5", "2022"),
        ("Good", "2 of 4", "2014"),
        ("Requires improvement", "3 of 4", "2014"),
        ("Outstanding", "1 of 4", "2014"),
    ]
    assert brief.marks[-1] == NOT_COMPARED


def test_badges_are_in_a_row_a_cycle(data: crimecmp.Dataset) -> None:
    """A sheet has the badges of each force by cycle, each on its scale, and the sentence."""
    page = handout(data, requested(data, ["kent", "essex"]), "html", full=False)
    assert page.sheets is not None
    [block] = page.sheets.first
    found = [
        (row.force, [(badge.step, badge.steps) for badge in row.badges]) for row in block.judgments
    ]
    assert found == [
        ("Kent, 2022", [(3, 5), (4, 5)]),
        ("Kent, 2014", [(2, 4), (3, 4)]),
        ("Essex, 2014", [(1, 4)]),
    ]
    assert block.remarks == (
        "1 is best: 1 outstanding, 2 good, 3 adequate, 4 requires improvement and 5 inadequate.",
        "1 is best: 1 outstanding, 2 good, 3 requires improvement and 4 inadequate.",
        NOT_COMPARED,
    )


def test_findings_are_of_one_cycle_each(data: crimecmp.Dataset) -> None:
    """No sentence of the findings has judgments of two cycles."""
    page = handout(data, requested(data, ["kent"]), "markdown", full=False)
    assert [item.text for passage in page.opening for item in passage.items] == [
        "2022: inspectors judged Kent adequate on investigating offending, and requires "
        "improvement on reducing crime and preventing offending.",
        "2014: inspectors judged Kent good on reducing crime and preventing offending, and "
        "requires improvement on investigating offending.",
    ]


def test_judgments_stand_beside_figures(tmp_path: Path) -> None:
    """Own judgments on own scales are on the page of own figures, in every table of it too."""
    data = tables(tmp_path, rates=RATES)
    request = requested(data, ["kent"])
    assert brief_of(whole_page(data, request)).facts[0].name == "INSPECTORS"
    brief = brief_of(whole_page(data, request, tables=True))
    assert [table.title for table in brief.tables][-2:] == [
        "Judgments: PEEL 2021/22 (2022)",
        "Judgments: Crime inspection 2014",
    ]
    assert NOT_COMPARED in brief.remarks


@pytest.mark.parametrize("published", ["", "2022"])
def test_a_cycle_without_a_year_of_its_own_has_its_title(published: str, tmp_path: Path) -> None:
    """Two sources of one year, or of none, are told apart by their titles."""
    sources = f"source,title,published\none,First,{published}\ntwo,Second,{published}\n"
    brief = brief_of(judgments_page(data := tables(tmp_path, sources), requested(data, ["kent"])))
    assert [answer.partition(":")[0] for answer in brief.answer] == ["First", "Second"]
    assert [table.title for table in brief.tables] == ["First", "Second"]
