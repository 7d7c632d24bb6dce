"""Rules of bars: one scale about zero, each figure and difference as printed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from bundled import (
    BEHAVIOUR,
    BURGLARY,
    CITY,
    LABELS,
    LAST,
    METRICS,
    NATIONAL,
    REPORT,
    counted,
    table,
)
from bundled import write as write_tables
from picturing import (
    DATA,
    RATES_OF,
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
from crimecmp.document.picture import Mark, Picture, Rows, Scale
from crimecmp.errors import NoFiguresError, RequestError

ALLOWED = {
    "crime-excluding-fraud": "-11.0% (-11.2 to -10.9), lower, after rounding",
    "victim-based-crime": "-10.0% (-10.2 to -9.8), lower, after rounding",
    "sexual-offences": "+33.3% (+24.0 to +43.5), higher, after rounding",
    "violence-with-injury": "-11.9% (-13.4 to -10.3), lower, after rounding",
    "burglary-in-a-dwelling": "-43.8% (-44.7 to -42.9), lower, after rounding",
    "anti-social-behaviour": "+28.8% (+28.5 to +29.1), higher, after rounding",
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


def marks(picture: Picture) -> tuple[Mark, ...]:
    """Return the marks of a picture with one group."""
    [scale] = scales(picture)
    return scale.marks


def drawing(picture: Picture) -> Rows:
    """Return what a picture of bars draws."""
    assert isinstance(picture.drawing, Rows)
    return picture.drawing


def test_every_rate_is_there_as_printed(durham: Picture) -> None:
    """Six measures in the order of their table, both figures beside the bar, decimals kept."""
    assert drawing(durham).headings == ("Durham", "England and Wales")
    assert [mark.label for mark in marks(durham)] == [MEASURES[metric] for metric in METRICS]
    for mark, metric in zip(marks(durham), METRICS, strict=True):
        assert mark.figures == (as_printed(metric, "durham"), as_printed(metric, NATIONAL))
        assert mark.role == "force"
    assert marks(durham)[0].figures == ("54.0", "60.7")
    assert marks(durham)[4].figures == ("5.0", "8.9")


def test_a_bar_is_the_difference_in_per_cent_of_the_benchmark(durham: Picture) -> None:
    """From zero, with the figure at its end and one verdict: measures can be compared."""
    for mark, metric in zip(marks(durham), METRICS, strict=True):
        force, national = (float(as_printed(metric, area)) for area in ("durham", NATIONAL))
        assert mark.value == pytest.approx(100 * (force / national - 1), rel=1e-12)
        assert mark.remark == ("higher" if force > national else "lower")
    texts = ["-11%", "-10%", "+33%", "-12%", "-44%", "+29%"]
    assert [mark.text for mark in marks(durham)] == texts
    assert drawing(durham).axis == "% difference from England and Wales"


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
    said = f"{points[0]}% ({points[1]} to {points[2]}), {verdict}, after rounding"
    assert said == ALLOWED[metric]
    assert said in durham.description
    mark = marks(durham)[METRICS.index(metric)]
    assert ends_of(mark) == pytest.approx([float(100 * (r - 1)) for r in ratios[1:]], rel=1e-9)
    assert durham.intervals == "what rounding allows, not confidence intervals"


def test_printed_figures_say_that_rounding_is_all_they_are_tested_against(durham: Picture) -> None:
    """Their `lower` claims less than one from counts, so what is under the picture says so."""
    said = "Printed figures are tested against rounding alone, not against random variation."
    assert durham.caption[0].startswith(said)
    counts = bars(DATA, "rates", request_of("durham", source="published-counts"))
    assert not any("rounding" in line for line in counts.caption)


def test_what_most_rows_share_is_said_once(durham: Picture) -> None:
    """Burglary is per 1,000 households; anti-social behaviour ends in March, the rest in June.

    So the line under the title claims its unit and year of the rows that say no other.
    """
    assert durham.unit == (
        "Rates per 1,000 population: Durham Constabulary against England and Wales, "
        "year to June 2014, unless a row says otherwise"
    )
    alike = bars(DATA, "rates", request_of("durham", metric="crime"))
    assert "otherwise" not in alike.unit
    details = [mark.detail for mark in marks(durham)]
    assert details == ["", "", "", "", "per 1,000 households", "year to March 2014"]


def test_a_force_that_is_part_of_its_benchmark_has_no_interval() -> None:
    """The test is of its ratio to the rest, which is not the difference that is drawn."""
    picture = bars(DATA, "rates", request_of("cleveland"))
    assert all(mark.low is mark.high is None for mark in marks(picture))
    assert picture.intervals == ""


def test_a_difference_from_another_force_has_the_interval_of_its_test() -> None:
    """Of the ratio of the two rates, with usual variation, in per cent; the bar is within it."""
    picture = bars(DATA, "rates", request_of("cleveland", metric="burglary", benchmark="kent"))
    [mark] = marks(picture)
    rows = crimecmp.rates(DATA, ["cleveland"], metric="burglary", benchmark="kent")
    [row] = rows.to_dict("records")
    ends = (100 * (row["usual_low"] - 1), 100 * (row["usual_high"] - 1))
    assert ends_of(mark) == pytest.approx(ends, rel=1e-9)
    assert mark.value is not None
    assert ends[0] < mark.value < ends[1]
    assert picture.intervals == "95% intervals"


def test_the_picture_says_what_it_compares_and_where_it_is_from(durham: Picture) -> None:
    """Title, both periods, source with its date, place and licence are in the picture's words."""
    assert durham.kind == "bars"
    assert durham.title == (
        "Durham against England and Wales: lower on 4 of 6 measures; higher on sexual offences "
        "and anti-social behaviour"
    )
    assert durham.description.startswith(f"{durham.title}. ")
    [row] = [row for row in table("sources") if row["source"] == REPORT]
    [line] = durham.sources
    assert line.startswith(f"Source: HMIC, {row['title']}. Contains public sector information")
    assert line.endswith("licensed under the Open Government Licence v3.0.")
    assert "table of rates and the note under it" in durham.description


