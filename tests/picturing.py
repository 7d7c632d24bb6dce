"""What tests of pictures share: figures by plain CSV, and intervals and spreads by NumPy."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pytest
from bundled import CITY, FORCES, Cells, Counted, counted, dataset
from scipy.optimize import brentq
from scipy.stats import false_discovery_control, norm, poisson
from scipy.stats import t as student

from crimecmp.cli import run as cli
from crimecmp.comparison.request import Request, requested
from crimecmp.document.picture import Mark, Scale
from crimecmp.text import ordinal

Floats = npt.NDArray[np.float64]

DATA = dataset()
RATES_OF = "force,metric,period_end,value,count,base"
"""The columns of a user's own rates."""

SPREAD = tuple(force for force in FORCES if force != CITY)
"""The forces that are looked at together unless City of London is asked for."""

OF_COUNTS = 1e-9
"""Limits and rates by other formulas than the program's: rounding errors alone."""


def request_of(*forces: str, **options: Any) -> Request:
    """Return a request of the bundled figures."""
    return requested(DATA, forces, **options)


def deviate(level: float) -> float:
    """Return the two-sided deviate of a level."""
    return float(norm.isf((1 - level) / 2))


def byar(figure: Counted, level: float = 0.95) -> tuple[float, float]:
    """Return Byar's interval of ten events or more, per 1,000 of their base."""
    assert figure.events >= 10
    ends = []
    for sign, x in ((-1, figure.events), (1, figure.events + 1)):
        root = 1 - 1 / (9 * x) + sign * deviate(level) / (3 * math.sqrt(x))
        ends.append(1000 * x * root**3 / figure.base)
    return ends[0], ends[1]


class Expected(NamedTuple):
    """What is expected of one force by the spread of all the others."""

    low: float
    high: float
    p: float
    q: float
    unusual: str
    """`unusually high`, `unusually low` or `not unusual`."""


def between(y: Floats, s2: Floats) -> tuple[float, float, float]:
    """Return the mean, the variance between and the mean's own variance, as Paule and Mandel do.

    The root is found by SciPy's Brent and not by Newton.
    """

    def mean(tau2: float) -> tuple[float, float, float]:
        w = 1 / (s2 + tau2)
        mu = float((w * y).sum() / w.sum())
        return mu, float(1 / w.sum()), float((w * (y - mu) ** 2).sum() - (len(y) - 1))

    tau2 = 0.0 if mean(0.0)[2] <= 0 else float(brentq(lambda x: mean(x)[2], 0.0, 10.0, xtol=1e-16))
    mu, own, _ = mean(tau2)
    return mu, tau2, own


def expected(
    figures: Mapping[str, Counted], level: float = 0.95, forces: Sequence[str] = SPREAD
) -> dict[str, Expected]:
    """Return what is expected of each force, by the formulas of the methods with NumPy and SciPy.

    It is for counts of which 20 or more are expected everywhere.
    """
    observed = np.array([figures[force].events for force in forces], dtype=float)
    bases = np.array([figures[force].base for force in forces], dtype=float)
    rate = float(observed.sum() / bases.sum())
    assert (rate * bases).min() >= 20
    y, s2 = np.sqrt(observed / (rate * bases)), 1 / (4 * rate * bases)
    df = len(forces) - 3
    found = []
    for place in range(len(forces)):
        others = np.arange(len(forces)) != place
        mu, tau2, own = between(y[others], s2[others])
        sd = math.sqrt(s2[place] + tau2 + own)
        half = float(student.isf((1 - level) / 2, df)) * sd
        low, high = (1000 * rate * max(0.0, end) ** 2 for end in (mu - half, mu + half))
        found.append((low, high, 2 * float(student.sf(abs(y[place] - mu) / sd, df)), y[place] > mu))
    ps = [p for _, _, p, _ in found]
    qs = false_discovery_control(ps)
    words = [
        ("unusually high" if above else "unusually low") if p < 1 - level else "not unusual"
        for _, _, p, above in found
    ]
    rows = zip(forces, found, qs, words, strict=True)
    return {f: Expected(low, high, p, float(q), word) for f, (low, high, p, _), q, word in rows}


def movement(metric: str, without: str, end: str, pairs: int = 4) -> tuple[float, int]:
    """Return the variance of a year's movement of the other forces' counts, and its freedom.

    The root of Paule and Mandel's equation, with a centre for each pair of years, by SciPy's Brent.
    """
    forces = [force for force in SPREAD if force != without]
    years = [f"{int(end[:4]) - back}{end[4:]}" for back in range(pairs + 1)]
    counts = [np.array([counted(metric, year)[f].events for f in forces]) for year in years]
    moves = [(np.log(a / b), 1 / a + 1 / b) for a, b in pairwise(counts)]
    df = pairs * (len(forces) - 1)

    def left(sigma2: float) -> float:
        total = 0.0
        for d, s2 in moves:
            w = 1 / (s2 + sigma2)
            total += float((w * (d - (w * d).sum() / w.sum()) ** 2).sum())
        return total - df

    return float(brentq(left, 0.0, 1.0, xtol=1e-16)), df


def usual_ends(log_ratio: float, variance: float, df: int, level: float) -> tuple[float, float]:
    """Return the ends of a ratio with usual variation, by Student's t."""
    half = float(student.isf((1 - level) / 2, df)) * math.sqrt(variance)
    return math.exp(log_ratio - half), math.exp(log_ratio + half)


def funnel_line(events: float, level: float) -> tuple[float, float]:
    """Return the interpolated Poisson quantiles of an expected number, by SciPy."""
    ends = []
    for tail in ((1 - level) / 2, (1 + level) / 2):
        r = poisson.ppf(tail, events)
        ends.append(float(r - (poisson.cdf(r, events) - tail) / poisson.pmf(r, events)))
    return max(0.0, ends[0]), ends[1]


def places(
    figures: Mapping[str, Counted], level: float = 0.95, forces: Sequence[str] = SPREAD
) -> dict[str, tuple[int, int]]:
    """Return the best and the worst place that random variation allows each force, jointly."""
    joint = level ** (1 / len(forces))
    ends = {force: byar(figures[force], joint) for force in forces}
    return {
        force: (
            1 + sum(low > own_high for low, _ in ends.values()),
            len(forces) - sum(high < own_low for _, high in ends.values()),
        )
        for force, (own_low, own_high) in ends.items()
    }


def ordinals(ends: tuple[int, int]) -> str:
    """Return places in words: `28th to 37th`, and one place once."""
    return " to ".join(ordinal(place) for place in dict.fromkeys(ends))


def printed(value: float, places: int = 2) -> str:
    """Return a figure with so many decimals, a half away from zero."""
    step = Decimal(1).scaleb(-places)
    return str(Decimal(repr(value)).quantize(step, rounding=ROUND_HALF_UP))


def month(end: str) -> str:
    """Return the month that a period ends in, for people."""
    return f"{date.fromisoformat(end):%B %Y}"


def ends_of(mark: Mark) -> tuple[float, float]:
    """Return the ends of a mark's interval."""
    assert mark.low is not None
    assert mark.high is not None
    return mark.low, mark.high


def labels(scale: Scale) -> list[str]:
    """Return whose the figures on a scale are, from the top down."""
    return [mark.label for mark in scale.marks]


def of(scale: Scale, label: str) -> Mark:
    """Return the one mark with a label."""
    [mark] = [mark for mark in scale.marks if mark.label == label]
    return mark


def rows_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[Cells]:
    """Return the rows of CSV that a command prints."""
    assert cli.run([*arguments, "--format", "csv"]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
