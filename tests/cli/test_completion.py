"""What the shell is offered for a word half typed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from terminal import crimecmp_run


def completed(words: str, **environment: str) -> list[str]:
    """Return what bash would offer for the last of some words."""
    done = crimecmp_run(
        _CRIMECMP_COMPLETE="complete_bash",
        COMP_WORDS=words,
        COMP_CWORD=str(len(words.split(" ")) - 1),
        **environment,
    )
    assert done.err == ""
    return done.out.split()


def test_forces_and_metrics_are_completed() -> None:
    """The shell completes forces, benchmarks and metrics by their ids."""
    assert completed("crimecmp rates dur") == ["durham"]
    assert completed("crimecmp rates north-") == ["north-wales", "north-yorkshire"]
    assert completed("crimecmp compare kent d") == [
        "derbyshire", "devon-and-cornwall", "dorset", "durham", "dyfed-powys",
    ]  # fmt: skip
    assert completed("crimecmp compare --metric b") == ["burglary-in-a-dwelling", "bicycle-theft"]
    assert completed("crimecmp trend --metric burg") == ["burglary-in-a-dwelling"]
    assert completed("crimecmp trend dur") == completed("crimecmp reproduce dur") == ["durham"]
    assert completed("crimecmp rates --benchmark engl") == ["england-and-wales"]


def test_own_names_are_completed(tmp_path: Path) -> None:
    """Names that somebody's own tables add are completed; tables with faults do no harm."""
    (tmp_path / "forces.csv").write_text("force,name\natlantis,Atlantis Police\n")
    words = f"crimecmp rates --data {tmp_path} atl"
    assert completed(words) == ["atlantis"]
    (tmp_path / "forces.csv").write_text("nonsense\n")
    assert completed(words) == []
    assert completed(words.replace(" atl", " durh")) == ["durham"]


def test_completion_loads_no_library() -> None:
    """The shell waits for neither frames nor Rich nor drawing."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "crimecmp"],
        capture_output=True,
        check=False,
        text=True,
        env={
            **os.environ,
            "_CRIMECMP_COMPLETE": "complete_bash",
            "COMP_WORDS": "crimecmp rates dur",
            "COMP_CWORD": "2",
        },
    )
    assert done.stdout.split() == ["durham"]
    loaded = set(re.findall(r"\| +([\w.]+)$", done.stderr, re.MULTILINE))
    assert "crimecmp.tables.dataset" in loaded
    assert not loaded & {"pandas", "numpy", "rich.console", "matplotlib", "jinja2"}
