"""The page to hand over: all that is known, how it was found, and how to make it again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from bundled import (
    BURGLARY,
    CITY,
    COUNTS,
    JUNE_2014,
    LABELS,
    METRICS,
    NATIONAL,
    REPORT,
    Program,
    counted,
    ends,
    table,
    write,
)
from paging import HANDED_OVER, passage
from picturing import DATA as BUNDLED
from picturing import RATES_OF, SPREAD, printed, request_of

import crimecmp
from crimecmp.cli import output
from crimecmp.cli import run as cli
from crimecmp.cli.exit_codes import FAILED, FAILED_ON, OK, USAGE
from crimecmp.comparison.request import requested
from crimecmp.document.picture import Funnel, Lines
from crimecmp.document.report import Report, Section
from crimecmp.errors import RequestError
from crimecmp.pages.figures import whole_page
from crimecmp.pages.handout import handout
from crimecmp.wording.captions import source_line

pytestmark = pytest.mark.usefixtures("whole_pages")

FORMATS = ("table", "csv", "json", "markdown", "html")

FROM_COUNTS = "from counts of all forces"

Page = Callable[..., Report]


def section_of(page: Report, key: str) -> Section:
    """Return the one table of a page with a key."""
    [found] = [section for section in page.sections if section.key == key]
    return found


def column_of(row: Sequence[object], page: Report, name: str) -> object:
    """Return a row's cell of one column of its page."""
    return row[[column.name for column in page.columns].index(name)]


# --- What is on it


def test_the_report_comes_first_and_then_the_counts(durham: Report) -> None:
    """The tables of the report, those from counts of all forces, the judgments and the claims."""
    assert [(section.key, section.title) for section in durham.sections] == [
        ("rates", "Rates"),
        ("changes", "Changes"),
        ("outcomes", "Outcomes"),
        ("satisfaction", "Satisfaction"),
        ("rates-counted", f"Rates {FROM_COUNTS}"),
        ("changes-counted", f"Changes {FROM_COUNTS}"),
        ("judgments", "Judgments"),
        ("claims", "Claims"),
    ]


def test_each_table_has_the_figures_of_its_source(durham: Report) -> None:
    """Crime in Durham is 54.0 as the report prints it, and with two decimals from its counts."""
    crime = counted(METRICS[0])
    since = crime["durham"].events / counted(METRICS[0], "2013-06-30")["durham"].events
    labels = {row["metric"]: row["label"] for row in table("metrics")}
    for key, expected in (
        ("rates", "54.0"),
        ("changes", "+13"),
        ("rates-counted", f"{crime['durham'].rate:.2f}"),
        ("changes-counted", f"{100 * (since - 1):+.2f}"),
    ):
        rows = [row for row in section_of(durham, key).cells if row[0] == labels[METRICS[0]]]
        assert [row for row in rows if expected in row]


def test_both_sources_are_listed(durham: Report) -> None:
    """Whoever reads the page sees where the figures of each table are from."""
    assert [row["source"] for row in durham.sources] == [REPORT, COUNTS]


def test_pictures_stand_with_the_tables_that_they_are_of(durham: Report) -> None:
    """Bars and survey beside the report's figures; trend, funnel and ranking beside the counts."""
    kinds = {s.key: [p.kind for p in s.pictures] for s in durham.sections if s.pictures}
    assert kinds == {
        "rates": ["bars"],
        "satisfaction": ["satisfaction"],
        "rates-counted": ["trend", "funnel", "rank"],
    }
    for section in durham.sections:
        source = COUNTS if section.key == "rates-counted" else REPORT
        for picture in section.pictures:
            assert picture.sources[0].startswith(f"Source: {source_line(BUNDLED, [source])[:40]}")


def test_of_one_source_each_table_is_there_once() -> None:
    """Cleveland has counts alone: one table of rates, and all pictures with it."""
    page = handout(BUNDLED, request_of("cleveland"), "html", full=True)
    assert [section.title for section in page.sections] == ["Rates", "Changes"]
    kinds = [picture.kind for picture in page.sections[0].pictures]
    assert kinds == ["bars", "trend", "funnel", "rank"]


