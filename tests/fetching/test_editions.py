"""Editions are told by names and addresses as publishers write them."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest

from crimecmp.fetching.catalogue import data_set
from crimecmp.fetching.days import day_in_london, next_release
from crimecmp.fetching.editions import edition_of, month_in, published_on

UPDATED = date(2026, 7, 23)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("yearendingmarch2026", "2026-03"),
        ("yearendingdecember2024", "2024-12"),
        ("yearendingsept2025", "2025-09"),
        ("policeforceareatablesyearendingsep18corrected.xlsx", "2018-09"),
        ("prc-outcomes-open-data-mar2025-tables-230426.xlsx", "2025-03"),
        ("Year ending June 2025", "2025-06"),
        ("current", ""),
        ("policeforceareatablesye231.xlsx", ""),
        ("march2026123", ""),
    ],
)
def test_a_month_is_read_wherever_it_stands(text: str, month: str) -> None:
    """A month's name before a year is the edition, in full or short; other digits are not."""
    assert month_in(text) == month


@pytest.mark.parametrize(
    ("name", "edition"),
    [
        ("policeforceareas1991to2024.xlsx", "2024-06"),
        ("policeforceareas.xlsx", ""),
    ],
)
def test_an_estimate_is_of_the_middle_of_its_last_year(name: str, edition: str) -> None:
    """Population is estimated for the middle of a year, and a name without years tells nothing."""
    assert edition_of(data_set("population"), name, None) == edition


def test_without_a_day_anywhere_there_is_no_edition() -> None:
    """Where neither the name nor the page tells a day, none is made up."""
    assert edition_of(data_set("recorded-crime"), "tables.ods", None) == ""
    assert data_set("recorded-crime").in_words("") == ""


@pytest.mark.parametrize(
    ("name", "data", "day"),
    [
        ("a-230726.ods", "recorded-crime", date(2026, 7, 23)),
        ("a-300726.ods", "recorded-crime", date(2026, 7, 30)),
        ("a-310726.ods", "recorded-crime", None),
        ("a-180625.ods", "recorded-crime", date(2025, 6, 18)),
        ("a-170625.ods", "recorded-crime", None),
        ("a-170625.xlsx", "outcomes", date(2025, 6, 17)),
        ("a-1230726.ods", "recorded-crime", None),
        ("a-230726-v2.ods", "recorded-crime", None),
        ("a-320726.ods", "recorded-crime", None),
    ],
)
def test_a_day_is_near_that_of_its_page(name: str, data: str, day: date | None) -> None:
    """A day is at most a week after the page's and, of a file with all years, 400 before it."""
    assert published_on(data_set(data), name, UPDATED) == day


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (datetime(2026, 7, 24, 8, 29, tzinfo=UTC), datetime(2026, 7, 24, 8, 30, tzinfo=UTC)),
        (datetime(2026, 7, 24, 8, 30, tzinfo=UTC), datetime(2026, 7, 25, 8, 30, tzinfo=UTC)),
        (datetime(2026, 1, 20, 9, 29, tzinfo=UTC), datetime(2026, 1, 20, 9, 30, tzinfo=UTC)),
        (datetime(2026, 3, 28, 12, 0, tzinfo=UTC), datetime(2026, 3, 29, 8, 30, tzinfo=UTC)),
    ],
)
def test_the_next_release_is_at_half_past_nine_in_london(now: datetime, then: datetime) -> None:
    """In summer that is an hour earlier elsewhere, also over the night when clocks change."""
    assert next_release(now) == then


def test_a_moment_without_a_zone_is_in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    """The zone of the machine has nothing to do with when a publisher released something."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        assert day_in_london("2026-07-22T22:59:00") == date(2026, 7, 22)
        assert day_in_london("2026-07-22T23:00:00") == date(2026, 7, 23)
    finally:
        monkeypatch.undo()
        time.tzset()
