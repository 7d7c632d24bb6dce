"""Measure how often the tests call a force unusual where it is not, in simulated counts.

Run it in an environment with crimecmp: `python benchmarks/levels.py`. All 2,000 runs take about
seven minutes of one core. `--runs 100` gives a short look, in which a share can be outside its band
by chance alone; `--processes N` sets how many processes work at once, and does not change the
result. `levels.md` has the tables of a full run.

The first two tables test `unusual_among`. Each run draws the rates of 42 forces from one spread,
rate (1 + tau u)^2, then Poisson counts for their populations of mid-2013, so every force is one
more force from the spread of the others: about 5% should have p below 0.05. The third table tests
`usual_variation` and the tests that use it, in a quarter as many runs. The forces' rates drift over
five years, each by steps of its own around a common change, and every p is for a movement of one
year.

The tables are printed as Markdown. In brackets is the Monte Carlo standard error: the standard
deviation of a run's share over the square root of the number of runs, because the tests of one run
share their data. It returns 1 if a share is outside its band.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

import numpy as np

from crimecmp import load
from crimecmp.statistics import (
    unusual_among,
    usual_change,
    usual_index,
    usual_ratio,
    usual_variation,
)

RUNS = 2_000
SEED = 20_140_630

RATES = {"crime": 60.0, "burglary": 3.7, "robbery": 0.05, "homicide": 0.009}
"""Rates per 1,000 population."""

NORMAL, HEAVY = "normal", "t, 5 df"
SPREADS = (
    *((NORMAL, tau) for tau in (0.0, 0.05, 0.1, 0.2)),
    *((HEAVY, tau) for tau in (0.05, 0.1, 0.2)),
)
"""The shape of u, and tau."""

SIGMAS = {"crime": 0.045, "burglary": 0.10}
YEARS = 5
COMMON_STEP = -0.04
"""The common change from one year to the next, on the log scale."""
START_TAU = 0.1
"""The spread of rates in the first of the five years, on the scale of the first two tables."""


class Band(NamedTuple):
    """The least and the largest share that is accepted, in %."""

    low: float
    high: float


AT_95 = Band(3.5, 6.5)
AT_998 = {NORMAL: Band(0.0, 0.4), HEAVY: Band(0.0, 1.5)}


class Share(NamedTuple):
    """A share of all tests, in %, and its Monte Carlo standard error."""

    percent: float
    error: float

    @classmethod
    def of(cls, runs: Sequence[float]) -> Share:
        """Return the mean of the shares of separate runs."""
        error = statistics.stdev(runs) / math.sqrt(len(runs))
        return cls(100 * statistics.fmean(runs), 100 * error)

    def shown(self, decimals: int) -> str:
        """Return the share with its standard error in brackets."""
        return f"{self.percent:.{decimals}f} ({self.error:.2f})"


def populations() -> list[int]:
    """Return the population of each force in mid-2013, without the City of London."""
    data = load()
    forces = set(data.territorial()) - set(data.without_resident_base())
    return [
        int(row["base"])
        for row in data.rows("rates")
        if row["force"] in forces
        and row["metric"] == "crime-excluding-fraud"
        and row["period_end"] == "2014-06-30"
        and row["source"] == "published-counts"
    ]


class Spreading(NamedTuple):
    """Forces' rates from one spread, many times over."""

    seed: np.random.SeedSequence
    runs: int
    bases: list[int]
    crime: str
    shape: str
    tau: float


class Flagged(NamedTuple):
    """The shares of forces with p below 0.05, with p below 0.002, and called unusual at 95%."""

    at_95: Share
    at_998: Share
    called: Share


def spreading(task: Spreading) -> Flagged:
    """Return how many forces `unusual_among` flags where all are from one spread."""
    random = np.random.default_rng(task.seed)
    k = len(task.bases)
    events = RATES[task.crime] / 1000 * np.array(task.bases)
    at_95, at_998, called = [], [], []
    for _ in range(task.runs):
        if task.shape == NORMAL:
            u = random.standard_normal(k)
        else:
            u = random.standard_t(5, k) * math.sqrt(3 / 5)  # a t with 5 df has variance 5/3
        counts = random.poisson(events * (1 + task.tau * u) ** 2).tolist()
        forces = unusual_among(counts, task.bases)
        at_95.append(sum(force.p < 0.05 for force in forces) / k)
        at_998.append(sum(force.p < 0.002 for force in forces) / k)
        called.append(sum(force.side != 0 for force in forces) / k)
    return Flagged(Share.of(at_95), Share.of(at_998), Share.of(called))


