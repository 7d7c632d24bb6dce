"""A spine: a row a measure, with the force among all others on one scale about the benchmark."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from crimecmp.document.picture import Role, Spine, SpineRow
from crimecmp.render.matplotlib import axes
from crimecmp.render.matplotlib.canvas import Align, Canvas, Position, box
from crimecmp.render.matplotlib.lettering import SMALL, Block, Face, balanced, face_of, folded
from crimecmp.render.matplotlib.looks import BAND, FAINT_INK, FRAME, GRID, INK, LOOKS, PAPER
from crimecmp.render.matplotlib.scales import Scale, in_figures, ticks

_SIZE = 9.5
_FACE = Face(_SIZE)
_MEASURE = Face(_SIZE, bold=True)
_FAINT = Face(_SIZE, ink=FAINT_INK)
_VERDICT = Face(9)
_HEADING = Face(8.5, ink=FAINT_INK)
_GAP = 10.0
_ROW, _STACKED = 25.0, 40.0
_BAND, _OTHER, _ZERO = 7.0, 4.0, 9.0  # half the heights of a band, a tick and the line at zero
_WIDEST_LABEL, _WIDEST_VERDICT = 0.24, 0.15  # shares of the picture's width
_SHORTEST = 130.0
_TICK_WIDTH = 44.0
_ARROWS = {True: ">", False: "<"}


class _Cells(NamedTuple):
    """The words of a row: what it is called, its figures, its rank and its verdict."""

    label: Block
    figures: tuple[Block, ...]
    rank: Block
    verdict: Block

    @property
    def height(self) -> float:
        """The height of the tallest."""
        return max(block.height for block in (self.label, *self.figures, self.rank, self.verdict))


class _Columns(NamedTuple):
    """Where the columns are.

    Parameters
    ----------
    left, right
        The ends of a row.
    figures
        The right edges of the figures.
    rank, verdict
        The left edges of the rank and of the verdict.
    scale
        The scale, between the figures and the rank or below them.
    stacked
        Whether the scale is below the words of its row, for want of room beside them.
    """

    left: float
    right: float
    figures: tuple[float, ...]
    rank: float
    verdict: float
    scale: Scale
    stacked: bool


def draw(canvas: Canvas, spine: Spine, left: float, right: float, top: float) -> float:
    """Draw a spine below a height, and return the height of its bottom edge."""
    several = len(spine.forces) > 1
    width = right - left
    cells = [_cells(row, width, several=several) for row in spine.rows]
    headings = _headings(spine, several=several)
    columns = _columns(spine, cells, headings, left, right)
    top = _head(canvas, headings, columns, top)
    first = top
    strips: list[tuple[SpineRow, float]] = []
    written = zip(spine.rows, cells, strict=True)
    for measure, group in groupby(written, key=lambda pair: pair[0].measure):
        rows = list(group)
        if several:
            words = f"{spine.benchmark} {rows[0][0].benchmark}"
            top = _group_heading(canvas, measure, words, columns, top)
        for row, its in rows:
            top, middle = _write(canvas, its, columns, top)
            strips.append((row, middle))
    bottom = _strips(canvas, spine, columns, strips, (first, top))
    return _key(canvas, spine, left, right, bottom)


def _cells(row: SpineRow, width: float, *, several: bool) -> _Cells:
    """Return the words of a row, folded; of several forces each row is called after its own."""
    figures = [folded(row.text, face_of(row.role, _SIZE), math.inf)]
    if several:
        label = balanced(row.force, face_of(row.role, _SIZE), width * _WIDEST_LABEL)
    else:
        label = balanced(row.measure, _MEASURE, width * _WIDEST_LABEL)
        figures.append(folded(row.benchmark, _FACE, math.inf))
    return _Cells(
        label,
        tuple(figures),
        folded(row.rank, _FAINT, math.inf),
        balanced(row.verdict, _VERDICT, width * _WIDEST_VERDICT),
    )


def _headings(spine: Spine, *, several: bool) -> tuple[Block, ...]:
    """Return the headings of the figures; several forces have their names in the rows."""
    if several:
        return (folded("", _HEADING, math.inf),)
    [(force, role)] = spine.forces.items()
    face = face_of(role, _HEADING.size)
    return (
        balanced(force, face, _TICK_WIDTH * 1.5),
        balanced(spine.short_benchmark, _HEADING, _TICK_WIDTH * 1.5),
    )


def _columns(
    spine: Spine, cells: Sequence[_Cells], headings: Sequence[Block], left: float, right: float
) -> _Columns:
    """Return where the columns are; the scale has what the others leave, or a line of its own."""
    x = left + max((its.label.width for its in cells), default=0)
    figures = []
    for place, heading in enumerate(headings):
        x += _GAP + max(heading.width, *(its.figures[place].width for its in cells))
        figures.append(x)
    verdict = right - max((its.verdict.width for its in cells), default=0)
    ranks = max((its.rank.width for its in cells), default=0)
    rank = verdict - (ranks + _GAP if ranks else 0)
    start, end = x + 1.5 * _GAP, rank - 1.5 * _GAP
    stacked = end - start < _SHORTEST
    if stacked:
        start, end = left + _GAP, right - _GAP
    scale = Scale(-spine.end, spine.end, start, end)
    return _Columns(left, right, tuple(figures), rank, verdict, scale, stacked)


def _head(canvas: Canvas, headings: Sequence[Block], columns: _Columns, top: float) -> float:
    """Write the headings of the figures on a common foot, and return its height."""
    foot = top + max((block.height for block in headings), default=0)
    for block, x in zip(headings, columns.figures, strict=True):
        canvas.write(block, x, foot - block.height, "right")
    return foot + 2


def _group_heading(
    canvas: Canvas, measure: str, benchmark: str, columns: _Columns, top: float
) -> float:
    """Write a measure and the benchmark's figure above the forces' rows."""
    title = folded(measure, _MEASURE, columns.right - columns.left)
    figure = folded(benchmark, _HEADING, columns.right - columns.left)
    beside = columns.left + title.width + _GAP
    top += _GAP / 2
    if beside + figure.width <= columns.right:
        canvas.write(figure, beside, top + 1)
        return canvas.write(title, columns.left, top)
    return canvas.write(figure, columns.left, canvas.write(title, columns.left, top))


def _write(canvas: Canvas, its: _Cells, columns: _Columns, top: float) -> tuple[float, float]:
    """Write the words of a row; return the height of its foot, and of its strip's middle."""
    height = max(its.height + 2, _ROW)
    middle = top + height / 2
    blocks: list[tuple[Block, float, Align]] = [(its.label, columns.left, "left")]
    blocks += [(block, x, "right") for block, x in zip(its.figures, columns.figures, strict=True)]
    blocks += [(its.rank, columns.rank, "left"), (its.verdict, columns.verdict, "left")]
    for block, x, align in blocks:
        canvas.write(block, x, middle - block.height / 2, align)
    if columns.stacked:
        middle = top + height + _BAND - 2
        height += _STACKED - _ROW
    return top + height, middle


