"""A chart as lines of a page: bold, coloured and aligned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.cells import cell_len
from rich.text import Text

from crimecmp.document.picture import Role
from crimecmp.render.terminal.axis import Axis
from crimecmp.render.terminal.chart import Block, Chart, Row
from crimecmp.render.terminal.columns import INDENT, Columns, columns_for, figures_below
from crimecmp.render.terminal.folding import aligned, folded, folded_items, left, right
from crimecmp.render.terminal.inks import Ink, Strip, painted
from crimecmp.render.terminal.printing import console_for
from crimecmp.render.terminal.signs import AXIS, TICK

_HEADING = "bold"
_ROW_STYLES: Mapping[Role | None, str] = {"force": "bold"}
_MARK_STYLES: Mapping[Role | None, str] = {
    "force": "bold cyan",
    "second": "bold magenta",
    "third": "bold green",
    "benchmark": "bold",
}


def plain(lines: Iterable[str]) -> list[Text]:
    """Return lines without style."""
    return [Text(line) for line in lines]


def heading(text: str, width: int) -> list[Text]:
    """Return a folded heading."""
    return [Text(line, _HEADING) for line in folded(text, width)]


def written(lines: Sequence[Text], *, colour: bool) -> str:
    """Return lines as text for a screen, without spaces at their ends."""
    for line in lines:
        line.rstrip()
    console = console_for(colour=colour)
    with console.capture() as capture:
        console.print(Text("\n").join(lines), soft_wrap=True)
    return capture.get()


def chart_lines(chart: Chart, width: int) -> Iterator[Text]:
    """Yield a chart's blocks, the meaning of its signs, and remarks that had no room."""
    blocks = [_aligned(block) for block in chart.blocks]
    columns = columns_for(blocks, width, chart.least_strip)
    under = not (chart.gathered or columns.remark)
    for block in blocks:
        yield from _block(block, columns, remarks=under)
        yield Text()
    yield from plain(folded_items(chart.legend, width))
    if chart.gathered and not columns.remark:
        yield from plain(_gathered(blocks, width))


def _aligned(block: Block) -> Block:
    columns = [aligned(column) for column in zip(*(row.figures for row in block.rows), strict=True)]
    figures = zip(*columns, strict=True)
    rows = (row._replace(figures=next(figures, ())) for row in block.rows)
    return block._replace(rows=tuple(rows))


def _gathered(blocks: Iterable[Block], width: int) -> Iterator[str]:
    """Yield each remark with the labels of the rows that it is about."""
    labels_by_remark: dict[str, list[str]] = {}
    for block in blocks:
        for row in block.rows:
            if row.remark:
                labels_by_remark.setdefault(row.remark, []).append(row.label)
    for remark, labels in labels_by_remark.items():
        yield from folded(f"{remark}: {', '.join(labels)}", width, INDENT)


def _block(block: Block, columns: Columns, *, remarks: bool) -> Iterator[Text]:
    inks = [*block.behind, *(ink for row in block.rows for ink in row.inks)]
    values = [value for ink in inks for value in ink.values]
    axis = Axis.around(values, columns.strip, from_zero=block.from_zero)
    yield from heading(block.title, columns.width) if block.title else ()
    yield from plain(_headings(columns) if block.headings and not columns.piled else [])
    for row in block.rows:
        yield from _row(row, block.behind, axis, columns)
        if remarks and row.remark:
            remark = folded(row.remark, columns.width - len(INDENT))
            yield from plain(INDENT + line for line in remark)
    if axis and block.scale:
        yield from plain(_scale(axis, block.unit, columns))


def _headings(columns: Columns) -> Iterator[str]:
    """Yield the headings of the figures, aligned on their last lines."""
    sized = zip(columns.headings, columns.figures, strict=True)
    texts = [folded(text, width) for text, width in sized]
    deepest = max(map(len, texts), default=0)
    for line in zip(*([""] * (deepest - len(text)) + text for text in texts), strict=True):
        yield columns.words("", line)


def _row(row: Row, behind: Sequence[Ink], axis: Axis | None, columns: Columns) -> Iterator[Text]:
    drawn = painted([*behind, *row.inks], axis) if axis else []
    backdrop = painted(behind, axis) if axis else []
    labels = folded(row.label, columns.label, " ")
    style = _ROW_STYLES.get(row.role, "")
    for number, label in enumerate(labels):
        words = columns.words(label, row.figures if not number else [""] * len(row.figures))
        line = Text(label if columns.piled else words, style)
        if not columns.stacked:
            line.append(" " * columns.gap).append_text(_strip(backdrop if number else drawn))
        if columns.remark and not number:
            line.append(" " * columns.gap + row.remark)
        yield line
    if columns.piled:
        yield from (Text(below, style) for below in figures_below(columns, row.figures))
    if columns.stacked:
        yield Text(INDENT, style).append_text(_strip(drawn))


def _strip(strip: Strip) -> Text:
    return Text.assemble(*((sign, _MARK_STYLES.get(role, "")) for sign, role in strip))


def _scale(axis: Axis, unit: str, columns: Columns) -> Iterator[str]:
    """Yield the axis, its numbers and its unit, beside the numbers or under them."""
    beside = cell_len(unit) + columns.gap <= columns.before_strip
    before = " " * columns.before_strip
    rule, numbers = [AXIS] * axis.width, ""
    ticks = axis.ticks()
    for tick in ticks:
        rule[tick.column] = TICK
        numbers = left(numbers, tick.start) + tick.text
    lead = right(unit, columns.before_strip - columns.gap) + " " * columns.gap if beside else before
    if ticks:
        yield before + "".join(rule)
    if ticks or (unit and beside):
        yield lead + numbers
    if not beside:
        yield from (before + line for line in folded(unit, axis.width))
