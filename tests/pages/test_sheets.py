"""The sheets of a page to hand over: the cautions first, then each fact once."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from bundled import CITY, METRICS, dataset
from hypothesis import given, settings
from hypothesis import strategies as st
from picturing import request_of
from rows import write_tables

import crimecmp
from crimecmp.comparison.request import requested
from crimecmp.document.picture import Spine
from crimecmp.document.report import Report
from crimecmp.document.sheets import Block, Sheets
from crimecmp.errors import NoFiguresError
from crimecmp.pages.handout import handout
from crimecmp.pages.sheets.found import COUNTED

SOURCES = ["report,The report", "counts,The counts"]
NOW, BEFORE, FIRST = "2014-06-30", "2013-06-30", "2010-06-30"


def sheets_of(page: Report) -> Sheets:
    """Return the sheets of a page, which must have them."""
    assert page.sheets is not None
    return page.sheets


def blocks_of(sheets: Sheets) -> dict[str, Block]:
    """Return the blocks of both sheets by their keys."""
    return {block.key: block for block in (*sheets.first, *sheets.second)}


def spine_of(block: Block) -> Spine:
    """Return the spine of the block of rates."""
    assert block.picture is not None
    assert isinstance(block.picture.drawing, Spine)
    return block.picture.drawing


@pytest.fixture(scope="module")
def blocks(durham: Report) -> dict[str, Block]:
    """Return the blocks of Durham's sheets."""
    return blocks_of(sheets_of(durham))


def test_the_title_has_the_year(durham: Report) -> None:
    """A sheet that is found alone says whom it is of and when."""
    assert durham.title == "Durham Constabulary against England and Wales, year to June 2014"


def test_the_sheets_have_what_each_promises(durham: Report) -> None:
    """Sheet one: judgments, rates, trend and results; sheet two: changes, claims and ranking."""
    sheets = sheets_of(durham)
    assert [block.key for block in sheets.first] == ["judgments", "rates", "trend", "results"]
    assert [block.key for block in sheets.second] == ["changes", "claims", "ranking"]


def test_the_cautions_of_the_page_are_all_there(durham: Report) -> None:
    """What a reader must know comes before any figure, and again beside the changes."""
    sheets = sheets_of(durham)
    assert any("Medomsley" in caution for caution in sheets.cautions)
    assert any("recording" in caution for caution in sheets.cautions)
    assert set(blocks_of(sheets)["changes"].cautions) <= set(sheets.cautions)


def test_a_rate_where_hardly_anyone_lives_is_cautioned_against() -> None:
    """Of City of London alone, too, nothing may be read before that."""
    sheets = sheets_of(handout(dataset(), request_of(CITY), "html"))
    assert "Hardly anyone lives in City of London" in sheets.cautions[0]


@pytest.mark.parametrize(
    ("force", "measure"), [("durham", "sexual offences"), ("cleveland", "anti-social behaviour")]
)
def test_the_answer_says_what_is_outside_the_range_among_forces(force: str, measure: str) -> None:
    """What the strips show is in the answer, and that one finding among many is weak evidence."""
    [answer] = sheets_of(handout(dataset(), request_of(force), "html")).answer
    range_words = "outside the range among forces for a force of this size"
    assert answer.endswith(f"Only {measure} is {range_words} (weak evidence).")


def test_judgments_are_badges_on_their_scale(blocks: dict[str, Block]) -> None:
    """The best first, each with its step of how many."""
    [durham] = blocks["judgments"].judgments
    assert [badge.step for badge in durham.badges] == [1, 1, 2]
    assert {badge.steps for badge in durham.badges} == {4}


def test_the_steps_of_judgments_are_named(blocks: dict[str, Block]) -> None:
    """Without them a reader does not know that 1 is the best."""
    [key] = blocks["judgments"].remarks
    assert key == "1 is best: 1 outstanding, 2 good, 3 requires improvement and 4 inadequate."


