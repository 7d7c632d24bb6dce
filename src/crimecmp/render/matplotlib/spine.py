"""A spine: a row a measure, with the force among all others on one scale about the benchmark."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

from crimecmp.document.picture import Role, Spine, SpineRow
from crimecmp.render.matplotlib import axes
from crimecmp.render.matplotlib.canvas import Align, Canvas, Position, box
from crimecmp.render.matplotlib.lettering import SMALL, Block, Face, balanced, face_of, folded
from crimecmp.render.matplotlib.looks import BAND, FAINT_INK, FRAME, GRID, INK, LOOKS
from crimecmp.render.matplotlib.scales import Scale, in_figures

_SIZE = 9.5
_FACE = Face(_SIZE)
_MEASURE = Face(_SIZE, bold=True)
_FAINT = Face(_SIZE, ink=FAINT_INK)
_VERDICT = Face(9)
_HEADING = Face(8.5, ink=FAINT_INK)
_GAP = 10.0
_ROW, _ROW_OF_GROUP, _STRIP = 25.0, 20.0, 18.0  # the least heights of rows and of a strip below
_BAND, _OTHER, _ZERO = 7.0, 4.0, 9.0  # half the heights of a band, a tick and the line at zero
_WIDEST_LABEL, _WIDEST_VERDICT, _WIDEST_HEADING = 0.24, 0.15, 0.22  # shares of the width
_VERDICTS, _HEADINGS = 50.0, 84.0  # the least width of verdicts, and the most of headings
_SHORTEST, _SHORTEST_LABEL = 130.0, 78.0
_TICK_WIDTH = 40.0
_BEYOND = LOOKS["other"]._replace(marker=">", size=5.0)


class _Cells(NamedTuple):
    """The words of a row: its name and what is under that, its figures, rank and verdict."""

    label: Block
    detail: Block
    figures: tuple[Block, ...]
    rank: Block
    verdict: Block


class _Strip(NamedTuple):
    """A row and the height of the middle of its strip."""

    row: SpineRow
    middle: float


_Span = tuple[float, float]
"""The heights of a top and a foot."""


class _Columns(NamedTuple):
    """Where the columns are.

    Parameters
    ----------
    left, right
        The ends of a row.
    labels
        The width of labels; 0 where there is so little room that they are above their rows.
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
    labels: float
    figures: tuple[float, ...]
    rank: float
    verdict: float
    scale: Scale
    stacked: bool


def draw(canvas: Canvas, spine: Spine, left: float, right: float, top: float) -> float:
    """Draw a spine below a height, and return the height of its bottom edge."""
    several = len(spine.forces) > 1
    width = right - left
    headings = _headings(spine, width, several=several)
    cells = [_cells(row, width, width * _WIDEST_LABEL, several=several) for row in spine.rows]
    columns = _columns(spine, cells, headings, left, right)
    if columns.stacked:
        room = columns.labels or width
        cells = [_cells(row, width, room, several=several) for row in spine.rows]
    top = _head(canvas, spine, headings, columns, top)
    strips: list[_Strip] = []
    spans: list[_Span] = []
    least = _ROW_OF_GROUP if several else _ROW
    written = zip(spine.rows, cells, strict=True)
    for _, group in groupby(written, key=lambda pair: pair[0].measure):
        rows = list(group)
        if several:
            words = f"{spine.benchmark} {rows[0][0].benchmark}"
            words = ", ".join(filter(None, (rows[0][0].detail, words)))
            top = _group_heading(canvas, rows[0][0].name, words, columns, top)
        head = top
        for row, its in rows:
            top, middle = _write(canvas, its, columns, top, least)
            strips.append(_Strip(row, middle))
        spans.append((head, top))
    if columns.stacked:
        spans = [(middle - _ZERO, middle + _ZERO) for _, middle in strips]
    bottom = _axis(canvas, spine, columns, top)
    _strips(canvas, spine, columns.scale, strips, spans)
    return _key(canvas, spine, columns, bottom)


def _cells(row: SpineRow, width: float, room: float, *, several: bool) -> _Cells:
    """Return the words of a row; where there are several forces its label is one of them."""
    figures = [folded(row.text, face_of(row.role, _SIZE), math.inf)]
    if several:
        label = balanced(row.force, face_of(row.role, _SIZE), room)
    else:
        label = balanced(row.name, _MEASURE, room)
        figures.append(folded(row.benchmark, _FACE, math.inf))
    return _Cells(
        label,
        balanced("" if several else row.detail, SMALL, room),
        tuple(figures),
        folded(row.rank, _FAINT, math.inf),
        balanced(row.verdict, _VERDICT, max(width * _WIDEST_VERDICT, _VERDICTS)),
    )


