"""Who may import whom: the order of the packages, and who knows which library.

Imports inside functions count; those under `TYPE_CHECKING` never happen and do not.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

import crimecmp
from crimecmp.importers import FORMATS
from crimecmp.render import Format

PACKAGE = Path(crimecmp.__file__).parent

ORDER = (
    ("__init__",),  # the version, and names that are loaded when they are used
    ("text",),
    ("errors",),
    ("extras",),
    ("disk",),
    ("tables", "statistics"),
    ("workbooks",),
    ("methods",),
    ("comparison",),
    ("document",),
    ("wording",),
    ("charts",),
    ("pages",),
    ("render",),
    ("importers", "fetching"),
    ("api",),
    ("cli",),
    ("__main__",),
)
"""The packages from low to high: each imports only those that are lower."""

ABOVE = {"render": "document", "importers": "workbooks", "fetching": "tables"}
"""Packages that know less than what is lower: this one and what is below it."""

KNOWN_TO = {
    "typer": ("cli",),
    "rich": ("render", "cli"),
    "pandas": ("tables", "api"),
    "numpy": ("importers.street.plain",),
    "python_calamine": ("workbooks.reading",),
    "matplotlib": ("render.matplotlib",),
    "jinja2": ("render.html",),
    "urllib3": ("fetching.transport",),
}
"""Libraries, and the parts of crimecmp that know them."""

SYSTEM = {
    "io": ("tables", "workbooks", "importers", "render", "api", "cli"),
    "os": ("disk", "tables", "workbooks", "importers", "fetching", "cli", "__main__"),
    "pathlib": ("disk", "tables", "importers", "fetching", "pages.imports", "cli"),
    "shutil": ("importers", "cli"),
    "signal": ("workbooks", "importers.street.workers", "__main__"),
    "socket": (),
    "subprocess": ("workbooks.apart", "cli.paging"),
    "sys": ("disk", "tables", "workbooks", "importers", "fetching.remembering", "cli", "__main__"),
    "tempfile": ("disk", "workbooks.apart", "cli"),
    "urllib": ("fetching.addresses",),
}
"""What of the standard library reads, writes or asks the system, and who does."""


class Import(NamedTuple):
    """One import: of which module, in which line, and what it imports."""

    importer: str
    line: int
    imported: str


def imports_in(node: ast.AST, importer: str) -> Iterator[Import]:
    """Yield all imports that can happen in a part of a module."""
    if isinstance(node, ast.Import):
        yield from (Import(importer, node.lineno, alias.name) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.module, f"{importer} imports relatively"
        for alias in node.names:
            full = f"{node.module}.{alias.name}"
            yield Import(importer, node.lineno, full if full in MODULES else node.module)
    else:
        parts: Iterable[ast.AST] = ast.iter_child_nodes(node)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            parts = node.orelse
        for part in parts:
            yield from imports_in(part, importer)


def full_name(path: Path) -> str:
    """Return the full name of the module in a file."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


MODULES = {
    full_name(path): ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))
}
IMPORTS = [found for name, tree in MODULES.items() for found in imports_in(tree, name)]


def package_of(module: str) -> str:
    """Return the package, or the module beside the packages, that a module of crimecmp is in."""
    return f"{module}.__init__".split(".")[1]


def is_in(module: str, *parts: str) -> bool:
    """Return whether a module is one of some parts of crimecmp, or inside one."""
    return any(f"{module}.".startswith(f"crimecmp.{part}.") for part in parts)


def level(package: str) -> int:
    """Return how high a package is."""
    return next(place for place, packages in enumerate(ORDER) if package in packages)


def test_imports_are_read() -> None:
    """Plain, lazy and conditional imports are found; those for type checkers alone are not."""
    code = (
        "import a.b\n"
        "from crimecmp import errors\n"
        "from crimecmp.text import visible\n"
        "if TYPE_CHECKING:\n    import c\nelse:\n    import d\n"
        "def f():\n    try:\n        import e\n    finally:\n        pass\n"
        "class G:\n    import g\n"
    )
    assert [found.imported for found in imports_in(ast.parse(code), "m")] == [
        "a.b", "crimecmp.errors", "crimecmp.text", "d", "e", "g",
    ]  # fmt: skip
    assert len(IMPORTS) > len(MODULES)


