"""Golden files: the whole output of each command, in each format, byte for byte.

`CRIMECMP_GOLDEN=write pytest tests/test_golden.py` writes them anew, and removes those that no
command answers to any more; read the difference before it is committed. That the figures in them
are the right ones is for other tests to say: see `test_pages.py`.

A file is called after its command, then after its format; `80.txt` is a table on a terminal of so
many columns, `txt` is a table in a pipe, and `full` has all its notes.
"""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from published_forms import MARCH_2018

from crimecmp.cli.run import run

GOLDEN = Path(__file__).parent / "golden"
WRITING = os.environ.get("CRIMECMP_GOLDEN") == "write"
COMMANDS = {
    "rates": ["rates", "durham"],
    "changes": ["changes", "durham"],
    "outcomes": ["outcomes", "durham"],
    "satisfaction": ["satisfaction", "durham"],
    "judgments": ["judgments", "durham"],
    "compare-burglary": ["compare", "--metric", "burglary"],
    "compare-crime": ["compare", "--metric", "crime"],
    "rates-cleveland": ["rates", "cleveland"],
    "changes-cleveland": ["changes", "cleveland"],
    "compare-all": ["compare", "--metric", "burglary", "--all"],
    "compare-durham-all": ["compare", "durham", "--metric", "burglary", "--all"],
    "compare-three": ["compare", "durham", "cleveland", "northumbria", "-m", "burglary"],
    "compare-two": ["compare", "durham", "cleveland"],
    "rates-counted": ["rates", "durham", "--source", "published-counts"],
    "report-full": ["report", "durham", "--full"],
    "report-cleveland": ["report", "cleveland"],
    "compare-group": ["compare", "cleveland", "--metric", "burglary", "--group", "north-east"],
    "trend": ["trend", "durham", "--metric", "crime"],
    "reproduce": ["reproduce", "durham"],
    "reproduce-latest": ["reproduce", "leicestershire", "--latest"],
    "claims": ["claims", "durham"],
    "explain-rounding": ["explain", "rounding"],
    "explain-burglary": ["explain", "burglary"],
    "report": ["report", "durham"],
    "rates-latest": ["rates", "durham", "--latest"],
    "report-latest": ["report", "durham", "--latest"],
    "changes-latest": ["changes", "durham", "--latest"],
    "outcomes-latest": ["outcomes", "durham", "--latest"],
    "trend-quarters": ["trend", "durham", "--metric", "shoplifting", "--by", "quarter"],
    "compare-signals": ["compare", "durham", "--all", "-m", "shoplifting", "--signals"],
    "explain-control": ["explain", "control"],
    "trend-latest": ["trend", "durham", "--latest"],
    "compare-latest": ["compare", "durham", "cleveland", "-m", "burglary", "--latest"],
    "compare-all-latest": ["compare", "durham", "--all", "-m", "burglary", "--latest"],
    "forces": ["forces"],
    "metrics": ["metrics"],
    "groups": ["groups"],
    "sources": ["sources"],
}
CHARTS = {
    "chart-bars": ["chart", "bars", "durham"],
    "chart-changes": ["chart", "bars", "durham", "--of", "changes"],
    "chart-trend": ["chart", "trend", "durham", "cleveland", "--metric", "burglary"],
    "chart-control": ["chart", "control", "durham", "--metric", "crime"],
    "chart-funnel": ["chart", "funnel", "durham", "--metric", "burglary", "--overdispersed"],
    "chart-rank": ["chart", "rank", "durham", "--metric", "burglary"],
    "chart-map": ["chart", "map", "durham", "--metric", "burglary"],
    "chart-map-verdict": ["chart", "map", "durham", "kent", "-m", "burglary", "--by", "verdict"],
    "chart-spine": ["chart", "spine", "durham"],
    "chart-spine-three": ["chart", "spine", "durham", "cleveland", "northumbria"],
    "chart-satisfaction": ["chart", "satisfaction", "durham"],
}
"""Pictures in characters."""
PAGES = ("rates", "judgments", "compare-all", "trend", "metrics")
"""Commands whose page in HTML is held: pages with pictures change with what draws them."""
SUFFIXES = {"table": "txt", "csv": "csv", "json": "json", "markdown": "md"}
WIDTHS = (40, 60, 80, 140)
WHOLE_WIDTHS = (40, 80)
IN_A_PIPE = [(name, form) for name in COMMANDS for form in SUFFIXES]
ON_A_TERMINAL = [(name, width) for name in (*COMMANDS, *CHARTS) for width in WIDTHS]
WHOLE = [(name, width) for name in COMMANDS for width in WHOLE_WIDTHS]
NAMES = {
    *(f"{name}.{SUFFIXES[form]}" for name, form in IN_A_PIPE),
    *(f"{name}.html" for name in PAGES),
    *(f"{name}.txt" for name in CHARTS),
    *(f"{name}.{width}.txt" for name, width in ON_A_TERMINAL),
    *(f"{name}.full.{width}.txt" for name, width in WHOLE),
    *(f"{name}.full.txt" for name in COMMANDS),
    *(f"import.{width}.txt" for width in WIDTHS),
    "import.txt",
}


