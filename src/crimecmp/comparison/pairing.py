"""Pairs a force with its benchmark: tables in, comparisons out.

Two figures are paired only where metric, period and source agree; a figure without its partner is
kept, its partner missing and the reason said.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from crimecmp.comparison.kinds import Kind
from crimecmp.comparison.once import once
from crimecmp.comparison.periods import year_later
from crimecmp.comparison.request import EARLIER, Request
from crimecmp.comparison.row import Among, Comparison, Verdict
from crimecmp.comparison.rows import Answer, answer_to, of_same
from crimecmp.comparison.spread import placed
from crimecmp.comparison.verdicts import with_verdicts
from crimecmp.tables.figures import Figure, figures

if TYPE_CHECKING:
    from crimecmp.tables.dataset import Dataset


def comparisons(data: Dataset, table: str, request: Request) -> list[Comparison]:
    """Return the comparison of every requested area with the benchmark, on one kind of figure.

    Parameters
    ----------
    data
        The tables.
    table
        `rates`, `changes`, `outcomes` or `satisfaction`.
    request
        Which figures.

    Returns
    -------
    list of Comparison
        Metrics in the order of their table, then areas in the order asked for; empty where there
        is none.

    Raises
    ------
    RequestError
        Where an area would be compared with itself.
    """
    return paired(data, answer_to(data, table, request))


def paired(data: Dataset, answer: Answer, *, among: bool = True) -> list[Comparison]:
    """Return the comparisons that the rows of an answer make; see `comparisons`.

    Parameters
    ----------
    data, answer
        The tables, and the rows.
    among
        Whether to find the place of each rate among those of all forces. It takes longer than all
        else, and a series has one spread for each of its periods.
    """
    own, others = map(tuple, answer.places)
    request = answer.request._replace(source=None)  # the rows have it
    about = ("paired", id(data), answer.kind.table, request, own, others, among)
    return list(once(about, lambda: _paired(data, answer, among=among)))


def _paired(data: Dataset, answer: Answer, *, among: bool) -> list[Comparison]:
    kind, request = answer.kind, answer.request
    own, others, earlier = _figures(answer)
    pairs = [
        *_answered(own, others, request.opponent),
        *_unanswered(own, others, request.opponent),
        *(_year_before(own, earlier) if kind.previous else ()),
    ]
    pairs.sort(key=_order(data, request))
    metrics = data.by_id("metrics")
    nobody = set(data.without_resident_base()) if kind.name == "rate" else set()
    rows = [_row(data, kind, request, metrics[pair.metric]["unit"], pair, nobody) for pair in pairs]
    members = answer.group.members if answer.group else {}
    rows = with_verdicts(data, request, members, rows)
    return placed(data, kind, request, rows) if among else rows


class _Pair(NamedTuple):
    """A force's figure and its benchmark's on the same metric, period and source."""

    force: str
    benchmark: str
    metric: str
    period_end: date
    base_period_end: date | None
    source: str
    own: Figure | None
    other: Figure | None


def _figures(answer: Answer) -> tuple[list[Figure], list[Figure], list[Figure]]:
    """Return the areas' figures, the benchmark's, and where needed the areas' of all periods."""
    own, others = answer.places
    if answer.group is not None:
        others = []
    earlier = of_same(answer.table.columns, own) if answer.kind.previous else []
    found = figures(answer.table, [*own, *others, *earlier], answer.kind.figure)
    ends = len(own), len(own) + len(others)
    benchmark = found[ends[0] : ends[1]] if answer.group is None else answer.group.figures
    return found[: ends[0]], benchmark, found[ends[1] :]


def _about(figure: Figure) -> tuple[str, date, date | None, str]:
    return figure.metric, figure.period_end, figure.base_period_end, figure.source


def _answered(own: Iterable[Figure], others: Iterable[Figure], opponent: str) -> Iterator[_Pair]:
    """Yield each figure of the areas beside the benchmark's."""
    partners = {_about(other): other for other in others}
    for figure in own:
        yield _Pair(figure.force, opponent, *_about(figure), figure, partners.get(_about(figure)))


def _unanswered(own: Sequence[Figure], others: Sequence[Figure], opponent: str) -> Iterator[_Pair]:
    """Yield the benchmark's figures for which an area with other figures has none.

    Either the area lacks the metric, or it has the same period but not the same base period.
    """
    answered = {(figure.force, *_about(figure)[:3]) for figure in own}
    periods = {(figure.force, figure.metric, figure.period_end) for figure in own}
    metrics = {(force, metric) for force, metric, _ in periods}
    for force, source in {figure.force: figure.source for figure in own}.items():
        for other in others:
            lacks = (force, other.metric) not in metrics
            if (
                other.source == source
                and (force, *_about(other)[:3]) not in answered
                and (lacks or (force, other.metric, other.period_end) in periods)
            ):
                yield _Pair(force, opponent, *_about(other), None, other)


