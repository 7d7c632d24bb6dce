"""Rules of the commands that give verdicts: levels, exit codes, ranking, and what scripts read."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import crimecmp
from crimecmp.cli import run as cli
from crimecmp.cli.failing import failures
from crimecmp.comparison.methods import NONE, RANGE
from crimecmp.comparison.request import requested
from crimecmp.comparison.row import Claim, Comparison, Output, columns
from crimecmp.comparison.verdict_words import VERDICTS
from crimecmp.document.report import Report
from crimecmp.pages.claims import claims_page
from crimecmp.pages.figures import comparison_page, figures_page, whole_page
from crimecmp.pages.names import explanation_page
from crimecmp.render.screen import Screen
from crimecmp.render.table import render
from crimecmp.wording.methods import METHODS

pytestmark = pytest.mark.usefixtures("whole_pages")

FIRST_COLUMNS = [
    "kind", "metric", "label", "force", "benchmark", "period_end", "base_period_end", "unit",
    "force_value", "benchmark_value", "difference", "percent_difference", "source",
    "force_margin", "benchmark_margin", "force_count", "benchmark_count", "force_base",
    "benchmark_base", "force_decimals", "benchmark_decimals", "force_margin_decimals",
    "benchmark_margin_decimals", "locator", "benchmark_locator", "note", "benchmark_note",
]  # fmt: skip
FIGURES = ("rates", "changes", "outcomes", "satisfaction")
COMMANDS = (*FIGURES, "compare", "report")
FINDINGS = ("higher", "lower", "similar", "not-tested", "better", "worse")
HAS = {
    "rates": {"higher", "lower"},
    "changes": {"not-tested"},
    "outcomes": {"higher", "better"},
    "satisfaction": {"higher", "similar", "better"},
    "compare": {"higher", "lower", "similar", "not-tested", "better"},
    "report": {"higher", "lower", "similar", "not-tested", "better"},
}
"""What the bundled figures of Durham give, by `methods.md`."""

FIVE = """force,metric,period_end,value
kent,burglary,2014-06-30,7.1
durham,burglary,2014-06-30,5.0
essex,burglary,2014-06-30,9.9
gwent,burglary,2014-06-30,12.0
surrey,burglary,2014-06-30,8.8
england-and-wales,burglary,2014-06-30,8.9
"""
TESTED = """force,metric,period_end,value,count,base
kent,burglary,2014-06-30,5.0,500,100000
essex,burglary,2014-06-30,5.0,500,90000
surrey,burglary,2014-06-30,6.1,610,100000
gwent,burglary,2014-06-30,6.0,,
england-and-wales,burglary,2014-06-30,6.0,600000,100000000
"""


class Done(NamedTuple):
    """What the program wrote and how it ended."""

    out: str
    err: str
    code: int


Here = Callable[..., Done]


@pytest.fixture
def here(capsys: pytest.CaptureFixture[str]) -> Here:
    """Return a function that runs the program in this process, its streams being no terminals."""

    def run(*arguments: str) -> Done:
        code = cli.run(arguments)
        return Done(*capsys.readouterr(), code)

    return run


def csv_rows(text: str) -> list[dict[str, str]]:
    """Return the rows of CSV by their column."""
    return list(csv.DictReader(io.StringIO(text)))


def json_of(text: str) -> dict[str, Any]:
    """Return an object of JSON in which nothing is NaN."""

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    found: dict[str, Any] = json.loads(text, parse_constant=refuse)
    return found


def at_80(page: Report) -> str:
    """Return a page as a terminal of 80 columns would show it."""
    screen = io.StringIO()
    render(page, screen, Screen(80, notes="full"))
    return screen.getvalue()


# --- Levels


@pytest.mark.parametrize("command", [*COMMANDS, "claims"])
@pytest.mark.parametrize("level", ["0.95", "0.998"])
def test_level_is_one_of_two(here: Here, command: str, level: str) -> None:
    """Both levels are taken, and intervals and tests are at the level given."""
    done = here(command, "durham", "--level", level, "--format", "csv")
    assert done.code == 0
    for row in csv_rows(done.out):
        if row.get("kind") != "judgment":
            assert row["interval_level"] == level
            assert row["level"] in ("", level)


@pytest.mark.parametrize("command", [*COMMANDS, "claims"])
@pytest.mark.parametrize("level", ["0.9", "95", "0.99", "0.950", "", "nan", "95%"])
def test_any_other_level_is_a_usage_error(here: Here, command: str, level: str) -> None:
    """Another level ends with 2, names both that there are, and shows nothing."""
    done = here(command, "durham", "--level", level)
    assert (done.code, done.out) == (2, "")
    assert "0.95" in done.err
    assert "0.998" in done.err


@pytest.mark.parametrize("command", ["judgments", "forces", "metrics", "sources", "explain"])
def test_commands_without_figures_take_no_level(here: Here, command: str) -> None:
    """What has no verdict has no level and nothing to fail on."""
    named = ["margins"] if command == "explain" else []
    assert here(command, *named, "--level", "0.95").code == 2
    assert here(command, *named, "--fail-on", "higher").code == 2


def test_default_level_is_95_per_cent(here: Here) -> None:
    """Without --level the output is that of --level 0.95, and 0.998 makes another."""
    plain = here("rates", "--format", "csv").out
    assert plain == here("rates", "--format", "csv", "--level", "0.95").out
    assert plain != here("rates", "--format", "csv", "--level", "0.998").out


# --- Failing on a verdict


@pytest.mark.parametrize("finding", FINDINGS)
@pytest.mark.parametrize("command", COMMANDS)
def test_exit_code_3_just_where_a_row_has_the_finding(
    here: Here, command: str, finding: str
) -> None:
    """A verdict or reading that some row has ends with 3, another with 0; the output is the same.

    What rows have is known from the worked values, and also read from the output itself. The rows
    are named on standard error, in their order.
    """
    plain = here(command, "durham", "--format", "csv")
    done = here(command, "durham", "--format", "csv", "--fail-on", finding)
    rows = csv_rows(plain.out)
    shown = {row["verdict"].replace(" ", "-") for row in rows} | {row["reading"] for row in rows}
    assert shown - {""} == HAS[command]
    assert done.code == (3 if finding in HAS[command] else 0)
    assert done.out == plain.out
    assert (plain.err, plain.code) == ("", 0)
    has = [row for row in rows if finding.replace("-", " ") in (row["verdict"], row["reading"])]
    named = done.err.splitlines()
    assert len(named) == len(has)
    for line, row in zip(named, has, strict=True):
        assert line.startswith(f"--fail-on {finding}: durham, {row['label']}, ")
        assert row["period_end"][:4] in line


@pytest.mark.parametrize(
    ("findings", "code"),
    [
        (("similar", "worse"), 0),
        (("similar", "lower"), 3),
        (("lower", "similar"), 3),
        (("higher", "lower", "worse"), 3),
        (("worse", "not-tested"), 0),
    ],
)
def test_several_findings_are_any_of_them(here: Here, findings: tuple[str, ...], code: int) -> None:
    """--fail-on can be repeated: one finding that is there is enough."""
    options = [part for finding in findings for part in ("--fail-on", finding)]
    assert here("rates", *options).code == code


def test_a_row_that_fails_is_named_with_its_period(here: Here) -> None:
    """A year has its end, a change both ends, and a row with two of the findings is named once."""
    done = here(
        "satisfaction", "--fail-on", "higher", "--fail-on", "better", "--fail-on", "similar"
    )
    assert done.err.splitlines() == [
        "--fail-on higher and better: durham, Victim satisfaction, year to June 2014",
        "--fail-on similar: durham, Victim satisfaction, June 2013 to June 2014",
    ]


def test_many_rows_that_fail_are_counted(here: Here) -> None:
    """Twenty rows are named, and the others are counted."""
    done = here("compare", "--all", "-m", "burglary", "--fail-on", "lower")
    rows = csv_rows(here("compare", "--all", "-m", "burglary", "-f", "csv").out)
    lower = [row for row in rows if row["verdict"] == "lower"]
    *named, rest = done.err.splitlines()
    assert len(named) == 20
    assert rest == f"and {len(lower) - 20} more"


def test_twenty_rows_that_fail_need_no_count() -> None:
    """Only what is left out is counted."""
    names = ("force", "label", "period_end", "base_period_end", "verdict")
    columns = tuple(Output(name, name=name) for name in names)
    rows = [("durham", "Crime", date(2014, 6, 30), None, "lower")] * 20
    page = Report("Title", (), columns, rows)
    assert failures(page, ["lower"]) == ["--fail-on lower: durham, Crime, year to June 2014"] * 20
    assert failures(page._replace(rows=rows + rows[:1]), ["lower"])[20:] == ["and 1 more"]


@pytest.mark.parametrize("finding", ["not tested", "HIGHER!", "", "equal", "none"])
def test_unknown_finding_is_a_usage_error(here: Here, finding: str) -> None:
    """A finding that there is not ends with 2 and names those that there are."""
    done = here("rates", "--fail-on", finding)
    assert (done.code, done.out) == (2, "")
    for name in FINDINGS:
        assert name in done.err


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown"])
def test_output_is_whole_in_every_format_when_failing(
    here: Here, tmp_path: Path, form: str
) -> None:
    """Exit code 3 takes nothing from what is written, to a stream or to a file."""
    plain = here("satisfaction", "--format", form).out
    file = tmp_path / "page"
    failing = ["satisfaction", "--format", form, "--fail-on", "similar"]
    assert here(*failing).out == plain
    assert here(*failing).code == 3
    assert here(*failing, "--output", str(file)).code == 3
    assert file.read_text("utf-8") == plain


def test_finding_counts_in_the_rows_shown_alone(here: Here) -> None:
    """A verdict on another metric than the one asked for does not fail."""
    assert here("compare", "--metric", "burglary", "--fail-on", "higher").code == 0
    assert here("compare", "--metric", "burglary", "--fail-on", "lower").code == 3


def test_level_decides_what_is_failed_on(here: Here, tmp_path: Path) -> None:
    """What is higher at 95% and similar at 99.8% fails on higher at 95% alone."""
    (tmp_path / "satisfaction.csv").write_text(
        "force,metric,period_end,percent,margin\n"
        "kent,satisfaction,2014-06-30,87.0,1.8\n"
        "england-and-wales,satisfaction,2014-06-30,85.0,0.2\n",
        "utf-8",
    )
    kent = ["satisfaction", "kent", "--data", str(tmp_path), "--fail-on"]
    assert here(*kent, "better").code == 3
    assert here(*kent, "better", "--level", "0.998").code == 0
    assert here(*kent, "similar", "--level", "0.998").code == 3


def test_real_process_ends_with_3() -> None:
    """The exit code reaches the shell, with the output whole and no error but the row's name."""
    done = subprocess.run(
        [sys.executable, "-m", "crimecmp", "satisfaction", "--fail-on", "better"],
        capture_output=True,
        check=False,
        env=dict(os.environ),
        text=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert "higher (better)" in done.stdout
    assert "Sources" in done.stdout


def test_error_goes_before_a_finding(here: Here) -> None:
    """Where there is nothing to show the exit code is that of the error."""
    assert here("outcomes", "kent", "--fail-on", "higher").code == 1
    assert here("rates", "atlantis", "--fail-on", "higher").code == 2


# --- compare


def test_compare_without_a_metric_shows_all(here: Here) -> None:
    """Every metric that there is a figure of is there, rates, changes, outcomes, satisfaction."""
    rows = csv_rows(here("compare", "--format", "csv").out)
    assert {row["metric"] for row in rows} == {
        row["metric"]
        for table in FIGURES
        for row in crimecmp.load().rows(table)
        if row["force"] == "durham"
    }
    assert len({row["metric"] for row in rows}) == 8
    assert [row["kind"] for row in rows] == (
        ["rate"] * 6 + ["change"] * 4 + ["outcome"] + ["satisfaction"] * 2
    )
    parts = [csv_rows(here(command, "--format", "csv").out) for command in FIGURES]
    assert rows == [row for part in parts for row in part]


def test_compare_names_the_forces_without_the_figure(here: Here, tmp_path: Path) -> None:
    """A force that has no such figure is named and not dropped without a word."""
    (tmp_path / "rates.csv").write_text(FIVE, "utf-8")
    done = here(
        "compare", "durham", "cleveland", "kent", "dorset",
        "--metric", "burglary", "--data", str(tmp_path),
    )  # fmt: skip
    assert done.code == 0
    assert re.search(r"No such figure in .*: Cleveland and Dorset\.", " ".join(done.out.split()))
    table = done.out.partition("\n- ")[0]
    assert "Durham" in table
    assert "Kent" in table
    bundled = here("compare", "durham", "cleveland", "--metric", "satisfaction")
    assert "No such figure in the bundled figures: Cleveland." in " ".join(bundled.out.split())
    assert bundled.code == 0


def test_all_ranks_the_forces_and_says_how_many_there_are(here: Here, tmp_path: Path) -> None:
    """--all puts every force that has the figure in order, highest first, with the coverage."""
    (tmp_path / "rates.csv").write_text(FIVE, "utf-8")
    asked = ["compare", "--all", "--metric", "burglary", "--data", str(tmp_path)]
    done = here(*asked)
    assert "5 of 43 forces have this figure" in " ".join(done.out.split())
    rows = csv_rows(here(*asked, "--format", "csv").out)
    assert [(row["force"], row["force_value"]) for row in rows] == [
        ("gwent", "12.0"), ("essex", "9.9"), ("surrey", "8.8"), ("kent", "7.1"), ("durham", "5.0"),
    ]  # fmt: skip
    assert [row["verdict"] for row in rows] == ["higher", "higher", "lower", "lower", "lower"]
    table = done.out.partition("─\n")[2].partition("\n- ")[0]
    places = [table.index(name) for name in ("Gwent", "Essex", "Surrey", "Kent", "Durham")]
    assert places == sorted(places)
    in_json = json_of(here(*asked, "--format", "json").out)
    assert any("5 of 43 forces have this figure" in note["text"] for note in in_json["notes"])


def test_a_force_as_benchmark_is_not_ranked_against_itself(here: Here, tmp_path: Path) -> None:
    """With --all the benchmark is left out of the ranking, and that is said."""
    (tmp_path / "rates.csv").write_text(FIVE, "utf-8")
    arguments = ("compare", "--all", "--metric", "burglary", "--data", str(tmp_path))
    force = csv_rows(here(*arguments, "--format", "csv").out)[0]["force"]
    done = here(*arguments, "--benchmark", force)
    assert done.code == 0
    assert "is the benchmark and not in the ranking" in " ".join(done.out.split())
    rows = csv_rows(here(*arguments, "--benchmark", force, "--format", "csv").out)
    assert [row["benchmark"] for row in rows] == [force] * 4


def test_ranks_are_among_figures_of_one_period(here: Here, tmp_path: Path) -> None:
    """A figure of another period has a rank of its own, and the page says that periods differ."""
    later = FIVE.replace("2014-06-30", "2015-06-30", 1)
    (tmp_path / "rates.csv").write_text(later, "utf-8")
    out = here("compare", "--all", "--metric", "burglary", "--data", str(tmp_path)).out
    assert "1 of 1" in out
    assert "The periods differ" in " ".join(out.split())


def test_all_leaves_out_areas_that_are_no_force(here: Here, tmp_path: Path) -> None:
    """England and Wales is the benchmark and not one of the 43, and an empty figure does not count.

    A force whose figure is missing stands behind the others.
    """
    rows = FIVE.replace("kent,burglary,2014-06-30,7.1", "kent,burglary,2014-06-30,")
    (tmp_path / "rates.csv").write_text(rows, "utf-8")
    asked = ["compare", "--all", "--metric", "burglary", "--data", str(tmp_path)]
    assert "4 of 43 forces have this figure" in " ".join(here(*asked).out.split())
    shown = [row["force"] for row in csv_rows(here(*asked, "--format", "csv").out)]
    assert shown == ["gwent", "essex", "surrey", "durham", "kent"]


def test_named_forces_are_not_ranked(here: Here, tmp_path: Path) -> None:
    """Without --all forces stand in the order in which they were named, without a coverage."""
    (tmp_path / "rates.csv").write_text(FIVE, "utf-8")
    asked = ["compare", "durham", "gwent", "kent", "--metric", "burglary", "--data", str(tmp_path)]
    rows = csv_rows(here(*asked, "--format", "csv").out)
    assert [row["force"] for row in rows] == ["durham", "gwent", "kent"]
    assert "of 43" not in here(*asked).out


def test_all_with_a_force_is_the_same_rows(here: Here) -> None:
    """A force named with --all is marked for people; the rows for scripts are those of all."""
    asked = ["compare", "--all", "--metric", "burglary"]
    assert here(*asked, "durham", "-f", "csv").out == here(*asked, "-f", "csv").out
    marked = [
        line for line in here(*asked, "durham", "--notes", "none").out.splitlines() if ">" in line
    ]
    assert [line.split()[:3] for line in marked] == [[">", "32", "Durham"]]


def test_bundled_figures_of_the_report_have_one_force(here: Here) -> None:
    """What the report alone has, --all answers for the one force that it is about."""
    done = here("compare", "--all", "--metric", "satisfaction")
    assert done.code == 0
    assert "1 of 43 forces have this figure" in " ".join(done.out.split())


def test_bundled_counts_rank_every_force(here: Here) -> None:
    """--all ranks the bundled rates of all 43 forces by their counts over their bases.

    City of London has no rank and is not in the spread of forces, which is said, unless it is
    counted in.
    """
    asked = ["compare", "--all", "--metric", "burglary", "--format"]
    rows = csv_rows(here(*asked, "csv").out)
    rates = {
        row["force"]: int(row["count"]) / int(row["base"])
        for row in crimecmp.load().rows("rates")
        if (row["metric"], row["period_end"]) == ("burglary-in-a-dwelling", "2014-06-30")
        and row["source"] == "published-counts"
        and row["force"] != "england-and-wales"
    }
    assert len(rates) == 43
    assert [row["force"] for row in rows] == sorted(rates, key=rates.__getitem__, reverse=True)
    without = [force for force in (row["force"] for row in rows) if force != "city-of-london"]
    for row in rows:
        is_city = row["force"] == "city-of-london"
        assert row["forces_rank"] == ("" if is_city else str(1 + without.index(row["force"])))
        assert row["forces_ranked"] == ("" if is_city else "42")
    text = " ".join(here(*asked, "table").out.split())
    assert "43 of 43 forces have this figure" in text
    assert "City of London has no rank" in text
    counted_in = csv_rows(here(*asked, "csv", "--with-city-of-london").out)
    assert [row["forces_rank"] for row in counted_in] == [str(place) for place in range(1, 44)]
    assert "has no rank" not in " ".join(here(*asked, "table", "--with-city-of-london").out.split())


@pytest.mark.parametrize("command", ["rates", "compare", "compare --all"])
def test_all_forces_without_counts_are_compared_by_their_rates(
    here: Here, tmp_path: Path, command: str
) -> None:
    """Rates of every force, printed without counts, are answered for; their spread is not known."""
    areas = [row["force"] for row in crimecmp.load().rows("forces")]
    lines = [f"{area},burglary,2014-06-30,{5 + at / 10}" for at, area in enumerate(areas)]
    table = "\n".join(["force,metric,period_end,value", *lines, ""])
    (tmp_path / "rates.csv").write_text(table, "utf-8")
    done = here(*command.split(), "--data", str(tmp_path), "--format", "csv")
    assert (done.err, done.code) == ("", 0)
    assert {row["adjusted_z"] for row in csv_rows(done.out)} == {""}


def test_compare_burglary_is_one_screen() -> None:
    """At 80 columns figures, range, verdict, method and limits fit in 50 lines, none cut."""
    page = comparison_page(crimecmp.load(), requested(crimecmp.load(), metric="burglary"))
    lines = at_80(page).splitlines()
    assert max(map(len, lines)) <= 80
    assert len(lines) <= 50
    text = " ".join(" ".join(lines).split())
    for words in (
        "5.0", "8.9", "-3.9", "-43.8", "after rounding: the direction holds", "2,349 households",
        "lower, whatever the rounding", "with the usual variation between years",
    ):  # fmt: skip
        assert words in text.lower()


# --- The tables on a screen


def numbers(text: str) -> set[str]:
    """Return the numbers of a text."""
    return set(re.findall(r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?", text))


PAGES: dict[str, Callable[..., Report]] = {
    **{table: partial(figures_page, table=table) for table in FIGURES},
    "compare": comparison_page,
    "report": whole_page,
    "claims": claims_page,
}


@pytest.mark.parametrize("command", PAGES)
@pytest.mark.parametrize("level", [0.95, 0.998])
def test_tables_fit_80_columns_without_a_cut_number(here: Here, command: str, level: float) -> None:
    """No line is longer than 80, and every number of the wide table is there whole, none cut."""
    data = crimecmp.load()
    narrow = at_80(PAGES[command](data, request=requested(data, level=level)))
    wide, _, _ = here(command, "--level", str(level)).out.partition("\nMore: ")
    assert max(map(len, narrow.splitlines())) <= 80
    assert "…" not in narrow
    assert numbers(wide) == numbers(narrow)


@pytest.mark.parametrize("method", [method.id for method in METHODS])
def test_explanations_fit_80_columns_without_a_cut_number(here: Here, method: str) -> None:
    """An explanation breaks between words and never within a number."""
    narrow = at_80(explanation_page(crimecmp.load(), method))
    assert max(map(len, narrow.splitlines())) <= 80
    assert numbers(narrow) == numbers(here("explain", method).out)


# --- What scripts read


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("level", ["0.95", "0.998"])
def test_every_row_has_verdict_method_and_reason(here: Here, command: str, level: str) -> None:
    """CSV and JSON carry for each comparison what is found, by which method, and why."""
    options = [command, "durham", "--level", level, "--format"]
    rows = [row for row in csv_rows(here(*options, "csv").out) if row["kind"] != "judgment"]
    objects = [
        row for row in json_of(here(*options, "json").out)["rows"] if row["kind"] != "judgment"
    ]
    assert len(rows) == len(objects) > 0
    for cells, values in zip(rows, objects, strict=True):
        for name in ("verdict", "method", "reason"):
            assert cells[name] == values[name]
            assert cells[name]
        assert values["verdict"] in VERDICTS
        assert values["method"] in {method.id for method in METHODS}
        assert cells["level"] == ("" if values["level"] is None else level)
        assert values["reading"] in (None, "better", "worse")
        assert (values["verdict"] == "not tested") == (values["method"] in (RANGE, NONE))


def test_rows_of_own_tables_have_verdict_method_and_reason(here: Here, tmp_path: Path) -> None:
    """Tests of counts, disagreeing counts and directions after rounding all say why."""
    (tmp_path / "rates.csv").write_text(TESTED, "utf-8")
    asked = ["compare", "--all", "--metric", "burglary", "--data", str(tmp_path), "--format"]
    rows = {row["force"]: row for row in csv_rows(here(*asked, "csv").out)}
    found = {force: (row["verdict"], row["method"]) for force, row in rows.items()}
    assert found == {
        "kent": ("lower", "two-counts"),
        "essex": ("not tested", "rounding-range"),
        "surrey": ("similar", "two-counts"),
        "gwent": ("not tested", "rounding-range"),
    }
    assert all(row["reason"] for row in rows.values())
    against_each_other = csv_rows(here(*asked[:1], "kent", *asked[2:], "csv", "-b", "surrey").out)
    assert [(row["method"], bool(row["reason"])) for row in against_each_other] == [
        ("two-counts", True)
    ]


def test_contradicting_counts_are_not_called_missing(here: Here, tmp_path: Path) -> None:
    """A table that sums up its verdicts still says why a row is not tested."""
    (tmp_path / "rates.csv").write_text(TESTED, "utf-8")
    metric = ["--metric", "burglary", "--data", str(tmp_path)]
    text = " ".join(here("compare", "kent", "essex", "surrey", *metric).out.split())
    assert "count and base" in text
    assert "for want of counts" not in text


@pytest.mark.parametrize("command", COMMANDS[:5])
def test_first_columns_are_those_of_before(here: Here, command: str) -> None:
    """New columns stand behind the first 27, which are as they were, in order."""
    header = here(command, "--format", "csv").out.splitlines()[0].split(",")
    assert header[:27] == FIRST_COLUMNS
    assert header == [column.name for column in columns(Comparison)]
    named = [column["name"] for column in json_of(here(command, "--format", "json").out)["columns"]]
    assert named == header


def test_page_of_everything_keeps_its_first_columns(here: Here) -> None:
    """The report's columns begin with the 27 and those of judgments; verdicts come behind."""
    header = here("report", "--format", "csv").out.splitlines()[0].split(",")
    assert header[:32] == [
        *FIRST_COLUMNS, "question", "judgment", "rank", "positive", "summary",
    ]  # fmt: skip
    assert header[32] == "difference_low"
    assert header[40:45] == ["verdict", "reading", "method", "level", "reason"]


# --- claims


def test_claims_in_every_format(here: Here) -> None:
    """Each format has all ten claims, in order, with what the figures make of them."""
    rows = csv_rows(here("claims", "durham", "--format", "csv").out)
    assert list(rows[0]) == [column.name for column in columns(Claim)]
    support = [row["support"] for row in rows]
    assert sorted(set(support)) == ["not supported", "supported", _AS_PRINTED]
    assert [support.count(name) for name in (_AS_PRINTED, "supported", "not supported")] == [
        7, 2, 1,
    ]  # fmt: skip
    objects = json_of(here("claims", "durham", "--format", "json").out)
    assert [row["claim"] for row in objects["rows"]] == [row["claim"] for row in rows]
    assert [row["support"] for row in objects["rows"]] == support
    for form in ("table", "markdown"):
        text = " ".join(here("claims", "durham", "--format", form).out.split())
        for row in rows:
            assert row["statement"] in text.replace("\\", "")
        # A test that finds no difference does not support that there is none.
        assert (
            "7 true as printed but cannot be tested, 1 supported, 1 no clear difference found and "
            "1 not supported" in text
        )


_AS_PRINTED = "supported as printed but untestable"


def test_claims_can_be_narrowed(here: Here) -> None:
    """--metric and --source choose among the claims; none left is an error of its own."""
    rows = csv_rows(here("claims", "--metric", "satisfaction", "--format", "csv").out)
    assert [row["claim"] for row in rows] == [
        "satisfaction-higher", "satisfaction-steady", "satisfaction-improved",
    ]  # fmt: skip
    assert len(csv_rows(here("claims", "--source", "hmic-2014-durham", "-f", "csv").out)) == 10
    assert here("claims", "--metric", "burglary").code == 1
    assert here("claims", "kent").code == 1
    assert here("claims", "atlantis").code == 2


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown"])
@pytest.mark.parametrize("benchmark", ["england-and-wales", "essex", "kent", ""])
def test_claim_on_figures_that_are_not_there(
    here: Here, tmp_path: Path, form: str, benchmark: str
) -> None:
    """A claim without its figures is shown as one that cannot be told, in every format."""
    (tmp_path / "rates.csv").write_text(FIVE, "utf-8")
    (tmp_path / "claims.csv").write_text(
        "claim,force,statement,table,metric,period_end,benchmark,asserts,locator\n"
        f"c,kent,It is so.,rates,burglary,2009-06-30,{benchmark},higher,Page 7\n",
        "utf-8",
    )
    done = here("claims", "kent", "--data", str(tmp_path), "--format", form)
    assert (done.code, done.err) == (0, "")
    assert "cannot be told" in done.out
    assert "It is so." in done.out
    assert "Page 7" in done.out
    assert "None" not in done.out


# --- explain


@pytest.mark.parametrize("name", [*[method.id for method in METHODS], "burglary", "asb"])
def test_explanation_in_every_format(here: Here, name: str) -> None:
    """An explanation is the same points of heading and text in every format."""
    rows = csv_rows(here("explain", name, "--format", "csv").out)
    assert list(rows[0]) == ["item", "text"]
    objects = json_of(here("explain", name, "--format", "json").out)
    assert [(row["item"], row["text"].lstrip("'")) for row in rows] == [
        (row["item"], row["text"]) for row in objects["rows"]
    ]
    assert [column["name"] for column in objects["columns"]] == ["item", "text"]
    for form in ("table", "markdown"):
        done = here("explain", name, "--format", form)
        assert (done.code, done.err) == (0, "")
        text = " ".join(done.out.split())
        for row in rows:
            assert row["item"] in text
            assert " ".join(row["text"].split()[:3]) in text.replace("\\", "")


def test_explanation_of_nothing_known_is_a_usage_error(here: Here) -> None:
    """An unknown name ends with 2 and says where the names are; no name at all does too."""
    done = here("explain", "xyzzy")
    assert (done.code, done.out) == (2, "")
    assert "crimecmp metrics" in done.err
    for method in METHODS:
        assert method.id in done.err
    assert here("explain").code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["rates"], ["changes"], ["outcomes"], ["satisfaction"], ["report"],
        ["compare", "--metric", "burglary"],
    ],
)  # fmt: skip
def test_notes_name_explanations_that_there_are(here: Here, arguments: list[str]) -> None:
    """Every `crimecmp explain NAME` in a page's notes can be typed in."""
    text = " ".join(here(*arguments).out.split())
    for name in re.findall(r"crimecmp explain ([a-z-]+)", text):
        assert here("explain", name).code == 0
