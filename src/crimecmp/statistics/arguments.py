"""The bounds of all arguments that are numbers, and the check that keeps them."""

from __future__ import annotations

from crimecmp.errors import MethodError

LARGEST = 10**15
"""The largest number allowed: up to here a float holds every whole number exactly."""

SMALLEST = 1e-15
"""The smallest number allowed where it must be above zero."""


def check(name: str, value: float, low: float, high: float = LARGEST) -> None:
    """Raise `MethodError` where an argument is not a number from low to high."""
    if not isinstance(value, int | float) or not low <= value <= high:  # never true of NaN
        raise MethodError(f"{name} is {value}: it must be a number from {low:g} to {high:g}")
