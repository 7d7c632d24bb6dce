"""Pages of figures: the report's own, read from it by hand, and what is said beneath them."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from bundled import BURGLARY, CITY, COUNTS, REPORT, counted
from paging import (
    FOR_MACHINES,
    FOR_PEOPLE,
    FORMATS,
    in_lines,
    in_one_line,
    note_texts,
    read_by_machines,
    read_by_people,
    shown,
)
from picturing import ordinals, places
from rows import write_tables

import crimecmp
from crimecmp.comparison.request import requested
from crimecmp.pages.figures import comparison_page, figures_page, whole_page
from crimecmp.pages.judgments import judgments_page
from crimecmp.pages.reproduction import reproduction_page
from crimecmp.pages.trend import trend_page
from crimecmp.render import Format

pytestmark = pytest.mark.usefixtures("whole_pages")

FIGURE_TABLES = ("rates", "changes", "outcomes", "satisfaction")


class Pair(NamedTuple):
    """A measure as the printed report has it: Durham's figure and that of England and Wales.

    The difference is calculated by hand, from the figures as they are printed.
    """

    label: str
    force: str
    benchmark: str
    difference: str
    period: str = "June 2014"
    period_end: str = "2014-06-30"
    base: str = ""
    base_end: str = ""
    unit: str = "%"


_POPULATION = "per 1,000 population"
RATES = [
    Pair("Crime excluding fraud", "54.0", "60.7", "-6.7", unit=_POPULATION),
    Pair("Victim-based crime", "48.5", "53.9", "-5.4", unit=_POPULATION),
    Pair("Sexual offences", "1.6", "1.2", "0.4", unit=_POPULATION),
    Pair("Violence with injury", "5.2", "5.9", "-0.7", unit=_POPULATION),
    Pair("Burglary in a dwelling", "5.0", "8.9", "-3.9", unit="per 1,000 households"),
    Pair(
        "Anti-social behaviour incidents", "47.4", "36.8", "10.6",
        "March 2014", "2014-03-31", unit=_POPULATION,
    ),
]  # fmt: skip
PER_CENT = ["-11.0", "-10.0", "33.3", "-11.9", "-43.8", "28.8"]  # of the benchmark, to a tenth
_SINCE_2010 = {"base": "June 2010", "base_end": "2010-06-30"}
_SINCE_2013 = {"base": "June 2013", "base_end": "2013-06-30"}
CHANGES = [
    Pair("Crime excluding fraud", "-11", "-16", "5", **_SINCE_2010),
    Pair("Crime excluding fraud", "13", "-1", "14", **_SINCE_2013),
    Pair("Victim-based crime", "-11", "-16", "5", **_SINCE_2010),
    Pair(
        "Anti-social behaviour incidents", "-4", "", "", "March 2014", "2014-03-31",
        base="March 2013", base_end="2013-03-31",
    ),
]  # fmt: skip
DETECTIONS = [
    Pair(
        "Detection rate (crime excluding fraud)", "36", "26", "10", "March 2014", "2014-03-31",
    )
]  # fmt: skip


def signed(text: str) -> str:
    """Return a difference as people read it: a plus above zero, a dash where it is missing."""
    if not text:
        return "–"
    return text if text.startswith("-") else f"+{text}"


# --- The figures of the report


@pytest.mark.parametrize("form", FOR_PEOPLE)
def test_rates_for_people(bundled: crimecmp.Dataset, form: Format) -> None:
    """The six rates read as printed, each with its base, its period and its differences."""
    rows = read_by_people(figures_page(bundled, "rates", requested(bundled)), form)
    assert rows == [
        [
            pair.label, pair.unit.split()[-1], pair.period, pair.force, pair.benchmark,
            signed(pair.difference), signed(per_cent),
            "higher" if Decimal(pair.difference or 0) > 0 else "lower",
        ]
        for pair, per_cent in zip(RATES, PER_CENT, strict=True)
    ]  # fmt: skip


@pytest.mark.parametrize("form", FOR_PEOPLE)
def test_changes_for_people(bundled: crimecmp.Dataset, form: Format) -> None:
    """The changes carry signs and both periods; the one without a national figure has a gap."""
    rows = read_by_people(figures_page(bundled, "changes", requested(bundled)), form)
    assert rows == [
        [
            pair.label, pair.base, pair.period, signed(pair.force), signed(pair.benchmark),
            signed(pair.difference), "not tested",
        ]
        for pair in CHANGES
    ]  # fmt: skip


@pytest.mark.parametrize("form", FOR_PEOPLE)
def test_detections_for_people(bundled: crimecmp.Dataset, form: Format) -> None:
    """The detection rate is 36 against 26 per cent, with its own period."""
    rows = read_by_people(figures_page(bundled, "outcomes", requested(bundled)), form)
    assert rows == [[DETECTIONS[0].label, "March 2014", "36", "26", "+10", "higher (better)"]]


@pytest.mark.parametrize("form", FOR_PEOPLE)
def test_satisfaction_for_people(bundled: crimecmp.Dataset, form: Format) -> None:
    """Each estimate has its margin behind it, and says what it is compared with."""
    rows = read_by_people(figures_page(bundled, "satisfaction", requested(bundled)), form)
    label, period, estimate = "Victim satisfaction", "June 2014", "88.6 ± 1.8"
    year_before = "Durham, year to June 2013"
    assert rows == [
        [
            label,
            period,
            estimate,
            "England and Wales",
            "85.0 ± 0.2",
            "+3.6",
            "higher (better)",
        ],
        [label, period, estimate, year_before, "89.6 ± 1.5", "-1.0", "no clear difference"],
    ]


@pytest.mark.parametrize("form", FOR_MACHINES)
@pytest.mark.parametrize(
    ("table", "pairs"), [("rates", RATES), ("changes", CHANGES), ("outcomes", DETECTIONS)]
)
def test_figures_for_machines(
    bundled: crimecmp.Dataset, form: Format, table: str, pairs: list[Pair]
) -> None:
    """Figures, periods, unit and source of each measure, as printed, with no sign but minus."""
    rows = read_by_machines(figures_page(bundled, table, requested(bundled)), form)
    fields = (
        "label", "force", "benchmark", "period_end", "base_period_end", "unit", "force_value",
        "benchmark_value", "difference", "source",
    )  # fmt: skip
    assert [tuple(row[name] for name in fields) for row in rows] == [
        (
            pair.label, "durham", "england-and-wales", pair.period_end, pair.base_end, pair.unit,
            pair.force, pair.benchmark, pair.difference, "hmic-2014-durham",
        )
        for pair in pairs
    ]  # fmt: skip


@pytest.mark.parametrize("form", FOR_MACHINES)
def test_satisfaction_for_machines(bundled: crimecmp.Dataset, form: Format) -> None:
    """Estimates and margins stand in columns of their own, the year before with its period."""
    rows = read_by_machines(figures_page(bundled, "satisfaction", requested(bundled)), form)
    fields = (
        "benchmark", "period_end", "base_period_end", "force_value", "force_margin",
        "benchmark_value", "benchmark_margin", "difference", "source",
    )  # fmt: skip
    assert [tuple(row[name] for name in fields) for row in rows] == [
        (
            "england-and-wales", "2014-06-30", "", "88.6", "1.8", "85.0", "0.2", "3.6",
            "hmic-2014-durham",
        ),
        (
            "durham", "2014-06-30", "2013-06-30", "88.6", "1.8", "89.6", "1.5", "-1.0",
            "hmic-2014-durham",
        ),
    ]  # fmt: skip


@pytest.mark.parametrize("form", FOR_MACHINES)
def test_per_cent_of_the_benchmark_is_for_rates_alone(
    bundled: crimecmp.Dataset, form: Format
) -> None:
    """Rates differ in per cent of the benchmark's; percentages never do."""
    rates = read_by_machines(figures_page(bundled, "rates", requested(bundled)), form)
    assert [f"{float(row['percent_difference']):.1f}" for row in rates] == PER_CENT
    for table in ("changes", "outcomes", "satisfaction"):
        rows = read_by_machines(figures_page(bundled, table, requested(bundled)), form)
        assert {row["percent_difference"] for row in rows} == {""}


