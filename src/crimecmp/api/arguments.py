"""What a caller in Python may pass: checked, and made into requests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from numbers import Integral, Real
from typing import TYPE_CHECKING, NamedTuple

from crimecmp.comparison.request import LEVELS, Request, requested
from crimecmp.comparison.rows import answer_to
from crimecmp.errors import RequestError
from crimecmp.tables.dataset import Dataset
from crimecmp.tables.loading import load
from crimecmp.text import in_words, visible

if TYPE_CHECKING:
    from typing import TypeGuard

Names = str | Iterable[str]
"""One name, or several."""

Period = str | int | date
"""A month such as `2014-06`, a day in it (a pandas Timestamp is one), or a year."""

ALL = "all"
"""Stands for every territorial force that has figures."""

FORCE_EXAMPLE = "force='kent'"
"""How to name a force where the tables are left out."""

_LONGEST_SHOWN = 60
_MOST_MONTHS = 12


class Asked(NamedTuple):
    """The arguments of a function that compares, as the caller wrote them."""

    data: Dataset | None
    force: Names
    metric: Names | None
    benchmark: str
    group: str | None
    weighted: bool
    period: Period | None
    source: str | None
    level: float
    with_city_of_london: bool

    def requests(
        self,
        *tables: str,
        ranked: bool = False,
        metric: str | None = None,
        every_period: bool = False,
    ) -> tuple[Dataset, list[Request]]:
        """Return the tables, and a request for each metric, or one for all metrics.

        Parameters
        ----------
        tables
            The tables that the figures come from: a year is looked up in their periods.
        ranked
            Whether all forces together are put in order of their figures.
        metric
            The metric to use where none was named.
        every_period
            Whether the source is the one that answers for all periods, and not for one.

        Raises
        ------
        RequestError
            Where an argument is not of its type, or the year has no or several periods.
        UnknownNameError
            Where a name is not found, or fits several things.
        NoFiguresError
            Where the benchmark has no figure of any kind.
        """
        data = tables_of(self.data, FORCE_EXAMPLE)
        names = [metric] if self.metric is None else metrics_of(self.metric)
        forces = forces_of(data, self.force)
        everyone = is_all(data, self.force)
        period, year = _period(self.period)
        found = [
            requested(
                data,
                forces,
                text("benchmark", self.benchmark),
                name,
                optional_text("source", self.source),
                period,
                level_of(self.level),
                ranked=ranked and everyone,
                group=optional_text("group", self.group),
                weighted=flag("weighted", self.weighted),
                with_city_of_london=flag("with_city_of_london", self.with_city_of_london),
            )
            for name in names
        ]
        found = list(dict.fromkeys(found))
        if everyone:
            found = [request.without_opponent() for request in found]
        if year is not None:
            month = _month_of(data, year, tables, found, every_period=every_period)
            found = [request._replace(period=month) for request in found]
        return data, found


def tables_of(data: Dataset | None, example: str = "") -> Dataset:
    """Return the tables that were passed, or the bundled ones where none were.

    Parameters
    ----------
    data
        What was passed.
    example
        Another argument of the function as one writes it; empty where it has none that matters.
    """
    if data is None:
        return load()
    if isinstance(data, Dataset):
        return data
    raise RequestError(
        f"data= takes what crimecmp.load() returns, not {shown(data)}",
        f"Pass crimecmp.load() first, or leave out data and name the other arguments: {example}."
        if example
        else "Pass crimecmp.load(), or leave out data.",
    )


def is_all(data: Dataset, force: Names) -> bool:
    """Return whether every force is asked for: "all", unless a force has that name."""
    return isinstance(force, str) and force == ALL and data.forces.exact(ALL) is None


def forces_of(data: Dataset, force: Names) -> list[str]:
    """Return the names of the forces that were asked for."""
    return data.forces_with_figures() if is_all(data, force) else _names("force", force)


def metrics_of(metric: Names | None) -> list[str | None]:
    """Return the names of the metrics that were asked for; None alone for all."""
    return [None] if metric is None else [*_names("metric", metric)]


def _names(argument: str, given: object) -> list[str]:
    wanted = "a name or several names"
    if isinstance(given, str):
        return [given]
    if (
        not isinstance(given, Iterable)
        or isinstance(given, bytes | bytearray | Mapping)
        or getattr(given, "ndim", 1) != 1  # a frame would give the names of its columns
    ):
        raise _wrong(argument, wanted, given)
    names = list(given)
    if not names:
        raise _wrong(argument, wanted, given)
    if not _all_text(names):
        raise _wrong(argument, wanted, next(name for name in names if not isinstance(name, str)))
    return names


def _all_text(names: list[object]) -> TypeGuard[list[str]]:
    return all(isinstance(name, str) for name in names)


def text(argument: str, given: object) -> str:
    """Return an argument that is one name."""
    if isinstance(given, str):
        return given
    raise _wrong(argument, "one name", given)


def optional_text(argument: str, given: object) -> str | None:
    """Return an argument that is one name, or None."""
    return None if given is None else text(argument, given)


def flag(argument: str, given: object) -> bool:
    """Return an argument that is True or False, numpy's among them."""
    if type(given).__name__ in ("bool", "bool_"):
        return bool(given)
    raise _wrong(argument, "True or False", given)