def test_one_note_has_the_cautions(durham: Picture) -> None:
    """What a reader would be misled without is beneath; the rest of it is in the description."""
    notes = {row["note"]: row for row in table("notes")}
    short = [notes[name]["caution"] for name in ("crime-recording", "medomsley")]
    assert durham.notes == (" ".join(short),)
    for name in ("crime-recording", "medomsley", "rates-alone"):
        assert notes[name]["text"] in durham.description
    [elsewhere] = bars(DATA, "rates", request_of("cleveland")).notes
    assert elsewhere.startswith("Within usual movement: more than random variation")


def test_one_measure_is_the_title(durham: Picture) -> None:
    """Asked for burglary alone, there is one bar and the title names it."""
    picture = bars(DATA, "rates", request_of("durham", metric="burglary"))
    assert picture.title == (
        "Burglary: 43.8% lower in Durham than in England and Wales (5.0 against 8.9)"
    )
    [mark] = marks(picture)
    assert mark == marks(durham)[4]._replace(detail="")
    assert picture.unit.startswith("Burglary in a dwelling per 1,000 households: Durham ")


@pytest.mark.parametrize("level", [0.95, 0.998])
def test_up_to_three_forces_are_side_by_side(level: float) -> None:
    """By measure, in the order asked for: role, rate of counts, difference and verdict."""
    asked = ("kent", "durham", "cleveland")
    picture = bars(DATA, "rates", request_of(*asked, level=level))
    assert [scale.title for scale in scales(picture)] == [MEASURES[metric] for metric in METRICS]
    for scale, metric in zip(scales(picture), METRICS, strict=True):
        figures = counted(metric, LAST[metric])
        national = figures[NATIONAL].rate
        assert scale.unit == (
            f"{PER_CENT[metric]}, year to {month(LAST[metric])}, "
            f"England and Wales {printed(national)}"
        )
        assert labels(scale) == [LABELS[area] for area in asked]
        assert [mark.role for mark in scale.marks] == ["force", "second", "third"]
        for mark, area in zip(scale.marks, asked, strict=True):
            percent = 100 * (figures[area].rate / national - 1)
            assert mark.value == pytest.approx(percent, rel=1e-9)
            assert mark.figures == (printed(figures[area].rate),)
            places = 0 if abs(percent) >= 1 else 1
            assert mark.text == f"{'+' * (percent > 0)}{printed(percent, places)}%"