@pytest.mark.parametrize("form", FOR_PEOPLE)
@pytest.mark.parametrize("table", ["changes", "outcomes", "satisfaction"])
def test_a_difference_of_percentages_is_said_to_be_in_points(
    bundled: crimecmp.Dataset, form: Format, table: str
) -> None:
    """The heading of a difference of percentages says points, and none says per cent of it."""
    report = figures_page(bundled, table, requested(bundled))
    headings = [column.label for column in report.sections[0].columns]
    assert "Difference, points" in headings
    assert not {"Difference", "% difference"} & set(headings)
    text = in_one_line(shown(report, form))
    assert "points" in text
    assert "% difference" not in text


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("table", ["rates", "changes"])
def test_the_count_of_incidents_is_given(
    bundled: crimecmp.Dataset, form: Format, table: str
) -> None:
    """Durham's 29,439 incidents of anti-social behaviour stand with their rate and their change."""
    text = in_one_line(shown(figures_page(bundled, table, requested(bundled)), form))
    assert "29,439 incidents in the year to March 2014" in text


@pytest.mark.parametrize("form", FOR_MACHINES)
def test_the_count_of_incidents_is_a_number_for_machines(
    bundled: crimecmp.Dataset, form: Format
) -> None:
    """The count is a column of its own, without a separator, and no other rate has one."""
    rows = read_by_machines(figures_page(bundled, "rates", requested(bundled)), form)
    assert [row["force_count"] for row in rows] == ["", "", "", "", "", "29439"]


