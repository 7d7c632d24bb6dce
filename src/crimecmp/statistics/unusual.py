"""Is an area unusual among areas? Each is held against the spread of all the others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from crimecmp.errors import MethodError
from crimecmp.statistics.arguments import SMALLEST, check
from crimecmp.statistics.counting import Counting, negative_binomial, poisson
from crimecmp.statistics.distributions import Level
from crimecmp.statistics.leaving_out import LeavingOut
from crimecmp.statistics.random_effects import BetweenAreas, between_variance
from crimecmp.statistics.student import critical, two_sided

SMALL_EXPECTED = 20
"""Below this expected count the test is on counts, and from here on the root scale."""


class Unusual(NamedTuple):
    """One area among the others.

    Parameters
    ----------
    side
        1 where its rate is unusually high at the level, -1 where unusually low, else 0.
    low, high
        The prediction interval: the range of rates expected of one more area of this size, in
        events per `per` of the base.
    p
        Two-sided probability of a rate this far from the centre for one more such area.
    q
        The same, adjusted for the number of areas tested (`false_discovery`).
    tau
        The spread between the other areas: the standard deviation of the root of the rate over the
        rate of all. Zero where they differ no more than by Poisson variation.
    centre
        The other areas' centre, in events per `per` of the base.
    t, df
        The test statistic and its degrees of freedom; None where the test is on counts.
    """

    side: int
    low: float
    high: float
    p: float
    q: float
    tau: float
    centre: float
    t: float | None = None
    df: int | None = None


class Spread(NamedTuple):
    """The spread of all areas, from which the lines of an overdispersed funnel are drawn.

    Parameters
    ----------
    rate
        The rate of all areas together, in events per one of the base.
    tau_squared, centre, centre_variance
        On the scale of the root of observed over expected: the variance between areas, their
        centre, and its variance.
    between_ratios, mean_ratio, mean_variance
        The same on the scale of observed over expected, for areas with few expected events.
    df
        Degrees of freedom.
    """

    rate: float
    tau_squared: float
    centre: float
    centre_variance: float
    between_ratios: float
    mean_ratio: float
    mean_variance: float
    df: int


def spread_among(counts: Sequence[float], bases: Sequence[float]) -> Spread:
    """Return the spread of all areas, by the equations of `unusual_among` over all of them.

    Parameters
    ----------
    counts
        Each area's number of events.
    bases
        Each area's base, in the same order.

    Returns
    -------
    Spread
        With df = k - 2.

    Raises
    ------
    MethodError
        There are fewer than 4 areas, the sequences differ in length, a count is negative, a base is
        zero or less, all areas but one have no events, or one of them is not a number.
    """
    rate, areas = _areas(counts, bases)
    between = between_variance([_roots(areas)])
    [centre] = between.centres
    moments = _moments(areas, 0.0)
    return Spread(
        rate, between.variance, *centre, moments.between, moments.mean, moments.variance,
        len(areas) - 2,
    )  # fmt: skip


def unusual_among(
    counts: Sequence[float], bases: Sequence[float], per: float = 1000, level: float = 0.95
) -> tuple[Unusual, ...]:
    """Return whether each area's rate would surprise as one more from the spread of the others.

    Of k areas, with r = sum O / sum N and E = r N (a unit: the result is the same for any r), an
    area is compared with the k - 1 others, on the root scale::

        y = sqrt(O / E)      s^2 = 1 / (4 E)      w = 1 / (s^2 + tau^2)      m = sum w y / sum w
        t = (y_i - m) / sqrt(s_i^2 + tau^2 + 1 / sum w)      df = k - 3

    with Paule and Mandel's tau^2 (`between_variance`). The prediction interval is
    r (m ± t(df) sqrt(...))^2, a negative root being zero (Higgins, Thompson and Spiegelhalter,
    2009).

    Where the expected count e is below 20, the test is on counts. With x = O / E, m and T solve
    together, over the others::

        w = 1 / (m / E + T)      m = sum w x / sum w      sum w (x - m)^2 = k - 2      T >= 0

    (moments as in Breslow, 1984), e = m E_i, and the count is compared with the negative binomial
    distribution of mean e and variance e + E_i^2 (T + 1 / sum w), or the Poisson where the two are
    equal. p is twice the smaller mid-p tail (Lancaster, 1961), at most 1. An area is then unusual
    only if its exact Poisson tail at e is no more than half of 1 - level as well: nothing is
    unusual that Poisson variation alone explains. The range is from quantile to quantile.

    Parameters
    ----------
    counts
        Each area's number of events; whole where fewer than 20 are expected.
    bases
        Each area's base, in the same order.
    per
        The unit of the rates: 1000 for rates per 1,000 of the base.
    level
        Level of the prediction interval and of what is unusual.

    Returns
    -------
    tuple of Unusual
        In the order of the areas.

    Raises
    ------
    MethodError
        There are fewer than 4 areas, the sequences differ in length, a count is negative, a base
        or `per` is zero or less, all areas but one have no events, the level is not between 0 and
        1, or one of them is not a number.
    """
    check("per", per, low=SMALLEST)
    checked = Level.of(level)
    rate, areas = _areas(counts, bases)
    ratios = sorted(count / e for count, e in areas)
    start = _Start(areas)
    deviate = critical(len(areas) - 3, level)
    found = []
    for place, (count, e) in enumerate(areas):
        # The centre lies between the least and the largest ratio of the others.
        least = ratios[1] if count / e == ratios[0] else ratios[0]
        if least * e < SMALL_EXPECTED:
            others = areas[:place] + areas[place + 1 :]
            small = _moments(others, start.between_ratios)
            if small.mean * e < SMALL_EXPECTED:
                found.append(_on_counts(count, e, small, per * rate, checked))
                continue
        found.append(_on_roots(count, e, start.roots.without([place]), per * rate, level, deviate))
    adjusted = false_discovery([area.p for area in found])
    return tuple(area._replace(q=q) for area, q in zip(found, adjusted, strict=True))


def _areas(
    counts: Sequence[float], bases: Sequence[float]
) -> tuple[float, list[tuple[float, float]]]:
    """Return the rate of all areas, and the observed and expected number of events of each."""
    if len(counts) != len(bases):
        raise MethodError(
            f"counts has {len(counts)} areas and bases {len(bases)}: they must have the same"
        )
    if len(counts) < _FEWEST:
        raise MethodError(f"counts has {len(counts)} areas: there must be {_FEWEST} or more")
    for place, (count, base) in enumerate(zip(counts, bases, strict=True)):
        check(f"counts[{place}]", count, low=0)
        check(f"bases[{place}]", base, low=SMALLEST)
    if sum(count > 0 for count in counts) < 2:
        raise MethodError("counts has no events in all areas but one: there is no rate to expect")
    rate = math.fsum(counts) / math.fsum(bases)
    return rate, [(count, rate * base) for count, base in zip(counts, bases, strict=True)]


_FEWEST = 4  # of three others t has one degree of freedom


class _Start:
    """Where the searches begin: what all areas together give, each found when it is asked for."""

    def __init__(self, areas: Sequence[tuple[float, float]]) -> None:
        self._areas = areas
        self._roots: LeavingOut | None = None
        self._between_ratios: float | None = None

    @property
    def roots(self) -> LeavingOut:
        if self._roots is None:
            self._roots = LeavingOut([_roots(self._areas)])
        return self._roots

    @property
    def between_ratios(self) -> float:
        if self._between_ratios is None:
            self._between_ratios = _moments(self._areas, 0.0).between
        return self._between_ratios


def _roots(areas: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(math.sqrt(count / e), 1 / (4 * e)) for count, e in areas]


def _on_roots(
    count: float,
    expected: float,
    between: BetweenAreas,
    rate: float,
    level: float,
    deviate: float,
) -> Unusual:
    [centre] = between.centres
    df = between.df - 1
    error = math.sqrt(1 / (4 * expected) + between.variance + centre.variance)
    t = (math.sqrt(count / expected) - centre.mean) / error
    p = two_sided(t, df)
    half = deviate * error
    return Unusual(
        side=0 if p >= 1 - level else 1 if t > 0 else -1,
        low=rate * max(0.0, centre.mean - half) ** 2,
        high=rate * (centre.mean + half) ** 2,
        p=p,
        q=p,
        tau=math.sqrt(between.variance),
        centre=rate * centre.mean**2,
        t=t,
        df=df,
    )


class _Moments(NamedTuple):
    """The mean of ratios, the variance between areas, and the variance of the mean."""

    mean: float
    between: float
    variance: float


def _moments(areas: Sequence[tuple[float, float]], start: float) -> _Moments:
    """Return the moments that solve the two equations of `unusual_among` together.

    Newton's method, on the second equation with the mean that solves the first, held between two
    values that the root is known to lie between.
    """
    df = len(areas) - 1
    between, low, high = 0.0, 0.0, math.inf
    for step in range(_MOST_STEPS):
        mean, weights = _mean_at(areas, between)
        total = math.fsum(weights)
        terms = [(w, e, count / e - mean) for w, (count, e) in zip(weights, areas, strict=True)]
        excess = math.fsum([w * d * d for w, _, d in terms]) - df
        found = _Moments(mean, between, 1 / total)
        if abs(excess) <= _SETTLED * df or (excess < 0 and not between):
            return found
        low, high = (between, high) if excess > 0 else (low, between)
        # How fast the mean moves, and by that and by itself the left side of the equation falls.
        move = -sum([w * w * d for w, _, d in terms]) / (
            total + sum([w * w / e * d for w, e, d in terms])
        )
        slope = sum([w * w * d * d * (1 + move / e) for w, e, d in terms])
        new = start if start and not step else between + excess / slope if slope > 0 else -1.0
        if not low < new < high:
            new = (low + high) / 2 if high < math.inf else 2 * low or 1.0
        if abs(new - between) <= _SETTLED * between:
            return found
        between = new
    raise MethodError("the areas differ too much to estimate the variance between them")


def _mean_at(areas: Sequence[tuple[float, float]], between: float) -> tuple[float, list[float]]:
    """Return the mean of ratios with weights that depend on it, and the weights."""
    mean = math.fsum(count for count, _ in areas) / math.fsum(e for _, e in areas)
    for _ in range(_MOST_STEPS):
        weights = [1 / (mean / e + between) for _, e in areas]
        total = math.fsum(weights)
        weighted = [w * count / e for w, (count, e) in zip(weights, areas, strict=True)]
        surplus = math.fsum(weighted) / total - mean
        if abs(surplus) <= _SETTLED * mean:
            return mean, weights
        pull = [
            w * w / e * (count / e - mean) for w, (count, e) in zip(weights, areas, strict=True)
        ]
        slope = 1 + math.fsum(pull) / total
        mean = max(mean / 2, mean + surplus / slope) if slope > 0 else mean + surplus / 2
    raise MethodError("the areas differ too much to estimate the variance between them")


_MOST_STEPS = 200
_SETTLED = 1e-13


def _on_counts(count: float, area: float, moments: _Moments, rate: float, level: Level) -> Unusual:
    if count != int(count):
        raise MethodError(f"a count is {count}: where few are expected it must be a whole number")
    observed = int(count)
    mean = moments.mean * area
    variance = mean + area**2 * (moments.between + moments.variance)
    usual = negative_binomial(mean, variance)
    chance = poisson(mean)
    at_most, at_least = usual.at_most(observed), usual.at_least(observed)
    middle = usual.probability(observed) / 2
    p = min(1.0, 2 * (min(at_most, at_least) - middle))
    low_side = at_most < at_least
    tail = chance.at_most(observed) if low_side else chance.at_least(observed)
    called = p < 2 * level.tail and tail <= level.tail
    return Unusual(
        side=0 if not called else -1 if low_side else 1,
        low=_quantile(usual, level.tail, -level.z, variance) / area * rate,
        high=_quantile(usual, 1 - level.tail, level.z, variance) / area * rate,
        p=p,
        q=p,
        tau=math.sqrt(moments.between / moments.mean) / 2,
        centre=moments.mean * rate,
    )


def _quantile(usual: Counting, p: float, z: float, variance: float) -> int:
    return usual.quantile(p, usual.mean + z * math.sqrt(variance)).value


def false_discovery(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return p values adjusted for how many there are.

    Benjamini and Hochberg (1995): of m values in order, the i-th becomes the smallest of m p_j / j
    for j from i to m, at most 1. Where all areas with a q below 0.05 are called unusual, no more
    than 5% of those calls are expected to be wrong.

    Parameters
    ----------
    p_values
        Probabilities, in any order.

    Returns
    -------
    tuple of float
        In the order of the arguments.

    Raises
    ------
    MethodError
        A value is not a number from 0 to 1.
    """
    for place, p in enumerate(p_values):
        check(f"p_values[{place}]", p, low=0, high=1)
    order = sorted(range(len(p_values)), key=p_values.__getitem__, reverse=True)
    adjusted = [1.0] * len(p_values)
    least = 1.0
    for rank, place in zip(range(len(p_values), 0, -1), order, strict=True):
        least = min(least, p_values[place] * len(p_values) / rank)
        adjusted[place] = least
    return tuple(adjusted)
