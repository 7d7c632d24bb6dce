"""Points on their intervals, one below the other, with the benchmark as a line through them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from crimecmp.document.picture import Mark, Role, Rows
from crimecmp.document.picture import Scale as Figures
from crimecmp.render.matplotlib.canvas import Canvas, Place, box
from crimecmp.render.matplotlib.lettering import Block, Face, balanced, folded
from crimecmp.render.matplotlib.looks import FAINT_INK, FRAME, GRID, LAST_ON_TOP, LOOKS, PAPER
from crimecmp.render.matplotlib.scales import Scale, bounds, in_figures, ticks, without_far_out

_SIZE = 9.0
_HEADING = Face(10, bold=True)
_SMALL = Face(8.5, ink=FAINT_INK)
_LOW, _HIGH = 14.0, 26.0
_FEW = 8
_GAP = 8.0
_LABELS_AT_MOST = 0.36
_TEXTS_AT_MOST = 0.25
_TICK_WIDTH = 48.0
_TICK = 4.0
_BENCHMARK = "benchmark"
_OFF = "off the scale"


class _Row(NamedTuple):
    """A figure with its words; the remark stands at the right of `remark_at`."""

    mark: Mark
    label: Block
    text: Block
    top: float
    middle: float
    remark: Block
    remark_at: Place

    @property
    def remark_box(self) -> tuple[float, float, float, float]:
        """Where the remark is: left, top, right and bottom."""
        right, top = self.remark_at
        return right - self.remark.width, top, right, top + self.remark.height


class _Plot(NamedTuple):
    """Where the rows of a scale are: from end to end of the words, and the scale between them."""

    left: float
    right: float
    scale: Scale
    reference: float | None

    @property
    def inner(self) -> tuple[float, float]:
        """The ends of what is between the labels and the figures."""
        return self.scale.start - _GAP / 2, self.scale.end + _GAP / 2


def draw(canvas: Canvas, rows: Rows, left: float, right: float, top: float) -> float:
    """Draw the scales below a height, and return how far down they reach."""
    for number, figures in enumerate(rows.scales):
        if number:
            top += 2 * _GAP
        top = canvas.write(folded(figures.title, _HEADING, right - left), left, top)
        top = _scale(canvas, figures, rows, (left, right), top, f"scale-{number + 1}")
    return top


def _scale(
    canvas: Canvas, figures: Figures, drawing: Rows, sides: tuple[float, float], top: float,
    name: str,
) -> float:  # fmt: skip
    width = sides[1] - sides[0]
    labels = [balanced(mark.label, _face(mark), width * _LABELS_AT_MOST) for mark in figures.marks]
    texts = [folded(mark.text, _face(mark), width * _TEXTS_AT_MOST) for mark in figures.marks]
    start = sides[0] + max((label.width for label in labels), default=0) + 1.5 * _GAP
    end = sides[1] - max((text.width for text in texts), default=0) - 1.5 * _GAP
    ends = _bounds(figures.marks, drawing.reference, from_zero=drawing.from_zero)
    plot = _Plot(*sides, Scale(*ends, start, end), drawing.reference)
    top = _reference_label(canvas, figures, plot, top)
    rows, foot = _rows(figures.marks, labels, texts, plot, top)
    bottom = _axis(canvas, plot, figures.unit, (top, foot), name)
    _lines(canvas, rows, plot, (top, foot), name)
    for role in LAST_ON_TOP:
        _marks(canvas, [row for row in rows if row.mark.role == role], role, plot, name)
    _off_the_scale(canvas, rows, plot, name)
    _words(canvas, rows, plot, name)
    return bottom


def _face(mark: Mark) -> Face:
    look = LOOKS[mark.role]
    return Face(_SIZE, look.bold, look.ink)


def _bounds(
    marks: Sequence[Mark], reference: float | None, *, from_zero: bool
) -> tuple[float, float]:
    """Return the ends of the scale: one or two areas far from all others do not crush those."""
    asked = [mark for mark in marks if mark.role != "other"]
    others = [mark for mark in marks if mark.role == "other" and mark.value is not None]
    near = without_far_out([mark.value for mark in others if mark.value is not None])
    shown = [*asked, *(mark for mark in others if mark.value in near)]
    ends = [end for mark in shown for end in (mark.value, mark.low, mark.high)]
    return bounds([end for end in (*ends, reference) if end is not None], from_zero=from_zero)


def _reference_label(canvas: Canvas, figures: Figures, plot: _Plot, top: float) -> float:
    if plot.reference is None:
        return top
    names = [mark.label for mark in figures.marks if mark.role == "benchmark"]
    face = Face(8.5, ink=LOOKS["benchmark"].ink)
    block = folded(names[0] if names else _BENCHMARK, face, (plot.right - plot.left) / 2)
    half, x = block.width / 2, plot.scale(plot.reference)
    return canvas.write(block, min(max(x, plot.left + half), plot.right - half), top, "center") + 1


def _rows(
    marks: Sequence[Mark], labels: list[Block], texts: list[Block], plot: _Plot, top: float
) -> tuple[list[_Row], float]:
    rows = []
    few = len(marks) <= _FEW
    for mark, label, text in zip(marks, labels, texts, strict=True):
        height = max(_HIGH if few else _LOW, label.height, text.height)
        middle = top + height / 2
        remark = folded(mark.remark, _SMALL, plot.right - plot.inner[0])
        beside = None if few else _beside(mark, remark, plot)
        if beside is None:
            below = middle + max(_SIZE, label.height, text.height) / 2 + 1
            rows.append(_Row(mark, label, text, top, middle, remark, (plot.right, below)))
            height = max(height, below + remark.height + 2 - top if remark.lines else 0)
        else:
            place = beside, middle - remark.height / 2
            rows.append(_Row(mark, label, text, top, middle, remark, place))
        top += height
    return rows, top


def _beside(mark: Mark, remark: Block, plot: _Plot) -> float | None:
    """Return the right end of a remark that has room in its mark's row; nothing for no room."""
    ends = [end for end in (mark.value, mark.low, mark.high) if end is not None]
    if len(remark.lines) != 1 or mark.value is None or _is_off(mark, plot.scale):
        return None
    places = [plot.scale(end) for end in ends]
    line = places[0] if plot.reference is None else plot.scale(plot.reference)
    reach = remark.width + _GAP
    for right in (
        max(places) + reach, min(places) - _GAP, max(*places, line) + reach,
        min(*places, line) - _GAP,
    ):  # fmt: skip
        left = right - remark.width
        crossed = plot.reference is not None and left - _GAP < line < right + _GAP / 2
        if plot.inner[0] + 4 <= left and right + 4 <= plot.inner[1] and not crossed:
            return right
    return None


