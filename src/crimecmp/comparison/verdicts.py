"""Gives each comparison its verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from crimecmp.comparison.groups import Members
from crimecmp.comparison.judging import judge
from crimecmp.comparison.question import Estimate, Question
from crimecmp.comparison.request import MEAN_OF_GROUP, Request, areas_against
from crimecmp.comparison.row import Comparison, Side
from crimecmp.tables.names import DEFAULT_BENCHMARK

if TYPE_CHECKING:
    from crimecmp.tables.dataset import Dataset


def with_verdicts(
    data: Dataset, request: Request, members: Members, rows: Iterable[Comparison]
) -> list[Comparison]:
    """Return rows with their verdicts."""
    territorial = set(data.territorial())
    against = areas_against(data, request)
    metrics = data.by_id("metrics")
    judged = []
    for row in rows:
        question = Question(
            row.kind,
            row.unit,
            _figure(row.own),
            _figure(row.other),
            _is_part(row, request, territorial, against),
            metrics[row.metric]["polarity"],
            request.level,
            row.benchmark_basis == MEAN_OF_GROUP,
            _others(row, members, against),
        )
        judged.append(row._replace(tested=judge(question)))
    return judged


def _figure(side: Side) -> Estimate | None:
    """Return a figure as a question takes it; None where it is missing."""
    if side.value is None or side.decimals is None:
        return None
    return Estimate(
        side.value, side.decimals, side.events, side.base, side.margin, side.margin_decimals,
        side.events_before,
    )  # fmt: skip


def _is_part(
    row: Comparison, request: Request, territorial: set[str], against: Sequence[str]
) -> bool:
    """Return whether the force is part of its benchmark."""
    if row.against_itself:
        return False
    if request.group is not None:
        return row.force in against
    return row.benchmark == DEFAULT_BENCHMARK and row.force in territorial


def _others(
    row: Comparison, members: Members, against: Sequence[str]
) -> tuple[tuple[int, float], ...] | None:
    """Return count and base of the group's other forces; None where one lacks them."""
    about = row.metric, row.period_end, row.base_period_end, row.source
    known = members.get(about, {})
    others = [force for force in against if force != row.force]
    if row.kind != "rate" or any(force not in known for force in others):
        return None
    return tuple(known[force] for force in others)
