"""Run the commands that the README shows and write what they print into it.

`python scripts/readme.py` writes; `--check` writes nothing, shows the differences and ends with 1
where there are any. Commands stand in ```console blocks behind `$ `, their further lines behind
`> `; all blocks share one folder, in which they are run by bash one after the other.
"""

from __future__ import annotations

import difflib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from crimecmp.comparison.row import Comparison, columns

README = Path(__file__).parents[1] / "README.md"
_BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ .*(?:\n> .*)*", re.MULTILINE)
_ROW = re.compile(r"(?<=<!-- row: begin -->\n).*?(?=<!-- row: end -->)", re.DOTALL)


def output(command: str, folder: str) -> str:
    """Return what a command prints on both streams, run as a user would type it."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("CRIMECMP_")
    }
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
    """Return a command without the prompts before its lines."""
    return "\n".join(line[2:] for line in shown.split("\n"))


def wanted(text: str) -> str:
    """Return the README's text with the output that its commands have now."""
    with tempfile.TemporaryDirectory() as folder:

        def run_block(block: re.Match[str]) -> str:
            commands = _COMMAND.findall(block.group())
            return "".join(f"{shown}\n{output(_typed(shown), folder)}" for shown in commands)

        text = _BLOCK.sub(run_block, text)
    names = ", ".join(f"`{column.name}`" for column in columns(Comparison))
    return _ROW.sub(f"{names}\n", text)


def main() -> int:
    """Write or check the README."""
    old = README.read_text("utf-8")
    new = wanted(old)
    if "--check" not in sys.argv[1:]:
        README.write_text(new, "utf-8", newline="\n")
        return 0
    difference = difflib.unified_diff(
        old.splitlines(), new.splitlines(), "README.md", "what its commands print", lineterm=""
    )
    lines = list(difference)
    for line in lines:
        print(line)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