def test_several_forces_and_measures_have_a_short_title() -> None:
    """Each force with its commonest verdict; one measure has the sentence of the comparison."""
    both = bars(DATA, "rates", request_of("durham", "cleveland"))
    assert both.title == (
        "Against England and Wales: Durham lower on 4 of 6 measures, "
        "Cleveland higher on 4 of 6 measures"
    )
    burglary = bars(DATA, "rates", request_of("durham", "cleveland", metric="burglary"))
    assert burglary.title == "Burglary: both forces are lower than England and Wales (8.73)"


def test_no_row_has_two_verdicts() -> None:
    """A difference within usual movement says so; how strong it is stays in the description."""
    picture = bars(DATA, "rates", request_of("durham", "cleveland"))
    remarks = {mark.remark for scale in scales(picture) for mark in scale.marks}
    assert remarks == {
        "lower", "higher", "no clear difference",
        "lower, within usual movement", "higher, within usual movement",
    }  # fmt: skip
    assert "no more than usual" in picture.description


def test_far_bars_end_at_a_hundred() -> None:
    """A rate fourteen times the benchmark's does not make the others too small to compare."""
    picture = bars(DATA, "rates", request_of(CITY))
    assert max(mark.value or 0 for mark in marks(picture)) > 1000
    assert drawing(picture).ends == pytest.approx((min(m.value or 0 for m in marks(picture)), 100))
    [note] = picture.notes
    assert note == "Hardly anyone lives in City of London: a rate per resident says little there."


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


def test_changes_of_all_areas_are_on_one_scale() -> None:
    """-11 v -16, +13 v -1 and -4: each a bar from zero, by measure and span, not tested."""
    picture = bars(DATA, "changes", request_of("durham"))
    first, second, third, incidents = scales(picture)
    assert [(mark.label, mark.value, mark.text) for mark in first.marks] == [
        ("Durham", -11, "-11%"),
        ("England and Wales", -16, "-16%"),
    ]
    assert [mark.text for mark in second.marks] == ["+13%", "-1%"]
    assert second.marks[0].remark == "not tested"
    assert third.title == MEASURES["victim-based-crime"]
    assert incidents.title == MEASURES[BEHAVIOUR]
    assert drawing(picture).ends == (-16, 13)
    assert drawing(picture).axis == "% change"
    for scale, (since, end) in zip(scales(picture), PERIODS_OF_CHANGES, strict=True):
        assert scale.unit == f"years to {since} and {end}"
    assert picture.title == (
        "Crime in Durham rose 13% in the year to June 2014 (England and Wales: -1%)"
    )
    assert "+14 points (+13 to +15), not tested" in picture.description


PERIODS_OF_CHANGES = [
    ("June 2010", "June 2014"),
    ("June 2013", "June 2014"),
    ("June 2010", "June 2014"),
    ("March 2013", "March 2014"),
]


def test_changes_of_two_forces_are_in_the_title() -> None:
    """The first measure over its latest span, each force beside the benchmark."""
    picture = bars(DATA, "changes", request_of("durham", "cleveland", metric="crime"))
    assert picture.title == (
        "Crime in the year to June 2014: Durham +12.5%, Cleveland -2.0% (England and Wales: -0.5%)"
    )


