"""Every method and every metric can be asked for, and is explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bundled import dataset

import crimecmp
from crimecmp.comparison import methods
from crimecmp.comparison.methods import (
    CHANGES,
    COUNTS,
    MARGINS,
    MEAN,
    NONE,
    PROPORTIONS,
    RANGE,
    ROUNDING,
)
from crimecmp.errors import UnknownNameError
from crimecmp.tables.cells import split_list
from crimecmp.tables.loading import examine
from crimecmp.tables.names import normal
from crimecmp.wording.methods import (
    AMONG,
    EXPLAINED,
    INTERVALS,
    METHODS,
    Method,
    explained,
    method_label,
)

GIVEN = (MARGINS, COUNTS, PROPORTIONS, CHANGES, MEAN, ROUNDING, RANGE, NONE)
"""Every method that a verdict can have."""


def points_of(data: crimecmp.Dataset, name: str) -> dict[str, str]:
    """Return what is said of a metric or method, by heading."""
    return dict(explained(data, name).points)


def method_names() -> Iterator[tuple[str, str]]:
    """Return each name of each method, with the method's id."""
    for method in METHODS:
        for name in (method.id, method.label, *method.aliases):
            yield name, method.id


def metric_names() -> Iterator[tuple[str, str]]:
    """Return each name of each metric, with the metric's id."""
    for row in dataset().rows("metrics"):
        for name in (row["metric"], row["label"], *split_list(row["aliases"])):
            yield name, row["metric"]


# --- Methods


def test_every_method_of_a_verdict_is_explained() -> None:
    """There is an explanation for each method that a verdict can have, and no other."""
    assert sorted(method.id for method in METHODS) == sorted(GIVEN)
    constants = {
        value
        for name, value in vars(methods).items()
        if re.fullmatch("[A-Z]+", name) and isinstance(value, str) and name not in _NO_METHODS
    }
    assert constants == set(GIVEN)


_NO_METHODS = {"HIGHER", "LOWER", "SIMILAR", "CHANGE"}


@pytest.mark.parametrize(("name", "method"), list(method_names()))
def test_method_by_any_of_its_names(bundled: crimecmp.Dataset, name: str, method: str) -> None:
    """Id, label and aliases lead to the same method, whatever their case."""
    for typed in (name, name.upper(), f" {name} "):
        assert points_of(bundled, typed)["Method"] == method


@pytest.mark.parametrize("method", GIVEN)
def test_explanation_of_a_method_is_whole(bundled: crimecmp.Dataset, method: str) -> None:
    """Each says plainly what it does, then when and how, its source, an example and its limits."""
    title, plain, points = explained(bundled, method)
    assert title == method_label(method)
    assert re.fullmatch(r"[A-Z][^()]*\.", plain)
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
        (MARGINS, ["Altman and Bland"]),
        (COUNTS, ["Przyborowski and Wilenski", "Breslow and Day"]),
        (PROPORTIONS, ["Newcombe", "Wilson"]),
        (ROUNDING, ["Breslow and Day", "Wilson"]),
    ],
)
def test_published_methods_name_their_authors(
    bundled: crimecmp.Dataset, method: str, sources: list[str]
) -> None:
    """A method that was published says by whom and when."""
    said = points_of(bundled, method)["Source"]
    for source in sources:
        assert re.search(rf"{source},? \(?(19|20)\d\d", said)


def test_examples_are_of_the_bundled_data(tmp_path: Path) -> None:
    """A user's own tables change what metrics there are, and no method's example."""
    (tmp_path / "metrics.csv").write_text("metric,label,unit\nown,My own,%\n", "utf-8")
    data = examine(tmp_path)[0]
    for method in EXPLAINED:
        assert points_of(data, method.id) == points_of(dataset(), method.id)
    assert explained(data, "my own")[0] == "My own"


# --- Metrics


@pytest.mark.parametrize(("name", "metric"), list(metric_names()))
def test_metric_by_any_of_its_names(bundled: crimecmp.Dataset, name: str, metric: str) -> None:
    """Id, label and aliases lead to the metric's own row of its table."""
    row = bundled.by_id("metrics")[metric]
    title, _, points = explained(bundled, name)
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
    [("burgl", ("Metric", "burglary-in-a-dwelling")), ("break", ("Method", ROUNDING))],
)
def test_an_unambiguous_part_of_a_name_will_do(
    bundled: crimecmp.Dataset, part: str, expected: tuple[str, str]
) -> None:
    """Part of one name is enough, of metrics as of methods."""
    assert explained(bundled, part).points[0] == expected


# --- Names


def test_metrics_and_methods_do_not_share_names() -> None:
    """No name means both a metric and a method, nor two methods."""
    methods = [(normal(name), method) for name, method in method_names()]
    metrics = {normal(name) for name, _ in metric_names()}
    assert not metrics & {name for name, _ in methods}
    assert len(dict(set(methods))) == len(set(methods))


def test_method_called_exactly_so_is_no_part_of_a_metric() -> None:
    """An exact name goes before part of a name: `counts` and `changes` are methods."""
    for name, method in method_names():
        assert explained(dataset(), name)[0] == method_label(method)


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
        explained(bundled, "offence")


@pytest.mark.parametrize("method", [*INTERVALS, *AMONG], ids=lambda method: method.id)
def test_what_is_no_verdict_can_be_explained_too(bundled: crimecmp.Dataset, method: Method) -> None:
    """Intervals of single figures, and what is unusual among forces, by each of their names."""
    for name in (method.id, method.label, *method.aliases):
        points = points_of(bundled, name)
        assert points["Method"] == method.id
        assert list(points) == ["Method", "When", "How", "Source", "Example", "Cannot know"]
        assert all(points.values())
