"""A picture as rows of labels, figures and inks: what is drawn, not yet how wide."""

from __future__ import annotations

from typing import NamedTuple

from crimecmp.document.picture import Role
from crimecmp.render.terminal.inks import Ink


class Row(NamedTuple):
    """One row.

    Parameters
    ----------
    label
        What the row is of.
    figures
        Its figures, as people read them.
    inks
        What is drawn, the later over the earlier.
    role
        The role of its area, which decides its style; None where it is not about one area.
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
        The rows, from the top down.
    title
        The line above them; empty for no line.
    headings
        The headings of the figures, one for each; empty for no headings.
    short_headings
        Headings for where the others would leave too little room for drawing.
    unit
        The unit beside the numbers of the axis.
    behind
        What is drawn behind all rows.
    from_zero
        Whether the axis holds zero.
    scale
        Whether the axis is drawn under the rows.
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
    """All of a picture that is drawn.

    Parameters
    ----------
    blocks
        The blocks, from the top down; their columns are aligned.
    legend
        The meaning of each sign.
    gathered
        Whether remarks that have no room at the ends of rows are gathered under the chart, because
        they are few and repeated; otherwise each goes under its row.
    """

    blocks: tuple[Block, ...]
    legend: tuple[str, ...] = ()
    gathered: bool = False