class Drifting(NamedTuple):
    """Forces' rates drifting over five years, many times over."""

    seed: np.random.SeedSequence
    runs: int
    bases: list[int]
    crime: str


class Movement(NamedTuple):
    """A test of a year's movement, and the variance that it allows for usual variation."""

    test: str
    variance: str
    right: bool
    """Whether this is the variance of what is tested, so that about 5% should be flagged."""


ONE, TWO, REST = "sigma^2", "2 sigma^2", "sigma^2 (1 + sum of squared shares of the rest)"
MOVEMENTS = (
    Movement("change of a force against the other forces' common change", ONE, True),
    Movement("relative index of a force and another force", ONE, False),
    Movement("relative index of a force and another force", TWO, True),
    Movement("ratio to another force, equal a year before", ONE, False),
    Movement("ratio to another force, equal a year before", TWO, True),
    Movement("relative index of a force and the rest", ONE, False),
    Movement("relative index of a force and the rest", REST, True),
    Movement("ratio to the rest, equal a year before", ONE, False),
    Movement("ratio to the rest, equal a year before", REST, True),
)


def drifting(task: Drifting) -> list[Share]:
    """Return the share of p below 0.05 for each of `MOVEMENTS`."""
    random = np.random.default_rng(task.seed)
    flagged: list[list[float]] = [[] for _ in MOVEMENTS]
    for _ in range(task.runs):
        tests = list(_one_drift(random, task.bases, task.crime))
        for shares, p in zip(flagged, zip(*tests, strict=True), strict=True):
            shares.append(sum(one < 0.05 for one in p) / len(p))
    return [Share.of(shares) for shares in flagged]


def _one_drift(
    random: np.random.Generator, bases: Sequence[int], crime: str
) -> Iterable[tuple[float, ...]]:
    """Yield the p of each of `MOVEMENTS`, for each force and each pair of years."""
    k = len(bases)
    u = random.standard_normal(k)
    start = RATES[crime] / 1000 * np.array(bases) * (1 + START_TAU * u) ** 2
    steps = COMMON_STEP + SIGMAS[crime] * random.standard_normal((YEARS - 1, k))
    drift = np.vstack([np.zeros(k), np.cumsum(steps, axis=0)])
    expected = (start * np.exp(drift)).tolist()
    counts = random.poisson(expected).tolist()
    pairs = [list(zip(counts[year + 1], counts[year], strict=True)) for year in range(YEARS - 1)]
    near = usual_variation(pairs).sigma_squared
    order = random.permutation(k).tolist()
    partners = dict(zip(order, order[1:] + order[:1], strict=True))
    for force, partner in partners.items():
        others = [[*pair[:force], *pair[force + 1 :]] for pair in pairs]
        usual = usual_variation(others, near)
        for year, pair in enumerate(pairs):
            a, a0 = pair[force]
            b, b0 = pair[partner]
            rest = sum(now for now, _ in others[year])
            rest0 = sum(before for _, before in others[year])
            squares = sum((before / rest0) ** 2 for _, before in others[year])
            # With the events expected a year before as bases, the ratio was 1 a year before.
            e = expected[year][force]
            e_partner = expected[year][partner]
            e_rest = sum(expected[year]) - e
            one, df = usual.sigma_squared, usual.df
            two, with_rest = 2 * one, one * (1 + squares)
            yield (
                usual_change(a, a0, usual.centres[year], one, df).p,
                usual_index(a, a0, b, b0, one, df).p,
                usual_index(a, a0, b, b0, two, df).p,
                usual_ratio(a, b, e, e_partner, one, df).p,
                usual_ratio(a, b, e, e_partner, two, df).p,
                usual_index(a, a0, rest, rest0, one, df).p,
                usual_index(a, a0, rest, rest0, with_rest, df).p,
                usual_ratio(a, rest, e, e_rest, one, df).p,
                usual_ratio(a, rest, e, e_rest, with_rest, df).p,
            )


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]], words: int) -> str:
    """Return a table; its first columns are words and the others are figures."""
    rule = ["---"] * words + ["---:"] * (len(head) - words)
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, rule, *rows))


