"""The commands that draw a picture: `chart`, and one function for each kind."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from crimecmp.cli.classes import Group
from crimecmp.cli.options import (
    COMPARE_WITH,
    FIGURES,
    BaselinePeriods,
    Benchmark,
    Debug,
    Force,
    Forces,
    Metric,
    NoColour,
    OneMetric,
    Source,
    benchmark_options,
    one_measure,
    period_options,
)
from crimecmp.cli.registering import picture_command
from crimecmp.cli.requesting import named, request_for
from crimecmp.tables.names import DEFAULT_BENCHMARK, DEFAULT_FORCE, DEFAULT_METRIC

if TYPE_CHECKING:
    from crimecmp.comparison.charted_as import Length
    from crimecmp.document.picture import Picture
    from crimecmp.tables.dataset import Dataset

app = typer.Typer(cls=Group)


@app.callback()
def chart(no_color: NoColour = False, debug: Debug = False) -> None:
    """A picture, drawn into a file or here in characters.

    \b
    crimecmp chart trend durham
    crimecmp chart trend durham -o trend.svg
    crimecmp chart funnel durham --metric burglary
    """


def _bars_options(
    forces: Forces = None,
    of: Annotated[
        Literal["rates", "changes", "outcomes"],
        typer.Option("--of", help="Which kind of figures.", rich_help_panel=FIGURES),
    ] = "rates",
    metric: Metric = None,
    source: Source = None,
) -> None:
    """Declare what `chart bars` takes."""


@picture_command(app, "bars", _bars_options, benchmark_options, period_options)
def bars_picture(data: "Dataset", forces: Sequence[str] | None, of: str, **given: Any) -> "Picture":
    """All measures of one kind, the force beside its benchmark.

    \b
    crimecmp chart bars durham
    crimecmp chart bars durham --of changes -o changes.svg
    """
    from crimecmp.charts.bars import bars as picture

    return picture(data, of, request_for(data, named(forces), given))


def _trend_options(
    others: Annotated[
        bool,
        typer.Option(
            "--others",
            help="The other forces as well, as faint lines.",
            rich_help_panel=COMPARE_WITH,
        ),
    ] = False,
) -> None:
    """Declare what `chart trend` takes beside the rest."""


@picture_command(app, "trend", one_measure, benchmark_options, _trend_options)
def trend_picture(
    data: "Dataset", forces: Sequence[str] | None, others: bool, **given: Any
) -> "Picture":
    """One measure over time, against the benchmark.

    \b
    crimecmp chart trend durham
    crimecmp chart trend durham --metric burglary --others -o trend.svg
    """
    from crimecmp.charts.trend import trend as picture

    return picture(data, request_for(data, named(forces), given), others=others)


def _control_options(
    force: Force = DEFAULT_FORCE,
    metric: OneMetric = DEFAULT_METRIC,
    by: Annotated[
        Literal["month", "quarter", "year"],
        typer.Option("--by", help="The length of the periods.", rich_help_panel=FIGURES),
    ] = "quarter",
    baseline: BaselinePeriods = None,
    benchmark: Benchmark = DEFAULT_BENCHMARK,
    source: Source = None,
) -> None:
    """Declare what `chart control` takes."""


@picture_command(app, "control", _control_options, newest=True)
def control_picture(
    data: "Dataset", force: str, by: "Length", baseline: str | None, **given: Any
) -> "Picture":
    """One measure by quarter, its usual range and signals.

    \b
    crimecmp chart control durham
    crimecmp chart control durham --metric shoplifting -o control.svg
    """
    from crimecmp.charts.control import control as picture
    from crimecmp.comparison.baseline import baseline_of

    request = request_for(data, [force], {"level": "0.95", **given})
    return picture(data, request, by, None if baseline is None else baseline_of(baseline))


def _funnel_options(
    overdispersed: Annotated[
        bool,
        typer.Option(
            "--overdispersed/--random-variation",
            help="Limits that allow for the spread between forces, or those of random variation "
            "in separate crimes alone.",
            rich_help_panel=COMPARE_WITH,
        ),
    ] = True,
) -> None:
    """Declare what `chart funnel` takes beside the rest."""


@picture_command(app, "funnel", one_measure, period_options, _funnel_options)
def funnel_picture(
    data: "Dataset", forces: Sequence[str] | None, overdispersed: bool, **given: Any
) -> "Picture":
    """All forces by size, with the usual range among forces.

    \b
    crimecmp chart funnel durham --metric burglary
    crimecmp chart funnel durham --random-variation -o funnel.png
    """
    from crimecmp.charts.funnel import funnel as picture

    request = request_for(data, named(forces), {"level": "0.95", **given})
    return picture(data, request, overdispersed=overdispersed)


@picture_command(app, "rank", one_measure, benchmark_options, period_options)
def rank_picture(data: "Dataset", forces: Sequence[str] | None, **given: Any) -> "Picture":
    """All forces in order, with their intervals.

    \b
    crimecmp chart rank durham --metric burglary
    crimecmp chart rank durham -o rank.pdf
    """
    from crimecmp.charts.rank import rank as picture

    return picture(data, request_for(data, named(forces), given))


def _map_options(
    by: Annotated[
        Literal["fifth", "verdict"],
        typer.Option(
            "--by",
            help="Colour by the fifth of the ranking, or by the verdict against the benchmark.",
            rich_help_panel=FIGURES,
        ),
    ] = "fifth",
) -> None:
    """Declare what `chart map` takes beside the rest."""


@picture_command(app, "map", one_measure, _map_options, benchmark_options, period_options)
def map_picture(
    data: "Dataset", forces: Sequence[str] | None, by: Literal["fifth", "verdict"], **given: Any
) -> "Picture":
    """All forces on a map of equal hexagons.

    \b
    crimecmp chart map durham --metric burglary
    crimecmp chart map durham --by verdict -o map.svg
    """
    from crimecmp.charts.cartogram import cartogram as picture

    return picture(data, request_for(data, named(forces), given), by)


def _all_measures(forces: Forces = None, metric: Metric = None, source: Source = None) -> None:
    """Declare what the pictures of all measures of one kind take."""


@picture_command(app, "spine", _all_measures, benchmark_options, period_options)
def spine_picture(data: "Dataset", forces: Sequence[str] | None, **given: Any) -> "Picture":
    """All rates about the benchmark's, among those of all forces.

    \b
    crimecmp chart spine durham
    crimecmp chart spine durham cleveland -o spine.svg
    """
    from crimecmp.charts.spine import spine as picture

    return picture(data, request_for(data, named(forces), given))


@picture_command(app, "satisfaction", _all_measures, benchmark_options, period_options)
def satisfaction_picture(data: "Dataset", forces: Sequence[str] | None, **given: Any) -> "Picture":
    """Victim satisfaction, with margins of error.

    \b
    crimecmp chart satisfaction durham
    crimecmp chart satisfaction durham -o satisfaction.svg
    """
    from crimecmp.charts.satisfaction import satisfaction as picture

    return picture(data, request_for(data, named(forces), given))
