"""Bad input gets a clear error, and odd input is read without fuss.

`hostile/` holds one small file (or folder) for each. REFUSED says what is wrong with those that
must be refused, ACCEPTED what is in those that must be read.
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import NamedTuple

import pytest

import crimecmp
from crimecmp.cli.run import run
from crimecmp.errors import DataError

pytestmark = pytest.mark.usefixtures("whole_pages")

HOSTILE = Path(__file__).parents[1] / "hostile"


class Told(NamedTuple):
    """What must be said of one fault: where it is, and a part of the problem that tells it."""

    row: int
    column: str
    part: str
    file: str = ""
    """The file within a folder; empty where the path itself is the file."""


NOT_UTF_8 = "UTF-16 or holds NUL bytes; save it as CSV UTF-8"
NO_TABLE = "the folder has no table"

REFUSED: dict[str, list[Told]] = {
    # The header.
    "missing-column.csv": [Told(1, "metric", "the rates table needs this column")],
    "missing-columns.csv": [
        Told(1, "metric", "the rates table needs this column"),
        Told(1, "period_end", "the rates table needs this column"),
    ],
    "unknown-column.csv": [Told(1, "colour", "the rates table has no such column")],
    "misspelt-column.csv": [
        Told(1, "metric", "needs this column"),
        Told(1, "metrik", "did you mean metric?"),
    ],
    "duplicated-header.csv": [Told(1, "value", "2 columns have this name")],
    "nameless-column.csv": [Told(1, "3", "column 3 has no name")],
    "unclear-header.csv": [Told(1, "", "the header does not match one table")],
    "semicolons.csv": [Told(1, "", "separated by semicolons")],
    "semicolons-decimal-commas.csv": [Told(1, "", "separated by semicolons")],
    "semicolons-folder": [Told(1, "", "separated by semicolons", "rates.csv")],
    "tabs.csv": [Told(1, "", "separated by tabs")],
    # The rows.
    "duplicated-key.csv": [Told(4, "force", "as row 2")],
    "short-row.csv": [Told(3, "", "the row has 3 cells, the header 4")],
    "long-row.csv": [Told(3, "", "the row has 5 cells, the header 4")],
    "unclosed-quote.csv": [Told(3, "", "opened here and never closed")],
    "quote-inside-cell.csv": [Told(3, "", "there is a quotation mark inside a cell")],
    # The numbers.
    "number-na.csv": [Told(3, "value", "'n/a' is not a number")],
    "number-decimal-comma.csv": [Told(3, "value", "'5,0' is not a number")],
    "number-decimal-comma-unquoted.csv": [Told(3, "", "the row has 5 cells, the header 4")],
    "number-exponent.csv": [Told(3, "value", "'1e999' is not a number")],
    "number-nan.csv": [Told(3, "value", "'nan' is not a number")],
    "number-inf.csv": [Told(3, "value", "'inf' is not a number")],
    "number-thousands.csv": [Told(3, "value", "thousands separators: 1234.5")],
    "number-too-precise.csv": [Told(3, "value", "more than 15 significant digits")],
    "negative-rate.csv": [Told(3, "value", "'-0.1' is below 0")],
    "negative-margin.csv": [Told(2, "margin", "'-1.8' is below 0")],
    "satisfaction-over-100.csv": [Told(2, "percent", "'100.1' is over 100")],
    "outcome-over-100.csv": [
        Told(2, "percent", "'100.5' is over 100, which a part of its base cannot be")
    ],
    "share-over-100.csv": [
        Told(2, "percent", "'100.5' is over 100, which a part of its base cannot be")
    ],
    "change-below-minus-100.csv": [Told(2, "percent", "'-100.1' is below -100")],
    "count-not-whole.csv": [Told(2, "count", "'1234.5' is not a whole number")],
    "base-zero.csv": [Told(2, "base", "'0' is not above 0")],
    # Names, dates and sources.
    "unknown-force.csv": [Told(2, "force", "unknown force 'durhan'; did you mean durham")],
    "unknown-metric.csv": [
        Told(2, "metric", "unknown metric 'burglry'; did you mean burglary-in-a-dwelling")
    ],
    "bad-date.csv": [Told(2, "period_end", "'30/06/2014' is not a date")],
    "no-such-day.csv": [Told(2, "period_end", "'2014-06-31' is not a date: there is no such day")],
    "dates-out-of-order.csv": [Told(2, "base_period_end", "is not before period_end")],
    "dangling-source.csv": [Told(2, "source", "unknown source 'annual-2020'")],
    "dangling-source-folder": [Told(2, "source", "unknown source 'annual-2020'", "rates.csv")],
    "empty-required-cell.csv": [Told(2, "metric", "the cell is empty")],
    "unknown-question.csv": [Told(2, "question", "unknown question 'keeping-order'")],
    "judgment-off-scale": [Told(2, "judgment", "unknown judgment 'good'", "judgments.csv")],
    "empty-scale": [Told(2, "judgment", "unknown judgment 'good'", "judgments.csv")],
    "force-no-id.csv": [
        Told(2, "force", "'Gotham City' is not an id"),
        Told(2, "territorial", "'yes' is neither true nor false"),
    ],
    "several-faults.csv": [
        Told(1, "colour", "no such column"),
        Told(2, "force", "unknown force 'durhan'"),
        Told(2, "value", "'n/a' is not a number"),
        Told(2, "count", "'-1.5' is not a whole number"),
        Told(3, "period_end", "'2014-02-30' is not a date: there is no such day"),
        Told(4, "count", "'29439.5' is not a whole number"),
    ],
    # The bytes.
    "invalid-utf8.csv": [Told(3, "", "(0xE9) is not UTF-8; save the file as CSV UTF-8")],
    "utf-16.csv": [Told(0, "", NOT_UTF_8)],
    "utf-16-no-mark.csv": [Told(0, "", NOT_UTF_8)],
    "nul-byte.csv": [Told(0, "", NOT_UTF_8)],
    "empty.csv": [Told(0, "", "the file is empty")],
    "only-blank-lines.csv": [Told(0, "", "the file is empty")],
    "only-byte-order-mark.csv": [Told(0, "", "the file is empty")],
    "workbook.csv": [Told(0, "", "a ZIP archive or workbook, not CSV")],
    "no-tables": [Told(0, "", NO_TABLE)],
    "no-known-table": [Told(0, "", f"{NO_TABLE} (found: population.csv)")],
}

# Each row as force, metric, period_end, value.
BURGLARY = ("durham", "burglary-in-a-dwelling", "2014-06-30", "5.0")
SEXUAL = ("durham", "sexual-offences", "2014-06-30", "1.6")
ASB = ("durham", "anti-social-behaviour", "2014-03-31", "47.4")

ACCEPTED: dict[str, list[tuple[str, str, str, str]]] = {
    "good/byte-order-mark.csv": [BURGLARY],
    "good/crlf.csv": [BURGLARY],
    "good/cr.csv": [BURGLARY],
    "good/no-final-line-end.csv": [BURGLARY],
    "good/quoted-newline.csv": [BURGLARY, SEXUAL],
    "good/surrounding-blanks.csv": [BURGLARY],
    "good/blank-lines.csv": [BURGLARY, SEXUAL],
    "good/blank-lines-first.csv": [BURGLARY],
    "good/names-as-typed.csv": [BURGLARY, ASB],
    "good/missing-figure.csv": [(*BURGLARY[:3], "")],
    "good/markup.csv": [
        ("durham", "crime-excluding-fraud", "2014-06-30", "54.0"),
        ("durham", "victim-based-crime", "2014-06-30", "48.5"),
        SEXUAL,
        ("durham", "violence-with-injury", "2014-06-30", "5.2"),
        BURGLARY,
        ASB,
    ],
    "good/markup-names": [("gotham", *BURGLARY[1:])],
}

refused = pytest.mark.parametrize("name", REFUSED)
accepted = pytest.mark.parametrize("name", ACCEPTED)
formats = pytest.mark.parametrize("form", ["table", "csv", "json", "markdown"])


def places(name: str) -> list[str]:
    """Return `file:row:column` of each fault of a hostile file, as far as it has them."""
    return [
        ":".join(
            filter(
                None,
                [str(HOSTILE / name / told.file), str(told.row) if told.row else "", told.column],
            )
        )
        for told in REFUSED[name]
    ]


def test_every_hostile_file_is_in_a_table() -> None:
    """Every file in the folder has a test, and every test has its file."""
    tested = {HOSTILE / name for name in (*REFUSED, *ACCEPTED)}
    assert [path for path in tested if not path.exists()] == []
    for path in HOSTILE.rglob("*"):
        if path.is_file() and path.name != ".gitattributes":
            assert {path, path.parent} & tested, path


def test_hostile_bytes_are_kept() -> None:
    """Version control changes no byte, and the bytes that matter are as they should be."""
    assert "* -text" in (HOSTILE / ".gitattributes").read_text().splitlines()
    content = {path.name: path.read_bytes() for path in HOSTILE.rglob("*.csv")}
    assert content["empty.csv"] == b""
    assert content["only-byte-order-mark.csv"] == b"\xef\xbb\xbf"
    assert content["byte-order-mark.csv"].startswith(b"\xef\xbb\xbfforce,")
    assert content["utf-16.csv"].startswith(b"\xff\xfef\0o\0")
    assert content["utf-16-no-mark.csv"].startswith(b"f\0o\0")
    assert content["workbook.csv"].startswith(b"PK\x03\x04")
    assert b"\xe9" in content["invalid-utf8.csv"]
    assert content["crlf.csv"].count(b"\r\n") == content["crlf.csv"].count(b"\n") == 2
    assert (content["cr.csv"].count(b"\r"), content["cr.csv"].count(b"\n")) == (2, 0)
    assert b"\x1b[31m" in content["markup.csv"]
    assert b"tab\there" in content["markup.csv"]


@refused
def test_bad_input_is_refused_with_all_its_faults(name: str) -> None:
    """`load` raises an error whose faults are exactly those that the file has, in their order."""
    path = HOSTILE / name
    with pytest.raises(DataError) as caught:
        crimecmp.load(path)
    faults = caught.value.faults
    assert [(f.file, f.row, f.column) for f in faults] == [
        (str(path / told.file), told.row, told.column) for told in REFUSED[name]
    ]
    for fault, told in zip(faults, REFUSED[name], strict=True):
        assert told.part in fault.problem


@refused
def test_a_command_on_bad_input_says_where(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`rates` prints nothing, names file, row and column on standard error, and fails with 1."""
    assert run(["rates", "--data", str(HOSTILE / name)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("crimecmp: error: ")
    assert "Traceback" not in err
    assert "fault of crimecmp" not in err
    for place, told in zip(places(name), REFUSED[name], strict=True):
        assert re.search(rf"{re.escape(place)}: .*{re.escape(told.part)}", err)
    assert f"crimecmp check {HOSTILE / name}" in err


@refused
def test_check_lists_every_fault(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`check` prints each fault on standard output, and their number on standard error."""
    assert run(["check", str(HOSTILE / name)]) == 1
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert len(lines) == len(places(name))
    for line, place, told in zip(lines, places(name), REFUSED[name], strict=True):
        assert line.startswith(f"{place}: ")
        assert told.part in line
    plural = "" if len(lines) == 1 else "s"
    assert f"{HOSTILE / name} is not sound: {len(lines)} fault{plural}" in err


def crimecmp_run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program as its users do."""
    return subprocess.run(
        [sys.executable, "-m", "crimecmp", *arguments], capture_output=True, check=False
    )


@pytest.mark.parametrize(
    "name", ["several-faults.csv", "invalid-utf8.csv", "no-tables", "dangling-source-folder"]
)
def test_the_program_refuses_bad_input(name: str) -> None:
    """The program itself exits with 1, with nothing on standard output and no traceback."""
    done = crimecmp_run("rates", "--data", str(HOSTILE / name))
    assert (done.returncode, done.stdout) == (1, b"")
    said = done.stderr.decode()
    assert "Traceback" not in said
    assert all(f"{place}: " in said for place in places(name))


def test_the_program_checks_a_file() -> None:
    """`check` itself exits with 1 and lists the faults on standard output."""
    done = crimecmp_run("check", str(HOSTILE / "several-faults.csv"))
    assert done.returncode == 1
    told = [line.split(": ")[0] for line in done.stdout.decode().splitlines()]
    assert told == places("several-faults.csv")


def test_an_unreadable_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that cannot be opened is named with the system's reason."""
    loop = tmp_path / "loop.csv"
    loop.symlink_to(loop)
    assert run(["rates", "--data", str(loop)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert f"{loop}: cannot be read: " in err
    assert run(["check", str(loop)]) == 1
    assert capsys.readouterr().out.startswith(f"{loop}: cannot be read: ")


def test_a_path_that_cannot_be_looked_up_is_no_fault_of_the_output(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The message about a path that the system refuses is about that path, not about the screen."""
    path = "x" * 300
    assert run(["rates", "--data", path]) == 1
    err = capsys.readouterr().err
    assert "standard output" not in err
    assert f"{path}: cannot be read: " in err


@pytest.mark.parametrize(("number", "more"), [(20, ""), (21, "and 1 more"), (45, "and 25 more")])
def test_many_faults_are_shown_to_twenty_and_counted(
    number: int, more: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error shows the first twenty faults and how many more; `check` lists them all."""
    path = tmp_path / "rates.csv"
    rows = [f"durham,burglary,{2000 + year}-06-30,n/a" for year in range(number)]
    path.write_text("\n".join(["force,metric,period_end,value", *rows, ""]))

    assert run(["rates", "--data", str(path)]) == 1
    said = [line.strip() for line in capsys.readouterr().err.splitlines()]
    shown = [line for line in said if line.startswith(f"{path}:")]
    assert [line.split(":")[1] for line in shown] == [str(row) for row in range(2, 22)]
    assert [line for line in said if re.fullmatch(r"and \d+ more", line)] == (
        [more] if more else []
    )

    assert run(["check", str(path)]) == 1
    listed = capsys.readouterr().out.splitlines()
    assert [line.split(":")[1] for line in listed] == [str(row) for row in range(2, number + 2)]


@accepted
def test_odd_input_is_read_without_fuss(name: str) -> None:
    """Marks, line ends, blanks and names as people write them give the same rows as plain ones."""
    rows = crimecmp.load(HOSTILE / name).rows("rates")
    columns = ("force", "metric", "period_end", "value")
    assert [tuple(row[column] for column in columns) for row in rows] == ACCEPTED[name]


@accepted
def test_check_finds_odd_input_sound(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`check` says that it is sound, and for each file its table and the number of its rows."""
    assert run(["check", str(HOSTILE / name)]) == 0
    out, err = capsys.readouterr()
    rows = len(ACCEPTED[name])
    assert out.startswith(f"{HOSTILE / name} is sound\n")
    assert out.rstrip().endswith(f": rates, {rows} row{'' if rows == 1 else 's'}")
    assert err == ""


def test_a_quoted_line_break_is_part_of_its_cell() -> None:
    """The break stays in the text, and the next row's line is counted from it."""
    rows = crimecmp.load(HOSTILE / "good/quoted-newline.csv").rows("rates")
    assert [row["note"] for row in rows] == ["two\nlines", "one line"]


NOTES = {
    "crime-excluding-fraud": "[red]alarm[/red] [/x] :warning:",
    "victim-based-crime": "\x1b[31mred\x1b[0m \x1b]0;title\x07",
    "sexual-offences": "tab\there",
    "violence-with-injury": "=1+1",
    "burglary-in-a-dwelling": "@SUM(A1)",
    "anti-social-behaviour": "\u202eturned %s {0} $HOME",
}
SHOWN = NOTES | {
    "victim-based-crime": "␛[31mred␛[0m ␛]0;title␇",
    "sexual-offences": "tab␉here",
    "anti-social-behaviour": "<U+202E>turned %s {0} $HOME",
}


def test_text_is_kept_as_it_was_written() -> None:
    """Text is what the cell held: nothing is interpreted or removed."""
    rows = crimecmp.load(HOSTILE / "good/markup.csv").rows("rates")
    assert {row["metric"]: row["note"] for row in rows} == NOTES
    assert [row["locator"] for row in rows] == ["[link=x]table[/link]", "", "", "+1", "-1", ""]


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what a command prints, which must succeed."""
    assert run(arguments) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def acting(text: str) -> set[str]:
    """Return characters that could act on a screen, apart from the renderer's line feeds."""
    kinds = {"Cc", "Cs", "Zl", "Zp"}
    return {c for c in text if unicodedata.category(c) in kinds or c in "\u202e\u2066"} - {"\n"}


@formats
@pytest.mark.parametrize(
    "arguments",
    [
        ("rates", "durham", "--data", "good/markup.csv"),
        ("rates", "gotham", "--data", "good/markup-names"),
        ("report", "gotham", "--data", "good/markup-names"),
        ("compare", "gotham", "-m", "burglary", "--data", "good/markup-names"),
        ("forces", "--data", "good/markup-names"),
    ],
    ids=lambda arguments: " ".join(arguments),
)
def test_nothing_from_data_acts_on_a_screen(
    arguments: tuple[str, ...], form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """In no format does a control character of the data reach the output."""
    *command, path = arguments
    out = printed(capsys, *command, str(HOSTILE / path), "--format", form)
    assert acting(out) == set()


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_text_is_shown_as_its_characters(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """People see markup, emoji names and formulas as they are, control characters as pictures."""
    out = printed(capsys, "rates", "--data", str(HOSTILE / "good/markup.csv"), "--format", form)
    if form == "markdown":
        out = re.sub(r"\\([^\w\s])", r"\1", out)  # read as Markdown, a backslash is not shown
    assert all(text in out for text in SHOWN.values())


def test_markdown_does_not_act_on_data(capsys: pytest.CaptureFixture[str]) -> None:
    """What would be a link, an emoji, a tag or a person's name in Markdown is escaped."""
    path = str(HOSTILE / "good/markup.csv")
    out = printed(capsys, "rates", "--data", path, "--format", "markdown")
    for marked in (r"\[red\]", r"\:warning:", r"\@SUM", r"\<U+202E\>"):
        assert marked in out


def test_a_name_with_a_line_break_does_not_break_a_markdown_page(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A heading and a table row are one line each, whatever a name holds."""
    path = str(HOSTILE / "good/markup-names")
    out = printed(capsys, "rates", "gotham", "--data", path, "--format", "markdown")
    heading, blank, answer, second, labels, rule, row, *_ = out.split("\n")
    assert heading.startswith("# ")
    assert blank == second == ""
    assert answer
    bars = [len(re.findall(r"(?<!\\)\|", line)) for line in (labels, rule, row)]
    assert len(set(bars)) == 1
    assert set(rule) <= set("|-: ")


def test_csv_holds_no_formulas(capsys: pytest.CaptureFixture[str]) -> None:
    """Text that a spreadsheet would read as a formula has an apostrophe before it."""
    path = str(HOSTILE / "good/markup.csv")
    out = printed(capsys, "rates", "--data", path, "--format", "csv")
    rows = {row["metric"]: row for row in csv.DictReader(io.StringIO(out, newline=""))}
    expected = SHOWN | {"violence-with-injury": "'=1+1", "burglary-in-a-dwelling": "'@SUM(A1)"}
    assert {metric: row["note"] for metric, row in rows.items()} == expected
    assert rows["violence-with-injury"]["locator"] == "'+1"
    assert rows["burglary-in-a-dwelling"]["locator"] == "'-1"
    assert rows["violence-with-injury"]["force_value"] == "5.2"


def test_json_holds_visible_text(capsys: pytest.CaptureFixture[str]) -> None:
    """JSON has the same characters as the table, and formulas as they are."""
    path = str(HOSTILE / "good/markup.csv")
    page = json.loads(printed(capsys, "rates", "--data", path, "--format", "json"))
    assert {row["metric"]: row["note"] for row in page["rows"]} == SHOWN


def test_the_program_shows_hostile_text() -> None:
    """The program itself prints markup and escape sequences as characters."""
    done = crimecmp_run("rates", "--data", str(HOSTILE / "good/markup.csv"))
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\x1b" not in done.stdout
    out = done.stdout.decode()
    assert "[red]alarm[/red] [/x] :warning:" in out
    assert "␛[31mred␛[0m" in out
