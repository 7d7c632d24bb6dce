"""What is around the table of every brief page: kind of verdict, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crimecmp.comparison.request import MEAN_OF_GROUP, Request, areas_against
from crimecmp.comparison.row import Comparison
from crimecmp.comparison.verdict_words import NOT_TESTED
from crimecmp.tables.dataset import Dataset
from crimecmp.text import MISSING, in_words, period_name, plural
from crimecmp.wording.cautions import first_sentence
from crimecmp.wording.labels import short_label
from crimecmp.wording.sentences import kind_words

_MOST_REMARKS = 3


def remarks(
    data: Dataset, request: Request, rows: Sequence[Comparison], *, every: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return what kind of verdicts some rows have, and what is missing and why."""
    said = [*kind_words(rows), *_mean(data, request), *_margins(rows), *every]
    said += [*_missing(rows), *_not_tested(data, rows)]
    return tuple(dict.fromkeys(said))[:_MOST_REMARKS]


def _mean(data: Dataset, request: Request) -> Iterable[str]:
    """Yield what the mean of a group is, where that is the benchmark."""
    if request.basis != MEAN_OF_GROUP:
        return
    members = areas_against(data, request)
    inside = in_words(data.forces[force].label for force in request.forces if force in members)
    counted = f", {inside} among them" if inside and len(request.forces) == 1 else ""
    yield f"The mean counts each of {plural(len(members), 'force')} once{counted}."


def _margins(rows: Sequence[Comparison]) -> Iterable[str]:
    """Yield what ± means, where figures have margins."""
    if any(row.force_margin is not None for row in rows):
        yield "± is half the width of a 95% interval."


def _missing(rows: Sequence[Comparison]) -> Iterable[str]:
    """Yield why figures are missing, each reason once."""
    for row in rows:
        for value, note in (
            (row.force_value, row.note),
            (row.benchmark_value, row.benchmark_note),
        ):
            if value is None:
                yield f"{MISSING} no figure{f': {note}' if note else '.'}"


def _not_tested(data: Dataset, rows: Sequence[Comparison]) -> Iterable[str]:
    """Yield why figures are not tested, for the reason that most rows share."""
    names: dict[str, list[str]] = {}
    for row in rows:
        if row.tested.verdict == NOT_TESTED and row.difference is not None:
            reason = first_sentence(row.tested.reason)
            names.setdefault(reason, []).append(short_label(data, row))
    if names:
        yield f"Not tested: {max(names, key=lambda reason: len(names[reason]))}"


def year_to(row: Comparison) -> str:
    """Return the period of a row for a title: `year to June 2014`."""
    return f"year to {period_name(row.period_end)}"