def _strips(
    canvas: Canvas,
    spine: Spine,
    columns: _Columns,
    strips: Sequence[tuple[SpineRow, float]],
    ends: tuple[float, float],
) -> float:
    """Draw the strips of all rows on their scale, and return the height of its foot."""
    scale, (top, foot) = columns.scale, ends
    bottom = _axis(canvas, spine, columns, top, foot)
    bands: list[list[Position]] = []
    others: list[list[Position]] = []
    zeros: list[list[Position]] = []
    for row, middle in strips:
        if row.usual is not None:
            low, high = (scale(_within(end, spine)) for end in row.usual)
            bands.append(box(low, middle - _BAND, high, middle + _BAND))
        others += [
            [(scale(other), middle - _OTHER), (scale(other), middle + _OTHER)]
            for other in row.others
            if abs(other) <= spine.end
        ]
        zeros.append([(scale(0), middle - _ZERO), (scale(0), middle + _ZERO)])
    canvas.areas(bands, "spine-usual", BAND)
    canvas.strokes(others, "spine-others", FRAME, 0.6)
    canvas.strokes(zeros, "spine-benchmark", LOOKS["benchmark"].colour, 1.2)
    for role in spine.forces.values():
        own = [(row, middle) for row, middle in strips if row.role == role]
        _marks(canvas, spine, scale, own, role)
    return bottom


