"""Every function refuses what has no answer, and answers all else with finite numbers."""

from __future__ import annotations

import ast
import importlib
import math
from collections.abc import Callable
from pathlib import Path

import pytest
from calculating import (
    any_float,
    finite,
)
from hypothesis import example, given
from hypothesis import strategies as st

from crimecmp import statistics
from crimecmp.errors import MethodError
from crimecmp.statistics import (
    Spread,
    change_ratio,
    count_ratio,
    difference_range,
    false_discovery,
    funnel_limits,
    funnel_tails,
    margin_difference,
    margin_interval,
    mean_difference,
    overdispersed_limits,
    overdispersion,
    percent_range,
    poisson_interval,
    proportion_difference,
    proportion_limits,
    proportion_tails,
    rate_interval,
    ratio_range,
    relative_index_range,
    rounding_interval,
    smallest_base,
    smallest_base_percent,
    spread_among,
    unusual_among,
    usual_index,
    usual_ratio,
    usual_variation,
    wilson_interval,
)

NAN, INFINITY = math.nan, math.inf

Call = Callable[[], object]

SPREAD = Spread(0.01, 0.01, 1.0, 0.001, 0.04, 1.0, 0.004, 40)
"""A spread of areas at ten events per 1,000."""


@pytest.mark.parametrize(
    ("call", "named"),
    [
        *[
            (lambda text=text: rounding_interval(text), "text")
            for text in (
                "",
                " ",
                "5.",
                ".",
                "-",
                "1e3",
                "1,000",
                "5 ",
                "nan",
                "inf",
                "--5",
                "1.2.3",
            )
        ],
        (lambda: rounding_interval("٣"), "text"),  # an Arabic digit
        (lambda: rounding_interval("²"), "text"),
        (lambda: rounding_interval("−5"), "text"),
        (lambda: rounding_interval("1" * 31), "text"),
        (lambda: rounding_interval("1" * 10_000), "text"),
        (lambda: difference_range("x", "1"), "a_text"),
        (lambda: difference_range("1", "x"), "b_text"),
        (lambda: ratio_range("x", "1"), "a_text"),
        (lambda: ratio_range("1", "x"), "b_text"),
        (lambda: percent_range("x", "1"), "a_text"),
        (lambda: percent_range("1", "x"), "b_text"),
        (lambda: relative_index_range("x", "1"), "a_text"),
        (lambda: relative_index_range("1", "x"), "b_text"),
        *[
            (lambda count=count: poisson_interval(count), "count")
            for count in (-1, -1e-300, NAN, INFINITY, -INFINITY, 1e16)
        ],
        *[
            (lambda level=level: poisson_interval(1, level), "level")
            for level in (0, 1, -0.5, 95, NAN, INFINITY)
        ],
        (lambda: rate_interval(-1, 1), "count"),
        *[
            (lambda base=base: rate_interval(1, base), "base")
            for base in (0, -1, NAN, INFINITY, 1e-300)
        ],
        (lambda: rate_interval(1, 1, 0), "per"),
        (lambda: rate_interval(1, 1, 1, 1), "level"),
        (lambda: wilson_interval(-1, 1), "count"),
        (lambda: wilson_interval(2, 1), "count"),
        (lambda: wilson_interval(0, 0), "base"),
        (lambda: wilson_interval(NAN, 1), "count"),
        (lambda: wilson_interval(1, 1, 0), "level"),
        (lambda: margin_interval(NAN, 1), "value"),
        (lambda: margin_interval(1, -1), "margin"),
        (lambda: margin_interval(1, NAN), "margin"),
        (lambda: margin_interval(1, 1, 0), "level"),
        (lambda: proportion_difference(2, 1, 1, 1), "count"),
        (lambda: proportion_difference(1, 1, 0, 0), "base"),
        (lambda: proportion_difference(1, 1, 1, 1, 1), "level"),
        (lambda: margin_difference(NAN, 1, 1, 1), "value_a"),
        (lambda: margin_difference(1, 1, INFINITY, 1), "value_b"),
        (lambda: margin_difference(1, -1, 1, 1), "margin_a"),
        (lambda: margin_difference(1, 1, 1, NAN), "margin_b"),
        (lambda: margin_difference(1, 0, 1, 0), "margin_a"),
        (lambda: margin_difference(1, 1, 1, 1, -0.1), "share"),
        (lambda: margin_difference(1, 1, 1, 1, 1), "share"),
        (lambda: margin_difference(1, 1, 1, 1, NAN), "share"),
        (lambda: margin_difference(1, 2, 1, 1, 0.9), "margin_a"),
        (lambda: margin_difference(1, 1, 1, 1, 0, 0), "level"),
        (lambda: count_ratio(-1, 1), "count_a"),
        (lambda: count_ratio(1, -1), "count_b"),
        (lambda: count_ratio(1.5, 1), "count_a"),
        (lambda: count_ratio(1, NAN), "count_b"),
        (lambda: count_ratio(10**9 + 1, 1), "count_a"),
        (lambda: count_ratio(1, 1, 0), "base_a"),
        (lambda: count_ratio(1, 1, 1, -1), "base_b"),
        (lambda: count_ratio(1, 1, 1, 1, NAN), "level"),
        (lambda: smallest_base("x", "1"), "value_text"),
        (lambda: smallest_base("1", "x"), "benchmark_text"),
        (lambda: smallest_base("-1", "5"), "value_text"),
        (lambda: smallest_base("1", "-5"), "benchmark_text"),
        (lambda: smallest_base("1", "5", 0), "per"),
        (lambda: smallest_base("1", "5", 1000, 1), "level"),
        (lambda: smallest_base("1", "1", 1000, 1), "level"),
        (lambda: smallest_base_percent("101", "5"), "value_text"),
        (lambda: smallest_base_percent("1", "100.1"), "benchmark_text"),
        (lambda: smallest_base_percent("-1", "5"), "value_text"),
        (lambda: smallest_base_percent("1", "5", 0), "level"),
        (lambda: funnel_limits(0, 1), "base"),
        (lambda: funnel_limits(1, -1), "rate"),
        (lambda: funnel_limits(1, 1, 0), "per"),
        (lambda: funnel_limits(1, 1, 1, 2), "level"),
        (lambda: funnel_limits(1e10, 1e10), "rate times base over per"),
        *[
            (lambda base=base: overdispersed_limits(base, SPREAD), "base")
            for base in (0, -1, NAN, INFINITY)
        ],
        (lambda: overdispersed_limits(1, SPREAD, 0), "per"),
        (lambda: overdispersed_limits(1, SPREAD, 1, 1), "level"),
        (lambda: overdispersed_limits(1, SPREAD._replace(rate=0.0)), "rate"),
        (
            lambda: overdispersed_limits(1e10, SPREAD._replace(rate=1e10)),
            "rate times base over per",
        ),
        (lambda: overdispersion([1, 2], [1, 2, 3]), "observed"),
        (lambda: overdispersion([], []), "observed"),
        (lambda: overdispersion([1], [1]), "observed"),
        (lambda: overdispersion([1, -2], [1, 2]), r"observed\[1\]"),
        (lambda: overdispersion([NAN, 2], [1, 2]), r"observed\[0\]"),
        (lambda: overdispersion([1, 2], [1, 0]), r"expected\[1\]"),
        (lambda: overdispersion([1, 2], [1, 2], 0.5), "trim"),
        (lambda: overdispersion([1, 2], [1, 2], -0.1), "trim"),
        (lambda: overdispersion([1, 2], [1, 2], NAN), "trim"),
    ],
)
def test_a_bad_argument_is_named(call: Call, named: str) -> None:
    """What has no answer raises the one error, which begins with the name of the argument."""
    with pytest.raises(MethodError, match=rf"^{named} "):
        call()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: rounding_interval(5),  # type: ignore[arg-type]  # what a notebook may do
            "text is 5: it must be the text of a printed figure",
        ),
        (
            lambda: rounding_interval("5 km"),
            "text is '5 km': it must be digits with at most one decimal point",
        ),
        (
            lambda: rounding_interval("x" * 40),
            f"text is '{'x' * 31}': it must be digits with at most one decimal point",
        ),
        (lambda: rounding_interval("1" * 31), "text is longer than 30 characters"),
        (lambda: poisson_interval(-1), "count is -1: it must be a number from 0 to 1e+15"),
        (
            lambda: poisson_interval("5"),  # type: ignore[arg-type]  # as above
            "count is 5: it must be a number from 0 to 1e+15",
        ),
        (lambda: wilson_interval(2, 1), "count is 2: it must not be larger than the base, 1"),
        (
            lambda: margin_difference(1, 1, 1, 2, 1),
            "share is 1: it must be from 0 to below 1",
        ),
        (
            lambda: margin_difference(1, 2, 1, 1, 0.9),
            "margin_a is 2, margin_b 1 and share 0.9: "
            "together they leave no variance to test a difference by",
        ),
        (lambda: count_ratio(1, 1.5), "count_b is 1.5: it must be a whole number"),
        (
            lambda: count_ratio(10**9 + 1, 1),
            "count_a is 1000000001: it must be a number from 0 to 1e+09",
        ),
        (lambda: change_ratio(0, 1, 1, 1), "count_a is 0: it must be a number from 1 to 1e+15"),
        (lambda: change_ratio(1, 0, 1, 1), "before_a is 0: it must be a number from 1 to 1e+15"),
        (lambda: change_ratio(1, 1, 0, 1), "count_b is 0: it must be a number from 1 to 1e+15"),
        (lambda: change_ratio(1, 1, 1, 0), "before_b is 0: it must be a number from 1 to 1e+15"),
        (
            lambda: mean_difference((5, 10), [], inside=True),
            "there is nobody else in the group to compare with",
        ),
        (
            lambda: mean_difference((0, 10), [(0, 10)], inside=True),
            "there is no event in the group to compare with",
        ),
        (
            lambda: overdispersion([1, 2], [1, 2, 3]),
            "observed has 2 areas and expected 3: they must have the same",
        ),
        (
            lambda: overdispersion([1], [1]),
            "observed and expected have 1 areas: there must be 2 or more",
        ),
        (
            lambda: overdispersion([1, 2], [1, 2], 0.5),
            "trim is 0.5: it must be from 0 to below 0.5",
        ),
    ],
)
def test_an_error_says_what_is_wrong(call: Call, message: str) -> None:
    """The message says in full what was given and what it must be."""
    with pytest.raises(MethodError) as raised:
        call()
    assert raised.value.message == message


