"""Verdicts as plain sentences, with their figures, methods and limits."""

from __future__ import annotations

import math

from crimecmp.comparison.methods import CHANGES, COUNTS, MARGINS, MEAN, PROPORTIONS, ROUNDING
from crimecmp.comparison.row import Claim, Comparison, Side
from crimecmp.comparison.verdict_words import NOT_TESTED, SIMILAR
from crimecmp.tables.cells import per
from crimecmp.text import MISSING, PRINTED, in_words, ordinal, places_shown, rounded

_TESTS = (MARGINS, PROPORTIONS, COUNTS, CHANGES, MEAN)


def verdict_words(row: Comparison) -> str:
    """Return a verdict, and whether that is better or worse: `higher (better)`."""
    reading = f" ({row.tested.reading})" if row.tested.reading else ""
    return f"{row.tested.verdict}{reading}"


def basis_words(row: Comparison) -> str:
    """Return the basis of a verdict: `after rounding` or a level; empty for `not tested`."""
    if row.tested.verdict == NOT_TESTED:
        return ""
    return "after rounding" if row.tested.method == ROUNDING else level_words(row)


def verdict_and_basis(row: Comparison) -> str:
    """Return a verdict with its basis, such as `higher (better), 95 %`."""
    return ", ".join(filter(None, [verdict_words(row), basis_words(row)]))


def claim_verdict(claim: Claim) -> str:
    """Return the verdict on a claim with its basis, without `better` or `worse`."""
    row = claim.figures
    return ", ".join(filter(None, [claim.verdict, basis_words(row) if row else ""]))


def level_words(row: Comparison) -> str:
    """Return the level of a row's intervals: `95 %`."""
    return f"{100 * row.tested.interval_level:g} %"


def sentence(row: Comparison, force: str, benchmark: str) -> str:
    """Return the result of a comparison in one or two sentences.

    Parameters
    ----------
    row
        The comparison.
    force, benchmark
        The names of the two.
    """
    verdict = row.tested.verdict
    if row.against_itself:
        benchmark = f"itself {benchmark}"
    untested = f"{force} is not tested against {benchmark}"
    if row.force_value is None or row.benchmark_value is None:
        return f"{untested}: {row.tested.reason}"
    if row.tested.difference_low is None and verdict == NOT_TESTED:
        return f"{untested}. {row.tested.reason}"
    if verdict == NOT_TESTED:
        return f"{untested}; the printed figures allow {_allowed_range(row)}. {row.tested.reason}"
    if row.tested.method == ROUNDING:
        lead = f"{force} is {verdict} than {benchmark} after rounding"
        allowed = f"the printed figures allow {_allowed_range(row)}"
        return f"{lead}; {allowed}; {chance_words(row)}{own_interval(row)}"
    level = level_words(row)
    if row.kind == "change":
        force, benchmark = f"The change of {force}", f"that of {benchmark}"
    if verdict == SIMILAR:
        lead = f"{force} is similar to {benchmark}: no difference shows at {level}"
    else:
        lead = f"{force} is {verdict} than {benchmark} at {level}"
    among = among_words(row).replace(", ", " among forces (", 1)
    joined = "" if not among else f"; it is {among})" if verdict == SIMILAR else f", and {among})"
    return f"{lead}{joined}; {_test_words(row)}. {row.tested.reason}"


def among_words(row: Comparison) -> str:
    """Return a force's place among forces: `not unusual, 19th of 42`; empty if not tested."""
    among = row.among
    if among.among_forces == NOT_TESTED or among.forces_rank is None:
        return ""
    return f"{among.among_forces}, {ordinal(among.forces_rank)} of {among.forces_ranked}"


def short_sentence(row: Comparison) -> str:
    """Return what a table does not show of a verdict: its range after rounding, and chance."""
    if row.tested.method in _TESTS:
        return _test_words(row)
    if row.tested.difference_low is None:
        return f"not tested. {row.tested.reason}"
    allowed = f"rounding allows {_allowed_range(row)}"
    if row.tested.method != ROUNDING:
        return f"{allowed}; not tested. {row.tested.reason}"
    return f"{allowed}; {chance_words(row)}{own_interval(row)}"


def own_interval(row: Comparison) -> str:
    """Return a sentence on the interval from the force's count; empty if more is known."""
    low, high = row.tested.force_low, row.tested.force_high
    count = None if row.force_margin is not None else row.force_count
    if low is None or high is None or count is None or row.tested.benchmark_low is not None:
        return ""
    places = places_shown(low, _decimals(row) + 1)
    ends = f"{rounded(low, places)} to {rounded(high, places)}"
    words = f" By the force's count alone its figure is {ends} ({level_words(row)})"
    scale, value = per(row.unit), row.force_value
    base = row.force_base
    if base is None and scale and value:
        base = count / value * scale
    smallest = row.tested.smallest_base
    if base is not None and smallest is not None and base > smallest:
        words += f", and its own base, about {base:,.0f}, is above {smallest:,}"
    return f"{words}."


