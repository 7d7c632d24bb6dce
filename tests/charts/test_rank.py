"""Rules of the picture of a ranking: all forces in order, the benchmark in its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from bundled import (
    BURGLARY,
    CITY,
    JUNE_2014,
    LABELS,
    LAST,
    METRICS,
    NATIONAL,
    counted,
    highest_first,
    write,
)
from picturing import (
    DATA,
    RATES_OF,
    SPREAD,
    byar,
    ends_of,
    expected,
    labels,
    of,
    ordinals,
    places,
    printed,
    request_of,
    rows_of,
)
from scipy.stats import rankdata

import crimecmp
from crimecmp.charts.rank import rank
from crimecmp.comparison.request import requested
from crimecmp.document.picture import Picture, Rows, Scale
from crimecmp.errors import NoFiguresError, RequestError
from crimecmp.text import ordinal


def scale(picture: Picture) -> Scale:
    """Return the one scale of a ranking."""
    assert isinstance(picture.drawing, Rows)
    assert not picture.drawing.bars
    [found] = picture.drawing.scales
    return found


def in_place(metric: str, end: str, benchmark: str = NATIONAL) -> list[str]:
    """Return the labels of the 42 forces and the benchmark in order of their rates."""
    areas = dict.fromkeys([*SPREAD, benchmark])
    rates = {area: counted(metric, end)[area].rate for area in areas}
    return [LABELS[area] for area in highest_first(rates)]


@pytest.mark.parametrize("metric", METRICS)
def test_all_forces_are_in_order_and_the_benchmark_in_its_place(metric: str) -> None:
    """42 forces and England and Wales, the highest rate first, each figure as counted."""
    picture = rank(DATA, request_of("durham", metric=metric))
    found = scale(picture)
    assert labels(found) == in_place(metric, LAST[metric])
    assert len(found.marks) == 43
    assert " of 42 forces, " in picture.title
    assert "Durham Constabulary against England and Wales, year to " in picture.unit
    by_label = {LABELS[area]: figure for area, figure in counted(metric, LAST[metric]).items()}
    for mark in found.marks:
        assert mark.value == pytest.approx(by_label[mark.label].rate, rel=1e-12)
        assert mark.text == printed(by_label[mark.label].rate)


@pytest.mark.parametrize("level", [0.95, 0.998])
def test_every_force_has_its_interval(level: float) -> None:
    """Byar's interval of each count at the level asked for, and the picture says which."""
    picture = rank(DATA, request_of("durham", metric="burglary", level=level))
    by_label = {LABELS[area]: figure for area, figure in counted(BURGLARY).items()}
    for mark in scale(picture).marks:
        assert ends_of(mark) == pytest.approx(byar(by_label[mark.label], level), rel=1e-9)
    assert picture.intervals == f"{100 * level:g}% intervals, calculated from counts"


def test_forces_are_marked_by_their_role() -> None:
    """The three asked for are told apart by their order, the rest are others."""
    found = scale(rank(DATA, request_of("kent", "durham", "gwent", metric="burglary")))
    roles = {mark.label: mark.role for mark in found.marks if mark.role != "other"}
    assert roles == {
        "Kent": "force",
        "Durham": "second",
        "Gwent": "third",
        "England and Wales": "benchmark",
    }


@pytest.mark.parametrize("metric", METRICS)
def test_a_force_asked_for_has_its_rank_out_of_42(metric: str) -> None:
    """Its place without City of London, those that random variation allows, and if it is unusual.

    All else that is known of it is in the description.
    """
    figures = counted(metric, LAST[metric])
    order = rankdata([-figures[force].rate for force in SPREAD], method="min")
    asked = ("durham", "dyfed-powys", "metropolitan")
    picture = rank(DATA, request_of(*asked, metric=metric))
    found = scale(picture)
    verdicts, could_be = expected(figures), places(figures)
    for force in asked:
        place = ordinal(int(order[SPREAD.index(force)]))
        percent = 100 * (figures[force].rate / figures[NATIONAL].rate - 1)
        its, could = verdicts[force].unusual, ordinals(could_be[force])
        written = place if could == place else f"{place} ({could})"
        mark = of(found, LABELS[force])
        assert (mark.remark, mark.detail) == (written, "" if its == "not unusual" else its)
        said = f"{LABELS[force]}: {'+' * (percent > 0)}{printed(percent, 1)}%, "
        start = picture.description.index(said)
        end = picture.description.index(f", 95%, {its}, {place} of 42, could be {could}.", start)
        assert end < start + 100


