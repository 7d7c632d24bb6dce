"""Small workbooks that made the reader of workbooks abort, hang or fill the memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from books import MAIN, archive, compound, ods, text_cell, xls, xlsb, xlsx

from crimecmp.workbooks.problems import Problem


class Case(NamedTuple):
    """One workbook.

    Parameters
    ----------
    kind
        The class of input that it belongs to.
    name
        What is special about it.
    made
        Makes the file.
    problem
        Why it is not read; None where it is.
    """

    kind: str
    name: str
    made: Callable[[], bytes]
    problem: Problem | None


def _cell(place: str) -> str:
    return f'<c r="{place}"><v>1</v></c>'


TABLE = f'<row r="1">{text_cell("A1", "Durham")}{_cell("B1")}</row>'
"""A table of one row."""


def _with_row(row: str) -> bytes:
    """Return a workbook with a table, and a row below it."""
    return xlsx({"P1": TABLE + row})


def ods_row(text: str, rows: int = 1, columns: int = 1, left: int = 0) -> str:
    """Return a row of an ods sheet with one text, both repeated, and blank cells to its left."""
    blank = f'<table:table-cell table:number-columns-repeated="{left}"/>' if left else ""
    cell = (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{columns}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )
    content = blank + cell if text else "<table:table-cell/>"
    return f'<table:table-row table:number-rows-repeated="{rows}">{content}</table:table-row>'


def shared_texts(texts: str, times: int) -> bytes:
    """Return a workbook with shared texts, given as XML, the first of which is in many rows."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, times + 1)
    )
    return xlsx({"P1": rows}, {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>'})


_LAUGHS = "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">'
    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
_DECLARED = {
    "of entities": f'<!DOCTYPE x [<!ENTITY a "ha">{_LAUGHS}]>',
    "of a file": '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>',
}
_PARTS = {
    "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"'
    ' t="inlineStr"><is><t>&j;</t></is></c></row></sheetData></worksheet>',
    "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>&j;</t></si></sst>',
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs><xf>&j;</xf></cellXfs></styleSheet>',
}


def _declaring(declared: str, part: str) -> Case:
    """Return the case of a workbook of which a part declares an entity and uses it."""
    parts = {part: _DECLARED[declared] + _PARTS[part]}
    return Case(
        "entities", f"{declared}, {part}", lambda: xlsx({"P1": TABLE}, parts), Problem.DAMAGED
    )


CASES = (
    Case("stray cell", "last column", lambda: _with_row(f'<row r="2">{_cell("XFD2")}</row>'), None),
    Case(
        "stray cell",
        "far corner",
        lambda: _with_row(f'<row r="1048576">{_cell("XFD1048576")}</row>'),
        None,
    ),
    Case(
        "stray cell",
        "lower case",
        lambda: _with_row(f'<row r="1048576">{_cell("xfd1048576")}</row>'),
        None,
    ),
    Case(
        "stray cell", "row without number", lambda: _with_row(f"<row>{_cell('XFD2')}</row>"), None
    ),
    Case(
        "stray cell",
        "three sheets",
        lambda: xlsx(dict.fromkeys("ABC", f"{TABLE}<row>{_cell('XFD1048576')}</row>")),
        None,
    ),
    Case(
        "stray cell",
        "ods",
        lambda: ods(ods_row("a") + ods_row("", 1_048_574) + ods_row("b", left=16_383)),
        None,
    ),
    Case("stray cell", "xlsb", lambda: xlsb([(0, 0, 1), (1_048_575, 16_383, 1)]), Problem.MEMORY),
    Case(
        "no such cell",
        "row of eight digits",
        lambda: _with_row(f'<row r="99999999">{_cell("A99999999")}</row>'),
        Problem.DAMAGED,
    ),
    Case(
        "no such cell",
        "column of ten letters",
        lambda: _with_row(f"<row>{_cell('AAAAAAAAAA2')}</row>"),
        Problem.DAMAGED,
    ),
    Case("repeated", "rows of ods", lambda: ods(ods_row("a", 1_048_576, 1024)), Problem.CELLS),
    Case("repeated", "rows beyond the last", lambda: ods(ods_row("", 10**12)), None),
    Case("repeated", "columns of ods", lambda: ods(ods_row("a", columns=10**12)), None),
    Case("repeated", "sheets", lambda: xlsx(dict.fromkeys(map(str, range(500)), TABLE)), None),
    Case(
        "long",
        "rows without cells",
        lambda: xlsx({"P1": "".join(f'<row r="{n}"/>' for n in range(1, 30_000)) + TABLE}),
        None,
    ),
    *(_declaring(declared, part) for declared in _DECLARED for part in _PARTS),
    Case(
        "inert",
        "macros and links",
        lambda: xlsx(
            {"P1": TABLE},
            {
                "xl/vbaProject.bin": "macro",
                "xl/externalLinks/externalLink1.xml": '<externalLink r="file:///etc/passwd"/>',
                "xl/connections.xml": '<connections><connection odcFile="http://a"/></connections>',
            },
        ),
        None,
    ),
    Case("inert", "password", lambda: compound({"EncryptedPackage": b""}), Problem.LOCKED),
    Case(
        "nested", "archives", lambda: archive({"a.zip": xlsx({"P1": TABLE})}), Problem.OTHER_ARCHIVE
    ),
)
"""Cases that end within a second or two."""

_LAST_ROW = f'<row r="1">{_cell("A1")}</row><row r="1048576">{_cell("{}1048576")}</row>'
SLOW_CASES = (
    Case(
        "repeated",
        "long text",
        lambda: shared_texts(f"<si><t>{'a' * 1_000_000}</t></si>", 101),
        Problem.TEXT,
    ),
    Case("stray cell", "last row", lambda: xlsx({"P1": _LAST_ROW.format("A")}), None),
    Case(
        "stray cell",
        "40 sheets, 20 columns",
        lambda: xlsx(dict.fromkeys(map(str, range(40)), _LAST_ROW.format("T"))),
        None,
    ),
    Case(
        "stray cell",
        "cell without place",
        lambda: _with_row('<row r="1048576"><c><v>1</v></c></row>'),
        None,
    ),
    Case("stray cell", "xls", lambda: xls([(0, 0, 1), (65_535, 255, 1)]), Problem.MEMORY),
    Case(
        "long",
        "row of 2 million cells",
        lambda: xlsx({"P1": f"<row>{'<c><v>1</v></c>' * 2_000_001}</row>"}),
        Problem.DAMAGED,
    ),
    Case(
        "long",
        "1 million rows without cells",
        lambda: xlsx({"P1": "".join(f'<row r="{n}"/>' for n in range(2, 1_048_577)) + TABLE}),
        None,
    ),
    Case(
        "long",
        "1 GB of shared texts",
        lambda: shared_texts("<si><t>a</t></si>" * 58_000_000, 1),
        Problem.MEMORY,
    ),
    Case(
        "repeated",
        "20,000 sheets",
        lambda: xlsx(dict.fromkeys(map(str, range(20_000)), TABLE)),
        None,
    ),
)
"""Cases that take longer, to be tried now and then."""
