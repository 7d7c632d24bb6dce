"""The worked examples of the methods: their numbers are those of other formulas or programs."""

from __future__ import annotations

import math

import numpy as np
import pytest
from bundled import BURGLARY, CITY, METRICS, NATIONAL, Counted, counted, dataset
from picturing import SPREAD, spread_of
from scipy.stats import binomtest, chi2, norm

from crimecmp.wording.methods import EXPLAINED

Z95 = float(norm.ppf(0.975))


def example_of(method: str) -> str:
    """Return the example of a method, given its id or one of its other names."""
    [found] = [each for each in EXPLAINED if method in (each.id, *each.aliases)]
    return found.example(dataset())


def test_example_of_margins() -> None:
    """The example is Durham's satisfaction: Z, p and interval are those of SciPy's normal."""
    said = example_of("margins")
    error = math.hypot(1.8, 0.2) / Z95
    z = 3.6 / error
    assert 2 * norm.sf(z) < 0.001
    assert "88.6 ± 1.8 against 85.0 ± 0.2 %" in said
    assert f"Z {z:.3f}" in said
    assert "p below 0.001" in said
    assert f"{3.6 - Z95 * error:+.1f} to {3.6 + Z95 * error:+.1f} points" in said
    assert "higher than England and Wales at 95 %" in said
    worst = 3.5 / (math.hypot(1.85, 0.25) / Z95)
    best = 3.7 / (math.hypot(1.75, 0.15) / Z95)
    assert f"({worst:.3f} to {best:.3f} within rounding)" in said


def test_example_of_counts() -> None:
    """33,570 against 29,828: ratio and interval worked out apart, p by SciPy's exact test."""
    said = example_of("counts")
    half = Z95 * math.sqrt(1 / 33570 + 1 / 29828)
    ratio = 33570 / 29828
    low, high = (math.exp(math.log(ratio) + end) for end in (-half, half))
    assert "33,570" in said
    assert "29,828" in said
    assert f"ratio {ratio:.6f}" in said
    assert f"{low:.6f} to {high:.6f}" in said
    assert binomtest(33570, 33570 + 29828, 0.5).pvalue < 0.001
    assert "p below 0.001" in said
    assert "higher" in said


def test_example_of_proportions() -> None:
    """1,061 of 1,198 against 104,080 of 122,447: Newcombe's interval worked out apart."""
    said = example_of("proportions")

    def wilson(x: int, n: int) -> tuple[float, float, float]:
        spread = Z95 * math.sqrt(Z95**2 + 4 * x * (1 - x / n))
        below = 2 * (n + Z95**2)
        return x / n, (2 * x + Z95**2 - spread) / below, (2 * x + Z95**2 + spread) / below

    p, l1, u1 = wilson(1061, 1198)
    q, l2, u2 = wilson(104080, 122447)
    low = 100 * (p - q - math.hypot(p - l1, u2 - q))
    high = 100 * (p - q + math.hypot(u1 - p, q - l2))
    for text in ("1,061", "1,198", "104,080", "122,447", f"{low:+.2f} to {high:+.2f} points"):
        assert text in said
    assert "higher" in said


def byar_excludes(base: int) -> bool:
    """Return whether 5.05 per 1,000 of a base, by Byar's upper limit, stays under 8.85."""
    above = 5.05 * base / 1000 + 1
    limit = above * (1 - 1 / (9 * above) + Z95 / (3 * math.sqrt(above))) ** 3
    return limit / base * 1000 < 8.85


def test_example_of_rounding() -> None:
    """Burglary, 5.0 against 8.9: the range and the smallest base are worked out apart."""
    said = example_of("rounding")
    low, high = 100 * (4.95 / 8.95 - 1), 100 * (5.05 / 8.85 - 1)
    assert "5.0 against 8.9 per 1,000 households" in said
    assert f"{low:.1f} % to {high:.1f} %" in said
    assert byar_excludes(2349)
    assert not byar_excludes(2348)
    assert "2,349 households" in said
    assert "after rounding" in said


