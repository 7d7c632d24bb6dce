"""The legend of a table: what the sheet itself says that its marks in brackets mean."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crimecmp.importers.ons.marks import bracketed, one_line

_EXPLAINED = re.compile(
    r"(?P<mark>\[[^\[\]]{1,12}\])\s*(?:indicates|denotes|means|shows|is)\s+(?:that\s+)?"
    r"(?P<meaning>[^\[]*[^\[\s.;,])"
)


def legend(texts: Iterable[str]) -> dict[str, str]:
    """Return the meaning of each mark that the texts explain, in the publisher's words.

    >>> legend(["Some shorthand is used, [x] indicates that a number is unavailable."])
    {'[x]': 'a number is unavailable'}
    """
    return {
        bracketed(match["mark"]): match["meaning"]
        for text in texts
        for match in _EXPLAINED.finditer(one_line(text))
    }
