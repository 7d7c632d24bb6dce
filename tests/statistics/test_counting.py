"""Probabilities of counts are those of their distributions, far out in the tails too."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest
from calculating import CLOSED, EXACT, PROBABILITY, ULP, closely
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import binom, nbinom
from scipy.stats import poisson as scipy_poisson

from crimecmp.errors import MethodError
from crimecmp.statistics import counting
from crimecmp.statistics.counting import (
    Counting,
    binomial,
    negative_binomial,
    poisson,
    split_probability,
)

SMALL_SUMS = 1e-11
"""Small distributions against exact fractions; in a tail of 1e-200 the exponent is in the hundreds,
and its last digit is worth 1e-13."""

means = st.floats(-3, 9).map(lambda power: 10**power)

deviates = st.floats(-30, 30)
"""How many standard deviations a count is from its mean."""

shares = st.floats(1e-6, 0.999999)


def near_the_mean(mean: float, deviate: float, spread: float) -> int:
    """Return a count this many standard deviations from the mean, none being below zero."""
    return max(0, round(mean + deviate * spread))


# --- Poisson


@given(st.floats(-3, 5).map(lambda power: 10**power), deviates)
def test_poisson_tails_agree_with_scipy(mean: float, deviate: float) -> None:
    """Up to a hundred thousand, both tails and the probability of the count are SciPy's."""
    count = near_the_mean(mean, deviate, math.sqrt(mean))
    ours, scipys = poisson(mean), scipy_poisson(mean)
    assert ours.at_most(count) == closely(scipys.cdf(count), PROBABILITY)
    assert ours.at_least(count) == closely(scipys.sf(count - 1), PROBABILITY)
    # SciPy subtracts numbers as large as the count times its logarithm.
    assert ours.probability(count) == closely(scipys.pmf(count), 1e-8)


@pytest.mark.parametrize(
    ("mean", "count", "at_most", "at_least"),
    [
        (1e6, 995_000, 2.8148203838965314e-07, 0.9999997199776057),
        (1e6, 1_005_000, 0.9999997081107533, 2.934034048031641e-07),
        (1e7, 10_015_811, 0.999999711515993, 2.8895717061993226e-07),
        (1e9, 999_905_000, 0.0013314437131249164, 0.9986686946800856),
        (1e9, 1_000_063_246, 0.9772506308696309, 0.02275107644439314),
    ],
)
def test_poisson_tails_of_many_events_are_exact(
    mean: float, count: int, at_most: float, at_least: float
) -> None:
    """Against the probabilities summed with mpmath in 30 digits.

    SciPy 1.17 is off by 3% of the tail at a mean of ten million, five deviations out.
    """
    assert poisson(mean).at_most(count) == closely(at_most, 1e-10)
    assert poisson(mean).at_least(count) == closely(at_least, 1e-10)


@pytest.mark.parametrize("mean", [Fraction(1, 3), Fraction(5), Fraction(33, 2), Fraction(60)])
def test_every_small_poisson_count_has_its_exact_tails(mean: Fraction) -> None:
    """Up to 120 events, against the terms of the exponential series in exact fractions."""
    terms = [mean**k / math.factorial(k) for k in range(400)]
    whole = sum(terms)
    found = poisson(float(mean))
    for k in range(121):
        assert found.probability(k) == closely(float(terms[k] / whole), SMALL_SUMS)
        assert found.at_most(k) == closely(float(sum(terms[: k + 1]) / whole), SMALL_SUMS)
        assert found.at_least(k) == closely(float(sum(terms[k:]) / whole), SMALL_SUMS)


# --- Binomial


@given(st.integers(1, 10**9), shares, deviates)
def test_binomial_tails_agree_with_scipy(n: int, p: float, deviate: float) -> None:
    """Both tails are SciPy's, for bases of one to a thousand million."""
    count = min(n, near_the_mean(n * p, deviate, math.sqrt(n * p * (1 - p))))
    ours, scipys = binomial(n, p, 1 - p), binom(n, p)
    tolerance = PROBABILITY + n * 2.0**-52  # p and 1 - p are rounded, and each counts n times
    assert ours.at_most(count) == closely(scipys.cdf(count), tolerance)
    assert ours.at_least(count) == closely(scipys.sf(count - 1), tolerance)


