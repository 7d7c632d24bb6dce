"""The widths of a chart's columns: figures in full, labels folded, the rest for drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from crimecmp.render.terminal.chart import Block, Row
from crimecmp.render.terminal.folding import folded, folded_items, left, right, widest

INDENT = "  "
_NARROW = 60
_LABEL_PART = 0.3
_LABEL_FOLDED = 8
_HEADING, _HEADING_MOST = 11, 14
_ROOMY_STRIP = 40
_STRIP_BESIDE_HEADINGS = 26
_SHORTEST_STRIP = 12


class Columns(NamedTuple):
    """The widths of the columns of a chart.

    Parameters
    ----------
    width
        The whole width.
    gap
        The spaces between columns.
    label
        The width of the labels.
    figures
        The width of each column of figures.
    headings
        The headings of the figures.
    strip
        The width of the drawing.
    remark
        The width of remarks at the ends of rows; 0 if there are none or they go under the rows.
    stacked
        Whether the drawing goes under the row, because there is no room beside it.
    piled
        Whether the figures go under the label too, because not even they fit beside it.
    """

    width: int
    gap: int
    label: int
    figures: tuple[int, ...]
    headings: tuple[str, ...]
    strip: int
    remark: int = 0
    stacked: bool = False
    piled: bool = False

    @property
    def before_strip(self) -> int:
        """The width to the left of the drawing."""
        return len(INDENT) if self.stacked else self.label + _taken(self.figures, self.gap)

    def words(self, label: str, figures: Sequence[str]) -> str:
        """Return a label and figures padded to their columns."""
        gap = " " * self.gap
        cells = [right(text, width) for text, width in zip(figures, self.figures, strict=True)]
        return gap.join([left(label, self.label), *cells])


def figures_below(columns: Columns, figures: Sequence[str]) -> list[str]:
    """Return the lines of figures that go under their label, each after its heading."""
    named = zip_longest(columns.headings, figures, fillvalue="")
    items = [" ".join(filter(None, (heading, figure.strip()))) for heading, figure in named]
    room = columns.width - len(INDENT)
    return [INDENT + line for line in folded_items(filter(None, items), room)]


def columns_for(blocks: Sequence[Block], width: int, least_strip: int) -> Columns:
    """Return the columns that all blocks of a chart share."""
    first = next(iter(blocks), Block(()))
    columns = _columns(blocks, first.headings, width, least_strip)
    least = min(_STRIP_BESIDE_HEADINGS, least_strip)
    if first.short_headings and (columns.stacked or columns.strip < least):
        return _columns(blocks, first.short_headings, width, least_strip)
    return columns


def _columns(
    blocks: Sequence[Block], headings: tuple[str, ...], width: int, least_strip: int
) -> Columns:
    rows = [row for block in blocks for row in block.rows]
    gap = 1 if width < _NARROW else 2
    figures = tuple(_figure_widths(rows, headings))
    room = width - _taken(figures, gap)
    longest = widest(row.label for row in rows)
    label = min(longest, max(int(width * _LABEL_PART), room - _ROOMY_STRIP))
    strip = room - label
    if strip < _SHORTEST_STRIP:
        piled = room + gap < min(longest, _LABEL_FOLDED)
        label = width if piled else min(longest, room + gap)
        strip = width - len(INDENT)
        return Columns(width, gap, label, figures, headings, strip, stacked=True, piled=piled)
    remark = widest(row.remark for row in rows)
    if not remark or strip - gap - remark < least_strip:
        return Columns(width, gap, label, figures, headings, strip)
    return Columns(width, gap, label, figures, headings, strip - gap - remark, remark)


def _figure_widths(rows: Sequence[Row], headings: Sequence[str]) -> Iterator[int]:
    """Yield the width of each column of figures; headings are folded but figures are not."""
    figures = zip_longest(*(row.figures for row in rows), fillvalue="")
    for column, heading in zip_longest(map(widest, figures), headings):
        word = min(widest((heading or "").split(" ")), _HEADING_MOST)
        least = max(column or 0, word)
        yield max(least, widest(folded(heading or "", max(least, _HEADING))))


def _taken(figures: Sequence[int], gap: int) -> int:
    """Return the width of the figures and of the gaps on both sides of them."""
    return sum(gap + figure for figure in figures) + gap
