"""Rules of the funnel: all forces by the size of their base, between limits that hold."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import pytest
from bundled import (
    BURGLARY,
    CITY,
    COUNTS,
    FORCES,
    JUNE_2014,
    LABELS,
    LAST,
    METRICS,
    REPORT,
    Counted,
    counted,
    table,
    write,
)
from picturing import DATA, OF_COUNTS, RATES_OF, SPREAD, deviate, find_places, printed, spread_of
from scipy.stats import chi2

import crimecmp
from crimecmp.charts.funnel import funnel
from crimecmp.comparison.request import requested
from crimecmp.document.picture import Dot, Funnel, Limits, Picture
from crimecmp.errors import NoFiguresError, RequestError

BY_LABEL = {label: force for force, label in LABELS.items()}
LEVELS = (0.95, 0.998)


def drawing(picture: Picture) -> Funnel:
    """Return what a funnel draws."""
    assert isinstance(picture.drawing, Funnel)
    return picture.drawing


def together(figures: Mapping[str, Counted], forces: tuple[str, ...] = SPREAD) -> float:
    """Return the rate of forces together: all their events over all their bases."""
    events = sum(figures[force].events for force in forces)
    return 1000 * events / sum(figures[force].base for force in forces)


def by_chance(base: float, rate: float, level: float) -> tuple[float, float]:
    """Return the exact Poisson limits of the events that are expected of a base, per 1,000."""
    expected, tail = rate / 1000 * base, (1 - level) / 2
    ends = chi2.ppf(tail, 2 * expected) / 2, chi2.isf(tail, 2 * expected + 2) / 2
    low, high = (1000 * float(end) / base for end in ends)
    return low, high


def with_spread(base: float, rate: float, tau_squared: float, level: float) -> tuple[float, float]:
    """Return the rates at which the adjusted z of a base is the deviate of a level."""
    sd = math.sqrt(1 / (4 * rate / 1000 * base) + tau_squared)
    low, high = (1 + sign * deviate(level) * sd for sign in (-1, 1))
    return rate * max(low, 0) ** 2, rate * high**2


def where(value: float, limits: dict[float, tuple[float, float]]) -> str:
    """Return where a rate lies: outside which limits, or inside of all."""
    said = "inside"
    for level in LEVELS:
        low, high = limits[level]
        if value < low or value > high:
            said = f"{'above' if value > high else 'below'} {100 * level:g} %"
    return said


@pytest.mark.parametrize("metric", METRICS)
def test_the_centre_is_the_rate_of_all_together(metric: str) -> None:
    """The events of the 42 forces over their bases, and not the mean of their rates."""
    found = drawing(funnel(DATA, find_places("durham", metric=metric)))
    figures = counted(metric, LAST[metric])
    assert found.centre == pytest.approx(together(figures), rel=OF_COUNTS)
    mean = sum(figures[force].rate for force in SPREAD) / 42
    assert found.centre != pytest.approx(mean, rel=1e-3)
    assert "42" in found.centre_label


@pytest.mark.parametrize("metric", METRICS)
def test_every_force_is_a_dot_the_largest_base_first(metric: str) -> None:
    """42 dots without City of London, each with its base, its rate and its figure in words."""
    found = drawing(funnel(DATA, find_places("durham", metric=metric)))
    figures = counted(metric, LAST[metric])
    assert {dot.label for dot in found.dots} == {LABELS[force] for force in SPREAD}
    assert len(found.dots) == 42
    bases = [dot.base for dot in found.dots]
    assert bases == sorted(bases, reverse=True)
    for dot in found.dots:
        figure = figures[BY_LABEL[dot.label]]
        assert dot.base == figure.base
        assert dot.value == pytest.approx(figure.rate, rel=1e-12)
        assert dot.text == printed(figure.rate)


def test_the_base_is_named() -> None:
    """Burglary is over households, the other measures are over population."""
    picture = funnel(DATA, find_places("durham", metric="burglary"))
    assert drawing(picture).base_label == "Households"
    assert picture.unit == "Per 1,000 households"
    picture = funnel(DATA, find_places("durham", metric="crime"))
    assert drawing(picture).base_label == "Population"
    assert "12 months to June 2014" in picture.title


@pytest.mark.parametrize("metric", ["burglary-in-a-dwelling", "sexual-offences"])
def test_limits_of_chance_are_exact(metric: str) -> None:
    """At all points of both curves they are the chi-square limits of the expected events."""
    found = drawing(funnel(DATA, find_places("durham", metric=metric)))
    rate = together(counted(metric, LAST[metric]))
    assert [(line.level, line.overdispersed) for line in found.limits] == [
        (0.95, False),
        (0.998, False),
    ]
    for limits in found.limits:
        check_curve(found, limits)
        for base, low, high in limits.curve:
            expected = by_chance(base, rate, limits.level)
            assert (low, high) == pytest.approx(expected, rel=OF_COUNTS)


def check_curve(found: Funnel, limits: Limits) -> None:
    """Hold a curve to run from below the smallest base to above the largest, by its size."""
    bases = [base for base, _, _ in limits.curve]
    assert bases == sorted(set(bases))
    assert bases[0] < min(dot.base for dot in found.dots)
    assert bases[-1] > max(dot.base for dot in found.dots)
    assert f"{100 * limits.level:g} %" in limits.label


@pytest.mark.parametrize("metric", ["burglary-in-a-dwelling", "crime-excluding-fraud"])
def test_limits_with_spread_are_those_of_the_adjusted_z(metric: str) -> None:
    """With the forces' own tau squared, worked out by NumPy, behind the limits of chance."""
    found = drawing(funnel(DATA, find_places("durham", metric=metric), overdispersed=True))
    spread = spread_of(counted(metric, LAST[metric]))
    assert spread.tau_squared > 0
    assert [(line.level, line.overdispersed) for line in found.limits] == [
        (0.95, False),
        (0.998, False),
        (0.95, True),
        (0.998, True),
    ]
    assert len({line.label for line in found.limits}) == 4
    for limits in found.limits[2:]:
        check_curve(found, limits)
        for base, low, high in limits.curve:
            expected = with_spread(base, spread.rate, spread.tau_squared, limits.level)
            assert (low, high) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("overdispersed", [False, True])
