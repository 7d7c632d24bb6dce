"""`crimecmp import`: published files in, a folder of tables out, and every row accounted for."""

from __future__ import annotations

import csv
import functools
import gzip
import hashlib
import io
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest
from beside import whole
from bundled import Done
from frictionless_reading import found_by_frictionless
from importing import FORCES, whole_file
from published_forms import (
    DECEMBER_2024,
    JUNE_2018,
    KNOWN,
    LOOKUP,
    MARCH_2018,
    OUTCOMES,
    RECORDED,
    ROLLING,
    SEPTEMBER_2019,
    WORKBOOKS,
)
from terminal import COMMAND, INTERRUPTIBLE, crimecmp_run, in_shell, on_terminal

import crimecmp
from crimecmp.cli import progress
from crimecmp.cli import run as cli
from crimecmp.errors import RequestError
from crimecmp.importers import known_names, read_files
from crimecmp.tables.loading import examine

pytestmark = pytest.mark.usefixtures("whole_pages")

GROUPS = (
    "All other theft offences", "Bicycle theft", "Criminal damage and arson",
    "Death or serious injury caused by illegal driving", "Domestic burglary", "Drug offences",
    "Homicide", "Miscellaneous crimes against society", "Non-domestic burglary",
    "Possession of weapons offences", "Public order offences", "Robbery", "Sexual offences",
    "Shoplifting", "Stalking and harassment", "Theft from the person", "Vehicle offences",
    "Violence with injury", "Violence without injury",
)  # fmt: skip
"""The groups of offences that make up all crime but fraud, up to March 2017."""
VICTIMLESS = 4
PER_GROUP = 100
CRIME = len(GROUPS) * PER_GROUP
VICTIM_BASED = (len(GROUPS) - VICTIMLESS) * PER_GROUP
ENDS = ("31-03-2014", "30-06-2014")
PEOPLE, HOMES = {"2012": 500_000, "2013": 625_000}, {"2012": 200_000, "2013": 250_000}

TITLE = (
    "Table {}: Police recorded crime by offence group and police force area, English regions and"
    " Wales, {}, year ending March 2018"
)
Rows = Sequence[Sequence[object]]


def run(*arguments: object) -> Done:
    """Run the program in this process, whatever the test's own streams are."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = cli.run([str(argument) for argument in arguments])
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())
    return Done(texts[0], texts[1], code)


def written(path: Path, rows: Rows) -> Path:
    """Write rows as CSV and return the file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path


def rolling_rows(
    forces: Iterable[str] = ("Durham",), more: Rows = (), ends: Iterable[str] = ENDS
) -> list[Sequence[object]]:
    """Return rolling-year recorded crime: 100 crimes of each group."""
    heading = (
        "12 months ending", "PFA", "Region", "Offence", "Rolling year total number of offences",
    )  # fmt: skip
    places = [(end, force) for end in ends for force in forces]
    rows = [(*place, "North", group, PER_GROUP) for place in places for group in GROUPS]
    return [heading, *rows, *more]


def estimate_rows(
    number: str, what: str, of: dict[str, int], places: Iterable[Sequence[str]] = ()
) -> list[Sequence[object]]:
    """Return mid-year estimates as ONS has them, the same for Durham and further places."""
    title = (
        f"Table {number}: Mid-year {what} estimates for police force areas, English regions and"
        " Wales, 2012 to 2013"
    )
    areas = [("E23000008", "Durham"), *places]
    return [
        [title],
        [],
        ["Area Code", "Area Name", *of],
        *([*area, *of.values()] for area in areas),
        ["Source: Office for National Statistics"],
    ]


@pytest.fixture
def rolling(tmp_path: Path) -> Path:
    """Return a file of rolling-year recorded crime."""
    return written(tmp_path / "rolling.csv", rolling_rows())


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """Return a file of population estimates."""
    return written(tmp_path / "people.csv", estimate_rows("P9", "population", PEOPLE))


@pytest.fixture
def homes(tmp_path: Path) -> Path:
    """Return a file of household estimates."""
    return written(tmp_path / "homes.csv", estimate_rows("P10", "household", HOMES))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return where the tables are to go: the only thing in its parent, once it is there."""
    (tmp_path / "parent").mkdir()
    return tmp_path / "parent" / "mine"


def content(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def imported(place: Path, *arguments: object) -> Path:
    """Import files, which must go well and give sound tables, and return the folder."""
    done = run("import", *arguments, "--to", place)
    assert (done.err, done.code) == ("", 0)
    checked = run("check", place)
    assert (checked.err, checked.code) == ("", 0)
    return place


def assert_nothing(place: Path) -> None:
    """Hold that nothing was written, nor left beside the place."""
    assert not list(place.parent.iterdir())


def rates(folder: Path) -> dict[tuple[str, str, str], dict[str, str]]:
    """Return the rates by force, metric and period, of one source."""
    return {(row["force"], row["metric"], row["period_end"]): row for row in table(folder, "rates")}


# --- What a file is


@pytest.mark.parametrize("name", ["rolling.xlsx", "rolling.csv.gz", "rolling", "P1.ods", "-x.pdf"])
def test_a_file_is_known_by_what_it_holds(rolling: Path, place: Path, name: str) -> None:
    """Under any name, a wrong suffix too, the same bytes give the same folder, byte for byte."""
    other = rolling.with_name(name)
    shutil.copy(rolling, other)
    one = content(imported(place, rolling))
    assert content(imported(place.with_name("other"), other)) == one


def test_a_packed_file_gives_the_same_figures(rolling: Path, place: Path) -> None:
    """A gzip archive gives the figures of what is in it; its source has the archive's own sum."""
    packed = rolling.with_name("packed")
    packed.write_bytes(gzip.compress(rolling.read_bytes()))
    one, other = imported(place, rolling), imported(place.with_name("other"), packed)
    assert table(one, "rates") == table(other, "rates")
    [source] = table(other, "sources")
    assert source["note"].endswith(hashlib.sha256(packed.read_bytes()).hexdigest())


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (rolling_rows(), "rolling-year recorded crime"),
        (estimate_rows("P9", "population", PEOPLE), "ONS police force area tables"),
    ],
)
def test_it_says_what_it_recognised(tmp_path: Path, place: Path, rows: Rows, said: str) -> None:
    """The whole page names the format of each file."""
    file = written(tmp_path / "file", rows)
    done = run("import", file, "--to", place, "--format", "markdown")
    assert done.out.splitlines()[0] == f"# Imported: {said}"


