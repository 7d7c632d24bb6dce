"""Rates for people: over a base at which they are not all zeros."""

from __future__ import annotations

import pytest
from rows import comparison

from crimecmp.comparison.row import Comparison
from crimecmp.wording.units import Scale


def rate(value: float, decimals: int = 13) -> Comparison:
    """Return a rate per 1,000 population."""
    return comparison(force_value=value, force_decimals=decimals)


@pytest.mark.parametrize(
    ("values", "unit", "shown"),
    [
        ([54.0], "per 1,000 people", "54.00"),
        ([0.1], "per 1,000 people", "0.10"),
        ([0.0096], "per 100,000 people", "0.96"),
        ([0.0096, 0.2], "per 1,000 people", "0.0096"),
        ([0.00002], "per million people", "0.020"),
        ([0.0], "per million people", "0.00"),
    ],
)
def test_the_base_is_one_at_which_a_rate_can_be_read(
    values: list[float], unit: str, shown: str
) -> None:
    """Calculated rates all below 0.1 are shown per 100,000 or per million."""
    rows = [rate(value) for value in values]
    scale = Scale.of(rows)
    if values != [0.0]:
        assert (scale.unit, scale.figure(rows[0], rows[0].own)) == (unit, shown)
    assert round(scale.factor * 1000) in (1_000, 100_000, 1_000_000)


def test_a_printed_rate_keeps_its_base_and_its_decimals() -> None:
    """A rate as printed is shown as printed, however small."""
    row = rate(0.03, decimals=2)
    scale = Scale.of([row])
    assert (scale.factor, scale.figure(row, row.own)) == (1, "0.03")


def test_percentages_have_their_sign_and_changes_their_direction() -> None:
    """A percentage in a sentence ends with %, and a change has a sign and one decimal at most."""
    share = comparison(kind="outcome", unit="%", force_value=36.0, force_decimals=0)
    moved = comparison(kind="change", unit="%", force_value=12.547, force_decimals=13)
    assert Scale.of([share]).figure(share, share.own) == "36%"
    assert Scale.of([moved]).figure(moved, moved.own) == "+12.5%"
