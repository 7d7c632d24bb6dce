"""What is said beneath a table: notes, reasons, what is missing, and what else there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest
from bundled import COUNTS, REPORT
from rows import compared, comparison, write_tables

import crimecmp
from crimecmp.comparison.request import requested
from crimecmp.comparison.row import Among, Beyond, Comparison, Prediction, Verdict
from crimecmp.document.report import Note
from crimecmp.wording.notes import (
    Place,
    coverage,
    found_in,
    group_notes,
    missing_forces,
    more_periods,
    more_sources,
    reservations,
    row_notes,
    spread_notes,
    verdict_sentences,
)

RATE = comparison(label="Crime")


def texts(notes: Iterable[Note]) -> list[str]:
    """Return the texts of notes."""
    return [note.text for note in notes]


# --- Rows


def test_rows_with_one_note_share_it(bundled: crimecmp.Dataset) -> None:
    """A note is said once, of all that have it; the benchmark's goes with the benchmark's name."""
    rows = [
        RATE._replace(note="Provisional."),
        RATE._replace(label="Theft", note="Provisional.", benchmark_note="Not recorded."),
    ]
    assert texts(row_notes(bundled, rows)) == [
        "Crime and Theft: Provisional.",
        "England and Wales, Theft: Not recorded.",
    ]
    assert row_notes(bundled, [RATE]) == []


@pytest.mark.parametrize(("number", "lines"), [(15, 15), (16, 1)])
def test_very_many_notes_are_counted(bundled: crimecmp.Dataset, number: int, lines: int) -> None:
    """Of more than fifteen notes it is said how many there are, and where they are."""
    rows = [RATE._replace(label=f"M{place}", note=f"Note {place}.") for place in range(number)]
    notes = texts(row_notes(bundled, rows))
    assert len(notes) == lines
    if lines == 1:
        assert notes[0].startswith(f"There are {number} different notes")


def test_reasons_of_tests_are_said_once(bundled: crimecmp.Dataset) -> None:
    """Each difference has its line, and rows that were tested alike have one line of reasons."""
    tested = Verdict(
        verdict="higher", method="two-counts", level=0.95, reason="By counts.", interval_low=1.1,
        interval_high=1.3,
    )  # fmt: skip
    beyond = Beyond(ratio_tested=1.2, beyond="Poisson variation")
    rows = [
        RATE._replace(difference=1.0, tested=tested, beyond=beyond, label=label)
        for label in ("A", "B", "C")
    ]
    notes = texts(verdict_sentences(bundled, rows, in_full=False))
    assert [note.partition(":")[0] for note in notes[:3]] == ["A", "B", "C"]
    assert notes[3] == "A, B and C: By counts."
    assert notes[4].startswith("Random variation in separate crimes is the least there can be")
    assert len(notes) == 5


KIND = {
    "sampling error": "",
    "nothing": "",
    "rounding": "After rounding: the direction holds",
    "Poisson variation": "No more than usual: more than random variation",
    "usual variation": "More than usual: larger than forces' counts usually move",
}
"""How the note on each kind of variation begins; some have none."""


@pytest.mark.parametrize("kind", KIND)
def test_what_a_verdict_goes_beyond_is_explained_once(bundled: crimecmp.Dataset, kind: str) -> None:
    """A table's `more than usual` has its meaning beneath, and a verdict without one has no note.

    What is larger than usual is not said to be of the force's making.
    """
    verdict = "similar" if kind == "nothing" else "lower"
    tested = Verdict(verdict=verdict, method="two-margins", interval_low=-2, interval_high=-1)
    beyond = Beyond(beyond=kind, usual_p=0.5, usual_reason="By years.", usual_source="s")
    rows = [RATE._replace(tested=tested, beyond=beyond, label=label) for label in ("A", "B")]
    notes = texts(verdict_sentences(bundled, rows, in_full=False))
    found = [note for note in notes if note.split(":")[0] in
             ("After rounding", "No more than usual", "More than usual")]  # fmt: skip
    assert [note[: len(KIND[kind])] for note in found] == ([KIND[kind]] if KIND[kind] else [])
    caused = [note for note in notes if "does not mean that the force caused it" in note]
    assert len(caused) == (kind == "usual variation")


def test_usual_movement_is_said_with_its_freedom_and_its_source(bundled: crimecmp.Dataset) -> None:
    """Of each measure once: sigma and its degrees of freedom, or their ranges over the forces."""
    rows = [
        RATE._replace(
            label=label,
            beyond=Beyond(
                usual_p=0.1, usual_sd=sigma, usual_df=df, usual_reason="By years.", usual_source="s"
            ),
        )
        for label, sigma, df in (
            ("A", 0.0434, 160), ("B", 0.10549, 160), ("B", 0.1011, 164), ("B", 0.104, 160),
        )
    ]  # fmt: skip
    [note] = [n for n in texts(verdict_sentences(bundled, rows, in_full=False)) if "Usual m" in n]
    assert note == (
        "Usual movement of a force's count against the others in a year (standard deviation): A "
        "4.3% (160 degrees of freedom); B 10.1% to 10.5% (160 to 164 degrees of freedom). By "
        "years. Source: s."
    )
    unknown = [RATE._replace(beyond=Beyond(usual_sd=0.1, usual_df=160))]
    assert not any("Usual m" in n for n in texts(verdict_sentences(bundled, unknown, in_full=True)))


def test_a_sentence_is_headed_by_what_it_does_not_say_itself(bundled: crimecmp.Dataset) -> None:
    """`No clear difference` does not name its force: of several forces its name comes before it."""
    rows = [
        row
        for force in ("durham", "northamptonshire")
        for row in compared(bundled, "rates", force, source=COUNTS, metric="burglary")
    ]
    durham, other, *_ = texts(verdict_sentences(bundled, rows, in_full=True))
    assert durham.startswith("The rate of burglary in a dwelling in Durham was ")
    assert other.startswith("Northamptonshire: No clear difference from the rest of ")
    alone, *_ = texts(verdict_sentences(bundled, rows[1:], in_full=True))
    assert alone.startswith("Burglary in a dwelling: No clear difference from the rest of ")


def test_being_unusual_is_explained_where_it_is_tested(bundled: crimecmp.Dataset) -> None:
    """The level, who is in the spread and how many are flagged are said once, where tested."""
    among = Among(1, 42, "not unusual", "In the spread: 42.")
    row = RATE._replace(among=among, prediction=Prediction(unusual_forces=3))
    [note] = texts(spread_notes([row, RATE]))
    assert "outside the range expected of a force of its size at 95%" in note
    flags = "About 2 of 42 forces would be flagged by chance; 3 were."
    assert note.endswith(f" In the spread: 42. {flags}")
    assert spread_notes([RATE]) == []
    places, again = texts(spread_notes([row, row]))
    assert "random variation alone allows" in places
    assert places.endswith("inside together at 95%.")
    assert again == note
    other = row._replace(label="Theft", prediction=Prediction(unusual_forces=1))
    *_, both = texts(spread_notes([row, other]))
    assert f"Crime: In the spread: 42. {flags}" in both
    assert (
        "Theft: In the spread: 42. About 2 of 42 forces would be flagged by chance; 1 was." in both
    )


def test_a_force_is_said_to_be_usual_for_its_group_or_not(bundled: crimecmp.Dataset) -> None:
    """Each measure has its range; what is said of several alike is said once; changes have none."""
    rows = compared(bundled, "rates", "durham", source=COUNTS, group="north-east")
    [note] = texts(group_notes(bundled, rows))
    assert note.startswith("All rows: Whether Durham is usual for North East is not tested: ")
    rows = compared(bundled, "rates", "kent", source=COUNTS, group="south-east")
    notes = texts(group_notes(bundled, rows))
    assert len(notes) == len(rows) == 6
    for row, note in zip(rows, notes, strict=True):
        assert note.startswith(f"{row.label}: Kent is ")
        assert "range expected of one more force like those of South East (" in note
    changed = compared(bundled, "changes", "kent", source=COUNTS, group="south-east")
    assert changed
    assert group_notes(bundled, changed) == []
    assert group_notes(bundled, compared(bundled, "rates", "kent", source=COUNTS)) == []


# --- Who is there and who is not


def test_forces_without_a_row_are_named(bundled: crimecmp.Dataset) -> None:
    """Each force that was asked for and is not shown is named, with the source if one was asked."""
    request = requested(bundled, ["durham", "kent", "essex"])
    [note] = texts(missing_forces(bundled, request, [RATE]))
    assert note == "No such figure in the bundled figures: Kent and Essex."
    [note] = texts(missing_forces(bundled, request._replace(source=REPORT), [RATE]))
    assert f"from {REPORT}: Kent and Essex." in note
    assert missing_forces(bundled, requested(bundled), [RATE]) == []


def test_coverage_is_of_a_ranking_alone(bundled: crimecmp.Dataset) -> None:
    """Of ranked figures it is said how many of the 43 forces have each; a missing one has none."""
    request = requested(bundled, ["durham", "kent"], ranked=True)
    rows = [RATE._replace(force_value=5.0), RATE._replace(force="kent")]
    assert texts(coverage(bundled, request, rows)) == ["Crime: 1 of 43 forces have this figure."]
    assert coverage(bundled, request._replace(ranked=False), rows) == []


@pytest.mark.parametrize(
    ("table", "metric", "doubted"),
    [
        ("rates", "crime-excluding-fraud", True),
        ("rates", "anti-social-behaviour", False),
        ("satisfaction", "crime-excluding-fraud", False),
    ],
)
def test_reservations_are_about_the_table_and_its_metrics(
    bundled: crimecmp.Dataset, table: str, metric: str, doubted: bool
) -> None:
    """Doubts about recorded crime are said of it, and not of incidents; each with its source."""
    rows = [RATE._replace(metric=metric)]
    notes = reservations(bundled, table, requested(bundled), rows)
    assert any("crime recording less accurate" in text for text in texts(notes)) == doubted
    assert all(note.source == REPORT and note.locator for note in notes)
    assert reservations(bundled, table, requested(bundled, ["kent"]), rows) == []


def test_reservations_about_the_benchmark_are_said_too(bundled: crimecmp.Dataset) -> None:
    """What is to be known of Durham's figures is said where Durham is the benchmark, or part."""
    for benchmark in ("durham", "north-east"):
        request = requested(bundled, ["kent"], benchmark)
        rows = [RATE._replace(metric="crime-excluding-fraud")]
        assert reservations(bundled, "rates", request, rows)


