"""Bars about zero on one scale: differences from the benchmark, or changes beside its changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from crimecmp.charts.marks import (
    MOST,
    described,
    difference_words,
    in_groups,
    intervals_words,
    roles_of,
)
from crimecmp.comparison.methods import COUNTS, MARGINS, PROPORTIONS, ROUNDING
from crimecmp.comparison.pairing import paired
from crimecmp.comparison.request import Request, no_figures
from crimecmp.comparison.row import Comparison
from crimecmp.comparison.rows import answer_to
from crimecmp.comparison.verdict_words import REST
from crimecmp.document.picture import Mark, Picture, Role, Rows, Scale
from crimecmp.tables.dataset import Dataset
from crimecmp.text import MISSING, PRINTED, rounded
from crimecmp.wording.answers import lower_first, short_percent, signed_percent
from crimecmp.wording.captions import beneath, picture_source, places_in_source
from crimecmp.wording.figure_words import figure_words, level_words, range_words
from crimecmp.wording.headlines import of_changes, of_measures
from crimecmp.wording.labels import (
    KIND_LABELS,
    compared_with,
    headline,
    opponent_label,
    periods_words,
    span_words,
    year_words,
)
from crimecmp.wording.sentences import plain_kinds, plain_verdict, verdict_and_basis

T = TypeVar("T")


def bars(data: Dataset, table: str, request: Request) -> Picture:
    """Return a picture of one kind of figure for the forces and the benchmark.

    Parameters
    ----------
    data
        The tables.
    table
        `rates`, `changes` or `outcomes`.
    request
        The forces and the benchmark.

    Raises
    ------
    NoFiguresError
        Where the data have no such figure for the forces.
    RequestError
        Where there are more forces than a picture can show.
    """
    roles = roles_of(request)
    rows = paired(data, answer_to(data, table, request), among=False)
    if not rows:
        raise no_figures(data, table, request)
    title = (of_changes if table == "changes" else of_measures)(data, request, rows)
    below = beneath(data, table, request, rows, otherwise=plain_kinds(rows))
    drawing = (_changes if table == "changes" else _differences)(data, table, request, rows, roles)
    return Picture(
        "bars",
        title,
        _subtitle(data, table, request, rows),
        drawing,
        below.note,
        picture_source(data, rows),
        described(title, _in_words(data, rows), (*below.more, *places_in_source(rows))),
        _lines_words(table, rows),
    )


def _subtitle(data: Dataset, table: str, request: Request, rows: Sequence[Comparison]) -> str:
    """Return the measure, its unit, the places and the years."""
    measure = rows[0].label if len({row.metric for row in rows}) == 1 else KIND_LABELS[table].title
    if table == "changes":
        what = f"{measure}, " * (measure == rows[0].label)
        return f"{what}% change in the number recorded: {headline(data, request)}"
    one = len(request.forces) == 1 or measure == rows[0].label
    unit = f" {_commonest(row.unit for row in rows)}" if one and table == "rates" else ""
    year = year_words(_commonest(row.period_end for row in rows)) if one else periods_words(rows)
    said = f"{measure}{unit}: {headline(data, request)}, {year}"
    return f"{said}, unless a row says otherwise" if one and any(_differs(rows)) else said


def _differs(rows: Sequence[Comparison]) -> Iterable[bool]:
    """Yield of each row whether its unit or its period is not that of most."""
    unit, end = _commonest(row.unit for row in rows), _commonest(row.period_end for row in rows)
    return ((row.unit, row.period_end) != (unit, end) for row in rows)


def _commonest(found: Iterable[T]) -> T:
    """Return what most rows have: said once, and again only where a row differs."""
    [(most, _)] = Counter(found).most_common(1)
    return most


# --- Differences of rates and outcomes


def _differences(
    data: Dataset, table: str, request: Request, rows: Sequence[Comparison], roles: dict[str, Role]
) -> Rows:
    """Return the differences from the benchmark: one force's in one group, else by measure."""
    against = opponent_label(data, request)
    relative = any(row.percent_difference is not None for row in rows) or table == "rates"
    axis = f"{'% difference' if relative else 'Points of difference'} from {_in_sentence(against)}"
    if len(request.forces) == 1:
        [force] = request.forces
        marks = tuple(_measure(row, rows, roles[row.force]) for row in rows)
        names = (data.forces[force].label, against)
        groups: tuple[Scale, ...] = (Scale("", "", marks),)
        return Rows(groups, True, headings=names, axis=axis, most=MOST, remarks=_tests_words(rows))
    scales = []
    for group in in_groups(rows):
        first = group[0]
        other = f"{against} {_figure(first, own=False)}"
        words = (first.unit if first.unit != "%" else "", year_words(first.period_end), other)
        marks = tuple(
            _difference(row, data.forces[row.force].label, roles[row.force]) for row in group
        )
        scales.append(Scale(first.label, ", ".join(filter(None, words)), marks))
    return Rows(tuple(scales), True, axis=axis, most=MOST, remarks=_tests_words(rows))


