"""`crimecmp check`: whether tables are sound, and all that is wrong with them."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from crimecmp.cli.classes import Command
from crimecmp.cli.messages import in_terminal_words
from crimecmp.cli.options import Debug, NoColour
from crimecmp.errors import CrimecmpError, DataError
from crimecmp.text import plural, visible

app = typer.Typer()


@app.command(name="check", cls=Command)
def check(
    path: Annotated[
        str,
        typer.Argument(metavar="PATH", help="A folder of tables, a CSV file, or - for stdin."),
    ],
    no_color: NoColour = False,
    debug: Debug = False,
) -> None:
    """Check your own tables, and list every fault.

    \b
    crimecmp check mine/
    crimecmp check rates.csv
    """
    from crimecmp.tables.bundled import require_intact
    from crimecmp.tables.loading import examine

    require_intact()
    try:
        data, faults = examine(path)
    except DataError as error:
        data, faults = None, list(error.faults)
    for fault in faults:
        typer.echo(visible(in_terminal_words(str(fault))))
    if data is not None and not data.read and _is_other_file(path):
        raise CrimecmpError(
            f"{visible(path)} is not a table of crimecmp",
            "crimecmp check takes a folder of CSV tables, a CSV file, or - for standard input.",
        )
    if faults or data is None:
        raise CrimecmpError(f"{visible(path)} is not sound: {plural(len(faults), 'fault')}")
    typer.echo(f"{visible(path)} is sound")
    for file, table, number in data.read:
        typer.echo(f"  {visible(file)}: {table}, {plural(number, 'row')}")
    for name in data.left_out:
        typer.echo(f"  {visible(name)}: not a table of crimecmp, left out")


def _is_other_file(path: str) -> bool:
    """Return whether a path is a file whose name does not say that it is CSV."""
    with suppress(OSError, ValueError):
        return Path(path).is_file() and Path(path).suffix.lower() != ".csv"
    return False
