"""The smallest base from which on two printed figures differ by more than chance."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from crimecmp.statistics.arguments import LARGEST, SMALLEST, check
from crimecmp.statistics.distributions import Level
from crimecmp.statistics.intervals import EXACT_BELOW, poisson_limits, wilson_limits
from crimecmp.statistics.rounding import exact_ends, rounding_interval


def smallest_base(
    value_text: str, benchmark_text: str, per: float = 1000, level: float = 0.95
) -> int | None:
    """Return the smallest base from which on two printed rates differ by more than chance.

    Let v be the end of the value's rounding range that is nearer to the benchmark, and b the end of
    the benchmark's that is nearer to the value. A base n implies the count x = v n / per. The
    answer is the smallest whole n for which the interval of that count (`poisson_interval`), times
    per / n, leaves out b: its upper limit is below b where the value is the lower of the two, its
    lower limit above b where it is the higher. The benchmark is taken as known.

    Every larger base leaves b out too. Where the change from the exact interval to Byar's at a
    count of 10 makes the answer to 'is b left out?' go from yes to no and to yes again, it is the
    last yes that counts. It is found by bisection over the base.

    Parameters
    ----------
    value_text, benchmark_text
        The rates as printed, in events per `per` of the base; neither negative.
    per
        The rates are so many events for this much of the base.
    level
        Confidence level, above 0 and below 1.

    Returns
    -------
    int | None
        Units of the base (people, households). None where the rounding ranges overlap or touch, so
        that the rates may be the same, and where no base up to 10^15 is large enough.

    Raises
    ------
    MethodError
        A text is not a number, as in `rounding_interval`, or a negative one; `per` is zero or less,
        the level is not between 0 and 1, or one of them is not a number.
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

    # On either side of the change of method an interval relative to its count only narrows.
    bases = range(1, LARGEST + 1)
    change = bisect_left(bases, True, key=lambda base: value * base / per >= EXACT_BELOW)
    if change < len(bases) and not excluded(bases[change]):
        return _first(bases[change:], excluded)
    return _first(bases[: change + 1], excluded)


def smallest_base_percent(value_text: str, benchmark_text: str, level: float = 0.95) -> int | None:
    """Return the smallest base from which on two printed percentages differ by more than chance.

    As `smallest_base`, with percentages of a whole for rates and Wilson's interval
    (`wilson_interval`) for the count's: with v and b the nearer rounding ends, it is the smallest
    whole n for which the interval of v n / 100 out of n, in per cent, leaves out b.

    Parameters
    ----------
    value_text, benchmark_text
        The percentages as printed, 0 to 100.
    level
        Confidence level, above 0 and below 1.

    Returns
    -------
    int | None
        Units of the base (crimes, people asked). None where the rounding ranges overlap or touch,
        and where no base up to 10^15 is large enough.

    Raises
    ------
    MethodError
        A text is not a number, as in `rounding_interval`, or not from 0 to 100; the level is not
        between 0 and 1 or not a number.
    """
    checked = Level.of(level)
    ends = _nearest_ends(value_text, benchmark_text, 100)
    if ends is None:
        return None
    value, benchmark = ends

    def excluded(base: int) -> bool:
        low, high = wilson_limits(value / 100 * base, base, checked)
        return 100 * high < benchmark or 100 * low > benchmark

    return _first(range(1, LARGEST + 1), excluded)


def _nearest_ends(
    value_text: str, benchmark_text: str, highest: float
) -> tuple[float, float] | None:
    """Return the ends of two rounding ranges that face each other; None where no gap is between."""
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
