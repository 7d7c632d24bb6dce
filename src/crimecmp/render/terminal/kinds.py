"""Each kind of picture as a chart: its rows, and the inks in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Protocol

from crimecmp.document.picture import (
    FORCE_ROLES,
    Funnel,
    Limits,
    Lines,
    Mark,
    Point,
    Role,
    Rows,
    Scale,
    Spine,
    SpineRow,
    can_be_drawn,
)
from crimecmp.render.terminal.chart import Block, Chart, Row
from crimecmp.render.terminal.inks import (
    Bar,
    Beyond,
    Extent,
    Ink,
    Shade,
    Span,
    Spot,
    Stretch,
)
from crimecmp.render.terminal.signs import (
    BEYOND,
    BRACKETS,
    FAINT,
    INTERVAL,
    REFERENCE,
    ROLE_SIGNS,
    SHADE,
    SPREAD,
    USUAL,
    in_encoding,
)
from crimecmp.text import MISSING, in_words, period_name

_ROLE_NAMES: dict[Role, str] = {
    "force": "the force",
    "second": "the second force",
    "third": "the third force",
    "benchmark": "the benchmark",
    "other": "others",
}
_SIGNS_OVER_TIME: dict[Role, str] = {**ROLE_SIGNS, "other": FAINT}
_DRAWING_ORDER: tuple[Role, ...] = ("other", "benchmark", *reversed(FORCE_ROLES))
"""The roles in drawing order: where two marks meet, the force's is on top."""
_INTERVAL_ROLE: Role = "force"
_GAPS = {MISSING, in_encoding(MISSING, "ascii")}
_NO_FIGURE = f"{MISSING} no figure"
_FROM_ZERO = "bars from 0"
_INTERVALS = "intervals"
_BY_CHANCE = "limits by random variation alone"


class _Named(Protocol):
    @property
    def label(self) -> str: ...

    @property
    def role(self) -> Role: ...


class _Estimate(Protocol):
    @property
    def low(self) -> float | None: ...

    @property
    def high(self) -> float | None: ...


def chart(drawing: Rows | Lines | Funnel | Spine, intervals: str = "") -> Chart:
    """Return a drawing as a chart.

    The legend explains the signs, with `intervals` as the words for intervals, and the sign for a
    missing figure if there is one.
    """
    made = _chart(drawing, intervals or _INTERVALS)
    figures = {text for block in made.blocks for row in block.rows for text in row.figures}
    return made._replace(legend=(*made.legend, _NO_FIGURE)) if figures & _GAPS else made


def _chart(drawing: Rows | Lines | Funnel | Spine, intervals: str) -> Chart:
    if isinstance(drawing, Lines):
        return _lines(drawing, intervals)
    if isinstance(drawing, Funnel):
        return _funnel(drawing)
    if isinstance(drawing, Spine):
        return _spine(drawing)
    return _bars(drawing) if drawing.bars else _points(drawing, intervals)


# --- Rows


def _points(rows: Rows, intervals: str) -> Chart:
    marks = [mark for scale in rows.scales for mark in scale.marks]
    legend = [*_signs(marks, ROLE_SIGNS), *_reference_legend(rows)]
    if any(_span(mark) for mark in marks):
        legend.append(f"{INTERVAL} {intervals}")
    if rows.band:
        legend.append(f"{SHADE} {rows.band}")
    if rows.remarks:
        legend.append(rows.remarks)
    blocks = (
        Block(
            tuple(
                _row(mark, (*_shade(mark), *_span(mark), *_spot(mark.value, mark.role)))
                for mark in map(_remarked, scale.marks)
            ),
            title=_title(scale) if scale.title else "",
            unit="" if scale.title else scale.unit,
            behind=_reference(rows.reference),
            from_zero=rows.from_zero,
        )
        for scale in rows.scales
    )
    return Chart(tuple(blocks), tuple(legend))


def _bars(rows: Rows) -> Chart:
    low, high = rows.ends
    last = len(rows.scales) - 1
    headings = (*rows.headings, "") if rows.headings else ()
    blocks = tuple(
        Block(
            tuple(_row(mark, _bar(mark, low, high)) for mark in scale.marks),
            title=_title(scale),
            headings=headings,
            behind=(Extent(low, high),),
            from_zero=True,
            scale=place == last,
        )
        for place, scale in enumerate(rows.scales)
    )
    inks = [ink for block in blocks for row in block.rows for ink in row.inks]
    legend = [f"bars from 0: {rows.axis}" if rows.axis else _FROM_ZERO]
    if any(isinstance(ink, Bar) and ink.cut for ink in inks):
        legend.append(f"{BEYOND[True]} beyond the scale")
    if rows.remarks:
        legend.append(rows.remarks)
    return Chart(blocks, tuple(legend))


def _row(mark: Mark, inks: tuple[Ink, ...]) -> Row:
    label = ", ".join(filter(None, (mark.label, mark.detail)))
    return Row(label, (*mark.figures, mark.text or MISSING), inks, mark.role, mark.remark)


