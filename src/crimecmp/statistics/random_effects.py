"""How much more effects differ than their own errors explain: the variance between areas."""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import mul
from typing import NamedTuple

from crimecmp.errors import MethodError

_SETTLED = 1e-13


class Centre(NamedTuple):
    """The mean of effects, each weighted by its precision.

    Parameters
    ----------
    mean
        Sum w y / sum w.
    variance
        1 / sum w.
    """

    mean: float
    variance: float


class BetweenAreas(NamedTuple):
    """The variance between areas, and the centre of each group of effects under it.

    Parameters
    ----------
    variance
        tau^2: zero where the effects differ no more than their own errors explain.
    centres
        The centre of each group, with the weights w = 1 / (s^2 + tau^2).
    df
        Degrees of freedom: of each group one fewer than its effects.
    """

    variance: float
    centres: tuple[Centre, ...]
    df: int


Effects = Sequence[tuple[float, float]]
"""Effects and the variances of their errors, which are above zero."""


def between_variance(groups: Sequence[Effects], start: float = 0.0) -> BetweenAreas:
    """Return the variance between areas that effects share, each group having a centre of its own.

    tau^2 is the root of the generalised Q (Paule and Mandel, 1982), the groups taken together::

        w = 1 / (s^2 + tau^2)     m = sum w y / sum w in each group
        Q = sum over the groups of sum w (y - m)^2 = sum over the groups of (n - 1)

    and zero where Q is not larger at zero. Newton's method goes up to the root from below
    (DerSimonian and Kacker, 2007): tau^2 + (Q - df) / sum w^2 (y - m)^2.

    Parameters
    ----------
    groups
        Each with two effects or more.
    start
        A guess from which the search begins; the result is the same for any.

    Raises
    ------
    MethodError
        The search does not end, because the effects differ too much for floats.
    """
    df = sum(len(group) - 1 for group in groups)
    variance = start
    apart = [tuple(zip(*group, strict=True)) for group in groups]
    for _ in range(_MOST_STEPS):
        excess, slope, centres = -float(df), 0.0, []
        for effects, errors in apart:
            weights = [1 / (error + variance) for error in errors]
            total = math.fsum(weights)
            mean = math.fsum(map(mul, weights, effects)) / total
            centres.append(Centre(mean, 1 / total))
            apart_by = [effect - mean for effect in effects]
            squares = list(map(mul, weights, map(mul, apart_by, apart_by)))
            excess += math.fsum(squares)
            slope += sum(map(mul, weights, squares))
        step = excess / slope if slope else -variance
        settled = min(abs(step) / variance if variance else 1.0, abs(excess) / df)
        if settled <= _SETTLED or (step <= 0 and not variance):
            return BetweenAreas(variance, tuple(centres), df)
        variance = max(0.0, variance + step)
    raise MethodError("the areas differ too much to estimate the variance between them")


_MOST_STEPS = 1000