# --- Notes and sources


@pytest.mark.parametrize("form", ["table", "markdown", "json"])
@pytest.mark.parametrize(
    ("table", "recording", "medomsley"),
    [
        ("rates", True, True),
        ("changes", True, True),
        ("outcomes", True, False),
        ("satisfaction", False, False),
    ],
)
def test_reservations_stand_under_the_tables_they_bear_on(
    bundled: crimecmp.Dataset, form: Format, table: str, recording: bool, medomsley: bool
) -> None:
    """Doubts about recorded crime stand beneath figures that rest on it, and no others."""
    text = note_texts(figures_page(bundled, table, requested(bundled)), form)
    assert ("Durham's crime recording less accurate" in text) is recording
    assert ("Medomsley Detention Centre" in text) is medomsley


def test_incidents_are_not_recorded_crime(bundled: crimecmp.Dataset) -> None:
    """The doubts about recorded crime do not bear on incidents of anti-social behaviour."""
    text = note_texts(comparison_page(bundled, requested(bundled, metric="asb")), "table")
    assert "records crime" not in text
    assert "Medomsley" not in text


@pytest.mark.parametrize("form", FOR_PEOPLE)
def test_the_base_of_burglary_is_plain(bundled: crimecmp.Dataset, form: Format) -> None:
    """Burglary's rate says households in its row, and a note says that the others do not."""
    report = figures_page(bundled, "rates", requested(bundled))
    bases = {row[0]: row[1] for row in read_by_people(report, form)}
    assert bases.pop("Burglary in a dwelling") == "households"
    assert set(bases.values()) == {"population"}
    assert "per 1,000 households" in in_one_line(shown(report, form))


@pytest.mark.parametrize("form", ["table", "markdown", "json"])
@pytest.mark.parametrize("table", FIGURE_TABLES)
def test_every_page_of_figures_names_its_source(
    bundled: crimecmp.Dataset, form: Format, table: str
) -> None:
    """Title, publisher, licence and the place in the source stand with the figures."""
    text = in_one_line(shown(figures_page(bundled, table, requested(bundled)), form))
    for part in (
        "Crime inspection 2014: Durham Constabulary",
        "Her Majesty's Inspectorate of Constabulary",
        "Open Government Licence v3.0",
        "Reducing crime and preventing offending, ",
    ):
        assert part in text


@pytest.mark.parametrize("table", FIGURE_TABLES)
def test_every_row_says_where_its_figure_is_printed(bundled: crimecmp.Dataset, table: str) -> None:
    """Each figure, the benchmark's too, has its source and its place in it."""
    for row in read_by_machines(figures_page(bundled, table, requested(bundled)), "csv"):
        assert row["source"]
        assert row["locator"]
        assert bool(row["benchmark_locator"]) == bool(row["benchmark_value"])