def test_named_are_the_forces_outside_and_those_asked_for(metric: str, overdispersed: bool) -> None:
    """Of every dot is said where it lies; it is named where that is outside, or it was asked."""
    picture = funnel(DATA, find_places("durham", metric=metric), overdispersed=overdispersed)
    figures = counted(metric, LAST[metric])
    spread = spread_of(figures)
    for dot in drawing(picture).dots:
        limits = {
            level: with_spread(dot.base, spread.rate, spread.tau_squared, level)
            if overdispersed
            else by_chance(dot.base, spread.rate, level)
            for level in LEVELS
        }
        assert dot.remark == where(dot.value, limits)
        assert dot.named == (dot.remark != "inside" or dot.label == "Durham")
        assert dot.role == ("force" if dot.label == "Durham" else "other")
        if overdispersed:
            z = abs(spread.adjusted_z[BY_LABEL[dot.label]])
            beyond = [f"{100 * level:g} %" for level in LEVELS if z > deviate(level)]
            assert dot.remark.endswith(beyond[-1] if beyond else "inside")


def test_forces_lie_in_all_places() -> None:
    """Of burglary some are inside, some outside above and some below, else no rule is tried."""
    found = drawing(funnel(DATA, find_places("durham", metric="burglary")))
    assert {dot.remark for dot in found.dots} >= {"inside", "above 99.8 %", "below 99.8 %"}
    wide = drawing(funnel(DATA, find_places("durham", metric="burglary"), overdispersed=True))
    assert {dot.remark for dot in wide.dots} >= {"inside", "below 95 %"}


def test_the_words_say_where_each_force_lies() -> None:
    """The description has Durham with its base and figure, and all others where they are."""
    picture = funnel(DATA, find_places("durham", metric="burglary"), overdispersed=True)
    durham, *rest = picture.description.rstrip(".").split(". ")
    figure = counted(BURGLARY)["durham"]
    assert durham == (
        f"Durham ({figure.base:,.0f} households): {printed(figure.rate)} per 1,000 households, "
        "inside the limits"
    )
    for dot in drawing(picture).dots:
        if dot.label != "Durham":
            [place] = [part for part in rest if f"{dot.label} {dot.text}" in part]
            assert place.lower().startswith(f"{dot.remark}: ")
    assert any("explain overdispersion" in note for note in picture.notes)


def test_city_of_london_is_left_out_and_that_is_said() -> None:
    """It is no dot and no part of the limits, unless it is asked for to be counted in."""
    picture = funnel(DATA, find_places("durham", metric="crime"))
    assert any("42 of 43 forces, without City of London" in note for note in picture.notes)
    with_city = funnel(DATA, find_places(CITY, metric="crime", with_city_of_london=True))
    assert not any("without City of London" in note for note in with_city.notes)
    found = drawing(with_city)
    assert len(found.dots) == 43
    assert found.dots[-1].label == "City of London"
    assert found.dots[-1].role == "force"
    rate = together(counted(METRICS[0]), FORCES)
    assert found.centre == pytest.approx(rate, rel=OF_COUNTS)
    assert "43" in found.centre_label


def test_city_of_london_cannot_be_marked_where_it_is_left_out() -> None:
    """Asked for alone it is refused, with the reason."""
    with pytest.raises(NoFiguresError, match="City of London") as caught:
        funnel(DATA, find_places(CITY, metric="crime"))
    assert "Not in the spread of forces" in caught.value.hint


