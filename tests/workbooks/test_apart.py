"""A workbook is read in a process of its own, whose answer is checked and whose death is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from books import text_cell, xlsx
from hostile_books import CASES, Case

from crimecmp.errors import CrimecmpError
from crimecmp.workbooks import apart, limits
from crimecmp.workbooks.problems import Problem, UnreadableError

BOOK = xlsx({"P1": f'<row r="2">{text_cell("B2", "Durham")}</row>'})


def problem(content: bytes = BOOK) -> Problem:
    """Return why a workbook is not read."""
    with pytest.raises(UnreadableError) as caught:
        apart.sheets_of(content)
    return caught.value.problem


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}, {case.name}")
def test_no_workbook_harms_this_process(case: Case) -> None:
    """What made the reader abort, hang or fill the memory is read, or is one problem."""
    if case.problem is None:
        assert apart.sheets_of(case.made())
    else:
        assert problem(case.made()) is case.problem


def test_a_sheet_has_its_rows_with_their_numbers() -> None:
    """Blank rows and cells before the first filled one are there; all rows are equally long."""
    assert apart.sheets_of(BOOK) == [("P1", [["", ""], ["", "Durham"]], [1, 2])]


def test_of_many_blank_rows_only_some_are_kept() -> None:
    """The rows after a gap keep their numbers."""
    [sheet] = apart.sheets_of(xlsx({"P1": f'<row r="5000">{text_cell("A5000", "a")}</row>'}))
    assert sheet.rows == [*[[""]] * limits.BLANK_ROWS, ["a"]]
    assert sheet.lines == list(range(4900, 5001))


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cells of all sheets count, and the blank ones before a filled one."""
    two = xlsx(dict.fromkeys("AB", f'<row r="2">{text_cell("B2", "a")}</row>'))
    monkeypatch.setattr(limits, "CELLS", 6)
    assert len(apart.sheets_of(two)) == 2
    monkeypatch.setattr(limits, "CELLS", 5)
    assert problem(two) is Problem.CELLS


def test_rows_are_not_lengthened_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the blank cells at the ends of rows would be too many, they are left out."""
    rows = f"<row>{text_cell('A1', 'a')}</row><row>{text_cell('C2', 'b')}</row>"
    monkeypatch.setattr(limits, "CELLS", 4 + 4 + 2)
    one, other = apart.sheets_of(xlsx(dict.fromkeys("AB", rows)))
    assert one.rows == [["a", "", ""], ["", "", "b"]]
    assert other.rows == [["a"], ["", "", "b"]]


def test_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The texts of all rows count, however often one is repeated."""
    monkeypatch.setattr(limits, "TEXT", 100)
    assert apart.sheets_of(BOOK)
    rows = "".join(f"<row>{text_cell('', 'a' * 30)}</row>" for _ in range(3))
    assert problem(xlsx({"P1": rows.replace(' r=""', "")})) is Problem.TEXT


def test_a_workbook_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process is ended when its time is over."""
    monkeypatch.setattr(limits, "SECONDS", 0.2)
    monkeypatch.setattr(apart, "_PROGRAM", "import time; time.sleep(60)")
    begun = time.monotonic()
    assert problem() is Problem.TIME
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("import os; os.abort()", Problem.MEMORY),
        ("import os; os.kill(os.getpid(), 9)", Problem.MEMORY),
        ("import os; os.kill(os.getpid(), 11)", Problem.DAMAGED),
        ("raise SystemExit(1)", Problem.DAMAGED),
        ("print('null')", Problem.DAMAGED),
        ("""print('"P1"')""", Problem.DAMAGED),
        ("""print('[1,["a"]]'); print('null')""", Problem.DAMAGED),
        ("""print('"P1"'); print('[1,[2]]'); print('null')""", Problem.DAMAGED),
        ("""print('"P1"'); print('[0,["a"]]'); print('null')""", Problem.DAMAGED),
        ("""print('"P1"'); print('[1048577,["a"]]'); print('null')""", Problem.DAMAGED),
        ("""print('"P1"'); print('[1,["a"]]' * 2, sep='\\n'); print('null')""", Problem.DAMAGED),
        ("print('[' * 100_000 + ']' * 100_000)", Problem.DAMAGED),
        ("""print('{"problem":"__doc__"}')""", Problem.DAMAGED),
        ("""print('{"problem":"LOCKED"}')""", Problem.LOCKED),
        ("while True: print('a' * 10_000, end='')", Problem.TEXT),
        ("""print('"P1"')\nfor n in range(1, 9**9): print([n, [""] * 999])""", Problem.DAMAGED),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")
def test_no_answer_does_harm(
    program: str, expected: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that dies, or answers anything else than it should, is told as a problem."""
    monkeypatch.setattr(apart, "_PROGRAM", program)
    monkeypatch.setattr(limits, "TEXT", 1_000_000)
    assert problem() is expected


def test_where_no_process_can_be_started_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error has the system's reason."""
    monkeypatch.setattr(sys, "executable", "/none")
    with pytest.raises(CrimecmpError, match="cannot be started: No such file"):
        apart.sheets_of(BOOK)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_is_left_behind(number: signal.Signals, tmp_path: Path) -> None:
    """When the one that waits is interrupted or killed, the other ends too."""
    told = tmp_path / "number"
    hang = f"""
    how, parent, *sys.path[:] = sys.argv[1:]
    import os, pathlib, time
    from crimecmp.workbooks import process
    process._end_with(int(parent))
    pathlib.Path({str(told)!r} + "-").write_text(str(os.getpid()))
    os.rename({str(told)!r} + "-", {str(told)!r})
    time.sleep(60)
    """
    program = "import sys\n" + textwrap.dedent(hang)
    waits = (
        f"from crimecmp.workbooks import apart; apart._PROGRAM = {program!r}; apart.sheets_of(b'')"
    )
    with subprocess.Popen([sys.executable, "-c", waits], stderr=subprocess.DEVNULL) as waiting:
        child = int(_soon(told.exists) and told.read_text())
        waiting.send_signal(number)
        waiting.wait()
    assert _soon(lambda: not _runs(child))


def _soon(condition: Callable[[], bool]) -> bool:
    for _ in range(400):
        if condition():
            return True
        time.sleep(0.05)
    return False


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return "State:\tZ" not in Path(f"/proc/{number}/status").read_text()
