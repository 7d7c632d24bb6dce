"""The bundled tables hold the published figures, and each can be traced."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from tabling import (
    COUNTS,
    DATA,
    DURHAM,
    HMIC,
    JUNE_2010,
    JUNE_2013,
    JUNE_2014,
    MARCH_2013,
    MARCH_2014,
    NATION,
)

from crimecmp.tables.files import bundled_folder
from crimecmp.tables.loading import examine
from crimecmp.tables.schema import TABLES

PROJECT = Path(__file__).parents[2]
LOOKUP = PROJECT / "../shared/published/ons/LAD_CSP_PFA_Dec2016_Lookup.csv"
REPORT = PROJECT / "../shared/report/hmic-crime-inspection-2014-durham.txt"
RECORDED = PROJECT / "../shared/published/home-office/rec-crime-pfa.csv"


def text_of(table: str, *columns: str, source: str = "") -> list[tuple[str, ...]]:
    """Return columns of a bundled table, row by row, as printed; of one source if one is given."""
    return [
        tuple(row[column] for column in columns)
        for row in DATA.rows(table)
        if not source or row["source"] == source
    ]


def test_every_table_is_bundled() -> None:
    """The data folder has a file for each table of the schema, and no other CSV file."""
    assert {file.stem for file in bundled_folder().glob("*.csv")} == set(TABLES)


def test_the_bundled_folder_is_sound() -> None:
    """The bundled tables pass the check that a user's own tables have to pass."""
    data, faults = examine(bundled_folder())
    assert faults == []
    assert data.left_out == ()
    assert {table for _, table, _ in data.read} == set(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_the_bundled_tables_are_what_a_check_makes_of_them(name: str) -> None:
    """Read without a check, as they are at run time, they hold the very rows of a checked reading.

    So no cell is another name of an id, no source is left to the file, and no row is dropped.
    """
    assert DATA.rows(name) == examine(bundled_folder())[0].rows(name)


@pytest.mark.parametrize("name", TABLES)
def test_bundled_files_are_plain(name: str) -> None:
    """UTF-8 without a mark, LF line ends, all columns in the schema's order, no stray blanks."""
    content = (bundled_folder() / f"{name}.csv").read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    assert rows[0] == [c for c in TABLES[name].column_names if c in rows[0]]
    assert all(cell == cell.strip() for row in rows for cell in row)
    assert [dict(zip(rows[0], row, strict=True)) for row in rows[1:]] == [
        {column: row[column] for column in rows[0]} for row in DATA.rows(name)
    ]


RATES = {
    # The report's table "12 months to June 2014", and the note under it: Durham, nation, period.
    "crime-excluding-fraud": ("54.0", "60.7", JUNE_2014),
    "victim-based-crime": ("48.5", "53.9", JUNE_2014),
    "sexual-offences": ("1.6", "1.2", JUNE_2014),
    "violence-with-injury": ("5.2", "5.9", JUNE_2014),
    "burglary-in-a-dwelling": ("5.0", "8.9", JUNE_2014),
    "anti-social-behaviour": ("47.4", "36.8", MARCH_2014),
}


def test_the_six_rates_are_as_printed() -> None:
    """Each rate of the report's table is there with its decimals and its own period: no other."""
    columns = ("force", "metric", "period_end", "value")
    assert sorted(text_of("rates", *columns, source=HMIC)) == sorted(
        (force, metric, period, value)
        for metric, (durham, nation, period) in RATES.items()
        for force, value in ((DURHAM, durham), (NATION, nation))
    )


def test_the_rates_stand_in_the_reports_order() -> None:
    """The report's order of measures is kept for each area."""
    for force in (DURHAM, NATION):
        metrics = [m for f, m in text_of("rates", "force", "metric", source=HMIC) if f == force]
        assert metrics == list(RATES)


def test_the_count_of_incidents_is_there() -> None:
    """29,439 incidents of anti-social behaviour were recorded; no other count is in the report."""
    rows = text_of("rates", "force", "metric", "count", "base", source=HMIC)
    counted = [row for row in rows if row[2] or row[3]]
    assert counted == [(DURHAM, "anti-social-behaviour", "29439", "")]


def test_burglary_is_over_households() -> None:
    """Burglary's rate is per 1,000 households, each other rate per 1,000 population."""
    units = {row["metric"]: (row["unit"], row["base"]) for row in DATA.rows("metrics")}
    assert units["burglary-in-a-dwelling"] == ("per 1,000 households", "households")
    others = set(RATES) - {"burglary-in-a-dwelling"}
    assert {units[metric] for metric in others} == {("per 1,000 population", "population")}
    assert units["detection-rate"] == ("%", "crimes")
    assert units["victim-satisfaction"] == ("%", "victims surveyed")


def test_the_changes_are_as_printed() -> None:
    """Four changes of Durham and the three that the report gives for England and Wales."""
    columns = ("force", "metric", "period_end", "base_period_end", "percent")
    assert sorted(text_of("changes", *columns)) == sorted(
        [
            (DURHAM, "crime-excluding-fraud", JUNE_2014, JUNE_2010, "-11"),
            (NATION, "crime-excluding-fraud", JUNE_2014, JUNE_2010, "-16"),
            (DURHAM, "victim-based-crime", JUNE_2014, JUNE_2010, "-11"),
            (NATION, "victim-based-crime", JUNE_2014, JUNE_2010, "-16"),
            (DURHAM, "crime-excluding-fraud", JUNE_2014, JUNE_2013, "13"),
            (NATION, "crime-excluding-fraud", JUNE_2014, JUNE_2013, "-1"),
            (DURHAM, "anti-social-behaviour", MARCH_2014, MARCH_2013, "-4"),
        ]
    )


def test_the_detection_rates_are_as_printed() -> None:
    """The detection rate has a period of its own, the 12 months to March 2014."""
    assert sorted(text_of("outcomes", "force", "metric", "period_end", "percent")) == [
        (DURHAM, "detection-rate", MARCH_2014, "36"),
        (NATION, "detection-rate", MARCH_2014, "26"),
    ]


def test_the_satisfaction_rates_are_as_printed() -> None:
    """Satisfaction has its margins: Durham, England and Wales, and Durham a year before."""
    columns = ("force", "metric", "period_end", "percent", "margin")
    assert sorted(text_of("satisfaction", *columns)) == [
        (DURHAM, "victim-satisfaction", JUNE_2013, "89.6", "1.5"),
        (DURHAM, "victim-satisfaction", JUNE_2014, "88.6", "1.8"),
        (NATION, "victim-satisfaction", JUNE_2014, "85.0", "0.2"),
    ]


def test_the_judgments_are_as_printed() -> None:
    """Good for the first question, outstanding for the others, in the report's order."""
    assert text_of("judgments", "force", "question", "judgment") == [
        (DURHAM, "reducing-crime", "good"),
        (DURHAM, "investigating-offending", "outstanding"),
        (DURHAM, "tackling-anti-social-behaviour", "outstanding"),
    ]


def test_each_judgment_has_two_to_four_grounds() -> None:
    """The grounds are short points, two to four for each question."""
    for summary in DATA.frame("judgments")["summary"]:
        points = [point.strip() for point in summary.split(";")]
        assert 2 <= len(points) <= 4
        assert all(10 < len(point) < 120 for point in points)


def test_the_scale_has_two_positive_and_two_negative_categories() -> None:
    """The four categories are ranked as the report has them, the first two being positive."""
    assert text_of("scale", "judgment", "label", "rank", "positive") == [
        ("outstanding", "Outstanding", "1", "true"),
        ("good", "Good", "2", "true"),
        ("requires-improvement", "Requires improvement", "3", "false"),
        ("inadequate", "Inadequate", "4", "false"),
    ]


def test_the_reservations_bear_on_the_tables_they_speak_of() -> None:
    """Doubts about crime recording and the Medomsley inquiry go with the figures they affect."""
    notes = {row["note"]: row for row in DATA.rows("notes")}
    recording, medomsley = notes["crime-recording"], notes["medomsley"]
    assert {"rates", "changes", "outcomes"} <= set(recording["tables"].split(";"))
    assert {"rates", "changes"} <= set(medomsley["tables"].split(";"))
    assert "Medomsley" in medomsley["text"]
    assert "over 600" in medomsley["text"]
    assert {row["force"] for row in notes.values()} == {DURHAM}


FIGURES_OF = {"rates": {HMIC, COUNTS}}


@pytest.mark.parametrize("table", ["rates", "changes", "outcomes", "satisfaction", "judgments"])
def test_every_bundled_figure_can_be_traced(table: str) -> None:
    """Each row names its source, the report or (rates only) the counts, and the place in it."""
    assert {source for (source,) in text_of(table, "source")} == FIGURES_OF.get(table, {HMIC})
    assert all(locator for (locator,) in text_of(table, "locator"))


# Incidents: the years to March from June 2010 on.
QUARTERS = [
    day
    for year in range(2010, 2015)
    for day in (f"{year}-03-31", f"{year}-06-30", f"{year}-09-30", f"{year}-12-31")
    if JUNE_2010 <= day <= JUNE_2014
]
YEARS_OF_INCIDENTS = ["2011-03-31", "2012-03-31", "2013-03-31", "2014-03-31"]
WORKED_OUT = [row for row in DATA.rows("rates") if row["source"] == COUNTS]


def test_counts_are_there_for_every_force_and_quarter() -> None:
    """Five measures have 17 quarters and incidents four years, for 43 forces and the nation."""
    assert len(QUARTERS) == 17
    forces = {force for force, flag in text_of("forces", "force", "territorial") if flag == "true"}
    assert len(forces) == 43
    expected = {
        (force, metric, period)
        for force in forces | {NATION}
        for metric in RATES
        for period in (YEARS_OF_INCIDENTS if metric == "anti-social-behaviour" else QUARTERS)
    }
    found = [(row["force"], row["metric"], row["period_end"]) for row in WORKED_OUT]
    assert set(found) == expected
    assert len(found) == len(expected) == 44 * (5 * 17 + 4)


def test_each_rate_is_its_count_over_its_base() -> None:
    """A calculated rate is 1,000 times its count over its base, to 14 digits, and never empty."""
    for row in WORKED_OUT:
        exact = Decimal(1000) * Decimal(row["count"]) / Decimal(row["base"])
        # A unit of the fourteenth digit that counts.
        unit = Decimal(1).scaleb(exact.adjusted() - 13)
        assert abs(Decimal(row["value"]) - exact) <= unit, row


def test_the_nation_is_the_sum_of_the_forces() -> None:
    """A count of England and Wales is the sum of the 43 forces, without anybody else."""
    sums: Counter[tuple[str, str]] = Counter()
    nation = {}
    for row in WORKED_OUT:
        about = (row["metric"], row["period_end"])
        if row["force"] == NATION:
            nation[about] = int(row["count"])
        else:
            sums[about] += int(row["count"])
    assert nation == sums


def test_each_base_is_the_estimate_of_the_calendar_year_before() -> None:
    """A rate's base is the mid-year estimate of the year before the one in which it ends."""
    estimates = {
        (row["force"], row["base"], int(row["year"])): row["value"] for row in DATA.rows("bases")
    }
    kinds = {row["metric"]: row["base"] for row in DATA.rows("metrics")}
    for row in WORKED_OUT:
        year = int(row["period_end"][:4]) - 1
        assert row["base"] == estimates[row["force"], kinds[row["metric"]], year], row
        assert f"{kinds[row['metric']]} of mid-{year}" in row["locator"]


def test_the_estimates_are_those_that_rates_are_over() -> None:
    """Each area has residents and households for the middle of 2009 to 2013, and no more."""
    areas = [force for (force,) in text_of("forces", "force")]
    assert sorted(text_of("bases", "force", "base", "year")) == sorted(
        (area, base, str(year))
        for area in areas
        for base in ("population", "households")
        for year in range(2009, 2014)
    )
    assert set(text_of("bases", "base", "source", "locator")) == {
        ("population", "ons-pfa-2018-03-p9", "Table P9"),
        ("households", "ons-pfa-2018-03-p10", "Table P10"),
    }


def test_the_estimates_of_the_forces_make_the_nations() -> None:
    """Estimates are rounded separately: the 43 add up to the nation within 0.01%."""
    sums: Counter[tuple[str, str]] = Counter()
    nation = {}
    for force, base, year, value in text_of("bases", "force", "base", "year", "value"):
        if force == NATION:
            nation[base, year] = int(value)
        else:
            sums[base, year] += int(value)
    assert set(sums) == set(nation)
    for about, total in nation.items():
        assert sums[about] == pytest.approx(total, rel=1e-4)


PUBLISHED = {
    # By the README of the published files: Durham's count and rate, the nation's rate.
    ("crime-excluding-fraud", JUNE_2014): (33570, "54.006", "60.772"),
    ("victim-based-crime", JUNE_2014): (30123, "48.460", "53.959"),
    ("sexual-offences", JUNE_2014): (1025, "1.649", "1.177"),
    ("violence-with-injury", JUNE_2014): (3209, "5.162", "5.854"),
    ("burglary-in-a-dwelling", JUNE_2014): (1358, "4.985", "8.729"),
    ("anti-social-behaviour", MARCH_2014): (29439, "47.36", "36.77"),
}


@pytest.mark.parametrize("about", PUBLISHED, ids=lambda about: about[0])
def test_the_latest_counts_are_those_of_the_publishers(about: tuple[str, str]) -> None:
    """Durham's counts and both rates are those that others calculated from the same files."""
    count, *rates = PUBLISHED[about]
    for force, rate in zip((DURHAM, NATION), rates, strict=True):
        [row] = [
            row
            for row in WORKED_OUT
            if (row["force"], row["metric"], row["period_end"]) == (force, *about)
        ]
        places = len(rate.partition(".")[2])
        assert f"{Decimal(row['value']):.{places}f}" == rate
        if force == DURHAM:
            assert row["count"] == str(count)


# What the Home Office calls each offence that is a measure by itself or no part of one.
ALONE = {
    "Sexual offences": "sexual-offences",
    "Violence with injury": "violence-with-injury",
    "Domestic burglary": "burglary-in-a-dwelling",
}
FRAUD = {"Fraud offences", "Action Fraud", "CIFAS", "UK Finance"}
WITHOUT_VICTIM = {
    "Drug offences",
    "Possession of weapons offences",
    "Public order offences",
    "Miscellaneous crimes against society",
}


@pytest.mark.skipif(not RECORDED.is_file(), reason="the published counts are not beside us")
def test_every_count_is_that_of_the_published_file() -> None:
    """Each count of crimes is the sum of the published table's lines, added up here again."""
    sums: Counter[tuple[str, str, str]] = Counter()
    with RECORDED.open(encoding="utf-8-sig", newline="") as stream:
        _, *lines = csv.reader(stream)
    for day, name, _, offence, number in lines:
        end = "-".join(reversed(day.split("-")))
        force = DATA.forces.exact(name)
        if force not in SLUGS or end not in QUARTERS or offence in FRAUD:
            continue
        metrics = {"crime-excluding-fraud", ALONE.get(offence, "crime-excluding-fraud")}
        if offence not in WITHOUT_VICTIM:
            metrics.add("victim-based-crime")
        for metric in metrics:
            sums[force, metric, end] += int(number)
    counts = {
        (row["force"], row["metric"], row["period_end"]): int(row["count"])
        for row in WORKED_OUT
        if row["force"] != NATION and row["metric"] != "anti-social-behaviour"
    }
    assert counts == sums


def test_two_sources_of_rates_are_told_apart() -> None:
    """The source of counts says that it is of later, revised editions, and of which year's bases.

    The report's own source stands before it in their table: it is the first to be chosen.
    """
    sources = {row["source"]: row for row in DATA.rows("sources")}
    assert list(sources)[:2] == [HMIC, COUNTS]
    note = sources[COUNTS]["note"]
    assert "later, revised editions" in note
    assert "calendar year before" in note
    named = re.findall(r"(?:home-office|ons)-[\w-]*\d", note)
    assert len(named) == 4
    for source in named:
        assert re.search(r"\bSHA-256 [0-9a-f]{64}$", sources[source]["note"])


@pytest.mark.skipif(not RECORDED.is_file(), reason="the published counts are not beside us")
def test_a_source_names_the_very_file_that_it_is() -> None:
    """The checksum of the source of recorded crime is that of the published file."""
    digest = hashlib.sha256(RECORDED.read_bytes()).hexdigest()
    assert digest in DATA.by_id("sources")["home-office-rec-crime-pfa-2018-12"]["note"]


def test_the_bundle_is_small() -> None:
    """All that is bundled is below 1 MB."""
    assert sum(file.stat().st_size for file in bundled_folder().iterdir()) < 1_000_000


def test_the_groups_are_the_regions() -> None:
    """Each region is a group of its forces, so every force is in one."""
    regions: dict[str, set[str]] = {}
    for force, region in text_of("forces", "force", "region"):
        if force != NATION:
            regions.setdefault(region, set()).add(force)
    groups = [set(forces.split(";")) for (forces,) in text_of("groups", "forces")]
    assert sorted(map(sorted, groups)) == sorted(map(sorted, regions.values()))
    assert len(groups) == 10


def test_each_known_difference_is_of_a_figure_that_was_printed() -> None:
    """Each known difference is about a figure that the report prints."""
    printed = {
        (*row, "") for row in text_of("rates", "force", "metric", "period_end", source=HMIC)
    } | set(text_of("changes", "force", "metric", "period_end", "base_period_end"))
    known = text_of("differences", "force", "metric", "period_end", "base_period_end")
    assert set(known) <= printed
    assert {force for force, *_ in known} == {NATION}
    assert len(known) == 4


def test_the_sources_are_openly_licensed() -> None:
    """Each source has a publisher and the Open Government Licence v3.0."""
    sources = text_of("sources", "publisher", "licence")
    assert all(
        publisher and "Open Government Licence v3.0" in licence for publisher, licence in sources
    )


@pytest.mark.skipif(not REPORT.is_file(), reason="the inspection report is not beside the project")
def test_no_sentence_of_the_report_is_copied() -> None:
    """Grounds, notes and definitions share no eight words in a row with the report."""
    report = " ".join(re.findall(r"\w+", REPORT.read_text("utf-8").casefold()))
    texts = [
        *(text for (text,) in text_of("judgments", "summary")),
        *(text for (text,) in text_of("notes", "text")),
        *(text for (text,) in text_of("scale", "definition")),
        *(text for (text,) in text_of("metrics", "definition")),
    ]
    for text in texts:
        words = re.findall(r"\w+", text.casefold())
        for start in range(len(words) - 7):
            assert " ".join(words[start : start + 8]) not in report


# The names of forces on data.police.uk, as its address of each force has them.
SLUGS = [
    "avon-and-somerset", "bedfordshire", "cambridgeshire", "cheshire", "city-of-london",
    "cleveland", "cumbria", "derbyshire", "devon-and-cornwall", "dorset", "durham", "dyfed-powys",
    "essex", "gloucestershire", "greater-manchester", "gwent", "hampshire", "hertfordshire",
    "humberside", "kent", "lancashire", "leicestershire", "lincolnshire", "merseyside",
    "metropolitan", "norfolk", "north-wales", "north-yorkshire", "northamptonshire",
    "northumbria", "nottinghamshire", "south-wales", "south-yorkshire", "staffordshire",
    "suffolk", "surrey", "sussex", "thames-valley", "warwickshire", "west-mercia",
    "west-midlands", "west-yorkshire", "wiltshire",
]  # fmt: skip


def test_the_43_territorial_forces_are_there() -> None:
    """The forces are the 43 of data.police.uk; England and Wales is not a force."""
    territorial = {f for f, flag in text_of("forces", "force", "territorial") if flag == "true"}
    assert len(SLUGS) == 43
    assert territorial == set(SLUGS)
    others = {force for (force,) in text_of("forces", "force")} - territorial
    assert others == {NATION}


def test_only_the_city_of_london_has_no_resident_base() -> None:
    """Of the bundled forces, only the City of London has no resident base."""
    assert DATA.without_resident_base() == ("city-of-london",)


def test_every_force_is_in_a_region() -> None:
    """Four forces are in Wales, the others in the nine regions of England."""
    regions = {row["force"]: row["region"] for row in DATA.rows("forces") if row["force"] != NATION}
    assert {force for force, region in regions.items() if region == "Wales"} == {
        "dyfed-powys",
        "gwent",
        "north-wales",
        "south-wales",
    }
    assert len(set(regions.values())) == 10
    assert {f for f, region in regions.items() if region == "North East"} == {
        "cleveland",
        "durham",
        "northumbria",
    }


@pytest.mark.skipif(not LOOKUP.is_file(), reason="the published lookup is not beside the project")
def test_forces_have_the_published_codes_and_names() -> None:
    """Each police force area of the published lookup is a force with that code and that name."""
    with LOOKUP.open(encoding="utf-8-sig", newline="") as stream:
        published = {row["PFA16CD"]: row["PFA16NM"] for row in csv.DictReader(stream)}
    assert len(published) == 43
    ours = {row["ons_code"]: row for row in DATA.rows("forces") if row["territorial"] == "true"}
    assert set(ours) == set(published)
    for code, name in published.items():
        assert DATA.forces.exact(name) == ours[code]["force"]
        assert DATA.forces.exact(code) == ours[code]["force"]
        if code != "E23000034":  # published as "London, City of"
            assert ours[code]["short_name"].replace(" and ", " & ") == name.replace(" and ", " & ")
