"""Rules of `crimecmp.wording.methods`: every method and every metric can be asked for, and is explained."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import pytest
from scipy.stats import binomtest, norm

import crimecmp
from crimecmp import verdicts
from crimecmp.errors import UnknownNameError
from crimecmp.tables.names import normal
from crimecmp.tables.cells import split_list
from crimecmp.wording.methods import INTERVALS, METHODS, explained, method_label

GIVEN = (
    verdicts.MARGINS,
    verdicts.COUNTS,
    verdicts.PROPORTIONS,
    verdicts.CHANGES,
    verdicts.MEAN,
    verdicts.ROUNDING,
    verdicts.RANGE,
    verdicts.NONE,
)
"""Every method that `judge` gives: `test_verdicts` meets no other."""

Z95 = float(norm.ppf(0.975))


@pytest.fixture(scope="module")
def bundled() -> crimecmp.Dataset:
    """Return the tables that come with crimecmp."""
    return crimecmp.load()


def points_of(data: crimecmp.Dataset, name: str) -> dict[str, str]:
    """Return what is said of a metric or method, by heading."""
    return dict(explained(data, name)[1])


def method_names() -> Iterator[tuple[str, str]]:
    """Return each name of each method, with the method's id."""
    for method in METHODS:
        for name in (method.id, method.label, *method.aliases):
            yield name, method.id


def metric_names() -> Iterator[tuple[str, str]]:
    """Return each name of each metric, with the metric's id."""
    for row in crimecmp.load().rows("metrics"):
        for name in (row["metric"], row["label"], *split_list(row["aliases"])):
            yield name, row["metric"]


# --- Methods


def test_every_method_of_a_verdict_is_explained() -> None:
    """There is an explanation for each method that a verdict can have, and no other."""
    assert sorted(method.id for method in METHODS) == sorted(GIVEN)
    constants = {
        value
        for name, value in vars(verdicts).items()
        if name.isupper() and name[0] != "_" and isinstance(value, str) and name not in _NO_METHODS
    }
    assert constants == set(GIVEN)


_NO_METHODS = {"HIGHER", "LOWER", "SIMILAR", "NOT_TESTED", "BETTER", "WORSE", "CHANGE"}


@pytest.mark.parametrize(("name", "method"), list(method_names()))
def test_method_by_any_of_its_names(bundled: crimecmp.Dataset, name: str, method: str) -> None:
    """Id, label and aliases lead to the same method, whatever their case."""
    for typed in (name, name.upper(), f" {name} "):
        assert points_of(bundled, typed)["Method"] == method


@pytest.mark.parametrize("method", GIVEN)
def test_explanation_of_a_method_is_whole(bundled: crimecmp.Dataset, method: str) -> None:
    """Each says when it is used, how it works, where it is from, an example, and what it leaves."""
    title, points = explained(bundled, method)
    assert title == method_label(method)
    assert [heading for heading, _ in points] == [
        "Method", "When", "How", "Source", "Example", "Cannot know",
    ]  # fmt: skip
    for heading, text in points:
        assert text.strip(), heading
        assert not re.search(r"None of|\bnan\b|  |\{|\}", text)
    for heading, text in points[1:]:
        assert text.endswith("."), heading


@pytest.mark.parametrize("method", GIVEN)
def test_label_of_a_method_is_not_its_id(method: str) -> None:
    """People read a label, machines an id."""
    assert method_label(method) != method
    assert method_label(method)[0].isupper()


@pytest.mark.parametrize(
    ("method", "sources"),
    [
        (verdicts.MARGINS, ["Altman and Bland"]),
        (verdicts.COUNTS, ["Przyborowski and Wilenski", "Breslow and Day"]),
        (verdicts.PROPORTIONS, ["Newcombe", "Wilson"]),
        (verdicts.ROUNDING, ["Breslow and Day", "Wilson"]),
    ],
)
def test_published_methods_name_their_authors(
    bundled: crimecmp.Dataset, method: str, sources: list[str]
) -> None:
    """A method that was published says by whom and when."""
    said = points_of(bundled, method)["Source"]
    for source in sources:
        assert re.search(rf"{source},? \(?(19|20)\d\d", said)


def test_example_of_margins(bundled: crimecmp.Dataset) -> None:
    """The example is Durham's satisfaction: Z, p and interval are those of SciPy's normal."""
    said = points_of(bundled, "margins")["Example"]
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


def test_example_of_counts(bundled: crimecmp.Dataset) -> None:
    """33,570 against 29,828: ratio and interval worked out apart, p by SciPy's exact test."""
    said = points_of(bundled, "counts")["Example"]
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


def test_example_of_proportions(bundled: crimecmp.Dataset) -> None:
    """1,061 of 1,198 against 104,080 of 122,447: Newcombe's interval worked out apart."""
    said = points_of(bundled, "proportions")["Example"]

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