def _in_sentence(label: str) -> str:
    return f"the {lower_first(label)}" if label.startswith("Mean of ") else label


def _measure(row: Comparison, rows: Sequence[Comparison], role: Role) -> Mark:
    """Return a measure's mark, with its unit and period where most have others."""
    detail = []
    if row.kind == "rate" and row.unit != _commonest(each.unit for each in rows):
        detail.append(row.unit)
    if row.period_end != _commonest(each.period_end for each in rows):
        detail.append(year_words(row.period_end))
    mark = _difference(row, row.label, role)
    figures = _figure(row, own=True), _figure(row, own=False)
    return mark._replace(detail=", ".join(detail), figures=figures)


def _difference(row: Comparison, label: str, role: Role) -> Mark:
    """Return a mark at a difference, with the range that is known of it."""
    value = _value(row)
    ends = _range(row) if value is not None else None
    low, high = (ends.low, ends.high) if ends else (None, None)
    about = "" if ends is None else ends.about(row)
    text = MISSING
    if value is not None:
        points = f"{rounded(value, _places(row), signed=True)} points"
        text = points if row.percent_difference is None else short_percent(value)
    figures = (_figure(row, own=True),)
    mark = Mark(label, role, value, text, low, high, plain_verdict(row), figures=figures)
    return _with_range(mark, about)


def _with_range(mark: Mark, about: str) -> Mark:
    """Return a mark whose range is in its words where its bar is too long to show it."""
    if mark.value is None or abs(mark.value) <= MOST or mark.low is None or mark.high is None:
        return mark
    words = f"{about} {range_words(mark.low, mark.high, 0, '%')}"
    return mark._replace(remark=", ".join(filter(None, [mark.remark, words])))


def _one_interval(row: Comparison) -> str:
    return f"{level_words(row)} interval"


def _value(row: Comparison) -> float | None:
    """Return a difference: in %, or in points of percentages; a rate beside zero has none."""
    return row.difference if row.unit == "%" else row.percent_difference


def _places(row: Comparison) -> int:
    return min(max(row.force_decimals or 0, row.benchmark_decimals or 0), 1)


def _figure(row: Comparison, *, own: bool) -> str:
    return figure_words(row, row.own if own else row.other)


class _Range(NamedTuple):
    """The range that is known of a difference as it is drawn: its interval, or by rounding."""

    low: float
    high: float
    by_rounding: bool

    def about(self, row: Comparison) -> str:
        """Return what the range is, before its ends."""
        return "rounding allows" if self.by_rounding else _one_interval(row)


