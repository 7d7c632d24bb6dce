"""Student's t distribution, by the math module alone."""

from __future__ import annotations

import math
from functools import lru_cache

from crimecmp.statistics.distributions import Level

_SETTLED = 1e-16
_NEAR_ZERO = 1e-300


def two_sided(t: float, df: float) -> float:
    """Return the probability of a t at least this far from zero, with `df` degrees of freedom.

    It is the regularised incomplete beta function I_x(df / 2, 1/2) at x = df / (df + t^2) (DLMF
    8.17; Abramowitz and Stegun, 26.7.1).
    """
    square = t * t
    x, rest = df / (df + square), square / (df + square)
    a = df / 2
    # Both ways are exact; each settles quickly on its own side of the mean of the beta.
    if x < (a + 1) / (a + 2.5):
        return _beta_share(a, 0.5, x, rest)
    return 1 - _beta_share(0.5, a, rest, x)


# The intervals of all forces, and the limits at all sizes, have the same degrees of freedom.
@lru_cache(maxsize=64)
def critical(df: float, level: float) -> float:
    """Return the two-sided quantile of t: the value that a share `level` stays within."""
    checked = Level.of(level)
    return _quantile(df, 2 * checked.tail, checked.z)


def _quantile(df: float, outside: float, t: float) -> float:
    """Return the t that a share `outside` is further from zero than, from a start below it."""
    # t has heavier tails than the normal distribution, so that its deviate is below the root, and
    # from there Newton's method on a convex decreasing function goes up to it.
    step = 1.0
    while step > 1e-15 * t:
        density = math.exp(
            math.lgamma((df + 1) / 2) - math.lgamma(df / 2) - (df + 1) / 2 * math.log1p(t * t / df)
        ) / math.sqrt(df * math.pi)
        step = (two_sided(t, df) - outside) / (2 * density)
        t += step
    return t


def _beta_share(a: float, b: float, x: float, rest: float) -> float:
    """Return I_x(a, b), where `rest` is 1 - x, by its continued fraction (DLMF 8.17.22)."""
    if x <= 0:
        return 0.0
    log_beta = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    front = math.exp(a * math.log(x) + b * math.log(rest) - log_beta) / a if rest else 0.0
    c = 1.0
    d = 1 / (1 - (a + b) * x / (a + 1) or _NEAR_ZERO)
    total = d
    step = 0
    change = 0.0
    while abs(change - 1) > _SETTLED:
        step += 1
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        d = 1 / (1 + even * d)
        c = 1 + even / c
        total *= c * d
        d = 1 / (1 + odd * d)
        c = 1 + odd / c
        change = c * d
        total *= change
    return front * total
