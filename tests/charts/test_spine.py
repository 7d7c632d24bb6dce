"""Rules of the spine: figures as printed, marks and ranks by counts, on one scale about zero."""

from __future__ import annotations

from pathlib import Path

import pytest
from bundled import (
    BEHAVIOUR,
    BURGLARY,
    CITY,
    COUNTS,
    JUNE_2014,
    LABELS,
    LAST,
    METRICS,
    NATIONAL,
    REPORT,
    counted,
    highest_first,
    table,
    write,
)
from hypothesis import given
from hypothesis import strategies as st
from picturing import DATA, RATES_OF, SPREAD, expected, request_of

import crimecmp
from crimecmp.charts.spine import spine
from crimecmp.comparison.request import requested
from crimecmp.document.picture import Picture, Spine, SpineRow
from crimecmp.errors import NoFiguresError, RequestError
from crimecmp.text import ordinal

END = 100.0
"""The end of a scale on which a rate is nothing, or twice the benchmark's."""


@pytest.fixture(scope="module")
def durham() -> Picture:
    """Return the picture of Durham."""
    return spine(DATA, request_of("durham"))


def drawing(picture: Picture) -> Spine:
    """Return what a picture draws."""
    assert isinstance(picture.drawing, Spine)
    return picture.drawing


def by_metric(picture: Picture) -> dict[str, SpineRow]:
    """Return the rows of a picture of one force on all measures."""
    return dict(zip(METRICS, drawing(picture).rows, strict=True))


def percents(metric: str) -> dict[str, float]:
    """Return how far each force is from England and Wales by the published counts, in per cent."""
    figures = counted(metric, LAST[metric])
    national = figures[NATIONAL].rate
    return {force: 100 * (figure.rate / national - 1) for force, figure in figures.items()}


def as_printed(force: str, metric: str) -> str:
    """Return a rate as the report prints it."""
    [value] = [
        row["value"]
        for row in table("rates")
        if (row["force"], row["metric"], row["source"]) == (force, metric, REPORT)
    ]
    return value


def test_figures_are_as_printed(durham: Picture) -> None:
    """A row has the report's figures of the force and of England and Wales."""
    for metric, row in by_metric(durham).items():
        assert row.text == as_printed("durham", metric)
        assert row.benchmark == as_printed(NATIONAL, metric)


def test_the_difference_is_that_of_the_figures_beside_it(durham: Picture) -> None:
    """A reader who divides the two printed figures finds the difference that is written."""
    for row in drawing(durham).rows:
        ratio = float(row.text) / float(row.benchmark)
        assert row.percent_text == f"{100 * (ratio - 1):+.0f}%"


def test_a_difference_that_counts_put_elsewhere_is_said_in_words(durham: Picture) -> None:
    """The largest gap between a printed difference and that of the counts has its line."""
    assert "by counts sexual offences is 40% higher." in str(drawing(durham).remarks)


def test_marks_are_of_the_counts(durham: Picture) -> None:
    """The mark is where the counts have it, so that it agrees with the forces beside it."""
    for metric, row in by_metric(durham).items():
        assert row.percent == pytest.approx(percents(metric)["durham"])
    assert "marks on the scale, ranks and verdicts are from counts" in str(drawing(durham).remarks)


def test_the_other_forces_are_beside_the_mark(durham: Picture) -> None:
    """They are all forces but the one that is marked and City of London, from the lowest up."""
    for metric, row in by_metric(durham).items():
        others = [percents(metric)[force] for force in SPREAD if force != "durham"]
        assert row.others == pytest.approx(sorted(others))


def test_the_usual_range_is_that_of_the_other_forces(durham: Picture) -> None:
    """Its ends are the rates expected of a force of this size, about England and Wales."""
    for metric, row in by_metric(durham).items():
        figures = counted(metric, LAST[metric])
        found = expected(figures)["durham"]
        ends = [100 * (end / figures[NATIONAL].rate - 1) for end in (found.low, found.high)]
        assert row.usual == pytest.approx(ends)
        assert row.is_usual == (found.unusual == "not unusual")
    assert drawing(durham).usual == "range among forces for a force of this size (95%)"


