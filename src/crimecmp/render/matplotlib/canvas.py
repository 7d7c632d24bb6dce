"""A sheet of paper measured in points, from its upper left corner: the one who knows artists."""

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

Place = tuple[float, float]
Align = Literal["left", "center", "right"]

INCH = 72
DOTS = 200  # an inch, of PNG


class Canvas:
    """What is drawn on, from the top down; what is drawn later lies above what was before.

    Parameters
    ----------
    width
        How wide it is. How high it is, is said when it is done.
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
        """Write words below a height, and return how far down they reach."""
        face = block.face
        for row, line in enumerate(block.lines):
            foot = top + (ASCENT + row * LEADING) * face.size
            text = Text(
                x, foot, line, color=face.ink, ha=align, va="baseline",
                fontproperties=typeface(face), parse_math=False, transform=self._placing,
            )  # fmt: skip
            self._add(text, "")
        return top + block.height

    def strokes(
        self, strokes: Sequence[Sequence[Place]], name: str, colour: str, width: float = 0.7,
        dashes: Dashes = (),
    ) -> None:  # fmt: skip
        """Draw lines, each through its places."""
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
        self, areas: Sequence[Sequence[Place]], name: str, fill: str, edge: str = "none",
        alpha: float | None = None,
    ) -> None:  # fmt: skip
        """Draw areas, each within its corners."""
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
        self, places: Sequence[Place], name: str, look: Look, *, filled: bool = True,
        scale: float = 1.0,
    ) -> None:  # fmt: skip
        """Draw a mark at each place, with a thin white rim that keeps it apart from others."""
        if not places:
            return
        xs, ys = zip(*places, strict=True)
        marks = Line2D(
            xs, ys, linestyle="none", marker=look.marker, markersize=look.size * scale,
            markerfacecolor=look.colour if filled else PAPER,
            markeredgecolor=PAPER if filled else look.colour,
            markeredgewidth=0.6 if filled else 0.9, transform=self._placing,
        )  # fmt: skip
        self._add(marks, name)


def box(left: float, top: float, right: float, bottom: float) -> list[Place]:
    """Return the corners of an upright rectangle."""
    return [(left, top), (right, top), (right, bottom), (left, bottom)]