def _remarked(mark: Mark) -> Mark:
    """Return a mark with its detail at the end of its row, where words are in no band."""
    remark = ", ".join(filter(None, (mark.remark, mark.detail)))
    return mark._replace(remark=remark, detail="")


def _title(scale: Scale) -> str:
    return ", ".join(filter(None, (scale.title, scale.unit)))


def _reference(value: float | None) -> tuple[Ink, ...]:
    return (Spot(value, REFERENCE),) if can_be_drawn(value) else ()


def _reference_legend(rows: Rows) -> Iterator[str]:
    if can_be_drawn(rows.reference):
        marks = (mark for scale in rows.scales for mark in scale.marks)
        yield f"{REFERENCE} the figure of {_name('benchmark', marks)}"


# --- Lines


def _lines(lines: Lines, intervals: str) -> Chart:
    shown = [line for line in lines.lines if line.role != "other"]
    in_order = sorted(lines.lines, key=lambda line: _DRAWING_ORDER.index(line.role))
    periods = sorted({point.period_end for line in in_order for point in line.points})
    figures = [{point.period_end: point.text or MISSING for point in line.points} for line in shown]
    points = [(line.role, {point.period_end: point for point in line.points}) for line in in_order]
    rows = (
        Row(
            period_name(period),
            tuple(texts.get(period, MISSING) for texts in figures),
            tuple(_inks([(role, at[period]) for role, at in points if period in at], lines.band)),
            remark=", ".join(_said_of(lines, period)),
        )
        for period in periods
    )
    legend = list(_signs(lines.lines, _SIGNS_OVER_TIME))
    forces = [line for line in shown if line.role == _INTERVAL_ROLE]
    if lines.band:
        legend.append(f"{SHADE} {lines.band}")
    elif any(_span(point) for line in forces for point in line.points):
        legend.append(f"{INTERVAL} {_name(_INTERVAL_ROLE, forces)}'s {intervals}")
    block = Block(
        tuple(rows),
        headings=tuple(f"{ROLE_SIGNS[line.role]} {line.label}" for line in shown),
        short_headings=tuple(ROLE_SIGNS[line.role] for line in shown),
        from_zero=lines.from_zero,
    )
    return Chart((block,), tuple(legend))


def _said_of(lines: Lines, period: date) -> Iterator[str]:
    """Yield what there is to say of a period: cautions, and the first force's signal."""
    yield from (its.text for its in lines.cautions if its.period_end == period)
    for line in lines.lines:
        if line.role == _INTERVAL_ROLE:
            yield from (
                its.signal for its in line.points if its.period_end == period and its.signal
            )


def _inks(points: list[tuple[Role, Point]], band: str) -> Iterator[Ink]:
    """Yield the first force's interval or usual range, then all marks; more would hide others."""
    for role, point in points:
        if role == _INTERVAL_ROLE:
            yield from _usual(point.low, point.high) if band else _span(point)
    for role, point in points:
        yield from _spot(point.value, role, _SIGNS_OVER_TIME)


# --- Funnel


def _funnel(funnel: Funnel) -> Chart:
    bracketed = list(zip(funnel.limits, BRACKETS, strict=False))
    rows = (
        Row(
            dot.label,
            (f"{dot.base:,.0f}", dot.text),
            (*_limits(dot.base, bracketed), *_spot(dot.value, dot.role)),
            dot.role,
            dot.remark,
        )
        for dot in funnel.dots
    )
    legend = [
        *_signs(funnel.dots, ROLE_SIGNS),
        f"{REFERENCE} {funnel.centre_label}",
        *_limits_legend(bracketed),
    ]
    block = Block(tuple(rows), headings=(funnel.base_label, ""), behind=_reference(funnel.centre))
    return Chart((block,), tuple(legend), gathered=True)


def _limits(base: float, bracketed: list[tuple[Limits, tuple[str, str]]]) -> Iterator[Ink]:
    """Yield the limits at a base, the wider first, so that the narrower is on top."""
    for limits, signs in reversed(bracketed):
        ends = limits_at(base, limits.curve) or ()
        for end, sign in zip(ends, signs, strict=False):
            yield Spot(end, sign)


def limits_at(
    base: float, curve: Sequence[tuple[float, float, float]]
) -> tuple[float, float] | None:
    """Return the limits at a base, by linear interpolation; None beyond the ends of the curve."""
    for (start, *lower), (end, *upper) in pairwise((curve[0], *curve) if curve else ()):
        if start <= base <= end:
            part = (base - start) / (end - start) if end > start else 0.0
            low, high = (a + (b - a) * part for a, b in zip(lower, upper, strict=True))
            return low, high
    return None


