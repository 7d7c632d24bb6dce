"""A whole picture: the title and unit at the top, then the drawing, then notes and sources."""

from __future__ import annotations

from matplotlib.figure import Figure

from crimecmp.document.picture import Cartogram, Funnel, Lines, Picture, Spine
from crimecmp.render.matplotlib import bars, cartogram, funnel, lines, rows, spine
from crimecmp.render.matplotlib.canvas import Canvas
from crimecmp.render.matplotlib.lettering import SMALL, Face, balanced, folded
from crimecmp.render.matplotlib.looks import FAINT_INK

MARGIN = 10.0
_TITLE = Face(13, bold=True)
_UNIT = Face(10, ink=FAINT_INK)
_GAP = 11.0
_NARROWEST = 240.0


def figure_of(picture: Picture, width: float) -> Figure:
    """Return a picture as a matplotlib figure of a width in points, as high as it needs to be."""
    canvas = Canvas(max(width, _NARROWEST))
    left, right = MARGIN, canvas.width - MARGIN
    bottom = MARGIN
    for text, face in ((picture.title, _TITLE), (picture.unit, _UNIT)):
        bottom = canvas.write(balanced(text, face, right - left), left, bottom) + 1
    bottom = _drawn(canvas, picture, left, right, bottom + _GAP) + _GAP
    for text in (*picture.caption, *picture.sources):
        bottom = canvas.write(folded(text, SMALL, right - left), left, bottom) + 2
    return canvas.done(bottom + MARGIN)


def _drawn(canvas: Canvas, picture: Picture, left: float, right: float, top: float) -> float:
    """Draw the marks and lines, and return the height of the bottom edge."""
    drawing = picture.drawing
    if isinstance(drawing, Lines):
        return lines.draw(canvas, drawing, left, right, top)
    if isinstance(drawing, Funnel):
        return funnel.draw(canvas, drawing, left, right, top)
    if isinstance(drawing, Cartogram):
        return cartogram.draw(canvas, drawing, left, right, top)
    if isinstance(drawing, Spine):
        return spine.draw(canvas, drawing, left, right, top)
    if drawing.bars:
        return bars.draw(canvas, drawing, left, right, top)
    return rows.draw(canvas, drawing, left, right, top)