def test_a_users_file_is_its_own_source(tmp_path: Path) -> None:
    """Figures without a source are said to come from the user's file."""
    file = tmp_path / "mine.csv"
    file.write_text("force,metric,period_end,value\nkent,crime,2014-06-30,5.0\n")
    data = crimecmp.load(file)
    text = shown(figures_page(data, "rates", requested(data, ["kent"])), "table")
    assert re.search(r"\nSources\n- \S*mine\.csv: the user's own file", in_lines(text))
    [row] = read_by_machines(figures_page(data, "rates", requested(data, ["kent"])), "csv")
    assert row["source"] == "mine.csv"


def test_other_sources_and_periods_are_named(tmp_path: Path) -> None:
    """What else the data hold is said."""
    (tmp_path / "sources.csv").write_text("source,title\none,One\ntwo,Two\n")
    (tmp_path / "rates.csv").write_text(
        "force,metric,period_end,source,value\n"
        "durham,crime,2014-06-30,one,5.0\n"
        "durham,crime,2013-06-30,one,4.0\n"
        "durham,crime,2014-06-30,two,3.0\n"
    )
    data = crimecmp.load(tmp_path)
    text = in_one_line(shown(figures_page(data, "rates", requested(data)), "table"))
    assert "Other sources with figures: two (Two)." in text
    assert re.search(r"Other periods with figures, years to: [^.]*2013", text)


def test_a_metric_of_another_source_is_named(tmp_path: Path) -> None:
    """A metric that only another source has is shown or named: it is never left out unsaid."""
    (tmp_path / "sources.csv").write_text("source,title\none,One\ntwo,Two\n")
    (tmp_path / "rates.csv").write_text(
        "force,metric,period_end,source,value\n"
        "durham,crime,2014-06-30,one,5.0\n"
        "durham,asb,2014-06-30,two,3.0\n"
    )
    data = crimecmp.load(tmp_path)
    text = shown(figures_page(data, "rates", requested(data)), "table")
    assert "two" in text


def test_files_that_are_no_tables_are_named(tmp_path: Path) -> None:
    """A CSV file of the folder that is no table is said to be left out."""
    (tmp_path / "rates.csv").write_text(
        "force,metric,period_end,value\ndurham,crime,2014-06-30,5.0\n"
    )
    (tmp_path / "shopping.csv").write_text("a,b\n1,2\n")
    data = crimecmp.load(tmp_path)
    text = in_one_line(shown(figures_page(data, "rates", requested(data)), "table"))
    assert "shopping.csv" in text


# --- One metric, and the whole


def test_comparison_has_all_that_is_known_of_a_metric(bundled: crimecmp.Dataset) -> None:
    """One metric's page has its rate and its changes, each with period and source."""
    report = comparison_page(bundled, requested(bundled, metric="crime"))
    assert [section.title for section in report.sections] == ["Rates", "Changes"]
    rows = read_by_machines(report, "csv")
    assert [(row["kind"], row["force_value"], row["benchmark_value"]) for row in rows] == [
        ("rate", "54.0", "60.7"),
        ("change", "-11", "-16"),
        ("change", "13", "-1"),
    ]
    assert report.title.startswith("Crime excluding fraud: ")


def test_comparison_of_burglary(bundled: crimecmp.Dataset) -> None:
    """Burglary is 5.0 against 8.9 per 1,000 households, and nothing else is known of it."""
    report = comparison_page(bundled, requested(bundled, metric="burglary"))
    [row] = read_by_people(report, "table")
    figures = ["5.0", "8.9", "-3.9", "-43.8"]
    assert row == ["Durham", "households", "June 2014", *figures, "lower"]


@pytest.fixture
def of_durham(tmp_path: Path) -> crimecmp.Dataset:
    """Return tables of somebody's own that have one figure of Durham and one of the nation."""
    (tmp_path / "rates.csv").write_text(
        "force,metric,period_end,value\n"
        "durham,burglary,2014-06-30,5.0\n"
        "england-and-wales,burglary,2014-06-30,8.9\n"
    )
    return crimecmp.load(tmp_path)


def test_comparison_names_forces_without_figures(
    bundled: crimecmp.Dataset, of_durham: crimecmp.Dataset
) -> None:
    """A force that was asked for and has no figure is named beneath the table, not dropped."""
    report = comparison_page(of_durham, requested(of_durham, ["durham", "kent"], metric="burglary"))
    assert len(report.rows) == 1
    assert re.search(r"No such figure in [^:]*: Kent\.", in_one_line(shown(report, "table")))
    report = comparison_page(bundled, requested(bundled, ["durham", "kent"], metric="satisfaction"))
    assert {row["force"] for row in read_by_machines(report, "csv")} == {"durham"}
    assert re.search(r"No such figure in [^:]*: Kent\.", in_one_line(shown(report, "table")))