def test_a_figure_may_have_30_characters() -> None:
    """The longest figure is read, to the last digit."""
    assert rounding_interval("0." + "0" * 27 + "2") == (1.5e-28, 2.5e-28)


@pytest.mark.parametrize(
    ("method", "size"),
    [
        (poisson_interval, 2),
        (rate_interval, 4),
        (wilson_interval, 3),
        (margin_interval, 3),
        (margin_difference, 6),
        (proportion_difference, 5),
        (count_ratio, 5),
        (funnel_limits, 4),
        (funnel_tails, 2),
        (proportion_limits, 3),
        (proportion_tails, 3),
        (usual_ratio, 7),
        (usual_index, 7),
    ],
)
@given(data=st.data())
def test_numbers_give_finite_answers_or_the_one_error(
    method: Callable[..., object], size: int, data: st.DataObject
) -> None:
    """Whatever floats come in, NaN and infinities too, there is no other error and no overflow."""
    arguments = data.draw(st.tuples(*[any_float] * size))
    try:
        answer = method(*arguments)
    except MethodError:
        return
    assert finite(answer)


extremes = st.floats(1e-15, 1e15) | st.sampled_from([1e-15, 1e15, 1, 10])

most_levels = st.floats(0, 1, exclude_min=True, exclude_max=True)