def test_a_lookup_is_refused(small_file: Callable[[str], Path], place: Path) -> None:
    """A published table that is none of the known ones is refused, and nothing is written."""
    file = small_file(LOOKUP)
    done = run("import", file, "--to", place)
    assert (done.out, done.code) == ("", 1)
    assert f"{file}: is not in a format that crimecmp knows" in done.err
    assert_nothing(place)


# --- What is written


def test_importing_twice_gives_the_same_bytes(
    rolling: Path, people: Path, homes: Path, place: Path
) -> None:
    """The same files give the same bytes of every table, whatever the process's surroundings."""
    added = [(ENDS[0], "Durham", "North", name, 3) for name in ("Modern slavery", "Café crime")]
    written(rolling, rolling_rows(more=added))
    files = [str(path) for path in (rolling, people, homes)]
    surroundings: list[dict[str, str]] = [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"},
        {
            "PYTHONHASHSEED": "2",
            "TZ": "America/Adak",
            "LC_ALL": "C",
            "PYTHONCOERCECLOCALE": "0",
            "PYTHONUTF8": "0",
        },
    ]
    made = []
    for number, environment in enumerate(surroundings):
        folder = place.with_name(str(number))
        done = crimecmp_run("import", *files, "--to", str(folder), **environment)
        assert (done.err, done.code) == ("", 0)
        made.append(content(folder))
    assert made[0] == made[1] == content(imported(place, *files))
    assert set(made[0]) == {
        "bases.csv", "datapackage.json", "metrics.csv", "rates.csv", "sources.csv",
    }  # fmt: skip


def test_counts_over_estimates_are_rates(
    rolling: Path, people: Path, homes: Path, place: Path
) -> None:
    """Counts become rates: over residents, dwellings over households, of the year before."""
    made = rates(imported(place, rolling, homes, people))
    wanted = {
        "crime-excluding-fraud": (CRIME, PEOPLE, "population"),
        "victim-based-crime": (VICTIM_BASED, PEOPLE, "population"),
        "sexual-offences": (PER_GROUP, PEOPLE, "population"),
        "burglary-in-a-dwelling": (PER_GROUP, HOMES, "households"),
    }
    for metric, (count, of, base) in wanted.items():
        for end in ("2014-03-31", "2014-06-30"):
            row = made["durham", metric, end]
            exact = Fraction(1000 * count, of["2013"])
            assert (row["count"], row["base"]) == (str(count), str(of["2013"]))
            assert abs(Fraction(row["value"]) - exact) < exact / 10**14
            assert row["locator"].endswith(f"; over {base} of mid-2013")


def test_every_row_has_a_source_with_its_files_sum(
    rolling: Path, people: Path, homes: Path, place: Path
) -> None:
    """The source of every row is described, and its note ends with the SHA-256 of its file."""
    made = imported(place, rolling, people, homes)
    sources = {row["source"]: row for row in table(made, "sources")}
    named = {name: {row["source"] for row in table(made, name)} for name in ("rates", "bases")}
    assert named["rates"] | named["bases"] == set(sources)
    sums = {
        path: hashlib.sha256(path.read_bytes()).hexdigest() for path in (rolling, people, homes)
    }
    ends = {name: row["note"].rpartition(" ")[2] for name, row in sources.items()}
    [counts] = named["rates"]
    assert ends[counts] == sums[rolling]
    assert {ends[name] for name in named["bases"]} == {sums[people], sums[homes]}
    assert all(name in sources[counts]["note"] for name in named["bases"])
    assert "Table P9" in {row["title"].partition(":")[0] for row in sources.values()}


def test_without_estimates_there_are_counts_alone(rolling: Path, place: Path) -> None:
    """Counts alone are written without rates, and the page says what would make rates of them."""
    done = run("import", rolling, "--to", place, "--format", "json")
    rows = table(place, "rates")
    assert {row["count"] for row in rows} == {str(n) for n in (PER_GROUP, CRIME, VICTIM_BASED)}
    assert {(row["value"], row["base"]) for row in rows} == {("", "")}
    said = [note["text"] for note in done.object["notes"]]
    assert any(f"without a rate: {len(rows)}." in text and "P9" in text for text in said)
    brief = run("import", rolling, "--to", place, "--overwrite", "--notes", "brief").out
    assert f"! {len(rows)} counts without a population or households to divide by" in brief


def test_a_negative_count_is_kept_without_a_rate(tmp_path: Path, people: Path, place: Path) -> None:
    """A count below zero is written with the reason why there is no rate of it."""
    rows = [[*row[:4], -3] if row[3] == "Homicide" else row for row in rolling_rows()]
    made = rates(imported(place, written(tmp_path / "r", rows), people))
    row = made["durham", "homicide", "2014-06-30"]
    assert (row["value"], row["count"], row["base"]) == ("", "-3", "")
    assert "no rate" in row["note"]
    crimes = made["durham", "crime-excluding-fraud", "2014-06-30"]
    assert crimes["count"] == str(CRIME - PER_GROUP - 3)
    assert crimes["value"]