def level_of(given: object) -> float:
    """Return the level of confidence; which ones there are is checked with the request."""
    if isinstance(given, Real) and not isinstance(given, bool):
        return float(given)
    raise _wrong("level", in_words(map(str, LEVELS), "or"), given)


def _period(given: object) -> tuple[str | None, int | None]:
    """Return the period as text, or the year where it is one."""
    if given is None or (isinstance(given, str) and _is_month_or_day(given)):
        return given, None
    if isinstance(given, date):
        return given.isoformat()[: len("2014-06")], None
    if isinstance(given, Integral) and not isinstance(given, bool):
        return None, int(given)
    raise _wrong("period", "a month such as '2014-06', a date or a year", given)


def _is_month_or_day(text: str) -> bool:
    try:
        date.fromisoformat(text if len(text) == len("2014-06-30") else f"{text}-01")
    except ValueError:
        return False
    return True


def _month_of(
    data: Dataset,
    year: int,
    tables: Iterable[str],
    asked: Iterable[Request],
    *,
    every_period: bool,
) -> str:
    """Return the one month of a year in which the figures that answer the requests end."""
    start = f"{year:04d}-"
    in_all = [request._replace(every_period=True) for request in asked]
    in_year = in_all if every_period else [request._replace(period=start) for request in asked]
    ends = [end for end in _ends(data, tables, in_year) if end.startswith(start)]
    if len(ends) == 1:
        return ends[0]
    if ends:
        raise RequestError(
            f"period={year} is not one period: figures end in {in_words(ends)}",
            f"Write the month: period='{ends[-1]}'.",
        )
    ends = _ends(data, tables, in_all)
    span = in_words(ends) if len(ends) <= _MOST_MONTHS else f"{ends[0]} to {ends[-1]}"
    raise RequestError(f"period={year} has no figures", f"Figures end in {span}." if ends else "")


def _ends(data: Dataset, tables: Iterable[str], asked: Iterable[Request]) -> list[str]:
    """Return the months in which the figures that answer requests end, each once, in order.

    The source that answers from one table answers from the next, as in a comparison of all kinds.
    """
    described = data.by_id("sources")
    ends: set[str] = set()
    for request in asked:
        source = request.source
        for table in tables:
            answer = answer_to(data, table, request._replace(source=source))
            its_ends = answer.table.columns["period_end"]
            ends |= {its_ends[place][: len("2014-06")] for place in answer.places.own}
            source = source or (answer.source if answer.source in described else None)
    return sorted(ends)


def _wrong(argument: str, wanted: str, given: object) -> RequestError:
    return RequestError(f"{argument}= takes {wanted}, not {shown(given)}")


def shown(given: object) -> str:
    """Return how an error names a value: as written where it is short, else by its type."""
    if given is None or isinstance(given, str | Real | list | tuple):
        written = visible(repr(given))
        if len(written) <= _LONGEST_SHOWN:
            return written
    name = type(given).__name__
    return f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"
