"""The answer at the head of a page never says what the rows beneath it do not."""

from __future__ import annotations

import re
from datetime import date

import pytest
from bundled import dataset
from hypothesis import given
from hypothesis import strategies as st
from rows import comparison

from crimecmp.comparison.row import Among, Beyond, Comparison, Verdict
from crimecmp.comparison.verdict_words import (
    HIGH,
    HIGHER,
    LOW,
    LOWER,
    NOT_TESTED,
    POISSON,
    SIMILAR,
    USUAL,
)
from crimecmp.wording.answers import among_all, changed, side_by_side, standing, standing_title
from crimecmp.wording.units import Scale

DATA = dataset()
METRICS = [
    name.id
    for name in DATA.metrics
    if DATA.by_id("metrics")[name.id]["unit"] != "%" and not re.search(r",|\band\b", name.label)
]
"""Measures of which no name holds the words of a list."""

FORCES = DATA.territorial()
NATIONAL = "England and Wales"
LABELS = {m: DATA.by_id("metrics")[m]["short_label"] or DATA.metrics[m].label for m in METRICS}


@st.composite
def row_of(draw: st.DrawFn, metric: str, force: str = "durham") -> Comparison:
    """Return a rate with a verdict of any kind, its figures in keeping with it."""
    verdict = draw(st.sampled_from([HIGHER, LOWER, SIMILAR, NOT_TESTED, None]))
    other = draw(st.floats(1, 100))
    factor = {HIGHER: 1.5, LOWER: 0.5}.get(str(verdict), 1.0)
    tested = verdict in (HIGHER, LOWER) and draw(st.booleans())
    return comparison(
        metric=metric,
        label=DATA.metrics[metric].label,
        force=force,
        force_value=other * factor,
        benchmark_value=None if verdict is None else other,
        difference=None if verdict is None else other * (factor - 1),
        percent_difference=None if verdict is None else 100 * (factor - 1),
        force_decimals=13,
        benchmark_decimals=13,
        tested=Verdict(verdict=verdict or NOT_TESTED),
        beyond=Beyond(beyond=draw(st.sampled_from([USUAL, POISSON])), usual_p=0.01)
        if tested
        else Beyond(),
    )


def rows_on(metrics: list[str]) -> st.SearchStrategy[list[Comparison]]:
    """Return a strategy for one row a measure."""
    return st.tuples(*(row_of(metric) for metric in metrics)).map(list)


@given(st.lists(st.sampled_from(METRICS), min_size=2, max_size=8, unique=True).flatmap(rows_on))
def test_counts_and_names_agree_with_the_rows(rows: list[Comparison]) -> None:
    """Each verdict is said of as many measures as have it, or of those by their names."""
    first, *_ = standing(DATA, rows, NATIONAL)
    said = dict.fromkeys(WORDS, 0)
    for part in first.rstrip(".").split("; "):
        [words] = [words for words in WORDS if part.lower().startswith(words)]
        rest = part[len(words) :].strip()
        if found := re.match(r"(\d+)(?: of (\d+) measures)?$", rest):
            said[words] = int(found[1])
            assert found[2] in (None, str(len(rows)))
        elif rest.startswith(("all ", "both ")):
            said[words] = len(rows)
        else:
            names = {label(row) for row in rows if kind_of(row) == WORDS[words]}
            assert all(name in rest for name in names)
            said[words] = len(names)
            others = {label(row) for row in rows} - names
            assert not others & set(re.split(", | and ", rest))
    assert said == {words: sum(kind_of(r) == kind for r in rows) for words, kind in WORDS.items()}


WORDS = {
    "lower on": LOWER,
    "higher on": HIGHER,
    "no clear difference on": SIMILAR,
    "not tested on": NOT_TESTED,
    "no figure to compare on": None,
}
"""How each verdict is said, and that of a row without a partner."""


def kind_of(row: Comparison) -> str | None:
    """Return a row's verdict; None where it has no partner."""
    return None if row.difference is None else row.tested.verdict


def label(row: Comparison) -> str:
    """Return a row's short name within a sentence."""
    name = LABELS[row.metric]
    return name[:1].lower() + name[1:]


