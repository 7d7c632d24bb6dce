"""Rules of bars: every measure on a scale of its own, each figure and difference as printed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from bundled import BEHAVIOUR, BURGLARY, LABELS, LAST, METRICS, NATIONAL, REPORT, counted, table
from bundled import write as write_tables
from picturing import (
    DATA,
    RATES_OF,
    byar,
    deviate,
    ends_of,
    labels,
    month,
    of,
    printed,
    request_of,
)

import crimecmp
from crimecmp.charts.bars import bars
from crimecmp.comparison.request import requested
from crimecmp.document.picture import Picture, Rows, Scale
from crimecmp.errors import NoFiguresError, RequestError

ALLOWED = {
    "crime-excluding-fraud": "-11.0% (-11.2 to -10.9): lower, after rounding",
    "victim-based-crime": "-10.0% (-10.2 to -9.8): lower, after rounding",
    "sexual-offences": "+33.3% (+24.0 to +43.5): higher, after rounding",
    "violence-with-injury": "-11.9% (-13.4 to -10.3): lower, after rounding",
    "burglary-in-a-dwelling": "-43.8% (-44.7 to -42.9): lower, after rounding",
    "anti-social-behaviour": "+28.8% (+28.5 to +29.1): higher, after rounding",
}
"""The differences of the report's figures in per cent, as the methods' own table has them."""

PER_CENT = {row["metric"]: row["unit"] for row in table("metrics")}
MEASURES = {row["metric"]: row["label"] for row in table("metrics")}


def scales(picture: Picture) -> tuple[Scale, ...]:
    """Return the scales of a picture of bars."""
    assert isinstance(picture.drawing, Rows)
    assert picture.drawing.bars
    return picture.drawing.scales


@pytest.fixture(scope="module")
def durham() -> Picture:
    """Return the picture of Durham's rates in the report."""
    return bars(DATA, "rates", request_of("durham"))


def as_printed(metric: str, force: str) -> str:
    """Return a rate as the report prints it."""
    [value] = [
        row["value"]
        for row in table("rates")
        if (row["force"], row["metric"], row["source"]) == (force, metric, REPORT)
    ]
    return value


def test_every_rate_is_there_as_printed(durham: Picture) -> None:
    """Six measures in the order of their table, the force above the benchmark, decimals kept."""
    found = scales(durham)
    assert [scale.title for scale in found] == [MEASURES[metric] for metric in METRICS]
    for scale, metric in zip(found, METRICS, strict=True):
        for mark, area in zip(scale.marks, ("durham", NATIONAL), strict=True):
            assert (mark.label, mark.text) == (LABELS[area], as_printed(metric, area))
            assert mark.value == float(as_printed(metric, area))
    assert of(found[0], "Durham").text == "54.0"
    assert of(found[0], "England and Wales").text == "60.7"
    assert of(found[4], "Durham").text == "5.0"


def test_forces_and_benchmark_have_their_roles(durham: Picture) -> None:
    """The force that was asked for is marked as that, and England and Wales as the benchmark."""
    for scale in scales(durham):
        assert [mark.role for mark in scale.marks] == ["force", "benchmark"]
        assert scale.marks[-1].remark == ""


@pytest.mark.parametrize("metric", METRICS)
def test_each_difference_has_the_range_that_rounding_allows(durham: Picture, metric: str) -> None:
    """In per cent of the benchmark, calculated in decimals, and as the methods' table has it."""
    force, national = (Decimal(as_printed(metric, area)) for area in ("durham", NATIONAL))
    half = Decimal("0.05")
    ratios = (
        force / national,
        (force - half) / (national + half),
        (force + half) / (national - half),
    )
    points = [
        f"{(100 * (ratio - 1)).quantize(Decimal('0.1'), ROUND_HALF_UP):+}" for ratio in ratios
    ]
    verdict = "higher" if force > national else "lower"
    remark = scales(durham)[METRICS.index(metric)].marks[0].remark
    assert remark == f"{points[0]}% ({points[1]} to {points[2]}): {verdict}, after rounding"
    assert remark == ALLOWED[metric]


