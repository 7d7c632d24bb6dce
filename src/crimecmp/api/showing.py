"""Shows a frame as a page does, from its own rows: a table, notes, sources and a picture."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from math import isfinite
from typing import TYPE_CHECKING, Any

from crimecmp.api.arguments import shown
from crimecmp.api.attributes import Attributes, attributes_of
from crimecmp.api.picturing import decimals_of, picture_of
from crimecmp.comparison.row import (
    Claim,
    Judgment,
    Output,
    Reproduction,
    columns,
    page_columns,
)
from crimecmp.document.report import Column as Heading
from crimecmp.document.report import Note, Report, Section
from crimecmp.errors import MissingExtraError, RequestError
from crimecmp.render import table
from crimecmp.render.lines import source_lines
from crimecmp.render.screen import Screen
from crimecmp.text import MISSING, period_name, places_shown, rounded, visible
from crimecmp.wording.labels import RESULT_WORDS

if TYPE_CHECKING:
    import pandas as pd

    from crimecmp.document.picture import Picture

_MOST_COLUMNS = 12
"""A frame with more columns than this is shown by those that people read first."""

_READ_FIRST = (
    "label", "statement", "force", "unit", "base_period_end", "period_end", "force_value",
    "benchmark", "benchmark_value", "difference", "percent_difference", "verdict", "reading",
    "forces_rank", "judgment", "summary", "support", "printed", "worked_out", "off", "result",
)  # fmt: skip

_DECLARED: dict[str, Output] = {
    column.name: column
    for column in (
        *columns(Reproduction),
        *columns(Judgment),
        *columns(Claim),
        *page_columns(),
    )
}
"""What each column of machine output is called, and where its decimals are."""

_HEADINGS = {name: column.label for name, column in _DECLARED.items()} | {
    "forces_rank": "Rank",
    "percent_difference": "% difference",
    "support": "Support",
    "aliases": "Also called",
    "comparable_from": "Comparable from",
    "definition": "Definition",
    "forces": "Forces",
    "group": "Group",
    "has_figures": "Has figures",
    "item": "What is explained",
    "licence": "Licence",
    "name": "Name",
    "ons_code": "ONS code",
    "part_of_base": "Part of the base",
    "polarity": "Better",
    "published": "Published",
    "publisher": "Publisher",
    "region": "Region",
    "short_label": "In sentences",
    "short_name": "Short name",
    "tables": "Tables with its figures",
    "territorial": "Territorial force",
    "text": "In words",
    "title": "Title",
    "url": "Address",
}

_LONG = 60
"""Text that is longer is folded."""

_SIGNED = {"difference", "percent_difference", "off"}
_ONE_DECIMAL = {"percent_difference"}

LOST = (
    "The title, notes and sources of these rows have been lost. Get the rows from crimecmp again "
    "before you share them: without their sources they cannot be checked."
)


class Shown:
    """A table for people, as `show` returns it: a notebook shows it as HTML, a shell as text.

    Parameters
    ----------
    page
        The page, with one table.
    licence
        The line of attribution; empty for none.
    picture
        The picture of the figures; None for none.
    """

    def __init__(self, page: Report, licence: str, picture: Picture | None) -> None:
        self._page = page
        self._licence = licence
        self._picture = picture

    def __repr__(self) -> str:
        stream = io.StringIO()
        table.render(self._page, stream, Screen())
        return stream.getvalue().rstrip("\n")

    def _repr_html_(self) -> str:
        [section] = self._page.sections
        lines = [note.text for note in (*section.notes, *self._page.notes)]
        drawn = _svg(self._picture) if self._picture else ""
        heading = f"<h3>{_safe(self._page.title)}</h3>" if self._page.title else ""
        return "".join(
            [
                drawn or heading,  # a picture has the heading in it
                _html_table(section),
                _html_list(lines),
                _html_list(source_lines(self._page)),
            ]
        )


def show(frame: pd.DataFrame) -> Shown:
    """Show a frame of crimecmp as a page does: a table for people, notes, sources and a picture.

    Parameters
    ----------
    frame
        What a function of crimecmp returned, or some of its rows or columns. Of a frame with more
        than 12 columns those are shown that people read first.

    Returns
    -------
    Shown
        A notebook shows it as HTML, with a picture where the extra `charts` is installed and the
        rows are figures of few measures; a shell shows it as text. What it says of the rows is in
        the frame's `attrs`; where they were lost, it says so.

    Raises
    ------
    RequestError
        Where it is not given a frame.
    """
    import pandas as pd

    if not isinstance(frame, pd.DataFrame):
        raise RequestError(
            f"frame= takes a frame, not {shown(frame)}",
            "Pass what a function of crimecmp returned: crimecmp.show(crimecmp.rates()).",
        )
    known = attributes_of(frame.attrs)
    plain = _with_index(frame)
    rows = rows_of(plain)
    section = _section(rows, list(plain.columns), known.names, _notes(known, frame))
    page = Report(known.title, (section,), (), (), known.sources)
    return Shown(page, known.licence, picture_of(known.title, rows, known.names))


def _with_index(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with text for its columns' names, each once, a named index among them."""
    plain = frame.set_axis([_flat(name) for name in frame.columns], axis="columns")
    plain = plain.loc[:, ~plain.columns.duplicated()]
    place = 0
    for level, name in enumerate(frame.index.names):
        if name is not None and _flat(name) not in plain.columns:
            plain.insert(place, _flat(name), frame.index.get_level_values(level))
            place += 1
    return plain