def _axis(canvas: Canvas, plot: _Plot, unit: str, ends: tuple[float, float], name: str) -> float:
    """Draw the scale below the rows, and return how far down its words reach."""
    (top, foot), (left, right), scale = ends, plot.inner, plot.scale
    figures = ticks(scale.low, scale.high, max(2, int((right - left) / _TICK_WIDTH)))
    places = [scale(figure) for figure in figures]
    canvas.strokes([[(x, top), (x, foot)] for x in places], f"{name}-grid", GRID)
    canvas.strokes([[(left, foot), (right, foot)]], f"{name}-axis", FRAME)
    canvas.strokes([[(x, foot), (x, foot + _TICK)] for x in places], f"{name}-ticks", FRAME)
    bottom = foot + _TICK + 1
    for x, text in zip(places, in_figures(figures), strict=True):
        block = folded(text, _SMALL, _TICK_WIDTH)
        bottom = max(bottom, canvas.write(block, x, foot + _TICK + 1, "center"))
    block = folded(unit, _SMALL, right - left)
    return canvas.write(block, (left + right) / 2, bottom, "center")


def _lines(
    canvas: Canvas, rows: list[_Row], plot: _Plot, ends: tuple[float, float], name: str
) -> None:
    left, right = plot.inner
    guides: list[list[Place]] = [[(left, row.middle), (right, row.middle)] for row in rows]
    canvas.strokes(guides, f"{name}-guides", GRID)
    if plot.reference is not None:
        x = plot.scale(plot.reference)
        look = LOOKS["benchmark"]
        canvas.strokes(_broken(x, rows, *ends), f"{name}-reference", look.colour, 1)


def _broken(x: float, rows: list[_Row], top: float, foot: float) -> list[list[Place]]:
    """Return an upright line, broken where a remark stands in its way."""
    strokes: list[list[Place]] = []
    for row in rows:
        left, above, right, below = row.remark_box
        if row.remark.lines and left - 3 < x < right + 3:
            strokes.append([(x, top), (x, above)])
            top = below
    return [*strokes, [(x, top), (x, foot)]]


def _is_off(mark: Mark, scale: Scale) -> bool:
    return mark.value is not None and not scale.low <= mark.value <= scale.high


def _marks(canvas: Canvas, rows: list[_Row], role: Role, plot: _Plot, name: str) -> None:
    look, scale = LOOKS[role], plot.scale
    intervals: list[list[Place]] = []
    places: list[Place] = []
    for row in rows:
        value, low, high = row.mark.value, row.mark.low, row.mark.high
        if value is None or _is_off(row.mark, scale):
            continue
        places.append((scale(value), row.middle))
        if low is not None and high is not None:
            intervals.append([(scale(low), row.middle), (scale(high), row.middle)])
    canvas.strokes(intervals, f"{name}-{role}-intervals", look.colour, max(1.2, look.width))
    canvas.marks(places, f"{name}-{role}", look)


def _off_the_scale(canvas: Canvas, rows: list[_Row], plot: _Plot, name: str) -> None:
    """Show at the end of the scale which way a figure lies that is not on it, and say so."""
    scale = plot.scale
    for shape, end, side in ((">", scale.end, -1), ("<", scale.start, 1)):
        off = [
            row for row in rows
            if _is_off(row.mark, scale) and (scale(row.mark.value or 0) > scale.end) == (side < 0)
        ]  # fmt: skip
        words = folded(_OFF, _SMALL, scale.end - scale.start)
        for row in off:
            x = end - words.width - _GAP if side < 0 else end + _GAP
            top = row.middle - words.height / 2
            back = box(x - 3, top, x + words.width + 3, top + words.height)
            canvas.areas([back], "", PAPER)
            canvas.write(words, x, top)
        look = LOOKS["other"]._replace(marker=shape, size=7)
        canvas.marks([(end, row.middle) for row in off], f"{name}-off-{shape == '>':d}", look)


def _words(canvas: Canvas, rows: list[_Row], plot: _Plot, name: str) -> None:
    backs = []
    for row in rows:
        left, top, right, bottom = row.remark_box
        if row.remark.lines:
            backs.append(box(left - 3, top, right, bottom))
    canvas.areas(backs, f"{name}-backs", PAPER)
    for row in rows:
        canvas.write(row.label, plot.left, row.middle - row.label.height / 2)
        canvas.write(row.text, plot.right, row.middle - row.text.height / 2, "right")
        canvas.write(row.remark, *row.remark_at, "right")
