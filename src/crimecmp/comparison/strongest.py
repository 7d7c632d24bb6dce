"""One finding a fact, by the strongest method there is.

A report prints some figures without counts; another source may have the counts of all forces for
the same measure and period. The printed figure is then the one that is shown, and the counts test
it. The figures of the two sources are never subtracted from each other: a finding has its figures
from one comparison, and its verdict and its place among forces from one comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from crimecmp.comparison.kinds import KINDS
from crimecmp.comparison.methods import CHANGES, COUNTS, MEAN, PROPORTIONS
from crimecmp.comparison.once import once
from crimecmp.comparison.pairing import comparisons
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Comparison
from crimecmp.comparison.rows import answer_to
from crimecmp.comparison.verdict_words import HIGHER, LOWER
from crimecmp.text import PRINTED

if TYPE_CHECKING:
    from crimecmp.tables.dataset import Dataset

Basis = Literal["printed", "counted", "printed and tested by counts"]
"""What a finding rests on."""

BY_COUNTS = {MEAN, PROPORTIONS, CHANGES, COUNTS}
"""The methods that test counts."""


class Finding(NamedTuple):
    """What is known of one force on one measure, for one period or one change.

    Parameters
    ----------
    shown
        The comparison that the figures and their difference come from.
    tested
        The comparison that the verdict and the place among forces come from: that of the counts
        where counts test a printed figure, else the one that is shown.
    """

    shown: Comparison
    tested: Comparison

    @property
    def verdict(self) -> str:
        """The verdict of the strongest method; it never contradicts the difference shown."""
        return self.tested.tested.verdict

    @property
    def basis(self) -> Basis:
        """Whether its figures were printed, and whether counts give its verdict."""
        if self.tested.tested.method not in BY_COUNTS:
            return "printed"
        return "printed and tested by counts" if _is_printed(self.shown) else "counted"

    @property
    def row(self) -> Comparison:
        """The figures shown, with the verdict and the place among forces of the test."""
        test = self.tested
        return self.shown._replace(
            tested=test.tested,
            among=test.among,
            beyond=test.beyond,
            prediction=test.prediction,
            in_group=test.in_group,
        )


def strongest(
    data: Dataset, request: Request, tables: Iterable[str] = tuple(KINDS)
) -> dict[str, list[Finding]]:
    """Return the findings of each kind of figure, each fact once.

    A fact is a force, a measure and a period, of a change both periods. Where a source was asked
    for, or several forces stand side by side, all figures of a kind are from one source.

    Parameters
    ----------
    data
        The tables.
    request
        The forces, the benchmark and the figures wanted.
    tables
        The kinds of figures wanted, by their tables.

    Returns
    -------
    dict
        By table, in the order given, the findings in the order of the comparisons they come from;
        without the tables that have no figures for the forces.
    """
    counted = source_of_all_forces(data, request)
    found = {table: _findings(data, table, request, counted) for table in tables}
    return {table: findings for table, findings in found.items() if findings}


def of_latest_year(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings on the latest year of each force and measure, where all are of a year."""
    latest = {(found.shown.force, found.shown.metric): found for found in findings}
    return list(latest.values())


def source_of_all_forces(data: Dataset, request: Request) -> str | None:
    """Return the source with rates for the most forces, if it has every requested force."""
    about = ("source of all forces", id(data), request)
    return once(about, lambda: _source_of_all_forces(data, request))


def _source_of_all_forces(data: Dataset, request: Request) -> str | None:
    everyone = tuple(dict.fromkeys([*request.forces, *data.forces_with_figures()]))
    everyone = tuple(force for force in everyone if force != request.opponent)
    source = answer_to(data, "rates", request._replace(forces=everyone)).source
    with_rates = {run.force for run in data.runs("rates") if run.source == source}
    return source if with_rates.issuperset(request.forces) else None


_Fact = tuple[str, str, date, date | None]


