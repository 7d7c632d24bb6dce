"""Change the code in many small ways, and name the changes that no test notices.

A weekly habit, not a step of CI: it takes some minutes for every hundred tests. It needs mutmut
beside the project's own test packages (`pip install mutmut`). From the root of a checkout::

    python scripts/mutation.py                            statistics and comparison
    python scripts/mutation.py statistics/spread.py       one module, by the tests of its package
    python scripts/mutation.py tables/merging.py --tests tests/tables

mutmut changes a copy of the code, one function at a time, and runs the tests of its package that
reach that function until one fails. What passes all of them is tried once more with the tests of
whole pages and commands. A change that passes those too has survived: either a test is missing, or
the change is equivalent, that is, it cannot change what is returned. Equivalent changes are kept in
`mutation.toml`, each with the reason, and are not named again; nor are changes to the words of a
sentence, which golden files hold.

The exit code is 1 where something survived that is not in that list.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PACKAGE = Path("src/crimecmp")
PACKAGES = ("statistics", "comparison")
"""What makes figures and verdicts: no change to it should go unnoticed."""

EQUIVALENT = ROOT / "scripts" / "mutation.toml"

IMPORTS = (
    "tests/statistics/test_arguments.py::test_only_cheap_parts_of_the_standard_library_are_loaded"
)
"""A test of the import statements, to which mutmut adds its own."""

WIDER = ("tests/wording", "tests/pages", "tests/api", "tests/test_golden.py")
"""The tests for what those of its own package do not notice: slower, and of more code at once."""

KILLED = ("killed", "timeout", "segfault")
"""A change that leads to an endless loop is noticed too."""


class Change(NamedTuple):
    """One change to the code.

    Parameters
    ----------
    function
        The full name of the changed function.
    before, after
        The changed lines, before and after, without their indentation.
    """

    function: str
    before: str
    after: str


def main() -> int:
    """Run the tests against every change, and print the score and what survived."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "code", nargs="*", default=existing(PACKAGES), help="packages or modules of crimecmp"
    )
    parser.add_argument("--tests", nargs="+", help="the tests to run; else those of the package")
    parser.add_argument("--folder", type=Path, help="where to work; else a temporary folder")
    parser.add_argument("--processes", default="2")
    chosen = parser.parse_args()
    tests = chosen.tests or sorted({f"tests/{Path(code).parts[0]}" for code in chosen.code})
    with tempfile.TemporaryDirectory() as folder:
        work = chosen.folder or Path(folder)
        copy(work, chosen.code, tests)
        run(work, chosen.processes)
        survivors = [name for name, status in results(work).items() if status not in KILLED]
        if survivors and not chosen.tests:
            settings = work / "pyproject.toml"
            wider = settings.read_text("utf-8").replace(str(tests), str(list(WIDER)))
            settings.write_text(wider, "utf-8")
            run(work, chosen.processes, survivors)
        return report(work)


def run(work: Path, processes: str, changes: Sequence[str] = ()) -> None:
    """Run the tests against some changes, or against all of them."""
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", processes, *changes]
    subprocess.run(command, cwd=work, check=True)


def results(work: Path) -> dict[str, str]:
    """Return what became of each change."""
    lines = mutmut(work, "results", "--all", "true").splitlines()
    found = (line.partition(":") for line in lines)
    return {name.strip(): status.strip() for name, _, status in found}


def existing(packages: Iterable[str]) -> list[str]:
    """Return the packages that are there."""
    return [name for name in packages if (ROOT / PACKAGE / name).is_dir()]


def copy(work: Path, code: Iterable[str], tests: Sequence[str]) -> None:
    """Copy the checkout without what git ignores, and configure mutmut there."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, work / name)
    settings = {
        "source_paths": ["src"],
        "only_mutate": [
            str(PACKAGE / name if name.endswith(".py") else PACKAGE / name / "*") for name in code
        ],
        "also_copy": sorted(path.name for path in work.iterdir() if path.name != "src"),
        "pytest_add_cli_args": [
            "-p", "no:cacheprovider", "--hypothesis-profile=mutation", f"--deselect={IMPORTS}",
        ],
        "pytest_add_cli_args_test_selection": tests,
        "timeout_multiplier": 10.0,
    }  # fmt: skip
    with (work / "pyproject.toml").open("a", encoding="utf-8") as stream:
        print(
            "\n[tool.mutmut]", *(f"{k} = {v!r}" for k, v in settings.items()), sep="\n", file=stream
        )


def report(work: Path) -> int:
    """Print the score and every survivor that is not known to be equivalent."""
    known = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    found = results(work)
    counts = Counter(found.values())
    survivors = [
        shown_change(mutmut(work, "show", name))
        for name, status in found.items()
        if status not in KILLED
    ]
    worded = [survivor for survivor in survivors if is_of_words(survivor)]
    alike = [survivor for survivor in survivors if equivalent(survivor, known)]
    unknown = [survivor for survivor in survivors if survivor not in (*worded, *alike)]
    for survivor in unknown:
        print(f"\n{survivor.function}\n  - {survivor.before}\n  + {survivor.after}")
    killed = sum(counts[status] for status in KILLED)
    print(
        f"\n{len(found)} changes: {killed} noticed by a test, "
        f"{len(survivors) - len(unknown) - len(worded)} equivalent, {len(worded)} of a sentence's "
        f"words, {len(unknown)} survived"
    )
    return 1 if unknown else 0


def equivalent(change: Change, known: Mapping[str, Iterable[str]]) -> bool:
    """Return whether a change is known to be equivalent: its line has a part that was not there."""
    parts = [*known.get(change.function, ()), *known["*"]]
    return any(part in change.after and part not in change.before for part in parts)


def is_of_words(change: Change) -> bool:
    """Return whether a change is of the words of a sentence alone: the golden files hold those."""
    if change.before.lower() != change.after.replace("XX", "").lower():
        return False
    before, after = (re.findall(r'"([^"]*)"', text) for text in (change.before, change.after))
    return all(" " in new for old, new in zip(before, after, strict=False) if old != new)


def mutmut(work: Path, *arguments: str) -> str:
    """Return what a command of mutmut prints."""
    command = [sys.executable, "-m", "mutmut", *arguments]
    return subprocess.run(command, cwd=work, check=True, capture_output=True, text=True).stdout


def shown_change(shown: str) -> Change:
    """Return the change that mutmut shows as a diff."""
    name = re.sub(r"__mutmut_\d+$", "", shown[2 : shown.index(":")])
    function = re.sub(r"\.xǁ(\w+)ǁ|\.x_", lambda found: f".{found[1]}." if found[1] else ".", name)
    lines = [line for line in shown.splitlines() if not line.startswith(("---", "+++"))]
    before, after = (
        " ".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+"
    )
    return Change(function.removeprefix("crimecmp."), before, after)


if __name__ == "__main__":
    sys.exit(main())
