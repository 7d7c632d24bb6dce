"""The worked examples of the methods: their numbers are those of other formulas or programs."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import pytest
from bundled import (
    BURGLARY,
    CITY,
    JUNE_2014,
    LABELS,
    METRICS,
    NATIONAL,
    Counted,
    counted,
    dataset,
    table,
)
from picturing import (
    SPREAD,
    deviate,
    expected,
    funnel_line,
    movement,
    ordinals,
    places,
    printed,
    usual_ends,
)
from scipy.stats import binomtest, norm
from scipy.stats import t as student

import crimecmp
from crimecmp.wording.methods import EXPLAINED

Z95 = deviate(0.95)


def example_of(method: str) -> str:
    """Return the example of a method, given its id or one of its other names."""
    [found] = [each for each in EXPLAINED if method in (each.id, *each.aliases)]
    return found.example(dataset())


def test_example_of_margins() -> None:
    """The example is Durham's satisfaction: the interval is that of SciPy's normal."""
    said = example_of("margins")
    error = math.hypot(1.8, 0.2) / Z95
    assert 2 * norm.sf(3.6 / error) < 0.001
    assert "88.6 ± 1.8% against 85.0 ± 0.2%" in said
    ends = f"{printed(3.6 - Z95 * error, 1)} to {printed(3.6 + Z95 * error, 1)} points higher"
    assert f"higher, and more than sampling error would explain (95% interval {ends})." in said


def test_example_of_counts() -> None:
    """33,570 against 29,828: ratio and interval calculated apart, p by SciPy's exact test."""
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
    """1,061 of 1,198 against 104,080 of 122,447: Newcombe's interval calculated apart."""
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
    """Burglary, 5.0 against 8.9: the sizes with and without usual variation, calculated apart."""
    said = example_of("rounding")
    assert "5.0 against 8.9 per 1,000 households" in said
    assert byar_excludes(2349)
    assert not byar_excludes(2348)
    assert "at least 2,349 households" in said
    assert "lower, whatever the rounding" in said
    sigma2, _ = movement(BURGLARY, "durham", JUNE_2014)
    size = Z95**2 / (5.05 / 1000 * (math.log(8.85 / 5.05) ** 2 - Z95**2 * sigma2))
    assert f"at least {math.ceil(size):,} households." in said


def test_example_of_a_range() -> None:
    """Crime, -11% against -16%: two falls that are printed without their counts."""
    said = example_of("range")
    assert "-11% against -16%" in said
    assert "fell by less in Durham (11%) than in England and Wales (16%)" in said
    assert "Not tested: The changes are printed without counts" in said


def test_example_of_a_missing_figure() -> None:
    """Anti-social behaviour fell by 4%, and there is nothing to hold it against."""
    said = example_of("none")
    assert "-4%" in said
    assert "Not tested: One of the two figures is missing." in said


def test_example_of_changes() -> None:
    """Crime since June 2010: the index to the rest of the country, with four years' movement."""
    now, before = counted(METRICS[0]), counted(METRICS[0], "2010-06-30")
    a, b = now["durham"].events, before["durham"].events
    c, d = now[NATIONAL].events, before[NATIONAL].events
    said = example_of("changes")
    sigma2, df = movement(METRICS[0], "durham", JUNE_2014)
    assert f"{100 * (a / b - 1):+.2f}% against {100 * (c / d - 1):+.2f}%" in said
    four = np.array([a, b, c - a, d - b], dtype=float)
    index = float(np.log(four) @ [1, -1, -1, 1])
    low, high = usual_ends(index, float((1 / four).sum()) + 4 * sigma2, df, 0.95)
    assert low < 1 < high
    assert f"(95% interval of the relative index {low:.3f} to {high:.3f})." in said
    assert "no larger than forces' counts usually show over 4 years" in said


def test_example_of_a_mean() -> None:
    """Burglary against the mean of the North East: by the variances of the three rates."""
    figures = [counted(BURGLARY)[force] for force in ("durham", "cleveland", "northumbria")]
    weights = np.array([2, -1, -1]) / 3
    rates = np.array([figure.rate for figure in figures])
    errors = np.array([1000 * math.sqrt(figure.events) / figure.base for figure in figures])
    difference, half = weights @ rates, Z95 * math.sqrt(weights**2 @ errors**2)
    assert difference + half < 0
    said = example_of("mean")
    assert f"{rates[0]:.2f} against {rates.mean():.2f} per 1,000 households" in said
    assert f"was {-100 * difference / rates.mean():.1f}% lower than the mean of North East" in said
    assert "Variation between years is not in this test." in said


