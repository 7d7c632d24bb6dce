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
        Whose row it is, and so how it is set off; None where it is not one area's.
    remark
        What is said of it.
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
        The line above them; empty for none.
    headings
        What stands over the figures, one for each; none at all where nothing has to.
    short_headings
        What stands over them where the headings would leave too little room for drawing.
    unit
        What stands beside the numbers of the axis.
    behind
        What is drawn behind all rows.
    from_zero
        Whether the axis holds nought.
    scale
        Whether the axis is drawn beneath.
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
        The blocks, from the top down; their columns stand beneath each other.
    legend
        What each sign stands for.
    gathered
        Whether remarks that find no room at the ends of rows are gathered beneath, where they are
        few and the same ones come again; else each stands beneath its row.
    """

    blocks: tuple[Block, ...]
    legend: tuple[str, ...] = ()
    gathered: bool = False
