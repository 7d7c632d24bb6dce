"""Rules of the funnel: all forces by the size of their base, between limits that hold."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
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
from picturing import (
    DATA,
    OF_COUNTS,
    RATES_OF,
    SPREAD,
    between,
    expected,
    funnel_line,
    printed,
    request_of,
)
from scipy.stats import poisson
from scipy.stats import t as student

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


def line(base: float, rate: float, level: float) -> tuple[float, float]:
    """Return the interpolated Poisson quantiles of the events expected of a base, per 1,000."""
    low, high = (1000 * end / base for end in funnel_line(rate / 1000 * base, level))
    return low, high


def with_spread(
    base: float, figures: Mapping[str, Counted], level: float, forces: tuple[str, ...] = SPREAD
) -> tuple[float, float]:
    """Return the range expected of one more force of a base, from the spread of all."""
    observed = np.array([figures[force].events for force in forces], dtype=float)
    bases = np.array([figures[force].base for force in forces], dtype=float)
    rate = float(observed.sum() / bases.sum())
    mu, tau2, own = between(np.sqrt(observed / (rate * bases)), 1 / (4 * rate * bases))
    half = student.isf((1 - level) / 2, len(forces) - 2)
    half *= math.sqrt(1 / (4 * rate * base) + tau2 + own)
    return 1000 * rate * max(0.0, mu - half) ** 2, 1000 * rate * float(mu + half) ** 2


def by_tails(events: int, expected_events: float) -> str:
    """Return on which side of the funnel a count is, by the exact probability of its tail."""
    said = "inside"
    for level in LEVELS:
        tail = (1 - level) / 2
        if poisson.cdf(events, expected_events) <= tail:
            said = f"below {100 * level:g}%"
        if poisson.sf(events - 1, expected_events) <= tail:
            said = f"above {100 * level:g}%"
    return said


@pytest.mark.parametrize("metric", METRICS)
def test_the_centre_is_the_rate_of_all_together(metric: str) -> None:
    """The events of the 42 forces over their bases, and not the mean of their rates."""
    found = drawing(funnel(DATA, request_of("durham", metric=metric)))
    figures = counted(metric, LAST[metric])
    assert found.centre == pytest.approx(together(figures), rel=OF_COUNTS)
    mean = sum(figures[force].rate for force in SPREAD) / 42
    assert found.centre != pytest.approx(mean, rel=1e-3)
    assert "42" in found.centre_label


@pytest.mark.parametrize("metric", METRICS)
def test_every_force_is_a_dot_the_largest_base_first(metric: str) -> None:
    """42 dots without City of London, each with its base, its rate and its figure in words."""
    found = drawing(funnel(DATA, request_of("durham", metric=metric)))
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
    picture = funnel(DATA, request_of("durham", metric="burglary"))
    assert drawing(picture).base_label == "Households"
    assert picture.unit == (
        "Burglary in a dwelling per 1,000 households: 42 forces by number of households, "
        "year to June 2014"
    )
    picture = funnel(DATA, request_of("durham", metric="crime"))
    assert drawing(picture).base_label == "Population"
    assert "year to June 2014" in picture.unit


@pytest.mark.parametrize("metric", ["burglary-in-a-dwelling", "sexual-offences"])
def test_lines_of_random_variation_are_interpolated_quantiles(metric: str) -> None:
    """At all points of both curves, by SciPy's Poisson distribution of the expected events."""
    picture = funnel(DATA, request_of("durham", metric=metric), overdispersed=False)
    found = drawing(picture)
    rate = together(counted(metric, LAST[metric]))
    assert [(line.level, line.overdispersed) for line in found.limits] == [
        (0.95, False),
        (0.998, False),
    ]
    for limits in found.limits:
        check_curve(found, limits)
        for base, low, high in limits.curve:
            assert (low, high) == pytest.approx(line(base, rate, limits.level), rel=OF_COUNTS)


def check_curve(found: Funnel, limits: Limits) -> None:
    """Hold a curve to run from below the smallest base to above the largest, by its size."""
    bases = [base for base, _, _ in limits.curve]
    assert bases == sorted(set(bases))
    assert bases[0] < min(dot.base for dot in found.dots)
    assert bases[-1] > max(dot.base for dot in found.dots)
    assert f"{100 * limits.level:g}%" in limits.label


