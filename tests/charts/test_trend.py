"""Rules of the picture of a trend: every period's figure of every line, and no others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from bundled import (
    BEHAVIOUR,
    BURGLARY,
    CITY,
    FORCES,
    LABELS,
    METRICS,
    NATIONAL,
    REPORT,
    Counted,
    counted,
    ends,
    table,
    write,
)
from picturing import DATA, RATES_OF, byar, month, printed, request_of

import crimecmp
from crimecmp.charts.trend import trend
from crimecmp.comparison.request import requested
from crimecmp.document.picture import Caution, Line, Lines, Picture, Point
from crimecmp.errors import NoFiguresError, RequestError

CRIME = METRICS[0]
FIRST = {row["metric"]: row["comparable_from"] for row in table("metrics")}
"""The end of the first period from which a measure's figures are alike; empty for all."""

NOT_FROM_ZERO = "The scale does not start at 0."


def lines(picture: Picture) -> tuple[Line, ...]:
    """Return the lines of a picture."""
    assert isinstance(picture.drawing, Lines)
    return picture.drawing.lines


def comparable(metric: str) -> list[str]:
    """Return the ends of the periods of a metric whose figures are alike."""
    return [end for end in ends(metric) if end >= FIRST[metric]]


def drawn_ends(line: Line) -> list[str]:
    """Return the ends of a line's periods."""
    return [str(point.period_end) for point in line.points]


@pytest.mark.parametrize("metric", METRICS)
def test_every_period_has_its_two_figures(metric: str) -> None:
    """17 quarters (of anti-social behaviour 3 years), the force and the benchmark, of counts."""
    picture = trend(DATA, request_of("durham", metric=metric))
    periods = comparable(metric)
    assert len(periods) == (3 if metric == BEHAVIOUR else 17)
    found = lines(picture)
    assert [(line.label, line.role) for line in found] == [
        ("Durham", "force"),
        ("England and Wales", "benchmark"),
    ]
    for line, area in zip(found, ("durham", NATIONAL), strict=True):
        assert drawn_ends(line) == periods
        for point, end in zip(line.points, periods, strict=True):
            assert point.value == pytest.approx(counted(metric, end)[area].rate, rel=1e-12)
            assert point.text == printed(counted(metric, end)[area].rate)


@pytest.mark.parametrize("level", [0.95, 0.998])
def test_every_figure_has_its_interval(level: float) -> None:
    """Byar's interval of each count, at the level asked for, and the picture says which."""
    picture = trend(DATA, request_of("durham", metric="sexual", level=level))
    for line, area in zip(lines(picture), ("durham", NATIONAL), strict=True):
        for point in line.points:
            figure = counted("sexual-offences", str(point.period_end))[area]
            assert (point.low, point.high) == pytest.approx(byar(figure, level), rel=1e-9)
    assert picture.intervals == f"{100 * level:g}% intervals, calculated from counts"


def test_the_other_forces_are_41_without_city_of_london() -> None:
    """Behind the force are all but City of London, each with its figures of every period."""
    picture = trend(DATA, request_of("durham", metric="burglary"), others=True)
    force, benchmark, *others = lines(picture)
    assert (force.role, benchmark.role) == ("force", "benchmark")
    assert len(others) == 41
    expected = [force for force in FORCES if force not in ("durham", CITY)]
    assert [line.label for line in others] == [LABELS[force] for force in expected]
    for line, name in zip(others, expected, strict=True):
        assert line.role == "other"
        assert drawn_ends(line) == ends(BURGLARY)
        for point, end in zip(line.points, ends(BURGLARY), strict=True):
            assert point.value == pytest.approx(counted(BURGLARY, end)[name].rate, rel=1e-12)
            assert point.text == printed(counted(BURGLARY, end)[name].rate)
    assert "Grey lines: 41 other forces." in picture.caption[0]


def test_the_others_are_not_those_that_are_lines_already() -> None:
    """Forces that were asked for, and one that is the benchmark, are no faint lines as well."""
    asked = request_of("durham", "cleveland", metric="burglary", benchmark="kent")
    found = lines(trend(DATA, asked, others=True))
    assert [line.role for line in found[:3]] == ["force", "second", "benchmark"]
    names = [line.label for line in found]
    assert len(names) == len(set(names)) == 42
    assert found[2].label == "Kent"


def test_nobody_asked_for_the_others() -> None:
    """Without --others the force and its benchmark stand alone, and no note counts others."""
    picture = trend(DATA, request_of("durham", metric="burglary"))
    assert len(lines(picture)) == 2
    assert not any("other force" in line for line in picture.caption)


