"""A rank interval holds all ranks that the joint intervals of the rates allow."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import pytest
from bundled import BURGLARY, CITY, METRICS, NATIONAL, counted
from calculating import any_float, finite, near, usual_levels
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.stats import norm

from crimecmp.errors import MethodError
from crimecmp.statistics import poisson_interval
from crimecmp.statistics.ranks import RankInterval, rank_intervals

COUNTS = (40, 55, 90, 120, 22, 0)
BASES = (10_000,) * 6

SEXUAL = METRICS[2]

areas = st.lists(
    st.tuples(st.integers(0, 200) | st.integers(0, 10**6), st.integers(1, 10**6)),
    min_size=1,
    max_size=42,
)
some_sigmas = st.sampled_from([0.0, 0.01, 0.1, 0.5])


def test_worked_rank_intervals() -> None:
    """Six areas with equal bases have the worked ranks (methods.md, section 4, ranks_small)."""
    expected = ((4, 3, 5), (3, 2, 5), (2, 1, 3), (1, 1, 2), (5, 3, 5), (6, 6, 6))
    assert rank_intervals(COUNTS, BASES) == expected


def test_worked_rank_intervals_with_usual_variation() -> None:
    """At sigma 0.1 the intervals of the same areas are wider (ranks_small, usual_sigma_0.1)."""
    expected = ((4, 2, 5), (3, 1, 5), (2, 1, 4), (1, 1, 3), (5, 3, 5), (6, 6, 6))
    assert rank_intervals(COUNTS, BASES, 0.95, 0.1) == expected


@pytest.mark.parametrize(
    ("metric", "sigma", "expected", "width"),
    [
        (
            BURGLARY,
            0.0,
            {
                "lincolnshire": (25, 19, 29),
                "merseyside": (7, 5, 10),
                "cumbria": (41, 39, 41),
                "norfolk": (40, 39, 41),
            },
            5.857142857142857,
        ),
        (
            SEXUAL,
            0.0,
            {
                "lincolnshire": (36, 17, 41),
                "merseyside": (28, 10, 38),
                "cumbria": (37, 13, 41),
                "norfolk": (13, 5, 36),
            },
            23.428571428571427,
        ),
        # The sigma of burglary in the table of section 3 of methods.md, to its four decimals.
        (BURGLARY, 0.1055, {"lincolnshire": (25, 4, 41)}, None),
    ],
)
def test_worked_rank_intervals_of_42_forces(
    metric: str, sigma: float, expected: dict[str, tuple[int, int, int]], width: float | None
) -> None:
    """The forces have the worked ranks in the year to June 2014 (methods.md, ranks_real)."""
    figures = {
        force: figure for force, figure in counted(metric).items() if force not in (NATIONAL, CITY)
    }
    answer = rank_intervals(
        [figure.events for figure in figures.values()],
        [figure.base for figure in figures.values()],
        sigma=sigma,
    )
    by_force = dict(zip(figures, answer, strict=True))
    assert len(by_force) == 42
    assert {force: by_force[force] for force in expected} == expected
    if width is not None:
        assert sum(ranks.worst - ranks.best for ranks in answer) / 42 == near(width)


def by_definition(
    counts: Sequence[int], bases: Sequence[int], level: float, sigma: float
) -> list[RankInterval]:
    """Count the areas clearly above and clearly below each area, one pair at a time."""
    areas = len(counts)
    joint = level ** (1 / areas)
    usual = float(norm.isf((1 - joint) / 2)) * sigma

    def ends(count: int, base: int) -> tuple[float, float]:
        low, high = poisson_interval(count, joint)
        if sigma and count:
            low = count / math.exp(math.sqrt(math.log(count / low) ** 2 + usual**2))
            high = count * math.exp(math.sqrt(math.log(high / count) ** 2 + usual**2))
        elif sigma:
            high *= math.exp(usual)
        return low / base, high / base

    limits = [ends(*area) for area in zip(counts, bases, strict=True)]
    rates = [count / base for count, base in zip(counts, bases, strict=True)]
    return [
        RankInterval(
            1 + sum(other > rate for other in rates),
            1 + sum(other_low > high for other_low, _ in limits),
            areas - sum(other_high < low for _, other_high in limits),
        )
        for rate, (low, high) in zip(rates, limits, strict=True)
    ]


@given(areas, usual_levels, some_sigmas)
def test_ranks_are_counts_of_areas_apart(
    pairs: list[tuple[int, int]], level: float, sigma: float
) -> None:
    """The best rank leaves out only areas clearly above, the worst only areas clearly below."""
    counts, bases = zip(*pairs, strict=True)
    assert list(rank_intervals(counts, bases, level, sigma)) == by_definition(
        counts, bases, level, sigma
    )


@given(areas, usual_levels, some_sigmas)
def test_a_rank_lies_in_its_interval(
    pairs: list[tuple[int, int]], level: float, sigma: float
) -> None:
    """The rank by rate is one of those that the figures allow, from 1 to the number of areas."""
    counts, bases = zip(*pairs, strict=True)
    for ranks in rank_intervals(counts, bases, level, sigma):
        assert 1 <= ranks.best <= ranks.rank <= ranks.worst <= len(pairs)


@given(areas, usual_levels, usual_levels, some_sigmas, some_sigmas)
def test_intervals_widen_with_the_level_and_with_usual_variation(
    pairs: list[tuple[int, int]], one: float, other: float, less: float, more: float
) -> None:
    """A higher level or a larger sigma allows all ranks that a lower one does."""
    counts, bases = zip(*pairs, strict=True)
    inner = rank_intervals(counts, bases, min(one, other), min(less, more))
    outer = rank_intervals(counts, bases, max(one, other), max(less, more))
    for narrow, wide in zip(inner, outer, strict=True):
        assert narrow.rank == wide.rank
        assert wide.best <= narrow.best
        assert narrow.worst <= wide.worst


@given(areas, st.sampled_from([2.0**-7, 0.5, 2.0, 1024.0]), some_sigmas)
def test_the_unit_of_the_bases_changes_nothing(
    pairs: list[tuple[int, int]], factor: float, sigma: float
) -> None:
    """Bases in people, or in some other unit, give the same ranks."""
    counts, bases = zip(*pairs, strict=True)
    scaled = [base * factor for base in bases]
    assert rank_intervals(counts, scaled, sigma=sigma) == rank_intervals(counts, bases, sigma=sigma)


@given(st.permutations(range(6)), some_sigmas)
def test_the_order_of_the_areas_changes_nothing(order: list[int], sigma: float) -> None:
    """Each area has the same ranks wherever it stands."""
    bases = (10_000, 9_000, 8_000, 7_000, 6_000, 5_000)
    answer = rank_intervals(COUNTS, bases, sigma=sigma)
    moved = rank_intervals(
        [COUNTS[place] for place in order], [bases[place] for place in order], sigma=sigma
    )
    assert list(moved) == [answer[place] for place in order]


def test_equal_rates_share_the_better_rank() -> None:
    """Two of three at the top are both first, and the other is third."""
    answer = rank_intervals([200, 100, 30], [2000, 1000, 1000])
    assert [ranks.rank for ranks in answer] == [1, 1, 3]


def test_ends_that_touch_do_not_separate() -> None:
    """Two areas are apart only where one's lower end is above the other's upper end."""
    joint = 0.95**0.5
    low, high = poisson_interval(50, joint).low, poisson_interval(20, joint).high
    touching = rank_intervals([50, 20], [low, high])  # both ends are a rate of 1
    assert touching == ((1, 1, 2), (2, 1, 2))
    apart = rank_intervals([50, 20], [low, math.nextafter(high, 1000)])
    assert apart == ((1, 1, 1), (2, 2, 2))
    assert rank_intervals([0, 0], [1000, 1000]) == ((1, 1, 2), (1, 1, 2))


def test_the_level_is_that_of_all_areas_together() -> None:
    """More areas need wider intervals: two that are apart alone are not apart among many."""
    assert rank_intervals([100, 160], [1000, 1000])[0] == (2, 2, 2)
    assert rank_intervals([100, 160, *[5000] * 40], [1000] * 42)[0] == (42, 41, 42)


def test_a_single_area_is_first() -> None:
    """One area has no other to be above or below."""
    assert rank_intervals([5], [1000]) == ((1, 1, 1),)


def test_no_events_have_no_lower_end_to_move() -> None:
    """With usual variation a count of zero still allows a rate of zero, and a higher one."""
    joint = 0.95**0.5
    usual = float(norm.isf((1 - joint) / 2)) * 0.5
    high = poisson_interval(0, joint).high * math.exp(usual)
    low = 100 / math.exp(math.hypot(math.log(100 / poisson_interval(100, joint).low), usual))
    base = high / low * 1000  # the base of the zero at which its upper end is the other's lower end
    assert rank_intervals([0, 100], [base * 1.000001, 1000], sigma=0.5)[0].best == 2
    assert rank_intervals([0, 100], [base * 0.999999, 1000], sigma=0.5)[0].best == 1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rank_intervals([1], [1, 2]), "counts has 1 areas and bases 2: they must have"),
        (lambda: rank_intervals([], []), "counts and bases have 0 areas: there must be 1 or more"),
        (lambda: rank_intervals([1, -1], [1, 1]), r"counts\[1\] is -1"),
        (lambda: rank_intervals([1, math.nan], [1, 1]), r"counts\[1\] is nan"),
        (lambda: rank_intervals([1, 1], [1, 0]), r"bases\[1\] is 0"),
        (lambda: rank_intervals([1], [1], sigma=-0.1), "sigma is -0.1"),
        (lambda: rank_intervals([1], [1], sigma=11), "sigma is 11: it must be a number from 0"),
        (lambda: rank_intervals([1], [1], level=1), "level is 1"),
        (lambda: rank_intervals([1], [1], level=math.nan), "level is nan"),
        (lambda: rank_intervals([1, 1], [1, 1], level=-0.5), "level is -0.5"),
        (lambda: rank_intervals([1, 1], [1, 1], level=95), "level is 95"),
    ],
)
def test_a_bad_argument_is_named(call: Callable[[], object], message: str) -> None:
    """What has no answer raises the one error, which begins with what is wrong."""
    with pytest.raises(MethodError, match=f"^{message}"):
        call()


@given(st.lists(any_float), st.lists(any_float), any_float, any_float)
@example([1e-15, 1e15], [1e15, 1e-15], 1e-300, 10)
@example([1e-15, 0, 1e15, 9.9], [1e15, 1e-15, 1, 1], 1 - 2.0**-50, 10)
@example([5, 6], [7, 8], 1 - 2.0**-53, 0)
def test_numbers_give_ranks_or_the_one_error(
    counts: list[float], bases: list[float], level: float, sigma: float
) -> None:
    """Whatever floats come in, there is no other error."""
    try:
        answer = rank_intervals(counts, bases, level, sigma)
    except MethodError:
        return
    assert finite(answer)