@pytest.mark.parametrize(
    ("end", "before", "metric", "said"),
    [
        (date(2014, 6, 30), None, "crime-excluding-fraud", True),
        (date(2013, 6, 30), None, "crime-excluding-fraud", False),
        (date(2014, 3, 31), None, "crime-excluding-fraud", False),
        (date(2014, 6, 30), None, "burglary-in-a-dwelling", False),
        (date(2014, 6, 30), date(2010, 6, 30), "sexual-offences", True),
        (date(2015, 6, 30), date(2014, 6, 30), "sexual-offences", True),
        (date(2013, 6, 30), date(2010, 6, 30), "sexual-offences", False),
    ],
)
def test_a_note_on_a_period_is_said_of_its_figures_alone(
    bundled: crimecmp.Dataset, end: date, before: date | None, metric: str, said: bool
) -> None:
    """The Medomsley inquiry bears on the year to June 2014, in a rate or at an end of a change."""
    row = RATE._replace(metric=metric, period_end=end, base_period_end=before)
    table = "changes" if before else "rates"
    found = texts(reservations(bundled, table, requested(bundled), [row]))
    assert any("Medomsley" in text for text in found) == said


def test_period_and_metric_of_a_note_are_those_of_one_figure(bundled: crimecmp.Dataset) -> None:
    """Crime of another year, and incidents of that year, do not make crime of that year."""
    rows = [
        RATE._replace(metric="crime-excluding-fraud", period_end=date(2013, 6, 30)),
        RATE._replace(metric="anti-social-behaviour", period_end=date(2014, 6, 30)),
    ]
    found = texts(reservations(bundled, "rates", requested(bundled), rows))
    assert not any("Medomsley" in text for text in found)