def test_incidents_recorded_in_another_way_are_not_drawn() -> None:
    """Anti-social behaviour begins with the year to March 2012, and a note says why."""
    assert FIRST[BEHAVIOUR] == "2012-03-31"
    assert "2011-03-31" in ends(BEHAVIOUR)
    picture = trend(DATA, request_of("durham", metric="asb"), others=True)
    for line in lines(picture):
        assert drawn_ends(line)[0] == "2012-03-31"
    said = " ".join(picture.notes)
    assert "Before the year to March 2012 this was recorded in another way" in said
    assert "March 2012 to March 2014" in picture.unit
    assert "another way" not in " ".join(trend(DATA, request_of("durham", metric="crime")).notes)


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("others", [False, True])
def test_a_scale_begins_at_zero_where_that_crushes_nothing(metric: str, others: bool) -> None:
    """Where the lowest end is at most a quarter of the highest; else the note says it does not."""
    picture = trend(DATA, request_of("durham", metric=metric), others=others)
    found: list[float] = []
    for area in ("durham", NATIONAL):
        for end in comparable(metric):
            found += byar(counted(metric, end)[area])
    for area in FORCES if others else ():
        if area not in ("durham", CITY):
            found += [counted(metric, end)[area].rate for end in comparable(metric)]
    whole = min(found) <= max(found) / 4
    assert isinstance(picture.drawing, Lines)
    assert picture.drawing.from_zero == whole
    assert (NOT_FROM_ZERO in picture.notes[0]) is not whole


def test_a_scale_takes_in_the_ends_of_intervals(tmp_path: Path) -> None:
    """30 crimes are no quarter of 100, but the lower end of theirs is one of the upper end."""
    rows = [
        RATES_OF,
        "kent,burglary,2013-06-30,3.0,30,10000",
        "kent,burglary,2014-06-30,10.0,100,10000",
    ]
    low, high = byar(Counted(30, 10_000))[0], byar(Counted(100, 10_000))[1]
    assert low <= high / 4
    assert 30 > 100 / 4
    data = crimecmp.load(write(tmp_path, rates=rows))
    drawing = trend(data, requested(data, ["kent"], metric="burglary")).drawing
    assert isinstance(drawing, Lines)
    assert drawing.from_zero


def test_both_beginnings_of_a_scale_are_tried() -> None:
    """Of the measures above some begin at zero and others do not, else the rule is no test."""
    drawings = [
        trend(DATA, request_of("durham", metric=metric), others=others).drawing
        for metric in METRICS
        for others in (False, True)
    ]
    assert {drawing.from_zero for drawing in drawings if isinstance(drawing, Lines)} == {
        True,
        False,
    }


@pytest.mark.parametrize("metric", [CRIME, BEHAVIOUR, "sexual-offences"])
def test_the_description_says_where_each_line_goes(metric: str) -> None:
    """First, last, lowest and highest figure of the force and of the benchmark, with months."""
    picture = trend(DATA, request_of("durham", metric=metric), others=True)
    sentences = []
    for area in ("durham", NATIONAL):
        rates = {end: counted(metric, end)[area].rate for end in comparable(metric)}
        low, high = (by(rates, key=lambda end: rates[end]) for by in (min, max))
        first, last = comparable(metric)[0], comparable(metric)[-1]
        parts = [f"{printed(rates[end])} ({month(end)})" for end in (first, last, low, high)]
        sentences.append(
            f"{LABELS[area]}: from {parts[0]} to {parts[1]}, lowest {parts[2]}, highest {parts[3]}."
        )
    assert picture.description.startswith(f"{picture.title}. {' '.join(sentences)} ")


@pytest.mark.parametrize("source", [None, REPORT])
def test_one_period_is_no_trend(source: str | None) -> None:
    """Of detection there is no series of rates, and the report has one year of each measure."""
    metric = "detection" if source is None else "crime"
    with pytest.raises(NoFiguresError, match=r"no series of .* for Durham") as caught:
        trend(DATA, request_of("durham", metric=metric, source=source))
    assert "two periods" in caught.value.hint


def test_four_forces_are_too_many() -> None:
    """Three lines can be told apart beside the benchmark's, and a fourth cannot."""
    with pytest.raises(RequestError, match="3 forces"):
        trend(DATA, request_of("durham", "kent", "gwent", "essex", metric="crime"))


def test_forces_are_in_the_order_asked_for() -> None:
    """Three forces have a line and a role each, and the benchmark comes behind them."""
    picture = trend(DATA, request_of("kent", "durham", "gwent", metric="crime"))
    assert [(line.label, line.role) for line in lines(picture)] == [
        ("Kent", "force"),
        ("Durham", "second"),
        ("Gwent", "third"),
        ("England and Wales", "benchmark"),
    ]
    for line, area in zip(lines(picture), ("kent", "durham", "gwent", NATIONAL), strict=True):
        values = [counted(CRIME, end)[area].rate for end in ends(CRIME)]
        assert [point.value for point in line.points] == pytest.approx(values, rel=1e-12)


