"""Workbooks made by hand: whatever can stand in one, sound or not."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODS = "urn:oasis:names:tc:opendocument:xmlns"


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as written:
        for name, part in parts.items():
            written.writestr(name, part)
    return content.getvalue()


def xlsx(sheets: Mapping[str, str], more: Mapping[str, str] | None = None) -> bytes:
    """Return a workbook whose sheets have these rows, as XML, and more parts if given."""
    numbered = list(enumerate(sheets.items(), start=1))
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, (name, _) in numbered
    )
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{_DOCUMENT}/worksheet"'
        f' Target="worksheets/sheet{number}.xml"/>'
        for number, _ in numbered
    )
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1"'
        f' Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_DOCUMENT}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{related}'
        "</Relationships>",
    }
    for number, (_, rows) in numbered:
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        )
    return archive({**parts, **(more or {})})


def text_cell(place: str, text: str) -> str:
    """Return a cell of an xlsx sheet that holds text."""
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def ods(rows: str, manifest: str = "") -> bytes:
    """Return an OpenDocument workbook with one sheet, whose rows are given as XML."""
    return open_document({"P1 ": rows}, manifest)


def open_document(sheets: Mapping[str, str], manifest: str = "") -> bytes:
    """Return an OpenDocument workbook, the rows of whose sheets are given as XML."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{rows}</table:table>'
        for name, rows in sheets.items()
    )
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f'<office:document-content xmlns:office="{_ODS}:office:1.0"'
            f' xmlns:table="{_ODS}:table:1.0" xmlns:text="{_ODS}:text:1.0"><office:body>'
            f"<office:spreadsheet>{tables}</office:spreadsheet>"
            "</office:body></office:document-content>",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{_ODS}:manifest:1.0">'
            f"{manifest}</manifest:manifest>",
        }
    )


def rows_in_xml(rows: Sequence[Sequence[str]], between: str = "") -> str:
    """Return rows of text and whole numbers as XML, with some white space between the tags."""
    cells = (
        between.join(f"<table:table-cell {_ods_value(cell)}</table:table-cell>" for cell in row)
        for row in rows
    )
    return between.join(
        f"<table:table-row>{between}{row}{between}</table:table-row>" for row in cells
    )


def _ods_value(cell: str) -> str:
    kind = (
        f'office:value-type="float" office:value="{cell}"'
        if cell.lstrip("-").isdecimal()
        else 'office:value-type="string"'
    )
    return f"{kind}><text:p>{escape(cell)}</text:p>"


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return an OLE file (a header, its table of sectors, its directory, and one stream)."""
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    [(name, stream)] = streams.items()
    stream = stream.ljust(4096, b"\0")
    sectors = len(stream) // 512
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    chain = [table, end, *range(3, 2 + sectors), end]
    chain += [free] * (128 - len(chain))
    directory = b""
    for title, kind, child, start, size in (
        ("Root Entry", 5, 1, end, 0),
        (name, 2, free, 2, len(stream)),
    ):
        encoded = (title + "\0").encode("utf-16-le")
        directory += encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), kind, 1)
        directory += struct.pack("<3I", free, free, child) + bytes(36)
        directory += struct.pack("<IQ", start, size)
    return header + struct.pack("<128I", *chain) + directory.ljust(512, b"\0") + stream


def xls(cells: Iterable[tuple[int, int, float]]) -> bytes:
    """Return an old workbook with one sheet of numbers, given by row and column from 0."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    begin, end = struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0), record(0x0A, b"")
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for row, column, number in cells:
        sheet += record(0x203, struct.pack("<HHHd", row, column, 0, number))
    name = struct.pack("<BB", 2, 0) + b"P1"
    before = len(record(0x809, begin)) + len(record(0x85, bytes(6) + name)) + len(end)
    books = record(0x809, begin) + record(0x85, struct.pack("<IH", before, 0) + name) + end
    return compound({"Workbook": books + sheet + end})


def xlsb(cells: Iterable[tuple[int, int, float]]) -> bytes:
    """Return a binary workbook with one sheet of numbers, given by row and column from 0."""

    def record(kind: int, body: bytes = b"") -> bytes:
        coded = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        return coded + bytes([len(body)]) + body

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    rows = b""
    for row, column, number in cells:
        rows += record(0, struct.pack("<IIHHBI", row, 0, 300, 0, 0, 0))
        rows += record(5, struct.pack("<IId", column, 0, number))
    book = record(131) + record(143)
    book += record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("P1"))
    book += record(144) + record(132)
    sheet = record(129) + record(148, struct.pack("<4I", 0, 0, 0, 0))
    sheet += record(145) + rows + record(146) + record(130)
    return archive(
        {
            "xl/workbook.bin": book,
            "xl/worksheets/sheet1.bin": sheet,
            "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship'
            f' Id="rId1" Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet1.bin"/>'
            "</Relationships>",
        }
    )