def test_what_differs_from_most_is_written_under_its_measure(blocks: dict[str, Block]) -> None:
    """No letter sends a reader to a key, and the line above speaks of the others alone."""
    details = {row.measure: row.detail for row in spine_of(blocks["rates"]).rows if row.detail}
    assert details == {
        "Burglary in a dwelling": "per 1,000 households",
        "Anti-social behaviour": "year to March 2014",
    }
    picture = blocks["rates"].picture
    assert picture is not None
    assert picture.unit.endswith("unless another is given")


def test_a_trend_says_that_its_scale_does_not_start_at_zero(blocks: dict[str, Block]) -> None:
    """Beside the cautions of the page too, which a picture has instead."""
    picture = blocks["trend"].picture
    assert picture is not None
    assert "The scale does not start at 0." in picture.notes


def test_results_have_their_margins_and_points(blocks: dict[str, Block]) -> None:
    """The difference of two percentages is in points."""
    outcome, survey = blocks["results"].facts
    assert "+10 points (+9 to +11)" in outcome.beside
    assert "+3.6 points" in survey.beside
    assert "88.6\u00a0±\u00a01.8%" in survey.name


def test_beside_another_force_each_part_names_whom_it_is_about() -> None:
    """Cautions, results and claims of one force are not read as those of both."""
    sheets = sheets_of(handout(dataset(), request_of("durham", "cleveland"), "html"))
    assert any(caution.startswith("Durham: part of the rise") for caution in sheets.cautions)
    found = blocks_of(sheets)
    assert set(found["changes"].cautions) <= set(sheets.cautions)
    assert found["results"].title.endswith(": Durham")
    assert found["claims"].title.startswith("Claims about Durham")


def test_the_bars_of_the_order_have_the_colours_of_their_forces() -> None:
    """A force has one colour on all of the page."""
    found = blocks_of(sheets_of(handout(dataset(), request_of("durham", "cleveland"), "html")))
    [table] = found["ranking"].tables
    roles = {line.cells[1]: line.role for line in table.lines if line.asked}
    assert roles == {"Durham": "force", "Cleveland": "second"}


def test_a_force_without_judgments_is_shown_without() -> None:
    """Beside one that was judged, a force that was not has no badges; alone it has no block."""
    both = blocks_of(sheets_of(handout(dataset(), request_of("durham", "cleveland"), "html")))
    assert [bool(each.badges) for each in both["judgments"].judgments] == [True, False]
    alone = blocks_of(sheets_of(handout(dataset(), request_of("cleveland"), "html")))
    assert "judgments" not in alone
    assert "claims" not in alone


def test_figures_of_counts_beside_printed_ones_are_marked(blocks: dict[str, Block]) -> None:
    """The mark is on what is calculated, and a line says what it means."""
    yearly, _ = blocks["changes"].tables
    marked = {line.cells[1]: COUNTED in line.cells[0] for line in yearly.lines}
    assert marked["+13%"] is False
    assert marked["+184.7%"] is True
    assert any(remark.startswith(COUNTED) for remark in blocks["changes"].remarks)
    assert not any(COUNTED in row.measure for row in spine_of(blocks["rates"]).rows)


def test_figures_that_are_all_of_counts_have_no_mark() -> None:
    """One line says where all of them are from."""
    found = blocks_of(sheets_of(handout(dataset(), request_of("cleveland"), "html")))
    assert not any(COUNTED in row.measure for row in spine_of(found["rates"]).rows)
    assert "Calculated from published counts." in found["rates"].remarks


def test_a_claim_on_what_counts_test_is_checked_by_them(blocks: dict[str, Block]) -> None:
    """What the report's print cannot test, the counts do; what they do not have stays untested."""
    groups = {group.title: group.statements for group in blocks["claims"].groups}
    assert [title.partition(" (")[0] for title in groups] == [
        "Supported", "Supported by published counts", "Not supported",
        "No clear difference found", "True as printed but cannot be tested",
    ]  # fmt: skip
    [counted] = [said for title, said in groups.items() if "by published counts" in title]
    assert any("fell by less in Durham" in statement for statement in counted)
    assert sum(map(len, groups.values())) == 10


