"""Run the core of the tests with the oldest and the newest versions that the project allows.

From the root of a checkout, with the Pythons to try (by default, this one)::

    python scripts/versions.py python3.11 python3.12 python3.13

For each Python there are two virtual environments: one with the lowest version of every package
that crimecmp loads, as `pyproject.toml` has it, and one with the newest. pip-audit looks for known
vulnerabilities of the newest, and the licences are those that they declare. The results are printed
as tables for `docs/development.md`. The exit code is 1 where anything fails.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
TESTS = ("tests/test_golden.py", "tests/tables", "tests/cli")
AUDITS = ("pip-audit",)

_LOWEST = re.compile(r"([A-Za-z0-9_.-]+)(?:\[[^]]*\])?>=([0-9.]+)")
_SAID = re.compile(r"(\d+ (?:passed|failed|error).*?)(?: in .*)?$", re.MULTILINE)
_LICENCES = """
import json, sys
from importlib.metadata import distribution
said = []
for name in sys.argv[1:]:
    about = distribution(name).metadata
    kinds = [c.rpartition(" :: ")[2] for c in about.get_all("Classifier", []) if "License ::" in c]
    licence = about.get("License-Expression") or ", ".join(kinds) or about.get("License", "")
    said.append([name, about["Version"], licence.partition("\\n")[0]])
print(json.dumps(said))
"""


def main() -> int:
    """Try each Python with both sets of versions, and print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("pythons", nargs="*", default=[sys.executable], metavar="PYTHON")
    chosen = parser.parse_args()
    print(f"{datetime.now(UTC):%-d %B %Y}\n\n| Python | versions | {' '.join(TESTS)} |")
    print("| --- | --- | --- |")
    sound = True
    for python in chosen.pythons:
        for which in ("oldest", "newest"):
            with tempfile.TemporaryDirectory() as folder:
                inside = environment(python, Path(folder), oldest=which == "oldest")
                version = said_by(inside, "-c", "import platform; print(platform.python_version())")
                passed, summary = tested(inside)
                print(f"| {version} | {which} | {summary} |", flush=True)
                sound &= passed
                last = python == chosen.pythons[-1] and which == "newest"
                if last:
                    sound &= audited(inside)
                    show_licences(inside)
    return 0 if sound else 1


def shipped() -> dict[str, str]:
    """Return the packages that crimecmp loads, extras too, each with its lowest version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = [*project["dependencies"], *extras["charts"], *extras["fetch"]]
    return {found[1]: found[2] for each in needed if (found := _LOWEST.match(each))}


def environment(python: str, folder: Path, *, oldest: bool) -> Path:
    """Make a virtual environment with crimecmp and its tests, and return its Python."""
    subprocess.run([python, "-m", "venv", str(folder / "venv")], check=True)
    inside = folder / "venv" / "bin" / "python"
    install = [str(inside), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    install += ["--editable", f"{ROOT}[test]"]
    if oldest:
        limits = folder / "oldest.txt"
        limits.write_text("".join(f"{name}=={low}\n" for name, low in shipped().items()), "utf-8")
        install += ["--constraint", str(limits)]
    subprocess.run(install, check=True)
    return inside


def said_by(inside: Path, *arguments: str) -> str:
    """Return what a run of a Python prints."""
    done = subprocess.run([str(inside), *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def tested(inside: Path) -> tuple[bool, str]:
    """Run the core of the tests; return whether all passed, and pytest's last line."""
    command = [str(inside), "-m", "pytest", "-q", "-n", "auto", *TESTS]
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, text=True, check=False)
    found = _SAID.findall(done.stdout)
    if done.returncode:
        print(done.stdout[-4000:], done.stderr[-2000:], file=sys.stderr)
    return done.returncode == 0, found[-1] if found else "no result"


def audited(inside: Path) -> bool:
    """Look for known vulnerabilities of what crimecmp loads, and say what is found."""
    install(inside, AUDITS)
    command = [str(inside), "-m", "pip_audit", "--skip-editable", "--progress-spinner", "off"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    print(f"\npip-audit: {(done.stderr or done.stdout).strip().splitlines()[-1]}")
    if done.returncode:
        print(done.stdout)
    return done.returncode == 0


def install(inside: Path, packages: Sequence[str]) -> None:
    """Install more packages into an environment."""
    subprocess.run([str(inside), "-m", "pip", "install", "--quiet", *packages], check=True)


def show_licences(inside: Path) -> None:
    """Print the licence that each package declares."""
    print("\n| package | version | licence |\n| --- | --- | --- |")
    for row in json.loads(said_by(inside, "-c", _LICENCES, *shipped())):
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    sys.exit(main())