def test_every_scale_says_its_unit_and_its_period(durham: Picture) -> None:
    """Burglary is per 1,000 households; anti-social behaviour ends in March, the rest in June."""
    units = [scale.unit for scale in scales(durham)]
    expected = [f"{PER_CENT[metric]}, year to {month(LAST[metric])}" for metric in METRICS]
    assert units == expected
    assert units[4] == "per 1,000 households, year to June 2014"
    assert units[5] == "per 1,000 population, year to March 2014"


def test_only_what_was_counted_has_an_interval(durham: Picture) -> None:
    """The report gives one count: 29,439 incidents at 47.4 are 46.860 to 47.945."""
    *others, incidents = scales(durham)
    assert all(mark.low is mark.high is None for scale in others for mark in scale.marks)
    assert ends_of(of(incidents, "Durham")) == pytest.approx((46.860, 47.945), abs=5e-4)
    assert of(incidents, "England and Wales").low is None
    assert durham.intervals == "95% intervals, calculated from counts"
    nothing_counted = bars(DATA, "rates", request_of("durham", metric="burglary"))
    assert nothing_counted.intervals == ""


def test_the_picture_says_what_it_compares_and_where_it_is_from(durham: Picture) -> None:
    """Title, both periods, source with its date, place and licence are in the picture's words."""
    assert durham.kind == "bars"
    assert durham.title == (
        "Rates: Durham Constabulary against England and Wales, years to March 2014 and June 2014"
    )
    [row] = [row for row in table("sources") if row["source"] == REPORT]
    line, attribution = durham.sources
    assert line.startswith(f"Source: {REPORT}: {row['title']}. {row['publisher']}, November 2014.")
    assert "table of rates and the note under it" in line
    assert "Open Government Licence v3.0" in line
    assert "licensed under the Open Government Licence v3.0" in attribution


def test_bars_of_two_measures_are_said_not_to_be_comparable(durham: Picture) -> None:
    """Where there are several scales a note says so; one scale needs none."""
    said = "bars of different measures cannot be compared"
    assert said in " ".join(durham.notes)
    single = bars(DATA, "rates", request_of("durham", metric="burglary"))
    assert said not in " ".join(single.notes)
    assert "In brackets: the differences that rounding" in " ".join(single.notes)


def test_the_inspectors_reservations_stand_beneath(durham: Picture) -> None:
    """The report's own note that rates are no judgment is with the picture, in its words."""
    [row] = [row for row in table("notes") if row["note"] == "rates-alone"]
    assert row["text"] in durham.notes
    elsewhere = bars(DATA, "rates", request_of("cleveland"))
    assert row["text"] not in elsewhere.notes
    assert any("not in itself better or worse" in note for note in elsewhere.notes)


def test_one_measure_is_the_title(durham: Picture) -> None:
    """Asked for burglary alone, there is one scale and the title names it."""
    picture = bars(DATA, "rates", request_of("durham", metric="burglary"))
    assert picture.title.startswith("Burglary in a dwelling: ")
    assert [scale.title for scale in scales(picture)] == ["Burglary in a dwelling"]
    assert scales(picture)[0].marks == scales(durham)[4].marks


@pytest.mark.parametrize("level", [0.95, 0.998])
def test_up_to_three_forces_stand_above_the_benchmark(level: float) -> None:
    """Each has its own role, in the order asked for, its rate of counts, interval and verdict."""
    asked = ("kent", "durham", "cleveland")
    picture = bars(DATA, "rates", request_of(*asked, level=level))
    assert [scale.title for scale in scales(picture)] == [MEASURES[metric] for metric in METRICS]
    for scale, metric in zip(scales(picture), METRICS, strict=True):
        figures = counted(metric, LAST[metric])
        areas = (*asked, NATIONAL)
        assert labels(scale) == [LABELS[area] for area in areas]
        assert [mark.role for mark in scale.marks] == ["force", "second", "third", "benchmark"]
        for mark, area in zip(scale.marks, areas, strict=True):
            assert mark.value == pytest.approx(figures[area].rate, rel=1e-12)
            assert mark.text == printed(figures[area].rate)
            assert ends_of(mark) == pytest.approx(byar(figures[area], level), rel=1e-9)
        national = figures[NATIONAL].rate
        for mark, area in zip(scale.marks, asked, strict=False):
            percent = 100 * (figures[area].rate / national - 1)
            assert mark.remark.startswith(f"{'+' * (percent > 0)}{printed(percent, 1)}%: ")
            assert mark.remark.endswith(f", {100 * level:g}%")
    assert picture.intervals.startswith(f"{100 * level:g}% intervals")


