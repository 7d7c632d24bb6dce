"""The command line: options in, one page out, an exit code.

Exit codes: 0 ok, 1 the data or the run went wrong, 2 the command line is wrong, 3 a row has what
`--fail-on` names, 130 interrupted, 141 the reader of the output went away.
"""

import inspect
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from crimecmp import __version__
from crimecmp.errors import CrimecmpError, DataError, OutputError, RequestError
from crimecmp.names import DEFAULT_BENCHMARK, DEFAULT_FORCE
from crimecmp.render import Format
from crimecmp.text import plural, visible

# What a command needs is imported when it runs: help and a wrong option should not wait for it.
if TYPE_CHECKING:
    from crimecmp.dataset import Dataset
    from crimecmp.names import Names
    from crimecmp.picture import Picture
    from crimecmp.report import Report
    from crimecmp.selection import Selection

OK, FAILED, USAGE, FAILED_ON, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 3, 130, 141

_NO_COLOUR = "--no-color"
_DEBUG = "--debug"

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

app = typer.Typer(
    name="crimecmp",
    # Rich help would take as long to load as all the rest of the start.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=_CONTEXT,
)
charts = typer.Typer(rich_markup_mode=None, context_settings=_CONTEXT)


def _complete(context: typer.Context, names: str, typed: str) -> Iterator[tuple[str, str]]:
    """Return ids of what has a name that begins as typed, with their labels.

    The names come from the user's own tables where they are sound; standard input is not read.
    """
    from crimecmp.dataset import STANDARD_INPUT, load

    path = context.params.get("data")
    try:
        data = load(None if path == STANDARD_INPUT else path)
    except CrimecmpError:
        data = load()
    found: Names = data.names(names)
    begun = typed.casefold()
    for name in found:
        if any(form.casefold().startswith(begun) for form in (name.id, name.label, *name.forms)):
            yield name.id, name.label


