"""The licence that the publishers' figures are under."""

from __future__ import annotations

from typing import NamedTuple


class Licence(NamedTuple):
    """A licence, as the Data Package standard describes one.

    Parameters
    ----------
    name
        Its identifier for machines.
    title
        Its name for people, as `sources.csv` gives it.
    path
        The address of its text.
    """

    name: str
    title: str
    path: str


OGL = Licence(
    "OGL-UK-3.0",
    "Open Government Licence v3.0",
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
)
"""The licence of every bundled figure, and of every file that crimecmp imports."""