def test_published_rates_stay_and_suppressed_ones_stay_away(
    tmp_path: Path, small_file: Callable[[str], Path], place: Path
) -> None:
    """P3's rates are written as printed, a suppressed one as missing, though P9 has its base."""
    city = [("E23000034", "London, City of")]
    estimates = estimate_rows("P9", "population", {"2016": 1, "2017": 2}, city)
    made = rates(imported(place, small_file(MARCH_2018), written(tmp_path / "p9", estimates)))
    crime = "crime-excluding-fraud"
    durham, city_of_london = (
        made[force, crime, "2018-03-31"] for force in ("durham", "city-of-london")
    )
    assert (durham["value"], durham["count"]) == ("97.4028145065379", "61179")
    assert durham["base"] == "628100"
    assert (city_of_london["value"], city_of_london["count"]) == ("", "5392")
    assert "suppressed" in city_of_london["note"]


def test_two_editions_are_two_sources(tmp_path: Path, rolling: Path, place: Path) -> None:
    """Two files of one source id become two sources, the figures of each with its own."""
    later = [[*row[:4], 200] if row[3] == "Robbery" else row for row in rolling_rows()]
    made = imported(place, rolling, written(tmp_path / "later", later))
    sources = [row["source"] for row in table(made, "sources")]
    assert sources[1] == f"{sources[0]}-2"
    robberies = {
        row["source"]: row["count"] for row in table(made, "rates") if row["metric"] == "robbery"
    }
    assert robberies == {sources[0]: "100", sources[1]: "200"}


def test_estimates_that_differ_are_told(
    tmp_path: Path, rolling: Path, people: Path, place: Path
) -> None:
    """Where files have different estimates the first file's are used, and the page says so."""
    other = {"2012": PEOPLE["2012"], "2013": PEOPLE["2013"] + 1}
    late = written(tmp_path / "late", estimate_rows("P9", "population", other))
    done = run("import", late, rolling, people, "--to", place, "--format", "json")
    row = rates(place)["durham", "crime-excluding-fraud", "2014-06-30"]
    assert row["base"] == str(PEOPLE["2013"] + 1)
    said = [note["text"] for note in done.object["notes"]]
    assert any(
        re.search(r"Estimates of .* that differ from those of .*: 1\.", text)
        and "given first" in text
        for text in said
    )


def test_a_category_spelt_in_two_ways_is_one(tmp_path: Path, place: Path) -> None:
    """Two files that head one new category with other capitals give sound tables all the same."""
    files = []
    for number, name in enumerate(("Modern slavery", "Modern Slavery")):
        more = [(ENDS[0], "Durham", "North", name, number)]
        files.append(written(tmp_path / f"{number}.csv", rolling_rows(more=more)))
    assert len(table(imported(place, *files), "metrics")) == 1


def test_another_program_finds_the_folders_sound(tmp_path: Path, people: Path, place: Path) -> None:
    """The frictionless package finds the tables as datapackage.json describes them."""
    file = written(tmp_path / "rolling", rolling_rows())
    plain = imported(place, file, people)
    new = (ENDS[0], "Durham", "North", "Modern slavery", 3)
    written(file, rolling_rows(more=[new, *POLICE]))
    added = imported(place.with_name("added"), file, people, "--include-btp")
    assert set(content(added)) - set(content(plain)) == {"metrics.csv", "forces.csv"}
    assert found_by_frictionless(plain, added) == [[], []]


# --- Figures that break their publisher's own sums


@pytest.fixture
def slipped(tmp_path: Path) -> Path:
    """Return a table P1 in which the forces of a region do not add up to it."""
    return written(
        tmp_path / "slipped.csv",
        [
            [TITLE.format("P1", "number of offences, year ending March 2018")],
            ["Area Code", "Area Name", "Robbery"],
            ["E12000001", "North East", 26],
            ["E23000013", "Cleveland", 8],
            ["E23000008", "Durham", 4],
            ["E23000007", "Northumbria", 15],
        ],
    )


SLIP = "cell C3 (North East) is 26, but its 3 forces add up to 27"


def test_a_figure_that_breaks_a_sum_comes_first(slipped: Path, place: Path) -> None:
    """The account begins with it, in brief and in full: the file is imported all the same."""
    brief = run("import", slipped, "--to", place, "--notes", "brief")
    first = next(line for line in brief.out.splitlines() if line.startswith("!"))
    assert first.startswith("! 1 figure breaks a sum of its publisher's own tables: cell C3")
    full = run("import", slipped, "--to", place, "--overwrite", "--notes", "full")
    assert SLIP in full.out
    assert full.out.index(SLIP) < full.out.index("Rows read")


def test_what_is_said_of_a_file_is_in_the_brief_account(tmp_path: Path, place: Path) -> None:
    """A misspelt heading and a mark that nobody explains are told without asking for notes."""
    heading = "Total recorded crime (excludinging fraud)"
    file = written(
        tmp_path / "p1.csv",
        [
            [TITLE.format("P1", "number of offences, year ending March 2018")],
            ["Area Code", "Area Name", heading, "Robbery"],
            ["E23000013", "Cleveland", 80, "[q]"],
        ],
    )
    brief = " ".join(run("import", file, "--to", place, "--notes", "brief").out.split())
    assert f"The heading '{heading}' was read as" in brief
    assert "[q]" in brief


def test_strict_writes_nothing_that_does_not_add_up(
    slipped: Path, people: Path, place: Path
) -> None:
    """The error names the cell and both figures; sound files are imported as ever."""
    done = run("import", slipped, "--to", place, "--strict")
    assert done.code == 1
    assert f"slipped.csv:3:Robbery: {SLIP}" in done.err
    assert not place.exists()
    sound = written(people, estimate_rows("P9", "population", {"2013": 625_000}))
    run("import", sound, "--to", place, "--strict")
    assert place.exists()