# --- What else there is


@pytest.fixture
def own(tmp_path: Path) -> Callable[[], crimecmp.Dataset]:
    """Return a function that loads Kent's rates of two sources, and of five years of one."""

    def loaded() -> crimecmp.Dataset:
        rates = [f"kent,crime,{year}-06-30,one,5.0,500" for year in range(2010, 2015)]
        sources = ["one,One", "two,Two"]
        write_tables(
            tmp_path, {"rates": [*rates, "kent,asb,2014-03-31,two,5.0"], "sources": sources}
        )
        return crimecmp.load(tmp_path)

    return loaded


def shown(end: str = "2014-06-30", source: str = "one") -> list[Comparison]:
    """Return the row of Kent's crime of a year."""
    return [RATE._replace(force="kent", source=source, period_end=date.fromisoformat(end))]


def test_other_sources_are_named(own: Callable[[], crimecmp.Dataset]) -> None:
    """Sources that have figures of the force, by id and title; those shown are not among them."""
    data = own()
    request = requested(data, ["kent"])
    [note] = texts(more_sources(data, "rates", request, {"one"}))
    assert note.endswith(": two (Two).")
    assert more_sources(data, "rates", request, {"one", "two"}) == []
    crime = requested(data, ["kent"], metric="crime")
    assert more_sources(data, "rates", crime, {"one"}) == []