@pytest.mark.parametrize("share", [Fraction(1, 3), Fraction(1, 100), Fraction(9, 10)])
def test_every_small_binomial_count_has_its_exact_tails(share: Fraction) -> None:
    """Of 1 to 40, against sums of exact fractions."""
    for n in (1, 2, 7, 40):
        terms = [math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]
        found = binomial(n, float(share), float(1 - share))
        for k in range(n + 1):
            assert found.probability(k) == closely(float(terms[k]), SMALL_SUMS)
            assert found.at_most(k) == closely(float(sum(terms[: k + 1])), SMALL_SUMS)
            assert found.at_least(k) == closely(float(sum(terms[k:])), SMALL_SUMS)


def test_no_binomial_count_is_larger_than_its_base() -> None:
    """Beyond the base there is nothing, whichever side of it the mean is on."""
    for share in (0.01, 0.99):
        found = binomial(20, share, 1 - share)
        assert (found.at_most(20), found.at_most(21)) == (1, 1)
        assert (found.at_least(21), found.at_least(1000)) == (0, 0)
    assert binomial(20, 0.5, 0.5).quantile(1.0, 1e6).value == 20


# --- Negative binomial


@given(means, st.floats(0.01, 5), deviates)
def test_negative_binomial_tails_agree_with_scipy(
    mean: float, extra: float, deviate: float
) -> None:
    """Both tails are SciPy's where the variance is 1% or more above the mean."""
    variance = mean * (1 + extra)
    count = near_the_mean(mean, deviate, math.sqrt(variance))
    scipys = nbinom(mean / (variance / mean - 1), mean / variance)
    ours = negative_binomial(mean, variance)
    # SciPy's parameters keep all digits but two or three of how far the variance is above.
    assert ours.at_most(count) == closely(scipys.cdf(count), 1e-7)
    assert ours.at_least(count) == closely(scipys.sf(count - 1), 1e-7)


@pytest.mark.parametrize("mean", [0.3, 4.0, 19.5])
@pytest.mark.parametrize("extra", [2.0**-8, 2.0**-20, 2.0**-40, 1.0, 8.0])
def test_negative_binomial_tails_are_exact_near_the_poisson(mean: float, extra: float) -> None:
    """The sums of the probabilities in 60 digits; SciPy's parameters lose digits here."""
    variance = mean * (1 + extra)
    with localcontext() as context:
        context.prec = 60
        excess = Decimal(variance) / Decimal(mean) - 1
        size = Decimal(mean) / excess
        q = excess / (1 + excess)
        term = (-size * (1 + excess).ln()).exp()
        terms = []
        for k in range(1500):
            terms.append(term)
            term *= (size + k) / (k + 1) * q
        sums = [sum(terms[: k + 1], Decimal()) for k in range(61)]
    found = negative_binomial(mean, variance)
    for k in range(61):
        # The mean over the excess has as few digits as the excess itself in floats.
        tolerance = CLOSED if extra > 1e-9 else 1e-6
        assert found.probability(k) == closely(float(terms[k]), tolerance)
        assert found.at_most(k) == closely(float(sums[k]), tolerance)
        assert found.at_least(k) == closely(float(sum(terms[k:])), tolerance)


@given(st.floats(0.01, 1000), st.floats(0.001, 100))
def test_negative_binomial_mean_and_variance_are_those_asked_for(mean: float, extra: float) -> None:
    """The first two moments, summed over the counts, give the parameters back."""
    assume(mean * (1 + extra) < 2000)
    found = negative_binomial(mean, mean * (1 + extra))
    end = found.quantile(1 - 1e-15, mean).value + 50 * (1 + round(extra))
    counts = np.arange(end)
    p = np.array([found.probability(int(k)) for k in counts])
    assert p.sum() == pytest.approx(1, rel=1e-9)
    assert (p * counts).sum() == pytest.approx(mean, rel=1e-7)
    assert (p * (counts - mean) ** 2).sum() == pytest.approx(mean * (1 + extra), rel=1e-5)