def statement(blocks: dict[str, Block], number: int) -> tuple[str, str]:
    """Return what stands over a claim on the sheets, and its words."""
    [found] = [
        (group.title.partition(" (")[0], said)
        for group in blocks["claims"].groups
        for said in group.statements
        if said.startswith(f"{number}. ")
    ]
    return found


@pytest.mark.parametrize("number", [1, 4, 10])
def test_a_claim_of_a_rise_or_fall_is_tested_by_its_two_counts(
    blocks: dict[str, Block], number: int
) -> None:
    """Its mark says that variation between years is not in that test."""
    support, words = statement(blocks, number)
    assert support == "Supported by published counts"
    assert words.endswith("\u00a0†")
    assert any(remark.startswith("† ") for remark in blocks["claims"].remarks)


def test_a_claim_within_usual_movement_carries_its_mark(blocks: dict[str, Block]) -> None:
    """As the same comparison does among the changes beside it."""
    assert statement(blocks, 2)[1].endswith("\u00a0*")
    assert statement(blocks, 5)[1].endswith("nationally.")


def test_a_claim_of_no_difference_is_not_called_supported(blocks: dict[str, Block]) -> None:
    """The test found none, and its interval says how large one could be."""
    support, words = statement(blocks, 8)
    assert support == "No clear difference found"
    assert words.endswith("(95% interval -3.3 to +1.3 points).")


def test_a_claim_that_is_not_supported_says_why(blocks: dict[str, Block]) -> None:
    """No figures are given for a cause: that is no evidence against it."""
    support, words = statement(blocks, 9)
    assert support == "Not supported"
    assert words.endswith("The report gives no figures for what raised satisfaction.")


def test_claims_have_the_same_support_beside_another_force(blocks: dict[str, Block]) -> None:
    """Which forces stand side by side does not decide what supports a claim."""
    both = blocks_of(sheets_of(handout(dataset(), request_of("durham", "cleveland"), "html")))
    assert both["claims"].groups == blocks["claims"].groups


def test_the_order_has_the_ends_the_neighbours_and_the_benchmark(blocks: dict[str, Block]) -> None:
    """Who is left out between them is counted, so that 42 forces are accounted for."""
    [table] = blocks["ranking"].tables
    ranks = [int(line.cells[0]) for line in table.lines if line.cells[0]]
    assert ranks == [1, 18, 19, 20, 21, 22, 42]
    assert [line.cells[1] for line in table.lines if line.asked] == ["Durham"]
    assert "England and Wales" in [line.cells[1] for line in table.lines]
    gaps = [re.match(r"(\d+) other forces?$", line.cells[1]) for line in table.lines]
    assert len(ranks) + sum(int(gap[1]) for gap in gaps if gap) == 42


def test_what_cannot_be_drawn_says_why(tmp_path: Path) -> None:
    """A trend of one year and an order of one force are missing, and the sheet says so."""
    areas = {"durham": "5.0", "england-and-wales": "6.0"}
    rates = [f"{area},{METRICS[0]},{NOW},report,{value}" for area, value in areas.items()]
    write_tables(tmp_path, {"sources": SOURCES, "rates": rates})
    data = crimecmp.load(tmp_path)
    found = blocks_of(sheets_of(handout(data, requested(data), "html")))
    assert found["trend"].picture is None
    assert found["trend"].remarks[0].startswith("Not drawn: ")
    assert found["ranking"].remarks[0].startswith("Not ranked: ")


def test_only_a_page_in_full_has_the_other_pictures(durham: Report) -> None:
    """They take longest to draw, and come after the sheets."""
    kinds = [picture.kind for section in durham.sections for picture in section.pictures]
    assert kinds == ["bars", "satisfaction", "trend", "funnel", "rank"]
    assert sheets_of(durham).full
    plain = handout(dataset(), request_of("durham"), "html")
    assert not any(section.pictures for section in plain.sections)
    assert sheets_of(plain) == sheets_of(durham)._replace(full=False)