def _headings(spine: Spine, width: float, *, several: bool) -> tuple[Block, ...]:
    """Return the headings of the figures; several forces have their names in the rows."""
    if several:
        return (folded("", _HEADING, math.inf),)
    [(force, role)] = spine.forces.items()
    room = min(width * _WIDEST_HEADING, _HEADINGS)
    return (
        balanced(force, face_of(role, _HEADING.size), room),
        balanced(spine.short_benchmark, _HEADING, room),
    )


def _columns(
    spine: Spine, cells: Sequence[_Cells], headings: Sequence[Block], left: float, right: float
) -> _Columns:
    """Return where the columns are; the scale has what the others leave, or a line of its own."""
    figures = [
        _GAP + max(heading.width, *(its.figures[place].width for its in cells))
        for place, heading in enumerate(headings)
    ]
    verdict = right - max(its.verdict.width for its in cells)
    ranks = max(its.rank.width for its in cells)
    rank = verdict - (ranks + _GAP if ranks else 0)
    beyond = max(_beyond(row, spine).width for row in spine.rows)
    labels = max(max(its.label.width, its.detail.width) for its in cells)
    start, end = left + labels + sum(figures) + 1.5 * _GAP, rank - 1.5 * _GAP - beyond
    stacked = end - start < _SHORTEST
    if stacked:
        start, end = left + _TICK_WIDTH / 2, right - max(_TICK_WIDTH / 2, beyond + _GAP)
        room = rank - _GAP - sum(figures) - left
        labels = room if room >= _SHORTEST_LABEL else 0.0
    edges = tuple(accumulate(figures, initial=left + labels))[1:]
    scale = Scale(-spine.end, spine.end, start, end)
    return _Columns(left, right, labels, edges, rank, verdict, scale, stacked)


def _beyond(row: SpineRow, spine: Spine) -> Block:
    """Return the figure of a force beyond the scale; no words for one on it."""
    off = row.percent is not None and row.percent > spine.end
    return folded(row.percent_text if off else "", face_of(row.role, _SIZE - 1), math.inf)


def _head(
    canvas: Canvas, spine: Spine, headings: Sequence[Block], columns: _Columns, top: float
) -> float:
    """Write the headings of the columns on a common foot, and return its height."""
    placed: list[tuple[Block, float, Align]] = [
        (block, x, "right") for block, x in zip(headings, columns.figures, strict=True)
    ]
    if not columns.stacked:
        name = folded(
            spine.benchmark, _HEADING._replace(ink=INK), columns.scale.end - columns.scale.start
        )
        placed.append((name, columns.scale(0), "center"))
    foot = top + max((block.height for block, _, _ in placed), default=0)
    for block, x, align in placed:
        canvas.write(block, x, foot - block.height, align)
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


def _write(
    canvas: Canvas, its: _Cells, columns: _Columns, top: float, least: float
) -> tuple[float, float]:
    """Write the words of a row; return the height of its foot, and of its strip's middle."""
    names = its.label.height + its.detail.height
    if not columns.labels:
        top = canvas.write(its.detail, columns.left, canvas.write(its.label, columns.left, top + 2))
        names = 0.0
    blocks: list[tuple[Block, float, Align]] = [
        *((block, x, "right") for block, x in zip(its.figures, columns.figures, strict=True)),
        (its.rank, columns.rank, "left"),
        (its.verdict, columns.verdict, "left"),
    ]
    height = max(least, names + 2, *(block.height + 2 for block, _, _ in blocks))
    middle = top + height / 2
    if columns.labels:
        below = canvas.write(its.label, columns.left, middle - names / 2)
        canvas.write(its.detail, columns.left, below)
    for block, x, align in blocks:
        canvas.write(block, x, middle - block.height / 2, align)
    if columns.stacked:
        return top + height + _STRIP, top + height + _STRIP / 2 - 2
    return top + height, middle


def _axis(canvas: Canvas, spine: Spine, columns: _Columns, foot: float) -> float:
    """Draw the scale below the rows, and return the height of the bottom edge of its words."""
    scale = columns.scale
    figures = _ticks(scale)
    xs = [scale(figure) for figure in figures]
    below = bottom = axes.foot(canvas, xs, scale.start, scale.end, foot + 2, "spine-")
    for x, figure, text in zip(xs, figures, in_figures(figures), strict=True):
        signed = f"{'+' if figure > 0 else ''}{text}%"
        bottom = max(bottom, canvas.write(folded(signed, SMALL, math.inf), x, below, "center"))
    words = folded(f"difference from {spine.benchmark}", SMALL, scale.end - scale.start)
    return canvas.write(words, scale(0), bottom, "center")