def test_the_places_are_explained() -> None:
    """Beneath the picture it is said what the places in brackets are."""
    picture = rank(DATA, request_of("durham", metric="burglary"))
    said = "In brackets: the places that random variation alone allows."
    assert said in picture.caption[0]
    alone = rank(DATA, request_of("metropolitan", metric="burglary"))
    assert of(scale(alone), "Metropolitan Police").remark == "1st"
    assert said not in alone.caption[0]


def test_the_usual_range_is_that_of_the_comparison(capsys: pytest.CaptureFixture[str]) -> None:
    """Each force's band is the range expected of a force of its size; the benchmark has none."""
    picture = rank(DATA, request_of("durham", metric="burglary"))
    rows = rows_of(capsys, "compare", "--all", "--metric", "burglary")
    ranges = {
        LABELS[row["force"]]: (float(row["prediction_low"]), float(row["prediction_high"]))
        for row in rows
        if row["force"] != CITY
    }
    found = {mark.label: mark.band for mark in scale(picture).marks if mark.role != "benchmark"}
    assert found == {label: pytest.approx(ends, rel=1e-9) for label, ends in ranges.items()}
    assert of(scale(picture), "England and Wales").band is None
    assert "Shaded: usual range among forces (95%)." in picture.caption[0]


@pytest.mark.parametrize(
    ("metric", "level"), [("burglary", 0.95), ("sexual", 0.95), ("crime", 0.998), ("asb", 0.95)]
)
def test_unusual_forces_are_those_of_the_comparison(
    capsys: pytest.CaptureFixture[str], metric: str, level: float
) -> None:
    """Under a name it is said where the same rows in CSV call the force unusual."""
    asked = ("compare", "--all", "--metric", metric, "--level", str(level))
    rows = rows_of(capsys, *asked)
    found = scale(rank(DATA, request_of("durham", metric=metric, level=level)))
    others = [mark for mark in found.marks if mark.role == "other"]
    marked = {
        LABELS[row["force"]]: row["among_forces"] if "unusually" in row["among_forces"] else ""
        for row in rows
        if row["force"] not in ("durham", CITY)
    }
    assert {mark.label: mark.detail for mark in others} == marked
    verdicts = expected(counted(rows[0]["metric"], LAST[rows[0]["metric"]]), level)
    unusual = [force for force, its in verdicts.items() if its.unusual != "not unusual"]
    assert {mark.label for mark in others if mark.detail} == {
        LABELS[force] for force in unusual if force != "durham"
    }


def test_the_benchmark_is_a_line_through_all() -> None:
    """Its figure is the reference, and it has neither a rank nor a remark."""
    picture = rank(DATA, request_of("durham", metric="burglary"))
    assert isinstance(picture.drawing, Rows)
    assert picture.drawing.reference == pytest.approx(counted(BURGLARY)[NATIONAL].rate, rel=1e-12)
    assert of(scale(picture), "England and Wales").remark == ""


def test_a_force_can_be_the_benchmark() -> None:
    """Kent is there once, in its place; differences are from it, and it counts as shown."""
    picture = rank(DATA, request_of("durham", metric="burglary", benchmark="kent"))
    found = scale(picture)
    assert labels(found) == in_place(BURGLARY, JUNE_2014, "kent")
    assert of(found, "Kent").role == "benchmark"
    figures = counted(BURGLARY)
    percent = 100 * (figures["durham"].rate / figures["kent"].rate - 1)
    assert picture.title.endswith(f" of 42 forces, {printed(-percent, 1)}% below Kent")
    assert " Shown: 42 of 43 forces. " in picture.description


def test_the_mean_of_a_group_is_no_force() -> None:
    """All 42 forces are in the order, its members too, and the mean is among them as a 43rd."""
    picture = rank(DATA, request_of("durham", metric="burglary", group="north-east"))
    figures = counted(BURGLARY)
    rates = {LABELS[force]: figures[force].rate for force in SPREAD}
    members = ("cleveland", "durham", "northumbria")
    rates["Mean of North East"] = sum(figures[force].rate for force in members) / 3
    assert labels(scale(picture)) == highest_first(rates)
    assert picture.title.endswith(" of 42 forces, 14.8% below the mean of North East")
    assert " Shown: 42 of 43 forces. " in picture.description


def test_city_of_london_is_left_out_and_that_is_said() -> None:
    """Its residents are no base for its crime: it is shown where it is counted in on request."""
    picture = rank(DATA, request_of("durham", metric="crime"))
    assert "City of London" not in labels(scale(picture))
    said = picture.description
    assert "42 of 43 forces. City of London is left out" in said
    assert "--" not in said
    counted_in = rank(DATA, request_of("durham", metric="crime", with_city_of_london=True))
    [first, *rest] = scale(counted_in).marks
    assert (first.label, first.role, first.detail) == ("City of London", "other", "unusually high")
    assert len(rest) == 43
    assert "City of London is left out" not in counted_in.description


