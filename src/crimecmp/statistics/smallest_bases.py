"""How large an area must be for two printed figures to differ by more than random variation."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable

from crimecmp.statistics.arguments import LARGEST, SMALLEST, check
from crimecmp.statistics.distributions import Level
from crimecmp.statistics.intervals import EXACT_BELOW, poisson_limits, wilson_limits
from crimecmp.statistics.rounding import exact_ends, rounding_interval

_BASES = range(1, LARGEST + 1)


def smallest_base(
    value_text: str, benchmark_text: str, per: float = 1000, level: float = 0.95
) -> int | None:
    """Return the smallest base at which two printed rates differ by more than random variation.

    Let v be the end of the value's rounding range that is nearer to the benchmark, and b the end of
    the benchmark's range that is nearer to the value. A base n implies the count x = v n / per. The
    answer is the smallest whole n at which the interval of that count (`poisson_interval`), times
    per / n, excludes b: where the value is the lower of the two, the upper limit is below b; where
    it is the higher, the lower limit is above b. The benchmark is assumed to be known exactly.

    Every larger base excludes b too. At a count of 10 the interval changes from the exact one to
    Byar's, so that b may be excluded, then not, and then again: the last change counts. The base is
    found by bisection.

    Parameters
    ----------
    value_text, benchmark_text
        The rates as printed, in events per `per` of the base; neither is negative.
    per
        The unit of the rates: 1000 for rates per 1,000 of the base.
    level
        Confidence level, above 0 and below 1.

    Returns
    -------
    int | None
        In units of the base (people, households). None where the rounding ranges overlap or touch,
        so that the rates may be equal, and where no base up to 10^15 is large enough.

    Raises
    ------
    MethodError
        A text is not a number, as in `rounding_interval`, or is negative; `per` is zero or less;
        the level is not between 0 and 1; or one of them is not a number.
    """
    check("per", per, low=SMALLEST)
    checked = Level.of(level)
    ends = _nearest_ends(value_text, benchmark_text, LARGEST)
    if ends is None:
        return None
    value, benchmark = ends

    def excluded(base: int) -> bool:
        low, high = poisson_limits(value * base / per, checked)
        return high / base * per < benchmark or low / base * per > benchmark

    # Within each of the two methods an interval only narrows, relative to its count.
    change = bisect_left(_BASES, True, key=lambda base: value * base / per >= EXACT_BELOW)
    if change < len(_BASES) and not excluded(_BASES[change]):
        return _first(_BASES[change:], excluded)
    return _first(_BASES[: change + 1], excluded)


def smallest_base_percent(value_text: str, benchmark_text: str, level: float = 0.95) -> int | None:
    """Return the smallest base at which two percentages differ by more than random variation.

    As `smallest_base`, for percentages of a whole and with Wilson's interval (`wilson_interval`):
    where v and b are the nearer ends of the rounding ranges, the smallest whole n at which the
    interval of v n / 100 out of n, as a percentage, excludes b.

    Parameters
    ----------
    value_text, benchmark_text
        The percentages as printed, 0 to 100.
    level
        Confidence level, above 0 and below 1.

    Returns
    -------
    int | None
        In units of the base (crimes, people asked). None where the rounding ranges overlap or
        touch, and where no base up to 10^15 is large enough.

    Raises
    ------
    MethodError
        A text is not a number, as in `rounding_interval`, or is not from 0 to 100; the level is not
        between 0 and 1, or is not a number.
    """
    checked = Level.of(level)
    ends = _nearest_ends(value_text, benchmark_text, 100)
    if ends is None:
        return None
    value, benchmark = ends

    def excluded(base: int) -> bool:
        low, high = wilson_limits(value / 100 * base, base, checked)
        return 100 * high < benchmark or 100 * low > benchmark

    return _first(_BASES, excluded)


def smallest_base_usual(
    value_text: str,
    benchmark_text: str,
    sigma: float,
    per: float = 1000,
    level: float = 0.95,
) -> int | None:
    """Return the smallest base at which two printed rates differ by more than usual variation.

    As `smallest_base`, with the usual variation between years (standard deviation `sigma` on the
    log scale) beside Poisson variation. With v and b the nearer ends of the rounding ranges, v per
    one of the base and L = |log(v / b)|, it is the smallest whole n at which
    L >= z sqrt(1 / (v n) + sigma^2)::

        n = z^2 / (v (L^2 - z^2 sigma^2)), rounded up

    The variance is that of the log of a Poisson count (Breslow and Day, 1987) plus an extra
    variance (Breslow, 1984). The benchmark is assumed to be known exactly.

    Parameters
    ----------
    value_text, benchmark_text
        The rates as printed, in events per `per` of the base; neither is negative.
    sigma
        Standard deviation of usual variation, on the log scale; 0 for Poisson variation only.
    per
        The unit of the rates: 1000 for rates per 1,000 of the base.
    level
        Confidence level, above 0 and below 1.

    Returns
    -------
    int | None
        In units of the base (people, households). None where the rounding ranges overlap or touch,
        where L <= z sigma, so that the difference is one of a usual year whatever the base, and
        where no base up to 10^15 is large enough.

    Raises
    ------
    MethodError
        As in `smallest_base`, or sigma is negative or not a number.
    """
    check("sigma", sigma, low=0)
    check("per", per, low=SMALLEST)
    z = Level.of(level).z
    ends = _nearest_ends(value_text, benchmark_text, LARGEST)
    if ends is None:
        return None
    value, benchmark = ends
    distance = abs(math.log(value / benchmark))
    if distance <= z * sigma:
        return None
    room = (distance - z * sigma) * (distance + z * sigma)
    base = z * z / (value * room) * per
    return max(1, math.ceil(base)) if base <= LARGEST else None


def _nearest_ends(
    value_text: str, benchmark_text: str, highest: float
) -> tuple[float, float] | None:
    """Return the ends of two rounding ranges that face each other; None if they overlap."""
    for name, text in (("value_text", value_text), ("benchmark_text", benchmark_text)):
        exact_ends(name, text)
        check(name, float(text), low=0, high=highest)
    value, benchmark = rounding_interval(value_text), rounding_interval(benchmark_text)
    if value.high < benchmark.low:
        return value.high, benchmark.low
    if value.low > benchmark.high:
        return value.low, benchmark.high
    return None


def _first(bases: range, excluded: Callable[[int], bool]) -> int | None:
    place = bisect_left(bases, True, key=excluded)
    return bases[place] if place < len(bases) else None
