"""What is around a force's rate: other forces and the usual range, in per cent of the benchmark."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import crimecmp
from crimecmp.comparison.around import Around, around
from crimecmp.comparison.pairing import comparisons
from crimecmp.comparison.request import requested

Load = Callable[..., crimecmp.Dataset]
END, BEFORE = "2014-06-30", "2013-06-30"
METRIC = "burglary-in-a-dwelling"
SOURCES = ["one,One", "two,Two"]


def rate(area: str, value: str, end: str = END, source: str = "one") -> str:
    """Return a rate of an area."""
    return f"{area},{METRIC},{end},{source},{value}"


NATIONAL = rate("england-and-wales", "8.0")


def of_durham(data: crimecmp.Dataset, **choices: object) -> Around:
    """Return what is around Durham's rate."""
    request = requested(data, ["durham"], **choices)  # type: ignore[arg-type]  # as given
    [found] = around(data, request, comparisons(data, "rates", request))
    return found


def test_others_are_of_the_same_measure_period_and_source(load: Load) -> None:
    """A rate of another year or of another source is not beside it; nor is a missing one."""
    rows = [
        rate("durham", "4.0"), rate("kent", "10.0"), rate("cleveland", "6.0"),
        rate("essex", ""), rate("sussex", "9.0", BEFORE), rate("surrey", "9.0", source="two"),
        NATIONAL,
    ]  # fmt: skip
    assert of_durham(load(sources=SOURCES, rates=rows)) == Around((-25.0, 25.0))


def test_areas_outside_the_spread_are_no_others(load: Load) -> None:
    """City of London is left out unless it is asked for."""
    rows = [rate("durham", "4.0"), rate("city-of-london", "16.0"), NATIONAL]
    data = load(sources=SOURCES, rates=rows)
    assert of_durham(data).others == ()
    assert of_durham(data, with_city_of_london=True).others == (100.0,)


def test_the_benchmark_is_no_other(load: Load) -> None:
    """A force that is the benchmark is at zero."""
    rows = [rate("durham", "4.0"), rate("kent", "8.0"), rate("essex", "10.0")]
    assert of_durham(load(sources=SOURCES, rates=rows), benchmark="kent").others == (25.0,)


@pytest.mark.parametrize("national", ["0", ""])
def test_nothing_is_around_without_a_benchmark(load: Load, national: str) -> None:
    """A benchmark of zero, or none, has no per cent of it."""
    rows = [rate("durham", "4.0"), rate("kent", "8.0"), rate("england-and-wales", national)]
    assert of_durham(load(sources=SOURCES, rates=rows)) == Around()