def _ticks(scale: Scale) -> list[float]:
    """Return the figures along a scale: its ends, zero and, if there is room, halves."""
    room = (scale.end - scale.start) / 4 >= _TICK_WIDTH
    return [scale.high * part for part in ((-1, -0.5, 0, 0.5, 1) if room else (-1, 0, 1))]


def _strips(
    canvas: Canvas, spine: Spine, scale: Scale, strips: Sequence[_Strip], spans: Sequence[_Span]
) -> None:
    """Draw the strips of all rows: the usual ranges, all forces, and those asked for on top.

    The lines of the scale are behind the rows of each measure, and not through its heading.
    """
    bands: list[list[Position]] = []
    for row, middle in strips:
        if row.usual is not None:
            low, high = (scale(min(end, spine.end)) for end in row.usual)
            bands.append(box(low, middle - _BAND, high, middle + _BAND))
    others = [
        _upright(scale(other), (middle - _OTHER, middle + _OTHER))
        for row, middle in strips
        for other in row.others
        if other <= spine.end
    ]
    grid = [_upright(scale(figure), span) for figure in _ticks(scale) for span in spans]
    zeros = [_upright(scale(0), span) for span in spans]
    canvas.strokes(grid, "spine-grid", GRID)
    canvas.areas(bands, "spine-usual", BAND)
    canvas.strokes(others, "spine-others", FRAME, 0.6)
    canvas.strokes(zeros, "spine-benchmark", LOOKS["benchmark"].colour, 1.2)
    far = [(scale.end, s.middle) for s in strips if s.row.others and s.row.others[-1] > spine.end]
    canvas.marks(far, "spine-others-beyond", _BEYOND)
    for role in spine.forces.values():
        own = [strip for strip in strips if strip.row.role == role]
        _marks(canvas, spine, scale, own, role)


def _upright(x: float, span: _Span) -> list[Position]:
    return [(x, span[0]), (x, span[1])]


def _marks(
    canvas: Canvas, spine: Spine, scale: Scale, strips: Sequence[_Strip], role: Role
) -> None:
    """Draw a force's marks; one beyond the scale is an arrow at its end, with the figure."""
    points: list[Position] = []
    arrows: list[Position] = []
    for row, middle in strips:
        if row.percent is not None and row.percent > spine.end:
            words = _beyond(row, spine)
            arrows.append((scale.end, middle))
            canvas.write(words, scale.end + _GAP / 2, middle - words.height / 2)
        elif row.percent is not None:
            points.append((scale(row.percent), middle))
    canvas.marks(points, f"spine-{role}", LOOKS[role], scale=1.15)
    canvas.marks(arrows, f"spine-{role}-beyond", LOOKS[role]._replace(marker=">"), scale=1.15)


def _key(canvas: Canvas, spine: Spine, columns: _Columns, top: float) -> float:
    """Write what each sign is, and what the marks of verdicts mean."""
    left, right = columns.left, columns.right
    x, top = left, top + _GAP / 2
    for name, words in _signs(spine, columns):
        block = folded(words, SMALL, right - left - 1.5 * _GAP)
        if x > left and x + 1.5 * _GAP + block.width > right:
            x, top = left, top + _LINE
        _sign(canvas, name, x + _GAP / 2, top + _LINE / 2 - 1)
        canvas.write(block, x + 1.5 * _GAP, top)
        x += 3 * _GAP + block.width
    top += _LINE
    for words in _lines(spine.remarks_without_marks):
        top = canvas.write(folded(words, SMALL, right - left), left, top)
    return top


def _lines(remarks: Sequence[str]) -> Iterator[str]:
    """Yield the remarks, short ones together in one line."""
    short = [words for words in remarks if len(words) < _SHORT]
    if short:
        yield "; ".join(short)
    yield from (words for words in remarks if len(words) >= _SHORT)


_SHORT = 40  # characters
_LINE = 1.5 * SMALL.size


def _signs(spine: Spine, columns: _Columns) -> Iterator[tuple[str, str]]:
    """Yield each sign that is drawn with what it means, but for one with its name beside it."""
    for force, role in spine.forces.items():
        yield role, force
    if columns.stacked:
        yield "benchmark", spine.benchmark
    if any(row.others for row in spine.rows):
        yield "other", "another force"
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
