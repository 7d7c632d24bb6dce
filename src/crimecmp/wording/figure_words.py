"""Figures, intervals and levels in words."""

from __future__ import annotations

from crimecmp.comparison.row import Comparison, Side
from crimecmp.text import MISSING, PRINTED, places_shown, rounded


def level_words(row: Comparison) -> str:
    """Return the level of a row's intervals: `95%`."""
    return f"{100 * row.tested.interval_level:g}%"


def percent_words(percent: float) -> str:
    """Return how far a figure is from another, without a sign: `11.0%`, `184%`."""
    size = abs(percent)
    return f"{rounded(size, 1 if size < _WHOLE_FROM else 0)}%"


_WHOLE_FROM = 100


def figures_words(row: Comparison) -> str:
    """Return a comparison's figures as printed: `88.6 ± 1.8% against 85.0 ± 0.2%`."""
    each, after = ("%", "") if row.unit == "%" else ("", f" {row.unit}")
    known = [side for side in (row.own, row.other) if side.value is not None]
    figures = [f"{figure_words(row, side)}{each}" for side in known]
    return f"{' against '.join(figures)}{after}" if figures else "no figures"


def figure_words(row: Comparison, side: Side) -> str:
    """Return one figure as printed, with its margin; a change has a sign."""
    if side.value is None:
        return MISSING
    places = places_shown(side.value, side.decimals or 0)
    text = rounded(side.value, places, signed=row.kind == "change")
    if side.margin is None:
        return text
    return f"{text} ± {rounded(side.margin, side.margin_decimals or 0)}"


def interval_words(side: Side, *, signed: bool = False) -> str:
    """Return the ends of a figure's interval: `4.72 to 5.26`; empty where it has none."""
    if side.low is None or side.high is None or side.value is None:
        return ""
    places = places_shown(side.value, side.decimals or 0)
    return " to ".join(rounded(end, places, signed=signed) for end in (side.low, side.high))


def base_words(row: Comparison) -> str:
    """Return the word for a figure's base: people, households, crimes or people asked."""
    unit = row.unit
    if unit == "%":
        return "crimes" if row.kind == "outcome" else "people asked"
    counted = unit.rpartition(" ")[2]
    return "people" if counted == "population" else counted


def range_words(low: float, high: float, places: int, unit: str) -> str:
    """Return a range of differences with signs: `-44.7% to -42.9%`."""
    return " to ".join(f"{rounded(end, places, signed=True)}{unit}" for end in (low, high))


def rates_words(row: Comparison, low: float, high: float) -> str:
    """Return a range of rates: the force's decimals, or more where the ends are smaller."""
    printed = PRINTED + 1 if row.force_decimals is None else row.force_decimals
    shown = [places_shown(row.force_value or high, printed)]
    shown += [places_shown(end, PRINTED + 10) for end in (low, high) if 0 < end < _SMALL]
    return " to ".join(rounded(end, max(1, *shown)) for end in (low, high))


_SMALL = 0.05
