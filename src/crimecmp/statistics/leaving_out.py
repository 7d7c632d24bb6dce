"""The variance between areas without one of them, for many areas in turn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from crimecmp.statistics.random_effects import BetweenAreas, Centre, Effects, between_variance

_FEW = 200
"""Up to this many effects in a group, going through them again is fast, and the usual way."""

_TERMS = 18
_NEAR = 0.1
"""How far from the variance of all a root may be for the series: what is left out after the terms
is below 0.1^18 of it."""


class _Sums(NamedTuple):
    """One group at the variance of all: its mean, weights, and sums of powers.

    `sums[q][j]` is sum w^(j+1) (y - mean)^q.
    """

    mean: float
    weights: Sequence[float]
    sums: Sequence[Sequence[float]]


class LeavingOut:
    """The variance between areas (`between_variance`) without one effect of each group.

    With the weights w = 1 / (s^2 + tau^2) at the tau^2 of all effects, the weights at tau^2 + d are
    w - d w^2 + d^2 w^3 - ..., so the sums over all effects of the powers of w, calculated once,
    give the sums at any variance near. To leave an effect out, its own powers are subtracted. Each
    estimate then takes the same time, however many effects there are. Where a group is small or the
    root is not near, the effects that are left are gone through by `between_variance`.

    Parameters
    ----------
    groups
        Each with three effects or more.

    Raises
    ------
    MethodError
        As `between_variance`.
    """

    def __init__(self, groups: Sequence[Effects]) -> None:
        self._groups = groups
        self._all = between_variance(groups)
        self._large = min(map(len, groups)) > _FEW
        self._sums = [
            _sums(group, centre.mean, self._all.variance)
            for group, centre in zip(groups, self._all.centres, strict=True)
            if self._large
        ]
        self._largest = max((max(group.weights) for group in self._sums), default=0.0)

    def without(self, places: Sequence[int | None]) -> BetweenAreas:
        """Return the variance without the effect at a place of each group; None for no effect.

        Raises
        ------
        MethodError
            As `between_variance`.
        """
        found = self._by_series(places) if self._large else None
        if found is not None:
            return found
        left = [
            group if place is None else [*group[:place], *group[place + 1 :]]
            for group, place in zip(self._groups, places, strict=True)
        ]
        return between_variance(left, self._all.variance)

    def _by_series(self, places: Sequence[int | None]) -> BetweenAreas | None:
        """Return the root by the search of `between_variance`; None where it is not near."""
        left = [
            (group.mean, _less(group, effects, place))
            for group, effects, place in zip(self._sums, self._groups, places, strict=True)
        ]
        df = self._all.df - sum(place is not None for place in places)
        variance = self._all.variance
        for _ in range(_MOST_STEPS):
            move = variance - self._all.variance
            if abs(move) * self._largest > _NEAR:
                return None
            excess, slope, centres = -float(df), 0.0, []
            for mean, sums in left:
                total, first, second = (_at(move, row) for row in sums)
                falls, first_falls, second_falls = (_fall(move, row) for row in sums)
                shift = first / total
                centres.append(Centre(mean + shift, 1 / total))
                excess += second - first * shift
                slope += second_falls - 2 * shift * first_falls + shift * shift * falls
            step = excess / slope if slope else -variance
            settled = min(abs(step) / variance if variance else 1.0, abs(excess) / df)
            if settled <= _SETTLED or (step <= 0 and not variance):
                return BetweenAreas(variance, tuple(centres), df)
            variance = max(0.0, variance + step)
        return None


_MOST_STEPS = 50
_SETTLED = 1e-13


def _sums(group: Effects, mean: float, variance: float) -> _Sums:
    weights = [1 / (error + variance) for _, error in group]
    apart = [effect - mean for effect, _ in group]
    sums = []
    for power in range(3):
        row = []
        terms = [weight * by**power for weight, by in zip(weights, apart, strict=True)]
        for _ in range(_TERMS):
            row.append(math.fsum(terms))
            terms = [term * weight for term, weight in zip(terms, weights, strict=True)]
        sums.append(row)
    return _Sums(mean, weights, sums)


def _less(group: _Sums, effects: Effects, place: int | None) -> Sequence[Sequence[float]]:
    """Return the sums of a group without the effect at a place."""
    if place is None:
        return group.sums
    weight, apart = group.weights[place], effects[place][0] - group.mean
    return [
        [total - weight ** (j + 1) * apart**power for j, total in enumerate(row)]
        for power, row in enumerate(group.sums)
    ]


def _at(move: float, sums: Sequence[float]) -> float:
    """Return the sum of w times a power at the variance moved by `move`."""
    value = 0.0
    for term in reversed(sums):
        value = term - move * value
    return value


def _fall(move: float, sums: Sequence[float]) -> float:
    """Return how fast that sum falls: the sum of w^2 times the power."""
    value = 0.0
    for j in range(len(sums) - 1, 0, -1):
        value = j * sums[j] - move * value
    return value
