"""The categories of data.police.uk, and the metric that each is counted as.

The publisher has had three lists, by the month of the crimes. A name that is on no list is a fault.
A name of a list that a month's file does not have was not recorded in it: its count is zero.
"""

from __future__ import annotations

from typing import NamedTuple

INCIDENTS = "anti-social-behaviour"
"""The metric that the official statistics of incidents have too, up to March 2018."""

INCIDENTS_NOTE = (
    "Incidents as the force sent them to data.police.uk, month by month. The official series, to "
    "March 2018, was collected and checked by the Home Office: levels may differ from it, and "
    "between forces that record incidents in different ways."
)


class Category(NamedTuple):
    """One category.

    Parameters
    ----------
    name
        What the publisher calls it, exactly.
    metric
        The id of the metric that it is counted as.
    first, last
        The first and the last month, as YYYY-MM, of the lists that it is on; empty for no limit.
    """

    name: str
    metric: str
    first: str = ""
    last: str = ""


_SECOND_LIST, _THIRD_LIST = "2011-09", "2013-05"
_END_OF_SECOND = "2013-04"

CATEGORIES = (
    Category("Anti-social behaviour", INCIDENTS),
    Category("Bicycle theft", "street-bicycle-theft", _THIRD_LIST),
    Category("Burglary", "street-burglary"),
    Category("Criminal damage and arson", "street-criminal-damage-and-arson", _SECOND_LIST),
    Category("Drugs", "street-drugs", _SECOND_LIST),
    Category("Other crime", "street-other-crime"),
    Category("Other theft", "street-other-theft", _SECOND_LIST),
    Category("Possession of weapons", "street-possession-of-weapons", _THIRD_LIST),
    Category("Public order", "street-public-order", _THIRD_LIST),
    Category("Robbery", "street-robbery"),
    Category("Shoplifting", "street-shoplifting", _SECOND_LIST),
    Category("Theft from the person", "street-theft-from-the-person", _THIRD_LIST),
    Category("Vehicle crime", "street-vehicle-crime"),
    Category(
        "Violence and sexual offences", "street-violence-and-sexual-offences", _THIRD_LIST
    ),
    Category("Violent crime", "street-violence-and-sexual-offences", "", _END_OF_SECOND),
    Category(
        "Public disorder and weapons",
        "street-public-disorder-and-weapons",
        _SECOND_LIST,
        _END_OF_SECOND,
    ),
)  # fmt: skip
"""All of them: the list since May 2013, then the names that only older lists have."""

NAMES = frozenset(category.name for category in CATEGORIES)


def listed(month: str) -> list[Category]:
    """Return the categories of the publisher's list for a month."""
    return [
        category
        for category in CATEGORIES
        if category.first <= month and (not category.last or month <= category.last)
    ]
