"""Pairs a force with its benchmark: tables in, comparisons out.

Two figures are paired only where metric, period and source agree; a figure without its partner is
kept, its partner missing and the reason said.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from crimecmp.comparison.changes import changes_from_counts
from crimecmp.comparison.groups import Group, Members, grouped
from crimecmp.comparison.request import EARLIER, MEAN_OF_GROUP, Selection
from crimecmp.comparison.row import Among, Comparison, Judgment, Side, Verdict
from crimecmp.comparison.rows import Chosen, chosen, of_same, year_later
from crimecmp.comparison.spread import Counted, among
from crimecmp.comparison.verdicts import Figure, Question, judge
from crimecmp.errors import NoFiguresError, RequestError
from crimecmp.tables.cells import per, split_list
from crimecmp.tables.figures import Figure as Printed
from crimecmp.tables.figures import figures as printed
from crimecmp.tables.names import DEFAULT_BENCHMARK
from crimecmp.text import visible

if TYPE_CHECKING:
    from crimecmp.tables.checked import CheckedTable
    from crimecmp.tables.dataset import Dataset


class Kind(NamedTuple):
    """One kind of figure: the table it is in, the column it is in, and how it is compared.

    Parameters
    ----------
    name
        The kind, as the rows call it.
    table, figure
        The table and its column of figures.
    unit
        The figures' unit; empty where it is the metric's own.
    relative
        Whether a difference in per cent of the benchmark makes sense. A difference of percentages
        is in points and in nothing else.
    previous
        Whether a figure is compared with the area's own of a year before as well.
    """

    name: str
    table: str
    figure: str
    unit: str = "%"
    relative: bool = False
    previous: bool = False


KINDS: dict[str, Kind] = {
    kind.table: kind
    for kind in (
        Kind("rate", "rates", "value", unit="", relative=True),
        Kind("change", "changes", "percent"),
        Kind("outcome", "outcomes", "percent"),
        Kind("satisfaction", "satisfaction", "percent", previous=True),
    )
}


def over_time(data: Dataset, selection: Selection) -> tuple[list[Comparison], list[Comparison]]:
    """Return the series of rates of one metric, and the changes to its last period."""
    source, series = series_of(data, selection)
    last = max(row.period_end for row in series).isoformat()
    changed = compared(
        data, choose(data, "changes", selection._replace(source=source, period=last))
    )
    return series, sorted(changed, key=lambda row: row.base_period_end or date.max)


def series_of(data: Dataset, selection: Selection) -> tuple[str | None, list[Comparison]]:
    """Return the rates of one metric in all periods, compared, and before them their source.

    Raises
    ------
    NoFiguresError
        Where the data hold no two periods of the metric for the forces.
    """
    choice = choose(data, "rates", selection._replace(every_period=True))
    series = compared(data, choice)
    if len({row.period_end for row in series}) < _FEWEST_PERIODS:
        label = data.metrics[str(selection.metric)].label
        named = selection.source not in (None, data.label)
        where = f"from {selection.source} in " if named else "in "
        raise NoFiguresError(
            f"no series of {label} for {data.forces[selection.forces[0]].label} {where}"
            f"{visible(data.label)}",
            "It takes rates of two periods at least.",
        )
    return choice.source, series


_FEWEST_PERIODS = 2


def figures(data: Dataset, table: str, selection: Selection) -> list[Comparison]:
    """Return the comparison of every selected area with the benchmark, on one kind of figure.

    Parameters
    ----------
    data
        The tables.
    table
        `rates`, `changes`, `outcomes` or `satisfaction`.
    selection
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
    return compared(data, choose(data, table, selection))


def compared(data: Dataset, choice: Choice) -> list[Comparison]:
    """Return the comparison of figures that `choose` has chosen; see `figures`."""
    kind, selection = choice.kind, choice.selection
    own, others, earlier = _figures(choice)
    pairs = [
        *_answered(own, others, selection.opponent),
        *_unanswered(own, others, selection.opponent),
        *(_year_before(own, earlier) if kind.previous else ()),
    ]
    pairs.sort(key=_order(data, selection))
    metrics = data.by_id("metrics")
    rows = [_row(data, kind, selection, metrics[pair.metric]["unit"], pair) for pair in pairs]
    return _placed(data, kind, selection, _judged(data, selection, choice.members, rows))


