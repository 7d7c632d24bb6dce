"""Whether a force is usual for its group: its rate beside those of the group's other forces."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from asking import PEOPLE, calculated, printed
from bundled import BURGLARY, CITY, COUNTS, METRICS, counted, table
from calculating import CLOSED, closely
from rows import compared
from scipy.stats import t

import crimecmp
from crimecmp.comparison.in_group import in_group
from crimecmp.comparison.pairing import comparisons
from crimecmp.comparison.question import Estimate, Question
from crimecmp.comparison.request import LEVELS, requested
from crimecmp.comparison.row import InGroup

Load = Callable[..., crimecmp.Dataset]

OTHERS = (8.1, 4.5, 6.2, 7.4, 5.8, 6.9, 7.7)
"""The rates of the other forces of the group that methods.md made up."""

BASE = 1_000_000.0


def counts_of(rates: Sequence[float], scale: int = 1000) -> tuple[tuple[int, float], ...]:
    """Return counts over equal bases that give some rates."""
    return tuple((round(rate * BASE / scale), BASE) for rate in rates)


def asked(own: float, others: Sequence[float] = OTHERS, level: float = 0.95) -> InGroup:
    """Return whether a rate is usual for a group of others, each with its count and base."""
    [(count, base)] = counts_of([own])
    question = Question("rate", PEOPLE, calculated(count, base), printed("6.5"), mean=True)
    return in_group(question._replace(others=counts_of(others), level=level))


def predicted(own: float, others: Sequence[float], level: float) -> tuple[str, float, float, float]:
    """Return the word, the range and p of a normal prediction of logarithms, by NumPy and SciPy."""
    logs = np.log(others)
    error = float(logs.std(ddof=1)) * np.sqrt(1 + 1 / len(logs))
    found = t(len(logs) - 1, loc=logs.mean(), scale=error)
    low, high = np.exp(found.interval(level))
    word = "above" if own > high else "below" if own < low else "within"
    tail = min(found.cdf(np.log(own)), found.sf(np.log(own)))
    return word, float(low), float(high), 2 * float(tail)


# --- The test


@pytest.mark.parametrize(
    ("own", "word", "p"),
    [
        (5.0, "within", 0.260926228132805),
        (3.1, "below", 0.01376296466214506),
        (12.0, "above", None),
    ],
)
def test_worked_group(own: float, word: str, p: float | None) -> None:
    """Seven others allow 3.848 to 11.138: 5.0 is within, 3.1 below, and 12 above (group)."""
    found = asked(own)
    assert found.among_group == word
    assert (found.group_low, found.group_high) == closely(
        (3.8480046264012726, 11.137552699996412), CLOSED
    )
    assert p is None or found.group_p == closely(p, CLOSED)
    assert found.group_reason == "Compared with the rates of the 7 other forces."


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("own", [1.0, 3.1, 5.0, 20.0])
def test_a_range_is_at_the_level_asked_for(own: float, level: float) -> None:
    """At 99.8 % it is wider, and what is outside it then is so at 95 % as well."""
    found = asked(own, level=level)
    word, *numbers = predicted(own, OTHERS, level)
    assert found.among_group == word
    assert (found.group_low, found.group_high, found.group_p) == closely(tuple(numbers), 1e-8)


def test_the_range_is_in_the_unit_of_the_rates() -> None:
    """Per 100,000 the range is a hundred times that per 1,000, and p is the same."""
    [own] = counts_of([500], 100_000)
    question = Question("rate", "per 100,000 population", calculated(*own, 100_000), printed("650"))
    others = tuple((count * 100, base * 100) for count, base in counts_of(OTHERS))
    found = in_group(question._replace(mean=True, others=others))
    assert (found.group_low, found.group_high) == closely(
        (384.80046264012726, 1113.7552699996412), CLOSED
    )
    assert found.group_p == closely(0.260926228132805, CLOSED)


# --- What is not tested


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_fewer_than_four_others_do_not_show_what_is_usual(number: int) -> None:
    """With three others the range would be of no use: nothing is tested, and the number is said."""
    found = asked(9.0, OTHERS[:number])
    if number == 4:
        assert (found.among_group, *found[1:4]) == closely_said(9.0, OTHERS[:4])
    else:
        assert found == InGroup("not tested", group_reason=found.group_reason)
        assert f"has {number} other force" in str(found.group_reason)
        assert "needed to say what is usual" in str(found.group_reason)


def closely_said(own: float, others: Sequence[float]) -> tuple[object, ...]:
    """Return what is said of a rate at 95 %, its numbers to be compared closely."""
    word, *numbers = predicted(own, others, 0.95)
    return (word, *(closely(number, 1e-8) for number in numbers))


@pytest.mark.parametrize(
    ("own", "small", "tested"), [(10, 10, True), (9, 10, False), (10, 9, False), (0, 10, False)]
)
def test_a_count_below_10_is_not_tested(own: int, small: int, tested: bool) -> None:
    """Neither a force's own count nor that of any other may be below ten."""
    others = ((20, 1000.0), (30, 1000.0), (25, 1000.0), (small, 1000.0))
    question = Question("rate", PEOPLE, calculated(own, 1000), printed("20"), mean=True)
    found = in_group(question._replace(others=others))
    assert (found.among_group != "not tested") == tested
    assert ("below 10" in str(found.group_reason)) == (not tested)


