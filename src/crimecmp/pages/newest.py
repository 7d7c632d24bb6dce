"""The offer of the newest figures on pages of others."""

from __future__ import annotations

from datetime import date

from crimecmp.document.brief import Offer
from crimecmp.tables.dataset import Dataset
from crimecmp.tables.editions import newest_period
from crimecmp.text import period_name


def newest(data: Dataset, table: str, metric: str | None = None) -> tuple[Offer, ...]:
    """Return the newest bundled figures of a kind where the default ones are shown; else nothing.

    Parameters
    ----------
    data
        The tables.
    table
        The kind of figures, by their table.
    metric
        The one measure that was asked for; None for several.
    """
    end = newest_period(table, metric)
    if not end or not data.files or data.choice.main:
        return ()
    return (Offer("latest", words=f"year to {period_name(date.fromisoformat(end))}"),)
