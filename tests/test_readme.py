"""What the README shows is what happens."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
import typer

import crimecmp
from crimecmp.cli.app import app
from crimecmp.render import Format

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_every_command_prints_what_the_readme_shows() -> None:
    """Each command of the README, run in order in an empty folder, prints the text beneath it."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "readme.py"), "--check"],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_the_readme_shows_commands_and_their_output() -> None:
    """The check of the README has something to check: blocks, and output beneath the commands."""
    blocks = re.findall(r"^```console\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert len(blocks) >= 4
    assert all("$ crimecmp" in block for block in blocks)
    assert sum(not line.startswith(("$ ", "> ")) for line in blocks[0].splitlines()) > 10


def test_the_python_of_the_readme_runs() -> None:
    """The lines for a notebook run as they stand."""
    for code in re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL):
        subprocess.run([sys.executable, "-c", code], check=True)


def test_every_command_and_format_is_in_the_readme() -> None:
    """No command and no format goes without a word in the README."""
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    names = list(group.commands)
    assert {"rates", "chart", "import"} <= set(names)
    for name in (*names, *get_args(Format)):
        assert re.search(rf"\b{name}\b", README), name


@pytest.mark.skipif(
    "CRIMECMP_EXPECT_WHEEL" not in os.environ,
    reason="asks whether the built wheel is tested, which .ci/run alone sets up",
)
def test_the_wheel_is_what_is_tested() -> None:
    """In the check of the built wheel the installed package is tested, not this folder's."""
    assert ROOT not in Path(crimecmp.__file__).parents
