"""Days of publication: the publishers tell moments, and people in London read days."""

from __future__ import annotations

from datetime import UTC, date, datetime


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
