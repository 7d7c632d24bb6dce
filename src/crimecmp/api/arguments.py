"""What a caller in Python may pass: checked, and made into requests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from numbers import Integral, Real
from typing import TYPE_CHECKING, NamedTuple

from crimecmp.comparison.request import LEVELS, Request, requested
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
        self, *tables: str, ranked: bool = False, metric: str | None = None
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

        Raises
        ------
        RequestError
            Where an argument is not of its type, or the year has no or several periods.
        UnknownNameError
            Where a name is not found, or fits several things.
        NoFiguresError
            Where the benchmark has no figure of any kind.
        """
        data = tables_of(self.data)
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
            month = _month_of(data, year, tables, found)
            found = [request._replace(period=month) for request in found]
        return data, found


def tables_of(data: Dataset | None) -> Dataset:
    """Return the tables that were passed, or the bundled ones where none were."""
    if data is None:
        return load()
    if isinstance(data, Dataset):
        return data
    raise RequestError(
        f"data= takes what crimecmp.load() returns, not {shown(data)}",
        "Pass crimecmp.load() first; or leave data out and name the other arguments: force='kent'.",
    )


def is_all(data: Dataset, force: Names) -> bool:
    """Return whether every force is asked for, and not one that is called so."""
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
    if not isinstance(given, Iterable) or isinstance(given, bytes | bytearray | Mapping):
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
    if given is None or isinstance(given, str):
        return given, None
    if isinstance(given, date):
        return given.isoformat()[: len("2014-06")], None
    if isinstance(given, Integral) and not isinstance(given, bool):
        return None, int(given)
    raise _wrong("period", "a month such as '2014-06', a date or a year", given)


def _month_of(data: Dataset, year: int, tables: Iterable[str], asked: list[Request]) -> str:
    """Return the one month of a year in which the figures that are asked for end."""
    ends = sorted({end for table in tables for end in _ends(data, table, asked)})
    in_year = [end for end in ends if end.startswith(f"{year:04d}-")]
    if len(in_year) == 1:
        return in_year[0]
    if in_year:
        raise RequestError(
            f"period={year} is not one period: figures end in {in_words(in_year)}",
            f"Write the month: period='{in_year[-1]}'.",
        )
    span = in_words(ends) if len(ends) <= _MOST_MONTHS else f"{ends[0]} to {ends[-1]}"
    raise RequestError(f"period={year} has no figures", f"Figures end in {span}." if ends else "")


def _ends(data: Dataset, table: str, asked: list[Request]) -> Iterable[str]:
    """Yield the months in which figures of a table end, of the forces and metrics asked for."""
    for row in data.rows(table):
        for request in asked:
            if (
                row["force"] in request.forces
                and request.metric in (None, row["metric"])
                and request.source in (None, row["source"])
            ):
                yield row["period_end"][: len("2014-06")]


def _wrong(argument: str, wanted: str, given: object) -> RequestError:
    return RequestError(f"{argument}= takes {wanted}, not {shown(given)}")


def shown(given: object) -> str:
    """Return how an error names a value: as written where it is short, else by its type."""
    if given is None or isinstance(given, str | Real | list | tuple):
        written = visible(repr(given))
        if len(written) <= _LONGEST_SHOWN:
            return written
    return f"a {type(given).__name__}"
