"""No text of a user's acts on a reader, in any place and any format.

The judges are `judges`; real programs judge the same payloads in `scripts/hostile_pages.py`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from bundled import Program
from judges import JUDGES, in_a_terminal, in_markdown, on_screen
from openpyxl import Workbook
from payloads import LINKED, PAYLOADS, hostile_tables
from reading_html import Reader
from terminal import on_terminal

every_payload = pytest.mark.parametrize("payload", PAYLOADS)
SHOWING_MOST = (
    ("report", "gotham", "metropolis", "--full"),
    ("judgments", "gotham"),
)
"""Commands that show nearly every cell; the script for real programs runs them all."""


@every_payload
@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown"])
def test_no_text_acts(payload: str, form: str, tmp_path: Path, run: Program) -> None:
    """Each payload, in every cell of text of every table, is text in every format."""
    data = str(hostile_tables(tmp_path, PAYLOADS[payload]))
    for command in SHOWING_MOST:
        done = run(*command, "--data", data, "--format", form, "--notes", "full")
        assert done.code == 0, done.err
        assert list(JUDGES[form](done.out)) == []


def test_no_text_acts_in_a_page(tmp_path: Path, run: Program) -> None:
    """All payloads together are text in a page of HTML, with its style sheet and its pictures."""
    data = str(hostile_tables(tmp_path, " ".join(PAYLOADS.values())))
    done = run("rates", "gotham", "--data", data, "--format", "html")
    assert done.code == 0, done.err
    assert list(JUDGES["html"](done.out)) == []


def test_no_text_acts_in_a_picture(tmp_path: Path, run: Program) -> None:
    """All payloads together are text in a picture in SVG."""
    data = str(hostile_tables(tmp_path, " ".join(PAYLOADS.values())))
    picture = tmp_path / "picture.svg"
    done = run("chart", "bars", "gotham", "--data", data, "--output", str(picture))
    assert done.code == 0, done.err
    assert list(JUDGES["svg"](picture.read_text("utf-8"))) == []


@every_payload
def test_no_name_of_a_file_acts(payload: str, tmp_path: Path, run: Program) -> None:
    """A file's name is text where it is the source of figures, and where it has a fault."""
    name = PAYLOADS[payload].replace("/", "").replace("\0", "")[:80]
    file = tmp_path / f"{name}.csv"
    header = "force,metric,period_end,value"
    file.write_text(f"{header}\ndurham,burglary,2014-06-30,5.0\n", "utf-8")
    for form in ("table", "csv", "json", "markdown"):
        done = run("rates", "durham", "--data", str(file), "--format", form)
        assert list(JUDGES[form](done.out)) == []
    file.write_text(f"{header}\n{name},,,\n", "utf-8")
    done = run("rates", "durham", "--data", str(file))
    assert done.code == 1
    assert list(in_a_terminal(done.err)) == []
    assert list(in_a_terminal(run("check", str(file)).out)) == []


def test_no_name_of_a_sheet_acts(tmp_path: Path, run: Program) -> None:
    """A sheet's name is text where an import says what it left out."""
    book = Workbook()
    for number, text in enumerate(PAYLOADS.values()):
        title = "".join(c for c in text if ord(c) > ord("\x1f") and c not in "\\/*?:[]")[:25]
        book.create_sheet(f"{number} {title}").append(["Table P1", "x", "y"])
    file = tmp_path / "<b>\x1b[31m.xlsx"
    book.save(file)
    done = run("import", str(file), "--to", str(tmp_path / "mine"))
    assert done.code == 1
    assert list(in_a_terminal(done.err)) == []


@pytest.mark.parametrize(
    "payload", ["OSC 8 link", "OSC 52 clipboard", "C1 controls", "rich markup"]
)
def test_no_text_acts_on_a_real_terminal(payload: str, tmp_path: Path) -> None:
    """Nothing but text and changes of colour reaches a terminal."""
    data = str(hostile_tables(tmp_path, PAYLOADS[payload]))
    done = on_terminal("rates", "gotham", "--data", data)
    assert done.code == 0
    assert list(on_screen(done.out)) == []


@pytest.mark.parametrize(
    "address",
    [
        "http://figures.example/a",
        "javascript:alert(1)",
        "data:text/html,x",
        "//figures.example",
        "x",
    ],
)
def test_only_https_makes_a_link(address: str, tmp_path: Path, run: Program) -> None:
    """A source's address is a link where it begins with https, and else is text."""
    for url, links in ((address, []), (LINKED, [LINKED])):
        data = str(hostile_tables(tmp_path, "text", url))
        page = run("rates", "gotham", "--data", data, "--format", "html").out
        assert links_of(page) == links
        text = run("rates", "gotham", "--data", data, "--format", "markdown").out
        assert list(in_markdown(text)) == []
        assert [part for part in text.split() if part.startswith("<")] == [f"<{x}>" for x in links]


def links_of(page: str) -> list[str]:
    """Return the addresses that a page of HTML links to, those within it apart."""
    reader = Reader()
    reader.feed(page)
    found = [link.attrs["href"] for link in reader.root.all("a")]
    return [address for address in found if not address.startswith("#")]
