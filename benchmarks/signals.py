"""Measure how often control charts show a signal where nothing changed, and how soon where it did.

Run it in an environment with crimecmp: `python benchmarks/signals.py`. All 4,000 runs take about
two minutes of one core; `--runs 200` gives a short look. `signals.md` has the tables of a full run.

The first table charts values from a normal distribution, to compare with the rates that are stated
for the rules. The second charts quarterly counts as `crimecmp trend --by quarter` does, from
distributions that do not change: Poisson, with more than Poisson variation (a gamma distribution of
the mean), and with seasons too. The third adds a step after the baseline, in a tenth as many runs,
and charts each quarter when it is the last one that is known.

The tables are printed as Markdown. It returns 1 if a share is outside its band.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from crimecmp.comparison.control import ABOVE, RISING, SIGNALS, control_chart
from crimecmp.comparison.row import Charted
from crimecmp.statistics.series import FEWEST_FOR_RULES, RULES, SEASONAL_RULES, individuals_chart
from crimecmp.tables.period_counts import AVERAGE_YEAR, PeriodCounts, period_ends

RUNS = 4_000
SEED = 20_251_231
POINTS = 24
AFTER = 8
"""Quarters after a step."""
STEPS = (0.1, 0.2, 0.5)
QUARTERS = 4

NORMAL = (
    (12, 12, RULES, "7", (6.0, 8.5)),
    (24, 24, RULES, "20", (16.0, 22.0)),
    (24, 12, RULES, "", (30.0, 35.0)),
    (24, 12, SEASONAL_RULES, "", (21.0, 25.0)),
)
"""Points, points of the baseline, rules, the stated share with some signal in %, and its band."""

MOST = 35.0
"""The largest share of stable counts that may have some signal in 24 points, %."""


class Kind(NamedTuple):
    """Counts of quarters.

    Parameters
    ----------
    name
        What they are called.
    mean
        The mean of a quarter.
    spread
        The coefficient of variation of a quarter's mean; 0 for Poisson counts.
    season
        How far the mean goes up and down in a year, as a share of it.
    """

    name: str
    mean: float
    spread: float = 0.0
    season: float = 0.0


KINDS = (
    Kind("Poisson, mean 500", 500),
    Kind("overdispersed, mean 500", 500, 0.06),
    Kind("overdispersed, seasonal, mean 500", 500, 0.06, 0.15),
    Kind("Poisson, mean 50", 50),
    Kind("overdispersed, mean 12", 12, 0.2),
    Kind("Poisson, mean 3", 3),
)


def main() -> int:
    """Print the tables; return 1 if a share is outside its band."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=RUNS, help="runs of each kind")
    runs = parser.parse_args().runs
    generator = np.random.default_rng(SEED)
    print(f"{runs:,} runs ({runs // 10:,} of the last table)\n")
    failed = [*_print_normal(generator, runs), *_print_stable(generator, runs)]
    _print_steps(generator, runs // 10)
    for line in failed:
        print(line, file=sys.stderr)
    return 1 if failed else 0


def _print_normal(generator: np.random.Generator, runs: int) -> list[str]:
    print("## Normal values without change: series with some signal, %\n")
    print("| points | baseline | rules | stated | found |\n| ---: | ---: | ---: | ---: | ---: |")
    failed = []
    for points, baseline, rules, stated, (low, high) in NORMAL:
        drawn = (generator.normal(size=points).tolist() for _ in range(runs))
        charts = (individuals_chart(values, baseline, rules=rules) for values in drawn)
        share = 100 * sum(any(chart.signals) for chart in charts) / runs
        print(f"| {points} | {baseline} | {len(rules)} | {stated} | {share:.1f} |")
        if not low <= share <= high:
            failed.append(f"normal, {points} points: {share:.1f} is not {low:g} to {high:g}")
    return failed


def _print_stable(generator: np.random.Generator, runs: int) -> list[str]:
    print("\n## Counts without change: % of series, of 24 points, and of last points\n")
    print("| counts | series with some signal | points in a signal | last point in a signal |")
    print("| --- | ---: | ---: | ---: |")
    failed = []
    for kind in KINDS:
        some = part = last = 0
        for _ in range(runs):
            points = _charted(_counts(generator, kind, _quarters(kind, POINTS)))[-POINTS:]
            found = [point.signal in SIGNALS for point in points]
            some, part, last = some + any(found), part + sum(found), last + found[-1]
        shares = (100 * some / runs, 100 * part / runs / POINTS, 100 * last / runs)
        print(f"| {kind.name} | {' | '.join(f'{share:.1f}' for share in shares)} |")
        if shares[0] > MOST:
            failed.append(f"{kind.name}: {shares[0]:.1f} is over {MOST:g}")
    return failed


def _print_steps(generator: np.random.Generator, runs: int) -> None:
    print("\n## Counts with a step up: % found within 1, 2, 4 and 8 quarters\n")
    print("| counts | step | 1 | 2 | 4 | 8 |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for kind in KINDS:
        for step in STEPS:
            found = [_first_signal(generator, kind, step) for _ in range(runs)]
            shares = [
                100 * sum(first is not None and first <= within for first in found) / runs
                for within in (1, 2, 4, AFTER)
            ]
            cells = " | ".join(f"{share:.0f}" for share in shares)
            print(f"| {kind.name} | {100 * step:.0f}% | {cells} |")


def _first_signal(generator: np.random.Generator, kind: Kind, step: float) -> int | None:
    """Return how many quarters after a step the last quarter is first a signal upwards."""
    before = _quarters(kind, FEWEST_FOR_RULES)
    counts = _counts(generator, kind, before + AFTER, before, step)
    for after in range(1, AFTER + 1):
        if _charted(counts[: before + after])[-1].signal in (ABOVE, RISING):
            return after
    return None


def _quarters(kind: Kind, points: int) -> int:
    """Return the quarters that a number of points need: changes need a year before."""
    return points if kind.mean < 20 else points + QUARTERS


def _counts(
    generator: np.random.Generator, kind: Kind, quarters: int, stepped: int = 0, step: float = 0.0
) -> list[int]:
    """Return counts of some quarters, those from `stepped` on with a mean higher by a share."""
    places = np.arange(quarters)
    means = kind.mean * (1 + kind.season * np.sin(2 * np.pi * places / QUARTERS))
    means = means * np.where(places >= stepped, 1 + step, 1.0)
    if kind.spread:
        shape = kind.spread**-2
        means = means * generator.gamma(shape, 1 / shape, quarters)
    return [int(count) for count in generator.poisson(means)]


def _charted(counts: Sequence[int]) -> tuple[Charted, ...]:
    ends = tuple(period_ends(date(2001, 3, 31), 3, len(counts)))
    average = AVERAGE_YEAR / QUARTERS
    bases = (average,) * len(counts)
    series = PeriodCounts("simulated", ends, tuple(counts), bases, average, tuple(counts))
    return control_chart(series, "quarter", "").points


if __name__ == "__main__":
    sys.exit(main())
