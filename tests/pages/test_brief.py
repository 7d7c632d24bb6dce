"""Brief pages: what is common is said once, what differs is marked, cautions are short."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bundled import CITY, Program, dataset, newest, table
from picturing import request_of
from rows import comparison, write_tables

import crimecmp
from crimecmp.comparison.request import requested
from crimecmp.document.brief import Brief
from crimecmp.document.report import Report
from crimecmp.pages.figures import comparison_page, figures_page, whole_page
from crimecmp.pages.names import names_page
from crimecmp.pages.trend import trend_page
from crimecmp.wording.captions import source_line
from crimecmp.wording.row_marks import Marks

DATA = dataset()


def brief_of(page: Report) -> Brief:
    """Return a page's brief form."""
    assert page.brief is not None
    return page.brief()


def rates(data: crimecmp.Dataset = DATA, force: str = "durham", **choices: Any) -> Brief:
    """Return the brief page of a force's rates."""
    return brief_of(figures_page(data, "rates", requested(data, [force], **choices)))


def test_unit_and_year_are_said_once_and_rows_that_differ_are_marked() -> None:
    """Burglary is per household and anti-social behaviour of another year: each has a letter."""
    page = rates()
    assert page.title.endswith("crime per 1,000 people, year to June 2014")
    names = [line.cells[0] for line in page.tables[0].lines]
    assert names[-2:] == ["Burglary in a dwelling\u00a0h", "Anti-social behaviour\u00a0m"]
    assert not any(name.endswith(("\u00a0h", "\u00a0m")) for name in names[:-2])
    assert page.marks == ("h per 1,000 households", "m year to March 2014")


def test_two_years_with_one_first_letter_have_two_marks() -> None:
    """Marks are never the same letter."""
    from datetime import date

    ends = [date(2014, 6, 30), date(2014, 6, 30), date(2014, 3, 31), date(2013, 3, 31)]
    marks = Marks.of([comparison(period_end=end) for end in ends])
    assert sorted(marks.letters.values()) == sorted(set(marks.letters.values()))
    assert len(marks.letters) == 2
    assert marks.end == ends[0]


def test_cautions_are_those_of_the_notes_in_short() -> None:
    """What the notes have as a caution is on the brief page, and only about what it shows."""
    cautions = {row["note"]: row["caution"] for row in table("notes")}
    assert rates().cautions == (cautions["crime-recording"], cautions["medomsley"])
    assert rates(metric="asb").cautions == ()
    assert rates(force="kent").cautions == ()


def test_the_inquiry_is_no_caution_about_earlier_years() -> None:
    """Pages of years that it does not bear on leave Medomsley out: rates, changes and a trend."""
    earlier = requested(DATA, ["durham"], period="2013-06", source="published-counts")
    for kind in ("rates", "changes"):
        page = brief_of(figures_page(DATA, kind, earlier))
        assert not any("Medomsley" in caution for caution in page.cautions)
        assert any("less accurate" in caution for caution in page.cautions)
    for period, said in (("2013-06", False), (None, True)):
        request = requested(DATA, ["durham"], metric="crime", period=period)
        cautions = brief_of(trend_page(DATA, request)).cautions
        assert any("Medomsley" in caution for caution in cautions) == said


def test_a_users_note_without_a_caution_is_shown_by_its_first_sentence(tmp_path: Path) -> None:
    """Own tables need no short form: the first sentence of a note is on the brief page."""
    write_tables(
        tmp_path, {"rates": ["durham,burglary,2014-06-30,mine,5.0"], "sources": ["mine,My figures"]}
    )
    (tmp_path / "notes.csv").write_text(
        "note,force,source,tables,metrics,text\n"
        "a,durham,mine,rates,,These are provisional. They will be revised.\n"
    )
    assert rates(crimecmp.load(tmp_path)).cautions == ("These are provisional.",)