@given(st.lists(st.sampled_from(METRICS), min_size=2, max_size=8, unique=True).flatmap(rows_on))
def test_what_is_larger_than_usual_is_so(rows: list[Comparison]) -> None:
    """A difference is called larger than usual variation only where its row is."""
    said = " ".join(standing(DATA, rows, NATIONAL)[1:])
    tested = [row for row in rows if row.beyond.usual_p is not None]
    beyond = {label(row) for row in tested if row.beyond.beyond == USUAL}
    within = {label(row) for row in tested} - beyond
    if not tested:
        assert said == ""
    elif not beyond:
        assert said.startswith("No difference is larger")
    elif not within:
        assert said.startswith(("These differences are larger", "The difference is larger"))
        assert "only" not in said
    else:
        only = " only on " in said
        assert only or ", except on " in said
        named = said.partition(" only on " if only else ", except on ")[2].rstrip(".")
        names = beyond if only else within
        assert named == str(len(names)) or all(name in named for name in names)


@given(row_of(METRICS[0]))
def test_one_measure_is_said_in_its_direction(row: Comparison) -> None:
    """The only measure of a page is called higher or lower just where its row is."""
    [said] = standing(DATA, [row], NATIONAL)
    for word in (HIGHER, LOWER):
        assert (f"{word} in Durham" in said) == (row.tested.verdict == word)
    assert ("no clear difference" in said) == (kind_of(row) == SIMILAR)
    assert ("There is no figure" in said) == (row.difference is None)


@given(
    st.lists(st.sampled_from(FORCES), min_size=2, max_size=6, unique=True).flatmap(
        lambda forces: st.tuples(*(row_of(METRICS[0], force) for force in forces)).map(list)
    )
)
def test_each_force_is_on_the_side_of_its_row(rows: list[Comparison]) -> None:
    """Side by side each force is named, or counted, under its own verdict and no other."""
    said = side_by_side(DATA, rows, NATIONAL, Scale.of(rows))[0].rstrip(".")
    for part in said.split("; "):
        [verdict] = {v for words, v in SIDES.items() if words in part} or {None}
        having = [row for row in rows if kind_of(row) == verdict]
        names = {DATA.forces[row.force].label for row in having}
        if part.startswith("Both forces"):
            assert len(having) == len(rows) == len(("one", "other"))
        elif found := re.match(r"(?:All )?(\d+) forces", part):
            assert int(found[1]) == len(having)
        else:
            assert all(name in part for name in names)
    kinds = {kind_of(row) for row in rows}
    assert len(said.split("; ")) == len(kinds)


SIDES: dict[str, str | None] = {
    " lower": LOWER,
    " higher": HIGHER,
    "no clear difference": SIMILAR,
    "not tested": NOT_TESTED,
}


@pytest.mark.parametrize("asked", [[], ["kent"]])
def test_unusual_forces_are_those_of_the_rows(asked: list[str]) -> None:
    """The answer names the forces that are unusual, and says how many would be by chance."""
    unusual = {"kent": HIGH, "essex": LOW}
    rows = [
        comparison(
            force=force,
            force_value=9.0 - at,
            benchmark_value=5.0,
            difference=4.0 - at,
            percent_difference=20.0 * (4 - at),
            force_decimals=13,
            benchmark_decimals=13,
            tested=Verdict(verdict=HIGHER if at < 4 else LOWER),
            among=Among(
                forces_rank=at + 1,
                forces_ranked=6,
                among_forces=unusual.get(force, "not unusual"),
            ),
        )
        for at, force in enumerate(["kent", "surrey", "durham", "gwent", "sussex", "essex"])
    ]
    first, second = among_all(DATA, rows, asked, NATIONAL, Scale.of(rows))
    by_chance = "Chance alone would flag about 0.3 of 6."
    assert second == f"Unusually high: Kent; unusually low: Essex. {by_chance}"
    if asked:
        assert first == "Kent is highest: 9.00, 80.0% above England and Wales (5.00)."
    else:
        assert first == "Highest in Kent (9.00), lowest in Essex (4.00); England and Wales 5.00."


