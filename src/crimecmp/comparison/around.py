"""What is around a force's rate: the other forces and the usual range, about the benchmark.

Rates on several measures share no unit, but each can be put as a percentage of the benchmark's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Comparison

if TYPE_CHECKING:
    from crimecmp.tables.dataset import Dataset


class Around(NamedTuple):
    """Per cent differences from the benchmark, beside that of a force.

    Parameters
    ----------
    others
        Those of the other forces of the source, from the lowest to the highest; without the areas
        outside the spread.
    usual
        The ends of the range expected of a force of this size; None where it is not known.
    """

    others: tuple[float, ...] = ()
    usual: tuple[float, float] | None = None


def around(data: Dataset, request: Request, rows: Sequence[Comparison]) -> list[Around]:
    """Return what is around the rate of each row, by the row's own source.

    Parameters
    ----------
    data
        The tables.
    request
        What was asked for; its areas outside the spread are no other forces.
    rows
        Comparisons of rates with a benchmark.
    """
    wanted = {_spread(row) for row in rows}
    forces = set(data.territorial()) - {*request.out_of_spread, request.opponent}
    values = data.table("rates").columns["value"]
    rates: dict[tuple[str, str, str], dict[str, float]] = {}
    for metric, end, source in wanted:
        places = data.runs("rates").of_period(metric, source, end)
        rates[metric, end, source] = {
            force: float(values[place])
            for force, place in places.items()
            if force in forces and values[place]
        }
    return [_around(row, rates.get(_spread(row), {})) for row in rows]


def _spread(row: Comparison) -> tuple[str, str, str]:
    """Return what the forces of one spread have in common."""
    return row.metric, row.period_end.isoformat(), row.source


def _around(row: Comparison, rates: dict[str, float]) -> Around:
    benchmark = row.benchmark_value
    if not benchmark:
        return Around()
    others = [rate for force, rate in rates.items() if force != row.force]
    low, high = row.prediction.prediction_low, row.prediction.prediction_high
    usual = None
    if low is not None and high is not None:
        usual = _percent(low, benchmark), _percent(high, benchmark)
    return Around(tuple(sorted(_percent(rate, benchmark) for rate in others)), usual)


def _percent(rate: float, benchmark: float) -> float:
    return 100 * (rate / benchmark - 1)
