"""Pages with a group as the benchmark: what they say of it, and how it is asked for."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from bundled import COUNTS, Program

pytestmark = pytest.mark.usefixtures("whole_pages")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("durham",), "the unweighted mean of North East (3 forces, including Durham)"),
        (("kent",), "the unweighted mean of North East (3 forces)"),
        (("durham", "--weighted"), "North East together (3 forces, including Durham)"),
        (("kent", "--weighted"), "North East together (3 forces)"),
    ],
)
def test_the_page_says_which_mean_it_is(run: Program, arguments: Sequence[str], said: str) -> None:
    """The title says of how many forces the mean is, how made, and whether the force is in it."""
    done = run("rates", *arguments, "--group", "north-east", "--source", COUNTS, "-f", "markdown")
    title = done.out.splitlines()[0]
    assert f"against {said}: rates" in title
    heads = done.tables[0][0]
    assert ("North East together" if "--weighted" in arguments else "Mean of North East") in heads


def test_a_group_is_no_area_to_compare_with_as_well(run: Program) -> None:
    """A group and another benchmark cannot both be asked for."""
    done = run("rates", "durham", "--group", "north-east", "--benchmark", "kent")
    assert (done.code, done.out) == (2, "")
    assert "--group and --benchmark" in done.err


def test_what_is_weighted_is_a_group(run: Program) -> None:
    """Without a group there is nothing to be weighted."""
    done = run("rates", "durham", "--weighted")
    assert (done.code, done.out) == (2, "")
    assert "--group" in done.err


def test_an_unknown_group_is_an_error(run: Program) -> None:
    """A group that there is not is refused by its name."""
    done = run("rates", "durham", "--group", "north-eats")
    assert done.code != 0
    assert "north-eats" in done.err
    assert "north-east" in done.err.replace("north-eats", "")


def test_a_group_may_be_named_as_the_benchmark(run: Program) -> None:
    """`--benchmark north-east` is `--group north-east`; a force's own name stays the force's."""
    command = ("compare", "durham", "--metric", "burglary", "--source", COUNTS, "-f", "csv")
    by_benchmark = run(*command, "--benchmark", "North East").out
    assert by_benchmark == run(*command, "--group", "north-east").out
    assert "unweighted mean of a group" in by_benchmark
    [row, *_] = run(*command, "--benchmark", "west-midlands").rows
    assert (row["benchmark"], row["benchmark_basis"]) == ("west-midlands", "area")


def test_a_reservation_about_a_force_of_the_group_is_said(run: Program) -> None:
    """What is to be known of a benchmark's figures is said of a group's as of an area's."""
    command = ("compare", "cleveland", "--metric", "burglary", "--source", COUNTS)
    said = "Durham's crime recording less accurate than it should be"
    assert said in " ".join(run(*command, "--group", "north-east").out.split())
    assert said not in " ".join(run(*command, "--group", "wales").out.split())
