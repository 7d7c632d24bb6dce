"""What each page says: the report's own figures, read from it by hand, in every format."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest

import crimecmp
from crimecmp.comparison.request import requested
from crimecmp.tables.files import bundled_folder
from crimecmp.document.report import Report
from crimecmp.pages.figures import comparison_page, figures_page, whole_page
from crimecmp.pages.judgments import judgments_page
from crimecmp.pages.names import names_page
from crimecmp.pages.reproduction import reproduction_page
from crimecmp.pages.trend import trend_page
from crimecmp.render import Format, render

# How a page stands in HTML is read in `test_render_html`, with its elements.
FORMATS: tuple[Format, ...] = tuple(form for form in get_args(Format) if form != "html")
FOR_PEOPLE: tuple[Format, ...] = ("table", "markdown")
FOR_MACHINES: tuple[Format, ...] = ("csv", "json")
FIGURE_TABLES = ("rates", "changes", "outcomes", "satisfaction")


class Pair(NamedTuple):
    """A measure as the printed report has it: Durham's figure and that of England and Wales.

    The difference is worked out by hand, from the figures as they are printed.
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


@pytest.fixture(scope="module")
def data() -> crimecmp.Dataset:
    """Return the tables that come with crimecmp."""
    return crimecmp.load()


def shown(report: Report, form: Format) -> str:
    """Return a page in a format."""
    stream = io.StringIO(newline="")
    render(report, form, stream)
    return stream.getvalue()


def in_one_line(text: str) -> str:
    """Return a text with all its folding undone, and without Markdown's backslashes."""
    return " ".join(text.replace("\\", "").split())


def read_by_people(report: Report, form: Format) -> list[list[str]]:
    """Return the cells of the only table of a page, as a person reads them."""
    text = shown(report, form)
    if form == "markdown":
        lines = [line for line in text.split("\n") if line.startswith("|")][2:]
        return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    _, _, rows = text.partition("─\n")
    lines = re.split(r"\n(?=- |– no figure|\n)", rows)[0].split("\n")
    return [re.split(r" {2,}", line) for line in lines]


def read_by_machines(report: Report, form: Format) -> list[dict[str, Any]]:
    """Return the rows of a page as a script reads them; all cells of JSON as text."""
    text = shown(report, form)
    if form == "csv":
        return list(csv.DictReader(io.StringIO(text, newline="")))
    rows: list[dict[str, Any]] = json.loads(text)["rows"]
    return [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in rows
    ]


def signed(text: str) -> str:
    """Return a difference as people read it: a plus above nought, a dash where it is missing."""
    if not text:
        return "–"
    return text if text.startswith("-") else f"+{text}"


# --- The figures of the report


@pytest.mark.parametrize("form", FOR_PEOPLE)
def test_rates_for_people(data: crimecmp.Dataset, form: Format) -> None:
    """The six rates read as printed, each with its base, its period and its differences."""
    rows = read_by_people(figures_page(data, "rates", requested(data)), form)
    assert rows == [
        [
            pair.label, pair.unit.split()[-1], pair.period, pair.force, pair.benchmark,
            signed(pair.difference), signed(per_cent),
            "higher" if Decimal(pair.difference or 0) > 0 else "lower",
        ]
        for pair, per_cent in zip(RATES, PER_CENT, strict=True)
    ]  # fmt: skip


@pytest.mark.parametrize("form", FOR_PEOPLE)
def test_changes_for_people(data: crimecmp.Dataset, form: Format) -> None:
    """The changes carry signs and both periods; the one without a national figure has a gap."""
    rows = read_by_people(figures_page(data, "changes", requested(data)), form)
    assert rows == [
        [
            pair.label, pair.base, pair.period, signed(pair.force), signed(pair.benchmark),
            signed(pair.difference), "not tested",
        ]
        for pair in CHANGES
    ]  # fmt: skip


