"""Who may know whom: the imports of every module, held against the rules of the design.

An import inside a function counts unless a rule says otherwise; one under `TYPE_CHECKING` is never
run and does not count.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import crimecmp

PACKAGE = Path(crimecmp.__file__).parent
READERS = {"crimecmp.dataset", "crimecmp.reading", "crimecmp.checking"}
FORMATS = ("ons_tables", "rolling_year", "recorded_crime", "crime_outcomes")
PURE = {"errors", "text", "names", "schema", "report"}
THIRD_PARTY = {"typer", "rich", "pandas"}


class Import(NamedTuple):
    """One import of one module.

    Parameters
    ----------
    importer
        The module's name within the package: `cli`, `render.table`.
    imported
        The full name of what is imported.
    lazy
        Whether it is inside a function.
    """

    importer: str
    imported: str
    lazy: bool


def is_type_checking(node: ast.AST) -> bool:
    """Return whether a node is an `if TYPE_CHECKING:`."""
    return isinstance(node, ast.If) and ast.unparse(node.test) in (
        "TYPE_CHECKING",
        "typing.TYPE_CHECKING",
    )


def imports_in(nodes: Iterable[ast.AST], importer: str, lazy: bool = False) -> Iterator[Import]:
    """Yield all imports that can happen in some parts of a module."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (Import(importer, alias.name, lazy) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{importer} imports relatively"
            assert node.module
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                is_module = node.module.startswith("crimecmp") and exists(full)
                yield Import(importer, full if is_module else node.module, lazy)
        elif is_type_checking(node):
            assert isinstance(node, ast.If)
            yield from imports_in(node.orelse, importer, lazy)
        else:
            inside = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from imports_in(ast.iter_child_nodes(node), importer, lazy or inside)


def exists(module: str) -> bool:
    """Return whether the package has a module of this full name."""
    path = PACKAGE.joinpath(*module.split(".")[1:])
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def module_name(path: Path) -> str:
    """Return a file's name as a module within the package."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


MODULES = {module_name(path): ast.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py")}
IMPORTS = [found for name, tree in MODULES.items() for found in imports_in([tree], name)]


def imported_by(*modules: str) -> set[str]:
    """Return all that some modules import, whenever they do."""
    assert set(modules) <= set(MODULES)
    return {found.imported for found in IMPORTS if found.importer in modules}


def knows(modules: Iterable[str], *others: str) -> set[str]:
    """Return what some modules import of others of the package and of all that is inside them."""
    return {
        name
        for name in imported_by(*modules)
        for other in others
        if f"{name}.".startswith(f"crimecmp.{other}.")
    }


def inside(package: str) -> list[str]:
    """Return the modules of a package within the package."""
    return sorted(name for name in MODULES if name.startswith(f"{package}."))


def importers_of(library: str) -> set[str]:
    """Return the modules that import a library or a part of it."""
    return {found.importer for found in IMPORTS if found.imported.split(".")[0] == library}


def test_the_reader_of_imports_sees_them_all() -> None:
    """Plain, lazy and conditional imports are found; those for type checkers alone are not."""
    code = (
        "import a.b\n"
        "from crimecmp import errors\n"
        "from crimecmp.text import visible\n"
        "if TYPE_CHECKING:\n    import c\nelse:\n    import d\n"
        "def f():\n    try:\n        import e\n    finally:\n        pass\n"
        "class G:\n    import g\n"
    )
    assert list(imports_in([ast.parse(code)], "m")) == [
        ("m", "a.b", False),
        ("m", "crimecmp.errors", False),
        ("m", "crimecmp.text", False),
        ("m", "d", False),
        ("m", "e", True),
        ("m", "g", False),
    ]


def test_every_module_is_looked_at() -> None:
    """The rules below hold for modules that are there: each of those that they name."""
    named = {"cli", "compare", "dataset", "output", "progress", "reproduction", "support"}
    assert named <= set(MODULES)
    assert {"pages.figures", "pages.imports", "render.table", "importers.files"} <= set(MODULES)
    assert {f"importers.{form}" for form in FORMATS} <= set(MODULES)
    assert len(IMPORTS) > 100


@pytest.mark.parametrize("module", sorted(PURE | {"selection"} & set(MODULES)))
def test_the_ground_floor_knows_the_standard_library_and_itself(module: str) -> None:
    """Errors, text, names, schema and report know the standard library and each other only."""
    own = {f"crimecmp.{name}" for name in PURE}
    strange = {
        name
        for name in imported_by(module)
        if name.split(".")[0] not in sys.stdlib_module_names and name not in own
    }
    assert not strange


def test_only_the_cli_knows_typer() -> None:
    """Options, arguments and help are the command line's business alone."""
    assert importers_of("typer") == {"cli"}


def test_nobody_knows_click() -> None:
    """Typer no longer depends on Click, so nothing may import it."""
    assert not importers_of("click")


def test_only_the_table_knows_rich() -> None:
    """What a table looks like is one module's business."""
    assert importers_of("rich") == {"render.table"}


def test_only_tables_and_comparisons_know_pandas() -> None:
    """Frames are made of tables, pairs and figures worked out; workbooks are opened with pandas."""
    assert importers_of("pandas") <= {
        "dataset", "checking", "compare", "support", "reproduction", "importers.files",
    }  # fmt: skip
    assert {"compare", "importers.files"} <= importers_of("pandas")


def test_pandas_is_imported_where_it_is_needed() -> None:
    """Every import of pandas is inside a function, so that help and lists never load it."""
    assert all(found.lazy for found in IMPORTS if found.imported.split(".")[0] == "pandas")