# --- British Transport Police

POLICE = [(end, "British Transport Police", "BTP", group, 7) for end in ENDS for group in GROUPS]
ALL_PLACES = [("K04000001", "ENGLAND AND WALES")]


@pytest.fixture
def with_police(tmp_path: Path) -> Path:
    """Return a file of all 43 forces and British Transport Police."""
    return written(tmp_path / "police.csv", rolling_rows(FORCES, POLICE))


def test_transport_police_are_left_out(with_police: Path, place: Path) -> None:
    """British Transport Police are no territorial force: left out, counted, and the reason told."""
    done = run("import", with_police, "--to", place, "--format", "csv")
    assert not any("british-transport" in row["force"] for row in table(place, "rates"))
    assert "forces.csv" not in content(place)
    [row] = [row for row in done.rows if "Transport" in row["reason"]]
    assert (row["fate"], row["rows"]) == ("left out", str(len(POLICE)))


def test_transport_police_are_taken_where_they_are_asked_for(
    tmp_path: Path, with_police: Path, place: Path
) -> None:
    """With --include-btp they have their counts without rates, and are no part of the nation."""
    estimates = estimate_rows("P9", "population", PEOPLE, ALL_PLACES)
    file = written(tmp_path / "p9", estimates)
    made = imported(place, with_police, file, "--include-btp")
    [force] = table(made, "forces")
    assert (force["force"], force["territorial"]) == ("british-transport-police", "false")
    rows = rates(made)
    police = rows["british-transport-police", "crime-excluding-fraud", "2014-06-30"]
    assert (police["count"], police["value"]) == (str(7 * len(GROUPS)), "")
    assert "no resident population" in police["note"]
    nation = rows["england-and-wales", "crime-excluding-fraud", "2014-06-30"]
    assert nation["count"] == str(43 * CRIME)
    assert Fraction(nation["value"]) == Fraction(1000 * 43 * CRIME, PEOPLE["2013"])


# --- What is wrong


def test_all_faults_of_all_files_are_told(
    tmp_path: Path, rolling: Path, people: Path, place: Path
) -> None:
    """Faults of several files are told together, each with its file, and nothing is written."""
    bad = [(ENDS[0], "Atlantis", "North", "Robbery", 1), (ENDS[0], "Kent", "North", "Arson", "x")]
    strange = written(tmp_path / "strange.csv", rolling_rows(more=bad))
    unknown = written(tmp_path / "unknown.csv", [["a", "b"], [1, 2]])
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 and no more")
    missing = tmp_path / "missing.csv"
    files = strange, rolling, unknown, broken, people, missing
    done = run("import", *files, "--to", place)
    assert (done.out, done.code) == ("", 1)
    assert "these files cannot be imported" in done.err
    assert f"{strange}:40:PFA: 'Atlantis'" in done.err
    assert f"{strange}:41:Rolling year total number of offences: 'x'" in done.err
    assert f"{unknown}: is not in a format" in done.err
    assert f"{broken}: is damaged" in done.err
    assert f"{missing}: cannot be read: No such file" in done.err
    assert str(rolling) not in done.err
    assert str(people) not in done.err
    assert_nothing(place)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "PDF"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"PK\x05\x06" + bytes(18), "ZIP archive but not a workbook"),
        (b"\x1f\x8b\x08", "damaged"),
        (bytes(100), "neither a workbook nor text"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, place: Path, text: bytes, said: str) -> None:
    """A file that holds no table is one clear error, and nothing is written."""
    file = tmp_path / "file.csv"
    file.write_bytes(text)
    done = run("import", file, "--to", place)
    assert (done.out, done.code) == ("", 1)
    assert said in done.err
    assert "unexpected" not in done.err
    assert_nothing(place)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [("", "FILE"), ("{file}", "--to"), ("--to {place}", "FILE"), ("{file} --to", "--to")],
)
def test_what_must_be_said_is_asked_for(
    rolling: Path, place: Path, arguments: str, said: str
) -> None:
    """Without a file, or without a folder, the command line is wrong: exit code 2."""
    done = run("import", *arguments.format(file=rolling, place=place).split())
    assert (done.out, done.code) == ("", 2)
    assert said in done.err
    assert "--help" in done.err
    assert_nothing(place)


def test_a_file_given_twice_is_a_mistake(tmp_path: Path, rolling: Path, place: Path) -> None:
    """The same bytes under two names are told as a wrong command line, with both names."""
    copy = tmp_path / "copy"
    shutil.copy(rolling, copy)
    for other in (copy, f"{tmp_path}/./rolling.csv"):
        done = run("import", rolling, other, "--to", place)
        assert (done.out, done.code) == ("", 2)
        assert f"{other} and {rolling} are the same file" in done.err
        assert_nothing(place)