def _range(row: Comparison) -> _Range | None:
    """Return the interval of a difference, else what rounding allows; None where neither is known.

    Where the force is part of the benchmark the test is of another difference: from the rest.
    """
    tested, beyond = row.tested, row.beyond
    if row.percent_difference is None:
        if tested.method in (MARGINS, PROPORTIONS):
            return _known(tested.interval_low, tested.interval_high)
        return _known(tested.difference_low, tested.difference_high, by_rounding=True)
    if tested.method == COUNTS and beyond.tested_against != REST:
        ends = beyond.usual_low, beyond.usual_high
        ends = (tested.interval_low, tested.interval_high) if None in ends else ends
        low, high = (None if end is None else 100 * (end - 1) for end in ends)
        return _known(low, high)
    if max(row.force_decimals or 0, row.benchmark_decimals or 0) > PRINTED:
        return None
    low, high = tested.percent_difference_low, tested.percent_difference_high
    return _known(low, high, by_rounding=True)


def _known(low: float | None, high: float | None, *, by_rounding: bool = False) -> _Range | None:
    return None if low is None or high is None else _Range(low, high, by_rounding)


def _lines_words(table: str, rows: Sequence[Comparison]) -> str:
    """Return what the thin lines through the ends of bars are; empty where there are none."""
    if table == "changes":
        return intervals_words(rows)
    found = (_range(row) for row in rows if _value(row) is not None)
    kinds = {its.by_rounding for its in found if its}
    words = {
        (False,): f"{level_words(rows[0])} intervals",
        (True,): "what rounding allows, not confidence intervals",
        (False, True): f"{level_words(rows[0])} intervals, or of printed figures what rounding "
        "allows",
    }
    return words.get(tuple(sorted(kinds)), "")


PRINTED_ALONE = "Printed figures are tested against rounding alone, not against random variation"


def _tests_words(rows: Sequence[Comparison]) -> str:
    """Return what verdicts on printed figures are tested against; empty where there are none."""
    return PRINTED_ALONE if any(row.tested.method == ROUNDING for row in rows) else ""


# --- Changes


def _changes(
    data: Dataset, table: str, request: Request, rows: Sequence[Comparison], roles: dict[str, Role]
) -> Rows:
    """Return the changes of the forces and of the benchmark, by measure and span."""
    scales = []
    for group in in_groups(rows):
        first = group[0]
        marks = [
            Mark(
                data.forces[row.force].label,
                roles[row.force],
                row.force_value,
                _change(row, own=True),
                row.tested.force_low,
                row.tested.force_high,
                plain_verdict(row),
            )
            for row in group
        ]
        marks = [_with_range(mark, _one_interval(first)) for mark in marks]
        marks.append(
            Mark(
                compared_with(data, first),
                "benchmark",
                first.benchmark_value,
                _change(first, own=False),
                first.tested.benchmark_low,
                first.tested.benchmark_high,
            )
        )
        span = span_words(first.base_period_end, first.period_end)
        scales.append(Scale(first.label, span, tuple(marks)))
    return Rows(tuple(scales), bars=True, axis="% change", most=MOST)


def _change(row: Comparison, *, own: bool) -> str:
    side = row.own if own else row.other
    return MISSING if side.value is None else signed_percent(side)


# --- In words


def _in_words(data: Dataset, rows: Sequence[Comparison]) -> list[str]:
    """Return each measure with all figures, differences and verdicts in a sentence."""
    sentences = []
    for group in in_groups(rows):
        first = group[0]
        each = [
            ", ".join(
                filter(
                    None,
                    [
                        f"{data.forces[row.force].label} {_figure(row, own=True)}",
                        difference_words(row),
                        verdict_and_basis(row),
                    ],
                )
            )
            for row in group
        ]
        each.append(f"{compared_with(data, first)} {_figure(first, own=False)}")
        unit = "" if first.unit == "%" else f", {first.unit}"
        span = span_words(first.base_period_end, first.period_end)
        sentences.append(f"{first.label}{unit}, {span}: {'; '.join(each)}.")
    return sentences