def test_a_force_without_any_figure_is_named() -> None:
    """Beside one that has bars, a force that the source has nothing of is missing, not dropped."""
    picture = bars(DATA, "rates", request_of("durham", "cleveland", source=REPORT))
    for scale in scales(picture):
        assert labels(scale) == ["Durham"]
    [note] = picture.notes
    assert note.startswith(f"No such figure in the bundled figures from {REPORT}: Cleveland. ")
    both = bars(DATA, "rates", request_of("durham", "cleveland"))
    assert not any("No such figure" in note for note in both.notes)


def test_a_missing_benchmark_is_shown_as_missing() -> None:
    """The report gives no change of anti-social behaviour for England and Wales: a dash."""
    picture = bars(DATA, "changes", request_of("durham", metric="asb"))
    [scale] = scales(picture)
    durham, national = scale.marks
    assert (durham.text, durham.remark) == ("-4%", "")
    assert (national.label, national.value, national.text) == ("England and Wales", None, "–")
    assert national.role == "benchmark"
    assert "England and Wales –" in picture.description


def test_outcomes_are_in_per_cent_and_their_gap_in_points() -> None:
    """Detection, 36 v 26%: 10 points more (9 to 11), higher and that is better."""
    picture = bars(DATA, "outcomes", request_of("durham"))
    [mark] = marks(picture)
    assert mark.figures == ("36", "26")
    assert (mark.value, mark.text, mark.remark) == (10, "+10 points", "higher (better)")
    assert ends_of(mark) == pytest.approx((9, 11))
    assert drawing(picture).axis == "Points of difference from England and Wales"
    assert picture.unit.endswith("against England and Wales, year to March 2014")


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
    assert drawing(picture).headings == ("Durham", "Mean of North East")
    assert scale.marks[0].figures[1] == printed(mean)
    assert scale.marks[0].value == pytest.approx(100 * (figures["durham"].rate / mean - 1))
    assert picture.title.startswith(
        "Burglary: 14.8% lower in Durham than in the mean of North East"
    )


def test_a_period_can_be_asked_for() -> None:
    """Of another 12 months the bars are those of its figures."""
    picture = bars(DATA, "rates", request_of("kent", metric="burglary", period="2012-06"))
    [mark] = marks(picture)
    assert picture.unit.endswith("year to June 2012")
    assert mark.figures[0] == printed(counted(BURGLARY, "2012-06-30")["kent"].rate)


def test_a_users_own_figures_have_their_file_for_a_source(tmp_path: Path) -> None:
    """Figures without a source are said to be of their file, and no licence is claimed for them."""
    folder = write_tables(tmp_path, rates=[RATES_OF, "kent,burglary,2014-06-30,6.0,,"])
    data = crimecmp.load(folder)
    picture = bars(data, "rates", requested(data, ["kent"]))
    [mark] = marks(picture)
    assert (mark.value, mark.figures) == (None, ("6.0", "–"))
    [line] = picture.sources
    assert "rates.csv" in line
    assert "Licence" not in line


def test_a_bar_beyond_the_scale_has_its_interval_in_words() -> None:
    """Sexual offences rose by more than 100%: the arrow shows no interval, so the row writes it."""
    picture = bars(DATA, "changes", request_of("durham", "cleveland", metric="sexual"))
    assert picture.caption[0].startswith("Arrows: beyond the scale. ")
    found = [mark for scale in scales(picture) for mark in scale.marks if mark.role != "benchmark"]
    for mark in found:
        low, high = ends_of(mark)
        words = f"95% interval {low:+.0f}% to {high:+.0f}%"
        assert (words in mark.remark) == ((mark.value or 0.0) > 100)
    assert {(mark.value or 0.0) > 100 for mark in found} == {True, False}
    near = bars(DATA, "changes", request_of("durham", metric="burglary"))
    assert not any("Arrows" in line for line in near.caption)
