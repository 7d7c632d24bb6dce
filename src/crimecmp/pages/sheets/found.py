"""What the sheets are made of: the findings on some forces, and how their figures are marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Comparison
from crimecmp.comparison.strongest import (
    BY_COUNTS,
    Finding,
    of_latest_year,
    source_of_all_forces,
    strongest,
)
from crimecmp.tables.dataset import Dataset
from crimecmp.text import PRINTED, in_words
from crimecmp.wording.answers import lower_first
from crimecmp.wording.labels import abbreviated, opponent_label

COUNTED = "‡"
"""The mark of a figure that was calculated from published counts, where others are printed."""


class Found(NamedTuple):
    """The findings on some forces.

    Parameters
    ----------
    data, request
        The tables, and what was asked for.
    findings
        The findings by table.
    """

    data: Dataset
    request: Request
    findings: Mapping[str, Sequence[Finding]]

    @classmethod
    def of(cls, data: Dataset, request: Request) -> Found:
        """Return the findings on the forces of a request."""
        findings = {
            table: its
            for table, its in strongest(data, request).items()
            if request.puts_together(its[0].shown.source)
        }
        if "rates" in findings:
            findings["rates"] = of_latest_year(findings["rates"])
        return cls(data, request, findings)

    def rows(self, *tables: str) -> list[Comparison]:
        """Return the figures that are shown, with the verdicts of their tests; by default all."""
        wanted = tables or tuple(self.findings)
        return [found.row for table in wanted for found in self.findings.get(table, ())]

    @property
    def several(self) -> bool:
        """Whether forces stand side by side."""
        return len(self.request.forces) > 1

    def only(self, forces: Iterable[str]) -> str:
        """Return the name of the one force that a part is about, where others stand beside it."""
        names = {self.data.forces[force].label for force in forces}
        return names.pop() if self.several and len(names) == 1 else ""

    @property
    def against(self) -> str:
        """A short name of the benchmark."""
        return abbreviated(opponent_label(self.data, self.request))

    def among(self) -> Request | None:
        """Return the request for the first measure among all forces; None without rates."""
        first = next(iter(self.rows("rates")), None)
        if first is None:
            return None
        source = source_of_all_forces(self.data, self.request) or first.source
        return self.request._replace(source=source, metric=first.metric)


def by_force(
    found: Found,
    rows: Sequence[Comparison],
    said: Callable[[Request, Sequence[Comparison]], Iterable[str]],
) -> Iterable[str]:
    """Yield cautions about some rows; beside others, a force's own caution names the force."""
    about: dict[str, list[str]] = {}
    for force in found.request.forces:
        its = [row for row in rows if row.force == force]
        if its:
            for caution in said(found.request._replace(forces=(force,)), its):
                about.setdefault(caution, []).append(found.data.forces[force].label)
    for caution, labels in about.items():
        if len(labels) == len(found.request.forces) or any(label in caution for label in labels):
            yield caution
        else:
            yield f"{in_words(labels)}: {lower_first(caution)}"


def is_counted(row: Comparison) -> bool:
    """Return whether a figure was calculated from counts, and not printed."""
    return (row.force_decimals or 0) > PRINTED


def are_mixed(rows: Iterable[Comparison]) -> bool:
    """Return whether some figures are printed and others calculated from counts."""
    return len({is_counted(row) for row in rows if row.force_value is not None}) > 1


def basis_words(rows: Sequence[Comparison]) -> Iterable[str]:
    """Yield which figures of a table were printed, and what its verdicts rest on."""
    if all(map(is_counted, rows)):
        yield "Calculated from published counts."
        return
    if are_mixed(rows):
        yield f"{COUNTED} Calculated from published counts; other figures are as printed."
    if any(row.tested.method in BY_COUNTS for row in rows if not is_counted(row)):
        yield "Published counts give the verdicts on printed figures, where there are any."
