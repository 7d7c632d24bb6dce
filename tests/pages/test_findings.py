"""Findings, table by table: every verdict in a sentence, with its figures, and nothing twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest
from bundled import BEHAVIOUR, COUNTS, LABELS, LAST, METRICS, NATIONAL, REPORT, counted, table
from picturing import (
    DATA,
    SPREAD,
    expected,
    month,
    ordinals,
    places,
    printed,
    request_of,
)
from scipy.stats import rankdata

from crimecmp.comparison.kinds import KINDS
from crimecmp.comparison.pairing import comparisons
from crimecmp.comparison.row import Comparison
from crimecmp.document.report import Item, Report
from crimecmp.pages.handout import handout
from crimecmp.text import in_words, ordinal

pytestmark = pytest.mark.usefixtures("whole_pages")

MEASURES = {row["metric"]: row["label"] for row in table("metrics")}
COUNTED_RATES, COUNTED_CHANGES = "rates-counted", "changes-counted"


@pytest.fixture(scope="module")
def cleveland() -> Report:
    """Return the page of Cleveland."""
    return handout(DATA, request_of("cleveland"), "html")


@pytest.fixture(scope="module")
def both() -> Report:
    """Return the page of Cleveland and Durham."""
    return handout(DATA, request_of("cleveland", "durham"), "html")


def items(page: Report, about: str | None = None, force: int = 0) -> list[Item]:
    """Return what a page finds of a force, of one section or of all."""
    return [item for item in page.opening[force].items if about in (None, item.about)]


def lower(label: str) -> str:
    """Return a label within a sentence."""
    return label[0].lower() + label[1:]


def one_with(found: Sequence[Item], words: str) -> str:
    """Return the text of the one item that has some words."""
    [text] = [item.text for item in found if words in item.text]
    return text


def as_printed(table_name: str, column: str, force: str, metric: str, since: str = "") -> str:
    """Return a figure of the report as it is in the bundled table."""
    [value] = [
        row[column]
        for row in table(table_name)
        if (row["force"], row["metric"], row["source"]) == (force, metric, REPORT)
        and row.get("base_period_end", "") == since
        and not (table_name == "satisfaction" and row["period_end"] != "2014-06-30")
    ]
    return value


@pytest.mark.parametrize("metric", METRICS)
def test_rates_are_told_as_the_report_prints_them(durham: Report, metric: str) -> None:
    """Each with both figures, its unit's base, its period, and which way whatever the rounding."""
    force, national = (as_printed("rates", "value", area, metric) for area in ("durham", NATIONAL))
    said = f"{lower(MEASURES[metric])}, {force} against {national}"
    text = one_with(items(durham, "rates"), said)
    verdict = "higher" if float(force) > float(national) else "lower"
    lead = f"Durham's rate is {verdict} than that of England and Wales, whatever the rounding: "
    assert text.startswith(lead)
    assert text.endswith(f"(year to {month(LAST[metric])}).")


def test_a_unit_is_said_where_it_is_another(durham: Report) -> None:
    """Households follow the burglaries, population the first measure, and neither is mixed up."""
    text = one_with(items(durham, "rates"), "burglary in a dwelling")
    assert "54.0 against 60.7 per 1,000 population; " in text
    assert "burglary in a dwelling, 5.0 against 8.9 per 1,000 households" in text
    assert text.count("per 1,000 population") == 1


def test_two_periods_are_two_findings(durham: Report) -> None:
    """What ends in March is not told in a sentence with what ends in June."""
    for item in items(durham):
        if item.about != "judgments" and not item.text.startswith("Among"):
            assert len(re.findall(r"\(year to [A-Z][a-z]+ \d{4}\)\.$", item.text)) == 1
    incidents = one_with(items(durham, "rates"), lower(MEASURES[BEHAVIOUR]))
    assert incidents.count(" against ") == 1


