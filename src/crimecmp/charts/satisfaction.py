"""Satisfaction: survey estimates with their margins."""

from __future__ import annotations

from collections.abc import Sequence

from crimecmp.charts.marks import (
    NOT_FROM_ZERO,
    benchmark_mark,
    described,
    difference_words,
    force_mark,
    intervals_words,
    roles_of,
)
from crimecmp.comparison.pairing import paired
from crimecmp.comparison.request import Request, no_figures
from crimecmp.comparison.row import Comparison
from crimecmp.comparison.rows import answer_to
from crimecmp.comparison.verdict_words import HIGHER, LOWER, SIMILAR
from crimecmp.document.picture import Mark, Picture, Role, Rows, Scale
from crimecmp.tables.dataset import Dataset
from crimecmp.text import period_name
from crimecmp.wording.captions import beneath, picture_source, places_in_source
from crimecmp.wording.headlines import of_estimates
from crimecmp.wording.labels import headline, periods_words
from crimecmp.wording.notes import MARGIN_NOTE
from crimecmp.wording.sentences import plain_verdict

NOT_OVERLAP = (
    "A verdict comes from a test of the difference, not from whether two intervals overlap."
)


def satisfaction(data: Dataset, request: Request) -> Picture:
    """Return a picture of the forces' estimates, now and a year before, and the benchmark's.

    Raises
    ------
    NoFiguresError
        Where the data have no estimate for the forces.
    RequestError
        Where there are more forces than a picture can show.
    """
    roles = roles_of(request)
    rows = paired(data, answer_to(data, "satisfaction", request))
    if not rows:
        raise no_figures(data, "satisfaction", request)
    by_metric: dict[str, list[Comparison]] = {}
    for row in rows:
        by_metric.setdefault(row.label, []).append(row)
    several = len(by_metric) > 1
    scales = tuple(
        _scale(data, label if several else "", group, roles) for label, group in by_metric.items()
    )
    title = of_estimates(data, request, rows)
    below = beneath(
        data,
        "satisfaction",
        request,
        rows,
        otherwise=[NOT_OVERLAP, MARGIN_NOTE.text, NOT_FROM_ZERO],
    )
    return Picture(
        "satisfaction",
        title,
        f"{' and '.join(by_metric)}, % of people asked: {headline(data, request)}, "
        f"{periods_words(rows)}",
        Rows(scales),
        below.note,
        picture_source(data, rows),
        described(title, _in_words(data, rows, scales), (*below.more, *places_in_source(rows))),
        intervals_words(rows, "the published margins"),
    )


def _in_words(data: Dataset, rows: Sequence[Comparison], scales: Sequence[Scale]) -> list[str]:
    """Return all estimates, and what each difference is."""
    since = (
        f"{data.forces[row.force].label} since {period_name(row.base_period_end)}: "
        f"{difference_words(row)}, {plain_verdict(row)}."
        for row in rows
        if row.against_itself and row.base_period_end and row.difference is not None
    )
    return [*(scale.in_words() for scale in scales), *since]


_SINCE = {SIMILAR: "no clear change since", HIGHER: "higher since", LOWER: "lower since"}
"""What is said of the force's own earlier estimate, by the verdict on the later one."""


def _scale(data: Dataset, label: str, group: Sequence[Comparison], roles: dict[str, Role]) -> Scale:
    """Return a metric's estimates: the forces', now and a year before, and the benchmark's."""
    marks: dict[Mark, None] = {}
    benchmarks: dict[Mark, None] = {}
    for row in group:
        force = data.forces[row.force].label
        if row.against_itself and row.base_period_end:
            name = f"{force}, {period_name(row.base_period_end)}"
            remark = _SINCE.get(row.tested.verdict, "")
            marks[benchmark_mark(data, row, "other", label=name, remark=remark)] = None
            continue
        difference = ": ".join(filter(None, [difference_words(row), plain_verdict(row)]))
        when = f", {period_name(row.period_end)}"
        own = force_mark(data, row, roles[row.force], label=f"{force}{when}", remark=difference)
        marks[own] = None
        benchmark = f"{data.label_of(row.benchmark)}{when}"
        benchmarks[benchmark_mark(data, row, label=benchmark)] = None
    return Scale(label, "%", (*marks, *benchmarks))
