"""A group's range is the prediction interval for one more area, on the log scale."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from calculating import PROBABILITY, any_float, finite, near, usual_levels
from hypothesis import assume, example, given
from hypothesis import strategies as st
from scipy.stats import t as student
from statsmodels.regression.linear_model import OLS

from crimecmp.errors import MethodError
from crimecmp.statistics.group_range import group_range

OTHERS = (8.1, 4.5, 6.2, 7.4, 5.8, 6.9, 7.7)

some_rates = st.floats(0.01, 1000)
groups = st.lists(some_rates, min_size=4, max_size=42).filter(lambda rates: np.std(rates) > 0.01)


@pytest.mark.parametrize(
    ("own", "t", "p"),
    [
        (5.0, -1.2409945160214604, 0.260926228132805),
        (3.1, -3.4422495374896815, 0.01376296466214506),
    ],
)
def test_worked_group_range(own: float, t: float, p: float) -> None:
    """Seven others show a range of 3.848 to 11.138 (methods.md, section 7, group)."""
    answer = group_range(own, OTHERS)
    assert answer == near((3.8480046264012726, 11.137552699996412, t, 6, p))


@given(some_rates, groups, usual_levels)
def test_the_range_agrees_with_a_regression_on_nothing_but_the_mean(
    own: float, others: list[float], level: float
) -> None:
    """It is statsmodels' interval for a new observation, and t is SciPy's of that prediction."""
    logs = np.log(others)
    prediction = OLS(logs, np.ones(len(logs))).fit().get_prediction(np.ones(1))
    low, high = np.exp(prediction.conf_int(obs=True, alpha=1 - level)[0])
    answer = group_range(own, others, level)
    assert (answer.low, answer.high) == pytest.approx((low, high), rel=1e-8)
    t = (math.log(own) - logs.mean()) / (logs.std(ddof=1) * math.sqrt(1 + 1 / len(logs)))
    assert answer.t == pytest.approx(t, rel=1e-8, abs=1e-8)
    assert answer.df == len(others) - 1
    assert answer.p == pytest.approx(2 * student.sf(abs(answer.t), answer.df), rel=PROBABILITY)


@given(some_rates, groups, usual_levels)
def test_outside_the_range_is_a_small_p(own: float, others: list[float], level: float) -> None:
    """A rate is outside the range exactly where p is below 1 - level."""
    answer = group_range(own, others, level)
    assume(abs(answer.p - (1 - level)) > PROBABILITY)
    assert (answer.p < 1 - level) == (not answer.low <= own <= answer.high)


@given(some_rates, groups, usual_levels, usual_levels)
def test_the_range_widens_with_the_level(
    own: float, others: list[float], one: float, other: float
) -> None:
    """A range at a higher level holds the one at a lower level; t and p do not change."""
    inner, outer = (group_range(own, others, level) for level in sorted((one, other)))
    assert outer.low <= inner.low < inner.high <= outer.high
    assert inner[2:] == outer[2:]


@given(some_rates, groups, st.floats(0.001, 1000))
def test_the_unit_of_the_rates_is_the_unit_of_the_range(
    own: float, others: list[float], factor: float
) -> None:
    """Per 1,000 or per million, t and p are the same and the range scales."""
    answer = group_range(own, others)
    scaled = group_range(own * factor, [rate * factor for rate in others])
    assert scaled[:2] == pytest.approx((answer.low * factor, answer.high * factor), rel=1e-7)
    assert scaled[2:] == pytest.approx(answer[2:], rel=1e-6, abs=1e-9)


def test_four_others_are_enough_and_three_are_too_few() -> None:
    """With three others the range would be 1.41 to 26.28 (methods.md): there is none."""
    assert group_range(9.0, [8.1, 4.5, 6.2, 7.4]).df == 3
    with pytest.raises(
        MethodError,
        match=r"^other_rates has 3 areas: fewer than 4 are too few to say what is usual$",
    ):
        group_range(9.0, [8.1, 4.5, 6.2])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: group_range(0, OTHERS), "own_rate is 0"),
        (lambda: group_range(math.nan, OTHERS), "own_rate is nan"),
        (lambda: group_range(1, [1, 2, 3, 0]), r"other_rates\[3\] is 0"),
        (lambda: group_range(1, [1, 2, 3, -1]), r"other_rates\[3\] is -1"),
        (lambda: group_range(1, [5.1] * 7), "other_rates are all equal"),
        (lambda: group_range(1, OTHERS, 1), "level is 1"),
        (lambda: group_range(1, OTHERS, math.nan), "level is nan"),
        (
            lambda: group_range(1, [1e-15, 1, 1, 1e15], 0.9999999),
            "level is 0.9999999: at this level the other rates differ too much",
        ),
    ],
)
def test_a_bad_argument_is_named(call: Callable[[], object], message: str) -> None:
    """What has no answer raises the one error, which begins with what is wrong."""
    with pytest.raises(MethodError, match=f"^{message}"):
        call()


@given(any_float, st.lists(any_float), any_float)
@example(1e15, [1e-15, 1e-15, 1e-15, 1e15], 0.95)
@example(1e15, [1, 1, 1, math.nextafter(1, 2)], 0.998)
def test_numbers_give_finite_answers_or_the_one_error(
    own: float, others: list[float], level: float
) -> None:
    """Whatever floats come in, there is no other error and no overflow."""
    try:
        answer = group_range(own, others, level)
    except MethodError:
        return
    assert finite(answer)