def test_changes_that_cannot_be_tested_are_told_as_that(durham: Report) -> None:
    """The report's changes have their figures and since when, and no verdict."""
    [item] = items(durham, "changes")
    assert item.text.startswith("The changes in Durham and England and Wales are not tested: ")
    for metric, since in (
        ("crime-excluding-fraud", "2010-06-30"),
        ("crime-excluding-fraud", "2013-06-30"),
        ("victim-based-crime", "2010-06-30"),
    ):
        figures = [
            f"{float(as_printed('changes', 'percent', area, metric, since)):+.0f}"
            for area in ("durham", NATIONAL)
        ]
        said = (
            f"{lower(MEASURES[metric])} since {month(since)}, {figures[0]}% against {figures[1]}%"
        )
        assert said in item.text


def test_outcomes_and_surveys_are_told(durham: Report) -> None:
    """Detection and satisfaction with their readings, satisfaction with its margins."""
    detection = [
        as_printed("outcomes", "percent", area, "detection-rate") for area in ("durham", NATIONAL)
    ]
    [item] = items(durham, "outcomes")
    start = "Durham is higher (better) than England and Wales, "
    assert item.text.startswith(f"{start}whatever the rounding: ")
    assert f"{detection[0]}% against {detection[1]}% (year to March 2014)." in item.text
    survey = [
        " ± ".join(
            as_printed("satisfaction", column, area, "victim-satisfaction")
            for column in ("percent", "margin")
        )
        for area in ("durham", NATIONAL)
    ]
    against, before = items(durham, "satisfaction")
    sampled = f"{start}by more than sampling error would explain (95%): "
    assert against.text.startswith(sampled)
    assert f"{survey[0]}% against {survey[1]}% (year to June 2014)." in against.text
    assert before.text.startswith("No clear change in Durham on the year before at 95%: ")
    assert f"{survey[0]}% against 89.6 ± 1.5%" in before.text


def test_judgments_come_first(durham: Report) -> None:
    """The inspectors' judgments, the best first, each with its questions."""
    labels = {row["question"]: row["label"] for row in table("questions")}
    ranks = {row["judgment"]: int(row["rank"]) for row in table("scale")}
    of: dict[str, list[str]] = {}
    for row in table("judgments"):
        if row["force"] == "durham":
            of.setdefault(row["judgment"], []).append(lower(labels[row["question"]]))
    said = ", and ".join(
        f"{judgment} on {in_words(of[judgment])}" for judgment in sorted(of, key=ranks.__getitem__)
    )
    first = items(durham)[0]
    assert first == Item(f"Inspectors judged Durham {said}.", about="judgments")


@pytest.mark.parametrize("level", [0.95, 0.998])
def test_where_a_force_stands_among_forces_is_told(level: float) -> None:
    """Its ranks with the places they could be, and what is unusual, calculated anew.

    A rank never stands alone, and a flag that the number of forces explains is weak evidence.
    """
    page = handout(DATA, request_of("durham", level=level), "html")
    text = one_with(items(page, COUNTED_RATES), "Among 42 forces")
    lead = f"Among 42 forces (1st is the highest rate), Durham is at {100 * level:g}% "
    assert text.startswith(lead)
    parts = re.split(r"; (?=not unusual in )", text.removeprefix(lead))
    groups = {part.partition(" in ")[0]: part for part in parts}
    for metric in METRICS:
        figures = counted(metric, LAST[metric])
        order = rankdata([-figures[force].rate for force in SPREAD], method="min")
        place = ordinal(int(order[SPREAD.index("durham")]))
        could_be = ordinals(places(figures, level)["durham"])
        verdicts = expected(figures, level)
        its = verdicts["durham"]
        said = f"{lower(MEASURES[metric])} ({place}; random variation alone allows {could_be}"
        if its.unusual != "not unusual":
            assert its.q >= 1 - level
            flags = sum(other.unusual != "not unusual" for other in verdicts.values())
            said += (
                f"; about 2 of 42 forces would be flagged by chance; {flags} were, so this alone "
                "is weak evidence"
            )
        assert [group for group, part in groups.items() if f"{said})" in part] == [its.unusual]


