"""Crime weighted by its severity."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from crimecmp.errors import MethodError
from crimecmp.statistics.arguments import SMALLEST, check
from crimecmp.statistics.distributions import Level
from crimecmp.statistics.intervals import poisson_limits

FEWEST_EFFECTIVE = 10
"""The smallest effective count that a score has an interval for."""

_ROUNDING = 1e-12


class SeverityScore(NamedTuple):
    """A severity score, its error and its interval.

    Parameters
    ----------
    score
        Weighted crimes per `per` of the base.
    standard_error
        Standard error of the score, for Poisson variation within each offence.
    low, high
        Ends of the confidence interval; None where the effective count is below 10.
    effective_count
        The number of crimes of one weight that would have the same relative error.
    """

    score: float
    standard_error: float
    low: float | None
    high: float | None
    effective_count: float


def severity_score(
    counts: Sequence[float],
    weights: Sequence[float],
    base: float,
    per: float = 1000,
    level: float = 0.95,
) -> SeverityScore:
    """Return the severity score of an area: its crimes weighted by offence, over its base.

    The score of the Office for National Statistics (2016), with the interval for weighted sums of
    Poisson counts (Dobson and others, 1991; `phe_dsr` of R's PHEindicatormethods). With
    X = sum x and (L, U) Byar's limits of X (`poisson_interval`)::

        S = sum w x        V = sum w^2 x        score = S per / base
        S + sqrt(V / X) (L - X)  to  S + sqrt(V / X) (U - X), times per / base
        effective count = S^2 / V

    A lower end below zero is zero. An effective count below 10 gives no interval: too few grave
    crimes decide the score.

    Parameters
    ----------
    counts
        Number of crimes of each offence.
    weights
        The published weight of each offence, in the same order: of one edition only.
    base
        What the score is divided by: people.
    per
        The unit of the score: 1000 for a score per 1,000 of the base.
    level
        Confidence level, above 0 and below 1.

    Returns
    -------
    SeverityScore
        Score, error and interval are in the unit of the weights, per `per` of the base.

    Raises
    ------
    MethodError
        There are no offences, the sequences differ in length, a count or a weight is negative, the
        base or `per` is zero or less, the level is not between 0 and 1, or one of them is not a
        number.
    """
    if len(counts) != len(weights):
        raise MethodError(
            f"counts has {len(counts)} offences and weights {len(weights)}: they must have the same"
        )
    if not counts:
        raise MethodError("counts and weights have 0 offences: there must be 1 or more")
    for place in range(len(counts)):
        check(f"counts[{place}]", counts[place], low=0)
        check(f"weights[{place}]", weights[place], low=0)
    check("base", base, low=SMALLEST)
    check("per", per, low=SMALLEST)
    checked = Level.of(level)

    crimes = math.fsum(counts)
    total = math.fsum(w * x for w, x in zip(weights, counts, strict=True))
    variance = math.fsum(w * w * x for w, x in zip(weights, counts, strict=True))
    effective = total * total / variance if variance else 0.0
    unit = per / base
    score, error = total * unit, math.sqrt(variance) * unit
    if effective < FEWEST_EFFECTIVE * (1 - _ROUNDING):  # ten crimes of one weight are ten
        return SeverityScore(score, error, None, None, effective)
    low, high = poisson_limits(crimes, checked)
    scale = math.sqrt(variance / crimes)
    return SeverityScore(
        score,
        error,
        max(0.0, total + scale * (low - crimes)) * unit,
        (total + scale * (high - crimes)) * unit,
        effective,
    )