def _marks(
    canvas: Canvas, spine: Spine, scale: Scale, rows: Sequence[tuple[SpineRow, float]], role: Role
) -> None:
    """Draw a force's marks; one beyond the scale is an arrow at its end, with the figure."""
    points: list[Position] = []
    arrows: dict[bool, list[Position]] = {True: [], False: []}
    look = LOOKS[role]
    for row, middle in rows:
        if row.percent is None:
            continue
        if abs(row.percent) <= spine.end:
            points.append((scale(row.percent), middle))
            continue
        high = row.percent > 0
        x = scale.end if high else scale.start
        arrows[high].append((x, middle))
        words = folded(row.percent_text, face_of(role, _SIZE - 1), math.inf)
        reach = _GAP / 2 + 3
        left = x - reach - words.width if high else x + reach
        top = middle - words.height / 2
        canvas.areas([box(left - 2, top, left + words.width + 2, top + words.height)], "", PAPER)
        canvas.write(words, left, top)
    canvas.marks(points, f"spine-{role}", look, scale=1.15)
    for high, positions in arrows.items():
        name = f"spine-{role}-{'high' if high else 'low'}"
        canvas.marks(positions, name, look._replace(marker=_ARROWS[high]), scale=1.15)


def _axis(canvas: Canvas, spine: Spine, columns: _Columns, top: float, foot: float) -> float:
    """Draw the scale below the rows, and return the height of the bottom edge of its words."""
    scale = columns.scale
    figures = ticks(scale.low, scale.high, max(2, int((scale.end - scale.start) / _TICK_WIDTH)))
    xs = [scale(figure) for figure in figures]
    if not columns.stacked:
        canvas.strokes([[(x, top), (x, foot)] for x in xs], "spine-grid", GRID)
    below = axes.foot(canvas, xs, scale.start, scale.end, foot + 2, "spine-")
    bottom = below
    for x, figure, text in zip(xs, figures, in_figures(figures), strict=True):
        signed = f"{'+' if figure > 0 else ''}{text}%"
        bottom = max(bottom, canvas.write(folded(signed, SMALL, _TICK_WIDTH), x, below, "center"))
    words = folded(f"difference from {spine.benchmark}", SMALL, columns.right - columns.left)
    middle = (scale.start + scale.end) / 2
    return canvas.write(words, middle, bottom, "center")


def _within(percent: float, spine: Spine) -> float:
    return max(-spine.end, min(percent, spine.end))


def _key(canvas: Canvas, spine: Spine, left: float, right: float, top: float) -> float:
    """Write what each sign is, and what the marks of measures and verdicts mean."""
    top += _GAP / 2
    x = left
    for name, words in _signs(spine):
        block = folded(words, SMALL, right - left - 2 * _GAP)
        if x > left and x + 2 * _GAP + block.width > right:
            x, top = left, top + SMALL.size * 1.5
        middle = top + SMALL.size * 0.64
        _sign(canvas, name, x + _GAP / 2, middle)
        canvas.write(block, x + 1.5 * _GAP, top)
        x += 3 * _GAP + block.width
        if len(block.lines) > 1:
            x, top = left, top + block.height
    top += SMALL.size * 1.5 if x > left else 0
    for words in _lines(spine.remarks):
        top = canvas.write(folded(words, SMALL, right - left), left, top)
    return top


def _lines(remarks: Sequence[str]) -> Iterator[str]:
    """Yield the remarks, short ones together in one line."""
    short = [words for words in remarks if len(words) < _SHORT]
    if short:
        yield "   ".join(short)
    yield from (words for words in remarks if len(words) >= _SHORT)


_SHORT = 40


def _signs(spine: Spine) -> Iterator[tuple[str, str]]:
    """Yield each sign that is drawn with what it means."""
    for force, role in spine.forces.items():
        yield role, force
    yield "benchmark", spine.benchmark
    if any(row.others for row in spine.rows):
        yield "other", "each other force"
    if spine.usual:
        yield "usual", spine.usual


def _sign(canvas: Canvas, name: str, x: float, y: float) -> None:
    """Draw one sign of the key about a position."""
    if name == "usual":
        canvas.areas([box(x - 5, y - 4, x + 5, y + 4)], "", BAND)
    elif name == "other":
        canvas.strokes([[(x, y - _OTHER), (x, y + _OTHER)]], "", FRAME, 0.6)
    elif name == "benchmark":
        canvas.strokes([[(x, y - _OTHER), (x, y + _OTHER)]], "", INK, 1.2)
    else:
        canvas.marks([(x, y)], "", next(look for role, look in LOOKS.items() if role == name))