def test_the_whole_page_has_everything(bundled: crimecmp.Dataset) -> None:
    """The whole page has every row of every other page, in their order."""
    report = whole_page(bundled, requested(bundled))
    assert [section.title for section in report.sections] == [
        "Rates", "Changes", "Outcomes", "Satisfaction", "Judgments",
    ]  # fmt: skip
    rows = read_by_machines(report, "csv")
    expected = [
        row
        for table in FIGURE_TABLES
        for row in read_by_machines(figures_page(bundled, table, requested(bundled)), "csv")
    ]
    expected += read_by_machines(judgments_page(bundled, requested(bundled)), "csv")
    assert len(rows) == len(expected) == 6 + 4 + 1 + 2 + 3
    for row, other in zip(rows, expected, strict=True):
        assert {name: row[name] for name in other} == other
        assert not any(cell for name, cell in row.items() if name not in other and name != "kind")
    assert [row["kind"] for row in rows][-4:] == ["satisfaction", *["judgment"] * 3]


def test_the_whole_page_says_each_note_once(bundled: crimecmp.Dataset) -> None:
    """A note that bears on several tables is at the end once, and names them."""
    text = in_one_line(shown(whole_page(bundled, requested(bundled)), "table"))
    assert text.count("Medomsley Detention Centre") == 1
    assert text.count("Durham's crime recording less accurate") == 1
    assert "On rates, changes and outcomes: Inspectors" in text
    assert "On rates and changes: Part of Durham's rise" in text


def test_a_force_without_figures_has_no_page(of_durham: crimecmp.Dataset) -> None:
    """Every page on a force without figures is an error, not an empty page."""
    kent = requested(of_durham, ["kent"])
    for page in (comparison_page, whole_page, judgments_page, reproduction_page):
        with pytest.raises(crimecmp.NoFiguresError, match="Kent"):
            page(of_durham, kent)
    for table in FIGURE_TABLES:
        with pytest.raises(crimecmp.NoFiguresError, match="Kent"):
            figures_page(of_durham, table, kent)
    burglary = requested(of_durham, ["kent"], metric="burglary")
    with pytest.raises(crimecmp.NoFiguresError, match="Kent"):
        trend_page(of_durham, burglary)


def test_a_force_that_was_not_inspected_has_no_page_of_what_inspectors_found(
    bundled: crimecmp.Dataset,
) -> None:
    """Detections, satisfaction and judgments are the report's: of another force they are errors."""
    kent = requested(bundled, ["kent"])
    for table in ("outcomes", "satisfaction"):
        with pytest.raises(crimecmp.NoFiguresError, match="Kent"):
            figures_page(bundled, table, kent)
    for page in (judgments_page, reproduction_page):
        with pytest.raises(crimecmp.NoFiguresError, match="Kent"):
            page(bundled, kent)
    assert {section.title for section in whole_page(bundled, kent).sections} == {"Rates", "Changes"}


def test_other_sources_and_periods_are_said(bundled: crimecmp.Dataset) -> None:
    """Beneath the report's rates it is said that there are rates from counts, and of which source.

    Those have 17 quarters, of which the page shows one.
    """
    text = in_one_line(shown(figures_page(bundled, "rates", requested(bundled)), "table"))
    lead = "Other sources with figures:"
    assert f"{lead} published-counts (Rates calculated from published counts)." in text
    counts = figures_page(bundled, "rates", requested(bundled, source="published-counts"))
    text = in_one_line(shown(counts, "table"))
    assert f"{lead} hmic-2014-durham (Crime inspection 2014: Durham Constabulary)." in text
    assert "periods with figures, years to: 2010-06 to 2014-03, 16 in all" in text


def test_a_force_of_one_source_has_no_others_named(bundled: crimecmp.Dataset) -> None:
    """Of Cleveland there are published counts alone, and beneath its rates nothing is said more."""
    page = figures_page(bundled, "rates", requested(bundled, ["cleveland"]))
    assert "Figures of other sources" not in in_one_line(shown(page, "table"))