def test_a_rank_is_among_all_forces(durham: Picture) -> None:
    """The first place is the highest rate; City of London has none and takes none."""
    for metric, row in by_metric(durham).items():
        among = {force: percents(metric)[force] for force in SPREAD}
        place = highest_first(among).index("durham") + 1
        assert row.rank == f"{ordinal(place)} of {len(SPREAD)}"


def test_the_title_is_the_finding(durham: Picture) -> None:
    """It counts the verdicts beneath it."""
    assert durham.title == (
        "Durham is lower than England and Wales on 4 of 6 measures; higher on sexual offences and "
        "anti-social behaviour"
    )
    verdicts = [row.verdict.split("\u00a0")[0] for row in drawing(durham).rows]
    assert (verdicts.count("lower"), verdicts.count("higher")) == (4, 2)


def test_measures_unit_place_and_year_are_under_the_title(durham: Picture) -> None:
    """What differs in one row has a mark there, which is explained, and is known in words too."""
    assert durham.unit == (
        "6 measures of crime per 1,000 people in Durham, year to June 2014, unless a row says "
        "otherwise"
    )
    rows = by_metric(durham)
    assert rows[BURGLARY].measure.endswith("\u00a0h")
    assert rows[BEHAVIOUR].measure.endswith("\u00a0m")
    assert (rows[BURGLARY].name, rows[BURGLARY].detail) == (
        "Burglary in a dwelling",
        "per 1,000 households",
    )
    assert rows[BEHAVIOUR].detail == "year to March 2014"
    assert not any(row.detail for row in rows.values() if row.name == row.measure)
    found = drawing(durham)
    assert found.marks == ("h per 1,000 households", "m year to March 2014")
    assert found.remarks == (*found.marks, *found.remarks_without_marks)


def test_there_is_one_note_and_two_sources(durham: Picture) -> None:
    """The note has what a reader would be misled without; figures and tests have their sources."""
    [note] = durham.notes
    assert "less accurate than it should be" in note
    assert "Medomsley" in note
    figures, tests = durham.sources
    assert figures.startswith("Source: HMIC, ")
    assert tests.startswith("Marks, ranks and verdicts: crimecmp, ")


def test_the_description_has_the_finding_and_each_row(durham: Picture) -> None:
    """Figures, verdict, rank and whether it is usual are there in words, without marks."""
    assert durham.description.startswith(f"{durham.title}. ")
    for row in drawing(durham).rows:
        assert f"Durham {row.text}, England and Wales {row.benchmark}; " in durham.description
        assert f"; {row.rank} forces; " in durham.description
    assert durham.description.count("outside the range among forces") == 1
    assert durham.description.count("no more than forces' counts usually move") == 1
    assert "\u00a0" not in durham.description


def test_print_alone_has_no_spread() -> None:
    """The report has no other forces: marks are of its figures, and the range is named missing."""
    picture = spine(DATA, request_of("durham", source=REPORT))
    for metric, row in by_metric(picture).items():
        own, national = (float(as_printed(area, metric)) for area in ("durham", NATIONAL))
        assert row.percent == pytest.approx(100 * (own / national - 1))
        assert (row.others, row.usual, row.is_usual, row.rank) == ((), None, None, "")
    found = drawing(picture)
    assert (found.usual, found.end) == ("", 50.0)
    assert "No range among forces for Durham: the source has 1 of the 42 forces." in found.remarks
    [source] = picture.sources
    assert source.startswith("Source: HMIC, ")


def test_what_is_far_out_does_not_stretch_the_scale() -> None:
    """Cleveland's incidents and City of London's crime are beyond a scale for all the others."""
    for force in ("cleveland", CITY):
        picture = spine(DATA, request_of(force))
        assert drawing(picture).end == END
        behaviour = by_metric(picture)[BEHAVIOUR]
        assert behaviour.percent is not None
        assert behaviour.percent > END
        assert behaviour.percent_text == f"{percents(BEHAVIOUR)[force]:+.0f}%"


def test_city_of_london_is_not_summed_up() -> None:
    """Its rates per resident say little, so the title says that and no verdict."""
    picture = spine(DATA, request_of(CITY))
    assert picture.title.startswith("Hardly anyone lives in City of London")
    assert all(row.usual is None and not row.rank for row in drawing(picture).rows)
    assert any(
        words.startswith("No range among forces for City") for words in drawing(picture).remarks
    )


