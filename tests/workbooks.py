"""Workbooks that tests write: archives, and OpenDocument files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

_ODS = "urn:oasis:names:tc:opendocument:xmlns"


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as written:
        for name, part in parts.items():
            written.writestr(name, part)
    return content.getvalue()


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
        between.join(f"<table:table-cell {_value(cell)}</table:table-cell>" for cell in row)
        for row in rows
    )
    return between.join(
        f"<table:table-row>{between}{row}{between}</table:table-row>" for row in cells
    )


def _value(cell: str) -> str:
    kind = (
        f'office:value-type="float" office:value="{cell}"'
        if cell.lstrip("-").isdecimal()
        else 'office:value-type="string"'
    )
    return f"{kind}><text:p>{escape(cell)}</text:p>"