def test_example_of_rounding(bundled: crimecmp.Dataset) -> None:
    """Burglary, 5.0 against 8.9: the range and the smallest base are worked out apart."""
    said = points_of(bundled, "rounding")["Example"]
    low, high = 100 * (4.95 / 8.95 - 1), 100 * (5.05 / 8.85 - 1)
    assert "5.0 against 8.9 per 1,000 households" in said
    assert f"{low:.1f} % to {high:.1f} %" in said
    assert byar_excludes(2349)
    assert not byar_excludes(2348)
    assert "2,349 households" in said
    assert "after rounding" in said


def test_example_of_a_range(bundled: crimecmp.Dataset) -> None:
    """Crime, -11 % against -16 %: the gap and the relative index are worked out apart."""
    said = points_of(bundled, "range")["Example"]
    assert "-11 against -16 %" in said
    assert "+4 to +6 points" in said
    index = f"{89 / 84:.3f}, {88.5 / 84.5:.3f} to {89.5 / 83.5:.3f}"
    assert f"relative index {index}" in said
    assert "not tested" in said


def test_example_of_a_missing_figure(bundled: crimecmp.Dataset) -> None:
    """Anti-social behaviour fell by 4 %, and there is nothing to hold it against."""
    said = points_of(bundled, "none")["Example"]
    assert "-4 %" in said
    assert "missing" in said


def test_examples_are_of_the_bundled_data(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A user's own tables change what metrics there are, and no method's example."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "metrics.csv").write_text("metric,label,unit\nown,My own,%\n", "utf-8")
    data = crimecmp.load(folder)
    for method in GIVEN:
        assert points_of(data, method) == points_of(crimecmp.load(), method)
    assert explained(data, "my own")[0] == "My own"


# --- Metrics


@pytest.mark.parametrize(("name", "metric"), list(metric_names()))
def test_metric_by_any_of_its_names(bundled: crimecmp.Dataset, name: str, metric: str) -> None:
    """Id, label and aliases lead to the metric's own row of its table."""
    row = bundled.by_id("metrics")[metric]
    title, points = explained(bundled, name)
    said = dict(points)
    assert title == row["label"]
    assert said["Metric"] == metric
    assert said["Definition"] == row["definition"]
    assert said["Unit"] == row["unit"]
    assert "Method" not in said


@pytest.mark.parametrize(
    ("metric", "polarity"),
    [
        ("burglary", "Neither higher nor lower is better."),
        ("detection", "Higher is better."),
        ("satisfaction", "Higher is better."),
    ],
)
def test_metric_says_which_way_is_better(
    bundled: crimecmp.Dataset, metric: str, polarity: str
) -> None:
    """A definition has the metric's polarity in words."""
    assert points_of(bundled, metric)["Polarity"] == polarity


@pytest.mark.parametrize(
    ("part", "expected"),
    [("burgl", ("Metric", "burglary-in-a-dwelling")), ("break", ("Method", verdicts.ROUNDING))],
)
def test_an_unambiguous_part_of_a_name_will_do(
    bundled: crimecmp.Dataset, part: str, expected: tuple[str, str]
) -> None:
    """Part of one name is enough, of metrics as of methods."""
    assert explained(bundled, part)[1][0] == expected


# --- Names


def test_metrics_and_methods_do_not_share_names() -> None:
    """No name means both a metric and a method, nor two methods."""
    methods = [(normal(name), method) for name, method in method_names()]
    metrics = {normal(name) for name, _ in metric_names()}
    assert not metrics & {name for name, _ in methods}
    assert len(dict(set(methods))) == len(set(methods))


def test_method_called_exactly_so_is_no_part_of_a_metric() -> None:
    """An exact name goes before part of a name: `counts` and `changes` are methods."""
    data = crimecmp.load()
    for name, method in method_names():
        assert explained(data, name)[0] == method_label(method)


@pytest.mark.parametrize("name", ["xyzzy", "p-value of the moon", "", "   ", "\x1b[31m"])
def test_unknown_name_names_both_lists(bundled: crimecmp.Dataset, name: str) -> None:
    """What is neither metric nor method says so, and how to see the names of either."""
    with pytest.raises(UnknownNameError) as raised:
        explained(bundled, name)
    assert "no metric and no method" in raised.value.message
    assert "crimecmp.metrics()" in raised.value.hint
    for method in GIVEN:
        assert method in raised.value.hint
    assert "\x1b" not in raised.value.message


def test_name_of_several_metrics_is_no_answer(bundled: crimecmp.Dataset) -> None:
    """A part of several names does not choose one of them."""
    with pytest.raises(UnknownNameError):
        explained(bundled, "vi")


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        # Byar's formula by hand for 29,439, over the population that the count and 47.4 imply.
        ("byar", ("46.860", "47.945")),
        # 1,061 of 1,198 is .8857; Wilson's ends are .866376 and .902445 (1927, by R).
        ("wilson", ("86.64", "90.24")),
    ],
)
def test_intervals_of_single_figures_are_explained(
    bundled: crimecmp.Dataset, name: str, numbers: tuple[str, str]
) -> None:
    """How a figure's own interval is made can be asked for too, with a worked example."""
    assert len(INTERVALS) == 2
    points = points_of(bundled, name)
    assert set(points) == {"Method", "When", "How", "Source", "Example", "Cannot know"}
    assert all(number in points["Example"] for number in numbers)