@given(extremes, extremes, extremes, extremes, most_levels)
@example(9.999999999999998, 1e-15, 1e15, 1, 1 - 2.0**-53)
@example(1e-15, 1e-15, 1e15, 1, 5e-324)
def test_the_largest_and_smallest_numbers_have_finite_answers(
    a: float, b: float, c: float, d: float, level: float
) -> None:
    """Everything within the bounds that the module states has an answer."""
    assert finite(poisson_interval(a, level))
    assert finite(rate_interval(a, b, c, level))
    assert finite(wilson_interval(min(a, b), max(a, b), level))
    assert finite(margin_difference(a, b, -c, d, 0.25, level))
    whole = int(min(a, 1e9)), int(min(b, 1e9))
    assert finite(count_ratio(*whole, c, d, level))
    assert finite(overdispersion([a, b], [c, d]))
    if a / c * b <= 1e15:
        assert finite(funnel_limits(b, a, c, level))


@given(st.lists(any_float), st.lists(any_float), any_float)
def test_sequences_give_finite_answers_or_the_one_error(
    observed: list[float], expected: list[float], trim: float
) -> None:
    """Areas of any numbers, in lists of any lengths, raise no other error."""
    try:
        answer = overdispersion(observed, expected, trim)
    except MethodError:
        return
    assert finite(answer)


