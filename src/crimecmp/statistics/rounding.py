"""The values that a printed figure may have been rounded from, and what two figures then allow."""

from __future__ import annotations

from typing import NamedTuple

from crimecmp.errors import MethodError
from crimecmp.statistics.intervals import Interval

LONGEST = 30
"""The most characters that a printed figure may have."""


def rounding_interval(text: str) -> Interval:
    """Return the range of values that round to a printed figure.

    value ± half a unit of the last printed decimal: `5.0` is 4.95 to 5.05, `5` is 4.5 to 5.5. The
    lower end is in the range and the upper end is not. Both are the floats nearest to the exact
    decimals.

    Parameters
    ----------
    text
        The figure as printed: digits, at most one decimal point and at most one sign in front.

    Returns
    -------
    Interval
        In the unit of the figure.

    Raises
    ------
    MethodError
        The text is not such a figure, or has more than 30 characters.
    """
    ends = exact_ends("text", text)
    return Interval(ends.low / ends.unit, ends.high / ends.unit)


def difference_range(a_text: str, b_text: str) -> Interval:
    """Return the differences, first less second, that the rounding of two figures allows.

    From the lowest first less the highest second to the highest first less the lowest second, by
    `rounding_interval`. The direction is certain where both ends are on the same side of zero.

    Parameters
    ----------
    a_text, b_text
        The figures as printed, in the same unit.

    Returns
    -------
    Interval
        In the unit of the figures; in percentage points for percentages.

    Raises
    ------
    MethodError
        A text is not a number, as in `rounding_interval`.
    """
    a, b = exact_ends("a_text", a_text), exact_ends("b_text", b_text)
    unit = a.unit * b.unit
    return Interval(
        (a.low * b.unit - b.high * a.unit) / unit, (a.high * b.unit - b.low * a.unit) / unit
    )


def ratio_range(a_text: str, b_text: str) -> Interval | None:
    """Return the ratios, first over second, that the rounding of two figures allows.

    From the lowest first over the highest second to the highest first over the lowest second, by
    `rounding_interval`. (Of a first figure below zero, the other way about.)

    Parameters
    ----------
    a_text, b_text
        The figures as printed, in the same unit.

    Returns
    -------
    Interval | None
        A pure number. None where the second figure may be zero or negative, so that the ratio has
        no bounds.

    Raises
    ------
    MethodError
        A text is not a number, as in `rounding_interval`.
    """
    quotients = _quotients(exact_ends("a_text", a_text), exact_ends("b_text", b_text))
    return _span([above / below for above, below in quotients])


def percent_range(a_text: str, b_text: str) -> Interval | None:
    """Return the percentage differences from the second figure that rounding allows.

    100 (a / b - 1) over the range of a / b in `ratio_range`.

    Parameters
    ----------
    a_text, b_text
        The figures as printed, in the same unit.

    Returns
    -------
    Interval | None
        Per cent of the second figure. None where that may be zero or negative.

    Raises
    ------
    MethodError
        A text is not a number, as in `rounding_interval`.
    """
    quotients = _quotients(exact_ends("a_text", a_text), exact_ends("b_text", b_text))
    return _span([100 * (above - below) / below for above, below in quotients])


def relative_index_range(a_text: str, b_text: str) -> Interval | None:
    """Return the relative indices of two percentage changes that rounding allows.

    (100 + a) / (100 + b) is the ratio of two areas that began level. The range is over all changes
    a and b in `rounding_interval`.

    Parameters
    ----------
    a_text, b_text
        The percentage changes as printed, such as `-11` and `-16`.

    Returns
    -------
    Interval | None
        A pure number: one where both changed alike. None where the second change may be a fall of
        100% or more.

    Raises
    ------
    MethodError
        A text is not a number, as in `rounding_interval`.
    """
    a, b = (
        Ends(change.low + 100 * change.unit, change.high + 100 * change.unit, change.unit)
        for change in (exact_ends("a_text", a_text), exact_ends("b_text", b_text))
    )
    return _span([above / below for above, below in _quotients(a, b)])


class Ends(NamedTuple):
    """The exact ends of a printed figure's range: low / unit and high / unit."""

    low: int
    high: int
    unit: int


def exact_ends(name: str, text: str) -> Ends:
    """Return the exact ends of a printed figure's range; errors name it as the argument."""
    if not isinstance(text, str):
        raise MethodError(f"{name} is {text!r}: it must be the text of a printed figure")
    sign = text[:1] if text[:1] in ("+", "-") else ""
    whole, point, decimals = text[len(sign) :].partition(".")
    digits = whole + decimals
    if not (digits.isascii() and digits.isdigit()) or (point and not decimals):
        raise MethodError(
            f"{name} is {text[: LONGEST + 1]!r}: it must be digits with at most one decimal point"
        )
    if len(text) > LONGEST:
        raise MethodError(f"{name} is longer than {LONGEST} characters")
    twice = 2 * int(sign + digits)
    return Ends(twice - 1, twice + 1, 2 * 10 ** len(decimals))


def _quotients(a: Ends, b: Ends) -> list[tuple[int, int]]:
    """Return each end of a over each end of b, as pairs of integers; none where b may be zero."""
    if b.low <= 0:
        return []
    return [(end * b.unit, other * a.unit) for end in (a.low, a.high) for other in (b.low, b.high)]


def _span(values: list[float]) -> Interval | None:
    return Interval(min(values), max(values)) if values else None
