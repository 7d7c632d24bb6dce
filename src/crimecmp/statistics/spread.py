"""Is an area unusual among areas? Funnel limits, and how much more than chance areas differ."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from crimecmp.errors import MethodError
from crimecmp.statistics.arguments import SMALLEST, check
from crimecmp.statistics.distributions import Level
from crimecmp.statistics.intervals import Interval, exact_poisson_limits


class Overdispersion(NamedTuple):
    """How much more areas differ than chance allows.

    Parameters
    ----------
    phi
        Mean square of the winsorised z; one where the areas differ by chance alone.
    tau_squared
        Variance between areas, on the scale of the root of observed over expected.
    z
        Each area's z by chance alone, not winsorised.
    adjusted_z
        Each area's z with the variance between areas taken in.
    """

    phi: float
    tau_squared: float
    z: tuple[float, ...]
    adjusted_z: tuple[float, ...]


def funnel_limits(base: float, rate: float, per: float = 1000, level: float = 0.95) -> Interval:
    """Return the control limits of a funnel plot: rates that areas of one base stay between.

    With E = rate base / per the events to be expected at the rate of all areas together, the limits
    are the exact Poisson limits of E, times per / base (Spiegelhalter, 2005, for the funnel;
    Garwood, 1936, for the limits)::

        L = chi2(alpha / 2; 2E) / 2        U = chi2(1 - alpha / 2; 2E + 2) / 2

    They are exact at every E: Byar's approximation is not used.

    An area's figure outside these limits, and the area's own interval leaving out the rate, are not
    the same: 7 events are below the 95 % limits of 13.14 expected, but their own 95 % interval
    takes 13.14 in. Far from small counts the two agree.

    Parameters
    ----------
    base
        The area's base: people, households.
    rate
        The rate of all areas together, in events per `per` of the base.
    per
        The rate is so many events for this much of the base.
    level
        Share of areas to be expected between the limits, above 0 and below 1.

    Returns
    -------
    Interval
        In events per `per` of the base.

    Raises
    ------
    MethodError
        The base or `per` is zero or less, the rate is negative, they imply more than 10^15 events,
        the level is not between 0 and 1, or one of them is not a number.
    """
    check("base", base, low=SMALLEST)
    check("rate", rate, low=0)
    check("per", per, low=SMALLEST)
    expected = rate / per * base
    check("rate times base over per", expected, low=0)
    low, high = exact_poisson_limits(expected, Level.of(level))
    return Interval(low / base * per, high / base * per)


def overdispersed_limits(
    base: float, rate: float, tau_squared: float, per: float = 1000, level: float = 0.95
) -> Interval:
    """Return the control limits of a funnel plot with the spread of the areas taken in.

    The rates at which an area's adjusted z of `overdispersion` is the level's deviate: with
    E = rate base / per expected events and tau^2 the variance between areas (Spiegelhalter, 2005)::

        sd = sqrt(1 / (4E) + tau^2)     L = rate max(0, 1 - z sd)^2     U = rate (1 + z sd)^2

    Parameters
    ----------
    base
        The area's base: people, households.
    rate
        The rate of all areas together, in events per `per` of the base.
    tau_squared
        The variance between areas, of the root of observed over expected events.
    per
        The rate is so many events for this much of the base.
    level
        Share of areas to be expected between the limits, above 0 and below 1.

    Returns
    -------
    Interval
        In events per `per` of the base.

    Raises
    ------
    MethodError
        The base, the rate or `per` is zero or less, the variance is negative, the level is not
        between 0 and 1, or one of them is not a number.
    """
    check("base", base, low=SMALLEST)
    check("rate", rate, low=SMALLEST)
    check("tau_squared", tau_squared, low=0)
    check("per", per, low=SMALLEST)
    expected = rate / per * base
    check("rate times base over per", expected, low=SMALLEST)
    spread = Level.of(level).z * math.sqrt(1 / (4 * expected) + tau_squared)
    return Interval(rate * max(0.0, 1 - spread) ** 2, rate * (1 + spread) ** 2)


def overdispersion(
    observed: Sequence[float], expected: Sequence[float], trim: float = 0.1
) -> Overdispersion:
    """Return how much more areas' counts differ from the expected than chance allows.

    On the root scale, with an additive variance between areas (Spiegelhalter, 2005)::

        y = sqrt(O / E)        s = 1 / (2 sqrt E)        z = (y - 1) / s        w = 1 / s^2
        phi   = mean of the squares of the winsorised z
        tau^2 = max(0, (I phi - (I - 1)) / (sum w - sum w^2 / sum w)), I being the number of areas
        adjusted z = (y - 1) / sqrt(s^2 + tau^2)

    Winsorising: each z below the quantile `trim` is put up to it and each above the quantile
    1 - `trim` down to it. The quantile q of I values in order, counted from 0, stands at place
    (I - 1) q, between two values in proportion (Hyndman and Fan's type 7, which R and NumPy use by
    default). Only phi, and through it tau^2, is made of winsorised z.

    Parameters
    ----------
    observed
        Each area's number of events.
    expected
        Each area's expected number of events, in the same order.
    trim
        The part winsorised at each end, 0 to below 0.5.

    Returns
    -------
    Overdispersion
        Pure numbers, z in the order given.

    Raises
    ------
    MethodError
        The sequences differ in length or have fewer than two areas, an observed count is negative,
        an expected one zero or less, the trim is not from 0 to below 0.5, or one of them is not a
        number.
    """
    if len(observed) != len(expected):
        raise MethodError(
            f"observed has {len(observed)} areas and expected {len(expected)}: "
            "they must have the same"
        )
    areas = len(observed)
    if areas < 2:  # one area has nothing to differ from
        raise MethodError(f"observed and expected have {areas} areas: there must be 2 or more")
    for place in range(areas):
        check(f"observed[{place}]", observed[place], low=0)
        check(f"expected[{place}]", expected[place], low=SMALLEST)
    if not 0 <= trim < 0.5:
        raise MethodError(f"trim is {trim}: it must be from 0 to below 0.5")

    excess = [math.sqrt(o / e) - 1 for o, e in zip(observed, expected, strict=True)]
    weights = [4 * e for e in expected]
    z = [x * math.sqrt(w) for x, w in zip(excess, weights, strict=True)]
    in_order = sorted(z)
    low, high = _quantile(in_order, trim), _quantile(in_order, 1 - trim)
    phi = math.fsum(min(max(value, low), high) ** 2 for value in z) / areas
    total = math.fsum(weights)
    # The same as sum w - sum w^2 / sum w, but above zero also where one area outweighs the rest.
    spread = math.fsum(w * (total - w) for w in weights) / total
    tau_squared = max(0.0, (areas * phi - (areas - 1)) / spread)
    adjusted = (x / math.sqrt(1 / w + tau_squared) for x, w in zip(excess, weights, strict=True))
    return Overdispersion(phi, tau_squared, tuple(z), tuple(adjusted))


def _quantile(in_order: list[float], q: float) -> float:
    place = (len(in_order) - 1) * q
    below = math.floor(place)
    above = min(below + 1, len(in_order) - 1)
    return in_order[below] + (place - below) * (in_order[above] - in_order[below])