def test_figures_that_were_not_rounded_have_no_range_of_rounding() -> None:
    """A rate calculated from counts has its difference alone, without brackets and their note."""
    picture = bars(DATA, "rates", request_of("cleveland"))
    assert not any("(" in mark.remark for scale in scales(picture) for mark in scale.marks)
    assert not any("In brackets" in note for note in picture.notes)


def test_four_forces_are_too_many() -> None:
    """A picture tells three forces apart, and says so of a fourth."""
    with pytest.raises(RequestError, match="3 forces") as caught:
        bars(DATA, "rates", request_of("durham", "kent", "gwent", "essex"))
    assert caught.value.hint


@pytest.mark.parametrize("kind", ["outcomes", "changes"])
def test_a_picture_without_figures_is_an_error(kind: str, tmp_path: Path) -> None:
    """Where the data hold no such figure it is said of whom, and who has some."""
    data, force = DATA, "kent"
    if kind == "changes":
        folder = write_tables(
            tmp_path, outcomes=["force,metric,period_end,percent", "kent,detection,2014-03-31,30"]
        )
        data = crimecmp.load(folder)
    with pytest.raises(NoFiguresError, match=f"no {kind} for Kent") as caught:
        bars(data, kind, requested(data, [force]))
    assert caught.value.hint.startswith(f"Areas with {kind}: ")


def test_changes_are_in_per_cent_and_their_gap_in_points() -> None:
    """-11 v -16 is +5 points (4 to 6) and +13 v -1 is +14 (13 to 15), neither of them tested."""
    picture = bars(DATA, "changes", request_of("durham"))
    first, second, third, incidents = scales(picture)
    assert [mark.text for mark in first.marks] == ["-11", "-16"]
    assert [mark.value for mark in first.marks] == [-11, -16]
    assert first.marks[0].remark == "+5 points (+4 to +6): not tested"
    assert [mark.text for mark in second.marks] == ["+13", "-1"]
    assert second.marks[0].remark == "+14 points (+13 to +15): not tested"
    assert third.title == MEASURES["victim-based-crime"]
    assert incidents.title == MEASURES[BEHAVIOUR]
    assert "points" in picture.unit
    for scale, (since, end) in zip(scales(picture), PERIODS_OF_CHANGES, strict=True):
        # That it is in per cent the line beneath the title says.
        assert scale.unit == f"years to {since} and {end}"


PERIODS_OF_CHANGES = [
    ("June 2010", "June 2014"),
    ("June 2013", "June 2014"),
    ("June 2010", "June 2014"),
    ("March 2013", "March 2014"),
]


def test_brackets_are_explained_where_there_are_any() -> None:
    """Of printed changes too, which have no verdict after rounding; of changes of counts never."""
    picture = bars(DATA, "changes", request_of("durham"))
    assert any("(" in mark.remark for scale in scales(picture) for mark in scale.marks)
    assert not any("after" in mark.remark for scale in scales(picture) for mark in scale.marks)
    [note] = [note for note in picture.notes if note.startswith("In brackets: ")]
    assert note.startswith("In brackets: the differences that rounding allows")
    counted_alone = bars(DATA, "changes", request_of("cleveland"))
    remarks = [mark.remark for scale in scales(counted_alone) for mark in scale.marks]
    assert not any("(" in remark for remark in remarks)
    assert not any("In brackets" in note for note in counted_alone.notes)