def test_other_periods_are_named(own: Callable[[], crimecmp.Dataset]) -> None:
    """Up to three are listed; of more there are the first, the last and the number."""
    data = own()
    request = requested(data, ["kent"])
    [note] = texts(more_periods(data, "rates", request, shown()))
    assert note.endswith(": 2010-06 to 2013-06, 4 in all.")
    [note] = texts(more_periods(data, "rates", request, shown("2014-06-30", "two")))
    assert note.endswith(": 2014-03.")
    assert more_periods(data, "outcomes", request, shown()) == []


def test_counts_are_periods_of_changes_too(own: Callable[[], crimecmp.Dataset]) -> None:
    """Changes are calculated from counts: where there are counts there are other changes."""
    data = own()
    request = requested(data, ["kent"])
    [note] = texts(more_periods(data, "changes", request, shown()))
    assert note.endswith(": 2010-06 to 2013-06, 4 in all.")
    assert more_sources(data, "changes", request, {"one"}) == []  # the other has no count


def test_judgments_have_other_sources_but_no_metric(bundled: crimecmp.Dataset) -> None:
    """That a metric is asked for leaves out no source of judgments."""
    for metric in (None, "burglary"):
        request = requested(bundled, metric=metric)
        [note] = texts(more_sources(bundled, "judgments", request, set()))
        assert REPORT in note


# --- Where in a source


def test_each_place_in_a_source_is_said_once(bundled: crimecmp.Dataset) -> None:
    """Figures of one place share a line; where all are of one place it needs no names."""
    same = [Place(REPORT, "Table 1", "A"), Place(REPORT, "Table 1", "B"), Place(REPORT, None, "C")]
    assert texts(found_in(bundled, same)) == ["Where: Table 1."]
    two = [*same, Place(REPORT, "Table 2", "C")]
    assert texts(found_in(bundled, two)) == [
        "Where: Table 1 (A and B).",
        "Where: Table 2 (C).",
    ]


def test_places_of_several_sources_name_the_source(bundled: crimecmp.Dataset) -> None:
    """With two sources each place is said with the title of its own."""
    titles = {row["source"]: row["title"] for row in bundled.rows("sources")}
    places = [Place(REPORT, "Table 1", "A"), Place(COUNTS, "Line 2", "A")]
    assert texts(found_in(bundled, places)) == [
        f"Where in {titles[REPORT]}: Table 1.",
        f"Where in {titles[COUNTS]}: Line 2.",
    ]


@pytest.mark.parametrize(("number", "lines"), [(8, 8), (9, 1)])
def test_very_many_places_are_left_to_scripts(
    bundled: crimecmp.Dataset, number: int, lines: int
) -> None:
    """Of more than eight places one line says where they are to be had."""
    places = [Place(REPORT, f"Table {place}", f"M{place}") for place in range(number)]
    notes = texts(found_in(bundled, places))
    assert len(notes) == lines
    assert ("locator" in notes[0]) == (lines == 1)
