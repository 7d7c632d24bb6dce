"""`crimecmp fetch`: published files from their publishers, and tables made of them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crimecmp.cli import output, typed
from crimecmp.cli.classes import Command
from crimecmp.cli.completion import complete_data_set
from crimecmp.cli.formats import refuse_on_terminal
from crimecmp.cli.importing import written
from crimecmp.cli.options import (
    FIGURES,
    OUTPUT,
    Debug,
    NoColour,
    OutputFormat,
    PageNotes,
)
from crimecmp.cli.progress import Progress
from crimecmp.cli.registering import no_colour
from crimecmp.errors import CrimecmpError, FetchError, OutputError, RequestError
from crimecmp.text import in_words, size, visible

if TYPE_CHECKING:
    from crimecmp.document.report import Report
    from crimecmp.fetching.asking import Asking
    from crimecmp.fetching.catalogue import DataSet
    from crimecmp.fetching.choosing import Found
    from crimecmp.fetching.keeping import Kept

app = typer.Typer()

_TENTHS = 10


@app.command(name="fetch", cls=Command)
def fetch(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME...",
            help="Data sets to fetch. Without any, what can be fetched is listed.",
            autocompletion=complete_data_set,
            show_default=False,
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="DIR",
            help="The folder of tables to write; the files are kept in DIR-originals.",
            rich_help_panel=OUTPUT,
        ),
    ] = None,
    edition: Annotated[
        str | None,
        typer.Option(
            "--edition",
            metavar="YYYY-MM",
            help="This edition of a data set. Default: the newest.",
            rich_help_panel=FIGURES,
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help="Say which files would be fetched, and stop there.",
            rich_help_panel=OUTPUT,
        ),
    ] = False,
    keep_only: Annotated[
        bool,
        typer.Option(
            "--keep-only",
            help="Keep the files in DIR, and make no tables.",
            rich_help_panel=OUTPUT,
        ),
    ] = False,
    overwrite: Annotated[
        bool,
        typer.Option(
            "--overwrite",
            help="Replace a folder of tables, or a file, that is there.",
            rich_help_panel=OUTPUT,
        ),
    ] = False,
    format: OutputFormat = "table",  # noqa: A002 - the option's own name
    notes: PageNotes = None,
    no_color: NoColour = False,
    debug: Debug = False,
) -> None:
    """Fetch the newest published files, and make tables of them.

    \b
    crimecmp fetch                                  what can be fetched
    crimecmp fetch recorded-crime population --to mine
    crimecmp fetch ons-pfa --edition 2024-12 --to mine
    crimecmp compare --all --metric burglary --data mine
    """
    refuse_on_terminal(context, format)
    from crimecmp.pages import fetching as pages

    names = list(dict.fromkeys(names or ()))
    _require_one_for(names, edition)
    made = ""
    if not names:
        page = pages.listing_page(_known())
    else:
        _require_place(names, to, dry_run=dry_run)
        with Progress() as begin:
            asking, found = _looked_up(names, edition, to, begin)
            if dry_run or to is None:
                page = pages.found_page(found)
            elif keep_only:
                kept = _downloaded(asking, found, to, begin, overwrite=overwrite)
                page, made = pages.fetched_page(kept, to), to
            else:
                page, made = _imported(asking, found, to, begin, overwrite=overwrite), to
    try:
        output.write(page, format, None, overwrite=False, no_colour=no_colour(context), notes=notes)
    except OutputError as error:
        hint = f"{visible(made)} was written all the same." if made else error.hint
        raise OutputError(error.message, hint) from error


def _require_one_for(names: Sequence[str], edition: str | None) -> None:
    """Refuse `--edition` for any number of data sets but one: each has editions of its own."""
    if edition is None or len(names) == 1:
        return
    if not names:
        raise RequestError("--edition is the edition of a data set, and none is named")
    raise RequestError(
        f"--edition is for one data set, not for {in_words(map(visible, names))}",
        typed.attempt("fetch", names[0], "--edition", edition, "--to", "mine"),
    )


def _require_place(names: Sequence[str], to: str | None, *, dry_run: bool) -> None:
    if to is None and not dry_run:
        raise RequestError(
            "--to says which folder to write, and it is missing",
            typed.attempt("fetch", names, "--to", "mine"),
        )


def _known() -> "list[tuple[DataSet, Found | None]]":
    """Return what can be fetched, with what is remembered of each."""
    from crimecmp.fetching.catalogue import DATA_SETS
    from crimecmp.fetching.finding import last_known
    from crimecmp.fetching.remembering import Memory, usual_folder

    memory = Memory(usual_folder())
    return [(data, last_known(data, memory)) for data in DATA_SETS]


def _looked_up(
    names: Sequence[str], edition: str | None, to: str | None, begin: Progress
) -> "tuple[Asking, list[Found]]":
    """Return the files of data sets as their publishers offer them, and what asked for them."""
    from crimecmp.fetching import asking, transport
    from crimecmp.fetching.catalogue import data_set
    from crimecmp.fetching.finding import find
    from crimecmp.fetching.reading import Pages
    from crimecmp.fetching.remembering import Memory, usual_folder

    wanted = [data_set(name) for name in names]
    clock = asking.Clock()
    asks = asking.Asking(transport.over_https(), clock, begin)
    pages = Pages(asks, Memory(usual_folder()))
    found = []
    for data in wanted:
        begin(f"looking up {data.id}")
        with _then_import(to):
            found.append(find(pages, data, edition, clock.now().date()))
    return asks, found


@contextmanager
def _then_import(to: str | None, kept: Sequence["Kept"] = ()) -> Iterator[None]:
    """Say in an error what to do with a file that is fetched by hand, and what has been fetched."""
    try:
        yield
    except FetchError as error:
        lines = [error.hint, f"Then: {typed.command_line('import', 'FILE', '--to', to or 'mine')}"]
        if kept:
            lines.append(f"Fetched and kept: {in_words(visible(str(each.path)) for each in kept)}")
        raise FetchError(error.message, "\n".join(lines)) from error


def _imported(
    asking: "Asking", found: "Sequence[Found]", to: str, begin: Progress, *, overwrite: bool
) -> "Report":
    """Download files and make tables of them, and return the page about both."""
    from crimecmp.importers.folder import reserved
    from crimecmp.pages.fetching import fetched_page

    originals = f"{Path(to)}-originals"
    with reserved(to, overwrite=overwrite) as folder:
        kept = _downloaded(asking, found, originals, begin, overwrite=overwrite, to=to)
        files = [str(each.path) for each in kept]
        try:
            page = written(folder, to, files, begin)
        except CrimecmpError as error:
            where = f"What was fetched is kept: {in_words(map(visible, files))}"
            error.hint = "\n".join(filter(None, [error.hint, where]))
            raise
    return fetched_page(kept, originals, page)


def _downloaded(
    asking: "Asking",
    found: "Sequence[Found]",
    named: str,
    begin: Progress,
    *,
    overwrite: bool,
    to: str | None = None,
) -> "list[Kept]":
    """Download files into a folder; `to` is that of the tables to be made of them, if any."""
    from crimecmp.fetching.keeping import folder_for, keep
    from crimecmp.importers.lock import held

    folder = folder_for(named)
    kept: list[Kept] = []
    with held(folder):
        for each in found:
            begin(f"fetching {visible(each.file.name)}")
            with _then_import(to, kept):
                kept.append(keep(asking, each, folder, _tenths(each, begin), overwrite=overwrite))
    return kept


def _tenths(found: "Found", begin: Progress) -> Callable[[int, int | None], None]:
    """Return what tells the progress of a download, at each tenth of it."""
    told = 0

    def tell(there: int, total: int | None) -> None:
        nonlocal told
        tenth = _TENTHS * there // total if total else 0
        if tenth > told and total:
            told = tenth
            begin(f"fetching {visible(found.file.name)}: {tenth}0% of {size(total)}")

    return tell