def _fact(row: Comparison) -> _Fact:
    """Return what a comparison is about, whatever its source."""
    return row.force, row.metric, row.period_end, row.base_period_end


def _findings(data: Dataset, table: str, request: Request, counted: str | None) -> list[Finding]:
    """Return the findings of one kind of figure."""
    own = comparisons(data, table, request)
    others: list[Comparison] = []
    if counted is not None and all(row.source != counted for row in own):
        others = _counted(data, table, request._replace(source=counted), own)
    tests = {_fact(row): row for row in others}
    shown = {_fact(row): row for row in (*others, *own)}
    findings = [_finding(row, tests.get(fact, row)) for fact, row in shown.items()]
    if table == "changes":
        findings = _worth_stating(findings, request.years)
    return sorted(findings, key=_order(data, request))


def _counted(
    data: Dataset, table: str, request: Request, own: Sequence[Comparison]
) -> list[Comparison]:
    """Return the comparisons of the source of all forces, those of the printed periods as well."""
    rows = comparisons(data, table, request)
    covered = {(row.metric, row.period_end) for row in rows}
    earlier = {(row.metric, row.period_end) for row in own} - covered
    for end in sorted({end for _, end in earlier}):
        of_end = comparisons(data, table, request._replace(period=end.isoformat()))
        rows += [row for row in of_end if (row.metric, row.period_end) in earlier]
    return rows


def _finding(shown: Comparison, counted: Comparison) -> Finding:
    """Return the finding on a fact that two sources may have.

    Without a verdict from counts the figures shown have their own. Where they are not what the
    counts found, because the benchmark's is missing or they differ in the other direction, the
    figures calculated from the counts are shown instead.
    """
    if counted.tested.method not in BY_COUNTS:
        return Finding(shown, shown)
    return Finding(shown if _agrees(shown, counted.tested.verdict) else counted, counted)


def _agrees(row: Comparison, verdict: str) -> bool:
    """Return whether figures can be shown with a verdict."""
    if row.difference is None:
        return False
    if verdict in (HIGHER, LOWER):
        return row.difference > 0 if verdict == HIGHER else row.difference < 0
    return True


def _is_printed(row: Comparison) -> bool:
    """Return whether the figures were printed, and not calculated."""
    known = (row.force_decimals, row.benchmark_decimals)
    return all(places is None or places <= PRINTED for places in known)


def _worth_stating(changes: Sequence[Finding], years: int) -> list[Finding]:
    """Return printed changes and, of calculated ones, those over the same periods or a last year.

    Changes could be calculated between any two periods. Those of the last year are always worth a
    line; those since an earlier year only where a report prints such a change, or where the years
    of the longer change were chosen.
    """
    if years:
        return list(changes)
    printed = {
        (found.shown.force, found.shown.period_end, found.shown.base_period_end)
        for found in changes
        if found.basis != "counted" and found.shown.force_value is not None
    }
    last: dict[tuple[str, str, date], date] = {}
    for found in changes:
        force, metric, end, start = _fact(found.shown)
        last[force, metric, end] = max(start or date.min, last.get((force, metric, end), date.min))
    return [
        found
        for found in changes
        if _is_printed(found.shown)
        or (found.shown.force, *_fact(found.shown)[2:]) in printed
        or found.shown.base_period_end == last[_fact(found.shown)[:3]]
    ]


def _order(data: Dataset, request: Request) -> Callable[[Finding], tuple[object, ...]]:
    """Return the order of findings: metric, force, period, and the force's own year before last."""
    metrics = {name.id: place for place, name in enumerate(data.metrics)}
    forces = {force: place for place, force in enumerate(request.forces)}

    def key(found: Finding) -> tuple[object, ...]:
        row = found.shown
        return (
            metrics[row.metric],
            forces[row.force],
            row.period_end,
            row.against_itself,
            row.base_period_end or date.max,
        )

    return key
