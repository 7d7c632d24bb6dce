"""A picture as rows of labels, figures and inks, before widths are set."""

from __future__ import annotations

from typing import NamedTuple

from crimecmp.document.picture import Role
from crimecmp.render.terminal.inks import Ink


class Row(NamedTuple):
    """One row.

    Parameters
    ----------
    label
        The name of the row.
    figures
        Its figures, as text.
    inks
        The inks to paint, later over earlier.
    role
        The role of its area, which sets its style; None for a row without one area.
    remark
        A remark on it.
    """

    label: str
    figures: tuple[str, ...]
    inks: tuple[Ink, ...]
    role: Role | None = None
    remark: str = ""


class Block(NamedTuple):
    """Rows on one axis.

    Parameters
    ----------
    rows
        The rows, from top to bottom.
    title
        The line above them; empty for no line.
    headings
        The headings of the figures, one for each; empty for no headings.
    short_headings
        Shorter headings, for when the others leave too little room for drawing.
    unit
        The unit beside the numbers of the axis.
    behind
        The inks behind every row.
    from_zero
        Whether the axis must include zero.
    scale
        Whether to draw the axis under the rows.
    """

    rows: tuple[Row, ...]
    title: str = ""
    headings: tuple[str, ...] = ()
    short_headings: tuple[str, ...] = ()
    unit: str = ""
    behind: tuple[Ink, ...] = ()
    from_zero: bool = False
    scale: bool = True


class Chart(NamedTuple):
    """The drawn part of a picture.

    Parameters
    ----------
    blocks
        The blocks, from top to bottom; their columns are aligned.
    legend
        The meaning of each sign.
    gathered
        Whether to gather remarks under the chart if there is no room at the ends of rows, because
        they are few and repeated; otherwise each goes under its row.
    least_strip
        The least width of a drawing with remarks at its end.
    """

    blocks: tuple[Block, ...]
    legend: tuple[str, ...] = ()
    gathered: bool = False
    least_strip: int = 26
