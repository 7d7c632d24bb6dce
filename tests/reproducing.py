"""What tests of reproductions share: the printed figures and what published counts give."""

from __future__ import annotations

from typing import NamedTuple

from bundled import BEHAVIOUR, BURGLARY, METRICS, NATIONAL

CRIME, VICTIMS, SEXUAL, VIOLENCE = METRICS[:4]
FIRST, BEFORE = "2010-06-30", "2013-06-30"


class Shown(NamedTuple):
    """A figure as the README of the published files shows it."""

    metric: str
    force: str
    since: str
    printed: str
    worked_out: str
    events: int | None = None


README = (
    Shown(CRIME, "durham", "", "54.0", "54.006", 33570),
    Shown(CRIME, NATIONAL, "", "60.7", "60.772"),
    Shown(VICTIMS, "durham", "", "48.5", "48.460", 30123),
    Shown(VICTIMS, NATIONAL, "", "53.9", "53.959"),
    Shown(SEXUAL, "durham", "", "1.6", "1.649", 1025),
    Shown(SEXUAL, NATIONAL, "", "1.2", "1.177"),
    Shown(VIOLENCE, "durham", "", "5.2", "5.162", 3209),
    Shown(VIOLENCE, NATIONAL, "", "5.9", "5.854"),
    Shown(BURGLARY, "durham", "", "5.0", "4.985", 1358),
    Shown(BURGLARY, NATIONAL, "", "8.9", "8.729"),
    Shown(BEHAVIOUR, "durham", "", "47.4", "47.36", 29439),
    Shown(BEHAVIOUR, NATIONAL, "", "36.8", "36.77"),
    Shown(CRIME, "durham", FIRST, "-11", "-11.46"),
    Shown(CRIME, NATIONAL, FIRST, "-16", "-16.33"),
    Shown(VICTIMS, "durham", FIRST, "-11", "-11.48"),
    Shown(VICTIMS, NATIONAL, FIRST, "-16", "-15.84"),
    Shown(CRIME, "durham", BEFORE, "13", "12.55"),
    Shown(CRIME, NATIONAL, BEFORE, "-1", "-0.48"),
    Shown(BEHAVIOUR, "durham", "2013-03-31", "-4", "-3.53"),
)
"""What the README of the published files says they reproduce, as it is written there."""

OFF = {
    (CRIME, NATIONAL, ""): 0.1,
    (VICTIMS, NATIONAL, ""): 0.1,
    (BURGLARY, NATIONAL, ""): -0.2,
    (CRIME, NATIONAL, BEFORE): 1.0,
}
"""The figures that do not match, and by how much those worked out are off."""
