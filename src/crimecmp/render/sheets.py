"""The sheets of a page to hand over, as an HTML template shows them: every shape calculated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from crimecmp.document.brief import BriefTable, Field, Line
from crimecmp.document.picture import Picture
from crimecmp.document.sheets import Badges, Block, Fact, Group, Sheets

_FEW_FIELDS = 4


class Bar(NamedTuple):
    """A bar on a scale of 0 to 100, from `start` to `end`, and where zero is."""

    start: float
    width: float
    zero: float


class Cell(NamedTuple):
    """One cell: its heading, text and kind, whether it heads its row, and its bar."""

    label: str
    text: str
    kind: str
    heads: bool
    bar: Bar | None


class Table(NamedTuple):
    """One table of a sheet.

    Parameters
    ----------
    title
        Its caption.
    fields
        Its columns.
    rows
        For each row whether it was asked for, and its cells.
    """

    title: str
    fields: Sequence[Field]
    rows: Sequence[tuple[bool, Sequence[Cell]]]

    @property
    def crowded(self) -> bool:
        """Whether a phone has no room for its columns."""
        return len(self.fields) > _FEW_FIELDS


class Figure(NamedTuple):
    """A picture as SVG, with its title, its unit and what is to be known of it."""

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
    figure: Figure | None
    remarks: Sequence[str]


class Front(NamedTuple):
    """The sheets as the template shows them."""

    cautions: Sequence[str]
    answer: Sequence[str]
    sheets: Sequence[Sequence[Part]]
    sources: Sequence[str]
    made: str
    full: bool

    @classmethod
    def of(cls, sheets: Sheets) -> Front:
        """Return what the template shows of some sheets."""
        filled = [blocks for blocks in (sheets.first, sheets.second) if blocks]
        return cls(
            sheets.cautions,
            sheets.answer,
            [[_part(block) for block in blocks] for blocks in filled],
            sheets.sources,
            sheets.made,
            sheets.full,
        )


def _part(block: Block) -> Part:
    return Part(
        f"sheet-{block.key}",
        block.key,
        block.title,
        block.judgments,
        block.facts,
        block.groups,
        [_table(block.title, table) for table in block.tables],
        _figure(block.picture, f"{block.key}-") if block.picture else None,
        block.remarks,
    )


def _figure(picture: Picture, prefix: str) -> Figure:
    """Return a picture drawn for a page; its notes are text, so that a phone does not shrink it."""
    from crimecmp.render.matplotlib import inline

    bare = picture._replace(intervals="", notes=(), sources=())
    return Figure(inline(bare, prefix), picture.caption, picture.description)


def _table(title: str, table: BriefTable) -> Table:
    bars = [line.bar for line in table.lines if line.bar is not None]
    low, high = min(0.0, *bars, 0.0), max(0.0, *bars, 0.0)
    return Table(
        table.title or title,
        table.fields,
        [(line.asked, list(_cells(table.fields, line, low, high))) for line in table.lines],
    )


def _cells(fields: Sequence[Field], line: Line, low: float, high: float) -> Iterator[Cell]:
    heading = next(
        place
        for place, (field, text) in enumerate(zip(fields, line.cells, strict=True))
        if field.style == "words" and field.label != "Rank"
    )
    for place, (field, text) in enumerate(zip(fields, line.cells, strict=True)):
        bar = _bar(line.bar, low, high) if field.style == "bar" and line.bar is not None else None
        yield Cell(field.label, text, field.style, place == heading, bar)


def _bar(value: float, low: float, high: float) -> Bar:
    """Return a bar from zero to a value, on the scale of its table."""
    span = (high - low) or 1.0
    ends = sorted((100 * (value - low) / span, 100 * -low / span))
    return Bar(round(ends[0], 2), round(ends[1] - ends[0], 2), round(100 * -low / span, 2))