@pytest.mark.parametrize("form", FOR_PEOPLE)
def test_detections_for_people(data: crimecmp.Dataset, form: Format) -> None:
    """The detection rate is 36 against 26 per cent, with its own period."""
    rows = read_by_people(figures_page(data, "outcomes", requested(data)), form)
    assert rows == [[DETECTIONS[0].label, "March 2014", "36", "26", "+10", "higher (better)"]]


@pytest.mark.parametrize("form", FOR_PEOPLE)
def test_satisfaction_for_people(data: crimecmp.Dataset, form: Format) -> None:
    """Each estimate has its margin behind it, and says what it is compared with."""
    rows = read_by_people(figures_page(data, "satisfaction", requested(data)), form)
    label, period, estimate = "Victim satisfaction", "June 2014", "88.6 ± 1.8"
    year_before = "Durham, 12 months to June 2013"
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
        [label, period, estimate, year_before, "89.6 ± 1.5", "-1.0", "similar"],
    ]


@pytest.mark.parametrize("form", FOR_MACHINES)
@pytest.mark.parametrize(
    ("table", "pairs"), [("rates", RATES), ("changes", CHANGES), ("outcomes", DETECTIONS)]
)
def test_figures_for_machines(
    data: crimecmp.Dataset, form: Format, table: str, pairs: list[Pair]
) -> None:
    """Figures, periods, unit and source of each measure, as printed, with no sign but minus."""
    rows = read_by_machines(figures_page(data, table, requested(data)), form)
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
def test_satisfaction_for_machines(data: crimecmp.Dataset, form: Format) -> None:
    """Estimates and margins stand in columns of their own, the year before with its period."""
    rows = read_by_machines(figures_page(data, "satisfaction", requested(data)), form)
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
def test_per_cent_of_the_benchmark_is_for_rates_alone(data: crimecmp.Dataset, form: Format) -> None:
    """Rates differ in per cent of the benchmark's; percentages never do."""
    rates = read_by_machines(figures_page(data, "rates", requested(data)), form)
    assert [f"{float(row['percent_difference']):.1f}" for row in rates] == PER_CENT
    for table in ("changes", "outcomes", "satisfaction"):
        rows = read_by_machines(figures_page(data, table, requested(data)), form)
        assert {row["percent_difference"] for row in rows} == {""}


@pytest.mark.parametrize("form", FOR_PEOPLE)
@pytest.mark.parametrize("table", ["changes", "outcomes", "satisfaction"])
def test_a_difference_of_percentages_is_said_to_be_in_points(
    data: crimecmp.Dataset, form: Format, table: str
) -> None:
    """The heading of a difference of percentages says points, and none says per cent of it."""
    text = in_one_line(shown(figures_page(data, table, requested(data)), form))
    report = figures_page(data, table, requested(data))
    [heading] = [column.label for column in report.sections[0].columns if column.signed][-1:]
    assert heading == "Difference, points"
    assert "points" in text
    assert "In per cent" not in text


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("table", ["rates", "changes"])
def test_the_count_of_incidents_is_given(data: crimecmp.Dataset, form: Format, table: str) -> None:
    """Durham's 29,439 incidents of anti-social behaviour stand with their rate and their change."""
    text = in_one_line(shown(figures_page(data, table, requested(data)), form))
    assert "29,439 incidents in the 12 months to March 2014" in text


@pytest.mark.parametrize("form", FOR_MACHINES)
def test_the_count_of_incidents_is_a_number_for_machines(
    data: crimecmp.Dataset, form: Format
) -> None:
    """The count is a column of its own, without a separator, and no other rate has one."""
    rows = read_by_machines(figures_page(data, "rates", requested(data)), form)
    assert [row["force_count"] for row in rows] == ["", "", "", "", "", "29439"]


# --- Judgments


@pytest.mark.parametrize("form", FORMATS)
def test_judgments_in_every_format(data: crimecmp.Dataset, form: Format) -> None:
    """Reducing crime was judged good, investigating and anti-social behaviour outstanding."""
    report = judgments_page(data, requested(data))
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


