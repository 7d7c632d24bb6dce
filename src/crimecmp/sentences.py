"""Verdicts in plain sentences, each with its figures, its method and what it leaves open."""

from __future__ import annotations

import math
from typing import cast

from crimecmp.among import UNTESTED
from crimecmp.report import Record
from crimecmp.tables.cells import per
from crimecmp.text import MISSING, PRINTED, in_words, ordinal, places_shown, rounded
from crimecmp.verdicts import (
    CHANGES,
    COUNTS,
    MARGINS,
    MEAN,
    NOT_TESTED,
    PROPORTIONS,
    ROUNDING,
    SIMILAR,
)

_TESTS = (MARGINS, PROPORTIONS, COUNTS, CHANGES, MEAN)


def verdict_words(record: Record) -> str:
    """Return a verdict with its reading, such as `higher (better)`."""
    reading = f" ({record['reading']})" if record["reading"] else ""
    return f"{record['verdict']}{reading}"


def basis_words(record: Record) -> str:
    """Return what a verdict rests on: `after rounding` or a level; empty for `not tested`."""
    if record["verdict"] == NOT_TESTED:
        return ""
    return "after rounding" if record["method"] == ROUNDING else level_words(record)


def verdict_and_basis(record: Record) -> str:
    """Return a verdict with what it rests on, such as `higher (better), 95 %`."""
    return ", ".join(filter(None, [verdict_words(record), basis_words(record)]))


def level_words(record: Record) -> str:
    """Return the level that a row's intervals are at: `95 %`."""
    return f"{100 * cast('float', record['interval_level']):g} %"


def sentence(record: Record, force: str, benchmark: str) -> str:
    """Return what a comparison says, in one sentence or two.

    Parameters
    ----------
    record
        A row of comparison.
    force, benchmark
        What the two are called.
    """
    verdict = str(record["verdict"])
    if record["benchmark"] == record["force"]:
        benchmark = f"itself {benchmark}"
    untested = f"{force} is not tested against {benchmark}"
    if record["force_value"] is None or record["benchmark_value"] is None:
        return f"{untested}: {record['reason']}"
    if record["difference_low"] is None and verdict == NOT_TESTED:
        return f"{untested}. {record['reason']}"
    if verdict == NOT_TESTED:
        return f"{untested}; the printed figures allow {_allowed(record)}. {record['reason']}"
    if record["method"] == ROUNDING:
        lead = f"{force} is {verdict} than {benchmark} after rounding"
        allowed = f"the printed figures allow {_allowed(record)}"
        return f"{lead}; {allowed}; {chance_words(record)}{own_interval(record)}"
    level = level_words(record)
    if record["kind"] == "change":
        force, benchmark = f"The change of {force}", f"that of {benchmark}"
    if verdict == SIMILAR:
        lead = f"{force} is similar to {benchmark}: no difference shows at {level}"
    else:
        lead = f"{force} is {verdict} than {benchmark} at {level}"
    among = among_words(record).replace(", ", " among forces (", 1)
    joined = "" if not among else f"; it is {among})" if verdict == SIMILAR else f", and {among})"
    return f"{lead}{joined}; {_tested(record)}. {record['reason']}"


def among_words(record: Record) -> str:
    """Return where a force stands among forces: `not unusual, 19th of 42`; empty if not tested."""
    if record["among_forces"] in (None, UNTESTED):
        return ""
    place = ordinal(cast("int", record["forces_rank"]))
    return f"{record['among_forces']}, {place} of {record['forces_ranked']}"


def short_sentence(record: Record) -> str:
    """Return what a verdict in a table leaves out: the range that rounding allows, and chance."""
    if record["method"] in _TESTS:
        return _tested(record)
    if record["difference_low"] is None:
        return f"not tested. {record['reason']}"
    allowed = f"rounding allows {_allowed(record)}"
    if record["method"] != ROUNDING:
        return f"{allowed}; not tested. {record['reason']}"
    return f"{allowed}; {chance_words(record)}{own_interval(record)}"


def own_interval(record: Record) -> str:
    """Return the interval of a figure whose own count alone is known; empty where it is not."""
    low, high = record["force_low"], record["force_high"]
    places = places_shown(cast("float", low or 0), _decimals(record) + 1)
    counted = record["force_count"] is not None and record["force_margin"] is None
    if low is None or not counted or record["benchmark_low"] is not None:
        return ""
    ends = f"{_shown(low, places)} to {_shown(high, places)}"
    words = f" By the force's count alone its figure is {ends} ({level_words(record)})"
    scale, value = per(str(record["unit"])), cast("float", record["force_value"])
    base = record["force_base"]
    if base is None and scale and value:
        base = cast("int", record["force_count"]) / value * scale
    smallest = record["smallest_base"]
    if isinstance(base, int | float) and isinstance(smallest, int) and base > smallest:
        words += f", and its own base, about {base:,.0f}, is above {smallest:,}"
    return f"{words}."


