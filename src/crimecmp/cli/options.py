"""The arguments and options of all commands, each declared once, and the groups they come in.

A group is a function that does nothing: its signature holds the options that belong together, and
`crimecmp.cli.registering` gives a command the options of its groups.
"""

from enum import StrEnum
from typing import Annotated, Literal

import typer

from crimecmp.cli.completion import (
    complete_benchmark,
    complete_force,
    complete_group,
    complete_metric,
    complete_period,
    complete_source,
)
from crimecmp.comparison import verdict_words
from crimecmp.render import Format
from crimecmp.render.screen import Notes
from crimecmp.tables.names import DEFAULT_BENCHMARK, DEFAULT_FORCE, DEFAULT_METRIC
from crimecmp.text import in_words

NO_COLOUR = "--no-color"
DEBUG = "--debug"

OPTION_GROUPS = FIGURES, COMPARE_WITH, OUTPUT, FOR_SCRIPTS = (
    "Figures",
    "Compare with",
    "Output",
    "For scripts",
)
"""The groups of options in the help, in order."""

COMMON = (
    "metric", "of", "to", "edition", "dry_run", "keep_only", "everyone", "benchmark", "data",
    "format", "output",
)  # fmt: skip
"""The options that most people need, by their names in the code: `-h` shows these."""

Force = Annotated[
    str,
    typer.Argument(
        metavar="FORCE",
        envvar="CRIMECMP_FORCE",
        help="A force, by any of its names.",
        autocompletion=complete_force,
    ),
]
Forces = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FORCE...",
        help="Forces, by any of their names.  [env var: CRIMECMP_FORCE; default: durham]",
        autocompletion=complete_force,
        show_default=False,
    ),
]
Metric = Annotated[
    str | None,
    typer.Option(
        "--metric",
        "-m",
        metavar="METRIC",
        help="One measure, by any of its names. Default: all.",
        autocompletion=complete_metric,
        rich_help_panel=FIGURES,
    ),
]
OneMetric = Annotated[
    str,
    typer.Option(
        "--metric",
        "-m",
        metavar="METRIC",
        help="A measure, by any of its names.",
        autocompletion=complete_metric,
        rich_help_panel=FIGURES,
    ),
]
Source = Annotated[
    str | None,
    typer.Option(
        "--source",
        metavar="ID",
        help="Only figures from this source.",
        autocompletion=complete_source,
        rich_help_panel=FIGURES,
    ),
]
Period = Annotated[
    str | None,
    typer.Option(
        "--period",
        metavar="YYYY-MM",
        help="Only figures for the year to this month.",
        autocompletion=complete_period,
        rich_help_panel=FIGURES,
    ),
]
Data = Annotated[
    str | None,
    typer.Option(
        "--data",
        metavar="PATH",
        envvar="CRIMECMP_DATA",
        help="Your own tables: a folder, a CSV file, or - for standard input.",
        rich_help_panel=FIGURES,
    ),
]
Latest = Annotated[
    bool,
    typer.Option(
        "--latest",
        envvar="CRIMECMP_LATEST",
        help="The newest figures that come with crimecmp, of every force.",
        rich_help_panel=FIGURES,
    ),
]
Everyone = Annotated[
    bool,
    typer.Option("--all", help="Every force, ranked by its figure.", rich_help_panel=COMPARE_WITH),
]
Benchmark = Annotated[
    str,
    typer.Option(
        "--benchmark",
        "-b",
        metavar="AREA",
        help="The force, or group of forces, to compare with.",
        autocompletion=complete_benchmark,
        rich_help_panel=COMPARE_WITH,
    ),
]
Group = Annotated[
    str | None,
    typer.Option(
        "--group",
        metavar="GROUP",
        help="Compare with the mean of a group of forces: a region, or one from groups.csv.",
        autocompletion=complete_group,
        rich_help_panel=COMPARE_WITH,
    ),
]
Weighted = Annotated[
    bool,
    typer.Option(
        "--weighted",
        help="Take the group as one area, not the mean of its forces.",
        rich_help_panel=COMPARE_WITH,
    ),
]
WithCity = Annotated[
    bool,
    typer.Option(
        "--with-city-of-london",
        help="Count City of London among all forces.",
        rich_help_panel=COMPARE_WITH,
    ),
]
Level = Annotated[
    Literal["0.95", "0.998"],
    typer.Option(
        "--level",
        help="Confidence level of tests and intervals.",
        rich_help_panel=COMPARE_WITH,
    ),
]


By = Annotated[
    Literal["month", "quarter", "year"] | None,
    typer.Option(
        "--by",
        help="A control chart of periods that share no day, of the newest figures: which of them "
        "are a signal of change.",
        show_default=False,
        rich_help_panel=FIGURES,
    ),
]
Signals = Annotated[
    bool,
    typer.Option(
        "--signals",
        help="Whether the last quarter is a signal of change, and since when, of the newest "
        "figures.",
        rich_help_panel=FIGURES,
    ),
]
BaselinePeriods = Annotated[
    str | None,
    typer.Option(
        "--baseline",
        metavar="YYYY-MM:YYYY-MM",
        help="The months of a control chart that say what is usual. Default: its first 12 points.",
        rich_help_panel=FIGURES,
    ),
]