def test_example_of_usual_variation() -> None:
    """Violence with injury: sigma, its freedom and the ratio's interval are those of SciPy."""
    figures = counted(METRICS[3])
    a, n = figures["durham"]
    b, m = figures[NATIONAL].events - a, figures[NATIONAL].base - n
    sigma2, df = movement(METRICS[3], "durham", JUNE_2014)
    low, high = usual_ends(math.log(a / n / (b / m)), 1 / a + 1 / b + sigma2, df, 0.95)
    said = example_of("usual")
    ends = f"between {100 * (1 - low):.1f}% lower and {100 * (high - 1):.1f}% higher"
    assert f" lower than the rest of England and Wales, 95% interval {ends})" in said
    assert f"sigma is {100 * math.sqrt(sigma2):.1f}%, with {df} degrees of freedom" in said
    assert "in 4 pairs of years up to June 2014" in said


def test_example_of_a_funnel() -> None:
    """The line at Durham's households is the interpolated Poisson quantile, by SciPy."""
    figures: dict[str, Counted] = counted(BURGLARY)
    assert CITY not in SPREAD
    rate = sum(figures[f].events for f in SPREAD) / sum(figures[f].base for f in SPREAD)
    base = figures["durham"].base
    low, high = (1000 * end / base for end in funnel_line(rate * base, 0.95))
    said = example_of("funnel")
    assert f"Durham's {base:,.0f} households" in said
    assert f"{low:.2f} to {high:.2f} by random variation alone" in said
    assert f"Durham's is {figures['durham'].rate:.2f}." in said


def test_example_of_what_is_unusual() -> None:
    """The range, p and q of Durham's burglaries are those of NumPy and SciPy."""
    its = expected(counted(BURGLARY))["durham"]
    said = example_of("overdispersion")
    assert its.unusual == "not unusual"
    assert "Burglary in a dwelling, year to June 2014: Durham is within the range" in said
    assert f"({its.low:.2f} to {its.high:.2f} per 1,000 households)" in said
    assert said.endswith(f" p {its.p:.3f}, q {its.q:.3f}.")


def test_example_of_places() -> None:
    """Durham's rank in burglary, and the places by intervals that hold jointly."""
    figures = counted(BURGLARY)
    place = sum(figures[force].rate >= figures["durham"].rate for force in SPREAD)
    could_be = ordinals(places(figures)["durham"])
    words = f"{place}nd of 42 by rate; random variation alone allows {could_be}."
    assert place % 10 == 2
    assert example_of("rank") == f"Burglary in a dwelling in Durham, year to June 2014: {words}"


def test_example_of_a_group_range() -> None:
    """Norfolk among the other five of the East of England, by the logarithms of their rates."""
    [forces] = [row["forces"] for row in table("groups") if row["group"] == "east-of-england"]
    others = [force for force in forces.split(";") if force != "norfolk"]
    y = np.log([counted(BURGLARY)[force].rate for force in others])
    half = student.isf(0.025, len(y) - 1) * y.std(ddof=1) * math.sqrt(1 + 1 / len(y))
    low, high = math.exp(y.mean() - half), math.exp(y.mean() + half)
    assert low < counted(BURGLARY)["norfolk"].rate < high
    assert f"{LABELS['norfolk']} is within the 95% range" in example_of("group-range")
    assert f"({low:.2f} to {high:.2f} per 1,000 households)" in example_of("group-range")


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


def halved(name: str, columns: tuple[str, ...]) -> list[str]:
    """Return a bundled table as CSV with Durham's and Norfolk's figures of some columns halved."""
    head, *_ = table(name)
    lines = [",".join(head)]
    for row in table(name):
        cells = dict(row)
        if row["force"] in ("durham", "norfolk"):
            for column in columns:
                places_of = len(row[column].partition(".")[2])
                if row[column]:
                    cells[column] = f"{float(row[column]) / 2:.{places_of}f}"
        lines.append(",".join(f'"{cell}"' if "," in cell else cell for cell in cells.values()))
    return lines


def test_no_example_is_typed(tmp_path: Path) -> None:
    """With other figures every example has other numbers, and none of those that were changed."""
    tables = {
        "rates": ("value", "count"),
        "changes": ("percent",),
        "satisfaction": ("percent", "margin"),
    }
    for name, columns in tables.items():
        (tmp_path / f"{name}.csv").write_text("\n".join([*halved(name, columns), ""]), "utf-8")
    counts = ";".join(str(300 + 7 * (nth % 3)) for nth in range(20))
    quarters = f"force,metric,first_quarter_end,counts\ndurham,shoplifting,2012-06-30,{counts}\n"
    (tmp_path / "quarters.csv").write_text(quarters, "utf-8")
    changed = {
        f"{int(row['count']):,}"
        for row in table("rates")
        if row["force"] in ("durham", "norfolk") and row["count"]
    }
    other = crimecmp.load(tmp_path)
    for method in EXPLAINED:
        example = method.example(other)
        assert example != method.example(dataset()), method.id
        assert not changed & set(re.findall(r"[0-9][0-9,.]*[0-9]", example)), method.id