def test_that_there_are_changes_from_counts_is_said(bundled: crimecmp.Dataset) -> None:
    """Beneath the report's changes a line says that others are to be had from counts."""
    page = figures_page(bundled, "changes", requested(bundled))
    assert f"Other sources with figures: {COUNTS}" in in_one_line(shown(page, "table"))


@pytest.mark.parametrize(
    ("forces", "source"),
    [
        (["durham"], REPORT),
        (["cleveland"], COUNTS),
        (["durham", "cleveland"], COUNTS),
        (["cleveland", "durham"], COUNTS),
    ],
)
def test_figures_of_one_page_are_of_one_source(
    bundled: crimecmp.Dataset, forces: list[str], source: str
) -> None:
    """Whoever is compared, figures of every kind are of the source that answers for most.

    Those of another source are named, each kind with its source.
    """
    for page in (comparison_page, whole_page):
        report = page(bundled, requested(bundled, forces))
        compared = [row for row in read_by_machines(report, "csv") if row.get("question", "") == ""]
        assert {row["source"] for row in compared} == {source}
        said = " ".join(note.text for note in report.notes)
        elsewhere = f"Of another source, {REPORT}: outcomes and satisfaction."
        assert (elsewhere in said) == (source == COUNTS and "durham" in forces)


def test_a_reason_in_place_of_a_change_is_told(bundled: crimecmp.Dataset) -> None:
    """City of London had too few burglaries before for a change, and each count is said."""
    text = in_one_line(
        shown(
            figures_page(bundled, "changes", requested(bundled, [CITY], metric=BURGLARY)), "table"
        )
    )
    for end in ("2010-06-30", "2013-06-30"):
        count = counted(BURGLARY, end)[CITY].events
        assert f"The earlier count is {count}. crimecmp gives no percentage change" in text


def test_a_change_from_counts_has_two_decimals_for_people(tmp_path: Path) -> None:
    """From 500 to 450 is -10 exactly, and is shown as every change from counts is: -10.00."""
    rows = ["kent,crime,2013-06-30,,50,500,10000", "kent,crime,2014-06-30,,45,450,10000"]
    write_tables(tmp_path, {"rates": rows})
    data = crimecmp.load(tmp_path)
    [cells] = read_by_people(figures_page(data, "changes", requested(data, ["kent"])), "markdown")
    assert "-10.00" in cells


def test_a_sentence_answers_all_questions(bundled: crimecmp.Dataset) -> None:
    """What is more than usual and what is unusual are said together, with the places."""
    figures = counted(BURGLARY)
    spread = [force for force in figures if force not in (CITY, "england-and-wales")]
    place = 1 + sum(figures[force].rate > figures["durham"].rate for force in spread)
    assert place % 10 == 2  # the ordinal below is right for these figures alone
    page = comparison_page(bundled, requested(bundled, metric=BURGLARY, source=COUNTS))
    said = in_one_line(shown(page, "table"))
    assert "in Durham was 42.9% lower than in England and Wales in the year to June 2014: " in said
    assert "lower than the rest of England and Wales, 95% interval " in said
    assert "% lower). Durham is within the range" in said
    could_be = ordinals(places(figures)["durham"])
    assert f" {place}nd of 42 by rate; random variation alone allows {could_be}." in said
    assert "42 of 43 forces are compared, without City of London." in said


def test_a_group_page_says_whether_the_force_is_usual_there(bundled: crimecmp.Dataset) -> None:
    """Beneath rates against a group each has the range of its other forces; changes have none."""
    for table, number in (("rates", 6), ("changes", 0)):
        request = requested(bundled, ["kent"], source=COUNTS, group="south-east")
        text = in_one_line(shown(figures_page(bundled, table, request), "table"))
        assert text.count("expected of one more force like those of South East (") == number


def test_titles_name_both_areas_in_full_and_the_year(bundled: crimecmp.Dataset) -> None:
    """A page's title names the force, what it is compared with, and the year of most figures."""
    for table in FIGURE_TABLES:
        title = figures_page(bundled, table, requested(bundled)).title
        year = "March 2014" if table == "outcomes" else "June 2014"
        assert title == f"Durham Constabulary against England and Wales: {table}, year to {year}"
