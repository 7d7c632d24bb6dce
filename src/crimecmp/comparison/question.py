"""The question that a verdict answers: two figures, and how they are compared."""

from __future__ import annotations

from typing import NamedTuple

CHANGE = "change"


class Estimate(NamedTuple):
    """An area's figure, with its count, base and margin if they are known.

    Parameters
    ----------
    value
        The figure.
    decimals
        How many decimals it was printed with.
    events, base
        What it was calculated from: crimes, and people, households or crimes; None where that was
        not published.
    margin
        Half width of its 95% interval, in the figure's unit; None where there is none.
    margin_decimals
        How many decimals the margin was printed with.
    events_before
        For a change, the crimes of the earlier period; `events` are those of the later one.
    """

    value: float
    decimals: int
    events: int | None = None
    base: float | None = None
    margin: float | None = None
    margin_decimals: int | None = None
    events_before: int | None = None

    @property
    def text(self) -> str:
        """The figure as printed."""
        return f"{self.value:.{self.decimals}f}"


class Question(NamedTuple):
    """What to judge.

    Parameters
    ----------
    kind
        The kind of the figures: `rate`, `change`, `outcome` or `satisfaction`.
    unit
        Their unit: `per 1,000 population`, `%`.
    force, benchmark
        The figures; None where one is missing.
    part
        Whether the force is part of the benchmark.
    polarity
        The metric's: `none`, `higher-is-better` or `lower-is-better`.
    level
        Level of confidence of tests, of intervals and of the smallest base.
    mean
        Whether the benchmark is the unweighted mean of a group.
    others
        Where the benchmark is a group, count and base of each of its areas but the force; None
        where one of them is not known.
    shares
        Whether what percentages count is part of their base, so that none can be over 100.
    moving
        How many times the variance of one force's yearly movement the two sides have between them:
        1 against England and Wales, whose movement is what a force's is measured from, and 2
        against another force.
    years
        For a change, how many years lie between its two periods; else 1.
    """

    kind: str
    unit: str
    force: Estimate | None
    benchmark: Estimate | None
    part: bool = False
    polarity: str = "none"
    level: float = 0.95
    mean: bool = False
    others: tuple[tuple[int, float], ...] | None = None
    shares: bool = False
    moving: float = 1.0
    years: float = 1.0
