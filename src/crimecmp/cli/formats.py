"""Which format a page is written in: what `--format` says, or the ending of the file."""

import sys
from contextlib import suppress
from pathlib import Path

import typer

from crimecmp.cli import typed
from crimecmp.cli.output import STANDARD_OUTPUT
from crimecmp.errors import RequestError
from crimecmp.render import Format
from crimecmp.tables.names import normal
from crimecmp.text import in_words, visible

BY_ENDING: dict[str, Format] = {
    ".csv": "csv",
    ".json": "json",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".txt": "table",
}
"""The endings of files that choose a format."""

WITH_COLUMNS: tuple[Format, ...] = ("csv", "json")
"""The formats for scripts, which have columns to choose from."""


def format_of(context: typer.Context) -> Format:
    """Return the format of a command's page, by its options `--format` and `--output`.

    Raises
    ------
    RequestError
        Where the two contradict each other, the file's ending is none of `BY_ENDING` and there is
        no `--format`, or HTML would go to a terminal.
    """
    path = context.params["output"]
    form = settled(context.params["format"], path, named=typed.given(context, "format"))
    if path in (None, STANDARD_OUTPUT):
        refuse_on_terminal(context, form)
    return form


def settled(form: Format, path: str | None, *, named: bool) -> Format:
    """Return the format to write in.

    Parameters
    ----------
    form
        The format that `--format` or the environment names, or the default one.
    path
        The file; None or `-` for standard output.
    named
        Whether `form` is from `--format` on the command line. Only then it counts beside an
        ending.

    Raises
    ------
    RequestError
        As for `format_of`.
    """
    if path is None or path == STANDARD_OUTPUT:
        return form
    if not path:
        raise RequestError("--output names no file", "Name one, or - for standard output.")
    ending = Path(path).suffix.lower()
    chosen = BY_ENDING.get(ending)
    if chosen is None:
        if named or _is_no_file(path):
            return form
        raise RequestError(
            f"{visible(path)} does not say which format to write",
            f"Name a file that ends in {in_words(BY_ENDING, 'or')}, or add --format. "
            "Pictures: crimecmp chart --help",
        )
    if named and chosen != form:
        right = next(ending for ending, its in BY_ENDING.items() if its == form)
        raise RequestError(
            f"{visible(path)} ends in {ending}, which is {chosen}, but --format says {form}",
            f"Leave out --format, or name a file that ends in {right}.",
        )
    return chosen


def _is_no_file(path: str) -> bool:
    """Return whether something is there that is no file: a device, a pipe or a folder."""
    with suppress(OSError, ValueError):
        return Path(path).exists() and not Path(path).is_file()
    return False


def refuse_on_terminal(context: typer.Context, form: Format) -> None:
    """Refuse HTML on a terminal: nobody reads it there.

    Raises
    ------
    RequestError
        With the command that writes a file.
    """
    if form != "html" or not sys.stdout.isatty():
        return
    names_a_file = "output" in context.params
    said = typed.words(context)
    command = typed.command_line(
        typed.path_of(context),
        said,
        typed.options(context, without=("format", "output") if names_a_file else ()),
    )
    name = said[0] if said and names_a_file else typed.path_of(context)[-1]
    file = f"{'-'.join(normal(name).split())}.html"
    raise RequestError(
        "a page in HTML is for a browser, not for a terminal",
        f"Write it to a file: {command} {'-o' if names_a_file else '>'} {file}",
    )


def refuse_columns(names: str | None, form: Format) -> None:
    """Refuse `--columns` for a format that has none to choose from.

    Raises
    ------
    RequestError
        With the formats that have.
    """
    if names is not None and form not in WITH_COLUMNS:
        raise RequestError(
            f"--columns is for {in_words(WITH_COLUMNS)}, not for {form}",
            "Add --format csv, or name a file that ends in .csv or .json.",
        )