def test_several_forces_are_side_by_side_on_each_measure() -> None:
    """A measure has a row for each force, in their order, with figures of one source."""
    asked = ("durham", "cleveland", "northumbria")
    picture = spine(DATA, request_of(*asked))
    rows = drawing(picture).rows
    assert [row.force for row in rows] == [LABELS[force] for force in asked] * len(METRICS)
    assert [row.role for row in rows[:3]] == ["force", "second", "third"]
    for place, metric in enumerate(METRICS):
        of_metric = rows[3 * place : 3 * place + 3]
        assert len({(row.measure, row.benchmark) for row in of_metric}) == 1
        for force, row in zip(asked, of_metric, strict=True):
            assert row.percent == pytest.approx(percents(metric)[force])
    assert "crime per 1,000 people in Durham, Cleveland and Northumbria" in picture.unit
    assert len(picture.sources) == 1
    with pytest.raises(RequestError):
        spine(DATA, request_of(*asked, "kent"))


def test_the_title_of_several_forces_has_each() -> None:
    """The verdicts of each force are counted; on one measure they are told together."""
    title = spine(DATA, request_of("durham", "cleveland")).title
    assert title == (
        "Compared with England and Wales, Durham is lower on 4 of 6 measures and higher on 2; "
        "Cleveland is higher on 4, lower on 1 and not clearly different on 1"
    )
    picture = spine(DATA, request_of("durham", "cleveland", metric="burglary"))
    assert picture.title == "Both forces are lower than England and Wales (8.73)"
    assert picture.unit.startswith("Burglary in a dwelling per 1,000 households in ")


def test_the_benchmark_can_be_a_group() -> None:
    """Zero is then the group's figure, and the others and the range are about it."""
    picture = spine(DATA, request_of("durham", group="north-east"))
    found = drawing(picture)
    assert found.benchmark == "the mean of North East"
    assert "lower than the mean of North East on 5 of 6 measures" in picture.title
    burglary = counted(BURGLARY)
    mean = sum(burglary[force].rate for force in ("durham", "cleveland", "northumbria")) / 3
    row = by_metric(picture)[BURGLARY]
    assert row.percent == pytest.approx(100 * (burglary["durham"].rate / mean - 1))


def test_a_missing_figure_is_shown_as_missing(tmp_path: Path) -> None:
    """Without the benchmark's figure a row has no mark, no difference and no verdict."""
    folder = write(tmp_path, rates=[RATES_OF, f"kent,burglary,{JUNE_2014},6.0,,"])
    data = crimecmp.load(folder)
    [row] = drawing(spine(data, requested(data, ["kent"]))).rows
    assert (row.text, row.benchmark) == ("6.0", "–")
    assert (row.percent, row.percent_text, row.verdict) == (None, "–", "–")
    with pytest.raises(NoFiguresError):
        spine(data, requested(data, ["durham"]))


@given(st.lists(st.integers(0, 400), min_size=1, max_size=6))
def test_the_scale_holds_what_is_not_too_far_out(
    tmp_path_factory: pytest.TempPathFactory, rates: list[int]
) -> None:
    """Its end is the least of a few round ones that holds all within twice the benchmark's."""
    rows = [RATES_OF]
    for metric, rate in zip(METRICS, rates, strict=False):
        rows += [f"kent,{metric},{JUNE_2014},{rate},,", f"{NATIONAL},{metric},{JUNE_2014},100,,"]
    data = crimecmp.load(write(tmp_path_factory.mktemp("rates"), rates=rows))
    near = [abs(rate - 100) for rate in rates if rate <= 200]
    end = next(end for end in (10, 20, 50, 100) if max(near, default=0) <= end)
    assert drawing(spine(data, requested(data, ["kent"]))).end == end


def test_counts_alone_are_one_source() -> None:
    """Where nothing is printed, figures and tests are of the same source."""
    picture = spine(DATA, request_of("cleveland"))
    assert [source.partition(":")[0] for source in picture.sources] == ["Source"]
    assert spine(DATA, request_of("cleveland", source=COUNTS)) == picture
