"""A workbook in, rows of text out, whatever kind of workbook it is."""

from __future__ import annotations

import pytest
from books import ods, xls, xlsb, xlsx
from hypothesis import given
from hypothesis import strategies as st

from crimecmp.workbooks import reading
from crimecmp.workbooks.problems import Problem, UnreadableError
from crimecmp.workbooks.reading import whole_sheets
from crimecmp.workbooks.row import Row

ROWS = '<row r="2"><c r="B2"><v>5</v></c></row>'
ODS = ods(
    "<table:table-row><table:table-cell/></table:table-row><table:table-row><table:table-cell/>"
    '<table:table-cell office:value-type="float" office:value="5"/></table:table-row>'
)


def read(content: bytes) -> list[tuple[str, list[Row]]]:
    """Return the names and the rows of the sheets of a workbook."""
    return [(name, list(rows)) for name, rows in whole_sheets(content)]


@pytest.mark.parametrize(
    "content",
    [xlsx({"P1": ROWS}), ODS, xls([(1, 1, 5)]), xlsb([(1, 1, 5)])],
    ids=["xlsx", "ods", "xls", "xlsb"],
)
def test_rows_that_are_not_blank_are_given_with_their_numbers(content: bytes) -> None:
    """Blank cells before a filled one are there, blank rows are not."""
    assert [rows for _, rows in read(content)] == [[(2, ["", "5"])]]


def test_a_sheet_that_spans_too_much_is_left_to_the_other_way() -> None:
    """An xlsx sheet whose rectangle has more cells than a workbook may is not read in this way."""
    with pytest.raises(UnreadableError) as caught:
        read(xlsx({"P1": ROWS + '<row r="1000000"><c r="D1000000"><v>1</v></c></row>'}))
    assert caught.value.problem is Problem.MEMORY


class PanicException(BaseException):
    """What a panic in the reader looks like: no Exception."""


@pytest.mark.parametrize("error", [PanicException("index out of bounds"), ValueError("no")])
def test_where_the_reader_fails_an_open_document_is_read_without_it(
    error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error or a panic of the reader is no reason to refuse an ods workbook."""

    def fail(_: bytes) -> None:
        raise error

    monkeypatch.setattr(reading, "opened", fail)
    assert read(ODS) == [("P1 ", [(2, ["", "5"])])]


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_an_interruption_stays_one(
    error: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is neither an error nor a panic is raised again."""

    def fail(_: bytes) -> None:
        raise error

    monkeypatch.setattr(reading, "opened", fail)
    with pytest.raises(error):
        read(ODS)


@given(place=st.integers(min_value=0, max_value=len(ODS) - 1), other=st.binary(min_size=1))
def test_damage_is_an_error_or_is_harmless(place: int, other: bytes) -> None:
    """Whatever bytes of a workbook are changed, it is read or an error is raised, no panic."""
    try:
        sheets = read(ODS[:place] + other + ODS[place + len(other) :])
    except Exception:  # many kinds: the process that reads fails by any of them
        return
    assert all(isinstance(cell, str) for _, rows in sheets for _, row in rows for cell in row)
