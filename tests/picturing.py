"""What tests of pictures share: figures by plain CSV, and intervals and spreads by NumPy."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

import numpy as np
import pytest
from bundled import CITY, FORCES, Cells, Counted, dataset
from scipy.stats import norm

from crimecmp.cli import run as cli
from crimecmp.comparison.request import Request, requested
from crimecmp.document.picture import Mark, Scale

DATA = dataset()
RATES_OF = "force,metric,period_end,value,count,base"
"""The columns of a user's own rates."""

SPREAD = tuple(force for force in FORCES if force != CITY)
"""The forces that are looked at together unless City of London is asked for."""

OF_COUNTS = 1e-9
"""Limits and rates by other formulas than the program's: rounding errors alone."""


def find_places(*forces: str, **options: Any) -> Request:
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


class Spread(NamedTuple):
    """What forces are held against, together and each: the rate, the variance, adjusted z."""

    rate: float
    tau_squared: float
    adjusted_z: dict[str, float]


def spread_of(figures: Mapping[str, Counted], forces: Sequence[str] = SPREAD) -> Spread:
    """Return the spread of forces by the formulas of the methods, written with NumPy."""
    observed = np.array([figures[force].events for force in forces], dtype=float)
    bases = np.array([figures[force].base for force in forces], dtype=float)
    rate = observed.sum() / bases.sum()
    y, s = np.sqrt(observed / (rate * bases)), 1 / (2 * np.sqrt(rate * bases))
    z = (y - 1) / s
    phi = np.mean(np.clip(z, *np.quantile(z, [0.1, 0.9])) ** 2)
    w, many = 1 / s**2, len(forces)
    between = max(0.0, (many * phi - (many - 1)) / (w.sum() - (w**2).sum() / w.sum()))
    adjusted = (y - 1) / np.sqrt(s**2 + between)
    return Spread(
        1000 * float(rate), float(between), dict(zip(forces, adjusted.tolist(), strict=True))
    )


def printed(value: float, places: int = 2) -> str:
    """Return a figure with so many decimals, a half away from nought."""
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