def test_rates_where_hardly_anyone_lives_are_not_read_as_an_answer() -> None:
    """The answer for City of London is that its rates say little, not that they are higher."""
    [answer] = rates(force="city-of-london").answer
    assert answer.startswith("Hardly anyone lives in City of London")


@pytest.mark.parametrize("make", [comparison_page, whole_page, trend_page])
@pytest.mark.parametrize("latest", [False, True])
def test_every_page_with_a_rate_of_the_city_cautions_against_it(
    make: Callable[..., Report], latest: bool
) -> None:
    """Where the answer does not say it, the caution does, once."""
    data = newest() if latest else DATA
    metric = "crime-excluding-fraud" if make is trend_page else None
    page = brief_of(make(data, requested(data, [CITY], metric=metric)))
    caution = "Hardly anyone lives in City of London: a rate per resident says little there."
    assert page.cautions.count(caution) == 1


def test_a_measure_without_the_year_asked_for_is_named() -> None:
    """What has no figure for the period says so, with its latest, brief and in full."""
    page = figures_page(DATA, "rates", requested(DATA, ["durham"], period="2014-06"))
    said = "Anti-social behaviour incidents: no figure for this period; the latest is of the year"
    assert any(remark.startswith(said) for remark in brief_of(page).remarks)
    assert any(note.text.startswith(said) for note in page.all_notes)


def test_a_missing_figure_has_its_reason() -> None:
    """A dash in the table is explained beneath it: why there is no figure, and whose."""
    page = brief_of(figures_page(DATA, "changes", requested(DATA, ["durham"])))
    assert any(cell == "–" for line in page.tables[0].lines for cell in line.cells)
    [reason] = [remark for remark in page.remarks if remark.startswith("– no figure: ")]
    assert "England and Wales" in reason


def test_the_mean_of_a_group_says_what_it_is() -> None:
    """A mean of forces is named as one, and whether the force is among them."""
    page = rates(group="north-east")
    assert "the mean of North East" in page.title
    assert "The mean counts each of 3 forces once, Durham among them." in page.remarks
    other = rates(force="kent", group="north-east")
    assert "The mean counts each of 3 forces once." in other.remarks


def test_the_source_is_one_line_with_its_licence() -> None:
    """Publisher, title and licence are named; a user's own file is named as such."""
    assert source_line(DATA, ["hmic-2014-durham", "hmic-2014-durham"]) == (
        "HMIC, Crime inspection 2014: Durham Constabulary. OGL v3.0"
    )
    assert source_line(DATA, ["mine.csv"]) == "mine.csv: the user's own file."
    assert source_line(DATA, []) == ""


def test_all_forces_are_ranked_with_the_one_asked_for_marked() -> None:
    """Of 43 forces one is marked, in its place, and only unusual ones have a verdict."""
    request = requested(DATA, DATA.forces_with_figures(), metric="burglary", ranked=True)
    page = brief_of(comparison_page(DATA, request._replace(asked=("durham",))))
    lines = page.tables[0].lines
    assert [line.cells[:2] for line in lines if line.asked] == [("32", "Durham")]
    assert page.answer[0].startswith("Durham is 32nd highest: 4.99, 42.9% below England and Wales")
    said = {line.cells[1]: line.cells[-1] for line in lines if line.cells[-1]}
    assert said == {"Metropolitan Police": "unusually high", "Dyfed-Powys": "unusually low"}


def test_the_force_before_is_no_place_in_a_ranking(run: Program) -> None:
    """Satisfaction of the year before is compared for scripts, and has no line in a ranking."""
    arguments = ("compare", "--all", "--metric", "satisfaction")
    assert [row["benchmark"] for row in run(*arguments, "--format", "csv").rows] == [
        "england-and-wales", "durham",
    ]  # fmt: skip
    out = run(*arguments).out
    assert "Victim satisfaction, 1 force, year to June 2014" in out
    assert sum("Durham" in line and "±" in line and "  " in line for line in out.splitlines()) == 1


