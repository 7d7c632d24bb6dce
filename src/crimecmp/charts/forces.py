"""The figures of all forces on one measure, for pictures that mark some of them."""

from __future__ import annotations

from collections.abc import Sequence

from crimecmp.comparison.pairing import paired
from crimecmp.comparison.request import Request, no_figures
from crimecmp.comparison.row import Comparison
from crimecmp.comparison.rows import answer_to
from crimecmp.errors import NoFiguresError, RequestError
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words

_FEWEST = 2


def all_forces(
    data: Dataset, request: Request, tables: Sequence[str]
) -> tuple[str, list[Comparison]]:
    """Return the table that has a metric, and the comparisons of all forces on it.

    The comparisons are in order of their figures, highest first.

    Parameters
    ----------
    data
        The tables.
    request
        The forces that must have a figure, the metric and the benchmark. For rates, its areas
        outside the spread are left out unless they were requested.
    tables
        The names of the tables to look in; the first with figures for the forces is used.

    Raises
    ------
    NoFiguresError
        Where a requested force has no such figure, or no other force has one.
    RequestError
        Where a requested area is not a force, or is the benchmark.
    """
    _check_forces(data, request)
    missing: list[str] = []
    for table in tables:
        everyone = tuple(
            force
            for force in data.forces_with_figures()
            if force != request.opponent and not _left_out(force, table, request)
        )
        of_everyone = request._replace(forces=everyone, ranked=True)
        rows = paired(data, answer_to(data, table, of_everyone)) if everyone else []
        rows = _of_one_period(rows, request)
        with_figure = {row.force for row in rows if row.force_value is not None}
        if with_figure.issuperset(request.forces):
            return table, _at_least_two(data, request, rows, len(with_figure))
        if with_figure and not missing:
            missing = [force for force in request.forces if force not in with_figure]
    if missing:
        label = data.metrics[str(request.metric)].label
        raise NoFiguresError(
            f"no figure on {label} to mark for {in_words(data.forces[f].label for f in missing)}",
            "Leave it out, or name another metric, source or period.",
        )
    raise no_figures(data, tables[0] if len(tables) == 1 else "figures", request)


def shown_note(data: Dataset, request: Request, rows: Sequence[Comparison]) -> str:
    """Return a note on how many forces are shown, and why the others are missing."""
    territorial = data.territorial()
    out, without = absent_forces(data, request, rows)
    text = f"Shown: {len(territorial) - len(out) - len(without)} of {len(territorial)} forces"
    if out:
        is_ = "is" if len(out) == 1 else "are"
        text += (
            f". {in_words(data.forces[force].label for force in out)} {is_} left out, because "
            "hardly anyone lives there"
        )
    missing = [data.forces[force].label for force in without]
    if len(missing) > _MOST_NAMES:
        missing = [f"{len(missing)} forces"]
    return f"{text}." + (f" No figure for {in_words(missing)}." if missing else "")


_MOST_NAMES = 8


def absent_forces(
    data: Dataset, request: Request, rows: Sequence[Comparison]
) -> tuple[list[str], list[str]]:
    """Return the forces that are left out of some rows, and those that have no figure in them."""
    shown = {row.force for row in rows if row.force_value is not None}
    shown |= {row.benchmark for row in rows if row.benchmark_value is not None}
    table = _table_of(rows)
    absent = [force for force in data.territorial() if force not in shown]
    out = [force for force in absent if _left_out(force, table, request)]
    return out, [force for force in absent if force not in out]


def _table_of(rows: Sequence[Comparison]) -> str:
    return "rates" if rows[0].kind == "rate" else ""


def _left_out(force: str, table: str, request: Request) -> bool:
    """Return whether a force is outside the spread of rates and was not requested."""
    outside = table == "rates" and force in request.out_of_spread
    return outside and force not in request.forces


def _check_forces(data: Dataset, request: Request) -> None:
    territorial = data.territorial()
    for force in request.forces:
        label = data.forces[force].label
        if force not in territorial:
            raise RequestError(
                f"{label} is not a force, so it has no place among forces",
                "Name a force: crimecmp.forces() lists them.",
            )
        if force == request.opponent:
            raise RequestError(
                f"{force} cannot be compared with itself", "Name another area with benchmark=."
            )


def _at_least_two(
    data: Dataset, request: Request, rows: list[Comparison], with_figure: int
) -> list[Comparison]:
    """Return the rows unchanged, if two or more forces have a figure.

    Raises
    ------
    NoFiguresError
        Where only one force has a figure.
    """
    if with_figure < _FEWEST:
        label = data.metrics[str(request.metric)].label
        raise NoFiguresError(
            f"only {in_words(data.forces[f].label for f in request.forces)} has a figure on "
            f"{label} in this source and period",
            "This needs figures for at least two forces.",
        )
    return rows


def _of_one_period(rows: Sequence[Comparison], request: Request) -> list[Comparison]:
    """Return the rows for the first requested force's period: a rank is within one year."""
    against = [row for row in rows if row.force != row.benchmark]
    ends = {row.period_end for row in against if row.force == request.forces[0]}
    return [row for row in against if row.period_end in ends]
