"""A sheet of paper measured in points from its top left corner, drawn on with matplotlib."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from matplotlib.artist import Artist
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from crimecmp.render.matplotlib.lettering import ASCENT, LEADING, Block, typeface
from crimecmp.render.matplotlib.looks import PAPER, Dashes, Look

Position = tuple[float, float]
"""Points from the left edge and from the top."""

Align = Literal["left", "center", "right"]

INCH = 72
"""Points in an inch."""

DOTS = 200
"""Dots in an inch of a PNG file."""


class Canvas:
    """A sheet that is drawn on from the top down; later drawings cover earlier ones.

    Parameters
    ----------
    width
        Its width, in points. Its height is set when the drawing is done.
    """

    def __init__(self, width: float) -> None:
        self.width = width
        self.figure = Figure(figsize=(width / INCH, 1), dpi=DOTS, facecolor=PAPER)
        self._upright = Affine2D()
        self._placing = self._upright + self.figure.dpi_scale_trans
        self._drawn = 0

    def done(self, height: float) -> Figure:
        """Return the figure, cut off at a height."""
        self.figure.set_size_inches(self.width / INCH, height / INCH)
        self._upright.scale(1 / INCH, -1 / INCH).translate(0, height / INCH)
        return self.figure

    def _add(self, artist: Artist, name: str) -> None:
        self._drawn += 1
        artist.set_zorder(self._drawn)
        if name:
            artist.set_gid(name)
        self.figure.add_artist(artist)

    def write(self, block: Block, x: float, top: float, align: Align = "left") -> float:
        """Write a block of text, and return the height of its bottom edge.

        Parameters
        ----------
        block
            The text, folded into lines.
        x
            Where its left edge, middle or right edge is, whichever `align` says.
        top
            The height of its top edge.
        align
            How its lines are aligned.
        """
        face = block.face
        for row, line in enumerate(block.lines):
            baseline = top + (ASCENT + row * LEADING) * face.size
            text = Text(
                x, baseline, line, color=face.ink, ha=align, va="baseline",
                fontproperties=typeface(face), parse_math=False, transform=self._placing,
            )  # fmt: skip
            self._add(text, "")
        return top + block.height

    def strokes(
        self, strokes: Sequence[Sequence[Position]], name: str, colour: str, width: float = 0.7,
        dashes: Dashes = (),
    ) -> None:  # fmt: skip
        """Draw lines, each through its positions; `name` is the id of the group in SVG."""
        kept = [stroke for stroke in strokes if stroke]
        if kept:
            self._add(
                LineCollection(
                    kept, colors=colour, linewidths=width, linestyles=[(0, dashes or None)],
                    transform=self._placing,
                ),
                name,
            )  # fmt: skip

    def areas(
        self, areas: Sequence[Sequence[Position]], name: str, fill: str, edge: str = "none",
        alpha: float | None = None,
    ) -> None:  # fmt: skip
        """Draw areas, each given by its corners; `name` is the id of the group in SVG."""
        kept = [area for area in areas if area]
        if kept:
            self._add(
                PolyCollection(
                    kept, facecolors=fill, edgecolors=edge, linewidths=1.2, alpha=alpha,
                    transform=self._placing,
                ),
                name,
            )  # fmt: skip

    def marks(
        self, positions: Sequence[Position], name: str, look: Look, *, filled: bool = True,
        scale: float = 1.0,
    ) -> None:  # fmt: skip
        """Draw a mark at each position, with a thin white rim to separate those that overlap."""
        if not positions:
            return
        xs, ys = zip(*positions, strict=True)
        marks = Line2D(
            xs, ys, linestyle="none", marker=look.marker, markersize=look.size * scale,
            markerfacecolor=look.colour if filled else PAPER,
            markeredgecolor=PAPER if filled else look.colour,
            markeredgewidth=0.6 if filled else 0.9, transform=self._placing,
        )  # fmt: skip
        self._add(marks, name)


def box(left: float, top: float, right: float, bottom: float) -> list[Position]:
    """Return the corners of an upright rectangle."""
    return [(left, top), (right, top), (right, bottom), (left, bottom)]