def _limits_legend(bracketed: list[tuple[Limits, tuple[str, str]]]) -> Iterator[str]:
    """Yield one item that explains the brackets."""
    if bracketed:
        parts = [f"{low} {high} {limits.label}" for limits, (low, high) in bracketed]
        overdispersed = any(limits.overdispersed for limits, _ in bracketed)
        yield f"{in_words(parts)}{'' if overdispersed else f' {_BY_CHANCE}'}"


# --- Spine


def _spine(spine: Spine) -> Chart:
    """Return the rows of one force in a block, or of several forces in a block a measure."""
    behind = (Extent(-spine.end, spine.end), Spot(0.0, REFERENCE))
    unit = f"% difference from {spine.benchmark}"
    blocks: list[Block] = []
    if len(spine.forces) > 1:
        for row in spine.rows:
            title = f"{row.measure}, {spine.benchmark} {row.benchmark}"
            drawn = Row(row.force, (row.text,), _spine_inks(row, spine.end), row.role, _remark(row))
            if blocks and blocks[-1].title == title:
                blocks[-1] = blocks[-1]._replace(rows=(*blocks[-1].rows, drawn))
            else:
                blocks.append(Block((drawn,), title, unit=unit, behind=behind, scale=False))
    else:
        rows = (
            Row(
                row.measure,
                (row.text, row.benchmark),
                _spine_inks(row, spine.end),
                remark=_remark(row),
            )
            for row in spine.rows
        )
        [(force, role)] = spine.forces.items()
        block = Block(
            tuple(rows),
            headings=(force, spine.short_benchmark),
            short_headings=(ROLE_SIGNS[role], REFERENCE),
            unit=unit,
            behind=behind,
        )
        blocks.append(block)
    blocks[-1] = blocks[-1]._replace(scale=True)
    return Chart(tuple(blocks), tuple(_spine_legend(spine)), least_strip=_LEAST_SPINE)


_LEAST_SPINE = 18


def _remark(row: SpineRow) -> str:
    return ", ".join(filter(None, (row.rank, row.verdict)))


def _spine_inks(row: SpineRow, end: float) -> tuple[Ink, ...]:
    """Return the spread of all forces, the usual range and the force, each within the scale."""
    inks: list[Ink] = []
    if row.others:
        low, high = row.others[0], row.others[-1]
        inks.append(Stretch(_within(low, end), _within(high, end), SPREAD))
    if row.usual is not None:
        low, high = row.usual
        inks.append(Stretch(_within(low, end), _within(high, end), USUAL))
    inks.append(Spot(0.0, REFERENCE))
    if row.others and row.others[-1] > end:
        inks.append(Beyond(""))
    if row.percent is not None and row.percent > end:
        inks.append(Beyond(row.percent_text, row.role))
    elif row.percent is not None:
        inks.append(Spot(row.percent, ROLE_SIGNS[row.role], row.role))
    return tuple(inks)


def _within(percent: float, end: float) -> float:
    return min(percent, end)


def _spine_legend(spine: Spine) -> Iterator[str]:
    for force, role in spine.forces.items():
        yield f"{ROLE_SIGNS[role]} {force}"
    yield f"{REFERENCE} {spine.benchmark}"
    if spine.usual:
        yield f"{USUAL} {spine.usual}"
    if any(row.others for row in spine.rows):
        yield f"{SPREAD} all other forces, from the lowest to the highest"
    yield from spine.remarks


# --- Shared


def _spot(
    value: float | None, role: Role, signs: Mapping[Role, str] = ROLE_SIGNS
) -> tuple[Ink, ...]:
    return (Spot(value, signs[role], role),) if can_be_drawn(value) else ()


def _span(estimate: _Estimate) -> tuple[Ink, ...]:
    low, high = estimate.low, estimate.high
    return (Span(low, high),) if can_be_drawn(low) and can_be_drawn(high) else ()


def _bar(mark: Mark, low: float, high: float) -> tuple[Ink, ...]:
    """Return a bar no longer than its scale."""
    if not can_be_drawn(mark.value):
        return ()
    end = min(max(mark.value, low), high)
    return (Bar(end, mark.role, cut=end != mark.value),)


def _shade(mark: Mark) -> tuple[Ink, ...]:
    return _usual(*(mark.band or (None, None)))


def _usual(low: float | None, high: float | None) -> tuple[Ink, ...]:
    return (Shade(low, high),) if can_be_drawn(low) and can_be_drawn(high) else ()


def _signs(named: Iterable[_Named], signs: Mapping[Role, str]) -> Iterator[str]:
    """Yield each sign that is drawn, with the area that it marks."""
    named = list(named)
    roles = {one.role for one in named}
    yield from (f"{signs[role]} {_name(role, named)}" for role in signs if role in roles)


def _name(role: Role, named: Iterable[_Named]) -> str:
    """Return the label of the areas with a role; if labels differ, the name of the role."""
    labels = {one.label for one in named if one.role == role}
    return labels.pop() if len(labels) == 1 else _ROLE_NAMES[role]
