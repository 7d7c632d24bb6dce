"""The end of a page to hand over: what cannot be told, by which methods, and how it was made."""

from __future__ import annotations

import hashlib
import io
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from bundled import (
    BEHAVIOUR,
    COUNTS,
    DATA,
    JUNE_2014,
    NATIONAL,
    REPORT,
    Program,
    table,
    write,
)
from paging import HANDED_OVER, passage
from picturing import DATA as BUNDLED
from picturing import RATES_OF, request_of

import crimecmp
from crimecmp.comparison.claims import claims_of
from crimecmp.comparison.kinds import KINDS
from crimecmp.comparison.pairing import comparisons
from crimecmp.comparison.request import requested
from crimecmp.document.report import Report
from crimecmp.pages.handout import handout
from crimecmp.wording.methods import AMONG, IN_GROUP, INTERVALS, METHODS, YEARS

pytestmark = pytest.mark.usefixtures("whole_pages")


def command_of(page: Report) -> list[str]:
    """Return the arguments of the command that a page says makes it again."""
    [text] = [i.text for i in passage(page, "How to make this page again") if i.term == "Command"]
    name, *arguments = shlex.split(text)
    assert name == "crimecmp"
    return arguments


def checksums(page: Report) -> dict[str, str]:
    """Return the checksums on a page, by file."""
    return {
        item.term: item.text.removeprefix("SHA-256 ")
        for item in passage(page, "How to make this page again")
        if item.text.startswith("SHA-256 ")
    }


def sha256(content: bytes) -> str:
    """Return the checksum of some bytes."""
    return hashlib.sha256(content).hexdigest()


# --- Limits of these figures


def test_what_was_not_tested_is_told_with_its_reason(durham: Report) -> None:
    """The report's four changes: three without counts, and one whose benchmark is missing."""
    items = passage(durham, "Limits of these figures")
    labels = {row["metric"]: row["label"] for row in table("metrics")}
    months = {"2010-06-30": "June 2010", "2013-06-30": "June 2013", "2013-03-31": "March 2013"}
    for row in table("changes"):
        if (row["force"], row["source"]) != ("durham", REPORT):
            continue
        term = f"Durham, {labels[row['metric']]} since {months[row['base_period_end']]}"
        [reason] = [item.text for item in items if item.term == term]
        alone = row["metric"] == "anti-social-behaviour"
        expected = "One of the two figures is missing." if alone else "printed without counts"
        assert expected in reason


def test_every_method_is_described_and_its_limits_are_told(durham: Report) -> None:
    """The methods described are those of the rows, and each says what it cannot know."""
    of_counts = request_of("durham", source=COUNTS)
    rows = [row for name in KINDS for row in comparisons(BUNDLED, name, request_of("durham"))]
    rows += [row for name in KINDS for row in comparisons(BUNDLED, name, of_counts)]
    claimed = claims_of(BUNDLED, request_of("durham"))
    used = {row.tested.method for row in rows} | {claim.method for claim in claimed}
    used -= {"none"}
    # Rates from counts have intervals of counts; no percentage of the page has a count.
    expected = [method for method in METHODS if method.id in used] + [
        INTERVALS[0], *YEARS, *AMONG,
    ]  # fmt: skip
    assert len(expected) >= 6
    described = passage(durham, "Methods in brief")
    assert [item.term for item in described] == [method.label for method in expected]
    for item, method in zip(described, expected, strict=True):
        assert method.how in item.text
        assert method.source in item.text
    limits = {item.term: item.text for item in passage(durham, "Limits of these figures")}
    for method in expected:
        assert limits[method.label] == method.unknown


def test_methods_that_were_not_used_are_not_described(tmp_path: Path) -> None:
    """Two printed rates alone rest on rounding: no counts, no margins, no spread."""
    rows = [RATES_OF, f"kent,burglary,{JUNE_2014},6.0,,", f"{NATIONAL},burglary,{JUNE_2014},8.0,,"]
    data = crimecmp.load(write(tmp_path, rates=rows))
    page = handout(data, requested(data, ["kent"]), "html")
    terms = [item.term for item in passage(page, "Methods in brief")]
    assert terms == ["Direction after rounding"]


@pytest.mark.parametrize(
    ("metric", "methods"),
    [
        (
            "outcome-charged-or-summonsed",
            ["Two percentages of a whole with their counts", "Interval of a percentage of a whole"],
        ),
        ("detection", ["Two counts over their bases", "Interval of a count or a rate"]),
    ],
)
def test_intervals_of_percentages_are_described_where_they_are_drawn(
    tmp_path: Path, metric: str, methods: list[str]
) -> None:
    """A part of the crimes has an interval of a percentage, and a detection rate that of a count.

    A detection can belong to a crime of another year, so that it is no part of the year's.
    """
    rows = [
        "force,metric,period_end,percent,count,base",
        f"kent,{metric},2014-03-31,30.0,300,1000",
        f"{NATIONAL},{metric},2014-03-31,26.0,2600,10000",
    ]
    data = crimecmp.load(write(tmp_path, outcomes=rows))
    page = handout(data, requested(data, ["kent"]), "html")
    assert [item.term for item in passage(page, "Methods in brief")] == methods