def _flat(name: Any) -> str:
    """Return the name of a column as text; the levels of one that has several, with commas."""
    parts = name if isinstance(name, tuple) else (name,)
    return ", ".join(str(part) for part in parts if part != "")


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame by the names of their columns; None where a value is missing."""
    cells = {
        str(name): [
            None if missing else _plain(cell)
            for cell, missing in zip(column.tolist(), column.isna().tolist(), strict=True)
        ]
        for name, column in frame.items()
    }
    return [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]


def _plain(cell: Any) -> Any:
    return cell.date() if hasattr(cell, "date") else cell


def _notes(known: Attributes, frame: pd.DataFrame) -> tuple[Note, ...]:
    """Return what is said of the rows, and whether rows are missing or were calculated anew."""
    if not known.complete:
        return (Note(LOST),)
    return tuple(map(Note, (*_fewer(known.rows, frame), *known.notes)))


def _fewer(whole: int | None, frame: pd.DataFrame) -> tuple[str, ...]:
    """Return what to say of a frame that has not all the rows that crimecmp returned."""
    if whole is None:
        return ()
    if frame.columns.empty and whole:
        return (f"No columns are shown. The notes are about all {whole} rows.",)
    if len(frame) >= whole:
        return ()
    if _is_filtered(frame, whole):
        return (f"{len(frame)} of {whole} rows are shown. The notes are about all of them.",)
    return (f"The notes are about the {whole} rows that this table was made from.",)


def _is_filtered(frame: pd.DataFrame, whole: int) -> bool:
    """Return whether columns and index are those of the frame that crimecmp returned."""
    places = range(whole)
    return (
        set(frame.columns) <= _HEADINGS.keys()
        and frame.index.names == [None]
        and all(label in places for label in frame.index)
    )


def _section(
    rows: Sequence[dict[str, Any]],
    names: Sequence[str],
    labels: dict[str, str],
    notes: tuple[Note, ...],
) -> Section:
    """Return the table of some rows."""
    kept = [name for name in names if any(row[name] is not None for row in rows)]
    headings = labels | _HEADINGS  # a pivoted frame has a column for each force
    if "group" in names:
        headings = headings | {"label": "Name"}
    if len(kept) > _MOST_COLUMNS:
        alike = _alike(rows, labels)
        headings = headings | {f"{name}_value": label for name, label in alike.items()}
        own = [name for name in kept if name not in _DECLARED]
        first = (name for name in _READ_FIRST if name in kept and name not in alike)
        kept = [*first, *own]
    return Section(
        "shown",
        "",
        tuple(_heading(name, headings.get(name, name), rows) for name in kept),
        [[cell_text(row, name, labels) for name in kept] for row in rows],
        notes,
    )


def _alike(rows: Sequence[dict[str, Any]], labels: dict[str, str]) -> dict[str, str]:
    """Return the force and the benchmark where all rows have the same, which a heading can name."""
    found = {}
    for name in ("force", "benchmark"):
        ids = {str(row[name]) for row in rows if row.get(name) is not None}
        named = all(
            row.get(column) is not None for row in rows for column in (name, f"{name}_value")
        )
        if named and len(ids) == 1:
            [its] = ids
            found[name] = labels.get(its, its)
    return found


def _heading(name: str, label: str, rows: Iterable[dict[str, Any]]) -> Heading:
    cells = [row[name] for row in rows if row[name] is not None]
    if all(isinstance(cell, date) for cell in cells):
        return Heading(label, "period")
    numbers = all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells)
    if numbers:
        return Heading(label, "number")
    return Heading(label, "prose" if max(len(str(cell)) for cell in cells) > _LONG else "text")


def cell_text(row: dict[str, Any], name: str, labels: dict[str, str]) -> str:
    """Return a cell for people: names for ids, months for dates, figures with their decimals."""
    cell = row[name]
    if cell is None:
        return MISSING
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, date):
        return period_name(cell)
    if isinstance(cell, int):
        return f"{cell:,}"
    if isinstance(cell, float) and isfinite(cell):
        return rounded(cell, _places(row, name, cell), signed=name in _SIGNED)
    text = str(cell)
    if name == "result":
        return RESULT_WORDS.get(text, text)
    return visible(labels.get(text, text) if name in ("force", "benchmark") else text)


def _places(row: dict[str, Any], name: str, value: float) -> int:
    """Return the number of decimals to show: those that were printed, or a few."""
    if name in _ONE_DECIMAL:
        return 1
    of = _DECLARED[name].decimals if name in _DECLARED else ()
    printed = [places for other in of if (places := decimals_of(row.get(other))) is not None]
    if printed:
        return places_shown(value, max(printed))
    written = f"{value:.15g}"
    return places_shown(value, len(written.partition(".")[2]))


def _svg(picture: Picture) -> str:
    """Return a picture for a notebook; nothing where the extra that draws it is not installed."""
    from zlib import crc32

    from crimecmp.render.matplotlib import inline

    prefix = f"crimecmp-{crc32(picture.description.encode()):08x}-"
    try:
        drawn = inline(picture, prefix)
    except MissingExtraError:
        return ""
    return f'<div style="max-width: 36rem; background: #fff">{drawn}</div>'


def _html_table(section: Section) -> str:
    head = "".join(f"<th{_side(column)}>{_safe(column.label)}</th>" for column in section.columns)
    body = "".join(
        "<tr>"
        + "".join(
            f"<td{_side(column)}>{_safe(cell)}</td>"
            for column, cell in zip(section.columns, row, strict=True)
        )
        + "</tr>"
        for row in section.cells
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _side(column: Heading) -> str:
    return f' style="text-align: {"right" if column.numeric else "left"}"'


def _html_list(lines: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{_safe(line)}</li>' for line in lines)}</ul>" if lines else ""


def _safe(text: str) -> str:
    return escape(visible(text))