class _Pair(NamedTuple):
    """A force's figure and its benchmark's on the same metric, period and source."""

    force: str
    benchmark: str
    metric: str
    period_end: date
    base_period_end: date | None
    source: str
    own: Printed | None
    other: Printed | None


class Choice(NamedTuple):
    """The rows that a comparison is to be made of, still as text.

    Parameters
    ----------
    kind, selection
        What is compared, and what was asked for.
    table
        The table, with rows for what was worked out: changes from counts, the figures of a group.
    places
        The rows of the areas, and of the benchmark.
    members
        Of a group the counts and bases of its forces.
    """

    kind: Kind
    selection: Selection
    table: CheckedTable
    places: Chosen
    members: Members

    @property
    def source(self) -> str | None:
        """The source of all its rows; None where the areas have no figure."""
        return self.table.columns["source"][self.places.own[0]] if self.places.own else None


def choose(data: Dataset, table: str, selection: Selection) -> Choice:
    """Choose the rows of one kind of figure that answer what was asked for.

    Raises
    ------
    RequestError
        Where an area would be compared with itself.
    """
    if selection.group is None and selection.benchmark in selection.forces:
        raise RequestError(
            f"{selection.benchmark} cannot be compared with itself",
            "Name another area with --benchmark.",
        )
    kind = KINDS[table]
    against = areas_against(data, selection)
    rows = data.table(table)
    # A ranking is of figures as they were published: two changes of each force would bury it.
    if table == "changes" and not selection.ranked:
        areas = (*selection.forces, *against)
        counts = data.table("rates").columns
        alike = {name: row["comparable_from"] for name, row in data.by_id("metrics").items()}
        rows = rows.joined(changes_from_counts(counts, rows.columns, selection, areas, alike))
    places = chosen(rows.columns, kind.figure, selection, against, data.in_order)
    if selection.group is None:
        return Choice(kind, selection, rows, places, {})
    group = Group(selection.group, against, selection.weighted)
    labels = {name.id: name.label for name in data.forces}
    means = grouped(rows.columns, places.others, group, kind.figure, _scales(data, kind), labels)
    with_group = rows.joined(means.rows)
    places = places._replace(others=list(range(rows.height, with_group.height)))
    return Choice(kind, selection, with_group, places, means.members)


def _figures(choice: Choice) -> tuple[list[Printed], list[Printed], list[Printed]]:
    """Return the areas' figures, the benchmark's, and the areas' of all periods where needed."""
    own, others = choice.places
    earlier = of_same(choice.table.columns, own) if choice.kind.previous else []
    found = printed(choice.table, [*own, *others, *earlier], choice.kind.figure)
    ends = len(own), len(own) + len(others)
    return found[: ends[0]], found[ends[0] : ends[1]], found[ends[1] :]


def areas_against(data: Dataset, selection: Selection) -> tuple[str, ...]:
    """Return the ids of the areas that the benchmark is made of."""
    if selection.group is None:
        return (selection.benchmark,)
    return tuple(split_list(data.by_id("groups")[selection.group]["forces"]))


def _scales(data: Dataset, kind: Kind) -> dict[str, float | None]:
    """Return for each metric what its figures are per: 1000 people, or 100 of a percentage."""
    percent = 100.0 if kind.name in ("change", "outcome") else None
    return {
        metric: per(row["unit"]) if kind.name == "rate" else percent
        for metric, row in data.by_id("metrics").items()
    }


def _about(figure: Printed) -> tuple[str, date, date | None, str]:
    return figure.metric, figure.period_end, figure.base_period_end, figure.source


def _answered(own: Iterable[Printed], others: Iterable[Printed], opponent: str) -> Iterator[_Pair]:
    """Yield each figure of the areas beside the benchmark's."""
    partners = {_about(other): other for other in others}
    for figure in own:
        yield _Pair(figure.force, opponent, *_about(figure), figure, partners.get(_about(figure)))