@pytest.mark.parametrize("metric", ["burglary-in-a-dwelling", "crime-excluding-fraud"])
def test_limits_with_spread_are_the_range_expected_of_one_more_force(metric: str) -> None:
    """By the variance between the forces as NumPy and SciPy give it, and no other limits."""
    found = drawing(funnel(DATA, request_of("durham", metric=metric)))
    figures = counted(metric, LAST[metric])
    assert [(line.label, line.level, line.overdispersed) for line in found.limits] == [
        ("usual range among forces (95%)", 0.95, True),
        ("99.8%", 0.998, True),
    ]
    for limits in found.limits:
        check_curve(found, limits)
        for base, low, high in limits.curve:
            expected_ends = with_spread(base, figures, limits.level)
            assert (low, high) == pytest.approx(expected_ends, rel=1e-6)


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("overdispersed", [False, True])
def test_named_are_the_forces_outside_and_those_asked_for(metric: str, overdispersed: bool) -> None:
    """Of every dot is said where it lies; it is named where that is outside, or it was asked.

    Outside is decided by the exact tail, and with the forces' spread by the verdict on each.
    """
    picture = funnel(DATA, request_of("durham", metric=metric), overdispersed=overdispersed)
    figures = counted(metric, LAST[metric])
    rate, verdicts = together(figures), expected(figures)
    for dot in drawing(picture).dots:
        force = BY_LABEL[dot.label]
        where = by_tails(figures[force].events, rate / 1000 * figures[force].base)
        if overdispersed:
            where = verdicts[force].unusual.replace("not unusual", "inside")
        assert dot.remark == where
        assert dot.named == (dot.remark != "inside" or dot.label == "Durham")
        assert dot.role == ("force" if dot.label == "Durham" else "other")


def test_the_verdict_and_not_the_line_says_what_is_unusual(tmp_path: Path) -> None:
    """A force just inside the drawn line is unusual, if it is so among the others."""
    figures = dict(counted(BURGLARY))
    base = figures["durham"].base
    _, high = with_spread(base, figures, 0.95)
    for events in range(int(high * base / 1000), 10**6):
        figures["durham"] = Counted(events, base)
        if expected(figures)["durham"].unusual == "unusually high":
            break
    _, line_at = with_spread(base, figures, 0.95)
    assert figures["durham"].rate < line_at
    data = own(tmp_path, SPREAD, figures)
    request = requested(data, ["kent"], metric="burglary")
    [dot] = [
        dot
        for dot in drawing(funnel(data, request, overdispersed=True)).dots
        if dot.label == "Durham"
    ]
    assert (dot.remark, dot.named) == ("unusually high", True)
    assert dot.value == pytest.approx(figures["durham"].rate, rel=1e-3)
    assert "compared with the others" in funnel(data, request).notes[0]


def test_a_tail_and_not_the_line_decides_at_small_counts(tmp_path: Path) -> None:
    """7 of 13.14 expected have a tail of 0.0501, which is inside; 6 have 0.024, which is below.

    The tails are worked values of methods.md, and the base of each force makes them so.
    """
    assert poisson.cdf(7, 13.1435) == pytest.approx(0.050121, abs=5e-7)
    assert poisson.cdf(6, 13.1435) == pytest.approx(0.023795, abs=5e-7)
    events = dict.fromkeys(SPREAD, 13) | dict.fromkeys(SPREAD[:6], 14)
    events |= {"surrey": 7, "sussex": 6, "wiltshire": 26}
    mean = sum(events.values()) / 42
    assert mean == pytest.approx(13.1435, abs=1e-3)
    data = own(tmp_path, SPREAD, {force: Counted(its, 1e5) for force, its in events.items()})
    request = requested(data, ["durham"], metric="burglary")
    found = drawing(funnel(data, request, overdispersed=False))
    assert {dot.label: dot.remark for dot in found.dots} == {
        LABELS[force]: by_tails(its, mean) for force, its in events.items()
    }
    remarks = {dot.label: dot.remark for dot in found.dots if dot.remark != "inside"}
    assert remarks == {"Sussex": "below 95%", "Wiltshire": "above 95%"}