def test_city_of_london_asked_for_has_no_rank() -> None:
    """It is shown where its rate is, without a place; counted in, it is the 1st of 43."""
    picture = rank(DATA, request_of(CITY, metric="crime"))
    city, *rest = scale(picture).marks
    assert (city.label, city.role) == ("City of London", "force")
    assert len(rest) == 43
    figures = counted(METRICS[0])
    percent = 100 * (figures[CITY].rate / figures[NATIONAL].rate - 1)
    assert city.remark == ""
    assert f"City of London: +{printed(percent, 1)}%, higher, more than usual, 95%." in (
        picture.description
    )
    assert picture.title == "Crime: City of London has no rank, 1352% above England and Wales"
    city, *_ = scale(rank(DATA, request_of(CITY, metric="crime", with_city_of_london=True))).marks
    assert (city.remark, city.detail) == ("1st", "unusually high")


@pytest.mark.parametrize("metric", METRICS)
def test_a_scale_begins_at_zero_where_that_crushes_nothing(metric: str) -> None:
    """Where the lowest figure is at most a quarter of the highest; else the words say so."""
    picture = rank(DATA, request_of("durham", metric=metric))
    rates = [counted(metric, LAST[metric])[force].rate for force in SPREAD]
    whole = min(rates) <= max(rates) / 4
    assert isinstance(picture.drawing, Rows)
    assert picture.drawing.from_zero == whole
    assert ("The scale does not start at 0." in picture.description) is not whole


@pytest.mark.parametrize(("values", "whole"), [((2, 8), True), ((2.1, 8), False), ((4, 8), False)])
def test_a_quarter_of_the_highest_is_low_enough(
    tmp_path: Path, values: tuple[float, float], whole: bool
) -> None:
    """At a quarter of the highest figure the scale begins at zero, above that it does not."""
    rows = [
        f"{force},burglary,{JUNE_2014},{value},,"
        for force, value in zip(("kent", "gwent"), values, strict=True)
    ]
    data = crimecmp.load(write(tmp_path, rates=[RATES_OF, *rows]))
    drawing = rank(data, requested(data, ["kent"], metric="burglary")).drawing
    assert isinstance(drawing, Rows)
    assert drawing.from_zero == whole


def test_outcomes_are_ranked_too(tmp_path: Path) -> None:
    """Of detection: 36 above 30 and 26%, in points, with what rounding allows."""
    rows = [
        "force,metric,period_end,percent",
        *(
            f"{force},detection,2014-03-31,{percent}"
            for force, percent in (("kent", 30), ("durham", 36), (NATIONAL, 26), (CITY, 20))
        ),
    ]
    data = crimecmp.load(write(tmp_path, outcomes=rows))
    picture = rank(data, requested(data, ["durham"], metric="detection"))
    assert [(mark.label, mark.text) for mark in scale(picture).marks] == [
        ("Durham", "36"),
        ("Kent", "30"),
        ("England and Wales", "26"),
        ("City of London", "20"),
    ]
    said = "Durham: +10 points (+9 to +11), higher (better), after rounding."
    assert said in picture.description
    assert picture.title == (
        "Detections: higher (better) in Durham than in England and Wales (36% against 26%)"
    )
    assert "3 of 43 forces" in picture.description
    assert "City of London is left out" not in picture.description
    assert picture.intervals == ""


def test_surveys_are_ranked_too(tmp_path: Path) -> None:
    """Of satisfaction this year's estimates stand with their margins, the year before does not."""
    rows = [
        "force,metric,period_end,percent,margin",
        "kent,satisfaction,2014-06-30,80.0,2.0",
        "durham,satisfaction,2014-06-30,88.6,1.8",
        "durham,satisfaction,2013-06-30,89.6,1.5",
        f"{NATIONAL},satisfaction,2014-06-30,85.0,0.2",
    ]
    data = crimecmp.load(write(tmp_path, satisfaction=rows))
    picture = rank(data, requested(data, ["durham"], metric="satisfaction"))
    assert [(mark.label, mark.text) for mark in scale(picture).marks] == [
        ("Durham", "88.6 ± 1.8"),
        ("England and Wales", "85.0 ± 0.2"),
        ("Kent", "80.0 ± 2.0"),
    ]
    assert "Durham: +3.6 points, higher (better), 95%." in picture.description
    assert picture.intervals == "95% intervals, calculated from the published margins"