def test_a_picture_does_not_say_what_its_page_says(durham: Report) -> None:
    """Notes that stand beneath a table are not said again beneath its picture."""
    said = {note.text for section in durham.sections for note in section.notes}
    for section in durham.sections:
        for picture in section.pictures:
            assert not said & set(picture.notes)


def test_the_funnel_of_a_page_takes_in_the_spread(durham: Report) -> None:
    """It has the limits of what is unusual, which the table's column rests on."""
    pictures = section_of(durham, "rates-counted").pictures
    [funnel] = [picture for picture in pictures if picture.kind == "funnel"]
    assert isinstance(funnel.drawing, Funnel)
    assert any(limits.overdispersed for limits in funnel.drawing.limits)


def test_four_forces_are_refused(run: Program) -> None:
    """A page tells three forces apart, in either format, and a table takes more."""
    asked = ("report", "durham", "kent", "gwent", "essex")
    for form in ("html", "markdown"):
        done = run(*asked, "--format", form)
        assert (done.out, done.code) == ("", USAGE)
        assert "3 forces" in done.err
    assert run(*asked, "--format", "csv").code == 0
    with pytest.raises(RequestError):
        handout(BUNDLED, request_of("durham", "kent", "gwent", "essex"), "html")


def test_nobody_knows_anything_of_a_force(run: Program, tmp_path: Path) -> None:
    """Where there is nothing on a force there is no page, and it is said of whom."""
    folder = write(tmp_path, rates=[RATES_OF, f"kent,burglary,{JUNE_2014},6.0,,"])
    done = run("report", "gwent", "--data", folder, "--format", "html")
    assert (done.out, done.code) == ("", FAILED)
    assert "Gwent" in done.err


# --- Pictures


def test_a_picture_that_cannot_be_drawn_says_why() -> None:
    """Of City of London there is no funnel, since it is left out of it."""
    page = handout(BUNDLED, request_of(CITY), "html", full=True)
    kinds = {picture.kind for section in page.sections for picture in section.pictures}
    assert kinds == {"bars", "trend", "rank"}
    [item] = [i for i in passage(page, "Limits of these figures") if "funnel" in i.term]
    assert "not compared with the others" in item.text
    page = handout(BUNDLED, request_of(CITY, with_city_of_london=True), "html", full=True)
    assert "funnel" in {picture.kind for section in page.sections for picture in section.pictures}
    assert not any("Picture" in item.term for item in passage(page, "Limits of these figures"))


def test_of_a_few_forces_no_funnel_can_be_drawn(tmp_path: Path) -> None:
    """A user's counts of two forces are a page, which says what it lacks: funnel and trend."""
    figures = counted(BURGLARY)
    rows = [
        f"{force},burglary,{JUNE_2014},{printed(figures[force].rate)},"
        f"{figures[force].events},{figures[force].base:.0f}"
        for force in ("kent", "gwent", NATIONAL)
    ]
    data = crimecmp.load(write(tmp_path, rates=[RATES_OF, *rows]))
    page = handout(data, requested(data, ["kent"]), "html", full=True)
    kinds = {picture.kind for section in page.sections for picture in section.pictures}
    assert kinds == {"bars", "rank"}
    reasons = {
        i.term: i.text for i in passage(page, "Limits of these figures") if "Picture" in i.term
    }
    assert len(reasons) == 2
    [funnel] = [text for term, text in reasons.items() if "funnel" in term]
    assert f"The source has 2 of the {len(SPREAD)} forces" in funnel
    [trend] = [text for term, text in reasons.items() if "trend" in term]
    assert "two periods" in trend


