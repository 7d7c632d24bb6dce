"""What the README and docs/ show is what happens, and the README leads to each page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
import typer

import crimecmp
from crimecmp.cli import exit_codes
from crimecmp.cli.app import app
from crimecmp.render import Format

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = (README, *sorted((ROOT / "docs").glob("*.md")))
TEXTS = {str(page.relative_to(ROOT)): page.read_text("utf-8") for page in PAGES}
LARGEST = 10_000
"""The most bytes that the README may have: a front page is read at one go."""

FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
BANNED = re.compile(
    r"\d %|\bnought|\bin per cent|worked out|\bof which\b|\bwhose\b|\bso many\b",
    re.IGNORECASE,
)
"""Forms that a reader has to read twice, or that are not present-day English."""


def blocks(language: str) -> list[tuple[str, str]]:
    """Return the blocks of code in a language, each with the name of its page."""
    return [
        (name, code)
        for name, text in TEXTS.items()
        for found, code in FENCED.findall(text)
        if found == language
    ]


def anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_command_prints_what_the_page_shows() -> None:
    """Each command of a page, run in order in an empty folder, prints the text beneath it."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "docs.py"), "--check"],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_the_readme_is_a_front_page() -> None:
    """It is short, and begins with the answer to the main question."""
    assert README.stat().st_size <= LARGEST
    command, *shown = blocks("console")[0][1].splitlines()
    assert command == "$ crimecmp rates durham"
    assert len(shown) > 10


def test_the_check_of_the_pages_has_something_to_check() -> None:
    """There are blocks of commands, each runs crimecmp, and most pages have one."""
    shown = blocks("console")
    assert all(
        re.search(r"^\$ (?:[A-Z_]+=\S+ )*crimecmp ", code, re.MULTILINE) for _, code in shown
    )
    assert len({name for name, _ in shown}) >= 5


def test_no_block_is_in_a_language_that_nothing_looks_at() -> None:
    """Commands are in `console`, which is run, or `sh`; code is `python` or `sql`, run by tests."""
    for name, text in TEXTS.items():
        assert {language for language, _ in FENCED.findall(text)} <= {
            "console",
            "sh",
            "sql",
            "python",
        }
        assert text.count("```") == 2 * len(FENCED.findall(text)), name


@pytest.mark.parametrize("code", [code for _, code in blocks("python")])
def test_python_runs(code: str) -> None:
    """The lines for a notebook run without an error or a warning."""
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


def test_every_command_and_format_is_described() -> None:
    """No command, kind of picture or format goes without a word."""
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    chart = group.commands["chart"]
    assert isinstance(chart, typer.core.TyperGroup)
    everything = "\n".join(TEXTS.values())
    assert {"rates", "import"} <= set(group.commands)
    shown = [name for name, command in group.commands.items() if not command.hidden]
    for name in (*shown, *chart.commands, *get_args(Format)):
        assert re.search(rf"`[^`\n]*\b{name}\b[^`\n]*`", everything), name


def test_every_exit_code_is_described() -> None:
    """The table of exit codes has all that the program can end with."""
    codes = {value for name, value in vars(exit_codes).items() if name.isupper()}
    rows = re.findall(r"^\| (\d+) \|", TEXTS["docs/output.md"], re.MULTILINE)
    assert {int(code) for code in rows} == codes


def test_every_page_is_linked_from_the_readme() -> None:
    """The README leads to each page of docs/, the man page too."""
    targets = set(LINK.findall(TEXTS["README.md"]))
    assert {f"docs/{page.name}" for page in (ROOT / "docs").iterdir()} <= targets


@pytest.mark.parametrize("name", TEXTS)
def test_every_link_leads_somewhere(name: str) -> None:
    """A relative link names a file of the project, and its anchor a heading of that page."""
    for link in LINK.findall(FENCED.sub("", TEXTS[name])):
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / name).parent / path if path else ROOT / name
        assert target.exists(), link
        assert target.resolve().is_relative_to(ROOT), link
        assert not anchor or anchor in anchors(target.read_text("utf-8")), link


@pytest.mark.parametrize("name", TEXTS)
def test_the_words_are_plain(name: str) -> None:
    """The text of a page, apart from what commands print and names in code, has no banned form."""
    text = re.sub(r"`[^`\n]*`", "", FENCED.sub("", TEXTS[name]))
    assert BANNED.findall(text) == []


@pytest.mark.skipif(
    "CRIMECMP_EXPECT_WHEEL" not in os.environ,
    reason="asks whether the built wheel is tested, which .ci/run alone sets up",
)
def test_the_wheel_is_what_is_tested() -> None:
    """In the check of the built wheel the installed package is tested, not this folder's."""
    assert ROOT not in Path(crimecmp.__file__).parents
