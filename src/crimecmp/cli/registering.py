"""How a function becomes a command: its options, loading the tables, writing the answer."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import typer

from crimecmp.cli import output, typed
from crimecmp.cli.classes import Command
from crimecmp.cli.exit_codes import FAILED_ON
from crimecmp.cli.formats import format_of, refuse_columns
from crimecmp.cli.messages import mention
from crimecmp.cli.options import page_options, picture_options
from crimecmp.errors import DataError

# What a command needs is imported when it runs: help and a wrong option should not wait for it.
if TYPE_CHECKING:
    from crimecmp.document.picture import Picture
    from crimecmp.document.report import Report
    from crimecmp.tables.dataset import Dataset

_STDIN = 0
"""The descriptor of standard input, which may be a file."""

Declaration = Callable[..., None]
"""A group of options, as `crimecmp.cli.options` declares them."""


def page_command(
    app: typer.Typer,
    *declarations: Declaration,
    by_format: bool = False,
    newest_with: str | None = None,
) -> Callable[[Callable[..., "Report"]], Callable[..., "Report"]]:
    """Register a function of the tables and of the declared options, which returns a page.

    The command, which has the function's name, also takes the options of every page. It loads the
    tables, writes the page, and ends with `FAILED_ON`, naming the rows, where some rows of the
    page have what `--fail-on` names.

    Parameters
    ----------
    app
        What the command is added to.
    declarations
        The options that the function takes.
    by_format
        Whether the function is also given the format, as `form`: its page depends on it.
    newest_with
        The option, by its name in the code, that asks for what only the newest figures have.
    """

    def register(command: Callable[..., "Report"]) -> Callable[..., "Report"]:
        def run(context: typer.Context, **given: Any) -> None:
            common = _taken(given, page_options)
            fail_on = given.pop("fail_on", None)
            form = format_of(context)
            names = common["columns"]
            refuse_columns(names, form)
            if by_format:
                given["form"] = form
            newest = bool(newest_with and given[newest_with])
            page = command(_tables(common, newest=newest), **given)
            if fail_on:
                _refuse_findings(page, fail_on)
            output.write(
                page if names is None else _with_columns(page, names, context),
                form,
                common["output"],
                overwrite=common["overwrite"],
                no_colour=no_colour(context),
                notes=common["notes"],
                paged=not common["no_pager"],
            )
            if fail_on:
                _fail_on(page, fail_on)

        _add(app, command.__name__, run, command, *declarations, page_options)
        return command

    return register


def picture_command(
    app: typer.Typer, name: str, *declarations: Declaration, newest: bool = False
) -> Callable[[Callable[..., "Picture"]], Callable[..., "Picture"]]:
    """Register a function of the tables and of the declared options, which returns a picture.

    The command also takes the options of every picture. It loads the tables and writes the
    picture.

    Parameters
    ----------
    app
        What the command is added to.
    name
        The command's name.
    declarations
        The options that the function takes.
    newest
        Whether it is of what only the newest figures have.
    """

    def register(command: Callable[..., "Picture"]) -> Callable[..., "Picture"]:
        def run(context: typer.Context, **given: Any) -> None:
            common = _taken(given, picture_options)
            output.picture_form(common["output"])
            output.write_picture(
                command(_tables(common, newest=newest), **given),
                common["output"],
                overwrite=common["overwrite"],
                no_colour=no_colour(context),
            )

        _add(app, name, run, command, *declarations, picture_options)
        return command

    return register


def no_colour(context: typer.Context) -> bool:
    """Return whether `--no-color` was given, before the command or after it."""
    asked: Any = context
    while asked is not None:
        if asked.params.get("no_color"):
            return True
        asked = asked.parent
    return False


def _tables(common: Mapping[str, Any], *, newest: bool) -> "Dataset":
    """Load the tables that the common options ask for, and refuse to write over one of them.

    With `newest` they are the newest, whatever the options. Where they are not sound, the hint
    says which command lists all faults.
    """
    from crimecmp.tables.files import STANDARD_INPUT
    from crimecmp.tables.loading import load

    path = common["data"]
    try:
        data = load(path, latest=newest or common["latest"])
    except DataError as error:
        if path is not None and path != STANDARD_INPUT:
            error.hint = f"All faults: {typed.command_line('check', path)}"
        raise
    output.refuse_input(
        common["output"],
        [_STDIN] if path == STANDARD_INPUT else [file for file, *_ in data.read],
    )
    return data


def _with_columns(page: "Report", names: str, context: typer.Context) -> "Report":
    """Return a page with the columns that `--columns` names."""
    from crimecmp.cli.columns import with_columns

    asked = (typed.path_of(context), typed.words(context))
    header = f"{typed.command_line(*asked, '--format', 'csv')} | head -1"
    return with_columns(page, names, header)


def _refuse_findings(page: "Report", wanted: Sequence[str]) -> None:
    """Refuse what `--fail-on` names and no row of a page can have."""
    from crimecmp.cli.failing import refuse_findings

    refuse_findings(page, wanted)


def _fail_on(page: "Report", wanted: Sequence[str]) -> None:
    """End with `FAILED_ON`, and name the rows, where some have what `--fail-on` names."""
    from crimecmp.cli.failing import failures

    lines = failures(page, wanted)
    for line in lines:
        mention(line)
    if lines:
        raise typer.Exit(FAILED_ON)


def _parameters(*declarations: Declaration) -> list[inspect.Parameter]:
    return [
        parameter
        for declaration in declarations
        for parameter in inspect.signature(declaration).parameters.values()
    ]


def _taken(given: dict[str, Any], declaration: Declaration) -> dict[str, Any]:
    """Remove the options of a declaration from those given, and return them."""
    return {parameter.name: given.pop(parameter.name) for parameter in _parameters(declaration)}


def _add(
    app: typer.Typer,
    name: str,
    run: Callable[..., None],
    command: Callable[..., object],
    *declarations: Declaration,
) -> None:
    """Add a command that calls `run`, with the help of `command` and the declared options."""
    run.__doc__ = command.__doc__
    context = inspect.Parameter(
        "context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context
    )
    signature = inspect.Signature([context, *_parameters(*declarations)])
    run.__signature__ = signature  # type: ignore[attr-defined]  # Typer reads it
    app.command(name, cls=Command)(run)
