"""Which figures are asked for: names as people type them in, ids out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from crimecmp.errors import NoFiguresError, RequestError
from crimecmp.names import DEFAULT_BENCHMARK, DEFAULT_FORCE
from crimecmp.text import in_words, visible

if TYPE_CHECKING:
    from crimecmp.dataset import Dataset


DEFAULT_LEVEL = 0.95


class Selection(NamedTuple):
    """Which figures to compare; made by `select`.

    Parameters
    ----------
    forces
        Ids of the areas to compare, in order.
    benchmark
        Id of the area to compare them with.
    metric
        Id of the one metric wanted; None for all.
    source
        Id of the source wanted; None for the first, in the order of the sources' table, that has
        figures for the force.
    period
        End of the period wanted, `YYYY-MM` or `YYYY-MM-DD`; None for the latest of each metric.
    level
        Level of confidence of tests and intervals.
    ranked
        Whether the areas are put in order of their figures, highest first.
    """

    forces: tuple[str, ...]
    benchmark: str = DEFAULT_BENCHMARK
    metric: str | None = None
    source: str | None = None
    period: str | None = None
    level: float = DEFAULT_LEVEL
    ranked: bool = False


def select(
    data: Dataset,
    forces: Sequence[str] = (DEFAULT_FORCE,),
    benchmark: str = DEFAULT_BENCHMARK,
    metric: str | None = None,
    source: str | None = None,
    period: str | None = None,
    level: float = DEFAULT_LEVEL,
    *,
    ranked: bool = False,
) -> Selection:
    """Return a `Selection` from names as people type them.

    Raises
    ------
    UnknownNameError
        Where a force, the benchmark or the metric is not found or fits several.
    RequestError
        Where the source is unknown or the period is none.
    NoFiguresError
        Where the benchmark is not the default one and has no figure of any kind.
    """
    if source is not None:
        known = data.sources_with_figures()
        if source not in known:
            raise RequestError(
                f"no source is called '{visible(source)}'",
                f"The figures have {in_words(known)}." if known else "",
            )
    if period is not None and not _is_period(period):
        raise RequestError(
            f"'{visible(period)}' is no period",
            "Write the month that it ends in, such as 2014-06.",
        )
    against = data.forces.find(benchmark)
    having = [against] if against == DEFAULT_BENCHMARK else data.areas_with_figures()
    if against not in having:
        raise NoFiguresError(
            f"no figures for {data.forces[against].label} in {visible(data.label)}",
            f"Areas with figures: {', '.join(having) or 'none'}.",
        )
    return Selection(
        tuple(dict.fromkeys(data.forces.find(force) for force in forces)),
        against,
        None if metric is None else data.metrics.find(metric),
        source,
        period,
        level,
        ranked,
    )


def _is_period(text: str) -> bool:
    found = re.fullmatch(r"([0-9]{4}-[0-9]{2})(-[0-9]{2})?", text)
    try:
        return bool(found and date.fromisoformat(f"{found[1]}{found[2] or '-01'}"))
    except ValueError:
        return False


def no_figures(data: Dataset, what: str, selection: Selection) -> NoFiguresError:
    """Return the error that says that the data hold no such figures, and who has some."""
    wanted = [in_words([data.forces[force].label for force in selection.forces], "or")]
    if selection.metric:
        wanted.append(f"on {data.metrics[selection.metric].label}")
    if selection.source:
        wanted.append(f"from {selection.source}")
    if selection.period:
        wanted.append(f"for the period to {selection.period}")
    having = data.areas_with_figures()
    return NoFiguresError(
        f"no {what} for {' '.join(wanted)} in {visible(data.label)}",
        f"Areas with figures: {', '.join(having)}." if having else "No area has any figure there.",
    )