def test_forces_lie_in_all_places() -> None:
    """Of burglary some are inside, some outside above and some below, else no rule is tried."""
    found = drawing(funnel(DATA, request_of("durham", metric="burglary"), overdispersed=False))
    assert {dot.remark for dot in found.dots} >= {"inside", "above 99.8%", "below 99.8%"}
    wide = drawing(funnel(DATA, request_of("durham", metric="burglary"), overdispersed=True))
    assert {dot.remark for dot in wide.dots} == {"inside", "unusually high", "unusually low"}


@pytest.mark.parametrize("overdispersed", [False, True])
def test_how_many_are_outside_is_said(overdispersed: bool) -> None:
    """The words count them: by the exact tails, or by the verdicts where the spread is drawn."""
    picture = funnel(DATA, request_of("durham", metric="burglary"), overdispersed=overdispersed)
    figures = counted(BURGLARY)
    outside = sum(
        by_tails(figures[f].events, together(figures) / 1000 * figures[f].base) != "inside"
        for f in SPREAD
    )
    unusual = sum(its.unusual != "not unusual" for its in expected(figures).values())
    said = (
        f"{unusual} forces are unusual at 95%."
        if overdispersed
        else f"{outside} forces are outside the 95% limits of random variation."
    )
    assert picture.description.startswith(f"{picture.title}. {said} ")
    alone = "Forces differ by more than random variation in separate crimes alone"
    [note] = picture.notes
    assert note.startswith(alone) == (outside > 21 and not overdispersed)


