"""How much forces' counts usually move against each other from one year to the next."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from crimecmp.errors import MethodError
from crimecmp.statistics.arguments import SMALLEST, check
from crimecmp.statistics.intervals import EXACT_BELOW
from crimecmp.statistics.leaving_out import LeavingOut
from crimecmp.statistics.random_effects import Centre, between_variance
from crimecmp.statistics.student import critical, two_sided

Counts = Sequence[tuple[float, float]]
"""Each area's count, and its count a year before."""


class UsualVariation(NamedTuple):
    """How much more than by Poisson variation areas' counts move from one year to the next.

    Parameters
    ----------
    sigma_squared
        The variance between areas of the logarithm of the count over that of the year before.
    df
        Its degrees of freedom.
    centres
        The areas' common movement in each pair of years, on the log scale.
    counts
        For each pair of years, the later and the earlier counts that it was estimated from.
    """

    sigma_squared: float
    df: int
    centres: tuple[Centre, ...]
    counts: tuple[Counts, ...]

    @property
    def sigma(self) -> float:
        """The standard deviation: 0.05 is movements of about 5% against each other."""
        return math.sqrt(self.sigma_squared)

    @property
    def phi(self) -> float:
        """Mean over the pairs of years of the Pearson factor of quasi-Poisson counts.

        It is 1 where they move by Poisson variation alone, and grows with the size of the areas.
        With n = a + a0 of k areas and P = sum a / sum n, the factor of a pair is
        phi = sum (a - n P)^2 / (n P (1 - P)) / (k - 1) (McCullagh and Nelder, 1989).
        """
        return math.fsum(map(_pearson, self.counts)) / len(self.counts)


class UsualRatio(NamedTuple):
    """A ratio, with the range that usual variation allows around it.

    Parameters
    ----------
    ratio, low, high
        The ratio and its interval.
    t, df
        The test statistic, and the degrees of freedom of sigma.
    p
        Two-sided probability of a ratio this far from 1 by usual and Poisson variation.
    """

    ratio: float
    low: float
    high: float
    t: float
    df: int
    p: float


def usual_variation(pairs: Sequence[Counts], start: float = 0.0) -> UsualVariation:
    """Return how much areas' counts usually move against each other in a year.

    Of each pair of years that share no day, d = ln(a / a0) and s^2 = 1/a + 1/a0 for each area.
    sigma^2 is Paule and Mandel's variance of d between areas, one for all pairs, each pair having
    a centre of its own (`between_variance`). On the log scale the variance adds to that of Poisson,
    as in the negative binomial distribution (Breslow, 1984).

    Areas with a count below 10 in either year are left out of a pair.

    Parameters
    ----------
    pairs
        For each pair of years, the later and the earlier count of each area.
    start
        A guess of sigma^2 to begin from; the result is the same for any.

    Returns
    -------
    UsualVariation
        On the log scale.

    Raises
    ------
    MethodError
        There is no pair, a pair has fewer than two areas with counts of 10 or more, or a count is
        negative or not a number.
    """
    kept = []
    for number, counts in enumerate(pairs):
        later, earlier = f"a count of pairs[{number}]", f"an earlier count of pairs[{number}]"
        for now, before in counts:
            check(later, now, low=0)
            check(earlier, before, low=0)
        large = tuple((a, a0) for a, a0 in counts if min(a, a0) >= EXACT_BELOW)
        if len(large) < 2:  # one area alone does not move against others
            raise MethodError(
                f"pairs[{number}] has {len(large)} areas with counts of {EXACT_BELOW} or more: "
                "there must be 2 or more"
            )
        kept.append(large)
    if not kept:
        raise MethodError("pairs is empty: there must be one pair of years or more")
    check("start", start, low=0)
    between = between_variance([_effects(counts) for counts in kept], start)
    return UsualVariation(between.variance, between.df, between.centres, tuple(kept))


def _effects(counts: Counts) -> list[tuple[float, float]]:
    return [(math.log(a / a0), 1 / a + 1 / a0) for a, a0 in counts]


class UsualOfOthers:
    """The usual variation of all areas but one, for one after another (`usual_variation`).

    Parameters
    ----------
    pairs
        For each pair of years, the later and the earlier count of each area by its name: two areas
        or more besides each, with counts of 10 or more.

    Raises
    ------
    MethodError
        The counts differ too much for floats.
    """

    def __init__(self, pairs: Sequence[Mapping[str, tuple[float, float]]]) -> None:
        self._counts = [tuple(pair.values()) for pair in pairs]
        self._places = [{area: place for place, area in enumerate(pair)} for pair in pairs]
        self._leaving_out = LeavingOut([_effects(counts) for counts in self._counts])

    def than(self, area: str) -> UsualVariation:
        """Return the usual variation of the areas other than one, which need not be among them."""
        places = [found.get(area) for found in self._places]
        between = self._leaving_out.without(places)
        counts = tuple(
            pair if place is None else pair[:place] + pair[place + 1 :]
            for pair, place in zip(self._counts, places, strict=True)
        )
        return UsualVariation(between.variance, between.df, between.centres, counts)


