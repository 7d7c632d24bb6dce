"""The pages of control charts: a row a period, the last period of each force, and exit codes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from bundled import FORCES, Program, write

QUARTERS = ("trend", "durham", "--metric", "shoplifting", "--by", "quarter")
SIGNALS = ("compare", "--all", "--metric", "shoplifting", "--signals")


def test_the_answer_comes_first(run: Program) -> None:
    """Without `--latest`, which `--by` needs no words for."""
    lines = run(*QUARTERS).out.splitlines()
    assert lines[0] == "Durham against England and Wales: shoplifting by quarter"
    assert lines[1].startswith("Shoplifting in Durham: no signal. The quarter to December 2025")


def test_a_script_gets_every_period(run: Program) -> None:
    """55 quarters, the earliest first; the whole is also in JSON."""
    rows = run(*QUARTERS, "--format", "csv").rows
    assert len(rows) == 55
    assert [row["period_end"] for row in rows] == sorted(row["period_end"] for row in rows)
    assert {row["by"] for row in rows} == {"quarter"}
    last = rows[-1]
    assert (last["count"], last["signal"], last["benchmark_signal"]) == ("1935", "none", "below")
    assert last["benchmark_since"] == "2025-09-30"
    assert '"benchmark_signal": "below"' in run(*QUARTERS, "--format", "json").out


def test_all_forces_with_a_signal_are_listed(run: Program) -> None:
    """The screen has those with a signal, a script all, those with a signal first."""
    rows = run(*SIGNALS, "--format", "csv").rows
    having = [row["force"] for row in rows if row["signal"] in ("above", "below")]
    assert sorted(row["force"] for row in rows) == sorted(FORCES)
    assert [row["force"] for row in rows[: len(having)]] == having
    assert all(date.fromisoformat(row["since"]) for row in rows[: len(having)])
    shown = run(*SIGNALS).out
    assert f"{len(having)} of 43 forces have a signal" in shown
    assert "Cumbria" not in shown


def test_a_named_force_is_listed_and_marked(run: Program) -> None:
    """Among all forces it is there with or without a signal."""
    out = run("compare", "durham", *SIGNALS[1:]).out
    [marked] = [line for line in out.splitlines() if line.startswith("> ")]
    assert marked.split()[1] == "Durham"


def test_a_page_in_html_has_the_picture(run: Program) -> None:
    """And the answer above it."""
    out = run(*QUARTERS, "--format", "html").out
    assert "<svg" in out
    assert "within the usual range of 1,538 to 2,600" in out


@pytest.mark.parametrize(
    ("force", "metric", "code"), [("durham", "shoplifting", 0), ("merseyside", "shoplifting", 3)]
)
def test_a_run_fails_on_a_signal_in_the_last_period_alone(
    run: Program, force: str, metric: str, code: int
) -> None:
    """Durham's signals of earlier years are none to stop for; Merseyside's is the last quarter."""
    done = run("trend", force, "-m", metric, "--by", "quarter", "--fail-on", "signal")
    named = f"--fail-on signal: {force}, Shoplifting, quarter to December 2025\n"
    assert (done.code, done.err) == (code, named if code else "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("rates", "durham", "--fail-on", "signal"), "--fail-on signal needs a control chart"),
        ((*QUARTERS, "--fail-on", "higher"), "--fail-on higher needs verdicts"),
        (("trend", "--baseline", "2022-04:2025-03"), "--baseline needs --by"),
        (("compare", "-m", "crime", "--baseline", "2022-04:2025-03"), "--baseline needs --signals"),
        ((*QUARTERS, "--baseline", "2024-04"), "--baseline takes a first and a last month"),
        (("compare", "--all", "--signals"), "signals are of one measure"),
    ],
)
def test_what_makes_no_sense_is_refused(
    run: Program, arguments: tuple[str, ...], message: str
) -> None:
    """Before anything is printed, with the exit code of a wrong command line."""
    done = run(*arguments)
    assert message in done.err
    assert (done.code, done.out) == (2, "")


def test_months_of_ones_own_are_charted(run: Program, tmp_path: Path) -> None:
    """Changes on the same month of the year before, of a folder with counts by month."""
    lines = ["force,metric,month,count"]
    lines += [
        f"durham,robbery,{year}-{month:02},{100 + month + (2 * year + 3 * month) % 5}"
        for year in range(2021, 2025)
        for month in range(1, 13)
    ]
    folder = write(tmp_path, months=[*lines, "durham,robbery,2025-01,400"])
    done = run("trend", "durham", "-m", "robbery", "--by", "month", "--data", folder)
    assert "Robbery in Durham was above its usual range of" in done.out
    assert "in January 2025: 400." in done.out
    assert "England and Wales: nothing to say of January 2025." in done.out


def test_months_are_not_bundled(run: Program) -> None:
    """The error says where they come from."""
    done = run("trend", "durham", "--by", "month")
    assert done.code == 1
    assert "no counts of Crime excluding fraud by month for Durham" in done.err
    assert "the archive of data.police.uk has them" in done.err


@pytest.mark.parametrize(
    ("force", "by", "caution"),
    [
        ("greater-manchester", "quarter", "! Greater Manchester supplied July to December 2019"),
        ("city-of-london", "year", "! Hardly anyone lives in City of London"),
    ],
)
def test_what_would_mislead_is_said(run: Program, force: str, by: str, caution: str) -> None:
    """Notes on the figures of a period, and a rate per resident where hardly anyone lives."""
    assert caution in run("trend", force, "--by", by).out
    assert "!" not in run("trend", "durham", "--by", by).out


def test_city_of_london_has_its_caution_in_every_row(run: Program) -> None:
    """Of years, which are rates per resident; quarters are counts and need none."""
    notes = {
        by: {row["note"] for row in run("trend", "city-of-london", "--by", by, "-f", "csv").rows}
        for by in ("quarter", "year")
    }
    assert all(note.startswith("Hardly anyone lives in City of London") for note in notes["year"])
    assert not any("Hardly anyone" in note for note in notes["quarter"])


def test_a_baseline_that_a_benchmark_lacks_leaves_it_without_a_chart(
    run: Program, tmp_path: Path
) -> None:
    """The force's own chart is there all the same."""
    lines = ["force,metric,first_quarter_end,counts"]
    lines.append(f"durham,robbery,2019-03-31,{';'.join(['30', '40'] * 12)}")
    lines.append(f"kent,robbery,2022-03-31,{';'.join(['30', '40'] * 6)}")
    folder = write(tmp_path, quarters=lines)
    arguments = ("-m", "robbery", "--baseline", "2020-01:2022-12", "--data", folder)
    done = run("trend", "durham", *arguments, "--by", "quarter", "--benchmark", "kent")
    assert "Robbery in Durham: no signal." in done.out
    assert "Kent: nothing to say of the quarter to December 2024. It has too few" in done.out
    listed = run("compare", "durham", "kent", *arguments, "--signals", "-f", "json")
    assert '"force": "durham"' in listed.out
    assert "No control chart of Kent." in listed.out


def test_years_are_charted_too(run: Program) -> None:
    """13 years to December, with the rules in words."""
    out = run("trend", "durham", "--by", "year").out
    assert "signal since the year to December 2017, 7 or more years in a row above" in out
    assert "The signal is not Durham's alone." in out
