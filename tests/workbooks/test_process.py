"""The process that reads a workbook has limits of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

from crimecmp.workbooks import limits

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")


def after_limits(program: str) -> subprocess.CompletedProcess[bytes]:
    """Run a program in a process with the limits."""
    limited = "from crimecmp.workbooks.process import _stay_within_limits\n_stay_within_limits()\n"
    return subprocess.run(
        [sys.executable, "-c", limited + program], capture_output=True, check=False
    )


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not limit memory")
def test_it_gets_no_more_memory() -> None:
    """What takes more than the limit fails."""
    assert after_limits("bytes(10**8)").returncode == 0
    assert b"MemoryError" in after_limits(f"bytes({limits.MEMORY})").stderr


def test_it_ends_by_itself() -> None:
    """The system ends it after the time limit even where nobody is left to do so."""
    left = after_limits("import signal\nprint(signal.alarm(0))").stdout
    assert 0 < int(left) <= limits.SECONDS


def test_an_interrupt_of_both_ends_only_the_one_that_waits() -> None:
    """It does not die of an interrupt before the other can tell one from damage."""
    assert after_limits("import signal\nsignal.raise_signal(signal.SIGINT)").returncode == 0