def test_who_is_asked_for_and_not_there_is_said() -> None:
    """A force without the figure, and the benchmark, are named where they were asked for."""
    rows = [
        comparison(force=force, force_value=5.0, benchmark_value=5.0, force_decimals=13)
        for force in ("kent", "essex")
    ]
    said = among_all(DATA, rows, ["durham", "england-and-wales"], NATIONAL, Scale.of(rows))
    assert said == ("England and Wales is the benchmark.", "There is no figure for Durham.")
    [alike] = among_all(DATA, rows, [], NATIONAL, Scale.of(rows))
    assert alike == "All 2 forces have the same figure: 5.00."


@pytest.mark.parametrize(
    ("value", "words"),
    [(12.5, "rose 12.5% in"), (-3.0, "fell 3.0% in"), (0.0, "did not change in")],
)
def test_a_change_on_the_year_before_is_a_rise_or_a_fall(value: float, words: str) -> None:
    """A change over a year is told by its direction, without a sign, beside the benchmark's."""
    row = change(value, date(2013, 6, 30))
    [said] = changed(DATA, [row], NATIONAL)
    assert said == f"Crime in Durham {words} the year to June 2014 (England and Wales: -0.5%)."


def change(value: float, since: date) -> Comparison:
    """Return a change of Durham's crime beside one of -0.5%."""
    return comparison(
        kind="change", unit="%", base_period_end=since, force_value=value, benchmark_value=-0.5,
        difference=value + 0.5, force_decimals=13, benchmark_decimals=13,
    )  # fmt: skip


@pytest.mark.parametrize(("value", "words"), [(4.0, "4.0% above"), (-4.0, "4.0% below")])
def test_a_change_over_years_is_above_or_below(value: float, words: str) -> None:
    """A change over several years is told as a level against the earlier year."""
    rows = [change(value, date(2010, 6, 30)), change(1.0, date(2013, 6, 30))]
    year, years = changed(DATA, rows, NATIONAL)
    assert year.startswith("Crime in Durham rose 1.0% in the year to June 2014")
    assert years == f"The number is {words} the year to June 2010 (England and Wales: -0.5%)."


@given(
    st.lists(st.sampled_from(METRICS), min_size=2, max_size=6, unique=True).flatmap(
        lambda metrics: st.tuples(*(row_of(metric) for metric in metrics))
    )
)
def test_a_title_of_one_force_says_what_the_answer_says(rows: tuple[Comparison, ...]) -> None:
    """It has the same verdicts on the same measures, the commonest first."""
    title = standing_title(DATA, rows, NATIONAL)
    answer, *_ = standing(DATA, rows, NATIONAL)
    said = re.sub(
        "^Durham is (lower|higher|not clearly different|not tested|without a figure) "
        f"(than|from|against|to compare with) {NATIONAL} on",
        r"\1 on",
        title,
    )
    words = {
        "no clear difference on": "not clearly different on",
        "no figure to compare on": "without a figure on",
    }
    expected = answer[0].lower() + answer[1:].rstrip(".")
    for one, other in words.items():
        expected = expected.replace(one, other)
    assert said == expected


def test_a_title_of_one_measure_names_it() -> None:
    """There is nothing to count."""
    row = comparison(
        metric=METRICS[0],
        label=DATA.metrics[METRICS[0]].label,
        difference=-1.0,
        tested=Verdict(verdict=LOWER),
    )
    name = LABELS[METRICS[0]]
    assert standing_title(DATA, [row], NATIONAL) == (
        f"Durham is lower than {NATIONAL} on {name[0].lower()}{name[1:]}"
    )


def test_a_title_of_several_forces_counts_for_each() -> None:
    """Each force has all its verdicts; how many measures there are is said once."""
    verdicts = {"durham": [LOWER, LOWER, HIGHER], "kent": [HIGHER, SIMILAR, SIMILAR]}
    rows = [
        comparison(metric=metric, force=force, difference=0.0, tested=Verdict(verdict=verdict))
        for force, found in verdicts.items()
        for metric, verdict in zip(METRICS, found, strict=False)
    ]
    assert standing_title(DATA, rows, NATIONAL) == (
        f"Compared with {NATIONAL}, Durham is lower on 2 of 3 measures and higher on 1; "
        "Kent is not clearly different on 2 and higher on 1"
    )
