"""A named baseline is two months, and holds the periods that are wholly within them."""

from __future__ import annotations

from datetime import date

import pytest

from crimecmp.comparison.baseline import baseline_of
from crimecmp.errors import RequestError


@pytest.mark.parametrize(
    ("end", "months", "inside"),
    [
        (date(2022, 6, 30), 3, True),  # April to June: begins with the first month
        (date(2022, 5, 31), 3, False),
        (date(2025, 3, 31), 3, True),
        (date(2025, 4, 30), 3, False),
        (date(2023, 3, 31), 12, True),
        (date(2023, 2, 28), 12, False),
    ],
)
def test_both_months_are_included(end: date, months: int, *, inside: bool) -> None:
    """A period is inside from its first month to its last."""
    assert baseline_of("2022-04:2025-03").holds(end, months) is inside


@pytest.mark.parametrize(
    "text",
    ["", "2022-04", "2022-04:2022-03", "2022-13:2023-01", "2022-04-01:2023-03-31", "2022-4:2023-3"],
)
def test_what_is_no_baseline_is_refused(text: str) -> None:
    """Two months, the earlier first; the error shows how to write them."""
    with pytest.raises(RequestError, match="takes a first and a last month") as raised:
        baseline_of(text)
    assert "2022-04:2025-03" in raised.value.hint
