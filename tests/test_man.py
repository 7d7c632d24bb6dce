"""The man page says what the help says, in a form that every man can show."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from crimecmp.cli import exit_codes
from crimecmp.cli.app import app

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "crimecmp.1"
LINES = PAGE.read_text("ascii").splitlines()
MACROS = {".TH", ".SH", ".SS", ".TP", ".PP", ".nf", ".fi", ".nh", ".ad"}
FROM_HELP = ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "COMMON OPTIONS")
BESIDE_IT = ("ENVIRONMENT", "EXIT STATUS", "EXAMPLES", "SEE ALSO")


def plain(lines: list[str]) -> str:
    """Return lines of a man page without fonts and escapes."""
    return re.sub(r"\\f[BIR]", "", "\n".join(lines)).replace(r"\-", "-")


def section(name: str) -> list[str]:
    """Return the lines of one section."""
    start = LINES.index(f".SH {name}") + 1
    ends = [number for number in range(start, len(LINES)) if LINES[number].startswith(".SH ")]
    return LINES[start : min(ends, default=len(LINES))]


def test_the_man_page_is_up_to_date() -> None:
    """The man page is what the script makes of the help now."""
    script = ROOT / "scripts" / "man.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, check=False, encoding="utf-8"
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_it_has_the_sections_of_a_man_page_in_their_order() -> None:
    """What a reader of man pages looks for is where it always is."""
    found = [line.removeprefix(".SH ") for line in LINES if line.startswith(".SH ")]
    assert found == [*FROM_HELP, *BESIDE_IT]


def test_every_command_with_its_options_is_in_it() -> None:
    """Each command has a part of its own, and each of its options is there or among the common."""
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    chart = group.commands["chart"]
    assert isinstance(chart, typer.core.TyperGroup)
    commands = {**group.commands, **{f"chart {name}": one for name, one in chart.commands.items()}}
    common = plain(section("COMMON OPTIONS"))
    parts = re.split(r'^\.SS "(.*)"$', plain(section("COMMANDS")), flags=re.MULTILINE)[1:]
    told = dict(zip(parts[::2], parts[1::2], strict=True))
    shown = {name: one for name, one in commands.items() if not one.hidden}
    assert set(told) == set(shown)
    for name, command in shown.items():
        for parameter in command.params:
            option = next((form for form in parameter.opts if form.startswith("--")), None)
            if option is not None and not getattr(parameter, "hidden", False):
                assert re.search(rf"{option}\b", told[name] + common), f"{name} {option}"


def test_every_exit_code_is_in_it() -> None:
    """EXIT STATUS has all codes that the program can end with."""
    codes = {value for name, value in vars(exit_codes).items() if name.isupper()}
    shown = re.findall(r"^\\fB(\d+)\\fR$", "\n".join(section("EXIT STATUS")), re.MULTILINE)
    assert {int(code) for code in shown} == codes


def test_nothing_of_the_text_is_an_instruction() -> None:
    """A line begins with a macro that is meant or with text, and hyphens can be copied."""
    for line in LINES[1:]:
        word = line.split(" ")[0]
        assert not line.startswith(("'", ".")) or word in MACROS, line
        assert re.search(r"(?<!\\)-", line) is None, line
        assert re.search(r"\\(?![-&e]|f[BIR]|\((?:aq|ga|ha|ti)|\[u)", line) is None, line


def test_it_has_no_date() -> None:
    """The heading has the version alone, so that the same help gives the same page."""
    heading = next(line for line in LINES if line.startswith(".TH "))
    assert re.fullmatch(r'\.TH CRIMECMP 1 "" "crimecmp [\d.]+" "User Commands"', heading)


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_groff_shows_it_without_a_warning() -> None:
    """The formatter of man pages has nothing to say against it."""
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", str(PAGE)], capture_output=True, check=True
    )
    assert done.stderr == b""
