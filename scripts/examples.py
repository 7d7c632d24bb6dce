"""Make the examples for the README and docs/, in `examples/`.

`python scripts/examples.py BROWSER` makes the pages and the pictures. BROWSER is a folder with the
contents of `scripts/browser/`, in which `npm install` has been run: one picture is a screenshot of
a page.

With `--check` it writes nothing, and exits with 1 if the text of any example is out of date. Only
words and figures are compared, because each version of the drawing library draws pictures
differently.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from PIL import Image

from crimecmp.disk.whole import write_whole

EXAMPLES = Path(__file__).parents[1] / "examples"
PAGES = {
    "durham.html": ["report", "durham", "--format", "html"],
    "durham.md": ["report", "durham", "--format", "markdown"],
    "durham-cleveland.html": ["report", "durham", "cleveland", "--format", "html"],
}
PICTURES = {
    "funnel.svg": ["chart", "funnel", "durham", "--metric", "burglary", "--overdispersed"],
    "trend.svg": ["chart", "trend", "durham"],
}
SHOT, SHOWN = "page.png", "durham.html"
COLOURS = 32
LARGEST = 300_000
"""The maximum total size of the pictures that the README and docs/ show, in bytes."""

_TAG = re.compile(r"<[^>]*>")
_DRAWN = re.compile(r"(?<=<g\b).*?(?=</svg>)", re.DOTALL)


def made(arguments: list[str]) -> bytes:
    """Return the file that a crimecmp command writes."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "made.svg"
        command = [sys.executable, "-m", "crimecmp", *arguments, "--output", str(file)]
        subprocess.run(command, check=True)
        return file.read_bytes()


def words(content: bytes) -> list[str]:
    """Return the words and figures of an example, without the shapes of a picture."""
    return _TAG.sub(" ", _DRAWN.sub("", content.decode("utf-8"))).split()


def shot(browser: Path) -> bytes:
    """Return a screenshot of the top of a page, with few colours."""
    with tempfile.TemporaryDirectory() as folder:
        script = ["node", "look.mjs", str(EXAMPLES / SHOWN), folder]
        subprocess.run(script, check=True, cwd=browser, stdout=subprocess.DEVNULL)
        small = Path(folder) / "small.png"
        with Image.open(Path(folder) / "top.png") as picture:
            picture.convert("RGB").quantize(COLOURS).save(small, optimize=True)
        return small.read_bytes()


def main() -> int:
    """Make or check the examples, and return the exit code."""
    everything = {**PAGES, **PICTURES}
    if "--check" in sys.argv[1:]:
        return _report(
            name
            for name, arguments in everything.items()
            if words((EXAMPLES / name).read_bytes()) != words(made(arguments))
        )
    EXAMPLES.mkdir(exist_ok=True)
    for name, arguments in everything.items():
        write_whole(EXAMPLES / name, made(arguments))
    write_whole(EXAMPLES / SHOT, shot(Path(sys.argv[1])))
    size = sum((EXAMPLES / name).stat().st_size for name in (*PICTURES, SHOT))
    print(f"pictures: {size:,} bytes together")
    return 0 if size <= LARGEST else 1


def _report(names: Iterable[str]) -> int:
    stale = list(names)
    for name in stale:
        print(f"examples/{name} is not what crimecmp makes now: python scripts/examples.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
