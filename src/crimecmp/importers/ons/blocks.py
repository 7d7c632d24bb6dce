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
    AreaMatch,
    Line,
    transport_police,
)
from crimecmp.text import quoted

_COUNTRIES = frozenset({"england", "wales"})
_REGION = " region"


def is_area(line: Line, known: Known) -> bool:
    """Return whether a row is for an area, known or not."""
    return _only_region(line, known) or known.areas.exact(line.normal_name) is not None


def match_areas(lines: Sequence[Line], known: Known) -> Iterator[AreaMatch]:
    """Yield the area of each row, or the reason why it is left out."""
    times = Counter(line.normal_name for line in lines)
    others = (line for line in lines if line.normal_name not in _COUNTRIES)
    has_regions = any(_only_region(line, known) for line in others)
    blocks = [""]
    for line in lines:
        if _only_region(line, known):
            blocks.append(line.normal_name.removesuffix(_REGION))
            yield AreaMatch(reason=NOT_A_FORCE)
        elif has_regions and line.region:
            yield _region_or_force(line, blocks, times, known)
        else:
            yield _force(line, known)


def _only_region(line: Line, known: Known) -> bool:
    """Return whether a name is that of a region or country, but not of a force."""
    if line.normal_name.endswith(_REGION):
        return True
    area = line.region or line.normal_name in _COUNTRIES
    return area and known.areas.exact(line.normal_name) is None


def _region_or_force(line: Line, blocks: list[str], times: Counter[str], known: Known) -> AreaMatch:
    name = line.normal_name
    if blocks[-1] == name:
        return _force(line, known)
    if times[name] > 1 and name not in blocks:
        blocks.append(name)
        return AreaMatch(reason=NOT_A_FORCE)
    remark = (
        f"{quoted(line.name)} is the name of a region and of a force, and nothing shows which "
        "is meant; the row was left out."
    )
    return AreaMatch(reason=BOTH, remarks=(remark,))


def _force(line: Line, known: Known) -> AreaMatch:
    area = known.areas.exact(line.normal_name)
    if area:
        return AreaMatch(area)
    transport = transport_police(line, known)
    if transport or not line.figures:
        return transport or AreaMatch(reason=NOTES)
    return AreaMatch(
        reason=UNKNOWN_NAME, remarks=(f"{line.shown} is not a known name and was left out.",)
    )
