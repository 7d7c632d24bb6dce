"""Run the commands shown in README.md and docs/, and write their output beneath them.

`python scripts/docs.py` writes the pages. With `--check` it writes nothing, shows any differences,
and exits with 1 if there are any.

Commands are in ```console blocks. A command starts with `$ ` and its further lines with `> `. Bash
runs the commands of a page in order, all in one folder, which is empty at the start.
"""

from __future__ import annotations

import difflib
import os
import re
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from crimecmp.comparison.movement import Movements
from crimecmp.comparison.row import Comparison, columns
from crimecmp.disk.whole import write_whole
from crimecmp.tables.loading import load
from crimecmp.text import period_name, rounded

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
_BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ .*(?:\n> .*)*", re.MULTILINE)
_SIGMA = re.compile(r"(?<=<!-- sigma: begin -->\n).*?(?=<!-- sigma: end -->)", re.DOTALL)
_COUNTS = "published-counts"
_ROW = re.compile(r"(?<=<!-- row: begin -->\n).*?(?=<!-- row: end -->)", re.DOTALL)


def output(command: str, folder: str) -> str:
    """Return what a command prints to standard output and standard error."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("CRIMECMP_")
    }
    environment["XDG_CACHE_HOME"] = folder  # nothing is remembered from other runs
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        check=False,
    )
    return done.stdout


def _typed(shown: str) -> str:
    """Return a command without the prompts at the start of its lines."""
    return "\n".join(line[2:] for line in shown.split("\n"))


def wanted(text: str) -> str:
    """Return a page with the current output of its commands and the current tables."""
    with tempfile.TemporaryDirectory() as folder:

        def run_block(block: re.Match[str]) -> str:
            commands = _COMMAND.findall(block.group())
            return "".join(f"{shown}\n{output(_typed(shown), folder)}" for shown in commands)

        text = _BLOCK.sub(run_block, text)
    text = _ROW.sub(lambda _: column_names(), text)
    return _SIGMA.sub(lambda _: sigma_table(), text)


def column_names() -> str:
    """Return the names of the columns of a comparison, in order."""
    return ", ".join(f"`{column.name}`" for column in columns(Comparison)) + "\n"


def sigma_table() -> str:
    """Return how much counts of each bundled measure usually move, as a Markdown table."""
    data = load()
    rows = [row for row in data.rows("rates") if row["source"] == _COUNTS]
    ends = {
        row["metric"]: max(r["period_end"] for r in rows if r["metric"] == row["metric"])
        for row in rows
    }
    movements = Movements(data, ends, data.without_resident_base())
    lines = [
        "| measure | to | sigma | degrees of freedom | times Poisson variation |",
        "| --- | --- | --- | --- | --- |",
    ]
    for metric, end in ends.items():
        # No force is left out: this is what is usual, and not a verdict on one of them.
        movement = movements.of(metric, date.fromisoformat(end), _COUNTS, force="")
        if movement.variation is not None and movement.phi is not None:
            lines.append(
                f"| {data.metrics[metric].label} | {period_name(date.fromisoformat(end))} "
                f"| {rounded(100 * movement.variation.sigma, 1)}% | {movement.variation.df} "
                f"| {rounded(movement.phi, 1)} |"
            )
    return "\n".join([*lines, ""])


def main() -> int:
    """Write or check the pages, and return the exit code."""
    check = "--check" in sys.argv[1:]
    stale = False
    for page in PAGES:
        old = page.read_text("utf-8")
        new = wanted(old)
        stale = stale or new != old
        if not check:
            write_whole(page, new.encode())
            continue
        name = str(page.relative_to(ROOT))
        for line in difflib.unified_diff(
            old.splitlines(), new.splitlines(), name, "what its commands print", lineterm=""
        ):
            print(line)
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
