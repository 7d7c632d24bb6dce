"""Make the notebook that shows crimecmp from Python, `examples/durham.ipynb`, and run it.

`python scripts/notebook.py` writes it with its outputs; `--check` writes nothing, shows where the
text of the outputs is not what crimecmp gives now, and ends with 1 where there is any. Pictures are
drawn anew by each version of what draws them, and are not compared.
"""

from __future__ import annotations

import difflib
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[1] / "examples" / "durham.ipynb"
KERNEL = "crimecmp"
_V4: Any = nbformat.v4  # its functions have no types
_FILES: Any = nbformat

CELLS = (
    "# How does Durham compare with England and Wales?\n\n"
    "This notebook uses crimecmp from Python. It needs the extra for pictures: "
    "`pip install 'crimecmp[charts]'`.",
    ">import crimecmp\n\ndata = crimecmp.load()\ndata",
    "## Rates\n\n"
    "Each command has a function of the same name. `show` gives the table that people read, with "
    "its notes and sources.",
    '>rates = crimecmp.rates(data, "durham", drop_empty=True)\ncrimecmp.show(rates)',
    "The frame has every figure in full, and where it was published.",
    '>columns = ["label", "force_value", "benchmark_value", "percent_difference", "verdict"]\n'
    "rates[columns].round(1)",
    "## Over time\n\n"
    "Burglary in Durham and in England and Wales, in the years to each quarter's end.",
    '>trend = crimecmp.trend(data, "durham", metric="burglary")\n'
    'series = trend[trend["kind"] == "rate"].set_index("period_end")\n'
    "yearly = series[series.index.month == 6]\n"
    'yearly[["force_value", "benchmark_value"]].round(2)',
    ">axes = (\n"
    '    series[["force_value", "benchmark_value"]]\n'
    '    .rename(columns={"force_value": "Durham", "benchmark_value": "England and Wales"})\n'
    '    .plot(title=trend.attrs["title"], xlabel="Year to", ylim=0)\n'
    ")",
    "## Among all forces\n\n"
    '`"all"` stands for every territorial force that has figures, in order of the figure.',
    '>forces = crimecmp.compare(data, "all", metric="burglary")\n'
    'north_east = forces[forces["force"].isin(["cleveland", "durham", "northumbria"])]\n'
    'north_east[["force", "force_value", "forces_rank", "forces_ranked", "among_forces"]].round(2)',
    "## An error says what to do\n\nEvery error of crimecmp is a `CrimecmpError`.",
    ">try:\n"
    '    crimecmp.rates(data, "durhan")\n'
    "except crimecmp.CrimecmpError as error:\n"
    "    print(error)\n"
    "    print(error.hint)",
    "## Handing on\n\nA frame keeps its title, notes, sources and licence in `attrs`.",
    ">from pathlib import Path\n"
    "from tempfile import mkdtemp\n\n"
    "folder = Path(mkdtemp())\n"
    'rates.to_csv(folder / "rates.csv", index=False)\n'
    "lines = [f\"{source['source']}: {source['title']}\" for source in rates.attrs[\"sources\"]]\n"
    'said = "\\n".join([rates.attrs["title"], *lines, rates.attrs["licence"]])\n'
    '(folder / "sources.txt").write_text(said, encoding="utf-8")\n'
    "print(said)",
)
"""The notebook's cells: text, and behind a `>` the code of those that are run."""


def notebook() -> nbformat.NotebookNode:
    """Return the notebook without outputs."""
    cells = [
        _V4.new_code_cell(cell[1:], id=f"cell-{number}")
        if cell.startswith(">")
        else _V4.new_markdown_cell(cell, id=f"cell-{number}")
        for number, cell in enumerate(CELLS, start=1)
    ]
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    book: nbformat.NotebookNode = _V4.new_notebook(cells=cells, metadata=metadata)
    return book


def run(book: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Run a notebook with this Python, and return it with its outputs and nothing else added."""
    import crimecmp

    with tempfile.TemporaryDirectory() as folder:
        kernel = Path(folder) / "kernels" / KERNEL
        kernel.mkdir(parents=True)
        command = [
            sys.executable,
            "-m",
            "ipykernel_launcher",
            "-f",
            "{connection_file}",
            "--log-level=40",
        ]
        given = {"argv": command, "display_name": KERNEL, "language": "python"}
        (kernel / "kernel.json").write_text(json.dumps(given), "utf-8")
        specs = KernelSpecManager(kernel_dirs=[str(kernel.parent)], ensure_native_kernel=False)
        manager = AsyncKernelManager(kernel_name=KERNEL, kernel_spec_manager=specs)
        # The kernel is to see the crimecmp that runs this, and no settings of the user's.
        environment = os.environ | {
            "PYTHONPATH": str(Path(crimecmp.__file__).parents[1]),
            "IPYTHONDIR": folder,
            "JUPYTER_CONFIG_DIR": folder,
            "MPLCONFIGDIR": folder,
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        }
        client = NotebookClient(
            book,
            km=manager,
            timeout=300,
            record_timing=False,
            resources={"metadata": {"path": folder}},
        )
        client.owns_km = True  # it is to end the kernel as well
        client.execute(env=environment)
    plain = notebook()
    for cell, done in zip(plain.cells, book.cells, strict=True):
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = done.outputs, done.execution_count
    return plain


def texts(book: nbformat.NotebookNode) -> list[str]:
    """Return the text of a notebook's cells and of their outputs, line by line."""
    lines: list[str] = []
    for cell in book.cells:
        lines += cell.source.splitlines()
        for output in cell.get("outputs", []):
            lines += _text(output).splitlines()
    return lines


def _text(output: Any) -> str:
    if output.output_type == "stream":
        return str(output.text)
    if output.output_type == "error":
        return f"{output.ename}: {output.evalue}"
    return "" if "image/png" in output.data else str(output.data.get("text/plain", ""))


def main() -> int:
    """Make the notebook, or check it."""
    made = run(notebook())
    if "--check" not in sys.argv[1:]:
        _FILES.write(made, NOTEBOOK)
        return 0
    kept = _FILES.read(NOTEBOOK, as_version=4)
    lines = list(
        difflib.unified_diff(
            texts(kept), texts(made), "examples/durham.ipynb", "what it gives now", lineterm=""
        )
    )
    for line in lines:
        print(line)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