def test_example_of_a_range() -> None:
    """Crime, -11 % against -16 %: the gap and the relative index are worked out apart."""
    said = example_of("range")
    assert "-11 against -16 %" in said
    assert "+4 to +6 points" in said
    index = f"{89 / 84:.3f}, {88.5 / 84.5:.3f} to {89.5 / 83.5:.3f}"
    assert f"relative index {index}" in said
    assert "not tested" in said


def test_example_of_a_missing_figure() -> None:
    """Anti-social behaviour fell by 4 %, and there is nothing to hold it against."""
    said = example_of("none")
    assert "-4 %" in said
    assert "missing" in said


def test_example_of_changes() -> None:
    """Crime since June 2010: the relative index to the rest of the country, by logarithms."""
    now, before = counted(METRICS[0]), counted(METRICS[0], "2010-06-30")
    a, b = now["durham"].events, before["durham"].events
    c, d = now[NATIONAL].events, before[NATIONAL].events
    said = example_of("changes")
    assert f"{100 * (a / b - 1):+.2f} against {100 * (c / d - 1):+.2f} %" in said
    four = np.array([a, b, c - a, d - b], dtype=float)
    index, half = np.log(four) @ [1, -1, -1, 1], Z95 * math.sqrt((1 / four).sum())
    low, high = np.exp([index - half, index + half])
    assert f"relative index {np.exp(index):.3f}, 95 % interval {low:.3f} to {high:.3f}" in said
    assert "higher than that of England and Wales at 95 %" in said


def test_example_of_a_mean() -> None:
    """Burglary against the mean of the North East: by the variances of the three rates."""
    figures = [counted(BURGLARY)[force] for force in ("durham", "cleveland", "northumbria")]
    weights = np.array([2, -1, -1]) / 3
    rates = np.array([figure.rate for figure in figures])
    errors = np.array([1000 * math.sqrt(figure.events) / figure.base for figure in figures])
    difference, half = weights @ rates, Z95 * math.sqrt(weights**2 @ errors**2)
    said = example_of("mean")
    assert f"{rates[0]:.2f} against {rates.mean():.2f} per 1,000 households" in said
    assert f"{difference - half:+.2f} to {difference + half:+.2f} per 1,000 households" in said
    assert "lower than the mean of North East at 95 %" in said


def test_example_of_a_funnel() -> None:
    """The exact Poisson limits of what is expected of Durham's households, by chi-square."""
    figures: dict[str, Counted] = counted(BURGLARY)
    assert CITY not in SPREAD
    rate = sum(figures[f].events for f in SPREAD) / sum(figures[f].base for f in SPREAD)
    base = figures["durham"].base
    low = 1000 * chi2.ppf(0.025, 2 * rate * base) / 2 / base
    high = 1000 * chi2.ppf(0.975, 2 * rate * base + 2) / 2 / base
    said = example_of("funnel")
    assert f"Durham's {base:,.0f} households" in said
    assert f"{low:.2f} to {high:.2f} by chance alone" in said
    assert f"Durham's is {figures['durham'].rate:.2f}." in said


def test_example_of_what_is_unusual() -> None:
    """Phi is the mean of the squares of z drawn in; Durham's adjusted z is that of the formulas."""
    figures = counted(BURGLARY)
    spread = spread_of(figures)
    expected = np.array([spread.rate / 1000 * figures[force].base for force in SPREAD])
    observed = np.array([figures[force].events for force in SPREAD])
    z = 2 * (np.sqrt(observed) - np.sqrt(expected))
    phi = np.mean(np.clip(z, *np.quantile(z, [0.1, 0.9])) ** 2)
    said = example_of("overdispersion")
    assert f"Burglary in a dwelling, June 2014: phi {phi:.1f}" in said
    assert f"adjusted z is {spread.adjusted_z['durham']:.3f}: not unusual" in said
    assert abs(spread.adjusted_z["durham"]) < Z95


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        # Byar's formula by hand for 29,439, over the population that the count and 47.4 imply.
        ("byar", ("46.860", "47.945")),
        # 1,061 of 1,198 is .8857; Wilson's ends are .866376 and .902445 (1927, by R).
        ("wilson", ("86.64", "90.24")),
    ],
)
def test_examples_of_intervals_of_single_figures(name: str, numbers: tuple[str, str]) -> None:
    """The ends of each interval are those that were calculated apart."""
    assert all(number in example_of(name) for number in numbers)
