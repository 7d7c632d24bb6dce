"""What `-h` and `--help` print: the common options, and all of them in groups.

Typer would draw this with Rich, which takes as long to load as everything else at the start. The
types of contexts, formatters and parameters are Typer's own.
"""

import inspect
import re
import shutil
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

import typer
from typer.core import TyperOption

from crimecmp.cli.options import COMMON, OPTION_GROUPS

_ARGUMENTS, _OTHERS = "Arguments", "Options"
_HELP = ("-h, --help", "The common options, or all of them.")
_BESIDE, _UNDER, _READABLE = 30, 4, 28
_AS_TYPED = "\b"
"""The line before a paragraph that keeps its lines."""

Rows = list[tuple[str, str]]


def _show_short_help(context: Any, parameter: object, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        typer.echo(short_help(context))
        raise typer.Exit


SHORT = TyperOption(
    param_decls=["-h"],
    is_flag=True,
    expose_value=False,
    is_eager=True,
    help="Show the common options.",
    callback=_show_short_help,
)
"""The option `-h` of every command. `--help`, which shows all options, is Typer's."""


def short_help(context: Any) -> str:
    """Return what a command does, its examples and common options, or a group's commands."""
    command, formatter = context.command, context.make_formatter()
    fit(formatter)
    command.format_usage(context, formatter)
    command.format_help_text(context, formatter)
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    common = [each for each in command.params if each.name in COMMON]
    write_sections(
        formatter,
        (
            (_ARGUMENTS, _short_rows(arguments, context)),
            ("Common options", _short_rows(common, context)),
        ),
    )
    write_commands(command, context, formatter)
    formatter.write_paragraph()
    for line in _example(f"All options: {context.command_path} --help", formatter.width):
        formatter.write(f"{line}\n")
    return str(formatter.getvalue()).rstrip("\n")


def fit(formatter: Any) -> None:
    """Let a formatter keep to a terminal that is narrower than the least width it takes itself."""
    formatter.width = min(formatter.width, max(shutil.get_terminal_size().columns - 2, _UNDER))


def write_text(command: Any, formatter: Any) -> None:
    """Write what a command does, and its examples: one that is too long for a line goes on below.

    An example that is folded can still be typed or pasted as it stands.
    """
    text = inspect.cleandoc(command.help or "")
    paragraphs = [
        "\n".join(
            part for line in paragraph.splitlines() for part in _example(line, formatter.width)
        )
        if paragraph.startswith(_AS_TYPED)
        else paragraph
        for paragraph in text.split("\n\n")
    ]
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text("\n\n".join(paragraphs))


def _example(line: str, room: int) -> list[str]:
    """Return an example, and what it gives, on as many lines as they need."""
    if len(line) <= room:
        return [line]
    command, _, gives = re.sub(r" {2,}", "\0", line).partition("\0")
    typed = textwrap.wrap(
        command, room - 2, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )
    told = textwrap.wrap(gives, room, initial_indent="    ", subsequent_indent="    ")
    return [*(f"{part} \\" for part in typed[:-1]), *typed[-1:], *told]


def write_options(command: Any, context: Any, formatter: Any, *, grouped: bool) -> None:
    """Write all arguments and options.

    Parameters
    ----------
    command, context, formatter
        What they are of, and where they are written.
    grouped
        Whether options stand in the groups that they are declared in, and not all in one.
    """
    found: dict[str, list[Any]] = {}
    for parameter in command.params:
        group = (parameter.rich_help_panel if grouped else None) or _OTHERS
        found.setdefault(
            _ARGUMENTS if parameter.param_type_name == "argument" else group, []
        ).append(parameter)
    sections = {
        title: _rows(found.get(title, ()), context)
        for title in (_ARGUMENTS, *OPTION_GROUPS, _OTHERS)
    }
    sections[OPTION_GROUPS[-1] if grouped else _OTHERS].append(_HELP)
    write_sections(formatter, sections.items())


def write_commands(command: Any, context: Any, formatter: Any) -> None:
    """Write the commands of a group with the first line of their help; nothing for a command."""
    commands = getattr(command, "commands", {})
    groups = getattr(command, "command_groups", {}) or {"Commands": commands}
    write_sections(
        formatter,
        (
            (title, [(name, (commands[name].help or "").partition("\n")[0]) for name in names])
            for title, names in groups.items()
        ),
    )


def _rows(parameters: Iterable[Any], context: Any) -> Rows:
    records: Iterator[Any] = (each.get_help_record(context) for each in parameters)
    return [record for record in records if record is not None]


def _short_rows(parameters: Iterable[Any], context: Any) -> Rows:
    """Return what `_rows` does, without environment variables and defaults."""
    return [(name, said.partition("  [")[0]) for name, said in _rows(parameters, context)]


def write_sections(formatter: Any, sections: Iterable[tuple[str, Rows]]) -> None:
    """Write lists under their headings, leaving out those that are empty."""
    for title, rows in sections:
        if rows:
            widest = min(max(len(name) for name, _ in rows), _BESIDE)
            beside = widest <= formatter.width - _READABLE
            with formatter.section(title):
                formatter.write_dl(rows, col_max=_BESIDE if beside else _UNDER)
