"""Frames made of pages: what a command prints, with its title, notes and sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from crimecmp.api.arguments import flag
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Cell, CellType, Output
from crimecmp.document.attribution import attribution
from crimecmp.document.report import Note, Report
from crimecmp.errors import NoFiguresError
from crimecmp.render.lines import note_line
from crimecmp.tables.dataset import Dataset
from crimecmp.text import visible

if TYPE_CHECKING:
    import pandas as pd

DTYPES: dict[CellType, str] = {
    "text": "str",
    "number": "float64",
    "whole": "Int64",
    "date": "datetime64[us]",
    "flag": "boolean",
}
"""The dtype of each type of column, whatever is missing in it."""


def frame_of(data: Dataset, page: Report, *, drop_empty: bool) -> pd.DataFrame:
    """Return the rows of a page as a frame.

    Parameters
    ----------
    data
        The tables that the page is made of.
    page
        The page that the command prints.
    drop_empty
        Whether columns without any value are left out.

    Returns
    -------
    DataFrame
        One column for each of the page's, of the dtype of its type. Its `attrs` hold plain text,
        lists and dictionaries, so that pandas can compare them: `title`; `notes`, a list of text;
        `sources`, a list of dictionaries, one for each row of the sources' table; `licence`, the
        line of attribution that the figures' licence asks for, empty for none; `names`, what
        people call the forces and benchmarks, by id; and `rows`, the number of rows.
    """
    drop_empty = flag("drop_empty", drop_empty)
    frame = _frame(page.columns, page.rows)
    frame.attrs.update(
        title=visible(page.title),
        notes=list(dict.fromkeys(note_line(note, page) for note in page.all_notes)),
        sources=[
            {name: visible(cell) or None for name, cell in row.items()} for row in page.sources
        ],
        licence=" ".join(attribution(page.sources)),
        names=_names(data, page),
        rows=len(frame),
    )
    return frame.dropna(axis="columns", how="all") if drop_empty else frame


def _frame(columns: Sequence[Output], rows: Sequence[Sequence[Cell]]) -> pd.DataFrame:
    import pandas as pd

    by_column = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pd.DataFrame(
        {
            # Empty text is a missing value, as in what a command prints.
            column.name: pd.Series(
                [None if value == "" else value for value in values], dtype=DTYPES[column.type]
            )
            for column, values in zip(columns, by_column, strict=True)
        }
    )


def _names(data: Dataset, page: Report) -> dict[str, str]:
    """Return what people call the forces and benchmarks in the rows of a page."""
    places = [
        place for place, column in enumerate(page.columns) if column.name in ("force", "benchmark")
    ]
    ids = dict.fromkeys(str(row[place]) for row in page.rows for place in places if row[place])
    known = [name for name in ids if name in data.forces or name in data.names("groups")]
    return {name: visible(data.label_of(name)) for name in known}


_MOST_NAMED = 4


def stacked(pages: Iterable[Callable[[], Report]]) -> Report:
    """Return pages of one kind as one, row below row.

    Parameters
    ----------
    pages
        Functions that make each page.

    Raises
    ------
    NoFiguresError
        Where the data hold no figures for any of them; where they do for some, a note says for
        which they do not.
    """
    made: list[Report] = []
    missing: list[NoFiguresError] = []
    for make in pages:
        try:
            made.append(make())
        except NoFiguresError as error:
            missing.append(error)
    if not made:
        raise _none_of(missing)
    notes = [note for page in made for note in page.all_notes]
    lacking = [Note(f"{error.message[:1].upper()}{error.message[1:]}.") for error in missing]
    sources = {row["source"]: row for page in made for row in page.sources}
    return Report(
        "; ".join(dict.fromkeys(page.title for page in made)),
        (),
        made[0].columns,
        [row for page in made for row in page.rows],
        list(sources.values()),
        tuple(dict.fromkeys([*lacking, *notes])),
    )


def _none_of(missing: Sequence[NoFiguresError]) -> NoFiguresError:
    """Return one error for several, which says what each says."""
    messages, hints = (
        list(dict.fromkeys(said))
        for said in zip(*((error.message, error.hint) for error in missing), strict=True)
    )
    more = len(messages) - _MOST_NAMED
    named = [*messages[:_MOST_NAMED], *([f"and {more} more"] if more > 0 else [])]
    return NoFiguresError("; ".join(named), hints[0] if len(hints) == 1 else "")


def frame_of_pages(
    data: Dataset,
    page: Callable[[Dataset, Request], Report],
    requests: Iterable[Request],
    *,
    drop_empty: bool,
) -> pd.DataFrame:
    """Return the pages that `page` makes of some requests as one frame; see `stacked`."""
    made = stacked(partial(page, data, request) for request in requests)
    return frame_of(data, made, drop_empty=drop_empty)


def by_force(requests: Iterable[Request]) -> list[Request]:
    """Return requests for each of their forces alone."""
    return [request._replace(forces=(force,)) for request in requests for force in request.forces]