def _complete_force(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    return _complete(ctx, "forces", incomplete)


def _complete_benchmark(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    yield from _complete(ctx, "forces", incomplete)
    yield from _complete(ctx, "groups", incomplete)


def _complete_group(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    return _complete(ctx, "groups", incomplete)


def _complete_metric(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    return _complete(ctx, "metrics", incomplete)


Force = Annotated[
    str,
    typer.Argument(
        envvar="CRIMECMP_FORCE",
        help="The force, by any of its names.",
        autocompletion=_complete_force,
    ),
]
Forces = Annotated[
    list[str] | None,
    typer.Argument(
        help="Forces, by any of their names. [env var: CRIMECMP_FORCE] [default: durham]",
        autocompletion=_complete_force,
        show_default=False,
    ),
]
Benchmark = Annotated[
    str,
    typer.Option(
        "--benchmark",
        "-b",
        metavar="AREA",
        help="The area, or the group of forces, to compare with.",
        autocompletion=_complete_benchmark,
    ),
]
Group = Annotated[
    str | None,
    typer.Option(
        "--group",
        metavar="GROUP",
        help="Compare with the mean of a group of forces: a region, or one of your groups.csv.",
        autocompletion=_complete_group,
    ),
]
Weighted = Annotated[
    bool, typer.Option("--weighted", help="The group together, in place of the mean of its forces.")
]
WithCity = Annotated[
    bool,
    typer.Option(
        "--with-city-of-london",
        help="Count City of London in where all forces are looked at together.",
    ),
]
Everyone = Annotated[
    bool, typer.Option("--all", help="Every force that has the figure, in order of it.")
]
Metric = Annotated[
    str | None,
    typer.Option(
        "--metric",
        "-m",
        metavar="METRIC",
        help="The one measure wanted, by any of its names. Default: all.",
        autocompletion=_complete_metric,
    ),
]
TrendMetric = Annotated[
    str,
    typer.Option(
        "--metric",
        "-m",
        metavar="METRIC",
        help="The measure, by any of its names.",
        autocompletion=_complete_metric,
    ),
]
Source = Annotated[
    str | None,
    typer.Option("--source", metavar="ID", help="Figures of this source alone."),
]
Period = Annotated[
    str | None,
    typer.Option("--period", metavar="YYYY-MM", help="Figures of the 12 months to this month."),
]


class Finding(StrEnum):
    """A verdict or a reading, as `--fail-on` names it."""

    HIGHER = "higher"
    LOWER = "lower"
    SIMILAR = "similar"
    NOT_TESTED = "not-tested"
    BETTER = "better"
    WORSE = "worse"


Level = Annotated[
    Literal["0.95", "0.998"],
    typer.Option("--level", help="Level of confidence of tests and intervals."),
]
FailOn = Annotated[
    list[Finding] | None,
    typer.Option(
        "--fail-on",
        help="End with exit code 3 where a row has this verdict or reading. Can be repeated.",
        show_default=False,
    ),
]
Data = Annotated[
    str | None,
    typer.Option(
        "--data",
        metavar="PATH",
        envvar="CRIMECMP_DATA",
        help="Your own tables: a folder, a CSV file, or - for standard input.",
    ),
]
OutputFormat = Annotated[
    Format,
    typer.Option(
        "--format",
        "-f",
        envvar="CRIMECMP_FORMAT",
        help="table for people, csv and json for scripts, markdown for papers, html for a page.",
    ),
]
OutputFile = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to this file, whole or not at all."),
]
PictureFile = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Draw into this file, .svg, .png or .pdf, whole or not at all. Without it the "
        "picture is drawn here, in characters.",
    ),
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")]
# These two work wherever they stand, also where the command line cannot be understood, so they are
# looked up in the arguments themselves; declared here, they are accepted and in the help.
NoColour = Annotated[bool, typer.Option(_NO_COLOUR, help="No colour. [env var: NO_COLOR]")]
Debug = Annotated[bool, typer.Option(_DEBUG, help="Show the traceback of an error.")]


def _shared(
    data: Data = None,
    format: OutputFormat = "table",  # noqa: A002 - the option's own name
    output: OutputFile = None,
    overwrite: Overwrite = False,
    no_color: NoColour = False,
    debug: Debug = False,
) -> None:
    """Declare the options of every command that prints a page."""


def _picture_shared(
    data: Data = None,
    output: PictureFile = None,
    overwrite: Overwrite = False,
    no_color: NoColour = False,
    debug: Debug = False,
) -> None:
    """Declare the options of every command that draws a picture."""


def _figure_options(
    benchmark: Benchmark = DEFAULT_BENCHMARK,
    source: Source = None,
    period: Period = None,
    level: Level = "0.95",
    fail_on: FailOn = None,
    group: Group = None,
    weighted: Weighted = False,
    with_city: WithCity = False,
) -> None:
    """Declare the options of every command that compares figures."""


def _one_force(force: Force = DEFAULT_FORCE) -> None:
    """Declare what a command about one force takes."""


def _any_forces(forces: Forces = None, everyone: Everyone = False, metric: Metric = None) -> None:
    """Declare what a command about any number of forces takes."""


def _parameters(*declarations: Callable[..., None]) -> list[inspect.Parameter]:
    return [
        parameter
        for declaration in declarations
        for parameter in inspect.signature(declaration).parameters.values()
    ]


def page_command(
    *declarations: Callable[..., None], by_format: bool = False
) -> Callable[[Callable[..., "Report"]], Callable[..., "Report"]]:
    """Register a function of the data and of the declared options, which returns a page.

    The command has the shared options beside its own: it loads the data, writes the page, and ends
    with `FAILED_ON` where the page has what `--fail-on` names. Where the page is not the same in
    all formats the function is told which one is wanted.
    """

    def register(command: Callable[..., "Report"]) -> Callable[..., "Report"]:
        def run(context: typer.Context, **given: Any) -> None:
            from crimecmp.dataset import load
            from crimecmp.output import write

            common = _taken(given, _shared)
            fail_on = given.pop("fail_on", None)
            if by_format:
                given["form"] = common["format"]
            page = command(load(common["data"]), **given)
            write(
                page,
                common["format"],
                common["output"],
                overwrite=common["overwrite"],
                no_colour=_no_colour(context),
            )
            if fail_on and _has(page, fail_on):
                raise typer.Exit(FAILED_ON)

        _add(app, command.__name__, run, command, *declarations, _shared)
        return command

    return register


def picture_command(
    name: str, *declarations: Callable[..., None]
) -> Callable[[Callable[..., "Picture"]], Callable[..., "Picture"]]:
    """Register a function of the data and of the declared options, which returns a picture.

    The command, `chart` and the kind's name, has the shared options beside its own: it loads the
    data and writes the picture.
    """

    def register(command: Callable[..., "Picture"]) -> Callable[..., "Picture"]:
        def run(context: typer.Context, **given: Any) -> None:
            from crimecmp.dataset import load
            from crimecmp.output import picture_form, write_picture

            common = _taken(given, _picture_shared)
            picture_form(common["output"])
            write_picture(
                command(load(common["data"]), **given),
                common["output"],
                overwrite=common["overwrite"],
                no_colour=_no_colour(context),
            )

        _add(charts, name, run, command, *declarations, _picture_shared)
        return command

    return register


def _taken(given: dict[str, Any], declaration: Callable[..., None]) -> dict[str, Any]:
    """Take out of what a command was given the options of a declaration."""
    return {parameter.name: given.pop(parameter.name) for parameter in _parameters(declaration)}


def _add(
    target: typer.Typer,
    name: str,
    run: Callable[..., None],
    command: Callable[..., object],
    *declarations: Callable[..., None],
) -> None:
    """Register what runs a command, with the command's help and the declared options."""
    run.__doc__ = command.__doc__
    context = inspect.Parameter(
        "context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context
    )
    signature = inspect.Signature([context, *_parameters(*declarations)])
    run.__signature__ = signature  # type: ignore[attr-defined]  # Typer reads it
    target.command(name)(run)


def _no_colour(context: typer.Context) -> bool:
    """Return whether colour is refused, behind the command or before it."""
    asked: Any = context
    while asked is not None:
        if asked.params.get("no_color"):
            return True
        asked = asked.parent
    return False


def _has(page: "Report", wanted: Sequence[str]) -> bool:
    """Return whether any row of a page has one of these verdicts or readings."""
    found = {record.get(field) for record in page.records for field in ("verdict", "reading")}
    return any(name.replace("-", " ") in found for name in wanted)


def _named(forces: Sequence[str] | None) -> Sequence[str]:
    """Return the forces that were named, or the one that stands for none."""
    # Read here and not by Typer, which would take a force's name of two words for two forces.
    return forces or [os.environ.get("CRIMECMP_FORCE") or DEFAULT_FORCE]


def _select(data: "Dataset", forces: Sequence[str], given: dict[str, Any]) -> "Selection":
    from crimecmp.selection import select

    out_of_spread = {"out_of_spread": ()} if given.pop("with_city", False) else {}
    return select(data, forces, **{**given, **out_of_spread, "level": float(given["level"])})


@page_command(_one_force, _figure_options)
def rates(data: "Dataset", force: str, **given: Any) -> "Report":
    """Rates of recorded crime and incidents.

    \b
    crimecmp rates durham
    crimecmp rates durham --format csv --output durham.csv
    crimecmp rates "devon & cornwall" --data mine/
    """
    from crimecmp.pages.figures import figures_page

    return figures_page(data, "rates", _select(data, [force], given))


@page_command(_one_force, _figure_options)
def changes(data: "Dataset", force: str, **given: Any) -> "Report":
    """Per cent changes over time.

    \b
    crimecmp changes durham
    crimecmp changes durham --format markdown
    """
    from crimecmp.pages.figures import figures_page

    return figures_page(data, "changes", _select(data, [force], given))


@page_command(_one_force, _figure_options)
def outcomes(data: "Dataset", force: str, **given: Any) -> "Report":
    """Outcomes of recorded crimes, such as the detection rate.

    \b
    crimecmp outcomes durham
    crimecmp outcomes durham --format json
    """
    from crimecmp.pages.figures import figures_page

    return figures_page(data, "outcomes", _select(data, [force], given))


@page_command(_one_force, _figure_options)
def satisfaction(data: "Dataset", force: str, **given: Any) -> "Report":
    """Victim satisfaction, now and a year before.

    \b
    crimecmp satisfaction durham
    crimecmp satisfaction durham --level 0.998 --format csv
    """
    from crimecmp.pages.figures import figures_page

    return figures_page(data, "satisfaction", _select(data, [force], given))


def _force_and_source(force: Force = DEFAULT_FORCE, source: Source = None) -> None:
    """Declare what a command takes that compares with nothing."""


@page_command(_force_and_source)
def judgments(data: "Dataset", force: str, source: str | None) -> "Report":
    """What the inspectors judged, and why.

    \b
    crimecmp judgments durham
    crimecmp judgments durham --format csv
    """
    from crimecmp.pages.judgments import judgments_page
    from crimecmp.selection import select

    return judgments_page(data, select(data, [force], source=source))


def _claim_options(
    force: Force = DEFAULT_FORCE,
    metric: Metric = None,
    source: Source = None,
    level: Level = "0.95",
) -> None:
    """Declare what `claims` takes."""


@page_command(_claim_options)
def claims(data: "Dataset", force: str, **given: Any) -> "Report":
    """What is claimed, and whether the figures bear it out.

    \b
    crimecmp claims durham
    crimecmp claims durham --metric satisfaction --format csv
    """
    from crimecmp.pages.claims import claims_page

    return claims_page(data, _select(data, [force], given))


@page_command(_any_forces, _figure_options)
def compare(
    data: "Dataset", forces: Sequence[str] | None, everyone: bool, **given: Any
) -> "Report":
    """All that is known of one measure.

    \b
    crimecmp compare --metric burglary
    crimecmp compare durham --metric asb --format json
    crimecmp compare --all --metric burglary
    """
    from crimecmp.pages.figures import comparison_page

    if everyone and forces:
        raise RequestError("--all compares every force", "Leave out --all, or the forces' names.")
    if everyone:
        given["ranked"], forces = True, data.forces_with_figures()
    selection = _select(data, _named(forces), given)
    if everyone:
        others = tuple(force for force in selection.forces if force != selection.opponent)
        selection = selection._replace(forces=others)
    return comparison_page(data, selection)


def _trend_options(
    force: Force = DEFAULT_FORCE,
    metric: TrendMetric = "crime-excluding-fraud",
    benchmark: Benchmark = DEFAULT_BENCHMARK,
    source: Source = None,
    level: Level = "0.95",
    fail_on: FailOn = None,
    group: Group = None,
    weighted: Weighted = False,
) -> None:
    """Declare what `trend` takes."""


@page_command(_trend_options)
def trend(data: "Dataset", force: str, **given: Any) -> "Report":
    """One measure over time, and how much it changed.

    \b
    crimecmp trend durham --metric crime
    crimecmp trend cleveland --metric burglary --format csv
    """
    from crimecmp.pages.trend import trend_page

    return trend_page(data, _select(data, [force], given))


@page_command(_force_and_source)
def reproduce(data: "Dataset", force: str, source: str | None) -> "Report":
    """Printed figures, worked out again from published counts.

    \b
    crimecmp reproduce durham
    crimecmp reproduce durham --format csv
    """
    from crimecmp.pages.reproduction import reproduction_page
    from crimecmp.selection import select

    return reproduction_page(data, select(data, [force], source=source))


def _any_force(forces: Forces = None) -> None:
    """Declare what a command about some forces takes."""


@page_command(_any_force, _figure_options, by_format=True)
def report(data: "Dataset", forces: Sequence[str] | None, form: Format, **given: Any) -> "Report":
    """The whole page: all figures, judgments and notes; html and markdown to hand over.

    \b
    crimecmp report durham
    crimecmp report durham --format html --output durham.html
    crimecmp report durham cleveland --format html --output two.html
    """
    selection = _select(data, _named(forces), given)
    if form in ("html", "markdown"):
        from crimecmp.pages.handout import handout

        return handout(data, selection, form)
    from crimecmp.pages.figures import whole_page

    return whole_page(data, selection)


def _picture_options(
    forces: Forces = None,
    metric: TrendMetric = "crime-excluding-fraud",
    source: Source = None,
) -> None:
    """Declare what a picture of one measure takes."""


def _picture_benchmark(
    benchmark: Benchmark = DEFAULT_BENCHMARK,
    group: Group = None,
    weighted: Weighted = False,
    level: Level = "0.95",
) -> None:
    """Declare what a picture that has a benchmark takes."""


def _picture_period(period: Period = None, with_city: WithCity = False) -> None:
    """Declare what a picture of one period takes."""


@charts.callback()
def chart(no_color: NoColour = False, debug: Debug = False) -> None:
    """Pictures, into a file or in characters on the terminal.

    \b
    crimecmp chart funnel durham --metric burglary
    crimecmp chart trend durham --output trend.svg
    """


app.add_typer(charts, name="chart")


def _bars_options(
    forces: Forces = None,
    of: Annotated[
        Literal["rates", "changes", "outcomes"],
        typer.Option("--of", help="Which kind of figures."),
    ] = "rates",
    metric: Metric = None,
    source: Source = None,
) -> None:
    """Declare what `chart bars` takes."""


@picture_command("bars", _bars_options, _picture_benchmark, _picture_period)
def bars_picture(data: "Dataset", forces: Sequence[str] | None, of: str, **given: Any) -> "Picture":
    """All measures of a kind, the force beside its benchmark.

    \b
    crimecmp chart bars durham
    crimecmp chart bars durham --of changes --output changes.svg
    """
    from crimecmp.pictures.bars import bars as picture

    return picture(data, of, _select(data, _named(forces), given))


def _trend_picture_options(
    others: Annotated[
        bool, typer.Option("--others", help="The other forces as well, as faint lines.")
    ] = False,
) -> None:
    """Declare what `chart trend` takes beside the rest."""


@picture_command("trend", _picture_options, _picture_benchmark, _trend_picture_options)
def trend_picture(
    data: "Dataset", forces: Sequence[str] | None, others: bool, **given: Any
) -> "Picture":
    """One measure over time, against the benchmark.

    \b
    crimecmp chart trend durham
    crimecmp chart trend durham --metric burglary --others --output trend.svg
    """
    from crimecmp.pictures.trend import trend as picture

    return picture(data, _select(data, _named(forces), given), others=others)


def _funnel_options(
    overdispersed: Annotated[
        bool,
        typer.Option("--overdispersed", help="Limits that take in the forces' own spread as well."),
    ] = False,
) -> None:
    """Declare what `chart funnel` takes beside the rest."""


@picture_command("funnel", _picture_options, _picture_period, _funnel_options)
def funnel_picture(
    data: "Dataset", forces: Sequence[str] | None, overdispersed: bool, **given: Any
) -> "Picture":
    """All forces by the size of their base, between control limits.

    \b
    crimecmp chart funnel durham --metric burglary
    crimecmp chart funnel durham --overdispersed --output funnel.png
    """
    from crimecmp.pictures.funnel import funnel as picture

    selection = _select(data, _named(forces), {"level": "0.95", **given})
    return picture(data, selection, overdispersed=overdispersed)


@picture_command("rank", _picture_options, _picture_benchmark, _picture_period)
def rank_picture(data: "Dataset", forces: Sequence[str] | None, **given: Any) -> "Picture":
    """All forces in order, with intervals.

    \b
    crimecmp chart rank durham --metric burglary
    crimecmp chart rank durham --output rank.pdf
    """
    from crimecmp.pictures.rank import rank as picture

    return picture(data, _select(data, _named(forces), given))


def _survey_options(forces: Forces = None, metric: Metric = None, source: Source = None) -> None:
    """Declare what `chart satisfaction` takes."""


@picture_command("satisfaction", _survey_options, _picture_benchmark, _picture_period)
def satisfaction_picture(data: "Dataset", forces: Sequence[str] | None, **given: Any) -> "Picture":
    """Survey estimates with their margins.

    \b
    crimecmp chart satisfaction durham
    crimecmp chart satisfaction durham --output satisfaction.svg
    """
    from crimecmp.pictures.satisfaction import satisfaction as picture

    return picture(data, _select(data, _named(forces), given))


def _explain_options(
    name: Annotated[
        str,
        typer.Argument(metavar="METRIC|METHOD", help="A measure or a method, by any of its names."),
    ],
) -> None:
    """Declare what `explain` takes."""


@page_command(_explain_options)
def explain(data: "Dataset", name: str) -> "Report":
    """What a measure or a method is.

    \b
    crimecmp explain burglary
    crimecmp explain rounding
    """
    from crimecmp.pages.names import explanation_page

    return explanation_page(data, name)


@page_command()
def forces(data: "Dataset") -> "Report":
    """The areas that can be named.

    \b
    crimecmp forces
    crimecmp forces --format csv
    """
    from crimecmp.pages.names import names_page

    return names_page(data, "forces")


@page_command()
def metrics(data: "Dataset") -> "Report":
    """The measures that can be named, defined.

    \b
    crimecmp metrics
    crimecmp metrics --format json
    """
    from crimecmp.pages.names import names_page

    return names_page(data, "metrics")


@page_command()
def groups(data: "Dataset") -> "Report":
    """The groups of forces that can be compared with.

    \b
    crimecmp groups
    crimecmp compare --metric burglary --source published-counts --group north-east
    """
    from crimecmp.pages.names import names_page

    return names_page(data, "groups")


@page_command()
def sources(data: "Dataset") -> "Report":
    """The publications that the figures come from.

    \b
    crimecmp sources
    crimecmp sources --format csv
    """
    from crimecmp.pages.names import names_page

    return names_page(data, "sources")


@app.command()
def check(
    path: Annotated[
        str,
        typer.Argument(metavar="PATH", help="A folder of tables, a CSV file, or - for stdin."),
    ],
    no_color: NoColour = False,
    debug: Debug = False,
) -> None:
    """Say whether tables are sound, listing every fault.

    \b
    crimecmp check mine/
    crimecmp check rates.csv
    """
    from crimecmp.dataset import examine

    try:
        data, faults = examine(path)
    except DataError as error:
        data, faults = None, list(error.faults)
    for fault in faults:
        typer.echo(visible(str(fault)))
    if faults or data is None:
        raise CrimecmpError(f"{visible(path)} is not sound: {plural(len(faults), 'fault')}")
    typer.echo(f"{visible(path)} is sound")
    for file, table, number in data.read:
        typer.echo(f"  {visible(file)}: {table}, {plural(number, 'row')}")
    for name in data.left_out:
        typer.echo(f"  {visible(name)}: not a table of crimecmp, left out")


@app.command(name="import")
def import_(
    context: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Published files, as downloaded.")
    ],
    to: Annotated[
        str, typer.Option("--to", metavar="DIR", help="The folder to write, whole or not at all.")
    ],
    include_btp: Annotated[
        bool,
        typer.Option("--include-btp", help="British Transport Police as well, apart from the 43."),
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace a folder of tables that is there.")
    ] = False,
    format: OutputFormat = "table",  # noqa: A002 - the option's own name
    no_color: NoColour = False,
    debug: Debug = False,
) -> None:
    """Make tables of the publishers' own files.

    \b
    crimecmp import rec-crime-pfa.csv policeforceareatables.xlsx --to mine
    crimecmp compare --all --metric burglary --data mine
    """
    from crimecmp.dataset import load
    from crimecmp.importers import known_names, read_files
    from crimecmp.importers.combining import combined
    from crimecmp.importers.folder import reserved
    from crimecmp.output import write
    from crimecmp.pages.imports import import_page
    from crimecmp.progress import Progress

    with Progress() as begin, reserved(to, files, overwrite=overwrite) as folder:
        known = known_names(load(), transport_police=include_btp)
        read = read_files(files, known, lambda file: begin(f"reading {file}"))
        begin("putting the tables together")
        tables, remarks = combined([file.imported for file in read], known)
        begin(f"writing {visible(to)}")
        page = import_page(to, read, tables, [*folder.remarks, *remarks])
        folder.write(tables, page.title)
    try:
        no_colour = _no_colour(context)
        write(page, format, None, overwrite=False, no_colour=no_colour)
    except OutputError as error:
        raise OutputError(error.message, f"{visible(to)} was written all the same.") from error


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"crimecmp {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
    no_color: NoColour = False,
    debug: Debug = False,
) -> None:
    """Compare a police force with England and Wales, from published figures.

    \b
    crimecmp rates durham                    the force's rates beside the national ones
    crimecmp compare --metric burglary       one measure, all that is known of it
    crimecmp report durham                   the whole page
    crimecmp rates durham --format csv       the same figures for a script
    """


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit code; errors are said on standard error.

    Parameters
    ----------
    arguments
        What stands behind `crimecmp`.
    """
    try:
        command = typer.main.get_command(app)
        code = command.main(
            list(arguments) or ["--help"], prog_name="crimecmp", standalone_mode=False
        )
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return PIPE_CLOSED
    except Exception as error:  # the one place where every error becomes a message
        return _failed(error, arguments)
    return code if isinstance(code, int) else OK


def _failed(error: Exception, arguments: Sequence[str]) -> int:
    code, message, hint = FAILED, "", ""
    match error:
        case CrimecmpError():
            code = USAGE if isinstance(error, RequestError) else FAILED
            message, hint = error.message, error.hint
        case typer.TyperException():
            code, message = error.exit_code, error.format_message()
            context = getattr(error, "ctx", None)
            path = context.command_path if context else "crimecmp"
            hint = f"Help: {path} --help"
        case OSError():
            # Files are read and written where their errors get a name: this one is the screen's.
            message = f"cannot write to standard output: {error.strerror}"
        case _:
            message = f"unexpected {type(error).__name__}: {error}"
            hint = f"This is a fault of crimecmp. {_DEBUG} shows where."
    _forget_output()
    if _DEBUG in arguments:
        traceback.print_exception(error)
    from crimecmp.output import colour_wanted

    colour = colour_wanted(sys.stderr, refused=_NO_COLOUR in arguments)
    label = typer.style("error:", fg="red", bold=True) if colour else "error:"
    lines = message.split("\n")
    if isinstance(error, DataError) and len(lines) > 1:
        lines.insert(0, error.lead)
    _say(f"crimecmp: {label} {visible(lines[0])}")
    for line in [*lines[1:], *filter(None, [hint])]:
        _say(f"  {visible(line)}")
    return code


def _forget_output() -> None:
    """Drop what could not be written, so that the interpreter does not fail on it again at exit."""
    try:
        sys.stdout.flush()
    except (OSError, AttributeError):
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a descriptor is wanted
            os.dup2(nowhere.fileno(), 1)


def _say(line: str) -> None:
    typer.echo(line, err=True, color=True)