def _pearson(counts: Counts) -> float:
    share = math.fsum(a for a, _ in counts) / math.fsum(a + a0 for a, a0 in counts)
    return math.fsum(
        (a - (a + a0) * share) ** 2 / ((a + a0) * share * (1 - share)) for a, a0 in counts
    ) / (len(counts) - 1)


def usual_ratio(
    count_a: float,
    count_b: float,
    base_a: float,
    base_b: float,
    sigma_squared: float,
    df: int,
    level: float = 0.95,
) -> UsualRatio:
    """Return the ratio of two rates with the range that usual variation allows.

    exp(ln ratio ± t(df) sqrt(1/a + 1/b + sigma^2)), with sigma^2 of `usual_variation`.

    Parameters
    ----------
    count_a, count_b
        Numbers of events, above zero.
    base_a, base_b
        What the counts are divided by, in one unit.
    sigma_squared
        The variance of a year's movement of the one against the other.
    df
        Its degrees of freedom.
    level
        Level of the interval, above 0 and below 1.

    Returns
    -------
    UsualRatio
        Of (a / base_a) / (b / base_b).

    Raises
    ------
    MethodError
        A count or a base is zero or less, the variance is negative, the degrees of freedom are not
        from 1 to 10^6, the interval is too wide for its ends to be numbers, the level is not
        between 0 and 1, or one of them is not a number.
    """
    check("base_a", base_a, low=SMALLEST)
    check("base_b", base_b, low=SMALLEST)
    variance = sigma_squared + _poisson_part(count_a=count_a, count_b=count_b)
    return _ratio(count_a / base_a / (count_b / base_b), variance, sigma_squared, df, level)


def usual_change(
    count: float,
    before: float,
    movement: Centre,
    sigma_squared: float,
    df: int,
    level: float = 0.95,
) -> UsualRatio:
    """Return one area's change against the common movement, with the range of usual variation.

    ln(a / a0) less the centre m of the pair of years, with the variance
    1/a + 1/a0 + sigma^2 + 1 / sum w.

    Parameters
    ----------
    count, before
        The area's later and earlier count, above zero.
    movement
        The other areas' centre in those years, of `usual_variation`.
    sigma_squared, df
        The variance of a year's movement, and its degrees of freedom.
    level
        Level of the interval, above 0 and below 1.

    Returns
    -------
    UsualRatio
        Of the area's change to the common one.

    Raises
    ------
    MethodError
        As in `usual_ratio`.
    """
    variance = sigma_squared + movement.variance + _poisson_part(count=count, before=before)
    ratio = count / before / math.exp(movement.mean)
    return _ratio(ratio, variance, sigma_squared, df, level)


def usual_index(
    count_a: float,
    before_a: float,
    count_b: float,
    before_b: float,
    sigma_squared: float,
    df: int,
    level: float = 0.95,
) -> UsualRatio:
    """Return the relative index of two changes with the range that usual variation allows.

    (a / a0) / (b / b0), on the log scale with the variance 1/a + 1/a0 + 1/b + 1/b0 + sigma^2.

    Parameters
    ----------
    count_a, before_a, count_b, before_b
        Later and earlier numbers of events of the two, above zero.
    sigma_squared
        The variance of the one's movement against the other over that time.
    df
        Its degrees of freedom.
    level
        Level of the interval, above 0 and below 1.

    Returns
    -------
    UsualRatio
        Of the first change to the second.

    Raises
    ------
    MethodError
        As in `usual_ratio`.
    """
    variance = sigma_squared + _poisson_part(
        count_a=count_a, before_a=before_a, count_b=count_b, before_b=before_b
    )
    return _ratio(count_a / before_a / (count_b / before_b), variance, sigma_squared, df, level)


def _poisson_part(**counts: float) -> float:
    for name, count in counts.items():
        check(name, count, low=SMALLEST)
    return math.fsum(1 / count for count in counts.values())


_WIDEST = 600.0
_MOST_DF = 10**6


def _ratio(
    ratio: float, variance: float, sigma_squared: float, df: int, level: float
) -> UsualRatio:
    check("sigma_squared", sigma_squared, low=0)
    check("df", df, low=1, high=_MOST_DF)
    error = math.sqrt(variance)
    t = math.log(ratio) / error
    width = critical(df, level) * error
    if width > _WIDEST:
        raise MethodError("the interval is too wide for its ends to be numbers")
    factor = math.exp(width)
    return UsualRatio(ratio, ratio / factor, ratio * factor, t, df, two_sided(t, df))