def test_judgments_have_two_to_four_grounds(data: crimecmp.Dataset) -> None:
    """Each judgment is said to rest on two to four short points."""
    for row in read_by_machines(judgments_page(data, requested(data)), "csv"):
        points = row["summary"].split(";")
        assert 2 <= len(points) <= 4
        assert max(map(len, points)) < 120


@pytest.mark.parametrize("form", FOR_PEOPLE)
def test_the_scale_stands_beneath_the_judgments(data: crimecmp.Dataset, form: Format) -> None:
    """The four categories stand beneath in order, with the two that are positive, and a tally."""
    text = in_one_line(shown(judgments_page(data, requested(data)), form))
    assert (
        "1 outstanding (positive), 2 good (positive), 3 requires improvement (negative) and "
        "4 inadequate (negative)" in text
    )
    assert "2 outstanding and 1 good" in text


# --- Notes and sources


def note_texts(report: Report, form: Format) -> str:
    """Return the notes of a page, in one line."""
    if form == "json":
        return " ".join(note["text"] for note in json.loads(shown(report, form))["notes"])
    return in_one_line(shown(report, form))


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
    data: crimecmp.Dataset, form: Format, table: str, recording: bool, medomsley: bool
) -> None:
    """Doubts about recorded crime stand beneath figures that rest on it, and no others."""
    text = note_texts(figures_page(data, table, requested(data)), form)
    assert ("how accurately Durham records crime" in text) is recording
    assert ("Medomsley Detention Centre" in text) is medomsley


def test_incidents_are_not_recorded_crime(data: crimecmp.Dataset) -> None:
    """The doubts about recorded crime do not bear on incidents of anti-social behaviour."""
    text = note_texts(comparison_page(data, requested(data, metric="asb")), "table")
    assert "records crime" not in text
    assert "Medomsley" not in text


@pytest.mark.parametrize("form", FOR_PEOPLE)
def test_the_base_of_burglary_is_plain(data: crimecmp.Dataset, form: Format) -> None:
    """Burglary's rate says households in its row, and a note says that the others do not."""
    report = figures_page(data, "rates", requested(data))
    bases = {row[0]: row[1] for row in read_by_people(report, form)}
    assert bases.pop("Burglary in a dwelling") == "households"
    assert set(bases.values()) == {"population"}
    assert "per 1,000 households" in in_one_line(shown(report, form))


@pytest.mark.parametrize("form", ["table", "markdown", "json"])
@pytest.mark.parametrize("table", FIGURE_TABLES)
def test_every_page_of_figures_names_its_source(
    data: crimecmp.Dataset, form: Format, table: str
) -> None:
    """Title, publisher, licence and the place in the source stand with the figures."""
    text = in_one_line(shown(figures_page(data, table, requested(data)), form))
    for part in (
        "Crime inspection 2014: Durham Constabulary",
        "Her Majesty's Inspectorate of Constabulary",
        "Open Government Licence v3.0",
        "Reducing crime and preventing offending, ",
    ):
        assert part in text


@pytest.mark.parametrize("table", FIGURE_TABLES)
def test_every_row_says_where_its_figure_is_printed(data: crimecmp.Dataset, table: str) -> None:
    """Each figure, the benchmark's too, has its source and its place in it."""
    for row in read_by_machines(figures_page(data, table, requested(data)), "csv"):
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


def in_lines(text: str) -> str:
    """Return a text with the further lines of its list items joined to the first."""
    return re.sub(r"\n  (?=\S)", " ", text)


def test_other_sources_and_periods_are_named(tmp_path: Path) -> None:
    """What else the data hold is said, with the option that shows it."""
    (tmp_path / "sources.csv").write_text("source,title\none,One\ntwo,Two\n")
    (tmp_path / "rates.csv").write_text(
        "force,metric,period_end,source,value\n"
        "durham,crime,2014-06-30,one,5.0\n"
        "durham,crime,2013-06-30,one,4.0\n"
        "durham,crime,2014-06-30,two,3.0\n"
    )
    data = crimecmp.load(tmp_path)
    text = in_one_line(shown(figures_page(data, "rates", requested(data)), "table"))
    assert re.search(r"sources \(--source\): two \(Two\)\.", text)
    assert re.search(r"periods \(--period\): [^.]*2013", text)


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