def interval_words(side: Side, *, signed: bool = False) -> str:
    """Return the ends of a figure's interval: `4.72 to 5.26`; empty where it has none."""
    if side.low is None or side.high is None or side.value is None:
        return ""
    places = places_shown(side.value, side.decimals or 0)
    return " to ".join(rounded(end, places, signed=signed) for end in (side.low, side.high))


def chance_words(row: Comparison) -> str:
    """Return the smallest base for which chance is ruled out, for a verdict after rounding."""
    base = row.tested.smallest_base
    if base is None:
        return "chance is not tested."
    return (
        f"chance is ruled out ({level_words(row)}) for any area with "
        f"{base:,} {base_words(row)} or more, the benchmark taken as exact."
    )


def base_words(row: Comparison) -> str:
    """Return the word for a figure's base: people, households, crimes or people asked."""
    unit = row.unit
    if unit == "%":
        return "crimes" if row.kind == "outcome" else "people asked"
    counted = unit.rpartition(" ")[2]
    return "people" if counted == "population" else counted


def range_words(low: float, high: float, places: int, unit: str) -> str:
    """Return a range of differences with signs: `-44.7 % to -42.9 %`."""
    return " to ".join(f"{rounded(end, places, signed=True)}{unit}" for end in (low, high))


def _allowed_range(row: Comparison) -> str:
    """Return the range of differences that rounding allows."""
    tested = row.tested
    printed = (row.force_decimals, row.benchmark_decimals)
    if all(places is not None and places > PRINTED for places in printed):
        return "no other difference, as they were not rounded"
    percent = tested.percent_difference_low, tested.percent_difference_high
    if percent[0] is not None and percent[1] is not None:
        return range_words(percent[0], percent[1], 1, " %")
    low, high = tested.difference_low or 0.0, tested.difference_high or 0.0
    places = places_shown(row.difference or 0.0, _decimals(row))
    points = " points" if row.unit == "%" else ""
    words = f"{range_words(low, high, places, '')}{points}"
    ratio = tested.ratio, tested.ratio_low, tested.ratio_high
    shown = [rounded(value, 3) for value in ratio if value is not None]
    if len(shown) < len(ratio) or row.kind == "satisfaction":
        return words
    name = "relative index" if row.kind == "change" else "ratio"
    return f"{words} ({name} {shown[0]}, {shown[1]} to {shown[2]})"


def _decimals(row: Comparison) -> int:
    printed = (row.force_decimals, row.benchmark_decimals)
    places = [number for number in printed if number is not None]
    return max(places, default=0) + (min(places, default=0) != max(places, default=0))


def _test_words(row: Comparison) -> str:
    level, tested = level_words(row), row.tested
    low, high = tested.interval_low, tested.interval_high
    parts = []
    if low is not None and high is not None:
        parts.append(_test_interval(row, low, high, level))
    if tested.z is not None and tested.z_low is not None and tested.z_high is not None:
        z, least, most = (rounded(value, 3) for value in (tested.z, tested.z_low, tested.z_high))
        parts.append(f"Z {z} ({least} to {most} within rounding)")
    if tested.p_value is not None:
        p = rounded(tested.p_value, 3)
        parts.append(f"p {p}" if float(p) else "p below 0.001")
    return in_words(parts) or "tested"


def _test_interval(row: Comparison, low: float, high: float, level: str) -> str:
    """Return the interval of a test: of a difference, or of a ratio together with the ratio."""
    method = row.tested.method
    if method in (MARGINS, PROPORTIONS):
        return f"{level} interval {range_words(low, high, 1, '')} points"
    if method == MEAN:
        ends = range_words(low, high, places_shown(row.difference or 0.0, 5), "")
        return f"{level} interval of the difference {ends} {row.unit}"
    # The interval is symmetric on the log scale, so its geometric mean is the ratio tested. For a
    # force that is part of its benchmark, that is the ratio to the rest of the benchmark.
    ends = f"{rounded(low, 3)} to {rounded(high, 3)}"
    name = "relative index" if method == CHANGES else "ratio"
    return f"{name} {rounded(math.sqrt(low * high), 3)}, {level} interval {ends}"


def figures_words(row: Comparison) -> str:
    """Return a comparison's figures as printed: `88.6 ± 1.8 against 85.0 ± 0.2 %`."""
    figures = [figure_words(row, side) for side in (row.own, row.other) if side.value is not None]
    return f"{' against '.join(figures)} {row.unit}" if figures else "no figures"


def figure_words(row: Comparison, side: Side) -> str:
    """Return one figure as printed, with its margin; a change has a sign."""
    if side.value is None:
        return MISSING
    places = places_shown(side.value, side.decimals or 0)
    text = rounded(side.value, places, signed=row.kind == "change")
    if side.margin is None:
        return text
    return f"{text} ± {rounded(side.margin, side.margin_decimals or 0)}"
