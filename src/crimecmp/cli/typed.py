"""What was typed: the words and options of a command, and the command line with others in place."""

from collections.abc import Container, Iterable, Iterator
from typing import Any

import typer


def given(context: typer.Context, name: str) -> bool:
    """Return whether an option or argument stands on the command line, by its name in the code.

    One that only an environment variable sets does not.
    """
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def words(context: typer.Context) -> list[str]:
    """Return the arguments that were typed, without options."""
    found: list[str] = []
    for parameter in context.command.params:
        if parameter.param_type_name == "argument" and given(context, str(parameter.name)):
            value: Any = context.params[str(parameter.name)]
            found += [value] if isinstance(value, str) else value
    return found


def options(context: typer.Context, without: Container[str] = ()) -> list[str]:
    """Return the options that were typed, each by its longest name, and their values.

    Parameters
    ----------
    context
        The command, its arguments and options understood.
    without
        Names in the code of options that are left out.
    """
    return [
        part
        for parameter in context.command.params
        if parameter.param_type_name == "option"
        and parameter.name not in without
        and given(context, str(parameter.name))
        for part in _parts(max(parameter.opts, key=len), context.params[str(parameter.name)])
    ]


def _parts(option: str, value: Any) -> Iterator[str]:
    """Yield an option, with each of its values."""
    if isinstance(value, bool):
        yield option
        return
    for each in [value] if isinstance(value, str) else value:
        yield from (option, each)


def command_line(*parts: str | Iterable[str]) -> str:
    """Return a command line that a shell understands, from words and lists of words."""
    import shlex  # only advice needs it

    flat = [word for part in parts for word in ([part] if isinstance(part, str) else part)]
    return f"crimecmp {shlex.join(flat)}".rstrip()


def path_of(context: typer.Context) -> list[str]:
    """Return the words that name a command after `crimecmp`, such as `chart` and `trend`."""
    return context.command_path.split()[1:]


def attempt(*parts: str | Iterable[str]) -> str:
    """Return the advice to try a command line."""
    return f"Try: {command_line(*parts)}"


def help_of(context: typer.Context) -> str:
    """Return the advice to read a command's help."""
    return f"Help: {context.command_path} --help"
