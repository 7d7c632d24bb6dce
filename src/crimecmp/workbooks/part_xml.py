"""Parse the XML parts of a workbook that anybody may have made."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree import ElementTree


def bare(name: str) -> str:
    """Return the name of an element or an attribute without its namespace."""
    return name.rpartition("}")[2]


def parsed(part: bytes) -> ElementTree.Element:
    """Return the root of a part.

    Raises
    ------
    ValueError
        If the part declares a document type.
    xml.etree.ElementTree.ParseError
        If it is not XML.
    """
    _check(part)
    return ElementTree.fromstring(part)  # noqa: S314 - has no document type, so no entities


def walked(part: bytes) -> Iterator[tuple[str, ElementTree.Element]]:
    """Yield the start and the end of each element of a part as it is read.

    Raises
    ------
    ValueError, xml.etree.ElementTree.ParseError
        As `parsed`.
    """
    _check(part)
    stream = io.BytesIO(part)
    yield from ElementTree.iterparse(stream, events=("start", "end"))  # noqa: S314 - as above


def _check(part: bytes) -> None:
    """Raise an error if a part can declare entities: no spreadsheet program writes any."""
    if b"<!DOCTYPE" in part.replace(b"\0", b""):
        raise ValueError("the part declares a document type")
