"""Options and values that a command does not take, each answered with the one that fits."""

import os
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

import typer

from crimecmp.cli import typed
from crimecmp.cli.typed import attempt, help_of
from crimecmp.errors import RequestError
from crimecmp.text import in_words, visible

OTHER_OPTIONS = {
    "--against": ["--benchmark"],
    "--csv": ["--format", "csv"],
    "--full": ["--notes", "full"],
    "--html": ["--format", "html"],
    "--json": ["--format", "json"],
    "--markdown": ["--format", "markdown"],
    "--md": ["--format", "markdown"],
    "--measure": ["--metric"],
    "--no-notes": ["--notes", "none"],
    "--verbose": ["--notes", "full"],
}
"""Options that people look for, and what to type here."""

NO_OPTIONS = ("--force", "--forces")
"""Options that people look for where a name stands alone."""

OF_COMPARE = ("--metric", "-m", "--all")
"""Options that people look for in other commands, and that `compare` has."""

OTHER_VALUES = {
    "level": {"95": "0.95", "95%": "0.95", "99.8": "0.998", "99.8%": "0.998"},
    "format": {
        "excel": "csv",
        "md": "markdown",
        "text": "table",
        "txt": "table",
        "xls": "csv",
        "xlsx": "csv",
    },
}
"""Values that people look for, by the option's name in the code, and what to type here."""


def better(
    error: typer.TyperException, context: typer.Context, arguments: Sequence[str]
) -> Exception:
    """Return the error to raise where a command line cannot be understood.

    Parameters
    ----------
    error
        What Typer says of it. It is returned as it is where nothing better is known.
    context
        The command, or the group of commands.
    arguments
        What follows its name.
    """
    if hasattr(error, "possibilities") and hasattr(error, "option_name"):
        return _unknown_option(context, arguments, error.option_name)
    parameter: Any = getattr(error, "param", None)
    if isinstance(error, typer.BadParameter) and parameter is not None:
        choices = getattr(parameter.type, "choices", ())
        wrong = [value for value in _values(arguments, parameter.opts) if value.text not in choices]
        if choices and wrong:
            return _wrong_value(context, arguments, wrong[0], parameter)
        if choices and parameter.envvar:
            return _wrong_variable(parameter)
    if getattr(error, "ctx", context) is None:
        error.ctx = context  # type: ignore[attr-defined]  # Typer declares no such field, but reads it to name the help
    return error


def _unknown_option(context: typer.Context, arguments: Sequence[str], option: str) -> RequestError:
    path = typed.path_of(context)
    message = f"{context.command_path} has no option {visible(option)}"
    commands: Any = getattr(context.command, "commands", {})
    first = next((part for part in arguments if part in commands), None)
    if first is not None:
        others = [part for part in arguments if part != first]
        return RequestError(f"{message}: options follow a command", attempt(path, first, others))
    if option in NO_OPTIONS:
        others = [part.removeprefix(f"{option}=") for part in arguments if part != option]
        return RequestError(message, attempt(path, others))
    own = [name for parameter in context.command.get_params(context) for name in parameter.opts]
    instead = OTHER_OPTIONS.get(option, [option])
    if instead[0] not in own:
        bare = {name.lstrip("-"): name for name in (*OF_COMPARE, *own)}
        near = get_close_matches(instead[0].lstrip("-"), bare, n=1)
        instead = [bare[name] for name in near]
    if not instead:
        return RequestError(message, help_of(context))
    typed_again = [
        part
        for argument in arguments
        for part in (
            [*instead[:-1], instead[-1] + argument.removeprefix(option)]
            if argument.partition("=")[0] == option
            else [argument]
        )
    ]
    if instead[0] in ("--metric", "-m") and typed_again[-1] == instead[0]:
        typed_again.append("burglary")  # a command that can be typed needs a measure
    return RequestError(message, attempt(path if instead[0] in own else "compare", typed_again))


class _Value(NamedTuple):
    """A value of an option: its text, the argument's place, and what stands before it there."""

    text: str
    place: int
    before: str


def _values(arguments: Sequence[str], options: Sequence[str]) -> Iterator[_Value]:
    """Yield the values that were typed for an option, by any of its names."""
    for place, argument in enumerate(arguments):
        name, sign, value = argument.partition("=")
        if argument in options and place + 1 < len(arguments):
            yield _Value(arguments[place + 1], place + 1, "")
        elif sign and name in options:
            yield _Value(value, place, f"{name}=")
        elif argument[:2] in options:
            yield _Value(argument[2:], place, argument[:2])


def _wrong_variable(parameter: Any) -> RequestError:
    choices = in_words(map(str, parameter.type.choices), "or")
    value = visible(os.environ.get(parameter.envvar, ""))
    return RequestError(
        f"the environment variable {parameter.envvar} is {choices}, not '{value}'",
        "Set it to one of these, or unset it.",
    )


def _wrong_value(
    context: typer.Context, arguments: Sequence[str], value: _Value, parameter: Any
) -> RequestError:
    choices = [str(choice) for choice in parameter.type.choices]
    option = max(parameter.opts, key=len)
    message = f"{option} is {in_words(choices, 'or')}, not '{visible(value.text)}'"
    others = OTHER_VALUES.get(parameter.name, {})
    near = get_close_matches(value.text.lower(), choices, n=1)
    instead = others.get(value.text.lower(), near[0] if near else None)
    if instead is None:
        return RequestError(message, help_of(context))
    typed_again = [*arguments]
    typed_again[value.place] = f"{value.before}{instead}"
    return RequestError(message, attempt(typed.path_of(context), typed_again))