def test_comparison_has_all_that_is_known_of_a_metric(data: crimecmp.Dataset) -> None:
    """One metric's page has its rate and its changes, each with period and source."""
    report = comparison_page(data, requested(data, metric="crime"))
    assert [section.title for section in report.sections] == ["Rates", "Changes"]
    rows = read_by_machines(report, "csv")
    assert [(row["kind"], row["force_value"], row["benchmark_value"]) for row in rows] == [
        ("rate", "54.0", "60.7"),
        ("change", "-11", "-16"),
        ("change", "13", "-1"),
    ]
    assert report.title.startswith("Crime excluding fraud: ")


def test_comparison_of_burglary(data: crimecmp.Dataset) -> None:
    """Burglary is 5.0 against 8.9 per 1,000 households, and nothing else is known of it."""
    report = comparison_page(data, requested(data, metric="burglary"))
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
    data: crimecmp.Dataset, of_durham: crimecmp.Dataset
) -> None:
    """A force that was asked for and has no figure is named beneath the table, not dropped."""
    report = comparison_page(of_durham, requested(of_durham, ["durham", "kent"], metric="burglary"))
    assert len(report.records) == 1
    assert re.search(r"No such figure in [^:]*: Kent\.", in_one_line(shown(report, "table")))
    report = comparison_page(data, requested(data, ["durham", "kent"], metric="satisfaction"))
    assert {record["force"] for record in report.records} == {"durham"}
    assert re.search(r"No such figure in [^:]*: Kent\.", in_one_line(shown(report, "table")))


def test_the_whole_page_has_everything(data: crimecmp.Dataset) -> None:
    """The whole page has every row of every other page, in their order."""
    report = whole_page(data, requested(data))
    assert [section.title for section in report.sections] == [
        "Rates", "Changes", "Outcomes", "Satisfaction", "Judgments",
    ]  # fmt: skip
    rows = read_by_machines(report, "csv")
    expected = [
        row
        for table in FIGURE_TABLES
        for row in read_by_machines(figures_page(data, table, requested(data)), "csv")
    ]
    expected += read_by_machines(judgments_page(data, requested(data)), "csv")
    assert len(rows) == len(expected) == 6 + 4 + 1 + 2 + 3
    for row, other in zip(rows, expected, strict=True):
        assert {name: row[name] for name in other} == other
        assert not any(cell for name, cell in row.items() if name not in other and name != "kind")
    assert [row["kind"] for row in rows][-4:] == ["satisfaction", *["judgment"] * 3]


def test_the_whole_page_says_each_note_once(data: crimecmp.Dataset) -> None:
    """A note that bears on several tables stands at the end once, and names them."""
    text = in_one_line(shown(whole_page(data, requested(data)), "table"))
    assert text.count("Medomsley Detention Centre") == 1
    assert text.count("how accurately Durham records crime") == 1
    assert "On rates, changes and outcomes: The inspectors" in text
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
    data: crimecmp.Dataset,
) -> None:
    """Detections, satisfaction and judgments are the report's: of another force they are errors."""
    kent = requested(data, ["kent"])
    for table in ("outcomes", "satisfaction"):
        with pytest.raises(crimecmp.NoFiguresError, match="Kent"):
            figures_page(data, table, kent)
    for page in (judgments_page, reproduction_page):
        with pytest.raises(crimecmp.NoFiguresError, match="Kent"):
            page(data, kent)
    assert {section.title for section in whole_page(data, kent).sections} == {"Rates", "Changes"}