def test_a_force_without_any_figure_is_named() -> None:
    """Beside one that has bars, a force that the source has nothing of is missing, not dropped."""
    picture = bars(DATA, "rates", request_of("durham", "cleveland", source=REPORT))
    for scale in scales(picture):
        assert labels(scale) == ["Durham", "England and Wales"]
    [note] = [note for note in picture.notes if note.startswith("No such figure in ")]
    assert note == f"No such figure in the bundled figures from {REPORT}: Cleveland."
    both = bars(DATA, "rates", request_of("durham", "cleveland"))
    assert not any("No such figure" in note for note in both.notes)


def test_a_missing_benchmark_is_shown_as_missing() -> None:
    """The report gives no change of anti-social behaviour for England and Wales: a dash."""
    picture = bars(DATA, "changes", request_of("durham", metric="asb"))
    [scale] = scales(picture)
    durham, national = scale.marks
    assert (durham.text, durham.remark) == ("-4", "not tested")
    assert (national.label, national.value, national.text) == ("England and Wales", None, "–")
    assert national.role == "benchmark"
    assert "England and Wales –" in picture.description


def test_outcomes_are_in_per_cent_and_their_gap_in_points() -> None:
    """Detection, 36 v 26%: 10 points more (9 to 11), higher and that is better."""
    picture = bars(DATA, "outcomes", request_of("durham"))
    [scale] = scales(picture)
    assert [mark.text for mark in scale.marks] == ["36", "26"]
    remark = "+10 points (+9 to +11): higher (better), after rounding"
    assert scale.marks[0].remark == remark
    assert scale.unit == "%, year to March 2014"


def test_changes_calculated_have_intervals_of_their_ratio() -> None:
    """Cleveland's burglaries on a year before: in per cent, with the interval of a / a0."""
    picture = bars(DATA, "changes", request_of("cleveland", metric="burglary"))
    last_year = next(scale for scale in scales(picture) if "June 2013" in scale.unit)
    now, before = (
        counted(BURGLARY, end)["cleveland"].events for end in ("2014-06-30", "2013-06-30")
    )
    mark = of(last_year, "Cleveland")
    assert mark.value == pytest.approx(100 * (now / before - 1), rel=1e-9)
    error = deviate(0.95) * (1 / now + 1 / before) ** 0.5
    ends = [100 * (now / before * 2.718281828459045 ** (s * error) - 1) for s in (-1, 1)]
    assert ends_of(mark) == pytest.approx(ends, rel=1e-9)


def test_the_description_has_every_figure(durham: Picture) -> None:
    """Who does not see the picture reads each measure, unit, figure, difference and verdict."""
    for metric in METRICS:
        for said in (MEASURES[metric], PER_CENT[metric], ALLOWED[metric]):
            assert said in durham.description
        for area in ("durham", NATIONAL):
            assert f"{LABELS[area]} {as_printed(metric, area)}" in durham.description


def test_a_benchmark_can_be_the_mean_of_a_group() -> None:
    """The mean of three forces is called that, and is calculated from their rates."""
    picture = bars(DATA, "rates", request_of("durham", metric="burglary", group="north-east"))
    [scale] = scales(picture)
    figures = counted(BURGLARY)
    mean = sum(figures[force].rate for force in ("cleveland", "durham", "northumbria")) / 3
    assert labels(scale) == ["Durham", "Mean of North East"]
    assert scale.marks[1].value == pytest.approx(mean, rel=1e-12)


def test_a_period_can_be_asked_for() -> None:
    """Of another 12 months the bars are those of its figures."""
    picture = bars(DATA, "rates", request_of("kent", metric="burglary", period="2012-06"))
    [scale] = scales(picture)
    assert scale.unit.endswith("year to June 2012")
    assert of(scale, "Kent").value == pytest.approx(counted(BURGLARY, "2012-06-30")["kent"].rate)


def test_a_users_own_figures_have_their_file_for_a_source(tmp_path: Path) -> None:
    """Figures without a source are said to be of their file, and no licence is claimed for them."""
    folder = write_tables(tmp_path, rates=[RATES_OF, "kent,burglary,2014-06-30,6.0,,"])
    data = crimecmp.load(folder)
    picture = bars(data, "rates", requested(data, ["kent"]))
    assert of(scales(picture)[0], "Kent").text == "6.0"
    [line] = picture.sources
    assert "rates.csv" in line
    assert "Licence" not in line
