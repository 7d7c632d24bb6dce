"""The archive of a workbook is looked through before it is read."""

from __future__ import annotations

import struct

import pytest
from books import archive, xlsx

from crimecmp.workbooks import limits
from crimecmp.workbooks.archive import opened
from crimecmp.workbooks.problems import Problem, UnreadableError

BOOK = xlsx({"P1": ""})


def test_all_parts_count_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is for the sum of all parts, also of those that nobody reads."""
    parts = {"xl/workbook.xml": "a" * 500, "xl/media/a.png": "b" * 500}
    monkeypatch.setattr(limits, "UNPACKED", 1000)
    with opened(archive(parts)) as book:
        assert book.namelist() == list(parts)
    monkeypatch.setattr(limits, "UNPACKED", 999)
    with pytest.raises(UnreadableError) as caught:
        opened(archive(parts))
    assert caught.value.problem is Problem.UNPACKED


def test_a_part_that_lies_about_its_size_is_an_error() -> None:
    """A part is what it unpacks to, not what the archive says of it."""
    content = archive({"xl/workbook.xml": "a" * 5000})
    lie = content.replace(struct.pack("<I", 5000), struct.pack("<I", 5))
    assert lie != content
    with pytest.raises(Exception, match="Bad CRC-32"):
        opened(lie)
