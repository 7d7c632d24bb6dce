"""All forces on one measure, for pictures that show the place of some among them."""

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
    """Return the table and the comparisons of all forces on one metric, highest first.

    Parameters
    ----------
    data
        The tables.
    request
        The forces that are to be among them, the metric, and the benchmark. Of rates its areas out
        of the spread are left out, unless they were requested.
    tables
        The kinds of figures to look in, in order.

    Raises
    ------
    NoFiguresError
        Where the data hold no such figure for the requested forces, or for no others.
    RequestError
        Where one of them is no force, or is the benchmark.
    """
    _check(data, request)
    missing: list[str] = []
    for table in tables:
        everyone = tuple(
            force
            for force in data.forces_with_figures()
            if force != request.opponent and not _left_out(force, table, request)
        )
        asked = request._replace(forces=everyone, ranked=True)
        rows = paired(data, answer_to(data, table, asked)) if everyone else []
        rows = _of_one_period(rows, request)
        having = {record.force for record in rows if record.force_value is not None}
        if having.issuperset(request.forces):
            return table, _several(data, request, rows, len(having))
        if having and not missing:
            missing = [force for force in request.forces if force not in having]
    if missing:
        label = data.metrics[str(request.metric)].label
        raise NoFiguresError(
            f"no figure on {label} for {in_words(data.forces[f].label for f in missing)}, which "
            "cannot be marked among those that have one",
            "Leave it out, or name another metric, source or period.",
        )
    raise no_figures(data, tables[0] if len(tables) == 1 else "figures", request)


def shown_note(data: Dataset, request: Request, rows: Sequence[Comparison]) -> str:
    """Return how many of all forces are shown, and why the others are missing."""
    territorial = data.territorial()
    shown = {record.force for record in rows if record.force_value is not None}
    shown |= {record.benchmark for record in rows if record.benchmark_value is not None}
    table = _table_of(rows)
    out = [f for f in territorial if f not in shown and _left_out(f, table, request)]
    said = f"Shown: {len(shown & set(territorial))} of {len(territorial)} forces"
    if out:
        said += (
            f", without {in_words(data.forces[force].label for force in out)}: its residents are "
            "no base for its crime (--with-city-of-london counts it in)"
        )
    missing = [
        data.forces[force].label for force in territorial if force not in shown and force not in out
    ]
    if len(missing) > _NAMED:
        missing = [f"{len(missing)} forces"]
    return f"{said}." + (f" No figure: {in_words(missing)}." if missing else "")


_NAMED = 8


def _table_of(rows: Sequence[Comparison]) -> str:
    return "rates" if rows[0].kind == "rate" else ""


def _left_out(force: str, table: str, request: Request) -> bool:
    """Return whether a force is left out of a spread of rates, and was not requested."""
    outside = table == "rates" and force in request.out_of_spread
    return outside and force not in request.forces


def _check(data: Dataset, request: Request) -> None:
    territorial = data.territorial()
    for force in request.forces:
        label = data.forces[force].label
        if force not in territorial:
            raise RequestError(
                f"{label} is no force and does not stand among forces",
                "Name a force: crimecmp.forces() lists them.",
            )
        if force == request.opponent:
            raise RequestError(
                f"{force} cannot be compared with itself", "Name another area with benchmark=."
            )


def _several(
    data: Dataset, request: Request, rows: list[Comparison], having: int
) -> list[Comparison]:
    """Return the rows, which must be of two forces or more."""
    if having < _FEWEST:
        label = data.metrics[str(request.metric)].label
        raise NoFiguresError(
            f"no other force than {in_words(data.forces[f].label for f in request.forces)} has a "
            f"figure on {label} in the same source and period",
            "It takes figures of two forces at least.",
        )
    return rows


def _of_one_period(rows: Sequence[Comparison], request: Request) -> list[Comparison]:
    """Return the rows of the requested force's period, as ranks compare one year only."""
    against = [row for row in rows if row.force != row.benchmark]
    ends = {row.period_end for row in against if row.force == request.forces[0]}
    return [row for row in against if row.period_end in ends]