def hold(name: str, content: bytes) -> None:
    """Compare an output with its golden file; write the file instead where that is asked for."""
    path = GOLDEN / name
    assert content
    if WRITING:
        path.write_bytes(content)
    assert content.decode("utf-8") == path.read_bytes().decode("utf-8")


def open_terminal(columns: int) -> tuple[int, int]:
    """Return our end and the program's end of a new terminal of so many columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    return ours, theirs


def read_all(descriptor: int) -> bytes:
    """Read our end of a terminal until the program's is closed, and undo the terminal's CR LF."""
    parts: list[bytes] = []
    while True:
        try:
            part = os.read(descriptor, 65536)
        except OSError:  # so Linux says that the other end is closed
            part = b""
        if not part:
            os.close(descriptor)
            return b"".join(parts).replace(b"\r\n", b"\n")
        parts.append(part)


def run_on_terminal(arguments: list[str], columns: int) -> tuple[int, bytes]:
    """Run a command in this process with a terminal for its standard output.

    Returns
    -------
    code
        The command's exit code.
    shown
        What the terminal was sent.
    """
    ours, theirs = open_terminal(columns)
    parts: list[bytes] = []
    # What is shown is read while it is written: a terminal holds a few thousand bytes only.
    reader = threading.Thread(target=lambda: parts.append(read_all(ours)))
    reader.start()
    with pytest.MonkeyPatch.context() as patch, open(theirs, "w", encoding="utf-8") as stream:  # noqa: PTH123 - a descriptor
        patch.setattr(sys, "stdout", stream)
        patch.setattr(sys, "__stdout__", stream)  # which is asked for the width
        code = run(arguments)
    reader.join()
    return code, b"".join(parts)


@pytest.mark.parametrize(("name", "form"), IN_A_PIPE)
def test_output_off_a_terminal(
    capsysbinary: pytest.CaptureFixture[bytes], name: str, form: str
) -> None:
    """Each command prints, in each format, what its golden file holds, and no error."""
    assert run([*COMMANDS[name], "--format", form]) == 0
    out, err = capsysbinary.readouterr()
    assert err == b""
    hold(f"{name}.{SUFFIXES[form]}", out)


@pytest.mark.parametrize("name", PAGES)
def test_page(capsysbinary: pytest.CaptureFixture[bytes], name: str) -> None:
    """A command's page in HTML is what its golden file holds."""
    assert run([*COMMANDS[name], "--format", "html"]) == 0
    out, err = capsysbinary.readouterr()
    assert err == b""
    hold(f"{name}.html", out)