YEARS = [
    RATES_OF,
    "kent,burglary,2012-06-30,6.0,,",
    "kent,burglary,2013-06-30,6.1,,",
    "gwent,burglary,2013-06-30,7.0,,",
    "gwent,burglary,2014-06-30,7.1,,",
    *(f"{NATIONAL},burglary,{year}-06-30,8.{year - 2010},," for year in range(2010, 2016)),
]
"""Rates of two forces in two years each, of which they share one."""


@pytest.mark.parametrize(
    ("forces", "years"),
    [
        (("kent", "gwent"), (2012, 2013, 2014)),
        (("gwent", "kent"), (2012, 2013, 2014)),
        (("gwent",), (2013, 2014)),
    ],
)
def test_the_benchmark_has_the_periods_of_any_force(
    tmp_path: Path, forces: tuple[str, ...], years: tuple[int, ...]
) -> None:
    """Its line goes from the first year of any of the forces to the last, and no further."""
    data = crimecmp.load(write(tmp_path, rates=YEARS))
    picture = trend(data, requested(data, forces, metric="burglary"))
    *own, benchmark = lines(picture)
    assert [line.label for line in own] == [LABELS[force] for force in forces]
    assert [len(line.points) for line in own] == [2] * len(forces)
    assert [(point.period_end, point.text) for point in benchmark.points] == [
        (date(year, 6, 30), f"8.{year - 2010}") for year in years
    ]
    span = f"June {years[0]} to June {years[-1]}"
    assert picture.unit.endswith(span)
    assert not any("No such figure" in note for note in picture.notes)


def test_a_force_without_any_figure_has_no_line(tmp_path: Path) -> None:
    """It is named beneath the picture, and the other forces keep their roles."""
    data = crimecmp.load(write(tmp_path, rates=YEARS))
    picture = trend(data, requested(data, ["essex", "kent"], metric="burglary"))
    assert [(line.label, line.role) for line in lines(picture)] == [
        ("Kent", "second"),
        ("England and Wales", "benchmark"),
    ]
    [note] = picture.notes
    assert ": Essex." in note


def test_a_benchmark_can_be_the_mean_of_a_group() -> None:
    """Every period's benchmark is the mean of the group's rates of that period."""
    picture = trend(DATA, request_of("durham", metric="burglary", group="north-east"))
    benchmark = lines(picture)[1]
    assert benchmark.label == "Mean of North East"
    for point, end in zip(benchmark.points, ends(BURGLARY), strict=True):
        figures = counted(BURGLARY, end)
        mean = sum(figures[force].rate for force in ("cleveland", "durham", "northumbria")) / 3
        assert point.value == pytest.approx(mean, rel=1e-12)


def test_unit_and_source_are_said() -> None:
    """Burglary is per 1,000 households, and the counts' source is named with its licence."""
    picture = trend(DATA, request_of("durham", metric="burglary"))
    assert picture.unit.startswith("Burglary in a dwelling per 1,000 households: Durham ")
    [line] = picture.sources
    assert "Rates calculated from published counts" in line
    assert "Open Government Licence v3.0" in line


def test_a_missing_figure_is_a_gap(tmp_path: Path) -> None:
    """A year without a figure is a point without a value, and no figure is made up for it."""
    rows = [
        RATES_OF,
        "kent,burglary,2012-06-30,6.0,,",
        "kent,burglary,2013-06-30,,,",
        "kent,burglary,2014-06-30,5.0,,",
    ]
    data = crimecmp.load(write(tmp_path, rates=rows))
    picture = trend(data, requested(data, ["kent"], metric="burglary"))
    kent, benchmark = lines(picture)
    assert kent.points[1] == Point(date(2013, 6, 30), None, "–")
    assert [point.text for point in kent.points] == ["6.0", "–", "5.0"]
    assert {point.value for point in benchmark.points} == {None}
    assert picture.title == (
        "Burglary in Kent: 6.0 in the year to June 2012 and 5.0 in the year to June 2014"
    )
    assert picture.description.startswith(
        f"{picture.title}. Kent: from 6.0 (June 2012) to 5.0 (June 2014), lowest 5.0 (June 2014), "
        "highest 6.0 (June 2012). England and Wales: no figures."
    )
    assert picture.intervals == ""


