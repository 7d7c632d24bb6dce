"""Pages of the newest figures: nothing of another time beside them, and one figure a fact."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from bundled import FORCES, REPORT, dataset, newest
from hypothesis import given, settings
from hypothesis import strategies as st

from crimecmp.comparison.once import made_once
from crimecmp.comparison.request import Request, requested
from crimecmp.document.brief import Brief
from crimecmp.document.report import Report
from crimecmp.document.sheets import Block
from crimecmp.errors import NoFiguresError
from crimecmp.pages.claims import claims_page
from crimecmp.pages.figures import comparison_page, figures_page, whole_page
from crimecmp.pages.handout import handout
from crimecmp.pages.judgments import judgments_page
from crimecmp.pages.names import names_page
from crimecmp.pages.sheets.found import Found
from crimecmp.pages.trend import trend_page
from crimecmp.tables.editions import MAIN, NEWEST

DECEMBER_2025, MARCH_2025 = "2025-12-31", "2025-03-31"
FIGURES = {
    "rate": ("rates", "value"),
    "change": ("rates", "count"),
    "outcome": ("outcomes", "percent"),
    "satisfaction": ("satisfaction", "percent"),
}
"""Where the figures of each kind come from: a table and its column."""


def request_of(*forces: str, metric: str | None = None) -> Request:
    """Return a request of the newest figures."""
    return requested(newest(), forces, metric=metric)


@pytest.fixture(scope="module", params=[("durham",), ("durham", "cleveland")])
def sheets(request: pytest.FixtureRequest) -> dict[str, Block]:
    """Return the blocks of the sheets of one force and of two, by their keys."""
    found = handout(newest(), request_of(*request.param), "html").sheets
    assert found is not None
    return {block.key: block for block in (*found.first, *found.second)}


def test_sheets_of_the_newest_figures_have_nothing_of_2014(sheets: dict[str, Block]) -> None:
    """Judgments, claims and satisfaction of the report of 2014 are not beside figures of now."""
    assert list(sheets) == ["rates", "trend", "results", "changes", "ranking"]
    assert sheets["results"].title == "Outcomes"


def test_sheets_show_the_main_outcomes_with_their_year(sheets: dict[str, Block]) -> None:
    """Two of twelve, of the year to March 2025, which is not that of the title."""
    names = [fact.name.lower() for fact in sheets["results"].facts]
    assert {name.rpartition(", ")[2] for name in names} == {"year to march 2025"}
    chosen = {name.rpartition(": ")[2].partition(",")[0] for name in names}
    assert chosen == {"charged or summonsed", "no suspect identified"}


def test_sheets_show_changes_over_one_and_four_years(sheets: dict[str, Block]) -> None:
    """Each measure in both tables, which name the year that they start from."""
    over_one, over_four = sheets["changes"].tables
    assert over_one.title == "On the year before"
    assert over_four.title == "Since the year to December 2021"
    measures = {line.cells[0] for line in over_one.lines}
    assert len(measures) == len([metric for metric in MAIN if not metric.startswith("outcome")])
    assert measures == {line.cells[0] for line in over_four.lines}


def test_what_the_report_alone_has_is_shown_for_its_source() -> None:
    """Whoever asks for the report of 2014 gets its judgments and satisfaction."""
    page = whole_page(newest(), requested(newest(), ["durham"], source=REPORT))
    assert [section.key for section in page.sections] == ["satisfaction", "judgments"]


def test_claims_are_checked_in_the_figures_of_their_report() -> None:
    """The newest figures cannot tell whether a claim of 2014 was true; those of 2014 can."""
    claims = cells_of(claims_page(newest(), request_of("durham")))
    assert "cannot be told" not in {row["support"] for row in claims}


def cells_of(page: Report) -> list[dict[str, Any]]:
    """Return the rows of a page's machine output."""
    names = [column.name for column in page.columns]
    return [dict(zip(names, row, strict=True)) for row in page.rows]


