"""Tables found, read and checked: the bundled ones and the user's own."""

from __future__ import annotations

import csv
import functools
import hashlib
import io
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import redirect_stderr
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from beside import beside, whole
from hypothesis import example, given, settings
from hypothesis import strategies as st
from published_forms import MARCH_2018, ROLLING, rolling_year
from report_words import REPORT, copied, of_the_report, packed

import crimecmp
from crimecmp.cli import run
from crimecmp.dataset import Dataset, bundled_folder, examine
from crimecmp.errors import DataError, Fault
from crimecmp.schema import TABLES

PROJECT = Path(__file__).parents[1]
HMIC = "hmic-2014-durham"
COUNTS = "published-counts"
DURHAM = "durham"
NATION = "england-and-wales"
JUNE_2014, JUNE_2013, JUNE_2010 = "2014-06-30", "2013-06-30", "2010-06-30"
MARCH_2014, MARCH_2013 = "2014-03-31", "2013-03-31"

DATA = crimecmp.load()

Row = dict[str, str]

# For each table a row of its required columns alone, good beside the bundled names.
LEAST: dict[str, Row] = {
    "forces": {"force": "gotham", "name": "Gotham City Police"},
    "metrics": {"metric": "cake-theft", "label": "Cake theft", "unit": "per 1,000 cakes"},
    "sources": {"source": "annual-2020", "title": "Annual figures 2020"},
    "rates": {"force": DURHAM, "metric": "burglary", "period_end": JUNE_2014, "value": "5.0"},
    "changes": {
        "force": DURHAM,
        "metric": "burglary",
        "period_end": JUNE_2014,
        "base_period_end": JUNE_2013,
        "percent": "-4",
    },
    "outcomes": {
        "force": DURHAM,
        "metric": "detection",
        "period_end": MARCH_2014,
        "percent": "36",
    },
    "satisfaction": {
        "force": DURHAM,
        "metric": "satisfaction",
        "period_end": JUNE_2014,
        "percent": "88.6",
        "margin": "1.8",
    },
    "questions": {"question": "keeping-order", "label": "Keeping order"},
    "scale": {"judgment": "fine", "label": "Fine", "rank": "1", "positive": "true"},
    "judgments": {"force": DURHAM, "question": "reducing-crime", "judgment": "good"},
    "bases": {"force": DURHAM, "base": "population", "year": "2013", "value": "621600"},
    "groups": {"group": "alike", "label": "Forces alike", "forces": "durham;cleveland"},
    "differences": {
        "difference": "revised",
        "force": DURHAM,
        "metric": "burglary",
        "period_end": JUNE_2014,
        "text": "Counts are revised.",
    },
    "notes": {"note": "mind", "force": DURHAM, "tables": "rates", "text": "Mind this."},
    "claims": {
        "claim": "fewer",
        "force": DURHAM,
        "statement": "There were fewer.",
        "table": "changes",
        "metric": "burglary-in-a-dwelling",
        "period_end": "2014-06-30",
        "asserts": "fall",
    },
}