@pytest.mark.parametrize("metric", METRICS)
def test_changes_from_counts_are_told_over_the_last_year_alone(durham: Report, metric: str) -> None:
    """Of each measure one change from counts, since a year before, with both figures."""
    end = LAST[metric]
    before = f"{int(end[:4]) - 1}{end[4:]}"
    changes = []
    for area in ("durham", NATIONAL):
        now, then = (counted(metric, when)[area].events for when in (end, before))
        changes.append(f"{100 * (now / then - 1):+.2f}")
    found = items(durham, COUNTED_CHANGES)
    said = f"{lower(MEASURES[metric])} since {month(before)}, {changes[0]}% against {changes[1]}%"
    text = one_with(found, said)
    own, other = (float(change) for change in changes)
    if text.startswith("No clear difference"):
        assert text.startswith("No clear difference between the changes in Durham and England and ")
    elif own * other < 0:
        verbs = ("Rose", "fell") if own > 0 else ("Fell", "rose")
        assert text.startswith(f"{verbs[0]} in Durham and {verbs[1]} in England and Wales, ")
    else:
        more = "more" if abs(own) > abs(other) else "less"
        verb = "Fell" if own < 0 else "Rose"
        assert text.startswith(f"{verb} by {more} in Durham than in England and Wales, ")
    assert re.match(r"[^:]*(at 95%|\(95%\)): ", text)
    older = f"{lower(MEASURES[metric])} since {month('2010-06-30')}"
    assert not any(older in item.text for item in found)


def test_a_second_source_does_not_say_the_same_again(durham: Report) -> None:
    """The report's verdict on each rate is told, and that of the counts is in its table alone."""
    [counted_rates] = items(durham, COUNTED_RATES)
    assert counted_rates.text.startswith("Among 42 forces")
    assert not any("54.01" in item.text for item in items(durham))
    counted_twice = comparisons(DATA, "rates", request_of("durham", source=COUNTS))
    assert {row.tested.verdict for row in counted_twice} == {"higher", "lower"}


def test_what_one_source_cannot_test_another_may(durham: Report) -> None:
    """The change since June 2013 is untested in the report, and told again with its verdict."""
    since = "crime excluding fraud since June 2013"
    texts = [item.text for item in items(durham) if since in item.text]
    assert len(texts) == 2
    assert "are not tested" in texts[0]
    assert "a larger gap than forces' counts usually show (95%)" in texts[1]


def compared(*forces: str, source: str, counted: str = "") -> Iterator[tuple[str, Comparison]]:
    """Yield the comparisons of one source with the keys of their tables."""
    for name in KINDS:
        for row in comparisons(DATA, name, request_of(*forces, source=source)):
            yield f"{name}{counted}", row


def on_page(*forces: str) -> list[tuple[str, Comparison]]:
    """Return the comparisons on a page: a force's own source's, then those of all forces."""
    if forces != ("durham",):
        return [*compared(*forces, source=COUNTS)]
    own = compared("durham", source=REPORT)
    return [*own, *compared("durham", source=COUNTS, counted="-counted")]


def measure_of(row: Comparison) -> str:
    """Return what a finding calls a comparison: of a change, since when as well."""
    return (
        f"{row.label} since {month(str(row.base_period_end))}"
        if row.kind == "change"
        else row.label
    )


def about(row: Comparison) -> tuple[object, ...]:
    """Return what a comparison is of, by whatever source."""
    return (
        row.force, row.metric, row.kind, row.benchmark, row.period_end, row.base_period_end,
    )  # fmt: skip


def words_of(row: Comparison) -> str:
    """Return how a finding on a comparison begins, as a pattern."""
    verdict, change = row.tested.verdict, row.kind == "change"
    if verdict == "not tested":
        return "The changes in .* are not tested: " if change else ".* is not tested "
    if verdict == "similar":
        return "No clear (change|difference) "
    beyond = {
        "usual variation": "a larger gap than forces' counts usually show "
        if change
        else "by more than forces' rates usually differ from one year to the next ",
        "Poisson variation": "but the gap is no larger than forces' counts usually show "
        if change
        else "but by no more than a force's rate usually moves in a year ",
        "sampling error": "by more than sampling error would explain ",
        "rounding": "whatever the rounding: ",
    }[str(row.beyond.beyond)]
    way = (
        "(Rose|Fell|No clear change) (by (more|less) )?in "
        if change
        else f".* is {verdict} (\\((better|worse)\\) )?than "
    )
    return f"{way}.*, {beyond}"