OWN = calculated(5000, 1_000_000)
KNOWN = counts_of(OTHERS)


@pytest.mark.parametrize(
    "question",
    [
        Question("rate", PEOPLE, None, printed("6.5"), others=KNOWN),
        Question("rate", PEOPLE, OWN, printed("6.5"), others=None),
        Question("rate", PEOPLE, OWN._replace(events=None), printed("6.5"), others=KNOWN),
        Question("rate", PEOPLE, OWN._replace(base=None), printed("6.5"), others=KNOWN),
        Question("rate", "per head", OWN, printed("6.5"), others=KNOWN),
    ],
)
def test_without_all_counts_and_bases_nothing_is_tested(question: Question) -> None:
    """The force's and every other's are needed, and the reason says so."""
    found = in_group(question)
    assert found == InGroup("not tested", group_reason=found.group_reason)
    assert "Not every force has a count and a base" in str(found.group_reason)


@pytest.mark.parametrize("kind", ["change", "outcome", "satisfaction"])
def test_what_is_no_rate_is_not_tested(kind: str) -> None:
    """Of changes and percentages the range of a group is not known, and that is the reason."""
    figure = Estimate(36.0, 0, 360, 1000.0)
    found = in_group(Question(kind, "%", figure, figure, others=KNOWN))
    reason = "Only rates are compared with the range of a group."
    assert found == InGroup("not tested", group_reason=reason)


def test_others_that_are_all_alike_show_no_range() -> None:
    """Equal rates have no spread to test by: that is no error, and a reason is given."""
    found = asked(5.0, [6.0] * 5)
    assert found == InGroup("not tested", group_reason=found.group_reason)
    assert found.group_reason


# --- The rows


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("level", LEVELS)
def test_rows_are_held_against_the_group_without_the_force(
    bundled: crimecmp.Dataset, level: float, weighted: bool
) -> None:
    """Forces of the South West, and one from outside, beside the others, whatever is shown."""
    [group] = [row["forces"].split(";") for row in table("groups") if row["group"] == "south-west"]
    forces = [*group, "kent"]
    request = requested(
        bundled, forces, source=COUNTS, group="south-west", weighted=weighted, level=level
    )
    rows = comparisons(bundled, "rates", request)
    assert len(rows) == len(forces) * len(METRICS)
    for row in rows:
        figures = counted(row.metric, row.period_end.isoformat())
        others = [figures[name].rate for name in group if name != row.force]
        word, *numbers = predicted(figures[row.force].rate, others, level)
        assert row.in_group.among_group == word
        assert row.in_group[1:4] == closely(tuple(numbers), 1e-8)
        assert f"the {len(others)} other forces" in str(row.in_group.group_reason)


def test_city_of_london_is_none_of_the_others(load: Load) -> None:
    """It is left out of the range of a group too, unless it is asked for."""
    names = ["durham", "kent", "essex", "surrey", "sussex"]
    data = load(groups=[f"mine,Mine,{';'.join([*names, CITY])}"])
    figures = counted(BURGLARY)
    for choice, others in ((False, names[1:]), (True, [*names[1:], CITY])):
        [row] = compared(data, "rates", metric=BURGLARY, group="mine", with_city_of_london=choice)
        _, low, high, _ = predicted(
            figures["durham"].rate, [figures[name].rate for name in others], 0.95
        )
        assert (row.in_group.group_low, row.in_group.group_high) == closely((low, high), 1e-8)


@pytest.mark.parametrize("kind", ["rates", "changes", "satisfaction", "outcomes"])
def test_without_a_group_the_columns_are_empty(bundled: crimecmp.Dataset, kind: str) -> None:
    """Against England and Wales or a force there is no group to be usual for."""
    for benchmark in ("england-and-wales", "kent"):
        for row in compared(bundled, kind, benchmark=benchmark):
            assert row.in_group == InGroup()


def test_a_force_where_hardly_anyone_lives_is_not_held_against_a_group(
    bundled: crimecmp.Dataset,
) -> None:
    """City of London is left out of the group, and of what is said of its forces."""
    request = requested(bundled, [CITY], metric=BURGLARY, source=COUNTS, group="south-east")
    [row] = comparisons(bundled, "rates", request)
    assert row.in_group.among_group == "not tested"
    assert row.in_group.group_low is None
    assert "Hardly anyone lives there" in str(row.in_group.group_reason)