def outside(name: str, share: Share, band: Band) -> list[str]:
    """Return a line if a share is outside its band."""
    if band.low <= share.percent <= band.high:
        return []
    return [f"outside {band.low} to {band.high}%: {share.percent:.2f}%, {name}"]


def print_spreads(found: dict[tuple[str, str, float], Flagged]) -> list[str]:
    """Print the tables of forces among forces; return a line for each share outside its band."""
    head = ["spread", "tau", *RATES]
    by_p, called, failed = [], [], []
    for shape, tau in SPREADS:
        cells = [found[crime, shape, tau] for crime in RATES]
        name = [shape, f"{tau:g}"]
        by_p.append([*name, *(f"{c.at_95.shown(1)} / {c.at_998.shown(2)}" for c in cells)])
        called.append([*name, *(c.called.shown(1) for c in cells)])
        for crime, cell in zip(RATES, cells, strict=True):
            case = f"{crime}, {shape}, tau {tau:g}"
            failed += outside(f"p below 0.05, {case}", cell.at_95, AT_95)
            failed += outside(f"p below 0.002, {case}", cell.at_998, AT_998[shape])
    print("Forces with p below 0.05 / below 0.002, %\n")
    print(markdown(head, by_p, words=2))
    print("\nForces called unusual at 95%, %\n")
    print(markdown(head, called, words=2))
    return failed


def print_movements(found: dict[str, list[Share]]) -> list[str]:
    """Print the table of movements; return a line for each share outside its band."""
    head = ["test", "variance", *(f"{crime}, sigma {sigma:g}" for crime, sigma in SIGMAS.items())]
    rows, failed = [], []
    for place, movement in enumerate(MOVEMENTS):
        shares = {crime: found[crime][place] for crime in SIGMAS}
        rows.append(
            [movement.test, movement.variance, *(share.shown(1) for share in shares.values())]
        )
        for crime, share in shares.items():
            if movement.right:
                name = f"{movement.test}, variance {movement.variance}, {crime}"
                failed += outside(name, share, AT_95)
    print("\nMovements of one year with p below 0.05, %\n")
    print(markdown(head, rows, words=2))
    return failed


def arguments() -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(description="Measure how often the tests flag a force.")
    parser.add_argument("--runs", type=int, default=RUNS, help="default: %(default)s")
    parser.add_argument(
        "--processes", type=int, default=os.cpu_count(), help="default: the number of cores"
    )
    options = parser.parse_args()
    if options.runs < 8:
        parser.error("--runs must be 8 or more")
    return options


def main() -> int:
    """Print the tables; return 1 if a share is outside its band."""
    options = arguments()
    bases = populations()
    keys = [(crime, shape, tau) for crime in RATES for shape, tau in SPREADS]
    seeds = np.random.SeedSequence(SEED).spawn(len(keys) + len(SIGMAS))
    with ProcessPoolExecutor(options.processes) as pool:
        drifts = pool.map(
            drifting,
            [
                Drifting(seed, options.runs // 4, bases, crime)
                for seed, crime in zip(seeds[len(keys) :], SIGMAS, strict=True)
            ],
        )
        spreads = pool.map(
            spreading,
            [
                Spreading(seed, options.runs, bases, *key)
                for seed, key in zip(seeds, keys, strict=False)
            ],
        )
        movements = dict(zip(SIGMAS, drifts, strict=True))
        flagged = dict(zip(keys, spreads, strict=True))
    print(f"{len(bases)} forces, {options.runs:,} runs ({options.runs // 4:,} of the last table)\n")
    failed = print_spreads(flagged) + print_movements(movements)
    for line in failed:
        print(line, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