def test_every_package_is_in_the_order() -> None:
    """The order has each package and each module beside them once, and nothing else."""
    ordered = [package for packages in ORDER for package in packages]
    assert sorted(ordered) == sorted({package_of(module) for module in MODULES})


def test_a_package_imports_only_what_is_lower() -> None:
    """No import leads to a package that is as high or higher, nor past what `ABOVE` says."""
    wrong = []
    for importer, line, imported in IMPORTS:
        if not f"{imported}.".startswith("crimecmp."):
            continue
        own, other = package_of(importer), package_of(imported)
        top = level(ABOVE[own]) + 1 if own in ABOVE else level(own)
        if own != other and level(other) >= top:
            wrong.append(f"{importer}:{line} imports {imported}")
    assert wrong == []


def test_no_module_is_in_a_circle() -> None:
    """What a module imports never leads back to it."""
    known = {
        name: {found.imported for found in IMPORTS if found.importer == name} & set(MODULES)
        for name in MODULES
    }
    assert known["crimecmp.cli.run"]
    while known:
        lowest = {name for name, others in known.items() if not others & set(known)}
        assert lowest, known
        known = {name: others for name, others in known.items() if name not in lowest}


@pytest.mark.parametrize(("library", "parts"), [*KNOWN_TO.items(), *SYSTEM.items()])
def test_only_some_know_a_library(library: str, parts: tuple[str, ...]) -> None:
    """Typer, Rich, frames, drawing, files and the system are each the business of a few parts."""
    wrong = [
        f"{importer}:{line} imports {imported}"
        for importer, line, imported in IMPORTS
        if imported.split(".")[0] == library and not is_in(importer, *parts)
    ]
    assert wrong == []


def test_no_module_needs_one_system() -> None:
    """What only some systems have is imported where it is used, or under a condition."""
    of_one_system = {"fcntl", "grp", "msvcrt", "pty", "pwd", "resource", "termios", "tty", "winreg"}
    at_once = [
        (name, found.imported)
        for name, tree in MODULES.items()
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for found in imports_in(node, name)
    ]
    assert ("crimecmp.disk.whole", "os") in at_once
    assert not [found for found in at_once if found[1] in of_one_system]


def test_no_other_library_is_used() -> None:
    """The package needs the libraries named here, all of them, and no others."""
    libraries = {found.imported.split(".")[0] for found in IMPORTS}
    assert libraries - sys.stdlib_module_names - {"crimecmp"} == set(KNOWN_TO)


@pytest.mark.parametrize(
    ("package", "formats"), [("render", get_args(Format)), ("importers", FORMATS)]
)
def test_no_format_knows_another(package: str, formats: tuple[str, ...]) -> None:
    """Each format that is written, or imported, works without the modules of the others."""
    for form in formats:
        own = [found for found in IMPORTS if is_in(found.importer, f"{package}.{form}")]
        assert own
        others = [f"{package}.{other}" for other in formats if other != form]
        assert not [found for found in own if is_in(found.imported, *others)]


def test_importers_are_handed_the_names_that_they_need() -> None:
    """An importer loads no tables of the data model: who calls it gives it what is known."""
    loading = ("tables.dataset", "tables.finding", "tables.loading")
    own = [found for found in IMPORTS if is_in(found.importer, "importers")]
    assert not [found for found in own if is_in(found.imported, *loading)]


@pytest.mark.parametrize(
    ("said", "part"),
    [
        (r"\b(?:sys\.exit|SystemExit|os\._exit)\b", "__main__"),
        (r"\bsys\.stderr\b|\berr=True\b", "cli"),
    ],
    ids=["ends the process", "speaks on standard error"],
)
def test_only_the_program_ends_and_speaks_of_errors(said: str, part: str) -> None:
    """Exit codes and messages are the command line's: the library raises errors."""
    found = {name for name, tree in MODULES.items() if re.search(said, ast.unparse(tree))}
    assert found
    assert not [name for name in found if not is_in(name, part)]


def test_an_interruption_is_never_swallowed() -> None:
    """What catches everything, such as a panic of a library, passes on what it does not expect."""
    for name, tree in MODULES.items():
        for handler in ast.walk(tree):
            if not isinstance(handler, ast.ExceptHandler):
                continue
            if handler.type is None or "BaseException" in ast.unparse(handler.type):
                raised = [node for node in ast.walk(handler) if isinstance(node, ast.Raise)]
                assert [node for node in raised if node.exc is None], name
