"""All forces on one measure, for pictures that show where some stand among them."""

from __future__ import annotations

from collections.abc import Sequence

from crimecmp.comparison.pairing import compared
from crimecmp.comparison.request import Selection, no_figures
from crimecmp.comparison.row import Comparison
from crimecmp.comparison.rows import choose
from crimecmp.errors import NoFiguresError, RequestError
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words

_FEWEST = 2


def all_forces(
    data: Dataset, selection: Selection, tables: Sequence[str]
) -> tuple[str, list[Comparison]]:
    """Return the comparisons of all forces on one metric, highest first, and before them the table.

    Parameters
    ----------
    data
        The tables.
    selection
        The forces that are to be among them, the metric, and the benchmark. Of rates its areas out
        of the spread are left out, but for those that were asked for.
    tables
        The kinds of figures to look in, in order.

    Raises
    ------
    NoFiguresError
        Where the data hold no such figure for the forces that were asked for, or for them alone.
    RequestError
        Where one of them is no force, or is the benchmark.
    """
    _check(data, selection)
    missing: list[str] = []
    for table in tables:
        everyone = tuple(
            force
            for force in data.forces_with_figures()
            if force != selection.opponent and not _left_out(force, table, selection)
        )
        asked = selection._replace(forces=everyone, ranked=True)
        rows = compared(data, choose(data, table, asked)) if everyone else []
        rows = _of_one_period(rows, selection)
        having = {record.force for record in rows if record.force_value is not None}
        if having.issuperset(selection.forces):
            return table, _several(data, selection, rows, len(having))
        if having and not missing:
            missing = [force for force in selection.forces if force not in having]
    if missing:
        label = data.metrics[str(selection.metric)].label
        raise NoFiguresError(
            f"no figure on {label} for {in_words(data.forces[f].label for f in missing)}, which "
            "cannot be marked among those that have one",
            "Leave it out, or name another metric, source or period.",
        )
    raise no_figures(data, tables[0] if len(tables) == 1 else "figures", selection)


def shown_note(data: Dataset, selection: Selection, rows: Sequence[Comparison]) -> str:
    """Return how many of all forces are shown, and why the others are not."""
    territorial = data.territorial()
    shown = {record.force for record in rows if record.force_value is not None}
    shown |= {record.benchmark for record in rows if record.benchmark_value is not None}
    table = _table_of(rows)
    out = [f for f in territorial if f not in shown and _left_out(f, table, selection)]
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


def _left_out(force: str, table: str, selection: Selection) -> bool:
    """Return whether a force is no part of a spread of rates, and was not asked for."""
    outside = table == "rates" and force in selection.out_of_spread
    return outside and force not in selection.forces


def _check(data: Dataset, selection: Selection) -> None:
    territorial = data.territorial()
    for force in selection.forces:
        label = data.forces[force].label
        if force not in territorial:
            raise RequestError(
                f"{label} is no force and does not stand among forces",
                "Name a force: crimecmp forces lists them.",
            )
        if force == selection.opponent:
            raise RequestError(
                f"{force} cannot be compared with itself", "Name another area with --benchmark."
            )


def _several(
    data: Dataset, selection: Selection, rows: list[Comparison], having: int
) -> list[Comparison]:
    """Return rows of two forces at least: one alone is not among any."""
    if having < _FEWEST:
        label = data.metrics[str(selection.metric)].label
        raise NoFiguresError(
            f"no other force than {in_words(data.forces[f].label for f in selection.forces)} has a "
            f"figure on {label} in the same source and period",
            "It takes figures of two forces at least.",
        )
    return rows


def _of_one_period(rows: Sequence[Comparison], selection: Selection) -> list[Comparison]:
    """Return the rows of the period of the force asked for: ranks of two years are none."""
    against = [row for row in rows if row.force != row.benchmark]
    ends = {row.period_end for row in against if row.force == selection.forces[0]}
    return [row for row in against if row.period_end in ends]
