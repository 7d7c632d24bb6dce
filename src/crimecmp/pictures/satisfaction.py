"""Satisfaction: the estimates of a survey with their margins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crimecmp.compare import choose, compared, records
from crimecmp.pages.notes import MARGIN_NOTE
from crimecmp.pages.wording import headline, periods_words
from crimecmp.picture import Mark, Picture, Role, Rows, Scale
from crimecmp.pictures.marks import NOT_FROM_ZERO, difference_words, intervals_words, mark, roles_of
from crimecmp.pictures.words import source_words, standing_notes
from crimecmp.report import Record
from crimecmp.selection import Selection, no_figures
from crimecmp.sentences import verdict_and_basis
from crimecmp.tables.dataset import Dataset
from crimecmp.text import period_name

NOT_OVERLAP = (
    "Whether two differ is told by a test of their difference, not by whether their intervals "
    "overlap."
)


def satisfaction(data: Dataset, selection: Selection) -> Picture:
    """Return the picture of the forces' estimates, the benchmark's, and those of a year before.

    Raises
    ------
    NoFiguresError
        Where the data hold no estimate for the forces.
    RequestError
        Where there are more forces than a picture can tell apart.
    """
    roles = roles_of(selection)
    rows = records(compared(data, choose(data, "satisfaction", selection)))
    if not rows:
        raise no_figures(data, "satisfaction", selection)
    by_metric: dict[str, list[Record]] = {}
    for record in rows:
        by_metric.setdefault(str(record["label"]), []).append(record)
    several = len(by_metric) > 1
    scales = tuple(
        _scale(data, label if several else "", group, roles) for label, group in by_metric.items()
    )
    return Picture(
        "satisfaction",
        f"{' and '.join(by_metric)}: {headline(data, selection)}, {periods_words(rows)}",
        "Estimates in per cent of those asked",
        Rows(scales),
        (
            MARGIN_NOTE.text,
            NOT_OVERLAP,
            NOT_FROM_ZERO,
            *standing_notes(data, "satisfaction", selection, rows),
        ),
        source_words(data, rows),
        " ".join(scale.in_words() for scale in scales),
        intervals_words(rows, "the published margins"),
    )


def _scale(data: Dataset, label: str, group: Sequence[Record], roles: dict[str, Role]) -> Scale:
    """Return a metric's estimates: the forces', those of a year before, the benchmark's."""
    marks: dict[Mark, None] = {}
    benchmarks: dict[Mark, None] = {}
    for record in group:
        force = data.forces[str(record["force"])].label
        difference = ", ".join([difference_words(record), verdict_and_basis(record)])
        since = record["base_period_end"]
        if record["benchmark"] == record["force"] and isinstance(since, date):
            name, remark = f"{force}, {period_name(since)}", f"since then {difference}"
            marks[mark(data, record, "benchmark", "other", label=name, remark=remark)] = None
            continue
        end = record["period_end"]
        when = f", {period_name(end)}" if isinstance(end, date) else ""
        marks[
            mark(
                data, record, "force", roles[str(record["force"])], label=f"{force}{when}",
                remark=difference,
            )
        ] = None  # fmt: skip
        benchmarks[
            mark(
                data,
                record,
                "benchmark",
                "benchmark",
                label=f"{data.label_of(str(record['benchmark']))}{when}",
            )
        ] = None
    return Scale(label, "%", (*marks, *benchmarks))
