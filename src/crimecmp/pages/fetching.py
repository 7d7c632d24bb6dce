"""The pages of published files: what can be fetched, what would be, and what was."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from crimecmp.comparison.row import Cell, Output
from crimecmp.document.brief import Brief, BriefTable, Field, Line, Offer
from crimecmp.document.report import Note, Report, Section
from crimecmp.pages.part import Shown, section
from crimecmp.text import MISSING, in_words, plural, size, visible

if TYPE_CHECKING:
    from crimecmp.fetching.catalogue import DataSet
    from crimecmp.fetching.choosing import Found
    from crimecmp.fetching.keeping import Kept

_COLUMNS = (
    Output("Data set", name="data_set"),
    Output("Title", name="title"),
    Output("Publisher", name="publisher"),
    Output("Edition", name="edition"),
    Output("Published", name="published", type="date"),
    Output("File", name="file"),
    Output("Size", unit="bytes", name="bytes", type="whole"),
    Output("SHA-256", name="sha256"),
    Output("Address of the file", name="address"),
    Output("Page that offers it", name="page"),
    Output("Licence", name="licence"),
    Output("What happened to it", name="fate"),
)
"""The columns of all three pages: one row a data set."""


def _row(data: DataSet, found: Found | None, kept: Kept | None, fate: str) -> tuple[Cell, ...]:
    return (
        data.id,
        found.title if found else data.title,
        data.publisher.name,
        (found.edition if found else data.known) or None,
        found.published if found else None,
        str(kept.path) if kept else found.file.name if found else None,
        kept.bytes if kept else found.file.size if found else data.size,
        kept.sha256 if kept else None,
        found.file.address if found else None,
        data.page,
        data.licence.title,
        fate,
    )


def listing_page(known: Sequence[tuple[DataSet, Found | None]]) -> Report:
    """Return the list of what can be fetched.

    Parameters
    ----------
    known
        The data sets, each with what its publisher offered when it was last asked, if ever.
    """
    shown: tuple[Shown[tuple[DataSet, Found | None]], ...] = (
        Shown("Data set", lambda each: each[0].id, "id"),
        Shown("What it holds", lambda each: each[0].title),
        Shown("Publisher", lambda each: each[0].publisher.name),
        Shown("Newest edition known", lambda each: _edition(*each)),
        Shown("Size", lambda each: _size(*each)),
        Shown("Licence", lambda each: each[0].licence.title),
    )
    title = "Published files that can be fetched"
    table = section("fetch", title, shown, known)
    rows = [_row(data, found, None, "offered") for data, found in known]
    notes = (Note(_KNOWN),)
    return Report(
        title, (table,), _COLUMNS, rows, notes=notes, brief=partial(_listed, title, known)
    )


_KNOWN = (
    "An edition and its size are as last looked up on this machine, or else as known when this "
    "version was made."
)


def _listed(title: str, known: Sequence[tuple[DataSet, Found | None]]) -> Brief:
    fields = (
        Field("Data set"),
        Field("Newest edition known"),
        Field("Size", use=1),
        Field("Publisher", use=2),
    )
    lines = [
        Line((data.id, _edition(data, found), _size(data, found) or MISSING, data.publisher.short))
        for data, found in known
    ]
    licences = in_words(dict.fromkeys(data.licence.title for data, _ in known))
    return Brief(
        title,
        tables=(BriefTable(fields, tuple(lines)),),
        remarks=(
            *(f"{data.id}: {data.title}." for data, _ in known),
            f"All are under the {licences}.",
            _KNOWN,
        ),
        offers=(Offer("look", known[0][0].id), Offer("fetch", known[0][0].id)),
    )


def _edition(data: DataSet, found: Found | None) -> str:
    return data.in_words(found.edition if found else data.known)


def _size(data: DataSet, found: Found | None) -> str:
    if found and found.file.size:
        return size(found.file.size)
    return f"about {size(data.size)}" if data.size else ""


def found_page(found: Sequence[Found]) -> Report:
    """Return the page about files that would be fetched."""
    shown: tuple[Shown[Found], ...] = (
        Shown("Data set", lambda each: each.data.id, "id"),
        Shown("Edition", lambda each: each.data.in_words(each.edition)),
        Shown("Published", _published),
        Shown("File", lambda each: each.file.name),
        Shown("Size", lambda each: size(each.file.size) if each.file.size else ""),
    )
    title = f"{plural(len(found), 'file')} would be fetched"
    table = section("fetch", "Files", shown, found, _remarks(found))
    rows = [_row(each.data, each, None, "found") for each in found]
    return Report(
        title,
        (table,),
        _COLUMNS,
        rows,
        [_described(each) for each in found],
        brief=partial(_would_be, title, found),
    )


def _would_be(title: str, found: Sequence[Found]) -> Brief:
    lines = [_line(each, each.file.size) for each in found]
    return Brief(
        title,
        tables=(BriefTable(_FILES, tuple(lines)),),
        cautions=tuple(note.text for note in _remarks(found)),
        source=_source(found),
        offers=(Offer("notes"), Offer("fetch", "\n".join(each.data.id for each in found))),
    )


def _line(found: Found, length: int | None) -> Line:
    """Return the line of a file in a brief table."""
    return Line(
        (
            found.data.id,
            found.data.in_words(found.edition) or MISSING,
            found.file.name,
            size(length) if length else MISSING,
        )
    )


_FILES = (Field("Data set"), Field("Edition", use=1), Field("File"), Field("Size", use=2))


def fetched_page(kept: Sequence[Kept], folder: str, imported: Report | None = None) -> Report:
    """Return the page about files that were fetched.

    Parameters
    ----------
    kept
        The files.
    folder
        The folder that they are in.
    imported
        The page about the tables made of them; None where none were made.
    """
    found = [each.found for each in kept]
    shown: tuple[Shown[Kept], ...] = (
        Shown("Data set", lambda each: each.found.data.id, "id"),
        Shown("Edition", lambda each: each.found.data.in_words(each.found.edition)),
        Shown("Published", lambda each: _published(each.found)),
        Shown("File", lambda each: each.path.name),
        Shown("Size", lambda each: size(each.bytes)),
        Shown("SHA-256", lambda each: each.sha256),
        Shown("Fetched", lambda each: "now" if each.changed else "before, and not changed since"),
    )
    title = _fetched_title(kept, folder)
    table = section("fetch", "Files", shown, kept, _remarks(found))
    rows = [
        _row(each.found.data, each.found, each, "fetched" if each.changed else "not changed")
        for each in kept
    ]
    sections: tuple[Section, ...] = imported.sections if imported else ()
    notes = imported.notes if imported else ()
    return Report(
        title,
        (table, *sections),
        _COLUMNS,
        rows,
        [_described(each) for each in found],
        notes,
        brief=partial(_was, title, kept, imported),
    )


def _fetched_title(kept: Sequence[Kept], folder: str) -> str:
    new = sum(each.changed for each in kept)
    where = f"{visible(folder.rstrip('/'))}/"
    if not new:
        return f"Nothing new: {plural(len(kept), 'file')} in {where} as published"
    return f"Fetched {plural(new, 'file')} into {where}"


def _was(title: str, kept: Sequence[Kept], imported: Report | None) -> Brief:
    lines = [_line(each.found, each.bytes) for each in kept]
    found = [each.found for each in kept]
    made = imported.brief() if imported and imported.brief else None
    files = "\n".join(str(each.path) for each in kept)
    return Brief(
        title,
        (made.title + ".", *made.answer) if made else (),
        (BriefTable(_FILES, tuple(lines)),),
        cautions=(*(note.text for note in _remarks(found)), *(made.cautions if made else ())),
        source=_source(found),
        offers=made.offers if made else (Offer("import", files),),
    )


def _described(found: Found) -> dict[str, str]:
    """Return a file as a row of the table of sources."""
    return {
        "source": found.data.id,
        "title": found.title,
        "publisher": found.data.publisher.name,
        "published": found.published.isoformat() if found.published else "",
        "licence": found.data.licence.title,
        "url": found.file.address,
        "note": "",
    }


def _published(found: Found) -> str:
    day = found.published
    return f"{day.day} {day:%B %Y}" if day else ""


def _remarks(found: Sequence[Found]) -> list[Note]:
    return [Note(f"{each.data.id}: {remark}") for each in found for remark in each.remarks]


def _source(found: Sequence[Found]) -> str:
    """Return who publishes the files, and under which licence."""
    publishers = in_words(dict.fromkeys(each.data.publisher.name for each in found))
    licences = in_words(dict.fromkeys(each.data.licence.title for each in found))
    return f"{publishers}. {licences}"
