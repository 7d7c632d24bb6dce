"""Which figures to compare: names as people type them in, ids out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from crimecmp.errors import NoFiguresError, RequestError
from crimecmp.tables.cells import split_list
from crimecmp.tables.names import DEFAULT_BENCHMARK, DEFAULT_FORCE
from crimecmp.text import in_words, plural, visible

if TYPE_CHECKING:
    from crimecmp.tables.dataset import Dataset


LEVELS = (0.95, 0.998)
"""The levels of confidence on offer."""

DEFAULT_LEVEL = LEVELS[0]


class Request(NamedTuple):
    """Which figures to compare; made by `requested`.

    Parameters
    ----------
    forces
        Ids of the areas to compare, in order.
    benchmark
        Id of the area to compare them with, unless the benchmark is a group.
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
    group
        Id of the group of forces that is the benchmark; None where the benchmark is an area.
    weighted
        Whether the group's figure is that of all its areas together, and not the mean of theirs.
    every_period
        Whether all periods are wanted, and not the latest of each metric.
    out_of_spread
        Areas that are left out where all forces are looked at together.
    asked
        Of the areas, those that were asked for by name where all are ranked.
    minor
        Metrics that are wanted only where one is asked for.
    years
        The years over which the longer change is calculated; 0 for all years that there are.
    together
        The sources that stand on one page of everything; empty for all.
    """

    forces: tuple[str, ...]
    benchmark: str = DEFAULT_BENCHMARK
    metric: str | None = None
    source: str | None = None
    period: str | None = None
    level: float = DEFAULT_LEVEL
    ranked: bool = False
    group: str | None = None
    weighted: bool = False
    every_period: bool = False
    out_of_spread: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    minor: frozenset[str] = frozenset()
    years: int = 0
    together: frozenset[str] = frozenset()

    def wants(self, metric: str) -> bool:
        """Return whether figures of a metric are wanted."""
        return metric == self.metric if self.metric else metric not in self.minor

    def puts_together(self, source: str) -> bool:
        """Return whether what a source has is wanted on a page of everything about some forces.

        Nothing of another time stands beside the newest figures unless its source was asked for.
        """
        return self.source is not None or not self.together or source in self.together

    @property
    def opponent(self) -> str:
        """Id of what the areas are compared with: an area's or a group's."""
        return self.benchmark if self.group is None else self.group

    def without_opponent(self) -> Request:
        """Return the request without the benchmark among the areas to compare."""
        others = tuple(force for force in self.forces if force != self.opponent)
        return self._replace(forces=others)

    @property
    def basis(self) -> str:
        """What the benchmark is: an area, or which figure of a group."""
        if self.group is None:
            return AREA
        return WEIGHTED if self.weighted else MEAN_OF_GROUP


AREA, MEAN_OF_GROUP, WEIGHTED, EARLIER = (
    "area",
    "unweighted mean of a group",
    "group together",
    "itself a year before",
)


def requested(
    data: Dataset,
    forces: Sequence[str] = (DEFAULT_FORCE,),
    benchmark: str = DEFAULT_BENCHMARK,
    metric: str | None = None,
    source: str | None = None,
    period: str | None = None,
    level: float = DEFAULT_LEVEL,
    *,
    ranked: bool = False,
    group: str | None = None,
    weighted: bool = False,
    with_city_of_london: bool = False,
) -> Request:
    """Return a request from names as people type them.

    Parameters are those of `Request`, names in place of ids; a benchmark may be a group as well.

    Raises
    ------
    UnknownNameError
        Where a force, the benchmark or the metric is not found or fits several.
    RequestError
        Where the source is unknown, the period is none, the level is not one of `LEVELS`, or
        `weighted` has no group.
    NoFiguresError
        Where the benchmark is not the default one and has no figure of any kind.
    """
    if source is not None:
        known = data.sources_with_figures()
        if source not in known:
            listed = source in data.by_id("sources")
            raise RequestError(
                f"{visible(source)} has no figures of its own"
                if listed
                else f"no source is called '{visible(source)}'",
                f"Sources with figures: {in_words(known)}." if known else "",
            )
    if period is not None and not _is_period(period):
        raise RequestError(
            f"'{visible(period)}' is not a period",
            "Write the month that it ends in, such as 2014-06.",
        )
    if level not in LEVELS:
        raise RequestError(
            f"level= must be {in_words(map(str, LEVELS), 'or')}, not {level}",
            "Tests and intervals are made at these two levels only.",
        )
    if group is None and data.forces.exact(benchmark) is None:
        group = data.names("groups").exact(benchmark)
        benchmark = benchmark if group is None else DEFAULT_BENCHMARK
    if weighted and group is None:
        raise RequestError("weighted=True needs a group", "Name one with group=.")
    against = data.forces.find(benchmark)
    if group is not None and against != DEFAULT_BENCHMARK:
        raise RequestError("group= and benchmark= are two benchmarks", "Leave out one of the two.")
    having = [against] if against == DEFAULT_BENCHMARK else data.areas_with_figures()
    if against not in having:
        raise NoFiguresError(
            f"no figures for {data.forces[against].label} in {visible(data.label)}",
            f"Areas with figures: {data.areas_in_words(having)}.",
        )
    return Request(
        tuple(dict.fromkeys(data.forces.find(force) for force in forces)),
        against,
        None if metric is None else data.metrics.find(metric),
        source,
        period,
        level,
        ranked,
        None if group is None else data.names("groups").find(group),
        weighted,
        out_of_spread=() if with_city_of_london else data.without_resident_base(),
        minor=data.minor,
        years=data.choice.years,
        together=data.choice.together,
    )


def _is_period(text: str) -> bool:
    found = re.fullmatch(r"([0-9]{4}-[0-9]{2})(-[0-9]{2})?", text)
    try:
        return bool(found and date.fromisoformat(f"{found[1]}{found[2] or '-01'}"))
    except ValueError:
        return False


def areas_against(data: Dataset, request: Request) -> tuple[str, ...]:
    """Return the ids of the areas that the benchmark is made of.

    Areas outside the spread are left out of a group: their rates per resident would decide its
    figure.

    Raises
    ------
    RequestError
        Where fewer than two forces of a group are left.
    """
    if request.group is None:
        return (request.benchmark,)
    everyone = split_list(data.by_id("groups")[request.group]["forces"])
    left = tuple(force for force in everyone if force not in request.out_of_spread)
    if len(left) < _FEWEST_IN_GROUP and len(left) < len(everyone):
        without = in_words(data.forces[force].label for force in everyone if force not in left)
        raise RequestError(
            f"the group {request.group} without {without} has {plural(len(left), 'force')}, too "
            "few for a group",
            f"Compare with a force using benchmark=, or include {without} using "
            "with_city_of_london=True.",
        )
    return left


_FEWEST_IN_GROUP = 2


def group_caution(data: Dataset, request: Request) -> str:
    """Return what to know of a group with an area where hardly anyone lives; empty without one."""
    if request.group is None:
        return ""
    everyone = split_list(data.by_id("groups")[request.group]["forces"])
    empty = [force for force in everyone if force in data.without_resident_base()]
    labels = in_words(data.forces[force].label for force in empty)
    if not empty:
        return ""
    if set(empty) <= set(request.out_of_spread):
        return f"The group leaves out {labels}, where hardly anyone lives."
    return (
        f"The group includes {labels}. Hardly anyone lives there, so a rate per resident says "
        "little about its crime, and this affects the group's figure."
    )


def no_figures(data: Dataset, what: str, request: Request) -> NoFiguresError:
    """Return the error for figures that the data lack; its hint names the areas that have some.

    Where no area has any figure of the metric, the hint says that instead.
    """
    labels = [data.forces[force].label for force in request.forces]
    many = len(labels) > _NAMED
    wanted = [f"any of {len(labels)} forces" if many else in_words(labels, "or")]
    if request.metric:
        wanted.append(f"on {data.metrics[request.metric].label}")
    if request.source not in (None, data.label):
        wanted.append(f"from {request.source}")
    if request.period:
        wanted.append(f"for the year to {request.period}")
    tables = () if what == "figures" else (what,)
    having = data.areas_with_figures(*tables, source=request.source, metric=request.metric)
    hint = f"Areas with {what}: {data.areas_in_words(having)}."
    if request.period and set(request.forces) & set(having):
        hint = f"Years with {what}: {_span(data, tables, request)}."
    if request.metric and not data.areas_with_figures(metric=request.metric):
        hint = (
            f"{data.metrics[request.metric].label} is a known metric, but no area has figures "
            "for it here."
        )
    if not having and any(data.table(name).height for name in ("months", "quarters")):
        hint = "There are counts by month or quarter, and a rate needs those of 12 months in a row."
    return NoFiguresError(f"no {what} for {' '.join(wanted)} in {visible(data.label)}", hint)


def _span(data: Dataset, tables: Sequence[str], request: Request) -> str:
    """Return the ends of the years that some forces have figures of: `2010-06 to 2014-06`."""
    ends = data.ends_with_figures(
        *tables, forces=request.forces, source=request.source, metric=request.metric
    )
    return in_words(dict.fromkeys(f"{end:.7}" for end in (*ends[:1], *ends[-1:])), "to")


_NAMED = 4
