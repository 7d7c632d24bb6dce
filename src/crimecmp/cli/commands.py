"""The commands that print a page: one function each, which returns it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crimecmp.cli.options import (
    BaselinePeriods,
    Benchmark,
    By,
    Everyone,
    FailOn,
    Force,
    Forces,
    Full,
    Group,
    Level,
    Metric,
    OneMetric,
    Signals,
    Source,
    Weighted,
    figure_options,
    force_and_source,
    one_force,
    some_forces,
)
from crimecmp.cli.registering import page_command
from crimecmp.cli.requesting import named, request_for
from crimecmp.errors import RequestError
from crimecmp.render import Format
from crimecmp.tables.names import DEFAULT_BENCHMARK, DEFAULT_FORCE, DEFAULT_METRIC

if TYPE_CHECKING:
    from crimecmp.comparison.baseline import Baseline
    from crimecmp.comparison.charted_as import Length
    from crimecmp.document.report import Report
    from crimecmp.tables.dataset import Dataset

app = typer.Typer()


@page_command(app, one_force, figure_options)
def rates(data: "Dataset", force: str, **given: Any) -> "Report":
    """Recorded crime and incidents per 1,000 people or households.

    \b
    crimecmp rates durham
    crimecmp rates durham -o durham.csv
    crimecmp rates "devon & cornwall" --data mine/
    """
    from crimecmp.pages.figures import figures_page

    return figures_page(data, "rates", request_for(data, [force], given))


@page_command(app, one_force, figure_options)
def changes(data: "Dataset", force: str, **given: Any) -> "Report":
    """How much recorded crime and incidents rose or fell.

    \b
    crimecmp changes durham
    crimecmp changes durham --format markdown
    """
    from crimecmp.pages.figures import figures_page

    return figures_page(data, "changes", request_for(data, [force], given))


@page_command(app, one_force, figure_options)
def outcomes(data: "Dataset", force: str, **given: Any) -> "Report":
    """Outcomes of recorded crimes, such as the detection rate.

    \b
    crimecmp outcomes durham
    crimecmp outcomes durham --format json
    """
    from crimecmp.pages.figures import figures_page

    return figures_page(data, "outcomes", request_for(data, [force], given))


@page_command(app, one_force, figure_options)
def satisfaction(data: "Dataset", force: str, **given: Any) -> "Report":
    """Victim satisfaction, this year and the year before.

    \b
    crimecmp satisfaction durham
    crimecmp satisfaction durham --level 0.998 --format csv
    """
    from crimecmp.pages.figures import figures_page

    return figures_page(data, "satisfaction", request_for(data, [force], given))


@page_command(app, force_and_source)
def judgments(data: "Dataset", force: str, source: str | None) -> "Report":
    """The inspectors' judgments, and their reasons.

    \b
    crimecmp judgments durham
    crimecmp judgments durham --format csv
    """
    from crimecmp.comparison.request import requested
    from crimecmp.pages.judgments import judgments_page

    return judgments_page(data, requested(data, [force], source=source))


def _claim_options(
    force: Force = DEFAULT_FORCE,
    metric: Metric = None,
    source: Source = None,
    level: Level = "0.95",
) -> None:
    """Declare what `claims` takes."""


@page_command(app, _claim_options)
def claims(data: "Dataset", force: str, **given: Any) -> "Report":
    """The inspectors' claims, and whether the figures support them.

    \b
    crimecmp claims durham
    crimecmp claims durham --metric satisfaction --format csv
    """
    from crimecmp.pages.claims import claims_page

    return claims_page(data, request_for(data, [force], given))


def _compare_options(
    forces: Forces = None,
    everyone: Everyone = False,
    metric: Metric = None,
    signals: Signals = False,
    baseline: BaselinePeriods = None,
) -> None:
    """Declare what `compare` takes beside the rest."""


@page_command(app, _compare_options, figure_options, newest_with="signals")
def compare(
    data: "Dataset",
    forces: Sequence[str] | None,
    everyone: bool,
    signals: bool,
    baseline: str | None,
    **given: Any,
) -> "Report":
    """One measure or all of them, for one force or more.

    \b
    crimecmp compare durham cleveland
    crimecmp compare durham --all --metric burglary
    crimecmp compare --all --metric shoplifting --signals
    """
    if signals:
        return _signals(data, forces, everyone, baseline, given)
    from crimecmp.pages.figures import comparison_page

    if baseline is not None:
        raise RequestError("--baseline needs --signals", "Add --signals.")

    if not everyone:
        return comparison_page(data, request_for(data, named(forces), given))
    asked = tuple(dict.fromkeys(data.forces.find(force) for force in forces or ()))
    given["ranked"] = True
    every = [*(data.forces_with_figures() or data.areas_with_figures()), *asked]
    request = request_for(data, list(dict.fromkeys(every)), given)
    return comparison_page(data, request.without_opponent()._replace(asked=asked))


def _signals(
    data: "Dataset",
    forces: Sequence[str] | None,
    everyone: bool,
    baseline: str | None,
    given: dict[str, Any],
) -> "Report":
    from crimecmp.pages.signals import last_signals_page

    request = request_for(data, data.territorial() if everyone else named(forces), given)
    if everyone:
        asked = tuple(map(data.forces.find, forces or ()))
        request = request.without_opponent()._replace(asked=asked)
    return last_signals_page(data, request, "quarter", _baseline(baseline))


def _baseline(text: str | None) -> "Baseline | None":
    from crimecmp.comparison.baseline import baseline_of

    return None if text is None else baseline_of(text)


def _trend_options(
    force: Force = DEFAULT_FORCE,
    metric: OneMetric = DEFAULT_METRIC,
    benchmark: Benchmark = DEFAULT_BENCHMARK,
    source: Source = None,
    level: Level = "0.95",
    fail_on: FailOn = None,
    group: Group = None,
    weighted: Weighted = False,
    by: By = None,
    baseline: BaselinePeriods = None,
) -> None:
    """Declare what `trend` takes."""


@page_command(app, _trend_options, newest_with="by", by_format=True)
def trend(
    data: "Dataset",
    force: str,
    form: Format,
    by: "Length | None",
    baseline: str | None,
    **given: Any,
) -> "Report":
    """One measure over time: its changes, or signals of change.

    \b
    crimecmp trend durham --metric crime
    crimecmp trend durham --metric shoplifting --by quarter
    crimecmp trend cleveland --metric burglary --format csv
    """
    if by is None:
        from crimecmp.pages.trend import trend_page

        if baseline is not None:
            raise RequestError("--baseline needs --by", "Add --by quarter.")
        return trend_page(data, request_for(data, [force], given))
    from crimecmp.pages.signals import signals_page

    request = request_for(data, [force], given)
    return signals_page(data, request, by, _baseline(baseline), pictured=form == "html")


def _reproduce_options(
    forces: Forces = None,
    everyone: Everyone = False,
    metric: Metric = None,
    source: Source = None,
) -> None:
    """Declare what `reproduce` takes."""


@page_command(app, _reproduce_options)
def reproduce(
    data: "Dataset",
    forces: Sequence[str] | None,
    everyone: bool,
    metric: str | None,
    source: str | None,
) -> "Report":
    """Published figures, beside what another source has for them.

    \b
    crimecmp reproduce durham
    crimecmp reproduce durham --latest
    crimecmp reproduce --all --metric crime --latest
    """
    from crimecmp.comparison.request import requested
    from crimecmp.pages.reproduction import reproduction_page

    every = data.forces_with_figures() if everyone else named(forces)
    request = requested(data, every, metric=metric, source=source, ranked=everyone)
    return reproduction_page(data, request)


def _report_options(full: Full = False) -> None:
    """Declare what `report` takes beside the rest."""


@page_command(app, some_forces, figure_options, _report_options, by_format=True)
def report(
    data: "Dataset", forces: Sequence[str] | None, form: Format, full: bool, **given: Any
) -> "Report":
    """A profile on one screen, or a page to hand over.

    \b
    crimecmp report durham
    crimecmp report durham --full
    crimecmp report durham -o durham.html
    """
    from crimecmp.tables.bundled import require_intact

    require_intact()
    request = request_for(data, named(forces), given)
    if form in ("html", "markdown"):
        from crimecmp.pages.handout import handout

        return handout(data, request, form, full=full)
    from crimecmp.pages.figures import whole_page

    return whole_page(data, request, tables=full)


def _explain_options(
    name: Annotated[
        str,
        typer.Argument(metavar="METRIC|METHOD", help="A measure or a method, by any of its names."),
    ],
) -> None:
    """Declare what `explain` takes."""


@page_command(app, _explain_options)
def explain(data: "Dataset", name: str) -> "Report":
    """What a measure or a method means.

    \b
    crimecmp explain burglary
    crimecmp explain rounding
    """
    from crimecmp.pages.names import explanation_page

    return explanation_page(data, name)


@page_command(app)
def forces(data: "Dataset") -> "Report":
    """The forces and other areas that you can name.

    \b
    crimecmp forces
    crimecmp forces --format csv
    """
    from crimecmp.pages.names import names_page

    return names_page(data, "forces")


@page_command(app)
def metrics(data: "Dataset") -> "Report":
    """The measures that you can name, and what they mean.

    \b
    crimecmp metrics
    crimecmp metrics --format json
    """
    from crimecmp.pages.names import names_page

    return names_page(data, "metrics")


@page_command(app)
def groups(data: "Dataset") -> "Report":
    """The groups of forces that you can compare with.

    \b
    crimecmp groups
    crimecmp compare --metric burglary --group north-east
    """
    from crimecmp.pages.names import names_page

    return names_page(data, "groups")


@page_command(app)
def sources(data: "Dataset") -> "Report":
    """The publications that the figures come from.

    \b
    crimecmp sources
    crimecmp sources --format csv
    """
    from crimecmp.pages.names import names_page

    return names_page(data, "sources")