class Finding(StrEnum):
    """A verdict, a reading or a signal in the last period, as `--fail-on` names it."""

    HIGHER = verdict_words.HIGHER
    LOWER = verdict_words.LOWER
    SIMILAR = verdict_words.SIMILAR
    NOT_TESTED = verdict_words.NOT_TESTED.replace(" ", "-")
    BETTER = verdict_words.BETTER
    WORSE = verdict_words.WORSE
    SIGNAL = "signal"


OutputFormat = Annotated[
    Format,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        envvar="CRIMECMP_FORMAT",
        help="table to read, csv and json for scripts, markdown for papers, html for a page.",
        rich_help_panel=OUTPUT,
    ),
]
PageNotes = Annotated[
    Notes | None,
    typer.Option(
        "--notes",
        envvar="CRIMECMP_NOTES",
        metavar="HOW",
        help="What is said around a table: brief, full (each row's test and source) or none. "
        "Default: brief in a table, full in markdown.",
        show_default=False,
        rich_help_panel=OUTPUT,
    ),
]
Full = Annotated[
    bool,
    typer.Option(
        "--full",
        help="All tables, and not the profile alone; in HTML, everything open and printed.",
        rich_help_panel=OUTPUT,
    ),
]
OutputFile = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to this file; its ending chooses the format: .csv, .json, .md, .html or .txt.",
        rich_help_panel=OUTPUT,
    ),
]
PictureFile = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Draw into this file: .svg, .png or .pdf. Without it, draw here in characters.",
        rich_help_panel=OUTPUT,
    ),
]
Overwrite = Annotated[
    bool,
    typer.Option("--overwrite", help="Replace a file that is there.", rich_help_panel=OUTPUT),
]
NoPager = Annotated[
    bool,
    typer.Option(
        "--no-pager",
        help="Print a long page at once, without the program named by PAGER.",
        rich_help_panel=OUTPUT,
    ),
]
FailOn = Annotated[
    list[Finding] | None,
    typer.Option(
        "--fail-on",
        metavar="VERDICT",
        help="End with exit code 3 if a row has this verdict or reading: "
        f"{in_words(Finding, 'or')}. Can be repeated.",
        show_default=False,
        rich_help_panel=FOR_SCRIPTS,
    ),
]
Columns = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="NAMES",
        help="Only these columns of csv or json, in this order, such as force,metric,verdict; "
        "or default for the first 13.",
        rich_help_panel=FOR_SCRIPTS,
    ),
]
# `crimecmp.cli.run` looks for these two in the arguments themselves, so that they also work where
# the command line cannot be understood; they are declared to be accepted and shown in the help.
NoColour = Annotated[
    bool,
    typer.Option(NO_COLOUR, help="No colour.  [env var: NO_COLOR]", rich_help_panel=OUTPUT),
]
Debug = Annotated[
    bool,
    typer.Option(DEBUG, help="Show the traceback of an error.", rich_help_panel=FOR_SCRIPTS),
]


def page_options(
    data: Data = None,
    latest: Latest = False,
    format: OutputFormat = "table",  # noqa: A002 - the option's own name
    output: OutputFile = None,
    notes: PageNotes = None,
    overwrite: Overwrite = False,
    no_pager: NoPager = False,
    no_color: NoColour = False,
    columns: Columns = None,
    debug: Debug = False,
) -> None:
    """Declare the options of every command that prints a page."""


def picture_options(
    data: Data = None,
    latest: Latest = False,
    output: PictureFile = None,
    overwrite: Overwrite = False,
    no_color: NoColour = False,
    debug: Debug = False,
) -> None:
    """Declare the options of every command that draws a picture."""


def one_force(force: Force = DEFAULT_FORCE) -> None:
    """Declare what a command about one force takes."""


def force_and_source(force: Force = DEFAULT_FORCE, source: Source = None) -> None:
    """Declare what a command about one force takes that compares with nothing."""


def some_forces(forces: Forces = None) -> None:
    """Declare what a command about one force or more takes."""


def one_measure(
    forces: Forces = None, metric: OneMetric = DEFAULT_METRIC, source: Source = None
) -> None:
    """Declare what a picture of one measure takes."""


def figure_options(
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


def benchmark_options(
    benchmark: Benchmark = DEFAULT_BENCHMARK,
    group: Group = None,
    weighted: Weighted = False,
    level: Level = "0.95",
) -> None:
    """Declare what a picture with a benchmark takes."""


def period_options(period: Period = None, with_city: WithCity = False) -> None:
    """Declare what a picture of one period takes."""