def test_a_funnel_is_around_all_forces_whatever_the_benchmark() -> None:
    """A force that is the benchmark is one of the 42 that limits, counts and notes are of."""
    against = handout(BUNDLED, request_of("durham", benchmark="kent"), "html", full=True)
    usual = handout(BUNDLED, request_of("durham"), "html", full=True)
    found, expected = (
        picture
        for page in (against, usual)
        for section in page.sections
        for picture in section.pictures
        if picture.kind == "funnel"
    )
    assert found.drawing == expected.drawing
    assert (found.title, found.description) == (expected.title, expected.description)
    assert isinstance(found.drawing, Funnel)
    assert len(found.drawing.dots) == 42
    [kent] = [dot for dot in found.drawing.dots if dot.label == "Kent"]
    assert kent.role == "other"
    assert kent.value == pytest.approx(counted(METRICS[0])["kent"].rate, rel=1e-12)
    assert found.drawing.centre_label == "all 42 together"
    assert "Shown: 42 of 43 forces" in found.description


@pytest.mark.parametrize("forces", [("durham",), ("durham", "cleveland"), ("cleveland", "durham")])
def test_a_source_that_was_asked_for_is_that_of_the_pictures_too(forces: tuple[str, ...]) -> None:
    """Each kind of picture is of the source named, or is left out with the reason."""
    kinds = ["bars", "funnel", "rank", "satisfaction", "trend"]
    for source, expected in ((REPORT, {"bars", "satisfaction"}), (COUNTS, {*kinds} - {kinds[3]})):
        page = handout(BUNDLED, request_of(*forces, source=source), "html", full=True)
        pictures = [picture for section in page.sections for picture in section.pictures]
        assert {picture.kind for picture in pictures} == expected
        for picture in pictures:
            assert picture.sources[0].startswith(f"Source: {source_line(BUNDLED, [source])[:40]}")
        lead = "Picture left out: "
        untold = [item for item in passage(page, "Limits of these figures") if lead in item.term]
        missing = {item.term.removeprefix(lead) for item in untold}
        assert missing == ({*kinds} - expected if source == REPORT else set())
        assert all(item.text for item in untold)


def test_the_trend_of_a_page_of_one_period_has_all_periods() -> None:
    """A trend is of all periods, of which the page's own is one."""
    for forces in (("durham",), ("durham", "cleveland")):
        page = handout(BUNDLED, request_of(*forces, period="2013-06"), "html", full=True)
        pictures = {picture.kind: picture for s in page.sections for picture in s.pictures}
        drawing = pictures["trend"].drawing
        assert isinstance(drawing, Lines)
        assert [line.label for line in drawing.lines[:-1]] == [LABELS[force] for force in forces]
        for line, area in zip(drawing.lines, (*forces, NATIONAL), strict=True):
            rates = {str(point.period_end): point.value for point in line.points}
            assert list(rates) == ends(METRICS[0])
            for end, rate in rates.items():
                assert rate == pytest.approx(counted(METRICS[0], end)[area].rate, rel=1e-12)
        assert not [i for i in passage(page, "Limits of these figures") if "Picture" in i.term]
        for kind in ("bars", "funnel", "rank"):
            assert "year to June 2013" in pictures[kind].unit


# --- What a script sees of it


@pytest.mark.parametrize(
    ("forces", "options"),
    [
        (("cleveland",), {}),
        (("cleveland", "kent"), {"level": 0.998}),
        (("durham",), {"source": COUNTS}),
        (("kent",), {"group": "south-east"}),
        (("durham", "cleveland"), {}),
        (("durham",), {"benchmark": "kent"}),
        (("durham",), {"period": "2013-06"}),
        (("durham",), {"group": "north-east"}),
    ],
)
def test_the_rows_of_the_page_are_those_of_a_script(
    forces: tuple[str, ...], options: dict[str, object]
) -> None:
    """Whoever reads CSV has the rows that the page to hand over is made of, in their order."""
    request = request_of(*forces, **options)
    page, whole = handout(BUNDLED, request, "html"), whole_page(BUNDLED, request)
    assert page.columns == whole.columns
    assert page.rows == whole.rows


def test_figures_of_a_second_source_are_no_rows(durham: Report) -> None:
    """What is on the page from counts of all forces is for people, and not in its rows."""
    sources = {column_of(row, durham, "source") for row in durham.rows}
    assert sources == {REPORT}
    assert durham.rows == whole_page(BUNDLED, request_of("durham")).rows