def _unanswered(
    own: Sequence[Printed], others: Sequence[Printed], opponent: str
) -> Iterator[_Pair]:
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


def _year_before(own: Iterable[Printed], earlier: Iterable[Printed]) -> Iterator[_Pair]:
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


def _order(data: Dataset, selection: Selection) -> Callable[[_Pair], tuple[object, ...]]:
    """Return the order: metric, figure where ranked, area and period; itself last."""
    metrics = {name.id: place for place, name in enumerate(data.metrics)}
    areas = {force: place for place, force in enumerate(selection.forces)}

    def key(pair: _Pair) -> tuple[object, ...]:
        value = count = over = None
        if selection.ranked and pair.own is not None:
            value, count, over = pair.own.value, pair.own.events, pair.own.base
        return (
            metrics[pair.metric],
            (math.inf if value is None else -value) if selection.ranked else 0,
            # Rates that are printed alike are ordered as their counts have them.
            0 if count is None or over is None else -count / over,
            areas[pair.force],
            pair.period_end,
            pair.benchmark == pair.force,
            pair.base_period_end or date.max,
        )

    return key


def _row(data: Dataset, kind: Kind, selection: Selection, unit: str, pair: _Pair) -> Comparison:
    """Return a pair as a row, with its difference and why a figure is missing."""
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
        note=_note(data, pair.force, own),
        benchmark_note=(
            _NO_PER_CENT
            if kind.relative and other.value == 0 and other.note is None
            else _note(data, pair.benchmark, other)
        ),
        tested=Verdict(),
        force_base_count=own.events_before,
        benchmark_base_count=other.events_before,
        benchmark_basis=selection.basis if pair.benchmark == selection.opponent else EARLIER,
        among=Among(),
    )


def _missing(pair: _Pair) -> Printed:
    """Return the figure that a source does not give."""
    return Printed(
        pair.force, pair.metric, pair.period_end, pair.base_period_end, pair.source,
        value=None, decimals=None, margin=None, margin_decimals=None, events=None, base=None,
        events_before=None, locator=None, note=None,
    )  # fmt: skip


def _differences(own: Printed, other: Printed, kind: Kind) -> tuple[float | None, float | None]:
    """Return the difference of two figures, and the same in per cent of the second."""
    if own.value is None or other.value is None:
        return None, None
    # A difference of printed decimals is a decimal of as many places: this rounding only takes
    # off what binary floats add.
    places = max(own.decimals or 0, other.decimals or 0)
    difference = round(own.value - other.value, places)
    relative = kind.relative and other.value != 0
    return difference, difference / other.value * 100 if relative else None


_NO_PER_CENT = "The figure is 0, of which there is no difference in per cent."


def _note(data: Dataset, area: str, figure: Printed) -> str | None:
    """Return a figure's note; of a missing one without a note, why it is missing."""
    if figure.value is not None or figure.note is not None:
        return figure.note
    if figure.events is not None:
        return _COUNT_ALONE
    return f"The source gives no figure for {data.label_of(area)} for this period."


_COUNT_ALONE = "Only the count is published, without a base to work the figure out from."


def _judged(
    data: Dataset, selection: Selection, members: Members, rows: Iterable[Comparison]
) -> list[Comparison]:
    """Return rows with their verdicts."""
    territorial = set(data.territorial())
    against = areas_against(data, selection)
    metrics = data.by_id("metrics")
    judged = []
    for row in rows:
        question = Question(
            row.kind,
            row.unit,
            _figure(row.own),
            _figure(row.other),
            _is_part(row, selection, territorial, against),
            metrics[row.metric]["polarity"],
            selection.level,
            row.benchmark_basis == MEAN_OF_GROUP,
            _others(row, members, against),
        )
        judged.append(row._replace(tested=judge(question)))
    return judged