def test_forces_that_were_asked_for_have_their_roles() -> None:
    """Up to three are told apart, and a fourth is refused."""
    found = drawing(funnel(DATA, find_places("kent", "durham", "gwent", metric="burglary")))
    roles = {dot.label: (dot.role, dot.named) for dot in found.dots if dot.role != "other"}
    assert roles == {
        "Kent": ("force", True),
        "Durham": ("second", True),
        "Gwent": ("third", True),
    }
    with pytest.raises(RequestError, match="3 forces"):
        funnel(DATA, find_places("durham", "kent", "gwent", "essex", metric="burglary"))


@pytest.mark.parametrize(
    "options",
    [{"benchmark": "kent"}, {"group": "south-east"}, {"group": "north-east", "weighted": True}],
)
@pytest.mark.parametrize("overdispersed", [False, True])
def test_a_funnel_is_around_all_forces_whatever_they_are_compared_with(
    options: dict[str, object], overdispersed: bool
) -> None:
    """With Kent for a benchmark, Kent is one of the 42: centre, dots, limits and notes stay."""
    picture = funnel(
        DATA, find_places("durham", metric="burglary", **options), overdispersed=overdispersed
    )
    found = drawing(picture)
    assert found.centre == pytest.approx(together(counted(BURGLARY)), rel=OF_COUNTS)
    assert found.centre_label == "all 42 together"
    assert {dot.label for dot in found.dots} == {LABELS[force] for force in SPREAD}
    [kent] = [dot for dot in found.dots if dot.label == "Kent"]
    assert kent.role == "other"
    assert "Durham among 42 forces, " in picture.title
    assert any("around the rate of all 42 together" in note for note in picture.notes)
    assert any(note.startswith("Shown: 42 of 43 forces, ") for note in picture.notes)
    usual = funnel(DATA, find_places("durham", metric="burglary"), overdispersed=overdispersed)
    assert picture == usual


def test_a_funnel_is_of_the_period_asked_for() -> None:
    """Of another 12 months dots and centre are those of its counts."""
    picture = funnel(DATA, find_places("durham", metric="burglary", period="2012-06"))
    figures = counted(BURGLARY, "2012-06-30")
    assert drawing(picture).centre == pytest.approx(together(figures), rel=OF_COUNTS)
    assert "12 months to June 2012" in picture.title
    [durham] = [dot for dot in drawing(picture).dots if dot.label == "Durham"]
    assert durham.value == pytest.approx(figures["durham"].rate, rel=1e-12)


def own(tmp_path: Path, forces: tuple[str, ...]) -> crimecmp.Dataset:
    """Return a user's burglaries of some forces, as they are in the published counts."""
    figures = counted(BURGLARY)
    rows = [
        f"{force},burglary,{JUNE_2014},{printed(figures[force].rate)},"
        f"{figures[force].events},{figures[force].base:.0f}"
        for force in forces
    ]
    return crimecmp.load(write(tmp_path, rates=[RATES_OF, *rows]))


def test_of_a_few_forces_there_is_no_funnel(tmp_path: Path) -> None:
    """What is usual cannot be told without the others, and the error counts them."""
    data = own(tmp_path, SPREAD[:5])
    with pytest.raises(NoFiguresError, match="no funnel of Burglary") as caught:
        funnel(data, requested(data, [SPREAD[0]], metric="burglary"))
    assert "The source has 5 of the 42 forces" in caught.value.hint


def test_a_users_own_counts_of_all_forces_are_a_funnel(tmp_path: Path) -> None:
    """42 rows are enough, and give the limits that the bundled counts give."""
    data = own(tmp_path, SPREAD)
    found = drawing(
        funnel(data, requested(data, ["durham"], metric="burglary"), overdispersed=True)
    )
    bundled = drawing(funnel(DATA, find_places("durham", metric="burglary"), overdispersed=True))
    assert found.centre == pytest.approx(bundled.centre, rel=1e-12)
    assert found.limits == bundled.limits

    def places(dots: tuple[Dot, ...]) -> dict[str, str]:
        return {dot.label: dot.remark for dot in dots}

    assert places(found.dots) == places(bundled.dots)


@pytest.mark.parametrize(
    ("metric", "source"), [("detection", None), ("satisfaction", None), ("crime", REPORT)]
)
def test_what_has_no_counts_has_no_funnel(metric: str, source: str | None) -> None:
    """Percentages, and rates as the report prints them, are refused."""
    with pytest.raises(NoFiguresError):
        funnel(DATA, find_places("durham", metric=metric, source=source))


def test_the_source_of_the_counts_is_said() -> None:
    """Where the counts are found, and under which licence, stands beneath."""
    picture = funnel(DATA, find_places("durham", metric="burglary"))
    locators = {
        row["locator"]
        for row in table("rates")
        if (row["metric"], row["period_end"], row["source"]) == (BURGLARY, JUNE_2014, COUNTS)
    }
    assert len(locators) == 1
    assert all(locator in picture.sources[0] for locator in locators)
    assert picture.sources[0].startswith(f"Source: {COUNTS}: ")
    assert "Open Government Licence v3.0" in picture.sources[-1]