def _year_before(own: Iterable[Figure], earlier: Iterable[Figure]) -> Iterator[_Pair]:
    """Yield the areas' figures beside their own of a year before."""
    before = {
        (figure.force, figure.metric, year_later(figure.period_end), figure.source): figure
        for figure in earlier
    }
    for figure in own:
        force, metric, end, source = figure.force, figure.metric, figure.period_end, figure.source
        past = before.get((force, metric, end, source))
        if past is not None:
            yield _Pair(force, force, metric, end, past.period_end, source, figure, past)


def _order(data: Dataset, request: Request) -> Callable[[_Pair], tuple[object, ...]]:
    """Return the order of pairs: metric, figure if ranked, area, period; with itself last."""
    metrics = {name.id: place for place, name in enumerate(data.metrics)}
    areas = {force: place for place, force in enumerate(request.forces)}

    def key(pair: _Pair) -> tuple[object, ...]:
        value = count = over = None
        if request.ranked and pair.own is not None:
            value, count, over = pair.own.value, pair.own.events, pair.own.base
        return (
            metrics[pair.metric],
            (math.inf if value is None else -value) if request.ranked else 0,
            # Rates that are printed alike are ordered as their counts have them.
            0 if count is None or over is None else -count / over,
            areas[pair.force],
            pair.period_end,
            pair.benchmark == pair.force,
            pair.base_period_end or date.max,
        )

    return key


def _row(
    data: Dataset, kind: Kind, request: Request, unit: str, pair: _Pair, nobody: Collection[str]
) -> Comparison:
    """Return a pair as a row, with its difference and why a figure is missing.

    `nobody` has the areas where hardly anyone lives, if the figures are rates.
    """
    own, other = pair.own or _missing(pair), pair.other or _missing(pair)
    difference, percent = _differences(own, other, kind)
    return Comparison(
        kind=kind.name,
        metric=pair.metric,
        label=data.metrics[pair.metric].label,
        force=pair.force,
        benchmark=pair.benchmark,
        period_end=pair.period_end,
        base_period_end=pair.base_period_end,
        unit=kind.unit or unit,
        force_value=own.value,
        benchmark_value=other.value,
        difference=difference,
        percent_difference=percent,
        source=pair.source,
        force_margin=own.margin,
        benchmark_margin=other.margin,
        force_count=own.events,
        benchmark_count=other.events,
        force_base=own.base,
        benchmark_base=other.base,
        force_decimals=own.decimals,
        benchmark_decimals=other.decimals,
        force_margin_decimals=own.margin_decimals,
        benchmark_margin_decimals=other.margin_decimals,
        locator=own.locator,
        benchmark_locator=other.locator,
        note=_note(data, pair.force, own, nobody),
        benchmark_note=(
            _NO_PER_CENT
            if kind.relative and other.value == 0 and other.note is None
            else _note(data, pair.benchmark, other, nobody)
        ),
        tested=Verdict(),
        force_base_count=own.events_before,
        benchmark_base_count=other.events_before,
        benchmark_basis=request.basis if pair.benchmark == request.opponent else EARLIER,
        among=Among(),
    )


def _missing(pair: _Pair) -> Figure:
    """Return the figure that a source does not give."""
    return Figure(
        pair.force, pair.metric, pair.period_end, pair.base_period_end, pair.source,
        value=None, decimals=None, margin=None, margin_decimals=None, events=None, base=None,
        events_before=None, locator=None, note=None,
    )  # fmt: skip


def _differences(own: Figure, other: Figure, kind: Kind) -> tuple[float | None, float | None]:
    """Return the difference of two figures, and the same as a percentage of the second."""
    if own.value is None or other.value is None:
        return None, None
    # A difference of printed decimals is a decimal of as many places: this rounding only takes
    # off what binary floats add.
    places = max(own.decimals or 0, other.decimals or 0)
    difference = round(own.value - other.value, places)
    relative = kind.relative and other.value != 0
    return difference, difference / other.value * 100 if relative else None


_NO_PER_CENT = "The figure is 0, so there is no percentage difference."


def _note(data: Dataset, area: str, figure: Figure, nobody: Collection[str]) -> str | None:
    """Return a figure's note, why it is missing, and the caution about where nobody lives."""
    note = figure.note
    if figure.value is None and note is None:
        note = (
            _COUNT_ALONE
            if figure.events is not None
            else f"The source gives no figure for {data.label_of(area)} for this period."
        )
    caution = empty_area(data, area) if area in nobody else ""
    return " ".join(filter(None, [note, caution])) or None


def empty_area(data: Dataset, area: str) -> str:
    """Return the caution about a rate per resident of an area where hardly anyone lives."""
    label = data.label_of(area)
    return f"Hardly anyone lives in {label}, so a rate per resident says little about its crime."


_COUNT_ALONE = "Only the count is published. There is no base to calculate the figure from."