def test_one_name_given_twice_is_a_mistake(
    rolling: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same name twice is a wrong command line, also one that Python keeps as one object."""
    rolling.rename(rolling.with_name("a"))
    monkeypatch.chdir(rolling.parent)
    with pytest.raises(RequestError, match="a and a are the same file"):
        read_files(["a", "a"], known_names(crimecmp.load()))
    assert crimecmp_run("import", "a", "a", "--to", str(place)).code == 2
    assert_nothing(place)


def test_a_wrong_place_is_told_before_anything_is_read(rolling: Path, place: Path) -> None:
    """Where the folder cannot be written no file is even opened."""
    done = run("import", rolling.with_name("missing"), "--to", place / "sub" / "folder")
    assert done.code == 1
    assert "parent folder does not exist" in done.err
    assert "missing" not in done.err


def test_a_folder_of_tables_is_replaced_when_asked(
    rolling: Path, people: Path, place: Path
) -> None:
    """A folder that is there stays unless --overwrite is given; then nothing of it is left."""
    imported(place, rolling, people)
    before = content(place)
    done = run("import", rolling, "--to", place)
    assert (done.out, done.code) == ("", 1)
    assert "--overwrite" in done.err
    assert content(place) == before
    imported(place, rolling, "--overwrite")
    assert "bases.csv" in before
    assert set(content(place)) == {"datapackage.json", "rates.csv", "sources.csv"}
    assert [path.name for path in place.parent.iterdir()] == ["mine"]


def test_a_folder_with_anything_else_is_never_replaced(rolling: Path, place: Path) -> None:
    """With something of one's own in it a folder stays, --overwrite or not."""
    imported(place, rolling)
    (place / "notes.txt").write_text("precious")
    before = content(place)
    for more in ((), ("--overwrite",)):
        done = run("import", rolling, "--to", place, *more)
        assert (done.out, done.code) == ("", 1)
        assert "notes.txt" in done.err
        assert content(place) == before


def test_a_file_is_not_lost_by_its_own_import(rolling: Path, place: Path) -> None:
    """A published file that is called as a table is stays, though its folder could be replaced."""
    place.mkdir()
    file = rolling.rename(place / "rates.csv")
    before = file.read_bytes()
    done = run("import", file, "--to", place, "--overwrite")
    assert done.code == 1
    assert file.read_bytes() == before


def test_a_page_that_cannot_be_shown_says_how_to_go_on(rolling: Path, place: Path) -> None:
    """Where standard output is closed the error is one, and names no option that there is not."""
    command = shlex.join(["crimecmp", "import", str(rolling), "--to", str(place)])
    done = in_shell(f"{command} >&-")
    assert done.code == 1
    assert "standard output is closed" in done.err
    assert "--output" not in done.err


def test_a_failed_import_leaves_the_old_folder(tmp_path: Path, rolling: Path, place: Path) -> None:
    """With --overwrite the old folder stays where the files cannot be imported."""
    imported(place, rolling)
    before = content(place)
    done = run("import", tmp_path / "missing", "--to", place, "--overwrite")
    assert done.code == 1
    assert content(place) == before


def test_a_full_disk_leaves_nothing(rolling: Path, place: Path) -> None:
    """Where a file cannot be written to its end the error says so, and nothing is left."""
    command = shlex.join(["crimecmp", "import", str(rolling), "--to", str(place)])
    done = in_shell(f"ulimit -f 1; {command}", PYTHONDONTWRITEBYTECODE="1")
    assert (done.out, done.code) == ("", 1)
    assert f"cannot write {place}: File too large" in done.err
    assert_nothing(place)


# --- Interrupted


@pytest.mark.parametrize(
    "step",
    [
        "crimecmp.importers.opened",
        "crimecmp.importers.rolling_year.read",
        "crimecmp.importers.combining.combined",
        "crimecmp.pages.imports.import_page",
        "crimecmp.importers.folder.describe",
    ],
)
@pytest.mark.parametrize("there", [False, True])
def test_an_interrupt_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, rolling: Path, place: Path, step: str, there: bool
) -> None:
    """An interrupt at any step is exit code 130 without a word, and all is as it was."""
    if there:
        imported(place, rolling)
    before = content(place) if there else {}

    def interrupt(*given: object, **named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(step, interrupt)
        assert run("import", rolling, "--to", place, "--overwrite") == ("", "", 130)
    assert [path.name for path in place.parent.iterdir()] == ["mine"] * there
    assert not there or content(place) == before


def test_an_interrupted_process_leaves_nothing(tmp_path: Path, place: Path) -> None:
    """A process that is interrupted while it reads ends with 130, and leaves nothing."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(
        [*INTERRUPTIBLE, "import", str(pipe), "--to", str(place)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        # Opening waits for the reader; then it waits for the end, which does not come.
        with pipe.open("wb") as writing:
            writing.write(b"12 months ending")
            writing.flush()
            # A signal just before the program waits is noticed after it: so more than one is sent.
            for _ in range(60):
                process.send_signal(signal.SIGINT)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=0.5)
                    break
            assert process.returncode == 130
        assert process.stdout
        assert process.stderr
        assert (process.stdout.read(), process.stderr.read()) == (b"", b"")
    assert_nothing(place)


# --- Killed, and at once with another

KILLED = """
import os, signal, sys
from pathlib import Path
from crimecmp.cli.run import run
from crimecmp.importers import moving
rename = Path.rename
def killed(path, target):
    moved = rename(path, target)
    if target.name == "old":
        os.kill(os.getpid(), signal.SIGKILL)
    return moved
moving.exchange, Path.rename = lambda *_: False, killed
run(sys.argv[1:])
"""


@pytest.fixture
def killed(rolling: Path, place: Path) -> dict[str, bytes]:
    """Kill an import between its two steps, and return the tables that it was to replace."""
    before = content(imported(place, rolling))
    arguments = ["import", str(rolling), "--to", str(place), "--overwrite"]
    done = subprocess.run([sys.executable, "-c", KILLED, *arguments], check=False)
    assert done.returncode == -signal.SIGKILL
    assert [path.name for path in place.parent.iterdir()] == [".crimecmp-mine"]
    assert content(place.parent / ".crimecmp-mine" / "old") == before
    return before


def test_a_killed_import_is_mended_and_told(
    rolling: Path, place: Path, killed: dict[str, bytes]
) -> None:
    """The next import puts the old tables back; where they stay its error says so."""
    done = run("import", rolling, "--to", place)
    assert (done.out, done.code) == ("", 1)
    assert f"{place} already exists" in done.err
    assert f"An earlier import was stopped while it replaced {place}" in done.err
    assert content(place) == killed
    assert [path.name for path in place.parent.iterdir()] == ["mine"]


def test_a_killed_import_is_told_on_the_page(
    rolling: Path, people: Path, place: Path, killed: dict[str, bytes]
) -> None:
    """The next import replaces the old tables where that is asked for; its page says the rest."""
    done = run("import", rolling, people, "--to", place, "--overwrite", "--format", "json")
    assert (done.err, done.code) == ("", 0)
    notes = [note["text"] for note in done.object["notes"]]
    assert any("An earlier import was stopped" in note for note in notes)
    assert content(place) != killed
    assert "bases.csv" in content(place)
    assert [path.name for path in place.parent.iterdir()] == ["mine"]


@pytest.mark.parametrize("more", [(), ("--overwrite",)])
def test_two_imports_at_once_are_told_of_each_other(
    tmp_path: Path, rolling: Path, place: Path, more: Sequence[str]
) -> None:
    """An import into a folder that another is at work on is refused; the first one goes on."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(
        [*COMMAND, "import", str(pipe), "--to", str(place), *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as first:
        with pipe.open("wb") as writing:  # opening waits for the reader, which has the folder
            second = crimecmp_run("import", str(rolling), "--to", str(place), *more)
            assert (second.out, second.code) == ("", 1)
            assert f"another import is writing {place}" in second.err
            assert not place.exists()
            writing.write(rolling.read_bytes())
        assert first.wait(timeout=60) == 0
    assert content(place).keys() == {"datapackage.json", "rates.csv", "sources.csv"}
    assert [path.name for path in place.parent.iterdir()] == ["mine"]
    third = crimecmp_run("import", str(rolling), "--to", str(place), *more)
    assert third.code == (0 if more else 1)
    assert more or "already exists" in third.err


# --- Progress

SLOWLY = """
import sys, threading
from crimecmp import importers
from crimecmp.cli import progress
said, opened, say = threading.Event(), importers.opened, progress.Progress._say
progress.PATIENCE = 0.0
def say_so(self):
    say(self)
    said.set()
def slowly(path):
    if sys.stderr.isatty():
        assert said.wait(30)
    return opened(path)
progress.Progress._say, importers.opened = say_so, slowly
from crimecmp.cli.run import run
sys.exit(run(sys.argv[1:]))
"""


def test_progress_is_said_to_those_who_look(
    monkeypatch: pytest.MonkeyPatch, rolling: Path, place: Path
) -> None:
    """On a terminal a slow import says on standard error what it does; its answer is untouched."""
    monkeypatch.setattr("terminal.COMMAND", [sys.executable, "-c", SLOWLY])
    arguments = ["import", str(rolling), "--to", str(place), "--format", "csv"]
    done = on_terminal(*arguments, streams="stderr")
    assert done.code == 0
    lines = done.err.splitlines()
    assert f"crimecmp: reading {rolling} …" in lines
    assert all(line.startswith("crimecmp: ") and line.endswith(" …") for line in lines)
    quiet = crimecmp_run(*arguments, "--overwrite")
    assert (quiet.err, quiet.code) == ("", 0)
    assert quiet.out == done.out


def test_nothing_is_said_of_what_is_quick(
    monkeypatch: pytest.MonkeyPatch, rolling: Path, place: Path
) -> None:
    """On a terminal too, an import that is done before its time is up says nothing."""
    monkeypatch.setattr(progress, "PATIENCE", 3600.0)

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    err = Terminal()
    with redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")), redirect_stderr(err):
        assert cli.run(["import", str(rolling), "--to", str(place)]) == 0
    assert err.getvalue() == ""


# --- The page

ANSWER = ["file", "format", "table", "fate", "reason", "rows"]


def assert_accounted(rows: Iterable[dict[str, str]]) -> None:
    """Hold of CSV that of each file and table the rows read are those written and left out."""
    fates: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows:
        assert list(row) == ANSWER
        assert bool(row["reason"]) == (row["fate"] == "left out")
        of = fates.setdefault((row["file"], row["table"]), {})
        of[row["fate"]] = of.get(row["fate"], 0) + int(row["rows"])
    assert fates
    for about, of in fates.items():
        assert set(of) <= {"read", "written", "left out"}
        assert of["read"] == of["written"] + of.get("left out", 0), about


def test_every_row_is_accounted_for(with_police: Path, people: Path, place: Path) -> None:
    """In CSV the rows of each table add up, and those read are those of the file."""
    more = [(ENDS[0], "Action Fraud", "Fraud", "Fraud offences", 5), ["", "", "", "", ""]]
    written(with_police, rolling_rows(FORCES, [*POLICE, *more]))
    done = run("import", with_police, people, "--to", place, "--format", "csv")
    assert_accounted(done.rows)
    read = {row["file"]: int(row["rows"]) for row in done.rows if row["fate"] == "read"}
    assert read == {
        path.name: len(path.read_text("utf-8").splitlines()) for path in (with_police, people)
    }
    written_rows = {row["file"]: row["rows"] for row in done.rows if row["fate"] == "written"}
    assert written_rows == {with_police.name: str(43 * 2 * len(GROUPS)), people.name: "1"}


def test_two_files_of_one_name_are_told_apart(tmp_path: Path, rolling: Path, place: Path) -> None:
    """Files of one name in two folders are two files in the answer."""
    (tmp_path / "later").mkdir()
    other = written(tmp_path / "later" / rolling.name, rolling_rows(ends=ENDS[:1]))
    done = run("import", rolling, other, "--to", place, "--format", "csv")
    assert len({row["file"] for row in done.rows}) == 2


def test_json_has_the_rows_and_the_remarks(with_police: Path, place: Path) -> None:
    """JSON has the rows of CSV with numbers as numbers, and all remarks as notes."""
    done = run("import", with_police, "--to", place, "--format", "json")
    made = done.object
    rows = run("import", with_police, "--to", place, "--format", "csv", "--overwrite").rows
    assert [column["name"] for column in made["columns"]] == ANSWER
    assert [{**row, "reason": row["reason"] or ""} for row in made["rows"]] == [
        {**row, "rows": int(row["rows"])} for row in rows
    ]
    texts = [note["text"] for note in made["notes"]]
    counts = f"rates.csv ({len(table(place, 'rates')):,} rows)"
    assert any(f"Written to {place}" in text and counts in text for text in texts)
    assert made["title"] == "Imported: rolling-year recorded crime"


@pytest.mark.parametrize(
    ("rows", "more"),
    [
        (rolling_rows(more=[(ENDS[0], "Durham", "Nórth", "Fraud offences", -2)]), "below zero"),
        ([*estimate_rows("P9", "population", {"2013": 5}), ["–"]], "1 of the 43 forces"),
    ],
)
def test_what_is_to_be_known_of_a_file_is_said_once(
    tmp_path: Path, place: Path, rows: Rows, more: str
) -> None:
    """What the file and what its format give to know is on the page, once each."""
    file = written(tmp_path / "file", rows)
    file.write_text(file.read_text("utf-8"), "cp1252")
    done = run("import", file, "--to", place, "--format", "json")
    texts = [note["text"] for note in done.object["notes"]]
    for said in ("read as Windows-1252", more):
        assert len([text for text in texts if said in text]) == 1, said


def test_markdown_has_a_table_a_file(with_police: Path, tmp_path: Path, place: Path) -> None:
    """Markdown has a heading and a table for each file, whose numbers add up across."""
    one_year = estimate_rows("P9", "population", {"2013": 625_000})
    people = written(tmp_path / "people.csv", one_year)
    done = run("import", with_police, people, "--to", place, "--format", "markdown")
    assert "## police.csv: rolling-year recorded crime" in done.out
    assert len(done.tables) == 2
    for heading, *lines in done.tables:
        assert heading == ["Table", "Rows read", "Written", "Left out", "Because"]
        for _, *numbers, reasons in lines:
            read, kept, left = (int(cell.replace(",", "")) for cell in numbers)
            assert read == kept + left
            assert bool(left) == bool(reasons)


def test_the_format_can_be_set_for_good(rolling: Path, place: Path) -> None:
    """CRIMECMP_FORMAT chooses the format of this command as of any other."""
    done = crimecmp_run("import", str(rolling), "--to", str(place), CRIMECMP_FORMAT="csv")
    assert done.out.startswith(",".join(ANSWER))


def test_a_narrow_terminal_cuts_no_number(with_police: Path, place: Path) -> None:
    """On 80 columns every line fits and every number of rows is whole."""
    arguments = ["import", str(with_police), "--to", str(place)]
    done = on_terminal(
        *arguments, columns=80, environment={"NO_COLOR": "1", "CRIMECMP_NOTES": "full"}
    )
    assert done.code == 0
    assert max(map(len, done.out.splitlines())) <= 80
    rows = run(*arguments, "--overwrite", "--format", "csv").rows
    words = [word.replace(",", "") for word in done.out.split()]
    assert all(row["rows"] in words for row in rows)
    assert any(int(row["rows"]) > 1000 for row in rows)
    assert "…" not in done.out


def test_there_is_no_colour_where_none_is_wanted(rolling: Path, place: Path) -> None:
    """--no-color keeps the page plain on a terminal."""
    done = on_terminal("import", str(rolling), "--to", str(place), "--no-color")
    assert done.code == 0
    assert "\x1b" not in done.out


def test_a_files_name_is_shown_and_not_obeyed(rolling: Path, people: Path, place: Path) -> None:
    """Control characters of a file's name act on no screen, in no format for people."""
    other = rolling.rename(rolling.with_name("a\x1b[31m\nb"))
    for form in ("table", "markdown"):
        asked = ("--overwrite", "--format", form, "--notes", "full")
        done = run("import", other, people, "--to", place, *asked)
        assert done.code == 0
        assert "\x1b" not in done.out
        assert "␛" in done.out


# --- Files in the forms of the published ones

FILES = (*WORKBOOKS, ROLLING, RECORDED, OUTCOMES)
ALL = "all together"


class Made(NamedTuple):
    """What was imported, where its tables are, and the page."""

    files: Sequence[Path]
    folder: Path
    done: Done


Brought = Callable[[str], Made]


def bring(files: Sequence[Path], folder: Path) -> Made:
    """Import files into a folder."""
    return Made(files, folder, run("import", *files, "--to", folder, "--format", "csv"))


@pytest.fixture(scope="module")
def brought(small_file: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Brought:
    """Return a function that imports the small file in a published form, or all of them, once."""
    parent = tmp_path_factory.mktemp("brought")

    @functools.cache
    def made(name: str) -> Made:
        files = [small_file(file) for file in FILES if name in (file, ALL)]
        return bring(files, parent / name.partition(".")[0])

    return made


def assert_imported(made: Made) -> None:
    """Hold that tables are sound, all rows accounted for, and each file's sum in a source."""
    assert (made.done.err, made.done.code) == ("", 0)
    assert_accounted(made.done.rows)
    data, faults = examine(made.folder)
    assert faults == []
    assert list(data.left_out) == []
    sums = {hashlib.sha256(file.read_bytes()).hexdigest() for file in made.files}
    sources = {row["source"]: row["note"] for row in table(made.folder, "sources")}
    assert {note[-64:] for note in sources.values()} == sums
    named = {
        source
        for path in ("rates", "changes", "outcomes", "bases")
        if (made.folder / f"{path}.csv").exists()
        for source in data.table(path).columns["source"]
    }
    assert named == set(sources)


def assert_described(folder: Path) -> None:
    """Hold that datapackage.json names each table that is there, and no other."""
    described = json.loads((folder / "datapackage.json").read_text("utf-8"))
    there = {path.name for path in folder.iterdir()} - {"datapackage.json"}
    assert {resource["path"] for resource in described["resources"]} == there


@pytest.mark.parametrize("name", [*FILES, ALL])
def test_a_file_in_a_published_form_is_imported(brought: Brought, name: str) -> None:
    """Every published form gives sound tables, with all of its rows accounted for."""
    made = brought(name)
    assert_imported(made)
    assert_described(made.folder)


HAVING = {
    MARCH_2018: {"rates", "changes"},
    JUNE_2018: {"rates", "changes"},
    SEPTEMBER_2019: {"rates", "changes"},
    DECEMBER_2024: {"rates"},
    ROLLING: {"rates", "changes", "series"},
    RECORDED: {"rates"},
    OUTCOMES: {"outcomes"},
    ALL: {"rates", "changes", "outcomes", "series"},
}
"""What each published form has figures for."""

USES = {
    "rates durham": {"rates"},
    "changes durham": {"changes"},
    "outcomes durham": {"outcomes"},
    "report durham": set(),
    "trend durham": {"series"},
    "compare --all": set(),
    "compare --all --metric crime": {"rates"},
}
"""What each command needs."""


def assert_used(folder: Path, command: str, having: set[str]) -> None:
    """Hold that a command answers where there is what it needs, and else says that there is not."""
    done = run(*command.split(), "--data", folder)
    assert "unexpected" not in done.err
    if USES[command] <= having:
        assert (done.err, done.code) == ("", 0), command
        assert done.out
    else:
        assert (done.out, done.code) == ("", 1), command
        assert done.err.startswith("crimecmp: error: no ")


@pytest.mark.parametrize("command", USES)
@pytest.mark.parametrize("name", [MARCH_2018, DECEMBER_2024, ROLLING, RECORDED, OUTCOMES, ALL])
def test_a_file_in_a_published_form_can_be_used(brought: Brought, name: str, command: str) -> None:
    """Commands answer from imported tables wherever these have the figures, and else say so."""
    assert_used(brought(name).folder, command, HAVING[name])


def test_two_publications_of_one_year_are_two_sources(brought: Brought) -> None:
    """Open data counted two homicides in Durham in 2017/18, ONS's P1 three: both are kept."""
    found = {
        row["source"]: row["count"]
        for row in table(brought(ALL).folder, "rates")
        if (row["force"], row["metric"], row["period_end"]) == ("durham", "homicide", "2018-03-31")
    }
    assert found == {"home-office-recorded-crime-2017-18": "2", "ons-pfa-2018-03-p1-p3": "3"}


RATES = [known for known in KNOWN if known[0] != "anti-social-behaviour"]


def rolling_rates(
    rows: Iterable[dict[str, str]], metric: str, end: str
) -> dict[str, dict[str, str]]:
    """Return the rates by area that rolling-year recorded crime gives."""
    return {
        row["force"]: row
        for row in rows
        if (row["metric"], row["period_end"]) == (metric, end)
        and row["source"].startswith("home-office-rec-crime")
    }


@pytest.mark.parametrize(("metric", "end", "durham", "count", "nation"), RATES)
def test_the_published_forms_give_the_known_rates(
    brought: Brought, metric: str, end: str, durham: str, count: str, nation: str
) -> None:
    """Counts of one file over estimates of another are the rates that are known.

    The small file has three of the measures of all forces: England and Wales has those alone.
    """
    rows = rolling_rates(table(brought(ALL).folder, "rates"), metric, end)
    assert rows["durham"]["count"] == count
    assert f"{float(rows['durham']['value']):.3f}" == durham
    national = [f"{float(rows[area]['value']):.3f}" for area in rows if area.startswith("england")]
    assert national == [nation] * (len(rows) > 1)


# --- Whole published files

WHOLE = (
    MARCH_2018,
    JUNE_2018,
    "policeforceareatablesyearendingsep18corrected.xlsx",
    "policeforceareatablesyearendingdecember2018.xlsx",
    "policeforceareatablesyearendingjune2019.xlsx",
    SEPTEMBER_2019,
    ROLLING,
    RECORDED,
    OUTCOMES,
)


@pytest.fixture
def _opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program have whole published files as they were opened for other tests."""
    monkeypatch.setattr("crimecmp.importers.opened", lambda path: whole_file(Path(path).name))


@pytest.mark.usefixtures("_opened_once")
@pytest.mark.parametrize(("name", "count"), [(RECORDED, "61150"), (MARCH_2018, "61179")])
def test_a_whole_published_file_is_imported(tmp_path: Path, name: str, count: str) -> None:
    """A whole published file gives sound tables by itself, and Durham's known count of 2017/18."""
    made = bring([whole(name)], tmp_path / "mine")
    assert_imported(made)
    assert rates(made.folder)["durham", "crime-excluding-fraud", "2018-03-31"]["count"] == count


@pytest.mark.usefixtures("_opened_once")
def test_all_whole_published_files_are_imported_and_used(tmp_path: Path) -> None:
    """All whole published files together give sound tables, the known rates and a whole page."""
    made = bring([whole(name) for name in WHOLE], tmp_path / "mine")
    assert_imported(made)
    assert_described(made.folder)
    written_rates = table(made.folder, "rates")
    for metric, end, durham, count, nation in RATES:
        rows = rolling_rates(written_rates, metric, end)
        assert rows["durham"]["count"] == count
        assert f"{float(rows['durham']['value']):.3f}" == durham
        assert f"{float(rows['england-and-wales']['value']):.3f}" == nation
    assert_used(made.folder, "report durham", HAVING[ALL])
