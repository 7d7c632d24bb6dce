"""Probabilities of counts: Poisson, binomial and negative binomial, by the math module alone.

In all three a probability follows from the one before by p(k + 1) / p(k) = (a + k) z / (k + 1), and
for the Poisson distribution by z / (k + 1) (Panjer, 1981). Their tails are summed by one rule.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable
from typing import NamedTuple

from crimecmp.errors import MethodError

_EPSILON = 2.0**-53
_SETTLED = 1e-15
_LOG_TWO_PI = math.log(2 * math.pi)
_MOST_STEPS = 1_000_000


class Counting(NamedTuple):
    """A distribution of counts.

    Parameters
    ----------
    mean
        Its mean, which is also where its tails are split.
    a, z
        What its probabilities follow from each other by; a is None for the Poisson distribution.
    probability
        Returns the probability of a count.
    largest
        The largest count that there can be; None where there is none.
    """

    mean: float
    a: float | None
    z: float
    probability: Callable[[int], float]
    largest: int | None = None

    def at_most(self, count: int) -> float:
        """Return the probability of a count or less."""
        if count < 0:
            return 0.0
        if self.largest is not None and count >= self.largest:
            return 1.0
        if count > self.mean:
            return 1 - self.at_least(count + 1)
        a, z = self.a, self.z
        term = total = 1.0
        for below in range(count, 0, -1):
            term *= below / (z if a is None else (a + below - 1) * z)
            total += term
            if term < _EPSILON * total:
                break
        return min(1.0, total * self.probability(count))

    def at_least(self, count: int) -> float:
        """Return the probability of a count or more."""
        if count <= 0:
            return 1.0
        if self.largest is not None and count > self.largest:
            return 0.0
        if count <= self.mean:
            return 1 - self.at_most(count - 1)
        first = self.probability(count)
        if not first:
            return 0.0
        a = None if self.a is None else self.a + count
        return min(1.0, first * _sum_over_first(count + 1, a, self.z))

    def quantile(self, p: float, near: float) -> Quantile:
        """Return the least count with a probability of at least p up to it; `near` is a guess."""
        count = max(0, math.floor(near))
        if self.largest is not None:
            count = min(count, self.largest)
        total = self.at_most(count)
        for _ in range(_STEPS_OF_A_GUESS):
            own = self.probability(count)
            if total < p:
                count += 1
                total += self.probability(count)
            elif count and total - own >= p:
                count -= 1
                total -= own
            else:
                return Quantile(count, total)
        return self._searched(p, count)

    def _searched(self, p: float, start: int) -> Quantile:
        """Return the quantile by bisection, from further off than a good guess is."""
        low, high, step = start, start, 1
        while low > 0 and self.at_most(low - 1) >= p:
            low = max(0, low - step)
            step *= 2
        while self.at_most(high) < p:
            high += step
            step *= 2
        counts = range(low, high + 1)
        count = counts[bisect_left(counts, p, key=self.at_most)]
        return Quantile(count, self.at_most(count))


class Quantile(NamedTuple):
    """A count, and the probability of it or less."""

    value: int
    at_most: float


_STEPS_OF_A_GUESS = 50


def poisson(mean: float) -> Counting:
    """Return the Poisson distribution with a mean above zero."""

    def probability(count: int) -> float:
        if count == 0:
            return math.exp(-mean)
        exponent = -_stirling_error(count) - _deviance(count, mean)
        return math.exp(exponent - (_LOG_TWO_PI + math.log(count)) / 2)

    return Counting(mean, None, mean, probability)


def binomial(n: int, p: float, q: float) -> Counting:
    """Return the distribution of the count out of n, each with the probability p = 1 - q."""
    return Counting(n * p, -n, -p / q, lambda count: _of_n(count, n, p, q), n)


def negative_binomial(mean: float, variance: float) -> Counting:
    """Return the negative binomial distribution; Poisson if the variance is that of Poisson."""
    excess = variance / mean - 1
    if excess <= 0:
        return poisson(mean)
    size = mean / excess
    p, q = mean / variance, 1 - mean / variance

    def probability(count: int) -> float:
        if count == 0:
            return math.exp(size * math.log(p))
        return size / (size + count) * _of_n(size, size + count, p, q)

    return Counting(mean, size, q, probability)


def split_probability(count_a: int, count_b: int, base_a: float, base_b: float) -> float:
    """Return the probability of all splits of the events no more likely than the one observed."""
    if count_a * base_b == count_b * base_a:
        return 1.0
    if count_a * base_b > count_b * base_a:  # so that the first is always the one with few
        count_a, count_b, base_a, base_b = count_b, count_a, base_b, base_a
    n = count_a + count_b
    p = base_a / (base_a + base_b)
    q = base_b / (base_a + base_b)
    limit = _of_n(count_a, n, p, q) * (1 + 1e-7)
    # Above the mean the probability only decreases.
    others = range(max(count_a + 1, math.ceil(n * p)), n + 1)
    other = bisect_left(others, True, key=lambda count: _of_n(count, n, p, q) <= limit)
    few = _upper_tail(count_b, n, q, p)
    many = _upper_tail(others[other], n, p, q) if other < len(others) else 0.0
    return min(1.0, few + many)


def _upper_tail(count: int, n: int, p: float, q: float) -> float:
    """Return the probability of this count or more out of n, for a count not below the mean."""
    return _sum_over_first(count + 1, count - n, -p / q) * _of_n(count, n, p, q)


def _sum_over_first(c: float, a: float | None, z: float) -> float:
    """Return the sum of a tail over its first term.

    It is the hypergeometric function F(a, 1; c; z), for the Poisson distribution F(1; c; z), by
    Gauss's continued fraction (DLMF 15.7.5) and Lentz's method. Near the mean of a binomial count
    the number of steps grows with the cube root of n; elsewhere it is smaller.

    Raises
    ------
    MethodError
        The fraction has not settled after a million steps.
    """
    numerator = math.inf
    d = total = 1.0
    for step in range(_MOST_STEPS):
        place = c - 1 + 2 * step
        if a is None:
            odd, even = -(c - 1 + step) * z, (step + 1) * z
        else:
            odd, even = -(a + step) * (c - 1 + step) * z, -(step + 1) * (c - a + step) * z
        odd /= place * (place + 1)
        even /= (place + 1) * (place + 2)
        d = 1 / (1 + odd * d)
        numerator = 1 + odd / numerator
        total *= numerator * d
        d = 1 / (1 + even * d)
        numerator = 1 + even / numerator
        change = numerator * d
        total *= change
        if abs(change - 1) <= _SETTLED:
            return total
    raise MethodError("the probability of a count this extreme cannot be calculated")


def _of_n(count: float, n: float, p: float, q: float) -> float:
    """Return the probability of this count out of n, by the saddle-point form (Loader, 2000).

    A difference of log-gammas would lose as many digits as n has.
    """
    if count == 0:
        return math.exp(-n * math.log1p(p / q))
    if count == n:
        return math.exp(-n * math.log1p(q / p))
    rest = n - count
    exponent = (
        _stirling_error(n)
        - _stirling_error(count)
        - _stirling_error(rest)
        - _deviance(count, n * p)
        - _deviance(rest, n * q)
    )
    return math.exp(exponent + (math.log(n / count / rest) - _LOG_TWO_PI) / 2)


def _stirling_error(n: float) -> float:
    """Return the logarithm of n! less that of Stirling's formula."""
    if n < 16:
        return math.lgamma(n + 1) - (n + 0.5) * math.log(n) + n - _LOG_TWO_PI / 2
    square = n * n
    return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680) / square) / square) / square) / n


def _deviance(count: float, mean: float) -> float:
    """Return count log(count / mean) + mean - count, precisely even where the two are close."""
    excess = (count - mean) / mean
    if excess <= -1:  # next to nothing of the mean
        return count * math.log(count / mean) + mean - count
    return mean * ((1 + excess) * math.log1p(excess) - excess)
