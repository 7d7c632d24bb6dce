"""HTML: a page in one file, without scripts or other files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TextIO

from crimecmp.document.report import Column, Passage, Report, Section
from crimecmp.extras import needed_for
from crimecmp.render.lines import legend, note_line, source_lines, with_address
from crimecmp.render.screen import Screen
from crimecmp.render.sheets import Front
from crimecmp.text import MISSING, visible

_MANY_COLUMNS = 6
_TOO_MANY_FOR_PAPER = 10
_LONG, _LONG_WORD = "long-word", 20
_SHORT = 12
_STEP = re.compile(r"([1-9]) of ([1-9])\b")


def render(report: Report, stream: TextIO, screen: Screen) -> None:
    """Write the page.

    Raises
    ------
    MissingExtraError
        Where Jinja is not installed, or a package that draws the page's pictures.
    """
    del screen
    with needed_for("pages in HTML"):
        from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("crimecmp.render"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_without_controls,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    template = environment.get_template("page.html.jinja")
    stream.write(template.render(page=_Page.of(report)))


def _without_controls(value: object) -> object:
    """Make control characters visible in text that a template prints, but not in markup."""
    return visible(value) if type(value) is str else value


class _Cell(NamedTuple):
    """One cell of a table.

    Parameters
    ----------
    label
        The heading of its column.
    parts
        Its lines; a cell that is not a list has one.
    kind
        Its column's kind: `number`, `list`, `prose`, `text`.
    classes
        Its kind, and how to fold it.
    heads
        Whether it is the heading of its row.
    missing
        Words for a missing value; empty where there is a value.
    steps, step
        The number of steps on its scale, and the step it is on; 0 where there is no scale.
    """

    label: str
    parts: tuple[str, ...]
    kind: str
    classes: str
    heads: bool
    missing: str
    steps: int
    step: int

    @classmethod
    def of(cls, column: Column, text: str, *, heads: bool) -> _Cell:
        missing = ""
        if text == MISSING:
            missing = "no figure" if column.numeric else "none given"
        match = _STEP.match(text) if column.style == "step" else None
        step, steps = map(int, match.groups()) if match else (0, 0)
        kind = _kind(column)
        parts = tuple(text.split("\n"))
        return cls(column.label, parts, kind, _classes(kind, text), heads, missing, steps, step)


def _kind(column: Column) -> str:
    if column.numeric:
        return "number"
    return column.style if column.style in ("list", "prose") else "text"


def _classes(kind: str, text: str) -> str:
    """Return the classes of a cell: its kind, and `short` or `long-word` by its text."""
    if len(text) <= _SHORT:
        return f"{kind} short"
    return f"{kind} {_LONG}" if any(len(word) > _LONG_WORD for word in text.split()) else kind


class _Head(NamedTuple):
    label: str
    classes: str


class _Table(NamedTuple):
    heads: Sequence[_Head]
    rows: Sequence[Sequence[_Cell]]

    @property
    def wide(self) -> bool:
        """Whether it may be too wide for the page, so that it must scroll, also by keyboard."""
        classes = [head.classes for head in self.heads]
        classes += [cell.classes for row in self.rows for cell in row]
        return len(self.heads) > _MANY_COLUMNS or any(_LONG in names for names in classes)

    @property
    def crowded(self) -> bool:
        """Whether words must be broken for all columns to fit on paper."""
        return len(self.heads) > _TOO_MANY_FOR_PAPER

    @classmethod
    def of(cls, section: Section) -> _Table:
        columns = section.columns
        heading = _row_heading(columns)
        rows = [
            [
                _Cell.of(column, text, heads=place == heading)
                for place, (column, text) in enumerate(zip(columns, row, strict=True))
            ]
            for row in section.cells
        ]
        return cls([_Head(c.label, _classes(_kind(c), c.label)) for c in columns], rows)


def _row_heading(columns: Sequence[Column]) -> int | None:
    """Return the column that is the row heading: the first of text, else the first not numeric."""
    words = [place for place, column in enumerate(columns) if not column.numeric]
    texts = [place for place in words if columns[place].style in ("text", "step")]
    return next(iter([*texts, *words]), None)


class _Figure(NamedTuple):
    """A picture as SVG, the lines under it, and its description in words."""

    drawn: str
    caption: list[str]
    words: str


class _Part(NamedTuple):
    """A section of the page, with its anchor."""

    anchor: str
    title: str
    figures: list[_Figure]
    table: _Table
    legend: str
    notes: list[str]

    @classmethod
    def of(cls, section: Section, anchor: str, report: Report) -> _Part:
        return cls(
            anchor,
            section.title,
            list(_figures(section, anchor, report)),
            _Table.of(section),
            legend(section),
            [note_line(note, report) for note in section.notes],
        )


def _figures(section: Section, anchor: str, report: Report) -> Iterator[_Figure]:
    """Yield a section's pictures, with ids that begin with the section's anchor.

    Their notes and sources are text of the page, so that a phone does not shrink them. Lines that
    are elsewhere on the page are left out.
    """
    if section.pictures:
        from crimecmp.render.matplotlib import inline

        elsewhere = [note_line(note, report) for note in (*section.notes, *report.notes)]
        elsewhere += source_lines(report)
        for number, picture in enumerate(section.pictures, 1):
            bare = picture._replace(intervals="", notes=(), sources=())
            caption = [
                line
                for line in (*picture.caption, *picture.sources)
                if not any(visible(line) in other for other in elsewhere)
            ]
            drawn = inline(bare, f"{anchor}-picture-{number}-")
            yield _Figure(drawn, caption, picture.description)


class _Passage(NamedTuple):
    """A passage of the page, with its anchor.

    Parameters
    ----------
    anchor, title
        Its id and its heading.
    items
        For each item: the term, the text, and the anchor and title of the section it is about.
    terms
        Whether every item has a term.
    """

    anchor: str
    title: str
    items: list[tuple[str, str, str, str]]
    terms: bool

    @classmethod
    def of(cls, passage: Passage, anchor: str, places: Mapping[str, tuple[str, str]]) -> _Passage:
        items = [
            (item.term, item.text, *places.get(item.about, ("", ""))) for item in passage.items
        ]
        return cls(anchor, passage.title, items, all(item.term for item in passage.items))


class _Page(NamedTuple):
    title: str
    opening: list[_Passage]
    parts: list[_Part]
    closing: list[_Passage]
    notes: list[str]
    sources: list[tuple[str, str]]
    front: Front | None

    @property
    def running(self) -> str:
        """The title as a string of a style sheet, for the top of each sheet after the first."""
        return "".join(
            char if char.isalnum() or char == " " else f"\\{ord(char):x} " for char in self.title
        )

    @property
    def contents(self) -> list[tuple[str, str]]:
        """The anchors and titles of all headings, in order."""
        found = [(passage.anchor, passage.title) for passage in self.opening]
        found += [(part.anchor, part.title) for part in self.parts]
        found += [(passage.anchor, passage.title) for passage in self.closing]
        found += [("notes", "Notes")] if self.notes else []
        found += [("sources", "Sources")] if self.sources else []
        return found

    @classmethod
    def of(cls, report: Report) -> _Page:
        sections = [s for s in report.sections if s.cells or s.pictures or s.notes]
        anchors = [f"section-{number}" for number in range(1, len(sections) + 1)]
        places = {
            section.key: (anchor, section.title)
            for section, anchor in reversed(list(zip(sections, anchors, strict=True)))
        }
        return cls(
            report.title,
            list(_passages(report.opening, "opening", places)),
            [_Part.of(*pair, report) for pair in zip(sections, anchors, strict=True)],
            list(_passages(report.closing, "closing", places)),
            [note_line(note, report) for note in report.notes],
            [with_address(line) for line in source_lines(report)],
            None if report.sheets is None else Front.of(report.sheets),
        )


def _passages(
    passages: Iterable[Passage], name: str, places: Mapping[str, tuple[str, str]]
) -> Iterator[_Passage]:
    full = [passage for passage in passages if passage.items]
    for number, passage in enumerate(full, 1):
        yield _Passage.of(passage, f"{name}-{number}", places)
