"""The numbers that the methods take, and the one error for all others."""

from __future__ import annotations

from crimecmp.errors import MethodError

LARGEST = 10**15
"""No number may be larger: up to here a binary float holds every whole number."""

SMALLEST = 1e-15
"""No number that must be above zero may be smaller."""


def check(name: str, value: float, low: float, high: float = LARGEST) -> None:
    """Raise `MethodError` where an argument is not a number from low to high."""
    if not isinstance(value, int | float) or not low <= value <= high:  # never true of NaN
        raise MethodError(f"{name} is {value}: it must be a number from {low:g} to {high:g}")
