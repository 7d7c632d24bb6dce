"""The help: short and whole, in groups, and no wider than a terminal of 80 columns."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bundled import Program
from terminal import COMMANDS, GROUP

from crimecmp.cli.classes import Command, Group
from crimecmp.cli.options import COMMON, OPTION_GROUPS

CHART: Any = COMMANDS["chart"]  # Typer types no group
PICTURES: dict[str, Any] = CHART.commands
BY_NAME: dict[str, Any] = {
    **{name: command for name, command in COMMANDS.items() if name != "chart"},
    **{f"chart {name}": command for name, command in PICTURES.items()},
}
"""Every command that does something, by its words."""

EVERY = ["", "chart", *BY_NAME]
WIDTH, HEIGHT = 80, 24


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(WIDTH))


def headings(text: str) -> list[str]:
    """Return the headings of a help."""
    return re.findall(r"^([A-Z][a-z ]+):$", text, re.MULTILINE)


def section(text: str, heading: str) -> str:
    """Return what stands under a heading."""
    return text.partition(f"\n{heading}:\n")[2].partition("\n\n")[0]


def options_in(text: str) -> set[str]:
    """Return the options that the lines of a help begin with."""
    return {
        option
        for line in re.findall(r"^  (-.*)$", text, re.MULTILINE)
        for option in re.findall(r"--?[a-z][a-z-]*", line.partition("  ")[0])
    }


def words_of(text: str) -> set[str]:
    """Return the words of a text, and the parts between hyphens, at which a line may end."""
    return set(re.split(r"[\s-]+", text))


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("option", ["-h", "--help"])
@pytest.mark.parametrize("width", [40, 47, 60, WIDTH, 140])
def test_no_line_is_wider_than_the_terminal(
    run: Program, monkeypatch: pytest.MonkeyPatch, name: str, option: str, width: int
) -> None:
    """From 40 columns on no line runs over, no word is broken and nothing is cut."""
    whole = words_of(run(*name.split(), option).out)
    monkeypatch.setenv("COLUMNS", str(width))
    done = run(*name.split(), option)
    assert (done.err, done.code) == ("", 0)
    assert max(map(len, done.out.splitlines())) <= width
    assert words_of(done.out) - whole <= {"\\"}
    assert "..." not in re.sub(r"FORCE\.\.\.|FILE\.\.\.|NAME\.\.\.|\[ARGS\]\.\.\.", "", done.out)


@pytest.mark.parametrize("name", EVERY)
def test_an_example_stands_on_one_line(run: Program, name: str) -> None:
    """Every example is shown whole, in both helps."""
    command = BY_NAME.get(name) or (COMMANDS["chart"] if name else GROUP)
    examples = re.findall(r"^crimecmp .*$", str(command.help), re.MULTILINE)
    assert examples
    for option in ("-h", "--help"):
        lines = run(*name.split(), option).out.splitlines()
        assert {f"  {example}" for example in examples} <= set(lines)


@pytest.mark.parametrize("name", EVERY)
def test_an_example_that_is_folded_can_be_typed_as_it_stands(
    run: Program, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """On a narrow terminal a shell joins the lines of an example to the whole command."""
    command = BY_NAME.get(name) or (COMMANDS["chart"] if name else GROUP)
    examples = re.findall(r"^(crimecmp .*?)(?:  .*)?$", str(command.help), re.MULTILINE)
    monkeypatch.setenv("COLUMNS", "40")
    out = run(*name.split(), "-h").out
    joined = re.sub(r" \\\n +", " ", out)
    assert {f"  {example}" for example in examples} <= set(joined.splitlines())


@pytest.mark.parametrize("option", ["-h", "--help"])
@pytest.mark.parametrize(("name", "commands"), [("", COMMANDS), ("chart", PICTURES)])
def test_a_list_of_commands_has_the_whole_summary_of_each(
    run: Program, option: str, name: str, commands: dict[str, Any]
) -> None:
    """What a command does stands behind its name, on one line, as its own help begins."""
    text = run(*name.split(), option).out
    for each, command in commands.items():
        summary = command.help.partition("\n")[0]
        assert summary.endswith(".")
        assert len(re.findall(rf"^  {each} +{re.escape(summary)}$", text, re.MULTILINE)) == 1


@pytest.mark.parametrize("name", EVERY)
def test_the_short_help_fits_a_screen(run: Program, name: str) -> None:
    """`-h` fits a terminal of 80 by 24 with the line that it was typed on; the list of all, 42."""
    lines = run(*name.split(), "-h").out.splitlines()
    assert len(lines) < (HEIGHT if name else 42)


@pytest.mark.parametrize("name", BY_NAME)
def test_the_short_help_has_the_common_options(run: Program, name: str) -> None:
    """`-h` shows those options of a command that are common, and says where all of them are."""
    text = run(*name.split(), "-h").out
    common = {
        option
        for parameter in BY_NAME[name].params
        if parameter.name in COMMON and parameter.param_type_name == "option"
        for option in parameter.opts
    }
    assert options_in(text) == common
    assert text.splitlines()[-1] == f"All options: crimecmp {name} --help"


def test_common_options_are_options() -> None:
    """Each option that is common is one of some command."""
    names = {parameter.name for command in BY_NAME.values() for parameter in command.params}
    assert set(COMMON) <= names


@pytest.mark.parametrize("name", BY_NAME)
def test_options_stand_in_the_groups_that_they_are_declared_in(run: Program, name: str) -> None:
    """`--help` shows every option once, in its group; the groups have one order everywhere."""
    text = run(*name.split(), "--help").out
    shown = [heading for heading in headings(text) if heading != "Arguments"]
    assert shown == [group for group in OPTION_GROUPS if group in shown]
    declared: dict[str, set[str]] = {group: set() for group in OPTION_GROUPS}
    for parameter in BY_NAME[name].params:
        if parameter.param_type_name == "option":
            declared[parameter.rich_help_panel] |= {*parameter.opts, *parameter.secondary_opts}
    declared[OPTION_GROUPS[-1]] |= {"-h", "--help"}
    for group, options in declared.items():
        assert options_in(section(text, group)) == options


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_every_command_stands_in_one_group(run: Program, option: str) -> None:
    """The list of commands has each of them in one of its groups, in the order of the table."""
    whole: Any = GROUP
    groups: dict[str, tuple[str, ...]] = whole.command_groups
    listed = [name for names in groups.values() for name in names]
    assert sorted(listed) == sorted(COMMANDS)
    text = run(option).out
    for heading, names in groups.items():
        shown = re.findall(r"^  ([a-z]+) ", section(text, heading), re.MULTILINE)
        assert shown == list(names)


def test_every_command_is_of_the_programs_own_class() -> None:
    """A command of Typer's class would have neither this help nor answers to near misses."""
    assert isinstance(GROUP, Group)
    assert isinstance(COMMANDS["chart"], Group)
    assert all(isinstance(command, Command) for command in BY_NAME.values())


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_goes_before_everything_else(run: Program, option: str) -> None:
    """What else is typed is not looked at, so that help is there for a half-typed command."""
    assert run("rates", "atlantis", option) == run("rates", option)
    assert run("import", option).code == 0


def test_a_misspelt_help_is_answered_with_it(run: Program) -> None:
    """`--help`, which no command declares, is suggested as every other option is."""
    assert "Try: crimecmp rates --help" in run("rates", "--hlep").err