def write(path: Path, rows: Iterable[Row]) -> Path:
    """Write rows of the same columns as a CSV file."""
    rows = list(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def faults_of(path: Path) -> list[tuple[str, int, str]]:
    """Return file name, row and column of each fault, which `load` and `examine` agree on."""
    _, faults = examine(path)
    with pytest.raises(DataError) as caught:
        crimecmp.load(path)
    assert list(caught.value.faults) == faults
    return [(Path(fault.file).name, fault.row, fault.column) for fault in faults]


def problem_of(path: Path) -> str:
    """Return what is said of a file's only fault."""
    [fault] = examine(path)[1]
    return fault.problem


def text_of(table: str, *columns: str, source: str = "") -> list[tuple[str, ...]]:
    """Return columns of a bundled table, row by row, as printed; of one source if one is given."""
    return [
        tuple(row[column] for column in columns)
        for row in DATA.rows(table)
        if not source or row["source"] == source
    ]


# The bundled tables.


@functools.cache
def checked() -> tuple[Dataset, Sequence[Fault]]:
    """Return the bundled tables, read as a user's own are, and their faults."""
    return examine(bundled_folder())


def test_every_table_is_bundled() -> None:
    """The data folder has a file for each table of the schema, and no other CSV file."""
    assert {file.stem for file in bundled_folder().glob("*.csv")} == set(TABLES)


def test_the_bundled_folder_is_sound() -> None:
    """The bundled tables pass the check that a user's own tables have to pass."""
    data, faults = checked()
    assert faults == []
    assert data.left_out == ()
    assert {table for _, table, _ in data.read} == set(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_the_bundled_tables_are_what_a_check_makes_of_them(name: str) -> None:
    """Read without a check, as they are at run time, they hold the very rows of a checked reading.

    So no cell is another name of an id, no source is left to the file, and no row is dropped.
    """
    assert DATA.rows(name) == checked()[0].rows(name)


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
    """Doubts about crime recording and the Medomsley inquiry go with the figures they touch."""
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
    """Each row names the report as its source, rates also the counts; and where in it it stands."""
    assert {source for (source,) in text_of(table, "source")} == FIGURES_OF.get(table, {HMIC})
    assert all(locator for (locator,) in text_of(table, "locator"))


# The rates of all forces, worked out from published counts.

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
    """A rate worked out is 1,000 times its count over its base, to 14 digits, and none is empty."""
    for row in WORKED_OUT:
        exact = Decimal(1000) * Decimal(row["count"]) / Decimal(row["base"])
        # A unit of the fourteenth digit that counts.
        unit = Decimal(1).scaleb(exact.adjusted() - 13)
        assert abs(Decimal(row["value"]) - exact) <= unit, row


def test_the_nation_is_the_sum_of_the_forces() -> None:
    """A count of England and Wales is that of the 43 forces together: nobody else is in it."""
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
    """A rate is over the published mid-year estimate of the year before the one its period ends."""
    estimates = {
        (row["force"], row["base"], int(row["year"])): row["value"] for row in DATA.rows("bases")
    }
    kinds = {row["metric"]: row["base"] for row in DATA.rows("metrics")}
    for row in WORKED_OUT:
        year = int(row["period_end"][:4]) - 1
        assert row["base"] == estimates[row["force"], kinds[row["metric"]], year], row
        assert f"{kinds[row['metric']]} of mid-{year}" in row["locator"]


def test_the_estimates_are_those_that_rates_are_over() -> None:
    """Residents and households are there for each area and the middle of 2009 to 2013, no more."""
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
    """Estimates are rounded each for itself: the 43 make the nation to a part in ten thousand."""
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
    """Durham's counts and both rates are what others made of the same files, as they rounded."""
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


Counts = Mapping[tuple[str, str, str], int]


def sums_of(lines: Iterable[Sequence[object]]) -> Counts:
    """Return counts by force, metric and period: lines of the published table, added up."""
    sums: Counter[tuple[str, str, str]] = Counter()
    for day, name, _, offence, number in lines:
        end = "-".join(reversed(str(day).split("-")))
        force = DATA.forces.exact(str(name))
        if force not in SLUGS or end not in QUARTERS or offence in FRAUD:
            continue
        metrics = {"crime-excluding-fraud", ALONE.get(str(offence), "crime-excluding-fraud")}
        if offence not in WITHOUT_VICTIM:
            metrics.add("victim-based-crime")
        for metric in metrics:
            sums[force, metric, end] += int(str(number))
    return sums


def bundled_counts() -> Counts:
    """Return the bundled counts of crimes of all forces, as `sums_of` does."""
    return {
        (row["force"], row["metric"], row["period_end"]): int(row["count"])
        for row in WORKED_OUT
        if row["force"] != NATION and row["metric"] != "anti-social-behaviour"
    }


@pytest.mark.parametrize("end", [JUNE_2010, JUNE_2013, JUNE_2014])
def test_durhams_counts_are_sums_of_the_published_lines(end: str) -> None:
    """Each count of a year of Durham is a sum of the published lines, added up by themselves."""
    sums = sums_of(rolling_year()[1:])
    found = {
        about: count
        for about, count in bundled_counts().items()
        if (about[0], about[2]) == (DURHAM, end)
    }
    assert len(found) == 5
    assert {about: sums[about] for about in found} == found


def test_every_count_is_that_of_the_whole_published_file() -> None:
    """Each count of all forces and quarters is a sum of the published lines, and no other is."""
    with whole(ROLLING).open(encoding="utf-8-sig", newline="") as stream:
        _, *lines = csv.reader(stream)
    assert bundled_counts() == sums_of(lines)


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


DIGESTS = {
    # SHA-256 of the publishers' own files, and the sources that are made of them.
    ROLLING: (
        "1d199879f3d9a01aa78da5cef89a08701b15109a10ccbd551c5a211f03c90722",
        ["home-office-rec-crime-pfa-2018-12"],
    ),
    MARCH_2018: (
        "ded2c6c416269deca4a199fa83c015de41e8e8c9266236e3827f5816462865bb",
        ["ons-pfa-2018-03-p7", "ons-pfa-2018-03-p9", "ons-pfa-2018-03-p10"],
    ),
}


@pytest.mark.parametrize("name", DIGESTS)
def test_a_source_names_the_very_file_that_it_is(name: str) -> None:
    """The checksum of a source is that of the published file."""
    digest, sources = DIGESTS[name]
    for source in sources:
        assert DATA.by_id("sources")[source]["note"] == f"SHA-256 {digest}"


def test_the_checksums_are_those_of_the_whole_files() -> None:
    """The checksums that the sources are held against are the files' own."""
    for name, (digest, _) in DIGESTS.items():
        assert hashlib.sha256(whole(name).read_bytes()).hexdigest() == digest


def test_the_bundle_is_small() -> None:
    """All that is bundled is below 1 MB."""
    assert sum(file.stat().st_size for file in bundled_folder().iterdir()) < 1_000_000


def test_the_groups_are_the_regions() -> None:
    """A group is there for each region, of the forces in it, so that every force is in one."""
    regions: dict[str, set[str]] = {}
    for force, region in text_of("forces", "force", "region"):
        if force != NATION:
            regions.setdefault(region, set()).add(force)
    groups = [set(forces.split(";")) for (forces,) in text_of("groups", "forces")]
    assert sorted(map(sorted, groups)) == sorted(map(sorted, regions.values()))
    assert len(groups) == 10


def test_each_known_difference_is_of_a_figure_that_was_printed() -> None:
    """What is known of why a figure is off is said of a figure that the report prints."""
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


def test_no_sentence_of_the_report_is_copied() -> None:
    """Grounds, notes and definitions have no seven words in a row that stand in the report."""
    texts = [
        *(text for (text,) in text_of("judgments", "summary")),
        *(text for (text,) in text_of("notes", "text")),
        *(text for (text,) in text_of("scale", "definition")),
        *(text for (text,) in text_of("metrics", "definition")),
    ]
    assert len(texts) > 10
    assert [run for text in texts for run in copied(text)] == []


def test_the_words_that_are_not_to_be_copied_are_the_reports() -> None:
    """What is kept of the report's words is made of the whole report, and finds them."""
    report = beside(REPORT).read_text("utf-8")
    assert of_the_report() == packed(report)
    assert copied(report[:1000])


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
    """The forces are the 43 of data.police.uk, beside England and Wales, which is no force."""
    territorial = {f for f, flag in text_of("forces", "force", "territorial") if flag == "true"}
    assert len(SLUGS) == 43
    assert territorial == set(SLUGS)
    others = {force for (force,) in text_of("forces", "force")} - territorial
    assert others == {NATION}


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


# Police force areas by the lookup of local authorities of December 2016 (ONS), PFA16CD and PFA16NM.
AREAS = {
    "E23000001": "Metropolitan Police", "E23000002": "Cumbria", "E23000003": "Lancashire",
    "E23000004": "Merseyside", "E23000005": "Greater Manchester", "E23000006": "Cheshire",
    "E23000007": "Northumbria", "E23000008": "Durham", "E23000009": "North Yorkshire",
    "E23000010": "West Yorkshire", "E23000011": "South Yorkshire", "E23000012": "Humberside",
    "E23000013": "Cleveland", "E23000014": "West Midlands", "E23000015": "Staffordshire",
    "E23000016": "West Mercia", "E23000017": "Warwickshire", "E23000018": "Derbyshire",
    "E23000019": "Nottinghamshire", "E23000020": "Lincolnshire", "E23000021": "Leicestershire",
    "E23000022": "Northamptonshire", "E23000023": "Cambridgeshire", "E23000024": "Norfolk",
    "E23000025": "Suffolk", "E23000026": "Bedfordshire", "E23000027": "Hertfordshire",
    "E23000028": "Essex", "E23000029": "Thames Valley", "E23000030": "Hampshire",
    "E23000031": "Surrey", "E23000032": "Kent", "E23000033": "Sussex",
    "E23000034": "London, City of", "E23000035": "Devon & Cornwall",
    "E23000036": "Avon and Somerset", "E23000037": "Gloucestershire", "E23000038": "Wiltshire",
    "E23000039": "Dorset", "W15000001": "North Wales", "W15000002": "Gwent",
    "W15000003": "South Wales", "W15000004": "Dyfed-Powys",
}  # fmt: skip


def test_forces_have_the_published_codes_and_names() -> None:
    """Each police force area of the published lookup is a force with that code and that name."""
    assert len(AREAS) == 43
    ours = {row["ons_code"]: row for row in DATA.rows("forces") if row["territorial"] == "true"}
    assert set(ours) == set(AREAS)
    for code, name in AREAS.items():
        assert DATA.forces.exact(name) == ours[code]["force"]
        assert DATA.forces.exact(code) == ours[code]["force"]
        if code != "E23000034":  # published as "London, City of"
            assert ours[code]["short_name"].replace(" and ", " & ") == name.replace(" and ", " & ")


# The user's own tables.


@pytest.mark.parametrize("table", TABLES)
def test_the_required_columns_are_enough(table: str, tmp_path: Path) -> None:
    """One CSV file with a table's required columns alone is sound, and known for what it is."""
    data, faults = examine(write(tmp_path / "mine.csv", [LEAST[table]]))
    assert faults == []
    assert [(name, rows) for _, name, rows in data.read] == [(table, 1)]


@pytest.mark.parametrize("table", TABLES)
def test_the_order_of_columns_does_not_matter(table: str, tmp_path: Path) -> None:
    """A file with its columns the other way round is the same table with the same rows."""
    row = LEAST[table]
    turned = {column: row[column] for column in reversed(list(row))}
    one = crimecmp.load(write(tmp_path / "mine.csv", [row])).rows(table)
    other = crimecmp.load(write(tmp_path / "mine.csv", [turned])).rows(table)
    assert one == other


@pytest.mark.parametrize("table", TABLES)
def test_a_table_with_all_its_columns_is_known(table: str, tmp_path: Path) -> None:
    """One CSV file with all of a table's columns, the optional ones empty, is that table."""
    row = dict.fromkeys(TABLES[table].column_names, "") | LEAST[table]
    data, faults = examine(write(tmp_path / "mine.csv", [row]))
    assert faults == []
    assert [name for _, name, _ in data.read] == [table]


@pytest.mark.parametrize("table", TABLES)
def test_bundled_files_are_known_by_their_headers(table: str, tmp_path: Path) -> None:
    """A copy of a bundled file under another name is still that table."""
    copy = tmp_path / "copy.csv"
    copy.write_bytes((bundled_folder() / f"{table}.csv").read_bytes())
    assert examine(copy)[0].read == [(str(copy), table, DATA.table(table).height)]


@pytest.mark.parametrize(
    ("table", "column"),
    [(table, column) for table, row in LEAST.items() for column in row],
)
def test_a_missing_required_column_is_told(table: str, column: str, tmp_path: Path) -> None:
    """In a folder, where the file's name says what it is, the missing column is named."""
    row = {name: cell for name, cell in LEAST[table].items() if name != column}
    write(tmp_path / f"{table}.csv", [row])
    assert faults_of(tmp_path) == [(f"{table}.csv", 1, column)]
    assert problem_of(tmp_path) == f"the {table} table needs this column"


@pytest.mark.parametrize(
    ("table", "column"),
    [(table, column) for table, row in LEAST.items() for column in row],
)
def test_an_empty_required_cell_is_told(table: str, column: str, tmp_path: Path) -> None:
    """Only a figure may be missing: any other required cell that is empty is a fault."""
    figures = {"value", "percent", "margin"}
    path = write(tmp_path / "mine.csv", [LEAST[table] | {column: ""}])
    if column in figures:
        assert examine(path)[1] == []
    else:
        assert faults_of(path) == [("mine.csv", 2, column)]
        assert "empty" in problem_of(path)


@pytest.mark.parametrize(
    ("table", "again"),
    [
        ("rates", {"value": "6.0"}),
        ("changes", {"percent": "7"}),
        ("outcomes", {"percent": "7"}),
        ("satisfaction", {"percent": "7"}),
        ("judgments", {"judgment": "outstanding"}),
        ("forces", {"name": "Another"}),
        ("metrics", {"label": "Another"}),
        ("sources", {"title": "Another"}),
        ("questions", {"label": "Another"}),
        ("scale", {"label": "Another"}),
        ("notes", {"text": "Another."}),
        ("bases", {"value": "600000"}),
        ("groups", {"label": "Another"}),
        ("differences", {"text": "Another."}),
    ],
)
def test_a_key_may_stand_once(table: str, again: Row, tmp_path: Path) -> None:
    """Two rows of one key are a fault on the second, also where the other cells differ."""
    path = write(tmp_path / "mine.csv", [LEAST[table], LEAST[table] | again])
    assert faults_of(path) == [("mine.csv", 3, TABLES[table].key[0])]
    assert "row 2" in problem_of(path)


@pytest.mark.parametrize(
    ("table", "other"),
    [
        ("rates", {"metric": "asb"}),
        ("rates", {"force": "met"}),
        ("rates", {"period_end": MARCH_2014}),
        ("changes", {"base_period_end": JUNE_2010}),
        ("judgments", {"question": "investigating-offending"}),
        ("bases", {"base": "households"}),
        ("bases", {"year": "2012"}),
    ],
)
def test_rows_that_differ_in_any_part_of_the_key_are_sound(
    table: str, other: Row, tmp_path: Path
) -> None:
    """Each part of a key counts: another area, measure or period is another figure."""
    path = write(tmp_path / "mine.csv", [LEAST[table], LEAST[table] | other])
    assert examine(path)[1] == []


def test_rows_without_a_whole_key_are_not_told_twice(tmp_path: Path) -> None:
    """An empty cell in a key is a fault of that cell, and not one of two rows that are alike."""
    path = write(tmp_path / "mine.csv", [LEAST["rates"] | {"metric": ""}] * 2)
    assert faults_of(path) == [("mine.csv", 2, "metric"), ("mine.csv", 3, "metric")]


def test_two_names_of_one_thing_are_one_key(tmp_path: Path) -> None:
    """A key is compared by what its names mean, not by how they are written."""
    rows = [LEAST["rates"], LEAST["rates"] | {"force": "E23000008", "metric": "Burglary"}]
    assert faults_of(write(tmp_path / "mine.csv", rows)) == [("mine.csv", 3, "force")]


@pytest.mark.parametrize(
    ("table", "cells", "column", "problem"),
    [
        ("rates", {"force": "durhan"}, "force", "unknown force 'durhan'; did you mean durham"),
        ("rates", {"force": "wales"}, "force", "unknown force 'wales'"),
        ("rates", {"metric": "cake"}, "metric", "unknown metric 'cake'"),
        ("rates", {"source": "annual-2020"}, "source", "unknown source 'annual-2020'"),
        ("changes", {"source": "annual-2020"}, "source", "unknown source 'annual-2020'"),
        ("judgments", {"question": "cake"}, "question", "unknown question 'cake'"),
        ("judgments", {"judgment": "fine"}, "judgment", "unknown judgment 'fine'"),
        ("notes", {"metrics": "burglary;cake"}, "metrics", "unknown metric 'cake'"),
        ("notes", {"tables": "rates;cakes"}, "tables", "'cakes' is not one of"),
        ("bases", {"force": "durhan"}, "force", "unknown force 'durhan'"),
        ("bases", {"base": "crimes"}, "base", "'crimes' is not one of"),
        ("groups", {"forces": "durham;durhan"}, "forces", "unknown force 'durhan'"),
        ("groups", {"group": "durham"}, "group", "this is the name of a force"),
        ("groups", {"group": NATION}, "group", "this is the name of a force"),
        ("differences", {"metric": "cake"}, "metric", "unknown metric 'cake'"),
        ("changes", {"base_period_end": "2014-06-30"}, "base_period_end", "is not before"),
        ("changes", {"base_period_end": "2015-06-30"}, "base_period_end", "is not before"),
    ],
)
def test_references_and_periods_are_checked(
    table: str, cells: Row, column: str, problem: str, tmp_path: Path
) -> None:
    """A cell that refers to nothing, and a change from a later period, are told."""
    path = write(tmp_path / "mine.csv", [LEAST[table] | cells])
    assert faults_of(path) == [("mine.csv", 2, column)]
    assert problem in problem_of(path)


@pytest.mark.parametrize(
    ("typed", "force"),
    [
        ("Durham Constabulary", "durham"),
        ("DURHAM", "durham"),
        ("E23000008", "durham"),
        ("met", "metropolitan"),
        ("Devon & Cornwall", "devon-and-cornwall"),
        ("England & Wales", NATION),
    ],
)
def test_names_in_cells_become_ids(typed: str, force: str, tmp_path: Path) -> None:
    """A cell can name a force in any of the exact ways in which people do."""
    data = crimecmp.load(write(tmp_path / "mine.csv", [LEAST["rates"] | {"force": typed}]))
    [row] = data.rows("rates")
    assert (row["force"], row["metric"]) == (force, "burglary-in-a-dwelling")


def test_names_in_lists_become_ids(tmp_path: Path) -> None:
    """Each part of a list of names is found by itself."""
    row = LEAST["notes"] | {"metrics": "Burglary; asb"}
    [note] = crimecmp.load(write(tmp_path / "mine.csv", [row])).rows("notes")
    assert note["metrics"] == "burglary-in-a-dwelling;anti-social-behaviour"


def test_a_file_without_sources_is_its_own_source(tmp_path: Path) -> None:
    """No source, as a column or in a cell, means that the file itself is the source."""
    bare = write(tmp_path / "bare.csv", [LEAST["rates"]])
    partly = write(
        tmp_path / "partly.csv",
        [LEAST["rates"] | {"source": ""}, LEAST["rates"] | {"source": HMIC, "metric": "asb"}],
    )
    assert [row["source"] for row in crimecmp.load(bare).rows("rates")] == ["bare.csv"]
    assert [row["source"] for row in crimecmp.load(partly).rows("rates")] == ["partly.csv", HMIC]


def test_a_folders_own_sources_are_known(tmp_path: Path) -> None:
    """A source that the folder's sources.csv describes can be named in its tables."""
    write(tmp_path / "sources.csv", [LEAST["sources"]])
    write(tmp_path / "rates.csv", [LEAST["rates"] | {"source": "annual-2020"}])
    data = crimecmp.load(tmp_path)
    assert [row["source"] for row in data.rows("rates")] == ["annual-2020"]
    assert data.by_id("sources")["annual-2020"]["title"] == "Annual figures 2020"


def test_own_forces_and_metrics_add_to_the_bundled(tmp_path: Path) -> None:
    """The user's names are known in cells and queries, and the bundled ones stay known."""
    write(tmp_path / "forces.csv", [LEAST["forces"] | {"aliases": "bat city;gcpd"}])
    write(tmp_path / "metrics.csv", [LEAST["metrics"]])
    write(
        tmp_path / "rates.csv",
        [
            LEAST["rates"] | {"force": "GCPD", "metric": "Cake theft"},
            LEAST["rates"] | {"force": "durham", "metric": "asb"},
        ],
    )
    data = crimecmp.load(tmp_path)
    assert [(row["force"], row["metric"]) for row in data.rows("rates")] == [
        ("gotham", "cake-theft"),
        ("durham", "anti-social-behaviour"),
    ]
    assert data.forces.find("bat") == "gotham"
    assert data.metrics.find("cake") == "cake-theft"
    assert len(list(data.forces)) == len(list(DATA.forces)) + 1
    assert len(list(data.metrics)) == len(list(DATA.metrics)) + 1


def test_an_own_force_can_take_the_place_of_a_bundled_one(tmp_path: Path) -> None:
    """A row of the user's with a bundled id replaces that row, and adds none."""
    path = write(tmp_path / "mine.csv", [{"force": "durham", "name": "Durham and Darlington"}])
    data = crimecmp.load(path)
    assert data.forces["durham"].label == "Durham and Darlington"
    names = [row["name"] for row in data.rows("forces") if row["force"] == "durham"]
    assert names == ["Durham and Darlington"]
    assert len(data.rows("forces")) == len(DATA.rows("forces"))


def test_the_bundled_names_do_not_change_by_what_was_loaded(tmp_path: Path) -> None:
    """Names that one folder adds are not known to tables that are loaded later."""
    crimecmp.load(write(tmp_path / "forces.csv", [LEAST["forces"]]))
    assert "gotham" not in crimecmp.load().forces


def test_own_figures_replace_the_bundled(tmp_path: Path) -> None:
    """With tables of the user's own, no bundled figure, judgment or note is among them."""
    data = crimecmp.load(write(tmp_path / "mine.csv", [LEAST["rates"]]))
    assert len(data.rows("rates")) == 1
    for table in ("changes", "outcomes", "satisfaction", "judgments", "notes"):
        assert data.rows(table) == []


def test_own_groups_add_to_the_bundled(tmp_path: Path) -> None:
    """A user's groups stand beside the regions, and one with a region's id takes its place."""
    own = LEAST["groups"] | {"forces": "Durham Constabulary;E23000013"}
    other = {"group": "wales", "label": "Two of Wales", "forces": "gwent;south-wales"}
    data = crimecmp.load(write(tmp_path / "mine.csv", [own, other]))
    groups = {row["group"]: row["forces"] for row in data.rows("groups")}
    assert groups["alike"] == "durham;cleveland"
    assert groups["wales"] == "gwent;south-wales"
    assert len(groups) == len(DATA.rows("groups")) + 1


def test_an_own_scale_replaces_the_bundled(tmp_path: Path) -> None:
    """Judgments on another scale are known by that scale alone."""
    write(tmp_path / "scale.csv", [LEAST["scale"]])
    write(tmp_path / "judgments.csv", [LEAST["judgments"] | {"judgment": "fine"}])
    assert [row["judgment"] for row in crimecmp.load(tmp_path).rows("scale")] == ["fine"]
    write(tmp_path / "judgments.csv", [LEAST["judgments"]])
    assert faults_of(tmp_path) == [("judgments.csv", 2, "judgment")]


def test_a_judgment_on_an_empty_scale_is_told(tmp_path: Path) -> None:
    """A scale without categories makes every judgment unknown, and nothing worse."""
    (tmp_path / "scale.csv").write_text("judgment,label,rank,positive\n")
    write(tmp_path / "judgments.csv", [LEAST["judgments"]])
    assert faults_of(tmp_path) == [("judgments.csv", 2, "judgment")]


def test_files_of_other_kinds_are_left_out(tmp_path: Path) -> None:
    """CSV files that are no table are left out and named; other files do not matter."""
    write(tmp_path / "rates.csv", [LEAST["rates"]])
    write(tmp_path / "population.csv", [{"area": "durham", "people": "616000"}])
    (tmp_path / "README.txt").write_text("Mind this.")
    data = crimecmp.load(tmp_path)
    assert data.left_out == ("population.csv",)
    assert [Path(file).name for file, *_ in data.read] == ["rates.csv"]


def test_a_tables_file_may_be_written_in_capitals(tmp_path: Path) -> None:
    """A folder's tables are known by name whatever the case, as other systems write them."""
    write(tmp_path / "Rates.CSV", [LEAST["rates"]])
    assert len(crimecmp.load(tmp_path).rows("rates")) == 1


def test_one_table_in_two_files_is_told(tmp_path: Path) -> None:
    """Two files that would both be one table are a fault: neither is dropped without a word."""
    write(tmp_path / "rates.csv", [LEAST["rates"]])
    write(tmp_path / "RATES.csv", [LEAST["rates"]])
    if len(list(tmp_path.iterdir())) == 1:
        pytest.skip("this file system does not tell capitals from small letters")
    [fault] = examine(tmp_path)[1]
    assert (Path(fault.file).name, fault.row) == ("rates.csv", 0)
    assert "another table called rates" in fault.problem


def test_faults_are_in_the_order_of_files_and_rows(tmp_path: Path) -> None:
    """All faults of a file stand together and in the order of its rows, of whatever kind."""
    changes = ["force,metric,period_end,base_period_end,percent", "durham,asb,x,2013-03-31,1"]
    rates = ["force,metric,period_end,value", "durham,asb,2014-03-31,x", "durham", "durhan,asb,,1"]
    (tmp_path / "changes.csv").write_text("\n".join([*changes, "durham,asb", ""]))
    (tmp_path / "rates.csv").write_text("\n".join([*rates, ""]))
    found = [fault[:2] for fault in faults_of(tmp_path)]
    files = list(dict.fromkeys(file for file, _ in found))
    assert sorted(files) == ["changes.csv", "rates.csv"]
    assert found == sorted(found, key=lambda fault: (files.index(fault[0]), fault[1]))
    assert sorted(found) == [
        ("changes.csv", 2),
        ("changes.csv", 3),
        ("rates.csv", 2),
        ("rates.csv", 3),
        ("rates.csv", 4),
        ("rates.csv", 4),
    ]


def test_a_loaded_path_can_be_text_or_a_path(tmp_path: Path) -> None:
    """`load` takes a path as text as well as a `Path`."""
    path = write(tmp_path / "mine.csv", [LEAST["rates"]])
    assert crimecmp.load(str(path)).rows("rates") == crimecmp.load(path).rows("rates")


# Standard input.

STDIN = "force,metric,period_end,value\ndurham,burglary,2014-06-30,7.25\n"


def crimecmp_with(text: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program with `text` on its standard input."""
    command = [sys.executable, "-m", "crimecmp", *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False)


def test_tables_can_come_through_a_pipe() -> None:
    """`-` reads a table from standard input, which is named as its source."""
    done = crimecmp_with(STDIN, "rates", "--data", "-", "--format", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    [row] = csv.DictReader(io.StringIO(done.stdout))
    assert row["metric"] == "burglary-in-a-dwelling"
    assert (row["force_value"], row["source"]) == ("7.25", "standard input")


def test_faults_of_a_pipe_are_told() -> None:
    """A fault on standard input has row and column, and its own name in place of a file's."""
    done = crimecmp_with(STDIN.replace("7.25", "n/a"), "check", "-")
    assert done.returncode == 1
    assert done.stdout.startswith("standard input:2:value: 'n/a' is not a number")


def test_a_closed_standard_input_is_a_clean_error() -> None:
    """Without a standard input, `-` cannot be read, which is no fault of the program."""
    shell = ["sh", "-c", 'exec "$0" -m crimecmp rates --data - <&-', sys.executable]
    done = subprocess.run(shell, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "unexpected" not in done.stderr
    assert "standard input" in done.stderr


# What cannot be read.


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A path that leads to nothing is a fault of that path as a whole."""
    assert faults_of_unreadable(tmp_path / "nowhere.csv") == [("nowhere.csv", 0, "")]


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    """A link that leads to itself cannot be opened by anybody; the message says so."""
    loop = tmp_path / "rates.csv"
    loop.symlink_to(loop)
    assert faults_of_unreadable(loop) == [("rates.csv", 0, "")]
    assert faults_of_unreadable(tmp_path) == [("rates.csv", 0, "")]


def test_the_other_files_of_a_folder_are_checked_all_the_same(tmp_path: Path) -> None:
    """A file that cannot be opened does not hide the faults of the others."""
    write(tmp_path / "changes.csv", [LEAST["changes"] | {"percent": "x"}])
    loop = tmp_path / "rates.csv"
    loop.symlink_to(loop)
    with pytest.raises(DataError) as caught:
        crimecmp.load(tmp_path)
    assert {Path(fault.file).name for fault in caught.value.faults} == {"changes.csv", "rates.csv"}


def test_a_path_too_long_to_exist_is_told() -> None:
    """A path that the system refuses to look up is a fault of that path, like any other."""
    with pytest.raises(DataError):
        crimecmp.load("x" * 300)


def test_a_folder_that_may_not_be_listed_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that the system does not let us list is a fault of that folder."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    # Tests can be run by the superuser, whom no permission stops.
    monkeypatch.setattr("os.listdir", refuse)
    monkeypatch.setattr("os.scandir", refuse)
    with pytest.raises(DataError, match="Permission denied"):
        crimecmp.load(tmp_path)


def test_a_path_with_a_nul_is_told() -> None:
    """A path that cannot be one is a clean error."""
    with pytest.raises(DataError, match="cannot be read"):
        crimecmp.load("a\0b.csv")


def faults_of_unreadable(path: Path) -> list[tuple[str, int, str]]:
    """Return the faults of what cannot be opened."""
    with pytest.raises(DataError) as caught:
        crimecmp.load(path)
    faults: Iterable[Fault] = caught.value.faults
    assert all(fault.problem.startswith("cannot be read: ") for fault in faults)
    return [(Path(fault.file).name, fault.row, fault.column) for fault in faults]


def test_an_error_says_how_to_see_all_faults(tmp_path: Path) -> None:
    """Where faults keep tables from being used, the hint is the command that lists them all."""
    path = write(tmp_path / "mine.csv", [LEAST["rates"] | {"value": "x"}])
    with pytest.raises(DataError) as caught:
        crimecmp.load(path)
    assert f"crimecmp check {path}" in caught.value.hint


# Checksums.


def sha256(content: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def test_checksums_are_of_the_tables_read_so_far() -> None:
    """Of the bundle a file is hashed once its table was asked for, and not before."""
    data = crimecmp.load()
    assert data.checksums() == []
    data.table("rates")
    data.table("changes")
    expected = [
        (f"data/{name}.csv", sha256((bundled_folder() / f"{name}.csv").read_bytes()))
        for name in ("changes", "rates")
    ]
    assert data.checksums() == expected


def test_the_checksum_of_a_users_file_is_of_its_bytes(tmp_path: Path) -> None:
    """With its byte-order mark and line ends as they are, under the name that was given."""
    content = f"\ufeffforce,metric,period_end,value\r\n{DURHAM},burglary,{JUNE_2014},5.0\r\n"
    rates, groups = tmp_path / "rates.csv", tmp_path / "groups.csv"
    rates.write_bytes(content.encode())
    groups.write_bytes(b"group,label,forces\nalike,Forces alike,durham;cleveland\n")
    found = crimecmp.load(rates).checksums()
    assert found[-1] == (str(rates), sha256(rates.read_bytes()))
    for place, digest in found[:-1]:
        assert digest == sha256((bundled_folder().parent / place).read_bytes())
    beneath = {place for place, _ in found[:-1]}
    assert beneath >= {"data/forces.csv", "data/metrics.csv", "data/sources.csv"}
    assert "data/rates.csv" not in beneath
    assert crimecmp.load(tmp_path).digests == {
        str(path): sha256(path.read_bytes()) for path in (rates, groups)
    }


def test_the_checksum_of_a_file_is_that_of_what_was_read(tmp_path: Path) -> None:
    """A file that is changed afterwards keeps the checksum of the figures that were shown."""
    path = tmp_path / "rates.csv"
    path.write_text(f"force,metric,period_end,value\n{DURHAM},burglary,{JUNE_2014},5.0\n")
    before = sha256(path.read_bytes())
    data = crimecmp.load(path)
    path.write_text("something else")
    assert data.checksums()[-1] == (str(path), before)


def test_a_pipe_has_the_checksum_of_what_came_through_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Standard input cannot be read again, and its checksum is of its bytes all the same."""
    content = f"force,metric,period_end,value\n{DURHAM},burglary,{JUNE_2014},5.0\n".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert crimecmp.load("-").checksums()[-1] == ("standard input", sha256(content))


def test_checksums_of_the_bundle_come_before_those_of_a_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names that were read beneath, in order; then one's own files by the path that was given."""
    monkeypatch.chdir(tmp_path)
    Path("mine").mkdir()
    rows = f"force,metric,period_end,value\n{DURHAM},burglary,{JUNE_2014},5.0\n"
    Path("mine/rates.csv").write_text(rows)
    beneath = [
        (f"data/{name}.csv", sha256((bundled_folder() / f"{name}.csv").read_bytes()))
        for name in ("forces", "groups", "metrics", "questions", "scale", "sources")
    ]
    own = (str(Path("mine", "rates.csv")), sha256(rows.encode()))
    data = crimecmp.load("mine")
    data.table("changes")  # of which the user has none, and the bundle's are not the user's
    assert data.checksums() == [*beneath, own]
    assert data.beneath is not None
    assert data.beneath.checksums() == beneath
    assert crimecmp.load().beneath is None


def test_groups_alone_go_with_the_checksums_of_the_bundled_figures(tmp_path: Path) -> None:
    """Where a user's folder has names alone, the figures are the bundled ones, and so hashed."""
    (tmp_path / "groups.csv").write_bytes(b"group,label,forces\npals,Pals,durham;cleveland\n")
    found = dict(crimecmp.load(tmp_path).checksums())
    assert found["data/rates.csv"] == sha256((bundled_folder() / "rates.csv").read_bytes())
    assert str(tmp_path / "groups.csv") in found


def test_a_bundled_file_that_is_gone_is_told(tmp_path: Path) -> None:
    """Where a file of the package cannot be read again, that is an error of the data."""
    path = tmp_path / "rates.csv"
    path.write_bytes((bundled_folder() / "rates.csv").read_bytes())
    data = Dataset("the bundled figures", files={"rates": path})
    data.table("rates")
    assert data.checksums() == [("data/rates.csv", sha256(path.read_bytes()))]
    path.unlink()
    with pytest.raises(DataError, match="No such file"):
        data.checksums()


# Typed frames.


def test_a_frame_is_typed(tmp_path: Path) -> None:
    """Numbers, whole numbers, dates and text have their types, and each figure its decimals."""
    rows = [
        {**LEAST["rates"], "count": "29439", "base": "616000.5", "note": "as printed"},
        {**LEAST["rates"], "metric": "asb", "value": "", "count": "", "base": "", "note": ""},
        {**LEAST["rates"], "metric": "crime", "value": "11", "count": "0", "base": "1", "note": ""},
    ]
    frame = crimecmp.load(write(tmp_path / "mine.csv", rows)).frame("rates")
    assert list(frame.columns) == [
        "force", "metric", "period_end", "source", "value", "value_decimals", "count", "base",
        "locator", "note",
    ]  # fmt: skip
    types = {name: str(dtype) for name, dtype in frame.dtypes.items()}
    assert types["force"] == types["metric"] == types["note"] == types["locator"] == "str"
    assert types["value"] == types["base"] == "float64"
    assert types["count"] == types["value_decimals"] == "Int64"
    assert types["period_end"].startswith("datetime64[")
    assert frame["value"].tolist()[::2] == [5.0, 11.0]
    assert frame["value_decimals"].tolist()[::2] == [1, 0]
    assert frame["count"].tolist()[::2] == [29439, 0]
    assert frame["base"].tolist()[::2] == [616000.5, 1.0]
    assert frame["period_end"].tolist() == [pd.Timestamp(2014, 6, 30)] * 3
    assert [name for name in frame.columns if pd.isna(frame[name].iloc[1])] == [
        "value", "value_decimals", "count", "base", "locator", "note",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "types"),
    [
        ("forces", {"force": "str", "aliases": "str", "territorial": "boolean"}),
        ("changes", {"base_period_end": "datetime64", "percent": "float64"}),
        ("outcomes", {"percent_decimals": "Int64", "base": "Int64"}),
        ("satisfaction", {"margin": "float64", "margin_decimals": "Int64"}),
        ("scale", {"rank": "Int64", "positive": "boolean"}),
        ("judgments", {"judgment": "str", "summary": "str"}),
    ],
)
@pytest.mark.parametrize("empty", [False, True], ids=["rows", "no rows"])
def test_frames_have_the_same_types_without_rows(
    table: str, types: dict[str, str], empty: bool, tmp_path: Path
) -> None:
    """A column's type is said by the schema, not guessed from what happens to stand in it."""
    path = tmp_path / f"{table}.csv"
    write(path, [LEAST[table]])
    if empty:
        path.write_text(path.read_text().splitlines()[0] + "\n")
    frame = crimecmp.load(tmp_path).frame(table)
    for column, dtype in types.items():
        assert str(frame[column].dtype).startswith(dtype)


def test_bundled_figures_have_their_printed_decimals() -> None:
    """54.0 was printed with one decimal, 36 with none."""
    rates, outcomes = DATA.frame("rates"), DATA.frame("outcomes")
    rates = rates[rates["source"] == HMIC]
    assert set(rates["value_decimals"]) == {1}
    assert set(outcomes["percent_decimals"]) == {0}
    first = rates[(rates["force"] == DURHAM) & (rates["metric"] == "crime-excluding-fraud")]
    assert first["value"].tolist() == [54.0]


def test_flags_are_true_false_or_missing(tmp_path: Path) -> None:
    """A flag that is left empty is missing, and not false."""
    rows = [
        {"force": f"area-{flag or 'none'}", "name": f"Area {flag}.", "territorial": flag}
        for flag in ("true", "false", "")
    ]
    frame = crimecmp.load(write(tmp_path / "mine.csv", rows)).frame("forces").tail(3)
    assert frame["territorial"].tolist()[:2] == [True, False]
    assert frame["territorial"].isna().tolist() == [False, False, True]


# Whatever is in a file.

plain_text = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12
).map(str.strip)
figures = st.builds(
    "{}{}".format,
    st.integers(0, 9999),
    st.just("") | st.text("0123456789", min_size=1, max_size=5).map(".{}".format),
)
days = st.dates(date(1800, 1, 1), date(2199, 12, 31)).map(lambda day: day.isoformat())


@st.composite
def rates_rows(draw: st.DrawFn) -> list[dict[str, str]]:
    """Return rows of the rates table, all in the form in which they are kept."""
    keys = st.tuples(
        st.sampled_from([name.id for name in DATA.forces]),
        st.sampled_from([row["metric"] for row in DATA.rows("metrics") if "per" in row["unit"]]),
        days,
        st.just(HMIC),
    )
    return [
        {
            **dict(zip(TABLES["rates"].key, key, strict=True)),
            "value": draw(figures | st.just("")),
            "count": draw(st.integers(1 - 10**15, 10**15 - 1).map(str) | st.just("")),
            "base": "",
            "locator": draw(plain_text),
            "note": draw(plain_text),
        }
        for key in draw(st.lists(keys, min_size=1, max_size=5, unique=True))
    ]


@settings(deadline=None)
@given(rows=rates_rows())
def test_tables_that_were_written_are_read_again(
    rows: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Reading what was written gives the same rows, and a frame of the same figures."""
    path = tmp_path_factory.getbasetemp() / "written.csv"
    data = crimecmp.load(write(path, rows))
    assert data.rows("rates") == rows
    frame = data.frame("rates")
    printed = [
        "" if pd.isna(value) else f"{value:.{places}f}"
        for value, places in zip(frame["value"], frame["value_decimals"], strict=True)
    ]
    assert printed == [row["value"] for row in rows]
    ends = [str(end.date()) for end in frame["period_end"]]
    assert ends == [row["period_end"] for row in rows]


headings = st.sampled_from(sorted({name for t in TABLES.values() for name in t.column_names}))
some_cells = (
    st.sampled_from(
        ["", "durham", "england-and-wales", "burglary", "asb", "detection", "satisfaction", "good",
         "reducing-crime", HMIC, "5.0", "-1", "1e999", "nan", "100.1", "2014-06-30", "9999-12-31",
         "0001-01-01", "2014-02-30", "true", "rates;changes", ";", "[red]", "=1", "a\nb", "\x1b[2J"]
    )
    | st.text(max_size=8)
)  # fmt: skip


@st.composite
def likely_files(draw: st.DrawFn) -> bytes:
    """Return a CSV file with headings of the schema and cells that are half of them sound."""
    least = st.sampled_from(sorted(LEAST)).map(lambda table: list(LEAST[table]))
    header = draw(least | st.lists(headings | plain_text, min_size=1, max_size=6))
    row = st.lists(some_cells, min_size=len(header), max_size=len(header))
    tables = [table for table in LEAST if list(LEAST[table]) == header]
    if tables:
        sound = LEAST[tables[0]]
        row = st.tuples(*(st.just(cell) | some_cells for cell in sound.values())).map(list)
    rows = draw(st.lists(row, max_size=3))
    stream = io.StringIO(newline="")
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    return stream.getvalue().encode("utf-8", "surrogatepass")


def load_or_faults(path: Path) -> tuple[Dataset | None, tuple[Fault, ...]]:
    """Return the tables of a path, or None and why it was refused."""
    try:
        return crimecmp.load(path), ()
    except DataError as error:
        return None, error.faults


@settings(deadline=None)
@given(content=st.binary() | st.text().map(lambda t: t.encode("utf-8", "ignore")) | likely_files())
def test_any_file_is_loaded_or_refused(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever is in a file, it is loaded with frames of its tables or refused with its faults."""
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    data, faults = load_or_faults(path)
    assert all(fault.file == str(path) and fault.problem for fault in faults)
    assert (data is None) == bool(faults)
    if data is not None:
        [(_, table, height)] = data.read
        assert len(data.frame(table)) >= height


LAST_DAY = b"force,metric,period_end,value\ndurham,burglary,9999-12-31,5.0\n"


@settings(deadline=None, max_examples=80)
@given(content=likely_files(), command=st.sampled_from(["rates", "report", "judgments"]))
@example(content=LAST_DAY, command="rates")
@example(content=b"judgment,label,rank,positive\n", command="report")
def test_any_file_gives_a_page_or_a_clean_error(
    content: bytes, command: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No table makes a command end in anything but a page or an error that it meant to give."""
    folder = tmp_path_factory.getbasetemp()
    path, page = folder / "any.csv", folder / "page.txt"
    path.write_bytes(content)
    page.unlink(missing_ok=True)
    with redirect_stderr(io.StringIO()) as stderr:
        code = run([command, "durham", "--data", str(path), "--output", str(page)])
    said = stderr.getvalue()
    assert "fault of crimecmp" not in said
    assert (code == 0) == page.is_file()
    assert (code, bool(said)) in {(0, False), (1, True)}
