"""Normal deviates and gamma quantiles, by the math module alone."""

from __future__ import annotations

import math
from typing import NamedTuple

from crimecmp.errors import MethodError

_EXPANSION_FROM = 1e4
"""From this shape on, the expansion of the gamma quantile is as good as the exact search."""
_EPSILON = 2.0**-53
_SETTLED = 1e-15
_NEAR_ZERO = 1e-300


class Level(NamedTuple):
    """The probability in each tail of a two-sided level, and the normal deviate that bounds it."""

    tail: float
    z: float

    @classmethod
    def of(cls, level: float) -> Level:
        """Return the tail and deviate of a level; MethodError if it is not between 0 and 1."""
        if not 0 < level < 1:
            raise MethodError(f"level is {level}: it must be above 0 and below 1")
        # Newton's method on erfc(z / sqrt 2) = 1 - level. The function is decreasing and convex, so
        # that all steps from zero go up to the root. A low level has its digits in erf, not erfc.
        z = 0.0
        step = 1.0
        while step > _EPSILON * z:
            x = z / math.sqrt(2)
            surplus = level - math.erf(x) if level < 0.5 else math.erfc(x) - (1 - level)
            step = surplus * math.sqrt(math.pi / 2) * math.exp(z * z / 2)
            z += step
        return cls((1 - level) / 2, z)


def wilson_hilferty(shape: float, z: float) -> float:
    """Return an approximate gamma quantile at the normal deviate z, as Byar's limits use it."""
    return shape * (1 - 1 / (9 * shape) + z / (3 * math.sqrt(shape))) ** 3


def gamma_quantile(shape: float, level: Level, *, upper: bool) -> float:
    """Return the value with the level's tail of the gamma distribution above it, or below it."""
    if shape >= _EXPANSION_FROM:
        return _gamma_expansion(shape, level.z if upper else -level.z)
    # Newton's method on the log of the tail as a function of log x. Both tails are log-concave in
    # log x, so that from any start all steps after the first approach the root from one side.
    if upper:
        x = wilson_hilferty(shape, level.z)
    else:
        # The tail is below x^shape / gamma(shape + 1), so this start is never above the root.
        x = math.exp((math.log(level.tail) + math.lgamma(shape + 1)) / shape)
        if shape >= 1:
            x = max(x, wilson_hilferty(shape, -level.z))
    target = math.log(level.tail)
    step = 1.0
    # After a step this small the next would be below the last digit. A start near zero is the root.
    while abs(step) > 1e-8 and x > _NEAR_ZERO:
        weight = shape * math.log(x) - x - math.lgamma(shape)
        ratio = _upper_ratio(shape, x, weight) if upper else _lower_ratio(shape, x)
        step = (weight + math.log(ratio) - target) * ratio
        x *= math.exp(step if upper else -step)
    return x


def _lower_ratio(shape: float, x: float) -> float:
    """Return the lower tail over x^shape e^-x / gamma(shape), by its power series."""
    term = total = 1 / shape
    place = shape
    while term > _EPSILON * total:
        place += 1
        term *= x / place
        total += term
    return total


def _upper_ratio(shape: float, x: float, weight: float) -> float:
    """Return the upper tail over x^shape e^-x / gamma(shape); `weight` is the log of the latter."""
    if x < shape + 1:  # the continued fraction is slow here, and subtraction loses little
        return math.exp(-weight) - _lower_ratio(shape, x)
    # Legendre's continued fraction, by Lentz's method.
    b = x + 1 - shape
    c = math.inf
    d = total = 1 / b
    step = 0
    change = 0.0
    while abs(change - 1) > _SETTLED:
        step += 1
        a = step * (shape - step)
        b += 2
        d = 1 / (a * d + b)
        c = b + a / c
        change = c * d
        total *= change
    return total


def _gamma_expansion(shape: float, z: float) -> float:
    """Return the gamma quantile at deviate z for a large shape (Cornish and Fisher, 1938)."""
    root = math.sqrt(shape)
    return (
        shape
        + z * root
        + (z**2 - 1) / 3
        + (z**3 - 7 * z) / (36 * root)
        - (3 * z**4 + 7 * z**2 - 16) / (810 * shape)
        + (9 * z**5 + 256 * z**3 - 433 * z) / (38880 * shape * root)
        + (12 * z**6 - 243 * z**4 - 923 * z**2 + 1472) / (204120 * shape**2)
    )