# --- All three

some_distributions = (
    st.builds(poisson, means)
    | st.builds(lambda n, p: binomial(n, p, 1 - p), st.integers(1, 10**6), shares)
    | st.builds(lambda mean, extra: negative_binomial(mean, mean * (1 + extra)), means, shares)
)


@given(some_distributions, st.floats(-10, 10))
def test_the_two_tails_leave_nothing_out(distribution: Counting, deviate: float) -> None:
    """A count or less and more than that count are all there is."""
    count = near_the_mean(distribution.mean, deviate, math.sqrt(distribution.mean))
    both = distribution.at_most(count) + distribution.at_least(count + 1)
    assert both == pytest.approx(1, abs=EXACT)


@given(some_distributions)
def test_all_counts_are_zero_or_more(distribution: Counting) -> None:
    """Nothing is below zero, and everything is zero or more."""
    assert distribution.at_most(-1) == 0
    assert distribution.at_least(0) == distribution.at_least(-5) == 1
    assert distribution.at_most(0) == distribution.probability(0)


@given(some_distributions, st.sampled_from([1e-9, 0.001, 0.025, 0.3, 0.5, 0.975, 0.999]))
def test_a_quantile_is_the_least_count_to_reach_its_probability(
    distribution: Counting, p: float
) -> None:
    """Up to it there is the probability asked for, and up to the count before there is not."""
    found = distribution.quantile(p, distribution.mean)
    assert found.at_most >= p
    assert distribution.at_most(found.value) == pytest.approx(found.at_most, rel=EXACT)
    assert distribution.at_most(found.value - 1) < p * (1 + ULP)


@given(some_distributions, st.floats(0.001, 0.999), st.floats(-10, 10**7))
def test_a_quantile_does_not_depend_on_the_guess(
    distribution: Counting, p: float, guess: float
) -> None:
    """Wherever the search begins it ends at the same count."""
    assume(distribution.mean < 1e6)
    once = distribution.quantile(p, distribution.mean)
    assume(once.at_most > p * (1 + ULP))  # on the boundary floats decide
    assume(distribution.at_most(once.value - 1) < p * (1 - ULP))
    again = distribution.quantile(p, guess)
    assert again.value == once.value
    assert again.at_most == pytest.approx(once.at_most, rel=EXACT)


@pytest.mark.parametrize("p", [0.001, 0.025, 0.5, 0.975, 0.999])
def test_quantiles_agree_with_scipy(p: float) -> None:
    """The quantiles are SciPy's, from a mean of 0.01 to one of a hundred million."""
    for mean in (0.01, 0.7, 3.3, 19.9, 1234.5, 1e8):
        assert poisson(mean).quantile(p, mean).value == scipy_poisson.ppf(p, mean)
        found = negative_binomial(mean, 3 * mean).quantile(p, mean).value
        assert found == nbinom.ppf(p, mean / 2, 1 / 3)
    for n, share in ((1, 0.3), (24, 0.85), (180, 0.26), (10**8, 0.07)):
        found = binomial(n, share, 1 - share).quantile(p, n * share).value
        assert found == binom.ppf(p, n, share)


def test_a_tail_that_does_not_settle_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the fraction has too few steps the one error is raised, and no figure returned."""
    monkeypatch.setattr(counting, "_MOST_STEPS", 3)
    with pytest.raises(MethodError, match="this extreme cannot be calculated"):
        poisson(1e6).at_least(1_000_001)


# --- Splits


def test_every_small_split_has_its_exact_probability() -> None:
    """Up to 30 events, the sum of all outcomes no more likely, in exact fractions."""
    for base_a, base_b in ((1, 1), (1, 3), (7, 2), (1, 1000), (10**6, 1)):
        share = Fraction(base_a, base_a + base_b)
        for n in range(1, 31):
            outcomes = [math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]
            for k in range(n + 1):
                limit = outcomes[k] * (1 + Fraction(1, 10**7))
                p = float(sum(outcome for outcome in outcomes if outcome <= limit))
                assert split_probability(k, n - k, base_a, base_b) == closely(p, 2e-13)