def pages_of(request: Request) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows of every page about some forces, and those of the sheets."""
    data = newest()
    alone = request._replace(forces=request.forces[:1])
    yield cells_of(whole_page(data, request))
    for metric in MAIN[:2]:
        yield cells_of(comparison_page(data, request._replace(metric=metric)))
    for table in ("rates", "changes", "outcomes"):
        yield cells_of(figures_page(data, table, alone))
    yield cells_of(trend_page(data, alone._replace(metric=MAIN[0])))
    yield [row._asdict() for row in Found.of(data, request).rows()]


@settings(max_examples=2)
@given(st.lists(st.sampled_from(FORCES), min_size=1, max_size=2, unique=True))
def test_a_fact_has_one_figure_on_all_pages_of_the_newest_figures(forces: list[str]) -> None:
    """Tables, sheets and trend say the same of a force, its benchmark and a period."""
    facts: dict[tuple[object, ...], set[float | None]] = {}
    with made_once():
        every = [row for rows in pages_of(request_of(*forces)) for row in rows]
    for row in every:
        about = row["kind"], row["metric"], str(row["period_end"]), str(row["base_period_end"])
        for area in ("force", "benchmark"):
            facts.setdefault((row[area], *about), set()).add(row[f"{area}_value"])
    assert [about for about, values in facts.items() if len(values) > 1] == []


@functools.cache
def last_ends(kind: str) -> dict[tuple[str, str], str]:
    """Return the last period with a figure of a kind, by force and measure."""
    table, column = FIGURES[kind]
    found: dict[tuple[str, str], str] = {}
    for row in newest().rows(table):
        if row[column]:
            about = row["force"], row["metric"]
            found[about] = max(row["period_end"], found.get(about, ""))
    return found


@settings(max_examples=5)
@given(
    st.sampled_from(FORCES),
    st.one_of(st.none(), st.sampled_from(sorted(newest().metrics_with_figures()))),
)
def test_no_row_is_older_than_the_newest_edition_that_has_its_measure(
    force: str, metric: str | None
) -> None:
    """Whatever is asked for, the figure is the last that there is of the force."""
    page = comparison_page if metric else whole_page
    try:
        rows = cells_of(page(newest(), request_of(force, metric=metric)))
    except NoFiguresError:
        assert not any((force, metric) in last_ends(kind) for kind in FIGURES)
        return
    for row in rows:
        last = last_ends(row["kind"]).get((force, row["metric"]))
        assert last is None or str(row["period_end"]) == last
    if metric is None:
        assert {str(row["period_end"]) for row in rows} == {DECEMBER_2025, MARCH_2025}
        assert {row["source"] for row in rows} <= {edition.folder for edition in NEWEST}


def brief_of(page: Report) -> Brief:
    """Return the brief form of a page."""
    assert page.brief is not None
    return page.brief()


@pytest.mark.parametrize("make", [comparison_page, whole_page])
def test_a_gap_is_said_where_a_change_starts_from_it(make: Callable[..., Report]) -> None:
    """The rates are of 2023, but the change over four years is from what was supplied late."""
    request = requested(newest(), ["greater-manchester", "durham"], period="2023-12")
    [caution] = brief_of(make(newest(), request)).cautions
    assert caution.startswith("Greater Manchester supplied July to December 2019 late")


def test_a_reservation_on_several_years_is_said_once() -> None:
    """Greater Manchester's gap is in four years of a series, and one sentence of the page."""
    request = request_of("greater-manchester", metric=MAIN[0])
    notes = [note.text for note in trend_page(newest(), request).all_notes]
    assert sum("could not supply figures" in text for text in notes) == 1
    sheets = handout(newest(), request_of("greater-manchester"), "html").sheets
    assert sheets is not None
    [trend] = [block.picture for block in sheets.first if block.key == "trend"]
    assert trend is not None
    assert trend.description.count("could not supply figures") == 1
    assert " ".join(trend.notes).count("The scale does not start at 0.") == 1


def test_changes_up_to_another_year_are_not_beside_the_rate() -> None:
    """Households are estimated a year later than crimes are counted, so the change is newer."""
    page = comparison_page(newest(), request_of("durham", metric="residential-burglary"))
    assert {(row["kind"], str(row["period_end"])) for row in cells_of(page)} == {
        ("rate", "2024-12-31"),
        ("change", DECEMBER_2025),
    }
    assert page.title.endswith(", year to December 2024")
    brief = brief_of(page)
    [table] = brief.tables
    assert not [field.name for field in table.fields if "year" in field.name]
    assert not [remark for remark in brief.remarks if remark.startswith("Changes")]


NEWEST_PAGES: dict[str, Callable[[Request], Report]] = {
    "rates, year to December 2025": lambda asked: figures_page(newest(), "rates", asked),
    "outcomes, year to March 2025": lambda asked: figures_page(newest(), "outcomes", asked),
    "and Wales, year to December 2025": lambda asked: whole_page(newest(), asked),
    "Wales, 2013 to 2025": lambda asked: trend_page(newest(), asked._replace(metric=MAIN[0])),
    "judgments, November 2014": lambda asked: judgments_page(newest(), asked),
    "support them, November 2014": lambda asked: claims_page(newest(), asked),
}
"""Pages of Durham's newest figures, by the end of the title of each."""


@pytest.mark.parametrize("title", NEWEST_PAGES)
def test_every_title_says_when(title: str) -> None:
    """The year of the figures, or the month of the publication, in full and in brief."""
    page = NEWEST_PAGES[title](request_of("durham"))
    assert page.title.endswith(title)
    assert brief_of(page).title.endswith(title.rpartition(", ")[2])


@pytest.mark.parametrize(
    ("table", "metric", "year"),
    [
        ("rates", None, "year to December 2025"),
        ("outcomes", None, "year to March 2025"),
        ("satisfaction", None, None),
        ("", "asb", "year to March 2018"),
        ("", "detection", None),
    ],
)
def test_a_page_offers_the_newest_figures_of_its_kind(
    table: str, metric: str | None, year: str | None
) -> None:
    """Each with the year that it would get; what only the report of 2014 has offers nothing."""
    data = dataset()
    request = requested(data, metric=metric)
    page = figures_page(data, table, request) if table else comparison_page(data, request)
    offered = [offer.words for offer in brief_of(page).offers if offer.kind == "latest"]
    assert offered == ([] if year is None else [year])


@pytest.mark.parametrize("table", ["metrics", "sources", "forces", "groups"])
def test_lists_of_what_has_figures_offer_the_newest(table: str) -> None:
    """Groups have no figures of their own."""
    offered = {offer.kind for offer in brief_of(names_page(dataset(), table)).offers}
    assert ("latest" in offered) == (table != "groups")