def interval_words(record: Record, side: str = "force", *, signed: bool = False) -> str:
    """Return the ends of one side's interval, `4.72 to 5.26`; empty where it has none."""
    low, high, value = (record[f"{side}_{end}"] for end in ("low", "high", "value"))
    if low is None or high is None:
        return ""
    printed = cast("int", record[f"{side}_decimals"])
    places = places_shown(cast("float", value), printed)
    return " to ".join(_shown(end, places, signed=signed) for end in (low, high))


def chance_words(record: Record) -> str:
    """Return from which base on chance is ruled out, where a verdict rests on rounding."""
    base = record["smallest_base"]
    if not isinstance(base, int):
        return "chance is not tested."
    return (
        f"chance is ruled out ({level_words(record)}) for any area with "
        f"{base:,} {base_words(record)} or more, the benchmark taken as exact."
    )


def base_words(record: Record) -> str:
    """Return what a figure's base is counted in: people, households, crimes, people asked."""
    unit = str(record["unit"])
    if unit == "%":
        return "crimes" if record["kind"] == "outcome" else "people asked"
    counted = unit.rpartition(" ")[2]
    return "people" if counted == "population" else counted


def range_words(low: object, high: object, places: int, unit: str) -> str:
    """Return `-44.7 % to -42.9 %`."""
    ends = [f"{_shown(end, places, signed=True)}{unit}" for end in (low, high)]
    return " to ".join(ends)


def _shown(value: object, places: int, *, signed: bool = False) -> str:
    """Return a number of a record, whose values have no one type, with so many decimals."""
    return rounded(cast("float", value), places, signed=signed)


def _allowed(record: Record) -> str:
    """Return the range that rounding allows for the difference."""
    printed = (record["force_decimals"], record["benchmark_decimals"])
    if all(isinstance(places, int) and places > PRINTED for places in printed):
        return "no other difference, as they were not rounded"
    if record["percent_difference_low"] is not None:
        low, high = record["percent_difference_low"], record["percent_difference_high"]
        return range_words(low, high, 1, " %")
    ends = record["difference_low"], record["difference_high"]
    points = record["unit"] == "%"
    places = places_shown(cast("float", record["difference"]), _decimals(record))
    words = f"{range_words(*ends, places, '')}{' points' if points else ''}"
    if record["ratio_low"] is None or record["kind"] == "satisfaction":
        return words
    name = "relative index" if record["kind"] == "change" else "ratio"
    ratio = [_shown(record[field], 3) for field in ("ratio", "ratio_low", "ratio_high")]
    return f"{words} ({name} {ratio[0]}, {ratio[1]} to {ratio[2]})"


def _decimals(record: Record) -> int:
    given = [record["force_decimals"], record["benchmark_decimals"]]
    places = [number for number in given if isinstance(number, int)]
    return max(places, default=0) + (min(places, default=0) != max(places, default=0))


def _tested(record: Record) -> str:
    level = level_words(record)
    low, high = record["interval_low"], record["interval_high"]
    parts = []
    if record["method"] in (MARGINS, PROPORTIONS):
        parts.append(f"{level} interval {range_words(low, high, 1, '')} points")
    elif record["method"] == MEAN:
        ends = range_words(low, high, places_shown(cast("float", record["difference"]), 5), "")
        parts.append(f"{level} interval of the difference {ends} {record['unit']}")
    elif low is not None:
        # The interval is symmetric on the log scale: this is the ratio that was tested, which
        # for a force within its benchmark is that to the rest.
        tested = math.sqrt(cast("float", low) * cast("float", high))
        ends = f"{_shown(low, 3)} to {_shown(high, 3)}"
        name = "relative index" if record["method"] == CHANGES else "ratio"
        parts.append(f"{name} {_shown(tested, 3)}, {level} interval {ends}")
    if record["z_low"] is not None:
        z, least, most = (_shown(record[field], 3) for field in ("z", "z_low", "z_high"))
        parts.append(f"Z {z} ({least} to {most} within rounding)")
    if record["p_value"] is not None:
        p = _shown(record["p_value"], 3)
        parts.append(f"p {p}" if float(p) else "p below 0.001")
    return in_words(parts) or "tested"


def figures_words(record: Record) -> str:
    """Return a comparison's figures as printed: `88.6 ± 1.8 against 85.0 ± 0.2 %`."""
    values = [
        figure_words(record, side)
        for side in ("force", "benchmark")
        if record[f"{side}_value"] is not None
    ]
    return f"{' against '.join(values)} {record['unit']}" if values else "no figures"


def figure_words(record: Record, side: str) -> str:
    """Return one side's figure as printed, with its margin; a change with its sign."""
    value, printed = record[f"{side}_value"], cast("int", record[f"{side}_decimals"])
    if value is None:
        return MISSING
    places = places_shown(cast("float", value), printed)
    text = _shown(value, places, signed=record["kind"] == "change")
    margin = record[f"{side}_margin"]
    if margin is None:
        return text
    return f"{text} ± {_shown(margin, cast('int', record[f'{side}_margin_decimals']))}"
