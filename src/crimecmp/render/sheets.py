"""The sheets of a page to hand over, as an HTML template shows them: every shape calculated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from crimecmp.document.brief import BriefTable, Field, Line
from crimecmp.document.picture import Picture, Role, Spine, SpineRow
from crimecmp.document.sheets import Badges, Block, Fact, Group, Sheets

_MOST_ON_A_PHONE = 4


class Cell(NamedTuple):
    """One cell of a table.

    Parameters
    ----------
    label
        The heading of its column.
    text, kind
        Its text, and the style of its column.
    heads
        How many rows it is the heading of; 0 where it is none.
    bar
        The length of its bar, of 100; None where it has none.
    role
        The part that the area of its row plays.
    """

    label: str
    text: str
    kind: str
    heads: int
    bar: float | None
    role: Role


class Table(NamedTuple):
    """One table of a sheet: its columns, and for each row whether it was asked for."""

    title: str
    fields: Sequence[Field]
    rows: Sequence[tuple[bool, Sequence[Cell]]]

    @property
    def crowded(self) -> bool:
        """Whether a phone has no room for its columns."""
        return len(self.fields) > _MOST_ON_A_PHONE


class Strip(NamedTuple):
    """A row of the spine on its strip, in units of the strip.

    Parameters
    ----------
    row
        The row in words.
    others
        Where the other forces are.
    usual
        Start and width of the usual range; None where it is not known.
    at
        Where the force is; None where that is not known.
    beyond
        1 or -1 where the force is farther out than the scale goes; else 0.
    further
        Whether another force is farther above the benchmark than the scale goes.
    """

    row: SpineRow
    others: Sequence[float]
    usual: tuple[float, float] | None
    at: float | None
    beyond: int
    further: bool


class Strips(NamedTuple):
    """The spine as a table: measures with a strip for each force, and the ends of the scale."""

    title: str
    drawing: Spine
    several: bool
    measures: Sequence[tuple[str, str, Sequence[Strip]]]

    @property
    def ends(self) -> tuple[str, str]:
        """The two ends of the scale in words."""
        return f"-{self.drawing.end:g}%", f"+{self.drawing.end:g}%"

    @property
    def ranked(self) -> bool:
        """Whether any force has a rank."""
        return any(row.rank for row in self.drawing.rows)


STRIP = 200
"""The length of a strip; it is 24 high, and an edge is kept free for marks."""

_EDGE = 10


class Figure(NamedTuple):
    """A picture as SVG, the lines under it, and its description in words."""

    drawn: str
    caption: tuple[str, ...]
    words: str


class Part(NamedTuple):
    """One block of a sheet, with its anchor."""

    anchor: str
    key: str
    title: str
    judgments: Sequence[Badges]
    facts: Sequence[Fact]
    groups: Sequence[Group]
    tables: Sequence[Table]
    strips: Strips | None
    figure: Figure | None
    cautions: Sequence[str]
    remarks: Sequence[str]


class Front(NamedTuple):
    """The sheets as the template shows them."""

    cautions: Sequence[str]
    answer: Sequence[str]
    sheets: Sequence[Sequence[Part]]
    sources: Sequence[str]
    made: str
    full: bool
    several: bool

    @classmethod
    def of(cls, sheets: Sheets) -> Front:
        """Return what the template shows of some sheets."""
        return cls(
            sheets.cautions,
            sheets.answer,
            [list(map(_part, blocks)) for blocks in (sheets.first, sheets.second) if blocks],
            sheets.sources,
            sheets.made,
            sheets.full,
            sheets.several,
        )


def _part(block: Block) -> Part:
    picture = block.picture
    strips = _strips(picture) if picture else None
    return Part(
        f"sheet-{block.key}",
        block.key,
        block.title,
        block.judgments,
        block.facts,
        block.groups,
        [_table(block.title, table) for table in block.tables],
        strips,
        _figure(picture, f"{block.key}-") if picture and strips is None else None,
        block.cautions,
        block.remarks,
    )


def _figure(picture: Picture, prefix: str) -> Figure:
    """Return a picture drawn for a page, its notes as text, which a phone does not shrink."""
    from crimecmp.render.matplotlib import inline

    bare = picture._replace(intervals="", notes=(), sources=())
    return Figure(inline(bare, prefix), picture.caption, picture.description)


def _strips(picture: Picture) -> Strips | None:
    drawing = picture.drawing
    if not isinstance(drawing, Spine):
        return None
    measures = [
        (measure, detail, [_strip(row, drawing.end) for row in rows])
        for (measure, detail), rows in groupby(
            drawing.rows, key=lambda row: (row.measure, row.detail)
        )
    ]
    return Strips(picture.unit, drawing, len(drawing.forces) > 1, measures)


def _strip(row: SpineRow, end: float) -> Strip:
    usual = None
    if row.usual is not None:
        low, high = (_along(side, end) for side in row.usual)
        usual = low, round(high - low, 1)
    out = 0 if row.percent is None or abs(row.percent) <= end else 1 if row.percent > 0 else -1
    at = None if row.percent is None else _along(row.percent, end)
    others = list(dict.fromkeys(_along(other, end) for other in row.others if abs(other) <= end))
    return Strip(row, others, usual, at, out, any(other > end for other in row.others))


def _along(percent: float, end: float) -> float:
    """Return where a percentage is on a strip; what is farther out is at its end."""
    share = (max(-end, min(end, percent)) + end) / (2 * end)
    return round(_EDGE + share * (STRIP - 2 * _EDGE), 1)


def _table(title: str, table: BriefTable) -> Table:
    largest = max((line.bar for line in table.lines if line.bar is not None), default=0.0)
    heading = next((at for at, field in enumerate(table.fields) if field.style == "words"), 0)
    rows = []
    for _, lines in groupby(table.lines, key=lambda line: line.cells[heading]):
        group = list(lines)
        heads = [len(group), *(0 for _ in group[1:])]
        rows += [
            (line.asked, list(_cells(table.fields, line, heading, number, largest)))
            for line, number in zip(group, heads, strict=True)
        ]
    return Table(table.title or title, table.fields, rows)


def _cells(
    fields: Sequence[Field], line: Line, heading: int, heads: int, largest: float
) -> Iterator[Cell]:
    """Yield the cells of a line; the heading of several lines is a cell of the first alone."""
    for at, (field, text) in enumerate(zip(fields, line.cells, strict=True)):
        if at == heading and not heads:
            continue
        bar = None
        if field.style == "bar" and line.bar is not None and largest > 0:
            bar = round(100 * max(line.bar, 0.0) / largest, 1)
        yield Cell(field.label, text, field.style, heads if at == heading else 0, bar, line.role)