def test_size_is_named_where_the_range_widens_for_small_forces(tmp_path: Path) -> None:
    """With a hundredth of the burglaries it does, and with all of them it is the same for all."""
    few = {
        force: Counted(figures.events // 100, figures.base)
        for force, figures in counted(BURGLARY).items()
    }
    picture = {}
    for name, figures in (("few", few), ("all", counted(BURGLARY))):
        folder = tmp_path / name
        folder.mkdir()
        data = own(folder, SPREAD, figures)
        picture[name] = funnel(data, requested(data, ["durham"], metric="burglary"))
    assert drawing(picture["few"]).limits[0].label == "usual range for a force of its size (95%)"
    assert picture["few"].title.endswith(" for a force of its size")
    assert drawing(picture["all"]).limits[0].label == "usual range among forces (95%)"
    assert picture["all"].title.endswith(" among forces")


def test_the_title_says_whether_a_force_is_unusual() -> None:
    """By the verdict among forces; where chance alone may have flagged it, as weak evidence."""
    titles = {
        ("durham",): "Burglary: Durham is not unusual among forces",
        ("metropolitan",): ("Burglary: Metropolitan Police is unusually high among forces"),
        ("durham", "kent"): "Burglary: Durham and Kent are not unusual among forces",
    }
    for forces, title in titles.items():
        its = funnel(DATA, request_of(*forces, metric="burglary")).title
        assert its.replace(" (weak evidence)", "") == title
    alone = funnel(DATA, request_of("durham", metric="burglary"), overdispersed=False)
    assert alone.title == (
        "Burglary in a dwelling: Durham is below the 99.8% limits of random variation"
    )


def test_the_words_say_where_each_force_lies() -> None:
    """The description has Durham with its base and figure, and all others where they are."""
    figure = counted(BURGLARY)["durham"]
    places = {True: "inside the limits", False: "below the 99.8% limits"}
    for overdispersed, place in places.items():
        request = request_of("durham", metric="burglary")
        picture = funnel(DATA, request, overdispersed=overdispersed)
        lead, _, rest = picture.description.rstrip(".").partition(f", {place}. ")
        durham = lead[lead.index("Durham (") :]
        assert durham == (
            f"Durham ({figure.base:,.0f} households): {printed(figure.rate)} per 1,000 households"
        )
        for dot in drawing(picture).dots:
            if dot.label != "Durham":
                [where, *_] = [
                    part
                    for part in re.split(r"\. (?=[A-Z])", rest)
                    if f"{dot.label} {dot.text}" in part
                ]
                assert where.lower().startswith(f"{dot.remark}: ")


def test_an_unusual_force_that_was_asked_for_is_described_as_that() -> None:
    """In the words the Metropolitan Police is unusually high, and not on a side of any limits."""
    request = request_of("metropolitan", metric="burglary")
    words = funnel(DATA, request, overdispersed=True).description
    rate = printed(counted(BURGLARY)["metropolitan"].rate)
    assert f": {rate} per 1,000 households, unusually high. " in words


def test_city_of_london_is_left_out_and_that_is_said() -> None:
    """It is no dot and no part of the limits, unless it is asked for to be counted in."""
    picture = funnel(DATA, request_of("durham", metric="crime"))
    assert "42 of 43 forces. City of London is left out" in picture.description
    with_city = funnel(DATA, request_of(CITY, metric="crime", with_city_of_london=True))
    assert "City of London is left out" not in with_city.description
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
        funnel(DATA, request_of(CITY, metric="crime"))
    assert "not compared with the others" in caught.value.hint


def test_forces_that_were_asked_for_have_their_roles() -> None:
    """Up to three are told apart, and a fourth is refused."""
    found = drawing(funnel(DATA, request_of("kent", "durham", "gwent", metric="burglary")))
    roles = {dot.label: (dot.role, dot.named) for dot in found.dots if dot.role != "other"}
    assert roles == {
        "Kent": ("force", True),
        "Durham": ("second", True),
        "Gwent": ("third", True),
    }
    with pytest.raises(RequestError, match="3 forces"):
        funnel(DATA, request_of("durham", "kent", "gwent", "essex", metric="burglary"))


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
        DATA, request_of("durham", metric="burglary", **options), overdispersed=overdispersed
    )
    found = drawing(picture)
    assert found.centre == pytest.approx(together(counted(BURGLARY)), rel=OF_COUNTS)
    assert found.centre_label == "all 42 together"
    assert {dot.label for dot in found.dots} == {LABELS[force] for force in SPREAD}
    [kent] = [dot for dot in found.dots if dot.label == "Kent"]
    assert kent.role == "other"
    assert "42 forces by number of households, " in picture.unit
    assert " Shown: 42 of 43 forces. " in picture.description
    usual = funnel(DATA, request_of("durham", metric="burglary"), overdispersed=overdispersed)
    assert picture == usual


def test_a_funnel_is_of_the_period_asked_for() -> None:
    """Of another 12 months dots and centre are those of its counts."""
    picture = funnel(DATA, request_of("durham", metric="burglary", period="2012-06"))
    figures = counted(BURGLARY, "2012-06-30")
    assert drawing(picture).centre == pytest.approx(together(figures), rel=OF_COUNTS)
    assert "year to June 2012" in picture.unit
    [durham] = [dot for dot in drawing(picture).dots if dot.label == "Durham"]
    assert durham.value == pytest.approx(figures["durham"].rate, rel=1e-12)


def own(
    tmp_path: Path, forces: tuple[str, ...], figures: Mapping[str, Counted] | None = None
) -> crimecmp.Dataset:
    """Return a user's burglaries of some forces, as they are in the published counts or given."""
    figures = counted(BURGLARY) if figures is None else figures
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
    bundled = drawing(funnel(DATA, request_of("durham", metric="burglary"), overdispersed=True))
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
        funnel(DATA, request_of("durham", metric=metric, source=source))


def test_the_source_of_the_counts_is_said() -> None:
    """Where the counts are found, and under which licence, is said with it."""
    picture = funnel(DATA, request_of("durham", metric="burglary"))
    locators = {
        row["locator"]
        for row in table("rates")
        if (row["metric"], row["period_end"], row["source"]) == (BURGLARY, JUNE_2014, COUNTS)
    }
    assert len(locators) == 1
    assert all(locator.rstrip(".") in picture.description for locator in locators)
    [line] = picture.sources
    assert "Rates calculated from published counts" in line
    assert "Open Government Licence v3.0" in line
