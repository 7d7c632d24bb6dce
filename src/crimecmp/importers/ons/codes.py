"""Match rows to areas in a table with area codes: by the code alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crimecmp.importers.imported import Known
from crimecmp.importers.ons.lines import (
    NO_CODE,
    NOT_A_FORCE,
    NOTES,
    UNKNOWN_CODE,
    Line,
    Whose,
    transport_police,
)
from crimecmp.importers.ons.marks import code_in, unmarked
from crimecmp.tables.names import DEFAULT_BENCHMARK
from crimecmp.text import quoted

_NO_FORCES = ("E92", "W92", "E12", "K0")


def is_area(line: Line, known: Known) -> bool:
    """Return whether a row is for an area, known or not."""
    return code_in(line.code) is not None or (
        line.figures and known.areas.exact(line.plain) is not None
    )


def whose(lines: Sequence[Line], known: Known) -> Iterator[Whose]:
    """Yield the area of each row, or the reason why it is left out."""
    for line in lines:
        match = code_in(line.code)
        if match is None:
            yield _without_code(line, known)
        else:
            yield _with_code(line, match[1], match[2] or "", known)


def _with_code(line: Line, code: str, mark: str, known: Known) -> Whose:
    area = known.areas.exact(code)
    called = quoted(unmarked(line.name))
    named = known.areas.exact(line.plain)
    if area is None and code.startswith(_NO_FORCES):
        strange = (
            f"{code} is the code of no force, but the row is called {called}; it was left out by"
            " its code."
        )
        expected = named is None or line.region
        return Whose(reason=NOT_A_FORCE, remarks=() if expected else (strange,))
    if area is None:
        strange = (
            f"the code {quoted(line.code)} ({unmarked(line.name)}) is not known; the row was left"
            " out."
        )
        return Whose(reason=UNKNOWN_CODE, remarks=(strange,))
    label = known.areas[area].label
    remarks = []
    if mark:
        remarks.append(
            f"the code {quoted(line.code)} was read as {code}, {label}: a footnote mark is glued"
            " to it."
        )
    if line.plain and named != area:
        remarks.append(
            f"{code} is the code of {label}, but the row is called {called}; it was taken by its"
            " code."
        )
    return Whose(area, remarks=tuple(remarks))


def _without_code(line: Line, known: Known) -> Whose:
    transport = transport_police(line, known)
    if transport or not line.figures:
        return transport or Whose(reason=NOTES)
    # The second of two national rows may have no code, because its cell is merged with the first.
    if known.areas.exact(line.plain) == DEFAULT_BENCHMARK:
        return Whose(DEFAULT_BENCHMARK)
    return Whose(reason=NO_CODE, remarks=(f"{line.shown} has no area code and was left out.",))
