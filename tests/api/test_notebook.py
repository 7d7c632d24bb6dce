"""The notebook of the examples runs, and prints what is stored in it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "examples" / "durham.ipynb"


def test_the_notebook_prints_what_is_stored() -> None:
    """Run anew, each cell gives the text that the file has."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "notebook.py"), "--check"],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (done.stdout, done.returncode) == ("", 0), done.stderr


def test_the_notebook_was_run_and_has_nothing_of_a_machine() -> None:
    """Each cell of code was run in order, and no time, path or error is kept."""
    text = NOTEBOOK.read_text("utf-8")
    book = json.loads(text)
    code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell["outputs"]]
    assert {"execute_result", "stream", "display_data"} == {each["output_type"] for each in outputs}
    assert any("<svg" in "".join(each.get("data", {}).get("text/html", "")) for each in outputs)
    assert set(book["metadata"]) == {"kernelspec", "language_info"}
    assert all(not cell["metadata"] for cell in book["cells"])
    assert not re.search(r"/(?:home|root|tmp|usr|work)/|\d\d:\d\d:\d\d", text)