MADE: dict[tuple[object, ...], Report] = {}
"""The pages of the bundled figures that were made, by what made them, request and format."""


def once(make: Page) -> Page:
    """Return what makes each page of the bundled figures once, and then gives it again."""

    def page(data: crimecmp.Dataset, *asked: object, **more: object) -> Report:
        key = (make.__name__, *asked, *more.values())
        if key not in MADE:
            MADE[key] = make(data, *asked, **more)
        return MADE[key]

    return page


@pytest.fixture
def made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands that ask for the same page share it."""
    monkeypatch.setattr("crimecmp.pages.handout.handout", once(handout))
    monkeypatch.setattr("crimecmp.pages.figures.whole_page", once(whole_page))


ASKED = [
    "durham",
    "cleveland",
    "durham cleveland",
    "durham --benchmark kent",
    "durham --period 2013-06",
    "durham --group north-east",
]


@pytest.mark.usefixtures("made_once")
@pytest.mark.parametrize("asked", ASKED)
def test_the_rows_do_not_depend_on_the_format(page_of: Page, asked: str) -> None:
    """Whoever a page is for, it has the same rows, and none of what is claimed."""
    found = {}
    for form in FORMATS:
        page = page_of("report", *asked.split(), "--format", form)
        found[form] = page.columns, page.rows
        assert "statement" not in {column.name for column in page.columns}
    assert found["csv"][1]
    assert all(rows == found["csv"] for rows in found.values())


@pytest.mark.usefixtures("made_once")
@pytest.mark.parametrize("asked", ASKED)
def test_what_can_be_failed_on_does_not_depend_on_the_format(
    monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    """`--fail-on` ends with the same code in every format, whatever is claimed beside the rows."""
    monkeypatch.setattr(output, "write", lambda *_, **__: None)
    arguments = ["report", *asked.split()]
    codes = {
        form: [
            cli.run([*arguments, "--format", form, "--fail-on", finding])
            for finding in ("lower", "better", "worse")
        ]
        for form in FORMATS
    }
    assert set(codes["csv"]) == {OK, FAILED_ON}
    assert all(found == codes["csv"] for found in codes.values()), codes


def test_what_is_claimed_alone_fails_nothing(run: Program) -> None:
    """Satisfaction, better, is claimed of Durham, and is no row where the benchmark is Kent."""
    asked = ("report", "durham", "--benchmark", "kent", "--fail-on", "better")
    for form in HANDED_OVER:
        done = run(*asked, "--format", form)
        assert done.code == OK
        assert "88.6 ± 1.8% against 85.0 ± 0.2%" in done.out
    assert run(*asked, "--format", "csv").code == OK


def test_a_page_to_hand_over_ends_as_it_was_asked_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of Durham's page there is something better and nothing worse, and the exit code says so."""
    monkeypatch.setattr(output, "write", lambda *_, **__: None)
    codes = [
        cli.run(["report", "durham", "--fail-on", finding, "--format", "html"])
        for finding in ("better", "worse")
    ]
    assert codes == [FAILED_ON, OK]


def test_markdown_has_the_findings_and_the_end_as_well(run: Program) -> None:
    """The paper that is handed over begins with the findings and ends with how it was made."""
    done = run("report", "durham", "--format", "markdown")
    heads = [line[3:] for line in done.out.splitlines() if line.startswith("## ")]
    assert heads[0] == "Headline findings"
    wanted = ["Limits of these figures", "Methods in brief", "How to make this page again"]
    assert [head for head in heads if head in wanted] == wanted
    assert "54.0 against 60.7 per 1,000 population" in done.out


def test_a_page_of_two_forces_names_both(run: Program) -> None:
    """Its title has both names, and each has a passage of findings."""
    done = run("report", "durham", "cleveland", "--format", "markdown")
    names = "Durham Constabulary and Cleveland Police against England and Wales"
    assert done.out.splitlines()[0] == f"# {names}, year to June 2014"
    assert "## Headline findings: Durham" in done.out
    assert "## Headline findings: Cleveland" in done.out
