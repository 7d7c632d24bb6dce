"""Files are shared out to processes, which give what one process gives and end with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from importing import known
from street_files import ASB, BURGLARY, archive, sound

from crimecmp.importers.street import workers
from crimecmp.importers.street.holders import Held, held_files


def files(tmp_path: Path) -> list[Held]:
    """Return twelve months of a force, each with another number of rows."""
    names = [f"2014-{month:02}-durham-street.csv" for month in range(1, 13)]
    members = {
        name: sound([ASB, *[BURGLARY] * nth], month=name[:7]) for nth, name in enumerate(names)
    }
    return held_files(str(archive(tmp_path / "a.zip", members)))


@pytest.mark.parametrize("cores", [1, 2])
def test_processes_give_what_one_gives(
    cores: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The counts are in the order of the files, on one core and on two, and each is told of."""
    monkeypatch.setattr(workers, "LEAST_BYTES", 0)
    monkeypatch.setattr(workers, "_cores", lambda: cores)
    told = []
    found = workers.count_all(files(tmp_path), known().areas, lambda file, _: told.append(file))
    assert [each.counts.get(BURGLARY, 0) for each in found] == list(range(12))
    assert sorted(told) == sorted(files(tmp_path))


PARENT = """
import multiprocessing, time
import crimecmp
from crimecmp.importers.street import workers
if __name__ == "__main__":
    with workers._started(2, crimecmp.load().forces):
        print(*(child.pid for child in multiprocessing.active_children()), flush=True)
        time.sleep(60)
"""
"""A program that starts two workers, says which processes they are, and waits."""


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_workers_end_with_their_parent(sign: signal.Signals, tmp_path: Path) -> None:
    """However the parent ends, no worker is left."""
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        children = list(map(int, parent.stdout.readline().split()))
        parent.send_signal(sign)
    assert len(children) == 2
    deadline = time.monotonic() + 10
    while any(map(_alive, children)):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