def test_every_force_is_in_the_words() -> None:
    """The description has all 43 in order with their figures, and the title says when."""
    picture = rank(DATA, request_of("durham", metric="burglary"))
    assert picture.description.startswith(f"{picture.title}. Durham: ")
    _, _, said = picture.description.partition(" Highest first, per 1,000 households: ")
    places = [said.index(f"{mark.label} {mark.text}") for mark in scale(picture).marks]
    assert places == sorted(places)
    assert "year to June 2014" in picture.unit


def test_a_ranking_is_of_the_period_asked_for() -> None:
    """Of another 12 months the order is that of their rates."""
    picture = rank(DATA, request_of("durham", metric="burglary", period="2012-06"))
    assert labels(scale(picture)) == in_place(BURGLARY, "2012-06-30")
    assert "year to June 2012" in picture.unit


def test_a_force_without_a_figure_stands_last(tmp_path: Path) -> None:
    """It is shown with the sign for missing, behind the benchmark and without a place."""
    rows = [
        RATES_OF,
        f"kent,burglary,{JUNE_2014},9.0,,",
        f"surrey,burglary,{JUNE_2014},,,",
        f"essex,burglary,{JUNE_2014},7.0,,",
        f"{NATIONAL},burglary,{JUNE_2014},7.0,,",
    ]
    data = crimecmp.load(write(tmp_path, rates=rows))
    picture = rank(data, requested(data, ["essex"], metric="burglary"))
    assert [(mark.label, mark.text) for mark in scale(picture).marks] == [
        ("Kent", "9.0"),
        ("Essex", "7.0"),
        ("England and Wales", "7.0"),
        ("Surrey", "–"),
    ]
    assert "2 of 43 forces" in picture.description
    assert "40 forces" in picture.description
    with pytest.raises(NoFiguresError):
        rank(data, requested(data, ["surrey"], metric="burglary"))


def test_figures_of_another_year_are_not_ranked(tmp_path: Path) -> None:
    """Where the forces' latest years differ, those of the force asked for are in the order."""
    rows = [
        RATES_OF,
        "kent,burglary,2014-06-30,9.0,,",
        "gwent,burglary,2013-06-30,7.0,,",
        "essex,burglary,2014-06-30,8.0,,",
    ]
    data = crimecmp.load(write(tmp_path, rates=rows))
    found = scale(rank(data, requested(data, ["kent"], metric="burglary")))
    assert [mark.text for mark in found.marks if mark.label in ("Kent", "Essex")] == ["9.0", "8.0"]
    assert "7.0" not in [mark.text for mark in found.marks]


def test_who_cannot_be_ranked_is_told() -> None:
    """No figure, no other force with one, four forces, or no force at all: each has its error."""
    with pytest.raises(NoFiguresError, match="Kent"):
        rank(DATA, request_of("kent", metric="detection"))
    with pytest.raises(RequestError, match="3 forces"):
        rank(DATA, request_of("durham", "kent", "gwent", "essex", metric="crime"))
    with pytest.raises(NoFiguresError, match="only Durham has a figure"):
        rank(DATA, request_of("durham", metric="detection"))
    with pytest.raises(RequestError, match="not a force"):
        rank(DATA, request_of(NATIONAL, metric="crime", benchmark="kent"))
    with pytest.raises(RequestError, match="itself"):
        rank(DATA, request_of("kent", metric="crime", benchmark="kent"))


def test_the_benchmark_counts_where_its_figure_does(tmp_path: Path) -> None:
    """Outside of the spread it is shown and not counted; without a figure it is said to lack it."""
    city = rank(DATA, request_of("durham", metric="crime", benchmark=CITY))
    assert "of 42 forces" in city.title
    assert "Shown: 43 of 43 forces." in city.description
    rows = [RATES_OF, *(f"{force},burglary,{JUNE_2014},6.0,," for force in ("kent", "gwent"))]
    data = crimecmp.load(write(tmp_path, rates=[*rows, f"essex,asb,{JUNE_2014},6.0,,"]))
    lacking = rank(data, requested(data, ["kent"], metric="burglary", benchmark="essex"))
    assert "Shown: 2 of 43 forces" in lacking.description


def test_several_forces_have_their_places_in_the_title() -> None:
    """In the order asked for, with how many there are."""
    picture = rank(DATA, request_of("durham", "cleveland", metric="burglary"))
    assert (
        picture.title == "Burglary: Durham is 32nd and Cleveland 15th of 42 forces, highest first"
    )
