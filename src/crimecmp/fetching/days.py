"""Days and hours of publication, which are those of London."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

_RELEASED = time(9, 30)
"""When official statistics are released, on the days on which they are."""


def day_in_london(moment: str) -> date | None:
    """Return the day in London of a moment in UTC; None where the text is no moment.

    `2026-07-22T23:00:00.000Z` is 23 July in London.
    """
    from zoneinfo import ZoneInfo

    try:
        when = datetime.fromisoformat(moment)
    except ValueError:
        return None
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return aware.astimezone(ZoneInfo("Europe/London")).date()


def next_release(moment: datetime) -> datetime:
    """Return when statistics can be released next after a moment: at half past nine in London."""
    from zoneinfo import ZoneInfo

    there = moment.astimezone(ZoneInfo("Europe/London"))
    today = there.replace(hour=_RELEASED.hour, minute=_RELEASED.minute, second=0, microsecond=0)
    return today if there < today else today + timedelta(days=1)
