"""The names of the files of data.police.uk: `2014-01-durham-street.csv`."""

from __future__ import annotations

import re
from typing import NamedTuple

STREET = "street"
LEFT_ALONE = {"outcomes": "outcomes", "stop-and-search": "stop and search"}
"""The kinds of files that are not read, and what they are called."""

OTHER_FORCES = {
    "btp": "British Transport Police",
    "northern-ireland": "Police Service of Northern Ireland",
}
"""The forces outside the 43 that the publisher has, and what their files call them."""

_NAME = re.compile(
    r"(?:\A|/)(20[0-9]{2}-(?:0[1-9]|1[0-2]))-([a-z-]+)-(street|outcomes|stop-and-search)\.csv\Z"
)


class FileName(NamedTuple):
    """What a file's name says: the month as YYYY-MM, the force's id, and the kind of file."""

    month: str
    force: str
    kind: str


def file_name(path: str) -> FileName | None:
    """Return what the name of a file says; None if it is not named as the publisher names files.

    Parameters
    ----------
    path
        The path of the file, with `/` between its parts.
    """
    found = _NAME.search(path)
    return FileName(*found.groups()) if found else None
