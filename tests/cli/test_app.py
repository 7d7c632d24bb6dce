"""The whole command line: its commands, their help, and what is not loaded for it."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
import typer
from terminal import (
    COMMANDS,
    FIGURE_COMMANDS,
    GROUP,
    LISTS,
    OTHER_COMMANDS,
    PAGE_COMMANDS,
    crimecmp_run,
)

import crimecmp
from crimecmp.cli.app import app, app_for
from crimecmp.cli.run import run
from crimecmp.tables.files import bundled_folder

SHARED = {"data", "format", "output", "overwrite", "no_color", "debug"}


def test_the_version_is_that_of_the_package() -> None:
    """`--version` says name and version, by every way in."""
    expected = (f"crimecmp {crimecmp.__version__}\n", "", 0)
    assert crimecmp_run("--version") == expected
    assert crimecmp_run("--no-color", "--version") == expected


def test_without_arguments_there_is_help() -> None:
    """`crimecmp` alone shows the short help, as `-h` does."""
    assert crimecmp_run() == crimecmp_run("-h")
    assert crimecmp_run().out.startswith("Usage: crimecmp ")


def test_all_commands_are_there() -> None:
    """Every command that the program promises is there, and none beside them."""
    assert set(COMMANDS) == {*PAGE_COMMANDS, *OTHER_COMMANDS}


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_begins_with_examples(capsys: pytest.CaptureFixture[str], option: str) -> None:
    """The help of the whole shows examples before it lists anything, and names every command."""
    assert run([option]) == 0
    text = capsys.readouterr().out
    assert 0 < text.index("crimecmp rates durham") < text.index(":\n")
    for name in COMMANDS:
        assert re.search(rf"^  {name} +\S", text, re.MULTILINE)


@pytest.mark.parametrize("name", [*PAGE_COMMANDS, *OTHER_COMMANDS])
def test_every_command_has_help_and_an_example(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """`--help` on a command shows an example of it and a text for each of its options."""
    assert run([name, "--help"]) == 0
    text = capsys.readouterr().out
    assert re.search(rf"^ *crimecmp {name}\b", text, re.MULTILINE)
    for parameter in COMMANDS[name].params:
        said = getattr(parameter, "help", None)
        assert said, parameter.name
        assert said.split()[0] in text
        for option in parameter.opts:
            assert option.startswith("-") is False or option in text


@pytest.mark.parametrize("name", [*PAGE_COMMANDS, *OTHER_COMMANDS])
def test_a_command_alone_is_as_it_is_among_all(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """A command that is named first is built without the others, and is the same command."""
    alone = typer.main.get_command(app_for([name, "-h"]))
    assert list(getattr(alone, "commands")) == ([name] if name != "chart" else list(COMMANDS))  # noqa: B009 - Typer types no group
    for option in ("-h", "--help"):
        helps = []
        for group in (alone, GROUP):
            group.main([name, option], prog_name="crimecmp", standalone_mode=False)
            helps.append(capsys.readouterr().out)
        assert helps[0] == helps[1]


@pytest.mark.parametrize("kind", ["rank", "map"])
def test_a_picture_alone_is_as_it_is_among_all(
    capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    """A picture that is named first is built without the others, and is the same command."""
    alone = typer.main.get_command(app_for(["chart", kind, "--help"]))
    [charts] = getattr(alone, "commands").values()  # noqa: B009 - Typer types no group
    assert list(charts.commands) == [kind]
    helps = []
    for group in (alone, GROUP):
        group.main(["chart", kind, "--help"], prog_name="crimecmp", standalone_mode=False)
        helps.append(capsys.readouterr().out)
    assert helps[0] == helps[1]
    assert f"crimecmp chart {kind}" in helps[0]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--help"],
        ["--no-color", "rates"],
        ["rate"],
        ["chart"],
        ["chart", "-h"],
        ["chart", "bar"],
    ],
)
def test_without_a_command_first_all_are_built(arguments: list[str]) -> None:
    """All commands are there for help, for options before a command and for a misspelt name."""
    assert app_for(arguments) is app


@pytest.mark.parametrize("name", PAGE_COMMANDS)
def test_every_page_has_the_shared_options(name: str) -> None:
    """Data, format, file, overwriting, colour and debugging are options of every page."""
    assert {parameter.name for parameter in COMMANDS[name].params} >= SHARED


@pytest.mark.parametrize("name", FIGURE_COMMANDS)
def test_every_page_of_figures_has_its_choices(name: str) -> None:
    """Benchmark, group, source and period are options of every page of figures."""
    assert {parameter.name for parameter in COMMANDS[name].params} >= {
        "benchmark", "group", "weighted", "source", "period", "level", "fail_on",
    }  # fmt: skip


def test_a_trend_has_its_choices() -> None:
    """All choices of a page of figures are those of a trend too, but one period is no series."""
    options = {parameter.name for parameter in COMMANDS["trend"].params}
    assert options >= {"force", "metric", "benchmark", "group", "weighted", "source", "level"}
    assert "period" not in options


@pytest.mark.parametrize("name", [*PAGE_COMMANDS, *OTHER_COMMANDS])
def test_no_command_lacks_the_ways_out(name: str) -> None:
    """Colour can be refused and a traceback asked for on every command."""
    assert {parameter.name for parameter in COMMANDS[name].params} >= {"no_color", "debug"}


# --- What is not loaded

LOADED = """
import sys
from crimecmp.cli.run import run
code = run(sys.argv[1:])
libraries = {
    "pandas", "numpy", "rich.console", "matplotlib", "jinja2", "urllib3", "crimecmp.importers"
}
print(code, sorted(libraries & set(sys.modules)), file=sys.stderr)
"""


def loaded(*arguments: str) -> str:
    """Return a run's exit code and the libraries that it loaded, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments], capture_output=True, check=True, text=True
    )
    return done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("--help", 0),
        ("-h", 0),
        ("rates --help", 0),
        ("rates -h", 0),
        ("chart trend -h", 0),
        ("--version", 0),
        ("forces --format csv", 0),
        ("metrics --format json", 0),
        ("fetch --format csv", 0),
        ("fetch atlantis --to mine", 2),
        ("sources --format markdown", 0),
        ("rates --fromat csv", 2),
        ("rates --format xml", 2),
        ("nonsense", 2),
        ("rates atlantis", 2),
    ],
)
def test_what_needs_no_figures_loads_no_library(arguments: str, code: int) -> None:
    """Help, version, lists and wrong command lines wait for neither frames nor Rich nor drawing."""
    assert loaded(*arguments.split()) == f"{code} []"


@pytest.mark.parametrize("name", [*LISTS, "check"])
def test_lists_and_checks_for_people_load_no_pandas(name: str) -> None:
    """A list as a table needs Rich and no pandas; a check needs neither."""
    more = [str(bundled_folder())] if name == "check" else []
    assert loaded(name, *more) == f"0 {[] if name == 'check' else ['rich.console']}"


@pytest.mark.parametrize(
    ("arguments", "libraries"),
    [
        ("rates durham", ["rich.console"]),
        ("rates durham --format csv", []),
        ("report durham", ["rich.console"]),
        ("chart bars durham", ["rich.console"]),
        ("report durham --format html", ["jinja2", "matplotlib"]),
    ],
)
def test_a_page_loads_what_shows_it(arguments: str, libraries: list[str]) -> None:
    """Figures take pandas; beside it, characters need Rich alone, HTML what draws its pictures."""
    assert loaded(*arguments.split()) == f"0 {sorted(['numpy', 'pandas', *libraries])}"
