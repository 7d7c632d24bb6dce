"""Units for people: per 1,000 people, and a larger base for rates that would be all zeros."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from crimecmp.comparison.row import Comparison, Side
from crimecmp.tables.cells import per
from crimecmp.text import MISSING, PRINTED, UNBREAKABLE, places_shown, rounded
from crimecmp.wording.figure_words import base_words, figure_words

_LEAST_SHOWN = 0.1
_LARGER = (1, 100, 1000)
_PER = {1_000: "1,000", 100_000: "100,000", 1_000_000: "million"}


class Scale(NamedTuple):
    """The base that rates of one measure are shown over.

    Parameters
    ----------
    factor
        What the rates are multiplied by: 1, or more where the largest would be below 0.1.
    unit
        Their unit, such as `per 1,000 people`; empty for percentages.
    """

    factor: int
    unit: str

    @classmethod
    def of(cls, rows: Iterable[Comparison]) -> Scale:
        """Return the scale for comparisons on one measure; figures as printed stay as printed."""
        rows = list(rows)
        base = per(rows[0].unit)
        if rows[0].kind != "rate" or base is None:
            return cls(1, "" if rows[0].unit == "%" else rows[0].unit)
        values = [v for row in rows for v in (row.force_value, row.benchmark_value) if v]
        printed = any(
            places is not None and places <= PRINTED
            for row in rows
            for places in (row.force_decimals, row.benchmark_decimals)
        )
        factor = 1
        if values and not printed:
            large = (f for f in _LARGER if f * max(values) >= _LEAST_SHOWN)
            factor = next(large, _LARGER[-1])
        shown = _PER.get(round(base * factor), f"{base * factor:,.0f}")
        return cls(factor, f"per {shown} {base_words(rows[0])}")

    def unbroken(self, row: Comparison, side: Side) -> str:
        """Return one figure for a text, its margin on the same line."""
        return self.figure(row, side).replace(" ", UNBREAKABLE)

    def figure(self, row: Comparison, side: Side) -> str:
        """Return one figure, with a sign for percentages in sentences."""
        if row.kind == "change" and side.value is not None:
            return f"{rounded(side.value, min(side.decimals or 0, 1), signed=True)}%"
        text = self.cell(row, side)
        return f"{text}%" if row.unit == "%" and side.value is not None else text

    def cell(self, row: Comparison, side: Side) -> str:
        """Return one figure as a cell."""
        if side.value is None:
            return MISSING
        return figure_words(row, side) if self.factor == 1 else self.number(side.value)

    def number(self, value: float) -> str:
        """Return a calculated rate in this scale."""
        return rounded(value * self.factor, places_shown(value * self.factor, PRINTED + 1))

    def interval(self, side: Side) -> str:
        """Return the ends of a figure's interval; empty where it has none."""
        if side.low is None or side.high is None or side.value is None:
            return ""
        printed = PRINTED + 1 if self.factor > 1 else side.decimals or 0
        places = places_shown(side.value * self.factor, printed)
        return " to ".join(rounded(end * self.factor, places) for end in (side.low, side.high))