def _figure(side: Side) -> Figure | None:
    """Return a figure and what is known of it as verdicts take it; None where it is missing."""
    if side.value is None or side.decimals is None:
        return None
    return Figure(
        side.value, side.decimals, side.events, side.base, side.margin, side.margin_decimals,
        side.events_before,
    )  # fmt: skip


def _is_part(
    row: Comparison, selection: Selection, territorial: set[str], against: Sequence[str]
) -> bool:
    """Return whether the force is part of its benchmark."""
    if row.against_itself:
        return False
    if selection.group is not None:
        return row.force in against
    return row.benchmark == DEFAULT_BENCHMARK and row.force in territorial


def _others(
    row: Comparison, members: Members, against: Sequence[str]
) -> tuple[tuple[int, float], ...] | None:
    """Return count and base of the group's other forces; None where one lacks them."""
    base = row.base_period_end
    about = row.metric, row.period_end.isoformat(), base.isoformat() if base else "", row.source
    known = members.get(about, {})
    others = [force for force in against if force != row.force]
    if row.kind != "rate" or any(force not in known for force in others):
        return None
    return tuple(known[force] for force in others)


def _placed(
    data: Dataset, kind: Kind, selection: Selection, rows: Sequence[Comparison]
) -> list[Comparison]:
    """Return rows with the place of their forces among forces."""
    if kind.name != "rate":
        return [row._replace(among=_NOT_AMONG) for row in rows]
    spreads = _spreads(data, {_spread(row): row.unit for row in rows}, selection)
    return [row._replace(among=spreads[_spread(row)].get(row.force, _NOT_AMONG)) for row in rows]


_NOT_AMONG = Among(among_reason="Only rates of forces are held against those of all forces.")


def _spread(row: Comparison) -> tuple[str, str, str]:
    """Return what the forces of one spread have in common."""
    return row.metric, row.period_end.isoformat(), row.source


_SPREAD_BY = ("metric", "period_end", "source")


def _spreads(
    data: Dataset, units: Mapping[tuple[str, ...], str], selection: Selection
) -> dict[tuple[str, ...], Mapping[str, Among]]:
    """Return where each force stands, by metric, period and source."""
    columns = data.table("rates").columns
    territorial = data.territorial()
    figures: dict[tuple[str, ...], dict[str, Counted]] = {about: {} for about in units}
    keys = zip(*(columns[name] for name in _SPREAD_BY), strict=True)
    cells = zip(columns["force"], columns["count"], columns["base"], strict=True)
    for about, (force, count, base) in zip(keys, cells, strict=True):
        if about in figures and force in territorial:
            figures[about][force] = Counted(
                int(count) if count else None, float(base) if base else None
            )
    labels = {name.id: name.label for name in data.forces}
    spreads: dict[tuple[str, ...], Mapping[str, Among]] = {}
    for about, found in figures.items():
        scale = per(units[about])
        spreads[about] = (
            among(
                found, territorial, selection.out_of_spread, labels, scale, selection.level,
                selection.forces,
            )
            if scale
            else {}
        )  # fmt: skip
    return spreads


def judged(data: Dataset, selection: Selection) -> list[Judgment]:
    """Return the judgments of the selected forces; empty where there is none.

    They are in the order of the questions' table, then in that of the forces.
    """
    questions = {row["question"]: row["label"] for row in data.rows("questions")}
    scale = data.by_id("scale")
    rows = data.rows("judgments")
    found = []
    for force in selection.forces:
        its = [row for row in rows if row["force"] == force]
        source = selection.source or next(iter(data.in_order(row["source"] for row in its)), None)
        found += [row for row in its if row["source"] == source]
    order = {question: place for place, question in enumerate(questions)}
    found.sort(key=lambda row: order[row["question"]])
    return [
        Judgment(
            force=row["force"],
            question=row["question"],
            judgment=row["judgment"],
            rank=int(scale[row["judgment"]]["rank"]),
            positive=scale[row["judgment"]]["positive"] == "true",
            summary=row["summary"] or None,
            source=row["source"],
            label=questions[row["question"]],
            locator=row["locator"] or None,
        )
        for row in found
    ]
