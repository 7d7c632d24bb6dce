"""Estimates without one area at a time are those of going through all the others."""

from __future__ import annotations

import random

import pytest

from crimecmp.statistics import UsualOfOthers, leaving_out, unusual_among, usual_variation
from crimecmp.statistics.leaving_out import LeavingOut
from crimecmp.statistics.random_effects import Effects, between_variance

MANY = 260
"""More than are gone through again."""


def effects(spread: float, seed: int) -> Effects:
    """Return effects that differ by a standard deviation besides their own errors."""
    draw = random.Random(seed)
    errors = [draw.uniform(1e-4, 1e-2) for _ in range(MANY)]
    return [(draw.gauss(0, spread) + draw.gauss(0, error**0.5), error) for error in errors]


def without(group: Effects, place: int | None) -> Effects:
    """Return the effects but that at a place."""
    return [effect for at, effect in enumerate(group) if at != place]


@pytest.mark.parametrize("spread", [0, 0.01, 0.05, 0.5])
def test_each_estimate_is_that_of_the_others(spread: float) -> None:
    """Whatever the spread, leaving out one effect of each group gives what the rest give."""
    groups = [effects(spread, 1), effects(spread, 2)]
    estimates = LeavingOut(groups)
    for place in range(0, MANY, 13):
        places = [place, None if place % 2 else MANY - 1 - place]
        found = estimates.without(places)
        direct = between_variance([without(*pair) for pair in zip(groups, places, strict=True)])
        assert found.df == direct.df
        assert found.variance == pytest.approx(direct.variance, rel=1e-12, abs=1e-15)
        for mine, theirs in zip(found.centres, direct.centres, strict=True):
            assert mine.mean == pytest.approx(theirs.mean, rel=1e-12, abs=1e-12)
            assert mine.variance == pytest.approx(theirs.variance, rel=1e-12)


@pytest.mark.parametrize("spread", [0.05, 0.5])
@pytest.mark.parametrize("number", [1, 2])
def test_near_roots_are_found_without_going_through_the_others(
    monkeypatch: pytest.MonkeyPatch, spread: float, number: int
) -> None:
    """The sums alone give each estimate, in few steps, where one effect changes little."""
    groups = [effects(spread, seed) for seed in range(number)]
    direct = [between_variance([without(group, 7) for group in groups])] * 2
    added = [
        LeavingOut(groups),
        LeavingOut(
            [[*group[:7], (group[7][0] + 1e-3, group[7][1]), *group[8:]] for group in groups]
        ),
    ]
    monkeypatch.setattr(leaving_out, "_MOST_STEPS", 5)
    monkeypatch.setattr(leaving_out, "between_variance", None)
    for each, expected in zip(added, direct, strict=True):
        found = each.without([7] * number)
        assert found.df == expected.df
        assert found.variance == pytest.approx(expected.variance, rel=1e-12)
        assert found.centres == tuple(
            pytest.approx(tuple(centre), rel=1e-12, abs=1e-12) for centre in expected.centres
        )


def test_an_area_that_makes_the_spread_is_left_out_exactly() -> None:
    """Where all of the spread comes from one area, none is left without it."""
    group = [*effects(0, 3)]
    quiet = between_variance([group[1:]]).variance
    group[0] = (40.0, 1e-4)
    found = LeavingOut([group]).without([0])
    assert found.variance == pytest.approx(quiet, rel=1e-12, abs=1e-15)


def test_the_usual_variation_of_others_is_theirs() -> None:
    """An area is found by its name in each pair of years, and may be in some of them only."""
    draw = random.Random(4)
    counts = {f"area-{place}": draw.randint(200, 9000) for place in range(MANY)}
    pairs = [
        {area: (max(10, int(n * draw.uniform(0.8, 1.2))), n) for area, n in counts.items()}
        for _ in range(2)
    ]
    del pairs[1]["area-7"]
    others = UsualOfOthers(pairs)
    for area in ("area-0", "area-7", "elsewhere"):
        left = [[c for name, c in pair.items() if name != area] for pair in pairs]
        found, direct = others.than(area), usual_variation(left)
        assert found.sigma_squared == pytest.approx(direct.sigma_squared, rel=1e-12)
        assert (found.df, [list(pair) for pair in found.counts]) == (direct.df, left)


def test_one_of_many_areas_is_held_against_the_rest() -> None:
    """The spread and centre that many areas are held against are those of the other areas."""
    draw = random.Random(5)
    bases = [draw.uniform(1e5, 9e5) for _ in range(MANY)]
    counts = [int(base * draw.uniform(0.02, 0.09)) for base in bases]
    rate = sum(counts) / sum(bases)
    found = unusual_among(counts, bases, per=1)
    for place in (0, 100, MANY - 1):
        roots = [
            ((count / (rate * base)) ** 0.5, 1 / (4 * rate * base))
            for at, (count, base) in enumerate(zip(counts, bases, strict=True))
            if at != place
        ]
        others = between_variance([roots])
        assert found[place].tau == pytest.approx(others.variance**0.5, rel=1e-12)
        assert found[place].centre == pytest.approx(rate * others.centres[0].mean ** 2, rel=1e-12)
        assert found[place].df == MANY - 3
