"""A workbook as a ZIP archive of parts."""

from __future__ import annotations

import io
import zipfile

from crimecmp.workbooks import limits
from crimecmp.workbooks.problems import Problem, UnreadableError
from crimecmp.workbooks.xlsx_cells import percent_styles, sheets_by_part

CONTENT = "content.xml"
"""The part that holds all sheets of an ods workbook."""
_BOOK, _RELATIONS, _STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
_WORKBOOK_PARTS = {_BOOK, "xl/workbook.bin", CONTENT}
_MANIFEST = "META-INF/manifest.xml"
_CHUNK = 1 << 20


def opened(content: bytes) -> zipfile.ZipFile:
    """Open a workbook's archive, and read every part once to find any that is damaged.

    Raises
    ------
    UnreadableError
        If it is no workbook, protected by a password, or too large.
    zipfile.BadZipFile, and many others
        If it is damaged.
    """
    archive = zipfile.ZipFile(io.BytesIO(content))
    names = set(archive.namelist())
    if any(part.flag_bits & 1 for part in archive.infolist()):
        raise UnreadableError(Problem.LOCKED)
    if _MANIFEST in names and b"encryption-data" in archive.read(_MANIFEST):
        raise UnreadableError(Problem.LOCKED)
    if not _WORKBOOK_PARTS & names:
        raise UnreadableError(Problem.OTHER_ARCHIVE)
    room = limits.UNPACKED
    for part in archive.infolist():
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                room -= len(chunk)
                if room < 0:
                    raise UnreadableError(Problem.UNPACKED)
    return archive


def parts_by_sheet(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part that holds each sheet of an xlsx workbook; none of another."""
    names = set(archive.namelist())
    if not {_BOOK, _RELATIONS} <= names:
        return {}
    titles = sheets_by_part(archive.read(_BOOK), archive.read(_RELATIONS))
    return {title: part for part, title in titles.items() if part in names}


def percentages(archive: zipfile.ZipFile) -> frozenset[str]:
    """Return the styles of an xlsx workbook that show percentages."""
    if _STYLES not in archive.namelist():
        return frozenset()
    return percent_styles(archive.read(_STYLES))
