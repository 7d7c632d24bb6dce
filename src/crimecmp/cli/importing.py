"""`crimecmp import`: published files in, a folder of tables out."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crimecmp.cli import output
from crimecmp.cli.classes import Command
from crimecmp.cli.formats import refuse_on_terminal
from crimecmp.cli.options import FIGURES, OUTPUT, Debug, NoColour, OutputFormat, PageNotes
from crimecmp.cli.progress import Progress
from crimecmp.cli.registering import no_colour
from crimecmp.errors import OutputError
from crimecmp.text import visible

if TYPE_CHECKING:
    from crimecmp.document.report import Report
    from crimecmp.importers import ReadFile
    from crimecmp.importers.folder import ReservedFolder

app = typer.Typer()


@app.command(name="import", cls=Command)
def import_(
    context: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="Published files, as downloaded; a folder of street-level files.",
        ),
    ],
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="DIR",
            help="The folder to write, whole or not at all.",
            rich_help_panel=OUTPUT,
        ),
    ],
    include_btp: Annotated[
        bool,
        typer.Option(
            "--include-btp",
            help="British Transport Police as well, apart from the 43.",
            rich_help_panel=FIGURES,
        ),
    ] = False,
    keep_zeros: Annotated[
        bool,
        typer.Option(
            "--keep-zeros",
            help="Count a force's quarter of nothing but zeros as published.",
            rich_help_panel=FIGURES,
        ),
    ] = False,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict",
            help="Write nothing if a figure breaks its publisher's own sums.",
            rich_help_panel=FIGURES,
        ),
    ] = False,
    overwrite: Annotated[
        bool,
        typer.Option(
            "--overwrite",
            help="Replace a folder of tables that is there.",
            rich_help_panel=OUTPUT,
        ),
    ] = False,
    format: OutputFormat = "table",  # noqa: A002 - the option's own name
    notes: PageNotes = None,
    no_color: NoColour = False,
    debug: Debug = False,
) -> None:
    """Make tables from the files that publishers offer.

    \b
    crimecmp import rec-crime-pfa.csv policeforceareatables.xlsx --to mine
    crimecmp compare --all --metric burglary --data mine
    crimecmp import latest.zip --to streets
    """
    from crimecmp.importers.folder import reserved

    refuse_on_terminal(context, format)
    with Progress() as begin, reserved(to, files, overwrite=overwrite) as folder:
        page = written(
            folder,
            to,
            files,
            begin,
            include_btp=include_btp,
            strict=strict,
            keep_zeros=keep_zeros,
        )
    try:
        output.write(page, format, None, overwrite=False, no_colour=no_colour(context), notes=notes)
    except OutputError as error:
        raise OutputError(error.message, f"{visible(to)} was written all the same.") from error


def written(
    folder: "ReservedFolder",
    to: str,
    files: Sequence[str],
    begin: Progress,
    *,
    include_btp: bool = False,
    strict: bool = False,
    keep_zeros: bool = False,
) -> "Report":
    """Write the tables of published files into a folder, and return the page that accounts for it.

    Parameters
    ----------
    folder, to
        The folder, and what the user calls it.
    files
        The files.
    begin
        Told of each step.
    include_btp
        Whether to import the figures of British Transport Police.
    strict
        Whether figures that break the publisher's own sums are an error.
    keep_zeros
        Whether a force's quarters of nothing but zeros count.

    Raises
    ------
    DataError
        Where a file cannot be read, or where `strict` and a sum is broken.
    """
    from crimecmp.importers import known_names, read_files, refuse_breaks
    from crimecmp.importers.combining import combined
    from crimecmp.pages.imports import import_page
    from crimecmp.tables.loading import load

    known = known_names(load(), transport_police=include_btp, keep_zeros=keep_zeros)
    read = [
        _with_origin(file)
        for file in read_files(files, known, lambda file: begin(f"reading {file}"), begin.moved)
    ]
    if strict:
        refuse_breaks(read)
    begin("putting the tables together")
    made = combined([file.imported for file in read], known)
    begin(f"writing {visible(to)}")
    page = import_page(to, read, made, folder.remarks, known.territorial)
    folder.write(made.tables, page.title)
    return page


def _with_origin(file: "ReadFile") -> "ReadFile":
    """Return what was read from a file with where it was fetched from, if that is recorded."""
    from crimecmp.fetching.recording import origin_of
    from crimecmp.importers.imported import with_origin

    origin = origin_of(Path(file.name))
    if origin is None:
        return file
    published = origin.published.isoformat() if origin.published else ""
    return file._replace(
        imported=with_origin(file.imported, origin.address, published, origin.fetched.isoformat())
    )