@pytest.mark.parametrize("forces", [("durham",), ("cleveland",), ("cleveland", "durham")])
def test_every_verdict_is_found_in_a_finding_or_among_what_cannot_be_told(
    request: pytest.FixtureRequest, forces: tuple[str, ...]
) -> None:
    """No verdict of any table is lost, but for a second source's and for older changes."""
    page: Report = request.getfixturevalue("both" if len(forces) > 1 else forces[0])
    told: set[tuple[object, ...]] = set()
    untold = {item.term for item in page.closing[0].items}
    rows = on_page(*forces)
    assert {key for key, _ in rows} <= {section.key for section in page.sections}
    for key, row in rows:
        verdict, since = row.tested.verdict, row.base_period_end
        over_years = since is not None and row.period_end.year - since.year > 1
        if about(row) in told or (row.tested.method == "two-changes" and over_years):
            continue
        measure = measure_of(row)
        if verdict == "not tested":
            assert f"{LABELS[row.force]}, {measure}" in untold
            if row.difference is None:
                continue
        else:
            told.add(about(row))
        found = [
            item.text
            for item in items(page, key, forces.index(row.force))
            if f"{lower(measure)}, " in item.text
            and re.match(words_of(row), item.text)
            and (" the year before" in item.text) == row.against_itself
            and f"year to {month(str(row.period_end))}" in item.text
        ]
        assert len(found) == 1, (key, about(row))


def test_a_page_of_two_forces_has_a_passage_for_each(both: Report) -> None:
    """In the order asked for, each with its own findings and with no word of the other."""
    assert [passage.title for passage in both.opening] == [
        "Findings, table by table: Cleveland",
        "Findings, table by table: Durham",
    ]
    for passage, own, other in zip(
        both.opening, ("Cleveland", "Durham"), ("Durham", "Cleveland"), strict=True
    ):
        assert all(own in item.text for item in passage.items)
        assert not any(other in item.text for item in passage.items)


def test_the_same_is_found_of_a_force_alone_and_beside_another(
    cleveland: Report, both: Report
) -> None:
    """A force's findings from one source do not depend on who is beside it."""
    assert both.opening[0].items == cleveland.opening[0].items
    assert cleveland.opening[0].title == "Findings, table by table"


def test_a_finding_names_a_section_that_is_there(durham: Report, both: Report) -> None:
    """What a finding is about is the key of a table on the page."""
    for page in (durham, both):
        keys = {section.key for section in page.sections}
        assert {item.about for passage in page.opening for item in passage.items} <= keys


def test_rates_from_counts_are_told_with_their_level(cleveland: Report) -> None:
    """Of Cleveland there are counts alone: two decimals, and verdicts at 95%."""
    figures = counted("crime-excluding-fraud")
    said = (
        f"crime excluding fraud, {printed(figures['cleveland'].rate)} against "
        f"{printed(figures[NATIONAL].rate)} per 1,000 population"
    )
    text = one_with(items(cleveland, "rates"), said)
    assert text.startswith(
        "Cleveland's rate is higher than that of England and Wales, by more than forces' rates "
        "usually differ from one year to the next (95%): "
    )


def test_another_benchmark_is_named() -> None:
    """Findings say whom a force was compared with: another force, or the mean of a group."""
    page = handout(DATA, request_of("cleveland", benchmark="kent"), "html")
    assert any("that of Kent" in item.text for item in items(page, "rates"))
    page = handout(DATA, request_of("cleveland", group="north-east"), "html")
    found = [item.text for item in items(page, "rates") if "North East" in item.text]
    lead = r"Cleveland's rate is (higher|lower) than the mean of North East, by more than random "
    assert found
    assert all(re.match(lead, text) for text in found)
