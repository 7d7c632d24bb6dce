"""Match rows to areas in a table with area codes: by code, which no name may contradict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crimecmp.importers.imported import Known
from crimecmp.importers.ons.lines import (
    NO_CODE,
    NOT_A_FORCE,
    NOTES,
    UNKNOWN_CODE,
    AreaMatch,
    Line,
    transport_police,
)
from crimecmp.importers.ons.marks import code_in, unmarked
from crimecmp.tables.names import DEFAULT_BENCHMARK
from crimecmp.text import quoted

_NOT_FORCES = ("E92", "W92", "E12", "K0")


def is_area(line: Line, known: Known) -> bool:
    """Return whether a row is for an area, known or not."""
    return code_in(line.code) is not None or (
        line.figures and known.areas.exact(line.normal_name) is not None
    )


def match_areas(lines: Sequence[Line], known: Known) -> Iterator[AreaMatch]:
    """Yield the area of each row, or the reason why it is left out."""
    for line in lines:
        match = code_in(line.code)
        if match is None:
            yield _without_code(line, known)
        else:
            yield _with_code(line, match[1], match[2] or "", known)


def _with_code(line: Line, code: str, mark: str, known: Known) -> AreaMatch:
    area = known.areas.exact(code)
    name = quoted(unmarked(line.name))
    named_area = known.areas.exact(line.normal_name)
    whose = "a region or country" if area is None else known.areas[area].label
    if area is None:
        other = named_area is not None and not line.region
    else:
        other = named_area != area and (named_area is not None or line.region)
    if other and (area is not None or code.startswith(_NOT_FORCES)):
        return AreaMatch(
            problem=f"{code} is the code of {whose}, but the row is called {name}; correct the"
            " one that is wrong, or fetch the published file again"
        )
    if area is None and code.startswith(_NOT_FORCES):
        return AreaMatch(reason=NOT_A_FORCE)
    if area is None:
        remark = (
            f"the code {quoted(line.code)} ({unmarked(line.name)}) is not known; the row was left"
            " out."
        )
        return AreaMatch(reason=UNKNOWN_CODE, remarks=(remark,))
    label = known.areas[area].label
    remarks = []
    if mark:
        remarks.append(
            f"the code {quoted(line.code)} was read as {code}, {label}: a footnote mark is attached"
            " to it."
        )
    if line.normal_name and named_area is None:
        remarks.append(
            f"{code} is the code of {label}, but the row is called {name}; it was taken by its"
            " code."
        )
    return AreaMatch(area, remarks=tuple(remarks))


def _without_code(line: Line, known: Known) -> AreaMatch:
    transport = transport_police(line, known)
    if transport or not line.figures:
        return transport or AreaMatch(reason=NOTES)
    # The second of two national rows may have no code, because its cell is merged with the first.
    if known.areas.exact(line.normal_name) == DEFAULT_BENCHMARK:
        return AreaMatch(DEFAULT_BENCHMARK)
    return AreaMatch(reason=NO_CODE, remarks=(f"{line.shown} has no area code and was left out.",))
