"""How much forces' counts usually move from year to year, from the counts of all forces."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from crimecmp.comparison.periods import year_before
from crimecmp.errors import MethodError
from crimecmp.statistics import EXACT_BELOW, UsualOfOthers, UsualVariation, usual_variation
from crimecmp.text import period_name

if TYPE_CHECKING:
    from crimecmp.tables.dataset import Dataset

MOST_PAIRS = 4
"""How many pairs of years back from the period are used at most."""

FEWEST_FORCES = 20
"""With fewer other forces in a pair of years, it does not show what is usual."""


class Movement(NamedTuple):
    """How much forces' counts of one metric usually move in a year.

    Parameters
    ----------
    variation
        The usual variation; None where it is not known.
    phi
        How many times as much as by Poisson variation the counts of all forces move.
    source
        Id of the source of the counts.
    reason
        The years that it was estimated from, or why it is not known.
    """

    variation: UsualVariation | None = None
    phi: float | None = None
    source: str | None = None
    reason: str = ""


class _Pair(NamedTuple):
    """The end of a year, and by force the count of it and of the year before."""

    end: date
    counts: Mapping[str, tuple[int, int]]


class Movements:
    """The usual movement of metrics from year to year, estimated when it is asked for.

    Parameters
    ----------
    data
        The tables.
    metrics
        Ids of the metrics.
    left_out
        Forces that are left out, as their counts stand for something else.
    """

    def __init__(self, data: Dataset, metrics: Collection[str], left_out: Collection[str]) -> None:
        self._data, self._metrics = data, metrics
        self._forces = set(data.territorial()) - set(left_out)
        self._alike_from = {
            name: row["comparable_from"] for name, row in data.by_id("metrics").items()
        }
        self._pairs: dict[tuple[str, date, str], tuple[str | None, list[_Pair]]] = {}
        self._all: dict[tuple[str, date, str], UsualVariation | None] = {}
        self._phi: dict[tuple[str, date, str], float | None] = {}
        self._others: dict[tuple[str, date, str], UsualOfOthers | None] = {}

    def _counts(self, metric: str, source: str, end: date) -> dict[str, int]:
        """Return the counts of all forces in one period."""
        counts = self._data.table("rates").columns["count"]
        places = self._data.runs("rates").of_period(metric, source, end.isoformat())
        return {
            force: int(counts[place])
            for force, place in places.items()
            if force in self._forces and counts[place]
        }

    def of(self, metric: str, end: date, source: str, force: str) -> Movement:
        """Return the usual movement up to a period, from all forces but one.

        Parameters
        ----------
        metric
            Id of the metric.
        end
            Last day of the period: pairs of years end on that day of the year.
        source
            Id of the source of the figures that are compared. Where it lacks the counts of earlier
            years, those of another source are used.
        force
            Id of the force that is judged, which is left out.
        """
        about = metric, end, source
        if about not in self._pairs:
            self._pairs[about] = self._pairs_of(metric, end, source)
            everyone = self._all[about] = _variation(self._pairs[about][1])
            self._phi[about] = None if everyone is None else everyone.phi
            self._others[about] = _others(self._pairs[about][1]) if everyone else None
        used, pairs = self._pairs[about]
        everyone = self._all[about]
        kept = [
            pair for pair in pairs if len(pair.counts) - (force in pair.counts) >= FEWEST_FORCES
        ]
        start = 0.0 if everyone is None else everyone.sigma_squared
        others = self._others[about]
        variation = others.than(force) if others else _variation(kept, force, start)
        if used is None or everyone is None or variation is None:
            return Movement(reason=UNKNOWN)
        return Movement(variation, self._phi[about], used, _years_words(kept))

    def _pairs_of(self, metric: str, end: date, source: str) -> tuple[str | None, list[_Pair]]:
        """Return the first source that has pairs of years up to a period, and the pairs."""
        sources = self._data.in_order(
            run.source for run in self._data.runs("rates") if run.metric in self._metrics
        )
        for each in (source, *(other for other in sources if other != source)):
            pairs = _pairs(partial(self._counts, metric, each), end, self._alike_from[metric])
            if pairs:
                return each, pairs
        return None, []


UNKNOWN = "How much forces' counts usually move from year to year is not known."


def _pairs(counts: Callable[[date], Mapping[str, int]], end: date, alike_from: str) -> list[_Pair]:
    """Return the pairs of years up to a period, the last first, that have enough forces."""
    pairs: list[_Pair] = []
    for _ in range(MOST_PAIRS):
        before = year_before(end)
        now, past = counts(end), counts(before)
        pair = {
            force: (now[force], past[force])
            for force in now.keys() & past.keys()
            if min(now[force], past[force]) >= EXACT_BELOW
        }
        # A step in how crimes are recorded is no movement of crime.
        across = before.isoformat() < alike_from <= end.isoformat()
        if len(pair) >= FEWEST_FORCES and not across:
            pairs.append(_Pair(end, dict(sorted(pair.items()))))
        end = before
    return pairs


def _others(pairs: Sequence[_Pair]) -> UsualOfOthers | None:
    """Return the usual variation without each force, where there are many forces."""
    if min(len(pair.counts) for pair in pairs) <= _FEW_FORCES:
        return None
    return UsualOfOthers([pair.counts for pair in pairs])


_FEW_FORCES = 200
"""Up to this many, the variation is estimated anew without a force, and kept for the next page."""


def _variation(
    pairs: Iterable[_Pair], without: str | None = None, start: float = 0.0
) -> UsualVariation | None:
    kept = tuple(
        tuple(counts for force, counts in pair.counts.items() if force != without) for pair in pairs
    )
    return _estimated(kept, start) if kept else None


# A page has the same forces in its tables and in its pictures.
@lru_cache(maxsize=512)
def _estimated(
    pairs: tuple[tuple[tuple[int, int], ...], ...], start: float
) -> UsualVariation | None:
    try:
        return usual_variation(pairs, start)
    except MethodError:
        return None


def _years_words(pairs: Sequence[_Pair]) -> str:
    years = "only one pair of years" if len(pairs) == 1 else f"{len(pairs)} pairs of years"
    end = period_name(pairs[0].end)
    return f"Estimated from the other forces' counts in {years} up to {end}."