def test_a_profile_names_each_measure_once_on_its_side() -> None:
    """Each rate of the page is on the line of its verdict, with its difference."""
    page = whole_page(DATA, request_of("durham"))
    [fact] = [fact for fact in brief_of(page).facts if fact.name == "RATES"]
    sides = {line[0]: line[-1] for line in fact.lines}
    assert sides["lower"].startswith("burglary -44%, violence with injury -12%")
    assert sides["higher"] == "sexual offences +33%, anti-social behaviour +29%"


def test_a_profile_has_every_change_on_the_year_before() -> None:
    """None is chosen: each measure's change over the year is there, beside the benchmark's."""
    facts = {fact.name: fact for fact in brief_of(whole_page(DATA, request_of("cleveland"))).facts}
    [[said]] = facts["LAST YEAR"].lines
    changes = figures_page(DATA, "changes", requested(DATA, ["cleveland"])).brief
    assert changes is not None
    since = [line.cells[1] for line in changes().tables[0].lines]
    assert len(said.split("; ")) == since.count("June 2013") + since.count("March 2013") == 6


def test_a_profile_names_the_subjects_that_it_has_nothing_on() -> None:
    """A subject without figures is not left out silently."""
    assert "Nothing here on inspectors' judgments, outcomes, satisfaction or claims." in (
        brief_of(whole_page(DATA, request_of("cleveland"))).marks
    )
    assert not any(
        mark.startswith("Nothing")
        for mark in brief_of(whole_page(DATA, request_of("durham"))).marks
    )


def test_all_tables_of_a_force_include_its_claims() -> None:
    """Each claim has its line, with what the figures say of it."""
    page = brief_of(whole_page(DATA, request_of("durham"), tables=True))
    [claims] = [table for table in page.tables if table.title == "Claims"]
    said = [line.cells[0] for line in claims.lines]
    for words, row in zip(said, table("claims"), strict=True):
        assert words.startswith(row["statement"].removesuffix("."))


def test_printed_rates_say_how_far_rounding_blurs_them() -> None:
    """The widest range that rounding allows is given: 1.55 to 1.65 against 1.15 to 1.25."""
    low, high = 100 * (1.55 / 1.25 - 1), 100 * (1.65 / 1.15 - 1)
    assert any(
        f"(sexual offences: {low:+.0f}% to {high:+.0f}%)" in said for said in rates().remarks
    )


@pytest.mark.parametrize("name", ["forces", "metrics", "groups", "sources"])
def test_lists_have_a_line_a_name(name: str) -> None:
    """Every name has its line, and the answer says how many have figures."""
    page = brief_of(names_page(DATA, name))
    assert len(page.tables[0].lines) == len(DATA.rows(name))
    assert str(len(DATA.rows(name))) in page.answer[0]


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_none_leaves_the_table_alone(run: Program, form: str) -> None:
    """Without notes there are the title, the table and its marks, and nothing else."""
    out = run("rates", "durham", "--notes", "none", "--format", form).out
    assert "year to June 2014" in out.splitlines()[0]
    assert "h per 1,000 households" in out
    for said in ("Lower on", "Source", "Inspectors", "Rounding"):
        assert said not in out


def test_markdown_can_be_brief(run: Program) -> None:
    """A brief page in Markdown has the answer, the table, the cautions and the source."""
    out = run("rates", "durham", "--notes", "brief", "--format", "markdown").out
    assert out.split("\n\n")[1].startswith("Lower on 4 of 6 measures")
    assert "Caution: Inspectors found" in out
    assert "Source: HMIC" in out


def test_the_environment_chooses_how_much_is_said(
    run: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CRIMECMP_NOTES is as --notes, which is heard before it."""
    brief = run("rates", "durham").out
    monkeypatch.setenv("CRIMECMP_NOTES", "full")
    full = run("rates", "durham").out
    assert len(full.splitlines()) > 2 * len(brief.splitlines())
    assert run("rates", "durham", "--notes", "brief").out == brief
