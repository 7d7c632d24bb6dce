"""The bundled tables hold the published figures, and each can be traced."""

from __future__ import annotations

import csv
import functools
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from beside import beside, whole
from bundled import in_one_folder
from published_forms import KNOWN, MARCH_2018, ROLLING, rolling_year
from report_words import REPORT, copied, of_the_report, packed
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

from crimecmp.errors import Fault
from crimecmp.tables.dataset import Dataset
from crimecmp.tables.files import bundled_folder
from crimecmp.tables.loading import examine
from crimecmp.tables.schema import TABLES


def text_of(table: str, *columns: str, source: str = "") -> list[tuple[str, ...]]:
    """Return columns of a bundled table, row by row, as printed; of one source if one is given."""
    return [
        tuple(row[column] for column in columns)
        for row in DATA.rows(table)
        if not source or row["source"] == source
    ]


@functools.cache
def checked() -> tuple[Dataset, Sequence[Fault]]:
    """Return the tables of all editions, read as a user's own are, and their faults."""
    return examine(bundled_folder())


@pytest.fixture(scope="module")
def one_folder(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Return the tables that are shown by default from one folder, read as a user's own are."""
    data, faults = examine(in_one_folder(tmp_path_factory.mktemp("one")))
    assert faults == []
    return data


def test_every_table_is_bundled() -> None:
    """The data folder has each table but that of months, which are too many, and no other file."""
    tables = {file.stem for file in bundled_folder().glob("**/*.csv")}
    assert tables == set(TABLES) - {"months"}


def test_the_bundled_folder_is_sound() -> None:
    """The bundled tables pass the check that a user's own tables have to pass."""
    data, faults = checked()
    assert faults == []
    assert data.left_out == ()
    assert {table for _, table, _ in data.read} == set(TABLES) - {"months"}


@pytest.mark.parametrize("name", TABLES)
def test_the_bundled_tables_are_what_a_check_makes_of_them(name: str, one_folder: Dataset) -> None:
    """Read without a check, as they are at run time, they hold the very rows of a checked reading.

    So no cell is another name of an id, no source is left to the file, and no row is dropped.
    """
    assert DATA.rows(name) == one_folder.rows(name)


@pytest.mark.parametrize("path", sorted(bundled_folder().glob("**/*.csv")), ids=str)
def test_bundled_files_are_plain(path: Path) -> None:
    """UTF-8 without a mark, LF line ends, all columns in the schema's order, no stray blanks."""
    content = path.read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    assert tuple(rows[0]) == TABLES[path.stem].column_names
    assert all(cell == cell.strip() for row in rows for cell in row)


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


@pytest.mark.parametrize(("metric", "end", "durham", "count", "nation"), KNOWN)
def test_the_latest_counts_are_those_of_the_publishers(
    metric: str, end: str, durham: str, count: str, nation: str
) -> None:
    """Durham's counts and both rates are those that others calculated from the same files."""
    of = {
        row["force"]: row
        for row in WORKED_OUT
        if (row["metric"], row["period_end"]) == (metric, end)
    }
    places = len(durham.partition(".")[2])
    assert of[DURHAM]["count"] == count
    assert f"{Decimal(of[DURHAM]['value']):.{places}f}" == durham
    assert f"{Decimal(of[NATION]['value']):.{places}f}" == nation


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
    """Each of Durham's counts for a year is the sum of its published lines."""
    sums = sums_of(rolling_year()[1:])
    found = {
        about: count
        for about, count in bundled_counts().items()
        if (about[0], about[2]) == (DURHAM, end)
    }
    assert len(found) == 5
    assert {about: sums[about] for about in found} == found


def test_every_count_is_that_of_the_whole_published_file() -> None:
    """The counts of all forces and quarters are the sums of the published lines."""
    with whole(ROLLING).open(encoding="utf-8-sig", newline="") as stream:
        _, *lines = csv.reader(stream)
    assert bundled_counts() == sums_of(lines)


def test_two_sources_of_rates_are_told_apart() -> None:
    """The source of counts says that it is of later, revised editions, and of which year's bases.

    The report's own source is before it in their table: it is the first to be chosen.
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
    """The checksums that the sources are checked against are those of the files."""
    for name, (digest, _) in DIGESTS.items():
        assert hashlib.sha256(whole(name).read_bytes()).hexdigest() == digest


def test_the_bundle_is_small() -> None:
    """All that is bundled is below 3 MB."""
    assert sum(file.stat().st_size for file in bundled_folder().glob("**/*.*")) < 3_000_000


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


def test_no_sentence_of_the_report_is_copied() -> None:
    """Grounds, notes and definitions have no seven words in a row that are in the report."""
    texts = [
        *(text for (text,) in text_of("judgments", "summary")),
        *(text for (text,) in text_of("notes", "text")),
        *(text for (text,) in text_of("scale", "definition")),
        *(text for (text,) in text_of("metrics", "definition")),
    ]
    assert len(texts) > 10
    assert [run for text in texts for run in copied(text)] == []


def test_the_words_that_are_not_to_be_copied_are_the_reports() -> None:
    """The kept digests are those of the whole report, and they find its words."""
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
