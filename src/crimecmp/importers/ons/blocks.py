"""Match rows to areas in a table without area codes: by name, within the block of a region.

A region's row comes above the rows of its forces. If a region and a force share a name, the first
row with that name is the region, and the row below it is the force.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from crimecmp.importers.imported import Known
from crimecmp.importers.ons.lines import (
    BOTH,
    NOT_A_FORCE,
    NOTES,
    UNKNOWN_NAME,
    Line,
    Whose,
    transport_police,
)
from crimecmp.text import quoted

_COUNTRIES = frozenset({"england", "wales"})
_REGION = " region"


def is_area(line: Line, known: Known) -> bool:
    """Return whether a row is for an area, known or not."""
    return _only_region(line, known) or known.areas.exact(line.plain) is not None


def whose(lines: Sequence[Line], known: Known) -> Iterator[Whose]:
    """Yield the area of each row, or the reason why it is left out."""
    times = Counter(line.plain for line in lines)
    others = (line for line in lines if line.plain not in _COUNTRIES)
    has_regions = any(_only_region(line, known) for line in others)
    blocks = [""]
    for line in lines:
        if _only_region(line, known):
            blocks.append(line.plain.removesuffix(_REGION))
            yield Whose(reason=NOT_A_FORCE)
        elif has_regions and line.region:
            yield _region_or_force(line, blocks, times, known)
        else:
            yield _force(line, known)


def _only_region(line: Line, known: Known) -> bool:
    """Return whether a name is that of a region or country, but not of a force."""
    if line.plain.endswith(_REGION):
        return True
    area = line.region or line.plain in _COUNTRIES
    return area and known.areas.exact(line.plain) is None


def _region_or_force(line: Line, blocks: list[str], times: Counter[str], known: Known) -> Whose:
    name = line.plain
    if blocks[-1] == name:
        return _force(line, known)
    if times[name] > 1 and name not in blocks:
        blocks.append(name)
        return Whose(reason=NOT_A_FORCE)
    strange = (
        f"{quoted(line.name)} is the name of a region and of a force, and nothing tells which it"
        " is; the row was left out."
    )
    return Whose(reason=BOTH, remarks=(strange,))


def _force(line: Line, known: Known) -> Whose:
    area = known.areas.exact(line.plain)
    if area:
        return Whose(area)
    transport = transport_police(line, known)
    if transport or not line.figures:
        return transport or Whose(reason=NOTES)
    return Whose(reason=UNKNOWN_NAME, remarks=(f"{line.shown} is no known name and was left out.",))