@pytest.mark.parametrize("name", CHARTS)
def test_picture_off_a_terminal(capsysbinary: pytest.CaptureFixture[bytes], name: str) -> None:
    """Each picture is drawn in a pipe as its golden file holds it."""
    assert run(CHARTS[name]) == 0
    out, err = capsysbinary.readouterr()
    assert err == b""
    hold(f"{name}.txt", out)


@pytest.mark.parametrize(("name", "width"), ON_A_TERMINAL)
def test_table_on_a_terminal(name: str, width: int) -> None:
    """Each command prints on terminals of 40 to 140 columns what its golden file holds."""
    code, shown = run_on_terminal([*{**COMMANDS, **CHARTS}[name], "--no-color"], width)
    assert code == 0
    assert max(map(len, shown.decode("utf-8").split("\n"))) <= width
    hold(f"{name}.{width}.txt", shown)


@pytest.mark.parametrize(("name", "width"), WHOLE)
def test_whole_page_on_a_terminal(name: str, width: int) -> None:
    """Each command's whole page fits terminals of 40 and 80 columns, as its golden file has it."""
    code, shown = run_on_terminal([*COMMANDS[name], "--no-color", "--notes", "full"], width)
    assert code == 0
    assert max(map(len, shown.decode("utf-8").split("\n"))) <= width
    hold(f"{name}.full.{width}.txt", shown)


@pytest.mark.parametrize("name", COMMANDS)
def test_whole_page_in_a_pipe(capsysbinary: pytest.CaptureFixture[bytes], name: str) -> None:
    """Each command's whole page in a pipe is what its golden file holds."""
    assert run([*COMMANDS[name], "--notes", "full"]) == 0
    out, err = capsysbinary.readouterr()
    assert err == b""
    hold(f"{name}.full.txt", out)


@pytest.mark.parametrize("width", WIDTHS)
def test_import_on_a_terminal(
    small_file: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """An import prints on terminals of 40 to 140 columns what its golden file holds."""
    monkeypatch.chdir(tmp_path)
    asked = ["import", str(small_file(MARCH_2018)), "--to", "mine", "--no-color"]
    code, shown = run_on_terminal(asked, width)
    assert code == 0
    hold(f"import.{width}.txt", shown)


def test_import_in_a_pipe(
    small_file: Callable[[str], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    """An import prints in a pipe what its golden file holds."""
    monkeypatch.chdir(tmp_path)
    assert run(["import", str(small_file(MARCH_2018)), "--to", "mine"]) == 0
    out, err = capsysbinary.readouterr()
    assert err == b""
    hold("import.txt", out)


@pytest.mark.parametrize("form", SUFFIXES)
def test_a_process_in_a_pipe_prints_the_same(form: str) -> None:
    """A process of its own prints the very bytes that the golden file holds."""
    done = subprocess.run(
        [sys.executable, "-m", "crimecmp", *COMMANDS["rates"], "--format", form],
        capture_output=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ((GOLDEN / f"rates.{SUFFIXES[form]}").read_bytes(), b"")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_process_on_a_terminal_prints_the_same(width: int) -> None:
    """A process of its own on a terminal prints the very bytes that the golden file holds."""
    ours, theirs = open_terminal(width)
    with subprocess.Popen(
        [sys.executable, "-m", "crimecmp", *COMMANDS["report"], "--no-color"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        # Named, since what a library sets behind Python's back would be inherited otherwise:
        # GNU readline, which pytest loads, sets COLUMNS.
        env=dict(os.environ),
    ):
        os.close(theirs)
        shown = read_all(ours)
    assert shown == (GOLDEN / f"report.{width}.txt").read_bytes()


def test_no_golden_file_is_left_over() -> None:
    """Every golden file is one that a test above compares."""
    found = {path.name for path in GOLDEN.iterdir()}
    if WRITING:
        for name in found - NAMES:
            (GOLDEN / name).unlink()
        found &= NAMES
    assert found == NAMES
