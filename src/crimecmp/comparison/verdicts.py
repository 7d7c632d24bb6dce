"""Gives each comparison its verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from crimecmp.comparison.beyond import beyond
from crimecmp.comparison.groups import Members
from crimecmp.comparison.in_group import in_group
from crimecmp.comparison.judging import judge
from crimecmp.comparison.movement import Movement, Movements
from crimecmp.comparison.question import CHANGE, Estimate, Question
from crimecmp.comparison.request import MEAN_OF_GROUP, Request, areas_against
from crimecmp.comparison.row import Comparison, InGroup, Side
from crimecmp.comparison.verdict_words import NOT_TESTED
from crimecmp.tables.names import DEFAULT_BENCHMARK

if TYPE_CHECKING:
    from crimecmp.tables.dataset import Dataset


def with_verdicts(
    data: Dataset, request: Request, members: Members, rows: Iterable[Comparison]
) -> list[Comparison]:
    """Return rows with their verdicts."""
    rows = list(rows)
    territorial = set(data.territorial())
    against = areas_against(data, request)
    metrics = data.by_id("metrics")
    moving = {row.metric for row in rows if row.kind in ("rate", "change")}
    movements = Movements(data, moving, request.out_of_spread)
    judged = []
    for row in rows:
        others = _others(row, members, against)
        question = Question(
            row.kind,
            row.unit,
            _figure(row.own),
            _figure(row.other),
            _is_part(row, request, territorial, against),
            metrics[row.metric]["polarity"],
            request.level,
            row.benchmark_basis == MEAN_OF_GROUP,
            others if row.kind == "rate" else None,
            metrics[row.metric]["part_of_base"] == "true",
            _moving(row, request, others),
            _years(row),
        )
        verdict = judge(question)
        movement = (
            movements.of(row.metric, row.period_end, row.source, row.force)
            if row.metric in moving
            else Movement()
        )
        judged.append(
            row._replace(
                tested=verdict,
                beyond=beyond(question, verdict, movement),
                in_group=_in_group(row, request, question),
            )
        )
    return judged


def _in_group(row: Comparison, request: Request, question: Question) -> InGroup:
    """Return whether a force is usual for its group; empty where it is compared with no group."""
    if request.group is None or row.against_itself:
        return InGroup()
    if row.force in request.out_of_spread:
        reason = "Hardly anyone lives there, so its rate is not compared with those of others."
        return InGroup(NOT_TESTED, group_reason=reason)
    return in_group(question)


def _moving(row: Comparison, request: Request, others: Sequence[tuple[int, float]] | None) -> float:
    """Return how many times one force's variance of yearly movement the two sides have."""
    if request.group is None:
        return 1.0 if row.benchmark == DEFAULT_BENCHMARK else 2.0
    total = sum(count for count, _ in others or ())
    if not total:
        return 2.0
    return 1 + sum((count / total) ** 2 for count, _ in others or ())


def _years(row: Comparison) -> float:
    """Return how many years lie between the two periods of a change; 1 for any other figure."""
    if row.kind != CHANGE or row.base_period_end is None:
        return 1.0
    end, start = row.period_end, row.base_period_end
    return (12 * (end.year - start.year) + end.month - start.month) / 12


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
    if any(force not in known for force in others):
        return None
    return tuple(known[force] for force in others)