def test_no_other_library_is_used() -> None:
    """The package needs Typer, Rich and pandas at run time, and nothing else."""
    libraries = {found.imported.split(".")[0] for found in IMPORTS}
    assert libraries - sys.stdlib_module_names - {"crimecmp"} == THIRD_PARTY


@pytest.mark.parametrize("module", sorted(name for name in MODULES if name.startswith("render")))
def test_renderers_never_compute(module: str) -> None:
    """A renderer gets a finished page: it knows no tables, comparisons, pages or frames."""
    assert not knows(
        [module], "compare", "dataset", "pages", "selection", "checking", "reading", "cli",
        "output", "importers", "among", "changing", "choosing", "grouping", "methods",
        "reproduction", "support", "verdicts",
    )  # fmt: skip
    assert "pandas" not in imported_by(module)


@pytest.mark.parametrize("form", ["csv", "json", "markdown", "table"])
def test_no_renderer_knows_another(form: str) -> None:
    """Each format is one module that works without the others."""
    others = {f"crimecmp.render.{other}" for other in ("csv", "json", "markdown", "table")}
    assert not imported_by(f"render.{form}") & others


def test_comparisons_read_no_files() -> None:
    """Pairing is pure: it knows nothing that reads files, asks the system or talks to people."""
    reached = {"compare"}
    while True:
        more = {
            found.imported.removeprefix("crimecmp.")
            for found in IMPORTS
            if found.importer in reached and found.imported.startswith("crimecmp.")
        } - reached
        if not more:
            break
        reached |= more
    everything = imported_by(*reached)
    assert not everything & READERS
    assert not knows(reached, "importers", "output", "progress")
    assert not everything & {"os", "pathlib", "io", "sys", "typer", "rich", "subprocess"}
    called = {
        node.func.id
        for name in reached
        for node in ast.walk(MODULES[name])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not called & {"open", "print", "input"}


def test_only_the_command_line_ends_the_process() -> None:
    """Exit codes and signals are known to the command line and to nobody else."""
    enders = {
        name
        for name, tree in MODULES.items()
        if re.search(r"\b(?:sys\.exit|SystemExit|os\._exit|signal\.signal)\b", ast.unparse(tree))
    }
    assert enders <= {"cli", "__main__"}
    assert importers_of("signal") <= {"cli", "__main__"}


@pytest.mark.parametrize("module", inside("pages"))
def test_pages_say_what_and_not_how(module: str) -> None:
    """A page is data: it knows no format, no stream, no command line and makes no frame."""
    assert not knows([module], "render", "output", "cli", "progress")
    assert not imported_by(module) & {"typer", "rich", "pandas", "sys", "os"}


@pytest.mark.parametrize("module", inside("importers"))
def test_importers_talk_to_nobody(module: str) -> None:
    """An importer turns files into rows: it knows no page, format, command line or screen."""
    assert not knows([module], "cli", "pages", "render", "output", "progress", "report")
    assert not imported_by(module) & {"typer", "rich"}


@pytest.mark.parametrize("module", inside("importers"))
def test_importers_read_no_tables_of_the_data_model(module: str) -> None:
    """Importers are handed the names that they need, and compare no figures."""
    assert not knows([module], "dataset", "reading", "checking", "compare", "selection")


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_that_is_imported_knows_another(form: str) -> None:
    """Each published format is one module that works without those of the others."""
    others = {f"importers.{other}" for other in FORMATS if other != form}
    assert not knows([f"importers.{form}"], *others)


def test_only_import_knows_the_importers() -> None:
    """What reads published files is loaded by the command `import` alone; its page knows types."""
    outside = {
        found
        for found in IMPORTS
        if f"{found.imported}.".startswith("crimecmp.importers.")
        and not found.importer.startswith("importers.")
    }
    assert {found.importer for found in outside} <= {"cli", "pages.imports"}
    assert all(found.lazy for found in outside if found.importer == "cli")


def test_the_page_of_an_import_knows_types_alone() -> None:
    """The page takes of the importers nothing but names of types, for its annotations."""
    tree = MODULES["pages.imports"]
    names = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("crimecmp.importers")
        for alias in node.names
    }
    annotations = [
        note
        for node in ast.walk(tree)
        for note in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if isinstance(note, ast.AST)
    ]
    in_annotations = {id(part) for note in annotations for part in ast.walk(note)}
    used = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in names]
    assert {node.id for node in used} == names
    assert not [node.id for node in used if id(node) not in in_annotations]


def test_few_speak_on_standard_error() -> None:
    """Errors are the command line's to tell, and progress tells what takes long: nobody else."""
    speakers = {
        name
        for name, tree in MODULES.items()
        if re.search(r"\bsys\.stderr\b|\berr=True\b", ast.unparse(tree))
    }
    assert "progress" in speakers
    assert speakers <= {"cli", "__main__", "progress"}


def test_an_interruption_is_never_swallowed() -> None:
    """Who catches everything (a panic of a library is no `Exception`) passes on what is not his."""
    for name, tree in MODULES.items():
        for handler in ast.walk(tree):
            if not isinstance(handler, ast.ExceptHandler):
                continue
            caught = "" if handler.type is None else ast.unparse(handler.type)
            if handler.type is None or "BaseException" in caught:
                passed_on = [
                    node
                    for node in ast.walk(handler)
                    if isinstance(node, ast.Raise) and node.exc is None
                ]
                assert passed_on, name


def test_nobody_imports_the_command_line() -> None:
    """The library does not know its command line; only the way in does."""
    assert {found.importer for found in IMPORTS if found.imported == "crimecmp.cli"} == {"__main__"}


@pytest.mark.parametrize("module", sorted(MODULES))
def test_every_module_says_what_it_is_for(module: str) -> None:
    """Each module has a docstring."""
    assert ast.get_docstring(MODULES[module])
