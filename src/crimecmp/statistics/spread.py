"""How much more areas differ than by Poisson variation, as version 0.1 measured it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from crimecmp.errors import MethodError
from crimecmp.statistics.arguments import SMALLEST, check


class Overdispersion(NamedTuple):
    """How much more areas differ from each other than chance alone would explain.

    Parameters
    ----------
    phi
        Mean square of the winsorised z; about one where the areas differ by chance alone.
    tau_squared
        Variance between areas, on the scale of the square root of observed over expected.
    z
        Each area's z against chance alone, not winsorised.
    adjusted_z
        Each area's z against chance and the variance between areas together.
    """

    phi: float
    tau_squared: float
    z: tuple[float, ...]
    adjusted_z: tuple[float, ...]


def overdispersion(
    observed: Sequence[float], expected: Sequence[float], trim: float = 0.1
) -> Overdispersion:
    """Return how much more areas' counts differ from those expected than chance would explain.

    On the root scale, with an additive variance between areas (Spiegelhalter, 2005)::

        y = sqrt(O / E)        s = 1 / (2 sqrt E)        z = (y - 1) / s        w = 1 / s^2
        phi   = mean of the squares of the winsorised z
        tau^2 = max(0, (I phi - (I - 1)) / (sum w - sum w^2 / sum w))
        adjusted z = (y - 1) / sqrt(s^2 + tau^2)

    where I is the number of areas. To winsorise is to replace each z below the quantile `trim` by
    that quantile, and each above the quantile 1 - `trim` likewise. The quantile q of I values in
    order is at position (I - 1) q, counted from 0, interpolated between two values (type 7 of
    Hyndman and Fan, the default of R and NumPy). Only phi and tau^2 use the winsorised z.

    Parameters
    ----------
    observed
        Each area's number of events.
    expected
        Each area's expected number of events, in the same order.
    trim
        The share of areas winsorised at each end, from 0 to below 0.5.

    Returns
    -------
    Overdispersion
        Pure numbers; z is in the order of the areas.

    Raises
    ------
    MethodError
        The sequences differ in length or have fewer than two areas, an observed count is negative,
        an expected one is zero or less, the trim is not from 0 to below 0.5, or one of them is not
        a number.
    """
    if len(observed) != len(expected):
        raise MethodError(
            f"observed has {len(observed)} areas and expected {len(expected)}: "
            "they must have the same"
        )
    areas = len(observed)
    if areas < 2:  # one area has no other to differ from
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
    # Equal to sum w - sum w^2 / sum w, but stays above zero where one area outweighs the rest.
    spread = math.fsum(w * (total - w) for w in weights) / total
    tau_squared = max(0.0, (areas * phi - (areas - 1)) / spread)
    adjusted = (x / math.sqrt(1 / w + tau_squared) for x, w in zip(excess, weights, strict=True))
    return Overdispersion(phi, tau_squared, tuple(z), tuple(adjusted))


def _quantile(in_order: list[float], q: float) -> float:
    place = (len(in_order) - 1) * q
    below = math.floor(place)
    above = min(below + 1, len(in_order) - 1)
    return in_order[below] + (place - below) * (in_order[above] - in_order[below])
