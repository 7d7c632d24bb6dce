"""Small changes to a table in CSV: of its bytes, cells, rows and columns, and of its encoding."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from random import Random

from payloads import PAYLOADS

Rows = list[list[str]]

_NUMBERS = (
    "0", "-0", "+5", "007", "5.", ".5", "5.0000", "1e5", "1E400", "nan", "inf", "-inf", "1_000",
    "1,234", "12,5", "9" * 15, "9" * 16, "9" * 400, "0." + "0" * 300 + "1", "-100", "-100.1",
    "100.1", "2147483648", "9223372036854775808", "٣", "５", "½", "0x10", "1/2", "5 %", "£5", "–",
)  # fmt: skip
_DATES = (
    "2014-06-30", "2014-02-30", "0000-00-00", "9999-12-31", "1799-12-31", "2199-12-31",
    "2014-6-3", "30/06/2014", "2014-06-30T00:00", "20140630", "2014-W26-1", "Jun 2014", "2013/14",
    "41820", "2014-06-30Z", "２０１４-06-30",
)  # fmt: skip
_NAMES = (
    "durham", "Durham Constabulary", "england-and-wales", "England and Wales", "E23000008",
    "British Transport Police", "burglary", "asb", "all", "none", "null", "None", "NA", "N/A", "..",
    "[x]", "true", "false", "Total", "-", "*", "~", "per 1,000 population", "%", "higher", "rates",
)  # fmt: skip
_SHAPES = (
    "",
    " ",
    "\ufeff",
    "\0",
    ";",
    ";;",
    "a;b;;c",
    '"',
    '""',
    "'",
    "x" * 300,
    "\x1a",
    "é",
    "𝔘",
)
_CELLS = (_NUMBERS, _DATES, _NAMES, _SHAPES, tuple(PAYLOADS.values()))
_ENCODINGS = ("utf-16", "utf-16-le", "utf-8-sig", "cp1252", "utf-7", "utf-32", "cp037")


def cell(random: Random) -> str:
    """Return something that may stand in a cell, or had better not."""
    return random.choice(random.choice(_CELLS))


def mutated(random: Random, content: bytes) -> bytes:
    """Return a table with a few changes: mostly to its cells, rows and columns, or to its bytes."""
    changes = random.choice((1, 1, 2, 3))
    if random.random() < 0.7:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig", "replace"), newline="")))
        for _ in range(changes):
            random.choice(_ON_ROWS)(random, rows)
        content = _written(random, rows)
    if random.random() < 0.4:
        for _ in range(changes):
            content = random.choice(_ON_BYTES)(random, content)
    return content


def _written(random: Random, rows: Rows) -> bytes:
    stream = io.StringIO(newline="")
    plain = random.random() < 0.9
    writer = csv.writer(
        stream,
        delimiter="," if plain else random.choice(";\t|,"),
        lineterminator="\n" if plain else random.choice(("\r\n", "\r", "\n\n")),
        quoting=csv.QUOTE_MINIMAL if plain else csv.QUOTE_ALL,
    )
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8", "surrogatepass")


def _change_cell(random: Random, rows: Rows) -> None:
    row = random.choice(rows or [[]])
    if row:
        row[random.randrange(len(row))] = cell(random)


def _copy_cell(random: Random, rows: Rows) -> None:
    one, other = random.choice(rows or [[]]), random.choice(rows or [[]])
    if one and other:
        one[random.randrange(len(one))] = random.choice(other)


def _edit_cell(random: Random, rows: Rows) -> None:
    row = random.choice(rows or [[]])
    if row:
        place = random.randrange(len(row))
        text = row[place]
        at = random.randint(0, len(text))
        row[place] = text[:at] + random.choice((cell(random), "", " ", "0")) + text[at + 1 :]


def _change_column(random: Random, rows: Rows) -> None:
    """Have one thing in the whole of a column, or in its heading."""
    if rows and rows[0]:
        place, text = random.randrange(len(rows[0])), cell(random)
        for row in rows[random.randint(0, 1) :]:
            if place < len(row):
                row[place] = text


def _drop_column(random: Random, rows: Rows) -> None:
    if rows and rows[0]:
        place = random.randrange(len(rows[0]))
        for row in rows:
            del row[place : place + 1]


def _add_column(random: Random, rows: Rows) -> None:
    for number, row in enumerate(rows):
        row.insert(random.randint(0, len(row)) if number else 0, cell(random))


def _repeat_row(random: Random, rows: Rows) -> None:
    if rows:
        times = random.choice((1, 1, 2, 50))
        rows[random.randint(0, len(rows)) :] += [list(random.choice(rows)) for _ in range(times)]


def _drop_row(random: Random, rows: Rows) -> None:
    if rows:
        del rows[random.randrange(len(rows))]


def _blank_row(random: Random, rows: Rows) -> None:
    rows.insert(random.randint(0, len(rows)), random.choice(([], [""], ["", "", ""], [" "])))


def _shuffle(random: Random, rows: Rows) -> None:
    random.shuffle(rows)


_ON_ROWS: Sequence[Callable[[Random, Rows], None]] = (
    _change_cell, _change_cell, _change_cell, _change_cell, _copy_cell, _copy_cell, _edit_cell,
    _edit_cell, _change_column, _drop_column, _add_column, _repeat_row, _drop_row, _blank_row,
    _shuffle,
)  # fmt: skip


def _change_byte(random: Random, content: bytes) -> bytes:
    at = random.randint(0, len(content))
    return content[:at] + random.randbytes(1) + content[at + 1 :]


def _insert_bytes(random: Random, content: bytes) -> bytes:
    at = random.randint(0, len(content))
    return content[:at] + random.choice(_BYTES) + content[at:]


def _cut(random: Random, content: bytes) -> bytes:
    return content[: random.randint(0, len(content))]


def _drop_part(random: Random, content: bytes) -> bytes:
    start = random.randint(0, len(content))
    return content[:start] + content[start + random.randint(1, 40) :]


def _repeat_part(random: Random, content: bytes) -> bytes:
    start = random.randint(0, len(content))
    end = start + random.randint(1, 80)
    return content[:end] + content[start:end] * random.choice((1, 2, 20)) + content[end:]


def _encode(random: Random, content: bytes) -> bytes:
    return content.decode("utf-8", "replace").encode(random.choice(_ENCODINGS), "replace")


_BYTES = (
    b'"', b'""', b",", b"\n", b"\r", b"\r\n", b"\0", b"\x1a", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe",
    b"\xed\xa0\x80", b"PK\x03\x04", b"\x1f\x8b", b"%PDF", b"<html>", b"\xf4\x90\x80\x80",
    b"\x85", b"\xe2\x80\xa8", b"\x0b", b"\x0c", b"\x1c",
)  # fmt: skip
_ON_BYTES: Sequence[Callable[[Random, bytes], bytes]] = (
    _change_byte, _change_byte, _insert_bytes, _insert_bytes, _cut, _drop_part, _repeat_part,
    _encode,
)  # fmt: skip