@given(st.lists(any_float), st.lists(any_float), any_float, any_float)
@example([9, 0.1, 0.0005, 1e15], [891_842, 0.9, 0.3, 2], 48, 0.95)
def test_areas_give_finite_answers_or_the_one_error(
    counts: list[float], bases: list[float], per: float, level: float
) -> None:
    """Areas of any numbers are held against each other, or there is the one error."""
    calls: tuple[Call, ...] = (
        lambda: unusual_among(counts, bases, per, level),
        lambda: overdispersed_limits(per, spread_among(counts, bases)),
        lambda: usual_variation([list(zip(counts, bases, strict=False))]),
        lambda: usual_variation([list(zip(counts, bases, strict=False))]).phi,
        lambda: false_discovery(counts),
    )
    for call in calls:
        try:
            answer = call()
        except MethodError:
            continue
        assert finite(answer)


@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.floats(1e-15, 1e15)), min_size=4, max_size=8),
    st.floats(1e-15, 1e15),
    most_levels,
)
@example([(10**6, 1e6)] * 4, 1e-12, 0.95)
def test_the_smallest_bases_have_finite_lines(
    areas: list[tuple[int, float]], base: float, level: float
) -> None:
    """Next to no events expected, or next to no spread, is no error where there is a spread."""
    counts, bases = zip(*areas, strict=True)
    try:
        spread = spread_among(counts, bases)
    except MethodError:
        return
    if 1e-15 <= spread.rate <= 1e15 and 1e-15 <= spread.rate * base <= 1e15:
        assert finite(overdispersed_limits(base, spread, 1, level))


some_text = st.text(max_size=40) | st.from_regex(r"[+-]?[0-9]*\.?[0-9]{0,30}", fullmatch=True)


@given(some_text, some_text, any_float, any_float)
def test_texts_give_finite_answers_or_the_one_error(
    a: str, b: str, per: float, level: float
) -> None:
    """Whatever text comes in, there is no other error."""
    calls: tuple[Call, ...] = (
        lambda: rounding_interval(a),
        lambda: difference_range(a, b),
        lambda: ratio_range(a, b),
        lambda: percent_range(a, b),
        lambda: relative_index_range(a, b),
        lambda: smallest_base(a, b, per, level),
        lambda: smallest_base(a, b),
        lambda: smallest_base_percent(a, b, level),
    )
    for call in calls:
        try:
            answer = call()
        except MethodError:
            continue
        assert finite(answer)


def test_only_cheap_parts_of_the_standard_library_are_loaded() -> None:
    """Nothing is imported that would add to the start-up time, and of crimecmp only the errors."""
    modules: set[str] = set()
    for path in Path(str(statistics.__file__)).parent.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                modules.add(str(node.module))
            elif isinstance(node, ast.Import):
                modules |= {name.name for name in node.names}
    others = {name for name in modules if not name.startswith("crimecmp.statistics.")}
    assert others == {
        "__future__", "bisect", "collections.abc", "crimecmp.errors", "functools", "math",
        "operator", "typing",
    }  # fmt: skip


def test_the_package_gives_all_that_its_modules_have_for_others() -> None:
    """Every public name is there, in order, and every function and result type has a docstring."""
    assert len(set(statistics.__all__)) == len(statistics.__all__)
    for name in statistics.__all__:
        thing = getattr(statistics, name)
        assert isinstance(thing, int | float) or thing.__doc__


def test_the_statistics_can_be_imported_by_their_public_name() -> None:
    """`crimecmp.methods` imports as a module, and has all that `crimecmp.statistics` has."""
    public = importlib.import_module("crimecmp.methods")
    assert public.__all__ == statistics.__all__
    for name in statistics.__all__:
        assert getattr(public, name) is getattr(statistics, name)