def test_other_sources_and_periods_are_said(data: crimecmp.Dataset) -> None:
    """Beneath the report's rates stands that rates worked out from counts exist, by their source.

    Those have 17 quarters, of which the page shows one.
    """
    text = in_one_line(shown(figures_page(data, "rates", requested(data)), "table"))
    lead = "Figures of other sources (--source):"
    assert f"{lead} published-counts (Rates worked out from published counts)." in text
    counts = figures_page(data, "rates", requested(data, source="published-counts"))
    text = in_one_line(shown(counts, "table"))
    assert f"{lead} hmic-2014-durham (Crime inspection 2014: Durham Constabulary)." in text
    assert "periods (--period): 2010-06 to 2014-03, 16 in all" in text


def test_titles_name_both_areas_in_full(data: crimecmp.Dataset) -> None:
    """A page's title names the force and what it is compared with."""
    for table in FIGURE_TABLES:
        title = figures_page(data, table, requested(data)).title
        assert title == f"Durham Constabulary against England and Wales: {table}"


# --- What there is to name


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("table", "some"),
    [
        ("forces", ["durham", "E23000008", "Durham Constabulary", "devon & cornwall"]),
        ("metrics", ["burglary-in-a-dwelling", "asb", "per 1,000 households", "bicycle-theft"]),
        ("groups", ["north-east", "Yorkshire and The Humber", "cleveland, durham, northumbria"]),
        (
            "sources",
            [
                "hmic-2014-durham",
                "Crime inspection 2014: Durham Constabulary",
                "published-counts",
                "Rates worked out from published counts",
            ],
        ),
    ],
)
def test_names_are_listed_in_every_format(
    data: crimecmp.Dataset, form: Format, table: str, some: list[str]
) -> None:
    """The 43 forces with England and Wales, metrics, groups and sources are listed with names."""
    report = names_page(data, table)
    text = in_one_line(shown(report, form))
    if form in FOR_MACHINES:
        text = text.replace(";", ", ")
    with (bundled_folder() / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        number = sum(1 for _ in csv.reader(stream)) - 1
    assert len(report.records) == number
    assert table != "forces" or number == 44
    for part in some:
        assert part in text


def listed(data: crimecmp.Dataset, table: str) -> list[dict[str, str]]:
    """Return a table's rows without the one column that its list does not have."""
    return [
        {name: cell for name, cell in row.items() if name != "resident_base"}
        for row in data.rows(table)
    ]


@pytest.mark.parametrize("table", ["forces", "metrics", "groups", "sources"])
def test_lists_have_the_columns_of_their_table(data: crimecmp.Dataset, table: str) -> None:
    """A list for machines is the table of its name, and can be read as one again."""
    rows = read_by_machines(names_page(data, table), "csv")
    assert rows == listed(data, table)


@pytest.mark.parametrize("table", ["forces", "metrics", "groups", "sources"])
def test_columns_of_lists_are_described_for_machines(data: crimecmp.Dataset, table: str) -> None:
    """In JSON each column of a list has a label that says what its cells are."""
    columns = json.loads(shown(names_page(data, table), "json"))["columns"]
    assert all(column["label"] for column in columns)
    assert [column["name"] for column in columns] == list(listed(data, table)[0])


def test_metrics_are_defined(data: crimecmp.Dataset) -> None:
    """Each metric's definition stands beneath the list."""
    text = in_one_line(shown(names_page(data, "metrics"), "table"))
    for row in data.rows("metrics"):
        assert f"{row['label']}: {row['definition']}" in text


def test_forces_with_figures_are_named(data: crimecmp.Dataset, of_durham: crimecmp.Dataset) -> None:
    """The list of forces says which have figures: of the bundled figures, each that is listed."""
    [note] = names_page(of_durham, "forces").all_notes
    _, _, named = note.text.partition(": ")
    assert sorted(named.rstrip(".").split(" and ")) == ["durham", "england-and-wales"]
    [note] = names_page(data, "forces").all_notes
    assert note.text.endswith(": all that crimecmp forces lists.")
    with_figures = {row["force"] for row in data.rows("rates")}
    assert with_figures == {row["force"] for row in data.rows("forces")}