def test_a_page_in_markdown_has_no_sheets() -> None:
    """Markdown has no layout: its page is the whole of it, in order."""
    assert handout(dataset(), request_of("durham"), "markdown").sheets is None


_ABOUT = ("Measure", "Force", "Since")
SIGNS = {"higher": 1, "lower": -1}


def facts_of(found: dict[str, Block]) -> Counter[tuple[str, ...]]:
    """Return how often blocks state each fact: a kind, a force, a measure and a period."""
    facts: Counter[tuple[str, ...]] = Counter()
    if "rates" in found:
        facts.update(("rate", row.force, row.measure) for row in spine_of(found["rates"]).rows)
    if "changes" in found:
        for table in found["changes"].tables:
            places = [at for at, field in enumerate(table.fields) if field.label in _ABOUT]
            facts.update(
                ("change", table.title, *(line.cells[at] for at in places)) for line in table.lines
            )
    if "results" in found:
        facts.update((fact.name,) for fact in found["results"].facts)
    return facts


def assert_no_contradiction(sheets: Sheets) -> None:
    """Fail where a fact is stated twice, or a figure differs the other way than its verdict."""
    found = blocks_of(sheets)
    assert {fact: number for fact, number in facts_of(found).items() if number > 1} == {}
    for row in spine_of(found["rates"]).rows if "rates" in found else ():
        sign = SIGNS.get(row.verdict.partition("\u00a0")[0])
        if sign is not None and row.percent is not None:
            assert sign * row.percent > 0
            assert sign * (float(row.text) - float(row.benchmark)) >= 0


@pytest.mark.parametrize(
    "forces", [("durham",), ("cleveland",), ("durham", "cleveland"), ("durham", "kent", "gwent")]
)
def test_no_fact_of_the_bundled_figures_is_stated_twice(forces: tuple[str, ...]) -> None:
    """Each force, measure and period has one figure and one verdict on the sheets."""
    assert_no_contradiction(sheets_of(handout(dataset(), request_of(*forces), "html")))


numbers = st.integers(1, 9999)
figures = st.one_of(st.just(""), numbers.map(lambda tenths: f"{tenths / 10:.1f}"))
areas = st.sampled_from(["durham", "cleveland", "england-and-wales"])
ends = st.sampled_from([NOW, BEFORE, FIRST])
printed_rates = st.dictionaries(
    st.tuples(areas, st.sampled_from(METRICS[:3]), ends), figures, min_size=1, max_size=12
)
counted_rates = st.dictionaries(
    st.tuples(areas, st.sampled_from(METRICS[:3]), ends), numbers, min_size=1, max_size=18
)
BASES = {"durham": 600_000, "cleveland": 500_000, "england-and-wales": 50_000_000}
FACTORS = {"durham": 1, "cleveland": 1, "england-and-wales": 120}


@settings(deadline=None, max_examples=60)
@given(printed_rates, counted_rates, st.sampled_from([["durham"], ["cleveland", "durham"]]))
def test_no_fact_of_any_tables_is_stated_twice(
    printed: dict[tuple[str, str, str], str],
    counted: dict[tuple[str, str, str], int],
    forces: list[str],
) -> None:
    """Whatever two sources print and count, the sheets state each fact once, by one verdict."""
    rates = [f"{','.join(key)},report,{value}" for key, value in printed.items()]
    for (area, metric, end), number in counted.items():
        events, base = number * FACTORS[area], BASES[area]
        rates.append(f"{area},{metric},{end},counts,{1000 * events / base:.12f},{events},{base}")
    with TemporaryDirectory() as folder:
        write_tables(Path(folder), {"sources": SOURCES, "rates": rates})
        data = crimecmp.load(folder)
        try:
            page = handout(data, requested(data, forces), "html")
        except NoFiguresError:
            return  # nothing is known of the forces
    assert_no_contradiction(sheets_of(page))
