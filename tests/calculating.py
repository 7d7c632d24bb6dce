"""What tests of numbers share: tolerances, numbers to draw, what is finite, usual variation."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st
from scipy.optimize import brentq

CLOSED = 1e-9
"""Closed formulas, and worked values given to ten decimals or more: rounding errors only."""

SEARCHED = 1e-6
"""Worked values that a search found, or that are given to six decimals."""

EXACT = 1e-11
"""Exact limits against SciPy's: a few digits go in its logarithms of gamma and in ours."""

PROBABILITY = 1e-9
"""Exact p against SciPy's: far out in the tails of a hundred million events the exponent is in
the thousands, and its last digit is worth 1e-12 of p; some dozens of those add up."""

SMALLEST_P = 1e-290
"""Below this a probability runs out of digits, and is compared as it stands."""

ULP = 1e-12
"""A law that holds exactly for the formula may miss by rounding errors in floats."""

levels = st.floats(0.001, 0.9999)

usual_levels = st.sampled_from([0.9, 0.95, 0.99, 0.998])

counts = st.integers(0, 10**6) | st.integers(0, 30)

any_float = st.floats() | st.integers(-(10**17), 10**17) | st.floats(0, 1) | st.integers(-1, 50)


@st.composite
def printed_figures(draw: st.DrawFn, highest: int = 10**6) -> str:
    """Draw a figure as it is printed, with no to three decimals."""
    decimals = draw(st.integers(0, 3))
    digits = draw(st.integers(0, highest) | st.integers(0, 300))
    if not decimals:
        return str(digits)
    text = str(digits).zfill(decimals + 1)
    return f"{text[:-decimals]}.{text[-decimals:]}"


def near(expected: object, tolerance: float = CLOSED) -> Any:
    """Return what equals the number or numbers within the tolerance, relative or absolute."""
    return pytest.approx(expected, rel=tolerance, abs=tolerance)


def closely(expected: object, tolerance: float) -> Any:
    """Return what equals the number or numbers within the relative tolerance, however small."""
    return pytest.approx(expected, rel=tolerance, abs=SMALLEST_P)


def finite(answer: object) -> bool:
    """Say whether every number in an answer is finite."""
    if isinstance(answer, tuple):
        return all(finite(part) for part in answer)
    return answer is None or (isinstance(answer, int | float) and math.isfinite(answer))


def usual_sigma(pairs: Iterable[Sequence[tuple[int, int]]]) -> float:
    """Return sigma of pairs of years by a root finder: each has its counts and those before."""
    logs, errors = [], []
    for pair in pairs:
        now, before = np.array(pair, dtype=float).T
        logs.append(np.log(now / before))
        errors.append(1 / now + 1 / before)

    def excess(variance: float) -> float:
        found = 0.0
        for d, error in zip(logs, errors, strict=True):
            w = 1 / (error + variance)
            found += float(w @ (d - w @ d / w.sum()) ** 2) - (len(d) - 1)
        return found

    if excess(0) <= 0:
        return 0.0
    return math.sqrt(brentq(excess, 0, 1e6, xtol=1e-16, rtol=1e-13, maxiter=500))
