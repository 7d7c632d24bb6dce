"""Stopped at random moments, what writes leaves the old or the new: a short form of the count."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

STOPS = Path(__file__).parents[1] / "benchmarks" / "stops.py"


@pytest.mark.skipif(sys.platform == "win32", reason="works are stopped in forks")
def test_stops_leave_the_old_or_the_new() -> None:
    """An import, a fetch, an answer, a script and two imports at once are never mixed or lost."""
    done = subprocess.run(
        [sys.executable, str(STOPS), "3"], capture_output=True, check=False, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    counted = [row.strip("|").split("|")[1:] for row in done.stdout.splitlines()[2:]]
    assert len(counted) == 5
    for tried, old, new, mixtures, faults in (map(int, row) for row in counted):
        assert (tried, old + new, mixtures, faults) == (3, 3, 0, 0)