def test_a_force_with_rows_and_no_figures_is_named(tmp_path: Path) -> None:
    """A force whose every figure is missing has no line, and a note names it."""
    ends = ("2013-06-30", "2014-06-30")
    rows = [f"kent,burglary,{end},6.0,," for end in ends] + [
        f"gwent,burglary,{end},,," for end in ends
    ]
    data = crimecmp.load(write(tmp_path, rates=[RATES_OF, *rows]))
    picture = trend(data, requested(data, ["kent", "gwent"], metric="burglary"))
    assert "Gwent" not in [line.label for line in lines(picture)]
    assert picture.notes[0].startswith("No figure for Gwent.")


def of_rates(tmp_path: Path, *rates: float) -> Picture:
    """Return the picture of Kent's rates of yearly counts over 100,000 households."""
    rows = [
        f"kent,burglary,{2014 - back}-06-30,{rate},{rate * 100:.0f},100000"
        for back, rate in enumerate(reversed(rates))
    ]
    data = crimecmp.load(write(tmp_path, rates=[RATES_OF, *rows]))
    return trend(data, requested(data, ["kent"], metric="burglary"))


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        (
            (9, 8, 7, 8),
            "fell in each of the two years to June 2013, then rose 14.3% in the year to June 2014",
        ),
        ((7, 8, 6), "rose in the year to June 2013, then fell 25.0% in the year to June 2014"),
        ((9, 8, 7, 6), "fell in each of the three years to June 2014, by 14.3% in the last"),
        ((5, 6), "rose 20.0% in the year to June 2014 (England and Wales: no figure)"),
        ((5, 5, 6), "rose 20.0% in the year to June 2014 (England and Wales: no figure)"),
    ],
)
def test_the_title_is_how_the_line_moved(
    tmp_path: Path, rates: tuple[float, ...], said: str
) -> None:
    """The run of years before the last, and the change of the last year from its counts."""
    assert of_rates(tmp_path, *rates).title == f"Burglary in Kent: the number recorded {said}"


def test_a_run_is_of_the_number_and_of_the_rate(tmp_path: Path) -> None:
    """A year in which more were recorded while the rate that is drawn fell begins no run."""
    rows = [
        RATES_OF,
        "kent,burglary,2012-06-30,9.0,900,100000",
        "kent,burglary,2013-06-30,8.0,960,120000",
        "kent,burglary,2014-06-30,7.0,840,120000",
    ]
    data = crimecmp.load(write(tmp_path, rates=rows))
    assert trend(data, requested(data, ["kent"], metric="burglary")).title == (
        "Burglary in Kent: the number recorded fell 12.5% in the year to June 2014 (England and "
        "Wales: no figure)"
    )


def test_a_title_is_of_the_number_recorded() -> None:
    """Its per cent is the change of that, while the line shows the rate."""
    for force in ("durham", "cleveland", "kent"):
        for metric in METRICS:
            assert "number recorded" in trend(DATA, request_of(force, metric=metric)).title


def test_durhams_finding_is_its_turn() -> None:
    """Three falls and a rise; several forces have their last year's changes side by side."""
    picture = trend(DATA, request_of("durham", metric="crime"))
    assert picture.title == (
        "Crime in Durham: the number recorded fell in each of the three years to June 2013, then "
        "rose 12.5% in the year to June 2014"
    )
    both = trend(DATA, request_of("durham", "cleveland", metric="burglary"))
    assert both.title == (
        "Burglary, number recorded in the year to June 2014: Durham -1.9%, Cleveland -6.4% "
        "(England and Wales: -7.1%)"
    )


def test_a_caution_with_a_mark_is_on_its_year_and_not_in_the_note() -> None:
    """Medomsley is over the last year of crime, beside another force with the force's name."""
    picture = trend(DATA, request_of("durham", metric="crime"))
    assert isinstance(picture.drawing, Lines)
    assert picture.drawing.cautions == (Caution("Medomsley inquiry", date(2014, 6, 30)),)
    [note] = picture.notes
    assert "Medomsley" not in note
    assert "less accurate" in note
    both = trend(DATA, request_of("cleveland", "durham", metric="crime")).drawing
    assert isinstance(both, Lines)
    assert both.cautions == (Caution("Medomsley inquiry (Durham)", date(2014, 6, 30)),)
    assert "The report does not say how much" in picture.description
    burglary = trend(DATA, request_of("durham", metric="burglary")).drawing
    assert isinstance(burglary, Lines)
    assert burglary.cautions == ()


def test_a_mark_is_on_years_that_are_drawn_alone() -> None:
    """A trend that ends a year before has neither the mark nor the caution."""
    picture = trend(DATA, request_of("durham", metric="crime", period="2013-06"))
    assert isinstance(picture.drawing, Lines)
    assert picture.drawing.cautions == ()
    assert "Medomsley" not in picture.description