def test_the_method_of_a_group_is_described_where_it_is_used() -> None:
    """Kent among the South East has the method of a group's range; of two others there is none."""
    for force, group, used in (("kent", "south-east", True), ("durham", "north-east", False)):
        page = handout(BUNDLED, request_of(force, source=COUNTS, group=group), "html")
        described = {item.term for item in passage(page, "Methods in brief")}
        assert ({method.label for method in IN_GROUP} <= described) is used
        assert "A rate against the mean of a group" in described


def test_a_count_alone_is_enough_for_its_interval(durham: Report) -> None:
    """The report has one count, of incidents: that interval is on its page, and is described."""
    having = [r for r in table("rates") if r["source"] == REPORT and r["count"]]
    assert [(row["force"], row["metric"]) for row in having] == [("durham", BEHAVIOUR)]
    page = handout(BUNDLED, request_of("durham", source=REPORT), "html")
    described = [item.term for item in passage(page, "Methods in brief")]
    assert "Interval of a count or a rate" in described
    assert not {method.label for method in AMONG} & set(described)
    assert {method.label for method in AMONG} <= {
        item.term for item in passage(durham, "Methods in brief")
    }


# --- How it was made


def test_the_version_is_said(durham: Report) -> None:
    """The page says which crimecmp made it."""
    made = passage(durham, "How to make this page again")
    assert [item.text for item in made if item.term == "crimecmp"] == [crimecmp.__version__]


OPTIONS = [
    ("durham",),
    ("kent", "durham", "gwent"),
    ("cleveland", "--level", "0.998", "--benchmark", "kent"),
    ("durham", "--source", COUNTS, "--group", "north-east", "--weighted"),
    ("cleveland", "--period", "2013-06", "--with-city-of-london"),
]


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("form", HANDED_OVER)
def test_the_command_on_a_page_makes_it_again(
    page_of: Callable[..., Report], options: tuple[str, ...], form: str
) -> None:
    """Run as it is written there, the command gives the same page, in the format that it is in."""
    page = page_of("report", *options, "--format", form)
    again = command_of(page)
    assert set(options) <= set(again)
    assert again[-2:] == ["--format", form]
    assert page_of(*again) == page


@pytest.mark.parametrize("form", HANDED_OVER)
def test_a_page_in_either_format_makes_itself_again(run: Program, form: str) -> None:
    """The command that a reader sees on the page gives the same bytes as the page has."""
    done = run("report", "cleveland", "--period", "2013-06", "--format", form)
    assert (done.code, done.err) == (0, "")
    command = f"crimecmp report cleveland --period 2013-06 --format {form}"
    [end] = re.findall(rf"{command}([^ a-z])", done.out)
    assert end in "<`\n"
    assert run(*shlex.split(command)[1:]) == done


@pytest.mark.parametrize("form", HANDED_OVER)
def test_the_command_makes_the_same_bytes_again(run: Program, tmp_path: Path, form: str) -> None:
    """From a user's folder with a blank and quotes in its name, and two forces, byte for byte."""
    folder = tmp_path / "mine & 'yours' \"$HOME\""
    folder.mkdir()
    rows = [
        f"{force},burglary,{JUNE_2014},{value},,"
        for force, value in (("kent", "6.0"), ("gwent", "7.0"), (NATIONAL, "8.0"))
    ]
    write(folder, rates=[RATES_OF, *rows])
    done = run("report", "kent", "gwent", "--data", str(folder), "--format", form)
    assert (done.code, done.err) == (0, "")
    data = crimecmp.load(folder)
    arguments = command_of(handout(data, requested(data, ["kent", "gwent"]), form))
    assert arguments[arguments.index("--data") + 1] == str(folder)
    assert run(*arguments) == done


def test_the_bundled_tables_have_their_checksums() -> None:
    """Each table that figures, names, notes and judgments came from, by the hash of its file."""
    data = crimecmp.load()
    found = checksums(handout(data, requested(data, ["durham"]), "html"))
    needed = {
        "rates", "changes", "outcomes", "satisfaction", "judgments", "claims", "notes", "forces",
        "metrics", "sources",
    }  # fmt: skip
    assert needed <= {Path(name).stem for name in found}
    for name, digest in found.items():
        assert digest == sha256((DATA.parent / name).read_bytes())


def test_checksums_are_those_of_what_the_page_is_made_of(tmp_path: Path) -> None:
    """A user's file has the hash of its bytes, and the bundled rates that it replaces have none."""
    rates = tmp_path / "rates.csv"
    rates.write_bytes(f"\ufeff{RATES_OF}\r\nkent,burglary,{JUNE_2014},6.0,,\r\n".encode())
    for path in (tmp_path, rates):
        data = crimecmp.load(path)
        found = checksums(handout(data, requested(data, ["kent"]), "html"))
        assert found[str(rates)] == sha256(rates.read_bytes())
        assert "data/rates.csv" not in found


def test_figures_from_standard_input_have_their_checksum(
    page_of: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came through a pipe is hashed as it came, and asked for again with a minus sign."""
    content = f"{RATES_OF}\nkent,burglary,{JUNE_2014},6.0,,\n".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    page = page_of("report", "kent", "--data", "-", "--format", "html")
    assert checksums(page)["standard input"] == sha256(content)
    assert "--data -" in shlex.join(command_of(page))
